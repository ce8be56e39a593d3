"""The live rules' tour of a page that is open: each looks at it in turn, and the same thing in several cells is one finding."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from ..finding import Finding
from ..message import Message, say
from ..rule import Rule
from .livepage import Element, LivePage
from .walk import listen


@dataclass(slots=True)
class Tour:
    """What came of a tour."""

    findings: list[Finding] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    """For each finding in a part that is left out, the number of the selector."""
    ran: list[Rule[LivePage]] = field(default_factory=list)
    unfinished: list[Message] = field(default_factory=list)
    """Why a rule could not look, each: what happened; what to do."""
    notes: list[Message] = field(default_factory=list)
    """What else is to be said of how they have looked."""


@dataclass(slots=True)
class _Seen:
    part: Element | None
    message: str
    where: dict[str, None] = field(default_factory=dict)


def tour(
    live: LivePage,
    rules: Sequence[Rule[LivePage]],
    *,
    reload: Callable[[], None],
    patience: Callable[[], AbstractContextManager[Any]],
) -> Tour:
    """
    Have rules look at a page, those that leave it as it is first.

    A rule whose gate is closed has nothing to look at, and is done. `reload` opens the page anew, for what comes after a rule
    that disturbs it; each rule works in a context of `patience`, which ends what takes too long. A rule that breaks down is
    unfinished and stops no other; a browser that fails is raised.
    """
    from playwright.sync_api import Error

    done = Tour()
    is_disturbed = is_marked = False
    for rule in sorted(rules, key=lambda rule: rule.disturbs):
        goes_by_memory = rule.id in live.answered
        with patience():
            if rule.gate and not rule.gate(live):
                done.ran.append(rule)
                continue
            if is_disturbed and not goes_by_memory:
                reload()
                is_marked = False
            if rule.disturbs and not goes_by_memory and not is_marked:
                listen(live)
                live.mark()
                is_marked = True
            try:
                seen = look(live, rule)
                is_disturbed = is_disturbed if goes_by_memory else rule.disturbs and live.is_touched()
            except Error:
                raise  # the browser's matter: the page is looked at once more, in a fresh one
            except Exception as error:  # noqa: BLE001 – one rule's bug must not hide what the others find
                what = f"{type(error).__name__}: {error}"
                done.unfinished.append(
                    say("the rule {rule} broke down: {error}; report it as a bug of a11ynews", rule=rule.id, error=what)
                )
                is_disturbed = True
                continue
        done.ran.append(rule)
        for one in seen:
            if one.part and one.part.left_out >= 0:
                done.left_out.append(one.part.left_out)
            else:
                done.findings.append(replace(rule.finding(live, one.part, one.message), cells=tuple(one.where)))
    done.unfinished += live.unfinished
    done.notes += live.notes
    return done


def look(live: LivePage, rule: Rule[LivePage]) -> Iterator[_Seen]:
    """What a rule finds. A generator stands still where it yields, so the page still looks as it did when the thing was seen."""
    found: dict[tuple[str, str], _Seen] = {}
    for part, message in rule.check(live):
        # The figures in a message differ from cell to cell; what it is about does not.
        about = message.template if isinstance(message, Message) else message
        key = part.selector if part else "", about
        found.setdefault(key, _Seen(part, message)).where[live.where] = None
    return iter(found.values())
