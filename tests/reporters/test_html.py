"""The report as one HTML file: what stands in it, that it needs nothing else, and that it passes our own check."""

import base64
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import lxml.html
import pytest
from lxml.html import HtmlElement
from PIL import Image
from playwright.sync_api import Page as BrowserPage

from a11ynews.check import Settings, check
from a11ynews.finding import Acceptance, Birthplace, Finding, Owner, Place, Severity
from a11ynews.message import Message, say, say_number
from a11ynews.messages import LANGUAGES, Say, sayer
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.reporters import REPORTERS
from a11ynews.reporters.html import render
from a11ynews.rule import RuleFacts
from a11ynews.targets import gather
from reports import many

ALT = Birthplace("news/flood/record.yaml", 14, 9, Owner.EDITOR, "record flood alt 8c1f0a2b")
LINK = Birthplace("locales/de/LC_MESSAGES/flood.po", 88, 1, Owner.TRANSLATOR, "catalog de more")
NAV = Birthplace("templates/base.html", 4, 1, Owner.WEB_TEAM, "template base.html nav")
CELLS = ("1280 px, light", "1280 px, dark", "1280 px, light, forced colours", "320 px, light")
IMAGE = '<img src="a.jpg" alt="DSC04711.jpg">'

HOSTILE = (
    "</style></script></title><script>document.title = 'taken over'</script><img src=x onerror=\"document.title = 'taken over'\">"
    "<style>* { display: none }</style>\u202eturned\u2066 {braces} {0} %s ⟦0⟧ \x00\x1b[2J\ud800 & &amp; '\" "
    + "Donaudampfschifffahrtsgesellschaftskapitän"
    * 20
)

GERMAN = {
    "the alt text of the picture {picture} is a file's name; say what it shows": (
        "Der Alternativtext des Bildes {picture} ist ein Dateiname; sagen Sie, was es zeigt"
    ),
    "FAILED: the errors must be mended": "NICHT BESTANDEN: Die Fehler müssen behoben werden",
    "For the editor": "Für die Redaktion",
    "{n} error": "{n} Fehler",
}


def german(message: str) -> str:
    """Says a few messages in German."""
    if isinstance(message, Message) and message.template in GERMAN:
        values = {name: german(value) if isinstance(value, str) else value for name, value in message.values.items()}
        return GERMAN[message.template].format_map(values)
    return "Bilder brauchen Alternativtexte" if message == "Images must have alternative text" else message


def place(page: str, source: Birthplace | None = None, line: int = 31) -> Place:
    """A place on a page."""
    return Place(page, line, "main > figure > img", IMAGE, source)


def alt(page: str, source: Birthplace | None = ALT) -> Finding:
    """An alternative text that is a file's name."""
    message = say("the alt text of the picture {picture} is a file's name; say what it shows", picture="“a.jpg”")
    return Finding("alt-file-name", Severity.ERROR, message, place(page, source), ("1.1.1",), mender=Owner.EDITOR)


