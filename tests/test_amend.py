"""A translator changes one entry of a catalog, and nothing else changes."""

import re
from pathlib import Path

import pytest

from a11ynews import amend as module
from a11ynews.amend import LONGEST, Conflict, Refused, amend, faults_of, revision_of, weigh
from a11ynews.article import Article
from a11ynews.errors import A11yNewsError, CatalogError
from a11ynews.po import PoFile
from a11ynews.site import read_record
from previews import amendment
from project import GERMAN, RECORD, Project

CATALOG = "locales/de/LC_MESSAGES/bridge.po"
HEADLINE = ("headline", "The bridge is open")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A record with its German translation."""
    project = Project(tmp_path)
    project.record(RECORD.replace("at noon.", "at noon, with [500 guests](https://guests.example.org/)."))
    noon = "The mayor cut the ribbon at noon, with [500 guests](https://guests.example.org/)."
    project.translate("de", {**GERMAN, noon: "Mittags waren [500 Gäste](https://guests.example.org/) da."})
    return project


def article_of(project: Project) -> Article:
    return read_record(project.root / "news/bridge/record.yaml", "news/bridge/record.yaml")


def difference(before: bytes, after: bytes) -> tuple[list[bytes], list[bytes]]:
    """The lines that are only in the one, and only in the other."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return [line for line in old if line not in new], [line for line in new if line not in old]


def content(project: Project) -> bytes:
    return (project.root / CATALOG).read_bytes()


def paragraph(project: Project) -> str:
    """The source of the paragraph with the link."""
    return next(text for text in (entry.id for entry in PoFile.parse(content(project), "x.po").live) if "guests" in text)


def test_only_the_entrys_string_changes(project: Project) -> None:
    """The header and all other entries stay, byte for byte."""
    before = content(project)

    entry = amend(project.site(), article_of(project), amendment(project, *HEADLINE, "Die Brücke steht offen"))

    assert difference(before, content(project)) == (
        ['msgstr "Die Brücke ist offen"\n'.encode()],
        ['msgstr "Die Brücke steht offen"\n'.encode()],
    )
    assert entry.string_line == project.line_of(CATALOG, "Die Brücke steht offen")


def test_a_file_of_another_system_stays_one(project: Project) -> None:
    """Byte order mark, line ends, comments and odd wrapping are the translator's."""
    odd = b"\xef\xbb\xbf" + content(project).replace(b'msgstr "Anna Huber"', b'# hers\nmsgstr ""\n"Anna "\n"Huber"')
    odd = odd.replace(b"# hers\n", b"").replace(b"\n", b"\r\n")
    project.write(CATALOG, odd)

    amend(project.site(), article_of(project), amendment(project, *HEADLINE, "Offen!"))

    assert content(project) == odd.replace("Die Brücke ist offen".encode(), b"Offen!")


def test_what_is_no_longer_fuzzy_loses_its_former_source(project: Project) -> None:
    """With the flag go the lines that say what it was fuzzy for."""
    fuzzy = 'msgctxt "headline"\nmsgid "The bridge is open"'
    was = content(project).decode().replace(fuzzy, f'#, fuzzy\n#| msgid "The bridge was open"\n{fuzzy}')
    project.write(CATALOG, was)

    amend(project.site(), article_of(project), amendment(project, *HEADLINE, "Die Brücke ist offen"))

    assert "fuzzy" not in content(project).decode().replace("marked fuzzy", "")
    assert "#|" not in content(project).decode()


def test_a_translation_can_be_saved_as_fuzzy(project: Project) -> None:
    """Somebody is to look at it once more; an empty one is not fuzzy, but missing."""
    amend(project.site(), article_of(project), amendment(project, *HEADLINE, "Offen?", fuzzy=True))
    entry = next(entry for entry in PoFile.parse(content(project), "x.po").live if entry.key == HEADLINE)
    assert (entry.fuzzy, entry.strings) == (True, {0: "Offen?"})

    amend(project.site(), article_of(project), amendment(project, *HEADLINE, "", fuzzy=True))
    entry = next(entry for entry in PoFile.parse(content(project), "x.po").live if entry.key == HEADLINE)
    assert (entry.fuzzy, entry.strings) == (False, {0: ""})


