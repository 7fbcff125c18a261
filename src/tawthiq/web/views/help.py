"""Help: what the terms of pages mean."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.web import term_help


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    """Every term with its sentence, in the reader's language."""
    return render(request, "help/terms.html", {"terms": term_help.terms()})
