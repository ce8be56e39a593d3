"""The documents say what the code does: their commands, keys, tables, examples and links are compared with it."""

import os
import re
import shlex
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from PIL import Image
from pydantic import BaseModel

from a11ynews import pictures, source
from a11ynews.article import ROLES, parse, record_schema
from a11ynews.cli import main
from a11ynews.config import Config, load
from a11ynews.errors import ConfigError
from a11ynews.live.browser import ENVIRONMENT_VARIABLE
from a11ynews.markup import Level
from a11ynews.po import PoFile
from a11ynews.render import UiMessage
from a11ynews.resources import TEMPLATES
from project import Project

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
RECORD, CONFIGURATION, TEMPLATE = (ROOT / "docs" / f"{name}.md" for name in ("record", "configuration", "templates"))
MINIMAL = 'name = "A"\nbase_url = "https://news.example.org/"\nlanguages = ["en"]\n'
REPORTS, COVERAGE, BASELINE = (ROOT / "docs" / f"{name}.md" for name in ("reports", "coverage", "baseline"))
SECURITY, THEMES = (ROOT / "docs" / f"{name}.md" for name in ("security", "themes"))
CHECKING, CI, PYTEST = (ROOT / "docs" / f"{name}.md" for name in ("checking", "ci", "pytest"))
SITE = ROOT / "docs" / "site.md"
START, INTERCHANGE = (ROOT / "docs" / f"{name}.md" for name in ("start", "import-export"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DOCUMENTS = [
    README,
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    RECORD,
    CONFIGURATION,
    TEMPLATE,
    REPORTS,
    BASELINE,
    COVERAGE,
    CHECKING,
    CI,
    PYTEST,
    SECURITY,
    SITE,
    START,
    INTERCHANGE,
    THEMES,
    ROOT / "docs" / "preview.md",
    ROOT / "docs" / "mutations.md",
    *DECISIONS,
]
FOR_USERS = "\n".join(
    path.read_text("utf-8")
    for path in (README, START, INTERCHANGE, RECORD, CONFIGURATION, TEMPLATE, REPORTS, BASELINE, CHECKING, CI, SECURITY, SITE)
)

_FENCE = re.compile(r"^( *)```(\w*) ?([^\n]*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)

# -- reading documents -------------------------------------------------------------------------------------------------


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def blocks(text: str, kind: str, mark: str | None = None) -> list[str]:
    """The fenced blocks of a kind; `mark` is what stands behind it in the fence."""
    return [found[4] for found in _FENCE.finditer(text) if found[2] == kind and mark in (None, found[3])]


def marked_blocks(mark: str, *kinds: str) -> list[Any]:
    """… in all documents, as parameters of a test: the content and its kind."""
    return [
        pytest.param(block, kind, id=f"{name_of(path)}-{kind}-{number}")
        for path in DOCUMENTS
        for kind in kinds
        for number, block in enumerate(blocks(path.read_text("utf-8"), kind, mark), 1)
    ]


def section(path: Path, heading: str) -> str:
    """What stands under a heading, up to the next one of any level."""
    text = _FENCE.sub(lambda block: block[0].replace("\n#", "\n\\#"), path.read_text("utf-8"))
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.MULTILINE | re.DOTALL)

    assert found, f"{name_of(path)} has no section “{heading}”"
    return found[1].replace("\n\\#", "\n#")


def after(path: Path, comment: str) -> str:
    """The fenced block that follows a comment."""
    found = re.search(rf"<!-- {re.escape(comment)} -->\n```\w+\n(.*?)^```$", path.read_text("utf-8"), re.MULTILINE | re.DOTALL)

    assert found, f"{name_of(path)} has no block marked “{comment}”"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without their headers."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [row for n, row in enumerate(table) if not _is_rule(row) and not (n + 1 < len(table) and _is_rule(table[n + 1]))]


def _is_rule(row: list[str]) -> bool:
    return all(re.fullmatch("-+", cell) for cell in row)


def code(cell: str) -> list[str]:
    """What stands between backticks."""
    return re.findall(r"`([^`]+)`", cell)


# -- commands ----------------------------------------------------------------------------------------------------------


def commands(command: click.Command = main, path: str = "a11ynews") -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, f"{path} {name}")


def options(command: click.Command) -> dict[str, click.Option]:
    found = [option for option in command.params if isinstance(option, click.Option)]
    return {name: option for option in found for name in [*option.opts, *option.secondary_opts]}


COMMANDS = dict(commands())


@pytest.mark.parametrize("path", [path for path, command in COMMANDS.items() if not isinstance(command, click.Group)])
def test_every_command_is_named(path: str) -> None:
    """Whoever reads the documents meets every command."""
    assert re.search(rf"\b{path}\b", FOR_USERS)


@pytest.mark.parametrize(
    "name", sorted({name for command in COMMANDS.values() for name in options(command) if name.startswith("--")})
)
def test_every_option_is_named(name: str) -> None:
    """Whoever reads the documents meets every option."""
    assert re.search(rf"(?<![\w-]){name}(?![\w-])", FOR_USERS)


def written_commands() -> list[Any]:
    found = []
    for path in DOCUMENTS:
        text = path.read_text("utf-8")
        lines = [line for block in blocks(text, "console") for line in block.splitlines()]
        written = [line.partition("a11ynews ")[2] for line in lines if re.match(r"\$ (?:\S*/)?a11ynews ", line)]
        written += re.findall(r"`a11ynews ((?:--)?[a-z][^`]*)`", _FENCE.sub("", text))
        found += [pytest.param(words, id=f"{name_of(path)}-{words}") for words in dict.fromkeys(written)]
    return found


@pytest.mark.parametrize("words", written_commands())
def test_every_command_that_is_written_down_exists(words: str) -> None:
    """A command in a document, with its options, is one that there is."""
    command: click.Command = main
    left = shlex.split(re.split(r"[>#…]|&&", words)[0])
    while left:
        word = left.pop(0)
        if word.startswith("-"):
            assert word in options(command), f"{word} is no option of {command.name}"
            if not options(command)[word].is_flag and left:
                left.pop(0)
        elif isinstance(command, click.Group):
            assert word in command.commands, f"{word} is no command of {command.name}"
            command = command.commands[word]


def test_the_exit_codes_are_those_of_the_help() -> None:
    """The README's table has the codes that `a11ynews --help` tells, and no others."""
    told = re.findall(r"^ +(\d) {2}\w", CliRunner().invoke(main, ["--help"]).output, re.MULTILINE)

    assert [row[0] for row in rows(section(README, "For continuous integration"))] == told == ["0", "1", "2", "3"]


def test_the_environment_variable_is_explained() -> None:
    """The one variable that is read stands in the documents for users."""
    assert f"`{ENVIRONMENT_VARIABLE}`" in FOR_USERS


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / ".github" / "workflows" / "ci.yml"], ids=name_of)
def test_every_make_target_exists(path: Path) -> None:
    """Nobody is told to run a target that the Makefile does not have."""
    named = set(re.findall(r"(?:`|\$ |run: )make ([a-z-]+)", path.read_text("utf-8")))
    makefile = ROOT / "Makefile"
    targets = set(re.findall(r"^([a-z-]+):", makefile.read_text("utf-8"), re.MULTILINE)) if makefile.is_file() else set()

    assert named <= targets


