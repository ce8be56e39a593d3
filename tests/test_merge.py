"""The merge of a catalog with the texts it should hold: no translation is lost, and nothing is touched without need."""

import codecs
import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from a11ynews.merge import Merge, Suggestion, Wanted, merge
from a11ynews.po import PoEntry, PoFile, Previous
from a11ynews.spelling import same_but_for_spelling

PAGE = (
    Wanted("headline", "Two universities renew their partnership", flags=("max-length:70",), references=("x.yaml:3",)),
    Wanted("teaser", "A new agreement was signed in Milan.", references=("x.yaml:4",)),
    Wanted("paragraph", "The rectors signed the agreement on Monday in Milan.", flags=("md-text",), references=("x.yaml:10",)),
    Wanted("paragraph", "Students can spend a year abroad.", flags=("md-text",), references=("x.yaml:12",)),
    Wanted("alt", "Two women sign papers at a long table", references=("x.yaml:20",), extracted=("ALT TEXT of image 1.",)),
    Wanted("caption", "The rectors sign the agreement.", references=("x.yaml:21",)),
    Wanted("paragraph", "The next meeting will be in Munich.", flags=("md-text",), references=("x.yaml:30",)),
)
HEADLINE, TEASER, SIGNED, ABROAD, ALT, CAPTION, MEETING = PAGE


def catalog(texts: Sequence[Wanted] = PAGE, translated: bool = True) -> PoFile:
    """A catalog of these texts, every one translated as `de: ` and its words."""
    po = PoFile.new("de", "de.po", project="x")
    merge(po, texts)
    for entry in po.live if translated else []:
        entry.set_strings(dict.fromkeys(entry.strings, f"de: {entry.id}"))
    return po


def spelling(was: str, now: str) -> bool:
    """Whether the change of a text is trivial."""
    return same_but_for_spelling(was, now, "en")


def merged(
    po: PoFile,
    texts: Sequence[Wanted],
    trivial: Callable[[str, str], bool] | None = None,
    remember: Callable[[Wanted], Suggestion | None] | None = None,
) -> Merge:
    """Merge, and see that a second time changes nothing, that Babel reads the file, and that it means what we think it does."""
    result = merge(po, texts, trivial=trivial, remember=remember)
    content = po.content()
    again = PoFile.parse(content, "de.po")
    counts = merge(again, texts, trivial=trivial, remember=remember)

    assert not counts.altered
    assert (counts.new, counts.changed, counts.returned, counts.obsolete, counts.trivial, counts.remembered) == (0, 0, 0, 0, 0, 0)
    assert again.content() == content
    # Babel does not know `#~|`.
    known = b"".join(line for line in content.splitlines(keepends=True) if not line.startswith(b"#~|"))
    read_po(io.BytesIO(known.removeprefix(codecs.BOM_UTF8)), abort_invalid=True)
    return result


def entry_of(po: PoFile, text: Wanted) -> PoEntry:
    (entry,) = [entry for entry in po.live if entry.key == text.key]
    return entry


def words_of(po: PoFile, text: Wanted) -> tuple[str, bool, str | None]:
    """An entry's translation, whether it is fuzzy, and the words it was made of if they are others."""
    entry = entry_of(po, text)
    return entry.strings[0], entry.fuzzy, entry.previous.id if entry.previous else None


def renumbered(texts: Sequence[Wanted]) -> list[Wanted]:
    return [replace(text, references=(f"x.yaml:{90 + number}",)) for number, text in enumerate(texts)]


def test_a_new_catalog_has_every_text_in_the_order_of_the_page() -> None:
    """All entries are new, untranslated, and hold what translators should know."""
    po = PoFile.new("de", "de.po")
    result = merged(po, PAGE)

    assert result == Merge(new=7, changed=0, returned=0, obsolete=0, kept=0, altered=True)
    assert [entry.key for entry in po.live] == [text.key for text in PAGE]
    assert entry_of(po, ALT).raw == (
        '\n#. ALT TEXT of image 1.\n#: x.yaml:20\nmsgctxt "alt"\nmsgid "Two women sign papers at a long table"\nmsgstr ""\n'
    )
    assert entry_of(po, HEADLINE).flags == ("max-length:70",)


def test_a_catalog_that_is_up_to_date_keeps_every_byte() -> None:
    """Nothing is counted but what was kept."""
    po = catalog()
    content = po.content()

    assert merged(po, PAGE) == Merge(new=0, changed=0, returned=0, obsolete=0, kept=7, altered=False)
    assert po.content() == content


def test_line_numbers_alone_do_not_rewrite_a_file() -> None:
    """A paragraph that moved down a line in the record is no change to a translator."""
    po = catalog()
    content = po.content()

    assert not merged(po, renumbered(PAGE)).altered
    assert po.content() == content


