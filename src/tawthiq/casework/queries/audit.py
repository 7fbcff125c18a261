"""Which entries of the custody log a person may see: none that speaks of an item outside their sight, and none that tells who
verifies a case before it is settled.

The log's files hold every entry, and whoever has the archive's folder can read them; this is about the pages.
"""

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from tawthiq.archive.log_acts import base_of
from tawthiq.archive.models import IncidentReport, LogAct, LogActItem
from tawthiq.casework.domain import custody
from tawthiq.casework.models import Case, Person, SheetWithdrawal, VerificationSheet
from tawthiq.casework.queries.assignments import about_secret
from tawthiq.casework.queries.visibility import Sight
from tawthiq.casework.verification_outcome import NEEDED

ABOUT_INCIDENTS = ("case", "incident")
SETTLED = (Case.State.VERIFIED, Case.State.REJECTED)
_GIVEN = (custody.SHEET_GIVEN, custody.SHEET_WITHDRAWN)
_HANDS = (custody.ASSIGNED, custody.BULK_DONE)


def seen_acts(sight: Sight, name: str, rows: QuerySet[LogAct]) -> QuerySet[LogAct]:
    """Those of some entries that the person called `name` may see."""
    if not sight.desk:
        return rows.none()
    rows = rows.exclude((_tells_of_verifiers() | _tells_whose_cases_are()) & ~Q(actor=name))
    hidden = _hidden_items(sight)
    if not hidden:
        return rows
    speaks = LogActItem.objects.filter(act=OuterRef("pk"), item__in=hidden)
    return rows.exclude(Q(Exists(speaks)) | Q(subject__in=hidden))


def _hidden_items(sight: Sight) -> list[str]:
    """What entries must not speak of."""
    seen = sight.persons(Person.objects.all()).values("pk")
    hidden = [f"person:{number}" for number in Person.objects.exclude(pk__in=seen).values_list("pk", flat=True)]
    if not sight.sees_all:
        hidden += sorted({base_of(item) for item in sight.hidden_items()})
        told = IncidentReport.objects.filter(report__in=sight.hidden_numbers()).values_list("incident", flat=True)
        hidden += [f"{kind}:{number}" for number in told.distinct() for kind in ABOUT_INCIDENTS]
    return hidden


def _tells_whose_cases_are() -> Q:
    """The entries of work given or taken that name a case which waits for another verifier."""
    about = LogActItem.objects.filter(about_secret("item"), act=OuterRef("pk"))
    return Q(Exists(about), kind__in=_HANDS)


def _tells_of_verifiers() -> Q:
    """The entries of sheets about what is not settled: the second person must not learn who was the first.

    A settled case may have changed since, so that sheets about what it holds now are as secret as those about a new one.
    """
    counting = VerificationSheet.objects.filter(withdrawal=None).order_by().values("about")
    two = counting.annotate(given=Count("pk")).filter(given__gte=NEEDED).values("about")
    sheets = VerificationSheet.objects.filter(about__case__state__in=SETTLED, about__in=two).values("sha256")
    withdrawn = SheetWithdrawal.objects.filter(sheet__sha256__in=sheets).values("sha256")
    cases = Case.objects.filter(state__in=SETTLED)
    named = cases.annotate(subject=Concat(Value("case:"), Cast("incident", CharField()))).values("subject")
    given = Q(kind__in=_GIVEN) & ~Q(subject__in=sheets) & ~Q(subject__in=withdrawn)
    return given | (Q(kind=custody.SHEETS_OPENED) & ~Q(subject__in=named))
