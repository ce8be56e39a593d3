"""
The structured data of schema.org in and out: NewsArticle and its kin as JSON-LD, by itself or in a page of HTML.

schema.org has no property for the alternative text of an ImageObject. Here it has the names of the IPTC Photo Metadata
Standard, `Iptc4xmpCore:AltTextAccessibility` and `Iptc4xmpCore:ExtDescrAccessibility`, with their prefix in the context.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from .article import AudioBlock, VideoBlock, slug_fault
from .draft import Draft, file_name_of, in_order, slug_of, told
from .edition import Edition
from .errors import A11yNewsError, LanguageError
from .hypertext import PICTURES, Body, address, alternative, clean, literal, paragraphs, parse, read, tidy, unique
from .language import tag_of

_CORE = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
ALT, DESCRIPTION = "Iptc4xmpCore:AltTextAccessibility", "Iptc4xmpCore:ExtDescrAccessibility"
CONTEXT: list[Any] = ["https://schema.org", {"Iptc4xmpCore": _CORE}]
_RECORD = "a11ynews record"
_MOST_NODES = 200_000
_MOST_PARTS = 2000

# -- in ----------------------------------------------------------------------------------------------------------------

_ARTICLES = re.compile(r"(?:https?://schema\.org/|schema:)?(?:\w*NewsArticle|Article|BlogPosting|LiveBlogPosting|Report)")
# Where one thing stands within another and is an article in its own right.
_INSIDE = ("@graph", "mainEntity", "itemListElement", "item", "mainEntityOfPage", "hasPart")


def articles(data: Any) -> list[dict[str, Any]]:
    """The articles that JSON-LD tells of, with what it says of other things by their `@id` put in."""
    index: dict[str, dict[str, Any]] = {}
    left = [data]
    count = 0
    while left and count < _MOST_NODES:
        at = left.pop()
        count += 1
        if isinstance(at, dict):
            if isinstance(at.get("@id"), str) and len(at) > 1:
                index.setdefault(at["@id"], at)
            left += [value for value in at.values() if isinstance(value, dict | list)]
        elif isinstance(at, list):
            left += [value for value in at if isinstance(value, dict | list)]
    found: list[dict[str, Any]] = []
    _collect(data, found, 0)
    return [{key: _filled_in(value, index) for key, value in one.items()} for one in found]


def _collect(data: Any, found: list[dict[str, Any]], depth: int) -> None:
    if isinstance(data, list):
        for part in data:
            _collect(part, found, depth)
    elif isinstance(data, dict) and depth < 8:
        if any(_ARTICLES.fullmatch(kind) for kind in _kinds(data)) and ({"headline", "name", "articleBody"} & data.keys()):
            if len(found) <= _MOST_PARTS and data not in found:
                found.append(data)
            return
        for key in _INSIDE:
            _collect(data.get(key), found, depth + 1)


def _kinds(data: Any) -> list[str]:
    kinds = data.get("@type") if isinstance(data, dict) else None
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _filled_in(value: Any, index: Mapping[str, dict[str, Any]]) -> Any:
    if isinstance(value, list):
        return [_filled_in(part, index) for part in value]
    if isinstance(value, dict) and value.keys() == {"@id"} and isinstance(value["@id"], str):
        return index.get(value["@id"], value)
    return value


def of_page(html: str) -> tuple[list[dict[str, Any]], list[str], HtmlElement | None]:
    """The articles of a page, what could not be read there, and the page's tree."""
    root = parse(html)
    data, notes = [], []
    for script in root.iter("script") if root is not None else ():
        if (script.get("type") or "").strip().lower().split(";")[0] == "application/ld+json":
            try:
                data.append(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                notes.append("a script with JSON-LD, which cannot be read")
    return articles(data), notes, root


_BODIES = (
    "//*[contains(concat(' ', normalize-space(@itemprop), ' '), ' articleBody ')]",
    "//article[not(ancestor::article)]//div[contains(concat(' ', normalize-space(@class), ' '), ' body ')]",
    "//article[not(ancestor::article)]",
    "//main",
)


def draft(data: Mapping[str, Any], language: str = "", page: str = "", root: HtmlElement | None = None) -> Draft:
    """
    An article as a draft of a record. `language` is the one where it says none.

    `page` is the HTML that it stands in, where it is the only one there: its body is then read from there, since `articleBody` is
    plain text.
    """
    asked = {"@type", "@context", "@id"}

    def get(key: str) -> Any:
        asked.add(key)
        return data.get(key)

    notes: list[str] = []
    said = _language(get("inLanguage"), notes) or _language(root.get("lang") if root is not None else "", notes) or language
    headline = literal(_name(get("headline")) or _name(get("name")))
    own = _address(get("url")) or _address(get("mainEntityOfPage")) or _address(data.get("@id"))
    body = _body(get("articleBody"), said, own, headline, page, root)
    images = list(_images(get("image"), own, notes))
    media = [*_several(get("video")), *_several(get("audio")), *_several(get("associatedMedia"))]
    blocks = _with_images(body, images, notes)
    blocks += list(_films(media, body, said, notes))
    section, *more = [words for one in _several(get("articleSection")) if (words := _name(one))] or [""]
    published = _word(get("datePublished"))
    slug = _slug(own)
    get("identifier")
    record: dict[str, Any] = {
        "language": said,
        "published": published or _word(get("dateCreated")),
        "updated": _word(get("dateModified")) if data.get("dateModified") != data.get("datePublished") else "",
        "headline": headline,
        "teaser": literal(_name(get("description")) or _name(get("abstract"))),
        "authors": list(_authors(get("author"))) or list(_authors(get("creator"))),
        "location": _name(get("contentLocation")) or _name(get("locationCreated")),
        "body": blocks,
        "related": list(_related(get("mentions"), notes)),
        "section": section,
        "tags": list(dict.fromkeys([*more, *_tags(get("keywords"))])),
        "licence": _licence(get("license")),
        "names": [{"name": name, "lang": tag} if tag else name for name, tag in body.names.items()],
    }
    if slug:
        record["slug"] = slug
    folder = slug_of(_id(data)) or slug or slug_of(headline) or "article"
    if data.get("isAccessibleForFree") in (False, "False", "false", "http://schema.org/False"):
        notes.insert(0, "the source calls this article paid (isAccessibleForFree is false): ask before you publish it")
    left = [key for key in data if key not in asked and data[key] not in (None, "", [], {})]
    if left:
        notes.append(f"what a record has no place for: {', '.join(map(told, left[:40]))}")
    return Draft(folder, in_order(record), [*notes, *body.notes], body.pictures)


def _word(value: Any) -> str:
    """A text: itself, or as JSON-LD writes one with its language."""
    if isinstance(value, list):
        return next((word for one in value if (word := _word(one))), "")
    written = value.get("@value") if isinstance(value, dict) else value
    # In a script nobody decodes HTML's references, and yet many sites write them.
    return clean(unescape(written)) if isinstance(written, str) else ""


def _name(value: Any) -> str:
    """What something is called: a text, or the name of a thing."""
    if isinstance(value, list):
        return next((name for one in value if (name := _name(one))), "")
    if isinstance(value, dict) and "@value" not in value:
        return _word(value.get("name")) or _word(value.get("alternateName"))
    return _word(value)


def _several(value: Any) -> list[Any]:
    if isinstance(value, list) and len(value) > _MOST_PARTS:
        raise A11yNewsError(f"a list in it has more than {_MOST_PARTS:,} entries; that is no article")
    return value if isinstance(value, list) else [] if value in (None, "", {}) else [value]


def _address(value: Any, base: str = "") -> str:
    """An address: itself, or that of a thing."""
    if isinstance(value, list):
        return next(filter(None, (_address(one, base) for one in value)), "")
    if isinstance(value, dict):
        return _address(value.get("contentUrl") or value.get("url") or value.get("@id"), base)
    url = address(value, base) if isinstance(value, str) else None
    return url if url and url.startswith("http") else ""


def _language(value: Any, notes: list[str]) -> str:
    if isinstance(value, list):
        if len(value) > 1:
            notes.append(f"further languages: {', '.join(told(_word(one) or _name(one)) for one in value[1:])}")
        value = value[0] if value else ""
    written = _word(value.get("alternateName") or value.get("name")) if isinstance(value, dict) else _word(value)
    try:
        return tag_of(written) if written else ""
    except LanguageError:
        notes.append(f"the language “{told(written)}”, which is no tag of BCP 47")
        return ""


def _id(data: Mapping[str, Any]) -> str:
    for one in _several(data.get("identifier")):
        if isinstance(one, dict) and one.get("propertyID") == _RECORD:
            return _word(one.get("value"))
    return ""


def _slug(own: str) -> str:
    """The last part of the article's address, where it can be a slug."""
    last = unquote(urlsplit(own).path.rstrip("/").rpartition("/")[2])
    slug = re.sub(r"\.\w+$", "", last).lower()
    return "" if not slug or slug == "index" or slug_fault(slug) else slug


def _body(text: Any, language: str, base: str, headline: str, page: str, root: HtmlElement | None) -> Body:
    written = text if isinstance(text, str) else _word(text)
    for path in _BODIES if root is not None and page else ():
        part = next(iter(root.xpath(path)), None) if root is not None else None
        if part is None or len(" ".join(part.itertext()).split()) < 10:
            continue
        body = read(page, language, base=base, headline=headline, asides=False, select=path)
        if any("paragraph" in block for block in body.blocks):
            where = "itemprop=articleBody" if "itemprop" in path else re.sub(r"\[.*", "", path.strip("/"))
            body.notes.insert(0, f"the body was taken from the page’s <{where}>: take out what is not the story")
            return body
    if re.search(r"<(?:p|div|br|h[1-6])\b[^>]*>", written):
        return read(written, language, base=base, headline=headline)
    body = Body(paragraphs(written) if written.strip() else [])
    body.notes += ["the structure of the body, which was plain text"] if body.blocks else ["there was no body: write it"]
    return body


def _authors(value: Any) -> Iterator[Any]:
    for one in _several(value):
        if name := _name(one):
            role = _word(one.get("jobTitle")) if isinstance(one, dict) else ""
            url = _address(one.get("url")) if isinstance(one, dict) else ""
            found = {"name": name, **({"role": role} if role else {}), **({"url": url} if url else {})}
            yield found if len(found) > 1 else name


def _tags(value: Any) -> Iterator[str]:
    for one in _several(value):
        words = _name(one)
        yield from (tag.strip() for tag in words.split(",") if tag.strip()) if isinstance(one, str) else [words] if words else []


def _licence(value: Any) -> Any:
    url = _address(value)
    name = _word(value.get("name")) if isinstance(value, dict) else ""
    return {"url": url, "name": name} if url and name else url


def _related(value: Any, notes: list[str]) -> Iterator[dict[str, str]]:
    others = []
    for one in _several(value):
        url, name = (_address(one.get("url")), _name(one)) if isinstance(one, dict) else ("", "")
        if url and name and any(kind.endswith(("WebPage", "Article", "CreativeWork")) for kind in _kinds(one)):
            language = _language(one.get("inLanguage"), notes)
            yield {"text": literal(name), "url": url, **({"hreflang": language} if language else {})}
        else:
            others.append(told(_name(one) or url or "something without a name"))
    if others:
        notes.append(f"mentions: {', '.join(others[:20])}")


def _images(value: Any, base: str, notes: list[str]) -> Iterator[dict[str, Any]]:
    """The pictures. Several bare addresses are sizes of one and the same: search engines ask for three."""
    all_ = _several(value)
    bare = [one for one in all_ if isinstance(one, str)]
    if len(bare) > 1:
        notes.append(f"{len(bare) - 1} more addresses of the picture {told(bare[0])}, taken for other sizes of it")
    for one in [*bare[:1], *(one for one in all_ if isinstance(one, dict))]:
        if url := _address(one, base):
            yield {"url": url, **(one if isinstance(one, dict) else {}), "address": url}


def _with_images(body: Body, images: list[dict[str, Any]], notes: list[str]) -> list[dict[str, Any]]:
    """The blocks with the pictures: the first at the top, the others at the end; none where the body has its own."""
    if any("picture" in block for block in body.blocks):
        known = {url.partition("?")[0]: file for file, url in body.pictures.items()}
        blocks = {block["picture"]["file"]: block["picture"] for block in body.blocks if "picture" in block}
        for image in images:
            file = known.get(image["address"].partition("?")[0], "")
            if file in blocks and (words := _word(image.get(ALT))):
                blocks[file]["alt"] = words
            elif not file:
                notes.append(f"the picture {told(image['address'])}: the body has pictures already")
        return body.blocks
    made = []
    for image in images:
        name = _word(image.get("name"))
        is_name = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}", name) and name.endswith(PICTURES)
        file = name if is_name else file_name_of(unquote(urlsplit(image["address"]).path), PICTURES, "picture", ".jpg")
        file = unique(file, image["address"], body.pictures)
        body.pictures[file] = image["address"]
        caption = literal(_word(image.get("caption")))
        value: dict[str, Any] = {"file": file}
        value |= alternative(_alt_of(image), caption)
        credit = _word(image.get("creditText")) or _name(image.get("author")) or _name(image.get("creator"))
        value |= {"caption": caption} if caption else {}
        value |= {"credit": literal(credit)} if credit else {}
        if description := _word(image.get(DESCRIPTION)):
            value["description"] = literal(description)
        made.append({"picture": tidy(value)})
    if len(made) > 1:
        body.notes.append("where the pictures stand in the body: the first is at the top, the others are at its end")
    return [*made[:1], *body.blocks, *made[1:]]


