"""
Thousands of pages checked by one process: what its memory and that of its browsers do meanwhile, and what is left at the end.

    python bench/endurance.py --pages 5000 --profile usual --workers 2

The pages are of ten kinds, with frames, forms, tables, scripts, films without a file and pictures without words, so that there is
something to find. Memory is RSS for this process, and PSS for the browsers and what drives them, as their processes share most of
theirs. A line is written every 500 pages, and the last one is `key=value`; memory is in megabytes. Nothing is left behind, also
where it is interrupted.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click

from a11ynews.check import Settings, check
from a11ynews.signals import exit_code, heeded, name_of
from a11ynews.targets import gather

_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")
_MB = 1024 * 1024


def _processes() -> dict[int, tuple[int, float]]:
    """Of each process the number of its parent, and the seconds of a processor's time that it has taken."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if fields[0] != "Z":
            found[int(path.parent.name)] = int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICK
    return found


def _family() -> list[int]:
    """All that this process has started, and what those have."""
    parents = {pid: parent for pid, (parent, _) in _processes().items()}
    family = [os.getpid()]
    for pid in family:
        family += (child for child, parent in parents.items() if parent == pid)
    return family[1:]


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


def _name(pid: int) -> str:
    """The name of a process's program: Node calls its threads otherwise."""
    try:
        return Path(f"/proc/{pid}/exe").readlink().name
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class _Sample:
    """What there is after so many pages; memory in bytes."""

    pages: int
    ours: int
    driver: int
    browsers: int
    processes: int
    files: int

    @classmethod
    def take(cls, pages: int, temporary: Path) -> "_Sample":
        """What there is now."""
        family = _family()
        memory = {pid: _pss(pid) for pid in family}
        drivers = {pid for pid in family if _name(pid) == "node"}
        ours = int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
        driver = sum(memory[pid] for pid in drivers)
        files = sum(1 for _ in temporary.rglob("*"))
        return cls(pages, ours, driver, sum(memory.values()) - driver, len(family), files)

    def __str__(self) -> str:
        ours, driver, browsers = (round(number / _MB) for number in (self.ours, self.driver, self.browsers))
        return f"{self.pages:>6,} {ours:>8} {driver:>8} {browsers:>11} {self.processes:>10} {self.files:>10}"


def _bodies(number: int) -> str:
    """What is on a page: one of ten kinds, with its number in it, so that no two are alike."""
    paragraphs = "".join(
        f"<p>Paragraph {part} of page {number}, with <a href='{(number + part) % 97}.html'>a link to another page</a> in it.</p>"
        for part in range(12)
    )
    return [
        paragraphs,
        f"<form action=/send><label>Name <input name=n{number}></label><input name=without><button>Send</button></form>",
        "<table><caption>Trains</caption><tr><th scope=col>From<th scope=col>To"
        + "".join(f"<tr><td>{row}<td>{row + number}" for row in range(40))
        + "</table>",
        f"<iframe title='Frame {number}' src='_frame.txt'></iframe><iframe title=b srcdoc='<p lang=en>{number}</p>'></iframe>",
        "<video controls></video><audio controls></audio><p>A film and a sound without a file.</p>",
        f"<img src=a{number}.png><svg role=img aria-label=Drawing width=90 height=90><circle r=40 cx=45 cy=45 /></svg>",
        f"<ul id=list></ul><script>for (let n = 0; n < 200; n++) list.append(Object.assign(document.createElement('li'),"
        f"{{textContent: `Entry ${{n}} of {number}`}}))</script>",
        f"<p style='color: #999'>Pale words of page {number}</p><div role=button tabindex=0>Press</div>",
        f"<canvas width=400 height=300></canvas><script>const big = new Array(200000).fill({number});"
        "setInterval(() => big[0]++, 50)</script>",
        f"<details><summary>More of {number}</summary><p lang=de>Ein deutscher Absatz.</p></details>" + paragraphs,
    ][number % 10]


