"""How rare a name is among the records compared: the fewer share it, the more it says when two records do.

A word is numbered so that its number carries its rarity in bits (minus the logarithm to base 2 of its share): DuckDB then adds
up what two rows of words have in common without a second table. Shares are those of the records, drawn towards
lexicon/data/person_frequencies.tsv as if `BACKGROUND` more names had been counted: a short list cannot tell which are common.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.linking.people.names import name_words
from tawthiq.records.person import NamePart

BACKGROUND = 2000
UNKNOWN_SHARE = 0.0005
"""The share of a name that no table has: one in two thousand."""
STEP = 32
"""Parts of a bit that a number keeps."""
ROOM = 1024
"""A number modulo this is the rarity in steps."""


def rarities(words: Iterable[str], shares: Mapping[str, float], records: int) -> dict[str, int]:
    """The number of each word, by the records it stands in: `words` holds a word once for each of them."""
    counted = Counter(words)
    total = records + BACKGROUND
    return {
        word: place * ROOM + _steps((counted[word] + BACKGROUND * shares.get(word, UNKNOWN_SHARE)) / total)
        for place, word in enumerate(sorted(counted))
    }


def _steps(share: float) -> int:
    return min(ROOM - 1, max(0, round(-math.log2(min(share, 1.0)) * STEP)))


@cache
def common_shares() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Shares of common names by form, and added up by sound (records.person.NameWord)."""
    forms: dict[str, float] = {}
    sounds: dict[str, float] = {}
    for row in load("person_frequencies", ("name", "per_thousand")):
        for word in name_words(row["name"]):
            if word.part is not NamePart.KUNYA:
                forms[word.form] = float(row["per_thousand"]) / 1000
                sounds[word.sound] = max(sounds.get(word.sound, 0.0), forms[word.form])
    return forms, sounds
