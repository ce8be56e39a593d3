"""
How long it takes to make a news site in three languages, beside Hugo, Eleventy, Pelican and Sphinx with gettext.

    python bench/render.py [--records 1000] [--rounds 3] [--growth 1000 --growth 3000 --growth 10000]

Each program is given the same articles and makes the same pages: some 24 KB of HTML each, with the same words, marked the same
way, the same head (alternates, Open Graph, structured data), the same menu of languages, and one small drawing an article, each
another one, which all of them copy. Lists, feeds and sitemaps are left out everywhere. What differs:

- a11ynews reads an article once and takes its translations from PO catalogs; it checks what it reads (addresses, languages, the
  drawing, every translation's links), and keeps beside the pages from which line each of their words comes. Sphinx reads
  catalogs, too. The others are given an article for each language, in Markdown, and check nothing.
- Hugo and Eleventy read and write all pages at each run; a11ynews and Sphinx only those that a change touches. Pelican writes
  all.
- Sphinx makes one language a run: its figure is that of three runs, one after the other, each with all cores.

“Cold” is a first run, with no cache of any kind; “changed” one after one article has another paragraph; “same” one after
nothing has changed. Wall-clock is the best of the rounds, which take turns. CPU seconds are those of the program and its
processes. Memory is the sum of the proportional shares (PSS) of its processes, looked at five times a second. The load that the
machine is under is told with each figure: where it is more than its cores, wall-clock times say little, and CPU seconds more.

With the defaults it takes some half an hour on two cores, most of it Sphinx's and Pelican's; with `--only hugo --only eleventy`
eight minutes, of which `--growth 0` takes off five. All programs run as they are once they are installed: Python's bytecode, ours
and theirs, is there already.

Which Python it is matters: one that was compiled without `--enable-optimizations`, as pyenv does by default, takes a third more
time for our pages than Debian's. It is told with the figures.

What is missing is installed into bench/.peers: Eleventy with npm, Pelican and Sphinx with pip; Hugo, as root on Debian, with
apt. A program that cannot be had is told and left out. The last line is for machines: `key=value`; a ratio is a program's time
divided by ours, so that more than 1 means that we are faster.
"""

import compileall
import json
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import click

PEERS = Path(__file__).parent / ".peers"
LANGUAGES = ("en", "de", "it")
NAMES = {"en": "English", "de": "Deutsch", "it": "Italiano"}
LOCALES = {"en": "en_US", "de": "de_DE", "it": "it_IT"}
OWN = {
    "en": {"skip": "Skip to main content", "languages": "Languages", "published": "Published on"},
    "de": {"skip": "Zum Hauptinhalt springen", "languages": "Sprachen", "published": "Veröffentlicht am"},
    "it": {"skip": "Vai al contenuto principale", "languages": "Lingue", "published": "Pubblicato il"},
}
"""The page's own words."""
BASE = "https://news.example.org/"
WORDS = {
    "en": "bridge river council meeting students energy research agreement university minister public report garden city budget "
    "school library railway harbour museum concert festival station office science weather market hospital theatre forest",
    "de": "Brücke Fluss Stadtrat Sitzung Studierende Energie Forschung Abkommen Universität Ministerin öffentlich Bericht Garten "
    "Stadt Haushalt Schule Bücherei Eisenbahn Hafen Museum Konzert Fest Bahnhof Büro Wissenschaft Wetter Markt Klinik Theater "
    "Wald",
    "it": "ponte fiume consiglio riunione studenti energia ricerca accordo università ministra pubblico rapporto giardino città "
    "bilancio scuola biblioteca ferrovia porto museo concerto festa stazione ufficio scienza tempo mercato ospedale teatro bosco",
}


# -- the articles ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Words:
    """A text in every language; its markup is the same in our records and in Markdown."""

    role: str
    by_language: dict[str, str]


@dataclass(frozen=True, slots=True)
class Story:
    """An article."""

    name: str
    day: str
    headline: Words
    teaser: Words
    alt: Words
    caption: Words
    body: list[Words]
    """Paragraphs, headings and list items, in their order."""

    @property
    def texts(self) -> list[Words]:
        """All of its texts, in the order of the page."""
        return [self.headline, self.teaser, self.alt, self.caption, *self.body]


def words(chance: random.Random, role: str, count: int, ending: str = "", *, marks: bool = False) -> Words:
    """Words at random, the same in each language; with `marks` some are strong, some emphasised, some a link."""
    chosen = [chance.randrange(30) for _ in range(count)]
    styles = ("**{}**", "*{}*", "[{}](https://www.example.org/report)") if marks else ()
    styled = {chance.randrange(count): style for style in styles}
    texts = {}
    for language, listed in WORDS.items():
        vocabulary = listed.split()
        said = [styled.get(at, "{}").format(vocabulary[number]) for at, number in enumerate(chosen)]
        text = " ".join(f"{word}," if at % 12 == 11 else word for at, word in enumerate(said)).rstrip(",")
        texts[language] = text[0].upper() + text[1:] + ending
    return Words(role, texts)


