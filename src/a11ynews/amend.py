"""
One entry of a catalog, changed by a translator who sees it on a page.

Only the entry's `msgstr` and its `fuzzy` flag change (with the flag go the `#|` lines, which say what it is fuzzy for); all other
bytes of the file stay, its header too. Nothing is written but a catalog below the site's folder of catalogs, and never over what
somebody else has written to the entry in between.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from .article import ROLES, Article, Role, Text, names
from .catalog import UI_DOMAIN, Term, bitext, catalog_of, path_of, pictures_of, translation_fault
from .errors import A11yNewsError, CatalogError, Fault
from .files import is_there
from .finding import Finding
from .lint import GLOSSARY, check_catalogs, read_glossary
from .markup import Level
from .message import say, say_number
from .po import PoEntry, PoFile
from .provenance import strike
from .report import Report
from .site import Site

LONGEST = 20_000
"""The most characters that a translation may have."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a translator wants an entry to say."""

    language: str
    """With the domain: which catalog."""
    domain: str
    context: str
    id: str
    strings: tuple[str, ...]
    """The translation; of an entry with a plural, one for each form."""
    fuzzy: bool
    """Whether somebody must look at it once more."""
    revision: str
    """What `revision_of` gave for the entry that the translator saw."""


class Refused(A11yNewsError):
    """An amendment cannot be made. The catalog is as it was."""


class Conflict(Refused):
    """Somebody else has changed the entry in between. `entry` is how it stands now; None where it is gone."""

    def __init__(self, message: str, entry: PoEntry | None) -> None:
        super().__init__(message)
        self.entry = entry


