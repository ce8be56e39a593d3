"""A folder, served to the browser on this machine alone."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO
from urllib.parse import unquote, urlsplit

_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".avif": "image/avif",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".otf": "font/otf",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
    ".xml": "application/xml",
}


@contextmanager
def serving(
    folder: Path,
    home: str = "/",
    missed: Callable[[str], None] = lambda _path: None,
    asked: Callable[[str], None] = lambda _path: None,
) -> Iterator[str]:
    """
    Serve a folder on 127.0.0.1, at a port that is free, and yield its base URL, without a slash at the end.

    `home` is the path that the folder will have on its host, as `/news/`: addresses that begin with it are found as well.

    Only GET and HEAD; a folder answers with its `index.html`; nothing outside the folder is given out, nor what a symbolic link
    leads to outside it. A request meant for another host is refused, so that it can be a browser's proxy for all the world.
    `asked` is told each path that is asked for, and `missed` each that is not there.
    """
    handler = partial(_Handler, root=folder.resolve(), home=home, missed=missed, asked=asked)
    server = _Server(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="a11ynews-server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # a page asks for many files at once

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves a page cuts its connections: nothing to tell."""


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body are two packets: with Nagle's algorithm the second would wait for the first's acknowledgement.
    disable_nagle_algorithm = True
    timeout = 60

    def __init__(self, *args: Any, root: Path, home: str, missed: Callable[[str], None], asked: Callable[[str], None]) -> None:
        self.root = root
        self.home = home
        self.missed = missed
        self.asked = asked
        super().__init__(*args, directory=str(root))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def send_head(self) -> BytesIO | BinaryIO | None:
        if not self.path.startswith("/"):
            self.send_error(HTTPStatus.FORBIDDEN, "Nothing outside the folder is served")
            return None
        self.asked(self.path)
        if file_of(self.path, self.root, self.home) is None:
            self.missed(self.path)
        return super().send_head()

    def translate_path(self, path: str) -> str:
        """The file of a request; for everything that is not in the folder, a name that no file has."""
        return str(file_of(path, self.root, self.home) or self.root / "no such file")

    def guess_type(self, path: Any) -> str:
        suffix = Path(path).suffix.lower()
        if suffix in (".html", ".htm"):
            # A page that is not UTF-8 says itself what it is, and no header may contradict it.
            try:
                Path(path).read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                return "text/html"
            return "text/html; charset=utf-8"
        return _TYPES.get(suffix, "application/octet-stream")


def file_of(asked: str, root: Path, home: str) -> Path | None:
    """The file or folder in `root` that a request means, as `serving` gives it out; None where there is none."""
    path = unquote(urlsplit(asked).path)
    if "\0" in path:
        return None
    with suppress(OSError):  # a name can be too long for any file
        if path.startswith(home) and not Path(os.path.normpath(root / path.lstrip("/"))).exists():
            path = path[len(home) - 1 :]
        file = Path(os.path.normpath(root / path.lstrip("/"))).resolve()
        if path.endswith("/"):
            # A folder is meant. Its index may be a link that leads out; and a file has no slash at its end.
            file = (file / "index.html").resolve()
        if file.is_relative_to(root) and (file.is_file() if path.endswith("/") else file.exists()):
            return file
    return None
