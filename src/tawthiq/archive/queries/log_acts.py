"""Lists of entries of the custody log, narrowed by who, what, when and which item."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from tawthiq.archive.models import LogAct, LogActItem


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
