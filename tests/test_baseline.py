"""Baselines: what is known stays quiet while it is the same, and what is new or worse is told."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from a11ynews.baseline import Baseline, Entry, accept, entries_of, read, update, write
from a11ynews.check import Settings, check
from a11ynews.cli import main
from a11ynews.errors import A11yNewsError, BaselineError
from a11ynews.finding import Birthplace, Finding, Owner, Place, Severity
from a11ynews.message import say
from a11ynews.page import Page, Part
from a11ynews.report import CheckedPage, Report, Unfinished
from a11ynews.rule import RuleFacts, rule
from a11ynews.rules import RULES
from a11ynews.targets import Targets
from project import GERMAN, RECORD, Project

TODAY = date(2026, 6, 1)
HOST, OTHER_HOST = "http://127.0.0.1:8000", "https://preview.example.org:9443"


# -- reports made by hand ----------------------------------------------------------------------------------------------


def defect(
    page: str = "a.html",
    html: str = '<img src="a.jpg">',
    selector: str = "main > img",
    rule: str = "alt-missing",
    severity: Severity = Severity.ERROR,
    cells: tuple[str, ...] = (),
    degree: float = 0,
    words: str = "",
    source: Birthplace | None = None,
) -> Finding:
    """A finding on a page from elsewhere, or at a birthplace."""
    place = Place(page, 3, selector, html, source, words)
    return Finding(rule, severity, say("it has no alternative text; say what it shows"), place, cells=cells, degree=degree)


def report_of(*findings: Finding, pages: tuple[str, ...] = (), checks: tuple[str, ...] = ("static",)) -> Report:
    """A complete report on the pages of findings, and others."""
    names = dict.fromkeys([*(one.place.page for one in findings), *pages])
    ran = {one.rule for one in findings} | {"alt-missing"}
    return Report(
        pages=[CheckedPage(name, checks) for name in names],
        findings=list(findings),
        rules={id: RuleFacts(id, Severity.ERROR, (), (), "It holds.") for id in ran},
    )


def targets_of(report: Report) -> Targets:
    """The pages of a report, as if they were from the web."""
    return Targets(from_web=[Page(page.name, "<p>x") for page in report.pages])


def baseline_of(*findings: Finding, expires: date | None = None) -> Baseline:
    """A baseline of findings."""
    return Baseline("known.json", tuple(entries_of(findings, "old", date(2026, 5, 1), expires)))


def new_in(baseline: Baseline, *findings: Finding, checks: tuple[str, ...] = ("static",)) -> list[Finding]:
    """The findings that a baseline does not cover."""
    report = report_of(*findings, checks=checks)
    accept(report, [baseline], targets_of(report), TODAY)
    return report.new


def test_what_is_known_does_not_gate_and_says_why() -> None:
    """The finding stays in the report, with the reason, the line of the entry and the end."""
    report = report_of(defect())
    entry = replace(baseline_of(defect()).entries[0], expires=date(2026, 12, 31))

    accept(report, [Baseline("known.json", (entry,), (3,))], targets_of(report), TODAY)

    ((_, acceptance),) = report.known
    assert (acceptance.by, acceptance.reason, acceptance.where) == ("baseline", "old", "known.json:3")
    assert acceptance.expires == date(2026, 12, 31)
    assert report.exit_code == 0


def test_a_second_case_is_new() -> None:
    """As many as are counted are known; the one that stood elsewhere before is not the surplus."""
    second = defect(selector="main > div > img")

    assert new_in(baseline_of(defect()), second, defect()) == [second]
    assert new_in(baseline_of(defect(), second), second, defect()) == []


def test_a_count_is_of_one_page() -> None:
    """A line of a record is one entry, however many editions show it; twice on one page is new."""
    source = Birthplace("news/x/record.yaml", 8, 3, Owner.EDITOR, "record x alt 0000")
    here, there = (defect(f"{language}/x.html", source=source) for language in ("de", "it"))
    baseline = baseline_of(here, there)

    assert [entry.count for entry in baseline.entries] == [1]
    assert new_in(baseline, here, there, defect("en/x.html", source=source._replace(line=99))) == []
    assert len(new_in(baseline, here, replace(here, place=replace(here.place, selector="img + img")))) == 1


@pytest.mark.parametrize(
    ("before", "now", "is_new"),
    [
        pytest.param({"severity": Severity.REVIEW}, {}, True, id="severity rose"),
        pytest.param({}, {"severity": Severity.REVIEW}, False, id="severity fell"),
        pytest.param({"degree": 1.5}, {"degree": 1.52}, False, id="as bad, but for pixels"),
        pytest.param({"degree": 1.5}, {"degree": 1.54}, True, id="clearly worse"),
        pytest.param({"degree": 1.5}, {"degree": 1.1}, False, id="better"),
        pytest.param({}, {"degree": 1.5}, False, id="measured for the first time"),
        pytest.param({"cells": ("320 px, dark",)}, {"cells": ("320 px, dark",)}, False, id="same cell"),
        pytest.param({"cells": ("320 px, dark",)}, {"cells": ("320 px, dark", "320 px, light")}, True, id="one more cell"),
        pytest.param({"cells": ("320 px, dark",)}, {"cells": ("320 px, light",)}, True, id="another cell"),
        pytest.param({"cells": ("320 px, dark", "320 px, light")}, {"cells": ("320 px, dark",)}, False, id="fewer cells"),
        pytest.param({"cells": ("320 px, dark",)}, {}, True, id="in all cells now"),
        pytest.param({}, {"cells": ("320 px, dark",)}, False, id="in all cells before"),
    ],
)
def test_what_is_worse_is_new(before: dict[str, Any], now: dict[str, Any], is_new: bool) -> None:
    """By severity, cells and degree; what is better is known."""
    checks = ("static", "axe 4.12.1 (320 px, dark)", "axe 4.12.1 (320 px, light)")

    assert bool(new_in(baseline_of(defect(**before)), defect(**now), checks=checks)) is is_new


def test_all_cells_of_a_smaller_matrix_may_be_the_known_ones() -> None:
    """Who looks in the dark alone sees in “all” cells what is known of the dark."""
    known = baseline_of(defect(cells=("320 px, dark",)))

    assert new_in(known, defect(), checks=("axe 4.12.1 (320 px, dark)",)) == []


def test_the_worse_of_two_takes_the_entry_for_worse() -> None:
    """An error never takes the place of what was to be reviewed, and leaves that to the other."""
    error, review = defect(), defect(severity=Severity.REVIEW, selector="p > img")

    assert new_in(baseline_of(error, review), review, error) == []
    assert new_in(baseline_of(error, review), error, replace(review, severity=Severity.ERROR)) != []


def test_what_is_better_leaves_the_entry_to_what_is_not() -> None:
    """One of two that are alike has become a matter of review: the error is the known one."""
    review = defect(severity=Severity.REVIEW)

    assert new_in(baseline_of(defect()), review, defect(selector="p > img")) == [review]


def test_an_acceptance_that_has_ended_gates() -> None:
    """On its last day it still holds; afterwards the finding says since when, and whose it was, in the report's language."""
    assert new_in(baseline_of(defect(), expires=TODAY), defect()) == []

    (ended,) = new_in(baseline_of(defect(), expires=date(2026, 5, 31)), defect())

    assert ended.gates
    assert str(ended.message) == (
        "it has no alternative text; say what it shows (accepted until 2026-05-31 by web team, which has ended: old)"
    )
    assert ended.fingerprint == defect().fingerprint


