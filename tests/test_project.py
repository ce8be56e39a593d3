"""A new project and a new record: complete at once, and nothing that is there is written over."""

import io
import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from PIL import Image

from a11ynews import project, source
from a11ynews.article import ROLES, parse, record_schema, texts
from a11ynews.cli import main
from a11ynews.config import load
from a11ynews.errors import A11yNewsError, Fault, SourceError
from a11ynews.markup import parse as parse_markup
from a11ynews.markup import plain
from a11ynews.po import PoFile
from a11ynews.project import STORY, draw_garden, init, new
from a11ynews.resources import STARTER
from a11ynews.site import Site, read_record
from a11ynews.translate import update
from project import CONFIG, Project
from xmp import packet, png

ROOT = Path(__file__).parents[1]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
GIVEN: dict[str, Any] = {"name": "Library News", "base_url": "https://news.example.org/", "now": NOW}
RECORD = f"news/2026/{STORY}/record.yaml"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def begin(folder: Path, *languages: str, **other: Any) -> project.Begun:
    return init(folder, languages=languages or ("en", "de", "it"), **{**GIVEN, **other})


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- init --------------------------------------------------------------------------------------------------------------


def test_a_new_project_renders_and_checks_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every language, without a note, with nothing to change in the catalogs, and nothing found."""
    monkeypatch.chdir(tmp_path)
    begun = run("init", "--name", "Library News")
    catalogs = tree(tmp_path / "locales")
    updated, rendered, checked = run("catalog", "update"), run("render", "--strict"), run("check", "--no-browser")
    linted = run("catalog", "lint")

    assert [result.exit_code for result in (begun, updated, rendered, checked, linted)] == [0] * 5, rendered.output
    assert tree(tmp_path / "locales") == catalogs
    assert {line for line in rendered.stdout.splitlines() if STORY.split("-")[0] in line} == {f"site/en/{STORY}.html"}
    assert "site/de/lesegarten.html" in rendered.stdout
    assert "site/it/giardino-di-lettura.html" in rendered.stdout
    for result in (checked, linted):
        assert "0 errors, 0 warnings, 0 to review" in result.stdout


def test_a_new_project_checks_clean_in_a_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The pages pass axe in every cell."""
    monkeypatch.chdir(tmp_path)
    run("init")
    run("render")

    checked = run("check", "--workers", "1")

    assert checked.exit_code == 0, checked.output
    assert "0 errors, 0 warnings, 0 to review" in checked.stdout


def test_init_says_what_it_has_written_and_what_comes_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file, from where one stands, and the commands to go on with."""
    monkeypatch.chdir(tmp_path)
    result = run("init", "newsroom")

    assert result.exit_code == 0
    assert sorted(result.stdout.splitlines()) == sorted(f"newsroom/{path}" for path in tree(tmp_path / "newsroom"))
    assert "Next: cd newsroom && a11ynews render && a11ynews check" in result.stderr


def test_init_never_asks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a standard input that ends at once, as in CI."""
    monkeypatch.chdir(tmp_path)

    assert CliRunner().invoke(main, ["init"], input="").exit_code == 0


def test_all_that_is_in_the_way_is_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    """Files, folders, links that lead nowhere, and files where a folder is needed."""
    (tmp_path / "a11ynews.toml").write_text("mine")
    (tmp_path / "README.md").mkdir()
    (tmp_path / "record.schema.json").symlink_to(tmp_path / "nowhere")
    (tmp_path / "locales").write_text("a file")
    before = tree(tmp_path)

    with pytest.raises(SourceError) as caught:
        begin(tmp_path)

    told = {fault.file: fault.message for fault in caught.value.faults}
    assert set(told) >= {"a11ynews.toml", "README.md", "record.schema.json", "locales"}
    assert told["locales"] == "is a file, and a folder is needed there; move it away"
    assert "nothing is overwritten" in told["a11ynews.toml"]
    assert tree(tmp_path) == before


