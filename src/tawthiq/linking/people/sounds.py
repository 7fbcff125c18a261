"""Keys by which names meet across scripts and spellings: "Mohammed" and "محمد"; "Hussein" and "حسين", but not "حسن".

`skeleton` is the row of consonants by the classes of lexicon/data/person_letters.tsv: coarse, one a word, good for finding
candidates. `spellings` is finer: the ways in which Arabic orthography could write the word, with its long vowels (A, W, Y) in
place. An Arabic word has one such spelling, or two where its last letter is ى; a Latin word has several, for romanisations do
not tell long vowels from short ones. Two words sound alike when they share a spelling. The idea of reducing names to classes
of consonants is Soundex's (Russell 1918); that Arabic names differ in their long vowels is why it alone would not do.
"""

import re
from functools import lru_cache
from itertools import islice, product

from tawthiq.linking.people.vocabulary import letter_sounds

MOST_SPELLINGS = 32
"""Spellings kept of one word; a word with more vowels than a name has would have thousands."""
_ARABIC = re.compile(r"[\u0621-\u064a]")
_LONG = {"ا": "A", "و": "W", "ي": "Y"}
_SILENT = frozenset("عء")
_CLUSTERS = {
    "a": ("", "A"), "e": ("", "Y"), "i": ("", "Y"), "o": ("", "W"), "u": ("", "W"), "y": ("Y", ""),
    "aa": ("A",), "ee": ("Y",), "ie": ("Y",), "ei": ("Y",), "ai": ("Y",), "ay": ("Y",), "ey": ("Y",), "ae": ("Y", "A"),
    "oo": ("W",), "ou": ("W", ""), "au": ("W",), "aw": ("W",), "ow": ("W",), "ao": ("W",),
}  # fmt: skip
_OTHER_CLUSTER = ("", "A", "W", "Y", "YA", "AY")
_VOWELS = frozenset("aeiouyw")
_STARTS = {"y": "y", "ي": "y", "w": "w", "و": "w"}


def is_arabic(word: str) -> bool:
    """Whether a word holds a letter of the Arabic script."""
    return _ARABIC.search(word) is not None


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """The consonants of a folded word; a word that begins with a vowel keeps an "a" in its place, and doubled ones are one."""
    sounds = _sounds(word)
    return re.sub(r"(.)\1+", r"\1", "".join(sound for sound, _ in sounds if sound)) or word


@lru_cache(maxsize=1 << 16)
def spellings(word: str) -> tuple[str, ...]:
    """The ways in which the folded word could be written in Arabic, as keys, in order; at most `MOST_SPELLINGS`."""
    slots: list[tuple[str, ...]] = []
    before = ""
    for sound, vowels in _sounds(word):
        if sound and sound != before:
            slots.append((sound,))
        if sound:
            before = sound
        if vowels:
            slots.append(vowels)
            before = ""
    return tuple(dict.fromkeys("".join(parts) for parts in islice(product(*slots), MOST_SPELLINGS))) or (word,)


def _sounds(word: str) -> list[tuple[str, tuple[str, ...]]]:
    """Each consonant class and each slot of vowels in turn; silent ends left off."""
    found = _arabic_sounds(word) if is_arabic(word) else _latin_sounds(word)
    if len(found) > 1 and found[-1][0] == "h":
        found = found[:-1]
    return found


def _arabic_sounds(word: str) -> list[tuple[str, tuple[str, ...]]]:
    found = [_start(word[0])] if word[0] in _STARTS or word[0] in _LONG or word[0] in _SILENT else []
    table = dict(letter_sounds())
    for at, letter in enumerate(word[len(found) :], start=len(found)):
        if letter in _LONG:
            _lengthen(found, _LONG[letter], last=at == len(word) - 1)
        elif letter not in _SILENT:
            found.append((table.get(letter, letter), ()))
    return found


def _lengthen(found: list[tuple[str, tuple[str, ...]]], vowel: str, *, last: bool) -> None:
    """Add a long vowel. A last ي stands for ى, and ي after ا for ئ, which folding does not keep apart; a last ا is written ة
    or ى as well, and a first vowel is short or long in romanisations as they please.
    """
    if vowel == "Y" and found and found[-1][1][:1] == ("A",):
        found[-1] = ("", ("A", "Y", ""))
    else:
        open_end = last and vowel in ("Y", "A")
        begins = len(found) == 1 and found[0][0] == "a"
        found.append(("", (vowel, "") if open_end or begins else (vowel,)))


def _latin_sounds(word: str) -> list[tuple[str, tuple[str, ...]]]:
    found: list[tuple[str, tuple[str, ...]]] = []
    at = 0
    if word[0] in _VOWELS:
        found.append(_start(word[0]))
        at = 1 if word[0] in _STARTS else _cluster_end(word, 0)
    while at < len(word):
        end = _cluster_end(word, at)
        if end > at:
            found.append(("", _vowels(word[at:end], last=end == len(word))))
            at = end
            continue
        letters, sound = next(
            ((letters, sound) for letters, sound in letter_sounds() if word.startswith(letters, at)),
            (word[at], word[at]),
        )
        found.append((sound, ()))
        at += len(letters)
    return found


def _vowels(cluster: str, *, last: bool) -> tuple[str, ...]:
    """What a cluster of Latin vowels may be in Arabic; at the end "i" is long and "a" may be nothing (ة, ى)."""
    if last and cluster in ("i", "y", "ie", "ee"):
        return ("Y",)
    if last and cluster in ("a", "e"):
        return ("", "A")
    return _CLUSTERS.get(cluster, _OTHER_CLUSTER)


def _cluster_end(word: str, at: int) -> int:
    while at < len(word) and word[at] in _VOWELS:
        at += 1
    return at


def _start(letter: str) -> tuple[str, tuple[str, ...]]:
    return _STARTS.get(letter, "a"), ()
