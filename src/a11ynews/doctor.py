"""What this machine and this project have, and what they lack: each with what to do. Nothing is changed."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from PIL import features

from . import __version__
from .catalog import UI_DOMAIN, path_of
from .config import FILE, Config, load
from .errors import A11yNewsError, BrowserError, ConfigError
from .language import chain_of, is_pseudo, name_of, same_language
from .live import axe, browser
from .resources import LOCALES, STARTER, TEMPLATES
from .site import TRACES, find_records

_LEAST_PYTHON = (3, 11)
_PLAYWRIGHT = ("playwright", "axe-playwright-python")


class State(StrEnum):
    """How something is."""

    FINE = "fine"
    OPTIONAL = "optional"
    """It is missing, and a11ynews works without it."""
    MISSING = "missing"
    """Something cannot be done without it."""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was looked at."""

    topic: str
    state: State
    message: str
    """What there is; or what is missing and, after a semicolon, what to do."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that was looked at."""

    told: tuple[Told, ...]

    @property
    def exit_code(self) -> int:
        """0 where nothing is missing that is needed, else 2."""
        return 2 if any(one.state is State.MISSING for one in self.told) else 0

    def to_json(self) -> str:
        """For programs."""
        data = {"version": 1, "a11ynews": __version__, "exit_code": self.exit_code, "told": [asdict(one) for one in self.told]}
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"

    def to_text(self) -> str:
        """For people: one line each, what is missing last, and a line that sums up."""
        lines = [f"{one.state:<8}  {one.topic}: {one.message}" for one in self._by_need()]
        missing, optional = (sum(one.state is state for one in self.told) for state in (State.MISSING, State.OPTIONAL))
        verdict = f"{missing} missing" if missing else "Nothing is missing"
        lines.append(f"{verdict}{f'; {optional} optional' if optional else ''}.")
        return "\n".join(lines) + "\n"

    def _by_need(self) -> list[Told]:
        order = list(State)
        return sorted(self.told, key=lambda one: order.index(one.state))


def diagnose(
    file: Path | None,
    *,
    with_browser: bool = True,
    shown: Callable[[Path], str] = str,
    tell: Callable[[str], None] = lambda _: None,
) -> Diagnosis:
    """
    Look at the machine, and at the project of a configuration where there is one.

    `with_browser` is whether a browser is needed at all: who only renders can do without. It is started once, to prove it.
    """
    told: list[Told] = []
    looks: dict[str, Callable[[], Iterator[Told]]] = {
        "the packages": lambda: _packages(with_browser),
        "what comes with a11ynews": _resources,
        "pictures": _codecs,
        "the browser": _browser,
        "the project": lambda: _project(file, shown),
        "tools": _tools,
    }
    for topic, look in looks.items():
        if topic != "the browser" or with_browser:
            tell(topic)
            told += look()
    return Diagnosis(tuple(told))


# -- the machine -------------------------------------------------------------------------------------------------------


def _packages(with_browser: bool) -> Iterator[Told]:
    version = platform.python_version()
    if sys.version_info >= _LEAST_PYTHON:
        yield Told("Python", State.FINE, f"{version} at {sys.executable}")
    else:
        least = ".".join(map(str, _LEAST_PYTHON))
        yield Told("Python", State.MISSING, f"{version} is older than {least}; install a newer one, and a11ynews into it")
    yield Told("a11ynews", State.FINE, f"{__version__} at {Path(__file__).parent}")
    try:
        requirements = metadata.requires("a11ynews") or []
    except metadata.PackageNotFoundError:
        yield Told("packages", State.MISSING, "a11ynews runs from a folder and is not installed; run: pip install /path/to/it")
        return
    needed = [found for line in requirements if (found := _requirement(line, with_browser))]
    lacking = [(name, least, why) for name, least, extra in needed if (why := _lack(name, least))]
    for name, least, why in lacking:
        extra = "[browser]" if name in _PLAYWRIGHT else ""
        wanted = f"'a11ynews{extra}'" if extra else f"'{name}>={least}'"
        yield Told(name, State.MISSING, f"{why}; run: pip install {wanted}")
    if not lacking:
        yield Told("packages", State.FINE, f"{len(needed)} are there, in versions that will do")


def _requirement(line: str, with_browser: bool) -> tuple[str, str, str] | None:
    """Name, least version and extra of a requirement as a package's metadata has it; None for one that is not needed."""
    found = re.match(r"([A-Za-z0-9._-]+)[^;]*?(?:>=\s*([0-9.]+))?[^;]*(?:;.*extra\s*==\s*['\"](\w+)['\"])?\s*$", line)
    if not found or (found[3] and not (found[3] == "browser" and with_browser)):
        return None
    return found[1], found[2] or "0", found[3] or ""


def _lack(name: str, least: str) -> str:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return "the package is not installed"
    return f"version {version} is older than {least}" if _parts(version) < _parts(least) else ""


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)[:4]]


def _resources() -> Iterator[Told]:
    for name, folder, file in (
        ("templates", TEMPLATES, "article.html"),
        ("catalogs", LOCALES, ""),
        ("starter", STARTER, "record.yaml"),
    ):
        if not (folder / file).exists():
            yield Told(name, State.MISSING, f"{folder} is not there, and belongs to a11ynews; install it again")


def _codecs() -> Iterator[Told]:
    wanted = {"JPEG": "jpg", "PNG": "zlib", "WebP": "webp", "AVIF": "avif"}
    lacking = [name for name, feature in wanted.items() if not features.check(feature)]
    for name in lacking:
        state = State.OPTIONAL if name == "AVIF" else State.MISSING
        yield Told("pictures", state, f"Pillow was built without {name}; run: pip install --force-reinstall pillow")
    if len(lacking) < len(wanted):
        yield Told("pictures", State.FINE, f"{', '.join(name for name in wanted if name not in lacking)} can be read")


