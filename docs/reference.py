"""
Draws the reference of the documents from the code: the commands, the rules, and the keys of a report and of a record.

`docs/conf.py` calls `write` whenever the site is made, so nothing in it can lag behind.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from a11ynews.cli import main
from a11ynews.criteria import known
from a11ynews.files import write_bytes
from a11ynews.guide import ACT_PAGE, ALL, OWNERS, SEVERITIES, subject_of
from a11ynews.live.livepage import LivePage
from a11ynews.rule import Rule


def write(folder: Path) -> None:
    """Write the pages of the reference into a folder; a page that has not changed keeps its time."""
    pages = {"commands.md": commands(), "rules.md": rules()}
    for name, title in (("report", "The keys of a JSON report"), ("record", "The schema of a record")):
        schema = json.loads((Path(__file__).parent / f"{name}.schema.json").read_text("utf-8"))
        pages[f"{name}-schema.md"] = keys(title, f"{name}.schema.json", schema)
    for name, text in pages.items():
        path = folder / name
        if not path.is_file() or path.read_text("utf-8") != text:
            write_bytes(path, text.encode())


# -- commands ----------------------------------------------------------------------------------------------------------


def commands() -> str:
    """Every command with its arguments and options, as its help says it."""
    lines = ["# Commands", "", "Each command says the same with `--help`. Exit codes and environment stand at the end.", ""]
    for path, command in _walk(main, "a11ynews"):
        lines += [f"## `{path}`", "", *_help_of(command, path), ""]
    return "\n".join(lines)


def _walk(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            yield from _walk(command.commands[name], f"{path} {name}")


def _help_of(command: click.Command, path: str) -> Iterator[str]:
    with click.Context(command, info_name=path) as context:
        yield "```text"
        yield " ".join(command.get_usage(context).removeprefix("Usage: ").split())
        yield "```"
        yield ""
        for paragraph in re.split(r"\n\s*\n", (command.help or "").strip()):
            yield from _paragraph(paragraph)
        if isinstance(command, click.Group):
            return
        for parameter in command.get_params(context):
            record = parameter.get_help_record(context)
            if record:
                yield f"`{record[0]}`"
                yield f": {_escaped(record[1]) or 'As it says.'}"
                yield ""


def _paragraph(text: str) -> list[str]:
    """A paragraph of a help text; one that click must not wrap is shown as it stands."""
    if text.lstrip().startswith("\b"):
        return ["```text", *text.replace("\b", "").strip("\n").splitlines(), "```", ""]
    return [_escaped(" ".join(text.split())), ""]


def _escaped(text: str) -> str:
    return re.sub(r"([<>*_\[\]`])", r"\\\1", text)


# -- rules -------------------------------------------------------------------------------------------------------------


def rules() -> str:
    """Every rule of our own, by what it looks at."""
    lines = [
        "# Rules",
        "",
        f"a11ynews has {len(ALL)} rules of its own, beside those of axe. `a11ynews rules` lists them, `a11ynews rules ID` "
        "explains one. An *error* gates; a *warning* is worth mending; a *review* asks a person to look.",
        "",
    ]
    for subject in dict.fromkeys(subject_of(rule) for rule in ALL):
        chosen = sorted((rule for rule in ALL if subject_of(rule) == subject), key=lambda rule: rule.id)
        lines += [f"## Rules on {subject}", "", *(line for rule in chosen for line in _rule(rule))]
    return "\n".join(lines) + "\n"


def _rule(rule: Rule[Any]) -> Iterator[str]:
    summary, _, rest = rule.help.partition("\n")
    yield f"### `{rule.id}`"
    yield ""
    yield summary
    yield ""
    told = [f"Severity: {SEVERITIES[rule.severity]}", f"mended by: {OWNERS[str(rule.owner)]}"]
    told += [f"WCAG {one.number} ({one.name}, level {one.level})" for one in known(rule.wcag)]
    told += [f"ACT rule [{id}]({ACT_PAGE.format(id=id)})" for id in rule.act]
    if rule.on is LivePage and rule.cost:
        told.append(f"takes about {rule.cost} ms a page")
    yield "; ".join(told) + "."
    yield ""
    examples = re.findall(r"^(Bad|Good): (`(?:[^`]|\n)*`|[^\n]*(?:\n {4}[^\n]*)*)", rest, re.MULTILINE)
    words = re.sub(r"^(?:Bad|Good): (?:`(?:[^`]|\n)*`|[^\n]*(?:\n {4}[^\n]*)*)", "", rest, flags=re.MULTILINE).strip()
    if words:
        yield words
        yield ""
    for kind in ("Bad", "Good"):
        shown = [re.sub(r"\n\s*", "\n", example.strip("`")) for found, example in examples if found == kind]
        if shown:
            yield f"{kind}:"
            yield ""
            yield "````text"
            yield from shown
            yield "````"
            yield ""


# -- schemas -----------------------------------------------------------------------------------------------------------


def keys(title: str, file: str, schema: dict[str, Any]) -> str:
    """The keys of a JSON Schema as tables, one for each object in it."""
    lines = [f"# {title}", "", f"Drawn from the JSON Schema [{file}](../{file}), which editors and tools read.", ""]
    lines += _object("The whole", schema)
    for name, part in schema.get("$defs", {}).items():
        if part.get("properties"):
            lines += _object(f"`{name}`", part)
    return "\n".join(lines) + "\n"


def _object(heading: str, schema: dict[str, Any], depth: int = 2) -> list[str]:
    lines = [f"{'#' * min(depth, 4)} {heading}", ""]
    if schema.get("description"):
        lines += [_escaped(" ".join(schema["description"].split())), ""]
    inner: list[str] = []
    required = schema.get("required", [])
    for name, part in schema.get("properties", {}).items():
        lines += [f"`{name}`", f": {_kind(part)}{', required' if name in required else ''}. {_told(part)}", ""]
        within = part.get("items", part) if isinstance(part.get("items", part), dict) else part
        if within.get("properties"):
            inner += _object(f"In `{name}`", within, depth + 1)
    return lines + inner


def _told(part: dict[str, Any]) -> str:
    return _escaped(" ".join(str(part.get("description", "")).split()))


def _kind(part: dict[str, Any]) -> str:
    if "$ref" in part:
        return f"a `{part['$ref'].rsplit('/', 1)[-1]}`"
    if "enum" in part:
        return "one of " + ", ".join(f"`{value}`" for value in part["enum"])
    if "const" in part:
        return f"always `{part['const']}`"
    if "anyOf" in part or "oneOf" in part:
        return " or ".join(dict.fromkeys(_kind(one) for one in part.get("anyOf") or part["oneOf"]))
    type_ = part.get("type", "anything")
    told = " or ".join(type_) if isinstance(type_, list) else str(type_)
    items = part.get("items")
    if told == "array" and isinstance(items, dict):
        return f"a list, each entry {_kind(items)}"
    return told
