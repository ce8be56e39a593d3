"""Catalogs go to agencies and come back: nothing is lost, and nothing that breaks a page gets in."""

import copy
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from a11ynews.cli import main
from a11ynews.errors import A11yNewsError, NothingToDo
from a11ynews.exchange import Import, export_catalogs, import_files
from a11ynews.po import PoEntry, PoFile, Previous
from a11ynews.translate import update
from a11ynews.xliff import LARGEST, unit_id
from project import CONFIG, Project
from xliff_core import CORE, NS, broken_rules, find, text_of

RECORD = """\
language: en
published: 2026-05-04T09:00:00+02:00
headline: The bridge is **open**
body:
  - picture:
      file: bridge.png
      alt: Two children run across a stone bridge
      caption: The first to cross it
  - paragraph: The mayor of Trento read [the report](https://x.org/report) and [the plan](https://x.org/plan) at noon.
  - heading: What comes next
  - paragraph: They met at <i lang="it">Piazza Duomo</i>, *of course*.
names: [Trento]
"""

GERMAN = {
    "The bridge is **open**": "Die Brücke ist **offen**",
    "Two children run across a stone bridge": "Zwei Kinder laufen über eine Steinbrücke",
    "The first to cross it": "Die ersten auf der Brücke",
    "The mayor of Trento read [the report](https://x.org/report) and [the plan](https://x.org/plan) at noon.": (
        "Die Bürgermeisterin von Trento las mittags [den Plan](https://x.org/plan) und [den Bericht](https://x.org/report)."
    ),
    "What comes next": "Wie es weitergeht",
    'They met at <i lang="it">Piazza Duomo</i>, *of course*.': (
        'Man traf sich *natürlich* auf der <i lang="it">Piazza Duomo</i>.'
    ),
}

PO, XLF = "locales/de/LC_MESSAGES/bridge.po", "xliff/de/bridge.xlf"
HEADLINE, ALT, CAPTION, LINKS, HEADING, FOREIGN = GERMAN


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A record whose German catalog is complete."""
    made = Project(tmp_path_factory.mktemp("made"))
    made.record(RECORD)
    made.translate("de", GERMAN)
    return made


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """It, for one test alone."""
    return made.copied(tmp_path)


def entry_of(project: Project, source: str, path: str = PO) -> PoEntry:
    return next(entry for entry in PoFile.read(project.root / path, path).live if entry.id == source)


def change_po(project: Project, change: Callable[[PoFile], object], path: str = PO) -> None:
    po = PoFile.read(project.root / path, path)
    change(po)
    po.write(project.root / path)


def empty(source: str) -> Callable[[PoFile], None]:
    def change(po: PoFile) -> None:
        next(entry for entry in po.live if entry.id == source).set_strings({0: ""})

    return change


def send(project: Project, *languages: str) -> str:
    """Export, and what the German file of the record says."""
    done = export_catalogs(project.site(), languages or ["de"])
    assert done.faults == []
    return project.read(XLF)


def receive(project: Project, content: str | bytes | None = None, path: str = "back/bridge.xlf") -> Import:
    if content is not None:
        project.write(path, content)
    return import_files(project.site(), [project.root / (XLF if content is None else path)])


def unit(content: str, source: str, context: str) -> re.Match[str]:
    found = re.search(rf'<unit id="{unit_id(context, source)}".*?</unit>', content, re.DOTALL)
    assert found
    return found


CONTEXTS = dict(zip(GERMAN, ["headline", "alt", "caption", "paragraph", "heading", "paragraph"], strict=True))


def edited(content: str, source: str, change: Callable[[str], str]) -> str:
    """A file in which one unit is changed."""
    found = unit(content, source, CONTEXTS[source])
    changed = change(found[0])
    assert changed != found[0]
    return content[: found.start()] + changed + content[found.end() :]


def target(new: str, state: str = "translated") -> Callable[[str], str]:
    """Another target, with a state."""

    def change(text: str) -> str:
        text = re.sub(r"\n *<target>.*?</target>|\n *<target/>", "", text)
        text = re.sub(r'<segment id="s1"[^>]*>', f'<segment id="s1" state="{state}">', text)
        return re.sub("(?<=</source>)", lambda _: f"<target>{new}</target>", text)

    return change


def replaced(old: str, new: str) -> Callable[[str], str]:
    """A part of a unit's target said otherwise."""

    def change(text: str) -> str:
        before, _, after = text.partition("<target>")
        return f"{before}<target>{after.replace(old, new)}"

    return change


def unit_of_line(content: str, line: int) -> str:
    """The unit that a line of a file belongs to."""
    return str(re.findall('<unit id="([^"]*)"', "".join(content.splitlines(keepends=True)[:line]))[-1])


def lines_that_differ(before: str, after: str) -> list[str]:
    return [line for line in after.splitlines() if line not in before.splitlines()]


# -- export ----------------------------------------------------------------------------------------------------------------


