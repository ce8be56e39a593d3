"""Labels that every page has, in the language of the page."""

import pytest

from a11ynews.rules.furniture import _KNOWN, label_language
from pages import told

PAGE = '<html lang="{}"><body>{}<p>2026</p></body></html>'


@pytest.mark.parametrize(
    ("language", "fragment", "found"),
    [
        ("de", '<nav aria-label="Languages">1</nav>', "English"),
        ("de", '<button title="Open menu">1</button>', "English"),
        ("de", '<a href="#a">Skip to content</a>', "English"),
        ("de", '<input type="submit" value="Search">', "English"),
        ("de", '<input placeholder="Search …" aria-label="Suche">', "English"),
        ("de-AT", '<img src="a.svg" alt="Previous page">', "English"),
        ("it", "<button>Menü öffnen</button>", "German"),
        ("it", '<a href="/">Read more »</a>', "English"),
        ("en", '<nav aria-label="Briciole"><a href="#a">Vai al contenuto</a></nav>', "Italian"),
        ("en", "<summary>Sprache wählen</summary>", "German"),
        ("de", '<nav aria-label="Sprachen">1</nav>', ""),
        ("de", '<a href="/">Home</a><a href="/login">Login</a><a href="/n">Newsletter</a>', ""),
        ("it", '<a href="/p">Privacy</a><a href="/m">Menu</a>', ""),
        ("de", '<a href="/en" hreflang="en">About us</a>', ""),
        ("de", '<a lang="en" href="/en">About us</a>', ""),
        ("de", "<p>Search</p>", ""),
        ("de", '<button translate="no">Search</button>', ""),
        ("de", "<button hidden>Search</button>", ""),
        ("de", '<input value="Search" aria-label="Suche">', ""),
        ("de", '<a href="/s">Search engines</a>', ""),
        ("fr", "<button>Search</button>", ""),
    ],
)
def test_the_labels_of_every_page(language: str, fragment: str, found: str) -> None:
    """Whole labels in another of the three languages; loans, other words and what leads to that language are no fault."""
    messages = told(label_language, PAGE.format(language, fragment))

    assert bool(messages) is bool(found)
    assert all(f" is {found} and stands as " in message for message in messages)


def test_a_page_in_another_language_is_told_as_a_whole() -> None:
    """There is nothing to say of its labels then."""
    words = "<p>The river rose in the night, and nobody in the village had seen it coming.</p><button>Search</button>"
    assert told(label_language, PAGE.format("de", words)) == []


def test_no_word_is_known_in_two_languages() -> None:
    """For then it tells nothing."""
    for one, words in _KNOWN.items():
        for other, others in _KNOWN.items():
            assert one == other or not words & others
