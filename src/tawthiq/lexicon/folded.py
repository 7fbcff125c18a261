"""Keys of names: folded words without the article, for finding one name under its spellings.

Folding for keys of vocabulary follows text/folding.py in small (the lexicon stands below `text` and may not import it):
hamza carriers, taa marbuta, alef maqsura, Latin diacritics and apostrophes; romanisations of one name that differ in how
long vowels, doubled letters, "gh" and "q" are written share a key. Keys are never shown.
"""

import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ئ": "ي", "ة": "ه", "ؤ": "و", "ک": "ك", "گ": "ك",
    "ـ": None, "'": None, "’": None, "‘": None, "`": None, "ʿ": None, "ʾ": None,
})  # fmt: skip
_ROMANISED = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("gh", "g"), ("q", "k"), ("o", "u"), ("y", "i"))
_LATIN_ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "at", "az", "an", "ad", "the"})


@lru_cache(maxsize=65_536)
def word_key(word: str) -> str:
    """The key of one word; the Arabic article is dropped where at least three letters remain, final "ه" after "ا" kept."""
    folded = word.translate(_LETTERS).lower()
    if not folded.isascii():
        folded = "".join(part for part in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(part))
    if folded.startswith("ال") and len(folded) > 4:
        return folded[2:]
    return _spelled(folded) if folded.isascii() else folded


def _spelled(word: str) -> str:
    """A Latin word as its commonest romanisations agree: "Yarmouk" and "Yarmuk", "Raqqa" and "Raqa", "Ghouta" and "Gouta"."""
    for written, kept in _ROMANISED:
        word = word.replace(written, kept)
    single = "".join(letter for letter, before in zip(word, "\0" + word, strict=False) if letter != before)
    return single[:-2] + "a" if len(single) > 4 and single.endswith(("ah", "eh")) else single


def is_definite(word: str) -> bool:
    """Whether a word's key leaves out an Arabic article that the word bears."""
    return word[:1] in "اأإآٱ" and word[1:2] == "ل" and len(word_key(word)) < len(word.translate(_LETTERS))


@lru_cache(maxsize=65_536)
def name_words(name: str) -> tuple[str, ...]:
    """The keys of a name's words, Latin articles dropped unless nothing else is left."""
    words = [word_key(word) for word in name.replace("-", " ").split()]
    kept = tuple(word for word in words if word and word not in _LATIN_ARTICLES)
    return kept or tuple(words)


def name_key(name: str) -> str:
    """The key of a whole name."""
    return "".join(name_words(name))
