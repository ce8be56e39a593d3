"""Inline markup: a closed subset that comes out as safe HTML; everything else is text, and costs no more than its length."""

import html
import random
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a11ynews import markup
from a11ynews.markup import Level, Name, NameMarker, Node, faults, languages, parse, plain, targets, to_html, url_fault

I = '<i lang="it">'  # noqa: E741  # it is what it is
NAMES = NameMarker([Name("TUM"), Name("TUM Brussels"), Name("Politecnico di Milano", "it"), Name("A & B")])

# Text as XML can hold it, with much of what means something here.
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
PIECES = st.sampled_from(
    [
        "*",
        "**",
        "***",
        "[",
        "]",
        "](",
        "](/u)",
        ")",
        I,
        "<i lang='ar'>",
        "<i lang=''>",
        "</i>",
        "\\",
        "<",
        ">",
        "&",
        '"',
        "'",
        " ",
        "TUM",
        "a",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(CHARACTERS, max_size=5)), max_size=40).map("".join)


def html_of(words: str, level: Level = Level.FULL, language: str = "en", names: NameMarker | None = None) -> str:
    return str(to_html(parse(words, level), language, names))


def elements_of(rendered: str) -> ElementTree.Element:
    """The tree of a rendered text, which must be well-formed XML and hold nothing but the closed subset."""
    root = ElementTree.fromstring(f"<text>{rendered}</text>")
    for element in list(root.iter())[1:]:
        given = dict(element.attrib)
        if element.tag == "a":
            assert url_fault(given.pop("href")) is None
        elif element.tag in ("i", "span"):
            assert re.fullmatch("[A-Za-z0-9-]+", given.pop("lang", "x"))
            assert given.pop("dir", "ltr") in ("ltr", "rtl")
            assert element.tag == "i" or given.pop("translate") == "no"
        else:
            assert element.tag in ("strong", "em")
        assert given == {}
    return root


@pytest.mark.parametrize(
    ("words", "rendered"),
    [
        ("**strong** and *emphasis*", "<strong>strong</strong> and <em>emphasis</em>"),
        ("a [link](https://example.org/)", 'a <a href="https://example.org/">link</a>'),
        ("[a](/x_(y)) (b)", '<a href="/x_(y)">a</a> (b)'),
        ("[a](/?x=1&y=2)", '<a href="/?x=1&amp;y=2">a</a>'),
        (f"the {I}laurea</i>", 'the <i lang="it">laurea</i>'),
        ("the <i lang='it'>laurea</i>", 'the <i lang="it">laurea</i>'),
        ('the <i lang="pt_br">curso</i>', 'the <i lang="pt-BR">curso</i>'),
        ('the <i lang="ar">كلمة</i>', 'the <i lang="ar" dir="rtl">كلمة</i>'),
        ("[*a* **b**](/u)", '<a href="/u"><em>a</em> <strong>b</strong></a>'),
        ("*[a](/u)*", '<em><a href="/u">a</a></em>'),
        ("***x*** y", "<strong><em>x</em></strong> y"),
        ("**a *b***", "<strong>a <em>b</em></strong>"),
        ("*a **b***", "<em>a <strong>b</strong></em>"),
        ("这是**重点**文字", "这是<strong>重点</strong>文字"),
        ("**서울**에서", "<strong>서울</strong>에서"),
        ("(*a*), “*b*”.", "(<em>a</em>), “<em>b</em>”."),
        (r"\*a\* \[b\](/u) \<i> \\", "*a* [b](/u) &lt;i&gt; \\"),
    ],
)
def test_the_markup_that_there_is(words: str, rendered: str) -> None:
    """Strong, emphasis, links, foreign words, and the backslash that takes their meaning away."""
    assert html_of(words) == rendered


@pytest.mark.parametrize(
    "words",
    [
        "5 * 3", "2*3*4", "snake*case*word", "*not closed", "not opened*", "** spaced **", "****", "f***", "* a", "a_b_c",
        "`code`",
        "[no target]", "[1] and [2]", "[a] (/u)", "[a]()", "[a](/u", "[a](two words)", "](/u)", "~~x~~", "# x", "\\n", "C:\\temp",
        "<b>bold</b>", "<i>no language</i>", "<i lang=it>no quotes</i>", "</i>", "<br>", "<!-- x -->", "&amp; &lt; &#60;",
        '"a" \'b\'',
    ],
)  # fmt: skip
def test_everything_else_is_text(words: str) -> None:
    """It stands on the page as it stands in the record."""
    assert html.unescape(html_of(words)) == words
    assert "<" not in html_of(words)
    assert plain(parse(words)) == words


