"""What of a page others are compared with."""

import gc
import weakref
from typing import Any

import pytest
from lxml.html import document_fromstring

from a11ynews.page import Page, PageSet
from a11ynews.report_file import Coder
from a11ynews.rule import Rule
from a11ynews.rules import RULES
from a11ynews.rules.traits import Alike, Traits, traits_of

LANGUAGES = ("de", "en", "it")
COMPARING = [rule for rule in RULES if rule.on is PageSet]


def site(records: int = 4) -> list[Page]:
    """Pages of which every rule that compares pages has something to say."""
    pages = []
    for number in range(records):
        for language in LANGUAGES:
            links = "".join(
                f'<link rel="alternate" hreflang="{one}" href="https://a.example/{one}/{number}.html">'
                for one in LANGUAGES
                if not (number == 1 and language == "de" and one == "it")
            )
            order = ("a", "b") if number else ("b", "a")
            menu = "".join(f'<a href="/{one}">{one if number or one == "a" else "other"} page</a> ' for one in order)
            alt = "" if language == "it" else "the street is under water"
            help_in, other = ("header", "footer") if number else ("footer", "header")
            said = language if number != 2 or language != "it" else "fr"
            html = (
                f'<!doctype html><html lang="{said}"><head><title>Same</title>'
                f'<link rel="canonical" href="https://a.example/{language}/{number}.html">{links}</head><body><nav>{menu}</nav>'
                f'<{help_in}><a href="/c">Contact</a></{help_in}><{other}>x</{other}><main><h1>{language} {number}</h1>'
                f'<img src="a.jpg" alt="{alt}"><a href="/{language}/{(number + 1) % records}.html">next</a>'
                f"{'<h2>More</h2>' if language == 'en' else ''}</main></body></html>"
            )
            pages.append(Page(f"{language}/{number}.html", html))
    return pages


@pytest.fixture
def trees(monkeypatch: pytest.MonkeyPatch) -> "weakref.WeakSet[Any]":
    """The trees of pages that are in memory."""
    alive: weakref.WeakSet[Any] = weakref.WeakSet()

    def parse(*args: Any, **given: Any) -> Any:
        root = document_fromstring(*args, **given)
        alive.add(root)
        return root

    monkeypatch.setattr("a11ynews.page.document_fromstring", parse)
    return alive


def known(pages: list[Page]) -> dict[Page, Traits]:
    """The traits of pages as they come from somewhere else, where they were written down."""
    coder = Coder()
    return {page: coder.from_data(coder.to_data(traits_of(page.afresh()), Traits), Traits) for page in pages}


def test_by_their_traits_pages_are_compared_as_by_themselves() -> None:
    """Whoever has read them, and wherever they were written down meanwhile: what is found is the same to the last letter."""
    pages = site(32)
    traits = known(pages)
    themselves, by_traits = PageSet(pages), PageSet(pages, traits=traits)

    for rule in COMPARING:
        told = [*rule(themselves)]
        assert told, rule.id
        assert [*rule(by_traits)] == told, rule.id


@pytest.mark.parametrize("rule", COMPARING, ids=lambda rule: rule.id)
def test_no_page_is_opened_of_which_nothing_is_to_be_said(rule: Rule[Any], trees: "weakref.WeakSet[Any]") -> None:
    """Where the traits are known, a site that is right is compared without a page in memory."""
    right = [
        Page(
            f"{number}.html",
            f"<html lang=en><title>Page {number}</title><nav><a href=1.html>1</a> <a href=2.html>2</a> <a href=0.html>0</a></nav>"
            f"<main><img src=a.jpg alt='A street'></main>{number}",
        )
        for number in range(3)
    ]
    traits = known(right)
    gc.collect()
    trees.clear()

    assert [*rule(PageSet(right, traits=traits))] == []
    assert not trees


def test_few_pages_are_open_at_a_time(trees: "weakref.WeakSet[Any]") -> None:
    """Where there is something to say of each, they are opened one after the other, and let go of."""
    pages = site(20)
    traits = known(pages)
    gc.collect()
    trees.clear()
    together = PageSet(pages, traits=traits)
    most = found = 0

    for rule in COMPARING:
        for _finding in rule(together):
            found += 1
            if len(trees) > 8:
                gc.collect()  # what is not held is to be gone
            most = max(most, len(trees))

    assert found > 100
    assert most <= 8


def test_what_is_alike_is_there_once() -> None:
    """Pages of one site have the same menus."""
    alike = Alike()
    one, other = (traits for page, traits in known(site(3)).items() if page.name in ("de/1.html", "de/2.html"))

    read = alike.once(one), alike.once(other)

    assert read == (one, other)
    assert read[0].menus is read[1].menus
    assert one.menus is not other.menus
