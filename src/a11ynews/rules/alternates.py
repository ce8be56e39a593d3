"""
The language versions of a page: `link rel=alternate hreflang`, and the address that a page gives as its own.

What is asked of them is in Google's “Tell Google about localized versions of your page”: a set that is not whole is not used.
"""

from collections.abc import Iterator

from lxml.html import HtmlElement

from ..finding import Severity
from ..language import same_language
from ..message import say
from ..page import Attribute, Page, PageSet, Part, address_key, excerpt, is_absolute
from ..rule import rule
from .language import tag_fault
from .traits import DEFAULT, alternates, once_for_all, traits_in


@rule("hreflang-valid", on=Page)
def hreflang_valid(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    A language version has a language tag, or is `x-default`.

    What is none is passed over by search engines, and the version is not found.

    Bad: `<link rel="alternate" hreflang="de_AT" href="https://a.example/de/">`
    Good: `<link rel="alternate" hreflang="de-AT" href="https://a.example/de/">`
    Good: `<link rel="alternate" hreflang="x-default" href="https://a.example/">`
    """
    for link, tag, _ in alternates(page):
        if tag != DEFAULT and (fault := tag_fault(tag)):
            yield Attribute(link, "hreflang"), fault


@rule("hreflang-absolute", on=Page)
def hreflang_absolute(page: Page) -> Iterator[tuple[Attribute, str]]:
    """
    A language version is named by its whole address.

    Bad: `<link rel="alternate" hreflang="de" href="/de/">`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/">`
    """
    for link, tag, href in alternates(page):
        if not is_absolute(href):
            yield (
                Attribute(link, "href"),
                say("the {tag} version has the address {href}; write it in full, with https://", tag=tag, href=excerpt(href)),
            )


@rule("hreflang-once", on=Page)
def hreflang_once(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Each language is named once.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/">
    <link rel="alternate" hreflang="de" href="https://a.example/d/">`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/">
    <link rel="alternate" hreflang="it" href="https://a.example/it/">`
    """
    first: dict[str, str] = {}
    for link, tag, href in alternates(page):
        if tag.lower() in first:
            yield (
                link,
                say(
                    "the {tag} version is named twice, as {first} too; take one away", tag=tag, first=excerpt(first[tag.lower()])
                ),
            )
        first.setdefault(tag.lower(), href)


@rule("hreflang-self", on=Page)
def hreflang_self(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    A page that names its language versions names itself among them.

    Search engines pass over a set that the page is not part of. A page that asks for the language is part of it by `x-default`.

    Bad: `<html lang="en"><head><link rel="alternate" hreflang="de" href="https://a.example/de/"></head></html>`
    Good: `<html lang="en"><head><link rel="alternate" hreflang="en" href="https://a.example/en/"></head></html>`
    Good: `<html lang="en"><head><link rel="canonical" href="https://a.example/"><link rel="alternate" hreflang="en"
    href="https://a.example/en/"><link rel="alternate" hreflang="x-default" href="https://a.example/"></head></html>`
    Good: `<html lang="en"><head></head></html>`
    """
    versions = [version for version in alternates(page) if version[1] != DEFAULT]
    if not versions or not page.language:
        return
    if not any(same_language(tag, page.language) for _, tag, _ in versions):
        yield (
            versions[0][0],
            say(
                'the versions do not hold this page; add <link rel="alternate" hreflang="{language}" href="…">',
                language=page.language,
            ),
        )
    elif page.address and address_key(page.address) not in [address_key(href) for _, _, href in alternates(page)]:
        yield (
            versions[0][0],
            say(
                "none of the versions has the page's own address, {address}; name it as the canonical link does",
                address=page.address,
            ),
        )


@rule("hreflang-default", on=Page, severity=Severity.WARNING)
def hreflang_default(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    Among several language versions one is for everybody else: `x-default`.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/">
    <link rel="alternate" hreflang="it" href="https://a.example/it/">`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/">
    <link rel="alternate" hreflang="x-default" href="https://a.example/">`
    """
    versions = alternates(page)
    if len(versions) > 1 and not any(tag == DEFAULT for _, tag, _ in versions):
        yield versions[0][0], say('no version is for readers of other languages; add one with hreflang="x-default"')


@rule("canonical", on=Page)
def canonical(page: Page) -> Iterator[tuple[HtmlElement | Attribute, str]]:
    """
    A page gives one address as its own, in full.

    Bad: `<link rel="canonical" href="/en/flood/">`
    Bad: `<link rel="canonical" href="https://a.example/a/"><link rel="canonical" href="https://a.example/b/">`
    Good: `<link rel="canonical" href="https://a.example/en/flood/">`
    """
    first, *more = [link for link in page.tagged("link") if "canonical" in (link.get("rel") or "").lower().split()] or [None]
    if first is not None and not is_absolute(first.get("href") or ""):
        yield (
            Attribute(first, "href"),
            say("the canonical address is {href}; write it in full, with https://", href=excerpt(first.get("href") or "")),
        )
    for link in more:
        yield link, say("the page gives a second canonical address, {href}; keep one", href=excerpt(link.get("href") or ""))


@rule("language-switcher", on=Page, severity=Severity.WARNING)
def language_switcher(page: Page) -> Iterator[tuple[HtmlElement, str]]:
    """
    To each language version that the head names there is a link that people can follow.

    The head is for machines: a reader who landed on the wrong language needs a link.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><p>Text</p>`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/"><a href="https://a.example/de/" lang="de">Deutsch</a>`
    """
    targets = {address_key(page.resolve(link.get("href") or "")) for link in page.exposed("a")}
    # A page on a disk may link by file what its head names by address: then nothing is known.
    if not page.address and not any(is_absolute(target) for target in targets) and targets:
        return
    for link, tag, href in alternates(page):
        if tag != DEFAULT and not same_language(tag, page.language) and address_key(href) not in targets:
            yield (
                link,
                say(
                    "no link on the page leads to its {tag} version {href}; add one that people can follow",
                    tag=tag,
                    href=excerpt(href),
                ),
            )


@rule("hreflang-reciprocal", on=PageSet)
def hreflang_reciprocal(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    Language versions name each other.

    A version that is not named back is not used. Looked at are the versions that are among the pages that are checked.

    Bad: `<link rel="canonical" href="https://a.example/en/"><link rel="alternate" hreflang="de" href="https://a.example/de/">`
    `<link rel="canonical" href="https://a.example/de/">`
    Good: `<link rel="canonical" href="https://a.example/en/"><link rel="alternate" hreflang="de" href="https://a.example/de/">`
    `<link rel="canonical" href="https://a.example/de/"><link rel="alternate" hreflang="en" href="https://a.example/en/">`
    """
    traits, at = traits_in(pages), _at(pages)
    for page in pages.pages:
        own = traits[page].address
        for number, (tag, href) in enumerate(traits[page].versions):
            other = at.get(href)
            if other is not None and own and address_key(own) not in {key for _tag, key in traits[other].versions}:
                opened = pages.opened(page)
                yield (
                    (opened, alternates(opened)[number][0]),
                    say(
                        'the {tag} version {name} does not name this page back; add its <link rel="alternate"> there',
                        tag=tag,
                        name=other.name,
                    ),
                )


@once_for_all
def _at(pages: PageSet) -> dict[str, Page]:
    """The pages by the address that they give as their own; those without one are not in it."""
    return {address_key(traits.address): page for page, traits in traits_in(pages).items() if traits.address}


@rule("hreflang-language", on=PageSet)
def hreflang_language(pages: PageSet) -> Iterator[tuple[tuple[Page, Part], str]]:
    """
    A language version is in the language that it is named with.

    Bad: `<link rel="alternate" hreflang="de" href="https://a.example/de/">`
    `<html lang="en"><head><link rel="canonical" href="https://a.example/de/"></head></html>`
    Good: `<link rel="alternate" hreflang="de" href="https://a.example/de/">`
    `<html lang="de"><head><link rel="canonical" href="https://a.example/de/"></head></html>`
    """
    traits, at = traits_in(pages), _at(pages)
    for page in pages.pages:
        for number, (tag, href) in enumerate(traits[page].versions):
            other = at.get(href)
            language = traits[other].language if other is not None else ""
            if other is not None and tag != DEFAULT and language and not same_language(tag, language):
                opened = pages.opened(page)
                yield (
                    (opened, Attribute(alternates(opened)[number][0], "hreflang")),
                    say(
                        "{name} is named as the {tag} version and says that it is “{language}”; mend hreflang or lang",
                        name=other.name,
                        tag=tag,
                        language=language,
                    ),
                )
