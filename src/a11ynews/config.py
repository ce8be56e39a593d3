"""The configuration of a site: `a11ynews.toml`."""

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, ValidationInfo, model_validator

from .article import ROLES
from .errors import ConfigError, Fault, LanguageError, SourceError, shorten
from .exclusion import Exclusion, selector_fault
from .files import name_fault, read_up_to
from .finding import Birthplace, Owner
from .headers import FILES, headers_of, sources_fault
from .headers import Headers as HeaderValues
from .language import chain_of, tag_of
from .markup import url_fault
from .model import (
    Flag,
    Language,
    Model,
    Reading,
    Url,
    Word,
    at_key,
    fold,
    nearest,
    one_of,
    plain,
    reading_of,
    scalar,
    validate,
    whole_number,
)
from .resources import FILE as FILE
from .resources import find as find
from .source import MOST_BYTES, Mapping, Scalar, Sequence, Source, read

Policy = Literal["show", "refuse", "hide"]
"""What a page does with a text that is not translated: show the source's words, refuse the page, leave the text out."""

_HIDEABLE = ("kicker", "caption", "credit", "description", "author role", "location", "section", "tag", "related link", "licence")


def _by_language(fault_of: Callable[[str], str | None]) -> Any:
    """The annotation of one value for all languages, or a table with one each; `fault_of` says what is wrong with a value."""

    def read_one(value: Any, info: ValidationInfo, what: str) -> str:
        written = fold(scalar(value, info, what) or "")
        if written and (fault := fault_of(written)):
            reading_of(info).fault(value, fault)
        return written

    def read(value: Any, info: ValidationInfo) -> dict[str, str]:
        name = str(info.field_name)
        if isinstance(value, Scalar):
            return {"": read_one(value, info, name)}
        if not isinstance(value, Mapping) or not value:
            found = "empty" if isinstance(value, Mapping) else "a list"
            reading_of(info).fault(value, f"{name} is {found}; write a text, or a table with one for each language")
            return {}
        read: dict[str, str] = {}
        for key, text in value.items():
            try:
                read[tag_of(key)] = read_one(text, info, f"{name} for {shorten(key)}")
            except LanguageError as error:
                reading_of(info).fault(at_key(value, key), str(error))
        return read

    text = {"type": "string", "minLength": 1}
    return plain(read, {"anyOf": [text, {"type": "object", "additionalProperties": text}]})


def _read_address(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, "the address") or "{language}/{slug}.html"
    told = shorten(written)
    fields = re.findall(r"\{([^{}]*)\}", written)
    known = ("language", "slug", "year", "month", "day", "record")
    fault = None
    if unknown := [name for name in fields if name not in known]:
        fault = f"“{{{shorten(unknown[0])}}}” is not known; the fields are {', '.join(f'{{{name}}}' for name in known)}"
    elif re.search("[{}]", re.sub(r"\{[^{}]*\}", "", written)):
        fault = f"{told!r} has a brace too many or too few; write each field as {{slug}}"
    elif "language" not in fields or not {"slug", "record"} & set(fields):
        fault = "every page needs an address of its own; write {language} and {slug} in it"
    elif not re.fullmatch(r"(?:[\w{}.-]+/)*(?:[\w{}.-]+\.html)?", written) or {".", ".."} & set(written.split("/")):
        fault = f"{told!r} is no address within the site; write one such as {{language}}/{{slug}}.html or {{language}}/{{slug}}/"
    elif wrong := next(filter(None, (name_fault(re.sub("[{}]", "", part)) for part in written.split("/") if part)), None):
        fault = f"{wrong}; write another address"
    if fault:
        reading_of(info).fault(value, fault)
    return written


def read_percentage(written: str) -> float | None:
    """A percentage from 0 to 100, as `90` or `99.5`; None where it is none."""
    return float(written) if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3})?", written) and float(written) <= 100 else None


