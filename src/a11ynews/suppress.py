"""
Comments at the place where a text was written, which accept what a rule finds there.

    # a11ynews: ignore alt-long because the map needs as many words

In a record or a configuration (YAML, TOML) it stands on the text's line, or directly above the text or the mapping that holds it;
in a template, between `{#` and `#}`, on the element's line or directly above; in a catalog among the translator's comments of the
entry. The finding stays in the report, as a known one.
"""

import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path, PurePath
from typing import Any

from .config import find
from .errors import BrowserError, CatalogError, SourceError
from .finding import Acceptance, Birthplace, Finding, Owner
from .model import fold
from .page import Page
from .po import PoFile
from .report import Report
from .resources import LOCALES, TEMPLATES
from .result_cache import ResultCache, is_digest
from .rule import Rule
from .rules import CATALOG_RULES, RULES
from .rules.ignore import Ignore, Remark, Remarks, read_ignore
from .source import Mapping as SourceMapping
from .source import Scalar, comments, read
from .source import Sequence as SourceSequence
from .targets import Targets

_SOURCES = (".yaml", ".yml", ".json", ".toml")
_TEMPLATE_COMMENT = re.compile(r"\{#[-+]?(.*?)[-+]?#\}", re.DOTALL)
_RAW = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\}", re.DOTALL)
_PACKAGED = (("a11ynews/templates/", TEMPLATES), ("a11ynews/locales/", LOCALES))


def honour(
    report: Report,
    targets: Targets,
    project: Path | None = None,
    rules: Sequence[Rule[Any]] = RULES,
    cache: ResultCache | None = None,
) -> None:
    """
    Mark the findings that comments accept, and tell the comments that are of no use.

    `project` is the folder that birthplaces are counted from; where it is None, the nearest one with a configuration from the
    site's folder up. Only our own pages have birthplaces. That a comment keeps nothing quiet is told after a check of all pages
    of the site only. The `cache` knows files that hold no comment, and these are not read.
    """
    for root, pages in targets.by_root.items():
        owners = _written_in(pages)
        texts = targets.commented[root] if root in targets.commented else commented(root, owners, project, cache)
        files = {name: _comments_in(texts[name], name) for name in owners if name in texts}
        if not files:
            continue
        names = {page.name for page in pages}
        report.findings = [_accepted(one, files) if one.place.page in names else one for one in report.findings]
        is_whole = _is_whole(report, targets.manifest_size(root), names)
        known = {rule.id for rule in (*RULES, *CATALOG_RULES, *rules)} | {*report.rules}
        # What was found and nobody knows where it was written may be what a comment is about.
        homeless = {one.rule for one in report.findings if one.place.page in names and one.place.html and not one.place.source}
        ran = {*report.rules} - homeless if is_whole else set()
        for name, found in sorted(files.items()):
            remarks = found.remarks(name, owners[name], known, ran)
            report.add(finding for rule in rules if rule.on is Remarks for finding in rule(remarks))


def _written_in(pages: Iterable[Page]) -> dict[str, Owner]:
    """The files that the texts and tags of our own pages were written in, and whose each is."""
    texts: dict[str, Owner] = {}
    templates: dict[str, Owner] = {}
    for page in pages:
        of_texts, of_tags = page.written_in
        texts |= of_texts
        templates |= dict.fromkeys(of_tags, Owner.WEB_TEAM)
    return texts | templates


def commented(
    root: Path, names: Iterable[str], project: Path | None = None, cache: ResultCache | None = None
) -> dict[str, bytes]:
    """Those of the files that a site was made of that hold comments for a11ynews, by their names."""
    config = find(root) or find(Path.cwd())
    folder = project or (config.parent if config else root.resolve().parent)
    told = cache.get("without comments", str(folder.resolve())) if cache else None
    without = {str(state) for state in told} if type(told) is list else set()
    now: set[str] = set()
    found = {}
    for name in names:
        path = _file_of(folder, name)
        state = cache.files.state(path) if cache else ""
        if state not in without and (content := _content_of(path)) is not None:
            found[name] = content
        elif cache and is_digest(state) and (state in without or cache.files.state(path) == state):
            now.add(state)
    if cache and now - without:
        cache.put(sorted(now), "without comments", str(folder.resolve()))
    return found


