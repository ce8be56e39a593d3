"""
All of a site that is no article: lists, feeds, sitemaps, the pages that belong to no language, and the site's own static files.

`leaves_of` says what there is to be made, without making it: each leaf has a digest of what it shows, so that one that has not
changed need not be made again.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from . import feeds
from .catalog import Catalogs
from .errors import Fault, shorten
from .feeds import Address
from .listing import Articles, Entry, Listing, Surroundings
from .render import Door, RenderedPage, Renderer, SiteView


@dataclass(frozen=True, slots=True)
class Press:
    """What pages are made with."""

    renderer: Renderer
    view: Callable[[str], SiteView]
    """What the configuration says, in a language."""
    ui: Callable[[str], Catalogs]
    """The catalogs of the page's own words, in a language. May raise CatalogError."""
    stylesheet: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page or a file that is to be made."""

    path: str
    language: str
    """Of a page, its language; empty for a file."""
    digest: str
    """Differs where anything of the site's entries that it shows differs. Templates, catalogs and configuration are not in it."""
    make: Callable[[], RenderedPage | bytes]
    """May raise CatalogError and TemplateFault."""

    @property
    def is_page(self) -> bool:
        """Whether it is a page, and no file."""
        return bool(self.language)


def leaves_of(listing: Listing, press: Press, default_language: str, now: datetime) -> Iterator[Leaf]:
    """
    Everything that a listing asks for. `now` decides what is news.

    Every page is told before the files that name it.
    """
    if not listing.lists:
        return
    digests: dict[int, str] = {}

    def digest_of(entry: Entry) -> str:
        if id(entry) not in digests:
            digests[id(entry)] = _digest(entry.to_json())
        return digests[id(entry)]

    for articles in listing.lists:
        yield from _list_pages(articles, listing, press, digest_of)
    order = sorted(listing.languages, key=lambda language: language != default_language)
    root = _root(listing, order, press, digest_of)
    yield root
    yield Leaf(
        "404.html",
        order[0],
        _digest(order),
        lambda: press.renderer.render_missing(_doors(order, press), stylesheet=press.stylesheet),
    )
    if len(order) > 1:
        yield from (_missing(language, listing, press) for language in order)
    for articles in listing.lists:
        if articles.has_feed:
            yield from _feeds(articles, press, digest_of)
    yield from _for_robots(listing, press, default_language, now)


def _digest(*what: object) -> str:
    return hashlib.sha256(json.dumps(what, default=str).encode()).hexdigest()


def _list_pages(articles: Articles, listing: Listing, press: Press, digest_of: Callable[[Entry], str]) -> Iterator[Leaf]:
    counterparts = [(one.path, one.count) for one in listing.counterparts(articles)]
    name = articles.name.to_json() if articles.name else None
    around = [(one.path, one.name.to_json()) for one in listing.signposts(articles.language)]
    for number in range(1, articles.count + 1):

        def make(number: int = number) -> RenderedPage:
            language = articles.language
            return press.renderer.render_list(
                articles, number, listing, site=press.view(language), ui=press.ui(language), stylesheet=press.stylesheet
            )

        shown = [digest_of(entry) for entry in articles.on_page(number)]
        digest = _digest(number, articles.count, counterparts, name, around, shown)
        yield Leaf(articles.path_of(number), articles.language, digest, make)


def _root(listing: Listing, order: Sequence[str], press: Press, digest_of: Callable[[Entry], str]) -> Leaf:
    """The page at the root: it asks for the language, or is the first page of the only one."""
    if len(order) > 1:
        return Leaf(
            "index.html",
            order[0],
            _digest(order),
            lambda: press.renderer.render_languages(_doors(order, press), stylesheet=press.stylesheet),
        )
    home = listing.home(order[0])
    assert home is not None
    first = next(_list_pages(home, listing, press, digest_of))

    def make() -> RenderedPage:
        return press.renderer.render_list(
            home, 1, listing, site=press.view(order[0]), ui=press.ui(order[0]), stylesheet=press.stylesheet, path="index.html"
        )

    return Leaf("index.html", order[0], first.digest, make)


def _doors(order: Sequence[str], press: Press) -> list[Door]:
    return [Door(language, press.view(language), press.ui(language), f"{language}/index.html") for language in order]


def _missing(language: str, listing: Listing, press: Press) -> Leaf:
    """The page for what is not there below a language's folder, for hosts that can show it: with that language's sections."""
    path, home, sections = f"{language}/404.html", listing.home(language), listing.signposts(language)
    around = Surroundings(home.path if home else "", home.atom if home else "", sections)

    def make() -> RenderedPage:
        doors = _doors([language], press)
        return press.renderer.render_missing(doors, stylesheet=press.stylesheet, path=path, surroundings=around)

    return Leaf(path, language, around.digest, make)


def _feeds(articles: Articles, press: Press, digest_of: Callable[[Entry], str]) -> Iterator[Leaf]:
    name = articles.name.to_json() if articles.name else None
    digest = _digest(name, [digest_of(entry) for entry in feeds.newest(articles)])
    for path, write in ((articles.atom, feeds.atom), (articles.rss, feeds.rss)):

        def make(write: Callable[..., bytes] = write) -> bytes:
            site = press.view(articles.language)
            return write(articles, site, press.renderer.channel(articles, site=site, ui=press.ui(articles.language)))

        yield Leaf(path, "", digest, make)