def test_what_still_holds_goes_before_what_has_ended() -> None:
    """Two entries for one thing: it is accepted as long as one of them is."""
    ended = baseline_of(defect(), expires=date(2026, 5, 31)).entries[0]
    anew = replace(ended, expires=None, reason="still old")

    assert new_in(Baseline("known.json", (ended, anew)), defect()) == []


def test_what_a_comment_accepts_takes_no_entry() -> None:
    """The entry is left for the other one."""
    report = report_of(defect(), defect(selector="p > img"))
    report.findings[0] = replace(report.findings[0], known=accepted_by_comment())

    accept(report, [baseline_of(defect())], targets_of(report), TODAY)

    assert [acceptance.by for _, acceptance in report.known] == ["comment", "baseline"]


def accepted_by_comment() -> Any:
    from a11ynews.finding import Acceptance

    return Acceptance("comment", "it is a map", "news/x/record.yaml:7")


def test_two_baselines_are_one() -> None:
    """Each may know a part; an entry that stands in both would count twice, and is refused."""
    report = report_of(defect(), defect("b.html"))
    baselines = [baseline_of(defect()), replace(baseline_of(defect("b.html")), file="others.json")]

    accept(report, baselines, targets_of(report), TODAY)

    assert report.new == []
    with pytest.raises(BaselineError, match=r"^others.json:1:1: this entry stands in known.json too; keep it in one baseline$"):
        accept(report, [baselines[0], replace(baselines[0], file="others.json")], targets_of(report), TODAY)


# -- found again -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now"),
    [
        pytest.param({"html": "<p>", "words": "One"}, {"html": '<p class="x">', "words": "Two"}, id="reworded"),
        pytest.param({"html": '<p id="a" role="x">'}, {"html": '<p id="b" role="y">'}, id="another id"),
        pytest.param({"html": '<img src="a-1f3c5d.jpg">'}, {"html": '<img src="a-9a8b7c.jpg">'}, id="hash of a build"),
        pytest.param(
            {"html": '<p role="note">', "words": "One"},
            {"html": '<p role="note">', "words": "Two", "selector": "main > p"},
            id="same element, elsewhere and reworded",
        ),
    ],
)
def test_what_has_moved_is_found_again(before: dict[str, Any], now: dict[str, Any]) -> None:
    """One to one, by rule, page and selector, or by its start tag."""
    was, now_is = defect(**before), defect(**now)

    assert was.fingerprint != now_is.fingerprint
    assert new_in(baseline_of(was), now_is) == []
    assert new_in(baseline_of(was), now_is, replace(now_is, place=replace(now_is.place, selector="footer > *"))) != []


def test_as_many_as_were_counted_are_found_again() -> None:
    """Three that are alike have other words than the two before: the one at the known place first, and one more."""

    def note(words: str, selector: str) -> Finding:
        return defect(html="<p>", words=words, selector=selector)

    known = baseline_of(note("One", "#a > p"), note("One", "#b > p"))
    new = new_in(known, note("Two", "#d > p"), note("Two", "#c > p"), note("Two", "#a > p"))

    assert len(new) == 1
    assert new[0].place.selector != "#a > p"


@pytest.mark.parametrize(
    "now",
    [
        pytest.param({"html": '<img src="b.jpg">'}, id="another picture at its place"),
        pytest.param({"html": '<svg role="img">'}, id="another tag at its place"),
        pytest.param({"html": "<img>", "selector": "footer > img"}, id="elsewhere, and nothing tells it apart"),
        pytest.param({"page": "b.html"}, id="another page"),
        pytest.param({"rule": "alt-blank", "html": '<img src="a.jpg" alt=" ">'}, id="another rule"),
        pytest.param({"degree": 9.0, "html": '<img src="a.jpg" id="x">'}, id="worse"),
    ],
)
def test_what_is_another_defect_is_new(now: dict[str, Any]) -> None:
    """Even while the old one is mended."""
    known = defect(degree=1.0)

    assert len(new_in(baseline_of(known), defect(**({"degree": 1.0} | now)))) == 1


