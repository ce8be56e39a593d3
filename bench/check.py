"""
How long a check takes, beside other programs and beside the bare loading of the same pages.

    python bench/check.py [--pages 102] [--workers 2] [--slow-pages 10] [--rule-pages 2] [--no-peers] [--no-rules]

The pages are the sample's, rendered in three languages, each with its words in another order; every fifth has a barrier. They are
served on this machine. Compared are:

bare load             every page opened in a kept tab until it has loaded, by as many browsers as the check has workers,
                      each started by Playwright as the naive loop starts its own
bare, spared          the same in browsers that are spared what the check spares its own
a11ynews --quick      “a11ynews check --quick”: static rules, and axe in one cell
a11ynews              “a11ynews check”: static rules, axe in four cells, and the live rules of the usual check
naive loop            axe-playwright-python as its documentation shows it: a new page, goto, run; once, at one width
naive, four cells     the same in each of the four cells, with the same rules as our check
@axe-core/cli, pa11y-ci (axe, two pages at a time), Lighthouse (accessibility alone): at one width

Ours have one worker and as many as --workers, and know no earlier results (--no-cache). To be compared is what does the same
work: the naive loop, @axe-core/cli and pa11y-ci with `--quick`, which runs the static rules besides; the naive loop in four cells
with the usual check, which runs those and the live rules besides.

The others are installed with npm into bench/.peers, which git ignores; one that cannot be is told as absent. A page of a slow one
is as slow as the next, so those are given fewer pages (--slow-pages). CPU seconds and memory are those of a program with all its
browsers, read from /proc four times a second (Linux; elsewhere they are not known); memory is what only they use, and their share
of what several use (PSS).

No figure is printed for a program that has not looked at every page that it was given: its exit code and what it says of each
page are read, ours from the report. One of ours that has not ends the benchmark.

What axe finds is compared page by page and cell by cell with the naive loop in four cells, that of `--quick` with the first of
them: the exit code is 1 where anything is different.

The last line is for machines: `key=value`, where `absent` and `failed` may stand for a figure. Of the usual check with all
workers:

    pages_per_second, cpu_per_page, peak_mb
    to_bare_load, to_spared_load
                          its seconds a page, divided by those of the bare load with as many workers
    naive, naive_cells, axe_cli, pa11y_ci, lighthouse
                          the seconds a page of that program, divided by ours
    speed_up              how much faster it is than with one worker

The same with `one_` in front is of the usual check with one worker, with `quick_` of `--quick` with all workers, and with
`quick_one_` of `--quick` with one. `equal` says whether axe found the same.
"""

import compileall
import contextlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import click
from lxml import html
from playwright.sync_api import Browser, sync_playwright

from a11ynews.config import load
from a11ynews.crew import cores
from a11ynews.finding import Severity
from a11ynews.live import axe, session
from a11ynews.live.browser import find, launched
from a11ynews.live.browser import launch_options as how_to_launch
from a11ynews.live.cell import CELLS, Cell
from a11ynews.live.hand import hands
from a11ynews.live.livepage import LivePage
from a11ynews.live.rules import LIVE_RULES, USUAL_RULES
from a11ynews.live.server import serving
from a11ynews.page import Page
from a11ynews.report import Report
from a11ynews.site import Site

ROOT = Path(__file__).parents[1]
PEERS = Path(__file__).parent / ".peers" / "check"
NPM = ("@axe-core/cli", "pa11y-ci", "lighthouse")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
BARRIER = '<p style="color: #999; background: #fff">Pale words</p><img src="data:,">'
DARK_BARRIER = (
    "<style>@media (prefers-color-scheme: dark) { .pale { color: #555; background: #222 } }</style><p class=pale>Pale words</p>"
)


# -- the pages ---------------------------------------------------------------------------------------------------------


