"""An article in one language, with the addresses that it and its files have on the web: what is given to others."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from .article import Article, Picture, PictureBlock, Related
from .hypertext import Writer
from .language import chain_of
from .pictures import Prepared
from .render import Localised


@dataclass(frozen=True, slots=True)
class Edition:
    """An article in one language, as it is given to others."""

    localised: Localised
    url: str
    """The address of its page."""
    publisher: str
    prepared: Mapping[str, Prepared]
    """The files of its pictures, by the names that the record gives them."""
    media: Mapping[str, str]
    """The paths of its films and recordings in the site."""
    base: str
    """The address of the site."""

    @property
    def article(self) -> Article:
        """The record."""
        return self.localised.article

    @property
    def language(self) -> str:
        """The language of this edition."""
        return self.localised.language

    @property
    def pictures(self) -> list[Picture]:
        """The pictures in the body."""
        return [block.picture for block in self.article.body if isinstance(block, PictureBlock)]

    @property
    def writer(self) -> Writer:
        """Its texts."""
        return Writer.of(self.localised, self.address_of)

    def address_of(self, file: str) -> str:
        """Where a file of the record can be got."""
        path = self.prepared[file].largest if file in self.prepared else self.media[file]
        return urljoin(self.base, path)

    def renditions_of(self, file: str) -> list[dict[str, object]]:
        """The sizes of a file, with their measures, for ninjs."""
        if file not in self.prepared:
            return [{"name": "original", "href": self.address_of(file)}]
        prepared = self.prepared[file]
        kinds = {"jpg": "image/jpeg", "svg": "image/svg+xml"}

        def rendition(path: str, width: int, height: int) -> dict[str, object]:
            suffix = path.rpartition(".")[2]
            kind = kinds.get(suffix, f"image/{suffix}")
            return {"name": f"{width}", "href": urljoin(self.base, path), "contentType": kind, "width": width, "height": height}

        if not prepared.own:
            return [rendition(prepared.path, prepared.width, prepared.height)]
        return [rendition(size.path, size.width, round(prepared.height * size.width / prepared.width)) for size in prepared.own]

    def link_of(self, link: Related) -> str:
        """Where a link to read on leads from this edition, complete."""
        url = next((link.urls[tag] for tag in chain_of(self.language) if tag in link.urls), link.url)
        return urljoin(self.url, url)
