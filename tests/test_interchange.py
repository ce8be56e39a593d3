"""Articles come in as drafts and go out as ninjs and JSON-LD: nothing silent, nothing overwritten, nothing lost on the way."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator, FormatChecker
from pydantic import BaseModel
from rdflib import Graph, URIRef

from a11ynews import interchange, jsonld, ninjs
from a11ynews.article import Article, Text, texts
from a11ynews.cli import main
from a11ynews.errors import A11yNewsError, NothingToDo
from a11ynews.interchange import Import, alone, document, export, import_files
from a11ynews.site import read_record
from ninjs_schema import SCHEMA
from project import CONFIG, GERMAN, Project
from records import YAML
from xmp import packet, png

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CHECKER = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
# A record in every language, and what no format has a place for.
EVERYTHING = YAML.replace("languages: [en, de, zh_Hant]\n", "").replace("role: Librarian\n    ", "")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A configured folder, which one stands in."""
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)


@pytest.fixture
def full(tmp_path: Path) -> Project:
    """A project with the record that has everything, and its files."""
    project = Project(tmp_path / "full", CONFIG.replace('["en", "de", "it"]', '["en", "pt"]'))
    project.write_everything(EVERYTHING)
    return project


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def take(path: Path, to: Path, **how: Any) -> Import:
    return import_files([path], site=how.pop("site", None), to=to, now=NOW, **how)


def written(path: Path) -> dict[str, Any]:
    """A draft as YAML has it."""
    return dict(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader))


def item(**given: Any) -> dict[str, Any]:
    """A small item of ninjs."""
    made: dict[str, Any] = {
        "uri": "https://agency.example/items/flood",
        "type": "text",
        "language": "en",
        "firstCreated": "2026-03-02T09:00:00+01:00",
        "headlines": [{"role": "main", "value": "The river rises"}],
        "bodies": [{"contentType": "text/html", "value": "<p>At noon.</p>"}],
    }
    return {**made, **given}


def words_of(article: Article) -> list[tuple[str, str]]:
    """Every text of an article with its role, in the order in which it reads."""
    return [(text.role.name, text.words) for _, text in texts(article)]


# -- there and back ----------------------------------------------------------------------------------------------------


def there_and_back(project: Project, form: interchange.Format, language: str, to: Path) -> tuple[Article, Article, Import]:
    """A record, and what it is after an export and an import, with its files put beside it again."""
    made = export(project.site(), ["room"], form, [language])
    assert made.faults == []
    file = to / ("item.json" if form == "ninjs" else "item.jsonld.json")
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(document(made, form)), "utf-8")
    done = take(file, to / "news")
    record = to / "news/room/record.yaml"
    for path in (project.root / "news/room").iterdir():
        if path.name != "record.yaml":
            (record.parent / path.name).write_bytes(path.read_bytes())
    return read_record(project.root / "news/room/record.yaml", "r.yaml"), read_record(record, "r.yaml"), done


def plain(value: Any) -> Any:
    """A part of an article without the places where its texts stand."""
    if isinstance(value, Text):
        return value.words
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, tuple) else value


def test_ninjs_there_and_back_loses_nothing_that_it_can_hold(full: Project, tmp_path: Path) -> None:
    """Every text, file, address and date; of the links' addresses it has the one of this language."""
    before, after, done = there_and_back(full, "ninjs", "en", tmp_path / "back")
    ours, theirs = plain(before), plain(after)

    assert done.faults == []
    assert [link["url"] for link in theirs["related"]] == [link["url"] for link in ours["related"]]
    assert [link["hreflang"] for link in theirs["related"]] == [None, "pt"]
    for key in ours.keys() - {"related"}:
        assert theirs[key] == ours[key], key


def test_json_ld_there_and_back_loses_nothing_that_it_can_hold(full: Project, tmp_path: Path) -> None:
    """Everything but the kicker and the structure of the body; pictures, films and recordings keep their texts."""
    before, after, done = there_and_back(full, "jsonld", "en", tmp_path / "back")
    ours, theirs = plain(before), plain(after)

    assert done.faults == []
    for key in ("language", "slug", "published", "updated", "teaser", "authors", "location", "section", "tags", "licence"):
        assert theirs[key] == ours[key], key
    assert theirs["headline"] == "The reading room is open again"

    def media(article: dict[str, Any]) -> list[Any]:
        blocks = [block for block in article["body"] if block.keys() & {"picture", "video", "audio"}]
        kept = [block for block in blocks if not block.get("picture", {}).get("decorative")]
        for block in kept:
            block.get("video", {}).pop("poster", None)  # thumbnailUrl is a picture of any kind
        return sorted(json.dumps(block, sort_keys=True) for block in kept)

    assert media(theirs) == media(ours)
    said = [words for _, words in words_of(after)]
    assert {"It was built in 1911.", "By tram", "Write to the desk."} <= set(said)


