"""All of a site that is no article, as it is rendered: lists, the choice of a language, static files."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from lxml import etree, html

from a11ynews.cli import main
from a11ynews.front import static_files
from a11ynews.site import read_manifest, traces_of
from project import CONFIG, GERMAN, RECORD, Project

WHOLE = CONFIG.replace("lists.make = false\n", "lists.per_page = 2\n")
FILED = RECORD.replace("body:", "section: Town\ntags: [River]\nbody:")
SAID = GERMAN | {"Town": "Stadt", "River": "Fluss"}
MISSING = ["404.html", "de/404.html", "en/404.html", "it/404.html"]
ITALIAN = {words: f"Parole italiane: {len(words)}" for words in GERMAN} | {"Town": "Città", "River": "Fiume"}


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A record in three languages, filed under a section."""
    made = Project(tmp_path_factory.mktemp("made"), WHOLE)
    made.record(FILED)
    made.translate("de", SAID)
    made.translate("it", ITALIAN)
    return made


@pytest.fixture
def project(filed: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """It, for one test alone, in the present folder."""
    monkeypatch.chdir(tmp_path)
    return filed.copied(tmp_path)


def tree(project: Project, path: str) -> html.HtmlElement:
    return html.fromstring(project.read(f"site/{path}"))


def graph(page: html.HtmlElement) -> list[dict[str, Any]]:
    """The items of a page's JSON-LD."""
    found = [json.loads(script.text or "") for script in page.iter("script")]
    return [item for data in found for item in data.get("@graph", [data])]


def of_type(page: html.HtmlElement, name: str) -> dict[str, Any]:
    return next(item for item in graph(page) if item["@type"] == name)


def links(page: html.HtmlElement, rel: str) -> dict[str, str]:
    """The links in a page's head by their language, or else their type."""
    found = page.xpath(f"//head/link[@rel='{rel}']")
    return {link.get("hreflang") or link.get("type") or rel: link.get("href") for link in found}


def more(project: Project, number: int, **replaced: str) -> None:
    """More records in English, one a day, each with the section and headline of the first unless it is said otherwise."""
    for n in range(1, number + 1):
        text = FILED.replace("2026-05-04", f"2026-05-{4 + n:02}") + "languages: [en]\n"
        for old, new in replaced.items():
            text = text.replace(old, new)
        project.record(text, f"r{n}")


# -- what there is -----------------------------------------------------------------------------------------------------


def test_a_site_has_lists_feeds_and_what_robots_read(project: Project) -> None:
    """Addresses are those of the documents, and the manifest knows the pages among them."""
    outcome = project.render()

    folders = ("en", "en/town", "de", "de/stadt", "it", "it/citta")
    assert outcome.written == ["en/bridge.html", "de/bridge.html", "it/bridge.html"]
    assert outcome.stopped == []
    assert sorted(outcome.around) == sorted([*(f"{folder}/index.html" for folder in folders), "index.html", *MISSING])
    written = {path.relative_to(project.root / "site").as_posix() for path in (project.root / "site").rglob("*.*")}
    assert written >= {
        *(f"{folder}/{name}" for folder in folders for name in ("feed.xml", "rss.xml")),
        "sitemap.xml",
        "news-sitemap.xml",
        "robots.txt",
    }
    pages = {page["path"]: page for page in read_manifest(traces_of(project.root / "site")) or []}
    assert pages.keys() == {*outcome.written, *outcome.around}
    assert (pages["de/stadt/index.html"]["language"], pages["de/stadt/index.html"]["record"]) == ("de", "")


def test_the_checker_finds_nothing_on_a_whole_site(project: Project) -> None:
    """Lists of one article and of several, in three languages, with an article that is not there in all of them."""
    for day, what in enumerate(["library", "harbour", "old town hall", "theatre"], 5):
        text = FILED.replace("The bridge", f"The {what}").replace("the bridge over the river", f"the {what}")
        text = text.replace("across a stone bridge", f"in front of the {what}").replace("2026-05-04", f"2026-05-{day:02}")
        project.record(text + "languages: [en]\n", f"r{day}")
    project.render()

    result = CliRunner().invoke(main, ["check", "--no-browser", "--format", "json"])

    assert [finding["message"] for finding in json.loads(result.output)["findings"]] == []
    assert result.exit_code == 0


def test_what_is_wrong_on_a_list_is_told_at_its_record(project: Project) -> None:
    """Lists know the birthplaces of their texts, as articles do."""
    project.record(
        FILED.replace("The bridge is open", "The Brücke zwischen den beiden Ufern ist wieder offen").replace(
            "language: en", "language: en\nslug: bridge"
        )
    )
    project.render("en")

    result = CliRunner().invoke(main, ["check", "--no-browser", "--format", "json", "site/en/index.html"])

    assert "news/bridge/record.yaml" in result.output


def test_a_site_can_be_articles_alone(project: Project) -> None:
    """For pages that another site takes in: no list, no feed, and no link to one."""
    project.render()
    project.write("a11ynews.toml", CONFIG)

    outcome = project.render()

    assert outcome.around == []
    assert not list((project.root / "site").rglob("*.xml"))
    assert sorted(outcome.removed) == sorted(
        [*(f"{folder}/index.html" for folder in ("en", "en/town", "de", "de/stadt", "it", "it/citta")), "index.html", *MISSING]
    )
    assert not tree(project, "en/bridge.html").xpath("//header//a[contains(@href, 'index.html')]")


def test_a_section_that_loses_its_last_article_goes(project: Project) -> None:
    """… with its feeds, and out of the navigation."""
    more(project, 1, Town="Sport")
    project.render()
    assert "Sport" in project.read("site/en/bridge.html")
    for file in (project.root / "news/r1").iterdir():
        file.unlink()

    outcome = project.render()

    assert "en/sport/index.html" in outcome.removed
    assert not (project.root / "site/en/sport/feed.xml").exists()
    assert "Sport" not in project.read("site/en/bridge.html")


def test_one_record_alone_brings_the_lists_up_to_date(project: Project) -> None:
    """What is known of the others is kept, and their pages stay as they are."""
    more(project, 1)
    project.render()
    project.record(FILED.replace("The bridge is open", "The bridge is shut"))

    project.site().render([project.root / "news/bridge/record.yaml"])
    words = [heading.text_content() for heading in tree(project, "en/index.html").iter("h2")]

    assert words == ["The bridge is open", "The bridge is shut"]


def test_an_article_at_the_address_of_a_list_is_told(project: Project) -> None:
    """The article stays, and the editor learns what to change."""
    project.record("slug: index\n" + FILED)

    outcome = project.render("en")

    assert "en/index.html" in outcome.written
    told = [fault for fault in outcome.stopped if "en/index.html" in fault.message]
    assert [(fault.file, fault.message.partition(";")[2]) for fault in told] == [
        ("news/bridge/record.yaml", " give the article another slug")
    ]


# -- a list ------------------------------------------------------------------------------------------------------------


def test_a_list_is_headings_with_one_link_each(project: Project) -> None:
    """The headline is the link, the picture has its words and is none; both languages of a text are said."""
    more(project, 1)
    project.render()
    page = tree(project, "de/index.html")
    items = page.xpath("//main/ul/li")

    assert page.findtext(".//h1") == "Neueste Nachrichten"
    assert [[link.get("href") for link in item.iter("a")] for item in items] == [["../en/r1.html"], ["bridge.html"]]
    assert [item.find(".//img").get("alt") for item in items][1] == "Zwei Kinder laufen über eine Steinbrücke"
    assert items[0].find(".//img").get("lang") == "en"
    assert items[0].find(".//time").text == "5. Mai 2026"


def test_an_article_in_another_language_says_so(project: Project) -> None:
    """Its link has hreflang, its words lang, and behind it stands the language in the reader's own."""
    more(project, 1)
    project.render()
    foreign, own = tree(project, "de/index.html").xpath("//main/ul/li/div/h2")

    assert foreign.find("a").get("hreflang") == "en"
    assert (foreign.find("a").get("lang") or foreign.find("a/*").get("lang")) == "en"
    assert foreign.text_content() == "The bridge is open (auf Englisch)"
    assert own.find("a").get("hreflang") is None
    assert own.text_content() == "Die Brücke ist offen"


def test_a_site_can_leave_out_what_is_not_translated(project: Project) -> None:
    """Then a list holds its own language only."""
    project.write("a11ynews.toml", WHOLE + 'lists.untranslated = "hide"\n')
    more(project, 1)
    project.render()

    assert [heading.text_content() for heading in tree(project, "de/index.html").iter("h2")] == ["Die Brücke ist offen"]


def test_a_long_list_has_pages(project: Project) -> None:
    """The current one is marked, the neighbours are named, and the title and a line under the heading say which one it is."""
    more(project, 6)
    project.render()
    page = tree(project, "en/page/2/index.html")
    pagination = page.xpath("//nav[@aria-label='Pages']")[0]

    assert [link.get("href") for link in pagination.xpath(".//a[@rel]")] == ["../../index.html", "../3/index.html"]
    assert [(link.text_content(), link.get("aria-label")) for link in pagination.xpath(".//a[@aria-current='page']")] == [
        ("2", "Page 2")
    ]
    assert page.findtext(".//title") == "Latest news – Page 2 of 4 – Test News"
    assert page.xpath("string(//main/header/p)") == "Page 2 of 4"
    assert links(page, "prev") == {"prev": "../../index.html"}
    assert not tree(project, "en/index.html").xpath("//a[@rel='prev']")
    assert not tree(project, "en/page/4/index.html").xpath("//a[@rel='next']")


def test_a_short_list_has_no_pagination(project: Project) -> None:
    """One page needs no number."""
    project.render()

    assert not tree(project, "en/index.html").xpath("//nav[@aria-label='Pages']")


def test_a_very_long_pagination_is_short(project: Project) -> None:
    """First, last and neighbours; a gap stands for at least two pages."""
    project.write("a11ynews.toml", WHOLE.replace("per_page = 2", "per_page = 1"))
    more(project, 11)
    project.render("en")

    def shown(number: int) -> str:
        return " ".join(
            tree(project, f"en/page/{number}/index.html").xpath(
                "//nav[@aria-label='Pages']//li/text() | //nav[@aria-label='Pages']//li/a[not(@rel)]/text()"
            )
        ).replace("\n", "")

    assert re.sub(" +", " ", shown(2)).strip() == "1 2 3 4 … 12"
    assert re.sub(" +", " ", shown(6)).strip() == "1 … 4 5 6 7 8 … 12"
    assert re.sub(" +", " ", shown(5)).strip() == "1 2 3 4 5 6 7 … 12"


def test_lists_name_the_languages_that_are_there(project: Project) -> None:
    """Itself among them; for everybody else the page that asks. A page that others do not have is not said to be there."""
    more(project, 6, Town="Sport")
    project.render()
    base = "https://news.example.org/"

    assert links(tree(project, "de/index.html"), "alternate") | {} == {
        "en": f"{base}en/",
        "de": f"{base}de/",
        "it": f"{base}it/",
        "x-default": base,
        "application/rss+xml": f"{base}de/rss.xml",
        "application/atom+xml": f"{base}de/feed.xml",
    }
    assert links(tree(project, "it/citta/index.html"), "alternate")["x-default"] == f"{base}en/town/"
    assert links(tree(project, "en/sport/page/2/index.html"), "alternate").keys() & {"en", "de", "it"} == {"en"}
    assert links(tree(project, "en/sport/index.html"), "canonical") == {"canonical": f"{base}en/sport/"}


def test_the_language_menu_of_a_page_that_others_do_not_have_leads_to_their_first(project: Project) -> None:
    """A reader is never led to what is not there, and search engines are told of no such page."""
    project.write("a11ynews.toml", WHOLE + 'lists.untranslated = "hide"\n')
    more(project, 3)
    project.render()
    page = tree(project, "en/page/2/index.html")

    assert page.xpath("//nav[@aria-label='Languages']//a/@href") == ["../../../de/index.html", "../../../it/index.html"]
    assert links(page, "alternate").keys() & {"en", "de", "it"} == {"en"}


def test_a_list_describes_itself(project: Project) -> None:
    """Description and cards in the reader's language, the newest picture with its words, JSON-LD of site, page and way."""
    project.render()
    page = tree(project, "de/stadt/index.html")
    meta = {one.get("name") or one.get("property"): one.get("content") for one in page.iter("meta")}

    assert meta["description"] == meta["og:description"] == "Die neuesten Nachrichten von Test News: Stadt."
    assert (meta["og:type"], meta["og:locale"], meta["og:title"]) == ("website", "de_DE", "Stadt")
    assert meta["og:image:alt"] == meta["twitter:image:alt"] == "Zwei Kinder laufen über eine Steinbrücke"
    assert (meta["twitter:card"], meta["og:image:width"]) == ("summary_large_image", "640")
    assert of_type(page, "WebSite")["inLanguage"] == "de"
    assert of_type(page, "CollectionPage")["name"] == "Stadt"
    items = of_type(page, "CollectionPage")["mainEntity"]["itemListElement"]
    assert [(item["position"], item["url"]) for item in items] == [(1, "https://news.example.org/de/bridge.html")]
    steps = of_type(page, "BreadcrumbList")["itemListElement"]
    assert [(step["name"], step["item"]) for step in steps] == [
        ("Startseite", "https://news.example.org/de/"),
        ("Stadt", "https://news.example.org/de/stadt/"),
    ]


# -- the way about -----------------------------------------------------------------------------------------------------


def test_every_page_leads_home_and_to_the_sections(project: Project) -> None:
    """In the same order everywhere (WCAG 3.2.3), with the current one marked."""
    more(project, 3, Town="Sport")
    project.render()

    def navigation(path: str) -> list[tuple[str, str | None]]:
        found = tree(project, path).xpath("//nav[@aria-label='Sections']//a")
        return [(link.text_content(), link.get("aria-current")) for link in found]

    assert navigation("en/index.html") == [("Sport", None), ("Town", None)]
    assert navigation("en/town/index.html") == [("Sport", None), ("Town", "page")]
    assert navigation("en/sport/page/2/index.html") == [("Sport", "true"), ("Town", None)]
    assert navigation("en/bridge.html") == [("Sport", None), ("Town", "true")]
    home = tree(project, "en/index.html").xpath("//header/p/a")[0]
    assert (home.get("href"), home.get("aria-current")) == ("index.html", "page")
    assert tree(project, "en/bridge.html").xpath("//header/p/a/@aria-current") == []


def test_a_section_in_the_navigation_that_there_is_not_is_told(project: Project) -> None:
    """… at its line of the configuration, with every render, until it is mended."""
    project.write("a11ynews.toml", WHOLE + '[lists]\nper_page = 2\nnavigation = ["Towne", "Stadt"]\n')
    project.write("a11ynews.toml", project.read("a11ynews.toml").replace("lists.per_page = 2\n", ""))

    outcomes = [project.render() for _ in range(2)]

    told = "a11ynews.toml:4:1: the navigation names a section “Towne”, which no article is in; mend its name, or take it out"
    assert [outcome.remarks for outcome in outcomes] == [[told]] * 2
    assert tree(project, "en/index.html").xpath("//nav[@aria-label='Sections']//a/text()") == ["Town"]


def test_what_is_hostile_in_a_record_is_words_in_lists(project: Project) -> None:
    """No section, headline or tag ends an element, an attribute, a script or an address."""
    hostile = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)> ../../x ]]> & <!--'
    text = FILED.replace("section: Town", f"section: '{hostile[:40]}'").replace("The bridge is open", f"'{hostile}'")
    project.record(text.replace("tags: [River]", f"tags: ['{hostile[:40]}']") + "languages: [en]\n")

    outcome = project.render()

    assert outcome.stopped == []
    for path in outcome.written + outcome.around:
        page = tree(project, path)
        assert not [one for one in page.iter("script") if one.get("type") != "application/ld+json"]
        assert not page.xpath("//img[@onerror] | //img[@src='x']")
        graph(page)
    assert {path.parent.name for path in (project.root / "site").rglob("feed.xml")} == {"en", "script-script-alert-1-script-img"}
    for file in (project.root / "site").rglob("*.xml"):
        assert not {"script", "img"} & {etree.QName(one).localname for one in etree.fromstring(file.read_bytes()).iter()}
    heading = tree(project, "en/index.html").xpath("string(//main//h2)")
    assert heading == hostile


