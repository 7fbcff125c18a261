"""Taking one report out of the rows, so that it can be read anew while all others stay.

What linking said of it goes with it (its claims, its part in incidents and copy families), and what linking remembers of it;
the last linking counts as not having seen it: pages then say that reports came since, and the next one mends what it left.
"""

from django.db.models import Count

from tawthiq.archive.blocks import drop_blocks
from tawthiq.archive.link_memory import forget
from tawthiq.archive.models import CopyFamily, Incident, Report


def drop_report(number: int) -> None:
    """Delete the rows of report `number` and what linking said of it, if it is there. The caller holds the transaction."""
    if not Report.objects.filter(pk=number).exists():
        return
    incidents = list(Incident.objects.filter(told_in__report=number).values_list("number", flat=True))
    families = list(CopyFamily.objects.filter(members__report=number).values_list("number", flat=True))
    forget(number)
    drop_blocks(number)
    Report.objects.filter(pk=number).delete()
    for incident in Incident.objects.filter(number__in=incidents).annotate(left=Count("told_in")):
        if incident.left:
            Incident.objects.filter(pk=incident.pk).update(report_count=incident.left)
        else:
            incident.delete()
    CopyFamily.objects.filter(number__in=families).annotate(left=Count("members")).filter(left__lt=2).delete()
