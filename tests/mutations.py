"""
What the rules of catalogs find of the mistakes that translators make, and what they find where there is none.

Each mutation takes good translations (`news.py`) and yields catalogs with one mistake in each, always the same ones: the dice are
seeded. `python tests/mutations.py` writes the table of the results into `docs/catalog-rules.md`; a test compares it.
"""

# ruff: noqa: ARG001 – every mutation is given the same things, whatever it needs of them

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from a11ynews.catalog import UI_DOMAIN, Bitext, PictureTexts, Term
from a11ynews.po import PoEntry, PoFile
from a11ynews.rules import CATALOG_RULES
from catalogs import bitext_of, report_on
from news import LANGUAGES, Story, catalog_for, names_in, stories

DOCUMENT = Path(__file__).parents[1] / "docs" / "catalog-rules.md"
_START, _END = "<!-- measured -->\n", "<!-- /measured -->\n"
_MOST = 40
"""Mistakes of one kind and language."""

Catalogs = tuple[Bitext, ...]
Change = Callable[[str, Story, str, random.Random], str | None]


def changed(language: str, story: Story, words: str) -> Bitext:
    """A catalog of one story, whose translation says something else."""
    return catalog_for(language, [replace(story, translations={**story.translations, language: words})])


def _each(change: Change, wanted: Callable[[Story], bool] = lambda _: True) -> Callable[[random.Random], Iterator[Catalogs]]:
    """A mutation that changes the words of one story at a time; None or the same words where it has nothing to change."""

    def mutate(dice: random.Random) -> Iterator[Catalogs]:
        for language in LANGUAGES:
            chosen = [story for story in stories() if wanted(story)]
            dice.shuffle(chosen)
            made = 0
            for story in chosen:
                words = story.translations[language]
                new = change(words, story, language, dice)
                if new is not None and new != words and made < _MOST:
                    made += 1
                    yield (changed(language, story, new),)

    return mutate


def _of_role(*roles: str) -> Callable[[Story], bool]:
    return lambda story: story.role in roles


def _swap(text: str, pattern: str, choose: Callable[[re.Match[str]], str], dice: random.Random) -> str | None:
    """A text in which one match of a pattern, any of them, is another one."""
    matches = list(re.finditer(pattern, text))
    if not matches:
        return None
    match = dice.choice(matches)
    return text[: match.start()] + choose(match) + text[match.end() :]


def _rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


# -- alternative texts -------------------------------------------------------------------------------------------------


def _alt_empty(words: str, story: Story, language: str, dice: random.Random) -> str:
    return dice.choice([" ", "–", "-", "…", ".", '""', "\u00a0", "?", "***"])


def _alt_file_name(words: str, story: Story, language: str, dice: random.Random) -> str:
    number = dice.randrange(10, 9999)
    forms = [
        "IMG_{}.jpg",
        "bild-{}.png",
        "DSC0{}",
        "foto_{}.webp",
        "ponte{}.jpeg",
        "news-header-{}.svg",
        "P{}.JPG",
        "pexels-{}.jpg",
    ]
    return dice.choice(forms).format(number)


def _alt_opening(words: str, story: Story, language: str, dice: random.Random) -> str:
    lower = words[0].lower() + words[1:]
    openings = {
        "de": [
            "Bild von: ",
            "Bild: ",
            "Foto: ",
            "Ein Foto von ",
            "Das Bild zeigt ",
            "Abbildung: ",
            "Das Foto zeigt ",
            "Symbolbild: ",
            "Im Bild: ",
        ],
        "it": [
            "Foto di ",
            "Immagine di ",
            "Foto: ",
            "Immagine: ",
            "Un’immagine di ",
            "Una fotografia di ",
            "Nella foto, ",
            "Scatto di ",
        ],
    }
    return dice.choice(openings[language]) + lower


def _alt_caption(dice: random.Random) -> Iterator[Catalogs]:
    pairs = [(a, b) for a, b in zip(stories(), stories()[1:], strict=False) if (a.role, b.role) == ("alt", "caption")]
    pictures = pairs + [(a, b) for a in stories() for b in stories() if a.role == "alt" and b.role == "caption"][:15]
    for language in LANGUAGES:
        for alt, caption in pictures:
            words = caption.translations[language].replace("*", "")
            words = dice.choice([words, words.rstrip("."), words + ".", words.upper(), f" {words} "])
            yield (catalog_for(language, [replace(alt, translations={language: words}), caption]),)


