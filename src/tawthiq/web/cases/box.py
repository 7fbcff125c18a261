"""The line about its case on an incident's page."""

from dataclasses import dataclass

from django.http import HttpRequest

from tawthiq.casework.models import Case
from tawthiq.casework.queries.cases import seen_cases
from tawthiq.casework.rules import may_verify
from tawthiq.web.middleware import sight


@dataclass(frozen=True, slots=True)
class CaseBox:
    """The case of an incident, None where there is none yet, and whether the person may verify."""

    case: Case | None
    may_verify: bool


def case_box(request: HttpRequest, incident: int) -> CaseBox | None:
    """The line; None where a case is hidden from this person, as what does not exist."""
    case = seen_cases(sight(request)).filter(incident=incident).first()
    if case is None and Case.objects.filter(incident=incident).exists():
        return None
    return CaseBox(case, may_verify(request.user))
