"""Catalogs on disk, beside their records, become a report; what cannot be read stops nothing else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from a11ynews.article import ROLES, Text
from a11ynews.catalog import Bitext, Term, translation_fault
from a11ynews.cli import main
from a11ynews.config import load
from a11ynews.errors import CatalogError, NothingToDo
from a11ynews.finding import Owner, Severity
from a11ynews.lint import lint, read_glossary
from a11ynews.po import PoFile
from a11ynews.pseudo import fill
from a11ynews.report import Report
from a11ynews.rule import Rule, rule
from a11ynews.rules import CATALOG_RULES
from a11ynews.site import Site
from catalogs import catalog_in, report_on
from project import CONFIG, GERMAN, RECORD, Project
from xmp import packet, png

ROOT = Path(__file__).parents[1]
PO = "locales/de/LC_MESSAGES/bridge.po"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a record that is well translated to German."""
    made = Project(tmp_path, CONFIG.replace(', "it"', ""))
    made.record()
    made.translate("de", GERMAN)
    return made


def told(report: Report) -> list[str]:
    """What is found, as rule and line of the translation."""
    return [f"{finding.rule} {finding.place.line}" for finding in report.findings]


def mistranslate(project: Project, source: str, words: str, comment: str = "", fuzzy: bool = False) -> int:
    """Translate a text otherwise; the line of its translation."""
    po = PoFile.read(project.root / PO, PO)
    entry = next(entry for entry in po.live if entry.id == source)
    entry.set_strings({0: words})
    entry.set_comments([comment] if comment else [])
    entry.set_fuzzy(fuzzy)
    po.write(project.root / PO)
    return entry.string_line


def test_the_sample_is_clean() -> None:
    """Nothing is found in our own catalogs: those of the record, and those of the page's words."""
    report = lint(Site(load(ROOT / "a11ynews.toml")))

    assert [page.name.split("/", 1)[1] for page in report.pages] == [
        f"{language}/LC_MESSAGES/{domain}.po" for language in ("de", "it") for domain in ("a11ynews", "tum-polimi-partnership")
    ]
    assert report.findings == []
    assert report.exit_code == 0


def test_a_finding_names_the_line_and_who_mends_it(project: Project) -> None:
    """File, line and column of the msgstr, the translator, and what stands there whatever its line."""
    line = mistranslate(project, "The bridge is open", "Die Brücke  ist offen")
    (finding,) = lint(project.site()).findings

    assert (finding.rule, finding.severity, finding.owner) == ("po-double-space", Severity.WARNING, Owner.TRANSLATOR)
    assert str(finding.place.source) == f"{PO}:{line}:1"
    assert finding.place.source is not None
    assert finding.place.source.identity == "catalog de bridge headline: The bridge is open"
    assert project.read(PO).splitlines()[line - 1] == 'msgstr "Die Brücke  ist offen"'


def test_the_record_tells_names_and_captions(project: Project) -> None:
    """Its names stay, and an alt is no caption, in the words of this catalog."""
    project.record(RECORD + "names: [Anna Huber]\n")
    credit = mistranslate(project, "Anna Huber", "Anna Hubert")
    alt = mistranslate(project, "Two children run across a stone bridge", "Die Ersten auf der Brücke")
    report = lint(project.site())

    assert told(report) == [f"po-alt-caption {alt}", f"po-names {credit}"]
    assert "bridge.png" in report.findings[0].message
    assert report.exit_code == 1


def test_what_is_fuzzy_or_missing_is_left_alone(project: Project) -> None:
    """However wrong it is: that is another command's matter, and a comment on it is not idle."""
    ignore = "a11ynews: ignore po-same because it is a name"
    mistranslate(project, "The bridge is open", "Die  Brücke [x] (y) 17", ignore, fuzzy=True)
    mistranslate(project, "What comes next", "", ignore)

    assert told(lint(project.site())) == []


def test_nothing_is_written(project: Project) -> None:
    """Not a byte of any catalog."""
    mistranslate(project, "The bridge is open", "Die  Brücke")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.root.rglob("*") if path.is_file()}
    lint(project.site())

    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.root.rglob("*") if path.is_file()} == before


