"""
What stands around the articles of a site, for the preview: lists, feeds, the page at the root and the site's own static files.

All of it follows from the articles' entries, and is made when somebody asks for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import pictures
from .article import PictureBlock
from .catalog import UI_DOMAIN
from .front import Leaf, Press, leaves_of, static_files
from .listing import Entry, Surroundings, arrange
from .pictures import Prepared
from .render import Localised, RenderedPage, entry_of
from .site import Site, read_record

_UNSEEN = Prepared(1, 1, "", (), ())
"""A picture that is prepared when a list shows it."""


def entry_for(site: Site, localised: Localised, path: str) -> Entry:
    """What lists show of an article's page, its picture still to be prepared."""
    unseen = {block.picture.file: _UNSEEN for block in localised.article.body if isinstance(block, PictureBlock)}
    return entry_of(localised, path, unseen, site.config.site_url)


def entry_from(data: Any) -> Entry:
    """The same of an edition that a render has told of, as `Entry.to_json` gives it. Raises what `Entry.from_json` does."""
    entry = Entry.from_json(data)
    return replace(entry, picture=replace(entry.picture, prepared=_UNSEEN)) if entry.picture else entry


class Around:
    """
    The rest of a site, as its articles make it.

    `entries` are those of the pages that would be published; `records` the files of the records, for their pictures.
    """

    def __init__(self, site: Site, entries: Iterable[Entry], records: Mapping[str, Path]) -> None:
        self._site = site
        self._records = records
        self._entries = {(entry.record, entry.language): entry for entry in entries}
        self._prepared: set[tuple[str, str]] = set()
        self._arrange()
        self._leaves: dict[str, Leaf] | None = None

    def _arrange(self) -> None:
        lists = self._site.config.lists
        self._listing = arrange(
            self._entries.values(),
            self._site.config.languages,
            make=lists.make,
            per_page=lists.per_page,
            navigation=lists.navigation,
            untranslated=lists.untranslated == "show",
            tags=lists.tags,
            tag_feeds=lists.tag_feeds,
            base_url=self._site.config.site_url,
        )

    def surroundings(self, entry: Entry) -> Surroundings:
        """What an article's page shows of the rest of the site."""
        return self._listing.surroundings(entry)

    def language_of(self, path: str) -> str | None:
        """The language of the page with a path; empty for a file, None where there is neither."""
        leaf = self._known().get(path)
        return leaf.language if leaf else None

    def make(self, path: str) -> RenderedPage | bytes:
        """The page or file of a path. Raises KeyError where there is none, RecordError, CatalogError and TemplateFault."""
        if shown := self._shown_on(path) - self._prepared:
            for key in shown:
                self._entries[key] = self._with_picture(self._entries[key])
            self._prepared |= shown
            self._arrange()
            self._leaves = None
        return self._known()[path].make()

    def _known(self) -> dict[str, Leaf]:
        if self._leaves is None:
            site, config = self._site, self._site.config
            press = Press(
                site.renderer, site.view_of, lambda language: site.catalogs(language, UI_DOMAIN), site.write_stylesheet()
            )
            leaves = leaves_of(self._listing, press, config.default_language or config.languages[0], datetime.now(UTC))
            self._leaves = {leaf.path: leaf for leaf in leaves}
        return self._leaves

    def _shown_on(self, path: str) -> set[tuple[str, str]]:
        """The entries of which a list shows the pictures."""
        for articles in self._listing.lists:
            for number in range(1, articles.count + 1):
                if articles.path_of(number) == path:
                    return {(entry.record, entry.language) for entry in articles.on_page(number) if entry.picture}
        return set()

    def _with_picture(self, entry: Entry) -> Entry:
        file = self._records[entry.record]
        article = read_record(file, self._site.shown(file), look=False)
        shown = next((block for block in article.body if isinstance(block, PictureBlock) and block.picture.alt), None)
        if shown is None or entry.picture is None:
            return entry
        prepared = pictures.prepare(file.resolve().parent / shown.picture.file, self._site.out, f"media/{article.id}")
        return replace(entry, picture=replace(entry.picture, prepared=prepared))

    def static(self, path: str) -> Path | None:
        """The static file of a path; None where the site brings none."""
        folder = self._site.config.folder("static").resolve()
        if not folder.is_dir():
            return None
        taken = dict.fromkeys(self._known(), "a page")
        return static_files(folder, self._site.shown, taken)[0].get(path)
