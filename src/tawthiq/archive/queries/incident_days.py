"""When incidents are said to have been, and what is claimed of their tolls: counted by period, for histograms."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from tawthiq.archive.models import Incident, IncidentToll


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """All incidents of one period; without days (`first` None), those whose date is open."""

    first: date | None
    last: date | None
    incidents: int


@dataclass(frozen=True, slots=True)
class TollCount:
    """All incidents of one period of which a number is claimed: the sums of the lowest and of the highest claims.

    `open` counts those where some claim leaves the number open above.
    """

    first: date
    last: date
    incidents: int
    lowest: int
    highest: int
    open: int


def periods(incidents: QuerySet[Incident]) -> list[PeriodCount]:
    """How many incidents there are of each period, in its order."""
    rows = incidents.order_by().values("first", "last").annotate(told=Count("pk")).values_list("first", "last", "told")
    return [PeriodCount(first, last or first, told) for first, last, told in rows]


def tolls(among: QuerySet[IncidentToll], harm: str) -> list[TollCount]:
    """What is claimed of one harm in each period, among some tolls."""
    found = (
        among.filter(harm=harm, incident__first__isnull=False)
        .order_by()
        .values("incident__first", "incident__last")
        .annotate(
            told=Count("pk"), lowest=Sum("minimum"), highest=Sum("maximum"), above=Count("pk", filter=Q(open=True))
        )
    )
    return [
        TollCount(
            first, row["incident__last"] or first,
            row["told"], row["lowest"], row["highest"], row["above"],
        )
        for row in found
        if (first := row["incident__first"]) is not None
    ]  # fmt: skip
