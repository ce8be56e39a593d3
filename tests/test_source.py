"""Files that people write: every value with its place, every file that cannot be read with the reason and the place."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from a11ynews import source
from a11ynews.article import parse
from a11ynews.errors import Fault, RecordError, SourceError, shorten
from a11ynews.source import MOST_BYTES, MOST_DEPTH, MOST_VALUES, Mapping, Scalar, Sequence, Source, read
from records import WHOLE, plain, unmarked


def read_text(text: str, file: str = "record.yaml") -> Source:
    return read(text.encode("utf-8", "surrogatepass"), file)


def faults_of(content: str | bytes, file: str = "record.yaml") -> list[str]:
    """The faults for which a file is refused, as `line:column: message`."""
    with pytest.raises(SourceError) as caught:
        read(content.encode() if isinstance(content, str) else content, file)
    return [str(fault).removeprefix(f"{file}:") for fault in caught.value.faults]


def values_of(value: Any, path: tuple[int | str, ...] = ()) -> Iterator[tuple[tuple[int | str, ...], Any]]:
    """Every value with its path, from outside to inside."""
    yield path, value
    inner = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, Sequence) else ()
    for step, part in inner:
        yield from values_of(part, (*path, step))


# -- what is read --------------------------------------------------------------------------------------------------------


def as_told(value: Any) -> Any:
    """A value with all that is known of it."""
    place = type(value), value.line, value.column
    if isinstance(value, Mapping):
        return *place, [(as_told(key), as_told(inner)) for key, inner in value.items()], value.keys_at
    return (*place, [as_told(inner) for inner in value]) if isinstance(value, Sequence) else (*place, value, value.is_null)


VALUES = """
|| |word|two words |Ärger|'x'|""|"x y" |"a # b: c"|"q" # c|a:b|x: y|z #c|z#c|null|~|# c|&a x|*a|[x]|{a: b}|>-|?|08
|2022-11-14T09:00:00+01:00|/a|_x|a -|"\\t"|w\tv|---|...|%YAML 1.1|\U000f0001x
""".replace("\n", "").split("|")
LINES = st.tuples(
    st.sampled_from(["", "", "  ", "  ", "    ", "   "]),
    st.sampled_from(["", "", "- ", "-   ", "- - "]),
    st.sampled_from(["", "a: ", "b: ", "c_d:   ", "a:", "list:", '"k": ', "é: "]),
    st.sampled_from(VALUES),
).map("".join)


@settings(max_examples=300)
@given(st.lists(LINES, min_size=1, max_size=7).map("\n".join))
@example("\n# a comment before all\na: b\nb:\n- c\n")
def test_the_form_of_most_records_is_read_as_all_of_yaml_is(text: str) -> None:
    """Each value, each key and each place is the same, whichever way it is read."""
    quick = source._plain_yaml(text)
    if quick is not None:
        builder = source._Builder("record.yaml")
        source._fill_from_yaml(text, builder)

        assert not builder.faults
        assert as_told(quick) == as_told(builder.root)


def test_the_form_of_most_records_is_known() -> None:
    """Keys, lists, blocks in lists, texts with and without quotation marks, comments."""
    text = (
        'language: en\nheadline: "A: b # c"\n# d\nbody:\n  - paragraph: Ü x\n\n  - list:\n    - "e"\n    - f\ntags:\n- x\n- "y"\n'
    )
    told = source._plain_yaml(text)

    assert told == {
        "language": "en",
        "headline": "A: b # c",
        "body": [{"paragraph": "Ü x"}, {"list": ["e", "f"]}],
        "tags": ["x", "y"],
    }


def test_every_scalar_is_as_it_was_written() -> None:
    """No value of YAML is taken for a number, a date, a truth or a country."""
    root = read_text("a: no\nb: 08\nc: 1e3\nd: 2022-11-14\ne: yes\nf: 0x1F\ng: 1_000\nh: '~'\n").root

    assert list(root.values()) == ["no", "08", "1e3", "2022-11-14", "yes", "0x1F", "1_000", "~"]


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_not_the_word_for_it(written: str) -> None:
    """A value that is left out is null; one in quotation marks is a word."""
    root = read_text(f"a: {written}\nb: '{written}'\n").root

    assert (root["a"].is_null, root["b"].is_null) == (True, False)


def test_json_numbers_and_truths_are_as_they_were_written() -> None:
    """Also a number that Python would not read."""
    long = "1" * 5000
    root = read_text(f'{{"a": 1.50, "b": -2e10, "c": true, "d": null, "e": {long}}}', "record.json").root

    assert [str(value) for value in root.values()] == ["1.50", "-2e10", "true", "", long]
    assert [value.is_null for value in root.values()] == [False, False, False, True, False]


def test_toml_numbers_and_truths_are_as_they_were_written() -> None:
    """A date has the form that is read everywhere."""
    root = read_text(
        "a = 1.50\nb = +1_000\nc = false\nd = 2022-11-14 09:00:00z\ne = 0xff\nf = 07:30:00\ng = inf\n", "record.toml"
    ).root

    assert list(root.values()) == ["1.50", "+1_000", "false", "2022-11-14T09:00:00+00:00", "0xff", "07:30:00", "inf"]


@pytest.mark.parametrize("file", WHOLE)
def test_the_three_formats_hold_the_same(file: str) -> None:
    """Keys, values and their order in lists."""

    def bare(value: Any) -> Any:
        if isinstance(value, Mapping):
            return {str(key): bare(inner) for key, inner in value.items()}
        return [bare(inner) for inner in value] if isinstance(value, Sequence) else " ".join(str(value).split())

    def strings(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: strings(inner) for key, inner in value.items()}
        return [strings(inner) for inner in value] if isinstance(value, list) else str(value).replace("True", "true")

    assert bare(read_text(WHOLE[file], file).root) == strings(plain(WHOLE["record.yaml"]))


@pytest.mark.parametrize("file", WHOLE)
def test_every_value_of_a_record_knows_where_it_stands(file: str) -> None:
    """A list and a mapping where they begin, a value where it stands, its key where that stands."""
    lines = WHOLE[file].split("\n")

    def at(line: int, column: int) -> str:
        return lines[line - 1][column - 1 :]

    for path, value in values_of(read_text(WHOLE[file], file).root):
        here = at(value.line, value.column)
        if isinstance(value, Scalar):
            first = value.split()[0].replace("É", "\\u00c9" if file == "record.toml" else "É")
            assert here.lstrip("\"'").startswith(first) or here == '"""', path
        for key, (line, column) in getattr(value, "keys_at", {}).items():
            header = ".".join(str(step) for step in (*path, key) if isinstance(step, str))
            assert at(line, column).lstrip("\"'[").startswith((key, header)) or f".{key}" in at(line, column), path


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("r.yaml", "▸a: 1\n▸b:\n  ▸- x\n  - {c: y}\n"),
        ("r.yaml", "# first\n\n▸a: 1\n▸'b': ▸[x, {c: y}]\n"),
        ("r.json", '{▸"a": 1,\n ▸"b": ▸["x", {"c": "y"}]}'),
        ("r.toml", '▸a = 1\n▸b = ▸["x", {c = "y"}]\n'),
        ("r.toml", '# ünïcödé [x]\n▸a = 1 # = "\n\n  ▸"b" = ▸[\n  "x",\n  {c = "y"}]\n'),
    ],
)
def test_the_places_of_keys_and_of_a_list(file: str, text: str) -> None:
    """Lines and columns count from 1, columns in characters."""
    text, places = unmarked(text)
    source = read_text(text, file)
    told = [source.root.keys_at["a"], source.root.keys_at["b"], (source.root["b"].line, source.root["b"].column)]

    assert [f"{line}:{column}" for line, column in told] == places


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a = 1\n▸[b]\nc = 2\n", ("b",)),
        ("▸[b.c.d]\ne = 1\n", ("b",)),
        ("[b]\n▸c.d = 1\n", ("b", "c")),
        ("[[b]]\nc = 1\n▸[[b]]\nc = 2\n", ("b", 1)),
        ("[[b]]\n[b.c]\nd = ▸1\n[[b]]\n[b.c]\nd = 2\n", ("b", 0, "c", "d")),
        ("[[b]]\n[b.c]\nd = 1\n[[b]]\n[b.c]\nd = ▸2\n", ("b", 1, "c", "d")),
        ('[[b]]\n[[b.c]]\n[[b.c]]\nd = {"e f" = [1,\n ▸"x"]}\n', ("b", 0, "c", 1, "d", "e f", 1)),
        ("'b.c'.d = ▸1\n", ("b.c", "d")),
        ('b = """\n"quoted" \\"""\n[c]\nd = 1\n"""\nc.d = ▸2\n', ("c", "d")),
        ("b = '''\n'c' = [''\n'''\nc = ▸'x'\n", ("c",)),
        ('b = """a"""""\nc = ▸"""""x"""\n', ("c",)),
        ("3.14 = ▸1\n", ("3", "14")),
        ("b = 1979-05-27T07:32:00.5 # .\nc = ▸1.5\n", ("c",)),
        ("b = [[1, 2], [▸3]]\n", ("b", 1, 0)),
        ("b = [\n # one\n 1, # two\n\n ▸{c = 1}]\n", ("b", 1)),
    ],
)
def test_toml_places_are_found_in_all_its_ways_of_writing(text: str, path: tuple[int | str, ...]) -> None:
    """Tables, arrays of tables, dotted and quoted keys, strings that hold what looks like TOML."""
    text, [place] = unmarked(text)
    value = dict(values_of(read_text(text, "r.toml").root))[path]

    assert f"{value.line}:{value.column}" == place


