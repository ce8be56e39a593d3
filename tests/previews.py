"""A preview of a project, served to a test."""

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from a11ynews.amend import Amendment, revision_of
from a11ynews.catalog import path_of
from a11ynews.po import PoFile
from a11ynews.preview import Key, Preview
from a11ynews.serve import PreviewServer, open_server
from project import Project

GERMAN_PAGE = "/de/bridge.html"
PATIENCE = 30
"""For how many seconds a test waits for what must come; it takes a fraction of one."""


def preview_of(project: Project, lang: str = "") -> Preview:
    """The preview of a project, without a server."""
    return Preview(project.root / "a11ynews.toml", lang, "token")


def amendment(project: Project, context: str, id: str, *strings: str, fuzzy: bool = False, domain: str = "bridge") -> Amendment:
    """What a translator into German wants an entry to say, who sees it as it stands."""
    po = PoFile.read(path_of(project.root / "locales", "de", domain), "x.po")
    entry = next(entry for entry in po.live if entry.key == (context, id))
    return Amendment("de", domain, context, id, strings, fuzzy, revision_of(entry))


def text_of(preview: Preview, role: str, language: str = "de", *, number: int = 0) -> dict[str, Any]:
    """What the overlay is told of the first (second …) text of a role on a page."""
    texts: list[dict[str, Any]] = preview.data(Key("bridge", language))["texts"]
    return [text for text in texts if text["role"] == role][number]


@dataclass(frozen=True, slots=True)
class Got:
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Its body as words."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """Its body as data."""
        return json.loads(self.body)


@dataclass(slots=True)
class Served:
    """A preview that is served, and requests to it."""

    server: PreviewServer
    project: Project
    host: str = field(init=False)

    def __post_init__(self) -> None:
        self.host = urlsplit(self.server.url).netloc

    @property
    def url(self) -> str:
        """Its address without the slash at the end."""
        return self.server.url.rstrip("/")

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, /, **headers: str | None) -> Got:
        """Send a request as it is: nothing is tidied up, as a browser would do. A header that is None is left out."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            sent = {"Host": self.host, **{name.replace("_", "-"): value for name, value in headers.items()}}
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if body is not None and "Content-Length" not in sent:
                sent["Content-Length"] = str(len(body))
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return Got(answer.status, dict(answer.headers.items()), answer.read())
        finally:
            connection.close()

    def post(self, action: str, asked: Amendment | object, **headers: str | None) -> Got:
        """Send what a page of the preview sends; headers can be others, or left out with None."""
        body = asked
        if isinstance(asked, Amendment):
            names = ("language", "domain", "context", "id", "fuzzy", "revision")
            body = {"view": GERMAN_PAGE, "strings": list(asked.strings), **{name: getattr(asked, name) for name in names}}
        usual: dict[str, str | None] = {
            "Origin": self.url,
            "Content_Type": "application/json",
            "X_A11yNews_Token": self.server.token,
        }
        return self.ask(f"/.a11ynews/{action}", "POST", json.dumps(body).encode(), **{**usual, **headers})

    @contextmanager
    def events(self, view: str = GERMAN_PAGE, version: str | None = None) -> Iterator[Iterator[tuple[str, str]]]:
        """The events that a page gets which has a version, the present one where none is named."""
        if version is None:
            shown = self.server.preview.page(Key("bridge", "de")) if view == GERMAN_PAGE else self.server.preview.overview()
            version = shown.version
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        try:
            connection.request("GET", f"/.a11ynews/events?view={view}&version={version}")
            answer = connection.getresponse()
            assert answer.headers["Content-Type"] == "text/event-stream"

            def read() -> Iterator[tuple[str, str]]:
                name = ""
                while line := answer.readline().decode().rstrip("\n"):
                    if line.startswith("event: "):
                        name = line.removeprefix("event: ")
                    elif name != "breath":
                        yield name, line.removeprefix("data: ")
                        answer.readline()
                    else:
                        answer.readline()

            yield read()
        finally:
            connection.close()


@contextmanager
def serving(project: Project, lang: str = "") -> Iterator[Served]:
    """A project's preview at a free port, as long as it is used."""
    server = open_server(project.root / "a11ynews.toml", port=0, lang=lang)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Served(server, project)
    finally:
        server.close()
        thread.join()
