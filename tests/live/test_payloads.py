"""Texts that try to run something, in every kind of text, on pages that are open in a browser: they are shown, that is all."""

import html
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser, Dialog, Page, Request

from a11ynews import markup
from a11ynews.article import ROLES
from a11ynews.config import load
from a11ynews.files import name_fault
from a11ynews.interchange import import_files
from a11ynews.model import fold, is_blank
from a11ynews.po import PoEntry, PoFile
from a11ynews.provenance import strike
from a11ynews.site import Outcome, Site
from payloads import TEXTS
from servers import Answer, answering

WORDS = "Quxwords"
"""What stands in the page that the others are compared with, wherever they have a payload."""
SOURCE = "Sourcewords"

LANGUAGES = ("en", "de", "it", "fr", "es", "nl", "pt", "pl", "sv")


def config(name: str = '"News"', languages: tuple[str, ...] = ("en", "de")) -> str:
    """A configuration; `name` is the site's name, as TOML writes it."""
    return f"""\
name = {name}
base_url = "https://news.example.org/"
languages = {json.dumps(languages)}
address = "{{language}}/{{record}}.html"
lists.tags = 1
"""


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


PICTURE = picture()
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:01.000\nx\n"


def record(words: str, **more: Any) -> str:
    """A record with the same words in each of its texts, as JSON: that can say any character."""
    said: dict[str, Any] = {
        "language": "en",
        "published": "2026-05-04T09:00:00+02:00",
        "kicker": words,
        "headline": words,
        "teaser": words,
        "authors": [{"name": words, "role": words}],
        "location": words,
        "body": [
            {"paragraph": words},
            {"heading": words},
            {"list": [words, words]},
            {"picture": {"file": "p.png", "alt": words, "caption": words, "credit": words, "description": words}},
            {"quote": {"text": words, "source": words}},
            {"table": {"caption": words, "header": [words], "rows": [[words]], "row_headers": True}},
            {"table": {"caption": words, "header": [words], "rows": [[words]]}},
            {
                "video": {
                    "file": "f.mp4",
                    "title": words,
                    "captions": {"en": "c.vtt"},
                    "caption": words,
                    "credit": words,
                    "transcript": words,
                }
            },
            {"audio": {"file": "s.mp3", "title": words, "caption": words, "credit": words, "transcript": [words, words]}},
            {"info": {"heading": words, "body": [{"paragraph": words}, {"list": [words]}]}},
            {"contact": words},
        ],
        "related": [{"text": words, "url": "https://other.example/", "hreflang": "it"}],
        "section": "News",
        "tags": [words, words],
        "licence": {"url": "https://licence.example/", "name": words},
        **more,
    }
    return json.dumps(said)


MEDIA = {"p.png": PICTURE, "f.mp4": b"no film", "s.mp3": b"no sound", "c.vtt": CAPTIONS}


def put(root: Path, path: str, content: str | bytes) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


def put_record(root: Path, id: str, content: str) -> None:
    put(root, f"news/{id}/record.json", content)
    for name, data in MEDIA.items():
        put(root, f"news/{id}/{name}", data)


def catalog(said: list[tuple[tuple[str, str], str]], language: str) -> bytes:
    """A PO file of messages, each a context and a text, and what it says for them."""
    po = PoFile.new(language, "x.po")
    for (context, id), words in said:
        entry = PoEntry.new(context, id)
        entry.set_strings({0: words})
        po.entries.append(entry)
    return po.content()


def toml(words: str) -> str:
    """A text as TOML writes it."""
    plain = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return '"' + "".join(f"\\U{ord(one):08X}" for one in plain) + '"'


def as_shown(payload: str) -> str:
    """A payload as a page is to show it: white space folded, without what cannot stand in a text."""
    whole = payload.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return fold(strike(whole))


