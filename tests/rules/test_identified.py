"""Whether words are in the language that the page says: what is found, and what is left alone."""

import html

import pytest

from a11ynews.finding import Owner
from a11ynews.markup import parse, plain
from a11ynews.page import Page
from a11ynews.rules.identified import (
    name_language_words,
    page_language_unused,
    page_language_words,
    part_language_words,
    stray_word,
    text_language_words,
)
from news import stories
from pages import found, told

EN = "The river rose in the night, and nobody in the village had seen it coming."
DE = "Der Fluss stieg in der Nacht, und niemand im Dorf hatte es kommen sehen."
IT = "Il fiume è salito nella notte e nessuno in paese se ne era accorto."
TEXTS = {"en": EN, "de": DE, "it": IT}


def page(language: str, body: str) -> str:
    """A page in a language."""
    return f'<html lang="{language}"><head><title translate="no">x</title></head><body>{body}</body></html>'


@pytest.mark.parametrize("said", TEXTS)
@pytest.mark.parametrize("written", TEXTS)
def test_a_page_in_another_language_is_found(said: str, written: str) -> None:
    """Every pair of the three."""
    messages = told(page_language_words, page(said, f"<p>{TEXTS[written]}</p>"))

    assert bool(messages) is (said != written)


def test_a_page_s_message_names_both_languages() -> None:
    """And what to do."""
    assert told(page_language_words, page("de", f"<p>{EN}</p>")) == [
        "the page says that it is in German (de) and its words look English; correct the lang of <html>"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Reuters</p>",
        f"<pre>{EN}</pre>",
        f'<p translate="no">{EN}</p>',
        f"<p hidden>{EN}</p>",
        f'<p lang="en">{EN}</p>',
        f"<script>{EN}</script><p>{DE}</p>",
        f"<p>{DE}</p><p>“{EN}”</p><p>{DE} {DE}</p>",
        "<p>1 234 567 — https://example.org/the/river/rose/in/the/night/and/nobody/had/seen/it</p>",
    ],
)
def test_what_tells_no_language_is_left_alone(body: str) -> None:
    """Names, code, what is hidden or marked otherwise, a quotation among other words, an address."""
    assert told(page_language_words, page("de", body)) == []


@pytest.mark.parametrize(
    "text",
    [
        "</style></script></title><script>document.title = 'taken over'</script> {braces} der_die_das",
        "a11ynews.rules.identified() window.document.location.reload() self._names = {}",
        "Donaudampfschifffahrtsgesellschaft" * 20,
    ],
)
def test_code_among_words_is_in_no_language(text: str) -> None:
    """Tags, what has braces or underscores, names with dots, and what no reader takes for a word."""
    body = f"<p>{EN}</p><p>{html.escape(text)}</p><p>{EN}</p>"

    assert told(text_language_words, page("en", body)) == []


@pytest.mark.parametrize("tag", ["de-!", "de_AT", "de-", "de-x-", "deutsch"])
def test_what_is_no_tag_names_no_language(tag: str) -> None:
    """That is told by the rules on tags; these here do not break down on it."""
    body = f'<p>{EN} {EN}</p><p lang="{tag}">{EN}</p><img src="a.jpg" alt="{EN}">'

    for rule in (page_language_words, part_language_words, text_language_words, name_language_words, stray_word):
        assert told(rule, page(tag, body)) == []


def test_an_ending_behind_code_is_no_word() -> None:
    """“ed” is Italian, and here the end of an English word."""
    assert (
        told(stray_word, page("en", "<p>A previously <code>close</code>ed port does not <code>send</code> any more.</p>")) == []
    )
    assert len(told(stray_word, page("en", "<p>A previously <code>close</code> ed port does not send any more.</p>"))) == 1


def test_a_part_that_is_marked_wrongly_is_found() -> None:
    """At its lang; one that is marked rightly, or too short to tell, is not."""
    findings = found(
        part_language_words, page("en", f'<p>{EN}</p><p lang="it">{DE}</p><p lang="de">{DE}</p><i lang="fr">Hello</i>')
    )

    assert [finding.place.html for finding in findings] == ['<p lang="it">']
    assert "is marked as Italian and looks German; correct its lang" in findings[0].message


@pytest.mark.parametrize("written", ["de", "it"])
def test_a_paragraph_in_another_language_is_found(written: str) -> None:
    """On an English page; a heading and an item of a list too."""
    body = f"<p>{EN}</p><p>{EN} Then it fell.</p><h2>{TEXTS[written]}</h2><ul><li>{TEXTS[written]}</li></ul>"
    findings = found(text_language_words, page("en", body))

    assert [finding.place.html for finding in findings] == ["<h2>", "<li>"]
    assert f'put lang="{written}" on it' in findings[0].message
    assert findings[0].owner is Owner.EDITOR


