"""The queue: what waits, the next item, a proposed link to be judged, and what is done with an item besides deciding."""

from collections import defaultdict

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tawthiq.archive.models import Incident
from tawthiq.casework.domain import queue_undo
from tawthiq.casework.domain.assignments import assign
from tawthiq.casework.domain.queue_claims import let_go
from tawthiq.casework.domain.queue_later import put_off
from tawthiq.casework.models import User
from tawthiq.casework.queries.assignments import receivers
from tawthiq.casework.queries.link_decisions import constraints_for
from tawthiq.casework.queries.queue import MOST_COUNTED, Waiting, Who
from tawthiq.casework.queries.queue_subjects import seen_of, subject_of
from tawthiq.casework.rules import may_assign, may_decide_links
from tawthiq.records.errors import WrongUsage
from tawthiq.web.link_deciding.proposals import proposal
from tawthiq.web.link_deciding.sight import last_act_seen
from tawthiq.web.middleware import sight
from tawthiq.web.paging import page_of
from tawthiq.web.queue.keys import keys_are_on, switch_keys
from tawthiq.web.queue.rows import rows_of
from tawthiq.web.queue.undoing import came_from, with_undo
from tawthiq.web.queue.waiting import Queue
from tawthiq.web.queue.wording import WORDING
from tawthiq.web.queue.work import Item, Working, asking, next_address

PER_PAGE = 20


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What waits for this person, kind by kind with counts, and the items of the kind that the address names."""
    working = Working.of(request.GET)
    by = asking(request, working.who)
    if by is None:
        raise PermissionDenied
    kinds = Queue(by).kinds()
    counts = {waiting.kind: waiting.count() for waiting in kinds}
    if not any(counts.values()) and working.kind is None:
        shown = None
    else:
        shown = next((each for each in kinds if each.kind == working.kind), None)
        shown = shown or next((each for each in kinds if counts[each.kind]), None)
    items = _items(shown)
    context = page_of(request, items, PER_PAGE)
    headings: dict[str, list[tuple[str, str, int, bool]]] = defaultdict(list)
    for waiting in kinds:
        name, _, heading = WORDING[waiting.kind]
        count = counts[waiting.kind]
        headings[str(heading)].append((waiting.kind.value, str(name), min(count, MOST_COUNTED), count > MOST_COUNTED))
    return render(
        request,
        "queue/overview.html",
        {
            **context,
            "working": working,
            "headings": dict(headings),
            "total": min(sum(counts.values()), MOST_COUNTED),
            "more": sum(counts.values()) > MOST_COUNTED,
            "shown": shown.kind.value if shown else "",
            "wording": WORDING[shown.kind] if shown else None,
            "rows": rows_of(list(context["page"]), Working(shown.kind if shown else None, working.who), by.user),
            "whos": [who.value for who in Who],
            "may_assign": may_assign(request.user),
            "keys": keys_are_on(request),
            "done": "done" in request.GET,
        },
    )


@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """The way to the next item of what the address works through."""
    working = Working.of(request.GET)
    if asking(request, working.who) is None:
        raise PermissionDenied
    return redirect(next_address(request, working))


@require_safe
def judged(request: HttpRequest, number: int) -> HttpResponse:
    """One proposed incident: the two tellings that people have said least about, to be judged with one key."""
    incident = sight(request).incidents(Incident.objects.filter(number=number)).first()
    if incident is None:
        raise Http404
    shown = proposal(incident, constraints_for())
    pair = (shown.first, shown.second) if shown else ()
    request.items_shown = sorted({telling.event.report_id for telling in pair})  # type: ignore[attr-defined]
    context = {
        "incident": incident,
        "proposal": shown,
        "seen": last_act_seen(sight(request)),
        "may_decide": may_decide_links(request.user),
        "working": Working.of(request.GET),
    }
    return render(request, "queue/proposal.html", context)


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Take an item, give it to somebody, release it, or put it off; each can be undone."""
    user, sent = request.user, request.POST
    if not isinstance(user, User) or not may_assign(user):
        raise PermissionDenied
    subject = subject_of(sent.get("subject", ""))
    if subject is None or not seen_of([str(subject)], user, sight(request)):
        raise Http404
    working, back = Working.of(sent), came_from(request, "queue")
    if sent.get("act") == "later":
        put_off(user, str(subject))
        number = queue_undo.offer(user, queue_undo.LATER, {"subject": str(subject)})
        return redirect(with_undo(next_address(request, working) if sent.get("queue") else back, number))
    to = {"take": user.name, "give": sent.get("to", ""), "release": ""}.get(sent.get("act", ""))
    if to is None or (sent.get("act") == "give" and not to):
        return redirect(back)
    try:
        done = assign(settings.ARCHIVE_FOLDER, [str(subject)], to or None, user, sent.get("word", ""))
    except WrongUsage as error:
        return render(request, "queue/refused.html", {"error": error, "back": back}, status=422)
    if not done.after:
        return render(request, "queue/refused.html", {"unseen": to, "back": back}, status=422)
    content = {"before": done.before, "after": done.after}
    number = queue_undo.offer(user, queue_undo.ASSIGNED, content)
    leads_on = sent.get("act") == "give" and to != user.name and sent.get("queue")
    return redirect(with_undo(next_address(request, working) if leads_on else back, number))


@require_safe
def give(request: HttpRequest) -> HttpResponse:
    """The form by which a subject is given to somebody, for a row of a list."""
    user, subject = request.user, subject_of(request.GET.get("subject", ""))
    if not isinstance(user, User) or not may_assign(user):
        raise PermissionDenied
    if subject is None or not seen_of([str(subject)], user, sight(request)):
        raise Http404
    context = {"subject": str(subject), "receivers": receivers(), "back": request.GET.get("back", "")}
    return render(request, "queue/give.html", context)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Stop working: the item is free for others at once."""
    if isinstance(request.user, User):
        let_go(request.user)
    return redirect(Working.of(request.POST).address)


@require_POST
def keys(request: HttpRequest) -> HttpResponse:
    """Switch the single keys on or off in this browser."""
    response = redirect(came_from(request, "queue"))
    switch_keys(response, on=request.POST.get("keys") == "on")
    return response


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Undo an act of one's own, once."""
    text = request.POST.get("number", "")
    if not isinstance(request.user, User):
        raise PermissionDenied
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0
    done = queue_undo.undo(settings.ARCHIVE_FOLDER, request.user, number)
    context = {"done": done, "back": came_from(request, "queue")}
    return render(request, "queue/undone.html", context, status=200 if done else 410)


def _items(shown: Waiting | None) -> list[Item]:
    """The subjects of one kind, as many as are counted."""
    texts = shown.subjects(MOST_COUNTED) if shown else []
    return [Item(shown.kind, subject) for text in texts if shown and (subject := subject_of(text))]