def test_a_file_for_each_record_and_language(project: Project) -> None:
    """In a folder a language; the page's own words where the site has a catalog of them."""
    project.record(RECORD, "tunnel")
    project.write("templates/notice.html", '{{ _("Subscribe") }}')
    update(project.site())
    done = export_catalogs(project.site())

    assert done.faults == []
    assert sorted(exported.path.relative_to(project.root).as_posix() for exported in done.files) == [
        "xliff/de/a11ynews.xlf",
        "xliff/de/bridge.xlf",
        "xliff/de/tunnel.xlf",
        "xliff/it/a11ynews.xlf",
        "xliff/it/bridge.xlf",
        "xliff/it/tunnel.xlf",
    ]
    assert [(exported.units, exported.open) for exported in done.files if exported.path.name == "bridge.xlf"] == [(6, 0), (6, 6)]
    for exported in done.files:
        assert broken_rules(exported.path.read_bytes()) == []


def test_languages_records_and_folder_can_be_chosen(project: Project) -> None:
    """Only what was asked for is written."""
    project.record(RECORD, "tunnel")
    update(project.site())
    done = export_catalogs(project.site(), ["it"], ["tunnel"], project.root / "out")

    assert [exported.path for exported in done.files] == [project.root / "out/it/tunnel.xlf"]
    assert not (project.root / "xliff").exists()


def test_a_unit_says_where_its_text_stands(project: Project) -> None:
    """The record as the file's original, the line as metadata, the advice as notes, the role as name."""
    root = etree.fromstring(send(project).encode())
    (alt,) = find(root, "//x:unit[@name='alt']")

    assert [file.get("original") for file in find(root, "//x:file")] == ["news/bridge/record.yaml"]
    assert [text_of(meta) for meta in find(alt, ".//mda:meta[@type='reference']")] == ["news/bridge/record.yaml:7"]
    assert any("ALTERNATIVE TEXT" in text_of(note) for note in find(alt, ".//x:note"))
    assert alt.get(f"{{{NS['slr']}}}sizeRestriction") == "250"


def test_equal_catalogs_give_equal_files(project: Project) -> None:
    """A second export writes nothing."""
    send(project)
    before = (project.root / XLF).stat().st_mtime_ns
    send(project)

    assert (project.root / XLF).stat().st_mtime_ns == before


def test_a_region_is_exported_as_far_as_it_says_something_otherwise(project: Project) -> None:
    """The catalog of `de-AT` beside `de` holds only that; where it is not there, nobody misses it."""
    project.write("a11ynews.toml", CONFIG.replace('"it"', '"de-AT"'))
    assert [file.path.parent.name for file in export_catalogs(project.site()).files] == ["de"]

    project.write("locales/de_AT/LC_MESSAGES/bridge.po", f'msgctxt "heading"\nmsgid "{HEADING}"\nmsgstr "Wie es weitergeht"\n')
    update(project.site())
    done = export_catalogs(project.site())

    assert done.faults == []
    assert [(file.path.parent.name, file.units) for file in done.files] == [("de", 6), ("de-AT", 1)]


def test_a_slug_that_stays_waits_for_nobody(project: Project) -> None:
    """It goes out, and is not among what is to be translated."""
    project.record(RECORD.replace("headline:", "slug: open-bridge\nheadline:", 1))
    update(project.site(), ["de"])
    [exported] = export_catalogs(project.site(), ["de"]).files

    assert (exported.units, exported.open) == (7, 0)


def test_what_is_not_up_to_date_is_not_exported(project: Project) -> None:
    """An agency would translate what is no longer there; the others go out."""
    project.record(RECORD, "tunnel")
    update(project.site(), ["de"])
    project.record(RECORD.replace("What comes next", "What now"))
    done = export_catalogs(project.site())

    assert [(fault.file, fault.message) for fault in done.faults] == [
        (
            "locales/de/LC_MESSAGES/bridge.po",
            "the catalog is not up to date with news/bridge/record.yaml; run “a11ynews catalog update de”, then export again",
        ),
        (
            "locales/it/LC_MESSAGES/bridge.po",
            "the catalog is not there for news/bridge/record.yaml; run “a11ynews catalog update it”, then export again",
        ),
        (
            "locales/it/LC_MESSAGES/tunnel.po",
            "the catalog is not there for news/tunnel/record.yaml; run “a11ynews catalog update it”, then export again",
        ),
    ]
    assert [exported.path.name for exported in done.files] == ["tunnel.xlf"]


def test_broken_records_and_catalogs_leave_the_others_alone(project: Project) -> None:
    """Each with its own faults."""
    project.record(RECORD, "tunnel")
    project.record(RECORD.replace("headline", "headlin"), "ferry")
    update(project.site(), ["de"])
    project.write(PO, 'msgid "a"\n')
    done = export_catalogs(project.site(), ["de"])

    assert {fault.file for fault in done.faults} == {"news/ferry/record.yaml", PO}
    assert [exported.path.name for exported in done.files] == ["tunnel.xlf"]


