"""
A PO file as it is on disk, byte for byte.

Every line is kept as it was read, beside what it means. A setter writes the lines of its own kind anew, and only where their
meaning changes; all other bytes stay: byte order mark, line ends, wrapping, blank lines, comments that no tool knows.

The format is that of the GNU gettext manual, “The Format of PO Files”. Of its two flag lines `#,` and `#=` (since gettext 0.26)
both are read and `#,` is written.
"""

import difflib
import gettext
import io
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .errors import A11yNewsError, CatalogError, Fault
from .files import read_up_to, write_bytes
from .language import locale_of
from .provenance import strike

LARGEST = 16 * 1024 * 1024
"""The most bytes that a PO file may have."""

MOST_LINES = 500_000
"""The most lines: a hundred thousand entries and more."""

# msgfmt asks for a date, and Babel for one that can be read.
_NEVER = "1970-01-01 00:00+0000"
_WIDTH = 79
_BOM = "\ufeff"
_KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")
# The kinds of lines, in the order in which they stand in an entry.
_RANK = {kind: rank for rank, kind in enumerate(("", "#", "#.", "#:", "#,", "#|", *_KEYWORDS))}

_KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\s*\[\s*([0-9]{1,2})\s*\])?)(?=\s|"|$)\s*')
_OTHER_KEYWORD = re.compile(r'([A-Za-z_]+[^\s"]*)\s*"')
_QUOTED = re.compile(r'"([^"\\]*(?:\\.[^"\\]*)*)"')
_QUOTED_THEN_SPACE = re.compile(_QUOTED.pattern + r"\s*")
_ALL_QUOTED = re.compile(r'(?:"[^"\\]*(?:\\.[^"\\]*)*"\s*)+')
_ESCAPE = re.compile(r"""((?:\\[0-7]{1,3}|\\x[0-9A-Fa-f]{1,2})+)|\\([abfnrtv\\"])""")
_NO_ESCAPE = re.compile(r'(?:[^\\]|\\[abfnrtv\\"0-7]|\\x[0-9A-Fa-f])*')
_BYTE = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))")
_PLAIN = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"'}
_ESCAPED = str.maketrans({char: f"\\{letter}" for letter, char in _PLAIN.items()} | {"\0": "\\000"})
_CONFLICT = re.compile(r"^<<<<<<<(?:[ \r].*)?$", re.MULTILINE)
_FLAG = re.compile(r'(?:[^,"]|"[^"]*"?)+')
# A file name with a space in it stands between U+2068 and U+2069 (gettext 0.20 and later).
_REFERENCE = re.compile("\u2068([^\u2069]*)\u2069(\\S*)|(\\S+)")
# Where a text may be broken: after spaces, and after a character of a script that is written without them.
_IDEOGRAPH = "\u2e80-\u9fff\uac00-\ud7a3\uff00-\uff60"
_WORD = re.compile(f"[^ {_IDEOGRAPH}]*(?:[{_IDEOGRAPH}][、。，．）」』】！？：；]* *| +|$)")


@dataclass(frozen=True, slots=True)
class Previous:
    """What the source said when an entry was translated (`#|`)."""

    context: str
    id: str
    plural: str = ""


