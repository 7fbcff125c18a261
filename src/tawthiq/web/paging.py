"""Long lists in pages; the address keeps the filters and names the page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.http import HttpRequest

PER_PAGE = 30


class KeyedRows(Sequence[Any]):
    """Rows of a list of which a page finds the keys first, and then takes those rows alone.

    Finding a page far down sorts and passes over everything before it: with keys alone that is many times as fast as with whole
    rows, which are wide and joined to others. What is shown was found by the list's own question; the rows are only fetched.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows
        self._keys = rows.prefetch_related(None).values_list("pk", flat=True)

    def __len__(self) -> int:
        return self._keys.order_by().count()

    def __getitem__(self, place: int | slice) -> Any:
        keys = list(self._keys[place if isinstance(place, slice) else slice(place, place + 1)])
        found = {row.pk: row for row in self._whole(keys)} if keys else {}
        rows = [found[key] for key in keys if key in found]
        return rows if isinstance(place, slice) else rows[0]

    def _whole(self, keys: list[Any]) -> QuerySet[Any]:
        """The rows of some keys, with the columns and relations that the list's question asks for."""
        lookups: tuple[Any, ...] = getattr(self._rows, "_prefetch_related_lookups", ())
        whole: QuerySet[Any] = (
            self._rows.model._default_manager.filter(pk__in=keys).order_by().prefetch_related(*lookups)
        )
        whole.query.select_related = self._rows.query.select_related
        whole.query.deferred_loading = self._rows.query.deferred_loading
        return whole


def page_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int = PER_PAGE, place: int = 0
) -> dict[str, Any]:
    """The page that the address asks for (the nearest there is), and the address's other parts for the links.

    An address that asks for none gets the page on which the row at `place` (from 0) stands.
    """
    listed = KeyedRows(rows) if isinstance(rows, QuerySet) and _has_plain_rows(rows) else rows
    page: Page[Any] = Paginator(listed, per_page).get_page(request.GET.get("page") or place // per_page + 1)
    query = request.GET.copy()
    for name in ("page", "at"):
        query.pop(name, None)
    return {"page": page, "query": query.urlencode()}


def _has_plain_rows(rows: QuerySet[Any]) -> bool:
    """Whether rows are those of a table, each once and with nothing added to them."""
    query = rows.query
    kind = getattr(rows, "_iterable_class", None)
    return kind is ModelIterable and not (query.annotations or query.distinct or query.extra or query.combinator)