@pytest.mark.parametrize("folder", ["taken", "taken/below"])
def test_a_file_in_place_of_the_folder_is_told(folder: str, tmp_path: Path) -> None:
    """Of the folder itself, or of one that it would lie in."""
    (tmp_path / "taken").write_text("a file")

    with pytest.raises(SourceError) as caught:
        begin(tmp_path / folder, "en")

    assert Fault(str(tmp_path / "taken"), 1, 1, "is a file; name a folder") in caught.value.faults


def test_a_folder_with_other_files_is_fine(tmp_path: Path) -> None:
    """They stay as they are."""
    (tmp_path / "news/2025/flood").mkdir(parents=True)
    (tmp_path / "news/2025/flood/notes.txt").write_text("mine")

    begin(tmp_path)

    assert (tmp_path / "news/2025/flood/notes.txt").read_text() == "mine"


def test_keep_leaves_what_a_repository_begins_with(tmp_path: Path) -> None:
    """A README and a .gitignore stay; what is a11ynews' own is in the way all the same."""
    (tmp_path / "README.md").write_text("mine")

    begun = begin(tmp_path, keep=True)

    assert (tmp_path / "README.md").read_text() == "mine"
    assert begun.kept == ["README.md"]
    with pytest.raises(SourceError) as caught:
        begin(tmp_path, keep=True)
    assert "README.md" not in {fault.file for fault in caught.value.faults}
    assert "a11ynews.toml" in {fault.file for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("languages", "source_language", "page"),
    [
        (("de", "it"), "de", "site/it/giardino-di-lettura.html"),
        (("it", "en"), "it", "site/it/giardino-di-lettura.html"),
        (("fr", "de"), "de", "site/de/lesegarten.html"),
        (("de-AT", "en-GB"), "de-AT", "site/en-GB/reading-garden.html"),
    ],
)
def test_the_sample_is_in_the_first_language_that_it_is_ready_in(
    languages: tuple[str, ...], source_language: str, page: str, tmp_path: Path
) -> None:
    """No page of it is a translation of a translation, and none is in a language that the site does not have."""
    begin(tmp_path, *languages)
    outcome = Site(load(tmp_path / "a11ynews.toml")).render()

    assert read_record(tmp_path / RECORD, RECORD).language == source_language
    assert (tmp_path / page).is_file()
    assert {fault.file.split("/")[1] for fault in outcome.stopped} == set(languages) & {"fr"}


def test_a_language_that_the_sample_is_not_ready_in_gets_catalogs_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are complete but for the translations."""
    monkeypatch.chdir(tmp_path)
    result = run("init", "--languages", "en, fr")

    waiting = [entry for entry in PoFile.read(tmp_path / f"locales/fr/LC_MESSAGES/{STORY}.po", "fr").live if not entry.translated]
    assert len(waiting) == 20
    assert "note: fr: " in result.stderr
    assert f"its page of {STORY} is made once the alt is translated" in result.stderr
    assert update(Site(load(tmp_path / "a11ynews.toml"))).faults == []


def test_swiss_german_has_no_sharp_s(tmp_path: Path) -> None:
    """Spelling is a matter of the region."""
    begin(tmp_path, "de-CH")

    assert "ß" not in (tmp_path / RECORD).read_text("utf-8")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": " "}, "the name of the site is empty"),
        ({"base_url": "news.example.org"}, "--base-url: 'news.example.org'"),
        ({"base_url": "https://news.example.org/?a=b"}, "is no base of a site"),
    ],
)
def test_a_name_or_an_address_that_is_none_is_refused(given: dict[str, str], told: str, tmp_path: Path) -> None:
    """Before anything is written."""
    with pytest.raises(A11yNewsError, match=re.escape(told)):
        begin(tmp_path / "x", **given)

    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("languages", ["english", "", "en,,de"])
def test_a_language_that_is_none_is_refused(languages: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one line."""
    monkeypatch.chdir(tmp_path)
    result = run("init", "--languages", languages)

    assert result.exit_code == 2
    assert "--languages" in result.stderr
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("name", ['The "Quote" \\ Times', "Ω: # news", "Été\u2009news", "{{language}}"])
def test_a_site_can_have_any_name(name: str, tmp_path: Path) -> None:
    """It comes back as it was given."""
    if not name.isprintable():
        with pytest.raises(A11yNewsError):
            begin(tmp_path, "en", name=name)
        return
    begin(tmp_path, "en", name=name)

    assert load(tmp_path / "a11ynews.toml").name == {"": name}


