"""An article and its catalogs become a page: what stands on it, in which language, and what stops it."""

import json
import posixpath
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from a11ynews import render
from a11ynews.found import read_pages
from a11ynews.page import Page
from a11ynews.provenance import strike
from project import CONFIG, GERMAN, RECORD, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.record()
    return made


def structured_data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


# -- alternative text --------------------------------------------------------------------------------------------------


def test_an_untranslated_alt_stops_its_page_and_names_the_entry(project: Project) -> None:
    """Nothing stands in for an alt: the German page is not written, the English one is, and the translator gets a line."""
    words = {key: value for key, value in GERMAN.items() if not key.startswith("Two children")}
    project.translate("de", words)

    outcome = project.render("en", "de")

    assert outcome.written == ["en/bridge.html"]
    line = project.line_of("locales/de/LC_MESSAGES/bridge.po", 'msgid "Two children') + 1
    assert [(fault.file, fault.line) for fault in outcome.stopped] == [("locales/de/LC_MESSAGES/bridge.po", line)]
    assert "the alt is not translated into German (de); translate it" in outcome.stopped[0].message
    assert "news/bridge/record.yaml:8" in outcome.stopped[0].message


def test_a_fuzzy_alt_stops_its_page(project: Project) -> None:
    """A fuzzy alt describes what the picture showed before."""
    project.translate("de", GERMAN, fuzzy=("Two children run across a stone bridge",))

    outcome = project.render("de")

    assert outcome.written == []
    assert "is marked fuzzy" in outcome.stopped[0].message


def test_an_alt_of_white_space_in_a_catalog_is_none(project: Project) -> None:
    """A translator who types a blank has not written an alt."""
    project.translate("de", GERMAN | {"Two children run across a stone bridge": " \t "})

    assert project.render("de").written == []


def test_a_stopped_page_is_not_named_by_the_others(project: Project) -> None:
    """hreflang and the switcher name only pages that are really there."""
    project.translate("de", {"The bridge is open": "Die Brücke ist offen"})
    project.render()

    page = project.read("site/en/bridge.html")

    assert 'hreflang="de"' not in page
    assert "Deutsch" not in page


def test_a_page_that_stops_later_stays_as_it_was(project: Project) -> None:
    """Readers keep the page that was good, the others go on naming it, and that it is old is told."""
    project.translate("de", GERMAN)
    project.render("en", "de")
    before = project.read("site/de/bridge.html")
    project.translate("de", GERMAN | {"Two children run across a stone bridge": "", "The road will follow.": "Neu."})

    outcome = project.render()

    assert outcome.kept == ["de/bridge.html"]
    assert outcome.removed == []
    assert project.read("site/de/bridge.html") == before
    assert 'hreflang="de"' in project.read("site/en/bridge.html")


def test_a_decorative_picture_has_an_empty_alt(project: Project) -> None:
    """Decoration is said to be nothing, and only then."""
    project.record(
        RECORD.replace("alt: Two children run across a stone bridge", "decorative: true\n      reason: a coloured band")
    )
    project.render("en")

    assert re.search(r'<img [^>]*alt="">', project.read("site/en/bridge.html"))


# -- texts that are not translated -------------------------------------------------------------------------------------


def test_untranslated_texts_are_shown_in_the_source_language_and_say_so(project: Project) -> None:
    """The smallest element declares the language, the page has a notice in its own, and the translator is told each line."""
    project.translate("de", {key: GERMAN[key] for key in ("The bridge is open", "Two children run across a stone bridge")})

    outcome = project.render("de")
    page = project.read("site/de/bridge.html")

    assert '<p lang="en">The road will follow.</p>' in page
    assert '<span class="caption" lang="en">' in page.replace(' lang="en" class="caption"', ' class="caption" lang="en"')
    assert re.search(r'<small class="credit">Bild: <span lang="en">Anna Huber</span></small>', page)
    assert '<meta lang="en" name="description"' in page
    assert "<h1>Die Brücke ist offen</h1>" in page
    assert "Teile dieser Seite sind noch nicht übersetzt. Sie erscheinen auf Englisch." in page
    assert len(outcome.notes) == 6
    assert all(fault.file == "locales/de/LC_MESSAGES/bridge.po" for fault in outcome.notes)


