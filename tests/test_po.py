"""PO files: kept byte for byte, written as gettext writes them, refused with every fault at its place."""

import io
import os
import re
import stat
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from a11ynews.errors import A11yNewsError, CatalogError, Fault
from a11ynews.po import LARGEST, PoEntry, PoFile, Previous, _plain_entries, is_plural_rule_of, plural_counts, plural_forms

MSGCAT = """\
# German translations for news.
# Copyright (C) 2026 The translators
#
msgid ""
msgstr ""
"Project-Id-Version: news 1\\n"
"Language: de_AT\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. HEADLINE. Up to 70 characters.
#: news/x/record.yaml:4
#, max-length:70
msgctxt "headline"
msgid "Two universities renew their partnership"
msgstr "Zwei Universitäten erneuern ihre Partnerschaft"

# It took me long.
# Really.
#. PARAGRAPH 1 of 2.
#: news/x/record.yaml:18 news/y/record.yaml:3
#, fuzzy, md-text
#| msgctxt "paragraph"
#| msgid ""
#| "The [programme](https://www.polimi.it/en/tum) began\\n"
#| "in \\"Milan\\"."
msgctxt "paragraph"
msgid ""
"The [joint programme](https://www.polimi.it/en/tum) began at the Piazza "
"Leonardo da Vinci with about 20 % of the students."
msgstr ""
"Das [gemeinsame Programm](https://www.polimi.it/en/tum) begann an der Piazza "
"Leonardo da Vinci mit etwa 20 % der Studierenden."

#, python-brace-format
msgid "{n} photo"
msgid_plural "{n} photos"
msgstr[0] "{n} Foto"
msgstr[1] "{n} Fotos"

# Not needed now.
#, fuzzy
#~| msgid "Oldest"
#~ msgctxt "alt"
#~ msgid ""
#~ "Old "
#~ "text"
#~ msgstr "Alter Text"
"""

POEDIT = (
    'msgid ""\r\nmsgstr ""\r\n"Language: it\\n"\r\n"MIME-Version: 1.0\\n"\r\n"Content-Type: text/plain; charset=UTF-8\\n"\r\n'
    '"X-Generator: Poedit 3.5\\n"\r\n"X-Poedit-Basepath: ../../..\\n"\r\n\r\n#. ALT TEXT.\r\n#: news/x/record.yaml:12\r\n'
    'msgctxt "alt"\r\nmsgid "Two women sign papers at a long wooden table, and a man behind them looks on with folded hands"\r\n'
    'msgstr "Due donne firmano"\r\n\r\n#~ msgid "old"\r\n#~ msgstr "vecchio"\r\n'
)

WEBLATE = """\
msgid ""
msgstr ""
"PO-Revision-Date: 2026-05-04 10:11+0000\\n"
"Language: de\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"X-Generator: Weblate 2026.10\\n"

#: ⁨news/a b/record.yaml⁩:14
#, md-text, placeholders:"TUM, München":"PoliMi", ignore-end-stop
#= fuzzy
msgctxt "caption"
msgid "A very long line that is not wrapped because the component says so, which many projects do to keep diffs small"
msgstr "Lang"
"""

NASTY = (
    b"\xef\xbb\xbf# above all\r\n#\r\nmsgid   \"\"\r\nmsgstr\"\"\r\n  \"Language: de\\n\"  \r\n\n\n\n"
    b"# stands alone\n\n#.no space\n#:a:1   b:2\n#,fuzzy,unheard-of\n#!odd\n#|msgid \"x\"\n"
    b"\tmsgctxt \"c\" \t\nmsgid \"a\" \"b\"\n\n\"c\"\nmsgid_plural \"abcs\"\nmsgstr [ 0 ] \"\"\n\"1\"\nmsgstr[1]\n\"2\"\n"
    b"msgid \"right below\"\nmsgstr \"\xe2\x80\xa8\xc2\x85\x0b\x0c\"\r\n#~ msgid \"o\"\n#~msgstr \"p\"\n#~\n#~ # q\n"
    b"#~| msgid \"r\"\n #~  msgid \"s\"\n#~\tmsgstr \"\"\n#~ \"t\"\n \t\n# the end\n#, fuzzy"
)  # fmt: skip

FILES = {"msgcat": MSGCAT.encode(), "Poedit": POEDIT.encode(), "Weblate": WEBLATE.encode(), "nasty": NASTY}

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0", max_codepoint=0xEFFFF), max_size=120)


def parse(content: str | bytes) -> PoFile:
    return PoFile.parse(content, "de.po")


def entry_of(content: str) -> PoEntry:
    return parse(content).entries[0]


def faults_of(content: str | bytes) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        parse(content)
    return [str(fault) for fault in caught.value.faults]


def babel_reads(po: PoFile) -> Catalog:
    return read_po(io.BytesIO(po.content()), abort_invalid=True)


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
def test_a_file_that_is_not_changed_keeps_every_byte(content: bytes) -> None:
    """Byte order mark, line ends, odd spacing, a missing last line end: what is read is what is written."""
    assert parse(content).content() == content


@pytest.mark.parametrize("content", [b"", b"\n\n", b"# a comment", b"\xef\xbb\xbf", b'msgid "a"\nmsgstr "b"'])
def test_hardly_a_file_at_all_keeps_every_byte(content: bytes) -> None:
    """An empty file, blank lines, a lone comment, a lone byte order mark, no last line end."""
    assert parse(content).content() == content


