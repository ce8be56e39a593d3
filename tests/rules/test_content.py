"""What the words ask of readers, and markup that only looks like something."""

import html
from typing import Any

import pytest

from a11ynews.finding import Owner, Severity
from a11ynews.markup import parse, plain
from a11ynews.page import Page
from a11ynews.rule import Rule
from a11ynews.rules.content import (
    all_capitals,
    article_navigation,
    bold_heading,
    colour_wording,
    emoji_row,
    heading_generic,
    heading_repeated,
    line_breaks,
    quotation_marks,
    sensory_instruction,
    sensory_wording,
    text_art,
    text_picture,
    typed_list,
)
from news import stories
from pages import RECORD, found, told

LONG = "The river rose by two metres in the night, and nobody in the whole village slept until it was morning."


def text(language: str, words: str) -> str:
    """A page with one text."""
    return f'<html lang="{language}"><head><title>x</title></head><body><p>{words}</p></body></html>'


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Click the round button to go on."),
        ("en", "Use the links on the left to find more."),
        ("en", "Press the green button in the top right corner."),
        ("en", "Click the box for a surprise."),
        ("de", "Klicken Sie auf den Knopf rechts."),
        ("de", "Der rote Knopf rechts führt weiter."),
        ("de", "Über die Schaltfläche oben links kommen Sie zurück."),
        ("de", "Klicken Sie auf das Dreieck."),
        ("it", "Fai clic sul pulsante a destra."),
        ("it", "Usa il menu in alto a sinistra."),
        ("it", "Premi il pulsante rosso rotondo."),
        ("it", "Clicca sul cerchio per continuare."),
    ],
)
def test_what_is_named_by_shape_or_side_alone(language: str, words: str) -> None:
    """In three languages; in others nothing is known."""
    (finding,) = found(sensory_instruction, text(language, words))

    assert finding.severity is Severity.WARNING
    assert "tells by shape or place alone what is meant; say what it is called, too" in finding.message
    assert told(sensory_instruction, text("fr", words)) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Click the round button “Next”."),
        ("en", "The party moved to the right, and the left lost its form."),
        ("en", "The right button can change a life."),
        ("de", "Klicken Sie auf den Knopf „Weiter“ rechts."),
        ("de", "Die Felder links des Rheins standen unter Wasser."),
        ("it", "Premi il pulsante «Avanti» a destra."),
        ("it", "I campi a destra del fiume sono allagati."),
        ("en", "</p><figure><figcaption>The mayor with the button on the right</figcaption></figure><p>"),
        ("en", "</p><h2>Menu</h2><p>Find the menu on the right"),
        ("en", "Find the navigation on the right</p><nav><a href='/'>Home</a></nav><p>"),
        ("en", "Press the round button.</p><button>Go on</button><p>"),
    ],
)
def test_what_can_be_found_without_sight(language: str, words: str) -> None:
    """By a name, or because there is one of its kind; politics, fields under water and captions are something else."""
    assert told(sensory_instruction, text(language, words)) == []


def test_of_two_menus_the_one_on_the_right_is_not_known() -> None:
    """Of two unnamed ones; the finding is at the words, in the record."""
    navs = "<nav><a href='/'>Home</a></nav>" * 2
    (finding,) = found(sensory_instruction, f"<main><p>[en: Find the navigation on the right, for more.]</p></main>{navs}")

    assert finding.place.source is not None
    assert (finding.place.source.file, finding.owner) == (RECORD, Owner.EDITOR)


