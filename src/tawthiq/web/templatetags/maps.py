"""The map of one incident's claims of place, for its page."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from tawthiq.archive.models import Incident, IncidentPlace
from tawthiq.web.mapping.frames import fitted
from tawthiq.web.mapping.layers import layer_shown
from tawthiq.web.mapping.marks import corners, joined_positions, row_mark
from tawthiq.web.mapping.picture import picture
from tawthiq.web.mapping.rows import row_shown

register = template.Library()
NEAREST = 3.0  # degrees of longitude that the map of one incident shows at least


@register.inclusion_tag("map/_incident.html")
def incident_map(incident: Incident) -> dict[str, Any]:
    """The places that sources name for an incident which the person may see: a map of those known, a table of all."""
    told = IncidentPlace.objects.filter(incident=incident.pk).select_related("incident", "claim__report")
    rows = list(told.defer("claim__report__text", "incident__reasons").order_by("order"))
    shown = [row_shown(row) for row in rows]
    marks = [row_mark(row, each.address) for row, each in zip(rows, shown, strict=True) if row.latitude is not None]
    layer = layer_shown()
    drawn = None
    if marks:
        lines = joined_positions([row for row in rows if row.disputed])
        drawn = picture(
            fitted(corners(marks), NEAREST), layer.outlines, marks, title=_("Where sources say that it was"), lines=lines,
            address=lambda cluster, _frame: cluster.spots[0].item.address, bundled=layer.countries,
        )  # fmt: skip
    return {"incident": incident, "rows": shown, "picture": drawn, "layer": layer}