def test_an_entry_means_what_gettext_reads() -> None:
    """All parts of an entry are told, strings put together and unescaped."""
    entry = parse(MSGCAT).live[1]

    assert entry.context == "paragraph"
    assert entry.id.startswith("The [joint programme]")
    assert entry.id.endswith("Piazza Leonardo da Vinci with about 20 % of the students.")
    assert entry.plural == ""
    assert entry.strings[0].endswith("Piazza Leonardo da Vinci mit etwa 20 % der Studierenden.")
    assert entry.flags == ("fuzzy", "md-text")
    assert entry.fuzzy
    assert entry.comments == ("It took me long.", "Really.")
    assert entry.extracted == ("PARAGRAPH 1 of 2.",)
    assert entry.references == ("news/x/record.yaml:18", "news/y/record.yaml:3")
    assert entry.previous == Previous("paragraph", 'The [programme](https://www.polimi.it/en/tum) began\nin "Milan".')
    assert not entry.obsolete


def test_plural_forms_come_by_their_index() -> None:
    """An entry with a plural has as many strings as it has forms."""
    entry = parse(MSGCAT).live[2]

    assert (entry.id, entry.plural, entry.strings) == ("{n} photo", "{n} photos", {0: "{n} Foto", 1: "{n} Fotos"})


def test_what_stands_behind_a_tilde_is_obsolete() -> None:
    """Obsolete entries are read like others, with what they were before."""
    (entry,) = parse(MSGCAT).obsolete

    assert (entry.context, entry.id, entry.strings) == ("alt", "Old text", {0: "Alter Text"})
    assert entry.previous == Previous("", "Oldest")
    assert entry.comments == ("Not needed now.",)
    assert entry.fuzzy


def test_an_obsolete_header_is_none() -> None:
    """What stands behind `#~` says nothing of the file, even without an id."""
    po = parse('#~ msgid ""\n#~ msgstr "Language: de\\n"\n')

    assert (po.language, len(po.obsolete), len(po.live)) == ("", 1, 0)


def test_the_nasty_file_means_what_gettext_reads() -> None:
    """Odd spacing, several strings on a line and blank lines within an entry change nothing of its meaning."""
    header, plural, below, obsolete, last = parse(NASTY).entries

    assert header.is_header
    assert header.comments == ("above all", "")
    assert (plural.context, plural.id, plural.plural, plural.strings) == ("c", "abc", "abcs", {0: "1", 1: "2"})
    assert plural.comments == ("stands alone", "!odd")
    assert plural.extracted == ("no space",)
    assert plural.references == ("a:1", "b:2")
    assert plural.flags == ("fuzzy", "unheard-of")
    assert plural.previous == Previous("", "x")
    assert below.strings == {0: "\u2028\x85\x0b\x0c"}
    assert (obsolete.id, obsolete.strings) == ("o", {0: "p"})
    assert (last.id, last.strings, last.previous, last.comments) == ("s", {0: "t"}, Previous("", "r"), ("q",))


def test_flags_are_read_from_both_kinds_of_lines() -> None:
    """`#=` counts as `#,` does, and a comma within quotation marks parts no flags."""
    entry = parse(WEBLATE).live[0]

    assert entry.flags == ("md-text", 'placeholders:"TUM, München":"PoliMi"', "ignore-end-stop", "fuzzy")
    assert entry.fuzzy


def test_a_reference_may_hold_a_space() -> None:
    """gettext puts a file name with a space between isolates; they are none of the name, and are written again."""
    entry = parse(WEBLATE).live[0]
    entry.set_references(["news/a b/record.yaml:15"])

    assert entry.references == ("news/a b/record.yaml:15",)
    assert "#: \u2068news/a b/record.yaml\u2069:15\n" in entry.raw


def test_lines_and_columns_count_from_one() -> None:
    """An entry tells the line of its first keyword and where its msgstr stands."""
    po = parse(MSGCAT)
    lines = MSGCAT.splitlines()

    assert [lines[entry.line - 1].strip("#~ ")[:7] for entry in po.entries] == [
        'msgid "',
        "msgctxt",
        "msgctxt",
        'msgid "',
        "msgctxt",
    ]
    assert all("msgstr" in lines[entry.string_line - 1] for entry in po.entries)
    assert (po.entries[0].line, po.entries[1].line, po.entries[1].string_line) == (4, 14, 16)
    assert [entry.string_column for entry in po.entries] == [1, 1, 1, 1, 4]


def test_lines_are_those_of_the_file_as_written() -> None:
    """When an entry gains lines, the entries below it move down."""
    po = parse(MSGCAT)
    po.entries[1].set_extracted(["one", "two", "three"])
    lines = po.content().decode().splitlines()

    assert all("msgstr" in lines[entry.string_line - 1] for entry in po.entries)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"a\nb\tc\rd", "a\nb\tc\rd"),
        (r"\\ and \"quoted\"", '\\ and "quoted"'),
        (r"\a\b\f\v", "\a\b\f\v"),
        (r"\101\x42\60", "AB0"),
        (r"\303\244 \xe2\x80\x93", "ä –"),
        (r"\\n", "\\n"),
        (r"\\\"", '\\"'),
    ],
)
def test_escapes_mean_what_they_mean_in_c(written: str, meant: str) -> None:
    """Letters, octal and hexadecimal bytes of UTF-8."""
    assert entry_of(f'msgid "x"\nmsgstr "{written}"\n').strings == {0: meant}


def test_marks_of_ours_are_struck_from_what_is_read_and_stay_in_the_file() -> None:
    """A character of the private planes could be taken for a birthplace; however it is written, it is in no value."""
    content = '#. no\U000f0001te\nmsgid "a\U00100000b"\nmsgstr "c\\364\\217\\277\\275d"\n'
    entry = entry_of(content)

    assert (entry.id, entry.strings, entry.extracted) == ("ab", {0: "cd"}, ("note",))
    assert parse(content).content() == content.encode()


