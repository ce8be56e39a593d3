"""A small project to render, made in a test's own folder."""

import io
import shutil
from pathlib import Path
from typing import Self

from PIL import Image

from a11ynews.config import load
from a11ynews.po import PoFile
from a11ynews.site import Outcome, Site
from a11ynews.translate import update

CONFIG = """\
name = "Test News"
base_url = "https://news.example.org/"
languages = ["en", "de", "it"]
lists.make = false
"""
"""A site of articles alone: what stands around them is tested in test_front.py."""

RECORD = """\
language: en
published: 2026-05-04T09:00:00+02:00
headline: The bridge is open
teaser: After two years the bridge over the river is open again.
body:
  - picture:
      file: bridge.png
      alt: Two children run across a stone bridge
      caption: The first to cross it
      credit: Anna Huber
  - paragraph: The mayor cut the ribbon at noon.
  - heading: What comes next
  - paragraph: The road will follow.
"""

GERMAN = {
    "The bridge is open": "Die Brücke ist offen",
    "After two years the bridge over the river is open again.": "Nach zwei Jahren ist die Brücke wieder offen.",
    "Two children run across a stone bridge": "Zwei Kinder laufen über eine Steinbrücke",
    "The first to cross it": "Die Ersten auf der Brücke",
    "Anna Huber": "Anna Huber",
    "The mayor cut the ribbon at noon.": "Die Bürgermeisterin durchschnitt mittags das Band.",
    "What comes next": "Wie es weitergeht",
    "The road will follow.": "Die Straße wird folgen.",
}


def picture(colour: tuple[int, int, int]) -> bytes:
    """As wide as it must be to have a smaller one beside it, and low: to make others of it takes most of a small render."""
    out = io.BytesIO()
    Image.new("RGB", (640, 40), colour).save(out, "PNG")
    return out.getvalue()


PICTURE = picture((30, 90, 160))


class Project:
    """A configured folder with records; `write` adds or replaces a file."""

    def __init__(self, root: Path, config: str = CONFIG) -> None:
        self.root = root
        self.write("a11ynews.toml", config)

    def write(self, path: str, content: str | bytes) -> Path:
        """Write a file of the project."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def copied(self, root: Path) -> Self:
        """The same project in another folder: to write its catalogs anew takes far longer."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return type(self)(root, self.read("a11ynews.toml"))

    def record(self, content: str = RECORD, id: str = "bridge") -> Path:
        """Write a record with a picture beside it."""
        file = self.write(f"news/{id}/record.yaml", content)
        file.with_name("bridge.png").write_bytes(PICTURE)
        return file

    def write_everything(self, content: str) -> None:
        """Write the record with all that a record can hold, and the files that it names."""
        self.write("news/room/record.yaml", content)
        Image.new("RGB", (1000, 60)).save(self.root / "news/room/room.jpg")
        self.write("news/room/line.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
        for name in ("opening.en.vtt", "opening.pt.vtt"):
            self.write(f"news/room/{name}", "WEBVTT\n")
        for name in ("opening.mp4", "speech.mp3"):
            self.write(f"news/room/{name}", "x")

    def read(self, path: str) -> str:
        """A file of the project."""
        return (self.root / path).read_text("utf-8")

    def site(self) -> Site:
        """The site, read anew."""
        return Site(load(self.root / "a11ynews.toml"))

    def render(self, *locales: str, strict: bool = False) -> Outcome:
        """Render everything."""
        return self.site().render(locales=locales, strict=strict)

    def translate(self, language: str, words: dict[str, str], id: str = "bridge", fuzzy: tuple[str, ...] = ()) -> PoFile:
        """Bring the catalogs of a language up to date, fill in a record's, and mark some entries fuzzy."""
        update(self.site(), [language])
        return self.fill_in(language, words, id, fuzzy)

    def fill_in(self, language: str, words: dict[str, str], id: str = "bridge", fuzzy: tuple[str, ...] = ()) -> PoFile:
        """Fill in the catalog of a record, where all are up to date."""
        file = self.root / f"locales/{language.replace('-', '_')}/LC_MESSAGES/{id}.po"
        po = PoFile.read(file, file.name)
        for entry in po.live:
            entry.set_strings({0: words.get(entry.id, "")})
            entry.set_fuzzy(entry.id in fuzzy)
        po.write(file)
        return PoFile.read(file, file.name)

    def line_of(self, path: str, words: str) -> int:
        """The first line of a file that holds some words, from 1."""
        return next(number for number, line in enumerate(self.read(path).splitlines(), 1) if words in line)
