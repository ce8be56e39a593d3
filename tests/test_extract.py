"""What a catalog should hold: every text once, in the order of reading, with all that a translator needs to know."""

import pytest

from a11ynews.article import ROLES
from a11ynews.extract import at_address, record_entries, ui_entries
from a11ynews.markup import Level
from a11ynews.merge import Wanted
from a11ynews.render import UiMessage
from records import YAML, article_of

HEAD = "language: en\npublished: 2026-03-02T09:00:00+01:00\nheadline: The room\n"


def entries_of(body: str, head: str = HEAD) -> list[Wanted]:
    return record_entries(article_of(f"{head}{body}"))


def entry_of(context: str, text: str = YAML) -> Wanted:
    return next(entry for entry in record_entries(article_of(text)) if entry.context == context)


def test_the_entries_stand_in_the_order_of_reading() -> None:
    """From the kicker to the licence; the slug, which is in the address, comes last."""
    contexts = [entry.context for entry in record_entries(article_of(YAML))]

    assert list(dict.fromkeys(contexts)) == [
        "kicker", "headline", "teaser", "author role", "location", "paragraph", "heading", "list item", "alt", "caption",
        "description", "quote", "quote source", "table caption", "table header", "table cell", "media title", "transcript",
        "credit", "info heading", "contact", "related link", "section", "tag", "licence", "slug",
    ]  # fmt: skip
    assert set(contexts) == set(ROLES)


def test_every_text_has_an_entry_with_its_place() -> None:
    """Its role is the context, its words are the id."""
    entry = entry_of("headline")

    assert (entry.id, entry.plural, entry.references) == ("The reading room is *open* again", "", ("record.yaml:6",))


def test_equal_texts_of_one_role_share_an_entry() -> None:
    """With both places; of another role they have one of their own."""
    entries = entries_of("body:\n- heading: Milan\n- paragraph: Milan\n- heading: Rome\n- heading: Milan\n")

    assert [(entry.context, entry.id, entry.references) for entry in entries] == [
        ("headline", "The room", ("record.yaml:3",)),
        ("heading", "Milan", ("record.yaml:5", "record.yaml:8")),
        ("paragraph", "Milan", ("record.yaml:6",)),
        ("heading", "Rome", ("record.yaml:7",)),
    ]


def test_what_stays_in_its_language_has_no_entry() -> None:
    """A quotation with `lang`; its source has one."""
    entries = entries_of("body:\n- quote: {text: É bom, lang: pt, source: A reader}\n")

    assert [entry.context for entry in entries] == ["headline", "quote source"]


def test_a_translator_is_told_where_a_text_stands() -> None:
    """Among its like, and after which heading."""
    entries = entries_of("body:\n- paragraph: A\n- heading: H\n- paragraph: B\n- list: [x, y]\nsection: S\n")
    first = {entry.id: entry.extracted[0] for entry in entries}

    assert first == {
        "The room": "HEADLINE.",
        "A": "PARAGRAPH 1 of 2.",
        "H": "HEADING.",
        "B": "PARAGRAPH 2 of 2, after the heading “H”.",
        "x": "LIST ITEM 1 of 2, after the heading “H”.",
        "y": "LIST ITEM 2 of 2, after the heading “H”.",
        "S": "SECTION.",
    }


def test_an_alt_comes_with_its_picture_and_caption() -> None:
    """The caption with the alt: neither should repeat the other."""
    assert entry_of("alt").extracted[:3] == (
        "ALTERNATIVE TEXT, after the heading “From the north”.",
        "Said in place of the picture room.jpg to people who do not see it: say what is to be seen.",
        "Do not begin with “picture of”, and do not repeat the caption, which says: “The first morning”",
    )
    assert "Belongs to room.jpg. Its alternative text says: “Long tables with green lamps”" in entry_of("caption").extracted
    assert "Belongs to opening.mp4." in next(
        entry.extracted for entry in record_entries(article_of(YAML)) if entry.id == "The doors opened at nine."
    )
    assert entry_of("description").extracted[0].startswith("LONG DESCRIPTION, after the heading")


def test_an_alt_without_caption_is_told_so() -> None:
    """There is nothing to repeat."""
    [alt] = [entry for entry in entries_of("body:\n- picture: {file: a.png, alt: A tree}\n") if entry.context == "alt"]

    assert alt.extracted[2] == "Do not begin with “picture of”, and do not repeat the caption."