def test_a_complete_page_has_no_notice(project: Project) -> None:
    """The notice stands only where something is not translated."""
    project.translate("de", GERMAN)
    project.render("de")

    assert "noch nicht übersetzt" not in project.read("site/de/bridge.html")


def test_a_fuzzy_text_is_not_shown(project: Project) -> None:
    """A translation of an earlier wording may say the contrary of the present one."""
    project.translate("de", GERMAN, fuzzy=("The road will follow.",))
    project.render("de")

    page = project.read("site/de/bridge.html")

    assert "Die Straße wird folgen" not in page
    assert '<p lang="en">The road will follow.</p>' in page


def test_strict_refuses_any_untranslated_text(project: Project) -> None:
    """With --strict a page is whole or it is not there."""
    project.translate("de", GERMAN | {"The road will follow.": ""})

    outcome = project.render("de", strict=True)

    assert outcome.written == []
    assert "the paragraph is not translated into German (de)" in outcome.stopped[0].message


def test_the_configuration_decides_by_role(project: Project) -> None:
    """A site can refuse a page for its headline, and leave out a caption that is not translated."""
    project.write("a11ynews.toml", CONFIG + '[fallback]\nheadline = "refuse"\ncaption = "hide"\n')
    project.translate("de", GERMAN | {"The first to cross it": ""})
    shown = project.render("de")
    page = project.read("site/de/bridge.html")
    project.translate("de", GERMAN | {"The bridge is open": ""})
    refused = project.render("de")

    assert shown.written == ["de/bridge.html"]
    assert "The first to cross it" not in page
    assert "noch nicht übersetzt" not in page
    assert refused.written == []


def test_a_language_without_any_translation_is_not_rendered(project: Project) -> None:
    """An English page under /de/ would be no German page, whatever its lang attributes say."""
    outcome = project.render()

    assert outcome.written == ["en/bridge.html"]
    assert [fault.file for fault in outcome.stopped] == [f"locales/{tag}/LC_MESSAGES/bridge.po" for tag in ("de", "it")]
    assert "run “a11ynews catalog update de”" in outcome.stopped[0].message


def test_a_record_can_leave_a_language_out(project: Project) -> None:
    """What is not meant to be translated is no error."""
    project.record(RECORD + "languages: [en]\n")

    outcome = project.render()

    assert outcome.stopped == []
    assert outcome.written == ["en/bridge.html"]


# -- translations that would break a page ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("translation", "reason"),
    [
        pytest.param("[Rathaus](javascript:alert(1))", "is not safe", id="a script"),
        pytest.param("[Rathaus](https://evil.example/)", "which the source does not link to", id="another site"),
        pytest.param('<i lang="deutsch">Band</i>', "no language tag", id="no language"),
        pytest.param("[](https://town.example/)", "has no words", id="a link without words"),
    ],
)
def test_a_translation_that_would_break_the_page_is_not_used(project: Project, translation: str, reason: str) -> None:
    """A catalog cannot put into a page what its record could not; the source is shown and the translator is told why."""
    project.record(RECORD.replace("The mayor cut", "The [mayor](https://town.example/) cut"))
    project.translate("de", GERMAN | {"The [mayor](https://town.example/) cut the ribbon at noon.": translation})

    outcome = project.render("de")
    page = project.read("site/de/bridge.html")

    assert '<a href="https://town.example/">mayor</a> cut the ribbon' in page
    assert "evil" not in page
    assert [fault for fault in outcome.notes if reason in fault.message]


def test_markup_of_a_translator_is_text(project: Project) -> None:
    """Only the closed subset is markup, in a catalog as in a record."""
    project.translate("de", GERMAN | {"The road will follow.": "<script>alert(1)</script> & **bald**"})
    project.render("de")

    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; <strong>bald</strong></p>" in project.read("site/de/bridge.html")


