"""The consonants of a place name's words, by which names meet across scripts: "Hawija" and "الحويجة" (al-Hawija).

Letters are put into the classes of lexicon/data/person_letters.tsv; vowels, and what romanisations drop, have no sound.
"""

from functools import cache, lru_cache

from tawthiq.lexicon.tables import load

NO_SOUND = "-"
_FEMININE = "h"  # the ه that taa marbuta (ة) folds to, and the "h" that some romanisations end on


@lru_cache(maxsize=1 << 16)
def consonants(word: str) -> str:
    """The classes of the consonants of a folded word, doubled ones once."""
    found: list[str] = []
    at = 0
    while at < len(word):
        length = next((size for size in (3, 2, 1) if word[at : at + size] in _sounds()), 0)
        sound = _sounds()[word[at : at + length]] if length else NO_SOUND
        if sound != NO_SOUND and (not found or found[-1] != sound):
            found.append(sound)
        at += length or 1
    return "".join(found[:-1] if len(found) > 1 and found[-1] == _FEMININE else found)


@cache
def _sounds() -> dict[str, str]:
    return {row["letters"]: row["sound"] for row in load("person_letters", ("letters", "sound"))}
