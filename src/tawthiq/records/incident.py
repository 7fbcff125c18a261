"""Real-world occurrences, proposed by linking and decided by people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tawthiq.records.count import Group, Harm
from tawthiq.records.event import Act
from tawthiq.records.span import Mention


@dataclass(frozen=True, slots=True)
class EventReference:
    """An event by its document and its place in that document's reading."""

    document: str
    event: int


class Linked(StrEnum):
    """Whether the score was high enough to merge, or the link waits for a person."""

    MERGED = "merged"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Claim:
    """One toll of an incident as one source states it. `speaker` is None in the outlet's own voice.

    `group` and `part_of` are those of the count; a subset claims no more than a floor of the whole, `maximum` None.
    """

    harm: Harm
    minimum: int | None
    maximum: int | None
    document: str
    speaker: str | None
    mention: Mention
    group: Group = Group.ALL
    part_of: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One named feature of a link score, with its weight, readable by a person."""

    feature: str
    weight: float
    detail: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Events that are told of one occurrence, what they agree on and what they dispute.

    `killed` and `injured` hold every claim; there are no averages. `contradictions` names the slots on which sources
    disagree (killed, injured, date, actor); `independent_sources` counts copy families once. `score` lies between 0 and 1
    and is that of the weakest join; an incident told by one event alone is proposed with score 0, since nothing was linked.
    """

    id: str
    events: tuple[EventReference, ...]
    documents: tuple[str, ...]
    act: Act
    first: date | None
    last: date | None
    place: str | None
    latitude: float | None
    longitude: float | None
    killed: tuple[Claim, ...]
    injured: tuple[Claim, ...]
    contradictions: tuple[str, ...]
    independent_sources: int
    linked: Linked
    score: float
    reasons: tuple[Reason, ...]

    def tolls(self, harm: Harm) -> tuple[Claim, ...]:
        """The claims of one kind of harm."""
        return self.killed if harm is Harm.KILLED else self.injured if harm is Harm.INJURED else ()
