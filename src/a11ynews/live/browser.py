"""
The browser that the live checks run in: found, installed, started.

Any Chromium does: Playwright's own where it could be downloaded, else the system's. Playwright is imported late, because
rendering and the static rules work without it.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock, Timer
from typing import TYPE_CHECKING, Any, TypeAlias

from ..errors import BrowserError
from ..message import Message, say
from ..resources import is_own, user_folder

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

ENVIRONMENT_VARIABLE = "A11YNEWS_BROWSER"
"""Names the browser to use, as a path or a command."""

_INSTALL = say("run: a11ynews browser install")
_STOPPED = say("the browser was ended before it had started")
# The headless shell draws the same pages without the windows around them: a new page costs it a fifth of the processor time.
_SHELL = "chromium-headless-shell"
_COMMANDS = (
    _SHELL,
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Chromium/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_OWN_NAMES = frozenset(
    {
        *("chrome", "chrome.exe", "Google Chrome for Testing", "Chromium"),
        *("chrome-headless-shell", "chrome-headless-shell.exe", "headless_shell", "headless_shell.exe"),
    }
)
# Chromium and its kin have versions of four parts; Firefox, for one, has not.
_VERSION = re.compile(r"\S.*?\d+\.\d+\.\d+\.\d+")
_FONTS = "fonts-dejavu-core"
"""Letters for Latin, Greek, Cyrillic, Hebrew and Arabic, in one megabyte."""
_OS_RELEASE = Path("/etc/os-release")
_VERSION_SECONDS = 30.0
_DRIVER_SECONDS = 60.0
_START_SECONDS = 60.0
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_NO_FOLDER = re.compile(r"\bE[A-Z]+: ([^,\n]+), mkd(?:temp|ir) '([^'\n]+)'")
"""What Node.js says where it cannot make one."""
_CAUSE = re.compile(
    r"(error while loading shared libraries: .*|.*missing dependencies.*|.*ENOENT.*|.*EACCES.*|.*sandbox.*|.*cannot .*|"
    r".*No space left.*|.*Timeout .*exceeded.*|.*did exit: .*signal=SIG\w+.*)"
)


@dataclass(frozen=True, slots=True)
class Installation:
    """A browser on this machine: its executable, its name with the version, and who named it."""

    path: Path
    version: str
    origin: str
    """`A11YNEWS_BROWSER`, `Playwright` or `system`."""

    def __str__(self) -> str:
        return f"{self.version} at {self.path} ({self.origin})"


def find() -> Installation:
    """
    The browser to use: the one that A11YNEWS_BROWSER names, else Playwright's own, else the system's.

    Raises BrowserError where there is none, or where the packages that drive it are missing.
    """
    _driver_folder()
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        if (command := shutil.which(named)) and (version := version_of(Path(command))):
            return Installation(Path(command), version, ENVIRONMENT_VARIABLE)
        raise BrowserError(
            say(
                "{variable} is {named}, which is no Chromium that starts; set it to the path of one, or unset it",
                variable=ENVIRONMENT_VARIABLE,
                named=repr(named),
            )
        )
    for origin, path in _candidates():
        if version := version_of(path):
            return Installation(path, version, origin)
    raise BrowserError(say("no Chromium, Chrome or Edge was found; {remedy}", remedy=_INSTALL))


def candidates() -> tuple[str, list[Path]]:
    """
    What A11YNEWS_BROWSER says, and the browsers of which `find` takes the first that starts; none is started for it.

    Raises BrowserError where the packages that drive them are missing.
    """
    _driver_folder()
    if named := os.environ.get(ENVIRONMENT_VARIABLE):
        command = shutil.which(named)
        return named, [Path(command)] if command else []
    return "", [path for _, path in _candidates()]


def _candidates() -> Iterator[tuple[str, Path]]:
    for path in _playwrights_own():
        yield "Playwright", path
    for command in _COMMANDS:
        if found := shutil.which(command):
            yield "system", Path(found)
    elsewhere: list[Path] = []
    if sys.platform == "darwin":
        applications = [Path("/Applications"), Path.home() / "Applications"]
        elsewhere = [folder / f"{name}.app/Contents/MacOS/{name}" for name in _MAC for folder in applications]
    elif sys.platform == "win32":
        roots = [os.environ.get(name) for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")]
        elsewhere = [Path(root) / name for name in _WINDOWS for root in roots if root]
    for path in elsewhere:
        if path.is_file():
            yield "system", path


def _driver_folder() -> Path:
    """The folder of Playwright's driver. Looking it up imports nothing."""
    spec = find_spec("playwright")
    if not spec or not spec.submodule_search_locations:
        raise BrowserError(say("the package “playwright” is missing; run: pip install 'a11ynews[browser]'"))
    return Path(spec.submodule_search_locations[0]) / "driver"


