"""Pairs of events that are known to be of one incident or of two, from reports whose incidents are marked.

The truth is given by documents. Of two documents of one incident, the two events that go together best by the weights so far
are taken for it. Of two documents of different incidents every pair of events is of two, unless one document is marked to tell
the other's incident in passing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tawthiq.linking.candidates import candidates
from tawthiq.linking.clustering import Cluster, Pair, clusters
from tawthiq.linking.copies import copy_families
from tawthiq.linking.features import Features, features
from tawthiq.linking.learning import LinkExample
from tawthiq.linking.occurrences import Occurrence, occurrences
from tawthiq.linking.pairs import KEPT, told_as_two
from tawthiq.linking.scoring import Weights, score
from tawthiq.linking.statistics import Statistics
from tawthiq.records.links import LinkInput

PLAIN = -4.0  # a pair of two incidents that scores less teaches nothing: it is told apart already


@dataclass(frozen=True)
class Marked:
    """Reports to learn from: each document's incident, those it tells in passing, and its fold.

    A fold holds incidents that lie close to each other, so that no neighbour of an incident left out has been seen.
    """

    name: str
    reports: Sequence[LinkInput]
    incident_of: Mapping[str, str]
    also: Mapping[str, frozenset[str]]
    fold_of: Mapping[str, int] = field(default_factory=dict)

    def one(self, first: str, second: str) -> bool | None:
        """Whether two documents have one incident; None where that is not known, or they share one told in passing."""
        one, other = self.incident_of.get(first), self.incident_of.get(second)
        if one is None and other is None:
            return None
        if one == other:
            return True
        shared = {one, *self.also.get(first, ())} & {other, *self.also.get(second, ())}
        return None if shared else False


@dataclass(frozen=True)
class Compared:
    """The occurrences of marked reports, and what was found about every candidate pair."""

    marked: Marked
    found: Sequence[Occurrence]
    features: Mapping[Pair, Features]
    apart: frozenset[Pair]

    def clusters(self, weights: Weights) -> list[Cluster]:
        """The clusters that weights make, as `linking.incidents` does."""
        scores = {pair: max(KEPT, score(found, weights)) for pair, found in self.features.items()}
        return clusters(len(self.found), scores, self.apart)

    def document(self, number: int) -> str:
        """The document of an occurrence."""
        return self.found[number].reference.document


def compared(marked: Marked) -> Compared:
    """Every candidate pair of the events of marked reports."""
    copies = copy_families([report.document for report in marked.reports])
    family = {identifier: number for number, copied in enumerate(copies) for identifier in copied.ids}
    found: list[Occurrence] = []
    for report in sorted(marked.reports, key=lambda report: report.document.id):
        found += occurrences(report, family.get(report.document.id))
    statistics = Statistics.of(found)
    seen = {(a, b): features(found[a], found[b], statistics) for a, b in candidates(found, statistics)}
    apart = frozenset(pair for pair, what in seen.items() if told_as_two(found[pair[0]], found[pair[1]], what))
    return Compared(marked, found, seen, apart)


def examples(corpora: Iterable[Compared], weights: Weights, fold: int | None = None) -> list[LinkExample]:
    """The examples of corpora, without those of documents of one fold where one is left out."""
    return [example for corpus in corpora for example in _examples(corpus, weights, fold)]


def _examples(corpus: Compared, weights: Weights, fold: int | None) -> Iterable[LinkExample]:
    between: dict[tuple[str, str], list[Features]] = {}
    for (one, other), found in corpus.features.items():
        documents = corpus.document(one), corpus.document(other)
        left_out = fold is not None and fold in (corpus.marked.fold_of.get(document) for document in documents)
        if documents[0] != documents[1] and not left_out:
            between.setdefault(documents, []).append(found)
    for documents, told in sorted(between.items()):
        one_incident = corpus.marked.one(*documents)
        if one_incident:
            yield LinkExample(max(told, key=lambda found: (score(found, weights), found)), True)
        elif one_incident is False:
            near = [found for found in told if score(found, weights) > PLAIN]
            yield from (LinkExample(found, False, len(told) ** -0.5) for found in near)
