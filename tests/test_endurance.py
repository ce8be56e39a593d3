"""What a check leaves behind in a process of its own, however it ends: one line, the files that were there, and nothing else."""

import errno
import http.server
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from a11ynews import cli
from a11ynews.errors import A11yNewsError
from a11ynews.files import write_bytes, write_pieces
from a11ynews.live import hand, session
from a11ynews.live.browser import Driver, launched
from a11ynews.live.cell import CELLS
from a11ynews.live.session import Options, examine
from a11ynews.page import Page
from a11ynews.report import Report
from servers import HANGS, Answer, Reply, answering, wait_for_ever

PROGRAM = [sys.executable, "-m", "a11ynews"]
PAGE = (
    "<!doctype html><html lang=en><head><title>Page</title></head><body><main><h1>Page</h1><img src=a.png></main></body></html>"
)


@dataclass(slots=True)
class Running:
    """A check that runs, in a session and with temporary folders of its own."""

    process: subprocess.Popen[str]
    folder: Path
    temporary: Path

    def ended(self) -> tuple[int, str, str]:
        """How it has ended, what it has said, and what it has complained of; all that it has started must end, too."""
        out, err = self.process.communicate(timeout=60)
        for _ in range(600):
            if not self.others():
                break
            time.sleep(0.05)
        assert self.others() == []
        return self.process.returncode, out, err

    def others(self) -> list[str]:
        """The processes that it has started, by what only they have in their environment or their command."""
        mark, found = os.fsencode(str(self.temporary)), []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mark in (process / "environ").read_bytes() or mark in (process / "cmdline").read_bytes():
                    found.append(f"{process.name} {(process / 'comm').read_text()}")
        return [name for name in found if not name.startswith(f"{self.process.pid} ")]


def heed_signals() -> None:
    """As from a terminal, whoever runs these tests: with nohup, or in the background, some would be ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def checking(folder: Path, *arguments: str, **options: Any) -> Iterator[Running]:
    """A check of the addresses in a list."""
    temporary = folder / "temporary"
    temporary.mkdir()
    process = subprocess.Popen(
        [*PROGRAM, "check", "--no-cache", "--quick", *arguments],
        cwd=folder,
        env={**os.environ, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_signals,
        **options,
    )
    try:
        yield Running(process, folder, temporary)
    finally:
        process.kill()
        process.communicate()


@contextmanager
def held(folder: Path) -> Iterator[tuple[str, threading.Event]]:
    """A list of pages, of which the second does not come to its end in a browser; and what is set when it is asked for."""
    asked = threading.Event()

    def hanging(handler: http.server.BaseHTTPRequestHandler) -> None:
        is_browser = "Chrome" in handler.headers.get("User-Agent", "")
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        if not is_browser:
            handler.send_header("Content-Length", str(len(PAGE)))
        handler.end_headers()
        handler.wfile.write(PAGE.encode())
        if is_browser:
            asked.set()
            with suppress(OSError):
                handler.wfile.write(f"<script>{HANGS}</script>".encode())
                handler.connection.recv(1)

    pages: dict[str, Answer | Reply | str] = {f"/{number}.html": PAGE for number in range(3)}
    with answering({**pages, "/1.html": hanging, "/never": wait_for_ever}) as base:
        (folder / "list.txt").write_text("\n".join(f"{base}{path}" for path in pages))
        yield "list.txt", asked


@pytest.mark.parametrize(
    ("number", "is_group", "name", "workers"),
    [
        (signal.SIGINT, True, "Ctrl-C", "2"),
        (signal.SIGTERM, True, "SIGTERM", "1"),
        (signal.SIGHUP, False, "SIGHUP", "1"),
    ],
)
def test_a_signal_ends_a_check_and_nothing_is_left_of_it(
    tmp_path: Path, number: signal.Signals, is_group: bool, name: str, workers: str
) -> None:
    """Whether it reaches one process or all of the group: one line says how far it has come, and the old report stays."""
    (tmp_path / "report.json").write_text("old")
    with (
        held(tmp_path) as (pages, asked),
        checking(tmp_path, "--urls", pages, "--workers", workers, "-f", "json=report.json", "-f", "text") as running,
    ):
        assert asked.wait(60)
        (os.killpg if is_group else os.kill)(running.process.pid, number)
        code, out, err = running.ended()

    assert code == -number
    assert out == ""
    (line,) = err.splitlines()
    assert line.startswith(f"a11ynews: stopped by {name} ")
    assert line.endswith("; nothing is reported")
    assert list(running.temporary.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["list.txt", "report.json", "temporary"]
    assert (tmp_path / "report.json").read_text() == "old"


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    """Whoever does not want to wait for the way out; browsers and their folders go all the same."""
    with held(tmp_path) as (pages, asked), checking(tmp_path, "--urls", pages, "--workers", "1") as running:
        assert asked.wait(60)
        running.process.send_signal(signal.SIGTERM)
        running.process.send_signal(signal.SIGINT)
        code, out, err = running.ended()

    assert code in (-signal.SIGTERM, -signal.SIGINT)
    assert out == ""
    assert "Traceback" not in err
    assert list(running.temporary.iterdir()) == []


def test_a_process_that_is_killed_takes_its_browsers_with_it(tmp_path: Path) -> None:
    """Nobody is there any more to end them; they notice."""
    with held(tmp_path) as (pages, asked), checking(tmp_path, "--urls", pages, "--workers", "1") as running:
        assert asked.wait(60)
        running.process.kill()
        code, _, _ = running.ended()

    assert code == -signal.SIGKILL
    assert list(running.temporary.iterdir()) == []


# -- a disk that is full, and readers that have read enough ----------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of pages with findings."""
    (tmp_path / "site").mkdir()
    for number in range(10):
        (tmp_path / "site" / f"{number}.html").write_text(PAGE.replace("Page<", f"Page {number}<"))
    return tmp_path


