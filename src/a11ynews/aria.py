"""
What WAI-ARIA 1.2 and its kin say of roles, states and properties, and which role an element has.

The tables follow WAI-ARIA 1.2 with what 1.3 adds, Graphics and Digital Publishing; the roles that elements have by themselves
follow HTML-AAM 1.0. Where the versions of a specification differ, what any of them allows is allowed here.
"""

import re
from dataclasses import dataclass

from lxml.html import HtmlElement

from .message import say as _

_NOTHING: frozenset[str] = frozenset()


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _states(words: str) -> frozenset[str]:
    return frozenset(f"aria-{word}" for word in words.split())


@dataclass(frozen=True, slots=True)
class Role:
    """What holds of the elements that have a role."""

    supports: frozenset[str] = _NOTHING
    """The attributes it may have besides the global ones."""
    requires: frozenset[str] = _NOTHING
    """Those it must have."""
    context: frozenset[str] = _NOTHING
    """The roles one of which must hold it; empty where it may stand anywhere."""
    owns: frozenset[str] = _NOTHING
    """The roles that alone may stand in it; empty where any may."""
    is_control: bool = False
    """Whether people operate it."""
    named_by_content: bool = False
    """Whether the words in it are its name."""
    flattens: bool = False
    """Whether what stands in it has no role: its children are presentational."""
    never_named: bool = False
    """Whether it must not have a name."""


_POSITION = "posinset setsize"
_ITEM = f"disabled expanded haspopup {_POSITION}"
_FIELD = "disabled errormessage invalid readonly required"
_RANGE = "valuemax valuemin valuenow valuetext"
_COMPOSITE = "activedescendant disabled"
_CELL = "colindex colindextext colspan rowindex rowindextext rowspan"
_GRID_CELL = f"{_CELL} {_FIELD} expanded haspopup selected"
_GRID = f"{_COMPOSITE} colcount rowcount multiselectable readonly"
_MENU_ITEMS = "group menuitem menuitemcheckbox menuitemradio"
_LANDMARKS = "banner complementary contentinfo form main navigation region search"
_PLAIN = """
    alert application article associationlist associationlistitemkey associationlistitemvalue blockquote comment definition dialog
    alertdialog directory document feed figure group img image list log marquee math note sectionfooter sectionheader status
    tabpanel term timer toolbar tooltip graphics-document graphics-object graphics-symbol
"""
_NEVER_NAMED = """
    caption code deletion emphasis generic insertion mark none paragraph presentation strong subscript suggestion superscript time
"""
_PUBLISHING = """
    abstract acknowledgments afterword appendix backlink biblioentry bibliography biblioref chapter colophon conclusion cover
    credit credits dedication endnote endnotes epigraph epilogue errata example footnote foreword glossary glossref index
    introduction noteref notice pagebreak pagefooter pageheader pagelist part preface prologue pullquote qna subtitle tip toc
"""


def _control(
    supports: str,
    requires: str = "",
    *,
    context: str = "",
    owns: str = "",
    named_by_content: bool = False,
    flattens: bool = False,
) -> Role:
    return Role(
        _states(f"{supports} {requires}"), _states(requires), _names(context), _names(owns), True, named_by_content, flattens
    )


