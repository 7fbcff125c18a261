"""What a person typed of a person file, as facts with what each rests on; what does not hold becomes an error of the form."""

from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tawthiq.casework.domain.persons import Facts
from tawthiq.casework.domain.protected_reasons import risk_reason
from tawthiq.casework.models import Person
from tawthiq.casework.queries.persons import basis_at, passage
from tawthiq.casework.queries.visibility import Sight
from tawthiq.web.persons.forms import TRAITS, FactsForm

_PLAIN = (
    *("pseudonym", "risk", "risk_reason", "consent_keep", "consent_court", "consent_publish"),
    *("consent_by", "consent_on", "consent_how", "ask_again", "public_name"),
)


def facts_of(form: FactsForm, person: Person | None, sight: Sight, by: str, *, alleged: bool) -> Facts | None:
    """The facts, or None with the form's errors set. `alleged` says whether the file has a role of somebody who did wrong."""
    if not form.is_valid():
        return None
    given = form.cleaned_data
    bases: dict[str, dict[str, Any]] = {}
    for trait in TRAITS:
        basis = _basis(form, trait, person, sight, by)
        if basis:
            bases[trait] = basis
    if given["public_name"]:
        anchor = passage(sight, given["public_name_report"], given["public_name"])
        if not alleged or given["age_group"] == Person.AgeGroup.CHILD:
            form.add_error("public_name", _("Only for an adult whose file says “alleged”. Add that role first."))
        elif anchor is None:
            form.add_error("public_name", _("This name does not stand in that report."))
        else:
            bases["public_name"] = basis_at(anchor)
    if form.errors:
        return None
    return Facts(
        sex=given["sex"],
        age_group=given["age_group"],
        civilian=given["civilian"],
        bases=bases,
        **{name: given[name] for name in _PLAIN},
    )


def initial_of(person: Person) -> dict[str, Any]:
    """What the form shows of a file at first; a reason of risk that does not open has to be given anew."""
    found = {name: getattr(person, name) for name in (*_PLAIN, *TRAITS)}
    return {**found, "risk_reason": risk_reason(settings.ARCHIVE_FOLDER, person) or ""}


def _basis(form: FactsForm, trait: str, person: Person | None, sight: Sight, by: str) -> dict[str, Any] | None:
    given = form.cleaned_data
    if not given[trait]:
        return None
    if given[f"{trait}_words"]:
        anchor = passage(sight, given[f"{trait}_report"], given[f"{trait}_words"])
        if anchor is None:
            form.add_error(f"{trait}_words", _("These words do not stand in that report."))
            return None
        return basis_at(anchor)
    if person is not None and getattr(person, trait) == given[trait] and trait in person.bases:
        kept: dict[str, Any] = person.bases[trait]
        return kept
    return {"by": by, "on": timezone.now().date().isoformat()}
