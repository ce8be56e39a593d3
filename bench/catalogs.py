"""
How long an update of catalogs takes, beside `pybabel update` and `msgmerge`, on the same messages.

    python bench/catalogs.py [--messages 10000] [--changed 50]

One catalog: all messages in one file, from a template that is ready, as the other two programs want it. A site: the same
messages in records of ten, from their YAML to the catalogs of two languages, with the `a11ynews` program; the others have no
counterpart to that.

CPU seconds are those of the process, this script's own left out. “Kept” are the changed texts that have their old translation, as
fuzzy. The last line is for machines: `key=value`; a ratio is a program's CPU seconds divided by ours.
"""

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click

from a11ynews.merge import Wanted, merge
from a11ynews.po import PoFile

PER_RECORD = 10
CONFIG = 'name = "Bench"\nbase_url = "https://news.example.org/"\nlanguages = ["en", "de", "it"]\n'
WORDS = """
    bridge river council meeting students energy research agreement university minister public report garden city budget school
    library railway harbour museum concert festival station office science weather market hospital theatre forest
"""


@dataclass(frozen=True)
class Message:
    """A text of a record."""

    role: str
    words: str


def messages(count: int) -> list[Message]:
    """Texts as records have them, no two the same."""
    chance, vocabulary = random.Random(1), WORDS.split()
    roles = ("headline", "teaser", "alt", "caption", *["paragraph"] * 5, "heading")
    lengths = {"headline": 8, "teaser": 25, "alt": 9, "caption": 9, "paragraph": 40, "heading": 4}
    found = []
    for number in range(count):
        role = roles[number % PER_RECORD]
        words = " ".join(chance.choice(vocabulary) for _ in range(lengths[role]))
        found.append(Message(role, f"{words.capitalize()} {number}"))
    return found