ROLES: dict[str, Role] = {
    **{name: Role() for name in f"{_PLAIN} {_LANDMARKS}".split()},
    **{name: Role(never_named=True) for name in _NEVER_NAMED.split()},
    **{
        f"doc-{name}": Role(named_by_content=name in ("backlink", "biblioref", "glossref", "noteref"))
        for name in _PUBLISHING.split()
    },
    "alertdialog": Role(_states("modal")),
    "application": Role(_states(f"{_COMPOSITE} errormessage expanded haspopup invalid")),
    "article": Role(_states(_POSITION)),
    "button": _control("disabled expanded haspopup pressed", named_by_content=True, flattens=True),
    "cell": Role(_states(_CELL), context=_names("row"), named_by_content=True),
    "checkbox": _control(f"{_FIELD} expanded", "checked", named_by_content=True, flattens=True),
    "columnheader": Role(_states(f"{_GRID_CELL} sort"), context=_names("row"), named_by_content=True),
    "combobox": _control(f"{_FIELD} activedescendant autocomplete haspopup", "expanded"),
    "dialog": Role(_states("modal")),
    "directory": Role(),
    "doc-pagebreak": Role(_states(f"disabled orientation {_RANGE}")),
    "feed": Role(owns=_names("article")),
    "graphics-symbol": Role(flattens=True),
    "grid": _control(_GRID, owns="row rowgroup"),
    "gridcell": Role(_states(_GRID_CELL), context=_names("row"), named_by_content=True),
    "group": Role(_states(_COMPOSITE)),
    "heading": Role(_states("level"), _states("level"), named_by_content=True),
    "image": Role(flattens=True),
    "img": Role(flattens=True),
    "link": _control("disabled expanded haspopup", named_by_content=True),
    "list": Role(owns=_names("listitem")),
    "listbox": _control(f"{_COMPOSITE} {_FIELD} expanded multiselectable orientation", owns="group option"),
    "listitem": Role(_states(f"level {_POSITION}"), context=_names("directory list")),
    "math": Role(flattens=True),
    "menu": _control(f"{_COMPOSITE} orientation", owns=f"{_MENU_ITEMS} menu separator"),
    "menubar": _control(f"{_COMPOSITE} orientation", owns=f"{_MENU_ITEMS} menu separator"),
    "menuitem": _control(_ITEM, context="menu menubar", named_by_content=True),
    "menuitemcheckbox": _control(f"{_ITEM} {_FIELD}", "checked", context="menu menubar", named_by_content=True, flattens=True),
    "menuitemradio": _control(
        f"{_ITEM} {_FIELD} selected", "checked", context="menu menubar", named_by_content=True, flattens=True
    ),
    "meter": Role(_states(_RANGE), _states("valuenow"), flattens=True),
    "option": _control(f"checked disabled selected {_POSITION}", context="listbox", named_by_content=True, flattens=True),
    "progressbar": Role(_states(_RANGE), flattens=True),
    "radio": _control(f"{_FIELD} {_POSITION}", "checked", named_by_content=True, flattens=True),
    "radiogroup": _control(f"{_COMPOSITE} {_FIELD} orientation"),
    "row": Role(
        _states(f"{_COMPOSITE} colindex expanded level rowindex rowindextext selected {_POSITION}"),
        context=_names("grid rowgroup table treegrid"),
        owns=_names("cell columnheader gridcell rowheader"),
        named_by_content=True,
    ),
    "rowgroup": Role(context=_names("grid table treegrid"), owns=_names("row")),
    "rowheader": Role(_states(f"{_GRID_CELL} sort"), context=_names("row"), named_by_content=True),
    "scrollbar": _control(f"{_RANGE} disabled orientation", "valuenow", flattens=True),
    "searchbox": _control(f"{_FIELD} activedescendant autocomplete haspopup multiline placeholder"),
    "separator": Role(_states(f"{_RANGE} disabled orientation"), flattens=True),
    "slider": _control(f"{_RANGE} {_FIELD} haspopup orientation", "valuenow", flattens=True),
    "spinbutton": _control(f"{_RANGE} {_FIELD} activedescendant"),
    "switch": _control(f"{_FIELD} expanded", "checked", named_by_content=True, flattens=True),
    "tab": _control(f"{_ITEM} selected", context="tablist", named_by_content=True, flattens=True),
    "table": Role(_states("colcount rowcount"), owns=_names("caption row rowgroup")),
    "tablist": _control(f"{_COMPOSITE} level multiselectable orientation", owns="tab"),
    "textbox": _control(f"{_FIELD} activedescendant autocomplete haspopup multiline placeholder"),
    "toolbar": Role(_states(f"{_COMPOSITE} orientation")),
    "tooltip": Role(named_by_content=True),
    "tree": _control(f"{_COMPOSITE} {_FIELD} multiselectable orientation", owns="group treeitem"),
    "treegrid": _control(f"{_GRID} {_FIELD} orientation", owns="row rowgroup"),
    "treeitem": _control(f"{_ITEM} checked level selected", context="tree", named_by_content=True),
}
"""Every role that an element can have, by its name. Abstract ones, which no element can have, are not among them."""

GLOBAL = _states(
    """
    actions atomic braillelabel brailleroledescription busy controls current describedby description details disabled dropeffect
    errormessage flowto grabbed haspopup hidden invalid keyshortcuts label labelledby live owns relevant roledescription
    """
)
"""The attributes that every element may have; four of them are on the way out (`aria-disabled` where nothing can be disabled)."""

