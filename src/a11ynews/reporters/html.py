"""
For people who are sent a report: one HTML file that holds everything it shows, style sheet and pictures too.

It needs no script and loads nothing. The markup is `report.html.jinja` and the style sheet `report.css`, both beside this file;
here is what they show, and in which words. A report can hold any number of findings and its file cannot: what is left out is
counted, and the JSON report names it all.
"""

import base64
import hashlib
import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from .. import __version__, criteria
from ..criteria import Extent
from ..finding import Owner, Place, Severity
from ..language import direction_of
from ..message import Message, say_number
from ..message import say as _
from ..messages import Say
from ..report import RANKS, CheckedPage, Defect, Report, defects_of
from .words import CHECKS, OWNERS, SEVERITIES, accepted, cell_words, count_of, counted, verdict_of

_HERE = Path(__file__).parent

_MOST_OF_A_RULE = 25
"""So many defects of one rule are shown to one owner."""
_MOST_DEFECTS = 1_000
"""So many defects are shown in all, and at least a few of each rule."""
_FEWEST_OF_A_RULE = 2
_MOST_PAGES = 50
"""So many pages of one defect are named."""
_MOST_PAGES_IN_ALL = 5_000
"""So many pages of all defects are named, and at least a few of each."""
_FEWEST_PAGES = 5
_PAGES_AT_ONCE = 3
_MOST_ROWS = 250
"""So many rows the tables have, and so many entries the other lists."""
_MOST_LINKS = 40
"""So many rules of one owner stand in the table of contents."""
_MOST_CHARACTERS = 600
"""So long a message, a selector or a snippet can be."""
_MOST_BYTES_OF_PICTURES = 8_000_000

_AT_ONCE = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.REVIEW: 0}
"""So many defects of a rule are open to be read; the others are folded up."""
_MOST_OPEN = 100
"""So many defects are open in all: a browser takes its time for each that it has to lay out."""

# Nobody sees them, and some turn the words around them: they are named.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]")
_PNG = b"\x89PNG\r\n\x1a\n"
_SLOT = re.compile("⟦(\\d+)⟧")
_IN_BRACES = re.compile(r"\{[^{}]*\}")

_WORDS = {
    "title": _("Accessibility report"),
    "skip": _("Skip to the report"),
    "contents": _("Contents"),
    "result": _("Result"),
    "who": _("What is to be mended, and by whom"),
    "owner": _("Who"),
    "not_checked": _("What could not be checked"),
    "not_checked_why": _("Nobody knows what is wrong there. Until it has been checked, this report is no pass."),
    "show": _("Show"),
    "errors": _("Errors"),
    "warnings": _("Warnings"),
    "reviews": _("To review"),
    "review_why": _("A machine cannot tell whether these are barriers; a person must look. They fail no check."),
    "mend_at": _("Mend it at"),
    "selector": _("Selector"),
    "seen_on": _("Seen on"),
    "cells": _("Only in"),
    "fingerprint": _("Fingerprint"),
    "known": _("Known and accepted"),
    "known_why": _("These fail no check: somebody has accepted them, for the reason that is given."),
    "baseline": _("baseline"),
    "comment": _("comment"),
    "accepted_by": _("Accepted by"),
    "reason": _("Reason"),
    "expires": _("Expires"),
    "never": _("never"),
    "checked": _("What was checked"),
    "checks": _("Checks"),
    "pages": _("Pages"),
    "page": _("Page"),
    "pages_caption": _("Pages, those with the most findings first"),
    "whole": _("checked"),
    "in_part": _("not wholly checked"),
    "notes": _("Notes"),
    "made_by": _("Made by"),
    "browser": _("Browser"),
    "how_to_read": _("A tool finds a part of the barriers only. No error is not the same as no barrier."),
    "criteria": _("WCAG 2.2, levels A and AA: what was tested"),
    "criteria_caption": _("Criteria, and the rules that look at them"),
    "criterion": _("Criterion"),
    "level": _("Level"),
    "tested": _("Tested"),
    "by_rules": _("Rules"),
    "rule": _("Rule"),
}
"""The words that are the same in every report."""

