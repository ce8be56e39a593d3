"""Languages: by birthplace where it is known, and as attributes on any page."""

from typing import Any

import pytest

from a11ynews.finding import Owner
from a11ynews.page import Page
from a11ynews.provenance import Trace, strike
from a11ynews.rule import Rule
from a11ynews.rules.language import (
    lang_empty,
    lang_known,
    lang_valid,
    page_language,
    tag_fault,
    text_direction,
    text_language,
    untranslatable_text,
    xml_lang,
)
from pages import RECORD, TEMPLATE, found, page_of, told


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (page_language, '<html lang="it"><body><p>Guten Morgen</p></body></html>'),
        (page_language, "<html><body><p>[de: Guten Morgen]</p></body></html>"),
        (page_language, '<html lang="de"><body><p lang="en">[en: Good morning to all of you]</p></body></html>'),
        (text_language, "<p>Guten Morgen</p>"),
        (text_language, '<p lang="">[de: Guten Morgen]</p>'),
        (text_language, '<html lang="en-GB"><body><p>[en-US: Good morning]</p></body></html>'),
        (text_language, '<html lang="DE"><body><p>[de-AT: Guten Morgen]</p></body></html>'),
        (lang_valid, '<p lang="german" hidden>Guten Morgen</p>'),
        (lang_valid, '<p lang="german"></p>'),
        (lang_valid, '<p lang="">Guten Morgen</p>'),
        (lang_known, '<p lang="english">Good morning</p>'),
        (lang_known, '<p lang="cmn">早上好</p>'),
        (lang_known, '<p lang="lld">Bun dé</p>'),
        (lang_known, '<code lang="zxx">x = 1</code>'),
        (lang_empty, '<p lang=""></p>'),
        (lang_empty, '<html lang=""><body><p>Text</p></body></html>'),
        (xml_lang, '<html xml:lang="de"><body><p>Guten Morgen</p></body></html>'),
        (xml_lang, '<p lang="de-AT" xml:lang="de">Guten Morgen</p>'),
        (xml_lang, '<p lang="de" xml:lang="">Guten Morgen</p>'),
        (text_direction, '<p lang="de">Guten Morgen</p>'),
        (text_direction, '<p lang="he" dir="auto">בוקר טוב</p>'),
        (text_direction, '<div dir="rtl"><p lang="he">בוקר טוב</p></div>'),
        (text_direction, '<p lang="ar"></p>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Pages that are not ours, texts that are not there, and languages that are said otherwise are left alone."""
    assert told(rule, fragment) == []


def test_a_text_in_another_language_than_its_place() -> None:
    """It is told where the words were written, and to whom."""
    (finding,) = found(
        text_language, '<html lang="it"><body>\n<p>[it: Buongiorno a tutti]</p>\n<p>[de: Guten Morgen]</p></body></html>'
    )

    assert finding.message == (
        "the text “Guten Morgen” is in “de” but is marked as “it”; "
        'put lang="de" on <p>, or on an element around these words alone'
    )
    assert str(finding.place.source) == f"{RECORD}:3:9"
    assert finding.place.line == 3
    assert finding.owner is Owner.EDITOR
    assert finding.wcag == ("3.1.2",)


@pytest.mark.parametrize("attribute", ["alt", "title", "aria-label", "placeholder"])
def test_an_attribute_takes_the_language_of_its_own_element(attribute: str) -> None:
    """A lang on the element speaks for its attributes; one on an element beside it does not."""
    start = '<html lang="it"><body><p>[it: Buongiorno a tutti voi]</p>'

    assert told(text_language, f'{start}<input {attribute}="[de: Ein Zug]" lang="de"></body></html>') == []
    assert told(text_language, f'{start}<input {attribute}="[de: Ein Zug]"></body></html>') == [
        f"the {attribute} text “Ein Zug” is in “de” but is marked as “it”; "
        'put lang="de" on <input>, or on an element around these words alone'
    ]


def test_a_title_and_a_description_are_texts_too() -> None:
    """What stands in the head is read out as well."""
    html = '<html lang="it"><head><title>[de: Guten Morgen]</title><meta name="description" content="[de: Es regnet]"></head>'

    assert len(told(text_language, f"{html}<body><p>[it: Buongiorno a tutti, oggi piove dappertutto]</p></body></html>")) == 2


def test_a_page_that_is_marked_wrongly_as_a_whole_is_one_finding() -> None:
    """Not one for each text; and what differs from the rest is still told."""
    html = '<html lang="en"><body><h1>[de: Guten Morgen]</h1><p>[de: Es regnet.]</p><p>[it: Piove]</p></body></html>'

    assert told(page_language, html) == ['the page is in “de” but is marked as “en”; write <html lang="de">']
    assert [message.split(";")[0] for message in told(text_language, html)] == [
        "the text “Piove” is in “it” but is marked as “de”"
    ]


def test_names_within_a_text_are_their_author_s_matter() -> None:
    """Markup that belongs to a text says its own language; the text as a whole must still be right."""
    given = '[de: Das <span lang="it" title="La scuola">Politecnico</span> in <i lang="en">Milan</i> lädt ein]'

    assert told(text_language, f'<html lang="de"><body><p>{given}</p></body></html>') == []
    assert [
        message.split(";")[0] for message in told(text_language, f'<html lang="de"><body><p lang="it">{given}</p></body></html>')
    ] == ["the text “Das” is in “de” but is marked as “it”"]
    assert told(text_language, f'<html lang="it"><body><p>{given}</p></body></html>') == []


def test_a_text_that_is_all_markup_is_its_author_s_matter_too() -> None:
    """A quotation that is marked as such within its text is marked well."""
    quoted = '[de: <i lang="de">Guten Morgen, es regnet überall</i>]'
    html = f'<html lang="en"><body><p>{quoted}</p><p>[en: Good morning]</p></body></html>'

    assert told(text_language, html) == told(page_language, html) == []


def test_a_language_without_a_name_in_cldr_is_told_by_its_tag() -> None:
    """It may be right: there are thousands of languages."""
    html = '<html lang="en"><body><p lang="qqx">[en: Good morning]</p><p>[en: It rains everywhere]</p></body></html>'

    assert [message.split(";")[0] for message in told(text_language, html)] == [
        "the text “Good morning” is in “en” but is marked as “qqx”"
    ]


@pytest.mark.parametrize(
    "fragment",
    [
        "<p>… – 12 %</p>",
        '<p translate="no">Maria <b>Rossi</b></p>',
        '<p>news@example.org <a href="/">www.example.org/de</a></p>',
        '<meta name="viewport" content="width=device-width"><p>[en: Text]</p>',
        '<meta property="og:type" content="article"><p>[en: Text]</p>',
        "<script>var words = 'Read more';</script><style>p { color: red }</style>",
        "<p>[en: Read more]: [en: Flood]</p>",
    ],
)
def test_what_nobody_translates(fragment: str) -> None:
    """Marks, figures, addresses, names that say so, scripts and what machines read are no texts."""
    assert told(untranslatable_text, fragment, ours=True) == []


def test_words_that_are_typed_into_a_template() -> None:
    """They are the web team's, with the template's line; descriptions and attributes count."""
    fragment = '<meta property="og:title" content="Flood">\n<p>Read more</p>\n<img src="a.jpg" alt="Logo">'
    findings = found(untranslatable_text, fragment, ours=True)

    assert [finding.message.split(";")[0] for finding in findings] == [
        "the content text “Flood” is typed into the template",
        "the text “Read more” is typed into the template",
        "the alt text “Logo” is typed into the template",
    ]
    assert [str(finding.place.source) for finding in findings] == [f"{TEMPLATE}:1:1", f"{TEMPLATE}:3:1", f"{TEMPLATE}:4:1"]
    assert {finding.owner for finding in findings} == {Owner.WEB_TEAM}


def test_words_that_a_text_holds_in_its_markup_are_not_typed() -> None:
    """An attribute of markup within a text belongs to the text."""
    assert told(untranslatable_text, '<p>[en: See <a href="/a" title="The plan">the plan</a>]</p>') == []


def test_words_of_a_page_from_elsewhere_are_nobody_s() -> None:
    """Where no birthplace is known, nothing is typed into a template."""
    assert told(untranslatable_text, "<p>Read more</p>") == []


@pytest.mark.parametrize(
    "tag", ["en", "DE-at", "sr-Latn", "de-1996", "de-CH-1901", "zh-cmn-Hans", "en-x-plain", "lld", "fur", "cmn", "iw", "qqx"]
)
def test_tags_that_nothing_is_wrong_with(tag: str) -> None:
    """Regions, scripts, variants, rare languages and old codes are taken as they are."""
    assert tag_fault(tag) is None


@pytest.mark.parametrize(
    ("tag", "fault"),
    [
        ("de_AT", "“de_AT” is no language tag; write it with a hyphen"),
        (" de", "“de” is no language tag; write one such as “en”, “de-AT” or “sr-Latn”"),
        ("#1", "“#1” is no language tag; write one such as “en”, “de-AT” or “sr-Latn”"),
        ("eng", "“eng” is not the shortest code of its language; write “en”"),
        ("deu-AT", "“deu-AT” is not the shortest code of its language; write “de-AT”"),
    ],
)
def test_tags_that_are_none(tag: str, fault: str) -> None:
    """What is wrong and what to write instead."""
    assert tag_fault(tag) == fault


@pytest.mark.parametrize("tag", ["xx", "em-US", "german", "deutsch", "i-lux", "x-klingon", "italian-IT"])
def test_tags_of_no_language(tag: str) -> None:
    """They are refused, with a hint."""
    assert str(tag_fault(tag)).startswith(f"“{tag}” is no language tag; ")


def test_attributes_are_told_with_their_line() -> None:
    """The element is named by the place, the value by the message."""
    (finding,) = found(lang_valid, '<p>Text</p>\n<p lang="de_AT">Guten Morgen</p>')

    assert (finding.place.line, finding.place.html) == (3, '<p lang="de_AT">')
    assert told(xml_lang, '<p lang="de" xml:lang="it">Guten Morgen</p>') == [
        'lang="de" and xml:lang="it" differ; take xml:lang away'
    ]
    assert told(xml_lang, '<p xml:lang="it">Buongiorno</p>') == ['HTML does not look at xml:lang="it"; write lang="it"']
    assert told(text_direction, '<p lang="ar">صباح الخير</p>') == [
        '“ar” runs rtl and this text is marked ltr; put dir="rtl" beside its lang'
    ]
    assert told(text_direction, '<div dir="rtl"><p lang="de" dir="rtl">Guten Morgen</p></div>') == [
        '“de” runs ltr and this text is marked rtl; put dir="ltr" beside its lang'
    ]


def test_a_number_that_is_none_of_the_trace_s_is_no_birthplace() -> None:
    """A page whose trace is lost in part is looked at as far as it is known."""
    page = Page("page.html", strike("<p>x</p>"), marked="<html lang=de><p>\U000f0005x\U0010fffd</p></html>", trace=Trace())

    assert list(text_language(page)) == []
    assert page_of("<p>[de: x]</p>").words[-1].origin is not None