class PoEntry:
    """
    One entry: its raw lines, and what they mean.

    The lines begin with the blank lines before it. `obsolete` is true where it stands behind `#~`. `start` is the line of the
    file (from 1) on which it begins, as of the last reading or `PoFile.content`.
    """

    __slots__ = ("_flags", "_kept_lines", "_string_line", "_unread", "_values", "newline", "obsolete", "start")

    def __init__(self, newline: str = "\n") -> None:
        self._kept_lines: list[tuple[str, str]] | None = []
        self._unread = ""  # its lines as they are, as long as nobody has asked for them one by one
        self._string_line = 0  # how many lines come before its first msgstr, as long as they are unread
        self._values: dict[str, str] = {}
        self._flags: tuple[str, ...] | None = None  # as they were read from the lines last
        self.newline = newline
        self.obsolete = False
        self.start = 1

    @classmethod
    def new(cls, context: str, id: str, plural: str = "", *, newline: str = "\n", nplurals: int = 2) -> "PoEntry":
        """An untranslated entry. With a plural it has `nplurals` empty strings, else one."""
        entry = cls(newline)
        if context:
            entry._values["msgctxt"] = context
            entry._lines += _statement("msgctxt", context, newline)
        entry._values["msgid"] = id
        entry._lines += _statement("msgid", id, newline)
        if plural:
            entry._values["msgid_plural"] = plural
            entry._lines += _statement("msgid_plural", plural, newline)
        entry.set_strings(dict.fromkeys(range(nplurals if plural else 1), ""))
        return entry

    def __repr__(self) -> str:
        return f"<PoEntry {self.context} {self.id!r}>"

    @property
    def _lines(self) -> list[tuple[str, str]]:
        if self._kept_lines is None:
            (read,) = _Reader(f"{self._unread}\n", "", False).read().entries
            self._kept_lines = read._kept_lines or []
        return self._kept_lines

    @_lines.setter
    def _lines(self, lines: list[tuple[str, str]]) -> None:
        self._kept_lines = lines

    @property
    def raw(self) -> str:
        """Its lines as they are."""
        return "".join([line for _, line in self._lines])

    @property
    def length(self) -> int:
        """How many lines it has, the blank ones before it counted."""
        return len(self._lines)

    @property
    def context(self) -> str:
        """`msgctxt`; empty where there is none."""
        return self._values.get("msgctxt", "")

    @property
    def id(self) -> str:
        """`msgid`."""
        return self._values.get("msgid", "")

    @property
    def plural(self) -> str:
        """`msgid_plural`; empty where there is none."""
        return self._values.get("msgid_plural", "")

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all others in its file: context and id."""
        values = self._values
        return values.get("msgctxt", ""), values.get("msgid", "")

    @property
    def is_header(self) -> bool:
        """Whether it is the file's header: neither id nor context."""
        return not self.id and not self.context and not self.obsolete

    @property
    def strings(self) -> dict[int, str]:
        """The translations by their plural index; a plain `msgstr` has the index 0."""
        found = [value for key, value in self._values.items() if key.startswith("msgstr")]
        return dict(enumerate(found))

    @property
    def string(self) -> str:
        """The translation of the plural index 0, or the only one; empty where there is none."""
        values = self._values
        return values["msgstr"] if "msgstr" in values else self.strings.get(0, "")

    @property
    def translated(self) -> bool:
        """Whether any of its strings holds words, fuzzy or not."""
        return any(self.strings.values())

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags of all `#,` and `#=` lines, each once. A comma between quotation marks does not part them."""
        if self._flags is None:
            found = [flag.strip() for text in self._texts("#,") for flag in _FLAG.findall(text)]
            self._flags = tuple(dict.fromkeys(flag for flag in found if flag))
        return self._flags

    @property
    def fuzzy(self) -> bool:
        """Whether its translation is one of another wording, or unsure."""
        return "fuzzy" in self.flags

    @property
    def comments(self) -> tuple[str, ...]:
        """What translators have noted (`# `), line by line."""
        return self._texts("#")

    @property
    def extracted(self) -> tuple[str, ...]:
        """What the source has to say to translators (`#.`), line by line."""
        return self._texts("#.")

    @property
    def references(self) -> tuple[str, ...]:
        """Where its text stands in the source (`#:`), as `news/x/record.yaml:14`."""
        return tuple(
            match[1] + match[2] if match[3] is None else match[3]
            for text in self._texts("#:")
            for match in _REFERENCE.finditer(text)
        )

    @property
    def previous(self) -> Previous | None:
        """What the source said when it was translated (`#|`); None where that is not told."""
        if "#|msgid" not in self._values:
            return None
        return Previous(*(self._values.get(f"#|{keyword}", "") for keyword in _KEYWORDS[:3]))

    @property
    def line(self) -> int:
        """The line of its `msgctxt` or, without one, its `msgid`; it counts from 1."""
        return self._line_of("msgctxt" if "msgctxt" in self._values else "msgid")

    @property
    def string_place(self) -> tuple[int, int]:
        """The line and column of its first `msgstr`; they count from 1."""
        if self._kept_lines is None:
            return self.start + self._string_line, 1
        return self._line_of("msgstr"), next((line.find(kind) + 1 for kind, line in self._lines if kind == "msgstr"), 1)

    @property
    def string_line(self) -> int:
        """The line of its first `msgstr`; it counts from 1."""
        return self.string_place[0]

    @property
    def string_column(self) -> int:
        """The column of the word `msgstr` on that line; it counts from 1."""
        return self.string_place[1]

    def set_id(self, id: str, plural: str = "") -> None:
        """Give it another `msgid` and `msgid_plural`. `set_strings` must follow where it gains or loses its plural."""
        self._set_value("msgid", id)
        self._set_value("msgid_plural", plural)

    def set_strings(self, strings: Mapping[int, str]) -> None:
        """Give it other translations: by plural index from 0 on where it has a plural, else the one of index 0."""
        if "msgid_plural" in self._values:
            wanted = {f"msgstr[{index}]": strings[index] for index in sorted(strings)}
        else:
            wanted = {"msgstr": strings[0]}
        if wanted == {key: value for key, value in self._values.items() if key.startswith("msgstr")}:
            return
        self._values = {key: value for key, value in self._values.items() if not key.startswith("msgstr")} | wanted
        self._replace("msgstr", [line for key, value in wanted.items() for line in self._statement(key, value)])

    def set_flags(self, flags: Iterable[str]) -> None:
        """Give it other flags, all on one `#,` line. The order is no difference."""
        wanted = tuple(dict.fromkeys(flags))
        if set(wanted) != set(self.flags):
            self._replace("#,", [("#,", f"#, {', '.join(wanted)}{self.newline}")] if wanted else [])

    def set_fuzzy(self, fuzzy: bool) -> None:
        """Flag it as fuzzy, or not."""
        self.set_flags([*(["fuzzy"] if fuzzy else []), *(flag for flag in self.flags if flag != "fuzzy")])

    def set_comments(self, lines: Iterable[str]) -> None:
        """Give it other translators' comments."""
        self._set_texts("#", lines)

    def set_extracted(self, lines: Iterable[str]) -> None:
        """Give it other extracted comments."""
        self._set_texts("#.", lines)

    def set_references(self, references: Iterable[str]) -> None:
        """Give it other references, as many on a line as there is room for."""
        wanted = tuple(references)
        if wanted == self.references:
            return
        lines: list[str] = []
        for reference in map(_isolated, wanted):
            if lines and len(lines[-1]) + 1 + len(reference) <= _WIDTH:
                lines[-1] += f" {reference}"
            else:
                lines.append(f"#: {reference}")
        self._replace("#:", [("#:", line + self.newline) for line in lines])

    def set_previous(self, previous: Previous | None) -> None:
        """Note what the source said when it was translated, or nothing."""
        if previous == self.previous:
            return
        self._values = {key: value for key, value in self._values.items() if not key.startswith("#|")}
        if previous:
            for keyword, value in zip(_KEYWORDS, (previous.context, previous.id, previous.plural), strict=False):
                if value or keyword == "msgid":
                    self._values[f"#|{keyword}"] = value
        prefix = "#~| " if self.obsolete else "#| "
        values = [(key[2:], value) for key, value in self._values.items() if key.startswith("#|")]
        self._replace("#|", [("#|", line) for key, value in values for _, line in _statement(key, value, self.newline, prefix)])

    def set_obsolete(self, obsolete: bool) -> None:
        """Put it behind `#~`, or take it from there; its lines are the same otherwise."""
        if obsolete == self.obsolete:
            return
        self.obsolete = obsolete
        self._lines = [(kind, _hidden(kind, line) if obsolete else _shown(line)) for kind, line in self._lines]

    def separate(self) -> None:
        """Have a blank line before it."""
        if self._lines and self._lines[0][1].strip():
            self._lines.insert(0, ("", self.newline))

    def join_up(self) -> None:
        """Have no blank line before it."""
        while self._lines and not self._lines[0][1].strip():
            del self._lines[0]

    def end_line(self) -> None:
        """Have its last line end with a line end; a file's very last line may have none."""
        kind, line = self._lines[-1]
        if not line.endswith("\n"):
            self._lines[-1] = kind, line + self.newline

    def _texts(self, kind: str) -> tuple[str, ...]:
        return tuple(_text_of(line, kind) for each, line in self._lines if each == kind)

    def _line_of(self, kind: str) -> int:
        return self.start + next((number for number, (each, _) in enumerate(self._lines) if each == kind), 0)

    def _set_texts(self, kind: str, lines: Iterable[str]) -> None:
        wanted = tuple(strike(line).rstrip() for text in lines for line in text.splitlines() or [""])
        if wanted != self._texts(kind):
            self._replace(kind, [(kind, f"{kind} {line}".rstrip() + self.newline) for line in wanted])

    def _set_value(self, keyword: str, value: str) -> None:
        if value == self._values.get(keyword, ""):
            return
        self._values[keyword] = value
        if not value and keyword == "msgid_plural":
            del self._values[keyword]
        self._replace(keyword, self._statement(keyword, value) if keyword in self._values else [])

    def _statement(self, keyword: str, value: str) -> list[tuple[str, str]]:
        return _statement(keyword, value, self.newline, "#~ " if self.obsolete else "")

    def _replace(self, kind: str, new: list[tuple[str, str]]) -> None:
        """Put lines where those of their kind are or, where there are none, belong."""
        self._flags = None
        kinds = [each for each, _ in self._lines]
        if kind in kinds:
            at = kinds.index(kind)
        else:
            at = next((n for n, each in enumerate(kinds) if _RANK[each] > _RANK[kind]), len(kinds))
        rest = [line for line in self._lines[at:] if line[0] != kind]
        self._lines = [*self._lines[:at], *new, *rest]


