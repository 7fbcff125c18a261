"""Places of events as linking compares them: the telling words of their names, and their gazetteer entry.

Words that say what sort of place it is, or where in it (lexicon tables "place_generic"), do not tell places apart.
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from tawthiq.lexicon.tables import load
from tawthiq.linking.sounds import consonants
from tawthiq.linking.wording import folded_words, stem_number, word_number
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.text.folding import fold

CONSONANTS = 3
APART = 1 << 32  # numbers of words lie below
WIDE = {PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.GOVERNORATE, PlaceKind.COUNTRYSIDE, PlaceKind.DISTRICT}


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of an event: the telling words of its names, its gazetteer entry's code, coordinates and parent.

    `words` are numbers of stems, as they stand in the wording of a report, neighbours also written as one word; `sounds`
    numbers of the consonants of the words, by which names meet across scripts, apart from all numbers of words.
    """

    words: frozenset[int]
    sounds: frozenset[int]
    code: str | None
    parent: str | None
    latitude: float | None
    longitude: float | None
    population: int
    wide: bool
    shown: str


def place_view(mention: PlaceMention) -> PlaceView:
    """The place as linking compares it."""
    return _view(mention.mention.text, mention.kind, mention.resolved)


@lru_cache(maxsize=1 << 14)
def _view(text: str, kind: PlaceKind | None, place: Place | None) -> PlaceView:
    names = [text, *((place.name, place.name_en) if place else ())]
    words = {word for name in names for word in _name_words(name)}
    return PlaceView(
        words=frozenset(map(stem_number, words)),
        sounds=frozenset(number for word in words if (number := _sound(word)) is not None),
        code=place.code if place else None,
        parent=place.parent if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        population=place.population if place else 0,
        wide=(place.kind if place else kind) in WIDE,
        shown=place.name if place else text,
    )


@cache
def _generic() -> frozenset[str]:
    """Folded words, with and without their article, that say what sort of place a name means, never which."""
    rows = [*load("ar/place_generic", ("word",)), *load("en/place_generic", ("word",))]
    forms = [fold(word) for row in rows for word in row.alternatives("word")]
    return frozenset([*forms, *map(without_article, forms)])


@lru_cache(maxsize=1 << 16)
def _name_words(name: str) -> tuple[str, ...]:
    """The telling words of a place name, prefixes and article left off, and neighbours written as one word.

    Sorts of place and directions do not tell; "كفر ناها" and "كفرناها" (Kafr Naha, written apart and together) meet.
    """
    bare = [without_article(word) for word in folded_words(name)]
    words = [word for word in bare if len(word) > 1 and not _is_generic(word)]
    return (*words, *(first + second for first, second in pairwise(words)))


@lru_cache(maxsize=1 << 16)
def _sound(word: str) -> int | None:
    """The number of a word's consonants; None where they are too few to tell names apart."""
    heard = consonants(word)
    return APART + word_number(heard) if len(heard) >= CONSONANTS else None


def _is_generic(word: str) -> bool:
    """Whether the word, or what follows an article, preposition or conjunction written onto it, says only a sort of place."""
    forms = (word, word.removeprefix("ال"), without_article(word[1:]) if word[0] in "بلو" else word)
    return any(form in _generic() for form in forms)


@lru_cache(maxsize=1 << 16)
def without_article(word: str) -> str:
    """The word without the Arabic article and a preposition or conjunction written onto that."""
    for prefix in ("وال", "بال", "كال", "فال", "ال", "لل"):
        if word.startswith(prefix) and len(word) - len(prefix) > 2:
            return word[len(prefix) :]
    return word
