"""Alternative texts in catalogs: what a screen reader says in place of the picture, in the translator's words."""

import re
from collections.abc import Iterator

from ..catalog import Bitext, Unit
from ..finding import Severity
from ..iptc import words_for
from ..message import language_name, say
from ..page import excerpt
from ..po import PoEntry
from ..rule import rule
from .pictures import STOPGAP

_FILE_NAME = re.compile(
    r"\S*\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp|heic)|(?:img|dsc|dscn|pict?|foto|bild|photo|image)[-_ ]?\d+", re.IGNORECASE
)
# What begins an alternative text and says nothing of the picture. “Foto di gruppo” and “Gruppenfoto” do: they name what is seen.
_OPENINGS = {
    "en": re.compile(
        r"(?:an? |the |this )?(?:image|picture|photo|photograph|pic|graphic|illustration|screenshot)"
        r"(?: (?:of|showing|shows|that shows|with)\b|:)",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"(?:das |dieses |ein |eine |die )?"
        r"(?:(?:bild|foto|fotografie|grafik|aufnahme|illustration|screenshot|symbolbild|archivbild)"
        r"(?: (?:von|vom|der|des|einer|eines|mit|zeigt|sieht)\b|:)"
        r"|abbildung\b(?! \d))|(?:auf dem|im) (?:bild|foto)\b",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"(?:una? |un['’]|l['’]|la |questa )?(?:foto|fotografia|immagine|figura|illustrazione|schermata)"
        r"(?: (?:di(?! gruppo\b| famiglia\b| classe\b)|del|della|dello|dei|degli|delle|con|che mostra|mostra)\b| dell['’]|:)"
        r"|nella (?:foto|figura)\b|nell['’]immagine\b",
        re.IGNORECASE,
    ),
}


def _alts(bitext: Bitext) -> list[Unit]:
    return [unit for unit in bitext.units if unit.role.name == "alt"]


def _compared(words: str) -> str:
    """Words as they are compared: in small letters, without white space and marks at their ends."""
    return " ".join(words.casefold().split()).strip(" .!?…»«“”„\"'–-")


def _picture(bitext: Bitext, unit: Unit) -> str:
    """What stands behind “the picture”: its file's name, as far as the record tells it."""
    files = [picture.file for picture in bitext.pictures if picture.alt == unit.source]
    return files[0] if files else say("described as {words}", words=excerpt(unit.source, 40))


