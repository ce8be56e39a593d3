"""The news of `data/news.txt`: texts in English with their translations, as a record and its catalogs would hold them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from a11ynews.article import ROLES
from a11ynews.catalog import Bitext, PictureTexts
from a11ynews.markup import Name
from a11ynews.po import PoEntry, PoFile
from catalogs import bitext_of

FILE = Path(__file__).with_name("data") / "news.txt"
LANGUAGES = ("de", "it")

_ROLE = re.compile(r"\[([a-z ]+)\](?: (.*))?")


@dataclass(frozen=True, slots=True)
class Story:
    """A text with its translations by their languages, its role, and the names in it that stay."""

    role: str
    names: tuple[str, ...]
    source: str
    translations: dict[str, str]

    def words(self, language: str) -> str:
        """What it says in a language; English is its source."""
        return self.source if language == "en" else self.translations[language]


def stories() -> list[Story]:
    """All of them, in the order of the file."""
    found = []
    for block in FILE.read_text("utf-8").strip().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("# ")]
        head = _ROLE.fullmatch(lines[0]) if lines else None
        if head and head[1] in ROLES:
            del lines[0]
        if lines:
            source, *translations = lines
            names = tuple(head[2].split("; ")) if head and head[2] else ()
            found.append(Story(head[1] if head else "paragraph", names, source, dict(zip(LANGUAGES, translations, strict=True))))
    return found


def names_in(chosen: Sequence[Story]) -> list[Name]:
    """The names that stay, each once."""
    return [Name(words) for words in dict.fromkeys(words for story in chosen for words in story.names)]


def catalog_for(language: str, chosen: Sequence[Story], source_language: str = "en") -> Bitext:
    """A catalog of stories, each once; from English, unless another of their languages is named."""
    po = PoFile.new(language, f"locales/{language}/LC_MESSAGES/news.po")
    pictures: list[PictureTexts] = []
    for story in {(story.role, story.words(source_language)): story for story in chosen}.values():
        entry = PoEntry.new(story.role, story.words(source_language))
        entry.set_strings({0: story.words(language)})
        po.entries.append(entry)
        if story.role == "alt":
            pictures.append(PictureTexts(f"{len(pictures) + 1}.jpg", entry.id, ""))
        elif story.role == "caption" and pictures:
            pictures[-1] = PictureTexts(pictures[-1].file, pictures[-1].alt, entry.id)
    return bitext_of(po, language, "news", names_in(chosen), pictures, source_language=source_language)
