"""What an incident holds when people verify it: its tellings, claims and statements as characters, its independent
sources.

The digest of it names what a sheet is about. It leaves out where in a text the characters stand: a page that is taken
anew and reads the same a line further down is the same content. Anything that a verifier weighs is in it: a telling
more or less, a value read otherwise, another speaker, reports found to be copies of each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from tawthiq.custody.entry import digest_of

SCHEMA = "tawthiq/case-content/1"
OPEN = "open"
_KEY_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Telling:
    """An event of a report that tells of the incident, by its trigger's characters."""

    document: str
    start: int
    end: int
    text: str
    act: str


@dataclass(frozen=True, slots=True)
class ClaimPoint:
    """One claim (archive.models.Claim) with its characters; `key` names it in sheets, `slot_key` the slot that shows it."""

    key: str
    slot_key: str
    document: str
    start: int
    end: int
    text: str
    slot: str
    harm: str
    group: str
    part_of: bool
    minimum: int | None
    maximum: int | None
    first: date | None
    last: date | None
    precision: str
    code: str
    shown: str
    speaker: str
    speaker_actor: str
    hedged: bool
    source: str

    @property
    def value(self) -> str:
        """What it says, for comparison: equal for claims that say the same, whoever says it and in whatever words."""
        if self.harm:
            group = self.group if self.group != "all" and self.slot_key.endswith("-all") else ""
            return f"{group}{_bound(self.minimum)}..{_bound(self.maximum)}"
        if self.slot == "when":
            return f"{self.first or ''}..{self.last or ''}" if self.first else self.text
        if self.slot == "who" and self.code == "other":
            return self.text
        return self.code or self.shown or self.text


_SAID = tuple(field.name for field in fields(ClaimPoint))


@dataclass(frozen=True, slots=True)
class StatementPoint:
    """A statement attached to the incident (archive.models.AttachedStatement) that speaks of who did it."""

    key: str
    kind: str
    document: str
    start: int
    end: int
    text: str
    speaker: str
    speaker_actor: str
    accused: str


@dataclass(frozen=True, slots=True)
class SourcePoint:
    """An independent source by its key, and the documents for which it stands."""

    key: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseContent:
    """All of it, each part in the archive's order."""

    incident: int
    tellings: tuple[Telling, ...]
    claims: tuple[ClaimPoint, ...]
    statements: tuple[StatementPoint, ...]
    sources: tuple[SourcePoint, ...]

    @property
    def documents(self) -> tuple[str, ...]:
        """The identifiers of all items it is made of, in order."""
        return tuple(sorted({telling.document for telling in self.tellings}))

    @property
    def slots(self) -> dict[str, tuple[ClaimPoint, ...]]:
        """The claims by slot. A toll of all people that holds nothing but floors of one group has a slot of its own already."""
        found: dict[str, list[ClaimPoint]] = {}
        for claim in self.claims:
            found.setdefault(claim.slot_key, []).append(claim)
        return {key: tuple(claims) for key, claims in found.items() if not _repeats(key, claims)}

    @property
    def digest(self) -> str:
        """SHA-256 of what is weighed, in hexadecimal."""
        return digest_of(
            {
                "tellings": sorted([each.document, each.text, each.act] for each in self.tellings),
                "claims": sorted(claim.key for claim in self.claims),
                "statements": sorted(said.key for said in self.statements),
                "sources": sorted(sorted(source.documents) for source in self.sources),
            }
        )


def choices(claims: Iterable[ClaimPoint]) -> dict[str, tuple[ClaimPoint, ...]]:
    """The claims of a slot by what they say, in their order."""
    found: dict[str, list[ClaimPoint]] = {}
    for claim in claims:
        found.setdefault(claim.value, []).append(claim)
    return {value: tuple(said) for value, said in found.items()}


def is_range(claims: Sequence[ClaimPoint]) -> bool:
    """Whether the values of a slot can be spanned: numbers and days."""
    return bool(claims) and (bool(claims[0].harm) or claims[0].slot == "when") and len(choices(claims)) > 1


def span_of(low: ClaimPoint, high: ClaimPoint) -> tuple[str, str]:
    """The ends of a range from one claim to another, in order; an end that a source leaves open is empty."""
    if low.harm:
        bounds = [bound for claim in (low, high) for bound in (claim.minimum, claim.maximum) if bound is not None]
        least, most = (min(bounds), max(bounds)) if bounds else (None, None)
        unbounded = any(claim.maximum is None for claim in (low, high))
        return _bound(least), "" if unbounded else _bound(most)
    days = [day for claim in (low, high) for day in (claim.first, claim.last) if day is not None]
    return (min(days).isoformat(), max(days).isoformat()) if days else ("", "")


def keyed(claims: Iterable[ClaimPoint]) -> tuple[ClaimPoint, ...]:
    """Claims with their keys: digests of what they say and who says it, without where it stands; repeats are numbered."""
    seen: Counter[str] = Counter()
    made = []
    for claim in claims:
        said = {name: getattr(claim, name) for name in _SAID}
        said |= {end: said[end].isoformat() for end in ("first", "last") if said[end]}
        said |= {"key": "", "start": 0, "end": 0, "source": ""}
        made.append(replace(claim, key=_numbered(said, seen)))
    return tuple(made)


def keyed_statements(statements: Iterable[StatementPoint]) -> tuple[StatementPoint, ...]:
    """Statements with their keys, made as those of claims."""
    seen: Counter[str] = Counter()
    return tuple(
        replace(said, key=_numbered({**asdict(said), "key": "", "start": 0, "end": 0}, seen)) for said in statements
    )


def content_to_json(content: CaseContent) -> dict[str, Any]:
    """As it is kept; its characters stay where they stood."""
    made: dict[str, Any] = _plain(asdict(content))
    return {"schema": SCHEMA, **made}


def content_from_json(kept: Mapping[str, Any]) -> CaseContent:
    """What `content_to_json` kept."""
    return CaseContent(
        kept["incident"],
        tuple(Telling(**each) for each in kept["tellings"]),
        tuple(ClaimPoint(**{**each, **_days(each)}) for each in kept["claims"]),
        tuple(StatementPoint(**each) for each in kept["statements"]),
        tuple(SourcePoint(each["key"], tuple(each["documents"])) for each in kept["sources"]),
    )


def is_whole(content: CaseContent, digest: str) -> bool:
    """Whether a kept content is what its digest names: its claims and statements too are what their keys say."""
    same = keyed(content.claims) == content.claims and keyed_statements(content.statements) == content.statements
    return same and content.digest == digest


def _numbered(said: Mapping[str, Any], seen: Counter[str]) -> str:
    key = digest_of(said)[:_KEY_LENGTH]
    seen[key] += 1
    return key if seen[key] == 1 else f"{key}-{seen[key]}"


def _days(each: Mapping[str, Any]) -> dict[str, date | None]:
    return {end: date.fromisoformat(each[end]) if each[end] else None for end in ("first", "last")}


def _plain(value: Any) -> Any:
    """Days as ISO 8601, tuples as lists."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _repeats(key: str, claims: Sequence[ClaimPoint]) -> bool:
    groups = {claim.group for claim in claims}
    return key.endswith("-all") and len(groups) == 1 and "all" not in groups


def _bound(number: int | None) -> str:
    return "" if number is None else str(number)
