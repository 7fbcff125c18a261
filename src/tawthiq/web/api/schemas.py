"""Frozen dataclasses as JSON (RFC 8259) and as JSON Schema (draft 2020-12, as OpenAPI 3.1 takes it), by one walk each.

What is answered and what describes it come from the same records, so that they cannot part. Every field is required and no
other is allowed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from inspect import cleandoc
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]
_PLAIN: Mapping[type, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    str: {"type": "string"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    NoneType: {"type": "null"},
}


def as_json(value: Any) -> Any:
    """A record as what `json.dumps` takes: objects keyed by field names, days and moments (UTC) as RFC 3339 writes them."""
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return {name: as_json(getattr(value, name)) for name in _names(value.__class__)}
    if isinstance(value, Iterable):
        return [as_json(each) for each in value]
    raise TypeError(f"{type(value).__name__} is no part of an answer")


def schemas_of(*records: type) -> dict[str, Schema]:
    """The schemas of records and of all that stands in them, by name of class."""
    found: dict[str, Schema] = {}
    for record in records:
        reference(record, found)
    return dict(sorted(found.items()))


def reference(annotation: Any, found: dict[str, Schema]) -> Schema:
    """The schema of a type; those of dataclasses in it are put into `found` and referred to."""
    if annotation in _PLAIN:
        return dict(_PLAIN[annotation])
    if is_dataclass(annotation) and isinstance(annotation, type):
        if annotation.__name__ not in found:
            found[annotation.__name__] = {}
            found[annotation.__name__] = _object(annotation, found)
        return {"$ref": f"#/components/schemas/{annotation.__name__}"}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {"type": "string", "enum": [each.value for each in annotation]}
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        return {"anyOf": [reference(each, found) for each in inner]}
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        return {"type": "array", "items": reference(inner[0], found)}
    if origin is tuple:
        places = [reference(each, found) for each in inner]
        return {"type": "array", "prefixItems": places, "minItems": len(places), "maxItems": len(places)}
    raise TypeError(f"{annotation} is no part of an answer")


def _object(record: type, found: dict[str, Schema]) -> Schema:
    hints = get_type_hints(record)
    return {
        "type": "object",
        "description": " ".join(cleandoc(record.__doc__ or "").split()),
        "properties": {name: reference(hints[name], found) for name in _names(record)},
        "required": list(_names(record)),
        "additionalProperties": False,
    }


@cache
def _names(record: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record))
