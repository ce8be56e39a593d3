"""What a browser tells assistive technology of the editions of a page, and where they differ in it."""

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.finding import Finding
from a11ynews.live.structure import read, structure_of
from a11ynews.page import Exposed, Page, SeenPages
from a11ynews.rules.parity import structure_parity

LANGUAGES = ("en", "de", "it")


def editions(*contents: str, head: str = "") -> list[str]:
    """Pages that name each other as editions, in English, German and Italian."""
    used = LANGUAGES[: len(contents)]
    links = "".join(f'<link rel="alternate" hreflang="{tag}" href="https://a.example/{tag}/">' for tag in used)
    return [
        f'<!doctype html><html lang="{tag}"><head><title>{tag}</title><link rel="canonical" href="https://a.example/{tag}/">'
        f"{links}{head}</head><body>{content}</body></html>"
        for tag, content in zip(used, contents, strict=True)
    ]


def found(tab: BrowserPage, *contents: str, head: str = "") -> list[Finding]:
    """What the rule finds on pages with these contents."""
    structures = {}
    for number, html in enumerate(editions(*contents, head=head)):
        tab.set_content(html)
        structures[Page(f"{LANGUAGES[number]}.html", html)] = structure_of(tab)
    return list(structure_parity(SeenPages(structures)))


def test_a_snapshot_is_read(page: BrowserPage) -> None:
    """Roles, names, states, addresses, and how deep each stands."""
    page.set_content('<nav aria-label="A &quot;B&quot;: c"><a href="/d">d</a></nav><h2>e: f</h2><button disabled>g</button>')

    assert structure_of(page) == (
        Exposed(0, "document"),
        Exposed(1, "navigation", 'A "B": c'),
        Exposed(2, "link", "d", (), "/d"),
        Exposed(1, "heading", "e: f", ("level=2",)),
        Exposed(1, "button", "g", ("disabled",)),
    )
    assert read("- : [") == ()


def test_what_is_left_out_is_not_in_it_and_the_page_stays_as_it_is(page: BrowserPage) -> None:
    """For the moment of the snapshot it is hidden."""
    page.set_content('<h1>a</h1><div id="ad" aria-hidden="false"><h2>b</h2></div>')
    before = page.content()

    assert [one.name for one in structure_of(page, ["#ad", ":no-such"])] == ["", "a"]
    assert page.content() == before


WHOLE = (
    '<header><nav aria-label="{tag}"><ul><li><a href="/a">{tag}</a></li></ul></nav></header><main><h1>{tag}</h1><p>{tag}</p>'
    "<h2>{tag}</h2><ul><li>{tag}</li></ul><button>{tag}</button><label>{tag} <input></label></main>"
)


def test_editions_with_other_words_differ_in_nothing(page: BrowserPage) -> None:
    """Nor do those whose sentences have another order."""
    whole = [WHOLE.replace("{tag}", tag) for tag in LANGUAGES]
    sentences = ["<p>On <time>1 May</time>, <em>she</em> said</p>", "<p><em>Sie</em> sagte</p><p>am <time>1. Mai</time></p>"]

    assert found(page, *whole) == []
    assert found(page, *sentences) == []


UNROLED = '<ul role="none"><li role="none">{tag}</li></ul><button>'
FIELD = "<label>{tag} <input></label>"


@pytest.mark.parametrize(
    ("there", "here", "message"),
    [
        ('<nav aria-label="{tag}">', "<nav>", "navigation without a name, where en.html has navigation “en”"),
        ("<ul><li>{tag}</li></ul><button>", UNROLED, "button “it”, where en.html has list"),
        ("<button>", "<button disabled>", "button “it” with the state disabled, where en.html has button “en”"),
        ("<button>{tag}</button>", '<a role="button" href="#">{tag}</a>', None),
        (FIELD, "{tag} <input>", "text box without a name, where en.html has text box “en”"),
        (FIELD, f'<div role="group">{FIELD}</div>', "group, where en.html has text box “en”"),
        (f"{FIELD}</main>", "</main>", "nothing more, where en.html has text box “en”"),
    ],
)
def test_the_first_difference_is_told_with_both_pages(page: BrowserPage, there: str, here: str, message: str | None) -> None:
    """Of three editions, that of the one which differs."""
    assert there in WHOLE
    whole = [WHOLE.replace("{tag}", tag) for tag in ("en", "de")]
    other = WHOLE.replace(there, here).replace("{tag}", "it")
    findings = found(page, *whole, other)

    if message is None:
        assert findings == []
        return
    (finding,) = findings
    assert finding.place.page == "it.html"
    assert finding.message == f"for screen readers here is {message}; give both editions the same markup"


def test_a_difference_is_told_at_its_element(page: BrowserPage) -> None:
    """Where the tree of the page has it."""
    (finding,) = found(page, "<main><h2>A</h2><p>a</p></main>", "<main><h2>A</h2><div role=group><p>a</p></div></main>")

    assert finding.place.html == '<div role="group">'


def test_what_is_told_by_counting_is_not_told_again(page: BrowserPage) -> None:
    """A heading too many is the matter of `language-parity`."""
    assert found(page, "<main><h1>A</h1></main>", "<main><h1>A</h1><h2>B</h2></main>") == []


@pytest.mark.parametrize(
    "extra",
    [
        '<p class="notice">Parts of this page are not translated yet.</p>',
        '<div role="status"><p>Not translated yet: <a href="/en/">English</a></p></div>',
        '<p><a href="https://a.example/en/">Read this in English</a></p>',
        '<nav aria-label="Languages"><ul><li><a href="https://a.example/en/">English</a></li><li>Deutsch</li></ul></nav>',
        '<p style="position:absolute;clip-path:inset(50%)"><span lang="en">in English</span></p>',
        '<h3 hidden>In English only</h3>',
        '<p lang="en">The words of <em>another</em> language, <code>code</code></p>',
        '<select aria-label="Sprache" hidden><option>Deutsch<option>English</select>',
    ],
)  # fmt: skip
def test_what_one_edition_may_have_alone(page: BrowserPage, extra: str) -> None:
    """Notices, text that nobody has translated, and the list of languages."""
    body = "<main><h1>A</h1></main>"

    assert found(page, body, extra + body) == []
    assert found(page, extra + body, body) == []


def test_a_longer_list_of_languages(page: BrowserPage) -> None:
    """An edition that leads to more languages than the other has the same structure."""
    switcher = (
        '<nav aria-label="L"><ul><li>X</li><li><a href="https://a.example/{tag}/">Y</a></li>{more}</ul></nav><main>a</main>'
    )
    more = '<li><a href="https://a.example/fr/">Français</a></li>'

    assert found(page, switcher.format(tag="de", more=more), switcher.format(tag="en", more="")) == []


def test_pages_that_are_no_editions_are_not_compared(page: BrowserPage) -> None:
    """However they differ."""
    structures = {}
    for name, html in (("a.html", "<html lang=en><h1>A</h1>"), ("b.html", "<html lang=de><nav>B</nav>")):
        page.set_content(html)
        structures[Page(name, html)] = structure_of(page)

    assert list(structure_parity(SeenPages(structures))) == []