@pytest.mark.parametrize(
    ("words", "rendered"),
    [
        ("[a [b](/u) c](/v)", '[a <a href="/u">b</a> c](/v)'),
        ("[a *b](/u) c*", '<a href="/u">a *b</a> c*'),
        ("**a [b** c](/u)", "<strong>a [b</strong> c](/u)"),
        ("*a *b [c](/u)* [d* ](/v)", '<em>a <em>b <a href="/u">c</a></em> [d</em> ](/v)'),
        ("*a [b](/u)* [c](/v)", '<em>a <a href="/u">b</a></em> <a href="/v">c</a>'),
        (f"*a {I}b* c</i>", "<em>a &lt;i lang=&#34;it&#34;&gt;b</em> c&lt;/i&gt;"),
    ],
)
def test_what_crosses_is_text_in_the_one_that_closes_first(words: str, rendered: str) -> None:
    """And a link holds no link: the inner one wins."""
    assert html_of(words) == rendered


@pytest.mark.parametrize(
    ("level", "rendered"),
    [
        (Level.NONE, f"*a* [b](/u) {html.escape(I).replace('&quot;', '&#34;')}c&lt;/i&gt;"),
        (Level.PHRASE, '<em>a</em> [b](/u) <i lang="it">c</i>'),
        (Level.FULL, '<em>a</em> <a href="/u">b</a> <i lang="it">c</i>'),
    ],
)
def test_a_level_says_what_may_stand_in_a_text(level: Level, rendered: str) -> None:
    """Nothing in an alternative text, no links in a headline."""
    assert html_of(f"*a* [b](/u) {I}c</i>", level) == rendered


def test_words_links_and_languages_are_told() -> None:
    """In their order, without markup."""
    nodes = parse(f'*a* [b](/u) {I}c [d](/v)</i> <i lang="de">e</i>')

    assert plain(nodes) == "a b c d e"
    assert targets(nodes) == ["/u", "/v"]
    assert languages(nodes) == ["it", "de"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (
            "[a](javascript:alert(1))",
            "'javascript:alert(1)' is not safe: “javascript:” can run or hide code; write an address with",
        ),
        ("[](/u)", "the link to /u has no words; write what it leads to between [ and ]"),
        ("[ ](/u)", "the link to /u has no words"),
        ('<i lang="xx">a</i>', "'xx' is no language that the Unicode CLDR knows"),
        ('*<i lang="deu">a</i>*', "'deu' is no language that the Unicode CLDR knows; did you mean “de”?"),
    ],
)
def test_what_cannot_go_on_a_page_is_told(words: str, fault: str) -> None:
    """Unsafe addresses, links without words, languages that are none, however deep they stand."""
    [told] = faults(parse(words))

    assert told.startswith(fault)


def test_all_that_is_wrong_is_told_at_once() -> None:
    """One fault each."""
    assert len(list(faults(parse('[a](x:1) [](/u) <i lang="xx">b</i> [ok](/u)')))) == 3


SCHEMES = [
    "javascript:alert(1)", "JavaScript:alert(1)", "JAVASCRIPT:alert`1`", "javascript://x%0Aalert(1)",
    "javascript:/*--></title></style>*/alert(1)",
    "vbscript:msgbox", "data:text/html,x", "data:text/html;base64,PHNjcmlwdD4=", "data:image/svg+xml,x",
    "blob:https://example.org/x",
    "filesystem:https://example.org/x", "file:///etc/passwd", "ftp://example.org/", "about:blank",
    "view-source:https://example.org/",
    "intent://x#Intent;end", "ms-settings:x", "chrome://settings", "jar:https://x!/y", "ws://example.org", "livescript:x",
    "mocha:x",
    "java\tscript:alert(1)", "java\nscript:alert(1)", " javascript:alert(1)", "\x01javascript:alert(1)", "java\0script:alert(1)",
    "java\u200bscript:alert(1)", "\u202ejavascript:alert(1)", "javascript\u00ad:alert(1)", "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "%6aavascript:alert(1)", "javascript%3aalert(1)", "ｊavascript:alert(1)", "//example.org/", "/\\example.org/",
    "\\\\example.org\\x", "https:example.org",
    "https:/example.org", "https://", "https:///x", "http://:80/", "https://user@example.org/",
    "https://user:pass@example.org/", "https://exa mple.org/",
    "https://example.org:99999/", "https://example.org:x/", "https://[::1", "https://example.org/<script>",
    'https://example.org/"onclick="x',
    "https://example.org/`x`", "https://example.org/{x}",
    "https://example.org/\u202egpj.exe", "/a\u200bb", "/a\u00adb", "#\u2066", "https://example.org/\ue000",
    "https://example.org/\u2028", "https://ex\uff0fample.org/", "mailto:",
    "tel:", "example.org",
    "www.example.org/", "page.html", "", " ", "x" * 5000, "javascript:" + "x" * 5000,
]  # fmt: skip