def write_pages(folder: Path, number: int) -> list[str]:
    """So many pages of a site, and their paths in it."""
    rendered = folder.with_name("rendered")
    Site(load(ROOT / "a11ynews.toml"), rendered).render()
    shutil.copytree(rendered, folder)  # a folder of its own has no manifest, which would miss the pages that there are none of
    originals = [path for path in sorted(folder.rglob("*.html")) if "<article" in path.read_text("utf-8")]
    texts = [(path, path.read_text("utf-8")) for path in originals]
    for path in folder.rglob("*.html"):
        path.unlink()
    slugs = sorted({path.stem for path in originals if path.stem != "index"}, key=len, reverse=True)
    written = []
    for count in range(number):
        (path, text), copy = texts[count % len(texts)], count // len(texts)
        text = shuffled(text, random.Random(count))
        for slug in slugs:  # links lead to the same copy of the other languages; pictures are shared
            text = re.sub(rf"(?<!media/){re.escape(slug)}(?=\.html|/?[\"#])", f"{slug}-{copy:04}", text)
        if count % 5 == 0:
            text = text.replace("</main>", f"{BARRIER}{DARK_BARRIER if count % 10 else ''}</main>")
        text = text.replace("</title>", f" {copy:04}</title>", 1)  # as every article has one of its own
        made = path.with_name(f"{path.stem}-{copy:04}.html")
        made.write_text(text, "utf-8")
        written.append(made.relative_to(folder).as_posix())
    return sorted(written)


def shuffled(text: str, chance: random.Random) -> str:
    """A page with the words of its paragraphs, headings and lists in another order."""
    tree = html.document_fromstring(text)
    for block in tree.cssselect("main p, main h2, main li, main figcaption"):
        for element in block.iter():
            for name in ("text", "tail") if element is not block else ("text",):
                words = (getattr(element, name) or "").split(" ")
                if len(words) > 3:
                    inner = words[1:-1]
                    chance.shuffle(inner)
                    setattr(element, name, " ".join([words[0], *inner, words[-1]]))
    return "<!doctype html>\n" + str(html.tostring(tree, encoding="unicode"))


# -- measuring ---------------------------------------------------------------------------------------------------------


@dataclass
class Cost:
    """What a program has cost."""

    name: str
    pages: int
    seconds: float
    cpu: float | None
    memory: float | None
    """Megabytes."""

    def told(self, bare: float) -> str:
        """A line of the table; `bare` is the seconds a page of the bare loading."""
        each = self.seconds / self.pages
        cpu = "?" if self.cpu is None else f"{self.cpu / self.pages:.2f}"
        memory = "?" if self.memory is None else f"{self.memory:,.0f}"
        return f"{self.name:26} {self.pages:6} {1 / each:9.2f} {each:9.3f} {cpu:>9} {memory:>9} {each / bare:9.1f}"


class Watch:
    """Looks at a process, and all that it has begun, until it is told to stop."""

    def __init__(self, root: int) -> None:
        self.root = root
        self.cpu: dict[int, float] = {}
        self.memory = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_on, daemon=True)

    def __enter__(self) -> "Watch":
        self._look()
        self._before = sum(self.cpu.values())
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._look()
        self._stop.set()
        self._thread.join()

    @property
    def seconds(self) -> float | None:
        """CPU seconds."""
        return sum(self.cpu.values()) - self._before if self.cpu else None

    def _look_on(self) -> None:
        while not self._stop.wait(0.25):
            self._look()

    def _look(self) -> None:
        parents: dict[int, int] = {}
        times: dict[int, float] = {}
        ticks = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                values = (folder / "stat").read_text().rpartition(")")[2].split()
                parents[int(folder.name)] = int(values[1])
                times[int(folder.name)] = (int(values[11]) + int(values[12])) / ticks
        ours, memory = {self.root}, 0.0
        while more := {pid for pid, parent in parents.items() if parent in ours and pid not in ours}:
            ours |= more
        for pid in ours & times.keys():
            self.cpu[pid] = times[pid]
            with contextlib.suppress(OSError, AttributeError):
                told = re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)
                memory += int(told[1]) / 1024 if told else 0
        self.memory = max(self.memory, memory)