def png(width: int = 40, height: int = 30) -> bytes:
    """A picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, "PNG")
    return file.getvalue()


def full() -> Report:
    """A report that holds one of everything."""
    axe = tuple(f"axe 4.12.1 ({cell})" for cell in CELLS)
    pages = [CheckedPage(f"{language}/flood.html", ("static", *axe)) for language in LANGUAGES]
    pages.append(CheckedPage("https://a.example/", ("static",), "https://a.example/", "", 200))
    accepted = Acceptance("baseline", "the agency delivers new pictures in autumn", "baseline.json:7", date(2026, 12, 31))
    findings = [
        *[alt(f"{language}/flood.html") for language in LANGUAGES],
        Finding(
            "link-generic", Severity.WARNING, "the link “mehr” does not say where; name its target", place("de/flood.html", LINK)
        ),
        Finding(
            "axe/color-contrast",
            Severity.ERROR,
            say("{reason}; {help}", reason="Element has insufficient color contrast", help="elements must have enough of it"),
            place("de/flood.html", NAV),
            ("1.4.3",),
            (),
            ("320 px, dark",),
        ),
        Finding("one-h1", Severity.WARNING, "the page has no h1; make the headline one", Place("https://a.example/")),
        *[
            Finding(
                "autoplay", Severity.REVIEW, f"it begins by itself {n}; look", Place("https://a.example/", 0, f"#v{n}", "<video>")
            )
            for n in range(30)
        ],
        *[
            Finding(
                "nav-order", Severity.WARNING, "it is in another order; mend it", place(f"{n:03}.html", NAV), ("3.2.3", "4.1.1")
            )
            for n in range(200)
        ],
        replace(alt("en/old.html", None), known=accepted),
        replace(alt("en/seal.html", None), known=Acceptance("comment", "it is a seal", "news/seal/record.yaml:3")),
        Finding(
            HOSTILE, Severity.ERROR, HOSTILE, Place(HOSTILE, 3, HOSTILE, f"<p title='{HOSTILE}'>"), ("1.1.1",), (), (HOSTILE,)
        ),
    ]
    report = Report(
        pages=[
            *pages,
            CheckedPage(HOSTILE, ("static",), f"https://a.example/{HOSTILE}"),
            CheckedPage("evil.html", ("static",), "javascript:document.title='taken over'"),
        ],
        findings=findings,
        unfinished=[
            Unfinished("https://a.example/b", say("it did not answer within {n} seconds; see whether it is up", n=30)),
            Unfinished("", "no browser; install one"),
            Unfinished(HOSTILE, HOSTILE),
        ],
        notes=[say("not loaded, because it is not part of the site: {hosts}", hosts="cdn.example"), HOSTILE],
        rules={
            "alt-file-name": RuleFacts(
                "alt-file-name", Severity.ERROR, ("1.1.1",), ("23a2a8",), "An alternative text is no file name."
            ),
            "axe/color-contrast": RuleFacts(
                "axe/color-contrast", Severity.ERROR, ("1.4.3",), (), "Elements must have enough contrast"
            ),
        },
        axe="4.12.1",
        browser="Chromium 156.0.8078.79",
        stale=["alt-missing at en/gone.html is no longer there"],
    )
    report.pictures = {
        (findings[0].rule, findings[0].place): png(),
        (findings[-1].rule, findings[-1].place): png(600, 400),
        (findings[5].rule, findings[5].place): b"no picture",
    }
    return report


def tree(report: Report, *, say: Say = str, lang: str = "en") -> HtmlElement:
    """The report's HTML, parsed."""
    return lxml.html.document_fromstring(render(report, say=say, lang=lang))


def words(element: HtmlElement) -> str:
    """The text of an element, white space folded."""
    return " ".join(element.text_content().split())


def section(root: HtmlElement, id: str) -> HtmlElement:
    """What has an id."""
    (found,) = root.xpath("//*[@id=$id]", id=id)
    return found


# -- what stands in it -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "name", "sentence"),
    [
        (Report(pages=[CheckedPage("a.html", ("static",))]), "Passed", "No errors were found"),
        (Report(pages=[CheckedPage("a.html", ("static",))], findings=[alt("a.html")]), "Failed", "The errors must be mended"),
        (Report(pages=full().pages, unfinished=full().unfinished), "Incomplete", "Not everything could be checked"),
        (Report(), "Nothing checked", "No page was found"),
        (Report(noun="catalog"), "Nothing checked", "No catalog was found"),
        (Report(untouched=3), "Nothing to check", "No change can have touched a page"),
    ],
)
def test_the_verdict_comes_first_and_in_words(report: Report, name: str, sentence: str) -> None:
    """In the title, too; no colour or sign stands for it."""
    root = tree(report)

    assert words(root.xpath("//main//h2")[0]) == name
    assert words(root.xpath("//main//h2/following-sibling::p")[0]).startswith(sentence)
    assert words(root.xpath("//title")[0]) == f"Accessibility report: {name}"


def test_what_could_not_be_checked_stands_before_what_was_found() -> None:
    """And the verdict leads to it."""
    root = tree(full())
    titles = [words(title) for title in root.xpath("//main//h2")]

    assert titles[:3] == ["Incomplete", "What could not be checked", "What is to be mended, and by whom"]
    assert "https://a.example/b: it did not answer within 30 seconds" in words(section(root, "not-checked"))
    assert "no browser; install one" in words(section(root, "not-checked"))
    assert "3 things could not be checked" in words(section(root, "result"))