class Header(Mapping[str, str]):
    """The fields of a header; upper and lower case make no difference to their names."""

    def __init__(self, text: str) -> None:
        pairs = [line.split(":", 1) for line in text.split("\n") if ":" in line]
        self._fields = {name.strip().lower(): (name.strip(), value.strip()) for name, value in pairs}

    def __getitem__(self, name: str) -> str:
        return self._fields[name.lower()][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._fields.values())

    def __len__(self) -> int:
        return len(self._fields)


@dataclass(slots=True, eq=False)
class PoFile:
    """A PO file. `file` is its name in messages; `trailing` holds the raw lines after the last entry."""

    file: str
    entries: list[PoEntry] = field(default_factory=list)
    """All of them in the order of the file: header, live and obsolete ones."""
    newline: str = "\n"
    """How its lines end, or most of them."""
    trailing: list[str] = field(default_factory=list)
    bom: bool = False

    @classmethod
    def read(cls, path: Path, file: str) -> "PoFile":
        """Read a file. Raises CatalogError with every fault that is in it."""
        return cls.parse(cls._content(path, file), file)

    @staticmethod
    def _content(path: Path, file: str) -> bytes:
        try:
            content = read_up_to(path, LARGEST)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"the catalog cannot be read ({reason}); check that it is a file and that you may read it"
            raise CatalogError([Fault(file, 1, 1, message)]) from error
        _refuse_what_is_too_large(content, file)
        return content

    @classmethod
    def parse(cls, content: bytes | str, file: str) -> "PoFile":
        """Read the content of a file. Raises CatalogError with every fault that is in it."""
        data = content.encode() if isinstance(content, str) else content
        _refuse_what_is_too_large(data, file)
        text = _decode(data, file)
        bom = text.startswith(_BOM)
        return _Reader(text.removeprefix(_BOM), file, bom).read()

    @classmethod
    def new(cls, language: str, file: str, *, project: str = "", comments: Sequence[str] = (), newline: str = "\n") -> "PoFile":
        """
        A catalog without entries, but with a header.

        `language` is a BCP 47 tag; `comments` stand above the header. The same catalog has the same bytes whenever it is made, so
        the date of revision is one that says that nobody has revised it yet; the tools of translators put theirs in its place.
        """
        fields = {
            "Project-Id-Version": project,
            "PO-Revision-Date": _NEVER,
            "Last-Translator": "",
            "Language-Team": "",
            "Language": language.replace("-", "_"),
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=UTF-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": plural_forms(language),
        }
        entry = PoEntry.new("", "", newline=newline)
        entry.set_comments(comments)
        entry.set_strings({0: "".join(f"{name}: {value}\n" for name, value in fields.items())})
        return cls(file, [entry], newline)

    @property
    def header(self) -> Header:
        """The fields of its header, whether that is flagged fuzzy or not; empty where it has none."""
        return Header(next((entry.strings[0] for entry in self.entries if entry.is_header), ""))

    @property
    def language(self) -> str:
        """The language that the header tells, as it is written there: `de_AT`; empty where it tells none."""
        return self.header.get("Language", "")

    @property
    def charset(self) -> str:
        """The character set that the header tells; empty where it tells none."""
        return _charset(self.header.get("Content-Type", ""))

    @property
    def plural_forms(self) -> str:
        """The header's rule of plural forms; empty where it tells none."""
        return self.header.get("Plural-Forms", "")

    @property
    def nplurals(self) -> int:
        """How many plural forms a translation has, by the header (from 1 to 6, as languages have); 2 where it does not tell."""
        match = re.match(r"\s*nplurals\s*=\s*([1-6])\s*(?:;|$)", self.plural_forms)
        return int(match[1]) if match else 2

    @property
    def live(self) -> list[PoEntry]:
        """The entries that are in use, in the order of the file; the header is none of them."""
        return [entry for entry in self.entries if not entry.obsolete and not entry.is_header]

    @property
    def obsolete(self) -> list[PoEntry]:
        """The entries behind `#~`, in the order of the file."""
        return [entry for entry in self.entries if entry.obsolete]

    @classmethod
    def live_entries(cls, path: Path, file: str) -> "dict[tuple[str, str], PoEntry]":
        """
        The entries of a file that are not obsolete by their keys, for reading, the header among them; at a fraction of the time
        of `read`.

        Raises CatalogError as `read` does.
        """
        content = cls._content(path, file)
        entries = _plain_entries(content)
        return (
            {entry.key: entry for entry in cls.parse(content, file).entries if not entry.obsolete} if entries is None else entries
        )

    def content(self) -> bytes:
        """Its bytes. The line numbers of the entries are those of these bytes from then on."""
        line = 1
        for entry in self.entries:
            entry.start = line
            line += entry.length
        return "".join([_BOM if self.bom else "", *(entry.raw for entry in self.entries), *self.trailing]).encode()

    def arrange(self, entries: Sequence[PoEntry]) -> None:
        """
        Let it have these entries in this order.

        An entry keeps its raw lines wherever it goes. One that comes to stand behind another is parted from it by a blank line.
        """
        before = dict(zip(self.entries, [None, *self.entries], strict=False))
        for entry, above in zip(entries, [None, *entries], strict=False):
            if entry in before and before[entry] is above:
                continue
            if above:
                entry.separate()
            else:
                entry.join_up()
        self.entries = list(entries)
        for entry in self.entries if self.trailing else self.entries[:-1]:
            entry.end_line()

    def write(self, path: Path) -> bool:
        """
        Write it, and say whether anything was written: a file that has these bytes already is not touched.

        Raises A11yNewsError where it cannot be written, or must not be, for it is write-protected; the file is as it was then. A
        link stays a link.
        """
        target, content = Path(os.path.realpath(path)), self.content()
        if target.is_file() and not os.access(target, os.W_OK) and target.read_bytes() != content:
            raise A11yNewsError(f"{target}: the file is write-protected; allow writing to it, or leave its language out")
        return write_bytes(target, content)


