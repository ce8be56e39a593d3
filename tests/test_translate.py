"""Catalogs on disk follow records and templates on disk."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from a11ynews.po import LARGEST, PoFile
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


def test_the_headline_tells_the_address_that_the_page_will_have(project: Project) -> None:
    """With the translated slug as soon as there is one; then a second run changes nothing."""
    project.record(RECORD.replace("headline:", "slug: open-bridge\nheadline:", 1))
    project.translate("de", GERMAN)

    assert "The page: https://news.example.org/de/open-bridge.html" in catalog(project).live[0].extracted

    project.translate("de", GERMAN | {"open-bridge": "offene-brücke"})
    done = update(project.site(), ["de"])

    assert "The page: https://news.example.org/de/offene-br%C3%BCcke.html" in catalog(project).live[0].extracted
    assert done.catalogs[0].written
    assert not update(project.site(), ["de"]).catalogs[0].written
    assert [fault.message for fault in project.render("de").stopped] == []
    assert (project.root / "site/de/offene-brücke.html").is_file()


def test_the_address_is_right_in_the_very_run_that_changes_it(project: Project) -> None:
    """A slug whose source returns takes its translation back, and the address follows at once."""
    with_slug = RECORD.replace("headline:", "slug: open-bridge\nheadline:", 1)
    project.record(with_slug)
    project.translate("de", GERMAN | {"open-bridge": "offen"})
    project.record(with_slug.replace("open-bridge", "other"))
    update(project.site(), ["de"])

    assert "The page: https://news.example.org/de/other.html" in catalog(project).live[0].extracted

    project.record(with_slug)
    update(project.site(), ["de"])

    assert "The page: https://news.example.org/de/offen.html" in catalog(project).live[0].extracted
    assert not update(project.site(), ["de"]).catalogs[0].written


def test_a_region_has_the_address_of_its_language(project: Project) -> None:
    """The page of `de-AT` uses the slug of `de` as long as it has none of its own."""
    project.write("a11ynews.toml", CONFIG.replace('"it"', '"de-AT"'))
    project.record(RECORD.replace("headline:", "slug: open-bridge\nheadline:", 1))
    project.translate("de", GERMAN | {"open-bridge": "offen"})
    update(project.site(), ["de-AT"])

    assert "The page: https://news.example.org/de-AT/offen.html" in catalog(project, AUSTRIAN).live[0].extracted


AUSTRIAN = "locales/de_AT/LC_MESSAGES/bridge.po"
JANUARY = """\
msgctxt "paragraph"
msgid "The road will follow."
msgstr "Die Straße folgt im Jänner."
"""


def languages(project: Project, *languages: str) -> None:
    project.write("a11ynews.toml", CONFIG.replace('["en", "de", "it"]', str(list(languages)).replace("'", '"')))


def files(project: Project) -> list[str]:
    return sorted(path.relative_to(project.root / "locales").as_posix() for path in project.root.glob("locales/**/*.po"))


def test_a_region_begins_no_catalog_beside_its_language(project: Project) -> None:
    """`de-AT` beside `de` needs only what Austrians say otherwise, and says nothing otherwise yet."""
    languages(project, "en", "de-AT", "de")
    done = update(project.site())

    assert files(project) == ["de/LC_MESSAGES/bridge.po"]
    assert [updated.file for updated in done.catalogs] == [PO]


def test_what_a_region_says_otherwise_is_kept_up_to_date(project: Project) -> None:
    """Entries that somebody has written by hand get their header and comments; no others are added."""
    languages(project, "en", "de", "de-AT")
    project.translate("de", GERMAN)
    project.write(AUSTRIAN, JANUARY)
    done = update(project.site())
    austrian = catalog(project, AUSTRIAN)

    assert [(updated.file, updated.written, updated.open) for updated in done.catalogs] == [(PO, False, 0), (AUSTRIAN, True, 0)]
    assert austrian.language == "de_AT"
    assert [(entry.key, entry.strings[0]) for entry in austrian.live] == [
        (("paragraph", "The road will follow."), "Die Straße folgt im Jänner.")
    ]
    assert austrian.live[0].extracted[0] == "PARAGRAPH 2 of 2, after the heading “What comes next”."
    assert not any(updated.written for updated in update(project.site()).catalogs)
    project.render()
    assert "Die Straße folgt im Jänner." in project.read("site/de-AT/bridge.html")
    assert "Die Brücke ist offen" in project.read("site/de-AT/bridge.html")


def test_a_regions_wording_follows_its_text(project: Project) -> None:
    """Changed a little, it is fuzzy; where the text is another one, it goes behind `#~`, and the page has German words."""
    languages(project, "en", "de", "de-AT")
    project.translate("de", GERMAN)
    project.write(AUSTRIAN, JANUARY)
    update(project.site())
    before = (project.root / AUSTRIAN).read_bytes()
    project.record(RECORD.replace("The road will follow.", "The new road will follow."))
    update(project.site())

    [entry] = catalog(project, AUSTRIAN).live
    assert (entry.id, entry.fuzzy, entry.previous and entry.previous.id) == (
        "The new road will follow.",
        True,
        "The road will follow.",
    )

    project.record(RECORD.replace("The road will follow.", "Nothing else is planned, says the council."))
    update(project.site())
    assert catalog(project, AUSTRIAN).live == []
    assert '#~ msgstr "Die Straße folgt im Jänner."' in project.read(AUSTRIAN)

    project.record()
    update(project.site())
    assert (project.root / AUSTRIAN).read_bytes() == before


def test_a_region_that_is_named_gets_every_text(project: Project) -> None:
    """And keeps those that it has got; the next update without its name adds none."""
    languages(project, "en", "de", "de-AT")
    project.translate("de", GERMAN)
    update(project.site(), ["de-AT"])

    assert len(catalog(project, AUSTRIAN).live) == 8
    assert files(project) == ["de/LC_MESSAGES/bridge.po", "de_AT/LC_MESSAGES/bridge.po"]

    project.record(f"{RECORD}  - paragraph: One more thing.\n")
    update(project.site())
    assert (len(catalog(project, AUSTRIAN).live), len(catalog(project).live)) == (8, 9)


def test_a_region_alone_has_whole_catalogs(project: Project) -> None:
    """Nothing else would hold the words."""
    languages(project, "en", "de-AT")
    update(project.site())

    assert files(project) == ["de_AT/LC_MESSAGES/bridge.po"]
    assert len(catalog(project, AUSTRIAN).live) == 8


def test_the_catalogs_that_serve_a_region_are_kept_up_to_date(project: Project) -> None:
    """A site in `de-AT` that has catalogs of `de` works with these."""
    languages(project, "en", "de-AT")
    project.write(PO, 'msgctxt "heading"\nmsgid "What comes next"\nmsgstr "Wie es weitergeht"\n')
    update(project.site())

    assert files(project) == ["de/LC_MESSAGES/bridge.po"]
    assert len(catalog(project).live) == 8


def test_a_region_may_say_a_record_of_its_language_otherwise(project: Project) -> None:
    """British words on a page that is written in English; what nobody says otherwise needs no entry."""
    languages(project, "en", "en-GB")
    british = "locales/en_GB/LC_MESSAGES/bridge.po"
    update(project.site(), ["en-GB"])

    assert files(project) == []

    project.write(british, JANUARY.replace("Die Straße folgt im Jänner.", "The road shall follow."))
    update(project.site())
    [entry] = catalog(project, british).live
    assert (entry.strings[0], entry.references) == ("The road shall follow.", ("news/bridge/record.yaml:13",))


def test_the_words_of_every_page_are_asked_for_once(project: Project) -> None:
    """Not in a region's own catalog, where the language or the package has them."""
    project.write("templates/footer.html", '{{ _("Subscribe") }}')
    languages(project, "en", "de", "de-AT")
    update(project.site())
    assert files(project) == ["de/LC_MESSAGES/a11ynews.po", "de/LC_MESSAGES/bridge.po"]

    languages(project, "en", "it-CH")
    update(project.site())
    page = catalog(project, "locales/it_CH/LC_MESSAGES/a11ynews.po")
    assert [entry.id for entry in page.live] == ["Subscribe"]


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


