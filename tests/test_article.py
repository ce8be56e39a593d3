"""A news record: what it may hold, and every fault of it at once, at its line and column."""

import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from a11ynews.article import (
    ROLES,
    Article,
    FileKind,
    HeadingBlock,
    ParagraphBlock,
    QuoteBlock,
    VideoBlock,
    _paragraph_of,
    _RecordReading,
    all_texts,
    files,
    names,
    parse,
    slug_fault,
    texts,
)
from a11ynews.errors import RecordError
from a11ynews.finding import Owner
from a11ynews.markup import Level, Name
from a11ynews.source import Mapping, Scalar, read
from records import JSON, MARK, TOML, WHOLE, YAML, article_of, bare, unmarked

HEAD = "language: en\npublished: 2026-03-02T09:00:00+01:00\nheadline: The room\n"
BODY = "body:\n  - paragraph: Words.\n"


def nothing_wrong(kind: FileKind, name: str) -> str | None:  # noqa: ARG001  # the names say what it is asked
    return None


def faults_of(text: str, file: str = "record.yaml", look: object = nothing_wrong) -> list[str]:
    """The faults for which a record is refused, as `line:column: message`."""
    with pytest.raises(RecordError) as caught:
        parse(read(text.encode(), file), "room", look)  # type: ignore[arg-type]
    assert all(fault.file == file for fault in caught.value.faults)
    return [str(fault).removeprefix(f"{file}:") for fault in caught.value.faults]


def assert_faults(marked: str, *messages: str, file: str = "record.yaml", look: object = nothing_wrong) -> None:
    """A record has exactly the faults whose messages begin like these, at the marks in their order."""
    text, places = unmarked(marked)
    told = faults_of(text, file, look)

    assert [fault.split(": ")[0] for fault in told] == places
    assert len(told) == len(messages)
    for fault, place, message in zip(told, places, messages, strict=True):
        assert fault.startswith(f"{place}: {message}")
        assert "; " in fault
        assert "\n" not in fault


def body(*lines: str) -> str:
    """A record whose body has these lines."""
    return HEAD + "body:\n" + "".join(f"  {line}\n" for line in lines)


# -- a whole record ------------------------------------------------------------------------------------------------------


def test_the_same_record_in_json_and_toml_is_the_same_article() -> None:
    """With every key and every kind of block that there is."""
    assert bare(article_of(JSON, "record.json")) == bare(article_of(YAML))
    assert bare(article_of(TOML, "record.toml")) == bare(article_of(YAML))


def test_the_whole_record_has_every_key_and_every_kind_of_block() -> None:
    """So that the test above says what it seems to say."""
    article = article_of(YAML)

    assert all(getattr(article, name) for name in Article.model_fields)
    assert {text.role.name for _, text in texts(article)} == set(ROLES)
    assert {type(block).__name__.removesuffix("Block") for block in article.body} == {
        "Paragraph", "Heading", "List", "Picture", "Quote", "Table", "Video", "Audio", "Info", "Contact",
    }  # fmt: skip
    assert [block.heading.level for block in article.body if isinstance(block, HeadingBlock)] == [2, 3, 4]


def test_what_a_record_says() -> None:
    """Values, shorthands, and defaults."""
    article = article_of(YAML)

    assert (article.id, article.file, article.language) == ("whole", "record.yaml", "en")
    assert article.published.isoformat() == "2026-03-02T09:00:00+01:00"
    assert [(author.name, author.url) for author in article.authors] == [
        ("Ana Martins", None),
        ("Jo Meyer", "https://example.org/jo"),
    ]
    assert article.languages == ("en", "de", "zh-Hant")
    assert names(article) == [Name("Friends of the Library"), Name("Ana Martins", "pt")]
    assert article.related[0].urls == {"de": "https://example.org/ausweis", "pt": "https://example.org/cartao"}
    assert [block.id for block in article.body if block.id] == ["new-lamps"]
    assert article.headline.birthplace.owner is Owner.EDITOR
    assert str(article.headline.birthplace) == "record.yaml:6:11"
    assert str(article.birthplace_of_date()) == "record.yaml:3:1"
    [video] = [block.video for block in article.body if isinstance(block, VideoBlock)]
    assert video.captions == {"en": "opening.en.vtt", "pt-BR": "opening.pt.vtt"}


def test_the_least_that_a_record_can_hold() -> None:
    """Four keys."""
    article = article_of(HEAD + BODY)

    assert [(path, text.words) for path, text in texts(article)] == [
        (("headline",), "The room"),
        (("body", 0, "paragraph"), "Words."),
    ]
    assert (article.slug, article.teaser, article.licence, article.tags, article.related) == (None, None, None, (), ())


