"""How many there may be whom no list names: the table that goes in, the models that come out, why none can be given.

An estimate is always a range over models (docs/estimation.md); no record here holds one number that stands for all.
"""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.errors import WrongUsage


class NoEstimate(WrongUsage):
    """The table cannot carry an estimate; `happened` says why, the exit code is 2 (cannot tell)."""


class Method(StrEnum):
    """How an estimate is made: log-linear models, Chao's lower bound, Bayesian latent classes."""

    LOGLINEAR = "loglinear"
    CHAO = "chao"
    LATENT_CLASSES = "lcm"


class Columns(StrEnum):
    """What the columns of a table are: lists of different makers, or capture occasions of one kind in their order."""

    LISTS = "lists"
    OCCASIONS = "occasions"


@dataclass(frozen=True, slots=True)
class OverlapTable:
    """How many units stand in exactly which lists.

    `lists` are the headings; `cells` pairs a pattern of 0 and 1, one a list, with a count above zero; no pattern occurs twice
    and none is all zeros, for whom no list names nobody counted. `kind` says what the columns are.
    """

    lists: tuple[str, ...]
    cells: tuple[tuple[tuple[int, ...], int], ...]
    kind: Columns = Columns.LISTS

    @property
    def observed(self) -> int:
        """How many units stand in at least one list."""
        return sum(count for _, count in self.cells)


@dataclass(frozen=True, slots=True)
class StratumTable:
    """The table of one stratum: `stratum` pairs headings with their values; empty where a table is not divided."""

    stratum: tuple[tuple[str, str], ...]
    table: OverlapTable


@dataclass(frozen=True, slots=True)
class DocumentedUnit:
    """One incident or person of an archive, and the groups that document it independently; `decided` says that people settled
    that its tellings or records are of one.
    """

    groups: frozenset[str]
    decided: bool


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a reader of an estimate must know: a stable `code` of lexicon/data/estimate_cautions.tsv, and what fills the
    blanks of its sentence.
    """

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ModelEstimate:
    """What one model says of the number of all units, observed ones included.

    `low` and `high` bound the 95 % interval, `interval` says of which kind: "profile" (multinomial profile likelihood),
    "log-normal", "posterior". `terms` are the lists that go together in it, by heading, where it is log-linear. `in_range`
    says whether the range spans it. Of latent classes `effective_sample_size` and `r_hat` tell how well the chains mixed.
    """

    model: str
    estimate: float
    low: float
    high: float
    interval: str
    standard_error: float | None = None
    bic: float | None = None
    parameters: int | None = None
    terms: tuple[tuple[str, ...], ...] = ()
    in_range: bool = True
    effective_sample_size: float | None = None
    r_hat: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """All models that the data do not rule out, the range over them, and what to know before it is told.

    Models come best first. `considered` counts all that were looked at, `left_out` those of them that give no estimate.
    """

    method: Method
    table: OverlapTable
    models: tuple[ModelEstimate, ...]
    low: float
    high: float
    cautions: tuple[Caution, ...]
    considered: int
    left_out: int
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class BuiltTable:
    """A table built from an archive, how many units each list holds, which groups were put together as "others" or left out,
    and what to know of it.
    """

    table: OverlapTable
    sizes: tuple[tuple[str, int], ...]
    others: int
    gone: int
    cautions: tuple[Caution, ...]
