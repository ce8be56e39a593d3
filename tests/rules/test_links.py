"""Links: their words, their languages, their targets."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.links import (
    hidden_words,
    link_button,
    link_context,
    link_file,
    link_generic,
    link_language,
    link_name,
    link_new_window,
    link_same_elsewhere,
    link_same_here,
    link_same_text,
    link_target,
    title_repeats,
)
from pages import RECORD, found, told

OWN = '<link rel="canonical" href="https://a.example/de/">'
GERMAN = '<link rel="alternate" hreflang="de" href="https://a.example/de/">'


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (link_name, '<a name="top"></a>'),
        (link_name, '<a href="/a" hidden></a>'),
        (link_name, '<a href="/a" aria-label="Home"></a>'),
        (link_name, '<a href="/a" title="Home"></a>'),
        (link_name, '<a href="/a"><svg><title>Home</title></svg></a>'),
        (link_name, '<a href="/a"><svg aria-label="Home"></svg></a>'),
        (link_name, '<a href="/a"><img src="a.png" aria-labelledby="n"></a><p id="n">Home</p>'),
        (link_name, '<a href="/a" role="button"></a>'),
        (link_generic, '<p lang="fr"><a href="/a">more</a></p>'),
        (link_generic, '<p lang="de"><a href="/a">Mehr über das Hochwasser</a></p>'),
        (link_generic, '<a href="/a">Hereford</a>'),
        (link_same_text, '<a href="/a">Photos</a> <a href="/a/">Pictures</a>'),
        (link_same_text, '<a href="/a">more</a> <a href="/b">more</a>'),
        (link_same_text, '<a href="/a"></a> <a href="/b"></a>'),
        (link_language, f'{GERMAN}<a href="https://a.example/en/">English</a>'),
        (link_language, f'{GERMAN}<a href="https://a.example/de/" hreflang="de-AT">This page in German</a>'),
        (link_language, f'{GERMAN}<a href="https://a.example/de/" hreflang="de"><span lang="de">Deutsch</span></a>'),
        (link_language, '<link rel="alternate" hreflang="qqx" href="https://a.example/q/"><a href="https://a.example/q/">Q</a>'),
        (link_language, f'<html lang="it"><head>{GERMAN}{OWN}</head><body><a href="#x">Zum Inhalt</a></body></html>'),
        (link_target, '<a href="/a">A</a>'),
        (link_target, '<a href="#top">Up</a>'),
        (link_target, '<a href="#/route">App</a>'),
        (link_target, '<a href="#%C3%BCber">Über uns</a><h2 id="über">Über uns</h2>'),
        (link_target, '<a href="#old">Old</a><a name="old"></a>'),
        (title_repeats, '<a href="/a" title="About the flood">Flood</a>'),
        (title_repeats, '<img src="a.jpg" alt="" title="">'),
        (link_new_window, '<a href="/a">A</a>'),
        (link_new_window, '<p lang="de"><a href="/a" target="_blank" title="in neuem Fenster">A</a></p>'),
        (link_file, '<a href="/a.pdf?v=1">A (pdf)</a>'),
        (link_file, '<a href="/pdf/">All plans</a>'),
        (link_context, '<ul><li>Flood: <a href="/a">more</a></li></ul>'),
        (link_context, '<table><tr><th>Flood</th><td><a href="/a">more</a></td></tr></table>'),
        (link_context, '<div><h3>Flood</h3><p>Text</p><a href="/a">more</a></div>'),
        (link_context, 'The flood. <b>See</b> <a href="/a">more</a>'),
        (link_context, '<p id="a">Flood</p><p><a href="/a" aria-describedby="a">more</a></p>'),
        (link_same_here, '<p><a href="/a?id=1">A</a> <a href="/b?id=2">A</a></p>'),
        (link_same_here, '<p><a href="/a?utm_source=x">A</a> <a href="/a?utm_source=y">A</a></p>'),
        (link_same_here, '<p><a href="https://www.a.example/">A</a> <a href="https://a.example/x">A</a></p>'),
        (link_same_here, '<p><a href="mailto:a@a.example">A</a> <a href="tel:+39">A</a></p>'),
        (link_same_elsewhere, '<p><a href="https://a.example/">A</a> <a href="https://b.test/">A</a></p>'),
        (link_button, '<a href="/a" role="button" onkeydown="press(event)">A</a>'),
        (link_button, '<a role="button" tabindex="0">A</a>'),
        (link_file, '<p><a href="/a.pdf">Der Plan</a> als PDF</p>'),
        (link_file, '<a href="/a.mp3">Hören Sie das Gespräch</a>'),
        (link_new_window, '<p id="n">Nuova finestra</p><a href="/a" target="_blank" aria-describedby="n">A</a>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Links that are named otherwise, other languages, and targets that are there are left alone."""
    assert told(rule, fragment) == []