def commented_by(pages: Iterable[Page], root: Path, project: Path | None = None) -> dict[str, bytes]:
    """Those of the files that these pages of a site were made of that hold comments for a11ynews, by their names."""
    return commented(root, _written_in(pages), project)


def _accepted(finding: Finding, files: Mapping[str, "_Commented"]) -> Finding:
    source = finding.place.source
    if finding.known or not source or source.file not in files:
        return finding
    for remark in files[source.file].at(source):
        if isinstance(remark.asks, Ignore) and finding.rule in remark.asks.rules:
            files[source.file].used.add((remark, finding.rule))
            return replace(finding, known=Acceptance("comment", remark.asks.reason, f"{source.file}:{remark.line}"))
    return finding


def _is_whole(report: Report, size: int, names: set[str]) -> bool:
    """Whether everything that the site must have, so many pages, was looked at, to its end."""
    looked_at = {page.name for page in report.pages}
    return not report.unfinished and names <= looked_at and len(names) >= size


def _file_of(folder: Path, name: str) -> str:
    """Where a file of the project is, by its name; of one that comes with a11ynews, where that is."""
    path = os.path.join(folder, name)  # noqa: PTH118  # there are thousands
    for prefix, packaged in _PACKAGED:
        if name.startswith(prefix) and not Path(path).is_file():
            return str(packaged / name.removeprefix(prefix))
    return path


def _content_of(path: str) -> bytes | None:
    """A file's content; None where it has no comments for a11ynews, or cannot be read."""
    try:
        content = Path(path).read_bytes()
    except OSError:
        return None
    return content if b"a11ynews:" in content else None


def _comments_in(content: bytes, name: str) -> "_Commented":
    suffix = PurePath(name).suffix
    if suffix == ".po":
        return _InCatalog.of(content, name)
    return _InSource.of(content, name) if suffix in _SOURCES else _InTemplate.of(content, name)


@dataclass(slots=True)
class _Commented(ABC):
    """A file and its comments for a11ynews."""

    found: list[Remark] = field(default_factory=list)
    used: set[tuple[Remark, str]] = field(default_factory=set)
    """The comments, with the rule, that have kept something quiet."""

    @abstractmethod
    def at(self, source: Birthplace) -> Iterator[Remark]:
        """The comments that speak of what stands there, the nearest first."""

    def remarks(self, name: str, owner: Owner, known: set[str], ran: set[str]) -> Remarks:
        """What the rule on comments looks at."""
        asked = {id for remark in self.found if isinstance(remark.asks, Ignore) for id in remark.asks.rules}
        known = known | {id for id in asked if is_of_axe(id)}
        return Remarks(name, owner, self.found, known, self._idle(ran))

    def _idle(self, ran: set[str]) -> list[tuple[Remark, str]]:
        return [
            (remark, id)
            for remark in self.found
            if isinstance(remark.asks, Ignore)
            for id in remark.asks.rules
            if id in ran and (remark, id) not in self.used
        ]


@cache
def is_of_axe(id: str) -> bool:
    """Whether axe has such a rule. Where there is no axe nobody knows."""
    from .live import axe

    if not id.startswith("axe/"):
        return False
    try:
        return f'id:"{id.removeprefix("axe/")}"' in axe.packaged().source
    except BrowserError:
        return True


@dataclass(slots=True)
class _ByLine(_Commented):
    """… in a file where a comment speaks of a line."""

    by_line: dict[int, list[Remark]] = field(default_factory=lambda: defaultdict(list))

    def put(self, words: str, start: tuple[int, int], last: int, alone: set[int]) -> None:
        """Take a comment in that ends on line `last`; `alone` are the lines that hold nothing but comments."""
        asks = read_ignore(words)
        if asks is None:
            return
        remark = Remark(asks, *start)
        self.found.append(remark)
        line = last
        while line in alone:
            line += 1
        self.by_line[line].append(remark)