@pytest.mark.parametrize("first", [RECORD, RECORD.replace("headline:", "headlin:")], ids=["right", "faulty"])
def test_two_records_of_one_id_do_not_share_a_catalog(project: Project, first: str) -> None:
    """Each would take the other's texts away: the second one is told, and has no part in it even if the first is faulty."""
    project.translate("de", GERMAN)
    before = (project.root / PO).read_bytes()
    project.record(first)
    project.write("news/zz/bridge/record.yaml", "language: en\npublished: 2026-05-04\nheadline: A\nbody: [{paragraph: B}]\n")

    done = update(project.site(), ["de"])

    assert (project.root / PO).read_bytes() == before
    assert str(done.faults[-1]).startswith(
        "news/zz/bridge/record.yaml:1:1: the record news/bridge/record.yaml has the id “bridge” too"
    )


# -- trivial changes ---------------------------------------------------------------------------------------------------


def test_a_trivial_change_keeps_the_translation(project: Project) -> None:
    """Only if one says so: spelling and punctuation are no reason to translate anew."""
    project.translate("de", GERMAN)
    project.record(
        RECORD.replace("What comes next", "What comes next?!").replace("cut the ribbon at noon.", "cut the ribbon at noon")
    )

    (trivial,) = update(project.site(), ["de"], trivial=True).catalogs

    assert (trivial.merge.trivial, trivial.merge.changed) == (1, 1)
    assert [entry.id for entry in catalog(project).live if entry.fuzzy] == ["What comes next?!"]
    assert "Die Bürgermeisterin durchschnitt mittags das Band." in [entry.strings[0] for entry in catalog(project).live]


