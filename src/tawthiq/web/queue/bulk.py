"""Acts on many rows in pages: which rows a form chose, what would happen to each, and what the person is told before.

A form names rows by number, or asks for all that fit the filters of the list; either way every row is looked up through the
person's sight, and no more than `MOST` are taken. The page before the act shows the numbers; the act looks again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from tawthiq.archive.models import Incident, Report
from tawthiq.casework.queries.queue import Asking
from tawthiq.casework.queries.queue_subjects import INCIDENT, REPORT
from tawthiq.web.queue.lists import LISTS

MOST = 500
_LONGEST = 20 * MOST
_MOST_DIGITS = 18
TABLES = {"reports": REPORT, "incidents": INCIDENT}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The numbers that were chosen and may be seen, in order; `more` are those that fit but are too many for one act."""

    page: str
    numbers: tuple[int, ...]
    more: bool

    @property
    def subjects(self) -> list[str]:
        """The rows as subjects."""
        if self.page == "incidents":
            return [f"{INCIDENT}:{number}" for number in self.numbers]
        found = dict(Report.objects.filter(pk__in=self.numbers).values_list("pk", "capture__identifier"))
        return [f"{REPORT}:{found[number]}" for number in self.numbers if number in found]


def chosen(page: str, sent: QueryDict, asking: Asking) -> Chosen:
    """What a form chose of the list `page`: `number`, several times or with spaces between, or `all` with `query`."""
    if sent.get("all"):
        rows = LISTS[page].rows(QueryDict(sent.get("query", "")[:_LONGEST].removeprefix("?")), asking)
        found = list(rows.values_list("pk", flat=True)[: MOST + 1])
        return Chosen(page, tuple(found[:MOST]), more=len(found) > MOST)
    wanted = list(dict.fromkeys(_numbers(sent.getlist("number"))))
    rows = _visible(page, asking).filter(pk__in=wanted[:MOST])
    seen = set(rows.values_list("pk", flat=True))
    return Chosen(page, tuple(each for each in wanted[:MOST] if each in seen), more=len(wanted) > MOST)


def _visible(page: str, asking: Asking):  # type: ignore[no-untyped-def]
    """The rows of a list without any filter."""
    if page == "incidents":
        return asking.sight.incidents(Incident.objects.all())
    return asking.sight.reports(Report.objects.all())


def _numbers(texts: Sequence[str]) -> list[int]:
    """The numbers that texts hold, in eastern digits too; what is none is left out."""
    words = [word for text in texts for word in text[:_LONGEST].split()]
    return [int(word) for word in words if word.isdecimal() and len(word) <= _MOST_DIGITS]
