"""
Roles, states and properties of WAI-ARIA: what is said by them must be there, and be true.

Assistive technology believes what they say. A word that is none says nothing; one in the wrong place says what is not so.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from lxml import etree
from lxml.html import HtmlElement

from ..aria import (
    ATTRIBUTES,
    INTEGERS,
    NAMING,
    NUMBERS,
    ROLES,
    VALUE_LISTS,
    VALUES,
    allows,
    given_role,
    keeps_its_role,
    own_role,
    roles_of,
)
from ..finding import Severity
from ..message import Message, say
from ..page import Attribute, Page, excerpt
from ..rule import rule

_INTEGER = re.compile(r"-?\d+")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_BY_NO_ROLE = frozenset({"", "generic", "none", "presentation"})


def _choice(words: Iterable[str]) -> str:
    return ", ".join(sorted(words))


def _tag(element: HtmlElement) -> str:
    return f"<{element.tag}>"


@rule("aria-attribute", on=Page, wcag=("4.1.2",), act=("5f99a7",))
def aria_attribute(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    Every attribute that begins with `aria-` is one of WAI-ARIA.

    One that is misspelt is passed over in silence, and what it was to say is never heard.

    Bad: `<button aria-lable="Close">×</button>`
    Good: `<button aria-label="Close">×</button>`
    """
    for element, names in page.aria:
        for name in names:
            if name not in ATTRIBUTES:
                near = get_close_matches(name, ATTRIBUTES, 1, 0.8)
                if near:
                    yield (
                        Attribute(element, name),
                        say("{name} is no ARIA attribute; did you mean {near}?", name=name, near=near[0]),
                    )
                else:
                    yield Attribute(element, name), say("{name} is no ARIA attribute; take it away", name=name)


