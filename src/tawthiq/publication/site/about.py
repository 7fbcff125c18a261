"""What a site is made of before any page is written: its name, languages, incidents in order, the stocks behind lists."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256

from tawthiq.publication.site.history import Publication
from tawthiq.publication.site.texts import LANGUAGES, Words
from tawthiq.publication.site.wording import Named, Wording
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPlace
from tawthiq.records.handing_out import AboutArchive

_PLAIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
NOWHERE, UNDATED = "open", "open"


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What whoever publishes chooses. `languages`: the first is that of the address "/". `base` is empty or the address at
    which the site will stand, with "/" at its end; `both` asks for Hijri days too; `parties` names a team's own parties.
    """

    title: str = ""
    languages: tuple[str, ...] = LANGUAGES
    base: str = ""
    both: bool = False
    parties: Mapping[str, Named] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the data: its path in the site, the text that says what it holds, its length in bytes, its SHA-256."""

    path: str
    about: str
    length: int
    sha256: str


@dataclass(frozen=True)
class Site:
    """A site about to be written: `incidents` newest first; `publications` newest first."""

    settings: SiteSettings
    about: AboutArchive
    incidents: Sequence[DisclosedIncident]
    publications: Sequence[Publication] = ()
    downloads: Sequence[Download] = ()

    @property
    def title(self) -> str:
        """The name at the top of each page."""
        return self.settings.title or self.about.title

    def wording(self, language: str) -> Wording:
        """Words of one language, with the calendars and names that were asked for."""
        return Wording(Words(language, self.settings.both), self.settings.parties)

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The numbers of all incidents on the site."""
        return frozenset(incident.number for incident in self.incidents)

    @cached_property
    def by_act(self) -> dict[str, list[DisclosedIncident]]:
        """Incidents by act, the most frequent first."""
        return _most_first(_stocks(self.incidents, lambda incident: incident.act))

    @cached_property
    def by_place(self) -> dict[str, list[DisclosedIncident]]:
        """Incidents by the name that their place has in addresses (`place_slug`); those without a place under NOWHERE."""
        return _most_first(_stocks(self.incidents, place_slug))

    @cached_property
    def by_year(self) -> dict[str, list[DisclosedIncident]]:
        """Incidents by year, the last first; those without a day under UNDATED, last."""
        found = _stocks(self.incidents, year_of)
        return {year: found[year] for year in sorted(found, key=lambda year: (year != UNDATED, year), reverse=True)}


def in_order(incidents: Iterable[DisclosedIncident]) -> tuple[DisclosedIncident, ...]:
    """Incidents with the last day first, those without a day at the end; of one day the highest number first."""
    return tuple(sorted(incidents, key=lambda each: (each.last or date.min, each.number), reverse=True))


def place_slug(incident: DisclosedIncident) -> str:
    """The name of an incident's place in addresses of pages; NOWHERE where it has none."""
    return slug_of(incident.places[0]) if incident.places else NOWHERE


def slug_of(place: DisclosedPlace) -> str:
    """A place's code as a file's name, in small letters; a digest of its name where it has no code that could be one."""
    code = place.code.lower()
    if _PLAIN.fullmatch(code) and code != NOWHERE:
        return code
    return "n-" + sha256(f"{place.code}\n{place.name}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def year_of(incident: DisclosedIncident) -> str:
    """The year of an incident's first day; UNDATED where it has none."""
    return str(incident.first.year) if incident.first else UNDATED


def _stocks(
    incidents: Iterable[DisclosedIncident], key: Callable[[DisclosedIncident], str]
) -> dict[str, list[DisclosedIncident]]:
    found: dict[str, list[DisclosedIncident]] = {}
    for incident in incidents:
        found.setdefault(key(incident), []).append(incident)
    return found


def _most_first(stocks: dict[str, list[DisclosedIncident]]) -> dict[str, list[DisclosedIncident]]:
    return {key: stocks[key] for key in sorted(stocks, key=lambda key: (-len(stocks[key]), key))}
