"""
axe-core, run in a page and in every frame of it, open shadow roots included.

The source is the one that the package axe-playwright-python ships, or another that is named. The package's own `run` looks at the
top frame alone and passes over the others in silence; here every frame runs axe's `runPartial`, `finishRun` puts the parts
together, and a frame or a rule that could not run is told. axe is handed over by the debugger's protocol, which no Content
Security Policy holds up.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from lxml.html import HtmlElement

from ..errors import BrowserError
from ..finding import Finding, Place, Severity
from ..message import Message, say
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


Part: TypeAlias = Literal["whole", "structure", "colours", "places", "looks"]
"""All rules; those on anything but colour; those on colour; those that go by where things are; these two together."""

_ON_COLOUR = frozenset({"color-contrast", "color-contrast-enhanced", "link-in-text-block"})

_OLDEST = (4, 3)
"""`runPartial` came with it."""


KNOWN_CORE = (4, 12)
"""The axe-core whose reckoning of contrasts and targets `sure.js` follows."""


@dataclass(frozen=True, slots=True)
class Core:
    """One version of axe-core."""

    source: str
    version: str
    """As `4.12.1`."""

    @property
    def is_known(self) -> bool:
        """Whether it is the packaged one, of the version whose reckoning is known: then it need not be asked what is sure."""
        return self is packaged() and tuple(int(part) for part in self.version.split(".")[:2]) == KNOWN_CORE


@cache
def packaged() -> Core:
    """
    The axe-core that comes with the packages.

    Raises BrowserError where the package that ships it is missing.
    """
    spec = find_spec("axe_playwright_python")
    if spec and spec.submodule_search_locations:
        file = Path(spec.submodule_search_locations[0]) / "axe.min.js"
        if file.is_file():
            return _core(file.read_text(encoding="utf-8"), file)
    raise BrowserError(
        say("the package “axe-playwright-python”, which ships axe-core, is missing; run: pip install 'a11ynews[browser]'")
    )


def read_core(file: Path) -> Core:
    """Another axe-core, from its `axe.min.js` or `axe.js`. Raises BrowserError where the file is none."""
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise BrowserError(
            say("{file}, which is to be axe-core, cannot be read ({reason})", file=str(file), reason=reason)
        ) from None
    return _core(source, file)


def _core(source: str, file: Path) -> Core:
    found = re.search(r"axe v(\d+\.\d+\.\d+\S*)", source[:500])
    if not found or "axe.version=" not in source.replace(" ", ""):
        raise BrowserError(say("{file} is no axe-core; name its axe.min.js", file=str(file)))
    if tuple(int(part) for part in found[1].split(".")[:2]) < _OLDEST:
        raise BrowserError(say("{file} is axe-core {version}; name one from 4.3 on", file=str(file), version=found[1]))
    return Core(source, found[1])


def version() -> str:
    """The version of the axe-core that comes with the packages."""
    return packaged().version


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of axe's rules run, by their ids, and in which parts of a page nothing is to be found."""

    best_practices: bool = False
    only: frozenset[str] = frozenset()
    """These alone; where it is empty, those for WCAG 2.0 to 2.2, A and AA."""
    on: frozenset[str] = frozenset()
    """These too."""
    off: frozenset[str] = frozenset()
    """Not these."""
    left_out: tuple[str, ...] = ()
    """CSS selectors."""

    def told(self, part: "Part") -> dict[str, Any]:
        """As `runner.js` reads it."""
        return {
            "best": self.best_practices,
            "only": sorted(self.only),
            "on": sorted(self.on),
            "off": sorted(self.off),
            "leftOut": list(self.left_out),
            "part": part,
        }


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
    left_out: int = -1
    """The number of the selector that leaves it out; -1 where none does."""
    place: Place | None = None
    """Where it is on the page that it was served from, once somebody has looked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of axe has brought."""

    rules: tuple[str, ...]
    """The rules that ran."""
    nodes: tuple[Node, ...]
    unfinished: tuple[Message, ...] = ()
    """What could not be run, each: what happened; what to do."""

    def without_colours(self) -> "Outcome":
        """This outcome without what the rules on colour say."""
        return replace(self, nodes=tuple(node for node in self.nodes if node.rule not in _ON_COLOUR))

    def overlaid(self, later: "Outcome") -> "Outcome":
        """This outcome with all that another says by its rules in place of what this one says by them."""
        kept = tuple(node for node in self.nodes if node.rule not in later.rules)
        rules = tuple(sorted({*self.rules, *later.rules}))
        return replace(
            self, rules=rules, nodes=kept + later.nodes, unfinished=tuple(dict.fromkeys(self.unfinished + later.unfinished))
        )


def _nothing(_address: str) -> bool:
    return False