def measured(
    name: str,
    pages: int,
    command: Sequence[str],
    *,
    good: Sequence[int] = (0,),
    seen: Callable[[str], int] | None = None,
    **options: Any,
) -> Cost | None:
    """
    What a command costs; None where it does not do its work, which is told.

    `seen` says by its output how many pages it has looked at.
    """
    began = time.monotonic()
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, **options)
        with Watch(process.pid) as watch:
            code = process.wait()
        seconds = time.monotonic() - began
        output.seek(0)
        told = output.read()
    lines = told.strip().splitlines()
    try:
        number = seen(told) if seen and code in good else pages
    except (OSError, ValueError, KeyError, TypeError) as error:
        click.echo(f"{name}: what it says of the pages cannot be read ({error!r})", err=True)
        return None
    if code in good and number != pages:
        click.echo(f"{name}: it has looked at {number} pages of {pages}", err=True)
        return None
    if code not in good:
        click.echo(f"{name}: exit code {code}: {' / '.join(lines[-3:])[:300]}", err=True)
        return None
    return Cost(name, pages, seconds, watch.seconds, watch.memory or None)


# -- loading, and the naive loop ---------------------------------------------------------------------------------------


def load_only(base: str, paths: Sequence[str], workers: int, *, is_spared: bool) -> Cost:
    """Open every page in a kept tab until it has loaded, in as many browsers as there are workers."""
    waiting, lock = iter(paths), threading.Lock()
    ready = threading.Barrier(workers + 1)

    def work(browser: Browser) -> None:
        tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        ready.wait()
        while True:
            with lock:
                path = next(waiting, None)
            if path is None:
                break
            tab.goto(f"{base}/{path}", wait_until="load")
        ready.wait()

    @contextlib.contextmanager
    def plainly() -> Iterator[Browser]:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**how_to_launch())
            yield browser
            browser.close()

    def start() -> None:
        try:
            with launched() if is_spared else plainly() as browser:
                work(browser)
        except BaseException:
            ready.abort()  # nobody waits for one that has failed
            raise

    with ThreadPoolExecutor(workers) as pool:
        at_work = [pool.submit(start) for _ in range(workers)]
        seconds = 0.0
        with contextlib.suppress(threading.BrokenBarrierError):
            ready.wait()
            with Watch(os.getpid()) as watch:
                began = time.monotonic()
                ready.wait()
                seconds = time.monotonic() - began
    failures = [error for one in at_work if (error := one.exception()) and not isinstance(error, threading.BrokenBarrierError)]
    if failures:
        raise click.ClickException(f"pages cannot be loaded: {failures[0]}")
    name = f"{'bare, spared' if is_spared else 'bare load'}, {workers} {'worker' if workers == 1 else 'workers'}"
    return Cost(name, len(paths), seconds, watch.seconds, watch.memory or None)


Found = dict[tuple[str, Cell], set[tuple[str, str]]]
"""By page and cell: rule and element of what fails for certain."""


def run_naively(base: str, paths: Sequence[str], cells: Sequence[Cell], rules: Sequence[str], out: Path) -> None:
    """The naive loop, in this process; what it finds goes into a file."""
    from axe_playwright_python.sync_playwright import Axe

    options = {"resultTypes": ["violations"]}
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**how_to_launch())
        for path in paths:
            for number, cell in enumerate(cells):
                page = browser.new_page(
                    viewport={"width": cell.width, "height": cell.height},
                    color_scheme=cell.scheme,
                    forced_colors="active" if cell.forced_colours else "none",
                    reduced_motion="reduce",
                )
                page.goto(f"{base}/{path}")
                only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
                results = Axe().run(page, options={**options, **only})
                page.close()
                nodes = [(one["id"], _target(node["target"])) for one in results.response["violations"] for node in one["nodes"]]
                found.append([path, number, nodes])
        browser.close()
    out.write_text(json.dumps(found), "utf-8")


def _target(target: Sequence[Any]) -> str:
    return " ".join(str(step) for step in target)


