"""Parameters of addresses: one table says what each takes, how it is read and how it is described.

What is not understood is refused and never ignored: a mistyped name would otherwise widen a query in silence.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from tawthiq.casework.models import Case
from tawthiq.casework.queries.disclosing import PROPOSED
from tawthiq.records.event import Act
from tawthiq.web.api.schemas import Schema

USUAL, MOST = 50, 200
_LARGEST = 2**63 - 1
_DIGITS = re.compile(r"^(0|[1-9][0-9]{0,18})$")
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_NAME = re.compile(r"^[^\x00-\x1f\x7f]{1,100}$")
_LANGUAGE = re.compile(r"^[a-z]{2,3}$")
STATES = (PROPOSED, *(state.value for state in Case.State))


class NotUnderstood(ValueError):
    """A parameter that is unknown, given twice or not of its form. Its text is for the reader, in the active language."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query. `read` raises ValueError for what is not of the form that `schema` describes."""

    name: str
    schema: Schema
    about: Promise
    read: Callable[[str], Any]


def given(request: HttpRequest, taken: Sequence[Parameter]) -> dict[str, Any]:
    """What the address carries, by name. Raises NotUnderstood."""
    known, found = {each.name: each for each in taken}, {}
    for name, values in request.GET.lists():
        if name not in known:
            names = ", ".join(known) or "-"
            raise NotUnderstood(
                _("There is no parameter “%(name)s” here. Those taken: %(names)s.")
                % {"name": name[:40], "names": names}
            )
        if len(values) != 1:
            raise NotUnderstood(_("“%(name)s” is given more than once.") % {"name": name})
        try:
            found[name] = known[name].read(values[0])
        except ValueError as error:
            raise NotUnderstood(_("“%(name)s” is not of the form that is described.") % {"name": name}) from error
    return found


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not _DIGITS.fullmatch(text) or not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def _one_of(codes: Sequence[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in codes:
            raise ValueError(text)
        return text

    return read


def _like(pattern: re.Pattern[str]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return read


def _day(text: str) -> date:
    return date.fromisoformat(_like(_DAY)(text))


def _cursor(text: str) -> int:
    return min(int(_like(_DIGITS)(text)), _LARGEST)


def _days(name: str, about: Promise) -> Parameter:
    return Parameter(name, {"type": "string", "format": "date"}, about, _day)


_acts = [act.value for act in Act]
LIMIT = Parameter(
    "limit",
    {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    pgettext_lazy("api", "how many at most"),
    _number(1, MOST),
)
CURSOR = Parameter(
    "cursor",
    {"type": "string", "pattern": _DIGITS.pattern},
    pgettext_lazy("api", "where to go on: “next” of the page before"),
    _cursor,
)
OF_INCIDENTS = (
    Parameter("act", {"type": "string", "enum": _acts}, pgettext_lazy("api", "only this act"), _one_of(_acts)),
    Parameter(
        "place",
        {"type": "string", "minLength": 1, "maxLength": 100, "pattern": r"^[^\u0000-\u001f\u007f]+$"},
        pgettext_lazy("api", "only at places of this code, or whose name holds these words"),
        _like(_NAME),
    ),
    _days("first", pgettext_lazy("api", "only what may have happened on this day or later")),
    _days("last", pgettext_lazy("api", "only what may have happened on this day or earlier")),
    Parameter(
        "state",
        {"type": "string", "enum": list(STATES)},
        pgettext_lazy("api", "only in this state of review"),
        _one_of(STATES),
    ),
    _days(
        "changed_since",
        pgettext_lazy(
            "api", "only what was collected or decided since this day (UTC); not what a new version reads anew"
        ),
    ),
    LIMIT,
    CURSOR,
)
OF_REPORTS = (
    Parameter(
        "incident",
        {"type": "integer", "minimum": 1, "maximum": _LARGEST},
        pgettext_lazy("api", "only reports that tell of this incident"),
        _number(1, _LARGEST),
    ),
    Parameter(
        "language",
        {"type": "string", "pattern": _LANGUAGE.pattern},
        pgettext_lazy("api", "only in this language (ISO 639)"),
        _like(_LANGUAGE),
    ),
    _days("first", pgettext_lazy("api", "only published on this day or later")),
    _days("last", pgettext_lazy("api", "only published on this day or earlier")),
    LIMIT,
    CURSOR,
)
Given = Mapping[str, Any]
