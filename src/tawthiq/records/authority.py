"""Authority files: actors and places that people add to what Tawthiq ships, and every decision by which they did.

Authority records as archives and libraries keep them (ISAAR(CPF); HURIDOCS events standard formats, persons and
geographical terms): one entry for one thing, its names, and what was decided about it. An entry is never deleted.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from tawthiq.records.place import Place

OWN = "own."
"""What every code that people make begins with, so that it can never meet a code that Tawthiq ships."""
_PARTS = ("wordings", "places", "spellings", "changes", "redirects", "never")


class EntryKind(StrEnum):
    """What an entry is about."""

    ACTOR = "actor"
    PLACE = "place"


class Step(StrEnum):
    """What a decision does to an entry; the last one takes an earlier decision back."""

    ADD = "add"
    ALIAS = "alias"
    CORRECT = "correct"
    MERGE = "merge"
    END = "end"
    NOT_PLACE = "not-place"
    WITHDRAW = "withdraw"


class Wording(StrEnum):
    """What sort of wording an alias is: a name, a part of a party, loaded wording; a place's name that is a common word."""

    NAME = "name"
    PART = "part"
    LOADED = "loaded"
    COMMON = "common"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence about a decision: English words with named values, so that pages can say it in another language."""

    template: str
    values: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return self.template % dict(self.values) if self.values else self.template


def told(template: str, **values: object) -> Told:
    """The sentence with its values, as `%(name)s` of the template names them."""
    return Told(template, tuple((name, str(value)) for name, value in values.items()))


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one entry. Empty text, or None, is what the decision leaves as it is.

    `parent` is the containing place, or the party that an actor belongs to or counts under; `sort` the kind of a place
    (records.place.PlaceKind). `first` and `last` bound the days of publication of the reports in which the names mean the
    actor. `target` is the entry merged into, or the identifier of the decision withdrawn. `reason` says why, with its
    `source`; `by` is a person's name at the desk, `at` the moment in UTC.
    """

    step: Step
    kind: EntryKind
    code: str = ""
    name_ar: str = ""
    name_en: str = ""
    sort: str = ""
    country: str = ""
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None
    alias: str = ""
    wording: str = ""
    first: date | None = None
    last: date | None = None
    target: str = ""
    reason: str = ""
    source: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alias:
    """A further wording of an entry. `country` limits it to reports about that country, the days to reports published then."""

    text: str
    wording: Wording
    country: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as its decisions leave it. One that Tawthiq ships holds only what people changed; the rest is empty.

    `merged` is the code that stands for it now; `ended` says that it is no longer used, from `last` on where a day is
    given. `numbers` are the decisions about it, by their order from 1, withdrawn ones left out.
    """

    code: str
    kind: EntryKind
    name_ar: str = ""
    name_en: str = ""
    sort: str = ""
    country: str = ""
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None
    aliases: tuple[Alias, ...] = ()
    first: date | None = None
    last: date | None = None
    merged: str = ""
    ended: bool = False
    numbers: tuple[int, ...] = ()

    @property
    def own(self) -> bool:
        """Whether people made the entry."""
        return self.code.startswith(OWN)


@dataclass(frozen=True, slots=True)
class PartyWording:
    """A wording by which texts name an actor, as reading needs it: `actor` is a contract code, `entry` the people's own."""

    text: str
    actor: str
    entry: str = ""
    country: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """What people corrected of a place that Tawthiq or a pack ships; empty text and None leave it as it is."""

    code: str
    name: str = ""
    name_en: str = ""
    sort: str = ""
    country: str = ""
    parent: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PlaceSpelling:
    """A name of a place; a `common` one is a common word too, and needs a preposition or type noun before it."""

    text: str
    code: str
    common: bool = False


@dataclass(frozen=True, eq=False)
class Overlay:
    """What an authority changes for readers: laid over the lexicon's parties and the gazetteer.

    `redirects` lead from a place's code to the one that stands for it, or to "" where none does any more; `never` holds
    words with the code of the place that they never mean, "" for any place. Two overlays of one digest are equal: the same
    digest, the same readings.
    """

    wordings: tuple[PartyWording, ...] = ()
    places: tuple[Place, ...] = ()
    spellings: tuple[PlaceSpelling, ...] = ()
    changes: tuple[PlaceChange, ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()
    never: tuple[tuple[str, str], ...] = ()

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) over everything the overlay holds, whatever the order in which it was decided."""
        parts = {name: sorted(map(repr, getattr(self, name))) for name in _PARTS}
        return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in _PARTS)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Overlay) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


@dataclass(frozen=True, slots=True)
class Authority:
    """Everything decided, in order, and what is in force by it.

    `entries` are by code; `never` holds (word, code of a place or ""); `withdrawn` are the numbers, from 1, of decisions
    that were taken back, and `identifiers` name each decision (its digest).
    """

    decisions: tuple[Decision, ...]
    identifiers: tuple[str, ...]
    entries: Mapping[str, Entry]
    never: tuple[tuple[str, str], ...]
    withdrawn: frozenset[int]