def looked_at(report: Path, cells: int) -> int:
    """
    How many pages a report of ours says that the static rules have looked at, and axe in so many cells.

    Raises ValueError where the check is not complete.
    """
    told = json.loads(report.read_text("utf-8"))
    report.unlink()  # the next one is to be its own
    if told["unfinished"]:
        raise ValueError("; ".join(str(one.get("reason", one)) for one in told["unfinished"][:3]))
    if not (told["axe"] and told["browser"]):
        raise ValueError("no browser has looked")
    checks = [page["checks"] for page in told["pages"]]
    return sum("static" in one and sum(check.startswith("axe ") for check in one) == cells for one in checks)


class Noted(session.Session):
    """A session that keeps what axe has said."""

    outcomes: dict[str, dict[Cell, axe.Outcome]]

    def take_in(self, page: Page, visit: session.Visit) -> None:
        self.outcomes[page.name] = visit.outcomes
        super().take_in(page, visit)


def ours(folder: Path, paths: Sequence[str], workers: int, cells: Sequence[Cell]) -> tuple[Found, list[str]]:
    """What axe finds in our own look at the pages, and the rules that it was asked for."""
    report = Report()
    with hands(workers) as ready:
        noted = Noted(folder, report, session.Options(cells=cells))
        noted.outcomes = {}
        pages = [Page(str(folder / path), (folder / path).read_text("utf-8")) for path in paths]
        noted.run(pages, ready, lambda _: None, lambda: None)
    if report.unfinished:
        raise click.ClickException("; ".join(str(one) for one in report.unfinished))
    found: Found = {}
    for path in paths:
        for cell, outcome in noted.outcomes[str(folder / path)].items():
            certain = {(node.rule, _target(node.target)) for node in outcome.nodes if node.severity is not Severity.REVIEW}
            found[path, cell] = certain
    return found, sorted(noted.rules)


COLOURS = frozenset({"color-contrast", "link-in-text-block"})


def differences(ours: Found, theirs: Found) -> list[str]:
    """Where two looks have found something else. Where colours are forced they are the reader's own, and not judged."""
    told = []
    for (path, cell), here in ours.items():
        expected = theirs[path, cell]
        wanted = {one for one in expected if not (cell.forced_colours and one[0] in COLOURS)}
        for sign, some in (("+", here - wanted), ("-", wanted - here)):
            told += [f"{sign} {path} ({cell}): {rule} {target}" for rule, target in sorted(some)]
    return told


# -- the others --------------------------------------------------------------------------------------------------------


def peers_ready() -> bool:
    """Whether the others are there, after an attempt to get them."""
    if not shutil.which("npm"):
        click.echo("absent: @axe-core/cli, pa11y-ci, lighthouse (there is no npm)", err=True)
        return False
    PEERS.mkdir(parents=True, exist_ok=True)
    missing = [name for name in NPM if not (PEERS / "node_modules" / name).is_dir()]
    if missing:
        click.echo(f"installing {', '.join(missing)} with npm …", err=True)
        # Their own scripts would download browsers and drivers; the browser of the check is used.
        command = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", str(PEERS), *missing]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            click.echo(f"npm: {done.stderr.strip().splitlines()[-1:]}", err=True)
    return True


def _seen_by_axe_cli(told: str) -> int:
    """How many pages the JSON of @axe-core/cli has results of."""
    results = json.loads(told[told.index("[") :])
    return sum(bool(one["testEngine"]["version"] and one["passes"]) for one in results)


def _seen_by_pa11y(told: str) -> int:
    """How many pages the JSON of pa11y-ci has results of: where it has failed, what it tells has no code."""
    results = json.loads(told[told.index("{") :])["results"]
    return sum(all("code" in one for one in found) for found in results.values())