# The rules that gettext's own msginit and the tools of translators write, each with its languages. Babel's follow CLDR since its
# version 2.19, with forms that translators' catalogs do not have: in Italian one for whole millions.
_SLAVIC = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2"
_PLURAL_RULES = {
    "nplurals=1; plural=0;": "dz id ja jv km ko lo ms my su th vi wo yo yue zh",
    "nplurals=2; plural=(n != 1);": (
        "af ast az bg ca da de el en eo es et eu fi fo fur fy gl gsw he hu ia it ka kk ku ky lb ml mn nb ne nl nn no pt rm rw sc "
        "sq sv sw ta te tr ur uz"
    ),
    "nplurals=2; plural=(n > 1);": "ak am fa fr hi hy oc pt_BR si ti wa",
    f"nplurals=3; plural=({_SLAVIC});": "be bs hr ru sr uk",
    "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);": "csb pl szl",
    "nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2);": "cs sk",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);": "lt",
    "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);": "lv",
    "nplurals=3; plural=(n==1 ? 0 : n==0 || (n%100 > 0 && n%100 < 20) ? 1 : 2);": "ro",
    "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);": "dsb hsb sl",
    "nplurals=4; plural=(n==1 ? 0 : n==0 || (n%100>1 && n%100<11) ? 1 : n%100>10 && n%100<20 ? 2 : 3);": "mt",
    "nplurals=5; plural=(n==1 ? 0 : n==2 ? 1 : n>2 && n<7 ? 2 : n>6 && n<11 ? 3 : 4);": "ga",
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);": "ar",
}
_PLURAL_RULE_OF = {code: rule for rule, codes in _PLURAL_RULES.items() for code in codes.split()}


def plural_forms(tag: str) -> str:
    """
    The value of the header's `Plural-Forms` for a language, from gettext's rules: `it` gives `nplurals=2; plural=(n != 1);`.

    It depends on no version of Babel, whose rules are taken only for languages that have none here.
    """
    codes = _plural_codes(tag)
    if own := next((_PLURAL_RULE_OF[code] for code in codes if code in _PLURAL_RULE_OF), None):
        return own
    from babel.messages.plurals import DEFAULT_PLURAL, PLURALS

    count, expression = next((PLURALS[code] for code in codes if code in PLURALS), DEFAULT_PLURAL)
    is_closed = expression == "0" or (expression.startswith("(") and expression.endswith(")") and "(" not in expression[1:])
    return f"nplurals={count}; plural={expression if is_closed else f'({expression})'};"


def plural_counts(tag: str) -> frozenset[int]:
    """
    How many plural forms a catalog of a language may have: gettext's number and CLDR's, both of which tools write.

    Empty where nobody can tell: gettext has no established rule of the language.
    """
    own = next((_PLURAL_RULE_OF[code] for code in _plural_codes(tag) if code in _PLURAL_RULE_OF), None)
    if own is None:
        return frozenset()
    return frozenset({int(own.removeprefix("nplurals=")[0]), len(locale_of(tag).plural_form.tags) + 1})