def test_a_project_without_catalogs_has_nothing_to_check(tmp_path: Path) -> None:
    """Which must not look like a pass."""
    made = Project(tmp_path)
    made.record()

    with pytest.raises(NothingToDo, match="catalog update"):
        lint(made.site())


def test_only_the_languages_that_are_named(tmp_path: Path) -> None:
    """All of the site's, where none is."""
    made = Project(tmp_path)
    made.record()
    made.translate("de", GERMAN)
    made.translate("it", {})

    assert [page.name for page in lint(made.site(), ["it"]).pages] == ["locales/it/LC_MESSAGES/bridge.po"]
    assert len(lint(made.site()).pages) == 2


def test_a_region_is_served_by_its_languages_catalogs_too(project: Project) -> None:
    """Pages in de-AT show what locales/de has; locales/de_AT goes first. A pseudo-locale is nobody's translation."""
    project.write("a11ynews.toml", CONFIG.replace('"de", "it"', '"de-AT", "en-XA"'))
    for folder in ("de_AT", "en_XA"):
        project.write(f"locales/{folder}/LC_MESSAGES/bridge.po", project.read(PO).replace("de\\n", f"{folder}\\n"))

    assert [page.name.split("/")[1] for page in lint(project.site()).pages] == ["de_AT", "de"]


def test_a_catalog_without_a_record_is_checked_as_far_as_it_goes(project: Project) -> None:
    """And a note says that there is no such record."""
    project.write("locales/de/LC_MESSAGES/old.po", project.read(PO).replace("ist offen", "ist  offen"))
    report = lint(project.site())

    assert [finding.place.page for finding in report.findings if finding.rule == "po-double-space"] == [
        "locales/de/LC_MESSAGES/old.po"
    ]
    assert [note.split(";")[0] for note in report.notes] == ["locales/de/LC_MESSAGES/old.po: no record has the id “old”"]


# -- what cannot be read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "x"\n', ":4:1"),
        (b"msgid \xff", ":1:7"),
        (b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n', ":4:1"),
        (b'<<<<<<< ours\nmsgid "a"\nmsgstr "b"\n', ":1:1"),
    ],
)
def test_a_catalog_that_cannot_be_read_stops_no_other(project: Project, content: bytes, place: str) -> None:
    """It is told with its place, and nobody may think that all is well."""
    project.write("locales/de/LC_MESSAGES/broken.po", content)
    line = mistranslate(project, "The bridge is open", "Die  Brücke ist offen")
    report = lint(project.site())

    assert [one.page for one in report.unfinished] == [f"locales/de/LC_MESSAGES/broken.po{place}"]
    assert told(report) == [f"po-double-space {line}"]
    assert report.exit_code == 2


def test_a_record_that_cannot_be_read_stops_no_other(project: Project) -> None:
    """Its own catalogs are not checked: what they are translated from is not known."""
    project.record("language: en\n", id="broken")
    project.write("locales/de/LC_MESSAGES/broken.po", project.read(PO).replace("ist offen", "ist  offen"))
    report = lint(project.site())

    assert {one.page.split(":")[0] for one in report.unfinished} == {"news/broken/record.yaml"}
    assert [page.name for page in report.pages] == [PO]
    assert report.exit_code == 2


def test_a_missing_picture_is_no_matter_of_translations(project: Project) -> None:
    """Rendering tells it."""
    (project.root / "news/bridge/bridge.png").unlink()

    assert lint(project.site()).exit_code == 0


def test_a_rule_that_breaks_down_is_told_and_stops_no_other(project: Project) -> None:
    """The run is incomplete then, and not clean."""

    @rule("po-broken", on=Bitext)
    def broken(bitext: Bitext) -> Iterator[tuple[None, str]]:
        yield None, bitext.units[99].words

    line = mistranslate(project, "The bridge is open", "Die  Brücke ist offen")
    rules: list[Rule[Any]] = [broken, *CATALOG_RULES]
    report = lint(project.site(), rules=rules)

    assert [one.reason.split(":")[0] for one in report.unfinished] == ["the rule po-broken broke down"]
    assert told(report) == [f"po-double-space {line}"]


