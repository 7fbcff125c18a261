"""Which incidents a map, a time line or a chart shows: those of the list of incidents with the same address, and in sight."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from tawthiq.archive.models import Incident
from tawthiq.casework.queries.visibility import Sight
from tawthiq.web.filters import IncidentForm
from tawthiq.web.middleware import sight
from tawthiq.web.queue.lists import asking_of, incidents_of

_Row = TypeVar("_Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The form of filters, the incidents in sight that it leaves, and the filters as the rest of an address.

    `filtered` says whether any filter narrows them, beside the sight of who asks.
    """

    form: IncidentForm
    rows: QuerySet[Incident]
    query: str
    filtered: bool
    sight: Sight

    def among(self, rows: QuerySet[_Row], field: str = "incident") -> QuerySet[_Row]:
        """Those of some rows whose `field` holds one of these incidents.

        Without a filter only what is hidden is looked for, which is little.
        """
        if self.filtered:
            return rows.filter(**{f"{field}__in": self.rows.order_by().values("pk")})
        return self.sight.by_incident(rows, field)


def narrowed(request: HttpRequest) -> Narrowed:
    """What the address asks for; what is not understood narrows nothing, as in the list."""
    form = IncidentForm(request.GET)
    found = incidents_of(form, asking_of(request))
    given_filters = request.GET.copy()
    for name in [name for name in given_filters if name not in form.fields]:
        given_filters.pop(name)
    rows = found.order_by().prefetch_related(None)
    return Narrowed(form, rows, given_filters.urlencode(), form.has_changed(), sight(request))
