"""What is named becomes pages; what cannot be had is told, and stops nothing else."""

import gzip
import http.server
import io
import json
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from a11ynews import cli, targets
from a11ynews.errors import NothingToDo
from a11ynews.targets import Targets, gather
from servers import Answer, answering

PAGE = "<!doctype html><html lang=en><title>Flood</title><main><h1>Flood</h1></main>"
XML = "application/xml"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a folder of its own to work in."""
    monkeypatch.chdir(tmp_path)


def write(name: str, text: str | bytes = PAGE) -> str:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def names(found: Targets) -> list[str]:
    return [page.name for page in found.pages]


def told(found: Targets) -> list[str]:
    return [str(one) for one in found.unfinished]


def sitemap(*addresses: str, index: bool = False) -> str:
    outer, inner = ("sitemapindex", "sitemap") if index else ("urlset", "url")
    entries = "".join(f"<{inner}><loc>{address}</loc></{inner}>" for address in addresses)
    return f'<?xml version="1.0"?><{outer} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</{outer}>'


# -- files -------------------------------------------------------------------------------------------------------------


def test_files_folders_and_patterns_are_pages() -> None:
    """Each page once, however often it is named."""
    for name in ("a.html", "site/b.html", "site/deep/c.htm", "site/d.xhtml", "site/e.txt", "more/f.html", "more/g.html"):
        write(name)

    found = gather(["a.html", "site", "more/*.html", "more/f.html", "**/a.html"])

    assert sorted(names(found)) == ["a.html", "more/f.html", "more/g.html", "site/b.html", "site/d.xhtml", "site/deep/c.htm"]
    assert told(found) == []


def test_a_file_whose_name_looks_like_a_pattern_is_that_file() -> None:
    """It need not be quoted."""
    write("a[1].html")
    write("a1.html")

    assert names(gather(["a[1].html"])) == ["a[1].html"]


def test_what_is_not_there_is_told_beside_what_is() -> None:
    """A slip in one name is no reason not to look at the others, and none to pass."""
    write("a.html")
    Path("empty").mkdir()

    found = gather(["a.html", "gone.html", "*.htm"])

    assert names(found) == ["a.html"]
    assert told(found) == [
        "*.htm: no file matches this pattern; mend it",
        "gone.html: there is no such file or folder; mend the path, or render first",
    ]


def test_a_folder_without_pages_beside_other_pages_is_told() -> None:
    """Its pages may have been forgotten."""
    write("a.html")
    Path("empty").mkdir()

    found = gather(["a.html", "empty"])

    assert names(found) == ["a.html"]
    assert told(found) == ["empty: there is no page in this folder; name one that holds pages, or leave it out"]


@pytest.mark.parametrize("named", [[], ["empty"]])
def test_nothing_at_all_is_nothing_to_do(named: list[str]) -> None:
    """Which is no pass."""
    Path("empty").mkdir()

    with pytest.raises(NothingToDo, match="no page was found"):
        gather(named)


def test_a_page_of_the_manifest_that_is_missing_is_told() -> None:
    """What was rendered must be there."""
    write("site/a.html")
    write(
        ".a11ynews/site/manifest.json",
        json.dumps({"pages": [{"path": f"{name}.html", "record": name, "language": "en"} for name in "ab"]}),
    )

    found = gather(["site"])

    assert names(found) == ["site/a.html"]
    assert told(found) == ["site/b.html: the site's manifest names this page and it is not there; render the site again"]


def test_links_to_files_and_folders_are_followed_and_circles_end() -> None:
    """A page behind a link is looked at; a folder that holds itself is not gone round in."""
    write("elsewhere/b.html")
    write("site/a.html")
    Path("site/b.html").symlink_to("../elsewhere/b.html")
    Path("site/again").symlink_to("../site")
    Path("site/broken.html").symlink_to("nowhere.html")

    found = gather(["site"])

    assert sorted(names(found)) == ["site/a.html", "site/b.html"]
    assert told(found) == ["site/broken.html: it is a link to a file that is not there; mend the link, or take it away"]


def test_a_linked_folder_elsewhere_is_told_unless_it_is_named_too() -> None:
    """A server may show its pages; a link to what holds none, or to what is looked at anyway, is nobody's business."""
    for name in ("site/a.html", "site/inner/c.html", "elsewhere/b.html", "elsewhere/more/d.html", "bare/style.css"):
        write(name)
    for link, leads_to in (("out", "../elsewhere"), ("inner/again", "../../site"), ("same", "inner"), ("styles", "../bare")):
        Path("site", link).symlink_to(leads_to)

    found = gather(["site"])

    assert names(found) == ["site/a.html", "site/inner/c.html"]
    assert [line.partition(",")[0] for line in told(found)] == ["site/out: it is a link to a folder elsewhere"]
    assert told(gather(["site", "elsewhere"])) == []


