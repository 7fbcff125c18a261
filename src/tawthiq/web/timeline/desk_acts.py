"""What people did about an incident at the desk, as far as the person who asks may know of it, in the order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q
from django.utils.translation import gettext as _

from tawthiq.casework.models import CaseContent, LinkDecision
from tawthiq.casework.queries.cases import seen_cases
from tawthiq.casework.queries.verification_secrecy import rounds_about, sheets_known_to
from tawthiq.casework.queries.visibility import Sight

MOST = 200


@dataclass(frozen=True, slots=True)
class DeskAct:
    """One act: who did what, when (UTC)."""

    at: datetime
    by: str
    what: str


def desk_acts(incident: int, items: list[str], name: str, seen: Sight) -> list[DeskAct]:
    """The acts about an incident, of whose reports `items` names the captures, that the person called `name` may know of."""
    return sorted((*_links(items, seen), *_case(incident, name, seen)), key=lambda act: act.at)


def _links(items: list[str], seen: Sight) -> Iterator[DeskAct]:
    about = LinkDecision.objects.filter(Q(first_document__in=items) | Q(second_document__in=items)).defer("content")
    rows = seen.link_decisions(about).order_by("-number")[:MOST]
    for _act, together in groupby(rows, key=lambda row: row.act):
        first = next(together)
        yield DeskAct(first.at, first.by, _("Links: %(deed)s") % {"deed": first.get_deed_display()})


def _case(incident: int, name: str, seen: Sight) -> Iterator[DeskAct]:
    """The case and its sheets; of the sheets of others only what independence lets somebody know."""
    case = seen_cases(seen).filter(incident=incident).first()
    if case is None:
        return
    yield DeskAct(case.opened, case.opened_by, _("Case opened"))
    for found in rounds_about(list(CaseContent.objects.filter(case=case))).values():
        for given in sheets_known_to(found, name):
            yield DeskAct(given.row.at, given.row.by, _("Verification sheet given"))
            if given.withdrawal is not None:
                yield DeskAct(given.withdrawal.at, given.withdrawal.by, _("Verification sheet withdrawn"))