def test_a_link_without_words_names_its_address() -> None:
    """And says why it has none."""
    assert told(link_name, '<a href="/flood"> <i></i></a>') == ["the link to “/flood” has no words; say where it leads"]
    assert told(link_name, '<a href="/flood"><img src="a.jpg" alt=""></a>') == [
        "the link to “/flood” is only a picture without an alt text; say where it leads"
    ]
    assert told(link_name, '<map><area href="/north"></map>') == ["the link to “/north” has no words; say where it leads"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        *[("en", words) for words in ("here", "Click here", "More…", "READ MORE »", "[link]", "continue reading →")],
        *[("de", words) for words in ("Hier", "mehr", "Weiterlesen", "Klicken Sie hier", "Mehr erfahren", "» mehr")],
        *[("it", words) for words in ("qui", "Clicca qui", "Leggi tutto", "di più", "Scopri di più", "Continua a leggere…")],
    ],
)
def test_words_that_say_nothing(language: str, words: str) -> None:
    """They are known in English, German and Italian, whatever marks stand around them."""
    assert told(link_generic, f'<p lang="{language}">2026 Bozen <a href="/a">{words}</a></p>') == [
        f"the link “{words}” to “/a” does not say where; name its target"
    ]
    assert told(link_context, f'<p lang="{language}"><a href="/a">{words}</a></p>') == [
        f"the link “{words}” does not say where it leads, nor does the text around it; name its target"
    ]


def test_words_are_found_where_they_were_written() -> None:
    """A link's words come from a record or a catalog; its tag from a template."""
    (finding,) = found(link_context, '<p>\n<a href="/a">[en: Read more]</a></p>')

    assert str(finding.place.source) == f"{RECORD}:3:9"


def test_links_that_sound_alike() -> None:
    """Both addresses are told, in full where the page's own is known."""
    fragment = '<link rel="canonical" href="https://a.example/en/"><a href="a">Photos</a> <a href="/b">photos »</a>'

    assert told(link_same_text, fragment) == [
        "two links “photos »” lead to “https://a.example/b” and to “https://a.example/en/a”; call them differently"
    ]


def test_a_link_to_a_language_version_says_both_languages() -> None:
    """First where it leads, then in what language its words are; relative addresses are understood."""
    canonical = '<link rel="canonical" href="https://a.example/en/">'

    assert told(link_language, f'{canonical}{GERMAN}<a href="../de/">Deutsch</a>') == [
        'the link “Deutsch” leads to the “de” version; put hreflang="de" on it'
    ]
    assert told(link_language, f'{canonical}{GERMAN}<a href="../de/index.html" hreflang="de">Deutsch</a>') == [
        'the words “Deutsch” are in “de”; put lang="de" on the link'
    ]


def test_links_that_lead_nowhere() -> None:
    """Scripts, a bare # and targets that are not there; the line is the link's."""
    findings = found(link_target, '<a href="JavaScript:go()">Menu</a>\n<a href="#">Close</a>\n<a href="#night">Night</a>')

    assert [(finding.place.line, finding.message) for finding in findings] == [
        (2, "the link “Menu” runs a script; make it a <button>, or give it an address"),
        (3, "the link “Close” leads nowhere; make it a <button>, or give it an address"),
        (4, "the link “Night” leads to “#night”, which is not on the page; mend the address"),
    ]


