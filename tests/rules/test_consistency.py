"""Pages side by side."""

from typing import Any

import pytest

from a11ynews.finding import Severity
from a11ynews.rule import Rule
from a11ynews.rules.consistency import language_parity, navigation_names, navigation_order, title_unique
from pages import RECORD, found, told


def menu(*links: str, name: str = "") -> str:
    """A page with a menu; a link is given as address=words."""
    items = "".join(f'<a href="{link.split("=")[0]}">{link.split("=")[1]}</a> ' for link in links)
    return f'<nav aria-label="{name}">{items}</nav><main>Text</main>'


@pytest.mark.parametrize(
    ("rule", "fragments"),
    [
        (
            title_unique,
            ('<html lang="de"><head><title>A</title></head></html>', '<html lang="it"><head><title>A</title></head></html>'),
        ),
        (title_unique, ("<title></title>", "<title> </title>")),
        (title_unique, ("<title>A</title>",)),
        (title_unique, ('<title>A</title><link rel="canonical" href="https://a.example/">',) * 2),
        (navigation_order, (menu("/a=A", "/b=B"), "<main>Text</main>")),
        (navigation_order, (menu("/a=A", "/b=B", name="One"), menu("/b=B", "/a=A", name="Two"))),
        (navigation_order, (menu("/a=A", "/b=B"), f"<main>{menu('/b=B', '/a=A').removesuffix('<main>Text</main>')}</main>")),
        (navigation_order, (menu("/a=A"), menu("/b=B"))),
        (navigation_names, (menu("/a=Logo", "/a=Home"), menu("/a=Logo", "/a=Home"))),
        (navigation_names, (menu("/a=A"), menu("/a=B"))),
        (language_parity, ("<p>A</p>", "<p>B</p>")),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragments: tuple[str, ...]) -> None:
    """Other languages, other menus, and pages that do not name each other are not compared."""
    assert told(rule, *fragments) == []


def test_titles_that_are_used_twice() -> None:
    """The second page is told, with the first; on a page of ours where the title was written."""
    (finding,) = found(title_unique, "<title>[en: Example  News]</title><p>A</p>", "<title>[en: Example News]</title><p>B</p>")

    assert finding.place.page == "page1.html"
    assert finding.message == "the title “Example News” is that of page.html too; say what this page is about"
    assert str(finding.place.source) == f"{RECORD}:1:9"


def test_a_menu_in_another_order() -> None:
    """The order that most pages have is the right one."""
    (finding,) = found(
        navigation_order, menu("/b=B", "/a=A"), menu("/a=A", "/b=B"), menu("/a=A", "/x=X", "/b=B"), menu("/a=A", "/b=B")
    )

    assert finding.place.page == "page.html"
    assert finding.message == "the menu has its links in another order than on most pages; keep one order"


def test_a_link_with_another_name() -> None:
    """The name that most pages have is the right one."""
    (finding,) = found(navigation_names, menu("/c=Kontakt"), menu("/c=KONTAKT"), menu("/c=Schreiben Sie uns"))

    assert finding.place.page == "page2.html"
    assert finding.message == "the link “Schreiben Sie uns” is called “kontakt” on most pages; call it the same"


def test_versions_that_hold_different_things() -> None:
    """All differences are told at once, of each pair of pages once, for a person to look at."""
    here = '<link rel="canonical" href="https://a.example/en/"><link rel="alternate" hreflang="de" href="https://a.example/de/">'
    there = '<link rel="canonical" href="https://a.example/de/"><link rel="alternate" hreflang="en" href="https://a.example/en/">'
    (finding,) = found(
        language_parity,
        f'{here}<main><h1>A</h1><h2>B</h2><img src="a.jpg" alt=""><table></table></main>',
        f"{there}<main><h1>A</h1></main><img><audio></audio>",
    )

    assert finding.severity is Severity.REVIEW
    assert finding.place.page == "page.html"
    assert finding.message == (
        "this page and its de version page1.html differ: headings h1 h2 here, h1 there – pictures 1 here, 0 there – "
        "tables 1 here, 0 there; look whether that is meant"
    )
