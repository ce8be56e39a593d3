"""The preview's server answers this machine alone, tells what changes, and writes nothing but catalogs."""

import errno
import json
import os
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from a11ynews import messages
from a11ynews import serve as module
from a11ynews.cli import main
from a11ynews.errors import A11yNewsError
from a11ynews.serve import MOST_BYTES, PreviewServer, open_server, stamps_of
from previews import GERMAN_PAGE, Served, amendment, serving
from project import CONFIG, GERMAN, RECORD, Project

CATALOG = "locales/de/LC_MESSAGES/bridge.po"
HEADLINE = ("headline", "The bridge is open")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A record with its German translation, in a folder that holds more than the project."""
    project = Project(tmp_path / "project", CONFIG.replace(', "it"', ""))
    project.record()
    project.translate("de", GERMAN)
    (tmp_path / "secret.css").write_text("SECRET")
    project.write("secret.css", "SECRET")
    return project


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview for all tests in which nothing may change."""
    root = tmp_path_factory.mktemp("standing")
    project = Project(root / "project", CONFIG.replace(', "it"', ""))
    project.record()
    project.translate("de", GERMAN)
    (root / "secret.css").write_text("SECRET")
    project.write("secret.css", "SECRET")
    before = files_of(project)
    with serving(project, "en") as served:
        yield served
    assert files_of(project) == before


def files_of(project: Project) -> dict[str, bytes]:
    """What is on the disk, but for what the preview makes for itself."""
    found = (path for path in project.root.rglob("*") if path.is_file() and ".a11ynews" not in path.parts)
    return {str(path): path.read_bytes() for path in found}


# -- whom it answers ---------------------------------------------------------------------------------------------------


def test_it_listens_on_this_machine_alone(project: Project) -> None:
    """Nobody in the same network sees it."""
    with serving(project) as served:
        assert served.server.server_address[0] == "127.0.0.1"
        assert served.ask(GERMAN_PAGE).status == 200


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "localhost", "127.0.0.1:9", "[::1]:{port}"])
def test_this_machine_is_answered_by_its_names(standing: Served, host: str) -> None:
    """A forwarded port has another number."""
    assert standing.ask("/", Host=host.format(port=standing.server.server_address[1])).status == 200


