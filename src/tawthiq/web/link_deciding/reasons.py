"""What speaks for and against two tellings being of one occurrence, as the score weighs it, in the reader's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tawthiq.web.link_reasons import sentence

HEAVIEST = 3.0  # a weight from which the bar is full
LEAST_SHOWN = 0.05  # a weight that is shown as 0.0 says nothing


@dataclass(frozen=True, slots=True)
class Said:
    """One reason: its words, "en" where they have no translation, its weight, and the weight as steps of a bar, 1 to 10."""

    words: str
    language: str
    weight: float

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
    told = [said(*each) for each in listed if each[0] != "copy" and abs(each[2]) >= LEAST_SHOWN]
    return Balance(
        favour=_heaviest(each for each in told if each.weight > 0),
        against=_heaviest(each for each in told if each.weight < 0),
        chance=chance,
        copy=any(each[0] == "copy" for each in listed),
    )


def from_row(reasons: Sequence[Sequence[object]], score: float) -> Balance:
    """The balance of an incident's row (archive Incident.reasons): weights are averages over its pairs."""
    weighed = []
    for feature, weight, detail in reasons:
        value = str(detail).split(" in ")[0] if feature != "prior" else "any"
        weighed.append((str(feature), value, float(str(weight))))
    return balance(weighed, score)


def said(feature: str, value: str, weight: float) -> Said:
    """One value of one feature in words, with its weight."""
    words = sentence(feature, value)
    return Said(words or f"{feature}: {value}", "" if words else "en", weight)


def _heaviest(told: Iterable[Said]) -> tuple[Said, ...]:
    return tuple(sorted(told, key=lambda each: (-abs(each.weight), each.words)))
