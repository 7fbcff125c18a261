"""Why a reading holds what it holds: for each value the rule, the lines of tables, and what was weighed."""

from dataclasses import dataclass

from tawthiq.records.span import Mention


@dataclass(frozen=True, slots=True)
class Weighed:
    """A named feature that held, and its weight in lexicon/data/weights_*.tsv: above zero it spoke for the choice."""

    feature: str
    weight: float


@dataclass(frozen=True, slots=True)
class Reason:
    """What stands behind one value.

    `about` is the field of reading/1 (or "told again" for a further mention of the event); `mention` the characters, where
    the value has some; `value` the code or figure. `rows` are lines of tables as "file:line". `share` is the probability
    that a scored choice gave the value, None where grammar alone decided; `weighed` are the features that counted most.
    """

    about: str
    value: str
    rule: str
    mention: Mention | None = None
    rows: tuple[str, ...] = ()
    share: float | None = None
    weighed: tuple[Weighed, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The reasons of each statement and each event of one reading, in their order there."""

    id: str
    statements: tuple[tuple[Reason, ...], ...]
    events: tuple[tuple[Reason, ...], ...]