@pytest.mark.parametrize(
    "change",
    [
        lambda texts: [replace(texts[0], extracted=("HEADLINE",)), *texts[1:]],
        lambda texts: [replace(texts[0], flags=("max-length:60",)), *texts[1:]],
        lambda texts: [replace(texts[0], references=("y.yaml:1",)), *texts[1:]],
        lambda texts: [replace(texts[0], references=("x.yaml:1", "x.yaml:2")), *texts[1:]],
        lambda texts: [texts[1], texts[0], *texts[2:]],
        lambda texts: texts[:-1],
        lambda texts: [*texts, Wanted("paragraph", "More.", references=("x.yaml:99",))],
    ],
    ids=["comment", "flag", "file", "second place", "order", "removed", "added"],
)
def test_line_numbers_are_refreshed_with_any_other_change(change: Callable[[list[Wanted]], list[Wanted]]) -> None:
    """When the file is written anyway, all its references are right."""
    po = catalog()
    texts = change(renumbered(PAGE))

    assert merged(po, texts).altered
    assert [entry.references for entry in po.live] == [text.references for text in texts]


def test_a_rewritten_headline_keeps_its_translation_as_fuzzy() -> None:
    """There is one headline: whatever it says now, it takes the place of the old one, with the old words beside it."""
    po = catalog()
    new = replace(HEADLINE, id="Milan and Munich: friends for ten more years")
    result = merged(po, [new, *PAGE[1:]])

    assert result == Merge(new=0, changed=1, returned=0, obsolete=0, kept=6, altered=True)
    assert entry_of(po, new).raw == (
        '\n#: x.yaml:3\n#, fuzzy, max-length:70\n#| msgctxt "headline"\n#| msgid "Two universities renew their partnership"\n'
        'msgctxt "headline"\nmsgid "Milan and Munich: friends for ten more years"\n'
        'msgstr "de: Two universities renew their partnership"\n'
    )


def test_a_rewritten_paragraph_is_known_by_its_place() -> None:
    """What stands between the same neighbours is the successor, even if no word is the same; all others stay as they are."""
    po = catalog()
    new = replace(ABROAD, id="Xyz!")
    result = merged(po, [*PAGE[:3], new, *PAGE[4:]])

    assert (result.changed, result.kept, result.obsolete) == (1, 6, 0)
    assert words_of(po, new) == (f"de: {ABROAD.id}", True, ABROAD.id)


def test_a_text_of_another_role_is_no_successor() -> None:
    """A translated caption is no suggestion for an alt text."""
    po = catalog()
    new = replace(CAPTION, context="credit")
    result = merged(po, [*PAGE[:5], new, PAGE[6]])

    assert (result.new, result.changed, result.obsolete) == (1, 0, 1)
    assert words_of(po, new) == ("", False, None)
    assert [entry.key for entry in po.obsolete] == [CAPTION.key]


def test_a_text_that_moved_and_changed_a_little_is_found_again() -> None:
    """A paragraph that is much alike is the same one, wherever it went."""
    po = catalog()
    new = replace(SIGNED, id="The rectors signed the agreement on Tuesday in Milan.")
    merged(po, [HEADLINE, TEASER, ABROAD, ALT, CAPTION, MEETING, new])

    assert words_of(po, new) == (f"de: {SIGNED.id}", True, SIGNED.id)
    assert [words_of(po, text)[1] for text in (ABROAD, MEETING)] == [False, False]


def test_an_untranslated_text_only_gets_its_new_words() -> None:
    """Without a translation nothing is fuzzy, and old words are of no use."""
    po = catalog(translated=False)
    po.live[0].set_comments(["Ask the press office."])
    new = replace(HEADLINE, id="Other words")
    result = merged(po, [new, *PAGE[1:]])

    assert result.changed == 1
    assert words_of(po, new) == ("", False, None)
    assert entry_of(po, new).comments == ("Ask the press office.",)


def test_a_text_that_changes_twice_keeps_the_words_that_were_translated() -> None:
    """The old words beside a fuzzy translation are those it was made of, not those in between."""
    po = catalog()
    merged(po, [replace(HEADLINE, id="Second"), *PAGE[1:]])
    third = replace(HEADLINE, id="Third")
    merged(po, [third, *PAGE[1:]])

    assert words_of(po, third) == (f"de: {HEADLINE.id}", True, HEADLINE.id)


def test_old_words_that_a_translator_left_behind_are_replaced() -> None:
    """A translation that is not fuzzy any more is one of the present words, whatever `#|` still says."""
    po = catalog()
    po.live[0].set_previous(Previous("headline", "Long ago"))
    new = replace(HEADLINE, id="New")
    merged(po, [new, *PAGE[1:]])

    assert words_of(po, new) == (f"de: {HEADLINE.id}", True, HEADLINE.id)


def test_an_unsure_translation_is_not_said_to_be_one_of_the_old_words() -> None:
    """A translation that was fuzzy without `#|` stays so, and does not become sure when the old words return."""
    po = catalog()
    po.live[0].set_fuzzy(True)
    new = replace(HEADLINE, id="New")
    merged(po, [new, *PAGE[1:]])

    assert words_of(po, new) == (f"de: {HEADLINE.id}", True, None)
    merged(po, PAGE)
    assert words_of(po, HEADLINE) == (f"de: {HEADLINE.id}", True, None)


