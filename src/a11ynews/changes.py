"""
Which pages a change can have touched.

git says which files differ between the point where this branch began and what lies in the folder now, committed or not. Each is
followed to the pages that it can show on. Where that cannot be said for certain, the answer is every page, and the report says
why: a page too many costs seconds, a page too few would be a pass that nobody has earned.
"""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from .catalog import UI_DOMAIN
from .config import FILE, Config
from .errors import A11yNewsError, shorten
from .finding import Birthplace
from .language import chain_of, folder_of
from .lint import GLOSSARY
from .message import Message, say, say_number
from .messages import DOMAIN
from .page import Page, PageSet
from .provenance import Trace
from .site import TRACES, read_manifest, traces_of
from .targets import Targets

# -- what git says -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changes:
    """In which files a working tree differs from the commit where it left a revision."""

    revision: str
    """As it was asked for: `origin/main`."""
    base: str
    """The commit that everything is compared with: the merge base of the revision and HEAD."""
    root: Path
    """The folder of the working tree, links resolved."""
    changed: tuple[Path, ...] = ()
    """Every file that was added, changed or deleted since; a renamed one by its old and its new name."""
    kept: frozenset[Path] = frozenset()
    """The files that git keeps, or would with the next `git add`: neither what is ignored nor what a submodule holds."""
    gone: frozenset[Path] = frozenset()
    """Those of the changed that are no more."""
    added: frozenset[Path] = frozenset()
    """Those of the changed that were not there before."""


def changes_since(revision: str, where: Path) -> Changes:
    """
    What has changed in the working tree that a folder belongs to, since it left a revision (`git diff REVISION...`), with what
    is not committed or not even added yet.

    Raises A11yNewsError where git, the repository, the revision or the merge base is missing.
    """
    if not revision.strip() or revision.startswith("-") or not revision.isprintable():
        told = shorten(revision)
        raise A11yNewsError(f"--changed-since: {told!r} is no revision; name a branch, a tag or a commit, such as origin/main")
    top = _git(where, "rev-parse", "--show-toplevel")
    if top.returncode:
        raise A11yNewsError(f"--changed-since: {_why(top, f'{where} is in no git repository; run it in one')}")
    root = Path(os.fsdecode(top.stdout).rstrip("\n")).resolve()
    commit = _commit(root, revision)
    base = _merge_base(root, revision, commit, _commit(root, "HEAD"))
    only = ("--no-renames", "--no-relative", "--no-ext-diff", "--ignore-submodules=all")
    names = _git(root, "diff", "--name-status", "-z", *only, base, "--")
    others = _git(root, "ls-files", "-z", "--others", "--exclude-standard")
    kept = _git(root, "ls-files", "-z", "--cached")
    for answer in (names, others, kept):
        if answer.returncode:
            raise A11yNewsError(f"--changed-since: {_why(answer, 'git cannot say what has changed')}")
    words = _names(names.stdout)
    status = dict(zip(words[1::2], words[::2], strict=True))
    # A repository within this one that is no submodule is named like a folder; git looks at neither.
    untracked = [name for name in _names(others.stdout) if not name.endswith("/")]
    return Changes(
        revision,
        base,
        root,
        tuple(root / name for name in sorted({*status, *untracked})),
        frozenset(root / name for name in (*_names(kept.stdout), *untracked)),
        frozenset(root / name for name, letter in status.items() if letter == "D" and name not in untracked),
        frozenset(root / name for name in (*untracked, *(name for name, letter in status.items() if letter == "A"))),
    )


def _git(where: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # Words that can be looked for, and no lock: another git may be at work, such as the one whose hook this is.
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", "-C", str(where), *arguments], capture_output=True, env=environment, stdin=subprocess.DEVNULL, check=False
        )
    except FileNotFoundError:
        raise A11yNewsError("--changed-since: there is no git; install it, or check without --changed-since") from None
    except OSError as error:
        raise A11yNewsError(f"--changed-since: git cannot be run ({error.strerror}); see to its installation") from None


