"""The box of an incident's page in which people decide about it: its tellings, its neighbours, what is in force."""

from dataclasses import dataclass

from django.http import HttpRequest

from tawthiq.archive.models import Incident
from tawthiq.casework.queries.link_decisions import in_force_touching, last_act
from tawthiq.casework.rules import may_decide_links
from tawthiq.records.link_decision import LinkDecision
from tawthiq.web.link_deciding.nearest import nearest
from tawthiq.web.link_deciding.reasons import Balance, from_row
from tawthiq.web.link_deciding.tellings import Telling, tellings_of


@dataclass(frozen=True, slots=True)
class Box:
    """What `incidents/_decide.html` shows; `seen` is the number of the last act when the page was made.

    `balance` is what speaks for and against over all pairs of the incident, None where nothing was linked.
    """

    tellings: list[Telling]
    balance: Balance | None
    nearest: list[Incident]
    in_force: list[LinkDecision]
    seen: int
    may_decide: bool
    effect: str


def decide_box(request: HttpRequest, incident: Incident) -> Box:
    """The box for one incident; a constant number of queries."""
    tellings = tellings_of([incident.number])[incident.number]
    documents = {telling.event.report.capture.identifier for telling in tellings}
    effect = request.GET.get("effect", "")
    return Box(
        tellings=tellings,
        balance=from_row(incident.reasons, incident.score) if incident.reasons else None,
        nearest=nearest(incident),
        in_force=list(in_force_touching(documents).decisions),
        seen=last_act(),
        may_decide=may_decide_links(request.user),
        effect=effect if effect in ("done", "later") else "",
    )