def _alt_of(image: Mapping[str, Any]) -> str | None:
    return _word(image.get(ALT) or image.get("AltTextAccessibility") or image.get(f"{_CORE}AltTextAccessibility")) or None


def _films(media: Iterable[Any], body: Body, language: str, notes: list[str]) -> Iterator[dict[str, Any]]:
    for one in media:
        kind = "video" if "VideoObject" in _kinds(one) else "audio" if "AudioObject" in _kinds(one) else ""
        url = _address(one.get("contentUrl")) if isinstance(one, dict) else ""
        if not kind or not url:
            notes.append(f"a film or recording without an address: {told(_name(one) or 'it has no name')}")
            continue
        suffixes = (".mp4", ".webm", ".ogv") if kind == "video" else (".mp3", ".m4a", ".ogg", ".opus", ".wav", ".flac")
        file = file_name_of(unquote(urlsplit(url).path), suffixes, kind, suffixes[0])
        file = unique(file, url, body.pictures)
        body.pictures[file] = url
        spoken = [literal(part) for part in str(one.get("transcript") or "").split("\n") if part.strip()]
        value: dict[str, Any] = {"file": file, "title": _name(one)}
        if kind == "video":
            captions = {}
            for track in _several(one.get("caption")):
                where = _address(track) if isinstance(track, dict) else ""
                if where:
                    vtt = file_name_of(unquote(urlsplit(where).path), (".vtt",), "captions", ".vtt")
                    vtt = captions[_language(track.get("inLanguage"), notes) or language] = unique(vtt, where, body.pictures)
                    body.pictures[vtt] = where
            value["captions"] = captions or ""
        value["transcript"] = spoken or ""
        if caption := _word(one.get("description")):
            value["caption"] = literal(caption)
        if credit := _word(one.get("creditText")):
            value["credit"] = literal(credit)
        yield {kind: value}