def test_an_edition_in_another_language_comes_back_in_it(tmp_path: Path) -> None:
    """With the catalog's words, its slug and its address."""
    project = Project(tmp_path / "p")
    project.record()
    project.translate("de", GERMAN)
    made = export(project.site(), ["bridge"], "ninjs", ["de"])
    (tmp_path / "de.json").write_text(json.dumps(document(made, "ninjs")), "utf-8")
    take(tmp_path / "de.json", tmp_path / "back")
    record = written(tmp_path / "back/bridge/record.yaml")

    assert record["language"] == "de"
    assert record["headline"] == "Die Brücke ist offen"
    assert record["body"][0]["picture"]["alt"] == "Zwei Kinder laufen über eine Steinbrücke"
    assert document(made, "ninjs")["uri"] == "https://news.example.org/de/bridge.html"


# -- out ---------------------------------------------------------------------------------------------------------------


def test_what_is_exported_is_valid_ninjs(full: Project) -> None:
    """By what version 3.1 allows, with nothing empty in it."""
    made = export(full.site(), ["room"], "ninjs")
    (exported,) = made.documents.values()

    assert [f"{error.json_path}: {error.message}" for error in CHECKER.iter_errors(exported)] == []
    assert exported["standard"]["version"] == "3.1"
    assert '""' not in json.dumps(exported)
    assert {
        "name": "The architects",
        "uri": "https://architects.example.pt/",
        "type": "text",
        "rel": "related",
        "language": "pt",
    } in (exported["associations"])


def test_an_alternative_text_goes_out_under_the_name_that_iptc_gives_it(full: Project) -> None:
    """In both formats; a decoration says why it is one."""
    (exported,) = export(full.site(), ["room"], "ninjs").documents.values()
    picture, line = exported["associations"][:2]
    (linked,) = export(full.site(), ["room"], "jsonld").documents.values()

    assert {text["role"]: text["value"] for text in picture["descriptions"]} == {
        "caption": "The first morning",
        "altTextAccessibility": "Long tables with green lamps",
        "extDescrAccessibility": "Two rows of seven tables run from north to south.",
    }
    assert line["edNote"] == "decorative: a line between two parts"
    assert [image["Iptc4xmpCore:AltTextAccessibility"] for image in linked["image"]] == ["Long tables with green lamps"]
    assert linked["image"][0]["accessibilityFeature"] == ["alternativeText", "longDescription"]


# rdflib’s own parser uses what rdflib advises against.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_what_is_exported_is_json_ld_to_others(full: Project) -> None:
    """A reader of RDF finds the alternative text under its IRI. (The context is put in, so that nothing is fetched.)"""
    made = document(export(full.site(), ["room"], "jsonld"), "jsonld")
    made["@context"] = [{"@vocab": "https://schema.org/"}, made["@context"][1]]
    graph = Graph().parse(data=json.dumps(made), format="json-ld")

    alt = URIRef("http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/AltTextAccessibility")
    assert [str(words) for words in graph.objects(None, alt)] == ["Long tables with green lamps"]
    assert jsonld.CONTEXT[0] == "https://schema.org"


def test_the_addresses_of_an_export_are_those_of_the_site(full: Project) -> None:
    """The page, its pictures in every size, its films: they are there once the site is rendered."""
    full.render("en")
    (exported,) = export(full.site(), ["room"], "ninjs").documents.values()
    urls = [rendition["href"] for one in exported["associations"] for rendition in one.get("renditions", [])]
    urls += [exported["uri"], *re.findall(r'src="([^"]+)"', exported["bodies"][1]["value"])]

    base = "https://news.example.org/"
    assert len(urls) > 8
    assert [url for url in urls if not (full.root / "site" / url.removeprefix(base)).is_file()] == []