def test_a_header_is_read_even_if_it_is_fuzzy() -> None:
    """Its fields are found in any case, and a fuzzy flag on it makes no difference."""
    po = parse("#, fuzzy\n" + MSGCAT)

    assert po.entries[0].is_header
    assert po.language == "de_AT"
    assert po.header["content-TYPE"] == "text/plain; charset=UTF-8"
    assert po.header.get("X-Unknown") is None
    assert list(po.header) == ["Project-Id-Version", "Language", "Content-Type", "Plural-Forms"]
    assert (po.charset, po.plural_forms, po.nplurals) == ("UTF-8", "nplurals=2; plural=(n != 1);", 2)
    assert len(po.live) == 3


def test_a_file_without_a_header_has_empty_ones() -> None:
    """Nothing is made up but the two forms that most languages have."""
    po = parse('msgid "a"\nmsgstr "b"\n')

    assert (po.language, po.charset, po.plural_forms, po.nplurals, len(po.header)) == ("", "", "", 2, 0)


@pytest.mark.parametrize(
    ("rule", "count"), [("nplurals=6; plural=n;", 6), ("nplurals=1", 1), ("nplurals=999999", 2), ("junk", 2)]
)
def test_the_number_of_plural_forms_is_one_that_languages_have(rule: str, count: int) -> None:
    """A header cannot ask for a million strings."""
    assert parse(f'msgid ""\nmsgstr "Plural-Forms: {rule}\\n"\n').nplurals == count


SETTERS = {
    "flags": lambda entry: entry.set_flags(entry.flags),
    "flags in another order": lambda entry: entry.set_flags(reversed(entry.flags)),
    "fuzzy": lambda entry: entry.set_fuzzy(entry.fuzzy),
    "comments": lambda entry: entry.set_comments(entry.comments),
    "extracted": lambda entry: entry.set_extracted(entry.extracted),
    "references": lambda entry: entry.set_references(entry.references),
    "previous": lambda entry: entry.set_previous(entry.previous),
    "id": lambda entry: entry.set_id(entry.id, entry.plural),
    "strings": lambda entry: entry.set_strings(entry.strings),
    "obsolete": lambda entry: entry.set_obsolete(entry.obsolete),
}


@pytest.mark.parametrize("content", FILES.values(), ids=FILES)
@pytest.mark.parametrize("setter", SETTERS.values(), ids=SETTERS)
def test_setting_what_is_already_so_changes_no_byte(setter: object, content: bytes) -> None:
    """Neither the wrapping nor the spacing of lines is touched that mean the same."""
    po = parse(content)
    assert callable(setter)
    for entry in po.entries:
        setter(entry)

    assert po.content() == content


def test_setters_replace_the_lines_of_their_kind_only() -> None:
    """Every other line stays, byte for byte; unknown lines too."""
    po = parse(NASTY)
    entry = po.entries[1]
    entry.set_flags(["md-text", "unheard-of"])
    entry.set_extracted(["ALT", "", " indented "])
    entry.set_references(["c:3"])
    entry.set_previous(Previous("c", "old"))
    entry.set_id("new", "news")
    entry.set_strings({0: "neu", 1: "neue"})
    start, end = NASTY.index(b"#.no space"), NASTY.index(b'msgid "right below"')
    expected = (
        b"#. ALT\n#.\n#.  indented\n#: c:3\n#, md-text, unheard-of\n#!odd\n"
        b'#| msgctxt "c"\n#| msgid "old"\n\tmsgctxt "c" \t\n'
        b'msgid "new"\n\nmsgid_plural "news"\nmsgstr[0] "neu"\nmsgstr[1] "neue"\n'
    )  # fmt: skip

    assert po.content() == NASTY[:start] + expected + NASTY[end:]


def test_new_lines_find_their_place() -> None:
    """Kinds of lines that an entry does not have yet come in gettext's order, above the keywords."""
    entry = entry_of('\n# mine\nmsgctxt "c"\nmsgid "a"\nmsgstr "b"\n')
    entry.set_previous(Previous("", "z"))
    entry.set_flags(["fuzzy"])
    entry.set_references(["r:1"])
    entry.set_extracted(["x"])

    assert entry.raw == '\n# mine\n#. x\n#: r:1\n#, fuzzy\n#| msgid "z"\nmsgctxt "c"\nmsgid "a"\nmsgstr "b"\n'


def test_lines_can_be_taken_away() -> None:
    """Without flags, comments, references and previous words there are no such lines."""
    entry = parse(MSGCAT).live[1]
    entry.set_flags([])
    entry.set_comments([])
    entry.set_extracted([])
    entry.set_references([])
    entry.set_previous(None)

    assert entry.raw.startswith('\nmsgctxt "paragraph"\nmsgid ""\n')


def test_an_entry_goes_behind_tildes_and_comes_back() -> None:
    """Its wrapping is the same there, and it is the same when it returns."""
    po = parse(MSGCAT)
    entry = po.live[1]
    entry.set_obsolete(True)

    assert '\n#~| msgid ""\n' in entry.raw
    assert '\n#~ "Leonardo da Vinci with about 20 % of the students."\n' in entry.raw
    assert parse(po.content()).obsolete[0].strings == entry.strings
    entry.set_obsolete(False)
    assert po.content() == MSGCAT.encode()


def test_an_obsolete_entry_is_changed_behind_its_tildes() -> None:
    """What is set on an obsolete entry is written as obsolete."""
    (entry,) = parse(MSGCAT).obsolete
    entry.set_previous(Previous("alt", "Older"))
    entry.set_strings({0: "Neu"})

    assert '#~| msgctxt "alt"\n#~| msgid "Older"\n#~ msgctxt "alt"\n' in entry.raw
    assert entry.raw.endswith('#~ msgstr "Neu"\n')


