"""Mentions of places by grammar: no name counts as a place merely because a gazetteer holds it.

A place is (a) a type noun with its name ("مدينة", the town of), the name known or not; (b) a known name after a preposition
or a direction; (c) a known name of several words or one that curated tables vouch for; (d) a name that the document has
anchored before. Type nouns of sites (market, hospital) may stand alone.
"""

from tawthiq.lexicon.gazetteer import Gazetteer, gazetteer
from tawthiq.reading.marked import Marked, mark
from tawthiq.reading.names import KnownName, known_names
from tawthiq.reading.place_resolution import resolve
from tawthiq.reading.places_arabic import arabic_spots
from tawthiq.reading.places_english import english_spots
from tawthiq.reading.prepared import Prepared
from tawthiq.reading.spots import Spot
from tawthiq.records.place import PlaceMention
from tawthiq.records.span import Mention

VOCABULARY = (
    "place_blocks",
    "place_cues",
    "act_nouns",
    "act_verbs",
    "clause_links",
    "casualty_harms",
    "casualty_heads",
)


def place_mentions(prepared: Prepared, known: Gazetteer | None = None) -> tuple[PlaceMention, ...]:
    """The places that a document names, in text order, homonyms settled where the text settles them.

    `known` is the gazetteer to look names up in, the embedded one when not given.
    """
    marked = mark(prepared)
    held = known or gazetteer()
    found = known_names(held, marked.tokens)
    names = {at: name for at, name in found.items() if _may_be_name(marked, at, name)}
    spots = arabic_spots(marked, names) if marked.language == "ar" else english_spots(marked, names)
    return resolve([(spot, _mention(marked, spot)) for spot in spots], held)


def _may_be_name(marked: Marked, first: int, name: KnownName) -> bool:
    """Whether no function word goes on the name ("قبل أن", before, is not Qabalan), nor a pack's name holds vocabulary."""
    if name.embedded:
        return marked.language != "ar" or not any(marked.at("place_blocks", at) for at in range(first + 1, name.last))
    return not any(marked.at(table, at) for table in VOCABULARY for at in range(first, name.last))


def _mention(marked: Marked, spot: Spot) -> Mention:
    return Mention.at(marked.text, marked.tokens[spot.first].start, marked.tokens[spot.last - 1].end)
