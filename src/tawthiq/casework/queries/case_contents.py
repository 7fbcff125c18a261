"""What incidents hold now, as `casework.case_content` keeps it: a constant number of queries for many incidents."""

from collections.abc import Collection, Iterator

from tawthiq.archive.models import AttachedStatement, Claim, IncidentEvent, ReportSource
from tawthiq.casework.case_content import (
    CaseContent,
    ClaimPoint,
    SourcePoint,
    StatementPoint,
    Telling,
    keyed,
    keyed_statements,
)

SPEAKS_OF_BLAME = ("claims_responsibility", "denies", "accuses")
"""The kinds of statements (records.claim.StatementKind) that speak of who did it."""
_AT_ONCE = 400
_TOLD = ("incident_id", "event__report__capture__identifier", "event__start", "event__end", "event__text", "event__act")
_CLAIMED = (
    "report__capture__identifier", "start", "end", "text", "slot", "harm", "group", "part_of", "minimum", "maximum",
    "first", "last", "precision", "code", "shown", "speaker", "speaker_actor", "hedged", "source",
)  # fmt: skip
_SAID = ("kind", "report__capture__identifier", "start", "end", "text", "speaker", "speaker_actor", "accused")


def content_of(incident: int) -> CaseContent | None:
    """What one incident holds now; None where linking proposes no incident of this number."""
    return contents_of([incident]).get(incident)


def contents_of(incidents: Collection[int]) -> dict[int, CaseContent]:
    """What incidents hold now, by their numbers; those that are not proposed any more are left out."""
    found: dict[int, CaseContent] = {}
    wanted = sorted(incidents)
    for begin in range(0, len(wanted), _AT_ONCE):
        found |= _contents(wanted[begin : begin + _AT_ONCE])
    return found


def _contents(incidents: list[int]) -> dict[int, CaseContent]:
    tellings: dict[int, list[Telling]] = {}
    told = IncidentEvent.objects.filter(incident__in=incidents).order_by("incident_id", "number")
    for incident, document, start, end, text, act in told.values_list(*_TOLD):
        tellings.setdefault(incident, []).append(Telling(document, start, end, text, act))
    claims, statements, sources = _claims(incidents), _statements(incidents), _sources(incidents)
    return {
        incident: CaseContent(
            incident,
            tuple(told_here),
            keyed(claims.get(incident, ())),
            keyed_statements(statements.get(incident, ())),
            tuple(sources.get(incident, ())),
        )
        for incident, told_here in tellings.items()
    }


def _claims(incidents: list[int]) -> dict[int, list[ClaimPoint]]:
    found: dict[int, list[ClaimPoint]] = {}
    rows = Claim.objects.filter(incident__in=incidents).order_by("incident_id", "key")
    shown_in = ("incident_id", "position__slot__slot", "position__slot__group")
    for incident, slot, group, *rest in rows.values_list(*shown_in, *_CLAIMED):
        key = f"{slot}-{group}" if group else slot
        found.setdefault(incident, []).append(ClaimPoint("", key, *rest))
    return found


def _statements(incidents: list[int]) -> dict[int, list[StatementPoint]]:
    found: dict[int, list[StatementPoint]] = {}
    rows = AttachedStatement.objects.filter(incident__in=incidents, kind__in=SPEAKS_OF_BLAME)
    for incident, *rest in rows.order_by("incident_id", "key").values_list("incident_id", *_SAID):
        found.setdefault(incident, []).append(StatementPoint("", *rest))
    return found


def _sources(incidents: list[int]) -> dict[int, list[SourcePoint]]:
    return {incident: list(_grouped(pairs)) for incident, pairs in _source_pairs(incidents).items()}


def _source_pairs(incidents: list[int]) -> dict[int, list[tuple[str, str]]]:
    pairs: dict[int, list[tuple[str, str]]] = {}
    rows = ReportSource.objects.filter(incident__in=incidents).order_by("incident_id", "key")
    for incident, source, document in rows.values_list("incident_id", "source", "report__capture__identifier"):
        pairs.setdefault(incident, []).append((source, document))
    return pairs


def _grouped(pairs: list[tuple[str, str]]) -> Iterator[SourcePoint]:
    grouped: dict[str, list[str]] = {}
    for source, document in pairs:
        if document not in grouped.setdefault(source, []):
            grouped[source].append(document)
    for source, documents in grouped.items():
        yield SourcePoint(source, tuple(documents))