def run(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [*PROGRAM, "check", "site", "--no-browser", "--no-cache", "--workers", "1", *arguments]
    return subprocess.run(
        command, cwd=folder, check=False, text=True, stderr=subprocess.PIPE, **{"stdout": subprocess.PIPE, **options}
    )


def test_a_full_disk_is_told_and_no_file_is_half_written(site: Path) -> None:
    """Each report that cannot be written in one line, with exit code 2; an old one stays, and others are written."""

    def with_little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, 16_384))

    (site / "report.json").write_text("old")

    done = run(site, "-f", "json=report.json", "-f", "sarif=new.sarif", "-f", "github", preexec_fn=with_little_room)

    assert done.returncode == 2
    told = os.strerror(errno.EFBIG)
    assert done.stderr.splitlines() == [
        f"a11ynews: {name}: cannot be written ({told}); check the folder and the space on the disk"
        for name in ("report.json", "new.sarif")
    ]
    assert "::error file=site/0.html,line=1" in done.stdout
    assert (site / "report.json").read_text() == "old"
    assert sorted(path.name for path in site.iterdir()) == ["report.json", "site"]


def test_a_standard_output_without_room_is_told(site: Path) -> None:
    """It is no file that could be replaced; the reports in files are written all the same."""
    with Path("/dev/full").open("w") as full:
        done = run(site, "-f", "text", "-f", "json=report.json", stdout=full)

    assert done.returncode == 2
    told = os.strerror(errno.ENOSPC)
    assert done.stderr == f"a11ynews: the standard output cannot be written ({told}); check the space on the disk\n"
    assert len(json.loads((site / "report.json").read_text())["findings"]) == 20


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_reader_that_has_read_enough_is_no_fault(site: Path, form: str) -> None:
    """As of “| head -1”: the exit code is that of the check, and nothing is complained of."""
    read, write = os.pipe()
    os.close(read)
    try:
        done = run(site, "-f", form, stdout=write)
    finally:
        os.close(write)

    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.parametrize("write", [lambda path: write_bytes(path, b"words"), lambda path: write_pieces(path, [b"wor", b"ds"])])
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path, write: Callable[[Path], object]) -> None:
    """As a shell makes for “json=>(gzip > report.json.gz)”; root would even replace /dev/stdout."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(pipe)

        assert os.read(reader, 100) == b"words"
        assert pipe.is_fifo()
        assert list(tmp_path.iterdir()) == [pipe]
    finally:
        os.close(reader)


def test_what_a_process_has_open_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """By the name that the system gives to it, though it is a file."""
    with (tmp_path / "out.txt").open("w+b") as out:
        out.write(b"before ")
        out.flush()
        write_pieces(Path(f"/proc/self/fd/{out.fileno()}"), [b"words"])

    assert (tmp_path / "out.txt").read_bytes() == b"before words"


def test_a_device_without_room_is_told_and_not_replaced(tmp_path: Path) -> None:
    """Through a link of ours, so that the system's own device is safe from a fault of the code."""
    link = tmp_path / "full"
    link.symlink_to("/dev/full")

    with pytest.raises(A11yNewsError, match=os.strerror(errno.ENOSPC)):
        write_bytes(link, b"words")

    assert link.is_symlink()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device"),
        (OSError(errno.EROFS, "Read-only file system", "/tmp/x"), "/tmp/x: cannot be written (Read-only file system)"),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"), "No usable temporary directory"),
    ],
)
def test_a_temporary_file_without_room_is_told(monkeypatch: pytest.MonkeyPatch, error: OSError, told: str) -> None:
    """Wherever it was to be written; what is no matter of room stays a bug."""

    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(cli, "find", fail)
    done = CliRunner().invoke(cli.main, ["render"])

    assert done.exit_code == 2
    assert done.stderr.startswith(f"a11ynews: {told}")
    assert done.stderr.endswith("; check the space on the disk and the folder of temporary files (TMPDIR)\n")


