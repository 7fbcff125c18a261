"""The form of an identity. Every input's name begins with "protected-": what keeps typed text elsewhere leaves those out.

No input is filled in by browsers, and nothing typed here is put into an address, a title, a notice or a log.
"""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawthiq.casework.domain.identities import Identity

PREFIX = "protected"
OLDEST = 130
_DAY = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_ARABIC, _LATIN = {"dir": "rtl", "lang": "ar"}, {"dir": "ltr", "lang": "en"}
NAMES: tuple[tuple[str, Any, dict[str, str]], ...] = (
    ("full", pgettext_lazy("identity", "Full name as told"), _ARABIC),
    ("given", pgettext_lazy("identity", "Given name"), _ARABIC),
    ("father", pgettext_lazy("identity", "Father’s name"), _ARABIC),
    ("family", pgettext_lazy("identity", "Family name"), _ARABIC),
    ("kunya", pgettext_lazy("identity", "Kunya"), _ARABIC),
    ("full_latin", pgettext_lazy("identity", "Full name in Latin letters"), _LATIN),
    ("given_latin", pgettext_lazy("identity", "Given name in Latin letters"), _LATIN),
    ("father_latin", pgettext_lazy("identity", "Father’s name in Latin letters"), _LATIN),
    ("family_latin", pgettext_lazy("identity", "Family name in Latin letters"), _LATIN),
    ("kunya_latin", pgettext_lazy("identity", "Kunya in Latin letters"), _LATIN),
)


class IdentityForm(forms.Form):
    """Who a person is; all of it may be left open but one name."""

    birth_first = forms.CharField(
        label=pgettext_lazy("identity", "Born on, or not before"),
        max_length=10,
        required=False,
        help_text=_("A year, a month or a day: 1990, 1990-05 or 1990-05-17."),
    )
    birth_last = forms.CharField(label=pgettext_lazy("identity", "Born not after"), max_length=10, required=False)
    age_least = forms.IntegerField(
        label=pgettext_lazy("identity", "Age, at least"), min_value=0, max_value=OLDEST, required=False
    )
    age_most = forms.IntegerField(
        label=pgettext_lazy("identity", "Age, at most"), min_value=0, max_value=OLDEST, required=False
    )
    contact = forms.CharField(
        label=pgettext_lazy("identity", "How to reach them"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    notes = forms.CharField(
        label=pgettext_lazy("identity", "Notes"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, data: QueryDict | None = None, **kwargs: Any) -> None:
        super().__init__(data, prefix=PREFIX, **kwargs)
        rest = dict(self.fields)
        self.fields.clear()
        for name, label, attrs in NAMES:
            self.fields[name] = forms.CharField(
                label=label, max_length=200, required=False, widget=forms.TextInput(attrs=dict(attrs))
            )
        self.fields.update(rest)
        for name in ("age_least", "age_most"):
            self.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"})
        for name, field in self.fields.items():
            field.widget.attrs.setdefault("dir", "ltr" if name.startswith("birth") else "auto")
            field.widget.attrs.update({"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"})

    def clean_birth_first(self) -> str:
        """A day or part of one."""
        return _day(self.cleaned_data["birth_first"])

    def clean_birth_last(self) -> str:
        """A day or part of one."""
        return _day(self.cleaned_data["birth_last"])

    def clean(self) -> dict[str, Any]:
        """One name at least, and ranges that begin before they end."""
        given = super().clean() or {}
        if not any(given.get(name) for name, *_ in NAMES) and not self.errors:
            raise forms.ValidationError(_("Give one name at least."))
        for least, most in (("birth_first", "birth_last"), ("age_least", "age_most")):
            begin, end = given.get(least), given.get(most)
            if begin not in (None, "") and end not in (None, "") and begin > end:
                self.add_error(most, _("The range ends before it begins."))
        return given

    def identity(self) -> Identity:
        """What was typed. Call it after `is_valid`."""
        return Identity(**{name: self.cleaned_data[name] for name in Identity.__dataclass_fields__})

    def rows(self) -> list[tuple[Any, Any]]:
        """The names side by side, in Arabic and in Latin letters."""
        return [(self[name], self[f"{name}_latin"]) for name in ("full", "given", "father", "family", "kunya")]

    def others(self) -> list[Any]:
        """The fields that are no names."""
        names = {name for name, *_ in NAMES}
        return [self[name] for name in self.fields if name not in names]


class NamingForm(forms.Form):
    """Where a report names the person: the exact words."""

    report = forms.IntegerField(
        label=_("Report"),
        min_value=1,
        max_value=(1 << 63) - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "autocomplete": "off"}),
    )
    words = forms.CharField(
        label=pgettext_lazy("identity", "Words that name the person"),
        max_length=300,
        strip=True,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=PREFIX)


class NameSearchForm(forms.Form):
    """A name to search for; sent by POST, so that it stands in no address."""

    name = forms.CharField(
        label=pgettext_lazy("identity", "Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false", "type": "text"}),
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=PREFIX)


def _day(text: str) -> str:
    western = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text.strip())
    if western and not _DAY.fullmatch(western):
        raise forms.ValidationError(_("Write a year, a month or a day: 1990, 1990-05 or 1990-05-17."))
    return western
