"""The rules that need a browser, in the order in which they are told. `LIVE_RULES` names them all."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..rule import Rule
from ..rules.parity import structure_parity
from .colour import colour_alone, contrast_by_pixels, field_edge, icon_contrast, icon_vanishes, link_hover, link_like_text
from .focus import focus_covered, focus_visible, focus_visible_forced, skip_link_works
from .frames import frame_same_content
from .gates import Gate, asks_about_contrast, sign
from .keyboard import focus_change, focus_context, focus_lost, focus_order, keyboard_one_way, keyboard_trap
from .layout import (
    large_text,
    long_lines_scroll,
    narrow_text,
    orientation,
    pinned_bars,
    reading_order,
    reading_order_of_two,
    reflow,
    text_spacing,
    zoomed_text,
)
from .media import (
    audio_transcript_short,
    captions_file,
    captions_language,
    captions_times,
    film_captions,
    film_description,
    silent_film,
)
from .motion import changing_text, flashes, moving_content, moving_picture, sound_by_itself, sound_without_control
from .operate import (
    hover_dismiss,
    hover_only,
    hover_stays,
    input_context,
    mouse_only,
    mouse_only_part,
    single_key,
    single_key_choice,
)
from .prose import links_in_a_row, long_lines, text_as_heading, text_capitals, text_italic, text_justified, text_small

LIVE_RULES: tuple[Rule[Any], ...] = (
    # Keyboard. The first of them walks through the page, the next ones go by that.
    keyboard_trap,
    keyboard_one_way,
    focus_lost,
    focus_context,
    focus_change,
    focus_order,
    focus_visible,
    focus_visible_forced,
    focus_covered,
    skip_link_works,
    mouse_only,
    mouse_only_part,
    single_key,
    single_key_choice,
    input_context,
    hover_only,
    hover_stays,
    hover_dismiss,
    # Layout.
    reflow,
    long_lines_scroll,
    pinned_bars,
    zoomed_text,
    narrow_text,
    large_text,
    text_spacing,
    orientation,
    reading_order,
    reading_order_of_two,
    # How texts are set.
    long_lines,
    text_justified,
    text_capitals,
    text_italic,
    text_small,
    text_as_heading,
    links_in_a_row,
    # Colour.
    contrast_by_pixels,
    icon_contrast,
    icon_vanishes,
    field_edge,
    link_like_text,
    link_hover,
    colour_alone,
    # Motion and sound.
    moving_picture,
    moving_content,
    changing_text,
    flashes,
    sound_by_itself,
    sound_without_control,
    # Captions, and what stands for films and sounds.
    captions_file,
    captions_times,
    captions_language,
    film_captions,
    silent_film,
    film_description,
    audio_transcript_short,
    # Frames.
    frame_same_content,
    # Language editions, side by side.
    structure_parity,
)
"""Every rule of our own that looks at a page in a browser, or at several that have been open in one."""

QUICK_COST = 10
"""
What a rule may cost, in milliseconds, to be a part of every check; the others are for a thorough one. A gate that is slow is
switched off.
"""

GATES: Mapping[str, Gate] = {
    **dict.fromkeys(("keyboard-trap", "keyboard-one-way"), sign("takesKeys", "takesFocus")),
    **dict.fromkeys(("focus-lost", "focus-context"), sign("takesFocus")),
    "focus-visible": sign("unseenFocus"),
    "input-context": sign("leadsOn"),
    "hover-only": sign("hiddenUses"),
    "reflow": sign("isWide"),
    "long-lines-scroll": sign("isScrolled"),
    "zoomed-text": sign("isClipped"),
    "narrow-text": sign("isClipped", "isSpilled"),
    "orientation": sign("hasOrientation"),
    "contrast-by-pixels": asks_about_contrast,
    "moving-picture": sign("hasFrames"),
    "moving-content": sign("moves"),
    "flashes": sign("moves", "hasFrames"),
    **dict.fromkeys(
        (
            "sound-by-itself",
            "sound-without-control",
            "captions-file",
            "captions-times",
            "captions-language",
            "film-captions",
            "silent-film",
            "film-description",
            "audio-transcript-short",
        ),
        sign("hasFilms"),
    ),
}
"""What must be seen at a glance for a rule that costs more to be worth it in the usual check."""

USUAL_RULES: tuple[Rule[Any], ...] = tuple(
    replace(rule, gate=GATES.get(rule.id)) for rule in LIVE_RULES if rule.cost <= QUICK_COST or rule.id in GATES
)
"""Those of the usual check: what costs next to nothing, and what has a gate. A thorough check goes by no gates."""
