"""
An article and its catalogs become a page.

`localise` looks every text up and says what stands in the way; `Renderer` fills the templates. Every text enters a template as
`Words`, which carry the mark of their origin (see `provenance`): template authors need not do anything for it.
"""

import contextlib
import html
import io
import json
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlsplit

import jinja2
import orjson
from jinja2 import filters
from jinja2.ext import Extension, babel_extract
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape
from pydantic import BaseModel

from . import markup
from .article import Article, AudioBlock, Block, ParagraphBlock, PictureBlock, Related, Text, Video, VideoBlock, names
from .catalog import Catalogs, Found
from .compiled import Compiled
from .errors import Fault, TemplateFault
from .files import leaves
from .finding import Birthplace, Owner
from .inclusion import JoiningEnvironment
from .language import direction_of, format_day, format_names, name_of, native_name_of, same_language, territory_form
from .listing import Articles, Entry, Illustration, Listing, Phrase, Place, Signpost, Surroundings, Topic
from .pictures import Prepared
from .provenance import END, MARK, Origin, State, Trace, declare_languages, strike, strike_bytes, tag_mark, torn

ARTICLE_TEMPLATE = "article.html"
BASE_TEMPLATE = "base.html"
LIST_TEMPLATE = "list.html"
LANGUAGES_TEMPLATE = "languages.html"
MISSING_TEMPLATE = "404.html"

# What feeds and lists say of themselves; list.html and list-metadata.html have the same words, from where catalogs take them.
_ABOUT_ALL = "The latest news from {site}."
_ABOUT_SECTION = "The latest news from {site}: {section}."
_TOPIC = "Topic: {topic}"
_LATEST = "Latest news"
_HOME = "Home"


class Words(Markup):
    """
    A text as a template sees it: safe HTML that carries the mark of its origin.

    In an attribute or a title, where no tags can stand, write `{{ text.plain }}`; for data that is not read as text (JSON,
    addresses), `{{ text.words }}`, which is plain and unmarked.
    """

    __slots__ = ("_known",)

    _known: tuple[Origin, str, str, str, str]
    """
    Its origin; its opening mark; its words; the text with its markup, where they are not found yet: few texts of a page are asked
    for their words alone; its plain form, where that is another one than the words themselves.
    """

    @classmethod
    def of(cls, rendered: str, words: str, origin: Origin, trace: Trace, raw: str = "") -> "Words":
        """A text of a page; `raw` is the text with its markup, from which its `words` can be had when they are asked for."""
        opening = trace.opening(origin)
        self = str.__new__(cls, f"{opening}{rendered}{END}")  # Markup's own way asks first whether it is safe
        self._known = origin, opening, words, raw, ""
        return self

    @property
    def language(self) -> str:
        """The BCP 47 tag of the language that the words are in."""
        return self._known[0].language

    @property
    def state(self) -> State:
        """How the words stand in the language of the page."""
        return self._known[0].state

    @property
    def words(self) -> str:
        """Without tags and mark, not escaped."""
        origin, opening, words, raw, plain = self._known
        if raw:
            words = markup.plain(markup.parse(raw))
            self._known = origin, opening, words, "", plain
        return words

    @property
    def plain(self) -> Markup:
        """Without tags, with its mark."""
        words = self.words
        _, opening, _, _, plain = self._known
        return Markup(plain or f"{opening}{markup.escaped(words)}{END}")

    def with_plain(self, plain: str) -> "Words":
        """The same text, whose plain form has marks of its own in it."""
        self._known = *self._known[:4], plain
        return self

    def wrapped(self, before: str, after: str) -> "Words":
        """The same text with tags around it."""
        around = type(self)(f"{before}{self}{after}")
        around._known = self._known
        return around


def _shown(value: Any) -> str:
    kind = type(value)
    if kind is Words or kind is Markup:
        return value  # type: ignore[no-any-return]  # both are texts
    return markup.escaped(value) if kind is str else escape(value)


class View:
    """A part of a record as a template sees it: the record's own names, with `Words` for its texts."""

    is_hidden = False
    """Whether it has lost the text without which it is nothing."""

    def __init__(self, **parts: Any) -> None:
        self.__dict__.update(parts)

    if TYPE_CHECKING:  # to have it makes every attribute slower

        def __getattr__(self, name: str) -> Any: ...

    def __repr__(self) -> str:
        return f"View({', '.join(self.__dict__)})"


_new_view = View.__new__


@dataclass(frozen=True, slots=True)
class Localised:
    """An article's texts in one language, looked up and weighed."""

    article: Article
    language: str
    found: Mapping[int, Found]
    """By the identity of the Text."""
    stops: tuple[Fault, ...]
    """Why this page cannot be published; empty where it can."""
    notes: tuple[Fault, ...]
    """What is shown in the source language, for the translator."""
    hidden: tuple[Text, ...]
    """What is left out, because it is not translated and the configuration says so."""
    is_mixed: bool = False
    """Whether a text that is shown is in the source language, for want of a translation."""

    @property
    def slug(self) -> str:
        """The page's name in its address."""
        if self.article.slug is None:
            return self.article.id
        return self.found[id(self.article.slug)].words


def entry_of(localised: Localised, path: str, pictures: Mapping[str, Prepared], base_url: str) -> Entry:
    """What lists, feeds and sitemaps show of an article's page; `path` is where it lies in the site."""
    article = localised.article
    hidden = {id(text) for text in localised.hidden}
    marker = _names_of(article)

    def phrase(text: Text | None) -> Phrase | None:
        return None if text is None or id(text) in hidden else _phrase(localised.found[id(text)], text, marker)

    headline = phrase(article.headline)
    assert headline is not None  # no configuration can hide it

    def topic(text: Text | None) -> Topic | None:
        # The same wherever the same words stand in a record of the same language.
        return Topic(name, f"{article.language} {text.words.casefold()}") if text and (name := phrase(text)) else None

    related = (link.url for link in article.related if localised.language not in link.urls)
    return Entry(
        record=article.id,
        language=localised.language,
        source_language=article.language,
        path=path,
        headline=headline,
        published=article.published,
        dates=article.birthplace_of_date(),
        kicker=phrase(article.kicker),
        teaser=phrase(article.teaser),
        picture=_illustration(article, phrase, pictures),
        updated=article.updated,
        authors=tuple(author.name for author in article.authors),
        section=topic(article.section),
        tags=tuple(tag for text in article.tags if (tag := topic(text))),
        related=tuple(url for url in related if url.startswith(("/", base_url))),
    )


def _names_of(article: Article) -> markup.NameMarker | None:
    kept = names(article)
    return markup.NameMarker(kept) if kept else None


