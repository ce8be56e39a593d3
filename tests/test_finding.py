"""Findings: who can mend them, and what stays the same while the defect does."""

import pytest

from a11ynews.finding import Birthplace, Finding, Owner, Place, Severity

ALT = Birthplace("news/flood/record.yaml", 14, 9, Owner.EDITOR, "record flood alt 8c1f0a2b")


def finding(
    place: Place, message: str = "the alt text is a file's name; say what it shows", rule: str = "alt-file-name"
) -> Finding:
    """A finding at a place."""
    return Finding(rule, Severity.ERROR, message, place)


@pytest.mark.parametrize("owner", Owner)
def test_the_birthplace_knows_the_owner(owner: Owner) -> None:
    """A record is the editor's, a catalog the translator's, a template the web team's."""
    source = Birthplace("file", 1, 1, owner, "what")

    assert finding(Place("page.html", source=source)).owner is owner


def test_a_page_from_elsewhere_is_the_web_team_s() -> None:
    """Who can mend it is not known better there."""
    assert finding(Place("https://a.example/")).owner is Owner.WEB_TEAM


def test_a_fingerprint_outlives_edits_around_the_defect() -> None:
    """Where the birthplace is known, page, line, selector, markup and message have no part in it."""
    moved = Birthplace("news/flood/record.yaml", 99, 1, Owner.EDITOR, ALT.identity)

    assert finding(Place("de/flood.html", 31, "main > img", "<img>", ALT)).fingerprint == (
        finding(Place("it/flood.html", 40, "main > p > img", '<img class="x">', moved), "said better; do it").fingerprint
    )


def test_a_fingerprint_tells_defects_apart() -> None:
    """Another rule, another birthplace; on pages from elsewhere another page or selector."""
    other = Birthplace("news/flood/record.yaml", 14, 9, Owner.EDITOR, "record flood alt 00000000")
    fingerprints = [
        finding(Place("a.html", 1, "img", source=ALT)).fingerprint,
        finding(Place("a.html", 1, "img", source=other)).fingerprint,
        finding(Place("a.html", 1, "img", source=ALT), rule="alt-long").fingerprint,
        finding(Place("a.html", 1, "img")).fingerprint,
        finding(Place("b.html", 1, "img")).fingerprint,
        finding(Place("a.html", 1, "p > img")).fingerprint,
    ]

    assert len(set(fingerprints)) == len(fingerprints)
    assert all(len(fingerprint) == 16 and int(fingerprint, 16) >= 0 for fingerprint in fingerprints)


def test_a_birthplace_is_written_as_editors_read_it() -> None:
    """`file:line:column` can be clicked in a terminal."""
    assert str(ALT) == "news/flood/record.yaml:14:9"