def test_findings_stand_by_owner_and_rule_the_worst_first() -> None:
    """Each owner has a chapter, each rule in it a heading that says what must hold."""
    root = tree(full())
    told = {words(chapter.find("h2")): [words(h3) for h3 in chapter.iter("h3")] for chapter in root.find_class("owner")}

    assert list(told) == ["For the editor", "For the translator", "For the web team"]
    assert told["For the editor"] == ["error An alternative text is no file name."]
    assert [one.split()[0] for one in told["For the web team"]] == ["error", "error", "warning", "warning", "review"]
    assert told["For the web team"][2:4] == ["warning nav-order", "warning one-h1"]


def test_one_defect_on_many_pages_stands_there_once() -> None:
    """With its place, message, advice, selector, markup, cells, and the first of its pages; the others are folded up."""
    report = Report(
        pages=[CheckedPage("a", ())],
        findings=[replace(alt(f"{n:03}.html"), cells=("320 px, dark",)) for n in range(200)],
    )
    (defect,) = tree(report).find_class("defect")
    facts = [words(fact) for fact in defect.iter("dt")]

    assert words(defect.find_class("message")[0]) == "the alt text of the picture “a.jpg” is a file's name"
    assert words(defect.find_class("to-do")[0]) == "say what it shows"
    assert words(defect.find(".//pre")) == IMAGE
    assert facts == ["Mend it at", "Selector", "Only in", "Seen on", "Fingerprint"]
    assert words(defect.findall(".//dd")[0]) == "news/flood/record.yaml:14:9"
    assert words(defect.findall(".//dd")[2]) == "320 px, dark"
    assert [words(page) for page in defect.xpath(".//dd/ul/li")] == ["000.html:31", "001.html:31", "002.html:31"]
    assert words(defect.find(".//summary")) == "and on 197 more"
    assert len(defect.xpath(".//details/ul/li")) == 50
    assert "… and 147 more, which the JSON report names" in words(defect)
    assert "1 defect at 200 places" in words(tree(report))


def test_each_finding_has_an_address_of_its_own() -> None:
    """Its fingerprint, so that a link to it outlives a new report; where two have the same one they are numbered."""
    two = [alt("a.html"), replace(alt("a.html"), message="another; mend it")]
    root = tree(Report(pages=[CheckedPage("a.html", ())], findings=two))
    ids = [defect.get("id") for defect in root.find_class("defect")]

    assert ids == [f"f-{two[0].fingerprint}", f"f-{two[0].fingerprint}-2"]
    assert [words(link) for link in root.xpath("//dd/a")] == [two[0].fingerprint, f"{two[0].fingerprint} (2)"]
    everything = tree(full()).xpath("//@id")
    assert len(everything) == len(set(everything))
    targets = [href[1:] for href in tree(full()).xpath("//a/@href") if href.startswith("#")]
    assert set(targets) <= set(everything)


def test_criteria_and_rules_lead_to_what_explains_them() -> None:
    """W3C's page on a criterion, and that of axe's makers on a rule of theirs; 4.1.1 is no criterion any more."""
    root = tree(full())
    links = {words(link): link.get("href") for link in section(root, "report").iter("a")}

    assert links["WCAG 1.4.3 Contrast (Minimum)"] == "https://www.w3.org/WAI/WCAG22/Understanding/contrast-minimum.html"
    assert links["axe/color-contrast explained"] == "https://dequeuniversity.com/rules/axe/latest/color-contrast"
    assert not [link for link in links if "4.1.1" in link]


def test_what_is_known_stands_apart_folded_with_reason_and_end() -> None:
    """It is in no count, and not among what is to be mended; what the baseline knows in vain is told, too."""
    root = tree(full())
    known = section(root, "known")

    assert known.find("details").get("open") is None
    assert "the agency delivers new pictures in autumn" in words(known)
    assert "baseline: baseline.json:7" in words(known)
    assert words(known.find(".//time")) == "31 December 2026"
    assert known.find(".//time").get("datetime") == "2026-12-31"
    assert "comment: news/seal/record.yaml:3 Expires never" in words(known)
    assert "1 finding is known from the baseline" in words(known)
    assert "alt-missing at en/gone.html is no longer there" in words(known)
    assert [words(count) for count in section(root, "result").xpath(".//ul/li")] == ["3 errors", "3 warnings", "30 to review"]