def _phrase(found: Found, text: Text, marker: markup.NameMarker | None) -> Phrase:
    if found.cut and not found.cut.html and not marker:
        return Phrase(found.words, found.words, found.origin)
    if found.cut and not marker:
        return Phrase(found.cut.html, markup.plain(markup.parse(found.words)), found.origin)
    rendered, words = markup.shown(found.words, text.role.level, found.origin.language, marker)
    return Phrase(rendered, words, found.origin)


def _illustration(
    article: Article, phrase: Callable[[Text | None], Phrase | None], pictures: Mapping[str, Prepared]
) -> Illustration | None:
    for block in article.body:
        if isinstance(block, PictureBlock) and (alt := phrase(block.picture.alt)):
            return Illustration(alt, pictures[block.picture.file])
    return None


def localise(
    article: Article, catalogs: Catalogs, texts: Iterable[Text], policy: Callable[[str], str], strict: bool
) -> Localised:
    """
    Look up every text of an article in a language.

    `policy` says for a role what to do with a text that is not translated: `show`, `refuse` or `hide`. An alt always refuses:
    nothing takes its place (WCAG 1.1.1). With `strict` everything refuses.
    """
    found: dict[int, Found] = {}
    stops: list[Fault] = []
    notes: list[Fault] = []
    hidden: list[Text] = []
    is_mixed = False
    any_translated = same_language(article.language, catalogs.language)
    language = f"{name_of(catalogs.language, 'en')} ({catalogs.language})"
    source, translated, look_up = State.SOURCE, State.TRANSLATED, catalogs.look_up
    for text in texts:
        if text.stays:
            origin = Origin(text.birthplace, text.language or catalogs.language, text.role.name)
            found[id(text)] = Found(text.words, origin, "", text.cut)
            continue
        looked_up = found[id(text)] = look_up(text)
        state = looked_up[1][3]
        if state is translated or state is source:
            any_translated = any_translated or (state is translated and text.role.name != "slug")
            continue
        if text.role.name == "slug":
            if state is State.BROKEN:
                notes.append(_fault_at(looked_up, f"{looked_up.problem}; the source's slug is used"))
            continue
        fault = _fault_at(looked_up, _untranslated(text, state, looked_up.problem, language))
        if not strict and policy(text.role.name) == "hide":
            hidden.append(text)
            continue
        is_mixed = True
        if strict or policy(text.role.name) == "refuse":
            stops.append(fault)
        else:
            notes.append(fault)
    if not any_translated:
        file, line, column = catalogs.expected.file, catalogs.expected.line, catalogs.expected.column
        message = (
            f"no text of {article.id} is translated into {language}; "
            + (
                "translate its entries"
                if catalogs.has_any
                else f"run “a11ynews catalog update {catalogs.language}” to begin a catalog"
            )
            + f", or write “languages: [{article.language}, …]” in {article.file} to leave this language out"
        )
        stops, notes = [Fault(file, line, column, message)], []
    return Localised(article, catalogs.language, found, tuple(stops), tuple(notes), tuple(hidden), is_mixed)


def _fault_at(found: Found, message: str) -> Fault:
    place = found.origin.pending or found.origin.birthplace
    return Fault(place.file, place.line, place.column, message)


def _untranslated(text: Text, state: State, problem: str, language: str) -> str:
    how = {
        State.FUZZY: f"the {text.role.name} is marked fuzzy: its source has changed; mend the translation and take “fuzzy” out",
        State.BROKEN: problem,
    }.get(state, f"the {text.role.name} is not translated into {language}; translate it")
    what = (
        f"the alt of a picture is said in place of the picture, and nothing can stand in for it; {how}"
        if text.role.name == "alt"
        else how
    )
    return f"{what} (“{_short(text.words)}”, {text.file}:{text.line})"


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:59].rstrip() + "…"


Alternate = Place
"""A page of the same article in a language."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """What the configuration says, as far as a page shows it. Words are pairs: the words and their birthplace."""

    name: tuple[str, str]
    """The site's name and the language it was written in."""
    name_place: Birthplace
    languages_place: Birthplace
    base_url: str
    default_language: str
    statement: str
    contact: str
    publisher: str
    publisher_url: str
    folders: bool = False
    """Whether addresses end with a slash and not with the name of a file."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says of itself."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Door:
    """A language as the pages that belong to none show it."""

    language: str
    site: SiteView
    ui: Catalogs
    path: str
    """Its first page."""


@dataclass(frozen=True)
class RenderedPage:
    """A page as it is deployed, with what the checker and the preview read."""

    path: str
    language: str
    encoded: bytes
    """The marked page in UTF-8. As a text it takes four bytes for each character, for the sake of its marks."""
    trace: Trace
    untranslated: tuple[Fault, ...]
    """The page's own words that are shown in English because no catalog has them, each at the place where it would stand."""

    @property
    def marked(self) -> str:
        """The marked page as a text."""
        return self.encoded.decode()

    @property
    def content(self) -> bytes:
        """The page as it is deployed."""
        return strike_bytes(self.encoded)

    @property
    def html(self) -> str:
        """… as a text."""
        return self.content.decode()


class _Undefined(jinja2.StrictUndefined):
    """What a template asks for and is not there: says what is."""

    @property
    def _undefined_message(self) -> str:
        there = vars(self._undefined_obj) if isinstance(self._undefined_obj, View) else {}
        if there and self._undefined_name:
            return f"there is no “{self._undefined_name}” here; there is {', '.join(there)}"
        return super()._undefined_message