def test_another_element_without_a_name_is_new() -> None:
    """A paragraph elsewhere with other words is another one, though their start tags are alike."""
    one, other = defect(html='<p class="x">', words="One"), defect(html='<p class="x">', words="Two", selector="footer > p")

    assert new_in(baseline_of(one), other) == [other]


def test_other_words_of_a_record_are_new() -> None:
    """They are another text, which nobody has accepted, though it stands at the same place of the page."""
    source = Birthplace("news/x/record.yaml", 8, 3, Owner.EDITOR, "record x alt 0000")
    other = source._replace(identity="record x alt 1111")

    assert len(new_in(baseline_of(defect(source=source)), defect(source=other))) == 1


def test_an_element_of_a_template_is_found_again() -> None:
    """It has got an id, which is a part of its identity; it stands where it stood."""
    source = Birthplace("templates/article.html", 8, 1, Owner.WEB_TEAM, "template templates/article.html p")
    other = source._replace(identity="template templates/article.html p id=x")

    assert new_in(baseline_of(defect(source=source)), defect(source=other)) == []


# -- what is no more ---------------------------------------------------------------------------------------------------


def stale_in(baseline: Baseline, report: Report, targets: Targets | None = None) -> list[str]:
    """What a report says of entries that are not found any more."""
    accept(report, [baseline], targets or targets_of(report), TODAY)
    return report.stale


def test_what_is_found_no_more_is_told() -> None:
    """With the entry's line and its place; what is left of a count, too."""
    known = baseline_of(defect(), defect(selector="p > img"), defect("b.html"))

    assert stale_in(known, report_of(defect(), pages=("b.html",))) == [
        "known.json: of 2 that are accepted of alt-missing at a.html 1 are left; “a11ynews baseline update” lowers the count",
        "known.json: alt-missing is found no more at b.html; “a11ynews baseline update” takes the entry out",
    ]


def test_nothing_is_told_of_what_was_not_looked_at() -> None:
    """Another page, a rule that did not run, a page that was not checked to its end, cells that were not looked into."""
    live = baseline_of(defect(rule="axe/image-alt", cells=("320 px, dark",)))
    unfinished = report_of(pages=("a.html",))
    unfinished.unfinished.append(Unfinished("a.html", "it hung"))
    ran = {"axe/image-alt": RuleFacts("axe/image-alt", Severity.ERROR, (), (), "It holds.")}
    light = report_of(pages=("a.html",), checks=("axe 4.12.1 (320 px, light)",))
    light.rules |= ran
    dark = report_of(pages=("a.html",), checks=("axe 4.12.1 (320 px, dark)",))
    dark.rules |= ran

    assert stale_in(baseline_of(defect()), report_of(pages=("b.html",))) == []
    assert stale_in(live, report_of(pages=("a.html",))) == []
    assert stale_in(baseline_of(defect()), unfinished) == []
    assert stale_in(live, light) == []
    assert len(stale_in(live, dark)) == 1


def test_a_live_rule_looks_in_cells_of_its_own() -> None:
    """What it finds no more is gone wherever live rules ran, and nowhere else."""
    known = baseline_of(defect(rule="text-spacing", cells=("320 px, light, text spacing",)))
    ran, without = report_of(pages=("a.html",), checks=("static", "live rules")), report_of(pages=("a.html",), checks=("static",))
    for report in (ran, without):
        report.rules["text-spacing"] = RuleFacts("text-spacing", Severity.WARNING, (), (), "It holds.", is_live=True)

    assert len(stale_in(known, ran)) == 1
    assert stale_in(known, without) == []


def test_what_compares_pages_must_have_seen_them_all() -> None:
    """“title-unique” finds nothing on a page alone, and that says nothing."""
    known = baseline_of(defect(rule="title-unique"), defect("b.html", rule="title-unique"))
    facts = {"title-unique": RuleFacts("title-unique", Severity.WARNING, (), (), "It holds.")}
    alone, both = report_of(pages=("a.html",)), report_of(pages=("a.html", "b.html"))
    alone.rules |= facts
    both.rules |= facts
    on_web = Baseline("known.json", tuple(replace(entry, page=f"/{entry.page}") for entry in known.entries))
    for report in (alone, both):
        report.pages = [replace(page, name=f"{HOST}/{page.name}") for page in report.pages]

    assert stale_in(on_web, alone) == []
    assert len(stale_in(on_web, both)) == 2


# -- pages that change -------------------------------------------------------------------------------------------------


@rule("no-note", on=Page)
def no_note(page: Page) -> Iterator[tuple[Part, str]]:
    """Finds every small print, which nothing but its words tells apart."""
    for element in page.tagged("small"):
        yield element, f"{page.text_of(element)} is too small; write it large"


@rule("no-field", on=Page)
def no_field(page: Page) -> Iterator[tuple[Part, str]]:
    """Finds every field."""
    for element in page.tagged("input"):
        yield element, "a field; take it away"


@rule("no-note", on=Page)
def no_note_reworded(page: Page) -> Iterator[tuple[Part, str]]:
    """The same in other words."""
    for element in page.tagged("small"):
        yield element, "small print; take it away"


CHOSEN = [rule for rule in RULES if rule.id in ("alt-missing", "link-name", "html-lang", "frame-title", "id-unique")]
DEFECTS = [
    '<img class="c" src="/a.jpg">',
    '<img class="c" src="/b.jpg" id="pic-1700000000001">',
    '<a class="c" href="/news?id=1"></a>',
    '<a class="c" href="/news?id=2"></a>',
    '<small class="c">All prices in euro</small>',
    '<small class="c">Subject to change</small>',
    '<input class="c" id="field-1f3c5d7a" type="text">',
    '<input class="c" name="city" id="ember77">',
    '<iframe class="c" src="/map.html"></iframe>',
]
NEIGHBOURS = ["<p>Quiet words.</p>", '<img src="/c.jpg" alt="A bridge">', '<a href="/x">Read on</a>', "<h2>And then</h2>"]
EXTRA = [
    '<img src="/new.jpg">',
    '<img src="/a.jpg">',
    '<a href="/news?id=3"></a>',
    "<small>Without guarantee</small>",
    "<small>Subject to change</small>",
    '<input type="text">',
    '<iframe src="/film.html"></iframe>',
]