def test_records_that_are_not_there_are_told(project: Project) -> None:
    """With the one that was meant; a site without records has nothing to export."""
    with pytest.raises(A11yNewsError, match="“brigde” is no record of this site; did you mean “bridge”"):
        export_catalogs(project.site(), records=["brigde"])
    with pytest.raises(NothingToDo, match="there is no catalog for en to export"):
        export_catalogs(project.site(), ["en"])
    (project.root / "news/bridge/record.yaml").unlink()
    with pytest.raises(NothingToDo):
        export_catalogs(project.site())
    with pytest.raises(NothingToDo):
        import_files(project.site(), [])


# -- there and back --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make",
    [
        lambda content: content,
        lambda content: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n"),
        lambda content: content.replace(b"\nmsgctxt", b"\n#= unheard-of\n\n\nmsgctxt").replace(b"msgstr ", b"msgstr   "),
        lambda content: content.replace(b"#, md-text\n", b"#, fuzzy, md-text\n#| msgid \"Older\"\n"),
        lambda content: content + b'\n#~ msgid "gone"\n#~ msgstr "weg"\n',
    ],
    ids=["as written", "BOM and CRLF", "odd", "fuzzy", "obsolete"],
)  # fmt: skip
def test_what_an_agency_leaves_alone_keeps_every_byte(project: Project, make: Callable[[bytes], bytes]) -> None:
    """Not a byte, and not the file, whatever the catalog is like."""
    file = project.write(PO, make((project.root / PO).read_bytes()))
    before = file.read_bytes(), file.stat().st_mtime_ns
    send(project)
    done = receive(project)

    assert (done.faults, done.notes) == ([], [])
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert [(each.unchanged, each.written) for each in done.catalogs] == [(6, False)]


def test_an_edited_target_changes_its_entry_alone(project: Project) -> None:
    """One line of the catalog."""
    before = project.read(PO)
    done = receive(project, edited(send(project), HEADING, replaced("weitergeht", "weiter geht")))

    assert lines_that_differ(before, project.read(PO)) == ['msgstr "Wie es weiter geht"']
    assert [(each.translated, each.fuzzy, each.unchanged, each.refused, each.written) for each in done.catalogs] == [
        (1, 0, 5, 0, True)
    ]
    assert (done.faults, done.notes) == ([], [])


def test_a_missing_text_is_translated(project: Project) -> None:
    """It comes back as the catalog would have it from a translator, with the names as they are."""
    change_po(project, empty(LINKS))
    content = send(project)
    codes = re.findall(r"<pc .*?</pc>", unit(content, LINKS, "paragraph")[0])
    report, plan = (code.replace("the ", "the new ") for code in codes)
    receive(project, edited(content, LINKS, target(f'{plan}, {report}, <mrk id="m1" translate="no" type="term">Trento</mrk>')))

    assert entry_of(project, LINKS).strings[0] == (
        "[the new plan](https://x.org/plan), [the new report](https://x.org/report), Trento"
    )


def test_context_and_limits_survive(project: Project) -> None:
    """Comments, references and flags of an entry that was translated."""
    before = entry_of(project, ALT)
    change_po(project, empty(ALT))
    receive(project, edited(send(project), ALT, target("Zwei Kinder")))
    after = entry_of(project, ALT)

    assert after.strings[0] == "Zwei Kinder"
    assert (after.extracted, after.references, after.flags) == (before.extracted, before.references, before.flags)
    assert after.flags == ("max-length:250",)


