"""Lists of incidents in pages of fifty: all of them, those of an act, of a place, of a year; and the page that leads there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.publication.site.about import NOWHERE, UNDATED, Site
from tawthiq.publication.site.elements import Markup, element, isolated, joined
from tawthiq.publication.site.frame import BROWSE, HOME, Body, Page, crumbs, framed, section
from tawthiq.publication.site.wording import Wording
from tawthiq.records.disclosure import DisclosedIncident

A_PAGE = 50
Written = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list over several pages: the folder and name of its pages, its heading, its incidents, the section it stands in."""

    path: str
    title: str
    incidents: Sequence[DisclosedIncident]
    section: str
    lead: str = ""

    @property
    def pages(self) -> int:
        """Over how many pages it goes; an empty one has one."""
        return max(1, -(-len(self.incidents) // A_PAGE))

    def page(self, number: int) -> str:
        """The path of a page in its language's folder, from 1."""
        return f"{self.path}.html" if number == 1 else f"{self.path}-{number}.html"


def incident_path(number: int) -> str:
    """Where the page of an incident lies in its language's folder."""
    return f"incident/{number}.html"


def act_path(act: str) -> str:
    """Where the list of an act begins."""
    return f"act/{act}.html"


def place_path(slug: str) -> str:
    """Where the list of a place begins."""
    return f"place/{slug}.html"


def year_path(year: str) -> str:
    """Where the list of a year begins."""
    return f"year/{year}.html"


def listings(site: Site, language: str) -> Iterator[Written]:
    """Every page of every list in one language."""
    wording = site.wording(language)
    words = wording.words
    yield from _pages(
        site,
        language,
        Listing("incidents/index", words.plain("list.title"), site.incidents, "incidents", words("list.lead")),
    )
    for act, incidents in site.by_act.items():
        yield from _pages(site, language, Listing(f"act/{act}", wording.act(act), incidents, "browse"))
    for slug, incidents in site.by_place.items():
        yield from _pages(
            site, language, Listing(f"place/{slug}", place_name(wording, slug, incidents), incidents, "browse")
        )
    for year, incidents in site.by_year.items():
        yield from _pages(site, language, Listing(f"year/{year}", year_name(wording, year), incidents, "browse"))


def place_name(wording: Wording, slug: str, incidents: Sequence[DisclosedIncident]) -> str:
    """What the list of a place is called."""
    return wording.words.plain("browse.no_place") if slug == NOWHERE else wording.place(incidents[0].places[0])


def year_name(wording: Wording, year: str) -> str:
    """What the list of a year is called."""
    return wording.words.plain("browse.no_day") if year == UNDATED else wording.words.digits(year)


def rows(site: Site, page: Page, incidents: Sequence[DisclosedIncident]) -> Markup:
    """Incidents as a list: what and where, when, how many sources."""
    wording = site.wording(page.language)
    return element("ol", *(_row(wording, page, incident) for incident in incidents), class_="rows")


def browse(site: Site, language: str) -> Written:
    """The page that leads to the lists of acts, places and years."""
    wording = site.wording(language)
    words, page = wording.words, Page(language, BROWSE)
    acts = [(act_path(act), wording.act(act), len(found)) for act, found in site.by_act.items()]
    years = [(year_path(year), year_name(wording, year), len(found)) for year, found in site.by_year.items()]
    main = joined(
        (
            element("div", element("h1", words("browse.title")), element("p", words("browse.lead"), class_="lead"),
                    class_="page-head"),
            section(words("browse.acts"), _stocks(wording, page, acts), id_="acts"),
            section(words("browse.years"), _stocks(wording, page, years), id_="years"),
            section(words("browse.places"), *_places(site, wording, page), id_="places"),
        )
    )  # fmt: skip
    return page.full, framed(site, page, Body(words.plain("browse.title"), main, "browse"))


def _places(site: Site, wording: Wording, page: Page) -> Iterator[Markup]:
    """Places by country, countries and places by name."""
    countries: dict[str, list[tuple[str, str, int]]] = {}
    for slug, found in site.by_place.items():
        country = "" if slug == NOWHERE else country_name(wording, found[0].places[0].country)
        countries.setdefault(country, []).append((place_path(slug), place_name(wording, slug, found), len(found)))
    for country in sorted(countries, key=lambda name: (not name, name)):
        places = sorted(countries[country], key=lambda row: (row[1], row[0]))
        yield element("h3", isolated(country) if country else wording.words("browse.elsewhere"))
        yield _stocks(wording, page, places)


def country_name(wording: Wording, code: str) -> str:
    """What a country is called by its ISO code; empty where the gazetteer has none."""
    place = gazetteer().by_code.get(code.upper()) if code else None
    if place is None:
        return code
    return place.name if wording.words.language == "ar" else place.name_en or place.name


def _stocks(wording: Wording, page: Page, stocks: Sequence[tuple[str, str, int]]) -> Markup:
    items = (
        element("li", element("a", isolated(name), " ", element("span", wording.words.number(count), class_="count"),
                              href=page.to(path)))
        for path, name, count in stocks
    )  # fmt: skip
    return element("ul", *items, class_="stocks")


def _pages(site: Site, language: str, listing: Listing) -> Iterator[Written]:
    words = site.wording(language).words
    for number in range(1, listing.pages + 1):
        page = Page(language, listing.page(number))
        shown = listing.incidents[(number - 1) * A_PAGE : number * A_PAGE]
        told = words("frame.page_of", page=words.number(number), pages=words.number(listing.pages))
        head = element(
            "div",
            None if listing.section == "incidents" else crumbs(
                words, element("a", words("frame.home"), href=page.to(HOME)),
                element("a", words("frame.browse"), href=page.to(BROWSE)),
            ),
            element("h1", isolated(listing.title)),
            element("p", listing.lead, class_="lead") if listing.lead else None,
            element("p", words("list.count", number=words.number(len(listing.incidents))),
                    f" · {told}" if listing.pages > 1 else None, class_="hint"),
            class_="page-head",
        )  # fmt: skip
        empty = None if shown else element("p", words("home.empty"), class_="panel")
        main = joined((head, empty or rows(site, page, shown), _pager(site, page, listing, number)))
        title = f"{listing.title} ({told})" if number > 1 else listing.title
        yield page.full, framed(site, page, Body(title, main, listing.section))


def _row(wording: Wording, page: Page, incident: DisclosedIncident) -> Markup:
    words = wording.words
    place = isolated(wording.place(incident.places[0])) if incident.places else words("value.no_place")
    when = wording.when(incident)
    return element(
        "li",
        element("a", element("span", wording.act(incident.act), class_="act"), " ", element("span", place, class_="at"),
                href=page.to(incident_path(incident.number))),
        element("p",
            element("span", element("time", when, datetime=incident.first.isoformat()) if incident.first else when),
            element("span", words("list.sources", number=words.number(incident.sources))),
            element("span", words("list.number", number=words.digits(str(incident.number)))),
            class_="facts",
        ),
    )  # fmt: skip


def _pager(site: Site, page: Page, listing: Listing, at: int) -> Markup | None:
    if listing.pages == 1:
        return None
    words = site.wording(page.language).words
    near = sorted({1, listing.pages, *range(max(1, at - 2), min(listing.pages, at + 2) + 1)})
    links: list[Markup] = []
    for before, number in zip([0, *near], near, strict=False):
        if number > before + 1:
            links.append(element("li", "…", class_="gap"))
        current = "page" if number == at else None
        links.append(
            element("li", element("a", words.number(number), href=page.to(listing.page(number)), aria_current=current))
        )
    newer = element("a", words("frame.newer"), rel="prev", href=page.to(listing.page(at - 1))) if at > 1 else None
    older = (
        element("a", words("frame.older"), rel="next", href=page.to(listing.page(at + 1)))
        if at < listing.pages
        else None
    )
    return element("nav", newer, element("ol", *links), older, class_="pager", aria_label=words("frame.pages"))
