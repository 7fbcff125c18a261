"""Real-world occurrences, proposed by linking and decided by people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tawthiq.records.claim import AttachedStatement, Claim, SlotView
from tawthiq.records.count import Harm
from tawthiq.records.event import Act


@dataclass(frozen=True, slots=True)
class EventReference:
    """An event by its document and its place in that document's reading."""

    document: str
    event: int


class Linked(StrEnum):
    """Whether the score was high enough to merge, or the link waits for a person."""

    MERGED = "merged"
    PROPOSED = "proposed"


class DecidedBy(StrEnum):
    """Who put the events of an incident together: the machine alone, or people, whose decisions it keeps."""

    MACHINE = "machine"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Reason:
    """One named feature of a link score, with its weight, readable by a person."""

    feature: str
    weight: float
    detail: str


@dataclass(frozen=True, slots=True)
class Incident:
    """Events that are told of one occurrence, what they agree on and what they dispute.

    `slots` hold every claim of every slot, grouped into positions; there are no averages. `killed` and `injured` are the
    claims on the whole toll. `contradictions` names the slots that are disputed; `independent_sources` counts copy families
    once, and `sources` names the one behind each of `documents`. `statements` are what parties say about the incident.
    `score` lies between 0 and 1 and is that of the weakest join; an incident told by one event alone is proposed with score
    0, since nothing was linked. `decided_by` says whether decisions of people hold its events together.
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
    slots: tuple[SlotView, ...] = ()
    statements: tuple[AttachedStatement, ...] = ()
    decided_by: DecidedBy = DecidedBy.MACHINE
    sources: tuple[str, ...] = ()

    def tolls(self, harm: Harm) -> tuple[Claim, ...]:
        """The claims of one kind of harm."""
        return self.killed if harm is Harm.KILLED else self.injured if harm is Harm.INJURED else ()
