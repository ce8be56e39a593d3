"""XLIFF: a catalog goes out with all its context and comes back to the character, by whatever detour a tool makes."""

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from a11ynews import xliff
from a11ynews.article import ROLES
from a11ynews.catalog import UI_DOMAIN, Catalog, plural_rule
from a11ynews.errors import SourceError
from a11ynews.markup import Level, Name
from a11ynews.po import PoEntry, Previous, plural_forms
from a11ynews.provenance import State
from a11ynews.xliff import Code, Delivered, Form, codes, fold, form_of, known_codes, pieces, read, source_of, unit_id, write
from xliff_core import CORE, NS, SLR, broken_rules, find, text_of

FULL, FIELDS = Form(Level.FULL), Form(Level.NONE, fields=True)

_MARKUP = [
    "*",
    "**",
    "[",
    "](",
    ")",
    "](https://x.org/)",
    '<i lang="it">',
    "<i lang='de'>",
    "</i>",
    "\\",
    "\\*",
    "{n}",
    "{",
    "}",
    "TUM",
]
_TROUBLE = [
    " ",
    "  ",
    "\n",
    "\t",
    "\r",
    "\u00a0",
    "a",
    "ß",
    "é",
    "&",
    "<",
    ">",
    '"',
    "]]>",
    "<!--",
    "\x07",
    "\ufffe",
    "😀",
    "مرحبا",
    "TUM",
]
BITS = st.sampled_from([*_MARKUP, *_TROUBLE])
WORDS = st.lists(BITS, max_size=14).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0", max_codepoint=0xEFFFF), max_size=40
)
"""Texts with much markup, sound and broken, and with all that XML makes trouble of."""
ROLE_NAMES = st.sampled_from(["paragraph", "headline", "alt", "slug"])


def plural(n: int) -> int:
    return int(n != 1)


def catalog_of(*entries: PoEntry, domain: str = "bridge", language: str = "de") -> Catalog:
    return Catalog(language, domain, f"{language}.po", {entry.key: entry for entry in entries}, plural)


def entry_of(words: str, source: str = "The bridge", context: str = "paragraph") -> PoEntry:
    entry = PoEntry.new(context, source)
    entry.set_strings({0: words})
    return entry


def exported(catalog: Catalog, names: tuple[Name, ...] = ()) -> etree._Element:
    content = write(catalog, source_language="en", original="news/bridge/record.yaml", names=names)
    assert broken_rules(content) == []
    return etree.fromstring(content)


def delivered(content: bytes | str, source: str, words: str = "", form: Form = FULL) -> Delivered:
    """The first unit of a file, as it comes back for an entry."""
    unit = read(content.encode() if isinstance(content, str) else content, "back.xlf").files[0].units[0]
    exact = fold(source, form) != source or fold(words, form) != words
    return unit.deliver(form, known_codes(source, words, form, "de"), exact=exact)


LINKED = "Read [the report](https://x.org/) of the **city** *now*"
GERMAN = "Lest *jetzt* [den Bericht](https://x.org/) der **Stadt**"


def unit_with(body: str, data: str = "", attributes: str = "") -> str:
    """A file of one unit, its content as given; `d1` … `d4` are the data of the unit of LINKED."""
    data = data or (
        '<originalData><data id="d1">[</data><data id="d2">](https://x.org/)</data>'
        '<data id="d3">**</data><data id="d4">*</data></originalData>'
    )
    return (
        f'<xliff xmlns="{CORE}" version="2.1" srcLang="en" trgLang="de"><file id="bridge">'
        f'<unit id="u"{attributes}>{data}{body}</unit></file></xliff>'
    )


def segment(target: str, state: str = ' state="translated"', source: str = "") -> str:
    return f"<segment{state}><source>{source}</source><target>{target}</target></segment>"


LINK = '<pc id="1" dataRefStart="d1" dataRefEnd="d2">den Bericht</pc>'
STRONG = '<pc id="2" dataRefStart="d3" dataRefEnd="d3">Stadt</pc>'
EM = '<pc id="3" dataRefStart="d4" dataRefEnd="d4">jetzt</pc>'

