"""A handed-out incident as JSON and back, field by field (incident-record/1): what formats attach that cannot carry all of it.

The fields are those of records.disclosure; days and moments are written in ISO 8601. What is read back is equal to what was
written. Unknown fields are refused, so that nothing is lost in silence between two versions.
"""

import dataclasses
import json
import types
import typing
from datetime import date, datetime
from functools import cache
from typing import Any

from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.errors import UnreadableInput

SCHEMA = "tawthiq/incident-record/1"


def to_json(incident: DisclosedIncident) -> bytes:
    """The incident as UTF-8 JSON with a line's end."""
    data = {"schema": SCHEMA, **_plain(incident)}
    return json.dumps(data, ensure_ascii=False).encode() + b"\n"


def from_json(data: bytes) -> DisclosedIncident:
    """The incident that `to_json` wrote. Raises UnreadableInput for anything else."""
    try:
        value = json.loads(data)
        if value.pop("schema") != SCHEMA:
            raise ValueError(f"the schema is not {SCHEMA}")
        made = _made(DisclosedIncident, value)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UnreadableInput(
            item="a record of an incident",
            happened=f"it is not in the form incident-record/1 ({error})",
            advice="export it again",
        ) from error
    return typing.cast("DisclosedIncident", made)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    return value.isoformat() if isinstance(value, date | datetime) else value


def _made(hint: Any, value: Any) -> Any:
    """A value of the type that a field is declared with."""
    if isinstance(hint, types.UnionType):
        inner = next(each for each in typing.get_args(hint) if each is not type(None))
        return None if value is None else _made(inner, value)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = _hints(hint)
        if set(value) - set(hints):
            raise ValueError(f"unknown fields {sorted(set(value) - set(hints))}")
        return hint(**{name: _made(hints[name], member) for name, member in value.items()})
    if typing.get_origin(hint) is tuple:
        args = typing.get_args(hint)
        inner = args[:1] * len(value) if args[1:] == (...,) else args
        return tuple(_made(each, member) for each, member in zip(inner, value, strict=True))
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    if hint is float and type(value) in (int, float):
        return float(value)
    if type(value) is not hint:
        raise TypeError(f"{value!r} is no {hint.__name__}")
    return value


@cache
def _hints(record: type) -> dict[str, Any]:
    return typing.get_type_hints(record)
