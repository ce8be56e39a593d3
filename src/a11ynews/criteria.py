"""
The success criteria of WCAG 2.2, and what a check can say of each: tested, partly, or not.

That a criterion is tested says that rules looked for all that can break it, on the pages that were looked at; not that a site
conforms to it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from .message import Message
from .message import say as _
from .rule import RuleFacts

_NEW_IN_WCAG22 = frozenset({"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"})


@dataclass(frozen=True, slots=True)
class Criterion:
    """A success criterion."""

    number: str
    """As `1.4.10`."""
    level: Literal["A", "AA", "AAA"]
    name: Message
    """Its short name in WCAG."""

    @property
    def id(self) -> str:
        """How WCAG's own addresses call it: `non-text-content`."""
        return re.sub("[^a-z0-9]+", "-", self.name.lower()).strip("-")

    @property
    def en301549(self) -> str:
        """Its clause in EN 301 549 V3.2.1, as `9.1.4.10`. Empty for what is newer than WCAG 2.1, and for level AAA."""
        return "" if self.level == "AAA" or self.number in _NEW_IN_WCAG22 else f"9.{self.number}"

    @property
    def understanding(self) -> str:
        """The address of W3C's page that explains it."""
        return f"https://www.w3.org/WAI/WCAG22/Understanding/{self.id}.html"


CRITERIA = (
    Criterion("1.1.1", "A", _("Non-text Content")),
    Criterion("1.2.1", "A", _("Audio-only and Video-only (Prerecorded)")),
    Criterion("1.2.2", "A", _("Captions (Prerecorded)")),
    Criterion("1.2.3", "A", _("Audio Description or Media Alternative (Prerecorded)")),
    Criterion("1.2.4", "AA", _("Captions (Live)")),
    Criterion("1.2.5", "AA", _("Audio Description (Prerecorded)")),
    Criterion("1.3.1", "A", _("Info and Relationships")),
    Criterion("1.3.2", "A", _("Meaningful Sequence")),
    Criterion("1.3.3", "A", _("Sensory Characteristics")),
    Criterion("1.3.4", "AA", _("Orientation")),
    Criterion("1.3.5", "AA", _("Identify Input Purpose")),
    Criterion("1.4.1", "A", _("Use of Color")),
    Criterion("1.4.2", "A", _("Audio Control")),
    Criterion("1.4.3", "AA", _("Contrast (Minimum)")),
    Criterion("1.4.4", "AA", _("Resize Text")),
    Criterion("1.4.5", "AA", _("Images of Text")),
    Criterion("1.4.10", "AA", _("Reflow")),
    Criterion("1.4.11", "AA", _("Non-text Contrast")),
    Criterion("1.4.12", "AA", _("Text Spacing")),
    Criterion("1.4.13", "AA", _("Content on Hover or Focus")),
    Criterion("2.1.1", "A", _("Keyboard")),
    Criterion("2.1.2", "A", _("No Keyboard Trap")),
    Criterion("2.1.4", "A", _("Character Key Shortcuts")),
    Criterion("2.2.1", "A", _("Timing Adjustable")),
    Criterion("2.2.2", "A", _("Pause, Stop, Hide")),
    Criterion("2.3.1", "A", _("Three Flashes or Below Threshold")),
    Criterion("2.4.1", "A", _("Bypass Blocks")),
    Criterion("2.4.2", "A", _("Page Titled")),
    Criterion("2.4.3", "A", _("Focus Order")),
    Criterion("2.4.4", "A", _("Link Purpose (In Context)")),
    Criterion("2.4.5", "AA", _("Multiple Ways")),
    Criterion("2.4.6", "AA", _("Headings and Labels")),
    Criterion("2.4.7", "AA", _("Focus Visible")),
    Criterion("2.4.11", "AA", _("Focus Not Obscured (Minimum)")),
    Criterion("2.5.1", "A", _("Pointer Gestures")),
    Criterion("2.5.2", "A", _("Pointer Cancellation")),
    Criterion("2.5.3", "A", _("Label in Name")),
    Criterion("2.5.4", "A", _("Motion Actuation")),
    Criterion("2.5.7", "AA", _("Dragging Movements")),
    Criterion("2.5.8", "AA", _("Target Size (Minimum)")),
    Criterion("3.1.1", "A", _("Language of Page")),
    Criterion("3.1.2", "AA", _("Language of Parts")),
    Criterion("3.2.1", "A", _("On Focus")),
    Criterion("3.2.2", "A", _("On Input")),
    Criterion("3.2.3", "AA", _("Consistent Navigation")),
    Criterion("3.2.4", "AA", _("Consistent Identification")),
    Criterion("3.2.6", "A", _("Consistent Help")),
    Criterion("3.3.1", "A", _("Error Identification")),
    Criterion("3.3.2", "A", _("Labels or Instructions")),
    Criterion("3.3.3", "AA", _("Error Suggestion")),
    Criterion("3.3.4", "AA", _("Error Prevention (Legal, Financial, Data)")),
    Criterion("3.3.7", "A", _("Redundant Entry")),
    Criterion("3.3.8", "AA", _("Accessible Authentication (Minimum)")),
    Criterion("4.1.2", "A", _("Name, Role, Value")),
    Criterion("4.1.3", "AA", _("Status Messages")),
)
"""Those of the levels A and AA: what the law of most countries asks for. 4.1.1 is no criterion any more."""

