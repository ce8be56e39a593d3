"""Comments that accept a finding where its text was written, and what is told of those that are of no use."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from a11ynews.cli import main
from a11ynews.lint import lint
from a11ynews.rules.ignore import Ignore, read_ignore
from a11ynews.source import comments
from project import GERMAN, RECORD, Project

ALT = "DSC04711.jpg"
BAD_ALT = RECORD.replace("Two children run across a stone bridge", ALT)
COMMENT = "# a11ynews: ignore alt-file-name because the file was named by a poet"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project that is the current folder."""
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def publish(project: Project, record: str = BAD_ALT, german: str = "Zwei Kinder auf einer Brücke") -> None:
    """Write the record and render it in English and German."""
    project.record(record)
    project.translate("de", GERMAN | {ALT: german})
    project.render("en", "de")


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))

    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "Traceback" not in result.output
    return result


def checked(*arguments: str) -> tuple[list[str], dict[str, str], int]:
    """What is new, as `rule file:line`; what a comment accepts, as {rule: file:line of the comment}; and the exit code."""
    result = run("check", *arguments, "--no-browser", "--format", "json")
    findings = json.loads(result.stdout)["findings"]
    new = [
        f"{one['rule']} {one['source']['file']}:{one['source']['line']}" if one["source"] else one["rule"]
        for one in findings
        if not one["known"]
    ]
    known = {one["rule"]: one["accepted"]["where"] for one in findings if one["known"] and one["accepted"]["by"] == "comment"}
    return new, known, result.exit_code


# -- how it is written -------------------------------------------------------------------------------------------------


def test_a_comment_names_rules_and_a_reason() -> None:
    """Several rules with commas or blanks between them, axe's too."""
    assert read_ignore(" a11ynews: ignore alt-long because it is a map ") == Ignore(("alt-long",), "it is a map")
    assert read_ignore("a11ynews:ignore a-b, axe/c-d  e because x\n  y because z") == Ignore(
        ("a-b", "axe/c-d", "e"), "x y because z"
    )


@pytest.mark.parametrize("words", ["ignore alt-long", "ignore because it is a map", "ignore alt-long because", "alt-long", ""])
def test_a_comment_that_is_not_understood_is_kept_to_be_told(words: str) -> None:
    """Without a rule or without a reason it accepts nothing."""
    assert read_ignore(f" a11ynews: {words}") == words


def test_other_comments_are_nobody_s_matter() -> None:
    """They may speak of a11ynews."""
    assert read_ignore(" checked with a11ynews: all is well") is None
    assert read_ignore(" a translator's note") is None


@given(st.text())
def test_no_comment_breaks_the_reading(words: str) -> None:
    """Whatever somebody writes."""
    assert read_ignore(words) is None or "a11ynews:" in words
    comments(f"a: 1 # {words}".encode("utf-8", "replace"), "x.yaml")
    comments(f"a = 1 # {words}".encode("utf-8", "replace"), "x.toml")


def test_comments_are_told_from_texts_that_look_like_them() -> None:
    """In a block, in quotation marks, within a word."""
    yaml = (
        'a: |\n  text\n  # in a block\n# one\nb: x#y # two\nc: "x # in quotes\n  # too"\nd: >-\n  folded\n\n  # three\n# four\n'
    )
    toml = 'a = "x # in quotes" # one\nb = """\n# in a block\n"""\n# two\n'

    # What is indented below a folded text belongs to it.
    assert [(one.words.strip(), one.line, one.is_alone) for one in comments(yaml.encode(), "x.yaml")] == [
        ("one", 4, True),
        ("two", 5, False),
        ("four", 12, True),
    ]
    assert [(one.words.strip(), one.line, one.column) for one in comments(toml.encode(), "x.toml")] == [
        ("one", 1, 21),
        ("two", 5, 1),
    ]
    assert comments(b'{"a": "# no comment"}', "x.json") == comments(b"a: [", "x.yaml") == comments(b"\xff", "x.yaml") == []


