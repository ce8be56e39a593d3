"""Threads that keep a browser each."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event, Timer

import pytest
from playwright.sync_api import Error

from a11ynews.errors import BrowserError
from a11ynews.live import hand as hand_module
from a11ynews.live.hand import Hand, TooSlow, begun, hands, kept


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """But what a test keeps itself."""
    monkeypatch.setattr(hand_module, "_kept", None)


def running(hand: Hand) -> int:
    """The process of a hand's browser."""
    hand.do(hand.browser).result()
    return hand._pid


def test_a_browser_that_is_kept_serves_the_next_check() -> None:
    """It is ended when nothing is kept any more, by whoever began to keep."""
    with kept():
        with hands(1) as (first,):
            process = running(first)
        with kept(), hands(2) as (again, _other):
            assert again is first
            assert running(again) == process
        assert first.is_ready()
    assert not first.is_ready()


def test_a_browser_that_is_not_kept_ends_with_its_check() -> None:
    """No process is left."""
    with hands(1) as (hand,):
        process = running(hand)

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_browser_that_has_died_is_followed_by_another() -> None:
    """When one is asked for."""
    with hands(1) as (hand,):
        process = running(hand)
        hand.kill()
        while hand.do(hand.is_ready).result():
            hand.do(lambda: hand.browser().new_context()).exception()

        assert running(hand) != process


def test_a_browser_that_is_named_anew_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Although another one runs."""
    with kept():
        with hands(1) as (hand,):
            running(hand)
        monkeypatch.setenv("A11YNEWS_BROWSER", "/nowhere")
        with hands(1) as (hand,), pytest.raises(BrowserError, match="A11YNEWS_BROWSER is '/nowhere'"):
            running(hand)


def test_a_browser_that_has_begun_is_there_when_it_is_asked_for() -> None:
    """And ends when nobody will ask any more, beside what is done meanwhile."""
    with begun(1) as let_go:
        with hands(1) as (hand,):
            assert hand.do(hand.is_ready).result()
            process = hand._pid
            assert running(hand) == process
        assert hand.is_ready()
        let_go()
        assert not hand.do(hand.is_ready).result()

    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_browsers_that_are_kept_for_longer_are_not_let_go() -> None:
    """Whoever keeps them has use for them."""
    with kept():
        with begun(1) as let_go:
            let_go()
        with hands(1) as (hand,):
            assert hand.do(hand.is_ready).result()


def test_a_browser_that_has_begun_in_vain_is_told_to_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once: then it is tried again."""
    monkeypatch.setenv("A11YNEWS_BROWSER", "/nowhere")
    with begun(1), hands(1) as (hand,):
        hand.do(lambda: None).result()
        failure = hand._failure
        with pytest.raises(BrowserError) as told:
            running(hand)
        assert told.value is failure
        with pytest.raises(BrowserError) as again:
            running(hand)
        assert again.value is not failure


# A program that Playwright takes for Chromium, until it is asked for something.
SPEAKING = """#!{python} -SE
import json, os, sys, time

if sys.argv[1:] == ["--version"]:
    print("Chromium 156.0.8078.79")
    sys.exit()
folder = next(argument.partition("=")[2] for argument in sys.argv if argument.startswith("--user-data-dir="))
with open({started!r}, "a") as started:
    print(os.getpid(), folder, file=started)
for name in range(2000):  # so that it takes a moment to remove
    open(os.path.join(folder, str(name)), "w").close()
target = dict(targetId="T", type="page", browserContextId="C", url="", title="", attached=True)
answers = {{
    "Browser.getVersion": dict(product="HeadlessChrome/156.0.8078.79", userAgent="", revision="", jsVersion=""),
    "SystemInfo.getProcessInfo": dict(processInfo=[dict(type="browser", id=os.getpid(), cpuTime=0)]),
    "Target.attachToBrowserTarget": dict(sessionId="S"),
    "Target.createBrowserContext": dict(browserContextId="C"),
    "Target.createTarget": dict(targetId="T"),
}}


def tell(**message):
    os.write(4, json.dumps(message).encode() + b"\\0")


rest = b""
while got := os.read(3, 65536):
    *messages, rest = (rest + got).split(b"\\0")
    for asked in map(json.loads, messages):
        method = asked["method"]
        if method == "Browser.close":
            sys.exit()
        if method == {last!r} and {does!r} == "dies":
            sys.exit(1)
        if method == {last!r} and {does!r} == "says nothing":
            time.sleep(600)
        if method == "Target.createTarget":
            tell(method="Target.attachedToTarget", params=dict(sessionId="P", waitingForDebugger=True, targetInfo=target))
        tell(id=asked["id"], result=answers.get(method, {{}}), **{{key: asked[key] for key in ["sessionId"] if key in asked}})
        if method == "Target.createTarget":
            sys.exit(1)
"""