ENHANCED = (
    Criterion("1.2.6", "AAA", _("Sign Language (Prerecorded)")),
    Criterion("1.2.7", "AAA", _("Extended Audio Description (Prerecorded)")),
    Criterion("1.2.8", "AAA", _("Media Alternative (Prerecorded)")),
    Criterion("1.2.9", "AAA", _("Audio-only (Live)")),
    Criterion("1.3.6", "AAA", _("Identify Purpose")),
    Criterion("1.4.6", "AAA", _("Contrast (Enhanced)")),
    Criterion("1.4.7", "AAA", _("Low or No Background Audio")),
    Criterion("1.4.8", "AAA", _("Visual Presentation")),
    Criterion("1.4.9", "AAA", _("Images of Text (No Exception)")),
    Criterion("2.1.3", "AAA", _("Keyboard (No Exception)")),
    Criterion("2.2.3", "AAA", _("No Timing")),
    Criterion("2.2.4", "AAA", _("Interruptions")),
    Criterion("2.2.5", "AAA", _("Re-authenticating")),
    Criterion("2.2.6", "AAA", _("Timeouts")),
    Criterion("2.3.2", "AAA", _("Three Flashes")),
    Criterion("2.3.3", "AAA", _("Animation from Interactions")),
    Criterion("2.4.8", "AAA", _("Location")),
    Criterion("2.4.9", "AAA", _("Link Purpose (Link Only)")),
    Criterion("2.4.10", "AAA", _("Section Headings")),
    Criterion("2.4.12", "AAA", _("Focus Not Obscured (Enhanced)")),
    Criterion("2.4.13", "AAA", _("Focus Appearance")),
    Criterion("2.5.5", "AAA", _("Target Size (Enhanced)")),
    Criterion("2.5.6", "AAA", _("Concurrent Input Mechanisms")),
    Criterion("3.1.3", "AAA", _("Unusual Words")),
    Criterion("3.1.4", "AAA", _("Abbreviations")),
    Criterion("3.1.5", "AAA", _("Reading Level")),
    Criterion("3.1.6", "AAA", _("Pronunciation")),
    Criterion("3.2.5", "AAA", _("Change on Request")),
    Criterion("3.3.5", "AAA", _("Help")),
    Criterion("3.3.6", "AAA", _("Error Prevention (All)")),
    Criterion("3.3.9", "AAA", _("Accessible Authentication (Enhanced)")),
)
"""Those of the level AAA, which a rule may touch. They are in no table."""

_BY_NUMBER: Mapping[str, Criterion] = {criterion.number: criterion for criterion in (*CRITERIA, *ENHANCED)}