def test_it_says_what_was_checked_by_what_and_in_which_cells() -> None:
    """Versions, pages with their counts, and how far the rules go in each criterion."""
    root = tree(full())
    checked = words(section(root, "checked"))
    row = next(row for row in section(root, "checked").iter("tr") if "https://a.example/" in words(row))
    criteria = section(root, "criteria").xpath(".//tbody/tr")

    assert "axe-core 4.12.1 Browser Chromium 156.0.8078.79" in checked
    assert "static rules (6 pages) axe 4.12.1 (3 pages): 1280 px, light; 1280 px, dark; 1280 px, light, forced colours" in checked
    assert "not loaded, because it is not part of the site: cdn.example" in checked
    assert [words(cell) for cell in row] == ["https://a.example/checked, HTTP 200", "0", "1", "30"]
    assert row.find(".//a").get("href") == "https://a.example/"
    assert len(criteria) == 55
    assert [words(cell) for cell in criteria[0]] == ["WCAG 1.1.1 Non-text Content", "A", "partly", "alt-file-name"]
    assert "This is no statement of conformance." in words(section(root, "criteria"))


def test_a_report_on_nothing_has_no_empty_chapters() -> None:
    """A pass says that it is one, and what ran."""
    root = tree(Report(pages=[CheckedPage("a.html", ("static",))]))

    assert [words(title) for title in root.iter("h2")] == ["Contents", "Passed", "What was checked"]
    assert "0 errors 0 warnings 0 to review" in words(root)


# -- pictures ----------------------------------------------------------------------------------------------------------


def test_pictures_stand_beside_their_defects_and_say_what_they_are() -> None:
    """They are in the file itself; what is no PNG is left out."""
    images = list(tree(full()).iter("img"))

    assert [(image.get("width"), image.get("height")) for image in images] == [("40", "30"), ("600", "400")]
    assert images[0].get("alt") == f"The element {IMAGE} on the page en/flood.html, outlined"
    assert images[0].get("src") == f"data:image/png;base64,{base64.b64encode(png()).decode()}"


def test_the_picture_of_a_defect_may_be_from_any_of_its_pages() -> None:
    """On the first it may have been hidden."""
    report = Report(pages=[CheckedPage("a", ())], findings=[alt(page, None) for page in ("a.html", "b.html", "c.html")])
    report.pictures = {(report.findings[2].rule, report.findings[2].place): png()}

    assert [image.get("alt") for image in tree(report).iter("img")] == [f"The element {IMAGE} on the page c.html, outlined"]


def test_there_are_no_more_pictures_than_one_file_can_hold() -> None:
    """Eight megabytes of them."""
    report = Report(pages=[CheckedPage("a", ())])
    for n in range(5):
        report.findings.append(Finding("r", Severity.ERROR, "m; n", Place("a", 1, f"#p{n}", f"<p id=p{n}>")))
        report.pictures["r", report.findings[-1].place] = png() + bytes(2_500_000)

    assert len(list(tree(report).iter("img"))) == 3


# -- languages ---------------------------------------------------------------------------------------------------------


def language_of(element: HtmlElement) -> str:
    """The language that an element is marked with, by itself or by what it stands in."""
    return next(str(around.get("lang")) for around in (element, *element.iterancestors()) if around.get("lang"))


def test_a_report_is_in_the_language_that_is_asked_for() -> None:
    """Numbers and days as well; what is not translated is English, and marked as such."""
    report = full()
    report.unfinished.clear()
    root = tree(report, say=german, lang="de")
    verdict, count = root.xpath("//main//h2")[0], section(root, "result").findall(".//li")[1]
    (message,) = [
        one
        for one in root.find_class("message")
        if "Alternativtext des Bildes “a.jpg”" in words(one) and one.getparent().getparent().get("id")
    ]
    link = next(one for one in root.find_class("message") if "mehr" in words(one))

    assert root.get("lang") == "de"
    assert (words(verdict), language_of(verdict)) == ("Nicht bestanden", "de")
    assert [span.get("lang") for span in message.iter("span")] == []
    assert words(message.getnext()) == "sagen Sie, was es zeigt"
    assert [span.get("lang") for span in link.iter("span")] == ["en"]
    assert [span.get("lang") for span in count.iter("span")] == ["en"]
    assert "31. Dezember 2026" in words(section(root, "known"))
    assert '<span lang="' not in render(report)


