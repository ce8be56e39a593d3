"""
An article and its catalogs become a page.

`localise` looks every text up and says what stands in the way; `Renderer` fills the templates. Every text enters a template as
`Words`, which carry the mark of their origin (see `provenance`): template authors need not do anything for it.
"""

import html
import io
import json
import posixpath
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2.ext import Extension, babel_extract
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape
from pydantic import BaseModel

from . import markup
from .article import Article, AudioBlock, HeadingBlock, PictureBlock, Related, Text, Video, VideoBlock, names
from .catalog import Catalogs, Found
from .errors import Fault, TemplateFault
from .finding import Birthplace, Owner
from .language import direction_of, format_day, format_names, name_of, native_name_of, same_language, territory_form
from .pictures import Prepared
from .provenance import MARK, Origin, State, Trace, declare_languages, strike, tag_mark

ARTICLE_TEMPLATE = "article.html"


class Words(Markup):
    """
    A text as a template sees it: safe HTML that carries the mark of its origin.

    In an attribute or a title, where no tags can stand, write `{{ text.plain }}`; for data that is not read as text (JSON,
    addresses), `{{ text.words }}`, which is plain and unmarked.
    """

    __slots__ = ("language", "plain", "state", "words")

    language: str
    """The BCP 47 tag of the language that the words are in."""
    plain: Markup
    """Without tags, with its mark."""
    words: str
    """Without tags and mark, not escaped."""
    state: State

    @classmethod
    def of(cls, rendered: str, words: str, origin: Origin, trace: Trace) -> "Words":
        """A text of a page."""
        self = cls(trace.mark(rendered, origin))
        self.words = words
        self.plain = Markup(trace.mark(escape(words), origin))
        self.language, self.state = origin.language, origin.state
        return self

    def wrapped(self, before: str, after: str) -> "Words":
        """The same text with tags around it."""
        around = type(self)(f"{before}{self}{after}")
        around.words, around.plain, around.language, around.state = self.words, self.plain, self.language, self.state
        return around


class View:
    """A part of a record as a template sees it: the record's own names, with `Words` for its texts."""

    is_hidden = False
    """Whether it has lost the text without which it is nothing."""

    def __init__(self, **parts: Any) -> None:
        self.__dict__.update(parts)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)

    def __repr__(self) -> str:
        return f"View({', '.join(self.__dict__)})"


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

    @property
    def slug(self) -> str:
        """The page's name in its address."""
        if self.article.slug is None:
            return self.article.id
        return self.found[id(self.article.slug)].words


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
    any_translated = same_language(article.language, catalogs.language)
    language = f"{name_of(catalogs.language, 'en')} ({catalogs.language})"
    for text in texts:
        if text.stays:
            found[id(text)] = Found(text.words, Origin(text.birthplace, text.language or catalogs.language, text.role.name))
            continue
        looked_up = found[id(text)] = catalogs.look_up(text)
        state = looked_up.origin.state
        if state in (State.SOURCE, State.TRANSLATED):
            any_translated = any_translated or (state is State.TRANSLATED and text.role.name != "slug")
            continue
        if text.role.name == "slug":
            if state is State.BROKEN:
                notes.append(_fault_at(looked_up, f"{looked_up.problem}; the source's slug is used"))
            continue
        fault = _fault_at(looked_up, _untranslated(text, state, looked_up.problem, language))
        if strict or policy(text.role.name) == "refuse":
            stops.append(fault)
        elif policy(text.role.name) == "hide":
            hidden.append(text)
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
    return Localised(article, catalogs.language, found, tuple(stops), tuple(notes), tuple(hidden))


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


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page of the same article in a language."""

    language: str
    path: str
    """In the site, as `de/slug.html`."""


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


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as it is deployed, with what the checker and the preview read."""

    path: str
    language: str
    html: str
    marked: str
    trace: Trace
    untranslated: tuple[Fault, ...]
    """The page's own words that are shown in English because no catalog has them, each at the place where it would stand."""


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
        loaders: list[jinja2.BaseLoader] = [jinja2.FileSystemLoader(folder) for folder in folders]
        self._environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([*loaders, jinja2.PrefixLoader({"a11ynews": jinja2.FileSystemLoader(packaged)})]),
            autoescape=True,
            undefined=_Undefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n", _Provenance],
            cache_size=-1,
        )
        self._environment.template_number = self._number  # type: ignore[attr-defined]  # read by _Provenance
        self._environment.filters["truncate"] = _truncate
        self._environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by jinja2.ext.i18n
            _no_page, _no_page, newstyle=False, pgettext=_no_page, npgettext=_no_page
        )

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
    ) -> RenderedPage:
        """
        The page of an article in a language.

        `path` is where it will lie in the site; `alternates` are the pages that are really there, itself among them; `pictures`
        and `media` give the site's files for the record's. Raises TemplateFault with file and line when a template fails.
        """
        page = _PageBuilder(localised, site, ui, path, alternates, pictures, media, stylesheet, self._ui_places)
        try:
            template = self._environment.get_template(ARTICLE_TEMPLATE)
            marked = template.render(page.callables() | page.context())
        except jinja2.TemplateSyntaxError as error:
            message = error.message or "it cannot be read"
            message = message if ";" in message else f"{message}; mend the template"
            raise TemplateFault([self._fault(error.filename or error.name or "", error.lineno, message)]) from None
        except jinja2.TemplateNotFound as error:
            message = f"the template {error.name} is not there; mend its name here, or write it"
            raise TemplateFault([self._fault(*_template_line(error, self._numbers), message)]) from None
        except Exception as error:  # noqa: BLE001  # a template can raise anything; its author needs the line, not a traceback
            raise TemplateFault([self._fault(*_template_line(error, self._numbers), f"{error}; mend the template")]) from None
        page.trace.templates = self._templates
        marked = declare_languages(marked, page.trace, localised.language)
        return RenderedPage(path, localised.language, strike(marked), marked, page.trace, tuple(page.untranslated))

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
        source, filename, _ = self._environment.loader.get_source(self._environment, name)
        file = self._shown(Path(filename)) if filename else name
        options = {"trimmed": "true", "silent": "false"}
        try:
            found = list(babel_extract(io.BytesIO(source.encode()), _KEYWORDS, ("Translators:",), options))
        except jinja2.TemplateSyntaxError as error:
            raise TemplateFault([Fault(file, error.lineno, 1, error.message or "")]) from None
        for line, function, message, comments in found:
            parts = [message] if isinstance(message, str) else [part or "" for part in message or ("",)]
            context = parts.pop(0) if "p" in function.removesuffix("gettext") else ""
            plural = parts[1] if function.startswith("n") and len(parts) > 1 else ""
            notes = tuple(comment.removeprefix("Translators:").strip() for comment in comments)
            yield UiMessage(context, parts[0], plural, file, line, notes)