def test_a_change_that_is_taken_back_restores_every_byte() -> None:
    """The translation is right again, and is not fuzzy."""
    po = catalog()
    content = po.content()
    merged(po, [replace(HEADLINE, id="New"), *PAGE[1:]])
    result = merged(po, PAGE)

    assert (result.returned, result.kept, result.obsolete) == (1, 6, 0)
    assert po.content() == content


def test_old_words_that_return_beside_the_new_ones_are_translated() -> None:
    """Their translation waits as fuzzy under the new words; both have it then, and only one of them for sure."""
    po = catalog()
    new = replace(ABROAD, id="Students can spend two years abroad.")
    merged(po, [*PAGE[:3], new, *PAGE[4:]])
    result = merged(po, [*PAGE[:3], ABROAD, new, *PAGE[4:]])

    assert (result.returned, result.new, result.kept) == (1, 0, 7)
    assert words_of(po, ABROAD) == (f"de: {ABROAD.id}", False, None)
    assert words_of(po, new) == (f"de: {ABROAD.id}", True, ABROAD.id)


def test_an_inserted_text_changes_no_other() -> None:
    """A paragraph at the top leaves every translation where it is."""
    po = catalog()
    before = [entry.raw for entry in po.live]
    new = Wanted("paragraph", "A word before.", references=("x.yaml:9",))
    result = merged(po, [*PAGE[:2], new, *PAGE[2:]])

    assert result == Merge(new=1, changed=0, returned=0, obsolete=0, kept=7, altered=True)
    assert [entry.raw for entry in po.live if entry.key != new.key] == before
    assert words_of(po, new) == ("", False, None)


def test_moved_texts_take_all_their_bytes_along() -> None:
    """The order is that of the page, the header first; no entry is another one for it."""
    po = catalog()
    po.live[2].set_comments(["Mine."])
    before = sorted(entry.raw for entry in po.live)
    order = [MEETING, CAPTION, ALT, ABROAD, SIGNED, TEASER, HEADLINE]
    result = merged(po, order)

    assert result == Merge(new=0, changed=0, returned=0, obsolete=0, kept=7, altered=True)
    assert [entry.key for entry in po.live] == [text.key for text in order]
    assert sorted(entry.raw for entry in po.live) == before
    assert po.entries[0].is_header


def test_a_removed_text_keeps_its_translation_behind_tildes() -> None:
    """It goes to the end of the file, with what translators wrote and without what the record said."""
    po = catalog()
    entry = entry_of(po, ALT)
    entry.set_comments(["Hard."])
    entry.set_flags(["max-length:125", "ignore-end-stop"])
    result = merged(po, [text for text in PAGE if text is not ALT])

    assert (result.obsolete, result.kept) == (1, 6)
    assert (
        po.content()
        .decode()
        .endswith(
            '\n\n# Hard.\n#, ignore-end-stop\n#~ msgctxt "alt"\n#~ msgid "Two women sign papers at a long table"\n'
            '#~ msgstr "de: Two women sign papers at a long table"\n'
        )
    )


def test_a_removed_text_without_a_translation_goes_away() -> None:
    """There is nothing to keep."""
    po = catalog(translated=False)
    result = merged(po, PAGE[:-1])

    assert result == Merge(new=0, changed=0, returned=0, obsolete=0, kept=6, altered=True)
    assert MEETING.id not in po.content().decode()


@pytest.mark.parametrize("fuzzy", [False, True])
def test_a_text_that_returns_takes_its_translation_back(fuzzy: bool) -> None:
    """It is fuzzy if it was, and everything is as it was."""
    po = catalog()
    entry_of(po, ALT).set_fuzzy(fuzzy)
    content = po.content()
    merged(po, [text for text in PAGE if text is not ALT])
    result = merged(po, PAGE)

    assert result == Merge(new=0, changed=0, returned=1, obsolete=0, kept=6, altered=True)
    assert po.content() == content


def test_a_text_that_returns_is_no_successor() -> None:
    """Its own translation is better than that of what stood in its place meanwhile."""
    po = catalog()
    other = replace(ALT, id="A photograph of the town hall")
    merged(po, [text for text in PAGE if text is not ALT])
    merged(po, [*PAGE[:4], other, *PAGE[5:]])
    entry_of(po, other).set_strings({0: "Das Rathaus"})
    merged(po, PAGE)

    assert words_of(po, ALT) == (f"de: {ALT.id}", False, None)
    assert [(entry.id, entry.strings[0]) for entry in po.obsolete] == [(other.id, "Das Rathaus")]


def test_the_words_before_a_removed_change_return_with_their_translation() -> None:
    """Changed, removed, and back with the first words: the translation of these is found behind the tildes."""
    po = catalog()
    content = po.content()
    merged(po, [*PAGE[:4], replace(ALT, id="Two women sign a contract at a table"), *PAGE[5:]])
    merged(po, [text for text in PAGE if text is not ALT])
    merged(po, PAGE)

    assert po.content() == content


SPLIT = (
    "The rectors signed the agreement on Monday in Milan, and both of them spoke at length about the years to come.",
    "Students can apply from May on.",
)