def test_an_article_shows_the_way_to_itself(project: Project) -> None:
    """Home, then its section; for search engines its own name as well. The section among its topics is a link."""
    project.render()
    page = tree(project, "de/bridge.html")
    trail = page.xpath("//nav[@aria-label='Sie sind hier']//a")

    assert [(link.text_content(), link.get("href")) for link in trail] == [
        ("Startseite", "index.html"),
        ("Stadt", "stadt/index.html"),
    ]
    assert [step["name"] for step in of_type(page, "BreadcrumbList")["itemListElement"]] == [
        "Startseite",
        "Stadt",
        "Die Brücke ist offen",
    ]
    assert page.xpath("//section[@class='topics']//a/@href") == ["stadt/index.html"]
    assert links(page, "alternate")["application/atom+xml"] == "https://news.example.org/de/feed.xml"


def test_an_article_without_a_section_has_no_trail(project: Project) -> None:
    """The name of the site leads home from there."""
    project.record(RECORD)
    project.render()
    page = tree(project, "en/bridge.html")

    assert not page.xpath("//nav[@aria-label='You are here']")
    assert page.xpath("//header/p/a/@href") == ["index.html"]


def test_addresses_of_folders_are_linked_as_folders(project: Project) -> None:
    """Where pages are folders, no link names a file; where they are files, links hold from a disk."""
    project.write("a11ynews.toml", 'address = "{language}/{slug}/"\n' + WHOLE)
    project.render()
    page = tree(project, "en/bridge/index.html")

    assert page.xpath("//header//a/@href") == ["../", "../../de/bridge/", "../../it/bridge/", "../town/"]
    assert tree(project, "en/index.html").xpath("//header/p/a/@href") == ["./"]


