"""The sheet as a page shows it: for every slot the values with their words, for every source its grades, for every
party its terms.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from tawthiq.archive.models import Claim, Report
from tawthiq.casework.case_content import CaseContent, ClaimPoint, StatementPoint, choices, is_range
from tawthiq.casework.sheet_checks import parties_of
from tawthiq.casework.verification_sheet import VALUE
from tawthiq.lexicon.verification_terms import TermList
from tawthiq.web import labels
from tawthiq.web.cases.form import OPEN, SPAN, Fields
from tawthiq.web.cases.terms import TermShown, slot_name, terms_shown, types_shown
from tawthiq.web.claims import KINDS, words_around
from tawthiq.web.incident_sources import Source, source_named
from tawthiq.web.report_address import address_of
from tawthiq.web.templatetags.wording import claim_label

MOST_CLAIMS = 12  # claims of one value that the sheet shows with their words; the incident's page has them all
Reports = Mapping[str, Report]


@dataclass(frozen=True, slots=True)
class Words:
    """The characters of a claim or statement with the words around them, and where they are."""

    key: str
    text: str
    before: str
    after: str
    report: Report | None
    address: str
    speaker: str
    kind: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class ValueShown:
    """One value that claims name: `key` is the claim by which the form means it, `sources` how many stand behind it."""

    key: str
    label: str
    sources: int
    claims: tuple[Words, ...]
    more: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class SlotShown:
    """A slot with its values; `spans` are those that a range may begin or end with, none where nothing can be spanned."""

    key: str
    name: str
    kind: str
    values: tuple[ValueShown, ...]
    spans: tuple[ValueShown, ...]
    is_open: bool
    is_span: bool
    low: str
    high: str

    @property
    def contested(self) -> bool:
        """Whether claims differ."""
        return len(self.values) > 1


@dataclass(frozen=True, slots=True)
class SourceShown:
    """An independent source with its reports and the grades chosen for it."""

    number: int
    source: Source
    reports: tuple[Report, ...]
    reliability: list[TermShown]
    credibility: list[TermShown]


@dataclass(frozen=True, slots=True)
class PartyShown:
    """A party named as responsible, the words that speak of it, and the terms chosen for it."""

    code: str
    name: str
    says: tuple[Words, ...]
    degrees: list[TermShown]
    types: list[TermShown]


@dataclass(frozen=True, slots=True)
class SheetShown:
    """The whole form."""

    slots: list[SlotShown]
    sources: list[SourceShown]
    parties: list[PartyShown]
    statuses: list[TermShown]
    violations: list[TermShown]
    duplicate: str
    remarks: str


def sheet_shown(content: CaseContent, fields: Fields, reports: Reports) -> SheetShown:
    """The form for a content, filled with what was typed so far; a slot whose claims agree is filled with what they say."""
    acts = list(dict.fromkeys(telling.act for telling in content.tellings))
    return SheetShown(
        slots=[_slot(key, claims, fields, reports) for key, claims in content.slots.items()],
        sources=[_source(number, content, fields, reports) for number in range(len(content.sources))],
        parties=[_party(party, keys, content, fields, reports) for party, keys in parties_of(content).items()],
        statuses=terms_shown(TermList.STATUS, _one(fields, "status")),
        violations=types_shown(fields.get("violation", ()), acts),
        duplicate=_one(fields, "duplicate"),
        remarks=_one(fields, "remarks"),
    )


def label_of(claim: ClaimPoint) -> str:
    """What a claim says, in words."""
    return claim_label(cast(Claim, claim))  # it has the fields of a row that labels are made of


def value_labels(content: CaseContent, said: Iterable[Mapping[str, str]] = ()) -> dict[str, str]:
    """The words of every value that claims name, and of the ranges that sheets chose, by "value:SLOT=VALUE"."""
    found: dict[str, str] = {}
    for slot, claims in content.slots.items():
        field = f"{VALUE}:{slot}"
        found |= {f"{field}={value}": label_of(same[0]) for value, same in choices(claims).items()}
        ranges = {each[field] for each in said if field in each and ".." in each[field]}
        found |= {f"{field}={each}": range_label(claims[0], each) for each in ranges if f"{field}={each}" not in found}
    return found


def range_label(claim: ClaimPoint, said: str) -> str:
    """The words of a range between claims, given one claim of its slot; `said` is "low..high" (case_content.span_of)."""
    low, _dots, high = said.partition("..")
    if claim.harm:
        least, most = (int(end) if end.isdecimal() else None for end in (low, high))
        return label_of(replace(claim, part_of=False, group="all", minimum=least, maximum=most))
    days = [date.fromisoformat(end) if end else None for end in (low, high)]
    return label_of(replace(claim, first=days[0], last=days[1], precision="range"))


def _slot(key: str, claims: Sequence[ClaimPoint], fields: Fields, reports: Reports) -> SlotShown:
    said = _one(fields, f"value-{key}")
    values = choices(claims)
    if not said and len(values) == 1:
        said = claims[0].key
    shown = tuple(_value(some, said, key, reports) for some in values.values())
    return SlotShown(
        key=key,
        name=slot_name(key),
        kind=KINDS.get(claims[0].slot, "count"),
        values=shown,
        spans=shown if is_range(claims) else (),
        is_open=said == OPEN,
        is_span=said == SPAN,
        low=_one(fields, f"from-{key}"),
        high=_one(fields, f"to-{key}"),
    )


def _value(claims: Sequence[ClaimPoint], said: str, slot: str, reports: Reports) -> ValueShown:
    kind = KINDS.get(slot, "count")
    return ValueShown(
        key=claims[0].key,
        label=label_of(claims[0]),
        sources=len({claim.source for claim in claims}),
        claims=tuple(_words(claim, reports, kind) for claim in claims[:MOST_CLAIMS]),
        more=max(0, len(claims) - MOST_CLAIMS),
        chosen=said in {claim.key for claim in claims},
    )


def _words(point: ClaimPoint | StatementPoint, reports: Reports, kind: str, *, chosen: bool = False) -> Words:
    report = reports.get(point.document)
    before, after = words_around(report.text, point.start, point.end) if report else ("", "")
    address = address_of(report, point.start, point.end) if report else ""
    return Words(point.key, point.text, before, after, report, address, point.speaker, kind, chosen)


def _source(number: int, content: CaseContent, fields: Fields, reports: Reports) -> SourceShown:
    source = content.sources[number]
    told = tuple(reports[document] for document in source.documents if document in reports)
    named = source_named(source.key, told[0]) if told else Source("", source.key)
    reliability, credibility = (_one(fields, f"{name}-{number}") for name in ("reliability", "credibility"))
    return SourceShown(
        number,
        named,
        told,
        terms_shown(TermList.RELIABILITY, reliability),
        terms_shown(TermList.CREDIBILITY, credibility),
    )


def _party(party: str, keys: Sequence[str], content: CaseContent, fields: Fields, reports: Reports) -> PartyShown:
    """Where nothing was typed yet, all that speaks of the party is marked: the person takes away what does not say so."""
    marked = fields.get(f"says-{party}", []) if f"degree-{party}" in fields else list(keys)
    points: list[ClaimPoint | StatementPoint] = [each for each in content.claims if each.key in keys]
    points += [each for each in content.statements if each.key in keys]
    return PartyShown(
        party,
        labels.actor_name(party),
        tuple(_words(each, reports, "actor", chosen=each.key in marked) for each in points),
        terms_shown(TermList.ATTRIBUTION, _one(fields, f"degree-{party}")),
        terms_shown(TermList.PARTY_TYPE, _one(fields, f"type-{party}")),
    )


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name, [])
    return values[0] if values else ""