# -- texts in pieces -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("**a**", [("strong", "")]),
        ("*a **b** c*", [("em", ""), ("strong", "")]),
        ("[*a*](/b) c", [("a", "/b"), ("em", "")]),
        ("<i lang='it'>a</i>", [("i", "it")]),
        (r"\*a\* 2 * 3 [b]", []),
        ("[a](https://x.org/(b)) [c", [("a", "https://x.org/(b)")]),
        ("{n} a", []),
    ],
)
def test_markup_becomes_codes(words: str, expected: list[tuple[str, str]]) -> None:
    """What the page shows as markup is a code, and nothing else."""
    assert [code.key for code in codes(pieces(words, FULL))] == expected


def test_fields_of_the_pages_own_words_are_codes() -> None:
    """They have no markup."""
    assert pieces("By *{name}*, {n}", FIELDS) == [
        "By *",
        Code(("field", "{name}"), "{name}"),
        "*, ",
        Code(("field", "{n}"), "{n}"),
    ]


def test_a_code_keeps_its_markup_as_it_is_written() -> None:
    """Single quotation marks stay single."""
    assert [(code.opening, code.closing) for code in codes(pieces("<i lang='it'>a</i>", FULL))] == [("<i lang='it'>", "</i>")]


@given(WORDS, st.sampled_from([*(Form(level) for level in Level), FIELDS]))
def test_pieces_are_the_whole_text(words: str, form: Form) -> None:
    """Laid side by side as they are written, they are the text, whatever it is."""

    def written(found: list[xliff.Piece]) -> str:
        parts = []
        for piece in found:
            if isinstance(piece, Code):
                parts.append(piece.opening + written(list(piece.children)) + piece.closing)
            else:
                parts.append(piece if isinstance(piece, str) else piece.words)
        return "".join(parts)

    assert written(pieces(words, form)) == words


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("  a \n b\t", "a b"),
        ("a[ b ](/c)d", "a [b](/c) d"),
        ("a ** b**", "a ** b**"),
        ("a\u00a0 b", "a\u00a0 b"),
        ("\n[a](/b)\n*c*", "[a](/b) *c*"),
    ],
)
def test_white_space_folds_as_xml_tools_fold_it(words: str, folded: str) -> None:
    """Runs become one space, none stays at an end or just inside a code; a no-break space is no white space."""
    assert fold(words, FULL) == folded


@given(WORDS)
def test_folding_twice_changes_nothing(words: str) -> None:
    """Else what comes back would look edited."""
    assert fold(fold(words, FIELDS), FIELDS) == fold(words, FIELDS)


def test_ids_depend_on_context_and_words_alone() -> None:
    """They tell an entry from all others, and are what XML allows."""
    assert unit_id("list item", "One") == unit_id("list item", "One")
    assert len({unit_id(*key) for key in [("a", "b"), ("a", "c"), ("ab", ""), ("", "ab"), ("", "b")]}) == 5
    assert re.fullmatch("list-item-[0-9a-f]{12}", unit_id("list item", "One"))


# -- writing ---------------------------------------------------------------------------------------------------------------


def test_an_entry_goes_out_with_all_that_is_known_of_it() -> None:
    """The whole file of one entry."""
    entry = entry_of("Zwei [Kinder](https://x.org/) & TUM", "Two [children](https://x.org/) & TUM", "caption")
    entry.set_extracted(["CAPTION 1 of 2.", "Keep the link."])
    entry.set_comments(["checked"])
    entry.set_references(["news/bridge/record.yaml:9"])
    content = write(catalog_of(entry), source_language="en", original="news/bridge/record.yaml", names=[Name("TUM")]).decode()

    code = 'type="link" canCopy="no" canDelete="no" dispStart="[" dispEnd="](https://x.org/)" dataRefStart="d1" dataRefEnd="d2"'
    assert (
        content
        == f"""\
<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="{CORE}" xmlns:mda="{NS["mda"]}" xmlns:mtc="{NS["mtc"]}" xmlns:slr="{NS["slr"]}" \
version="2.1" srcLang="en" trgLang="de">
  <file id="bridge" original="news/bridge/record.yaml" srcDir="ltr" trgDir="ltr">
    <unit id="{unit_id("caption", entry.id)}" name="caption" translate="yes">
      <mda:metadata>
        <mda:metaGroup category="a11ynews">
          <mda:meta type="reference">news/bridge/record.yaml:9</mda:meta>
          <mda:meta type="state">translated</mda:meta>
          <mda:meta type="words">{xliff.digest(entry.strings[0], FULL)}</mda:meta>
        </mda:metaGroup>
      </mda:metadata>
      <notes>
        <note id="n1" category="description">CAPTION 1 of 2.</note>
        <note id="n2" category="description">Keep the link.</note>
        <note id="n3" appliesTo="target" category="translator">checked</note>
      </notes>
      <originalData>
        <data id="d1">[</data>
        <data id="d2">](https://x.org/)</data>
      </originalData>
      <segment id="s1" state="translated">
        <source>Two <pc id="1" {code}>children</pc> &amp; <mrk id="m1" type="term" translate="no">TUM</mrk></source>
        <target>Zwei <pc id="1" {code}>Kinder</pc> &amp; <mrk id="m1" type="term" translate="no">TUM</mrk></target>
      </segment>
    </unit>
  </file>
</xliff>
"""
    )


