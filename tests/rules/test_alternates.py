"""Language versions: on one page, and between pages."""

from typing import Any

import pytest

from a11ynews.rule import Rule
from a11ynews.rules.alternates import (
    canonical,
    hreflang_absolute,
    hreflang_default,
    hreflang_language,
    hreflang_once,
    hreflang_reciprocal,
    hreflang_self,
    hreflang_valid,
    language_switcher,
)
from pages import TEMPLATE, found, told


def version(tag: str, address: str) -> str:
    """A link to a language version."""
    return f'<link rel="alternate" hreflang="{tag}" href="{address}">'


def own(address: str) -> str:
    """The address that a page gives as its own."""
    return f'<link rel="canonical" href="{address}">'


EN, DE, IT = "https://a.example/en/", "https://a.example/de/", "https://a.example/it/"


@pytest.mark.parametrize(
    ("rule", "fragment"),
    [
        (hreflang_valid, "<p>Text</p>"),
        (hreflang_valid, '<link rel="alternate" type="application/rss+xml" hreflang="de_AT" href="/feed">'),
        (hreflang_valid, '<link rel="stylesheet" hreflang="de_AT" href="/a.css">'),
        (hreflang_valid, version("X-Default", EN)),
        (hreflang_absolute, '<link rel="alternate" type="application/atom+xml" hreflang="de" href="/feed">'),
        (hreflang_once, version("de", DE) + version("de-AT", DE)),
        (hreflang_self, version("x-default", EN)),
        (hreflang_self, f"<html><head>{version('de', DE)}</head></html>"),
        (hreflang_self, own(EN) + version("en", EN + "index.html")),
        (hreflang_default, version("en", EN)),
        (canonical, "<p>Text</p>"),
        (language_switcher, version("en", EN)),
        (language_switcher, version("de", DE) + '<a href="../de/index.html">Deutsch</a>'),
        (language_switcher, own(EN) + version("de", DE) + '<a href="../de/">Deutsch</a>'),
    ],
)
def test_what_a_rule_does_not_apply_to(rule: Rule[Any], fragment: str) -> None:
    """Feeds, style sheets, single versions, and pages whose address is not known are left alone."""
    assert told(rule, fragment) == []


def test_each_fault_is_told_at_its_link() -> None:
    """With the tag or the address as it stands, and the line of the template on a page of ours."""
    (finding,) = found(hreflang_absolute, f"{version('en', EN)}\n{version('de', '/de/')}", ours=True)

    assert finding.message == "the de version has the address “/de/”; write it in full, with https://"
    assert str(finding.place.source) == f"{TEMPLATE}:2:1"
    assert told(hreflang_valid, version("de_AT", DE)) == ["“de_AT” is no language tag; write it with a hyphen"]
    assert told(hreflang_absolute, version("de", "//a.example/de/") + version("it", "http://[")) == [
        "the de version has the address “//a.example/de/”; write it in full, with https://",
        "the it version has the address “http://[”; write it in full, with https://",
    ]
    assert told(hreflang_once, version("de", DE) + version("DE", IT)) == [
        "the DE version is named twice, as “https://a.example/de/” too; take one away"
    ]


def test_a_page_that_is_not_among_its_versions() -> None:
    """By its language, and by its address where it gives one."""
    assert told(hreflang_self, version("de", DE)) == [
        'the versions do not hold this page; add <link rel="alternate" hreflang="en" href="…">'
    ]
    assert told(hreflang_self, own(EN) + version("en", "https://a.example/")) == [
        "none of the versions has the page's own address, https://a.example/en/; name it as the canonical link does"
    ]


def test_canonical_addresses() -> None:
    """Relative ones, and more than one."""
    assert told(canonical, own("/en/") + own(EN)) == [
        "the canonical address is “/en/”; write it in full, with https://",
        "the page gives a second canonical address, “https://a.example/en/”; keep one",
    ]


def test_a_version_that_nobody_can_click() -> None:
    """The head is not enough for people."""
    assert told(language_switcher, own(EN) + version("de", DE) + '<a href="/it/">Italiano</a>') == [
        "no link on the page leads to its de version “https://a.example/de/”; add one that people can follow"
    ]


def test_versions_name_each_other() -> None:
    """Each page that is not named back is told where it names the other; pages that are not checked are not judged."""
    english = own(EN) + version("de", DE) + version("it", IT)
    german = own(DE) + version("de", DE)

    (finding,) = found(hreflang_reciprocal, english, german)

    assert finding.place.page == "page.html"
    assert finding.message == 'the de version page1.html does not name this page back; add its <link rel="alternate"> there'
    assert told(hreflang_reciprocal, english, german + version("en", EN + "index.html")) == []
    assert told(hreflang_reciprocal, english) == []


def test_a_version_is_in_its_language() -> None:
    """What the one says of the other must be true; x-default may be anything."""
    english = version("de", DE) + version("x-default", DE)

    assert told(hreflang_language, english, f'<html lang="it"><head>{own(DE)}</head></html>') == [
        "page1.html is named as the de version and says that it is “it”; mend hreflang or lang"
    ]
    assert told(hreflang_language, english, f'<html lang="de-AT"><head>{own(DE)}</head></html>') == []
    assert told(hreflang_language, english, f"<html><head>{own(DE)}</head></html>") == []
