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
class CopyOrigin:
    """Where a family's dispatch seems to come from: proposed, for a person to judge.

    `agency` is the agency that members credit, as worded; `document` the member that is the original or the earliest, None
    where none stands out; `reasons` say why, each with the words or times that it rests on.
    """

    agency: str | None
    document: str | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CopyFamily:
    """Reports that repeat one dispatch; the whole family counts as one source.

    `ids` are document identifiers in order; `containment` the lowest containment of an edge that joined the family;
    `passages` those of all edges; `edges` keeps each pair that was found alike; `origin` is where the dispatch seems to come
    from, None where nothing tells.
    """

    ids: tuple[str, ...]
    passages: tuple[SharedPassage, ...]
    containment: float
    edges: tuple[CopyEdge, ...] = ()
    origin: CopyOrigin | None = None
