"""
The language editions of a page, side by side: what one of them has and the others lack.

Pages are editions of one another where their heads say so (`hreflang`), or where a link of each leads to the other and names its
language. Words differ, addresses of pages in other languages too; what is compared is what holds the words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml.html import HtmlElement

from ..aria import in_words
from ..finding import Owner, Severity
from ..language import same_language
from ..message import Message, language_name, say, say_number
from ..page import Attribute, Exposed, Page, PageSet, Part, SeenPages, address_key, excerpt
from ..rule import rule
from .language import tag_fault
from .traits import DEFAULT, THINGS, Picture, Traits, content_of, file_of, keys_of, once_for_all, traits_in


@once_for_all
def _editions(pages: PageSet) -> list[list[Page]]:
    """The groups of pages that are one page in several languages, one page a language."""
    known = traits_in(pages)
    at = {key: page for page, traits in known.items() for key in keys_of(page, traits)}
    linked: dict[Page, set[Page]] = {}
    for page, traits in known.items():
        found = [(tag, at.get(key)) for tag, key in traits.editions]
        linked[page] = {
            other
            for tag, other in found
            if other is not None and other is not page and same_language(tag, known[other].language or tag)
        }
    order = {page: number for number, page in enumerate(pages.pages)}
    group: dict[Page, list[Page]] = {page: [page] for page in pages.pages}
    for page, traits in known.items():
        named = [at.get(key) for tag, key in traits.versions if tag != DEFAULT]
        mutual = sorted((other for other in linked[page] if page in linked[other]), key=order.__getitem__)
        for other in [*named, *mutual]:
            if other is None or other is page:
                continue
            mine, theirs = group[page], group[other]
            languages = {known[one].language for one in mine}
            if mine is not theirs and not any(known[one].language in languages or not known[one].language for one in theirs):
                mine.extend(theirs)
                group.update(dict.fromkeys(theirs, mine))
    groups = {id(members): sorted(members, key=order.__getitem__) for members in group.values() if len(members) > 1}
    return list(groups.values())


def _list_in_words(key: str) -> Message:
    return say_number("a list of {n} item", "a list of {n} items", int(key.split()[1]))


def _table_in_words(key: str) -> Message:
    rows, columns = (int(number) for number in key.split())
    return say("a table of {rows} rows and {columns} columns", rows=rows, columns=columns)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of things that every edition must have."""

    what: Callable[[Page, str, HtmlElement], Message]
    """One of them in words, by what is the same of it in every language."""
    figures: Callable[[int, int], Message]
    """How many there are, here and there."""


_KINDS = {
    "headings": _Kind(
        lambda page, key, one: say("the heading {words} (h{level})", words=excerpt(page.name_of(one)), level=key),
        lambda here, there: say("headings: {here} here, {there} there", here=here, there=there),
    ),
    "landmarks": _Kind(
        lambda _page, key, _one: say("the {role} landmark", role=in_words(key)),
        lambda here, there: say("landmarks: {here} here, {there} there", here=here, there=there),
    ),
    "pictures": _Kind(
        lambda page, _key, one: say("the picture {name}", name=excerpt(one.get("alt") or file_of(page, one) or str(one.tag))),
        lambda here, there: say("pictures: {here} here, {there} there", here=here, there=there),
    ),
    "links": _Kind(
        lambda page, _key, one: say("the link {words}", words=excerpt(page.name_of(one))),
        lambda here, there: say("links: {here} here, {there} there", here=here, there=there),
    ),
    "lists": _Kind(
        lambda _page, key, _one: _list_in_words(key),
        lambda here, there: say("lists: {here} here, {there} there", here=here, there=there),
    ),
    "tables": _Kind(
        lambda _page, key, _one: _table_in_words(key),
        lambda here, there: say("tables: {here} here, {there} there", here=here, there=there),
    ),
    "recordings": _Kind(
        lambda page, key, one: say("the {tag} {name}", tag=f"<{key}>", name=excerpt(one.get("src") or page.name_of(one))),
        lambda here, there: say("recordings: {here} here, {there} there", here=here, there=there),
    ),
}


