"""Days and stretches of time in the words of the reader, with the Hijri day under time lines for who wishes it."""

from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tawthiq.web.charts.numbers import digits
from tawthiq.web.templatetags.wording import day
from tawthiq.web.timeline.bins import Unit

UNITS: dict[Unit, Promise] = {
    Unit.DAY: pgettext_lazy("stretch", "by day"),
    Unit.WEEK: pgettext_lazy("stretch", "by week"),
    Unit.MONTH: pgettext_lazy("stretch", "by month"),
    Unit.YEAR: pgettext_lazy("stretch", "by year"),
    Unit.DECADE: pgettext_lazy("stretch", "by decade"),
    Unit.CENTURY: pgettext_lazy("stretch", "by century"),
}


def bin_words(first: date, unit: Unit) -> str:
    """A stretch of time in words, by its first day."""
    if unit is Unit.MONTH:
        return date_format(first, "YEAR_MONTH_FORMAT")
    if unit is Unit.WEEK:
        return _("week of %(day)s") % {"day": day(first)}
    if unit is Unit.DAY:
        return day(first)
    if unit is Unit.YEAR:
        return f"{first.year:04d}"
    return _("from %(year)s") % {"year": f"{first.year:04d}"}


def tick_words(first: date) -> str:
    """A day under a line, in short."""
    return digits(date_format(first, "SHORT_DATE_FORMAT"))


def tick(first: date, unit: Unit) -> str:
    """A stretch of time under an axis, in short, by its first day."""
    if unit is Unit.MONTH:
        return digits(date_format(first, "m/Y"))
    return tick_words(first) if unit in (Unit.DAY, Unit.WEEK) else digits(f"{first.year:04d}")