def test_what_somebody_else_has_written_is_not_overwritten(project: Project) -> None:
    """The translator learns how the entry stands now, and on which line."""
    seen = amendment(project, *HEADLINE, "Meins")
    project.write(CATALOG, content(project).replace("Die Brücke ist offen".encode(), b"Ihres"))
    before = content(project)

    with pytest.raises(Conflict, match=rf"bridge\.po:{project.line_of(CATALOG, 'Ihres')} has changed on the disk") as told:
        amend(project.site(), article_of(project), seen)

    assert told.value.entry is not None
    assert told.value.entry.strings == {0: "Ihres"}
    assert content(project) == before


def test_a_fuzzy_mark_of_somebody_else_is_a_conflict_too(project: Project) -> None:
    """Its source may have changed."""
    seen = amendment(project, *HEADLINE, "Meins")
    project.translate("de", GERMAN, fuzzy=("The bridge is open",))

    with pytest.raises(Conflict):
        amend(project.site(), article_of(project), seen)


def test_what_has_changed_elsewhere_in_the_file_stays(project: Project) -> None:
    """Two translators can work on one catalog."""
    seen = amendment(project, *HEADLINE, "Meins")
    project.write(CATALOG, content(project).replace("Die Straße wird folgen.".encode(), b"Dann die Strasse."))

    amend(project.site(), article_of(project), seen)

    assert b"Dann die Strasse." in content(project)
    assert b"Meins" in content(project)


def test_a_text_that_is_gone_is_a_conflict(project: Project) -> None:
    """Nothing is written where its entry was."""
    seen = amendment(project, *HEADLINE, "Meins")
    project.record(RECORD.replace("The bridge is open", "The bridge has collapsed"))
    project.translate("de", {})
    before = content(project)

    with pytest.raises(Conflict, match=r"does not have this text any more.*a11ynews catalog update de"):
        amend(project.site(), article_of(project), seen)

    assert content(project) == before


def test_a_file_that_is_being_written_is_not_written(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever saves at the same moment wins, and the translator is told."""
    wanted, before = amendment(project, *HEADLINE, "Meins"), content(project)
    calls: list[str] = []

    def hasty(_: Path, name: str) -> bytes:
        calls.append(name)
        return before + b"\n" * len(calls)

    monkeypatch.setattr(module, "_content", hasty)

    with pytest.raises(Conflict, match="is being written by somebody else; try again"):
        amend(project.site(), article_of(project), wanted)

    assert content(project) == before


@pytest.mark.parametrize("what", ["file", "folder"])
def test_no_link_leads_out_of_the_catalogs(project: Project, tmp_path: Path, what: str) -> None:
    """What lies elsewhere is not the preview's to write."""
    wanted = amendment(project, *HEADLINE, "Meins")
    inside = project.root / (CATALOG if what == "file" else "locales/de")
    outside = tmp_path / "elsewhere"
    inside.rename(outside)
    inside.symlink_to(outside)
    there = outside if what == "file" else outside / "LC_MESSAGES/bridge.po"
    before = there.read_bytes()

    with pytest.raises(Refused, match="is a link that leaves locales; put the file itself there"):
        amend(project.site(), article_of(project), wanted)

    assert there.read_bytes() == before


def test_a_link_within_the_catalogs_stays_a_link(project: Project) -> None:
    """Two languages may share a file."""
    file, shared = project.root / CATALOG, project.root / "locales/shared.po"
    file.rename(shared)
    file.symlink_to(shared)

    amend(project.site(), article_of(project), amendment(project, *HEADLINE, "Geteilt"))

    assert file.is_symlink()
    assert "Geteilt" in shared.read_text("utf-8")


@pytest.mark.parametrize("domain", ["../../../etc/passwd", "nowhere"])
def test_a_catalog_that_is_not_there_is_not_made(project: Project, domain: str) -> None:
    """Only “catalog update” begins one."""
    wanted = amendment(project, *HEADLINE, "Meins")
    strange = type(wanted)("de", domain, *(getattr(wanted, name) for name in ("context", "id", "strings", "fuzzy", "revision")))
    before = sorted(path for path in project.root.rglob("*"))

    with pytest.raises(Refused):
        amend(project.site(), article_of(project), strange)

    assert sorted(path for path in project.root.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "Hier [500 Gäste](https://evil.example.org/).",
            "the link leads to https://evil.example.org/, which the source does not",
        ),
        ("Hier [500 Gäste](javascript:alert).", "is not safe"),
        ("[](https://guests.example.org/)", "no words"),
    ],
)
def test_what_would_break_the_page_is_refused(project: Project, words: str, told: str) -> None:
    """The file stays as it was."""
    wanted, before = amendment(project, "paragraph", paragraph(project), words), content(project)

    assert any(told in fault for fault in faults_of(article_of(project), wanted))
    with pytest.raises(Refused, match=re.escape(told)):
        amend(project.site(), article_of(project), wanted)

    assert content(project) == before


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("Die\nBrücke \r\n ist offen\n", "Die Brücke ist offen"),
        (" \tOffen  ", "Offen"),
        ("Of\U000f0000fen\U0010fffd", "Offen"),
        ("Of\x00f\x07en\x7f", "Offen"),
        ('Die "Brücke" \\ 100 %', 'Die "Brücke" \\ 100 %'),
        ("Die \u202bBrücke\u202c", "Die \u202bBrücke\u202c"),
        ("\ud800Offen", "Offen"),
    ],
    ids=["lines", "blanks", "marks", "controls", "signs", "direction", "surrogates"],
)
def test_what_is_typed_is_saved_as_one_text(project: Project, typed: str, saved: str) -> None:
    """Line ends become blanks; our marks and what no page can show are left out; all else is the translator's."""
    amend(project.site(), article_of(project), amendment(project, *HEADLINE, typed))

    entry = next(entry for entry in PoFile.parse(content(project), "x.po").live if entry.key == HEADLINE)
    assert entry.strings == {0: saved}