def test_the_sample_reads_the_same_in_every_language() -> None:
    """The three have the same texts, with the same links, and none is longer than its place."""
    words = tomllib.loads((STARTER / "words.toml").read_text("utf-8"))
    lengths = {"kicker": "kicker", "headline": "headline", "teaser": "teaser", "alt": "alt", "tag": "tag", "slug": "slug"}

    assert words["de"].keys() == words["en"].keys() == words["it"].keys()
    for story in words.values():
        for key, role in lengths.items():
            assert len(plain(parse_markup(story[key]))) <= (ROLES[role].most or 0)


def test_the_sample_lets_an_editor_complete_and_mark(tmp_path: Path) -> None:
    """The record names the schema that lies in the project, and is valid by it; so do the settings."""
    begin(tmp_path)
    record = (tmp_path / RECORD).read_text("utf-8")
    way = re.match(r"# yaml-language-server: \$schema=(\S+)\n", record)
    settings = json.loads((tmp_path / ".vscode/settings.json").read_text("utf-8"))

    assert way
    schema = json.loads(((tmp_path / RECORD).parent / way[1]).resolve().read_text("utf-8"))
    assert schema == record_schema()
    assert list(Draft202012Validator(schema).iter_errors(yaml.load(record, Loader=yaml.BaseLoader))) == []
    assert list(settings["yaml.schemas"]) == ["./record.schema.json"]
    assert (tmp_path / RECORD).match(f"*/{settings['yaml.schemas']['./record.schema.json'].replace('**', '*/*')}")


def test_the_workflow_gives_the_action_what_it_takes(tmp_path: Path) -> None:
    """Its inputs are inputs of the action."""
    begin(tmp_path)
    workflow = yaml.safe_load((tmp_path / ".github/workflows/a11ynews.yml").read_text("utf-8"))
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    (step,) = [step for step in workflow["jobs"]["a11ynews"]["steps"] if "a11ynews" in step.get("uses", "")]

    assert step["with"].keys() <= action["inputs"].keys()
    assert workflow["permissions"] == {"contents": "read"}


def test_version_control_leaves_out_what_a_render_makes(tmp_path: Path) -> None:
    """Both folders."""
    begin(tmp_path)

    assert {"site/", ".a11ynews/"} <= set((tmp_path / ".gitignore").read_text().splitlines())


def test_every_command_in_the_readme_of_a_new_project_is_one(tmp_path: Path) -> None:
    """Whoever follows it meets nothing that is not there."""
    begin(tmp_path)
    written = re.findall(
        r"a11ynews ([a-z]+)", re.sub(r"by a11ynews|of a11ynews", "", (tmp_path / "README.md").read_text("utf-8"))
    )

    assert set(written) <= main.commands.keys()
    assert {"new", "render", "check", "doctor"} <= set(written)


def test_the_picture_is_drawn_the_same_each_time() -> None:
    """A small PNG of 1200 x 750 pixels."""
    drawn = draw_garden()

    assert drawn == draw_garden()
    assert len(drawn) < 60_000
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (1200, 750)


# -- new ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A configured folder with nothing in it, which one stands in."""
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


def uncommented(record: str) -> str:
    """The record with its examples in use, as its first line says."""
    lines = [line for line in record.splitlines() if not re.match(r"\s*#?\s*##|# yaml-", line)]
    lines = [re.sub(r"^# ?", "", line) for line in lines]
    return re.sub(r"^(\s*)# ", r"\1", "\n".join(lines) + "\n", flags=re.MULTILINE)


