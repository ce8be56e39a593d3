"""What runs a11ynews in CI: the action's steps, run as GitHub would; the hooks of pre-commit; the examples in the documents."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from a11ynews.cli import main

ROOT = Path(__file__).parents[1]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
CI = ROOT / "docs" / "ci.md"

HEAD = '<html lang="en"><head><title>Flood in town</title><meta name="description" content="The river rose."></head>'
GOOD = f"<!doctype html>{HEAD}<body><main><h1>Flood</h1><p>The river rose in the night.</p></main></body></html>"


def attempt(step: str, where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a step's script with bash as GitHub does, in a folder; its inputs come from the environment."""
    temp = where.parent / "runner"
    temp.mkdir(exist_ok=True)
    script = temp / "step.sh"
    script.write_text(STEPS[step]["run"], "utf-8")
    given = {
        "PATH": os.environ["PATH"],
        "RUNNER_TEMP": str(temp),
        "GITHUB_OUTPUT": str(temp / "output"),
        "GITHUB_STEP_SUMMARY": str(temp / "summary"),
        "GITHUB_REPOSITORY": "example/news",
        **environment,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)]
    return subprocess.run(command, cwd=where, env=given, capture_output=True, text=True, check=False)


def run(step: str, where: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """… which must not fail."""
    done = attempt(step, where, **environment)

    assert done.returncode == 0, done.stderr
    return done


def outputs(where: Path) -> dict[str, str]:
    """What the last step has put out."""
    lines = (where.parent / "runner" / "output").read_text("utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines)


INPUTS = {
    "PROGRAM": str(Path(sys.executable).with_name("a11ynews")),
    "PATHS": "",
    "RENDER": "false",
    "BASELINE": "",
    "CHANGED_SINCE": "",
    "LANGUAGE_OF_REPORT": "en",
    "BROWSER": "false",
}


def workspace_in(folder: Path) -> Path:
    """A folder with two pages, one of them without a fault."""
    (folder / "work space/site").mkdir(parents=True)
    (folder / "work space/site/good.html").write_text(GOOD, "utf-8")
    (folder / "work space/site/bad one.html").write_text(GOOD.replace("<p>", "<img src=x.png><p>"), "utf-8")
    return folder / "work space"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A folder of a test's own, with two pages."""
    return workspace_in(tmp_path)


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder of which both pages have been checked, and what the step has said."""
    folder = workspace_in(tmp_path_factory.mktemp("checked"))
    return folder, run("Check", folder, **INPUTS | {"PATHS": "site"})


# -- the action --------------------------------------------------------------------------------------------------------


def test_no_input_becomes_a_part_of_a_script() -> None:
    """A title of a pull request, or a name of a branch, could be a command. It comes in by the environment."""
    scripts = [step["run"] for step in STEPS.values() if "run" in step]

    assert len(scripts) == 4
    assert not [script for script in scripts if "${{" in script]
    assert all(step["shell"] == "bash" for step in STEPS.values() if "run" in step)


def test_every_input_is_used_and_every_output_comes_from_a_step() -> None:
    """And the names in the expressions are those that are there."""
    text = (ROOT / "action.yml").read_text("utf-8")
    used = set(re.findall(r"\binputs\.([a-z-]+)", text))
    ids = {step["id"] for step in STEPS.values() if "id" in step}
    put = {step["id"]: set(re.findall(r'echo "([a-z-]+)=', step["run"])) for step in STEPS.values() if "id" in step}

    assert used == set(ACTION["inputs"])
    for step, name in re.findall(r"steps\.([a-z]+)\.outputs\.([a-z-]+)", text):
        assert step in ids
        assert name in put[step]


@pytest.mark.parametrize(
    ("paths", "verdict", "code"),
    [
        ("site/good.html", "passed", "0"),
        ("  site/good.html \r\n\n  site/bad one.html\n", "failed", "1"),
        ("site", "failed", "1"),
        ("site/missing.html", "incomplete", "2"),
        ("site/*.htm", "incomplete", "2"),
    ],
)
def test_the_check_puts_out_its_verdict_and_does_not_stop_the_steps_after_it(
    workspace: Path, paths: str, verdict: str, code: str
) -> None:
    """What is found is uploaded and written down before the job fails."""
    done = run("Check", workspace, **INPUTS | {"PATHS": paths})
    found = outputs(workspace)

    assert (found["verdict"], found["exit-code"]) == (verdict, code)
    for suffix in ("json", "sarif", "xml", "md", "html"):
        assert (Path(found["folder"]) / f"a11ynews.{suffix}").stat().st_size > 0
    assert "## a11ynews" in (workspace.parent / "runner/summary").read_text("utf-8")
    assert f"(exit code {code})" in done.stdout


def test_annotations_stand_in_the_log(checked: tuple[Path, subprocess.CompletedProcess[str]]) -> None:
    """GitHub shows them beside the lines."""
    assert "::error file=site/bad one.html" in checked[1].stdout


def test_inputs_that_look_like_commands_or_options_are_neither(workspace: Path) -> None:
    """They are names of files and revisions that are not there."""
    hostile = "$(touch stolen)\n`touch stolen`\n; touch stolen\n--output=stolen\n-h\n* \n"
    run("Check", workspace, **INPUTS | {"PATHS": hostile})
    first = outputs(workspace)
    (workspace.parent / "runner/output").unlink()
    run("Check", workspace, **INPUTS | {"PATHS": "site", "CHANGED_SINCE": '--output=stolen"; touch stolen; $(touch stolen)'})

    assert first["verdict"] == "incomplete"
    assert outputs(workspace)["verdict"] == "error"
    assert sorted(path.name for path in workspace.iterdir()) == ["site"]


@pytest.mark.parametrize("wrong", [{"LANGUAGE_OF_REPORT": "fr"}, {"BASELINE": "missing.json"}, {"CHANGED_SINCE": "nowhere"}])
def test_a_check_that_cannot_begin_is_an_error(
    workspace: Path, checked: tuple[Path, subprocess.CompletedProcess[str]], wrong: dict[str, str]
) -> None:
    """Exit code 2, and nothing of an earlier run is taken for its report."""
    shutil.copytree(outputs(checked[0])["folder"], workspace.parent / "runner/a11ynews-report")
    run("Check", workspace, **INPUTS | {"PATHS": "site/good.html"} | wrong)
    found = outputs(workspace)

    assert (found["verdict"], found["exit-code"]) == ("error", "2")
    assert Path(found["folder"]) == workspace.parent / "runner/a11ynews-report"
    assert list(Path(found["folder"]).iterdir()) == []


@pytest.mark.parametrize(("code", "left"), [("0", 0), ("1", 1), ("2", 2), ("3", 3), ("", 2)])
def test_the_job_ends_with_the_exit_code_of_the_check(workspace: Path, code: str, left: int) -> None:
    """A check that has not even run is no pass."""
    assert attempt("Verdict", workspace, CODE=code, VERDICT="").returncode == left


def test_the_last_step_runs_whatever_came_before() -> None:
    """Otherwise an upload that fails would hide what the check said; and without it nothing would be red."""
    assert [*STEPS][-1] == "Verdict"
    assert STEPS["Verdict"]["if"] == "${{ !cancelled() }}"


PYTHON = """#!/bin/sh
echo "python $*" >> "$RUNNER_TEMP/calls"
case "$1 $2" in
  "-c import"*) exit "${TOO_OLD:-0}" ;;
  "-m venv") mkdir -p "$3/bin"; cp "$0" "$3/bin/python"
    printf '#!/bin/sh\\necho "a11ynews $*" >> "$RUNNER_TEMP/calls"\\n' > "$3/bin/a11ynews"; chmod +x "$3/bin/a11ynews" ;;