def found_on(parts: list[str], host: str = HOST, extra: Any = no_note) -> tuple[Report, Targets]:
    """The report on a page of these parts, which has no language either."""
    html = "<!doctype html><html><head><title>T</title></head><body><main><h1>H</h1>{}</main></body></html>"
    targets = Targets(from_web=[Page(f"{host}/de/", html.format("\n".join(parts)))])
    return check(targets, Settings(browser=False, rules=[*CHOSEN, extra, no_field])), targets


@st.composite
def rebuilt(draw: st.DrawFn) -> list[str]:
    """The parts of the page after a redesign: moved, wrapped, in other classes, with other neighbours and generated ids."""
    parts = []
    for part in draw(st.permutations(DEFECTS)):
        if draw(st.booleans()):
            part = part.replace(
                'class="c"', draw(st.sampled_from(['class="x y"', "", 'style="color: red"', 'data-v-3f2a1b="1"']))
            )
        if draw(st.booleans()):
            part = re.sub(r'id="(pic-|field-|ember)\w+"', lambda m: f'id="{m[1]}{draw(st.integers(10**7, 10**8))}"', part)
        for _ in range(draw(st.integers(0, 2))):
            part = f"<div class='wrap'>\n{part}</div>"
        parts += [part, *draw(st.lists(st.sampled_from(NEIGHBOURS), max_size=2))]
    return parts


@settings(max_examples=60)
@given(rebuilt(), st.sampled_from([HOST, OTHER_HOST]), st.sampled_from([no_note, no_note_reworded]))
def test_a_redesign_keeps_every_fingerprint(parts: list[str], host: str, rule: Any) -> None:
    """Whatever moved, nothing is new and nothing is gone: on another host, in other words of the rules."""
    before, _ = found_on(DEFECTS)
    report, targets = found_on(parts, host, rule)
    baseline = Baseline("known.json", tuple(entries_of(before.findings, "old", TODAY, None)))

    accept(report, [baseline], targets, TODAY)

    assert len(before.findings) == len(DEFECTS) + 1
    assert [(one.rule, one.place.html) for one in report.new] == []
    assert report.stale == []


@settings(max_examples=60)
@given(rebuilt(), st.sampled_from(EXTRA), st.data())
def test_a_new_defect_is_seen_through_a_redesign(parts: list[str], extra: str, data: st.DataObject) -> None:
    """One more of the same rule is exactly one new finding, wherever it is put, alike or not."""
    before, _ = found_on(DEFECTS)
    baseline = Baseline("known.json", tuple(entries_of(before.findings, "old", TODAY, None)))
    parts.insert(data.draw(st.integers(0, len(parts))), extra)
    report, targets = found_on(parts)

    accept(report, [baseline], targets, TODAY)

    assert len(report.new) == 1
    assert report.exit_code == 1


@settings(max_examples=60)
@given(st.permutations(range(len(DEFECTS))), st.integers(1, len(DEFECTS) - 1))
def test_what_is_mended_is_told_and_lets_nothing_else_in(order: list[int], mended: int) -> None:
    """Some defects go, and a new one comes: the new one gates, and the others are told as gone."""
    before, _ = found_on(DEFECTS)
    baseline = Baseline("known.json", tuple(entries_of(before.findings, "old", TODAY, None)))
    report, targets = found_on([DEFECTS[n] for n in order[mended:]] + ['<img src="/brand-new.jpg">'])

    accept(report, [baseline], targets, TODAY)

    assert [one.place.html for one in report.new] == ['<img src="/brand-new.jpg">']
    assert len(report.stale) == mended


@given(st.integers(0, len(DEFECTS) - 1))
def test_a_text_that_is_reworded_is_found_again_where_it_stands(n: int) -> None:
    """The fingerprint of what only its words tell apart changes with them; its place does not."""
    before, _ = found_on(DEFECTS)
    baseline = Baseline("known.json", tuple(entries_of(before.findings, "old", TODAY, None)))
    parts = [*DEFECTS]
    parts[n] = re.sub(r">[A-Z].*?<", ">Other words<", parts[n])
    report, targets = found_on(parts)

    accept(report, [baseline], targets, TODAY)

    assert report.new == []


# -- update ------------------------------------------------------------------------------------------------------------


def updated(baseline: Baseline, *findings: Finding, add: str = "", pages: tuple[str, ...] = ()) -> list[Entry]:
    """The entries of a baseline after an update."""
    report = report_of(*findings, pages=pages)
    done = update(
        baseline,
        report,
        targets_of(report),
        TODAY,
        add=lambda new: entries_of(new, add, TODAY, None) if add else [],
    )
    return done.entries


def test_an_update_takes_out_what_is_no_more() -> None:
    """And lowers counts; what was not looked at stays."""
    known = baseline_of(defect(), defect(selector="p > img"), defect("b.html"), defect("c.html"))

    assert [(entry.page, entry.count) for entry in updated(known, defect(), pages=("b.html",))] == [("a.html", 1), ("c.html", 1)]


def test_an_update_writes_what_has_moved_anew() -> None:
    """Its reason, owner and dates stay, and the next run finds it by its fingerprint."""
    was, now = defect(html="<p>", words="One"), defect(html='<p class="x">', words="Two")
    (entry,) = updated(baseline_of(was), now)

    assert (entry.fingerprint, entry.html) == (now.fingerprint, '<p class="x">')
    assert (entry.reason, entry.added) == ("old", date(2026, 5, 1))