def has_markup(payload: str) -> bool:
    """Whether it holds markup of ours, or a field of the page's own words."""
    return "{date}" in payload or any(
        markup.plain(markup.parse(as_shown(payload), level)) != as_shown(payload) for level in markup.Level
    )


def is_one(payload: str) -> bool:
    """Whether it is one piece of text, in which a name is found."""
    return as_shown(payload) == as_shown(payload).strip() and all(
        len(markup.parse(as_shown(payload), level)) == 1 for level in markup.Level
    )


def is_unsafe(payload: str) -> bool:
    """Whether it is markup of ours that no record may hold."""
    return any(
        any(markup.faults(markup.parse(as_shown(payload), level)))
        or (level is markup.Level.PHRASE and markup.targets(markup.parse(as_shown(payload))))
        for level in markup.Level
    )


# -- rendering ---------------------------------------------------------------------------------------------------------


@dataclass
class Rendered:
    """A site whose pages have a payload each."""

    site: Path
    pages: dict[str, str] = field(default_factory=dict)
    """The payload of a page, by its path in the site; that of the clean page is WORDS."""
    refused: dict[str, list[str]] = field(default_factory=dict)
    """What was said of a payload whose page was not made."""

    def keep(self, outcome: Outcome, payloads: dict[str, str]) -> None:
        """Note which pages were made, and why others were not; `payloads` are by the record's id."""
        written = {path for path in outcome.written if path.rpartition("/")[2].removesuffix(".html") in payloads}
        self.pages |= {path: payloads[path.rpartition("/")[2].removesuffix(".html")] for path in sorted(written)}
        for fault in outcome.stopped:
            if found := re.search(r"\br\d{4}\b", fault.file):
                self.refused.setdefault(payloads[found[0]], []).append(fault.message)


PAYLOADS = {f"r{number:04}": payload for number, payload in enumerate((WORDS, *TEXTS))}


