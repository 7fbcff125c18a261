"""Labels of the authority's codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDINGS: dict[str, Promise] = {
    "name": _("name"),
    "part": _("part of the party"),
    "loaded": _("loaded wording"),
    "common": _("also a common word"),
}
PLACE_KINDS: dict[str, Promise] = {
    "village": _("village"),
    "town": _("town"),
    "city": _("city"),
    "neighbourhood": _("neighbourhood"),
    "camp": _("camp"),
    "district": _("district"),
    "governorate": _("governorate"),
    "region": _("region"),
    "countryside": _("countryside"),
    "country": _("country"),
    "facility": _("site"),
    "airport": _("airport"),
    "dam": _("dam"),
    "crossing": _("crossing"),
    "road": _("road"),
    "other": _("another kind of place"),
}
