"""
The catalogs of what the checker says, `locales/*/LC_MESSAGES/a11ynews-report.po`, brought up to date with the source.

Run `python tests/report_catalogs.py` after a change to a message; then translate what it says is open.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from a11ynews.guide import ALL
from a11ynews.merge import Wanted, merge
from a11ynews.messages import DOMAIN
from a11ynews.po import PoFile

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "a11ynews"
LANGUAGES = ("de", "it")

_KEYWORDS = ("say", "say_number", "_")


@cache
def wanted() -> tuple[Wanted, ...]:
    """Every message in the source, each once, in the order of files and lines: read once."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for line, templates in sorted(_messages_in(path)):
            found.setdefault(templates, []).append(f"{path.relative_to(ROOT).as_posix()}:{line}")
    for rule in ALL:
        place = f"{Path(inspect.getfile(rule.check)).relative_to(ROOT).as_posix()}:{inspect.getsourcelines(rule.check)[1]}"
        found.setdefault((rule.summary.template, ""), []).append(place)
    return tuple(Wanted("", one, many, _notes(one), tuple(places), _flags(one)) for (one, many), places in found.items())


def _messages_in(path: Path) -> Iterator[tuple[int, tuple[str, str]]]:
    """The templates in a file, with their lines: what `say`, `say_number` and `_` are called with."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in _KEYWORDS:
            most = 2 if call.func.id == "say_number" else 1
            given = [part.value for part in call.args[:most] if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if given:
                yield call.lineno, (given[0], given[1] if len(given) > 1 else "")


def _notes(template: str) -> tuple[str, ...]:
    if "; " in template:
        return ("What is wrong; what to do. Keep the semicolon, and what stands in braces.",)
    return ("Keep what stands in braces.",) if "{" in template else ()


def _flags(template: str) -> tuple[str, ...]:
    return ("python-brace-format",) if "{" in template else ("no-python-format",)


def path_of(language: str) -> Path:
    """The catalog of a language."""
    return ROOT / "locales" / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def updated(language: str) -> PoFile:
    """The catalog of a language with every message in it; not written."""
    path = path_of(language)
    file = path.relative_to(ROOT).as_posix()
    po = PoFile.read(path, file) if path.is_file() else PoFile.new(language, file, project="a11ynews")
    merge(po, wanted())
    return po


def main() -> None:
    """Write the catalogs of the languages that are named, or of all, and say what is open in them."""
    for language in sys.argv[1:] or LANGUAGES:
        po = updated(language)
        po.write(path_of(language))
        waiting = [entry for entry in po.live if entry.fuzzy or not all(entry.strings.values())]
        print(f"{po.file}: {len(waiting)} to translate")  # noqa: T201 – a script for people


if __name__ == "__main__":
    main()
