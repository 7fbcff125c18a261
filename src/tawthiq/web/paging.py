"""Long lists in pages; the address keeps the filters and names the page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 30


def page_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int = PER_PAGE, place: int = 0
) -> dict[str, Any]:
    """The page that the address asks for (the nearest there is), and the address's other parts for the links.

    An address that asks for none gets the page on which the row at `place` (from 0) stands.
    """
    page: Page[Any] = Paginator(rows, per_page).get_page(request.GET.get("page") or place // per_page + 1)
    query = request.GET.copy()
    for name in ("page", "at"):
        query.pop(name, None)
    return {"page": page, "query": query.urlencode()}
