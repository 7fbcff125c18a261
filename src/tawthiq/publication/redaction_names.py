"""Whose name a text tells: an index over the names of all who are protected, made once for a run.

The rule, written out in docs/redaction.md. A stretch of a text names a person where
- two different parts of the name stand near each other, in any order: given and family name without the father's, the kunya
  and the family. Near is next to each other whatever stands between, or with at most `APART` words between that may be
  parts of a name, and nothing but spaces;
- or one part stands alone that is rare: a word of at least `LEAST_ALONE` letters that no table and no template of this
  program holds (redaction_words.own_words: given names, places, parties, everyday words of reports), or a whole kunya.
Words of two scripts, and romanisations, are compared by `linking.people.sounds`. Common given names alone name nobody.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations
from typing import Protocol

from tawthiq.linking.people.names import sounds_of
from tawthiq.linking.people.sounds import is_arabic, skeleton
from tawthiq.linking.people.vocabulary import links, titles
from tawthiq.publication.redaction_words import (
    LEAST_OF_SOUND,
    WORD,
    Unit,
    compared,
    latin_names,
    own_words,
    spellings_of,
    units,
)
from tawthiq.text.given_names import doubtful_names, given_names

APART = 2
LEAST_ALONE, LEAST_LATIN_ALONE, LEAST_SKELETON = 4, 5, 4
LEAST_OF_ACCOUNT = 3
SEVERAL = -1
"""Stands for a person where a stretch may name several."""
MOST_WORDS = 12
"""Words of one kept string that are taken for a name; a longer one is no name, and is searched for as it is."""
_MOST_BETWEEN = 12
_REMEMBERED = 1 << 17
_AROUND = 4
_PART, _ALONE, _CHILD = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Naming:
    """A stretch of a compared form that names somebody: the person's place in the list, or SEVERAL."""

    start: int
    end: int
    person: int


class Capitals(Protocol):
    """Where capitals stand in the text of a compared form, and whether it has any."""

    @property
    def are_used(self) -> bool:
        """Whether the text has capitals and small letters."""

    def stands_at(self, at: int) -> bool:
        """Whether a capital stands at a place of the compared form."""


@dataclass
class _Words:
    """The words of all names by spelling and by sound; numbers stand for words."""

    by_form: dict[str, int] = field(default_factory=dict)
    by_sound: dict[str, set[int]] = field(default_factory=dict)
    latin_by_sound: dict[str, set[int]] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """The number of a word, given out when it is first met."""
        if key not in self.by_form:
            number = self.by_form[key] = len(self.by_form)
            for sound in _sounds(key):
                self.by_sound.setdefault(sound, set()).add(number)
                if not is_arabic(key.rpartition(":")[2]):
                    self.latin_by_sound.setdefault(sound, set()).add(number)
        return self.by_form[key]

    def of(self, key: str) -> tuple[int, ...]:
        """The numbers of the words that a word of a text may be: the same spelling first, then those that sound alike."""
        exact = self.by_form.get(key)
        found = set() if exact is None else {exact}
        child = key.rpartition(":")[2]
        if len(child) >= LEAST_OF_SOUND:
            table = self.latin_by_sound if is_arabic(child) else self.by_sound
            for sound in _sounds(key):
                found |= table.get(sound, frozenset())
        return tuple(sorted(found))


