"""The rules that need no browser, one file a topic. `RULES` names them all, in the order in which they are told."""

from typing import Any

from ..rule import Rule
from .alternates import (
    canonical,
    hreflang_absolute,
    hreflang_default,
    hreflang_language,
    hreflang_once,
    hreflang_reciprocal,
    hreflang_self,
    hreflang_valid,
    language_switcher,
)
from .catalog_alt import po_alt_caption, po_alt_empty, po_alt_file_name, po_alt_opening, po_alt_same, po_max_length
from .catalog_figures import po_acronyms, po_dates, po_email, po_numbers, po_url
from .catalog_file import (
    po_conflict,
    po_fields,
    po_header,
    po_header_fuzzy,
    po_header_language,
    po_ignore,
    po_plural_forms,
    po_plural_strings,
)
from .catalog_language import po_language, po_stray_word
from .catalog_marks import (
    po_blank_before_mark,
    po_brackets,
    po_double_space,
    po_end_mark,
    po_invisible,
    po_outer_space,
    po_quotes,
)
from .catalog_markup import po_emphasis, po_lang, po_lang_words, po_link_target, po_markup, po_names, po_slug
from .catalog_words import po_doubled_word, po_glossary, po_inconsistent, po_same
from .consistency import language_parity, navigation_names, navigation_order, title_unique
from .document import (
    html_lang,
    html_lang_valid,
    id_reference,
    id_unique,
    meta_refresh,
    moving_text,
    one_h1,
    page_title,
    tab_order,
    title_stopgap,
    viewport_zoom,
)
from .headings import heading_empty, heading_order
from .ignore import ignore
from .landmarks import banner_once, landmark_name, one_main, skip_link, skip_link_target
from .language import (
    lang_empty,
    lang_known,
    lang_valid,
    page_language,
    text_direction,
    text_language,
    untranslatable_text,
    xml_lang,
)
from .links import link_file, link_generic, link_language, link_name, link_new_window, link_same_text, link_target, title_repeats
from .lists import list_children, list_item
from .media import audio_transcript, autoplay, frame_title, track_language, video_captions
from .metadata import description, json_ld, json_ld_article, json_ld_language, og_image_alt
from .pictures import (
    alt_blank,
    alt_empty,
    alt_file_name,
    alt_long,
    alt_missing,
    alt_opening,
    alt_repeats_caption,
    alt_repeats_link,
    alt_same,
)
from .tables import table_caption, table_cell_headers, table_header_empty, table_headers, table_nested

RULES: tuple[Rule[Any], ...] = (
    # The page as a whole.
    page_title,
    title_stopgap,
    html_lang,
    html_lang_valid,
    one_h1,
    viewport_zoom,
    meta_refresh,
    moving_text,
    id_unique,
    id_reference,
    tab_order,
    # Languages.
    page_language,
    text_language,
    untranslatable_text,
    lang_valid,
    lang_known,
    lang_empty,
    xml_lang,
    text_direction,
    # Headings and landmarks.
    heading_order,
    heading_empty,
    one_main,
    banner_once,
    landmark_name,
    skip_link,
    skip_link_target,
    # Pictures.
    alt_missing,
    alt_blank,
    alt_repeats_caption,
    alt_repeats_link,
    alt_file_name,
    alt_opening,
    alt_same,
    alt_long,
    alt_empty,
    # Links.
    link_name,
    link_generic,
    link_same_text,
    link_language,
    link_new_window,
    link_file,
    link_target,
    title_repeats,
    # Lists and tables.
    list_children,
    list_item,
    table_headers,
    table_header_empty,
    table_caption,
    table_cell_headers,
    table_nested,
    # Video, sound, frames.
    video_captions,
    track_language,
    audio_transcript,
    autoplay,
    frame_title,
    # Language versions.
    hreflang_valid,
    hreflang_absolute,
    hreflang_once,
    hreflang_self,
    hreflang_default,
    hreflang_reciprocal,
    hreflang_language,
    canonical,
    language_switcher,
    # What other machines read.
    description,
    og_image_alt,
    json_ld,
    json_ld_article,
    json_ld_language,
    # Pages side by side.
    title_unique,
    navigation_order,
    navigation_names,
    language_parity,
    # Comments that keep a rule quiet.
    ignore,
)
"""Every rule that looks at a page, at a set of pages, or at the comments beside what is shown on them."""

CATALOG_RULES: tuple[Rule[Any], ...] = (
    # Alternative texts.
    po_alt_empty,
    po_alt_caption,
    po_alt_same,
    po_alt_file_name,
    po_alt_opening,
    # Markup and names.
    po_markup,
    po_link_target,
    po_emphasis,
    po_lang,
    po_lang_words,
    po_names,
    po_slug,
    # Languages and words.
    po_same,
    po_language,
    po_stray_word,
    po_glossary,
    po_doubled_word,
    po_inconsistent,
    po_max_length,
    # Facts.
    po_numbers,
    po_dates,
    po_email,
    po_url,
    po_acronyms,
    # Marks and blanks.
    po_quotes,
    po_end_mark,
    po_brackets,
    po_blank_before_mark,
    po_double_space,
    po_outer_space,
    po_invisible,
    # The file.
    po_fields,
    po_plural_strings,
    po_conflict,
    po_header,
    po_header_language,
    po_header_fuzzy,
    po_plural_forms,
    po_ignore,
)
"""Every rule that looks at a catalog or at all catalogs of a language."""
