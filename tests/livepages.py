"""Live pages for the tests of live rules: a fragment of HTML, open in a browser."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

from playwright.sync_api import Error
from playwright.sync_api import Page as BrowserPage

from a11ynews.finding import Finding
from a11ynews.live import axe, script
from a11ynews.live.cell import CELLS, Cell
from a11ynews.live.livepage import LivePage
from a11ynews.live.structure import structure_of
from a11ynews.page import SeenPages
from a11ynews.rule import Rule
from pages import page_of, whole

Look = Callable[[Rule[LivePage], str], list[Finding]]

UNTOUCHED: WeakSet[BrowserPage] = WeakSet()
"""The tabs whose window is empty, since their test has only just begun."""


@contextmanager
def opened(tab: BrowserPage, fragment: str, cell: Cell = CELLS[0]) -> Iterator[LivePage]:
    """The page of a fragment, in the first cell of the matrix where no other one is named."""
    page = page_of(fragment)
    cell.put_on(tab)
    if tab not in UNTOUCHED or tab.evaluate("document.body.hasChildNodes()"):
        tab.goto("about:blank")  # a window of its own, in which nothing is left of an earlier fragment
    UNTOUCHED.discard(tab)
    tab.set_content(whole(fragment))
    cdp = tab.context.new_cdp_session(tab)

    def hold(event: dict[str, Any]) -> None:
        with suppress(Error):  # the request may have gone
            cdp.send("Fetch.fulfillRequest", {"requestId": event["requestId"], "responseCode": 204})

    # The page stays, as in a session. Playwright's own way to answer for a server takes twice as long.
    cdp.on("Fetch.requestPaused", hold)
    cdp.send("Fetch.enable", {"patterns": [{"urlPattern": "http*"}]})

    def settle() -> None:
        tab.evaluate(script("settle.js"), [True, 5000])

    def again(other: BrowserPage) -> None:
        other.goto("about:blank")
        other.route("http*://**", lambda route: route.fulfill(status=204))
        other.set_content(whole(fragment), wait_until="commit")

    settle()
    try:
        yield LivePage(page, tab, cdp, cell, settle, again)
    finally:
        cdp.detach()


ASK_AXE = {"contrast-by-pixels": "color-contrast", "link-like-text": "link-in-text-block"}
"""The rules that go by what one of axe's has said."""


def found(rule: Rule[Any], tab: BrowserPage, *fragments: str, cell: Cell = CELLS[0]) -> list[Finding]:
    """What a live rule finds on the page of a fragment; of a rule that compares pages, on the pages of all of them."""
    if rule.on is SeenPages:
        structures = {}
        for number, fragment in enumerate(fragments):
            with opened(tab, fragment):
                structures[page_of(fragment, f"page{number}.html")] = structure_of(tab)
        return list(rule(SeenPages(structures)))
    with opened(tab, fragments[0], cell) as live:
        if rule.id in ASK_AXE:
            live.outcomes = {cell: axe.run(tab, choice=axe.Choice(only=frozenset({ASK_AXE[rule.id]})))}
        return list(rule(live))


_EXAMPLE = re.compile(r"^(Bad|Good): (.*?)(?=^(?:Bad|Good): |^\n|\Z)", re.MULTILINE | re.DOTALL)


def examples(rule: Rule[Any]) -> list[tuple[str, tuple[str, ...]]]:
    """The examples in a rule's help, as (Bad or Good, fragments): one page, or as many as are compared."""
    return [
        (kind, tuple(re.sub(r"\s*\n\s*", " ", fragment) for fragment in re.findall(r"`([^`]*)`", text)))
        for kind, text in _EXAMPLE.findall(rule.help)
    ]
