"""Pages as they stand, with what is known of each text on them."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from jinja2.ext import babel_extract

from a11ynews import preview as module
from a11ynews.amend import Conflict, Refused
from a11ynews.article import ROLES
from a11ynews.errors import A11yNewsError, ConfigError
from a11ynews.finding import Severity
from a11ynews.po import PoFile
from a11ynews.preview import Key, Shown, link_to
from a11ynews.provenance import State
from a11ynews.site import read_record
from previews import amendment, preview_of, text_of
from project import CONFIG, GERMAN, RECORD, Project

DE = Key("bridge", "de")
CATALOG = "locales/de/LC_MESSAGES/bridge.po"
ALT = "Two children run across a stone bridge"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A record with its German translation."""
    project = Project(tmp_path_factory.mktemp("made"), CONFIG.replace(', "it"', ""))
    project.record()
    project.translate("de", GERMAN)
    return project


@pytest.fixture
def project(made: Project, tmp_path: Path) -> Project:
    """It, for one test alone."""
    return made.copied(tmp_path)


def without(words: dict[str, str], *ids: str) -> dict[str, str]:
    return {id: said for id, said in words.items() if id not in ids}


def deployed(html: str) -> str:
    """A page of the preview without what only the preview has."""
    return re.sub(r' data-a11ynews-text="[^"]*"|<script defer [^>]*></script>\n', "", html)


# -- the page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_is_the_deployed_one_with_its_texts_named(project: Project, language: str) -> None:
    """Byte by byte: nothing is moved, wrapped or left out."""
    project.render()

    shown = preview_of(project).page(Key("bridge", language))

    assert shown.status == 200
    assert deployed(shown.html) == project.read(f"site/{language}/bridge.html")
    assert shown.path == f"{language}/bridge.html"