def test_a_translation_has_a_bound(project: Project) -> None:
    """Nobody types that much."""
    with pytest.raises(Refused, match="more than 20,000 characters; shorten it"):
        amend(project.site(), article_of(project), amendment(project, *HEADLINE, "x" * (LONGEST + 1)))


def test_every_plural_form_is_saved(project: Project) -> None:
    """And neither more nor fewer than the entry has."""
    catalog = "locales/de/LC_MESSAGES/a11ynews.po"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    project.write(catalog, header + 'msgid "{n} page"\nmsgid_plural "{n} pages"\nmsgstr[0] ""\nmsgstr[1] ""\n')

    amend(project.site(), None, amendment(project, "", "{n} page", "{n} Seite", "{n} Seiten", domain="a11ynews"))

    assert 'msgstr[0] "{n} Seite"\nmsgstr[1] "{n} Seiten"\n' in project.read(catalog)
    with pytest.raises(Refused, match="the entry has 2 forms, and 1 were sent"):
        amend(project.site(), None, amendment(project, "", "{n} page", "{n} Seite", domain="a11ynews"))


def test_a_write_protected_catalog_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """In words, and nothing is written."""
    monkeypatch.setattr("a11ynews.po.os.access", lambda *_: False)

    with pytest.raises(A11yNewsError, match="the file is write-protected"):
        amend(project.site(), article_of(project), amendment(project, *HEADLINE, "Meins"))


def test_a_catalog_that_cannot_be_read_is_told(project: Project) -> None:
    """With its place; a look at what is typed tells the same."""
    wanted = amendment(project, *HEADLINE, "Meins")
    project.write(CATALOG, content(project) + b"\nnonsense\n")

    for work in (amend, weigh):
        with pytest.raises(CatalogError, match=r"bridge\.po:\d+:1: this line is none of a PO file"):
            work(project.site(), article_of(project), wanted)


def test_the_rules_look_at_what_is_typed(project: Project) -> None:
    """A lost link and a changed figure are found before they are saved, also in what is fuzzy; nothing is written."""
    before = content(project)

    found = weigh(
        project.site(), article_of(project), amendment(project, "paragraph", paragraph(project), "Es waren 50 Gäste da.")
    )

    assert {"po-link-target", "po-numbers"} <= {finding.rule for finding in found}, found
    assert {finding.place.source.line for finding in found if finding.place.source} == {project.line_of(CATALOG, "Mittags")}
    assert weigh(project.site(), article_of(project), amendment(project, *HEADLINE, "Die Brücke ist offen", fuzzy=True)) == []
    assert content(project) == before


def test_a_revision_tells_what_a_translator_saw(project: Project) -> None:
    """It is another one when the words, the mark or the former source are, and the same where only comments are."""
    entry = PoFile.parse(content(project), "x.po").live[0]
    first = revision_of(entry)
    entry.set_comments(["seen"])
    assert revision_of(entry) == first
    entry.set_fuzzy(True)
    second = revision_of(entry)
    entry.set_strings({0: "x"})
    assert len({first, second, revision_of(entry)}) == 3
