"""What moves, changes, flashes or sounds by itself. The pages' own time runs ahead; no test waits for it."""

import base64
import io
import math
import struct
from collections.abc import Sequence

import pytest
from PIL import Image
from playwright.sync_api import Page as BrowserPage

from a11ynews.finding import Severity
from a11ynews.live import axe
from a11ynews.live.cell import CELLS, Cell
from a11ynews.live.livepage import LivePage
from a11ynews.live.motion import (
    Frames,
    changing_text,
    flashes,
    flashing_share,
    moving_content,
    moving_picture,
    sound_by_itself,
    sound_without_control,
)
from a11ynews.rule import Rule
from livepages import found, opened

RULES = [changing_text, flashes, moving_content, moving_picture, sound_by_itself, sound_without_control]


SMALL = Cell(640, 400)
"""A window whose pictures are soon taken."""


def told(rule: Rule[LivePage], page: BrowserPage, fragment: str) -> list[str]:
    found_there = found(rule, page, fragment, cell=SMALL)
    return [f"{finding.place.selector}: {finding.message.partition(';')[0]}" for finding in found_there]


def moving(kind: str, *, count: int = 2, duration: int = 500, loop: int | None = 0, alike: bool = False) -> bytes:
    """A picture of some frames, black and white in turns."""
    frames = [Image.new("RGB", (8, 8), "white" if number % 2 and not alike else "black") for number in range(count)]
    frames[-1].putpixel((0, 0), (9, 9, 9))  # no two neighbours alike, or they would be taken together
    file = io.BytesIO()
    times = {} if loop is None else {"loop": loop}
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=duration, **times)
    return file.getvalue()


def image(data: bytes, kind: str = "gif", size: int = 40) -> str:
    return f'<img alt="A light" width="{size}" height="{size}" src="data:image/{kind};base64,{base64.b64encode(data).decode()}">'


def wave(seconds: float, *, silent: bool = False) -> str:
    """The address of a sound."""
    data = bytes(128 if silent else 128 + int(100 * math.sin(n / 3)) for n in range(int(8000 * seconds)))
    head = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    return "data:audio/wav;base64," + base64.b64encode(head + b"data" + struct.pack("<I", len(data)) + data).decode()


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_pictures_that_move_on_and_on_are_told(page: BrowserPage, kind: str) -> None:
    """Of every kind that can; those too that are a background."""
    picture = image(moving(kind), kind)
    background = picture.replace('<img alt="A light" ', "<div ").replace(
        'width="40" height="40" src="', 'style="height: 40px; background: url('
    )

    assert told(moving_picture, page, picture) == ["body > img: this picture moves without end and nothing stops it"]
    assert len(told(moving_picture, page, background.replace('">', ')"></div>'))) == 1


@pytest.mark.parametrize(
    "picture",
    [
        image(moving("gif", count=1)),
        image(moving("gif", duration=1000, loop=None)),
        image(moving("gif", duration=1000, loop=1)),
        image(moving("gif"), size=4),
        image(moving("gif")).replace("<img", "<img hidden"),
        image(moving("gif")) + "<button>Pause</button>",
        image(moving("gif")[:60]),
        image(b"GIF89a"),
        '<img alt="A light" src="data:image/gif,x">',
        '<img alt="A light" src="https://elsewhere.example/a.gif">',
    ],
)
def test_pictures_that_stand_still_soon_are_left_alone(page: BrowserPage, picture: str) -> None:
    """Or are broken, too small to see, or can be stopped."""
    assert told(moving_picture, page, picture) == []


def test_a_picture_that_moves_for_a_while_is_told_with_its_seconds(page: BrowserPage) -> None:
    """Its frames, as often as they are shown."""
    assert told(moving_picture, page, image(moving("gif", count=4, duration=2000, loop=2)))[0].endswith(
        "this picture moves for 16 seconds and nothing stops it"
    )


