"""
What each live rule costs: processor time of the browser and of what drives it, on the pages of a folder.

    python bench/live_rules.py site

The time that a machine lets pass while it does other things is not in it, so that figures of a busy machine do. A rule that goes
by what another one has found out costs nothing: each group pays where its first rule is. The figures stand as `cost` at the
rules.
"""

import os
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from a11ynews.check import Settings, check
from a11ynews.live import tour
from a11ynews.live.livepage import LivePage
from a11ynews.rule import Rule
from a11ynews.targets import gather

_TICK = os.sysconf("SC_CLK_TCK")


def _processes() -> Iterator[tuple[int, int, float]]:
    """Of each process its number, that of its parent, and the seconds of a processor's time that it has taken."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        yield int(path.parent.name), int(fields[1]), (int(fields[11]) + int(fields[12])) / _TICK


def spent() -> float:
    """The seconds of a processor's time that this process and all that it has started have taken."""
    processes = list(_processes())
    family = {os.getpid()}
    while more := {pid for pid, parent, _ in processes if parent in family} - family:
        family |= more
    return sum(seconds for pid, _, seconds in processes if pid in family)


def main() -> None:
    """Check the pages thoroughly, and print what each rule has taken."""
    cost: defaultdict[str, float] = defaultdict(float)
    waited: defaultdict[str, float] = defaultdict(float)
    look = tour.look

    def measured(live: LivePage, rule: Rule[LivePage]) -> object:
        before, began = spent(), time.perf_counter()
        try:
            return look(live, rule)
        finally:
            cost[rule.id] += spent() - before
            waited[rule.id] += time.perf_counter() - began

    tour.look = measured  # type: ignore[assignment]
    began = time.perf_counter()
    report = check(gather(sys.argv[1:], shown=str, patience=60), Settings(profile="thorough"))
    pages = max(len(report.pages), 1)
    sys.stdout.write(f"{(time.perf_counter() - began) / pages:.1f} seconds a page, {len(report.pages)} pages\n")
    for id, seconds in sorted(cost.items(), key=lambda one: -one[1]):
        line = f"{id:24} {1000 * seconds / pages:6.0f} ms of a processor, {1000 * waited[id] / pages:6.0f} ms in all"
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