def test_a_name_of_the_record_is_not_trivial(project: Project) -> None:
    """What the record lists as a name stays as it is, in every letter."""
    named = RECORD + "names: [the comunity]\n"
    text = "  - paragraph: We thank the community.\n"
    project.record(named.replace("names:", text.replace("community", "comunity") + "names:"))
    project.translate("de", {"We thank the comunity.": "Wir danken."})
    project.record(named.replace("names:", text + "names:"))

    (named_update,) = update(project.site(), ["de"], trivial=True).catalogs

    assert (named_update.merge.trivial, named_update.merge.changed) == (0, 1)


# -- the translation memory --------------------------------------------------------------------------------------------

OTHER = RECORD.replace("The bridge is open", "The tunnel is open").replace("The first to cross it", "What comes next")


def test_the_words_of_another_record_are_suggested(project: Project) -> None:
    """Fuzzy, with the catalog they are from; in the same role first, else in another one; never an alt."""
    project.translate("de", GERMAN)
    project.record(OTHER, "tunnel")

    done = update(project.site(), ["de"])
    found = catalog(project, "locales/de/LC_MESSAGES/tunnel.po")

    assert [updated.merge.remembered for updated in done.catalogs] == [0, 6]
    assert {(entry.context, entry.id, entry.comments) for entry in found.live if entry.translated} == {
        ("teaser", "After two years the bridge over the river is open again.", (f"Translation memory: from {PO}",)),
        ("caption", "What comes next", (f"Translation memory: from {PO} (heading)",)),
        ("credit", "Anna Huber", (f"Translation memory: from {PO}",)),
        ("paragraph", "The mayor cut the ribbon at noon.", (f"Translation memory: from {PO}",)),
        ("heading", "What comes next", (f"Translation memory: from {PO}",)),
        ("paragraph", "The road will follow.", (f"Translation memory: from {PO}",)),
    }
    assert all(entry.fuzzy == entry.translated for entry in found.live)
    assert done.catalogs[1].open == 8