# -- out ---------------------------------------------------------------------------------------------------------------


def item(edition: Edition) -> dict[str, Any]:
    """An edition of an article as a NewsArticle."""
    article, writer = edition.article, edition.writer
    author = [
        _filled({"@type": "Person", "name": one.name, "jobTitle": writer.plain(one.role), "url": one.url})
        for one in article.authors
    ]
    licence = article.licence
    named = writer.plain(licence.name) if licence else ""
    made = {
        "@type": "NewsArticle",
        "@id": edition.url,
        "url": edition.url,
        "identifier": {"@type": "PropertyValue", "propertyID": _RECORD, "value": article.id},
        "inLanguage": edition.language,
        "headline": writer.plain(article.headline),
        "description": writer.plain(article.teaser),
        "datePublished": article.published.isoformat(),
        "dateModified": (article.updated or article.published).isoformat(),
        "author": author,
        "publisher": {"@type": "Organization", "name": edition.publisher} if edition.publisher else "",
        "contentLocation": {"@type": "Place", "name": place} if (place := writer.plain(article.location)) else "",
        "articleSection": writer.plain(article.section),
        "keywords": [writer.plain(tag) for tag in article.tags],
        "license": {"@type": "CreativeWork", "name": named, "url": licence.url}
        if licence and named
        else licence.url
        if licence
        else "",
        "image": [_image(edition, picture) for picture in edition.pictures if not picture.decorative],
        "video": [_film(edition, block) for block in article.body if isinstance(block, VideoBlock)],
        "audio": [_film(edition, block) for block in article.body if isinstance(block, AudioBlock)],
        "articleBody": writer.text(article.body),
        "mentions": [
            _filled(
                {"@type": "WebPage", "name": writer.plain(link.text), "url": edition.link_of(link), "inLanguage": link.hreflang}
            )
            for link in article.related
            if writer.plain(link.text)
        ],
    }
    return _filled(made)


