"""The queue of pages at which a person should look, the worst first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.models import Report
from tawthiq.archive.queries.page_review import disputed_pages, misfits, waiting_outlets
from tawthiq.casework.queries.corrections import decided
from tawthiq.web.filters import PageReviewForm, given
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Pages on which two extractors disagree and nobody has decided, below decisions that no longer fit; by outlet."""
    seen = sight(request)
    form = PageReviewForm(request.GET, waiting_outlets(decided(), seen.reports(Report.objects.all())))
    outlet = given(form, "outlet")
    context = page_of(request, seen.by_number(disputed_pages(decided(), outlet), "pk"))
    unfit = list(seen.reports(misfits(decided(), outlet))) if context["page"].number == 1 else []
    return render(request, "pages/review.html", {**context, "form": form, "misfits": unfit})