@pytest.mark.parametrize(
    ("words", "fuzzy", "state", "sub_state"),
    [("", False, "initial", None), ("Die Brücke", True, "initial", "a11ynews:fuzzy"), ("Die Brücke", False, "translated", None)],
)
def test_states(words: str, fuzzy: bool, state: str, sub_state: str | None) -> None:
    """Missing, fuzzy and translated entries; only a translation is a target."""
    entry = entry_of(words)
    entry.set_fuzzy(fuzzy)
    (found,) = find(exported(catalog_of(entry)), "//x:segment")

    assert (found.get("state"), found.get("subState"), bool(find(found, "x:target"))) == (state, sub_state, bool(words))


def test_a_fuzzy_entry_brings_its_earlier_source() -> None:
    """As a candidate for tools, and as a note for people."""
    entry = entry_of("Die *alte* Brücke", "The new bridge")
    entry.set_fuzzy(True)
    entry.set_previous(Previous("paragraph", "The *old* bridge"))
    root = exported(catalog_of(entry))

    (match,) = find(root, "//mtc:match")
    assert [text_of(each) for each in find(match, "x:source | x:target")] == ["The old bridge", "Die alte Brücke"]
    assert match.get("ref") == "#s1"
    assert "The *old* bridge" in text_of(find(root, "//x:note")[0])


def test_a_limit_is_told_in_characters_that_readers_see() -> None:
    """Codes count nothing, by the profile's default, so what a tool counts is what the import counts."""
    entry = entry_of("Die *ganz **neue*** Brücke", "The **new** bridge", "headline")
    entry.set_flags(["max-length:60"])
    (unit,) = find(exported(catalog_of(entry)), "//x:unit")

    assert unit.get(f"{SLR}sizeRestriction") == "60"
    assert [len(text_of(each)) for each in find(unit, "x:segment/*")] == [
        xliff.length_of(words, FULL) for words in (entry.id, entry.strings[0])
    ]


def test_a_source_that_is_too_long_widens_its_limit() -> None:
    """Nobody can say in 10 characters what takes 18."""
    entry = entry_of("", "The **new** bridge", "headline")
    entry.set_flags(["max-length:10"])

    assert xliff.limit_of(entry, "bridge") == len("The new bridge")


def test_a_lost_flag_loses_no_limit() -> None:
    """What a role allows is known without it; a paragraph may be as long as it likes."""
    units = find(exported(catalog_of(entry_of("x", context="alt"), entry_of("x"))), "//x:unit")

    assert [unit.get(f"{SLR}sizeRestriction") for unit in units] == [str(ROLES["alt"].most), None]


def test_plural_forms_are_a_group() -> None:
    """A unit for each form, with the numbers that it is for and the source that it translates."""
    entry = PoEntry.new("gallery", "{n} photo", "{n} photos")
    entry.set_strings({0: "{n} Foto", 1: "{n} Fotos"})
    root = exported(catalog_of(entry, domain=UI_DOMAIN))

    (group,) = find(root, "//x:group")
    assert group.get("id") == unit_id("gallery", "{n} photo")
    assert [unit.get("id") for unit in find(group, "x:unit")] == [f"{group.get('id')}-0", f"{group.get('id')}-1"]
    assert [find(unit, ".//x:source")[0][0].tail for unit in find(group, "x:unit")] == [" photo", " photos"]
    assert [find(unit, ".//x:note")[0].text for unit in find(group, "x:unit")] == [
        "Plural form 1 of 2: for 1 …",
        "Plural form 2 of 2: for 0, 2, 3, 4, 5, 6 …",
    ]
    assert {(code.get("disp"), code.get("subType")) for code in find(root, "//x:ph")} == {("{n}", "xlf:var")}


