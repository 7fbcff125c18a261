"""The description of the API as a page shows it: from the same table and schemas as openapi.json."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tawthiq.web.api.describing import description
from tawthiq.web.api.resources import RESOURCES, Resource


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter or field: its name, what it takes or holds as a short type, what is said about it."""

    name: str
    type: str
    about: Any = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A record that stands in an answer, with its fields."""

    name: str
    fields: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """One resource."""

    resource: Resource
    parameters: tuple[Line, ...]
    parts: tuple[Part, ...]


def resources_shown() -> list[Shown]:
    """All resources; a record is shown with the first that has it."""
    seen: set[str] = set()
    return [_shown(resource, seen) for resource in RESOURCES]


def _shown(resource: Resource, seen: set[str]) -> Shown:
    parameters = tuple(Line(each.name, _type(each.schema), each.about) for each in resource.parameters)
    return Shown(resource, parameters, tuple(_parts(resource.answer.__name__, seen)))


def _parts(name: str, seen: set[str]) -> Iterator[Part]:
    """A record and those in it, each once."""
    if name in seen:
        return
    seen.add(name)
    properties = description()["components"]["schemas"][name]["properties"]
    yield Part(name, tuple(Line(field, _type(schema)) for field, schema in properties.items()))
    for schema in properties.values():
        for inner in _references(schema):
            yield from _parts(inner, seen)


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rpartition("/")[2]
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _type(schema: dict[str, Any]) -> str:
    """A schema in a few signs: "string", "date or null", "[DisclosedClaim]", "a | b | c"."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "anyOf" in schema:
        return " | ".join(_type(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if schema.get("type") == "array":
        inner = (
            _type(schema["items"]) if "items" in schema else ", ".join(_type(each) for each in schema["prefixItems"])
        )
        return f"[{inner}]"
    if "minimum" in schema and schema.get("maximum", 0) < 10**6:
        return f"{schema['type']} {schema['minimum']}-{schema['maximum']}"
    return str(schema.get("format", schema["type"]))