def _names(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _why(answer: subprocess.CompletedProcess[bytes], otherwise: str) -> str:
    """What git says is wrong, and what to do."""
    said = next((line for line in answer.stderr.decode("utf-8", "replace").splitlines() if line.startswith("fatal: ")), "")
    said = shorten(said.removeprefix("fatal: "), 200)
    if "dubious ownership" in said:
        return f"git: {said}; run: git config --global --add safe.directory '*'"
    return otherwise if not said or "not a git repository" in said else f"{otherwise} (git: {said})"


def _commit(root: Path, revision: str) -> str:
    answer = _git(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not answer.returncode:
        return answer.stdout.decode("ascii").strip()
    if revision == "HEAD":
        raise A11yNewsError("--changed-since: there is no commit yet to compare with; check without --changed-since")
    hint = f"mend its name, or run: git fetch{' --unshallow' if _is_shallow(root) else ''}; in a GitHub workflow, give "
    raise A11yNewsError(f"--changed-since: there is no commit {revision} here; {hint}actions/checkout “fetch-depth: 0”")


def _merge_base(root: Path, revision: str, commit: str, head: str) -> str:
    answer = _git(root, "merge-base", commit, head)
    if not answer.returncode:
        return answer.stdout.decode("ascii").strip()
    if _is_shallow(root):
        raise A11yNewsError(
            f"--changed-since: this clone is shallow and does not reach back to where HEAD left {revision}; "
            "run: git fetch --unshallow; in a GitHub workflow, give actions/checkout “fetch-depth: 0”; in GitLab, GIT_DEPTH: 0"
        )
    raise A11yNewsError(f"--changed-since: HEAD and {revision} have no commit in common; name a revision that HEAD comes from")


def _is_shallow(root: Path) -> bool:
    return _git(root, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"


# -- which pages that means --------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Choice:
    """Pages that must be checked, and why all of them must where that is so."""

    pages: set[Page] = field(default_factory=set)
    everything: list[Message] = field(default_factory=list)
    notes: list[Message] = field(default_factory=list)


def choose(targets: Targets, changes: Changes, config: Config | None, decisive: Iterable[Path] = ()) -> None:
    """
    Choose among the targets the pages that changes can have touched; the notes say what was chosen, and why.

    `config` is the configuration of a site of ours, where there is one. `decisive` are files that the verdict itself depends on,
    such as a baseline: a change in one concerns every page.
    """
    deciding = {path.resolve() for path in decisive}
    chosen: set[Page] = set(targets.from_web)
    notes: list[Message] = []
    if targets.from_web:
        notes.append(say("what has changed says nothing of pages from the web: all of them are checked"))
    for root, pages in targets.by_root.items():
        choice = _Choice()
        if found := next((path for path in changes.changed if path in deciding), None):
            choice.everything.append(say("{file} has changed", file=_told(found, changes)))
        elif read_manifest(traces_of(root)) is not None:
            _choose_of_site(root, pages, changes, config, choice)
        else:
            _choose_of_folder(root, pages, changes, choice, changes.changed)
        if choice.everything:
            name = pages[0].name if len(pages) == 1 else PageSet(pages).name.rstrip("/") or str(root)
            notes.append(say("every page of {root} is checked: {why}", root=name, why=choice.everything[0]))
            choice.pages.update(pages)
        notes += choice.notes
        chosen |= choice.pages
    total = len(targets.pages)
    targets.chosen = frozenset(chosen)
    targets.notes.append(_summary(changes, len(chosen), total))
    targets.notes += list(dict.fromkeys(notes))


def _summary(changes: Changes, chosen: int, total: int) -> Message:
    files = say_number("{n} file has changed", "{n} files have changed", len(changes.changed))
    return say_number(
        "{files} since {revision} (merge base {base}): {n} of {pages} can show it and was checked",
        "{files} since {revision} (merge base {base}): {n} of {pages} can show it and were checked",
        chosen,
        files=files,
        revision=changes.revision,
        base=changes.base[:12],
        pages=say_number("{n} page", "{n} pages", total),
    )


def _told(path: Path, changes: Changes) -> str:
    return path.relative_to(changes.root).as_posix()


# What people read beside the sources, and what git and editors go by: no page is made of it.
_NEVER = re.compile(
    r"(?:(?:LICEN[CS]E|COPYING|NOTICE|AUTHORS|CODEOWNERS|CONTRIBUTORS)(?:\..*)?|\.git(?:ignore|attributes|modules)"
    r"|\.mailmap|\.editorconfig|.*\.(?:md|rst|adoc))",
    re.IGNORECASE,
)


# -- … of a site of ours -----------------------------------------------------------------------------------------------


def _choose_of_site(root: Path, pages: Sequence[Page], changes: Changes, config: Config | None, choice: _Choice) -> None:
    """
    By where a page's words come from: its record's folder, the catalogs of its language and those it inherits from, the
    templates, the configuration. What the pages' traces name counts too, so that a page made of several records is found.
    """
    if config is None or not config.root.is_relative_to(changes.root):
        if changes.changed:
            choice.everything.append(say("no {file} in this repository says what its pages are made of", file=FILE))
        return
    manifest = {(root / page["path"]).resolve(): page for page in read_manifest(traces_of(root)) or []}
    made = {page: manifest[file] for page in pages if (file := _file_of(page)) in manifest}
    sources = _Sources(config, made)
    output: list[Path] = []
    for path in changes.changed:
        if path.is_relative_to(root.resolve()):
            output.append(path)
        elif not _is_trace(path, root):
            touched = sources.touched(path, changes)
            if touched is None:
                choice.everything.append(say("what {file} does to its pages cannot be said", file=_told(path, changes)))
                return
            choice.pages |= touched
    # Where git keeps the output, what was changed in it by hand counts; where not, a render makes it anew, and its sources count.
    _choose_by_reference(root, list(made), changes, [path for path in output if path not in changes.added], choice)
    if others := [page for page in pages if page not in made]:
        _choose_of_folder(root, others, changes, choice, output)


_LIST_PAGE = re.compile(r"(?:page/[0-9]+/)?index\.html\Z")
"""What differs between the pages of one list."""


@dataclass(slots=True)
class _Sources:
    """What the pages of a site are made of."""

    config: Config
    made: dict[Page, dict[str, str]]
    """The pages with their entries in the manifest."""

    def touched(self, path: Path, changes: Changes) -> set[Page] | None:
        """The pages that a source can show on; None where that cannot be said."""
        named = self._by_trace(path)
        news, locales = (self.config.folder(name).resolve() for name in ("news", "locales"))
        if path.is_relative_to(news):
            parts = {*path.relative_to(news).parts[:-1], path.stem}
            pages = {page for page, entry in self.made.items() if entry["record"] in parts}
            pages |= self._lists_with(parts, is_new=path in changes.added)
            return pages | named or (set() if _NEVER.fullmatch(path.name) else None)
        if path.is_relative_to(locales):
            return self._by_catalog(path.relative_to(locales), path in changes.gone | changes.added, named)
        if path.is_relative_to(self.config.folder("templates").resolve()) or path == self.config.root / self.config.file:
            return set(self.made)
        return set() if _NEVER.fullmatch(path.name) else None

    def _lists_with(self, records: set[str], *, is_new: bool) -> set[Page]:
        """
        The lists in which a record stands: they show its pictures. That a page has its section's or tag's name makes none of it.

        A record that is new moves all that is older on: then every page of these lists is another one.
        """
        named = "|".join(map(re.escape, records))
        stands = re.compile(rf"record (?:{named}) (?!section |tag )|catalog \S+ (?:{named}) (?!section:|tag:)")
        lists = {page: entry for page, entry in self.made.items() if not entry["record"] and page.trace}
        found = {page for page in lists if page.trace and any(stands.match(one.identity) for one in _places_in(page.trace))}
        if is_new:
            folders = {_LIST_PAGE.sub("", lists[page]["path"]) for page in found}
            found |= {page for page, entry in lists.items() if _LIST_PAGE.sub("", entry["path"]) in folders}
        return found

    def _by_trace(self, path: Path) -> set[Page]:
        """The pages that show words from a file."""
        if not path.is_relative_to(self.config.root):
            return set()
        file = path.relative_to(self.config.root).as_posix()
        return {page for page in self.made if page.trace and any(place.file == file for place in _places_in(page.trace))}

    def _by_catalog(self, path: Path, is_whole: bool, named: set[Page]) -> set[Page] | None:
        """… of a catalog. One that came or went can have made a page appear or vanish, and then its sisters' menus are others."""
        if path.as_posix() == GLOSSARY or path.suffix in (".pot", ".mo") or path.stem == DOMAIN:
            return set()
        if len(path.parts) != 3 or path.parts[1] != "LC_MESSAGES" or path.suffix != ".po":
            return set() if _NEVER.fullmatch(path.name) else None
        folder, domain = path.parts[0], path.stem
        spoken = {
            page
            for page, entry in self.made.items()
            if any(folder_of(link).lower() == folder.lower() for link in chain_of(entry["language"]))
        }
        if domain == UI_DOMAIN:
            return spoken | named
        of_record = {page for page, entry in self.made.items() if entry["record"] == domain}
        if not of_record:
            return named or None
        return (of_record if is_whole or not of_record & spoken else of_record & spoken) | named


def _places_in(trace: Trace) -> Iterator[Birthplace]:
    for origin in trace.origins:
        yield origin.birthplace
        if origin.pending:
            yield origin.pending


# -- … of any other folder ---------------------------------------------------------------------------------------------


def _choose_of_folder(root: Path, pages: Sequence[Page], changes: Changes, choice: _Choice, changed: Sequence[Path]) -> None:
    """
    By themselves, and by what they refer to. A page that git does not keep was made by a program, of sources that nobody knows
    here: it is always checked.
    """
    if unknown := [page for page in pages if not _names_of(page) & changes.kept]:
        choice.pages.update(unknown)
        choice.notes.append(
            say_number(
                "git does not keep {page}, so nobody knows what it is made of: it is checked",
                "git does not keep {page} and others ({n} in all), so nobody knows what they are made of: they are checked",
                len(unknown),
                page=unknown[0].name,
            )
        )
    known = [page for page in pages if page not in choice.pages]
    _choose_by_reference(root, known, changes, [path for path in changed if not _is_trace(path, root)], choice)


def _choose_by_reference(root: Path, pages: Sequence[Page], changes: Changes, changed: Sequence[Path], choice: _Choice) -> None:
    """Pages that have changed themselves, and those that show a file that has: style sheets, scripts, pictures, frames."""
    if not pages or not changed:
        return
    references = References(root.resolve(), changes.root, frozenset(changed))
    reached = {page: references.of(page, changes.gone) for page in pages}
    for path in changed:
        touched = {page for page, shown in reached.items() if path in shown or path in _names_of(page)}
        if not touched and _may_be_loaded(path, root, changes):
            choice.everything.append(say("which pages use {file} cannot be said", file=_told(path, changes)))
            return
        choice.pages |= touched


def _is_trace(path: Path, root: Path) -> bool:
    return path.is_relative_to(root.resolve().parent / TRACES)


_PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
# What a browser may fetch for a page that does not name it in a way that can be read.
_LOADED = re.compile(
    r"\.(?:[cm]?js|css|json|wasm|svg|png|jpe?g|gif|webp|avif|ico|woff2?|ttf|otf|mp4|webm|mp3|ogg|vtt|xml|webmanifest)",
    re.IGNORECASE,
)


def _may_be_loaded(path: Path, root: Path, changes: Changes) -> bool:
    """Whether a file that no page refers to may be a part of one all the same: called for by a name that a script makes up."""
    if _is_html(path):
        return False  # a page is looked at for itself; one that is gone, where others lead to it
    if path.is_symlink() or path.name == FILE:
        return True
    if path.is_relative_to(root.resolve()):
        hidden = any(part.startswith(".") for part in path.relative_to(root.resolve()).parts)
        return not hidden and not _NEVER.fullmatch(path.name)
    return bool(_LOADED.fullmatch(path.suffix)) and path not in changes.gone


def _is_html(path: Path) -> bool:
    return path.suffix.lower() in _PAGE_SUFFIXES


def _file_of(page: Page) -> Path:
    return Path(page.file or page.name).resolve()


def _names_of(page: Page) -> set[Path]:
    """A page's file, and the link that it is reached by where it is one: git knows it by that."""
    path = Path(page.file or page.name)
    return {path.resolve(), path.parent.resolve() / path.name}


# -- what a page refers to ---------------------------------------------------------------------------------------------

_LARGEST_ASSET = 20_000_000
_STYLES = (".css",)
_SCRIPTS = (".js", ".mjs", ".cjs", ".json", ".webmanifest")
_READ = frozenset((*_PAGE_SUFFIXES, *_STYLES, *_SCRIPTS, ".svg", ".xml"))
_NAMED = re.compile(
    r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]+))\s*\)|"([^"\n]{1,2000})"|'([^'\n]{1,2000})'|`([^`\n]{1,2000})`"""
)
# The kinds of links that make a browser load something for the page.
_LOADING = re.compile(r"stylesheet|preload|icon|manifest|prefetch", re.IGNORECASE)
_FRAMES = ("iframe", "frame", "object", "embed")


