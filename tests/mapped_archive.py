"""Incidents with places of every kind behind the pages of maps, time lines and charts: our own wording, nobody real."""

from dataclasses import dataclass
from datetime import date

from tawthiq.archive.models import (
    Claim,
    Incident,
    IncidentPlace,
    IncidentReport,
    IncidentToll,
    Position,
    Report,
    Slot,
)
from tawthiq.archive.models.keys import row_key

BASE = 900_000  # numbers of these incidents begin here


@dataclass(frozen=True)
class Told:
    """Where an incident was, by what kind of name, when, and what is claimed of its dead."""

    name: str
    name_en: str
    kind: str
    latitude: float | None
    longitude: float | None
    first: date | None = date(2021, 3, 2)
    last: date | None = date(2021, 3, 2)
    killed: tuple[int, int] | None = (3, 7)
    act: str = "airstrike"


DUMA = Told("دوما", "Duma", "city", 33.571, 36.402)
DARAYYA = Told("داريا", "Darayya", "city", 33.458, 36.232, date(2021, 4, 9), date(2021, 4, 9), (2, 2), "shelling")
RAQQA_PROVINCE = Told("الرقة", "Raqqa", "governorate", 35.95, 39.01, date(2021, 5, 1), date(2021, 5, 31), (5, 12))
SYRIA = Told("سوريا", "Syria", "country", 35.0, 38.0, date(2021, 1, 1), date(2021, 12, 31), None, "arrest")
NOWHERE = Told("الصالحية", "Salhiya", "", None, None, None, None, None)
TOLD = (DUMA, DUMA, DUMA, DARAYYA, RAQQA_PROVINCE, SYRIA, NOWHERE)


def add_incidents(told: tuple[Told, ...] = TOLD, base: int = BASE, report: int = 1) -> list[int]:
    """Save incidents that report 1 tells, each claim on the report's first characters; their numbers."""
    return [_add(base + at, each, Report.objects.get(pk=report), base + at) for at, each in enumerate(told)]


def _add(number: int, told: Told, report: Report, telling: int) -> int:
    incident = Incident.objects.create(
        number=number, identifier=f"mapped-{number}", act=told.act, first=told.first, last=told.last, place=told.name,
        latitude=told.latitude, longitude=told.longitude, independent_sources=1, report_count=1, linked="proposed", score=0.7,
    )  # fmt: skip
    IncidentReport.objects.create(number=row_key(9, telling % 100_000) + number, incident=incident, report=report)
    claim = add_claim(incident, report, "where", 0, shown=told.name)
    IncidentPlace.objects.create(
        key=row_key(number, 0), incident=incident, claim=claim, order=0, code=_code(told), kind=told.kind, name=told.name,
        name_en=told.name_en, country="SY", latitude=told.latitude, longitude=told.longitude,
    )  # fmt: skip
    if told.killed:
        low, high = told.killed
        least = add_claim(incident, report, "killed", 1, harm="killed", minimum=low, maximum=low, told=told.first)
        most = add_claim(incident, report, "killed", 2, harm="killed", minimum=high, maximum=None, told=told.last)
        IncidentToll.objects.create(
            key=row_key(number, 0), incident=incident, harm="killed", minimum=low, maximum=high, open=True, lowest=least,
            highest=most,
        )  # fmt: skip
    return number


def _code(told: Told) -> str:
    return f"test.{told.name_en.lower()}.{told.kind}" if told.latitude is not None else ""


def add_claim(incident: Incident, report: Report, slot: str, order: int, **values: object) -> Claim:
    """A claim in a slot and position of its own, on the first characters of the report."""
    key = row_key(incident.pk, order)
    group = "all" if values.get("harm") else ""
    standing = "single"
    Slot.objects.create(key=key, incident=incident, slot=slot, group=group, standing=standing)
    Position.objects.create(key=key, slot_id=key, order=0, sources=1)
    return Claim.objects.create(
        key=key, incident=incident, position_id=key, report=report, event=0, slot=slot, start=0, end=8,
        text=report.text[:8], **values,
    )  # fmt: skip


def dispute_place(number: int, other: Told) -> None:
    """Have a second position name another place, which an independent source holds against the first."""
    incident = Incident.objects.get(pk=number)
    claim = add_claim(incident, Report.objects.get(pk=2), "where", 7, shown=other.name)
    Slot.objects.filter(incident=number, slot="where").update(standing="disputed")
    IncidentPlace.objects.create(
        key=row_key(number, 1), incident=incident, claim=claim, order=1, code=_code(other), kind=other.kind, name=other.name,
        name_en=other.name_en, country="SY", latitude=other.latitude, longitude=other.longitude, disputed=True,
    )  # fmt: skip
    IncidentPlace.objects.filter(incident=number).update(disputed=True)
