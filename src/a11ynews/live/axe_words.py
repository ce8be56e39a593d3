"""
What axe's rules find, in our own words: what is wrong; what to do.

axe speaks English, names what it wants and not what is wrong, and cannot be translated after it has run. So each of its rules
has a sentence here, which the catalogs hold in German and Italian. Where axe has more to say of an element (why it could not
tell), the English sentence brings it along; the other languages leave it out. A rule not named here is told in axe's words.
"""

from collections.abc import Mapping

from ..message import say

# Marks a sentence for the catalogs, which are asked for it when a report is told.
_ = str

_WORDS = {
    "accesskeys": _("this access key is used a second time; give each its own, or take them away"),
    "area-alt": _("this area of an image map has no alternative text; say in its alt where it leads"),
    "aria-allowed-attr": _("this element has an ARIA attribute that its role does not know; take it away, or correct the role"),
    "aria-allowed-role": _("this element must not have this role; take the role away, or use the element that is meant"),
    "aria-braille-equivalent": _("this text for braille stands for nothing that is said aloud; give the element a name as well"),
    "aria-command-name": _("this button, link or menu item has no name; give it words"),
    "aria-conditional-attr": _("this ARIA attribute does nothing on this element; use what HTML has for it"),
    "aria-deprecated-role": _("this role is given up; use another one"),
    "aria-dialog-name": _("this dialogue has no name; point aria-labelledby at its heading"),
    "aria-hidden-body": _("the whole page is hidden from screen readers; take aria-hidden off the body"),
    "aria-hidden-focus": _(
        "the keyboard reaches something here that is hidden from screen readers; take aria-hidden away, or keep the keyboard out"
    ),
    "aria-input-field-name": _("this field has no name; label it"),
    "aria-meter-name": _("this meter has no name; label it"),
    "aria-progressbar-name": _("this progress bar has no name; label it"),
    "aria-prohibited-attr": _("this element cannot be given a name or a description; give it a role, or take the attribute away"),
    "aria-required-attr": _("this role needs an ARIA attribute that is missing; add it, or use the HTML element that has it"),
    "aria-required-children": _("this role needs certain children and does not have them; add them, or take the role away"),
    "aria-required-parent": _("this role stands outside the one that it belongs to; put it there, or take the role away"),
    "aria-roles": _("this role does not exist; correct it, or take it away"),
    "aria-tab-name": _("this tab has no name; give it words"),
    "aria-text": _("this element is read as one text and holds something that the keyboard reaches; take role=text away"),
    "aria-toggle-field-name": _("this checkbox, switch or option has no name; label it"),
    "aria-tooltip-name": _("this tooltip has no words; give it some, or take it away"),
    "aria-treeitem-name": _("this item of a tree has no name; give it words"),
    "aria-valid-attr": _("this ARIA attribute does not exist; correct its name"),
    "aria-valid-attr-value": _("the value of this ARIA attribute is not one that it can have; correct it"),
    "autocomplete-valid": _("this autocomplete is none that browsers know; write one from the list in WCAG 1.3.5"),
    "avoid-inline-spacing": _(
        "the spacing of this text is fixed in its style attribute, and readers cannot widen it; take !important away"
    ),
    "blink": _("this text blinks; take the blink element away"),
    "button-name": _("this button has no name; give it words, or an aria-label"),
    "bypass": _("nothing on this page helps to skip what every page begins with; add a skip link, a main element or headings"),
    "color-contrast": _(
        "the contrast is {ratio}:1 ({foreground} on {background}), and {expected}:1 is needed; make the text darker or its "
        "ground lighter, or the other way round"
    ),
    "css-orientation-lock": _("the style sheet locks the page in one orientation; take that rotation away"),
    "definition-list": _("this dl holds something else than pairs of dt and dd; put it into them, or outside"),
    "dlitem": _("this dt or dd stands outside a dl; put it into one"),
    "document-title": _("the page has no title; give it one"),
    "duplicate-id-aria": _("this id, which a label or an ARIA attribute refers to, stands here twice; make it unique"),
    "empty-heading": _("this heading is empty; give it words, or take it away"),
    "empty-table-header": _("this header of a table is empty; give it words, or make it a td"),
    "form-field-multiple-labels": _("this field has several labels, of which some readers hear only one; keep one"),
    "frame-focusable-content": _("the keyboard cannot get into this frame; take tabindex=-1 away"),
    "frame-title": _("this frame has no title; say in its title what it holds"),
    "frame-title-unique": _("two frames have the same title; say in each what it holds"),
    "heading-order": _("this heading leaves a level out; give it the level below the one before it"),
    "html-has-lang": _("the page does not say its language; write <html lang=…>"),
    "html-lang-valid": _("the language of the page is none that exists; correct the lang of <html>"),
    "html-xml-lang-mismatch": _("lang and xml:lang name two languages; take xml:lang away"),
    "image-alt": _('this picture has no alternative text; say what it shows, or write alt="" if it is mere decoration'),
    "image-redundant-alt": _(
        "the alternative text repeats the words beside the picture; leave it empty, or say what the picture adds"
    ),
    "input-button-name": _("this button has no words; put them into its value"),
    "input-image-alt": _("this picture button has no alternative text; say what it does"),
    "label": _("this form field has no label; give it one"),
    "label-content-name-mismatch": _(
        "the name that is said aloud does not hold the words that are seen, so speech control misses it; begin the "
        "aria-label with them"
    ),
    "label-title-only": _("this field is labelled by a tooltip only; give it a label that can be seen"),
    "landmark-banner-is-top-level": _("the page's header stands inside another landmark; take it out"),
    "landmark-contentinfo-is-top-level": _("the page's footer stands inside another landmark; take it out"),
    "landmark-main-is-top-level": _("main stands inside another landmark; take it out"),
    "landmark-no-duplicate-banner": _("the page has several headers; keep one outside articles and sections"),
    "landmark-no-duplicate-contentinfo": _("the page has several footers; keep one outside articles and sections"),
    "landmark-no-duplicate-main": _("the page has several main elements; keep one"),
    "landmark-one-main": _("the page has no main element; put its content into one"),
    "landmark-unique": _("two landmarks of one kind cannot be told apart; give each an aria-label of its own"),
    "link-in-text-block": _(
        "this link differs from the text around it by its colour only; underline it, or make it stand out otherwise"
    ),
    "link-name": _("this link has no words; say where it leads"),
    "list": _("this list holds something else than items; put it into li elements, or outside"),
    "listitem": _("this item stands outside a list; put it into a ul or ol"),
    "marquee": _("this text moves by itself; take the marquee element away"),
    "meta-refresh": _("the page loads another one by itself after a while; let the reader decide when"),
    "meta-viewport": _("readers cannot enlarge the page; take user-scalable and maximum-scale away"),
    "meta-viewport-large": _("readers cannot enlarge the page to five times its size; take maximum-scale away"),
    "nested-interactive": _("a control stands inside another one, where screen readers do not find it; take it out"),
    "no-autoplay-audio": _("this sound or film starts by itself for longer than three seconds; let the reader start it"),
    "object-alt": _("this embedded object has no alternative text; give it an aria-label"),
    "page-has-heading-one": _("the page has no heading of the first level; make the headline an h1"),
    "presentation-role-conflict": _("this element is marked as decoration and can be focused or has ARIA; decide for one"),
    "region": _("this stands outside all landmarks; put it into main, header, nav or footer"),
    "role-img-alt": _("this picture has no alternative text; say in an aria-label what it shows"),
    "scope-attr-valid": _("this scope is none; write col or row, and only in a th"),
    "scrollable-region-focusable": _("this region scrolls, and the keyboard cannot; write tabindex=0, a role and a name"),
    "select-name": _("this list of choices has no label; give it one"),
    "server-side-image-map": _("this image map works with a mouse only; use links"),
    "skip-link": _("this skip link leads nowhere; give it a target that is there"),
    "summary-name": _("this summary has no words; say what opens"),
    "svg-img-alt": _("this drawing has no alternative text; give it a title, or an aria-label"),
    "tabindex": _("this tabindex takes the keyboard out of the order of the page; write 0"),
    "table-duplicate-name": _("caption and summary of this table say the same; keep the caption"),
    "target-size": _(
        "this target is smaller than 24 by 24 pixels and has too little room around it; enlarge it, or space it out"
    ),
    "td-headers-attr": _("the headers of this cell are not in the table; name the ids of its th elements"),
    "th-has-data-cells": _("this header has no cells; make it a td, or mend the table"),
    "valid-lang": _("this lang names no language; correct it"),
    "video-caption": _("this film has no captions; add a track of kind captions"),
}


def template_of(rule: str) -> str:
    """What is said when a rule of axe finds something, `{names}` in place of figures; empty where axe's own words are used."""
    return _WORDS.get(rule.removeprefix("axe/"), "")


def words(rule: str, reason: str, help: str, data: Mapping[str, object] | None = None, *, certain: bool = True) -> str:
    """
    What a rule of axe has found, as a message.

    `reason` is what axe says of the element, `help` what its rule asks for, `data` the figures of its check. Where axe is not
    certain, a person must look.
    """
    template = _WORDS.get(rule, "")
    if rule == "color-contrast" and (not certain or not data):
        template = _UNCERTAIN_CONTRAST
    if template:
        told = say(template, **(data or {}))
    elif reason:
        told = say("{reason}; {help}", reason=reason, help=help)
    else:
        return help
    if certain:
        return told
    return (
        say("axe cannot tell for certain, so look: {told} ({reason})", told=told, reason=reason)
        if reason
        else say("axe cannot tell for certain, so look: {told}", told=told)
    )


_UNCERTAIN_CONTRAST = _("the contrast of this text could not be measured; see that it is 4.5:1, or 3:1 for large letters")
