"""The live preview's overlay in a browser: with the mouse, with the keyboard, with its own rules against it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Locator, expect
from playwright.sync_api import Page as Tab

from a11ynews.check import Settings, check
from a11ynews.finding import Severity
from a11ynews.live import axe
from a11ynews.live.cell import CELLS, Cell
from a11ynews.targets import gather
from previews import GERMAN_PAGE, PATIENCE, Served, serving
from project import CONFIG, GERMAN, RECORD, Project

CATALOG = "locales/de/LC_MESSAGES/bridge.po"
ALT = "Two children run across a stone bridge"
HEADING = "What comes next"

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a record of which an alternative text and a heading wait for a translator."""
    project = Project(tmp_path_factory.mktemp("made"), CONFIG.replace(', "it"', ""))
    project.record(RECORD.replace("at noon.", "at noon, with [500 guests](https://guests.example.org/)."))
    words = {id: said for id, said in GERMAN.items() if id not in (ALT, HEADING)}
    noon = "The mayor cut the ribbon at noon, with [500 guests](https://guests.example.org/)."
    project.translate("de", {**words, noon: "Mittags waren [500 Gäste](https://guests.example.org/) da."})
    return project


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """It, for one test alone."""
    return made.copied(tmp_path)


@pytest.fixture(scope="module")
def standing(made: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The preview of one that nobody changes."""
    with serving(made.copied(tmp_path_factory.mktemp("standing")), "en") as served:
        yield served


@pytest.fixture
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    """The preview of a test's own project where it asks for one, else of the one that stays as it is."""
    if "project" not in request.fixturenames:
        yield request.getfixturevalue("standing")
        return
    with serving(request.getfixturevalue("project"), "en") as served:
        yield served


@pytest.fixture
def tab(page: Tab, served: Served) -> Iterator[Tab]:
    """The German page, with the overlay there and closed; nothing may go wrong in it."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error":
            said.append(message.text)

    def fail(error: Error) -> None:
        said.append(str(error))

    page.mouse.move(0, 0)
    page.set_default_timeout(PATIENCE * 1000)
    page.on("pageerror", fail)
    page.on("console", note)
    page.goto(served.url + GERMAN_PAGE)
    expect(page.locator("a11ynews-preview")).to_have_attribute("data-findings", "told")  # the rules have had their say
    yield page
    with suppress(Error):
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
    page.remove_listener("pageerror", fail)
    page.remove_listener("console", note)
    assert [words for words in said if not re.search("status of (409|422|500)|ERR_", words)] == []


def opened(tab: Tab) -> Tab:
    tab.locator(".toggle").click()
    expect(tab.locator(".panel")).to_be_visible()
    return tab


def row(tab: Tab, role: str) -> Locator:
    return tab.locator(".text").filter(has=tab.locator(".what", has_text=re.compile(rf"^{role} ·", re.IGNORECASE))).first


def focused(tab: Tab) -> str:
    """What has the focus, as the overlay calls it."""
    found: str = tab.evaluate(
        "() => { const at = document.querySelector('a11ynews-preview')?.shadowRoot.activeElement || document.activeElement;"
        " return at.dataset.key || at.localName }"
    )
    return found


# -- looking -----------------------------------------------------------------------------------------------------------


def test_a_page_keeps_its_width_beside_the_list_when_it_is_loaded_anew(tab: Tab) -> None:
    """It gave way to a list that was as wide as the window, as that was before its style was there."""
    opened(tab)
    measure = "() => [document.querySelector('main').offsetWidth, document.documentElement.scrollHeight]"
    before = tab.evaluate(measure)

    for _ in range(2):
        tab.reload()
        expect(tab.locator("a11ynews-preview")).to_have_attribute("data-findings", "told")
        expect(tab.locator(".panel")).to_have_css("position", "fixed")
        tab.wait_for_function("before => document.querySelector('main').offsetWidth === before", arg=before[0])
        assert tab.evaluate(measure) == before


def test_its_words_run_their_own_way_on_a_page_that_runs_the_other(page: Tab, tmp_path: Path) -> None:
    """“25 of 250 characters” would be out of order; the line stands between the page and the list."""
    project = Project(tmp_path, CONFIG.replace('"en", "de", "it"', '"en", "ar"'))
    project.record()
    project.translate("ar", {"The bridge is open": "الجسر مفتوح", ALT: "طفلان يركضان"})
    with serving(project, "en") as served:
        page.goto(f"{served.url}/ar/bridge.html")
        page.locator(".toggle").click()
        panel = page.locator(".panel")
        expect(panel).to_have_css("direction", "ltr")
        expect(panel).to_have_css("border-left-width", "1px")
        row(page, "headline").click()
        expect(page.locator("textarea").first).to_have_css("direction", "rtl")
        expect(page.locator("dd span", has_text="The bridge is open").first).to_have_css("direction", "ltr")


def test_the_button_tells_what_waits(tab: Tab) -> None:
    """Before anything is opened; the page is as readers have it."""
    expect(tab.locator(".toggle")).to_have_text(re.compile("Preview · to translate: 2"))
    expect(tab.locator(".panel")).to_be_hidden()
    expect(tab.locator(".box")).to_have_count(0)


def test_it_speaks_the_language_of_the_page(page: Tab, project: Project) -> None:
    """And says which one it is, whatever the page around it says; nobody has to ask for it."""
    page.set_default_timeout(PATIENCE * 1000)
    with serving(project) as served:
        page.goto(served.url + GERMAN_PAGE)

        expect(page.locator(".toggle")).to_have_text(re.compile("Vorschau · zu übersetzen: 2"))
        expect(page.locator("aside")).to_have_attribute("lang", "de")
        expect(opened(page).locator("h2", has_text="Texte dieser Seite")).to_be_visible()
        expect(row(page, "Schlagzeile").locator(".what")).to_have_text(re.compile("Schlagzeile · übersetzt"))
        page.goto("about:blank")


def test_pointing_at_a_text_tells_of_it(tab: Tab, project: Project) -> None:
    """Role, state, lines of record and catalog, length; Esc takes it away, and it can be pointed at itself."""
    opened(tab)
    tab.hover("h1")
    card = tab.locator(".card")

    expect(card).to_contain_text("Headline · translated")
    expect(card).to_contain_text("record news/bridge/record.yaml:3:11")
    expect(card).to_contain_text(f"catalog {CATALOG}:{project.line_of(CATALOG, 'Die Brücke ist offen')}:1")
    expect(card).to_contain_text("20 of 110 characters, better 70")
    card.hover()
    expect(card).to_be_visible()
    tab.keyboard.press("Escape")
    expect(card).to_be_hidden()
    expect(tab.locator(".panel")).to_be_visible()


def test_a_text_that_is_not_translated_is_framed(tab: Tab) -> None:
    """So that it is found at a glance; nothing of the page is moved."""
    heading = tab.locator("main h2")
    before = heading.evaluate("one => [one.offsetLeft, one.offsetTop, one.offsetWidth]")
    opened(tab)

    expect(tab.locator(".box.open")).to_have_count(2)
    tab.hover("main h2")
    expect(tab.locator(".card")).to_contain_text("Heading · not translated: shown in the source's words")
    tab.locator("[data-key=close]").click()
    expect(tab.locator(".box")).to_have_count(0)
    assert heading.evaluate("one => [one.offsetLeft, one.offsetTop, one.offsetWidth]") == before


def test_the_focus_on_the_page_tells_of_its_text(tab: Tab) -> None:
    """Whoever has no mouse goes by the links."""
    opened(tab)
    tab.locator("main a").first.focus()

    expect(tab.locator(".card")).to_contain_text("Paragraph · translated")


def test_the_list_can_be_narrowed_down(tab: Tab) -> None:
    """To what waits, to alternative texts, to what only machines read, to what has findings."""
    opened(tab)
    assert tab.locator(".text").count() > 10
    filters = {"to_translate": 2, "fuzzy": 0, "alts": 1}
    for value, count in filters.items():
        tab.locator("#filter").select_option(value)
        expect(tab.locator(".text")).to_have_count(count)
    tab.locator("#filter").select_option("machine")
    expect(row(tab, "Alternative text")).to_be_visible()
    tab.locator("#filter").select_option("fuzzy")
    expect(tab.get_by_text("No text of this page is of that kind.")).to_be_visible()


def test_a_picture_stands_beside_its_alternative_text(tab: Tab) -> None:
    """With its caption and credit, and the reasons why the page would not be published at the top."""
    opened(tab)
    row(tab, "Alternative text").click()
    detail = tab.locator(".detail")

    expect(detail.locator("img")).to_have_attribute("src", re.compile("/media/bridge/bridge-.*"))
    expect(detail).to_contain_text("Die Ersten auf der Brücke")
    expect(detail).to_contain_text("Anna Huber")
    expect(detail.locator(".length").first).to_have_text("0 of 250 characters, better 125")
    expect(tab.locator(".stops")).to_contain_text("nothing can stand in for it")


# -- changing ----------------------------------------------------------------------------------------------------------


def test_a_translation_is_written_where_it_is_seen(tab: Tab, project: Project) -> None:
    """A click on the text, the words, Ctrl+Enter: they are in the catalog and on the page, and a screen reader hears it."""
    opened(tab)
    tab.locator("main h2").click()
    area = tab.get_by_label("Translation into German")
    expect(area).to_be_focused()
    area.fill("Wie es weitergeht")
    tab.keyboard.press("Control+Enter")

    expect(tab.locator("main h2")).to_have_text("Wie es weitergeht")
    line = project.line_of(CATALOG, "Wie es weitergeht")
    expect(tab.locator(".said[role=status]")).to_have_text(f"Saved: {CATALOG}:{line}")
    assert focused(tab).startswith("text ")
    expect(tab.locator(".text[aria-expanded=true]")).to_contain_text("Wie es weitergeht")


def test_the_next_text_that_waits_is_opened(tab: Tab, project: Project) -> None:
    """One after the other, without a hand off the keyboard."""
    opened(tab)
    row(tab, "Alternative text").click()
    tab.get_by_label("Translation into German").fill("Zwei Kinder laufen über eine Steinbrücke")
    tab.get_by_role("button", name="Save and go on to the next one").click()

    expect(tab.locator(".text[aria-expanded=true]")).to_contain_text(HEADING)
    expect(tab.get_by_label("Translation into German")).to_be_focused()
    tab.keyboard.type("Wie es weitergeht")
    tab.get_by_role("button", name="Save and go on to the next one").click()
    expect(tab.locator(".said")).to_contain_text("Saved, and no other text waits")
    assert "Zwei Kinder" in project.read(CATALOG)
    expect(tab.locator(".stops")).to_have_count(0)


def test_the_rules_look_at_what_is_typed(tab: Tab, project: Project) -> None:
    """A lost link and a changed figure are told before anything is saved."""
    before = project.read(CATALOG)
    opened(tab)
    row(tab, "Paragraph").click()
    tab.get_by_label("Translation into German").fill("Mittags waren 50 Gäste da.")

    expect(tab.locator("form .findings")).to_contain_text("[po-link-target]")
    expect(tab.locator("form .findings")).to_contain_text("[po-numbers]")
    tab.get_by_label("Translation into German").fill("[50](https://evil.example.org/)")
    expect(tab.locator("#weighed > span[lang]")).to_contain_text("which the source does not link to")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator(".said")).to_contain_text("which the source does not link to")
    assert project.read(CATALOG) == before


def test_a_text_can_be_saved_as_fuzzy(tab: Tab, project: Project) -> None:
    """It stays off the page, and is found by its own filter."""
    opened(tab)
    row(tab, "Heading").click()
    tab.get_by_label("Translation into German").fill("Wie weiter?")
    tab.get_by_label("fuzzy: somebody must look").check()
    tab.get_by_role("button", name="Save", exact=True).click()

    expect(tab.locator(".text[aria-expanded=true]")).to_contain_text("fuzzy")
    expect(tab.locator("main h2")).to_have_text(HEADING)
    assert 'msgstr "Wie weiter?"' in project.read(CATALOG)


def test_a_conflict_shows_both_and_loses_nothing(tab: Tab, project: Project) -> None:
    """Somebody else was faster."""
    opened(tab)
    row(tab, "Headline").click()
    area = tab.get_by_label("Translation into German")
    area.fill("Meins")
    project.write(CATALOG, project.read(CATALOG).replace("Die Brücke ist offen", "Ihres"))
    expect(tab.locator(".said")).to_contain_text("It is loaded anew when you save or discard")
    tab.get_by_role("button", name="Save", exact=True).click()

    expect(tab.locator(".other")).to_contain_text("Ihres")
    expect(area).to_have_value("Meins")
    assert "Meins" not in project.read(CATALOG)
    tab.get_by_role("button", name="Keep mine").click()
    expect(tab.locator("h1")).to_have_text("Meins")


# -- loading anew ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "content", "shown"),
    [
        ("news/bridge/record.yaml", None, "The road is next."),
        ("templates/notice.html", "<p>Breaking news</p>\n", "Breaking news"),
        ("a11ynews.toml", CONFIG.replace("Test News", "Other News").replace(', "it"', ""), "Other News"),
    ],
)
def test_a_saved_change_shows_by_itself(tab: Tab, project: Project, path: str, content: str | None, shown: str) -> None:
    """With the panel as it was, and the focus where it was."""
    opened(tab)
    tab.locator("#filter").select_option("alts")
    tab.locator("#filter").focus()
    project.write(path, content or project.read(path).replace("The road will follow.", shown))

    expect(tab.locator("body")).to_contain_text(shown)
    expect(tab.locator(".panel")).to_be_visible()
    expect(tab.locator("#filter")).to_have_value("alts")
    assert focused(tab) == "filter"
    expect(tab.locator(".said")).to_have_text("The page was loaded anew: something in it has changed.")


def test_a_link_keeps_the_focus(tab: Tab, project: Project) -> None:
    """The keyboard's place on the page is not lost, nor how far it was read."""
    tab.set_viewport_size({"width": 600, "height": 300})
    tab.emulate_media(reduced_motion="reduce")  # else it is still under way
    tab.locator("main a").first.focus()
    at = tab.evaluate("scrollY")
    project.write("templates/footer.html", "<footer><p>New foot</p></footer>\n")

    expect(tab.locator("footer").last).to_contain_text("New foot")
    expect(tab.locator("main a").first).to_be_focused()
    assert at > 0
    assert tab.evaluate("scrollY") == at


def test_nobody_is_interrupted_while_typing(tab: Tab, project: Project) -> None:
    """The page waits until the words are saved or discarded."""
    opened(tab)
    row(tab, "Heading").click()
    area = tab.get_by_label("Translation into German")
    area.press_sequentially("Wie es weiter")
    project.write("templates/notice.html", "<p>Breaking news</p>\n")
    expect(tab.locator(".said")).to_contain_text("It is loaded anew when you save or discard")
    area.press_sequentially("geht")

    expect(area).to_have_value("Wie es weitergeht")
    expect(tab.locator("body")).not_to_contain_text("Breaking news")
    tab.get_by_role("button", name="Discard the change").click()
    expect(tab.locator("main")).to_contain_text("Breaking news")


def test_errors_come_and_go_in_the_page(tab: Tab, project: Project) -> None:
    """With the place to mend."""
    project.record("language: en\n")
    expect(tab.locator("h1")).to_have_text("The record cannot be read")
    expect(tab.locator(".faults")).to_contain_text("news/bridge/record.yaml:1:1")

    project.record()
    expect(tab.locator("h1")).to_have_text("Die Brücke ist offen")


# -- for everybody -----------------------------------------------------------------------------------------------------


def test_all_of_it_works_with_the_keyboard(tab: Tab) -> None:
    """In the order of the page, with Esc back step by step, and the focus never lost."""
    tab.keyboard.press("Shift+Tab")  # the last stop of the page
    assert focused(tab) == "toggle"
    tab.keyboard.press("Enter")
    assert focused(tab) == "filter"
    tab.keyboard.press("Tab")
    assert focused(tab).startswith("text ")
    tab.keyboard.press("Enter")
    assert focused(tab).startswith("text ")
    expect(tab.locator(".text[aria-expanded=true]")).to_have_count(1)
    tab.keyboard.press("Escape")
    expect(tab.locator(".text[aria-expanded=true]")).to_have_count(0)
    assert focused(tab).startswith("text ")
    tab.keyboard.press("Escape")
    expect(tab.locator(".panel")).to_be_hidden()
    assert focused(tab) == "toggle"


def test_a_change_is_not_thrown_away_by_one_key(tab: Tab) -> None:
    """Esc asks once."""
    opened(tab)
    row(tab, "Heading").click()
    area = tab.get_by_label("Translation into German")
    area.fill("Wie es weitergeht")
    tab.keyboard.press("Escape")
    expect(tab.locator(".said")).to_contain_text("Escape once more discards the change")
    expect(area).to_have_value("Wie es weitergeht")
    tab.keyboard.press("Escape")
    expect(tab.locator(".text[aria-expanded=true]")).to_have_count(0)


@pytest.mark.parametrize("cell", CELLS, ids=str)
def test_axe_finds_nothing_in_the_overlay(browser: Browser, served: Served, cell: Cell) -> None:
    """In no cell of the matrix, best practices and all: closed, open, and with a text open."""
    context = browser.new_context(bypass_csp=True)  # axe brings a style of its own
    tab = context.new_page()
    cell.put_on(tab)
    tab.goto(served.url + GERMAN_PAGE)
    expect(tab.locator("a11ynews-preview")).to_have_attribute("data-findings", "told")

    def found() -> list[object]:
        outcome = axe.run(tab, choice=axe.Choice(best_practices=True))
        assert outcome.unfinished == ()
        # Of what is half scrolled out of the list axe cannot tell the contrast.
        sure = [node for node in outcome.nodes if node.severity is not Severity.REVIEW or "obscured" not in node.message]
        return [(node.rule, node.target, node.message) for node in sure if "a11ynews-preview" in str(node.target)]

    assert found() == []
    opened(tab)
    assert found() == []
    row(tab, "Alternative text").click()
    assert found() == []
    context.close()


@pytest.mark.parametrize(("width", "height"), [(320, 640), (320, 256), (640, 360)])
def test_it_fits_a_small_window(tab: Tab, width: int, height: int) -> None:
    """Nothing runs out at the side, and the page can be scrolled out from under it."""
    tab.set_viewport_size({"width": width, "height": height})
    opened(tab)
    row(tab, "Alternative text").click()

    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator(".panel").evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    panel, last = tab.locator(".panel").bounding_box(), tab.locator("footer").last
    tab.evaluate("scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})")
    foot = last.bounding_box()
    assert panel
    assert foot
    assert foot["y"] + foot["height"] <= panel["y"] + 1


def test_the_sites_style_does_not_reach_it(tab: Tab, project: Project) -> None:
    """Nor does it reach the site."""
    assert "a11ynews" not in str(tab.evaluate("[...document.styleSheets].map(sheet => sheet.href)"))
    style = "* { font-size: 99px !important; color: red !important; position: static !important } h1 { display: none }"
    project.write("templates/style.css", style)
    expect(tab.locator("h1")).to_be_hidden()

    opened(tab)

    expect(tab.locator("#filter")).to_be_visible()
    assert tab.locator(".panel").evaluate("panel => getComputedStyle(panel).color") != "rgb(255, 0, 0)"
    assert tab.locator(".panel").evaluate("panel => parseFloat(getComputedStyle(panel).fontSize)") < 30
    assert tab.locator(".panel").evaluate("panel => getComputedStyle(panel).position") == "fixed"


def test_our_own_check_finds_nothing_in_the_preview(served: Served, project: Project) -> None:
    """All its pages, with every rule that there is."""
    words = {ALT: "Zwei Kinder laufen über eine Steinbrücke", HEADING: "Wie es weitergeht"}
    noon = "The mayor cut the ribbon at noon, with [500 guests](https://guests.example.org/)."
    project.translate("de", {**GERMAN, **words, noon: "Mittags waren [500 Gäste](https://guests.example.org/) da."})

    report = check(gather([served.url + GERMAN_PAGE, served.url + "/"]), Settings(profile="thorough", project=project.root))

    told = [(finding.place.page, finding.rule, finding.message, finding.place.selector) for finding in report.findings]
    assert [one for one in told if "preview" in one[3] or not one[0].endswith(GERMAN_PAGE)] == []
    assert report.unfinished == []
    assert len(report.pages) == 2


def test_a_browser_without_scripts_shows_the_page(browser: Browser, served: Served) -> None:
    """The overlay is an addition."""
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(served.url + GERMAN_PAGE)
    assert tab.locator("h1").inner_text() == "Die Brücke ist offen"
    context.close()
