"""The headers for a web server: one policy in the form of each server, and the file that a render writes."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from a11ynews.cli import main
from a11ynews.config import load
from a11ynews.errors import ConfigError
from a11ynews.headers import DIRECTIVES, FILES, FORMATS, POLICY, headers_of
from project import CONFIG, Project

SECURITY = Path(__file__).parents[1] / "docs" / "security.md"


def policy_of(values: dict[str, str]) -> dict[str, str]:
    """A Content-Security-Policy by its directives."""
    parts = (part.strip().partition(" ") for part in values["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in parts}


def read(text: str, form: str) -> dict[str, str]:
    """The headers that a server would send, read back from its form."""
    if form == "json":
        return dict(json.loads(text))
    if form == "cloudfront":
        config = json.loads(text)
        security = config["SecurityHeadersConfig"]
        values = {
            "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
            "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
            "X-Content-Type-Options": "nosniff" if security["ContentTypeOptions"]["Override"] else "",
        }
        if hsts := security.get("StrictTransportSecurity"):
            values["Strict-Transport-Security"] = f"max-age={hsts['AccessControlMaxAgeSec']}"
        items = config["CustomHeadersConfig"]["Items"]
        assert config["CustomHeadersConfig"]["Quantity"] == len(items)
        return values | {item["Header"]: item["Value"] for item in items}
    if form == "iis":
        return {add.attrib["name"]: add.attrib["value"] for add in ElementTree.fromstring(text).iter("add")}
    pattern = {
        "netlify": r"^  ([\w-]+): (.*)$",
        "apache": r'^Header always set ([\w-]+) "([^"]*)"$',
        "nginx": r'^ *add_header ([\w-]+) "([^"]*)" always;$',
        "caddy": r'^\t([\w-]+) "([^"]*)"$',
    }[form]
    return dict(re.findall(pattern, text, re.MULTILINE))


def test_the_policy_refuses_what_pages_do_not_need() -> None:
    """Nothing loads unless a directive says so; no directive allows scripts, inline styles or another origin."""
    policy = policy_of(dict(headers_of("https://news.example.org/").values))

    assert policy == dict(POLICY)
    assert policy["default-src"] == "'none'"
    assert set(policy.values()) == {"'none'", "'self'"}
    assert {name for name in policy if "script" in name} == set()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("hsts", [0, 31536000])
def test_every_form_says_the_same(form: str, hsts: int) -> None:
    """Whatever the server, it sends the same headers."""
    headers = headers_of("https://news.example.org/", hsts=hsts, policy={"img-src": "'self' https://cdn.example.org"})

    values = read(FORMATS[form](headers), form)

    assert values == dict(headers.values)
    assert policy_of(values)["img-src"] == "'self' https://cdn.example.org"
    assert values.get("Strict-Transport-Security") == (f"max-age={hsts}" if hsts else None)


@pytest.mark.parametrize(
    ("base_url", "path"),
    [
        ("https://a.example", "/"),
        ("https://a.example/", "/"),
        ("https://a.example/news", "/news/"),
        ("https://a.example/a/b/", "/a/b/"),
    ],
)
def test_headers_are_for_the_site_alone(base_url: str, path: str) -> None:
    """Where other things lie on the same host, only the site's path gets the headers."""
    headers = headers_of(base_url)

    assert headers.path == path
    assert f"\n{path}*\n" in FORMATS["netlify"](headers)
    assert (f"location {path} {{" in FORMATS["nginx"](headers)) == (path != "/")
    assert (f"header {path}* {{" in FORMATS["caddy"](headers)) == (path != "/")


@pytest.mark.parametrize("file", FILES)
def test_a_render_writes_the_file_of_the_host(tmp_path: Path, file: str) -> None:
    """The host's file lies beside the pages, and is renewed with the configuration."""
    project = Project(tmp_path, CONFIG + f'[headers]\nfile = "{file}"\n')
    project.record()
    project.render("en")
    before = project.read(f"site/{file}")
    project.write("a11ynews.toml", CONFIG + f'[headers]\nfile = "{file}"\nhsts = 600\n')
    project.render("en")

    assert read(before, FILES[file]) == dict(headers_of("https://news.example.org/").values)
    assert read(project.read(f"site/{file}"), FILES[file])["Strict-Transport-Security"] == "max-age=600"


def test_no_file_where_none_is_wanted(tmp_path: Path) -> None:
    """With “none” no host's file is written."""
    project = Project(tmp_path, CONFIG + '[headers]\nfile = "none"\n')
    project.record()
    project.render("en")

    assert not [name for name in FILES if (tmp_path / "site" / name).exists()]


def test_a_file_of_somebody_else_stays(tmp_path: Path) -> None:
    """What we have not written we do not write over."""
    project = Project(tmp_path)
    project.record()
    project.write("site/_headers", "/*\n  X-Robots-Tag: noindex\n")
    project.render("en")

    assert project.read("site/_headers") == "/*\n  X-Robots-Tag: noindex\n"


@pytest.mark.parametrize("form", FORMATS)
def test_the_command_prints_them(tmp_path: Path, form: str) -> None:
    """`a11ynews headers` prints what goes into the server's own configuration, and nothing else."""
    project = Project(tmp_path, CONFIG + "[headers]\npolicy = { script-src = \"'self'\" }\n")

    told = CliRunner().invoke(main, ["--config", str(project.root / "a11ynews.toml"), "headers", "--format", form])

    assert told.exit_code == 0
    assert policy_of(read(told.output, form))["script-src"] == "'self'"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("script-srk = \"'self'\"", "“script-srk” is no directive of a Content-Security-Policy; the directives are base-uri"),
        ("img-src = \"'self'; script-src *\"", "the sources of img-src hold a character that ends them"),
        ('img-src = "a, default-src *"', "the sources of img-src hold a character that ends them"),
        (r'img-src = "a\nX-Other: b"', "the sources of img-src hold a character that ends them"),
        ("img-src = 'a\" always; evil'", "the sources of img-src hold a character that ends them"),
        ("img-src = '$host'", "the sources of img-src hold a character that ends them"),
    ],
)
def test_a_policy_cannot_break_out_of_its_header(tmp_path: Path, said: str, message: str) -> None:
    """A directive that is none, and what would end a header or a server's line, is told at its line."""
    project = Project(tmp_path, CONFIG + f"[headers.policy]\n{said}\n")

    with pytest.raises(ConfigError) as error:
        load(project.root / "a11ynews.toml")

    line = project.line_of("a11ynews.toml", said)
    assert [(fault.line, fault.message.startswith(message)) for fault in error.value.faults] == [(line, True)]


def test_directives_are_some_that_browsers_know() -> None:
    """Ours are among them, and none is written twice."""
    assert set(POLICY) <= DIRECTIVES


@pytest.mark.parametrize("form", FORMATS)
def test_the_documents_show_them_as_they_are(form: str) -> None:
    """docs/security.md shows each form as `a11ynews headers` prints it."""
    shown = re.findall(rf"^```\w+ {form}\n(.*?)^```$", SECURITY.read_text("utf-8"), re.MULTILINE | re.DOTALL)

    assert shown == [FORMATS[form](headers_of("https://news.example.org/"))]