def test_a_language_with_one_form_translates_the_plural() -> None:
    """Japanese says “{n} photos” for one as for many."""
    entry = PoEntry.new("", "{n} photo", "{n} photos", nplurals=1)
    catalog = Catalog("ja", UI_DOMAIN, "ja.po", {entry.key: entry}, lambda _: 0)
    (source,) = find(exported(catalog), "//x:source")

    assert text_of(source) == " photos"


@pytest.mark.parametrize(
    ("language", "singular", "sources"),
    [
        ("ar", "One photo", ["plural", "singular", "plural", "plural", "plural", "plural"]),
        ("ru", "One photo", ["plural", "plural", "plural"]),
        ("ru", "{n} photo", ["singular", "plural", "plural"]),
    ],
)
def test_a_form_is_translated_from_what_its_numbers_need(language: str, singular: str, sources: list[str]) -> None:
    """One thing is Arabic's second form; “One photo” would lose the number in Russian's first, which is for 21 too."""
    entry = PoEntry.new("", singular, "{n} photos", nplurals=len(sources))
    rule = plural_rule(plural_forms(language))

    assert [source_of(entry, n, rule) for n in entry.strings] == [
        {"singular": singular, "plural": "{n} photos"}[which] for which in sources
    ]


def test_words_of_the_pages_language_need_no_code() -> None:
    """An Italian page need not say that its Italian is Italian; a German one must."""
    entry = entry_of("", 'At <i lang="it">Piazza Duomo</i>')
    optional = [find(exported(catalog_of(entry, language=language)), "//x:pc")[0].get("canDelete") for language in ("it", "de")]

    assert optional == [None, "no"]


@pytest.mark.parametrize(
    ("source", "words", "preserved"),
    [("a b", "c d", None), ("a  b", "c", "preserve"), ("a", "c\nd", "preserve"), ("a", " c", "preserve")],
)
def test_white_space_is_preserved_where_that_matters(source: str, words: str, preserved: str | None) -> None:
    """Elsewhere a tool is free to wrap and indent."""
    (unit,) = find(exported(catalog_of(entry_of(words, source))), "//x:unit")

    assert unit.get("{http://www.w3.org/XML/1998/namespace}space") == preserved


def test_the_header_is_no_unit() -> None:
    """A catalog read from a file has one."""
    header = PoEntry.new("", "")
    assert len(find(exported(catalog_of(header, entry_of("x"))), "//x:unit")) == 1


def test_right_to_left_languages_say_so() -> None:
    """For the editors of agencies."""
    (file,) = find(exported(catalog_of(entry_of("جسر"), language="ar")), "//x:file")

    assert (file.get("srcDir"), file.get("trgDir")) == ("ltr", "rtl")


@settings(max_examples=150)
@given(st.lists(st.tuples(ROLE_NAMES, WORDS, WORDS, st.booleans()), min_size=1, max_size=3), st.booleans())
def test_every_catalog_gives_a_valid_file_that_brings_it_back(rows: list[tuple[str, str, str, bool]], ui: bool) -> None:
    """By the rules of the standard; and each unit delivers the words and the state of its entry, to the character."""
    entries = {}
    for context, source, words, fuzzy in rows:
        if source:
            entries[context, source] = entry = entry_of(words, source, context)
            entry.set_fuzzy(fuzzy)
            entry.set_previous(Previous(context, "Was *this*") if fuzzy else None)
            entry.set_extracted(["Note \x07 & <more>"])
    entries["alt", "x"] = entry_of("y", "x", "alt")
    domain = UI_DOMAIN if ui else "bridge"
    catalog = catalog_of(*entries.values(), domain=domain)
    content = write(catalog, source_language="en", original="news/x.yaml", names=[Name("TUM"), Name("ß", "de")])

    assert broken_rules(content) == []
    units = {unit.id: unit for unit in read(content, "x.xlf").files[0].units}
    assert list(units) == [unit_id(*key) for key in entries]
    for key, entry in entries.items():
        form, words = form_of(domain, entry.context), entry.strings[0]
        exact = fold(entry.id, form) != entry.id or fold(words, form) != words
        back = units[unit_id(*key)].deliver(form, {}, exact=exact)
        translated = bool(words.strip())
        assert (back.words, back.problems, back.partial) == (words if translated else "", (), False)
        assert back.digest == xliff.digest(words, form)
        assert back.exported == (State.MISSING if not translated else State.FUZZY if entry.fuzzy else State.TRANSLATED)
        assert back.confirmed == (translated and not entry.fuzzy)