def _read_budget(value: Any, info: ValidationInfo) -> dict[str, float]:
    """A percentage for all languages, under "", or a table with one for each."""
    reading = reading_of(info)
    if not isinstance(value, Scalar | Mapping):
        reading.fault(value, "budget is a list; write a percentage such as 100, or a table with one for each language")
        return {}
    read: dict[str, float] = {}
    by_language = value.items() if isinstance(value, Mapping) else [("", value)]
    for key, written in by_language:
        percentage = read_percentage(written.strip()) if isinstance(written, Scalar) else None
        if percentage is None:
            told = repr(shorten(written)) if isinstance(written, Scalar) else "no single value"
            reading.fault(written, f"the budget{f' for {shorten(key)}' if key else ''} is {told}; write a number from 0 to 100")
            continue
        try:
            read[tag_of(key) if isinstance(value, Mapping) else ""] = percentage
        except LanguageError as error:
            reading.fault(at_key(value, key) if isinstance(value, Mapping) else value, str(error))
    return read


_PERCENTAGE = {"type": "number", "minimum": 0, "maximum": 100}
Budget = Annotated[
    dict[str, float],
    plain(_read_budget, {"anyOf": [_PERCENTAGE, {"type": "object", "additionalProperties": _PERCENTAGE}]}),
]
ByLanguage = Annotated[dict[str, str], _by_language(lambda _: None)]
UrlByLanguage = Annotated[dict[str, str], _by_language(url_fault)]


def _read_folder(value: Any, info: ValidationInfo) -> str:
    """A folder below the configuration's: whoever writes a configuration has no say in other folders of a machine."""
    name = str(info.field_name)
    written = fold(scalar(value, info, name) or "")
    if not written:
        return name
    parts = [part for part in written.removesuffix("/").split("/") if part != "."]
    told = None
    if written.startswith(("/", "~")) or "\\" in written or ":" in written or ".." in parts:
        told = f"{shorten(written)!r} leaves the folder of {reading_of(info).file}"
        told += "; write a path below it, with /" + (", or give the folder with --out" if name == "site" else "")
    elif fault := next(filter(None, map(name_fault, parts)), None):
        told = f"{fault}; give the folder another name"
    if told:
        reading_of(info).fault(value, told)
    return "/".join(parts) or "."


Folder = Annotated[str, plain(_read_folder, {"type": "string", "minLength": 1})]


class Folders(Model):
    """Where things are, beside the configuration."""

    news: Folder = "news"
    locales: Folder = "locales"
    templates: Folder = "templates"
    site: Folder = "site"
    static: Folder = "static"


class Publisher(Model):
    """Who answers for the site; stands in the structured data."""

    name: Word
    url: Url | None = None


class Accessibility(Model):
    """The links that stand in every footer (EU 2016/2102, art. 7): the statement, and where to report a barrier."""

    statement: UrlByLanguage = Field(default_factory=dict)
    contact: UrlByLanguage = Field(default_factory=dict)


class Translation(Model):
    """
    How much of the site must be translated, for `a11ynews catalog status`.

        [translation]
        budget = 100                    one for all languages, or
        budget = { de = 100, it = 90 }  one for each; a language without a budget is held to none
    """

    budget: Budget = Field(default_factory=dict)
    """How many per cent of the source's words must be translated, by language; under "" the one for all languages."""


def _read_selector(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, str(info.field_name), "write a CSS selector")
    if written and (fault := selector_fault(written)):
        reading_of(info).fault(value, f"{shorten(written)!r} is no CSS selector that can be used here ({fault}); mend it")
    return written or ""


def _read_exclusions(value: Any, info: ValidationInfo) -> tuple[Exclusion, ...]:
    """A list of tables, each with a selector and a reason, and perhaps the pages that it is for."""
    reading = reading_of(info)
    if not isinstance(value, Sequence):
        reading.fault(value, "exclude must be a list of tables; write each as { selector = “…”, reason = “…” }")
        return ()
    read = []
    for entry in value:
        if not isinstance(entry, Mapping):
            reading.fault(entry, "an entry of exclude must be a table; write { selector = “…”, reason = “…” }")
            continue
        for key in entry.keys() - {"selector", "reason", "pages"}:
            told = nearest(key, ("selector", "reason", "pages"))
            reading.fault(at_key(entry, key), f"the key “{shorten(key)}” is not known; {told}")
        for key in ("selector", "reason"):
            if key not in entry:
                reading.fault(entry, f"{key} is missing; add “{reading.line_of(key)}”")
        words = {key: scalar(entry[key], info, key) or "" for key in ("selector", "reason", "pages") if key in entry}
        if (selector := words.get("selector")) and (fault := selector_fault(selector)):
            reading.fault(entry["selector"], f"{shorten(selector)!r} is no CSS selector that can be used here ({fault}); mend it")
        where = f"{reading.file}:{entry.line}:{entry.column}"
        read.append(Exclusion(selector or "", fold(words.get("reason", "")), words.get("pages", ""), where))
    return tuple(read)


