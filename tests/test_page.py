"""Pages: how they are read, what they know of their elements, and where each part is."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from a11ynews.finding import Birthplace, Owner
from a11ynews.page import (
    Attribute,
    Page,
    PageSet,
    address_key,
    excerpt,
    is_absolute,
    start_tag,
    text_of,
)
from a11ynews.provenance import MARK, Origin, Trace, tag_mark
from pages import RECORD, TEMPLATE, page_of


def page(body: str) -> Page:
    """A page from elsewhere; its body stands from line 1 on."""
    return Page("page.html", f"<!doctype html><html lang=en><head><title>T</title></head><body>{body}</body></html>")


# -- reading -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<p>Größe</p>".encode(), "Größe"),
        ("<p>Größe</p>".encode("cp1252"), "Größe"),
        (b"<meta charset=iso-8859-1><p>\x93Gr\xf6\xdfe\x94</p>", "“Größe”"),
        *[('<meta charset="utf-16"><p>Größe</p>'.encode() + b" " * n, "Größe") for n in (0, 1)],
        (b"<meta charset='windows-1251'><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>", "Привет"),
        ('<meta charset="no-such-thing"><p>Größe</p>'.encode(), "Größe"),
        (b"<meta charset=utf-8><p>Gr\xf6\xdfe</p>", "Größe"),
        ("\ufeff<p>Größe</p>".encode(), "Größe"),
        ("<p>Größe</p>".encode("utf-16"), "Größe"),
    ],
)
def test_bytes_are_decoded_as_a_browser_would(content: bytes, words: str) -> None:
    """By byte order mark, by `meta charset` as the Encoding Standard reads it, else as UTF-8 or Windows-1252."""
    assert text_of(Page.from_bytes("a.html", content).tree) == words


@pytest.mark.parametrize("html", ["", " ", "<!-- a -->", "<!doctype html>", "\x00"])
def test_a_page_without_elements_has_a_root(html: str) -> None:
    """There is always something to look at."""
    assert Page("a.html", html).tree.tag == "html"


def test_what_the_parser_gives_up_on_is_known() -> None:
    """libxml2 drops what stands deeper than 2,048 elements, and everything after: that must not look like a short page."""
    deep = page("<div>" * 2100 + "x" + "</div>" * 2100 + "<img>")

    assert deep.tagged("img") == []
    assert deep.unread == "the parser stopped at line 1: Excessive depth in document: 2048, use XML_PARSE_HUGE option"
    assert page("<div>" * 1900 + "<p>a<b>c</p>").unread == ""


@settings(max_examples=200)
@given(st.text(), st.text())
def test_any_text_can_be_a_page(text: str, alt: str) -> None:
    """Whatever stands in it, a page can be read and its parts located."""
    odd = page(f"{text}<img alt='{alt}'>")

    assert [odd.locate(element).page for element in odd.elements] == ["page.html"] * len(odd.elements)
    assert all(odd.locate(words).line >= 0 for words in odd.words)


TYPED = st.text(st.sampled_from("<>/&#;=\"'x1f0 pabims\n\xa0\U000f0000\U0010fffd")) | st.sampled_from(
    [
        "a<!-- c -->b",
        "<?pi x?>tail",
        "<script>s</script>t",
        "<p title='x' alt=' '>a<b>c</b>d",
        "&#983040;",
        "&#x0F0000",
        "&#X10fffd;",
    ]
)


@settings(max_examples=200)
@given(st.lists(TYPED).map("".join))
@example("a&#983040;b")
@example("a&#x0F0000 b")
@example("a\U0010fffdb")
@example("<script>s<!-- c -->t</script>u<p data-a11ynews-tag=0:1>v")
def test_a_page_without_marks_is_read_as_one_that_has_some(typed: str) -> None:
    """Only sooner; and no mark stays in its words, however it is written."""

    def told(odd: Page) -> list[tuple[int, str, str, int]]:
        number = {element: number for number, element in enumerate([*odd.elements, *(words.element for words in odd.words)])}
        return [(number[words.element], words.attribute, words.words, number[words.around]) for words in odd.words]

    sooner = told(page(f"<div title='{typed}'>{typed}</div>"))
    with pytest.MonkeyPatch.context() as always:
        always.setattr("a11ynews.page._has_marks", lambda _: True)
        assert told(page(f"<div title='{typed}'>{typed}</div>")) == sooner
    assert not any(MARK.search(words) for _, _, words, _ in sooner)


def test_elements_that_hold_nothing_hold_nothing() -> None:
    """libxml2 does not know those that came with HTML 5, and puts into them what comes after."""
    picture = page(
        "<picture> <source src=a> <source src=b>x<img>y</picture><p>long<wbr>word<b>s</b>!</p><video><source><track></video>"
    )

    assert [child.tag for child in picture.tagged("picture")[0]] == ["source", "source", "img"]
    assert text_of(picture.tagged("p")[0]) == "longwords!"
    assert [len(element) for element in picture.tagged("source", "wbr", "track")] == [0, 0, 0, 0, 0]
    assert [element.text for element in picture.tagged("source", "wbr", "track")] == [None] * 5
    assert picture.selector_of(picture.tagged("img")[0]) == "body > picture > img"
    assert [words.words for words in picture.words] == ["T", "x", "y", "long", "word", "s", "!"]


# -- where things are --------------------------------------------------------------------------------------------------


def test_the_line_is_that_on_which_a_tag_begins() -> None:
    """Even where it runs over several, and where markup stands in comments, scripts, titles and attributes."""
    quoted = "<!-- <img> -->\n<script>'<img>'</script>\n<style><img></style>\n<textarea><img></textarea>"
    images = page(f"{quoted}\n<img alt='<img>'\n src=x>\n<IMG\n>\n<img>")

    assert [images.line_of(image) for image in images.tagged("img")] == [5, 7, 9]


@pytest.mark.parametrize(
    ("tag", "line"),
    [("<img alt=a>", 2), ("<img\nalt=a>", 3), ('<img alt=">\n">', 3), ("<img alt = '<\n'>", 3), ("<img alt='\">'\nsrc=x>", 3)],
)
def test_a_tag_that_goes_on_in_another_line_is_noticed(tag: str, line: int) -> None:
    """Whatever looks like its end or the beginning of the next; libxml2 alone would give the line of its end."""
    images = page(f"\n{tag}<p>a</p><img>")

    assert [images.line_of(image) for image in images.tagged("img")] == [2, line]


def test_what_the_parser_puts_in_itself_and_meets_later_is_where_its_tag_is() -> None:
    """libxml2 would give the line on which it put it in."""
    odd = Page("a.html", "<p>one\n<body class=a>")

    assert [odd.line_of(element) for element in odd.tagged("body")] == [2]


def test_a_line_that_cannot_be_known_exactly_is_where_the_tag_ends() -> None:
    """Where the parser has put elements in, tags and elements cannot be counted alongside."""
    odd = Page("a.html", "<p>one\n<html lang=en>\n<p>two")

    assert [odd.line_of(element) for element in odd.tagged("p")] == [1, 3]
    assert odd.line_of(odd.tree) == 2


def test_lines_beyond_what_libxml2_counts() -> None:
    """Its own line numbers end at 65,535."""
    long = page("<br>\n" * 70_000 + "<img>")

    assert long.line_of(long.tagged("img")[0]) == 70_001
    # With a start tag that is none, nothing but libxml2's number is there to go by.
    uncounted = page("<xmp><img></xmp>" + "<br>\n" * 70_000 + "<img>")

    assert uncounted.line_of(uncounted.tagged("img")[-1]) == 0


def test_an_unclosed_quote_does_not_take_for_ever() -> None:
    """Looking for start tags stays linear in the length of the page."""
    for body in ('<a title="' * 20_000, "<a" * 20_000, "<a '\"" * 20_000):
        odd = page(body)

        assert [odd.line_of(element) for element in odd.tagged("body")] == [1]


def test_selectors_find_the_element_and_no_other() -> None:
    """From the nearest id that nothing else has, counted among siblings of one name."""
    html = (
        '<main><p>a</p><p>b<b>c</b></p></main><div id="x"><i>d</i></div><div id="y"><i>e</i></div><div id="y"><i>f</i></div>'
        "<o:p>g</o:p><p id='2'>h</p>"
    )
    every = page(html)
    selectors = [every.selector_of(element) for element in every.elements]

    assert every.selector_of(every.tagged("b")[0]) == "main > p:nth-of-type(2) > b"
    assert [every.selector_of(element) for element in every.tagged("i")] == [
        "#x > i",
        "body > div:nth-of-type(2) > i",
        "body > div:nth-of-type(3) > i",
    ]
    assert every.selector_of(every.tagged("o:p")[0]) == r"body > o\:p"
    assert len(set(selectors)) == len(selectors)


def test_selectors_of_large_and_deep_pages() -> None:
    """They are the same whether or not the elements around were asked for before."""
    large, deep = page("<img>" * 30_000), page("<div><img>" * 1_000)

    assert large.selector_of(large.tagged("img")[-1]) == "body > img:nth-of-type(30000)"
    innermost = deep.selector_of(deep.tagged("img")[-1])
    assert [deep.selector_of(image) for image in deep.tagged("img")][-1] == innermost
    assert innermost == "body > " + " > ".join(["div"] * 1_000) + " > img"


def test_two_mains_are_told_apart() -> None:
    """Only one that is alone is named without its place."""
    two = page("<main></main><main></main>")

    assert [two.selector_of(main) for main in two.tagged("main")] == [
        "body > main:nth-of-type(1)",
        "body > main:nth-of-type(2)",
    ]


def test_start_tags_are_cut_short() -> None:
    """Long values, and the whole."""
    (image,) = page(f'<img src="{"x" * 100}" alt="a">').tagged("img")

    assert start_tag(image) == f'<img src="{"x" * 79}…" alt="a">'
    assert len(start_tag(page(f"<p {' '.join(f'a{n}=1' for n in range(100))}>").tagged("p")[0])) == 300


# -- birthplaces -------------------------------------------------------------------------------------------------------


def test_parts_of_a_page_of_ours_know_where_they_were_written() -> None:
    """Words and attributes by their origin, elements by the line of their template, markup in a text by the text."""
    ours = page_of('<h1>\n[de: Guten <i lang="it">Morgen</i>]</h1>\n<img src="a.jpg" alt="[de: Ein Zug]">')
    heading, italic, image = (ours.tagged(tag)[0] for tag in ("h1", "i", "img"))

    assert [str(ours.source_of(part)) for part in (heading, italic, image)] == [
        f"{TEMPLATE}:2:1",
        f"{RECORD}:3:9",
        f"{TEMPLATE}:4:1",
    ]
    assert str(ours.source_of(Attribute(image, "alt"))) == f"{RECORD}:4:9"
    assert str(ours.source_of(Attribute(image, "src"))) == f"{TEMPLATE}:4:1"
    assert {str(ours.source_of(words)) for words in ours.words_in(heading)} == {f"{RECORD}:3:9"}
    assert ours.source_of(None) is None


def test_words_know_the_element_that_their_text_stands_in() -> None:
    """Markup within a text belongs to the text; of a text within a text, the inner one counts."""
    ours = page_of('<p>[de: Das <b>ist <i title="x">gut</i></b>]</p><p>typed <b>words</b></p>')
    around = [(words.words.strip(), words.around.tag, words.element.tag) for words in ours.words if words.around.tag != "title"]

    assert around == [
        ("Das", "p", "p"),
        ("ist", "p", "b"),
        ("x", "p", "i"),
        ("gut", "p", "i"),
        ("typed", "p", "p"),
        ("words", "b", "b"),
    ]


def test_a_text_whose_end_is_lost_ends_with_its_element() -> None:
    """A template's filter may have cut it off."""
    trace = Trace()
    place = Birthplace(RECORD, 1, 1, Owner.EDITOR, "record flood")
    cut = trace.mark("Guten Morgen", Origin(place, "de", "headline"))[:-5]
    ours = Page("a.html", "<p>Guten M</p><p>typed</p>", marked=f"<p>{cut}</p><p>typed</p>", trace=trace)

    assert [(words.words, words.origin is not None) for words in ours.words] == [("Guten Mo", True), ("typed", False)]