def test_plain_strings_become_plural_ones_and_back() -> None:
    """An entry that gains a plural has numbered strings, even if there is only one."""
    entry = PoEntry.new("", "photo")
    entry.set_id("photo", "photos")
    entry.set_strings({0: ""})

    assert entry.raw == 'msgid "photo"\nmsgid_plural "photos"\nmsgstr[0] ""\n'
    entry.set_id("photo")
    entry.set_strings({0: "Foto"})
    assert entry.raw == 'msgid "photo"\nmsgstr "Foto"\n'


def test_new_lines_end_as_the_lines_of_the_file_do() -> None:
    """A file from Windows stays one."""
    po = parse(POEDIT)
    po.arrange([*po.entries, PoEntry.new("alt", "new", newline=po.newline)])
    po.live[0].set_flags(["fuzzy"])
    content = po.content()

    assert po.newline == "\r\n"
    assert content.count(b"\n") == content.count(b"\r\n")
    assert content.endswith(b'\r\n\r\nmsgctxt "alt"\r\nmsgid "new"\r\nmsgstr ""\r\n')


LONG = "The rectors of both universities sign the agreement in Milan, and the students applaud. " * 2
IDEOGRAPHS = "東京大学と京都大学は、共同研究のための新しい協定に署名しました。" * 3


def test_long_texts_are_broken_between_words() -> None:
    """No line is longer than 79 columns, and the pieces make the text."""
    entry = PoEntry.new("paragraph", LONG + "https://example.org/" + "x" * 90)
    lines = entry.raw.splitlines()

    assert lines[:3] == [
        'msgctxt "paragraph"',
        'msgid ""',
        '"The rectors of both universities sign the agreement in Milan, and the "',
    ]
    assert [len(line) > 79 for line in lines].count(True) == 1
    assert entry_of(entry.raw).id == entry.id


def test_scripts_without_spaces_are_broken_by_their_width() -> None:
    """An ideograph takes two columns; a closing mark does not begin a line."""
    lines = PoEntry.new("", IDEOGRAPHS).raw.splitlines()

    assert len(lines) > 3
    assert all(len(line.encode("euc-jp")) <= 79 for line in lines)
    assert not any(line[1] in "、。" for line in lines)
    assert entry_of("\n".join(lines)).id == IDEOGRAPHS


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\n", ['msgid "one\\n"']),
        ("one\ntwo", ['msgid ""', '"one\\n"', '"two"']),
        ("\n", ['msgid "\\n"']),
        ("\n\nx\n", ['msgid ""', '"\\n"', '"\\n"', '"x\\n"']),
        ("äöü – “x”\t\"y\" \\z", ['msgid "äöü – “x”\\t\\"y\\" \\\\z"']),
        ("x" * 71, [f'msgid "{"x" * 71}"']),
        ("x" * 72, [f'msgid "{"x" * 72}"']),
        ("x" * 72 + "\n", [f'msgid "{"x" * 72}\\n"']),
        (f"{'x' * 40} {'x' * 31}", ['msgid ""', f'"{"x" * 40} {"x" * 31}"']),
        (f"{'x' * 90} x", ['msgid ""', f'"{"x" * 90} "', '"x"']),
        (f"x {'x' * 90}", ['msgid ""', '"x "', f'"{"x" * 90}"']),
    ],
)  # fmt: skip
def test_texts_are_written_as_gettext_writes_them(text: str, lines: list[str]) -> None:
    """A line of text a line; a text that fits on its keyword's; letters as they are."""
    assert PoEntry.new("", text).raw.splitlines()[:-1] == lines


def test_many_references_stand_on_several_lines() -> None:
    """As many on a line as 79 columns hold."""
    entry = PoEntry.new("", "x")
    references = [f"news/record-number-{number}/record.yaml:{number}" for number in range(5)]
    entry.set_references(references)

    assert entry.raw.count("#: ") == 3
    assert max(map(len, entry.raw.splitlines())) <= 79
    assert entry.references == tuple(references)


def test_entries_move_with_all_their_bytes() -> None:
    """A blank line parts them wherever they come to stand; the last one gets its line end; comments at the end stay there."""
    po = parse('msgid "a"\nmsgstr ""\n\n\n# on b\nmsgid  "b"\nmsgstr ""\nmsgid "c"\nmsgstr ""\n\n# end')
    a, b, c = po.entries
    po.arrange([b, c, a])

    assert po.content().decode() == '# on b\nmsgid  "b"\nmsgstr ""\nmsgid "c"\nmsgstr ""\n\nmsgid "a"\nmsgstr ""\n\n# end'


def test_an_entry_behind_the_last_one_does_not_run_into_it() -> None:
    """A file without a last line end gets one when something follows."""
    po = parse('msgid "a"\nmsgstr ""')
    po.arrange([*po.entries, PoEntry.new("", "b")])

    assert po.content() == b'msgid "a"\nmsgstr ""\n\nmsgid "b"\nmsgstr ""\n'


def test_a_new_catalog_has_a_full_header() -> None:
    """Babel reads language, plural forms and character set from it."""
    po = PoFile.new("de-AT", "de.po", project="news", comments=["Translations of news/x.", ""])
    catalog = babel_reads(po)

    assert po.content().startswith(b'# Translations of news/x.\n#\nmsgid ""\nmsgstr ""\n"Project-Id-Version: news\\n"\n')
    assert po.header["PO-Revision-Date"] == "1970-01-01 00:00+0000", "the same catalog has the same bytes whenever it is made"
    assert str(catalog.locale) == "de_AT"
    assert (catalog.num_plurals, catalog.plural_expr, catalog.charset) == (2, "(n != 1)", "utf-8")
    assert (po.language, po.charset, po.nplurals) == ("de_AT", "UTF-8", 2)
    assert parse(po.content()).content() == po.content()