esac
"""


def program(folder: Path, name: str, script: str) -> Path:
    """A program that stands in for another."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(script, "utf-8")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize("browser", ["true", "false"])
def test_it_is_installed_from_the_actions_own_checkout(workspace: Path, browser: str) -> None:
    """With a browser only where one is wanted, and in an environment that is nobody else's."""
    python = program(workspace.parent / "bin", "python-x", PYTHON)
    run("Install a11ynews", workspace, PYTHON=str(python), BROWSER=browser, ACTION="/actions/a11y news/v1")
    runner = workspace.parent / "runner"
    calls = (runner / "calls").read_text("utf-8").splitlines()

    assert calls[1:3] == [
        f"python -m venv {runner}/a11ynews-venv",
        "python -m pip install --quiet --disable-pip-version-check /actions/a11y news/v1[browser]",
    ]
    assert calls[3:] == (["a11ynews browser install"] if browser == "true" else [])
    assert outputs(workspace) == {"program": f"{runner}/a11ynews-venv/bin/a11ynews"}


def test_a_python_that_is_too_old_is_told(workspace: Path) -> None:
    """With what to do."""
    python = program(workspace.parent / "bin", "python-x", PYTHON)
    done = attempt("Install a11ynews", workspace, PYTHON=str(python), BROWSER="false", ACTION="/a", TOO_OLD="1")

    assert done.returncode == 2
    assert done.stdout == f"::error::{python} is no Python 3.11 or later; run actions/setup-python before\n"


GH = """#!/bin/sh
echo "$*" >> "$RUNNER_TEMP/calls"
case "$*" in *--paginate*) printf '%s' "$FOUND" ;; *) exit "${FAILS:-0}" ;; esac
"""