def test_an_export_writes_nothing_into_the_site(full: Project) -> None:
    """Nor anywhere else in the project."""
    before = set(full.root.rglob("*"))
    export(full.site(), ["room"], "ninjs")

    assert set(full.root.rglob("*")) == before


def test_a_text_that_is_not_translated_is_told_and_an_alt_stops(site: Project) -> None:
    """As in a render; the HTML says in which language the text is."""
    site.record()
    site.translate("de", {**GERMAN, "The road will follow.": ""})
    site.translate("it", {"The bridge is open": "Il ponte è aperto"})
    result = run("export", "bridge", "--format", "ninjs", "--language", "de", "--language", "it")

    (german,) = [json.loads(result.stdout)]
    assert '<p><span lang="en">The road will follow.</span></p>' in german["bodies"][1]["value"]
    assert result.exit_code == 2
    assert re.search(r"locales/de/LC_MESSAGES/bridge.po:\d+:1: note: the paragraph is not translated", result.stderr)
    assert re.search(r"locales/it/LC_MESSAGES/bridge.po:\d+:1: error: the alt of a picture is said in place", result.stderr)
    assert run("export", "bridge", "-f", "ninjs", "--language", "de", "--strict").exit_code == 2


def test_several_records_go_out_as_one_document_or_as_files(site: Project) -> None:
    """An array of ninjs, a graph of JSON-LD; each file stands by itself."""
    site.record()
    site.record(id="tower")
    together, graph = (json.loads(run("export", "bridge", "tower", "-f", form).stdout) for form in ("ninjs", "jsonld"))
    files = run("export", "bridge", "news/tower", "-f", "jsonld", "-o", "out").stdout.splitlines()

    assert [one["uri"] for one in together] == [f"https://news.example.org/en/{id}.html" for id in ("bridge", "tower")]
    assert len(graph["@graph"]) == 2
    assert files == ["out/bridge.en.jsonld", "out/tower.en.jsonld"]
    assert json.loads(site.read("out/tower.en.jsonld"))["@context"] == jsonld.CONTEXT
    assert alone({"a": 1}, "ninjs") == {"a": 1}


def test_a_record_that_is_not_there_is_told_with_those_that_are(site: Project) -> None:
    """And so is one that cannot be read; the others go out."""
    site.record()
    site.write("news/broken/record.yaml", "language: en\n")
    result = run("export", "nope", "broken", "bridge", "-f", "ninjs")

    assert result.exit_code == 2
    assert "nope:1:1: error: no record has this id; the ids are bridge, broken" in result.stderr
    assert "news/broken/record.yaml:1:1: error: headline is missing" in result.stderr
    assert json.loads(result.stdout)["altIds"][0]["value"] == "bridge"


def test_what_a_format_has_no_place_for_is_told(full: Project) -> None:
    """Each thing once."""
    told = {form: {note.message for note in export(full.site(), ["room"], form).notes} for form in ("ninjs", "jsonld")}

    assert "left out: the kicker" in told["jsonld"]
    assert "left out: the pictures that are decorative" in told["jsonld"]
    assert "left out: names that do not stand in the body" in told["ninjs"]


# -- in ----------------------------------------------------------------------------------------------------------------


def test_an_article_becomes_a_draft_that_says_what_is_missing(site: Project) -> None:
    """Every alternative text is named: in the record, by the import, and by a render at its line."""
    picture = {
        "name": "p1",
        "uri": "https://agency.example/p1",
        "type": "picture",
        "descriptions": [{"role": "caption", "value": "The street"}],
        "by": "Ana",
        "renditions": [
            {"name": "s", "href": "https://cdn.example.org/small.jpg", "width": 100},
            {"name": "l", "href": "https://cdn.example.org/large.jpg", "width": 900},
        ],
    }
    site.write("in.json", json.dumps(item(associations=[picture])))
    result, rendered = run("import", "in.json"), run("render")

    year = datetime.now().astimezone().year
    path = f"news/{year}/the-river-rises/record.yaml"
    place = f"{path}:{site.line_of(path, 'alt:')}:7"
    words = "the alt of the picture large.jpg is empty; say in English (en) what it shows"
    assert result.exit_code == 0
    assert result.stdout == f"{path}\n"
    assert f"{place}: to do: {words}" in result.stderr
    assert f"{place}: error: {words}" in rendered.stderr
    assert "note: to put beside it: large.jpg, from https://cdn.example.org/large.jpg" in result.stderr
    assert written(site.root / path)["body"][0] == {
        "picture": {"file": "large.jpg", "alt": "", "caption": "The street", "credit": "Ana"}
    }


