"""What the words themselves ask of readers, and markup that looks like something and is nothing."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import Message, language_name, say
from ..page import Page, Words, excerpt
from ..rule import rule
from .catalog_marks import ALL_QUOTES, OPENS, QUOTES, SPELT
from .headings import is_code
from .identified import in_one_line, passages_of


@lru_cache(maxsize=2)
def _read(page: Page) -> tuple[tuple[str, str, list[Words], list[int]], ...]:
    """The texts of a page, without captions, code and quotations: language, words, the runs of words, where each begins."""
    return tuple(_texts(page))


def _texts(page: Page) -> Iterator[tuple[str, str, list[Words], list[int]]]:
    for runs in passages_of(page):
        if runs[0].attribute or any(around.tag in _NOT_PROSE for around in (runs[0].element, *runs[0].element.iterancestors())):
            continue
        text, starts = "", []
        for run in runs:
            starts.append(len(text))
            text += in_one_line(run.words)
        yield page.language_of(runs[0].element).split("-")[0].lower(), text, runs, starts


_NOT_PROSE = frozenset(
    {"blockquote", "caption", "code", "figcaption", "kbd", "nav", "option", "pre", "samp", "select", "svg", "textarea", "title"}
)


def _around(text: str, match: re.Match[str]) -> str:
    """A match with the words beside it."""
    start, end = max(match.start() - 25, 0), min(match.end() + 25, len(text))
    words = text[start:end]
    if start:
        words = words.partition(" ")[2]
    return (words.rpartition(" ")[0] if end < len(text) else words).strip()


# What is operated or filled in, what it looks like, and on which side it is.
_CONTROLS = {
    "en": r"(?:button|link|icon|menu|navigation|box|field|tab|panel|column|sidebar|arrow|form)s?",
    "de": r"(?:kn(?:o|ö)pfe?n?|navigation|\w*schaltflächen?|buttons?|links?|symbole?n?|menüs?|kästchen|kasten|kästen"
    r"|\w*feld(?:er|ern)?|\w*leiste|\w*spalten?|pfeile?|formular)",
    "it": r"(?:pulsant[ei]|botton[ei]|link|icon[ae]|menu|menù|navigazione|riquadr[oi]|camp[oi]|colonn[ae]|barra|frecci[ae]|modulo"
    r"|casell[ae])",
}
_COLOURS = {
    "en": r"(?:red|green|blue|yellow|orange|purple|pink|gr[ae]y)",
    "de": r"(?:rot|grün|blau|gelb|orange|violett|grau|rosa)(?:e[nmrs]?)?",
    "it": r"(?:ross[oaie]|verd[ei]|blu|azzurr[oaie]|giall[oaie]|arancion[ei]|grigi[oaie]?|viola)",
}
_SHAPES = {
    "en": r"(?:round|square|triangular|circular|star-shaped|rectangular)",
    "de": r"(?:runde|eckige|quadratische|dreieckige|kreisförmige|sternförmige|rechteckige|viereckige)[nmrs]?",
    "it": r"(?:rotond[oaie]|tond[oaie]|quadrat[oaie]|triangolar[ei]|circolar[ei]|rettangolar[ei])",
}
_SIDES = {
    "en": r"(?:(?:on|at|to) (?:the |your )(?:far |bottom |top |lower |upper )?(?:left|right)(?:[- ]hand side)?"
    r"(?! of\b|-wing| wing)\b|in the (?:top|bottom|upper|lower)[- ](?:left|right)\b)",
    "de": r"(?:(?:oben |unten |ganz )?(?:links|rechts)(?! (?:von|der|des)\b)\b|auf der (?:linken|rechten) Seite\b)",
    "it": r"(?:(?:in alto |in basso )?(?:a|sulla|alla) (?:destra|sinistra)(?! d(?:i|el|ella|ell)\b)\b)",
}


# A thing that is clicked and is called by its outline alone.
_CLICKED = {
    "en": r"(?:click|press|tap|push|touch)(?: on)? the (?:{colour} )?(?:box|circle|square|triangle|oval|rectangle|star)",
    "de": r"(?:klick|tipp|drück)\w*(?: Sie)?(?: auf)? (?:das|den|die) (?:{colour} )?"
    r"(?:kasten|kreis|quadrat|dreieck|rechteck|stern)",
    "it": r"(?:clicca|fai clic|premi|tocca|premere|cliccare)(?: su| sul| sulla)?(?: il| la| l’)? ?"
    r"(?:riquadro|cerchio|quadrato|triangolo|rettangolo|stella)(?: {colour})?",
}


_HINTS = {
    "en": ("left", "right", "round", "square", "circ", "triang", "star", "rect", "box", "oval"),
    "de": ("link", "recht", "rund", "eck", "förm", "quadrat", "kreis", "stern", "kasten"),
    "it": ("destra", "sinistra", "tond", "quadrat", "triang", "circol", "rettang", "cerch", "riquadr", "stella"),
}
"""Without any of these there is no need to look for more, which takes longer."""
_COLOUR_HINTS = {
    "en": ("red", "green", "blue", "yellow", "orange", "purple", "pink", "gray", "grey"),
    "de": ("rot", "grün", "blau", "gelb", "orange", "violett", "grau", "rosa"),
    "it": ("ross", "verd", "blu", "azzurr", "giall", "arancion", "grigi", "viola"),
}


def _has_hint(text: str, language: str, hints: dict[str, tuple[str, ...]]) -> bool:
    """Whether a text has any of these: ten words are found sooner than a pattern that goes by no capitals."""
    folded = text.casefold()
    return any(hint in folded for hint in hints[language])


@lru_cache(maxsize=8)
def _instruction(language: str) -> re.Pattern[str]:
    """Words that name a control by its shape or by the side it is on."""
    control, shape, side, colour = (table[language] for table in (_CONTROLS, _SHAPES, _SIDES, _COLOURS))
    linked = "that is |which is |che si trova |che è |die |das |der "
    before = rf"{shape} (?:{colour} )?{control}"
    after = rf"{control}(?: {colour})?(?: {shape}| (?:{linked})?{side})"
    clicked = _CLICKED[language].format(colour=colour)
    return re.compile(rf"\b(?:{before}|{after}|{clicked})(?!\w)", re.IGNORECASE)


_ROLES = (
    (re.compile(r"button|kn[oö]pf|schaltfläche|pulsant|botton", re.IGNORECASE), ("button",)),
    (re.compile(r"link", re.IGNORECASE), ("link",)),
    (re.compile(r"menu|menü|menù|navigation|navigazione", re.IGNORECASE), ("navigation", "menu", "menubar")),
    (re.compile(r"field|feld|camp[oi]", re.IGNORECASE), ("textbox", "searchbox", "combobox")),
    (re.compile(r"\bbox|kästchen|casell", re.IGNORECASE), ("checkbox",)),
)


@lru_cache(maxsize=4)
def _things(page: Page) -> tuple[dict[str, int], str]:
    """How many elements of each role a page has, and what its headings and named parts are called."""
    named = [heading for _, heading in page.headings]
    times: dict[str, int] = {}
    parts = {*page.stops, *page.exposed("nav", "form", "section", "aside", "table"), *(one for one, _ in page.aria)}
    for element in page.in_order(parts):
        role = page.role_of(element)
        times[role] = times.get(role, 0) + 1
        named.append(element)
    return times, " | ".join(page.name_of(element).casefold() for element in named)


def _can_be_found(page: Page, words: str, language: str) -> bool:
    """Whether what words speak of is told otherwise, too: it is the only one of its kind, or something is called so."""
    times, names = _things(page)
    for pattern, roles in _ROLES:
        if pattern.search(words) and sum(times.get(role, 0) for role in roles) == 1:
            return True
    control = re.search(rf"\b{_CONTROLS[language]}\b", words, re.IGNORECASE) or re.search(r"(\w+)$", words)
    return control is not None and control[0].casefold().rstrip("s") in names


@rule("sensory-instruction", on=Page, severity=Severity.WARNING, wcag=("1.3.3",), act=("9bd38c",), owner=Owner.EDITOR)
def sensory_instruction(page: Page) -> Iterator[tuple[Words, Message]]:
    """
    What is to be used is called by its name, not only by its shape or by the side that it is on.

    Who hears the page knows no right and no round; on a telephone there is no “on the right” either. Looked at are English,
    German and Italian. Where a page has one button only, or a heading says “Menu”, everybody finds what is meant.

    Bad: `<p>To go on, click the round button.</p>`
    Bad: `<p lang="de">Wählen Sie ein Thema im Menü rechts.</p>`
    Bad: `<p lang="it">Per continuare premi il pulsante a destra.</p>`
    Good: `<p>To go on, click the round button “Next”.</p>`
    Good: `<p lang="de">Wählen Sie ein Thema im Menü „Themen“ rechts.</p>`
    Good: `<p lang="it">Per continuare premi il pulsante «Avanti» a destra.</p>`
    """
    for language, text, runs, starts in _read(page):
        if language in _HINTS and _has_hint(text, language, _HINTS):
            told = (one for one in _instruction(language).finditer(text) if not _names(text, one))
            if match := next((one for one in told if not _can_be_found(page, one[0], language)), None):
                yield (
                    runs[bisect_right(starts, match.start()) - 1],
                    say(
                        "“{words}” tells by shape or place alone what is meant; say what it is called, too",
                        words=_around(text, match),
                    ),
                )


_NAMED = re.compile(r"[„“”«»\"‘]|\b(?:labell?ed|called|named|namens|mit der Aufschrift|chiamat[oa])\b")


def _names(text: str, match: re.Match[str]) -> bool:
    """Whether the name of what is meant stands beside it: in quotation marks, or after a word that announces it."""
    return bool(_NAMED.search(text, match.start(), match.end() + 40))


_NOT_A_PLACE = r"(?:part(?:y|ies)|wing|politicians?|voters?|people|those|forces|coalitions?|extremists?|m[ae]n|wom[ae]n)"
_SEEN = {
    "en": rf"(?:the (?!{_NOT_A_PLACE}\b)\w+ (?:on|to) the (?:far )?(?:right|left)"
    r"(?! of\b|[- ]?wing| hand\b| side of\b| track\b)\b|(?:see|shown) (?:on the )?(?:left|right)\b)",
    "de": r"(?:(?:siehe|wie|sehen Sie) (?:oben )?(?:links|rechts)\b(?! (?:von|der)\b)"
    r"|(?:der|die|das) \w+ (?:links|rechts) (?:im Bild|daneben|nebenan)\b)",
    "it": r"(?:(?:vedi|vedere|come) (?:qui )?(?:a|sulla) (?:destra|sinistra)\b"
    r"|(?:il |la |l’|i |le |gli )\w+ (?:qui )?(?:a|sulla) (?:destra|sinistra)(?! d(?:i|el|ella|ell)\b)\b)",
}


@rule("sensory-wording", on=Page, severity=Severity.REVIEW, wcag=("1.3.3",), owner=Owner.EDITOR)
def sensory_wording(page: Page) -> Iterator[tuple[Words, Message]]:
    """
    What a text speaks of is not told only by where it stands.

    A person must look: “the man on the right” of a photograph may be named beside it.

    Bad: `<p>The artist on the right won the prize.</p>`
    Bad: `<p lang="de">Mehr zum Hochwasser: siehe rechts.</p>`
    Bad: `<p lang="it">La tabella a destra mostra i prezzi.</p>`
    Good: `<p>The party to the right of the government lost.</p>`
    Good: `<p lang="de">Die Parteien rechts der Mitte haben verloren.</p>`
    Good: `<p lang="it">La casa a destra del fiume è crollata.</p>`
    """
    for language, text, runs, starts in _read(page):
        if language not in _SEEN or not _has_hint(text, language, _HINTS) or _instruction(language).search(text):
            continue
        if match := re.search(rf"(?<!\w){_SEEN[language]}", text, re.IGNORECASE):
            yield (
                runs[bisect_right(starts, match.start()) - 1],
                say("“{words}” tells by its place what is meant; look whether it is named, too", words=_around(text, match)),
            )


_MARKED = {
    "en": r"(?:(?:marked|highlighted|shown|listed|printed|displayed|indicated|written|set) in {colour}"
    r"(?= ?(?:[.,;:!?)]|$|and\b|or\b|are\b|is\b|must\b))"
    r"|{colour} (?:{control}|\w+) (?:(?:listed|shown|marked|highlighted) )?(?:here|below|above)\b)",
    "de": r"(?:(?:in )?{colour} (?:markiert|gekennzeichnet|hervorgehoben|unterlegt|hinterlegt|dargestellt)"
    r"(?:e[nrs]? {control})?\b|(?:die|der|das|den|dem) {colour} {control}\b)",
    "it": r"(?:(?:contrassegnat|evidenziat|indicat|segnat|scritt|mostrat)[oaie] in {colour}\b"
    r"|(?:il|la|i|le|gli) {control} (?:in )?{colour}\b)",
}
_TOLD_OTHERWISE = re.compile(r"\*|asteri[sx]|\bStern|\bsymbol|\bicon|icona", re.IGNORECASE)


@rule("colour-wording", on=Page, severity=Severity.WARNING, wcag=("1.4.1", "1.3.3"), owner=Owner.EDITOR)
def colour_wording(page: Page) -> Iterator[tuple[Words, Message]]:
    """
    What a text tells apart by colour is told in another way, too.

    Many do not see the difference, and who hears the page sees none. An asterisk, a word or a symbol says the same to everybody.

    Bad: `<p>Required fields are marked in red.</p>`
    Bad: `<p lang="de">Pflichtfelder sind rot markiert.</p>`
    Bad: `<p lang="it">I campi obbligatori sono evidenziati in rosso.</p>`
    Good: `<p>Required fields are marked in red and with an asterisk.</p>`
    Good: `<p lang="de">Pflichtfelder sind rot markiert und haben einen Stern (*).</p>`
    Good: `<p lang="it">La squadra in rosso ha vinto.</p>`
    """
    for language, text, runs, starts in _read(page):
        if language not in _MARKED or not _has_hint(text, language, _COLOUR_HINTS) or _TOLD_OTHERWISE.search(text):
            continue
        pattern = _MARKED[language].format(colour=_COLOURS[language], control=_CONTROLS[language])
        match = re.search(rf"(?<!\w){pattern}", text, re.IGNORECASE)
        if match and not _names(text, match):
            yield (
                runs[bisect_right(starts, match.start()) - 1],
                say("“{words}” tells things apart by colour alone; say it in another way, too", words=_around(text, match)),
            )


_GENERIC_HEADINGS = {
    "en": "more|more info(?:rmation)?|read more|(?:further |other )?info(?:rmation)?|details|others?|misc(?:ellaneous)?"
    "|(?:click )?here|welcome",
    "de": "mehr|(?:mehr|weitere|sonstige) info(?:rmatione)?[ns]|info(?:s|rmationen)?|details|weiteres|sonstiges|verschiedenes"
    "|hier(?: klicken)?|(?:herzlich )?willkommen|weiterlesen|mehr lesen",
    "it": "altro|altre(?: info(?:rmazioni)?)?|(?:più|maggiori|ulteriori) info(?:rmazioni)?|info(?:rmazioni)?|dettagli|vari[ea]"
    "|(?:clicca )?qui|benvenut[oaie]|leggi (?:tutto|di più)",
}


@rule("quotation-marks", on=Page, severity=Severity.REVIEW, owner=Owner.EDITOR)
def quotation_marks(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Quotation marks are those of the language of the text.

    Marks of another language make readers stumble, and often show that words were taken over without their `lang`. German has „…“
    and »…«, Swiss German «…», Italian «…» and “…”, English “…” and ‘…’. Straight ones are nobody's, and not told. A text that has
    marks of its own language too may speak of marks, and is left alone.

    Bad: `<p>The mayor said „we are safe“ in the evening.</p>`
    Bad: `<p lang="de">Die Bürgermeisterin sagte “wir sind sicher” am Abend.</p>`
    Bad: `<p lang="it">La sindaca ha detto „siamo al sicuro“ la sera.</p>`
    Good: `<p>The mayor said “we are safe” in the evening.</p>`
    Good: `<p lang="de-CH">Die Bürgermeisterin sagte «wir sind sicher» am Abend.</p>`
    Good: `<p>The mayor said <span lang="de">„wir sind sicher“</span> in the evening.</p>`
    """
    for language, text, runs, starts in _read(page):
        if language not in SPELT or not any(mark in text for mark in ALL_QUOTES):
            continue
        # A region's marks are right, too: nobody knows for which country a page is written.
        pairs = [pair for tag, pairs in QUOTES.items() if tag.split("-")[0] == language for pair in pairs]
        marks = [match["mark"] for match in OPENS.finditer(text)]
        own = {pair[0] for pair in pairs}
        foreign = next((match for match in OPENS.finditer(text) if match["mark"] not in own), None)
        if foreign is None or any(mark in own for mark in marks):
            continue
        run = runs[bisect_right(starts, foreign.start()) - 1]
        if any(around.tag in _NOT_PROSE for around in (run.element, *run.element.iterancestors())):
            continue
        yield (
            run.element,
            say(
                "the quotation mark {mark} is not one of {language}; it has {marks}",
                mark=foreign["mark"],
                language=language_name(language),
                marks=SPELT[language],
            ),
        )


