"""
What to check: files, folders, patterns, addresses, lists of addresses and sitemaps become pages.

A page from the web is fetched once for the static rules; the browser loads it by itself. A redirect is followed only where it
leads to another spelling of the same address (https for http, a slash or an `index.html` at the end). What answers with another
status than 2xx, or sends readers elsewhere, is told and was not checked.
"""

import glob
import gzip
import http.client
import io
import os
import re
import sys
import urllib.error
import urllib.request
import zlib
from base64 import b64encode
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from lxml import etree

from . import __version__
from .errors import NothingToDo, shorten
from .found import FoundPages, read_pages
from .message import Message, say
from .page import Page, address_key
from .report import Unfinished
from .result_cache import ResultCache
from .settled import traces_of
from .site import read_manifest

LARGEST_PAGE = 20_000_000
"""Bytes of HTML. A page that is larger is told, and not checked: no reader's browser would be happy with it either."""

LARGEST_SITEMAP = 60_000_000
"""Bytes of a sitemap: the protocol allows 50 MB."""

_DEEPEST = 5
"""How deep sitemaps may stand in each other. The protocol knows one level."""

_AT_ONCE = 8
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_PAGES = ("text/html", "application/xhtml+xml", "image/svg+xml")
PAGE_SUFFIXES = (".html", ".htm", ".xhtml")
_GZIP = b"\x1f\x8b"
_MEDIA_TYPE = re.compile(r"\s*[^\s/;,]+/[^\s/;,]+\s*(?:;|$)")
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
    elsewhere: frozenset[Page] = frozenset()
    """Pages to be checked that are in other shards. Those from the web are not had, and hold nothing but their address."""
    addresses: list[str] = field(default_factory=list)
    """The addresses on the web that were named, each once; a page can have been looked at under another one."""
    fetched: dict[str, "Fetched"] = field(default_factory=dict)
    """What came of each of them that was asked for."""
    commented: dict[Path, dict[str, bytes]] = field(default_factory=dict)
    """The files with comments for a11ynews that the pages of a folder were made of, where they are not to be read anew."""

    @property
    def pages(self) -> list[Page]:
        """All of them."""
        return [*(page for pages in self.by_root.values() for page in pages), *self.from_web]

    @property
    def groups(self) -> "list[list[Page]]":
        """The pages of each folder, and at last those from the web; a group can be empty."""
        return [*self.by_root.values(), self.from_web]

    def to_be_looked_at(self, group: int) -> list[Page]:
        """The pages of a group that are to be checked, here and in other shards."""
        pages = [one for one in self.groups[group] if self.chosen is None or one in self.chosen or one in self.elsewhere]
        if group == len(self.by_root):
            pages += (page for page in self.elsewhere if is_address(page.name))
        return pages

    def take_fetched(self) -> None:
        """Take in what came of the addresses, in their order. A page that two spellings lead to is one."""
        pages: dict[str, Page] = {}
        for address in self.addresses:
            fetched = self.fetched.get(address)
            if fetched:
                self.unfinished += [fetched.unfinished] if fetched.unfinished else []
                self.notes += [fetched.note] if fetched.note else []
                if fetched.page:
                    pages.setdefault(fetched.page.name, fetched.page)
        self.from_web = list(pages.values())

    def manifest_size(self, root: Path) -> int:
        """How many pages the site in a folder must have, as far as that is known; else 0."""
        return len(read_manifest(traces_of(root)) or ())

    def is_whole(self, root: Path, seen: Collection[str]) -> bool:
        """Whether all pages that lie in a folder are among those that have been seen."""
        files = (path for path in root.rglob("*") if path.suffix.lower() in PAGE_SUFFIXES)
        there = {path.resolve() for path in files if path.is_file()}
        return there <= {Path(page.file).resolve() for page in self.by_root[root] if page.name in seen}

    def lacks(self, root: Path, path: str) -> bool:
        """Whether a page would be in a folder, and is not there."""
        file = Path.cwd() / path
        if any(page.path for page in self.by_root[root]):
            file = root / path
        return file.resolve().is_relative_to(root.resolve()) and not file.exists()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of an address: a page, or why there is none."""

    page: Page | None = None
    unfinished: Unfinished | None = None
    note: Message | None = None


def gather(
    named: Sequence[str],
    *,
    lists: Sequence[str] = (),
    sitemaps: Sequence[str] = (),
    shown: Callable[[Path], str] = str,
    patience: float = 30,
    tell: Callable[[str], None] = lambda _: None,
    is_wanted: Callable[[str], bool] = lambda _: True,
    cache: ResultCache | None = None,
) -> Targets:
    """
    The pages that are named: files, folders, patterns such as `site/**/*.html`, and addresses; those in lists of addresses
    (files with one a line; `-` is the standard input) and in sitemaps (files or addresses).

    What cannot be read is unfinished and stops nothing else. `patience` is how many seconds a server may take. Of the addresses
    only those that are wanted are asked for. Files that the `cache` knows are not read. Raises NothingToDo where there is no page
    at all.
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
    for sitemap in [_clean(sitemap, found) if is_address(sitemap) else sitemap for sitemap in sitemaps]:
        for address in _in_sitemap(sitemap, found, patience, set()):
            beside = _beside(sitemap, address)
            if beside:
                paths.append(beside)
            else:
                addresses.append(address)
    if paths:
        on_disk = _read(paths, shown, found, cache)
        found.by_root = {root: [page for page in pages if _is_small(page, found)] for root, pages in on_disk.by_root.items()}
        found.unfinished += on_disk.unfinished
        found.notes += on_disk.notes
    found.addresses = list(dict.fromkeys(_clean(address, found) for address in addresses))
    wanted = [address for address in found.addresses if is_wanted(address)]
    pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="a11ynews-fetch")
    try:
        found.fetched = dict(
            zip(wanted, pool.map(lambda address: _fetch_page(address, found.credentials, patience, tell), wanted), strict=True)
        )
    finally:
        pool.shutdown(wait=False, cancel_futures=True)  # who stops it does not wait for a server that says nothing
    if found.pages or found.unfinished or found.addresses:
        found.unfinished += _empty_folders(paths, shown, found)
    found.take_fetched()
    if not found.pages and not found.unfinished and len(wanted) == len(found.addresses):
        where = ", ".join([*named, *lists, *sitemaps])
        raise NothingToDo(
            say("no page was found in {where}; a page is a file that ends with .html, .htm or .xhtml, or an address", where=where)
        )
    return found