@pytest.mark.parametrize(
    "host",
    [
        *(None, "", "evil.example.org", "evil.example.org:{port}", "127.0.0.1.evil.example.org:{port}", "localhost.evil.example"),
        *("127.0.0.2:{port}", "0.0.0.0:{port}", "192.168.1.1", "localhost:{port}:1", "127.0.0.1:{port}\t.evil", "LOCALHOST@evil"),
    ],
)
@pytest.mark.parametrize("path", ["/", GERMAN_PAGE, "/.a11ynews/overlay.js", "/.a11ynews/texts?view=/de/bridge.html"])
def test_another_name_is_not_answered(standing: Served, host: str | None, path: str) -> None:
    """A name that somebody has made to lead here (DNS rebinding) gets nothing to read."""
    got = standing.ask(path, Host=host.format(port=standing.server.server_address[1]) if host else host)

    assert got.status in (400, 421)
    assert "Brücke" not in got.text
    assert standing.server.token not in got.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Sec_Fetch_Site": "none", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 200),
        ({"Sec_Fetch_Site": "same-origin"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document"}, 200),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "iframe"}, 403),
        ({"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "no-cors", "Sec_Fetch_Dest": "script"}, 403),
        ({"Sec_Fetch_Site": "same-site", "Sec_Fetch_Mode": "cors", "Sec_Fetch_Dest": "empty"}, 403),
        ({"Origin": "https://evil.example.org"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_pages_of_others_are_not_answered(standing: Served, headers: dict[str, str], status: int) -> None:
    """A link may lead here; what is built into another page may not come from here."""
    got = standing.ask("/.a11ynews/texts?view=/de/bridge.html", **headers)

    assert got.status == status
    assert ("Die Brücke ist offen" in got.text) == (status == 200)
    assert "Access-Control-Allow-Origin" not in got.headers


def test_what_is_sent_is_guarded(standing: Served) -> None:
    """Pages run our script alone, nobody frames them, nobody embeds anything of them, and no browser keeps them."""
    page, drawing = standing.ask(GERMAN_PAGE), standing.ask(sources_in(standing, GERMAN_PAGE)[0])

    policy = page.headers["Content-Security-Policy"]
    for said in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"):
        assert said in policy
    assert "unsafe" not in policy
    assert "sandbox" in drawing.headers["Content-Security-Policy"]
    for got in (page, drawing):
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert got.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"


# -- what it serves ----------------------------------------------------------------------------------------------------


def test_a_mistake_of_ours_is_shown(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The browser has no answer then: whoever has started the preview must see why. One that goes away is nothing to tell."""
    faults = iter([RuntimeError("a mistake"), BrokenPipeError("gone away")])

    def fail(*_: object) -> None:
        raise next(faults)

    with serving(project) as served:
        monkeypatch.setattr(served.server.preview, "overview", fail)
        for _ in range(2):
            with pytest.raises(OSError):  # noqa: PT011  # the connection is closed
                served.ask("/")

    told = capsys.readouterr().err
    assert "RuntimeError: a mistake" in told
    assert "gone away" not in told


def sources_in(served: Served, page: str) -> list[str]:
    """What a page loads, as the browser asks for it."""
    found = re.findall(r'(?:<img [^>]*?src|<link rel="stylesheet" href)="([^"]+)"', served.ask(page).text)
    return [f"/{address.removeprefix('../')}" for address in sorted(found, reverse=True)]


def test_a_page_gets_what_it_loads(standing: Served) -> None:
    """Its pictures and its style sheet, prepared as for the site."""
    picture, style = sources_in(standing, GERMAN_PAGE)
    got = {name: standing.ask(name) for name in (picture, style, "/.a11ynews/overlay.js", "/.a11ynews/overlay.css")}

    assert {name.rpartition(".")[2]: answer.headers["Content-Type"] for name, answer in got.items()} == {
        "png": "image/png",
        "css": "text/css; charset=utf-8",
        "js": "text/javascript; charset=utf-8",
    }
    assert {answer.status for answer in got.values()} == {200}
    assert got[picture].body.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.css",
        "/secret.css",
        "/assets/../../../secret.css",
        "/assets/..%2f..%2f..%2fsecret.css",
        "/assets/%2e%2e/%2e%2e/%2e%2e/secret.css",
        "/media/..\\..\\..\\secret.css",
        "/assets//etc/passwd.css",
        "/assets/%00.css",
        "/assets/link.css",
        "/news/bridge/bridge.png",
        "/locales/de/LC_MESSAGES/bridge.po",
        "/a11ynews.toml",
        "/.a11ynews/../a11ynews.toml",
        "/.a11ynews/preview/assets/x.css",
        "/.a11ynews/list.html.jinja",
        "/.a11ynews/",
        "/assets/",
        "/media",
        "/%ff%fe.css",
        "/" + "x" * 5000 + ".css",
    ],
)
def test_nothing_else_is_served(standing: Served, path: str) -> None:
    """No other file of the project, nor of the machine."""
    assets = standing.project.root / ".a11ynews/preview/assets"
    assets.mkdir(parents=True, exist_ok=True)
    if not (assets / "link.css").is_symlink():
        (assets / "link.css").symlink_to(standing.project.root.parent / "secret.css")
    got = standing.ask(path)

    assert got.status == 404
    assert "SECRET" not in got.text


def test_a_path_is_told_as_text(standing: Served) -> None:
    """Nothing in it becomes markup."""
    got = standing.ask("/%3Cscript%3Ealert(1)%3C/script%3E")

    assert got.status == 404
    assert "<script>alert" not in got.text
    assert "&lt;script&gt;alert(1)" in got.text


@pytest.mark.parametrize("target", ["http://evil.example.org/", "//evil.example.org/", "*"])
def test_it_is_no_proxy(standing: Served, target: str) -> None:
    """Only a path is asked for."""
    assert standing.ask(target).status in (400, 404, 421)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"])
def test_other_methods_are_refused(standing: Served, method: str) -> None:
    """Nothing is deleted, put or negotiated."""
    got = standing.ask(GERMAN_PAGE, method)

    assert got.status == 501
    assert "frame-ancestors" in got.headers["Content-Security-Policy"]


def test_head_is_get_without_the_body(standing: Served) -> None:
    """For pages, files and events."""
    for path in (GERMAN_PAGE, sources_in(standing, GERMAN_PAGE)[0], "/.a11ynews/events", "/nowhere"):
        got = standing.ask(path, "HEAD")
        assert got.body == b""
        assert got.status == (404 if path == "/nowhere" else 200)


def test_a_film_can_be_wound(standing: Served) -> None:
    """A part of a file is given where one is asked for; nonsense gives all of it."""
    picture = sources_in(standing, GERMAN_PAGE)[0]
    whole = standing.ask(picture).body
    part, rest = standing.ask(picture, Range="bytes=1-3"), standing.ask(picture, Range="bytes=4-")

    assert (part.status, part.body, part.headers["Content-Range"]) == (206, b"PNG", f"bytes 1-3/{len(whole)}")
    assert rest.body == whole[4:]
    for nonsense in ("bytes=9-2", "bytes=999999-", "items=1-2", "bytes=1-2,4-5", "bytes=-5"):
        assert standing.ask(picture, Range=nonsense).body == whole


def test_an_old_address_leads_to_the_new_one(project: Project) -> None:
    """Whoever translates the slug comes along."""
    project.record(RECORD.replace("published:", "slug: the-bridge\npublished:"))
    project.translate("de", GERMAN)
    with serving(project) as served:
        assert served.ask("/de/the-bridge.html").status == 200
        wanted = amendment(project, "slug", "the-bridge", "die-brücke")
        asked = {**as_asked(wanted), "view": "/de/the-bridge.html"}

        assert served.post("save", asked).status == 200
        got = served.ask("/de/the-bridge.html")

        assert (got.status, got.headers["Location"]) == (302, "/de/die-br%C3%BCcke.html")
        assert served.ask(got.headers["Location"]).status == 200


def test_a_folder_is_its_index(project: Project) -> None:
    """As on the web, with the slash and without."""
    project.write("a11ynews.toml", CONFIG.replace(', "it"', "") + 'address = "{language}/{slug}/"\n')
    with serving(project) as served:
        for path in ("/de/bridge/", "/de/bridge", "/de/bridge/index.html"):
            assert served.ask(path).status == 200


def test_a_broken_record_is_told_with_its_own_status(project: Project) -> None:
    """No green for a page that is not there."""
    project.record("language: en\n")
    with serving(project) as served:
        assert served.ask("/").status == 200
        got = served.ask(GERMAN_PAGE)
        assert (got.status, "news/bridge/record.yaml:1:1" in got.text) == (404, True)


def test_lists_feeds_and_static_files_are_served(project: Project) -> None:
    """With their types; a script of the site's own is not."""
    project.write("a11ynews.toml", CONFIG.replace(', "it"', "").replace("lists.make = false\n", ""))
    project.write("static/fonts/own.woff2", b"a font")
    project.write("static/own.js", "alert(1)")
    with serving(project) as served:
        got = {
            path: served.ask(path)
            for path in ("/de/", "/index.html", "/de/feed.xml", "/robots.txt", "/fonts/own.woff2", "/own.js")
        }

    assert [(answer.status, answer.headers["Content-Type"].partition(";")[0]) for answer in got.values()] == [
        (200, "text/html"),
        (200, "text/html"),
        (200, "application/xml"),
        (200, "text/plain"),
        (200, "font/woff2"),
        (404, "text/html"),
    ]


# -- what it writes ----------------------------------------------------------------------------------------------------


def as_asked(wanted: Any) -> dict[str, Any]:
    """What a page sends."""
    names = ("language", "domain", "context", "id", "fuzzy", "revision")
    return {"view": GERMAN_PAGE, "strings": list(wanted.strings), **{name: getattr(wanted, name) for name in names}}


def test_a_translation_is_saved(project: Project) -> None:
    """In the catalog alone, and the answer says where."""
    with serving(project) as served:
        before = files_of(project)
        got = served.post("save", amendment(project, *HEADLINE, "Die Brücke steht"))
        after = files_of(project)

    assert (got.status, got.json["place"]) == (200, f"{CATALOG}:{project.line_of(CATALOG, 'Die Brücke steht')}")
    assert [name for name in after if after[name] != before.get(name)] == [str(project.root / CATALOG)]


def test_the_rules_are_asked_without_saving(standing: Served) -> None:
    """What they find is told, and what would be refused."""
    before = files_of(standing.project)
    got = standing.post("check", amendment(standing.project, *HEADLINE, "The bridge is open"))
    refused = standing.post(
        "check", amendment(standing.project, "paragraph", "The road will follow.", "[x](https://evil.example.org/)")
    )
    after = files_of(standing.project)

    assert got.status == 200
    assert got.json["findings"][0]["rule"] == "po-same", got.json
    assert "which the source does not link to" in refused.json["faults"][0]["said"]
    assert after == before


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": None}, 403),
        ({"Origin": "https://evil.example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Sec_Fetch_Site": "none"}, 403),
        ({"X_A11yNews_Token": None}, 403),
        ({"X_A11yNews_Token": "guessed"}, 403),
        ({"X_A11yNews_Token": "ä"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content_Type": None}, 415),
        ({"Host": "evil.example.org"}, 421),
        ({"Content_Length": None}, 411),
        ({"Content_Length": "x"}, 411),
        ({"Content_Length": "-1"}, 411),
        ({"Content_Length": str(MOST_BYTES + 1)}, 413),
        ({"Content_Length": "99999999999"}, 413),
    ],
    ids=str,
)
def test_nothing_is_written_for_anybody_else(standing: Served, headers: dict[str, str | None], status: int) -> None:
    """Only a page that we have sent, and that knows the token, changes a catalog."""
    sent = {name: value.encode().decode("latin-1") if value else value for name, value in headers.items()}
    before = files_of(standing.project)
    got = standing.post("save", amendment(standing.project, *HEADLINE, "x"), **sent)

    assert got.status == status, got.text
    assert files_of(standing.project) == before
    assert standing.ask(GERMAN_PAGE).status == 200


def test_nothing_is_written_by_a_link(standing: Served) -> None:
    """Reading changes nothing, whatever is asked for."""
    before = files_of(standing.project)
    assert standing.ask("/.a11ynews/save").status == 404
    assert standing.post("other", amendment(standing.project, *HEADLINE, "x")).status == 404
    assert standing.ask("/save", "POST", b"{}", Origin=standing.url, X_A11yNews_Token=standing.server.token).status in (404, 415)
    assert files_of(standing.project) == before


@pytest.mark.parametrize(
    "change",
    [
        {"view": 1},
        {"view": None},
        {"strings": "x"},
        {"strings": []},
        {"strings": [1]},
        {"strings": ["x"] * 11},
        {"strings": None},
        {"fuzzy": "yes"},
        {"language": None},
        {"domain": ["bridge"]},
        {"id": {}},
        {"revision": 0},
    ],
    ids=str,
)
def test_nonsense_is_refused(standing: Served, change: dict[str, Any]) -> None:
    """Without a traceback, and with nothing written."""
    before = files_of(standing.project)
    got = standing.post("save", {**as_asked(amendment(standing.project, *HEADLINE, "x")), **change})

    assert got.status == 400
    assert files_of(standing.project) == before


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'"x"', b'{"view": "/de/bridge.html"}'], ids=len)
def test_broken_json_is_refused(standing: Served, body: bytes) -> None:
    """However it is broken."""
    headers = {"Origin": standing.url, "Content_Type": "application/json", "X_A11yNews_Token": standing.server.token}
    assert standing.ask("/.a11ynews/save", "POST", body, **headers).status == 400


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"domain": "../../../../etc/passwd"}, "no text from that catalog"),
        ({"language": "../../.."}, "no text from that catalog"),
        ({"language": "it"}, "no text from that catalog"),
        ({"domain": "a11ynews"}, "no text from that catalog"),
        ({"view": "/de/nowhere.html"}, "no such page any more"),
        ({"view": "//evil.example.org/de/bridge.html"}, ""),
        ({"strings": ["a", "b"]}, "the entry has 1 form, and 2 were sent"),
        ({"strings": ["x" * 20_001]}, "more than 20,000 characters"),
    ],
    ids=str,
)
def test_what_must_not_be_written_is_refused(project: Project, change: dict[str, Any], told: str) -> None:
    """In words for the translator."""
    with serving(project, "en") as served:
        before = files_of(project)
        got = served.post("save", {**as_asked(amendment(project, *HEADLINE, "x")), **change})

        if told:
            assert (got.status, told in got.json["said"]) == (422, True), got.text
            assert files_of(project) == before
        else:
            assert got.status == 200  # the path counts, not the host


def test_a_conflict_is_told_with_both_versions(project: Project) -> None:
    """Nothing is overwritten, and with the new revision it can be."""
    with serving(project, "en") as served:
        mine = amendment(project, *HEADLINE, "Meins")
        project.translate("de", {**GERMAN, "The bridge is open": "Ihres"})

        got = served.post("save", mine)

        assert got.status == 409
        assert "has changed on the disk since you opened it, and nothing was saved" in got.json["said"]
        assert got.json["now"]["strings"] == ["Ihres"]
        assert "Ihres" in project.read(CATALOG)
        assert served.post("save", replace(mine, revision=got.json["now"]["revision"])).status == 200
        assert "Meins" in project.read(CATALOG)


def test_a_broken_catalog_is_told(project: Project) -> None:
    """With the line to mend."""
    with serving(project) as served:
        wanted = amendment(project, *HEADLINE, "x")
        project.write(CATALOG, project.read(CATALOG) + "nonsense\n")

        got = served.post("save", wanted)

    assert got.status == 422
    assert re.search(r"bridge\.po:\d+:1: ", got.json["said"])
    assert got.json["language"] == "en"


def test_a_full_disk_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalog is as it was, and the same change can be saved when there is room again."""
    with serving(project) as served:
        wanted = amendment(project, *HEADLINE, "Neue Worte")
        before = files_of(project)

        def no_room(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as full:
            full.setattr("a11ynews.files._write_beside", no_room)
            got = served.post("save", wanted)

        assert (got.status, "No space left on device" in got.json["said"]) == (422, True), got.text
        assert files_of(project) == before
        assert served.post("save", wanted).status == 200


def test_what_is_said_says_its_language(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the page's, where it can be said in that; a screen reader would read English as German otherwise."""
    wanted = amendment(project, "paragraph", "The road will follow.", "[x](https://evil.example.org/)")
    german = {"the link leads to {target}, which the source does not link to; write the source's address": ("Falsch: {target}",)}
    with serving(project, "de") as served:
        english = [served.post("check", wanted).json["faults"][0], served.post("save", wanted).json]
        monkeypatch.setattr("a11ynews.messages._strings", lambda language: german if language == "de" else {})
        monkeypatch.setattr("a11ynews.preview.Preview._language_for", lambda _preview, _language: "de")
        for cached in (messages.sayer, messages._known):
            cached.cache_clear()
        told = [served.post("check", wanted).json["faults"][0], served.post("save", wanted).json]
        for cached in (messages.sayer, messages._known):
            cached.cache_clear()

    assert {one["language"] for one in english} <= {"en", "de"}
    assert told == [{"said": "Falsch: https://evil.example.org/", "language": "de"}] * 2


# -- what it tells -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("news/bridge/record.yaml", RECORD.replace("The road", "A road")),
        (CATALOG, None),
        ("templates/notice.html", "<p>Breaking</p>\n"),
        ("templates/style.css", "body { margin: 0 }\n"),
        ("a11ynews.toml", CONFIG.replace("Test", "Other")),
    ],
)
def test_a_page_is_told_that_it_has_changed(project: Project, path: str, content: str | None) -> None:
    """Whatever it is made of."""
    with serving(project) as served, served.events() as events:
        project.write(path, content or project.read(path).replace("Die Brücke ist offen", "Die Brücke steht"))

        name, version = next(events)

        assert name == "page"
        assert version == re.findall(r'data-version="(\w+)"', served.ask(GERMAN_PAGE).text)[0]