@pytest.mark.parametrize(("parts", "best"), [(SPLIT, 0), (SPLIT[::-1], 1)])
def test_a_split_paragraph_gives_its_translation_to_the_part_most_like_it(parts: tuple[str, str], best: int) -> None:
    """That part has it as fuzzy; the other is empty; no other paragraph is touched."""
    whole = Wanted("paragraph", " ".join(parts))
    po = catalog([SIGNED, whole, MEETING])
    new = [Wanted("paragraph", part) for part in parts]
    result = merged(po, [SIGNED, *new, MEETING])

    assert (result.new, result.changed, result.kept, result.obsolete) == (1, 1, 2, 0)
    assert words_of(po, new[best]) == (f"de: {whole.id}", True, whole.id)
    assert words_of(po, new[1 - best]) == ("", False, None)


def test_of_two_equal_halves_the_first_has_the_translation() -> None:
    """Where both are as much alike, reading order decides."""
    po = catalog([Wanted("paragraph", "one two three four")])
    first, second = Wanted("paragraph", "one two "), Wanted("paragraph", "ree four")
    merged(po, [first, second])

    assert words_of(po, first)[1]
    assert words_of(po, second) == ("", False, None)


def test_joined_paragraphs_have_the_translation_of_the_one_most_like_them() -> None:
    """That of the other one is kept behind tildes."""
    po = catalog([SIGNED, *(Wanted("paragraph", part) for part in SPLIT), MEETING])
    whole = Wanted("paragraph", " ".join(SPLIT))
    result = merged(po, [SIGNED, whole, MEETING])

    assert (result.new, result.changed, result.kept, result.obsolete) == (0, 1, 2, 1)
    assert words_of(po, whole) == (f"de: {SPLIT[0]}", True, SPLIT[0])
    assert [entry.id for entry in po.obsolete] == [SPLIT[1]]


def test_several_changes_in_one_place_pair_by_likeness_and_then_by_order() -> None:
    """What is alike belongs together; of the rest, the first follows the first."""
    old = [Wanted("list item", text) for text in ("Joint research on energy", "aaaa", "New master's degrees", "bbbb")]
    new = [Wanted("list item", text) for text in ("1111", "New master degrees", "2222", "Joint research on clean energy")]
    po = catalog([HEADLINE, *old, ALT])
    merged(po, [HEADLINE, *new, ALT])

    assert [words_of(po, text)[2] for text in new] == [old[1].id, old[2].id, old[3].id, old[0].id]


def test_a_place_gives_its_translation_rather_than_an_empty_entry() -> None:
    """Of two texts that went and one that came, the translated one is the predecessor."""
    old = [Wanted("list item", "aaaa"), Wanted("list item", "bbbb")]
    po = catalog(old)
    po.live[0].set_strings({0: ""})
    new = Wanted("list item", "1111")
    merged(po, [new])

    assert words_of(po, new) == ("de: bbbb", True, "bbbb")


def test_a_text_that_stands_in_two_places_has_one_entry() -> None:
    """It has both references, all that is said of it, and the lower limit."""
    one = Wanted(
        "alt", "The same", extracted=("of image 1", "ALT"), references=("x.yaml:1",), flags=("max-length:125", "md-text")
    )
    two = Wanted("alt", "The same", extracted=("of image 2", "ALT"), references=("x.yaml:9",), flags=("max-length:90",))
    po = PoFile.new("de", "de.po")
    merged(po, [one, HEADLINE, two])
    entry = entry_of(po, one)

    assert [entry.key for entry in po.live] == [one.key, HEADLINE.key]
    assert entry.references == ("x.yaml:1", "x.yaml:9")
    assert entry.extracted == ("of image 1", "ALT", "of image 2")
    assert set(entry.flags) == {"max-length:90", "md-text"}


def test_our_flags_are_set_anew_and_all_others_stay() -> None:
    """A limit does not pile up, a guess of Babel's goes, and what somebody else has set is his."""
    po = catalog()
    entry = entry_of(po, HEADLINE)
    entry.set_flags(["fuzzy", "python-format", "max-length:90", "ignore-end-stop", 'placeholders:"TUM, München"'])
    merged(po, [replace(HEADLINE, flags=("max-length:70", "no-python-format")), *PAGE[1:]])

    assert entry.flags == ("fuzzy", "max-length:70", "no-python-format", "ignore-end-stop", 'placeholders:"TUM, München"')


def test_flags_that_another_tool_has_deleted_come_back() -> None:
    """msgmerge and Poedit delete limits; the next update sets them again."""
    po = catalog()
    entry_of(po, HEADLINE).set_flags([])

    assert merged(po, PAGE).altered
    assert entry_of(po, HEADLINE).flags == ("max-length:70",)


def test_a_changed_plural_makes_the_translation_fuzzy() -> None:
    """The id is the same, but the text is not."""
    photo = Wanted("", "{n} photo", "{n} photos", flags=("python-brace-format",))
    po = catalog([photo])
    new = replace(photo, plural="{n} pictures")
    result = merged(po, [new])

    assert (result.changed, result.kept) == (1, 0)
    assert entry_of(po, new).previous == Previous("", "{n} photo", "{n} photos")
    assert entry_of(po, new).fuzzy
    assert entry_of(po, new).strings == {0: "de: {n} photo", 1: "de: {n} photo"}