def is_address(name: str) -> bool:
    """Whether what is named is an address on the web, and not a file."""
    return name.lower().startswith(("http://", "https://"))


def _clean(address: str, found: Targets) -> str:
    """
    An address without its fragment, and without the name and password in it: these are kept apart, so that no report shows them.
    """
    try:
        parts = urlsplit(address)._replace(fragment="")
    except ValueError:
        return address  # what is wrong with it is told when it is asked for
    said, at, host = parts.netloc.rpartition("@")
    if at:
        name, _, password = said.partition(":")
        found.credentials[f"{parts.scheme}://{host}"] = unquote(name), unquote(password)
    return parts._replace(netloc=host).geturl()


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


def _read(paths: Sequence[Path], shown: Callable[[Path], str], found: Targets, cache: ResultCache | None = None) -> FoundPages:
    try:
        on_disk = read_pages(list(dict.fromkeys(paths)), shown, cache)
    except NothingToDo:
        return FoundPages()
    # Where other pages are found, these would be passed over in silence.
    folders = [path for path in paths if path.is_dir()]
    for folder in folders:
        for link in sorted(_links_below(folder)):
            reason = None
            if not link.exists():
                reason = say("it is a link to a file that is not there; mend the link, or take it away")
            elif link.is_dir() and not any(link.resolve().is_relative_to(one.resolve()) for one in folders) and _holds_page(link):
                reason = say(
                    "it is a link to a folder elsewhere, and the pages there were not checked; name that folder too, or take the "
                    "link away"
                )
            if reason:
                # By its own name, and not by that of what it leads to.
                found.unfinished.append(Unfinished(shown(link.parent / "x").removesuffix("x") + link.name, reason))
    return on_disk


def _holds_page(folder: Path) -> bool:
    return any(os.path.splitext(name)[1].lower() in PAGE_SUFFIXES for _, _, names in os.walk(folder) for name in names)  # noqa: PTH122