@pytest.mark.parametrize("url", SCHEMES, ids=range(len(SCHEMES)))
def test_an_address_that_is_none_or_not_safe_is_told(url: str) -> None:
    """Any scheme but four, what browsers would mend into one, what hides, and what says nowhere to go."""
    fault = url_fault(url)

    assert fault is not None
    assert "; " in fault
    assert len(fault) < 250
    assert fault.isprintable()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org", "http://example.org/", "HTTPS://EXAMPLE.ORG/", "https://example.org:8080/a?b=c&d=e#f",
        "https://[2001:db8::1]/",
        "https://bücher.example/straße", "https://example.org/a_(b)", "https://example.org/@user",
        "https://example.org/?q=javascript:x",
        "mailto:a@example.org", "mailto:a@example.org?subject=x", "tel:+49-89-289", "/", "/a/b", "./a", "../a", "#top",
        "?page=2", "/a:b",
    ],
)  # fmt: skip
def test_an_address_that_a_reader_can_follow_passes(url: str) -> None:
    """On the web, by mail or phone, or within the site."""
    assert url_fault(url) is None


ATTACKS = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//x>", "<scr<script>ipt>", "<script\n>x</script\n>", "<img src=x onerror=alert(1)>",
    "<img/src/onerror=alert(1)>", '<img src="x" alt="`<script>`">', "<svg onload=alert(1)>", "<svg/onload=alert(1)//",
    "<svg><script>x</script></svg>",
    "<math><mtext><style><img src=x onerror=x></style>", "<body onload=x>", "<iframe src=javascript:x>",
    "<iframe srcdoc='<script>x</script>'>",
    "<object data=x>", "<embed src=x>", "<a href=javascript:x>y</a>", '<a href="https://example.org/">y</a>',
    "<a onclick=x>y</a>",
    "<form action=x><button>", "<input autofocus onfocus=x>", "<video><source onerror=x>", "<details open ontoggle=x>",
    "<marquee onstart=x>",
    "<style>*{}</style>", "<link rel=stylesheet href=x>", "<meta http-equiv=refresh content=0>", "<base href=//x>",
    "<template>x</template>",
    "<noscript><p title='</noscript><img>'>", "<!--><script>x</script>-->", "<![CDATA[<script>x</script>]]>", "<?php x ?>",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>",
    "</title><script>x</script>", "</textarea><script>x</script>", "</p></div></main>", "<p>", "<i>x</i>", "<I LANG=it>x</I>",
    '<i lang="it" onclick="x">y</i>',
    "<i lang=\"it' onclick='x\">y</i>", "<i lang=\"it'>y</i>", '<i  lang="it">y</i>', "<em>x</em>",
    "<strong style=x>y</strong>", "<span translate=no>x</span>",
    "&lt;script&gt;x&lt;/script&gt;", "&#60;script&#62;", "\\<script>x</script>", "{{ 7*7 }}", "{% import os %}", "${7}",
    "#{7}", "<%= 7 %>",
    "\" onmouseover=\"x", "' onmouseover='x", "`onmouseover=x", "--><x>", "]]>", "\u2028<x>", "＜script＞x", "<ſcript>",
    "<x:script>",
]  # fmt: skip
_MARKUP = str.maketrans("", "", "*[]\\")
AROUND = {
    "alone": "{}",
    "strong": "**{}**",
    "link": "[{}](https://example.org/)",
    "foreign": I + "{}</i>",
    "open": "[*{}",
    "closing": "{}](/u)*",
}


