"""The page as a whole: title, language, zoom, refresh, ids, order of the keyboard."""

from typing import Any

import pytest

from a11ynews.page import Page
from a11ynews.rule import Rule
from a11ynews.rules.document import (
    html_lang,
    html_lang_valid,
    id_reference,
    id_unique,
    meta_refresh,
    meta_refresh_late,
    moving_text,
    one_h1,
    page_title,
    tab_order,
    title_stopgap,
    viewport_zoom,
)
from pages import found, told


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (page_title, "<title>Flood</title>"),
        (page_title, "<html><body><title>Flood</title></body></html>"),
        (page_title, "<html><head><title>Flood</title><title></title></head></html>"),
        (title_stopgap, "<title></title>"),
        (title_stopgap, "<title>The document that shook the town</title>"),
        (html_lang_valid, "<html><body><p>Text</p></body></html>"),
        (html_lang_valid, '<html lang=" "><body><p>Text</p></body></html>'),
        (one_h1, '<div role="heading" aria-level="1">Flood</div>'),
        (one_h1, "<h1>Flood</h1><h1 hidden>Menu</h1>"),
        (viewport_zoom, '<meta name="description" content="user-scalable=no">'),
        (viewport_zoom, '<meta name="viewport" content="">'),
        (viewport_zoom, '<meta name="viewport" content="maximum-scale=-1, user-scalable=yes">'),
        (viewport_zoom, '<meta name="viewport" content="user-scalable=device-width">'),
        (meta_refresh, '<meta http-equiv="refresh" content="https://a.example/">'),
        (meta_refresh, '<meta http-equiv="refresh" content="72001">'),
        (meta_refresh, '<meta http-equiv="refresh" content="0;url=/a"><meta http-equiv="refresh" content="5">'),
        (meta_refresh, '<meta http-equiv="content-language" content="5">'),
        (moving_text, "<p>blink</p>"),
        (id_unique, '<p id="">One</p><p id="">Two</p>'),
        (id_reference, '<input id="a" aria-describedby="a a">'),
        (id_reference, '<output for="a">5</output>'),
        (tab_order, '<a href="/a" tabindex="0">A</a>'),
        (tab_order, '<a href="/a" tabindex="x">A</a>'),
        (meta_refresh_late, '<meta http-equiv="refresh" content="30">'),
        (meta_refresh_late, '<meta http-equiv="refresh" content="0;url=/a"><meta http-equiv="refresh" content="99999">'),
        (meta_refresh_late, '<meta content="72001">'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """What is said rightly, not at all, or of something else is left alone."""
    assert told(rule, fragment) == []


def test_a_drawing_by_itself_is_no_page() -> None:
    """Its title and its language are its own."""
    drawing = Page("a.svg", '<?xml version="1.0"?>\n<!-- a --><svg xmlns="http://www.w3.org/2000/svg"><title>A</title></svg>')

    assert list(page_title(drawing)) == list(html_lang(drawing)) == []


def test_titles() -> None:
    """A title in a drawing or a template is not the page's."""
    assert told(page_title, "<html><body><svg><title>Home</title></svg></body></html>") == [
        "the page has no title; put a <title> into its head"
    ]
    assert told(page_title, "<html><body><template><title>Home</title></template></body></html>") == [
        "the page has no title; put a <title> into its head"
    ]
    assert told(page_title, "<title>\n</title>") == ["the title is empty; say what the page is about"]


@pytest.mark.parametrize(
    "title", ["Untitled", "untitled document 2", "Insert title here", "Unbenannt", "Ohne  Titel", "Senza titolo", "index.html"]
)
def test_titles_that_are_stopgaps(title: str) -> None:
    """In all three languages, whatever their case."""
    assert told(title_stopgap, f"<title>{title}</title>") == [
        f"the title is “{' '.join(title.split())}” and no more; say what the page is about"
    ]


def test_the_language_of_the_page() -> None:
    """Missing, empty and wrong are told apart, and xml:lang does not count."""
    assert told(html_lang, '<html xml:lang="de"><body>Text</body></html>') == [
        'the page does not say its language; write it as <html lang="…">'
    ]
    assert told(html_lang_valid, '<html lang="de_DE"><body>Text</body></html>') == [
        "“de_DE” is no language tag; write it with a hyphen"
    ]


def test_headlines() -> None:
    """Without one, the page is told as a whole; of several, each but the first."""
    (missing,) = found(one_h1, "<p>Text</p>")
    (second,) = found(one_h1, "<h1>News</h1>\n<h1>Flood</h1>")

    assert (missing.place.page, missing.place.line, missing.message) == (
        "page.html",
        0,
        "the page has no h1; make the headline one",
    )
    assert second.place.line == 3
    assert second.message == "“Flood” is a second h1; make it an h2, or a paragraph if it is the name of the site"


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("width=device-width,user-scalable=no", "user-scalable=no forbids zooming"),
        ("user-scalable=0", "user-scalable=no forbids zooming"),
        ("USER-SCALABLE=NO", "user-scalable=no forbids zooming"),
        ("maximum-scale=1.5", "maximum-scale=1.5 forbids zooming to twice the size"),
        ("maximum-scale=yes", "maximum-scale=yes forbids zooming to twice the size"),
        ("initial-scale=1;maximum-scale = 1.0", "maximum-scale=1.0 forbids zooming to twice the size"),
    ],
)
def test_zoom(content: str, what: str) -> None:
    """Values are read as browsers read them."""
    assert told(viewport_zoom, f'<meta name="viewport" content="{content}">') == [f"{what}; take it away"]


def test_refresh() -> None:
    """The first refresh that can be read is the one that works."""
    fragment = '<meta http-equiv="refresh" content="0: x"><meta http-equiv="Refresh" content=" 20.5, url=/a">'

    assert told(meta_refresh, fragment) == [
        "the page reloads or leaves after 20 seconds; take the refresh away, or make it a link"
    ]


def test_ids() -> None:
    """The line of the first is told, and each further one is found where it stands."""
    fragment = '<h2 id="a">A</h2>\n<p id="a">B</p>\n<p id="a">C</p>'
    findings = found(id_unique, fragment)

    assert [(finding.place.line, finding.message) for finding in findings] == [
        (3, "the id “a” is taken by <h2> on line 2; choose another"),
        (4, "the id “a” is taken by <h2> on line 2; choose another"),
    ]
    assert told(id_reference, '<nav aria-labelledby="a b"></nav><p id="a">A</p>') == [
        "no element has the id “b”; give it to the one that is meant"
    ]


def test_the_order_of_the_keyboard() -> None:
    """An element is named by its words, where it has any."""
    assert told(tab_order, '<a href="/c" tabindex="+3">Contact</a><div tabindex="1"></div>') == [
        "<a> “Contact” is reached before everything else; take its tabindex away",
        "<div> is reached before everything else; take its tabindex away",
    ]


def test_a_late_refresh() -> None:
    """It is another matter than one that comes soon, and the first that can be read counts."""
    late = '<meta http-equiv="refresh" content="0: x"><meta http-equiv="refresh" content="90000">'

    assert told(meta_refresh, late) == []
    assert told(meta_refresh_late, late) == ["the page reloads or leaves after 25 hours; take the refresh away"]
    assert meta_refresh.act == ("bc659a", "bisz58")
    assert told(meta_refresh, '<meta http-equiv="refresh" content="1">') == [
        "the page reloads or leaves after 1 second; take the refresh away, or make it a link"
    ]
