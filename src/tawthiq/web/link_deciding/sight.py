"""Decisions about links as far as a person may see them: those about items that are hidden from them are not there.

What somebody wrote as the reason of an act is left out where part of the act is hidden: it may speak of that part.
"""

from collections.abc import Iterable
from dataclasses import replace

from tawthiq.casework.models import LinkDecision
from tawthiq.casework.queries.link_decisions import last_act
from tawthiq.casework.queries.visibility import Sight
from tawthiq.records.link_decision import LinkDecision as Decision

NEVER = "-"  # a digest that no decision has


def last_act_seen(seen: Sight) -> int:
    """The number of the last act that holds a decision about items which the person may see."""
    return last_act(seen.link_decisions(LinkDecision.objects.all()))


def decisions_seen(decisions: Iterable[Decision], seen: Sight) -> list[Decision]:
    """Those of some decisions of which the person may see both items."""
    found = list(decisions)
    hidden = seen.hides(anchor.document for each in found for anchor in (each.first, each.second))
    shown = [each for each in found if hidden.isdisjoint((each.first.document, each.second.document))]
    if seen.sees_all or not shown:
        return shown
    rows = LinkDecision.objects.filter(sha256__in=[each.identifier for each in shown])
    acts = dict(rows.values_list("sha256", "act"))
    in_part = seen.acts_in_part(set(acts.values()))
    return [replace(each, reason="") if acts.get(each.identifier) in in_part else each for each in shown]


def digests_seen(digests: Iterable[str], seen: Sight) -> tuple[str, ...]:
    """Digests of decisions that are to be withdrawn; one that the person may not see is as one that never was."""
    given = list(digests)
    rows = LinkDecision.objects.filter(sha256__in=given)
    known = set(seen.link_decisions(rows).values_list("sha256", flat=True))
    return tuple(each if each in known else NEVER for each in given)
