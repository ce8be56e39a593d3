"""
ninjs, the JSON of news agencies: IPTC ninjs 3 in, ninjs 3.1 out (https://iptc.org/std/ninjs/).

ninjs has no property for an alternative text. A picture is an association here, and its texts are `descriptions` whose roles are
the names of the IPTC Photo Metadata Standard: `altTextAccessibility` and `extDescrAccessibility`, besides `caption`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from .article import AudioBlock, PictureBlock, Text, VideoBlock, slug_fault
from .draft import Draft, in_order, slug_of, told
from .edition import Edition
from .errors import A11yNewsError, LanguageError
from .hypertext import Body, address, alternative, clean, literal, paragraphs, read, tidy, unique
from .language import format_names, tag_of

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#"
ALT, DESCRIPTION, CAPTION = "altTextAccessibility", "extDescrAccessibility", "caption"
_RECORD = "a11ynews record"
"""The role of the alternative id that a record's id has."""
_MOST_PARTS = 2000
_DECORATIVE = "decorative: "

# -- in ----------------------------------------------------------------------------------------------------------------

_ARTICLES = ("text", "composite", "component", "")
_IMAGES = ("picture", "graphic")
_SUFFIXES = {"image/png": ".png", "image/webp": ".webp", "image/gif": ".gif", "image/avif": ".avif", "image/svg+xml": ".svg"}
_HTML = ("text/html", "application/xhtml+xml")
# What says nothing that a record would have to know.
_SILENT = frozenset({"uri", "type", "representationtype", "profile", "version", "standard", "name", "rel"})


def is_item(data: Any) -> bool:
    """Whether something is an item of ninjs: it has a `uri`, and none of the keys of JSON-LD."""
    return isinstance(data, dict) and isinstance(data.get("uri"), str) and not any(key.startswith("@") for key in data)


def items(data: Any) -> Iterator[dict[str, Any]]:
    """The items of a file: one, a list of them, or what a feed has under `items`."""
    if is_item(data):
        yield data
    for part in data if isinstance(data, list) else data.get("items", []) if isinstance(data, dict) else []:
        if is_item(part):
            yield part


def why_not(item: Mapping[str, Any]) -> str:
    """Why an item is no article; empty where it is one."""
    kind = _word(item.get("type"))
    if kind not in _ARTICLES:
        return f"an item of type “{told(kind)}” is no article"
    # Version 1 has them as single words.
    keys = {key.lower() for key in item}
    if not keys & {"headlines", "bodies", "descriptions"}:
        old = keys & {"headline", "body_text", "body_xhtml", "body_html"}
        return "this is ninjs 1, and version 3 is read; ask the agency for it" if old else "it has neither headlines nor bodies"
    return ""


def draft(item: Mapping[str, Any], language: str = "") -> Draft:
    """An item as a draft of a record. `language` is the one where the item says none."""
    found = _Item(item)
    notes: list[str] = []
    said = _language(found.word("language"), notes) or language
    headline, kicker = _headlines(found)
    files = _Files(found)
    base = address(found.word("uri")) or ""
    body = _body(found, said, base if base.startswith("http") else "", headline, files)
    files.fill(body)
    record: dict[str, Any] = {
        "language": said,
        "published": found.word("firstcreated") or found.word("contentcreated") or found.word("versioncreated"),
        "kicker": kicker,
        "headline": headline,
        "teaser": next((literal(one.word("value")) for one in found.parts("descriptions") if _is_summary(one)), ""),
        "authors": _authors(found, notes),
        "location": found.word("located"),
        "body": [*files.unseen(body), *body.blocks],
        "related": list(_related(found, said)),
        "section": "",
        "tags": [],
        "licence": _licence(found),
        "names": [{"name": name, "lang": tag} if tag else name for name, tag in body.names.items()],
    }
    if (version := found.word("versioncreated")) and version != record["published"]:
        record["updated"] = version
    for subject in found.parts("subjects"):
        if name := subject.word("name") or subject.word("literal"):
            if subject.word("rel") == "section" and not record["section"]:
                record["section"] = name
            else:
                record["tags"].append(name)
    record["tags"] = list(dict.fromkeys(record["tags"]))
    slugline = found.word("slugline").lower()
    if slugline and not slug_fault(slugline):
        record["slug"] = slugline
    elif slugline:
        notes.append(f"slugline “{told(slugline)}”, which cannot be part of an address")
    own = next((one.word("value") for one in found.parts("altids") if one.word("role") == _RECORD), "")
    folder = slug_of(own) or record.get("slug") or slug_of(headline) or slug_of(base.rpartition("/")[2]) or "article"
    notes = [*_warnings(found), *notes, *body.notes, *_unused(found, headline), *_left_out(found)]
    return Draft(folder, in_order(record), notes, body.pictures)


