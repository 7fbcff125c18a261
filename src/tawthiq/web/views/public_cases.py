"""What is published: the list and one case, for readers of the public pages and for everybody at the desk alike."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tawthiq.casework.domain.verification import note_shown
from tawthiq.casework.queries.cases import Shown, published_cases, shown_of
from tawthiq.casework.queries.public_names import naming_for_everybody
from tawthiq.casework.rules import may_verify
from tawthiq.web.cases.public import public_case
from tawthiq.web.paging import page_of

_MOST = 2**63 - 1


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The published cases, the last first."""
    context = page_of(request, published_cases())
    page = list(context["page"])
    kept = shown_of(page)
    _remember(request, kept.values())
    named = naming_for_everybody(settings.ARCHIVE_FOLDER)
    rows = [public_case(case, kept[case.pk].row, named) for case in page if case.pk in kept]
    return render(request, "public/list.html", {**context, "rows": rows})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One published case, as it was verified when it was published."""
    case = published_cases().filter(incident=number).first() if number <= _MOST else None
    kept = shown_of([case]).get(case.pk) if case else None
    if case is None or kept is None:
        raise Http404
    _remember(request, [kept])
    shown = public_case(case, kept.row, naming_for_everybody(settings.ARCHIVE_FOLDER))
    return render(request, "public/detail.html", {"case": shown})


def _remember(request: HttpRequest, kept: Iterable[Shown]) -> None:
    """Whoever may verify and reads here what was found cannot give a sheet about it, should it be opened again."""
    if may_verify(request.user):
        for each in kept:
            note_shown(each.verified, request.user.get_username())
