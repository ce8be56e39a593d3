"""
Measure what reports of very many findings cost: to tell them in each format, and to put them together from shards.

    make bench-report
    make bench-report BENCH_ARGS="--findings 20000 --pages 8000"

The findings are like those of an archive: most have a few causes and show on thousands of pages, many stand alone. Times are
seconds of the processor, memory is the most that a process of its own has used. The last line is for programs: `key=value`.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

import click

from a11ynews.check import check
from a11ynews.finding import Birthplace, Finding, Owner, Place, Severity
from a11ynews.message import say
from a11ynews.messages import sayer
from a11ynews.report import CheckedPage, Report
from a11ynews.reporters import REPORTERS, pieces
from a11ynews.rules import RULES
from a11ynews.shards import merge

_SIZES = (1_000, 10_000)


def archive(findings: int, pages: int) -> Report:
    """A report of an archive: of ten findings four come from a template, three stand on one page, three are a picture's."""
    rules = {rule.id: rule.facts for rule in RULES}
    ids = sorted(rules)
    names = [f"site/{('de', 'en', 'it')[n % 3]}/archive/{n}/index.html" for n in range(pages)]
    report = Report([CheckedPage(name, ("static", "axe 4.12.1 (1280 px, light)"), "", name, None) for name in names], rules=rules)
    for n in range(findings):
        page = names[n * 7 % pages]
        cause = n // 10 % 50  # of what is wrong in a template
        facts = rules[ids[cause if n % 10 < 4 else n * 13 % len(ids)]]
        html = f'<img class="picture" src="/media/archive/{n % 1000}/picture-{n}.jpg" alt="DSC{n:05}.jpg" loading="lazy">'
        source = None
        if n % 10 < 4:
            source = Birthplace("templates/article.html", cause + 1, 5, Owner.WEB_TEAM, f"template article.html img {cause}")
        elif n % 10 < 7:
            source = Birthplace(f"news/{n % pages}/record.yaml", n % 60 + 1, 9, Owner.EDITOR, f"record {n % pages} alt {n:08x}")
        file = f"DSC{cause if n % 10 < 4 else n:05}.jpg"  # what a template says is the same on every page
        message = say("the alternative text of the picture “{file}” is a file's name; say what it shows", file=file)
        place = Place(page, n % 400 + 1, f"main > figure:nth-of-type({n % 9 + 1}) > img", html, source, f"A picture of {n}")
        cells = ("320 px, light",) if n % 3 else ()
        severity = list(Severity)[(cause if n % 10 < 4 else n) % 3]
        report.findings.append(Finding(facts.id, severity, message, place, facts.wcag, facts.act, cells))
    return report


def _tell(name: str, findings: int, pages: int) -> None:
    """Tell a report in one format, and print what that costs: for a process of its own."""
    report = archive(findings, pages)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
    size = sum(len(piece.encode("utf-8", "replace")) for piece in pieces(name, report, say=sayer("en")))
    seconds = process_time() - began
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    click.echo(json.dumps({"seconds": seconds, "megabytes": memory, "bytes": size}))


_SHARDS = 4
_PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>News {n}</title>
<link rel="canonical" href="https://a.example/{lang}/{n}.html">{links}</head><body>
<nav aria-label="Main"><a href="/a">Politics</a> <a href="/b">Culture</a> <a href="/c">Sport</a></nav>
<main><h1>News {n}</h1>{paragraphs}<img src="a.jpg" alt="DSC{n:05}.jpg"><input></main></body></html>"""


def _shards(count: int) -> dict[str, object]:
    """Check pages in shards, by the static rules, and put what comes of it together; what that costs."""
    with tempfile.TemporaryDirectory(prefix="a11ynews-bench-") as folder:
        site = Path(folder, "site")
        for n in range(count // 3):
            links = "".join(
                f'<link rel="alternate" hreflang="{one}" href="https://a.example/{one}/{n}.html">' for one in ("de", "en", "it")
            )
            for lang in ("de", "en", "it"):
                file = site / lang / f"{n}.html"
                file.parent.mkdir(parents=True, exist_ok=True)
                text = "".join(f"<p>{lang} {n} {number}: " + "words and more words, " * 30 + "</p>" for number in range(20))
                file.write_text(_PAGE.format(lang=lang, n=n, links=links, paragraphs=text), encoding="utf-8")
        files = [str(Path(folder, f"{number}.shard")) for number in range(1, _SHARDS + 1)]
        check = [
            str(Path(sys.executable).with_name("a11ynews")),
            "check",
            str(site),
            "--no-browser",
            "--no-cache",
            "--format=json",
        ]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([*check], cwd=folder, check=False, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        whole = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        for number, written in enumerate(files, 1):
            told = ["--shard", f"{number}/{_SHARDS}", f"--format=shard={written}"]
            subprocess.run([*check, *told], cwd=folder, check=False, stdout=subprocess.DEVNULL)
        size = sum(Path(file).stat().st_size for file in files) / 1_000_000
        cost = _in_a_process("--merge", *files)
    click.echo(
        f"\n{count:,} pages by the static rules: {whole:.1f} s at once; files of {_SHARDS} shards {size:.1f} MB; "
        f"merged in {cost['seconds']:.1f} s with {cost['megabytes']:.0f} MB"
    )
    seconds, memory = f"{cost['seconds']:.1f}", f"{cost['megabytes']:.0f}"
    return {"merged_pages": count, "whole_s": f"{whole:.1f}", "merge_s": seconds, "merge_mb": memory, "shards_mb": f"{size:.1f}"}


def _merge(files: list[Path]) -> None:
    """Put shards together, and print what that costs: for a process of its own."""
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, process_time()
    merged = merge([(file, str(file)) for file in files])
    report = check(merged.targets, merged.settings, kept=merged.kept)
    merged.close()
    size = sum(len(piece) for piece in pieces("json", report))
    seconds = process_time() - began
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    click.echo(json.dumps({"seconds": seconds, "megabytes": memory, "bytes": size}))


def _in_a_process(*arguments: str) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Measure reports of very many findings.")
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=40_000)
    parser.add_argument("--merged-pages", type=int, default=2_000, help="How many pages are checked in shards, and merged.")
    parser.add_argument("--tell", help=argparse.SUPPRESS)
    parser.add_argument("--merge", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.tell:
        _tell(given.tell, given.findings, given.pages)
        return
    if given.merge:
        _merge([Path(file) for file in given.merge])
        return
    sizes = [*(size for size in _SIZES if size < given.findings), given.findings]
    click.echo(f"{'format':>10}  " + "  ".join(f"{size:>9,} s" for size in sizes) + "      added MB       told KB")
    last: dict[str, object] = {}
    for name in REPORTERS:
        costs = []
        for size in sizes:
            pages = max(1, given.pages * size // given.findings)
            costs.append(_in_a_process("--tell", name, "--findings", str(size), "--pages", str(pages)))
        seconds = "  ".join(f"{cost['seconds']:>11.2f}" for cost in costs)
        click.echo(f"{name:>10}  {seconds}  {costs[-1]['megabytes']:>12.0f}  {costs[-1]['bytes'] / 1000:>12,.0f}")
        last[f"{name}_s"] = f"{costs[-1]['seconds']:.2f}"
        last[f"{name}_kb"] = f"{costs[-1]['bytes'] / 1000:.0f}"
    last |= _shards(given.merged_pages)
    click.echo(" ".join(f"{key}={value}" for key, value in {"findings": given.findings, "pages": given.pages, **last}.items()))


if __name__ == "__main__":
    main()