def run(
    page: "BrowserPage",
    *,
    core: Core | None = None,
    choice: Choice = Choice(),
    part: Part = "whole",
    leave_out: Callable[[str], bool] = _nothing,
) -> Outcome:
    """
    Run axe in a page that is open in a browser, and in all its frames.

    Every rule for WCAG 2.0, 2.1 and 2.2, A and AA, `target-size` and two experimental ones included, unless `choice` says
    otherwise; of these, a `part`. A frame is passed over where `leave_out` says so of its address. Raises playwright's Error
    where the page itself cannot be looked at.
    """
    core = core or packaged()
    settings = choice.told(part)
    _inject(page.main_frame, core)
    if part != "whole" and not page.evaluate("settings => window[Symbol.for('a11ynews')].asked(settings)", settings):
        return Outcome((), ())
    unfinished: list[Message] = []
    if len(page.frames) == 1:
        told = page.evaluate("settings => window[Symbol.for('a11ynews')].run(settings)", settings)
    else:
        parts = _Parts(core, settings, leave_out, unfinished).of(page.main_frame, None)
        told = page.evaluate("([parts, settings]) => window[Symbol.for('a11ynews')].whole(parts, settings)", [parts, settings])
    return _outcome(json.loads(told), unfinished, must_test=part == "whole" and not choice.only)


def outcome(told: str, *, must_test: bool) -> Outcome:
    """What `runner.js` has told of a page without frames; nothing where none of the rules that were asked for are to run."""
    return _outcome(json.loads(told), (), must_test=must_test) if told else Outcome((), ())


def facts(page: "BrowserPage", core: Core | None = None) -> dict[str, RuleFacts]:
    """What axe says of its rules, by the id that findings have: `axe/image-alt`."""
    _inject(page.main_frame, core or packaged())
    return facts_told(page.evaluate(FACTS))


FACTS = "() => window[Symbol.for('a11ynews')].facts()"
"""Asks axe for them, where `runner.js` is."""


def facts_told(told: Sequence[Mapping[str, Any]]) -> dict[str, RuleFacts]:
    """The same of what axe has answered."""
    return {
        f"axe/{one['id']}": RuleFacts(
            f"axe/{one['id']}", _severity("violation", one["tags"]), _criteria(one["tags"]), tuple(one["act"]), one["help"]
        )
        for one in told
    }


def preparation(core: Core | None = None) -> str:
    """A script that, run before a page's own, keeps axe ready for it; handing axe over at each page costs far more."""
    return f"window[Symbol.for('a11ynews axe')] = () => {{ {(core or packaged()).source}\n{script('runner.js')} }}"


def _inject(frame: "Frame", core: Core) -> None:
    if frame.evaluate(_READY) != core.version:
        # In a function of its own: the minified source begins with an expression.
        frame.evaluate(f"() => {{ {core.source}\n{script('runner.js')} }}")


_READY = """() => {
  const [runner, axe] = [Symbol.for("a11ynews"), Symbol.for("a11ynews axe")];
  if (!window[runner] && window[axe]) window[axe]();
  return window[runner]?.version;
}"""


@dataclass(frozen=True, slots=True)
class _Parts:
    """The partial results of a frame and those within it."""

    core: Core
    settings: dict[str, Any]
    leave_out: Callable[[str], bool]
    unfinished: list[Message]

    def of(self, frame: "Frame", context: Any) -> list[str]:
        """In the order of axe's `finishRun`; `null` for a frame that has none."""
        from playwright.sync_api import Error

        within = frame.evaluate("([c, settings]) => window[Symbol.for('a11ynews')].frames(c, settings)", [context, self.settings])
        parts = [frame.evaluate("([c, settings]) => window[Symbol.for('a11ynews')].part(c, settings)", [context, self.settings])]
        for inner in within:
            name = "iframe"
            try:
                selector = inner["frameSelector"]
                if frame.evaluate(_IS_LEFT_OUT, [selector, self.settings]):
                    parts.append("null")
                    continue
                element = frame.evaluate_handle("selector => window[Symbol.for('a11ynews')].element(selector)", selector)
                name, address, is_scriptless = element.evaluate(_DESCRIBE)
                node = element.as_element()
                child = node.content_frame() if node else None
                is_loaded = child is not None and not child.url.startswith("chrome-error:")
                if self.leave_out(child.url if child and is_loaded else address):
                    parts.append("null")
                    continue
                if is_scriptless:
                    raise Error(say("its sandbox lets no script run, not even axe"))  # noqa: TRY301 – as below
                if not child or not is_loaded:
                    raise Error(say("it could not be loaded"))  # noqa: TRY301 – told like whatever else can be wrong with a frame
                if child.evaluate(_IS_BROKEN):
                    raise Error(say("it is not well-formed XML"))  # noqa: TRY301 – as above
                _inject(child, self.core)
                parts += self.of(child, inner["frameContext"])
            except Error as error:
                self.unfinished.append(
                    say(
                        "the frame {frame} could not be looked into ({reason}); mend or remove it",
                        frame=name,
                        reason=error.message if isinstance(error.message, Message) else _line(error.message),
                    )
                )
                parts.append("null")
        return parts


