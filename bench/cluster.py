"""
What a check costs on a cluster, and how it grows: measured with one and two workers on this machine, modelled beyond.

    python bench/cluster.py [PAGES]

Counted are seconds of processors' time, for whoever asks (static rules, Dask's client and scheduler, putting the report together)
and for the workers with their browsers, so that figures of a busy machine do. The last line is `key=value`.
"""

import contextlib
import os
import resource
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from a11ynews import cluster
from a11ynews.check import Settings, check
from a11ynews.config import load
from a11ynews.site import Site
from a11ynews.targets import gather

ROOT = Path(__file__).resolve().parent.parent
ARCHIVE = 100_000
"""The pages of the archive that the model is about."""


def make(folder: Path, number: int) -> Path:
    """The sample, each of its pages under so many names that there are `number` of them."""
    site = folder / "site"
    Site(load(ROOT / "a11ynews.toml"), site).render()
    pages = sorted(site.rglob("*.html"))
    for count in range(number - len(pages)):
        page = pages[count % len(pages)]
        shutil.copy(page, page.with_name(f"{page.stem}-{count}.html"))
    return site


def own() -> float:
    """The processors' time of this process, and of those that it began and that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def of_workers(pids: list[int]) -> float:
    """The processors' time of processes, and of all that they have begun."""
    family = {one for pid in pids for one in (psutil.Process(pid), *psutil.Process(pid).children(recursive=True))}
    spent = 0.0
    for process in family:
        with contextlib.suppress(psutil.NoSuchProcess):  # it has ended meanwhile, and its parent knows what it has taken
            times = process.cpu_times()
            spent += times.user + times.system + times.children_user + times.children_system
    return spent


class Weighed:
    """Counts the jobs, and the bytes that go there and come back."""

    def __init__(self) -> None:
        self.jobs = self.sent = self.got = 0
        self._pack, self._unpack = cluster._pack, cluster._unpack
        cluster._pack, cluster._unpack = self.pack, self.unpack

    def pack(self, what: Any) -> bytes:
        """Note what is sent."""
        packed = self._pack(what)
        self.jobs += 1
        self.sent += len(packed)
        return packed

    def unpack(self, packed: bytes) -> Any:
        """Note what has come."""
        self.got += len(packed)
        return self._unpack(packed)

    def end(self) -> None:
        """Count no more."""
        cluster._pack, cluster._unpack = self._pack, self._unpack


def tell(line: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def nothing(packed: bytes) -> bytes:
    """A job in which nothing is done."""
    return packed


def main() -> None:
    """Measure, and print."""
    given = sys.argv[1] if len(sys.argv) > 1 else "120"
    if not given.isdecimal() or int(given) < 1:
        sys.exit(f"{given}: no number of pages; name one, such as 120")
    number = int(given)
    tell(f"{number} pages, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    settings = Settings(workers=1)
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="a11ynews-bench-") as folder:
        site = make(Path(folder), number)
        began = own()
        alone = check(gather([str(site)]), replace(settings, browser=False))
        static = (own() - began) / number
        tell(f"static rules, and comparing pages: {static:.3f} s a page, where the check is asked for")
        for workers in (1, 2):
            began = own()
            with cluster.local(workers) as made, cluster.joined(made.scheduler_address) as joined:
                dask_start = own() - began
                pids = list(joined.client.run(os.getpid).values())
                before = of_workers(pids)
                few = gather([str(path) for path in sorted(site.rglob("*.html"))[: 4 * workers]])
                check(few, replace(settings, cluster=joined))
                start = (of_workers(pids) - before) / workers
                weighed = Weighed()
                before, began, clock = of_workers(pids), own(), time.perf_counter()
                report = check(gather([str(site)]), replace(settings, cluster=joined))
                clock, ours, theirs = time.perf_counter() - clock, own() - began, of_workers(pids) - before
                weighed.end()
                assert len(report.findings) >= len(alone.findings)
                assert not report.unfinished, report.unfinished
                began = own()
                for future in [joined.client.submit(nothing, b"x" * 20_000, pure=False) for _ in range(300)]:
                    future.result()
                job = (own() - began) / 300
            figures |= {
                f"worker_{workers}": theirs / number,
                f"client_{workers}": ours / number,
                f"seconds_{workers}": clock,
                f"sent_{workers}": weighed.sent / number,
                f"got_{workers}": weighed.got / number,
                "job": job,
                "start": start,
            }
            tell(
                f"{workers} worker{'s' if workers > 1 else ''}: {clock:.1f} s; {theirs / number:.3f} s a page on the workers, "
                f"{ours / number:.3f} s where it is asked for; {weighed.jobs} jobs, a page {weighed.sent / number / 1000:.1f} KB "
                f"there and {weighed.got / number / 1000:.1f} KB back; the first few pages {start:.1f} s a worker; "
                f"Dask begins in {dask_start:.1f} s"
            )
    # Of what is done where the check is asked for, the static rules have several processes, and the rest has one.
    each, ask = figures["worker_2"], max(figures["client_2"] - static, figures["client_2"] / (os.cpu_count() or 1))
    tell(f"a job costs Dask's client and scheduler {1000 * figures['job']:.1f} ms")
    tell(f"modelled, {ARCHIVE:,} pages: start + pages × {each:.3f} s / N, but no less than pages × {ask:.3f} s at the client")
    for workers in (1, 2, 10, 25, 50, 100, 200):
        looking = figures["start"] + ARCHIVE * each / workers
        seconds = max(looking, ARCHIVE * ask)
        limit = "" if looking >= ARCHIVE * ask else ", the client's limit"
        tell(f"  {workers:>3} workers: {seconds / 60:7.1f} minutes{limit}")
    tell(" ".join(f"{name}={value:.4f}" for name, value in sorted({**figures, "static": static}.items())))


if __name__ == "__main__":
    main()
