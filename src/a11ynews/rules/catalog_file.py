"""Catalogs as files: their header, plural forms, fields, and the comments that keep a rule quiet."""

import gettext
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from ..catalog import UI_DOMAIN, Bitext, Unit
from ..errors import LanguageError, shorten
from ..finding import Severity
from ..language import folder_of, same_language, tag_of
from ..message import Message, language_name, say
from ..page import excerpt
from ..po import PoEntry, is_plural_rule_of, plural_forms
from ..rule import rule
from .ignore import Ignore, read_ignore

_COUNTS = (*range(203), 1000, 1_000_000)
"""The numbers that tell two plural rules apart, for every rule that gettext knows."""

_FIELD = re.compile(r"\{\{|\}\}|\{(\w*)\}")
_CONFLICT = re.compile(r"#-#-#-#-#")


@rule("po-header", on=Bitext)
def po_header(bitext: Bitext) -> Iterator[tuple[None, str]]:
    """
    A catalog begins with a header that names its character set.

    Without one gettext takes the letters for another alphabet's, and tools refuse the file or damage it.

    Bad: `[de header] Language: de`
    Good: `[de header] Language: de; Content-Type: text/plain, charset=UTF-8`
    """
    if bitext.header_entry is None:
        yield None, say('the catalog has no header; run “a11ynews catalog update”, or begin it with msgid "" and its header')
    elif "charset=" not in bitext.header.get("Content-Type", "").lower():
        yield None, say('the header names no character set; write "Content-Type: text/plain; charset=UTF-8\\n"')


@rule("po-header-language", on=Bitext)
def po_header_language(bitext: Bitext) -> Iterator[tuple[None, str]]:
    """
    The header names the language of the catalog's folder.

    Translators' tools go by it: they spell-check in it, and offer translations from other catalogs of the same language.

    Bad: `[de header] Language: it`
    Bad: `[de header] Language: `
    Bad: `[de header] Language: german`
    Good: `[de header] Language: de`
    Good: `[de header] Language: de_AT`
    """
    if bitext.header_entry is None:
        return
    written, folder = bitext.header.get("Language", ""), bitext.language
    write = say('write "Language: {folder}\\n"', folder=folder_of(folder))
    try:
        if not written:
            yield None, say("the header names no language; {write}", write=write)
        elif not same_language(tag_of(written), folder):
            yield (
                None,
                say(
                    "the header says {said} and the catalog is in the folder for {own}; {write}, or move the file",
                    said=language_name(tag_of(written)),
                    own=language_name(folder),
                    write=write,
                ),
            )
    except LanguageError:
        yield None, say("the header's language {written} is none; {write}", written=excerpt(written), write=write)


@rule("po-header-fuzzy", on=Bitext)
def po_header_fuzzy(bitext: Bitext) -> Iterator[tuple[None, str]]:
    """
    The header is not flagged fuzzy.

    pybabel leaves out a catalog with such a header, without an error.

    Bad: `[de header fuzzy] Language: de`
    Good: `[de header] Language: de`
    """
    if bitext.header_entry is not None and bitext.header_entry.fuzzy:
        yield None, say("the header is flagged fuzzy; delete its line “#, fuzzy”")


@lru_cache
def _chooser(header: str) -> tuple[int, Callable[[int], int]] | None:
    """How many forms a header asks for and which number takes which; None for one that does not work."""
    match = re.fullmatch(r"nplurals\s*=\s*([0-9]+)\s*;\s*plural\s*=(.*)", header.strip().removesuffix(";"), re.DOTALL)
    if not match:
        return None
    try:
        choose = gettext.c2py(match[2])
        return (int(match[1]), choose) if all(choose(n) < int(match[1]) for n in _COUNTS) else None
    except (ValueError, ArithmeticError, RecursionError):
        return None