_CELL = re.compile(r"(\d{3,4}) px, (light|dark)(, forced colours)?")


def read_cell(written: str) -> tuple[int, str, bool] | None:
    """A way of looking at a page, as `320 px, dark`: width, colour scheme, whether colours are forced; None where it is none."""
    cell = _CELL.fullmatch(written)
    return (int(cell[1]), cell[2], bool(cell[3])) if cell and 240 <= int(cell[1]) <= 5000 else None


def _read_cell(value: Any, info: ValidationInfo) -> tuple[int, str, bool]:
    written = fold(scalar(value, info, "a cell") or "")
    cell = read_cell(written)
    if written and not cell:
        reading_of(info).fault(value, f"{shorten(written)!r} is no way of looking at a page; write one such as “320 px, light”")
    return cell or (0, "", False)


def _read_origin(value: Any, info: ValidationInfo) -> str:
    written = scalar(value, info, "an origin") or ""
    if written and not is_origin(written):
        reading_of(info).fault(value, f"{shorten(written)!r} is no origin; write one such as https://cdn.example.org")
    return written.rstrip("/").lower()


def is_origin(written: str) -> bool:
    """Whether something is the origin of a site: scheme, host and perhaps a port."""
    return bool(re.fullmatch(r"https?://[^\s/?#@\\]+/?", written, re.IGNORECASE))


Level = Literal["off", "review", "warning", "error"]
"""What findings of a rule are worth here; `off` has it not run."""

_EXCLUSION_SCHEMA = {
    "type": "object",
    "required": ["selector", "reason"],
    "additionalProperties": False,
    "properties": {key: {"type": "string", "minLength": 1} for key in ("selector", "reason", "pages")},
}


class Check(Model):
    """How `a11ynews check` looks at pages."""

    axe: Word | None = None
    """The file of another axe-core."""
    best_practices: Flag = False
    """Whether to run axe's best practices too."""
    exclude: Annotated[tuple[Exclusion, ...], plain(_read_exclusions, {"type": "array", "items": _EXCLUSION_SCHEMA})] = ()
    """Parts of pages in which nothing is found."""
    wait_for: Annotated[str, plain(_read_selector, {"type": "string", "minLength": 1})] | None = None
    """A CSS selector that every page must have in the browser before it is looked at."""
    origins: tuple[Annotated[str, plain(_read_origin, {"type": "string", "format": "uri"})], ...] = ()
    """Other origins that belong to the site."""
    patience: Annotated[int, whole_number(1, 3600)] = 60
    """How many seconds a page may take."""
    cells: tuple[Annotated[tuple[int, str, bool], plain(_read_cell, {"type": "string", "pattern": _CELL.pattern})], ...] = ()
    """Width, colour scheme and whether colours are forced, for each look at a page."""
    baseline: Word | None = None
    """The file of what is known already."""
    rules: dict[str, Annotated[Level, one_of("off", "review", "warning", "error")]] = Field(default_factory=dict)
    """By rule, what its findings are worth."""


class Headers(Model):
    """What the web server says with every page, for the file that `a11ynews render` writes and for `a11ynews headers`."""

    file: Annotated[str, one_of(*FILES, "none")] = "_headers"
    """The file beside the pages that the host reads, or `none`."""
    hsts: Annotated[int, whole_number(0, 63_072_000)] = 0
    """For how many seconds browsers are to come by https: alone; 0 leaves that to the host."""
    policy: dict[str, Word] = Field(default_factory=dict)
    """Directives of the Content-Security-Policy that replace ours, or are added."""


