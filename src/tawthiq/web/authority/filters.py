"""The narrowing of the list of entries, as the address carries it."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tawthiq.lexicon.folded import name_key
from tawthiq.web.authority.shown import ENDED, FORCE, MERGED, ShownEntry
from tawthiq.web.filters import given


class AuthorityForm(forms.Form):
    """Words of a name, wording or code; actors or places; in force or not."""

    words = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind_of = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("both")), ("actor", _("actors")), ("place", _("places"))]
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("any state")), (FORCE, _("in force")), (MERGED, _("merged")), (ENDED, _("ended"))],
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.fields["words"].widget.attrs["dir"] = "auto"

    def kind(self) -> str:
        """Actors or places; empty for both."""
        return str(given(self, "kind_of"))

    def lets_through(self, entry: ShownEntry) -> bool:
        """Whether the list shows the entry."""
        words = str(given(self, "words")).strip()
        if self.kind() not in ("", entry.kind.value) or str(given(self, "state")) not in ("", entry.state):
            return False
        key = name_key(words)
        held = (entry.name, entry.other_name, *(alias.text for alias, _note in entry.aliases))
        return not words or words.lower() in entry.code or any(key and key in name_key(name) for name in held)
