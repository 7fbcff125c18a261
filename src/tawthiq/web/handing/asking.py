"""The form of handing out: which incidents, what, for whom, in which language. The same fields look first and make the file."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawthiq.records.disclosure import Profile
from tawthiq.web.handing.kinds import DOSSIER, PROFILES, Kind, kinds

_SEPARATORS = re.compile(r"[\s,،;؛]+")
_LARGEST = 2**63 - 1
LANGUAGES = {"ar": ("ar",), "en": ("en",), "both": ("ar", "en")}
_LANGUAGE_NAMES = (
    ("both", pgettext_lazy("hand out", "Arabic and English")),
    ("ar", pgettext_lazy("hand out", "Arabic")),
    ("en", pgettext_lazy("hand out", "English")),
)
TOO_MANY = _("Too many for a page: the command line makes files of any size.")


class NumbersField(forms.CharField):
    """Numbers of incidents, in digits of any script, apart by spaces or commas."""

    def to_python(self, value: Any) -> Any:
        """The numbers, each once, in the order typed. Raises ValidationError for what is none."""
        text = super().to_python(value) or ""
        western = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
        parts = [part for part in _SEPARATORS.split(western) if part]
        if not all(
            part.isascii() and part.isdecimal() and len(part) < 20 and 0 < int(part) <= _LARGEST for part in parts
        ):
            raise ValidationError(_("Numbers of incidents, with spaces between them."))
        return tuple(dict.fromkeys(int(part) for part in parts))


class HandingForm(forms.Form):
    """What is asked for. `chosen` is the kind, once the form is valid."""

    incidents = NumbersField(
        label=_("Incidents"),
        max_length=4_000,
        required=False,
        help_text=_("Their numbers, with spaces between them; left empty, all of them."),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(label=_("What"), widget=forms.RadioSelect)
    profile = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language"),
        choices=_LANGUAGE_NAMES,
        help_text=_("Of dossiers and statistics; other files are for machines."),
    )

    def __init__(self, data: Any, incidents: str = "") -> None:
        usual = {"incidents": incidents, "kind": DOSSIER, "profile": Profile.PUBLIC.value, "language": "both"}
        super().__init__(data, initial=usual)
        self.kinds = kinds()
        for name, choices in (
            ("kind", [(each.name, each.title) for each in self.kinds.values()]),
            ("profile", [(profile.value, title) for profile, (title, _about) in PROFILES.items()]),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def chosen(self) -> Kind:
        """The kind that was chosen."""
        return self.kinds[self.cleaned_data["kind"]]

    @property
    def kinds_offered(self) -> list[tuple[Any, Kind]]:
        """The buttons of the kinds, each with its kind."""
        return list(zip(self["kind"], self.kinds.values(), strict=True))

    @property
    def profiles_offered(self) -> list[tuple[Any, Any]]:
        """The buttons of the profiles, each with the line that says what it leaves out."""
        return [(button, about) for button, (_title, about) in zip(self["profile"], PROFILES.values(), strict=True)]

    def clean(self) -> dict[str, Any]:
        """What fits together."""
        cleaned = super().clean() or {}
        kind = self.kinds.get(cleaned.get("kind", ""))
        numbers, profile = cleaned.get("incidents", ()), cleaned.get("profile")
        if kind is None or profile is None:
            return cleaned
        if kind.most == 1 and len(numbers) != 1:
            self.add_error("incidents", _("A dossier is about one incident."))
        elif len(numbers) > kind.most:
            self.add_error("incidents", TOO_MANY)
        if Profile(profile) not in kind.profiles:
            self.add_error("profile", _("Preserved pages are handed to courts alone: nobody can redact them."))
        return cleaned