@rule("aria-value", on=Page, wcag=("4.1.2",), act=("6a7281",))
def aria_value(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    An ARIA attribute has a value that it can have.

    A browser that does not know the value takes another one: what is collapsed is then announced as if it were not.

    Bad: `<button aria-expanded="collapsed">Menu</button>`
    Bad: `<h2 aria-level="two">The night</h2>`
    Good: `<button aria-expanded="false">Menu</button>`
    Good: `<button aria-expanded="">Menu</button>`
    """
    for element, names in page.aria:
        for name in names:
            value = (element.get(name) or "").strip().lower()
            if not value:
                continue
            place = Attribute(element, name)
            if name in VALUES and value not in VALUES[name]:
                yield (
                    place,
                    say(
                        "{name} cannot be {value}; write one of these: {choice}",
                        name=name,
                        value=excerpt(value),
                        choice=_choice(VALUES[name]),
                    ),
                )
            elif name in VALUE_LISTS and not VALUE_LISTS[name].issuperset(value.split()):
                yield (
                    place,
                    say(
                        "{name} cannot be {value}; write one or more of these: {choice}",
                        name=name,
                        value=excerpt(value),
                        choice=_choice(VALUE_LISTS[name]),
                    ),
                )
            elif name in INTEGERS and not _INTEGER.fullmatch(value):
                yield place, say("{name} cannot be {value}; write a whole number", name=name, value=excerpt(value))
            elif name in NUMBERS and not _NUMBER.fullmatch(value):
                yield place, say("{name} cannot be {value}; write a number, with a point", name=name, value=excerpt(value))


@rule("aria-allowed", on=Page, wcag=("4.1.2",), act=("5c01ea",))
def aria_allowed(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    An ARIA attribute stands only where its role knows it.

    What a role does not know is not announced: a heading cannot be pressed, whatever is written on it.

    Bad: `<h2 aria-pressed="true">The night</h2>`
    Bad: `<div aria-expanded="false">Menu</div>`
    Good: `<button aria-pressed="true">The night</button>`
    Good: `<div aria-busy="true">The night</div>`
    """
    for element, names in page.aria:
        role = page.role_of(element)
        # What has no role in WAI-ARIA (a video, a summary) has rules of its own.
        if role not in ROLES:
            continue
        for name in names:
            if name in ATTRIBUTES and name not in NAMING and element.get(name) and not allows(role, name):
                if role == "generic":
                    yield (
                        Attribute(element, name),
                        say(
                            "{name} says nothing on {tag}, which has no role; give it one, or take the attribute away",
                            name=name,
                            tag=_tag(element),
                        ),
                    )
                else:
                    yield (
                        Attribute(element, name),
                        say(
                            "{name} says nothing of a {role}; give {tag} another role, or take the attribute away",
                            name=name,
                            role=role,
                            tag=_tag(element),
                        ),
                    )


@rule("aria-naming", on=Page, severity=Severity.WARNING, wcag=("4.1.2",), act=("kb1m8s",))
def aria_naming(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    Only what has a role is given a name.

    On a plain `div`, `span` or `p` an `aria-label` is announced by one screen reader and passed over by the next.

    Bad: `<div aria-label="Price">1 €</div>`
    Bad: `<p aria-labelledby="a">Rain</p><h2 id="a">Weather</h2>`
    Good: `<div role="group" aria-label="Price">1 €</div>`
    Good: `<nav aria-label="Topics"><a href="/">Home</a></nav>`
    """
    for element, names in page.aria:
        role = page.role_of(element)
        if role not in ROLES or not ROLES[role].never_named or (element.tag == "img" and not roles_of(element)):
            continue
        # Drawings without a role are a matter of decoration-exposed.
        if element.tag == "svg":
            continue
        for name in names:
            if name in NAMING and (element.get(name) or "").strip():
                yield (
                    Attribute(element, name),
                    say(
                        "{name} on {tag} is not announced everywhere, for it has no role that takes a name; "
                        "give it one, or write the words as text",
                        name=name,
                        tag=_tag(element),
                    ),
                )


@rule("role-valid", on=Page, wcag=("4.1.2", "1.3.1"), act=("674b10",))
def role_valid(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    A role is one that there is.

    Of several words the first that is one counts: others may stand for older browsers.

    Bad: `<ol role="breadcrumbs"><li>Home</li></ol>`
    Bad: `<span role="lnik">ACT rules</span>`
    Good: `<span role="link" tabindex="0">ACT rules</span>`
    Good: `<input type="text" role="searchfield searchbox" aria-label="Search">`
    """
    for element, _ in page.aria:
        if (words := roles_of(element)) and not given_role(element):
            place, value = Attribute(element, "role"), excerpt(" ".join(words))
            if near := get_close_matches(words[0], ROLES, 1, 0.7):
                yield place, say("{value} is no role; did you mean “{near}”?", value=value, near=near[0])
            else:
                yield place, say("{value} is no role; write one of WAI-ARIA's, or take the attribute away", value=value)


@rule("role-required", on=Page, wcag=("4.1.2",), act=("4e8ab6",))
def role_required(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What is given a role says what the role must say.

    A box that does not tell whether it is checked is no checkbox; a heading without a rank has a place in no outline.

    Bad: `<div role="checkbox" tabindex="0">I agree</div>`
    Bad: `<div role="heading">The night</div>`
    Good: `<div role="checkbox" tabindex="0" aria-checked="false">I agree</div>`
    Good: `<div role="heading" aria-level="2">The night</div>`
    Good: `<input type="checkbox" role="switch" aria-label="Dark">`
    """
    for element, _ in page.aria:
        role = given_role(element)
        if not role or page.role_of(element) != role:
            continue
        own = own_role(element)
        required = ROLES[role].requires
        if role == "separator" and page.is_focusable(element):
            required = frozenset({"aria-valuenow"})
        # Fields and headings of HTML say the same by themselves.
        if own == role or (own in ROLES and required <= ROLES[own].requires):
            continue
        missing = sorted(name for name in required if not (element.get(name) or "").strip())
        if missing:
            yield (
                element,
                say(
                    "{tag} is a {role} that does not say its {missing}; add it", tag=_tag(element), role=role, missing=missing[0]
                ),
            )


def _owners(page: Page) -> dict[str, HtmlElement]:
    """The elements that take in another one by `aria-owns`, by its id."""
    return {
        word: element for element, names in page.aria if "aria-owns" in names for word in (element.get("aria-owns") or "").split()
    }


@rule("role-context", on=Page, wcag=("1.3.1",), act=("ff89c9",))
def role_context(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What is a part of something stands in it: a list item in a list, a tab in a row of tabs.

    By itself it is announced as one of nothing, or not as what it is.

    Bad: `<div role="listitem">Rain</div>`
    Bad: `<div role="tab" aria-selected="true" tabindex="0">Rain</div>`
    Good: `<div role="list"><div role="listitem">Rain</div></div>`
    Good: `<ul role="tablist"><li role="none"><span role="tab" tabindex="0">Rain</span></li></ul>`
    """
    owners = _owners(page)
    for element, _ in page.aria:
        role = given_role(element)
        if not role or not (wanted := ROLES[role].context) or own_role(element) == role:
            continue
        if not wanted.intersection(_roles_around(page, element, owners, wanted)):
            yield (
                element,
                say(
                    "{tag} is a {role} that stands in none of these: {choice}; put one around it",
                    tag=_tag(element),
                    role=role,
                    choice=_choice(wanted),
                ),
            )


def _roles_around(page: Page, element: HtmlElement, owners: dict[str, HtmlElement], wanted: frozenset[str]) -> Iterator[str]:
    """The role of what holds an element, leaving out what has none; and through groups, of what holds these."""
    seen = {element}
    around: HtmlElement | None = element
    while around is not None:
        around = owners.get(around.get("id") or "", around.getparent())
        if around is None or around in seen:
            return
        seen.add(around)
        role = page.role_of(around)
        if role in _BY_NO_ROLE and role not in wanted:
            continue
        yield role
        # Menus, lists of options and trees may be parted into groups, and menus and trees stand within each other's items.
        if role not in ("group", "menu", "menuitem", "rowgroup", "treeitem"):
            return


_NATIVE = frozenset({"a", "button", "h1", "h2", "h3", "h4", "h5", "h6", "input", "select", "table", "textarea"})


@rule("role-children", on=Page, wcag=("1.3.1",), act=("bc4a75",))
def role_children(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What is made of parts holds such parts and nothing else: a menu menu items, a row of tabs tabs.

    A screen reader counts the parts; what is none is not counted, or cannot be reached at all.

    Bad: `<div role="menu"><a href="/">Home</a></div>`
    Bad: `<ol role="tablist"><li role="listitem">Rain</li></ol>`
    Good: `<div role="menu"><a role="menuitem" href="/">Home</a></div>`
    Good: `<div role="menu" aria-busy="true"><a href="/">Home</a></div>`
    """
    for element, _ in page.aria:
        role = given_role(element)
        if not role or not (wanted := ROLES[role].owns) or own_role(element) == role or element.get("aria-busy") == "true":
            continue
        for child in _parts(page, element):
            if (its := page.role_of(child)) not in wanted:
                yield (
                    child,
                    say(
                        "{tag} is a {its} in a {role}, which holds only these: {choice}; give it such a role, or take it out",
                        tag=_tag(child),
                        its=its,
                        role=role,
                        choice=_choice(wanted),
                    ),
                )
                break


def _parts(page: Page, element: HtmlElement) -> Iterator[HtmlElement]:
    """The nearest elements in another that certainly have a role."""
    walk = etree.iterwalk(element, events=("start",))
    for _, inner in walk:
        if inner is element or not isinstance(inner.tag, str):
            continue
        if page.is_hidden(inner):
            walk.skip_subtree()
        elif page.role_of(inner) not in _BY_NO_ROLE and (given_role(inner) or inner.tag in _NATIVE):
            yield inner
            walk.skip_subtree()


@rule("aria-hidden-focus", on=Page, wcag=("4.1.2",), act=("6cfa84",))
def aria_hidden_focus(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What is hidden from screen readers cannot be reached by the keyboard.

    Who listens lands on something of which not a word is said.

    Bad: `<div aria-hidden="true"><a href="/">Home</a></div>`
    Good: `<div aria-hidden="true"><a href="/" tabindex="-1">Home</a></div>`
    Good: `<div aria-hidden="true"><button disabled>Home</button></div>`
    Good: `<a href="/"><svg aria-hidden="true"></svg> Home</a>`
    """
    hidden = page.hidden_from_readers
    told: set[HtmlElement] = set()
    for stop in page.stops if hidden else ():
        around = hidden.get(stop)
        if around is None or around in told or _hands_focus_on(page, stop):
            continue
        told.add(around)
        yield (
            stop,
            say(
                '{stop} can be reached by the keyboard and is hidden from screen readers by aria-hidden="true"; '
                "show it to them, or take it out of the keyboard's way",
                stop=_tag(stop),
            ),
        )


def _hands_focus_on(page: Page, stop: HtmlElement) -> bool:
    """Whether an element may be there only to hand the focus on, as at the ends of a dialogue: then a script knows it."""
    identifier = stop.get("id") or ""
    scripts = [
        script for script in page.tagged("script") if (script.get("type") or "module").lower() in ("module", "text/javascript")
    ]
    if "onfocus" in stop.attrib:
        return True
    for script in scripts:
        if script.get("src"):
            # An empty element with a tabindex is what libraries put there.
            if "tabindex" in stop.attrib and not page.text_of(stop):
                return True
        elif identifier and re.search(
            rf"""["'`#]{re.escape(identifier)}["'`].{{0,80}}["']focus(?:in)?["']""", script.text or "", re.DOTALL
        ):
            return True
    return False


@rule("decoration-exposed", on=Page, severity=Severity.WARNING, wcag=("1.1.1", "4.1.2"), act=("46ca7f",))
def decoration_exposed(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What is said to be decoration is not named, described or reached by the keyboard.

    One says that it is nothing, the other that it is something; browsers then take it for something.

    Bad: `<svg role="none" aria-label="A yellow circle"></svg>`
    Bad: `<img src="line.png" alt="" tabindex="0">`
    Bad: `<button role="presentation">Menu</button>`
    Good: `<svg role="none"></svg>`
    Good: `<img src="line.png" alt="" aria-hidden="true">`
    """
    for element in dict.fromkeys([*(element for element, _ in page.aria), *page.exposed("img")]):
        given = given_role(element) in ("none", "presentation")
        if not (given or (element.tag == "img" and element.get("alt") == "" and not roles_of(element))) or page.is_hidden(
            element
        ):
            continue
        is_something = element.tag in ("canvas", "img", "svg") or own_role(element) not in _BY_NO_ROLE
        named = [name for name in ("aria-label", "aria-labelledby") if (element.get(name) or "").strip() and is_something]
        if named:
            yield (
                element,
                say(
                    "{tag} is said to be decoration and has a name by {name}; take away one or the other",
                    tag=_tag(element),
                    name=named[0],
                ),
            )
        elif page.is_focusable(element):
            yield (
                element,
                say(
                    "{tag} is said to be decoration and can be reached by the keyboard; take away one or the other",
                    tag=_tag(element),
                ),
            )
        elif given and is_something and keeps_its_role(element, focusable=False):
            yield (
                element,
                say(
                    "{tag} is said to have no role and has ARIA attributes that speak of it; take away one or the other",
                    tag=_tag(element),
                ),
            )


@rule("control-in-control", on=Page, wcag=("4.1.2",), act=("307n5z",))
def control_in_control(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    In what is announced as one thing, a button or a picture, nothing else can be reached by the keyboard.

    What stands in it is not announced: the keyboard stops at something that is not there.

    Bad: `<button>Save <span role="button" tabindex="0">more</span></button>`
    Bad: `<div role="img" aria-label="A map"><a href="/map">Map</a></div>`
    Good: `<button>Save</button> <button>more</button>`
    Good: `<a href="/map"><span tabindex="0">Map</span></a>`
    """
    inside: dict[HtmlElement, HtmlElement | None] = {}
    for stop in page.stops:
        if page.is_hidden(stop) or (around := _flattened_by(page, stop.getparent(), inside)) is None:
            continue
        yield (
            stop,
            say(
                "{tag} can be reached by the keyboard inside of {around}, a {role}, in which nothing is announced; take it out",
                tag=_tag(stop),
                around=_tag(around),
                role=page.role_of(around),
            ),
        )


def _flattened_by(page: Page, element: HtmlElement | None, inside: dict[HtmlElement, HtmlElement | None]) -> HtmlElement | None:
    """The element in which nothing has a role, that an element is or stands in; what is found out on the way is kept."""
    way = []
    found = None
    while element is not None and found is None:
        if element in inside:
            found = inside[element]
            break
        way.append(element)
        role = page.role_of(element)
        found = element if role in ROLES and ROLES[role].flattens else None
        element = element.getparent()
    inside.update(dict.fromkeys(way, found))
    return found


@rule("focus-role", on=Page, severity=Severity.WARNING, wcag=("4.1.2", "2.4.3"))
def focus_role(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    What the keyboard stops at can be used, and says as what.

    At a mere text people wait for something that they can do there. What a script has made a button of must say so by its role.

    Bad: `<p tabindex="0">The river rose in the night.</p>`
    Bad: `<span tabindex="0" onclick="go()">More</span>`
    Good: `<button>More</button>`
    Good: `<div tabindex="0" role="region" aria-label="Table of towns"><table><tr><td>Bozen</td></tr></table></div>`
    Good: `<pre tabindex="0">a long line</pre>`
    """
    for element in page.stops:
        if element.tag not in _TEXTS or given_role(element) or page.is_hidden(element) or "contenteditable" in element.attrib:
            continue
        # Who has scrolling of its own must be reached by the keyboard.
        if "overflow" in (element.get("style") or "") or element.get("aria-label") or element.get("aria-labelledby"):
            continue
        yield (
            Attribute(element, "tabindex"),
            say(
                "the keyboard stops at {tag} {words}, which has no role; give it the role of what it does, or no tabindex",
                tag=_tag(element),
                words=excerpt(page.text_of(element)),
            ),
        )


_TEXTS = frozenset(
    {"abbr", "b", "cite", "dd", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6", "i", "li", "p", "span", "strong", "td"}
)
