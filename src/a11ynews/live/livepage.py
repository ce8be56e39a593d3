"""A page that is open in a browser, as rules look at it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from ..finding import Place, Severity
from ..message import Message
from ..page import Page
from . import axe, script
from .cell import Cell

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession
    from playwright.sync_api import Page as BrowserPage

_LETTERS = {"standard": 16, "fixed": 13}
"""Pixels of a browser's letters where a reader has not set another size."""


@dataclass(frozen=True, slots=True)
class Element:
    """An element as the browser describes it."""

    target: tuple[str, ...]
    """The CSS selectors that lead to it: through shadow roots, the last one to itself."""
    xpath: str
    """Its XPath in the page's own document; empty in shadow roots."""
    tag: str
    html: str
    """Its start tag."""
    attributes: tuple[tuple[str, str], ...]
    words: str
    """The beginning of its text, white space folded."""
    left_out: int = -1
    """The number of the selector that leaves it out; -1 where none does."""

    @property
    def selector(self) -> str:
        """The selectors as one line."""
        return " >>> ".join(self.target)

    @staticmethod
    def of(told: dict[str, Any]) -> "Element":
        """What `describe.js` says, as an element."""
        return Element(
            tuple(told["target"]),
            str(told["xpath"]),
            str(told["tag"]),
            str(told["html"]),
            tuple((str(name), str(value)) for name, value in told["attributes"]),
            str(told["words"]),
            int(told["leftOut"]),
        )


