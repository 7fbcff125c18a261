"""Lists of statements over all reports."""

from django.db.models import QuerySet

from tawthiq.archive.models import Statement


def statements(actor: str = "", stance: str = "") -> QuerySet[Statement]:
    """Statements with their reports, latest collected first, narrowed by the speaker's party and by stance."""
    found = Statement.objects.select_related("report").defer("report__text", "report__notes")
    found = found.order_by("-report_id", "key")
    if actor:
        found = found.filter(speaker_actor=actor)
    if stance:
        found = found.filter(stance=stance)
    return found