def by_number(number: str) -> Criterion:
    """The criterion with a number. Raises KeyError where WCAG 2.2 has none."""
    return _BY_NUMBER[number]


def known(numbers: Iterable[str]) -> list[Criterion]:
    """The criteria with these numbers; one that WCAG 2.2 does not have, such as 4.1.1, is passed over."""
    return [_BY_NUMBER[number] for number in numbers if number in _BY_NUMBER]


class Extent(StrEnum):
    """How far rules go in a criterion."""

    TESTED = "tested"
    """They decide it together, for what they looked at."""
    PARTLY = "partly"
    """They find some of what breaks it. The rest only a person can judge."""
    NOT = "not"
    """No rule looks at it."""


EXTENTS = {Extent.TESTED: _("tested"), Extent.PARTLY: _("partly"), Extent.NOT: _("not tested")}
"""Each extent in words."""

_DECIDED_FOR_OUR_PAGES = {"3.1.1": frozenset({"html-lang", "html-lang-valid", "page-language"})}
"""
Which rules decide a criterion together. It takes pages of ours: of their words the language is known.

That this is all is no oversight. Whether a title tells what a page is about, or an alternative text says what is to be seen, no
rule can know.
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the rules that ran go in a criterion, and which they are."""

    criterion: Criterion
    extent: Extent
    rules: tuple[str, ...]


def coverage(rules: Iterable[RuleFacts], *, ours: bool = False) -> list[Coverage]:
    """
    What rules that ran can say of each criterion of the levels A and AA.

    `ours` tells whether a11ynews has rendered all pages that they looked at: then it is known in which language each word is.
    """
    touching: dict[str, list[str]] = {criterion.number: [] for criterion in CRITERIA}
    for rule in rules:
        for number in rule.wcag:
            if number in touching and rule.id not in touching[number]:
                touching[number].append(rule.id)
    return [
        Coverage(criterion, _extent(criterion, touching[criterion.number], ours), tuple(touching[criterion.number]))
        for criterion in CRITERIA
    ]


def _extent(criterion: Criterion, rules: list[str], ours: bool) -> Extent:
    deciding = _DECIDED_FOR_OUR_PAGES.get(criterion.number) if ours else None
    if deciding and deciding <= set(rules):
        return Extent.TESTED
    return Extent.PARTLY if rules else Extent.NOT


_HEAD = """\
# What is tested

WCAG 2.2 has {all} success criteria of the levels A and AA. A check can find some of what breaks them, and only people can judge
the rest: no green run says that a page conforms to WCAG. This table says how far the rules go, those of a11ynews and those of
axe-core, in a thorough check with a browser, without axe's best practices.

- **tested**: the rules decide it together, for the pages and the states of them that they looked at. Language of Page is decided
  only on pages that a11ynews has rendered, because it knows the language of every word on them.
- **partly**: the rules find some of what breaks it.
- **not**: no rule looks at it.

{tested} tested, {partly} partly, {not_} not. The same table, drawn from the rules that ran, is in the [reports](reports.md)
`json`, `markdown` and `html`. EN 301 549 is the European standard, in its version V3.2.1; it has no clauses yet for what is new
in WCAG 2.2.

| WCAG 2.2 | Level | Name | EN 301 549 | Tested? | Rules |
|---|---|---|---|---|---|
"""


def document(covered: Iterable[Coverage]) -> str:
    """The text of `docs/coverage.md`."""
    covered = list(covered)
    counts = {extent: sum(one.extent is extent for one in covered) for extent in Extent}
    head = _HEAD.format(all=len(covered), tested=counts[Extent.TESTED], partly=counts[Extent.PARTLY], not_=counts[Extent.NOT])
    return head + "".join(f"{_row(one)}\n" for one in covered)


def _row(one: Coverage) -> str:
    criterion = one.criterion
    rules = ", ".join(f"`{rule}`" for rule in one.rules)
    link = f"[{criterion.number}]({criterion.understanding})"
    cells = (link, criterion.level, criterion.name, criterion.en301549, one.extent, rules)
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"
