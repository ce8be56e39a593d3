"""The tutorial, followed to the letter: its commands are run, its files are written, and what it shows is what comes."""

import datetime
import os
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image

from a11ynews.cli import main

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.md"

_STEP = re.compile(r"(?:^<!-- (write|break) (\S+?)(?:: ([^\n]*))? -->\n)?^```(\w+)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ENDLESS = ("serve", "browser install")
"""What a test cannot run: a preview that runs until it is stopped, and an installation; tests of their own try them."""


def of_this_year(text: str) -> str:
    """`new` puts a record into the folder of the year in which it is called."""
    return text.replace("/2026/", f"/{datetime.datetime.now(tz=datetime.UTC).year}/")


def lines_of(text: str) -> list[str]:
    """The lines that are told, in no order: what is told and what is amiss go different ways."""
    return sorted(line for line in text.splitlines() if line.strip())


def test_the_tutorial_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step, from an empty folder to an article in two languages that is checked in a browser."""
    monkeypatch.chdir(tmp_path)
    ran = []
    for what, file, words, kind, content in _STEP.findall(of_this_year(TUTORIAL.read_text("utf-8"))):
        if what == "write":
            Path(file).write_text(content, "utf-8")
        if what == "break":
            path = Path(file)
            assert words in path.read_text("utf-8")
            path.write_text(path.read_text("utf-8").replace(words, ""), "utf-8")
        if kind == "console":
            ran += [follow(*step) for step in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", content, re.MULTILINE)]

    assert ran.count("check") == 1
    assert len(ran) > 8


def follow(command: str, shown: str) -> str:
    """Run one command of the tutorial; answers with its name."""
    program, _, arguments = command.partition(" ")
    if program == "cd":
        os.chdir(arguments)
        Image.new("RGB", (1200, 800), (90, 140, 160)).save("pool.jpg")
        return "cd"
    assert program == "a11ynews"
    if arguments.startswith(_ENDLESS):
        return arguments
    result = CliRunner().invoke(main, shlex.split(arguments))

    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == (2 if "error:" in shown else 0), result.output
    if shown:
        assert lines_of(result.output) == lines_of(shown)
    return arguments.split(" ")[0]