_HEADINGS = {
    Owner.EDITOR: _("For the editor"),
    Owner.TRANSLATOR: _("For the translator"),
    Owner.WEB_TEAM: _("For the web team"),
}


def render(report: Report, *, say: Say = str, lang: str = "en", colour: bool = False) -> str:  # noqa: ARG001 – every reporter is called alike
    """The report as one HTML file."""
    speech = _Speech(say, lang)
    album = _Album(report.pictures, speech)
    style = (_HERE / "report.css").read_text(encoding="utf-8")
    defects = defects_of(report.new)
    sections = list(_sections(defects, report))
    unfinished = _Cut(list(dict.fromkeys(report.unfinished)))
    covered = criteria.coverage(report.rules.values(), ours=report.is_ours)
    known = _Cut(defects_of(finding for finding, _acceptance in report.known))
    text = _template().render(
        lang=lang,
        direction=direction_of(lang),
        style=Markup(style),
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        words={name: speech.markup(words) for name, words in _WORDS.items()},
        said=speech.markup,
        halves=speech.halves,
        plain=speech.plain,
        clean=clean,
        short=short,
        number=speech.number,
        day=speech.day,
        cell=speech.cell,
        report=report,
        verdict=_verdict(report, speech),
        counts=[(severity, count_of(severity, _count(defects, severity))) for severity in RANKS],
        places=say_number("seen at {n} place", "seen at {n} places", len(report.new)) if len(report.new) != len(defects) else "",
        owners=[(owner, OWNERS[owner], _by_severity(defects, owner)) for owner in Owner],
        severities=SEVERITIES,
        headings=_HEADINGS,
        filters=[(severity, _WORDS[name]) for severity, name in zip(RANKS, ("errors", "warnings", "reviews"), strict=True)],
        sections=sections,
        most_links=_MOST_LINKS,
        unfinished=unfinished,
        known=known,
        known_notes=list(accepted(report)),
        checks=list(_checks(report)),
        looked_at=counted(report.noun, len({page.name for page in report.pages})),
        rows=_Cut(_rows(report)),
        picture=album.picture,
        about=_about,
        tool=f"a11ynews {__version__}",
        more=_more,
        find_words=_find_words,
        count_of=count_of,
        where=_where,
        ids={owner: str(owner).replace(" ", "-") for owner in Owner},
        title=f"{speech.plain(_WORDS['title'])}: {speech.say(verdict_of(report)).partition(': ')[0].capitalize()}",
        not_checked_count=say_number("{n} thing could not be checked", "{n} things could not be checked", unfinished.all),
        defects_in_all=say_number("{n} defect, by who can mend it", "{n} defects, by who can mend them", len(defects)),
        more_pages=lambda n: say_number("and on {n} more", "and on {n} more", n),
        more_rules=lambda n: say_number("… and {n} more rule", "… and {n} more rules", n),
        more_about=lambda rule: _("{rule} explained", rule=rule),
        folded_words=_folded_words,
        known_words=say_number("{n} accepted defect", "{n} accepted defects", known.all),
        count_of_pages=lambda n: counted(report.noun, n),
        nothing_ran=_("nothing ran"),
        notes=_Cut(report.notes),
        known_criteria=criteria.known,
        link_to=_link_to,
        covered=covered,
        covered_words=_covered_words(covered),
        all_criteria=say_number("The {n} criterion", "All {n} criteria", len(covered)),
        extents=criteria.EXTENTS,
    )
    return text.rstrip("\n") + "\n"


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.jinja")


# -- words -------------------------------------------------------------------------------------------------------------


def clean(words: object) -> str:
    """Words from elsewhere, with what nobody sees in them named, as `[U+202E]`."""
    return _UNSEEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", str(words))


def short(words: object, most: int = _MOST_CHARACTERS) -> str:
    """Words from elsewhere, clean and cut."""
    told = str(words)
    return clean(told if len(told) <= most else told[: most - 1] + "…")


