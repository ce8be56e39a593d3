"""
A window beside that of the pages, from which they are looked at.

A script that comes with each page is new to the browser in each: it is read anew, and runs slowly until it is known which of its
parts run often. In a window that stays that is found out once for many pages. The window has the origin of the site, and the
pages' own is opened by it, so it can look into them; they have no way back to it, and what they do to their own window does not
change what our scripts are made of. Where it cannot look into a page, since that is of another origin or wants a group of windows
of its own (`Cross-Origin-Opener-Policy`), the scripts run in the page itself.
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag

from ..rule import RuleFacts
from . import axe, script
from .browser import FROM_LOOKOUT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, CDPSession, Locator, Route
    from playwright.sync_api import Page as BrowserPage

_WINDOW = 10_000
"""How many milliseconds a new window may take to come."""

_BLANK = "/.a11ynews-lookout"
"""Where the window is on the site: it is answered here, and nobody else is asked for it."""

# Of the window that axe is given it keeps two names for itself, which are to be ours.
_HEAD = re.compile(r"!function \w+\(window\)\{var (\w+)=window,document=window\.document;")

# What it remembers by, of one thing and of several; in their place comes what `remember.js` has. Where they are not, they stay.
_MEMORIES = (
    ("byArguments(1)", "t.exports=function(){var t=0,n=[],r=[];return{get:"),
    ("byArguments(i)", "t.exports=function(i){var a=0,l=[[],[]],u=n(null);return{get:"),
)


class Lookout:
    """The window, and the one that it has opened for pages; `window` is a new one of the context, or else one is begun."""

    def __init__(
        self,
        context: "BrowserContext",
        origin: str,
        core: axe.Core,
        scripts: Mapping[str, str],
        window: "BrowserPage | None" = None,
    ) -> None:
        self._window = window or context.new_page()

        def answer(route: "Route") -> None:
            route.fulfill(body="<!doctype html><title></title>", content_type="text/html; charset=utf-8")

        self._window.route("**/*", answer)
        self._window.goto(origin + _BLANK)
        self._window.unroute("**/*")
        named = ", ".join(f"{name}: {source}" for name, source in scripts.items())
        source = f"{script('remember.js')}\n{_turned(core.source)}\n{script('runner.js')}\nconst scripts = {{{named}}};"
        self._window.evaluate(f"source => ({script('lookout.js')})(source)", source)
        with self._window.expect_popup() as opened:
            self._window.evaluate("() => { window[Symbol.for('a11ynews lookout')].open() }")
        self.page: BrowserPage = opened.value
        """Where pages are opened."""

    def ask(self, name: str, argument: Any, address: str) -> tuple[bool, Any]:
        """
        What one of the scripts answers of the page at an address, and whether there is an answer at all: not every page can be
        looked into.

        Raises playwright's Error where the script does, or another page has come meanwhile.
        """
        # As text, of which Playwright does not look at each value, here, in its driver and in the browser.
        told = self._window.evaluate(_ASK, json.dumps([name, argument, urldefrag(address)[0]]))
        return bool(told), json.loads(told)[0] if told else None

    def facts(self) -> dict[str, RuleFacts]:
        """What axe says of its rules. Raises playwright's Error where it says nothing."""
        return axe.facts_told(self._window.evaluate(axe.FACTS))

    def root(self, address: str) -> "Locator | None":
        """
        The root of the page at an address, for what Playwright has to find out of it; None where it cannot be looked into.

        Playwright's own scripts are half a megabyte, too, and are read here once.
        """
        if self._window.evaluate(_SEES, urldefrag(address)[0]):
            return self._window.locator(f"{FROM_LOOKOUT}=root")
        return None


def undrawn_context(browser: "Browser", **how: Any) -> "tuple[BrowserContext, BrowserPage | None]":
    """
    A new context, and a window in it that is never drawn, nor is any that it opens; None where the browser has no such windows.

    Pages are laid out there as anywhere, as often as somebody asks where something is. That nobody paints them, or unpacks their
    pictures, saves a sixth of what a page costs. `requestAnimationFrame` never comes to its end there.
    """
    from playwright.sync_api import Error

    try:
        session = browser.new_browser_cdp_session()
        before = _contexts(session)
    except Error:
        return browser.new_context(**how), None
    context, window = browser.new_context(**how), None
    with suppress(Error, ValueError):
        (made,) = _contexts(session) - before
        asked = {"url": "about:blank", "browserContextId": made, "enableBeginFrameControl": True}
        with context.expect_page(timeout=_WINDOW) as begun:
            session.send("Target.createTarget", asked)
        window = begun.value
    with suppress(Error):
        session.detach()
    return context, window


def _contexts(session: "CDPSession") -> set[str]:
    return {*session.send("Target.getBrowserContexts")["browserContextIds"]}


_SEES = "address => window[Symbol.for('a11ynews lookout')].sees(address)"
_ASK = "asked => window[Symbol.for('a11ynews lookout')].ask(asked)"


def can_look(core: axe.Core) -> bool:
    """Whether it is known how to have that axe-core look at another window than its own."""
    return core.is_known and _HEAD.search(core.source) is not None


def _turned(source: str) -> str:
    """axe's source, for whatever window the names `window` and `document` stand for when it runs."""
    turned = _HEAD.sub(lambda found: f"!function () {{var {found[1]}=window;", source, count=1)
    for name, its in _MEMORIES:
        if turned.count(its) == 1:
            turned = turned.replace(its, its.replace("{", f"{{return {name};", 1))
    return turned