def _for_robots(listing: Listing, press: Press, default_language: str, now: datetime) -> Iterator[Leaf]:
    """The sitemaps, and the robots.txt that names them."""
    views = {language: press.view(language) for language in listing.languages}
    site = next(iter(views.values()))
    written = [*feeds.sitemaps(list(_addresses(listing, site, default_language)), site.base_url)]
    written.append(("news-sitemap.xml", feeds.news_sitemap(listing.entries, views, now)))
    named = [path for path, _ in written if path in ("sitemap.xml", "news-sitemap.xml")]
    written.append(("robots.txt", feeds.robots(site.base_url, named)))
    for path, content in written:
        yield Leaf(path, "", hashlib.sha256(content).hexdigest(), lambda content=content: content)  # type: ignore[misc]  # mypy cannot infer the default's type


def _addresses(listing: Listing, site: SiteView, default_language: str) -> Iterator[Address]:
    """Every page of a site with its editions, as its head names them."""

    def alternates(paths: Mapping[str, str], default: str) -> tuple[tuple[str, str], ...]:
        urls = [(language, feeds.url_of(site, path)) for language, path in paths.items()]
        return (*urls, ("x-default", feeds.url_of(site, default))) if len(urls) > 1 else ()

    homes = {language: f"{language}/index.html" for language in listing.languages}
    if len(homes) > 1:
        yield Address(feeds.url_of(site, "index.html"), None, alternates(homes, "index.html"))
    for articles in listing.lists:
        counterparts = listing.counterparts(articles)
        for number in range(1, articles.count + 1):
            paths = {one.language: one.path_of(number) for one in counterparts if number <= one.count}
            is_home = articles.kind == "home" and number == 1
            default = "index.html" if is_home else paths.get(default_language, articles.path_of(number))
            changed = max(entry.changed for entry in articles.on_page(number))
            yield Address(feeds.url_of(site, articles.path_of(number)), changed, alternates(paths, default))
    for entry in listing.entries:
        paths = {one.language: one.path for one in listing.editions(entry.record)}
        default = paths.get(default_language) or paths.get(entry.source_language) or next(iter(paths.values()))
        yield Address(feeds.url_of(site, entry.path), entry.changed, alternates(paths, default))


# -- static files ------------------------------------------------------------------------------------------------------

OVERRIDABLE = re.compile(r"robots\.txt|index\.html|(?:[^/]+/)?404\.html")
"""What a site may bring itself instead of ours."""

_NEVER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What systems leave in folders and nobody means."""

_HIDDEN = frozenset({".well-known", ".htaccess", ".nojekyll", ".domains"})
"""Names with a dot before them that hosts read."""

_OURS = ("assets", "media")
"""Folders in which our own files have names of their own."""

_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE)


def static_files(folder: Path, shown: Callable[[Path], str], taken: Mapping[str, str]) -> tuple[dict[str, Path], list[Fault]]:
    """
    The files of a folder that a site brings itself, by their paths in the site, and what is wrong with others.

    `taken` are the paths that pages and files of ours have, with what they are. A file outside the folder, a name that some
    system cannot have and a path that is taken are faults: no such file is copied.
    """
    found: dict[str, Path] = {}
    faults: list[Fault] = []
    lower = {path.lower(): path for path in taken}
    top = folder.resolve()
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        # os.walk does not go there; that nothing of it arrives is to be told.
        links = [here / one for one in folders if (here / one).is_symlink()]
        faults += [_fault(link, shown, "is a link to a folder; put the folder itself there") for link in links]
        folders[:] = sorted(one for one in folders if not one.startswith(".") or one in _HIDDEN)
        for name in sorted(names):
            file = here / name
            path = file.relative_to(folder).as_posix()
            if name in _NEVER or (name.startswith(".") and name not in _HIDDEN and ".well-known" not in path.split("/")):
                continue
            if reason := _static_fault(file, path, top):
                faults.append(_fault(file, shown, reason))
            elif (other := lower.get(path.lower())) is not None and not (OVERRIDABLE.fullmatch(path) and other == path):
                what = taken.get(other, shown(found[other]) if other in found else other)
                faults.append(_fault(file, shown, f"would take the place of {what} in the site; give it another name"))
            else:
                found[path] = file
                lower[path.lower()] = path
    return found, faults


def _static_fault(file: Path, path: str, top: Path) -> str | None:
    for part in PurePosixPath(path).parts:
        if (
            "\\" in part
            or not part.isprintable()
            or set(part) & set('<>:"|?*')
            or part.endswith((" ", "."))
            or _WINDOWS.fullmatch(part)
        ):
            return f"has a name that not every system can have ({shorten(part)!r}); give it another one"
    if path.split("/")[0] in _OURS:
        return f"lies in {path.split('/')[0]}/, where a render puts files of its own; put it into another folder"
    if not file.resolve().is_relative_to(top):
        return "is a link that leaves the folder; put the file itself there"
    if not file.is_file():
        return "is no file; take it away" if file.exists() else "is a link that leads nowhere; put the file itself there"
    return None


def _fault(file: Path, shown: Callable[[Path], str], reason: str) -> Fault:
    # Of a link, the link is to be named and not what it leads to.
    return Fault(f"{shown(file.parent)}/{shorten(file.name)}", 1, 1, f"{shorten(file.name)} {reason}")
