"""
What IPTC ninjs 3.1 allows, as far as an article with pictures and films goes: written down from the standard's own schema
(ninjs-schema_3.1.json), property by property, to judge what we export. Everything that is not named is forbidden, as there.
"""

from typing import Any

WORD = {"type": "string"}
NUMBER = {"type": "integer"}
URI = {"type": "string", "format": "uri"}
MOMENT = {"type": "string", "format": "date-time"}


def _object(required: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": required.split(), "properties": properties}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TEXTS = _list(_object("value", role=WORD, contentType=WORD, value=WORD))
_RENDITION = _object(
    "name", name=WORD, href=URI, contentType=WORD, title=WORD, width=NUMBER, height=NUMBER, sizeInBytes=NUMBER, format=WORD
)
_KINDS = ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]
_CONCEPT = _object("", name=WORD, rel=WORD, uri=URI, literal=WORD)
_RIGHTS = _object("", langId=URI, linkedRights=URI, encodedRights=WORD)

_PROPERTIES: dict[str, Any] = {
    "uri": URI,
    "type": {"enum": _KINDS},
    "representationType": {"enum": ["full", "partial"]},
    "profile": WORD,
    "version": WORD,
    "firstCreated": MOMENT,
    "versionCreated": MOMENT,
    "contentCreated": MOMENT,
    "embargoedUntil": MOMENT,
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "urgency": {"type": "integer", "minimum": 1, "maximum": 9},
    "copyrightHolder": WORD,
    "copyrightNotice": WORD,
    "usageTerms": WORD,
    "edNote": WORD,
    "language": WORD,
    "descriptions": _TEXTS,
    "bodies": _list(_object("value", role=WORD, contentType=WORD, charCount=NUMBER, wordCount=NUMBER, value=WORD)),
    "headlines": _TEXTS,
    "people": _list(_CONCEPT),
    "organisations": _list(_CONCEPT),
    "subjects": _list(_CONCEPT),
    "title": WORD,
    "by": WORD,
    "slugline": WORD,
    "located": WORD,
    "renditions": _list(_RENDITION),
    "altIds": _list(_object("", role=WORD, value=WORD)),
    "standard": _object("", name=WORD, version=WORD, schema=URI),
    "expires": MOMENT,
    "rightsInfo": {**_RIGHTS, "oneOf": [{"required": ["linkedRights"]}, {"required": ["encodedRights"]}]},
}
_ASSOCIATION = _object("uri name", **_PROPERTIES, associations={"type": "array"}, name=WORD, rel=WORD)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object("uri", **_PROPERTIES, associations=_list(_ASSOCIATION)),
}