def test_of_a_page_that_is_wrong_as_a_whole_the_parts_are_not_told() -> None:
    """One finding, not a hundred."""
    wrong = page("de", f'<p>{EN}</p><p>{EN}</p><img src="a.jpg" alt="Two children run across an old stone bridge">')

    assert told(text_language_words, wrong) == []
    assert told(name_language_words, wrong) == []
    assert len(told(page_language_words, wrong)) == 1


@pytest.mark.parametrize(
    ("language", "markup"),
    [
        ("de", '<img src="a.jpg" alt="Two children run across an old stone bridge">'),
        ("it", '<nav aria-label="Pages of this newspaper in other languages"><a href="/">Oggi</a></nav>'),
        ("de", '<a href="/" title="Leggi tutte le notizie di questa giornata">Heute</a>'),
        ("en", '<img src="a.jpg" alt="Zwei Kinder laufen über eine alte Steinbrücke">'),
    ],
)
def test_a_name_in_another_language_is_found(language: str, markup: str) -> None:
    """What is heard and not seen."""
    assert len(told(name_language_words, page(language, f"<p>{TEXTS[language]} {TEXTS[language]}</p>{markup}"))) == 1


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "The activities of partnership between PoliMi und TUM go on.", "und"),
        ("en", 'Between <span translate="no">PoliMi</span> und <span translate="no">TUM</span> all is well again.', "und"),
        ("de", "Wir forschen viel and lehren gern an dieser Universität.", "and"),
        ("it", "Il ponte und il fiume si vedono dalla strada.", "und"),
        ("it", "Il ponte the fiume si vedono dalla strada.", "the"),
        ("en", "They ask undhttps://example.org how it all goes on from here.", "und"),
    ],
)
def test_a_stray_word_is_found(language: str, text: str, word: str) -> None:
    """Where it stands, with the words around it."""
    messages = told(stray_word, page(language, f"<p>{text}</p>"))

    assert len(messages) == 1
    assert messages[0].startswith(f"“{word}” in “")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The play is “Sturm und Drang”, by Klinger."),
        ("en", "They sing <i>Lied und Lust</i> every year."),
        ("en", "The party Bündnis und Grüne has won."),
        ("en", "Ursula von der Leyen spoke, and so did Egon van der Berg."),
        ("de", "Das sagte die University of Oxford, und Marks and Spencer schwieg."),
        ("de", "Alles ist Made in Italy, und das Know-how stimmt."),
        ("it", "La guerra dei dazi tra USA e Cina per l’auto."),
        ("fr", "Le pont und la rivière."),
    ],
)
def test_names_titles_and_loans_are_no_stray_words(language: str, text: str) -> None:
    """And of other languages nothing is known."""
    assert told(stray_word, page(language, f"<p>{text}</p>")) == []


@pytest.mark.parametrize("language", ["en", "de", "it"])
def test_nothing_is_found_in_hundreds_of_news_texts(language: str) -> None:
    """Each as a page of its own, and all of them as one."""
    texts = [html.escape(plain(parse(story.words(language)))) for story in stories()]
    pages = [page(language, f"<p>{text}</p>") for text in [*texts, "</p><p>".join(texts)]]
    rules = (page_language_words, part_language_words, text_language_words, name_language_words, stray_word)

    assert len(pages) > 300
    assert [finding.message for each in pages for rule in rules for finding in rule(Page("x.html", each))] == []


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ('<html lang="nl"><head><title>Paris</title></head><body><p lang="en">Fireworks over Paris</p></body></html>', 1),
        ('<html lang="de"><body lang="it"><p>Il fiume è salito.</p><p lang="it-CH">Ancora.</p></body></html>', 1),
        ('<html lang="de"><body lang="de-AT"><p>Der Fluss stieg in der Nacht.</p></body></html>', 0),
        ('<html lang="de"><body><p lang="en">The river rose.</p><p>2026</p></body></html>', 1),
        ('<html lang="de"><body><p lang="en">The river rose.</p><p>Gestern</p></body></html>', 0),
        ('<html lang="de"><body><p lang="en">Hello</p></body></html>', 0),
        ('<html lang="de"><body><p lang="xyz-invalid-">The river rose again.</p></body></html>', 0),
        ('<html><body><p lang="en">The river rose again.</p></body></html>', 0),
    ],
)
def test_a_language_that_none_of_the_words_are_in(page: str, count: int) -> None:
    """Where all are marked as another one, the html element should say that."""
    assert len(told(page_language_unused, page)) == count
