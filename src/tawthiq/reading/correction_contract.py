"""Decisions about readings as JSON: the format reading-correction/1, and what the custody log digests.

One object a decision; what is absent is left out. The digest of a decision is SHA-256 over its canonical JSON and is its
identifier. A withdrawal is an object of its own that names what it withdraws.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from tawthiq.custody.entry import digest_of
from tawthiq.records.count import Group, Harm
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.event import Act, Modality, Scope
from tawthiq.records.period import Period, Precision
from tawthiq.records.place import Place, PlaceKind
from tawthiq.records.reading_correction import Judgement, Part, ReadingCorrection, Slot, Target, TextAnchor, Value
from tawthiq.records.statement import QuoteKind, Stance

SCHEMA = "tawthiq/reading-correction/1"
WITHDRAWN = "withdrawn"
Json = dict[str, Any]
_CODES = {
    Slot.EVENT: Act,
    Slot.ACT: Act,
    Slot.MODALITY: Modality,
    Slot.SCOPE: Scope,
    Slot.KIND: QuoteKind,
    Slot.STANCE: Stance,
    Slot.COUNT: Harm,
}


def correction_to_json(made: ReadingCorrection) -> Json:
    """A decision as an object of reading-correction/1."""
    told = {
        "schema": SCHEMA,
        "capture": made.capture,
        "judgement": made.judgement.value,
        "slot": made.slot.value,
        "target": _target_to_json(made.target),
        "was": _value_to_json(made.was) if made.was else None,
        "given": _value_to_json(made.given) if made.given else None,
        "other": _target_to_json(made.other) if made.other else None,
        "parts": [
            {"slot": part.slot.value, "value": _value_to_json(part.value), "stays": part.stays} for part in made.parts
        ],
        "text_sha256": made.text_sha256,
        "reader": made.reader,
        "reason": made.reason,
        "by": made.by,
        "time": made.at.astimezone(UTC).isoformat(),
        "nonce": made.nonce,
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def withdrawal_to_json(
    withdraws: str, capture: str, *, by: str, at: datetime, reason: str = "", nonce: str = ""
) -> Json:
    """The withdrawal of the decision whose digest is `withdraws`."""
    moment = at.astimezone(UTC).isoformat()
    told = {"schema": SCHEMA, "judgement": WITHDRAWN, "capture": capture, "withdraws": withdraws}
    return {**told, "reason": reason, "by": by, "time": moment, "nonce": nonce}


def correction_from_json(value: Mapping[str, Any], digest: str = "") -> ReadingCorrection:
    """The decision that an object of reading-correction/1 holds; `digest` is its digest where that is known already.

    Raises UnreadableInput for anything else.
    """
    try:
        if value["schema"] != SCHEMA:
            raise ValueError(f"the schema is {value['schema']!r}, not {SCHEMA!r}")
        slot = Slot(value["slot"])
        return ReadingCorrection(
            identifier=digest or digest_of(value),
            capture=str(value["capture"]),
            judgement=Judgement(value["judgement"]),
            slot=slot,
            target=_target(value["target"]),
            was=_value(slot, value["was"]) if "was" in value else None,
            given=_value(slot, value["given"]) if "given" in value else None,
            other=_target(value["other"]) if "other" in value else None,
            parts=tuple(_part(part) for part in value.get("parts", ())),
            text_sha256=str(value["text_sha256"]),
            reader=str(value["reader"]),
            reason=str(value["reason"]),
            by=str(value["by"]),
            at=datetime.fromisoformat(value["time"]).astimezone(UTC),
            nonce=str(value["nonce"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableInput(
            item="a decision about a reading",
            happened=f"it is not in the form reading-correction/1 ({error})",
            advice="restore the database from a backup",
        ) from error


def _anchor_to_json(anchor: TextAnchor) -> Json:
    return {
        "start": anchor.start,
        "end": anchor.end,
        "text": anchor.text,
        "before": anchor.before,
        "after": anchor.after,
    }


def _anchor(data: Mapping[str, Any]) -> TextAnchor:
    start, end, text = data["start"], data["end"], data["text"]
    if type(start) is not int or type(end) is not int or not 0 <= start < end or end - start != len(text):
        raise ValueError("start and end do not hold the text")
    return TextAnchor(start, end, text, str(data["before"]), str(data["after"]))


def _target_to_json(target: Target) -> Json:
    return {"anchor": _anchor_to_json(target.anchor), "act": target.act}


def _target(data: Mapping[str, Any]) -> Target:
    return Target(_anchor(data["anchor"]), Act(data["act"]).value if data["act"] else "")


def _value_to_json(value: Value) -> Json:
    told: Json = {
        "code": value.code,
        "group": value.group,
        "min": value.minimum,
        "max": value.maximum,
        "part_of": value.part_of,
        "entry": value.entry,
        "hedged": value.hedged,
        "implicit": value.implicit,
        "reason": value.reason,
        "from": value.period.first.isoformat() if value.period else None,
        "to": value.period.last.isoformat() if value.period else None,
        "precision": value.period.precision.value if value.period else None,
        "place": _place_to_json(value.place) if value.place else None,
        "candidates": [_place_to_json(place) for place in value.candidates],
        "worded": value.worded.value if value.worded else None,
    }
    kept = {
        name: each for name, each in told.items() if each is not None and each is not False and each not in ("", [])
    }
    return {**_anchor_to_json(value.anchor), **kept}


def _value(slot: Slot, data: Mapping[str, Any]) -> Value:
    period = None
    if "from" in data:
        first, last = date.fromisoformat(data["from"]), date.fromisoformat(data["to"])
        period = Period(first, last, Precision(data["precision"]))
    code = str(data.get("code", ""))
    return Value(
        anchor=_anchor(data),
        code=_CODES[slot](code).value if slot in _CODES else code,
        group=Group(data["group"]).value if slot is Slot.COUNT else "",
        minimum=data.get("min"),
        maximum=data.get("max"),
        part_of=bool(data.get("part_of")),
        entry=str(data.get("entry", "")),
        hedged=bool(data.get("hedged")),
        implicit=bool(data.get("implicit")),
        reason=str(data.get("reason", "")),
        period=period,
        place=_place(data["place"]) if "place" in data else None,
        candidates=tuple(_place(place) for place in data.get("candidates", ())),
        worded=PlaceKind(data["worded"]) if "worded" in data else None,
    )


def _part(data: Mapping[str, Any]) -> Part:
    slot = Slot(data["slot"])
    return Part(slot, _value(slot, data["value"]), bool(data["stays"]))


def _place_to_json(place: Place) -> Json:
    return {
        "code": place.code,
        "name": place.name,
        "name_en": place.name_en,
        "kind": place.kind.value,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "parent": place.parent,
        "population": place.population,
    }


def _place(data: Mapping[str, Any]) -> Place:
    return Place(
        code=str(data["code"]),
        name=str(data["name"]),
        name_en=str(data["name_en"]),
        kind=PlaceKind(data["kind"]),
        country=str(data["country"]),
        latitude=data["latitude"],
        longitude=data["longitude"],
        parent=data["parent"],
        population=int(data["population"]),
    )