TOOLS: dict[str, Callable[[str], str | bytes]] = {
    "UTF-16": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    "BOM and CRLF": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "XLIFF 2.0": lambda text: text.replace('version="2.1"', 'version="2.0"'),
    "another prefix": lambda text: re.sub(r"(</?)(?=[a-z]+[ >/])", r"\1x:", text).replace("xmlns=", "xmlns:x="),
    "wrapped": lambda text: re.sub("(?<=<target>)|(?=</target>)", "\n        ", text).replace(" der ", "\n          der "),
    "no modules": lambda text: re.sub(r"<(mda|mtc):(metadata|matches)>.*?</\1:\2>", "", text, flags=re.DOTALL),
    "no original data": lambda text: re.sub(
        ' dataRef[A-Za-z]*="d[0-9]+"', "", re.sub("<originalData>.*?</originalData>", "", text, flags=re.DOTALL)
    ),
    "no annotations": lambda text: re.sub("</?mrk[^>]*>", "", text),
    "states raised": lambda text: text.replace('state="translated"', 'state="final"'),
    "longer tags": lambda text: text.replace('srcLang="en"', 'srcLang="en-GB"').replace('trgLang="de"', 'trgLang="de-DE"'),
    "parsed and written": lambda text: etree.tostring(etree.fromstring(text.encode()), encoding="ASCII"),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_what_tools_do_to_a_file_changes_nothing(project: Project, tool: str) -> None:
    """Encodings, prefixes, wrapping, lost metadata, states further on."""
    before = (project.root / PO).read_bytes()
    done = receive(project, TOOLS[tool](send(project)))

    assert (done.faults, done.notes) == ([], [])
    assert (project.root / PO).read_bytes() == before


WORDS = st.lists(
    st.sampled_from(["*", "**", "[", "](/a)", '<i lang="it">', "</i>", "\\", " ", "  ", "\n", "TUM", "é", "&<", "\x07", "{n}"]),
    max_size=10,
).map("".join)  # fmt: skip


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=6, max_size=6), st.lists(st.booleans(), min_size=6, max_size=6))
def test_any_catalog_comes_back_as_it_went(project: Project, words: list[str], fuzzy: list[bool]) -> None:
    """PO to XLIFF to PO is the identity, for texts full of markup, sound and broken, fuzzy and not."""

    def fill(po: PoFile) -> None:
        for entry, string, flag in zip(po.live, words, fuzzy, strict=True):
            entry.set_strings({0: string})
            entry.set_fuzzy(flag)
            entry.set_previous(Previous(entry.context, "*Was* this") if flag else None)

    change_po(project, fill)
    before = (project.root / PO).read_bytes()
    content = send(project)
    done = receive(project)

    assert broken_rules(content.encode()) == []
    assert (done.faults, done.notes) == ([], [])
    assert (project.root / PO).read_bytes() == before


# -- states ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "state", "words", "fuzzy", "expected"),
    [
        ("missing", "translated", "Neu", False, "translated"),
        ("missing", "reviewed", "Neu", False, "translated"),
        ("missing", "final", "Neu", False, "translated"),
        ("missing", "initial", "Neu", True, "fuzzy"),
        ("missing", 'translated" subState="tool:needs-review', "Neu", True, "fuzzy"),
        ("fuzzy", "translated", "Neu", False, "translated"),
        ("fuzzy", "translated", "Alt", False, "translated"),
        ("fuzzy", 'translated" subState="a11ynews:fuzzy', "Alt", False, "translated"),
        ("fuzzy", "initial", "Alt", True, "unchanged"),
        ("fuzzy", "initial", "Neu", True, "fuzzy"),
        ("translated", "final", "Alt", False, "unchanged"),
        ("translated", "translated", "Neu", False, "translated"),
        ("translated", 'reviewed" subState="tool:needs-review', "Alt", True, "fuzzy"),
        ("translated", "initial", "Alt", False, "unchanged"),
    ],
)
def test_states_are_kept(project: Project, was: str, state: str, words: str, fuzzy: bool, expected: str) -> None:
    """What is done is translated and not fuzzy; what is not done is, and never overwrites a finished translation."""

    def prepare(po: PoFile) -> None:
        entry = next(entry for entry in po.live if entry.id == HEADING)
        entry.set_strings({0: "" if was == "missing" else "Alt"})
        entry.set_fuzzy(was == "fuzzy")
        entry.set_previous(Previous("heading", "What came before") if was == "fuzzy" else None)

    change_po(project, prepare)
    content = send(project)
    done = receive(project, edited(content, HEADING, target(words, state)))
    entry = entry_of(project, HEADING)

    assert done.faults == []
    assert (entry.strings[0], entry.fuzzy) == (words, fuzzy)
    assert (entry.previous is not None) == (was == "fuzzy" and fuzzy)
    assert getattr(done.catalogs[0], expected) == (6 if expected == "unchanged" else 1)
    assert len(done.notes) == (1 if state == "initial" and words == "Neu" else 0)


def test_a_draft_never_replaces_a_finished_translation(project: Project) -> None:
    """A target that is changed and “initial” is told, and the page keeps its words."""
    before = project.read(PO)
    done = receive(project, edited(send(project), HEADING, target("Und nun?", "initial")))

    assert project.read(PO) == before
    assert ["the finished translation was kept" in note.message for note in done.notes] == [True]


def test_an_untranslated_unit_asks_for_nothing(project: Project) -> None:
    """An empty target that is “initial” leaves what the catalog has."""
    before = project.read(PO)
    done = receive(project, edited(send(project), HEADING, target("", "initial")))

    assert (done.faults, project.read(PO)) == ([], before)


# -- what is refused -------------------------------------------------------------------------------------------------------