# -- the record --------------------------------------------------------------------------------------------------------

SCHEMA = record_schema()
MODELS = {name: model for name, model in SCHEMA["$defs"].items() if not name.endswith("Block")}
BLOCKS = {
    next(key for key in model["properties"] if key != "id") for name, model in SCHEMA["$defs"].items() if name not in MODELS
}
SECTIONS = {
    "Author": "authors",
    "Related": "related",
    "Licence": "licence",
    "ProperName": "names",
    "BulletList": "list",
    **{name: name.lower() for name in ("Audio", "Heading", "Info", "Picture", "Quote", "Table", "Video")},
}
"""The section of docs/record.md that explains each model."""


def test_every_model_of_a_record_has_a_section() -> None:
    """A new part of a record is explained."""
    assert SECTIONS.keys() == MODELS.keys()


@pytest.mark.parametrize("model", ["Article", *SECTIONS])
def test_the_keys_of_a_record_are_those_of_the_model(model: str) -> None:
    """A table lists each key once, says which are required, and lists no key that there is not."""
    text = section(RECORD, f"`{SECTIONS[model]}`" if model in SECTIONS else "Keys")
    schema = MODELS[model] if model in SECTIONS else SCHEMA
    table = {code(row[0])[0]: row[1] for row in rows(text)}

    assert table.keys() == schema["properties"].keys()
    assert {key for key, required in table.items() if required == "yes"} == set(schema["required"])