_KEYWORDS = ("_", "gettext", "ngettext", "pgettext", "npgettext")


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


class _PageBuilder:
    """Makes what the templates of one page see."""

    def __init__(
        self,
        localised: Localised,
        site: SiteView,
        ui: Catalogs,
        path: str,
        alternates: list[Alternate],
        pictures: Mapping[str, Prepared],
        media: Mapping[str, str],
        stylesheet: str,
        ui_places: Mapping[tuple[str, str], Birthplace],
    ) -> None:
        self.localised = localised
        self.language = localised.language
        self.site = site
        self.ui = ui
        self.path = path
        self.alternates = alternates
        self.pictures = pictures
        self.media = media
        self.stylesheet = stylesheet
        self.ui_places = ui_places
        self.trace = Trace()
        self.untranslated: dict[Fault, None] = {}
        self._names = markup.NameMarker(names(localised.article))
        self._hidden = {id(text) for text in localised.hidden}

    # -- the page's own words ------------------------------------------------------------------------------------------

    def callables(self) -> dict[str, Any]:
        """gettext's functions for this page. Fields are filled by name: `_("By {authors}", authors=…)`."""
        return {
            "_": self._gettext,
            "gettext": self._gettext,
            "ngettext": lambda one, many, n, **fields: self._ui("", one, fields, many, n),
            "pgettext": lambda context, id, **fields: self._ui(context, id, fields),
            "npgettext": lambda context, one, many, n, **fields: self._ui(context, one, fields, many, n),
        }

    def _gettext(self, id: str, **fields: Any) -> Markup:
        return self._ui("", id, fields)

    def _ui(self, context: str, id: str, fields: Mapping[str, Any], plural: str = "", n: int | None = None) -> Words:
        unknown = Birthplace("templates", 1, 1, Owner.WEB_TEAM, f"template {context}: {id}")
        found = self.ui.look_up_ui(context, id, self.ui_places.get((context, id), unknown), plural, n)
        given = {**fields, "n": n} if n is not None else fields
        if place := found.origin.pending:
            language = f"{name_of(self.language, 'en')} ({self.language})"
            message = f"the page's own words “{_short(id)}” are not translated into {language}; translate them"
            self.untranslated[Fault(place.file, place.line, place.column, message)] = None

        def fill(template: str, show: Callable[[Any], str]) -> str:
            # Not str.format: a translator's "{0.__class__}" must stay what it is, words.
            return re.sub(r"\{(\w+)\}", lambda m: show(given[m[1]]) if m[1] in given else m[0], template)

        rendered = fill(str(escape(found.words)), lambda value: str(escape(value)))
        words = fill(found.words, lambda value: strike(value.words if isinstance(value, Words) else str(value)))
        text = Words.of(rendered, words, found.origin, self.trace)
        text.plain = Markup(
            self.trace.mark(
                fill(str(escape(found.words)), lambda value: str(value.plain if isinstance(value, Words) else escape(value))),
                found.origin,
            )
        )
        return text

    # -- the record ----------------------------------------------------------------------------------------------------

    def _text(self, text: Text) -> Words | None:
        if id(text) in self._hidden:
            return None
        found = self.localised.found[id(text)]
        nodes = markup.parse(found.words, text.role.level)
        rendered = markup.to_html(nodes, found.origin.language, self._names if text.role.level is not markup.Level.NONE else None)
        return Words.of(rendered, markup.plain(nodes), found.origin, self.trace)

    def _view(self, value: Any) -> Any:
        if isinstance(value, Text):
            return self._text(value)
        if isinstance(value, BaseModel):
            view = View(**{name: self._view(getattr(value, name)) for name in type(value).model_fields})
            self._complete(value, view)
            return view
        if isinstance(value, tuple):
            views = [self._view(part) for part in value]
            return [view for view in views if view is not None and not (isinstance(view, View) and view.is_hidden)]
        return value

    def _complete(self, value: BaseModel, view: Any) -> None:
        """What a template needs and the record does not hold."""
        if isinstance(value, PictureBlock):
            view.kind = "picture"
            view.picture.image = self._image(value.picture.file)
        elif isinstance(value, VideoBlock):
            view.kind = "video"
            view.video.src = self._link(self.media[value.video.file])
            view.video.image = self._image(value.video.poster) if value.video.poster else None
            view.video.tracks = self._tracks(value.video)
        elif isinstance(value, AudioBlock):
            view.kind = "audio"
            view.audio.src = self._link(self.media[value.audio.file])
        elif isinstance(value, HeadingBlock):
            view.kind = "heading"
        elif isinstance(value, Related):
            view.is_hidden = view.text is None
            view.url = value.urls.get(self.language, value.url)
            language = None if self.language in value.urls else value.hreflang
            other = language is not None and not same_language(language, self.language)
            view.hreflang = language or (self.language if self.language in value.urls else None)
            view.language_name = self._cldr(name_of(language, self.language)) if other and language else None
        elif hasattr(value, "id") and "id" in type(value).model_fields:
            view.kind = next(name for name in type(value).model_fields if name != "id")

    def _tracks(self, video: Video) -> list[View]:
        return [
            View(
                src=self._link(self.media[file]),
                language=language,
                label=self._cldr(native_name_of(language), language),
                default=same_language(language, self.language),
            )
            for language, file in video.captions.items()
        ]

    def _image(self, file: str) -> View:
        prepared = self.pictures[file]

        def srcset(sizes: Iterable[Any]) -> str:
            return ", ".join(f"{self._link(size.path)} {size.width}w" for size in sizes)

        return View(
            src=self._link(prepared.path),
            srcset=srcset(prepared.own) if len(prepared.own) > 1 else "",
            webp=srcset(prepared.webp),
            width=prepared.width,
            height=prepared.height,
        )

    # -- the page ------------------------------------------------------------------------------------------------------

    def _link(self, path: str) -> str:
        """The address of another file of the site, relative to this page: it holds on any host and opened from a disk."""
        folder = posixpath.dirname(self.path)
        relative = posixpath.relpath(path, folder or ".")
        return quote(relative.removesuffix("index.html") if relative.endswith("/index.html") else relative)

    def _url(self, path: str) -> str:
        return self.site.base_url + quote(path.removesuffix("index.html") if path.endswith("/index.html") else path)

    def _cldr(self, words: str, language: str = "", place: Birthplace | None = None) -> Words:
        """Words that CLDR supplies; they were asked for by a line of the record or of the configuration."""
        origin = Origin(place or self.site.languages_place, language or self.language, "page")
        return Words.of(str(escape(words)), words, origin, self.trace)

    def _day(self, moment: Any) -> View | None:
        if moment is None:
            return None
        place = self.localised.article.birthplace_of_date()
        words = self._cldr(format_day(moment, self.language), place=place)
        time = words.wrapped(f'<time datetime="{moment.isoformat()}">', "</time>")
        return View(iso=moment.isoformat(), words=words, time=time)

    def context(self) -> dict[str, Any]:
        """The variables of the templates."""
        article = self.localised.article
        view = self._view(article)
        view.published, view.updated = self._day(article.published), self._day(article.updated)
        for number, block in enumerate(view.body, 1):
            block.number = number
        place = article.birthplace_of_date()
        view.byline = self._byline(article, view.authors, place) if article.authors else None
        pictures = [block for block in view.body if block.kind == "picture"]
        site = View(
            name=Words.of(
                str(escape(self.site.name[0])),
                self.site.name[0],
                # A site's one name for all languages is a name, and not foreign anywhere.
                Origin(self.site.name_place, self.site.name[1] or self.language, "page"),
                self.trace,
            ),
            base_url=self.site.base_url,
            statement=self.site.statement,
            contact=self.site.contact,
            publisher=self.site.publisher,
        )
        return {
            "article": view,
            "page": self._page_view(article, pictures, view),
            "site": site,
        }

    def _byline(self, article: Article, authors: list[Any], place: Birthplace) -> Words:
        """The authors as a list in words, each with the role and the link that the record gives."""
        people = {}
        for number, (author, view) in enumerate(zip(article.authors, authors, strict=True)):
            name = escape(author.name)
            linked = f'<a href="{escape(author.url)}" rel="author">{name}</a>' if author.url else name
            # A token of the private plane stands for each while CLDR puts commas and "and" between them.
            people[chr(0xE000 + number)] = linked + (f" ({view.role})" if view.role else "")
        listed = str(escape(format_names(list(people), self.language)))
        rendered = "".join(people.get(character, character) for character in listed)
        words = format_names([author.name for author in article.authors], self.language)
        return Words.of(rendered, words, Origin(place, self.language, "page"), self.trace)

    def _page_view(self, article: Article, pictures: list[Any], view: Any) -> View:
        untranslated = any(
            found.origin.state in (State.FUZZY, State.MISSING, State.BROKEN) and found.origin.role != "slug"
            for key, found in self.localised.found.items()
            if key not in self._hidden
        )
        files = [block.picture for block in article.body if isinstance(block, PictureBlock)]
        alternates = [
            View(
                language=other.language,
                name=self._cldr(native_name_of(other.language), other.language),
                href=self._link(other.path),
                url=self._url(other.path),
                current=other.language == self.language,
                direction=direction_of(other.language),
            )
            for other in self.alternates
        ]
        default = next((other for other in alternates if other.language == self.site.default_language), None)
        default = default or next((other for other in alternates if other.language == article.language), alternates[0])
        return View(
            language=self.language,
            direction=direction_of(self.language),
            locale=territory_form(self.language),
            other_locales=[territory_form(other.language) for other in alternates if not other.current],
            url=self._url(self.path),
            alternates=alternates,
            default_url=default.url,
            stylesheet=self._link(self.stylesheet),
            source_language=self._cldr(name_of(article.language, self.language)) if untranslated else None,
            first_picture=pictures[0].picture if pictures else None,
            first_picture_url=self._url(self.pictures[files[0].file].largest) if files else None,
            structured_data=self._structured_data(article, view, pictures),
        )

    def _structured_data(self, article: Article, view: Any, pictures: list[Any]) -> Markup:
        """The page as a schema.org NewsArticle."""

        def words(text: Words | None) -> str | None:
            return text.words if text is not None else None

        files = [block.picture for block in article.body if isinstance(block, PictureBlock)]
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "@id": self._url(self.path),
            "mainEntityOfPage": self._url(self.path),
            "headline": words(view.headline),
            "description": words(view.teaser),
            "inLanguage": self.language,
            "datePublished": article.published.isoformat(),
            "dateModified": (article.updated or article.published).isoformat(),
            "author": [_filled({"@type": "Person", "name": author.name, "url": author.url}) for author in article.authors],
            "publisher": _filled({"@type": "Organization", "name": self.site.publisher, "url": self.site.publisher_url})
            if self.site.publisher
            else None,
            "articleSection": words(view.section),
            "keywords": [tag.words for tag in view.tags],
            "contentLocation": words(view.location),
            "license": article.licence.url if article.licence else None,
            "image": [
                _filled(
                    {
                        "@type": "ImageObject",
                        "url": self._url(self.pictures[picture.file].largest),
                        "width": self.pictures[picture.file].largest_size[0],
                        "height": self.pictures[picture.file].largest_size[1],
                        "caption": words(block.picture.caption),
                        "creditText": words(block.picture.credit),
                        "accessibilityFeature": ["alternativeText"] if picture.alt else None,
                    }
                )
                for picture, block in zip(files, pictures, strict=True)
            ],
        }
        others = [other for other in self.alternates if other.language != self.language]
        source = next((other for other in others if other.language == article.language), None)
        if same_language(self.language, article.language) and source is None:
            data["workTranslation"] = [
                {"@type": "NewsArticle", "@id": self._url(o.path), "inLanguage": o.language} for o in others
            ]
        elif source is not None:
            data["translationOfWork"] = {"@type": "NewsArticle", "@id": self._url(source.path), "inLanguage": source.language}
        text = json.dumps(_filled(data), ensure_ascii=False, separators=(",", ":"))
        # In a script element only these could end it or begin a comment.
        return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _filled(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
