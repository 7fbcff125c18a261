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
class CopyEdge:
    """Two documents that repeat one text, and the passages that show it.

    `containment` is the share (0 to 1) of the shorter text's word triples that stand in the other one.
    """

    first: str
    second: str
    containment: float
    passages: tuple[SharedPassage, ...]


@dataclass(frozen=True, slots=True)
class CopyFamily:
    """Reports that repeat one dispatch; the whole family counts as one source.

    `ids` are document identifiers in order; `containment` the lowest containment of an edge that joined the family;
    `passages` those of all edges; `edges` keeps each pair that was found alike.
    """

    ids: tuple[str, ...]
    passages: tuple[SharedPassage, ...]
    containment: float
    edges: tuple[CopyEdge, ...] = ()
