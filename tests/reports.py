"""Reports for the tests of the reporters: one of everything, nothing, too much, and what wants to break out."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from a11ynews.finding import Acceptance, Birthplace, Finding, Owner, Place, Severity
from a11ynews.message import Message, say
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters.json import as_data
from a11ynews.rule import RuleFacts

ALT = Birthplace("news/flood/record.yaml", 14, 9, Owner.EDITOR, "record flood alt 8c1f0a2b")
LINK = Birthplace("locales/de/LC_MESSAGES/a11ynews.po", 88, 1, Owner.TRANSLATOR, "catalog de more")
TAG = Birthplace("templates/base.html", 4, 1, Owner.WEB_TEAM, "template base.html nav")
BASELINE = Acceptance("baseline", "to be redrawn", "baseline.json:7", date(2027, 1, 31))
COMMENT = Acceptance("comment", "a film’s name", "news/flood/record.yaml:20")

RULES = {
    facts.id: facts
    for facts in (
        RuleFacts("alt-file-name", Severity.ERROR, ("1.1.1",), ("23a2a8",), "An alternative text is not the name of a file."),
        RuleFacts("link-generic", Severity.WARNING, ("2.4.4",), ("aizyf1",), "A link says where it leads."),
        RuleFacts("link-new-window", Severity.REVIEW, ("3.2.5",), (), "A link that opens a window says so."),
        RuleFacts("one-h1", Severity.WARNING, (), (), "A page has one h1."),
        RuleFacts("html-lang", Severity.ERROR, ("3.1.1",), ("b5c3f8",), "A page says its language."),
        RuleFacts("axe/color-contrast", Severity.ERROR, ("1.4.3",), ("afw4f7", "09o5cg"), "Elements must have contrast"),
        RuleFacts("axe/image-alt", Severity.ERROR, ("1.1.1",), ("23a2a8",), "Images must have alternative text"),
    )
}


def place(page: str, source: Birthplace | None = None, line: int = 31) -> Place:
    """A place on a page."""
    return Place(page, line, "main > figure > img", '<img src="a.jpg" alt="DSC04711.jpg">', source)


def full() -> Report:
    """A report that holds one of everything."""
    alt = say("the alt text of the picture “{file}” is a file's name; say what it shows", file="a.jpg")
    both = ("en/flood.html", "de/flood.html")
    return Report(
        pages=[
            CheckedPage(
                "de/flood.html",
                ("static", "axe 4.12.1 (1280 px, light)", "axe 4.12.1 (320 px, light)"),
                "https://news.example.org/de/flood",
                "de/flood.html",
            ),
            CheckedPage("en/flood.html", ("static", "axe 4.12.1 (1280 px, light)"), "", "en/flood.html"),
            CheckedPage("https://a.example/", ("static",), "https://a.example/", "", 200),
        ],
        findings=[
            Finding(
                "link-generic",
                Severity.WARNING,
                say("the link “{words}” does not say where; name its target", words="mehr"),
                place("de/flood.html", LINK),
                ("2.4.4",),
                ("aizyf1",),
            ),
            Finding(
                "link-new-window",
                Severity.REVIEW,
                say("it opens a window; look"),
                Place("https://a.example/", 0, "video", "<video autoplay>"),
                ("3.2.5",),
            ),
            *[Finding("alt-file-name", Severity.ERROR, alt, place(page, ALT), ("1.1.1",), ("23a2a8",)) for page in both],
            Finding(
                "axe/color-contrast",
                Severity.ERROR,
                say("too faint; darken it"),
                place("de/flood.html", TAG),
                ("1.4.3",),
                ("afw4f7", "09o5cg"),
                ("320 px, dark",),
            ),
            Finding("one-h1", Severity.WARNING, say("the page has no h1; make the headline one"), Place("https://a.example/")),
            Finding(
                "axe/image-alt",
                Severity.ERROR,
                say("no alternative text; write one"),
                Place("en/flood.html", 40, "#map", '<img id="map">', mender_source()),
                ("1.1.1",),
                ("23a2a8",),
                known=BASELINE,
            ),
            Finding(
                "link-generic",
                Severity.WARNING,
                say("the link “{words}” does not say where; name its target", words="Here"),
                Place("en/flood.html", 52, "a", "<a href=x>"),
                ("2.4.4",),
                ("aizyf1",),
                known=COMMENT,
            ),
        ],
        unfinished=[
            Unfinished("https://a.example/b", say("it did not load in {n} s; look why", n=30)),
            Unfinished("", say("no browser; install one")),
        ],
        notes=[say("requests to other hosts were blocked")],
        rules=dict(RULES),
        axe="4.12.1",
        browser="Chromium 156.0.8078.79",
        stale=[say("{file}: no longer found; take it out", file="baseline.json:9")],
    )


def mender_source() -> Birthplace:
    """A line of a template."""
    return Birthplace("templates/map.html", 2, 3, Owner.WEB_TEAM, "template map.html img")


def clean() -> Report:
    """Everything was checked, and nothing found."""
    return Report(pages=[CheckedPage("a.html", ("static", "axe 4.12.1"), "", "a.html")], rules=dict(RULES), axe="4.12.1")


def unfinished() -> Report:
    """Nothing was found, because nothing could be checked."""
    return Report(unfinished=full().unfinished, rules=dict(RULES))


def untouched() -> Report:
    """There are pages, and no change can have touched one."""
    return Report(untouched=3)


def many(count: int = 100_000, pages: int = 500) -> Report:
    """Very many findings, each another defect."""
    report = Report(pages=[CheckedPage(f"{n}.html", ("static",)) for n in range(pages)], rules=dict(RULES))
    severities = list(Severity)
    report.add(
        Finding(
            f"rule-{n % 40}",
            severities[n % 3],
            say("{n} is wrong; mend it", n=n),
            Place(f"{n % pages}.html", n, f"p:nth-of-type({n})", f'<p id="p{n}">'),
            ("1.1.1",),
        )
        for n in range(count)
    )
    return report


EVIL = (
    "x\x00\x1b[2J\r\n::error::y\u2028\u202ez\ufffe\ud800 ]]> --> <script>alert(1)</script> </details> &amp; & \"'` ``` ~~~ "
    "| @octocat @org/team #123 GH-12 octo/repo#7 https://evil.example/ www.evil.example a@evil.example "
    "[a](https://evil.example) ![b](x) {0} {x} [c](1) %0A % *d* _e_ \\ # f"
)
"""What breaks out of most formats."""


def hostile() -> Report:
    """A report in which every word that can come from a page is evil."""
    evil = Place(EVIL, 3, EVIL, f"<p title='{EVIL}'>", None, EVIL)
    source = Birthplace(EVIL, 1, 1, Owner.EDITOR, EVIL)
    accepted = Acceptance("baseline", EVIL, f"{EVIL}:3")
    return Report(
        pages=[CheckedPage(EVIL, ("static", EVIL), EVIL, EVIL)],
        findings=[
            Finding("evil", Severity.ERROR, say("“{words}”; mend it", words=EVIL), evil, ("1.1.1",), (), (EVIL,)),
            Finding("evil", Severity.WARNING, EVIL, Place(EVIL, 3, EVIL, EVIL, source)),
            Finding("evil", Severity.REVIEW, EVIL, evil, known=accepted),
            *[
                Finding("evil", Severity.ERROR, "m; n", Place(page, 0, "p", "", source))
                for page in ("https://a.example/?q=" + EVIL, "/tmp/" + EVIL, "./a b.html", "a:b.html", "")
            ],
        ],
        unfinished=[Unfinished(EVIL, EVIL), Unfinished("", EVIL)],
        notes=[EVIL],
        rules=dict(RULES),
        stale=[EVIL],
    )


CASES: dict[str, Callable[[], Report]] = {
    "full": full,
    "clean": clean,
    "empty": Report,
    "unfinished": unfinished,
    "untouched": untouched,
    "hostile": hostile,
    "many": lambda: many(1_200, 300),
}
"""Every kind of report."""


def cyrillic(message: str) -> str:
    """Says messages in a language in which each Latin letter is a Ж."""
    if not isinstance(message, Message):
        return message
    template = message.many if message.many and message.values["n"] != 1 else message.template
    foreign = re.sub(r"\{\w+\}|[A-Za-z]", lambda found: found[0] if len(found[0]) > 1 else "Ж", template)
    return foreign.format_map(
        {name: cyrillic(value) if isinstance(value, str) else value for name, value in message.values.items()}
    )


def english_in(words: str, report: Report) -> set[str]:
    """The words that are neither foreign nor the report's own data, such as names of files and rules."""
    names = _strings(as_data(report, cyrillic))
    own = {word for text in names if text not in _CODES for word in re.findall("[A-Za-z]{3,}", text)}
    return set(re.findall("[A-Za-z]{3,}", words)) - own


_CODES = {*Severity, *Owner, "checked", "incomplete", "tested", "partly", "not", "baseline", "comment", "passed", "failed"}


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