def test_every_kind_of_block_has_a_section() -> None:
    """… with its name for a heading, and there is no other."""
    text = RECORD.read_text("utf-8")
    under_blocks = text[text.index("\n## Blocks\n") : text.index("\n## Markup\n")]

    assert set(re.findall(r"^### `(\w+)`$", under_blocks, re.MULTILINE)) == BLOCKS


def test_the_roles_are_those_of_the_code() -> None:
    """Every role with its markup and its length, in the order of the code."""
    levels = {Level.NONE: "none", Level.PHRASE: "emphasis", Level.FULL: "all"}
    table = [(row[0], row[2], row[3]) for row in rows(section(RECORD, "Markup")) if len(row) == 4]

    assert table == [(role.name, levels[role.level], str(role.most or "")) for role in ROLES.values()]


def headline_of(content: str, suffix: str) -> str:
    """The headline of a record; raises RecordError with all that is wrong in it."""
    return parse(source.read(content.encode(), f"record.{suffix}"), "reading-room", lambda *_: None).headline.words


@pytest.mark.parametrize("suffix", ["yaml", "json", "toml"])
def test_there_is_a_whole_record_in_every_format(suffix: str) -> None:
    """What the next test reads is there."""
    assert blocks(RECORD.read_text("utf-8"), suffix, "record")


@pytest.mark.parametrize(("content", "suffix"), marked_blocks("record", "yaml", "json", "toml"))
def test_a_whole_record_is_right(content: str, suffix: str) -> None:
    """A reader can copy it."""
    assert headline_of(content, suffix) in content


_HEAD = "language: en\npublished: 2026-03-02T09:00:00+01:00\nheadline: The reading room is open again\n"


@pytest.mark.parametrize(("content", "suffix"), marked_blocks("body", "yaml"))
def test_an_example_of_blocks_is_right(content: str, suffix: str) -> None:
    """It can stand in a record's body."""
    assert headline_of(f"{_HEAD}body:\n{content}", suffix) == "The reading room is open again"


@pytest.mark.parametrize(("content", "suffix"), marked_blocks("keys", "yaml"))
def test_an_example_of_keys_is_right(content: str, suffix: str) -> None:
    """It can stand at the top of a record."""
    assert headline_of(f"{_HEAD}body: [paragraph: Hello.]\n{content}", suffix) == "The reading room is open again"


def test_the_limits_are_those_of_the_code() -> None:
    """Numbers in words are the numbers in the code."""
    limits = section(RECORD, "Limits")
    widths = section(RECORD, "`picture`").replace("\n", " ")

    assert f"{source.MOST_BYTES // 2**20} MiB" in limits
    assert f"{source.MOST_VALUES:,} values" in limits
    assert f"{source.MOST_DEPTH} levels" in limits
    assert re.findall(r"\d{3,4}(?=,| and| pixels)", widths) == [str(width) for width in pictures.WIDTHS]


def test_the_schema_is_that_of_the_code() -> None:
    """The file for editors is what `a11ynews schema` prints."""
    assert CliRunner().invoke(main, ["schema"]).output == (ROOT / "docs" / "record.schema.json").read_text("utf-8")


# -- the configuration -------------------------------------------------------------------------------------------------


