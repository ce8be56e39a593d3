"""
A rule: what it looks at, what it is worth, and a generator that says where it is broken.

A rule's docstring is its help text. Its lines that begin with `Bad:` and `Good:` hold examples, which the tests run.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar

from .errors import shorten
from .finding import Finding, Owner, Place, Severity
from .message import Message, say


class Subject(Protocol):
    """What rules look at: it has a name, and it can tell where a part of itself is."""

    @property
    def name(self) -> str:
        """The file or address."""

    def locate(self, part: Any) -> Place:
        """Where a part of it is; None stands for the whole."""


S = TypeVar("S", bound=Subject)


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What a report says of a rule that ran, ours or axe's."""

    id: str
    severity: Severity
    wcag: tuple[str, ...]
    act: tuple[str, ...]
    summary: str
    """What must hold, in one sentence."""
    is_live: bool = False
    """Whether it is a rule of ours that needs a browser."""


@dataclass(frozen=True, slots=True)
class Rule(Generic[S]):
    """One thing that must hold of every subject of one kind."""

    id: str
    on: type[S]
    """The kind of subject it looks at: Page, LivePage, Catalog …"""
    check: Callable[[S], Iterable[tuple[Any, str]]]
    """Yields a part of the subject (None for the whole) and a message: what is wrong; what to do."""
    severity: Severity
    wcag: tuple[str, ...]
    """The WCAG 2.2 success criteria it serves, as `1.1.1`; empty for good practice."""
    act: tuple[str, ...]
    """The ACT rules that it decides, as `23a2a8`."""
    help: str
    owner: Owner = Owner.WEB_TEAM
    """Who usually mends what it finds; where a finding's birthplace is known, that says it better."""
    cost: int = 0
    """
    About how many milliseconds of a browser's time it takes on a page of a news site, where it has something to look at; 0 for a
    rule that needs no browser.
    """
    disturbs: bool = False
    """Whether it leaves a live page otherwise than it was: keys were pressed, links followed. Then the page is loaded anew."""
    gate: Callable[[S], bool] | None = None
    """
    Tells at a glance whether there can be anything for it to look at, so that it is worth its cost. A rule with one is a part of
    every check; None where only the rule itself can tell.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Rules cross from process to process by their names, each with what it is worth here."""
        return _named, (self.check.__module__, self.check.__name__, self.severity)

    @property
    def facts(self) -> "RuleFacts":
        """What a report says of it."""
        return RuleFacts(self.id, self.severity, self.wcag, self.act, self.summary, self.cost > 0)

    @property
    def summary(self) -> Message:
        """The first line of its help: what must hold. It can be said in other languages."""
        return say(self.help.partition("\n")[0].replace("{", "{{").replace("}", "}}"))

    def __call__(self, subject: S) -> Iterator[Finding]:
        """All that is wrong with a subject by this rule."""
        for part, message in self.check(subject):
            yield self.finding(subject, part, message)

    def finding(self, subject: S, part: Any, message: str) -> Finding:
        """What it says of a part of a subject, as a finding."""
        return Finding(self.id, self.severity, message, subject.locate(part), self.wcag, self.act, mender=self.owner)


def _named(module: str, name: str, severity: Severity) -> Rule[Any]:
    found: Rule[Any] = getattr(import_module(module), name)
    return found if found.severity is severity else replace(found, severity=severity)


def no_such_rule(id: str, known: Iterable[str]) -> Message:
    """That no rule has an id, with the nearest one that there is."""
    near = get_close_matches(id[:100], list(known), 1, 0.6)
    if near:
        return say("there is no rule “{rule}”; did you mean “{near}”?", rule=shorten(id), near=near[0])
    return say("there is no rule “{rule}”; look at the list of the rules", rule=shorten(id))


def rule(
    id: str,
    *,
    on: type[S],
    severity: Severity = Severity.ERROR,
    wcag: tuple[str, ...] = (),
    act: tuple[str, ...] = (),
    owner: Owner = Owner.WEB_TEAM,
    cost: int = 0,
    disturbs: bool = False,
    gate: Callable[[S], bool] | None = None,
) -> Callable[[Callable[[S], Iterable[tuple[Any, str]]]], Rule[S]]:
    """Make a rule of a generator function; its docstring becomes the rule's help."""

    def make(check: Callable[[S], Iterable[tuple[Any, str]]]) -> Rule[S]:
        return Rule(id, on, check, severity, wcag, act, inspect.getdoc(check) or "", owner, cost, disturbs, gate)

    return make