def test_a_path_has_the_place_of_what_is_nearest() -> None:
    """Of its key, or of an entry of a list; of what stands around it, where there is nothing."""
    source = read_text("a:\n  - b: 1\n    c: 2\n")

    assert source.place_of(("a", 0, "c")) == (3, 5)
    assert source.place_of(("a", 0, "x", "y")) == (2, 5)
    assert source.place_of(("a", 7)) == (1, 1)


@pytest.mark.parametrize("file", ["r.yaml", "r.json", "r.toml"])
def test_line_ends_count_as_editors_count_them(file: str) -> None:
    """Of Windows and of old; U+2028 and U+0085 are white space, not lines. A byte order mark is no column."""
    text = {
        "r.yaml": 'a: "x\u2028y\x85z"\nb: 1',
        "r.json": '{"a": "x\u2028y\x85z",\n"b": 1}',
        "r.toml": 'a = "x\u2028y\x85z"\nb = 1',
    }[file]

    for line_end in ("\n", "\r\n", "\r"):
        root = read_text("\ufeff" + text.replace("\n", line_end), file).root
        assert str(root["a"]) == "x y z"
        assert root.keys_at["a"] == (1, 2 if file == "r.json" else 1)
        assert root.keys_at["b"] == (2, 1)


def test_marks_of_provenance_are_struck_from_keys_and_values() -> None:
    """No input can say where a text comes from."""
    root = read_text("a\U000f0000: b\U0010fffdc\n").root

    assert dict(root) == {"a": "bc"}