def is_plural_rule_of(rule: str, tag: str) -> bool:
    """
    Whether the value of a `Plural-Forms` header sorts numbers as gettext's rule of a language does, or as CLDR's.

    The two differ: Italian has two forms in gettext's catalogs, and a third, for whole millions, in those that Babel 2.19 begins.
    """
    said = _forms_by(rule)
    if said is None:
        return False
    classes = locale_of(tag).plural_form
    names = sorted({*classes.tags, "other"}, key=["zero", "one", "two", "few", "many", "other"].index)
    of_cldr = len(names), [names.index(classes(number)) for number in _TELLING]
    return said in (_forms_by(plural_forms(tag)), of_cldr)


_TELLING = (*range(203), 1000, 100_000, 1_000_000, 1_000_001)
"""The numbers that tell two plural rules apart."""


def _forms_by(rule: str) -> tuple[int, list[int]] | None:
    """How many forms a rule has, and which of them the telling numbers take; None for one that does not work out."""
    match = re.fullmatch(r"\s*nplurals\s*=\s*([0-9]{1,2})\s*;\s*plural\s*=([^;]*);?\s*", rule)
    if not match:
        return None
    try:
        choose = gettext.c2py(match[2])
        forms = [choose(number) for number in _TELLING]
    except (ValueError, ArithmeticError, RecursionError):
        return None
    return (int(match[1]), forms) if max(forms) < int(match[1]) else None


def _plural_codes(tag: str) -> list[str]:
    language, *rest = tag.split("-")
    return [*(f"{language}_{part}" for part in rest if len(part) == 2), language]


