"""Pseudo-locales: what is kept, what grows, what turns; and that the sample's pages hold in both."""

import io
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page as BrowserPage

from a11ynews import markup
from a11ynews.article import ROLES, slug_fault
from a11ynews.check import check_static
from a11ynews.cli import main
from a11ynews.errors import NothingToDo
from a11ynews.finding import Severity
from a11ynews.found import read_pages
from a11ynews.language import chain_of, direction_of, is_pseudo, locale_of, native_name_of, same_language, tag_of
from a11ynews.live.axe import Choice
from a11ynews.live.cell import CELLS
from a11ynews.live.server import serving
from a11ynews.live.session import Options, examine
from a11ynews.markup import Level, Node
from a11ynews.page import Page
from a11ynews.po import PoFile
from a11ynews.pseudo import ACCENTED, LOCALES, MIRRORED, fill, translate, translate_slug
from a11ynews.report import Report
from a11ynews.status import take_stock
from a11ynews.translate import update
from project import CONFIG, GERMAN, RECORD, Project

ROOT = Path(__file__).parents[1]
WITH_BOTH = CONFIG.replace('"it"]', '"it", "en-XA", "ar-XB"]')


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with both pseudo-locales that is the current folder."""
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path, WITH_BOTH)
    made.record()
    return made


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["catalog", "pseudo", *arguments])

    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return result


# -- languages of their own --------------------------------------------------------------------------------------------


def test_pseudo_locales_are_languages_of_their_own() -> None:
    """Nothing that is English or Arabic is theirs, whatever their tags begin with, and no catalog of those serves them."""
    for tag, base in ((ACCENTED, "en"), (MIRRORED, "ar")):
        assert is_pseudo(tag)
        assert not is_pseudo(base)
        assert not same_language(tag, base)
        assert not same_language(base, tag)
        assert not same_language(tag.lower(), base)
        assert same_language(tag, tag)
        assert chain_of(tag) == (tag,)
        assert tag_of(tag.lower().replace("-", "_")) == tag


@pytest.mark.parametrize("tag", ["en-AX", "xa", "de-AT", "sq-XK", "en-x"])
def test_other_regions_are_none(tag: str) -> None:
    """Åland, Austria and Kosovo are regions where people live."""
    assert not is_pseudo(tag)


def test_cldr_serves_pseudo_locales_with_what_is_next() -> None:
    """Dates and lists of English and Arabic, their own names, the direction of the script."""
    assert (str(locale_of(ACCENTED)), str(locale_of(MIRRORED))) == ("en", "ar")
    assert (direction_of(ACCENTED), direction_of(MIRRORED)) == ("ltr", "rtl")
    assert native_name_of(ACCENTED) == "English (Pseudo-Accents)"
    assert native_name_of(MIRRORED).startswith("العربية (")


def test_english_on_an_accented_page_is_marked(project: Project) -> None:
    """What is not translated is English there, and says so."""
    fill(project.site())
    file = project.root / "locales/en_XA/LC_MESSAGES/bridge.po"
    po = PoFile.read(file, file.name)
    next(entry for entry in po.live if entry.id == "What comes next").set_fuzzy(True)
    po.write(file)

    project.render("en-XA")
    page = project.read("site/en-XA/bridge.html")

    assert '<html lang="en-XA" dir="ltr">' in page
    assert '<h2 lang="en">What comes next</h2>' in page
    link = '<a href="../en/bridge.html" lang="en" hreflang="en" rel="alternate">English</a>'
    assert link in page
    assert len(re.findall(r'(?<!href)lang="en"', page)) == 2, "the heading and the link to the English page, and nothing else"


# -- words -------------------------------------------------------------------------------------------------------------


def test_words_get_accents_brackets_and_company() -> None:
    """As long as a translation can become, and seen to be whole by its brackets."""
    assert translate("The road will follow.", ACCENTED) == "⟦Ţĥé ŕöåď ŵîļļ ƒöļļöŵ. öñé ţŵö ţĥŕéé⟧"


def test_words_are_written_in_arabic_letters() -> None:
    """Each Latin letter is one of the Arabic alphabet, with or without a mark on it; digits stay."""
    written = translate("Die Straße, 2026: Æther à Łódź!", MIRRORED)

    assert written == "ديع سترا" + "سع, 2026: " + "ا" + "تهعر ا لودز!"
    assert {unicodedata.bidirectional(letter) for letter in written if letter.isalpha()} == {"AL"}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "kept",
    [
        "[](https://example.org/a_(b))",
        "{authors}",
        '<i lang="it">Piazza Leonardo</i>',
        "<i lang='it'>*Piazza*</i>",
        "mail@example.org",
        "https://example.org/a?b=c#d",
        "www.tum.de/en/",
        "tum.de",
        "**",
        "*",
        "11, 2022",
        "20 %",
        "TUM Brussels",
        "Politecnico di Milano",
    ],
)
def test_what_a_translator_keeps_is_kept(locale: str, kept: str) -> None:
    """Addresses, fields, markup, words of another language, numbers, names; the words around are not."""
    before, after = ("[", kept[1:]) if kept.startswith("[") else (f"{kept} ", "")
    words = f"See it {before}and more{after} now and again"

    written = translate(words, locale, level=Level.FULL, keep=["TUM", "TUM Brussels", "Politecnico di Milano"])

    assert (kept[1:] if kept.startswith("[") else kept) in written
    assert not re.search("and|more|now", written)


def test_a_name_within_a_word_is_none() -> None:
    """TUM is kept, and the TUM of “TUMult” is not."""
    assert translate("TUM TUMult", MIRRORED, keep=["TUM"]) == "TUM تئمئلت"


def test_without_markup_a_bracket_is_a_bracket() -> None:
    """An alternative text holds no links: its words are all words."""
    assert "bold" not in translate("[bold](road) <i lang='it'>bold</i>", ACCENTED, level=Level.NONE)


@pytest.mark.parametrize(
    "words", ["A bridge", "The bridge is open to all, and [everybody](https://example.org/a/long/address) may cross."]
)
def test_words_grow_by_two_fifths(words: str) -> None:
    """Of what is seen; an address is not. Whole words are added, the longest of five letters and a space."""
    seen = [len(markup.plain(markup.parse(text))) for text in (words, translate(words, ACCENTED, level=Level.FULL))]

    growth = seen[1] - len("⟦⟧") - seen[0]
    assert seen[0] * 0.4 <= growth < seen[0] * 0.4 + len(" three")


@pytest.mark.parametrize(
    ("most", "written"),
    [
        (None, "⟦Åñ öþéñ ƀŕîďĝé öñé ţŵö⟧"),
        (24, "⟦Åñ öþéñ ƀŕîďĝé öñé ţŵö⟧"),
        (23, "⟦Åñ öþéñ ƀŕîďĝé öñé⟧"),
        (16, "⟦Åñ öþéñ ƀŕîďĝé⟧"),
        (15, "Åñ öþéñ ƀŕîďĝé"),
        (3, "Åñ öþéñ ƀŕîďĝé"),
    ],
)
def test_a_limit_is_kept_where_it_can_be(most: int | None, written: str) -> None:
    """First the padding goes, then the brackets; words are never cut."""
    assert translate("An open bridge", ACCENTED, most=most) == written


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("slug", ["tum-polimi-2022", "a", "x" * 80, "a" * 80, "straße-1", "мост", "q"])
def test_slugs_are_slugs(locale: str, slug: str) -> None:
    """As long, with the same hyphens and digits; their files' names stay within 255 bytes."""
    written = translate_slug(slug, locale)

    assert slug_fault(written) is None
    assert (len(written), written.count("-")) == (len(slug), slug.count("-"))
    assert len(f"{written}.html.trace".encode()) <= 255
    assert written != slug or not re.search("[a-lnopr-uwyz]", slug)


