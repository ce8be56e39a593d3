"""
Barriers of many kinds, put one at a time into the sample's pages: each is to be found by the rule that is meant for it.

A mutation changes the HTML or the style sheet of some of the three editions. `python tests/page_mutations.py` writes the table in
`docs/mutations.md`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from a11ynews.files import write_bytes
from a11ynews.site import Site

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "mutations.md"

Site_ = dict[str, str]
"""The files of a rendered site that can be changed, by their paths: pages and the style sheet."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """One barrier: what is done, to which editions, and the rules of which one at least must find it."""

    what: str
    rules: tuple[str, ...]
    change: Callable[[str], str]
    languages: tuple[str, ...] = ("de",)
    """The editions whose page is changed; `css` is the style sheet of all."""

    @property
    def is_live(self) -> bool:
        """Whether it takes a browser to see it."""
        return any(rule.startswith("axe/") or rule in _live() for rule in self.rules)

    def applied(self, site: Site_) -> Site_:
        """The site with the barrier in it. It fails where nothing was changed: a mutation that does nothing proves nothing."""
        changed = dict(site)
        for path, content in site.items():
            kind = "css" if path.endswith(".css") else path.split("/")[0]
            if kind in self.languages:
                changed[path] = self.change(content)
                assert changed[path] != content, f"{self.what}: nothing was changed in {path}"
        return changed


def _live() -> set[str]:
    from a11ynews.live.rules import LIVE_RULES

    return {rule.id for rule in LIVE_RULES}


def rendered(folder: Path) -> Site_:
    """The sample's site, rendered into a folder: the three editions of its article, and its style sheet."""
    from a11ynews.config import load

    site = Site(load(ROOT / "a11ynews.toml"), folder)
    site.render()
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in (".html", ".css")]
    files = [path for path in files if path.name not in ("index.html", "404.html")]
    return {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in files}


def swap(old: str, new: str, count: int = 1) -> Callable[[str], str]:
    """Put one text in the place of another."""
    return lambda html: html.replace(old, new, count)


def edit(pattern: str, new: str | Callable[[re.Match[str]], str], count: int = 1) -> Callable[[str], str]:
    """Put a text in the place of what a pattern matches."""
    return lambda html: re.sub(pattern, new, html, count=count, flags=re.DOTALL)


def insert(html: str) -> Callable[[str], str]:
    """Put something in front of the article's end."""
    return lambda page: page.replace("</article>", f"{html}</article>", 1)


def style(rules: str) -> Callable[[str], str]:
    """Add to the style sheet."""
    return lambda css: f"{css}\n{rules}\n"


ALL = ("de", "en", "it")
CSS = ("css",)

