"""Texts that try to run something, in every kind of text, on pages that are open in a browser: they are shown, that is all."""

import html
import io
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from playwright.sync_api import Browser, Dialog, Page, Route

from a11ynews import markup
from a11ynews.article import ROLES
from a11ynews.config import load
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

HARNESS = "<!doctype html><title>Payloads</title><script>window.ran = () => window.heard('ran');</script><main></main>"

LOOK = """async (paths) => {
  const main = document.querySelector('main');
  const frames = paths.map((path) => {
    const frame = document.createElement('iframe');
    const loaded = new Promise((go) => { frame.onload = () => go(); });
    frame.src = path;
    main.append(frame);
    return [frame, loaded];
  });
  await Promise.all(frames.map(([, loaded]) => loaded));
  await new Promise((go) => setTimeout(go, 100));
  const tree = (node) => {
    const found = [];
    const walk = (at) => {
      for (const one of at.childNodes) {
        if (one.nodeType === 1) {
          found.push([one.localName, [...one.attributes].map((a) => [a.name, a.value])]);
          if (one.content instanceof DocumentFragment) walk(one.content);
          walk(one);
          found.push(['/']);
        } else {
          found.push([one.nodeType === 3 ? '#' : '!', one.data ?? one.nodeName]);
        }
      }
    };
    walk(node);
    return found;
  };
  const pages = frames.map(([frame]) => {
    const doc = frame.contentDocument;
    if (!doc) return null;
    const again = new DOMParser().parseFromString('<!doctype html>' + doc.documentElement.outerHTML, 'text/html');
    return {
      tree: tree(doc),
      again: JSON.stringify(tree(again)) === JSON.stringify(tree(doc)),
      links: [...doc.links].map((a) => a.protocol),
      name: frame.contentWindow.name,
    };
  });
  main.replaceChildren();
  return JSON.stringify(pages);
}"""


@dataclass
class Looker:
    """A browser that notes whatever a page does."""

    tab: Page
    base: str
    heard: list[str]

    def look(self, paths: list[str], size: int = 40) -> Iterator[dict[str, Any]]:
        """What stands on each page, as the browser has it."""
        for at in range(0, len(paths), size):
            found = json.loads(self.tab.evaluate(LOOK, [f"{self.base}/{path}" for path in paths[at : at + size]]))
            yield from (page or {} for page in found)


@pytest.fixture
def looker(browser: Browser) -> Iterator[Callable[[dict[str, Answer | Any]], Looker]]:
    """Opens a window on a site of answers."""
    opened: list[Any] = []

    def begin(answers: dict[str, Answer | Any]) -> Looker:
        server = answering({"/harness": HARNESS, **answers})
        base = server.__enter__()
        opened.append(server)
        context = browser.new_context()
        opened.append(context)
        heard: list[str] = []
        context.expose_binding("heard", lambda _source, told: heard.append(told))
        context.add_init_script("window.ran = () => window.heard('ran ' + location.pathname);")

        def dismiss(dialog: Dialog) -> None:
            heard.append(f"dialog {dialog.message}")
            dialog.dismiss()

        def refuse(route: Route) -> None:
            heard.append(f"request {route.request.url}")
            route.abort()

        context.on("dialog", dismiss)
        context.route(lambda address: not address.startswith(base) and not address.startswith("about:"), refuse)
        context.on("console", lambda message: heard.append(f"console {message.text}"))
        tab = context.new_page()
        tab.on("popup", lambda other: heard.append(f"popup {other.url}"))
        tab.goto(f"{base}/harness")
        return Looker(tab, base, heard)

    yield begin
    for one in reversed(opened):
        one.close() if hasattr(one, "close") else one.__exit__(None, None, None)


KINDS = {".css": "text/css", ".vtt": "text/vtt", ".png": "image/png", ".webp": "image/webp"}


def answers_of(site: Path) -> dict[str, Answer | Any]:
    """What a site has; its films need not be looked at, which takes long."""
    keep = {"Cache-Control": "max-age=600"}
    answers: dict[str, Answer | Any] = {}
    for file in site.rglob("*"):
        if file.suffix == ".html":
            answers[f"/{file.relative_to(site).as_posix()}"] = file.read_text("utf-8").replace(
                'preload="metadata"', 'preload="none"'
            )
        elif file.is_file():
            kind = KINDS.get(file.suffix, "application/octet-stream")
            answers[f"/{file.relative_to(site).as_posix()}"] = Answer(file.read_bytes(), kind=kind, headers=keep)
    return answers


_OWN_NAMES = re.compile(r"r\d{4}|-[0-9a-f]{8}")
"""What differs from page to page by itself: the record's id, and the digests of files."""


