"""Pages as no one would write them: what lies over what, is cut off, moved or painted is drawn by lot, the same each time."""

import random

_COLOURS = (
    *("#000", "#fff", "#777", "#767676", "#757575", "#949494", "#eee", "#222", "#06c", "transparent", "currentColor"),
    *("rgba(0,0,0,.5)", "color-mix(in srgb, red, blue)", "oklch(60% .2 30)"),
)
_STYLES: tuple[tuple[float, str, tuple[str, ...]], ...] = (
    (0.35, "color", _COLOURS),
    (0.3, "background", _COLOURS),
    (0.05, "background-image", ("linear-gradient(#fff, #000)",)),
    (0.15, "position", ("relative", "absolute", "fixed", "sticky")),
    (0.12, "top", ("-60px", "-9px", "0", "40px", "120px")),
    (0.12, "left", ("-300px", "-20px", "0", "30px", "300px")),
    (0.08, "z-index", ("-1", "0", "1", "5")),
    (0.08, "float", ("left", "right")),
    (0.06, "overflow", ("hidden", "auto", "scroll", "clip")),
    (0.07, "width", ("1px", "10px", "40px", "120px", "400px")),
    (0.06, "height", ("0", "1px", "10px", "30px")),
    (0.06, "margin", ("-20px", "-8px", "4px", "20px")),
    (0.04, "opacity", ("0", "0.5", "0.99")),
    (0.04, "transform", ("rotate(3deg)", "translate(20px, 5px)", "scale(.5)", "translateX(-9999px)")),
    (0.03, "filter", ("blur(0)", "invert(1)")),
    (0.03, "mix-blend-mode", ("multiply", "difference")),
    (0.04, "clip", ("rect(0, 0, 0, 0)",)),
    (0.04, "clip-path", ("inset(50%)", "inset(10%)", "circle(0)", "polygon(0 0, 10px 0, 0 10px)")),
    (0.03, "text-shadow", ("1px 1px 0 #fff",)),
    (0.03, "-webkit-text-stroke", ("1px #fff",)),
    (0.03, "-webkit-text-fill-color", _COLOURS),
    (0.05, "display", ("inline", "block", "inline-block", "flex", "grid", "contents", "table", "none")),
    (0.05, "font-size", ("0", "8px", "18px", "19px", "24px")),
    (0.05, "font-weight", ("400", "600", "700")),
    (0.04, "visibility", ("hidden", "visible")),
    (0.04, "text-decoration", ("none", "underline")),
    (0.03, "line-height", ("0.5", "1", "3")),
    (0.02, "column-count", ("2",)),
    (0.02, "writing-mode", ("vertical-rl",)),
)
_BLOCKS = (
    "div",
    "p",
    "section",
    "ul",
    "li",
    "h2",
    "table",
    "td",
    "label",
    "fieldset",
    "details",
    "blockquote",
    "figure",
    "dl",
    "dd",
)
_INLINE = ("span", "a", "a", "a", "b", "em", "small", "button", "strong", "q", "sub")
_WORDS = ("flood", "river", "town", "bridge", "x", "!", "…", "😀", "\ue001", "7", "Überschwemmung", "night", "fire", "market")
_MORE = (
    '<img src="data:image/svg+xml,<svg/>" alt="x" width=60 height=20 style="margin: -9px">',
    '<input value="word">',
    '<select aria-label="s"><option>one</select>',
    "<svg width=50 height=10><text y=9>hi</text></svg>",
    "<br>",
    '<label for="z">L</label><input id="z" disabled>',
)
_HEAD = """<style>.pale { color: #777 } .after::after { content: " →" }
  .before::before { content: ""; position: absolute; width: 50px; height: 20px; background: #333 }
  @media (max-width: 400px) { .narrow { position: absolute; top: 3px } }
  @media (prefers-color-scheme: dark) {
    body { background: #111; color: #eee } .dark { color: #666; background: #222 } a { color: #8cf }
  }
</style>"""


def mixed_page(seed: int) -> str:
    """A page of some thirty elements; another one for each seed."""
    chance = random.Random(seed)
    body = "".join(_node(chance, 4) for _ in range(chance.randint(3, 9)))
    style = f' style="{_style(chance)}"' if chance.random() < 0.2 else ""
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Page {seed}</title>{_HEAD}<body{style}><main>{body}</main>'
    )


def _style(chance: random.Random) -> str:
    return "; ".join(f"{name}: {chance.choice(values)}" for share, name, values in _STYLES if chance.random() < share)


def _node(chance: random.Random, depth: int) -> str:
    if not depth or chance.random() < 0.3:
        return " ".join(chance.choice(_WORDS) for _ in range(chance.choice((1, 1, 3, 8, 30))))
    tag = chance.choice(_BLOCKS if chance.random() < 0.5 else _INLINE)
    attributes = f' style="{_style(chance)}"' if chance.random() < 0.6 else ""
    if chance.random() < 0.15:
        attributes += f' class="{chance.choice(("pale", "before", "after", "dark", "narrow"))}"'
    if tag == "a":
        attributes += chance.choice((' href="#x"', ' href="y"', ""))
    if chance.random() < 0.05:
        attributes += chance.choice((" role=button", " role=link", " aria-hidden=true", " inert", " hidden", " tabindex=0"))
    inner = " ".join(_node(chance, depth - 1) for _ in range(chance.randint(0, 4)))
    more = chance.choice(_MORE) if chance.random() < 0.05 else ""
    return f"<{tag}{attributes}>{inner}{more}</{tag}>"
