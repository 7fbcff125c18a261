"""Which incidents a map, a time line or a chart shows: those of the list of incidents with the same address, and in sight."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from tawthiq.archive.models import Incident
from tawthiq.web.filters import IncidentForm
from tawthiq.web.middleware import sight
from tawthiq.web.queue.lists import asking_of, incidents_of


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The form of filters, the incidents in sight that it leaves, and the filters as the rest of an address.

    `everything` says that neither filters nor sight leave any incident out, so that none need be looked for.
    """

    form: IncidentForm
    rows: QuerySet[Incident]
    query: str
    everything: bool


def narrowed(request: HttpRequest) -> Narrowed:
    """What the address asks for; what is not understood narrows nothing, as in the list."""
    form = IncidentForm(request.GET)
    found = incidents_of(form, asking_of(request))
    given_filters = request.GET.copy()
    for name in [name for name in given_filters if name not in form.fields]:
        given_filters.pop(name)
    seen = sight(request)
    rows = seen.incidents(found.order_by().prefetch_related(None))
    return Narrowed(form, rows, given_filters.urlencode(), seen.sees_all and not form.has_changed())
