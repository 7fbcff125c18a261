"""What is remembered of each host: lines that its pages repeat, which are left out of the body of reports."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.queries import blocks as queries
from tawthiq.web.paging import page_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The hosts of which something is remembered."""
    return render(request, "boilerplate/list.html", page_of(request, queries.hosts()))


@require_safe
def detail(request: HttpRequest, host: str) -> HttpResponse:
    """The lines that one host repeats, with the first reports that show each."""
    context = page_of(request, queries.blocks_of(host))
    if not context["page"].paginator.count:
        raise Http404
    lines = queries.repeated_lines(list(context["page"]))
    return render(request, "boilerplate/detail.html", {**context, "host": host, "lines": lines})
