"""What pictures carry for people who do not see them: read in all its forms, and with care."""

from pathlib import Path

import pytest

from a11ynews import iptc
from a11ynews.iptc import Spoken, offers, parse, read, words_for
from xmp import jpeg, packet, png, webp, wrapped

ALT = {"de": "Zwei Kinder", "en-GB": "Two children", "x-default": "Two children"}


@pytest.mark.parametrize(("name", "made"), [("p.jpg", jpeg), ("p.png", png), ("p.webp", webp)])
def test_the_texts_of_a_picture_are_read_in_every_format(name: str, made: object, tmp_path: Path) -> None:
    """From the packet that JPEG, PNG and WebP have, each in its own place; what x-default repeats is left out."""
    assert callable(made)
    (tmp_path / name).write_bytes(made(packet(alt=ALT, description={"it": "Due bambini su un ponte"})))

    assert read(tmp_path / name) == Spoken({"de": "Zwei Kinder", "en-GB": "Two children"}, {"it": "Due bambini su un ponte"})


def test_a_picture_without_metadata_carries_nothing(tmp_path: Path) -> None:
    """Nor does a file that is none, a drawing, or one that is not there."""
    (tmp_path / "p.png").write_bytes(png())
    (tmp_path / "q.png").write_bytes(b"no picture")
    (tmp_path / "r.svg").write_text("<svg/>")

    for name in ("p.png", "q.png", "r.svg", "s.png"):
        assert not read(tmp_path / name)
        assert read(tmp_path / name).problem == ""


def test_a_text_in_no_named_language_is_kept_apart() -> None:
    """It is offered, and counts for no language."""
    spoken = parse(packet(alt={"x-default": "Two children", "de": "Zwei Kinder", "klingonese": "Something"}).encode())

    assert spoken.alt == {"": "Two children", "de": "Zwei Kinder"}
    assert words_for(spoken.alt, "en") is None


@pytest.mark.parametrize(
    "description",
    [
        "<rdf:Description><Iptc4xmpCore:AltTextAccessibility>Two children</Iptc4xmpCore:AltTextAccessibility></rdf:Description>",
        '<rdf:Description Iptc4xmpCore:AltTextAccessibility="Two children"/>',
        "<rdf:Description><Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li>Two\n  children</rdf:li></rdf:Alt>"
        "</Iptc4xmpCore:AltTextAccessibility></rdf:Description>",
    ],
)
def test_every_form_of_the_property_is_read(description: str) -> None:
    """RDF allows an element, an attribute and a list."""
    assert parse(wrapped(description).encode()).alt == {"": "Two children"}


def test_the_language_that_is_asked_for_goes_first() -> None:
    """A region takes what its language has, and the other way round."""
    texts = {"de": "Zwei", "en-GB": "Two", "zh-Hant": "二"}

    assert words_for(texts, "de-AT") == ("Zwei", "de")
    assert words_for(texts, "en") == ("Two", "en-GB")
    assert words_for(texts, "zh") is None
    assert [words for _, words in offers(Spoken(texts, {"it": "Due"}), "en")] == ["“Two”", "“Zwei”", "“二”", "“Due”"]


BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {c} '{f'&{b};' * 10}'>" for b, c in zip("abcdef", "bcdefg", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (wrapped("", before=BOMB), "declares a document type"),
        (wrapped("", before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "declares a document type"),
        ("<x:xmpmeta", "no XML that can be read"),
        ("x" * (iptc.MOST_BYTES + 1), "more than the 1,048,576 that are looked at"),
    ],
)
def test_a_packet_that_is_not_what_it_seems_is_not_read(content: str, problem: str) -> None:
    """Entities, other files, no XML, too much of it: nothing is taken from it, and why is told."""
    spoken = parse(content.encode())

    assert not spoken
    assert problem in spoken.problem


def test_an_entity_of_another_file_is_not_read(tmp_path: Path) -> None:
    """Not even where a packet holds the text itself."""
    (tmp_path / "secret").write_text("secret")
    before = f'<!DOCTYPE x [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]>'

    assert not parse(wrapped('<rdf:Description Iptc4xmpCore:AltTextAccessibility="&s;"/>', before).encode())


def test_a_text_is_cut_where_nobody_reads_on() -> None:
    """And there are no more languages than people speak."""
    spoken = parse(packet(alt={"en": "x" * 100_000, "de": " \n\t "}).encode())

    assert {tag: len(words) for tag, words in spoken.alt.items()} == {"en": 4000}