def test_errors_and_their_end_are_told(project: Project) -> None:
    """The page comes back by itself."""
    with serving(project) as served, served.events() as events:
        project.record("language: en\n")
        assert next(events)[0] == "page"
        assert served.ask(GERMAN_PAGE).status == 500

        project.record()
        assert next(events)[0] == "page"
        assert served.ask(GERMAN_PAGE).status == 200


def test_a_change_that_a_page_does_not_show_leaves_it(project: Project) -> None:
    """What is known of its texts may be other; the page is the same."""
    with serving(project) as served, served.events() as events:
        project.write(CATALOG, project.read(CATALOG).replace('msgctxt "headline"', '# seen\nmsgctxt "headline"'))

        assert next(events)[0] == "texts"


def test_a_change_before_anybody_listened_is_told(project: Project) -> None:
    """A page that was loaded before it is told at once."""
    with serving(project) as served, served.events(version="older") as events:
        assert next(events)[0] == "page"


def test_the_list_is_told_of_changes_too(project: Project) -> None:
    """A new record, a finished translation."""
    with serving(project) as served, served.events("/") as events:
        project.record(id="tunnel")

        assert next(events)[0] == "page"
        assert "tunnel" in served.ask("/").text


def test_a_saved_translation_is_told_to_all(project: Project) -> None:
    """Also to who has the page open in another window."""
    with serving(project) as served, served.events() as events:
        served.post("save", amendment(project, *HEADLINE, "Die Brücke steht"))

        assert next(events)[0] == "page"