# -- reading ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param(segment(f"Lest {EM} {LINK} der {STRONG}"), GERMAN, id="codes in another order"),
        pytest.param(segment(f"\n      Lest {EM}\n      {LINK}\n      der   {STRONG}\n    "), GERMAN, id="indented"),
        pytest.param(
            segment(f'Lest {EM} <mrk id="m1" type="term">{LINK}</mrk> der <sm id="m2" type="term"/>{STRONG}<em startRef="m2"/>'),
            GERMAN,
            id="annotations",
        ),
        pytest.param(
            segment(f"Lest {EM} {LINK} ") + segment(f"der {STRONG}"),
            GERMAN,
            id="split",
        ),
        pytest.param(
            segment(f"Lest {EM}") + "<ignorable><source> </source></ignorable>" + segment(f"{LINK} der {STRONG}"),
            GERMAN,
            id="split with an ignorable",
        ),
        pytest.param(
            f'<segment state="final"><source/><target order="2"> der {STRONG}</target></segment>'
            f'<segment state="final"><source/><target order="1">Lest {EM} {LINK}</target></segment>',
            GERMAN,
            id="segments in another order",
        ),
        pytest.param(
            segment(f'Lest {EM} {LINK} <sc id="2" dataRef="d3"/>der') + segment(' Stadt<ec startRef="2" dataRef="d3"/>'),
            "Lest *jetzt* [den Bericht](https://x.org/) **der Stadt**",
            id="a code over two segments",
        ),
        pytest.param(segment(f"Lest {EM} {LINK} <cp hex='0028'/>{STRONG}"), GERMAN.replace("der ", "("), id="a code point"),
    ],
)  # fmt: skip
def test_what_tools_do_to_a_target_is_undone(body: str, words: str) -> None:
    """Codes may be moved, lines wrapped, segments split, joined and moved."""
    back = delivered(unit_with(body), LINKED)

    assert (back.words, back.problems, back.confirmed, back.partial) == (words, (), True, False)


def test_data_that_is_none_is_a_code_that_is_none() -> None:
    """Codes within original data lead to nothing."""
    data = '<originalData><data id="d1"><pc id="1" dataRefStart="d1" dataRefEnd="d1">x</pc></data></originalData>'

    assert delivered(unit_with(segment("Ja"), data=data), "Yes").words == "Ja"


def test_codes_are_known_without_their_data() -> None:
    """A tool that drops the original data is forgiven: ids tell."""
    bare = re.sub(' dataRef[A-Za-z]*="d."', "", segment(f"Lest {EM} {LINK} der {STRONG}"))
    back = delivered(unit_with(bare, data="<notes><note>-</note></notes>"), LINKED)

    assert (back.words, back.problems) == (GERMAN, ())


def test_a_code_of_the_tool_s_own_is_taken_by_its_kind() -> None:
    """Bold is bold; what is of no known kind is refused."""
    back = delivered(unit_with(segment('<pc id="9" type="fmt" subType="xlf:b">Ja</pc> <pc id="8" type="other">nein</pc>')), "Yes")

    assert back.words == "**Ja** nein"
    assert back.problems == ("the code “8” is none that the export had; take it out",)


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        (f"{LINK} {LINK}", "the code “1” ([…](https://x.org/)) is there twice; keep one"),
        (STRONG + "lich", "the code **…** cannot stand where it is"),
        ('<pc id="2" dataRefStart="d3" dataRefEnd="d3"></pc>', "the code **…** cannot stand where it is"),
        ('<sc id="2" dataRef="d3"/>Stadt', "the code **…** cannot stand where it is"),
        ('a <cp hex="D800"/>', "<cp hex=“D800”> stands for no character"),
        ('a <cp hex="0"/>', "<cp hex=“0”> stands for no character"),
        ('a <cp hex="110000"/>', "<cp hex=“110000”> stands for no character"),
    ],
)
def test_codes_that_make_no_markup_are_told(target: str, problem: str) -> None:
    """Twice, within a word, around nothing, without an end; and characters that are none."""
    assert any(told.startswith(problem) for told in delivered(unit_with(segment(target)), LINKED).problems)


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (f"C:\\{STRONG}", r"C:\\**Stadt**"),
        (f"[1] {LINK}", "[1] [den Bericht](https://x.org/)"),
        (f"2 * 3 {STRONG} *", "2 * 3 **Stadt** *"),
    ],
)
def test_characters_beside_a_code_stay_characters(target: str, words: str) -> None:
    """They are escaped where they would undo its markup, and only there."""
    back = delivered(unit_with(segment(target)), LINKED)

    assert (back.words, back.problems) == (words, ())


