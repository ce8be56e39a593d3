"""What axe says of its own rules, without a page to check."""

from ..rule import RuleFacts
from . import axe
from .browser import launched


def described() -> dict[str, RuleFacts]:
    """axe's rules by the id that findings have: `axe/image-alt`. Raises BrowserError where no browser starts: axe is a script."""
    with launched() as browser:
        return axe.facts(browser.new_page())
