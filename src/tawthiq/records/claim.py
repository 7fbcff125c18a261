"""Claims: one value of an incident as one source states it, with its characters, and how the claims on one slot stand.

Nothing is averaged: what sources dispute stays side by side (refusal 6 of docs/refusals.md).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tawthiq.records.count import Group, Harm
from tawthiq.records.period import Precision
from tawthiq.records.span import Mention


class Slot(StrEnum):
    """What a claim is about. The harms carry the names of `records.count.Harm`."""

    WHEN = "when"
    HOUR = "hour"
    WHERE = "where"
    WHO = "who"
    HOW = "how"
    KILLED = "killed"
    INJURED = "injured"
    DETAINED = "detained"
    ABDUCTED = "abducted"
    MISSING = "missing"
    DISPLACED = "displaced"


class Standing(StrEnum):
    """How the claims on one slot stand to each other.

    `SINGLE`: no value rests on more than one independent source, and none contradicts another; `AGREED`: a value rests on
    several, none contradicting; `DEVELOPING`: values differ, but later tellings rise above earlier ones or a source
    corrected itself; `DISPUTED`: independent sources cannot both be right.
    """

    SINGLE = "single"
    AGREED = "agreed"
    DEVELOPING = "developing"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Claim:
    """One value of an incident as one source states it.

    `harm`, `group`, `minimum`, `maximum` and `part_of` are those of a count, for the slots of harms; a subset claims no
    more than a floor of the whole, `maximum` None. Without a `harm`, the counts are None. `first`, `last` and `precision`
    are days of the slot "when". `code` is the party's, the act's or the gazetteer entry's code where there is one, and
    "HH:MM-HH:MM" for an hour; `shown` a neutral label, the words of the mention where nothing better is known. `speaker`
    is None in the outlet's own voice and `speaker_actor` the party that speaks, if one does. `told` is the day the
    document was published, `told_at` the moment where its page gives one; `event` is the event's place in the document's
    reading. `source` is the key of the independent source that the claim counts for (docs/claims.md).
    """

    harm: Harm | None
    minimum: int | None
    maximum: int | None
    document: str
    speaker: str | None
    mention: Mention
    group: Group = Group.ALL
    part_of: bool = False
    slot: Slot = Slot.KILLED
    event: int = 0
    first: date | None = None
    last: date | None = None
    precision: Precision | None = None
    code: str | None = None
    shown: str = ""
    speaker_actor: str | None = None
    hedged: bool = False
    told: date | None = None
    told_at: datetime | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """Claims that can all be right together, in the order of telling, and by how many independent sources they are made."""

    claims: tuple[Claim, ...]
    sources: int


@dataclass(frozen=True, slots=True)
class SlotView:
    """All claims on one slot (and, of a count, one group), in positions: the best supported first, then the earliest told.

    `disputes` names the positions, by their places in `positions`, that independent sources hold against each other. A slot
    can be disputed without such a pair: a party denies what another says of it (`AttachedStatement`).
    """

    slot: Slot
    group: Group | None
    standing: Standing
    positions: tuple[Position, ...]
    disputes: tuple[tuple[int, int], ...] = ()


class StatementKind(StrEnum):
    """What a party does by a statement about an incident."""

    CLAIMS_RESPONSIBILITY = "claims_responsibility"
    DENIES = "denies"
    ACCUSES = "accuses"
    PROMISES_INQUIRY = "promises_inquiry"
    CONDEMNS = "condemns"
    SAYS = "says"


@dataclass(frozen=True, slots=True)
class AttachedStatement:
    """A statement by a party or a named speaker about an incident: who speaks, what it does, and its characters.

    `statement` is its place in the document's reading, None where only a denied event of the reading shows it; `mention`
    holds what is said, `sign` the words by which its kind was known, None for `SAYS`. `accused` is the party that an
    accusation or denial is about, where the words name one.
    """

    document: str
    statement: int | None
    kind: StatementKind
    speaker: str | None
    speaker_actor: str | None
    accused: str | None
    mention: Mention
    told: date | None
    sign: Mention | None = None