LINK_LOST = "the link to https://x.org/plan is missing; put its code back"
REFUSED: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a link lost": (LINKS, lambda text: re.sub("(<target>.*?)<pc.*?</pc>(?= und)", r"\1Plan", text), LINK_LOST),
    "a link twice": (
        LINKS,
        replaced("</target>", '<pc id="9" dataRefStart="d1" dataRefEnd="d2">x</pc></target>'),
        "the link to https://x.org/report is there more often than in the source; take it out",
    ),
    "a code twice": (LINKS, lambda text: re.sub("(<target>.*?)(<pc.*?</pc>)", r"\1\2 \2", text), "is there twice; keep one"),
    "another address": (
        LINKS,
        lambda text: text.replace('">](https://x.org/plan)', '">](https://evil.org/)'),
        "the link leads to https://evil.org/, which the source does not link to",
    ),
    "an unsafe address": (
        LINKS,
        lambda text: text.replace('">](https://x.org/plan)', '">](javascript:alert)'),
        "is not safe: “javascript:” can run or hide code",
    ),
    "a typed link": (CAPTION, target("Die [Ersten](https://evil.org/)"), "the link leads to https://evil.org/"),
    "a link without words": (LINKS, replaced("den Plan", ""), "the link to https://x.org/plan has no words"),
    "emphasis lost": (HEADLINE, target("Die Brücke ist offen"), "**…** is missing; put its code back"),
    "a language lost": (FOREIGN, target("Man traf sich"), '<i lang="it">…</i> is missing; put its code back'),
    "an unknown code": (CAPTION, target('<ph id="7"/>Die Ersten'), "the code “7” is none that the export had; take it out"),
    "too long": (ALT, target("x" * 251), "it has 251 characters, and there is room for 250; have it shortened"),
    "an empty alt": (ALT, target(" "), "the alternative text is empty; have it say in German what is to be seen"),
    "an empty target": (CAPTION, target(""), "its target is empty and its state says that it is done; have it translated"),
    "another language": (
        CAPTION,
        lambda text: text.replace("<target>", '<target xml:lang="it">'),
        "its target is in it, not in de; check xml:lang and the words",
    ),
    "a source that a tool has cut": (
        LINKS,
        lambda text: replaced("las", "liest")(re.sub("<mrk[^>]*>Trento</mrk>", "", text)),
        "its source is not whole, so words may be lost from its target, too",
    ),
    "half of it": (
        CAPTION,
        lambda text: text.replace("</segment>", "</segment><segment><source>More.</source></segment>"),
        "some of its segments have no target; have all of them translated",
    ),
    "twice in the file": (CAPTION, lambda text: text + text, "the file has this unit twice; delete the one that is not meant"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_would_break_a_page_is_refused(project: Project, case: str) -> None:
    """In one line with file, line and unit; the entry is as it was, and the others are taken in."""
    source, change, message = REFUSED[case]
    before = project.read(PO)
    content = edited(edited(send(project), HEADING, target("Und nun?")), source, change)
    done = receive(project, content)

    assert any(message in fault.message for fault in done.faults)
    for fault in done.faults:
        assert fault.file == "back/bridge.xlf"
        assert fault.message.startswith(f"unit {unit_id(CONTEXTS[source], source)} ({CONTEXTS[source]}: “")
        assert unit_of_line(content, fault.line) == unit_id(CONTEXTS[source], source)
    assert lines_that_differ(before, project.read(PO)) == ['msgstr "Und nun?"']
    assert (done.catalogs[0].translated, done.catalogs[0].refused) == (1, 1)


def test_all_that_is_wrong_is_told_at_once(project: Project) -> None:
    """Of every unit, and every fault of a unit; a file in which nothing is taken is not touched."""
    file = project.root / PO
    before = file.stat().st_mtime_ns
    content = edited(send(project), LINKS, target("Ohne alles"))
    content = edited(content, HEADLINE, target("x" * 200))
    done = receive(project, content)

    assert [fault.message.split("): ")[-1] for fault in sorted(done.faults)] == [
        "**…** is missing; put its code back",
        "it has 200 characters, and there is room for 110; have it shortened",
        LINK_LOST,
        LINK_LOST.replace("plan", "report"),
    ]
    assert file.stat().st_mtime_ns == before


def test_markup_that_a_translation_did_without_stays_away(project: Project) -> None:
    """It was somebody's decision; the agency corrects another word of it."""
    change_po(project, lambda po: po.live[0].set_strings({0: "Die Brücke ist offen"}))
    done = receive(project, edited(send(project), HEADLINE, replaced("offen", "auf")))

    assert done.faults == []
    assert entry_of(project, HEADLINE).strings[0] == "Die Brücke ist auf"


def test_italian_words_need_no_mark_on_an_italian_page(project: Project) -> None:
    """They are in the page's own language."""
    update(project.site(), ["it"])
    export_catalogs(project.site(), ["it"])
    found = unit(project.read("xliff/it/bridge.xlf"), FOREIGN, "paragraph")
    emphasis = re.findall("<pc [^>]*xlf:i.*?</pc>", found[0])[0]
    done = receive(
        project, edited(project.read("xliff/it/bridge.xlf"), FOREIGN, target(f"Si sono visti in Piazza Duomo, {emphasis}."))
    )

    assert done.faults == []
    assert done.catalogs[0].translated == 1


def test_a_foreign_word_may_be_marked_besides(project: Project) -> None:
    """By markup typed as in a catalog; the page tells a voice to speak English."""
    done = receive(project, edited(send(project), CAPTION, target('Die &lt;i lang="en"&gt;First Crossers&lt;/i&gt;')))

    assert done.faults == []
    assert entry_of(project, CAPTION).strings[0] == 'Die <i lang="en">First Crossers</i>'


def test_a_text_that_has_changed_meanwhile_is_told(project: Project) -> None:
    """Its translation is of words that are gone; how to have the new ones translated is said."""
    content = edited(send(project), HEADING, target("Und nun?"))
    project.record(RECORD.replace("What comes next", "What happens now"))
    update(project.site(), ["de"])
    before = project.read(PO)
    done = receive(project, content)

    (fault,) = done.faults
    assert fault.line == content[: content.index("Und nun?")].count("\n") + 1
    assert "(heading): the catalog does not have its text “What comes next” any more" in fault.message
    assert fault.message.endswith("a11ynews catalog export de --record bridge")
    assert project.read(PO) == before


def test_a_text_that_is_gone_and_was_not_touched_is_no_fault(project: Project) -> None:
    """Nobody's work is lost."""
    content = send(project)
    project.record(RECORD.replace("What comes next", "What happens now"))
    update(project.site(), ["de"])

    assert receive(project, content).faults == []


def test_a_translation_that_was_changed_on_both_sides_is_told(project: Project) -> None:
    """Neither is overwritten; one that only the catalog has changed stays."""
    content = edited(send(project), HEADING, target("Und nun?"))

    def exclaim(po: PoFile) -> None:
        for entry in po.live:
            entry.set_strings({0: f"{entry.strings[0]}!"})

    change_po(project, exclaim)
    before = project.read(PO)
    done = receive(project, content)

    line = project.line_of(PO, "Wie es weitergeht!")
    assert [f"{PO}:{line} has changed since the export too" in fault.message for fault in done.faults] == [True]
    assert project.read(PO) == before


def test_both_sides_may_have_made_the_same_change(project: Project) -> None:
    """Importing a file twice is no conflict."""
    content = edited(send(project), HEADING, target("Und nun?"))
    receive(project, content)
    done = receive(project, content)

    assert done.faults == []
    assert done.catalogs[0].unchanged == 6


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (' trgLang="de"', "", "the file names no trgLang; have the agency deliver it as it was exported"),
        ('trgLang="de"', 'trgLang="fr"', "trgLang is fr, and the texts are translated into de, it; check that the"),
        ('trgLang="de"', 'trgLang="en"', "trgLang is en, and the texts are translated into de, it; check that the"),
        ('trgLang="de"', 'trgLang="deu"', "'deu' is no language that the Unicode CLDR knows; did you mean “de”?"),
        ('srcLang="en"', 'srcLang="it"', "srcLang is it, and the texts are in English (en); check that the file belongs here"),
        (' srcLang="en"', "", "the file names no srcLang; have the agency deliver it as it was exported"),
        ('"bridge" original="news/bridge/', '"f1" original="news/ferry/', "the file is of news/ferry/record.yaml, which is no"),
    ],
)  # fmt: skip
def test_files_that_do_not_belong_here_are_refused(project: Project, old: str, new: str, message: str) -> None:
    """Wrong languages, other records: nothing of them is taken in."""
    before = project.read(PO)
    content = edited(send(project), HEADING, target("Und nun?")).replace(old, new)
    done = receive(project, content)

    assert [(fault.file, fault.line) for fault in done.faults] == [("back/bridge.xlf", 3)]
    assert done.faults[0].message.startswith(message)
    assert project.read(PO) == before