def config_keys(model: type[BaseModel] = Config, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Each key with its default, as the table writes it."""
    for name, field in model.model_fields.items():
        inner = next((m for m in (field.annotation, *getattr(field.annotation, "__args__", ())) if _is_model(m)), None)
        if inner is not None:
            yield from config_keys(inner, f"{prefix}{name}.")
        elif name == "fallback":
            yield "fallback.<role>", "`show`"
        else:
            default = field.default
            optional = bool(prefix) and not isinstance(default, str | int)
            told = f"`{str(default).lower() if isinstance(default, bool) else default}`"
            yield prefix + name, told if isinstance(default, str | int) else "none" if optional else "required"


def _is_model(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)


def test_the_keys_of_the_configuration_are_those_of_the_model() -> None:
    """Each key is explained with its default, and no key that there is not."""
    table = {code(row[0])[0]: row[1] for row in rows(section(CONFIGURATION, "Keys"))}

    assert table == dict(config_keys()) | {"default_language": "the first of `languages`"}


@pytest.fixture
def configured(tmp_path: Path) -> Callable[[str], Config]:
    """Reads a configuration from its text."""

    def read(content: str) -> Config:
        file = tmp_path / "a11ynews.toml"
        file.write_text(content, "utf-8")
        return load(file)

    return read


@pytest.mark.parametrize(("content", "suffix"), marked_blocks("config", "toml"))
def test_a_whole_configuration_is_right(content: str, suffix: str, configured: Callable[[str], Config]) -> None:
    """A reader can copy it."""
    assert configured(content).file.endswith(suffix)


@pytest.mark.parametrize(("content", "suffix"), marked_blocks("keys", "toml"))
def test_an_example_of_the_configuration_is_right(content: str, suffix: str, configured: Callable[[str], Config]) -> None:
    """It can be added to the three keys that are required."""
    assert configured(MINIMAL + content).file.endswith(suffix)


def test_the_whole_configuration_has_every_key() -> None:
    """The example that is said to be everything is."""
    data = tomllib.loads(blocks(CONFIGURATION.read_text("utf-8"), "toml", "config")[1])
    keys = {name.split(".")[0] for name, _ in config_keys()}

    assert data.keys() == keys
    for name, _ in config_keys():
        table, _, key = name.partition(".")
        assert key in ("", "<role>") or key in data[table]


def test_the_roles_that_can_be_hidden_are_those_of_the_code(configured: Callable[[str], Config]) -> None:
    """The sentence that lists them names each role whose `hide` is accepted, and no other."""
    text = section(CONFIGURATION, "Texts that are not translated").replace("\n", " ")
    found = re.search(r"can be hidden: (.*?) and ([\w ]+)\.", text)

    def can_be_hidden(role: str) -> bool:
        try:
            configured(f'{MINIMAL}[fallback]\n"{role}" = "hide"\n')
        except ConfigError:
            return False
        return True

    assert found
    assert {*found[1].split(", "), found[2]} == {role for role in ROLES if can_be_hidden(role)}


@pytest.mark.parametrize(
    ("pattern", "path", "address"),
    [tuple(code(cell)[0] for cell in row) for row in rows(section(CONFIGURATION, "Addresses")) if len(row) == 3],
)
def test_an_address_is_what_the_table_says(pattern: str, path: str, address: str, tmp_path: Path) -> None:
    """A pattern gives the file and the address beside it."""
    project = Project(tmp_path, f'{MINIMAL.replace("en", "de")}address = "{pattern}"\n')
    project.write("news/reading-room/record.yaml", _HEAD.replace(": en", ": de") + "body: [paragraph: Hallo.]\n")

    assert project.render().written == [path]
    assert f'<link rel="canonical" href="{address}">' in project.read(f"site/{path}")


# -- the templates -----------------------------------------------------------------------------------------------------


def test_the_files_and_blocks_are_those_of_the_templates() -> None:
    """Every template is listed, and of each the blocks that can be replaced."""
    listed = {name: set(code(row[2])) for row in rows(section(TEMPLATE, "Files and blocks")) for name in code(row[0])}
    there = {
        path.relative_to(TEMPLATES).as_posix(): set(re.findall(r"{%-? block (\w+)", path.read_text("utf-8")))
        for path in TEMPLATES.rglob("*")
        if path.is_file()
    }

    assert listed == there


VARIABLES = {
    "page": "{{ page.__dict__|join(' ') }}",
    "site": "{{ site.__dict__|join(' ') }}",
    "block.picture.image": "{{ article.body[0].picture.image.__dict__|join(' ') }}",
    "article.published": "{{ article.published.__dict__|join(' ') }}",
    "page.alternates": "{{ page.alternates[0].__dict__|join(' ') }}",
}


@pytest.mark.parametrize("name", VARIABLES)
def test_the_attributes_of_a_variable_are_listed(name: str, tmp_path: Path) -> None:
    """Whatever a template can ask of a variable stands in the tables, and nothing else."""
    project = Project(tmp_path, MINIMAL)
    project.record()
    project.write("templates/article.html", VARIABLES[name])
    project.render()
    there = set(project.read("site/en/bridge.html").split())
    table = [row for heading in ("`article`", "`page`", "`site`") for row in rows(section(TEMPLATE, heading))]
    own = {attribute.removeprefix(f"{name}.") for row in table for attribute in code(row[0]) if attribute.startswith(f"{name}.")}
    beside = {found for row in table if name in code(row[0]) for found in re.findall(r"`\.(\w+)`", row[1])}

    assert own | beside == there


def test_the_examples_of_templates_work(tmp_path: Path) -> None:
    """Each example that extends a template renders, and the words of the examples reach the catalogs."""
    project = Project(tmp_path, MINIMAL)
    project.record()
    examples = [
        re.sub("^  ", "", example, flags=re.MULTILINE)
        for path in (TEMPLATE, SECURITY)
        for example in blocks(path.read_text("utf-8"), "jinja")
    ]
    extending = [example for example in examples if "{% extends" in example]
    words: list[UiMessage] = []
    for example in examples:
        project.write("templates/article.html", example if example in extending else f"<body>{example}</body>")
        assert project.render().stopped == []
        words += [message for message in project.site().renderer.ui_messages() if message.file == "templates/article.html"]

    assert len(extending) == 2
    assert {"Read by {n} people", "By {authors}", "{n} picture", "Share"} <= {message.id for message in words}
    assert [message.context for message in words if message.id == "Share"] == ["verb"]
    assert [note for m in words if m.id == "Related links" for note in m.notes] == ["the heading above links to read on."]


# -- the README, followed to the letter --------------------------------------------------------------------------------

STEPS = "In your own project in five minutes"
GERMAN = {
    "The reading room is open again": "Der Lesesaal ist wieder offen",
    "After a year of building work, readers have twice as many seats.": "Nach einem Jahr gibt es doppelt so viele Plätze.",
    "The new lamps were paid for by the **Friends of the Library**.": "Die Lampen bezahlte der **Verein der Freunde**.",
    "The reading room on its first morning": "Der Lesesaal am ersten Morgen",
    "Ana Martins": "Ana Martins",
}


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The project that the README sets up, as far as its step 2."""
    steps = section(README, STEPS)
    project = Project(tmp_path, blocks(steps, "toml", "config")[0])
    project.write("news/reading-room/record.yaml", blocks(steps, "yaml", "record")[0])
    Image.linear_gradient("L").resize((1200, 800)).convert("RGB").save(tmp_path / "news/reading-room/reading-room.jpg")
    monkeypatch.chdir(tmp_path)
    return project


def run(*arguments: str) -> str:
    """What a person sees who runs the command."""
    return CliRunner().invoke(main, arguments).output


def told(command: str) -> str:
    """What the README shows below a command of its steps."""
    shown = "".join(blocks(section(README, STEPS), "console"))
    return shown.partition(f"$ {command}\n")[2].partition("$ ")[0]


def fill(project: Project, words: dict[str, str]) -> None:
    path = project.root / "locales/de/LC_MESSAGES/reading-room.po"
    po = PoFile.read(path, path.name)
    for entry in po.live:
        entry.set_strings({0: words.get(entry.id, "")})
    po.write(path)


def test_the_steps_of_the_readme_work(library: Project) -> None:
    """Whoever follows them sees what they show."""
    assert run("catalog", "update") == told("a11ynews catalog update")

    entry = blocks(section(README, STEPS), "po")[0]
    source_lines, _, translation = entry.rpartition("msgstr ")
    assert source_lines in library.read("locales/de/LC_MESSAGES/reading-room.po")

    fill(library, GERMAN | {shlex.split(source_lines.splitlines()[-1])[1]: shlex.split(translation)[0]})
    assert run("render") == told("a11ynews render")
    assert run("check", "--no-browser").splitlines()[-2:] == told("a11ynews check").splitlines()[-2:]


def test_the_refused_record_of_the_readme_is_told_as_it_says(library: Project) -> None:
    """All its faults, word for word."""
    library.write("news/reading-room/record.yaml", after(README, "refused"))

    assert run("render") == after(README, "told")


def test_an_untranslated_alt_is_told_as_the_readme_says(library: Project) -> None:
    """The line that stops the German page, word for word but for its number: the catalog's comments above it may change."""
    run("catalog", "update")
    fill(library, GERMAN)

    output = run("render")

    def unnumbered(text: str) -> str:
        return re.sub(r"\.po:\d+:", ".po:…:", text)

    assert unnumbered(after(README, "untranslated alt")) in unnumbered(output)
    assert "site/de/reading-room.html" not in output


def test_a_template_without_alt_is_told_as_the_readme_says(library: Project) -> None:
    """The finding, word for word but for the digest in the picture's name."""
    template = (TEMPLATES / "picture.html").read_text("utf-8")
    library.write("templates/picture.html", re.sub(r' alt="[^"]*"', "", template))
    run("catalog", "update")
    fill(library, GERMAN | {"Long tables with green lamps, and a reader at each of them": "Lange Tische mit grünen Lampen"})
    run("render")

    def nameless(text: str) -> str:
        return re.sub(r"-[0-9a-f]{8}-", "-…-", text)

    assert nameless(after(README, "finding")) in nameless(run("check", "--no-browser"))


# -- the rest ----------------------------------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    """The anchors that GitHub gives to headings."""
    headings = re.findall(r"^#+ (.*)$", _FENCE.sub("", path.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    """Every link to a file of the project leads to one that there is, and every anchor to a heading."""
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", _FENCE.sub("", path.read_text("utf-8")))):
        file, _, anchor = target.partition("#")
        leads = Path(os.path.normpath(path.parent / file)) if file else path
        if re.match(r"https?:", target):
            continue
        if not leads.exists() or (anchor and anchor not in anchors(leads)):
            broken.append(target)

    assert broken == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_files_that_are_named_exist(path: Path) -> None:
    """A path of this repository between backticks is there."""
    named = re.findall(r"`((?:src|tests|docs|\.github)/[\w./-]+)`", path.read_text("utf-8"))

    assert [file for file in named if not (ROOT / file).exists()] == []


def test_every_module_has_its_row() -> None:
    """CONTRIBUTING shows the rows of modules as the import contract has them, with every module that there is."""
    rows_shown = next(
        block for block in blocks((ROOT / "CONTRIBUTING.md").read_text("utf-8"), "text") if block.startswith("__main__")
    )
    shown = [set(row.replace("/", "").split()) for row in rows_shown.splitlines()]
    package = ROOT / "src" / "a11ynews"
    modules = {path.stem for path in package.glob("*.py")} | {path.parent.name for path in package.glob("*/__init__.py")}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")

    assert set().union(*shown) == modules - {"__init__"}
    assert shown == [set(re.findall(r"\w+", layer)) & modules for layer in layers]


def test_every_dependency_has_its_reason() -> None:
    """The decision on dependencies names all of them, and no other."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    reasons = next(path for path in DECISIONS if path.name.startswith("0008"))
    needed = {re.split(r"[<>=\[]", line)[0] for line in [*project["dependencies"], *extras["browser"]]}
    for_work = {re.split(r"[<>=\[]", line)[0] for line in extras["dev"]} - {"a11ynews"}

    assert {code(row[0])[0] for row in rows(reasons.read_text("utf-8"))} == needed
    assert for_work <= set(code(reasons.read_text("utf-8")))


@pytest.mark.parametrize("path", DECISIONS, ids=name_of)
def test_a_decision_has_its_three_parts(path: Path) -> None:
    """Context, decision, consequences, under a title with its number."""
    text = path.read_text("utf-8")

    assert text.startswith(f"# {path.name[:4]}: ")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]


def test_the_screenshot_is_small() -> None:
    """The README loads quickly: 1280 x 900 pixels in less than 300 KB."""
    file = ROOT / "docs" / "screenshot.png"
    with Image.open(file) as picture:
        size = picture.size

    assert size == (1280, 900)
    assert file.stat().st_size < 300_000