@pytest.mark.parametrize(
    ("tag", "rule"),
    [
        ("it", "nplurals=2; plural=(n != 1);"),
        ("de-AT", "nplurals=2; plural=(n != 1);"),
        ("en-XA", "nplurals=2; plural=(n != 1);"),
        ("pt", "nplurals=2; plural=(n != 1);"),
        ("pt-BR", "nplurals=2; plural=(n > 1);"),
        ("zh-Hant", "nplurals=1; plural=0;"),
        ("sr-Latn", "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"),
    ],
)
def test_plural_forms_are_those_of_gettext(tag: str, rule: str) -> None:
    """Italian has two, though CLDR knows a third class; a region or script that has no rule of its own has its language's."""
    assert plural_forms(tag) == rule


def test_plural_forms_change_with_no_version_of_babel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Babel 2.19 gives Italian a third form; it is asked about languages alone of which nothing else is known."""
    of_cldr = 3, "(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2)"
    bare = 2, "n % 10 == 1 ? 0 : 1"
    monkeypatch.setattr("babel.messages.plurals.PLURALS", {"it": of_cldr, "vec": of_cldr, "tlh": bare})

    assert plural_forms("it") == "nplurals=2; plural=(n != 1);"
    assert plural_forms("vec") == "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);"
    assert plural_forms("tlh") == "nplurals=2; plural=(n % 10 == 1 ? 0 : 1);", "in brackets, as gettext writes them"


@pytest.mark.parametrize(
    ("tag", "rule", "holds"),
    [
        ("it", "nplurals=2; plural=(n != 1);", True),
        ("it", " nplurals = 2 ; plural = n == 1 ? 0 : 1", True),
        ("it", "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);", True),
        ("it", "nplurals=2; plural=(n > 1);", False),
        ("it", "nplurals=3; plural=(n == 1 ? 0 : n == 2 ? 1 : 2);", False),
        ("it", "nplurals=1; plural=(n != 1);", False),
        ("it", "nplurals=2; plural=n %% 0;", False),
        ("it", "two", False),
        ("ru", "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);", True),
        ("ru", "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);", True),
        ("de", "nplurals=3; plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2);", False),
    ],
)
def test_a_plural_rule_is_known_by_what_it_does(tag: str, rule: str, holds: bool) -> None:
    """However it is written, gettext's holds, and so does CLDR's, with which Babel 2.19 begins a catalog."""
    assert is_plural_rule_of(rule, tag) is holds


@pytest.mark.parametrize(("tag", "counts"), [("de", {2}), ("it", {2, 3}), ("ru", {3, 4}), ("br", set())])
def test_a_language_has_so_many_plural_forms(tag: str, counts: set[int]) -> None:
    """By gettext or by CLDR; of a language that gettext has no rule of, nobody can tell."""
    assert plural_counts(tag) == counts


BROKEN = [
    ('msgid "a\nmsgstr "b"\n', ["1:7: the text is not closed; end it with a quotation mark (\") on the same line"]),
    ('msgid "say "hi" now"\nmsgstr ""\n', ["1:13: words stand after the closing quotation mark; write"]),
    ("msgid hello\nmsgstr \"\"\n", ["1:7: no text follows the keyword; put it in quotation marks"]),
    ('msgid "a" # note\nmsgstr ""\n', ["1:11: words stand after the closing quotation mark"]),
    ('msgid "a"\nmsgstr "C:\\dir"\n', ["2:11: “\\d” is no escape of a PO file; write \\\\ for a backslash"]),
    ('msgid "a"\nmsgstr "\\xzz"\n', ["2:9: “\\x” is no escape"]),
    ('msgid "a"\nmsgstr "\\344"\n', ["2:9: the bytes that are written as numbers are not UTF-8"]),
    ('msgid "a"\nmsgstr "\\0"\n', ["1:1: the entry holds a NUL character; delete it"]),
    ('msgstr "b"\n', ["1:1: msgstr has no msgid before it; write the msgid that it translates above it"]),
    ('msgctxt "c"\nmsgstr "b"\n', ["2:1: msgstr has no msgid before it"]),
    ('msgctxt "c"\n\nmsgctxt "d"\nmsgid "a"\nmsgstr "b"\n', ["1:1: msgctxt has no msgid after it"]),
    ('msgid "a"\n\nmsgid "b"\nmsgstr ""\n', ['1:1: the entry has no msgstr; add msgstr "" below its msgid']),
    ('msgid "a"\n', ["1:1: the entry has no msgstr"]),
    ('msgid "a"\nmsgstr ""\nmsgstr ""\n', ["3:1: a second msgstr stands under one msgid"]),
    ('msgid "a"\nmsgstr[0] ""\n', ["2:1: msgstr[0] has no msgid_plural before it"]),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr ""\n', ["3:1: msgstr stands where msgstr[0] belongs"]),
    (
        'msgid "a"\nmsgid_plural "b"\nmsgstr[1] ""\nmsgstr[0] ""\n',
        ["3:1: msgstr[1] stands where msgstr[0] belongs; number the plural forms 0, 1, 2 … in order"],
    ),
    ('msgid_plural "b"\nmsgid "a"\nmsgstr ""\n', ["1:1: msgid_plural does not follow a msgid"]),
    ('msgid "a"\nmsgstr ""\n\n"b"\n', ["4:1: a text stands without a keyword"]),
    ('msgid\nmsgstr ""\n', ['1:1: no text follows msgid; write msgid ""']),
    ('msgid "a"\nmsgstr ""\nmsgid "a"\nmsgstr ""\n', ["3:1: this entry has the msgid of line 1 once more; delete one"]),
    (
        'msgctxt "c"\nmsgid "a"\nmsgstr ""\n\n#~ msgctxt "c"\n#~ msgid "a"\n#~ msgstr "b"\n',
        ["5:4: this entry has the msgctxt and msgid of line 1 once more"],
    ),
    ('msgid ""\nmsgstr ""\n\nmsgid ""\nmsgstr ""\n', ["4:1: this entry has the header of line 1 once more"]),
    ('mgsid "a"\nmsgstr "b"\n', ["1:1: “mgsid” is no keyword of a PO file; did you mean msgid?"]),
    ('domain "a"\n', ["1:1: “domain” is no keyword of a PO file; write msgctxt, msgid, msgid_plural or msgstr"]),
    ('msgstr[100] "a"\n', ["1:1: “msgstr[100]” is no keyword of a PO file; did you mean msgstr?"]),
    ("<html>\n<body>\n</html>\n", ["1:1: this line is none of a PO file"]),
    ('msgid "a"\n# note\nmsgstr "b"\n', ["2:1: a comment stands inside an entry; move it above line 1"]),
    ('#~ msgid "a"\nmsgstr "b"\n', ["2:1: the entry of line 1 is partly behind #~"]),
    ('msgid "a"\nmsgstr "b"\n#~ "c"\n', ["3:4: the entry of line 1 is partly behind #~"]),
    ('#| msgid "a"\n#| msgid "b"\nmsgid "c"\nmsgstr ""\n', ["2:4: a second msgid stands behind #|; delete one of them"]),
    ('#| msgstr[0] "a"\nmsgid "c"\nmsgstr ""\n', ["1:4: msgstr stands behind #|, where only earlier source words do"]),
    ('#| mist\nmsgid "c"\nmsgstr ""\n', ["1:4: this line is none of a PO file"]),
    (
        'msgid "a"\n<<<<<<< HEAD\r\nmsgstr "b"\n=======\nmsgstr "c"\n>>>>>>> other\n',
        ["2:1: two versions of the file were not merged; keep one side and delete the lines <<<<<<<, ======= and >>>>>>>"],
    ),
    ('msgid "a"\rmsgstr "b"\r', ["1:10: the lines end with carriage returns alone; save the file with LF or CRLF line ends"]),
    (
        '# charset\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-1\\n"\n',
        ["4:28: the header says charset=ISO-8859-1, but catalogs are read as UTF-8; write charset=UTF-8"],
    ),
    (
        '# ä\nmsgid "ü'.encode() + "é".encode("latin-1") + b'"\n',
        ["2:9: the file is not UTF-8 (byte 14 of it is 0xe9); save it as UTF-8 in the program that wrote it"],
    ),
    (  # msgconv goes by the header, and would stop at one that is wrong
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n# ' + "é\n".encode("latin-1"),
        ["3:3: the file is not UTF-8 (byte 62 of it is 0xe9); save it as UTF-8 in the program that wrote it"],
    ),
    (
        b'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n# ' + "é\n".encode("latin-1"),
        ["3:3: the file is not UTF-8 (byte 67 of it is 0xe9); convert it with: msgconv --to-code=UTF-8 --output-file=de.po "],
    ),
    ('msgid "a"\n'.encode("utf-16"), ["1:1: the file is not UTF-8 (byte 0 of it is 0xff)"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "expected"), BROKEN)
def test_a_fault_is_told_at_its_place(content: str | bytes, expected: list[str]) -> None:
    """What is wrong and what to do, with line and column; nothing that only follows from it."""
    told = faults_of(content)

    assert len(told) == len(expected)
    assert all(fault.startswith(f"de.po:{start}") for fault, start in zip(told, expected, strict=True)), told


def test_every_fault_of_a_file_is_told_at_once() -> None:
    """Reading goes on behind a fault, and what stands behind it is still judged."""
    content = (
        'msgid "a\ncontinued"\nmsgstr ""\n\nmgsid "b"\n"more"\nmsgstr "c"\n\nmsgid "d"\nmsgstr "\\q"\n"\\z"\n\n'
        'msgid "e"\nmsgstr "f"\n\nmsgid "e"\nmsgstr ""\n'
    )

    assert [fault.split(":")[1] for fault in faults_of(content)] == ["1", "5", "10", "11", "16"]


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    """It is refused by its size alone."""
    path = tmp_path / "de.po"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)

    with pytest.raises(CatalogError, match=r"^de\.po:1:1: the file is larger than 16 MB; split it into several catalogs$"):
        PoFile.read(path, "de.po")


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    """A folder, or a file that is not there, is told like any other fault."""
    for path in (tmp_path, tmp_path / "none.po"):
        with pytest.raises(CatalogError, match=r"^x\.po:1:1: the catalog cannot be read \(.+\); check that"):
            PoFile.read(path, "x.po")


def test_writing_replaces_the_file_and_keeps_its_mode(tmp_path: Path) -> None:
    """Nothing is left beside it, and a link stays a link."""
    path, link = tmp_path / "de.po", tmp_path / "link.po"
    path.write_bytes(MSGCAT.encode())
    path.chmod(0o640)
    link.symlink_to(path)
    po = PoFile.read(link, "de.po")
    po.live[0].set_strings({0: "Neu"})

    assert po.write(link)
    assert PoFile.read(path, "de.po").live[0].strings == {0: "Neu"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [path, link]


def test_a_write_protected_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though a new one could take its place; one that has the bytes already is no matter."""
    path = tmp_path / "de.po"
    path.write_bytes(MSGCAT.encode())
    path.chmod(0o444)
    monkeypatch.setattr(os, "access", lambda path, mode: not (mode & os.W_OK and Path(path).is_file()))  # even where root tests
    po = PoFile.read(path, "de.po")

    assert not po.write(path)
    po.live[0].set_strings({0: "Neu"})
    with pytest.raises(A11yNewsError, match=rf"^{re.escape(str(path))}: the file is write-protected; allow writing to it"):
        po.write(path)
    assert path.read_bytes() == MSGCAT.encode()