class NameIndex:
    """The names of the people that an output must not tell, by what stands in texts. `names` holds each person's.

    `accounts` of the team are counted on behind them; a shorter word is enough to tell one.
    """

    def __init__(self, names: Sequence[Iterable[str]], accounts: Sequence[str] = ()) -> None:
        self._words = _Words()
        self._pairs: dict[int, int] = {}
        self._alone: dict[int, int] = {}
        self._harmless = own_words()
        for person, strings in enumerate(names):
            self._take(person, strings)
        for at, account in enumerate(accounts, start=len(names)):
            self._take(at, [account])
            for key in _name_keys(account):
                if len(key) >= LEAST_OF_ACCOUNT and key not in self._harmless:
                    _put(self._alone, self._words.number(key), at)
        self._known: dict[str, tuple[int, ...]] = {}
        self._seen: dict[str, tuple[int, tuple[int, ...]]] = {}
        self._cold: set[str] = set()
        ends = tuple(self._words.by_form)
        self._seconds = frozenset(word for word in _second_words() if any(key.endswith(word) for key in ends))

    def __bool__(self) -> bool:
        return bool(self._words.by_form)

    def namings(self, form: str, capitals: Capitals) -> list[Naming]:
        """The stretches of a compared form that name somebody, in order, none within another.

        Latin words of everyday ("said", also a given name) count only with a capital; in a text that has none, such as the
        name of a file, as they are kept, or as the tables write names ("muhammad-ahmed" at the end of an address).
        """
        told = []
        for start, end in self._stretches(form, WORD.findall(form)):
            found = units(form, start, end)
            numbers = [self._numbers(unit, capitals) for unit in found]
            told += [*self._lone(found, numbers), *self._paired(found, numbers)]
        return _merged(sorted(told, key=lambda each: (each.start, -each.end)))

    def may_name(self, words: Sequence[str]) -> bool:
        """Whether a text with these words (WORD, in order) is worth a closer look; never false where `namings` finds any."""
        return next(self._near(words), None) is not None

    def _stretches(self, form: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
        """The parts of a compared form that are worth a closer look: most hold no two words of names near each other."""
        placed: list[re.Match[str]] = []
        for group in self._near(words):
            placed = placed or list(WORD.finditer(form))
            first, last = max(0, group[0] - _AROUND), min(len(placed) - 1, group[-1] + _AROUND)
            yield placed[first].start(), placed[last].end()

    def _near(self, words: Sequence[str]) -> Iterator[list[int]]:
        """The places of words that may name somebody, in groups; each word that a run meets is looked up once."""
        fresh = set(words).difference(self._cold)
        if not fresh:
            return
        seen = {word: self._seen_as(word) for word in fresh}
        hot_words = {word for word, (heat, _) in seen.items() if heat}
        if len(self._cold) < _REMEMBERED:
            self._cold |= fresh - hot_words
        if not hot_words:
            return
        hot = [at for at, word in enumerate(words) if word in hot_words]
        hot = [at for at in hot if seen[words[at]][0] != _CHILD or _is_led(words, at)]
        for group in _groups(hot):
            heats = [seen[words[at]] for at in group]
            if any(heat in (_ALONE, _CHILD) for heat, _ in heats) or self._may_pair([known for _, known in heats]):
                yield group

    def _may_pair(self, group: list[tuple[int, ...]]) -> bool:
        return any(
            _pair(one, other) in self._pairs
            for at, first in enumerate(group)
            for second in group[at + 1 : at + 1 + _AROUND]
            for one in first
            for other in second
        )

    def _seen_as(self, word: str) -> tuple[int, tuple[int, ...]]:
        """Whether a word of a text may be part of a name, or name somebody by itself or with a link word; as which words."""
        seen = self._seen.get(word)
        if seen is None:
            keys = [key for key, _ in spellings_of(word)]
            numbers = tuple(dict.fromkeys(number for key in keys for number in self._words.of(key)))
            alone = any(self._tells_alone(key) or key in self._seconds for key in keys)
            child = any(self._is_child(key) for key in keys)
            seen = (_ALONE if alone else _PART if numbers else _CHILD if child else 0, numbers)
            if numbers and child and not alone:
                seen = (_ALONE, numbers)
            if len(self._seen) < _REMEMBERED:
                self._seen[word] = seen
        return seen

    def _is_child(self, key: str) -> bool:
        """Whether a word is one that "father of" or "servant of" makes a known word with."""
        made = [f"{parent}{key}" for parent in ("ابو:", "ام:", "عبد" if is_arabic(key) else "abd")]
        return any(self._words.of(each) for each in made)

    def _tells_alone(self, key: str) -> bool:
        return any(number in self._alone and self._is_meant(key, number) for number in self._words.of(key))

    def _take(self, person: int, strings: Iterable[str]) -> None:
        slots: list[dict[int, str]] = []
        for string in strings:
            for key in _name_keys(string):
                number = self._words.number(key)
                slot = next((each for each in slots if _is_same_word(number, key, each)), None)
                if slot is None:
                    slot = {}
                    slots.append(slot)
                slot[number] = key
        for slot in slots:
            for number, key in slot.items():
                if self._is_rare(key):
                    _put(self._alone, number, person)
        for one, other in combinations(slots, 2):
            for first in one:
                for second in other:
                    _put(self._pairs, _pair(first, second), person)

    def _is_rare(self, key: str) -> bool:
        if ":" in key:
            return True
        least = LEAST_ALONE if is_arabic(key) else LEAST_LATIN_ALONE
        return len(key) >= least and key not in self._harmless

    def _numbers(self, unit: Unit, capitals: Capitals) -> tuple[tuple[int, int], ...]:
        """The numbers of the words that a unit may be, each with what the unit leaves off at its front."""
        found: dict[int, int] = {}
        for key, skip in unit.keys:
            known = self._known.get(key)
            if known is None:
                known = self._words.of(key)
                if len(self._known) < _REMEMBERED:
                    self._known[key] = known
            for number in known:
                found.setdefault(number, skip)
        if not found or is_arabic(unit.keys[0][0]) or unit.keys[0][0] not in self._harmless:
            return tuple(found.items())
        if capitals.stands_at(unit.start):
            return tuple(found.items())
        if unit.keys[0][0] in latin_names() and not capitals.are_used:
            return tuple(found.items())
        exact = self._words.by_form.get(unit.keys[0][0])
        return () if capitals.are_used or exact is None else ((exact, 0),)

    def _lone(self, found: list[Unit], numbers: list[tuple[tuple[int, int], ...]]) -> Iterator[Naming]:
        for unit, known in zip(found, numbers, strict=True):
            for number, skip in known:
                person = self._alone.get(number)
                if person is not None and self._gives_away(unit, skip, number):
                    yield Naming(unit.start + skip, unit.end, person)

    def _gives_away(self, unit: Unit, skip: int, number: int) -> bool:
        """Whether a rare word is meant by a unit alone: spelt so, or of so many consonants that a sound alike says enough."""
        key = next(key for key, off in unit.keys if off == skip and number in self._known.get(key, (number,)))
        return self._is_meant(key, number)

    def _is_meant(self, key: str, number: int) -> bool:
        if self._words.by_form.get(key) == number:
            return True
        child = key.rpartition(":")[2]
        return child not in self._harmless and len(skeleton(child)) >= LEAST_SKELETON

    def _paired(self, found: list[Unit], numbers: list[tuple[tuple[int, int], ...]]) -> Iterator[Naming]:
        for at, known in enumerate(numbers):
            if not known:
                continue
            for to in range(at + 1, min(at + APART + 2, len(found))):
                if not _may_be_one(found, at, to, self._harmless):
                    break
                for first, skip in known:
                    for second, _ in numbers[to]:
                        person = self._pairs.get(_pair(first, second))
                        if person is not None:
                            yield Naming(found[at].start + skip, found[to].end, person)


def _is_led(words: Sequence[str], at: int) -> bool:
    """Whether "father of" or "servant of" stands before a word, maybe written onto another, with an article between."""
    uses = {links().get(each) or links().get(each[1:]) for each in words[max(0, at - 2) : at]}
    return not uses.isdisjoint(("kunya", "servant"))


def _second_words() -> Iterator[str]:
    """The words that are one with the word before them: "الدين" of "صلاح الدين"."""
    for word, use in links().items():
        if use == "second":
            yield from (key for key, _ in spellings_of(word))


def _groups(places: list[int]) -> list[list[int]]:
    """Places in groups of those that lie near each other, link words between them counted in."""
    found: list[list[int]] = []
    for place in places:
        if found and place - found[-1][-1] <= _AROUND * 2:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _name_keys(string: str) -> list[str]:
    """The words of a kept name, without titles unless nothing else is there."""
    keys = [key for unit in units(compared(string))[:MOST_WORDS] for key in _whole(unit)]
    known = titles()
    return [key for key in keys if key not in known] or keys


def _whole(unit: Unit) -> list[str]:
    """The spellings of a unit of a kept name: with nothing left off but its article."""
    own = [key for key, skip in unit.keys if not skip]
    if is_arabic(own[0]):
        return [min(own, key=len)]
    return own[:1] + [key for key in own[1:] if own[0].endswith(key)]


def _is_same_word(number: int, key: str, slot: Mapping[int, str]) -> bool:
    """Whether a word is one of a slot's in another spelling or script."""
    if number in slot:
        return True
    sounds = set(_sounds(key))
    return any(
        not sounds.isdisjoint(_sounds(other)) for other in slot.values() if not (is_arabic(key) and is_arabic(other))
    )


@lru_cache(_REMEMBERED)
def _sounds(key: str) -> tuple[str, ...]:
    parent, colon, child = key.rpartition(":")
    return tuple(f"{parent}{colon}{sound}" for sound in sounds_of(child))


def _pair(first: int, second: int) -> int:
    return (min(first, second) << 32) | max(first, second)


def _put(table: dict[int, int], key: int, person: int) -> None:
    if table.setdefault(key, person) != person:
        table[key] = SEVERAL


def _may_be_one(found: list[Unit], at: int, to: int, harmless: frozenset[str]) -> bool:
    """Whether two units may be parts of one name, by what stands between them."""
    if to == at + 1:
        between = found[to].between
        return len(between) <= _MOST_BETWEEN and "\ufffd" not in between
    if any(found[each].between.strip(" \n\u00a0-_.") for each in range(at + 1, to + 1)):
        return False
    if any(found[each].conjunct for each in range(at + 1, to + 1)):
        return False
    given = given_names() | doubtful_names()
    return all(
        any(key in given for key, _ in found[each].keys) or not any(key in harmless for key, _ in found[each].keys)
        for each in range(at + 1, to)
    )


def _merged(told: list[Naming]) -> list[Naming]:
    """Stretches that overlap as one; it names whom most of them name, SEVERAL where that is not one person."""
    found: list[tuple[int, int, Counter[int]]] = []
    for each in told:
        if found and each.start < found[-1][1]:
            start, end, persons = found.pop()
            found.append((start, max(end, each.end), persons + Counter([each.person])))
        else:
            found.append((each.start, each.end, Counter([each.person])))
    return [Naming(start, end, _most(persons)) for start, end, persons in found]


def _most(persons: Counter[int]) -> int:
    known = [(times, person) for person, times in persons.items() if person != SEVERAL]
    best = max(known, default=(0, SEVERAL))
    return best[1] if sum(times == best[0] for times, _ in known) == 1 else SEVERAL