def document(items: list[dict[str, Any]]) -> dict[str, Any]:
    """Articles as a document of JSON-LD: one by itself, several as a graph."""
    return {"@context": CONTEXT, **items[0]} if len(items) == 1 else {"@context": CONTEXT, "@graph": items}


def _image(edition: Edition, picture: Any) -> dict[str, Any]:
    writer, prepared = edition.writer, edition.prepared[picture.file]
    width, height = prepared.largest_size
    description = writer.plain(picture.description)
    features = [*(["alternativeText"] if picture.alt else []), *(["longDescription"] if description else [])]
    return _filled(
        {
            "@type": "ImageObject",
            "name": picture.file,
            "contentUrl": edition.address_of(picture.file),
            "width": width,
            "height": height,
            "caption": writer.plain(picture.caption),
            "creditText": writer.plain(picture.credit),
            ALT: writer.plain(picture.alt),
            DESCRIPTION: description,
            "accessibilityFeature": features,
        }
    )


def _film(edition: Edition, block: VideoBlock | AudioBlock) -> dict[str, Any]:
    writer = edition.writer
    film = block.video if isinstance(block, VideoBlock) else block.audio
    tracks = block.video.captions if isinstance(block, VideoBlock) else {}
    poster = block.video.poster if isinstance(block, VideoBlock) else None
    return _filled(
        {
            "@type": "VideoObject" if isinstance(block, VideoBlock) else "AudioObject",
            "name": writer.plain(film.title),
            "contentUrl": edition.address_of(film.file),
            "thumbnailUrl": edition.address_of(poster) if poster else "",
            "description": writer.plain(film.caption),
            "creditText": writer.plain(film.credit),
            "transcript": "\n".join(writer.plain(part) for part in film.transcript),
            "caption": [
                {
                    "@type": "MediaObject",
                    "inLanguage": language,
                    "encodingFormat": "text/vtt",
                    "contentUrl": edition.address_of(file),
                }
                for language, file in tracks.items()
            ],
        }
    )


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}


def left_out(edition: Edition) -> Iterator[str]:
    """What of a record JSON-LD has no place for."""
    article = edition.article
    yield "the structure of the body, markup and links: articleBody is plain text"
    if article.kicker:
        yield "the kicker"
    if article.languages:
        yield "the languages that the record is wanted in"
    if article.names:
        yield "names that are not translated"
    if any(picture.decorative for picture in edition.pictures):
        yield "the pictures that are decorative"
