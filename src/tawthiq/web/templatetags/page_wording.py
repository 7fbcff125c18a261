"""Filters of the page view: shares as whole percents, and the reasons of zones in the reader's language."""

from math import floor

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tawthiq.web.reasons import reason_in_words

register = template.Library()


@register.filter
def percent(share: float | None) -> int | None:
    """A share of 0 to 1 as a whole percent, rounded down, so that .899 never looks like .9; None stays None."""
    return None if share is None else floor(100 * share + 1e-9)


@register.filter
def reason(text: str) -> str | SafeString:
    """Why a zone is what it is, in the active language; as it was recorded, marked as English, where it has no translation."""
    known = reason_in_words(text)
    return known or format_html('<span lang="en" dir="ltr">{}</span>', text)