class _Provenance(Extension):
    """Marks each start tag in a template with the template's number and its line, and refuses characters that are marks."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        if found := MARK.search(source):
            line = source.count("\n", 0, found.start()) + 1
            raise _reserved(ord(found[0][0]), line, name, filename)
        for reference in re.finditer(r"&#(?:x([0-9a-f]+)|([0-9]+))", source, re.IGNORECASE):
            code = int(reference[1], 16) if reference[1] else int(reference[2])
            if 0xF0000 <= code <= 0x10FFFF:
                raise _reserved(code, source.count("\n", 0, reference.start()) + 1, name, filename)
        return source

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        number = self.environment.template_number(stream.name or "", stream.filename or "")  # type: ignore[attr-defined]  # ours, set by Renderer
        for token in stream:
            if token.type == "data":
                parts = _START_TAG.split(token.value)
                line, out = token.lineno, []
                for index, part in enumerate(parts):
                    out.append(part)
                    line += part.count("\n")
                    if index % 2:
                        out.append(tag_mark(number, line))
                token = Token(token.lineno, token.type, "".join(out))
            yield token


# Not a name that an expression goes on with, as in <h{{ level }}>: that tag is known by the one around it.
_START_TAG = re.compile(r"(<[A-Za-z][A-Za-z0-9-]*)(?=[\s/>])")


def _reserved(code: int, line: int, name: str | None, filename: str | None) -> jinja2.TemplateSyntaxError:
    message = f"U+{code:X} is a private-use character that a11ynews needs for itself; write an icon as SVG, or with CSS “content”"
    return jinja2.TemplateSyntaxError(message, line, name, filename)


_NOWHERE = Surroundings()


def _unknown_place(context: str, id: str) -> Birthplace:
    return Birthplace("templates", 1, 1, Owner.WEB_TEAM, f"template {context}: {id}")


class _Folder(jinja2.FileSystemLoader):
    """The templates of one folder; a link that leads out of it is none of them. Jinja itself refuses `..`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = folder

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            found = super().get_source(environment, template)
        except UnicodeDecodeError:
            message = f"{template} is not UTF-8; save it as UTF-8"
            raise jinja2.TemplateSyntaxError(message, 1, template, str(self._folder / template)) from None
        if leaves(Path(found[1]), self._folder):
            message = f"{template} is a link that leaves the folder of templates; put the file itself there"
            raise jinja2.TemplateSyntaxError(message, 1, template, found[1])
        return found


class Renderer:
    """
    Fills the templates of a site.

    `folders` hold the templates, the first one that has a file wins; a template can reach the packaged one that it replaces as
    `a11ynews/<name>`. `shown` gives the name of a file for messages.
    """

    def __init__(self, folders: list[Path], packaged: Path, shown: Callable[[Path], str]) -> None:
        self._shown = shown
        self._templates: list[str] = []
        self._numbers: dict[str, int] = {}
        self._joined: JoiningEnvironment | None = None
        self._compiled = Compiled(dict.fromkeys((*folders, packaged)))
        loaders: list[jinja2.BaseLoader] = [_Folder(folder) for folder in folders]
        self._environment = JoiningEnvironment(
            loader=jinja2.ChoiceLoader([*loaders, jinja2.PrefixLoader({"a11ynews": _Folder(packaged)})]),
            autoescape=True,
            undefined=_Undefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n", _Provenance],
            cache_size=-1,
            bytecode_cache=self._compiled,
        )
        self._environment.shown = _shown
        self._environment.template_number = self._number  # type: ignore[attr-defined]  # read by _Provenance
        self._environment.filters |= _FILTERS
        self._environment.policies["json.dumps_function"] = _dump
        self._environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by jinja2.ext.i18n
            _no_page, _no_page, newstyle=False, pgettext=_no_page, npgettext=_no_page
        )
        self._number_all()

    @contextlib.contextmanager
    def unchanging(self) -> Iterator[None]:
        """Take the templates for what they are, meanwhile: no page looks whether one of them has changed."""
        self._environment.auto_reload = False
        try:
            yield
        finally:
            self._environment.auto_reload, self._joined = True, None
            self._compiled.save()

    def warm(self) -> None:
        """
        Read and compile the templates of many articles now, so that a copy of this process need not; joined, as long as they are
        `unchanging`. Raises TemplateFault.
        """
        if not self._environment.auto_reload:
            self._joined = self._environment.joining()
            with contextlib.suppress(jinja2.TemplateError, OSError, UnicodeError):  # told for the pages that want it
                self._joined.get_template(ARTICLE_TEMPLATE)
                self._joined.get_template(BASE_TEMPLATE)
        _ = self._ui_places

    def forget(self) -> None:
        """Look anew for the page's own words when they are asked for next: templates have changed on the disk."""
        self.__dict__.pop("_ui_places", None)

    def _number_all(self) -> None:
        """Give every template its number, which must not depend on the page that happens to be the first to show it."""
        assert self._environment.loader is not None
        for name in self._environment.list_templates():
            with contextlib.suppress(jinja2.TemplateError, OSError, UnicodeError):
                _, filename, _ = self._environment.loader.get_source(self._environment, name)
                self._number(name, filename or "")

    def _number(self, name: str, filename: str) -> int:
        number = self._numbers.get(filename or name)
        if number is None:
            number = self._numbers[filename or name] = len(self._templates)
            self._templates.append(self._shown(Path(filename)) if filename else name)
        return number

    def render(
        self,
        localised: Localised,
        *,
        site: SiteView,
        ui: Catalogs,
        path: str,
        alternates: list[Alternate],
        pictures: Mapping[str, Prepared],
        media: Mapping[str, str],
        stylesheet: str,
        surroundings: Surroundings = _NOWHERE,
    ) -> RenderedPage:
        """
        The page of an article in a language.

        `path` is where it will lie in the site; `alternates` are the pages that are really there, itself among them; `pictures`
        and `media` give the site's files for the record's; `surroundings` is what it shows of the rest of the site. Raises
        TemplateFault with file and line when a template fails.
        """
        page = _ArticleBuilder(
            self._frame(site, ui, path, localised.language, stylesheet, surroundings), localised, alternates, pictures, media
        )
        return self._fill(ARTICLE_TEMPLATE, page)

    def render_list(
        self,
        articles: Articles,
        number: int,
        listing: Listing,
        *,
        site: SiteView,
        ui: Catalogs,
        stylesheet: str,
        path: str = "",
    ) -> RenderedPage:
        """A page of a list; pages count from 1. `path` is another place for it than its own. Raises TemplateFault."""
        home = listing.home(articles.language)
        around = Surroundings(home.path if home else "", home.atom if home else "", listing.signposts(articles.language))
        frame = self._frame(site, ui, path or articles.path_of(number), articles.language, stylesheet, around)
        return self._fill(LIST_TEMPLATE, _ListBuilder(frame, articles, number, listing))

    def render_languages(self, doors: Sequence[Door], *, stylesheet: str) -> RenderedPage:
        """The page at the root of a site, which leads to its languages; the first one is its own. Raises TemplateFault."""
        first = doors[0]
        frame = self._frame(first.site, first.ui, "index.html", first.language, stylesheet, Surroundings())
        return self._fill(LANGUAGES_TEMPLATE, _DoorsBuilder(frame, doors))

    def render_missing(
        self, doors: Sequence[Door], *, stylesheet: str, path: str = "404.html", surroundings: Surroundings = _NOWHERE
    ) -> RenderedPage:
        """
        The page that hosts show where there is none, in some languages; the first one is its own. Raises TemplateFault.

        `path` is where it lies, and `surroundings` what the one of a language shows of the site.
        """
        first = doors[0]
        frame = self._frame(first.site, first.ui, path, first.language, stylesheet, surroundings)
        # It is shown at any address: what it links to must be right from everywhere.
        frame.is_anywhere = True
        return self._fill(MISSING_TEMPLATE, _DoorsBuilder(frame, doors))

    def channel(self, articles: Articles, *, site: SiteView, ui: Catalogs) -> Channel:
        """What the feed of a list says of itself."""
        frame = self._frame(site, ui, articles.path, articles.language, "", Surroundings())
        name = frame.site_name()
        section = frame.words_of(articles.name) if articles.name else None
        if section is None or section.state not in (State.SOURCE, State.TRANSLATED):
            about = frame.own_words("", _ABOUT_ALL, {"site": name})
        else:
            about = frame.own_words("", _ABOUT_SECTION, {"site": name, "section": section})
        return Channel(f"{section.words} – {name.words}" if section else name.words, about.words)

    def _frame(
        self, site: SiteView, ui: Catalogs, path: str, language: str, stylesheet: str, surroundings: Surroundings
    ) -> "_Frame":
        return _Frame(site, ui, path, language, stylesheet, surroundings, self._ui_places)

    def _fill(self, name: str, page: "_Builder") -> RenderedPage:
        frame = page.frame
        try:
            encoded = self._encoded(name, frame.callables() | page.context())
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault(
                [self._fault(error.filename or error.name or "", error.lineno, _to_mend(error.message))]
            ) from None
        except jinja2.TemplateNotFound as error:
            message = f"the template {error.name} is not there; mend its name here, or write it"
            raise TemplateFault([self._fault(*_template_line(error, self._numbers), message)]) from None
        except Exception as error:  # noqa: BLE001  # a template can raise anything; its author needs the line, not a traceback
            raise TemplateFault([self._fault(*_template_line(error, self._numbers), _to_mend(str(error)))]) from None
        if place := torn(encoded):
            file = self._templates[place[0]] if place[0] >= 0 else "templates"
            message = "a text is cut in two here, and nobody could tell any more where the words behind it come from"
            raise TemplateFault([Fault(file, place[1], 1, f"{message}; shorten it with |truncate, or take its .words")])
        frame.trace.templates = self._templates
        declared = declare_languages(encoded, frame.trace, frame.language)
        return RenderedPage(frame.path, frame.language, declared, frame.trace, tuple(frame.untranslated))

    def _encoded(self, name: str, variables: dict[str, Any]) -> bytes:
        """A template, filled, in UTF-8."""
        if self._joined is not None:
            try:
                template = self._joined.get_template(name)
                return b"".join(map(str.encode, template.root_render_func(template.new_context(variables))))
            except AttributeError:  # most likely the entry of a mapping, and so on every page
                if self._joined.is_direct:
                    self._joined = self._environment.joining(takes_entries=True)
                    return self._encoded(name, variables)
            except Exception:  # noqa: BLE001  # plain templates tell where it is that they fail
                pass
        return self._environment.get_template(name).render(variables).encode()

    def _fault(self, filename: str, line: int, message: str) -> Fault:
        return Fault(self._shown(Path(filename)) if filename else "templates", line, 1, message)

    @cached_property
    def _ui_places(self) -> dict[tuple[str, str], Birthplace]:
        """Where each of the page's own words stands in a template, by context and English words."""
        return {
            (message.context, message.id): Birthplace(
                message.file, message.line, 1, Owner.WEB_TEAM, f"template {message.file} {message.context}: {message.id}"
            )
            for message in reversed(list(self.ui_messages()))
        }

    def ui_messages(self) -> Iterator["UiMessage"]:
        """The messages of all templates, in the order of the templates' names. Raises TemplateFault."""
        for name in sorted(self._environment.list_templates(extensions=["html", "txt", "xml"])):
            if not name.startswith("a11ynews/"):
                yield from self._messages_of(name)

    def _messages_of(self, name: str) -> Iterator["UiMessage"]:
        assert self._environment.loader is not None
        file = name
        try:
            source, filename, _ = self._environment.loader.get_source(self._environment, name)
            file = self._shown(Path(filename)) if filename else name
            found = self._compiled.messages(source, _messages_in)
        except jinja2.TemplateSyntaxError as error:
            file = self._shown(Path(error.filename)) if error.filename else file
            raise TemplateFault([Fault(file, error.lineno, 1, _to_mend(error.message))]) from None
        for line, function, message, comments in found:
            parts = [message] if isinstance(message, str) else [part or "" for part in message or ("",)]
            context = parts.pop(0) if "p" in function.removesuffix("gettext") else ""
            plural = parts[1] if function.startswith("n") and len(parts) > 1 else ""
            notes = tuple(comment.removeprefix("Translators:").strip() for comment in comments)
            yield UiMessage(context, parts[0], plural, file, line, notes)


