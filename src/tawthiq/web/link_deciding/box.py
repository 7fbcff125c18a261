"""The box of an incident's page in which people decide about it: its tellings, its neighbours, what is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from django.http import HttpRequest

from tawthiq.archive.models import Incident
from tawthiq.archive.queries.link_pairs import Comparing
from tawthiq.casework.queries.link_decisions import in_force_touching
from tawthiq.casework.queries.link_lessons import weights_in_use
from tawthiq.casework.rules import may_decide_links
from tawthiq.records.link_decision import LinkDecision
from tawthiq.web.link_deciding.nearest import nearest
from tawthiq.web.link_deciding.proposals import MOST_COMPARED, are_one_dispatch
from tawthiq.web.link_deciding.reasons import Balance, from_row, over_pairs
from tawthiq.web.link_deciding.sight import decisions_seen, last_act_seen
from tawthiq.web.link_deciding.tellings import Telling, tellings_of
from tawthiq.web.middleware import sight


@dataclass(frozen=True, slots=True)
class Box:
    """What `incidents/_decide.html` shows; `seen` is the number of the last act when the page was made.

    `balance` is what speaks for and against over the pairs of the incident that are no copies of one another, None where
    nothing was linked; `one_dispatch` says that all tellings are copies.
    """

    tellings: list[Telling]
    balance: Balance | None
    one_dispatch: bool
    nearest: list[Incident]
    in_force: list[LinkDecision]
    seen: int
    may_decide: bool
    effect: str


def decide_box(request: HttpRequest, incident: Incident) -> Box:
    """The box for one incident; a constant number of queries."""
    seen = sight(request)
    tellings = tellings_of([incident.number], parts=False)[incident.number]
    pairs = [pair for pair in combinations(tellings[:MOST_COMPARED], 2) if not are_one_dispatch(*pair)]
    documents = {telling.event.report.capture.identifier for telling in tellings}
    effect = request.GET.get("effect", "")
    return Box(
        tellings=tellings,
        balance=_balance(incident, pairs) if incident.reasons else None,
        one_dispatch=len(tellings) > 1 and not pairs,
        nearest=nearest(incident, seen.incidents(Incident.objects.all())),
        in_force=decisions_seen(in_force_touching(documents).decisions, seen),
        seen=last_act_seen(seen),
        may_decide=may_decide_links(request.user),
        effect=effect if effect in ("done", "later") else "",
    )


def _balance(incident: Incident, pairs: Sequence[tuple[Telling, Telling]]) -> Balance:
    """From what linking remembers of the events; from the incident's row where it does not."""
    comparing = Comparing.of((telling.event.key for pair in pairs for telling in pair), weights_in_use())
    weighed = [comparing.pair(one.event.key, other.event.key) for one, other in pairs]
    known = [each.reasons for each in weighed if each is not None]
    return over_pairs(known, incident.score) if known else from_row(incident.reasons, incident.score)
