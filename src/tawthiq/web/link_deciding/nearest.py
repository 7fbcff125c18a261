"""Other incidents that may be the same occurrence as one: near in time, and by place, act or words of the place."""

from datetime import timedelta
from math import cos, hypot, radians

from django.db.models import Q, QuerySet

from tawthiq.archive.models import Incident

DAYS = 4  # days between two incidents that may still be one
DEGREES = 0.35  # some forty kilometres
MOST = 6
_LOOKED_AT = 300
_KILOMETRES = 111.0  # of one degree of latitude


def nearest(incident: Incident, seen: QuerySet[Incident]) -> list[Incident]:
    """At most `MOST` other incidents of those in `seen`, the likeliest first; one query."""
    others = seen.exclude(number=incident.number)
    if incident.first is not None and incident.last is not None:
        within = Q(first__lte=incident.last + timedelta(DAYS), last__gte=incident.first - timedelta(DAYS))
        others = others.filter(within | Q(first=None, place=incident.place, act=incident.act))
    else:
        others = others.filter(place=incident.place, act=incident.act)
    if incident.latitude is not None and incident.longitude is not None:
        north, east = incident.latitude, incident.longitude
        box = Q(latitude__range=(north - DEGREES, north + DEGREES), longitude__range=(east - DEGREES, east + DEGREES))
        others = others.filter(box | Q(latitude=None))
    ordered = others.order_by("-report_count", "number")[:_LOOKED_AT]
    return sorted(ordered, key=lambda other: (_unlikeness(incident, other), other.number))[:MOST]


def _unlikeness(one: Incident, other: Incident) -> float:
    """Days and distance between two incidents, and whether their acts and places are called otherwise: 0 for none."""
    days = 1.0
    if one.first and one.last and other.first and other.last:
        days = max(0, (other.first - one.last).days, (one.first - other.last).days)
    place = 0.0 if one.place and one.place == other.place else 1.0
    return days + place * (1 + _kilometres(one, other) / 10) + (one.act != other.act)


def _kilometres(one: Incident, other: Incident) -> float:
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return 10.0
    north = one.latitude - other.latitude
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return _KILOMETRES * hypot(north, east)