@pytest.mark.parametrize(
    ("found", "call"),
    [
        ("", "api --silent --method POST repos/example/news/issues/7/comments --field body=@"),
        ("41\n42\n", "api --silent --method PATCH repos/example/news/issues/comments/41 --field body=@"),
    ],
)
def test_there_is_one_comment_which_is_kept_up_to_date(
    workspace: Path, checked: tuple[Path, subprocess.CompletedProcess[str]], found: str, call: str
) -> None:
    """The report's first line, which nobody sees, tells it from others."""
    folder = outputs(checked[0])["folder"]
    gh = program(workspace.parent / "bin", "gh", GH)
    path = f"{gh.parent}:{os.environ['PATH']}"
    done = run("Comment", workspace, PATH=path, NUMBER="7", FOLDER=folder, FOUND=found, GH_TOKEN="-")
    failed = run("Comment", workspace, PATH=path, NUMBER="7", FOLDER=folder, FOUND=found, GH_TOKEN="-", FAILS="1")

    assert (workspace.parent / "runner/calls").read_text("utf-8").splitlines()[1] == f"{call}{folder}/a11ynews.md"
    assert "<!-- a11ynews -->" in STEPS["Comment"]["run"]
    assert (Path(folder) / "a11ynews.md").read_text("utf-8").startswith("<!-- a11ynews -->\n")
    assert done.stdout == ""
    assert failed.stdout == "::warning::the comment could not be written; the job needs pull-requests: write\n"


# -- pre-commit, workflows, documents ----------------------------------------------------------------------------------


def parsed(line: str) -> None:
    """Read a command line as the program would, without running it. Fails where it has a command or option that there is not."""
    words = shlex.split(line)[1:]
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group):
        found = command.get_command(context, words[0])
        assert found, f"{words[0]} is no command of a11ynews"
        command, words = found, words[1:]
    command.make_parser(context).parse_args(list(words))


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_the_hooks_of_pre_commit_run_what_there_is(hook: dict[str, Any]) -> None:
    """With files that it gives them at the end, or none."""
    parsed(hook["entry"] + ("" if hook.get("pass_filenames") is False else " a.html b.html"))

    assert hook["language"] == "python"
    assert {"id", "name", "description"} <= hook.keys()


@pytest.mark.parametrize(
    ("file", "is_for_it"),
    [
        ("locales/de/LC_MESSAGES/flood.po", True),
        ("news/flood/record.yaml", True),
        ("record.json", True),
        ("locales/glossary.csv", True),
        ("news/flood/flood.jpg", False),
        ("docs/record.yaml.md", False),
    ],
)
def test_catalogs_are_linted_when_they_or_their_sources_change(file: str, is_for_it: bool) -> None:
    """And only then."""
    files = next(hook["files"] for hook in HOOKS if hook["id"] == "a11ynews-catalogs")

    assert bool(re.search(files, file)) == is_for_it


WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
EXAMPLES = re.findall(r"^```yaml\n(.*?)^```$", CI.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def steps_in(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of all jobs of a workflow."""
    return [step for job in workflow.get("jobs", {}).values() for step in job["steps"]]


@pytest.mark.parametrize("text", [*(path.read_text("utf-8") for path in WORKFLOWS), *EXAMPLES])
def test_workflows_give_the_action_inputs_that_it_has(text: str) -> None:
    """And what they need: the right to write where it writes, the history where changes are asked for."""
    workflow = yaml.safe_load(text)
    jobs = workflow.get("jobs", {}) if isinstance(workflow, dict) else {}
    for job in jobs.values():
        for step in job["steps"]:
            assert "${{ github.event" not in step.get("run", "")
            if step.get("uses", "").startswith(("./", "a11ynews/")):
                given = step.get("with", {})
                allowed = job.get("permissions", workflow.get("permissions", {}))
                assert given.keys() <= ACTION["inputs"].keys()
                assert given.get("sarif") == "false" or allowed.get("security-events") == "write"
                assert given.get("comment") != "true" or allowed.get("pull-requests") == "write"
                if "changed-since" in given:
                    checkout = next(step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@"))
                    assert checkout["with"]["fetch-depth"] == 0


def test_this_repository_checks_its_own_sample() -> None:
    """With the action that others get, on pages rendered anew, and its findings uploaded."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))
    (step,) = [step for step in steps_in(workflow) if step.get("uses") == "./"]

    assert step["with"]["render"] == "true"
    assert "sarif" not in step["with"]


COMMANDS = [
    line.strip().removeprefix("$ ").removeprefix("- ")
    for block in re.findall(r"^```\w*\n(.*?)^```$", CI.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    for line in re.sub(r"\\\n\s*", " ", block).splitlines()
    if re.match(r"\s*(?:- |\$ )?a11ynews ", line)
]


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_in_the_document_can_be_given(line: str) -> None:
    """Every option in them is one."""
    parsed(line.split(" || ")[0])


def test_every_input_and_output_of_the_action_is_documented() -> None:
    """In tables, with the default of each input."""
    text = CI.read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]*) \|", text, re.MULTILINE))

    assert ACTION["inputs"].keys() | ACTION["outputs"].keys() == rows.keys()
    for name, said in ACTION["inputs"].items():
        if said["default"] and "{{" not in said["default"]:
            assert rows[name] == f"`{said['default']}`"


def test_every_hook_is_documented() -> None:
    """By its id."""
    assert {hook["id"] for hook in HOOKS} <= set(re.findall(r"id: (a11ynews-\w+)", CI.read_text("utf-8")))
