"""Published cases as they leave the archive for everybody: what was kept when each was published, and nothing of it since.

No words of reports, no addresses, no identifiers of items, no names of persons: `casework.public_content` left them out.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from tawthiq.casework.models import Case, Publication
from tawthiq.casework.queries.cases import Shown, published_cases, shown_of
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.publication.redaction import redacted
from tawthiq.records.disclosure import (
    DisclosedAttribution,
    DisclosedClaim,
    DisclosedIncident,
    DisclosedPlace,
    DisclosedReport,
    DisclosedSlot,
    Profile,
    Protected,
)

AT_ONCE = 200


def public_disclosed(protected: Protected, cases: QuerySet[Case] | None = None) -> Iterator[DisclosedIncident]:
    """What everybody may see of each published case, by number of incident; of those in `cases`, where it is given.

    Names of outlets and of places that no gazetteer has were kept when it was published: whoever was sealed since, or has an
    outlet called after them, is taken out of them here.
    """
    chosen = published_cases() if cases is None else published_cases().filter(pk__in=cases.values("pk"))
    keys = list(chosen.order_by("incident").values_list("pk", flat=True))
    for begin in range(0, len(keys), AT_ONCE):
        rows = Case.objects.in_bulk(keys[begin : begin + AT_ONCE])
        kept = shown_of(list(rows.values()))
        for key in keys[begin : begin + AT_ONCE]:
            if key in kept:
                yield redacted(_made(kept[key]), Profile.PUBLIC, protected)


def last_act() -> date | None:
    """The day (UTC) of the last publishing or withdrawing, by which what everybody may see became what it is now."""
    deeds = (Publication.Deed.PUBLISHED, Publication.Deed.WITHDRAWN)
    last = Publication.objects.filter(deed__in=deeds).order_by("-at").values_list("at", flat=True).first()
    return last.date() if last else None


def _made(shown: Shown) -> DisclosedIncident:
    content: dict[str, Any] = shown.row.content
    outlets = _outlets(content)
    slots = tuple(_slot(each, outlets) for each in content["slots"])
    first, last = _days(slots)
    return DisclosedIncident(
        number=content["incident"],
        act=content["act"],
        first=first,
        last=last,
        state=Case.State.VERIFIED,
        status=content["status"],
        sensitive=content["sensitive"],
        warnings=tuple(content["warnings"]),
        score=0.0,
        decided_by="person",
        places=_places(content),
        slots=slots,
        statements=(),
        reports=tuple(outlets.values()),
        sources=content["sources"],
        violations=tuple(content["violations"]),
        attributions=tuple(_attribution(each, outlets) for each in content["attributions"]),
        grades=(),
        differing=tuple(content["differing"]),
        decisions=(),
        persons=(),
        verified=date.fromisoformat(content["verified"]),
        published=shown.row.at.date(),
    )


def _outlets(content: dict[str, Any]) -> dict[tuple[str, str], DisclosedReport]:
    """The reports by outlet and day, as far as these are shown; several of one outlet and day are one here."""
    found: dict[tuple[str, str], DisclosedReport] = {}
    for name, day in content["reports"]:
        key = (name, day)
        if key not in found:
            found[key] = DisclosedReport(
                "",
                len(found) + 1,
                name,
                "",
                "",
                "",
                "",
                date.fromisoformat(day) if day else None,
                None,
                "",
                "",
                "",
                None,
            )
    return found


def _attribution(each: dict[str, Any], outlets: dict[tuple[str, str], DisclosedReport]) -> DisclosedAttribution:
    def numbers(told: list[list[str]]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(outlets[name, day].source for name, day in told if (name, day) in outlets))

    return DisclosedAttribution(
        each["party"], each["degree"], each["party_type"], numbers(each["sources"]), numbers(each["denials"])
    )


def _slot(each: dict[str, Any], outlets: dict[tuple[str, str], DisclosedReport]) -> DisclosedSlot:
    claims = tuple(
        _claim(position, said, outlets.get((source[0], source[1])))
        for position, said in enumerate(each["claims"])
        for source in said["sources"]
    )
    slot, _, group = each["key"].partition("-")
    several = len(each["claims"]) > 1
    return DisclosedSlot(each["key"], slot, group, "several" if several else "one", each["chosen"], (), claims)


def _claim(position: int, said: dict[str, Any], report: DisclosedReport | None) -> DisclosedClaim:
    says = said["says"]
    return DisclosedClaim(
        key=said["value"],
        position=position,
        slot=says["slot"],
        harm=says["harm"],
        group=says["group"],
        part_of=says["part_of"],
        minimum=says["minimum"],
        maximum=says["maximum"],
        first=_day(says["first"]),
        last=_day(says["last"]),
        precision=says["precision"],
        code=says["code"],
        shown=says["code"],
        speaker="",
        speaker_actor="",
        hedged=False,
        source=report.source if report else 0,
        document="",
        event=0,
        start=0,
        end=0,
        text="",
        told=report.published if report else None,
    )


def _places(content: dict[str, Any]) -> tuple[DisclosedPlace, ...]:
    """The place as published; coordinates are those of the gazetteer's entry, which for sensitive cases is that of an area."""
    kept = content["place"]
    if not kept:
        return ()
    entry = gazetteer().of_code(kept["code"]) if kept.get("code") else None
    return (
        DisclosedPlace(
            kept.get("code", ""),
            kept["name"],
            kept["name_en"],
            kept["kind"],
            kept["country"],
            entry.latitude if entry else None,
            entry.longitude if entry else None,
            content["place_disputed"],
        ),
    )


def _days(slots: tuple[DisclosedSlot, ...]) -> tuple[date | None, date | None]:
    """From the first to the last day that the published claims on "when" name; a verified one counts alone."""
    when = next((slot for slot in slots if slot.slot == "when"), None)
    if when is None:
        return None, None
    claims = [claim for claim in when.claims if claim.key == when.chosen] or list(when.claims)
    days = [day for claim in claims for day in (claim.first, claim.last) if day]
    return (min(days), max(days)) if days else (None, None)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