def test_a_text_that_gains_a_plural_has_as_many_strings_as_the_language() -> None:
    """The first holds the old translation, as fuzzy."""
    po = PoFile.new("pl", "pl.po")
    text = Wanted("", "photo")
    merge(po, [text])
    po.live[0].set_strings({0: "zdjęcie"})
    merged(po, [replace(text, plural="photos")])

    assert po.live[0].strings == {0: "zdjęcie", 1: "", 2: ""}
    assert po.live[0].fuzzy


@pytest.mark.parametrize("gone", [(), (MEETING,)])
def test_a_text_that_loses_its_plural_again_has_its_translation_back(gone: tuple[Wanted, ...]) -> None:
    """It was made of these very words; that the text was away in between makes no difference."""
    text = Wanted("", "{n} photo")
    po = catalog([text])
    merged(po, [replace(text, plural="{n} photos")])
    if gone:
        merged(po, gone)
    merged(po, [text])

    (entry,) = po.live
    assert (entry.strings, entry.fuzzy, entry.previous) == ({0: "de: {n} photo"}, False, None)


def test_a_text_that_loses_its_plural_loses_no_words() -> None:
    """The first string is the translation, as fuzzy; the others are noted."""
    text = Wanted("", "photo", "photos")
    po = catalog([text])
    po.live[0].set_strings({0: "Foto", 1: "Fotos"})
    new = replace(text, plural="")
    merged(po, [new])

    assert words_of(po, new) == ("Foto", True, "photo")
    assert entry_of(po, new).comments == ("msgstr[1] was: Fotos",)


def test_a_plural_that_returns_has_lost_strings_and_is_still_fuzzy() -> None:
    """Only the first string was kept in its place: a translator must look."""
    text = Wanted("", "photo", "photos")
    po = catalog([text])
    merged(po, [replace(text, plural="")])
    merged(po, [text])

    assert po.live[0].strings == {0: "de: photo", 1: ""}
    assert po.live[0].fuzzy


def test_a_text_without_plural_is_no_successor_of_one_with() -> None:
    """Its one string could not hold the translations."""
    po = catalog([Wanted("", "photo", "photos")])
    new = Wanted("", "photos")
    merged(po, [new])

    assert words_of(po, new) == ("", False, None)
    assert [entry.plural for entry in po.obsolete] == ["photos"]


def test_a_text_without_words_is_no_entry() -> None:
    """An empty id would be the header."""
    po = catalog()

    assert merged(po, [*PAGE, Wanted("", ""), Wanted("alt", "")]).kept == 7
    assert len(po.entries) == 8


def test_no_text_at_all_makes_everything_obsolete() -> None:
    """The header stays, and every translation."""
    po = catalog()
    result = merged(po, [])

    assert (result.obsolete, len(po.live), len(po.obsolete)) == (7, 0, 7)
    assert po.header["Language"] == "de"


# -- changes that are trivial ------------------------------------------------------------------------------------------

SLIP = Wanted("paragraph", "The goverment has recieved the plans", references=("x.yaml:40",))
MENDED = replace(SLIP, id="The government has received the plans.")


def test_a_mended_slip_keeps_its_translation() -> None:
    """It is as sure as before, and no old words stand beside it."""
    po = catalog([HEADLINE, SLIP, MEETING])
    result = merged(po, [HEADLINE, MENDED, MEETING], spelling)

    assert result == Merge(new=0, changed=0, returned=0, obsolete=0, kept=3, altered=True, trivial=1)
    assert entry_of(po, MENDED).raw == (
        '\n#: x.yaml:40\nmsgctxt "paragraph"\nmsgid "The government has received the plans."\n'
        'msgstr "de: The goverment has recieved the plans"\n'
    )


def test_a_mended_slip_is_fuzzy_where_nobody_said_otherwise() -> None:
    """Only `--trivial` trusts a measure."""
    po = catalog([HEADLINE, SLIP])
    result = merged(po, [HEADLINE, MENDED])

    assert (result.changed, result.trivial) == (1, 0)
    assert words_of(po, MENDED) == (f"de: {SLIP.id}", True, SLIP.id)


def test_a_mended_slip_that_is_fuzzy_already_becomes_sure() -> None:
    """Who updated without `--trivial` can still say it afterwards: the words in `#|` are those that were translated."""
    po = catalog([HEADLINE, SLIP])
    merged(po, [HEADLINE, MENDED])
    result = merged(po, [HEADLINE, MENDED], spelling)

    assert (result.changed, result.trivial, result.kept, result.altered) == (0, 1, 2, True)
    assert words_of(po, MENDED) == (f"de: {SLIP.id}", False, None)


@pytest.mark.parametrize("previous", [None, Previous(MENDED.context, MENDED.id)])
def test_what_a_translator_is_unsure_of_stays_fuzzy(previous: Previous | None) -> None:
    """Without other words in `#|` it is fuzzy for another reason than a change of the source."""
    po = catalog([HEADLINE, MENDED])
    entry_of(po, MENDED).set_fuzzy(True)
    entry_of(po, MENDED).set_previous(previous)

    assert merged(po, [HEADLINE, MENDED], spelling).trivial == 0
    assert entry_of(po, MENDED).fuzzy