def test_a_link_that_leads_nowhere_is_told_by_its_own_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it leads to is not there, and is not what has to be mended."""
    write("site/a.html")
    Path("site/dead.html").symlink_to("nowhere.html")

    assert told(gather(["site"], shown=cli._shown))[0].startswith("site/dead.html: ")
    monkeypatch.chdir("site")
    assert told(gather(["."], shown=cli._shown))[0].startswith("dead.html: ")


def test_a_huge_page_is_told_and_not_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the disk as on the web, with the limit."""
    monkeypatch.setattr(targets, "LARGEST_PAGE", 1000)
    write("a.html")
    write("b.html", PAGE + "x" * 1000)
    with answering({"/c.html": PAGE + "x" * 1000}) as base:
        found = gather(["a.html", "b.html", f"{base}/c.html"])

    assert names(found) == ["a.html"]
    assert told(found) == [
        "b.html: it is larger than 1,000 bytes, and was not checked; split it",
        f"{base}/c.html: it is larger than 1,000 bytes, and was not checked; split it",
    ]


# -- the web -----------------------------------------------------------------------------------------------------------


def test_an_address_is_fetched_with_its_status() -> None:
    """Its name is its address; each is asked for once, whatever its fragments."""
    with answering({"/a.html": PAGE, "/b.html": PAGE}) as base:
        found = gather([f"{base}/a.html", f"{base}/b.html#top", f"{base}/b.html#end", f"{base}/a.html"])

    assert names(found) == [f"{base}/a.html", f"{base}/b.html"]
    assert [(page.url, page.http, page.file) for page in found.pages] == [(name, 200, "") for name in names(found)]
    assert told(found) == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(PAGE, 404), "it answers with HTTP status 404; see that it is there"),
        (Answer(PAGE, 500), "it answers with HTTP status 500; see that it is there"),
        (Answer(PAGE, 401), "it answers with HTTP status 401; see that it is there"),
        (
            Answer(status=302, headers={"Location": "/other.html"}),
            "it sends readers on to {base}/other.html; look at that page instead",
        ),
        (
            Answer(status=301, headers={"Location": "https://other.example/"}),
            "it sends readers on to https://other.example/; look at that page instead",
        ),
        (Answer(status=302), "it answers with HTTP status 302; see that it is there"),
        (Answer("%PDF", kind="application/pdf"), "it is application/pdf and no HTML page; leave it out"),
        (Answer("{}", kind="application/json"), "it is application/json and no HTML page; leave it out"),
        (Answer(PAGE, kind="html"), "its server sends no Content-Type that says what it is; have it send text/html"),
        (
            Answer(PAGE, kind="text/html, text/html; charset=utf-8"),
            "its server sends no Content-Type that says what it is; have it send text/html",
        ),
        (
            Answer(PAGE, headers={"Content-Encoding": "br"}),
            "it comes packed as br, which was not asked for; have its server heed Accept-Encoding",
        ),
        (Answer(PAGE, headers={"Content-Encoding": "gzip"}), "it is no whole gzip file; pack it anew"),
        (Answer("", kind="", status=204), "its answer is empty; see that it is there"),
        (Answer(""), "its answer is empty; see that it is there"),
        (Answer(" \n"), "its answer is empty; see that it is there"),
        (
            Answer(PAGE, headers={"Content-Length": "1000"}),
            f"it broke off after {len(PAGE)} bytes of 1,000; see whether its server is well",
        ),
        (Answer(b"\x1f\x8bnonsense"), "it is no whole gzip file; pack it anew"),
        (Answer(gzip.compress(PAGE.encode())[:-9]), "it is no whole gzip file; pack it anew"),
    ],
)
def test_what_is_no_page_is_told_with_the_reason(answer: Answer, reason: str) -> None:
    """And the others are looked at."""
    with answering({"/x": answer, "/good": PAGE}) as base:
        found = gather([f"{base}/x", f"{base}/good"])

    assert names(found) == [f"{base}/good"]
    assert told(found) == [f"{base}/x: {reason.replace('{base}', base)}"]


