"""The bar above an item's page while the queue is worked through, and the offer to undo what was just done."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject

from tawthiq.casework.domain.queue_claims import claimed_by_others
from tawthiq.casework.domain.queue_undo import offered
from tawthiq.casework.models import Assignment, Undoable, User
from tawthiq.casework.queries.assignments import assigned_of, receivers
from tawthiq.casework.queries.queue import MOST_COUNTED
from tawthiq.casework.rules import may_assign
from tawthiq.web.queue.keys import keys_are_on
from tawthiq.web.queue.waiting import Queue
from tawthiq.web.queue.wording import WORDING
from tawthiq.web.queue.work import BEFORE, Item, Working, asking, decided_address, item_of, visible

_MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """Where somebody stands in the queue. `more` says that `count` is not all; `looking` is who else has the item."""

    item: Item
    working: Working
    name: Promise
    task: Promise
    count: int
    more: bool
    assigned: Assignment | None
    mine: bool
    looking: str
    receivers: list[str]
    keys: bool


def queue_bar(request: HttpRequest) -> Mapping[str, object]:
    """`queue_bar`, `undo_offered` and `decided_at` for templates; they cost nothing where the address names none of them."""
    return {
        "queue_bar": SimpleLazyObject(lambda: bar_of(request)) if "item" in request.GET else None,
        "undo_offered": SimpleLazyObject(lambda: _undoable(request)) if "undo" in request.GET else None,
        "decided_at": SimpleLazyObject(lambda: _decided_at(request)) if BEFORE in request.GET else None,
    }


def bar_of(request: HttpRequest) -> Bar | None:
    """The bar for the item that the address names; None where it names none that this person may see."""
    item, working = item_of(request.GET.get("item", "")), Working.of(request.GET)
    by = asking(request, working.who)
    if item is None or item.kind is None or by is None or not may_assign(by.user) or not visible(request, item):
        return None
    waiting = Queue(by).waiting(item.kind)
    count = waiting.count() if waiting else 0
    subject = str(item.subject)
    assigned = assigned_of([subject], by.user).get(subject)
    return Bar(
        item=item,
        working=working,
        name=WORDING[item.kind][0],
        task=WORDING[item.kind][1],
        count=min(count, MOST_COUNTED),
        more=count > MOST_COUNTED,
        assigned=assigned,
        mine=assigned is not None and assigned.user_id == by.user.pk,
        looking=claimed_by_others(by.user, [subject]).get(subject, ""),
        receivers=receivers(),
        keys=keys_are_on(request),
    )


def _decided_at(request: HttpRequest) -> str | None:
    """Where the decision that was just saved can be looked at; None where the address names nothing this person may see."""
    item = item_of(request.GET.get(BEFORE, ""))
    return decided_address(item) if item and visible(request, item) else None


def _undoable(request: HttpRequest) -> Undoable | None:
    text = request.GET.get("undo", "")
    if not isinstance(request.user, User) or not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        return None
    return offered(request.user, int(text))
