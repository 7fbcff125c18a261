"""What is published: the list and one case, for readers of the public pages and for everybody at the desk alike."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.casework.queries.cases import published_cases, shown_of
from tawthiq.web.cases.public import public_case
from tawthiq.web.paging import page_of

_MOST = 2**63 - 1


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The published cases, the last first."""
    context = page_of(request, published_cases())
    page = list(context["page"])
    kept = shown_of(page)
    rows = [public_case(case, kept[case.pk]) for case in page if case.pk in kept]
    return render(request, "public/list.html", {**context, "rows": rows})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One published case, as it was verified when it was published."""
    case = published_cases().filter(incident=number).first() if number <= _MOST else None
    row = shown_of([case]).get(case.pk) if case else None
    if case is None or row is None:
        raise Http404
    return render(request, "public/detail.html", {"case": public_case(case, row)})