@pytest.mark.parametrize(("address", "location"), [("/a", "/a/"), ("/a/", "/a/index.html"), ("/a/index.html", "/a/")])
def test_another_spelling_of_the_address_is_the_same_page(address: str, location: str) -> None:
    """A redirect to it is followed and told; two spellings of one page are one."""
    with answering({address: Answer(status=301, headers={"Location": location}), location: PAGE}) as base:
        found = gather([base + address, base + location])

    assert names(found) == [base + location]
    assert found.notes == [f"{base}{address} was looked at as {base}{location}, where it leads"]
    assert told(found) == []


def test_https_for_http_is_the_same_page_and_not_the_other_way_round() -> None:
    """Who is sent to the safe spelling of an address gets what was asked for."""
    assert targets._is_same_page("http://a.example/x", "https://a.example/x/")
    assert not targets._is_same_page("https://a.example/x", "http://a.example/x")
    assert not targets._is_same_page("http://a.example/x", "https://www.a.example/x")
    assert not targets._is_same_page("http://a.example/x", "http://a.example/x?session=1")


def test_redirects_without_end_are_told() -> None:
    """Round and round."""
    answers = {
        "/a": Answer(status=302, headers={"Location": "/a/"}),
        "/a/": Answer(status=302, headers={"Location": "/a"}),
    }
    with answering(answers) as base:
        found = gather([f"{base}/a"])

    assert told(found) == [f"{base}/a: it sends readers on without end; mend its redirects"]


