"""Lists of entries of the custody log, narrowed by who, what, when and which item."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tawthiq.archive.models import LogAct, LogActItem

MOST_NAMES = 500


def log_acts(
    kinds: tuple[str, ...] = (), actor: str = "", item: str = "", first: date | None = None, last: date | None = None
) -> QuerySet[LogAct]:
    """The entries that fit all that is given, the newest first; days are days of UTC."""
    found = LogAct.objects.prefetch_related("items")
    if kinds:
        found = found.filter(kind__in=kinds)
    if actor:
        found = found.filter(actor=actor)
    if item:
        found = found.filter(Exists(LogActItem.objects.filter(act=OuterRef("pk"), item=item)))
    if first:
        found = found.filter(at__date__gte=first)
    if last:
        found = found.filter(at__date__lte=last)
    return found


def speaking_of(items: QuerySet[LogActItem] | list[str]) -> QuerySet[LogActItem]:
    """The places at which entries speak of some items."""
    return LogActItem.objects.filter(item__in=items)


def actors() -> list[str]:
    """The names under which anything was logged, in alphabetical order, at most `MOST_NAMES`."""
    names = LogAct.objects.exclude(actor="").order_by("actor").values_list("actor", flat=True).distinct()
    return list(names[:MOST_NAMES])


def kinds() -> list[str]:
    """The kinds of entries that the log has."""
    return list(LogAct.objects.exclude(kind="").order_by("kind").values_list("kind", flat=True).distinct())
