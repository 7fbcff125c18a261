"""Whether a picture is shown now: to who wishes pictures at once, and where the person has just asked for this one.

A picture that is not shown is not in the page at all: its bytes are fetched only when somebody asks, and nothing flashes.
"""

from typing import Any

from django import template

from tawthiq.web import wishes

register = template.Library()
ALL = "all"


@register.simple_tag(takes_context=True)
def is_shown(context: dict[str, Any], name: str) -> bool:
    """Whether the medium of this name is to be shown: `{% is_shown "picture-0" as shown %}`."""
    if wishes.current().show_media:
        return True
    request = context.get("request")
    asked = request.GET.getlist("media") if request is not None else []
    return name in asked or ALL in asked
