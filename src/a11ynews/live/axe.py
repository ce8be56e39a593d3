"""
axe-core, run in a page and in every frame of it, open shadow roots included.

The source is the one that the package axe-playwright-python ships. Its own `run` looks at the top frame alone and passes over the
others in silence; here every frame runs axe's `runPartial`, `finishRun` puts the parts together, and a frame or a rule that could
not run is told. axe is handed over by the debugger's protocol, which no Content Security Policy holds up.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml.html import HtmlElement

from ..errors import BrowserError
from ..finding import Finding, Place, Severity
from ..page import Attribute, Page
from ..rule import RuleFacts
from . import axe_words, script

if TYPE_CHECKING:
    from playwright.sync_api import Frame
    from playwright.sync_api import Page as BrowserPage

_SPACE = re.compile(r"\s+")
_CRITERION = re.compile(r"wcag(\d)(\d)(\d{1,2})")
_START_TAG = re.compile(r"""<(?:"[^"]*"|'[^']*'|[^"'>])*>?""")

# Which attribute holds the words that a rule is about; it, not the element, leads to who wrote them.
_ATTRIBUTES = {
    "area-alt": "alt",
    "image-alt": "alt",
    "image-redundant-alt": "alt",
    "input-image-alt": "alt",
    "label-content-name-mismatch": "aria-label",
    "role-img-alt": "aria-label",
    "frame-title": "title",
    "frame-title-unique": "title",
}

_WORDS = 200
"""So many characters of an element's text tell it from others; as in `runner.js`."""


@cache
def source() -> str:
    """
    The source of axe-core.

    Raises BrowserError where the package that ships it is missing.
    """
    spec = find_spec("axe_playwright_python")
    if spec and spec.submodule_search_locations:
        file = Path(spec.submodule_search_locations[0]) / "axe.min.js"
        if file.is_file():
            return file.read_text(encoding="utf-8")
    raise BrowserError(
        "the package “axe-playwright-python”, which ships axe-core, is missing; run: pip install 'a11ynews[browser]'"
    )


@cache
def version() -> str:
    """The version of axe-core, as `4.12.1`."""
    found = re.search(r"axe v(\d+\.\d+\.\d+)", source()[:200])
    return found[1] if found else "of unknown version"


@dataclass(frozen=True, slots=True)
class Node:
    """What axe says of one element by one rule."""

    rule: str
    severity: Severity
    message: str
    wcag: tuple[str, ...]
    act: tuple[str, ...]
    target: tuple[str, ...]
    """The CSS selectors that lead to it: through frames and shadow roots, the last one to itself."""
    html: str
    """Its HTML, as the browser has it, cut by axe."""
    xpath: str = ""
    """Its XPath in the page's own document; empty in frames and shadow roots."""
    tag: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    words: str = ""
    """The beginning of its text, white space folded."""
    degree: float = 0
    """The contrast that is needed, divided by the one there is; 0 where it is about something else."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of axe has brought."""

    rules: tuple[str, ...]
    """The rules that ran."""
    nodes: tuple[Node, ...]
    unfinished: tuple[str, ...] = ()
    """What could not be run, each: what happened; what to do."""

    def overlaid(self, later: "Outcome") -> "Outcome":
        """This outcome with all that another says by its rules in place of what this one says by them."""
        kept = tuple(node for node in self.nodes if node.rule not in later.rules)
        return replace(self, nodes=kept + later.nodes, unfinished=tuple(dict.fromkeys(self.unfinished + later.unfinished)))


def _nothing(_address: str) -> bool:
    return False


def run(
    page: "BrowserPage",
    *,
    best_practices: bool = False,
    only_colours: bool = False,
    leave_out: Callable[[str], bool] = _nothing,
) -> Outcome:
    """
    Run axe in a page that is open in a browser, and in all its frames.

    Every rule for WCAG 2.0, 2.1 and 2.2, A and AA, `target-size` and two experimental ones included; with `best_practices` those
    as well; with `only_colours` of all these the ones about colour. A frame is passed over where `leave_out` says so of its
    address. Raises playwright's Error where the page itself cannot be looked at.
    """
    settings = {"best": best_practices, "colours": only_colours}
    _inject(page.main_frame)
    unfinished: list[str] = []
    if len(page.frames) == 1:
        told = page.evaluate("settings => window[Symbol.for('a11ynews')].run(settings)", settings)
    else:
        parts = _parts(page.main_frame, None, settings, leave_out, unfinished)
        told = page.evaluate("([parts, settings]) => window[Symbol.for('a11ynews')].whole(parts, settings)", [parts, settings])
    return _outcome(json.loads(told), unfinished, must_test=not only_colours)


