"""Markup in catalogs: links, emphasis, foreign words and names, which a translation has as its source has them."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from .. import markup
from ..article import slug_fault
from ..catalog import Bitext, Unit
from ..errors import LanguageError
from ..finding import Severity
from ..language import same_language, tag_of
from ..markup import Node
from ..message import language_name, say
from ..page import excerpt
from ..rule import rule

# What is left of markup in plain words where it did not work, and what to do about it.
_LEFTOVERS = (
    (
        r"\][\s\u200b]+\((?=\S*[/@#:])|[\])}]\s*[({](?=https?:|mailto:|tel:)|\[[^\[\]]*\]?\(?(?=https?:|mailto:)",
        say("write the link as [words](address)"),
    ),
    (r"\*\*", say("put ** right before and right after the words that are strong")),
    (r"(?<!\w)\*|\*(?!\w)", say("put * right before and right after the emphasised words, or \\* for an asterisk")),
    (r"<\s*+(?:/\s*+)?i\b[^>]*>?", say('write <i lang="…"> with straight quotation marks before, </i> after the words')),
    (r"(?i)</?(?:a|abbr|b|br|em|p|small|span|strong|sub|sup|u)\b[^<>]*>", say("take the tag out: no HTML works here")),
    (
        r"(?i)&(?:amp|lt|gt|quot|apos|nbsp|shy|[lr][ad]quo|[bs]quo|hellip|[mn]dash|[aou]uml|szlig|#\d+|#x[\da-f]+);",
        say("write the character itself"),
    ),
)


def _kinds(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _kinds(node.children)


@rule("po-markup", on=Bitext)
def po_markup(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Markup in a translation is whole.

    What does not close or has a blank too many stands on the page as it is written. HTML and entities do not work in a text.
    Marks that the source has on purpose are no fault, nor is an asterisk within a word.

    Bad: `[de paragraph] Read the [report](https://a.example/) => Lesen Sie den [Bericht] (https://a.example/)`
    Bad: `[de paragraph] **Note:** closed today => **Hinweis: heute geschlossen`
    Bad: `[de paragraph] **Note:** closed today => **Hinweis: ** heute geschlossen`
    Bad: `[it paragraph] A *slow* food => Un cibo <em>lento</em>`
    Bad: `[it paragraph] At <i lang="de">Marienplatz</i> => In <i lang=“de”>Marienplatz</i>`
    Bad: `[de paragraph] Hand in hand => Hand in&nbsp;Hand`
    Bad: `[de paragraph] See [here](https://a.example/) => Siehe [](https://a.example/)`
    Good: `[de paragraph] **Note:** closed today => **Hinweis:** heute geschlossen`
    Good: `[de paragraph] Ask your colleagues => Fragen Sie Ihre Kolleg*innen`
    """
    for unit in bitext.units:
        if not unit.plain.strip() and unit.words.strip():
            yield unit, say("there is markup and no words in {words}; translate them", words=excerpt(unit.words))
            continue
        for node in _kinds(unit.nodes):
            if node.kind == "a" and not markup.plain(node.children).strip():
                to = excerpt(node.value)
                yield unit, say("the link to {target} has no words; write what it leads to between [ and ]", target=to)
        for pattern, remedy in _LEFTOVERS:
            found, there = re.findall(pattern, unit.plain), re.findall(pattern, unit.source_plain)
            if len(found) > len(there):
                broken = excerpt(found[-1].rstrip(";"))
                yield unit, say("the markup {markup} does not work; {remedy}", markup=broken, remedy=remedy)
                break