def test_an_update_adds_nothing_by_itself() -> None:
    """What is new is for somebody to decide about."""
    assert len(updated(baseline_of(defect()), defect(), defect("b.html"))) == 1


def test_an_update_adds_what_is_new_with_its_reason() -> None:
    """A second case stands by itself, with a reason of its own; the check then knows both."""
    both = defect(), defect(selector="p > img")
    entries = updated(baseline_of(defect()), *both, add="the map")

    assert [(entry.count, entry.reason) for entry in entries] == [(1, "old"), (1, "the map")]
    assert new_in(Baseline("known.json", tuple(entries)), *both) == []
    assert [entry.count for entry in updated(baseline_of(defect()), *both, add="old")] == [2]


def test_an_update_takes_what_was_accepted_anew_in_place_of_what_had_ended() -> None:
    """Without --add an entry that has ended stays, and goes on gating."""
    ended = baseline_of(defect(), expires=date(2026, 5, 31))

    assert updated(ended, defect()) == list(ended.entries)
    (entry,) = updated(ended, defect(), add="one more month")
    assert (entry.reason, entry.expires) == ("one more month", None)
    assert entry.message == "it has no alternative text; say what it shows"


def test_an_incomplete_check_updates_nothing() -> None:
    """What it did not see would be taken out."""
    report = report_of(pages=("a.html",))
    report.unfinished.append(Unfinished("b.html", "it hung"))

    with pytest.raises(A11yNewsError, match=r"nothing was written; mend this first:\n    b.html: it hung"):
        update(baseline_of(defect()), report, targets_of(report), TODAY)


