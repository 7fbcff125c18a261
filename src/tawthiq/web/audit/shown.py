"""An entry of the custody log as a line of the list: who did what, when, and what it speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.archive.models import Capture, LogAct
from tawthiq.web.audit.wording import group_of, kind_name

MOST_LINKS = 5
# Subjects of casework and the routes of their pages, each of which takes the number.
_ROUTES = {"incident": "incident", "case": "case", "person": "person"}


@dataclass(frozen=True, slots=True)
class Link:
    """Something that an entry speaks of, and the address of its page: a route with a number."""

    kind: str
    route: str
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words; `more` counts what it speaks of beyond `links`."""

    act: LogAct
    kind: str
    group: str
    links: tuple[Link, ...]
    more: int


def lines_of(acts: Sequence[LogAct]) -> list[Line]:
    """The lines of some entries, whose items are loaded; the evidence that they speak of is looked up in one query."""
    names = {row.item for act in acts for row in act.items.all()}
    numbers: dict[str, int] = {}
    for identifier, number in Capture.objects.filter(identifier__in=names).values_list("identifier", "number"):
        numbers[identifier] = number
    return [_line(act, numbers) for act in acts]


def _line(act: LogAct, numbers: dict[str, int]) -> Line:
    found = [link for row in act.items.all() if (link := _link(row.item, numbers))]
    return Line(
        act,
        kind_name(act.kind),
        group_of(act.kind),
        tuple(found[:MOST_LINKS]),
        max(0, len(found) - MOST_LINKS),
    )


def _link(item: str, numbers: dict[str, int]) -> Link | None:
    if item in numbers:
        return Link("evidence", "evidence-item", numbers[item])
    kind, _, number = item.partition(":")
    if kind in _ROUTES and number.isascii() and number.isdecimal() and len(number) < 19:
        return Link(kind, _ROUTES[kind], int(number))
    return None
