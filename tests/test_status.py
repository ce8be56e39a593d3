"""How much is translated: what counts, what it is told like, and that it is what the pages show."""

import io
import json
import random
import shutil
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rich.cells import cell_len

from a11ynews.article import ROLES
from a11ynews.cli import main
from a11ynews.config import load
from a11ynews.errors import ConfigError, Fault, NothingToDo
from a11ynews.po import PoFile
from a11ynews.site import Site, trace_file
from a11ynews.status import (
    UI_NAME,
    Count,
    Row,
    Status,
    Total,
    shorten_middle,
    take_stock,
    to_json,
    to_markdown,
    to_terminal,
)
from a11ynews.translate import update
from project import CONFIG, GERMAN, RECORD, Project

ALT = "Two children run across a stone bridge"
WORDS = {  # of the record's texts, by role
    "headline": 4,
    "teaser": 11,
    "alt": 7,
    "caption": 5,
    "credit": 2,
    "paragraph": 7 + 4,
    "heading": 3,
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project in English and German that is the current folder."""
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path, CONFIG.replace('"de", "it"', '"de"'))
    made.record()
    return made


def row_of(status: Status, domain: str = "bridge", language: str = "de") -> Row:
    (row,) = (row for row in status.rows if (row.domain, row.language) == (domain, language))
    return row


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["catalog", "status", *arguments])

    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


# -- what counts -------------------------------------------------------------------------------------------------------


def test_words_of_the_source_are_counted(project: Project) -> None:
    """Of each text of the record, in words between spaces; per cent are of these."""
    project.translate("de", {key: value for key, value in GERMAN.items() if key not in ("What comes next", "Anna Huber")})

    row = row_of(take_stock(project.site()))

    assert row.texts == Count(
        texts=8, translated=6, missing=2, words=sum(WORDS.values()), translated_words=sum(WORDS.values()) - 5
    )
    assert row.texts.percent == 88.3
    assert row.alts == Count(texts=1, translated=1, words=7, translated_words=7)
    assert (row.record, row.file) == ("news/bridge/record.yaml", "locales/de/LC_MESSAGES/bridge.po")


def test_a_fuzzy_translation_is_none(project: Project) -> None:
    """It is of other words, and a page does not show it."""
    project.translate("de", GERMAN, fuzzy=("What comes next",))

    count = row_of(take_stock(project.site())).texts

    assert (count.translated, count.fuzzy, count.missing) == (7, 1, 0)
    assert count.words - count.translated_words == WORDS["heading"]


def test_a_broken_translation_is_none_and_is_told(project: Project) -> None:
    """With its line: the translator believes it done."""
    project.translate("de", GERMAN | {"The road will follow.": "[Die Straße](https://elsewhere.example/) wird folgen."})

    status = take_stock(project.site())
    row = row_of(status)

    assert (row.texts.translated, row.texts.broken) == (7, 1)
    line = project.line_of(row.file, "elsewhere")
    assert [(fault.file, fault.line) for fault in row.broken] == [(row.file, line)]
    assert "the link leads to https://elsewhere.example/" in row.broken[0].message
    assert f"{row.file}:{line}:1" in to_terminal(status)
    assert f"{row.file}:{line}:1" in to_markdown(status)


def test_white_space_is_no_translation(project: Project) -> None:
    """A blank typed into the field is not a word."""
    project.translate("de", GERMAN | {"What comes next": "  "})

    assert row_of(take_stock(project.site())).texts.missing == 1


def test_without_a_catalog_everything_is_missing(project: Project) -> None:
    """And it says where the catalog would be, and that no page is made."""
    row = row_of(take_stock(project.site()))

    assert (row.texts.missing, row.texts.translated_words, row.texts.percent) == (8, 0, 0.0)
    assert row.file == "locales/de/LC_MESSAGES/bridge.po"
    assert "no text of bridge is translated into German" in row.stops[0].message


def test_a_repeated_text_counts_once(project: Project) -> None:
    """It is one entry of the catalog; in another role it is another one."""
    project.record(RECORD + "  - paragraph: The road will follow.\n  - heading: The road will follow.\n")

    assert row_of(take_stock(project.site())).texts.texts == 9


def test_what_is_not_translated_on_purpose_does_not_count(project: Project) -> None:
    """A slug can be the source's, and a quotation can stay in its language."""
    project.record(RECORD + "  - quote: {text: Che bello, lang: it}\nslug: the-bridge\n")

    assert row_of(take_stock(project.site())).texts.texts == 8


def test_a_broken_slug_is_told(project: Project) -> None:
    """It does not count, but the page has another address than the translator believes."""
    project.record(RECORD + "slug: the-bridge\n")
    project.translate("de", GERMAN | {"the-bridge": "Die Brücke!"})

    row = row_of(take_stock(project.site()))

    assert (row.texts.texts, row.texts.broken) == (8, 0)
    assert row.broken[0].message.startswith("slug: 'Die Brücke!' cannot be part of an address")


def test_markup_and_dashes_are_no_words(project: Project) -> None:
    """What is counted is what is read; a text without any word counts one, so that it is missed where it is missing."""
    project.record(
        RECORD.split("body:")[0]
        + 'body:\n  - paragraph: "A **very** [long way](https://example.org/) – home"\n  - paragraph: "–"\n'
    )

    row = row_of(take_stock(project.site()))

    assert row.texts.words == WORDS["headline"] + WORDS["teaser"] + 5 + 1


def test_a_language_takes_over_what_its_parent_has(project: Project) -> None:
    """de-AT counts the translations of de that its pages show; obsolete ones are its own alone."""
    project.write("a11ynews.toml", CONFIG.replace('"de", "it"', '"de", "de-AT"'))
    project.translate("de", GERMAN)
    project.write(
        "locales/de/LC_MESSAGES/bridge.po", project.read("locales/de/LC_MESSAGES/bridge.po") + '\n#~ msgid "x"\n#~ msgstr "y"\n'
    )
    project.write(
        "locales/de_AT/LC_MESSAGES/bridge.po",
        'msgid ""\nmsgstr ""\n\n#, fuzzy\nmsgctxt "heading"\nmsgid "What comes next"\nmsgstr "x"\n',
    )

    status = take_stock(project.site())

    assert row_of(status, language="de-AT").texts == row_of(status, language="de").texts
    assert row_of(status, language="de-AT").texts.percent == 100
    assert [row_of(status, language=language).obsolete for language in ("de", "de-AT")] == [1, 0]


def test_a_source_serves_the_regions_of_its_language(project: Project) -> None:
    """An English record needs no translation into en-GB."""
    project.write("a11ynews.toml", CONFIG.replace('"de", "it"', '"en-GB"'))

    status = take_stock(project.site())

    assert status.rows == []
    assert "no text that is to be translated" in to_terminal(status)
    assert status.exit_code == 0


def test_a_record_is_wanted_in_the_languages_that_it_names(project: Project) -> None:
    """In these alone, and also where the site does not name them."""
    project.record(RECORD + "languages: [fr]\n")
    project.record(id="second")

    status = take_stock(project.site())

    assert [(row.domain, row.language) for row in status.rows if row.record] == [("second", "de"), ("bridge", "fr")]


def test_only_the_languages_that_are_asked_for(project: Project) -> None:
    """None of the others."""
    project.write("a11ynews.toml", CONFIG)

    assert {row.language for row in take_stock(project.site(), ["it"]).rows} == {"it"}


def test_obsolete_translations_are_counted(project: Project) -> None:
    """Those behind `#~`, and those that no text asks for any more since the record has changed."""
    project.translate("de", GERMAN)
    file = "locales/de/LC_MESSAGES/bridge.po"
    project.write(file, project.read(file) + '\n#~ msgctxt "alt"\n#~ msgid "Gone"\n#~ msgstr "Fort"\n')
    project.record(RECORD.replace("  - heading: What comes next\n", ""))

    row = row_of(take_stock(project.site()))

    assert row.obsolete == 2
    assert row.texts.percent == 100
    update(project.site(), ["de"])
    assert len(PoFile.read(project.root / file, file).obsolete) == 2, "an update puts as many behind #~"


def test_alternative_texts_can_be_counted_alone(project: Project) -> None:
    """`alts_only`: nothing else is in any number."""
    project.translate("de", {ALT: "Zwei Kinder laufen"})
    project.record(RECORD.split("body:")[0] + "body: [{paragraph: No picture.}]\n", id="second")

    status = take_stock(project.site(), alts_only=True)

    assert [row.domain for row in status.rows] == ["bridge"]
    assert row_of(status).texts == row_of(status).alts == Count(1, 1, words=7, translated_words=7)


# -- the page's own words ----------------------------------------------------------------------------------------------


def test_the_pages_own_words_count(project: Project) -> None:
    """The packaged translations serve a site that has none of its own."""
    row = row_of(take_stock(project.site()), "a11ynews")

    assert row.name == UI_NAME
    assert row.texts.texts > 10
    assert row.texts.percent == 100
    assert row.file == "locales/de/LC_MESSAGES/a11ynews.po"


def test_own_words_that_are_not_translated(project: Project) -> None:
    """Missing and fuzzy are told apart; a {field} is no word."""
    project.write("templates/notice.html", '<p>{{ _("Fresh news") }} {{ _("Seen by {who}", who="x") }} {{ _("Gone") }}</p>')
    before = row_of(take_stock(project.site()), "a11ynews").texts
    catalog = 'msgid ""\nmsgstr ""\n\nmsgid "Gone"\nmsgstr "Fort"\n\n#, fuzzy\nmsgid "Seen by {who}"\nmsgstr "Von {who}"\n'
    project.write("locales/de/LC_MESSAGES/a11ynews.po", catalog)

    after = row_of(take_stock(project.site()), "a11ynews").texts

    assert (before.missing, before.fuzzy) == (3, 0)
    assert (after.missing, after.fuzzy, after.texts) == (1, 1, before.texts)
    assert after.words - after.translated_words == len(["Fresh", "news"]) + len(["Seen", "by"])


@pytest.mark.parametrize(("many", "state"), [("{n} Bilder", "translated"), ("", "missing")])
def test_a_plural_is_translated_when_all_its_forms_are(project: Project, many: str, state: str) -> None:
    """Half a plural shows English on some pages."""
    project.write("templates/notice.html", '<p>{{ ngettext("{n} picture", "{n} pictures", 3) }}</p>')
    before = row_of(take_stock(project.site()), "a11ynews").texts
    header = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    entry = f'msgid "{{n}} picture"\nmsgid_plural "{{n}} pictures"\nmsgstr[0] "{{n}} Bild"\nmsgstr[1] "{many}"\n'
    project.write("locales/de/LC_MESSAGES/a11ynews.po", header + entry)

    after = row_of(take_stock(project.site()), "a11ynews").texts

    assert before.missing == 1
    assert getattr(after, state) == getattr(before, state) + (state == "translated")


# -- as the pages ------------------------------------------------------------------------------------------------------

EVERYTHING = (
    RECORD
    + """\
  - list: [Cars, Bicycles]
  - quote: {text: It is good to be back, source: Clara Neri}
  - contact: Ask Anna Huber.
related: [{text: More on the bridge, url: "https://example.org/"}]
tags: [Traffic]
slug: the-bridge
"""
)


def shuffle(project: Project, folder: str, chance: random.Random) -> None:
    """Put every entry of a catalog into some state."""
    file = project.root / f"locales/{folder}/LC_MESSAGES/bridge.po"
    po = PoFile.read(file, file.name)
    for entry in po.live:
        # What de-AT lacks, de may have.
        kind = chance.choices(("done", "fuzzy", "empty", "broken"), (12, 1, 1, 1) if folder == "de" else (3, 1, 6, 1))[0]
        is_slug = entry.context == "slug"
        done = folder.lower().replace("_", "-") if is_slug else f"Deutsch {folder}: {entry.id}"
        broken = "Kein Slug!" if is_slug else f"[x](https://elsewhere.example/) {folder}"
        entry.set_strings({0: {"done": done, "fuzzy": done, "empty": "", "broken": broken}[kind]})
        entry.set_fuzzy(kind == "fuzzy")
    po.write(file)


def states_on(project: Project, path: str) -> tuple[Counter[str], bool]:
    """How many texts of the record a page shows in which state, and whether its tag is among them."""
    trace = json.loads(trace_file(project.root / ".a11ynews/site", path).read_text("utf-8").partition("\n")[0])
    shown = {tuple(origin) for origin in trace["origins"] if origin[2] in ROLES and origin[2] != "slug"}
    return Counter(origin[3] for origin in shown), "tag" in {origin[2] for origin in shown}


def test_status_and_pages_agree(project: Project) -> None:
    """
    Whatever state the entries of de-AT and de are in: what counts as translated is what the page shows in German, what does not
    is what it shows in English, and a page is there if and only if nothing is said to stop it.
    """
    config = CONFIG.replace('"de", "it"', '"de", "de-AT"')
    project.write("a11ynews.toml", config + '[fallback]\nquote = "refuse"\ntag = "hide"\n')
    project.record(EVERYTHING)
    update(project.site(), ["de", "de-AT"])
    seen: Counter[str] = Counter()
    for seed in range(12):
        for folder in ("de", "de_AT"):
            shuffle(project, folder, random.Random(f"{seed} {folder}"))
        # From nothing each time: what an earlier round has made would stay, or count as unchanged.
        for folder in ("site", ".a11ynews"):
            shutil.rmtree(project.root / folder, ignore_errors=True)
        status, outcome = take_stock(project.site()), project.render()
        rows = {row.language: row for row in status.rows if row.record}
        written = {path.partition("/")[0]: path for path in outcome.written}

        assert written.keys() == {"en", *(language for language, row in rows.items() if not row.stops)}
        assert set(outcome.stopped) == {fault for row in rows.values() for fault in row.stops}
        for language, row in rows.items():
            seen["stopped" if row.stops else "made"] += 1
            if row.stops:
                continue
            states, has_tag = states_on(project, written[language])
            told = {name: getattr(row.texts, name) for name in ("translated", "fuzzy", "missing", "broken")}
            seen.update(told)
            # A hidden tag is not on the page, and is not translated.
            assert sum(states.values()) == row.texts.texts - (not has_tag)
            assert states["translated"] == told["translated"]
            assert not has_tag or dict(states) == {state: number for state, number in told.items() if number}

    assert min(seen[name] for name in ("stopped", "made", "translated", "fuzzy", "missing", "broken")) >= 3, "too tame a test"


def test_an_alt_that_is_not_translated_stops_the_page(project: Project) -> None:
    """That is said, with the line to mend, in every format; and the page is not made."""
    project.translate("de", GERMAN, fuzzy=(ALT,))

    status = take_stock(project.site())
    row = row_of(status)

    line = project.line_of(row.file, f'msgid "{ALT}"') + 1
    assert [(fault.file, fault.line) for fault in row.stops] == [(row.file, line)]
    assert row.alts == Count(texts=1, fuzzy=1, words=7)
    assert project.render("de").written == []
    for told in (to_terminal(status), to_markdown(status)):
        assert "Pages that are not made" in told
        assert f"{row.file}:{line}:1" in told
    assert json.loads(to_json(status))["languages"][0]["pages_stopped"] == 1


def test_words_that_the_configuration_refuses_stop_the_page(project: Project) -> None:
    """As in rendering."""
    project.write("a11ynews.toml", CONFIG.replace('"de", "it"', '"de"') + '[fallback]\nheading = "refuse"\n')
    project.translate("de", GERMAN | {"What comes next": ""})

    assert len(row_of(take_stock(project.site())).stops) == 1
    assert project.render("de").written == []


# -- totals, budgets, exit codes ---------------------------------------------------------------------------------------


def test_totals_are_sums(project: Project) -> None:
    """Of all rows of a language."""
    project.translate("de", GERMAN)
    project.record(RECORD.replace("The bridge is open", "The bridge is closed"), id="second")

    status = take_stock(project.site())
    (total,) = status.totals

    assert total.texts == sum((row.texts for row in status.rows), Count())
    assert (total.pages, total.stopped) == (2, 1)
    assert total.alts == Count(texts=2, translated=1, missing=1, words=14, translated_words=7)


@pytest.mark.parametrize(
    ("translated", "words", "percent"),
    [(0, 3, 0.0), (1, 3, 33.3), (2, 3, 66.6), (3, 3, 100.0), (99_999, 100_000, 99.9), (0, 0, 100.0)],
)
def test_only_everything_is_a_hundred_per_cent(translated: int, words: int, percent: float) -> None:
    """Per cent are cut off, never rounded up."""
    assert Count(words=words, translated_words=translated).percent == percent


BUDGETED = CONFIG.replace('"de", "it"', '"de", "it"')


@pytest.mark.parametrize(
    ("config", "options", "exit_code"),
    [
        pytest.param("", [], 0, id="nothing configured"),
        pytest.param("[translation]\nbudget = 100\n", [], 1, id="one for all"),
        pytest.param("[translation]\nbudget = 0\n", [], 0, id="none for all"),
        pytest.param("[translation]\nbudget = { de = 100 }\n", [], 0, id="German is complete"),
        pytest.param("[translation.budget]\nit = 100\n", [], 1, id="Italian is not"),
        pytest.param("[translation.budget]\nit = 34.5\n", [], 0, id="but this far"),
        pytest.param("[translation.budget]\nit = 100\n", ["--budget", "it=30"], 0, id="the option goes first"),
        pytest.param("[translation.budget]\nit = 100\n", ["--budget", "de=100"], 1, id="… for its language"),
        pytest.param("[translation.budget]\nit = 100\n", ["--budget", "30"], 0, id="… or for all"),
        pytest.param("", ["--budget", "it=100%"], 1, id="an option alone"),
        pytest.param("", ["--budget", "100", "de"], 0, id="a language that is not asked for has none"),
        pytest.param("", ["--budget", "100", "--alts"], 1, id="of alternative texts"),
        pytest.param("", ["--budget", "de=100", "--budget", "it=0"], 0, id="several"),
    ],
)
def test_a_budget_that_is_not_reached_exits_1(project: Project, config: str, options: list[str], exit_code: int) -> None:
    """Of the configuration, and of options, which go before it."""
    project.write("a11ynews.toml", CONFIG + config)
    project.translate("de", GERMAN)

    result = run(*options)

    assert result.exit_code == exit_code, result.output


@pytest.mark.parametrize(("budget", "is_within"), [(None, True), (0, True), (99.9, True), (99.91, False), (100, False)])
def test_a_budget_is_reached_exactly_or_not(budget: float | None, is_within: bool) -> None:
    """No rounding lets anything through."""
    total = Total("de", Count(words=1000, translated_words=999), Count(), 0, 1, 0, budget)

    assert total.is_within_budget is is_within


@pytest.mark.parametrize(
    ("config", "line", "message"),
    [
        ("[translation]\nbudgets = 1\n", 6, "the key “budgets” is not known; did you mean “budget”?"),
        ("[translation]\nbudget = 101\n", 6, "the budget is '101'; write a number from 0 to 100"),
        ('[translation]\nbudget = "much"\n', 6, "the budget is 'much'; write a number from 0 to 100"),
        ("[translation]\nbudget = [1]\n", 6, "budget is a list; write a percentage such as 100"),
        ("[translation.budget]\nde = -1\n", 6, "the budget for de is '-1'; write a number from 0 to 100"),
        ("[translation.budget]\nde = { a = 1 }\n", 6, "the budget for de is no single value; write a number from 0 to 100"),
        ("[translation.budget]\nfr = 1\n", 6, "fr is not among languages; add it there, or take this budget out"),
        ("[translation.budget]\ngerman = 1\n", 6, "'german' is no language tag; did you mean “de”?"),
    ],
)
def test_a_budget_that_is_none_is_told(project: Project, config: str, line: int, message: str) -> None:
    """With its line."""
    file = project.write("a11ynews.toml", CONFIG + config)

    with pytest.raises(ConfigError) as error:
        load(file)

    assert [(fault.line, message in fault.message) for fault in error.value.faults] == [(line, True)], error.value.faults


@pytest.mark.parametrize("option", ["de", "de=", "=90", "de=much", "de=101", "fr=90", "xx=90", "-5"])
@pytest.mark.usefixtures("project")
def test_an_option_that_is_no_budget_is_told(option: str) -> None:
    """And nothing is counted."""
    result = run("--budget", option)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value" in result.stderr


def test_an_unreadable_catalog_is_told_and_the_rest_counted(project: Project) -> None:
    """Exit code 2 outranks 1: nobody knows how much is translated."""
    project.record(id="second")
    project.write("locales/de/LC_MESSAGES/second.po", 'msgid "\n')
    project.translate("de", GERMAN)
    project.write("locales/de/LC_MESSAGES/second.po", 'msgid "\n')

    result = run("--budget", "100")

    assert "locales/de/LC_MESSAGES/second.po:1:" in result.stderr
    assert "1 error: what they concern is in no number." in result.stderr
    assert "bridge" in result.stdout
    assert "Could not be read, and is in no number" in result.stdout
    assert result.exit_code == 2


def test_an_unreadable_catalog_of_the_page_stops_every_page(project: Project) -> None:
    """As in rendering; the records are counted all the same."""
    project.translate("de", GERMAN)
    project.write("locales/de/LC_MESSAGES/a11ynews.po", 'msgid "\n')

    status = take_stock(project.site())

    assert [(row.domain, row.texts.percent, len(row.stops)) for row in status.rows] == [("bridge", 100, 1)]
    assert project.render("de").written == []
    assert status.exit_code == 2
    assert to_terminal(status).count("a11ynews.po:1:") == 1, "told once"


def test_records_and_templates_that_cannot_be_read_are_told(project: Project) -> None:
    """Each with its place; the others are counted."""
    project.record("headline: [", id="broken")
    project.record(id="more/bridge")
    project.write("templates/notice.html", "{% if %}")

    status = take_stock(project.site())

    assert {fault.file for fault in status.faults} == {
        "news/broken/record.yaml",
        "news/more/bridge/record.yaml",
        "templates/notice.html",
    }
    assert [row.domain for row in status.rows] == ["bridge"]
    assert status.exit_code == 2


def test_no_record_is_exit_code_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counting nothing is not a pass."""
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)

    with pytest.raises(NothingToDo, match="no record was found in news/"):
        take_stock(made.site())

    assert run().exit_code == 3


# -- the formats -------------------------------------------------------------------------------------------------------

COUNTED = {"texts", "translated", "fuzzy", "missing", "broken", "words", "translated_words", "percent"}


def test_json_has_a_version_and_its_keys(project: Project) -> None:
    """Programs rely on them."""
    project.translate("de", GERMAN | {"The road will follow.": "<i lang='xx'>x</i>", ALT: ""})
    project.record("headline: [", id="broken")

    data = json.loads(to_json(take_stock(project.site(), budgets={"de": 100})))

    assert data.keys() == {"version", "alts_only", "exit_code", "languages", "catalogs", "faults"}
    assert (data["version"], data["alts_only"], data["exit_code"]) == (1, False, 2)
    (language,) = data["languages"]
    own = {"language", "name", "alts", "obsolete", "pages", "pages_stopped", "budget", "within_budget"}
    assert language.keys() == COUNTED | own
    assert language["alts"].keys() == COUNTED
    assert (language["name"], language["budget"], language["within_budget"]) == ("German", 100, False)
    ui, catalog = data["catalogs"]
    own = {"language", "domain", "record", "file", "alts", "obsolete", "broken_translations", "stops"}
    assert ui.keys() == catalog.keys() == COUNTED | own
    assert (ui["record"], catalog["record"]) == (None, "news/bridge/record.yaml")
    for fault in (*data["faults"], *catalog["broken_translations"], *catalog["stops"]):
        assert fault.keys() == {"file", "line", "column", "message"}
    assert len(catalog["broken_translations"]) == len(catalog["stops"]) == 1


def cells_of(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def test_markdown_is_a_table_with_the_numbers(project: Project) -> None:
    """One of the languages, one of the catalogs."""
    project.translate("de", GERMAN, fuzzy=("What comes next",))

    lines = to_markdown(take_stock(project.site(), budgets={"de": 100})).splitlines()

    names = cells_of(lines[lines.index("### Catalogs") + 2])
    rows = [dict(zip(names, cells_of(line), strict=True)) for line in lines if line.startswith("| bridge")]
    assert [(row["Words"], row["Words translated"], row["Translated"]) for row in rows] == [("43", "40", "93 %")]
    assert [(row["Fuzzy"], row["Missing"], row["Alts"], row["Page"]) for row in rows] == [("1", "0", "1 of 1", "made")]
    (total,) = (line for line in lines if line.startswith("| German (de)"))
    assert "**100 %: not reached**" in total


def test_markdown_shows_names_as_they_are() -> None:
    """A folder's name, or words in a catalog, cannot end a cell or become markup."""
    fault = Fault("a`b.po", 1, 2, "the link leads to <img src=x> | **x**")
    row = Row("de", "a|b_c_<d>\n`e`", "r", "f", Count(1, 1, words=1, translated_words=1), Count(), 0, broken=(fault,))

    told = to_markdown(Status({}, rows=[row]))

    assert r"| a\|b\_c\_\<d\> \`e\` | de | 1 |" in told
    assert r"- `` a`b.po:1:2 ``: the link leads to \<img src=x\> \| \*\*x\*\*" in told


LARGE = Count(123_456, 98_765, 1_234, 12_345, 123, 9_876_543, 8_765_432)


@pytest.mark.parametrize("width", [80, 100, 200])
@pytest.mark.parametrize(
    "name", ["short", "a-very-long-name-of-a-record-that-nobody-would-give-but-somebody-did", "長い名前" * 20]
)
@pytest.mark.parametrize("large", [False, True])
def test_the_table_fits(width: int, name: str, large: bool) -> None:
    """Into the columns of the terminal, whatever the names; and no number is cut."""
    count, alts = (LARGE, Count(1_234, 1_200)) if large else (Count(3, 1, 1, 1, 0, 500, 99), Count(2, 1))
    row = Row("de", name, "r", "f", count, alts, 1_234 if large else 5)

    lines = to_terminal(Status({"": 90}, rows=[row]), width=width).splitlines()

    assert max(map(cell_len, lines)) <= width
    assert f"{count.translated_words:,}/{count.words:,}" in lines[2]
    assert lines[2].split()[-1] == "yes"
    assert f"{alts.translated:,}/{alts.texts:,}" in lines[3]
    assert "…" not in "".join(lines[1:]).replace(shorten_middle(name, cell_len(lines[2].split()[0])), "")


def test_a_terminal_gets_colour_and_nothing_else_does(project: Project) -> None:
    """No escape sequence in a file or a pipe; the words are the same."""
    project.translate("de", GERMAN, fuzzy=(ALT,))
    status = take_stock(project.site())

    plain, coloured = to_terminal(status), to_terminal(status, colour=True)

    assert "\x1b" not in plain
    assert "\x1b[31m" in coloured
    assert "\x1b" not in run().stdout
    assert not [line for line in plain.splitlines() if line != line.rstrip()]


def test_a_name_cannot_draw_on_the_terminal() -> None:
    """Control characters and rich's own markup stay words."""
    row = Row("de", "a\x1b[2Jb[bold]c", "r", "f", Count(1, 1, words=1, translated_words=1), Count(), 0)

    told = to_terminal(Status({}, rows=[row]), colour=True)

    assert "\x1b[2J" not in told
    assert "[bold]" in told


@pytest.mark.parametrize(
    ("name", "width", "expected"),
    [
        ("bridge", 6, "bridge"),
        ("tum-polimi-partnership", 11, "tum-p…rship"),
        ("tum-polimi-partnership", 12, "tum-po…rship"),
        ("tum-polimi", 1, "…"),
        ("長い名前です", 8, "長い…す"),
    ],
)
def test_long_names_lose_their_middle(name: str, width: int, expected: str) -> None:
    """Names that begin alike differ at their ends."""
    assert shorten_middle(name, width) == expected
    assert cell_len(shorten_middle(name, width)) <= width


def test_long_lists_are_cut() -> None:
    """Twenty-five lines and how many more there are; JSON has them all."""
    stops = tuple(Fault("x.po", line, 1, "the alt is missing") for line in range(1, 41))
    status = Status({}, rows=[Row("de", "x", "r", "x.po", Count(1), Count(), 0, stops=stops)])

    assert to_terminal(status).count("x.po:") == 25
    assert "… and 15 more" in to_terminal(status)
    assert len(json.loads(to_json(status))["catalogs"][0]["stops"]) == 40


def test_each_format_goes_where_it_is_sent(project: Project) -> None:
    """Several at once: into files, the rest to the standard output."""
    project.translate("de", GERMAN)

    result = run("--format", "terminal", "--format", "json=out/status.json", "--format", "markdown=summary.md")

    assert result.exit_code == 0
    assert result.stdout.startswith("German (de): 100 % of")
    assert json.loads(project.read("out/status.json"))["version"] == 1
    assert project.read("summary.md").startswith("## Translations\n")
    assert json.load(io.StringIO(run("--format", "json", "--alts").stdout))["alts_only"] is True


@pytest.mark.parametrize("option", ["html", "json=", "JSON", ""])
@pytest.mark.usefixtures("project")
def test_a_format_that_is_none_is_told(option: str) -> None:
    """With those that there are."""
    result = run("--format", option)

    assert result.exit_code == 2
    assert "write terminal, json or markdown" in " ".join(result.stderr.split())


def test_a_file_that_cannot_be_written_is_told(project: Project) -> None:
    """In one line, with exit code 2."""
    project.write("blocked", "a file")

    result = run("--format", "json=blocked/status.json")

    assert result.exit_code == 2
    assert "blocked/status.json: cannot be written" in result.stderr


def test_counting_writes_nothing(project: Project) -> None:
    """Neither catalogs nor pages."""
    project.translate("de", GERMAN)
    before = {path: path.stat().st_mtime_ns for path in project.root.rglob("*")}
    Site(load(project.root / "a11ynews.toml"))

    run("--budget", "100")

    assert {path: path.stat().st_mtime_ns for path in project.root.rglob("*")} == before