# -- comments that keep a rule quiet -----------------------------------------------------------------------------------

BECAUSE = "because the printer wants it so"


@pytest.mark.parametrize(
    ("comment", "rules"),
    [
        ("", ["po-double-space", "po-end-mark"]),
        (f"a11ynews: ignore po-double-space {BECAUSE}", ["po-end-mark"]),
        (f"a11ynews: ignore po-double-space, po-end-mark {BECAUSE}", []),
        (f"a11ynews: ignore po-double-space po-end-mark {BECAUSE}", []),
        (f"a11ynews:   ignore   po-end-mark   {BECAUSE}", ["po-double-space"]),
        ("a11ynews: ignore po-double-space", ["po-double-space", "po-end-mark", "po-ignore"]),
        ("a11ynews: ignore po-double-space because", ["po-double-space", "po-end-mark", "po-ignore"]),
        ("a11ynews: ignore everything", ["po-double-space", "po-end-mark", "po-ignore"]),
        (f"a11ynews: ignore po-numbers {BECAUSE}", ["po-double-space", "po-end-mark", "po-ignore"]),
        (f"a11ynews: ignore po-double-spaces {BECAUSE}", ["po-double-space", "po-end-mark", "po-ignore"]),
        (f"ignore po-double-space {BECAUSE}", ["po-double-space", "po-end-mark"]),
    ],
)
def test_a_comment_with_a_reason_keeps_a_rule_quiet(project: Project, comment: str, rules: list[str]) -> None:
    """Only the rules that it names, and only where they have something to say; else it is a finding itself."""
    mistranslate(project, "The bridge is open", "Die  Brücke ist offen!", comment)

    assert sorted(finding.rule for finding in lint(project.site()).findings) == rules


def test_a_comment_speaks_of_its_own_entry_alone(project: Project) -> None:
    """The same mistake in the next one is told."""
    mistranslate(project, "The bridge is open", "Die  Brücke", f"a11ynews: ignore po-double-space {BECAUSE}")
    line = mistranslate(project, "What comes next", "Wie es  weitergeht")

    assert told(lint(project.site())) == [f"po-double-space {line}"]


def test_a_comment_can_stand_above_the_header(project: Project) -> None:
    """… and keep quiet what is said of the header."""
    content = project.read(PO).replace("Language: de", "Language: nl")
    project.write(PO, content)
    before = told(lint(project.site()))
    project.write(PO, f"# a11ynews: ignore po-header-language {BECAUSE}\n{content}")

    assert before == ["po-header-language 4"]
    assert told(lint(project.site())) == []


def test_a_rule_that_does_not_run_makes_no_comment_idle(project: Project) -> None:
    """Where only some rules are asked, nobody knows what the others would say."""
    mistranslate(project, "The bridge is open", "Die  Brücke", f"a11ynews: ignore po-double-space {BECAUSE}")
    some = [rule for rule in CATALOG_RULES if rule.id in ("po-ignore", "po-quotes")]

    assert told(lint(project.site(), rules=some)) == []


# -- the glossary ------------------------------------------------------------------------------------------------------


def glossary(folder: Path, content: str | bytes) -> dict[str, tuple[Term, ...]]:
    file = folder / "glossary.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_glossary(file, "locales/glossary.csv", ["en", "de-AT", "it"])


