"""Findings: who can mend them, and what stays the same while the defect does."""

import pytest

from a11ynews.finding import Birthplace, Finding, Owner, Place, Severity, is_lasting
from a11ynews.page import Attribute
from pages import page_of

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


def fingerprint(html: str, words: str = "", page: str = "a.html", path: str = "") -> str:
    """The fingerprint of an element on a page from elsewhere."""
    return finding(Place(page, 7, "main > *", html, words=words, path=path)).fingerprint


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            '<img src="a.jpg">', '<img class="wide" style="width: 3em" src="a.jpg" loading="lazy">', id="class and style"
        ),
        pytest.param('<a href="/x?a=1&amp;b=2" id="x">', '<a id=x href="/x?a=1&b=2">', id="order, quotes and references"),
        pytest.param('<img src="a.jpg?v=1">', '<img src="a.jpg?v=2">', id="version of a file"),
        pytest.param('<a href="/x#top">', '<a href="/x#end">', id="fragment of a link elsewhere"),
        pytest.param('<input id="ember1234" name="q">', '<input id="ember98" name="q">', id="counted id"),
        pytest.param('<input id=":r1:" type="text">', '<input id=":rb:" type="text">', id="React's ids"),
        pytest.param('<input id="a3f09b7c2" type="text">', '<input id="77c01d2fe" type="text">', id="hash"),
        pytest.param('<label for="field-7f3a9c21">', '<label for="field-0c4d88ab">', id="what refers to such an id"),
        pytest.param('<a href="#tab-3">', '<a href="#tab-4">', id="link to such an id"),
    ],
)
def test_what_a_new_build_changes_is_no_part_of_an_element(before: str, after: str) -> None:
    """A fingerprint is the same after the looks, the order of attributes or generated names have changed."""
    assert fingerprint(before, "Words") == fingerprint(after, "Words")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('<img src="a.jpg">', '<img src="b.jpg">'),
        ('<a href="/news?id=1">', '<a href="/news?id=2">'),
        ('<a href="#content">', '<a href="#footer">'),
        ('<input id="city" type="text">', '<input id="street" type="text">'),
        ('<div role="button">', '<div role="link">'),
        ('<p lang="de">', "<p>"),
        ("<h2>", "<h3>"),
    ],
)
def test_what_somebody_wrote_tells_elements_apart(one: str, other: str) -> None:
    """Addresses, ids that mean something, roles, languages, tags."""
    assert fingerprint(one) != fingerprint(other)


def test_words_tell_elements_apart_that_nothing_else_does() -> None:
    """A paragraph is its words; a picture is its file, whatever is said of it elsewhere."""
    assert fingerprint("<p>", "One") != fingerprint("<p>", "Two")
    assert fingerprint('<a href="/x">', "One") == fingerprint('<a href="/x">', "Two")


def test_a_page_is_its_path_on_any_host() -> None:
    """Another port, another host, another folder of a build: the same page. Another query is another page."""
    assert fingerprint("<p>", page="http://127.0.0.1:8000/de/") == fingerprint("<p>", page="https://a.example/de/index.html")
    assert fingerprint("<p>", page="/tmp/build1/de/a.html", path="de/a.html") == (
        fingerprint("<p>", page="/tmp/build2/de/a.html", path="de/a.html")
    )
    assert fingerprint("<p>", page="https://a.example/?id=1") != fingerprint("<p>", page="https://a.example/?id=2")
    assert Place("http://[broken/").page_path == "http://[broken/"


@pytest.mark.parametrize("name", ["content", "main-navigation", "search_field", "facade", "feedback", "café", "x"])
def test_an_id_that_somebody_wrote_lasts(name: str) -> None:
    """Words do, also those of the letters a to f."""
    assert is_lasting(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "ember12",
        ":r1:",
        "radix-:r0:",
        "«r3»",
        "_r_2_",
        "x-a1b2c3d4",
        "id_1700000000000",
        "3f2504e0-4f89",
        "sc1b2c3d",
        "tab-3",
    ],
)
def test_an_id_that_is_made_anew_does_not_last(name: str) -> None:
    """Counters, hashes, times, and what frameworks make."""
    assert not is_lasting(name)


def identity_of(html: str, tag: str, attribute: str = "") -> str:
    """The identity of the birthplace of the first element of a tag, on a page of ours."""
    page = page_of(html, ours=True)
    part = page.tagged(tag)[0]
    source = page.source_of(Attribute(part, attribute) if attribute else part)
    assert source is not None
    return source.identity


def test_an_element_of_a_template_outlives_its_looks_and_its_place() -> None:
    """Class, style, addresses, words and what it stands in have no part in it, so one entry speaks of all pages."""
    before = identity_of('<p>[de: Guten Morgen]</p><a class="more" href="de/a.html" rel="next">[de: Mehr]</a>', "a")
    after = identity_of('<div>\n<a href="it/b.html" class="b c" rel="next">[it: Altro]</a></div>', "a")

    assert before == after == "template templates/page.html a rel=next"


def test_elements_of_a_template_are_told_apart_by_what_it_says_of_them() -> None:
    """An id, a role, a target within the page."""
    assert identity_of('<nav id="languages"></nav>', "nav") == "template templates/page.html nav id=languages"
    assert identity_of('<a href="#content">x</a>', "a") == "template templates/page.html a href=#content"
    assert identity_of('<figure id="picture-3"></figure>', "figure") == "template templates/page.html figure"


def test_literals_of_one_element_are_told_apart_by_their_words() -> None:
    """Two words that a template holds on one line are two defects, and each is the same on every page."""
    page = page_of('<p>Read more<br>Go back</p><p aria-label="Close">[de: x]</p>', ours=True)
    literals = {words.words: page.source_of(words) for words in page.words if words.words in ("Read more", "Go back", "Close")}
    identities = {source.identity for source in literals.values() if source}

    assert len(identities) == len(literals) == 3
    assert identity_of('<p aria-label="Close">[de: x]</p>', "p", "aria-label") in identities
    assert identity_of('<p class="y" aria-label="Close  ">[de: x]</p>', "p", "aria-label") in identities
