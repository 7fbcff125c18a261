"""A first, coarse look at a text: whether anything in it is worth the careful look of the matcher.

It goes over the compared form once, in C as far as that goes, and looks at each distinct word and each distinct run of figures
once in a run. It may let through what turns out to tell of nobody, and never holds back what does:
- names and figures are judged by the conditions that the careful look begins with itself;
- a name written as one, spread or amid signs is found by its letters alone. Leaving out everything that is no letter, in the
  text as in what is looked for, keeps together what stood together, so each of its places is one here too.
"""

from collections.abc import Iterable

import ahocorasick

from tawthiq.publication.redaction_names import NameIndex
from tawthiq.publication.redaction_numbers import NumberIndex
from tawthiq.publication.redaction_words import WORD, squeezed

LEAST_LETTERS = 6
"""Letters of a kept word from which on they are looked for alone; fewer stand in any text, and the word is looked for whole."""


class Sieve:
    """What a text must hold at the least before it can tell of anybody. `written` is looked for in the squeezed text."""

    def __init__(self, names: NameIndex, numbers: NumberIndex, written: Iterable[str]) -> None:
        self._names, self._numbers = names, numbers
        by_letters = {key: "".join(WORD.findall(key)) for key in written}
        self._letters = _automaton(letters for letters in by_letters.values() if len(letters) >= LEAST_LETTERS)
        self._whole = _automaton(squeezed(key) for key, letters in by_letters.items() if len(letters) < LEAST_LETTERS)

    def holds(self, form: str) -> bool:
        """Whether a text in its compared form is worth the careful look."""
        words = WORD.findall(form)
        return (
            (bool(self._names) and self._names.may_name(words))
            or _stands_in(self._letters, "".join(words))
            or (bool(self._numbers) and self._numbers.may_tell(form))
            or (len(self._whole) > 0 and _stands_in(self._whole, squeezed(form)))
        )


def _automaton(words: Iterable[str]) -> ahocorasick.Automaton:
    made = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
    for word in words:
        made.add_word(word)
    if len(made) > 0:
        made.make_automaton()
    return made


def _stands_in(automaton: ahocorasick.Automaton, text: str) -> bool:
    return len(automaton) > 0 and next(automaton.iter(text), None) is not None
