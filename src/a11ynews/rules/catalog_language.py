"""Languages in catalogs: whether the words are in the language that the catalog is for."""

import re
from collections.abc import Iterator
from functools import cache

from ..catalog import HIDDEN, Bitext, Unit
from ..finding import Severity
from ..identify import can_be_told, identify
from ..language import same_language
from ..message import language_name, say
from ..page import excerpt
from ..rule import rule

# Words that hold sentences together: every longer text has some, and no language borrows them.
_FUNCTION_WORDS = {
    "en": """
        about after all also although among an and another any are as at be because been before being between both but by
        can could did do does during each either every for from had has have he her here his how if in into is it its just
        many more most much must nor not of off on one only onto or other our over she should since so some such than that
        the their them then there these they this those through to too under until up upon was we were what when where
        whether which while who whom whose why will with within without would you your
    """,
    "de": """
        aber alle als am an auch auf aus bei beide beim bin bis da damit dann das dass dein dem den denn der deren des
        dessen die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es etwa
        euch für gegen hat hatte hatten habe haben hier ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ins ist jede
        jedem jeden jeder jedes kann kein keine keinen können man mehr mit muss müssen nach nicht noch nun nur ob oder ohne
        schon sehr sein seine seinem seinen seiner seit selbst sich sie sind so soll sollen sondern sowie um und uns unser
        unsere unter vom von vor wann war waren was weil wenn wer werden wie wieder wir wird wo wurde wurden zu zum zur
        zwischen über
    """,
    "it": """
        a ad agli ai al alla alle allo anche ancora avere aveva c che chi ci come con contro cui d da dagli dai dal dalla
        dalle dallo degli dei del dell della delle dello di dopo dove durante e ed era erano essere fa fino fra gli ha hanno
        i il in io l la le lei lo loro lui ma meno mentre mi molti molto ne negli nei nel nell nella nelle nello noi non
        nostra nostre nostri nostro o ogni oltre per perché però più poco poi presso prima qual quale quali quando quanto
        quella quelle quelli quello questa queste questi questo qui se senza si sia sono sopra sotto stata state stati stato
        su sua sue sugli sui sul sulla sulle sullo suo suoi tra tutte tutti tutto un una uno verso vi voi è
    """,
}
_ALL_WORDS = frozenset(" ".join(_FUNCTION_WORDS.values()).split())
_WORDS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}

# Function words of the others that are words of a language too, or that it has taken over.
_NOT_FOREIGN = {
    "en": """
        a ad ai al am an as bin bis but ci come con da dal days dei del dell des den dem die dies du due e er era fa fine fra gli
        ha hat hatte i il im in io is la le lo ma man me mi more must ne no non noi o ob per poi qual se si sia so sole some
        state sub sue sui sul su tra um un una uno van vi voi von war was will
    """,
    "de": """
        a ad ai al all also am an any as come con da dal de dei del di do er era fa ha her hi i il in io just la le lei lo
        ma man me mi more most much must ne no non o off one over per quelle se so stati su sub such sue sui sul tra un
        under uno up van via vi voi war was we will prima tutti
    """,
    "it": """
        a ad al all alle am an any as bei bis but can come da dei dell del dem des di do dom du e ed es fra i in io ins io
        la le ma man me more most nor off one over per se si so such sei su to too tram um un under up via vi was
    """,
}
_SHARED = {language: frozenset(words.split()) for language, words in _NOT_FOREIGN.items()}

