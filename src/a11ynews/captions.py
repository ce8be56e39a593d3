"""Captions files beside a record, looked at before the record is accepted (WebVTT)."""

import re
from pathlib import Path

from .files import read_up_to

_MOST = 4 * 1024 * 1024
"""The captions of a film of three hours have a quarter of a megabyte."""
_STYLE = re.compile(r"(?:^|\n)STYLE[ \t]*(?:\n|$)")


def fault(path: Path) -> str | None:
    """What is wrong with a file as captions, and what to do; None where nothing is."""
    content = read_up_to(path, _MOST)
    name = path.name
    if not content:
        return f"{name} is empty; save it again"
    if len(content) > _MOST:
        return f"{name} is larger than {_MOST // 1024 // 1024} MB, which no captions are; save the captions alone"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        return f"{name} is not UTF-8 (line {line}); save it as UTF-8"
    if not re.match(r"WEBVTT(?=\s|$)", text):
        return f"{name} is no WebVTT file: it does not begin with WEBVTT; save the captions in that format"
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _STYLE.search(lines):
        # How captions look is for their readers to choose (EN 301 549, 7.1.4), and a style sheet can load things.
        line = lines.count("\n", 0, found.start() + 1) + 1
        return f"{name} holds a style sheet (STYLE on line {line}); take it out: readers choose how captions look"
    return None