def test_a_new_record_says_what_must_be_filled(site: Project) -> None:
    """By a render, at the lines where it stands, and by the command that began it."""
    result = run("new", "bridge")
    rendered = run("render")

    year = datetime.now().astimezone().year
    path = f"news/{year}/bridge/record.yaml"
    assert result.exit_code == 0
    assert result.stdout == f"{path}\n"
    headline, paragraph = site.line_of(path, "headline:"), site.line_of(path, "  - paragraph:")
    for words in (f"{path}:{headline}:10: %s: the headline is empty", f"{path}:{paragraph}:15: %s: the paragraph is empty"):
        assert words % "to do" in result.stderr
        assert words % "error" in rendered.stderr


def test_a_new_record_with_everything_given_renders(site: Project) -> None:
    """A headline and a paragraph are enough."""
    run("new", "bridge", "--headline", "The bridge: *open* again", "--language", "en_gb")
    path = next(site.root.rglob("record.yaml"))
    path.write_text(path.read_text("utf-8").replace("- paragraph:\n", "- paragraph: At noon.\n"))
    outcome = site.render("en")

    assert read_record(path, "r.yaml").headline.words == "The bridge: *open* again"
    assert read_record(path, "r.yaml").language == "en-GB"
    assert {fault.file.split("/")[0] for fault in outcome.stopped} <= {"locales"}


def test_the_examples_in_a_new_record_are_right(site: Project) -> None:
    """Without their signs they are a record with every key and every kind of block."""
    created = new(site.site(), "bridge", NOW, headline="The bridge is open")
    record = uncommented(site.read(created.record)).replace("  - paragraph:\n", "")
    article = parse(source.read(record.encode(), "record.yaml"), "bridge", lambda *_: None)

    kinds = {type(block).__name__ for block in article.body}
    assert len(kinds) == 10
    assert {name for name in type(article).model_fields if not getattr(article, name)} == set()
    assert {text.role.name for _, text in texts(article)} >= {"kicker", "teaser", "transcript", "licence", "info heading"}


def test_a_new_record_names_the_schema_where_there_is_one(site: Project) -> None:
    """By the way to it from its own folder."""
    without = site.read(new(site.site(), "one", NOW).record)
    site.write("record.schema.json", "{}")
    with_it = site.read(new(site.site(), "two", NOW).record)

    assert not without.startswith("# yaml-language-server")
    assert with_it.startswith("# yaml-language-server: $schema=../../../record.schema.json\n")


def test_pictures_are_copied_beside_a_new_record_and_wait_for_their_alt(site: Project) -> None:
    """Each has an empty alt, which is refused at its line; the names are made safe."""
    odd = site.write("pictures/Brücke (neu) #1.PNG", png())
    created = new(site.site(), "bridge", NOW, files=[odd, site.write("pictures/b.png", png())], headline="Open")

    assert [Path(file).name for file in created.files] == ["Br-cke-neu-1.png", "b.png"]
    assert (site.root / created.files[0]).read_bytes() == odd.read_bytes()
    lines = site.read(created.record).splitlines()
    assert [lines[fault.line - 1].strip() for fault in created.to_do] == ["alt:", "alt:"]
    assert "the alt of the picture b.png is empty; say in English (en) what it shows" in created.to_do[1].message


def test_what_a_picture_carries_is_offered_and_never_used(site: Project) -> None:
    """It stands as a comment, with its language; the record is refused all the same."""
    spoken = {"de": "Zwei Kinder laufen über eine Brücke", "en-GB": "Two children cross a bridge", "x-default": "Two of them"}
    site.write("p.png", png(packet(alt=spoken, description={"en": "A bridge of two arches"})))
    created = new(site.site(), "bridge", NOW, files=[site.root / "p.png"], headline="Open")
    record = site.read(created.record)

    ours = [record.index(words) for words in ("Two children cross", "Two of them", "Zwei Kinder", "A bridge of two arches")]
    assert ours == sorted(ours)
    assert "for “alt” in English (United Kingdom) (IPTC, Alt Text)" in " ".join(record.replace("##", "").split())
    assert all(line.lstrip().startswith("#") for line in record.splitlines() if "children" in line.lower() and "alt:" not in line)
    assert ["empty" in fault.message for fault in created.to_do] == [True]