def _write(folder: Path, pages: int) -> None:
    (folder / "_frame.txt").write_text("Words in a frame", encoding="utf-8")
    for number in range(pages):
        page = (
            f"<!doctype html><html lang=en><head><meta charset=utf-8><title>Page {number}</title>"
            "<meta name=viewport content='width=device-width'><style>body { font: 1em/1.5 sans-serif; color: #222 }</style>"
            f"</head><body><nav aria-label=Main><a href='{number}.html'>Home</a></nav>"
            f"<main><h1>Page {number}</h1>{_bodies(number)}</main></body></html>"
        )
        (folder / f"{number}.html").write_text(page, encoding="utf-8")


def _growth(samples: list[_Sample], part: str) -> float:
    """Megabytes per 1,000 pages: the slope of the line that fits best, without the first samples, while all grows warm."""
    points = [(sample.pages / 1000, getattr(sample, part) / _MB) for sample in samples if sample.pages >= samples[-1].pages / 5]
    mean_x, mean_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread if spread else 0.0


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Check thousands of pages in one process, and watch its memory.")
    parser.add_argument("--pages", type=int, default=5_000)
    parser.add_argument("--every", type=int, default=500, help="After how many pages to look at the memory.")
    parser.add_argument("--profile", choices=["quick", "usual", "thorough"], default="usual")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    if not sys.platform.startswith("linux"):
        parser.error("this goes by what /proc tells, which only Linux has")
    stopped = 0
    with tempfile.TemporaryDirectory(prefix="a11ynews-endurance-") as made, heeded(_end_at_once) as signals:
        try:
            samples, last = _measure(given, Path(made))
        except KeyboardInterrupt:
            stopped = signals[0]
    tempfile.tempdir = None
    left = [f"{pid}:{_name(pid)}" for pid in _family()]
    if stopped:
        click.echo(f"stopped by {name_of(stopped)}; processes_left={len(left)} files_left={_count(Path(made))}", err=True)
        sys.exit(exit_code(stopped))
    first, final = samples[0], samples[-1]
    for part in ("ours", "driver", "browsers"):
        last[f"{part}_{first.pages}"] = round(getattr(first, part) / _MB)
        last[f"{part}_{final.pages}"] = round(getattr(final, part) / _MB)
        last[f"{part}_per_1000"] = f"{_growth(samples, part):.1f}"
    last |= {"processes_left": len(left), "files_left": _count(Path(made))}
    click.echo(" ".join(f"{key}={value}" for key, value in last.items()))


def _measure(given: argparse.Namespace, made: Path) -> tuple[list[_Sample], dict[str, object]]:
    """Check the pages; what the memory was meanwhile, and what is to be said of it all."""
    site, temporary = made / "site", made / "tmp"
    site.mkdir()
    temporary.mkdir()
    os.environ["TMPDIR"], tempfile.tempdir = str(temporary), None
    click.echo(f"writing {given.pages:,} pages …")
    _write(site, given.pages)
    began = time.monotonic()
    samples: list[_Sample] = []
    click.echo(
        f"{'pages':>6} {'ours MB':>8} {'node MB':>8} {'browsers MB':>11} {'processes':>10} {'temporary':>10} {'seconds':>8}"
    )

    def step(done: int, in_all: int) -> None:
        if done % given.every == 0 or done == in_all:
            samples.append(_Sample.take(done, temporary))
            click.echo(f"{samples[-1]} {time.monotonic() - began:>8,.0f}")

    targets = gather([str(site)], shown=str)
    report = check(targets, Settings(profile=given.profile, workers=given.workers), step=step)
    left = _Sample.take(given.pages, temporary)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return samples, {
        "pages": given.pages,
        "profile": given.profile,
        "workers": given.workers,
        "unfinished": len(report.unfinished),
        "findings": len(report.findings),
        "s_page": f"{(time.monotonic() - began) / given.pages:.3f}",
        "cpu_s_page": f"{sum(use.ru_utime + use.ru_stime for use in used) / given.pages:.3f}",
        "temporary_left": left.files,
    }


def _count(folder: Path) -> int:
    """How many files are in a folder; none where there is none any more."""
    return sum(1 for _ in folder.rglob("*")) if folder.exists() else 0


def _end_at_once(_number: int) -> None:
    """Whoever does not wait leaves no browser behind all the same."""
    if hand := sys.modules.get("a11ynews.live.hand"):
        hand.abandon()


if __name__ == "__main__":
    main()
