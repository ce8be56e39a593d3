"""Signals that ask a process to end: raised where they can be heeded, whatever they interrupt."""

import signal
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace

import click
import pytest

from a11ynews import __main__, cli
from a11ynews.signals import Stopped, heeded, held_back


@pytest.fixture(autouse=True)
def _as_in_a_program() -> Iterator[None]:
    """Signals as a program finds them; pytest's own afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGHUP)}
    signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def never(_number: int) -> None:
    raise AssertionError("it does not take too long")


def test_what_is_ignored_stays_ignored() -> None:
    """As of nohup, and of a shell that puts a command in the background."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)

    with heeded(never) as signals:
        signal.raise_signal(signal.SIGHUP)
        assert signals == []
        with pytest.raises(Stopped):
            signal.raise_signal(signal.SIGINT)
        assert signals == [signal.SIGINT]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_signal_is_not_lost_while_an_object_is_cleared_away() -> None:
    """Python passes over what is raised there."""

    class Cleared:
        def __del__(self) -> None:
            signal.raise_signal(signal.SIGINT)

    def work() -> None:
        Cleared()
        time.sleep(60)

    with heeded(never) as signals:
        with pytest.raises(Stopped):
            work()
        assert signals == [signal.SIGINT]


def test_a_signal_waits_while_a_process_is_begun() -> None:
    """Else the new process would take it for its own, with all that it has from us."""
    reached = []

    def begin() -> None:
        with held_back():
            signal.raise_signal(signal.SIGINT)
            reached.append("the end")
        reached.append("too far")

    with heeded(never), pytest.raises(Stopped):
        begin()

    assert reached == ["the end"]


def test_ctrl_c_ends_the_program_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """As every other signal does then: without a traceback of what was being imported."""
    found = []
    monkeypatch.setitem(sys.modules, "a11ynews.cli", SimpleNamespace(run=lambda: found.append(signal.getsignal(signal.SIGINT))))

    __main__.run()

    assert found == [signal.SIG_DFL]


@pytest.mark.parametrize(
    ("moment", "told"),
    [("make_context", "a11ynews: stopped by Ctrl-C before it was done; run it again\n"), ("main", "")],
)
def test_a_signal_beside_the_command_leaves_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], moment: str, told: str
) -> None:
    """While the arguments are read, and before that."""

    def interrupted(*_: object, **__: object) -> None:
        signal.raise_signal(signal.SIGINT)

    def die(number: int) -> None:
        raise SystemExit(128 + number)

    monkeypatch.setattr(sys, "argv", ["a11ynews", "--version"])
    monkeypatch.setattr(cli._Telling, "latest", None)
    monkeypatch.setattr(cli, "die_of", die)
    monkeypatch.setattr(click.Group if moment == "make_context" else cli._Commands, moment, interrupted)

    with pytest.raises(SystemExit) as ended:
        cli.run()

    assert ended.value.code == 130
    assert capsys.readouterr() == ("", told)
