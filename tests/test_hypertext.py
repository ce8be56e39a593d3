"""Somebody else's HTML becomes blocks of a record, with nothing that could do harm, and nothing lost unsaid."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a11ynews import markup, source
from a11ynews.article import parse as parse_record
from a11ynews.draft import Draft, Said, in_order
from a11ynews.hypertext import Body, address, alternative, literal, paragraphs, read, written
from a11ynews.markup import Node

BASE = "https://news.example.org/2026/flood.html"


def blocks(html: str, **how: Any) -> list[dict[str, Any]]:
    return read(html, "en", **{"base": BASE, **how}).blocks


def said(html: str) -> str:
    """The one paragraph that a text becomes."""
    (block,) = blocks(html)
    return str(block["paragraph"])


def notes(html: str, **how: Any) -> str:
    return "; ".join(read(html, "en", **{"base": BASE, **how}).notes)


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>One <b>bold</b> <i>slanted</i> <em>word</em></p>", "One **bold** *slanted* *word*"),
        ("<p>One <b>bold </b>word</p>", "One **bold** word"),
        ("<p>un<b>believ</b>able <b>b</b></p>", "unbelievable **b**"),
        ('<p>See <a href="https://a.example/x">here</a></p>', "See [here](https://a.example/x)"),
        ('<p>See <a href="/b?c=(d) e">here</a></p>', "See [here](https://news.example.org/b?c=%28d%29%20e)"),
        ('<p><a href="MAILTO:desk@a.example">Write</a></p>', "[Write](MAILTO:desk@a.example)"),
        ('<p><i lang="it">ciao</i> <span lang="de_AT">Servus</span> <span lang="en-GB">hi</span></p>', None),
        ("<p>CO<sub>2</sub>, m<sup>2</sup>, H<sub>x</sub></p>", "CO₂, m², Hx"),
        ("<p>5 * 3 and 2*2, [sic], a &lt;b&gt; c</p>", "5 * 3 and 2*2, [sic], a <b> c"),
        ("<p>*not strong* [x](y) \\* &lt;i lang='it'&gt;no&lt;/i&gt;</p>", None),
        ("<p>two\n  lines&nbsp;here</p>", "two lines\u00a0here"),
        ("<p>He said <q>yes</q><!-- no --></p>", "He said “yes”"),
        ("<p><u>under</u> <abbr title='x'>A</abbr> <code>c</code></p>", "under A c"),
        ("<p>zero\u200bwidth\x00\x07</p>", "zero\u200bwidth"),
    ],
)
def test_words_keep_the_markup_that_a_record_has(html: str, words: str | None) -> None:
    """And what only looks like markup stays what it is."""
    made = said(html)

    if words is not None:
        assert made == words
    assert "javascript" not in made
    assert list(markup.faults(markup.parse(made))) == []
    if "lang" in html and "&lt;" not in html:
        assert made == '<i lang="it">ciao</i> <i lang="de-AT">Servus</i> hi'
    if "not strong" in html:
        assert markup.plain(markup.parse(made)) == "*not strong* [x](y) \\* <i lang='it'>no</i>"


@pytest.mark.parametrize(
    ("html", "block"),
    [
        ('<p lang="ar" dir="rtl">مرحبا</p>', {"paragraph": '<i lang="ar">مرحبا</i>'}),
        ('<p lang="it">ciao <b>bello</b></p>', {"paragraph": '<i lang="it">ciao **bello**</i>'}),
        ('<div lang="it"><p>ciao</p></div>', {"paragraph": '<i lang="it">ciao</i>'}),
        ('<h2 lang="it">ciao</h2>', {"heading": '<i lang="it">ciao</i>'}),
        ('<ul lang="it"><li>ciao<li lang="en">hi</ul>', {"list": ['<i lang="it">ciao</i>', "hi"]}),
        ('<ul><li><p lang="it">ciao</p></ul>', {"list": ['<i lang="it">ciao</i>']}),
        ('<blockquote lang="it"><p>ciao</p></blockquote>', {"quote": {"text": "ciao", "lang": "it"}}),
        ('<blockquote><p lang="it">ciao</p></blockquote>', {"quote": {"text": "ciao", "lang": "it"}}),
        ('<blockquote><p><i lang="it">ciao</i> hi</p></blockquote>', {"quote": '<i lang="it">ciao</i> hi'}),
        ('<p lang="en-GB">hi</p>', {"paragraph": "hi"}),
        ('<p lang="it"> </p><p>hi</p>', {"paragraph": "hi"}),
    ],
)
def test_a_block_keeps_its_language(html: str, block: dict[str, Any]) -> None:
    """As a text within it does: a voice would read it wrongly, and nobody would know."""
    assert blocks(html) == [block]


def test_blocks_become_blocks() -> None:
    """Headings, lists, quotations, tables, pictures, boxes and contacts, in their order."""
    html = """
    <h1>Flood</h1><h2>Level</h2><p>At noon.</p><h3 id="later">Later</h3>
    <ul><li>One</li><li><p>Two</p></li></ul><ol><li>First</li></ol>
    <blockquote cite="https://a.example/q" lang="pt"><p>É bom.</p><footer>— A reader</footer></blockquote>
    <table><caption>Levels</caption><tr><th>Day<th>Metres</tr><tr><th>Monday<td>7</tr></table>
    <figure><img src="a.jpg" alt="A street under water"><figcaption>The street <small>Ana</small></figcaption></figure>
    <aside><h2>In figures</h2><p>Seven metres.</p></aside><address>Write to <a href="mailto:d@a.example">us</a></address>
    """

    assert blocks(html, headline="flood") == [
        {"heading": "Level"},
        {"paragraph": "At noon."},
        {"heading": {"text": "Later", "level": "3"}, "id": "later"},
        {"list": ["One", "Two"]},
        {"list": {"items": ["First"], "ordered": True}},
        {"quote": {"text": "É bom.", "source": "A reader", "url": "https://a.example/q", "lang": "pt"}},
        {"table": {"caption": "Levels", "header": ["Day", "Metres"], "rows": [["Monday", "7"]], "row_headers": True}},
        {"picture": {"file": "a.jpg", "alt": "A street under water", "caption": "The street", "credit": "Ana"}},
        {"info": {"heading": "In figures", "body": [{"paragraph": "Seven metres."}]}},
        {"contact": "Write to [us](mailto:d@a.example)"},
    ]


def test_text_between_blocks_and_two_breaks_make_paragraphs() -> None:
    """As they do to the eye."""
    assert blocks("one<br>line<br> <br>two<p>three</p>four<div>five<div>six</div></div>") == [
        {"paragraph": words} for words in ("one line", "two", "three", "four", "five", "six")
    ]


def test_headings_leave_no_level_out() -> None:
    """Where the source does, they move up, and that is told."""
    html = "<h4>A</h4><h2>B</h2><h6>C</h6>"

    assert [block["heading"] for block in blocks(html)] == ["A", "B", {"text": "C", "level": "3"}]
    assert "heading of another level" in notes(html)


@pytest.mark.parametrize(
    ("alt", "caption", "taken"),
    [
        ("A street under water", "", True),
        ("A street under water", "The street", True),
        (None, "", False),
        ("", "", False),
        (" \u200b", "", False),
        ("DSC_0471.JPG", "", False),
        ("image", "", False),
        ("The street.", "The **street**", False),
    ],
)
def test_an_alternative_text_is_taken_only_where_it_is_one(alt: str | None, caption: str, taken: bool) -> None:
    """Else it stays empty, with the reason beside it: it is never made of anything else."""
    made = alternative(alt, caption)["alt"]

    assert (made == alt) is taken
    assert taken or (isinstance(made, Said) and made.value == "" and made.comments)


def test_every_picture_is_named_and_none_twice() -> None:
    """With the address where it can be got; a pixel that counts readers and one without an address are left out."""
    html = (
        '<img src="https://a.example/x/p.jpg?w=9" alt="A"><p>text <img src="https://b.example/p.jpg" alt="B"></p>'
        '<img src="x.gif" width="1" height="1"><img alt="C"><img src="data:image/png;base64,AAAA" alt="D">'
        '<img data-src="/lazy/e.webp" alt="E">'
    )
    body = read(html, "en", base=BASE)

    assert body.pictures == {
        "p.jpg": "https://a.example/x/p.jpg?w=9",
        "p-2.jpg": "https://b.example/p.jpg",
        "e.webp": "https://news.example.org/lazy/e.webp",
    }
    assert [block["picture"]["alt"] for block in body.blocks if "picture" in block] == ["A", "B", "E"]
    assert "a picture that counts readers" in body.notes[0]
    assert "a picture without an address (2 times)" in body.notes[0]


def test_a_film_keeps_what_it_has_and_is_told_what_it_lacks() -> None:
    """Captions and a transcript stay empty until somebody writes them."""
    html = '<figure><video title="Open" poster="p.jpg"><source src="v.mp4"><track srclang="en" src="v.vtt"></video></figure>'
    body = read(html, "en", base=BASE)

    assert body.blocks == [
        {"video": {"file": "v.mp4", "title": "Open", "captions": {"en": "v.vtt"}, "transcript": "", "poster": "p.jpg"}}
    ]
    assert body.notes == ["v.mp4 has no transcript; write “transcript”"]


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>a</p><script>alert(1)</script>", "<script>"),
        ("<p>a</p><style>b</style><style>c</style>", "<style> (2 times)"),
        ('<p>a</p><iframe src="https://v.example/1"></iframe>', "<iframe> (https://v.example/1)"),
        ("<p>a <span hidden>b</span></p>", "what is hidden"),
        ('<p>a</p><div style="display : none">b</div>', "what is hidden"),
        ("<p>a</p><form><input></form>", "<form>"),
        ("<p>a</p><hr>", "<hr>"),
        ("<p>a <del>b</del></p>", "<del>"),
        ("<p>a <a href='javascript:b()'>c</a></p>", "the address of a link (javascript:b())"),
        ("<p>a <x-widget>b</x-widget></p>", "<x-widget>"),
        ("<p>a <s>b</s></p>", "markup whose words were kept: <s>"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "list within a list"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl>"),
        ("<table><tr><td colspan=2>a</td></tr><tr><td>b<td>c</tr></table>", "cell over several columns"),
        ("<table><tr><td>a</td></tr></table>", "a table has no row of headers"),
        ("<h2>a <a href='https://b.example/'>c</a></h2>", "emphasis or a link where a record has none"),
        ("<p>a<b>b</b>c</p>", "emphasis or a link where a record has none"),
        ("<p>a</p><pre>b</pre>", "<pre>"),
        ("<a href='https://b.example/'><p>a</p></a>", "<a>"),
    ],
)
def test_what_is_left_out_is_told(html: str, told: str) -> None:
    """Each kind once, with how often."""
    assert told in notes(html)


PAYLOADS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    " \x01javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:https://a.example/x",
    "tel:+1234",
    "//",
    "https://user:secret@a.example/",
    "https:///x",
    "http:a",
    "https://[::1",
    "",
    "#top",
]


@pytest.mark.parametrize("url", PAYLOADS)
def test_an_address_that_is_none_or_could_do_harm_is_left_out(url: str) -> None:
    """Only complete ones with http:, https: and mailto: get through."""
    assert address(url) is None
    (block,) = blocks(f'<p>a <a href="{url.replace(chr(34), "&quot;")}">b</a></p>', base="")
    assert block == {"paragraph": "a b"}


TAGS = """
p b i a ul ol li table tr td th caption figure img figcaption
blockquote aside h1 h2 h5 script span div br video svg address pre dl dt
"""
_TAGS = st.sampled_from(TAGS.split())
_TEXT = st.text(st.sampled_from(list("a*[]()<>\\&;\"' é\u2028\x00\U000f0000")), max_size=12)


@st.composite
def soups(draw: st.DrawFn) -> str:
    """Tags and words in any order, closed or not."""
    parts = draw(
        st.lists(
            st.one_of(
                _TEXT, _TAGS.map(lambda tag: f'<{tag} src="a.png" href="/x" lang="it">'), _TAGS.map(lambda tag: f"</{tag}>")
            ),
            max_size=30,
        )
    )
    return "".join(parts)


@given(soups())
def test_whatever_comes_in_is_a_record_but_for_what_must_be_filled(html: str) -> None:
    """No soup of tags breaks the reading, and the YAML is one that the record's reader understands."""
    body = read(html, "en", base=BASE)
    record = {"language": "en", "published": "2026-03-02T09:00:00+01:00", "headline": "A", "body": body.blocks}
    made = Draft("x", in_order(record), body.notes).to_yaml()
    root = source.read(made.encode(), "record.yaml").root

    try:
        parse_record(source.read(made.encode(), "record.yaml"), "x", lambda *_: None)
    except Exception as error:  # noqa: BLE001  # what it is, is what this looks at
        for line in str(error).splitlines():
            assert re.search("is empty|must be a list|has no alt|is missing|write at least one", line), (line, made)
    assert "<script" not in str(root).lower().replace("left out", "")


