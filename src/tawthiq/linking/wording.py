"""The words of reports as numbers: what two stretches of text have in common is counted over these.

Words are compared by stem. A stem's number is taken from its characters (xxHash), so it is the same in every process and in
every archive, and a stretch takes a few bytes a word.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

import xxhash

from tawthiq.text.analysis import stem
from tawthiq.text.folding import fold

SHORTEST = 3  # letters of a word that tells anything
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"#(\w+)")
_REMEMBERED = 1 << 18  # word forms whose number is kept


def folded_words(text: str) -> list[str]:
    """The words and numbers of a text in their comparison form."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=_REMEMBERED)
def word_number(word: str) -> int:
    """The number of a word as it stands, below 2**32."""
    return xxhash.xxh32_intdigest(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=_REMEMBERED)
def stem_number(word: str) -> int:
    """The number of a folded word's stem, below 2**32."""
    return word_number(stem(word))


def stems(words: Iterable[str]) -> frozenset[int]:
    """The numbers of the stems of folded words, very short words left out."""
    return frozenset(map(stem_number, [word for word in words if len(word) >= SHORTEST]))


def hashtags(text: str) -> frozenset[int]:
    """The numbers of the hashtags of a text, the words of each written as one."""
    return frozenset(word_number(fold(tag).replace("_", "")) for tag in _TAG.findall(text))