def test_a_file_that_has_the_bytes_already_is_not_written(tmp_path: Path) -> None:
    """Its time stays, and so does what builds on it."""
    path = tmp_path / "de.po"
    path.write_bytes(NASTY)
    os.utime(path, (1, 1))

    assert not PoFile.read(path, "de.po").write(path)
    assert path.stat().st_mtime == 1


def test_a_new_file_is_written_with_its_folders(tmp_path: Path) -> None:
    """A language's first catalog needs no preparation."""
    path = tmp_path / "de" / "LC_MESSAGES" / "x.po"

    assert PoFile.new("de", "x.po").write(path)
    assert PoFile.read(path, "x.po").language == "de"


def test_a_file_stays_whole_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old file is there until the new one is complete, and nothing half-written is left."""
    path = tmp_path / "de.po"
    path.write_bytes(b"")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(A11yNewsError, match="No space"):
        PoFile.new("de", "de.po").write(path)

    assert path.read_bytes() == b""
    assert list(tmp_path.iterdir()) == [path]


@given(st.lists(st.tuples(WORDS, WORDS, WORDS, st.lists(WORDS, max_size=2)), max_size=4), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_what_is_read(rows: list[tuple[str, str, str, list[str]]], newline: str) -> None:
    """Any text survives, in our reader and in Babel's, and what is read again has the same bytes."""
    po = PoFile.new("de", "de.po", newline=newline)
    texts = {(context, id): (string, notes) for context, id, string, notes in rows if id}
    entries = []
    for (context, id), (string, notes) in texts.items():
        entry = PoEntry.new(context, id, newline=newline)
        entry.set_strings({0: string})
        entry.set_extracted(notes)
        entries.append(entry)
    po.arrange([*po.entries, *entries])
    again = parse(po.content())

    assert again.content() == po.content()
    assert [(e.context, e.id, e.strings[0]) for e in again.live] == [(*key, string) for key, (string, _) in texts.items()]
    assert [e.extracted for e in again.live] == [e.extracted for e in entries]
    for entry, read in zip(entries, again.live, strict=True):
        read.set_strings(entry.strings)
        read.set_id(entry.id)
        read.set_extracted(entry.extracted)
    assert again.content() == po.content()