ANIMATED = "@keyframes a {{ to {{ {to} }} }} b {{ display: inline-block; animation: a {how} }}"


@pytest.mark.parametrize(
    ("how", "to", "count"),
    [
        ("1s infinite", "translate: 90px 0", 1),
        ("2s infinite alternate", "opacity: 0.2", 1),
        ("2s 30", "translate: 90px 0", 1),
        ("1s 3", "translate: 90px 0", 0),
        ("1s infinite paused", "translate: 90px 0", 0),
        ("1s infinite", "--x: 1px", 0),
        ("0s infinite", "translate: 90px 0", 0),
    ],
)
def test_animations_without_an_end_are_told(page: BrowserPage, how: str, to: str, count: int) -> None:
    """Those that run on after five seconds and change something."""
    assert len(told(moving_content, page, f"<style>{ANIMATED.format(how=how, to=to)}</style><p>The <b>news</b></p>")) == count


STEP = "<p>The news</p><p id=n style='position: relative'>One</p>"


@pytest.mark.parametrize(
    ("script", "count"),
    [
        ("setInterval(() => { n.style.left = parseInt(n.style.left || 0) + 9 + 'px' }, 100)", 1),
        ("setInterval(() => { n.hidden = !n.hidden }, 3000)", 1),
        ("setInterval(() => { n.style.color = n.style.color === 'red' ? 'blue' : 'red' }, 1000)", 0),
        ("setTimeout(() => { n.style.left = '90px' }, 7000)", 0),
        ("let i = 0; setInterval(() => { if (i++ < 30) n.style.left = i * 9 + 'px' }, 100)", 0),
        ("addEventListener('scroll', () => { n.style.left = '90px' })", 0),
    ],
)
def test_what_scripts_move_is_told(page: BrowserPage, script: str, count: int) -> None:
    """Where it goes on; what moves once, or when a reader does something, is no motion of its own."""
    assert len(told(moving_content, page, f"{STEP}<script>{script}</script>")) == count


def test_what_scrolls_by_itself_is_told(page: BrowserPage) -> None:
    """A ticker that a script pushes on."""
    box = f'<div id="n" style="width: 90px; overflow: hidden; white-space: nowrap">{"The river rose. " * 99}</div>'

    assert told(moving_content, page, f"{box}<script>setInterval(() => {{ n.scrollLeft += 5 }}, 100)</script>") == [
        "#n: this scrolls by itself and nothing stops it"
    ]


def test_a_button_that_pauses_is_enough(page: BrowserPage) -> None:
    """In the languages of the site; one that does something else is not."""
    style = f"<style>{ANIMATED.format(how='1s infinite', to='translate: 90px 0')}</style><b>News</b>"

    for name in ("Pause", "Animation anhalten", "Ferma", "Stop"):
        assert told(moving_content, page, f"{style}<button>{name}</button>") == []
    assert len(told(moving_content, page, f"{style}<button>Search</button>")) == 1


COUNT = "<p>The news</p><p>Number: <span id=n>1</span></p>"
CHANGES = "var t = setInterval(() => { n.textContent++ }, %d)"


@pytest.mark.parametrize("gap", [100, 1000, 6000])
def test_text_that_changes_again_and_again_is_told(page: BrowserPage, gap: int) -> None:
    """However quickly it does."""
    assert len(told(changing_text, page, f"{COUNT}<script>{CHANGES % gap}</script>")) == 1