LETTERS = ("word", "Über", "TUM", "a", "ß", "词", "1", "_", " ", "  ", ".", "@", "(", ")", "{n}", "{", "}")
MARKUP = (
    "*",
    "**",
    "\\*",
    "\\",
    "[",
    "]",
    "](https://example.org/)",
    "[a](/b_(c))",
    '<i lang="it">',
    "<i lang='xx'>",
    "</i>",
    "<b>",
)
PIECES = st.sampled_from([*LETTERS, *MARKUP, "a@b.cd", "https://x.yz/", "www.x.yz", "x.yz/a"])


def shape(nodes: list[Node]) -> Any:
    """What the nodes are and where they lead, whatever the words; a text beside a text is one."""
    found: list[Any] = []
    for node in nodes:
        piece = "text" if node.kind == "text" else (node.kind, node.value, shape(node.children))
        if piece != "text" or found[-1:] != ["text"]:
            found.append(piece)
    return found


@settings(max_examples=250)
@given(st.lists(PIECES, max_size=14).map("".join), st.sampled_from(LOCALES), st.sampled_from([Level.FULL, Level.PHRASE]))
def test_whatever_the_markup_it_stays(words: str, locale: str, level: Level) -> None:
    """The same elements around the same places, with the same targets and languages."""
    written = translate(words, locale, level=level, keep=["TUM"])

    # Letter for letter: what is behind them is padding, and the closing bracket.
    expected = f"⟦{words}{written[1 + len(words) :]}" if locale == ACCENTED else words
    assert len(written) == len(expected)
    assert shape(markup.parse(written, level)) == shape(markup.parse(expected, level))
    assert re.sub(r"\w", "", written) == re.sub(r"\w", "", expected)


