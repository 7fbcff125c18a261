"""What is remembered of each host: lines that its pages repeat, which are left out of the body of reports."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.models import Capture
from tawthiq.archive.queries import blocks as queries
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The hosts of which something is remembered."""
    return render(request, "boilerplate/list.html", page_of(request, queries.hosts(_hidden(request))))


@require_safe
def detail(request: HttpRequest, host: str) -> HttpResponse:
    """The lines that one host repeats, with the first reports that show each."""
    hidden = _hidden(request)
    context = page_of(request, queries.blocks_of(host, hidden))
    if not context["page"].paginator.count:
        raise Http404
    lines = queries.repeated_lines(list(context["page"]), hidden)
    return render(request, "boilerplate/detail.html", {**context, "host": host, "lines": lines})


def _hidden(request: HttpRequest) -> QuerySet[Capture, int] | None:
    """The reports that this person may not see; None where there is none."""
    seen = sight(request)
    return None if seen.sees_all else seen.hidden_numbers()