def test_files_that_cannot_be_read_leave_the_others_alone(project: Project) -> None:
    """Not there, too large, no XML, no unit."""
    send(project)
    good = project.write("back/good.xlf", edited(project.read(XLF), HEADING, target("Und nun?")))
    large = project.write("back/large.xlf", b" " * (LARGEST + 1))
    text = project.write("back/text.xlf", "words")
    hollow = project.write("back/hollow.xlf", re.sub("<unit.*</unit>", "", project.read(XLF), flags=re.DOTALL))
    done = import_files(project.site(), [project.root / "back/gone.xlf", large, text, hollow, good, project.root / "back"])

    assert [fault.file for fault in done.faults] == [
        "back/gone.xlf",
        "back/large.xlf",
        "back/text.xlf",
        "back/hollow.xlf",
        "back",
    ]
    assert entry_of(project, HEADING).strings[0] == "Und nun?"


def test_a_catalog_that_cannot_be_read_is_told(project: Project) -> None:
    """It is not touched."""
    content = edited(send(project), HEADING, target("Und nun?"))
    project.write(PO, 'msgid "a"\n')
    done = receive(project, content)

    assert [fault.file for fault in done.faults] == [PO]
    assert project.read(PO) == 'msgid "a"\n'


def test_a_file_is_known_by_its_record_though_its_id_is_lost(project: Project) -> None:
    """Tools that put files together number them."""
    content = edited(send(project), HEADING, target("Und nun?")).replace('<file id="bridge"', '<file id="f1"')
    assert receive(project, content).catalogs[0].translated == 1