def test_a_body_as_deep_as_a_well_is_told() -> None:
    """What lies too deep is left out; the rest is read."""
    assert blocks("<p>top</p>" + "<div>" * 3000 + "<p>deep</p>") == [{"paragraph": "top"}]
    assert "nested more than 60 deep" in notes("<p>a</p>" + "<ul><li>" * 3000)
    assert "nested more than 60 deep" in notes("<p>a" + "<b>" * 3000 + "deep")


def test_nothing_is_an_empty_body() -> None:
    """Nor is it a fault."""
    for html in ("", "   ", "<!-- -->", "<script>x</script>"):
        assert blocks(html) == []


def test_plain_text_becomes_paragraphs() -> None:
    """By empty lines, or by lines where there are none; its signs are no markup."""
    assert paragraphs("one\ntwo\n\nthree *4*\n") == [{"paragraph": "one two"}, {"paragraph": "three \\*4\\*"}]
    assert paragraphs("one\r\ntwo") == [{"paragraph": "one"}, {"paragraph": "two"}]


@given(st.text(st.sampled_from(list("ab*[]()<>\\/ i=lng\"'")), max_size=40))
def test_literal_words_are_read_as_they_are(words: str) -> None:
    """Whatever signs they hold."""
    assert markup.plain(markup.parse(literal(words))) == re.sub(" +", " ", words).strip()


_NODES = st.recursive(
    st.text(st.sampled_from(list("ab *[]<\\")), max_size=6).map(lambda words: Node("text", words)),
    lambda inner: st.builds(
        Node,
        st.sampled_from(["strong", "em", "a", "i"]),
        st.just("https://a.example/"),
        st.lists(inner, max_size=3),
    ),
    max_leaves=8,
)


@given(st.lists(_NODES, max_size=4))
def test_no_words_are_lost_when_markup_is_written(nodes: list[Node]) -> None:
    """Markup that cannot be written gives way to the words."""
    for node in nodes:
        if node.kind == "i":
            node.value = "it"
    wanted = re.sub(" +", " ", markup.plain(nodes)).strip()

    assert markup.plain(markup.parse(written(nodes))) == wanted


def test_names_that_are_not_translated_are_kept_apart() -> None:
    """With their language."""
    body: Body = read('<p>The <span translate="no" lang="it">Politecnico</span> and <span translate="no">TUM</span></p>', "en")

    assert body.names == {"Politecnico": "it", "TUM": ""}
    assert body.blocks == [{"paragraph": "The Politecnico and TUM"}]
