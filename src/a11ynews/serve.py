"""
The live preview's server, for the people on this machine and nobody else.

It listens on 127.0.0.1. A request is answered only where it was meant for this machine by name (so that no other name can be made
to lead here: DNS rebinding) and does not come from a page of somebody else (Fetch Metadata, `Origin`); one that changes a catalog
must come from a page of ours, and show the token that only these know. Nothing is served but the preview's own pages and what the
site is made of, and nothing is written but catalogs (see `amend`).
"""

import json
import os
import re
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from .amend import Amendment, Conflict
from .errors import A11yNewsError, SourceError
from .headers import POLICY
from .message import Message, say
from .preview import PREFIX, RESOURCES, Key, Preview, Shown, as_json, link_to, told_conflict

PORT = 8119
"""The port that is taken where none is named, so that a page stays open over a restart."""

MOST_BYTES = 512 * 1024
"""The most bytes that a request may bring."""

_MOST_STREAMS = 64
"""How many pages may wait for changes at once."""

_PATIENCE = 60.0
"""For how many seconds a connection may be silent."""

_BREATH = 15.0
"""After how many seconds a page that waits for changes is told that the server is still there."""

_EVERY = 0.2
"""After how many seconds files are looked at again."""

_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".ico": "image/vnd.microsoft.icon",
    ".json": "application/json",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".opus": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".vtt": "text/vtt; charset=utf-8",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webp": "image/webp",
}
"""What is served besides pages: pictures, films, recordings, captions, style sheets, fonts, feeds. No scripts."""

_PAGE_POLICY = "; ".join(
    f"{name} {sources}"
    for name, sources in {
        **POLICY,
        "script-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "require-trusted-types-for": "'script'",
    }.items()
)
"""That of a deployed page, with the overlay's script and its requests to this server besides."""

_FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""A drawing that is opened by itself runs nothing."""


# -- watching ----------------------------------------------------------------------------------------------------------

Stamps = dict[str, tuple[int, int]]


def stamps_of(paths: Iterable[Path]) -> Stamps:
    """When each file at or below some paths was changed last, and how large it is. What cannot be looked at is not there."""
    found: Stamps = {}
    folders = [str(path) for path in paths]
    while folders:
        path = folders.pop()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue  # a file that is being written, or an editor's own
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        _stamp(entry, found)
        except NotADirectoryError:
            _stamp(path, found)
        except OSError:
            continue
    return found


def _stamp(file: str | os.DirEntry[str], found: Stamps) -> None:
    try:
        status = os.stat(file)  # noqa: PTH116  # thousands of them, several times a second
    except OSError:
        return
    found[os.fspath(file)] = (status.st_mtime_ns, status.st_size)


class Watch(threading.Thread):
    """
    Looks at the files of a preview several times a second, and tells it what has changed.

    A large project is looked at as often as a fifth of the time is enough for. `turn` counts the changes.
    """

    def __init__(self, preview: Preview, tell: Callable[[str], None]) -> None:
        super().__init__(name="a11ynews-watch", daemon=True)
        self._preview = preview
        self._tell = tell
        self._stamps = stamps_of(preview.watched)
        self._stopped = threading.Event()
        self.news = threading.Condition()
        self.turn = 0

    def run(self) -> None:
        """Look until `stop` is called."""
        pause = _EVERY
        while not self._stopped.wait(pause):
            begun = time.monotonic()
            self.look()
            pause = max(_EVERY, 4 * (time.monotonic() - begun))
            if self._preview.is_behind:
                self._preview.catch_up()
                pause = _EVERY / 10
                if not self._preview.is_behind:
                    self.wake()

    def look(self) -> None:
        """Look once, and take note of what has changed. What is being written right now is waited for."""
        changed = self._differences()
        if not changed:
            return
        for _ in range(5):
            time.sleep(_EVERY / 4)
            if not (more := self._differences()):
                break
            changed |= more
        self._preview.changed(map(Path, changed))
        self._tell(", ".join(sorted(self._preview.site.shown(Path(path)) for path in changed)[:5]))
        self.wake()

    def _differences(self) -> set[str]:
        now = stamps_of(self._preview.watched)
        before, self._stamps = self._stamps, now
        return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}

    def wake(self) -> None:
        """Have every page that waits look whether it is another one now."""
        with self.news:
            self.turn += 1
            self.news.notify_all()

    def wait(self, turn: int, seconds: float) -> int:
        """Wait for a change after a turn; gives the turn that it is."""
        with self.news:
            self.news.wait_for(lambda: self.turn != turn or self.is_stopped, seconds)
            return self.turn

    @property
    def is_stopped(self) -> bool:
        """Whether the server goes down."""
        return self._stopped.is_set()

    def stop(self) -> None:
        """Look no more, and let everybody go who waits."""
        self._stopped.set()
        self.wake()


# -- the server --------------------------------------------------------------------------------------------------------


class PreviewServer(ThreadingHTTPServer):
    """A preview on a port of this machine; `port` 0 takes a free one. Raises OSError where the port is taken."""

    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = os.name != "nt"

    def __init__(self, preview: Preview, token: str, port: int = 0, tell: Callable[[str], None] = lambda _: None) -> None:
        self.preview = preview
        self.token = token
        self.watch = Watch(preview, tell)
        self.streams = threading.BoundedSemaphore(_MOST_STREAMS)
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def run(self) -> None:
        """Serve until `close` is called or the program is interrupted."""
        self.watch.start()
        try:
            self.serve_forever(poll_interval=0.1)
        finally:
            self.watch.stop()
            self.server_close()

    def close(self) -> None:
        """Stop serving; from another thread."""
        self.watch.stop()
        self.shutdown()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves a page cuts its connections: nothing to tell. All else is a mistake of ours, and is shown."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def open_server(
    file: Path, *, port: int | None = None, lang: str = "", tell: Callable[[str], None] = lambda _: None
) -> PreviewServer:
    """
    A server for the project of a configuration, at a port or, where none is named, at the usual one or any that is free.

    Raises ConfigError, and A11yNewsError where the named port is taken.
    """
    token = secrets.token_urlsafe(24)
    preview = Preview(file, lang, token)
    for wanted in (PORT, 0) if port is None else (port,):
        try:
            return PreviewServer(preview, token, wanted, tell)
        except OSError as error:
            if port is not None:
                message = f"port {port} cannot be listened on ({error.strerror}); name another one with --port"
                raise A11yNewsError(message) from None
    raise A11yNewsError("no port of this machine can be listened on; look what holds them all")


_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(?::[0-9]{1,5})?\Z")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = _PATIENCE
    server: PreviewServer
    server_version, sys_version = "a11ynews", ""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if refusal := self._refusal(writes=False):
            self._refuse(*refusal)
            return
        parts = urlsplit(self.path)
        path, query = unquote(parts.path, errors="replace"), parse_qs(parts.query)
        if path.startswith(PREFIX):
            self._own(path.removeprefix(PREFIX), query)
        elif path == "/favicon.ico":
            self._send(HTTPStatus.NO_CONTENT, b"", "image/x-icon")  # browsers ask for it by themselves
        elif path == "/":
            self._page(self._overview(query))
        else:
            self._site(path)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        # What is not read of a request would be taken for the next one.
        self.close_connection = True
        if refusal := self._refusal(writes=True):
            self._refuse(*refusal)
            return
        action = {"check": self._check, "save": self._save}.get(urlsplit(self.path).path.removeprefix(PREFIX))
        if action is None or not self.path.startswith(PREFIX):
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing that can be changed at this address")
            return
        body = self._body()
        if body is not None:
            self._answer(action, body)

    # -- who asks ------------------------------------------------------------------------------------------------------

    def _refusal(self, *, writes: bool) -> tuple[HTTPStatus, str] | None:
        """Why a request is not answered; None where it is."""
        host = self.headers.get("Host", "")
        if not _HOST.match(host) or not self.path.startswith("/") or self.path.startswith("//"):
            return HTTPStatus.MISDIRECTED_REQUEST, "the preview answers to 127.0.0.1 and localhost only"
        origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site")
        foreign = HTTPStatus.FORBIDDEN, "the preview does not answer pages of other sites"
        if origin is not None and origin != f"http://{host}":
            return foreign
        if writes:
            if origin is None or site not in (None, "same-origin"):
                return foreign
            given = self.headers.get("X-A11yNews-Token", "")
            if not secrets.compare_digest(given.encode("utf-8", "replace"), self.server.token.encode()):
                return HTTPStatus.FORBIDDEN, "the preview was started anew since this page was loaded; load the page anew"
            if self.headers.get_content_type() != "application/json":
                return HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "a change is sent as JSON"
            return None
        # A link from another page may lead here; nothing of ours may be built into it.
        follows_link = self.headers.get("Sec-Fetch-Mode") == "navigate" and self.headers.get("Sec-Fetch-Dest") == "document"
        if site not in (None, "same-origin", "none") and not follows_link:
            return foreign
        return None

    def _refuse(self, status: HTTPStatus, reason: str) -> None:
        self.close_connection = True
        self._send(status, f"{reason}\n".encode(), "text/plain; charset=utf-8")

    # -- what is read --------------------------------------------------------------------------------------------------

    def _overview(self, query: Mapping[str, list[str]]) -> Shown:
        number = query.get("page", ["1"])[0]
        return self.server.preview.overview(
            query.get("q", [""])[0][:200], int(number) if re.fullmatch("[0-9]{1,6}", number) else 1
        )

    def _shown(self, path: str) -> Shown | None:
        """The page at an address of the site; None where no page has it."""
        preview = self.server.preview
        for name in _names_of(path):
            if key := preview.find(name):
                return preview.page(key)
        return None

    def _site(self, path: str) -> None:
        shown = self._shown(path)
        if shown is None:
            if not self._file(path) and not self._rest(path):
                self._page(self.server.preview.missing(path))
        elif shown.path and shown.path not in _names_of(path):
            # Its slug was changed: whoever has the page open comes along.
            self._send(HTTPStatus.FOUND, b"", "text/plain", {"Location": link_to(shown.path)})
        else:
            self._page(shown)

    def _page(self, shown: Shown) -> None:
        self._send(HTTPStatus(shown.status), shown.html.encode("utf-8", "replace"), "text/html; charset=utf-8")

    def _file(self, path: str) -> bool:
        """A picture, film or style sheet that a page of the site needs; False where there is none."""
        root = self.server.preview.site.out.resolve()
        kind = _TYPES.get(Path(path).suffix.lower())
        if kind is None or "\0" in path or path.partition("/")[2].partition("/")[0] not in ("assets", "media"):
            return False
        file = (root / path.lstrip("/")).resolve()
        if not file.is_relative_to(root) or not file.is_file():
            return False
        size = file.stat().st_size
        begin, end = self._range(size)
        lasting = {"Cache-Control": "private, max-age=3600", "Accept-Ranges": "bytes"}
        partly = {"Content-Range": f"bytes {begin}-{end - 1}/{size}"} if (begin, end) != (0, size) else {}
        status = HTTPStatus.PARTIAL_CONTENT if partly else HTTPStatus.OK
        self._head(status, kind, end - begin, _FILE_POLICY, lasting | partly)
        if self.command != "HEAD":
            with file.open("rb") as opened:
                opened.seek(begin)
                left = end - begin
                while left > 0 and (chunk := opened.read(min(left, 1 << 18))):
                    self.wfile.write(chunk)
                    left -= len(chunk)
        return True

    def _rest(self, path: str) -> bool:
        """A feed, a sitemap or a static file of the site's own; False where there is none."""
        kind = _TYPES.get(Path(path).suffix.lower())
        found = self.server.preview.file(path.lstrip("/")) if kind else None
        if found is None or kind is None:
            return False
        content = found if isinstance(found, bytes) else found.read_bytes()
        self._head(HTTPStatus.OK, kind, len(content), _FILE_POLICY, {})
        if self.command != "HEAD":
            self.wfile.write(content)
        return True

    def _range(self, size: int) -> tuple[int, int]:
        """The bytes that are asked for (RFC 9110, 14): one range, so that films can be wound; else all."""
        wanted = re.fullmatch(r"bytes=([0-9]{1,18})-([0-9]{0,18})", self.headers.get("Range", ""))
        begin = int(wanted[1]) if wanted else 0
        end = min(int(wanted[2]) + 1, size) if wanted and wanted[2] else size
        return (begin, end) if begin < end else (0, size)

    def _own(self, name: str, query: Mapping[str, list[str]]) -> None:
        """The preview's own addresses."""
        if name in ("overlay.js", "overlay.css", "pages.css"):
            kind = "text/javascript; charset=utf-8" if name.endswith(".js") else "text/css; charset=utf-8"
            self._send(HTTPStatus.OK, (RESOURCES / name).read_bytes(), kind)
        elif name == "events":
            self._events(query)
        elif name == "texts":
            self._answer(self._texts, {"view": query.get("view", [""])[0], "findings": "findings" in query})
        else:
            self._refuse(HTTPStatus.NOT_FOUND, "there is nothing at this address")

    def _key(self, view: str) -> Key:
        for name in _names_of(unquote(urlsplit(view).path)):
            if key := self.server.preview.find(name):
                return key
        raise A11yNewsError(say("there is no such page any more; load the page anew"))

    def _texts(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return self.server.preview.data(self._key(asked["view"]), findings=asked["findings"])

    # -- what waits ----------------------------------------------------------------------------------------------------

    def _version(self, view: str) -> str:
        """What changes when the page at an address does; of the list of all pages too."""
        parts = urlsplit(view)
        path = unquote(parts.path)
        if path == "/":
            return self._overview(parse_qs(parts.query)).version
        shown = self._shown(path) or self.server.preview.missing(path)
        return shown.version

    def _events(self, query: Mapping[str, list[str]]) -> None:
        """
        Server-sent events (HTML, 9.2): `page` when the page is another one than that of the version that the browser has, `texts`
        when what is known of its texts may be.
        """
        if not self.server.streams.acquire(blocking=False):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "too many pages wait for changes; close some")
            return
        try:
            self.close_connection = True
            self._head(HTTPStatus.OK, "text/event-stream", None, _PAGE_POLICY, {})
            if self.command != "HEAD":
                self._stream(query.get("view", ["/"])[0], query.get("version", [""])[0])
        finally:
            self.server.streams.release()

    def _stream(self, view: str, version: str) -> None:
        watch = self.server.watch
        turn = -1
        while not watch.is_stopped:
            # What has changed before anybody listened counts, too.
            now = watch.wait(turn, _BREATH)
            if watch.is_stopped:
                return
            if now == turn:
                self._event("breath", "")
                continue
            current = self._version(view)
            if current != version:
                self._event("page", current)
            elif turn >= 0:
                self._event("texts", current)
            turn, version = now, current

    def _event(self, name: str, data: str) -> None:
        self.wfile.write(f"event: {name}\ndata: {data}\n\n".encode())
        self.wfile.flush()

    # -- what is written -----------------------------------------------------------------------------------------------

    def _body(self) -> Mapping[str, Any] | None:
        """The JSON object that a request brings; None where it cannot be taken, which is told."""
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,12}", length):
            self._refuse(HTTPStatus.LENGTH_REQUIRED, "the request does not say how long it is")
            return None
        if int(length) > MOST_BYTES:
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"a request may have at most {MOST_BYTES:,} bytes")
            return None
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            asked = None
        if not isinstance(asked, dict) or not isinstance(asked.get("view"), str):
            self._refuse(HTTPStatus.BAD_REQUEST, "the request is no JSON object of the preview's")
            return None
        return asked

    def _answer(self, action: Callable[[Mapping[str, Any]], dict[str, Any]], asked: Mapping[str, Any]) -> None:
        """Do something, and tell what came of it, or why it was not done."""
        status, answer = HTTPStatus.OK, {}
        try:
            answer = action(asked)
        except Conflict as error:
            status, answer = HTTPStatus.CONFLICT, {**self._said(asked, error), **told_conflict(error.entry)}
        except A11yNewsError as error:
            status, answer = HTTPStatus.UNPROCESSABLE_ENTITY, self._said(asked, error)
        except (KeyError, TypeError, ValueError):
            status, answer = HTTPStatus.BAD_REQUEST, {"said": "the request is none of the preview's", "language": "en"}
        self._send(status, as_json(answer), "application/json; charset=utf-8")

    def _said(self, asked: Mapping[str, Any], error: A11yNewsError) -> dict[str, str]:
        if isinstance(error, SourceError):
            return {"said": str(error), "language": "en"}
        message = error.args[0] if error.args and isinstance(error.args[0], Message) else str(error)
        try:
            key = self._key(asked["view"])
        except A11yNewsError:
            key = None
        return self.server.preview.told(message, key)

    def _check(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        return self.server.preview.weigh(self._key(asked["view"]), _amendment(asked))

    def _save(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        saved = self.server.preview.amend(self._key(asked["view"]), _amendment(asked))
        self.server.watch.wake()
        return saved

    # -- how it is sent ------------------------------------------------------------------------------------------------

    def _send(self, status: HTTPStatus, content: bytes, kind: str, headers: Mapping[str, str] | None = None) -> None:
        self._head(status, kind, len(content), _PAGE_POLICY, headers or {})
        if self.command != "HEAD":
            self.wfile.write(content)

    def _head(self, status: HTTPStatus, kind: str, length: int | None, policy: str, more: Mapping[str, str]) -> None:
        self.send_response(status)
        all_headers = {
            "Content-Type": kind,
            "Cache-Control": "no-store",
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "same-origin",
            **({"Content-Length": str(length)} if length is not None else {}),
            **({"Connection": "close"} if self.close_connection else {}),
            **more,
        }
        for name, value in all_headers.items():
            self.send_header(name, value)
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002  # the library's
        """What the library refuses (other methods, broken requests), in words and without the request's own."""
        self.close_connection = True
        self.command = getattr(self, "command", None) or "GET"
        self.request_version = getattr(self, "request_version", "HTTP/1.1")
        self._send(HTTPStatus(code), f"{message or HTTPStatus(code).phrase}\n".encode(), "text/plain; charset=utf-8")


def _names_of(path: str) -> tuple[str, ...]:
    """The names in the site that an address can mean: a folder is its index."""
    name = path.lstrip("/")
    return (f"{name}index.html",) if not name or name.endswith("/") else (name, f"{name}/index.html")


def _amendment(asked: Mapping[str, Any]) -> Amendment:
    """What a page asks to be written. Raises KeyError, TypeError or ValueError for anything that is none."""
    words = [asked[name] for name in ("language", "domain", "context", "id", "revision")]
    strings = asked["strings"]
    if not all(isinstance(word, str) for word in words) or not isinstance(strings, list) or not 0 < len(strings) <= 10:
        raise TypeError("no amendment")
    if not all(isinstance(string, str) for string in strings) or not isinstance(asked["fuzzy"], bool):
        raise TypeError("no amendment")
    language, domain, context, id, revision = words
    return Amendment(language, domain, context, id, tuple(strings), asked["fuzzy"], revision)
