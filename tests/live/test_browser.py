"""The browser: found, installed, started."""

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TypeVar
from zipfile import ZipFile, ZipInfo

import pytest

from a11ynews.errors import BrowserError
from a11ynews.live import browser
from a11ynews.message import Message

T = TypeVar("T")

SAYS_156 = "#!/bin/sh\necho 'noise on the other channel' >&2\necho 'Chromium 156.0.8078.79 built on Debian'\n"


def apart(work: Callable[[], T]) -> T:
    """What a piece of work gives, done in a thread of its own: pytest-playwright may already have a browser in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def program(file: Path, text: str) -> Path:
    """A program that can be run."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.fixture
def real() -> browser.Installation:
    """The browser that the tests run in."""
    return browser.find()


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser, and its only folder of programs."""
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.delenv("A11YNEWS_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    # Nobody listens there: a download fails at once.
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:1")
    monkeypatch.setattr(sys, "platform", "linux")
    release = tmp_path / "os-release"
    release.write_text("ID=debian\n")
    monkeypatch.setattr(browser, "_OS_RELEASE", release)
    return programs


def playwrights_own(folder: Path) -> Path:
    """A Chromium as this Playwright downloads it."""
    browsers = json.loads((browser._driver_folder() / "package" / "browsers.json").read_text())["browsers"]
    revision = next(entry["revision"] for entry in browsers if entry["name"] == "chromium")
    own = folder / f"chromium-{revision}"
    program(own / "chrome-linux64" / "chrome", SAYS_156.replace("156", "159"))
    (own / "INSTALLATION_COMPLETE").touch()
    return own


# -- find --------------------------------------------------------------------------------------------------------------


def test_the_systems_chromium_is_found(bare: Path) -> None:
    """Its wrapper's noise is not taken for its version."""
    program(bare / "chromium", SAYS_156)

    assert browser.find() == browser.Installation(bare / "chromium", "Chromium 156.0.8078.79", "system")


def test_the_headless_shell_comes_before_the_whole_browser(bare: Path) -> None:
    """Where both are installed, the one that needs less time for the same pages is used."""
    for name in ("chromium", "chromium-headless-shell"):
        program(bare / name, SAYS_156)

    assert browser.find().path == bare / "chromium-headless-shell"


def test_playwrights_own_comes_before_the_systems(bare: Path, tmp_path: Path) -> None:
    """It is the one that belongs to the driver."""
    program(bare / "chromium", SAYS_156)
    own = playwrights_own(tmp_path / "own")

    found = browser.find()

    assert (found.path, found.origin) == (own / "chrome-linux64" / "chrome", "Playwright")


def test_half_a_download_is_passed_over(bare: Path, tmp_path: Path) -> None:
    """A download that was broken off leaves files that do not start."""
    program(bare / "chromium", SAYS_156)
    (playwrights_own(tmp_path / "own") / "INSTALLATION_COMPLETE").unlink()

    assert browser.find().origin == "system"