_KEYWORDS = ("_", "gettext", "ngettext", "pgettext", "npgettext")


@lru_cache(256)
def _messages_in(template: str) -> list[Any]:
    """What Jinja's extractor finds in a template: it reads each anew, and every language asks for all of them."""
    options = {"trimmed": "true", "silent": "false"}
    return list(babel_extract(io.BytesIO(template.encode()), _KEYWORDS, ("Translators:",), options))


@dataclass(frozen=True, slots=True)
class UiMessage:
    """One message of a template."""

    context: str
    id: str
    plural: str
    file: str
    line: int
    notes: tuple[str, ...]


def _no_page(*_: str) -> str:
    raise TypeError("gettext is only there while a page is rendered; do not call it from an imported macro “without context”")


def _to_mend(message: str | None) -> str:
    """What Jinja says of a template, with what to do where that is not said."""
    message = (message or "it cannot be read").rstrip(".")
    return message if ";" in message else f"{message}; mend the template"


def _template_line(error: BaseException, known: Mapping[str, int]) -> tuple[str, int]:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename in known]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else ("", 1)


def _truncate(text: str, length: int = 255, killwords: bool = False, end: str = "…", leeway: int = 0) -> str:
    """Jinja's filter, which would cut the mark off a text's end. Tags inside are dropped: they could be cut in two."""
    words = html.unescape(Markup(strike(text)).striptags()) if isinstance(text, Markup) else text
    if len(words) <= length + leeway:
        return text
    cut = words[: max(length - len(end), 0)]
    cut = (cut if killwords else cut.rsplit(" ", 1)[0]) + end
    first = MARK.match(text)
    return Markup(f"{first[0]}{escape(cut)}{text[-1]}") if first and isinstance(text, Markup) else cut


