"""
What a page tells assistive technology: its roles, levels, names and what stands in what, by Playwright's aria snapshot.

https://playwright.dev/python/docs/aria-snapshots says how such a snapshot is written: YAML, a line for each element that has a
role, such as `- heading "The flood" [level=1]`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import yaml

from ..page import Exposed

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from playwright.sync_api import Page as BrowserPage

_LINE = re.compile(r'(?P<role>[a-z]+)(?: "(?P<name>(?:[^"\\]|\\.)*)")?(?P<states>(?: \[[^\]]*\])*)', re.DOTALL)
_MOST = 5_000
"""So much of a page is read; what comes after is not compared."""

# What is left out of a check is hidden from the snapshot, and only for as long as that takes.
_HIDE = """selectors => {
  const hidden = window[Symbol.for("a11ynews hidden")] = [];
  for (const selector of selectors) {
    let found = [];
    try { found = document.querySelectorAll(selector) } catch { /* it is none for browsers */ }
    for (const element of found) {
      hidden.push([element, element.getAttribute("aria-hidden")]);
      element.setAttribute("aria-hidden", "true");
    }
  }
}"""
_SHOW = """() => {
  for (const [element, before] of window[Symbol.for("a11ynews hidden")].reverse()) {
    if (before === null) element.removeAttribute("aria-hidden"); else element.setAttribute("aria-hidden", before);
  }
}"""


def structure_of(
    page: "BrowserPage", left_out: Sequence[str] = (), *, patience: float = 30, root: "Locator | None" = None
) -> tuple[Exposed, ...]:
    """
    What an open page tells assistive technology, in the order in which it is read out, but for parts that are left out.

    `patience` is in seconds; `root` leads to the page from elsewhere. Raises playwright's Error where the page does not answer,
    or not within that time.
    """
    if left_out:
        page.evaluate(_HIDE, list(left_out))
    try:
        snapshot = (root or page.locator(":root")).aria_snapshot(timeout=1000 * patience)
    finally:
        if left_out:
            page.evaluate(_SHOW)
    return read(snapshot)


def read(snapshot: str) -> tuple[Exposed, ...]:
    """What an aria snapshot holds; empty where it is none."""
    try:
        tree = yaml.load(snapshot, yaml.CBaseLoader)
    except yaml.YAMLError:
        return ()
    return tuple(one for one, _ in zip(_exposed(tree, 0), range(_MOST), strict=False))


def _exposed(items: Any, depth: int) -> Iterator[Exposed]:
    for item in items if isinstance(items, list) else ():
        key, inner = next(iter(item.items())) if isinstance(item, dict) else (item, [])
        found = _LINE.fullmatch(str(key))
        if not found:
            continue  # a property of what it stands in: `/url`, `/placeholder`
        url = next((str(one["/url"]) for one in inner if isinstance(one, dict) and "/url" in one), "") if inner else ""
        states = tuple(re.findall(r"\[([^\]]*)\]", found["states"]))
        yield Exposed(depth, found["role"], re.sub(r"\\(.)", r"\1", found["name"] or ""), states, url)
        yield from _exposed(inner, depth + 1)