def test_sentences_within_a_message_have_their_own_language() -> None:
    """axe's words may be translated in part; a frame that only joins them is in no language."""
    frame = say("{reason}; {help}", reason="Element has no alt attribute", help="Images must have alternative text")
    report = Report(pages=[CheckedPage("a", ())], findings=[Finding("axe/image-alt", Severity.ERROR, frame, place("a"))])
    root = tree(report, say=german, lang="de")
    (message,), (to_do,) = root.find_class("message"), root.find_class("to-do")

    assert [(words(span), span.get("lang")) for span in message.iter("span")] == [("Element has no alt attribute", "en")]
    assert words(to_do) == "Bilder brauchen Alternativtexte"
    assert [span.get("lang") for span in to_do.iter("span")] == [None]


def test_a_translated_message_within_an_english_one_is_marked_too() -> None:
    """Each part by itself."""
    message = say("look at this: {what}", what=say_number("{n} error", "{n} errors", 1))
    report = Report(pages=[CheckedPage("a", ())], notes=[message])
    note = next(item for item in tree(report, say=german, lang="de").iter("li") if "look at this" in words(item))

    assert [(words(span), span.get("lang")) for span in note.iter("span")] == [
        ("look at this: 1 Fehler", "en"),
        ("1 Fehler", "de"),
    ]


def test_words_of_a_page_stand_by_themselves() -> None:
    """Whichever way they run, they do not turn what stands around them; what cannot be seen is named."""
    message = say("the link {words} does not say where; name its target", words="المزيد\u202e")
    report = Report(pages=[CheckedPage("a", ())], findings=[Finding("r", Severity.ERROR, message, place("a"))])
    (told,) = tree(report).find_class("message")

    assert words(told.find(".//bdi")) == "المزيد[U+202E]"
    assert words(told) == "the link المزيد[U+202E] does not say where"


# -- one file, harmless and small --------------------------------------------------------------------------------------


def test_the_file_needs_nothing_else_and_runs_nothing() -> None:
    """No script, no style from elsewhere, no picture but in the file; a policy forbids all the rest."""
    root = tree(full())
    (style,) = root.iter("style")
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    assert not root.xpath("//script | //link | //iframe | //object | //embed | //form | //@style | //base")
    assert not [name for element in root.iter("*") for name in element.attrib if name.lower().startswith("on")]
    assert all(source.startswith("data:image/png;base64,") for source in root.xpath("//@src | //@srcset | //@data"))
    assert all(href.startswith(("#", "https://")) for href in root.xpath("//@href"))
    assert "url(" not in style.text
    assert "@import" not in style.text
    assert base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode() in policy
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")


def test_half_characters_and_control_characters_can_be_written() -> None:
    """The file is UTF-8 whatever was found."""
    text = render(full())

    assert text.encode()
    assert re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text) is None
    assert text.endswith("</html>\n")


def test_a_hundred_thousand_findings_make_a_file_that_opens() -> None:
    """So many of a rule are shown, most of them folded up; how many are left out is said."""
    report = Report(pages=[CheckedPage(f"{n}.html", ("static",)) for n in range(5_000)])
    report.add(
        Finding(
            f"rule-{n % 4}", Severity.ERROR, f"m {n}; n", Place(f"{n % 5_000}.html", n, f"p:nth-of-type({n})", "<p>"), ("1.1.1",)
        )
        for n in range(100_000)
    )
    text = render(report)
    root: HtmlElement = lxml.html.document_fromstring(text)
    defects = root.find_class("defect")

    assert len(defects) == 100
    assert sum(next(defect.iterancestors("details"), None) is None for defect in defects) == 12
    assert text.count("… and 24,975 more, which the JSON report names") == 4
    assert "100,000 errors" in words(root)
    assert "… and 4,750 more, which the JSON report names" in words(section(root, "checked"))
    assert len(text) < 500_000


