"""Filters of the page view: shares as whole percents, and the reasons of zones in the reader's language."""

from math import floor

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from tawthiq.web.reasons import reason_in_words

register = template.Library()


@register.filter
def hundredths(share: float) -> int:
    """A share of 0 to 1 as whole hundredths, rounded down, so that .899 never looks like .9."""
    return floor(100 * share + 1e-9)


@register.filter
def percent(share: float) -> str:
    """A share of 0 to 1 in words: "76%"."""
    return f"{hundredths(share)}%"


@register.filter
def likelihood(chance: float) -> str:
    """The probability that a model gives, in words: "76%". Never 0% nor 100%, for no model is certain."""
    return f"{min(max(hundredths(chance), 1), 99)}%"


@register.filter
def reason(text: str) -> str | SafeString:
    """Why a zone is what it is, in the active language; as it was recorded, marked as English, where it has no translation."""
    known = reason_in_words(text)
    return known or format_html('<span lang="en" dir="ltr">{}</span>', text)