@rule("po-alt-empty", on=Bitext, wcag=("1.1.1",))
def po_alt_empty(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    An alternative text has words.

    A picture that the source describes is no decoration in any language. (What is not translated at all is a matter of
    `a11ynews catalog status`.)

    Bad: `[de alt] A street under water => –`
    Bad: `[de alt] A street under water => " "`
    Good: `[de alt] A street under water => Eine Straße unter Wasser`
    """
    for unit in _alts(bitext):
        if not any(letter.isalnum() for letter in unit.words):
            yield (
                unit,
                say("the alt text of the picture {picture} has no words; say what it shows", picture=_picture(bitext, unit)),
            )


@rule("po-alt-caption", on=Bitext, wcag=("1.1.1",))
def po_alt_caption(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    The alternative text and the caption of a picture are two texts, as they are in the source.

    Who hears the page hears the same words twice, and still does not know what is to be seen.

    Bad: `[de alt] Two arches of stone => Die neue Brücke [de caption] The new bridge => Die neue Brücke.`
    Good: `[de alt] Two arches of stone => Zwei steinerne Bögen [de caption] The new bridge => Die neue Brücke`
    Good: `[de alt] Two arches => Zwei Bögen [de alt] The valley => Das Tal [de caption] Arches => Zwei Bögen`
    """
    captions = {unit.source: unit for unit in bitext.units if unit.role.name == "caption"}
    for unit in _alts(bitext):
        for picture in bitext.pictures:
            caption = captions.get(picture.caption)
            if picture.alt != unit.source or caption is None or _compared(picture.alt) == _compared(picture.caption):
                continue
            if _compared(unit.plain) == _compared(caption.plain):
                yield (
                    unit,
                    say(
                        "the alt text of the picture {picture} repeats its caption {words}; say what is seen",
                        picture=_picture(bitext, unit),
                        words=excerpt(caption.plain),
                    ),
                )
                break


@rule("po-alt-same", on=Bitext, wcag=("1.1.1",))
def po_alt_same(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    Pictures that the source tells apart are told apart in the translation.

    Bad: `[de alt] The bridge at night => Die Brücke [de alt] The bridge after the flood => Die Brücke`
    Good: `[de alt] The bridge at night => Die Brücke bei Nacht [de alt] The bridge today => Die Brücke heute`
    """
    first: dict[str, Unit] = {}
    for unit in _alts(bitext):
        other = first.setdefault(_compared(unit.plain), unit)
        if other is not unit and _compared(other.source) != _compared(unit.source) and _compared(unit.plain):
            yield (
                unit,
                say(
                    "the picture {picture} has the alt text of {other}, {words}; say what it shows itself",
                    picture=_picture(bitext, unit),
                    other=_picture(bitext, other),
                    words=excerpt(unit.words),
                ),
            )


@rule("po-alt-file-name", on=Bitext, wcag=("1.1.1",))
def po_alt_file_name(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    An alternative text is no file name.

    Bad: `[de alt] A street under water => ueberflutung.jpg`
    Bad: `[it alt] A street under water => IMG_2041`
    Good: `[de alt] A street under water => Eine Straße unter Wasser`
    """
    for unit in _alts(bitext):
        if _FILE_NAME.fullmatch(unit.words.strip()):
            said = excerpt(unit.words)
            yield unit, say("the alt text {words} is the name of a file; say what the picture shows", words=said)


@rule("po-alt-opening", on=Bitext, severity=Severity.WARNING, wcag=("1.1.1",))
def po_alt_opening(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    An alternative text does not begin by saying that it is a picture.

    A screen reader says so by itself. Known are such beginnings in English, German and Italian. “Foto” alone is one everywhere.

    Bad: `[de alt] A street under water => Bild von einer Straße unter Wasser`
    Bad: `[de alt] A street under water => Das Foto zeigt eine Straße unter Wasser`
    Bad: `[it alt] A street under water => Foto di una strada allagata`
    Bad: `[en alt] Eine Straße unter Wasser => Image of a street under water`
    Bad: `[it alt] A street under water => Immagine`
    Good: `[de alt] A classroom => Bildung für alle: ein Klassenzimmer`
    Good: `[it alt] The whole team in front of the town hall => Foto di gruppo della squadra davanti al municipio`
    """
    opening = _OPENINGS.get(bitext.language.split("-")[0])
    for unit in _alts(bitext):
        words = unit.words.strip()
        stopgap = STOPGAP.fullmatch(_compared(words)) and not STOPGAP.fullmatch(_compared(unit.source))
        if match := opening.match(words) if opening else None:
            yield unit, say("the alt text begins with {words}; begin with what the picture shows", words=excerpt(match[0]))
        elif stopgap:
            yield unit, say("the alt text begins with {words}; begin with what the picture shows", words=excerpt(words))


@rule("po-alt-offered", on=Bitext, severity=Severity.REVIEW, wcag=("1.1.1",))
def po_alt_offered(bitext: Bitext) -> Iterator[tuple[PoEntry, str]]:
    """
    What a picture carries as an alternative text in this language is looked at before another one is written.

    Photographers and agencies can write it into the file (IPTC, Alt Text (Accessibility)). Whether it fits what the picture is
    there for, only a person can say: it is never taken over by itself.

    Bad: `{carries de: Eine Straße unter Wasser} [de alt] A street under water => ""`
    Bad: `{carries de: Eine Straße unter Wasser} [de-AT alt fuzzy] A street under water => Eine Gasse`
    Good: `{carries it: Una strada allagata} [de alt] A street under water => ""`
    Good: `{carries de: Eine Straße unter Wasser} [de alt] A street under water => Eine überflutete Straße`
    """
    for picture in bitext.pictures:
        entry = bitext.catalog.entries.get(("alt", picture.alt))
        carried = words_for(picture.carried, bitext.language)
        if entry is None or carried is None or (entry.translated and not entry.fuzzy):
            continue
        yield (
            entry,
            say(
                "the picture {picture} carries an alternative text in {language}: {words}; take it over or leave it",
                picture=picture.file,
                language=language_name(carried[1]),
                words=excerpt(carried[0], 250),
            ),
        )


@rule("po-max-length", on=Bitext, severity=Severity.WARNING)
def po_max_length(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    No text is longer than the layout has room for.

    The limit is the one that the entry's comment tells. Markup and the addresses of links do not count, and a text whose source
    is too long itself may be as long as that.

    Bad: `[de kicker] Research => Forschung und Entwicklung in Wissenschaft und Technik`
    Bad: `[de page max-length:12] Languages => Verfügbare Sprachen`
    Good: `[de kicker] Research => Forschung`
    """
    for unit in bitext.units:
        limit, length = unit.limit, len(unit.plain.strip())
        if limit and length > max(limit, len(unit.source_plain)):
            told = {"role": unit.role.name, "length": length, "limit": limit}
            yield unit, say("the {role} has {length} characters and room for {limit}; shorten it", **told)
