"""Acts on many rows: first what would happen to how many, then the act, which is all or none."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tawthiq.casework.domain import bulk as domain
from tawthiq.casework.domain import queue_undo
from tawthiq.casework.models import Group, User
from tawthiq.casework.queries.assignments import receivers
from tawthiq.casework.queries.queue import Asking
from tawthiq.casework.rules import may_work_at_desk
from tawthiq.records.errors import TawthiqError
from tawthiq.web.link_deciding.effect import take_effect
from tawthiq.web.middleware import sight
from tawthiq.web.queue.bulk import MOST, TABLES, chosen
from tawthiq.web.queue.bulk_wording import ACTS, LEFT_OUT, OFFERED
from tawthiq.web.queue.undoing import with_undo
from tawthiq.web.views.saved import kept_query

_MOST_DIGITS = 18


@require_POST
def prepare(request: HttpRequest, page: str) -> HttpResponse:
    """What an act would do: to how many rows, which are left out and why; nothing is changed."""
    user, act = _who(request, page), _act(request.POST, page)
    found = chosen(page, request.POST, Asking(user, sight(request)))
    context: dict[str, object] = {
        "page_name": page,
        "act": act.value,
        "words": ACTS[act],
        "chosen": found,
        "most": MOST,
        "numbers": " ".join(map(str, found.numbers)),
        "receivers": receivers(),
        "groups": Group.objects.filter(members=user),
        "asked": _asked(request.POST, act),
        "back": _back(page, request.POST),
        "query": kept_query(request.POST.get("query", "")),
    }
    try:
        context |= _planned(domain.plan(_asked(request.POST, act), found.subjects, user))
    except domain.NotAllowed as error:
        raise PermissionDenied from error
    except TawthiqError:
        context["incomplete"] = True
    return render(request, "bulk/prepare.html", context)


@require_POST
def carry_out(request: HttpRequest, page: str) -> HttpResponse:
    """Do it to every row that the page before named and that still fits."""
    user, act = _who(request, page), _act(request.POST, page)
    back = _back(page, request.POST)
    found = chosen(page, _without_all(request.POST), Asking(user, sight(request)))
    try:
        made, done = domain.carry_out(settings.ARCHIVE_FOLDER, _asked(request.POST, act), found.subjects, user)
    except domain.NotAllowed as error:
        raise PermissionDenied from error
    except TawthiqError as error:
        return render(request, "bulk/refused.html", {"error": error, "back": back}, status=422)
    if act == domain.Act.RESTRICT and made.subjects:
        take_effect()
    if done:
        return redirect(with_undo(back, queue_undo.offer(user, queue_undo.BULK, done)))
    return render(request, "bulk/done.html", {"words": ACTS[act], "back": back, **_planned(made)})


def _planned(made: domain.Plan) -> dict[str, object]:
    return {
        "fitting": len(made.subjects),
        "left_out": [(LEFT_OUT[why], number) for why, number in made.left_out.items()],
    }


def _who(request: HttpRequest, page: str) -> User:
    if page not in TABLES:
        raise Http404
    if not isinstance(request.user, User) or not may_work_at_desk(request.user):
        raise PermissionDenied
    return request.user


def _act(sent: QueryDict, page: str) -> domain.Act:
    asked = sent.get("act", "")
    if asked not in OFFERED[page]:
        raise PermissionDenied
    return domain.Act(asked)


def _asked(sent: QueryDict, act: domain.Act) -> domain.Asked:
    groups = [int(text) for text in sent.getlist("group") if text.isascii() and text.isdigit() and len(text) < 19]
    return domain.Asked(act, sent.get("to", "")[:64], sent.get("word", "")[: domain.MOST], tuple(groups))


def _without_all(sent: QueryDict) -> QueryDict:
    """The form without the wish for all that fit: what is done is done to the rows that the person was told of."""
    copy = sent.copy()
    copy.pop("all", None)
    return copy


def _back(page: str, sent: QueryDict) -> str:
    query = kept_query(sent.get("query", ""))
    return f"{reverse(page)}?{query}" if query else reverse(page)
