"""What can be handed out in the pages, and for whom: one table, in the order in which the form offers it."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tawthiq.publication.formats import FORMATS
from tawthiq.records.disclosure import Profile

DOSSIER, STATISTICS, PACKAGE = "dossier", "statistics", "package"
MOST_INCIDENTS = 200
"""Incidents of one file that a page makes while somebody waits; more are for the command line."""
EVERYBODY = tuple(Profile)


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing to hand out. `most` is how many incidents go into one, `speaks` whether it is written in a language."""

    name: str
    title: Promise | str
    about: Promise | str
    suffix: str
    most: int = MOST_INCIDENTS
    speaks: bool = False
    profiles: tuple[Profile, ...] = EVERYBODY


_FORMAT_TITLES: Mapping[str, tuple[Promise, Promise]] = {
    "csv": (
        pgettext_lazy("hand out", "Tables (CSV)"),
        pgettext_lazy("hand out", "One row an incident, a claim, a report; columns are described beside them."),
    ),
    "parquet": (
        pgettext_lazy("hand out", "Tables (Parquet)"),
        pgettext_lazy("hand out", "The same tables with their types, for programs that count."),
    ),
    "geojson": (
        pgettext_lazy("hand out", "Places (GeoJSON)"),
        pgettext_lazy("hand out", "A point for each place that a report names, for maps."),
    ),
    "acled-csv": (
        pgettext_lazy("hand out", "Columns of ACLED (CSV)"),
        pgettext_lazy("hand out", "By mappings that a lawyer has to review."),
    ),
    "atlos-csv": (
        pgettext_lazy("hand out", "For Atlos (CSV)"),
        pgettext_lazy("hand out", "A table that Atlos imports."),
    ),
    "ftm": (
        pgettext_lazy("hand out", "FollowTheMoney"),
        pgettext_lazy("hand out", "Entities, and statements with the characters that say so."),
    ),
    "uwazi": (pgettext_lazy("hand out", "For Uwazi (ZIP)"), pgettext_lazy("hand out", "A file that Uwazi imports.")),
    "bayanat": (
        pgettext_lazy("hand out", "For Bayanat"),
        pgettext_lazy("hand out", "A sheet of actors, bulletins and incidents."),
    ),
}
PROFILES: Mapping[Profile, tuple[Promise, Promise]] = {
    Profile.COURT: (
        pgettext_lazy("hand out", "A court or prosecutor"),
        pgettext_lazy(
            "hand out",
            "All that you see. Who agreed to be named to a court is named; everybody else whose file is sealed is replaced.",
        ),
    ),
    Profile.PARTNER: (
        pgettext_lazy("hand out", "A partner that works with the same care"),
        pgettext_lazy("hand out", "All that you see, but nobody whose file is sealed is named."),
    ),
    Profile.PUBLIC: (
        pgettext_lazy("hand out", "Everybody"),
        pgettext_lazy(
            "hand out", "Published cases alone, as published: no words of reports, no addresses, no persons."
        ),
    ),
}


def kinds() -> dict[str, Kind]:
    """All of them by name."""
    dossier = Kind(
        DOSSIER,
        pgettext_lazy("hand out", "Dossier"),
        pgettext_lazy("hand out", "One incident as a document (HTML and PDF) with its proofs, for people."),
        "",
        most=1,
        speaks=True,
    )
    package = Kind(
        PACKAGE,
        pgettext_lazy("hand out", "Evidence package (WACZ)"),
        pgettext_lazy(
            "hand out",
            "The preserved pages themselves with their proofs. Pages that name somebody protected stay behind.",
        ),
        "",
        profiles=(Profile.COURT,),
    )
    statistics = Kind(
        STATISTICS,
        pgettext_lazy("hand out", "Statistics"),
        pgettext_lazy("hand out", "Counts with what is and is not counted: pages, figures and tables."),
        "",
        speaks=True,
    )
    return {each.name: each for each in (dossier, statistics, *_formats(), package)}


def _formats() -> list[Kind]:
    found = []
    for name, form in FORMATS.items():
        title, about = _FORMAT_TITLES.get(name, (name, form.about))
        found.append(Kind(name, title, about, form.suffix))
    return found
