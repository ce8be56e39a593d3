"""The labels that every page has: search, menu, close. Too short to be told by their letters, they are known one by one."""

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Owner, Severity
from ..message import language_name, say
from ..page import Attribute, Page, Words, excerpt
from ..rule import rule
from .identified import is_in_another, set_apart

# Each as it stands by itself: on a button, in a label, as a link. Left out are words that two of the languages share, and those
# of one that are at home in another (“Home”, “Login”, “Privacy”).
_FURNITURE = {
    "en": """
        about | about us | advanced search | all articles | all rights reserved | back to top | cancel | change language |
        choose a language | choose language | close | close dialog | close menu | close navigation | contact us |
        cookie settings | current page | footer navigation | go to top | imprint | language selection | language switcher |
        languages | latest news | learn more | main content | main menu | main navigation | more articles | more news |
        navigation menu | next | next article | next image | next page | next slide | open in a new tab | open in new tab |
        open in new window | open menu | opens in a new tab | opens in a new window | other languages | page navigation |
        picture | play video | previous | previous article | previous image | previous page | previous slide | print this page
        | read more | related articles | related content | search | search for | search form | search our site |
        search results | secondary navigation | select a language | select language | send | share | share on facebook |
        share on twitter | share on x | share this article | share this page | show all | show less | show menu | show more |
        sign in | sign up | site map | site navigation | skip navigation | skip to content | skip to main content |
        skip to navigation | social media links | submit | subscribe | table of contents | terms of use | to the top |
        toggle menu | toggle navigation | top stories | view all | you are here | your email address | your name
    """,
    "de": """
        abbrechen | absenden | alle anzeigen | alle artikel | anmelden | brotkrumen | brotkrümelnavigation | datenschutz |
        datenschutzerklärung | drucken | erweiterte suche | fußzeile | hauptinhalt | hauptmenü | hauptnavigation | ihr name |
        ihre e-mail-adresse | impressum | in neuem fenster öffnen | in neuem tab öffnen | inhaltsverzeichnis |
        jetzt abonnieren | kontakt | mehr anzeigen | mehr erfahren | mehr lesen | menü | menü schließen | menü umschalten |
        menü öffnen | nach oben | navigation umschalten | navigation überspringen | nutzungsbedingungen | nächste seite |
        nächster artikel | nächstes bild | schließen | seite drucken | seite teilen | seitennavigation | sie sind hier |
        sprachauswahl | sprache | sprache auswählen | sprache wählen | sprachen | startseite | suche | suche öffnen | suchen |
        suchergebnisse | suchformular | teilen | verwandte artikel | vorherige seite | vorheriger artikel | vorheriges bild |
        weitere artikel | weitere nachrichten | weiterlesen | zum hauptinhalt | zum hauptinhalt springen | zum inhalt |
        zum inhalt springen | zum seitenanfang | zur navigation | zur startseite | zurück | öffnet in neuem fenster |
        öffnet in neuem tab | über uns
    """,
    "it": """
        accedi | altre lingue | altre notizie | altri articoli | annulla | apri il menu | apri in una nuova finestra |
        apri in una nuova scheda | apri menu | articoli correlati | articolo precedente | articolo successivo | cambia lingua
        | cerca | cerca nel sito | chi siamo | chiudi | chiudi il menu | chiudi menu | condividi | contatti |
        contenuto principale | continua a leggere | immagine precedente | immagine successiva | indice | indietro |
        informativa sulla privacy | invia | iscriviti | leggi di più | leggi tutto | lingua | lingue | mappa del sito |
        menu principale | mostra altro | mostra di più | mostra tutto | navigazione | navigazione principale | note legali |
        pagina iniziale | pagina precedente | pagina successiva | percorso di navigazione | precedente | ricerca |
        ricerca avanzata | risultati della ricerca | salta al contenuto | salta al contenuto principale | salta la navigazione
        | scegli la lingua | scopri di più | sei qui | seleziona la lingua | selezione della lingua |
        si apre in una nuova finestra | si apre in una nuova scheda | stampa | successivo | termini di utilizzo |
        torna indietro | torna su | tutti gli articoli | ultime notizie | vai al contenuto | vai al contenuto principale
    """,
}
_KNOWN = {tag: frozenset(re.split(r"\s*\|\s*", words.strip())) for tag, words in _FURNITURE.items()}
_LABELS = frozenset({"aria-label", "alt", "placeholder", "title"})
_LABELLED = frozenset({"a", "button", "label", "legend", "summary", "th"})


@rule("label-language", on=Page, severity=Severity.WARNING, wcag=("3.1.2",), owner=Owner.TRANSLATOR)
def label_language(page: Page) -> Iterator[tuple[Attribute | Words, str]]:
    """
    Buttons, links and labels that every page has are in the language of the page.

    “Search”, “Menü öffnen”, “Salta al contenuto”: known are English, German and Italian. Only the whole label counts, and no word
    that is at home in another of these languages.

    Bad: `<html lang="de"><body><nav aria-label="Languages"><a href="/it">Italiano</a></nav></body></html>`
    Bad: `<html lang="it"><body><a href="#c">Skip to content</a><main id="c">Il fiume</main></body></html>`
    Bad: `<body><button title="Suche"><img src="a.svg" alt="Suche"></button></body>`
    Good: `<html lang="de"><body><nav aria-label="Sprachen"><a href="/it">Italiano</a></nav></body></html>`
    Good: `<html lang="de"><body><a href="/">Home</a> <a href="/login">Login</a></body></html>`
    Good: `<html lang="de"><body><a lang="en" href="/en">About us</a></body></html>`
    """
    if is_in_another(page):
        return
    for part, words in _labels(page):
        said = page.language_of(part.element).split("-")[0].lower()
        if said not in _KNOWN or page.is_hidden(part.element) or part.element in set_apart(page):
            continue
        label = " ".join(words.split()).strip(" .:…»›→«‹←>").casefold()
        found = next((tag for tag, known in _KNOWN.items() if tag != said and label in known), "")
        if not found or label in _KNOWN[said] or _is_name_of_language(part.element, found):
            continue
        yield (
            part,
            say(
                'the label {words} is {found} and stands as {said}; translate it, or put lang="{tag}" on it',
                words=excerpt(words, 40),
                found=language_name(found),
                said=language_name(said),
                tag=found,
            ),
        )


def _labels(page: Page) -> Iterator[tuple[Attribute | Words, str]]:
    """What things are called: attributes that are heard or seen as a label, the words of links and buttons, values of buttons."""
    for words in page.words:
        if words.attribute in _LABELS:
            yield Attribute(words.element, words.attribute), words.words
        elif not words.attribute and words.element.tag in _LABELLED:
            yield words, words.words
    for button in page.exposed("input"):
        if (button.get("type") or "").lower() in ("submit", "button", "reset") and button.get("value"):
            yield Attribute(button, "value"), button.get("value") or ""


def _is_name_of_language(element: HtmlElement, tag: str) -> bool:
    """Whether an element, or one around it, leads to that language: what leads there may speak it."""
    return any((one.get("hreflang") or "").lower().startswith(tag) for one in (element, *element.iterancestors("a")))
