"""The form by which a token for programs is made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawthiq.casework.domain.api_tokens import LONGEST_PURPOSE, MOST_DAYS, USUAL_DAYS, Wanted
from tawthiq.casework.models import ApiToken, User
from tawthiq.records.disclosure import Profile
from tawthiq.web.typed_numbers import WholeNumberField

_OPENED = (
    ("incidents", pgettext_lazy("token opens", "incidents")),
    ("reports", pgettext_lazy("token opens", "reports")),
    ("statistics", pgettext_lazy("token opens", "counts")),
)


class TokenForm(forms.Form):
    """Whose sight counts, for whom, what for, until when, what it opens."""

    purpose = forms.CharField(
        label=_("What it is for"),
        max_length=LONGEST_PURPOSE,
        help_text=_("The program or team that reads with it. No names of persons."),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    member = forms.ModelChoiceField(
        label=_("With the sight of"),
        queryset=User.objects.none(),
        to_field_name="name",
        empty_label=None,
        help_text=_("It reads what this member and you may both see, and closes when either of you leaves."),
    )
    profile = forms.ChoiceField(label=_("For whom"), choices=ApiToken.Profile.choices)
    days = WholeNumberField(
        label=_("Days until it expires"),
        least=1,
        most=MOST_DAYS,
        initial=USUAL_DAYS,
        help_text=_("At most a year."),
    )
    paths = forms.MultipleChoiceField(
        label=_("Opens only"),
        choices=_OPENED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen opens all of them."),
    )

    def __init__(self, data: Any, own: User) -> None:
        super().__init__(data, initial={"member": own.name})
        members = User.objects.filter(is_active=True).exclude(role=User.Role.PUBLIC).order_by("name")
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = members

    def wanted(self) -> Wanted:
        """What was asked for. The form is valid."""
        given = self.cleaned_data
        return Wanted(Profile(given["profile"]), given["purpose"], given["days"], tuple(given["paths"]))