def test_a_record_of_any_name_finds_its_catalog_again(project: Project) -> None:
    """Its folder may have a space in its name, and another one what is written for that."""
    for id in ("a b", "a_20_b"):
        project.record(RECORD, id)
        project.translate("de", GERMAN, id)
    send(project)
    content = project.read("xliff/de/a b.xlf")
    done = receive(project, edited(content, HEADING, target("Und nun?")))

    assert broken_rules(content.encode()) == []
    assert [each.file for each in done.catalogs] == ["locales/de/LC_MESSAGES/a b.po"]
    assert done.catalogs[0].translated == 1


def test_several_records_may_come_in_one_file(project: Project) -> None:
    """As agencies put them together."""
    project.record(RECORD, "tunnel")
    project.translate("de", GERMAN, "tunnel")
    first = edited(send(project), HEADING, target("Und nun?"))
    second = edited(project.read("xliff/de/tunnel.xlf"), HEADING, target("Wie weiter?"))
    both = first.replace("</xliff>", second[second.index("  <file") :])
    done = receive(project, both)

    assert done.faults == []
    assert [each.translated for each in done.catalogs] == [1, 1]
    assert entry_of(project, HEADING, "locales/de/LC_MESSAGES/tunnel.po").strings[0] == "Wie weiter?"


def with_remark(text: str) -> str:
    return text.replace("</notes>", '<note category="comment">Whose children?</note></notes>')


def test_remarks_of_the_agency_are_told(project: Project) -> None:
    """With the line of their unit."""
    content = edited(send(project), ALT, with_remark)
    done = receive(project, content)

    assert [note.message.split("): ")[-1] for note in done.notes] == ["the agency notes: “Whose children?”"]
    assert done.faults == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.data())
def test_no_file_however_odd_ends_in_a_traceback(project: Project, data: st.DataObject) -> None:
    """Tags taken out, moved, doubled and put into one another: what comes of it is told or taken, and the catalog stays one."""
    kept = project.root / "kept.po"
    if kept.is_file():  # from the example before
        project.write(PO, kept.read_bytes())
    else:
        project.write("kept.po", (project.root / PO).read_bytes())
    parts = re.split("(<[^>]*>)", send(project))
    tags = st.integers(min_value=4, max_value=len(parts) - 6)
    for first, second, how in data.draw(st.lists(st.tuples(tags, tags, st.sampled_from("dswe")), min_size=1, max_size=4)):
        if how == "d":
            parts[first] = ""
        elif how == "s":
            parts[first], parts[second] = parts[second], parts[first]
        elif how == "w":
            parts[first] = parts[second]
        else:
            element = data.draw(st.sampled_from(["pc", "ph", "sc", "ec", "cp", "data", "segment", "target", "note", "unit", "x"]))
            parts[first] += f'<{element} id="1" hex="41" dataRef="d1" startRef="1" order="9" state="final"/>'
    receive(project, "".join(parts))

    assert len(PoFile.read(project.root / PO, PO).live) == 6


# -- the page's own words --------------------------------------------------------------------------------------------------

UI_PO, UI_XLF = "locales/de/LC_MESSAGES/a11ynews.po", "xliff/de/a11ynews.xlf"


@pytest.fixture
def words(project: Project) -> Project:
    """A site with words of its own: one with a field, one with a plural."""
    project.write("templates/more.html", '{{ _("Filed by {desk}", desk="x") }} {{ ngettext("{n} photo", "{n} photos", 2) }}')
    update(project.site(), ["de"])
    done = export_catalogs(project.site(), ["de"], ["a11ynews"])
    assert [exported.path.name for exported in done.files] == ["a11ynews.xlf"]
    return project


def ui_target(content: str, id: str, target: str, state: str = "translated") -> str:
    """The file with a target for a unit, `{}` in it being the unit's field."""
    found = re.search(rf'(<unit id="{id}".*?)state="initial">(\s*)(<source>.*?</source>)', content, re.DOTALL)
    assert found
    placeholder = re.findall("<ph [^>]*>", found[3])
    filled = target.replace("{}", placeholder[0] if placeholder else "")
    instead = f'{found[1]}state="{state}">{found[2]}{found[3]}<target>{filled}</target>'
    return content.replace(found[0], instead)


def test_plural_forms_come_back_together(words: Project) -> None:
    """A unit each, one entry; a form may do without its field."""
    id = unit_id("", "{n} photo")
    content = ui_target(ui_target(words.read(UI_XLF), f"{id}-0", "Ein Foto"), f"{id}-1", "{} Fotos")
    done = receive(words, content)

    assert done.faults == []
    assert entry_of(words, "{n} photo", UI_PO).strings == {0: "Ein Foto", 1: "{n} Fotos"}
    assert (done.catalogs[0].translated, done.catalogs[0].refused) == (1, 0)


