"""Files for programs that visit: the feed of changes (Atom, RFC 4287), the sitemap (sitemaps.org 0.9), robots.txt (RFC 9309).

Identifiers in the feed are made of the archive's name, the number and the day (RFC 9562 version 5), so that they stay the same
wherever the site stands. A sitemap needs whole addresses, so there is one only where the site's address is known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from uuid import NAMESPACE_URL, uuid5

from tawthiq.publication.site.about import Site
from tawthiq.publication.site.elements import Markup, closed, joined
from tawthiq.publication.site.frame import CHANGES, FEED, Page
from tawthiq.publication.site.listing import Written, incident_path
from tawthiq.records.disclosure import DisclosedIncident

MOST = 100  # entries of a feed
_ATOM, _SITEMAP = "http://www.w3.org/2005/Atom", "http://www.sitemaps.org/schemas/sitemap/0.9"
_DECLARED = '<?xml version="1.0" encoding="utf-8"?>\n'
MOST_ADDRESSES = 50_000


def feed(site: Site, language: str) -> Written:
    """The changes from publication to publication, the last first; of the first publication the last published."""
    words, page = site.wording(language).words, Page(language, FEED)
    by_number = {incident.number: incident for incident in site.incidents}
    entries = list(islice(_entries(site, language, by_number), MOST))
    content = closed(
        "feed",
        closed("id", _id(site, language, "feed")),
        closed("title", words("feed.title", site=site.title)),
        closed("updated", _moment(site.about.until)),
        closed("author", closed("name", site.title)),
        closed("link", rel="self", type="application/atom+xml", href=_address(site, language, FEED)),
        closed("link", rel="alternate", type="text/html", href=_address(site, language, CHANGES)),
        joined(entries),
        xmlns=_ATOM,
        **{"xml:lang": language},
    )
    return page.full, f"{_DECLARED}{content}\n".encode()


def sitemap(site: Site, pages: Sequence[str]) -> Written:
    """The addresses of all pages."""
    base = site.settings.base
    found = (closed("url", closed("loc", f"{base}{path}")) for path in pages[:MOST_ADDRESSES])
    return "sitemap.xml", f"{_DECLARED}{closed('urlset', *found, xmlns=_SITEMAP)}\n".encode()


def robots(site: Site) -> Written:
    """All may read all of it."""
    where = f"\nSitemap: {site.settings.base}sitemap.xml\n" if site.settings.base else ""
    return "robots.txt", f"User-agent: *\nAllow: /\n{where}".encode()


@dataclass(frozen=True, slots=True)
class _Change:
    """What was done with an incident in the state of which day."""

    deed: str
    number: int
    day: date | None


def _entries(site: Site, language: str, by_number: dict[int, DisclosedIncident]) -> Iterator[Markup]:
    """The changes, the last first; nothing of an incident that was added once and is withdrawn now."""
    for made in site.publications:
        added = list(made.added)
        if made.first:
            added.sort(key=lambda number: (_published(by_number, number), number), reverse=True)
        for deed, numbers in (("added", added), ("changed", made.changed)):
            for number in numbers:
                if number in by_number:
                    yield _told(site, language, _Change(deed, number, made.day), by_number[number])
        yield from (_withdrawn(site, language, _Change("withdrawn", number, made.day)) for number in made.withdrawn)


def _told(site: Site, language: str, change: _Change, incident: DisclosedIncident) -> Markup:
    wording = site.wording(language)
    day = (incident.published or change.day) if change.deed == "added" else change.day
    title = wording.words(f"feed.{change.deed}", incident=wording.title(incident))
    return _entry(site, language, replace(change, day=day), (title, incident_path(change.number)))


def _withdrawn(site: Site, language: str, change: _Change) -> Markup:
    words = site.wording(language).words
    told = words("feed.withdrawn", number=words.digits(str(change.number)))
    return _entry(site, language, change, (told, CHANGES))


def _entry(site: Site, language: str, change: _Change, told: tuple[Markup, str]) -> Markup:
    """An entry with its title, and the path of the page to which it leads."""
    title, path = told
    return closed(
        "entry",
        closed("id", _id(site, change.deed, str(change.number), str(change.day), language)),
        closed("title", title),
        closed("updated", _moment(change.day or site.about.until)),
        closed("link", rel="alternate", type="text/html", href=_address(site, language, path)),
        closed("content", title, type="text"),
    )


def _published(by_number: dict[int, DisclosedIncident], number: int) -> date:
    incident = by_number.get(number)
    return (incident.published if incident else None) or date.min


def _id(site: Site, *parts: str) -> str:
    origin = site.about.verifier_key.partition("+")[0]
    return f"urn:uuid:{uuid5(NAMESPACE_URL, ' '.join((origin, *parts)))}"


def _moment(day: date | None) -> str:
    return f"{(day or date(1970, 1, 1)).isoformat()}T00:00:00Z"


def _address(site: Site, language: str, path: str) -> str:
    """The whole address where the site's is known, else the way from the feed's folder."""
    return f"{site.settings.base}{language}/{path}" if site.settings.base else path