def _links_below(folder: Path) -> Iterator[Path]:
    """
    The links below a folder that lead to folders, or are called as a page is. A Path for each file would take as long as all else
    together.
    """
    for top, inner, names in os.walk(folder):
        yield from (Path(path) for name in inner if os.path.islink(path := os.path.join(top, name)))  # noqa: PTH114, PTH118
        for name in names:
            is_page = os.path.splitext(name)[1].lower() in PAGE_SUFFIXES  # noqa: PTH122
            if is_page and os.path.islink(path := os.path.join(top, name)):  # noqa: PTH114, PTH118
                yield Path(path)


def _empty_folders(paths: Sequence[Path], shown: Callable[[Path], str], found: Targets) -> list[Unfinished]:
    """Folders that are named and hold no page; what is told of one already is not told twice."""
    told = {one.page for one in found.unfinished}
    return [
        Unfinished(shown(path), say("there is no page in this folder; name one that holds pages, or leave it out"))
        for path in dict.fromkeys(paths)
        if path.is_dir() and path not in found.by_root and not any(page.startswith(f"{shown(path)}/") for page in told)
    ]


def _is_small(page: Page, found: Targets) -> bool:
    if page.size <= LARGEST_PAGE:
        return True
    found.unfinished.append(Unfinished(page.name, _too_large(LARGEST_PAGE)))
    return False


def _too_large(most: int) -> Message:
    return say("it is larger than {n} bytes, and was not checked; split it", n=most)


def _listed(file: str, found: Targets) -> Iterator[str]:
    """The addresses in a list, one a line; blank lines and those that begin with `#` are none."""
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or say("it is not UTF-8")
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


def _in_sitemap(name: str, found: Targets, patience: float, read: set[str], depth: int = 0) -> Iterator[str]:
    """The addresses in a sitemap, and in those that an index names; `read` holds the sitemaps that have been read."""
    if name in read:
        return
    read.add(name)
    try:
        content = (
            _fetch(name, patience, LARGEST_SITEMAP, found.credentials).content if is_address(name) else Path(name).read_bytes()
        )
        root = _sitemap_tree(content)
    except (OSError, _Refused) as error:
        reason = error.strerror or "?" if isinstance(error, OSError) else error.args[0]
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
    for parent, location in locations:
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
            yield from _in_sitemap(str(beside) if beside else urljoin(name, location), found, patience, read, depth + 1)


def _sitemap_tree(content: bytes) -> etree._Element:
    content = _unpacked(content, LARGEST_SITEMAP) if content.startswith(_GZIP) else content
    if len(content) > LARGEST_SITEMAP:
        raise _Refused(_too_large(LARGEST_SITEMAP))
    # Nothing is loaded, and no entity is filled in: a sitemap is somebody else's file.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _Refused(say("it is no XML ({reason}); mend it", reason=str(error).partition("\n")[0])) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _Refused(say("it declares a document type, which no sitemap needs; take that away"))
    return root


