"""The list of statements over all reports."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.archive.queries.statements import statements
from tawthiq.web.filters import StatementForm, given
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All statements, narrowed by the speaker's party and by stance."""
    form = StatementForm(request.GET)
    context = page_of(
        request, sight(request).by_number(statements(given(form, "actor"), given(form, "stance")), "report")
    )
    return render(request, "statements/list.html", {**context, "form": form})