def test_the_tree_is_clean_of_marks() -> None:
    """In texts, between elements and in attributes."""
    ours = page_of('<p title="[de: A]">[de: B]<br>[de: C] D</p>')

    assert ours.tree.text_content().split() == ["Example", "BC", "D"]
    assert ours.tagged("p")[0].attrib == {"title": "A"}


def test_an_unknown_template_is_still_the_web_team_s() -> None:
    """A number that the trace does not know is no reason to fail."""
    ours = Page("a.html", "<p>x</p>", marked=f"<p{tag_mark(7, 3)}>x</p>", trace=Trace())

    assert str(ours.source_of(ours.tagged("p")[0])) == "templates:3:1"


# -- what elements are -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start",
    [
        *("<p hidden>", '<p aria-hidden="true">', '<p style="color: red; DISPLAY :none">', '<p style="visibility:hidden">'),
        *("<template>", "<noscript>", "<dialog>"),
    ],
)
def test_what_markup_hides_is_hidden_with_all_that_stands_in_it(start: str) -> None:
    """Attributes, styles, and elements that are not shown as such."""
    hidden = page(f"{start}<b><i>x</i></b>")

    assert hidden.exposed("i") == []
    assert hidden.is_hidden(hidden.tagged("i")[0])


def test_what_is_hidden_from_screen_readers_alone_can_be_seen() -> None:
    """And what is open is not hidden at all."""
    half = page('<p aria-hidden="true"><i>x</i></p><dialog open><b>y</b></dialog><p aria-hidden="false"><u>z</u></p>')

    assert half.is_rendered(half.tagged("i")[0])
    assert half.exposed("i", "b", "u") == half.tagged("b", "u")