@pytest.fixture(scope="module")
def in_records(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """A site whose records hold a payload wherever there is a text."""
    root = tmp_path_factory.mktemp("records")
    put(root, "a11ynews.toml", config())
    for id, payload in PAYLOADS.items():
        put_record(root, id, record(payload))
    made = Rendered(root / "site")
    made.keep(Site(load(root / "a11ynews.toml")).render(locales=["en"], jobs=1), PAYLOADS)
    return made


@pytest.fixture(scope="module")
def in_catalogs(tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """A site whose catalogs say a payload for every text, and whose records have it as a name that stays."""
    root = tmp_path_factory.mktemp("catalogs")
    put(root, "a11ynews.toml", config())
    messages = [(role, SOURCE) for role in ROLES if role != "slug"] + [("slug", "story")]
    for id, payload in PAYLOADS.items():
        names = [payload] if is_one(payload) and not is_blank(as_shown(payload)) else []
        put_record(root, id, record(SOURCE, slug="story", names=names))
        put(root, f"locales/de/LC_MESSAGES/{id}.po", catalog([(message, as_shown(payload)) for message in messages], "de"))
    made = Rendered(root / "site")
    made.keep(Site(load(root / "a11ynews.toml")).render(locales=["de"], jobs=1), PAYLOADS)
    return made


@pytest.fixture(scope="module")
def in_own_words(tmp_path_factory: pytest.TempPathFactory) -> list[Rendered]:
    """Sites whose name, publisher and own words are a payload in each of nine languages; the first is clean."""
    made = []
    first = tmp_path_factory.mktemp("words")
    put(first, "a11ynews.toml", config(languages=LANGUAGES))
    renderer = Site(load(first / "a11ynews.toml")).renderer
    own = list({(message.context, message.id): None for message in renderer.ui_messages()})
    texts = [text for text in TEXTS if not is_blank(as_shown(text))]
    groups = [[WORDS] * len(LANGUAGES), *(texts[at : at + len(LANGUAGES)] for at in range(0, len(texts), len(LANGUAGES)))]
    for group in groups:
        group += [WORDS] * (len(LANGUAGES) - len(group))
        root = tmp_path_factory.mktemp("words")
        by_language = dict(zip(LANGUAGES, group, strict=True))
        names = ", ".join(f"{language} = {toml(words)}" for language, words in by_language.items())
        put(root, "a11ynews.toml", config(f"{{ {names} }}", tuple(by_language)) + f"[publisher]\nname = {toml(group[0])}\n")
        # In the section's name, too, since a section has pages of its own.
        put_record(root, "story", record(SOURCE, section=group[0]))
        messages = [(role, SOURCE) for role in ROLES if role not in ("slug", "section")]
        for language, words in by_language.items():
            put(
                root,
                f"locales/{language}/LC_MESSAGES/a11ynews.po",
                catalog([(message, as_shown(words)) for message in own], language),
            )
            said = [*((message, "Translated") for message in messages), (("section", as_shown(group[0])), as_shown(words))]
            put(root, f"locales/{language}/LC_MESSAGES/story.po", catalog(said, language))
        site = Site(load(root / "a11ynews.toml"))
        site.renderer = renderer
        outcome = site.render()
        pages = {f"{language}/story.html": words for language, words in by_language.items()}
        assert set(pages) <= set(outcome.written), outcome.stopped
        made.append(Rendered(root / "site", pages))
    return made


# -- looking -----------------------------------------------------------------------------------------------------------

OPENING = "<!doctype html><html><head><title>Payloads</title></head><body>"
UNSEEN = OPENING.replace("<body>", "<body hidden>")

LOOK = r"""([clean, words, sought]) => new Promise((go) => setTimeout(go, 60)).then(() => {
  const publishers = [];
  const data = (_, value) => {
    if (value?.['@type'] !== 'Organization') return value;
    publishers.push(value.name);
    return 'the publisher';  // who is the same in all languages
  };
  const walk = (nodes, found) => {
    for (const one of nodes) {
      if (one.nodeType === 1) {
        found.push([one.localName.replace(/^x-(?=video$|audio$)/, ''), [...one.attributes].map((a) => [a.name, a.value])]);
        if (one.content instanceof DocumentFragment) walk(one.content.childNodes, found);
        if (one.localName === 'script' && one.type === 'application/ld+json') found.push(['data', JSON.parse(one.text, data)]);
        else walk(one.childNodes, found);
        found.push(['/']);
      } else {
        found.push([one.nodeType === 3 ? '#' : '!', one.data ?? one.nodeName]);
      }
    }
    return found;
  };
  // What differs from page to page by itself: the record's id, digests of files, the addresses of tags, the place of the site.
  const own = (text) => text.replace(/r\d{4}|-[0-9a-f]{8}|(?<=tag\/)[^"\\/]+(?=\/)|(?<=\/)site\d+(?=\/)/g, '');
  const whole = document.documentElement;
  const again = new DOMParser().parseFromString('<!doctype html>' + whole.outerHTML, 'text/html').documentElement;
  const pages = [];
  for (const one of document.body.childNodes) {
    if (one.localName === 'hr' && one.dataset.page === String(pages.length)) pages.push([]);
    else pages.at(-1)?.push(one);
  }
  const looked = pages.map((page, number) => {
    publishers.length = 0;
    const text = own(JSON.stringify(walk(page, [])));
    const wanted = clean?.replaceAll('WORDS', JSON.stringify(own(words[number] ?? '')).slice(1, -1));
    const all = page.filter((one) => one.nodeType === 1).flatMap((one) => [one, ...one.querySelectorAll('*')]);
    return {
      text: sought !== null || text === wanted || (clean && words[number] === null) ? null : text,
      holds: sought !== null && text.includes(sought),
      publishers: [...publishers],
      acts: [
        ...all.filter((one) => one.matches('svg, math, iframe, base, form, style, object, embed')).map((one) => one.localName),
        ...all.flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on')),
        ...all.filter((one) => one.rel === 'tag').map((one) => one.getAttribute('href'))
          .filter((href) => !/^(\.\.\/)*tag\/[\w%-]+\/(page\/\d+\/)?index\.html$/.test(href)),
      ],
    };
  });
  return JSON.stringify({
    again: whole.outerHTML === again.outerHTML && again.isEqualNode(whole),
    head: document.head.childNodes.length,
    links: [...new Set([...document.links].map((a) => a.protocol))],
    title: document.title,
    name: window.name,
    pages: looked,
  });
})""".replace("WORDS", WORDS)

RAW = """async (texts) => {
  const frames = texts.map((text, number) => {
    const frame = document.createElement('iframe');
    const loaded = new Promise((go) => { frame.onload = () => go(); });
    frame.name = `p${number}`;
    frame.srcdoc = text;
    document.body.append(frame);
    return [frame, loaded];
  });
  await Promise.all(frames.map(([, loaded]) => loaded));
  await new Promise((go) => setTimeout(go, 100));
  const shape = (doc) => [...doc.querySelectorAll('*')].map((one) => [one.localName, ...one.getAttributeNames()].join()).join();
  const found = frames.map(([frame], number) => {
    const words = document.createElement('main');
    words.textContent = texts[number];
    const safe = new DOMParser().parseFromString(words.outerHTML, 'text/html');
    return !frame.contentDocument || shape(frame.contentDocument) !== shape(safe);
  });
  document.body.replaceChildren();
  return found.filter((one) => one).length;
}"""

KINDS = {".css": "text/css", ".vtt": "text/vtt", ".png": "image/png", ".webp": "image/webp"}


PLAYERS = re.compile(r"<(/?)(video|audio)(?=[ >])")
NO_PLAYER = r"<\1x-\2"


@dataclass
class Looker:
    """A browser that notes whatever a page does."""

    tab: Page
    base: str
    heard: list[str]
    answers: dict[str, Answer | Any]
    laid_out: set[str] = field(default_factory=set)
    """Of which kinds of pages, that are compared with a clean one, a document was laid out."""

    def opening(self, paths: list[str], shown: Mapping[str, str]) -> str:
        """How a document of pages begins; it is not laid out where each is compared with one that was."""
        kinds = {re.sub(r"\d|\W.*", "", path.rpartition("/")[2]) for path in paths}
        if kinds <= self.laid_out and all(path in shown for path in paths):
            return UNSEEN
        self.laid_out |= kinds
        return OPENING

    def look(
        self,
        pages: Mapping[str, str],
        shown: Mapping[str, str] = MappingProxyType({}),
        clean: str = "",
        sought: str | None = None,
        size: int = 80,
    ) -> dict[str, Any]:
        """
        What stands on each page, by its address; no page can act in any way.

        `clean` is a page with WORDS in it: where a page is that one with the words that `shown` has for it, there is no text, nor
        of a page for which it has none.
        Where something is `sought`, it is told which pages hold it, in place of their texts, which are long.

        Many pages are one document: what a page does not close, or adds elsewhere, changes all that stands behind it. A document
        lies as deep as its pages, so that what they load is there. One film and one sound in ten are those of the page; the
        others are elements of another name with all that stands in them: to make their players takes longer than all the rest. Of
        the documents whose pages are compared with a clean one, the first of each kind is laid out: the others hold nothing else.
        """
        by_depth: defaultdict[int, list[str]] = defaultdict(list)
        for path in pages:
            by_depth[path.count("/") - 1].append(path)
        found: dict[str, Any] = {}
        for depth, paths in by_depth.items():
            for at in range(0, len(paths), size):
                some = paths[at : at + size]
                folder = "/x" * depth
                self.answers[f"{folder}/_whole.html"] = self.opening(some, shown) + "".join(
                    f'<hr data-page="{number}">{PLAYERS.sub(NO_PLAYER, pages[path]) if number % 10 else pages[path]}'
                    for number, path in enumerate(some)
                )
                self.tab.goto(f"{self.base}{folder}/_whole.html")
                seen = json.loads(self.tab.evaluate(LOOK, [clean or None, [shown.get(path) for path in some], sought]))
                assert (seen["again"], seen["head"], seen["title"], seen["name"]) == (True, 1, "Payloads", "")
                assert set(seen["links"]) <= {"http:", "https:", "mailto:", "tel:"}
                found |= zip(some, seen["pages"], strict=True)
                assert {path: found[path]["acts"] for path in some if found[path]["acts"]} == {}
        return found


@pytest.fixture
def looker(browser: Browser) -> Iterator[Callable[..., Looker]]:
    """Opens a window on a site of answers."""
    opened: list[Any] = []

    def begin(answers: dict[str, Answer | Any]) -> Looker:
        server = answering(answers, keep_alive=True)
        base = server.__enter__()
        opened.append(server)
        # Nothing leaves this machine: whatever is asked of another one ends at a port where nobody listens.
        context = browser.new_context(proxy={"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"})
        opened.append(context)
        heard: list[str] = []
        context.expose_binding("heard", lambda _source, told: heard.append(told))
        context.add_init_script("window.ran = () => window.heard(`ran ${window.name}`);")

        def dismiss(dialog: Dialog) -> None:
            heard.append(f"dialog {dialog.message}")
            dialog.dismiss()

        def note(request: Request) -> None:
            if not request.url.startswith((f"{base}/", "about:")):
                heard.append(f"request {request.url}")

        context.on("dialog", dismiss)
        # Listened to, not held up: a page that is held up for each request keeps no copy of the files that all pages have.
        context.on("request", note)
        context.on("console", lambda message: heard.append(f"console {message.text}"))
        tab = context.new_page()
        tab.on("popup", lambda other: heard.append(f"popup {other.url}"))
        return Looker(tab, base, heard, answers)

    yield begin
    for one in reversed(opened):
        one.close() if hasattr(one, "close") else one.__exit__(None, None, None)


def files_of(site: Path) -> dict[str, Answer | Any]:
    """What a site has besides its pages, by its address."""
    return {
        f"/{file.relative_to(site).as_posix()}": Answer(
            file.read_bytes(), kind=KINDS.get(file.suffix, "application/octet-stream"), headers={"Cache-Control": "max-age=600"}
        )
        for file in site.rglob("*")
        if file.is_file() and file.suffix != ".html"
    }


def pages_of(site: Path) -> dict[str, str]:
    """The pages of a site. Its films need not be looked at, which takes long."""
    return {
        f"/{file.relative_to(site).as_posix()}": file.read_text("utf-8").replace('preload="metadata"', 'preload="none"')
        for file in sorted(site.rglob("*.html"))
    }


def shapes(tree: list[Any]) -> Counter[tuple[str, ...]]:
    """The elements with the names of their attributes, but for those that declare a language; and the comments."""
    found: Counter[tuple[str, ...]] = Counter()
    for kind, *rest in tree:
        names = [] if kind in ("#", "!", "/", "data") else [name for name, _ in rest[0] if name not in ("lang", "dir")]
        found[(kind, *sorted(names))] += 1
    return found


MARKUP = {("/",), ("strong",), ("em",), ("a", "href"), ("i",), ("span",), ("span", "translate"), ("time", "datetime")}
"""What our markup, and our care for names and languages, may add."""


class Clean:
    """The page that others are compared with, as the browser has told it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.shapes = set(shapes(json.loads(text)))

    def assert_shown(self, page: dict[str, Any], payload: str) -> None:
        """A page is this one with the payload in place of its words; where it is markup of ours, only that may be added."""
        if page["text"] is None:
            return
        tree = json.loads(page["text"])
        if has_markup(payload) or (("span", "translate") in self.shapes and not is_one(payload)):
            assert set(shapes(tree)) <= self.shapes | MARKUP, payload
            return
        shown = json.dumps(OWN_NAMES.sub("", as_shown(payload)))[1:-1]
        for found, wanted in zip_longest(tree, json.loads(json.dumps(json.loads(self.text)).replace(WORDS, shown))):
            assert found == wanted or is_address_of_words(found, wanted), payload


OWN_NAMES = re.compile(r"r\d{4}|-[0-9a-f]{8}")


def is_address_of_words(found: Any, wanted: Any) -> bool:
    """Whether two values differ only in a part of an address that is made of words, as a section's is."""
    pattern = re.escape(json.dumps(wanted)).replace(WORDS.lower(), r"[\w%-]+")
    return re.fullmatch(pattern, json.dumps(found)) is not None


def assert_all_shown(made: Rendered, looker: Callable[..., Looker]) -> int:
    """Nothing runs on any of the pages, and each is the clean one with its payload; how many there are."""
    window = looker(files_of(made.site))
    pages = pages_of(made.site)
    first = f"/{next(iter(made.pages))}"
    clean = Clean(window.look({first: pages[first]})[first]["text"])
    looked = window.look(pages, {f"/{path}": as_shown(payload) for path, payload in made.pages.items()}, clean.text)
    for path, payload in made.pages.items():
        clean.assert_shown(looked[f"/{path}"], payload)
    # A page by itself is what it is among others.
    for path in list(made.pages)[:: len(made.pages) // 4]:
        window.answers[f"/{path}"] = pages[f"/{path}"]
        window.tab.goto(f"{window.base}/{path}")
    assert window.heard == []
    return len(made.pages)


def test_nothing_in_records_runs(in_records: Rendered, looker: Callable[..., Looker]) -> None:
    """A payload in every text of a record is text; one that no record may hold is refused in words."""
    count = assert_all_shown(in_records, looker)

    titles = {as_shown(payload) for payload in PAYLOADS.values()}
    feeds = [etree.parse(file) for file in in_records.site.rglob("*.xml")]
    shown = {title.text for feed in feeds for title in feed.iterfind(".//{*}entry/{*}title")}
    shown |= {title.text for feed in feeds for title in feed.iterfind(".//{*}item/{*}title")}
    assert shown <= titles | {markup.plain(markup.parse(title, markup.Level.PHRASE)) for title in titles}
    assert len(shown) >= 10
    assert set(in_records.refused) == {payload for payload in TEXTS if is_unsafe(payload) or is_blank(as_shown(payload))}
    assert count == 1 + len([payload for payload in TEXTS if payload not in in_records.refused])
    assert count >= 250


def test_nothing_in_catalogs_runs(in_catalogs: Rendered, looker: Callable[..., Looker]) -> None:
    """A payload as the translation of every text, and as a name that stays, is text; one that is no address is not linked."""
    assert assert_all_shown(in_catalogs, looker) >= 250


def test_nothing_in_the_sites_own_words_runs(in_own_words: list[Rendered], looker: Callable[..., Looker]) -> None:
    """
    A payload as the name of the site and the publisher, and as the translation of each of the page's own words, is text.

    On articles, on lists, and on the pages that belong to no language.
    """
    # Their files are the same ones.
    window = looker(files_of(in_own_words[0].site))
    all_pages = [pages_of(made.site) for made in in_own_words]
    compared = 0
    for path in (f"/{language}/{name}.html" for language in LANGUAGES for name in ("story", "index", "404")):
        said = [made.pages[f"{path[1:3]}/story.html"] for made in in_own_words]
        clean = Clean(window.look({path: all_pages[0][path]})[path]["text"])
        here = {f"{path}?{number}": pages.pop(path) for number, pages in enumerate(all_pages)}
        looked = window.look(here, dict(zip(here, map(as_shown, said), strict=True)), clean.text)
        for made, words, page in zip(in_own_words, said, looked.values(), strict=True):
            clean.assert_shown(page, words)
            publisher = as_shown(next(iter(made.pages.values())))
            assert set(page["publishers"]) == ({publisher} if "404" not in path else set())
        compared += len(said)
    window.look({f"{path}?{number}": page for number, pages in enumerate(all_pages) for path, page in pages.items()}, sought="")

    assert window.heard == []
    assert compared >= 3 * 250


# -- what comes from elsewhere -----------------------------------------------------------------------------------------


def agency(payload: str, form: str, id: str) -> dict[str, Any]:
    """An item of an agency with a payload in each of its texts: as words, and as what its HTML holds."""
    words, raw = html.escape(payload, quote=False), f"<p>Words</p><p>{html.escape(payload)}</p><div>{payload}</div>"
    if form == "ninjs":
        return {
            "uri": f"https://agency.example/{id}",
            "type": "text",
            "language": "en",
            "firstCreated": "2026-03-02T09:00:00+01:00",
            "title": id,
            "slugline": id,
            "by": payload,
            "headlines": [{"role": "main", "value": payload}],
            "descriptions": [{"role": "summary", "value": payload}],
            "bodies": [{"contentType": "text/html", "value": raw}],
            "subjects": [{"name": payload, "rel": "tag"}],
            "places": [{"name": payload}],
            "associations": [
                {
                    "name": "p",
                    "type": "picture",
                    "headlines": [{"value": payload}],
                    "descriptions": [{"role": "caption", "value": payload}],
                    "by": payload,
                    "renditions": [{"name": "original", "href": "https://evil.example/p.png"}],
                }
            ],
        }
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": f"https://agency.example/{id}",
        "inLanguage": "en",
        "datePublished": "2026-03-02T09:00:00+01:00",
        "headline": payload,
        "alternativeHeadline": words,
        "description": payload,
        "author": [{"@type": "Person", "name": payload, "jobTitle": payload, "url": "javascript:ran(1)"}],
        "articleSection": "News",
        "keywords": [payload],
        "contentLocation": {"@type": "Place", "name": payload},
        "articleBody": payload,
        "image": [
            {
                "@type": "ImageObject",
                "url": "https://evil.example/p.png",
                "description": f"A person and {payload}",
                "caption": payload,
            }
        ],
    }


@pytest.mark.parametrize("form", ["ninjs", "jsonld"])
def test_nothing_that_was_imported_runs(tmp_path: Path, form: str, looker: Callable[..., Looker]) -> None:
    """A payload in each text of an agency's item is text in the draft, and on the page that is made of it."""
    put(tmp_path, "a11ynews.toml", config())
    put(tmp_path, "in/p.png", PICTURE)
    for id, payload in list(PAYLOADS.items())[1:]:
        put(tmp_path, f"in/{id}.json", json.dumps(agency(payload, form, id)))
    files = sorted((tmp_path / "in").glob("*.json"))
    drafts = []
    for file in files:
        done = import_files([file], site=None, to=tmp_path / "news", now=datetime(2026, 3, 3, tzinfo=UTC), slug=file.stem)
        drafts += done.drafts
        # What only an editor can say.
        draft = tmp_path / f"news/{file.stem}/record.yaml"
        draft.write_text(draft.read_text("utf-8").replace("      alt:\n", "      alt: A person at a desk\n"), "utf-8")
    site = Site(load(tmp_path / "a11ynews.toml"))
    outcome = site.render(locales=["en"], jobs=1)
    window = looker(files_of(site.out))

    looked = window.look(pages_of(site.out), sought="evil.example/p.png")

    assert window.heard == []
    assert len(drafts) == len(files)
    assert not [fault for fault in outcome.stopped if "Traceback" in fault.message]
    assert len(outcome.written) >= 200
    assert not [path for path, page in looked.items() if page["holds"]]


# -- files -------------------------------------------------------------------------------------------------------------


def test_nothing_in_the_name_of_a_picture_runs(tmp_path: Path, looker: Callable[..., Looker]) -> None:
    """A payload as the name of a picture or as its alternative text is that in pages, feeds, sitemaps and JSON-LD."""
    names = [name for payload in TEXTS if not name_fault(name := as_shown(payload)[:60].strip() + ".png") and "/" not in name]
    put(tmp_path, "a11ynews.toml", config())
    for number, (name, alt) in enumerate(zip(names, TEXTS, strict=False)):
        said: dict[str, Any] = {"language": "en", "published": "2026-05-04T09:00:00+02:00", "headline": f"Story {number}"}
        said |= {"body": [{"picture": {"file": name, "alt": as_shown(alt) or "x"}}, {"paragraph": "Words."}]}
        put(tmp_path, f"news/r{number:04}/record.json", json.dumps(said))
        put(tmp_path, f"news/r{number:04}/{name}", PICTURE)
    site = Site(load(tmp_path / "a11ynews.toml"))
    outcome = site.render(locales=["en"], jobs=1)
    window = looker(files_of(site.out))

    window.look(pages_of(site.out), sought="")

    loaded = window.tab.evaluate("[...document.images].every((one) => one.src.startsWith(location.origin))")
    assert loaded
    for file in site.out.rglob("*.xml"):
        for element in etree.parse(file).iter("{http://search.yahoo.com/mrss/}content", "{*}loc"):
            address = element.get("url") or element.text or ""
            assert re.fullmatch(r"https://news\.example\.org/[\w./%~-]*", address), address
    assert window.heard == []
    assert len(outcome.written) >= 60


def test_nothing_in_captions_runs(tmp_path: Path, looker: Callable[..., Looker]) -> None:
    """A payload as a cue of a film's captions is shown as its text, and makes no element but those of WebVTT."""
    cues = "".join(
        f"00:00:00.000 --> 00:10:00.000\n{payload}\n\n" for text in TEXTS if (payload := "\n".join(as_shown(text).splitlines()))
    )
    put(tmp_path, "a11ynews.toml", config())
    put_record(tmp_path, "story", record("Words"))
    put(tmp_path, "news/story/c.vtt", f"WEBVTT\n\n{cues}")
    site = Site(load(tmp_path / "a11ynews.toml"))
    assert site.render(locales=["en"], jobs=1).written == ["en/story.html"]
    window = looker({**files_of(site.out), "/en/story.html": pages_of(site.out)["/en/story.html"]})
    window.tab.goto(f"{window.base}/en/story.html")

    made, count = window.tab.evaluate("""async () => {
      const track = document.querySelector('track').track;
      track.mode = 'showing';
      for (let waits = 0; !track.cues?.length && waits < 300; waits++) await new Promise((go) => setTimeout(go, 20));
      const shown = document.createElement('main');
      document.body.append(shown);
      for (const cue of track.cues) shown.append(cue.getCueAsHTML());
      await new Promise((go) => setTimeout(go, 100));
      return [[...new Set([...shown.querySelectorAll('*')].map((one) => one.localName))], track.cues.length];
    }""")

    assert count >= 250
    assert set(made) <= {"b", "i", "u", "span", "ruby", "rt"}
    assert window.heard == []


def test_this_browser_would_hear_of_it(looker: Callable[..., Looker]) -> None:
    """The same payloads as markup run, ask for things and change the tree: what is not heard above is not there."""
    window = looker({"/": OPENING})
    window.tab.goto(f"{window.base}/")
    # Without one of these two signs nothing is markup.
    some = [text for text in TEXTS if "<" in text or "&" in text]
    texts = [f"<!doctype html><title>x</title><main>{text.encode('utf-8', 'replace').decode()}" for text in some]
    changed = sum(window.tab.evaluate(RAW, texts[at : at + 60]) for at in range(0, len(texts), 60))

    assert len([told for told in window.heard if told.startswith("ran ")]) >= 40
    assert len({told for told in window.heard if told.startswith("request ")}) >= 15
    assert changed >= 150
