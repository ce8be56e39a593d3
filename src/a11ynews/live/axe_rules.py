"""What axe says of its own rules, without a page to check."""

from ..rule import RuleFacts
from . import axe
from .hand import Hand, hands


def described() -> dict[str, RuleFacts]:
    """axe's rules by the id that findings have: `axe/image-alt`. Raises BrowserError where no browser starts: axe is a script."""
    with hands(1) as (hand,):
        return hand.do(_asked, hand).result()


def _asked(hand: Hand) -> dict[str, RuleFacts]:
    with hand.browser().new_context() as context:
        return axe.facts(context.new_page())
