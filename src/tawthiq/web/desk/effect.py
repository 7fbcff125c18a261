"""A decision about a reading takes effect: its one report is read and linked anew at once, or with the next `tawthiq read`."""

from collections.abc import Iterable

from tawthiq.casework.models import ReadingCorrection
from tawthiq.web.correction.effect import Effect
from tawthiq.web.correction.effect import take_effect as read_report
from tawthiq.web.link_deciding.effect import take_effect as link_anew


def take_effect(number: int, rows: Iterable[ReadingCorrection], *, withdrawn: bool = False) -> Effect:
    """What became of an act: nothing is to be read where it only found values right."""
    if not withdrawn and not any(row.changes for row in rows):
        return Effect.DONE
    effect = read_report(number)
    if effect is not Effect.LATER:
        link_anew()
    return effect
