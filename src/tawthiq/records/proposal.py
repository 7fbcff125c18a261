"""What an adapter (a language model, a tagger of names) offers about a document, before anything of it is believed.

An offer quotes words; whether they stand in the text, and where, is settled by `reading.proposals`, never by the adapter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from tawthiq.records.reading import Document, Reading
from tawthiq.records.span import Span


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that an adapter says stand in the text.

    `occurrence` counts from 1 inside `within`, the stretches that the adapter was shown (empty: all that is readable). `start`
    is the code point where an adapter that reports offsets says that they stand; it then replaces the occurrence.
    """

    text: str
    occurrence: int = 1
    within: tuple[Span, ...] = ()
    start: int | None = None


@dataclass(frozen=True, slots=True)
class PlaceOffer:
    """A place named."""

    quote: Quote


@dataclass(frozen=True, slots=True)
class PersonOffer:
    """A person named. Readings hold no persons yet: an accepted one is listed and enters no event."""

    quote: Quote


@dataclass(frozen=True, slots=True)
class ActorOffer:
    """A party named; `actor` is a code of lexicon/data/actors.tsv."""

    quote: Quote
    actor: str


@dataclass(frozen=True, slots=True)
class CountOffer:
    """People counted: the words that hold the number and its noun. The number is read from the words, by our own grammar.

    `minimum` and `maximum` are what the adapter understood; an offer that differs from the words is refused.
    """

    quote: Quote
    harm: str
    group: str
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, slots=True)
class EventOffer:
    """An occurrence told: the words of the act, codes of docs/contracts.md, and what belongs to it."""

    quote: Quote
    act: str
    modality: str
    scope: str
    place: Quote | None = None
    by: tuple[ActorOffer, ...] = ()
    counts: tuple[CountOffer, ...] = ()


Offer = PlaceOffer | PersonOffer | ActorOffer | CountOffer | EventOffer


@dataclass(frozen=True, slots=True)
class AdapterIdentity:
    """Which adapter offers, by its name in the settings, and with which model."""

    name: str
    model: str

    def __str__(self) -> str:
        return f"adapter:{self.name} model {self.model}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An offer that was not believed: its kind, its words (cut short), and why."""

    kind: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """An offer found in the text. `used` says what became of it: "added", or why the reading did not need it."""

    kind: str
    span: Span
    text: str
    used: str


@dataclass(frozen=True, slots=True)
class AdaptedReading:
    """A reading with what an adapter added, every offer accounted for: accepted or refused."""

    reading: Reading
    adapter: AdapterIdentity
    accepted: tuple[Accepted, ...]
    refused: tuple[Refusal, ...]


class Proposer(Protocol):
    """Anything that offers values about a document whose `readable` stretches are set: only those may be looked at.

    Raises AdapterFailed where the answer for this document cannot be used, AdapterUnavailable where no document will fare
    better. Nothing it offers is trusted.
    """

    @property
    def identity(self) -> AdapterIdentity:
        """Name and model, for the stamp on everything made with it."""

    def propose(self, document: Document) -> Sequence[Offer]:
        """The offers for one document, in any order."""