@pytest.fixture(scope="module")
def made_whole(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Two records with sections, lists around them, and a static file."""
    project = Project(tmp_path_factory.mktemp("whole"), CONFIG.replace(', "it"', "").replace("lists.make = false\n", ""))
    words = {**GERMAN, "Roads": "Straßen", "Waterways": "Wasserwege"}
    for id, section in (("bridge", "Roads"), ("canal", "Waterways")):
        project.record(RECORD + f"section: {section}\n", id)
        project.translate("de", words, id=id)
    project.write("static/fonts/own.woff2", b"a font")
    project.write("static/own.js", "alert(1)")
    return project


@pytest.fixture
def whole(made_whole: Project, tmp_path: Path) -> Project:
    """They, for one test alone."""
    return made_whole.copied(tmp_path)


@pytest.mark.parametrize(
    "path", ["de/bridge.html", "en/canal.html", "de/index.html", "de/strassen/index.html", "404.html", "index.html"]
)
def test_a_page_shows_the_rest_of_the_site(whole: Project, path: str) -> None:
    """Navigation, lists, the page at the root: as they are deployed."""
    whole.render()
    preview = preview_of(whole)
    key = preview.find(path)

    assert key
    assert deployed(preview.page(key).html) == whole.read(f"site/{path}")


def test_lists_follow_their_articles(whole: Project) -> None:
    """At once; an article that would not be published in a language is in its list in another one."""
    preview = preview_of(whole)
    key = preview.find("de/index.html")
    assert key
    assert "canal.html" in preview.page(key).html
    whole.translate("de", {**without(GERMAN, ALT), "Waterways": "Wasserwege"}, id="canal")
    preview.changed([(whole.root / "locales/de/LC_MESSAGES/canal.po").resolve()])

    assert "bridge.html" in preview.page(key).html
    assert 'hreflang="en"' in preview.page(key).html  # it is listed in the language that it is there in
    assert preview.page(Key("canal", "de")).status == 200


def test_a_text_in_a_list_tells_where_it_is_changed(whole: Project) -> None:
    """On the page of its article."""
    preview = preview_of(whole, "en")
    key = preview.find("de/index.html")
    assert key

    texts = preview.data(key)["texts"]
    headline = next(text for text in texts if text["role"] == "headline")

    assert (headline["state"], headline["closed"]) == ("translated", "It is changed on the page of its article.")
    assert headline["where"][0][0] == "catalog"
    assert {text["state"] for text in texts} <= {"translated", "given", "source"}


def test_feeds_and_static_files_are_shown_too(whole: Project) -> None:
    """What there is none of is not made up."""
    preview = preview_of(whole)

    feed, font = preview.file("de/feed.xml"), preview.file("fonts/own.woff2")

    assert isinstance(feed, bytes)
    assert "Die Brücke ist offen" in feed.decode()
    assert isinstance(font, Path)
    assert font.read_bytes() == b"a font"
    assert preview.file("de/nothing.xml") is None
    assert preview.find("de/nothing.html") is None


def test_nothing_of_the_preview_is_deployed(project: Project) -> None:
    """Nor does the preview write into the site."""
    preview = preview_of(project)
    preview.page(DE)
    preview.data(DE)
    assert not (project.root / "site").exists()

    project.render()

    for file in (project.root / "site").rglob("*"):
        assert file.is_dir() or b"data-a11ynews" not in file.read_bytes()
    assert "overlay.js" not in project.read("site/de/bridge.html")


def test_every_element_with_a_text_names_it(project: Project) -> None:
    """Also one whose text is an attribute; the parser's own elements have none."""
    preview = preview_of(project)
    html = preview.page(DE).html

    for role, tag in (("headline", "h1"), ("alt", "img"), ("caption", 'span class="caption"'), ("paragraph", "p")):
        assert f'data-a11ynews-text="{text_of(preview, role)["id"]}"' in html, role
        assert re.search(rf'<{tag.split()[0]} data-a11ynews-text="{text_of(preview, role)["id"]}"', html), role


def test_words_that_look_like_markup_are_no_markup(project: Project) -> None:
    """In a script, a title or a comment, and in the texts themselves."""
    project.write("templates/base.html", PAGE)
    project.record(RECORD.replace("at noon.", 'at <b data-a11ynews-number="1">noon</b>.'))

    shown = preview_of(project).page(Key("bridge", "en"))

    assert '<script>"<p>"</script>' in shown.html
    assert "<!-- <p> -->" in shown.html
    assert "&lt;b data-a11ynews-number=&#34;1&#34;&gt;noon" in shown.html
    assert shown.html.count("<script defer") == 1
    assert shown.html.endswith("</script>")


PAGE = """\
<!doctype html><html lang="{{ page.language }}"><!-- <p> --><title>{{ article.headline.plain }} <p></title>
<script>"<p>"</script><body><main>{% block main %}{% endblock %}</main>
"""


def test_a_text_keeps_its_id_when_others_come_and_go(project: Project) -> None:
    """So that the focus finds it again after a change."""
    preview = preview_of(project)
    before = {text["words"]: text["id"] for text in preview.data(DE)["texts"]}
    record = project.record(RECORD.replace("body:\n", "body:\n  - paragraph: A new one.\n"))
    preview.changed([record])

    after = {text["words"]: text["id"] for text in preview.data(DE)["texts"]}

    assert len(set(before.values())) == len(before)
    assert all(after[words] == id for words, id in before.items() if words != "")


# -- what is known of a text -------------------------------------------------------------------------------------------


def test_a_text_tells_where_it_was_written(project: Project) -> None:
    """Role, line of the record, line of the catalog, state, and how long it may be."""
    text = text_of(preview_of(project, "en"), "headline")

    line = project.line_of(CATALOG, "Die Brücke ist offen")
    assert text["where"] == [["record", "news/bridge/record.yaml:3:11"], ["catalog", f"{CATALOG}:{line}:1"]]
    assert (text["name"], text["state"], text["standing"], text["open"]) == ("headline", "translated", "translated", False)
    assert (text["limit"], text["better"], text["words"]) == (110, 70, "Die Brücke ist offen")
    assert text["source"] == ["The bridge is open", "en"]
    assert text["entry"]["strings"] == ["Die Brücke ist offen"]


def test_texts_stand_in_the_order_of_reading(project: Project) -> None:
    """What stands in the head only comes first; what stands in several places, where it is seen."""
    texts = preview_of(project).data(DE)["texts"]

    roles = [text["role"] for text in texts if text["role"] not in ("page", "template")]
    assert roles == ["headline", "teaser", "alt", "caption", "credit", "paragraph", "heading", "paragraph"]


def test_machines_read_texts_that_nobody_sees(project: Project) -> None:
    """Where each text stands is told, and which ones are not seen at all."""
    preview = preview_of(project, "en")

    headline, alt, teaser = (text_of(preview, role) for role in ("headline", "alt", "teaser"))
    assert headline["places"] == [
        "in the title of the window, and of the page in search results",
        "on cards in social networks",
        "on the page",
    ]
    assert "in search results" in teaser["places"]
    assert {"in place of the picture", "in place of the picture on cards in social networks"} == set(alt["places"])
    assert [text["machine"] for text in (headline, teaser, alt)] == [False, False, True]


def test_an_alt_tells_what_stands_beside_its_picture(project: Project) -> None:
    """Its caption and credit, in the words of the page."""
    text = text_of(preview_of(project, "en"), "alt")

    assert text["beside"] == [["caption", "Die Ersten auf der Brücke", "de"], ["credit", "Anna Huber", "de"]]
    assert any("Said in place of the picture bridge.png" in note for note in text["notes"])


@pytest.mark.parametrize(
    ("state", "said"), [("missing", ""), ("fuzzy", "Die Straße."), ("broken", "Die [Straße](https://evil.example.org/).")]
)
def test_an_open_text_is_shown_in_the_source_and_can_be_changed(project: Project, state: str, said: str) -> None:
    """It has the line of its entry in the catalog, which a translator opens."""
    source = "The road will follow."
    project.translate("de", {**GERMAN, source: said}, fuzzy=(source,) if state == "fuzzy" else ())

    text = text_of(preview_of(project, "en"), "paragraph", number=1)

    assert (text["state"], text["words"], text["language"], text["open"]) == (state, source, "en", True)
    assert text["entry"]["strings"] == [said]
    assert text["where"][1][0] == "catalog"
    assert project.read(CATALOG).splitlines()[int(text["where"][1][1].split(":")[1]) - 1].startswith("msgstr")


def test_a_page_whose_alt_is_not_translated_is_shown(project: Project) -> None:
    """That is what a translator must mend; why the page would not be published is told."""
    project.translate("de", without(GERMAN, ALT))
    preview = preview_of(project, "en")

    shown, data = preview.page(DE), preview.data(DE)

    assert shown.status == 200
    assert f'lang="en" alt="{ALT}"' in shown.html or (f'alt="{ALT}"' in shown.html and 'lang="en"' in shown.html)
    assert text_of(preview, "alt")["state"] == "missing"
    assert [stop["message"].partition(";")[0] for stop in data["stops"]] == [
        "the alt of a picture is said in place of the picture, and nothing can stand in for it"
    ]
    assert data["stops"][0]["place"].startswith(f"{CATALOG}:")


def test_a_page_without_any_translation_is_shown(project: Project) -> None:
    """All of it in the source's words."""
    project.translate("de", {})

    data = preview_of(project, "en").data(DE)

    assert "no text of bridge is translated into German" in data["stops"][0]["message"]
    assert {text["state"] for text in data["texts"] if text["role"] in ROLES} == {"missing"}


def test_a_text_without_an_entry_says_what_to_do(project: Project) -> None:
    """The record is newer than its catalogs."""
    preview = preview_of(project, "en")
    preview.changed([project.record(RECORD.replace("What comes next", "And then?"))])

    text = text_of(preview, "heading")

    assert text["closed"] == "The catalog has no entry for it; run “a11ynews catalog update de”"
    assert "entry" not in text


def test_texts_that_are_not_on_the_page_are_listed(project: Project) -> None:
    """The slug, what the configuration leaves out, and what a template has forgotten; each where it stands in the record."""
    project.write("a11ynews.toml", CONFIG.replace(', "it"', "") + '[fallback]\ncaption = "hide"\n')
    project.write("templates/blocks/heading.html", "")
    project.record(RECORD.replace("published:", "slug: the-bridge\npublished:"))
    project.translate("de", without(GERMAN, "The first to cross it"))
    preview = preview_of(project, "en")

    slug, caption, heading = (text_of(preview, role) for role in ("slug", "caption", "heading"))

    assert (slug["places"], slug["state"], slug["open"]) == (["in the address of the page"], "missing", False)
    assert (caption["places"], caption["state"], caption["open"]) == (["nowhere on this page"], "hidden", True)
    assert (heading["places"], heading["state"]) == (["nowhere on this page"], "translated")
    roles = [text["role"] for text in preview.data(DE)["texts"] if text["role"] in ROLES]
    assert roles.index("alt") < roles.index("caption") < roles.index("paragraph") < roles.index("heading")
    assert roles[-1] == "slug"


def test_words_in_a_template_are_told(project: Project) -> None:
    """No translator finds them; the web team's line is told."""
    project.write("templates/notice.html", "<p>Breaking news</p>\n")

    text = text_of(preview_of(project, "en"), "template")

    assert (text["words"], text["state"], text["where"]) == (
        "Breaking news",
        "literal",
        [["template", "templates/notice.html:1:1"]],
    )
    assert "write _(“…”) there" in text["closed"]


def test_the_pages_own_words_come_from_a_catalog(project: Project) -> None:
    """The packaged one is not the site's to change; its own is."""
    preview = preview_of(project, "en")
    texts = {text["words"]: text for text in preview.data(DE)["texts"]}
    assert "It comes with a11ynews" in texts["Zum Hauptinhalt springen"]["closed"]
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: de\\n"\n\n'
    own = project.write("locales/de/LC_MESSAGES/a11ynews.po", header + 'msgid "Skip to main content"\nmsgstr "Zum Text"\n')

    preview.changed([own])

    text = next(text for text in preview.data(DE)["texts"] if text["words"] == "Zum Text")
    assert text["where"][-1] == ["catalog", "locales/de/LC_MESSAGES/a11ynews.po:5:1"]
    assert (text["source"], text["entry"]["domain"]) == (["Skip to main content", "en"], "a11ynews")


def test_words_that_stand_twice_are_told_once(project: Project) -> None:
    """Each text is one line of the list, wherever it stands."""
    again = RECORD[RECORD.index("  - picture:") : RECORD.index("  - paragraph:")].replace("ALT", "x")
    project.record(RECORD + again)

    words = [text["words"] for text in preview_of(project).data(DE)["texts"]]

    assert words.count("Bild:") == 1
    assert len([one for one in words if one == "Anna Huber"]) == 1


def test_what_a_record_keeps_or_gives_is_no_matter_for_translators(project: Project) -> None:
    """Names, and what CLDR makes of dates and languages."""
    project.record(RECORD + "names:\n  - Anna Huber\n")
    preview = preview_of(project)

    assert text_of(preview, "credit")["state"] == "kept"
    given = [text["words"] for text in preview.data(DE)["texts"] if text["state"] == "given"]
    assert {"4. Mai 2026", "Deutsch", "English", "Test News"} <= set(given)


def test_the_source_is_changed_where_it_is_written(project: Project) -> None:
    """The preview writes nothing but catalogs."""
    text = text_of(preview_of(project), "headline", "en")

    assert (text["state"], text["closed"]) == ("source", "It is changed where it is written.")
    assert text["where"] == [["record", "news/bridge/record.yaml:3:11"]]


def test_a_region_shows_what_the_wider_language_has(project: Project) -> None:
    """And changes it there, where it was written."""
    project.write("a11ynews.toml", CONFIG.replace(', "it"', ', "de-AT"'))
    preview = preview_of(project, "en")
    key = Key("bridge", "de-AT")

    text = next(text for text in preview.data(key)["texts"] if text["role"] == "headline")

    assert (text["state"], text["standing"]) == ("fallback", "from the catalog of a wider language")
    assert text["entry"]["language"] == "de"
    preview.amend(key, amendment(project, "headline", "The bridge is open", "Offen ist die Brücke"))
    assert "Offen ist die Brücke" in project.read(CATALOG)


def test_every_role_and_state_has_a_name() -> None:
    """None is told by a program's word."""
    assert set(ROLES) < set(module.ROLES)
    assert {str(state.value) for state in State} < set(module.STATES)
    assert set(Severity) == set(module.SEVERITIES)


def test_the_script_asks_for_words_that_there_are() -> None:
    """And no word is carried along that it does not use."""
    script = (module.RESOURCES / "overlay.js").read_text("utf-8")
    used = set(re.findall(r'\b(?:word|say|reload)\("(\w+)"', script))

    assert used <= set(module.WORDS), used - set(module.WORDS)
    assert {name for name in module.WORDS if not re.search(rf"\b{name}\b", script)} == set()


# -- findings ----------------------------------------------------------------------------------------------------------


def test_findings_stand_beside_the_text_they_are_about(project: Project) -> None:
    """By birthplace: what the rules for pages find, and what those for catalogs do."""
    project.translate("de", {**GERMAN, ALT: "bridge.png", "The road will follow.": "The road will follow."})
    preview = preview_of(project, "en")

    alt, last = text_of(preview, "alt"), text_of(preview, "paragraph", number=1)

    assert "alt-file-name" in {finding["rule"] for finding in alt["findings"]}
    assert {finding["rule"] for finding in last["findings"]} & {"po-same", "po-language"}
    line = project.line_of(CATALOG, 'msgstr "bridge.png"')
    place = f"{CATALOG}:{line}:1"
    assert {finding["place"] for finding in alt["findings"]} == {place}
    assert {finding["weight"] for finding in alt["findings"]} <= {"error", "warning", "to review"}


def test_what_is_about_no_text_is_told_of_the_page(project: Project) -> None:
    """An element that a template has lost its way with."""
    project.write("templates/notice.html", '<p><img src="x.png"></p>\n')

    found = preview_of(project).data(DE)["findings"]

    missing = next(finding for finding in found if finding["rule"] == "alt-missing")
    assert missing["place"] == "templates/notice.html:1:1"
    assert missing["wcag"] == ["1.1.1"]


def test_what_a_comment_accepts_is_told_as_accepted(project: Project) -> None:
    """With the reason; which comments are of no use, only a check of the whole site tells."""
    project.record(RECORD.replace("alt: Two", "# a11ynews: ignore alt-file-name because it is so\n      alt: bridge.png #"))
    preview = preview_of(project)

    found = text_of(preview, "alt", "en")["findings"]

    assert [(finding["rule"], finding["accepted"]) for finding in found if finding["rule"] == "alt-file-name"] == [
        ("alt-file-name", "it is so")
    ]


def test_what_the_configuration_switches_off_is_not_told(project: Project) -> None:
    """As in a check."""
    project.write("a11ynews.toml", CONFIG.replace(', "it"', "") + '[check.rules]\nalt-file-name = "off"\n')
    project.translate("de", {**GERMAN, ALT: "bridge.png"})

    assert "alt-file-name" not in {finding["rule"] for finding in text_of(preview_of(project), "alt")["findings"]}


def test_texts_are_there_before_the_findings(project: Project) -> None:
    """The rules take their time."""
    project.translate("de", {**GERMAN, ALT: "bridge.png"})
    preview = preview_of(project)

    first = preview.data(DE, findings=False)

    assert [text["findings"] for text in first["texts"] if text["findings"]] == []
    assert [text["id"] for text in first["texts"]] == [text["id"] for text in preview.data(DE)["texts"]]


# -- what is wrong -----------------------------------------------------------------------------------------------------


def test_what_is_wrong_with_a_record_is_told_in_its_page(project: Project) -> None:
    """All of it, with file, line and column; the page comes back when it is mended."""
    preview = preview_of(project, "en")
    assert preview.page(DE).status == 200
    file = project.record(
        RECORD.replace("headline", "headlne").replace("      alt: Two children run across a stone bridge\n", "")
    )
    preview.changed([file])

    shown = preview.page(DE)

    assert shown.status == 500
    for told in ("news/bridge/record.yaml:1:1", "news/bridge/record.yaml:3:1", "has no alt", "did you mean"):
        assert told in shown.html
    assert "3 things are wrong. The page comes back by itself when they are mended." in shown.html
    with pytest.raises(A11yNewsError, match="cannot be rendered"):
        preview.data(DE)
    preview.changed([project.record()])
    assert preview.page(DE).status == 200


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        (CATALOG, "nonsense\n", f"{CATALOG}:1:1"),
        ("templates/notice.html", "{% if %}", "templates/notice.html:1:1"),
        ("templates/notice.html", "{{ nobody.knows }}", "templates/notice.html:1:1"),
        ("a11ynews.toml", "name = 1\nlanguages = []\n", "a11ynews.toml:2:13"),
    ],
    ids=["catalog", "template", "variable", "configuration"],
)
def test_what_is_wrong_elsewhere_is_told_too(project: Project, path: str, content: str, told: str) -> None:
    """And the page comes back when it is mended."""
    preview = preview_of(project)
    before = preview.page(DE)
    file = project.root / path
    old = file.read_bytes() if file.is_file() else None
    preview.changed([project.write(path, content).resolve()])

    shown = preview.page(DE)

    assert (shown.status, told in shown.html) == (500, True), shown.html
    if old is None:
        file.unlink()
    else:
        file.write_bytes(old)
    preview.changed([file.resolve()])
    assert preview.page(DE) == before