MUTATIONS: tuple[Mutation, ...] = (
    # Pictures.
    Mutation("the alt of a picture is gone", ("alt-missing",), edit(r' alt="Eine Vertreterin[^"]*"', "")),
    Mutation("the alt is empty", ("alt-empty",), edit(r'alt="Eine Vertreterin[^"]*"', 'alt=""')),
    Mutation("the alt is a blank", ("alt-blank",), edit(r'alt="Eine Vertreterin[^"]*"', 'alt=" "')),
    Mutation("the alt is the file's name", ("alt-file-name",), edit(r'alt="Eine Vertreterin[^"]*"', 'alt="signing.png"')),
    Mutation(
        "the alt begins with “Bild von”", ("alt-opening",), swap('alt="Eine Vertreterin', 'alt="Bild von einer Vertreterin')
    ),
    Mutation("the alt begins with “foto di”", ("alt-opening",), edit(r'alt="(?=[A-Z])', 'alt="Foto di '), ("it",)),
    Mutation(
        "two pictures have the same alt",
        ("alt-same",),
        edit(
            r'alt="Die Vertreterinnen[^"]*"',
            'alt="Eine Vertreterin und ein Vertreter der beiden Partner bei der Unterzeichnung des Vertrags"',
        ),
    ),
    Mutation(
        "the alt is a novel",
        ("alt-long",),
        swap('alt="Eine Vertreterin', f'alt="{"Man sieht einen langen Tisch und zwei Stühle. " * 8}Eine Vertreterin'),
    ),
    Mutation(
        "the Italian alt stands on the German page",
        ("name-language-words",),
        edit(r'alt="Eine Vertreterin[^"]*"', 'alt="Una rappresentante e un rappresentante dei due partner firmano il contratto"'),
    ),
    Mutation(
        "the alt repeats the caption",
        ("alt-repeats-caption",),
        edit(
            r'alt="Eine Vertreterin[^"]*"',
            'alt="Prof. Winkelmann und Prof. Ronchi bei der Unterzeichnung der Absichtserklärung zwischen TUM und PoliMi."',
        ),
    ),
    # Language.
    Mutation("the page does not say its language", ("html-lang",), swap('<html lang="de"', "<html")),
    Mutation("the language of the page is none", ("html-lang-valid",), swap('<html lang="de"', '<html lang="deutsch"')),
    Mutation("the German page says that it is Italian", ("page-language-words",), swap('<html lang="de"', '<html lang="it"')),
    Mutation(
        "a name in another language is marked as a third",
        ("lang-valid",),
        swap('lang="it" translate="no"', 'lang="italiano" translate="no"'),
    ),
    Mutation(
        "a paragraph is marked as French", ("part-language-words",), swap("<p>Am 11. November", '<p lang="fr">Am 11. November')
    ),
    Mutation(
        "an English paragraph is left on the German page",
        ("text-language-words",),
        swap(
            "<p>Die Partnerschaft ruht auf zwei Säulen:</p>",
            "<p>The partnership stands on two pillars, which have been agreed upon in many talks since 2020:</p>",
        ),
    ),
    Mutation(
        "an English label is left on the Italian page",
        ("name-language-words",),
        edit(r'aria-label="Lingue"', 'aria-label="Pages of this newspaper in other languages"'),
        ("it",),
    ),
    Mutation(
        "an “and” is left in a German sentence",
        ("stray-word",),
        swap("zu erörtern und die laufenden", "zu erörtern and die laufenden"),
    ),
    Mutation("an “und” is left in an Italian sentence", ("stray-word",), edit(r"(<li>[^<]*?) e ", r"\1 und "), ("it",)),
    # The page as a whole.
    Mutation("the page has no title", ("page-title",), edit(r"<title>.*?</title>", "")),
    Mutation("the title says nothing", ("title-stopgap",), edit(r"<title>.*?</title>", "<title>Unbenannt</title>")),
    Mutation("readers cannot enlarge the page", ("viewport-zoom",), swap("initial-scale=1", "initial-scale=1, user-scalable=no")),
    Mutation(
        "the page loads another one after a while",
        ("meta-refresh",),
        swap('<meta charset="utf-8">', '<meta charset="utf-8"><meta http-equiv="refresh" content="30; url=/">'),
    ),
    Mutation("the page has no h1", ("one-h1",), lambda html: html.replace("<h1>", '<p class="h1">').replace("</h1>", "</p>")),
    Mutation(
        "a heading leaves a level out",
        ("heading-order",),
        lambda html: html.replace('<h2 id="contact-9">Kontakt</h2>', '<h4 id="contact-9">Kontakt</h4>'),
    ),
    Mutation("a heading is empty", ("heading-empty",), edit(r'(<h2 id="contact-9">)Kontakt', r"\1")),
    Mutation("a heading says nothing", ("heading-stopgap",), swap(">Kontakt</h2>", ">Überschrift</h2>")),
    Mutation(
        "there is no main",
        ("one-main",),
        lambda html: html.replace('<main id="content" tabindex="-1">', '<div id="content" tabindex="-1">').replace(
            "</main>", "</div>"
        ),
    ),
    Mutation("the skip link leads nowhere", ("skip-link-target",), swap('href="#content"', 'href="#inhalt"')),
    Mutation(
        "there is no skip link",
        ("skip-link",),
        edit(
            r'<a class="skip".*?</a>',
            f'<nav aria-label="Ressorts">{"".join(f"<a href=/{n}>Ressort {n}</a> " for n in range(6))}</nav>',
        ),
    ),
    Mutation("an id stands there twice", ("id-unique",), insert('<p id="related">Noch etwas.</p>')),
    Mutation("a label refers to nothing", ("id-reference",), swap('aria-labelledby="contact-9"', 'aria-labelledby="kontakt"')),
    Mutation(
        "the keyboard's order is turned around",
        ("tab-order",),
        swap('<a href="https://www.tum.de/en/">', '<a href="https://www.tum.de/en/" tabindex="3">'),
    ),
    # Links, lists, tables, forms, frames.
    Mutation("a link has no words", ("link-name",), edit(r'(<a href="https://www.tum.de/en/">).*?</a>', r"\1</a>")),
    Mutation(
        "a link says “hier”", ("link-generic", "link-context"), edit(r'(<a href="https://www.tum.de/en/">).*?</a>', r"\1hier</a>")
    ),
    Mutation(
        "a link says “clicca qui”",
        ("link-generic", "link-context"),
        edit(r'(<a href="https://www.tum.de/en/">).*?</a>', r"\1clicca qui</a>"),
        ("it",),
    ),
    Mutation("a link leads to nothing on the page", ("link-target",), insert('<p><a href="#quellen">Zu den Quellen</a></p>')),
    Mutation("an item stands outside a list", ("list-item",), insert("<div><li>Ein Punkt ohne Liste</li></div>")),
    Mutation(
        "a list holds a paragraph",
        ("list-children",),
        swap("<li>Förderung von Talenten", "<p>Zwei Säulen</p><li>Förderung von Talenten"),
    ),
    Mutation(
        "a table has no headers",
        ("table-headers",),
        insert(
            "<table><caption>Zahlen</caption><tr><td>Jahr</td><td>Studierende</td></tr><tr><td>2021</td><td>40</td></tr><tr><td>2022</td><td>60</td></tr></table>"
        ),
    ),
    Mutation(
        "a field has no label",
        ("field-name",),
        insert('<form action="/suche"><input type="search" name="q"><button>Suchen</button></form>'),
    ),
    Mutation("a button has no words", ("button-name",), insert('<p><button type="button"></button></p>')),
    Mutation("a frame has no title", ("frame-title",), insert('<iframe src="about:blank"></iframe>')),
    Mutation("a film has no captions", ("video-captions",), insert('<video controls src="a.mp4"></video>')),
    Mutation(
        "a role does not exist", ("role-valid",), swap('<section class="contact"', '<section role="kontakt" class="contact"')
    ),
    Mutation(
        "an ARIA attribute does not exist",
        ("aria-attribute",),
        swap('aria-label="Sprachen"', 'aria-lable="Sprachen" aria-label="Sprachen"'),
    ),
    Mutation(
        "something hidden can be focused",
        ("aria-hidden-focus",),
        swap('<section class="contact"', '<section aria-hidden="true"><a href="/">Mehr</a></section><section class="contact"'),
    ),
    Mutation(
        "the name does not hold the words that are seen",
        ("label-in-name", "axe/label-content-name-mismatch"),
        swap(
            '<a href="mailto:accessibility@news.example.org">',
            '<a href="mailto:accessibility@news.example.org" aria-label="E-Mail schreiben">',
        ),
    ),
    # Language editions and what machines read.
    Mutation(
        "the Italian page is not named", ("hreflang-reciprocal",), edit(r'\s*<link rel="alternate" hreflang="it"[^>]*>', "")
    ),
    Mutation(
        "an edition is named with a wrong language",
        ("hreflang-language",),
        lambda html: html.replace(
            'hreflang="it" href="https://news.example.org/it/', 'hreflang="fr" href="https://news.example.org/it/'
        ),
    ),
    Mutation(
        "the language menu leaves the Italian page out", ("language-switcher",), edit(r'\s*<li><a href="\.\./it/.*?</li>', "")
    ),
    Mutation("the structured data cannot be read", ("json-ld",), swap('{"@context"', '{"@context')),
    Mutation("the structured data names another language", ("json-ld-language",), swap('"inLanguage":"de"', '"inLanguage":"it"')),
    Mutation("the page has no description", ("description",), edit(r'\s*<meta name="description"[^>]*>', "")),
    # What only a browser shows.
    Mutation("the text is too faint", ("axe/color-contrast",), style(".teaser { color: #999 !important; }"), CSS),
    Mutation(
        "the text is too faint in the dark only",
        ("axe/color-contrast",),
        style("@media (prefers-color-scheme: dark) { .teaser { color: #555 !important; } }"),
        CSS,
    ),
    Mutation(
        "a link differs from the text by its colour only",
        ("axe/link-in-text-block", "link-like-text", "colour-alone"),
        insert(
            '<p>Mehr darüber lesen Sie <a style="text-decoration: none; color: #243a5e" href="https://www.tum.de/de/">auf den '
            "Seiten der Universität</a>, wo auch die Bilder zu finden sind.</p>"
        ),
    ),
    Mutation(
        "a target is too small",
        ("axe/target-size",),
        style(
            ".imprint a { font-size: 6px; padding: 0; line-height: 1; } .imprint ul { gap: 0; display: block } "
            ".imprint li { margin: 0; line-height: 1; font-size: 6px; }"
        ),
        CSS,
    ),
    Mutation("a paragraph is at least 500 pixels wide", ("reflow",), style(".teaser { min-width: 500px; }"), CSS),
    Mutation(
        "the page is turned in a tall window",
        ("orientation", "axe/css-orientation-lock"),
        style("@media (orientation: portrait) { body { transform: rotate(90deg); } }"),
        CSS,
    ),
    Mutation("wide spacing is cut off", ("text-spacing",), style("h2 { height: 1.2em; overflow: hidden; }"), CSS),
    Mutation(
        "the focus ring is gone",
        ("focus-visible",),
        style(":focus-visible, :focus { outline: none !important; } .skip:focus { clip-path: none; }"),
        CSS,
    ),
    Mutation(
        "the focus ring is gone in the dark only",
        ("focus-visible",),
        style("@media (prefers-color-scheme: dark) { :focus-visible, :focus { outline: none !important; } }"),
        CSS,
    ),
    Mutation(
        "the keyboard is trapped",
        ("keyboard-trap",),
        insert('<p><button type="button" onkeydown="if (event.key === \'Tab\') event.preventDefault()">Mehr</button></p>'),
    ),
    Mutation(
        "focus is taken away at once",
        ("focus-lost", "focus-stolen", "focus-context"),
        insert('<p><a href="/" onfocus="this.blur()">Mehr lesen Sie im Archiv</a></p>'),
    ),
    Mutation(
        "a choice leads away at once",
        ("input-context",),
        insert(
            '<form action="/en/"><label>Sprache <select name="l" onchange="this.form.submit()">'
            '<option value="de">Deutsch</option><option value="en">English</option></select></label></form>'
        ),
    ),
    Mutation(
        "a letter is a shortcut",
        ("single-key", "single-key-choice"),
        insert(
            "<script>document.addEventListener('keydown', event => {"
            " if (event.key === 's') document.querySelector('h1').textContent = 'Suche'; })</script>"
        ),
    ),
    Mutation(
        "something operable is out of the keyboard's reach",
        ("mouse-only",),
        swap(
            '<div class="body">', '<div class="body"><p><span role="button" onclick="this.hidden = true">Mehr anzeigen</span></p>'
        ),
    ),
    Mutation(
        "what is focused is hidden by a bar",
        ("focus-covered",),
        insert('<div style="position: fixed; inset: auto 0 0 0; height: 75vh; background: #ccc; color: #000">Cookies</div>'),
    ),
    Mutation(
        "something moves without end",
        ("moving-content",),
        style(
            "@keyframes blinken { from { opacity: 1 } to { opacity: .2 } } .teaser { animation: blinken 1s infinite alternate; }"
        ),
        CSS,
    ),
    # What only the words of furniture, of forms, and the way in which texts are set can tell.
    Mutation(
        "a short label on the German page is English",
        ("label-language",),
        swap('aria-label="Sprachen"', 'aria-label="Languages"'),
    ),
    Mutation(
        "all words are marked as being in another language than the page's",
        ("page-language-unused",),
        lambda html: (
            re.sub(' lang="(?:de|en|it)"', "", html).replace("<html", '<html lang="fr"').replace("<body", '<body lang="de"')
        ),
    ),
    Mutation(
        "an error message says that something is wrong, and no more",
        ("error-message",),
        insert('<form><label>E-Mail <input type="email"></label> <span>Ungültige Eingabe</span></form>'),
    ),
    Mutation(
        "a title says what the alternative text does not",
        ("title-apart",),
        swap(' alt="Eine Vertreterin', ' title="Nur am Montag" alt="Eine Vertreterin'),
    ),
    Mutation(
        "links run into each other",
        ("links-in-a-row",),
        insert('<p><a href="#a">Seite eins</a> <a href="#b">Seite zwei</a> <a href="#c">Seite drei</a></p>'),
    ),
    Mutation("text is justified", ("text-justified",), style("p { text-align: justify; hyphens: manual !important }"), CSS),
    Mutation("lines go across the whole window", ("long-lines",), style("* { max-inline-size: none !important }"), CSS),
    # Language editions, as a browser tells of them.
    Mutation(
        "the Italian list of languages and the list at the foot are none for screen readers",
        ("structure-parity",),
        edit("<ul>(.*?)</ul>", lambda found: found[0].replace("<ul>", '<ul role="none">').replace("<li", '<li role="none"'), 0),
        ("it",),
    ),
    Mutation(
        "the Italian contact has lost its name",
        ("structure-parity", "language-parity"),
        edit(r'<section([^>]*) aria-labelledby="[^"]*"', r"<section\1"),
        ("it",),
    ),
)
"""Every mutation, each with the rules of which one must find it."""


def table() -> str:
    """The mutations as a table: what is done, on which editions, and which rules are meant for it."""
    editions = {"css": "style sheet", "de": "German", "en": "English", "it": "Italian"}
    rows = [
        f"| {mutation.what} | {', '.join(editions[language] for language in mutation.languages)} | "
        f"{' or '.join(f'`{rule}`' for rule in mutation.rules)} | {'yes' if mutation.is_live else 'no'} |"
        for mutation in MUTATIONS
    ]
    return "\n".join(["| Barrier | Edition | Found by | In a browser |", "|---|---|---|---|", *rows]) + "\n"


def main() -> None:
    """Write the table into its document."""
    text = DOCUMENT.read_text("utf-8")
    start = text.index("| Barrier |")
    end = text.find("\n\n", start)
    write_bytes(DOCUMENT, (text[:start] + table() + (text[end + 1 :] if end > 0 else "")).encode())


if __name__ == "__main__":
    main()
