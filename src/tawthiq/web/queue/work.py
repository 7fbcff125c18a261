"""Working through the queue: what the address remembers of it, where an item is worked on, and which comes next.

The address of an item's page carries `queue` (the kind that is worked through, "all" for every kind), `who` and `item` (the
kind and the subject), so that each page can show where it stands and lead on, without script and without a session.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from tawthiq.archive.models import Capture
from tawthiq.casework.domain.queue_claims import claim, claimed_by_others, let_go
from tawthiq.casework.domain.queue_later import put_off_by
from tawthiq.casework.models import PersonProposal, User
from tawthiq.casework.queries.queue import Asking, QueueKind, Who
from tawthiq.casework.queries.queue_subjects import CASE, INCIDENT, PAIR, PERSON, REPORT, Subject, seen_of, subject_of
from tawthiq.casework.rules import may_work_at_desk
from tawthiq.web.middleware import sight
from tawthiq.web.queue.waiting import Queue

ALL = "all"
BEFORE = "before"
"""What an address calls the item that was just decided about, so that the next page can say that it was saved."""
LOOKED_AT = 60  # items of one kind that are looked at for one that nobody else has


@dataclass(frozen=True, slots=True)
class Working:
    """What somebody works through: one kind or all, and whose items."""

    kind: QueueKind | None
    who: Who

    @classmethod
    def of(cls, sent: QueryDict) -> Self:
        """What an address or a form says; what is not understood narrows nothing."""
        kind, who = sent.get("queue", ""), sent.get("who", "")
        return cls(QueueKind(kind) if kind in list(QueueKind) else None, Who(who) if who in list(Who) else Who.FOR_ME)

    @property
    def fields(self) -> dict[str, str]:
        """How addresses and forms carry it."""
        return {"queue": self.kind.value if self.kind else ALL, **({"who": self.who.value} if self.who else {})}

    @property
    def address(self) -> str:
        """The list of it."""
        return f"{reverse('queue')}?{urlencode(self.fields)}"


@dataclass(frozen=True, slots=True)
class Item:
    """One subject as it waits under one kind; without a kind it does not wait, and its page is the usual one."""

    kind: QueueKind | None
    subject: Subject

    def __str__(self) -> str:
        return f"{self.kind.value if self.kind else ''}/{self.subject}"


def item_of(text: str) -> Item | None:
    """The item that an address names; None for anything else."""
    kind, _, rest = text.partition("/")
    subject = subject_of(rest)
    return Item(QueueKind(kind), subject) if kind in list(QueueKind) and subject else None


def asking(request: HttpRequest, who: Who) -> Asking | None:
    """Who asks for the queue; None for somebody who does not work at the desk."""
    user = request.user
    return Asking(user, sight(request), who) if isinstance(user, User) and may_work_at_desk(user) else None


def next_item(request: HttpRequest, working: Working) -> Item | None:
    """The next item that waits for this person and that nobody else is looking at, claimed for some minutes.

    What the person put off comes when nothing else of the kind waits.
    """
    by = asking(request, working.who)
    if by is None:
        return None
    queue, later = Queue(by), put_off_by(by.user)
    kinds = list(QueueKind) if working.kind is None else [working.kind]
    postponed: list[Item] = []
    for kind in kinds:
        waiting = queue.waiting(kind)
        found = waiting.subjects(LOOKED_AT + len(later)) if waiting else []
        if chosen := _claimed(by, kind, (text for text in found if text not in later)):
            return chosen
        order = {text: place for place, text in enumerate(later)}
        put_off = sorted((text for text in found if text in order), key=order.__getitem__)
        postponed += [Item(kind, subject) for text in put_off if (subject := subject_of(text))]
    for item in postponed:
        if item.kind and (chosen := _claimed(by, item.kind, [str(item.subject)])):
            return chosen
    let_go(by.user)
    return None


def _claimed(by: Asking, kind: QueueKind, subjects: Iterable[str]) -> Item | None:
    """The first of some subjects that nobody else has; it is this person's now, and nothing else is."""
    some = list(subjects)
    taken = claimed_by_others(by.user, some) if some else {}
    for text in some:
        subject = subject_of(text)
        if text not in taken and subject and claim(by.user, text):
            let_go(by.user, keep=text)
            return Item(kind, subject)
    return None


def next_address(request: HttpRequest, working: Working) -> str:
    """Where the next item is worked on; the list, when nothing waits any more."""
    item = next_item(request, working)
    address = work_address(item, working) if item else None
    return address or f"{working.address}&{urlencode({'done': 1})}"


def work_address(item: Item, working: Working | None) -> str | None:
    """The page on which an item is decided about; None when it is not there any more."""
    return addresses([item], working).get(item)


def addresses(items: Iterable[Item], working: Working | None) -> dict[Item, str]:
    """The pages of some items, each leading on through the queue when there is a `working`; two queries at most."""
    listed = list(items)
    reports = {item.subject.key for item in listed if item.subject.kind == REPORT}
    numbers = dict(Capture.objects.filter(identifier__in=reports).values_list("identifier", "number"))
    keys = {item.subject.key for item in listed if item.subject.kind == PAIR}
    pairs = dict(PersonProposal.objects.filter(key__in=keys).values_list("key", "number")) if keys else {}
    found: dict[Item, str] = {}
    for item in listed:
        if page := _page(item, numbers, pairs):
            asked = {**working.fields, "item": str(item)} if working else {}
            joint = "&" if "?" in page else "?"
            found[item] = f"{page}{joint}{urlencode(asked)}" if asked else page
    return found


def telling(address: str, item: str) -> str:
    """An address whose page says that a decision about an item was saved."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({BEFORE: item})}"


def decided_address(item: Item) -> str | None:
    """Where somebody looks at what they decided about an item, and takes it back."""
    if item.kind in (QueueKind.PROPOSALS, QueueKind.UNFIT):
        return reverse("link-decisions")
    return work_address(Item(None, item.subject), None)


def _page(item: Item, numbers: dict[str, int], pairs: dict[str, int]) -> str | None:
    if item.kind == QueueKind.UNFIT:
        return f"{reverse('link-decisions')}?show=unfit"
    if item.subject.kind == PAIR:
        number = pairs.get(item.subject.key)
    elif item.subject.kind == REPORT:
        number = numbers.get(item.subject.key)
    else:
        number = item.subject.number
    page = _PAGES[item.kind] if item.kind else _USUAL[item.subject.kind]
    return None if number is None else reverse(page, args=[number])


def visible(request: HttpRequest, item: Item) -> bool:
    """Whether the person who asks may see what an item is about."""
    user = request.user
    return isinstance(user, User) and bool(seen_of([str(item.subject)], user, sight(request)))


_PAGES = {
    QueueKind.DISAGREEMENTS: "case",
    QueueKind.SECOND: "case",
    QueueKind.SENSITIVE: "case",
    QueueKind.PROPOSALS: "queue-proposal",
    QueueKind.CONTRADICTIONS: "incident",
    QueueKind.REPORTS: "desk",
    QueueKind.RESTRICTED: "desk",
    QueueKind.PAIRS: "people-pair",
    QueueKind.PAGES: "page-view",
    QueueKind.MISFITS: "page-correct",
}
_USUAL = {REPORT: "desk", INCIDENT: "incident", CASE: "case", PAIR: "people-pair", PERSON: "person"}