def test_a_related_article_that_is_not_there_in_this_language_says_so(project: Project) -> None:
    """The link leads to the reader's edition where there is one, whichever the record names."""
    related = "related:\n  - text: The road\n    url: /en/road.html\n"
    project.record(FILED + related)
    project.record(FILED + "languages: [en, de]\n", "road")
    project.translate("de", SAID, "road")
    project.translate("de", SAID | {"The road": "Die Straße"})
    project.translate("it", ITALIAN | {"The road": "La strada"})
    project.render()

    def link(path: str) -> tuple[str, str, str]:
        item = tree(project, path).xpath("//section[@class='related']//li")[0]
        return item.find(".//a").get("href"), item.find(".//a").get("hreflang"), re.sub(r"\s+", " ", item.text_content()).strip()

    assert link("en/bridge.html") == ("road.html", "en", "The road")
    assert link("de/bridge.html") == ("road.html", "de", "Die Straße")
    assert link("it/bridge.html") == ("../en/road.html", "en", "La strada (in inglese)")


# -- the pages of no language ------------------------------------------------------------------------------------------


def test_the_root_asks_for_the_language(project: Project) -> None:
    """A link to each, in its own language; no script, and it is what search engines give to everybody else."""
    project.render()
    page = tree(project, "index.html")
    doors = page.xpath("//main//li")

    assert [(door.get("lang"), door.text_content().strip(), door.find("a").get("href")) for door in doors] == [
        ("en", "Read the news in English", "en/index.html"),
        ("de", "Nachrichten auf Deutsch lesen", "de/index.html"),
        ("it", "Leggi le notizie in italiano", "it/index.html"),
    ]
    assert not list(page.iter("script"))
    assert links(page, "alternate")["x-default"] == links(page, "canonical")["canonical"] == "https://news.example.org/"