def story(number: int) -> Story:
    """The article of a number: the same one at every run."""
    chance = random.Random(number)
    body: list[Words] = []
    for part in range(6):
        if part:
            body.append(words(chance, "heading", 4, f" {number}"))
        body += [words(chance, "paragraph", 50 + chance.randrange(25), ".", marks=at % 2 == 0) for at in range(6)]
        if part == 2:
            body += [words(chance, "list item", 12) for _ in range(5)]
    return Story(
        f"story-{number:05}",
        f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
        words(chance, "headline", 8, f" {number}"),
        words(chance, "teaser", 25, "."),
        words(chance, "alt", 9),
        words(chance, "caption", 10, "."),
        body,
    )


def drawing(name: str) -> bytes:
    """The picture of an article: some 2 KB of SVG, which nobody has to make smaller."""
    chance = random.Random(name)
    bars = "".join(
        f'<rect x="{x * 8}" y="{180 - height}" width="6" height="{height}" fill="#{chance.randrange(4096):03x}"/>'
        for x, height in enumerate(chance.randrange(20, 170) for _ in range(36))
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="320" height="200" viewBox="0 0 320 200">{bars}</svg>\n'.encode()


# -- the projects ------------------------------------------------------------------------------------------------------


def put(file: Path, content: str | bytes) -> None:
    """Write a file with its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def quoted(text: str) -> str:
    """A text as YAML, JSON and TOML have it between quotation marks."""
    return json.dumps(text, ensure_ascii=False)


def po_string(text: str) -> str:
    """A text as gettext's programs write it, on lines of 79 columns."""
    parts = [quoted(part) for part in textwrap.wrap(text, 76, drop_whitespace=False, break_long_words=False)]
    return parts[0] if len(parts) == 1 else "\n".join(['""', *parts])


def po_file(language: str, entries: Sequence[str]) -> str:
    """A catalog."""
    header = f'"Language: {language}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    header += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'
    return "\n".join([f'msgid ""\nmsgstr ""\n{header}\n', *entries])


def for_a11ynews(folder: Path, one: Story) -> None:
    """A record and its catalogs."""
    english = {id(text): quoted(text.by_language["en"]) for text in one.texts}
    lines = [
        "language: en",
        f"published: {one.day}T09:00:00+01:00",
        f"headline: {english[id(one.headline)]}",
        f"teaser: {english[id(one.teaser)]}",
        "body:",
        "  - picture:",
        "      file: drawing.svg",
        f"      alt: {english[id(one.alt)]}",
        f"      caption: {english[id(one.caption)]}",
    ]
    before = ""
    for text in one.body:
        if text.role == "list item":
            lines += ["  - list:"] if before != "list item" else []
            lines.append(f"    - {english[id(text)]}")
        else:
            lines.append(f"  - {text.role}: {english[id(text)]}")
        before = text.role
    put(folder / f"news/{one.name}/record.yaml", "\n".join(lines) + "\n")
    put(folder / f"news/{one.name}/drawing.svg", drawing(one.name))
    for language in LANGUAGES[1:]:
        entries = [
            f'#: news/{one.name}/record.yaml:{line}\nmsgctxt "{text.role}"\nmsgid {po_string(text.by_language["en"])}\n'
            f"msgstr {po_string(text.by_language[language])}\n"
            for line, text in enumerate(one.texts, 3)
        ]
        put(folder / f"locales/{language}/LC_MESSAGES/{one.name}.po", po_file(language, entries))


def a11ynews_site(folder: Path) -> None:
    """The configuration."""
    put(folder / "a11ynews.toml", f'name = "Bench"\nbase_url = "{BASE}"\nlanguages = ["en", "de", "it"]\nlists.make = false\n')


def markdown(one: Story, language: str) -> str:
    """An article's body."""
    starts = {"heading": "## ", "list item": "- "}
    lines = [starts.get(text.role, "") + text.by_language[language] for text in one.body]
    return "\n\n".join(lines).replace("\n\n- ", "\n- ").replace("\n- ", "\n\n- ", 1) + "\n"


def fields(one: Story, language: str, names: Sequence[str] = ("headline", "teaser", "alt", "caption")) -> dict[str, str]:
    """An article's texts besides its body, by name."""
    return {name: getattr(one, name).by_language[language] for name in names}


# The head and the frame that all pages have. Each program's own way to fill in a value, to go through a list, or to take one of
# two, is put in the place of these.
PAGE = """\
<!doctype html>
<html lang="«lang»" dir="ltr">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>«headline» – Bench</title>
  <link rel="stylesheet" href="../style.css">
  <link rel="canonical" href="«url»">
«each other»  <link rel="alternate" hreflang="«other.lang»" href="«other.url»">
«end»  <link rel="alternate" hreflang="x-default" href="«default»">
  <meta name="description" content="«teaser»">
  <meta property="og:type" content="article">
  <meta property="og:title" content="«headline»">
  <meta property="og:description" content="«teaser»">
  <meta property="og:url" content="«url»">
  <meta property="og:site_name" content="Bench">
  <meta property="og:locale" content="«locale»">
  <meta name="twitter:card" content="summary">
  <meta property="article:published_time" content="«iso»">
  <script type="application/ld+json">«data»</script>
</head>
<body>
  <a class="skip" href="#content">«own skip»</a>
  <header class="masthead">
    <p class="site-name">Bench</p>
    <nav class="languages" aria-label="«own languages»">
      <ul>
«each other»        <li>«if other is here»<span aria-current="true">«other.name»</span>«else»<a href="«other.url»" \
lang="«other.lang»" hreflang="«other.lang»" rel="alternate">«other.name»</a>«end»</li>
«end»      </ul>
    </nav>
  </header>
  <main id="content" tabindex="-1">
<article>
  <header class="opening">
    <h1>«headline»</h1>
    <p class="teaser">«teaser»</p>
    <p class="byline"><span>«own published» <time datetime="«iso»">«day»</time></span></p>
  </header>
  <div class="body">
    <figure class="picture"><img src="«picture»" width="320" height="200" decoding="async" alt="«alt»">
    <figcaption><span class="caption">«caption»</span></figcaption></figure>
«body»
  </div>
</article>
  </main>
  <footer class="imprint"><p class="site-name">Bench</p></footer>
</body>
</html>
"""


def filled(ways: dict[str, str]) -> str:
    """The page as a program's template."""
    return re.sub("«([^»]+)»", lambda hole: ways[hole[1]], PAGE)


def hugo_site(folder: Path) -> None:
    """Configuration, template, words."""
    languages = "".join(
        f'[languages.{language}]\nlanguageName = "{NAMES[language]}"\nweight = {weight}\n[languages.{language}.params]\n'
        f'locale = "{LOCALES[language]}"\n'
        for weight, language in enumerate(LANGUAGES, 1)
    )
    put(
        folder / "config.toml",
        f'baseURL = "{BASE}"\ntitle = "Bench"\ndefaultContentLanguage = "en"\ndefaultContentLanguageInSubdir = true\n'
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404", "home", "section"]\n' + languages,
    )
    data = (
        '{{ dict "@context" "https://schema.org" "@type" "NewsArticle" "@id" .Permalink "mainEntityOfPage" .Permalink '
        '"headline" .Title "description" .Params.teaser "inLanguage" .Language.Lang '
        '"datePublished" (.Date.Format "2006-01-02T15:04:05Z07:00") '
        '"image" (slice (dict "@type" "ImageObject" "url" (printf "%sdrawing.svg" .Permalink) "width" 320 "height" 200 '
        '"description" .Params.alt "caption" .Params.caption)) | jsonify | safeJS }}'
    )
    ways = {
        "lang": "{{ .Language.Lang }}",
        "headline": "{{ .Title }}",
        "teaser": "{{ .Params.teaser }}",
        "alt": "{{ .Params.alt }}",
        "caption": "{{ .Params.caption }}",
        "url": "{{ .Permalink }}",
        "each other": "{{ range .AllTranslations }}",
        "other.lang": "{{ .Language.Lang }}",
        "other.url": "{{ .Permalink }}",
        "other.name": "{{ .Language.LanguageName }}",
        "if other is here": "{{ if eq .Language.Lang $.Language.Lang }}",
        "else": "{{ else }}",
        "end": "{{ end }}",
        "default": "{{ (index .AllTranslations 0).Permalink }}",
        "locale": "{{ site.Params.locale }}",
        "iso": '{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}',
        "day": '{{ .Date | time.Format ":date_long" }}',
        "data": data,
        "picture": "drawing.svg",
        "body": "{{ .Content }}",
        **{f"own {key}": f'{{{{ i18n "{key}" }}}}' for key in OWN["en"]},
    }
    put(folder / "layouts/_default/single.html", filled(ways))
    for language, own in OWN.items():
        put(folder / f"i18n/{language}.toml", "".join(f"{key} = {quoted(text)}\n" for key, text in own.items()))
    put(folder / "static/style.css", "body { margin: 0 }\n")


def for_hugo(folder: Path, one: Story) -> None:
    """An article with its languages and its drawing, as a page bundle."""
    put(folder / f"content/news/{one.name}/drawing.svg", drawing(one.name))
    for language in LANGUAGES:
        told = fields(one, language)
        head = "".join(f"{name}: {quoted(text)}\n" for name, text in told.items() if name != "headline")
        top = f"---\ntitle: {quoted(told['headline'])}\ndate: {one.day}T09:00:00+01:00\n{head}---\n"
        put(folder / f"content/news/{one.name}/index.{language}.md", top + markdown(one, language))


def eleventy_site(folder: Path) -> None:
    """Configuration and template."""
    put(
        folder / "eleventy.config.mjs",
        f"""\
const own = {json.dumps(OWN)}, locales = {json.dumps(LOCALES)}, names = {json.dumps(NAMES)};
export default function (config) {{
  config.addPassthroughCopy({{ "drawings": "drawings", "style.css": "style.css" }});
  config.addShortcode("own", (language, key) => own[language][key]);
  config.addGlobalData("locales", locales);
  config.addGlobalData("others", Object.entries(names).map(([lang, name]) => ({{ lang, name }})));
  const days = Object.fromEntries(Object.keys(names).map((l) => [l, new Intl.DateTimeFormat(l, {{ dateStyle: "long" }})]));
  config.addFilter("day", (date, language) => days[language].format(date));
  config.addFilter("dump", (page) => JSON.stringify(page));
  return {{ dir: {{ input: "content", includes: "../layouts", output: "public" }}, markdownTemplateEngine: false,
    htmlTemplateEngine: "njk" }};
}}
""",
    )
    url = f"{BASE}{{{{ lang }}}}/{{{{ name }}}}.html"
    data = (
        '{"@context":"https://schema.org","@type":"NewsArticle","@id":{{ url | dump | safe }},'
        '"mainEntityOfPage":{{ url | dump | safe }},'
        '"headline":{{ title | dump | safe }},"description":{{ teaser | dump | safe }},"inLanguage":"{{ lang }}",'
        '"datePublished":"{{ iso }}",'
        f'"image":[{{"@type":"ImageObject","url":"{BASE}drawings/{{{{ name }}}}.svg","width":320,"height":200,'
        '"description":{{ alt | dump | safe }},"caption":{{ caption | dump | safe }}}]}'
    )
    ways = {
        "lang": "{{ lang }}",
        "headline": "{{ title }}",
        "teaser": "{{ teaser }}",
        "alt": "{{ alt }}",
        "caption": "{{ caption }}",
        "url": url,
        "each other": "{% for other in others %}",
        "other.lang": "{{ other.lang }}",
        "other.url": f"{BASE}{{{{ other.lang }}}}/{{{{ name }}}}.html",
        "other.name": "{{ other.name }}",
        "if other is here": "{% if other.lang == lang %}",
        "else": "{% else %}",
        "end": "{% endEND %}",
        "default": f"{BASE}en/{{{{ name }}}}.html",
        "locale": "{{ locales[lang] }}",
        "iso": "{{ iso }}",
        "day": "{{ date | day(lang) }}",
        "data": data,
        "picture": "../drawings/{{ name }}.svg",
        "body": "{{ content | safe }}",
        **{f"own {key}": f'{{% own lang, "{key}" %}}' for key in OWN["en"]},
    }
    put(folder / "layouts/page.njk", f'{{% set url = "{BASE}" + lang + "/" + name + ".html" %}}' + jinja_ends(filled(ways)))
    put(folder / "style.css", "body { margin: 0 }\n")


def jinja_ends(template: str) -> str:
    """Jinja and Nunjucks want to be told what ends."""
    out, opened = [], []
    for part in re.split(r"(\{% (?:for|if) .*?%\}|\{% endEND %\})", template):
        if part.startswith("{% for") or part.startswith("{% if"):
            opened.append(part[3:].split()[0])
        out.append(f"{{% end{opened.pop()} %}}" if part == "{% endEND %}" else part)
    return "".join(out)


def for_eleventy(folder: Path, one: Story) -> None:
    """An article, in a file for each language, and its drawing."""
    put(folder / f"drawings/{one.name}.svg", drawing(one.name))
    for language in LANGUAGES:
        told = fields(one, language)
        head = "".join(f"{name}: {quoted(text)}\n" for name, text in told.items() if name != "headline")
        iso = f"{one.day}T09:00:00+01:00"
        top = (
            f"---\nlayout: page.njk\npermalink: {language}/{one.name}.html\nlang: {language}\nname: {one.name}\n"
            f'title: {quoted(told["headline"])}\ndate: {iso}\niso: "{iso}"\n{head}---\n'
        )
        put(folder / f"content/{language}/{one.name}.md", top + markdown(one, language))


def pelican_site(folder: Path) -> None:
    """Configuration and theme, with the plugin i18n_subsites."""
    put(
        folder / "pelicanconf.py",
        f"""\
SITENAME = "Bench"
SITEURL = "{BASE.rstrip("/")}"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "en"
PLUGINS = ["i18n_subsites"]
I18N_SUBSITES = {{
    "de": {{"OWN": {OWN["de"]!r}, "LOCALE": ["C.UTF-8"]}},
    "it": {{"OWN": {OWN["it"]!r}, "LOCALE": ["C.UTF-8"]}},
}}
I18N_UNTRANSLATED_ARTICLES = "remove"
OWN, LOCALES, NAMES = {OWN["en"]!r}, {LOCALES!r}, {NAMES!r}
ARTICLE_URL = "{{slug}}.html"
ARTICLE_SAVE_AS = "{{slug}}.html"
ARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = "{{slug}}.html"
STATIC_PATHS = ["drawings"]
DIRECT_TEMPLATES = []
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ARCHIVES_SAVE_AS = DRAFT_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
DEFAULT_PAGINATION = False
WITH_FUTURE_DATES = True
TYPOGRIFY = False
""",
    )
    other = "{{ other.lang }}"
    url = f"{BASE}{{{{ article.lang }}}}/{{{{ article.slug }}}}.html"
    data = (
        '{{ {"@context": "https://schema.org", "@type": "NewsArticle", "@id": url, "mainEntityOfPage": url, '
        '"headline": article.title, "description": article.teaser, "inLanguage": article.lang, '
        '"datePublished": article.date.isoformat(), '
        f'"image": [{{"@type": "ImageObject", "url": "{BASE}drawings/" ~ article.slug ~ ".svg", "width": 320, "height": 200, '
        '"description": article.alt, "caption": article.caption}]} | tojson }}'
    )
    ways = {
        "lang": "{{ article.lang }}",
        "headline": "{{ article.title }}",
        "teaser": "{{ article.teaser|e }}",
        "alt": "{{ article.alt|e }}",
        "caption": "{{ article.caption|e }}",
        "url": url,
        "each other": "{% for other in [article] + article.translations %}",
        "other.lang": other,
        "other.url": f"{BASE}{other}/{{{{ other.slug }}}}.html",
        "other.name": "{{ NAMES[other.lang] }}",
        "if other is here": "{% if other.lang == article.lang %}",
        "else": "{% else %}",
        "end": "{% endEND %}",
        "default": f"{BASE}en/{{{{ article.slug }}}}.html",
        "locale": "{{ LOCALES[article.lang] }}",
        "iso": "{{ article.date.isoformat() }}",
        "day": "{{ article.locale_date }}",
        "data": data,
        "picture": "../drawings/{{ article.slug }}.svg",
        "body": "{{ article.content }}",
        **{f"own {key}": f"{{{{ OWN.{key} }}}}" for key in OWN["en"]},
    }
    put(
        folder / "theme/templates/article.html",
        f'{{% set url = "{BASE}" ~ article.lang ~ "/" ~ article.slug ~ ".html" %}}' + jinja_ends(filled(ways)),
    )
    put(folder / "theme/static/style.css", "body { margin: 0 }\n")


def for_pelican(folder: Path, one: Story) -> None:
    """An article, in a file for each language, and its drawing."""
    put(folder / f"content/drawings/{one.name}.svg", drawing(one.name))
    for language in LANGUAGES:
        told = fields(one, language)
        head = "".join(f"{name.title()}: {text}\n" for name, text in told.items() if name != "headline")
        top = f"Title: {told['headline']}\nDate: {one.day} 09:00\nLang: {language}\nSlug: {one.name}\n{head}\n"
        put(folder / f"content/{one.name}.{language}.md", top + markdown(one, language))


def sphinx_site(folder: Path) -> None:
    """Configuration, a theme of one template, and a document that names all others."""
    put(
        folder / "source/conf.py",
        f"""\
project = "Bench"
language = "en"
locale_dirs = ["../locales"]
gettext_compact = False
import sys
sys.path.insert(0, ".")
extensions = ["page"]
html_theme = "bench"
html_theme_path = [".."]
html_copy_source = html_show_sourcelink = False
html_use_index = html_domain_indices = False
html_context = {{"own": {OWN!r}, "locales": {LOCALES!r}, "names": {NAMES!r}}}
exclude_patterns = []
smartquotes = False
""",
    )
    quiet = (
        "from sphinx.builders.html import StandaloneHTMLBuilder\n\ndef setup(app):\n    StandaloneHTMLBuilder.search = False\n"
    )
    put(folder / "page.py", quiet + "    return {'parallel_read_safe': True, 'parallel_write_safe': True}\n")
    put(folder / "bench/theme.conf", "[theme]\ninherit = none\nstylesheet = style.css\npygments_style = none\n")
    put(folder / "bench/static/style.css", "body { margin: 0 }\n")
    url = f"{BASE}{{{{ language or 'en' }}}}/{{{{ pagename }}}}.html"
    data = (
        '{{ {"@context": "https://schema.org", "@type": "NewsArticle", "@id": url, "mainEntityOfPage": url, '
        '"headline": title|striptags, '
        '"inLanguage": language or "en", "datePublished": (meta or {}).get("date", "")} | tojson }}'
    )
    ways = {
        "lang": "{{ language or 'en' }}",
        "headline": "{{ title|striptags|e }}",
        "teaser": "",
        "alt": "",
        "caption": "",
        "url": url,
        "each other": "{% for other in names %}",
        "other.lang": "{{ other }}",
        "other.url": f"{BASE}{{{{ other }}}}/{{{{ pagename }}}}.html",
        "other.name": "{{ names[other] }}",
        "if other is here": "{% if other == (language or 'en') %}",
        "else": "{% else %}",
        "end": "{% endEND %}",
        "default": f"{BASE}en/{{{{ pagename }}}}.html",
        "locale": "{{ locales[language or 'en'] }}",
        "iso": "{{ (meta or {}).get('date', '') }}",
        "day": "{{ (meta or {}).get('date', '') }}",
        "data": data,
        "picture": "",
        "body": "{{ body }}",
        **{f"own {key}": f"{{{{ own[language or 'en'].{key} }}}}" for key in OWN["en"]},
    }
    page = jinja_ends(filled(ways))
    page = re.sub(
        r'    <h1>.*?</h1>\n    <p class="teaser">.*?</p>\n|    <figure.*?</figure>\n'
        r'|  <meta (?:name="description"|property="og:description").*?\n',
        "",
        page,
        flags=re.DOTALL,
    )
    put(folder / "bench/layout.html", f'{{% set url = "{BASE}" ~ (language or \'en\') ~ "/" ~ pagename ~ ".html" %}}' + page)
    put(folder / "bench/page.html", '{% extends "layout.html" %}\n')
    put(folder / "source/index.rst", "Bench\n=====\n\n.. toctree::\n   :glob:\n\n   story-*\n")


def for_sphinx(folder: Path, one: Story) -> None:
    """An article in reStructuredText, its drawing, and its catalogs."""

    def rst(text: str) -> str:
        return re.sub(r"\[([^]]+)\]\(([^)]+)\)", r"`\1 <\2>`__", text)

    english = {id(text): rst(text.by_language["en"]) for text in one.texts}
    title = english[id(one.headline)]
    lines = [f":date: {one.day}T09:00:00+01:00", "", title, "=" * (len(title) + 1), "", english[id(one.teaser)], ""]
    lines += [f".. figure:: {one.name}.svg", f"   :alt: {english[id(one.alt)]}", "", f"   {english[id(one.caption)]}", ""]
    for text in one.body:
        words = english[id(text)]
        lines += (
            [words, "-" * (len(words) + 1), ""]
            if text.role == "heading"
            else [f"* {words}" if text.role == "list item" else words, ""]
        )
    put(folder / f"source/{one.name}.rst", "\n".join(lines))
    put(folder / f"source/{one.name}.svg", drawing(one.name))
    for language in LANGUAGES[1:]:
        entries = [
            f"#: ../source/{one.name}.rst:{line}\nmsgid {po_string(english[id(text)])}\n"
            f"msgstr {po_string(rst(text.by_language[language]))}\n"
            for line, text in enumerate(one.texts, 3)
        ]
        put(folder / f"locales/{language}/LC_MESSAGES/{one.name}.po", po_file(language, entries))


# -- the programs ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Program:
    """A program that makes sites."""

    name: str
    version: str
    begin: Callable[[Path], None]
    add: Callable[[Path, Story], None]
    commands: list[list[str]]
    out: str
    """The folder of its pages."""
    caches: tuple[str, ...] = ()
    """What else it leaves behind."""


def run(*command: str | Path, folder: Path | None = None) -> str:
    """What a command says; empty where it cannot be run, or fails."""
    try:
        done = subprocess.run(
            [str(part) for part in command], cwd=folder, capture_output=True, text=True, check=True, timeout=900
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() or "done"


def programs(only: Sequence[str]) -> list[Program]:
    """Ourselves, and those of the others that are here or can be had."""
    import a11ynews

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    ours = [sys.executable, "-m", "a11ynews", "render", "--jobs", str(cores)]
    compileall.compile_dir(Path(a11ynews.__file__).parent, quiet=1)
    found = [Program("a11ynews", a11ynews.__version__, a11ynews_site, for_a11ynews, [ours], "site", (".a11ynews",))]

    def wanted(name: str) -> bool:
        return not only or name in only

    if wanted("hugo"):
        if not shutil.which("hugo") and hasattr(os, "geteuid") and os.geteuid() == 0:
            run("apt-get", "install", "-y", "--no-install-recommends", "hugo")
        if hugo := shutil.which("hugo"):
            told = run(hugo, "version").split()[1].partition("-")[0].partition("+")[0]
            found.append(Program("hugo", told, hugo_site, for_hugo, [[hugo, "--quiet"]], "public", ("resources",)))
        else:
            click.echo("hugo is not here, and cannot be installed (Debian package hugo, as root): left out")
    if wanted("eleventy"):
        folder = PEERS / "npm"
        script = folder / "node_modules/@11ty/eleventy/cmd.cjs"
        if not script.is_file() and shutil.which("npm"):
            folder.mkdir(parents=True, exist_ok=True)
            run("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", folder, "@11ty/eleventy@3")
        node = shutil.which("node")
        if node and script.is_file():
            told = json.loads((script.parent / "package.json").read_text("utf-8"))["version"]
            found.append(Program("eleventy", told, eleventy_site, for_eleventy, [[node, str(script), "--quiet"]], "public"))
        else:
            click.echo("Eleventy is not here, and cannot be installed (npm, @11ty/eleventy): left out")
    scripts = PEERS / "py/bin"
    if (wanted("pelican") or wanted("sphinx")) and not (scripts / "sphinx-build").is_file():
        run(sys.executable, "-m", "venv", "--clear", PEERS / "py")
        run(
            scripts / "python",
            "-m",
            "pip",
            "install",
            "--quiet",
            "pelican[markdown]",
            "pelican-i18n-subsites",
            "sphinx",
            "sphinx-intl",
        )
    if wanted("pelican"):
        if told := run(scripts / "pelican", "--version"):
            command = [str(scripts / "pelican"), "--quiet", "--settings", "pelicanconf.py"]
            found.append(Program("pelican", told, pelican_site, for_pelican, [command], "output", ("__pycache__",)))
        else:
            click.echo("Pelican is not here, and cannot be installed (pip, pelican[markdown]): left out")
    if wanted("sphinx"):
        if told := run(scripts / "sphinx-build", "--version"):
            commands = [
                [str(scripts / "sphinx-build"), "-q", "-j", str(cores), "-D", f"language={language}", "-d", f"trees/{language}"]
                for language in LANGUAGES
            ]
            for language, command in zip(LANGUAGES, commands, strict=True):
                command += ["source", f"public/{language}"]
            found.append(Program("sphinx", told.split()[-1], sphinx_site, for_sphinx, commands, "public", ("trees",)))
        else:
            click.echo("Sphinx is not here, and cannot be installed (pip, sphinx): left out")
    return found


# -- measuring ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Took:
    """What a run took."""

    wall: float = 0
    cpu: float = 0
    memory: int = 0
    """MB."""
    load: float = 0
    """The machine's, before."""

    def __str__(self) -> str:
        return f"{self.wall:8.2f} s wall {self.cpu:8.2f} s CPU {self.memory:6} MB   load {self.load:4.1f}"


class Watch(threading.Thread):
    """Looks how much memory a process and all that it has begun take."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.process, self.most, self.ended = process, 0, threading.Event()

    def run(self) -> None:
        while not self.ended.wait(0.2):
            self.most = max(self.most, sum(_pss(one) for one in _family(self.process)))


def _family(process: int) -> list[int]:
    found = [process]
    for one in found:
        try:
            tasks = [Path(f"/proc/{one}/task/{task}/children").read_text() for task in os.listdir(f"/proc/{one}/task")]  # noqa: PTH208
        except OSError:
            continue
        found += [int(child) for told in tasks for child in told.split()]
    return found


def _pss(process: int) -> int:
    try:
        told = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0
    return int(told[1]) // 1024 if told else 0


def measure(program: Program, folder: Path) -> Took:
    """Run a program to its end."""
    took = Took(load=os.getloadavg()[0])
    # Where it is set, Python would compile our own code anew each time, which an installed program never does.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    begun = time.perf_counter()
    for command in program.commands:
        with (folder / "output.txt").open("wb") as output:
            process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
            watch = Watch(process.pid)
            watch.start()
            _, status, usage = os.wait4(process.pid, 0)
            watch.ended.set()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told = (folder / "output.txt").read_text("utf-8", "replace")[-3000:]
            raise click.ClickException(f"{' '.join(command)} failed:\n{told}")
        took.cpu += usage.ru_utime + usage.ru_stime
        took.memory = max(took.memory, watch.most, usage.ru_maxrss // 1024 if not watch.most else 0)
    took.wall = time.perf_counter() - begun
    return took


_NUMBERS = count()


def clean(program: Program, folder: Path) -> None:
    """
    Take away all that a program has made.

    It is put aside: where thousands of files have just been deleted, some file systems are slow to make new ones.
    """
    aside = folder.with_name("gone")
    aside.mkdir(exist_ok=True)
    for name in (program.out, *program.caches):
        if (folder / name).exists():
            (folder / name).rename(aside / f"{next(_NUMBERS)}")


def pages_of(program: Program, folder: Path) -> list[Path]:
    """The articles' pages."""
    return [file for file in (folder / program.out).rglob("*.html") if "story-" in str(file.relative_to(folder))]


@dataclass(slots=True)
class Figures:
    """The best of the rounds."""

    cold: list[Took] = field(default_factory=list)
    changed: list[Took] = field(default_factory=list)
    same: list[Took] = field(default_factory=list)

    @staticmethod
    def best(runs: Sequence[Took]) -> Took:
        """The shortest time and the least CPU seconds: all that is more is other people's."""
        fastest = min(runs, key=lambda took: took.wall)
        return Took(fastest.wall, min(took.cpu for took in runs), max(took.memory for took in runs), fastest.load)


def changed(one: Story, number: int) -> Story:
    """The same article with another paragraph."""
    chance = random.Random(f"{one.name} {number}")
    return Story(
        one.name, one.day, one.headline, one.teaser, one.alt, one.caption, [words(chance, "paragraph", 60, "."), *one.body[1:]]
    )


def compare(work: Path, found: Sequence[Program], records: int, rounds: int) -> dict[str, Figures]:
    """Have all programs make the same site, in turns."""
    for program in found:
        program.begin(work / program.name)
    for number in range(records):
        one = story(number)
        for program in found:
            program.add(work / program.name, one)
    figures = {program.name: Figures() for program in found}
    for turn in range(rounds):
        for program in found:
            folder, told = work / program.name, figures[program.name]
            clean(program, folder)
            told.cold.append(measure(program, folder))
            pages = pages_of(program, folder)
            if len(pages) != 3 * records:
                raise click.ClickException(f"{program.name} has made {len(pages):,} pages of {3 * records:,}")
            program.add(folder, changed(story(records // 2), turn))
            told.changed.append(measure(program, folder))
            told.same.append(measure(program, folder))
            if not turn:
                size = sum(page.stat().st_size for page in pages) / len(pages) / 1000
                click.echo(f"  {program.name} {program.version}: {len(pages):,} pages of {size:.1f} KB")
            click.echo(f"    cold {told.cold[-1]}")
    for name, told in figures.items():
        click.echo(f"  {name}")
        for what in ("cold", "changed", "same"):
            click.echo(f"    {what:<8} {Figures.best(getattr(told, what))}")
    return figures


def grow(work: Path, program: Program, sizes: Sequence[int]) -> dict[int, Took]:
    """Make larger and larger sites with our own program."""
    took = {}
    folder = work / "growth"
    program.begin(folder)
    there = 0
    for size in sizes:
        for number in range(there, size):
            program.add(folder, story(number))
        there = max(there, size)
        clean(program, folder)
        took[size] = measure(program, folder)
        click.echo(f"  {size:>6,} records {took[size]}   {took[size].cpu / size * 1000:6.2f} ms CPU a record")
    return took


@click.command()
@click.option("--records", default=1000, show_default=True, help="How many articles, each in three languages.")
@click.option("--rounds", default=3, show_default=True, help="How often each program makes the site.")
@click.option(
    "--growth", "sizes", multiple=True, type=int, default=(1000, 3000, 10000), show_default=True, help="0 leaves it out."
)
@click.option("--only", multiple=True, help="Only beside this program; may be given several times.")
@click.option("--keep", type=click.Path(path_type=Path), help="Work in this folder, and leave it.")
def main(records: int, rounds: int, sizes: tuple[int, ...], only: tuple[str, ...], keep: Path | None) -> None:
    """Measure how long a site takes, beside Hugo, Eleventy, Pelican and Sphinx."""
    found = programs(only)
    values: dict[str, str] = {"records": str(records), "cores": str(os.cpu_count()), "python": platform.python_version()}
    with tempfile.TemporaryDirectory() as name:
        work = keep or Path(name)
        click.echo(f"{records:,} articles in three languages, each program {rounds} times; Python {platform.python_version()}:")
        click.echo(f"({sys.base_prefix}, {platform.python_build()[1]}, {platform.python_compiler()})")
        figures = compare(work, found, records, rounds)
        ours = figures["a11ynews"]
        for program, told in figures.items():
            for what in ("cold", "changed", "same"):
                took, base = Figures.best(getattr(told, what)), Figures.best(getattr(ours, what))
                values |= {f"{program}_{what}_wall": f"{took.wall:.2f}", f"{program}_{what}_cpu": f"{took.cpu:.2f}"}
                if program != "a11ynews":
                    values[f"{program}_{what}_ratio"] = f"{took.wall / base.wall:.2f}"
                    values[f"{program}_{what}_cpu_ratio"] = f"{took.cpu / base.cpu:.2f}"
            best = Figures.best(told.cold)
            values |= {f"{program}_memory": str(best.memory), f"{program}_load": f"{best.load:.1f}"}
        if wanted := [size for size in sizes if size]:
            click.echo("a11ynews alone, at several sizes:")
            grown = grow(work, found[0], wanted)
            for size, took in grown.items():
                values |= {
                    f"at_{size}_wall": f"{took.wall:.2f}",
                    f"at_{size}_cpu": f"{took.cpu:.2f}",
                    f"at_{size}_memory": str(took.memory),
                }
            first, last = min(grown), max(grown)
            values["growth"] = f"{(grown[last].cpu / last) / (grown[first].cpu / first):.2f}"
    click.echo(" ".join(f"{key}={value}" for key, value in values.items()))


if __name__ == "__main__":
    main()
