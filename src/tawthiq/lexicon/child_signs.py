"""Whether the naming of a victim tells of a child: by a word for a child, or by an age below eighteen.

Tables: LANGUAGE/child_signs.tsv. A sign is a reason to look and to protect, never a finding about a person.
"""

import re
from functools import cache
from itertools import pairwise

from tawthiq.lexicon.folded import word_key
from tawthiq.lexicon.tables import load

ADULT = 18
COLUMNS = ("word", "sign", "gloss")
LANGUAGES = ("ar", "en")
_AND = "و"  # wa- (and), written together with the next word
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def tells_of_child(words: str) -> bool:
    """Whether words that name a victim tell of somebody below eighteen, in Arabic or English; any digits."""
    found = [word_key(word) for word in _WORDS.findall(words)]
    if any(form in _signs("word") for word in found for form in (word, word.removeprefix(_AND))):
        return True
    beside = any(_is_age(one, other) or _is_age(other, one) for one, other in pairwise(found))
    return beside or any(map(_age_in_one, found))


def _is_age(number: str, beside: str) -> bool:
    return number.isdecimal() and len(number) < 3 and int(number) < ADULT and beside in _signs("age")


def _age_in_one(word: str) -> bool:
    """ "9-year-old" as one word."""
    number, _, rest = word.partition("-")
    return bool(rest) and _is_age(number, rest)


@cache
def _signs(kind: str) -> frozenset[str]:
    rows = [row for language in LANGUAGES for row in load(f"{language}/child_signs", COLUMNS)]
    words = [word for row in rows if row["sign"] == kind for word in row.alternatives("word")]
    return frozenset(word_key(part) for word in words for part in ((word,) if "-" in word else word.split()))