def test_ninjs_2_and_3_are_read(tmp_path: Path) -> None:
    """Version 2 has its keys in small letters."""
    data = item(
        versionCreated="2026-03-02T10:00:00+01:00", located="Dresden", subjects=[{"name": "Floods"}], slugline="river-rises"
    )
    old = json.loads(json.dumps(data).replace("versionCreated", "versioncreated").replace("firstCreated", "firstcreated"))
    old["bodies"] = [{"contenttype": "text/html", "value": "<p>At noon.</p>"}]
    for name, one in {"three": data, "two": old}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(one))
        take(tmp_path / f"{name}.json", tmp_path / name)

    assert written(tmp_path / "two/river-rises/record.yaml") == written(tmp_path / "three/river-rises/record.yaml")
    assert written(tmp_path / "two/river-rises/record.yaml") == {
        "language": "en",
        "slug": "river-rises",
        "published": "2026-03-02T09:00:00+01:00",
        "updated": "2026-03-02T10:00:00+01:00",
        "headline": "The river rises",
        "location": "Dresden",
        "body": [{"paragraph": "At noon."}],
        "tags": ["Floods"],
    }


def test_a_link_to_another_item_has_the_words_of_its_headline(tmp_path: Path) -> None:
    """The name of an association says what it is to the article; without a headline it is what there is."""
    other = {"uri": "https://a.example/flood", "type": "text", "name": "related-1"}
    path = tmp_path / "in.json"
    headlines = [{"role": "main", "value": "The *last* flood"}]
    path.write_text(json.dumps(item(associations=[{**other, "headlines": headlines}, other])))

    take(path, tmp_path / "news")

    assert [link["text"] for link in written(tmp_path / "news/the-river-rises/record.yaml")["related"]] == [
        "The \\*last\\* flood",
        "related-1",
    ]


def test_several_articles_in_a_file_become_several_drafts(tmp_path: Path) -> None:
    """Of a list, a feed or a graph; what is no article is told, and so is one whose name is taken."""
    listed = [
        item(),
        item(headlines=[{"value": "Another"}]),
        item(),
        {"uri": "urn:x", "type": "picture"},
        {"uri": "urn:y", "headline": "old"},
    ]
    graph = {"@graph": [{"@type": "NewsArticle", "headline": f"Number {number}"} for number in range(3)]}
    for name, data in {"a": listed, "b": {"items": listed}, "c": graph}.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(data))
    first, second, third = (take(tmp_path / f"{name}.json", tmp_path / name) for name in "abc")

    assert [Path(draft.record).parent.name for draft in first.drafts] == ["the-river-rises", "another"]
    assert ["two articles of this import would have this name" in fault.message for fault in first.faults] == [True]
    assert [note.message for note in first.notes] == [
        "left out: urn:x: an item of type “picture” is no article",
        "left out: urn:y: this is ninjs 1, and version 3 is read; ask the agency for it",
    ]
    assert len(second.drafts) == 2
    assert [Path(draft.record).parent.name for draft in third.drafts] == ["number-0", "number-1", "number-2"]