def test_plural_forms_come_back_without_the_data_of_their_codes(project: Project) -> None:
    """Arabic's first form has other codes than its second, which is the one for one thing."""
    template = '{{ ngettext("One photo of {place}", "{n} photos of {place}", 2, place="x") }}'
    project.write("templates/more.html", template)
    project.write("a11ynews.toml", project.read("a11ynews.toml").replace('"de"', '"ar", "de"', 1))
    update(project.site(), ["ar"])
    export_catalogs(project.site(), ["ar"], ["a11ynews"])
    root = etree.fromstring(project.read("xliff/ar/a11ynews.xlf").encode())
    for unit in list(root.iter(f"{{{CORE}}}unit")):
        parent = unit.getparent()
        assert parent is not None
        if not unit.get("id", "").startswith(unit_id("", "One photo of {place}")):
            parent.remove(unit)
            continue
        for data in unit.findall(f"{{{CORE}}}originalData"):
            unit.remove(data)
        (segment,) = unit.findall(f"{{{CORE}}}segment")
        target = copy.deepcopy(segment[0])
        target.tag = f"{{{CORE}}}target"
        segment.append(target)
        segment.set("state", "translated")
    done = receive(project, etree.tostring(root, encoding="unicode"))

    assert done.faults == []
    found = entry_of(project, "One photo of {place}", "locales/ar/LC_MESSAGES/a11ynews.po").strings
    assert found == dict.fromkeys(range(6), "{n} photos of {place}") | {1: "One photo of {place}"}


def test_half_a_plural_is_refused(words: Project) -> None:
    """The page would say some numbers in English."""
    id = unit_id("", "{n} photo")
    content = ui_target(words.read(UI_XLF), f"{id}-1", "{} Fotos")
    lone = re.sub(rf'<unit id="{id}-0".*?</unit>', "", content, flags=re.DOTALL)

    assert ["other plural forms have no translation" in fault.message for fault in receive(words, lone).faults] == [True]
    assert not entry_of(words, "{n} photo", UI_PO).translated


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("Vom Ressort", "{desk} is missing; put its code back"),
        ("Von {} {}", "is there twice; keep one"),
        ("Von {} {desk}", "{desk} is there more often than in the source; take it out"),
        ("Von {} {autor}", "{autor} is not in the source; take it out"),
    ],
)
def test_fields_are_filled_in_as_in_the_source(words: Project, target: str, message: str) -> None:
    """None lost, none twice, none that nobody fills in."""
    done = receive(words, ui_target(words.read(UI_XLF), unit_id("", "Filed by {desk}"), target))

    assert any(message in fault.message for fault in done.faults)
    assert not entry_of(words, "Filed by {desk}", UI_PO).translated


def test_markup_is_none_in_the_pages_own_words(words: Project) -> None:
    """They are shown as they are."""
    receive(words, ui_target(words.read(UI_XLF), unit_id("", "Filed by {desk}"), "*Von* {}"))
    assert entry_of(words, "Filed by {desk}", UI_PO).strings[0] == "*Von* {desk}"


# -- the commands ----------------------------------------------------------------------------------------------------------


def run(project: Project, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--config", str(project.root / "a11ynews.toml"), "catalog", *arguments])


def test_the_commands_say_what_they_did(project: Project) -> None:
    """And end with 0."""
    out = project.root / "out"
    sent = run(project, "export", "de", "--xliff", "2.1", "--record", "bridge", "--out", str(out))
    back = project.write("back.xlf", edited((out / "de/bridge.xlf").read_text("utf-8"), HEADING, target("Und nun?")))
    received = run(project, "import", str(back))

    assert (sent.exit_code, sent.stdout) == (0, f"{out}/de/bridge.xlf: 6 texts; complete\n")
    assert (received.exit_code, received.stdout) == (0, f"{PO}: 1 translated, 5 unchanged\n")


def test_the_commands_end_with_2_where_something_was_refused(project: Project) -> None:
    """With the place on standard error."""
    send(project)
    back = project.write("back.xlf", edited(project.read(XLF), ALT, target("")))
    received = run(project, "import", str(back))
    project.record(RECORD.replace("What comes next", "What now"))
    sent = run(project, "export", "de")

    assert received.exit_code == 2
    assert re.search(r"^back\.xlf:\d+:\d+: error: unit alt-.*: the alternative text is empty; .*\n", received.stderr)
    assert sent.exit_code == 2
    assert sent.stderr.endswith("1 error: what they concern was not exported.\n")


def test_only_one_version_is_written(project: Project) -> None:
    """XLIFF 1.2 would lose what 2.1 carries."""
    assert run(project, "export", "--xliff", "1.2").exit_code == 2
