"""How texts are set: lines, margins and letters; what only looks like a heading; and links that run into each other."""

from collections.abc import Iterator
from typing import Any

from ..finding import Severity
from ..message import say, say_number
from ..rule import rule
from .livepage import Element, LivePage

LONGEST_LINE = 100
"""Signs in a line. WCAG 1.4.8 names 80, at level AAA; what is just above has no loud voice."""


def _set_so(live: LivePage, how: str) -> Iterator[tuple[Element, dict[str, Any]]]:
    """The first text that is set in a way, and how many there are; found out once for all rules."""
    if "prose" not in live.memory:
        live.memory["prose"] = live.see("prose.js", {"longest": LONGEST_LINE})
    for told in live.memory["prose"][how]:
        yield Element.of(told["element"]), told


@rule("long-lines", on=LivePage, wcag=("1.4.8",), severity=Severity.WARNING, cost=8)
def long_lines(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Lines of text are not so long that the eye loses the next one.

    Some eighty signs are enough, and WCAG's level AAA asks for no more; told is what has more than a hundred in a wide window.
    Give texts a `max-width` such as `70ch`.

    Bad: `<p>For people with some disabilities long lines of text are a barrier. They have trouble keeping their place and
      following the flow of text. A narrow block makes it easier for them to go on to the next line of it, and to find its
      beginning.</p>`
    Bad: `<p lang="de">Lange Zeilen sind für manche ein Hindernis. Sie verlieren den Anfang der nächsten Zeile und lesen
      dieselbe noch einmal. Ein schmaler Block macht es leichter, von Zeile zu Zeile zu gehen und dem Text zu folgen, bis er zu
      Ende ist.</p>`
    Good: `<p style="max-width: 70ch">For people with some disabilities long lines of text are a barrier. They have trouble
      keeping their place and following the flow of text. A narrow block makes it easier for them to go on to the next line of
      it.</p>`

    """
    for element, told in _set_so(live, "long"):
        yield (
            element,
            say_number(
                "the lines of this text are {count} signs long; give it a max-width of some 70ch",
                "the lines of this text, and of {more} others, are {count} signs long; give them a max-width of some 70ch",
                told["times"],
                count=told["count"],
                more=told["times"] - 1,
            ),
        )


@rule("text-justified", on=LivePage, wcag=("1.4.8",), severity=Severity.WARNING, cost=8)
def text_justified(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Text is not stretched to both margins.

    The gaps between words form rivers, in which people with dyslexia lose their way. WCAG's level AAA asks for text that is not
    justified. Where words are hyphenated (`hyphens: auto`) the gaps are small, and nothing is told.

    Bad: `<p style="text-align: justify; width: 300px">When text is stretched to both margins the gaps between words are uneven,
      which makes it hard for some people to read, and hard for others to see where a word begins and where it ends.</p>`
    Good: `<p style="text-align: justify; hyphens: auto; width: 300px">When text is stretched to both margins the gaps between
      words are uneven, which makes it hard for some people to read, and hard for others to see where a word begins.</p>`
    Good: `<p style="width: 300px">When text has one straight margin the gaps between words are all the same, which makes it
      easy for most people to read, and easy for all to see where a word begins and where it ends.</p>`

    """
    for element, told in _set_so(live, "justified"):
        yield (
            element,
            say_number(
                "this text is justified; align it left, or add hyphens: auto",
                "this text and {more} others are justified; align them left, or add hyphens: auto",
                told["times"],
                more=told["times"] - 1,
            ),
        )


@rule("text-capitals", on=LivePage, severity=Severity.WARNING, cost=8)
def text_capitals(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Longer texts are not shown in capitals.

    All words have the same outline then, which makes reading slow for everybody and hard for many. A label or a short heading in
    capitals is no fault. Capitals that are typed are the matter of `all-capitals`.

    Bad: `<p style="text-transform: uppercase; max-width: 600px">The river rose by two metres in the night, and nobody in the
      whole village slept until it was morning and the rain had stopped.</p>`
    Good: `<p style="text-transform: uppercase">The flood</p>`
    Good: `<p style="max-width: 600px">The river rose by two metres in the night, and nobody in the whole village slept until it
      was morning.</p>`

    """
    for element, told in _set_so(live, "capitals"):
        yield (
            element,
            say_number(
                "this text is shown in capitals; keep text-transform: uppercase for labels",
                "this text and {more} others are shown in capitals; keep text-transform: uppercase for labels",
                told["times"],
                more=told["times"] - 1,
            ),
        )


@rule("text-italic", on=LivePage, severity=Severity.WARNING, cost=8)
def text_italic(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Longer texts are not set in italics.

    Slanted letters are harder to tell apart, above all on a screen. A title, a word, a quotation may be.

    Bad: `<p style="font-style: italic; max-width: 600px">The river rose by two metres in the night, and nobody in the whole
      village slept until it was morning and the rain had stopped. Then all of them came to the bridge to see what was left of
      the old mill, of the gardens and of the road to the next village, and there was not much of it. By noon the firemen had
      brought water, bread and lamps.</p>`
    Good: `<p>They read <i>The Night at the Bridge</i> to the children.</p>`

    """
    for element, told in _set_so(live, "italic"):
        yield (
            element,
            say_number(
                "this text is in italics; keep them for single words",
                "this text and {more} others are in italics; keep them for single words",
                told["times"],
                more=told["times"] - 1,
            ),
        )


@rule("text-small", on=LivePage, severity=Severity.WARNING, cost=8)
def text_small(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Text is not set in letters of fewer than nine pixels.

    Who can enlarge the page does so, and who does not know how gives up.

    Bad: `<p style="font-size: 8px">The price does not include the tax on visitors.</p>`
    Good: `<p style="font-size: 12px">The price does not include the tax on visitors.</p>`

    """
    for element, told in _set_so(live, "small"):
        yield (
            element,
            say_number(
                "this text has letters of fewer than nine pixels; make them larger",
                "this text and {more} others have letters of fewer than nine pixels; make them larger",
                told["times"],
                more=told["times"] - 1,
            ),
        )


@rule("text-as-heading", on=LivePage, wcag=("1.3.1",), severity=Severity.WARNING, cost=8)
def text_as_heading(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    What looks like a heading is one: a short line in larger and bolder letters than the text under it.

    Screen readers go from heading to heading, and know those alone that the markup says. Bold markup is the matter of
    `bold-heading`; here it is the style sheet that makes the looks.

    Bad: `<p style="font-size: 1.5em; font-weight: bold">The night at the bridge</p><p>The river rose by two metres, and nobody
      in the village slept.</p>`
    Bad: `<div lang="de"><div style="font-size: 28px">Die Nacht an der Brücke</div><p>Der Fluss stieg um zwei Meter, und niemand
      im Dorf schlief.</p></div>`
    Good: `<h2>The night at the bridge</h2><p>The river rose by two metres, and nobody in the village slept.</p>`
    Good: `<p style="font-size: 1.5em">The river rose by two metres, and nobody in the village slept until it was
      morning.</p><p>Then all of them came to the bridge to see what was left.</p>`

    """
    for element, _ in _set_so(live, "posing"):
        yield element, say("this looks like a heading and is none; make it one: <h2>, <h3> …")


@rule("links-in-a-row", on=LivePage, wcag=("1.3.1",), severity=Severity.WARNING, cost=8)
def links_in_a_row(live: LivePage) -> Iterator[tuple[Element, str]]:
    """
    Several links in a row are a list, and it is to be seen where each of them ends.

    With nothing but a blank between them, links of two words look like one of four. In a list a screen reader says how many there
    are (WCAG technique H48); a gap, a bar or a frame tells the eye.

    Bad: `<p><a href="/a">Page one</a> <a href="/b">Page two</a> <a href="/c">Page three</a></p>`
    Bad: `<p lang="it"><a href="/a">Prima pagina</a> <a href="/b">La cronaca</a> <a href="/c">Lo sport</a></p>`
    Good: `<ul><li><a href="/a">Page one</a></li><li><a href="/b">Page two</a></li><li><a href="/c">Page three</a></li></ul>`
    Good: `<p><a href="/a">Page one</a> | <a href="/b">Page two</a> | <a href="/c">Page three</a></p>`

    """
    for element, _ in _set_so(live, "rows"):
        yield element, say("this link and those after it run into each other; make them a list: <ul> with an <li> for each")