@pytest.mark.parametrize(
    ("rule", "language", "bad", "good"),
    [
        (sensory_wording, "en", "The chart on the left shows the level.", "The man on the right track won."),
        (sensory_wording, "en", "The table on the right has the figures.", "The party on the right lost."),
        (sensory_wording, "de", "Die Zahlen: siehe links.", "Die Parteien rechts der Mitte sind sich einig."),
        (sensory_wording, "it", "Il grafico a sinistra mostra il livello.", "La via a destra del ponte è chiusa."),
        (colour_wording, "en", "Changes are shown in red.", "The men shown in red coats sang."),
        (colour_wording, "en", "The green mushrooms listed here can be eaten.", "The green party listed its candidates."),
        (colour_wording, "de", "Fehler sind rot markiert.", "Rot markierte früher die Partei der Arbeiter."),
        (colour_wording, "de", "Wählen Sie das blaue Feld.", "Das blaue Wunder ist eine Brücke."),
        (colour_wording, "it", "I giorni liberi sono segnati in verde.", "La squadra in verde ha vinto."),
        (all_capitals, "en", "DO NOT CROSS THE OLD BRIDGE today.", "EU, NATO, OECD, UNESCO, UNICEF, OPEC met."),
        (all_capitals, "de", "DIE ALTE BRÜCKE IST GESPERRT.", "Die CDU, die CSU, die SPD und die FDP."),
        (all_capitals, "it", "IL PONTE VECCHIO È CHIUSO.", "ANSA, RAI e CONSOB."),
        (emoji_row, "en", "Open again 🎉🎉🎉🎉", "Open again 🎉🎉"),
        (emoji_row, "de", "Danke ❤️ ❤️ ❤️ ❤️", "Danke ❤️"),
        (emoji_row, "it", "Grazie 👍🏽👍🏽👍🏽👍🏽", "Grazie 👍🏽"),
    ],
)
def test_words_that_a_person_must_look_at(rule: Rule[Any], language: str, bad: str, good: str) -> None:
    """In each language what is meant, and what is like it and is not."""
    assert len(told(rule, text(language, bad))) == 1
    assert told(rule, text(language, good)) == []


COLOURS = {
    "en": "Fields marked in {}: red Green BLUE yellow orange purple pink gray grey",
    "de": "Sie sind {} markiert: rot Grün BLAU gelb orange violett grau rosa rote grünen",
    "it": "I giorni sono segnati in {}: rosso Verde BLU azzurro giallo arancione grigio viola rossi",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (language, sentence.format(colour))
        for language, line in COLOURS.items()
        for sentence, _, colours in [line.partition(": ")]
        for colour in colours.split()
    ],
)
def test_every_colour_is_known(language: str, words: str) -> None:
    """However it is written: what is looked for first, since it is found sooner, leaves none out."""
    assert len(told(colour_wording, text(language, f"{words}."))) == 1


@pytest.mark.parametrize(
    ("language", "generic", "telling"),
    [
        ("en", "More information", "More on the bridge"),
        ("en", "Details", "Details of the plan"),
        ("de", "Mehr Infos", "Mehr zur Brücke"),
        ("de", "Sonstiges", "Sonstige Ausgaben"),
        ("it", "Maggiori informazioni", "Altre notizie da Milano"),
        ("it", "Varie", "Varie ed eventuali"),
    ],
)
def test_headings_that_say_nothing(language: str, generic: str, telling: str) -> None:
    """Each in its own language."""
    page = '<html lang="{}"><body><h2>{}</h2></body></html>'

    assert len(told(heading_generic, page.format(language, generic))) == 1
    assert told(heading_generic, page.format(language, telling)) == []
    assert told(heading_generic, page.format("fr", generic)) == []


def test_headings_that_are_repeated() -> None:
    """In one part of the page; beside the content, at different ranks, and under different headings they may be."""
    assert len(told(heading_repeated, "<h1>A</h1><h2>B</h2><h2>b</h2><h2>C</h2><h2>B</h2>")) == 2
    assert told(heading_repeated, "<h1>A</h1><h2>B</h2><h3>B</h3><aside><h2>B</h2></aside><h1>A</h1><h2>B</h2>") == []


@pytest.mark.parametrize(
    "heading",
    [
        "<p><b>The night</b></p>",
        "<p> <strong>The</strong> <strong>night</strong> </p>",
        "<div><b><i>The night</i></b></div>",
        '<p style="font-weight: 700">The night</p>',
        "<p><strong><a href='/n'>The night</a></strong><br></p>",
    ],
)
def test_bold_lines_that_pose_as_headings(heading: str) -> None:
    """Above a paragraph, however they are made bold."""
    (message,) = told(bold_heading, f"<main>{heading}<!-- a --><p>{LONG}</p></main>")

    assert message == "“The night” looks like a heading and is a bold paragraph; make it a heading"