def test_an_alias_stands_for_what_it_names() -> None:
    """YAML's anchors work for a text as for a list."""
    root = read_text("a: &x Ana\nb: *x\nc: &y [1, 2]\nd: *y\n").root

    assert (root["b"], root["d"]) == ("Ana", ["1", "2"])


# -- what is not -----------------------------------------------------------------------------------------------------------


NOT_READ = {
    "empty": ("▸", "the file is empty; write at least language, published, headline and body"),
    "white space": ("▸ \n\n", "the file is empty"),
    "comments only": ("▸# a record\n", "the file holds no mapping; write it as “headline: …”"),
    "a list": ("\n▸- a\n", "the file holds no mapping"),
    "a word": ("▸headline\n", "the file holds no mapping"),
    "nothing": ("--- ▸~\n", "the file holds no mapping"),
    "two documents": ("a: 1\n---\n▸b: 2\n", "a second document begins here; a file holds one record"),
    "a colon within": ("a: b▸: c\n", "this is not YAML: mapping values are not allowed in this context; put"),
    "not closed": ('a: 1\nb: ▸"x\nc: 2\n', "this is not YAML: the quotation mark here is not closed; close it at"),
    "a list not closed": ("a: [1, 2\n▸", "this is not YAML: did not find expected ',' or ']'; check the indentation"),
    "a tab": ("a:\n▸\tb: 1\n", "this is not YAML: a tab stands where YAML wants spaces; indent with spaces"),
    "a percent sign": ("a: ▸%b\n", "this is not YAML: found character that cannot start any token; put"),
    "a backtick": ("a: ▸`b`\n", "this is not YAML: found character that cannot start any token; put"),
    "stars": ("a: *b▸* c\n", "this is not YAML: did not find expected alphabetic or numeric character; put"),
    "indentation": ("a: 1\n b▸: 2\n", "this is not YAML: mapping values are not allowed"),
    "an escape": ('a: "▸\\q"\n', "this is not YAML: found unknown escape character; check"),
    "a list as key": ("▸[a]: b\n", "a key must be a word; put quotation marks around a text that begins with [ or {"),
    "braces": ("a: {▸{ b }}\n", "a key must be a word"),
    "an alias of nothing": ("a: ▸*b\n", "“*b” refers to nothing before it; write the value out"),
    "an alias of itself": ("a: &b [▸*b]\n", "“*b” refers to what it stands in; write the value out"),
    "an alias as key": ("a: &b c\n▸*b : d\n", "an alias cannot be a key; write the key out"),
    "a tag": ("a: ▸!!python/object:os.system x\n", "the YAML tag “tag:yaml.org,2002:python/object:os.system” means"),
    "control characters": ("a: x▸\x07y\nb: ▸\x7f▸\x9b\n", "an invisible character stands here (U+"),
    "a byte order mark within": ("a: x\nb: ▸\ufeffy\n", "an invisible character stands here (U+FEFF); take it out"),
    "zero bytes": ("a▸\0:\0", "the file holds zero bytes, so it is no text or not UTF-8; save it as UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize(("marked", "message"), NOT_READ.values(), ids=NOT_READ)
def test_what_is_no_yaml_is_told_with_its_place(marked: str, message: str) -> None:
    """What is wrong, where, and what to do."""
    text, places = unmarked(marked)
    told = faults_of(text)

    assert [fault.split(": ")[0] for fault in told] == places
    assert all(fault.split(": ", 1)[1].startswith(message) and "; " in fault and "\n" not in fault for fault in told)


NOT_JSON = {
    "empty": ("▸", "the file is empty"),
    "a list": ("▸[]", 'the file holds no mapping; write it as “{"headline": "…"}”'),
    "a word": ('▸"x"', "the file holds no mapping"),
    "no comma": ('{"a": 1\n ▸"b": 2}', "this is not JSON: Expecting ',' delimiter; check the commas and quotation marks"),
    "apostrophes": ("{▸'a': 1}", "this is not JSON: Expecting property name enclosed in double quotes; check"),
    "not closed": ('{"a": ▸"x', "this is not JSON: Unterminated string starting at; check"),
    "NaN": ('{"a": ▸NaN}', "this is not JSON: no value begins like this; put quotation marks around a text"),
    "infinity": ('{"a":\n▸-Infinity}', "this is not JSON: no value begins like this"),
    "two documents": ('{"a": 1} ▸{}', "this is not JSON: Extra data; check"),
    "a line end": ('{"a": "x▸\n"}', "this is not JSON: Invalid control character at; check"),
}


@pytest.mark.parametrize(("marked", "message"), NOT_JSON.values(), ids=NOT_JSON)
def test_what_is_no_json_is_told_with_its_place(marked: str, message: str) -> None:
    """As of YAML; Python's own reader would let NaN through."""
    text, [place] = unmarked(marked)
    [told] = faults_of(text, "record.json")

    assert told.startswith(f"{place}: {message}")
    assert "; " in told


TWICE = "this key or table stands here a second time; keep one of them"
NOT_TOML = {
    "not closed": ('a = "x"\nb = ▸"y', "this is not TOML: the quotation mark here is not closed; close it"),
    "never closed": ('a = ▸"""x\ny\n', "this is not TOML: the quotation mark here is not closed; close it"),
    "a bare word": ("a = ▸x\n", "this is not TOML: Invalid value; check the quotation marks and brackets"),
    "two in a line": ("a = 1 ▸b = 2\n", "this is not TOML: Expected newline or end of document after a statement; check"),
    "YAML": ("a▸: 1\n", "this is not TOML: Expected '=' after a key in a key/value pair; check"),
    "twice": ("a = 1\n▸a = 2\n", TWICE),
    "twice in many lines": ('a = """\nx"""\n\n▸a = """\ny\n"""\n', TWICE),
    "a table twice": ("[a]\n▸[a]\n", TWICE),
    "a table for a value": ("[a]\nb = 1\n[c]\n▸[a.b]\nd = 1\n", TWICE),
    "twice in braces": ("a = {b = 1, ▸b = 2}\n", TWICE),
    "a long number": ("▸a = " + "1" * 5000, "a number in this file has thousands of digits; put quotation marks around it"),
}


@pytest.mark.parametrize(("marked", "message"), NOT_TOML.values(), ids=NOT_TOML)
def test_what_is_no_toml_is_told_with_its_place(marked: str, message: str) -> None:
    """As of YAML; a key that stands twice is told where it begins."""
    text, [place] = unmarked(marked)
    [told] = faults_of(text, "record.toml")

    assert told.startswith(f"{place}: {message}")
    assert "; " in told


def test_an_empty_toml_file_is_an_empty_mapping() -> None:
    """As TOML has it: what is missing in it, the model tells."""
    assert read(b"", "a11ynews.toml").root == {}
    assert read(b"# nothing yet\n", "a11ynews.toml").root == {}


@pytest.mark.parametrize("file", ["r.yaml", "r.json", "r.toml"])
@pytest.mark.parametrize(
    ("content", "place", "byte"),
    [
        ("headline: Grün\n".encode("latin-1"), "1:13", "fc"),
        ("a: b\ntöne: “x”\nc: Gr".encode() + b"\xfcn", "3:6", "fc"),
        (b"\xef\xbb\xbfa: \xff", "1:4", "ff"),
        ("a: b".encode("utf-16"), "1:1", "ff"),
    ],
    ids=["Latin 1", "in a later line", "after a byte order mark", "UTF-16"],
)
def test_what_is_no_utf_8_is_told_with_its_place(content: bytes, place: str, byte: str, file: str) -> None:
    """Columns count in characters, in front of the first byte that is wrong."""
    assert faults_of(content, file) == [f"{place}: the file is not UTF-8 (byte 0x{byte}); save it as UTF-8"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("r.yaml", 'a: ▸"x\\0"\nb:\n  - ▸"\\x07"\n'),
        ("r.json", '{"a": ▸"x\\u0000", "b": [\n▸"\\u0007"]}'),
        ("r.toml", 'a = ▸"x\\u0000"\nb = [\n  ▸"\\u0007"]\n'),
    ],
)
def test_what_comes_in_as_an_escape_is_told_too(file: str, text: str) -> None:
    """A page cannot hold it; the rest is read all the same."""
    text, places = unmarked(text)
    source = read_text(text, file)

    assert [f"{fault.line}:{fault.column}" for fault in source.faults] == places
    assert [fault.message for fault in source.faults] == [
        "an invisible character stands here (U+0000); take it out",
        "an invisible character stands here (U+0007); take it out",
    ]


def test_half_a_character_of_json_does_no_harm() -> None:
    """A lone surrogate cannot be written to a page."""
    assert str(read_text('{"a": "\\ud83d x \\ud83d\\ude00 \\ude00"}', "r.json").root["a"]) == "\ufffd x 😀 \ufffd"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("r.yaml", "a: 1\nb: 2\n▸a: 3\nc:\n  d: 1\n  ▸d: 2\n"),
        ("r.json", '{"a": 1,\n"b": 2, ▸"a": 3, "c": {"d": 1, ▸"d": 2}}'),
    ],
)
def test_a_key_that_stands_twice_is_told_and_the_rest_is_read(file: str, text: str) -> None:
    """With the line of the first; the first one holds."""
    text, places = unmarked(text)
    source = read_text(text, file)

    assert [f"{fault.line}:{fault.column}" for fault in source.faults] == places
    assert source.faults[0].message == "“a” stands here a second time (first on line 1); keep one of them"
    assert (source.root["a"], source.root["c"]) == ("1", {"d": "1"})


