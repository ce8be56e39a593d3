"""
What to check: files, folders, patterns, addresses, lists of addresses and sitemaps become pages.

A page from the web is fetched once for the static rules; the browser loads it by itself. Nothing is followed elsewhere: what
answers with another status than 2xx, or sends readers on, is told and was not checked.
"""

import glob
import gzip
import http.client
import io
import re
import ssl
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from lxml import etree

from . import __version__
from .errors import NothingToDo, shorten
from .message import say
from .page import Page
from .report import Unfinished
from .site import FoundPages, read_pages

LARGEST_PAGE = 20_000_000
"""Bytes of HTML. A page that is larger is told, and not checked: no reader's browser would be happy with it either."""

LARGEST_SITEMAP = 60_000_000
"""Bytes of a sitemap: the protocol allows 50 MB."""

_MOST_ADDRESSES = 1_000_000
_DEEPEST = 5
"""How deep sitemaps may stand in each other. The protocol knows one level."""

_AT_ONCE = 8
_REDIRECTS = (301, 302, 303, 307, 308)
_HTML = ("text/html", "application/xhtml+xml")
_PATTERN = re.compile(r"[*?\[]")


@dataclass(slots=True)
class Targets:
    """The pages to check."""

    by_root: dict[Path, list[Page]] = field(default_factory=dict)
    """Pages on the disk, by the folder that their addresses start from."""
    from_web: list[Page] = field(default_factory=list)
    """Pages from the web; their names are their addresses."""
    unfinished: list[Unfinished] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    chosen: frozenset[Page] | None = None
    """Those of them that are to be checked, where only some are; the others are there for rules that compare pages."""

    credentials: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and password by origin, as the addresses that were named have them."""

    @property
    def pages(self) -> list[Page]:
        """All of them."""
        return [*(page for pages in self.by_root.values() for page in pages), *self.from_web]


def gather(
    named: Sequence[str],
    *,
    lists: Sequence[str] = (),
    sitemaps: Sequence[str] = (),
    shown: Callable[[Path], str] = str,
    patience: float = 30,
    tell: Callable[[str], None] = lambda _: None,
) -> Targets:
    """
    The pages that are named: files, folders, patterns such as `site/**/*.html`, and addresses; those in lists of addresses
    (files with one a line; `-` is the standard input) and in sitemaps (files or addresses).

    What cannot be read is unfinished and stops nothing else. `patience` is how many seconds a server may take. Raises NothingToDo
    where there is no page at all.
    """
    found = Targets()
    addresses: list[str] = []
    paths: list[Path] = []
    for name in named:
        if is_address(name):
            addresses.append(name)
        else:
            paths += _matching(name, found)
    for list_file in lists:
        addresses += _listed(list_file, found)
    for sitemap in sitemaps:
        for address in _in_sitemap(sitemap, found, patience):
            beside = _beside(sitemap, address)
            if beside:
                paths.append(beside)
            else:
                addresses.append(address)
    if paths:
        on_disk = _read(paths, shown, found)
        found.by_root = on_disk.by_root
        found.unfinished += on_disk.unfinished
        found.notes += on_disk.notes
    addresses = list(dict.fromkeys(urldefrag(address)[0] for address in addresses))
    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="a11ynews-fetch") as pool:
        for fetched in pool.map(lambda address: _fetch_page(address, patience, tell), addresses):
            if isinstance(fetched, Page):
                found.from_web.append(fetched)
            else:
                found.unfinished.append(fetched)
    if not found.pages and not found.unfinished:
        where = ", ".join([*named, *lists, *sitemaps])
        raise NothingToDo(
            say("no page was found in {where}; a page is a file that ends with .html, .htm or .xhtml, or an address", where=where)
        )
    return found


def is_address(name: str) -> bool:
    """Whether what is named is an address on the web, and not a file."""
    return name.lower().startswith(("http://", "https://"))


# -- the disk ----------------------------------------------------------------------------------------------------------


def _matching(name: str, found: Targets) -> list[Path]:
    """The path that is named, or those that a pattern matches."""
    path = Path(name)
    if not _PATTERN.search(name) or path.exists():
        return [path]
    matching = [Path(match) for match in sorted(glob.glob(name, recursive=True))]  # noqa: PTH207 – Path.glob takes none that is absolute
    if not matching:
        found.unfinished.append(Unfinished(name, say("no file matches this pattern; mend it")))
    return matching


def _read(paths: Sequence[Path], shown: Callable[[Path], str], found: Targets) -> FoundPages:
    try:
        return read_pages(list(dict.fromkeys(paths)), shown)
    except NothingToDo as error:
        # A folder without pages beside addresses that have some must not be passed over.
        if not found.unfinished:
            found.unfinished.append(Unfinished("", str(error)))
        return FoundPages()


def _listed(file: str, found: Targets) -> Iterator[str]:
    """The addresses in a list, one a line; blank lines and those that begin with `#` are none."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        found.unfinished.append(Unfinished(file, say("the list of addresses cannot be read ({reason}); mend it", reason=reason)))
        return
    count = 0
    for number, line in enumerate(text.splitlines(), 1):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        count += 1
        if is_address(written):
            yield written
        else:
            told = shorten(written)
            reason = say("{written!r} is no address; write one that begins with http:// or https://", written=told)
            found.unfinished.append(Unfinished(f"{file}:{number}", reason))
    if not count:
        found.unfinished.append(Unfinished(file, say("the list names no address; write one a line")))


# -- sitemaps ----------------------------------------------------------------------------------------------------------