class Lists(Model):
    """The pages around the articles: which there are, and what stands in them."""

    make: Flag = True
    """Whether there are lists, feeds, sitemaps and all that is no article."""
    per_page: Annotated[int, whole_number(1, 200)] = 20
    """How many articles stand on one page."""
    navigation: tuple[Word, ...] | None = None
    """The sections that every page links to, as records call them; all of them where nothing is said."""
    untranslated: Annotated[Literal["show", "hide"], one_of("show", "hide")] = "show"
    """Whether an article that is not there in a language stands in its lists all the same."""
    tags: Annotated[int, whole_number(0, 1000)] = 2
    """From how many articles on a tag has a list of its own; 0 for no such lists."""
    tag_feeds: Flag = False
    """Whether the lists of tags have feeds."""


class Config(Model):
    """What `a11ynews.toml` says."""

    name: ByLanguage
    base_url: Url
    languages: Annotated[tuple[Language, ...], Field(min_length=1)]
    default_language: Language | None = None
    address: Annotated[str, plain(_read_address, {"type": "string"})] = "{language}/{slug}.html"
    folders: Folders = Folders.model_construct()
    publisher: Publisher | None = None
    accessibility: Accessibility = Accessibility.model_construct()
    lists: Lists = Lists.model_construct()
    fallback: dict[str, Annotated[Policy, one_of("show", "refuse", "hide")]] = Field(default_factory=dict)
    """By role, what to do with a text that is not translated; `show` where nothing is said. An alt always refuses."""
    translation: Translation = Translation.model_construct()
    headers: Headers = Headers.model_construct()
    check: Check = Check.model_construct()

    _file: Path = PrivateAttr(Path(FILE))
    _places: dict[str, tuple[int, int]] = PrivateAttr(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _check_whole(cls, data: Any, info: ValidationInfo) -> Any:
        if not isinstance(data, Mapping):
            return data
        reading = reading_of(info)
        base = data.get("base_url")
        if isinstance(base, Scalar) and not url_fault(base.strip()) and not _BASE.fullmatch(base.strip()):
            reading.fault(base, f"{shorten(base)!r} is no base of a site; write one such as https://news.example.org/")
        _check_languages(data, reading)
        _check_budgets(data, reading)
        _check_policy(data, reading)
        _check_folders(data, reading)
        fallback = data.get("fallback")
        if isinstance(fallback, Mapping):
            for role, policy in fallback.items():
                place = at_key(fallback, role)
                if role == "alt" and policy in ("show", "hide"):
                    reading.fault(place, "an alt is never left untranslated or out; take this line out")
                elif role == "slug":
                    reading.fault(place, "a slug that is not translated is the source's, always; take this line out")
                elif role not in ROLES:
                    told = nearest(role, [name for name in ROLES if name != "slug"]).replace("the keys here are", "the roles are")
                    reading.fault(place, f"“{shorten(role)}” is no role of a text; {told}")
                elif policy == "hide" and role not in _HIDEABLE:
                    reading.fault(place, f"a page cannot do without its {role}; write “show” or “refuse”")
        return data

    @property
    def root(self) -> Path:
        """The folder of the configuration; all others stand below it."""
        return self._file.parent

    @property
    def file(self) -> str:
        """The configuration's file, for messages."""
        return self._file.name

    @property
    def site_url(self) -> str:
        """The base address, with a slash at its end."""
        return self.base_url.rstrip("/") + "/"

    def folder(self, name: Literal["news", "locales", "templates", "site", "static"]) -> Path:
        """One of the folders."""
        return self.root / str(getattr(self.folders, name))

    def birthplace(self, key: str) -> Birthplace:
        """Where a key of the configuration stands."""
        line, column = self._places.get(key, (1, 1))
        return Birthplace(self.file, line, column, Owner.WEB_TEAM, f"configuration {key}")

    @property
    def header_values(self) -> HeaderValues:
        """The headers that its pages are to be sent with."""
        return headers_of(self.base_url, hsts=self.headers.hsts, policy=self.headers.policy)

    def policy(self, role: str) -> Policy:
        """What to do with an untranslated text of a role."""
        return "refuse" if role == "alt" else self.fallback.get(role, "show")


_BASE = re.compile(r"https?://[^/?#]+(?:/[^?#]*)?")


def _check_languages(data: Mapping, reading: Reading) -> None:
    """No language twice, and the default one among them."""
    listed, default = data.get("languages"), data.get("default_language")
    seen: dict[str, Scalar] = {}
    for language in listed if isinstance(listed, Sequence) else ():
        tag = _tag_or_none(language)
        if tag in seen:
            first = seen[tag]
            reading.fault(language, f"{tag} stands here a second time (first at {first.line}:{first.column}); keep one of them")
        elif tag:
            seen[tag] = language
    tag = _tag_or_none(default)
    if seen and tag and tag not in seen:
        reading.fault(default, f"the default language {tag} is not among languages; add it there")


def _check_budgets(data: Mapping, reading: Reading) -> None:
    """A budget is one of the site's languages: any other would be kept without anybody's doing."""
    listed, translation = data.get("languages"), data.get("translation")
    budgets = translation.get("budget") if isinstance(translation, Mapping) else None
    languages = [tag for language in listed if (tag := _tag_or_none(language))] if isinstance(listed, Sequence) else []
    if not isinstance(budgets, Mapping) or not languages:
        return
    for key, place in budgets.keys_at.items():
        tag = _tag_or_none(Scalar.at(key, *place))
        if tag and tag not in languages:
            reading.fault(at_key(budgets, key), f"{tag} is not among languages; add it there, or take this budget out")


def _check_folders(data: Mapping, reading: Reading) -> None:
    """The site's folder holds none of the others: what is written there is deployed, and what is there may be replaced."""
    said = data.get("folders")
    if not isinstance(said, Mapping):
        return
    folders = {name: said.get(name, name) for name in Folders.model_fields}
    paths = {name: PurePosixPath(path.strip()) for name, path in folders.items() if isinstance(path, str) and path.strip()}
    site = paths.pop("site", None)
    if inner := next((name for name, path in paths.items() if site is not None and path.is_relative_to(site)), None):
        message = f"the folder of {inner} ({paths[inner]}) lies in that of the site ({site}); give each one of its own"
        reading.fault(at_key(said, "site" if "site" in said else inner), message)


def _check_policy(data: Mapping, reading: Reading) -> None:
    """The directives of the Content-Security-Policy are some that browsers know."""
    headers = data.get("headers")
    policy = headers.get("policy") if isinstance(headers, Mapping) else None
    if not isinstance(policy, Mapping):
        return
    for directive, sources in policy.items():
        if isinstance(sources, Scalar) and (fault := sources_fault(directive, sources.strip())):
            reading.fault(at_key(policy, directive), fault)


def _tag_or_none(value: Any) -> str | None:
    try:
        return tag_of(value.strip()) if isinstance(value, Scalar) else None
    except LanguageError:
        return None


def for_language(values: dict[str, str], language: str) -> tuple[str, str] | None:
    """The value for a language and the language it was written for ("" where one serves all); None where there is none."""
    for tag in (*chain_of(language), ""):
        if value := values.get(tag):
            return value, tag
    return next(((value, tag) for tag, value in values.items() if value), None)


def load(file: Path) -> Config:
    """Read a configuration. Raises ConfigError with every fault in it."""
    source = _read(file)
    config = validate(Config, source, Reading(file.name, list(source.faults)), ConfigError)
    config._file = file.resolve()
    config._places = dict(source.root.keys_at)
    return config


class _CheckAlone(Model):
    check: Check = Check.model_construct()


def load_check(file: Path) -> Check:
    """
    Read what a configuration says of checks; a site that is not made by us has one with nothing else in it.

    Raises ConfigError with every fault in it.
    """
    source = _read(file)
    if source.root.keys() - {"check"}:
        return load(file).check
    return validate(_CheckAlone, source, Reading(file.name, list(source.faults)), ConfigError).check


def _read(file: Path) -> Source:
    try:
        content = read_up_to(file, MOST_BYTES)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise ConfigError([Fault(str(file), 1, 1, f"{reason}; name another file with --config")]) from None
    try:
        return read(content, file.name)
    except SourceError as error:
        raise ConfigError(error.faults) from None
