"""Records and catalogs on disk, and the rules of catalogs, become a report. Nothing is written."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from . import iptc
from .article import Article, names
from .catalog import UI_DOMAIN, Bitext, BitextSet, PictureTexts, Term, bitext, pictures_of, read_catalog
from .check import apply
from .errors import CatalogError, Fault, LanguageError, NothingToDo, RecordError
from .finding import Finding
from .language import chain_of, folder_of, tag_of
from .message import say
from .messages import DOMAIN as REPORT_DOMAIN
from .po import PoEntry
from .report import CheckedPage, Report, Unfinished
from .rule import Rule
from .rules import CATALOG_RULES, RULES
from .rules.catalog_file import idle_ignore, ignores, po_ignore
from .rules.ignore import Ignore
from .site import Site, find_records, id_of, read_record
from .suppress import is_of_axe

GLOSSARY = "glossary.csv"
"""The terms of a project, in the folder of its catalogs."""

_PSEUDO = ("-XA", "-XB")
"""The regions of pseudo-locales, whose catalogs nobody has translated."""


def lint(
    site: Site,
    languages: Sequence[str] = (),
    *,
    rules: Sequence[Rule[Any]] = CATALOG_RULES,
    tell: Callable[[str], None] = lambda _: None,
) -> Report:
    """
    Look at the catalogs of the languages (all of the site's, where none is named) by the rules.

    A record, a catalog or a glossary that cannot be read is noted as unfinished and stops nothing else. Entries that are fuzzy or
    not translated are left to those who translate. Raises NothingToDo where there is no catalog.
    """
    report = Report(noun="catalog")
    articles, broken = _read_records(site, report)
    glossary = _glossary(site, report)
    seen: dict[str, tuple[PictureTexts, ...]] = {}
    for folder, language in _folders(site, languages):
        found: list[Bitext] = []
        try:
            paths = sorted(path for path in folder.iterdir() if path.suffix == ".po")
        except OSError as error:
            reason = say("the folder cannot be read ({reason}); mend its permissions", reason=error.strerror or "?")
            report.unfinished.append(Unfinished(site.shown(folder), reason))
            continue
        for path in paths:
            if path.stem in broken or path.stem == REPORT_DOMAIN:
                continue  # what the checker says is no page's words; only a11ynews' own checkout has it
            tell(site.shown(path))
            try:
                catalog = read_catalog(path, site.shown(path), language, path.stem)
            except CatalogError as error:
                report.unfinished += _unfinished(error.faults)
                continue
            article = articles.get(path.stem)
            source = article.language if article else "en" if path.stem == UI_DOMAIN else site.config.languages[0]
            if article is None and path.stem != UI_DOMAIN:
                report.notes.append(
                    say(
                        "{file}: no record has the id “{id}”; names and captions were not compared",
                        file=site.shown(path),
                        id=path.stem,
                    )
                )
            if article and article.id not in seen:
                seen[article.id] = tuple(_with_offers(article, site.config.root))
            kept, pictures = (names(article), seen[article.id]) if article else ((), ())
            found.append(bitext(catalog, source, kept, pictures, glossary.get(language, ())))
        check_catalogs(found, site.shown(folder), report, rules)
    if languages and all(language.endswith(_PSEUDO) for language in languages):
        raise NothingToDo(f"{' and '.join(languages)}: what a program has written is not checked; name another language")
    if not report.pages and not report.unfinished:
        where = site.shown(site.config.folder("locales"))
        raise NothingToDo(f"no catalog was found in {where}/; run “a11ynews catalog update” to make them")
    return report


def _folders(site: Site, languages: Sequence[str]) -> Iterator[tuple[Path, str]]:
    """The folders of the catalogs that serve languages, each once, with the languages that they are for."""
    locales = site.config.folder("locales")
    links = dict.fromkeys(link for language in languages or site.config.languages for link in chain_of(language))
    for link in links:
        if link.endswith(_PSEUDO):
            continue
        folder = locales / folder_of(link) / "LC_MESSAGES"
        if _is_folder(folder):
            yield folder, link


def _is_folder(path: Path) -> bool:
    """Whether there is a folder. Also where nobody may look: whoever reads it learns why."""
    try:
        return path.is_dir()
    except OSError:
        return True


def _read_records(site: Site, report: Report) -> tuple[dict[str, Article], set[str]]:
    """The articles by their ids, and the ids of the records that cannot be read."""
    articles: dict[str, Article] = {}
    broken = set()
    for path in find_records(site.config.folder("news")):
        try:
            articles[id_of(path)] = read_record(path, site.shown(path), look=False)
        except RecordError as error:
            broken.add(id_of(path))
            report.unfinished += _unfinished(error.faults)
    return articles, broken


def _with_offers(article: Article, root: Path) -> Iterator[PictureTexts]:
    """The pictures of a record, with the alternative texts that they carry themselves."""
    for picture in pictures_of(article):
        yield replace(picture, carried=iptc.read((root / article.file).parent / picture.file).alt)


def _unfinished(faults: Iterable[Fault]) -> list[Unfinished]:
    return [Unfinished(f"{fault.file}:{fault.line}:{fault.column}", fault.message) for fault in faults]


# -- rules on catalogs -------------------------------------------------------------------------------------------------


def check_catalogs(catalogs: Sequence[Bitext], folder: str, report: Report, rules: Sequence[Rule[Any]] = CATALOG_RULES) -> None:
    """
    Look at the catalogs of one language, each by itself and all together.

    What translators' comments ignore with a reason is left out; a comment that ignores nothing is a finding of its own. A rule
    that breaks down is noted as unfinished, and stops nothing else.
    """
    subjects: list[Bitext | BitextSet] = [*catalogs, BitextSet(folder, tuple(catalogs))]
    findings = [finding for subject in subjects for finding in apply(rules, subject, report.unfinished)]
    report.pages += [CheckedPage(catalog.name, ("catalog rules",), file=catalog.name) for catalog in catalogs]
    report.ran(rule.facts for rule in rules)
    report.add(_not_ignored(catalogs, findings, {rule.id for rule in rules}))


def _not_ignored(catalogs: Sequence[Bitext], findings: list[Finding], ran: set[str]) -> Iterator[Finding]:
    """The findings without those that a comment ignores, and what is to be said of idle comments."""
    ignored: dict[tuple[str, int, str], bool] = {}
    entries: dict[tuple[str, int], tuple[Bitext, PoEntry]] = {}
    for catalog in catalogs:
        for entry in catalog.catalog.entries.values():
            for said in ignores(entry) if entry.comments and not entry.fuzzy and entry.translated else ():
                if isinstance(said, Ignore):
                    place = catalog.name, entry.string_line
                    entries[place] = catalog, entry
                    ignored |= {(*place, rule): False for rule in said.rules}
    for finding in findings:
        key = finding.place.page, finding.place.line, finding.rule
        if key in ignored:
            ignored[key] = True
        else:
            yield finding
    # Of rules on pages the comment is for “check”, which alone can say whether they find anything.
    known = {rule.id for rule in (*CATALOG_RULES, *RULES)}
    for (file, line, rule), used in ignored.items():
        is_known = rule in known or is_of_axe(rule)
        if not used and po_ignore.id in ran and (rule in ran or not is_known):
            catalog, entry = entries[file, line]
            yield Finding(po_ignore.id, po_ignore.severity, idle_ignore(rule, is_known), catalog.locate(entry))


# -- the glossary ------------------------------------------------------------------------------------------------------


def _glossary(site: Site, report: Report) -> dict[str, tuple[Term, ...]]:
    path = site.config.folder("locales") / GLOSSARY
    if not path.is_file():
        return {}
    try:
        return read_glossary(path, site.shown(path), site.config.languages)
    except CatalogError as error:
        report.unfinished += _unfinished(error.faults)
        return {}


def read_glossary(path: Path, file: str, languages: Sequence[str]) -> dict[str, tuple[Term, ...]]:
    """
    The terms of a glossary for each language. Raises CatalogError with every fault in it.

    A line of it is a term; the columns are `term`, the languages' tags, and, as they are wanted, `forbidden` (in all languages),
    `forbidden-de` (in one) and `note`. Where several words are right, or forbidden, “|” stands between them.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise CatalogError([Fault(file, 1, 1, say("the glossary cannot be read; save it as CSV in UTF-8"))]) from None
    reader = csv.reader(lines)
    header = [name.strip() for name in next(reader, [])]
    faults = list(_header_faults(header, file))
    terms: dict[str, list[Term]] = {link: [] for language in languages for link in chain_of(language)}
    for row in () if faults else reader:
        cells = dict(zip(header, row, strict=False))
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(header):
            message = say(
                "the line has {cells} cells and the header {columns}; put words with a comma in quotation marks",
                cells=len(row),
                columns=len(header),
            )
            faults.append(Fault(file, reader.line_num, 1, message))
        elif not cells["term"].strip():
            faults.append(Fault(file, reader.line_num, 1, say("the line has no term; write it in the column “term”")))
        else:
            for language, found in terms.items():
                own = next((cells[link] for link in chain_of(language) if cells.get(link, "").strip()), "")
                wrong = [*_ways(cells.get("forbidden", "")), *_ways(cells.get(f"forbidden-{language}", ""))]
                if own or wrong:
                    found.append(Term(cells["term"].strip(), _ways(own), tuple(wrong)))
    if faults:
        raise CatalogError(faults)
    return {language: tuple(found) for language, found in terms.items()}


def _ways(cell: str) -> tuple[str, ...]:
    return tuple(way.strip() for way in cell.split("|") if way.strip())


def _header_faults(header: list[str], file: str) -> Iterator[Fault]:
    if "term" not in header:
        form = "term,de,it,forbidden,note"
        yield Fault(file, 1, 1, say("the first line does not name the column “term”; write, for example, {form}", form=form))
    for name in header:
        try:
            if name not in ("term", "note", "forbidden", ""):
                tag_of(name.removeprefix("forbidden-"))
        except LanguageError as error:
            message = say(
                "the column “{name}” is neither a language nor term, forbidden or note: {reason}", name=name, reason=str(error)
            )
            yield Fault(file, 1, 1, message)
