"""
What is said to people: English words that can be said in other languages too.

A `Message` is a string, the English one, and remembers the template and the values that it was made of. Catalogs hold the
templates (`locales/<language>/LC_MESSAGES/a11ynews-report.po`); `messages.py` finds them there.
"""

from collections.abc import Mapping

from .language import name_of


class Message(str):
    """English words that know their template and the values in it."""

    template: str
    """The words with `{names}` in place of the values: what a catalog is asked for."""
    many: str
    """The template for more than one, where the words depend on a number; else empty."""
    values: Mapping[str, object]

    @staticmethod
    def of(template: str, many: str, values: Mapping[str, object]) -> "Message":
        """The message of a template, or of two, by the number named `n` among the values."""
        chosen = many if many and values["n"] != 1 else template
        message = Message(chosen.format_map({name: _shown(value) for name, value in values.items()}))
        message.template, message.many, message.values = template, many, values
        return message

    def __reduce__(self) -> tuple[object, ...]:
        """Messages cross from process to process."""
        return Message.of, (self.template, self.many, dict(self.values))


class LanguageName(str):
    """The name of a language, in English; `tag` says which, so that it can be named in other languages."""

    tag: str

    def __reduce__(self) -> tuple[object, ...]:
        return language_name, (self.tag,)


def language_name(tag: str) -> LanguageName:
    """A language's name, as a value of a message. Raises LanguageError where the tag is none."""
    name = LanguageName(name_of(tag, "en"))
    name.tag = tag
    return name


def _shown(value: object) -> object:
    """Numbers with their thousands apart; everything else as it is."""
    if isinstance(value, float):
        return f"{value:,g}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else value


def say(template: str, /, **values: object) -> Message:
    """
    A message: `say("the picture {file} has no alternative text; say what it shows", file=name)`.

    Each value is a word, a number, or another message, which is then said in the same language. Braces are doubled.
    """
    return Message.of(template, "", values)


def say_number(one: str, many: str, n: int, /, **values: object) -> Message:
    """A message that depends on a number, which stands in it as `{n}`: `say_number("{n} page", "{n} pages", 3)`."""
    return Message.of(one, many, {"n": n, **values})
