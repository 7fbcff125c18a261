"""What this program is and refuses."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq import __version__


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """The refusals of docs/refusals.md in the reader's language."""
    return render(request, "about.html", {"version": __version__})
