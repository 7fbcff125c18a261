"""Where incidents are said to have been: places with how many incidents each, and the rows behind them."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from tawthiq.archive.models import Incident, IncidentPlace

Box = tuple[float, float, float, float]  # west, south, east, north in degrees; east may lie beyond 180
MOST_PLACES = 6_000


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """One place, how many incidents are said to have been there, and the lowest of their numbers."""

    code: str
    kind: str
    name: str
    name_en: str
    latitude: float
    longitude: float
    incidents: int
    first: int
    disputed: int


def placed(rows: QuerySet[IncidentPlace], box: Box | None = None, code: str = "") -> QuerySet[IncidentPlace]:
    """Those of some places of incidents that can stand on a map, in a box, or of one code."""
    rows = rows.filter(latitude__isnull=False, longitude__isnull=False)
    if code:
        rows = rows.filter(code=code)
    return rows.filter(_inside(box)) if box else rows


def _inside(box: Box) -> Q:
    west, south, east, north = box
    inside = Q(latitude__gte=south, latitude__lte=north)
    if east - west >= 360:
        return inside
    around = Q()
    for turn in (-360, 0, 360):  # the same place on each turn of the world
        around |= Q(longitude__gte=west + turn, longitude__lte=east + turn)
    return inside & around


def place_counts(rows: QuerySet[IncidentPlace]) -> list[PlaceCount]:
    """The places among some rows, those of most incidents first, at most `MOST_PLACES`."""
    columns = ("code", "kind", "name", "name_en", "latitude", "longitude")
    found = (
        rows.order_by("latitude", "longitude", "code", "kind")
        .values(*columns)
        .annotate(told=Count("incident"), earliest=Min("incident"), contrary=Count("incident", filter=Q(disputed=True)))
        .values_list(*columns, "told", "earliest", "contrary")
    )
    return sorted((PlaceCount(*row) for row in found), key=lambda place: (-place.incidents, place.code))[:MOST_PLACES]


def unplaced(incidents: QuerySet[Incident]) -> QuerySet[Incident]:
    """Those of some incidents that no map can show: nobody names a place, or none that is known."""
    known = IncidentPlace.objects.filter(incident=OuterRef("pk"), latitude__isnull=False, longitude__isnull=False)
    return incidents.filter(~Exists(known))


def disputed_places(rows: QuerySet[IncidentPlace], most: int) -> list[IncidentPlace]:
    """All places of the incidents among some rows whose sources contradict each other about the place."""
    contrary = rows.filter(disputed=True).order_by().values("incident")
    found = IncidentPlace.objects.filter(incident__in=contrary, disputed=True, latitude__isnull=False)
    return list(found.order_by("incident_id", "order")[:most])
