"""The mark of a restricted item: `{% load access %}{% restricted_mark capture.identifier %}`, where the view noted the item."""

from typing import Any

from django import template

from tawthiq.web.access.marks import restricted_to

register = template.Library()


@register.inclusion_tag("access/_mark.html", takes_context=True)
def restricted_mark(context: dict[str, Any], identifier: str) -> dict[str, object]:
    """Says which groups see the item; nothing for one that everybody at the desk sees."""
    return {"groups": restricted_to(context["request"], identifier)}
