"""Captures of one address compared by their readings: what the pages say as they are read now, people's decisions included."""

from collections.abc import Sequence
from itertools import pairwise

from django.db.models import QuerySet

from tawthiq.archive.captures import capture_of
from tawthiq.archive.models import Capture, Report
from tawthiq.archive.restoring_pages import page_of
from tawthiq.pipeline.compare_captures import change_of
from tawthiq.pipeline.read_capture import NotAPage
from tawthiq.records.change import CaptureChange
from tawthiq.records.page import Page


def captures_at(capture: Capture) -> QuerySet[Capture]:
    """All captures of the address of `capture`, the latest first; of an item without an address, that item alone.

    By the time that each states, not by that of the log: a file of another tool may bring an older capture later.
    """
    found = Capture.objects.order_by("-collected", "-number")
    return found.filter(address=capture.address) if capture.address else found.filter(pk=capture.pk)


def changes_between(captures: Sequence[Capture]) -> list[CaptureChange]:
    """What changed from each capture to the next; `captures` are of one address, the earliest first.

    Two queries and those for the parts of pages, however many captures there are.
    """
    wanted = {capture.pk for pair in pairwise(captures) if pair[0].sha256 != pair[1].sha256 for capture in pair}
    pages = {report.pk: page_of(report) for report in _reports(wanted)}
    return [
        change_of(capture_of(before), capture_of(after), [_page(before, pages), _page(after, pages)])
        for before, after in pairwise(captures)
    ]


def pages_of(captures: Sequence[Capture]) -> list[Page | None]:
    """The pages of the captures as they are read now; None where there is none."""
    pages = {report.pk: page_of(report) for report in _reports({capture.pk for capture in captures})}
    return [pages.get(capture.pk) for capture in captures]


def _reports(numbers: set[int]) -> QuerySet[Report]:
    return (
        Report.objects.filter(pk__in=numbers).select_related("capture").prefetch_related("zones", "comments", "sheets")
    )


def _page(capture: Capture, pages: dict[int, Page]) -> Page | NotAPage:
    unread = capture.state == Capture.State.UNREAD
    return pages.get(capture.pk) or NotAPage("not read yet" if unread else capture.state_reason)
