"""
Pages, opened one after the other in a browser and looked at in every cell of the matrix.

A page is loaded once; width, colour scheme and forced colours change without loading it anew. Nothing but the site itself is
loaded. Whatever keeps a page from being looked at in full is told in the report, and never taken for a pass.
"""

import os
import re
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urldefrag, urlsplit

from ..page import Page
from ..report import CheckedPage, Report, Unfinished
from . import axe, script
from .browser import find, launched
from .server import serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request, Response
    from playwright.sync_api import Page as BrowserPage


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


def _say_nothing(_line: str) -> None:
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
    page's name when it is done. Raises BrowserError where no browser starts.
    """
    stop = Event()
    # In a thread of its own, because Playwright refuses one whose event loop runs: a notebook's, or pytest-playwright's.
    with ThreadPoolExecutor(1, thread_name_prefix="a11ynews-live") as pool:
        session = _Session(root, report, tuple(cells), best_practices, patience, stop)
        try:
            pool.submit(session.run, pages, tell).result()
        finally:
            stop.set()


class _Stay(Exception):
    """The page cannot be looked at, and a second attempt would not help."""


@dataclass(slots=True)
class _Visit:
    """What came of one page."""

    outcomes: dict[Cell, axe.Outcome] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


class _Session:
    def __init__(
        self, root: Path, report: Report, cells: tuple[Cell, ...], best_practices: bool, patience: float, stop: Event
    ) -> None:
        self.root = root.resolve()
        self.report = report
        self.cells = cells
        self.best_practices = best_practices
        self.patience = patience
        self.stop = stop
        self.blocked: dict[str, None] = {}
        self.rules: frozenset[str] = frozenset()
        self.browser: Browser | None = None
        self.tab: _Tab | None = None
        self.browser_pid = 0

    def run(self, pages: Sequence[Page], tell: Callable[[str], None]) -> None:
        if not pages:
            return
        with ExitStack() as stack:
            self.base = stack.enter_context(serving(self.root))
            self.origins = {self.base, *(_origin(page.name) for page in pages if _is_address(page.name))}
            # One at a time: a browser that had to be ended is followed by a new one.
            self.life = stack.enter_context(ExitStack())
            self._start_browser()
            assert self.browser
            name = f"{find().version.split()[0]} {self.browser.version}"
            for page in pages:
                if self.stop.is_set():
                    return
                self._take_in(page, self._visit(page))
                tell(page.name)
        self.report.notes.append(f"axe-core {axe.version()} with {len(self.rules)} rules, in {name}")
        if self.blocked:
            self.report.notes.append(f"not loaded, because it is not part of the site: {', '.join(sorted(self.blocked))}")

    def _start_browser(self) -> None:
        self.tab = None
        self.life.close()
        self.browser = self.life.enter_context(launched())
        processes = self.browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
        self.browser_pid = next(process["id"] for process in processes if process["type"] == "browser")

    @contextmanager
    def _patience(self) -> Iterator[None]:
        """
        End the browser when what is done in here takes too long.

        Playwright waits for a script in a page without limit, and nothing else reaches a page whose script never ends.
        """
        timer = Timer(self.patience, os.kill, (self.browser_pid, getattr(signal, "SIGKILL", signal.SIGTERM)))
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if timer.is_alive():
                raise
            raise _too_slow(self.patience) from error
        finally:
            timer.cancel()

    def _visit(self, page: Page) -> _Visit:
        from playwright.sync_api import Error

        if not (address := self._address(page)):
            return _Visit(reasons=[f"it is not in the folder {self.root} that is looked at; name a folder that holds it"])
        failures: list[str] = []
        while len(failures) < 2 and not self.stop.is_set():
            visit = _Visit()
            try:
                if self.browser is None or not self.browser.is_connected():
                    self._start_browser()
                assert self.browser
                with self._patience():
                    self.tab = self.tab or _Tab(self.browser, self.base, self.origins, self.blocked)
                self._look(self.tab, address, visit)
            except _Stay as reason:
                visit.reasons.append(str(reason))
            except (Error, _Hung, ValueError, KeyError, TypeError) as error:
                failures.append(_reason_of(error))
                self._drop_tab()
                continue
            if failures:
                self.report.notes.append(f"{page.name}: looked at a second time, because at first {failures[0]}")
            return visit
        return _Visit(
            reasons=[f"{' and again '.join(dict.fromkeys(failures))}; see what its scripts do"] if failures else ["stopped"]
        )

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

    def _look(self, tab: "_Tab", address: str, visit: _Visit) -> None:
        with self._patience():
            tab.dress(self.cells[0])
            tab.open(address)
            tab.settle()
            visit.reasons += tab.complaints()
        done: list[axe.Outcome] = []
        for number, cell in enumerate(self.cells):
            with self._patience():
                if number:
                    tab.dress(cell)
                    tab.settle()
                done.append(self._outcome(tab, done))
        with self._patience():
            tab.must_be_there()
        visit.outcomes = dict(zip(self.cells, done, strict=True))
        visit.reasons += tab.departures()

    def _outcome(self, tab: "_Tab", done: Sequence[axe.Outcome]) -> axe.Outcome:
        """Run axe, as far as the page differs from what it was in a cell before."""
        like, paint_too = tab.compare()
        if like is not None and paint_too:
            return done[like]
        outcome = axe.run(
            tab.page,
            best_practices=self.best_practices,
            only_colours=like is not None,
            is_foreign=lambda address: not self._is_ours(address),
        )
        if like is None:
            self.rules |= {*outcome.rules}
            return outcome
        return done[like].overlaid(outcome)

    def _is_ours(self, address: str) -> bool:
        return not _is_address(address) or _origin(address) in self.origins

    def _take_in(self, page: Page, visit: _Visit) -> None:
        """Put what came of a page into the report: the same thing in several cells is one finding."""
        seen: dict[tuple[str, str, tuple[str, ...]], tuple[axe.Node, list[Cell]]] = {}
        reasons: dict[str, list[Cell]] = {}
        for cell, outcome in visit.outcomes.items():
            for node in outcome.nodes:
                seen.setdefault((node.rule, node.severity, node.target), (node, []))[1].append(cell)
            for reason in outcome.unfinished:
                reasons.setdefault(reason, []).append(cell)
        self.report.add(axe.finding(node, page, self._labels(where, visit)) for node, where in seen.values())
        told = [f"{reason}{_in_cells(self._labels(where, visit))}" for reason, where in reasons.items()]
        for reason in dict.fromkeys(visit.reasons + told):
            self.report.unfinished.append(Unfinished(page.name, reason))
        if visit.outcomes:
            _add_checks(self.report, page.name, [f"axe {axe.version()} ({cell})" for cell in visit.outcomes])

    def _labels(self, where: Sequence[Cell], visit: _Visit) -> tuple[str, ...]:
        """The names of cells; none where it is all that the page was looked at in."""
        return () if len(where) == len(visit.outcomes) else tuple(str(cell) for cell in where)


def _in_cells(labels: Sequence[str]) -> str:
    return f" [{'; '.join(labels)}]" if labels else ""


def _add_checks(report: Report, name: str, checks: Sequence[str]) -> None:
    for number, page in enumerate(report.pages):
        if page.name == name:
            report.pages[number] = CheckedPage(name, tuple(dict.fromkeys((*page.checks, *checks))))
            return
    report.pages.append(CheckedPage(name, tuple(checks)))


class _Hung(Exception):
    """Time was up."""


def _too_slow(patience: float) -> _Hung:
    return _Hung(f"it did not answer within {patience:g} seconds")


def _reason_of(error: Exception) -> str:
    if isinstance(error, _Hung):
        return str(error)
    line = str(error).strip().partition("\n")[0]
    line = re.sub(r"^\w+\.\w+: ", "", line)
    return f"the browser failed ({line if len(line) <= 200 else line[:199] + '…'})"


def _is_address(name: str) -> bool:
    return name.startswith(("http://", "https://", "ws://", "wss://"))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    return f"{scheme}://{parts.netloc}"


class _Tab:
    """One page of a browser context, kept from address to address, with ears for what happens to it."""

    def __init__(self, browser: "Browser", base: str, origins: set[str], blocked: dict[str, None]) -> None:
        self.origins = origins
        self.blocked = blocked
        self.context = browser.new_context(
            # Our own server is the proxy for all that is not the site, and refuses it: so nothing gets out, not even a look-up
            # of a name, and requests for the site itself are not slowed down by anything that would have to judge them.
            proxy={"server": base, "bypass": ",".join(sorted(urlsplit(origin).netloc for origin in origins))},
            accept_downloads=False,
            service_workers="block",
            reduced_motion="reduce",
            locale="en-US",
            timezone_id="UTC",
        )
        self.context.add_init_script(axe.preparation())
        self.page: BrowserPage = self.context.new_page()
        self.page.on("request", self._on_request)
        self.page.on("response", self._on_response)
        self.page.on("websocket", lambda socket: self._note_foreign(socket.url))
        self.page.on("popup", lambda popup: popup.close())
        self.cdp = self.context.new_cdp_session(self.page)
        self.frame_id = self.cdp.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        self.cdp.on("Fetch.requestPaused", self._on_document)
        self.cdp.send("Fetch.enable", {"patterns": [{"resourceType": "Document"}]})
        self._forget("")

    def _forget(self, address: str) -> None:
        self.address = address
        self.awaited = True
        self.away: dict[str, None] = {}
        self.missing: dict[str, None] = {}
        self.born = 0.0

    def _on_request(self, request: "Request") -> None:
        self._note_foreign(request.url)

    def _note_foreign(self, address: str) -> None:
        if _is_address(address) and _origin(address) not in self.origins:
            self.blocked[urlsplit(address).netloc] = None

    def _on_response(self, response: "Response") -> None:
        request = response.request
        if response.status < 400 or _origin(response.url) not in self.origins:
            return
        if request.resource_type == "stylesheet":
            self.missing[f"the style sheet {response.url} answers with HTTP status {response.status}"] = None
        elif request.resource_type == "document" and request.frame != self.page.main_frame:
            self.missing[f"the frame {response.url} answers with HTTP status {response.status}"] = None

    def _on_document(self, event: dict[str, Any]) -> None:
        """Let the address through that was asked for, and frames; a page that leads away is held where it is."""
        from playwright.sync_api import Error

        address = str(event["request"]["url"])
        mine = event["frameId"] == self.frame_id
        allowed = not mine or self.awaited or "redirectedRequestId" in event
        if mine and self.awaited:
            self.awaited = False
        elif not allowed and urldefrag(address)[0] != urldefrag(self.address)[0]:
            self.away[address] = None
        with suppress(Error):  # the request may be gone
            if allowed:
                self.cdp.send("Fetch.continueRequest", {"requestId": event["requestId"]})
            else:
                self.cdp.send("Fetch.failRequest", {"requestId": event["requestId"], "errorReason": "Aborted"})

    def dress(self, cell: Cell) -> None:
        """Take on a cell's width and colours."""
        self.page.set_viewport_size({"width": cell.width, "height": cell.height})
        self.page.emulate_media(
            media="screen",
            color_scheme=cell.scheme,
            forced_colors="active" if cell.forced_colours else "none",
            reduced_motion="reduce",
        )

    def open(self, address: str) -> None:
        """Go to an address as a reader would who was never there."""
        self._forget(address)
        self.cdp.send("Storage.clearDataForOrigin", {"origin": _origin(address), "storageTypes": "all"})
        response = self.page.goto(address, timeout=0)
        if response is None:
            raise _Stay("the browser got no answer; see that the address is right")
        if not response.ok:
            raise _Stay(f"it answers with HTTP status {response.status}; see that it is there")
        if urldefrag(response.url)[0] != urldefrag(address)[0]:
            raise _Stay(f"it sends readers on to {response.url}; look at that page instead")
        kind = self.page.evaluate("document.contentType")
        if kind not in ("text/html", "application/xhtml+xml", "image/svg+xml"):
            raise _Stay(f"it is {kind} and no HTML page; leave it out")
        self.born = self.page.evaluate("performance.timeOrigin")

    def settle(self) -> None:
        """Wait until nothing moves any more."""
        from playwright.sync_api import Error

        for frame in self.page.frames:
            if frame == self.page.main_frame:
                frame.evaluate(script("settle.js"), True)
            else:
                with suppress(Error):  # a frame that does not answer is told when axe cannot run in it
                    frame.evaluate(script("settle.js"), False)

    def complaints(self) -> list[str]:
        """Why what is seen now may not be what readers see."""
        reasons = [f"{reason}; put it where the page looks for it" for reason in self.missing]
        if empty := self.page.evaluate(script("empty.js")):
            reasons.append(f"its {empty} is empty; see that the page has its content without waiting for a script")
        return reasons

    def departures(self) -> list[str]:
        """Where the page has tried to lead its readers by itself."""
        return [f"it leads away by itself, to {address}; look at that page too" for address in self.away]

    def must_be_there(self) -> None:
        """Raise _Stay where the page has been replaced by another."""
        if self.page.evaluate("performance.timeOrigin") != self.born:
            raise _Stay(f"it was replaced while it was looked at, by {self.page.url}; see what its scripts do")

    def compare(self) -> tuple[int | None, bool]:
        """The number of the first cell in which everything stood as it does now, and whether it was painted alike too."""
        like, paint_too = self.page.evaluate(script("compare.js"))
        return like, paint_too
