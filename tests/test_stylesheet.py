"""Style sheets as they are sent."""

from pathlib import Path

import pytest

from a11ynews.resources import TEMPLATES
from a11ynews.stylesheet import compact
from themes import GAZETTE


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/* why */\n\nbody {\n  margin: 0;\n  color: red;\n}\n", "body{margin:0;color:red}"),
        (
            "@media (min-width: 40rem) and (a: b) {\n  a , b > c { d: 0.5rem -0.25em 10.5px; }\n}",
            "@media (min-width:40rem) and (a:b){a ,b > c{d:.5rem -.25em 10.5px}}",
        ),
        (
            'a { content: "  /* words */  0.5 ;} "; background: url( b  c.png ) }',
            'a{content:"  /* words */  0.5 ;} ";background:url( b  c.png )}',
        ),
        ("a { content: 'it\\'s /* so */' }", "a{content:'it\\'s /* so */'}"),
        (".a/**/.b /* c */.d {}", ".a/**/.b .d{}"),
        (".a\\  b { c: d }", ".a\\  b{c:d}"),
        ("a { --none: ; --last: }", "a{--none: ;--last: }"),
        ("a :hover { b: c }", "a :hover{b:c}"),
        ("a { b: calc(1px + 0.5em) }", "a{b:calc(1px + .5em)}"),
        ("a{} /* to the end", "a{}"),
        ('a { b: "unfinished\n} c { d: "e  f" }', 'a { b: "unfinished\n} c { d: "e  f" }'),
        ("", ""),
    ],
    ids=[
        "rule",
        "media",
        "string",
        "escaped quote",
        "comment between",
        "escaped space",
        "custom property",
        "descendant",
        "sum",
        "open comment",
        "open string",
        "empty",
    ],
)
def test_what_is_there_for_people_alone_is_left_out(written: str, sent: str) -> None:
    """Comments, indents and needless spaces; strings, addresses and what separates two words stay."""
    assert compact(written).rstrip("\n") == sent


@pytest.mark.parametrize("folder", [TEMPLATES, GAZETTE / "templates"], ids=["ours", "gazette"])
def test_what_was_sent_is_as_small_as_it_gets(folder: Path) -> None:
    """A sheet made small has nothing more to lose."""
    once = compact((folder / "style.css").read_text("utf-8"))

    assert compact(once) == once