# -- the file ----------------------------------------------------------------------------------------------------------


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Every field, in any script, and the line of each entry."""
    file = tmp_path / "known.json"
    entries = entries_of(
        [defect(words="größer", cells=("320 px, dark",), degree=1.25), defect("ü.html")], "„so“\nist es", TODAY, date(2027, 1, 31)
    )

    write(file, entries)
    baseline = read(file, "known.json")

    assert set(baseline.entries) == set(entries)
    assert [file.read_text("utf-8").splitlines()[line - 1] for line in baseline.lines] == ["  {", "  {"]
    assert baseline.where(0) == "known.json:4"


@settings(max_examples=30)
@given(st.permutations([defect(f"{n}.html", selector=f"img:nth-of-type({m})") for n in range(3) for m in range(2)]))
def test_the_order_of_findings_is_no_matter(findings: list[Finding]) -> None:
    """The same findings give the same bytes."""
    usual = [defect(f"{n}.html", selector=f"img:nth-of-type({m})") for n in range(3) for m in range(2)]

    assert len({entry.key for entry in entries_of(findings, "old", TODAY, None)}) == 3
    assert [entry.page for entry in sorted(entries_of(findings, "old", TODAY, None), key=lambda entry: entry._order)] == [
        entry.page for entry in sorted(entries_of(usual, "old", TODAY, None), key=lambda entry: entry._order)
    ]


GOOD: dict[str, Any] = {
    "rule": "alt-missing",
    "fingerprint": "0123456789abcdef",
    "severity": "error",
    "count": 1,
    "owner": "web team",
    "reason": "old",
    "added": "2026-05-01",
}


def test_what_is_there_to_be_read_may_be_left_out(tmp_path: Path) -> None:
    """An entry by hand needs what decides, and no more."""
    file = tmp_path / "known.json"
    file.write_text(json.dumps({"version": 1, "entries": [GOOD]}))

    (entry,) = read(file, "known.json").entries

    assert (entry.cells, entry.degree, entry.expires, entry.page) == ((), 0, None, "")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "1:1: this is not JSON: Expecting value"),
        ('{"version": 1,\n "entries": [}', "2:14: this is not JSON: Expecting value; check the commas and quotation marks"),
        ("[]", "1:1: this is no baseline; it holds “version” and a list of “entries”"),
        ('{"version": 1}', "1:1: this is no baseline"),
        ('{"entries": [],\n "version": 2}', "2:13: the version is 2 and this a11ynews reads 1; install one that knows it"),
        ('{"version": true, "entries": []}', "1:13: the version is true"),
        ('{"version": 1, "entries": [\n 7]}', "2:2: an entry is an object"),
        ('{"version": 1, "entries": NaN}', "1:1: this is no baseline"),
        ("[" * 100_000, "1:1: this is no baseline"),
        ('{"version": 1, "entries": [\n<<<<<<< HEAD\n', "2:1: a merge was left half done here"),
    ],
)
def test_what_is_no_baseline_is_told_with_its_place(tmp_path: Path, content: str, told: str) -> None:
    """Line and column, and what to do."""
    file = tmp_path / "known.json"
    file.write_text(content)

    with pytest.raises(BaselineError) as error:
        read(file, "known.json")

    assert str(error.value.faults[0]).startswith(f"known.json:{told}")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"reason": None}, "“reason” is null; write some words"),
        ({"reason": " "}, '“reason” is " "; write some words'),
        ({"severity": "fatal"}, '“severity” is "fatal"; write error, warning or review'),
        ({"severity": []}, "“severity” is []; write error, warning or review"),
        ({"count": 0}, "“count” is 0; write a whole number from 1 on"),
        ({"count": True}, "“count” is true; write a whole number from 1 on"),
        ({"count": 1.5}, "“count” is 1.5; write a whole number from 1 on"),
        ({"expires": "2027-02-30"}, '“expires” is "2027-02-30"; write a day of the calendar such as 2027-01-31'),
        ({"expires": "31.1.2027"}, '“expires” is "31.1.2027"; write a day'),
        ({"added": 20260501}, "“added” is 20260501; write a day"),
        ({"fingerprint": "0123"}, '“fingerprint” is "0123"; write the sixteen digits that the JSON report has'),
        ({"cells": "dark"}, '“cells” is "dark"; write a list'),
        ({"degree": "high"}, '“degree” is "high"; write a number'),
        ({"where": 7}, "“where” is 7; write a text"),
        ({"resaon": "x"}, "the key “resaon” is not known; take it out"),
    ],
)
def test_every_wrong_value_is_told_at_its_place(tmp_path: Path, change: dict[str, Any], told: str) -> None:
    """Not the entry's line: the value's own."""
    file = tmp_path / "known.json"
    file.write_text(json.dumps({"version": 1, "entries": [GOOD | change]}, indent=1))
    (name,) = change
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if f'"{name}"' in text)
    column = file.read_text().splitlines()[line - 1].index(": ") + 3

    with pytest.raises(BaselineError) as error:
        read(file, "known.json")

    assert [str(fault)[: len(f"known.json:{line}:{column}: {told}")] for fault in error.value.faults] == [
        f"known.json:{line}:{column}: {told}"
    ]


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    """A missing reason at its entry, an entry that stands twice with the line of the first."""
    file = tmp_path / "known.json"
    bad = {key: value for key, value in GOOD.items() if key != "reason"}
    file.write_text(json.dumps({"version": 1, "entries": [GOOD, bad, GOOD]}).replace(", {", ",\n{"))

    with pytest.raises(BaselineError) as error:
        read(file, "known.json")

    assert [str(fault) for fault in error.value.faults] == [
        "known.json:2:1: the entry has no “reason”; add it, or write the entry anew with “a11ynews baseline update”",
        "known.json:3:1: this entry stands here a second time (first on line 1); keep one, with the higher count",
    ]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """One that is not there, a folder, one in another encoding."""
    (tmp_path / "latin.json").write_bytes(b"\xff\xfe")

    for name, told in (("none.json", "there is no such baseline"), (".", "cannot be read"), ("latin.json", "is not UTF-8")):
        with pytest.raises(BaselineError, match=rf"^x:1:1: .*{told}"):
            read(tmp_path / name, "x")


# -- the commands ------------------------------------------------------------------------------------------------------

PAGE = """<!doctype html>
<html lang="en"><head><title>{title}</title><meta name="description" content="About {title}."></head>
<body><main><h1>{title}</h1><p>Some words about it.</p>
{body}
</main></body></html>
"""


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))

    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "Traceback" not in result.output
    return result


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of pages from elsewhere, in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "public/de").mkdir(parents=True)
    page(tmp_path, "index", '<img src="a.jpg">')
    page(tmp_path, "de/index", '<img src="b.jpg"><img src="c.jpg">')
    return tmp_path / "public"


def page(root: Path, name: str, body: str) -> None:
    """Write a page of that folder."""
    (root / f"public/{name}.html").write_text(PAGE.format(title=f"News of {name}", body=body))


CHECK = ("check", "public", "--no-browser", "--baseline", "known.json")
WRITE = ("baseline", "write", "public", "--no-browser", "--output", "known.json", "--reason", "as it was")
UPDATE = ("baseline", "update", "public", "--no-browser", "--baseline", "known.json")


def test_an_old_site_takes_the_gate_on(folder: Path) -> None:
    """Written once, the check passes; a new defect fails it; a mended one is told, and taken out."""
    assert run(*WRITE).output == "known.json: 3 entries for 3 findings\n"
    assert run(*CHECK).exit_code == 0

    page(folder.parent, "index", '<div class="new"><img class="x" src="a.jpg"></div><img src="new.jpg">')
    page(folder.parent, "de/index", '<img src="c.jpg">')
    failed = run(*CHECK)

    assert failed.exit_code == 1
    assert "new.jpg" in failed.output
    assert '<img class="x" src="a.jpg">' not in failed.output
    assert "note: 2 findings are known from the baseline" in failed.output
    assert re.search(r"known.json:\d+: alt-missing is found no more at public/de/index.html", failed.output)

    told = run(*UPDATE)

    assert told.stdout == "known.json: 1 removed, 2 renewed; 2 entries\n"
    assert told.stderr == "note: 1 finding not in the baseline; mend them, or accept them with --add --reason\n"
    assert run(*UPDATE, "--add", "--reason", "an advertisement", "--expires", "2999-12-31", "--owner", "Sales").exit_code == 0
    passed = run(*CHECK)
    assert passed.exit_code == 0
    assert "no more" not in passed.output
    owners = [entry["owner"] for entry in json.loads(Path("known.json").read_text("utf-8"))["entries"]]
    assert sorted(owners) == ["Sales", "editor", "editor"]
    assert run(*UPDATE).stdout == "known.json: unchanged; 3 entries\n"


@pytest.mark.usefixtures("folder")
def test_a_part_of_a_site_says_nothing_of_the_rest() -> None:
    """Neither `check` nor `update`; and a page has the same name however it is named."""
    run(*WRITE)
    before = Path("known.json").read_bytes()
    part = ("public/de/index.html", "--no-browser", "--baseline", "known.json")

    checked = run("check", *part)
    run("baseline", "update", *part)

    assert checked.exit_code == 0
    assert "no more" not in checked.output
    assert Path("known.json").read_bytes() == before
    assert run("check", "public/**/*.html", "--no-browser", "--baseline", "known.json").exit_code == 0


def test_a_page_that_has_another_name_is_found_again(folder: Path) -> None:
    """While its old file is gone; what was on a page that is gone with all is taken out."""
    run(*WRITE)
    (folder / "de/index.html").rename(folder / "de/news.html")
    (folder / "index.html").unlink()

    checked = run(*CHECK)

    assert checked.exit_code == 0, checked.output
    assert "alt-missing is found no more at public/index.html" in checked.output
    run(*UPDATE)
    assert {entry["page"] for entry in json.loads(Path("known.json").read_text())["entries"]} == {"public/de/news.html"}


def test_a_site_outside_the_current_folder_is_known_on_another_machine(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder of a build has another name each time."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    run("baseline", "write", str(folder), "--no-browser", "-o", "known.json", "--reason", "old")
    moved = folder.rename(tmp_path / "build-2")

    assert run("check", str(moved), "--no-browser", "--baseline", "known.json").exit_code == 0
    assert "build" not in Path("known.json").read_text()


@pytest.mark.usefixtures("folder")
def test_a_baseline_is_not_written_over() -> None:
    """Unless --force says so."""
    run(*WRITE)

    again = run(*WRITE)

    assert again.exit_code == 2
    assert "known.json is there already; bring it up to date with “a11ynews baseline update”" in again.stderr
    assert run(*WRITE, "--force").exit_code == 0


def test_an_incomplete_check_writes_nothing(folder: Path) -> None:
    """Exit code 2, and what was not checked."""
    (folder / "empty.html").write_text("")

    result = run(*WRITE)

    assert result.exit_code == 2
    assert "the check is not complete, so nothing was written; mend this first:" in result.stderr
    assert "public/empty.html: the page shows nothing" in result.stderr
    assert not Path("known.json").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([*WRITE[:-1], "  "], "it is empty; say why this is accepted"),
        ([*WRITE, "--expires", "soon"], "'soon' is no date; write a day of the calendar such as 2027-01-31"),
        ([*WRITE, "--expires", "2020-01-01"], "2020-01-01 is over; write a day to come"),
        ([*UPDATE, "--add"], "--add needs --reason"),
        ([*UPDATE, "--reason", "x"], "are for what --add adds"),
        ([*UPDATE], "known.json:1:1: there is no such baseline"),
        ([*CHECK], "known.json:1:1: there is no such baseline; mend its name, or write one with “a11ynews baseline write”"),
        (["baseline", "show", "known.json"], "known.json:1:1: there is no such baseline"),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_is_asked_for_wrongly_is_told(arguments: list[str], told: str) -> None:
    """In words, with exit code 2, and nothing is written."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert told in result.stderr
    assert not Path("known.json").exists()