class _Speech:
    """Messages as markup in the report's language: what is not in it is marked, and what comes from a page stands by itself."""

    def __init__(self, say: Say, lang: str) -> None:
        self.say = say
        self.lang = lang
        self.locale = Locale.parse(lang, sep="-")

    def markup(self, message: str, around: str = "") -> Markup:
        """A message; `around` is the language of what it stands in, if that is not the report's."""
        what, to_do = self.halves(message, around, apart="")
        return what + to_do

    def halves(self, message: str, around: str = "", *, apart: str = "; ") -> tuple[Markup, Markup]:
        """What is wrong, and what to do: a message in two, where it has both."""
        around = around or self.lang
        if not isinstance(message, Message):
            # Finished words are English ones, unless the catalog has known better.
            said = self.say(message)
            language = "en" if said == message else self.lang
            what, _apart, to_do = short(said).partition(apart) if apart else (short(said), "", "")
            return self._in(language, around, escape(what)), self._in(language, around, escape(to_do))
        inner: list[str] = []
        values: dict[str, object] = {}
        for name, value in message.values.items():
            if isinstance(value, str):
                values[name] = f"⟦{len(inner)}⟧"
                inner.append(value)
            else:
                values[name] = value
        shape = Message.of(message.template, message.many, values)
        said = self.say(shape)
        # A template without a word of its own puts sentences together.
        is_frame = not any(letter.isalpha() for letter in _IN_BRACES.sub("", message.template))
        language = around if is_frame else "en" if said == str(shape) else self.lang
        told = []
        for half in said.split(apart, 1) if apart else [said, ""]:
            words = Markup("")
            for number, part in enumerate(_SLOT.split(half)):
                if number % 2 == 0:
                    words += escape(clean(part))
                elif is_frame or isinstance(inner[int(part)], Message):
                    words += self.markup(inner[int(part)], language)
                else:
                    words += Markup("<bdi>{}</bdi>").format(short(inner[int(part)]))
            told.append(self._in(language, around, words))
        return told[0], told[1] if len(told) > 1 else Markup("")

    def _in(self, language: str, around: str, words: Markup) -> Markup:
        if not words or language.split("-")[0] == around.split("-")[0]:
            return words
        return Markup('<span lang="{}">{}</span>').format(language, words)

    def like(self, message: str, words: str) -> Markup:
        """Words out of a message, in whichever language that can be said."""
        return self._in(self.language_of(message), self.lang, escape(clean(words)))

    def language_of(self, message: str) -> str:
        """The language that a message is said in: English where the catalog has none for it."""
        return "en" if self.say(message) == message else self.lang

    def plain(self, message: str) -> str:
        """A message without markup, for attributes and the title."""
        return short(self.say(message))

    def number(self, number: int) -> str:
        """A number as the language writes it."""
        return str(format_decimal(number, locale=self.locale))

    def day(self, day: date) -> str:
        """A day as the language writes it; our English is British."""
        return str(format_date(day, "long", locale="en_GB" if self.lang == "en" else self.locale))

    def cell(self, cell: str) -> Markup:
        """A cell of the matrix: `1280 px, dark`."""
        parts = cell.split(", ")
        return Markup(", ").join(self.markup(cell_words(part)) for part in parts)


def _verdict(report: Report, speech: _Speech) -> tuple[Markup, Markup]:
    """The verdict: its name, and the sentence that explains it."""
    words = verdict_of(report)
    name, _colon, sentence = speech.say(words).partition(": ")
    return speech.like(words, name.capitalize()), speech.like(words, sentence[:1].upper() + sentence[1:])


def _folded_words(group: "_Group") -> Message:
    n = len(group.folded)
    return say_number("{n} more", "{n} more", n) if group.open else say_number("{n} to look at", "{n} to look at", n)


def _where(defect: Defect) -> str:
    """The place to open: `news/flood/record.yaml:14:9`."""
    file, *numbers = defect.where
    return ":".join([file, *(str(number) for number in numbers if number)])