@pytest.mark.parametrize(
    ("state", "confirmed", "review"),
    [
        ("", False, False),
        (' state="initial"', False, False),
        (' state="needs-translation"', False, False),
        (' state="translated"', True, False),
        (' state="reviewed"', True, False),
        (' state="final"', True, False),
        (' state="initial" subState="a11ynews:fuzzy"', False, False),
        (' state="translated" subState="a11ynews:fuzzy"', True, False),
        (' state="translated" subState="tool:needs-review"', True, True),
        (' state="reviewed" subState="x:rejected"', True, True),
        (' state="final" subState="x:approved"', True, False),
    ],
)
def test_states_that_come_back(state: str, confirmed: bool, review: bool) -> None:
    """Our own subState beside “translated” is one that the tool forgot to take away."""
    back = delivered(unit_with(segment("Die Brücke", state)), "The bridge")

    assert (back.confirmed, back.review) == (confirmed, review)


def test_segments_without_a_target_make_a_unit_partial() -> None:
    """Unless their state says that they are meant to be empty."""
    some = segment("Eins.") + "<segment><source>Two.</source></segment>"
    meant = segment("Eins und zwei.") + segment("")

    assert delivered(unit_with(some), "One. Two.").partial
    assert not delivered(unit_with(meant), "One. Two.").partial
    assert not delivered(unit_with("<segment><source>One.</source></segment>"), "One.").partial


def test_a_unit_without_a_target_brings_nothing() -> None:
    """Its place is the unit's."""
    back = delivered(unit_with('\n<segment state="initial"><source>One.</source></segment>'), "One.")

    assert (back.words, back.confirmed, back.line) == ("", False, 1)


def test_the_place_is_the_targets() -> None:
    """Lines and columns count from 1."""
    back = delivered(unit_with("\n<segment><source>One.</source>\n  <target>Eins.</target></segment>"), "One.")

    assert (back.line, back.column) == (3, 3)


def test_remarks_are_the_notes_of_others() -> None:
    """The export's own notes are none, by their ids or by their words; some tools write theirs where the standard does not."""
    entry = entry_of("x")
    entry.set_extracted(["PARAGRAPH 1  of 2."])
    ours = (
        '<note id="n1" category="description">ALT.</note><note>PARAGRAPH 1 of\n2.</note><note>Plural form 1 of 2: for 1 …</note>'
    )
    notes = f'<notes>{ours}<note category="comment">Who?</note><note> Where? </note><note/></notes>'
    within = segment("x").replace("</segment>", '<notes><note category="translator">When?</note></notes></segment>')
    unit = read(unit_with(within, data=notes).encode(), "x.xlf").files[0].units[0]

    assert unit.remarks(entry) == ["Who?", "Where?", "When?"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.encode("utf-16"), id="UTF-16"),
        pytest.param(lambda text: b"\xef\xbb\xbf" + text.encode(), id="UTF-8 with BOM"),
        pytest.param(lambda text: text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').encode("latin-1"), id="Latin-1"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="CRLF"),
        pytest.param(lambda text: re.sub(r"(</?)(?=[a-z])", r"\1q:", text).replace("xmlns=", "xmlns:q=").encode(), id="prefix"),
        pytest.param(lambda text: text.replace('version="2.1"', 'version="2.0"').encode(), id="XLIFF 2.0"),
        pytest.param(lambda text: text.replace("<file", "<!-- x --><?tool y?><file").encode(), id="comments"),
    ],
)  # fmt: skip
def test_files_as_tools_write_them_are_read(change: Callable[[str], bytes]) -> None:
    """Any encoding that XML names, line ends, prefixes, and the version before."""
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + unit_with(segment("Über\n  die Brücke"))

    assert delivered(change(text.replace("UTF-8", "UTF-16") if change(text)[:2] == b"\xff\xfe" else text), "x").words == (
        "Über die Brücke"
    )


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]>'
NO_DOCTYPE = "the file has a document type (<!DOCTYPE), which no XLIFF 2 file has and which can do harm; take it out"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "1:1: the file is no XML that can be read: no element found"),
        ("No XML at all", "1:1: the file is no XML that can be read: syntax error"),
        (f'<xliff xmlns="{CORE}">\n<file>', "2:7: the file is no XML that can be read: no element found"),
        (f'<xliff xmlns="{CORE}"><a>&b;</a></xliff>', "1:57: the file is no XML that can be read: undefined entity"),
        (BOMB + "<x>&c;</x>", NO_DOCTYPE),
        (f'<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">{unit_with("")}', NO_DOCTYPE),
        ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>', NO_DOCTYPE),
        (unit_with("").replace('"2.1"', '"2.2"'), "1:1: the file is XLIFF 2.2, and XLIFF 2.1 or 2.0 is read"),
        (
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>',
            "1:1: the file is XLIFF 1.2, and XLIFF 2.1 or 2.0 is read",
        ),
        ("\n<html/>", "2:1: the file is an XML file that begins with <html>, and XLIFF 2.1 or 2.0 is read"),
        ('<?xml version="1.0" encoding="x-none"?><a/>', "1:31: the file is in an encoding that cannot be read; save it as UTF-8"),
        ("<a>" * 101 + "</a>" * 101, "1:301: the file holds more elements, or deeper ones, than any export has"),
        (f"<a>{'<b/>' * 500_000}</a>", "1:2000000: the file holds more elements, or deeper ones, than any export has"),
        ("<a>" + " " * xliff.LARGEST + "</a>", "1:1: the file is larger than 20 MB"),
    ],
    ids=range(14),
)
def test_what_is_no_xliff_is_refused(content: str, message: str) -> None:
    """In one line with the place; nothing that a document type declares is read."""
    with pytest.raises(SourceError) as caught:
        read(content.encode(), "back.xlf")

    assert str(caught.value).startswith("back.xlf:1:" if message is NO_DOCTYPE else f"back.xlf:{message}")
    assert message in str(caught.value)


