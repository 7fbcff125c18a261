"""The time line of one incident: what sources say of its days, when each told it, how each toll developed, who said what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tawthiq.archive.models import Claim, Incident, Report, Slot
from tawthiq.web import labels
from tawthiq.web.report_address import address_of
from tawthiq.web.templatetags.wording import claim_label, day
from tawthiq.web.timeline.lanes import Lane, Reach, Stretch

Reports = Mapping[int, Report]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table behind the time line; `said` is the day on which it was told, None where nobody knows."""

    said: date | None
    what: str
    words: str
    report: Report
    address: str


def lanes_of(incident: Incident, reports: Reports) -> list[Lane]:
    """The lanes of an incident with its slots, claims, statements and reports; what bears no day is in the table alone."""
    slots = list(incident.slots.all())
    return [
        Lane(_("When it was, as told"), stretches=tuple(_days(slots, reports))),
        Lane(_("Told by"), stretches=tuple(_tellings(reports))),
        *(lane for slot in slots if slot.group and (lane := _toll(slot, reports)).reaches),
        Lane(_("Statements"), stretches=tuple(_statements(incident, reports))),
    ]


def lines_of(incident: Incident, reports: Reports) -> list[Line]:
    """Everything that the time line shows and what it cannot, in the order of telling; undated ones last."""
    found = [_report_line(report) for report in reports.values()]
    for slot in incident.slots.all():
        if slot.slot == "when" or slot.group:
            found += (_claim_line(slot, claim, reports) for claim in _claims(slot))
    for said in incident.statements.all():
        report = reports[said.report_id]
        what = labels.label("statement_kind", said.kind)
        who = f"{said.speaker}: {said.text}" if said.speaker else said.text
        found.append(Line(said.told, what, who, report, address_of(report, said.start, said.end)))
    return sorted(found, key=lambda line: (line.said or date.max, line.report.pk))


def _report_line(report: Report) -> Line:
    return Line(report.published, _("Report"), report.title or report.publisher, report, page_of_report(report))


def page_of_report(report: Report) -> str:
    """The address of a report's page, no characters of it asked for."""
    return reverse("report", args=[report.pk])


def _claim_line(slot: Slot, claim: Claim, reports: Reports) -> Line:
    report = reports[claim.report_id]
    what = f"{slot_name(slot)}: {claim_label(claim)}"
    return Line(claim.told, what, claim.text, report, address_of(report, claim.start, claim.end))


def slot_name(slot: Slot) -> str:
    """What a slot is called, with the group that it counts."""
    name = labels.label("slot", slot.slot)
    if slot.group in ("", "all"):
        return name
    return _("%(slot)s: %(group)s") % {"slot": name, "group": labels.label("group", slot.group)}


def _claims(slot: Slot) -> Iterator[Claim]:
    for position in slot.positions.all():
        yield from position.claims.all()


def _days(slots: list[Slot], reports: Reports) -> Iterator[Stretch]:
    """Each different period once, with how many claims give it."""
    found: dict[tuple[date, date], list[Claim]] = {}
    for slot in slots:
        for claim in _claims(slot) if slot.slot == "when" else ():
            if claim.first and claim.last:
                found.setdefault((claim.first, claim.last), []).append(claim)
    for (first, last), claims in found.items():
        label = claim_label(claims[0])
        words = f"{label} — " + "، ".join(dict.fromkeys(reports[claim.report_id].publisher for claim in claims))
        address = address_of(reports[claims[0].report_id], claims[0].start, claims[0].end)
        times = f" ×{len(claims)}" if len(claims) > 1 else ""
        yield Stretch(first, last, label + times, words, address, "when")


def _tellings(reports: Reports) -> Iterator[Stretch]:
    for report in reports.values():
        if report.published:
            words = f"{report.publisher}, {day(report.published)}: {report.title}"
            address = page_of_report(report)
            yield Stretch(report.published, report.published, report.publisher, words, address, "told")


def _toll(slot: Slot, reports: Reports) -> Lane:
    reaches = tuple(
        Reach(
            claim.told, claim.minimum, claim.maximum,
            f"{claim_label(claim)} — {claim.speaker or reports[claim.report_id].publisher}, {day(claim.told)}",
            address_of(reports[claim.report_id], claim.start, claim.end),
        )
        for claim in _claims(slot)
        if claim.told and claim.minimum is not None
    )  # fmt: skip
    return Lane(slot_name(slot), reaches=reaches)


def _statements(incident: Incident, reports: Reports) -> Iterator[Stretch]:
    for said in incident.statements.all():
        if said.told:
            report, kind = reports[said.report_id], labels.label("statement_kind", said.kind)
            speaker = said.speaker or (
                labels.actor_name(said.speaker_actor) if said.speaker_actor else report.publisher
            )
            words = f"{kind} — {speaker}: {said.text}"
            yield Stretch(
                said.told, said.told, f"{kind}: {speaker}", words, address_of(report, said.start, said.end), "said"
            )