@dataclass
class References:
    """Which files a page loads, and those that these load in their turn."""

    root: Path
    """The folder that the pages' addresses start from."""
    top: Path
    """The folder of the repository: addresses may start from a folder above the one that was named."""
    changed: frozenset[Path]
    is_all: bool = False
    """Whether to follow every file, and not only those that have changed, or that may name others."""
    _within: dict[Path, frozenset[Path]] = field(default_factory=dict)
    _reals: dict[Path, Path | None] = field(default_factory=dict)

    @cached_property
    def _roots(self) -> list[Path]:
        return [self.root, *(folder for folder in self.root.parents if folder.is_relative_to(self.top))]

    def of(self, page: Page, gone: frozenset[Path]) -> frozenset[Path]:
        """The changed files that a page shows in any way; of those that are gone, also those that it only leads to."""
        loaded, led_to = self._of_html(page, _file_of(page))
        return frozenset((self._reached(loaded) & self.changed) | (led_to & gone))

    def loaded(self, page: Page) -> set[Path]:
        """The files that a page loads, as far as its markup, style sheets and scripts name them, and those that these load."""
        return self._reached(self._of_html(page, _file_of(page))[0])

    def _reached(self, loaded: Iterable[Path]) -> set[Path]:
        reached: set[Path] = set()
        waiting = list(loaded)
        while waiting:
            path = waiting.pop()
            if path not in reached:
                reached.add(path)
                waiting += self._loaded_by(path)
        return reached

    def _of_html(self, page: Page, file: Path) -> tuple[set[Path], set[Path]]:
        """What a page loads, and what it only leads to."""
        base = next((value for element in page.tagged("base") if (value := element.get("href"))), "")
        loaded: set[Path] = set()
        led_to: set[Path] = set()
        for element in page.elements:
            is_link = element.tag in ("a", "area") or (element.tag == "link" and not _LOADING.search(element.get("rel") or ""))
            for name, value in element.attrib.items():
                # Any attribute may hold an address that a script reads: data-src, data-background …
                found = self._resolve(_pieces(str(value)), file, base)
                pages = set() if element.tag in _FRAMES else {path for path in found if _is_html(path)}
                led_to |= found if is_link and name == "href" else pages
                loaded |= set() if is_link and name == "href" else found - pages
            text = element.text if element.tag in ("style", "script") else element.get("srcdoc")
            if text:
                found = self._resolve(_named_in(text), file, base, loose=element.tag == "script")
                # Structured data names pages, and loads none.
                pages = {
                    path for path in found if path.suffix.lower() in _PAGE_SUFFIXES and "json" in (element.get("type") or "")
                }
                led_to |= pages
                loaded |= found - pages
        return loaded, led_to

    def _loaded_by(self, path: Path) -> frozenset[Path]:
        if path not in self._within:
            self._within[path] = self._read(path)
        return self._within[path]

    def _read(self, path: Path) -> frozenset[Path]:
        suffix = path.suffix.lower()
        try:
            if suffix not in _READ or path.stat().st_size > _LARGEST_ASSET:
                return frozenset()
            content = path.read_bytes()
        except OSError:
            return frozenset()
        if _is_html(path):
            return frozenset(self._of_html(Page.from_bytes(str(path), content), path)[0])
        text = content.decode("utf-8", "replace")
        return frozenset(self._resolve(_named_in(text), path, "", loose=suffix in _SCRIPTS))

    def _resolve(self, written: Iterable[str], file: Path, base: str, *, loose: bool = False) -> set[Path]:
        """The files that addresses in a file can mean: changed ones, and those that are there and may name others."""
        return {path for address in written for path in self._meant(address, file, base, loose)}

    def _meant(self, address: str, file: Path, base: str, loose: bool) -> Iterator[Path]:
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return
        path = unquote(parts.path)
        if parts.scheme not in ("", "http", "https") or not path or "\0" in path:
            return
        if parts.netloc or path.startswith("/"):
            yield from self._from_roots(path, file)
            return
        if base:
            yield from self._meant(base.rpartition("/")[0] + "/" + path, file, "", loose)
        yield from self._there(Path(os.path.normpath(file.parent / path)), file)
        if loose:
            # A script's addresses are counted from the page that runs it, or from wherever it likes.
            yield from self._from_roots(path, file)

    def _from_roots(self, path: str, file: Path) -> Iterator[Path]:
        """An address from the top of its host. The site may stand in a folder there: its first parts are not on the disk."""
        names = [name for name in path.split("/") if name not in ("", ".", "..")]
        for root in self._roots:
            for skipped in range(len(names) or 1):
                if found := list(self._there(root.joinpath(*names[skipped:]), file)):
                    yield from found
                    break

    def _there(self, path: Path, file: Path) -> Iterator[Path]:
        """A file that is worth following; of a folder, its index."""
        for one in (path,) if path.suffix else (path, path / "index.html", path.with_name(f"{path.name or 'index'}.html")):
            real = self._real(one)
            if real and real != one and real in self.changed:
                yield real
            if one in self.changed or (real and one != file and (self.is_all or one.suffix.lower() in _READ)):
                yield one

    def _real(self, path: Path) -> Path | None:
        """Where a file is, behind all links on the way to it; None where it is not."""
        if path not in self._reals:
            # Of a minified style sheet, half of it can look like a name, and be too long for one: Path.is_file raises then.
            self._reals[path] = path.resolve() if os.path.isfile(path) else None  # noqa: PTH113
        return self._reals[path]


def _pieces(value: str) -> Iterator[str]:
    """The addresses that an attribute may hold: one, or several as in `srcset`, or one within `url()`."""
    if not re.search(r"[./]", value):
        return
    yield value
    for piece in re.split(r"[\s,]+", value):
        if piece and piece != value:
            yield piece
    if "(" in value:
        yield from _named_in(value)


def _named_in(text: str) -> Iterator[str]:
    """What stands in quotation marks or in `url()`, in a style sheet, a script, JSON or SVG."""
    for match in _NAMED.finditer(text):
        words = next((group for group in match.groups() if group is not None), "")
        if "." in words or "/" in words:
            yield from _pieces(words)
