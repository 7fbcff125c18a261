"""Search over the words of all reports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.search import Results
from tawthiq.web.access.marks import note_restrictions
from tawthiq.web.filters import SearchForm, given
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Reports that hold the words, best match first, each with the words in their place."""
    form = SearchForm(request.GET)
    words = given(form, "words").strip()
    seen = sight(request)
    hidden = None if seen.sees_all else seen.hidden_numbers()
    found = Results(words, comments=bool(given(form, "comments")), hidden=hidden) if words else None
    context = page_of(request, found or [])
    note_restrictions(request, (hit.report.capture.identifier for hit in context["page"]))
    return render(request, "search.html", {**context, "form": form, "words": words})