PIECES = st.sampled_from(
    [
        *("msgid ", "msgid", "msgstr ", "msgstr[0] ", "msgstr[1]", "msgctxt ", "msgid_plural "),
        *('""', '"a"', ' "b" ', '"\\n"', '"\\', "#~ ", "#| ", "#~| ", "#, fuzzy", "#= x", "# c", "#. e", "#: f:1"),
        *("\n", "\n", "\n", "\n", "\r\n", "\r", "\t", " ", "ä", "\ufeff", "<<<<<<< ", "\x85", "x"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_a_file_is_kept_or_refused(content: str) -> None:
    """Whatever is in a file, it either keeps its bytes or is refused with a fault that is on one of its lines."""
    faults: tuple[Fault, ...] = ()
    kept = b""
    try:
        kept = parse(content).content()
    except CatalogError as error:
        faults = error.faults

    assert bool(faults) != (kept == content.encode())
    assert all(1 <= fault.line <= content.count("\n") + 1 and fault.column >= 1 for fault in faults)


@st.composite
def raw_files(draw: st.DrawFn) -> list[str]:
    """The raw entries of a sound file: any spacing, wrapping, comments and line ends."""
    space = st.sampled_from([" ", "", "\t", "  "])
    end = st.sampled_from(["\n", "\r\n", " \n"])
    comments = st.lists(st.sampled_from(["# c", "#", "#. e", "#: f:1 g:2", "#, fuzzy", "#= x, y", "#,", "", "#!"]), max_size=4)
    strings = st.lists(st.sampled_from(['""', '"a"', '"\\n"', '"ä" "b"', '"\\"\\\\"']), min_size=1, max_size=3)
    entries = []
    for number in range(draw(st.integers(0, 4))):
        tilde = draw(st.sampled_from(["", "", "#~ ", "#~"]))
        plural = ["msgid_plural", "msgstr[0]", "msgstr[1]"]
        keywords = [*draw(st.sampled_from([[], ["msgctxt"]])), "msgid", *draw(st.sampled_from([["msgstr"], plural]))]
        lines = [*draw(comments)]
        for keyword in keywords:
            first, *rest = draw(strings)
            first = f'"{number}" {first}' if keyword == "msgid" else first
            lines += [f"{tilde}{keyword}{draw(space)}{first}", *(f"{tilde}{draw(space)}{string}" for string in rest)]
        entries.append("".join(line + draw(end) for line in lines))
    return entries


@given(raw_files(), st.data())
def test_a_change_to_one_entry_leaves_all_others_alone(raw: list[str], data: st.DataObject) -> None:
    """A sound file keeps its bytes, however it is laid out, and what is set on an entry is written there and nowhere else."""
    content = "".join(raw)
    po = parse(content)

    assert po.content() == content.encode()
    assert len(po.entries) == len(raw)
    if raw:
        number = data.draw(st.integers(0, len(raw) - 1))
        entry = po.entries[number]
        entry.set_strings({index: f"new {index}" for index in entry.strings})
        entry.set_flags(["new"])
        again = parse(po.content()).entries
        assert [e.raw for e in po.entries[:number] + po.entries[number + 1 :]] == raw[:number] + raw[number + 1 :]
        assert [e.raw for e in again] == [e.raw for e in po.entries]
        assert set(again[number].strings.values()) == {f"new {index}" for index in entry.strings}
        assert again[number].flags == ("new",)
        assert (again[number].key, again[number].plural, again[number].comments) == (entry.key, entry.plural, entry.comments)


PLAIN = {
    "plain": 'msgid ""\nmsgstr "Language: de\\n"\n\n#: a:1\nmsgctxt "alt"\nmsgid "One"\nmsgstr ""\n"Eins "\n"und \\"zwei\\""\n',
    "plural": '# a\n#, fuzzy, c-format\nmsgid "One"\nmsgid_plural "Many"\nmsgstr[0] "Ein"\nmsgstr[1] "Viele"\n\n# the end\n',
    "no blank line": 'msgid "a"\nmsgstr "b"\nmsgid "c"\nmsgstr "d"\n',
    "obsolete": 'msgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~ msgstr "d"\n',
    "previous": '#, fuzzy\n#| msgid "a"\nmsgid "b"\nmsgstr "c"\n',
    "indented": ' msgid "a"\n  msgstr "b"\n',
    "two strings on a line": 'msgid "a" "b"\nmsgstr "c"\n',
    "escapes": 'msgid "a\\tb\\\\n\\x41"\nmsgstr "\\303\\244"\n',
    "flags without an entry": '#, fuzzy\n\nmsgid "a"\nmsgstr "b"\n',
    "carriage returns": 'msgid "a"\r\nmsgstr "b"\r\n',
    "private-use characters": 'msgid "a"\nmsgstr "\U000f0001b"\n',
    "many blank lines": '\n\n\nmsgid "a"\nmsgstr "b"\n\n\n\nmsgid "c"\nmsgstr "d"\n\n\n',
}


@pytest.mark.parametrize("content", PLAIN.values(), ids=PLAIN)
def test_reading_the_live_entries_alone_gives_the_same(tmp_path: Path, content: str) -> None:
    """Every property of every entry is as `read` has it, whether the file is of the plain form or not."""
    path = tmp_path / "x.po"
    path.write_bytes(content.encode())
    whole = [entry for entry in PoFile.read(path, "x.po").entries if not entry.obsolete]

    live = PoFile.live_entries(path, "x.po")

    assert list(live) == [entry.key for entry in whole]
    assert [told(entry) for entry in live.values()] == [told(entry) for entry in whole]


def told(entry: PoEntry) -> tuple[object, ...]:
    """All that can be read of an entry."""
    places = (entry.string_line, entry.string_column)
    words = (entry.key, entry.plural, entry.string, entry.strings, entry.flags)
    return (*words, *places, entry.line, entry.references, entry.comments, entry.previous)


LINES = [
    *('msgid "a"', 'msgid "b"', 'msgid ""', 'msgid "g" "h"', " msgid", 'msgctxt "alt"', 'msgid_plural "n"'),
    *('msgstr "c"', 'msgstr ""', 'msgstr[0] "o"', 'msgstr[1] "p"', '"d"', '"e \\"f\\" "', '"\\n"'),
    *("", "", "# i", "#", "#: j:1", "#, fuzzy", "#. k", "#| l", "#~ m"),
]
USUAL = '#: r:{n}\nmsgctxt "alt"\nmsgid "q{n}"\nmsgstr ""\n"s"\n'


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(["usual", *LINES]), max_size=12), st.sampled_from(["", "\n"]))
def test_every_way_to_read_live_entries_comes_to_the_same(lines: list[str], end: str) -> None:
    """What the quick readers, of usual entries and of plain ones, make of a file is what the reader for all files makes of it."""
    told_in_full = [USUAL.format(n=n) if line == "usual" else line for n, line in enumerate(lines)]
    content = ("\n".join(told_in_full) + end).encode()
    try:
        whole = [entry for entry in PoFile.parse(content, "x.po").entries if not entry.obsolete]
    except CatalogError:
        whole = []

    plain = _plain_entries(content)

    assert plain is None or [told(entry) for entry in plain.values()] == [told(entry) for entry in whole]


FAULTY = {
    "twice": 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
    "not closed": 'msgid "a"\nmsgstr "b\n',
    "no string": 'msgid "a"\n',
    "another charset": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n',
    "no escape": 'msgid "a"\nmsgstr "\\q"\n',
    "a quotation mark that is escaped at the end of a line": 'msgid "a"\nmsgstr "b\\"\n"c"\n',
    "gap in the plural forms": 'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[2] "d"\n',
    "words between": 'msgid "a"\nwords\nmsgstr "b"\n',
}


@pytest.mark.parametrize("content", FAULTY.values(), ids=FAULTY)
def test_reading_the_live_entries_alone_tells_every_fault(tmp_path: Path, content: str) -> None:
    """The quick way is no way past a fault: what is told is what `read` tells."""
    path = tmp_path / "x.po"
    path.write_bytes(content.encode())
    with pytest.raises(CatalogError) as whole:
        PoFile.read(path, "x.po")

    with pytest.raises(CatalogError) as live:
        PoFile.live_entries(path, "x.po")

    assert live.value.faults == whole.value.faults