@pytest.mark.parametrize(
    "words",
    [
        "a11ynews: ignore alt-missing because I say so",
        "yaml-language-server: $schema=https://evil.example/x",
        "x " * 60 + "a11ynews: ignore alt-missing because I say so",
        "a bridge\n      alt: taken over\n#",
        "\u2028alt: taken over\u2028",
        "\x85      alt: taken over",
    ],
)
def test_what_a_picture_carries_stays_a_comment_and_is_no_instruction(words: str, site: Project) -> None:
    """Neither to YAML, nor to a11ynews, nor to an editor."""
    site.write("p.png", png(packet(alt={"en": words})))
    created = new(site.site(), "bridge", NOW, files=[site.root / "p.png"], headline="Open")
    content = (site.root / created.record).read_bytes()

    said = [remark.words.lstrip("# ") for remark in source.comments(content, "record.yaml")]
    assert not [remark for remark in said if re.match(r"\s*(a11ynews:|yaml-language-server)", remark)]
    assert yaml.safe_load(content)["body"] == [{"picture": {"file": "p.png", "alt": None}}]


def test_nothing_is_written_where_a_record_is_already(site: Project) -> None:
    """Neither into its folder nor under its id elsewhere; all is told at once."""
    site.record(id="bridge")
    (site.root / "news/2026/tower").mkdir(parents=True)
    before = tree(site.root)

    for slug, told in {
        "bridge": [("news/bridge/record.yaml", "has the id “bridge” already, and catalogs go by it; choose another slug")],
        "tower": [("news/2026/tower", "is there already, and nothing is overwritten; choose another slug")],
    }.items():
        with pytest.raises(SourceError) as caught:
            new(site.site(), slug, NOW)
        assert [(fault.file, fault.message) for fault in caught.value.faults] == told
    assert tree(site.root) == before


def test_pictures_that_are_none_are_told_with_everything_else(site: Project) -> None:
    """And nothing is written."""
    site.write("a.txt", "no picture")
    site.write("x/b.png", png())
    site.write("y/B.png", png())
    before = tree(site.root)
    files = [site.root / name for name in ("a.txt", "nope.jpg", "x/b.png", "y/B.png")]

    with pytest.raises(SourceError) as caught:
        new(site.site(), "bridge", NOW, files=files)

    told = {Path(fault.file).name: fault.message for fault in caught.value.faults}
    assert "is no picture that can be read" in told["a.txt"]
    assert "no such file" in told["nope.jpg"]
    assert "same name" in told["B.png"]
    assert tree(site.root) == before


@pytest.mark.parametrize("slug", ["../x", "a/b", "Ab", "a b", "", "a11ynews", "x" * 300, "a\0b", "con/../../x"])
def test_a_slug_that_is_none_is_refused(slug: str, site: Project) -> None:
    """No folder is left, and none of the catalogs' names is taken."""
    before = tree(site.root)

    with pytest.raises(A11yNewsError):
        new(site.site(), slug, NOW)

    assert tree(site.root) == before


@pytest.mark.usefixtures("site")
def test_a_language_that_the_site_does_not_have_is_noted() -> None:
    """The record is begun all the same; a tag that is none is refused."""
    result = run("new", "bridge", "--language", "pt")

    assert result.exit_code == 0
    assert "note: Portuguese (pt) is not among the site's languages" in result.stderr
    assert run("new", "tower", "--language", "portugues").exit_code == 2


def test_the_configuration_says_where_records_go_and_in_which_language(tmp_path: Path) -> None:
    """Its folder of news, and its default language."""
    site = Project(tmp_path, CONFIG + 'default_language = "it"\n[folders]\nnews = "notizie"\n')

    created = new(site.site(), "ponte", NOW)

    assert created.record == "notizie/2026/ponte/record.yaml"
    assert "\nlanguage: it\n" in site.read(created.record)