def test_what_must_be_kept_is_told() -> None:
    """Links, foreign words, names; each thing once."""
    [_, entry] = entries_of(
        'body:\n- paragraph: At TUM [a](/a), [b](/b), <i lang="it">c</i>, <i lang="it">d</i>, TUM Brussels and TUM.\n'
        "names: [TUM, TUM Brussels]\n"
    )

    assert entry.extracted[1:] == (
        "Keep the 2 links: translate the words in [ ], leave the address in ( ).",
        'Keep <i lang="it"> … </i>: it makes a voice speak Italian.',
        "Leave as they are: TUM, TUM Brussels.",
    )
    [_, one] = entries_of("body:\n- paragraph: At TUM [a](/a).\nnames: [TUM]\n")
    assert one.extracted[1:] == ("Keep the link: translate the words in [ ], leave the address in ( ).", "Leave as it is: TUM.")


BRIDGE = """\
language: en
slug: open-bridge
published: 2026-05-04T09:00:00+02:00
headline: The bridge is open
body:
  - paragraph: It rained.
  - heading: What comes next
  - paragraph: On May 4, **all** of the [3,000 *guests*](https://x.org/2) paid 5 % to Anna Huber at <i lang="it">Ponte 7</i>.
  - list: [Walk, Ride, Swim]
  - list: [Stand, Sit]
  - picture: {file: bridge.png, alt: Two children run, caption: The first ones, credit: Photo, description: A map of 2 bridges}
  - picture: {file: river.png, alt: A river, credit: Photo}
  - quote: {text: At last!, source: The mayor}
  - table:
      caption: Tolls
      header: [Vehicle, Toll]
      rows: [[Bus, 3 €], [Car, 1 €]]
  - info:
      heading: Good to know
      body:
        - paragraph: It is long.
names: [Anna Huber, Ponte 7]
"""


def notes_of(role: str, words: str) -> list[str]:
    """What is said of a text of the bridge, by its role and first words."""
    (found,) = [entry for entry in record_entries(article_of(BRIDGE)) if entry.context == role and entry.id.startswith(words)]
    return list(found.extracted)


@pytest.mark.parametrize(
    ("role", "words", "place"),
    [
        ("paragraph", "It is", "PARAGRAPH 3 of 3, in the box “Good to know”."),
        ("list item", "Ride", "LIST ITEM 2 of 3, after the heading “What comes next”."),
        ("list item", "Sit", "LIST ITEM 2 of 2, after the heading “What comes next”."),
        ("alt", "A river", "ALTERNATIVE TEXT 2 of 2, after the heading “What comes next”."),
        ("table header", "Toll", "TABLE HEADER 2 of 2, after the heading “What comes next”."),
        ("table cell", "Car", "TABLE CELL in row 2 of 2, column “Vehicle”, after the heading “What comes next”."),
        ("slug", "open", "ADDRESS."),
    ],
)
def test_a_text_tells_its_place_in_its_list_table_or_box(role: str, words: str, place: str) -> None:
    """Where that says more than its place among its like."""
    assert notes_of(role, words)[0] == place


def test_the_length_to_aim_for_is_told() -> None:
    """Beside the limit, where a shorter text serves better."""
    assert notes_of("alt", "Two")[-1] == "At most 250 characters, better 125; the source has 16."
    assert "At most 110 characters, better 70; the source has 18." in notes_of("headline", "The")


def test_a_long_description_tells_what_it_is_for() -> None:
    """With the alt beside it."""
    assert notes_of("description", "A map")[1:3] == [
        "Belongs to bridge.png. Its alternative text says: “Two children run”",
        "All that a chart, a map or a picture full of detail tells, for people who do not see it.",
    ]


def test_stress_and_figures_must_be_kept() -> None:
    """Not the figures of names and addresses."""
    assert notes_of("paragraph", "On May")[1:] == [
        "Keep the link: translate the words in [ ], leave the address in ( ).",
        "Keep **…** and *…* around the words that are stressed.",
        'Keep <i lang="it"> … </i>: it makes a voice speak Italian.',
        "Leave as they are: Anna Huber, Ponte 7.",
        "Keep the figures: 4; 3,000; 5 %.",
    ]