def test_the_root_of_a_site_in_one_language_is_its_first_page(project: Project) -> None:
    """Nobody is asked where there is no choice; search engines are told the page's one address."""
    project.write("a11ynews.toml", WHOLE.replace('["en", "de", "it"]', '["en"]'))
    project.render()
    page = tree(project, "index.html")

    assert page.findtext(".//h1") == "Latest news"
    assert page.xpath("//main/ul/li//a/@href") == ["en/bridge.html"]
    assert links(page, "canonical") == {"canonical": "https://news.example.org/en/"}
    assert links(page, "alternate")["x-default"] == "https://news.example.org/en/"


def test_the_page_for_what_is_not_there_speaks_all_languages(project: Project) -> None:
    """It is shown at any address, so its links begin at the root of the host; search engines leave it out."""
    project.write("a11ynews.toml", WHOLE.replace(".org/", ".org/base/"))
    project.render()
    page = tree(project, "404.html")

    assert [one.get("lang") for one in page.xpath("//main/section")] == ["en", "de", "it"]
    assert page.xpath("//main//a/@href") == [f"/base/{language}/" for language in ("en", "de", "it")]
    assert page.xpath("string(//head/link[@rel='stylesheet']/@href)").startswith("/base/assets/style-")
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert [len(page.xpath(f"//{level}")) for level in ("h1", "h2")] == [1, 2]