class _Reader:
    """Reads a text line by line: entries, and all that is wrong."""

    def __init__(self, text: str, file: str, bom: bool) -> None:
        self.text = text
        ends = text.count("\n")
        self.po = PoFile(file, newline="\r\n" if text.count("\r\n") * 2 > ends else "\n", bom=bom)
        self.faults: list[Fault] = []
        self.seen: dict[tuple[str, str], int] = {}
        self.lost = False  # the line above could not be understood: what only follows from that is no fault of its own
        self._begin(1)

    def _begin(self, number: int) -> None:
        self.entry = PoEntry(self.po.newline)
        self.entry.start = number
        self.parts: dict[str, list[str]] = {}
        self.field = ""  # what a further string continues
        self.at = (0, 0)  # the line and column of its first keyword
        self.unclosed: tuple[int, int, str] | None = None  # line, column and words of a text behind #| that goes on below
        self.comment_at = 0  # the line of a comment that stands between its keywords
        self.sound = True  # else nothing is said of its shape: that may only follow from the fault

    def _fault(self, line: int, column: int, message: str) -> None:
        self.faults.append(Fault(self.po.file, line, column, message))
        self.sound = False

    def read(self) -> PoFile:
        number = 0
        for number, raw in enumerate(io.StringIO(self.text, newline="\n"), 1):
            body = raw.strip()
            if not body:
                self._comment(number, raw, "")
            elif body[0] != "#":
                self._statement(number, raw, body, "", False)
            elif body[:2] == "#|":
                self._statement(number, raw, body[2:].lstrip(), "#|", False)
            elif body[:2] == "#~":
                rest = body[2:].lstrip()
                if rest.startswith("|"):
                    self._statement(number, raw, rest[1:].lstrip(), "#|", True)
                elif not rest or rest[0] == "#":
                    self._comment(number, raw, _kind_of(rest))
                else:
                    self._statement(number, raw, rest, "", True)
            else:
                self._comment(number, raw, _kind_of(body))
        self._leave_unclosed()
        if self.at[0]:
            self._end()
            self._begin(number + 1)
        self.po.trailing = [line for _, line in self.entry._lines]
        self._check_charset()
        if self.faults:
            raise CatalogError(self.faults)
        return self.po

    def _comment(self, number: int, raw: str, kind: str) -> None:
        self._leave_unclosed()
        self.lost = False
        if self.field.startswith("msgstr"):
            self._end()
            self._begin(number)
        elif kind and self.at[0]:
            self.comment_at = self.comment_at or number
        self.entry._lines.append((kind, raw))

    def _statement(self, number: int, raw: str, rest: str, previous: str, obsolete: bool) -> None:
        """Take a line that holds a keyword or a string: `rest` is what stands on it behind `#|`, `#~` or `#~|`."""
        column = len(raw.rstrip()) - len(rest) + 1
        keyword = _KEYWORD.match(rest)
        if keyword or not previous:
            self._leave_unclosed()
        elif self.unclosed:
            rest = f"{self.unclosed[2]} {rest}"
            self.unclosed = *self.unclosed[:2], rest
            if not _ALL_QUOTED.fullmatch(rest):
                self.entry._lines.append((previous, raw))
                return
            self.unclosed = None
        if keyword:
            self.lost = False
            self._keyword(number, column, keyword, previous, obsolete)
            rest = rest[keyword.end() :]
            column += keyword.end()
            if not rest:  # its string may stand on the next line
                self.entry._lines.append((previous or self.field.split("[")[0], raw))
                return
        elif rest[:1] != '"':
            if not self.lost:
                self._unknown(number, column, rest)
            self.lost = True
            return
        elif self.lost:
            return
        elif not self.field or self.field.startswith("#|") != bool(previous):
            message = "a text stands without a keyword; put it right below its msgid or msgstr, with no other line between"
            self._fault(number, column, message)
            return
        elif not previous and obsolete != self.entry.obsolete:
            self._mixed(number, column)
        self.entry._lines.append((previous or self.field.split("[")[0], raw))
        if previous and not _ALL_QUOTED.fullmatch(rest):
            self.unclosed = number, column, rest
            return
        match = _QUOTED.fullmatch(rest)
        inner = match[1] if match else self._strings(number, column, rest)
        self.parts[self.field].append(self._unescape(number, column + 1, inner) if "\\" in inner else inner)

    def _leave_unclosed(self) -> None:
        """Tell that a text behind `#|` is not closed. It is read on as far as it goes: Babel breaks it within quotation marks."""
        if self.unclosed:
            self._strings(*self.unclosed)
            self.unclosed = None

    def _keyword(self, number: int, column: int, match: re.Match[str], previous: str, obsolete: bool) -> None:
        word = match[1].split("[")[0].strip()
        name = f"{previous}{word}" if match[2] is None else f"{previous}{word}[{int(match[2])}]"
        opens = bool(previous) or word == "msgctxt" or (word == "msgid" and "msgid" in self.parts)
        if (opens and self.at[0]) or (word == "msgid" and self.field.startswith("msgstr")):
            self._end()
            self._begin(number)
        if not previous:
            if not self.at[0]:
                self.at = number, column
                self.entry.obsolete = obsolete
            elif obsolete != self.entry.obsolete:
                self._mixed(number, column)
            if self.comment_at:
                message = f"a comment stands inside an entry; move it above line {self.at[0]}"
                self._fault(self.comment_at, 1, message)
                self.comment_at = 0
            if self.sound:
                self._check_order(number, column, word, name)
        elif word == "msgstr":
            self._fault(number, column, f"{word} stands behind #|, where only earlier source words do; delete the line")
        elif name in self.parts:
            self._fault(number, column, f"a second {word} stands behind #|; delete one of them")
        self.field = name
        self.parts.setdefault(name, [])

    def _check_order(self, number: int, column: int, word: str, name: str) -> None:
        """Tell what a keyword lacks before it, or has too much."""
        if word == "msgid_plural" and ("msgid" not in self.parts or "msgid_plural" in self.parts):
            self._fault(number, column, "msgid_plural does not follow a msgid; put it right below the msgid that it belongs to")
        elif word == "msgstr" and "msgid" not in self.parts:
            self._fault(number, column, f"{name} has no msgid before it; write the msgid that it translates above it")
        elif word == "msgstr" and "msgid_plural" not in self.parts:
            if name != "msgstr":
                self._fault(number, column, f"{name} has no msgid_plural before it; write msgstr, or add the msgid_plural")
            elif "msgstr" in self.parts:
                self._fault(number, column, "a second msgstr stands under one msgid; delete one of them")
        elif word == "msgstr":
            wanted = f"msgstr[{sum(key.startswith('msgstr') for key in self.parts)}]"
            if name != wanted:
                self._fault(number, column, f"{name} stands where {wanted} belongs; number the plural forms 0, 1, 2 … in order")

    def _mixed(self, number: int, column: int) -> None:
        message = f"the entry of line {self.at[0]} is partly behind #~; put #~ before each of its lines, or before none"
        self._fault(number, column, message)

    def _unknown(self, number: int, column: int, rest: str) -> None:
        match = _OTHER_KEYWORD.match(rest)
        if not match:
            message = "this line is none of a PO file; write # before it to make it a comment, or put the text in quotation marks"
        else:
            near = difflib.get_close_matches(match[1], _KEYWORDS, 1, 0.5)
            hint = f"did you mean {near[0]}?" if near else "write msgctxt, msgid, msgid_plural or msgstr"
            message = f"“{match[1]}” is no keyword of a PO file; {hint}"
        self._fault(number, column, message)

    def _strings(self, number: int, column: int, rest: str) -> str:
        """What stands between the quotation marks of several strings on a line, still escaped; tells what is wrong with them."""
        found, at = [], 0
        while at < len(rest):
            match = _QUOTED_THEN_SPACE.match(rest, at)
            if not match:
                break
            found.append(match[1])
            at = match.end()
        if at < len(rest):
            if rest[at] == '"':
                message = 'the text is not closed; end it with a quotation mark (") on the same line'
            elif found:
                message = 'words stand after the closing quotation mark; write \\" for a quotation mark within a text'
            else:
                message = 'no text follows the keyword; put it in quotation marks, as in msgid "words"'
            self._fault(number, column + at, message)
            self.lost = True
        return "".join(found)

    def _unescape(self, number: int, column: int, inner: str) -> str:
        sound = _NO_ESCAPE.match(inner)
        if sound and sound.end() < len(inner):
            wrong = inner[sound.end() : sound.end() + 2]
            message = f"“{wrong}” is no escape of a PO file; write \\\\ for a backslash"
            self._fault(number, column + sound.end(), message)
            return inner
        try:
            return _ESCAPE.sub(_meaning, inner)
        except UnicodeDecodeError:
            self._fault(number, column, "the bytes that are written as numbers are not UTF-8; write the characters themselves")
            return inner

    def _end(self) -> None:
        """Take leave of an entry: tell what it lacks, or let the file have it."""
        entry, (line, column) = self.entry, self.at
        entry._values = {key: strike("".join(parts)) for key, parts in self.parts.items()}
        strings = any(key.startswith("msgstr") for key in self.parts)
        if self.sound and "msgid" not in self.parts:
            self._fault(line, column, "msgctxt has no msgid after it; add the msgid, or delete the entry")
        elif self.sound and not strings:
            self._fault(line, column, 'the entry has no msgstr; add msgstr "" below its msgid')
        elif self.sound:
            first = self.seen.setdefault(entry.key, line)
            if first != line:
                what = "header" if entry.key == ("", "") else "msgid" if not entry.context else "msgctxt and msgid"
                self._fault(line, column, f"this entry has the {what} of line {first} once more; delete one of the two")
        if any("\0" in value for value in entry._values.values()):
            self._fault(line, column, "the entry holds a NUL character; delete it")
        for key in [key for key, parts in self.parts.items() if not parts]:
            self._fault(line, column, f'no text follows {key}; write {key.removeprefix("#|")} ""')
        self.po.entries.append(entry)

    def _check_charset(self) -> None:
        for entry in self.po.entries:
            if entry.is_header and (charset := _charset(Header("".join(entry.strings.values())).get("Content-Type", ""))):
                if charset.lower().replace("-", "") == "utf8":
                    return
                at = next((n for n, (kind, line) in enumerate(entry._lines) if kind == "msgstr" and "charset" in line.lower()), 0)
                column = entry._lines[at][1].lower().find("charset") + 1
                message = f"the header says charset={charset}, but catalogs are read as UTF-8; write charset=UTF-8"
                self._fault(entry.start + at, max(column, 1), message)