def test_every_text_stands_where_it_was_written() -> None:
    """In all three formats: the line of a text holds its first word."""
    for file, source in WHOLE.items():
        lines = source.split("\n")
        for path, text in texts(article_of(source, file)):
            here = lines[text.line - 1][text.column - 1 :] + "\n" + lines[min(text.line, len(lines) - 1)]
            assert text.words.split()[0].replace("É", "É" if "É" in here else "\\u00c9") in here, (file, path)


def test_texts_come_in_the_order_in_which_a_page_reads() -> None:
    """The slug comes last: it is in the address."""
    roles = [text.role.name for _, text in texts(article_of(YAML))]

    assert roles[:5] == ["kicker", "headline", "teaser", "author role", "location"]
    assert roles[-7:] == ["related link", "related link", "section", "tag", "tag", "licence", "slug"]
    start = roles.index("alt")
    assert roles[start : start + 4] == ["alt", "caption", "credit", "description"]
    start = roles.index("media title")
    assert roles[start : start + 5] == ["media title", "caption", "credit", "transcript", "transcript"]


def test_the_files_of_a_record_are_told_once_each() -> None:
    """With what they are."""
    assert list(files(article_of(YAML))) == [
        ("picture", "room.jpg"),
        ("picture", "line.svg"),
        ("video", "opening.mp4"),
        ("captions", "opening.en.vtt"),
        ("captions", "opening.pt.vtt"),
        ("audio", "speech.mp3"),
    ]


def test_a_quote_in_its_own_language_stays_in_it() -> None:
    """Its source does not."""
    [first, second] = [block.quote for block in article_of(YAML).body if isinstance(block, QuoteBlock)]

    assert (first.text.language, second.text.language) == ("en", "pt")
    assert second.source is not None
    assert second.source.language == "en"


def test_one_captions_file_is_in_the_records_language() -> None:
    """And a transcript of one paragraph needs no list."""
    article = article_of(body("- video: {file: a.mp4, title: A, captions: a.vtt, transcript: Words.}"))

    assert isinstance(article.body[0], VideoBlock)
    assert article.body[0].video.captions == {"en": "a.vtt"}
    assert [text.words for text in article.body[0].video.transcript] == ["Words."]


def test_white_space_is_folded_as_on_a_page() -> None:
    """A line break in the file is no other text; a hard space is."""
    article = article_of(body("- paragraph: |", "    One", "    two\u2028three\u00a0four", "", "    five"))

    assert [text.words for path, text in texts(article) if path[0] == "body"] == ["One two three\u00a0four five"]


@given(st.text("a *[]()<>&\"'\\\n\t\u2028\u00a0\u200bé", max_size=30))
@example("")
@example("[words](javascript:x)")
@example("x" * 100_001)
def test_a_plain_paragraph_is_read_as_any_other_block(words: str) -> None:
    """In a shorter way, which gives the same block and tells the same faults."""
    plain, whole = _RecordReading("record.yaml", record="x"), _RecordReading("record.yaml", record="x")
    value, block = Scalar.at(words, 3, 14), Mapping(3, 5)
    block.put("paragraph", value, (3, 5))

    made = _paragraph_of(value, plain)
    wanted = TypeAdapter(ParagraphBlock).validate_python(block, context=whole)

    assert made == wanted == pickle.loads(pickle.dumps(made))
    assert made.model_dump(exclude_unset=True) == wanted.model_dump(exclude_unset=True)
    assert plain.faults == whole.faults


def test_aliases_and_numbers_are_texts() -> None:
    """What YAML and JSON take for numbers, too."""
    article = article_of(HEAD.replace("The room", "&h 2026") + "body:\n  - paragraph: *h\n  - list: [1.50, no, true]\n")

    assert [text.words for _, text in texts(article)] == ["2026", "2026", "1.50", "no", "true"]


# -- faults, each at its place -----------------------------------------------------------------------------------------------