def test_each_language_has_a_page_for_what_is_not_there_below_its_folder(project: Project) -> None:
    """For hosts that can show it: in that language alone, with its sections, and with a title of its own."""
    project.write("a11ynews.toml", WHOLE.replace(".org/", ".org/base/"))
    project.render()
    page = tree(project, "de/404.html")

    assert (page.get("lang"), [one.get("lang") for one in page.xpath("//main/section")]) == ("de", ["de"])
    assert page.xpath("//nav[@class='sections']//a/@href") == ["/base/de/stadt/"]
    assert page.xpath("//main//a/@href") == ["/base/de/"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert tree(project, "en/404.html").findtext(".//title") != tree(project, "404.html").findtext(".//title")
    assert "404" not in project.read("site/sitemap.xml")


def test_a_site_in_one_language_has_one_page_for_what_is_not_there(tmp_path: Path) -> None:
    """A second one would say the same."""
    project = Project(tmp_path, WHOLE.replace(', "de", "it"', ""))
    project.record(FILED)

    assert "404.html" in project.render().around
    assert not (tmp_path / "site/en/404.html").exists()


# -- tags --------------------------------------------------------------------------------------------------------------


def test_a_tag_that_several_articles_have_has_a_list(project: Project) -> None:
    """In each language by its name there, with pages, linked from its articles and named in the sitemap; it has no feed."""
    more(project, 2)
    project.render()
    article, page = tree(project, "de/bridge.html"), tree(project, "de/tag/fluss/index.html")

    assert [(one.get("href"), one.get("rel"), one.text_content()) for one in article.xpath("//section[@class='topics']//a")] == [
        ("stadt/index.html", None, "Stadt"),
        ("tag/fluss/index.html", "tag", "Fluss"),
    ]
    assert [one.text_content() for one in page.xpath("//h1")] == ["Thema: Fluss"]
    assert page.findtext(".//title") == "Thema: Fluss – Test News"
    assert page.xpath("//meta[@name='description']/@content") == ["Die neuesten Nachrichten von Test News: Fluss."]
    assert links(page, "alternate")["it"] == "https://news.example.org/it/tag/fiume/"
    assert of_type(page, "CollectionPage")["name"] == "Thema: Fluss"
    assert [step["name"] for step in of_type(page, "BreadcrumbList")["itemListElement"]] == ["Startseite", "Thema: Fluss"]
    assert "https://news.example.org/en/tag/river/page/2/" in project.read("site/sitemap.xml")
    assert not list((project.root / "site").glob("*/tag/**/*.xml"))
    assert not page.xpath("//p[@class='feed'] | //head/link[@type='application/rss+xml']")


def test_the_checker_finds_nothing_on_a_site_with_tags(project: Project) -> None:
    """Nor on the pages for what is not there, nor where a section or a tag is not translated: no title mixes two languages."""
    project.translate("it", {words: said for words, said in ITALIAN.items() if words not in ("River", "Town")})
    text = FILED.replace("The bridge", "The library").replace("the bridge over the river", "the library")
    project.record(text.replace("across a stone bridge", "in front of the library") + "languages: [en]\n", "library")
    project.render()

    result = CliRunner().invoke(main, ["check", "--no-browser", "--format", "json"])

    assert [finding["message"] for finding in json.loads(result.output)["findings"]] == []
    assert '<title lang="en">River</title>' in project.read("site/it/tag/river/index.html")
    assert '<h1 lang="en">River</h1>' in project.read("site/it/tag/river/index.html")
    assert "<subtitle>Le ultime notizie di Test News.</subtitle>" in project.read("site/it/town/feed.xml")
    assert (project.root / "site/de/tag/fluss/index.html").is_file()


@pytest.mark.parametrize(
    ("said", "made", "feeds"),
    [("tags = 0", False, False), ("tags = 3", False, False), ("tags = 2\ntag_feeds = true", True, True)],
)
def test_a_site_says_which_tags_have_lists(project: Project, said: str, made: bool, feeds: bool) -> None:
    """None, those of more articles, and whether they have feeds."""
    more(project, 1)
    project.write("a11ynews.toml", WHOLE + "".join(f"lists.{line}\n" for line in said.splitlines()))
    project.render()
    folder = project.root / "site/en/tag/river"

    assert ((folder / "index.html").is_file(), (folder / "feed.xml").is_file()) == (made, feeds)
    if feeds:
        assert "<title>River – Test News</title>" in project.read("site/en/tag/river/feed.xml")
        assert "feed.xml" in project.read("site/en/tag/river/index.html")
    else:
        assert "tag/" not in project.read("site/en/bridge.html")


def test_a_tag_that_loses_an_article_leaves_the_pages_that_led_to_it(project: Project) -> None:
    """What is left of its articles is made anew, without the link; the list goes."""
    more(project, 1)
    project.render()
    project.record(FILED.replace("tags: [River]\n", "").replace("2026-05-04", "2026-05-05") + "languages: [en]\n", "r1")

    outcome = project.render()

    assert "en/tag/river/index.html" in outcome.removed
    assert "en/bridge.html" in outcome.written
    assert "tag/" not in project.read("site/en/bridge.html")


def test_the_default_language_comes_first(project: Project) -> None:
    """The pages that belong to no language are in it."""
    project.write("a11ynews.toml", 'default_language = "de"\n' + WHOLE)
    project.render()

    assert tree(project, "index.html").get("lang") == tree(project, "404.html").get("lang") == "de"


# -- what robots read --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("untranslated", ["show", "hide"])
def test_the_sitemap_agrees_with_the_heads_of_the_pages(project: Project, untranslated: str) -> None:
    """Each address is a page's canonical one, with the same languages, whether lists are as long in all of them or not."""
    project.write("a11ynews.toml", WHOLE + f'lists.untranslated = "{untranslated}"\n')
    more(project, 3)
    project.render()
    root = etree.fromstring((project.root / "site/sitemap.xml").read_bytes())
    said = {url[0].text: {one.get("hreflang"): one.get("href") for one in url if one.get("hreflang")} for url in root}
    for path in (project.root / "site").rglob("*.html"):
        page = tree(project, path.relative_to(project.root / "site").as_posix())
        if path.name == "404.html":
            continue
        there = {key: href for key, href in links(page, "alternate").items() if "/xml" not in key and "+xml" not in key}
        mapped = said.pop(links(page, "canonical")["canonical"])
        # A page in one language alone has nothing to say of others.
        assert mapped == (there if len(there) > 2 else {})

    assert said == {}


def test_news_is_what_is_new_when_the_site_is_rendered(project: Project) -> None:
    """Two days later it is none."""
    project.site().render(now=datetime(2026, 5, 5, tzinfo=UTC))
    fresh = project.read("site/news-sitemap.xml")
    project.site().render(now=datetime(2026, 6, 5, tzinfo=UTC))

    assert "<news:title>Die Brücke ist offen</news:title>" in fresh
    assert "<news:title>" not in project.read("site/news-sitemap.xml")
    assert "Sitemap: https://news.example.org/news-sitemap.xml" in project.read("site/robots.txt")


def test_a_feed_has_the_words_of_its_language(project: Project) -> None:
    """Titles and descriptions of the channel are translated."""
    project.render()

    assert "<subtitle>Die neuesten Nachrichten von Test News: Stadt.</subtitle>" in project.read("site/de/stadt/feed.xml")
    assert "<title>Stadt – Test News</title>" in project.read("site/de/stadt/rss.xml")


# -- static files ------------------------------------------------------------------------------------------------------


def test_static_files_go_into_the_site_and_out_of_it(project: Project) -> None:
    """With their folders, as they are; one that is taken out of the folder leaves the site."""
    project.write("static/favicon.ico", b"\x00\x01")
    project.write("static/.well-known/security.txt", "Contact: mailto:a@news.example.org\n")
    project.write("static/.DS_Store", b"x")
    project.render()
    site = project.root / "site"

    assert (site / "favicon.ico").read_bytes() == b"\x00\x01"
    assert (site / ".well-known/security.txt").is_file()
    assert not (site / ".DS_Store").exists()
    (project.root / "static/favicon.ico").unlink()
    project.render()
    assert not (site / "favicon.ico").exists()


def test_a_site_can_bring_its_own_robots_txt(project: Project) -> None:
    """It takes the place of ours, as 404.html and the root page may."""
    project.write("static/robots.txt", "User-agent: *\nDisallow: /drafts/\n")
    project.write("static/404.html", "<!doctype html><html lang=en><title>Gone</title><h1>Gone</h1>")
    project.write("static/de/404.html", "<!doctype html><html lang=de><title>Weg</title><h1>Weg</h1>")

    outcome = project.render()

    assert outcome.stopped == []
    assert "drafts" in project.read("site/robots.txt")
    assert "Gone" in project.read("site/404.html")
    assert "Weg" in project.read("site/de/404.html")
    assert "404.html" not in [page["path"] for page in read_manifest(traces_of(project.root / "site")) or []]


def test_a_static_file_takes_no_pages_place(project: Project) -> None:
    """Neither an article's nor a list's, in whatever case it is written; the page stays."""
    project.write("static/en/bridge.html", "<p>x")
    project.write("static/DE/Index.html", "<p>x")

    outcome = project.render()

    assert [fault.file for fault in outcome.stopped] == ["static/DE/Index.html", "static/en/bridge.html"]
    assert "would take the place of the article bridge in the site; give it another name" in outcome.stopped[1].message
    assert "The mayor cut the ribbon" in project.read("site/en/bridge.html")


@pytest.mark.parametrize("name", ["aux.txt", "a:b.txt", "what?.txt", "line\nbreak.txt", "media/x.jpg", "assets/x.css"])
def test_a_static_file_has_a_name_that_every_system_can_have(project: Project, name: str) -> None:
    """… and lies in no folder of ours."""
    project.write(f"static/{name}", "x")

    outcome = project.render()

    assert len(outcome.stopped) == 1
    assert not (project.root / "site" / name).exists()


def test_a_static_link_leads_nowhere_else(project: Project, tmp_path: Path) -> None:
    """A file or folder outside is not published by a symbolic link."""
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    static = project.root / "static"
    static.mkdir()
    (static / "secret.txt").symlink_to(outside / "secret.txt")
    (static / "folder").symlink_to(outside)
    (static / "gone.txt").symlink_to("nowhere.txt")

    outcome = project.render()

    assert sorted(fault.file for fault in outcome.stopped) == ["static/folder", "static/gone.txt", "static/secret.txt"]
    assert "secret" not in "".join(str(path) for path in (project.root / "site").rglob("*"))


def test_static_files_and_the_site_do_not_lie_in_each_other(project: Project) -> None:
    """A site would copy itself into itself, with every render once more."""
    project.write("a11ynews.toml", WHOLE + 'folders.static = "."\n')

    outcome = project.render()

    assert [fault.file for fault in outcome.stopped] == ["a11ynews.toml"]
    assert "give the static files a folder of their own" in outcome.stopped[0].message


def test_two_static_files_are_not_one_on_some_systems(tmp_path: Path) -> None:
    """Names that differ in capitals alone are told."""
    for name in ("logo.svg", "Logo.svg"):
        (tmp_path / name).write_text("<svg/>")

    found, faults = static_files(tmp_path, lambda path: path.name, {})

    assert len(found) == len(faults) == 1


# -- the command -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("project")
def test_render_counts_what_is_around_the_articles() -> None:
    """Articles are named one by one, the rest is counted."""
    result = CliRunner().invoke(main, ["render"])

    assert result.stdout.splitlines() == ["site/en/bridge.html", "site/de/bridge.html", "site/it/bridge.html"]
    assert result.stderr.splitlines()[-1].startswith("3 pages written, with 11 pages and 15 files around them")
