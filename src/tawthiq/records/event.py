"""An occurrence of harm, violence, coercion, destruction or threat, as one report tells it."""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count
from tawthiq.records.period import When
from tawthiq.records.place import PlaceMention
from tawthiq.records.span import Mention


class Act(StrEnum):
    """What physically happened. The codes are fixed by docs/contracts.md."""

    AIRSTRIKE = "airstrike"
    SHELLING = "shelling"
    EXPLOSIVE = "explosive"
    SHOOTING = "shooting"
    CLASH = "clash"
    EXECUTION = "execution"
    ARREST = "arrest"
    ABDUCTION = "abduction"
    DISAPPEARANCE = "disappearance"
    TORTURE = "torture"
    CUSTODY_DEATH = "custody_death"
    SEXUAL_VIOLENCE = "sexual_violence"
    SIEGE = "siege"
    DISPLACEMENT = "displacement"
    DESTRUCTION = "destruction"
    CHEMICAL = "chemical"
    CHILD_RECRUITMENT = "child_recruitment"
    CRACKDOWN = "crackdown"
    THREAT = "threat"
    KILLING = "killing"
    INJURY = "injury"
    OTHER = "other"


class Modality(StrEnum):
    """How the text presents the occurrence."""

    STATED = "stated"
    HEDGED = "hedged"
    DENIED = "denied"
    FUTURE = "future"


class Scope(StrEnum):
    """One occurrence, a total over several or a period, or older history recalled."""

    SINGLE = "single"
    CUMULATIVE = "cumulative"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Event:
    """An occurrence as told. Every part is a mention; nothing is filled in from elsewhere.

    `places` run from the most specific to the widest; `source` is an index into the reading's statements, or None in
    the outlet's own voice; `rules` name the rules and lexicon rows behind the values.
    """

    act: Act
    trigger: Mention
    modality: Modality
    scope: Scope
    when: When | None
    places: tuple[PlaceMention, ...]
    country: str | None
    by: tuple[ActorMention, ...]
    victims: tuple[Mention, ...]
    counts: tuple[Count, ...]
    source: int | None
    rules: tuple[str, ...]
