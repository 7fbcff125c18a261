"""How many of a group: number and noun in the agreement that the reader's language asks for.

Arabic counts one and two in the noun itself, three to ten with a plural, eleven to ninety-nine with an accusative singular and
hundreds with a genitive singular (the six classes of Unicode CLDR for "ar", zero counted as hundreds). Django's ngettext knows
them too, but its catalogues would hold plural entries, which the checks of our catalogues do not read.
"""

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from tawthiq.web import labels

TWO = 2
"""The highest number that Arabic says in the noun alone."""
_FEW, _MANY = (3, 10), (11, 99)
_NOUNS: dict[str, tuple[Promise, Promise, Promise, Promise, Promise]] = {
    "civilians": (
        pgettext_lazy("counted", "1 civilian"),
        pgettext_lazy("counted", "2 civilians"),
        pgettext_lazy("counted: 3 to 10", "%(number)s civilians"),
        pgettext_lazy("counted: 11 to 99", "%(number)s civilians"),
        pgettext_lazy("counted: hundreds", "%(number)s civilians"),
    ),
    "children": (
        pgettext_lazy("counted", "1 child"),
        pgettext_lazy("counted", "2 children"),
        pgettext_lazy("counted: 3 to 10", "%(number)s children"),
        pgettext_lazy("counted: 11 to 99", "%(number)s children"),
        pgettext_lazy("counted: hundreds", "%(number)s children"),
    ),
    "women": (
        pgettext_lazy("counted", "1 woman"),
        pgettext_lazy("counted", "2 women"),
        pgettext_lazy("counted: 3 to 10", "%(number)s women"),
        pgettext_lazy("counted: 11 to 99", "%(number)s women"),
        pgettext_lazy("counted: hundreds", "%(number)s women"),
    ),
    "fighters": (
        pgettext_lazy("counted", "1 fighter"),
        pgettext_lazy("counted", "2 fighters"),
        pgettext_lazy("counted: 3 to 10", "%(number)s fighters"),
        pgettext_lazy("counted: 11 to 99", "%(number)s fighters"),
        pgettext_lazy("counted: hundreds", "%(number)s fighters"),
    ),
    "other": (
        pgettext_lazy("counted", "1 other"),
        pgettext_lazy("counted", "2 others"),
        pgettext_lazy("counted: 3 to 10", "%(number)s others"),
        pgettext_lazy("counted: 11 to 99", "%(number)s others"),
        pgettext_lazy("counted: hundreds", "%(number)s others"),
    ),
}


def counted(number: int, group: str) -> str:
    """A number of a group in words: "5 civilians", "مدنيان" (two civilians); the number alone of people as such."""
    if group == "all":
        return number_format(number)
    if group not in _NOUNS:
        return f"{number_format(number)} {labels.label('group', group)}"
    return str(_NOUNS[group][_form(number)]) % {"number": number_format(number)}


def _form(number: int) -> int:
    """Which of the five forms a number asks for."""
    if 1 <= number <= TWO:
        return number - 1
    rest = number % 100
    return 2 if _FEW[0] <= rest <= _FEW[1] else 3 if _MANY[0] <= rest <= _MANY[1] else 4