@pytest.mark.usefixtures("folder")
def test_a_broken_baseline_stops_the_check() -> None:
    """A gate that cannot read what is known must not guess."""
    Path("known.json").write_text('{"version": 1,\n "entries": [,]}')

    result = run(*CHECK)

    assert result.exit_code == 2
    assert result.stderr.startswith("known.json:2:14: this is not JSON")


@pytest.mark.usefixtures("folder")
def test_show_lists_the_entries_and_marks_what_ends() -> None:
    """Those that have ended, and those that soon will."""
    run(*WRITE)
    data = json.loads(Path("known.json").read_text())
    soon = date.fromordinal(date.today().toordinal() + 5)
    data["entries"][0]["expires"], data["entries"][1]["expires"] = "2020-01-01", str(soon)
    Path("known.json").write_text(json.dumps(data))

    shown = run("baseline", "show", "known.json")

    assert shown.exit_code == 0
    assert "2020-01-01 ended" in shown.output
    assert f"{soon} soon" in shown.output
    assert shown.output.splitlines()[-1] == "3 entries, 1 ended, 1 within 30 days"
    assert "as it was" in shown.output
    assert "2020-01-01 by editor, which has ended: as it was" in run(*CHECK).output


@pytest.mark.usefixtures("folder")
def test_the_language_of_the_report_is_no_matter() -> None:
    """What is known in one language is known in all."""
    run(*WRITE)

    assert run(*CHECK, "--lang", "de").exit_code == 0


def test_the_configuration_names_a_baseline(folder: Path) -> None:
    """`[check] baseline`, from the configuration's folder; it must be there."""
    (folder.parent / "a11ynews.toml").write_text('[check]\nbaseline = "known.json"\n')
    missing = run("check", "public", "--no-browser")
    run(*WRITE)

    assert missing.exit_code == 2
    assert "known.json:1:1: there is no such baseline" in missing.stderr
    assert run("check", "public", "--no-browser").exit_code == 0


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A site of ours in two languages with an alternative text that is a file's name, and a literal in a template."""
    monkeypatch.chdir(tmp_path)
    made = Project(tmp_path)
    made.record(RECORD.replace("Two children run across a stone bridge", "DSC04711.jpg"))
    made.translate("de", GERMAN | {"DSC04711.jpg": "Zwei Kinder"})
    made.render("en", "de")
    return made


def test_a_record_s_entry_stays_while_an_edition_was_not_looked_at(project: Project) -> None:
    """The page that showed it has gone, or shows it no more: the others may still do."""
    run("baseline", "write", "--no-browser", "-o", "known.json", "--reason", "old")
    data = json.loads(project.read("known.json"))
    for there in ("site/de/bridge.html", "site/en/gone.html"):
        data["entries"][0]["page"] = there
        project.write("known.json", json.dumps(data))

        part = run("check", "site/de/bridge.html", "--no-browser", "--baseline", "known.json")

        assert part.exit_code == 0, part.output
        assert "no more" not in part.output
        run("baseline", "update", "site/de/bridge.html", "--no-browser", "--baseline", "known.json")
        assert len(json.loads(project.read("known.json"))["entries"]) == 1