def _in_sitemap(name: str, found: Targets, patience: float, depth: int = 0) -> Iterator[str]:
    """The addresses in a sitemap, and in those that an index names."""
    try:
        content = _fetch(name, patience, LARGEST_SITEMAP).content if is_address(name) else Path(name).read_bytes()
        root = _sitemap_tree(content)
    except (OSError, _Refused) as error:
        reason = error.strerror or "?" if isinstance(error, OSError) else str(error)
        found.unfinished.append(Unfinished(name, say("the sitemap cannot be read: {reason}", reason=reason)))
        return
    kind = etree.QName(root).localname
    locations = [
        (etree.QName(item.getparent()).localname, (item.text or "").strip())
        for item in root.iter("{*}loc")
        if item.getparent() is not None
    ]
    if kind not in ("urlset", "sitemapindex") or not locations:
        reason = say("it is no sitemap that names an address; look at <urlset> and <loc> in it")
        found.unfinished.append(Unfinished(name, reason))
        return
    for parent, location in locations[:_MOST_ADDRESSES]:
        if parent == "url" and kind == "urlset":
            address = urljoin(name, location) if is_address(name) else location
            if is_address(address):
                yield address
            else:
                told = shorten(location)
                found.unfinished.append(Unfinished(name, say("{written!r} is no address; write it in full", written=told)))
        elif parent == "sitemap" and kind == "sitemapindex":
            beside = _beside(name, location)
            if depth >= _DEEPEST:
                reason = say("sitemaps stand more than {n} deep in each other; name the inner ones", n=_DEEPEST)
                found.unfinished.append(Unfinished(name, reason))
                return
            yield from _in_sitemap(str(beside) if beside else urljoin(name, location), found, patience, depth + 1)


def _sitemap_tree(content: bytes) -> etree._Element:
    if content.startswith(b"\x1f\x8b"):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
                content = file.read(LARGEST_SITEMAP + 1)
        except (OSError, EOFError) as error:
            raise _Refused(say("it is no whole gzip file; pack it anew")) from error
    if len(content) > LARGEST_SITEMAP:
        raise _Refused(say("it is larger than {n} bytes; split it", n=LARGEST_SITEMAP))
    # Nothing is loaded, and no entity is filled in: a sitemap is somebody else's file.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _Refused(say("it is no XML ({reason}); mend it", reason=str(error).partition("\n")[0])) from None


def _beside(sitemap: str, address: str) -> Path | None:
    """
    The file of an address, where its sitemap is a file: a site that is not published yet has its pages beside its sitemap.

    None where the sitemap is an address, or no such file is there.
    """
    if is_address(sitemap):
        return None
    folder = Path(sitemap).resolve().parent
    parts = [part for part in unquote(urlsplit(address).path).split("/") if part]
    if ".." in parts:
        return None
    # A site may stand in a folder of its host: its first parts are not on the disk.
    for skipped in range(len(parts) + 1):
        path = folder.joinpath(*parts[skipped:])
        for file in (path, path / "index.html", path.with_name(f"{path.name}.html") if path.name else path):
            if file.is_file() and file != Path(sitemap).resolve():
                here = Path.cwd().resolve()
                return file.relative_to(here) if file.is_relative_to(here) else file
    return None


# -- the web -----------------------------------------------------------------------------------------------------------


class _Refused(Exception):
    """Something that cannot be had; its words say why."""


@dataclass(frozen=True, slots=True)
class _Answer:
    content: bytes
    status: int
    kind: str
    """The media type, as `text/html`."""
    charset: str


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: whoever wants to look at the other page names it."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def _fetch(address: str, patience: float, most: int) -> _Answer:
    """What an address answers. Raises _Refused, in words, for everything but a whole 2xx answer."""
    parts = urlsplit(address)
    written = parts._replace(
        path=quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"), query=quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    )
    try:
        request = urllib.request.Request(
            written.geturl(),
            headers={"User-Agent": f"a11ynews/{__version__}", "Accept": "text/html,application/xhtml+xml,*/*;q=0.5"},
        )
        opener = urllib.request.build_opener(_Staying)
        with opener.open(request, timeout=patience) as answer:
            content = answer.read(most + 1)
            if len(content) > most:
                raise _Refused(say("it is larger than {n} bytes, which nobody could check; split it", n=most))
            headers = answer.headers
            return _Answer(content, answer.status, headers.get_content_type(), headers.get_content_charset() or "")
    except urllib.error.HTTPError as error:
        with error:
            target = error.headers.get("Location") if error.headers else None
        if error.code in _REDIRECTS and target:
            to = urljoin(address, target)
            raise _Refused(say("it sends readers on to {address}; look at that page instead", address=shorten(to, 200))) from None
        raise _Refused(say("it answers with HTTP status {status}; see that it is there", status=str(error.code))) from None
    except (TimeoutError, urllib.error.URLError, http.client.HTTPException, ssl.SSLError, OSError, ValueError) as error:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(cause, TimeoutError):
            raise _Refused(say("it did not answer within {n} seconds; see whether it is up", n=int(patience))) from None
        reason = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
        raise _Refused(
            say("it cannot be reached ({reason}); mend the address, or see whether it is up", reason=shorten(reason))
        ) from None


def _fetch_page(address: str, patience: float, tell: Callable[[str], None]) -> Page | Unfinished:
    tell(address)
    try:
        answer = _fetch(address, patience, LARGEST_PAGE)
    except _Refused as refused:
        return Unfinished(address, refused.args[0])
    if answer.kind not in _HTML:
        return Unfinished(address, say("it is {kind} and no HTML page; leave it out", kind=answer.kind))
    page = Page.from_bytes(address, answer.content, answer.charset)
    page.url, page.http = address, answer.status
    return page
