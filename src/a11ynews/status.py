"""
How much of a site is translated: by record and language, and of the page's own words.

It is counted with the same look-up that fills the pages, so that what counts as translated here is what a page shows. A fuzzy
translation is none, and neither is one that would break the page. The unit is the word of the source; a text that stands several
times in a record in one role is one entry of the catalog, and counts once. Slugs do not count: a page does without.
"""

import io
import json
import math
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.table import Table
from rich.text import Text as Styled

from . import markup
from .article import Article, Text, texts
from .catalog import UI_DOMAIN, Catalogs, path_of
from .errors import CatalogError, Fault, NothingToDo, RecordError, TemplateFault
from .language import name_of, same_language
from .po import PoFile
from .provenance import State
from .render import UiMessage, localise
from .site import Site, find_records, read_record

VERSION = 1
"""The version of the JSON. Keys can come without another one; they go, or mean something else, only with it."""

UI_NAME = "the page's own words"
_NOTHING = "There is no text that is to be translated."
_MOST_LISTED = 25


@dataclass(frozen=True, slots=True)
class Count:
    """How many texts there are, how many of them are in which state, and how many words of the source that makes."""

    texts: int = 0
    translated: int = 0
    fuzzy: int = 0
    missing: int = 0
    broken: int = 0
    words: int = 0
    translated_words: int = 0

    def __add__(self, other: "Count") -> "Count":
        pairs = zip(_numbers(self), _numbers(other), strict=True)
        return Count(*(one + another for one, another in pairs))

    @property
    def percent(self) -> float:
        """How many per cent of the words are translated, cut off after one decimal: 100 is all of them."""
        return math.floor(1000 * self.translated_words / self.words) / 10 if self.words else 100.0

    def reaches(self, budget: float) -> bool:
        """Whether as many per cent of the words are translated."""
        return self.translated_words * 100 >= budget * self.words


def _numbers(count: Count) -> tuple[int, ...]:
    return tuple(getattr(count, name) for name in Count.__slots__)


@dataclass(frozen=True, slots=True)
class Row:
    """How one catalog stands: that of a record in a language, or that of the page's own words."""

    language: str
    domain: str
    """The record's id, or `a11ynews` for the page's own words."""
    record: str
    """The record's file; empty for the page's own words."""
    file: str
    """Where the language's own catalog is, or would be."""
    texts: Count
    """Alternative texts among them."""
    alts: Count
    obsolete: int
    """Translations that no text asks for any more."""
    broken: tuple[Fault, ...] = ()
    """Translations that a page cannot show."""
    stops: tuple[Fault, ...] = ()
    """Why the page is not made: an alt that is not translated, or whatever else the configuration refuses."""

    @property
    def name(self) -> str:
        """What people call it."""
        return self.domain if self.record else UI_NAME


@dataclass(frozen=True, slots=True)
class Total:
    """How a language stands."""

    language: str
    texts: Count
    alts: Count
    obsolete: int
    pages: int
    """How many pages there should be."""
    stopped: int
    """… and how many of them are not made."""
    budget: float | None
    """How many per cent must be translated."""

    @property
    def is_within_budget(self) -> bool:
        """Whether as much is translated as must be."""
        return self.budget is None or self.texts.reaches(self.budget)

    @property
    def title(self) -> str:
        """The language's name and tag."""
        return f"{name_of(self.language, 'en')} ({self.language})"


@dataclass(slots=True)
class Status:
    """How a site stands."""

    budgets: Mapping[str, float]
    """By language; under "" the one for all others."""
    alts_only: bool = False
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    """Records, catalogs and templates that could not be read: they are in no number."""

    @property
    def totals(self) -> list[Total]:
        """One for each language, in the order of the rows."""
        by_language: dict[str, list[Row]] = {}
        for row in self.rows:
            by_language.setdefault(row.language, []).append(row)
        return [self._total(language, rows) for language, rows in by_language.items()]

    def _total(self, language: str, rows: Sequence[Row]) -> Total:
        pages = [row for row in rows if row.record]
        return Total(
            language,
            sum((row.texts for row in rows), Count()),
            sum((row.alts for row in rows), Count()),
            sum(row.obsolete for row in rows),
            len(pages),
            sum(1 for row in pages if row.stops),
            self.budgets.get(language, self.budgets.get("")),
        )

    @property
    def exit_code(self) -> int:
        """2 where something could not be read, 1 where a language is below its budget, else 0."""
        if self.faults:
            return 2
        return 0 if all(total.is_within_budget for total in self.totals) else 1