def _alt_same(dice: random.Random) -> Iterator[Catalogs]:
    alts = [story for story in stories() if story.role == "alt"]
    for language in LANGUAGES:
        for alt in alts:
            other = dice.choice([story for story in alts if story != alt])
            words = dice.choice([other.translations[language], other.translations[language] + "."])
            yield (catalog_for(language, [other, replace(alt, translations={language: words})]),)


def _max_length(words: str, story: Story, language: str, dice: random.Random) -> str:
    while len(words) <= 125:
        words += f" {story.translations[language]}"
    return words


# -- markup and names --------------------------------------------------------------------------------------------------


def _markup(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    changes: list[Callable[[str], str]] = [
        lambda text: text.replace("](", "] (", 1),
        lambda text: text.replace("](", "]\u200b(", 1),
        lambda text: re.sub(r"\[([^\]]*)\]\(", r"\1](", text, count=1),
        lambda text: re.sub(r"\]\(([^)]*)\)", r"]\1", text, count=1),
        lambda text: re.sub(r"\]\(([^)]*)\)", r"]{\1}", text, count=1),
        lambda text: text.replace("**", "", 1),
        lambda text: re.sub(r"\*\*(.*?)\*\*", r"** \1 **", text, count=1),
        lambda text: re.sub(r"\*\*(.*?)\*\*", r"<b>\1</b>", text, count=1),
        lambda text: re.sub(r"(?<!\*)\*(?!\*)", "", text, count=1),
        lambda text: re.sub(r"(?<!\*)\*(?!\*)(.*?)\*", r"<em>\1</em>", text, count=1),
        lambda text: text.replace("</i>", "", 1),
        lambda text: re.sub(r'<i lang="(\w+)">', r"<i lang=„\1“>", text, count=1),
        lambda text: re.sub(r'<i lang="(\w+)">', r"< i lang = \1>", text, count=1),
    ]
    if not re.search(r"\]\(|\*|<i", words):
        # Words without markup: somebody writes HTML or an entity.
        blank = re.search(" ", words)
        choices = [f"<b>{words}</b>", f"<p>{words}", words.replace(" ", "&nbsp;", 1), f"<strong>{words}</strong>", f"**{words}"]
        return dice.choice(choices) if blank and dice.random() < 0.15 else None
    return dice.choice([new for change in changes if (new := change(words)) != words])


def _link_target(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    if "](" not in words:
        return f"[{words}](https://elsewhere.example/)" if dice.random() < 0.05 and story.role == "paragraph" else None
    changes: list[Callable[[str], str]] = [
        lambda text: text.replace("/en/", f"/{language}/", 1),
        lambda text: re.sub(r"\]\((\w+):(\W*)(\w+)", r"](\1:\2x\3", text, count=1),
        lambda text: re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text, count=1),
        lambda text: re.sub(r"\]\(([^)]*)\)", r"](\1x)", text, count=1),
        lambda text: re.sub(r"\]\(([^)]*)\)", r"](https://example.com/)", text, count=1),
        lambda text: text + " [Mehr](https://elsewhere.example/)",
    ]
    return dice.choice([new for change in changes if (new := change(words)) != words])


_MARKED_UP = """
**Note:** the office is closed. | **Hinweis:** Das Büro ist geschlossen. | **Nota:** l’ufficio è chiuso.
It is *not* safe. | Es ist *nicht* sicher. | *Non* è sicuro.
The *Titanic* sank in 1912. | Die *Titanic* sank 1912. | Il *Titanic* affondò nel 1912.
**Free** entry for **everyone**. | **Freier** Eintritt für **alle**. | Ingresso **libero** per **tutti**.
Bring *your own* cup. | Bringen Sie *Ihre eigene* Tasse mit. | Portate *la vostra* tazza.
**When?** On Friday. | **Wann?** Am Freitag. | **Quando?** Venerdì.
**Where?** In the *old* town hall. | **Wo?** Im *alten* Rathaus. | **Dove?** Nel *vecchio* municipio.
Only *one* lift works. | Nur *ein* Aufzug fährt. | Funziona *un solo* ascensore.
The **deadline** is near. | Die **Frist** läuft ab. | La **scadenza** è vicina.
*Homo sapiens* came later. | *Homo sapiens* kam später. | *Homo sapiens* arrivò più tardi.
"""


def _marked_up() -> list[Story]:
    return [Story("paragraph", (), en, {"de": de, "it": it}) for en, de, it in _rows(_MARKED_UP)] + [
        story for story in stories() if "*" in story.source
    ]


def _emphasis(dice: random.Random) -> Iterator[Catalogs]:
    for language in LANGUAGES:
        for story in _marked_up():
            words = story.translations[language]
            yield (changed(language, story, words.replace("*", "")),)
            new = re.sub(r"\*\*(.*?)\*\*", r"*\1*", words) if "**" in words else re.sub(r"\*(.*?)\*", r"**\1**", words)
            yield (changed(language, story, new),)


_FOREIGN = """
At {} we met. | An der {} trafen wir uns. | Ci siamo visti a {}. | pt | Praça do Comércio
The band {} plays. | Es spielt die Gruppe {}. | Suonano i {}. | fr | Les Négresses Vertes
They sang {}. | Sie sangen {}. | Hanno cantato {}. | fr | Douce France
A {} is a small glass. | Ein {} ist ein kleines Glas. | Un {} è un bicchierino. | fr | ballon
The square is called {}. | Der Platz heißt {}. | La piazza si chiama {}. | es | Plaza Mayor
Her book {} is out. | Ihr Buch {} ist erschienen. | È uscito il suo libro {}. | fr | La nuit des temps
In Danish it is {}. | Auf Dänisch heißt es {}. | In danese si dice {}. | da | hygge
The motto is {}. | Das Motto lautet {}. | Il motto è {}. | la | Citius, altius, fortius
He wrote {} in 1913. | 1913 schrieb er {}. | Nel 1913 scrisse {}. | fr | Du côté de chez Swann
The dish is named {}. | Das Gericht heißt {}. | Il piatto si chiama {}. | es | ropa vieja
We heard {}. | Wir hörten {}. | Abbiamo sentito {}. | pt | saudade
The party {} won. | Gewonnen hat die Partei {}. | Ha vinto il partito {}. | nl | Nieuw Sociaal Contract
"""


def _foreign() -> list[Story]:
    found = []
    for en, de, it, tag, words in _rows(_FOREIGN):
        marked = f'<i lang="{tag}">{words}</i>'
        found.append(Story("paragraph", (), en.format(marked), {"de": de.format(marked), "it": it.format(marked)}))
    return found


def _lang(dice: random.Random) -> Iterator[Catalogs]:
    for language in LANGUAGES:
        for story in _foreign():
            words = story.translations[language]
            tag = dice.choice([language, "en", "pl", "xx", "french"])
            yield (changed(language, story, re.sub('lang="[a-z]+"', f'lang="{tag}"', words)),)
            yield (changed(language, story, re.sub("</?i[^>]*>", "", words)),)


def _lang_words(dice: random.Random) -> Iterator[Catalogs]:
    for language in LANGUAGES:
        for story in _foreign():
            yield (
                changed(language, story, re.sub(r">(\w+)", lambda match: f">{match[1][:-1]}ung", story.translations[language])),
            )


_NAMES = "Donatella Sciuto;Politecnico di Milano;PoliMi;TUM Brussels;Maria-Valerie Schegk;Karl Winter;Jana Vogt;Luca Ferri"


def _names(dice: random.Random) -> Iterator[Catalogs]:
    for language in LANGUAGES:
        for story in stories():
            names = tuple(name for name in _NAMES.split(";") if name in story.source)
            if not names:
                continue
            named = replace(story, names=names)
            for name in names:
                at = dice.randrange(1, len(name) - 1)
                for wrong in (
                    name[:at] + name[at + 1 :],
                    name.lower(),
                    "",
                    name[0] + name[1:].translate(str.maketrans("aeio", "eaoi")),
                ):
                    words = story.translations[language].replace(name, wrong)
                    if words != story.translations[language]:
                        yield (changed(language, named, words),)


def _slug(dice: random.Random) -> Iterator[Catalogs]:
    for language in LANGUAGES:
        headlines = [story.translations[language] for story in stories() if story.role == "headline"]
        for words in headlines[:20]:
            slug = dice.choice(
                [words, words.lower(), words.replace(" ", "_"), words.lower().replace(" ", "-") + "!", "-" + words]
            )
            yield (changed(language, Story("slug", (), "the-bridge", {}), slug),)


# -- languages and words -----------------------------------------------------------------------------------------------


def _same(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    letters = re.sub(r"[\W\d]", "", story.source)
    return story.source if len(letters) > 3 and story.source != words and words != "2.350" else None


def _language(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    if len(re.findall(r"[^\W\d_]+", story.source)) < 4:
        return None
    other = "it" if language == "de" else "de"
    return dice.choice([story.translations[other], re.sub(r"(\w+)(\W*)$", r"\1 x\2", story.source)])


_STRAYS = {
    "de": "und=and,e,ed der=the,della die=the,gli mit=with von=of,from ist=is,è nicht=not für=for auf=on,sulla oder=or in=into "
    "zu=to sind=are,sono aus=from sich=their eine=una zwischen=between des=dello",
    "it": "e=and,und di=of,von il=the,der la=the,die non=not,nicht con=with,mit per=for,für è=is,ist sono=are,sind un=ein "
    "una=eine che=which,dass della=of da=from tra=between,zwischen i=the o=oder",
}


def _stray(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    known = dict(pair.split("=") for pair in _STRAYS[language].split())
    pattern = rf"(?<![\w’\"-])(?:{'|'.join(known)})(?![\w’\"-])"
    return _swap(words, pattern, lambda match: dice.choice(known[match[0]].split(",")), dice)


_GLOSSARY = """
tram line | Straßenbahnlinie | linea tranviaria
city council | Stadtrat | consiglio comunale
percent | Prozent | per cento
wheelchair | Rollstuhl | sedia a rotelle
museum | Museum | museo
glacier | Gletscher | ghiacciaio
visitor | Besuch | visitatore
strike | Streik | sciopero
union | Gewerkschaft | sindacato
storm | Sturm | tempesta
bridge | Brücke | ponte
language | Sprache | lingua
library | Bibliothek | biblioteca
student | Studierende/Student | studente
first-year student | Erstsemester | matricola
plain language | Leichte Sprache | linguaggio semplice
opera house | Opernhaus/Oper | teatro dell’opera/teatro d’opera
train driver | Lokführer | macchinista
Nobel Prize | Nobelpreis | Nobel
red mason bee | Rote Mauerbiene | osmia rossa
bee | Biene | ape
keyboard | Tastatur | tastiera
prize | Preis | premio
train | Zug | treno
house | Haus | casa
barrier | Sperrwerk | barriera
film | Film | film
film director | Filmregisseur/Regisseur | regista
"""


def glossary_for(language: str) -> list[Term]:
    """A glossary of words that the stories have."""
    return [Term(en, tuple((it if language == "it" else de).split("/"))) for en, de, it in _rows(_GLOSSARY)]


def _glossary(dice: random.Random) -> Iterator[Catalogs]:
    from a11ynews.rules.catalog_words import _own_pattern, _source_pattern, _unaccented

    for language in LANGUAGES:
        for term in glossary_for(language):
            hits = 0
            for story in stories():
                words = story.translations[language]
                pattern = _own_pattern(term.translations[0], language)
                said = pattern.search(_unaccented(words) if language == "de" else words)
                if said and _source_pattern(term.source).search(story.source) and hits < 4:
                    hits += 1
                    folded = pattern.sub("Dings", _unaccented(words) if language == "de" else words)
                    yield (replace(changed(language, story, folded), glossary=(term,)),)
                    wrong = replace(term, forbidden=("Dings",))
                    yield (replace(changed(language, story, f"{words} Dings"), glossary=(wrong,)),)


def _doubled(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    return _swap(words, r"(?<![\w’'<\"/-])[^\W\d_]{2,}(?![\w’'\"/@.-])(?![^(]*\))", lambda match: f"{match[0]} {match[0]}", dice)


def _inconsistent(dice: random.Random) -> Iterator[Catalogs]:
    for language in LANGUAGES:
        for story in stories()[::9]:
            if story.role not in ("alt", "slug"):
                yield (
                    changed(language, story, story.translations[language]),
                    changed(language, story, story.translations[language] + " x"),
                )


# -- facts -------------------------------------------------------------------------------------------------------------


def _numbers(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    number = r"(?<![\w.,/:-])[0-9]+(?:[.,][0-9]+)*(?![\w/:-])"
    if re.search(r"[@/]|IBAN|6 U|\+49", words) or not re.search(number, words):
        return None

    def other_digit(match: re.Match[str]) -> str:
        at = dice.choice([n for n, digit in enumerate(match[0]) if digit.isdigit()])
        return match[0][:at] + str((int(match[0][at]) + dice.randrange(1, 9)) % 10) + match[0][at + 1 :]

    ways: list[Callable[[], str | None]] = [
        lambda: _swap(words, number, other_digit, dice),
        lambda: _swap(words, number, other_digit, dice),
        lambda: _swap(words, r"(?<![\w.,/:-])[0-9]+(?![\w.,/:-])", lambda match: match[0] + "0", dice),
        lambda: _swap(words, r"(?<=[0-9])\.(?=[0-9]{3})", lambda _: ",", dice),
        lambda: _swap(words, r"(?<=[0-9]),(?=[0-9])", lambda _: ".", dice),
        lambda: _swap(words, rf"\s?{number}", lambda _: "", dice),
    ]
    return dice.choice(ways)()


_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}
_DAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
}


def _dates(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    return _other_name(words, _MONTHS[language].split(), dice) or _other_name(words, _DAYS[language].split(), dice)


def _other_name(words: str, names: list[str], dice: random.Random) -> str | None:
    return _swap(
        words, rf"\b(?:{'|'.join(names)})\b", lambda match: dice.choice([name for name in names if name != match[0]]), dice
    )


_CONTACTS = """
Write to desk@news.example. | Schreiben Sie an desk@news.example. | Scrivete a desk@news.example.
Visit www.example.org/help for more. | Mehr unter www.example.org/help. | Per saperne di più: www.example.org/help.
Details: https://a.example/2026/plan.html | Details: https://a.example/2026/plan.html | Dettagli: https://a.example/2026/plan.html
Tickets: opera.example, box@opera.example | Karten: opera.example, box@opera.example | Biglietti: opera.example, box@opera.example
E-mail: anna.huber@uni.example | E-Mail: anna.huber@uni.example | E-mail: anna.huber@uni.example
Apply at jobs.stadt.example by Friday. | Bewerbung bis Freitag: jobs.stadt.example. | Domande entro venerdì su jobs.stadt.example.
"""


def _contacts() -> list[Story]:
    own = [Story("contact", (), en, {"de": de, "it": it}) for en, de, it in _rows(_CONTACTS)]
    return own + [story for story in stories() if re.search(r"@|\.example|www\.", re.sub(r"\]\([^)]*\)", "", story.source))]


def _addresses(pattern: str) -> Callable[[random.Random], Iterator[Catalogs]]:
    def mutate(dice: random.Random) -> Iterator[Catalogs]:
        for language in LANGUAGES:
            for story in _contacts():
                words = story.translations[language]
                for match in re.finditer(pattern, words):
                    found, at = match[0], dice.randrange(1, len(match[0]) - 5)
                    for wrong in (found[:at] + found[at + 1 :], found[:at] + "x" + found[at:], ""):
                        yield (changed(language, story, words.replace(found, wrong, 1)),)

    return mutate


def _acronyms(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    if story.role == "credit" or "(MoU)" in story.source:
        return None
    new = re.sub(r"(?<![\w(-])(?![IVX]+\b)(?:[A-Z]{3,5}|EU|UE|AI|IA|KI)(?![\w)])(?:-\w+)?", "sie", words)
    return new if new != words and re.search(r"\b(?:[A-Z]{3,}|EU|AI)\b", story.source) and not story.names else None


# -- marks and blanks --------------------------------------------------------------------------------------------------


def _quotes(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    pairs = {"de": r"„([^“]*)“", "it": r"[«“]([^»”]*)[»”]"}[language]
    if not re.search(pairs, words):
        return None
    ways = {
        "de": [r"“\1”", r'"\1"', r"„\1”", r"«\1»", r"„\1", r"\1“", r"“\1“", r"”\1”", r"'\1'", r"‘\1’"],
        "it": [r"„\1“", r'"\1"', r"»\1«", r"„\1”", r"«\1", r"\1»", r"'\1'", r"“\1“", r"‚\1‘"],
    }[language]
    return re.sub(pairs, dice.choice(ways), words, count=1)


def _end_mark(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    if not re.search(r"[.?!:…]$", story.source):
        return (
            words + dice.choice([".", "!", "?", ":", "…"])
            if re.search(r"\w$", words) and re.search(r"\w$", story.source)
            else None
        )
    other = [mark for mark in (".", "?", "!", ":", "") if mark != story.source[-1]]
    return re.sub(r"\s?[.?!:…]$", dice.choice(other), words)


def _brackets(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    # Those of links are a matter of po-markup.
    plain = re.sub(r"\]\([^)]*\)", lambda match: "x" * len(match[0]), words)
    places = [match.start() for match in re.finditer(r"[()]" if "](" in words else r"[()\[\]]", plain)]
    if not places:
        return words + dice.choice([")", " ("]) if dice.random() < 0.1 else None
    at = dice.choice(places)
    return words[:at] + words[at + 1 :]


def _blank_before(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    return _swap(words, r"(?<=\w)[,;:?!.](?=\s|$)", lambda match: f" {match[0]}", dice)


def _double_space(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    return _swap(words, "(?<=[^ ]) (?=[^ ])", lambda _: dice.choice(["  ", "   ", " \n", "\u00a0 "]), dice)


def _outer_space(words: str, story: Story, language: str, dice: random.Random) -> str:
    return dice.choice([f" {words}", f"{words} ", f"{words}\n", f"\u00a0{words}"])


def _invisible(words: str, story: Story, language: str, dice: random.Random) -> str | None:
    ways = [
        lambda text: _swap(text, r"(?<=\w)(?=\w)", lambda _: dice.choice("\u200b\ufeff\u200e\u202e\u2067\ufffd\x07\u200d"), dice),
        lambda text: _swap(text, r"(?<= )(?=\w)|(?<=\w)(?= )", lambda _: "\u00ad", dice),
        lambda text: _swap(text, "[äöüßèéàòù„“«»’]", lambda match: match[0].encode().decode("cp1252", "replace"), dice),
    ]
    return dice.choice(ways)(words)


# -- files -------------------------------------------------------------------------------------------------------------

_UI = """
By {authors} | Von {authors} | Di {authors}
Published on {date} | Veröffentlicht am {date} | Pubblicato il {date}
Image: {credit} | Bild: {credit} | Immagine: {credit}
(in {language}) | (auf {language}) | (in {language})
Page {n} of {total} | Seite {n} von {total} | Pagina {n} di {total}
Go to {place} | Zu {place} | Vai a {place}
"""


def _page_words(language: str, source: str, words: str) -> Bitext:
    po = PoFile.new(language, f"locales/{language}/LC_MESSAGES/{UI_DOMAIN}.po")
    entry = PoEntry.new("", source)
    entry.set_strings({0: words})
    po.entries.append(entry)
    return bitext_of(po, language, UI_DOMAIN)


def _fields(dice: random.Random) -> Iterator[Catalogs]:
    for language in LANGUAGES:
        for en, de, it in _rows(_UI):
            words = (de, it)[language == "it"]
            field = dice.choice(re.findall(r"\{(\w+)\}", words))
            for wrong in (f"{{{field}s}}", "", f"{{{field}", f"{{ {field} }}", f"{{{field.upper()}}}", "{}"):
                yield (_page_words(language, en, words.replace(f"{{{field}}}", wrong)),)


def _plural_strings(dice: random.Random) -> Iterator[Catalogs]:
    for language in LANGUAGES:
        for one, many in (
            ("{n} photo", "{n} photos"),
            ("{n} film", "{n} films"),
            ("a day", "{n} days"),
            ("{n} hour", "{n} hours"),
        ):
            for strings in (["x"], ["x", "y", "z"], ["x", ""], ["", "y"], ["x", " "]):
                po = PoFile.new(language, "x.po")
                entry = PoEntry.new("", one, many)
                entry.set_strings(dict(enumerate(strings)))
                po.entries.append(entry)
                yield (bitext_of(po, language, UI_DOMAIN),)


def _conflict(words: str, story: Story, language: str, dice: random.Random) -> str:
    return f"#-#-#-#-#  a.po (x)  #-#-#-#-#\n{words}\n#-#-#-#-#  b.po (x)  #-#-#-#-#\n{words} x"


def _headers(change: Callable[[PoFile, str, random.Random], None]) -> Callable[[random.Random], Iterator[Catalogs]]:
    def mutate(dice: random.Random) -> Iterator[Catalogs]:
        for language in (*LANGUAGES, "fr", "pl", "en-GB", "ru", "ja", "ar", "pt-BR", "cs") * 2:
            po = PoFile.new(language, "x.po")
            change(po, language, dice)
            yield (bitext_of(po, language),)

    return mutate


def _set_field(name: str, *values: str) -> Callable[[PoFile, str, random.Random], None]:
    def change(po: PoFile, language: str, dice: random.Random) -> None:
        value = dice.choice(values)
        header = po.entries[0].strings[0]
        po.entries[0].set_strings({0: re.sub(rf"{name}:.*\n", f"{name}: {value}\n" if value else "", header)})

    return change


def _without_charset(po: PoFile, language: str, dice: random.Random) -> None:
    if dice.random() < 0.5:
        po.entries.clear()
    else:
        _set_field("Content-Type", "text/plain", "")(po, language, dice)


def _fuzzy_header(po: PoFile, language: str, dice: random.Random) -> None:
    po.entries[0].set_fuzzy(True)


def _ignore(dice: random.Random) -> Iterator[Catalogs]:
    comments = [
        "a11ynews: ignore po-same", "a11ynews: ignore because it is so", "a11ynews: ignore po-numbers because",
        "a11ynews: ignore po-numbers because the sum is in words", "a11ynews: ignore po-nubmers because the sum is in words",
        "a11ynews: off",
    ]  # fmt: skip
    for language in LANGUAGES:
        for comment in comments:
            for story in stories()[:2]:
                po = PoFile.new(language, "x.po")
                entry = PoEntry.new(story.role, story.source)
                entry.set_strings({0: story.translations[language]})
                entry.set_comments([comment])
                po.entries.append(entry)
                yield (bitext_of(po, language, "news", names_in([story])),)


def _alt_offered(dice: random.Random) -> Iterator[Catalogs]:
    """A picture that carries a good text in the language, beside an entry that nobody has translated, or that is fuzzy."""
    alts = [story for story in stories() if story.role == "alt"]
    for language in LANGUAGES:
        for story in dice.sample(alts, min(len(alts), _MOST // 2)):
            po = PoFile.new(language, "x.po")
            entry = PoEntry.new("alt", story.source)
            is_fuzzy = dice.random() < 0.5
            entry.set_strings({0: story.translations[language] if is_fuzzy else ""})
            entry.set_fuzzy(is_fuzzy)
            po.entries.append(entry)
            picture = PictureTexts("a.jpg", story.source, "", {language: story.translations[language]})
            yield (bitext_of(po, language, "news", (), [picture]),)


MUTATIONS: dict[str, Callable[[random.Random], Iterator[Catalogs]]] = {
    "po-alt-empty": _each(_alt_empty, _of_role("alt")),
    "po-alt-caption": _alt_caption,
    "po-alt-same": _alt_same,
    "po-alt-file-name": _each(_alt_file_name, _of_role("alt")),
    "po-alt-opening": _each(_alt_opening, _of_role("alt")),
    "po-alt-offered": _alt_offered,
    "po-markup": _each(_markup),
    "po-link-target": _each(_link_target),
    "po-emphasis": _emphasis,
    "po-lang": _lang,
    "po-lang-words": _lang_words,
    "po-names": _names,
    "po-slug": _slug,
    "po-same": _each(_same),
    "po-language": _each(_language),
    "po-stray-word": _each(_stray),
    "po-glossary": _glossary,
    "po-doubled-word": _each(_doubled),
    "po-inconsistent": _inconsistent,
    "po-max-length": _each(_max_length, _of_role("headline", "heading", "kicker", "tag", "location", "credit", "related link")),
    "po-numbers": _each(_numbers),
    "po-dates": _each(_dates),
    "po-email": _addresses(r"[\w.]+@[\w.]+\.example"),
    "po-url": _addresses(r"(?<![\w@.])(?:https?://|www\.)?[a-z]\w*\.(?:stadt\.)?example(?:\.org)?[\w/.]*\w"),
    "po-acronyms": _each(_acronyms),
    "po-quotes": _each(_quotes),
    "po-end-mark": _each(_end_mark),
    "po-brackets": _each(_brackets),
    "po-blank-before-mark": _each(_blank_before),
    "po-double-space": _each(_double_space),
    "po-outer-space": _each(_outer_space),
    "po-invisible": _each(_invisible),
    "po-fields": _fields,
    "po-plural-strings": _plural_strings,
    "po-conflict": _each(_conflict),
    "po-header": _headers(_without_charset),
    "po-header-language": _headers(_set_field("Language", "", "nl", "german", "xx", "it@de")),
    "po-header-fuzzy": _headers(_fuzzy_header),
    "po-plural-forms": _headers(
        _set_field("Plural-Forms", "nplurals=4; plural=n;", "two", "nplurals=INTEGER; plural=EXPRESSION;")
    ),
    "po-ignore": _ignore,
}
"""For each rule the catalogs with a mistake that it should find."""


@cache
def missed(rule: str) -> tuple[int, list[Catalogs]]:
    """How many mistakes of a rule's kind were made, and those that it did not find."""
    made = list(MUTATIONS[rule](random.Random(rule)))
    # What a comment ignores is for all rules to say.
    rules = [one for one in CATALOG_RULES if rule in (one.id, "po-ignore")]
    lost = [catalogs for catalogs in made if not any(one.rule == rule for one in report_on(*catalogs, rules=rules).findings)]
    return len(made), lost


@cache
def false_alarms(language: str) -> dict[str, int]:
    """How many findings each rule has in the good translations, a glossary of their own words beside them."""
    found = report_on(replace(catalog_for(language, stories()), glossary=tuple(glossary_for(language)))).findings
    return {rule.id: sum(finding.rule == rule.id for finding in found) for rule in CATALOG_RULES}


def table() -> str:
    """What is measured, as Markdown."""
    alarms = {language: false_alarms(language) for language in LANGUAGES}
    count = len(stories())
    lines = [
        "| rule | severity | WCAG | what must hold | mistakes found | "
        + " | ".join(f"false alarms in {count} ({tag})" for tag in LANGUAGES)
        + " |",
        "|---|---|---|---|---|" + "---|" * len(LANGUAGES),
    ]
    for rule in CATALOG_RULES:
        made, lost = missed(rule.id)
        says = " ".join(rule.help.split("\n\n")[0].split())
        recall = f"{made - len(lost)} of {made}"
        told = " | ".join(str(alarms[language][rule.id]) for language in LANGUAGES)
        lines.append(f"| `{rule.id}` | {rule.severity} | {', '.join(rule.wcag)} | {says} | {recall} | {told} |")
    return "\n".join(lines) + "\n"


def measured(document: str) -> str:
    """The part of the document that is generated."""
    return document.partition(_START)[2].partition(_END)[0]


if __name__ == "__main__":
    before, _, rest = DOCUMENT.read_text("utf-8").partition(_START)
    DOCUMENT.write_text(before + _START + table() + _END + rest.partition(_END)[2], "utf-8")
