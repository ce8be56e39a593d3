"""A style sheet as it is sent: what is there for people who read it is left out, and nothing else."""

import re

# CSS Syntax Level 3, 4.3: what is in strings, unquoted addresses and escapes is what it is.
_KEPT = r"""(?P<kept>"(?:\\(?:\r\n|.)|[^"\\\r\n\f])*"|'(?:\\(?:\r\n|.)|[^'\\\r\n\f])*'|\burl\([^)]*\)|\\(?:\r\n|.))"""
_GAP = re.compile(_KEPT + r"|(?:\s|/\*.*?(?:\*/|\Z))+", re.DOTALL | re.IGNORECASE)
_AROUND = re.compile(_KEPT + r"| ?(?P<open>\{) ?|(?<!:)[; ]*(?P<close>\}) ?|(?P<after>[;,]) ", re.DOTALL | re.IGNORECASE)
_ZERO = re.compile(_KEPT + r"|(?<![\w.])0(?P<rest>\.[0-9])", re.DOTALL | re.IGNORECASE)
# Not that of a custom property, which is whatever stands there, and of which older browsers want something to stand there.
_COLON = re.compile(_KEPT + r"|(?<=[{;(])(?P<name>-?[a-z][a-z-]*:) ", re.DOTALL | re.IGNORECASE)


def compact(sheet: str) -> str:
    """
    A style sheet without its comments, its indents, and spaces and zeros that say nothing; for a browser it is the same one.

    A comment that is all that keeps two words apart leaves an empty one there. One with a string that does not end is left as it
    is: browsers mend that in their own way.
    """
    if re.search("[\"']", _GAP.sub("", sheet)):
        return sheet

    def gap(found: re.Match[str]) -> str:
        return found["kept"] or (" " if re.search(r"\s", re.sub(r"/\*.*?(?:\*/|\Z)", "", found[0], flags=re.DOTALL)) else "/**/")

    def around(found: re.Match[str]) -> str:
        return found["kept"] or found["open"] or found["close"] or found["after"]

    told = _AROUND.sub(around, _GAP.sub(gap, sheet.strip()))
    told = _COLON.sub(lambda found: found["kept"] or found["name"], told)
    return _ZERO.sub(lambda found: found["kept"] or found["rest"], told).strip() + "\n"