def test_a_percent_sign_and_braces_are_words(project: Project) -> None:
    """gettext's formats have no meaning in prose, and a field in it fills nothing in."""
    project.translate("de", GERMAN | {"The road will follow.": "20 % der {date} %s {0.__class__}"})
    project.render("de")

    assert "<p>20 % der {date} %s {0.__class__}</p>" in project.read("site/de/bridge.html")


# -- catalogs ----------------------------------------------------------------------------------------------------------


def test_a_region_falls_back_to_its_language(project: Project) -> None:
    """de-AT takes from de what it has not itself, and an empty catalog of its own shadows nothing."""
    project.write("a11ynews.toml", CONFIG.replace('"it"]', '"de-AT"]'))
    project.translate("de", GERMAN)
    project.translate("de-AT", {"What comes next": "Wie es in Wien weitergeht"})

    outcome = project.render("de-AT")
    page = project.read("site/de-AT/bridge.html")

    assert outcome.stopped == []
    assert '<html lang="de-AT" dir="ltr">' in page
    assert "Wie es in Wien weitergeht" in page
    assert "Die Straße wird folgen." in page
    assert '<p lang="de">' not in page
    assert page.count(' lang="de"') == 1, "the switcher's link alone"


def test_a_site_says_the_pages_own_words_otherwise(project: Project) -> None:
    """An entry in the site's own catalog goes before the packaged one; the others stay as they are."""
    project.translate("de", GERMAN)
    header = '"Content-Type: text/plain; charset=UTF-8\\n"\n'
    project.write(
        "locales/de/LC_MESSAGES/a11ynews.po",
        f'msgid ""\nmsgstr ""\n{header}\nmsgid "Skip to main content"\nmsgstr "Gleich zum Text"\n',
    )
    project.render("de")

    page = project.read("site/de/bridge.html")

    assert ">Gleich zum Text</a>" in page
    assert 'aria-label="Sprachen"' in page


def test_a_broken_catalog_stops_only_its_language(project: Project) -> None:
    """The others are rendered, and the fault has its line."""
    project.translate("de", GERMAN)
    project.write("locales/it/LC_MESSAGES/bridge.po", 'msgid ""\nmsgstr ""\n\nmsgid "a\nmsgstr "b"\n')

    outcome = project.render()

    assert outcome.written == ["en/bridge.html", "de/bridge.html"]
    assert [(fault.file, fault.line) for fault in outcome.stopped] == [("locales/it/LC_MESSAGES/bridge.po", 4)]


# -- the page ----------------------------------------------------------------------------------------------------------


def test_arabic_runs_from_right_to_left(project: Project) -> None:
    """Any CLDR language works: direction, dates and names come from CLDR; what is left in English says so, with its direction."""
    project.write("a11ynews.toml", CONFIG.replace('"de", "it"', '"ar"'))
    project.translate(
        "ar",
        {
            "The bridge is open": "الجسر مفتوح",
            "Two children run across a stone bridge": "طفلان يركضان فوق جسر حجري",
            "The mayor cut the ribbon at noon.": "قصّت رئيسة البلدية الشريط ظهرًا.",
        },
    )

    outcome = project.render("ar")
    page = project.read("site/ar/bridge.html")

    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>الجسر مفتوح</h1>" in page
    assert "4 مايو 2026" in page
    assert '<p lang="en" dir="ltr">The road will follow.</p>' in page
    assert '<a lang="en" dir="ltr" class="skip" href="#content">Skip to main content</a>' in page
    assert '<a href="../en/bridge.html" lang="en" hreflang="en" dir="ltr" rel="alternate">English</a>' in page
    assert [fault for fault in outcome.notes if "“Skip to main content” are not translated into Arabic (ar)" in fault.message]


def test_alternates_name_every_language_and_the_page_itself(project: Project) -> None:
    """The cluster is absolute, complete, the same on each page, and has an x-default."""
    project.translate("de", GERMAN)
    project.render("en", "de")

    clusters = [
        re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', project.read(f"site/{tag}/bridge.html"))
        for tag in ("en", "de")
    ]

    base = "https://news.example.org"
    expected = [("en", f"{base}/en/bridge.html"), ("de", f"{base}/de/bridge.html"), ("x-default", f"{base}/en/bridge.html")]
    assert clusters == [expected, expected]