def revision_of(entry: PoEntry) -> str:
    """Sixteen hexadecimal digits that change with what a translator sees of an entry."""
    seen = (entry.context, entry.id, entry.plural, sorted(entry.strings.items()), entry.fuzzy, entry.previous)
    return hashlib.sha256(repr(seen).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def catalog_file(site: Site, language: str, domain: str) -> Path:
    """
    The site's own catalog of a language and domain.

    Raises Refused where it is not there, or is a link that leads out of the folder of catalogs: nothing outside is written.
    """
    folder = site.config.folder("locales")
    path = path_of(folder, language, domain)
    name = site.shown(path.parent) + f"/{path.name}"
    if not is_there(path):
        raise Refused(say("{file} is not there; run “a11ynews catalog update {language}”", file=name, language=language))
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise Refused(
            say("{file} is a link that leaves {folder}; put the file itself there", file=name, folder=site.shown(folder))
        )
    return path


def weigh(site: Site, article: Article | None, amendment: Amendment) -> list[Finding]:
    """
    What the rules of catalogs find in an entry, if it said what the amendment says: lost links, changed figures, and all else.

    `article` is the record that the catalog is of; None for the page's own words. Raises Refused and CatalogError.
    """
    path = catalog_file(site, amendment.language, amendment.domain)
    po = PoFile.read(path, site.shown(path))
    entry = _entry_of(po, amendment)
    entry.set_strings(_strings_of(entry, amendment))
    entry.set_fuzzy(False)  # what is fuzzy, the rules leave to the translator, who wants to know it here
    po.content()
    return findings_of(site, article, po, amendment.language, amendment.domain, entry)


def findings_of(
    site: Site, article: Article | None, po: PoFile, language: str, domain: str, entry: PoEntry | None = None
) -> list[Finding]:
    """What the rules of catalogs find in a catalog by itself; of one entry alone, where it is given."""
    catalog = catalog_of(po, language, domain)
    source = article.language if article else "en"
    kept, pictures = (names(article), pictures_of(article)) if article else ((), ())
    terms = _glossary(site, language)
    whole = bitext(catalog, source, kept, pictures, terms)
    report = Report(noun="catalog")
    check_catalogs([whole], site.shown(site.config.folder("locales")), report)
    if entry is None:
        return report.findings
    place = catalog.birthplace(entry)
    return [finding for finding in report.findings if finding.place.source == place]


def _glossary(site: Site, language: str) -> tuple[Term, ...]:
    path = site.config.folder("locales") / GLOSSARY
    if not path.is_file():
        return ()
    try:
        return read_glossary(path, site.shown(path), [language]).get(language, ())
    except CatalogError:  # “catalog lint” tells what is wrong with it
        return ()


def faults_of(article: Article | None, amendment: Amendment) -> list[str]:
    """What would keep a translation off the page: unsafe or foreign links, markup that is none, a slug that is no address."""
    if amendment.domain == UI_DOMAIN:
        return []
    role = ROLES.get(amendment.context, Role(amendment.context, Level.NONE))
    language = article.language if article else ""
    text = Text(amendment.id, role, language, "", 1, 1, amendment.domain)
    found = (translation_fault(text, words) for words in map(_clean, amendment.strings) if words)
    return [fault for fault in found if fault]


def amend(site: Site, article: Article | None, amendment: Amendment) -> PoEntry:
    """
    Write an amendment to its catalog, and give the entry as it stands there now.

    Raises Conflict where the entry is not as the translator saw it any more, Refused where the amendment would break the page or
    must not be written, CatalogError where the catalog cannot be read, and A11yNewsError where it cannot be written. The file is
    as it was then.
    """
    path = catalog_file(site, amendment.language, amendment.domain)
    if faults := faults_of(article, amendment):
        raise Refused(faults[0])
    name = site.shown(path)
    for _ in range(3):
        content = _content(path, name)
        po = PoFile.parse(content, name)
        entry = _entry_of(po, amendment)
        if revision_of(entry) != amendment.revision:
            raise Conflict(
                say(
                    "{file}:{line} has changed on the disk since you opened it, and nothing was saved; compare the two",
                    file=name,
                    line=entry.string_line,
                ),
                entry,
            )
        entry.set_strings(_strings_of(entry, amendment))
        entry.set_fuzzy(amendment.fuzzy and entry.translated)
        if not entry.fuzzy:
            entry.set_previous(None)
        po.content()  # renews the numbers of lines
        if _content(path, name) == content:
            po.write(path)
            return entry
    raise Conflict(say("{file} is being written by somebody else; try again", file=name), None)


def _content(path: Path, name: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"the catalog cannot be read ({reason}); check that it is a file and that you may read it"
        raise CatalogError([Fault(name, 1, 1, message)]) from None


def _entry_of(po: PoFile, amendment: Amendment) -> PoEntry:
    for entry in po.live:
        if entry.key == (amendment.context, amendment.id):
            return entry
    message = say(
        "{file} does not have this text any more, and nothing was saved; run “a11ynews catalog update {language}”",
        file=po.file,
        language=amendment.language,
    )
    raise Conflict(message, None)


def _strings_of(entry: PoEntry, amendment: Amendment) -> dict[int, str]:
    """The strings for an entry. Raises Refused where they are too many, too few or too long."""
    if len(amendment.strings) != len(entry.strings):
        raise Refused(
            say_number(
                "the entry has {n} form, and {given} were sent; load the page anew",
                "the entry has {n} forms, and {given} were sent; load the page anew",
                len(entry.strings),
                given=len(amendment.strings),
            )
        )
    if max(map(len, amendment.strings), default=0) > LONGEST:
        raise Refused(say("a translation has more than {most} characters; shorten it", most=LONGEST))
    multiline = "\n" in entry.id
    return {index: _clean(words, multiline=multiline) for index, words in enumerate(amendment.strings)}


def _clean(words: str, *, multiline: bool = False) -> str:
    """
    What somebody typed or pasted, as a catalog can hold it: on one line, unless the source has several.

    Without our own marks, and without control characters, which no page can show.
    """
    words = strike(words).replace("\r\n", "\n").replace("\r", "\n")
    if not multiline:
        words = re.sub(r"\s*\n\s*", " ", words).strip(" \t")
    return _CONTROLS.sub("", words)


_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