def test_what_was_left_out_is_told_and_stands_in_the_draft(tmp_path: Path) -> None:
    """With what an editor must know first."""
    data = item(
        pubStatus="withheld",
        embargoedUntil="2026-03-03T00:00:00Z",
        edNote="Not before the vote",
        urgency=2,
        genres=[{"name": "Feature"}],
        people=[{"name": "Erika Muster"}],
        by="By Jo Meyer and Ana Martins",
        headlines=[{"role": "main", "value": "The river rises"}, {"role": "seo", "value": "River"}],
        descriptions=[{"role": "summary", "value": "In short."}, {"role": "x", "value": "Other"}],
        bodies=[
            {"contentType": "text/html", "value": "<p>a</p><script>b</script>"},
            {"role": "nitf", "contentType": "application/xml", "value": "<x/>"},
        ],
        associations=[{"name": "Next week", "uri": "urn:e", "type": "event"}],
    )
    (tmp_path / "in.json").write_text(json.dumps(data))
    (draft,) = take(tmp_path / "in.json", tmp_path).drafts
    content = (tmp_path / "the-river-rises/record.yaml").read_text("utf-8")

    expected = [
        "PUBSTATUS “withheld”: ask the source before you publish this",
        "EMBARGOED until 2026-03-03T00:00:00Z: do not publish this before",
        "the source's note to editors: Not before the vote",
        "people: Erika Muster",
        "the line “By Jo Meyer and Ana Martins” was taken as one author: part it, and take out what is no name",
        "of the body: <script>",
        "other bodies of the same article: nitf",
        "the headline “River” with the role “seo”",
        "the description “Other” with the role “x”",
        "the associated item Next week of type “event”",
        "what a record has no place for: urgency, genres",
    ]
    assert list(draft.notes) == expected
    folded = " ".join(re.sub("(?m)^# +…? ?", "", content).split())
    assert [note for note in expected if note not in folded] == []


def test_a_page_is_read_by_its_json_ld_and_its_article(tmp_path: Path) -> None:
    """What the data say of others by their @id is found; the body comes from the page, since theirs is plain text."""
    data = [
        {"@type": "Person", "@id": "#p", "name": "Rui Costa", "jobTitle": "Reporter", "url": "https://j.example/rui"},
        {
            "@type": ["NewsArticle"],
            "url": "https://j.example/2026/ponte.html",
            "headline": "A ponte &amp; o rio",
            "datePublished": "2026-03-01T09:00:00Z",
            "author": {"@id": "#p"},
            "image": ["https://j.example/1x1/a.jpg", "https://j.example/4x3/a.jpg"],
            "keywords": "ponte, obras",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "isAccessibleForFree": False,
        },
    ]
    story = "<p>A ponte abriu hoje ao trânsito, com uma <b>festa</b> junto ao rio.</p><h2>Depois</h2><aside>Anúncio</aside>"
    (tmp_path / "in.html").write_text(
        f'<!doctype html><html lang="pt"><script type="application/ld+json">{json.dumps(data)}</script>'
        f'<script type="application/ld+json">{{broken</script><nav>menu</nav><article><h1>A ponte & o rio</h1>{story}</article>'
    )
    done = take(tmp_path / "in.html", tmp_path / "out")

    assert written(tmp_path / "out/ponte/record.yaml") == {
        "language": "pt",
        "slug": "ponte",
        "published": "2026-03-01T09:00:00Z",
        "headline": "A ponte & o rio",
        "authors": [{"name": "Rui Costa", "role": "Reporter", "url": "https://j.example/rui"}],
        "body": [
            {"picture": {"file": "a.jpg", "alt": ""}},
            {"paragraph": "A ponte abriu hoje ao trânsito, com uma **festa** junto ao rio."},
            {"heading": "Depois"},
        ],
        "tags": ["ponte", "obras"],
        "licence": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert "a script with JSON-LD, which cannot be read" in done.notes[0].message
    told = " ".join(done.drafts[0].notes)
    for words in (
        "calls this article paid",
        "1 more addresses of the picture",
        "from the page’s <article>",
        "of the body: <aside>",
    ):
        assert words in told


def test_our_own_page_can_be_taken_in(tmp_path: Path) -> None:
    """What was published comes back as a draft."""
    project = Project(tmp_path / "p")
    project.record()
    project.render("en")
    take(tmp_path / "p/site/en/bridge.html", tmp_path / "out")
    record = written(tmp_path / "out/bridge/record.yaml")

    assert record["headline"] == "The bridge is open"
    assert {"paragraph": "The mayor cut the ribbon at noon."} in record["body"]
    assert record["body"][0]["picture"]["alt"] == "Two children run across a stone bridge"
    assert record["body"][0]["picture"]["caption"] == "The first to cross it"


def test_what_an_article_does_not_say_stays_open(tmp_path: Path) -> None:
    """Nothing is made up: neither a language, nor a date, nor a body. `--language` says what the source does not."""
    (tmp_path / "in.json").write_text(json.dumps({"uri": "urn:x", "headlines": [{"value": "A"}], "language": "german, please"}))
    (draft,) = take(tmp_path / "in.json", tmp_path / "one").drafts
    take(tmp_path / "in.json", tmp_path / "two", language="de")

    assert written(tmp_path / "one/a/record.yaml") == {
        "language": "",
        "published": "",
        "headline": "A",
        "body": [{"paragraph": ""}],
    }
    assert [fault.line for fault in draft.to_do] == [3, 4, 7]
    assert written(tmp_path / "two/a/record.yaml")["language"] == "de"
    assert draft.notes == ("language “german, please”, which is no tag of BCP 47",)


def test_pictures_that_lie_beside_the_file_are_taken_along(tmp_path: Path) -> None:
    """As agencies deliver them; what they carry is offered as a comment, and never used. No other file is."""
    picture = {"name": "flood.png", "uri": "urn:p", "type": "picture"}
    escape = {
        "name": "../secret.png",
        "uri": "urn:q",
        "type": "picture",
        "renditions": [{"name": "a", "href": "https://a.example/..%2Fsecret.png"}],
    }
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.png").write_bytes(png())
    (tmp_path / "in/flood.png").write_bytes(png(packet(alt={"en": "A street under water"})))
    (tmp_path / "in/in.json").write_text(json.dumps(item(associations=[picture, escape])))
    take(tmp_path / "in/in.json", tmp_path / "out")
    folder = tmp_path / "out/the-river-rises"
    content = (folder / "record.yaml").read_text("utf-8")

    assert sorted(path.name for path in folder.iterdir()) == ["flood.png", "record.yaml"]
    assert "A street under water" in content
    assert [block["picture"]["alt"] for block in written(folder / "record.yaml")["body"] if "picture" in block] == ["", ""]


def test_nothing_that_is_there_is_overwritten(site: Project) -> None:
    """Neither a folder nor a record's id."""
    site.record(id="the-river-rises")
    site.write("in.json", json.dumps(item()))
    taken = run("import", "in.json")
    renamed = run("import", "in.json", "--slug", "flood", "--to", "drafts")
    again = run("import", "in.json", "--slug", "flood", "--to", "drafts")

    assert [result.exit_code for result in (taken, renamed, again)] == [2, 0, 2]
    assert "news/the-river-rises/record.yaml:1:1: error: has the id “the-river-rises” already" in taken.stderr
    assert renamed.stdout == "drafts/flood/record.yaml\n"
    assert "drafts/flood/record.yaml:1:1: error: its folder is there already, and nothing is overwritten" in again.stderr


def test_an_import_needs_a_project_or_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a folder it needs no configuration."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.json").write_text(json.dumps(item()))

    assert "so name the folder for the records with --to" in run("import", "in.json").stderr
    assert run("import", "in.json", "--to", "x").exit_code == 0