FAULTS = {
    "nothing at all": (
        "▸▸▸▸{}\n",
        "body is missing; add “body: …”",
        *(f"{key} is missing; add" for key in ("headline", "language", "published")),
    ),
    "an unknown key": (HEAD + BODY + "▸healdine: x\n", "the key “healdine” is not known; did you mean “headline”?"),
    "a key in capitals": (HEAD + BODY + "▸Teaser: x\n", "the key “Teaser” is not known; did you mean “teaser”?"),
    "a key like none": (HEAD + BODY + "▸zzz: x\n", "the key “zzz” is not known; the keys here are language, slug, published,"),
    "a key with a line end": (
        HEAD + BODY + '▸▸"tea\\nser\\e": x\n',
        "an invisible character",
        "the key “tea ser\ufffd” is not known; did",
    ),
    "a duplicate key": (
        HEAD + BODY + "▸headline: Other\n",
        "“headline” stands here a second time (first on line 3); keep one of them",
    ),
    "a list for a text": (
        HEAD.replace("The room", "▸[a]") + BODY,
        "the headline must be a text, not a list; put quotation marks around it",
    ),
    "a mapping for a text": (
        HEAD.replace("The room", "▸{a: b}") + BODY,
        "the headline must be a text, not a mapping; put quotation marks",
    ),
    "a text for a list": (
        HEAD + BODY + "tags: ▸a, b\n",
        "tags must be a list, not a text; begin each entry on a line of its own with “- ”",
    ),
    "a mapping for a list": (
        HEAD + BODY + "related: ▸{text: a}\n",
        "related must be a list, not a mapping; begin each entry on a line",
    ),
    "a text for a mapping": (
        HEAD + BODY + "related:\n  - ▸a\n",
        "related must be a mapping, not a text; write its keys on",
    ),
    "an empty headline": (HEAD.replace("The room", "▸''") + BODY, "the headline is empty; write it"),
    "no headline": (HEAD.replace(" The room", "▸") + BODY, "the headline is empty; write it"),
    "an empty teaser": (HEAD + BODY + 'teaser: ▸" \\t\\u00a0\\u200b"\n', "the teaser is empty; write it, or take it out"),
    "markup without words": (
        HEAD.replace("The room", "▸'<i lang=\"it\"> </i>'") + BODY,
        "the headline has markup and no words; write them",
    ),
    "a date that is none": (
        HEAD.replace("2026-03", "▸2026-13") + BODY,
        "'2026-13-02T09:00:00+01:00' is no date that exists; write it as 2022-",
    ),
    "a day that is none": (
        HEAD.replace("2026-03-02", "▸2026-02-30") + BODY,
        "'2026-02-30T09:00:00+01:00' is no date that exists; write it",
    ),
    "a date in words": (
        HEAD.replace("2026-03-02T09:00:00+01:00", "▸2 March 2026") + BODY,
        "'2 March 2026' is no date that exists; write it",
    ),
    "a date without zone": (
        HEAD.replace("2026-03-02T09:00:00+01:00", "▸2026-03-02T09:00:00") + BODY,
        "'2026-03-02T09:00:00' says no time zone",
    ),
    "a day alone": (
        HEAD.replace("2026-03-02T09:00:00+01:00", "▸2026-03-02") + BODY,
        "'2026-03-02' says no time zone, so nobody knows which moment",
    ),
    "no date": (
        HEAD.replace(" 2026-03-02T09:00:00+01:00", "▸") + BODY,
        "the date is empty; write it as 2022-11-14T09:00:00+01:00",
    ),
    "a list for a date": (
        HEAD.replace("2026-03-02T09:00:00+01:00", "▸[x]") + BODY,
        "the date is a list; write it as 2022-11-14T09:00:00+01:00",
    ),
    "updated before": (HEAD + BODY + "▸updated: 2026-03-02T08:59:59+01:00\n", "updated is before published; mend one of them"),
    "a language that is none": (
        HEAD.replace("en", "▸deu", 1) + BODY,
        "'deu' is no language that the Unicode CLDR knows; did you mean “de”?",
    ),
    "a language in words": (HEAD.replace("en", "▸english", 1) + BODY, "'english' is no language tag; did you mean “en”?"),
    "a language of a list": (
        HEAD + BODY + "languages: [en, ▸xx]\n",
        "'xx' is no language that the Unicode CLDR knows; write one such as",
    ),
    "a script for an address": (
        HEAD + BODY + "licence: ▸javascript:alert(1)\n",
        "'javascript:alert(1)' is not safe: “javascript:” can run or",
    ),
    "an address without scheme": (
        HEAD + BODY + "authors:\n  - {name: A, url: ▸example.org}\n",
        "'example.org' does not say where it leads;",
    ),
    "a space in an address": (
        HEAD + BODY + "related:\n  - {text: A, url: ▸https://exa mple.org/}\n",
        "'https://exa mple.org/' is no address: it",
    ),
    "an address for a language": (
        HEAD + BODY + "related:\n  - {text: A, url: /a, urls: {▸xx: /b, de: ▸//c}}\n",
        "'xx' is no language",
        "'//c' does not",
    ),
    "a script within a text": (
        body("- paragraph: ▸See [this](JAVASCRIPT:alert(1))."),
        "paragraph: 'JAVASCRIPT:alert(1)' is not safe: “JAVASCRIPT:” can",
    ),
    "a language within a text": (
        body("- paragraph: ▸A <i lang='deu'>Wort</i>."),
        "paragraph: 'deu' is no language that the Unicode CLDR knows; did",
    ),
    "a link without words": (
        body("- paragraph: ▸'[](/a) b'"),
        "paragraph: the link to /a has no words; write what it leads to between [ and ]",
    ),
    "a slug that leaves the folder": (
        HEAD + BODY + "slug: ▸../../etc/passwd\n",
        "'../../etc/passwd' cannot be part of an address; write small",
    ),
    "a slug in capitals": (
        HEAD + BODY + "slug: ▸The Room\n",
        "'The Room' cannot be part of an address; write small letters and digits",
    ),
    "a slug that is too long": (
        HEAD + BODY + f"slug: ▸{'a' * 81}\n",
        "the slug has 81 characters, the most is 80; shorten it",
    ),
    "no body": (HEAD + "body:▸\n", "body must be a list, not a text; begin each entry on a line of its own with “- ”"),
    "an empty body": (HEAD + "body: ▸[]\n", "the body is empty; write at least one “- paragraph: …”"),
    "a block that is a text": (
        body("- ▸Words."),
        "a block is not a text; begin it with its kind, such as “paragraph: …” (the kinds: paragraph,",
    ),
    "a block that is a list": (body("- ▸[a]"), "a block is not a list; begin it with its kind"),
    "a block of no kind": (body("- ▸paragaph: Words."), "“paragaph” is no kind of block; did you mean “paragraph”?"),
    "a block of two kinds": (
        body("- paragraph: Words.", "  ▸list: [a]"),
        "this block is a paragraph already; begin another one with “- list:”",
    ),
    "a block with an id alone": (body("- ▸id: a"), "this block holds nothing; begin it with its kind, such as"),
    "an empty block": (body("- ▸{}"), "this block holds nothing; begin it with its kind, such as “paragraph: …”"),
    "another key in a block": (body("- paragraph: Words.", "  ▸idd: a"), "the key “idd” is not known; did you mean “id”?"),
    "an id that is none": (
        body("- paragraph: Words.", "  id: ▸1st"),
        "'1st' is no id; begin with a letter of a to z, then letters, digits",
    ),
    "an id of the page's own": (
        body("- paragraph: Words.", "  id: ▸content"),
        "the page has an id “content” of its own; write another one",
    ),
    "an id that stands twice": (
        body("- {paragraph: A, id: x}", "- {paragraph: B, id: ▸x}"),
        "the id “x” is on line 5 already; an id stands once",
    ),
    "an id in a box": (
        body("- {paragraph: A, id: x}", "- info: {heading: B, body: [{paragraph: C, id: ▸x}]}"),
        "the id “x” is on line 5 already;",
    ),
    "a heading too deep at once": (
        body("- ▸heading: {text: A, level: 3}"),
        "this heading of level 3 follows one of level 1; write level 2, or the one",
    ),
    "a heading that skips a level": (
        body("- heading: A", "- ▸heading:", "    text: B", "    level: 4"),
        "this heading of level 4 follows one of level 2",
    ),
    "a level that is none": (body("- heading: {text: A, level: ▸5}"), "level is '5'; write a whole number from 2 to 4"),
    "a level in words": (body("- heading: {text: A, level: ▸two}"), "level is 'two'; write a whole number from 2 to 4"),
    "a level with a point": (
        body("- heading: A", "- heading: {text: A, level: ▸3.0}"),
        "level is '3.0'; write a whole number from 2 to 4",
    ),
    "a list of levels": (body("- heading: {text: A, level: ▸[2]}"), "level is a list; write a whole number from 2 to 4"),
    "an empty list": (body("- list: ▸[]"), "items is empty; write at least one entry"),
    "an empty item": (body("- list: [a, ▸'']"), "the list item is empty; write it, or take it out"),
    "a list in a list": (body("- list: [a, ▸[b]]"), "the list item must be a text, not a list; put quotation marks around it"),
    "a truth that is none": (body("- list: {items: [a], ordered: ▸yes}"), "ordered is 'yes'; write true or false"),
    "a quote without words": (body("- quote: ▸{source: A}"), "text is missing; add “text: …”"),
    "a quote in no language": (body("- quote: {text: A, lang: ▸xx}"), "'xx' is no language that the Unicode CLDR knows;"),
    "a table without caption": (body("- table: ▸{header: [A], rows: [[a]]}"), "caption is missing; add “caption: …”"),
    "a table with a short row": (
        body("- table:", "    caption: A", "    header: [A, B]", "    rows:", "      - ▸[a]"),
        "cells in this row: 1, in the header: 2;",
    ),
    "a table without rows": (body("- table: {caption: A, header: [A], rows: ▸[]}"), "rows is empty; write at least one entry"),
    "a row that is a text": (
        body("- table: {caption: A, header: [A], rows: [▸a]}"),
        "rows must be a list, not a text; begin each entry on a line",
    ),
    "a film without transcript": (
        body("- video: ▸{file: a.mp4, title: A, captions: a.vtt}"),
        "transcript is missing; add “transcript: …”",
    ),
    "a film without captions": (
        body("- video: ▸{file: a.mp4, title: A, transcript: B}"),
        "captions is missing; add “captions: …”",
    ),
    "no captions": (
        body("- video: {file: a.mp4, title: A, captions: ▸{}, transcript: B}"),
        "captions is empty; write at least one entry",
    ),
    "captions in no language": (
        body("- video: {file: a.mp4, title: A, captions: {▸xx: a.vtt}, transcript: B}"),
        "'xx' is no language that the",
    ),
    "an empty transcript": (
        body("- audio: {file: a.mp3, title: A, transcript: ▸[]}"),
        "transcript is empty; write at least one entry",
    ),
    "a transcript without words": (
        body("- audio: {file: a.mp3, title: A, transcript: [B, ▸'']}"),
        "the transcript is empty; write it, or take it out",
    ),
    "a box in a box": (
        body("- info: {heading: A, body: [{▸info: {heading: B}}]}"),
        "“info” is no kind of block; it cannot stand here; the kinds here are",
    ),
    "an empty box": (body("- info: {heading: A, body: ▸[]}"), "the body is empty; write at least one “- paragraph: …”"),
    "a name without words": (HEAD + BODY + "names: [▸'']\n", "name is empty; write one value"),
    "an author without name": (HEAD + BODY + "authors: [▸{role: Editor}]\n", "name is missing; add “name: …”"),
    "a file outside": (
        body("- picture: {file: ▸../secret.png, alt: A}"),
        "'../secret.png' leaves the record's folder; write a path below it, with /",
    ),
    "a file at the root": (
        body("- picture: {file: ▸/etc/passwd, alt: A}"),
        "'/etc/passwd' leaves the record's folder; write a path below it",
    ),
    "a file at home": (
        body("- picture: {file: ▸~/a.png, alt: A}"),
        "'~/a.png' leaves the record's folder; write a path below it, with /",
    ),
    "a file of Windows": (
        body(r"- picture: {file: ▸C:\a.png, alt: A}"),
        r"'C:\\a.png' leaves the record's folder; write a path below it, with /",
    ),
    "a file on the web": (
        body("- picture: {file: ▸https://example.org/a.png, alt: A}"),
        "'https://example.org/a.png' leaves the record's folder;",
    ),
    "a file with a long name": (
        body(f"- picture: {{file: ▸{'a' * 300}.png, alt: A}}"),
        f"'{'a' * 79}…' is too long for a file's name; give",
    ),
    "no file": (body("- picture: ▸{alt: A}"), "file is missing; add “file: …”"),
    "an empty file": (body("- picture: {file: ▸, alt: A}"), "the picture file is empty; write one value"),
    "a picture that is a text": (
        body("- picture: ▸a.png"),
        "picture must be a mapping, not a text; write its keys on the lines below it, indented",
    ),
}


