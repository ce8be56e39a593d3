"""A record with everything that a record can hold, in the three formats; and the places in a text where faults are expected."""

import json
from typing import Any

import yaml
from pydantic import BaseModel

from a11ynews.article import Article, Text, parse
from a11ynews.source import read

YAML = """\
language: en
slug: reading-room
published: 2026-03-02T09:00:00+01:00
updated: 2026-03-03T12:30:00+01:00
kicker: Buildings
headline: The reading room is *open* again
teaser: "It took a year: now there are twice as many seats."
authors:
  - Ana Martins
  - name: Jo Meyer
    role: Librarian
    url: https://example.org/jo
location: Lisbon
body:
  - paragraph: The **new** lamps are a gift of the [Friends of the Library](https://friends.example.org/).
    id: new-lamps
  - heading: How to come in
  - list:
      - A library card
      - A bag that you can see through
  - heading:
      text: By tram
      level: 3
  - list:
      items:
        - Take line 28
        - Ring the bell
      ordered: true
  - heading:
      text: From the north
      level: 4
  - picture:
      file: room.jpg
      alt: Long tables with green lamps
      caption: The first morning
      credit: Ana Martins
      description: Two rows of seven tables run from north to south.
  - picture:
      file: line.svg
      decorative: true
      reason: a line between two parts
  - quote: It is good to be back.
  - quote:
      text: É bom voltar.
      source: A reader
      url: https://example.org/interview
      lang: pt
  - table:
      caption: Opening hours
      header: [Day, From, To]
      rows:
        - [Monday to Friday, "9:00", "18:00"]
        - [Saturday, "10:00", "14:00"]
      row_headers: true
  - video:
      file: opening.mp4
      title: The first morning
      captions:
        en: opening.en.vtt
        pt_BR: opening.pt.vtt
      poster: room.jpg
      caption: The doors opened at nine.
      credit: Ana Martins
      transcript:
        - "The director: Welcome back."
        - Applause.
  - audio:
      file: speech.mp3
      title: The speech
      caption: On the first morning
      credit: Radio Lisbon
      transcript: Welcome back, everybody.
  - info:
      heading: The house in figures
      body:
        - paragraph: It was built in 1911.
          id: built
        - list: [120 seats, 40 lamps]
  - contact: Write to [the desk](mailto:desk@example.org).
related:
  - text: How to get a card
    url: https://example.org/card
    urls:
      de: https://example.org/ausweis
      pt: https://example.org/cartao
  - text: The architects
    url: https://architects.example.pt/
    hreflang: pt
section: Libraries
tags: [reading room, lamps]
licence:
  url: https://creativecommons.org/licenses/by/4.0/
  name: CC BY 4.0
names:
  - Friends of the Library
  - { name: Ana Martins, lang: pt }
languages: [en, de, zh_Hant]
"""

TOML = """\
language = "en"
slug = 'reading-room'
published = 2026-03-02T09:00:00+01:00 # a date of TOML's own
updated = "2026-03-03T12:30:00+01:00"
kicker = "Buildings"
headline = "The reading room is *open* again"
teaser = \"""
It took a year: now
there are twice as many seats.\"""
authors = [
  "Ana Martins",
  { name = "Jo Meyer", role = "Librarian", url = "https://example.org/jo" },
]
location = "Lisbon"
section = "Libraries"
tags = ["reading room", "lamps"]
licence.url = "https://creativecommons.org/licenses/by/4.0/"
licence.name = "CC BY 4.0"
names = ["Friends of the Library", { name = "Ana Martins", lang = "pt" }]
languages = ["en", "de", "zh_Hant"]

[[body]]
paragraph = "The **new** lamps are a gift of the [Friends of the Library](https://friends.example.org/)."
id = "new-lamps"

[[body]]
heading = "How to come in"

[[body]]
list = ["A library card", "A bag that you can see through"]

[[body]]
heading = { text = "By tram", level = 3 }

[[body]]
[body.list]
items = [
  "Take line 28", # or walk
  "Ring the bell",
]
ordered = true

[[body]]
heading.text = "From the north"
heading.level = 4

[[body]]
[body.picture]
file = "room.jpg"
alt = "Long tables with green lamps"
caption = "The first morning"
credit = "Ana Martins"
description = "Two rows of seven tables run from north to south."

[[body]]
picture = { file = "line.svg", decorative = true, reason = "a line between two parts" }

[[body]]
quote = "It is good to be back."

[[body]]
quote = { text = "\\u00c9 bom voltar.", source = "A reader", url = "https://example.org/interview", lang = "pt" }

[[body]]
[body.table]
caption = "Opening hours"
header = ["Day", "From", "To"]
rows = [
  ["Monday to Friday", "9:00", "18:00"],
  ["Saturday", "10:00", "14:00"],
]
row_headers = true

[[body]]
[body.video]
file = "opening.mp4"
title = "The first morning"
poster = "room.jpg"
caption = "The doors opened at nine."
credit = "Ana Martins"
transcript = ["The director: Welcome back.", "Applause."]
[body.video.captions]
en = "opening.en.vtt"
pt_BR = "opening.pt.vtt"

[[body]]
[body.audio]
file = "speech.mp3"
title = "The speech"
caption = "On the first morning"
credit = "Radio Lisbon"
transcript = "Welcome back, everybody."

[[body]]
[body.info]
heading = "The house in figures"
[[body.info.body]]
paragraph = "It was built in 1911."
id = "built"
[[body.info.body]]
list = ["120 seats", "40 lamps"]

[[body]]
contact = "Write to [the desk](mailto:desk@example.org)."

[[related]]
text = "How to get a card"
url = "https://example.org/card"
[related.urls]
de = "https://example.org/ausweis"
pt = "https://example.org/cartao"

[[related]]
text = "The architects"
url = "https://architects.example.pt/"
hreflang = "pt"
"""


class PlainLoader(yaml.SafeLoader):
    """YAML as editors read it (YAML 1.2, core schema): a date is a text."""


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain(text: str) -> Any:
    """What stands in a YAML text, as plain values."""
    return yaml.load(text, PlainLoader)


JSON = json.dumps(plain(YAML), indent=2, ensure_ascii=False)

WHOLE = {"record.yaml": YAML, "record.json": JSON, "record.toml": TOML}
"""The record by the names of its files."""


def article_of(text: str, file: str = "record.yaml") -> Article:
    """The article of a record all of whose files are there and good."""
    return parse(read(text.encode(), file), "whole", lambda kind, name: None)  # noqa: ARG005  # the names say what it is asked


def bare(value: Any) -> Any:
    """An article, or a part of it, without the places where its texts stand."""
    if isinstance(value, Text):
        return value.role.name, value.words, value.language
    if isinstance(value, BaseModel):
        return {name: bare(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, tuple):
        return [bare(part) for part in value]
    return value


MARK = "▸"
"""Stands in a text before each place where a fault is expected."""


def unmarked(text: str) -> tuple[str, list[str]]:
    """A text without marks, and the places of the marks as `line:column`."""
    places = []
    while (at := text.find(MARK)) >= 0:
        places.append(f"{text.count(chr(10), 0, at) + 1}:{at - text.rfind(chr(10), 0, at)}")
        text = text[:at] + text[at + 1 :]
    return text, places
