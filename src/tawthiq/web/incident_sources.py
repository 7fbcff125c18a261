"""The independent sources of an incident as pages show them, and the copy families among its reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tawthiq.archive.models import CopyFamily, CopyPassage, Incident, Report
from tawthiq.archive.queries.incidents import families_among
from tawthiq.web import labels

LTR_ISOLATE, POP_ISOLATE = "\u2066", "\u2069"
LONGEST_PASSAGE = 220  # characters of a shared passage that are shown


@dataclass(frozen=True, slots=True)
class Source:
    """An independent source by its key (linking.independence): what sort it is, and its name."""

    kind: str
    name: str

    @property
    def shared(self) -> bool:
        """Whether reports of several outlets can be this one source."""
        return self.kind in ("family", "party", "body")


@dataclass(frozen=True, slots=True)
class SourceShown:
    """A source with its reports, and its copy family where it is one."""

    source: Source
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that two reports share, cut where they are long."""

    row: CopyPassage
    words: str


@dataclass(frozen=True, slots=True)
class FamilyShown:
    """A copy family: the members told of here and elsewhere, the passages they share, where the dispatch seems to come from."""

    family: CopyFamily
    here: tuple[Report, ...]
    elsewhere: tuple[Report, ...]
    passages: tuple[Passage, ...]
    reasons: tuple[str, ...]


def source_named(key: str, report: Report, speaker: str = "") -> Source:
    """The source that a key names; `report` is one of its reports, `speaker` who is quoted in it."""
    kind, _space, name = key.partition(" ")
    if kind == "party":
        return Source(kind, labels.actor_name(name))
    if kind == "body":
        return Source(kind, labels.body_name(name) or speaker or name)
    if kind == "family":
        return Source(kind, report.publisher)
    return Source(kind, report.publisher if kind == "document" else name)


def sources_shown(incident: Incident, reports: Mapping[int, Report]) -> list[SourceShown]:
    """The independent sources behind an incident's reports: those of most reports first."""
    found: dict[str, list[Report]] = {}
    for row in incident.report_sources.all():
        if row.report_id in reports:
            found.setdefault(row.source, []).append(reports[row.report_id])
    made = [SourceShown(source_named(key, told[0]), tuple(told)) for key, told in found.items()]
    return sorted(made, key=lambda shown: (-len(shown.reports), shown.source.name))


def families_shown(reports: Mapping[int, Report], seen: QuerySet[CopyFamily] | None = None) -> list[FamilyShown]:
    """The copy families among these reports, of those in `seen`."""
    return [_family(family, passages, reports) for family, passages in families_among(list(reports.values()), seen)]


def _family(family: CopyFamily, passages: Sequence[CopyPassage], reports: Mapping[int, Report]) -> FamilyShown:
    members = [member.report for member in family.members.all()]
    known = {report.pk: report for report in members}
    return FamilyShown(
        family,
        tuple(report for report in members if report.pk in reports),
        tuple(report for report in members if report.pk not in reports),
        tuple(_passage(passage) for passage in passages),
        tuple(_reason(reason, known) for reason in family.reasons),
    )


def _passage(row: CopyPassage) -> Passage:
    words = " ".join(row.text.split())
    return Passage(row, words if len(words) <= LONGEST_PASSAGE else f"{words[:LONGEST_PASSAGE]} …")


def _reason(reason: Sequence[object], reports: Mapping[int, Report]) -> str:
    """A reason as archive.models.CopyFamily lists it, in words."""
    sign, number, agency, credit, day, moment = reason
    report = reports.get(number) if isinstance(number, int) else None
    publisher = report.publisher if report else ""
    if sign == "credited":
        words = credit[2] if isinstance(credit, list) else agency
        return _("%(publisher)s credits %(agency)s: “%(words)s”") % {
            "publisher": publisher, "agency": agency, "words": words,
        }  # fmt: skip
    if sign == "own_page":
        return _("%(publisher)s is the agency itself") % {"publisher": publisher}
    return _("%(publisher)s published first: %(when)s") % {"publisher": publisher, "when": _when(day, moment)}


def _when(day: object, moment: object) -> str:
    """A moment as the page gave it, else the day in words; isolated, for hyphens turn digits around behind Arabic letters."""
    if isinstance(moment, str) and moment:
        return f"{LTR_ISOLATE}{moment}{POP_ISOLATE}"
    return date_format(date.fromisoformat(day), "DATE_FORMAT") if isinstance(day, str) and day else ""
