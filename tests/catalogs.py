"""
Catalogs for tests, made of a line of notation, as the rules' examples have it.

    {TUM, PoliMi} [de paragraph] PoliMi was founded in 1863. => PoliMi wurde 1863 gegründet. [de caption] Milan => Mailand

In braces: the names that stay, or a line of the glossary (`{partnership = Partnerschaft | Allianz, not Kooperation}`). In
brackets: the language of the catalog and the role of the text, then a flag, then a translator's comment. `page` is the role of
the page's own words, whose plural forms stand between bars. `[de header] Language: it; …` are the fields of a header, with commas
for the semicolons in them. `{carries de: Eine Straße}` says what the first picture carries in its metadata. Quotation marks
around a translation keep the blanks in it, and `\u200b` is that character.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from a11ynews.catalog import UI_DOMAIN, Bitext, PictureTexts, Term, bitext, catalog_of
from a11ynews.finding import Finding
from a11ynews.lint import check_catalogs
from a11ynews.markup import Name
from a11ynews.po import PoEntry, PoFile
from a11ynews.report import Report
from a11ynews.rule import Rule
from a11ynews.rules import CATALOG_RULES

_TEXT = re.compile(
    r"\[(?P<language>[a-z]{2}(?:-[A-Z]{2})?) (?P<role>[a-z][a-z ]*?)(?: (?P<flag>[a-z-]+:\d+|fuzzy))?"
    r"(?: # (?P<comment>[^\]]*))?\] "
)
_KEPT = re.compile(r"\{([^{}]*)\} (?=[\[{])")


def catalog_in(example: str) -> Bitext:
    """The catalog of one line of notation, beside its source."""
    names: list[Name] = []
    glossary: list[Term] = []
    carried: dict[str, str] = {}
    while kept := _KEPT.match(example):
        example = example[kept.end() :]
        if carries := re.fullmatch(r"carries (\S+): (.*)", kept[1]):
            carried = {carries[1]: carries[2]}
        elif "=" in kept[1]:
            glossary.append(_term(kept[1]))
        else:
            names += [Name(words.strip()) for words in kept[1].split(",")]
    parts = list(_TEXT.finditer(example))
    language = parts[0]["language"]
    po = PoFile.new(language, f"locales/{language.replace('-', '_')}/LC_MESSAGES/bridge.po")
    pictures: list[PictureTexts] = []
    for part, end in zip(parts, [*(part.start() for part in parts[1:]), len(example)], strict=True):
        body = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), example[part.end() : end].strip(" "))
        if part["role"] == "header":
            po.entries[0].set_strings({0: "".join(f"{field.replace(',', ';')}\n" for field in body.split("; "))})
            po.entries[0].set_fuzzy(part["flag"] == "fuzzy")
            continue
        entry = _entry(part["role"], body)
        entry.set_flags([part["flag"]] if part["flag"] else [])
        entry.set_comments([part["comment"]] if part["comment"] else [])
        if part["role"] == "alt":
            pictures.append(PictureTexts(f"{len(pictures) + 1}.png", entry.id, "", {} if pictures else carried))
        elif part["role"] == "caption" and pictures:
            pictures[-1] = replace(pictures[-1], caption=entry.id)
        po.entries.append(entry)
    domain = UI_DOMAIN if any(part["role"] == "page" for part in parts) else "bridge"
    return bitext_of(po, language, domain, names, pictures, glossary)


def _entry(role: str, body: str) -> PoEntry:
    source, _, words = body.partition(" => ")
    id, _, plural = source.partition(" | ")
    strings = re.split(r" \| ?", words) if plural else [words[1:-1] if re.fullmatch('".*"', words) else words]
    entry = PoEntry.new("" if role == "page" else role, id, plural)
    entry.set_strings(dict(enumerate(strings)))
    return entry


def _term(line: str) -> Term:
    source, _, rest = line.partition(" = ")
    right, _, wrong = rest.partition(", not ")
    return Term(source, tuple(right.split(" | ")), tuple(wrong.split(" | ")) if wrong else ())


def bitext_of(
    po: PoFile,
    language: str,
    domain: str = "bridge",
    names: Sequence[Name] = (),
    pictures: Sequence[PictureTexts] = (),
    glossary: Sequence[Term] = (),
    source_language: str = "",
) -> Bitext:
    """A PO file beside its source, which is English or, of an English catalog, German, where no language is named."""
    po.content()  # numbers the lines
    source = source_language or ("de" if language == "en" else "en")
    return bitext(catalog_of(po, language, domain), source, names, pictures, glossary)


def report_on(*catalogs: Bitext, rules: Sequence[Rule[Any]] = CATALOG_RULES) -> Report:
    """What is found in catalogs."""
    report = Report(noun="catalog")
    check_catalogs(catalogs, "locales", report, rules)
    assert report.unfinished == []
    return report


def found(rule: Rule[Any], *examples: str) -> list[Finding]:
    """What a rule finds in the catalogs of some examples. All rules run, for comments may ignore any of them."""
    return [finding for finding in report_on(*map(catalog_in, examples)).findings if finding.rule == rule.id]


def told(rule: Rule[Any], *examples: str) -> list[str]:
    """The messages of what a rule finds."""
    return [finding.message for finding in found(rule, *examples)]
