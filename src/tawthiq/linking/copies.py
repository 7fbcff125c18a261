"""Copy families: reports that repeat one dispatch, cut, embedded, respelt or reworded.

A copied dispatch is a question of containment, not of likeness: the shorter text stands in the longer one, amid each
outlet's own words. Candidates come from an inverted index of word triples (a fourth of them above some length); triples
that many documents hold are standing phrases and count for nothing. Every candidate is then verified on all its triples,
and each edge keeps its shared passages as evidence. A family is whatever edges join; it counts as one source and never
merges incidents by itself.

The limits were chosen on planted copies at 5,000 and 50,000 documents (eval/linking.py); 268 composed reports hold nothing
between .09 and .60, so ordinary wire phrasing stays well below them.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from tawthiq.linking.families import families
from tawthiq.linking.passages import Run, shared_runs, telling
from tawthiq.linking.sampled_index import SAMPLED, indexed
from tawthiq.linking.shingles import Shingler, positions
from tawthiq.records.copies import CopyEdge, CopyFamily, SharedPassage
from tawthiq.records.link_decision import Constraints
from tawthiq.records.reading import Document
from tawthiq.records.span import Mention

ENOUGH_CONTAINMENT = 0.14
# In short posts a place with its date is a third of the whole: so few triples are a copy only where they are most of it.
FEW_SHARED, FEW_CONTAINMENT = 8, 0.6
LONGEST_PASSAGE = 5  # words; one passage at least must be as long, or the likeness is scattered phrases
TELLING = 3  # shingles of that passage that are no standing phrase
Place = tuple[int, int]


@dataclass(frozen=True)
class Shingled:
    """A document beside its shingles."""

    document: Document
    shingles: Sequence[int]

    @cached_property
    def where(self) -> Sequence[Place]:
        """Where each shingle stands in the text."""
        return positions(self.document)


@dataclass(frozen=True, slots=True)
class Compared:
    """Documents in the order of their identifiers, every verified pair of them, and all shingles that are standing phrases."""

    documents: tuple[Shingled, ...]
    edges: tuple[CopyEdge, ...]
    frequent: frozenset[int]


def copy_families(documents: Sequence[Document], decided: Constraints | None = None) -> tuple[CopyFamily, ...]:
    """The copy families among documents with distinct identifiers, ordered by their first identifier.

    No family reaches over two compartments of `decided`.
    """
    return families_of(meeting(compared(documents).edges, decided or Constraints()))


def meeting(edges: Sequence[CopyEdge], decided: Constraints) -> tuple[CopyEdge, ...]:
    """The pairs whose two documents are of one compartment."""
    return tuple(edge for edge in edges if decided.may_meet(edge.first, edge.second))


def families_of(edges: Sequence[CopyEdge]) -> tuple[CopyFamily, ...]:
    """The copy families that pairs make, ordered by their first identifier; parts that no pair connects do not matter."""
    return tuple(_family(found) for found in families(edges))


def compared(documents: Sequence[Document]) -> Compared:
    """Every pair of documents with distinct identifiers that is a copy."""
    shingler = Shingler()
    ordered = sorted(documents, key=lambda document: document.id)
    shingled = tuple(Shingled(document, array("q", shingler.shingles(document))) for document in ordered)
    index = indexed([document.shingles for document in shingled])
    standing = standing_phrases(index.frequent)
    pairs = (copy_edge(shingled[first], shingled[second], standing) for first, second in index.candidates)
    return Compared(shingled, tuple(edge for edge in pairs if edge), index.frequent)


def standing_phrases(frequent: frozenset[int]) -> frozenset[int]:
    """Of the frequent shingles those that every document is indexed by: only these tell about documents of any length."""
    return frozenset(shingle for shingle in frequent if not shingle % SAMPLED)


def copy_edge(first: Shingled, second: Shingled, standing: frozenset[int]) -> CopyEdge | None:
    """Two documents, the one with the lower identifier first, as copies of one text, or None.

    `standing` is of `standing_phrases`.
    """
    runs = shared_runs(first.shingles, second.shingles)
    smaller = min(telling(one.shingles, standing, SAMPLED) for one in (first, second))
    shared = _telling_shared(runs, first.shingles, standing)
    share = min(1.0, shared / max(1, smaller))
    if share < ENOUGH_CONTAINMENT or (shared < FEW_SHARED and share < FEW_CONTAINMENT):
        return None
    return CopyEdge(first.document.id, second.document.id, round(share, 4), _passages(first, second, runs))


def _family(edges: Sequence[CopyEdge]) -> CopyFamily:
    return CopyFamily(
        ids=tuple(sorted({identifier for edge in edges for identifier in (edge.first, edge.second)})),
        passages=tuple(passage for edge in edges for passage in edge.passages),
        containment=min(edge.containment for edge in edges),
        edges=tuple(edges),
    )


def _telling_shared(runs: Sequence[Run], first: Sequence[int], frequent: frozenset[int]) -> int:
    """How many telling shingles the runs hold; none without one passage long enough."""
    lengths = [telling(first[run.first : run.first + run.length], frequent, SAMPLED) for run in runs]
    long = any(run.words >= LONGEST_PASSAGE and length >= TELLING for run, length in zip(runs, lengths, strict=True))
    return sum(lengths) if long else 0


def _passages(first: Shingled, second: Shingled, runs: Sequence[Run]) -> tuple[SharedPassage, ...]:
    """The longer runs as they stand in each text."""
    return tuple(
        SharedPassage(
            first=first.document.id,
            second=second.document.id,
            in_first=_mention(first, run.first, run.length),
            in_second=_mention(second, run.second, run.length),
        )
        for run in runs
        if run.words >= LONGEST_PASSAGE
    )


def _mention(shingled: Shingled, at: int, length: int) -> Mention:
    """The words of `length` shingles from the one at index `at` on."""
    return Mention.at(shingled.document.text, shingled.where[at][0], shingled.where[at + length - 1][1])