class Starts:
    """A browser of ours that goes on until it is asked for something, and those that were started of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def until(self, last: str, does: str) -> None:
        program = self.folder / "chromium"
        program.write_text(SPEAKING.format(python=sys.executable, started=str(self._started), last=last, does=does))
        program.chmod(0o755)
        os.environ["A11YNEWS_BROWSER"] = str(program)

    @property
    def _started(self) -> Path:
        return self.folder / "started"

    def all_ended(self) -> int:
        """How many were started; each has ended, and its temporary folder is gone."""
        lines = self._started.read_text().splitlines()
        for pid, folder in (line.split() for line in lines):
            stat = Path("/proc", pid, "stat")
            assert not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"
            assert not Path(folder).exists()
        return len(lines)


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starts:
    """No browser yet, and little patience."""
    monkeypatch.setenv("A11YNEWS_BROWSER", "")
    monkeypatch.setattr(hand_module, "_GRACE", 0.3)
    return Starts(tmp_path)


@pytest.mark.parametrize(
    ("last", "limit", "seconds", "told"),
    [
        (
            "Browser.getVersion",
            "browser._START_SECONDS",
            1.5,
            r"chromium does not start \(BrowserType.launch: Timeout 1500ms exc",
        ),
        ("SystemInfo.getProcessInfo", "hand._FIRST_WORD_SECONDS", 0.3, "the browser, or what drives it, does not answer; see "),
    ],
)
def test_a_browser_that_starts_and_says_nothing_is_given_up(
    starts: Starts, monkeypatch: pytest.MonkeyPatch, last: str, limit: str, seconds: float, told: str
) -> None:
    """In time, whenever it falls silent; with it ends all that it was."""
    monkeypatch.setattr(f"a11ynews.live.{limit}", seconds)
    monkeypatch.setattr(hand_module, "_SOON", 0.3)
    starts.until(last, "says nothing")

    with hands(1) as (hand,), pytest.raises(BrowserError, match=told):
        running(hand)

    assert starts.all_ended() == 1


@pytest.mark.parametrize(
    ("last", "told"),
    [
        ("Browser.getVersion", r"chromium does not start \("),
        ("SystemInfo.getProcessInfo", r"the browser ended while it started; see whether"),
    ],
)
def test_a_browser_that_dies_while_it_starts_is_followed_by_one_other(starts: Starts, last: str, told: str) -> None:
    """It may have been an accident; a second time it was not."""
    starts.until(last, "dies")

    with hands(1) as (hand,), pytest.raises(BrowserError, match=told):
        running(hand)

    assert starts.all_ended() == 2


def test_what_comes_back_with_an_error_at_once_is_late_all_the_same() -> None:
    """Also where the watchdog's thread is slower than what it has ended."""
    is_ended, is_told = Event(), Event()

    def kill() -> None:
        is_ended.set()
        is_told.wait(60)

    def work() -> None:
        is_ended.wait(60)
        Timer(0.05, is_told.set).start()
        raise OSError

    watchdog = hand_module._Watchdog(kill, kill)
    with pytest.raises(TooSlow), watchdog.watching(0.01):
        work()
    watchdog.close()


def test_what_waits_for_a_browser_that_has_died_comes_back(starts: Starts) -> None:
    """Playwright forgets a page that is not there yet when the browser dies: without us, it waits for ever."""
    starts.until("", "")

    def wait(hand: Hand) -> Callable[[], object]:
        with hand.patience(3600):
            return hand.browser().new_context().new_page

    with hands(1) as (hand,):
        new_page = hand.do(wait, hand).result()
        with pytest.raises(Error):
            hand.do(lambda: patiently(hand, new_page)).result()

    assert starts.all_ended() == 1


def patiently(hand: Hand, work: Callable[[], object]) -> None:
    with hand.patience(3600):
        work()


def test_a_driver_that_says_nothing_is_ended(starts: Starts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing comes from it, nor from whatever it was to start."""
    node = starts.folder / "node"
    node.write_text(f'#!/bin/sh\n[ "$1" = --version ] && exit\necho $$ - >>{starts.folder}/started\nexec sleep 600\n')
    node.chmod(0o755)
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(node))
    monkeypatch.setattr(hand_module, "_START_SECONDS", 0.5)

    with hands(1) as (hand,), pytest.raises(BrowserError, match="the browser, or what drives it, does not answer"):
        running(hand)

    assert starts.all_ended() == 1


def test_a_browser_that_does_not_run_yet_cannot_be_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Process 0 would be ourselves, and all that began with us."""
    killed: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *which: killed.append(which))

    with hands(1) as (hand,):
        hand.kill()

    assert killed == []
