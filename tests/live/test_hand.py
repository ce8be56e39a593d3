"""Threads that keep a browser each."""

import os

import pytest

from a11ynews.errors import BrowserError
from a11ynews.live import hand as hand_module
from a11ynews.live.hand import Hand, hands, kept


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


def test_a_browser_that_does_not_run_yet_cannot_be_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Process 0 would be ourselves, and all that began with us."""
    killed: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "kill", lambda *which: killed.append(which))

    with hands(1) as (hand,):
        hand.kill()

    assert killed == []