@dataclass(slots=True)
class LivePage:
    """
    A page that is open in a browser, in one cell of the matrix.

    A rule may have it look otherwise (`dressed`), and yields what it finds while it does: so a finding knows its cell. When the
    rule is done, the page looks as before. A rule that presses keys, or changes the page in other ways, says so by `disturbs`.
    """

    page: Page
    """The same page as the static rules read it."""
    tab: "BrowserPage"
    cdp: "CDPSession"
    cell: Cell
    settle: Callable[[], None]
    """Waits until nothing moves any more."""
    again: Callable[["BrowserPage"], None]
    """Opens the same page in another tab, as far as its first bytes."""
    settings: tuple[str, ...] = field(default=())
    """What else is set besides the cell: `text 200 %`, `text spacing`."""
    text_size: int = 100
    """The reader's own size of text, in per cent of the browser's usual one."""
    outcomes: Mapping[Cell, axe.Outcome] = field(default_factory=dict)
    """What axe has said of the page, in each cell."""
    resolved: set[tuple[Cell, str, tuple[str, ...]]] = field(default_factory=set)
    """What axe was not certain of and a rule of ours is: cell, rule and target. It is not for a person to look at any more."""
    memory: dict[str, Any] = field(default_factory=dict)
    """What was found out about the page at some cost, for other rules to go by: nothing that ends when it is loaded anew."""
    answered: set[str] = field(default_factory=set)
    """The ids of rules that go by the memory alone from now on: for them the page need not be loaded anew."""
    patience: float = 60
    """How many seconds a rule may take."""
    unfinished: list[Message] = field(default_factory=list)
    """What rules could not look at, each: what happened; what to do. It makes the check incomplete."""
    notes: list[Message] = field(default_factory=list)
    """What else is to be said of how rules have looked at it."""
    is_settled: bool = True
    """Whether the page has come to rest since it last looked otherwise."""
    _spacing: bool = False

    @property
    def name(self) -> str:
        """The page's file or address."""
        return self.page.name

    @property
    def where(self) -> str:
        """The cell and the settings, as a finding tells them: `320 px, light, text spacing`."""
        return ", ".join([str(self.cell), *self.settings])

    def locate(self, part: Element | None) -> Place:
        """The place of an element; None stands for the whole page."""
        if part is None:
            return self.page.locate(None)
        node = axe.Node("", Severity.ERROR, "", (), (), part.target, part.html, part.xpath, part.tag, part.attributes, part.words)
        return axe.place_of(node, self.page)

    def leave_out(self, selectors: Sequence[str]) -> None:
        """Note which parts are left out: of an element in one of them, `Element.left_out` is the selector's number."""
        self.tab.evaluate("selectors => { window[Symbol.for('a11ynews left out')] = selectors }", list(selectors))

    def see(self, name: str, argument: Any = None) -> Any:
        """
        Run a script that lies beside this module, and give what it answers.

        It is a function of two arguments: `describe`, which says of an element what `Element.of` reads, and `argument`.
        """
        self.rest()
        return self.tab.evaluate(f"argument => ({script(name)})(({script('describe.js')}), argument)", argument)

    def rest(self) -> None:
        """Wait until nothing moves any more, where that has not been done since the page last looked otherwise."""
        if not self.is_settled:
            self.is_settled = True
            self.settle()

    def mark(self) -> None:
        """Keep in mind how the page is now, for `is_touched`."""
        self.see("touched.js", {"keep": True})

    def is_touched(self) -> bool:
        """
        Whether the page may be otherwise than when it was marked: another address, other markup, other values; or its scripts
        have heard of keys, the focus or the mouse, so that nobody knows what they keep in mind.
        """
        from playwright.sync_api import Error

        try:
            return bool(self.see("touched.js", {"keep": False}))
        except Error:
            return True  # another document has taken its place, or the browser has gone, which shows when it is loaded anew

    def elements(self, name: str, argument: Any = None) -> Iterator[tuple[Element, dict[str, Any]]]:
        """What a script finds, where it answers with a list of objects that have an `element` each."""
        for told in self.see(name, argument):
            yield Element.of(told["element"]), told

    @contextmanager
    def told_as(self, cell: Cell, settings: tuple[str, ...] = ()) -> Iterator[None]:
        """Have findings told as of a page that looks so, after it has been looked at in that way."""
        before = self.cell, self.settings
        self.cell, self.settings = cell, settings
        try:
            yield
        finally:
            self.cell, self.settings = before

    def spare(self, rule: str, element: Element) -> None:
        """Have one of axe's rules not ask a person about an element any more: a rule of ours knows."""
        for cell, outcome in self.outcomes.items():
            for node in outcome.nodes:
                same = {"selectors": [element.target[-1]], "path": list(node.target)}
                if node.rule == rule and node.severity is Severity.REVIEW and self.see("same.js", same):
                    self.resolved.add((cell, rule, node.target))

    @contextmanager
    def dressed(
        self,
        *,
        width: int | None = None,
        height: int | None = None,
        scheme: Literal["light", "dark"] | None = None,
        forced_colours: bool | None = None,
        text_size: int = 100,
        spacing: bool = False,
    ) -> Iterator[None]:
        """
        Have the page look otherwise for a while.

        Width and height are CSS pixels; `text_size` is the reader's own size of text, in per cent; `spacing` sets the text as
        WCAG 1.4.12 allows readers to. Style sheets come in by way of the document's adopted ones, which no Content Security
        Policy holds up.
        """
        before, settings = self.cell, self.settings
        cell = replace(
            before,
            width=width or before.width,
            height=height or before.height,
            scheme=scheme or before.scheme,
            forced_colours=before.forced_colours if forced_colours is None else forced_colours,
        )
        told = [*([f"text {text_size} %"] if text_size != 100 else []), *(["text spacing"] if spacing else [])]
        outer = self.text_size, self._spacing
        try:
            self._dress(cell, text_size, spacing)
            self.rest()
            self.settings = (*settings, *told)
            yield
        finally:
            # To come to rest is left to whoever looks next: the page may be to look otherwise again by then.
            self._dress(before, *outer)
            self.settings = settings

    def _dress(self, cell: Cell, text_size: int, spacing: bool) -> None:
        if cell != self.cell:
            cell.put_on(self.tab, self.cell)
            self.is_settled = False
        self.cell = cell
        if text_size != self.text_size:
            # Not by a style sheet: a page that gives its root's size in per cent goes on from the reader's.
            sizes = {name: size * text_size // 100 for name, size in _LETTERS.items()}
            self.cdp.send("Page.setFontSizes", {"fontSizes": sizes})
            self.is_settled = False
        self.text_size = text_size
        if spacing != self._spacing:
            self.tab.evaluate(f"argument => ({script('adopt.js')})(null, argument)", {"spacing": spacing})
            self.is_settled = False
        self._spacing = spacing
