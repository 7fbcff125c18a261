"""What people decide about links: that tellings are of one occurrence, or that they are not.

A decision points at the characters of the evidence, never at rows of derived state, so that it outlives every new reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tawthiq.records.incident import EventReference


class LinkVerdict(StrEnum):
    """What was decided about two tellings."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class EventAnchor:
    """A telling by the document that holds it and its trigger's characters; `act` is the act it was read as then.

    `start` and `end` are offsets in the document's text when it was decided; `text` the words that stood there; `before`
    and `after` up to 40 characters either side, by which it is found again when the text of a page is taken anew.
    """

    document: str
    start: int
    end: int
    text: str
    act: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """One person's decision about two tellings. `identifier` is the digest that the custody log keeps; `reason` their words."""

    identifier: str
    verdict: LinkVerdict
    first: EventAnchor
    second: EventAnchor
    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Constraints:
    """Decisions in force as pairs of events of this linking; `unfit` are decisions whose telling is not found any more.

    `compartments` names, by document, among whom a restricted report stays: linking never crosses from one compartment to
    another, nor to the reports that are open to everybody and have none.
    """

    together: tuple[tuple[EventReference, EventReference], ...] = ()
    apart: tuple[tuple[EventReference, EventReference], ...] = ()
    unfit: tuple[LinkDecision, ...] = ()
    compartments: Mapping[str, str] = field(default_factory=dict)

    def may_meet(self, one: str, other: str) -> bool:
        """Whether two documents are of one compartment."""
        return self.compartments.get(one) == self.compartments.get(other)