@pytest.mark.parametrize("around", AROUND.values(), ids=AROUND)
def test_what_somebody_slips_in_comes_out_as_text(around: str) -> None:
    """Sixty shapes of HTML in six surroundings: the page has the closed subset, and shows the rest word for word."""
    shown = {attack: "".join(elements_of(html_of(around.format(attack), names=NAMES)).itertext()) for attack in ATTACKS}

    # But for what is markup in the attack itself.
    assert [attack for attack, words in shown.items() if attack.translate(_MARKUP) not in words.translate(_MARKUP)] == []
    assert len(shown) > 60


@pytest.mark.parametrize("url", SCHEMES, ids=range(len(SCHEMES)))
def test_no_markup_makes_a_link_of_an_unsafe_address(url: str) -> None:
    """Even where nobody asked for the faults before."""
    for words in (f"[x]({url})", f"[x](<{url}>)", f'[x]({url} "title")', f"[**x**]({url})"):
        assert "<a" not in html_of(words)
    assert "<a" not in str(to_html([Node("a", url, [Node("text", "x")])], "en"))


@pytest.mark.parametrize("language", ['it" onclick="x', "xx", "", "javascript:x", "it\u200b", "d" * 1000])
def test_no_markup_makes_a_language_of_what_is_none(language: str) -> None:
    """The tag comes out as text."""
    assert "<i " not in html_of(f'a <i lang="{language}">b</i> c')
    assert "<i " not in str(to_html([Node("i", language, [Node("text", "x")])], "en"))


@given(TEXTS, st.sampled_from(Level), st.sampled_from(["en", "ar", "it"]))
def test_every_text_gives_well_formed_html_of_the_closed_subset(words: str, level: Level, language: str) -> None:
    """And the words on the page are those that the pieces hold, but for what is told as a fault."""
    nodes = parse(words, level)
    root = elements_of(str(to_html(nodes, language, NAMES)))

    if not any(faults(nodes)):
        assert "".join(root.itertext()) == plain(nodes)


@given(st.text(CHARACTERS.filter(lambda character: character not in "*[]<\\")))
def test_a_text_without_markup_stays_what_it_is(words: str) -> None:
    """Character by character."""
    assert plain(parse(words)) == words
    assert html.unescape(html_of(words)) == words


