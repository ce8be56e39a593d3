"""Forms: what fields and buttons are called, and what belongs together."""

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

from ..aria import ROLES, given_role
from ..finding import Severity
from ..message import Message, say
from ..page import Attribute, Page, excerpt
from ..rule import rule

_FIELD_ROLES = frozenset(
    re.findall(
        r"\w+",
        "checkbox combobox listbox menuitemcheckbox menuitemradio radio searchbox slider spinbutton switch textbox",
    )
)
# They have no role in WAI-ARIA and are fields all the same.
_OTHER_FIELDS = frozenset({"color", "date", "datetime-local", "file", "month", "password", "time", "week"})


def _kind(element: HtmlElement) -> str:
    return (element.get("type") or "").strip().lower() if element.tag == "input" else ""


def _fields(page: Page) -> list[HtmlElement]:
    """The fields of forms that a reader can meet, by tag or by role."""
    candidates = dict.fromkeys([*page.exposed("input", "select", "textarea"), *(element for element, _ in page.aria)])
    return [one for one in candidates if page.role_of(one) in _FIELD_ROLES or _kind(one) in _OTHER_FIELDS]


def _called(element: HtmlElement) -> str:
    """A field as a message names it."""
    name = element.get("name") or element.get("id") or ""
    role = given_role(element)
    return f"<{element.tag}" + (f' name="{name}">' if name else f' role="{role}">' if role else ">")