def facts(page: "BrowserPage") -> dict[str, RuleFacts]:
    """What axe says of its rules, by the id that findings have: `axe/image-alt`. axe must be in the page."""
    told = page.evaluate("() => window[Symbol.for('a11ynews')].facts()")
    return {
        f"axe/{one['id']}": RuleFacts(
            f"axe/{one['id']}", _severity("violation", one["tags"]), _criteria(one["tags"]), tuple(one["act"]), one["help"]
        )
        for one in told
    }


def preparation() -> str:
    """A script that, run before a page's own, keeps axe ready for it; handing axe over at each page costs far more."""
    return f"window[Symbol.for('a11ynews axe')] = () => {{ {source()}\n{script('runner.js')} }}"


def _inject(frame: "Frame") -> None:
    if frame.evaluate(_READY) != version():
        # In a function of its own: the minified source begins with an expression.
        frame.evaluate(f"() => {{ {source()}\n{script('runner.js')} }}")


_READY = """() => {
  const [runner, axe] = [Symbol.for("a11ynews"), Symbol.for("a11ynews axe")];
  if (!window[runner] && window[axe]) window[axe]();
  return window[runner]?.version;
}"""


def _parts(
    frame: "Frame", context: Any, settings: dict[str, bool], leave_out: Callable[[str], bool], unfinished: list[str]
) -> list[str]:
    """The partial results of a frame and those within it, in the order of axe's `finishRun`; `null` for one that has none."""
    from playwright.sync_api import Error

    within = frame.evaluate("([c, settings]) => window[Symbol.for('a11ynews')].frames(c, settings)", [context, settings])
    parts = [frame.evaluate("([c, settings]) => window[Symbol.for('a11ynews')].part(c, settings)", [context, settings])]
    for inner in within:
        name = "of the page"
        try:
            element = frame.evaluate_handle(
                "selector => window[Symbol.for('a11ynews')].element(selector)", inner["frameSelector"]
            )
            name, address = element.evaluate(_DESCRIBE)
            node = element.as_element()
            child = node.content_frame() if node else None
            is_loaded = child is not None and not child.url.startswith("chrome-error:")
            if leave_out(child.url if child and is_loaded else address):
                parts.append("null")
                continue
            if not child or not is_loaded:
                raise Error("it could not be loaded")  # noqa: TRY301 – told like whatever else can be wrong with a frame
            _inject(child)
            parts += _parts(child, inner["frameContext"], settings, leave_out, unfinished)
        except Error as error:
            unfinished.append(f"the frame {name} could not be looked into ({_line(error.message)}); mend or remove it")
            parts.append("null")
    return parts


_DESCRIBE = """frame => {
  const step = frame.id ? `#${frame.id}` : ["src", "title", "name"].filter(name => frame.hasAttribute(name)).slice(0, 1)
    .map(name => `[${name}="${frame.getAttribute(name)}"]`).join("");
  return [step.startsWith("#") ? step : frame.localName + step, frame.src];
}"""


def _line(text: str) -> str:
    """The first line of an error, without the name of the function in front or the rule's at the end."""
    line = text.strip().partition("\n")[0]
    return re.sub(r"^\w+\.\w+: | Skipping \S+ rule\.$", "", line)


def _outcome(told: dict[str, Any], unfinished: Sequence[str], *, must_test: bool) -> Outcome:
    ran = {*told["tested"], *told["inapplicable"]}
    reasons = list(unfinished)
    reasons += [f"axe's rule {rule} failed ({_line(why)}); tell axe-core's developers" for rule, why in told["failed"]]
    if missing := [rule for rule in told["asked"] if rule not in ran]:
        reasons.append(f"axe has not run {', '.join(missing)}; see that its source is whole")
    if must_test and not told["tested"]:
        reasons.append("axe found nothing on it to test; see that the page has content")
    return Outcome(tuple(sorted(ran)), tuple(_node(node) for node in told["nodes"]), tuple(dict.fromkeys(reasons)))


