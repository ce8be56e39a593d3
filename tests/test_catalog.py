"""What a language's catalogs have for a text, along the fallback chain."""

from pathlib import Path

import pytest

from a11ynews.article import ROLES, Text
from a11ynews.catalog import Catalog, Catalogs, gather, path_of, read_catalog
from a11ynews.finding import Birthplace, Owner
from a11ynews.provenance import State

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n{}"\n\n'
TEXT = Text("The bridge", ROLES["heading"], "en", "news/x/record.yaml", 7, 12, "x")
TEMPLATE = Birthplace("templates/base.html", 4, 1, Owner.WEB_TEAM, "template")


def entry(translation: str, flags: str = "", context: str = "heading", id: str = "The bridge") -> str:
    return f'{flags}msgctxt "{context}"\nmsgid "{id}"\nmsgstr "{translation}"\n'


def catalogs(folder: Path, language: str, *contents: tuple[str, str]) -> Catalogs:
    for tag, content in contents:
        path = path_of(folder, tag, "x")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER.format("") + content, "utf-8")

    def read(path: Path, tag: str, domain: str) -> Catalog | None:
        return read_catalog(path, str(path.relative_to(folder)), tag, domain) if path.is_file() else None

    return gather(language, "x", [folder], read, Birthplace("x.po", 1, 1, Owner.TRANSLATOR, "catalog"))


def test_a_translation_comes_with_its_line_and_language(tmp_path: Path) -> None:
    """Words, language, and the line of their msgstr."""
    found = catalogs(tmp_path, "de", ("de", entry("Die Brücke"))).look_up(TEXT)

    assert (found.words, found.origin.language, found.origin.state) == ("Die Brücke", "de", State.TRANSLATED)
    assert str(found.origin.birthplace) == "de/LC_MESSAGES/x.po:6:1"
    assert found.origin.birthplace.owner is Owner.TRANSLATOR


@pytest.mark.parametrize(
    ("content", "state"),
    [
        pytest.param("", State.MISSING, id="no entry"),
        pytest.param(entry(""), State.MISSING, id="empty"),
        pytest.param(entry(" "), State.MISSING, id="white space"),
        pytest.param(entry("Die Brücke", "#, fuzzy\n"), State.FUZZY, id="fuzzy"),
        pytest.param(entry("Die Brücke", "#= fuzzy\n"), State.FUZZY, id="fuzzy in the new kind of flag line"),
        pytest.param(entry("**", context="heading"), State.TRANSLATED, id="asterisks are words"),
        pytest.param(entry('<i lang=\\"xx\\">Die Brücke</i>'), State.BROKEN, id="broken"),
        pytest.param("#~ " + entry("Die Brücke").replace("\nm", "\n#~ m"), State.MISSING, id="obsolete"),
        pytest.param(entry("Die Brücke", context="paragraph"), State.MISSING, id="another role"),
    ],
)
def test_what_is_not_translated_keeps_the_sources_words(tmp_path: Path, content: str, state: State) -> None:
    """With where they were written, and where a translator would mend it."""
    found = catalogs(tmp_path, "de", ("de", content)).look_up(TEXT)

    assert found.origin.state is state
    if state is not State.TRANSLATED:
        assert (found.words, found.origin.language) == ("The bridge", "en")
        assert str(found.origin.birthplace) == "news/x/record.yaml:7:12"
        assert found.origin.pending is not None
        assert found.origin.pending.owner is Owner.TRANSLATOR


@pytest.mark.parametrize("own", ["", entry(""), entry("Alte Brücke", "#, fuzzy\n")])
def test_a_more_specific_catalog_shadows_nothing_that_it_has_not(tmp_path: Path, own: str) -> None:
    """de-AT, empty or fuzzy, gives way to de."""
    found = catalogs(tmp_path, "de-AT", ("de-AT", own), ("de", entry("Die Brücke"))).look_up(TEXT)

    assert (found.words, found.origin.language) == ("Die Brücke", "de")


def test_a_more_specific_catalog_goes_first(tmp_path: Path) -> None:
    """What Austria says is said in Austria."""
    found = catalogs(tmp_path, "de-AT", ("de-AT", entry("Die Bruckn")), ("de", entry("Die Brücke"))).look_up(TEXT)

    assert (found.words, found.origin.language) == ("Die Bruckn", "de-AT")


def test_traditional_chinese_is_not_read_from_the_simplified_catalog(tmp_path: Path) -> None:
    """zh-TW is another script than zh: readers of the one do not read the other."""
    found = catalogs(tmp_path, "zh-TW", ("zh", entry("大桥"))).look_up(TEXT)

    assert found.origin.state is State.MISSING


def test_british_english_needs_no_catalog(tmp_path: Path) -> None:
    """A source in en serves en-GB as it is, and a catalog of en-GB changes what it wants to."""
    plain = catalogs(tmp_path, "en-GB").look_up(TEXT)
    own = catalogs(tmp_path, "en-GB", ("en-GB", entry("The footbridge"))).look_up(TEXT)

    assert (plain.words, plain.origin.state) == ("The bridge", State.SOURCE)
    assert (own.words, own.origin.language) == ("The footbridge", "en-GB")


@pytest.mark.parametrize(("number", "words"), [(1, "{n} Bild"), (2, "{n} Bilder"), (0, "{n} Bilder")])
def test_plurals_follow_the_catalogs_rule(tmp_path: Path, number: int, words: str) -> None:
    """The header's Plural-Forms choose."""
    path = path_of(tmp_path, "de", "x")
    path.parent.mkdir(parents=True)
    header = HEADER.format("Plural-Forms: nplurals=2; plural=(n != 1);\\n")
    content = 'msgid "{n} picture"\nmsgid_plural "{n} pictures"\nmsgstr[0] "{n} Bild"\nmsgstr[1] "{n} Bilder"\n'
    path.write_text(header + content, "utf-8")

    found = catalogs(tmp_path, "de").look_up_ui("", "{n} picture", TEMPLATE, "{n} pictures", number)

    assert found.words == words


def test_a_plural_without_translation_is_english(tmp_path: Path) -> None:
    """With English's rule, and the template's line."""
    one, many = (catalogs(tmp_path, "de").look_up_ui("", "a picture", TEMPLATE, "pictures", n) for n in (1, 3))

    assert (one.words, many.words) == ("a picture", "pictures")
    assert one.origin.birthplace == TEMPLATE
    assert one.origin.state is State.MISSING


@pytest.mark.parametrize("rule", ["nplurals=2; plural=import os", "plural=", "nonsense", "nplurals=1; plural=1/0"])
def test_a_nonsensical_plural_rule_is_english(tmp_path: Path, rule: str) -> None:
    """A header cannot run code, nor stop a page."""
    path = path_of(tmp_path, "de", "x")
    path.parent.mkdir(parents=True)
    content = 'msgid "a picture"\nmsgid_plural "pictures"\nmsgstr[0] "Bild"\nmsgstr[1] "Bilder"\n'
    path.write_text(HEADER.format(f"Plural-Forms: {rule}\\n") + content, "utf-8")

    assert catalogs(tmp_path, "de").look_up_ui("", "a picture", TEMPLATE, "pictures", 2).words == "Bilder"