MANY = 20_000
ENDLESS = {
    "stars": "*" * MANY,
    "pairs of stars": "**" * MANY,
    "brackets": "[" * MANY,
    "foreign words": I * MANY,
    "foreign words that close": I * MANY + "</i>" * MANY,
    "brackets and closing tags": "[" * MANY + "a</i>" * MANY,
    "links in links": "[" * MANY + "a](/u)" * MANY,
    "links in open links": "[" * MANY + "[a](/u)" * MANY,
    "emphasis in emphasis": " *a" * MANY + " b*" * MANY,
    "strong in emphasis": " *a **b" * (MANY // 2) + "c** d*" * (MANY // 2),
    "links without end": "[a](/b" * MANY,
    "targets with parentheses": "[a](" + "()" * MANY,
    "ends of links": "](" * MANY,
    "tags without end": '<i lang="' * MANY,
    "backslashes": "\\" * MANY,
    "all of it": f"[{I} *" * (MANY // 4) + "b*</i>](/u)" * (MANY // 4),
}


@pytest.mark.parametrize("words", ENDLESS.values(), ids=ENDLESS)
def test_time_is_linear_in_a_text_that_means_harm(words: str) -> None:
    """Twenty thousand of anything take less than a second; if each looked at all others, they would take minutes."""
    nodes = parse(words)
    rendered = to_html(nodes, "en")
    all_faults = list(faults(nodes))

    assert len(plain(nodes)) <= len(words)
    assert len(rendered) < 50 * len(words)
    assert len(all_faults) <= MANY


def test_elements_do_not_nest_without_end() -> None:
    """What is deeper than anybody writes is text."""
    rendered = html_of(I * 100 + "a" + "</i>" * 100)

    assert rendered.count("<i ") == 8
    assert "".join(elements_of(rendered).itertext()).count("<i lang") == 92


@pytest.mark.parametrize(
    ("words", "rendered"),
    [
        ("At TUM.", 'At <span translate="no">TUM</span>.'),
        ("TUM Brussels", '<span translate="no">TUM Brussels</span>'),
        ("TUM TUM", '<span translate="no">TUM</span> <span translate="no">TUM</span>'),
        ("TUMs, TUM_x, 3TUM", "TUMs, TUM_x, 3TUM"),
        ("TUM-Präsident", '<span translate="no">TUM</span>-Präsident'),
        ("在TUM学习", '在<span translate="no">TUM</span>学习'),
        ("Politecnico di Milano", '<span lang="it" translate="no">Politecnico di Milano</span>'),
        ("A & B", '<span translate="no">A &amp; B</span>'),
        ("*TUM*", '<em><span translate="no">TUM</span></em>'),
        (f"{I}Politecnico di Milano</i>", '<i lang="it"><span translate="no">Politecnico di Milano</span></i>'),
    ],
)
def test_names_are_kept_from_translation(words: str, rendered: str) -> None:
    """Where they stand as words, the longest first, with their language where the text's is another one."""
    assert html_of(words, names=NAMES) == rendered


def test_a_name_turns_with_its_script() -> None:
    """`dir` comes with `lang` where the script runs the other way."""
    marker = NameMarker([Name("TUM", "en"), Name("القاهرة", "ar")])

    assert html_of("في TUM", language="ar", names=marker) == 'في <span lang="en" dir="ltr" translate="no">TUM</span>'
    assert html_of("in القاهرة", names=marker) == 'in <span lang="ar" dir="rtl" translate="no">القاهرة</span>'


def test_the_names_of_a_text_are_told_once_each() -> None:
    """In their order; none where there are none."""
    assert NAMES.found("TUM Brussels, Politecnico di Milano, TUM Brussels, TUM") == [
        "TUM Brussels",
        "Politecnico di Milano",
        "TUM",
    ]
    assert NameMarker([]).found("TUM") == []


SHORT = [
    "**",
    "*",
    "[",
    "](",
    ")",
    "https://a",
    '<i lang="de">',
    "</i>",
    "\\",
    "a",
    "b c",
    " ",
    ". ",
    "漢",
    "**b**",
    "*e*",
    "[w](u)",
]


def texts(*pieces: str, most: int, count: int = 2_000) -> Iterator[str]:
    """Texts of up to so many pieces, by chance, but the same ones each time."""
    chance = random.Random(most)
    return ("".join(chance.choices(pieces, k=chance.randint(0, most))) for _ in range(count))


@pytest.mark.parametrize("level", [Level.FULL, Level.PHRASE])
def test_markup_that_does_not_nest_is_read_the_same_in_one_go(level: Level) -> None:
    """The way that most texts take, and the one that knows all markup, come to the same pieces."""
    quick = [(words, markup._simple(words, level)) for words in texts(*SHORT, most=6, count=20_000)]

    assert [words for words, nodes in quick if nodes is not None and nodes != markup._parse.__wrapped__(words, level)] == []
    assert len([nodes for _, nodes in quick if nodes is not None]) > 500


KEPT = markup.NameMarker([markup.Name("漢", "zh"), markup.Name("b", None)])


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("names", [None, KEPT])
def test_a_text_is_shown_as_its_pieces_are(level: Level, names: markup.NameMarker | None) -> None:
    """What every page takes, HTML and words in one go, is what is made of the pieces of a text."""
    for words in texts(*SHORT, "<b>", "&", '"', "[w](javascript:x)", '<i lang="it">', most=9):
        nodes = [markup.Node("text", words)] if level is Level.NONE else markup._parse.__wrapped__(words, level)
        marked = None if level is Level.NONE else names

        shown = markup.shown(words, level, "de", names)
        assert shown == (markup.to_html(nodes, "de", marked), markup.plain(nodes)), words


LINKS = ("[ ](/u)", "[w](/x)", "[w](/x?a&b)", "[w](javascript:x)")


@pytest.mark.parametrize("level", Level)
def test_what_is_told_sound_in_one_go_is_sound(level: Level) -> None:
    """A text that is cut once has words, these very links, this HTML, and no fault."""
    count = 0
    for words in texts(*SHORT, "&", '"', "\u2019", *LINKS, most=6):
        cut = markup.cut(words, level)
        if cut is None:
            continue
        nodes = [markup.Node("text", words)] if level is Level.NONE else markup._parse.__wrapped__(words, level)
        count += 1
        assert [*cut.links] == markup.targets(nodes), words
        assert (cut.html or words) == markup._html(nodes, "de", None), words
        assert not [*markup.faults(nodes)], words
        assert markup.plain(nodes).strip(), words
    assert count > 100


@pytest.mark.parametrize("words", ["a", "a *b* c", "a **b**, [c](https://example.org/) & *d*"])
def test_what_most_texts_hold_is_cut_once(words: str) -> None:
    """Emphasis and links side by side need no second look."""
    assert markup.cut(words, Level.FULL)
