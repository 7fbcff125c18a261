"""What speaks for and against two tellings being of one occurrence, as the score weighs it, in the reader's language."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tawthiq.linking.scoring import shipped_weights
from tawthiq.web.link_reasons import sentence

HEAVIEST = 3.0  # a weight from which the bar is full
_OF_PAIRS = re.compile(r"(\w+) in (\d+) of (\d+)")  # as linking.incidents writes details
LEAST_SHOWN = 0.05  # a weight that is shown as 0.0 says nothing


@dataclass(frozen=True, slots=True)
class Said:
    """One reason: its words, "en" where they have no translation, its weight, its feature, and by how many pairs it was shown.

    `pairs` is "3/4" for three of four pairs, empty where there is one pair.
    """

    words: str
    language: str
    weight: float
    feature: str
    pairs: str = ""

    @property
    def strength(self) -> int:
        """The size of the weight in ten steps."""
        return max(1, min(10, round(10 * abs(self.weight) / HEAVIEST)))

    @property
    def size(self) -> float:
        """The weight without its sign."""
        return abs(self.weight)


@dataclass(frozen=True, slots=True)
class Balance:
    """Reasons for and against, the heaviest first, and the chance that the score makes of them, 0 to 1."""

    favour: tuple[Said, ...]
    against: tuple[Said, ...]
    chance: float | None
    copy: bool


def balance(weighed: Iterable[tuple[str, str, float]], chance: float | None) -> Balance:
    """The balance of (feature, value, weight); what weighs nothing is left out.

    A shared copy is no reason for one occurrence: it says that the two are one source.
    """
    listed = list(weighed)
    return _balance([said(*each) for each in listed], chance, copy=any(each[0] == "copy" for each in listed))


def _balance(told: Iterable[Said], chance: float | None, *, copy: bool) -> Balance:
    shown = [each for each in told if each.feature != "copy" and abs(each.weight) >= LEAST_SHOWN]
    return Balance(
        favour=_heaviest(each for each in shown if each.weight > 0),
        against=_heaviest(each for each in shown if each.weight < 0),
        chance=chance,
        copy=copy,
    )


def from_row(reasons: Sequence[Sequence[object]], score: float) -> Balance:
    """The balance of an incident's row (archive Incident.reasons): each value weighs as often as its pairs showed it.

    A row whose detail is in another form is shown with its feature and its average weight.
    """
    told: list[Said] = []
    copy = False
    for feature, weight, detail in reasons:
        copy = copy or feature == "copy"
        found = _OF_PAIRS.findall(str(detail))
        for value, shown, pairs in found:
            share = int(shown) / max(1, int(pairs))
            each = said(str(feature), value, share * shipped_weights().get((str(feature), value), 0.0))
            told.append(replace(each, pairs=f"{shown}/{pairs}" if int(pairs) > 1 else ""))
        if not found:
            told.append(said(str(feature), "any", float(str(weight))))
    return _balance(told, score, copy=copy)


def over_pairs(weighed: Sequence[Sequence[tuple[str, str, float]]], chance: float | None) -> Balance:
    """The balance of several pairs: each value weighs as often as pairs showed it."""
    shown = Counter((feature, value) for pair in weighed for feature, value, _ in pair)
    weights = {(feature, value): weight for pair in weighed for feature, value, weight in pair}
    total = len(weighed)
    told = [
        replace(said(*feature, weights[feature] * number / total), pairs=f"{number}/{total}" if total > 1 else "")
        for feature, number in shown.items()
    ]
    return _balance(told, chance, copy=False)


def said(feature: str, value: str, weight: float) -> Said:
    """One value of one feature in words, with its weight."""
    words = sentence(feature, value)
    return Said(words or f"{feature}: {value}", "" if words else "en", weight, feature)


def _heaviest(told: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(told, key=lambda each: (-abs(each.weight), each.words)))