@dataclass(slots=True)
class _InTemplate(_ByLine):
    """A template."""

    name: str = ""
    lines: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, content: bytes, name: str) -> "_InTemplate":
        text = content.decode("utf-8", "replace")
        self = cls(name=name, lines=text.split("\n"))
        raw = [match.span() for match in _RAW.finditer(text)]
        found = [
            (match, text.count("\n", 0, match.start()) + 1, text.count("\n", 0, match.end()) + 1)
            for match in _TEMPLATE_COMMENT.finditer(text)
            if not any(start <= match.start() < end for start, end in raw)
        ]
        bare = _TEMPLATE_COMMENT.sub(lambda match: "\x00" + "\n\x00" * match[0].count("\n"), text).split("\n")
        alone = {number for number, line in enumerate(bare, 1) if line.strip(" \t\r\x00") == "" and "\x00" in line}
        for match, first, last in found:
            column = match.start() - text.rfind("\n", 0, match.start())
            self.put(match[1], (first, column), last, alone)
        return self

    def at(self, source: Birthplace) -> Iterator[Remark]:
        """On the line of the element, as long as such an element still stands there."""
        tag = re.match(r"([A-Za-z][\w-]*)(?= |$)", source.identity.removeprefix(f"template {source.file} "))
        line = self.lines[source.line - 1] if source.line <= len(self.lines) else ""
        if tag is None or f"<{tag[1]}" in line.lower():
            yield from self.by_line.get(source.line, ())


@dataclass(slots=True)
class _InSource(_ByLine):
    """A record or a configuration."""

    places: list[tuple[Scalar, tuple[int, ...]]] = field(default_factory=list)
    """Every value, with the lines that a comment about it can stand at, the nearest first."""

    @classmethod
    def of(cls, content: bytes, name: str) -> "_InSource":
        self = cls()
        found = comments(content, name)
        alone = {comment.line for comment in found if comment.is_alone}
        for comment in found:
            self.put(comment.words, (comment.line, comment.column), comment.line, alone)
        try:
            self._walk(read(content, name).root, ())
        except SourceError:
            return self
        return self

    def _walk(self, value: Any, around: tuple[int, ...]) -> None:
        if isinstance(value, SourceMapping):
            for key, inner in value.items():
                self._walk(inner, (value.keys_at[key][0], *around))
        elif isinstance(value, SourceSequence):
            for inner in value:
                # A comment above a list speaks of no text in it: it would keep quiet what comes into the list later.
                self._walk(inner, (inner.line,))
        elif isinstance(value, Scalar):
            self.places.append((value, (value.line, *around)))

    def at(self, source: Birthplace) -> Iterator[Remark]:
        """At the text, wherever it stands now: lines may have moved since the site was rendered."""
        digest = re.fullmatch(r"record .* ([0-9a-f]{8})", source.identity)
        same = [place for place in self.places if not digest or digest[1] in _digests(place[0])]
        here = [place for place in self.places if (place[0].line, place[0].column) == (source.line, source.column)]
        near = sorted(same, key=lambda place: abs(place[0].line - source.line)) if digest else []
        lines = next((lines for _, lines in [*(place for place in here if place in same), *near, *here]), (source.line,))
        for line in dict.fromkeys(lines):
            yield from self.by_line.get(line, ())


def _digests(words: str) -> set[str]:
    return {hashlib.sha256(way.encode()).hexdigest()[:8] for way in (words, words.strip(), fold(words))}


@dataclass(slots=True)
class _InCatalog(_Commented):
    """A catalog: its translators' comments. What is wrong with them, and what they say of rules on catalogs, is lint's matter."""

    entries: dict[str, list[Remark]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, content: bytes, name: str) -> "_InCatalog":
        self = cls()
        try:
            po = PoFile.parse(content, name)
        except CatalogError:
            return self
        on_catalogs = {rule.id for rule in CATALOG_RULES}
        for entry in po.live:
            if entry.fuzzy or "a11ynews:" not in entry.raw:
                continue
            for number, line in enumerate(entry.raw.split("\n")):
                asks = read_ignore(line.strip().removeprefix("#")) if line.lstrip().startswith("# ") else None
                if isinstance(asks, Ignore) and (rules := tuple(id for id in asks.rules if id not in on_catalogs)):
                    remark = Remark(Ignore(rules, asks.reason), entry.start + number, 1)
                    self.found.append(remark)
                    self.entries[f"{entry.context}: {entry.id}"].append(remark)
        return self

    def at(self, source: Birthplace) -> Iterator[Remark]:
        """Above the entry."""
        yield from self.entries.get(source.identity.split(" ", 3)[-1], ())

    def remarks(self, name: str, owner: Owner, known: set[str], ran: set[str]) -> Remarks:
        """Only what keeps nothing quiet: po-ignore tells of the rest."""
        return Remarks(name, owner, (), known, self._idle(ran))
