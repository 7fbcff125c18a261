"""The pages that are prose: home, methods and limits, terms, what is not here, changes, addresses that lead nowhere."""

from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import urlsplit

from tawthiq.lexicon.verification_terms import TermList, terms
from tawthiq.publication.site.about import NOWHERE, Site
from tawthiq.publication.site.elements import Markup, element, isolated, joined
from tawthiq.publication.site.frame import (
    CHANGES,
    HOME,
    INCIDENTS,
    LOST,
    MAP,
    METHODS,
    NOT_HERE,
    TERMS,
    Body,
    Page,
    framed,
    section,
    time,
)
from tawthiq.publication.site.history import Publication
from tawthiq.publication.site.listing import Written, incident_path, rows
from tawthiq.publication.site.search_page import form
from tawthiq.publication.site.texts import Words

LATEST = 8


def home(site: Site, language: str, *, root: bool = False) -> Written:
    """The first page; with `root` the one at the address "/"."""
    words, page = site.wording(language).words, Page(language, HOME, root)
    latest = sorted(site.incidents, key=lambda each: (each.published or date.min, each.number), reverse=True)[:LATEST]
    more = element("a", words("home.all"), href=page.to(INCIDENTS), class_="button")
    on_map = element("a", words("home.to_map"), href=page.to(MAP), class_="button quiet")
    shown: tuple[Markup, ...] = (element("p", words("home.empty")),)
    if latest:
        shown = (rows(site, page, latest), element("p", more, " ", on_map, class_="actions"))
    main = joined(
        (
            element("div", element("h1", isolated(site.title)), element("p", words("home.lead"), class_="lead"),
                    class_="page-head home-head"),
            _figures(site, words) if latest else None,
            form(site, page, short=True),
            section(words("home.latest"), *shown, id_="latest", class_="open"),
            section(
                words("home.know"), element("p", words("home.know_text")),
                element("p", element("a", words("frame.methods"), href=page.to(METHODS)), " · ",
                        element("a", words("frame.not_here"), href=page.to(NOT_HERE))),
                id_="know",
            ),
        )
    )  # fmt: skip
    return page.full, framed(site, page, Body(site.title, main, description=words.plain("home.lead")))


def methods(site: Site, language: str) -> Written:
    """How incidents come here and what they do not tell, with the terms of findings and attribution."""
    words, page = site.wording(language).words, Page(language, METHODS)
    lists = (("status_head", TermList.STATUS), ("attribution_head", TermList.ATTRIBUTION))
    parts = [*_sections(words, "methods"), *(_terms(words, key, of) for key, of in lists)]
    return _prose(site, page, words.plain("methods.title"), parts, "methods")


def terms_of_use(site: Site, language: str) -> Written:
    """What readers may do with it and are asked not to."""
    words, page = site.wording(language).words, Page(language, TERMS)
    return _prose(site, page, words.plain("terms.title"), list(_sections(words, "terms")))


def not_here(site: Site, language: str) -> Written:
    """What is left out, and why; no numbers of it."""
    words, page = site.wording(language).words, Page(language, NOT_HERE)
    return _prose(site, page, words.plain("not_here.title"), list(_sections(words, "not_here")))


def changes(site: Site, language: str) -> Written:
    """What was added, changed and withdrawn from one publication to the next."""
    words, page = site.wording(language).words, Page(language, CHANGES)
    lead = element("p", words("changes.lead"), class_="lead")
    parts = [_publication(site, words, page, each, at) for at, each in enumerate(site.publications)]
    return _prose(site, page, words.plain("changes.title"), [lead, *parts])


