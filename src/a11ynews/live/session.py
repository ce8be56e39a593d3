"""
Pages, opened one after the other in a browser and looked at in every cell of the matrix.

A page is loaded once; width, colour scheme and forced colours change without loading it anew. Nothing but the site itself is
loaded. Whatever keeps a page from being looked at in full is told in the report, and never taken for a pass.
"""

import os
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urldefrag, urlsplit

from ..message import say
from ..page import Page
from ..report import CheckedPage, Report, Unfinished
from ..rule import RuleFacts
from . import axe, script
from .browser import launched
from .server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Response
    from playwright.sync_api import Page as BrowserPage

_PAGES_PER_CONTEXT = 200
"""A browser context grows with every page; then a new one takes its place."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One way of looking at a page: CSS pixels of the window, colour scheme, and whether the reader's colours are forced."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    forced_colours: bool = False

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}{', forced colours' if self.forced_colours else ''}"


CELLS = (
    Cell(1280, 800),
    Cell(1280, 800, "dark"),
    Cell(1280, 800, forced_colours=True),
    Cell(320, 640),
)
"""The usual matrix. 320 pixels are the width at which WCAG 1.4.10 wants a page to reflow."""


def _say_nothing(_name: str) -> None:
    pass


def examine(
    pages: Sequence[Page],
    root: Path,
    report: Report,
    *,
    cells: Sequence[Cell] = CELLS,
    best_practices: bool = False,
    patience: float = 60,
    tell: Callable[[str], None] = _say_nothing,
) -> None:
    """
    Look at pages in a browser, and put what is found, and what could not be looked at, into the report.

    `root` is the folder that is served as the site; a page's name is the path of its file below it, or an `http` address, which
    is then opened as it is. `patience` is how many seconds a page may take to load, and again in each cell. `tell` is given each
    page's name when its turn comes. Raises BrowserError where no browser starts.
    """
    if not pages:
        return
    session = _Session(root, report, tuple(dict.fromkeys(cells)), best_practices, patience)
    # In a thread of its own, because Playwright refuses one whose event loop runs: a notebook's, or pytest-playwright's.
    with ThreadPoolExecutor(1, thread_name_prefix="a11ynews-live") as pool:
        work = pool.submit(session.run, pages, tell)
        try:
            # A signal may reach any thread, but is heeded in this one, and only while it is awake.
            while not wait([work], timeout=0.2).done:
                pass
            work.result()
        finally:
            session.stop.set()


class _Unseen(Exception):
    """The page cannot be looked at, and a second attempt would not help."""


class _TooSlow(Exception):
    """The page did not answer in time."""


@dataclass(slots=True)
class _Visit:
    """What came of one page."""

    outcomes: dict[Cell, axe.Outcome] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    """Why it was not, or not wholly, looked at."""

    def labels(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """The names of cells; none where they are all that the page was looked at in."""
        return () if len(cells) == len(self.outcomes) else tuple(str(cell) for cell in cells)


class _Session:
    def __init__(self, root: Path, report: Report, cells: tuple[Cell, ...], best_practices: bool, patience: float) -> None:
        self.root = root.resolve()
        self.report = report
        self.cells = cells
        self.best_practices = best_practices
        self.patience = patience
        self.stop = Event()
        """Set from outside, when nobody waits for the rest any more."""
        self.blocked: dict[str, None] = {}
        self.rules: frozenset[str] = frozenset()
        """The names of axe's rules that ran."""
        self.facts: dict[str, RuleFacts] = {}
        self.browser: Browser | None = None
        self.browser_pid = 0
        self.tab: _Tab | None = None

    def run(self, pages: Sequence[Page], tell: Callable[[str], None]) -> None:
        with serving(self.root) as self.base, ExitStack() as self.lifetime:
            self.origins = {self.base, *(_origin(page.name) for page in pages if _is_address(page.name))}
            browser = f"Chromium {self._running_browser().version}"
            for number, page in enumerate(pages):
                if self.stop.is_set():
                    return
                if number % _PAGES_PER_CONTEXT == 0:
                    self._drop_tab()
                tell(page.name)
                self._take_in(page, self._visit(page))
        self.report.axe, self.report.browser = axe.version(), browser
        self.report.ran(facts for id, facts in sorted(self.facts.items()) if id.removeprefix("axe/") in self.rules)
        self._note(
            say("axe-core {version} with {n} rules, in {browser}", version=axe.version(), n=len(self.rules), browser=browser)
        )
        if self.blocked:
            self._note(f"not loaded, because it is not part of the site: {', '.join(sorted(self.blocked))}")

    def _note(self, note: str) -> None:
        if note not in self.report.notes:
            self.report.notes.append(note)

    def _running_browser(self) -> "Browser":
        if self.browser is None or not self.browser.is_connected():
            self.tab = None
            self.lifetime.close()
            self.browser = self.lifetime.enter_context(launched())
            processes = self.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            self.browser_pid = next(process["id"] for process in processes if process["type"] == "browser")
        return self.browser

    @contextmanager
    def _patience(self) -> Iterator[None]:
        """
        End the browser when what is done in here takes too long.

        Playwright waits for a script in a page without limit, and a page whose script never ends cannot be reached otherwise.
        """
        timer = Timer(self.patience, os.kill, (self.browser_pid, getattr(signal, "SIGKILL", signal.SIGTERM)))
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if timer.is_alive():
                raise
            raise _TooSlow(f"it did not answer within {self.patience:g} seconds") from error
        finally:
            timer.cancel()

    def _visit(self, page: Page) -> _Visit:
        """Look at a page; once more, in a fresh context, where the browser fails."""
        from playwright.sync_api import Error

        address = self._address(page)
        if not address:
            return _Visit(reasons=[f"it is not in the folder {self.root} that is looked at; name a folder that holds it"])
        failures: list[str] = []
        while len(failures) < 2:
            visit = _Visit()
            try:
                self._look(address, visit)
            except _Unseen as reason:
                visit.reasons.append(str(reason))
            except (Error, _TooSlow, ValueError, KeyError, TypeError) as error:
                if "Execution context was destroyed" in str(error):
                    self._drop_tab()
                    return _Visit(reasons=[_REPLACED])
                failures.append(str(error) if isinstance(error, _TooSlow) else f"the browser failed ({_first_line(error)})")
                self._drop_tab()
                if self.stop.is_set():
                    break
                continue
            if failures:
                self._note(f"{page.name}: looked at a second time, because at first {failures[0]}")
            return visit
        return _Visit(reasons=[f"{' and then '.join(dict.fromkeys(failures))}, twice; see what its scripts do"])

    def _drop_tab(self) -> None:
        tab, self.tab = self.tab, None
        if tab and self.browser and self.browser.is_connected():
            with suppress(Exception), self._patience():
                tab.context.close()

    def _address(self, page: Page) -> str:
        """The address of a page; empty where it is not below the root."""
        if _is_address(page.name):
            return page.name
        try:
            path = Path(page.name).resolve().relative_to(self.root)
        except ValueError:
            return ""
        return f"{self.base}/{quote(path.as_posix())}"

    def _look(self, address: str, visit: _Visit) -> None:
        browser = self._running_browser()
        with self._patience():
            tab = self.tab = self.tab or _Tab(browser, self.base, self.origins, self.blocked)
            tab.dress(self.cells[0])
            tab.open(address)
            tab.settle()
        done: list[axe.Outcome] = []
        for number, cell in enumerate(self.cells):
            with self._patience():
                if number:
                    tab.dress(cell)
                    tab.settle()
                done.append(self._outcome(tab, done))
        with self._patience():
            tab.must_be_there()
            visit.reasons += tab.complaints()
        visit.outcomes = dict(zip(self.cells, done, strict=True))

    def _outcome(self, tab: "_Tab", done: Sequence[axe.Outcome]) -> axe.Outcome:
        """Run axe, as far as the page differs from what it was in a cell before."""
        like, is_painted_alike = tab.compare()
        if like is not None and is_painted_alike:
            return done[like]
        outcome = axe.run(tab.page, best_practices=self.best_practices, only_colours=like is not None, leave_out=tab.is_left_out)
        if like is not None:
            return done[like].overlaid(outcome)
        self.rules |= {*outcome.rules}
        if not self.facts:
            self.facts = axe.facts(tab.page)
        return outcome

    def _take_in(self, page: Page, visit: _Visit) -> None:
        """Put what came of a page into the report: the same thing in several cells is one finding."""
        seen: dict[tuple[str, str, tuple[str, ...]], tuple[axe.Node, list[Cell]]] = {}
        reasons: dict[str, list[Cell]] = {}
        for cell, outcome in visit.outcomes.items():
            for node in outcome.nodes:
                seen.setdefault((node.rule, node.severity, node.target), (node, []))[1].append(cell)
            for reason in outcome.unfinished:
                reasons.setdefault(reason, []).append(cell)
        self.report.add(axe.finding(node, page, visit.labels(cells)) for node, cells in seen.values())
        for reason, cells in reasons.items():
            where = "; ".join(visit.labels(cells))
            visit.reasons.append(f"{reason} ({where})" if where else reason)
        self.report.unfinished += [Unfinished(page.name, reason) for reason in dict.fromkeys(visit.reasons)]
        if visit.outcomes:
            _add_checks(self.report, page.name, [f"axe {axe.version()} ({cell})" for cell in visit.outcomes])