@pytest.mark.parametrize("words", ["Back to top", "Nach oben", "Torna su", "Zum Anfang", "Torna all'inizio"])
def test_a_link_to_the_top(words: str) -> None:
    """A bare # is the top of the page, and is right where the words say so."""
    assert told(link_target, f'<a href="#">{words}</a>') == []


def test_files_windows_and_titles() -> None:
    """What a person must look at is told all the same."""
    assert told(link_file, '<a href="/Plan.PDF#page=2">The plan</a>') == [
        "the link “The plan” leads to a PDF file and does not say so; name kind and size"
    ]
    assert told(link_new_window, '<a href="/map" target="_BLANK">Map</a>') == [
        "the link “Map” opens a new window without a word; take the target away, or say so"
    ]
    assert told(title_repeats, '<a href="/a" title=" FLOOD ">Flood</a>') == [
        "the title “Flood” says what is there already; take it away"
    ]


def test_words_without_any_context() -> None:
    """The block beside a link says nothing of it; the text that it stands in does."""
    for fragment in (
        '<a href="/a">More</a><p>The river rose.</p>',
        '<div role="link" tabindex="0" onclick="go()">More</div><main>Text</main>',
        "<p>The river rose.</p><!-- end --><a href='/a'>More</a><br>Text",
        '<ul><li><a href="/a">More</a></li></ul>',
    ):
        assert told(link_context, fragment) == [
            "the link “More” does not say where it leads, nor does the text around it; name its target"
        ]
        assert told(link_generic, fragment) == []


def test_links_that_surely_lead_elsewhere() -> None:
    """By another host, or by another question to the same page; in one text, or in two."""
    here = "<p><a href='/contact?by=1'>Contact us</a> or <a href='/contact?by=2'>contact us</a></p>"
    scripts = (
        """<div><span role="link" onclick="location='/c?a=1'">Modulo</span>"""
        """<b role="link" onclick="location.href = '/c?a=2'">Modulo</b></div>"""
    )

    assert told(link_same_here, here) == [
        "two links “contact us” lead to “/contact?by=2” and to “/contact?by=1”; call them differently"
    ]
    assert told(link_same_text, here) == told(link_same_elsewhere, here) == []
    assert len(told(link_same_here, scripts)) == 1
    assert told(link_same_elsewhere, here.replace(" or ", "</p><p>")) == [
        "two links “contact us” lead to “/contact?by=2” and to “/contact?by=1”; call them differently"
    ]
    assert link_same_here.act == ("b20e66", "fd3a94")


def test_a_link_that_is_called_a_button() -> None:
    """A script may see to the space bar; without one nothing does."""
    link = '<a href="/weiter" role="button">Weiter</a>'

    assert told(link_button, link) == [
        "the link “Weiter” is called a button, and the space bar does nothing; make it a <button>, or a mere link"
    ]
    assert told(link_button, f"{link}<script>see()</script>") == []


@pytest.mark.parametrize(
    ("fragment", "count"),
    [
        ('<a href="/a">More <span style="color: red; visibility: hidden">about rugby</span></a>', 1),
        ('<a href="/a">More <span style="visibility: hidden"><b>about</b> rugby</span></a>', 1),
        ('<a href="/a">More <span style="visibility: hidden">»</span></a>', 0),
        ('<a href="/a">More <span style="visibility: visible">about rugby</span></a>', 0),
        ('<a href="/a">More <span style="display: none">about rugby</span></a>', 0),
        ('<p>More <span style="visibility: hidden">about rugby</span></p>', 0),
    ],
)
def test_words_that_are_hidden_from_everybody(fragment: str, count: int) -> None:
    """In a link, by a declaration that leaves their room."""
    assert len(told(hidden_words, fragment)) == count