def _node(told: dict[str, Any]) -> Node:
    return Node(
        rule=str(told["id"]),
        severity=_severity(told["kind"], told["tags"]),
        message=_message(told),
        degree=_needed_contrast(told),
        wcag=_criteria(told["tags"]),
        act=tuple(told["act"]),
        target=tuple(told["target"]),
        html=str(told["html"]),
        xpath=str(told["xpath"]),
        tag=str(told["tag"]),
        attributes=tuple((str(name), str(value)) for name, value in told["attributes"]),
        words=str(told["words"]),
    )


def _severity(kind: str, tags: Sequence[str]) -> Severity:
    if kind == "incomplete":
        return Severity.REVIEW
    return Severity.WARNING if "best-practice" in tags else Severity.ERROR


def _criteria(tags: Sequence[str]) -> tuple[str, ...]:
    """The WCAG criteria in a rule's tags: `wcag1411` is 1.4.11."""
    return tuple(f"{found[1]}.{found[2]}.{found[3]}" for tag in tags if (found := _CRITERION.fullmatch(tag)))


def _message(told: dict[str, Any]) -> str:
    """What is wrong; what to do."""
    reason = _SPACE.sub(" ", str(told["reason"])).strip().rstrip(".")
    if reason == "Element is visible":  # all that axe says of an element that must not be there at all
        reason = ""
    if len(reason) > 240:
        reason = reason[:239] + "…"
    help = str(told["help"])
    # A name such as ARIA keeps its capitals.
    help = help[:1].lower() + help[1:] if reason and help[1:2].islower() else help
    contrast = told.get("contrast")
    figures = (
        {
            "ratio": f"{contrast['contrastRatio']:g}",
            "expected": str(contrast.get("expectedContrastRatio", "4.5")).removesuffix(":1"),
            "foreground": str(contrast.get("fgColor")),
            "background": str(contrast.get("bgColor")),
        }
        if contrast
        else {}
    )
    return axe_words.words(str(told["id"]), reason, help, figures, certain=told["kind"] == "violations")


def _needed_contrast(told: dict[str, Any]) -> float:
    contrast = told.get("contrast")
    if not contrast or told["kind"] != "violations":
        return 0
    found = re.match(r"[0-9.]+", str(contrast.get("expectedContrastRatio", "")))
    return round(float(found[0]) / float(contrast["contrastRatio"]), 3) if found else 0


def finding(node: Node, page: Page, cells: tuple[str, ...] = ()) -> Finding:
    """What axe says of an element as a finding on the page it was served from, at its birthplace where that is known."""
    return Finding(f"axe/{node.rule}", node.severity, node.message, _place(node, page), node.wcag, node.act, cells, node.degree)


def _place(node: Node, page: Page) -> Place:
    element = _static_element(node, page)
    if element is None:
        start = _START_TAG.match(node.html)
        html = start[0] if start else node.html
        return Place(page.name, 0, " >>> ".join(node.target), html if len(html) <= 300 else html[:299] + "…")
    attribute = _ATTRIBUTES.get(node.rule)
    return page.locate(Attribute(element, attribute) if attribute and attribute in element.attrib else element)


def _static_element(node: Node, page: Page) -> HtmlElement | None:
    """
    The element of the page's tree that a node of the browser's was made from; None where that cannot be said for certain.

    The browser's XPath need not hold in the tree: scripts move elements, and the browser's parser puts in some of its own.
    """
    if not node.xpath:
        return None
    at = [element for element in page.find(node.xpath) if _is_same(element, node)]
    if len(at) == 1:
        return at[0]
    alike = [element for element in page.elements if _is_same(element, node)]
    return alike[0] if len(alike) == 1 else None


def _is_same(element: HtmlElement, node: Node) -> bool:
    if element.tag != node.tag:
        return False
    if node.tag in ("html", "head", "body", "main", "title"):
        return True  # there is one of them, and scripts and `noscript` make its text differ
    attributes = dict(node.attributes)
    if any(element.get(name) != attributes.get(name) for name in ("id", "name", "href", "src", "alt", "for", "lang")):
        return False
    return _SPACE.sub(" ", element.text_content()).strip()[:_WORDS] == node.words