@pytest.mark.parametrize(
    ("html", "name"),
    [
        ("<a href=x> One\n two </a>", "One two"),
        ("<a href=x>One<br>two<p>three</p></a>", "One two three"),
        ("<a href=x>One<b>two</b></a>", "Onetwo"),
        ('<a href=x><img alt="One"> two</a>', "One two"),
        ('<a href=x aria-label="Three">One</a>', "Three"),
        ('<a href=x aria-label=" ">One</a>', "One"),
        ('<a href=x aria-labelledby="p q">One</a><p id=p>Four</p><p id=q hidden>five</p>', "Four five"),
        ('<a href=x aria-labelledby="p">One</a><p id=p aria-label="Ten">Four</p>', "Ten"),
        ('<a href=x aria-labelledby="gone">One</a>', "One"),
        ("<a href=x><!-- no -->One<span hidden> two</span></a>", "One"),
        ('<a href=x><span aria-hidden="true">→</span></a>', ""),
        ('<a href=x title="Six"></a>', "Six"),
        ('<a href=x><svg aria-label="Seven"><text>no</text></svg> x</a>', "Seven x"),
        ('<a href=x><i aria-labelledby="p">no</i></a><p id=p>Eight</p>', "Eight"),
        ("<a href=x><svg><title>Nine</title></svg></a>", "Nine"),
    ],
)
def test_names_of_links(html: str, name: str) -> None:
    """As a screen reader hears them."""
    link = page(html)

    assert link.name_of(link.tagged("a")[0]) == name


