"""The chip that says to whom a row of a list is given; `given` is what casework.queries.assignments.assigned_of found."""

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tawthiq.casework.models import Assignment

register = template.Library()


@register.simple_tag
def given_mark(given: Mapping[str, Assignment], kind: str, key: object) -> SafeString | str:
    """The chip of the subject "kind:key"; nothing for one that is nobody's: {% given_mark given "incident" number %}."""
    row = given.get(f"{kind}:{key}") if given else None
    return (
        format_html('<span class="chip assigned">{} <bdi>{}</bdi></span>', _("Given to:"), row.user.name) if row else ""
    )