def test_our_own_pages_are_known_by_what_was_written(project: Project) -> None:
    """Lines move, the address changes, another edition comes: nothing is new. Another bad text is."""
    assert run("baseline", "write", "--no-browser", "-o", "known.json", "--reason", "old").exit_code == 0
    entries = json.loads(project.read("known.json"))["entries"]
    assert [(entry["rule"], entry["where"], entry["owner"]) for entry in entries] == [
        ("alt-file-name", "news/bridge/record.yaml:8:12", "editor")
    ]

    record = project.read("news/bridge/record.yaml")
    project.record(f"\n# moved\n{record}slug: another-address\n")
    project.translate("de", GERMAN | {"DSC04711.jpg": "Zwei Kinder"})
    project.render("en", "de")

    moved = run("check", "--no-browser", "--baseline", "known.json")
    assert moved.exit_code == 0, moved.output
    assert "no more" not in moved.output
    assert run("baseline", "update", "--no-browser", "--baseline", "known.json").stdout == "known.json: 1 renewed; 1 entry\n"
    assert json.loads(project.read("known.json"))["entries"][0]["where"] == "news/bridge/record.yaml:10:12"

    project.record(project.read("news/bridge/record.yaml").replace("DSC04711.jpg", "DSC04712.jpg"))
    project.translate("de", GERMAN | {"DSC04712.jpg": "Zwei Kinder"})
    project.render("en", "de")
    other = run("check", "--no-browser", "--baseline", "known.json")
    assert other.exit_code == 1
    assert "DSC04712.jpg" in other.output
    assert "alt-file-name is found no more at news/bridge/record.yaml:10:12" in other.output


def test_one_entry_knows_a_defect_of_a_template_on_all_pages(project: Project) -> None:
    """However many pages show it, and however the template is rearranged; a second one of its kind is new."""
    template = '{{% extends "a11ynews/article.html" %}}\n{{% block main %}}{}{{{{ super() }}}}{{% endblock %}}\n'
    link = '<p><a href="{{ page.url }}x" class="more"></a></p>'
    blocks = re.findall(r"{% block (\w+)", Path(__file__).parents[1].joinpath("templates/article.html").read_text("utf-8"))
    template = template.replace("block main", f"block {'content' if 'content' in blocks else blocks[-1]}")
    project.write("templates/article.html", template.format(link))
    project.render("en", "de")
    run("baseline", "write", "--no-browser", "-o", "known.json", "--reason", "old")
    entries = [entry for entry in json.loads(project.read("known.json"))["entries"] if entry["rule"] == "link-name"]

    assert [(entry["count"], entry["where"]) for entry in entries] == [(1, "templates/article.html:2:1")]

    moved = '\n\n<div>\n<a href="{{ page.url }}y" class="less"></a></div>'
    project.write("templates/article.html", template.format(moved))
    project.render("en", "de")
    assert run("check", "--no-browser", "--baseline", "known.json").exit_code == 0

    project.write("templates/article.html", template.format(moved + link))
    project.render("en", "de")
    second = run("check", "--no-browser", "--baseline", "known.json", "--format", "json")
    assert second.exit_code == 1
    new = [one for one in json.loads(second.stdout)["findings"] if not one["known"]]
    assert [one["rule"] for one in new] == ["link-name"] * 2


def test_what_the_browser_finds_is_known_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """axe's findings with their cells and degree; a worse contrast is new; without a browser nothing is said of them."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "public").mkdir()
    grey = '<p style="color: #{}; background: #fff">Pale words</p>'
    page(tmp_path, "index", grey.format("999"))
    run("baseline", "write", "public", "-o", "known.json", "--reason", "old")
    entries = json.loads(Path("known.json").read_text())["entries"]

    assert "axe/color-contrast" in {entry["rule"] for entry in entries}
    assert all(entry["degree"] > 1 for entry in entries if entry["rule"] == "axe/color-contrast")
    known = ("public", "--baseline", "known.json")
    passed = run("check", *known)
    assert passed.exit_code == 0, passed.output
    assert "no more" not in run("check", *known, "--no-browser").output

    page(tmp_path, "index", grey.format("bbb"))
    worse = run("check", *known)
    assert worse.exit_code == 1
    assert "axe/color-contrast" in worse.output

    page(tmp_path, "index", grey.format("000"))
    assert "axe/color-contrast is found no more at public/index.html" in run("check", *known).output


DOCUMENT = Path(__file__).parents[1] / "docs/baseline.md"


def test_the_document_shows_what_happens(folder: Path) -> None:
    """Its commands, one after the other, do and say what it says; only the browser is left out, and its days are to come."""
    text = re.sub(r"\b2027-", "2997-", DOCUMENT.read_text("utf-8"))
    shown = re.findall(r"^```console\n\$ (a11ynews .*)\n((?:[^`].*\n)*)^```$", text, re.MULTILINE)
    (note,) = re.findall(r"^note: known.json.*$", text, re.MULTILINE)
    (told,) = json.loads(re.findall(r"^```json\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)[0])["entries"]

    def follow(number: int) -> str:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', shown[number][0])][1:]
        result = run(*words, *([] if "show" in words else ["--no-browser"]))
        assert result.exit_code == 0, result.output
        assert result.stdout.endswith(shown[number][1])
        return result.stdout

    assert len(shown) == 5
    follow(0)
    written = json.loads(Path("known.json").read_text("utf-8"))["entries"][0]
    assert list(told) == list(written)
    assert told | {"fingerprint": "", "added": ""} == written | {"fingerprint": "", "added": ""}
    follow(1)
    page(folder.parent, "de/index", '<img src="b.jpg"><img src="c.jpg" alt="A bridge">')
    assert note in follow(1)
    follow(2)
    page(folder.parent, "index", '<img src="a.jpg"><p><img src="map.png"></p>')
    follow(3)
    assert "ticket 118" in follow(4)


def test_the_keys_of_the_document_are_those_of_an_entry() -> None:
    """The table explains each of them."""
    table = DOCUMENT.read_text("utf-8").partition("| Key | Meaning |\n")[2].partition("\n\n")[0]
    keys = [name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split(" | ")[0])]

    assert sorted(keys) == sorted(one.name for one in fields(Entry))