# -- catalogs ----------------------------------------------------------------------------------------------------------


def catalog(project: Project, locale: str, domain: str = "bridge") -> PoFile:
    path = project.root / f"locales/{locale.replace('-', '_')}/LC_MESSAGES/{domain}.po"
    return PoFile.read(path, path.name)


def test_all_is_translated_and_nothing_is_broken(project: Project) -> None:
    """Every entry of every catalog, as `catalog status` and a strict render see it."""
    project.record(RECORD.replace("Anna Huber", "The Anna Huber Agency") + "names: [Anna Huber]\nslug: the-bridge\n")

    filling = fill(project.site())

    assert [(filled.file, filled.written) for filled in filling.catalogs] == [
        ("locales/en_XA/LC_MESSAGES/a11ynews.po", True),
        ("locales/ar_XB/LC_MESSAGES/a11ynews.po", True),
        ("locales/en_XA/LC_MESSAGES/bridge.po", True),
        ("locales/ar_XB/LC_MESSAGES/bridge.po", True),
    ]
    status = take_stock(project.site(), LOCALES)
    assert {(total.language, total.texts.percent) for total in status.totals} == {(ACCENTED, 100), (MIRRORED, 100)}
    assert project.render(*LOCALES, strict=True).stopped == []
    credit = {entry.strings[0] for locale in LOCALES for entry in catalog(project, locale).live if entry.context == "credit"}
    assert credit == {"⟦Ţĥé Anna Huber Åĝéñçý öñé ţŵö ţĥŕéé⟧", "تهع Anna Huber اغعنصى"}


def test_every_text_stays_within_its_limit(project: Project) -> None:
    """The record's texts are as long as they may be, and their pseudo-translations no longer."""
    most = {name: role.most for name, role in ROLES.items() if role.most}
    assert most["alt"] == 250
    record = RECORD.replace("Two children run across a stone bridge", "word " * 49 + "end.")
    project.record(record.replace("The bridge is open", "headline " * 12 + "h"))

    fill(project.site())

    for locale in LOCALES:
        for entry in catalog(project, locale).live:
            if entry.context in most:
                assert len(entry.strings[0]) <= (most[entry.context] or 0), entry.id


def test_a_second_run_writes_nothing(project: Project) -> None:
    """And an update after it neither: the catalogs are what an update makes of them."""
    fill(project.site())
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.root.rglob("*.po")}

    again = fill(project.site())
    update(project.site(), LOCALES)

    assert not any(filled.written for filled in again.catalogs)
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.root.rglob("*.po")} == before
    assert len(before) == 4


def test_a_change_of_the_record_is_followed(project: Project) -> None:
    """Nothing is fuzzy or obsolete in a catalog that a program writes."""
    fill(project.site())
    project.record(RECORD.replace("The road will follow.", "The road comes first."))

    fill(project.site())

    po = catalog(project, ACCENTED)
    assert [entry.strings[0] for entry in po.live][-1] == "⟦Ţĥé ŕöåď çöméš ƒîŕšţ. öñé ţŵö ţĥŕéé⟧"
    assert (po.obsolete, [entry for entry in po.live if entry.fuzzy]) == ([], [])


def test_a_plural_has_all_forms_of_its_language(project: Project) -> None:
    """Arabic has six, one of them for one thing; fields stay in each."""
    project.write("templates/notice.html", '<p>{{ ngettext("{n} road", "{n} roads", 3) }}</p>')

    fill(project.site())

    (english,) = (entry for entry in catalog(project, ACCENTED, "a11ynews").live if entry.plural)
    (arabic,) = (entry for entry in catalog(project, MIRRORED, "a11ynews").live if entry.plural)
    assert english.strings == {0: "⟦{n} ŕöåď öñé⟧", 1: "⟦{n} ŕöåďš öñé⟧"}
    assert arabic.strings == {n: "{n} رواد" if n == 1 else "{n} رواد" + "س" for n in range(6)}


