"""Persons on pages of incidents and cases: `{% load persons %}`, `{% care_banner NUMBER %}`, `{% persons_of NUMBER %}`.

Both show what the person who asks may see, and nothing to who may not work with person files.
"""

from typing import Any

from django import template

from tawthiq.casework.queries.persons import Wanted, persons
from tawthiq.casework.queries.warnings import warnings_of
from tawthiq.casework.rules import may_keep_persons
from tawthiq.web.middleware import sight
from tawthiq.web.persons.shown import shown_persons

MOST = 30
register = template.Library()


@register.inclusion_tag("persons/_care.html", takes_context=True)
def care_banner(context: dict[str, Any], incident: int) -> dict[str, object]:
    """What has to be protected with more care in an incident, as banners; nothing where there is nothing."""
    return {"care": warnings_of([incident], sight(context["request"])).get(incident, frozenset())}


@register.inclusion_tag("persons/_of_incident.html", takes_context=True)
def persons_of(context: dict[str, Any], incident: int) -> dict[str, object]:
    """The persons with a role in an incident, and the way to open a file for another."""
    request = context["request"]
    if not may_keep_persons(request.user):
        return {"allowed": False}
    found = list(persons(sight(request), Wanted(incident=incident))[: MOST + 1])
    rows = []
    for row in shown_persons(found[:MOST], sight(request)):
        here = [role for role in row.roles if role.incident == incident]
        rows.append((row, here))
    return {"allowed": True, "rows": rows, "more": len(found) > MOST, "incident": incident}
