"""What the XLIFF 2.1 standard asks of a file and an XML parser cannot tell, as far as an export of ours can break it."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

CORE = "urn:oasis:names:tc:xliff:document:2.0"
NS = {
    "x": CORE,
    "mda": "urn:oasis:names:tc:xliff:metadata:2.0",
    "mtc": "urn:oasis:names:tc:xliff:matches:2.0",
    "slr": "urn:oasis:names:tc:xliff:sizerestriction:2.0",
}
SLR = f"{{{NS['slr']}}}"
_ORDER = [
    f"{{{NS['mtc']}}}matches",
    f"{{{NS['mda']}}}metadata",
    f"{{{CORE}}}notes",
    f"{{{CORE}}}originalData",
    f"{{{CORE}}}segment",
    f"{{{CORE}}}ignorable",
]
_SUB_TYPES = {"xlf:b": "fmt", "xlf:i": "fmt", "xlf:u": "fmt", "xlf:lb": "fmt", "xlf:pb": "fmt", "xlf:var": "ui"}
_TYPES = {"fmt", "ui", "quote", "link", "image", "other"}


def find(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements of an XPath; the prefixes are x, mda, mtc and slr."""
    found = element.xpath(path, namespaces=NS)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]


def text_of(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(str(text) for text in element.itertext())


def broken_rules(content: bytes) -> list[str]:
    """The rules that a file breaks; section 4 of the standard has them."""
    root = etree.fromstring(content)
    return [*_document_rules(root), *(rule for unit in find(root, "//x:unit") for rule in _unit_rules(unit))]


def _document_rules(root: etree._Element) -> Iterator[str]:
    if root.tag != f"{{{CORE}}}xliff" or root.get("version") != "2.1":
        yield "the root is xliff, version 2.1"
    if not root.get("srcLang") or (find(root, "//x:target") and not root.get("trgLang")):
        yield "srcLang is required, and trgLang where there is a target"
    for file in find(root, "x:file"):
        for kind in ("unit", "group"):
            if _repeated(find(file, f".//x:{kind}")):
                yield f"the id of a {kind} is unique in its file"
        if not find(file, ".//x:unit"):
            yield "a file holds a unit"
        limited = find(file, ".//*[@slr:sizeRestriction]")
        if limited and not find(file, "slr:profiles[@generalProfile='xliff:codepoints']"):
            yield "a size restriction has a profile"
        if not all((each.get(f"{SLR}sizeRestriction") or "").isdigit() for each in limited):
            yield "a size is a number"
    if _repeated(find(root, "x:file")):
        yield "the id of a file is unique"
    if any(not re.fullmatch(r"[\w.:-]+", each.get("id") or "x") for each in root.iter()):
        yield "an id is an NMTOKEN"
    for each in find(root, "//x:note[not(text())] | //mda:meta[not(@type)]"):
        yield f"{etree.QName(each).localname} says something"


def _unit_rules(unit: etree._Element) -> Iterator[str]:
    places = [_ORDER.index(str(child.tag)) if child.tag in _ORDER else -1 for child in unit]
    if -1 in places or places != sorted(places) or not find(unit, "x:segment"):
        yield "a unit holds modules, notes, originalData and segments, in this order"
    for holder in ("x:notes/x:note", "x:originalData/x:data"):
        if _repeated(find(unit, holder)):
            yield f"the id of {holder} is unique"
    sources = find(unit, "x:segment | x:ignorable | (x:segment | x:ignorable)/x:source//*[@id]")
    if _repeated(sources):
        yield "the id of a segment or a code is unique in its unit"
    yield from _pair_rules(unit, {each.get("id"): each.tag for each in sources})
    for match in find(unit, "mtc:matches/mtc:match"):
        if (match.get("ref") or "").lstrip("#") not in {each.get("id") for each in find(unit, "x:segment")}:
            yield "a match is of a segment of its unit"
        if [etree.QName(child).localname for child in match][-2:] != ["source", "target"]:
            yield "a match has a source and a target"
        yield from _code_rules(match)
    for segment in find(unit, "x:segment"):
        state = segment.get("state", "initial")
        if state not in ("initial", "translated", "reviewed", "final"):
            yield "a state is one of four"
        if state != "initial" and not find(segment, "x:target"):
            yield "what is translated has a target"
        sub_state = segment.get("subState")
        if sub_state and (not segment.get("state") or not re.fullmatch(r"(?!xlf:)[^\s:]+:[^\s:]+", sub_state)):
            yield "a subState has a prefix of its own and goes with a state"
        yield from _code_rules(unit)


def _pair_rules(unit: etree._Element, sources: dict[str | None, object]) -> Iterator[str]:
    targets = find(unit, "(x:segment | x:ignorable)/x:target//*[@id]")
    if _repeated(targets):
        yield "the id of a code is unique among the targets of its unit"
    for each in targets:
        if each.get("id") in sources and sources[each.get("id")] != each.tag:
            yield "a code of the target with the id of one of the source is of its kind"


def _code_rules(holder: etree._Element) -> Iterator[str]:
    data = {each.get("id") for each in find(holder, "x:originalData/x:data")}
    for code in find(holder, ".//x:pc | .//x:ph"):
        if code.getparent() is None or (find(code, "ancestor::mtc:match") and holder.tag != f"{{{NS['mtc']}}}match"):
            continue
        references = {name: code.get(name) for name in ("dataRef", "dataRefStart", "dataRefEnd") if code.get(name)}
        if not set(references.values()) <= data:
            yield "a dataRef leads to data of its unit"
        if ("dataRefStart" in references) != ("dataRefEnd" in references):
            yield "dataRefStart and dataRefEnd go together"
        if code.get("type") not in _TYPES or _SUB_TYPES.get(code.get("subType") or "", code.get("type")) != code.get("type"):
            yield "a subType goes with its type"
        if not re.fullmatch(r"[^\s:]+:[^\s:]+", code.get("subType") or "x:x"):
            yield "a subType has a prefix"
    for mark in find(holder, ".//x:mrk"):
        if not mark.get("translate") or not mark.get("id"):
            yield "a mark has an id and says what it marks"


def _repeated(elements: list[etree._Element]) -> bool:
    return any(count > 1 for count in Counter(each.get("id") for each in elements).values())