def test_a_message_of_a_template_is_no_text_of_a_record(project: Project) -> None:
    """Even where its context is called as a role is."""
    project.write("templates/notice.html", '<p>{{ pgettext("slug", "Our Roads") }}</p>')

    fill(project.site())

    (entry,) = (entry for entry in catalog(project, ACCENTED, "a11ynews").live if entry.context == "slug")
    assert entry.strings[0] == "⟦Öûŕ Ŕöåďš öñé⟧"


def test_babel_takes_the_catalogs(project: Project) -> None:
    """Babel's reader and its checkers find nothing wrong with format, header and plurals."""
    project.write("templates/notice.html", '<p>{{ ngettext("{n} road", "{n} roads", 3) }}</p>')
    fill(project.site())
    files = sorted(project.root.rglob("*.po"))
    catalogs = [read_po(io.BytesIO(file.read_bytes()), abort_invalid=True) for file in files]

    assert len(files) == 4
    assert [list(catalog.check()) for catalog in catalogs] == [[]] * 4
    assert any(len(message.id) == 2 for catalog in catalogs for message in catalog if not isinstance(message.id, str))


def test_a_record_takes_part_in_the_languages_that_it_names(project: Project) -> None:
    """One that names German alone has no page to be looked at in the pseudo-locales."""
    project.record(RECORD + "languages: [en, de, en-XA]\n")

    fill(project.site())

    assert (project.root / "locales/en_XA/LC_MESSAGES/bridge.po").is_file()
    assert not (project.root / "locales/ar_XB/LC_MESSAGES/bridge.po").exists()


def test_only_one_locale_and_elsewhere(project: Project) -> None:
    """`--locale` and `--out`; the project's own catalogs are left alone."""
    result = run("--locale", "ar_xb", "--out", "elsewhere")

    assert result.exit_code == 0
    assert {path.relative_to(project.root).as_posix() for path in project.root.rglob("*.po")} == {
        "elsewhere/ar_XB/LC_MESSAGES/a11ynews.po",
        "elsewhere/ar_XB/LC_MESSAGES/bridge.po",
    }


def test_the_command_says_what_it_did(project: Project) -> None:
    """One line a catalog; how to see the pages where the configuration has not the languages."""
    first, second = run(), run()
    project.write("a11ynews.toml", CONFIG)
    third = run("-l", "en-XA")

    assert "locales/ar_XB/LC_MESSAGES/bridge.po: 8 texts\n" in first.stdout
    assert "locales/ar_XB/LC_MESSAGES/bridge.po: 8 texts; unchanged\n" in second.stdout
    assert (first.stderr, first.exit_code) == ("", 0)
    assert third.stderr == "note: to render en-XA, add them to “languages” in a11ynews.toml.\n"


@pytest.mark.parametrize("locale", ["de", "en", "en-XC", ""])
def test_translations_of_people_are_never_written_over(project: Project, locale: str) -> None:
    """A language that people speak is refused, whatever is in its catalogs."""
    project.translate("de", GERMAN)
    before = project.read("locales/de/LC_MESSAGES/bridge.po")

    result = run("--locale", locale)

    assert result.exit_code == 2
    assert "is no pseudo-locale; there are en-XA and ar-XB" in " ".join(result.stderr.split())
    assert project.read("locales/de/LC_MESSAGES/bridge.po") == before


def test_what_cannot_be_read_is_told(project: Project) -> None:
    """A broken record and a broken template, each with its place; the rest is done; exit code 2."""
    project.record("headline: [", id="broken")
    project.write("templates/notice.html", "{% if %}")

    result = run("-l", "en-XA")

    assert "news/broken/record.yaml:1:" in result.stderr
    assert "templates/notice.html:1:" in result.stderr
    assert "2 errors: what they concern was not written." in result.stderr
    assert result.stdout == "locales/en_XA/LC_MESSAGES/bridge.po: 8 texts\n"
    assert result.exit_code == 2


