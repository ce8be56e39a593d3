"""
A page that a test has open, looked at as it stands: not loaded anew, and left as it was.

Nothing is blocked, frozen or scrolled, since the page belongs to the test. What is handed over to it is taken back, and a width
or a colour scheme that was asked for gives way to what was there before.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ..message import Message, say
from ..page import Page
from ..report import Report
from . import axe, script
from .cell import Cell
from .livepage import LivePage
from .session import Options, Session, Visit, first_line, without_resolved
from .tour import tour

if TYPE_CHECKING:
    from playwright.sync_api import Page as BrowserPage

    OpenPage: TypeAlias = BrowserPage
    """A page that somebody has open, for modules that are not to know of Playwright."""

_REST = 5.0
"""How many seconds are waited for a page to come to rest. One that never does is looked at on the move."""


def read_standing(page: "BrowserPage", name: str, status: int | None = None) -> Page | Message:
    """
    The document that a page of a browser shows now, as the static rules read it; or why it is not what readers should get.

    `status` is the HTTP status that it should have, where that is no good one.
    """
    from playwright.sync_api import Error

    try:
        facts = _call(page, "facts")
        if reason := _unseen(facts, status):
            return reason
        found = Page(name, page.content())
    except Error as error:
        return _failed(error)
    found.url = facts["address"] if facts["address"].startswith(("http://", "https://")) else ""
    found.http = facts["status"] or None
    return found


def _failed(error: Exception) -> Message:
    return say("it could not be looked at ({reason}); see what the test does to it", reason=first_line(error))


def examine_standing(page: "BrowserPage", content: Page, report: Report, options: Options, cells: Sequence[Cell] = ()) -> None:
    """
    Run axe in a page that is open, in its present state, and put what is found into the report.

    In `cells`, where some are given; else in the one that the page is in. The live rules of the options look at it too, as far as
    they press no keys and need it to be loaded but once; the others are named in a note. What keeps it from being looked at is
    unfinished.
    """
    from playwright.sync_api import Error

    visit = Visit()
    session = Session(Path(), report, options)
    exclusions = options.exclusions.on(content)
    choice = replace(options.choice, left_out=tuple(exclusion.selector for exclusion in exclusions))
    try:
        before = _call(page, "facts")
        now = Cell(before["width"], before["height"], before["scheme"], before["forced"])
        with _left_as_it_was(page, session.core, before, is_dressed=bool(cells or options.rules)):
            for cell in dict.fromkeys(cells or (now,)):
                if cells:
                    _dress(page, cell.width, cell.height, cell.scheme, cell.forced_colours)
                _come_to_rest(page)
                with _painted(page):
                    visit.outcomes[cell] = axe.run(page, core=session.core, choice=choice) if options.runs_axe else _NO_OUTCOME
            if options.rules:
                _tour(page, content, now, visit, options, choice.left_out)
            empty = page.evaluate(script("empty.js"))
            if empty == "hidden":
                visit.reasons.append(say("nothing of it can be seen, for a style hides it; look at it after it is shown"))
            elif empty:
                visit.reasons.append(say("its {element} is empty; look at it after it has got its content", element=empty))
            facts = axe.facts(page, session.core)
            options.exclusions.matched.update(exclusion for exclusion in exclusions if page.query_selector(exclusion.selector))
    except (Error, ValueError, KeyError, TypeError) as error:
        visit = Visit(reasons=[_failed(error)])
    else:
        report.notes += [note for note in visit.tour.notes if note not in report.notes]
        visit.tour.notes.clear()
        ran = {rule for outcome in visit.outcomes.values() for rule in outcome.rules}
        report.ran(facts[f"axe/{rule}"] for rule in sorted(ran) if f"axe/{rule}" in facts)
        report.axe, report.browser = session.core.version, _browser_of(page)
    session.take_in(content, visit)
    session.hand_over()


_NO_OUTCOME = axe.Outcome((), ())


def _tour(page: "BrowserPage", content: Page, now: Cell, visit: Visit, options: Options, left_out: Sequence[str]) -> None:
    """Have live rules look at the page, one after the other, and put what comes of it into the visit."""
    from playwright.sync_api import Error

    try:
        cdp = page.context.new_cdp_session(page)
    except Error:
        told = say("the live rules look at pages in Chromium alone; run this test in Chromium, or do not ask for them here")
        visit.reasons.append(told)
        return
    asked_anew: list[str] = []

    def again(_tab: "BrowserPage") -> None:
        asked_anew.append(address := page.url)
        raise _NotAgain(address)

    try:
        _dress(page, now.width, now.height, now.scheme, now.forced_colours)
        live = LivePage(content, page, cdp, now, lambda: _come_to_rest(page), again, outcomes=visit.outcomes)
        live.leave_out(left_out)
        not_run = [rule.id for rule in options.rules if rule.disturbs]
        for rule in options.rules:
            if rule.disturbs:
                continue
            asked_anew.clear()
            done = tour(live, [rule], reload=lambda: None, patience=nullcontext)
            if asked_anew:
                not_run.append(rule.id)
                continue
            visit.tour.findings += done.findings
            visit.tour.left_out += done.left_out
            visit.tour.ran += done.ran
            visit.tour.unfinished += [one for one in done.unfinished if one not in visit.tour.unfinished]
        live.rest()
    finally:
        cdp.detach()
    visit.outcomes = {cell: without_resolved(cell, outcome, live) for cell, outcome in visit.outcomes.items()}
    if not_run:
        visit.tour.notes.append(
            say(
                "not run on a page that a test has open, because they press keys on it or load it anew: {rules}",
                rules=", ".join(sorted(not_run)),
            )
        )


class _NotAgain(Exception):
    """A rule wants to have the page loaded anew, which would not be the page that the test has."""


def _unseen(facts: dict[str, Any], status: int | None) -> Message | None:
    found = facts["status"]
    if facts["address"].startswith("chrome-error:"):
        return say("the browser could not load it, and shows an error page of its own; see that it is there")
    if facts["kind"] not in ("text/html", "application/xhtml+xml", "image/svg+xml"):
        return say("it is {kind} and no HTML page; leave it out", kind=facts["kind"])
    if status is not None and found and found != status:
        return say("it was served with HTTP status {status} instead of {wanted}; see why", status=str(found), wanted=str(status))
    if status is None and found >= 400:
        return say(
            "it was served with HTTP status {status}; see why, or give status={status} where that is what it should be",
            status=str(found),
        )
    return None


def _call(page: Any, part: str, argument: Any = None) -> Any:
    return page.evaluate(f"argument => {script('standing.js').strip()}.{part}(argument)", argument)


def _browser_of(page: "BrowserPage") -> str:
    browser = page.context.browser
    return f"{browser.browser_type.name.capitalize()} {browser.version}" if browser else ""


def _dress(page: "BrowserPage", width: int, height: int, scheme: Any, forced: bool) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme, forced_colors="active" if forced else "none")


@contextmanager
def _left_as_it_was(page: "BrowserPage", core: axe.Core, before: dict[str, Any], *, is_dressed: bool) -> Iterator[None]:
    """Take back, at the end, all that is handed over to a page, and give it the look that it had."""
    from playwright.sync_api import Error

    # A test may have put its own clock into the page, and stopped it: axe goes by the browser's.
    clock = "const {setTimeout, clearTimeout} = globalThis.__pwClock?.builtins ?? globalThis;"
    hand = f"() => {{ {clock} {core.source}\n{script('runner.js')} }}"
    for frame in page.frames:
        with suppress(Error):  # a frame that cannot be reached is told when axe is to run in it
            frame.evaluate(f"() => {script('standing.js').strip()}.prepare({hand})")
    try:
        yield
    finally:
        for frame in page.frames:
            with suppress(Error):
                _call(frame, "undo")
        if is_dressed:
            with suppress(Error):
                _dress(page, before["width"], before["height"], before["scheme"], before["forced"])
                page.emulate_media(reduced_motion="reduce" if before["reduced"] else "no-preference")
                page.evaluate("([x, y]) => scrollTo({left: x, top: y, behavior: 'instant'})", [before["x"], before["y"]])


@contextmanager
def _painted(page: "BrowserPage") -> Iterator[None]:
    from playwright.sync_api import Error

    _call(page, "paintCanvas", True)
    try:
        yield
    finally:
        with suppress(Error):
            _call(page, "paintCanvas", False)


def _come_to_rest(page: "BrowserPage") -> None:
    """Wait for what is on the move. By this machine's clock: a test may have put another into the page."""
    end = time.monotonic() + _REST
    while _call(page, "isMoving") and time.monotonic() < end:
        page.wait_for_timeout(50)