# -- records -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(f"alt: {ALT}", f"alt: {ALT} {COMMENT}", id="on the line"),
        pytest.param(f"      alt: {ALT}", f"      {COMMENT}\n      alt: {ALT}", id="directly above"),
        pytest.param(f"      alt: {ALT}", f"      {COMMENT}\n      # and another\n      alt: {ALT}", id="above, among others"),
        pytest.param("  - picture:", f"  {COMMENT}\n  - picture:", id="above the mapping"),
        pytest.param("  - picture:", f"  - picture: {COMMENT}", id="beside the mapping's key"),
        pytest.param(f"alt: {ALT}", f"alt: >- {COMMENT}\n        {ALT}", id="beside a folded text"),
        pytest.param(f"alt: {ALT}", f'alt:\n        {COMMENT}\n        "{ALT}"', id="between key and text"),
    ],
)
def test_a_comment_in_a_record_accepts_what_is_found(project: Project, old: str, new: str) -> None:
    """The record still reads; the finding stays in the report as known, with the comment's line, and does not gate."""
    publish(project)
    assert checked() == (["alt-file-name news/bridge/record.yaml:8"], {}, 1)

    publish(project, BAD_ALT.replace(old, new))

    line = project.line_of("news/bridge/record.yaml", "a11ynews:")
    assert checked() == ([], {"alt-file-name": f"news/bridge/record.yaml:{line}"}, 0)
    assert "1 finding is accepted by a comment" in run("check", "--no-browser").output
    assert "a11ynews:" not in project.read("site/en/bridge.html")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("      caption:", f"      {COMMENT}\n      caption:", id="the text after it"),
        pytest.param("body:", f"{COMMENT}\nbody:", id="a whole list"),
        pytest.param("language: en", f"{COMMENT}\nlanguage: en", id="the top of the record"),
        pytest.param(f"      alt: {ALT}", f"      {COMMENT}\n\n      alt: {ALT}", id="a blank line between"),
        pytest.param("  - paragraph: The mayor", f"  {COMMENT}\n  - paragraph: The mayor", id="another text"),
    ],
)
def test_a_comment_about_something_else_accepts_nothing(project: Project, old: str, new: str) -> None:
    """The finding gates, and the comment is told as one that nothing is found for."""
    publish(project, BAD_ALT.replace(old, new, 1))

    new_ones, known, code = checked()

    line = project.line_of("news/bridge/record.yaml", "a11ynews:")
    assert sorted(one.split()[0] for one in new_ones) == ["alt-file-name", "ignore"]
    assert f"ignore news/bridge/record.yaml:{line}" in new_ones
    assert (known, code) == ({}, 1)


def test_a_comment_speaks_of_its_rules_alone(project: Project) -> None:
    """Of several rules each that finds something is accepted; another rule's finding gates."""
    publish(project, BAD_ALT.replace(f"alt: {ALT}", f"alt: {ALT} # a11ynews: ignore alt-long, axe/image-alt because it is short"))
    assert "alt-file-name news/bridge/record.yaml:8" in checked()[0]

    publish(project, BAD_ALT.replace(f"alt: {ALT}", f"alt: {ALT} # a11ynews: ignore axe/image-alt, alt-file-name because so"))
    assert checked() == ([], {"alt-file-name": "news/bridge/record.yaml:8"}, 0)


def test_a_comment_goes_with_its_text(project: Project) -> None:
    """Lines may have moved since the site was rendered: the text is found by its words."""
    publish(project, BAD_ALT.replace(f"      alt: {ALT}", f"      {COMMENT}\n      alt: {ALT}"))
    record = project.root / "news/bridge/record.yaml"
    record.write_text("\n\n\n" + record.read_text("utf-8"), "utf-8")

    assert checked() == ([], {"alt-file-name": "news/bridge/record.yaml:11"}, 0)


def test_a_record_in_toml_can_be_commented_too(project: Project) -> None:
    """On the line, above it, or above its table."""
    toml = """language = "en"
published = 2026-05-04T09:00:00+02:00
headline = "The bridge is open"
teaser = "After two years the bridge over the river is open again."
{}[[body]]
{}picture = {{ file = "bridge.png", alt = "DSC04711.jpg", caption = "The first to cross it", credit = "Anna Huber" }} {}
[[body]]
paragraph = "The mayor cut the ribbon at noon."
"""
    for places in (("", "", COMMENT), ("", f"{COMMENT}\n", ""), (f"{COMMENT}\n", "", "")):
        project.record()
        (project.root / "news/bridge/record.yaml").unlink()
        project.write("news/bridge/record.toml", toml.format(*places))
        project.render("en")

        line = project.line_of("news/bridge/record.toml", "a11ynews:")
        assert checked() == ([], {"alt-file-name": f"news/bridge/record.toml:{line}"}, 0)


# -- catalogs and templates --------------------------------------------------------------------------------------------


