"""Comments beside a text that keep a rule quiet about it, with a reason: how they are written, and which are of no use."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ..errors import shorten
from ..finding import Birthplace, Owner, Place, Severity
from ..message import say
from ..page import excerpt
from ..rule import no_such_rule, rule

_ADDRESSED = re.compile(r"\s*a11ynews:\s*(.*?)\s*", re.DOTALL)
_IGNORED = re.compile(r"ignore\s+([\w/-]+(?:[\s,]+(?!because\b)[\w/-]+)*)\s+because\s+(\S.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Ignore:
    """What a comment asks for: rules to be quiet, and why."""

    rules: tuple[str, ...]
    reason: str


def read_ignore(comment: str) -> Ignore | str | None:
    """
    What a comment, without its marks, asks for; its words where they are not understood; None where it is not for a11ynews.

        a11ynews: ignore alt-long, axe/image-alt because the map needs as many words
    """
    addressed = _ADDRESSED.fullmatch(comment)
    if not addressed:
        return None
    said = _IGNORED.fullmatch(addressed[1])
    return Ignore(tuple(dict.fromkeys(re.findall(r"[\w/-]+", said[1]))), " ".join(said[2].split())) if said else addressed[1]


@dataclass(frozen=True, slots=True, eq=False)
class Remark:
    """A comment that is addressed to a11ynews, and where it begins. Lines and columns count from 1."""

    asks: Ignore | str
    line: int
    column: int


@dataclass(frozen=True, slots=True, eq=False)
class Remarks:
    """The comments of one file that are addressed to a11ynews, and what is known of them after a check."""

    name: str
    owner: Owner
    remarks: Sequence[Remark]
    known: Collection[str]
    """The ids of the rules that there are."""
    idle: Collection[tuple[Remark, str]] = ()
    """The comments, with the rule, that have kept nothing quiet though it was looked for."""

    def locate(self, part: Remark | None) -> Place:
        """The place of a comment; None stands for the file."""
        if part is None:
            return Place(self.name)
        said = part.asks if isinstance(part.asks, str) else " ".join([*part.asks.rules, part.asks.reason])
        source = Birthplace(self.name, part.line, part.column, self.owner, f"comment {self.name} {said}")
        return Place(self.name, part.line, source=source)


@rule("ignore", on=Remarks, severity=Severity.WARNING, owner=Owner.EDITOR)
def ignore(remarks: Remarks) -> Iterator[tuple[Remark, str]]:
    """
    A comment that keeps a rule quiet names the rule and says why, and the rule has something to say.

    `# a11ynews: ignore alt-long because the map needs as many words` at a text of a record accepts what the rule finds there; in
    a template it stands between `{#` and `#}`. A comment without a reason does nothing, and one that nothing is found for any
    more should go. In catalogs `po-ignore` tells of those that are not understood.

    Bad: `# a11ynews: ignore alt-long`
    Bad: `# a11ynews: alt-long is fine here`
    Bad: `# a11ynews: ignore alt-lnog because the map needs as many words`
    Bad: `{# a11ynews: ignore link-generic #}`
    Good: `# a11ynews: ignore alt-long because the map needs as many words`
    Good: `# a11ynews: ignore text-language, axe/label because the name is the same in all languages`
    Good: `{# a11ynews: ignore link-generic because the heading above says where it leads #}`
    """
    for remark in remarks.remarks:
        if isinstance(remark.asks, str):
            yield (
                remark,
                say(
                    "the comment {words} says not which rule to ignore and why; write “{form}”",
                    words=excerpt(shorten(remark.asks)),
                    form="a11ynews: ignore RULE because …",
                ),
            )
            continue
        for id in remark.asks.rules:
            if id not in remarks.known:
                yield remark, no_such_rule(id, [one for one in remarks.known if one.startswith("axe/") == id.startswith("axe/")])
    for remark, id in remarks.idle:
        yield remark, say("{rule} finds nothing here any more; delete it from the comment that ignores it", rule=id)
