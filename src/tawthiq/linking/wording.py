"""The words of reports, how rare they are, and how much two stretches of text have in common.

Words are compared by stem. A word that very many reports hold says nothing; a rarer one weighs its inverse document
frequency. A stretch keeps the words that another report holds too, and the weight of all its words.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import fsum, log

from tawthiq.text.analysis import stem
from tawthiq.text.folding import fold

COMMON_LEAST, COMMON_SHARE = 3, 0.08  # a word is common in more reports than this, and than this share of them
_WORD = re.compile(r"[^\W_]+")


def folded_words(text: str) -> list[str]:
    """The words and numbers of a text in their comparison form."""
    return _WORD.findall(fold(text))


def stems(words: Iterable[str]) -> tuple[str, ...]:
    """The distinct stems of folded words, very short words left out, in the order met."""
    return tuple(dict.fromkeys(stem(word) for word in words if len(word) > 2))


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a stretch that other reports hold too, and the `rarity` of all its words, added up."""

    words: frozenset[str]
    rarity: float


class Rarity:
    """In how many reports each stem stands."""

    def __init__(self, reports: Iterable[tuple[str, ...]]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for words in reports:
            counts.update(words)
            total += 1
        most = max(COMMON_LEAST, COMMON_SHARE * total)
        self._weights = {word: log(total / count) if count <= most else 0.0 for word, count in counts.items()}
        self._shareable = frozenset(word for word, count in counts.items() if 1 < count <= most)
        self._of_unknown = log(total) if total else 0.0

    def weight(self, word: str) -> float:
        """The inverse document frequency of a stem; 0 for a common one."""
        return self._weights.get(word, self._of_unknown)

    def wording(self, words: tuple[str, ...]) -> Wording:
        """A stretch with these stems."""
        return Wording(self._shareable.intersection(words), fsum(map(self.weight, words)))

    def share(self, first: Wording, second: Wording) -> float | None:
        """How much of the smaller stretch's rarity the shared words make up, 0 to 1; None where there is none."""
        least = min(first.rarity, second.rarity)
        return fsum(map(self.weight, first.words & second.words)) / least if least > 0 else None
