"""How common words, place names and people's names are among reports: all that scoring knows besides the two events.

A frozen value, so that it can be stored and used again: a pair scores the same whenever it is scored with the same
statistics. A word that very many reports hold says nothing; a rarer one weighs its inverse document frequency.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import fsum, log

from tawthiq.linking.occurrences import Occurrence

COMMON_LEAST, COMMON_SHARE = 3, 0.08  # a word is common in more reports than this, and than this share of them
RARE_LEAST, RARE_SHARE = 6, 0.03  # a name is rare in no more reports than this, or than this share of them
PERSON_LEAST, PERSON_SHARE = 8, 0.01  # the same for a person's name: officials are named everywhere
Words = frozenset[int]


class _Weights(dict[int, float]):
    """The weight of each stem, reckoned when first asked for."""

    def __init__(self, documents: int, words: Mapping[int, int], most: float) -> None:
        super().__init__()
        self._documents, self._words, self._most = documents, words, most

    def __missing__(self, word: int) -> float:
        count = self._words.get(word, 1)
        weight = log(self._documents / count) if count <= self._most and self._documents > count else 0.0
        self[word] = weight
        return weight


@dataclass(frozen=True)
class Statistics:
    """In how many of `documents` reports each stem, each word or sound of a place name and each person's name stands."""

    documents: int
    words: Mapping[int, int]
    names: Mapping[int, int]
    people: Mapping[int, int]
    _telling: dict[Words, tuple[Words, float]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _places: dict[Words, Words] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, occurrences: Iterable[Occurrence]) -> "Statistics":
        """Counted over the reports of all occurrences."""
        reports: dict[str, Occurrence] = {}
        named: dict[str, set[int]] = {}
        for occurrence in occurrences:
            reports.setdefault(occurrence.reference.document, occurrence)
            words = (word for place in occurrence.places for word in place.words | place.sounds)
            named.setdefault(occurrence.reference.document, set()).update(words)
        return cls(
            len(reports),
            Counter(word for report in reports.values() for word in report.report),
            Counter(word for words in named.values() for word in words),
            Counter(person for report in reports.values() for person in report.people),
        )

    def rare_name(self, word: int) -> bool:
        """Whether few reports name a place by this word."""
        return self.names.get(word, 1) <= max(RARE_LEAST, RARE_SHARE * self.documents)

    def places_named(self, words: Words) -> Words:
        """The words of a report that name a place in any report and that tell something."""
        known = self._places.get(words)
        if known is None:
            known = frozenset([word for word in words & self.names.keys() if self.weight(word) > 0])
            self._places[words] = known
        return known

    def rare_people(self, people: Words) -> Words:
        """Those of the names of people that few reports hold."""
        if not people:
            return people
        most = max(PERSON_LEAST, PERSON_SHARE * self.documents)
        return frozenset(person for person in people if self.people.get(person, 1) <= most)

    def weight(self, word: int) -> float:
        """The inverse document frequency of a stem; 0 for a common one."""
        return self._weights[word]

    def share(self, first: Words, second: Words) -> float | None:
        """How much of the smaller stretch's rarity the shared words make up, 0 to 1; None where there is none."""
        if not first or not second:
            return None
        mine, all_mine = self._telling.get(first) or self._told(first)
        theirs, all_theirs = self._telling.get(second) or self._told(second)
        least = min(all_mine, all_theirs)
        return fsum(map(self._weights.__getitem__, mine & theirs)) / least if least > 0 else None

    @cached_property
    def _weights(self) -> "_Weights":
        return _Weights(self.documents, self.words, self._most)

    @cached_property
    def _most(self) -> float:
        return max(COMMON_LEAST, COMMON_SHARE * self.documents)

    def _told(self, words: Words) -> tuple[Words, float]:
        """The words that another report may share and that tell something, and the rarity of all words, added up."""
        most, count = self._most, self.words.get
        shareable = frozenset([word for word in words if 1 < count(word, 1) <= most])
        known = self._telling[words] = (shareable, fsum(map(self._weights.__getitem__, words)))
        return known