@rule("field-name", on=Page, wcag=("4.1.2", "1.3.1", "3.3.2"), act=("e086e5",))
def field_name(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Every field has a name: a label, or an attribute that says it.

    Without one a screen reader says “edit text”, and nobody knows what to write there.

    Bad: `<input name="mail">`
    Bad: `<label for="mail"></label><input id="mail">`
    Bad: `<label for="mail">Mail</label><div role="textbox" id="mail"></div>`
    Good: `<label for="mail">Mail</label><input id="mail">`
    Good: `<label lang="de">E-Mail <input></label>`
    Good: `<input lang="it" aria-label="Posta elettronica">`
    """
    for field in _fields(page):
        if not page.name_of(field):
            yield field, say("the field {field} has no name; give it a <label>", field=_called(field))


@rule("field-placeholder", on=Page, severity=Severity.WARNING, wcag=("3.3.2", "1.3.1"))
def field_placeholder(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    A field is not named by its placeholder alone.

    It is gone as soon as something is written, and with it what the field was for; it is pale, and not all read it out.

    Bad: `<input placeholder="Search">`
    Bad: `<input type="email" lang="de" placeholder="Ihre Adresse">`
    Good: `<input placeholder="a street, a town" aria-label="Search">`
    Good: `<label lang="it">Cerca <input placeholder="via o città"></label>`
    """
    for field in _fields(page):
        words = (field.get("placeholder") or "").strip()
        is_named = page.labels_of(field) or any(field.get(name) for name in ("aria-label", "aria-labelledby", "title"))
        if words and field.tag in ("input", "textarea") and not is_named:
            yield (
                Attribute(field, "placeholder"),
                say(
                    "the field {field} is named by its placeholder {words} alone; give it a <label>",
                    field=_called(field),
                    words=excerpt(words),
                ),
            )


@rule("label-once", on=Page, severity=Severity.WARNING, wcag=("3.3.2", "1.3.1"))
def label_once(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A field has one label.

    Of two, some screen readers say the first, some the last. What several fields have in common is said by a `legend`.

    Bad: `<label for="day">Date</label><label for="day">Day</label><input id="day">`
    Good: `<fieldset><legend>Date</legend><label for="day">Day</label><input id="day"></fieldset>`
    """
    for field in _fields(page):
        labels = [label for label in page.labels_of(field) if not page.is_hidden(label) and page.text_of(label)]
        for label in labels[1:]:
            yield (
                label,
                say(
                    "{words} is a second label of the field {field}; make one of both, or put it into a <legend>",
                    words=excerpt(page.text_of(label)),
                    field=_called(field),
                ),
            )


_WORDS_OF_NOTHING = re.compile(
    r"(?:text ?|form ?)?(?:field|input)|label|text|edit|menu|button|link|image|heading|placeholder|untitled"
    r"|(?:text|eingabe|formular)?feld|eingabe|beschriftung|menü|schaltfläche|knopf|bild|überschrift|platzhalter"
    r"|campo(?: di testo)?|etichetta|testo|menù|pulsante|bottone|collegamento|immagine|titolo|segnaposto",
    re.IGNORECASE,
)
_TEXT_ROLES = frozenset({"combobox", "searchbox", "spinbutton", "textbox"})


@rule("label-stopgap", on=Page, severity=Severity.WARNING, wcag=("2.4.6", "3.3.2"), act=("cc0f0a",))
def label_stopgap(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    The name of a field says what to write there.

    “Field” and “Text” say nothing; “Menu” and “Button” say what it is not.

    Bad: `<label>Text field: <input></label>`
    Bad: `<label lang="de">Eingabe <input></label>`
    Bad: `<input lang="it" aria-label="Campo di testo">`
    Good: `<label>First name <input></label>`
    Good: `<label>Text of the message <textarea></textarea></label>`
    """
    for field in _fields(page):
        name = page.name_of(field)
        if page.role_of(field) in _TEXT_ROLES and field.tag != "select" and _WORDS_OF_NOTHING.fullmatch(name.strip(" :*")):
            yield (
                field,
                say("the field {field} is called {name}; say what to write there", field=_called(field), name=excerpt(name)),
            )


@rule("label-same", on=Page, severity=Severity.WARNING, wcag=("2.4.6", "3.3.2"), act=("cc0f0a",))
def label_same(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Fields that are called the same stand in groups that are called differently.

    Of two fields “Street” nobody knows which is for the bill, unless a legend or a heading that all can see says so.

    Bad: `<form><label>Street <input></label> <label>Street <input></label></form>`
    Bad: `<form><fieldset><label>Straße <input></label></fieldset><fieldset><label>Straße <input></label></fieldset></form>`
    Good: `<form><fieldset><legend>Shipping</legend><label>Street <input></label></fieldset>
    <fieldset><legend>Billing</legend><label>Street <input></label></fieldset></form>`
    Good: `<form><h2>Spedizione</h2><label>Via <input></label><h2>Fattura</h2><label>Via <input></label></form>`
    """
    first: dict[tuple[HtmlElement | None, str, str], HtmlElement] = {}
    headings = {heading for _, heading in page.headings if not _is_out_of_sight(heading)}
    fields = {
        field
        for field in _fields(page)
        if page.role_of(field) in _TEXT_ROLES and (page.is_focusable(field)) and page.labels_of(field)
    }
    heading = ""
    for element in page.elements if len(fields) > 1 else ():
        if element in headings:
            heading = page.name_of(element)
        if element not in fields or next(element.iterancestors("td", "th"), None) is not None:
            continue
        group = " ".join(
            page.name_of(around)
            for around in element.iterancestors()
            if around.tag == "fieldset" or page.role_of(around) == "group"
        )
        form = next(element.iterancestors("form"), None)
        key = (form, f"{group.strip()} {heading}".casefold(), page.name_of(element).casefold())
        if first.setdefault(key, element) is not element:
            yield (
                element,
                say(
                    "two fields are called {name}, and nothing that can be seen tells them apart; put each into a <fieldset> "
                    "with a <legend>",
                    name=excerpt(page.name_of(element)),
                ),
            )


_FAR = re.compile(r"(?:left|top|text-indent)\s*:\s*-\d{3,}|clip(?:-path)?\s*:|(?:width|height)\s*:\s*[01]px", re.IGNORECASE)


def _is_out_of_sight(element: HtmlElement) -> bool:
    """Whether an element's own style keeps it from being seen, though not from being heard."""
    return bool(_FAR.search(element.get("style") or ""))


@rule("group-name", on=Page, severity=Severity.WARNING, wcag=("1.3.1", "3.3.2"))
def group_name(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A group of fields is called something.

    With each field a screen reader says the group that it is in; a frame without words is only to be seen.

    Bad: `<fieldset><label>Yes <input type="radio" name="a"></label></fieldset>`
    Bad: `<fieldset lang="de"><legend></legend><label>Ja <input type="radio" name="a"></label></fieldset>`
    Good: `<fieldset><legend>Do you agree?</legend><label>Yes <input type="radio" name="a"></label></fieldset>`
    Good: `<fieldset role="presentation"><label>Yes <input type="checkbox"></label></fieldset>`
    """
    for group in page.exposed("fieldset"):
        if page.role_of(group) == "group" and not page.name_of(group):
            yield group, say("the <fieldset> has no name; begin it with a <legend> that says what its fields are about")


@rule("radio-group", on=Page, severity=Severity.WARNING, wcag=("1.3.1", "3.3.2"))
def radio_group(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Radio buttons that belong together stand in a group that says the question.

    Who hears “Yes, radio button” must hear to what.

    Bad: `<p>Do you agree?</p><label><input type="radio" name="a"> Yes</label> <label><input type="radio" name="a"> No</label>`
    Good: `<fieldset><legend>Do you agree?</legend><label><input type="radio" name="a"> Yes</label>
    <label><input type="radio" name="a"> No</label></fieldset>`
    Good: `<div role="radiogroup" aria-label="Sei d'accordo?"><label><input type="radio" name="a"> Sì</label>
    <label><input type="radio" name="a"> No</label></div>`
    """
    groups: defaultdict[tuple[HtmlElement | None, str], list[HtmlElement]] = defaultdict(list)
    for radio in page.exposed("input"):
        if _kind(radio) == "radio" and (name := radio.get("name")):
            groups[next(radio.iterancestors("form"), None), name].append(radio)
    for (_, name), radios in groups.items():
        around = (
            one for one in radios[0].iterancestors() if page.role_of(one) in ("group", "radiogroup") or one.tag == "fieldset"
        )
        if len(radios) > 1 and next(around, None) is None:
            yield (
                radios[0],
                say(
                    "the {n} radio buttons {name} stand in no group; put them into a <fieldset> whose <legend> says the question",
                    n=len(radios),
                    name=excerpt(name),
                ),
            )


@rule("button-name", on=Page, wcag=("4.1.2",), act=("97a4e1",))
def button_name(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Every button says what it does.

    Without words a screen reader says “button”, and no more.

    Bad: `<button></button>`
    Bad: `<button><img src="search.svg" alt=""></button>`
    Bad: `<input type="button">`
    Good: `<button>Search</button>`
    Good: `<button lang="de" aria-label="Suchen"><svg aria-hidden="true"></svg></button>`
    Good: `<input type="submit">`
    """
    for button in dict.fromkeys([*page.exposed("button", "input"), *(element for element, _ in page.aria)]):
        if page.role_of(button) == "button" and _kind(button) != "image" and not page.name_of(button):
            yield button, say("the button {button} has no words; say what it does", button=_called(button))


@rule("image-button-name", on=Page, wcag=("1.1.1", "4.1.2"), act=("59796f",))
def image_button_name(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    A picture that is a button says what it does.

    Its alternative text is its only name.

    Bad: `<input type="image" src="search.svg">`
    Bad: `<input type="image" src="search.svg" alt="">`
    Good: `<input type="image" src="search.svg" alt="Search">`
    Good: `<input type="image" src="search.svg" lang="it" aria-label="Cerca">`
    """
    for button in page.exposed("input"):
        if _kind(button) == "image" and not page.name_of(button):
            source = excerpt((button.get("src") or "").rpartition("/")[2])
            yield button, say("the button with the picture {source} has no alternative text; say what it does", source=source)


@rule("menu-item-name", on=Page, wcag=("4.1.2",), act=("m6b1q3",))
def menu_item_name(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    Every item of a menu has words.

    Bad: `<div role="menu"><button role="menuitem"><img src="new.svg" alt=""></button></div>`
    Good: `<div role="menu"><button role="menuitem"><img src="new.svg" alt="New file"></button></div>`
    Good: `<div role="menu" lang="de"><button role="menuitem">Neu</button></div>`
    """
    for item, _ in page.aria:
        if page.role_of(item) == "menuitem" and not page.name_of(item):
            yield item, say("the menu item {item} has no words; say what it does", item=_called(item))


@rule("summary-name", on=Page, wcag=("4.1.2",), act=("2t702h",))
def summary_name(page: Page) -> Iterator[tuple[HtmlElement, Message]]:
    """
    What can be opened says what is in it.

    Bad: `<details><summary></summary><p>We are open every day.</p></details>`
    Good: `<details><summary>Opening hours</summary><p>We are open every day.</p></details>`
    Good: `<details lang="it"><summary aria-label="Orari"></summary><p>Siamo aperti ogni giorno.</p></details>`
    """
    for summary in page.exposed("summary"):
        around = summary.getparent()
        is_first = around is not None and around.tag == "details" and next(around.iterchildren("summary")) is summary
        if is_first and not given_role(summary) and not page.name_of(summary):
            yield summary, say("the <summary> has no words; say what is behind it")


_PURPOSES = frozenset(
    re.findall(
        r"\S+",
        """
    name honorific-prefix given-name additional-name family-name honorific-suffix nickname username new-password
    current-password one-time-code organization-title organization street-address address-line1 address-line2 address-line3
    address-level4 address-level3 address-level2 address-level1 country country-name postal-code cc-name cc-given-name
    cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc cc-type transaction-currency
    transaction-amount language bday bday-day bday-month bday-year sex url photo
    """,
    )
)
_REACHES = frozenset(
    re.findall(
        r"\S+",
        """
    tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix tel-local-suffix tel-extension email impp
    """,
    )
)
# They are meant as “off”; of the purpose of the field they say nothing, wrong or right.
_SWITCHES = frozenset({"on", "off", "none", "true", "false", "disabled", "enabled", "undefined", "null"})
_NO_AUTOCOMPLETE = frozenset({"button", "checkbox", "file", "hidden", "image", "radio", "reset", "submit"})


def _is_purpose(words: list[str]) -> bool:
    """Whether the words of an `autocomplete` are some that HTML knows, in their order."""
    rest = words[1:] if words[0].startswith("section-") else words
    rest = rest[1:] if rest[:1] in (["shipping"], ["billing"]) else rest
    reached = rest[:1] in (["home"], ["work"], ["mobile"], ["fax"], ["pager"])
    rest = rest[1:] if reached else rest
    rest = rest[:-1] if rest[-1:] == ["webauthn"] else rest
    return len(rest) == 1 and rest[0] in (_REACHES if reached else _PURPOSES | _REACHES)


@rule("autocomplete", on=Page, wcag=("1.3.5",), act=("73f2c2",))
def autocomplete(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    What a field says of its purpose is one that browsers know.

    They fill in what they know of a person, and show signs in place of words to those who read those better.

    Bad: `<label>Mail <input autocomplete="e-mail"></label>`
    Bad: `<label>Mail <input autocomplete="work shipping email"></label>`
    Good: `<label>Mail <input autocomplete="shipping work email"></label>`
    Good: `<label>Mail <input autocomplete="off"></label>`
    """
    for field in page.exposed("input", "select", "textarea"):
        words = (field.get("autocomplete") or "").lower().split()
        if not words or _kind(field) in _NO_AUTOCOMPLETE or (len(words) == 1 and words[0] in _SWITCHES):
            continue
        if not page.is_focusable(field) or field.get("aria-disabled") == "true":
            continue
        if (field.get("tabindex") or "").strip().startswith("-") and given_role(field) in ("none", "presentation"):
            continue
        if not _is_purpose(words):
            yield (
                Attribute(field, "autocomplete"),
                say(
                    "autocomplete={value} is no purpose that browsers know; write one of HTML's, such as email",
                    value=excerpt(" ".join(words)),
                ),
            )


_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ICON_FONT = re.compile(r"material[ -](?:icons|symbols)|icon", re.IGNORECASE)
_UNSEEN_CLASS = re.compile(r"(?:^|[\s_-])(?:sr-only|visually-?hidden|screen-?reader|hidden|invisible|d-none|a11y)", re.IGNORECASE)


@rule("label-in-name", on=Page, wcag=("2.5.3",), act=("2ee8b8",))
def label_in_name(page: Page) -> Iterator[tuple[Attribute, Message]]:
    """
    What is written on a button or a link is part of what it is called.

    Who speaks to the computer says what is to be seen: “click Search”. If the button is called otherwise, nothing happens.

    Bad: `<button aria-label="Find">Search</button>`
    Bad: `<a href="/" lang="de" aria-label="Zur Startseite">Beispielblatt</a>`
    Good: `<button aria-label="Search the archive">Search</button>`
    Good: `<button aria-label="Close">×</button>`
    Good: `<button lang="it" aria-label="Cerca per data">Cerca per data (AAAA-MM-GG)</button>`
    """
    for element, names in page.aria:
        attribute = next((name for name in ("aria-labelledby", "aria-label") if name in names), "")
        role = page.role_of(element)
        if not attribute or role not in ROLES or not (ROLES[role].is_control and ROLES[role].named_by_content):
            continue
        seen, name = _seen_on(page, element), page.name_of(element).casefold()
        if not name or not seen or _is_within(seen, name, spread=len(element) > 0) or _is_sign(page, element, seen):
            continue
        yield (
            Attribute(element, attribute),
            say(
                "{words} is written on {tag}, which is called {name}; begin its {attribute} with the words that are to be seen",
                words=excerpt(seen),
                tag=f"<{element.tag}>",
                name=excerpt(page.name_of(element)),
                attribute=attribute,
            ),
        )


def _seen_on(page: Page, element: HtmlElement) -> str:
    """The words that are to be seen on a control; empty where a style sheet may hide some of them."""
    if any(_UNSEEN_CLASS.search(inner.get("class") or "") for inner in element.iterdescendants() if isinstance(inner.tag, str)):
        return ""
    words = [
        run.words for run in page.words_in(element) if page.is_rendered(run.element) and run.element.tag not in ("title", "desc")
    ]
    apart = "" if all(inner.tag in _RUNNING for inner in element.iterdescendants() if isinstance(inner.tag, str)) else " "
    return " ".join(apart.join(words).split())


_RUNNING = frozenset(
    {"abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u"}
)


def _is_within(seen: str, name: str, *, spread: bool) -> bool:
    """Whether the words that are to be seen are in the name, one after the other."""
    written = _WORD.findall(_IN_BRACKETS.sub(" ", seen).casefold()) or _WORD.findall(seen.casefold())
    called = _WORD.findall(name)
    if any(called[at : at + len(written)] == written for at in range(len(called) - len(written) + 1)):
        return True
    # Where elements part the words, a style may bring them together again: A, C, T may read “ACT”.
    return spread and "".join(written) in "".join(called)


def _is_sign(page: Page, element: HtmlElement, seen: str) -> bool:
    """Whether what is to be seen is a sign and no words: one letter, or the name of a sign in a font of icons."""
    if len(_WORD.findall(seen)) == 1 and len(seen) == 1:
        return True
    if not any(letter.isalpha() or letter.isdigit() for letter in seen):
        return True
    looks = " ".join(
        f"{inner.get('class') or ''} {inner.get('style') or ''}" for inner in element.iter() if isinstance(inner.tag, str)
    )
    sheets = " ".join(style.text or "" for style in page.tagged("style"))
    return bool(re.fullmatch("[a-z]+(?:_[a-z]+)*", seen) and _ICON_FONT.search(f"{looks} {sheets}"))
