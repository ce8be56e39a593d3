"""How texts are set: lines, margins, capitals, links in a row."""

from typing import Any

import pytest
from playwright.sync_api import Page as BrowserPage

from a11ynews.live.prose import (
    links_in_a_row,
    long_lines,
    text_as_heading,
    text_capitals,
    text_italic,
    text_justified,
    text_small,
)
from a11ynews.rule import Rule
from livepages import found

WORDS = "The river rose by two metres in the night, and nobody in the whole village slept until it was morning. "
GERMAN = "Der Fluss stieg in der Nacht um zwei Meter, und im ganzen Dorf schlief niemand, bis es Morgen wurde. "
ROW = '<p><a href="/a">Page one</a>{0}<a href="/b">Page two</a>{0}<a href="/c">Page three</a></p>'


def messages(rule: Rule[Any], page: BrowserPage, fragment: str) -> list[str]:
    """What a rule says of a fragment."""
    return [finding.message for finding in found(rule, page, fragment)]


@pytest.mark.parametrize(
    ("rule", "fragment", "count"),
    [
        (long_lines, f"<p>{WORDS * 3}</p>", 1),
        (long_lines, f"<div lang='de'>{GERMAN * 3}</div>", 1),
        (long_lines, f"<ul><li>{WORDS * 3}</li></ul>", 1),
        (long_lines, f"<p>{WORDS}</p>", 0),
        (long_lines, f"<p>{WORDS * 3}</p>".replace("<p>", '<p style="width: 600px">'), 0),
        (long_lines, f'<p style="font-size: 30px">{WORDS * 3}</p>', 0),
        (long_lines, f"<pre>{WORDS * 3}</pre>", 0),
        (long_lines, f"<p hidden>{WORDS * 3}</p>", 0),
        (text_justified, f'<p style="text-align: justify; width: 400px">{WORDS * 2}</p>', 1),
        (text_justified, f'<div style="text-align: justify; width: 400px"><p>{WORDS * 2}</p></div>', 1),
        (text_justified, f'<p lang="de" style="text-align: justify; hyphens: auto; width: 400px">{GERMAN * 2}</p>', 0),
        (text_justified, '<p style="text-align: justify; width: 400px">The river rose.</p>', 0),
        (text_capitals, f'<p style="text-transform: uppercase; width: 400px">{WORDS}</p>', 1),
        (text_capitals, '<p style="text-transform: uppercase">The river</p>', 0),
        (text_italic, f'<p style="font-style: italic">{WORDS * 4}</p>', 1),
        (text_italic, f'<p style="font-style: italic">{WORDS}</p>', 0),
        (text_italic, f'<blockquote><p style="font-style: italic">{WORDS * 4}</p></blockquote>', 0),
        (text_small, f'<p lang="de" style="font-size: 8px">{GERMAN}</p>', 1),
        (text_small, f'<p style="font-size: 10px">{WORDS}</p>', 0),
        (text_small, '<p style="font-size: 8px">Ad</p>', 0),
        (text_as_heading, f"<style>.h {{ font: bold 24px serif }}</style><p class=h>The night</p><p>{WORDS}</p>", 1),
        (text_as_heading, f'<div style="font-size: 30px">Die Nacht</div><ul><li>{GERMAN}</li></ul>', 1),
        (text_as_heading, f'<p style="font-weight: bold">The night</p><p>{WORDS}</p>', 0),
        (text_as_heading, f'<p role="heading" aria-level="2" style="font-size: 30px">The night</p><p>{WORDS}</p>', 0),
        (text_as_heading, f'<p style="font-size: 30px">“The night”</p><p>{WORDS}</p>', 0),
        (text_as_heading, f'<p style="font-size: 30px">12 %</p><p>{WORDS}</p>', 0),
        (text_as_heading, f'<p style="font-size: 30px">By Maria Rossi</p><p>{WORDS}</p>', 0),
        (text_as_heading, '<p style="font-size: 30px">The night</p><p>Rain</p>', 0),
        (text_as_heading, f'<header><p style="font-size: 30px">Example News</p><p>{WORDS}</p></header>', 0),
        (text_as_heading, f'<p style="font-size: 30px">The night</p><h2>Rain</h2><p>{WORDS}</p>', 0),
        (links_in_a_row, ROW.format(" "), 1),
        (links_in_a_row, ROW.format("\n"), 1),
        (links_in_a_row, ROW.format(" | "), 0),
        (links_in_a_row, ROW.format(" ").replace("<p>", "<nav>").replace("</p>", "</nav>"), 0),
        (links_in_a_row, f"<style>a {{ margin-right: 2em }}</style>{ROW.format(' ')}", 0),
        (links_in_a_row, f"<style>a {{ border: 1px solid }}</style>{ROW.format(' ')}", 0),
        (links_in_a_row, f"<style>p {{ display: flex; gap: 1em }}</style>{ROW.format(' ')}", 0),
        (links_in_a_row, '<p><a href="/a">One</a> <a href="/b">Two</a> <a href="/c">Three</a></p>', 0),
    ],
)
def test_texts_as_they_are_set(rule: Rule[Any], fragment: str, count: int, page: BrowserPage) -> None:
    """What is short, hidden, code, hyphenated or set apart is no fault."""
    assert len(messages(rule, page, fragment)) == count


def test_texts_that_are_set_alike_are_one_finding(page: BrowserPage) -> None:
    """It says how many there are: one line of a style sheet mends them all."""
    one, many = f"<p>{WORDS * 3}</p>", f"<p>{WORDS * 3}</p>" * 3

    assert messages(long_lines, page, one)[0].endswith(" signs long; give it a max-width of some 70ch")
    (told,) = messages(long_lines, page, many)
    assert told.startswith("the lines of this text, and of 2 others, are ")