# -- what grows without end ------------------------------------------------------------------------------------------------

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)
)
DEEP_BOMB = f"a0: &a0 {'[' * 30}{']' * 30}\na1: &a1 {'[' * 30}▸*a0{']' * 30}\n"
TOO_DEEP, TOO_MANY = (
    f"values are nested more than {MOST_DEPTH} deep; a record needs six levels",
    f"more than {MOST_VALUES:,} values; a record",
)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        pytest.param("r.yaml", f"{'[' * 40}▸{'[' * 100_000}", TOO_DEEP, id="YAML lists"),
        pytest.param("r.yaml", f"{'- ' * 40}▸{'- ' * 100_000}", TOO_DEEP, id="YAML dashes"),
        pytest.param("r.yaml", f"{'{a: ' * 40}▸{'{a: ' * 100_000}", TOO_DEEP, id="YAML mappings"),
        pytest.param("r.yaml", DEEP_BOMB, TOO_DEEP, id="YAML aliases of lists in lists"),
        pytest.param("r.json", f"{'[' * 40}▸{'[' * 1_000_000}", TOO_DEEP, id="JSON lists"),
        pytest.param("r.json", '{"a":' * 40 + '▸{"a":' + '{"a":' * 500_000, TOO_DEEP, id="JSON mappings"),
        pytest.param("r.toml", f"a = {'[' * 40}▸{'[' * 1_000_000}", TOO_DEEP, id="TOML lists"),
        pytest.param("r.toml", "a = " + "{a = " * 40 + "▸{a = " + "{a = " * 500_000, TOO_DEEP, id="TOML mappings"),
        pytest.param("r.toml", f"{'a.' * 39}a▸.{'a.' * 500_000}a = 1", TOO_DEEP, id="TOML dotted keys"),
        pytest.param("r.toml", "[" + '"a b".' * 39 + '"a b"▸' + '."a b"' * 300_000 + "]", TOO_DEEP, id="TOML table names"),
    ],
)
def test_what_is_nested_without_end_is_refused_in_time(file: str, text: str, message: str) -> None:
    """At the level that is one too many; megabytes of it take a moment."""
    text, [place] = unmarked(text)
    [told] = faults_of(text, file)

    assert told.startswith(f"{place}: {message}")