def _first_letters(change: Callable[[str], str]) -> Callable[[str], str]:
    """A filter that looks at first letters, which a mark before them would hide."""

    def filtered(text: str) -> str:
        first = MARK.match(text) if isinstance(text, Markup) else None
        if first is None or not MARK.fullmatch(text[-1]):
            return change(text)
        return Markup(f"{first[0]}{change(text[first.end() : -1])}{text[-1]}")

    return filtered


def _dump(value: Any, **options: Any) -> str:
    """JSON for a script or an attribute: data, in which a mark would not be struck out."""
    return strike(json.dumps(value, **(options | {"ensure_ascii": False})))


def _length(value: Any) -> int:
    return len(strike(value)) if isinstance(value, str) else len(value)


_FILTERS: dict[str, Callable[..., Any]] = {
    "truncate": _truncate,
    "capitalize": _first_letters(filters.do_capitalize),
    "title": _first_letters(filters.do_title),
    "urlencode": lambda value: filters.do_urlencode(strike(value) if isinstance(value, str) else value),
    "length": _length,
    "count": _length,
}
"""Jinja's filters that would lose a text's mark, stumble over it, or write it in a way in which nobody finds it again."""


class _Frame:
    """What every page has: its language and words, its links, and what stands around its main part."""

    def __init__(
        self,
        site: SiteView,
        ui: Catalogs,
        path: str,
        language: str,
        stylesheet: str,
        surroundings: Surroundings,
        ui_places: Mapping[tuple[str, str], Birthplace],
    ) -> None:
        self.language = language
        self.site = site
        self.ui = ui
        self.path = path
        self.stylesheet = stylesheet
        self.surroundings = surroundings
        self.is_anywhere = False
        """Whether the page is shown at other addresses than its own."""
        self.trace = Trace()
        self.untranslated: dict[Fault, None] = {}
        self._ui_places = ui_places

    # -- the page's own words ------------------------------------------------------------------------------------------

    def callables(self, ui: Catalogs | None = None) -> dict[str, Any]:
        """
        gettext's functions for this page. Fields are filled by name: `_("By {authors}", authors=…)`.

        `ui` are the catalogs of another language than the page's.
        """

        def gettext(id: str, **fields: Any) -> Words:
            return self.own_words("", id, fields, ui=ui)

        return {
            "_": gettext,
            "gettext": gettext,
            "ngettext": lambda one, many, n, **fields: self.own_words("", one, fields, many, n, ui),
            "pgettext": lambda context, id, **fields: self.own_words(context, id, fields, ui=ui),
            "npgettext": lambda context, one, many, n, **fields: self.own_words(context, one, fields, many, n, ui),
        }

    def own_words(
        self,
        context: str,
        id: str,
        fields: Mapping[str, Any],
        plural: str = "",
        n: int | None = None,
        ui: Catalogs | None = None,
    ) -> Words:
        """The page's own words in its language, or in that of other catalogs."""
        ui = ui or self.ui
        place = self._ui_places.get((context, id)) or _unknown_place(context, id)
        found = ui.look_up_ui(context, id, place, plural, n)
        given = {**fields, "n": n} if n is not None else fields
        if waiting := found.origin.pending:
            language = f"{name_of(ui.language, 'en')} ({ui.language})"
            message = f"the page's own words “{_short(id)}” are not translated into {language}; translate them"
            self.untranslated[Fault(waiting.file, waiting.line, waiting.column, message)] = None
        if not given:
            return Words.of(markup.escaped(found.words), found.words, found.origin, self.trace)

        def fill(template: str, show: Callable[[Any], str]) -> str:
            # Not str.format: a translator's "{0.__class__}" must stay what it is, words.
            return re.sub(r"\{(\w+)\}", lambda m: show(given[m[1]]) if m[1] in given else m[0], template)

        rendered = fill(str(escape(found.words)), lambda value: str(escape(value)))
        words = fill(found.words, lambda value: strike(value.words if isinstance(value, Words) else str(value)))
        plain = fill(str(escape(found.words)), lambda value: str(value.plain if isinstance(value, Words) else escape(value)))
        return Words.of(rendered, words, found.origin, self.trace).with_plain(self.trace.mark(plain, found.origin))

    # -- words of others, links ----------------------------------------------------------------------------------------

    def words_of(self, phrase: Phrase) -> Words:
        """A text that was looked up before."""
        return Words.of(phrase.html, phrase.words, phrase.origin, self.trace)

    def cldr(self, words: str, language: str = "", place: Birthplace | None = None) -> Words:
        """Words that CLDR supplies; they were asked for by a line of the record or of the configuration."""
        origin = Origin(place or self.site.languages_place, language or self.language, "page")
        return Words.of(str(escape(words)), words, origin, self.trace)

    def site_name(self, site: SiteView | None = None) -> Words:
        """The site's name; `site` is the site as another language has it."""
        site = site or self.site
        # A site's one name for all languages is a name, and not foreign anywhere.
        origin = Origin(site.name_place, site.name[1] or self.language, "page")
        return Words.of(str(escape(site.name[0])), site.name[0], origin, self.trace)

    def day(self, moment: datetime | None, place: Birthplace) -> View | None:
        """A day in words."""
        if moment is None:
            return None
        words = self.cldr(_day(moment.year, moment.month, moment.day, self.language), place=place)
        time = words.wrapped(f'<time datetime="{moment.isoformat()}">', "</time>")
        return View(iso=moment.isoformat(), words=words, time=time)

    def link(self, path: str) -> str:
        """The address of another file of the site, relative to this page: it holds on any host and opened from a disk."""
        if self.is_anywhere:
            return _quoted(urlsplit(self.site.base_url).path + _without_index(path))
        relative = _relative(path, self.path)
        return _quoted((_without_index(relative) or "./") if self.site.folders else relative)

    def url(self, path: str) -> str:
        """The whole address of a file of the site."""
        return self.site.base_url + _quoted(_without_index(path))

    def image(self, prepared: Prepared) -> View:
        """The files of a picture."""

        def srcset(sizes: Iterable[Any]) -> str:
            return ", ".join(f"{self.link(size.path)} {size.width}w" for size in sizes)

        return View(
            src=self.link(prepared.path),
            srcset=srcset(prepared.own) if len(prepared.own) > 1 else "",
            webp=srcset(prepared.webp),
            width=prepared.width,
            height=prepared.height,
        )

    def card(self, alt: Words | None, prepared: Prepared) -> View:
        """A picture as social media show it. They show no drawings (SVG)."""
        width, height = prepared.largest_size
        return View(url=self.url(prepared.largest), width=width, height=height, alt=alt)

    def signpost(self, signpost: Signpost, current: str | None) -> View:
        """A section in the navigation; `current` is what `aria-current` says of it."""
        return View(name=self.words_of(signpost.name), href=self.link(signpost.path), current=current)

    def language_name(self, language: str) -> Words | None:
        """The name of a language that is not the page's, in the page's; None for its own."""
        return None if same_language(language, self.language) else self.cldr(name_of(language, self.language))

    def context(self, alternates: Sequence[Place], current: Mapping[str, str], **page: Any) -> dict[str, Any]:
        """The variables that every template has; `current` says of the paths in the navigation which one the page belongs to."""
        around = self.surroundings
        others = [self._alternate(other) for other in alternates]
        site = View(
            name=self.site_name(),
            base_url=self.site.base_url,
            statement=self.site.statement,
            contact=self.site.contact,
            publisher=self.site.publisher,
        )
        frame: dict[str, Any] = {
            "language": self.language,
            "direction": direction_of(self.language),
            "locale": territory_form(self.language),
            "other_locales": [territory_form(other.language) for other in others if not other.current],
            "url": self.url(self.path),
            "alternates": others,
            "default_url": None,
            "stylesheet": self.link(self.stylesheet),
            "home": self.link(around.home) if around.home else None,
            "is_home": around.home == self.path,
            "feed": self.url(around.feed) if around.feed else None,
            "navigation": [self.signpost(one, current.get(one.path)) for one in around.navigation],
            "trail": [],
            "source_language": None,
            "card": None,
            "structured_data": None,
            "trail_data": None,
        }
        return {"page": View(**(frame | page)), "site": site}

    def _alternate(self, other: Place) -> Any:
        return View(
            language=other.language,
            name=self.cldr(native_name_of(other.language), other.language),
            href=self.link(other.path),
            url=self.url(other.path),
            current=other.language == self.language,
            direction=direction_of(other.language),
            exact=True,
        )

    def crumb(self, words: Words, path: str) -> View:
        """A step of the way to a page."""
        is_home = path == self.surroundings.home
        return View(words=words, href=self.link(path), url=self.url(path), is_home=is_home)

    def trail_data(self, trail: Sequence[Any], last: str = "") -> dict[str, Any]:
        """The way to a page as a schema.org BreadcrumbList; `last` is the page's own name, where the trail ends before it."""
        steps = [{"name": crumb.words.words, "item": crumb.url} for crumb in trail]
        steps += [{"name": last, "item": self.url(self.path)}] if last else []
        items = [_filled({"@type": "ListItem", "position": n, **step}) for n, step in enumerate(steps, 1)]
        return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}

    def publisher(self) -> dict[str, Any] | None:
        """Who answers for the site, as a schema.org Organization."""
        if not self.site.publisher:
            return None
        return _filled({"@type": "Organization", "name": self.site.publisher, "url": self.site.publisher_url})


