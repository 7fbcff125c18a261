"""The form of a verification sheet: its fields by name, read into a sheet, and filled again from what was typed.

A form names claims by their keys, sources by their places, parties by their codes. Whatever else it holds is not
read, and no field takes a number for a value of a slot.
"""

from django.http import QueryDict

from tawthiq.casework.case_content import CaseContent
from tawthiq.casework.sheet_checks import parties_of
from tawthiq.casework.verification_sheet import Attribution, Choice, Sheet, SourceGrade

SPAN, OPEN = "span", "open"
_LONGEST = 20_000
_MOST_DIGITS = 18
Fields = dict[str, list[str]]


def fields_of(sent: QueryDict, content: CaseContent) -> Fields:
    """The fields that belong to a sheet about this content, each with its values, cut to a sound length."""
    found: Fields = {}
    for name in _names(content):
        values = sent.getlist(name)
        if values:
            found[name] = [_sound(value) for value in values[:500]]
    return found


def sheet_of(fields: Fields, content: CaseContent) -> Sheet:
    """The sheet that fields say; what is missing stays empty, which the checks of the domain name."""
    return Sheet(
        sources=tuple(
            SourceGrade(source.key, _one(fields, f"reliability-{number}"), _one(fields, f"credibility-{number}"))
            for number, source in enumerate(content.sources)
        ),
        status=_one(fields, "status"),
        duplicate=_number(_one(fields, "duplicate")) if _one(fields, "status") == "duplicate" else None,
        values=tuple((slot, choice) for slot in content.slots if (choice := _choice(fields, slot)) is not None),
        violations=tuple(dict.fromkeys(fields.get("violation", ()))),
        attributions=tuple(
            Attribution(
                party,
                _one(fields, f"degree-{party}"),
                _one(fields, f"type-{party}"),
                tuple(fields.get(f"says-{party}", ())),
            )
            for party in parties_of(content)
        ),
        remarks=_one(fields, "remarks").strip(),
    )


def fields_from(sheet: Sheet, content: CaseContent) -> Fields:
    """The fields of a sheet, so that somebody who withdrew theirs begins with what they had."""
    found: Fields = {"status": [sheet.status], "remarks": [sheet.remarks], "violation": list(sheet.violations)}
    if sheet.duplicate:
        found["duplicate"] = [str(sheet.duplicate)]
    places = {source.key: number for number, source in enumerate(content.sources)}
    for grade in sheet.sources:
        if grade.source in places:
            found[f"reliability-{places[grade.source]}"] = [grade.reliability]
            found[f"credibility-{places[grade.source]}"] = [grade.credibility]
    for slot, choice in sheet.values:
        found[f"value-{slot}"] = [SPAN if choice.to else choice.claim or OPEN]
        if choice.to:
            found |= {f"from-{slot}": [choice.claim], f"to-{slot}": [choice.to]}
    for each in sheet.attributions:
        found |= {f"degree-{each.party}": [each.degree], f"type-{each.party}": [each.party_type]}
        found[f"says-{each.party}"] = list(each.says)
    return found


def field_at(missing: str) -> str:
    """The id of the part of the page that asks for a field (verification_sheet.fields)."""
    kind, _colon, code = missing.partition(":")
    if kind == "value":
        return f"slot-{code}"
    if kind in ("reliability", "credibility"):
        return f"source-{code}"
    if kind in ("attribution", "party_type"):
        return f"party-{code}"
    return {"violation": "violations", "duplicate": "status"}.get(kind, kind)


def _names(content: CaseContent) -> list[str]:
    names = ["status", "duplicate", "violation", "remarks"]
    for number in range(len(content.sources)):
        names += [f"reliability-{number}", f"credibility-{number}"]
    for slot in content.slots:
        names += [f"value-{slot}", f"from-{slot}", f"to-{slot}"]
    for party in parties_of(content):
        names += [f"degree-{party}", f"type-{party}", f"says-{party}"]
    return names


def _choice(fields: Fields, slot: str) -> Choice | None:
    said = _one(fields, f"value-{slot}")
    if said == OPEN:
        return Choice()
    if said == SPAN:
        low, high = _one(fields, f"from-{slot}"), _one(fields, f"to-{slot}")
        return Choice(low, high) if low and high else None
    return Choice(said) if said else None


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name, [])
    return values[0] if values else ""


def _number(text: str) -> int | None:
    """A number as typed, in either digits; None for anything else."""
    plain = text.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= _MOST_DIGITS else None


def _sound(text: str) -> str:
    """Without what no database takes: null characters and halves of surrogate pairs."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()[: _LONGEST + 1]
