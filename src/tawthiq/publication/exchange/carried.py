"""What a format carries of our records and what it does not, counted value by value (lexicon/data/exchange_fields.tsv).

The table says of each field of a record what a format does with it; a value is counted as not carried where the table says so,
or where a writer says that it could not put down this one. Nothing is dropped in silence: tests hold files against it.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from tawthiq.lexicon.tables import load
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import NotCarried, WrittenFile

CARRIED = "yes"
PARTS = ("places", "slots", "statements", "reports", "attributions", "grades", "decisions", "persons")
"""The fields of an incident that hold records of their own; the claims of its slots are told as "claims"."""
_POINTER = frozenset({"start", "end", "event"})


def values_of(incident: DisclosedIncident) -> Iterator[tuple[str, Any]]:
    """Every value of an incident under the name of its field ("act", "claims.text"), in order.

    None, an empty text and a plain no are no values; neither are characters of no document. Of a list each member is one.
    """
    for field in dataclasses.fields(incident):
        value = getattr(incident, field.name)
        if field.name in PARTS:
            for record in value:
                yield from _of_record(field.name, record)
        else:
            yield from _members(field.name, value)


def _of_record(part: str, record: Any) -> Iterator[tuple[str, Any]]:
    nowhere = not getattr(record, "document", "nowhere")
    for name, told in _fields(record.__class__, part):
        value = getattr(record, name)
        if name == "claims":
            for claim in value:
                yield from _of_record("claims", claim)
        elif isinstance(value, tuple):
            yield from ((told, member) for member in value)
        elif value is not None and value is not False and value != "" and not (nowhere and name in _POINTER):
            yield told, value


@cache
def _fields(record: type, part: str) -> tuple[tuple[str, str], ...]:
    """The fields of a record with the names under which they are told."""
    return tuple((field.name, f"{part}.{field.name}") for field in dataclasses.fields(record))


def _members(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, tuple):
        yield from ((name, member) for member in value)
    elif value is not None and value is not False and value != "":
        yield name, value


@cache
def fate_of(file_format: str) -> Mapping[str, str]:
    """What a format ("ftm", "uwazi", "bayanat") does with each field: `CARRIED`, or the code of the reason why not."""
    rows = load("exchange_fields", ("field", "ftm", "uwazi", "bayanat"))
    return {row["field"]: row[file_format] for row in rows}


@cache
def _reasons() -> Mapping[str, str]:
    return {row["code"]: row["why"] for row in load("exchange_reasons", ("code", "why"))}


class Tally:
    """Counts what goes into a file of a format, and what of it the format does not carry."""

    def __init__(self, file_format: str) -> None:
        self._fate = fate_of(file_format)
        self._lossy = any(fate != CARRIED for fate in self._fate.values())
        self._seen: Counter[str] = Counter()
        self._missed: Counter[tuple[str, str]] = Counter()
        self._incidents = self._claims = 0

    def take(self, incident: DisclosedIncident) -> None:
        """Count an incident that is written."""
        self._incidents += 1
        self._claims += len(incident.claims)
        if self._lossy:
            for field, _ in values_of(incident):
                self._seen[field] += 1

    def miss(self, field: str, reason: str, times: int = 1) -> None:
        """Count values that the format would carry, and this file does not, with the code of the reason."""
        if times:
            self._missed[field, reason] += times

    def written(self) -> WrittenFile:
        """What stands in the file."""
        told = {(field, fate): self._seen[field] for field, fate in self._fate.items() if fate != CARRIED}
        missed = self._missed + Counter(told)
        left = (NotCarried(field, times, _reasons()[reason]) for (field, reason), times in sorted(missed.items()))
        return WrittenFile(self._incidents, self._claims, tuple(left))
