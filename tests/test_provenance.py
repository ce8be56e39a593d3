"""Marks: carried, struck out, read again; and the languages that they declare."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from a11ynews.finding import Birthplace, Owner
from a11ynews.provenance import (
    END,
    Origin,
    State,
    Trace,
    declare_languages,
    expose_tags,
    pieces,
    strike,
    strike_bytes,
    tag_mark,
    torn,
)


def origin(language: str, name: str = "text") -> Origin:
    return Origin(Birthplace("news/x/record.yaml", 3, 5, Owner.EDITOR, name), language, "paragraph")


def declared_in(page: str, trace: Trace) -> str:
    """A page in German that says the languages of its texts."""
    return declare_languages(page.encode(), trace, "de").decode()


class Marker:
    """Marks words by their language, so that a test reads as the page does."""

    def __init__(self) -> None:
        self.trace = Trace()
        self.count = 0

    def __call__(self, language: str, html: str) -> str:
        self.count += 1
        return self.trace.mark(html, origin(language, str(self.count)))


@pytest.fixture
def t() -> Marker:
    return Marker()


def test_striking_gives_back_what_was_marked(t: Marker) -> None:
    """The deployed page is the marked one without its marks, and nothing else is lost."""
    page = f"<p{tag_mark(3, 14)}>{t('en', 'Price: 5 € 😀')} \ue000</p>"

    assert strike(page) == "<p>Price: 5 € 😀 \ue000</p>"


def test_pieces_follow_a_text_over_several_nodes(t: Marker) -> None:
    """A text that holds a tag begins in one node and ends in another."""
    opened: list[int] = []
    whole = t("en", "See |the words| here")
    first, inside, last = whole.split("|")

    assert list(pieces(first, opened)) == [("See ", 0)]
    assert list(pieces(inside, opened)) == [("the words", 0)]
    assert list(pieces(last + " typed", opened)) == [(" here", 0), (" typed", None)]
    assert opened == []


def test_a_text_in_a_text_has_its_own_origin(t: Marker) -> None:
    """A date that is filled into a message comes from the record, the message from the catalog."""
    date = t("de", "4. Mai")
    message = t("de", f"Am {date} erschienen")

    assert list(pieces(message, [])) == [("Am ", 1), ("4. Mai", 0), (" erschienen", 1)]


def test_there_is_room_for_more_texts_than_one_plane_holds() -> None:
    """The number of a text is not bounded by the 65,534 characters of a private plane."""
    trace = Trace()
    marked = [trace.mark("x", origin("en", str(number))) for number in range(65_600)]

    assert [number for _, number in pieces(marked[-1], [])] == [65_599]
    assert [number for _, number in pieces(marked[65_534], [])] == [65_534]


def test_equal_origins_share_a_number(t: Marker) -> None:
    """A headline that a page shows three times is one origin."""
    one = t.trace.mark("a", origin("en"))
    two = t.trace.mark("b", origin("en"))

    assert one[0] == two[0]
    assert len(t.trace.origins) == 1


def test_a_trace_survives_json(t: Marker) -> None:
    """What is written beside a site is what is read from there."""
    pending = Birthplace("locales/de/x.po", 8, 1, Owner.TRANSLATOR, "entry")
    t.trace.mark("a", Origin(pending, "en", "alt", State.FUZZY, pending))
    t("it", "b")
    t.trace.templates = ["templates/article.html"]

    read = Trace.from_json(json.loads(json.dumps(t.trace.to_json())))

    assert read.origins == t.trace.origins
    assert read.templates == t.trace.templates


def test_exposed_tags_say_their_template_and_line() -> None:
    """For the checker's tree the marks of a start tag become an attribute."""
    assert expose_tags(f'<p{tag_mark(2, 31)} class="x">', "data-at") == '<p data-at="2:31" class="x">'


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        pytest.param("<p>{en}</p>", '<p lang="en">Words</p>', id="alone in its element"),
        pytest.param("<p> {en}\n</p>", '<p lang="en"> Words\n</p>', id="alone but for white space"),
        pytest.param("<p>{de}</p>", "<p>Wörter</p>", id="in the page's language"),
        pytest.param("<p>{de} {en}</p>", '<p>Wörter <span lang="en">Words</span></p>', id="beside another text"),
        pytest.param("<p>Foto: {en}</p>", '<p>Foto: <span lang="en">Words</span></p>', id="beside typed words"),
        pytest.param('<p lang="en">{en}</p>', '<p lang="en">Words</p>', id="said already"),
        pytest.param('<div lang="en"><p>{en}</p></div>', '<div lang="en"><p>Words</p></div>', id="inherited rightly"),
        pytest.param('<img src="a.png" alt="{en}">', '<img lang="en" src="a.png" alt="Words">', id="an alt"),
        pytest.param(
            '<nav aria-label="{en}"><a>{de}</a></nav>',
            '<nav lang="en" aria-label="Words"><a lang="de">Wörter</a></nav>',
            id="a label over words in the page's language",
        ),
        pytest.param(
            '<a title="{de}">{en}</a>',
            '<a title="Wörter"><span lang="en">Words</span></a>',
            id="an attribute in another language",
        ),
        pytest.param("<title>{en} – {de}</title>", '<title lang="en">Words – Wörter</title>', id="a title can hold no span"),
        pytest.param('<meta content="{en}">', '<meta lang="en" content="Words">', id="metadata"),
        pytest.param("<p>{ar}</p>", '<p lang="ar" dir="rtl">كلمات</p>', id="a script that runs the other way"),
        pytest.param("<p>{de-AT}</p>", "<p>Wörter</p>", id="another region of the same language"),
        pytest.param("<li>{en}<li>{de}</ul>", '<li><span lang="en">Words</span><li>Wörter</ul>', id="end tags left out"),
        pytest.param('<p title="a > b">{en}</p>', '<p lang="en" title="a > b">Words</p>', id="a sign in an attribute"),
        pytest.param(
            "<script>if (a<b) x</script><p>{en}</p>", '<script>if (a<b) x</script><p lang="en">Words</p>', id="after a script"
        ),
        pytest.param("<!-- <p> --><p>{en}</p>", '<!-- <p> --><p lang="en">Words</p>', id="after a comment"),
        pytest.param("<p>{en}<br>{de}</p>", '<p><span lang="en">Words</span><br>Wörter</p>', id="beside an empty element"),
    ],
)
def test_languages_are_declared_on_the_smallest_element(t: Marker, template: str, expected: str) -> None:
    """On a German page, what is not German says its language, and nothing else does (WCAG 3.1.2)."""
    words = {"en": "Words", "de": "Wörter", "ar": "كلمات", "de-AT": "Wörter"}
    page = template
    for language, text in words.items():
        while "{" + language + "}" in page:
            page = page.replace("{" + language + "}", t(language, text), 1)

    declared = declared_in(f'<html lang="de">{page}</html>', t.trace)

    assert strike(declared) == f'<html lang="de">{expected}</html>'