def test_no_record_is_exit_code_3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing to translate."""
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)

    with pytest.raises(NothingToDo):
        fill(made.site())

    assert run().exit_code == 3
    assert list(tmp_path.rglob("*.po")) == []


# -- the pages ---------------------------------------------------------------------------------------------------------

EVERY_BLOCK = """language: en
slug: every-kind
published: 2026-05-04T09:00:00+02:00
updated: 2026-05-05T09:00:00+02:00
kicker: Campus
headline: Every kind of block stands on this page
teaser: It has **all** that a record can hold, with *emphasis* and <i lang="it">parole italiane</i>.
authors: [Anna Huber, {name: Carlo Bianchi, role: Photographer, url: "https://example.org/carlo"}]
location: Munich
body:
  - picture:
      file: bridge.png
      alt: A line that rises from left to right
      caption: The number of students, by [the registry](https://example.org/registry)
      credit: Anna Huber
      description: The line begins at 20,000 students in 2010 and ends at 52,000 in 2026.
  - paragraph: Write to mail@example.org, see https://example.org/a_(b), or read [more about it](https://example.org/more).
  - paragraph: The partners are TUM, PoliMi and others.
  - heading: What comes next
  - heading: {text: And after that, level: 3}
  - heading: {text: And at last, level: 4}
  - list: {items: [First do this., Then do that.], ordered: true}
  - quote: {text: It is good to be back., source: "Clara Neri, student", url: "https://example.org/neri"}
  - quote: {text: Che bello, source: A visitor, lang: it}
  - table:
      caption: Students and staff of the two universities by faculty and year, as far as the two registries know
      header: [Faculty, Students in 2025, Students in 2026, Professors]
      rows: [[Architecture and Planning, "10,000", "12,000", "300"], [Electrical Engineering, "20,000", "22,000", "400"]]
      row_headers: true
  - video: {file: talk.mp4, title: The speech of the rector, captions: talk.vtt, transcript: Hello to you., poster: bridge.png}
  - audio: {file: song.mp3, title: The song of the choir, transcript: [La la la., Li li li.]}
  - info: {heading: In brief, body: [{paragraph: It is short.}, {list: [One thing, Another thing]}]}
  - contact: Call Anna Huber at +49 89 12345.
related: [{text: The registry in Italian, url: "https://example.org/it", hreflang: it}]
section: Campus life
tags: [Research, Teaching]
licence: {url: "https://creativecommons.org/licenses/by/4.0/", name: Creative Commons Attribution 4.0}
names: [Anna Huber, TUM, PoliMi, {name: Clara Neri, lang: it}]
"""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with both pseudo-locales, and a record with every kind of block: rendered somewhere else."""
    root = tmp_path_factory.mktemp("pseudo")
    for folder in ("news", "locales"):
        shutil.copytree(ROOT / folder, root / folder)
    config = (ROOT / "a11ynews.toml").read_text("utf-8")
    languages = 'languages = ["en", "de", "it"]'
    assert languages in config
    project = Project(root, config.replace(languages, 'languages = ["en", "de", "it", "en-XA", "ar-XB"]'))
    project.record(EVERY_BLOCK + "languages: [en, en-XA, ar-XB]\n", id="every-kind")
    project.write("news/every-kind/talk.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nHello to you.\n")
    project.write("news/every-kind/talk.mp4", b"\0\0\0\x18ftypmp42")
    project.write("news/every-kind/song.mp3", b"ID3\x04")
    before = {path: path.read_bytes() for path in ROOT.glob("locales/**/*.po")}
    fill(project.site())

    outcome = project.render(strict=True)

    assert outcome.stopped == []
    assert len(outcome.written) == 5 + 3
    assert {path: path.read_bytes() for path in ROOT.glob("locales/**/*.po")} == before
    return root / "site"


@pytest.fixture(scope="session")
def pages(sample: Path) -> dict[str, list[Page]]:
    """The pages by their language."""
    found: dict[str, list[Page]] = {}
    for page in read_pages([sample], str).pages:
        found.setdefault(Path(page.name).parent.name, []).append(page)
    return found


@pytest.fixture(scope="session")
def address(sample: Path) -> Iterator[str]:
    """Where they are served."""
    with serving(sample) as base:
        yield base


def addresses(sample: Path, locale: str) -> list[str]:
    found = [quote(f"{locale}/{file.name}") for file in sorted((sample / locale).glob("*.html"))]

    assert len(found) == 4, "two articles, the list of them, and what is shown where there is no page"
    return found


def every_block(sample: Path, locale: str) -> str:
    """The address of the page with every kind of block."""
    (path,) = (path for path in addresses(sample, locale) if "%D8%B9%D8%B8%D8%B9" in path or "%C3%A9v" in path)
    return path


def test_the_pages_pass_the_check(sample: Path, pages: dict[str, list[Page]]) -> None:
    """Static rules over all pages; axe with its best practices in every cell, 320 pixels among them: no error, no warning."""
    assert {cell.width for cell in CELLS} >= {320, 1280}
    report = Report()
    check_static([page for found in pages.values() for page in found], report)
    chosen = [page for locale in LOCALES for page in pages[locale]]
    examine(chosen, sample, report, Options(choice=Choice(best_practices=True)))

    assert len(chosen) == 8
    assert report.unfinished == []
    for page in chosen:
        (checked,) = (one for one in report.pages if one.name == page.name)
        assert len(checked.checks) == 1 + len(CELLS)
    own = {page.name for page in chosen}
    assert [str(one) for one in report.findings if one.severity is not Severity.REVIEW and one.place.page in own] == []


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_scrolls_sideways(page: BrowserPage, sample: Path, address: str, locale: str, width: int) -> None:
    """Neither the page (WCAG 1.4.10) nor anything in it but the table, which may."""
    page.set_viewport_size({"width": width, "height": 800})
    for path in addresses(sample, locale):
        page.goto(f"{address}/{path}")
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        beyond = page.evaluate(
            """() => [...document.querySelectorAll('body *:not(.skip)')]
                .filter(one => !one.closest('table') || one.tagName === 'CAPTION')
                .map(one => [one.getBoundingClientRect(), one.outerHTML.slice(0, 80)])
                .filter(([box, _]) => box.left < -0.5 || box.right > innerWidth + 0.5)"""
        )

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert beyond == []


def test_the_look_for_scrolling_is_not_blind(page: BrowserPage, sample: Path, address: str) -> None:
    """A sheet that lets long words stick out is found at once."""
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{address}/{every_block(sample, ACCENTED)}")
    page.add_style_tag(content="h1 { white-space: nowrap }")

    assert page.evaluate("document.documentElement.scrollWidth") > 320


def test_nothing_on_the_accented_page_is_left_out(pages: dict[str, list[Page]]) -> None:
    """Whatever a catalog gave has accents and brackets, attributes too; other words are names, CLDR's or of another language."""
    for page in pages[ACCENTED]:
        if Path(page.name).name == "404.html":
            continue  # it says little
        given = "".join(words.words for words in page.words if words.origin and words.origin.state == "translated")
        alts = [words.words for words in page.words if words.attribute == "alt"]
        others = {words.words.strip() for words in page.words if not words.origin or words.origin.state != "translated"}

        assert given.count("⟦") == given.count("⟧") > 15
        assert len(re.findall("[áéîöûñţ]", given)) > 150
        assert alts
        assert {alt[0] + alt[-1] for alt in alts} == {"⟦⟧"}
        assert not [words for words in others if re.search(r"\b(?:the|of|on|page|with)\b", words)], others


def test_the_mirrored_page_runs_from_right_to_left(page: BrowserPage, sample: Path, address: str) -> None:
    """The page begins at the right; what is Latin runs the other way, and names side by side keep their order."""
    page.goto(f"{address}/{every_block(sample, MIRRORED)}")

    assert page.evaluate("document.documentElement.dir") == "rtl"
    letters = page.evaluate("document.querySelector('h1').textContent")
    assert letters
    assert {unicodedata.bidirectional(letter) for letter in letters if letter.isalpha()} == {"AL"}
    paper, heading = (
        page.evaluate(f"(box => [box.left, box.right])(document.querySelector('{one}').getBoundingClientRect())")
        for one in ("main", "h1")
    )
    assert paper[1] - heading[1] < 100
    order = page.evaluate(
        """() => [...document.querySelectorAll('p:not(.byline) span[translate=no]')]
            .filter(one => ['TUM', 'PoliMi'].includes(one.textContent)).map(one => one.getBoundingClientRect().left)"""
    )
    assert len(order) == 2
    assert order[0] > order[1], "TUM is said first, and stands at the right"


def test_readable_fonts_are_there(page: BrowserPage, sample: Path, address: str) -> None:
    """A text in Arabic letters is set in a font that has them: no box stands for a letter."""
    page.goto(f"{address}/{every_block(sample, MIRRORED)}")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": ".contact p, h1"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]

    assert fonts
    assert not [font["familyName"] for font in fonts if "LastResort" in font["familyName"] or not font["glyphCount"]]