def test_another_error_of_the_system_is_not_taken_for_a_lack_of_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is a bug, and shows where."""

    def fail(_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "x")

    monkeypatch.setattr(cli, "find", fail)

    assert isinstance(CliRunner().invoke(cli.main, ["render"]).exception, FileNotFoundError)


def test_a_report_that_stops_half_way_says_what_is_whole() -> None:
    """Whoever has several written knows which to trust."""
    telling = cli._Telling("Checking")
    telling.step(8, 8)
    telling.reported.append("report.json")

    line = cli._stopped(signal.SIGTERM)

    assert line == "a11ynews: stopped by SIGTERM while it was reporting; whole are report.json, and nothing else"


# -- many pages ------------------------------------------------------------------------------------------------------------

BODIES = ("<img src=a.png>", "<input>", "<iframe title=a srcdoc='<p lang=en>x'></iframe>", "<video controls></video>", "<p>x</p>")


def looked_at(root: Path, pages: int, step: Callable[[], None] = lambda: None) -> Report:
    report = Report()
    for number in range(pages):
        body = f"<main><h1>Page {number}</h1>{BODIES[number % len(BODIES)]}</main>"
        (root / f"{number}.html").write_text(f"<!doctype html><html lang=en><title>Page {number}</title>{body}</html>")
    among = [Page(str(root / f"{number}.html"), "") for number in range(pages)]
    examine(among, root, report, Options(cells=CELLS[:1]), step=step)
    return report


def test_browsers_and_their_contexts_are_renewed_and_nothing_is_found_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that what pages leave in them does not grow for ever, of one check or many; one context at a time, one browser."""
    started: list[Any] = []
    contexts: list[int] = []
    make = session._Tab.__init__

    @contextmanager
    def noted(driver: Driver) -> Iterator[Any]:
        with launched(driver) as browser:
            started.append(browser)
            yield browser

    def made(self: session._Tab, browser: Any, *args: Any, **given: Any) -> None:
        contexts.append(len(browser.contexts))
        make(self, browser, *args, **given)

    usual = looked_at(tmp_path, 7)
    assert hand._kept
    first = hand._kept[-1]._browser
    assert first
    hand._kept[-1].looked_at = 2  # in earlier checks
    monkeypatch.setattr(hand, "launched", noted)
    monkeypatch.setattr(session._Tab, "__init__", made)
    monkeypatch.setattr(session, "_PAGES_PER_CONTEXT", 2)
    monkeypatch.setattr(session, "_PAGES_PER_BROWSER", 4)

    renewed = looked_at(tmp_path, 7)

    assert renewed == usual
    assert len(usual.findings) >= 4
    assert contexts == [0] * 4  # for two, two, two pages and one; the browsers are renewed before the third and the seventh
    assert [browser.is_connected() for browser in (first, *started)] == [False, False, True]