def lost(site: Site) -> Iterator[Written]:
    """The page for addresses that lead nowhere, in each language, and the one that servers look for, in all of them.

    Servers show the latter at any depth, where relative links would lead astray: it links by the path of the site's address
    where one is known, and has no style of its own otherwise.
    """
    for language in site.settings.languages:
        page = Page(language, LOST)
        yield (
            page.full,
            _prose(site, page, _words(site, language).plain("lost.title"), [_lost(site, page)], indexed=False)[1],
        )
    page = Page(site.settings.languages[0], LOST, root=True)
    way = urlsplit(site.settings.base).path if site.settings.base else ""
    parts = [
        element("div", element("h1" if not at else "h2", words("lost.title")), element("p", words("lost.text")),
                element("p", element("a", words("lost.home"), href=f"{way}{language}/{HOME}")), lang=language,
                dir=words.direction)
        for at, language in enumerate(site.settings.languages)
        for words in (_words(site, language),)
    ]  # fmt: skip
    made = framed(site, page, Body(_words(site, page.language).plain("lost.title"), joined(parts), indexed=False))
    absolute = made.replace(b'="assets/', f'="{way}assets/'.encode())
    for language in site.settings.languages:
        absolute = absolute.replace(f'href="{language}/'.encode(), f'href="{way}{language}/'.encode())
    yield page.full, absolute if way else made


def _lost(site: Site, page: Page) -> Markup:
    words = _words(site, page.language)
    return joined(
        (element("p", words("lost.text")), element("p", element("a", words("lost.home"), href=page.to(HOME))))
    )


def _words(site: Site, language: str) -> Words:
    return site.wording(language).words


def _prose(
    site: Site, page: Page, title: str, parts: Sequence[Markup], current: str = "", *, indexed: bool = True
) -> Written:
    main = joined((element("div", element("h1", title), class_="page-head"), element("div", *parts, class_="prose")))
    return page.full, framed(site, page, Body(title, main, current, indexed=indexed))


def _sections(words: Words, name: str) -> Iterator[Markup]:
    for at, (head, text) in enumerate(words.numbered(name), 1):
        yield section(head, element("p", text), id_=f"part-{at}", class_="part")


def _terms(words: Words, key: str, of: TermList) -> Markup:
    items = (
        element("div", element("dt", term.name(words.language)), element("dd", term.help(words.language)))
        for term in terms(of).values()
    )
    return section(
        words(f"methods.{key}"), element("dl", *items, class_="terms"), id_=key.replace("_", "-"), class_="part"
    )


def _figures(site: Site, words: Words) -> Markup:
    days = [day for incident in site.incidents for day in (incident.first, incident.last) if day]
    years = f"{min(days).year}–{max(days).year}" if days and min(days).year != max(days).year else ""
    period = years or (str(min(days).year) if days else "")
    figures = [
        (words("home.incidents"), words.number(len(site.incidents))),
        (words("home.places"), words.number(len(site.by_place.keys() - {NOWHERE}))),
        (words("home.period"), element("bdi", words.digits(period), dir="ltr") if period else words("value.open")),
    ]
    cells = (element("div", element("dt", name), element("dd", value)) for name, value in figures)
    return element("dl", *cells, class_="figures")


def _publication(site: Site, words: Words, page: Page, made: Publication, at: int) -> Markup:
    day = words("changes.day", day=time(words, made.day)) if made.day else words("changes.no_day")
    if made.first:
        content: list[Markup] = [
            element("p", words("changes.first", number=words.number(len(made.added))))
            if made.added
            else element("p", words("changes.none"))
        ]
    else:
        content = [
            element("div", element("dt", words(f"changes.{name}")), element("dd", _numbers(site, words, page, numbers)))
            for name, numbers in (("added", made.added), ("changed", made.changed), ("withdrawn", made.withdrawn))
            if numbers
        ]
        content = [element("dl", *content, class_="facts-list")]
    return section(day, *content, id_=f"state-{len(site.publications) - at}")


def _numbers(site: Site, words: Words, page: Page, numbers: Sequence[int]) -> Markup:
    items = (
        element("li", element("a", words.digits(str(number)), href=page.to(incident_path(number))))
        if number in site.numbers
        else element("li", words.digits(str(number)))
        for number in numbers
    )
    return element("ul", *items, class_="numbers")
