"""Reports that repeat one dispatch."""

from dataclasses import dataclass

from tawthiq.records.span import Mention


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that two reports have in common, as it stands in each."""

    first: str
    second: str
    in_first: Mention
    in_second: Mention


@dataclass(frozen=True, slots=True)
class CopyFamily:
    """Reports that repeat one dispatch; the whole family counts as one source.

    `ids` are document identifiers in order; `containment` the lowest share of shingles that joined the family.
    """

    ids: tuple[str, ...]
    passages: tuple[SharedPassage, ...]
    containment: float