@pytest.mark.parametrize("role", ["", "caption"])
def test_old_words_of_another_role_are_no_slip(role: str) -> None:
    """pybabel finds old words without looking at their role, and does not tell it: who knows what they were."""
    po = catalog([HEADLINE, MENDED])
    entry_of(po, MENDED).set_fuzzy(True)
    entry_of(po, MENDED).set_previous(Previous(role, SLIP.id))

    assert merged(po, [HEADLINE, MENDED], spelling).trivial == 0
    assert entry_of(po, MENDED).fuzzy


def test_an_unsure_translation_is_not_made_sure_by_a_mended_slip() -> None:
    """What was fuzzy before the change is fuzzy after it."""
    po = catalog([HEADLINE, SLIP])
    entry_of(po, SLIP).set_fuzzy(True)

    assert merged(po, [HEADLINE, MENDED], spelling).trivial == 0
    assert words_of(po, MENDED) == (f"de: {SLIP.id}", True, None)


def test_a_mended_slip_after_a_change_is_measured_from_the_translated_words() -> None:
    """The text that was translated said something else: the translation stays fuzzy, with those words."""
    po = catalog([HEADLINE, SLIP])
    merged(po, [HEADLINE, replace(SLIP, id="The goverment has refused the plans")])
    third = replace(SLIP, id="The government has refused the plans")
    result = merged(po, [HEADLINE, third], spelling)

    assert (result.changed, result.trivial) == (1, 0)
    assert words_of(po, third) == (f"de: {SLIP.id}", True, SLIP.id)


@pytest.mark.parametrize(
    "words",
    [
        "The government has not received the plans.",
        "The government has received 3 plans.",
        "The Government has received the plans of Milan.",
        "The government has received the [plans](https://x.org/).",
        "The governments have received the plans.",
    ],
)
def test_facts_are_never_trivial(words: str) -> None:
    """Negations, numbers, names, links, other words."""
    po = catalog([HEADLINE, MENDED])
    new = replace(MENDED, id=words)

    assert merged(po, [HEADLINE, new], spelling).trivial == 0
    assert words_of(po, new) == (f"de: {MENDED.id}", True, MENDED.id)


def test_both_forms_of_a_plural_must_be_the_same_but_for_spelling() -> None:
    """A mended singular does not excuse a rewritten plural."""
    text = Wanted("", "{n} seperate photo", "{n} seperate photos")
    mended = Wanted("", "{n} separate photo", "{n} separate photos")
    po, other = catalog([text]), catalog([text])

    assert merged(po, [mended], spelling).trivial == 1
    assert not entry_of(po, mended).fuzzy
    assert merged(other, [replace(mended, plural="{n} separate pictures")], spelling).trivial == 0
    assert other.live[0].fuzzy


# -- the translation memory --------------------------------------------------------------------------------------------


def from_memory(text: Wanted) -> Suggestion | None:
    """A memory that knows one word."""
    return Suggestion("Politecnico di Milano", "de/other.po") if text.id == "PoliMi" else None


POLIMI = Wanted("credit", "PoliMi", references=("x.yaml:50",))


def test_a_suggestion_is_marked_as_one() -> None:
    """It is fuzzy, so that it does not go on a page unseen, and a comment tells where it comes from."""
    po = catalog([HEADLINE])
    result = merged(po, [HEADLINE, POLIMI], remember=from_memory)

    assert result == Merge(new=1, changed=0, returned=0, obsolete=0, kept=1, altered=True, remembered=1)
    assert entry_of(po, POLIMI).raw == (
        '\n# Translation memory: from de/other.po\n#: x.yaml:50\n#, fuzzy\nmsgctxt "credit"\nmsgid "PoliMi"\n'
        'msgstr "Politecnico di Milano"\n'
    )


def test_an_old_entry_without_translation_takes_a_suggestion_too() -> None:
    """Its own comments stay, and stand before."""
    po = catalog([HEADLINE, POLIMI], translated=False)
    entry_of(po, POLIMI).set_comments(["Which one?"])
    result = merged(po, [HEADLINE, POLIMI], remember=from_memory)

    assert (result.new, result.kept, result.remembered) == (0, 2, 1)
    assert entry_of(po, POLIMI).comments == ("Which one?", "Translation memory: from de/other.po")


def test_a_translation_is_never_replaced_by_a_suggestion() -> None:
    """Not even a fuzzy one."""
    po = catalog([POLIMI])
    entry_of(po, POLIMI).set_fuzzy(True)

    assert not merged(po, [POLIMI], remember=from_memory).altered
    assert words_of(po, POLIMI) == ("de: PoliMi", True, None)


def test_a_refused_suggestion_does_not_return() -> None:
    """Whoever empties the entry has seen it; other words are another matter."""
    po = catalog([POLIMI], translated=False)
    merged(po, [POLIMI], remember=from_memory)
    entry_of(po, POLIMI).set_strings({0: ""})
    entry_of(po, POLIMI).set_fuzzy(False)

    assert merged(po, [POLIMI], remember=from_memory).remembered == 0
    assert words_of(po, POLIMI) == ("", False, None)

    merged(po, [replace(POLIMI, id="PoliMi Milan")], remember=from_memory)
    assert merged(po, [POLIMI], remember=from_memory).remembered == 1


