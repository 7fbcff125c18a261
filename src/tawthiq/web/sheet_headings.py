"""Blocks of a report's text parted where a sheet of its document begins, so that each sheet can bear its number.

Pure. A page that is no document of sheets is left as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol, TypeVar

from tawthiq.records.span import Span
from tawthiq.web.highlighting import Stretch


class HasPlace(Protocol):
    """The part of a sheet's row that is needed: where its text begins and ends."""

    start: int
    end: int


Placed = TypeVar("Placed", bound=HasPlace)


def at_sheets(stretches: Iterable[Stretch], sheets: Sequence[Placed]) -> Iterator[tuple[Stretch, Placed | None]]:
    """The stretches cut where sheets with text begin, each with the sheet that begins there, if one does."""
    begins = {sheet.start: sheet for sheet in sheets if sheet.end > sheet.start}
    for stretch in stretches:
        span = stretch.span
        inside = [start for start in sorted(begins) if span.start < start < span.end]
        edges = [span.start, *inside, span.end]
        for start, end in pairwise(edges):
            yield replace(stretch, span=Span(start, end)), begins.get(start)