def _playwrights_own() -> Iterator[Path]:
    """The Chromium that this Playwright has downloaded: of its own revision, and completely."""
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    if named == "0":
        folder = _driver_folder() / "package" / ".local-browsers"
    elif named:
        folder = Path(named)
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Caches" / "ms-playwright"
    elif sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "ms-playwright"
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ms-playwright"
    try:
        browsers = json.loads((_driver_folder() / "package" / "browsers.json").read_text(encoding="utf-8"))["browsers"]
    except (OSError, ValueError, KeyError):
        return
    revisions = {str(browser["name"]): str(browser["revision"]) for browser in browsers}
    for name in ("chromium", "chromium-headless-shell"):
        own = folder / f"{name.replace('-', '_')}-{revisions.get(name)}"
        if (own / "INSTALLATION_COMPLETE").exists():
            yield from (path for path in sorted(own.rglob("*")) if path.name in _OWN_NAMES and path.is_file())


def version_of(path: Path) -> str:
    """A browser's name and version; empty where it does not say one, and so is none, or does not start."""
    if sys.platform == "win32":
        # There the command would open a window; the folder of the version stands beside it.
        versions = [folder.name for folder in path.parent.glob("*.*.*.*") if folder.is_dir()]
        return f"{path.stem} {max(versions)}" if versions else path.stem
    key = _file_key(path)
    with _asking:
        return _versions.get(key) or _version_said(path, key)


