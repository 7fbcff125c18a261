"""Marks on restricted items: which groups see them. One question a page, and none where nothing is restricted."""

from collections.abc import Iterable

from django.http import HttpRequest

from tawthiq.casework.queries.visibility import groups_of_items
from tawthiq.web.middleware import sight


def note_restrictions(request: HttpRequest, identifiers: Iterable[str]) -> None:
    """Have the marks of these items, which the person sees, at hand for the tag `restricted_mark`."""
    asked = list(identifiers) if sight(request).any_restricted else []
    found = groups_of_items(asked) if asked else {}
    request.restrictions = {item: [group.name for group in groups] for item, groups in found.items()}  # type: ignore[attr-defined]


def restricted_to(request: HttpRequest, identifier: str) -> list[str]:
    """The names of the groups that see an item which a view noted; empty for one that everybody at the desk sees."""
    known: dict[str, list[str]] = getattr(request, "restrictions", {})
    return known.get(identifier, [])