@rule("po-link-target", on=Bitext)
def po_link_target(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    A translation links to what its source links to, no more and no less.

    An address that the source does not have is not put on a page at all: the text falls back to the source language.

    Bad: `[de paragraph] The [report](https://a.example/) => Der [Bericht](https://a.example/de)`
    Bad: `[de paragraph] The [report](https://a.example/) => Der Bericht`
    Bad: `[de paragraph] The report => Der [Bericht](https://a.example/)`
    Good: `[de paragraph] The [report](https://a.example/) by [Ana](/ana) => Der von [Ana](/ana) verfasste [Bericht](https://a.example/)`
    """
    for unit in bitext.units:
        wanted, found = Counter(markup.targets(unit.source_nodes)), Counter(markup.targets(unit.nodes))
        # An address that stands there as plain words is the matter of po-markup.
        lost = [target for target in (wanted - found) if target not in unit.plain]
        added = list(found - wanted)
        if lost and added:
            yield (
                unit,
                say(
                    "the link leads to {found} and not to {wanted}; write the source's address",
                    found=excerpt(added[0]),
                    wanted=excerpt(lost[0]),
                ),
            )
        elif lost:
            yield (
                unit,
                say(
                    "the link to {target} is missing; put [ ] around its words and ({address}) behind them",
                    target=excerpt(lost[0]),
                    address=lost[0],
                ),
            )
        elif added:
            to = excerpt(added[0])
            yield unit, say("the source has no such link to {target}; take it out, or ask for it in the record", target=to)


@rule("po-emphasis", on=Bitext, severity=Severity.WARNING)
def po_emphasis(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    What the source emphasises is emphasised in the translation.

    A verb in two parts may need two marks for one; where the source has none, there are none.

    Bad: `[de paragraph] **Note:** closed today => Hinweis: heute geschlossen`
    Bad: `[de paragraph] **Note:** closed *today* => **Hinweis:** heute **geschlossen**`
    Bad: `[de paragraph] Closed today => **Heute** geschlossen`
    Good: `[de paragraph] It **begins** today => Es **fängt** heute **an**`
    """
    for unit in bitext.units:
        wanted, found = (Counter(node.kind for node in _kinds(nodes)) for nodes in (unit.source_nodes, unit.nodes))
        told = {"wanted": wanted["strong"], "found": found["strong"]}
        if _is_lost(unit, "**", **told):
            yield unit, say("the source has {wanted} strong and the translation {found}; put ** around the words", **told)
        elif found["strong"] and not wanted["strong"]:
            yield unit, say("words are strong that are not in the source; take ** away")
        told = {"wanted": wanted["em"], "found": found["em"]}
        if _is_lost(unit, "*", **told):
            yield unit, say("the source has {wanted} emphasised and the translation {found}; put * around the words", **told)
        elif found["em"] and not wanted["em"]:
            yield unit, say("words are emphasised that are not in the source; take * away")


def _is_lost(unit: Unit, mark: str, wanted: int, found: int) -> bool:
    """Whether words are no longer emphasised, and not because a mark stands in the wrong place: that is po-markup's matter."""
    return found < wanted and unit.plain.count(mark) <= unit.source_plain.count(mark)


@rule("po-lang", on=Bitext, wcag=("3.1.2",))
def po_lang(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Words that the source marks as foreign are marked in the translation, as of the same language.

    `lang` makes a voice change its accent. What is in the translation's own language needs no mark, and a translation may mark
    more than its source does.

    Bad: `[de paragraph] At <i lang="it">Piazza Navona</i> => An der <i lang="en">Piazza Navona</i>`
    Bad: `[de paragraph] At <i lang="it">Piazza Navona</i> => An der Piazza Navona`
    Bad: `[de paragraph] At <i lang="it">Piazza Navona</i> => An der <i lang="deutsch">Piazza Navona</i>`
    Good: `[de paragraph] At <i lang="it">Piazza Navona</i> => An der <i lang="it">Piazza Navona</i>`
    Good: `[it paragraph] At <i lang="it">Piazza Navona</i> => In piazza Navona`
    Good: `[de paragraph] A Memorandum of Understanding => Ein <i lang="en">Memorandum of Understanding</i>`
    """
    for unit in bitext.units:
        wanted, found = Counter(markup.languages(unit.source_nodes)), Counter(markup.languages(unit.nodes))
        needed = Counter({tag: count for tag, count in wanted.items() if not same_language(tag, unit.language)})
        lost, added = list(needed - found), list(found - wanted)
        if wrong := [tag for tag in added if _is_wrong(tag)]:
            tag = excerpt(wrong[0])
            yield unit, say("lang={tag} is no language; write the source's, or a tag such as “en”", tag=tag)
        elif lost and added:
            yield (
                unit,
                say(
                    'the words are marked as {found} and in the source as {wanted}; write lang="{tag}"',
                    found=_name(added[0]),
                    wanted=_name(lost[0]),
                    tag=lost[0],
                ),
            )
        elif lost and not re.search(r"<\s*i\b", unit.plain):
            yield (
                unit,
                say(
                    'the source marks words as {language}; put <i lang="{tag}"> and </i> around them',
                    language=_name(lost[0]),
                    tag=lost[0],
                ),
            )


def _is_wrong(tag: str) -> bool:
    try:
        tag_of(tag)
    except LanguageError:
        return True
    return False


def _name(tag: str) -> str:
    return excerpt(tag) if _is_wrong(tag) else language_name(tag)


@rule("po-lang-words", on=Bitext, severity=Severity.WARNING, wcag=("3.1.2",))
def po_lang_words(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Words in `<i lang="…">` stay in that language.

    Translated, they would be read out in the accent of a language that they are not in.

    Bad: `[de paragraph] At <i lang="it">Piazza Navona</i> => Am <i lang="it">Navona-Platz</i>`
    Good: `[de paragraph] At <i lang="it">Piazza Navona</i> => Auf der <i lang="it">Piazza Navona</i>`
    Good: `[de paragraph] An agreement => Ein <i lang="en">agreement</i>`
    """
    for unit in bitext.units:
        kept = {(node.value, _folded(node)) for node in _kinds(unit.nodes) if node.kind == "i"}
        for node in _kinds(unit.source_nodes):
            if node.kind != "i" or (node.value, _folded(node)) in kept or same_language(node.value, unit.language):
                continue
            if any(tag == node.value for tag, _ in kept):
                yield (
                    unit,
                    say(
                        "the words {words} are {language} in the source and read otherwise here; leave them as they are",
                        words=excerpt(markup.plain([node])),
                        language=_name(node.value),
                    ),
                )


def _folded(node: Node) -> str:
    return " ".join(markup.plain([node]).casefold().replace("’", "'").split())


@rule("po-names", on=Bitext, wcag=("3.1.2",))
def po_names(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    A name that the record keeps stands in the translation as it stands there.

    Only so is it marked for voices and machine translation. A German genitive may add its letter.

    Bad: `{Donatella Sciuto} [de paragraph] Donatella Sciuto was elected. => Donatela Sciuto wurde gewählt.`
    Bad: `{PoliMi} [it paragraph] A visit to PoliMi => Una visita al Politecnico`
    Good: `{Donatella Sciuto} [de paragraph] Donatella Sciuto’s term => Donatella Sciutos Amtszeit`
    Good: `{TUM} [de caption] The ambassador of TUM => Der TUM-Botschafter`
    """
    marker = markup.NameMarker(bitext.names)
    for unit in bitext.units:
        if unit.role.name == "slug":
            continue
        for name in marker.found(unit.source_plain):
            if not re.search(rf"(?<!\w){re.escape(name)}(?:(?:e?s|['’ʼ]s?)?(?!\w))", unit.plain):
                if near := _nearest(name, unit.plain):
                    told = {"name": excerpt(name), "found": excerpt(near)}
                    yield unit, say("the name {name} reads {found}; write it as the source does", **told)
                else:
                    yield unit, say("the name {name} is missing; write it as the source does", name=excerpt(name))


def _nearest(name: str, words: str) -> str:
    """The run of words that is most like a name; empty where none is."""
    parts, size = words.split(), len(name.split())
    runs = (" ".join(parts[at : at + size]).strip(".,;:!?()«»“”„‘’") for at in range(len(parts) - size + 1))
    return next(iter(difflib.get_close_matches(name, runs, 1, 0.75)), "")


@rule("po-slug", on=Bitext)
def po_slug(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    An address is written in small letters and digits, with “-” between words.

    Bad: `[de slug] the-bridge => Die Brücke`
    Good: `[de slug] the-bridge => die-brücke`
    """
    for unit in bitext.units:
        if unit.role.name == "slug" and (fault := slug_fault(unit.words)):
            yield unit, fault
