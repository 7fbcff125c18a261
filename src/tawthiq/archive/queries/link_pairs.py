"""Two events compared as linking compares them, from what the last linking remembers: a few queries for any number of pairs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tawthiq.archive.link_memory import memory
from tawthiq.archive.models import CopyMember, RememberedReport
from tawthiq.archive.models.keys import ROWS_PER_REPORT, row_key
from tawthiq.linking.occurrence_codec import decoded
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.pairs import compared
from tawthiq.linking.scoring import PRIOR, Weights, probability, shipped_weights
from tawthiq.linking.statistics import Statistics


@dataclass(frozen=True, slots=True)
class Weighed:
    """A pair's score (logarithm of odds), the chance behind it, and (feature, value, weight) of what made it."""

    score: float
    chance: float
    reasons: tuple[tuple[str, str, float], ...]
    features: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Comparing:
    """Events at hand to be compared, by the keys of their rows; `statistics` None where nothing is remembered."""

    occurrences: Mapping[int, Occurrence]
    statistics: Statistics | None
    weights: Weights

    @classmethod
    def of(cls, events: Iterable[int], weights: Weights | None = None) -> "Comparing":
        """The events with these keys, as far as linking remembers them; the shipped weights where None."""
        numbers = sorted({key // ROWS_PER_REPORT for key in events})
        families = dict(CopyMember.objects.filter(report__in=numbers).values_list("report_id", "family_id"))
        found: dict[int, Occurrence] = {}
        for number, document, form in RememberedReport.objects.filter(number__in=numbers).values_list(
            "number", "document", "form"
        ):
            for occurrence in decoded(bytes(form), document, families.get(number)):
                found[row_key(number, occurrence.reference.event)] = occurrence
        known = memory()
        return cls(found, known.statistics if known else None, weights or shipped_weights())

    def pair(self, first: int, second: int) -> Weighed | None:
        """Two events compared; None where linking does not know one of them."""
        one, other = self.occurrences.get(first), self.occurrences.get(second)
        if one is None or other is None or self.statistics is None:
            return None
        found = compared(one, other, self.statistics, self.weights)
        named = (PRIOR, *found.features)
        reasons = tuple((feature, value, self.weights.get((feature, value), 0.0)) for feature, value in named)
        return Weighed(found.score, probability(found.score), reasons, found.features)