@pytest.mark.parametrize(
    "fragment",
    [
        f"{COUNT}<button onclick='clearInterval(t)'>Enough</button><script>{CHANGES % 1000}</script>",
        f"{COUNT}<button onclick='n.hidden = true'>Hide</button><script>{CHANGES % 1000}</script>",
        f"{COUNT}<label><input type=checkbox onchange='clearInterval(t)'>Still</label><script>{CHANGES % 1000}</script>",
        f"{COUNT}<select><option>Each second</select><script>{CHANGES % 1000}</script>",
        f"{COUNT}<script>setTimeout(() => {{ n.textContent++ }}, 2000)</script>",
        f"{COUNT}<script>let i = 0; setInterval(() => {{ if (i++ < 9) n.textContent++ }}, 300)</script>",
        f"{COUNT}<script>setInterval(() => {{ n.textContent = n.textContent }}, 300)</script>",
        f"{COUNT}<script>setInterval(() => {{ n.style.color = n.style.color ? '' : 'red' }}, 1000)</script>",
        f"{COUNT.replace('<span', '<span hidden')}<script>{CHANGES % 1000}</script>",
        f"<p id=n>1</p><script>{CHANGES % 1000}</script>",
        f"{COUNT}<button onclick='{CHANGES % 1000}'>Go</button>",
    ],
)
def test_text_that_can_be_stopped_or_comes_to_rest_is_left_alone(page: BrowserPage, fragment: str) -> None:
    """Every button is tried; a choice of how often it changes is taken for enough; alone on the page, it is in nobody's way."""
    assert told(changing_text, page, fragment) == []


def test_a_button_that_stops_nothing_is_not_enough(page: BrowserPage) -> None:
    """Whatever it is called."""
    assert len(told(changing_text, page, f"{COUNT}<button>Stop</button><script>{CHANGES % 1000}</script>")) == 1


def test_the_page_itself_is_left_as_it_is(page: BrowserPage) -> None:
    """What goes on by itself is watched in another tab, once for all rules, and the page's clock goes on as it did."""
    with opened(page, f"{COUNT}<button onclick='this.textContent = 1'>Go</button><script>{CHANGES % 1000}</script>") as live:
        before = page.content()
        tabs = len(page.context.pages)
        assert [len(list(rule(live))) for rule in (changing_text, moving_content, flashes)] == [1, 0, 0]

        assert len(page.context.pages) == tabs
        assert page.content().replace('<span id="n">', "")[:60] == before[:60]
        assert (
            page.evaluate("new Promise(done => setTimeout(() => done(document.querySelector('button').innerText), 20))") == "Go"
        )


def shown(*values: int, gap: float = 0.1) -> Sequence[tuple[float, Image.Image]]:
    return [(number * gap, Image.new("RGB", (4, 4), (value, value, value))) for number, value in enumerate(values)]


def test_flashes_are_counted() -> None:
    """A flash is a change to and fro by a tenth of the brightness; four within a second are too many."""
    assert flashing_share(shown(*[0, 255] * 5)) == 1
    assert flashing_share(shown(*[0, 255] * 5, gap=0.2)) == 0
    assert flashing_share(shown(*[0, 255, 0, 255, 0, 255, 255, 255, 255, 255])) == 0
    assert flashing_share(shown(*[0, 60] * 5)) == 0
    assert flashing_share(shown(*[235, 255] * 5)) == 0
    assert flashing_share(shown(*range(0, 250, 25))) == 0
    assert flashing_share([]) == flashing_share(shown(0)) == 0


def test_frames_of_a_picture() -> None:
    """They have browsers' durations: nothing is quicker than a hundredth of a second; what is shown once comes to its end."""
    with Image.open(io.BytesIO(moving("gif", count=3, duration=10))) as picture:
        frames = Frames(picture)
    assert (frames.durations, frames.seconds, frames.flashing()) == ([0.1, 0.1, 0.1], math.inf, 0.0) or frames.flashing() == 1
    with Image.open(io.BytesIO(moving("gif", count=3, duration=700, loop=None))) as picture:
        assert Frames(picture).seconds == pytest.approx(2.1)