_IS_LEFT_OUT = "([selector, settings]) => window[Symbol.for('a11ynews')].isLeftOut(selector, settings)"
_IS_BROKEN = "() => document.contentType !== 'text/html' && document.querySelector('parsererror') !== null"
"""Whether a browser shows where it has stopped reading XML that is not well-formed, in place of what comes after."""

_DESCRIBE = """frame => {
  const step = frame.id ? `#${frame.id}` : ["src", "title", "name"].filter(name => frame.hasAttribute(name)).slice(0, 1)
    .map(name => `[${name}="${frame.getAttribute(name)}"]`).join("");
  return [step.startsWith("#") ? step : frame.localName + step, frame.src,
    frame.hasAttribute("sandbox") && !frame.sandbox.contains("allow-scripts")];
}"""


def _line(text: str) -> str:
    """The first line of an error, without the name of the function in front or the rule's at the end."""
    line = text.strip().partition("\n")[0]
    return re.sub(r"^\w+\.\w+: | Skipping \S+ rule\.$", "", line)


def _outcome(told: dict[str, Any], unfinished: Sequence[Message], *, must_test: bool) -> Outcome:
    ran = {*told["tested"], *told["inapplicable"]}
    reasons = list(unfinished)
    reasons += [
        say("axe's rule {rule} failed ({reason}); tell axe-core's developers", rule=rule, reason=_line(why))
        for rule, why in told["failed"]
    ]
    if missing := [rule for rule in told["asked"] if rule not in ran]:
        reasons.append(say("axe has not run {rules}; see that its source is whole", rules=", ".join(missing)))
    if must_test and told["isHtml"] and not told["tested"]:
        reasons.append(say("axe found nothing on it to test; see that the page has content"))
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
        left_out=int(told["leftOut"]),
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
            "ratio": float(contrast["contrastRatio"]),
            "expected": _wanted_contrast(contrast),
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
    return round(_wanted_contrast(contrast) / float(contrast["contrastRatio"]), 3)


def _wanted_contrast(contrast: dict[str, Any]) -> float:
    """What axe expects, as `4.5:1`, as a number."""
    found = re.match(r"[0-9.]+", str(contrast.get("expectedContrastRatio", "")))
    return float(found[0]) if found else 4.5


def finding(node: Node, page: Page, cells: tuple[str, ...] = ()) -> Finding:
    """What axe says of an element as a finding on the page it was served from, at its birthplace where that is known."""
    return Finding(f"axe/{node.rule}", node.severity, node.message, place_of(node, page), node.wcag, node.act, cells, node.degree)


def placed(outcome: Outcome, page: Page) -> Outcome:
    """An outcome whose nodes know their places, so that the page need not be opened for them again."""
    nodes = tuple(node if node.left_out >= 0 else replace(node, place=place_of(node, page)) for node in outcome.nodes)
    return replace(outcome, nodes=nodes)


def place_of(node: Node, page: Page) -> Place:
    """The place of an element on the page it was served from, at its birthplace where that is known."""
    if node.place is not None:
        return node.place
    page = _opened(page)
    element = _static_element(node, page)
    if element is None:
        start = _START_TAG.match(node.html)
        html = start[0] if start else node.html
        html = html if len(html) <= 300 else html[:299] + "…"
        return Place(page.name, 0, " >>> ".join(node.target), html, words=node.words[:80], path=page.path)
    attribute = _ATTRIBUTES.get(node.rule)
    return page.locate(Attribute(element, attribute) if attribute and attribute in element.attrib else element)


def _opened(page: Page) -> Page:
    """The page with a tree that is not kept for longer than its nodes are placed, unless it is there."""
    return page if "tree" in page.__dict__ else _afresh(page)


@lru_cache(2)
def _afresh(page: Page) -> Page:
    return page.afresh()


def _static_element(node: Node, page: Page) -> HtmlElement | None:
    """
    The element of the page's tree that a node of the browser's was made from; None where that cannot be said for certain.

    The browser's XPath need not hold in the tree: scripts move elements, and the browser's parser puts in some of its own.
    """
    if not node.xpath:
        return None
    # A browser puts a `tbody` into every table.
    for xpath in dict.fromkeys((node.xpath, node.xpath.replace("/tbody", ""))):
        at = [element for element in page.find(xpath) if _is_same(element, node)]
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