# What hardly any file has and the readers for plain ones need not know: carriage returns, private-use characters (two bytes can
# begin them), NUL, byte order marks. Nor do they know entries behind #~ and earlier words behind #|.
_NOT_PLAIN = (b"\r", b"\xf3", b"\xf4", b"\0")
_ABOVE_USUAL = re.compile("(?:#(?![,~|=])[^\n]*\n)*msgctxt ")
_new_entry = PoEntry.__new__
_NO_COMMENT = ("#~", "#|", "#=")
_SIMPLE_ESCAPE = re.compile(r'\\([abfnrtv\\"])')


def _plain_entries(data: bytes) -> dict[tuple[str, str], PoEntry] | None:
    """
    The entries of a file in the form that all programs write: parted by blank lines, keywords at the beginnings of lines.

    None for anything else, be it sound or not: that is for `_Reader`, which knows all of the format and every fault.
    """
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    for sign in _NOT_PLAIN:
        if sign in data:
            return None
    if b"\xef" in data and _BOM in text:
        return None
    entries: dict[tuple[str, str], PoEntry] = {}
    number = 1
    for block in text.split("\n\n"):
        usual = _usual_entry(block)
        if usual:
            entry, length = usual
        else:
            length = block.count("\n") + 1
            plain = _plain_entry(block)
            if plain is None:
                if all(not line or (line[0] == "#" and line[:2] not in ("#,", *_NO_COMMENT)) for line in block.split("\n")):
                    number += length + 1
                    continue  # a comment that belongs to no entry, or blank lines
                return None
            entry = plain
        entry.start = number
        number += length + 1
        if entries.setdefault(entry.key, entry) is not entry:
            return None
    header = entries.get(("", ""))
    charset = _charset(Header(header.string).get("Content-Type", "")) if header else ""
    return None if charset.lower().replace("-", "") not in ("", "utf8") else entries


def _usual_entry(block: str) -> tuple[PoEntry, int] | None:
    """
    The entry that a run of lines is, and how many they are, where it is as most are: a context, no plural, no escape, no flag.

    None where it is not. It takes a quarter of the time of `_plain_entry`.
    """
    pieces = block.split('"')
    between, strings = pieces[::2], pieces[1::2]
    # Between the quotation marks stand two keywords, and else the ends of lines; before the first one, comments and the third.
    if "\\" in block or between[-1] or between.count("\n") != len(between) - 4:
        return None
    try:
        id_at, string_at = between.index("\nmsgid "), between.index("\nmsgstr ")
    except ValueError:
        return None
    above = between[0]
    if not id_at < string_at or not _ABOVE_USUAL.fullmatch(above):
        return None
    context, id, string = "".join(strings[:id_at]), "".join(strings[id_at:string_at]), "".join(strings[string_at:])
    if "\n" in context or "\n" in id or "\n" in string:
        return None
    entry = _new_entry(PoEntry)
    entry._values = {"msgctxt": context, "msgid": id, "msgstr": string}
    before = above.count("\n")
    entry._flags, entry._kept_lines, entry._unread, entry._string_line = (), None, block, before + string_at
    entry.newline, entry.obsolete = "\n", False
    return entry, before + len(strings)


def _plain_entry(block: str) -> PoEntry | None:
    """The entry that a run of lines is; None where it is none, or not in plain form."""
    at = 0 if block.startswith("msgid ") else block.find("\nmsgid ") + 1
    to = block.find("\nmsgstr", at)
    if to < 0 or not (at or block.startswith("msgid ")):
        return None
    entry = PoEntry()
    values = entry._values
    above = block[:at]
    if "msgctxt " in above:
        context_at = 0 if above.startswith("msgctxt ") else above.find("\nmsgctxt ") + 1
        if context_at or above.startswith("msgctxt "):
            context = _plain_string(above[context_at + 8 : -1])
            if context is None:
                return None
            values["msgctxt"] = context
            above = above[:context_at]
    if above:
        flags: list[str] = []
        for line in above[:-1].split("\n"):
            if (line[:1] != "#" and line) or line[:2] in _NO_COMMENT:
                return None
            if line[:2] == "#,":
                flags += (flag.strip() for flag in _FLAG.findall(line[2:]))
        entry._flags = tuple(dict.fromkeys(flag for flag in flags if flag))
    else:
        entry._flags = ()
    id_end = block.find("\nmsgid_plural ", at, to)
    for key, begin, end in (("msgid", at + 6, to if id_end < 0 else id_end), ("msgid_plural", id_end + 14, to)):
        if key == "msgid" or id_end >= 0:
            value = _plain_string(block[begin:end])
            if value is None:
                return None
            values[key] = value
    if id_end < 0:
        strings = [block[to + 8 :]] if block.startswith(" ", to + 7) else None
    else:
        strings = block[to + 1 :].split("\nmsgstr")
        strings[0] = strings[0].removeprefix("msgstr")
        numbered = [f"[{index}] " for index in range(len(strings))]
        same = all(part.startswith(begin) for part, begin in zip(strings, numbered, strict=True))
        strings = [part[len(begin) :] for part, begin in zip(strings, numbered, strict=True)] if same else None
    if strings is None:
        return None
    for index, part in enumerate(strings):
        value = _plain_string(part.rstrip("\n") if index == len(strings) - 1 else part)
        if value is None:
            return None
        values["msgstr" if id_end < 0 else f"msgstr[{index}]"] = value
    entry._kept_lines, entry._unread, entry._string_line = None, block, block.count("\n", 0, to) + 1
    return entry


