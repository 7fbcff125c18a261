"""The narrowing of the list of cases, as the address carries it."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models import Case, User
from tawthiq.casework.queries.cases import CaseFilter
from tawthiq.lexicon.verification_terms import violation_types
from tawthiq.web import labels
from tawthiq.web.filters import Choices


class CaseForm(forms.Form):
    """Filters of cases; fields with errors narrow nothing."""

    state = forms.ChoiceField(
        label=pgettext_lazy("case", "State"), required=False, choices=[("", _("any state")), *Case.State.choices]
    )
    act = forms.ChoiceField(label=_("Act"), required=False, choices=[("", _("any act")), *labels.ACTS.items()])
    violation = forms.ChoiceField(label=_("Type of violation"), required=False)
    first = forms.DateField(
        label=_("Happened from"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Happened to"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    place = forms.CharField(label=_("Place"), required=False, max_length=100)
    assigned = forms.ChoiceField(label=_("Given to"), required=False)
    published = forms.ChoiceField(
        label=_("Published"),
        required=False,
        choices=[("", _("published or not")), ("yes", _("published")), ("no", _("not published"))],
    )
    changed = forms.BooleanField(label=_("Only those that changed since they were verified"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        language = labels.active_language()
        types = [(code, kind.term.name(language)) for code, kind in violation_types().items()]
        _choose(self, "violation", [("", _("any type")), *types])
        names = User.objects.filter(is_active=True).exclude(role=User.Role.PUBLIC).values_list("name", flat=True)
        _choose(self, "assigned", [("", _("anybody")), *((name, name) for name in names.order_by("name"))])
        self.fields["place"].widget.attrs["dir"] = "auto"

    def narrowed(self) -> CaseFilter:
        """The filter."""
        self.is_valid()
        given = self.cleaned_data
        return CaseFilter(
            state=given.get("state", ""),
            act=given.get("act", ""),
            violation=given.get("violation", ""),
            first=given.get("first"),
            last=given.get("last"),
            place=given.get("place", "").strip(),
            assigned=given.get("assigned", ""),
            published=given.get("published", ""),
            changed=given.get("changed", False),
        )


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
