"""The catalogs of what the checker says: every message in English, German and Italian."""

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from .language import chain_of, folder_of, name_of
from .message import LanguageName, Message
from .po import PoFile
from .resources import LOCALES

DOMAIN = "a11ynews-report"
"""The catalog of what the checker says: `locales/<language>/LC_MESSAGES/a11ynews-report.po`."""

LANGUAGES = ("en", "de", "it")
"""The languages that reports are written in."""

Say: TypeAlias = Callable[[str], str]
"""Says a message in a language."""


@cache
def sayer(language: str) -> Say:
    """
    What says messages in a language: each by its catalog, in English where that has none.

    Words that are no `Message` (addresses, the text of a page) are said as they are.
    """
    if language.split("-")[0] == "en":
        return str
    strings = _strings(language)

    def say_in(message: str) -> str:
        if isinstance(message, LanguageName):
            return name_of(message.tag, language)
        if not isinstance(message, Message):
            return message
        # German and Italian count as English does: one, or any other number.
        found = strings.get(message.template, ())
        template = (found[-1] if message.many and message.values["n"] != 1 else found[0]) if found else _english(message)
        values = {name: say_in(value) if isinstance(value, str) else value for name, value in message.values.items()}
        return template.format_map({name: _number(value, language) for name, value in values.items()})

    return say_in


def language_of(message: str, language: str) -> str:
    """The language that `sayer(language)` says a message in: English, where the catalog has none for it, or it is no message."""
    if isinstance(message, LanguageName) or (isinstance(message, Message) and message.template in _known(language)):
        return language
    return "en"


@cache
def _known(language: str) -> frozenset[str]:
    return frozenset(_strings(language))


def _english(message: Message) -> str:
    return message.many if message.many and message.values["n"] != 1 else message.template


_COMMA_LANGUAGES = ("de", "it")
_TURNED = str.maketrans(",.", ".,")


def _number(value: object, language: str) -> object:
    """A number as it is written in a language: 1.234,5 in German and Italian."""
    if isinstance(value, bool | str) or not isinstance(value, int | float):
        return value
    shown = f"{value:,g}" if isinstance(value, float) else f"{value:,}"
    return shown.translate(_TURNED) if language.split("-")[0] in _COMMA_LANGUAGES else shown


def _strings(language: str) -> dict[str, tuple[str, ...]]:
    strings: dict[str, tuple[str, ...]] = {}
    for link in reversed(chain_of(language)):
        file = LOCALES / folder_of(link) / "LC_MESSAGES" / f"{DOMAIN}.po"
        if file.is_file():
            for entry in PoFile.parse(file.read_bytes(), file.name).entries:
                if entry.translated and not entry.fuzzy and not entry.obsolete:
                    strings[entry.id] = tuple(entry.strings.values())
    return strings