def test_names_of_other_elements() -> None:
    """Tables, figures and groups by their captions; regions only by what is said of them."""
    named = page(
        "<table><caption>Rain</caption></table><figure><figcaption>Bridge</figcaption></figure><section><h2>No</h2></section>"
        '<img alt="Two arches"><img alt="" title="T"><h2>Night</h2><nav aria-label="Menu"><a>No</a></nav>'
        '<div role="heading">Morning</div>'
    )

    assert [named.name_of(element) for element in named.tagged("table", "figure", "section", "img", "h2", "nav", "div")] == [
        *("Rain", "Bridge", "", "Two arches", "T", "No", "Night", "Menu", "Morning")
    ]


def test_names_that_go_round_in_circles_come_to_an_end() -> None:
    """Each by the other, and by itself."""
    circle = page('<a href=x id=a aria-labelledby="b">One</a><a href=y id=b aria-labelledby="a b">Two</a>')

    assert [circle.name_of(link) for link in circle.tagged("a")] == ["Two", "One Two"]


def test_languages_are_inherited() -> None:
    """From the nearest element that says one, in their usual case."""
    said = Page("a.html", '<html lang="DE-at"><p>a<i lang="">b<b>c</b></i></p><p lang="it"><u>d</u></p><p lang="de_AT"><s>e</s>')

    assert [said.language_of(element) for element in said.tagged("html", "p", "i", "b", "u", "s")] == [
        *("de-AT", "de-AT", "it", "de_AT", "", "", "it", "de_AT")
    ]
    assert (said.language, page("").language, Page("a.html", "").language) == ("de-AT", "en", "")