def test_only_so_many_pages_wait(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that cannot wait is told so."""
    monkeypatch.setattr(module, "_MOST_STREAMS", 1)
    with serving(project) as served, served.events():
        got = served.ask("/.a11ynews/events?view=/de/bridge.html")

        assert (got.status, "close some" in got.text) == (503, True)


def test_files_are_known_by_when_they_changed(project: Project) -> None:
    """A file that an editor keeps for itself is none, nor is what cannot be looked at; a link in circles ends."""
    news = project.root / "news"
    (news / "around").symlink_to(news)
    (news / "nowhere").symlink_to(news / "not there")
    project.write("news/bridge/.record.yaml.swp", "x")

    found = {os.path.relpath(path, project.root) for path in stamps_of([news, project.root / "a11ynews.toml", news / "gone"])}

    assert {"news/bridge/record.yaml", "news/bridge/bridge.png", "a11ynews.toml"} <= found
    assert not any("swp" in path or "nowhere" in path for path in found)


# -- the command -------------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A named one; instead of the usual one, any that is free is taken."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(A11yNewsError, match=f"port {port} cannot be listened on .*; name another one with --port"):
            open_server(project.root / "a11ynews.toml", port=port)
        monkeypatch.setattr(module, "PORT", port)
        server = open_server(project.root / "a11ynews.toml")
        server.server_close()
        assert server.server_address[1] not in (0, port)


def test_the_command_says_where_to_look(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """And ends in peace when it is interrupted."""

    def interrupted(self: PreviewServer) -> None:
        self.server_close()
        raise KeyboardInterrupt

    opened: list[str] = []
    monkeypatch.setattr(PreviewServer, "run", interrupted)
    monkeypatch.setattr("click.launch", opened.append)

    config = str(project.root / "a11ynews.toml")
    done = CliRunner().invoke(main, ["--config", config, "serve", "--port", "0", "--open"])

    assert done.exit_code == 0, done.output
    assert re.fullmatch(r"Preview: (http://127\.0\.0\.1:\d+/) \(Ctrl\+C stops it\)\n", done.output)
    assert opened == re.findall(r"http\S+", done.output)


@pytest.mark.parametrize(
    ("arguments", "told"), [(["--lang", "fr"], "'fr' is none of en, de, it"), (["--port", "99999"], "--port")]
)
def test_the_command_refuses_nonsense(project: Project, arguments: list[str], told: str) -> None:
    """Before anything is served."""
    done = CliRunner().invoke(main, ["--config", str(project.root / "a11ynews.toml"), "serve", *arguments])

    assert done.exit_code == 2
    assert told in done.output


def test_the_command_needs_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says what is missing, or wrong with it."""
    monkeypatch.chdir(tmp_path)
    assert "there is no a11ynews.toml" in CliRunner().invoke(main, ["serve"]).output
    (tmp_path / "a11ynews.toml").write_text("name = 1\n")
    done = CliRunner().invoke(main, ["serve"])
    assert (done.exit_code, "a11ynews.toml:1:1" in done.output) == (2, True)


def test_what_has_changed_is_said_in_the_terminal(project: Project) -> None:
    """By the names that people know."""
    said: list[str] = []
    server = open_server(project.root / "a11ynews.toml", port=0, tell=said.append)
    project.record(RECORD + "location: Bremen\n")

    server.watch.look()

    server.server_close()
    assert "news/bridge/record.yaml" in said[0]
    assert json.dumps(said)
