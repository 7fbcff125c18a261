"""Copy families: reports that repeat one dispatch, cut, embedded, respelt or reworded.

A copied dispatch is a question of containment, not of likeness: the shorter text stands in the longer one, amid each
outlet's own words. Candidates come from an inverted index of word triples (a fourth of them above some length); triples
that many documents hold are standing phrases and count for nothing. Every candidate is then verified on all its triples,
and each edge keeps its shared passages as evidence. A family is whatever edges join; it counts as one source and never
merges incidents by itself.

The limits were chosen on planted copies at 5,000 and 50,000 documents (eval/linking.py); 268 composed reports hold nothing
between .09 and .60, so ordinary wire phrasing stays well below them.
"""

from collections.abc import Sequence
from functools import cache

from tawthiq.linking.families import families
from tawthiq.linking.passages import Run, shared_runs, telling
from tawthiq.linking.sampled_index import SAMPLED, indexed
from tawthiq.linking.shingles import Shingler, positions
from tawthiq.records.copies import CopyEdge, CopyFamily, SharedPassage
from tawthiq.records.reading import Document
from tawthiq.records.span import Mention

ENOUGH_CONTAINMENT = 0.14
LONGEST_PASSAGE = 5  # words; one passage at least must be as long, or the likeness is scattered phrases
TELLING = 3  # shingles of that passage that are no standing phrase
Place = tuple[int, int]


def copy_families(documents: Sequence[Document]) -> tuple[CopyFamily, ...]:
    """The copy families among documents with distinct identifiers, ordered by their first identifier."""
    ordered = sorted(documents, key=lambda document: document.id)
    shingler = Shingler()
    shingles = [shingler.shingles(document) for document in ordered]
    return tuple(_family(edges) for edges in families(_edges(ordered, shingles)))


def _family(edges: Sequence[CopyEdge]) -> CopyFamily:
    return CopyFamily(
        ids=tuple(sorted({identifier for edge in edges for identifier in (edge.first, edge.second)})),
        passages=tuple(passage for edge in edges for passage in edge.passages),
        containment=min(edge.containment for edge in edges),
        edges=tuple(edges),
    )


def _edges(documents: Sequence[Document], shingles: Sequence[list[int]]) -> list[CopyEdge]:
    """Every verified pair, in the order of the documents."""
    index = indexed(shingles)
    where = cache(lambda number: positions(documents[number]))
    size = cache(lambda number: telling(shingles[number], index.frequent, SAMPLED))
    edges = []
    for first, second in index.candidates:
        runs = shared_runs(shingles[first], shingles[second])
        share = min(
            1.0, _telling_shared(runs, shingles[first], index.frequent) / max(1, min(size(first), size(second)))
        )
        if share >= ENOUGH_CONTAINMENT:
            passages = _passages(documents[first], documents[second], where(first), where(second), runs)
            edges.append(CopyEdge(documents[first].id, documents[second].id, round(share, 4), passages))
    return edges


def _telling_shared(runs: Sequence[Run], first: Sequence[int], frequent: frozenset[int]) -> int:
    """How many telling shingles the runs hold; none without one passage long enough."""
    lengths = [telling(first[run.first : run.first + run.length], frequent, SAMPLED) for run in runs]
    long = any(run.words >= LONGEST_PASSAGE and length >= TELLING for run, length in zip(runs, lengths, strict=True))
    return sum(lengths) if long else 0


def _passages(
    first: Document, second: Document, in_first: Sequence[Place], in_second: Sequence[Place], runs: Sequence[Run]
) -> tuple[SharedPassage, ...]:
    """The longer runs as they stand in each text."""
    return tuple(
        SharedPassage(
            first=first.id,
            second=second.id,
            in_first=Mention.at(first.text, in_first[run.first][0], in_first[run.first + run.length - 1][1]),
            in_second=Mention.at(second.text, in_second[run.second][0], in_second[run.second + run.length - 1][1]),
        )
        for run in runs
        if run.words >= LONGEST_PASSAGE
    )