def test_a_suggestion_is_on_no_page(project: Project) -> None:
    """Before a translator has confirmed it, the source is shown."""
    project.translate("de", GERMAN)
    project.record(OTHER, "tunnel")
    update(project.site(), ["de"])
    path = project.root / "locales/de/LC_MESSAGES/tunnel.po"
    po = PoFile.read(path, "tunnel.po")
    for entry in po.live:
        if entry.context in ("headline", "alt"):
            entry.set_strings({0: "Der Tunnel"})
    po.write(path)
    project.render("de")

    page = project.read("site/de/tunnel.html")
    assert "The road will follow." in page
    assert "Die Straße wird folgen." not in page


def test_a_suggestion_is_made_once(project: Project) -> None:
    """A second run changes nothing; a suggestion that was emptied does not return."""
    project.translate("de", GERMAN)
    project.record(OTHER, "tunnel")
    update(project.site(), ["de"])

    assert not any(updated.written for updated in update(project.site(), ["de"]).catalogs)

    path = project.root / "locales/de/LC_MESSAGES/tunnel.po"
    po = PoFile.read(path, "tunnel.po")
    for entry in po.live:
        entry.set_strings({0: ""})
        entry.set_fuzzy(False)
    po.write(path)

    assert not any(updated.written for updated in update(project.site(), ["de"]).catalogs)


def test_obsolete_translations_of_other_records_are_suggested(project: Project) -> None:
    """What one record does not say any more is still a translation."""
    project.translate("de", GERMAN)
    project.record(RECORD.replace("  - paragraph: The road will follow.\n", ""))
    update(project.site(), ["de"])
    project.record(OTHER, "tunnel")
    update(project.site(), ["de"])

    road = catalog(project, "locales/de/LC_MESSAGES/tunnel.po").live[-1]
    assert (road.strings[0], road.fuzzy) == ("Die Straße wird folgen.", True)


def test_the_memory_can_be_left(project: Project) -> None:
    """Then new texts are empty."""
    project.translate("de", GERMAN)
    project.record(OTHER, "tunnel")

    done = update(project.site(), ["de"], memory=False)

    assert [updated.merge.remembered for updated in done.catalogs] == [0, 0]
    assert not any(entry.translated for entry in catalog(project, "locales/de/LC_MESSAGES/tunnel.po").live)


def test_words_of_another_source_language_are_not_suggested(project: Project) -> None:
    """An English “Chat” and a French one are not the same word."""
    project.translate("de", GERMAN)
    project.record(OTHER.replace("language: en", "language: fr"), "tunnel")

    assert [updated.merge.remembered for updated in update(project.site(), ["de"]).catalogs] == [0, 0]


# -- bad input ---------------------------------------------------------------------------------------------------------

