"""Filters as the address carries them: what is not understood narrows nothing, and a page says so by showing the form.

Forms without state: the same address always shows the same list.
"""

import unicodedata
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawthiq.archive.models import Report
from tawthiq.archive.queries.incidents import ANY
from tawthiq.archive.queries.reports import ReportFilter, languages, publishers
from tawthiq.casework.models import Case
from tawthiq.casework.queries.queue import Who
from tawthiq.casework.queries.queue_filters import NO, NO_CASE, YES, WorkOnIncidents, WorkOnReports
from tawthiq.web import labels

Choices = list[tuple[str, Any]]


def actor_choices() -> Choices:
    """All parties by their names in the active language."""
    names = labels.actors(labels.active_language())
    return [("", _("any party")), *sorted(names.items(), key=lambda item: item[1])]


class DayField(forms.DateField):
    """A day as the browser sends it, or as somebody typed it, in digits of any script; may be left out."""

    def __init__(self, label: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, widget=widget, input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"])

    def to_python(self, value: Any) -> Any:
        """The day. Raises ValidationError for what is none."""
        if isinstance(value, str):
            value = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in value)
        return super().to_python(value)


class GivenField(forms.ChoiceField):
    """To whom something is given: me, nobody, or whoever."""

    def __init__(self) -> None:
        choices = [("", _("anybody")), (Who.MINE.value, _("me")), (Who.NOBODY.value, _("nobody"))]
        super().__init__(label=_("Given to"), required=False, choices=choices)


class ReportForm(forms.Form):
    """The narrowing of the list of reports; choices are those of the reports that the person may see."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    language = forms.ChoiceField(label=_("Language"), required=False)
    outlet = forms.ChoiceField(label=_("Outlet"), required=False)
    act = forms.ChoiceField(label=_("Act"), required=False)
    actor = forms.ChoiceField(label=_("Party"), required=False)
    first = DayField(_("Published from"))
    last = DayField(_("Published to"))
    place = forms.CharField(label=_("Place"), required=False, max_length=100)
    reviewed = forms.ChoiceField(
        label=pgettext_lazy("filter", "Looked at"),
        required=False,
        choices=[("", _("looked at or not")), (YES, _("looked at")), (NO, _("not looked at yet"))],
    )
    restricted = forms.ChoiceField(
        label=pgettext_lazy("filter", "Restricted"),
        required=False,
        choices=[("", _("restricted or not")), (YES, _("restricted to groups")), (NO, _("not restricted"))],
    )
    assigned = GivenField()

    def __init__(self, data: QueryDict, seen: QuerySet[Report]) -> None:
        super().__init__(data)
        _choose(
            self,
            "language",
            [("", _("any language")), *((code, labels.label("language", code)) for code in languages(seen))],
        )
        _choose(self, "outlet", [("", _("any outlet")), *((name, name) for name in publishers(seen))])
        _choose(self, "act", [("", _("any act")), *labels.ACTS.items()])
        _choose(self, "actor", actor_choices())
        for name in ("words", "place"):
            self.fields[name].widget.attrs["dir"] = "auto"

    def work(self) -> WorkOnReports:
        """The filter by what people did; fields with errors narrow nothing."""
        self.is_valid()
        given = self.cleaned_data
        names = ("place", "reviewed", "restricted", "assigned")
        return WorkOnReports(**{name: given.get(name, "").strip() for name in names})

    def narrowed(self) -> ReportFilter:
        """The filter; fields with errors narrow nothing."""
        self.is_valid()
        given = self.cleaned_data
        return ReportFilter(
            words=given.get("words", "").strip(),
            language=given.get("language", ""),
            publisher=given.get("outlet", ""),
            first=given.get("first"),
            last=given.get("last"),
            act=given.get("act", ""),
            actor=given.get("actor", ""),
        )


class StatementForm(forms.Form):
    """The narrowing of the list of statements."""

    actor = forms.ChoiceField(label=_("Speaker's party"), required=False)
    stance = forms.ChoiceField(
        label=_("Stance"), required=False, choices=[("", _("any stance")), *labels.STANCES.items()]
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        _choose(self, "actor", actor_choices())


class IncidentForm(forms.Form):
    """The narrowing of the list of incidents."""

    act = forms.ChoiceField(label=_("Act"), required=False, choices=[("", _("any act")), *labels.ACTS.items()])
    several = forms.BooleanField(label=_("Only told by several reports"), required=False)
    disputed = forms.ChoiceField(
        label=_("Contradictions"),
        required=False,
        choices=[("", _("with and without")), (ANY, _("on any slot")), *labels.SLOTS.items()],
    )
    place = forms.CharField(
        label=_("Place"), required=False, max_length=100, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    first = DayField(_("Happened from"))
    last = DayField(_("Happened to"))
    standing = forms.ChoiceField(
        label=_("How the sources stand"), required=False, choices=[("", _("any standing")), *labels.STANDINGS.items()]
    )
    case = forms.ChoiceField(
        label=pgettext_lazy("filter", "Case"),
        required=False,
        choices=[("", _("with a case or without")), (NO_CASE, _("without a case")), *Case.State.choices],
    )
    assigned = GivenField()

    def work(self) -> WorkOnIncidents:
        """The filter by place, period, standing and what people did; fields with errors narrow nothing."""
        self.is_valid()
        given = self.cleaned_data
        names = ("place", "standing", "case", "assigned")
        texts = {name: given.get(name, "").strip() for name in names}
        return WorkOnIncidents(first=given.get("first"), last=given.get("last"), **texts)


class PageReviewForm(forms.Form):
    """The narrowing of the queue of pages; `outlets` are those that have pages in it."""

    outlet = forms.ChoiceField(label=_("Outlet"), required=False)

    def __init__(self, data: QueryDict, outlets: list[str]) -> None:
        super().__init__(data)
        _choose(self, "outlet", [("", _("any outlet")), *((name, name) for name in outlets)])


class SearchForm(forms.Form):
    """Words to search for."""

    words = forms.CharField(label=_("Words"), required=False, max_length=400)
    comments = forms.BooleanField(label=_("Search readers' comments too"), required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["words"].widget.attrs.update({"dir": "auto", "type": "search", "autocomplete": "off"})


def _choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a choice field choices that are known only now."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def given(form: forms.Form, name: str) -> Any:
    """One cleaned value; empty when the address carries nonsense."""
    form.is_valid()
    return form.cleaned_data.get(name, "")