def test_a_suggestion_stays_unsure_when_the_words_change() -> None:
    """Nobody has said yet that it is a translation of the first ones."""
    po = catalog([POLIMI], translated=False)
    merged(po, [POLIMI], remember=from_memory)
    new = replace(POLIMI, id="PoliMi Milan")
    merged(po, [new], remember=from_memory)
    merged(po, [POLIMI], spelling, from_memory)

    assert words_of(po, POLIMI) == ("Politecnico di Milano", True, None)


# -- catalogs that other tools have written ----------------------------------------------------------------------------

# What Babel 2.18 writes with --previous, which gettext cannot read: it breaks lines within quotation marks.
BROKEN = """\
msgid ""
msgstr "Language: de\\n"

#, fuzzy
#| msgid "" "Council council minister minister energy garden railway university
#| and so" " on and on \\"for\\" more words than a line has, really, and then
#| two."
msgctxt "paragraph"
msgid "Now"
msgstr "Jetzt"
"""
TWO = (
    "Council council minister minister energy garden railway university and so on and on "
    "for more words than a line has, really, and then two."
).replace("for", '"for"')

# … and what it makes of `#|` lines, or of those above, when it reads them.
BABEL = """\
msgid ""
msgstr "Language: de\\n"

# Mine.
# | msgctxt "headline"
# | msgid ""
# | "Two representatives of the two partners at the signing of the contract
# one \\"and\\" "
# | "more"
# Mine too.
#, fuzzy
msgctxt "headline"
msgid "Hello"
msgstr "Hallo"

# | msgid "This translator
msgctxt "teaser"
msgid "Bye"
msgstr "Auf Wiedersehen"

# | msgid "This is broken\\q"
#, fuzzy
msgctxt "paragraph"
msgid "Bye"
msgstr "Auf Wiedersehen"

# | msgid "" "Council council minister minister energy garden railway
# university
# | and so" " on and on \\"for\\" more words than a line has, really, and then
# | two."
#, fuzzy
msgctxt "paragraph"
msgid "Now"
msgstr "Jetzt"
"""


def test_old_words_that_babel_made_a_comment_of_are_old_words_again() -> None:
    """Babel reads `#|` lines as comments and writes them so, broken anew; what only looks like them stays a comment."""
    po = PoFile.parse(BABEL, "de.po")
    merged(po, [Wanted("headline", "Hello"), Wanted("teaser", "Bye"), Wanted("paragraph", "Bye"), Wanted("paragraph", "Now")])
    hello, teaser, paragraph, now = po.live

    assert hello.previous == Previous(
        "headline", 'Two representatives of the two partners at the signing of the contract one "and" more'
    )
    assert hello.comments == ("Mine.", "Mine too.")
    assert (teaser.comments, teaser.previous) == (('| msgid "This translator',), None)
    assert (paragraph.comments, paragraph.previous) == (('| msgid "This is broken\\q"',), None)
    assert (now.comments, now.previous) == ((), Previous("", TWO))


def test_old_words_that_babel_has_broken_are_mended() -> None:
    """They are read, and written so that gettext can read them too."""
    po = PoFile.parse(BROKEN, "de.po")
    result = merged(po, [Wanted("paragraph", "Now")])

    assert result.altered
    assert words_of(po, Wanted("paragraph", "Now")) == ("Jetzt", True, TWO)
    assert po.live[0].raw.splitlines()[2:5] == [
        '#| msgid ""',
        '#| "Council council minister minister energy garden railway university and so "',
        '#| "on and on \\"for\\" more words than a line has, really, and then two."',
    ]


FOREIGN = (
    "\ufeff#, fuzzy\r\nmsgid \"\"\r\nmsgstr \"Language: de\\n\"\r\n\r\n"
    "#~ msgctxt \"alt\"\r\n#~ msgid \"Gone\"\r\n#~ msgstr \"Weg\"\r\n\r\n"
    "# Mine.\r\n#. odd   \r\n#= md-text, sticky\r\n#: y.yaml:1\r\n\tmsgctxt  \"headline\"\r\nmsgid \"\"\r\n\"He\" \"llo\"\r\n"
    "\r\nmsgstr \"Hal\"\r\n\"lo\"\r\n\r\n\r\n# at the end"
)  # fmt: skip