def _version_said(path: Path, key: "_Key | None") -> str:
    try:
        said = subprocess.run(
            [path, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_VERSION_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    # Only what it says on its standard output: a distribution's wrapper may grumble on the other.
    found = _VERSION.search(said.stdout)
    if not found:
        return ""
    if key:
        _versions[key] = found[0]
    return found[0]


_Key: TypeAlias = tuple[str, int, int, int]
_versions: dict[_Key | None, str] = {}
"""Those of programs that have said one: each worker asks for the same."""
_asking = Lock()
_drivers: set[_Key | None] = set()
"""The programs that drive browsers and have started."""


def _file_key(path: Path | str) -> _Key | None:
    """What tells a program from whatever else may stand in its place later; None where it cannot be told."""
    try:
        status = os.stat(path)  # noqa: PTH116  # an environment variable can name it, too
    except (OSError, ValueError):
        return None
    return os.fspath(path), status.st_mtime_ns, status.st_size, status.st_ino


def launch_options() -> dict[str, Any]:
    """
    The arguments for `playwright.chromium.launch`; pytest-playwright takes the same as its `browser_type_launch_args`.

    Raises BrowserError where there is no browser.
    """
    # Nothing from outside, and the same widths of the same letters on every machine.
    arguments = ["--disable-background-networking", "--disable-component-update", "--no-first-run", "--font-render-hinting=none"]
    if _is_root():
        arguments.append("--no-sandbox")  # Chromium's sandbox does not start as root
    return {"executable_path": str(find().path), "args": arguments}


def _sparing() -> list[str]:
    """Arguments that spare the browser what nobody needs of it."""
    features = _switched_off()
    # V8's last compiler takes longer for axe and our scripts than what it makes of them saves: a tab lives for 200 pages at most.
    spared = ["--js-flags=--no-turbofan"]
    # With RenderDocument every page of a tab gets a frame, a view and a compositor of its own, in place of those before: a fifth
    # of what a page costs. What the page itself is does not depend on it. Of two such lists the last one counts.
    return [*spared, *([f"--disable-features={','.join([*features, 'RenderDocument'])}"] if features else [])]


@cache
def _switched_off() -> tuple[str, ...]:
    """What Playwright switches off in Chromium, as its driver has it; nothing where that cannot be read for certain."""
    try:
        source = (_driver_folder() / "package" / "lib" / "coreBundle.js").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    found = _SWITCHED_OFF.match(source, max(source.find(_LIST), 0))
    lines = [line for line in map(str.strip, found[1].splitlines()) if line and not line.startswith("//")] if found else []
    names = [_NAME.fullmatch(line) for line in lines]
    return tuple(name[1] for name in names if name) if all(names) else ()


_LIST = "disabledFeatures = ["
_SWITCHED_OFF = re.compile(rf"{re.escape(_LIST)}\n(.*?)\n\s*\]\.filter\(Boolean\);", re.DOTALL)
_NAME = re.compile(r'"(\w+)",?')


@contextmanager
def _code_kept() -> Iterator[None]:
    """Have the drivers that are started meanwhile keep what Node.js compiles of them, for the next ones; where it can be kept."""
    is_ours = False
    with suppress(OSError, RuntimeError):
        folder = user_folder() / "node"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _NODE_CACHE not in os.environ and is_own(folder):
            os.environ[_NODE_CACHE] = str(folder)
            is_ours = True
    try:
        yield
    finally:
        if is_ours:  # whatever else is started by this process is none of our business
            os.environ.pop(_NODE_CACHE, None)


_NODE_CACHE = "NODE_COMPILE_CACHE"
"""Node.js's own variable: https://nodejs.org/api/module.html#module-compile-cache"""

FROM_LOOKOUT = "a11ynews-lookout"
"""Playwright's name for the selectors that lead from a lookout into the page that it looks at: one that may be any."""
_FROM_LOOKOUT = """(() => {
  const lookout = Symbol.for("a11ynews lookout");
  return {query: () => window[lookout]?.root() ?? null, queryAll: () => [window[lookout]?.root()].filter(Boolean)};
})()"""


class Driver:
    """
    The program that Playwright talks to browsers through, from its start on.

    It waits for a browser without limit in some places, and so must be possible to end from another thread, whatever it does.
    """

    def __init__(self) -> None:
        from playwright.sync_api import sync_playwright

        self._playwright = sync_playwright()
        self._is_ended = False
        self.profiles: set[Path] = set()
        """The temporary folders of its browsers. It removes them itself, unless it is ended before it has done so."""

    def start(self) -> "Playwright":
        """Start it, and wait until it answers. Raises BrowserError where it was ended meanwhile, or before."""
        if self._is_ended:
            raise BrowserError(_STOPPED)
        with _code_kept():
            playwright = self._playwright.start()
        # Whatever else is asked by Playwright's selectors does not meet it: no page has what it looks for but a lookout.
        playwright.selectors.register(FROM_LOOKOUT, _FROM_LOOKOUT)
        # Should it be ended, asyncio would complain of an error that nobody has asked for.
        with suppress(AttributeError):
            self._playwright._loop.set_exception_handler(lambda _loop, _context: None)
        if self._is_ended:
            playwright.stop()
            raise BrowserError(_STOPPED)
        return playwright

    @contextmanager
    def patience(self, seconds: float) -> Iterator[None]:
        """End it where what is done in here takes longer."""
        watch = Timer(seconds, self.kill)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()

    def kill(self) -> None:
        """End it at once, and the browsers that it has started: whatever waits for it comes back with an error."""
        self._is_ended = True
        pid = self._pid()
        if not pid:
            return
        if os.name == "nt":
            _lines_of("taskkill", "/t", "/f", "/pid", str(pid))
            return
        others = self.learn_profiles()
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # first, so that it starts no others
        for other in others:
            end_group(other)

    def learn_profiles(self) -> list[int]:
        """Note the temporary folders of its browsers, which nobody tells once they have ended. Returns all it has started."""
        pid = self._pid()
        others = _descendants(pid) if pid else []
        self.profiles.update(profile for other in others if (profile := _profile_of(other)))
        return others

    def _pid(self) -> int:
        """Its process, which Playwright keeps to itself; 0 where there is none."""
        process = getattr(getattr(getattr(self._playwright, "_client", None), "_transport", None), "_proc", None)
        return process.pid if process is not None and process.returncode is None else 0


def _descendants(pid: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    if Path("/proc/self/stat").exists():
        parents = {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has ended
                parents[int(stat.parent.name)] = int(stat.read_bytes().rpartition(b")")[2].split()[1])
    else:
        parents = {int(one): int(parent) for one, parent in (line.split() for line in _lines_of("ps", "-A", "-o", "pid=,ppid="))}
    family = [pid]
    for one in family:
        family += (child for child, parent in parents.items() if parent == one)
    return family[1:]


def _lines_of(*command: str) -> list[str]:
    with suppress(OSError, subprocess.SubprocessError):
        said = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=10, check=False)
        return said.stdout.splitlines()
    return []


def end_group(pid: int) -> None:
    """End a process at once, with the others of its group: Playwright gives one to each browser."""
    with suppress(OSError):
        # One of a browser's processes that went on for a moment would write to its profile while that is removed.
        if os.name == "posix" and os.getpgid(pid) != os.getpgrp():
            os.killpg(os.getpgid(pid), signal.SIGKILL)
        else:
            os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))


def _profile_of(pid: int) -> Path | None:
    """The temporary folder of a browser, where the system tells it: Linux does."""
    with suppress(OSError):
        for argument in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
            name, _, value = os.fsdecode(argument).partition("=")
            if name == "--user-data-dir" and Path(value).name.startswith("playwright_"):
                return Path(value)
    return None


def _driven(driver: Driver) -> "Playwright":
    """A driver's start, in time. Raises BrowserError, in one line, for everything that can be in the way."""
    if reason := _driver_fault():
        raise BrowserError(_without_driver(reason, _INSTALL))
    try:
        with driver.patience(_DRIVER_SECONDS):
            return driver.start()
    except BrowserError:
        raise
    except Exception as error:  # its own machinery can raise anything here
        told = say("Playwright does not start ({reason}); {remedy}", reason=_cause(str(error)), remedy=_INSTALL)
        raise BrowserError(told) from error


@contextmanager
def launched(driver: Driver | None = None) -> "Iterator[Browser]":
    """
    A browser, started by a driver that was not started yet; at the end it is closed, and its driver with it.

    Raises BrowserError, in one line, for everything that can be in the way.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="a11ynews-browser") as beside:
        finding = beside.submit(launch_options)  # while the driver starts, the browser says its version
        try:
            playwright = _driven(driver := driver or Driver())
        except BrowserError:
            finding.result()  # without a browser, whatever else there is does not matter
            raise
    try:
        options = finding.result()
        options["args"] += _sparing()
        from playwright.sync_api import Error

        try:
            with driver.patience(_START_SECONDS + _VERSION_SECONDS):  # it has its own, as long as it is alive
                browser = playwright.chromium.launch(
                    **options,
                    timeout=1000 * _START_SECONDS,
                    # Nothing that Playwright would keep there is asked for, and nobody would remove it, should it be killed.
                    artifacts_dir=Path(os.devnull, "artifacts"),
                )
        except Error as error:
            if without := _NO_FOLDER.search(error.message):
                told = say(
                    "the browser gets no folder for its temporary files ({folder}: {reason}); make room there, or set TMPDIR to "
                    "another one",
                    folder=str(Path(without[2]).parent),
                    reason=without[1],
                )
                raise BrowserError(told) from error
            raise BrowserError(
                say(
                    "{browser} does not start ({reason}); {remedy}, or set {variable} to another browser",
                    browser=options["executable_path"],
                    reason=_cause(error.message),
                    remedy=_INSTALL,
                    variable=ENVIRONMENT_VARIABLE,
                )
            ) from error
        try:
            yield browser
        finally:
            with suppress(Error), driver.patience(_VERSION_SECONDS):  # it may have died already
                browser.close()
    finally:
        with suppress(Exception), driver.patience(_VERSION_SECONDS):  # and so may the driver
            playwright.stop()


def _cause(message: str) -> str:
    """The line of an error's many that says why."""
    lines = [line.strip() for line in _ANSI.sub("", message).splitlines()]
    lines = [re.sub(r"^(?:- )?(?:\[pid=\d+\])?(?:\[(?:err|out)\])?\s*", "", line) for line in lines]
    lines = [line.strip("║╔╗╚╝═ ") for line in lines]
    lines = [
        line
        for line in lines
        if line and not line.startswith(("<launch", "Browser logs", "Call log")) and ":WARNING:" not in line
    ]
    told = next((found[1] for line in lines[1:] if (found := _CAUSE.fullmatch(line))), lines[0] if lines else "no reason given")
    return told if len(told) <= 200 else told[:199] + "…"


def _driver_fault() -> str:
    """Why the program that Playwright is driven by does not start; empty where it does."""
    folder = _driver_folder()
    node = os.environ.get("PLAYWRIGHT_NODEJS_PATH") or folder / ("node.exe" if sys.platform == "win32" else "node")
    key = _file_key(node)
    if key and key in _drivers:
        return ""
    try:
        said = subprocess.run(
            [node, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        return str(error)
    if said.returncode == 0:
        _drivers.add(key)
        return ""
    return said.stderr.strip().partition(": ")[2] or f"it ends with {said.returncode}"


def install(tell: Callable[[str], None]) -> Installation:
    """
    Make a browser exist, and prove that it starts.

    What is there already is used. Root on Debian and its kin gets what is missing from the distribution; everybody else, and
    Ubuntu, whose archive has no Chromium, gets Playwright's own download. `tell` is given each step in one line. Raises
    BrowserError, in one line with the command to run, where no browser can be had.
    """
    _driver_folder()
    missing = _missing_packages()
    if missing and _is_root() and shutil.which("apt-get"):
        _install_packages(missing, tell)
    if reason := _driver_fault():
        raise BrowserError(_without_driver(reason, _command_for(missing)))
    if not _has_browser():
        _download(missing, tell)
    if not has_fonts():
        tell(f"this machine has no fonts, and pages will have no letters; {_command_for([_FONTS])}")
    _prove(tell)
    return find()


def _missing_packages() -> list[str]:
    """What this machine lacks, as Debian calls it."""
    missing = []
    if _driver_fault():
        missing.append("libatomic1")  # the one library that Playwright's driver does not find on a minimal system
    if not _has_browser():
        missing.append("chromium" if _has_chromium_package() else "chromium-browser")
    if not has_fonts():
        missing.append(_FONTS)
    return missing


def _has_browser() -> bool:
    return bool(os.environ.get(ENVIRONMENT_VARIABLE)) or any(version_of(path) for _, path in _candidates())


def _install_packages(packages: Sequence[str], tell: Callable[[str], None]) -> None:
    """Install packages with apt-get. Where that fails it is told why; what is still missing then shows by itself."""
    # Ubuntu's browser is a stub for a snap, which does not work where root installs: in containers.
    packages = [package for package in packages if package != "chromium-browser"]
    if not packages:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    # The lists may be missing or older than the archive. Where they cannot be fetched, those that are there may do.
    _run(["apt-get", "-q", "update"], environment, seconds=600)
    if _archive_has(_SHELL):
        packages = [_SHELL if package == "chromium" else package for package in packages]
    tell(f"installing {', '.join(packages)} with apt-get …")
    command = ["apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=300", "--no-install-recommends", "install", *packages]
    failed, output = _run(command, environment, seconds=1800)
    if failed:
        for line in [*output[-5:], f"apt-get could not install {', '.join(packages)} ({failed})"]:
            tell(line)


def _archive_has(package: str) -> bool:
    """Whether the distribution has a package; not every relative of Debian has the headless shell."""
    return bool(shutil.which("apt-cache")) and not _run(["apt-cache", "-q", "show", package], dict(os.environ), seconds=60)[0]


def _download(missing: Sequence[str], tell: Callable[[str], None]) -> None:
    """Get the Chromium that belongs to this Playwright."""
    tell("downloading Chromium with Playwright …")
    # Its connections are given up early: on a closed network they hang, and there is another way.
    environment = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000", **os.environ}
    command = [sys.executable, "-m", "playwright", "install", "--no-progress", "--no-shell", "chromium"]
    failed, output = _run(command, environment, seconds=1200)
    if failed:
        reason = next((line for line in output if line.startswith("Error:")), output[-1] if output else failed)
        raise BrowserError(
            say(
                "no browser, and none can be downloaded ({reason}); {remedy}",
                reason=reason.removeprefix("Error: "),
                remedy=_command_for(missing),
            )
        )


def _prove(tell: Callable[[str], None]) -> None:
    """Start the browser once; where Playwright's own lacks libraries of the system, root gets them."""
    try:
        with launched():
            return
    except BrowserError as error:
        fault = str(error).partition(";")[0]
        if find().origin != "Playwright" or not shutil.which("apt-get"):
            told = say("{fault}; mend that, or set {variable} to another browser", fault=fault, variable=ENVIRONMENT_VARIABLE)
            raise BrowserError(told) from error
        command = [sys.executable, "-m", "playwright", "install-deps", "chromium"]
        if not _is_root():
            told = say("{fault}; run: sudo {command}", fault=fault, command=" ".join(command))
            raise BrowserError(told) from error
    tell("installing the libraries that Chromium needs …")
    failed, output = _run(command, {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, seconds=1800)
    if failed:
        for line in output[-5:]:
            tell(line)
        told = say(
            "the libraries that Chromium needs could not be installed ({reason}); mend that, then {remedy}",
            reason=failed,
            remedy=_INSTALL,
        )
        raise BrowserError(told)
    with launched():
        return


def _run(command: Sequence[str], environment: dict[str, str], *, seconds: float) -> tuple[str, list[str]]:
    """Run a command: why it failed (empty where it did not), and the lines that it wrote."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        failed = ""
        try:
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=environment, timeout=seconds, check=False
            )
            if done.returncode:
                failed = f"it ended with {done.returncode}"
        except subprocess.TimeoutExpired:
            failed = f"it was not done within {seconds / 60:g} minutes"
        except OSError as error:
            failed = str(error)
        file.seek(0)
        return failed, [line for line in (_ANSI.sub("", line).strip() for line in file) if line]


def _without_driver(reason: str, remedy: Message) -> Message:
    return say("Playwright's driver does not start ({reason}); {remedy}", reason=reason, remedy=remedy)


def _command_for(packages: Sequence[str]) -> Message:
    """What somebody with the right to it runs to get what is missing."""
    if shutil.which("apt-get"):
        command = f"sudo apt-get install --no-install-recommends {' '.join(packages)}"
        return say("run: {command}", command=command)
    tools = {"dnf": "install", "zypper": "install", "pacman": "-S", "brew": "install --cask"}
    for tool, arguments in tools.items():
        if shutil.which(tool):
            command = f"{'' if tool == 'brew' else 'sudo '}{tool} {arguments} chromium"
            return say("run: {command}", command=command)
    return say("install Chromium or Chrome, or set {variable} to the path of one", variable=ENVIRONMENT_VARIABLE)


def _has_chromium_package() -> bool:
    """Whether the distribution has a Chromium: Debian and its kin have it, Ubuntu only a stub for a snap."""
    try:
        release = _OS_RELEASE.read_text(encoding="utf-8")
    except OSError:
        return False
    return not re.search(r'^ID="?ubuntu', release, re.MULTILINE)


def has_fonts() -> bool:
    """Whether this machine has any font that a page can be written in; elsewhere than on Linux it has."""
    if not sys.platform.startswith("linux"):
        return True
    folders = [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        Path.home() / ".fonts",
        Path.home() / ".local/share/fonts",
    ]
    return any(path.suffix.lower() in (".ttf", ".otf", ".ttc") for folder in folders for path in folder.rglob("*"))


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
