"""Forms of person files: what is known in the clear, roles, reasons, the filters of the list. Nothing of identities."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models import Group, Person, PersonRole
from tawthiq.casework.queries.persons import NOT_ASKED, Wanted

LARGEST = (1 << 63) - 1
TRAITS = ("sex", "age_group", "civilian")
OPEN = ("", pgettext_lazy("person file", "left open"))


class DayField(forms.DateField):
    """A day as browsers send it, in any digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=["%Y-%m-%d"], widget=widget, required=False, **kwargs)


class ReportField(forms.IntegerField):
    """The number of a report, in any digits."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"})
        super().__init__(min_value=1, max_value=LARGEST, required=False, widget=widget, **kwargs)


class FactsForm(forms.Form):
    """What a file says of a person in the clear: each trait with what it rests on, consent, risk."""

    pseudonym = forms.CharField(
        label=pgettext_lazy("person file", "Pseudonym"),
        max_length=64,
        required=False,
        help_text=_("Leave it empty to go by the number. Never a real name, nor part of one."),
    )
    sex = forms.ChoiceField(
        label=pgettext_lazy("person file", "Sex"), required=False, choices=[OPEN, *Person.Sex.choices]
    )
    sex_report = ReportField(label=_("Report"))
    sex_words = forms.CharField(label=_("Words in it that say so"), required=False, max_length=300)
    age_group = forms.ChoiceField(
        label=pgettext_lazy("person file", "Age group"), required=False, choices=[OPEN, *Person.AgeGroup.choices]
    )
    age_group_report = ReportField(label=_("Report"))
    age_group_words = forms.CharField(label=_("Words in it that say so"), required=False, max_length=300)
    civilian = forms.ChoiceField(
        label=pgettext_lazy("person file", "Civilian or fighter, as claimed"),
        required=False,
        choices=[OPEN, *Person.Civilian.choices],
    )
    civilian_report = ReportField(label=_("Report"))
    civilian_words = forms.CharField(label=_("Words in it that say so"), required=False, max_length=300)
    risk = forms.ChoiceField(
        label=pgettext_lazy("person file", "Risk"),
        required=False,
        choices=[("", pgettext_lazy("person file", "not assessed")), *Person.Risk.choices],
    )
    risk_reason = forms.CharField(
        label=pgettext_lazy("person file", "Why"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Colleagues who see the file read this. Write nothing that tells who the person is."),
    )
    consent_keep = forms.ChoiceField(label=pgettext_lazy("consent", "To keep what they told"), required=False)
    consent_court = forms.ChoiceField(label=pgettext_lazy("consent", "To share it with a court"), required=False)
    consent_publish = forms.ChoiceField(
        label=pgettext_lazy("consent", "To publish it without the name"), required=False
    )
    consent_by = forms.CharField(
        label=pgettext_lazy("consent", "Asked by"),
        required=False,
        max_length=64,
        help_text=_("The name of a member of the team at the desk."),
    )
    consent_on = DayField(label=pgettext_lazy("consent", "Asked on"))
    consent_how = forms.ChoiceField(
        label=pgettext_lazy("consent", "Asked how"),
        required=False,
        choices=[("", "–"), *Person.AskedHow.choices],
    )
    ask_again = DayField(label=pgettext_lazy("consent", "Ask again on"))
    public_name = forms.CharField(
        label=pgettext_lazy("person file", "Named in public as"),
        required=False,
        max_length=200,
        help_text=_(
            "Only for an official whom a preserved report names as an alleged perpetrator. Write the name as the report does."
        ),
    )
    public_name_report = ReportField(label=_("Report"))

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        for name in ("consent_keep", "consent_court", "consent_publish"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", pgettext_lazy("consent", "not asked")), *Person.Consent.choices]
        for name, field in self.fields.items():
            if not isinstance(field, (forms.ChoiceField, forms.DateField, forms.IntegerField)):
                field.widget.attrs.update({"dir": "auto", "autocomplete": "off"})
            field.widget.attrs["aria-describedby"] = f"id_{name}_helptext" if field.help_text else ""

    def clean(self) -> dict[str, Any]:
        """A risk has its reason; consent says who asked, when and how, and no day to come; pointers are whole."""
        given = super().clean() or {}
        if given.get("risk") and not given.get("risk_reason"):
            self.add_error("risk_reason", _("Say why."))
        asked = any(given.get(name) for name in ("consent_keep", "consent_court", "consent_publish"))
        for name in ("consent_by", "consent_on", "consent_how"):
            if asked and not given.get(name) and name not in self.errors:
                self.add_error(name, _("Say who asked, when and how."))
        if given.get("consent_on") and given["consent_on"] > timezone.now().date():
            self.add_error("consent_on", _("This day is still to come."))
        for trait in TRAITS:
            words, report = given.get(f"{trait}_words"), given.get(f"{trait}_report")
            if bool(words) != bool(report) and f"{trait}_report" not in self.errors:
                self.add_error(f"{trait}_words", _("Give both the report’s number and its words, or neither."))
        if given.get("public_name") and not given.get("public_name_report") and "public_name_report" not in self.errors:
            self.add_error("public_name_report", _("Give the number of the report that names them."))
        return given

    def traits(self) -> list[tuple[Any, Any, Any]]:
        """Each trait with the fields of its pointer."""
        return [(self[name], self[f"{name}_report"], self[f"{name}_words"]) for name in TRAITS]


class RoleForm(forms.Form):
    """What the person is said to have been, in which incident."""

    role = forms.ChoiceField(label=pgettext_lazy("person file", "Role"), choices=PersonRole.Role.choices)
    incident = forms.IntegerField(
        label=_("Number of the incident"),
        min_value=0,
        max_value=LARGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
        help_text=_("The last part of the address of the incident’s page."),
    )


class GroupsForm(forms.Form):
    """The groups of which the members may see the file; of those that the person who asks is in."""

    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"), queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: QueryDict | None, groups: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["groups"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = groups


class ReasonForm(forms.Form):
    """Why somebody needs what they ask for; `care` asks for one more confirmation."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto", "autocomplete": "off"}),
        help_text=_("At least ten characters. It is kept under your name; write no name of the person in it."),
    )
    confirmed = forms.BooleanField(label=_("I need this although it is specially protected."))

    def __init__(self, data: QueryDict | None, *, care: bool) -> None:
        super().__init__(data)
        if not care:
            del self.fields["confirmed"]

    def clean_reason(self) -> str:
        """A reason of ten characters at least, spaces apart."""
        reason = " ".join(str(self.cleaned_data["reason"]).split())
        if len(reason) < 10:  # domain.identities.LEAST_REASON
            raise forms.ValidationError(_("Give a reason of at least ten characters."))
        return reason


class ListForm(forms.Form):
    """The narrowing of the list of person files."""

    role = forms.ChoiceField(
        label=pgettext_lazy("person file", "Role"),
        required=False,
        choices=[("", _("any role")), *PersonRole.Role.choices],
    )
    risk = forms.ChoiceField(
        label=pgettext_lazy("person file", "Risk"), required=False, choices=[("", _("any risk")), *Person.Risk.choices]
    )
    consent = forms.ChoiceField(
        label=_("Consent to keep"),
        required=False,
        choices=[("", _("any")), (NOT_ASKED, pgettext_lazy("consent", "not asked")), *Person.Consent.choices],
    )
    incident = forms.IntegerField(
        label=_("Number of the incident"),
        required=False,
        min_value=0,
        max_value=LARGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )

    def wanted(self) -> Wanted:
        """The filter; fields with errors narrow nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Wanted(given.get("role", ""), given.get("risk", ""), given.get("consent", ""), given.get("incident"))