@pytest.mark.parametrize("text", [f"ü: {'[' * 39}▸{'[' * 100}", f"{'- ' * 40}▸- {'- ' * 100}", "[\n" * 40 + "▸" + "[\n" * 100])
def test_a_limit_of_the_parser_is_told_as_ours(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """PyYAML 6.0.4 stops at a depth of its own, and may say so before it has handed anything over."""
    parse = yaml.parse

    def limited(text: str, **options: Any) -> Iterator[Any]:
        places = [match.start() for match in re.finditer(r"[\[-]", text)]
        if len(places) > 100:
            lines = text[: places[100]].split("\n")
            mark = yaml.Mark("", places[100], len(lines) - 1, len(lines[-1]), None, 0)
            raise yaml.scanner.ScannerError("while increasing flow level", mark, "exceeded maximum nesting depth", mark)
        return parse(text, **options)

    monkeypatch.setattr(yaml, "parse", limited)
    text, [place] = unmarked(text)

    [told] = faults_of(text, "r.yaml")
    assert told.startswith(f"{place}: {TOO_DEEP}")


@pytest.mark.parametrize(
    ("file", "text", "place"),
    [
        pytest.param("r.yaml", BOMB, "5:", id="a bomb of YAML aliases"),
        pytest.param("r.yaml", "a:\n" + "- x\n" * 150_000, "100000:3", id="a YAML list"),
        pytest.param("r.json", '{"a": [\n' + "1,\n" * 150_000 + "1]}", "100000:1", id="a JSON list"),
        pytest.param("r.toml", "".join(f"a{n} = 1\n" for n in range(MOST_VALUES)), "", id="TOML keys"),
        pytest.param("r.toml", "a = [" + "1," * 150_000 + "]", "", id="a TOML list"),
    ],
)
def test_what_holds_too_much_is_refused_in_time(file: str, text: str, place: str) -> None:
    """Counting what an alias stands for each time that it stands there."""
    [told] = faults_of(text, file)

    assert told.startswith(place)
    assert TOO_MANY in told


@pytest.mark.parametrize("file", ["r.yaml", "r.json", "r.toml"])
def test_a_file_of_twenty_megabytes_is_refused_at_once(file: str) -> None:
    """Before anything looks into it."""
    [told] = faults_of(b"\xff" * 20_000_000, file)

    assert told == "1:1: the file is larger than 4 MB, which is the most; keep pictures and data in files of their own"


def test_the_largest_file_that_is_read() -> None:
    """A text of four megabytes is one value."""
    text = "a: " + "x" * (MOST_BYTES - 4) + "\n"

    assert len(read_text(text).root["a"]) == MOST_BYTES - 4


HARMFUL = {
    "YAML quotation marks": ("r.yaml", "a: " + "'" * 200_000),
    "YAML anchors": ("r.yaml", "a: [" + "&a x, *a, " * 10_000 + "]"),
    "YAML question marks": ("r.yaml", "? " * 200_000),
    "YAML block scalars": ("r.yaml", "a: |\n" + " x\n" * 200_000),
    "YAML comments": ("r.yaml", "#\n" * 200_000 + "a: 1"),
    "YAML duplicates": ("r.yaml", "a: b\n" * 20_000),
    "JSON quotation marks": ("r.json", '{"a": ' + '"\\"' * 200_000),
    "JSON escapes": ("r.json", '{"a": "' + "\\n" * 200_000 + '"}'),
    "TOML quotation marks": ("r.toml", "a = " + '"' * 200_000),
    "TOML long quotation marks": ("r.toml", "a = " + '"""\\' * 100_000),
    "TOML apostrophes": ("r.toml", "a = " + "'''x''" * 100_000),
    "TOML escapes": ("r.toml", 'a = "' + "\\n" * 200_000 + '"'),
    "TOML comments": ("r.toml", "#\n" * 200_000 + "a = 1"),
}


@pytest.mark.parametrize(("file", "text"), HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_file_comes_to_an_end(file: str, text: str) -> None:
    """Read, or refused with a place; where each part looked at all others, this test would not end."""
    told: tuple[Fault, ...] = ()
    try:
        read_text(text, file)
    except SourceError as error:
        told = error.faults

    assert all(fault.file == file and fault.line >= 1 and fault.column >= 1 for fault in told)


# -- whatever may come -----------------------------------------------------------------------------------------------------

BITS = st.sampled_from(
    [
        "language", "headline", "body", "picture", "alt", "paragraph", "a", "en", "x y", "- ", ": ", ":", "\n", "\n  ", "\n    ",
        "{", "}", "[", "]",
        "[[", "]]", ",", " = ", "=", ".", '"', "'", '"""', "'''", "|", ">-", "&a", "*a", "*", "!", "!!str ", "#", "%", "@", "`",
        "?", "<<", "~", "null",
        "true", "NaN", "1", "-1.5e3", "2022-11-14", "T09:00:00Z", "\t", "\r", "\\", "\\u0000", "\\ud800", "\x00", "\x7f",
        "\ufeff", "\u2028", "---", "...",
        "\U000f0000", "é", "😀",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(BITS, max_size=40).map("".join), st.text(max_size=60))
FILES = st.sampled_from(["record.yaml", "record.json", "record.toml"])


def faults_told(content: bytes, file: str) -> tuple[Fault, ...]:
    """The faults of a record; none where it is one. Any other exception fails the test."""
    try:
        parse(read(content, file), "r", lambda kind, name: None)  # noqa: ARG005  # the names say what it is asked
    except (SourceError, RecordError) as error:
        return error.faults
    return ()


def assert_for_people(faults: tuple[Fault, ...], file: str) -> None:
    for fault in faults:
        assert (fault.file, fault.line >= 1, fault.column >= 1) == (file, True, True)
        assert "; " in fault.message
        assert "\n" not in fault.message


@given(TEXTS, FILES)
def test_no_text_raises_anything_but_a_fault(text: str, file: str) -> None:
    """What looks like a format, and what does not."""
    assert_for_people(faults_told(text.encode("utf-8", "surrogatepass"), file), file)


@given(st.binary(max_size=60), FILES)
def test_no_bytes_raise_anything_but_a_fault(content: bytes, file: str) -> None:
    """UTF-8 or not."""
    assert_for_people(faults_told(content, file), file)


KEYS = st.sampled_from(
    [
        "language", "slug", "published", "updated", "headline", "authors", "body", "related", "names", "licence", "tags",
        "languages", "id", "paragraph",
        "heading", "list", "picture", "quote", "table", "video", "audio", "info", "contact", "text", "level", "items", "ordered",
        "file", "alt", "decorative",
        "reason", "caption", "header", "rows", "captions", "transcript", "poster", "url", "urls", "hreflang", "name", "lang",
        "odd", "",
    ]
)  # fmt: skip
WORDS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(st.characters(max_codepoint=0xEFFFF, exclude_categories=["Cs"]), max_size=8),
    st.sampled_from(["en", "2022-11-14T09:00:00Z", "a.png", "../x", "https://x/", "3", "true"]),
)
RECORDS = st.dictionaries(
    KEYS,
    st.recursive(
        WORDS, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)), max_leaves=20
    ),
)


@given(RECORDS)
def test_no_structure_raises_anything_but_a_fault(record: dict[str, Any]) -> None:
    """The right keys with the wrong values, at any depth."""
    content = json.dumps(record).encode()
    for file in ("record.json", "record.yaml"):
        assert_for_people(faults_told(content, file), file)


@given(RECORDS)
def test_json_is_read_as_it_is(record: dict[str, Any]) -> None:
    """Every key and every value, and nothing beside."""

    def strings(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: strings(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [strings(inner) for inner in value]
        return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)

    assert read_text(json.dumps(record), "r.json").root == strings(record)


@pytest.mark.parametrize(
    ("value", "short"),
    [
        ("a\n\t b", "a b"),
        ("x" * 100, "x" * 79 + "…"),
        ("a\x1b[31m\u202eb", "a\ufffd[31m\ufffdb"),
        ("x" * 10_000_000, "x" * 79 + "…"),
    ],
)
def test_a_message_repeats_a_value_on_one_line(value: str, short: str) -> None:
    """Cut, and with nothing that a terminal would obey."""
    assert shorten(value) == short