def _more(left_out: int) -> Message:
    return say_number("… and {n} more, which the JSON report names", "… and {n} more, which the JSON report names", left_out)


def _find_words(group: "_Group") -> Message:
    defects, places = len(group.defects), group.places
    if defects == places:
        return say_number("{n} defect", "{n} defects", defects)
    return _(
        "{defects} at {places}",
        defects=say_number("{n} defect", "{n} defects", defects),
        places=say_number("{n} place", "{n} places", places),
    )


# -- what is shown -----------------------------------------------------------------------------------------------------


class _Cut:
    """The beginning of a list, and how much of it is left out."""

    def __init__(self, everything: Sequence[Any], most: int = _MOST_ROWS) -> None:
        self.shown = everything[:most]
        self.left_out = len(everything) - len(self.shown)
        self.all = len(everything)


@dataclass(slots=True)
class _Shown:
    """A defect with its place in the file."""

    defect: Defect
    anchor: str
    number: int
    """Counts those that have one fingerprint."""
    most_pages: int

    @property
    def pages(self) -> tuple[str, ...]:
        return self.defect.pages[:_PAGES_AT_ONCE]

    @property
    def more_pages(self) -> _Cut:
        return _Cut(self.defect.pages[_PAGES_AT_ONCE:], self.most_pages)


@dataclass(slots=True)
class _Group:
    """What one rule has found for one owner, of one severity."""

    rule: str
    severity: Severity
    summary: str
    act: tuple[str, ...]
    anchor: str = ""
    defects: list[Defect] = field(default_factory=list)
    open: list[_Shown] = field(default_factory=list)
    folded: list[_Shown] = field(default_factory=list)

    @property
    def places(self) -> int:
        return sum(len(defect.places) for defect in self.defects)

    @property
    def wcag(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(criterion for defect in self.defects for criterion in defect.finding.wcag))

    @property
    def left_out(self) -> int:
        return len(self.defects) - len(self.open) - len(self.folded)


