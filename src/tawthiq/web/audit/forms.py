"""How the list of the log's entries is narrowed; the address carries it all."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tawthiq.casework.models import User
from tawthiq.web.audit.wording import GROUPS, kind_name, kinds, kinds_of


class AuditForm(forms.Form):
    """Who, what, when, and which item. The choices are the same whatever the log holds: they tell of no entry."""

    who = forms.ChoiceField(label=_("Name"), required=False)
    what = forms.ChoiceField(label=_("What was done"), required=False)
    item = forms.CharField(label=_("Item (its identifier)"), required=False, max_length=128)
    first = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        who, what = self.fields["who"], self.fields["what"]
        assert isinstance(who, forms.ChoiceField)
        assert isinstance(what, forms.ChoiceField)
        names = User.objects.order_by("name").values_list("name", flat=True)
        who.choices = [("", _("anybody")), *((name, name) for name in names)]
        known = sorted(kinds(), key=kind_name)
        groups = [(f"group:{code}", label) for code, label in GROUPS.items()]
        what.choices = [
            ("", _("anything")),
            (_("Groups of acts"), groups),
            (_("Acts"), [(k, kind_name(k)) for k in known]),
        ]
        self.fields["item"].widget.attrs.update({"dir": "ltr", "autocomplete": "off"})

    def kinds(self) -> tuple[str, ...]:
        """The kinds of entries that the choice of `what` means; none where it means all."""
        chosen: str = self.cleaned_data.get("what", "")
        if chosen.startswith("group:"):
            return kinds_of(chosen.removeprefix("group:"))
        return (chosen,) if chosen else ()