def _unpacked(content: bytes, most: int) -> bytes:
    """What a gzip file holds. A small one can hold more than there is room for."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            unpacked = file.read(most + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _Refused(say("it is no whole gzip file; pack it anew")) from error
    if len(unpacked) > most:
        raise _Refused(_too_large(most))
    return unpacked


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
    address: str
    """Where it came from in the end."""
    content: bytes
    status: int
    kind: str
    """The media type, as `text/html`; empty where none is told."""
    charset: str


class _Staying(urllib.request.HTTPRedirectHandler):
    """Follows no redirect by itself."""

    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def _fetch(
    address: str, patience: float, most: int, credentials: Mapping[str, tuple[str, str]] = MappingProxyType({})
) -> _Answer:
    """What an address answers. Raises _Refused, in words, for everything but a whole 2xx answer."""
    end = monotonic() + patience
    at = address
    for _ in range(_MOST_REDIRECTS):
        answer = _ask(at, end, patience, most, credentials)
        if isinstance(answer, _Answer):
            return answer
        if not _is_same_page(at, answer):
            raise _Refused(say("it sends readers on to {address}; look at that page instead", address=shorten(answer, 200)))
        at = answer
    raise _Refused(say("it sends readers on without end; mend its redirects"))


def _is_same_page(address: str, other: str) -> bool:
    """Whether two addresses are spellings of one: https for http, a slash or `index.html` at the end."""
    before, after = address_key(address), address_key(other)
    return before == after or before.replace("http://", "https://", 1) == after


def _ask(address: str, end: float, patience: float, most: int, credentials: Mapping[str, tuple[str, str]]) -> "_Answer | str":
    """What one request brings: a whole answer, or the address that it sends readers on to."""
    headers = {"User-Agent": f"a11ynews/{__version__}", "Accept": "text/html,application/xhtml+xml,*/*;q=0.5"}
    try:
        parts = urlsplit(address)
        if said := credentials.get(f"{parts.scheme}://{parts.netloc}"):
            headers["Authorization"] = f"Basic {b64encode(':'.join(said).encode()).decode()}"
        request = urllib.request.Request(_written(parts), headers=headers)
        with urllib.request.build_opener(_Staying).open(request, timeout=max(0.1, end - monotonic())) as answer:
            content = _read_whole(answer, end, most)
            told = answer.headers
            packing = told.get("Content-Encoding", "").strip().lower()
            if packing in ("gzip", "x-gzip") or content.startswith(_GZIP):
                content = _unpacked(content, most)
            elif packing not in ("", "identity"):
                # The bytes would pass for a page without a title, a language and all else.
                unasked = say(
                    "it comes packed as {packing}, which was not asked for; have its server heed Accept-Encoding", packing=packing
                )
                raise _Refused(unasked)
            # Where none can be read, Python says that it is a plain text.
            kind = told.get_content_type() if _MEDIA_TYPE.match(told.get("Content-Type", "")) else ""
            return _Answer(address, content, answer.status, kind, told.get_content_charset() or "")
    except urllib.error.HTTPError as error:
        with error:
            target = error.headers.get("Location") if error.headers else None
        if error.code in _REDIRECTS and target:
            return urljoin(address, target.encode("latin-1", "replace").decode("utf-8", "replace"))
        raise _Refused(say("it answers with HTTP status {status}; see that it is there", status=str(error.code))) from None
    except (http.client.HTTPException, OSError, ValueError) as error:
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(cause, TimeoutError):
            raise _Refused(say("it did not answer within {n} seconds; see whether it is up", n=int(patience))) from None
        reason = getattr(cause, "strerror", None) or str(cause) or type(cause).__name__
        raise _Refused(
            say("it cannot be reached ({reason}); mend the address, or see whether it is up", reason=shorten(reason))
        ) from None


def _written(parts: SplitResult) -> str:
    """An address as it goes over the wire: in ASCII."""
    host = (parts.hostname or "").encode("idna").decode() if not (parts.hostname or "").isascii() else parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return parts._replace(
        netloc=f"{host}:{parts.port}" if parts.port else host,
        path=quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._"),
        query=quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"),
    ).geturl()


def _read_whole(answer: http.client.HTTPResponse, end: float, most: int) -> bytes:
    """The body of an answer. A server that drips must not hold us, nor may a body that breaks off pass for a whole one."""
    read: list[bytes] = []
    size = 0
    while chunk := answer.read1(1 << 20):
        read.append(chunk)
        size += len(chunk)
        if size > most:
            raise _Refused(_too_large(most))
        if monotonic() > end:
            raise TimeoutError
    announced = answer.headers.get("Content-Length", "")
    if announced.isdigit() and size < int(announced):
        raise _Refused(say("it broke off after {n} bytes of {all}; see whether its server is well", n=size, all=int(announced)))
    return b"".join(read)


def _fetch_page(
    address: str, credentials: Mapping[str, tuple[str, str]], patience: float, tell: Callable[[str], None]
) -> Fetched:
    tell(address)
    try:
        answer = _fetch(address, patience, LARGEST_PAGE, credentials)
    except _Refused as refused:
        return Fetched(unfinished=Unfinished(address, refused.args[0]))
    if not answer.content.strip():
        return Fetched(unfinished=Unfinished(address, say("its answer is empty; see that it is there")))
    if not answer.kind:
        reason = say("its server sends no Content-Type that says what it is; have it send text/html")
        return Fetched(unfinished=Unfinished(address, reason))
    if answer.kind not in _PAGES:
        return Fetched(unfinished=Unfinished(address, say("it is {kind} and no HTML page; leave it out", kind=answer.kind)))
    page = Page.from_bytes(answer.address, answer.content, answer.charset)
    page.url, page.http = answer.address, answer.status
    led = say("{address} was looked at as {other}, where it leads", address=address, other=page.name)
    return Fetched(page, note=led if page.name != address else None)
