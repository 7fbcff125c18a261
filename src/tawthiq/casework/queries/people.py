"""Pairs of persons as pages ask for them, in a constant number of queries."""

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from tawthiq.archive.models import Capture
from tawthiq.casework.domain.people import is_unchanged
from tawthiq.casework.models import PersonDecision, PersonProposal


def pairs(state: str) -> QuerySet[PersonProposal]:
    """The pairs in one state, the likeliest first, with the number of decisions about each."""
    found = PersonProposal.objects.filter(state=state).annotate(told=Count("decisions"))
    return found.order_by("-probability", "number")


def counts(among: QuerySet[PersonProposal]) -> dict[str, int]:
    """How many of some pairs there are in each state."""
    found = dict(among.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in PersonProposal.State.values}


def captures_of(rows: Iterable[PersonProposal]) -> dict[str, Capture]:
    """The items in which the records of pairs stand, with their reports, by identifier."""
    wanted = {identifier for row in rows for identifier in (row.first_capture, row.second_capture)}
    found = Capture.objects.filter(identifier__in=wanted).select_related("report")
    return {capture.identifier: capture for capture in found}


def history(proposal: PersonProposal) -> list[tuple[PersonDecision, bool]]:
    """What people said of a pair, the last first, and whether each row is what it was when it was saved."""
    rows = proposal.decisions.select_related("proposal").order_by("-revision")
    return [(row, is_unchanged(row)) for row in rows]