def test_structured_data_says_language_and_source(project: Project) -> None:
    """NewsArticle with inLanguage, the picture's caption and credit, and the work that it translates."""
    project.translate("de", GERMAN)
    project.render("en", "de")

    source, translation = (structured_data(project.read(f"site/{tag}/bridge.html")) for tag in ("en", "de"))

    assert (source["@type"], source["inLanguage"]) == ("NewsArticle", "en")
    assert translation["headline"] == "Die Brücke ist offen"
    assert translation["translationOfWork"] == {
        "@type": "NewsArticle",
        "@id": "https://news.example.org/en/bridge.html",
        "inLanguage": "en",
    }
    assert source["workTranslation"] == [
        {"@type": "NewsArticle", "@id": "https://news.example.org/de/bridge.html", "inLanguage": "de"}
    ]
    assert isinstance(source["image"], list)
    assert source["image"][0]["creditText"] == "Anna Huber"
    assert source["image"][0]["accessibilityFeature"] == ["alternativeText"]


def test_structured_data_cannot_end_its_element(project: Project) -> None:
    """A headline that holds an end tag stays within the data."""
    project.record(RECORD.replace("The bridge is open", "</script><script>alert(1)</script><!--"))
    project.render("en")

    page = project.read("site/en/bridge.html")

    assert page.count("<script") == 1
    assert structured_data(page)["headline"] == "</script><script>alert(1)</script><!--"