def test_a_text_in_a_foreign_message_is_declared_too(t: Marker) -> None:
    """A German date in an English message on a German page: the message says en, the date within it de."""
    message = t("en", f"Published on {t('de', '4. Mai')}")
    page = f'<html lang="de"><p>{message}</p></html>'

    declared = strike(declared_in(page, t.trace))

    assert declared == '<html lang="de"><p lang="en">Published on <span lang="de">4. Mai</span></p></html>'


def test_markup_inside_a_foreign_text_stays_inside(t: Marker) -> None:
    """A link in an untranslated paragraph inherits the paragraph's language."""
    page = f'<html lang="de"><p>{t("en", "See <a href=x>this</a> and <em>that</em>")}</p></html>'

    declared = strike(declared_in(page, t.trace))

    assert declared == '<html lang="de"><p lang="en">See <a href=x>this</a> and <em>that</em></p></html>'


def test_a_page_without_foreign_texts_is_left_as_it_is(t: Marker) -> None:
    """Nothing is read or written where there is nothing to declare."""
    page = f"<p>{t('de', 'Wörter')}</p>"

    assert declared_in(page, t.trace) == page


def test_what_looks_like_a_language_in_a_value_declares_none(t: Marker) -> None:
    """Words of a catalog that quote markup do not keep a foreign text within from being declared."""
    page = f'<nav aria-label="&lt;i lang=&#34;en&#34;&gt;"><p>{t("en", "See")}</p></nav>'

    assert strike(declared_in(page, t.trace)).endswith('<p lang="en">See</p></nav>')


# A flag is written with characters of plane 14, which begin with the byte of plane 15.
ANY = st.lists(
    st.sampled_from(
        ["a", "é", "🏴\U000e0067\U000e007f", "\ue000", "\U000f0000", "\U000ffffd", "\U0010f001", END, f"<p{tag_mark(3, 14)}>"]
    )
).map("".join)


@settings(max_examples=500)
@given(ANY)
def test_marks_are_struck_out_of_bytes_as_of_text(marked: str) -> None:
    """What is deployed is struck out of bytes, which takes less time; what the check compares with is struck out of text."""
    assert strike_bytes(marked.encode()) == strike(marked).encode()


@settings(max_examples=500)
@given(ANY)
def test_a_text_is_torn_where_its_marks_do_not_pair(marked: str) -> None:
    """Whatever else stands on the page, and whether texts stand in one another or not."""
    depth, sound = 0, True
    for character in marked:
        depth += ("\U000f0000" <= character <= "\U000ffffd") - (character == END)
        sound = sound and depth >= 0

    assert (torn(marked.encode()) is None) == (sound and not depth)


PLACES = st.builds(Birthplace, st.text(), st.integers(1, 9), st.integers(1, 9), st.sampled_from(Owner), st.text())
ORIGINS = st.builds(Origin, PLACES, st.text(), st.text(), st.sampled_from(State), st.none() | PLACES)


@given(st.lists(ORIGINS), st.lists(st.text()))
def test_a_trace_is_written_as_json_would_write_it(origins: list[Origin], templates: list[str]) -> None:
    """A line of its own making is the line that the plain values give, and is read as what it was."""
    trace = Trace(origins, templates)
    line = trace.to_line()

    assert line == json.dumps(trace.to_json(), ensure_ascii=False, separators=(",", ":")).encode()
    assert Trace.from_json(json.loads(line)).origins == origins
