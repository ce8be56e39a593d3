"""Catalogs on disk follow records and templates on disk."""

from pathlib import Path

import pytest

from a11ynews.po import PoFile
from a11ynews.translate import update
from project import CONFIG, GERMAN, RECORD, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.record()
    return made


PO = "locales/de/LC_MESSAGES/bridge.po"


def catalog(project: Project, path: str = PO) -> PoFile:
    return PoFile.read(project.root / path, path)


def test_a_catalog_reads_as_the_page_does(project: Project) -> None:
    """Its entries stand in the order of the page, each with its role as context."""
    update(project.site(), ["de"])

    assert [(entry.context, entry.id) for entry in catalog(project).live] == [
        ("headline", "The bridge is open"),
        ("teaser", "After two years the bridge over the river is open again."),
        ("alt", "Two children run across a stone bridge"),
        ("caption", "The first to cross it"),
        ("credit", "Anna Huber"),
        ("paragraph", "The mayor cut the ribbon at noon."),
        ("heading", "What comes next"),
        ("paragraph", "The road will follow."),
    ]


def test_an_entry_says_what_a_translator_must_know(project: Project) -> None:
    """The alt: what it is for, the picture, the caption beside it, its limit, and the line of the record."""
    update(project.site(), ["de"])
    alt = next(entry for entry in catalog(project).live if entry.context == "alt")

    words = " ".join(alt.extracted)
    assert "ALTERNATIVE TEXT" in words
    assert "bridge.png" in words
    assert "which says: “The first to cross it”" in words
    assert "At most 250 characters" in words
    assert alt.references == ("news/bridge/record.yaml:8",)
    assert alt.flags == ("max-length:250",)


def test_a_second_run_touches_nothing(project: Project) -> None:
    """Not a byte, and not the file."""
    project.translate("de", GERMAN)
    file = project.root / PO
    before = file.read_bytes(), file.stat().st_mtime_ns

    done = update(project.site())

    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    assert not any(updated.written for updated in done.catalogs if updated.file == PO)


def test_a_rewritten_headline_keeps_its_translation_as_fuzzy(project: Project) -> None:
    """The field is known: the old words stand beside it, and only this entry changes."""
    project.translate("de", GERMAN)
    project.record(RECORD.replace("The bridge is open", "Traffic flows once more"))
    update(project.site(), ["de"])
    headline, *others = catalog(project).live

    assert headline.id == "Traffic flows once more"
    assert headline.fuzzy
    assert headline.previous is not None
    assert headline.previous.id == "The bridge is open"
    assert headline.strings[0] == "Die Brücke ist offen"
    assert not any(entry.fuzzy for entry in others)


def test_an_inserted_paragraph_leaves_the_others_alone(project: Project) -> None:
    """Contexts are roles, not positions."""
    project.translate("de", GERMAN)
    project.record(RECORD.replace("  - paragraph: The mayor", "  - paragraph: It was raining.\n  - paragraph: The mayor"))
    update(project.site(), ["de"])

    assert [entry.id for entry in catalog(project).live if not entry.translated] == ["It was raining."]
    assert not any(entry.fuzzy for entry in catalog(project).live)


def test_moved_lines_alone_write_nothing(project: Project) -> None:
    """A comment at the top of a record is no reason for a diff in every catalog."""
    project.translate("de", GERMAN)
    before = (project.root / PO).read_bytes()
    project.record("# a comment\n" + RECORD)
    update(project.site(), ["de"])

    assert (project.root / PO).read_bytes() == before


def test_the_packaged_words_are_not_copied_into_a_site(project: Project) -> None:
    """A site without templates of its own has no catalog of the page's own words."""
    update(project.site(), ["de"])

    assert not (project.root / "locales/de/LC_MESSAGES/a11ynews.po").exists()


def test_a_sites_own_templates_are_extracted(project: Project) -> None:
    """What they say and the package does not comes into the site's catalog, with the author's note."""
    project.write("templates/notice.html", '{# Translators: a button. #}\n{{ _("Subscribe") }} {{ _("Languages") }}')
    update(project.site(), ["de"])
    found = catalog(project, "locales/de/LC_MESSAGES/a11ynews.po").live

    assert [(entry.id, entry.extracted, entry.references) for entry in found] == [
        ("Subscribe", ("A button.",), ("templates/notice.html:2",))
    ]


def test_what_a_site_says_otherwise_stays(project: Project) -> None:
    """An entry that overrides a packaged one is wanted, not obsolete."""
    own = "locales/de/LC_MESSAGES/a11ynews.po"
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    project.write(own, f'{header}\nmsgid "Languages"\nmsgstr "Fassungen"\n')
    update(project.site(), ["de"])

    assert [(entry.id, entry.strings[0]) for entry in catalog(project, own).live] == [("Languages", "Fassungen")]


def test_a_language_without_packaged_words_gets_them_to_translate(project: Project) -> None:
    """French: the page's own words come into the site's catalog."""
    project.write("a11ynews.toml", CONFIG.replace('"de", "it"', '"fr"'))
    update(project.site())

    ids = [entry.id for entry in catalog(project, "locales/fr/LC_MESSAGES/a11ynews.po").live]
    assert "Skip to main content" in ids
    assert len(ids) > 10


def test_a_faulty_record_leaves_its_catalog_alone(project: Project) -> None:
    """Its texts are unknown, which is no reason to call them gone."""
    project.translate("de", GERMAN)
    before = (project.root / PO).read_bytes()
    project.record(RECORD.replace("headline:", "headlin:"))

    done = update(project.site())

    assert (project.root / PO).read_bytes() == before
    assert [fault.line for fault in done.faults] == [1, 3]


def test_a_quotation_that_keeps_its_language_is_not_for_translators(project: Project) -> None:
    """With `lang`, the words stay in that language on every page."""
    project.record(RECORD + "  - quote: {text: Che bello, lang: it}\n")
    update(project.site(), ["de"])

    assert "Che bello" not in [entry.id for entry in catalog(project).live]