NAMING = _states("braillelabel brailleroledescription label labelledby roledescription")
"""The attributes that what has no role of its own, or one that is never named, must not have."""

ATTRIBUTES = GLOBAL.union(*(role.supports for role in ROLES.values()))
"""Every attribute there is."""

_TRUE_FALSE = "true false"
_VALUES = {
    **dict.fromkeys(_names("atomic busy disabled modal multiline multiselectable readonly required"), _TRUE_FALSE),
    **dict.fromkeys(_names("expanded grabbed hidden selected"), f"{_TRUE_FALSE} undefined"),
    **dict.fromkeys(_names("checked pressed"), f"{_TRUE_FALSE} mixed undefined"),
    "autocomplete": "inline list both none",
    "current": f"{_TRUE_FALSE} page step location date time",
    "haspopup": f"{_TRUE_FALSE} menu listbox tree grid dialog",
    "invalid": f"{_TRUE_FALSE} grammar spelling",
    "live": "off polite assertive",
    "orientation": "horizontal vertical undefined",
    "sort": "ascending descending none other",
}
VALUES: dict[str, frozenset[str]] = {f"aria-{name}": _names(values) for name, values in _VALUES.items()}
"""The values that an attribute can have, where they are words of which it has one."""

VALUE_LISTS: dict[str, frozenset[str]] = {
    "aria-dropeffect": _names("copy execute link move none popup"),
    "aria-relevant": _names("additions all removals text"),
}
"""The same where it can have several of them."""

INTEGERS = _states("colcount colindex colspan level posinset rowcount rowindex rowspan setsize")
NUMBERS = _states("valuemax valuemin valuenow")

_INPUTS = {
    **dict.fromkeys(("button", "image", "reset", "submit"), "button"),
    **dict.fromkeys(("", "email", "tel", "text", "url"), "textbox"),
    "checkbox": "checkbox",
    "number": "spinbutton",
    "radio": "radio",
    "range": "slider",
    "search": "searchbox",
    # These have no role that WAI-ARIA knows.
    **dict.fromkeys(("color", "date", "datetime-local", "file", "hidden", "month", "password", "time", "week"), ""),
}
_OWN = {
    "article": "article",
    "aside": "complementary",
    "blockquote": "blockquote",
    "button": "button",
    "caption": "caption",
    "code": "code",
    "datalist": "listbox",
    "dd": "definition",
    "del": "deletion",
    "details": "group",
    "dfn": "term",
    "dialog": "dialog",
    "dt": "term",
    "em": "emphasis",
    "fieldset": "group",
    "figure": "figure",
    "form": "form",
    "hr": "separator",
    "html": "document",
    "ins": "insertion",
    "main": "main",
    "mark": "mark",
    "math": "math",
    "menu": "list",
    "meter": "meter",
    "nav": "navigation",
    "ol": "list",
    "optgroup": "group",
    "option": "option",
    "output": "status",
    "p": "paragraph",
    "progress": "progressbar",
    "s": "deletion",
    "search": "search",
    "strong": "strong",
    "sub": "subscript",
    "sup": "superscript",
    "svg": "graphics-document",
    "table": "table",
    "tbody": "rowgroup",
    "textarea": "textbox",
    "tfoot": "rowgroup",
    "thead": "rowgroup",
    "time": "time",
    "tr": "row",
    "ul": "list",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(
        _names("address b bdi bdo big body center data div font hgroup i marquee nobr pre q samp small span strike tt u"),
        "generic",
    ),
}
_SECTIONS = _names("article aside main nav section")
_SECTION_ROLES = _names("article complementary main navigation region")
_TABLES = {"td": "cell", "th": "columnheader"}


def allows(role: str, attribute: str) -> bool:
    """Whether an element with this role may have the attribute."""
    # WAI-ARIA 1.1 let all but what has no role of its own be expanded, and some assistive technology goes by it.
    old = attribute == "aria-expanded" and not ROLES[role].never_named
    return old or attribute in GLOBAL or attribute in ROLES[role].supports


def roles_of(element: HtmlElement) -> list[str]:
    """The words of an element's `role`, in small letters."""
    return (element.get("role") or "").lower().split()