def test_headings_in_their_order() -> None:
    """By tag and by role; hidden ones and those with another role are none."""
    outline = page(
        "<h2>a</h2><h1>b</h1><div role=heading aria-level=5>c</div><div role=heading>d</div><h3 role=none>e</h3><h3 hidden>f"
    )

    assert [level for level, _ in outline.headings] == [2, 1, 5, 2]


@pytest.mark.parametrize(
    ("href", "tag"),
    [
        *[(href, "html") for href in ("#", "#top", "#TOP", "#/route", "#!x", "#:~:text=x")],
        *[("#a", "p"), ("#%C3%BC", "b"), ("#ü", "b"), ("#old", "a"), ("#gone", "")],
    ],
)
def test_targets_within_the_page(href: str, tag: str) -> None:
    """By id, by the name of an anchor, percent-encoded or not; the root for the top."""
    target = page('<p id=a>a</p><b id="ü">b</b><a name=old>c</a>').target_of(href)

    assert (target.tag if target is not None else "") == tag


# -- addresses ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "canonical", "address"),
    [
        ("a.html", "", ""),
        ("https://a.example/x", "", "https://a.example/x"),
        ("a.html", "https://b.example/", "https://b.example/"),
        ("https://a.example/x/", "../y", "https://a.example/y"),
        ("a.html", "/y", ""),
        ("a.html", "http://[", ""),
        ("https://a.example/x", "mailto:a", "https://a.example/x"),
    ],
)
def test_the_address_of_a_page(name: str, canonical: str, address: str) -> None:
    """What it says of itself, else its name if that is an address."""
    link = f'<link rel="shortlink Canonical" href="{canonical}">' if canonical else ""

    assert Page(name, f"<html><head>{link}</head></html>").address == address


def test_addresses_are_compared_without_what_makes_no_difference() -> None:
    """Fragment, index file, closing slash, the case of the host; but not the case of the path, nor the query."""
    assert {address_key(f"https://A.example/de{end}") for end in ("", "/", "/index.html", "#x", "/index.htm#y")} == {
        "https://a.example/de"
    }
    assert len({address_key(f"https://a.example/{path}") for path in ("de", "DE", "de?a=1", "de?a=2")}) == 4
    assert address_key("http://[") == "http://["
    assert [is_absolute(address) for address in ("https://a.example", "//a.example", "/a", "ftp://a.example", "http://[")] == [
        *(True, False, False, False, False)
    ]


def test_links_are_resolved_as_far_as_the_page_is_known() -> None:
    """By its address, else by its name."""
    assert Page("de/a/index.html", "").resolve("../b/") == "de/b/"
    assert Page("https://a.example/de/", "").resolve("b") == "https://a.example/de/b"
    assert Page("a.html", "").resolve("http://[") == "http://["


# -- sets --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "root"),
    [
        ((), ""),
        (("site/de/a.html", "site/it/b.html"), "site/"),
        (("site/de/a.html",), "site/de/"),
        (("a.html", "b.html"), ""),
        (("https://a.example/de/", "https://a.example/dk/"), "https://a.example/"),
    ],
)
def test_a_set_is_named_by_the_folder_of_its_pages(names: tuple[str, ...], root: str) -> None:
    """Or as it is said."""
    assert PageSet(Page(name, "") for name in names).name == root
    assert PageSet([], "site").name == "site"


def test_a_set_says_where_a_part_of_a_page_is() -> None:
    """None stands for the set itself."""
    german = Page("de.html", '<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head>\n<body><p>a')
    other = Page("x.html", "<p>b")
    pages = PageSet([german, other])

    assert (pages.locate((german, german.tagged("p")[0])).page, pages.locate((german, german.tagged("p")[0])).line) == (
        "de.html",
        2,
    )
    assert pages.locate((other, None)).page == "x.html"
    assert pages.locate(None).page == pages.name


def test_excerpts_fit_on_a_line() -> None:
    """White space folded, cut where it is long, in quotation marks."""
    assert excerpt(" a\n b ") == "“a b”"
    assert excerpt("x" * 61) == f"“{'x' * 59}…”"
    assert len(excerpt("word " * 40)) <= 62
