"""Filters by which templates put codes, numbers and addresses into words; a builtin of every template."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from tawthiq.archive.models import Claim, Event, EventPlace, Incident
from tawthiq.web import labels, term_help, wishes
from tawthiq.web.counted import TWO, counted
from tawthiq.web.hijri import hijri_day

register = template.Library()


@register.filter
def label(code: str, kind: str) -> str:
    """The label of a code: {{ event.act|label:"act" }}."""
    return labels.label(kind, code)


@register.inclusion_tag("_term_help.html", name="term_help", takes_context=True)
def help_beside(context: template.Context, kind: str, code: str) -> dict[str, str]:
    """A question mark that unfolds what a code means, where the page shows it first: {% term_help "act" event.act %}.

    No script; not inside a paragraph. Nothing where the page has explained it already.
    """
    page = context.dicts[0]  # the one that included parts of the page share with it
    told = f"{kind} {code} is explained"
    sentence = "" if told in page else term_help.sentence(kind, code)
    page[told] = True
    return {"term": labels.label(kind, code), "sentence": sentence}


@register.filter
def acts(events: Iterable[Event]) -> list[str]:
    """The different acts of a report's events, in text order."""
    return list(dict.fromkeys(event.act for event in events))


@register.filter
def actor(code: str) -> str:
    """A party's neutral name in the active language."""
    return labels.actor_name(code)


@register.filter
def toll(count: object) -> str:
    """The number of a count or claim, in words that keep what is open: "at least 12", "12–15"."""
    return _numbers(count, "all")


@register.filter
def claimed(claim: Claim) -> str:
    """A claim's number with who was harmed: "5 civilians"; a subset says so: "of them 2 children"."""
    number = _numbers(claim, claim.group)
    return _("of them %(number)s") % {"number": number} if claim.part_of else number


def _numbers(count: object, group: str) -> str:
    """The number or range of a count, counted in people of the group."""
    minimum: int | None = getattr(count, "minimum", None)
    maximum: int | None = getattr(count, "maximum", None)
    if minimum is None:
        if maximum is None:
            return _("number not stated")
        return _("at most %(number)s") % {"number": counted(maximum, group)}
    if maximum is None:
        return _("at least %(number)s") % {"number": counted(minimum, group)}
    if minimum == maximum:
        return counted(minimum, group)
    if group != "all" and maximum <= TWO:  # where the noun alone is the number, it cannot end a range
        return f"{_numbers(count, 'all')} ({labels.label('group', group)})"
    return _("%(low)s to %(high)s") % {"low": number_format(minimum), "high": counted(maximum, group)}


@register.filter
def claim_label(claim: Claim) -> str:
    """What a claim says, in words: a number, days, a time of day, a place, a party, an act."""
    if claim.harm:
        return claimed(claim)
    if claim.slot == "when":
        return period(claim) or claim.text
    if claim.slot == "hour":
        return _hour(claim)
    if claim.slot == "who":
        name = claim.text if claim.code == "other" else labels.actor_name(claim.code)
        return _("%(name)s, with reserve") % {"name": name} if claim.hedged else name
    return labels.label("act", claim.code) if claim.slot == "how" else claim.shown


def _hour(claim: Claim) -> str:
    """A time of day in its words, with the clock times that they can mean."""
    stretches = [stretch.split("-") for stretch in claim.code.split(",") if stretch]
    clock = " / ".join(first if first == last else f"{first}–{last}" for first, last in stretches)
    return f"{claim.text} ({clock})" if clock else claim.text


@register.filter
def day(value: date | None) -> str:
    """A day in words, with the Hijri day behind it for who wishes so; made once: pages of incidents repeat few days often."""
    if not value:
        return ""
    only_day = value.date() if isinstance(value, datetime) else value
    return _day(labels.active_language(), only_day, wishes.current().hijri)


@register.filter
def moment(value: datetime | None) -> str:
    """A day with the time of day in UTC, in words; the Hijri day behind it for who wishes so."""
    if not value:
        return ""
    hijri = hijri_day(value.date()) if wishes.current().hijri else ""
    shown = date_format(value, "DATETIME_FORMAT")
    return _("%(day)s (%(hijri)s)") % {"day": shown, "hijri": hijri} if hijri else shown


@lru_cache(maxsize=1 << 12)
def _day(_language: str, value: date, with_hijri: bool) -> str:
    shown = date_format(value, "DATE_FORMAT")
    hijri = hijri_day(value) if with_hijri else ""
    return _("%(day)s (%(hijri)s)") % {"day": shown, "hijri": hijri} if hijri else shown


@register.filter
def iso(value: date | None) -> str:
    """A day as the attribute `datetime` holds it."""
    return value.isoformat() if value else ""


@register.filter
def direction(language: str) -> str:
    """The writing direction of a language code."""
    return "rtl" if language in ("ar", "fa", "ku", "ckb", "he", "ur", "ps", "sd") else "ltr"


@register.filter
def period(row: Event | Incident | Claim) -> str:
    """The days a time expression resolved to, no finer than it was stated; empty when it stays open."""
    if row.first is None or row.last is None:
        return ""
    precision = getattr(row, "precision", "")
    if precision == "year":
        return date_format(row.first, "Y")
    if precision == "month":
        return date_format(row.first, "YEAR_MONTH_FORMAT")
    if row.first == row.last:
        return day(row.first)
    return _("%(first)s to %(last)s") % {"first": day(row.first), "last": day(row.last)}


@register.filter
def place_name(place: EventPlace) -> str:
    """The gazetteer's name of a resolved place in the active language; empty while it is open."""
    if not place.code:
        return ""
    return (place.name_en or place.name) if labels.active_language() == "en" else place.name