def _plain_string(written: str) -> str | None:
    """What stands in strings that follow one another on lines of their own; None where that is not so."""
    if len(written) < 2 or written[0] != '"' or written[-1] != '"':
        return None
    if "\\" not in written:
        words = written[1:-1].replace('"\n"', "") if "\n" in written else written[1:-1]
        return None if '"' in words or "\n" in words else words
    parts = [_QUOTED.fullmatch(line) for line in written.split("\n")]
    inner = "".join([part[1] if part else "\n" for part in parts])
    rest = _SIMPLE_ESCAPE.sub("", inner)
    if "\n" in inner or "\\" in rest:
        return None
    return _SIMPLE_ESCAPE.sub(lambda escape: _PLAIN[escape[1]], inner)


def _decode(data: bytes, file: str) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        above = data[: error.start]
        line, column = above.count(b"\n") + 1, len(above[above.rfind(b"\n") + 1 :].decode()) + 1
        message = f"the file is not UTF-8 (byte {error.start} of it is 0x{data[error.start]:02x}); {_way_to_utf8(data, file)}"
        raise CatalogError([Fault(file, line, column, message)]) from error
    if conflicts := [text.count("\n", 0, match.start()) + 1 for match in _CONFLICT.finditer(text)]:
        # Both sides stand in the file: whatever else is to be said of it would be said of neither.
        message = "two versions of the file were not merged; keep one side and delete the lines <<<<<<<, ======= and >>>>>>>"
        raise CatalogError(Fault(file, line, 1, message) for line in conflicts)
    if "\r" in text and "\n" not in text:
        message = "the lines end with carriage returns alone; save the file with LF or CRLF line ends"
        raise CatalogError([Fault(file, 1, text.index("\r") + 1, message)])
    return text


def _way_to_utf8(data: bytes, file: str) -> str:
    """How to convert a file. gettext can where the header names what the file is written in, and names it rightly."""
    charset = _charset(data[:4096].decode("ascii", "ignore"))
    try:
        data.decode(charset or "utf-8")
    except (LookupError, ValueError):
        return "save it as UTF-8 in the program that wrote it"
    return f"convert it with: msgconv --to-code=UTF-8 --output-file={file} {file}"


def _refuse_what_is_too_large(content: bytes, file: str) -> None:
    """Raise CatalogError for what would take up many times its own room."""
    for is_too_large, most in (
        (len(content) > LARGEST, f"is larger than {LARGEST // 1024 // 1024} MB"),
        (content.count(b"\n") > MOST_LINES, f"has more than {MOST_LINES:,} lines"),
    ):
        if is_too_large:
            raise CatalogError([Fault(file, 1, 1, f"the file {most}; split it into several catalogs")])


def _charset(content_type: str) -> str:
    match = re.search(r"charset\s*=\s*([^\s;\\]+)", content_type, re.IGNORECASE)
    return match[1] if match else ""


def _kind_of(body: str) -> str:
    """The kind of a line that is blank or a comment."""
    return "#," if body[:2] == "#=" else body[:2] if body[:2] in ("#.", "#:", "#,") else body[:1]


def _text_of(line: str, kind: str) -> str:
    """What a comment line says: without its mark and one space after it."""
    body = line.strip()
    if body.startswith("#~"):
        body = body[2:].lstrip()
    return strike(body[len(kind) :].removeprefix(" "))


def _meaning(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return _PLAIN[escape[2]]
    return bytes(int(byte[1], 16) if byte[1] else int(byte[2], 8) & 0xFF for byte in _BYTE.finditer(escape[1])).decode()


def _hidden(kind: str, line: str) -> str:
    if kind == "#|":
        return line.replace("#|", "#~|", 1)
    return f"#~ {line}" if kind in _KEYWORDS else line


def _shown(line: str) -> str:
    body = line.lstrip()
    if body.startswith("#~|"):
        return f"#{body[2:]}"
    return body[2:].removeprefix(" ") if body.startswith("#~") else line


def _isolated(reference: str) -> str:
    """A reference as it is written: a file name with a space in it between isolates."""
    if not re.search(r"\s", reference):
        return reference
    match = re.fullmatch(r"(.*?)(:[0-9]+)?", reference, re.DOTALL)
    return f"\u2068{match[1]}\u2069{match[2] or ''}" if match else reference


def _statement(keyword: str, value: str, newline: str, prefix: str = "") -> list[tuple[str, str]]:
    """
    The lines of a keyword and its text, each with its kind, as msgcat would write them.

    On one line if that has 79 columns or cannot be broken; else behind an empty string, a line of text on a line of its own,
    broken between words.
    """
    kind = keyword.split("[")[0]
    line = f'{prefix}{keyword} "{value.translate(_ESCAPED)}"'
    if "\n" not in value[:-1] and (_columns(line) <= _WIDTH or len(_words(value)) == 1):
        return [(kind, line + newline)]
    lines = [f'{prefix}{keyword} ""']
    for paragraph in re.findall(r"[^\n]*\n|[^\n]+", value):
        piece, room = "", _WIDTH - len(prefix) - 2
        for word in _words(paragraph):
            width = _columns(word)
            if piece and width > room:
                lines.append(f'{prefix}"{piece}"')
                piece, room = "", _WIDTH - len(prefix) - 2
            piece += word
            room -= width
        lines.append(f'{prefix}"{piece}"')
    return [(kind, line + newline) for line in lines]


def _words(text: str) -> list[str]:
    """A text as it is written, in pieces that are not broken."""
    return [word for word in _WORD.findall(text.translate(_ESCAPED)) if word]


def _columns(text: str) -> int:
    """How many columns a text takes in a terminal: ideographs two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 0 if unicodedata.combining(char) else 1 for char in text)