def test_what_flashes_is_told_where_it_is_large(page: BrowserPage) -> None:
    """Pictures and animations, frame by frame."""
    animated = "div {{ background: #000; height: {px}px; animation: f {s}s steps(1) infinite }}"
    style = f"<style>@keyframes f {{{{ 50% {{{{ background: #fff }}}} }}}} {animated}</style><div></div>"

    assert told(flashes, page, image(moving("gif", duration=100), size=300)) == [
        "body > img: this picture flashes more than three times a second"
    ]
    assert told(flashes, page, image(moving("gif", duration=100), size=100)) == []
    assert told(flashes, page, image(moving("gif", duration=400), size=300)) == []
    assert told(flashes, page, style.format(px=200, s=0.2)) == ["body > div: this flashes more than three times a second"]
    assert told(flashes, page, style.format(px=10, s=0.2)) == []
    assert told(flashes, page, style.format(px=200, s=1)) == []


def test_sound_that_starts_itself(page: BrowserPage) -> None:
    """With controls it is a warning, without them an error; a button of the page that silences it is a control."""
    sound = f'<audio src="{wave(5)}" autoplay></audio>'

    assert told(sound_without_control, page, sound) == ["body > audio: this begins to sound by itself and nothing stops it"]
    assert told(sound_by_itself, page, sound) == []
    for controlled in (sound.replace("autoplay", "autoplay controls"), f"{sound}<button>Ton aus</button>"):
        assert told(sound_by_itself, page, controlled) == ["body > audio: this begins to sound by itself"]
        assert told(sound_without_control, page, controlled) == []


@pytest.mark.parametrize(
    "fragment",
    [
        f'<audio src="{wave(2)}" autoplay></audio>',
        f'<audio src="{wave(5)}#t=1,3" autoplay></audio>',
        f'<audio src="{wave(5)}" autoplay muted></audio>',
        f'<audio src="{wave(5)}" controls></audio>',
        "<audio autoplay></audio>",
        '<audio autoplay src="data:audio/wav;base64,x"></audio>',
        "<video autoplay></video>",
    ],
    ids=lambda fragment: fragment[-60:],
)
def test_sound_that_is_short_silent_or_waits_is_left_alone(page: BrowserPage, fragment: str) -> None:
    """Three seconds are allowed."""
    assert told(sound_without_control, page, fragment) == told(sound_by_itself, page, fragment) == []


@pytest.mark.parametrize(
    "fragment",
    [
        "<html></html>",
        "<html><frameset><frame></frameset></html>",
        "<script>setTimeout(function again() { setTimeout(again) })</script><p>The river rose.</p>",
        "<script>location = 'https://elsewhere.example/'</script><p>The river rose.</p>",
        "<script>requestAnimationFrame(function again() { requestAnimationFrame(again) })</script><p>The river rose.</p>",
        "<script>alert('The river rose')</script><p>The river rose.</p>",
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><p>The river rose.</p>',
        f"<div>{'<p>The river rose.</p>' * 4000}</div>",
    ],
    ids=lambda fragment: fragment[:40],
)
def test_no_rule_breaks_down_on_odd_pages(page: BrowserPage, fragment: str) -> None:
    """Nor finds anything on them, nor waits for what never ends."""
    with opened(page, fragment) as live:
        assert [finding.message for rule in RULES for finding in rule(live)] == []


@pytest.mark.parametrize(("seconds", "is_certain"), [(2, True), (5, True), (0, False)])
def test_what_is_heard_axe_need_not_ask_about(page: BrowserPage, seconds: int, is_certain: bool) -> None:
    """Whether a sound plays by itself for long is told by playing it; of one that does not load nobody knows."""
    sound = f'<audio src="{wave(seconds) if seconds else "data:audio/wav;base64,x"}" autoplay controls></audio>'
    node = axe.Node("no-autoplay-audio", Severity.REVIEW, "", ("1.4.2",), (), ("audio",), "<audio>")
    with opened(page, sound) as live:
        live.outcomes = dict.fromkeys(CELLS[:2], axe.Outcome((node.rule,), (node,)))
        list(sound_by_itself(live))

        asked = {(cell, node.rule, node.target) for cell in CELLS[:2]}
        assert live.resolved == (asked if is_certain else set())
