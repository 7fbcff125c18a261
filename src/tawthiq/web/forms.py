"""Forms of the accounts' pages: signing in, passwords, codes, wishes, the team."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tawthiq.casework.domain import attempts
from tawthiq.casework.domain.attempts import Guess
from tawthiq.casework.domain.security_keys import NAME_LENGTH
from tawthiq.casework.models import Preferences, User

BLOCKED = _("Too many failed attempts. Try again in 15 minutes.")
_LONGEST_CODE = 64
_PASSWORD_HELP = _("At least 12 characters: several unrelated words are good. Nobody can recover it for you.")


class SignInForm(AuthenticationForm):
    """Name and password, refused without a look at the password after too many failures."""

    error_messages = {  # noqa: RUF012  overrides an attribute of the Django form
        "invalid_login": _("The name or the password is wrong. Both distinguish capital letters."),
        "inactive": _("This account is closed."),
        "blocked": BLOCKED,
    }

    def clean(self) -> dict[str, Any]:
        """Count attempts for the name and the address."""
        name = self.cleaned_data.get("username") or ""
        address = str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""
        if not attempts.admit(Guess.PASSWORD, name, address):
            raise ValidationError(self.error_messages["blocked"], code="blocked")
        cleaned = super().clean()
        if self.user_cache is not None:
            attempts.succeeded(Guess.PASSWORD, name, address)
        return cleaned


def _new_password(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=4096,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, written twice, for `user`."""

    password = _new_password(_("Password"), _PASSWORD_HELP)
    repeated = _new_password(_("Password once more"))

    def __init__(self, *args: Any, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The two passwords agree and are hard to guess."""
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and cleaned.get("repeated") and password != cleaned["repeated"]:
            self.add_error("repeated", ValidationError(_("The two passwords differ."), code="differ"))
        elif password:
            try:
                validate_password(password, self.user or User(name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned


class FirstOwnerForm(NewPasswordForm):
    """A name of one's choice and a password, written twice."""

    name = forms.CharField(
        label=_("Name"),
        max_length=64,
        help_text=_("A name of your choice; it need not be your own. Others of your team will see it."),
        validators=User._meta.get_field("name").validators,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True, "dir": "auto"}),
    )
    field_order = ("name", "password", "repeated")


class _OwnPassword(forms.Form):
    """The password that `user` has, asked again from `address`; attempts are counted as for signing in."""

    user: User | None
    address: str

    current = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )

    def clean_current(self) -> str:
        """Right, and not tried too often."""
        assert self.user is not None
        if not attempts.admit(Guess.PASSWORD, self.user.name, self.address):
            raise ValidationError(BLOCKED, code="blocked")
        if not self.user.check_password(self.cleaned_data["current"]):
            raise ValidationError(_("The password is wrong."), code="wrong")
        attempts.succeeded(Guess.PASSWORD, self.user.name, self.address)
        return str(self.cleaned_data["current"])


class OwnPasswordForm(_OwnPassword):
    """The password that the signed-in person has."""

    def __init__(self, *args: Any, user: User, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.address = user, address


class ChangePasswordForm(NewPasswordForm, _OwnPassword):
    """The password that the person has, and a new one, written twice."""

    field_order = ("current", "password", "repeated")

    def __init__(self, *args: Any, user: User, address: str, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.address = address


class CodeForm(forms.Form):
    """A code from an app, in digits of any script."""

    code = forms.CharField(
        label=_("Code"),
        max_length=_LONGEST_CODE,
        help_text=_("Six digits, as the app shows them now. Each code is taken once."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )


class RecoveryForm(forms.Form):
    """One of the recovery codes."""

    recovery = forms.CharField(
        label=_("Recovery code"),
        max_length=_LONGEST_CODE,
        help_text=_("Sixteen letters and digits from your list; dashes may be left out. Cross it out: it works once."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "dir": "ltr"}),
    )


class KeyNameForm(forms.Form):
    """What to call a new security key."""

    name = forms.CharField(
        label=_("Name of the key"),
        max_length=NAME_LENGTH,
        help_text=_("So that you know it again in the list, such as its colour or where you keep it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    answer = forms.CharField(widget=forms.HiddenInput, required=False)


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg]  # the class takes no parameter when the program runs
    """How a person wishes to see pages. Nothing but these three can be set by it."""

    class Meta:
        model = Preferences
        fields = ("digits", "hijri", "show_media")
        labels = {  # noqa: RUF012  Django's options are plain attributes
            "digits": pgettext_lazy("preference", "Digits"),
            "hijri": pgettext_lazy("preference", "Show Hijri dates beside Gregorian ones"),
            "show_media": pgettext_lazy("preference", "Show pictures at once"),
        }
        help_texts = {  # noqa: RUF012
            "digits": _("Which digits Arabic pages show. You may type either."),
            "hijri": _("By the Umm al-Qura calendar; a sighted crescent may differ by a day."),
            "show_media": _("Otherwise pictures are blurred until you ask for them: they may be hard to bear."),
        }


class RoleForm(forms.Form):
    """A role of the team."""

    role = forms.ChoiceField(label=_("Role"), choices=User.Role.choices, initial=User.Role.DOCUMENTER)
