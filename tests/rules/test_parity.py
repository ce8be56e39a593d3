"""The language editions of a page, side by side."""

import pytest

from a11ynews.finding import Owner, Severity
from a11ynews.rules.parity import alt_parity, alt_untranslated, language_parity
from pages import found, told

LANGUAGES = ("en", "de", "it")


def editions(*contents: str, languages: tuple[str, ...] = LANGUAGES) -> list[str]:
    """Pages that name each other as editions, in English, German and Italian."""
    used = languages[: len(contents)]
    links = "".join(f'<link rel="alternate" hreflang="{tag}" href="https://a.example/{tag}/">' for tag in used)
    return [
        f'<html lang="{tag}"><head><title>{tag}</title><link rel="canonical" href="https://a.example/{tag}/">{links}</head>'
        f"<body><main>{content}</main></body></html>"
        for tag, content in zip(used, contents, strict=True)
    ]


WHOLE = (
    '<h1>A</h1><img src="flood-{tag}.jpg" alt="{tag}"><h2>B</h2><ul><li>1<li>2</ul><table><tr><td>1<td>2</table>'
    '<p><a href="https://{tag}.example.org/">X</a></p><video src="a.mp4"></video>'
)


def test_editions_that_hold_the_same_differ_in_nothing() -> None:
    """Whatever their words, the addresses of their links and the files of their pictures."""
    assert told(language_parity, *editions(*(WHOLE.format(tag=tag) for tag in LANGUAGES))) == []


@pytest.mark.parametrize(
    ("gone", "what"),
    [
        ("<h2>B</h2>", "the heading “B” (h2)"),
        ('<img src="flood-{tag}.jpg" alt="{tag}">', "the picture “de”"),
        ("<ul><li>1<li>2</ul>", "a list of 2 items"),
        ("<table><tr><td>1<td>2</table>", "a table of 1 rows and 2 columns"),
        ('<p><a href="https://{tag}.example.org/">X</a></p>', "the link “X”"),
        ('<video src="a.mp4"></video>', "the <video> “a.mp4”"),
    ],
)
def test_what_only_one_edition_lacks_or_has(gone: str, what: str) -> None:
    """Of three, the one that differs is told, and that it is the only one; with how many there are."""
    whole, less = (text.replace("{tag}", "de") for text in (WHOLE, WHOLE.replace(gone, "")))
    (lacks,) = found(language_parity, *editions(whole, whole, less))
    (has,) = found(language_parity, *editions(less, less, whole))

    assert (lacks.severity, lacks.owner, lacks.place.page) == (Severity.REVIEW, Owner.EDITOR, "page2.html")
    assert lacks.message.startswith(f"only the Italian edition lacks {what} of page.html (")
    assert (has.place.page, has.place.html[1:3]) == ("page2.html", gone.removeprefix("<p>")[1:3])
    assert has.message.startswith(f"only the Italian edition has {what}, and page.html has not (")


def test_of_two_editions_the_one_that_has_more_is_told() -> None:
    """There the thing stands that the other lacks."""
    for contents in (("<h1>A</h1>", "<h1>A</h1><h2>B</h2>"), ("<h1>A</h1><h2>B</h2>", "<h1>A</h1>")):
        (finding,) = found(language_parity, *editions(*contents))

        assert finding.place.html == "<h2>"
        assert "edition has the heading “B” (h2), and page" in finding.message
        assert "(headings: 2 here, 1 there)" in finding.message


def test_pictures_are_told_apart_by_their_files() -> None:
    """Without what the files of one language have in their names."""
    both = '<img src="map-{0}.png" alt="Map"><img src="/{0}/chart.{0}.png?v=1" alt="Chart">'
    (finding,) = found(language_parity, *editions(both.format("en"), both.format("de"), both.format("it").partition(">")[2]))

    assert "only the Italian edition lacks the picture “Map” of page.html (pictures: 1 here, 2 there)" in finding.message


def test_landmarks_are_compared() -> None:
    """An edition without its sidebar."""
    aside = "<main>Text</main><aside>More</aside><main hidden>"
    (finding,) = found(
        language_parity,
        *(page.replace("<main>Text", aside) if 'lang="it"' not in page[:20] else page for page in editions(*["Text"] * 3)),
    )

    assert "only the Italian edition lacks the complementary landmark" in finding.message


def test_pages_are_editions_by_links_that_lead_to_each_other() -> None:
    """Where the head is silent; a link to another language's first page makes none."""
    english = '<html lang="en"><body><a href="page1.html" hreflang="de">Deutsch</a><h2>Only here</h2></body></html>'
    german = '<html lang="de"><body><a href="{}" hreflang="en">English</a></body></html>'

    assert len(told(language_parity, english, german.format("page.html"))) == 1
    assert told(language_parity, english, german.format("home.html")) == []
    assert told(language_parity, "<p>A</p>", "<h2>B</h2>") == []


def test_an_alt_that_only_one_edition_lacks() -> None:
    """It is told at its attribute; one that is decoration everywhere is none."""
    alts = ('alt="A street"', 'alt="Eine Straße"', 'alt=""')
    (finding,) = found(alt_parity, *editions(*(f'<img src="a.jpg" {alt}><img src="b.jpg" alt="">' for alt in alts)))

    assert finding.place.page == "page2.html"
    assert finding.message == (
        "only the Italian edition has no alternative text here; page.html has “A street”: say it in this language"
    )


@pytest.mark.parametrize(
    "alts",
    [
        ("Politecnico di Milano", "Politecnico di Milano"),
        ("Università degli Studi di Milano", "Università degli Studi di Milano"),
        ("A street under water", "Eine Straße unter Wasser"),
        ("", ""),
        ("Menu", "Menu"),
    ],
)
def test_alts_that_may_be_alike(alts: tuple[str, str]) -> None:
    """Names, single words, and what is translated."""
    assert told(alt_untranslated, *editions(*(f'<img src="a.jpg" alt="{alt}">' for alt in alts))) == []


def test_an_alt_that_was_not_translated() -> None:
    """The same words in two languages, unless the picture says that they are in one of them."""
    alt = 'alt="Eine Straße unter Wasser"'
    (finding,) = found(
        alt_untranslated,
        *editions(f'<img src="a.jpg" lang="de" {alt}>', f'<img src="a.jpg" {alt}>', f'<img src="a.jpg" {alt}>'),
    )

    assert finding.place.page == "page2.html"
    assert finding.owner is Owner.TRANSLATOR
    assert "is the same in the Italian edition as in the German one; translate it" in finding.message


def test_what_is_no_tag_names_no_edition() -> None:
    """The page is called by its file then."""
    (message,) = told(language_parity, *editions("<h2>A</h2>", "<p>B</p>", languages=("de-!", "it")))

    assert message.startswith("only the page.html edition has the heading")


def test_many_things_are_compared_within_bounds() -> None:
    """Thousands of headings and links of which the first and the last differ."""
    many = "<h2>A</h2><a href=/b>B</a>" * 3000
    messages = told(language_parity, *editions(many, f"<h3>C</h3>{many}<h3>D</h3>"))

    assert len(messages) == 1