class _Item:
    """A part of an item, asked by the names of its keys without regard to capitals: version 2 has them in small letters."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = {str(key).lower().replace("_", ""): value for key, value in data.items()}
        self.names = {str(key).lower().replace("_", ""): str(key) for key in data}
        self.asked: set[str] = set()

    def word(self, key: str) -> str:
        self.asked.add(key)
        return _word(self.data.get(key))

    def parts(self, key: str) -> list["_Item"]:
        self.asked.add(key)
        found = self.data.get(key)
        if not isinstance(found, list):
            return []
        if len(found) > _MOST_PARTS:
            raise A11yNewsError(f"“{told(self.names[key])}” has more than {_MOST_PARTS:,} entries; that is no article")
        return [_Item(part) for part in found if isinstance(part, dict)]

    def part(self, key: str) -> "_Item":
        self.asked.add(key)
        found = self.data.get(key)
        return _Item(found if isinstance(found, dict) else {})


def _word(value: Any) -> str:
    return clean(value)


def _language(written: str, notes: list[str]) -> str:
    try:
        return tag_of(written) if written else ""
    except LanguageError:
        notes.append(f"language “{told(written)}”, which is no tag of BCP 47")
        return ""


def _headlines(found: _Item) -> tuple[str, str]:
    """The headline, and what stands above it. A headline in HTML says more than the same one in plain words."""
    kicker = headline = ""
    rich = ""
    for one in found.parts("headlines"):
        role, value, kind = one.word("role").lower(), one.word("value"), one.word("contenttype")
        if role == "kicker":
            kicker = kicker or literal(value)
        elif kind in _HTML and (role in ("main", "richtext", "") or not headline):
            rich = rich or _words_of(value)
        elif role in ("main", "") or not headline:
            headline = literal(value) if role == "main" or not headline else headline
    return rich or headline, kicker


def _words_of(html: str) -> str:
    blocks = read(html, "").blocks
    return next((str(block["paragraph"]) for block in blocks if "paragraph" in block), "")


def _is_summary(description: _Item) -> bool:
    return description.word("role").lower() in ("", "summary", "text", "main", "teaser", "abstract", "description")


def _body(found: _Item, language: str, base: str, headline: str, files: "_Files") -> Body:
    bodies = found.parts("bodies")
    rich = [one for one in bodies if one.word("contenttype") in _HTML]
    plain = [one for one in bodies if one.word("contenttype") in ("", "text/plain")]
    chosen = max(rich, key=lambda one: len(str(one.data.get("value"))), default=None)
    if chosen is None and plain and re.search(r"<(?:p|div|br|h[1-6])\b[^>]*>", str(plain[0].data.get("value"))):
        chosen = plain[0]
    if chosen is not None:
        body = read(str(chosen.data.get("value")), language, base=base, headline=headline, files=files.name_of)
    else:
        body = Body(paragraphs(str(plain[0].data.get("value"))) if plain else [])
    others = [one for one in bodies if one is not chosen and not (one in plain and (rich or one is plain[0]))]
    if others:
        kinds = ", ".join(told(one.word("role") or one.word("contenttype") or "without a role") for one in others)
        body.notes.append(f"other bodies of the same article: {kinds}")
    return body


def _authors(found: _Item, notes: list[str]) -> list[Any]:
    """Who wrote it: the people whom the item calls authors; else what its `by` says, as it stands."""
    authors: list[Any] = []
    by = found.word("by")
    for person in found.parts("people"):
        name = person.word("name")
        if name and person.word("rel").lower() in ("author", "creator", "writer"):
            url = address(person.word("uri"))
            authors.append({"name": name, "url": url} if url else name)
    if authors:
        others = [name for one in found.parts("people") if (name := one.word("name")) and name not in _names(authors)]
        if others:
            notes.append(f"people: {', '.join(map(told, others))}")
        return authors
    if people := [name for one in found.parts("people") if (name := one.word("name"))]:
        notes.append(f"people: {', '.join(map(told, people))}")
    if by:
        notes.append(f"the line “{told(by)}” was taken as one author: part it, and take out what is no name")
    return [by] if by else []


def _names(authors: Iterable[Any]) -> list[str]:
    return [author if isinstance(author, str) else author["name"] for author in authors]


def _related(found: _Item, language: str) -> Iterator[dict[str, str]]:
    for one in found.parts("associations"):
        url = address(one.word("uri"))
        words = _headlines(one)[0] or literal(one.word("name"))
        if one.word("type") == "text" and url and url.startswith("http") and words:
            other = _language(one.word("language"), [])
            yield {"text": words, "url": url, **({"hreflang": other} if other and other != language else {})}


def _licence(found: _Item) -> Any:
    url = address(found.part("rightsinfo").word("linkedrights"))
    terms = found.word("usageterms")
    if not url:
        found.asked -= {"usageterms", "rightsinfo"}
        return ""
    return {"url": url, "name": terms} if terms else url


def _warnings(found: _Item) -> Iterator[str]:
    """What an editor must know before anything is published."""
    if (status := found.word("pubstatus")) not in ("", "usable"):
        yield f"PUBSTATUS “{told(status)}”: ask the source before you publish this"
    if until := found.word("embargoeduntil"):
        yield f"EMBARGOED until {told(until)}: do not publish this before"
    if note := found.word("ednote"):
        yield f"the source's note to editors: {told(note)}"


def _unused(found: _Item, headline: str) -> Iterator[str]:
    """The parts of lists that found no place."""
    for one in found.parts("headlines"):
        if one.word("role").lower() not in ("", "main", "richtext", "kicker") and literal(one.word("value")) != headline:
            yield f"the headline “{told(one.word('value'))}” with the role “{told(one.word('role'))}”"
    summaries = [one for one in found.parts("descriptions") if _is_summary(one)]
    for one in [*summaries[1:], *(one for one in found.parts("descriptions") if not _is_summary(one))]:
        yield f"the description “{told(one.word('value'))}” with the role “{told(one.word('role'))}”"
    for one in found.parts("associations"):
        kind = one.word("type")
        if kind not in (*_IMAGES, "video", "audio") and not list(_related(_Item({"associations": [one.data]}), "")):
            yield f"the associated item {told(one.word('name') or one.word('uri'))} of type “{told(kind)}”"


def _left_out(found: _Item) -> Iterator[str]:
    found.asked |= _SILENT
    left = [name for key, name in found.names.items() if key not in found.asked and found.data[key] not in (None, "", [], {})]
    if left:
        yield f"what a record has no place for: {', '.join(map(told, left[:40]))}"


class _Files:
    """The pictures and films that an item is associated with."""

    def __init__(self, found: _Item) -> None:
        self.known: dict[str, _Item] = {}
        self.names: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        for one in found.parts("associations"):
            kind = one.word("type")
            if kind in (*_IMAGES, "video", "audio"):
                self._add(one, kind)

    def _add(self, one: _Item, kind: str) -> None:
        renditions = sorted(one.parts("renditions"), key=_width, reverse=True)
        urls = [url for part in renditions if (url := address(part.word("href")))]
        url = urls[0] if urls else ""
        name = one.word("name")
        suffixes = {"video": (".mp4", ".webm", ".ogv"), "audio": (".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac")}
        body = Body()
        probe = f'<img src="{url}">' if kind in _IMAGES else f'<{kind} src="{url}"></{kind}>'
        file = name if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}\.[a-z0-9]{2,5}", name) else ""
        if file and kind in suffixes and not file.endswith(suffixes[kind]):
            file = ""
        if not file and url:
            body = read(probe, "")
            block = next(iter(body.blocks), {})
            file = next((inner["file"] for inner in block.values() if isinstance(inner, dict)), "")
            if renditions and (suffix := _SUFFIXES.get(renditions[0].word("contenttype"))) and kind in _IMAGES:
                file = re.sub(r"\.\w+$", suffix, file)
        file = unique(file or f"{kind}.jpg" if kind in _IMAGES else file, url or name, self.addresses)
        if not file:
            return
        self.known[file] = one
        self.addresses[file] = url or name
        for reference in (name, one.word("uri"), *urls):
            if reference:
                self.names.setdefault(reference, file)

    def name_of(self, reference: str) -> str:
        """The file that an address or a reference stands for; empty where it is none of them."""
        return self.names.get(reference, "")

    def fill(self, body: Body) -> None:
        """Give the pictures of a body what the item says of them."""
        for block in body.blocks:
            for kind in ("picture", "video", "audio"):
                value = block.get(kind)
                if isinstance(value, dict) and (one := self.known.get(value["file"])):
                    self._describe(value, one, is_picture=kind == "picture")
                    if (url := self.addresses[value["file"]]).startswith("http"):
                        body.pictures[value["file"]] = url

    def unseen(self, body: Body) -> list[dict[str, Any]]:
        """The pictures that do not stand in the body: they come first."""
        seen = {value["file"] for block in body.blocks for value in block.values() if isinstance(value, dict) and "file" in value}
        blocks = []
        for file, one in self.known.items():
            if file in seen:
                continue
            if one.word("type") not in _IMAGES:
                body.notes.append(f"the {one.word('type')} {told(file)}, which does not stand in the body")
                continue
            value: dict[str, Any] = {"file": file}
            self._describe(value, one, is_picture=True)
            blocks.append({"picture": value})
            if self.addresses[file].startswith("http"):
                body.pictures[file] = self.addresses[file]
        return blocks

    def _describe(self, value: dict[str, Any], one: _Item, *, is_picture: bool) -> None:
        said: dict[str, str] = {}
        for part in one.parts("descriptions"):
            role = re.sub(r"[\W_]", "", part.word("role").lower())
            key = {
                "alttextaccessibility": "alt",
                "alttext": "alt",
                "alt": "alt",
                "extdescraccessibility": "description",
                "extendeddescription": "description",
            }.get(role, "caption")
            said.setdefault(key, part.word("value"))
        caption = value.get("caption") or (literal(said["caption"]) if said.get("caption") else "")
        if is_picture:
            note = one.word("ednote")
            value.pop("alt", None) if said.get("alt") or note.startswith(_DECORATIVE) else None
            if note.startswith(_DECORATIVE) and not said.get("alt"):
                value |= {"decorative": True, "reason": note.removeprefix(_DECORATIVE)}
            elif "alt" not in value:
                value |= alternative(said.get("alt"), caption)
            if said.get("description"):
                value["description"] = literal(said["description"])
        if caption:
            value["caption"] = caption
        if (by := one.word("by")) and "credit" not in value:
            value["credit"] = literal(by)
        if is_picture:
            ordered = tidy(value)
            value.clear()
            value.update(ordered)


def _width(rendition: _Item) -> int:
    width = rendition.data.get("width")
    return width if isinstance(width, int) else 0


# -- out ---------------------------------------------------------------------------------------------------------------


def item(edition: Edition) -> dict[str, Any]:
    """An edition of an article as an item of ninjs 3.1."""
    article, writer = edition.article, edition.writer
    subjects = [{"name": writer.plain(article.section), "rel": "section"}] if article.section else []
    subjects += [{"name": writer.plain(tag), "rel": "tag"} for tag in article.tags]
    headlines = [{"role": "main", "contentType": "text/plain", "value": writer.plain(article.headline)}]
    if writer.is_marked(article.headline):
        headlines.append({"role": "richtext", "contentType": "text/html", "value": writer.inline(article.headline)})
    if article.kicker and (kicker := writer.plain(article.kicker)):
        headlines.append({"role": "kicker", "contentType": "text/plain", "value": kicker})
    html, plain = writer.html(article.body), writer.text(article.body)
    made = {
        "uri": edition.url,
        "type": "text",
        "representationType": "full",
        "profile": "text-photo" if edition.pictures else "text-only",
        "firstCreated": article.published.isoformat(),
        "versionCreated": (article.updated or article.published).isoformat(),
        "pubStatus": "usable",
        "language": edition.language,
        "slugline": edition.localised.slug,
        "by": format_names([author.name for author in article.authors], edition.language) if article.authors else "",
        "located": writer.plain(article.location),
        "copyrightHolder": edition.publisher,
        "headlines": headlines,
        "descriptions": [_described("summary", writer.plain(article.teaser))] if writer.plain(article.teaser) else [],
        "bodies": [
            {
                "role": "main",
                "contentType": "text/plain",
                "charCount": len(plain),
                "wordCount": len(plain.split()),
                "value": plain,
            },
            {"role": "richtext", "contentType": "text/html", "value": html},
        ],
        "people": [_filled({"name": author.name, "rel": "author", "uri": author.url}) for author in article.authors],
        "subjects": subjects,
        "usageTerms": writer.plain(article.licence.name) if article.licence else "",
        "rightsInfo": {"linkedRights": article.licence.url} if article.licence and _is_uri(article.licence.url) else {},
        "associations": [*_associations(edition), *_links(edition)],
        "altIds": [{"role": _RECORD, "value": article.id}],
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
    }
    return _filled(made)


def _described(role: str, words: str) -> dict[str, Any]:
    return {"role": role, "contentType": "text/plain", "value": words}


def _associations(edition: Edition) -> Iterator[dict[str, Any]]:
    writer = edition.writer
    seen: set[str] = set()
    for block in edition.article.body:
        if isinstance(block, PictureBlock):
            value: Any = block.picture
            texts: dict[str, Text | None] = {CAPTION: value.caption, ALT: value.alt, DESCRIPTION: value.description}
            note = f"{_DECORATIVE}{value.reason}" if value.decorative else ""
            kind = "picture"
        elif isinstance(block, VideoBlock | AudioBlock):
            kind = "video" if isinstance(block, VideoBlock) else "audio"
            value, note = block.video if isinstance(block, VideoBlock) else block.audio, ""
            texts = {CAPTION: value.caption}
        else:
            continue
        if value.file in seen:
            continue
        seen.add(value.file)
        yield _filled(
            {
                "name": value.file,
                "uri": edition.address_of(value.file),
                "type": kind,
                "language": edition.language,
                "by": writer.plain(value.credit),
                "edNote": note,
                "descriptions": [_described(role, words) for role, text in texts.items() if (words := writer.plain(text))],
                "renditions": [_filled(rendition) for rendition in edition.renditions_of(value.file)],
            }
        )


def _links(edition: Edition) -> Iterator[dict[str, Any]]:
    for link in edition.article.related:
        text, url = edition.writer.plain(link.text), edition.link_of(link)
        if text and _is_uri(url):
            yield _filled({"name": text, "uri": url, "type": "text", "rel": "related", "language": link.hreflang})


def _is_uri(url: str) -> bool:
    return bool(urlsplit(url).scheme)


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def left_out(edition: Edition) -> Iterator[str]:
    """What of a record ninjs has no place for."""
    article = edition.article
    if any(author.role for author in article.authors):
        yield "the roles of the authors"
    if article.languages:
        yield "the languages that the record is wanted in"
    if article.names:
        yield "names that do not stand in the body"
    if article.licence and not _is_uri(article.licence.url):
        yield f"the licence, whose address {told(article.licence.url)} is not complete"
    files = [value.picture.file for value in article.body if isinstance(value, PictureBlock)]
    if len(set(files)) < len(files):
        yield "the texts of a picture that stands in the article a second time"