def test_a_glossary_has_terms_for_each_language(tmp_path: Path) -> None:
    """Several ways stand between bars; what is forbidden in one language or in all; a region falls back to its language."""
    found = glossary(
        tmp_path,
        "\ufeffterm,de,de-AT,it,forbidden,forbidden-it,note\r\n"
        'partnership,Partnerschaft,,partnership | partenariato,,,"good, but long"\r\n'
        "\r\n"
        "tomato,Tomate,Paradeiser,pomodoro,tomato,,\r\n"
        "chat,,,,,chiacchiera,\r\n",
    )

    assert found["de-AT"] == (
        Term("partnership", ("Partnerschaft",)),
        Term("tomato", ("Paradeiser",), ("tomato",)),
    )
    assert found["de"][1] == Term("tomato", ("Tomate",), ("tomato",))
    assert found["it"] == (
        Term("partnership", ("partnership", "partenariato")),
        Term("tomato", ("pomodoro",), ("tomato",)),
        Term("chat", (), ("chiacchiera",)),
    )


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ("", [(1, "does not name the column “term”")]),
        ("word,de\nx,y\n", [(1, "does not name the column “term”"), (1, "the column “word”")]),
        ("term,german\nx,y\n", [(1, "the column “german” is neither")]),
        ("term,de\nbridge,Brücke, Steg\n,Fluss\n", [(2, "3 cells and the header 2"), (3, "the line has no term")]),
        (b"term,de\nbridge,Br\xfccke\n", [(1, "save it as CSV in UTF-8")]),
    ],
)
def test_a_glossary_tells_all_that_is_wrong_in_it(tmp_path: Path, content: str | bytes, faults: list[tuple[int, str]]) -> None:
    """Each with its line."""
    with pytest.raises(CatalogError) as raised:
        glossary(tmp_path, content)

    found = raised.value.faults
    assert len(found) == len(faults)
    assert all(any(fault.line == line and words in fault.message for fault in found) for line, words in faults)


def test_the_glossary_beside_the_catalogs_is_used(project: Project) -> None:
    """And one that cannot be read leaves the run incomplete, while all else is checked."""
    project.write("locales/glossary.csv", "term,de\nbridge,Steg\n")
    lines = [finding.message.split(";")[0] for finding in lint(project.site()).findings]
    project.write("locales/glossary.csv", "bridge,Steg\n")
    report = lint(project.site())

    assert lines == ["the glossary says “Steg” for “bridge”"] * 3
    assert {one.page for one in report.unfinished} == {"locales/glossary.csv:1:1"}
    assert len(report.pages) == 1
    assert report.exit_code == 2


# -- several catalogs --------------------------------------------------------------------------------------------------


def test_what_most_catalogs_say_is_the_usual_way() -> None:
    """The one that differs is named, whichever comes first, and where the others are."""
    odd = "[de section] Research => Wissenschaft"
    usual = "[de section] Research => Forschung"
    report = report_on(catalog_in(odd), catalog_in(usual), catalog_in(usual))

    assert [finding.message for finding in report.findings] == [
        "“Research” is “Wissenschaft” here and “Forschung” in locales/de/LC_MESSAGES/bridge.po; see whether both are meant"
    ]
    assert report.exit_code == 0


# -- what a page refuses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "source", "words"),
    [
        ("paragraph", "The [report](https://a.example/)", "Der [Bericht](https://b.example/)"),
        ("paragraph", "The [report](https://a.example/)", "Der [Bericht](javascript:alert)"),
        ("paragraph", "The [report](https://a.example/)", "Der [](https://a.example/)"),
        ("paragraph", "The report", "Der [Bericht](https://a.example/)"),
        ("paragraph", "The report", '<i lang="xx">Der Bericht</i>'),
        ("heading", "*The* report", '<i lang="de"> </i>'),
        ("slug", "the-bridge", "Die Brücke"),
        ("slug", "the-bridge", "-"),
    ],
)
def test_what_cannot_go_on_a_page_is_an_error(role: str, source: str, words: str) -> None:
    """A text that would fall back to the source's language without a word is told here, before anything is rendered."""
    fault = translation_fault(Text(source, ROLES[role], "en", "record.yaml", 1, 1, "x"), words)
    report = report_on(catalog_in(f"[de {role}] {source} => {words}"))

    assert fault
    assert Severity.ERROR in {finding.severity for finding in report.findings}


# -- the command -------------------------------------------------------------------------------------------------------


def run(project: Project, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["--config", str(project.root / "a11ynews.toml"), "catalog", "lint", *arguments])
    return result.exit_code, result.output


def test_pseudo_locales_are_told_as_that(project: Project) -> None:
    """Their catalogs are there; “no catalog was found” sent people looking for them."""
    project.write("a11ynews.toml", CONFIG.replace('"it"', '"en-XA"'))
    fill(project.site(), ["en-XA"])

    assert run(project, "en-XA") == (3, "a11ynews: en-XA: what a program has written is not checked; name another language\n")