@pytest.mark.parametrize("case", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_line_and_column(case: tuple[str, ...]) -> None:
    """With what is wrong and what to do, and no other fault beside it."""
    assert_faults(case[0], *case[1:])


ALT = "say in English (en) what it shows, or write “decorative: true” and “reason: …” if it tells a reader nothing"
ALTS = {
    "neither": ("▸file: a.png", f"the picture a.png has no alt; {ALT}"),
    "empty": ("file: a.png\n▸alt: ''", f"the alt of the picture a.png is empty; {ALT}"),
    "nothing": ("file: a.png\n▸alt:", f"the alt of the picture a.png is empty; {ALT}"),
    "null": ("file: a.png\n▸alt: null", f"the alt of the picture a.png is empty; {ALT}"),
    "white space": ("file: a.png\n▸alt: ' \t '", f"the alt of the picture a.png is white space only; {ALT}"),
    "nothing to be seen": (
        'file: a.png\n▸alt: "\\u00a0\\u2009\\u200b\\u2060\\u3164"',
        f"the alt of the picture a.png is white space only; {ALT}",
    ),
    "both": (
        "file: a.png\nalt: A\n▸decorative: true\nreason: B",
        "the picture a.png has an alt and is decorative; keep one of the two: what it shows, in English (en), or",
    ),
    "both, no reason": (
        "file: a.png\nalt: A\n▸decorative: true",
        "the picture a.png has an alt and is decorative; keep one of the two",
    ),
    "no reason": (
        "file: a.png\n▸decorative: true",
        "the picture a.png is decorative and no reason is given; write “reason: …” beside it, or say in English (en) what",
    ),
    "an empty reason": (
        "file: a.png\n▸decorative: true\nreason: ' '",
        "the picture a.png is decorative and no reason is given; write",
    ),
    "a reason alone": (
        "file: a.png\nalt: A\n▸reason: B",
        "the picture a.png has a reason and is not decorative; add “decorative: true”, or",
    ),
    "not decorative": ("▸file: a.png\ndecorative: false", f"the picture a.png has no alt; {ALT}"),
    "no file": ("▸▸caption: A", "file is missing; add “file: …”", f"this picture has no alt; {ALT}"),
    "an odd truth": (
        "▸file: a.png\ndecorative: ▸ja",
        f"the picture a.png has no alt; {ALT}",
        "decorative is 'ja'; write true or false",
    ),
    "a list": ("file: a.png\nalt: ▸[A]", "the alt must be a text, not a list; put quotation marks around it"),
    "a mapping": ("file: a.png\nalt: ▸{A: B}", "the alt must be a text, not a mapping; put quotation marks around it"),
    "a list and decorative": (
        "file: a.png\nalt: ▸[A]\n▸decorative: true\nreason: B",
        "the alt must be a text",
        "the picture a.png has an alt and",
    ),
    "a wrong key": (
        "▸file: a.png\n▸Alt: A",
        f"the picture a.png has no alt; {ALT}",
        "the key “Alt” is not known; did you mean “alt”?",
    ),
}


@pytest.mark.parametrize("case", ALTS.values(), ids=ALTS)
def test_a_picture_needs_an_alt_or_a_reason_why_not(case: tuple[str, ...]) -> None:
    """The message names the picture, the language and what to write (WCAG 1.1.1)."""
    lines = case[0].split("\n")
    assert_faults(body("- picture:", *(f"    {line}" for line in lines)), *case[1:])


def test_an_alt_is_asked_for_in_the_records_language() -> None:
    """And for any language where that is not known."""
    german = HEAD.replace("en", "de-AT", 1) + "body:\n  - picture: ▸{file: a.png}\n"
    assert_faults(german, "the picture a.png has no alt; say in German (Austria) (de-AT) what it shows, or write")

    unknown = HEAD.replace("en", "▸xx", 1) + "body:\n  - picture: ▸{file: a.png}\n"
    assert_faults(unknown, "'xx' is no language", "the picture a.png has no alt; say in the record's language what it shows")


@pytest.mark.parametrize(
    "picture",
    ["{file: a.png, alt: A}", "{file: a.png, decorative: TRUE, reason: B}", "{file: a.png, alt: '*', decorative: false}"],
)
def test_a_conscious_choice_is_enough(picture: str) -> None:
    """Words, or that there is nothing to say."""
    assert article_of(body(f"- picture: {picture}")).body


def test_every_file_is_asked_for_once_and_its_fault_is_told_at_its_name() -> None:
    """Missing, damaged, of the wrong kind: that is for whoever reads files to say."""
    asked = []

    def look(kind: FileKind, name: str) -> str | None:
        asked.append((kind, name))
        return f"{name} is not there; put it there"

    record = body(
        "- picture: {file: ▸a.png, alt: A}",
        "- video: {file: ▸a.mp4, title: A, captions: {en: ▸a.vtt}, poster: ▸b.png, transcript: B}",
        "- audio: {file: ▸a.mp3, title: A, transcript: B}",
    )
    found = ["a.png", "a.mp4", "a.vtt", "b.png", "a.mp3"]
    assert_faults(record, *(f"{name} is not there; put it there" for name in found), look=look)
    assert asked == [("picture", "a.png"), ("video", "a.mp4"), ("captions", "a.vtt"), ("picture", "b.png"), ("audio", "a.mp3")]


def test_all_faults_are_told_at_once_wherever_they_are() -> None:
    """One round for an editor: none hides another, from the first line to the last."""
    assert_faults(
        f"""\
language: {MARK}deu
published: {MARK}yesterday
headline: {MARK}''
{MARK}teser: A
{MARK}language: en
slug: {MARK}a/../b
authors:
  - name: A
    url: {MARK}data:text/html,x
body:
  - {MARK}paragraf: A
  - paragraph: {MARK}[B]
  - {MARK}heading:
      text: C
      level: 3
  - picture:
      {MARK}file: {MARK}../d.png
      {MARK}altt: D
  - list: {MARK}[]
  - table:
      caption: E
      header: [E, F]
      rows:
        - {MARK}[e]
      {MARK}rowheaders: true
  - info:
      {MARK}{MARK}heding: G
      body:
        - {MARK}picture: H
related:
  - {MARK}text: I
licence: {MARK}ftp://example.org/
languages: [de, {MARK}german]
""",
        "'deu' is no language",
        "'yesterday' is no date",
        "the headline is empty",
        "the key “teser” is not known; did you mean “teaser”?",
        "“language” stands here a second time",
        "'a/../b' cannot be part of an address",
        "'data:text/html,x' is not safe",
        "“paragraf” is no kind of block; did you mean “paragraph”?",
        "the paragraph must be a text, not a list",
        "this heading of level 3 follows one of level 1",
        "the picture ../d.png has no alt",
        "'../d.png' leaves the record's folder",
        "the key “altt” is not known; did you mean “alt”?",
        "items is empty",
        "cells in this row: 1, in the header: 2",
        "the key “rowheaders” is not known; did you mean “row_headers”?",
        "heading is missing",
        "the key “heding” is not known; did you mean “heading”?",
        "“picture” is no kind of block; it cannot stand here",
        "url is missing",
        "'ftp://example.org/' is not safe",
        "'german' is no language tag",
    )


IN_EVERY_FORMAT = {
    "an address": ("https://example.org/jo", "javascript:alert(7)", "'javascript:alert(7)' is not safe"),
    "a link in a text": (
        "The **new** lamps are a gift of the [Friends of the Library](https://friends.example.org/).",
        "See [Friends](vbscript:x)",
        "paragraph: 'vbscript:x' is not safe",
    ),
    "a date": ("2026-03-02T09:00:00+01:00", "2026-03-02T09:00:00", "'2026-03-02T09:00:00' says no time zone"),
    "a language": ("pt_BR", "xxx", "'xxx' is no language"),
    "a file": ("line.svg", "../line.svg", "'../line.svg' leaves the record's folder"),
    "a slug": ("reading-room", "Reading Room", "'Reading Room' cannot be part of an address"),
    "an id": ("new-lamps", "topics", "the page has an id “topics” of its own"),
    "a block": ("contact", "contcat", "“contcat” is no kind of block; did you mean “contact”?"),
    "a key": ("row_headers", "row_header", "the key “row_header” is not known; did you mean “row_headers”?"),
    "a key of a picture": ("description", "descriptoin", "the key “descriptoin” is not known; did you mean “description”?"),
    "a key of the record": ("location", "locaton", "the key “locaton” is not known; did you mean “location”?"),
    "a key of a box": ("The house in figures", "", "the info heading is empty"),
    "a related link": ("The architects", "", "the related link is empty"),
    "an item": ("Ring the bell", "", "the list item is empty"),
}


@pytest.mark.parametrize("file", WHOLE)
@pytest.mark.parametrize(("right", "wrong", "message"), IN_EVERY_FORMAT.values(), ids=IN_EVERY_FORMAT)
def test_a_fault_has_the_right_place_in_every_format(file: str, right: str, wrong: str, message: str) -> None:
    """The same fault in YAML, JSON and TOML, at the line and column where it stands in each."""
    text = WHOLE[file]
    wrong = wrong or ("''" if file == "record.yaml" else "")
    at = text.index(right)
    start = at - (text[at - 1] in "\"'")  # a value begins with its quotation mark
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
    told = faults_of(text[:at] + wrong + text[at + len(right) :], file)

    assert any(fault.startswith(f"{line}:{column}: {message}") for fault in told), told


@pytest.mark.parametrize(
    ("file", "text", "messages"),
    [
        ("r.json", "▸{}", ['body is missing; add “"body": …”']),
        ("r.toml", "▸", ["body is missing; add “body = …”"]),
        ("r.json", '▸{"tags": ▸"a"}', ["body is missing", "tags must be a list, not a text; put its entries between [ and ]"]),
        ("r.toml", "▸licence = []\n", ["body is missing"]),
        (
            "r.json",
            '▸{"headline": ▸["a"]}',
            ["body is missing", "the headline must be a text, not a list; put it between quotation marks"],
        ),
        ("r.json", '▸{"body": ▸[]}', ["headline is missing", 'the body is empty; write at least one “"paragraph": …”']),
        ("r.toml", 'body = [\n ▸{picture = ▸{file = "a.png"}}]', []),
    ],
)
def test_what_to_do_is_told_in_the_words_of_the_format(file: str, text: str, messages: list[str]) -> None:
    """No YAML for somebody who writes JSON or TOML."""
    text, places = unmarked(text)
    told = faults_of(text, file)

    for place, message in zip(places, messages, strict=False):
        assert any(fault.startswith(f"{place}: {message}") for fault in told), told
    assert not any("“- ”" in fault or "indented" in fault for fault in told)


def test_an_alt_that_is_missing_in_toml_is_told_in_its_words() -> None:
    """As it would be written there."""
    told = faults_of('language = "en"\n[[body]]\npicture = {file = "a.png"}\n', "r.toml")

    assert (
        "3:11: the picture a.png has no alt; say in English (en) what it shows, or write “decorative = true” and “reason = …” "
        "if it tells a reader nothing"
    ) in told


def test_a_fault_repeats_long_values_in_short() -> None:
    """A message is for people."""
    long = "x" * 100_000
    told = faults_of(
        HEAD + f"{long[:900]}: 1\nlicence: {long}\nslug: A{long[:80]}\nbody:\n  - picture: {{file: /{long}, alt: A}}\n"
    )

    assert len(told) == 4
    assert all(len(fault) < 400 for fault in told)


def test_a_list_in_the_place_of_anything_is_no_more_than_a_fault() -> None:
    """However large it is, and however it was made."""
    bomb = "x: &x [" + "[a, a, a, a, a, a, a, a, a, a], " * 1000 + "]\n"
    keys = ["language", "published", "headline", "slug", "licence", "section"]
    text = bomb + "".join(f"{key}: *x\n" for key in keys[:5])
    text += "body:\n  - picture: {file: a.png, alt: A, decorative: *x, reason: *x}\n"
    told = faults_of(text)

    assert all(len(fault) < 400 for fault in told)


@pytest.mark.parametrize(
    "slug", ["a", "a-b-c", "2026", "straße", "größe-2", "новости", "新聞", "समाचार-पत्र", "ข่าว", "ελληνικά", "café", "a" * 80]
)
def test_a_slug_is_words_of_any_script(slug: str) -> None:
    """Small letters, where the script has them; vowel signs belong to their letters."""
    assert slug_fault(slug) is None


@pytest.mark.parametrize(
    "slug",
    [
        "", "-", "a-", "-a", "a--b", "a b", "a/b", "..", "../a", "a.html", ".", "a_b", "A", "Ä", "a\\b", "a%2fb", "a?b", "a#b",
        "a\n", "\u0301a", "a-\u0301",
        "cafe\u0301", "a\u200bb", "a\u202eb", "“a”", "😀", "a" * 81, "新" * 70,
    ],
)  # fmt: skip
def test_a_slug_is_nothing_else(slug: str) -> None:
    """Nothing that leaves the folder, means something in an address, or cannot be seen; no name that a disk cannot hold."""
    fault = slug_fault(slug)

    assert fault is not None
    assert "; " in fault


def test_the_roles_are_those_of_the_catalogs() -> None:
    """What is said in place of something, or stands in an address, holds no markup."""
    assert {name for name, role in ROLES.items() if role.level is Level.NONE} == {
        "alt", "author role", "licence", "location", "media title", "section", "slug", "tag",
    }  # fmt: skip
    assert all(role.name == name for name, role in ROLES.items())


def test_all_texts_are_those_with_their_paths() -> None:
    """The renderer asks for the texts alone; it gets the same ones, in the same order."""
    article = article_of(YAML)

    assert list(map(id, all_texts(article))) == [id(text) for _, text in texts(article)]
