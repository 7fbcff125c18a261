"""What the page of charts counts, each as lines of a label and a number; everything in the sight of who asks."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tawthiq.archive.models import IncidentReport, Slot
from tawthiq.casework.models import Case, CaseViolation
from tawthiq.casework.queries.cases import seen_cases
from tawthiq.casework.queries.visibility import Sight
from tawthiq.lexicon.verification_terms import violation_types
from tawthiq.web import labels
from tawthiq.web.charts.bars import Bar
from tawthiq.web.mapping.narrowing import Narrowed

MOST = 25  # lines of a chart; the rest are told as one
SOURCES = 10  # more independent sources than this are counted together


@dataclass(frozen=True, slots=True)
class Counting:
    """A chart of the page: what it is called, what it counts, and how."""

    title: Promise
    about: Promise
    count: Callable[[Narrowed, Sight], list[Bar]]


def _acts(wanted: Narrowed, _sight: Sight) -> list[Bar]:
    rows = wanted.rows.order_by().values_list("act").annotate(told=Count("pk"))
    return _ordered([Bar(labels.label("act", act), told) for act, told in rows])


def _outlets(wanted: Narrowed, _sight: Sight) -> list[Bar]:
    told = wanted.among(IncidentReport.objects.all())
    rows = told.order_by().values_list("report__publisher").annotate(told=Count("incident", distinct=True))
    return _ordered([Bar(outlet, count) for outlet, count in rows])


def _states(wanted: Narrowed, sight: Sight) -> list[Bar]:
    cases = seen_cases(sight)
    if wanted.filtered:
        cases = cases.filter(incident__in=wanted.rows.order_by().values("pk"))
    counted = dict(cases.order_by().values_list("state").annotate(told=Count("pk")))
    return [Bar(str(name), counted[code]) for code, name in Case.State.choices if counted.get(code)]


def _violations(wanted: Narrowed, sight: Sight) -> list[Bar]:
    cases = seen_cases(sight)
    if wanted.filtered:
        cases = cases.filter(incident__in=wanted.rows.order_by().values("pk"))
    rows = CaseViolation.objects.filter(case__in=cases).order_by().values_list("code").annotate(told=Count("case"))
    return _ordered([Bar(_violation(code), told) for code, told in rows])


def _violation(code: str) -> str:
    """What a type of violation is called; its code where the table has lost it."""
    known = violation_types().get(code)
    return known.term.name(labels.active_language()) if known else code


def _sources(wanted: Narrowed, _sight: Sight) -> list[Bar]:
    found: dict[int, int] = {}
    for sources, told in wanted.rows.order_by().values_list("independent_sources").annotate(told=Count("pk")):
        held = min(sources, SOURCES + 1)
        found[held] = found.get(held, 0) + told
    return [Bar(_source_words(sources), told) for sources, told in sorted(found.items())]


def _source_words(sources: int) -> str:
    if sources > SOURCES:
        return _("more than %(number)s independent sources") % {"number": SOURCES}
    return _("independent sources: %(number)s") % {"number": sources}


def _contradictions(wanted: Narrowed, _sight: Sight) -> list[Bar]:
    slots = wanted.among(Slot.objects.filter(standing="disputed"))
    rows = slots.order_by().values_list("slot").annotate(told=Count("incident", distinct=True))
    return _ordered([Bar(labels.label("slot", slot), told) for slot, told in rows])


def _ordered(found: list[Bar]) -> list[Bar]:
    """The longest first; what is beyond `MOST` is not shown one by one, and never added up (it would count incidents twice)."""
    return sorted(found, key=lambda bar: (-bar.value, bar.label))


COUNTINGS: dict[str, Counting] = {
    "acts": Counting(gettext_lazy("By act"), gettext_lazy("Incidents, by the act that most reports tell."), _acts),
    "outlets": Counting(
        gettext_lazy("By outlet"),
        gettext_lazy("Incidents that an outlet tells of; an incident counts for each of its outlets."), _outlets,
    ),
    "states": Counting(gettext_lazy("By state of the case"), gettext_lazy("Cases that were opened."), _states),
    "violations": Counting(
        gettext_lazy("By type of violation"),
        gettext_lazy("Verified cases; two people set the types, and a case may have several."), _violations,
    ),
    "sources": Counting(
        gettext_lazy("By number of sources"), gettext_lazy("Incidents, by how many independent sources tell of them."), _sources
    ),
    "contradictions": Counting(
        gettext_lazy("By contradiction"),
        gettext_lazy("Incidents whose independent sources cannot all be right; one may count for several questions."),
        _contradictions,
    ),
}  # fmt: skip