# -- counting ----------------------------------------------------------------------------------------------------------


def take_stock(
    site: Site, languages: Sequence[str] = (), *, budgets: Mapping[str, float] | None = None, alts_only: bool = False
) -> Status:
    """
    How the catalogs of the languages stand: of all that the site and its records name, where none is named.

    `budgets` go before those of the configuration, all of them if there is one under "" among them. With `alts_only`, alternative
    texts alone are counted. What cannot be read is named in the status and is in no number. Raises NothingToDo where there is no
    record.
    """
    records = find_records(site.config.folder("news"))
    if not records:
        raise NothingToDo(f"no record was found in {site.shown(site.config.folder('news'))}/; there is nothing to translate")
    given = budgets or {}
    status = Status(given if "" in given else {**site.config.translation.budget, **given}, alts_only)
    articles: dict[str, Article] = {}
    for record in records:
        try:
            article = read_record(record, site.shown(record))
        except RecordError as error:
            status.faults += error.faults
            continue
        if other := articles.get(article.id):
            message = f"the record {other.file} has the id “{article.id}” too, and catalogs go by it; rename one of the folders"
            status.faults.append(Fault(article.file, 1, 1, message))
            continue
        articles[article.id] = article
    expected = {article.id: site.languages_of(article) for article in articles.values()}
    everywhere = [*site.config.languages, *(language for named in expected.values() for language in named)]
    messages = _messages(site, status)
    for language in dict.fromkeys(languages or everywhere):
        unread = _count_ui(site, language, messages, status)
        for article in articles.values():
            if language in expected[article.id] and not same_language(language, article.language):
                _count_record(site, language, article, unread, status)
    return status


def _messages(site: Site, status: Status) -> list[UiMessage]:
    try:
        return list({(message.context, message.id): message for message in site.renderer.ui_messages()}.values())
    except TemplateFault as error:
        status.faults += error.faults
        return []


def _count_ui(site: Site, language: str, messages: Iterable[UiMessage], status: Status) -> tuple[Fault, ...]:
    """Count the page's own words in a language. The faults because of which no page in it can be made."""
    try:
        catalogs = site.catalogs(language, UI_DOMAIN)
    except CatalogError as error:
        status.faults += error.faults
        return error.faults
    if not status.alts_only and not same_language(language, "en"):
        wanted = {(message.context, message.id): message for message in messages}
        count = sum((_one(_ui_state(message, catalogs), _ui_words(message)) for message in wanted.values()), Count())
        if count.texts:
            file = catalogs.expected.file
            status.rows.append(Row(language, UI_DOMAIN, "", file, count, Count(), _obsolete(site, catalogs, wanted, status)))
    return ()


def _ui_words(message: UiMessage) -> int:
    return _count_words(re.sub(r"\{\w+\}", "", f"{message.id} {message.plural}"))


def _ui_state(message: UiMessage, catalogs: Catalogs) -> State:
    """The worst state that the message has on any page; one that counts has another for each plural form."""
    # Every plural rule of gettext shows all its forms below 200, but for the millions of French and the like.
    numbers = [*range(200), 1_000_000] if message.plural else [None]
    place = catalogs.expected
    found = (catalogs.look_up_ui(message.context, message.id, place, message.plural, number) for number in numbers)
    if all(one.origin.state is State.TRANSLATED for one in found):
        return State.TRANSLATED
    entries = (catalog.entries.get((message.context, message.id)) for catalog in catalogs.catalogs)
    return State.FUZZY if any(entry and entry.fuzzy and entry.translated for entry in entries) else State.MISSING