# What is said in English in other languages too.
LOANS = re.compile(
    r"""\b(?:
    all[ ]in[ ]one | best[ ]of | business[ ]as[ ]usual | call[ ]for[ ]\w+ | code[ ]of[ ]conduct | day[ ]by[ ]day | end[ ]of[ ]\w+
    | fake[ ]news | freedom[ ]of[ ]\w+ | internet[ ]of[ ]things | just[ ]in[ ]time | know[ ]how | last[ ]but[ ]not[ ]least
    | learning[ ]by[ ]doing | made[ ]in | made[ ]by | man[ ]of[ ]the[ ]match | memorandum[ ]of[ ]understanding
    | on[ ](?:air|demand|line|the[ ]road|top|tour) | open[ ]for | out[ ]of[ ]\w+ | peer[ ]to[ ]peer
    | point[ ]of[ ]\w+ | proof[ ]of[ ]\w+
    | ready[ ]to[ ]\w+ | sine[ ]die | research[ ]and[ ]development
    | return[ ]on[ ]investment | rock[ ]and[ ]roll | sense[ ]of[ ]humour
    | state[ ]of[ ]the[ ]art | step[ ]by[ ]step | stop[ ]and[ ]go | to[ ]go | trial[ ]and[ ]error | up[ ]to[ ]date
    | who[ ]is[ ]who
    | work[ ]in[ ]progress
    | (?:academy|bank|city|college|council|game|house|institute|lord|museum|school|university)[ ]of[ ](?:the[ ])?\w+
    | tax[ ]the[ ]rich | black[ ]lives[ ]matter | me[ ]too | fridays[ ]for[ ]future
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
# Possessive quantifiers and marks that stop at the next of their kind keep the search in step with a text's length.
_NAME = re.compile(r"(?<![\w’'-])[A-ZÀ-Þ][\w’'-]*+(?:\s++(?:[a-zà-ÿ]{1,4}\s++){0,3}[A-ZÀ-Þ][\w’'-]*+)+")
_FEWEST_WORDS, _FEWEST_LETTERS, _UNLIKELY = 4, 16, 0.01
_TOKEN = re.compile(rf"[^\W\d_]+|{HIDDEN}")
_QUOTED = re.compile(r'„([^„“”]*)[“”]|“([^“”]*)”|«([^«»]*)»|»([^«»]*)«|‚([^‚‘]*)‘|‘([^‘’]*)’|"([^"]*)"')


def _other_language(unit: Unit) -> str:
    """The language that a text is in as a whole, where it is certainly not the catalog's; else empty."""
    own = unit.language.split("-")[0]
    if not can_be_told(own) or unit.words == unit.source:
        return ""
    # Words with capitals that the source has too are a name, in whichever language, with the small words between them.
    prose = _NAME.sub(lambda match: HIDDEN if match[0] in unit.source_plain else match[0], _without_quotes(unit.prose))
    names = {word for word in _TOKEN.findall(unit.source_prose) if word[0].isupper() and word.lower() not in _ALL_WORDS}
    words = [word for word in _TOKEN.findall(prose) if word not in names and not word.isupper()]
    # A quick look first: most texts have small words that no other language has.
    own_words = len(certain_words(own).intersection(word.lower() for word in words))
    if own_words * 6 >= len(words) > 0:
        return ""
    # Several small words of another language and none of this one's: no need to look at the letters.
    strays = [foreign_words(own)[word.lower()] for word in _strays(unit, foreign_words(own))]
    if len(strays) > 1 and not own_words and len(set(strays)) == 1 and len(_TOKEN.findall(unit.prose)) >= _FEWEST_WORDS:
        return strays[0]
    # A translation that is in another language is in one of those that people translate from here, most likely the source's.
    among = (own, unit.source_language.split("-")[0], *_WORDS)
    found = identify(" ".join(words), own, among, _FEWEST_LETTERS) if len(words) >= _FEWEST_WORDS else None
    return found.language if found and found.declared < _UNLIKELY else ""


@cache
def certain_words(own: str) -> frozenset[str]:
    """The function words of a language that are none of the others known here."""
    return _WORDS.get(own, frozenset()).difference(*(words for language, words in _WORDS.items() if language != own))


def _without_quotes(words: str) -> str:
    """Words without what they quote, unless they are a quotation as a whole."""
    rest = _QUOTED.sub(" ", words)
    return rest if len(rest) > len(words) / 2 else words


@rule("po-language", on=Bitext, severity=Severity.WARNING, wcag=("3.1.1", "3.1.2"))
def po_language(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    A translation is in the language of its catalog.

    Looked at are texts of four words and more, by the letters that follow each other in them: whether they are in the language of
    the source, in English, German or Italian. What is the source's word for word is a matter of po-same.

    Bad: `[it paragraph] The bridge is open again. => Die Brücke ist wieder für alle offen.`
    Bad: `[de paragraph] The bridge is open again. => The bridge is now open for all.`
    Good: `[de paragraph] The bridge is open again. => Die Brücke ist wieder offen.`
    """
    for unit in bitext.units:
        if unit.role.name != "slug" and (language := _other_language(unit)):
            yield (
                unit,
                say(
                    "the words {words} look {said}; translate them to {wanted}",
                    words=excerpt(unit.plain, 40),
                    said=language_name(language),
                    wanted=language_name(unit.language),
                ),
            )


@cache
def foreign_words(own: str) -> dict[str, str]:
    """The function words that are certainly not of a language, with the language that they are of; none of one not known here."""
    found: dict[str, str] = {}
    for language, words in _WORDS.items() if own in _WORDS else ():
        if language != own:
            found |= dict.fromkeys(words - _WORDS[own] - _SHARED[own], language)
    # Of the single letters only these are certain: “e” is a word in Italian and none in German.
    alone = {"de": ("e", "è")}.get(own, ("è",))
    return {word: language for word, language in found.items() if len(word) > 1 or word in alone}


@rule("po-stray-word", on=Bitext, severity=Severity.WARNING, wcag=("3.1.2",))
def po_stray_word(bitext: Bitext) -> Iterator[tuple[Unit, str]]:
    """
    No small word of another language is left in a translation.

    An “and” that nobody saw makes a voice stumble. Words in `<i lang>`, in names and titles that the source has too, and loans
    such as “Made in Italy” are no fault. Known are English, German and Italian.

    Bad: `[de paragraph] Research and teaching => Forschung and Lehre`
    Bad: `[en paragraph] PoliMi e TUM sono partner. => PoliMi und TUM are partners.`
    Bad: `[it paragraph] The bridge and the river => Il ponte und il fiume`
    Bad: `{PoliMi, TUM} [de heading] PoliMi and TUM => PoliMi and TUM feiern`
    Good: `[de paragraph] The University of Oxford said so. => Das sagte die University of Oxford.`
    Good: `[it paragraph] A Memorandum of Understanding => Un <i lang="en">Memorandum of Understanding</i>`
    Good: `[de paragraph] They sing “Let it be”. => Sie singen „Let it be“.`
    """
    own = bitext.language.split("-")[0]
    if own not in _WORDS:
        return
    foreign = foreign_words(own)
    for unit in bitext.units:
        if unit.role.name == "slug" or same_language(unit.language, unit.source_language) or unit.words == unit.source:
            continue
        if (strays := list(_strays(unit, foreign))) and not _other_language(unit):
            tag = foreign[strays[0].lower()]
            yield (
                unit,
                say(
                    '“{word}” is {language}; translate it, or put <i lang="{tag}"> and </i> around the foreign words',
                    word=strays[0],
                    language=language_name(tag),
                    tag=tag,
                ),
            )


def _strays(unit: Unit, foreign: dict[str, str]) -> Iterator[str]:
    words = LOANS.sub(lambda match: " " * len(match[0]), unit.prose)
    tokens = list(_TOKEN.finditer(words))
    quoted: set[int] = set()
    source = unit.source_plain.lower()
    for match in _QUOTED.finditer(words):
        if (said := next(filter(None, match.groups()), "").strip(" .,!?").lower()) and said in source:
            quoted.update(range(*match.span()))
    for number, token in enumerate(tokens):
        word = token[0]
        if word.lower() not in foreign or word.isupper() or token.start() in quoted:
            continue
        around = words[max(token.start() - 1, 0) : token.start()] + words[token.end() : token.end() + 1]
        if any(mark in "-’'./@&–" for mark in around) and (not around.endswith(".") or len(word) == 1):
            continue
        # A letter that the source speaks of, and the are, a measure of land.
        if (len(word) == 1 and re.search(rf"\b{word}\b", unit.source_prose)) or (word == "are" and _after_number(words, token)):
            continue
        following = tokens[number + 1][0] if number + 1 < len(tokens) else ""
        if word[0].isupper() and (following[:1].isupper() or not _begins(words, token.start())):
            continue  # part of a title or a name: The Guardian
        if number and tokens[number - 1][0].lower() in ("van", "von") and f"{word} {following}" in unit.source_plain:
            continue
        if _is_in_name(tokens, number, words, unit):
            continue
        yield word


def _after_number(words: str, token: re.Match[str]) -> bool:
    return words[max(token.start() - 2, 0) : token.start()].rstrip()[-1:].isdigit()


_REACH = 30
"""How many characters back a sentence's beginning is looked for."""

_IN_A_NAME = 4
"""How many words a capital letter in a name may be away from a small one: Museum of the City of New York."""


def _begins(words: str, at: int) -> bool:
    """Whether a sentence begins there."""
    for mark in reversed(words[max(at - _REACH, 0) : at]):
        if mark in ".?!:…":
            return True
        if mark.isalnum():
            return False
    return at <= _REACH


def _is_in_name(tokens: list[re.Match[str]], number: int, words: str, unit: Unit) -> bool:
    """Whether a small word stands between words with capitals, all of it as in the source: University of Oxford."""
    first = last = number
    if tokens[number][0][0].isupper():
        return False
    while first > max(number - _IN_A_NAME, 0) and tokens[first][0][0].islower():
        first -= 1
    while last < min(number + _IN_A_NAME, len(tokens) - 1) and tokens[last][0][0].islower():
        last += 1
    ends = tokens[first][0], tokens[last][0]
    if not all(end[0].isupper() and not (len(end) > 1 and end[1:] != end[1:].lower()) for end in ends):
        return False
    return words[tokens[first].start() : tokens[last].end()] in unit.source_plain