def test_every_kind_of_block_becomes_its_element(project: Project) -> None:
    """Tables have headers, films captions and a transcript, quotations their source, boxes a name."""
    project.write("news/bridge/talk.mp4", b"film")
    project.write("news/bridge/talk.en.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    project.write("news/bridge/talk.mp3", b"sound")
    record = (
        RECORD
        + """\
  - list: {items: [One, Two], ordered: true}
    id: steps
  - quote: {text: Che bello, source: A visitor, lang: it}
  - table: {caption: Traffic, header: [Year, Cars], rows: [["2025", "10"], ["2026", "12"]], row_headers: true}
  - video: {file: talk.mp4, title: The speech, captions: talk.en.vtt, transcript: Hello., poster: bridge.png}
  - audio: {file: talk.mp3, title: The song, transcript: [La., Li.]}
  - info: {heading: In brief, body: [{paragraph: Short.}, {list: [A, B]}]}
  - contact: Ask us.
related:
  - {text: The town, url: "https://town.example/", hreflang: it}
authors: [{name: Anna Huber, role: Editor, url: "https://huber.example/"}, Ugo Bo]
location: Bolzano
section: Roads
tags: [Bridges]
licence: {url: "https://creativecommons.org/licenses/by/4.0/", name: CC BY 4.0}
updated: 2026-05-05T09:00:00+02:00
"""
    )
    project.record(record)
    project.render("en")

    page = Page("x", project.read("site/en/bridge.html"))

    def one(xpath: str) -> str:
        found = list(page.find(xpath))
        assert len(found) == 1, xpath
        return " ".join("".join(found[0].itertext()).split())

    assert one("//ol[@id='steps']") == "One Two"
    assert one("//figure[@class='quote']//p[@lang='it']") == "Che bello"
    assert one("//table/caption") == "Traffic"
    assert one("(//tbody/tr)[1]/th[@scope='row']") == "2025"
    assert [cell.text for cell in page.find("//thead//th[@scope='col']")] == ["Year", "Cars"]
    assert one("//video[@aria-label='The speech'][@poster][@controls]/track[@kind='captions'][@srclang='en'][@default]") == ""
    assert one("//audio[@aria-label='The song']") == ""
    assert one("//figure[audio]/details") == "Transcript: The song La. Li."
    assert one("//aside[@aria-labelledby='info-10']/h2[@id='info-10']") == "In brief"
    assert one("//section[@class='contact']/p") == "Ask us."
    assert one("//section[@class='related']//li") == "The town (in Italian)"
    assert one("//p[@class='byline']") == (
        "By Anna Huber (Editor) and Ugo Bo Bolzano Published on May 4, 2026 Updated on May 5, 2026"
    )
    assert one("//p[@class='byline']//a[@rel='author'][@href='https://huber.example/']") == "Anna Huber"
    assert one("//p[@class='licence']/a[@rel='license']") == "Licence: CC BY 4.0"
    assert (project.root / "site/media/bridge/talk.mp4").read_bytes() == b"film"


def test_names_stay_and_say_their_language(project: Project) -> None:
    """A name is marked as not to be translated, with its language where that is not the page's."""
    project.record(RECORD.replace("The mayor", "Rosa Bianchi") + "names: [{name: Rosa Bianchi, lang: it}, Anna Huber]\n")
    project.translate("de", GERMAN | {"Rosa Bianchi cut the ribbon at noon.": "Rosa Bianchi durchschnitt mittags das Band."})
    project.translate("it", dict.fromkeys(GERMAN, "parole") | {"Rosa Bianchi cut the ribbon at noon.": "Rosa Bianchi taglia"})
    project.render()

    assert '<p><span lang="it" translate="no">Rosa Bianchi</span> durchschnitt' in project.read("site/de/bridge.html")
    assert '<p><span translate="no">Rosa Bianchi</span> taglia' in project.read("site/it/bridge.html")


def test_the_first_picture_is_eager_and_the_others_lazy(project: Project) -> None:
    """What is seen first is loaded first."""
    project.record(RECORD + "  - picture: {file: bridge.png, alt: The same bridge at night}\n")
    project.render("en")

    images = re.findall(r"<img [^>]*>", project.read("site/en/bridge.html"))

    assert ["loading=" in image for image in images] == [False, True]
    assert all('width="640" height="40"' in image for image in images)


# -- templates ---------------------------------------------------------------------------------------------------------


def test_a_site_replaces_one_template(project: Project) -> None:
    """One file of its own is enough, and it can build on the one that it replaces."""
    project.write(
        "templates/article.html",
        '{% extends "a11ynews/article.html" %}{% block closing %}<p>{{ _("More soon") }}</p>{{ super() }}{% endblock %}',
    )
    project.render("en")

    page = project.read("site/en/bridge.html")

    assert "<p>More soon</p>" in page
    assert "<h1>The bridge is open</h1>" in page


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        pytest.param("<p>\n{{ article.headlin }}", 2, "there is no “headlin” here", id="unknown variable"),
        pytest.param("<p>\n\n{% if %}", 3, "Expected an expression", id="syntax"),
        pytest.param("<p>\n{{ 1|nofilter }}", 2, "No filter named 'nofilter'; mend the template", id="unknown filter"),
        pytest.param("<p>\n{{ 1 / 0 }}", 2, "division by zero", id="an error in an expression"),
        pytest.param('<p>\n{% include "nowhere.html" %}', 2, "nowhere.html is not there", id="missing include"),
        pytest.param("<p>\n\U000f0001</p>", 2, "U+F0001 is a private-use character", id="a reserved character"),
        pytest.param("<p>\n&#xF0001;</p>", 2, "U+F0001 is a private-use character", id="a reference to one"),
    ],
)
def test_a_broken_template_is_told_with_its_line(project: Project, template: str, line: int, message: str) -> None:
    """A template's author gets file and line, not a traceback."""
    project.write("templates/article.html", template)

    outcome = project.render("en")

    assert outcome.written == []
    fault = outcome.stopped[0]
    assert message in fault.message
    assert "; " in fault.message, "it says what to do"
    assert fault.line == line


def test_a_filter_keeps_the_end_of_a_text(project: Project) -> None:
    """What is cut short still ends where it ends, for whoever asks where it came from."""
    project.write("templates/article.html", "<html lang=en><body><p>{{ article.teaser|truncate(20) }}</p>typed</body></html>")
    project.render("en")
    page = read_pages([project.root / "site"], str).pages[0]

    found = [(words.words.strip(), words.origin.role if words.origin else None) for words in page.words]

    assert found == [("After two years…", "teaser"), ("typed", None)]


# -- provenance --------------------------------------------------------------------------------------------------------


