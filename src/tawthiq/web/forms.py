"""Forms of the accounts' pages."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tawthiq.casework.domain import attempts
from tawthiq.casework.models import User


class SignInForm(AuthenticationForm):
    """Name and password, refused without a look at the password after too many failures."""

    error_messages = {  # noqa: RUF012  overrides an attribute of the Django form
        "invalid_login": _("The name or the password is wrong. Both distinguish capital letters."),
        "inactive": _("This account is closed."),
        "blocked": _("Too many failed attempts. Try again in 15 minutes."),
    }

    def clean(self) -> dict[str, Any]:
        """Count failures for the name and the address."""
        name = self.cleaned_data.get("username") or ""
        address = str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""
        if attempts.is_blocked(name, address):
            raise ValidationError(self.error_messages["blocked"], code="blocked")
        try:
            cleaned = super().clean()
        except ValidationError:
            attempts.count_failure(name, address)
            raise
        attempts.forget_failures(name)
        return cleaned


class FirstOwnerForm(forms.Form):
    """A name of one's choice and a password, written twice."""

    name = forms.CharField(
        label=_("Name"),
        max_length=64,
        help_text=_("A name of your choice; it need not be your own. Others of your team will see it."),
        validators=User._meta.get_field("name").validators,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "dir": "auto"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 12 characters: several unrelated words are good. Nobody can recover it for you."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    repeated = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """The two passwords agree and are hard to guess."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and cleaned.get("repeated") and password != cleaned["repeated"]:
            self.add_error("repeated", ValidationError(_("The two passwords differ."), code="differ"))
        elif password:
            try:
                validate_password(password, User(name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