def test_many_rules_and_much_of_everything_stay_bounded() -> None:
    """Whatever there is much of."""
    many = [f"{n:04}" for n in range(2_000)]
    report = Report(
        pages=[CheckedPage("a", ())],
        findings=[
            Finding(f"r{n}", Severity.ERROR, f"m {k}; n", Place("a", 1, f"#p{k}", "<p>")) for n in range(400) for k in range(9)
        ],
        unfinished=[Unfinished(one, "gone; look") for one in many],
        notes=many,
    )
    report.findings += [replace(alt(one, None), known=Acceptance("comment", one, one)) for one in many]
    root = tree(report)

    assert len(root.find_class("defect")) == 800
    assert len(root.xpath("//nav//li/ul/li")) == 41
    assert "… and 360 more rules" in words(root.find(".//nav"))
    for part in ("not-checked", "known", "checked"):
        assert "… and 1,7" in words(section(root, part)), part


def test_it_is_among_the_formats() -> None:
    """People ask for it by name."""
    assert REPORTERS["html"] is render


# -- in a browser ------------------------------------------------------------------------------------------------------


@pytest.fixture
def opened(page: BrowserPage, tmp_path: Path) -> Iterator[BrowserPage]:
    """The full report, open at 320 pixels; nothing may be asked for but the file."""
    file = tmp_path / "report.html"
    file.write_text(render(full()), encoding="utf-8")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(file.as_uri())
    yield page
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]


def test_hostile_words_do_nothing_and_break_nothing(opened: BrowserPage) -> None:
    """No script of theirs runs, the style sheet holds, and nothing sticks out at 320 pixels with everything unfolded."""
    opened.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")

    assert opened.title() == "Accessibility report: Incomplete"
    assert opened.evaluate("document.documentElement.scrollWidth") == 320
    assert opened.locator("main").is_visible()
    assert opened.evaluate("getComputedStyle(document.querySelector('.verdict')).borderInlineStartWidth") == "8px"


def test_boxes_hide_what_is_not_wanted_without_a_script(opened: BrowserPage) -> None:
    """By how much it weighs, in the contents as in the report."""
    opened.get_by_label("Warnings").uncheck()

    assert not opened.locator(".rule.warning").first.is_visible()
    assert opened.locator(".rule.error").first.is_visible()


def test_everything_is_printed(opened: BrowserPage) -> None:
    """On paper nothing can be unfolded."""
    folded = opened.locator(".rule.review .defect").first

    assert not folded.is_visible()
    opened.emulate_media(media="print")
    assert folded.is_visible()
    assert not opened.locator("nav").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_passes_our_own_check(language: str, tmp_path: Path) -> None:
    """
    All static rules and axe with its best practices: there is nothing to be said, not even to be looked at.

    Colours are the same in every language, so one is looked at in every cell, and the others where their words have least room.
    """
    file = tmp_path / "report.html"
    file.write_text(render(full(), say=sayer(language), lang=language), encoding="utf-8")
    cells = [] if language == "en" else [(320, "light", False)]
    report = check(gather([str(file)]), Settings(best_practices=True, cells=cells))

    assert [f"{finding.rule} {finding.place.selector}: {finding.message}" for finding in report.findings] == []
    assert report.unfinished == []
    assert report.verdict == "passed"
    assert len([one for one in report.pages[0].checks if one.startswith("axe ")]) == (len(cells) or 4)


def test_very_many_findings_make_a_file_that_opens_at_once() -> None:
    """Grouped and folded: what a browser has to lay out does not grow with what was found."""
    report = many(6_000, 6_000)
    everywhere = Birthplace("templates/article.html", 7, 1, Owner.WEB_TEAM, "template article.html img")
    report.findings += [
        replace(one, rule="axe/image-alt", place=replace(one.place, source=everywhere)) for one in report.findings
    ]

    text = render(report)

    tree = lxml.html.document_fromstring(text)
    open_ones = [one for one in tree.cssselect(".defect") if next(one.iterancestors("details"), None) is None]
    assert len(text) < 4_000_000
    assert len(list(tree.iter())) < 60_000
    assert len(open_ones) <= 100
    assert len(tree.cssselect(".defect")) <= 1_100