@pytest.mark.parametrize(
    ("words", "figures"),
    [
        ("Call +353 1 555 0100 or +49/89/1234-56 by 30 June.", "+353 1 555 0100; +49/89/1234-56; 30"),
        ("It cost 1 250 000 euros in 2025, or 12 000,50 in 2024.", "1 250 000; 2025; 12 000,50; 2024"),
        ("In 2020 300 came at 9:30 to room B12.", "2020; 300; 9:30"),
    ],
)
def test_a_figure_is_told_as_a_whole(words: str, figures: str) -> None:
    """With the spaces in it, and parted from the next by what is no part of one."""
    assert entries_of(f"body:\n- paragraph: {words}\n")[1].extracted[-1] == f"Keep the figures: {figures}."


def test_who_has_a_role_is_told() -> None:
    """In many languages the word for it goes by the person."""
    [_, entry, _] = entries_of("authors:\n- {name: Nuala Byrne, role: Reporter}\nbody:\n- paragraph: Rain.\n")
    assert entry.extracted[1] == "What Nuala Byrne does."


def test_whose_words_a_quotation_holds_is_told() -> None:
    """A translator must know who speaks."""
    assert notes_of("quote", "At last")[1:3] == ["The words of: The mayor", "Somebody's own words: keep their tone."]


def test_a_text_in_two_places_says_so() -> None:
    """Else it is translated for the first of them alone."""
    assert "The same words stand in 2 places, and have one translation." in notes_of("credit", "Photo")


def test_headline_and_address_tell_where_the_page_will_be() -> None:
    """No other entry does: it would change whenever the address is translated."""
    entries = record_entries(article_of(BRIDGE))
    placed = at_address(entries, "https://x.org/de/a.html")

    assert [new.context for new, old in zip(placed, entries, strict=True) if new != old] == ["headline", "slug"]
    assert placed[0].extracted[-1] == "The page: https://x.org/de/a.html"


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_its_flags_and_its_limit(role: str) -> None:
    """`max-length` where the layout sets one, `md-text` where there can be markup."""
    entry, limit = entry_of(role), ROLES[role].most

    assert (f"max-length:{limit}" in entry.flags) is (limit is not None)
    assert ("md-text" in entry.flags) is (ROLES[role].level is not Level.NONE)
    told = [note for note in entry.extracted if note.startswith(f"At most {limit} characters")]
    assert [note.endswith(f"; the source has {len(entry.id)}.") for note in told] == [True] * (limit is not None)
    assert entry.extracted[0].endswith(".")
    assert all(note and "\n" not in note for note in entry.extracted)


@pytest.mark.parametrize(
    ("words", "flags"),
    [
        ("20 % more", ("md-text", "no-python-format")),
        ("100%s", ("md-text", "no-python-format")),
        ("{slug}", ("md-text", "no-python-brace-format")),
        ("5 % of {a}", ("md-text", "no-python-format", "no-python-brace-format")),
        ("five of a", ("md-text",)),
    ],
)
def test_prose_is_no_format_string(words: str, flags: tuple[str, ...]) -> None:
    """Whatever a tool takes a percent sign or a brace for."""
    [_, entry] = entries_of(f'body:\n- paragraph: "{words}"\n')

    assert entry.flags == flags


def test_the_pages_own_words_are_gathered_by_message() -> None:
    """Places and notes of all, in the order of the first; what has a field is a format."""
    entries = ui_entries(
        [
            UiMessage("", "By {authors}", "", "templates/byline.html", 4, ("the names come ready.",)),
            UiMessage("", "Contact", "", "templates/contact.html", 2, ()),
            UiMessage("menu", "Contact", "", "templates/menu.html", 3, ("Short.",)),
            UiMessage("", "Contact", "", "templates/footer.html", 9, ("A heading.", "a heading.")),
            UiMessage("", "{n} photo", "{n} photos", "templates/a.html", 1, ()),
            UiMessage("", "Contact", "", "templates/footer.html", 9, ()),
        ]
    )

    assert entries == [
        Wanted("", "By {authors}", "", ("The names come ready.",), ("templates/byline.html:4",), ("python-brace-format",)),
        Wanted("", "Contact", "", ("A heading.",), ("templates/contact.html:2", "templates/footer.html:9"), ()),
        Wanted("menu", "Contact", "", ("Short.",), ("templates/menu.html:3",), ()),
        Wanted("", "{n} photo", "{n} photos", (), ("templates/a.html:1",), ("python-brace-format",)),
    ]