def test_a_translator_s_comment_accepts_what_is_found_on_the_page(project: Project) -> None:
    """Of the translation alone: the record's own text still gates."""
    publish(project, german="DSC04711.jpg")
    po = project.root / "locales/de/LC_MESSAGES/bridge.po"
    entry = re.search(r'\n\n((?:#.*\n)*)msgctxt "alt"\n', po.read_text("utf-8"))
    assert entry
    po.write_text(po.read_text("utf-8").replace(entry[0], f'\n\n{COMMENT}\n{entry[1]}msgctxt "alt"\n'), "utf-8")
    project.render("en", "de")

    new, known, code = checked()

    line = project.line_of("locales/de/LC_MESSAGES/bridge.po", "a11ynews:")
    assert new == ["alt-file-name news/bridge/record.yaml:8"]
    assert known == {"alt-file-name": f"locales/de/LC_MESSAGES/bridge.po:{line}"}
    assert code == 1
    # And lint knows that there is such a rule, though it looks at pages.
    assert [one.message for one in lint(project.site(), ["de"]).findings if one.rule == "po-ignore"] == []


def test_a_translator_s_comment_that_nothing_is_found_for_is_told(project: Project) -> None:
    """By “check”, for rules on pages; of a misspelt one lint tells."""
    publish(project)
    po = project.root / "locales/de/LC_MESSAGES/bridge.po"
    po.write_text(
        po.read_text("utf-8").replace('msgctxt "alt"', f'{COMMENT}\n# a11ynews: ignore alt-lnog because x\nmsgctxt "alt"')
    )
    project.render("en", "de")

    line = project.line_of("locales/de/LC_MESSAGES/bridge.po", "poet")
    assert f"ignore locales/de/LC_MESSAGES/bridge.po:{line}" in checked()[0]
    assert any("alt-lnog" in one.message for one in lint(project.site(), ["de"]).findings if one.rule == "po-ignore")


TEMPLATE = '{{% extends "a11ynews/article.html" %}}\n{{% block {} %}}\n{}\n{{{{ super() }}}}{{% endblock %}}\n'
JINJA = "{# a11ynews: ignore link-name because the heading above says it #}"
LINK = '<p><a href="{{ page.url }}x"></a></p>'


def render_template(project: Project, lines: str) -> None:
    """Render with a template that holds these lines within the page's main part, from its third on."""
    packaged = Path(__file__).parents[1] / "templates/article.html"
    blocks = re.findall(r"{%-? block (\w+)", packaged.read_text("utf-8"))
    project.write("templates/article.html", TEMPLATE.format("content" if "content" in blocks else blocks[-1], lines))
    project.record()
    project.render("en")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(f"{LINK} {JINJA}", id="on the line"),
        pytest.param(f"{JINJA}\n{LINK}", id="the line above"),
        pytest.param(f"{JINJA}\n{{# and another #}}\n{LINK}", id="above, among others"),
        pytest.param(f"{{#- a11ynews: ignore link-name\n  because the heading says it -#}}\n{LINK}", id="over two lines"),
    ],
)
def test_a_comment_in_a_template_accepts_what_is_found(project: Project, lines: str) -> None:
    """It vanishes from the page, and the finding is known by it."""
    render_template(project, LINK)
    assert checked() == (["link-name templates/article.html:3"], {}, 1)

    render_template(project, lines)

    assert checked() == (
        [],
        {"link-name": f"templates/article.html:{project.line_of('templates/article.html', 'a11ynews: ig')}"},
        0,
    )
    assert "a11ynews: ignore" not in project.read("site/en/bridge.html")


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(f"{JINJA}\n\n{LINK}", id="a blank line between"),
        pytest.param(f"{JINJA} <p>Words</p>\n{LINK}", id="the line above, which holds something itself"),
        pytest.param(f"{{% raw %}}{JINJA}{{% endraw %}}{LINK}", id="no comment, but words"),
        pytest.param(f"<!-- a11ynews: ignore link-name because so -->{LINK}", id="a comment of HTML"),
    ],
)
def test_a_comment_elsewhere_in_a_template_accepts_nothing(project: Project, lines: str) -> None:
    """The link still gates."""
    render_template(project, lines)

    new, known, code = checked()

    assert "link-name" in {one.split()[0] for one in new}
    assert (known, code) == ({}, 1)


def test_a_comment_does_not_go_over_to_what_stands_on_its_line_later(project: Project) -> None:
    """A template that was edited after the site was rendered: on that line stands something else now."""
    render_template(project, LINK)
    template = project.read("templates/article.html").replace(LINK, f"<h2>x</h2> {JINJA}")
    project.write("templates/article.html", template)

    assert "link-name templates/article.html:3" in checked()[0]


