"""Persons as lists and reports name them, and pairs of such records that may be one person: always proposed.

A record never says who somebody is; it says what one source wrote, each value with the place where it stands. Identities
are protected data (docs/refusals.md, 7): nothing of this enters a log, an address or an index of words.
"""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.period import Period
from tawthiq.records.span import Span


class Sex(StrEnum):
    """What a source states; anything else is kept as wording and compared with nothing."""

    FEMALE = "female"
    MALE = "male"


class NamePart(StrEnum):
    """The place of a word in a personal name as it is used in Arabic and English."""

    GIVEN = "given"
    FATHER = "father"
    GRANDFATHER = "grandfather"
    FAMILY = "family"
    KUNYA = "kunya"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ListCell:
    """A value in a list: its file or capture, the line on which its row begins (from 1), the column's own heading."""

    file: str
    line: int
    column: str


@dataclass(frozen=True, slots=True)
class TextPassage:
    """A value in a report: the report's identifier and the range of its text."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True)
class PersonValue:
    """One value as its source wrote it, and where it stands."""

    text: str
    at: ListCell | TextPassage


@dataclass(frozen=True, slots=True)
class NameWord:
    """One word of a name: compounds such as "عبد الرحمن" (Abd al-Rahman) are one word.

    `form` is the spelling that words of one script are compared by, `sound` the key of consonants by which scripts meet.
    """

    part: NamePart
    form: str
    sound: str


@dataclass(frozen=True, slots=True)
class Years:
    """A range of years, both ends included; also used for ages in full years. Raises ValueError when it runs backwards."""

    first: int
    last: int

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"years {self.first}..{self.last} run backwards")


PERSON_COLUMNS = (
    "name", "father", "mother", "kunya", "age", "birth", "sex", "birth_place", "residence", "place", "death", "occupation",
    "identity",
)  # fmt: skip
"""The fields of a record that a source can state, as columns of lists are mapped to them."""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """One person as one row of a list or one passage of a report names them.

    `identifier` is distinct among the records compared; `source` names the list or report. Values stay as written; what
    they were taken to mean stands beside them: `words` of the name (kunya and a father's column included), `age_years` in
    full years, `birth_years`, `born` and `died` in days with their precision, `stated_sex`. None means not told, or not
    understood: nothing is guessed.
    """

    identifier: str
    source: str
    name: PersonValue
    father: PersonValue | None = None
    mother: PersonValue | None = None
    kunya: PersonValue | None = None
    age: PersonValue | None = None
    birth: PersonValue | None = None
    sex: PersonValue | None = None
    birth_place: PersonValue | None = None
    residence: PersonValue | None = None
    place: PersonValue | None = None
    death: PersonValue | None = None
    occupation: PersonValue | None = None
    identity: PersonValue | None = None
    words: tuple[NameWord, ...] = ()
    age_years: Years | None = None
    birth_years: Years | None = None
    born: Period | None = None
    died: Period | None = None
    stated_sex: Sex | None = None

    def values(self) -> dict[str, PersonValue]:
        """The values that the source states, by the name of their field, in the order of `PERSON_COLUMNS`."""
        return {name: value for name in PERSON_COLUMNS if (value := self.value(name)) is not None}

    def value(self, column: str) -> PersonValue | None:
        """The value that the source states in one of `PERSON_COLUMNS`."""
        found: PersonValue | None = getattr(self, column)
        return found


@dataclass(frozen=True, slots=True)
class PairReason:
    """One comparison of two records: what was found, its weight as the logarithm to base 2 of odds, and both values.

    A positive weight speaks for one person, a negative one against. Values are None where a record does not tell.
    """

    comparison: str
    found: str
    weight: float
    first: str | None
    second: str | None


@dataclass(frozen=True, slots=True)
class PersonPair:
    """Two records that may be one person, `first` before `second` by identifier.

    `probability` is the model's (0 to 1), `weight` its logarithm of odds to base 2, of which the reasons and the prior are
    the addends.
    """

    first: str
    second: str
    probability: float
    weight: float
    reasons: tuple[PairReason, ...]


@dataclass(frozen=True, slots=True)
class DistinctPersons:
    """How many persons the records may stand for: from `least` to `most`, and in words how both ends were reckoned."""

    least: int
    most: int
    reckoned: str


@dataclass(frozen=True, slots=True)
class PersonProposals:
    """Pairs proposed among records, the likeliest first, and what they say about how many persons there are.

    `groups` are identifiers that the model would put together if it decided, for counting only: nobody is merged by them.
    `repeated` counts records that were not compared: their list holds many others that are word for word the same.
    """

    records: int
    pairs: tuple[PersonPair, ...]
    groups: tuple[tuple[str, ...], ...]
    distinct: DistinctPersons
    repeated: int = 0