@pytest.mark.parametrize("slug", ["../x", "a/b", "A b", "a11ynews"])
def test_a_slug_that_is_none_is_refused(slug: str, tmp_path: Path) -> None:
    """Whatever the command or the file asks for, a draft lies in a folder of its own below the one that is named."""
    (tmp_path / "in.json").write_text(json.dumps(item()))

    assert take(tmp_path / "in.json", tmp_path / "out", slug=slug).faults
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["../../escape", "/etc/passwd", "..", "a\\b", "C:evil", "con", "x" * 400])
def test_no_name_in_a_file_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    """Neither a slug, an id, a headline, nor a picture's name."""
    picture = {
        "name": name,
        "uri": "urn:p",
        "type": "picture",
        "renditions": [{"name": "a", "href": f"https://a.example/{name}"}],
    }
    data = item(
        slugline=name, altIds=[{"role": "a11ynews record", "value": name}], headlines=[{"value": name}], associations=[picture]
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in/in.json").write_text(json.dumps(data))
    take(tmp_path / "in/in.json", tmp_path / "out/deep")

    made = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in made if not path.startswith(("in/", "out/deep/"))] == []
    assert len(made) == 2


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{broken", "the file is neither JSON (line 1, column 2"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 200 + b"]" * 200, "nested more than 100 deep"),
        (b'{"uri": "urn:x", "urgency": ' + b"9" * 5000 + b"}", "numbers are too long"),
        (b"\xe9t\xe9", "is not UTF-8 (byte 0xe9)"),
        (b" " * (interchange.MOST_BYTES + 1), "the file has 16.8 MB, the most is 16.8 MB"),
        (b"", "neither JSON"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(content: bytes, told: str, site: Project) -> None:
    """Never with a traceback, and never as if there had been nothing."""
    site.write("in.json", content)
    result = run("import", "in.json")

    assert result.exit_code == 2
    assert result.stderr.startswith("in.json:1:1: error: the file ")
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_without_an_article_exits_3(site: Project) -> None:
    """It is told what a file can hold."""
    site.write("a.json", json.dumps({"@type": "Recipe", "name": "Soup"}))
    site.write("b.html", "<p>no data</p>")

    for name in ("a.json", "b.html"):
        result = run("import", name)
        assert result.exit_code == 3
        assert "no article was found" in result.stderr
    with pytest.raises(NothingToDo):
        take(site.root / "a.json", site.root)


def test_one_slug_is_for_one_article(tmp_path: Path) -> None:
    """Two cannot have it."""
    (tmp_path / "in.json").write_text(json.dumps([item(), item()]))

    with pytest.raises(A11yNewsError, match="--slug is for one article"):
        take(tmp_path / "in.json", tmp_path, slug="a")


@pytest.mark.parametrize(
    "data",
    [
        None,
        1,
        "x",
        [],
        {},
        {"uri": 1},
        {"uri": "u", "headlines": "x"},
        {"uri": "u", "bodies": [1, None, {"value": 3}]},
        {"@type": "NewsArticle", "headline": 1, "image": [1, None, {}], "author": [[], {}, 3], "keywords": {"a": 1}},
        {
            "@graph": {
                "@graph": {"@type": ["NewsArticle", 3], "name": "x", "video": [3], "mentions": [None, 1], "identifier": [1]}
            }
        },
        {
            "uri": "u",
            "headlines": [{"value": "a"}],
            "associations": [{"type": "picture"}, {"type": "video", "renditions": [{"href": 1}]}],
            "people": [{}],
            "subjects": [{}],
            "altIds": [{}],
        },
    ],
)
def test_nonsense_is_no_traceback(data: Any, tmp_path: Path) -> None:
    """Whatever stands where something else is meant is left out."""
    (tmp_path / "in.json").write_text(json.dumps(data))
    try:
        done = take(tmp_path / "in.json", tmp_path / "out", language="en")
    except NothingToDo:
        return
    for draft in done.drafts:
        assert draft.to_do


def test_the_items_of_a_file_are_found_by_what_they_are() -> None:
    """JSON-LD with a `uri` is no ninjs."""
    assert list(ninjs.items({"uri": "x", "@type": "NewsArticle"})) == []
    assert len(list(ninjs.items([{"uri": "x"}, {"a": 1}]))) == 1


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"bodies": [{"contentType": "text/html", "value": "<p>a</p>" * 60_000}]}, "the body has more than 50,000 elements"),
        (
            {"bodies": [{"contentType": "text/html", "value": "*" * 200_000}]},
            "a text in the body has more than 100,000 characters",
        ),
        (
            {
                "bodies": [
                    {"contentType": "text/html", "value": "".join(f"<img src='https://a.example/a.jpg?{n}'>" for n in range(600))}
                ]
            },
            "more than 500 pictures and other files belong to it",
        ),
        ({"people": [{"name": "A"}] * 3000}, "“people” has more than 2,000 entries"),
        ({"@type": "NewsArticle", "headline": "A", "keywords": ["a"] * 3000}, "a list in it has more than 2,000 entries"),
    ],
)
def test_an_article_without_end_is_refused(given: dict[str, Any], told: str, tmp_path: Path) -> None:
    """In words, before it takes anybody's time."""
    (tmp_path / "in.json").write_text(json.dumps(given if "@type" in given else item(**given)))
    done = take(tmp_path / "in.json", tmp_path / "out")

    assert [fault.message.partition(";")[0] for fault in done.faults] == [f"article 1: {told}"]
    assert done.drafts == []


def test_an_article_that_is_refused_stops_no_other(tmp_path: Path) -> None:
    """Those before it and after it are written."""
    endless = item(people=[{"name": "A"}] * 3000)
    (tmp_path / "in.json").write_text(json.dumps([endless, item()]))
    done = take(tmp_path / "in.json", tmp_path / "out")

    assert len(done.faults) == 1
    assert [Path(draft.record).parent.name for draft in done.drafts] == ["the-river-rises"]
