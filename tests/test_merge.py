"""The merge of a catalog with the texts it should hold: no translation is lost, and nothing is touched without need."""

import codecs
import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from a11ynews.merge import Merge, Wanted, merge
from a11ynews.po import PoEntry, PoFile, Previous

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


def merged(po: PoFile, texts: Sequence[Wanted]) -> Merge:
    """Merge, and see that a second time changes nothing, that Babel reads the file, and that it means what we think it does."""
    result = merge(po, texts)
    content = po.content()
    again = PoFile.parse(content, "de.po")
    counts = merge(again, texts)

    assert not counts.altered
    assert (counts.new, counts.changed, counts.returned, counts.obsolete) == (0, 0, 0, 0)
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


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["\n", "\r\n"]), st.lists(st.tuples(st.lists(TEXTS, max_size=7), EDITS), max_size=5))
def test_no_update_ever_loses_a_translation(newline: str, steps: list[tuple[list[Wanted], list[tuple[int, str]]]]) -> None:
    """However texts and translations change, every translation is still somewhere, and a second merge changes nothing."""
    po = PoFile.new("de", "de.po", newline=newline)
    for number, (texts, edits) in enumerate(steps):
        before = {string for entry in po.entries for string in entry.strings.values() if string}
        sure = {(entry.key, entry.plural): entry.strings for entry in po.live if entry.translated and not entry.fuzzy}
        result = merged(po, texts)
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
        assert content.count(b"\n") == content.count(newline.encode())
        for place, (entry, deed) in enumerate(edits):
            if entry < len(po.live):
                edit(po, entry, deed, f"word{number}.{place}")