def test_bytes_that_are_no_text_are_refused() -> None:
    """A picture, say, or a file in UTF-7."""
    for content in (b"\x89PNG\r\n\x1a\n\0\0", b"<a>\xff</a>", b"<?xml version='1.0' encoding='utf-7'?><a/>", b"\xff\xfea"):
        with pytest.raises(SourceError):
            read(content, "back.xlf")


# -- the rules themselves --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "instead", "rule"),
    [
        ('version="2.1"', 'version="2.0"', "version 2.1"),
        (' trgLang="de"', "", "trgLang where there is a target"),
        ('<file id="bridge"', '<file id="a b"', "NMTOKEN"),
        ('<unit id="[^"]*"', '<unit id="u"', "the id of a unit is unique"),
        ("<slr:profiles[^>]*>", "", "a size restriction has a profile"),
        ('slr:sizeRestriction="', 'slr:sizeRestriction="x', "a size is a number"),
        ('<note id="n2"', '<note id="n1"', "note is unique"),
        ('<data id="d2"', '<data id="d1"', "data is unique"),
        ('<segment id="s1"', '<segment id="1"', "the id of a segment or a code is unique"),
        (r"<target>.*</target>", "", "what is translated has a target"),
        ('state="translated"', 'state="done"', "a state is one of four"),
        ('state="translated"', 'state="translated" subState="fuzzy"', "a subState has a prefix"),
        ('dataRefStart="d1"', 'dataRefStart="d9"', "a dataRef leads to data"),
        (' dataRefEnd="d1"', "", "go together"),
        ('type="fmt"', 'type="ui"', "a subType goes with its type"),
        ("<notes>(.*)</notes>(.*<originalData>.*</originalData>)", r"\2<notes>\1</notes>", "in this order"),
        (' translate="no"', "", "a mark has an id and says what it marks"),
    ],
)
def test_the_rules_find_what_breaks_them(pattern: str, instead: str, rule: str) -> None:
    """Each goes red for a file that is sound otherwise."""
    first, second = entry_of("Die **neue** TUM *da*", "The **new** TUM *there*", "headline"), entry_of("x", "y", "alt")
    first.set_extracted(["One.", "Two."])
    content = write(catalog_of(first, second), source_language="en", original="x", names=[Name("TUM")]).decode()
    changed = re.sub(pattern, instead, content, flags=re.DOTALL if "notes" in pattern else 0)

    assert broken_rules(content.encode()) == []
    assert any(rule in broken for broken in broken_rules(changed.encode()))