HEADER = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: {}\\n"\n'
GOOD = HEADER.format("de", "nplurals=2; plural=(n != 1);")


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (GOOD.encode() + 'msgctxt "a"\nmsgid "Br\xfccke"\nmsgstr ""\n'.encode("latin-1"), "7:10", "not UTF-8"),
        (GOOD + '\nmsgid "a\nmsgstr ""\n', "7:7", "not closed"),
        (GOOD + '\nmsgid "a"\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n', "10:1", "line 7 once more"),
        (GOOD + "\n<<<<<<< ours\n=======\n>>>>>>> theirs\n", "7:1", "were not merged"),
        (HEADER.format("it", "nplurals=2; plural=(n != 1);"), "3:2", "Language: it"),
        (HEADER.format("German", "nplurals=2; plural=(n != 1);"), "3:2", "Language: German"),
        (HEADER.format("de", "nplurals=INTEGER; plural=EXPRESSION;"), "5:2", "“nplurals=INTEGER; plural=EXPRESSION;” is none"),
        (HEADER.format("de", "nplurals=2; plural=n !;"), "5:2", "does not work out"),
        (HEADER.format("de", "nplurals=2; plural=n;"), "5:2", "gives form 200, but there are only 2"),
        (HEADER.format("de", "nplurals=4; plural=(n != 1);"), "5:2", "has 4 forms, but German has 2"),
        ("", "1:1", "empty"),
        ("\n# nothing\n\n", "1:1", "empty"),
        (b"#" * (50 * 1024 * 1024), "1:1", f"larger than {LARGEST // 1024 // 1024} MB"),
    ],
    ids=lambda value: "" if isinstance(value, bytes) or len(value) > 40 else value,
)
def test_a_catalog_that_cannot_be_used_is_told_and_left(project: Project, content: str | bytes, place: str, words: str) -> None:
    """One line with the place and what to do; the rest is done, and the file is as it was."""
    file = project.write(PO, content)
    before = file.read_bytes()

    done = update(project.site())

    (fault,) = done.faults
    assert str(fault).startswith(f"{PO}:{place}: ")
    assert words in fault.message
    assert "; " in fault.message
    assert "\n" not in fault.message
    assert file.read_bytes() == before
    assert [(updated.file, updated.merge.new) for updated in done.catalogs] == [("locales/it/LC_MESSAGES/bridge.po", 8)]


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("de", ("", "nplurals=2; plural=n != 1")),
        ("de", ("de_DE", "nplurals=2; plural=(n != 1);")),
        ("de", ("de_DE.UTF-8", "")),
        ("it", ("it", "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;")),
        ("de-AT", ("de", "nplurals=2; plural=(n != 1);")),
        ("sr-Latn", ("sr@latin", "")),
    ],
)
def test_other_ways_to_write_a_header_are_right(project: Project, language: str, header: tuple[str, str]) -> None:
    """A language with its region, CLDR's plural forms, a field that is empty."""
    project.write("a11ynews.toml", CONFIG.replace('"de", "it"', f'"{language}"'))
    project.write(f"locales/{language.replace('-', '_')}/LC_MESSAGES/bridge.po", HEADER.format(*header))

    done = update(project.site(), [language])

    assert done.faults == []
    assert (done.catalogs[-1].merge.new, done.catalogs[-1].written) == (8, True)


def test_chinese_in_other_characters_is_another_language(project: Project) -> None:
    """A catalog of simplified Chinese is none of traditional Chinese."""
    project.write("a11ynews.toml", CONFIG.replace('"de", "it"', '"zh-Hant"'))
    project.write("locales/zh_Hant/LC_MESSAGES/bridge.po", HEADER.format("zh_CN", "nplurals=1; plural=0;"))

    (fault,) = update(project.site(), ["zh-Hant"]).faults

    assert "Language: zh_CN" in fault.message


def test_a_catalog_without_header_gets_one(project: Project) -> None:
    """Without it, gettext's tools do not know the character set; the translations stay."""
    project.write(PO, '# Mine.\nmsgctxt "heading"\nmsgid "What comes next"\nmsgstr "Wie es weitergeht"\n')
    update(project.site(), ["de"])
    po = catalog(project)

    assert (po.language, po.charset) == ("de", "UTF-8")
    assert [(entry.strings[0], entry.comments) for entry in po.live if entry.translated] == [("Wie es weitergeht", ("Mine.",))]
    assert not update(project.site(), ["de"]).catalogs[0].written


def test_a_catalog_that_cannot_be_written_stops_no_other(project: Project) -> None:
    """A file stands where its folder should be."""
    project.write("locales/de/LC_MESSAGES", "")

    done = update(project.site())

    (fault,) = done.faults
    assert str(fault).startswith(f"{PO}:1:1: cannot be written (")
    assert [updated.file for updated in done.catalogs] == ["locales/it/LC_MESSAGES/bridge.po"]


