"""Person files as pages ask for them, through a person's sight, in a constant number of queries."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from tawthiq.archive.models import Incident, IncidentEvent, Report
from tawthiq.casework.models import Person, PersonRevision, PersonRole
from tawthiq.casework.queries.visibility import Sight
from tawthiq.custody.entry import is_digest_of
from tawthiq.linking.anchoring import anchor_at
from tawthiq.records.link_decision import EventAnchor
from tawthiq.records.span import Span

ASKED, NOT_ASKED = "asked", "not-asked"
LARGEST_NUMBER = (1 << 31) - 1
_LARGEST_KEY = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of person files is narrowed to; empty parts narrow nothing."""

    role: str = ""
    risk: str = ""
    consent: str = ""
    incident: int | None = None


def persons(sight: Sight, wanted: Wanted) -> QuerySet[Person]:
    """The files that a person may see, the latest first, with their roles in force."""
    found = sight.persons(Person.objects.all())
    roles = PersonRole.objects.filter(ended_at=None)
    if wanted.role or wanted.incident is not None:
        narrowed = roles.filter(role=wanted.role) if wanted.role else roles
        if wanted.incident is not None:
            narrowed = narrowed.filter(incident=wanted.incident)
        found = found.filter(pk__in=narrowed.values("person"))
    if wanted.risk:
        found = found.filter(risk=wanted.risk)
    if wanted.consent == NOT_ASKED:
        found = found.filter(consent_keep="")
    elif wanted.consent:
        found = found.filter(consent_keep=wanted.consent)
    return found.order_by("-opened", "number").prefetch_related(Prefetch("roles", roles, to_attr="in_force"))


def person(sight: Sight, number: int) -> Person | None:
    """One file that a person may see; None for what is not there and for what is hidden alike."""
    if number > LARGEST_NUMBER:
        return None
    return sight.persons(Person.objects.filter(pk=number)).first()


def history(found: Person) -> list[tuple[PersonRevision, bool]]:
    """The changes of a file, the last first, and whether each row is what it was when it was saved."""
    return [(row, is_unchanged(row)) for row in found.revisions.order_by("-revision")]


def is_unchanged(row: PersonRevision) -> bool:
    """Whether a change says what its digest says it said when it was saved."""
    content: dict[str, Any] = row.content
    told = (content.get("person"), content.get("revision"), content.get("deed"), content.get("by"))
    return told == (row.person_id, row.revision, row.deed, row.by) and is_digest_of(content, row.sha256)


def incident_seen(sight: Sight, number: int) -> Incident | None:
    """The incident of a number that a person may see whole; None otherwise."""
    return sight.incidents(Incident.objects.filter(number=number)).first() if number <= _LARGEST_KEY else None


def earliest_telling(incident: Incident) -> EventAnchor | None:
    """The anchor of the incident's earliest telling, to which its number belongs."""
    told = IncidentEvent.objects.filter(incident=incident).order_by("number")
    first = told.select_related("event__report__capture").first()
    if first is None:
        return None
    event, report = first.event, first.event.report
    return anchor_at(report.capture.identifier, report.text, Span(event.start, event.end), event.act)


def passage(sight: Sight, report: int, words: str) -> EventAnchor | None:
    """The first place of exact words in a report that a person may see; None where they do not stand there."""
    if not words or report > _LARGEST_KEY:
        return None
    found = sight.reports(Report.objects.filter(pk=report)).select_related("capture").first()
    at = found.text.find(words) if found else -1
    if found is None or at < 0:
        return None
    return anchor_at(found.capture.identifier, found.text, Span(at, at + len(words)), "")


def basis_at(anchor: EventAnchor) -> dict[str, Any]:
    """A pointer to characters without the characters themselves, which may name somebody: their digest tells them again."""
    return {"item": anchor.document, "start": anchor.start, "end": anchor.end, "sha256": _digest(anchor.text)}


def reports_of(identifiers: Iterable[str]) -> dict[str, Report]:
    """The reports of some items, by identifier, without their texts."""
    found = Report.objects.filter(capture__identifier__in=set(identifiers)).select_related("capture").defer("text")
    return {report.capture.identifier: report for report in found}


def words_at(basis: dict[str, Any]) -> str | None:
    """The characters that a basis points at; None where others stand there by now, or the item has no report."""
    found = Report.objects.filter(capture__identifier=basis["item"]).values_list("text", flat=True).first()
    words = (found or "")[basis["start"] : basis["end"]]
    return words if words and _digest(words) == basis["sha256"] else None


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
