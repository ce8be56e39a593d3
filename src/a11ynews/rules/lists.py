"""Lists: what they may hold."""

from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from ..message import Message, say
from ..page import Page
from ..rule import rule

_ITEMS = {"ul": ("li",), "ol": ("li",), "menu": ("li",), "dl": ("dt", "dd", "div")}
_ANYWHERE = ("script", "template")


def _either(tags: Sequence[str]) -> Message:
    """These tags as a choice: “<ul>, <ol> or <menu>”."""
    first, *more = tags
    if not more:
        return say("<{tag}>", tag=first)
    return say("{some} or <{tag}>", some=", ".join(f"<{tag}>" for tag in tags[:-1]), tag=tags[-1])


@rule("list-children", on=Page, wcag=("1.3.1",))
def list_children(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A list holds list items, and nothing else.

    A screen reader says how many items a list has and which one is read: anything between them breaks that.

    Bad: `<ul><a href="/a">One</a><li>Two</li></ul>`
    Bad: `<dl><p>Term</p></dl>`
    Good: `<ul><li><a href="/a">One</a></li><li>Two</li></ul>`
    Good: `<dl><dt>Term</dt><dd>What it means</dd></dl>`
    Good: `<ul role="tablist"><a role="tab" href="/a">One</a></ul>`
    """
    for outer in page.exposed(*_ITEMS):
        allowed = _ITEMS[str(outer.tag)]
        wrong = [child for child in outer if isinstance(child.tag, str) and child.tag not in (*allowed, *_ANYWHERE)]
        if wrong and outer.get("role", "list") == "list":
            items = _either([tag for tag in allowed if tag != "div"])
            yield (
                wrong[0],
                say(
                    "<{tag}> stands right in a <{list}>; put it into {items}, or outside of the list",
                    tag=wrong[0].tag,
                    list=outer.tag,
                    items=items,
                ),
            )


@rule("list-item", on=Page, wcag=("1.3.1",))
def list_item(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A list item stands in a list.

    Outside of one it is no item, and the list is not announced.

    Bad: `<div><li>One</li></div>`
    Bad: `<div><dt>Term</dt></div>`
    Good: `<ul><li>One</li></ul>`
    Good: `<dl><div><dt>Term</dt><dd>What it means</dd></div></dl>`
    """
    for item in page.exposed("li", "dt", "dd"):
        around = item.getparent()
        if item.tag != "li" and around is not None and around.tag == "div":
            around = around.getparent()
        lists = ("ul", "ol", "menu") if item.tag == "li" else ("dl",)
        if not item.get("role") and (around is None or (around.tag not in lists and around.get("role") != "list")):
            yield (
                item,
                say(
                    "<{tag}> stands outside of a list; put {lists} around it",
                    tag=item.tag,
                    lists=_either(lists),
                ),
            )