def _count_record(site: Site, language: str, article: Article, unread: tuple[Fault, ...], status: Status) -> None:
    try:
        catalogs = site.catalogs(language, article.id)
    except CatalogError as error:
        status.faults += error.faults
        return
    placed = [text for _, text in texts(article)]
    localised = localise(article, catalogs, placed, site.config.policy, strict=False)
    entries: dict[tuple[str, str], Text] = {}
    for text in placed:
        if not text.stays:
            entries.setdefault((text.role.name, text.words), text)
    all_texts, alts = Count(), Count()
    broken = []
    for (role, _), text in entries.items():
        if status.alts_only and role != "alt":
            continue
        found = localised.found[id(text)]
        state = found.origin.state
        if state is State.BROKEN:
            place = found.origin.pending or catalogs.expected
            broken.append(Fault(place.file, place.line, place.column, f"{role}: {found.problem}"))
        if role == "slug":
            continue
        one = _one(state, _count_words(markup.plain(markup.parse(text.words, text.role.level))))
        all_texts += one
        alts += one if role == "alt" else Count()
    if all_texts.texts:
        file = catalogs.expected.file
        obsolete = _obsolete(site, catalogs, entries, status)
        stops = tuple(dict.fromkeys((*unread, *localised.stops)))
        status.rows.append(Row(language, article.id, article.file, file, all_texts, alts, obsolete, tuple(broken), stops))


def _one(state: State, words: int) -> Count:
    is_translated = state is State.TRANSLATED
    return Count(
        1, is_translated, state is State.FUZZY, state is State.MISSING, state is State.BROKEN, words, words * is_translated
    )


def _count_words(words: str) -> int:
    """The words between spaces; one at least, so that all of them are translated only where every text is."""
    return max(1, len(re.findall(r"\S*\w\S*", words)))


def _obsolete(site: Site, catalogs: Catalogs, wanted: Container[tuple[str, str]], status: Status) -> int:
    """The translations of the language's own catalog that stand behind `#~`, and those that the next update will put there."""
    path = path_of(site.config.folder("locales"), catalogs.language, catalogs.domain)
    own = next((catalog for catalog in catalogs.catalogs if catalog.file == site.shown(path)), None)
    if own is None:
        return 0
    left = [entry for key, entry in own.entries.items() if any(key) and entry.translated and key not in wanted]
    content = path.read_bytes()
    # A catalog has been read already, but without them; few have any.
    left += PoFile.parse(content, own.file).obsolete if b"#~" in content else []
    return sum(1 for entry in left if not status.alts_only or entry.context == "alt")


# -- telling -----------------------------------------------------------------------------------------------------------