def peers(base: str, paths: Sequence[str], slow: int, folder: Path) -> Iterator[tuple[str, Cost | Literal["failed"] | None]]:
    """What the others cost, each with its key; None for one that is absent, “failed” for one that does not work here."""
    chromium = str(find().path)
    addresses = [f"{base}/{path}" for path in paths[:slow]]
    programs = PEERS / "node_modules" / ".bin"
    environment = {**os.environ, "CHROME_PATH": chromium, "PUPPETEER_EXECUTABLE_PATH": chromium}

    def run(
        name: str, program: str, arguments: Sequence[str], good: Sequence[int], seen: Callable[[str], int]
    ) -> Cost | Literal["failed"] | None:
        if not (programs / program).exists():
            click.echo(f"absent: {name}", err=True)
            return None
        command = [str(programs / program), *arguments]
        return measured(name, len(addresses), command, good=good, seen=seen, env=environment, cwd=folder) or "failed"

    driver = shutil.which("chromedriver")
    if driver:
        flags = ["--chrome-path", chromium, "--chromedriver-path", driver, "--chrome-options", "no-sandbox", "--stdout"]
        yield "axe_cli", run("@axe-core/cli", "axe", [*addresses, *flags, "--tags", ",".join(TAGS)], (0, 1), _seen_by_axe_cli)
    else:
        click.echo("absent: @axe-core/cli (it needs chromedriver; on Debian: chromium-driver)", err=True)
        yield "axe_cli", None
    config = folder / "pa11yci.json"
    launch = {"executablePath": chromium, "args": ["--no-sandbox"]}
    # With contexts of their own, pages that are looked at at the same time close each other's, and are not looked at to the end.
    defaults = {"runners": ["axe"], "concurrency": 2, "timeout": 120_000, "useIncognitoBrowserContext": False}
    defaults["chromeLaunchConfig"] = launch
    config.write_text(json.dumps({"defaults": defaults, "urls": addresses}))
    yield "pa11y_ci", run("pa11y-ci", "pa11y-ci", ["--config", str(config), "--json"], (0, 2), _seen_by_pa11y)
    lighthouse = programs / "lighthouse"
    if not lighthouse.exists():
        click.echo("absent: lighthouse", err=True)
        yield "lighthouse", None
        return
    few = addresses[: max(1, slow // 2)]
    given = ["--only-categories=accessibility", "--quiet", "--output=json", "--output-path=lighthouse.json"]
    given.append("--chrome-flags=--headless=new --no-sandbox")
    loop = f"""
import json, pathlib, subprocess, sys
for one in sys.argv[2:]:
    subprocess.run([sys.argv[1], one, *{given!r}], check=True)
    report = pathlib.Path("lighthouse.json")
    told = json.loads(report.read_text("utf-8"))
    report.unlink()
    if "runtimeError" not in told and told["categories"]["accessibility"]["score"] is not None:
        print("looked at", one)
"""
    command = [sys.executable, "-c", loop, str(lighthouse), *few]

    def seen(told: str) -> int:
        return sum(line.startswith("looked at ") for line in told.splitlines())

    yield "lighthouse", measured("Lighthouse", len(few), command, seen=seen, env=environment, cwd=folder) or "failed"


# -- each live rule ----------------------------------------------------------------------------------------------------


def tell_rules(folder: Path, paths: Sequence[str]) -> None:
    """What each live rule costs by itself, in one cell: seconds a page, and CPU seconds with the browser's; loading left out."""
    usual = {rule.id for rule in USUAL_RULES}
    told = []
    pages = [Page(str(folder / path), (folder / path).read_text("utf-8")) for path in paths]
    with hands(1) as ready:
        for rule in LIVE_RULES:
            if rule.on is not LivePage:
                continue
            spent, cpu, looks = 0.0, 0.0, 0

            def timed(live: LivePage, check: Callable[[LivePage], Iterable[Any]] = rule.check) -> Iterator[Any]:
                nonlocal spent, cpu, looks
                began = time.monotonic()
                with Watch(os.getpid()) as watch:
                    found = list(check(live))
                spent += time.monotonic() - began
                cpu += watch.seconds or 0
                looks += 1
                return iter(found)

            report = Report()
            options = session.Options(cells=CELLS[:1], rules=[replace(rule, check=timed, gate=None)], runs_axe=False)
            session.Session(folder, report, options).run(pages, ready, lambda _: None, lambda: None)
            if report.unfinished or looks != len(pages):
                reason = "; ".join(str(one) for one in report.unfinished) or f"it has looked at {looks} pages of {len(pages)}"
                raise click.ClickException(f"{rule.id}: {reason}")
            told.append((spent / looks, cpu / looks, rule.id))
    click.echo(f"\nEach live rule alone, by {len(pages)} pages; * is in the usual check, behind its gate if it has one:")
    click.echo("   s/page  CPU s/pg")
    for seconds, of_cpu, id in sorted(told, reverse=True):
        click.echo(f"  {seconds:7.3f}  {of_cpu:8.2f}  {id}{' *' if id in usual else ''}")


# -- all of it ---------------------------------------------------------------------------------------------------------


@click.group(invoke_without_command=True)
@click.option("--pages", default=102, show_default=True, type=click.IntRange(3), help="How many pages.")
@click.option("--workers", default=cores, type=click.IntRange(1), help="How many workers our check has.")
@click.option("--slow-pages", type=click.IntRange(1), help="How many pages the slow programs are given [default: all].")
@click.option(
    "--rule-pages", default=2, show_default=True, type=click.IntRange(1), help="How many pages each live rule is given."
)
@click.option("--peers/--no-peers", "with_peers", default=True, help="Whether to run the programs of others.")
@click.option("--rules/--no-rules", "with_rules", default=True, help="Whether to measure each live rule.")
@click.pass_context
def main(
    ctx: click.Context, pages: int, workers: int, slow_pages: int | None, rule_pages: int, with_peers: bool, with_rules: bool
) -> None:
    """Measure a check, beside other programs and the bare loading of the same pages."""
    if ctx.invoked_subcommand:
        return
    slow = min(slow_pages or pages, pages)
    # As it is where it has been installed, whatever has been edited since: else each process would compile it first.
    compileall.compile_dir(ROOT / "src" / "a11ynews", quiet=1)
    with tempfile.TemporaryDirectory(prefix="a11ynews-bench-") as temporary:
        folder = Path(temporary) / "site"
        paths = write_pages(folder, pages)
        pages = len(paths)
        load_before = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
        click.echo(f"{pages} pages, {cores()} cores, load {load_before:.1f}, {find().version}, axe-core {axe.version()}\n")
        click.echo(f"{'':26} {'pages':>6} {'pages/s':>9} {'s/page':>9} {'CPU s/pg':>9} {'peak MB':>9} {'/ load':>9}")
        with serving(folder) as base:
            # By the number of workers; one is the same as all where there is one.
            bare = {number: load_only(base, paths, number, is_spared=False) for number in sorted({1, workers})}
            spared = {number: load_only(base, paths, number, is_spared=True) for number in bare}
            each = {number: cost.seconds / cost.pages for number, cost in bare.items()}

            def tell(cost: Cost, number: int = 1) -> Cost:
                click.echo(cost.told(each[number]))
                return cost

            for number, cost in [*bare.items(), *spared.items()]:
                tell(cost, number)
            mine = {
                (kind, number): tell(check(kind, folder, pages, number, temporary), number)
                for kind in ("quick", "usual")
                for number in bare
            }
            found, rules = ours(folder, paths[:slow], workers, CELLS)
            found_quickly, _ = ours(folder, paths[:slow], workers, CELLS[:1])
            others: dict[str, Cost | Literal["failed"] | None] = {}
            naive = [sys.executable, __file__, "naive", base, temporary]
            Path(temporary, "naive.json").write_text(json.dumps({"paths": paths[:slow], "rules": rules}))
            noted = Path(temporary, "found.json")
            for key, name, cells in (("naive", "naive loop", 1), ("naive_cells", "naive, four cells", len(CELLS))):

                def seen(_: str, cells: int = cells) -> int:
                    return len({(path, cell) for path, cell, _ in json.loads(noted.read_text("utf-8"))}) // cells

                others[key] = tell(must(measured(name, slow, [*naive, str(cells)], seen=seen)))
            theirs = {
                (path, CELLS[number]): {(rule, target) for rule, target in nodes}
                for path, number, nodes in json.loads(noted.read_text("utf-8"))
            }
            if with_peers and peers_ready():
                for key, one in peers(base, paths, slow, Path(temporary)):
                    others[key] = tell(one) if isinstance(one, Cost) else one
        unlike = [*differences(found, theirs), *(f"--quick: {line}" for line in differences(found_quickly, theirs))]
        number = sum(len(some) for some in found.values())
        click.echo(f"\naxe's findings: {number:,} in {len(found):,} looks; {len(unlike) or 'none'} other than the naive loop's")
        for line in unlike[:20]:
            click.echo(f"  {line}")
        if with_rules:
            tell_rules(folder, paths[:rule_pages])
    told = {"pages": str(pages), "workers": str(workers), "load": f"{load_before:.1f}"}
    for kind in ("usual", "quick"):
        for number in (workers, 1):
            name = ("quick_" if kind == "quick" else "") + ("one_" if number == 1 else "")
            told |= {
                f"{name}{key}": value for key, value in ratios(mine[kind, number], bare[number], spared[number], others).items()
            }
    told["speed_up"] = f"{mine['usual', 1].seconds / mine['usual', workers].seconds:.2f}"
    told["quick_speed_up"] = f"{mine['quick', 1].seconds / mine['quick', workers].seconds:.2f}"
    told["equal"] = "no" if unlike else "yes"
    click.echo("\n" + " ".join(f"{key}={value}" for key, value in told.items()))
    ctx.exit(1 if unlike else 0)


def check(kind: str, folder: Path, pages: int, workers: int, temporary: str) -> Cost:
    """What our own check costs, `quick` or `usual`. Raises click's exception where it has not looked at every page."""
    report = Path(temporary, "report.json")
    command = [sys.executable, "-m", "a11ynews", "check", str(folder), "--no-cache", "-f", f"json={report}"]
    command += ["--workers", str(workers), *(["--quick"] if kind == "quick" else [])]
    name = f"a11ynews{' --quick' if kind == 'quick' else ''}, {workers} {'worker' if workers == 1 else 'workers'}"
    report.unlink(missing_ok=True)
    return must(
        measured(
            name,
            pages,
            command,
            good=(0, 1),
            seen=lambda _: looked_at(report, 1 if kind == "quick" else len(CELLS)),
            cwd=temporary,
        )
    )


def ratios(cost: Cost, bare: Cost, spared: Cost, others: Mapping[str, Cost | Literal["failed"] | None]) -> dict[str, str]:
    """The figures of one of our checks, beside the bare loading by as many workers."""
    each = cost.seconds / cost.pages
    return {
        "pages_per_second": f"{1 / each:.2f}",
        "cpu_per_page": "?" if cost.cpu is None else f"{cost.cpu / cost.pages:.3f}",
        "peak_mb": "?" if cost.memory is None else f"{cost.memory:.0f}",
        "to_bare_load": f"{each / (bare.seconds / bare.pages):.2f}",
        "to_spared_load": f"{each / (spared.seconds / spared.pages):.2f}",
        **{
            key: f"{other.seconds / other.pages / each:.2f}" if isinstance(other, Cost) else other or "absent"
            for key, other in others.items()
        },
    }


def must(cost: Cost | None) -> Cost:
    """The cost of what must work."""
    if cost is None:
        raise click.ClickException("without this there is nothing to compare")
    return cost


@main.command(hidden=True)
@click.argument("base")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("cells", type=int)
def naive(base: str, folder: Path, cells: int) -> None:
    """The naive loop, in a process of its own."""
    told = json.loads((folder / "naive.json").read_text())
    run_naively(base, told["paths"], CELLS[:cells], told["rules"] if cells > 1 else (), folder / "found.json")


if __name__ == "__main__":
    main()
