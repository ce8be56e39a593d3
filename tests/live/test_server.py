"""The folder that the browser is served."""

import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from a11ynews.live.server import serving


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with a site in it, and a secret beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    site = tmp_path / "site"
    (site / "en").mkdir(parents=True)
    (site / "en" / "index.html").write_text("<p>Grüße", encoding="utf-8")
    (site / "old.html").write_bytes("<meta charset=windows-1252><p>Grüße".encode("cp1252"))
    return site


@pytest.fixture
def connection(site: Path) -> Iterator[HTTPConnection]:
    """A connection to the server of that folder; it sends paths as they are given."""
    with serving(site) as base:
        connection = HTTPConnection(urlsplit(base).netloc, timeout=10)
        yield connection
        connection.close()


def get(connection: HTTPConnection, path: str, method: str = "GET") -> tuple[HTTPResponse, bytes]:
    connection.request(method, path)
    response = connection.getresponse()
    return response, response.read()


def test_a_page_is_served_as_utf_8(connection: HTTPConnection) -> None:
    """The header says what the bytes are, and a folder answers with its index."""
    response, body = get(connection, "/en/")

    assert response.status == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert body.decode() == "<p>Grüße"


def test_a_page_in_another_encoding_says_so_itself(connection: HTTPConnection) -> None:
    """No header contradicts the page's own word."""
    response, _ = get(connection, "/old.html")

    assert response.headers["Content-Type"] == "text/html"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.avif", "image/avif"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.MP4", "video/mp4"),
        ("a.svg", "image/svg+xml"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.webp", "image/webp"),
        ("a.woff2", "font/woff2"),
        ("a.strange", "application/octet-stream"),
    ],
)
def test_every_kind_of_file_has_its_content_type(site: Path, connection: HTTPConnection, name: str, kind: str) -> None:
    """The same on every machine, whatever that machine knows of types."""
    (site / name).write_bytes(b"x")

    response, _ = get(connection, f"/{name}?version=2")

    assert response.status == 200
    assert response.headers["Content-Type"] == kind


@pytest.mark.parametrize(
    "path",
    ["/nothing.html", "/../secret.txt", "/en/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "//../secret.txt"],
)
def test_nothing_outside_the_folder_is_given_out(connection: HTTPConnection, path: str) -> None:
    """However a path is written, it leads nowhere but into the folder."""
    response, body = get(connection, path)

    assert response.status == 404
    assert b"secret" not in body


def test_a_link_that_leads_out_is_not_followed(site: Path, connection: HTTPConnection) -> None:
    """Neither a file nor a folder's index may be a way out; a link within the folder is followed."""
    (site / "out.txt").symlink_to(site.parent / "secret.txt")
    (site / "folder").mkdir()
    (site / "folder" / "index.html").symlink_to(site.parent / "secret.txt")
    (site / "in.html").symlink_to(site / "en" / "index.html")

    assert get(connection, "/out.txt")[0].status == 404
    assert get(connection, "/folder/")[0].status == 404
    assert get(connection, "/in.html")[0].status == 200


def test_a_folder_is_not_listed(site: Path, connection: HTTPConnection) -> None:
    """Without an index there is nothing."""
    (site / "empty").mkdir()

    assert get(connection, "/empty/")[0].status == 404


@pytest.mark.parametrize(("method", "target"), [("GET", "http://example.org/"), ("CONNECT", "example.org:443"), ("POST", "/en/")])
def test_what_is_not_a_request_for_a_file_here_is_refused(connection: HTTPConnection, method: str, target: str) -> None:
    """As a proxy for all the world it lets nothing through."""
    response, _ = get(connection, target, method)

    assert response.status in (403, 501)


def test_a_connection_is_kept(connection: HTTPConnection) -> None:
    """A page's files come over few connections."""
    get(connection, "/en/")
    first = connection.sock
    get(connection, "/old.html")

    assert first is not None
    assert connection.sock is first


def test_it_listens_on_this_machine_alone_and_ends(site: Path) -> None:
    """The port is free again when the block is left."""
    with serving(site) as base:
        address = urlsplit(base)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", address.port or 0), timeout=5).close()

    assert address.hostname == "127.0.0.1"


def test_a_folder_that_will_not_be_at_the_root_is_found_where_it_will_be(site: Path) -> None:
    """A page that begins its links at the root of the host finds its style sheet; what is there as it is asked for goes first."""
    (site / "news").mkdir()
    (site / "news" / "own.css").write_text("/* own */")
    (site / "style.css").write_text("/* ours */")
    with serving(site, "/news/") as base:
        connection = HTTPConnection(urlsplit(base).netloc, timeout=10)
        answers = [
            get(connection, path) for path in ("/news/style.css", "/style.css", "/news/own.css", "/news/en/", "/news/gone")
        ]
        outside = get(connection, "/news/../../secret.txt")
        connection.close()

    assert [response.status for response, _ in answers] == [200, 200, 200, 200, 404]
    assert [body for _, body in answers[:3]] == [b"/* ours */", b"/* ours */", b"/* own */"]
    assert outside[0].status == 404