@rule("heading-generic", on=Page, severity=Severity.REVIEW, wcag=("2.4.6",), owner=Owner.EDITOR)
def heading_generic(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A heading says what comes under it, also to those who read nothing but the headings.

    Bad: `<h2>More</h2>`
    Bad: `<h2 lang="de">Weitere Informationen</h2>`
    Bad: `<h2 lang="it">Altro</h2>`
    Good: `<h2>More on the flood</h2>`
    Good: `<h2 lang="de">Mehr zum Hochwasser</h2>`
    """
    for _, heading in page.headings:
        pattern = _GENERIC_HEADINGS.get(page.language_of(heading).split("-")[0].lower())
        name = page.name_of(heading)
        if pattern and re.fullmatch(pattern, name.strip(" .:…!»>").casefold()) and not is_code(heading):
            yield heading, say("the heading {name} does not say what comes under it; name its subject", name=excerpt(name))


@rule("heading-repeated", on=Page, severity=Severity.REVIEW, wcag=("2.4.6",), owner=Owner.EDITOR)
def heading_repeated(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Two headings of one part of the page are not the same.

    In a list of the headings nobody can tell the one from the other. Under different headings the same may stand again.

    Bad: `<h1>Flood</h1><h2>The night</h2><p>Rain</p><h2>The night</h2><p>Water</p>`
    Bad: `<h1 lang="it">Alluvione</h1><h2 lang="it">La notte</h2><p>A</p><h2 lang="it">La notte</h2><p>B</p>`
    Good: `<h1>Flood</h1><h2>Munich</h2><h3>The night</h3><h2>Milan</h2><h3>The night</h3>`
    """
    above: list[tuple[int, set[str]]] = [(0, set())]
    for level, heading in page.headings:
        if any(around.tag in _BESIDE for around in heading.iterancestors()):
            continue
        while above[-1][0] >= level:
            above.pop()
        name = page.name_of(heading)
        # That there are two h1 is the matter of one-h1.
        if level > 1 and name and name.casefold() in above[-1][1]:
            yield heading, say("the heading {name} stands twice in one part; say what is different", name=excerpt(name))
        above[-1][1].add(name.casefold())
        above.append((level, set()))


_BESIDE = frozenset({"aside", "footer", "nav"})
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_APART = frozenset(
    {"address", "aside", "blockquote", "dd", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "label", "li"}
    | {"nav", "table"}
)
_NO_HEADING = re.compile(
    r"(?:by|from|photos?|pictures?|text|von|foto|fotos|bild|autor(?:in)?|di|a cura di|testo)\b[ :]|\d|@", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?,;:…»”“\")\]]$")


def _bold_blocks(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """The paragraphs and other blocks all of whose words are bold by markup, with the words."""
    bold = {*page.exposed("b", "strong"), *(one for one in page.having("style") if _BOLD.search(one.get("style") or ""))}
    blocks: dict[HtmlElement, list[HtmlElement]] = {}
    for one in page.in_order(bold):
        block: HtmlElement | None = one
        while block is not None and block.tag not in ("p", "div"):
            block = block.getparent()
        inside = next((around for around in one.iterancestors() if around in bold), None)
        if block is not None and not page.is_hidden(block) and inside is None:
            blocks.setdefault(block, []).append(one)
    for block, parts in blocks.items():
        told = " ".join(" ".join(page.text_of(part) for part in parts).split())
        if told and told.replace(" ", "") == page.text_of(block).replace(" ", ""):
            yield block, told


@rule("bold-heading", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
def bold_heading(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What looks like a heading is one.

    A short bold line above a paragraph is a heading to the eye alone: who goes from heading to heading never comes to it.

    Bad: `<p><strong>The night at the bridge</strong></p><p>The river rose by two metres, and nobody in the village slept.</p>`
    Bad: `<p lang="de"><b>Die Nacht an der Brücke</b></p><p lang="de">Der Fluss stieg um zwei Meter, und niemand schlief.</p>`
    Good: `<h2>The night at the bridge</h2><p>The river rose by two metres, and nobody in the village slept.</p>`
    Good: `<p><strong>The bridge is closed.</strong></p><p>The river rose by two metres, and nobody in the village slept.</p>`
    Good: `<p><b>By Maria Rossi</b></p><p>The river rose by two metres, and nobody in the village slept.</p>`
    """
    found = dict(_bold_blocks(page))
    for block, words in found.items():
        if any(around.tag in _APART or around.get("role") for around in (block, *block.iterancestors())):
            continue
        after = block.getnext()
        while after is not None and not isinstance(after.tag, str):
            after = after.getnext()
        is_short = len(words.split()) <= 10 and any(letter.isalpha() for letter in words)
        if not is_short or _SENTENCE_END.search(words) or _NO_HEADING.match(words) or (block.tail or "").strip():
            continue
        if after is not None and after.tag in ("p", "ul", "ol", "div") and after not in found and _is_text(page, after):
            yield block, say("{words} looks like a heading and is a bold paragraph; make it a heading", words=excerpt(words))


def _is_text(page: Page, block: HtmlElement) -> bool:
    """Whether a block holds running text, more than a line of it."""
    return next(block.iter("h1", "h2", "h3", "h4", "h5", "h6"), None) is None and len(page.text_of(block).split()) >= 8


def _lines(block: HtmlElement) -> list[str]:
    """The lines that `br` makes of the words that stand in a block itself, or in markup within its lines; empty ones too."""
    text = [block.text or ""]
    for child in block:
        if child.tag == "br":
            text.append("\n")
        elif isinstance(child.tag, str):
            text.append("".join(child.itertext()).replace("\n", " "))
        text.append((child.tail or "").replace("\n", " "))
    return [" ".join(line.split()) for line in "".join([text[0].replace("\n", " "), *text[1:]]).split("\n")]


_WORDS_OF_PARAGRAPH = 15


@rule("line-breaks", on=Page, severity=Severity.REVIEW, wcag=("1.3.1",), owner=Owner.EDITOR)
def line_breaks(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Paragraphs are made by `p`, not by two line breaks.

    People go from paragraph to paragraph, and set the room between them: both know `p` only. Verses and addresses are no fault.

    Bad: `<p>In the night of Monday the river rose by two metres, and nobody in the village of stone slept until it was
    morning.<br><br>In the morning the rain stopped, and all came to the bridge to see what was left of the old mill.</p>`
    Good: `<p>The river rose.</p><p>Nobody slept.</p>`
    Good: `<p>Rain<br>Rain<br><br>Sun<br>Sun</p>`
    """
    for double in {line.getparent(): None for line in page.exposed("br") if _is_double(line)}:
        if double is None or double.tag == "pre":
            continue
        parts = re.split(r"\n\n+", "\n".join(_lines(double)))
        if sum(len(part.split()) >= _WORDS_OF_PARAGRAPH for part in parts) >= 2:
            yield double, say("line breaks make paragraphs here; put each into a <p>")


def _is_double(line: HtmlElement) -> bool:
    after = line.getnext()
    return after is not None and after.tag == "br" and not (line.tail or "").strip()


_MARKER = re.compile(r"([-–—•*·▪●○►▶✓✔➤»]|\(?\d{1,2}[.)]|[a-h]\))\s+(?=\S)")
_FEWEST_ITEMS = 3


@rule("typed-list", on=Page, severity=Severity.WARNING, wcag=("1.3.1",), owner=Owner.EDITOR)
def typed_list(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A list is one in the markup.

    Of a list a screen reader says how many items it has, and lets readers skip it. Dashes and numbers that are typed say nothing.

    Bad: `<p>- bread<br>- water<br>- lamps</p>`
    Bad: `<p>1. Pane</p><p>2. Acqua</p><p>3. Lampade</p>`
    Good: `<ul><li>bread</li><li>water</li><li>lamps</li></ul>`
    Good: `<p lang="de">– Wo bist du?<br>– Hier.<br>– Komm!</p>`
    """
    told: set[HtmlElement] = set()
    for line in page.exposed("br"):
        block = line.getparent()
        if block is not None and block not in told and block.tag not in ("pre", "code"):
            told.add(block)
            if _is_list([line for line in _lines(block) if line]):
                yield block, say("lines begin with typed marks; make them a list: <ul> or <ol>, with an <li> for each")
    run: list[HtmlElement] = []
    for paragraph in [*page.exposed("p"), None]:
        if paragraph is not None and run and _before(paragraph) is not run[-1]:
            yield from _paragraphs(page, run)
            run = []
        if paragraph is not None and _MARKER.match(page.text_of(paragraph)):
            run.append(paragraph)
        else:
            yield from _paragraphs(page, run)
            run = []


def _before(element: HtmlElement) -> HtmlElement | None:
    before = element.getprevious()
    return before if before is not None and not (before.tail or "").strip() else None


def _paragraphs(page: Page, run: list[HtmlElement]) -> Iterator[tuple[HtmlElement, Message]]:
    if run and _is_list([page.text_of(paragraph) for paragraph in run]):
        yield run[0], say("paragraphs begin with typed marks; make them a list: <ul> or <ol>, with an <li> for each")


def _is_list(lines: list[str]) -> bool:
    """Whether three lines one after the other begin as those of a list do: with the same mark, or with numbers that go up."""
    marks = [found[1] if (found := _MARKER.match(line)) else "" for line in lines]
    for at in range(len(marks) - _FEWEST_ITEMS + 1):
        three, words = marks[at : at + _FEWEST_ITEMS], lines[at : at + _FEWEST_ITEMS]
        numbers = [int(number) for mark in three if (number := mark.strip("().")).isdigit()]
        if len(numbers) == _FEWEST_ITEMS:
            if numbers == list(range(numbers[0], numbers[0] + _FEWEST_ITEMS)):
                return True
        elif three[0] and not three[0].strip("()").isalnum() and len(set(three)) == 1:
            # What people say to each other begins with dashes, too, and ends as sentences do.
            if three[0] not in "-–—»" or not any(re.search(r"[.!?…»”“\"]$", line) for line in words):
                return True
        elif [mark.strip(")") for mark in three] == ["a", "b", "c"]:
            return True
    return False


_SHOUTED = re.compile(
    r"(?<![\w-])[A-ZÀ-Þ]{2,}(?:[’'-][A-ZÀ-Þ]+)*+(?:[\s,:;–—&/-]++(?:\d+\s++)?[A-ZÀ-Þ](?:[A-ZÀ-Þ’'-]++)?(?![\w-])){3,}"
)
_LETTERS_SHOUTED = 20


@rule("all-capitals", on=Page, severity=Severity.REVIEW, owner=Owner.EDITOR)
def all_capitals(page: Page) -> Iterator[tuple[Words, Message]]:
    """
    Sentences are not typed in capitals.

    All words have the same outline then, which makes them hard to read, and some voices spell them. A style sheet can show
    capitals where they are wanted.

    Bad: `<p>PLEASE DO NOT CROSS THE BRIDGE, it is closed.</p>`
    Bad: `<p lang="de">BITTE DIE BRÜCKE NICHT BETRETEN</p>`
    Bad: `<p lang="it">VIETATO PASSARE SUL PONTE CHIUSO</p>`
    Good: `<p>The EU, the UN and NATO met in Rome.</p>`
    """
    for language, text, runs, starts in _read(page):
        small = _SMALL_WORDS.get(language)
        if small and (match := next((one for one in _SHOUTED.finditer(text) if _is_a_sentence(one[0], small)), None)):
            yield (
                runs[bisect_right(starts, match.start()) - 1],
                say(
                    "{words} is typed in capitals; write it in small letters, and leave its looks to the style sheet",
                    words=excerpt(match[0]),
                ),
            )


_SMALL_WORDS = {
    language: frozenset(re.findall(r"\w+", words))
    for language, words in {
        "en": "A ALL AND ARE AT BE BY DO FOR FROM IN IS IT NO NOT OF ON OR THE THIS TO WE WILL WITH YOU YOUR",
        "de": "AM AUF BEI DAS DEN DER DIE EIN EINE FÜR IM IN IST MIT NICHT NUR ODER SIND SIE UND VON WIR ZU ZUM ZUR",
        "it": "A AL ALLA CHE CON DA DAL DEI DEL DELLA DI E È GLI I IL IN LA LE NEL NON O PER SI SUL SULLA UN UNA",
    }.items()
}


def _is_a_sentence(words: str, small: frozenset[str]) -> bool:
    """Whether words in capitals belong together, and are no row of acronyms and names."""
    found = re.findall(r"[^\W\d_]+", words)
    return len("".join(found)) >= _LETTERS_SHOUTED and bool(small.intersection(found)) and max(map(len, found)) > 4


_EMOJI = "[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55]"
_EMOJIS = re.compile(rf"(?:{_EMOJI}[\ufe0f\u200d\U0001f3fb-\U0001f3ff\s]*){{4,}}")


@rule("emoji-row", on=Page, severity=Severity.REVIEW, wcag=("1.1.1",), owner=Owner.EDITOR)
def emoji_row(page: Page) -> Iterator[tuple[Words, Message]]:
    """
    Emoji do not stand in rows.

    A screen reader says the name of each: “party popper party popper party popper party popper”.

    Bad: `<p>We are open again 🎉🎉🎉🎉</p>`
    Bad: `<p lang="it">Siamo aperti ❤️❤️❤️❤️</p>`
    Good: `<p>We are open again 🎉</p>`
    """
    for _, text, runs, starts in _read(page):
        if match := _EMOJIS.search(text):
            yield (
                runs[bisect_right(starts, match.start()) - 1],
                say("a voice reads out the name of each emoji in {words}; leave one, or none", words=excerpt(match[0])),
            )


_FEWEST_LINES = 3


@rule("text-art", on=Page, severity=Severity.WARNING, wcag=("1.1.1",), owner=Owner.EDITOR)
def text_art(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A picture that is made of signs has an alternative text.

    Its signs are read out one by one. Put it into an element with `role="img"` and an `aria-label` that says what it shows.

    Bad: `<pre>  /\\_/\\ <br> ( o.o ) <br>  &gt; ^ &lt; <br> /|___|\\ </pre>`
    Good: `<div role="img" aria-label="A cat"><pre>  /\\_/\\ <br> ( o.o ) <br>  &gt; ^ &lt; <br> /|___|\\ </pre></div>`
    Good: `<pre>make setup<br>make test<br>make check</pre>`
    """
    for block in page.exposed("pre"):
        around = [block, *block.iterancestors()]
        if any(one.get("role") in ("img", "math") or one.tag in ("code", "samp", "figure") for one in around) or len(
            block.findall(".//code")
        ):
            continue
        lines = [line for line in re.split(r"\n", _with_breaks(block)) if line.strip()]
        signs = [line for line in lines if _is_drawn(line)]
        if len(lines) >= _FEWEST_LINES and len(signs) * 3 >= len(lines) * 2:
            yield block, say('signs make a picture here; put role="img" and an aria-label that says what it shows on it')


def _with_breaks(block: HtmlElement) -> str:
    return (block.text or "") + "".join(
        ("\n" if child.tag == "br" else "".join(child.itertext()) if isinstance(child.tag, str) else "") + (child.tail or "")
        for child in block
    )


def _is_drawn(line: str) -> bool:
    """Whether a line holds more signs than letters and figures; a rule across the page is no picture by itself."""
    signs = re.sub(r"\s", "", line)
    told = sum(map(str.isalnum, signs))
    return len(signs) >= 3 and told * 10 <= len(signs) * 4 and len(set(signs)) > 1


_OF_TEXT = re.compile(
    r"(?:^|[-_.])(?:text|txt|quote|headline|heading|title|banner|button|btn|zitat|schrift|schriftzug|ueberschrift|titel|knopf"
    r"|citazione|scritta|titolo|testo|pulsante)(?:[-_.\d]|$)",
    re.IGNORECASE,
)


@rule("text-picture", on=Page, severity=Severity.REVIEW, wcag=("1.4.5",), owner=Owner.EDITOR)
def text_picture(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Text is text, and no picture of it.

    A picture cannot be enlarged without becoming blurred, nor be shown in other colours. Looked for are pictures whose files are
    called so, and those whose alternative text is a quotation: a person must look. A logo is no fault.

    Bad: `<img src="/img/quote-mayor.png" alt="We shall build the bridge again">`
    Bad: `<img src="/img/a.png" alt="„Wir bauen die Brücke wieder auf“">`
    Good: `<img src="/img/bridge.jpg" alt="The old bridge">`
    Good: `<img src="/img/title-logo.svg" alt="Example News">`
    """
    for picture in page.exposed("img"):
        alt, src = (picture.get("alt") or "").strip(), picture.get("src") or ""
        if not alt or "logo" in src.lower() or src.startswith("data:"):
            continue
        try:
            file = urlsplit(src).path.rpartition("/")[2]
        except ValueError:
            continue
        is_quoted = bool(re.fullmatch(r"[„“«\"»].*[“”»\"«]", alt, re.DOTALL)) and len(alt.split()) >= 3
        if is_quoted or (_OF_TEXT.search(file) and len(alt.split()) >= 3):
            yield (
                picture,
                say(
                    "the picture {file} seems to show text; write the text itself, in the style sheet's letters",
                    file=excerpt(file),
                ),
            )


@rule("article-navigation", on=Page, severity=Severity.WARNING, wcag=("1.3.1",))
def article_navigation(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    An `article` is a text, and no frame around a menu.

    Readers go from article to article, and expect what could stand by itself: a report, a comment, a teaser.

    Bad: `<article><h2>Elsewhere</h2><nav><a href="/a">Advice</a> <a href="/b">Rights</a></nav></article>`
    Bad: `<article lang="de"><nav aria-label="Mehr"><a href="/a">Rat</a> <a href="/b">Rechte</a></nav></article>`
    Good: `<aside><h2>Elsewhere</h2><nav><a href="/a">Advice</a> <a href="/b">Rights</a></nav></aside>`
    Good: `<article><h2>Flood</h2><p>The river rose.</p><nav><a href="/a">Map</a> <a href="/b">Help</a></nav></article>`
    """
    for article in page.exposed("article"):
        menus = [menu for menu in article.iter("nav") if not page.is_hidden(menu)]
        if not menus or next(article.iter("img", "video", "audio", "picture", "svg", "form", "table"), None) is not None:
            continue
        parts = [*menus, *article.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        outer = [part for part in parts if not any(around in parts for around in part.iterancestors())]
        within = sum(len(page.text_of(part).replace(" ", "")) for part in outer)
        if within and within == len(page.text_of(article).replace(" ", "")):
            yield article, say("this <article> holds nothing but a menu; make it a <section>, an <aside>, or take it away")
