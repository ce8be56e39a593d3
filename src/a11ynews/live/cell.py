"""The cells of the matrix: the ways in which a page is looked at."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playwright.sync_api import Page as BrowserPage


@dataclass(frozen=True, slots=True)
class Cell:
    """One way of looking at a page: CSS pixels of the window, colour scheme, and whether the reader's colours are forced."""

    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    forced_colours: bool = False

    @staticmethod
    def of(width: int, scheme: str, forced_colours: bool) -> "Cell":
        """A cell of that width, and a height to go with it."""
        return Cell(width, 640 if width < 640 else 800, "dark" if scheme == "dark" else "light", forced_colours)

    def put_on(self, page: "BrowserPage", before: "Cell | None" = None) -> None:
        """Have a page that is open in a browser look like this; what is the same in the cell that it is in stays as it is."""
        if before is None or (before.width, before.height) != (self.width, self.height):
            page.set_viewport_size({"width": self.width, "height": self.height})
        if before and (before.scheme, before.forced_colours) == (self.scheme, self.forced_colours):
            return
        forced: Literal["active", "none"] = "active" if self.forced_colours else "none"
        page.emulate_media(color_scheme=self.scheme, forced_colors=forced, reduced_motion="reduce")

    def __str__(self) -> str:
        return f"{self.width} px, {self.scheme}{', forced colours' if self.forced_colours else ''}"


CELLS = (
    Cell(1280, 800),
    Cell(1280, 800, "dark"),
    Cell(1280, 800, forced_colours=True),
    Cell(320, 640),
)
"""The usual matrix. 320 pixels are the width at which WCAG 1.4.10 wants a page to reflow."""

MORE_CELLS = (Cell(320, 640, "dark"), Cell(320, 640, forced_colours=True), Cell(768, 1024))
"""Those that a thorough check looks at besides."""