def own_role(element: HtmlElement) -> str:
    """The role that an element has without a `role`; empty where WAI-ARIA has none for it, or it depends on more than markup."""
    tag = str(element.tag)
    if tag in _OWN:
        return _OWN[tag]
    if tag in ("a", "area"):
        return "link" if element.get("href") is not None else "generic"
    if tag == "img":
        return "none" if element.get("alt") == "" else "img"
    if tag == "input":
        kind = (element.get("type") or "").strip().lower()
        role = _INPUTS.get(kind, "textbox")
        return "combobox" if role in ("textbox", "searchbox") and element.get("list") else role
    if tag == "select":
        many = "multiple" in element.attrib or re.fullmatch(r"\s*(?:[2-9]|\d{2,})\s*", element.get("size") or "")
        return "listbox" if many else "combobox"
    if tag == "li":
        around = element.getparent()
        inside = around is not None and around.tag in ("ul", "ol", "menu") and not roles_of(around)
        return "listitem" if inside else "generic"
    if tag in _TABLES:
        table = next(element.iterancestors("table"), None)
        if table is None:
            return ""
        if tag == "th":
            return "rowheader" if (element.get("scope") or "").lower() in ("row", "rowgroup") else "columnheader"
        return "gridcell" if roles_of(table)[:1] in (["grid"], ["treegrid"]) else "cell"
    if tag in ("header", "footer"):
        around_it = any(one.tag in _SECTIONS or _SECTION_ROLES.intersection(roles_of(one)) for one in element.iterancestors())
        return "generic" if around_it else {"header": "banner", "footer": "contentinfo"}[tag]
    if tag == "section":
        is_named = any((element.get(name) or "").strip() for name in ("aria-label", "aria-labelledby", "title"))
        return "region" if is_named else "generic"
    return ""


def given_role(element: HtmlElement) -> str:
    """The role that an element is given: the first word of its `role` that names one; empty where none does."""
    return next((role for role in roles_of(element) if role in ROLES), "")


def keeps_its_role(element: HtmlElement, *, focusable: bool) -> bool:
    """
    Whether an element that is said to have no role has its own all the same.

    It has where the keyboard reaches it, or where an attribute that every element may have speaks of it.
    """
    spoken = (GLOBAL - NAMING - {"aria-hidden"}).intersection(element.attrib)
    return focusable or bool(spoken)


def role_of(element: HtmlElement, *, focusable: bool = False) -> str:
    """The role of an element: the one it is given, else its own; empty where WAI-ARIA has none for it."""
    given = given_role(element)
    if not given or (given in ("none", "presentation") and keeps_its_role(element, focusable=focusable)):
        return own_role(element)
    return given


_IN_WORDS = {
    "alert": _("alert"),
    "article": _("article"),
    "banner": _("banner"),
    "blockquote": _("quotation"),
    "button": _("button"),
    "caption": _("caption"),
    "cell": _("cell"),
    "checkbox": _("checkbox"),
    "columnheader": _("column header"),
    "combobox": _("combo box"),
    "complementary": _("complementary"),
    "contentinfo": _("content information"),
    "definition": _("definition"),
    "dialog": _("dialog"),
    "figure": _("figure"),
    "form": _("form"),
    "grid": _("grid"),
    "group": _("group"),
    "heading": _("heading"),
    "iframe": _("frame"),
    "img": _("picture"),
    "link": _("link"),
    "list": _("list"),
    "listbox": _("list box"),
    "listitem": _("list item"),
    "main": _("main"),
    "menu": _("menu"),
    "menubar": _("menu bar"),
    "menuitem": _("menu item"),
    "navigation": _("navigation"),
    "option": _("option"),
    "progressbar": _("progress bar"),
    "radio": _("radio button"),
    "radiogroup": _("group of radio buttons"),
    "region": _("region"),
    "row": _("row"),
    "rowgroup": _("group of rows"),
    "rowheader": _("row header"),
    "search": _("search"),
    "searchbox": _("search box"),
    "separator": _("separator"),
    "slider": _("slider"),
    "spinbutton": _("spin button"),
    "switch": _("switch"),
    "tab": _("tab"),
    "table": _("table"),
    "tablist": _("list of tabs"),
    "tabpanel": _("tab panel"),
    "term": _("term"),
    "textbox": _("text box"),
    "toolbar": _("toolbar"),
}


def in_words(role: str) -> str:
    """The name of a role, as a message where it is one that people know by a word; else the role itself."""
    return _IN_WORDS.get(role, role)
