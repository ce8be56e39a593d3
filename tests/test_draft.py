"""Drafts as YAML: whatever a value holds comes back as it was, and a comment stays one."""

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from a11ynews import source
from a11ynews.article import slug_fault
from a11ynews.draft import Draft, Said, comment, file_name_of, in_order, scalar, slug_of
from a11ynews.hypertext import PICTURES

WORDS = st.lists(
    st.sampled_from([*"aB9é ß:#-'\"[]{}*&!|>%@`,\\?~.…“\u00a0\u2028\x85=<\ufeff/+\u202eא\t\n", "yes", ": ", " #", "- "]),
    max_size=30,
).map("".join)


@given(WORDS, st.lists(WORDS, min_size=1, max_size=8))
def test_every_value_comes_back(words: str, parts: list[str]) -> None:
    """In every place that a record has for one."""
    long = " ".join(parts)
    record = {"a": words, "b": [long, words], "c": [{"x": long, "y": words}, {"z": [words, long]}], "d": [[words, long]]}
    commented = {**record, "c": Said([Said(record["c"][0], (long,)), record["c"][1]], (words, long))}

    assert yaml.load(Draft("x", commented, [long], {"f": words}).to_yaml([words]), Loader=yaml.BaseLoader) == record


@given(WORDS)
def test_a_comment_is_one_whatever_it_says(words: str) -> None:
    """Each of its lines begins with the sign, and none with what a program takes for an instruction."""
    lines = comment(f"a11ynews: {words}") + comment(words, "## ")

    assert all(line.startswith("#") for line in lines)
    assert all("\n" not in line and "\x85" not in line and "\u2028" not in line for line in lines)


@pytest.mark.parametrize(
    "value",
    ["A bridge", "Who: the mayor"[:3], "Sì, l'arco", "10:00", "2026-03-02T09:00:00+01:00", "a *b* [c](https://d.example/)"],
)
def test_what_is_plain_stays_plain(value: str) -> None:
    """People like to edit it."""
    assert scalar(value) == value


@pytest.mark.parametrize("value", ["a: b", "a #b", "*a*", "[a](b)", "- a", " a", "“a”", "a\u2028b", "{a}", "@a", "", "a:"])
def test_what_yaml_would_misread_is_quoted(value: str) -> None:
    """Or empty."""
    assert scalar(value) == "" or scalar(value).startswith('"')


def test_a_long_text_runs_over_lines() -> None:
    """It comes back as one."""
    written = Draft("x", {"a": "word " * 60 + "end"}).to_yaml()

    assert written.startswith("a: >-\n  word")
    assert max(map(len, written.splitlines())) <= 122
    assert yaml.safe_load(written) == {"a": "word " * 60 + "end"}


def test_a_draft_has_what_every_record_must_have() -> None:
    """In its order, if need be empty."""
    draft = Draft("x", in_order({"tags": ["a"], "body": [], "headline": "", "kicker": "K", "licence": ""}))

    assert (
        list(draft.record) == ["language", "published", "kicker", "headline", "tags", "body"] or list(draft.record)[-1] == "body"
    )
    assert [re.sub(":.*", "", line) for line in draft.to_yaml().splitlines() if not line.startswith(" ")] == list(draft.record)
    assert source.read(draft.to_yaml().encode(), "record.yaml").root["body"] == [{"paragraph": ""}]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("The bridge: open again!", "the-bridge-open-again"),
        ("Straßenfest in Köln", "straßenfest-in-köln"),
        ("Cafe\u0301", "café"),
        ("../../etc", "etc"),
        ("100 % “recycled”", "100-recycled"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("-- …", ""),
        ("a" * 300, "a" * 30),
    ],
)
def test_words_become_a_slug(words: str, slug: str) -> None:
    """One that a record may have."""
    assert slug_of(words) == slug
    assert not slug or slug_fault(slug_of(words)) is None


@given(st.text(max_size=200))
def test_any_words_become_a_slug_or_nothing(words: str) -> None:
    """Never one that is refused."""
    slug = slug_of(words)

    assert slug == "" or slug_fault(slug) is None


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Bridge.JPG", "Bridge.jpg"),
        ("/var/../a b?.png", "a-b.png"),
        ("..\\..\\x.png", "x.png"),
        ("C:\\temp\\y.webp", "y.webp"),
        (".htaccess", "htaccess.jpg"),
        ("CON.png", "file-CON.png"),
        ("", "picture.jpg"),
        ("run.php", "run.php.jpg"),
        ("x" * 500 + ".png", "x" * 80 + ".png"),
        ("a\0b.png", "ab.png"),
        ("ناس.png", "picture.png"),
    ],
)
def test_a_file_of_somebody_else_gets_a_name_that_no_system_minds(name: str, made: str) -> None:
    """No folder, no device, no other suffix."""
    assert file_name_of(name, PICTURES, "picture", ".jpg") == made
