"""Numbers in pictures: grouped as pages write them, in the digits that the reader wishes (SVG is left alone elsewhere)."""

from functools import lru_cache

from django.utils.formats import number_format

from tawthiq.web import labels, wishes
from tawthiq.web.eastern_digits import EASTERN


def shown(number: float) -> str:
    """A number as the active language writes it, in the reader's digits."""
    return digits(_grouped(labels.active_language(), number))


@lru_cache(maxsize=1 << 12)
def _grouped(_language: str, number: float) -> str:
    return number_format(number, force_grouping=True)


def digits(text: str) -> str:
    """Words of the program in the reader's digits."""
    return text.translate(EASTERN) if labels.active_language() == "ar" and wishes.current().eastern else text