def _configured(project: Project, old: str, new: str) -> Path:
    """The configuration with other words in it, written."""
    return project.write("a11ynews.toml", project.read("a11ynews.toml").replace(old, new)).resolve()


def test_another_name_of_the_site_has_no_record_and_no_template_read_again(
    whole: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page shows it within the moment, however many records there are."""
    preview = preview_of(whole)
    preview.find("de/index.html")
    renderer = preview.site.renderer
    read: list[Path] = []
    monkeypatch.setattr(module, "read_record", lambda file, *_, **__: read.append(file))

    preview.changed([_configured(whole, "Test News", "Other News")])

    key = preview.find("de/index.html")
    assert key
    assert "Other News" in preview.page(key).html
    assert (read, preview.site.renderer) == ([], renderer)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('["en", "de"]', '["en", "de", "fr"]', "French"),
        ('["en", "de"]', '["de"]\nfallback.caption = "refuse"', "de/bridge.html"),
        ("languages", 'address = "{language}/news/{slug}/"\nlanguages', "/de/news/bridge/"),
    ],
    ids=["language", "fallback", "address"],
)
def test_what_asks_for_another_look_at_every_record_is_shown_of_all(whole: Project, old: str, new: str, told: str) -> None:
    """Of a small site, at once."""
    preview = preview_of(whole, "en")
    preview.overview()

    preview.changed([_configured(whole, old, new)])

    assert not preview.is_behind
    assert told in preview.overview().html


def test_nobody_waits_for_all_records_to_see_one_page(whole: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows the new configuration; the others are read when there is time."""
    monkeypatch.setattr(module.Preview, "catch_up", lambda _preview, _seconds=0.0: None)
    preview = preview_of(whole)
    assert preview.find("de/bridge.html") == DE
    preview.changed([_configured(whole, "languages", 'address = "{language}/news/{slug}/"\nlanguages')])

    assert preview.page(DE).path == "de/news/bridge/index.html"
    assert preview.is_behind

    monkeypatch.undo()
    assert preview.find("de/news/canal/index.html") == Key("canal", "de")
    assert not preview.is_behind


@pytest.fixture
def rendered(whole: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A site with several records, rendered; it does not matter how long ago, nor that they are few."""
    monkeypatch.setattr("a11ynews.ledger._FRESH", -1)
    monkeypatch.setattr(module, "_MANY", 1)
    assert whole.render().stopped == []
    return whole


def records_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The records that a preview reads from now on."""
    told: list[str] = []
    read = read_record

    def note(path: Path, *args: Any, **kwargs: Any) -> Any:
        told.append(path.parent.name)
        return read(path, *args, **kwargs)

    monkeypatch.setattr(module, "read_record", note)
    return told


def test_the_first_page_has_no_other_record_read(rendered: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the last render knows of the others is enough; the page is the one that there would be without it."""
    told = records_read(monkeypatch)

    page = preview_of(rendered).page(DE)

    assert set(told) == {"bridge"}
    told.clear()
    (rendered.root / ".a11ynews/site/ledger.jsonl").unlink()
    assert preview_of(rendered).page(DE).html == page.html
    assert set(told) == {"bridge", "canal"}


def test_lists_and_the_list_of_all_pages_are_the_same_after_a_render(rendered: Project) -> None:
    """Also the pictures in a list, and how much waits to be translated."""
    preview = preview_of(rendered)
    paths = ["de/index.html", "en/index.html", "de/feed.xml"]

    def shown() -> Sequence[object]:
        preview = preview_of(rendered)
        keys = [(path, preview.find(path)) for path in paths]
        return [preview.page(key).html if key else preview.file(path) for path, key in keys] + [preview.overview().html]

    after_render = shown()
    assert preview.find("de/index.html") is not None
    (rendered.root / ".a11ynews/site/ledger.jsonl").unlink()

    assert shown() == after_render
    assert "complete" in str(after_render[-1])


@pytest.mark.parametrize(
    "path", ["news/canal/record.yaml", "locales/de/LC_MESSAGES/canal.po", "a11ynews.toml", ".a11ynews/site/ledger.jsonl"]
)
def test_what_has_changed_since_the_last_render_is_read(rendered: Project, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Or what decides how it is read; a ledger that is none is not believed."""
    told = records_read(monkeypatch)
    content = (rendered.root / path).read_text("utf-8")
    rendered.write(path, content[:-20] if path.endswith("jsonl") else content.replace("Test News", "Other News") + "\n")

    assert preview_of(rendered).find("de/canal.html") == Key("canal", "de")

    assert "canal" in told


def test_a_record_whose_page_nobody_has_opened_is_read_again_when_it_changes(whole: Project) -> None:
    """The list of all pages shows what it says now."""
    preview = preview_of(whole)
    assert "Ein Kanal" not in preview.overview().html

    preview.changed([whole.record(RECORD.replace("The bridge is open", "Ein Kanal"), "canal").resolve()])

    assert "Ein Kanal" in preview.overview().html


def test_a_template_that_changes_does_not_have_the_others_read_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words are looked for anew, and in no other one."""
    own = project.write("templates/notice.html", "<p>{{ _('One') }}</p>").resolve()
    preview = preview_of(project)
    preview.page(DE)
    extracted: list[bytes] = []

    def extracting(file: io.BytesIO, *given: Any) -> Any:
        extracted.append(file.getvalue())
        return babel_extract(file, *given)

    monkeypatch.setattr("a11ynews.render.babel_extract", extracting)

    project.write("templates/notice.html", "<p>{{ _('Two') }}</p>")
    preview.changed([own])

    assert preview.page(DE).status == 200
    assert extracted == [b"<p>{{ _('Two') }}</p>"]


def test_a_broken_configuration_is_told_at_the_start(project: Project) -> None:
    """There is nothing to show yet."""
    project.write("a11ynews.toml", "name = 1\n")

    with pytest.raises(ConfigError):
        preview_of(project)


def test_a_picture_that_is_gone_is_told(project: Project) -> None:
    """A record is looked at again when a file beside it changes."""
    preview = preview_of(project, "en")
    assert preview.page(DE).status == 200
    picture = project.root / "news/bridge/bridge.png"
    picture.unlink()
    preview.changed([picture.resolve()])

    shown = preview.page(DE)

    assert shown.status == 500
    assert "bridge.png is not there" in shown.html


def test_two_records_with_one_id_are_told(project: Project) -> None:
    """In the list and in place of the page."""
    project.record(id="2026/bridge")
    preview = preview_of(project, "en")

    assert "has the id “bridge” too" in preview.overview().html
    assert "has the id “bridge” too" in preview.page(DE).html


def test_a_record_that_is_gone_is_told(project: Project) -> None:
    """Whoever has its page open learns why there is none any more."""
    preview = preview_of(project, "en")
    preview.page(DE)
    (project.root / "news/bridge/record.yaml").unlink()
    preview.changed([(project.root / "news/bridge/record.yaml").resolve()])

    assert "there is no record “bridge” any more" in preview.page(DE).html


# -- changes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "content", "shown"),
    [
        ("news/bridge/record.yaml", RECORD.replace("The road will follow.", "The road is next."), "The road is next."),
        ("templates/notice.html", "<p>Breaking</p>", "Breaking</p>"),
        ("templates/style.css", "body { color: red }", "style-"),
        ("a11ynews.toml", CONFIG.replace("Test News", "Other News"), "Other News"),
    ],
)
def test_a_change_makes_another_page(project: Project, path: str, content: str, shown: str) -> None:
    """What a browser has is known to be old by its version."""
    preview = preview_of(project)
    before = preview.page(DE)
    preview.changed([project.write(path, content).resolve()])

    after = preview.page(DE)

    assert shown in after.html
    assert after.version != before.version
    assert f'data-version="{after.version}"' in after.html


def test_a_template_is_taken_however_it_comes(project: Project) -> None:
    """A new one, one that is changed, one that goes; and the words in it have the lines where they stand now."""
    preview = preview_of(project)
    before = preview.page(DE)
    file = project.root / "templates/notice.html"

    def shown(content: str) -> str:
        preview.changed([project.write("templates/notice.html", content).resolve()])
        return preview.page(DE).html

    assert "First</p>" in shown("<p>First</p>\n")
    assert "Second</p>" in shown("<p>Second</p>\n")
    shown('\n\n<p>{{ _("Breaking news") }}</p>\n')
    notice = next(text for text in preview.data(Key("bridge", "en"))["texts"] if "notice.html" in str(text["where"]))
    assert notice["where"] == [["template", "templates/notice.html:3:1"]]
    file.unlink()
    preview.changed([file.resolve()])
    assert preview.page(DE) == before


def test_what_does_not_change_a_page_leaves_its_version(project: Project) -> None:
    """Nobody's page is loaded anew for somebody else's text."""
    preview = preview_of(project)
    before = preview.page(DE)
    preview.changed([project.record(id="tunnel").resolve(), (project.root / "locales/de/LC_MESSAGES/tunnel.po").resolve()])

    assert preview.page(DE) == before


def test_an_edit_is_saved_and_shown(project: Project) -> None:
    """The answer tells the line."""
    preview = preview_of(project)

    saved = preview.amend(DE, amendment(project, "headline", "The bridge is open", "Die Brücke steht"))

    assert saved["place"] == f"{CATALOG}:{project.line_of(CATALOG, 'Die Brücke steht')}"
    assert "Die Brücke steht</h1>" in preview.page(DE).html
    again = amendment(project, "headline", "The bridge is open", "x")
    assert (saved["revision"], saved["strings"]) == (again.revision, ["Die Brücke steht"])


def test_an_edit_of_what_is_not_on_the_page_is_refused(project: Project) -> None:
    """Neither another record's catalog, nor another language's, nor the packaged one."""
    project.record(id="tunnel")
    project.translate("de", GERMAN, id="tunnel")
    preview = preview_of(project)
    wanted = amendment(project, "headline", "The bridge is open", "x", domain="tunnel")

    for language, domain in (("de", "tunnel"), ("it", "bridge"), ("de", "a11ynews"), ("de", "../bridge"), ("..", "bridge")):
        strange = type(wanted)(language, domain, wanted.context, wanted.id, wanted.strings, False, wanted.revision)
        with pytest.raises(Refused, match="the page has no text from that catalog"):
            preview.amend(DE, strange)


def test_a_conflict_goes_through(project: Project) -> None:
    """What the other one has written is shown."""
    preview = preview_of(project)
    wanted = amendment(project, "headline", "The bridge is open", "Meins")
    project.translate("de", {**GERMAN, "The bridge is open": "Ihres"})

    with pytest.raises(Conflict) as told:
        preview.amend(DE, wanted)

    assert module.told_conflict(told.value.entry)["now"]["strings"] == ["Ihres"]
    assert module.told_conflict(None) == {}


def test_a_changed_slug_leads_to_another_address(project: Project) -> None:
    """Whoever has the old one comes along."""
    project.record(RECORD.replace("published:", "slug: the-bridge\npublished:"))
    project.translate("de", GERMAN)
    preview = preview_of(project)
    assert preview.page(DE).path == "de/the-bridge.html"

    preview.amend(DE, amendment(project, "slug", "the-bridge", "die-bruecke"))

    assert preview.find("de/the-bridge.html") == DE
    assert preview.find("de/die-bruecke.html") == DE
    assert preview.page(DE).path == "de/die-bruecke.html"


def test_a_slug_that_another_article_has_is_refused(project: Project) -> None:
    """One of the two pages could not be published, and nobody would find it in the preview."""
    project.record(RECORD.replace("published:", "slug: the-bridge\npublished:"))
    project.record(RECORD.replace("published:", "slug: tunnel\npublished:"), id="tunnel")
    project.translate("de", GERMAN)
    preview = preview_of(project)

    with pytest.raises(Refused, match=r"news/tunnel/record\.yaml has the address de/tunnel\.html already; give one of them"):
        preview.amend(DE, amendment(project, "slug", "the-bridge", "tunnel"))

    assert preview.page(DE).path == "de/the-bridge.html"
    preview.amend(DE, amendment(project, "slug", "the-bridge", "die-bruecke"))
    assert preview.page(DE).path == "de/die-bruecke.html"


# -- the list ----------------------------------------------------------------------------------------------------------


def test_the_list_tells_how_each_page_stands(project: Project) -> None:
    """By record and language, with a link to each."""
    project.record(id="tunnel")
    project.translate("de", without(GERMAN, ALT, "Anna Huber"), id="tunnel")
    project.translate("de", GERMAN)
    project.record("language: en\n", id="broken")

    html = preview_of(project).overview().html

    assert "3 records" in html
    assert re.search(r'<a href="/de/bridge\.html" hreflang="de">German.*?complete', html, re.DOTALL)
    assert re.search(r'<a href="/de/tunnel\.html".*?2 texts to translate.*?would not be published', html, re.DOTALL)
    assert "news/broken/record.yaml:1:1" in html
    assert html.count("source</span>") == 2


def test_the_list_tells_for_which_languages_a_record_is_not_wanted(project: Project) -> None:
    """The other records and languages stand there as ever."""
    project.record(id="tunnel")
    project.record(RECORD.replace("published:", "languages: [en]\npublished:"))

    html = preview_of(project).overview().html

    assert html.count("not wanted") == 1
    assert '<a href="/en/bridge.html"' in html
    assert '<a href="/de/tunnel.html"' in html


def test_two_records_with_one_address_are_told(project: Project) -> None:
    """A render refuses the second one: the list names both, and shows the first."""
    slug = RECORD.replace("published:", "slug: tunnel\npublished:")
    project.record(slug)
    project.record(slug.replace("The bridge", "The tunnel"), id="tunnel")
    preview = preview_of(project)

    html = preview.overview().html

    assert html.count("news/bridge/record.yaml has the address en/tunnel.html already; give one of them another slug") == 1
    assert preview.find("en/tunnel.html") == Key("bridge", "en")
    project.record(slug.replace("slug: tunnel\n", ""), id="tunnel")
    preview.changed([project.root / "news/tunnel/record.yaml"])
    assert "already" in preview.overview().html
    project.record(slug.replace("slug: tunnel", "slug: road"), id="tunnel")
    preview.changed([project.root / "news/tunnel/record.yaml"])
    assert "already" not in preview.overview().html
    assert preview.find("en/road.html") == Key("tunnel", "en")


def test_the_list_names_a_record_by_its_headline_without_markup(project: Project) -> None:
    """As the last render tells it, from which it may have it."""
    project.record(RECORD.replace("The bridge is open", "The *bridge* is open"))

    html = preview_of(project).overview("the bridge is open").html

    assert ">The bridge is open</span>" in html
    assert "*" not in html.partition("<tbody>")[2]


def test_the_list_is_parted_and_searched(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newsroom has thousands of records."""
    monkeypatch.setattr(module, "ROWS_A_PAGE", 2)
    for id in ("road", "tunnel"):
        project.record(id=id)
    preview = preview_of(project)

    first, second, found = preview.overview(), preview.overview("", 2), preview.overview("TUNNEL open")

    assert ("news/tunnel" in first.html, "news/tunnel" in second.html) == (False, True)
    assert "part 1 of 2" in first.html
    assert 'href="/?q=&amp;page=2"' in first.html
    assert "1 record of 3" in found.html
    assert preview.overview("", 99) == second
    assert "0 records of 3" in preview.overview("<script>alert(1)</script>").html
    assert "<script>alert" not in preview.overview("<script>alert(1)</script>").html


def test_the_words_are_in_the_readers_language(project: Project) -> None:
    """By --lang, else by the page's language as far as there are words in it."""
    assert preview_of(project).data(DE, findings=False)["language"] == "de"
    assert preview_of(project, "it").data(DE, findings=False)["language"] == "it"
    project.write("a11ynews.toml", CONFIG.replace('"it"', '"fr"'))
    assert preview_of(project).data(Key("bridge", "fr"), findings=False)["language"] == "en"
    assert '<html lang="de">' in preview_of(project, "de").overview().html


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("de", "Texte dieser Seite", ["Schlagzeile", "übersetzt", "auf der Seite", "Artikel", "Katalog", "Fehler"]),
        ("it", "Testi di questa pagina", ["titolo", "tradotto", "nella pagina", "articolo", "catalogo", "errore"]),
    ],
)
def test_the_overlay_speaks_the_language_of_its_page(project: Project, language: str, title: str, said: list[str]) -> None:
    """In the words that are delivered: what it says of itself, of the texts, and of what is found in them."""
    project.write("a11ynews.toml", CONFIG)
    project.translate(language, {**GERMAN, ALT: "bridge.png"})
    page = Key("bridge", language)

    told, english = (preview_of(project, lang).data(page) for lang in ("", "en"))

    headline, alt = (next(text for text in told["texts"] if text["role"] == role) for role in ("headline", "alt"))
    found = next(finding for finding in alt["findings"] if finding["rule"] == "alt-file-name")
    kinds = [what for what, _ in headline["where"]]
    assert (told["language"], found["language"], told["words"]["title"]) == (language, language, title)
    assert [headline["name"], headline["standing"], headline["places"][-1], *kinds, found["weight"]] == said
    same = {name for name, words in told["words"].items() if words == english["words"][name]}
    assert same == {"fuzzy"}  # translators of all languages call it so


def test_words_of_two_languages_are_not_mixed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one is not translated, all are English; what is said in English alone says so."""
    monkeypatch.setattr(module, "language_of", lambda message, language: "en" if message == "Save" else language)
    assert preview_of(project).data(DE, findings=False)["language"] == "en"
    monkeypatch.setattr(module, "language_of", lambda message, language: language if hasattr(message, "template") else "en")
    project.record("language: en\n")

    html = preview_of(project, "de").page(DE).html

    assert '<html lang="de">' in html
    assert '<span lang="en">headline is missing; add “headline: …”</span>' in html


def test_an_index_is_its_folder() -> None:
    """As on the web."""
    assert link_to("de/bridge/index.html") == "/de/bridge/"
    assert link_to("de/brücke.html") == "/de/br%C3%BCcke.html"


def test_a_page_knows_its_version() -> None:
    """It is put in once, where its script finds it."""
    shown = Shown.of('<script data-version=""></script><p data-version="">')

    assert shown.html == f'<script data-version="{shown.version}"></script><p data-version="">'


def test_a_catalog_is_not_touched_by_looking(project: Project) -> None:
    """Reading a page writes nothing but pictures."""
    before = (project.root / CATALOG).read_bytes()
    preview = preview_of(project)
    preview.overview()
    preview.data(DE)

    assert (project.root / CATALOG).read_bytes() == before
    assert PoFile.read(project.root / CATALOG, "x.po").live
    assert {path.name for path in project.root.iterdir()} == {"a11ynews.toml", "news", "locales", ".a11ynews"}