@rule("po-plural-forms", on=Bitext)
def po_plural_forms(bitext: Bitext) -> Iterator[tuple[None, str]]:
    """
    The header's rule of plural forms is gettext's for the language, or CLDR's, which newer tools write.

    With another one, a page says “1 Bilder” or takes the words of a form that the language does not have. Only a catalog that
    holds plurals needs the line.

    Bad: `[de header] Plural-Forms: nplurals=1, plural=0`
    Bad: `[de header] Plural-Forms: nplurals=2, plural=(n > 1)`
    Bad: `[de header] Plural-Forms: two`
    Bad: `[de header] Language: de [de page] {n} photo | {n} photos => {n} Foto | {n} Fotos`
    Good: `[de header] Plural-Forms: nplurals=2, plural=n == 1 ? 0 : 1`
    Good: `[it header] Plural-Forms: nplurals=3, plural=(n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2)`
    Good: `[de header] Language: de`
    """
    if bitext.header_entry is None:
        return
    written, right = bitext.header.get("Plural-Forms", ""), plural_forms(bitext.language)
    write = say('write "Plural-Forms: {forms}\\n"', forms=right)
    if not written:
        if any(entry.plural for entry in bitext.messages):
            yield None, say("the header has no Plural-Forms and the catalog has plurals; {write}", write=write)
        return
    if written == right:
        return
    if _chooser(written) is None:
        yield None, say("the header's plural forms {forms} do not work; {write}", forms=excerpt(written), write=write)
    elif not is_plural_rule_of(written, bitext.language):
        language = language_name(bitext.language)
        yield None, say("the header's plural forms are not those of {language}; {write}", language=language, write=write)


@rule("po-plural-strings", on=Bitext)
def po_plural_strings(bitext: Bitext) -> Iterator[tuple[PoEntry, str]]:
    """
    A message with a plural has as many strings as the header says, and all of them or none are translated.

    Bad: `[de page] {n} photo | {n} photos => {n} Foto`
    Bad: `[de page] {n} photo | {n} photos => {n} Foto | {n} Fotos | {n} Fotos`
    Bad: `[de page] {n} photo | {n} photos => {n} Foto | `
    Good: `[de page] {n} photo | {n} photos => {n} Foto | {n} Fotos`
    """
    chooser = _chooser(bitext.header.get("Plural-Forms", "")) or _chooser(plural_forms(bitext.language))
    for entry in bitext.messages:
        strings = entry.strings
        if not entry.plural or entry.fuzzy or not any(strings.values()):
            continue
        if chooser and len(strings) != chooser[0]:
            yield (
                entry,
                say(
                    "{source} has {given} plural forms and the header asks for {wanted}; mend one of them",
                    source=excerpt(entry.id),
                    given=len(strings),
                    wanted=chooser[0],
                ),
            )
        elif empty := [n for n, string in strings.items() if not string.strip()]:
            told = {"source": excerpt(entry.id), "form": empty[0]}
            yield entry, say("{source} has no words for the plural form {form}; translate it too", **told)


@rule("po-conflict", on=Bitext)
def po_conflict(bitext: Bitext) -> Iterator[tuple[PoEntry, str]]:
    """
    No translation holds the marks that msgcat and msgmerge leave between two that they could not choose from.

    Bad: `[de heading] The bridge => #-#-#-#-#  a.po  #-#-#-#-#Die Brücke#-#-#-#-#  b.po  #-#-#-#-#Der Steg`
    Good: `[de heading] The bridge => Die Brücke`
    """
    for entry in bitext.catalog.entries.values():
        if any(_CONFLICT.search(string) for string in entry.strings.values()):
            yield entry, say("two translations stand here with #-#-#-#-# between them; keep one, and delete the marks")


def _fields(words: str) -> set[str]:
    return {match[1] for match in _FIELD.finditer(words) if match[1] is not None}


