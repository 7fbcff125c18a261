"""What the API answers, as records: those of records.disclosure, and what stands around them in lists.

Names of fields are those of records.disclosure wherever they mean the same.
"""

from dataclasses import dataclass, fields
from datetime import date

from tawthiq.records.disclosure import DisclosedIncident, DisclosedPlace, DisclosedReport


@dataclass(frozen=True, slots=True)
class IncidentEntry:
    """An incident as lists show it: fields of DisclosedIncident. `redactions` counts replaced stretches in all of it."""

    number: int
    act: str
    first: date | None
    last: date | None
    state: str
    status: str
    sensitive: bool
    warnings: tuple[str, ...]
    places: tuple[DisclosedPlace, ...]
    sources: int
    violations: tuple[str, ...]
    differing: tuple[str, ...]
    verified: date | None
    published: date | None
    redactions: int


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Some incidents in the order of their numbers. `next` is the cursor of what follows, null at the end.

    A page may hold fewer incidents than were asked for while others follow.
    """

    incidents: tuple[IncidentEntry, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Characters of the report on which a claim about an incident rests, as far as the profile shows words.

    `start` and `end` are code points of the report's text as it was preserved; `redacted` says that words in `text` were
    replaced.
    """

    incident: int
    slot: str
    start: int
    end: int
    text: str
    redacted: bool


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report, what preserves it, the incidents that it tells of, and the characters from which claims about them come.

    `source` of the report counts within the first of the incidents.
    """

    report: DisclosedReport
    incidents: tuple[int, ...]
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Some reports in the order in which they were collected. `next` is the cursor of what follows, null at the end."""

    reports: tuple[ReportEntry, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many incidents go under one code; the code is empty for those about which nothing is known."""

    code: str
    incidents: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of incidents, each counted once in each list; `years` are those of the first day, as claimed.

    They count incidents as linking proposes them and people left them, not what happened: what nobody reported is not in it.
    """

    incidents: int
    acts: tuple[Counted, ...]
    states: tuple[Counted, ...]
    years: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong (RFC 9457). `type` names the kind, `title` and `detail` are in the language asked for."""

    type: str
    title: str
    status: int
    detail: str


def entry_of(incident: DisclosedIncident) -> IncidentEntry:
    """The entry of a list for an incident."""
    return IncidentEntry(**{field.name: getattr(incident, field.name) for field in fields(IncidentEntry)})