@rule("language-parity", on=PageSet, severity=Severity.REVIEW, owner=Owner.EDITOR)
def language_parity(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    The language editions of a page hold the same: headings, landmarks, pictures, links, lists, tables and recordings.

    What only one edition has, the readers of the others do not get. An edition may differ for a reason: a person must look.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><img src="a.jpg" alt="A street"></main>`
    `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head><body><main>Text</main></body></html>`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><img src="a.jpg" alt="A street"></main>`
    `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head><body><main><img src="a.jpg" alt="Eine
    Straße"></main></body></html>`
    """
    traits = traits_in(pages)
    for editions in _editions(pages):
        for number, kind in enumerate(THINGS):
            yield from _differing(pages, [(page, traits[page].things[number]) for page in editions], kind)


_Found = tuple[Page, Sequence[str]]


def _differing(pages: PageSet, found: Sequence[_Found], kind: str) -> Iterator[tuple[tuple[Page, Part], str]]:
    """Where editions differ in one kind of thing: each that differs from what most have, else from the first, is told once."""
    first = found[0]
    if all(one[1] == first[1] for one in found):
        return
    votes = [sum(not any(_compared(other[1], one[1])) for other in found) for one in found]
    most = max(votes)
    usual = found[votes.index(most)] if most * 2 > len(found) else first
    for one in found:
        extra, lacking = _compared(usual[1], one[1])
        if not extra and not lacking:
            continue
        # Of two editions the one that has more is told: there the thing stands that the other lacks.
        here, other = one, usual
        if not extra and most * 2 <= len(found):
            here, other, extra = usual, one, lacking
        numbers = _KINDS[kind].figures(len(here[1]), len(other[1]))
        opened, name = pages.opened(here[0]), other[0].name
        language = _language(opened)
        if not extra:
            what, _element = _thing(pages.opened(other[0]), kind, lacking[0])
            yield (
                (opened, content_of(opened)),
                say(
                    "only the {language} edition lacks {what} of {name} ({numbers}); look whether that is meant",
                    language=language,
                    what=what,
                    name=name,
                    numbers=numbers,
                ),
            )
            continue
        what, element = _thing(opened, kind, extra[0])
        if most * 2 > len(found) or len(found) == 2:
            yield (
                (opened, element),
                say(
                    "only the {language} edition has {what}, and {name} has not ({numbers}); look whether that is meant",
                    language=language,
                    what=what,
                    name=name,
                    numbers=numbers,
                ),
            )
        else:
            yield (
                (opened, element),
                say(
                    "the {language} edition has {what}, and {name} has not ({numbers}); look whether that is meant",
                    language=language,
                    what=what,
                    name=name,
                    numbers=numbers,
                ),
            )


def _thing(page: Page, kind: str, number: int) -> tuple[Message, HtmlElement]:
    """The how manieth thing of a kind on a page: in words, and where it stands."""
    key, element = THINGS[kind](page)[number]
    return _KINDS[kind].what(page, key, element), element


def _language(page: Page) -> str:
    return page.name if not page.language or tag_fault(page.language) else language_name(page.language)


_MOST = 300
"""So many things of a kind are compared one by one, after what is the same at both ends."""


def _compared(usual: Sequence[str], here: Sequence[str]) -> tuple[list[int], list[int]]:
    """
    What an edition has more than is usual, and less: the numbers of the things, among its own and among the usual ones.

    What stands in the place of another thing is its counterpart: a map with Italian names for one with German names.
    """
    if usual == here:
        return [], []
    start = 0
    while start < min(len(usual), len(here)) and usual[start] == here[start]:
        start += 1
    end = 0
    while end < min(len(usual), len(here)) - start and usual[-1 - end] == here[-1 - end]:
        end += 1
    usual, here = usual[start : len(usual) - end][:_MOST], here[start : len(here) - end][:_MOST]
    extra: list[int] = []
    lacking: list[int] = []
    matcher = SequenceMatcher(None, usual, here, autojunk=False)
    for what, low, high, first, last in matcher.get_opcodes():
        if what != "equal":
            fewer = min(high - low, last - first)
            extra += range(start + first + fewer, start + last)
            lacking += range(start + low + fewer, start + high)
    return extra, lacking


# What has no bearing on the structure: text and what sets off words in it, where each language has its own order; paragraphs,
# which translators join and part; pictures, which rules of their own compare.
_WITHIN_TEXT = frozenset(
    (
        *("code", "deletion", "document", "emphasis", "generic", "img", "insertion", "mark", "paragraph", "strong"),
        *("subscript", "superscript", "text", "time"),
    )
)

# What one edition may have alone: the notice that it is not wholly translated, messages, the choices of a field.
_OF_ONE_EDITION = frozenset(("alert", "log", "marquee", "note", "option", "status", "timer", "tooltip"))

# Roles that are of little use without a name: where one edition has one and the other has not, that is a difference.
_WANT_NAMES = frozenset(
    (
        *("button", "checkbox", "combobox", "complementary", "dialog", "form", "iframe", "link", "listbox", "navigation"),
        *("radio", "region", "searchbox", "slider", "spinbutton", "switch", "tab", "textbox"),
    )
)
_STATES = frozenset(("checked", "disabled", "expanded", "level", "pressed"))


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of what a page tells assistive technology, as editions compare it."""

    key: tuple[object, ...]
    """Depth, role, states, and whether it has a name."""
    exposed: Exposed
    number: int
    """Which of the elements with its role it is, from 0 on."""


def _parts(page: Page, traits: Traits, exposed: Sequence[Exposed], editions: frozenset[str]) -> list[_Part]:
    """The parts of a page but for those that need not be the same, among them whatever lists its language editions."""
    gone = _lists_of_languages(page, traits, exposed, editions)
    found: list[_Part] = []
    seen: Counter[str] = Counter()
    above: list[tuple[int, bool]] = []  # of what it stands in: the depth, and whether that counts as one
    hidden = len(exposed) + 1  # the depth of what hides what stands in it
    for number, one in enumerate(exposed):
        if one.depth <= hidden:
            hidden = len(exposed) + 1
        while above and above[-1][0] >= one.depth:
            above.pop()
        if number in gone or one.role in _OF_ONE_EDITION:
            hidden = min(hidden, one.depth)
        is_part = one.depth < hidden and one.role not in _WITHIN_TEXT
        if is_part:
            states = tuple(state for state in one.states if state.partition("=")[0] in _STATES)
            named = bool(one.name) if one.role in _WANT_NAMES else None
            key = (sum(counts for _, counts in above), one.role, states, named)
            found.append(_Part(key, one, seen[one.role]))
        seen[one.role] += 1
        above.append((one.depth, is_part))
    return found


def _lists_of_languages(page: Page, traits: Traits, exposed: Sequence[Exposed], editions: frozenset[str]) -> set[int]:
    """Where the links to the editions of a page stand: their numbers, or those of the list or the navigation around them."""
    found = set()
    for number, one in enumerate(exposed):
        if not one.url or one.url.startswith("#") or address_key(traits.resolve(page.name, one.url)) not in editions:
            continue
        around, depth = number, one.depth
        for other in range(number - 1, -1, -1):
            if exposed[other].depth >= depth:
                continue
            depth = exposed[other].depth
            if exposed[other].role in ("banner", "contentinfo", "main", "article", "document"):
                break
            if exposed[other].role in ("list", "navigation", "menu", "menubar", "paragraph", "group", "region"):
                around = other
        found.add(around)
    return found


@rule("structure-parity", on=SeenPages, severity=Severity.REVIEW, wcag=("1.3.1",), cost=40)
def structure_parity(pages: SeenPages) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    The language editions of a page have the same structure for screen readers.

    What a browser tells assistive technology is compared: roles, what stands in what, levels, states, and whether controls and
    regions have names. Words may differ, and so may paragraphs, the list of the languages, and notices. The first difference is
    told; what `language-parity` and `alt-parity` tell is not told again.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><ul><li>A street</li></ul></main>`
    `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head><body><main><ul role="none"><li
    role="none">Eine Straße</li></ul></main></body></html>`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><ul><li>A street</li></ul></main>`
    `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head><body><main><ul><li>Eine
    Straße</li></ul></main></body></html>`
    """
    traits = traits_in(pages)
    for editions in _editions(pages):
        structures = {page: known for page in editions if (known := pages.structures.get(page))}
        if len(structures) < 2:
            continue
        addresses = frozenset(key for page in editions for key in keys_of(page, traits[page]))
        read = {page: _parts(page, traits[page], known, addresses) for page, known in structures.items()}
        seen = [*structures]
        votes = {page: sum(_keys(read[page]) == _keys(read[other]) for other in seen) for page in seen}
        most = max(votes.values())
        usual = next(page for page in seen if votes[page] == most) if most * 2 > len(seen) else seen[0]
        for page in seen:
            if _keys(read[page]) != _keys(read[usual]) and not _differ_in_number(traits[page], traits[usual]):
                yield _first_difference(pages, page, usual, read, structures[page])


def _keys(parts: Sequence[_Part]) -> list[tuple[object, ...]]:
    return [part.key for part in parts]


def _differ_in_number(traits: Traits, other: Traits) -> bool:
    """Whether they differ in what `language-parity` tells."""
    return any(any(_compared(here, there)) for here, there in zip(traits.things, other.things, strict=True))


def _first_difference(
    pages: SeenPages, page: Page, usual: Page, read: dict[Page, list[_Part]], exposed: Sequence[Exposed]
) -> tuple[tuple[Page, Part], Message]:
    here, there = read[page], read[usual]
    at = next((n for n, (a, b) in enumerate(zip(here, there, strict=False)) if a.key != b.key), min(len(here), len(there)))
    part = here[at] if at < len(here) else None
    other = there[at] if at < len(there) else None
    opened = pages.opened(page)
    element = _element(opened, part, exposed) if part else None
    return (
        (opened, content_of(opened) if element is None else element),
        say(
            "for screen readers here is {here}, where {name} has {there}; give both editions the same markup",
            here=_in_words(part, other),
            there=_in_words(other, part),
            name=usual.name,
        ),
    )


def _in_words(part: _Part | None, other: _Part | None) -> Message:
    """A part as people call it, with what tells it from the other one."""
    if part is None:
        return say("nothing more")
    role = in_words(part.exposed.role)
    level = next((state.partition("=")[2] for state in part.exposed.states if state.startswith("level=")), "")
    told = say("{role} (level {level})", role=role, level=level) if level else say("{role}", role=role)
    if part.exposed.name:
        told = say("{what} {words}", what=told, words=excerpt(part.exposed.name))
    if other is None or part.exposed.role != other.exposed.role:
        return told
    if not part.exposed.name and other.exposed.name:
        return say("{what} without a name", what=told)
    states = [state for state in part.exposed.states if not state.startswith("level=")]
    if part.key[2] != other.key[2] and states:
        return say("{what} with the state {state}", what=told, state=", ".join(states))
    if part.key[0] != other.key[0]:
        return say("{what} within {n} others", what=told, n=str(part.key[0]))
    return told


def _element(page: Page, part: _Part, exposed: Sequence[Exposed]) -> HtmlElement | None:
    """The element of the page's tree that a part is, where the tree has as many of its role as the browser has."""
    role = "img" if part.exposed.role == "image" else part.exposed.role
    alike = [one for one in page.elements if page.role_of(one) == role and not page.is_hidden(one)]
    same = sum(one.role == part.exposed.role for one in exposed)
    return alike[part.number] if len(alike) == same else None


@rule("alt-parity", on=PageSet, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.TRANSLATOR)
def alt_parity(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    A picture that has an alternative text in one language has one in the others.

    Whoever reads the other edition is told that the picture is mere decoration.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><img src="a.jpg" alt="A street"></main>`
    `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head><body><main><img src="a.jpg"
    alt=""></main></body></html>`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><img src="a.jpg" alt="A street"></main>`
    `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head><body><main><img src="a.jpg" alt="Eine
    Straße"></main></body></html>`
    """
    for same in _same_pictures(pages):
        told = next(((page, alt) for page, _number, picture in same if (alt := (picture.alt or "").strip())), None)
        for page, number, picture in same if told else ():
            if told and picture.alt is not None and not picture.alt.strip():
                opened = pages.opened(page)
                yield (
                    (opened, Attribute(opened.exposed("img")[number], "alt")),
                    say(
                        "only the {language} edition has no alternative text here; {name} has {alt}: say it in this language",
                        language=_language(opened),
                        name=told[0].name,
                        alt=excerpt(told[1]),
                    ),
                )


_SMALL = re.compile(r"(?<![\w’'-])[a-zà-ÿ]{3,}")
_IN_NAMES = frozenset(
    {
        "and",
        "dal",
        "dalla",
        "das",
        "degli",
        "dei",
        "del",
        "della",
        "delle",
        "dello",
        "der",
        "des",
        "die",
        "for",
        "für",
        "per",
        "the",
    }
    | {"und", "van", "vom", "von", "zur", "zum"}
)


def _may_be_a_name(words: str) -> bool:
    """Whether words can be the same in every language: few of them, or with capitals but for what stands in names."""
    return len(words.split()) < 3 or not set(_SMALL.findall(words)) - _IN_NAMES


@rule("alt-untranslated", on=PageSet, severity=Severity.WARNING, wcag=("1.1.1", "3.1.2"), owner=Owner.TRANSLATOR)
def alt_untranslated(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    A picture's alternative text is not the same words in two languages.

    One of them was forgotten: nobody sees it. Names are the same everywhere, and so is what is marked as being in one language.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><img src="a.jpg" alt="A street under
    water"></main>` `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head><body><main><img src="a.jpg"
    alt="A street under water"></main></body></html>`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><main><img src="a.jpg" alt="Politecnico di
    Milano"></main>` `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head><body><main><img src="a.jpg"
    alt="Politecnico di Milano"></main></body></html>`
    """
    for same in _same_pictures(pages):
        first: dict[str, Page] = {}
        for page, number, picture in same:
            alt = " ".join((picture.alt or "").split())
            # A picture that says its own language has words in that on purpose.
            if _may_be_a_name(alt) or not picture.is_in_language:
                continue
            other = first.setdefault(alt.casefold(), page)
            if other is not page:
                opened = pages.opened(page)
                yield (
                    (opened, Attribute(opened.exposed("img")[number], "alt")),
                    say(
                        "the alternative text {alt} is the same in the {language} edition as in the {other} one; translate it",
                        alt=excerpt(alt),
                        language=_language(opened),
                        other=_language(pages.opened(other)),
                    ),
                )


def _same_pictures(pages: PageSet) -> Iterator[list[tuple[Page, int, Picture]]]:
    """The pictures that stand in several editions, each with the editions that it stands in, and its number there."""
    traits = traits_in(pages)
    for editions in _editions(pages):
        found: defaultdict[tuple[str, int], list[tuple[Page, int, Picture]]] = defaultdict(list)
        for page in editions:
            times: Counter[str] = Counter()
            for number, picture in enumerate(traits[page].pictures):
                if picture.file:
                    times[picture.file] += 1
                    found[picture.file, times[picture.file]].append((page, number, picture))
        yield from (same for same in found.values() if len(same) > 1)
