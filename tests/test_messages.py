"""What the checker says, in English, German and Italian."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from a11ynews import messages
from a11ynews.message import say, say_number
from a11ynews.messages import DOMAIN, sayer
from a11ynews.po import PoEntry, PoFile
from report_catalogs import LANGUAGES, path_of, updated, wanted

_FIELD = re.compile(r"(?<!\{)\{(\w+)(?:![rs])?\}")
# What only the English sentence brings along: words that axe has in English alone.
_ENGLISH_ONLY = {"reason"}


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[messages.Say]:
    """What says in German the few messages of a catalog of its own."""
    po = PoFile.new("de", "x.po")
    for one, many, said in (
        ("{n} page", "{n} pages", {0: "{n} Seite", 1: "{n} Seiten"}),
        ("on {pages}", "", {0: "auf {pages}"}),
        ("write {{slug}} in {file}", "", {0: "in {file} {{slug}} schreiben"}),
        ("fuzzy", "", {0: "ungefähr"}),
        ("empty", "", {0: ""}),
    ):
        entry = PoEntry.new("", one, many)
        entry.set_strings(said)
        entry.set_flags(["fuzzy"] if one == "fuzzy" else [])
        po.entries.append(entry)
    po.write(tmp_path / "de" / "LC_MESSAGES" / f"{DOMAIN}.po")
    monkeypatch.setattr(messages, "LOCALES", tmp_path)
    sayer.cache_clear()
    yield sayer("de")
    sayer.cache_clear()


def test_a_message_is_said_by_its_catalog(german: messages.Say) -> None:
    """Messages within it are said in the same language, and numbers written as people there do."""
    assert german(say("on {pages}", pages=say_number("{n} page", "{n} pages", 12_345))) == "auf 12.345 Seiten"
    assert german(say_number("{n} page", "{n} pages", 1)) == "1 Seite"
    assert german(say("write {{slug}} in {file}", file="a.toml")) == "in a.toml {slug} schreiben"


def test_words_of_others_are_said_as_they_are(german: messages.Say) -> None:
    """An address, a page's text, a value with braces: nobody looks them up."""
    assert german("on {pages}") == "on {pages}"
    assert german(say("on {pages}", pages="{n} page, 12,345")) == "auf {n} page, 12,345"


def test_what_is_not_translated_is_said_in_english(german: messages.Say) -> None:
    """Nor is what is fuzzy, or empty."""
    assert german(say("never heard of")) == "never heard of"
    assert german(say("fuzzy")) == "fuzzy"
    assert german(say("empty")) == "empty"


def test_a_language_with_a_region_is_said_in_its_parent(german: messages.Say) -> None:
    """`de-AT` has no catalog of its own."""
    assert german is not sayer("de-AT")
    assert sayer("de-AT")(say("on {pages}", pages="x")) == "auf x"


@pytest.mark.parametrize("language", ["en", "en-GB", "fr"])
def test_english_is_the_source(language: str) -> None:
    """And what is said where there is no catalog at all."""
    assert sayer(language)(say_number("{n} page", "{n} pages", 2)) == "2 pages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    """The catalogs hold what the source says, all of it; `python tests/report_catalogs.py` brings them up to date."""
    before = path_of(language).read_bytes()
    po = updated(language)

    assert [entry.id for entry in po.live if entry.fuzzy or not all(entry.strings.values())] == []
    assert po.content() == before
    assert len(po.live) == len({text.key for text in wanted()}) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_fields_of_its_source(language: str) -> None:
    """None is lost and none made up: either would end in a traceback, or hide a value."""
    wrong = []
    for entry in PoFile.read(path_of(language), language).live:
        for number, said in entry.strings.items():
            there, here = set(_FIELD.findall(entry.plural if number else entry.id)), set(_FIELD.findall(said))
            if not there - _ENGLISH_ONLY <= here <= there:
                wrong.append((entry.id, said))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_says_what_is_wrong_and_what_to_do(language: str) -> None:
    """The semicolon between the two stays, and nothing ends with a full stop that the source does not end with."""
    wrong = [
        (entry.id, said)
        for entry in PoFile.read(path_of(language), language).live
        for said in entry.strings.values()
        if ("; " in entry.id) != ("; " in said) or entry.id.endswith(".") != said.endswith(".")
    ]
    assert wrong == []
