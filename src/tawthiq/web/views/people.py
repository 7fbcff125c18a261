"""Pairs of records that may be one person: the queue, one pair side by side, and what a person says of it.

Protected data: only those who review may look, each view enters the log by the items that it shows, and no name stands in an
address or a title.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from tawthiq.archive.models import Capture
from tawthiq.casework.domain.field_key import field_keys
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.domain.people import judge
from tawthiq.casework.domain.persons import opened_from
from tawthiq.casework.domain.persons_from_pairs import open_from_pair, origin_of
from tawthiq.casework.models import Person, PersonDecision, PersonProposal
from tawthiq.casework.queries import people as queries
from tawthiq.casework.rules import may_see_people
from tawthiq.records.errors import WrongUsage
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.people.shown import shown_pair, shown_pairs
from tawthiq.web.persons.closed import protected_fields

PER_PAGE = 20
_State = PersonProposal.State


@require_safe
@protected_fields
def listing(request: HttpRequest) -> HttpResponse:
    """The pairs in the state that the address names, those that wait unless it names one; the likeliest first."""
    _expect_allowed(request)
    asked = request.GET.get("state", "")
    state = asked if asked in _State.values else _State.WAITING.value
    context = page_of(request, _seen(request, queries.pairs(state)), PER_PAGE)
    rows = list(context["page"])
    captures = queries.captures_of(rows)
    pairs = shown_pairs(rows, captures, field_keys(settings.ARCHIVE_FOLDER))
    open_ones = [pair.proposal for pair in pairs if not pair.damaged]
    shown = {identifier for row in open_ones for identifier in (row.first_capture, row.second_capture)}
    _note_shown(request, [captures[identifier] for identifier in shown & captures.keys()])
    counts = queries.counts(_seen(request, PersonProposal.objects.all()))
    return render(
        request,
        "people/list.html",
        {
            **context,
            "pairs": pairs,
            "state": state,
            "states": [(code, label, counts[code]) for code, label in _State.choices],
            "any": any(counts.values()),
        },
    )


@require_safe
@protected_fields
def detail(request: HttpRequest, number: int) -> HttpResponse:
    """One pair: both records as their sources have them, what speaks for and against, what people said."""
    _expect_allowed(request)
    return _detail(request, _proposal(request, number))


@require_POST
@protected_fields
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """What a person says of a pair; then the next that waits for somebody."""
    _expect_allowed(request)
    proposal = _proposal(request, number)
    verdict = request.POST.get("verdict", "")
    if verdict not in PersonDecision.Verdict.values:
        return _detail(request, proposal, fault="verdict", status=422)
    seen = request.POST.get("seen", "")
    revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 10 else 0
    try:
        judge(settings.ARCHIVE_FOLDER, proposal, verdict, revision, request.user.get_username())
    except Overtaken:
        return _detail(request, proposal, fault="overtaken", status=409)
    return redirect(reverse("people-pair", args=[number]))


@require_POST
@protected_fields
def open_file(request: HttpRequest, number: int) -> HttpResponse:
    """Open a person file from a pair of which two people said that it is one person."""
    _expect_allowed(request)
    proposal = _proposal(request, number)
    try:
        person = open_from_pair(settings.ARCHIVE_FOLDER, proposal, request.user.get_username())
    except (WrongUsage, Overtaken):
        return redirect(reverse("people-pair", args=[number]))
    return redirect("person", person.number)


def _detail(request: HttpRequest, proposal: PersonProposal, *, fault: str = "", status: int = 200) -> HttpResponse:
    captures = queries.captures_of([proposal])
    _note_shown(request, captures.values())
    history = queries.history(proposal)
    context = {
        "pair": shown_pair(proposal, captures, field_keys(settings.ARCHIVE_FOLDER)),
        "history": history,
        "seen": history[0][0].revision if history else 0,
        "fault": fault,
        "person": _file_from(request, proposal),
    }
    return render(request, "people/detail.html", context, status=status)


def _file_from(request: HttpRequest, proposal: PersonProposal) -> Person | None:
    """The person file that was opened from a pair, as far as it may be seen."""
    number = opened_from(origin_of(proposal)) if proposal.state == _State.SAME else None
    return sight(request).persons(Person.objects.filter(pk=number)).first() if number else None


def _proposal(request: HttpRequest, number: int) -> PersonProposal:
    found = _seen(request, PersonProposal.objects.filter(pk=number)).first()
    if found is None:
        raise Http404
    return found


def _seen(request: HttpRequest, rows: QuerySet[PersonProposal]) -> QuerySet[PersonProposal]:
    """The pairs of which the person may see both sources."""
    return sight(request).by_identifier(rows, "first_capture", "second_capture")


def _expect_allowed(request: HttpRequest) -> None:
    if not may_see_people(request.user):
        raise PermissionDenied


def _note_shown(request: HttpRequest, captures: Iterable[Capture]) -> None:
    """Tell the log of views which items were shown (web.viewing)."""
    request.items_shown = sorted(capture.pk for capture in captures)  # type: ignore[attr-defined]
