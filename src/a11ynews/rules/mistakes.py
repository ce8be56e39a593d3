"""What a form says of mistakes: which field is meant, what is wrong, and how to mend it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml.html import HtmlElement

from ..finding import Severity
from ..message import Message, say
from ..page import Page, excerpt
from ..rule import rule

# That something is wrong, and nothing else. A name or two may stand before it: the field's.
_BARE = {
    "en": re.compile(
        r"(?:an? )?errors?!*|(?:[\w’' -]{1,40} )?(?:is |are )?(?:invalid|not valid|incorrect|wrong)"
        r"|(?:invalid|incorrect|wrong|bad) (?:[\w-]+ ){0,2}[\w-]+(?: (?:for|in) (?:the )?(?:[\w-]+ ){0,3}[\w-]+)?",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"fehler!*|(?:[\w’' -]{1,40} )?(?:ist |sind )?(?:ungültig|nicht gültig|falsch|fehlerhaft|inkorrekt|nicht korrekt)"
        r"|(?:ungültige|falsche|fehlerhafte|inkorrekte)[rs]? (?:[\w-]+ ){0,1}[\w-]+"
        r"(?: (?:für|bei|in|im feld) (?:[\w-]+ ){0,3}[\w-]+)?",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"errore!*|(?:[\w’' -]{1,40} )?(?:è |sono )?(?:non (?:è )?(?:valid[oaie]|corrett[oaie])|errat[oaie]|sbagliat[oaie])"
        r"(?: (?:per|nel campo) (?:[\w-]+ ){0,3}[\w-]+)?",
        re.IGNORECASE,
    ),
}
# Who signs in must not be told which of the two was wrong.
_SECRET = re.compile(
    r"passw|login|log-?in|user|benutzer|kennwort|zugangs|anmelde|utente|credenzial|captcha|code\b|pin\b", re.IGNORECASE
)
_BEGINS = re.compile(
    r"(?:invalid|incorrect|wrong|error\b|ungültig|falsch|fehler\b|errore\b|valore non|dato non|please (?:enter|select|choose)"
    r"|bitte (?:geben|wählen)|inserire|inserisci)",
    re.IGNORECASE,
)
_SOMEWHERE = {
    "en": re.compile(
        r"\berrors? (?:on|in|with) (?:this|the|your) (?:page|form)\b|\b(?:fix|correct) (?:the|any|all|these|your) errors?\b"
        r"|\b(?:there|some|one or more) (?:was|were|is|are|fields?) (?:an? |some |errors?\b|invalid\b|problems?\b|incorrect\b)",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\bfehler (?:auf|in) (?:dieser|der|diesem|dem|ihrem) (?:seite|formular)"
        r"|\b(?:korrigieren|beheben|berichtigen) sie (?:bitte )?(?:die|alle|ihre) (?:\w+ )?"
        r"(?:fehler|angaben|eingaben)\b|\beinige (?:felder|angaben|eingaben) sind\b"
        r"|\b(?:es|leider) (?:ist|sind) (?:ein )?fehler aufgetreten\b",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\berror[ei] (?:in|nel|nella|su) (?:questa|questo|pagina|modulo)|\bcorregg\w+ (?:gli|i|tutti gli) (?:errori|dati)\b"
        r"|\balcuni (?:campi|dati) (?:sono|non sono)\b|\bci sono (?:degli )?errori\b",
        re.IGNORECASE,
    ),
}
_FIELDS = ("input", "select", "textarea")
_NO_MESSAGES = frozenset(
    {"a", "button", "fieldset", "form", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "option", "select", "textarea"}
)


@lru_cache(maxsize=2)
def _messages(page: Page) -> tuple[HtmlElement, ...]:
    """The small elements with words in forms that have a field: what may be said of one."""
    found = []
    for form in page.tagged("form"):
        if any(_is_filled_in(field) for field in form.iter(*_FIELDS)):
            found += [
                one
                for one in form.iter("span", "p", "div", "small", "strong", "em", "b", "i", "li", "output")
                if (one.text or "").strip() and next(one.iter("a", "button", *_FIELDS), None) is None
            ]
    return tuple(found)


def _is_filled_in(field: HtmlElement) -> bool:
    return (field.get("type") or "").lower() not in ("hidden", "submit", "button", "reset", "image")


def _said(element: HtmlElement) -> str:
    """Its words, whoever can hear them."""
    return " ".join("".join(element.itertext()).split()).strip(" .!:*⚠✖✗×")


@rule("error-message", on=Page, severity=Severity.WARNING, wcag=("3.3.1", "3.3.3"), act=("36b590",))
def error_message(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What is said of a mistake says what is wrong, and how to mend it.

    “Invalid value” sends people to guess: is it the blank, the date the other way round, the missing area code? Where people sign
    in, one may keep to oneself what was wrong. Looked at are English, German and Italian.

    Bad: `<form><label>Age <input></label> <span>Invalid value for age.</span></form>`
    Bad: `<form lang="de"><label>Telefon <input></label> <p>Ungültige Eingabe</p></form>`
    Bad: `<form lang="it"><label>Età <input></label> <p>Valore non valido.</p></form>`
    Good: `<form><label>Age <input></label> <span>Invalid value for age. Age must be at least 1.</span></form>`
    Good: `<form lang="de"><label>Telefon <input></label> <p>Ungültig: Die Nummer hat zehn Ziffern.</p></form>`
    Good: `<form><label>Password <input type="password"></label> <p>Wrong password</p></form>`
    """
    for one in _messages(page):
        language = page.language_of(one).split("-")[0].lower()
        words = _said(one)
        if language not in _BARE or not _BARE[language].fullmatch(words) or page.is_hidden(one) or _is_secret(words, one):
            continue
        around = [one, *one.iterancestors()]
        if not any(above.tag in _NO_MESSAGES - {"label", "form", "fieldset"} for above in around):
            yield one, say("{words} does not say how to mend it; say what is expected", words=excerpt(words))