@lru_cache(maxsize=1024)
def _day(year: int, month: int, day: int, language: str) -> str:
    """A day in words. Not by the moment: the same one is another day elsewhere."""
    return format_day(datetime(year, month, day), language)


_quoted = lru_cache(maxsize=1024)(quote)


@lru_cache(maxsize=1024)
def _relative(path: str, page: str) -> str:
    """The way from a page to another file of the site. `posixpath.relpath` asks for the working folder each time (12 µs)."""
    to, at = path.split("/"), page.split("/")[:-1]
    same = 0
    while same < len(at) and same < len(to) - 1 and to[same] == at[same]:
        same += 1
    return "/".join([*[".."] * (len(at) - same), *to[same:]])


def _without_index(path: str) -> str:
    return path.removesuffix("index.html") if path == "index.html" or path.endswith("/index.html") else path


class _Builder(Protocol):
    """Makes what the templates of one page see."""

    frame: _Frame

    def context(self) -> dict[str, Any]:
        """The variables of the templates."""


_PLAIN = frozenset({type(None), str, bool, int, datetime})
"""The types of what a template sees as the record has it."""


class _ArticleBuilder:
    """… of an article's page."""

    def __init__(
        self,
        frame: _Frame,
        localised: Localised,
        alternates: list[Alternate],
        pictures: Mapping[str, Prepared],
        media: Mapping[str, str],
    ) -> None:
        self.frame = frame
        self.localised = localised
        self.language = localised.language
        self.alternates = alternates
        self.pictures = pictures
        self.media = media
        self._related = dict(frame.surroundings.related)
        self._names = _names_of(localised.article)
        self._hidden = {id(text) for text in localised.hidden}

    # -- the record ----------------------------------------------------------------------------------------------------

    def _text(self, text: Text) -> Words | None:
        if self._hidden and id(text) in self._hidden:
            return None
        found = self.localised.found[id(text)]
        words, origin, _, cut = found
        if cut is not None and self._names is None:
            if not cut.html:
                return Words.of(words, words, origin, self.frame.trace)
            return Words.of(cut.html, "", origin, self.frame.trace, words)
        rendered, words = markup.shown(words, text.role.level, origin.language, self._names)
        return Words.of(rendered, words, origin, self.frame.trace)

    def _view(self, value: Any) -> Any:
        view: Any
        # By the type itself: pydantic has a way of its own to answer isinstance, and thousands of values are asked.
        kind = type(value)
        if kind is ParagraphBlock:  # most of all there is
            view = _new_view(View)
            parts = value.__dict__
            view.__dict__ = {"id": parts["id"], "paragraph": self._text(parts["paragraph"]), "kind": "paragraph"}
            return view
        if kind is Text:
            return self._text(value)
        if kind is tuple:
            views = [self._view(part) for part in value]
            return [view for view in views if view is not None and not (type(view) is View and view.is_hidden)]
        if not issubclass(kind, BaseModel):
            return value
        view = _new_view(View)
        parts = view.__dict__
        # The fields alone, in their order; what is the record's own is not among them.
        for name, part in value.__dict__.items():
            of = type(part)
            parts[name] = self._text(part) if of is Text else part if of in _PLAIN else self._view(part)
        self._complete(value, kind, view)
        return view

    def _complete(self, value: Any, kind: type, view: Any) -> None:
        """What a template needs and the record does not hold."""
        if kind is PictureBlock:
            view.kind = "picture"
            view.picture.image = self.frame.image(self.pictures[value.picture.file])
        elif kind is VideoBlock:
            view.kind = "video"
            view.video.src = self.frame.link(self.media[value.video.file])
            view.video.image = self.frame.image(self.pictures[value.video.poster]) if value.video.poster else None
            view.video.tracks = self._tracks(value.video)
        elif kind is AudioBlock:
            view.kind = "audio"
            view.audio.src = self.frame.link(self.media[value.audio.file])
        elif kind is Related:
            view.is_hidden = view.text is None
            view.url = value.urls.get(self.language, value.url)
            language = self.language if self.language in value.urls else value.hreflang
            if self.language not in value.urls and (there := self._related.get(value.url)):
                # An article of this site: in the reader's language where it is there, and said where it is not.
                view.url, language = self.frame.link(there.path), there.language
            view.hreflang = language
            view.language_name = self.frame.language_name(language) if language else None
        elif issubclass(kind, Block):
            view.kind = next(name for name in value.__dict__ if name != "id")

    def _tracks(self, video: Video) -> list[View]:
        return [
            View(
                src=self.frame.link(self.media[file]),
                language=language,
                label=self.frame.cldr(native_name_of(language), language),
                default=same_language(language, self.language),
            )
            for language, file in video.captions.items()
        ]

    # -- the page ------------------------------------------------------------------------------------------------------

    def context(self) -> dict[str, Any]:
        """The variables of the templates."""
        article = self.localised.article
        view = self._view(article)
        place = article.birthplace_of_date()
        view.published, view.updated = self.frame.day(article.published, place), self.frame.day(article.updated, place)
        for number, block in enumerate(view.body, 1):
            block.number = number
        view.byline = self._byline(article, view.authors, place) if article.authors else None
        section = self.frame.surroundings.section
        view.section_url = self.frame.link(section.path) if section and view.section else None
        view.topics = [View(name=view.section, url=view.section_url, is_section=True)] if view.section else []
        lists = self.frame.surroundings.tags or ("",) * len(view.tags)
        for tag, path in zip(view.tags, lists, strict=True):
            view.topics.append(View(name=tag, url=self.frame.link(path) if path else None, is_section=False))
        return {"article": view} | self._page(article, view)

    def _byline(self, article: Article, authors: list[Any], place: Birthplace) -> Words:
        """The authors as a list in words, each with the role and the link that the record gives."""
        people = {}
        for number, (author, view) in enumerate(zip(article.authors, authors, strict=True)):
            name = escape(author.name)
            linked = f'<a href="{escape(author.url)}" rel="author">{name}</a>' if author.url else name
            # A token of the private plane stands for each while CLDR puts commas and "and" between them.
            people[chr(0xE000 + number)] = f"{linked} ({view.role})" if view.role else str(linked)
        listed = str(escape(format_names(list(people), self.language)))
        rendered = "".join(people.get(character, character) for character in listed)
        words = format_names([author.name for author in article.authors], self.language)
        return Words.of(rendered, words, Origin(place, self.language, "page"), self.frame.trace)

    def _page(self, article: Article, view: Any) -> dict[str, Any]:
        frame, around = self.frame, self.frame.surroundings
        pictures = [block.picture for block in view.body if block.kind == "picture"]
        files = [block.picture.file for block in article.body if isinstance(block, PictureBlock)]
        cards = [(picture, file) for picture, file in zip(pictures, files, strict=True) if not file.lower().endswith(".svg")]
        card = next((pair for pair in cards if pair[0].alt), next(iter(cards), None))
        default = next((other for other in self.alternates if other.language == frame.site.default_language), None)
        default = default or next((o for o in self.alternates if o.language == article.language), self.alternates[0])
        trail = self._trail()
        return frame.context(
            self.alternates,
            {around.section.path: "true"} if around.section else {},
            default_url=frame.url(default.path),
            source_language=frame.cldr(name_of(article.language, self.language)) if self.localised.is_mixed else None,
            first_picture=pictures[0] if pictures else None,
            first_picture_url=frame.url(self.pictures[files[0]].largest) if files else None,
            card=frame.card(card[0].alt, self.pictures[card[1]]) if card else None,
            trail=trail,
            structured_data=json_for_html(self._structured_data(article, view, pictures)),
            trail_data=json_for_html(frame.trail_data(trail, view.headline.words)) if trail else None,
        )

    def _trail(self) -> list[View]:
        """The way to the page: the first page of its language, its section."""
        around = self.frame.surroundings
        if not around.section:
            return []
        return [
            self.frame.crumb(self.frame.own_words("", _HOME, {}), around.home),
            self.frame.crumb(self.frame.words_of(around.section.name), around.section.path),
        ]

    def _structured_data(self, article: Article, view: Any, pictures: list[Any]) -> dict[str, Any]:
        """The page as a schema.org NewsArticle."""

        def words(text: Words | None) -> str | None:
            return text.words if text is not None else None

        files = [block.picture for block in article.body if isinstance(block, PictureBlock)]
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": self.frame.url(self.frame.path),
            "mainEntityOfPage": self.frame.url(self.frame.path),
            "headline": words(view.headline),
            "description": words(view.teaser),
            "inLanguage": self.language,
            "datePublished": article.published.isoformat(),
            "dateModified": (article.updated or article.published).isoformat(),
            "author": [_filled({"@type": "Person", "name": author.name, "url": author.url}) for author in article.authors],
            "publisher": self.frame.publisher(),
            "articleSection": words(view.section),
            "keywords": [tag.words for tag in view.tags],
            "contentLocation": words(view.location),
            "license": article.licence.url if article.licence else None,
            "image": [
                _filled(
                    {
                        "@type": "ImageObject",
                        "url": self.frame.url(self.pictures[picture.file].largest),
                        "width": self.pictures[picture.file].largest_size[0],
                        "height": self.pictures[picture.file].largest_size[1],
                        "description": words(shown.alt),
                        "caption": words(shown.caption),
                        "creditText": words(shown.credit),
                        "accessibilityFeature": ["alternativeText"] if picture.alt else None,
                    }
                )
                for picture, shown in zip(files, pictures, strict=True)
            ],
        }
        others = [other for other in self.alternates if other.language != self.language]
        source = next((other for other in others if other.language == article.language), None)
        if same_language(self.language, article.language) and source is None:
            data["workTranslation"] = [
                {"@type": "NewsArticle", "@id": self.frame.url(o.path), "inLanguage": o.language} for o in others
            ]
        elif source is not None:
            data["translationOfWork"] = {
                "@type": "NewsArticle",
                "@id": self.frame.url(source.path),
                "inLanguage": source.language,
            }
        return _filled(data)


