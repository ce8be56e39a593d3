"""
How Sphinx makes a site of this folder: `make docs`.

The pages are Markdown (MyST), and the theme is our own, in `site_theme/`: Furo, which was tried, came through `a11ynews check`
with warnings on every page. The reference of commands, rules and reports is drawn from the code whenever the site is made, into
`reference/`.
"""

import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from pygments.formatters import HtmlFormatter
from sphinx.addnodes import toctree
from sphinx.application import Sphinx
from sphinx.util import logging

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import reference  # noqa: E402  # it stands beside this file, and Sphinx does not look there by itself

from a11ynews import __version__  # noqa: E402  # after the path, so that both are below it

project = "a11ynews"
author = "The a11ynews developers"
project_copyright = "2026, the a11ynews developers"
release = version = __version__
language = "en"
extensions = ["myst_parser"]
exclude_patterns = ["_site", "site_theme", "themes/*/*", "screenshots"]
myst_heading_anchors = 4
myst_enable_extensions = ["deflist"]
html_theme_path = ["."]
html_theme = "site_theme"
html_title = "a11ynews"
html_use_index = False
html_copy_source = False
html_permalinks = False
html_baseurl = "https://a11ynews.example.org/"
pygments_style = "a11y-high-contrast-light"

_IN_OTHER_LANGUAGES = {"translators.de": "de", "translators.it": "it"}
"""The pages that are not in English."""


def setup(app: Sphinx) -> None:
    """Sphinx calls this."""
    app.connect("builder-inited", _write_reference)
    app.connect("doctree-read", _leave_out_links_into_the_repository)
    app.connect("doctree-read", _fill_empty_cells)
    app.connect("html-page-context", _give_context)
    app.connect("build-finished", _write_dark_code)


def _write_reference(_: Sphinx) -> None:
    reference.write(HERE / "reference")


def _leave_out_links_into_the_repository(app: Sphinx, document: nodes.document) -> None:
    """A link to a file that is in the repository and not in this site becomes its words: the site has no address for it."""
    for link in list(document.findall(lambda node: isinstance(node, nodes.Element) and "reftarget" in node.attributes)):
        target = str(link.get("reftarget")).partition("#")[0]
        path = (Path(app.env.doc2path(app.env.docname)).parent / target).resolve()
        if target and path.exists() and (path.is_dir() or not path.is_relative_to(HERE)):
            link.replace_self(link.children)


def _fill_empty_cells(_: Sphinx, document: nodes.document) -> None:
    """An empty cell says “none”: nobody can hear whether an empty one was forgotten."""
    for entry in document.findall(nodes.entry):
        if not entry.astext().strip():
            entry.children = []
            entry += nodes.paragraph("", "none")


def _groups(app: Sphinx) -> list[tuple[str, list[str]]]:
    """The pages of the site by the captions under which `index.md` lists them."""
    trees = app.env.get_doctree("index").findall(toctree)
    return [(str(tree["caption"]), [str(name) for _, name in tree["entries"]]) for tree in trees]


def _give_context(app: Sphinx, name: str, _: str, context: dict[str, Any], document: nodes.document | None) -> None:
    pathto = context["pathto"]
    titles = {page: app.env.titles[page].astext() for page in app.env.titles}
    titled = next(
        (tree for tree in app.env.get_doctree("index").findall(toctree) if any(name == page for _, page in tree["entries"])), None
    )
    shown = {page: title or titles.get(page, page) for tree in app.env.get_doctree("index").findall(toctree)
             for title, page in tree["entries"]}  # fmt: skip
    context["groups"] = [
        (caption, [(shown[page], pathto(page), page == name) for page in pages if page in titles])
        for caption, pages in _groups(app)
    ]
    context["group"] = str(titled["caption"]) if titled is not None else ""
    context["content_language"] = _IN_OTHER_LANGUAGES.get(name, "en")
    context["description"] = _description(document) if document is not None else ""
    order = [page for _, pages in _groups(app) for page in pages if page in titles]
    at = order.index(name) if name in order else -1
    context["before"] = (shown[order[at - 1]], pathto(order[at - 1])) if at > 0 else None
    context["after"] = (shown[order[at + 1]], pathto(order[at + 1])) if 0 <= at < len(order) - 1 else None


def _description(document: nodes.document) -> str:
    """The first paragraph, cut at a sentence or a word: what a search engine shows."""
    for paragraph in document.findall(nodes.paragraph):
        words = " ".join(paragraph.astext().split())
        if len(words) <= 160:
            return words
        cut = words[:160]
        return cut[: cut.rindex(". ") + 1] if ". " in cut[60:] else cut.rsplit(" ", 1)[0] + " …"
    return ""


def _write_dark_code(app: Sphinx, error: Exception | None) -> None:
    """The colours of code on a dark page."""
    if error is None and app.builder.format == "html":
        style = HtmlFormatter(style="a11y-high-contrast-dark").get_style_defs(".highlight")
        static = Path(app.outdir) / "_static"
        static.mkdir(exist_ok=True)
        (static / "pygments-dark.css").write_text(str(style), "utf-8")
        logging.getLogger(__name__).info("the colours of code on dark pages are written")