def test_a_server_that_hangs_or_drips_is_left_in_time() -> None:
    """The time that a page may take is for the whole of it."""
    release = threading.Event()

    def hang(_: http.server.BaseHTTPRequestHandler) -> None:
        release.wait(60)

    def drip(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        while not release.wait(0.05):
            handler.wfile.write(b" ")

    with answering({"/hang": hang, "/drip": drip, "/good": PAGE}) as base:
        found = gather([f"{base}/hang", f"{base}/drip", f"{base}/good"], patience=1)
        release.set()

    assert names(found) == [f"{base}/good"]
    assert told(found) == [
        f"{base}/{name}: it did not answer within 1 seconds; see whether it is up" for name in ("hang", "drip")
    ]


def test_a_connection_that_is_refused_is_told() -> None:
    """Nobody listens there."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    found = gather([f"http://127.0.0.1:{port}/"])

    (reason,) = told(found)
    assert reason.startswith(f"http://127.0.0.1:{port}/: it cannot be reached (Connection refused")


def test_a_server_that_speaks_no_http_is_told() -> None:
    """Whatever it says."""

    def nonsense(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"\0\xff nonsense\r\n\r\n")
        handler.close_connection = True

    def silence(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    def short_chunk(handler: http.server.BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n<p>\r\n")
        handler.close_connection = True

    with answering({"/nonsense": nonsense, "/silence": silence, "/chunk": short_chunk}) as base:
        found = gather([f"{base}/nonsense", f"{base}/silence", f"{base}/chunk"])

    assert names(found) == []
    assert [reason.partition(": ")[2].partition(" (")[0] for reason in told(found)] == ["it cannot be reached"] * 3


@pytest.mark.parametrize(
    "address",
    [
        "http://",
        "http://[::1",
        "http://:80/",
        "http://a..b.example/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:x/",
        "http://\0/",
    ],
)
def test_an_address_that_is_nonsense_is_told(address: str) -> None:
    """In words, like all else."""
    (reason,) = told(gather([address]))

    assert "it cannot be reached (" in reason


def test_addresses_may_hold_letters_of_every_kind() -> None:
    """They go over the wire as browsers write them, and keep their name."""
    with answering({"/gr%C3%BC%C3%9Fe/a%20b?q=%C3%A4": PAGE, "/x%2Fy": PAGE}) as base:
        found = gather([f"{base}/grüße/a b?q=ä", f"{base}/x%2Fy"])

    assert names(found) == [f"{base}/grüße/a b?q=ä", f"{base}/x%2Fy"]
    assert told(found) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html; charset=iso-8859-1", "<title>Größe</title>".encode("latin-1")),
        ("text/html; charset=no-such-thing", "<title>Größe</title>".encode()),
        ("text/html", '<meta charset="windows-1252"><title>Größe</title>'.encode("latin-1")),
        ("text/html; charset=utf-8", "<title>Größe</title>".encode("latin-1")),
        ("text/html", "\ufeff<title>Größe</title>".encode("utf-16")),
    ],
)
def test_words_are_read_as_browsers_read_them(kind: str, body: bytes) -> None:
    """By the header, the markup or the bytes; a wrong name of an encoding stops nothing."""
    with answering({"/": Answer(body, kind=kind)}) as base:
        (page,) = gather([f"{base}/"]).pages

    assert page.text_of(page.tagged("title")[0]) == "Größe"


def test_a_packed_answer_is_unpacked() -> None:
    """Some servers pack without being asked; a small one can hold more than there is room for."""
    with answering({"/": Answer(gzip.compress(PAGE.encode()), headers={"Content-Encoding": "gzip"})}) as base:
        (page,) = gather([f"{base}/"]).pages

    assert page.html == PAGE
    with pytest.raises(targets._Refused, match="larger than 1,000 bytes"):
        targets._unpacked(gzip.compress(b" " * 5000), 1000)


def test_name_and_password_in_an_address_are_used_and_never_shown() -> None:
    """They open a page that is kept from the public, and stand in no report."""

    def guarded(handler: http.server.BaseHTTPRequestHandler) -> None:
        is_known = handler.headers.get("Authorization") == "Basic ZWRpdG9yOnNlY3JldCE="  # editor:secret!
        body = PAGE.encode() if is_known else b""
        handler.send_response(200 if is_known else 401)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    with answering({"/a": guarded}) as base:
        host = base.removeprefix("http://")
        found = gather([f"http://editor:secret%21@{host}/a", f"http://editor:secret%21@{host}/gone"])
        wrong = gather([f"http://editor:wrong@{host}/a"])

    assert names(found) == [f"{base}/a"]
    assert found.credentials == {base: ("editor", "secret!")}
    assert told(found) == [f"{base}/gone: it answers with HTTP status 404; see that it is there"]
    assert told(wrong) == [f"{base}/a: it answers with HTTP status 401; see that it is there"]


# -- lists -------------------------------------------------------------------------------------------------------------


def test_a_list_holds_an_address_a_line() -> None:
    """With a byte order mark, comments and blank lines; what is none is told with its line."""
    with answering({"/a": PAGE, "/b": PAGE}) as base:
        write("list.txt", f"\ufeff# ours\r\n{base}/a\r\n\r\n  {base}/b  \n{base}/a\nnonsense\n/c\nmailto:x@y.example\n")
        found = gather([], lists=["list.txt"])

    assert names(found) == [f"{base}/a", f"{base}/b"]
    assert told(found) == [
        f"list.txt:{line}: {written!r} is no address; write one that begins with http:// or https://"
        for line, written in ((6, "nonsense"), (7, "/c"), (8, "mailto:x@y.example"))
    ]


def test_a_list_comes_from_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name is then a dash."""
    with answering({"/a": PAGE}) as base:
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{base}/a\nnonsense\n"))
        found = gather([], lists=["-"])

    assert names(found) == [f"{base}/a"]
    assert [one.page for one in found.unfinished] == ["-:2"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "the list of addresses cannot be read (No such file or directory); mend it"),
        (b"\xff\xfe\x00", "the list of addresses cannot be read (it is not UTF-8); mend it"),
        (b"# nothing\n\n", "the list names no address; write one a line"),
        (b"", "the list names no address; write one a line"),
    ],
)
def test_a_list_that_names_nothing_is_told(content: bytes | None, reason: str) -> None:
    """It was meant to name something."""
    if content is not None:
        write("list.txt", content)

    assert told(gather([], lists=["list.txt"])) == [f"list.txt: {reason}"]


# -- sitemaps ----------------------------------------------------------------------------------------------------------