def test_the_command_tells_findings_by_their_lines(project: Project) -> None:
    """As `file:line:column: severity [rule] what; what to do`, with a verdict at the end."""
    line = mistranslate(project, "Two children run across a stone bridge", "bruecke.jpg")
    code, output = run(project, "de")

    assert code == 1
    assert f"{PO}:{line}:1: error [po-alt-file-name] the alt text “bruecke.jpg” is the name of a file; say what" in output
    assert "    WCAG 1.1.1 · translator\n" in output
    assert f"on {PO}" not in output
    assert "1 catalog checked: catalog rules\n1 error (translator 1), 0 warnings, 0 to review\n" in output


@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (lambda _: None, 0),
        (lambda project: mistranslate(project, "What comes next", "Wie es  weitergeht"), 0),
        (lambda project: mistranslate(project, "Two children run across a stone bridge", "–"), 1),
        (lambda project: project.write(PO, "?"), 2),
        (lambda project: (project.root / PO).unlink(), 3),
    ],
    ids=["clean", "warning", "error", "unreadable", "nothing"],
)
def test_the_exit_code_says_how_it_went(project: Project, break_it: Any, code: int) -> None:
    """0 clean or warnings alone, 1 errors, 2 incomplete, 3 nothing to check."""
    break_it(project)

    assert run(project)[0] == code


def test_the_command_tells_a_report_in_several_formats_and_another_language(project: Project, tmp_path: Path) -> None:
    """Into the file that is named, and to the standard output, both in the language that is asked for."""
    mistranslate(project, "Two children run across a stone bridge", "bruecke.jpg")
    file = tmp_path / "report.html"
    code, output = run(project, "de", "--lang", "de", "--format", "text", "--format", f"html={file}")

    assert code == 1
    assert "Fehler [po-alt-file-name]" in output
    assert "1 Katalog geprüft" in output
    assert '<html lang="de"' in file.read_text("utf-8")


@pytest.mark.parametrize("arguments", [("--format", "xml"), ("--lang", "xx"), ("fr",), ("klingon",)])
def test_the_command_refuses_what_it_does_not_know(project: Project, arguments: tuple[str, ...]) -> None:
    """A format that is none, a language that is not the report's or the site's."""
    code, output = run(project, *arguments)

    assert code == 2
    assert arguments[-1] in output
    assert "Traceback" not in output


def test_a_folder_that_may_not_be_read_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows what is wrong in it: that is no pass, and not the same as there being no catalog."""
    folder = project.root / "locales" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    real = Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        if path == folder:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    report = lint(project.site(), ["de"])

    assert "locales/de/LC_MESSAGES: the folder cannot be read (Permission denied); mend its permissions" in [
        str(one) for one in report.unfinished
    ]
    assert report.exit_code == 2


def test_what_a_picture_carries_is_offered_to_its_translators(tmp_path: Path) -> None:
    """As something to look at, in their own language, as long as nobody has translated the text; never as an error."""
    project = Project(tmp_path)
    record = project.record()
    record.with_name("bridge.png").write_bytes(png(packet(alt={"de": "Zwei Kinder auf Stein", "fr": "Deux enfants"})))
    project.translate("de", {**GERMAN, "Two children run across a stone bridge": ""})
    project.translate("it", {})
    found = [finding for finding in lint(project.site()).findings if finding.rule == "po-alt-offered"]

    assert [(finding.message, finding.severity, finding.place.page) for finding in found] == [
        (
            "the picture bridge.png carries an alternative text in German: “Zwei Kinder auf Stein”; take it over or leave it",
            Severity.REVIEW,
            "locales/de/LC_MESSAGES/bridge.po",
        )
    ]
    assert found[0].place.line == project.line_of("locales/de/LC_MESSAGES/bridge.po", "Two children run across") + 1
    assert not found[0].gates
    project.translate("de", GERMAN)
    assert [finding for finding in lint(project.site()).findings if finding.rule == "po-alt-offered"] == []