@pytest.mark.parametrize(
    "markup",
    [
        f"<p><b>The bridge is closed.</b></p><p>{LONG}</p>",
        f"<p><b>Examples:</b></p><p>{LONG}</p>",
        f"<p><b>Von Maria Rossi</b></p><p>{LONG}</p>",
        f"<p><b>The night</b> was long</p><p>{LONG}</p>",
        f"<p><b>The night</b></p><h2>A</h2><p>{LONG}</p>",
        "<p><b>The night</b></p><p>Short.</p>",
        f"<p><b>The night</b></p><p><b>{LONG}</b></p>",
        f"<table><tr><td><p><b>The night</b></p><p>{LONG}</p></table>",
        f"<figure><p><b>The night</b></p><p>{LONG}</p></figure>",
        f'<p role="heading" aria-level="2"><b>The night</b></p><p>{LONG}</p>',
        f"<p><b></b></p><p>{LONG}</p>",
        f"<p><b>{'Very long ' * 20}</b></p><p>{LONG}</p>",
    ],
)
def test_bold_lines_that_are_none(markup: str) -> None:
    """Sentences, bylines, what introduces a list, cells, captions, and what is a heading by its role."""
    assert told(bold_heading, f"<main>{markup}</main>") == []


def test_breaks_that_make_paragraphs() -> None:
    """Two texts of some length, with two breaks between them; a break within verses or an address is none."""
    assert len(told(line_breaks, f"<div>{LONG}<br><br>{LONG}<br> <br />{LONG}</div>")) == 1
    assert len(told(line_breaks, f'<td lang="de">{LONG}<br><br>{LONG}')) == 1
    for markup in (
        f"<p>{LONG}<br>{LONG}</p>",
        "<p>Rain<br><br>Sun</p>",
        f"<pre>{LONG}<br><br>{LONG}</pre>",
        f"<p>{LONG}<br><br></p>",
    ):
        assert told(line_breaks, markup) == []


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Wir brauchen:<br>- Brot<br>- Wasser<br>- Lampen</p>",
        "<p>• pane<br>• acqua<br>• lampade</p>",
        "<p>1. bread<br>2. water<br>3. lamps</p>",
        "<p>a) bread</p><p>b) water</p><p>c) lamps</p>",
        "<div><p>* bread</p>\n<p>* water</p>\n<p>* lamps</p></div>",
    ],
)
def test_lists_that_are_typed(markup: str) -> None:
    """With breaks or paragraphs, by marks, figures or letters."""
    assert len(told(typed_list, markup)) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<p>- bread<br>- water</p>",
        "<p>– Wo bist du?<br>– Hier.<br>– Komm doch!</p>",
        "<p>1990. A year.</p><p>2. Platz</p><p>7. Platz</p>",
        "<p>- bread</p><h2>A</h2><p>- water</p><h2>B</h2><p>- lamps</p>",
        "<pre>- a<br>- b<br>- c</pre>",
        "<ul><li>- a</li><li>- b</li><li>- c</li></ul>",
        "<p>a) b) c)</p>",
    ],
)
def test_lines_that_are_no_list(markup: str) -> None:
    """Two lines, a dialogue, years and places, code."""
    assert told(typed_list, markup) == []


def test_pictures_made_of_signs() -> None:
    """Code, figures and rules are none; one with a name is all right."""
    cat = "  /\\_/\\ \n ( o.o ) \n  > ^ < \n"
    assert len(told(text_art, f"<pre>{html.escape(cat)}</pre>")) == 1
    for markup in (
        f'<pre role="img" aria-label="A cat">{html.escape(cat)}</pre>',
        f"<pre><code>{html.escape(cat)}</code></pre>",
        "<pre>int a[10];\nfor (i = 0; i < 9; i++) {\n  j = a[i];\n}</pre>",
        "<pre>T:45:1024 :189:99343\nT:11:78573 :15:1353\nT:18:45 :12:135353</pre>",
        "<pre>======\n------\n======</pre>",
    ):
        assert told(text_art, markup) == []


