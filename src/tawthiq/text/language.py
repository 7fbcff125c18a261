"""Which language a text is in, by the script of most of its letters and by function words.

Owns one question, answered with a BCP 47 code ("ar", "en", "fa", "ckb", "ku", "tr", ...; "und" when no letter tells).
Vocabulary: lexicon/data/languages.tsv. A mixed text is in the language of the script that most of its letters have; among
the languages of one script, words count most and letters that the script's first language lacks count next.
"""

from collections import Counter
from functools import cache, lru_cache

import regex

from tawthiq.lexicon.tables import Row, load

UNDETERMINED = "und"
_SAMPLE = 20_000  # code points; more of a text does not change the answer
_WORDS = 600
# Share of own letters below which they are a name, or another keyboard: Persian and Kurdish have over a tenth.
_FOREIGN = 0.03
_SCRIPTS = {
    "arabic": ("Arabic",), "latin": ("Latin",), "hebrew": ("Hebrew",), "cyrillic": ("Cyrillic",), "greek": ("Greek",),
    "han": ("Han", "Hiragana", "Katakana"), "hangul": ("Hangul",), "armenian": ("Armenian",), "georgian": ("Georgian",),
    "devanagari": ("Devanagari",), "syriac": ("Syriac",),
}  # fmt: skip
_LETTERS = {
    script: regex.compile(r"[\p{L}&&[" + "".join(rf"\p{{Script={name}}}" for name in names) + "]]", regex.V1)
    for script, names in _SCRIPTS.items()
}
_WORD = regex.compile(r"[\p{L}\p{M}\u200c]+")


@cache
def _rows(script: str) -> tuple[Row, ...]:
    rows = load("languages", ("language", "script", "letters", "words"))
    return tuple(row for row in rows if row["script"] == script)


@cache
def _marks(script: str) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """Language, own letters and function words of each language written in `script`, the default one first."""
    return tuple(
        (row["language"], frozenset(row.alternatives("letters")), frozenset(row.alternatives("words")))
        for row in _rows(script)
    )


@lru_cache(maxsize=1 << 12)
def _script(character: str) -> str | None:
    """The script of a letter; None for everything else, and for letters of scripts not told apart here."""
    return next((script for script, pattern in _LETTERS.items() if pattern.match(character)), None)


def language(text: str) -> str:
    """The language of `text`: "ar" or "en" for the texts this project reads, other codes for those it only keeps."""
    sample = text[:_SAMPLE]
    counted = Counter(sample)
    letters = dict.fromkeys(_SCRIPTS, 0)
    for character, count in counted.items():
        script = _script(character)
        if script is not None:
            letters[script] += count
    script = max(letters, key=lambda name: letters[name])
    if not letters[script]:
        return UNDETERMINED
    candidates = _marks(script)
    if len(candidates) == 1:
        return candidates[0][0]
    return _among(sample, counted, candidates, letters[script])


def _among(
    sample: str,
    counted: Counter[str],
    candidates: tuple[tuple[str, frozenset[str], frozenset[str]], ...],
    letters: int,
) -> str:
    """The best of several languages of one script; the first listed wins a tie, so that short texts stay with it."""
    words = Counter(map(str.lower, _WORD.findall(sample)[:_WORDS]))
    characters: Counter[str] = Counter()
    for character, count in counted.items():
        for letter in character.lower():
            characters[letter] += count
    total = max(1, words.total())
    best, best_score = candidates[0][0], 0.0
    for code, own_letters, own_words in candidates:
        hits = sum([words[word] for word in words.keys() & own_words])
        share = sum(characters[letter] for letter in own_letters) / letters
        score = hits / total + (min(share * 4, 0.5) if share >= _FOREIGN else 0.0)
        if score > best_score:
            best, best_score = code, score
    return best
