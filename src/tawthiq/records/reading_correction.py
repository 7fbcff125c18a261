"""What a person decided about one reading: values accepted, corrected, rejected, added; events split and merged.

A decision points at characters of the preserved text, never at rows of derived state, and keeps the machine's version
beside the person's. A value that a person gives is read from the characters that they selected: without characters there
is none.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tawthiq.records.period import Period
from tawthiq.records.place import Place, PlaceKind
from tawthiq.records.span import Mention, Span


class Judgement(StrEnum):
    """What the person did."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"
    SPLIT = "split"
    MERGED = "merged"


class Slot(StrEnum):
    """What of a reading a decision is about; EVENT and STATEMENT are the whole of one."""

    EVENT = "event"
    ACT = "act"
    WHEN = "when"
    PLACE = "place"
    BY = "by"
    VICTIM = "victim"
    COUNT = "count"
    MODALITY = "modality"
    SCOPE = "scope"
    STATEMENT = "statement"
    SPEAKER = "speaker"
    KIND = "kind"
    STANCE = "stance"


STATEMENT_SLOTS = frozenset({Slot.SPEAKER, Slot.KIND, Slot.STANCE})
EVENT_SLOTS = frozenset(Slot) - {Slot.EVENT, Slot.STATEMENT} - STATEMENT_SLOTS
MANY = frozenset({Slot.PLACE, Slot.BY, Slot.VICTIM, Slot.COUNT})
"""Slots of which an event may hold several values; of the others it holds one at most."""


@dataclass(frozen=True, slots=True)
class TextAnchor:
    """Characters of a text as they stood when it was decided, with up to 40 characters either side to find them again."""

    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""

    @property
    def span(self) -> Span:
        """Where the characters stood."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Target:
    """The event or statement that a decision is about, as it was first read or added.

    An event is known by its trigger and its act then, a statement by its content (`act` is empty). Later decisions about
    an event whose act was corrected still name the first.
    """

    anchor: TextAnchor
    act: str = ""

    @property
    def is_event(self) -> bool:
        """Whether it is an event rather than a statement."""
        return bool(self.act)


@dataclass(frozen=True, slots=True)
class Value:
    """One value with its characters, whatever its slot.

    `code` is an act, a modality, a scope, a kind of quotation, a stance, a harm or a party, by the slot; empty for a speaker
    who is no known party. `group` to `part_of` belong to counts, `entry` and `hedged` to doers, `period` and `reason` to times,
    `place`, `candidates` and `worded` (`records.PlaceMention.kind`) to places, `implicit` to speakers.
    """

    anchor: TextAnchor
    code: str = ""
    group: str = ""
    minimum: int | None = None
    maximum: int | None = None
    part_of: bool = False
    entry: str = ""
    hedged: bool = False
    period: Period | None = None
    reason: str = ""
    place: Place | None = None
    candidates: tuple[Place, ...] = ()
    worded: PlaceKind | None = None
    implicit: bool = False

    def mention_at(self, span: Span) -> Mention:
        """The value's words, standing at `span` now."""
        return Mention(span, self.anchor.text)


@dataclass(frozen=True, slots=True)
class Part:
    """A value of an event that is split; `stays` says that both events have it."""

    slot: Slot
    value: Value
    stays: bool = False


@dataclass(frozen=True, slots=True)
class ReadingCorrection:
    """One decision. `identifier` is the digest that the custody log keeps.

    `was` is the value that stood there, read by `reader`; `given` what the person says instead or as well: of an added event
    and of one split off, its trigger and act. `other` is the event that is merged into the target, `parts` the values that
    go to the event split off. `text_sha256` is the digest of the text that the person saw, `nonce` keeps the log's digest
    from being guessed.
    """

    identifier: str
    capture: str
    judgement: Judgement
    slot: Slot
    target: Target
    was: Value | None
    given: Value | None
    other: Target | None
    parts: tuple[Part, ...]
    text_sha256: str
    reader: str
    reason: str
    by: str
    at: datetime
    nonce: str = ""

    @property
    def changes(self) -> bool:
        """Whether the reading is another one by it; finding a value right changes nothing."""
        return self.judgement is not Judgement.ACCEPTED

    @property
    def made(self) -> Target | None:
        """The event that comes into being by it: one added or split off."""
        makes = self.judgement is Judgement.SPLIT or (self.judgement is Judgement.ADDED and self.slot is Slot.EVENT)
        return Target(self.given.anchor, self.given.code) if makes and self.given else None