@pytest.mark.parametrize(
    ("picture", "is_found"),
    [
        ('src="zitat-01.png" alt="Wir bauen die Brücke wieder auf"', True),
        ('src="/i/citazione_sindaco.jpg?x=1" alt="Ricostruiremo il ponte"', True),
        ('src="a.png" alt="“We shall build it again”"', True),
        ('src="quote.png" alt=""', False),
        ('src="logo-text.svg" alt="The Valley News"', False),
        ('src="context.png" alt="A map of the valley"', False),
        ('src="http://[" alt="A map of the valley"', False),
    ],
)
def test_pictures_of_text(picture: str, is_found: bool) -> None:
    """By the name of the file, or by an alternative text that is a quotation."""
    assert bool(told(text_picture, f"<img {picture}>")) is is_found


@pytest.mark.parametrize("language", ["en", "de", "it"])
def test_hundreds_of_news_texts_are_left_alone(language: str) -> None:
    """What editors write every day asks nobody to look."""
    rules = (sensory_instruction, sensory_wording, colour_wording, all_capitals, emoji_row, typed_list, line_breaks)
    pages = [text(language, html.escape(plain(parse(story.words(language))))) for story in stories()]

    assert len(pages) > 300
    assert [finding.message for page in pages for rule in rules for finding in rule(Page("x.html", page))] == []


@pytest.mark.parametrize(
    "fragment",
    [
        "<article><h2>Flood</h2></article>",
        '<article><h3><a href="/a">Flood</a></h3><a href="/a">More</a></article>',
        '<article><nav><a href="/a">A</a></nav><img src="a.jpg" alt="The bridge"></article>',
        '<article lang="it"><nav hidden><a href="/a">A</a></nav><h2>Alluvione</h2></article>',
        '<nav><h2>More</h2><a href="/a">A</a></nav>',
    ],
)
def test_articles_that_are_no_menus(fragment: str) -> None:
    """Teasers, pictures, texts with a menu."""
    assert told(article_navigation, fragment) == []


@pytest.mark.parametrize(
    ("language", "words", "mark"),
    [
        ("en", "The mayor said „we are safe“ in the evening.", "„"),
        ("en", "The mayor said «we are safe» in the evening.", "«"),
        ("de", "Die Bürgermeisterin sagte “wir sind sicher” am Abend.", "“"),
        ("it", "La sindaca ha detto „siamo al sicuro“ la sera.", "„"),
    ],
)
def test_quotation_marks_of_another_language_are_asked_about(language: str, words: str, mark: str) -> None:
    """With the mark, and those that the language has."""
    (message,) = told(quotation_marks, text(language, words))

    assert message.startswith(f"the quotation mark {mark} is not one of ")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The mayor said “we are safe”, and the ‘helpers’ went home."),
        ("en", "The rock ’n’ roll of the ’60s is 5’9” tall, and its 'name' is straight."),
        ("en", "German has „…“ where English has “quotes”."),
        ("de", "Die Bürgermeisterin sagte „wir sind ‚sicher‘“ am Abend."),
        ("de", "Die Bürgermeisterin sagte »wir sind sicher« am Abend."),
        ("de-CH", "Die Bürgermeisterin sagte «wir sind sicher» am Abend."),
        ("it", "La sindaca ha detto «siamo “al sicuro”» la sera."),
        ("fr", "La maire a dit „nous sommes en sécurité“ le soir."),
        ("de", "Sie las <i lang='en'>“The Night”</i> vor."),
        ("de", "Man schreibt <code>“so”</code> im Quelltext."),
    ],
)
def test_quotation_marks_of_the_language_are_left_alone(language: str, words: str) -> None:
    """Regions' own, straight ones, apostrophes, code, words in another language, and texts that speak of marks."""
    assert told(quotation_marks, text(language, words)) == []


@pytest.mark.parametrize("language", ["en", "de", "it"])
def test_quotation_marks_of_newspapers_are_left_alone(language: str) -> None:
    """In hundreds of news texts there is nothing to ask about."""
    pages = [text(language, html.escape(plain(parse(story.words(language))))) for story in stories()]

    assert [message for page in pages for message in told(quotation_marks, page)] == []