class _ListBuilder:
    """… of a page of a list."""

    def __init__(self, frame: _Frame, articles: Articles, number: int, listing: Listing) -> None:
        self.frame = frame
        self.articles = articles
        self.number = number
        self.listing = listing

    def context(self) -> dict[str, Any]:
        """The variables of the templates."""
        frame, articles, number = self.frame, self.articles, self.number
        counterparts = self.listing.counterparts(articles)
        # A reader is led to the first page of a list where the other language has fewer; search engines are told of none.
        alternates = [Place(one.language, one.path_of(number if number <= one.count else 1)) for one in counterparts]
        entries = [self._entry(entry) for entry in articles.on_page(number)]
        topic = frame.words_of(articles.name) if articles.name else None
        # A title and a description cannot say that one of their words is in another language.
        is_said = topic is not None and topic.state in (State.SOURCE, State.TRANSLATED)
        name = frame.own_words("", _TOPIC, {"topic": topic}) if articles.kind == "tag" and is_said else topic
        pictures = [entry.picture for entry in articles.on_page(number) if entry.picture and _is_photograph(entry.picture)]
        first = next((picture for picture in pictures if same_language(picture.alt.origin.language, frame.language)), None)
        trail = [frame.crumb(frame.own_words("", _HOME, {}), frame.surroundings.home)] if name else []
        context = frame.context(
            alternates,
            {articles.path: "page" if number == 1 else "true"},
            url=frame.url(articles.path_of(number)),
            is_home=articles.kind == "home" and number == 1,
            default_url=self._default(counterparts),
            first_picture=None,
            card=frame.card(frame.words_of(first.alt), first.prepared) if first else None,
            trail=trail,
            structured_data=json_for_html(self._structured_data(entries, name)),
            trail_data=json_for_html(frame.trail_data([*trail, frame.crumb(name, articles.path)])) if name else None,
        )
        for other, one in zip(context["page"].alternates, counterparts, strict=True):
            other.exact = number <= one.count
        listed = View(
            kind=articles.kind,
            name=name,
            topic=topic if is_said else None,
            entries=entries,
            number=frame.cldr(str(number)),
            count=frame.cldr(str(articles.count)),
            is_first=number == 1,
            previous=frame.link(articles.path_of(number - 1)) if number > 1 else None,
            next=frame.link(articles.path_of(number + 1)) if number < articles.count else None,
            pages=[self._page(one) for one in _window(number, articles.count)] if articles.count > 1 else [],
            atom=frame.link(articles.atom) if articles.has_feed else None,
            atom_url=frame.url(articles.atom) if articles.has_feed else None,
            rss_url=frame.url(articles.rss) if articles.has_feed else None,
        )
        return context | {"list": listed}

    def _default(self, counterparts: Sequence[Articles]) -> str | None:
        """The page for readers of other languages: for all articles, the one that asks; else the default language's."""
        if self.number == 1 and self.articles.kind == "home" and len(counterparts) > 1:
            return self.frame.url("index.html")
        there = [one for one in counterparts if self.number <= one.count]
        default = next((one for one in there if one.language == self.frame.site.default_language), self.articles)
        return self.frame.url(default.path_of(self.number))

    def _entry(self, entry: Entry) -> View:
        frame = self.frame

        def words(phrase: Phrase | None) -> Words | None:
            return frame.words_of(phrase) if phrase else None

        picture = entry.picture
        name = frame.language_name(entry.language)
        return View(
            language=entry.language,
            href=frame.link(entry.path),
            url=frame.url(entry.path),
            hreflang=entry.language if name else None,
            language_name=name,
            kicker=words(entry.kicker),
            headline=words(entry.headline),
            teaser=words(entry.teaser),
            section=words(entry.section.name) if entry.section else None,
            published=frame.day(entry.published, entry.dates),
            updated=frame.day(entry.updated, entry.dates),
            picture=View(alt=words(picture.alt), image=frame.image(picture.prepared)) if picture else None,
        )

    def _page(self, number: int | None) -> View | None:
        """A page in the pagination; None stands for pages that are left out."""
        if number is None:
            return None
        href = self.frame.link(self.articles.path_of(number))
        return View(number=self.frame.cldr(str(number)), href=href, current=number == self.number)

    def _structured_data(self, entries: Sequence[Any], name: Words | None) -> dict[str, Any]:
        frame, home = self.frame, self.frame.url(self.frame.surroundings.home)
        site = _filled(
            {
                "@type": "WebSite",
                "@id": f"{home}#site",
                "url": home,
                "name": frame.site_name().words,
                "inLanguage": frame.language,
                "publisher": frame.publisher(),
            }
        )
        first = (self.number - 1) * self.articles.per_page + 1
        page = _filled(
            {
                "@type": "CollectionPage",
                "@id": frame.url(self.articles.path_of(self.number)),
                "url": frame.url(self.articles.path_of(self.number)),
                "name": name.words if name else frame.own_words("", _LATEST, {}).words,
                "inLanguage": frame.language,
                "isPartOf": {"@id": f"{home}#site"},
                "mainEntity": {
                    "@type": "ItemList",
                    "itemListElement": [
                        {"@type": "ListItem", "position": n, "url": entry.url, "name": entry.headline.words}
                        for n, entry in enumerate(entries, first)
                    ],
                },
            }
        )
        return {"@context": "https://schema.org", "@graph": [site, page]}


