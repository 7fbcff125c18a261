"""The score of two occurrences: a visible list of named features, each with a weight from lexicon/data/link_weights.tsv.

Weights are natural logarithms of odds and add up; a missing value weighs nothing either way. A shared copy is evidence only
where the rest already speaks for one occurrence.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import exp

from tawthiq.lexicon.tables import load
from tawthiq.linking.nearness import PlaceNames, nearness
from tawthiq.linking.occurrences import Occurrence, Told
from tawthiq.linking.wording import Rarity, Wording
from tawthiq.records.count import Harm

FEW_DAYS = 3
WORDS = (0.5, 0.18, 0.07)  # shares, weighted by rarity, of the words around two events: most, many, some
REPORT = (0.2, 0.09, 0.05)  # the same for the words of two whole reports
Features = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Commonness:
    """How rare the words of reports are, and in how many documents the words of place names stand."""

    words: Rarity
    names: PlaceNames

    @classmethod
    def of(cls, found: Told) -> "Commonness":
        """Counted over the documents of all occurrences."""
        named: dict[str, set[str]] = {}
        for occurrence in found.occurrences:
            words = (word for place in occurrence.places for word in place.words)
            named.setdefault(occurrence.reference.document, set()).update(words)
        return cls(found.rarity, PlaceNames(Counter(word for words in named.values() for word in words), len(named)))


@cache
def weights() -> dict[tuple[str, str], float]:
    """The table of weights by feature and value."""
    rows = load("link_weights", ("feature", "value", "weight", "meaning"))
    return {(row["feature"], row["value"]): float(row["weight"]) for row in rows}


def score(features: Features) -> float:
    """The logarithm of the odds that the two are one occurrence. A shared copy never turns the balance."""
    table = weights()
    alone = table["prior", "any"] + sum(table[feature] for feature in features if feature[0] != "copy")
    return alone + table["copy", "shared"] if alone > 0 and ("copy", "shared") in features else alone


def probability(odds_logarithm: float) -> float:
    """The share, 0 to 1, behind a logarithm of odds."""
    return 1 / (1 + exp(-max(-60.0, min(60.0, odds_logarithm))))


def features(first: Occurrence, second: Occurrence, common: Commonness) -> Features:
    """What was found for each feature, in a fixed order; features with a missing value are absent."""
    same_document = first.reference.document == second.reference.document
    comparable = first.language == second.language and not same_document
    found = [
        ("act", _act(first, second)),
        ("date", _date(first, second)),
        ("place", nearness(first, second, common.names)),
        ("killed", _toll(first, second, Harm.KILLED)),
        ("injured", _toll(first, second, Harm.INJURED)),
        ("actor", _actor(first, second)),
        ("words", _shared(first.words, second.words, common.words, WORDS) if comparable else None),
        ("report", _shared(first.report, second.report, common.words, REPORT) if comparable else None),
        ("document", "same" if same_document else None),
        (
            "copy",
            "shared" if not same_document and first.family is not None and first.family == second.family else None,
        ),
    ]
    return tuple((name, value) for name, value in found if value is not None)


@cache
def _kinship() -> frozenset[tuple[str, str]]:
    rows = load("act_kinship", ("act", "kindred"))
    pairs = {(row["act"], other) for row in rows for other in row.alternatives("kindred")}
    return frozenset(pairs | {(second, first) for first, second in pairs})


def _act(first: Occurrence, second: Occurrence) -> str:
    if first.act is second.act:
        return "same"
    return "kindred" if (first.act.value, second.act.value) in _kinship() else "different"


def _date(first: Occurrence, second: Occurrence) -> str | None:
    """How the days lie; "unknown" is no missing value, for the prior speaks of events known to be close in time."""
    if first.first is None or second.first is None or first.last is None or second.last is None:
        return "unknown"
    gap = max(first.first - second.last, second.first - first.last)
    if first.dated and second.dated:
        if gap > 0:
            return "next_day" if gap == 1 else "few_days" if gap <= FEW_DAYS else "apart"
        return "same_day" if first.first == first.last and second.first == second.last else "overlap"
    if gap > 0:
        return "published_late" if gap <= 3 else "apart"
    if not first.dated and not second.dated:
        return "published" if abs(first.last - second.last) <= 1 else "published_late"
    dated, other = (first, second) if first.dated else (second, first)
    return "published" if other.last is not None and dated.last is not None and other.last - dated.last <= 1 else None


def _toll(first: Occurrence, second: Occurrence, harm: Harm) -> str | None:
    """The best agreement of any whole count of one event with any of the other."""
    found = {_range(one, other) for one in first.tolls[harm] for other in second.tolls[harm]}
    return next((value for value in ("equal", "compatible", "close", "contrary") if value in found), None)


def _range(one: tuple[int, int | None], other: tuple[int, int | None]) -> str:
    if one == other and one[1] is not None:
        return "equal"
    low, high = (one, other) if one[0] <= other[0] else (other, one)
    if low[1] is None or low[1] >= high[0]:
        return "compatible"
    return "close" if high[0] <= low[1] + 2 or high[0] <= low[1] * 1.6 else "contrary"


def _actor(first: Occurrence, second: Occurrence) -> str | None:
    if not first.actors or not second.actors:
        return None
    return "same" if first.actors & second.actors else "different"


def _shared(first: Wording, second: Wording, rarity: Rarity, limits: tuple[float, float, float]) -> str | None:
    """How much rare wording two stretches share."""
    share = rarity.share(first, second)
    if share is None:
        return None
    return next(
        (value for value, limit in zip(("most", "many", "some"), limits, strict=True) if share >= limit), "none"
    )
