"""Whole numbers as people type them, in digits of any script."""

import unicodedata
from typing import Any

from django import forms


class WholeNumberField(forms.IntegerField):
    """A whole number from `least` to `most`."""

    def __init__(self, *, least: int, most: int, **rest: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": len(str(most)) + 2})
        super().__init__(min_value=least, max_value=most, widget=widget, **rest)

    def to_python(self, value: Any) -> int | None:
        """The number. Raises ValidationError for what is none."""
        if isinstance(value, str):
            value = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in value[:20])
        found: int | None = super().to_python(value)
        return found
