"""Pages side by side."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.consistency import help_place, navigation_names, navigation_order, page_ways, title_unique
from pages import RECORD, found, told


def menu(*links: str, name: str = "") -> str:
    """A page with a menu; a link is given as address=words."""
    items = "".join(f'<a href="{link.split("=")[0]}">{link.split("=")[1]}</a> ' for link in links)
    return f'<nav aria-label="{name}">{items}</nav><main>Text of {" ".join(links)}</main>'


def numbered(*fragments: str) -> list[str]:
    """Fragments made different pages by a number at their ends."""
    return [f"{fragment}<p>Page {number}</p>" for number, fragment in enumerate(fragments)]


@pytest.mark.parametrize(
    ("rule", "fragments"),
    [
        (
            title_unique,
            ('<html lang="de"><head><title>A</title></head></html>', '<html lang="it"><head><title>A</title></head></html>'),
        ),
        (title_unique, ("<title></title>", "<title> </title>")),
        (title_unique, ("<title>A</title>",)),
        (title_unique, ('<title>A</title><link rel="canonical" href="https://a.example/">1',) * 2),
        (title_unique, ("<title>A</title>The same page, at two addresses",) * 2),
        (title_unique, ("<title>A</title>Text", '<title>A</title><meta http-equiv="refresh" content="0; url=/a">')),
        (
            title_unique,
            (
                "<title>A</title><link rel=canonical href=https://a.example/>",
                "<title>A</title><link rel=canonical href=https://b.example/>",
            ),
        ),
        (navigation_order, (menu("/a=A", "/b=B"), menu("/b=B", "/a=A"))),
        (navigation_order, (menu("/a=A", "/b=B"), "<main>Text</main>", "<main>More</main>")),
        (
            navigation_order,
            (menu("/a=A", "/b=B", name="One"), menu("/a=A", "/b=B", "/c=C", name="One"), menu("/b=B", "/a=A", name="Two")),
        ),
        (navigation_order, (*numbered(menu("/a=A", "/b=B"), menu("/a=A", "/b=B")), f"<main>{menu('/b=B', '/a=A')}</main>")),
        (
            navigation_order,
            numbered(menu("/a=A", "/b=B"), menu("/c=C", "/b=B"), menu("/b=B", "/a=A", "/d=D"), menu("/x=X", "/y=Y")),
        ),
        (navigation_order, numbered(menu("#b=B", "#a=A"), menu("#a=A", "#b=B"), menu("#a=A", "#b=B"))),
        (navigation_names, numbered(menu("/a=Logo", "/a=Home"), menu("/a=Logo", "/a=Home"), menu("/a=Logo"))),
        (navigation_names, numbered(menu("/a=A"), menu("/a=B"))),
        (navigation_names, numbered(menu("/a=News"), menu("/a=News"), menu("/a=News (aktuelle Seite)"), menu("/a=News 12"))),
        (navigation_names, numbered(menu("/2=2", "/2=Next"), menu("/1=1", "/3=3"), menu("/2=2", "/2=Previous"), menu("/2=2"))),
        (help_place, numbered(*['<header><a href="/h">Hilfe</a></header>'] * 2, "<main>Text</main>")),
        (help_place, numbered(*['<header><a href="/h">Hilfe</a></header>'] * 2, '<main><a href="/h">Hilfe</a></main>')),
        (help_place, numbered('<header><a href="/h">Aiuto</a></header>', '<footer><a href="/h">Aiuto</a></footer>')),
        (help_place, numbered(*['<header><a href="/n">News</a></header>'] * 2, '<footer><a href="/n">News</a></footer>')),
        (page_ways, numbered(*["<p>Text</p>"] * 6)),
        (page_ways, numbered(*['<a href="page.html">A</a><form role="search"><input type="search"></form>'] * 5)),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragments: tuple[str, ...]) -> None:
    """Other languages, other menus, other sites, too few pages, one page twice, and what marks the current page."""
    assert told(rule, *fragments) == []


def test_titles_that_are_used_twice() -> None:
    """The second page is told, with the first; on a page of ours where the title was written."""
    (finding,) = found(title_unique, "<title>[en: Example  News]</title><p>A</p>", "<title>[en: Example News]</title><p>B</p>")

    assert finding.place.page == "page1.html"
    assert finding.message == "the title “Example News” is that of page.html too; say what this page is about"
    assert str(finding.place.source) == f"{RECORD}:1:9"


@pytest.mark.parametrize("tag", ["nav", 'div role="navigation"', 'ul class="main-nav"'])
def test_a_menu_in_another_order(tag: str) -> None:
    """The order that most pages have is the right one; one page may leave links out, or not link to itself."""
    pages = [
        menu("/b=B", "/a=A", "/c=C"),
        menu("/a=A", "/b=B", "/c=C"),
        menu("/a=A", "/x=X", "/b=B", "/c=C"),
        menu("/a=A", "/c=C"),
        menu("/b=B", "/c=C"),
    ]
    end = tag.split()[0]
    (finding,) = found(navigation_order, *(page.replace("<nav", f"<{tag}").replace("</nav", f"</{end}") for page in pages))

    assert finding.place.page == "page.html"
    assert finding.message == ("the menu has its links in another order than on most pages, “B” among them; keep one order")


def test_a_list_of_related_pages_is_no_menu() -> None:
    """Another one stands on each page; that two of them share links in another order is nobody's loss."""
    related = [("/x=X", "/y=Y"), ("/x=X", "/y=Y"), ("/y=Y", "/x=X"), *[("/a=A", "/b=B")] * 4]

    assert told(navigation_order, *numbered(*(menu(*links, name="Related") for links in related))) == []