def with_changes(texts: list[Message], count: int) -> list[Message]:
    """The same texts, `count` of them with two other words, or all words in every fifth."""
    changed = list(texts)
    for nth, number in enumerate(range(0, len(texts), max(len(texts) // count, 1))):
        if nth == count:
            break
        words = texts[number].words.split()
        for place in range(len(words) - 1) if nth % 5 == 4 else (1, 2):
            words[place] = "changed"
        changed[number] = Message(texts[number].role, " ".join(words))
    return changed


def catalog(texts: list[Message], language: str, translated: bool) -> PoFile:
    """A catalog of the texts, or a template."""
    po = PoFile.new(language, "bench.po", project="bench")
    merge(po, [Wanted(text.role, text.words, references=(f"record.yaml:{n}",)) for n, text in enumerate(texts, 1)])
    for entry in po.live if translated else ():
        entry.set_strings({0: f"Übersetzt: {entry.id}"})
    return po


@dataclass(frozen=True)
class Measured:
    """What a program took, in seconds, and how many of the changed texts have their old translation."""

    wall: float
    cpu: float
    kept: int = 0


def measure(command: list[str], folder: Path) -> Measured:
    """Run a program to its end."""
    with (folder / "output.txt").open("wb") as output:
        begun = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise click.ClickException(f"{' '.join(command)} failed:\n{(folder / 'output.txt').read_text('utf-8')}")
    return Measured(wall, usage.ru_utime + usage.ru_stime)


def kept(po: PoFile, changed: set[str]) -> int:
    """How many of the changed texts have a translation, as fuzzy."""
    return sum(1 for entry in po.live if entry.id in changed and entry.translated and entry.fuzzy)


def merge_one(template: str, target: str) -> None:
    """Our part of the first comparison, in a process of its own: a template into a catalog."""
    texts = [Wanted(*entry.key, references=entry.references) for entry in PoFile.read(Path(template), template).live]
    po = PoFile.read(Path(target), target)
    merge(po, texts)
    po.write(Path(target))


def one_catalog(folder: Path, old: list[Message], new: list[Message]) -> dict[str, Measured]:
    """All messages in one catalog, by each program that is there."""
    changed = {text.words for text in new} - {text.words for text in old}
    catalog(new, "en", translated=False).write(folder / "bench.pot")
    before = catalog(old, "de", translated=True).content()
    target = folder / "de/LC_MESSAGES/bench.po"
    here, po = str(Path(__file__).resolve()), str(target)
    commands: dict[str, list[str]] = {"a11ynews": [sys.executable, here, "--merge", "bench.pot", po]}
    commands["pybabel update"] = [
        *(sys.executable, "-m", "babel.messages.frontend", "-q", "update"),
        *("--previous", "-i", "bench.pot", "-o", po, "-l", "de"),
    ]
    if msgmerge := shutil.which("msgmerge"):
        commands["msgmerge"] = [msgmerge, "--previous", "--quiet", "--update", "--backup=none", po, "bench.pot"]
    else:
        click.echo("msgmerge is not here (package gettext): not measured")
    found = {}
    for name, command in commands.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(before)
        took = measure(command, folder)
        found[name] = Measured(took.wall, took.cpu, kept(PoFile.read(target, name), changed))
        click.echo(f"  {name:<16} {took.wall:8.2f} s wall {took.cpu:8.2f} s CPU   {found[name].kept} of {len(changed)} kept")
    return found


def write_records(folder: Path, texts: list[Message]) -> None:
    """The texts as records, with a picture each."""
    from PIL import Image  # the process that merges has no need of it

    picture = folder / "picture.png"
    Image.new("RGB", (64, 40), (30, 90, 160)).save(picture)
    for start in range(0, len(texts), PER_RECORD):
        headline, teaser, alt, caption, *body, heading = (text.words for text in texts[start : start + PER_RECORD])
        record = folder / f"news/record-{start // PER_RECORD:05}/record.yaml"
        record.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(picture, record.with_name("picture.png"))
        paragraphs = "".join(f"  - paragraph: {words}\n" for words in body)
        record.write_text(
            f"language: en\npublished: 2026-05-04T09:00:00+02:00\nheadline: {headline}\nteaser: {teaser}\nbody:\n"
            f"  - picture: {{file: picture.png, alt: {alt}, caption: {caption}}}\n{paragraphs}  - heading: {heading}\n",
            "utf-8",
        )


def translate_all(folder: Path) -> None:
    """Fill in every catalog."""
    for path in sorted((folder / "locales").rglob("*.po")):
        po = PoFile.read(path, path.name)
        for entry in po.live:
            entry.set_strings({0: f"Übersetzt: {entry.id}"})
        po.write(path)


def site(folder: Path, old: list[Message], new: list[Message]) -> dict[str, Measured]:
    """The same messages as records in two languages, with the program: with changes, and then with nothing new."""
    (folder / "a11ynews.toml").write_text(CONFIG, "utf-8")
    update = [sys.executable, "-m", "a11ynews.cli", "catalog", "update"]
    write_records(folder, old)
    changed = {text.words for text in new} - {text.words for text in old}
    found = {}
    for name in ("first", "changed", "unchanged"):
        if name == "changed":
            translate_all(folder)
            write_records(folder, new)
        took = measure(update, folder)
        catalogs = [PoFile.read(path, path.name) for path in (folder / "locales").rglob("*.po")]
        found[name] = Measured(took.wall, took.cpu, sum(kept(po, changed) for po in catalogs))
        told = f"   {found[name].kept} of {2 * len(changed)} kept" if name == "changed" else ""
        click.echo(f"  {name:<16} {took.wall:8.2f} s wall {took.cpu:8.2f} s CPU{told}")
    return found


@click.command()
@click.option("--messages", "count", default=10_000, show_default=True, help="How many messages, in tens.")
@click.option("--changed", default=50, show_default=True, help="How many of them change.")
@click.option("--merge", "merging", nargs=2, hidden=True)
def main(count: int, changed: int, merging: tuple[str, str] | None) -> None:
    """Measure an update of catalogs, beside `pybabel update` and `msgmerge`."""
    if merging:
        merge_one(*merging)
        return
    count = max(count // PER_RECORD, 1) * PER_RECORD
    old = messages(count)
    new = with_changes(old, changed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        click.echo(f"One catalog of {count:,} messages, {changed:,} of them changed:")
        single = one_catalog(folder, old, new)
        click.echo(f"A site of {count // PER_RECORD:,} records in two languages, the same messages:")
        whole = site(folder, old, new)
    ours = single["a11ynews"]
    values: dict[str, str] = {"messages": str(count), "changed": str(changed)}
    for name, took in single.items():
        key = name.split()[0]
        values |= {f"{key}_wall": f"{took.wall:.2f}", f"{key}_cpu": f"{took.cpu:.2f}", f"{key}_kept": str(took.kept)}
        if took is not ours:
            values |= {f"{key}_ratio": f"{took.cpu / ours.cpu:.1f}"}
    for name, took in whole.items():
        values |= {f"site_{name}_wall": f"{took.wall:.2f}", f"site_{name}_cpu": f"{took.cpu:.2f}"}
    click.echo(" ".join(f"{key}={value}" for key, value in values.items()))


if __name__ == "__main__":
    main()