def test_what_is_deployed_carries_no_trace(project: Project) -> None:
    """The bytes on disk are the marked page without its marks."""
    project.translate("de", GERMAN)
    project.render()

    for tag in ("en", "de"):
        page = project.read(f"site/{tag}/bridge.html")
        marked = project.read(f".a11ynews/site/pages/{tag}/bridge.html.trace").partition("\n")[2]
        assert page == strike(marked)
        assert page == strike(page)
        assert page != marked


def test_every_word_on_a_page_has_its_line(project: Project) -> None:
    """Text nodes and attributes alike, in the record, the catalog, a template or the configuration."""
    project.translate("de", GERMAN | {"The road will follow.": ""})
    project.render()
    page = next(page for page in read_pages([project.root / "site"], str).pages if "/de/" in page.name)

    places = {words.words.strip(): page.source_of(words) for words in page.words if words.words.strip(" \n–")}

    def place(words: str) -> str:
        found = places[words]
        assert found is not None
        return f"{found.file}:{found.line}"

    catalog = "locales/de/LC_MESSAGES/bridge.po"
    assert place("Die Brücke ist offen") == f"{catalog}:{project.line_of(catalog, 'Die Brücke ist offen')}"
    assert place("Zwei Kinder laufen über eine Steinbrücke") == f"{catalog}:{project.line_of(catalog, 'Zwei Kinder')}"
    assert place("The road will follow.") == "news/bridge/record.yaml:13"
    assert place("4. Mai 2026") == "news/bridge/record.yaml:2"
    assert place("Test News") == "a11ynews.toml:1"
    assert place("English") == "a11ynews.toml:3"
    assert "a11ynews/locales/de/LC_MESSAGES/a11ynews.po" in place("Zum Hauptinhalt springen")
    assert None not in places.values()


def test_an_element_has_its_template_line(project: Project) -> None:
    """A finding about an element goes to whoever wrote its tag."""
    project.write("templates/byline.html", "\n\n<p class=mine>{{ article.published.words }}</p>\n")
    project.render("en")
    page = read_pages([project.root / "site"], str).pages[0]

    source = page.source_of(next(page.find("//p[@class='mine']")))

    assert str(source) == "templates/byline.html:3:1"


def test_structured_data_gives_the_size_of_the_picture_it_names(project: Project) -> None:
    """A picture wider than any that is made is named by its widest file, with that file's size."""
    Image.new("RGB", (3200, 2000)).save(project.root / "news/bridge/bridge.png")
    project.render("en")

    image = structured_data(project.read("site/en/bridge.html"))["image"]

    assert isinstance(image, list)
    assert image[0]["url"].endswith("-1600.png")
    assert (image[0]["width"], image[0]["height"]) == (1600, 1000)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{{ article.headline|capitalize }}", "The bridge is open"),
        ("{{ article.headline|title }}", "The Bridge Is Open"),
        ("{{ article.headline|length }}", "18"),
        ("{{ article.headline|urlencode }}", "The%20bridge%20is%20open"),
        ("{{ article.headline|tojson }}", '"The bridge is open"'),
        ("{{ {'a': article.headline}|tojson }}", '{"a": "The bridge is open"}'),
        ("{{ article.headline|truncate(12) }}", "The bridge…"),
    ],
)
def test_filters_of_jinja_do_not_stumble_over_marks(project: Project, written: str, shown: str) -> None:
    """They see the words, and no mark is left on the page in another writing than the one in which it is struck out."""
    project.write("templates/notice.html", f"<p class='x'>{written}</p>")
    project.render("en")

    assert f"<p class='x'>{shown}</p>" in project.read("site/en/bridge.html")


PATHS = st.tuples(
    st.lists(st.sampled_from(["de", "en", "2026"]), max_size=3), st.sampled_from(["bridge.html", "index.html"])
).map(lambda parts: "/".join([*parts[0], parts[1]]))


@given(PATHS, PATHS)
def test_the_way_from_a_page_to_a_file_is_the_usual_one(path: str, page: str) -> None:
    """As `posixpath.relpath` has it, which takes longer."""
    assert render._relative(path, page) == posixpath.relpath(path, posixpath.dirname(page) or ".")