@rule("po-fields", on=Bitext)
def po_fields(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    A message of the page's own words has the fields of its source, as they are written there.

    A field is filled in with a date, a name or a number. One that is misspelt or missing breaks the page. A plural form that
    serves one number alone may say it in words.

    Bad: `[de page] Published on {date} => Veröffentlicht am {datum}`
    Bad: `[de page] Published on {date} => Veröffentlicht`
    Bad: `[de page] Published on {date} => Veröffentlicht am {date`
    Bad: `[de page] {n} photo | {n} photos => {n} Foto | Fotos`
    Good: `[de page] Published on {date} => Am {date} veröffentlicht`
    Good: `[de page] {n} photo | {n} photos => ein Foto | {n} Fotos`
    """
    if bitext.catalog.domain != UI_DOMAIN:
        return
    for unit in bitext.units:
        source = _fields(unit.entry.id) | _fields(unit.entry.plural)
        if not source and "python-brace-format" not in unit.entry.flags:
            continue
        said, left = _fields(unit.words), _FIELD.sub("", unit.words)
        needed = set() if _serves_one(bitext, unit) else _fields(unit.source)
        shown = ", ".join(f"{{{name}}}" for name in sorted(source))
        if unknown := sorted(said - source):
            if shown:
                field = unknown[0]
                yield unit, say("the source has no field {{{field}}}; its fields are: {fields}", field=field, fields=shown)
            else:
                yield unit, say("the source has no field {{{field}}}; its fields are: none", field=unknown[0])
        elif lost := sorted(needed - said):
            yield unit, say("the field {{{field}}} is missing; put it where it belongs in the sentence", field=lost[0])
        elif "{" in left or "}" in left:
            words = excerpt(unit.words)
            yield (
                unit,
                say("a brace stands alone in {words}; write the field as in the source, or {{{{ for a brace", words=words),
            )


def _serves_one(bitext: Bitext, unit: Unit) -> bool:
    """Whether the string is the plural form of a single number: 1 in German, but 1, 21, 31 … in Russian."""
    if not unit.entry.plural:
        return False
    index = next((n for n, words in unit.entry.strings.items() if words is unit.words), 0)
    return sum(bitext.catalog.plural(n) == index for n in _COUNTS) == 1


def ignores(entry: PoEntry) -> Iterator[Ignore | str]:
    """The comments of an entry that are addressed to a11ynews; the words of one that is not understood."""
    for comment in entry.comments:
        asks = read_ignore(comment)
        if asks is not None:
            yield asks


@rule("po-ignore", on=Bitext, severity=Severity.WARNING)
def po_ignore(bitext: Bitext) -> Iterator[tuple[PoEntry, str]]:
    """
    A comment that keeps a rule quiet names the rule and says why, and the rule has something to say.

    `# a11ynews: ignore po-numbers because the sum is in words` above an entry takes this rule's findings about it away. A comment
    without a reason does nothing, and one that nothing is found for any more should go.

    Bad: `[de heading # a11ynews: ignore po-same] The bridge => The bridge`
    Bad: `[de heading # a11ynews: ignore po-same because it is a name] The bridge => Die Brücke`
    Bad: `[de heading # a11ynews: ignore po-smae because it is a name] The bridge => The bridge`
    Good: `[de heading # a11ynews: ignore po-same because it is the name of a film] The bridge => The bridge`
    """
    for entry in bitext.catalog.entries.values():
        for said in ignores(entry):
            if isinstance(said, str):
                yield (
                    entry,
                    say(
                        "the comment {words} says not which rule to ignore and why; write “{form}”",
                        words=excerpt(shorten(said)),
                        form="# a11ynews: ignore RULE because …",
                    ),
                )


def idle_ignore(rule_id: str, known: bool) -> Message:
    """The message about a comment that keeps quiet what says nothing."""
    if not known:
        return say("there is no rule “{rule}”; write its name as the finding has it in brackets", rule=rule_id)
    return say("{rule} finds nothing here any more; delete the comment that ignores it", rule=rule_id)