class _DoorsBuilder:
    """… of the pages that belong to no language: the one at the root and the one for what is not there."""

    def __init__(self, frame: _Frame, doors: Sequence[Door]) -> None:
        self.frame = frame
        self.doors = doors

    def context(self) -> dict[str, Any]:
        """The variables of the templates."""
        frame = self.frame
        languages = [
            View(
                language=door.language,
                direction=direction_of(door.language),
                name=frame.cldr(native_name_of(door.language), door.language),
                language_name=frame.cldr(name_of(door.language, door.language), door.language),
                site_name=frame.site_name(door.site),
                href=frame.link(door.path),
                url=frame.url(door.path),
                current=door.language == frame.language,
                **frame.callables(door.ui),
            )
            for door in self.doors
        ]
        return frame.context([], {}, default_url=frame.url("index.html")) | {"languages": languages}


def _is_photograph(picture: Illustration) -> bool:
    """Whether social media can show it: drawings (SVG) they do not."""
    return not picture.prepared.largest.lower().endswith(".svg")


def _window(number: int, count: int) -> list[int | None]:
    """The pages that a pagination names: the first, the last, those around; None where pages are left out between."""
    shown = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    window: list[int | None] = []
    for page in shown:
        previous = window[-1] if window else None
        if previous is not None and page == previous + 2:
            window.append(page - 1)
        elif previous is not None and page > previous + 2:
            window.append(None)
        window.append(page)
    return window


def json_for_html(data: Any) -> Markup:
    """JSON for a script element, in which only these characters could end it or begin a comment."""
    text = orjson.dumps(data).decode()
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
