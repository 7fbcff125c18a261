"""Lists of the items of evidence and how far each was read."""

from django.db.models import QuerySet

from tawthiq.archive.models import Capture


def captures(state: str = "") -> QuerySet[Capture]:
    """Items of evidence, latest first, narrowed by how far they were read."""
    found = Capture.objects.order_by("-number").select_related("report").defer("report__text", "report__notes")
    return found.filter(state=state) if state else found
