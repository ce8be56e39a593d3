"""The catalogs of what the checker says: every message in English, German and Italian."""

from collections.abc import Callable, Iterator
from functools import cache
from re import DOTALL, Pattern, compile, escape, split
from typing import TypeAlias

from .language import chain_of, folder_of
from .message import Message, _shown
from .po import PoFile
from .resources import LOCALES

DOMAIN = "a11ynews-report"
"""The catalog of what the checker says: `locales/<language>/LC_MESSAGES/a11ynews-report.po`."""

LANGUAGES = ("en", "de", "it")
"""The languages that reports are written in."""

AXE = "axe"
"""The context of axe's own messages, which are templates to match: it hands over finished English words."""

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
    patterns = list(_patterns(strings))

    def say_in(message: str) -> str:
        if not isinstance(message, Message):
            return _axe(message, patterns) or message
        found = strings.get(("", message.template))
        if not found:
            return str(message)
        # German and Italian count as English does: one, or any other number.
        template = found[-1 if message.many and message.values["n"] != 1 else 0]
        values = {name: say_in(value) if isinstance(value, str) else value for name, value in message.values.items()}
        return template.format_map({name: _number(value, language) for name, value in values.items()})

    return say_in


def _number(value: object, language: str) -> object:
    shown = _shown(value)
    return str(shown).replace(",", "." if language.split("-")[0] in ("de", "it") else ",") if shown is not value else value


def _strings(language: str) -> dict[tuple[str, str], tuple[str, ...]]:
    strings: dict[tuple[str, str], tuple[str, ...]] = {}
    for link in reversed(chain_of(language)):
        file = LOCALES / folder_of(link) / "LC_MESSAGES" / f"{DOMAIN}.po"
        if file.is_file():
            for entry in PoFile.parse(file.read_bytes(), file.name).entries:
                if entry.translated and not entry.fuzzy and not entry.obsolete:
                    strings[entry.context or "", entry.id] = tuple(entry.strings.values())
    return strings


def _patterns(strings: dict[tuple[str, str], tuple[str, ...]]) -> Iterator[tuple[Pattern[str], str]]:
    """axe's messages as patterns, the longest first, with what is said in their place."""
    for (context, msgid), said in sorted(strings.items(), key=lambda item: -len(item[0][1])):
        if context == AXE:
            parts = split(r"\{(\w+)\}", msgid)
            pattern = "".join(f"(?P<{part}>.*?)" if number % 2 else escape(part) for number, part in enumerate(parts))
            yield compile(pattern, DOTALL), said[0]


def _axe(message: str, patterns: list[tuple[Pattern[str], str]]) -> str:
    for pattern, said in patterns:
        if found := pattern.fullmatch(message):
            return said.format_map(found.groupdict())
    return ""
