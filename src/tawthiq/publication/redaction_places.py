"""Exact places, which nobody outside a team gets of a case about children or sexual violence: what stands for them."""

import re
from collections.abc import Iterable

from tawthiq.lexicon.gazetteer import DEEPEST, gazetteer
from tawthiq.publication.redaction_words import Origins, compared
from tawthiq.records.place import Place, PlaceKind

COARSE = (PlaceKind.GOVERNORATE, PlaceKind.REGION, PlaceKind.COUNTRY)
WITHHELD_AR, WITHHELD_EN = "مكان محجوب", "place withheld"
_LEAST = 3


def coarse(place: Place | None) -> Place | None:
    """The narrowest governorate, region or country that a place lies in, or the place itself if it is one; None if unknown."""
    at = place
    for _ in range(DEEPEST):
        if at is None or at.kind in COARSE:
            return at
        at = gazetteer().of_code(at.parent) if at.parent else None
    return None


class ExactPlaces:
    """The names of exact places, taken out of words that are quoted."""

    def __init__(self, names: Iterable[str]) -> None:
        forms = sorted({compared(name).strip() for name in names}, key=lambda form: (-len(form), form))
        known = [re.escape(form) for form in forms if len(form) >= _LEAST]
        self._pattern = re.compile(rf"(?<!\w)(?:[وفبلك]{{0,2}})({'|'.join(known)})(?!\w)") if known else None

    def replaced(self, text: str) -> tuple[str, int]:
        """The text without the places, and how often one stood there."""
        found = list(self._pattern.finditer(compared(text))) if self._pattern else []
        origins = Origins.of(text) if found else None
        for each in reversed(found):
            assert origins is not None
            start, end = origins.span(each.start(1), each.end(1))
            stand_in = WITHHELD_EN if each[1].isascii() else WITHHELD_AR
            text = f"{text[:start]}[{stand_in}]{text[end:]}"
        return text, len(found)