def test_editions_have_menus_of_their_own() -> None:
    """What is alphabetical in one language is not in another."""
    pages = [
        f'<html lang="{language}"><head><title>x</title></head><body>{menu(*links)}{number}</body></html>'
        for number, (language, links) in enumerate(
            [("en", ("/a=A", "/b=B"))] * 2 + [("de", ("/b=B", "/a=A"))] * 2 + [("it", ("/b=B", "/a=A"))] * 2
        )
    ]

    assert told(navigation_order, *pages) == []


@pytest.mark.parametrize(
    ("usual", "other"), [("Kontakt", "Schreiben Sie uns"), ("Contatti", "Scrivici"), ("Contact us", "Write to the editors")]
)
def test_a_link_with_another_name(usual: str, other: str) -> None:
    """The name that most pages have is the right one."""
    (finding,) = found(navigation_names, *numbered(menu(f"/c={usual}"), menu(f"/c={usual.upper()}"), menu(f"/c={other}")))

    assert finding.place.page == "page2.html"
    assert finding.message == f"the link “{other}” is called “{usual}” on most pages; call it the same"


@pytest.mark.parametrize(
    "link", ['<a href="/h">Hilfe</a>', '<a href="mailto:a@a.example">Redazione</a>', '<a href="/h">Contact us</a>']
)
def test_help_that_stands_elsewhere(link: str) -> None:
    """In the footer of one page, where all others have it in their headers."""
    (finding,) = found(
        help_place, *numbered(*[f"<header>{link}</header><main>A</main>"] * 3, f"<main>B</main><footer>{link}</footer>")
    )

    assert finding.place.page == "page3.html"
    assert "stands in the page's footer here and in the page's header on most pages; keep one place" in finding.message


def test_of_a_part_of_a_site_the_ways_are_not_known() -> None:
    """Where pages lead to others of the site that were not looked at, or to too few of one another."""
    links = '<a href="page.html">0</a> <a href="page1.html">1</a> <a href="page2.html">2</a> <a href="page3.html">3</a>'
    part = [*[f'{links} <a href="gone.html">9</a> <a href="https://b.example/">B</a>'] * 4, "<p>Alone</p>"]
    whole = [page.replace("gone.html", "report.pdf") for page in part]

    assert told(page_ways, *numbered(*part)) == []
    assert len(told(page_ways, *numbered(*whole))) == 1


def test_a_page_that_nothing_leads_to() -> None:
    """On a site of five pages; and one that a single link leads to."""
    links = '<a href="page.html">0</a> <a href="page1.html">1</a> <a href="page2.html">2</a>'
    findings = found(page_ways, *numbered(links, links, links, f'{links} <a href="page4.html">4</a>', "<p>Alone</p>"))

    assert {finding.place.page: finding.message for finding in findings} == {
        "page3.html": "no page of this site leads here; link to it, or offer a search or a site map",
        "page4.html": "there is but one way to this page; link to it from more pages, or offer a search",
    }
