"""When a post was made: what the page displays, and a date only where words or an attribute give one in full.

A relative moment ("35w") is never counted back to a day. Words come first, since they are what a reader sees; an
attribute of the same day tells more when it has a clock. Attributes: `datetime` (HTML, time element), the tooltip in
`title`, a label for screen readers, and the seconds since 1970 that older pages of Facebook and Twitter carry.
"""

import re
from dataclasses import replace
from datetime import UTC, datetime

from tawthiq.page.metadata import iso_date
from tawthiq.page.platforms.markup import climb
from tawthiq.page.published import best_date, dates_of_line
from tawthiq.page.tree import Run, Tree
from tawthiq.records.page import DateSource, PageDate

_NUMBERS = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}")  # no full stops: such dates begin with the day
_SECONDS = ("data-utime", "data-time")
_WORDED = ("title", "aria-label")
_EARLIEST, _LATEST = 631_152_000, 4_102_444_800  # 1990 and 2100, as for all dates of metadata


def dates_of(tree: Tree, runs: list[Run], within: int) -> tuple[PageDate | None, PageDate | None]:
    """The full dates of the moment displayed in `runs`: by its words, and by attributes of elements inside `within`."""
    if not runs:
        return None, None
    shown = worded(tree.text[runs[0].start : runs[-1].end], DateSource.VISIBLE)
    return shown, _of_attributes(tree, runs, within)


def better(shown: PageDate | None, told: PageDate | None) -> PageDate | None:
    """The displayed date, unless an attribute alone tells one or adds the clock to the same day."""
    if shown is None or (told and told.day == shown.day and told.clock and not shown.clock):
        return told
    return shown


def worded(words: str, source: DateSource) -> PageDate | None:
    """The full date that words tell, or None."""
    found = best_date(dates_of_line(words, 0, len(words)))
    return replace(found.value, source=source) if found else None


def _of_attributes(tree: Tree, runs: list[Run], within: int) -> PageDate | None:
    """The date in the attributes of the elements around a moment: written out anywhere, before seconds anywhere."""
    around = [tree.elements[index].attributes for run in runs for index in climb(tree, run.element) if index > within]
    counted = (attributes[name] for attributes in around for name in _SECONDS if name in attributes)
    seconds = next((found for found in map(_of_seconds, counted) if found), None)
    for attributes in around:
        if "datetime" in attributes and (found := iso_date(attributes["datetime"])):
            return found
        for name in _WORDED:
            found = worded(attributes[name][:200], DateSource.METADATA) if name in attributes else None
            if found and (_NUMBERS.search(found.text) is None or _agrees(found, seconds)):
                return found
    return seconds


def _agrees(found: PageDate, seconds: PageDate | None) -> bool:
    """Whether the order of day and month in a numeric date is certain: one is past 12, or the seconds tell the same day."""
    if found.day.day > 12:
        return True
    return seconds is not None and abs((found.day - seconds.day).days) <= 1


def _of_seconds(words: str) -> PageDate | None:
    """The moment that seconds since 1970 name, in the zone that they are counted in."""
    if not words.isascii() or not words.isdigit() or not _EARLIEST <= int(words[:12]) <= _LATEST:
        return None
    moment = datetime.fromtimestamp(int(words), UTC)
    return PageDate(moment.date(), moment.time(), "UTC", DateSource.METADATA, words)
