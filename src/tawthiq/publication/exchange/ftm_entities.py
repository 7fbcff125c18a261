"""Entities of FollowTheMoney in the making: a schema, and values with the characters that say so.

A value goes into a property only where that property's type of FollowTheMoney 4.11 takes it unchanged (lengths, addresses of
pages); else, and where no property fits, it is written as "field:value" among the keywords or notes, so that it is still
there. A SHA-256 is such a value: their type of checksums ends at 40 characters.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

LONGEST = {
    "name": 384, "alias": 384, "location": 250, "full": 250, "sourceUrl": 4096, "description": 65_000,
    "notes": 65_000, "summary": 65_000,
}  # fmt: skip
LONGEST_STRING = 1024
_NAMES = frozenset({"name", "alias", "location", "full"})
_INTERVALS = frozenset({"UnknownLink", "Documentation"})
_PAGE = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?::\d{1,4})?/[!-~]*")
# Types of which a statement names no language: values that are the same in every language.
TYPES = {
    "id": "id", "sourceUrl": "url", "addressEntity": "entity", "involved": "entity", "entity": "entity",
    "document": "entity", "subject": "entity", "object": "entity", "proof": "entity", "resolved": "entity",
    "country": "country", "language": "language", "startDate": "date", "endDate": "date", "date": "date",
    "publishedAt": "date", "retrievedAt": "date", "topics": "topic", "gender": "gender", "mimeType": "mimetype",
    "name": "name", "alias": "name", "location": "address", "full": "address", "latitude": "number",
    "longitude": "number", "description": "text", "notes": "text", "summary": "text",
}  # fmt: skip
_WORDED = frozenset({"name", "address", "text", "string"})


class Fact(NamedTuple):
    """One value of a property, the language of its words, and `origin`: a capture's digest with characters of its text."""

    prop: str
    value: str
    language: str = ""
    origin: str = ""


@dataclass(slots=True)
class Entity:
    """One entity. `origin` and `language` hold for each value that names none; `seen` is when it was collected."""

    identifier: str
    schema: str
    origin: str = ""
    language: str = ""
    seen: str = ""
    facts: list[Fact] = field(default_factory=list)
    too_long: list[str] = field(default_factory=list)
    there: set[tuple[str, str]] = field(default_factory=set)

    def add(self, prop: str, value: str, *, origin: str = "", language: str = "") -> None:
        """A value that the property takes; one that stands there already is not repeated."""
        if value and (prop, value) not in self.there:
            self.there.add((prop, value))
            self.facts.append(Fact(prop, value, language or self.language, origin or self.origin))

    def say(self, prop: str, name: str, value: Any, *, origin: str = "") -> None:
        """The value of our field `name` in a property, or among the codes where the property does not take it as it is."""
        told = plain(value)
        if fits(prop, told):
            self.add(prop, told, origin=origin)
        else:
            self.code(name, value, origin=origin)

    def code(self, name: str, value: Any, *, origin: str = "") -> None:
        """The value of our field `name` as "field:value"."""
        told = plain(value)
        if not told:
            return
        text = f"{name}:{told}"
        if self.schema not in _INTERVALS and len(text) <= LONGEST_STRING:
            self.add("keywords", text, origin=origin)
        elif len(text) <= LONGEST["notes"]:
            self.add("summary" if self.schema in _INTERVALS else "notes", text, origin=origin)
        else:
            self.too_long.append(name)

    def code_all(self, record: Any, but: Sequence[str] = ()) -> None:
        """Every value of a record apart from the fields `but`: one JSON object among the notes."""
        told = {
            name: value
            for name in _names(record.__class__, tuple(but))
            if (value := _json(getattr(record, name))) is not None
        }
        text = json.dumps(told, ensure_ascii=False)
        if len(text) <= LONGEST["notes"]:
            self.add("summary" if self.schema in _INTERVALS else "notes", text)
            return
        for name in told:
            self.code(name, getattr(record, name))

    def line(self) -> bytes:
        """The entity as a line of JSON."""
        properties: dict[str, list[str]] = {}
        for fact in self.facts:
            properties.setdefault(fact.prop, []).append(fact.value)
        data = {"id": self.identifier, "schema": self.schema, "properties": properties}
        return json.dumps(data, ensure_ascii=False).encode() + b"\n"

    def statements(self, dataset: str) -> Iterator[tuple[str, ...]]:
        """The rows of the entity in the columns of `ftm_statements`, the one that names it last."""
        made = []
        for fact in self.facts:
            kind = TYPES.get(fact.prop, "string")
            row = self._row(dataset, kind, fact, fact.language if kind in _WORDED else "")
            made.append(row[-1])
            yield row
        told = hashlib.sha1("".join((self.schema, *sorted(made))).encode(), usedforsecurity=False).hexdigest()
        yield self._row(dataset, "id", Fact("id", told), "")

    def _row(self, dataset: str, kind: str, fact: Fact, language: str) -> tuple[str, ...]:
        """One row; its key is a SHA-1 of data set, entity, property, value and language, as their library computes it."""
        prop, value, key = fact.prop, fact.value, self.identifier
        told = f"{dataset}.{key}.{prop}.{value}@{language}" if language else f"{dataset}.{key}.{prop}.{value}"
        made = hashlib.sha1(told.encode(), usedforsecurity=False).hexdigest()
        named = (key, key, prop, kind, self.schema, value, dataset, fact.origin, language)
        return (*named, "", "f", self.seen, self.seen, made)


@cache
def _names(record: type, but: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each.name for each in fields(record) if each.name not in but)


def _json(value: Any) -> Any:
    """A value for JSON, None where it is none."""
    if value is None or value is False or value in ("", ()):
        return None
    return [plain(member) for member in value] if isinstance(value, tuple) else plain(value)


def plain(value: Any) -> str:
    """A value as characters: dates in ISO 8601, numbers in western digits, yes for a plain yes, nothing for none."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, tuple):
        return ",".join(map(plain, value))
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def fits(prop: str, value: str) -> bool:
    """Whether a property takes a value as it is."""
    if len(value) > LONGEST.get(prop, LONGEST_STRING):
        return False
    if prop == "sourceUrl":
        return _PAGE.fullmatch(value) is not None
    return prop not in _NAMES or any(sign.isalnum() for sign in value)
