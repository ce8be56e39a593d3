"""
The texts of a record for Babel's `pybabel extract`: an extraction method named `a11ynews-record`.

A mapping file for a project has two sections; Jinja2 brings the method for the templates:

    [a11ynews-record: **/record.*]
    [jinja2: **.html]

`a11ynews catalog update` needs none of this, and loses less; this is for who has Babel in his build already.
"""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from .article import parse
from .errors import SourceError
from .extract import record_entries
from .site import id_of
from .source import read


def extract(
    opened: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: Mapping[str, str]
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """
    The texts of a record, as Babel takes them: line, `pgettext`, role and words, and what a translator should know.

    A text that stands in several places comes once for each. The files that the record names are not looked at. Babel has no
    words for what is wrong with a source: SystemExit says all of it, and ends `pybabel` without a traceback.
    """
    del keywords, comment_tags, options  # a record holds nothing but texts for translators, and nothing about it can be chosen
    path = Path(opened.name)
    try:
        source = read(opened.read(), path.as_posix())
        article = parse(source, id_of(path), lambda kind, name: None)  # noqa: ARG005  # the names say what it is asked
    except SourceError as error:
        raise SystemExit(str(error)) from None
    for entry in record_entries(article):
        for reference in entry.references:
            yield int(reference.rpartition(":")[2]), "pgettext", entry.key, list(entry.extracted)