def test_a_sitemap_on_the_web_names_pages() -> None:
    """Packed or not, in an index or alone; relative addresses are the sitemap's."""
    answers: dict[str, Any] = {f"/{name}": PAGE for name in ("a", "b", "c")}
    with answering(answers) as base:
        answers["/sitemap.xml"] = Answer(sitemap(f"{base}/a", "/b", f"{base}/a"), kind=XML)
        answers["/packed.xml.gz"] = Answer(gzip.compress(sitemap(f"{base}/c").encode()), kind="application/gzip")
        answers["/index.xml"] = Answer(
            sitemap(f"{base}/sitemap.xml", "/packed.xml.gz", "/gone.xml", "/index.xml", index=True), kind=XML
        )
        alone = gather([], sitemaps=[f"{base}/sitemap.xml"])
        index = gather([], sitemaps=[f"{base}/index.xml"])

    assert names(alone) == [f"{base}/a", f"{base}/b"]
    assert names(index) == [f"{base}/a", f"{base}/b", f"{base}/c"]
    assert told(index) == [f"{base}/gone.xml: the sitemap cannot be read: it answers with HTTP status 404; see that it is there"]


def test_a_sitemap_beside_its_pages_is_read_from_the_disk() -> None:
    """A site that is not published yet; its first parts may not be on the disk, its addresses need no suffix."""
    for name in ("site/en/a.html", "site/de/index.html", "site/it/c.html", "secret.html"):
        write(name)
    base = "https://news.example.org/press"
    write("site/sitemap.xml", sitemap(f"{base}/en/a.html", f"{base}/de/", f"{base}/it/c", f"{base}/../secret.html"))

    found = gather([], sitemaps=["site/sitemap.xml"], patience=1)

    assert sorted(names(found)) == ["site/de/index.html", "site/en/a.html", "site/it/c.html"]
    assert [one.page for one in found.unfinished] == [f"{base}/../secret.html"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "the sitemap cannot be read: No such file or directory"),
        ("nonsense", "the sitemap cannot be read: it is no XML (Start tag expected"),
        ("<urlset><url>", "the sitemap cannot be read: it is no XML (Premature end"),
        ("<rss><loc>https://a.example/</loc></rss>", "it is no sitemap that names an address; look at <urlset> and <loc> in it"),
        (sitemap(), "it is no sitemap that names an address; look at <urlset> and <loc> in it"),
        (sitemap("a.html"), "'a.html' is no address; write it in full"),
        (b"\x1f\x8b", "the sitemap cannot be read: it is no whole gzip file; pack it anew"),
        (
            '<!DOCTYPE urlset [<!ENTITY a "aaaaaaaaaa">'
            + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
            + "]><urlset><url><loc>&j;</loc></url></urlset>",
            "the sitemap cannot be read: it ",
        ),
        (
            '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]><urlset><url><loc>&x;</loc></url></urlset>',
            "the sitemap cannot be read: it declares a document type, which no sitemap needs; take that away",
        ),
    ],
)
def test_a_sitemap_that_cannot_be_used_is_told(content: str | bytes | None, reason: str) -> None:
    """Bombs do not go off, and nothing is read that the sitemap's author wants to see."""
    if content is not None:
        write("sitemap.xml", content)

    (told_reason,) = told(gather([], sitemaps=["sitemap.xml"]))

    assert told_reason.startswith(f"sitemap.xml: {reason}")


def test_sitemaps_in_sitemaps_end() -> None:
    """The protocol knows one level; a few more are borne."""
    for number in range(8):
        write(f"{number}.xml", sitemap(f"https://a.example/{number + 1}.xml", index=True))

    (reason,) = told(gather([], sitemaps=["0.xml"]))

    assert reason.endswith("sitemaps stand more than 5 deep in each other; name the inner ones")


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks another machine for anything."""
    connect = socket.socket.connect

    def only_here(self: socket.socket, address: Any) -> None:
        if not isinstance(address, tuple) or address[0] == "127.0.0.1":
            connect(self, address)
            return
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", only_here)


def test_the_address_of_a_page_leaves_nothing_of_its_tree_in_memory() -> None:
    """It is asked of every page of a site that is looked at in a browser."""
    write("site/a.html")
    Path("site/a.html").write_text('<link rel=canonical href="https://news.example/a"><p>Words</p>', "utf-8")

    (page,) = gather(["site"]).pages

    assert page.address == "https://news.example/a"
    assert "tree" not in page.__dict__