def to_json(status: Status) -> str:
    """The status for programs. Lines and columns count from 1, per cent are of words, `budget` is null where there is none."""
    data = {
        "version": VERSION,
        "alts_only": status.alts_only,
        "exit_code": status.exit_code,
        "languages": [
            {
                "language": total.language,
                "name": name_of(total.language, "en"),
                **_counted(total.texts),
                "alts": _counted(total.alts),
                "obsolete": total.obsolete,
                "pages": total.pages,
                "pages_stopped": total.stopped,
                "budget": total.budget,
                "within_budget": total.is_within_budget,
            }
            for total in status.totals
        ],
        "catalogs": [
            {
                "language": row.language,
                "domain": row.domain,
                "record": row.record or None,
                "file": row.file,
                **_counted(row.texts),
                "alts": _counted(row.alts),
                "obsolete": row.obsolete,
                "broken_translations": [_place(fault) for fault in row.broken],
                "stops": [_place(fault) for fault in row.stops],
            }
            for row in status.rows
        ],
        "faults": [_place(fault) for fault in _sorted(status.faults)],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _counted(count: Count) -> dict[str, Any]:
    return {name: getattr(count, name) for name in Count.__slots__} | {"percent": count.percent}


def _place(fault: Fault) -> dict[str, Any]:
    return {"file": fault.file, "line": fault.line, "column": fault.column, "message": fault.message}


def _sorted(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(set(faults))


def to_markdown(status: Status) -> str:
    """The status for the summary of a CI job: a table of the languages, one of the catalogs, and what stands in the way."""
    what = "Alternative texts" if status.alts_only else "Translations"
    lines = [f"## {what}", "", "### Languages", ""]
    names = ("Texts", "Words", "Words translated", "Translated", "Fuzzy", "Missing", "Broken", "Alts", "Obsolete")
    cells = [
        [total.title, *_cells(total.texts, total.alts, total.obsolete), f"{total.stopped} of {total.pages}", _budget(total)]
        for total in status.totals
    ]
    lines += _markdown_table(("Language", *names, "Pages not made", "Budget"), cells)
    cells = [
        [row.name, row.language, *_cells(row.texts, row.alts, row.obsolete), _page(row, "made", "not made")]
        for row in status.rows
    ]
    lines += ["", "### Catalogs", "", *_markdown_table(("Record", "Language", *names, "Page"), cells)]
    for title, faults in _lists(status):
        lines += ["", f"### {title}", "", *(f"- {_code(_where(fault))}: {_escaped(fault.message)}" for fault in faults)]
    return "\n".join(lines) + "\n"


def _cells(count: Count, alts: Count, obsolete: int) -> list[str]:
    numbers = (count.texts, count.words, count.translated_words)
    shown_alts = f"{alts.translated:,} of {alts.texts:,}" if alts.texts else "–"
    states = (count.fuzzy, count.missing, count.broken)
    return [*map("{:,}".format, numbers), _percent(count), *map("{:,}".format, states), shown_alts, f"{obsolete:,}"]


def _percent(count: Count) -> str:
    return f"{math.floor(count.percent)} %"


def _budget(total: Total) -> str:
    if total.budget is None:
        return "–"
    return f"{total.budget:g} %" if total.is_within_budget else f"**{total.budget:g} %: not reached**"


def _page(row: Row, made: str, stopped: str) -> str:
    return "" if not row.record else stopped if row.stops else made


def _markdown_table(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    are_words = ("Language", "Record", "Page", "Budget")
    rule = ["---" if name in are_words else "---:" for name in names]
    cells = [[cell if cell.startswith("**") else _escaped(cell) for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (names, rule, *cells)]


def _escaped(words: str) -> str:
    """Words as they are, whatever Markdown or HTML would make of them."""
    return re.sub(r"([\\`*_\[\]<>#|~&])", r"\\\1", " ".join(words.split()))


def _code(words: str) -> str:
    runs = re.findall("`+", words)
    fence = "`" * (max(map(len, runs), default=0) + 1)
    return f"{fence} {words} {fence}" if runs else f"{fence}{words}{fence}"


def _where(fault: Fault) -> str:
    return f"{fault.file}:{fault.line}:{fault.column}"


def _lists(status: Status) -> Iterator[tuple[str, list[Fault]]]:
    """What stands in the way, under its titles; the empty ones are left out."""
    stops = _sorted(fault for row in status.rows for fault in row.stops if fault not in status.faults)
    stopping = {_where(fault) for fault in stops}
    broken = _sorted(fault for row in status.rows for fault in row.broken if _where(fault) not in stopping)
    for title, faults in (
        ("Pages that are not made", stops),
        ("Translations that a page cannot show", broken),
        ("Could not be read, and is in no number", _sorted(status.faults)),
    ):
        if faults:
            yield title, faults


def to_terminal(status: Status, *, colour: bool = False, width: int = 80) -> str:
    """The status for people: a table for each language that fits into `width` columns, and what stands in the way."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    if not status.rows:
        console.print(_NOTHING)
        console.print()
    columns = [column for column in _COLUMNS if column[0] != "Broken" or any(row.texts.broken for row in status.rows)]
    for total in status.totals:
        rows = [row for row in status.rows if row.language == total.language]
        console.print(_headline(total, status.alts_only), style="bold", soft_wrap=True)
        console.print(_table(rows, total, columns, width))
        console.print()
    for title, faults in _lists(status):
        console.print(f"{title}:", style="bold")
        for fault in faults[:_MOST_LISTED]:
            console.print(f"  {_plain(str(fault))}", soft_wrap=True)
        if len(faults) > _MOST_LISTED:
            console.print(f"  … and {len(faults) - _MOST_LISTED:,} more; --format json names them all")
        console.print()
    lines = out.getvalue().rstrip("\n").split("\n")
    return "".join(f"{line if colour else line.rstrip()}\n" for line in lines)


def _headline(total: Total, alts_only: bool) -> str:
    what = f"word{'' if total.texts.words == 1 else 's'}{' of alternative texts' if alts_only else ''}"
    told = f"{total.title}: {_percent(total.texts)} of {total.texts.words:,} {what}"
    if total.budget is not None:
        told += f"; the budget of {total.budget:g} % is {'' if total.is_within_budget else 'not '}reached"
    return told


def _style(count: int, style: str) -> str:
    return style if count else ""


_Cell = tuple[str, str]
_COLUMNS: tuple[tuple[str, Callable[[Row | Total], _Cell]], ...] = (
    ("Words", lambda row: (f"{row.texts.translated_words:,}/{row.texts.words:,}", "")),
    ("%", lambda row: (_percent(row.texts), "green" if row.texts.percent == 100 else "yellow")),
    ("Fuzzy", lambda row: (f"{row.texts.fuzzy:,}", _style(row.texts.fuzzy, "yellow"))),
    ("Missing", lambda row: (f"{row.texts.missing:,}", _style(row.texts.missing, "yellow"))),
    ("Broken", lambda row: (f"{row.texts.broken:,}", _style(row.texts.broken, "red"))),
    (
        "Alts",
        lambda row: (
            f"{row.alts.translated:,}/{row.alts.texts:,}" if row.alts.texts else "–",
            _style(row.alts.texts - row.alts.translated, "red"),
        ),
    ),
    ("Obsolete", lambda row: (f"{row.obsolete:,}", "")),
    (
        "Page",
        lambda row: (
            (_page(row, "yes", "no"), _style(len(row.stops), "red"))
            if isinstance(row, Row)
            else (f"{row.pages - row.stopped:,}/{row.pages:,}", _style(row.stopped, "red"))
        ),
    ),
)


def _table(rows: Sequence[Row], total: Total, columns: Sequence[tuple[str, Callable[[Row | Total], _Cell]]], width: int) -> Table:
    lines: list[tuple[str, list[_Cell]]] = [(_plain(row.name), [read(row) for _, read in columns]) for row in rows]
    lines.append(("Total", [read(total) for _, read in columns]))
    widths = [max(cell_len(name), *(cell_len(cells[n][0]) for _, cells in lines)) for n, (name, _) in enumerate(columns)]
    longest = max(cell_len(name) for name, _ in lines)
    gap = 2 if width - sum(widths) - 2 * len(widths) >= min(longest, _COMFORT) else 1
    room = max(min(longest, width - sum(widths) - gap * len(widths)), _LEAST)
    table = Table(box=None, padding=(0, 0, 0, gap), pad_edge=False, show_edge=False, header_style="dim")
    table.add_column("Record", width=room, no_wrap=True)
    for (name, _), one_width in zip(columns, widths, strict=True):
        table.add_column(name, width=one_width, no_wrap=True, justify="right")
    for name, cells in lines:
        styled = [Styled(words, style) for words, style in cells]
        table.add_row(Styled(shorten_middle(name, room)), *styled, style="bold" if name == "Total" else "")
    return table


_COMFORT, _LEAST = 24, 8


def shorten_middle(name: str, width: int) -> str:
    """A name in so many columns of a terminal: where it is too long its middle goes, for names differ at their ends."""
    if cell_len(name) <= width:
        return name
    tail = (width - 1) // 2
    end = name[-tail:] if tail else ""
    while cell_len(end) > tail:
        end = end[1:]
    return f"{set_cell_size(name, width - 1 - cell_len(end)).rstrip()}…{end}"


# What would move the cursor, begin a line of its own or turn the text around.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def _plain(words: str) -> str:
    return _UNPRINTABLE.sub(" ", words)