def test_the_variable_comes_before_all(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who names a browser gets it."""
    playwrights_own(tmp_path / "own")
    named = program(tmp_path / "mine" / "browser", SAYS_156)
    monkeypatch.setenv("A11YNEWS_BROWSER", str(named))

    assert browser.find() == browser.Installation(named, "Chromium 156.0.8078.79", "A11YNEWS_BROWSER")
    assert bare.is_dir()


def test_a_wrong_variable_is_told_and_nothing_else_taken(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another browser than the one that was named would be a surprise."""
    program(bare / "chromium", SAYS_156)
    monkeypatch.setenv("A11YNEWS_BROWSER", "/nowhere/chrome")

    with pytest.raises(BrowserError, match="A11YNEWS_BROWSER is '/nowhere/chrome', which is no Chromium that starts; set it"):
        browser.find()


@pytest.mark.parametrize(
    "stub",
    [
        "#!/bin/sh\necho 'requires the chromium snap to be installed' >&2\nexit 1\n",
        "#!/bin/sh\necho 'Mozilla Firefox 128.0'\n",
        "#!/bin/sh\nexec /bin/sleep 60\n",
        "no program at all",
    ],
)
def test_what_is_no_chromium_is_passed_over(bare: Path, monkeypatch: pytest.MonkeyPatch, stub: str) -> None:
    """A stub for a snap, another browser, one that hangs: the next is tried."""
    monkeypatch.setattr(browser, "_VERSION_SECONDS", 0.5)
    program(bare / "chromium", stub)
    program(bare / "google-chrome", SAYS_156.replace("Chromium", "Google Chrome"))

    assert browser.find().path == bare / "google-chrome"


def test_no_browser_is_told_with_the_command_to_run(bare: Path) -> None:
    """One line, and a way out."""
    with pytest.raises(BrowserError, match=r"^no Chromium, Chrome or Edge was found; run: a11ynews browser install$") as error:
        browser.find()
    assert isinstance(error.value.args[0], Message), "it can be said in other languages"

    assert not list(bare.iterdir())


def test_a_missing_package_is_told_with_the_command_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rendering needs no Playwright, so it may not be there."""
    monkeypatch.setattr(browser, "find_spec", lambda _name: None)

    with pytest.raises(BrowserError, match=r"“playwright” is missing; run: pip install 'a11ynews\[browser\]'"):
        browser.find()


# -- launch ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("user", "is_without_sandbox"), [(0, True), (1000, False)])
def test_only_root_goes_without_the_sandbox(
    bare: Path, monkeypatch: pytest.MonkeyPatch, user: int, is_without_sandbox: bool
) -> None:
    """The options name the browser, and give up its sandbox only where it cannot start."""
    program(bare / "chromium", SAYS_156)
    monkeypatch.setattr(os, "geteuid", lambda: user)

    options = browser.launch_options()

    assert options["executable_path"] == str(bare / "chromium")
    assert ("--no-sandbox" in options["args"]) == is_without_sandbox


def test_a_browser_starts_and_ends(real: browser.Installation) -> None:
    """What is launched is the browser that was found."""

    def work() -> tuple[str, int, bool]:
        with browser.launched() as started:
            page = started.new_page()
            result = started.version, page.evaluate("1 + 1"), started.is_connected()
        return (*result[:2], result[2] and not started.is_connected())

    version, two, ended = apart(work)

    assert version in real.version
    assert (two, ended) == (2, True)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere the system does not tell a program's arguments")
def test_what_playwright_switches_off_stays_off(real: browser.Installation) -> None:
    """What we switch off besides must not take the place of it, for of two lists the browser heeds the last."""

    def work() -> list[str]:
        with browser.launched() as started:
            told = started.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
            pid = next(process["id"] for process in told if process["type"] == "browser")
            return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")

    lists = [argument.partition("=")[2].split(",") for argument in apart(work) if argument.startswith("--disable-features=")]

    assert [*lists[0], "RenderDocument"] == lists[-1]
    assert "PaintHolding" in lists[0]
    assert real.version


@pytest.mark.parametrize(
    "source",
    ["", 'disabledFeatures = [\n  "One",\n  process.env.X ? "" : "Two"\n].filter(Boolean);'],
    ids=["none", "conditional"],
)
def test_a_list_that_cannot_be_read_for_certain_is_left_alone(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nothing is switched off besides, which costs time alone."""
    bundle = tmp_path / "package" / "lib" / "coreBundle.js"
    bundle.parent.mkdir(parents=True)
    bundle.write_text(source, encoding="utf-8")
    monkeypatch.setattr(browser, "_driver_folder", lambda: tmp_path)
    browser._switched_off.cache_clear()
    try:
        assert [argument for argument in browser._sparing() if "features" in argument] == []
    finally:
        browser._switched_off.cache_clear()


def test_what_node_compiles_is_kept_for_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among the user's caches, if nobody else can write there and no other place is named; the environment stays as it was."""
    monkeypatch.delenv("NODE_COMPILE_CACHE", raising=False)
    monkeypatch.setattr(browser, "user_folder", lambda: tmp_path)

    def named() -> str | None:
        with browser._code_kept():
            return os.environ.get("NODE_COMPILE_CACHE")

    assert named() == str(tmp_path / "node")
    assert "NODE_COMPILE_CACHE" not in os.environ
    if os.name == "posix":
        (tmp_path / "node").chmod(0o777)
        assert named() is None
    (tmp_path / "node").rmdir()
    (tmp_path / "node").write_bytes(b"")
    assert named() is None
    monkeypatch.setenv("NODE_COMPILE_CACHE", "elsewhere")
    assert named() == "elsewhere"
    assert os.environ["NODE_COMPILE_CACHE"] == "elsewhere"


def test_a_browser_that_dies_at_once_is_told_in_one_line(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line says why it died, and what to do."""
    library = "error while loading shared libraries: libnss3.so: cannot open shared object file: No such file or directory"
    dying = program(
        tmp_path / "dying",
        f'#!/bin/sh\n[ "$1" = --version ] && echo "Chromium 156.0.8078.79" && exit\necho "chrome: {library}" >&2\nexit 127\n',
    )
    monkeypatch.setenv("A11YNEWS_BROWSER", str(dying))

    def work() -> None:
        with browser.launched():
            pass

    with pytest.raises(BrowserError) as told:
        apart(work)

    line = str(told.value)
    assert "\n" not in line
    assert line.startswith(f"{dying} does not start (")
    assert "libnss3.so" in line
    assert "run: a11ynews browser install" in line
    assert bare.is_dir()


def test_a_browser_without_a_folder_for_temporary_files_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not the browser that is to be mended."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "nowhere"))

    def work() -> None:
        with browser.launched():
            pass

    with pytest.raises(BrowserError) as told:
        apart(work)

    assert str(told.value) == (
        f"the browser gets no folder for its temporary files ({tmp_path / 'nowhere'}: no such file or directory); "
        "make room there, or set TMPDIR to another one"
    )


def test_a_driver_that_does_not_start_is_told_in_one_line(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A minimal system lacks a library of Playwright's driver."""
    program(bare / "chromium", SAYS_156)
    reason = "error while loading shared libraries: libatomic.so.1: cannot open shared object file: No such file or directory"
    monkeypatch.setenv(
        "PLAYWRIGHT_NODEJS_PATH", str(program(tmp_path / "node", f"#!/bin/sh\necho 'node: {reason}' >&2\nexit 127\n"))
    )

    def work() -> None:
        with browser.launched():
            pass

    with pytest.raises(BrowserError) as told:
        apart(work)

    assert str(told.value) == f"Playwright's driver does not start ({reason}); run: a11ynews browser install"


def test_a_driver_that_says_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ended in time, also where nobody else waits for it."""
    monkeypatch.setattr(browser, "_DRIVER_SECONDS", 0.3)
    node = program(tmp_path / "node", '#!/bin/sh\n[ "$1" = --version ] || exec sleep 60\n')
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(node))

    def work() -> None:
        with browser.launched():
            pass

    with pytest.raises(
        BrowserError, match=r"^Playwright does not start \(.*[Cc]onnection closed.*\); run: a11ynews browser install"
    ):
        apart(work)


# -- install -----------------------------------------------------------------------------------------------------------


def apt_get(programs: Path, does: str) -> Path:
    """An apt-get that writes down how it was called, fails until its lists are fetched, and then does something."""
    calls = programs / "calls"
    program(
        programs / "apt-get",
        f'#!/bin/sh\necho "$*" >>{calls}\ncase "$*" in *update*) : >{programs}/lists; exit;; esac\n'
        f'[ -e {programs}/lists ] || {{ echo "E: Unable to locate package"; exit 100; }}\n{does}\n',
    )
    return calls


def test_what_is_there_is_used(real: browser.Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is installed on a machine that has all."""
    calls = apt_get(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    told: list[str] = []

    assert apart(lambda: browser.install(told.append)) == real
    assert not told
    assert not calls.exists()


def test_root_gets_what_is_missing_from_the_distribution(
    real: browser.Installation, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The packages are named in one line, the lists fetched where they are missing, and the browser is proved to start."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser, "has_fonts", (bare / "chromium").exists)
    starter = f'#!/bin/sh\nexec {real.path} "$@"\n'
    calls = apt_get(bare, f"/bin/cat >{bare}/chromium <<'EOF'\n{starter}EOF\n/bin/chmod 755 {bare}/chromium")
    # The real one is a shell script of its own, which needs the usual programs.
    monkeypatch.setenv("PATH", f"{bare}:/nowhere")
    told: list[str] = []

    installed = apart(lambda: browser.install(told.append))

    assert installed == browser.Installation(bare / "chromium", real.version, "system")
    assert told == ["installing chromium, fonts-dejavu-core with apt-get …"]
    assert [call.partition(" ")[2] or call for call in calls.read_text().splitlines()] == [
        "update",
        "-q -o DPkg::Lock::Timeout=300 --no-install-recommends install chromium fonts-dejavu-core",
    ]


def test_the_headless_shell_is_taken_where_the_archive_has_it(
    real: browser.Installation, bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It draws the same pages at a fraction of the time."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser, "has_fonts", lambda: True)
    starter = f'#!/bin/sh\nexec {real.path} "$@"\n'
    shell = bare / "chromium-headless-shell"
    calls = apt_get(bare, f"/bin/cat >{shell} <<'EOF'\n{starter}EOF\n/bin/chmod 755 {shell}")
    program(bare / "apt-cache", f"#!/bin/sh\n[ -e {bare}/lists ] || exit 100\necho Package: $3\n")
    monkeypatch.setenv("PATH", f"{bare}:/nowhere")

    assert apart(lambda: browser.install(lambda _: None)) == browser.Installation(shell, real.version, "system")
    assert calls.read_text().splitlines()[-1].endswith("install chromium-headless-shell")


def test_a_package_manager_that_fails_tells_its_last_lines(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it prints goes nowhere unless it fails; then there is still the download, which fails here too."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser, "has_fonts", lambda: True)
    apt_get(bare, 'for n in 1 2 3 4 5 6 7; do echo "line $n"; done; exit 100')
    # A real download tries again several times; what comes of one is tried below.
    failing = program(bare / "python", "#!/bin/sh\necho Error: no network\nexit 1\n")
    monkeypatch.setattr(sys, "executable", str(failing))
    told: list[str] = []

    with pytest.raises(
        BrowserError,
        match=r"^no browser, and none can be downloaded \(no network\); run: sudo apt-get install .* chromium$",
    ):
        browser.install(told.append)

    assert told == [
        "installing chromium with apt-get …",
        *(f"line {number}" for number in range(3, 8)),
        "apt-get could not install chromium (it ended with 100)",
        "downloading Chromium with Playwright …",
    ]


def test_a_browser_that_is_there_and_does_not_start_is_told(tmp_path: Path, bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To install it again would not help, so that is not what is said."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    dying = program(bare / "chromium", '#!/bin/sh\n[ "$1" = --version ] && echo "Chromium 156.0.8078.79" && exit\nexit 127\n')

    with pytest.raises(BrowserError) as error:
        apart(lambda: browser.install(lambda _line: None))

    assert str(error.value).startswith(f"{dying} does not start (")
    assert str(error.value).endswith("; mend that, or set A11YNEWS_BROWSER to another browser")
    assert tmp_path.is_dir()


def test_an_ordinary_user_without_a_browser_is_told_the_command(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The download fails here; one line says why, and what to run with sudo."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    calls = apt_get(bare, "exit 1")
    told: list[str] = []

    with pytest.raises(BrowserError) as error:
        browser.install(told.append)

    line = str(error.value)
    assert "\n" not in line
    assert line.startswith("no browser, and none can be downloaded (")
    assert "run: sudo apt-get install --no-install-recommends chromium" in line
    assert told == ["downloading Chromium with Playwright …"]
    assert not calls.exists()


def test_an_ordinary_user_gets_playwrights_own_download(
    real: browser.Installation, bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No right is needed for it. Here it is a small archive whose browser starts the one of this machine."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("PATH", f"{bare}:{os.defpath}")
    monkeypatch.setattr(browser, "_COMMANDS", ())
    archive = tmp_path / "archive.zip"
    with ZipFile(archive, "w") as file:
        for name in ("chrome-linux64/chrome", "chrome-linux/chrome", "ffmpeg-linux"):
            entry = ZipInfo(name)
            entry.external_attr = 0o755 << 16
            file.writestr(entry, f'#!/bin/sh\nexec {real.path} "$@"\n')

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(archive.stat().st_size))
            self.end_headers()
            self.wfile.write(archive.read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    told: list[str] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", f"http://127.0.0.1:{server.server_address[1]}")

        installed = apart(lambda: browser.install(told.append))

        server.shutdown()
    assert installed.origin == "Playwright"
    assert installed.path.is_relative_to(tmp_path / "own")
    assert told == ["downloading Chromium with Playwright …"]


def test_an_ordinary_user_without_the_drivers_library_is_told_the_command(
    bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that is missing is named at once."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(browser, "has_fonts", lambda: True)
    monkeypatch.setenv(
        "PLAYWRIGHT_NODEJS_PATH", str(program(tmp_path / "node", "#!/bin/sh\necho 'node: no libatomic' >&2\nexit 127\n"))
    )
    apt_get(bare, "exit 1")

    with pytest.raises(BrowserError) as error:
        browser.install(lambda _line: None)

    assert str(error.value) == (
        "Playwright's driver does not start (no libatomic); run: sudo apt-get install --no-install-recommends libatomic1 chromium"
    )


def test_ubuntu_has_no_chromium_to_install(bare: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its package is a stub for a snap, so root downloads there as everybody does."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser, "has_fonts", lambda: True)
    (tmp_path / "os-release").write_text("NAME=Ubuntu\nID=ubuntu\n")
    monkeypatch.setattr(sys, "executable", str(program(tmp_path / "python", "#!/bin/sh\necho 'Error: no way out'\nexit 1\n")))
    calls = apt_get(bare, "exit 1")

    with pytest.raises(BrowserError, match=r"none can be downloaded \(no way out\); run: .* chromium-browser$"):
        browser.install(lambda _line: None)

    assert not calls.exists()