def _add_checks(report: Report, name: str, checks: Sequence[str]) -> None:
    for number, page in enumerate(report.pages):
        if page.name == name:
            report.pages[number] = replace(page, checks=tuple(dict.fromkeys((*page.checks, *checks))))
            return
    report.pages.append(CheckedPage(name, tuple(checks)))


def _first_line(error: Exception) -> str:
    """The first line of an error, without the name of Playwright's function in front."""
    line = re.sub(r"^\w+\.\w+: ", "", str(error).strip().partition("\n")[0]) or type(error).__name__
    return line if len(line) <= 200 else line[:199] + "…"


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://", "ws://", "wss://"))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme.replace('ws', 'http')}://{parts.netloc}"


_REPLACED = "another page took its place while it was looked at; see what its scripts do"
_LOADED = """() => new Promise(done => {
  const look = () => document.readyState === "complete" ? done() : setTimeout(look, 5);
  look();
})"""


class _Tab:
    """One page of a browser context, kept from address to address, with ears for what happens to it."""

    def __init__(self, browser: "Browser", base: str, origins: set[str], blocked: dict[str, None]) -> None:
        self.base = base
        self.origins = origins
        self.blocked = blocked
        self.context = browser.new_context(
            # Our own server is the proxy for all that is not the site, and refuses it: so nothing gets out, not even the look-up
            # of a name, and no request for the site itself waits until somebody has judged it.
            proxy={"server": base, "bypass": ",".join(sorted(urlsplit(origin).netloc for origin in origins))},
            accept_downloads=False,
            service_workers="block",
            locale="en-US",
            timezone_id="UTC",
        )
        self.context.add_init_script(axe.preparation())
        self.page: BrowserPage = self.context.new_page()
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("websocket", lambda socket: self._note_foreign(socket.url))
        self.page.on("popup", _close)
        self.cdp = self.context.new_cdp_session(self.page)
        self.frame_id = self.cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self.cdp.on("Page.frameRequestedNavigation", self._on_departure)
        self.cdp.on("Fetch.requestPaused", self._on_document)
        self.cdp.send("Page.enable")
        self.cdp.send("Fetch.enable", {"patterns": [{"resourceType": "Document"}]})
        self._begin("")

    def _begin(self, address: str) -> None:
        self.address = address
        self.is_awaited = True
        """Whether the document that was asked for is still to come."""
        self.away: dict[str, None] = {}
        self.broken: dict[str, str] = {}
        """Addresses of frames and style sheets that were not there, and what is to be said of it."""
        self.time_origin = 0.0

    def _on_request(self, request: "Request") -> None:
        self._note_foreign(request.url)

    def _note_foreign(self, address: str) -> None:
        if self._is_foreign(address):
            self.blocked[urlsplit(address).netloc] = None

    def _is_foreign(self, address: str) -> bool:
        return _is_address(address) and _origin(address) not in self.origins

    def _on_response(self, response: "Response") -> None:
        if response.status < 400 or self._is_foreign(response.url):
            return
        kind = response.request.resource_type
        if kind == "document" and response.request.frame != self.page.main_frame:
            kind = "frame"
        if name := {"stylesheet": "style sheet", "frame": "frame"}.get(kind):
            self.broken[response.url] = f"its {name} {self._short(response.url)} answers with HTTP status {response.status}"

    def _short(self, address: str) -> str:
        """An address as it is called within the site: the port is another one each time."""
        return address.removeprefix(self.base)

    def _on_departure(self, event: dict[str, Any]) -> None:
        """The page itself wants to go elsewhere; to come again, or to another place in itself, is no departure."""
        address = str(event["url"])
        is_top = event["frameId"] == self.frame_id and event["disposition"] == "currentTab"
        if is_top and _is_address(address) and urldefrag(address)[0] != urldefrag(self.address)[0]:
            self.away[address] = None

    def _on_document(self, event: dict[str, Any]) -> None:
        """Let the document through that was asked for, and those of frames; the page stays where it is."""
        from playwright.sync_api import Error

        is_top = event["frameId"] == self.frame_id
        is_allowed = not is_top or self.is_awaited or "redirectedRequestId" in event
        self.is_awaited = self.is_awaited and not is_top
        with suppress(Error):  # the request may have gone
            if is_allowed:
                self.cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                self.cdp.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "Aborted"})

    def dress(self, cell: Cell) -> None:
        """Take on a cell's width and colours."""
        self.page.set_viewport_size({"width": cell.width, "height": cell.height})
        forced: Literal["active", "none"] = "active" if cell.forced_colours else "none"
        self.page.emulate_media(color_scheme=cell.scheme, forced_colors=forced, reduced_motion="reduce")

    def open(self, address: str) -> None:
        """Go to an address as a reader would who was never there. Raises _Unseen where no page comes of it."""
        self._begin(address)
        self.cdp.send("Storage.clearDataForOrigin", {"origin": _origin(address), "storageTypes": "all"})
        # Playwright's own waiting for the load would never end on a page that tried to lead away.
        response = self.page.goto(address, wait_until="commit", timeout=0)
        if response is None:
            raise _Unseen("the browser got no answer; see that the address is right")
        if urldefrag(response.url)[0] != urldefrag(address)[0]:
            raise _Unseen(f"it sends readers on to {self._short(response.url)}; look at that page instead")
        if not response.ok:
            raise _Unseen(f"it answers with HTTP status {response.status}; see that it is there")
        kind, self.time_origin = self.page.evaluate("[document.contentType, performance.timeOrigin]")
        if kind not in ("text/html", "application/xhtml+xml", "image/svg+xml"):
            raise _Unseen(f"it is {kind} and no HTML page; leave it out")
        self.page.evaluate(_LOADED)

    def settle(self) -> None:
        """Wait until nothing moves any more."""
        from playwright.sync_api import Error

        for frame in self.page.frames:
            if frame == self.page.main_frame:
                frame.evaluate(script("settle.js"), True)
            elif not frame.url.startswith("chrome-error:"):
                with suppress(Error):  # axe will not be able to run in such a frame either, and that is told
                    frame.evaluate(script("settle.js"), False)

    def complaints(self) -> list[str]:
        """Why what was seen may not be what readers see."""
        reasons = [f"{reason}; put it where the page looks for it" for reason in self.broken.values()]
        if self.away:
            return reasons + [
                f"it leads away by itself, to {self._short(address)}; look at that page too" for address in self.away
            ]
        if empty := self.page.evaluate(script("empty.js")):
            reasons.append(f"its {empty} is empty; see that the page has its content without waiting for a script")
        return reasons

    def must_be_there(self) -> None:
        """Raise _Unseen where the page has been replaced by another while it was looked at."""
        if self.page.evaluate("performance.timeOrigin") != self.time_origin:
            raise _Unseen(_REPLACED)

    def is_left_out(self, address: str) -> bool:
        """Whether a frame is not looked into: it is not part of the site, or is not there, which has been told."""
        return self._is_foreign(address) or address in self.broken

    def compare(self) -> tuple[int | None, bool]:
        """The number of the first cell in which everything stood as it does now, and whether it was painted alike too."""
        like, is_painted_alike = self.page.evaluate(script("compare.js"))
        return like, is_painted_alike


def _close(popup: "BrowserPage") -> None:
    from playwright.sync_api import Error

    with suppress(Error):  # it may have closed itself
        popup.close()