def _is_secret(words: str, one: HtmlElement) -> bool:
    form = next(one.iterancestors("form"), None)
    has_password = form is not None and any(field.get("type") == "password" for field in form.iter("input"))
    return has_password or bool(_SECRET.search(words))


@rule("error-unheard", on=Page, severity=Severity.WARNING, wcag=("3.3.1", "4.1.3"), act=("36b590",))
def error_unheard(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What is said of a mistake is not hidden from those who do not see it.

    Bad: `<form><label>Age <input></label> <span aria-hidden="true">Invalid value. Age must be at least 1.</span></form>`
    Bad: `<form lang="de"><label>Alter <input></label> <p aria-hidden="true">Bitte geben Sie Ihr Alter ein.</p></form>`
    Good: `<form><label>Age <input></label> <span>Invalid value. Age must be at least 1.</span></form>`
    Good: `<form><label>Age <input></label> <span aria-hidden="true">*</span></form>`
    """
    for one in _messages(page):
        hides = next((above for above in (one, *one.iterancestors()) if above.get("aria-hidden") == "true"), None)
        if hides is None or hides.tag in ("form", "body", "main") or not page.is_rendered(one):
            continue
        words = _said(one)
        if len(words.split()) >= 3 and _BEGINS.match(words):
            yield one, say("{words} is hidden from screen readers; take its aria-hidden away", words=excerpt(words))


@rule("errors-somewhere", on=Page, severity=Severity.WARNING, wcag=("3.3.1",))
def errors_somewhere(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Where a page says that there are mistakes in a form, it says in which fields.

    A message beside the field, a link to it, or `aria-invalid` on it: otherwise people go through all of them, and some give up.

    Bad: `<form><p role="alert">You need to fix the errors on this page.</p><label>Name <input></label></form>`
    Bad: `<form lang="de"><p>Bitte korrigieren Sie die Fehler.</p><label>Name <input></label></form>`
    Bad: `<p>Please correct the errors.</p><form><label>Name <input></label> <label>Date <input></label></form>`
    Good: `<form><p role="alert">Fix the errors on this page:</p><a href="#n">Enter your name</a><input id="n"></form>`
    Good: `<form lang="it"><p>Correggi gli errori.</p><label>Nome <input aria-invalid="true"></label></form>`
    Good: `<form role="search"><label>Search <input type="search"></label></form><p>A value that is not there is an error.</p>`
    """
    fields = [field for field in page.exposed(*_FIELDS) if _is_filled_in(field) and not _searches(field)]
    if not fields or any((field.get("aria-invalid") or "").lower() not in ("", "false") for field in page.having("aria-invalid")):
        return
    if any(_is_told_of(page, field) for field in fields):
        return
    for one in page.exposed("p", "div", "span", "strong", "h2", "h3", "li"):
        language = page.language_of(one).split("-")[0].lower()
        words = page.text_of(one) if len(one) < 4 else ""
        if not words or len(words) > 160 or language not in _SOMEWHERE or not (one.text or "").strip():
            continue
        if not _speaks_of_a_form(one):
            continue
        if _SOMEWHERE[language].search(words) and not _leads_to_a_field(one):
            yield one, say("{words} does not say in which fields; name each, beside it or in a link to it", words=excerpt(words))
            return


def _searches(field: HtmlElement) -> bool:
    """Whether a field is that of a search, which nobody fills in wrongly."""
    around = (field, *field.iterancestors())
    return field.get("type") == "search" or any(above.get("role") == "search" or above.tag == "search" for above in around)


def _speaks_of_a_form(element: HtmlElement) -> bool:
    """Whether words stand in a form, just before one, or as an alert; anywhere else they are an article's."""
    for above in (element, *element.iterancestors()):
        if above.tag == "form" or above.get("role") in ("alert", "status") or _OF_AN_ERROR.search(above.get("class") or ""):
            return True
        following = above.getnext()
        if following is not None and (following.tag == "form" or next(following.iter("form"), None) is not None):
            return True
        if above.tag in ("article", "body", "main"):
            return False
    return False


_OF_AN_ERROR = re.compile(r"(?:^|[-_\s])(?:error|invalid|fehler|errore)(?:$|[-_\s])", re.IGNORECASE)


def _is_told_of(page: Page, field: HtmlElement) -> bool:
    """Whether something describes a field, or is marked as an error message in its form."""
    if field.get("aria-describedby") or field.get("aria-errormessage"):
        return True
    form = next(field.iterancestors("form"), None)
    marked = () if form is None else form.iterdescendants("b", "div", "em", "li", "p", "small", "span", "strong")
    return any(_OF_AN_ERROR.search(one.get("class") or "") and page.text_of(one) and not page.is_hidden(one) for one in marked)


def _leads_to_a_field(element: HtmlElement) -> bool:
    around = element.getparent()
    links = around.iter("a") if around is not None else ()
    return any((link.get("href") or "").startswith("#") for link in links)