def test_a_link_that_leads_in_a_circle_is_told(project: Project) -> None:
    """Nothing can be written there, and nothing is put in its place."""
    link = project.root / PO
    link.parent.mkdir(parents=True)
    link.symlink_to("bridge.po")

    done = update(project.site(), ["de"])

    assert [(fault.file, "cannot be written" in fault.message) for fault in done.faults] == [(PO, True)]
    assert link.is_symlink()


def test_a_link_that_leads_nowhere_gets_its_catalog(project: Project) -> None:
    """The file is not there yet; it is called by the link's name."""
    link = project.root / PO
    link.parent.mkdir(parents=True)
    link.symlink_to("../../../elsewhere.po")

    done = update(project.site(), ["de"])

    assert [(updated.file, updated.written) for updated in done.catalogs] == [(PO, True)]
    assert len(catalog(project).live) == 8


def test_a_write_protected_catalog_is_told_and_stays(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are done."""
    project.translate("de", GERMAN)
    before = (project.root / PO).read_bytes()
    project.record(RECORD.replace("at noon", "at nine"))
    monkeypatch.setattr("a11ynews.po.os.access", lambda path, _: "/de/" not in str(path))

    done = update(project.site())

    assert [str(fault) for fault in done.faults] == [
        f"{PO}:1:1: the file is write-protected; allow writing to it, or leave its language out"
    ]
    assert (project.root / PO).read_bytes() == before
    assert [updated.file for updated in done.catalogs] == ["locales/it/LC_MESSAGES/bridge.po"]


def test_a_broken_template_stops_no_record(project: Project) -> None:
    """It is told once, however many languages there are."""
    project.write("templates/notice.html", "{% if %}")

    done = update(project.site())

    assert [(fault.file, fault.line) for fault in done.faults] == [("templates/notice.html", 1)]
    assert [updated.file for updated in done.catalogs] == [PO, "locales/it/LC_MESSAGES/bridge.po"]


# What msgfmt asks of a header.
REQUIRED = (
    *("Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team", "Language"),
    *("MIME-Version", "Content-Type", "Content-Transfer-Encoding"),
)


def see_that_msgfmt_is_content(file: Path) -> None:
    """No field that it asks for is missing, or holds what is to be filled in; where there is a msgfmt, it says so itself."""
    header = PoFile.read(file, file.name).header

    assert [field for field in REQUIRED if field not in header] == []
    assert [value for value in header.values() if re.search("YEAR|FULL NAME|EMAIL@|LL@", value)] == []
    if msgfmt := shutil.which("msgfmt"):
        result = subprocess.run([msgfmt, "-c", "-o", "/dev/null", file], capture_output=True, text=True, check=False)
        assert (result.returncode, result.stderr) == (0, "")


def test_msgfmt_has_no_complaint_about_a_catalog_of_ours(project: Project) -> None:
    """Whatever stands in it: fuzzy and obsolete entries, plurals, signs of per cent, braces."""
    project.write("templates/notice.html", '{{ ngettext("{n} photo at 20 %", "{n} photos at 20 %", 2) }}')
    project.translate("de", GERMAN, fuzzy=("The bridge is open",))
    project.record(RECORD.replace("at noon.", "at noon, 20 % of {it} for “us”.").replace("The first to cross it", "50 %d"))
    update(project.site())
    files = sorted((project.root / "locales").rglob("*.po"))

    assert len(files) == 4
    for file in files:
        see_that_msgfmt_is_content(file)


@pytest.mark.parametrize("file", sorted((Path(__file__).parents[1] / "locales").rglob("*.po")), ids=lambda file: file.name)
def test_msgfmt_has_no_complaint_about_the_samples_catalogs(file: Path) -> None:
    """They are what others begin with."""
    see_that_msgfmt_is_content(file)


# -- catalogs that other tools have saved --------------------------------------------------------------------------------

# What msgcat 0.21 makes of a catalog of ours: our flags are gone, and the comments and old words stay.
MSGCAT = """\
# German translation of news/bridge/record.yaml: “The bridge is open”.
# Links, names and **marks** stay; an entry marked fuzzy does not appear on the page.
msgid ""
msgstr ""
"Project-Id-Version: Test News\\n"
"PO-Revision-Date: 1970-01-01 00:00+0000\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. HEADLINE.
#: news/bridge/record.yaml:3
#, fuzzy
#| msgctxt "headline"
#| msgid "The old bridge is open"
msgctxt "headline"
msgid "The bridge is open"
msgstr "Die alte Brücke ist offen"

# Bitte so lassen.
#: news/bridge/record.yaml:8
msgctxt "alt"
msgid "Two children run across a stone bridge"
msgstr "Zwei Kinder laufen über eine Steinbrücke"

#: news/bridge/record.yaml:11
#, no-python-format
msgctxt "paragraph"
msgid "The mayor cut the ribbon at noon."
msgstr ""
"Die Bürgermeisterin durchschnitt mittags, in Gegenwart von 20 % der Leute, "
"die es sehen wollten, das Band."

#~ msgctxt "heading"
#~ msgid "What came before"
#~ msgstr "Wie es anfing"
"""

# msgmerge --previous wraps the comments anew, adds its fields to the header, and writes #~| above what is obsolete.
MSGMERGE = """\
# German translation of news/bridge/record.yaml: “The bridge is open”.
msgid ""
msgstr ""
"Project-Id-Version: Test News\\n"
"Report-Msgid-Bugs-To: EMAIL@ADDRESS\\n"
"POT-Creation-Date: 2026-11-23 02:56+0000\\n"
"PO-Revision-Date: 2026-11-23 03:12+0100\\n"
"Last-Translator: Anna Huber <anna@example.org>\\n"
"Language-Team: \\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

#. ALTERNATIVE TEXT.
#. Said in place of the picture bridge.png to people who do not see it: say
#. what is to be seen.
#: news/bridge/record.yaml:8
msgctxt "alt"
msgid "Two children run across a stone bridge"
msgstr "Zwei Kinder laufen über eine Steinbrücke"

#: news/bridge/record.yaml:11
#, fuzzy, python-format
#| msgctxt "paragraph"
#| msgid ""
#| "The mayor of the town cut the ribbon of the old bridge at noon, and 20 % of "
#| "the people clapped their hands."
msgctxt "paragraph"
msgid "The mayor cut the ribbon at noon."
msgstr "Die Bürgermeisterin durchschnitt mittags das Band."

#, fuzzy
#~| msgctxt "heading"
#~| msgid "What came first"
#~ msgctxt "heading"
#~ msgid "What came before"
#~ msgstr "Wie es anfing"
"""

# Poedit 3 orders the header anew and signs it, ends lines as the file did, and drops flags that gettext does not know.
POEDIT = (
    """\
# German translation.
# Anna Huber <anna@example.org>, 2026.
#
msgid ""
msgstr ""
"Project-Id-Version: Test News\\n"
"POT-Creation-Date: \\n"
"PO-Revision-Date: 2026-11-23 03:12+0100\\n"
"Last-Translator: Anna Huber <anna@example.org>\\n"
"Language-Team: \\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"X-Generator: Poedit 3.4.2\\n"
"X-Poedit-Basepath: ../../..\\n"
"X-Poedit-SearchPath-0: templates\\n"

#. ALTERNATIVE TEXT.
#: news/bridge/record.yaml:8
msgctxt "alt"
msgid "Two children run across a stone bridge"
msgstr "Zwei Kinder laufen über eine Steinbrücke"

# Noch zu prüfen: war es wirklich mittags?
#. PARAGRAPH 1 of 2.
#: news/bridge/record.yaml:11
#, fuzzy
msgctxt "paragraph"
msgid "The mayor cut the ribbon at noon."
msgstr "Die Bürgermeisterin durchschnitt das Band."

#~ msgid "What came before"
#~ msgstr "Wie es anfing"
"""
).replace("\n", "\r\n")

# Weblate (translate-toolkit) keeps flags, wraps at 77 columns, writes addresses into the header.
WEBLATE = """\
# German translation.
# "Huber, Anna" <anna@example.org>, 2026.
msgid ""
msgstr ""
"Project-Id-Version: Test News\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 2026-11-23 02:56+0000\\n"
"PO-Revision-Date: 2026-11-23 03:12+0000\\n"
"Last-Translator: \\"Huber, Anna\\" <anna@example.org>\\n"
"Language-Team: German <https://weblate.example.org/projects/news/bridge/de/>\\n"
"Language: de\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=n != 1;\\n"
"X-Generator: Weblate 2026.10.1\\n"

#. ALTERNATIVE TEXT.
#: news/bridge/record.yaml:8
#, max-length:250, ignore-end-stop
msgctxt "alt"
msgid "Two children run across a stone bridge"
msgstr "Zwei Kinder laufen über eine Steinbrücke"

#. PARAGRAPH 1 of 2.
#: news/bridge/record.yaml:11
#, fuzzy, md-text
#| msgctxt "paragraph"
#| msgid "The mayor cut a ribbon."
msgctxt "paragraph"
msgid "The mayor cut the ribbon at noon."
msgstr ""
"Die Bürgermeisterin durchschnitt mittags, in Gegenwart von zwanzig Prozent "
"der Leute, das Band."

#~ msgctxt "heading"
#~ msgid "What came before"
#~ msgstr "Wie es anfing"
"""


@pytest.mark.parametrize(
    "content",
    [MSGCAT, MSGMERGE, POEDIT, WEBLATE, POEDIT.replace("\r\n", "\n"), "\ufeff" + POEDIT],
    ids=["msgcat", "msgmerge", "Poedit on Windows", "Weblate", "Poedit", "an editor with a byte order mark"],
)
@pytest.mark.parametrize("changed", [False, True], ids=["as it was", "changed"])
def test_an_update_loses_nothing_that_another_tool_has_saved(project: Project, content: str, changed: bool) -> None:
    """No word, comment, foreign flag, field of the header or line end; and a second update changes nothing."""
    project.write(PO, content)
    before = catalog(project)
    if changed:
        project.record(RECORD.replace("run across a stone bridge", "dance in the rain").replace("at noon", "at nine"))
    update(project.site(), ["de"])
    after = catalog(project)

    assert after.entries[0].raw == before.entries[0].raw, "the header"
    assert {string for entry in before.entries for string in entry.strings.values()} <= {
        string for entry in after.entries for string in entry.strings.values()
    }
    assert {comment for entry in before.entries for comment in entry.comments} <= {
        comment for entry in after.entries for comment in entry.comments
    }
    assert ("ignore-end-stop" in content) == any("ignore-end-stop" in entry.flags for entry in after.live)
    assert [(entry.key, entry.strings, entry.previous) for entry in after.obsolete] == [
        (entry.key, entry.strings, entry.previous) for entry in before.obsolete
    ]
    assert after.newline == before.newline
    assert after.bom == before.bom
    assert [entry.flags[-2:] for entry in after.live if entry.context == "headline"] == [("max-length:110", "md-text")]
    assert [entry.strings[0] for entry in after.live if entry.context == "alt"] == ["Zwei Kinder laufen über eine Steinbrücke"]
    assert [entry.fuzzy for entry in after.live if entry.context == "alt"] == [changed]
    assert not update(project.site(), ["de"]).catalogs[0].written
