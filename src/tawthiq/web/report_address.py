"""Addresses of reports' pages, which pages of incidents repeat hundreds of times: made once for each report."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse

from tawthiq.archive.models import Report


def address_of(report: Report, start: int, end: int) -> str:
    """The address of a report's page that shows these of its characters."""
    return f"{_report_address(get_script_prefix(), report.pk)}?at={start}-{end}#at"


@lru_cache(maxsize=1 << 10)
def _report_address(_prefix: str, number: int) -> str:
    return reverse("report", args=[number])