def _start() -> None:
    with browser.launched():
        pass


def _browser() -> Iterator[Told]:
    try:
        found = browser.find()
    except BrowserError as error:
        yield Told("browser", State.MISSING, f"{error}")
    else:
        try:
            # In a thread of its own: Playwright refuses one in which something else runs an event loop, as in a notebook.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(_start).result()
            yield Told("browser", State.FINE, f"{found}; it starts")
        except BrowserError as error:
            yield Told("browser", State.MISSING, f"{error}")
    if not browser.has_fonts():
        told = "this machine has none, and pages would have no letters; install a package such as fonts-dejavu-core"
        yield Told("fonts", State.MISSING, told)
    else:
        yield Told("fonts", State.FINE, "there are some")
    try:
        yield Told("axe", State.FINE, f"axe-core {axe.version()}")
    except (A11yNewsError, OSError) as error:
        yield Told("axe", State.MISSING, str(error) if ";" in str(error) else f"{error}; run: pip install 'a11ynews[browser]'")


def _tools() -> Iterator[Told]:
    for command, use in (
        ("git", "“check --changed-since” looks only at what a change can have touched with it"),
        ("msgfmt", "gettext's own check of catalogs, for translators who like it; a11ynews has its own"),
    ):
        path = shutil.which(command)
        if not path:
            yield Told(command, State.OPTIONAL, f"is not there; install it if you want it: {use}")
            continue
        try:
            said = subprocess.run(
                [path, "--version"], capture_output=True, text=True, errors="replace", timeout=30, check=True
            ).stdout
        except (OSError, subprocess.SubprocessError):
            yield Told(command, State.OPTIONAL, f"{path} does not start; mend it if you want it: {use}")
        else:
            yield Told(command, State.FINE, f"{(said.splitlines() or [''])[0].strip()} at {path}")


# -- the project -------------------------------------------------------------------------------------------------------


def _project(file: Path | None, shown: Callable[[Path], str]) -> Iterator[Told]:
    if file is None:
        told = f"no {FILE} here or in a folder above; run “a11ynews init”, or name one with --config, if you want to render"
        yield Told("project", State.OPTIONAL, told)
        return
    try:
        config = load(file)
    except ConfigError as error:
        for fault in error.faults:
            yield Told("configuration", State.MISSING, f"{fault}")
        return
    languages = ", ".join(config.languages)
    yield Told("configuration", State.FINE, f"{shown(file)}: {config.site_url} in {languages}")
    for key, named in (("check.axe", config.check.axe), ("check.baseline", config.check.baseline)):
        if named and not (config.root / named).is_file():
            yield Told("configuration", State.MISSING, f"{named} is not there; mend “{key}”, or make the file")
    yield from _records(config, shown)
    yield from _writable(config, shown)
    yield from _languages(config, shown)


def _records(config: Config, shown: Callable[[Path], str]) -> Iterator[Told]:
    news = config.folder("news")
    records = find_records(news) if news.is_dir() else []
    if not news.is_dir():
        yield Told("records", State.MISSING, f"{shown(news)}/ is not there; run “a11ynews new SLUG”, or mend “folders.news”")
    elif not records:
        yield Told("records", State.MISSING, f"there is none in {shown(news)}/; run “a11ynews new SLUG”")
    else:
        unread = [path for path in records if not os.access(path, os.R_OK)]
        yield from (Told("records", State.MISSING, f"{shown(path)} cannot be read; mend its permissions") for path in unread)
        yield Told("records", State.FINE, f"{len(records):,} in {shown(news)}/")
    templates = config.folder("templates")
    if config.folders.templates != "templates" and not templates.is_dir():
        yield Told("templates", State.MISSING, f"{shown(templates)}/ is not there; make it, or mend “folders.templates”")


def _writable(config: Config, shown: Callable[[Path], str]) -> Iterator[Told]:
    """Whether the folders that commands write can be written: by trying, since permissions say less than a disk that is full."""
    lacking = 0
    for folder in (config.folder("site"), config.root / TRACES, config.folder("locales")):
        at = next(above for above in (folder, *folder.parents) if above.exists())
        try:
            if not at.is_dir():
                raise NotADirectoryError(0, "it is a file")
            with tempfile.NamedTemporaryFile(dir=at, prefix=".a11ynews-doctor-"):
                pass
        except OSError as error:
            lacking += 1
            reason = error.strerror or "it is refused"
            yield Told("folders", State.MISSING, f"{shown(folder)}/ cannot be written ({reason}); mend its permissions")
    if not lacking:
        yield Told("folders", State.FINE, "site, traces and catalogs can be written")


def _languages(config: Config, shown: Callable[[Path], str]) -> Iterator[Told]:
    locales = config.folder("locales")
    for language in config.languages:
        if is_pseudo(language):
            continue
        chain = chain_of(language)
        own = any(next(path_of(locales, link, UI_DOMAIN).parent.glob("*.po"), None) for link in chain)
        words = same_language(language, "en") or any(
            path_of(folder, link, UI_DOMAIN).is_file() for folder in (locales, LOCALES) for link in chain
        )
        name = f"{name_of(language, 'en')} ({language})"
        update = f"run “a11ynews catalog update {language}”"
        if not words:
            told = (
                f"the words of every page are not translated into {name}, nor do they come with a11ynews; {update}, and translate"
            )
            yield Told("languages", State.MISSING, told)
        elif not own and language != (config.default_language or config.languages[0]):
            told = f"no record is translated into {name}: there are no catalogs in {shown(locales)}/; {update}"
            yield Told("languages", State.OPTIONAL, told)
        else:
            yield Told("languages", State.FINE, name)
