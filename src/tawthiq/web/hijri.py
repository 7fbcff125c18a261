"""Hijri days beside Gregorian ones: the calendar of Umm al-Qura, as `text.calendars` has it.

Where the month began by sighting the moon, the day may differ by one; the page of preferences says so.
"""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tawthiq.text.calendars import to_hijri

MONTHS = (
    pgettext_lazy("Hijri month", "Muharram"),
    pgettext_lazy("Hijri month", "Safar"),
    pgettext_lazy("Hijri month", "Rabi I"),
    pgettext_lazy("Hijri month", "Rabi II"),
    pgettext_lazy("Hijri month", "Jumada I"),
    pgettext_lazy("Hijri month", "Jumada II"),
    pgettext_lazy("Hijri month", "Rajab"),
    pgettext_lazy("Hijri month", "Shaaban"),
    pgettext_lazy("Hijri month", "Ramadan"),
    pgettext_lazy("Hijri month", "Shawwal"),
    pgettext_lazy("Hijri month", "Dhu al-Qadah"),
    pgettext_lazy("Hijri month", "Dhu al-Hijjah"),
)


def hijri_day(day: date) -> str:
    """The Hijri day in words of the active language; empty outside the calendar's tables (1924 to 2077)."""
    found = to_hijri(day)
    if found is None:
        return ""
    year, month, number = found
    return _("%(day)s %(month)s %(year)s AH") % {"day": number, "month": MONTHS[month - 1], "year": year}