def values(tree: list[Any], words: str = "", shown: str = "") -> Iterator[Any]:
    """A page's tree, with other words in place of some. Addresses made of words are told by their letters alone."""

    def said(text: str) -> str:
        text = _OWN_NAMES.sub("", text)
        return text.replace(words, shown) if words else text

    def data(value: Any) -> Any:
        if isinstance(value, dict):
            if value.get("@type") == "Organization":
                return "the publisher"  # who is the same in all languages
            return {key: data(inner) for key, inner in value.items()}
        return [data(inner) for inner in value] if isinstance(value, list) else said(value) if isinstance(value, str) else value

    in_script = False
    for kind, *rest in tree:
        if kind == "#" and in_script:
            yield ["data", data(json.loads(rest[0]))]
        elif kind in ("#", "!"):
            yield [kind, said(rest[0])]
        elif kind == "/":
            yield [kind]
        else:
            yield [kind, [[name, said(value)] for name, value in rest[0]]]
        in_script = kind == "script"


def shapes(tree: list[Any]) -> Counter[tuple[str, ...]]:
    """The elements with the names of their attributes, but for those that declare a language; and the comments."""
    found: Counter[tuple[str, ...]] = Counter()
    for kind, *rest in tree:
        names = [] if kind in ("#", "!", "/") else [name for name, _ in rest[0] if name not in ("lang", "dir")]
        found[(kind, *sorted(names))] += 1
    return found


MARKUP = {("/",), ("strong",), ("em",), ("a", "href"), ("i",), ("span",), ("span", "translate"), ("time", "datetime")}
"""What our markup, and our care for names and languages, may add."""


def assert_shown(clean: dict[str, Any], page: dict[str, Any], payload: str) -> None:
    """A page is the clean one with the payload in place of its words; where it is markup of ours, only that may be added."""
    assert page["again"], payload
    assert set(page["links"]) <= {"http:", "https:", "mailto:", "tel:"}, payload
    shown = as_shown(payload)
    if has_markup(payload) or (("span", "translate") in shapes(clean["tree"]) and not is_one(payload)):
        assert set(shapes(page["tree"])) <= set(shapes(clean["tree"])) | MARKUP, payload
    else:
        for found, wanted in zip_longest(values(page["tree"]), values(clean["tree"], WORDS, _OWN_NAMES.sub("", shown))):
            assert found == wanted or is_address_of_words(found, wanted), payload


def is_address_of_words(found: Any, wanted: Any) -> bool:
    """Whether two values differ only in a part of an address that is made of words, as a section's is."""
    pattern = re.escape(json.dumps(wanted)).replace(WORDS.lower(), r"[\w%-]+")
    return re.fullmatch(pattern, json.dumps(found)) is not None


def assert_all_shown(made: Rendered, looker: Callable[..., Looker]) -> int:
    """Nothing runs on any of the pages, and each is the clean one with its payload; how many there are."""
    window = looker(answers_of(made.site))
    paths = list(made.pages)
    pages = list(window.look(paths))
    for path, page in zip(paths, pages, strict=True):
        assert_shown(pages[0], page, made.pages[path])
    lists = sorted(file.relative_to(made.site).as_posix() for file in made.site.rglob("*.html"))
    for page in window.look([path for path in lists if path not in made.pages]):
        assert page["again"]
        assert not {
            name for kind, *rest in page["tree"] if rest and kind not in "#!" for name, _ in rest[0] if name.startswith("on")
        }
        assert not [kind for kind, *_ in page["tree"] if kind in ("svg", "math", "iframe", "base", "form", "style")]
    assert window.heard == []
    assert window.tab.title() == "Payloads"
    return len(pages)


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
    """A payload as the name of the site and the publisher, and as the translation of each of the page's own words, is text."""
    sites = {f"/site{number}": made for number, made in enumerate(in_own_words)}
    window = looker({f"{at}{path}": answer for at, made in sites.items() for path, answer in answers_of(made.site).items()})
    places = [(f"{at[1:]}/{path}", path, made) for at, made in sites.items() for path in made.pages]
    looked = list(zip(places, window.look([place for place, _, _ in places]), strict=True))
    clean = {path: page for (_, path, made), page in looked if made is in_own_words[0]}
    for (_, path, made), page in looked:
        assert_shown(clean[path], page, made.pages[path])
        told = next(json.loads(rest[0]) for kind, *rest in page["tree"] if kind == "#" and '"Organization"' in rest[0])
        assert told["publisher"]["name"] == as_shown(next(iter(made.pages.values())))

    assert window.heard == []
    assert len(looked) >= 250


def test_this_browser_would_hear_of_it(looker: Callable[..., Looker]) -> None:
    """The same payloads as markup run, ask for things and change the tree: what is not heard above is not there."""
    pages = {f"p{number}": f"<!doctype html><title>x</title><main>{text}" for number, text in enumerate(TEXTS)}
    safe = {f"s{number}": f"<!doctype html><title>x</title><main>{html.escape(text)}" for number, text in enumerate(TEXTS)}
    answers = {f"/{path}": Answer(page.encode("utf-8", "replace")) for path, page in {**pages, **safe}.items()}
    window = looker(answers)
    raw, escaped = list(window.look(list(pages))), list(window.look(list(safe)))
    changed = sum(not one or shapes(one["tree"]) != shapes(other["tree"]) for one, other in zip(raw, escaped, strict=True))

    assert len({told for told in window.heard if told.startswith("ran ")}) >= 40
    assert len({told for told in window.heard if told.startswith("request ")}) >= 15
    assert changed >= 150