# -- comments of no use ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        (
            "# a11ynews: ignore alt-file-name",
            "the comment “ignore alt-file-name” says not which rule to ignore and why; write “a11ynews: ignore RULE because …”",
        ),
        ("# a11ynews: ignore alt-flie-name because x", "there is no rule “alt-flie-name”; did you mean “alt-file-name”?"),
        ("# a11ynews: ignore axe/imag-alt because x", "there is no rule “axe/imag-alt”; "),
        (
            "# a11ynews: ignore alt-long because x",
            "alt-long finds nothing here any more; delete it from the comment that ignores it",
        ),
    ],
)
def test_a_comment_of_no_use_is_told_at_its_line(project: Project, comment: str, told: str) -> None:
    """A warning, for whoever edits the record: it never gates by itself."""
    publish(project, RECORD.replace("      alt:", f"      {comment}\n      alt:"))
    result = run("check", "--no-browser", "--format", "json")

    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["rule"], finding["severity"], finding["owner"]) == ("ignore", "warning", "editor")
    assert finding["source"] == {"file": "news/bridge/record.yaml", "line": 8, "column": 7}
    assert finding["message"].startswith(told)
    assert result.exit_code == 0


def test_a_check_of_a_part_does_not_call_a_comment_idle(project: Project) -> None:
    """The edition that was not looked at may need it; nor does a check without the rule, or one that was not complete."""
    publish(project, RECORD.replace("      alt:", "      # a11ynews: ignore alt-long, axe/image-alt because x\n      alt:"))

    assert [one.split()[0] for one in checked()[0]] == ["ignore"]
    assert checked("site/en/bridge.html")[0] == []
    assert checked("--rule", "alt-file-name", "--rule", "ignore")[0] == []
    (project.root / "site/de/bridge.html").unlink()
    assert checked()[0] == []


def test_a_comment_is_honoured_before_the_baseline(project: Project) -> None:
    """What a comment accepts is not written into a baseline."""
    publish(project, BAD_ALT.replace(f"alt: {ALT}", f"alt: {ALT} {COMMENT}"))

    result = run("baseline", "write", "--no-browser", "-o", "known.json", "--reason", "old")

    assert result.output == "known.json: 0 entries for 0 findings\n"


def test_a_json_record_has_no_comments(project: Project) -> None:
    """Nothing in it can be taken for one; a baseline knows its findings."""
    project.record()
    (project.root / "news/bridge/record.yaml").unlink()
    record = {
        "language": "en",
        "published": "2026-05-04T09:00:00+02:00",
        "headline": "The bridge is open",
        "teaser": COMMENT,
        "body": [{"picture": {"file": "bridge.png", "alt": ALT}}, {"paragraph": COMMENT}],
    }
    project.write("news/bridge/record.json", json.dumps(record, indent=1))
    project.render("en")

    line = project.line_of("news/bridge/record.json", ALT)
    assert f"alt-file-name news/bridge/record.json:{line}" in checked()[0]
    run("baseline", "write", "--no-browser", "-o", "known.json", "--reason", "old")
    assert checked("--baseline", "known.json")[2] == 0


def test_the_project_is_found_from_anywhere(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site is checked from another folder, or lies in one of its own and the configuration is named."""
    publish(project, BAD_ALT.replace(f"alt: {ALT}", f"alt: {ALT} {COMMENT}"))
    run("render", "--out", str(tmp_path.parent / f"{tmp_path.name}-out/public"))
    elsewhere = tmp_path.parent / f"{tmp_path.name}-out"
    monkeypatch.chdir(elsewhere)

    assert checked(str(tmp_path / "site"))[2] == 0
    named = run("--config", str(tmp_path / "a11ynews.toml"), "check", "public", "--no-browser")
    assert named.exit_code == 0, named.output


def test_a_comment_accepts_what_axe_finds(project: Project) -> None:
    """Through the browser: of a template's element, by axe's id; and one that axe finds nothing for is told."""
    pale = '<p style="color: #999; background: #fff">{{ article.headline }}, once more</p>'
    known = "{# a11ynews: ignore axe/color-contrast because the printer cannot do better #}"
    idle = "{# a11ynews: ignore axe/image-alt because so #}"
    render_template(project, f"{known}\n{pale}\n<p>{{{{ article.teaser }}}}</p> {idle}")

    findings = json.loads(run("check", "--format", "json").stdout)["findings"]

    accepted = [one for one in findings if one["rule"] == "axe/color-contrast" and one["severity"] == "error"]
    assert accepted
    assert {one["accepted"]["where"] for one in accepted} == {"templates/article.html:3"}
    assert ("ignore", 5) in {(one["rule"], one["source"]["line"]) for one in findings if one["source"]}
