"""Published incidents put together for tests: everyday places and parties, outlets that do not exist."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.publication.site.about import SiteSettings
from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedClaim,
    DisclosedIncident,
    DisclosedPlace,
    DisclosedReport,
    DisclosedSlot,
    Profile,
)
from tawthiq.records.handing_out import AboutArchive
from tawthiq.records.place import PlaceKind

OUTLETS = ("وكالة الضحى", "Riverside Wire", "صحيفة السنبلة", "Lantern Post", "")
ACTS = ("airstrike", "shelling", "arrest", "shooting", "displacement", "custody_death", "siege")
PARTIES = ("syria_gov", "isis", "unknown", "coalition", "sdf")
ABOUT = AboutArchive("أرشيف الحبق", "basil.example+a1b2c3d4+AaBbCc", Profile.PUBLIC, date(2026, 11, 20))
SETTINGS = SiteSettings()


def places() -> list[DisclosedPlace]:
    """Places of the gazetteer that have coordinates: the same ones in the same order each time."""
    found = [place for place in gazetteer().by_code.values() if place.latitude is not None]
    return [
        DisclosedPlace(
            place.code, place.name, place.name_en or place.name, place.kind.value, place.country, place.latitude,
            place.longitude, disputed=False,
        )
        for place in found
        if place.kind is not PlaceKind.COUNTRY
    ]  # fmt: skip


def report(source: int, outlet: str, day: date | None) -> DisclosedReport:
    return DisclosedReport("", source, outlet, "", "", "", "", day, None, "", "", "", None)


def claim(slot: str, position: int, source: int, value: str, **says: object) -> DisclosedClaim:
    made = DisclosedClaim(
        key=value, position=position, slot=slot, harm="", group="all", part_of=False, minimum=None, maximum=None,
        first=None, last=None, precision="", code="", shown="", speaker="", speaker_actor="", hedged=False,
        source=source, document="", event=0, start=0, end=0, text="", told=None,
    )  # fmt: skip
    return replace(made, **says)  # type: ignore[arg-type]


def toll(position: int, source: int, low: int | None, high: int | None, group: str = "all") -> DisclosedClaim:
    """A claim of a number killed."""
    value = f"{'' if low is None else low}..{'' if high is None else high}"
    return claim("killed", position, source, value, harm="killed", group=group, minimum=low, maximum=high)


def incident(
    number: int,
    place: DisclosedPlace | None,
    day: date | None = date(2024, 3, 5),
    act: str = "airstrike",
    outlets: Sequence[str] = OUTLETS[:3],
    **changes: object,
) -> DisclosedIncident:
    """An incident that three outlets tell, two of whom differ on how many were killed."""
    reports = tuple(report(at, name, day + timedelta(at) if day else None) for at, name in enumerate(outlets, 1))
    whens = tuple(
        claim("when", 0, each.source, f"{day}..{day}", first=day, last=day, precision="day") for each in reports if day
    )
    tolls = tuple(
        toll(min(1, at), each.source, 3 + 2 * min(1, at), 3 + 2 * min(1, at)) for at, each in enumerate(reports)
    )
    party = PARTIES[number % len(PARTIES)]
    who = (claim("who", 0, 1, party, code=party),)
    slots = (
        DisclosedSlot("when", "when", "", "one", f"{day}..{day}" if day else "open", (), whens),
        DisclosedSlot("killed-all", "killed", "all", "several", "3..3", (), tolls),
        DisclosedSlot("who", "who", "", "one", party, (), who),
    )
    made = DisclosedIncident(
        number=number, act=act, first=day, last=day, state="verified", status="holds", sensitive=False, warnings=(),
        score=0.0, decided_by="person", places=(place,) if place else (), slots=tuple(s for s in slots if s.claims),
        statements=(), reports=reports, sources=len(reports), violations=("KIL",),
        attributions=(DisclosedAttribution(party, "one", "armed_forces", (1,), (2,)),), grades=(), differing=(),
        decisions=(), persons=(), verified=date(2026, 11, 1), published=date(2026, 11, 1) + timedelta(number % 20),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def many(count: int) -> list[DisclosedIncident]:
    """So many incidents over places, acts and years, all alike from run to run."""
    known = places()
    return [
        incident(
            300_000 + at,
            known[(at * 37) % min(len(known), 1200)] if at % 23 else None,
            date(2012, 1, 1) + timedelta((at * 131) % 4700) if at % 41 else None,
            ACTS[at % len(ACTS)],
            tuple(OUTLETS[(at + step) % len(OUTLETS)] for step in range(3)),
        )
        for at in range(count)
    ]