def test_a_foreign_file_changes_only_where_it_must() -> None:
    """Byte order mark, line ends, spacing, header, comments and unknown flags stay; obsolete entries go to the end."""
    po = PoFile.parse(FOREIGN, "de.po")
    result = merged(
        po,
        [
            Wanted("teaser", "New", references=("x.yaml:2",)),
            Wanted("headline", "Hello", extracted=("odd",), flags=("md-text",), references=("x.yaml:1",)),
        ],
    )

    assert result == Merge(new=1, changed=0, returned=0, obsolete=0, kept=1, altered=True)
    assert po.content().decode() == (
        "\ufeff#, fuzzy\r\nmsgid \"\"\r\nmsgstr \"Language: de\\n\"\r\n\r\n"
        "#: x.yaml:2\r\nmsgctxt \"teaser\"\r\nmsgid \"New\"\r\nmsgstr \"\"\r\n\r\n"
        "# Mine.\r\n#. odd   \r\n#= md-text, sticky\r\n#: x.yaml:1\r\n\tmsgctxt  \"headline\"\r\nmsgid \"\"\r\n\"He\" \"llo\"\r\n"
        "\r\nmsgstr \"Hal\"\r\n\"lo\"\r\n\r\n"
        "#~ msgctxt \"alt\"\r\n#~ msgid \"Gone\"\r\n#~ msgstr \"Weg\"\r\n\r\n\r\n# at the end"
    )  # fmt: skip


def test_a_catalog_of_many_texts_that_all_changed_is_merged_in_time() -> None:
    """Comparing every text with every other would take minutes; each finds its successor by its neighbourhood all the same."""
    old = [Wanted("paragraph", f"Paragraph {number} " + "of many words on research " * 8) for number in range(100)]
    new = [replace(text, id=text.id + f"and {number}.") for number, text in enumerate(old)]
    po = catalog(old)
    merged(po, new)

    assert [words_of(po, text)[2] for text in new] == [text.id for text in old]


IDS = ["a", "b", "one two three", "one two four", "one two three four", "It ends\nhere", "x" * 100, "ä “q” \\"]
TEXTS = st.builds(
    Wanted,
    st.sampled_from(["", "headline", "paragraph"]),
    st.sampled_from(IDS),
    st.sampled_from(["", "", "", "many"]),
    st.lists(st.sampled_from(["note", "", " two\nlines "]), max_size=2).map(tuple),
    st.lists(st.sampled_from(["x.yaml:1", "x.yaml:2", "a b.yaml:3", "y.html"]), max_size=3, unique=True).map(tuple),
    st.lists(st.sampled_from(["max-length:9", "max-length:10", "md-text", "no-python-format"]), max_size=2, unique=True).map(
        tuple
    ),
)
# What a translator does between two updates: which entry, and what becomes of it.
EDITS = st.lists(
    st.tuples(st.integers(0, 9), st.sampled_from(["translate", "translate", "unsure", "sure", "empty", "note"])), max_size=6
)


def edit(po: PoFile, number: int, deed: str, word: str) -> None:
    entry = po.live[number]
    if deed in ("translate", "empty"):
        entry.set_strings({index: f"{word}.{index}" if deed == "translate" else "" for index in entry.strings})
    if deed == "note":
        entry.set_comments([*entry.comments, word])
    else:
        entry.set_fuzzy(deed == "unsure")
        entry.set_previous(None)


def remembered(text: Wanted) -> Suggestion | None:
    """A memory that knows every other text."""
    return Suggestion(f"tm: {text.id[:5]}", "tm.po") if len(text.id) % 2 else None


def is_sure_suggestion(entry: PoEntry) -> bool:
    return not entry.fuzzy and entry.strings.get(0, "").startswith("tm: ")


@settings(max_examples=100)
@given(
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([None, lambda was, now: was[:3] == now[:3]]),
    st.sampled_from([None, remembered]),
    st.lists(st.tuples(st.lists(TEXTS, max_size=7), EDITS), max_size=5),
)
def test_no_update_ever_loses_a_translation(
    newline: str,
    trivial: Callable[[str, str], bool] | None,
    remember: Callable[[Wanted], Suggestion | None] | None,
    steps: list[tuple[list[Wanted], list[tuple[int, str]]]],
) -> None:
    """However texts and translations change, every translation is still somewhere, and a second merge changes nothing."""
    po = PoFile.new("de", "de.po", newline=newline)
    accepted = False
    for number, (texts, edits) in enumerate(steps):
        before = {string for entry in po.entries for string in entry.strings.values() if string}
        sure = {(entry.key, entry.plural): entry.strings for entry in po.live if entry.translated and not entry.fuzzy}
        accepted = accepted or any(map(is_sure_suggestion, po.entries))
        result = merged(po, texts, trivial, remember)
        content = po.content()
        po = PoFile.parse(content, "de.po")
        after = {string for entry in po.entries for string in entry.strings.values()}
        notes = "".join(note for entry in po.entries for note in entry.comments)
        unique = {text.key: text for text in texts}

        assert all(string in after or string in notes for string in before)
        assert [entry.key for entry in po.live] == list(unique)
        assert result.new + result.changed + result.returned + result.kept == len(unique)
        assert all(entry.strings == sure.get((entry.key, entry.plural), entry.strings) for entry in po.live)
        assert all(not entry.fuzzy for entry in po.live if (entry.key, entry.plural) in sure), (
            "a translation of the very same text is as sure as it was"
        )
        assert accepted or not any(map(is_sure_suggestion, po.entries)), "only a translator makes a suggestion sure"
        assert content.count(b"\n") == content.count(newline.encode())
        for place, (entry, deed) in enumerate(edits):
            if entry < len(po.live):
                edit(po, entry, deed, f"word{number}.{place}")