def _sections(defects: Sequence[Defect], report: Report) -> Iterator[tuple[Owner, list[_Group]]]:
    """What each owner has to mend, by rule: the worst first, and of those what shows at most places."""
    by_owner: defaultdict[Owner, dict[tuple[str, Severity], _Group]] = defaultdict(dict)
    for defect in defects:
        rule, severity = defect.finding.rule, defect.finding.severity
        groups = by_owner[defect.finding.owner]
        if (rule, severity) not in groups:
            facts = report.rules.get(rule)
            groups[rule, severity] = _Group(rule, severity, facts.summary if facts else "", facts.act if facts else ())
        groups[rule, severity].defects.append(defect)
    number = sum(len(groups) for groups in by_owner.values())
    most = max(_FEWEST_OF_A_RULE, min(_MOST_OF_A_RULE, _MOST_DEFECTS // max(number, 1)))
    in_all = sum(min(len(group.defects), most) for groups in by_owner.values() for group in groups.values())
    most_pages = max(_FEWEST_PAGES, min(_MOST_PAGES, _MOST_PAGES_IN_ALL // max(in_all, 1)))
    taken: Counter[str] = Counter()
    left_open = _MOST_OPEN
    for owner in Owner:
        groups_of_owner = sorted(by_owner[owner].values(), key=lambda group: (RANKS[group.severity], -group.places, group.rule))
        for group in groups_of_owner:
            group.anchor = _anchor(f"{owner}-{group.rule}-{group.severity}", taken)
            shown = [_shown(defect, taken, most_pages) for defect in group.defects[:most]]
            at_once = min(_AT_ONCE[group.severity], left_open)
            group.open, group.folded = shown[:at_once], shown[at_once:]
            left_open -= len(group.open)
        if groups_of_owner:
            yield owner, groups_of_owner


def _shown(defect: Defect, taken: Counter[str], most_pages: int) -> _Shown:
    name = f"f-{defect.finding.fingerprint}"
    return _Shown(defect, _anchor(name, taken), taken[name], most_pages)


def _anchor(name: str, taken: Counter[str]) -> str:
    """An id that is unique in the file: one defect can show in several findings with one fingerprint."""
    name = re.sub(r"[^\w-]+", "-", name)
    taken[name] += 1
    return name if taken[name] == 1 else f"{name}-{taken[name]}"


def _count(defects: Sequence[Defect], severity: Severity) -> int:
    return sum(defect.finding.severity is severity for defect in defects)


def _by_severity(defects: Sequence[Defect], owner: Owner) -> list[int]:
    counts = Counter(defect.finding.severity for defect in defects if defect.finding.owner is owner)
    return [counts[severity] for severity in RANKS]


def _checks(report: Report) -> Iterator[tuple[str, int, list[str]]]:
    """What ran: its name, on how many pages, and in which cells."""
    pages: defaultdict[str, set[str]] = defaultdict(set)
    cells: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for page in report.pages:
        for check in page.checks:
            what, _sep, cell = check.partition(" (")
            pages[what].add(page.name)
            if cell:
                cells[what][cell.removesuffix(")")] = None
    for what, names in pages.items():
        yield CHECKS.get(what, what), len(names), list(cells[what])


def _rows(report: Report) -> list[tuple[CheckedPage, bool, list[int]]]:
    """Each page, whether all of it was checked, and how many findings of each severity it has: the worst first."""
    found: defaultdict[str, Counter[Severity]] = defaultdict(Counter)
    for finding in report.new:
        found[finding.place.page][finding.severity] += 1
    incomplete = {one.page for one in report.unfinished}
    rows = [(page, page.name not in incomplete, [found[page.name][severity] for severity in RANKS]) for page in report.pages]
    return sorted(rows, key=lambda row: (row[1], [-number for number in row[2]], row[0].name))


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture of an element, as an `img` shows it."""

    source: str
    width: int
    height: int
    alt: str
    language: str
    """The language of the alternative text, where it is not the report's; else empty."""


class _Album:
    """The pictures of elements, until there are too many for one file."""

    def __init__(self, pictures: Mapping[tuple[str, Place], bytes], speech: _Speech) -> None:
        self.pictures = pictures
        self.speech = speech
        self.left = _MOST_BYTES_OF_PICTURES

    def picture(self, defect: Defect) -> _Picture | None:
        """The picture of a defect, of whichever of its places there is one."""
        if not self.pictures:
            return None
        for place in defect.places[:_MOST_ROWS]:
            png = self.pictures.get((defect.finding.rule, place), b"")
            # Its size stands behind the signature and the name of the first chunk.
            if png.startswith(_PNG) and len(png) > 24 and len(png) <= self.left:
                self.left -= len(png)
                width, height = struct.unpack(">II", png[16:24])
                element, page = short(place.html, 100), short(place.page, 60)
                alt = _("The element {element} on the page {page}, outlined", element=element, page=page)
                language = self.speech.language_of(alt)
                return _Picture(
                    f"data:image/png;base64,{base64.b64encode(png).decode()}",
                    width,
                    height,
                    self.speech.plain(alt),
                    "" if language == self.speech.lang else language,
                )
        return None


def _covered_words(covered: Sequence[criteria.Coverage]) -> Message:
    counts = Counter(one.extent for one in covered)
    return _(
        "Of {all} criteria, the rules that ran decide {tested} together, find some of what breaks {partly} others, and do not "
        "look at {not_}. This is no statement of conformance.",
        all=len(covered),
        tested=counts[Extent.TESTED],
        partly=counts[Extent.PARTLY],
        not_=counts[Extent.NOT],
    )


def _link_to(page: CheckedPage) -> str:
    """The address of a page on the web; no other is for a reader of the report."""
    return page.url if page.url.startswith(("https://", "http://")) and not _UNSEEN.search(page.url) else ""


def _about(rule: str) -> str:
    """Where axe's own rules are explained."""
    found = re.fullmatch(r"axe/([\w-]+)", rule)
    return f"https://dequeuniversity.com/rules/axe/latest/{found[1]}" if found else ""
