"""What a format could not carry: the difference between an incident and what the format keeps of it, counted.

A record that is left out is counted once, by its kind; of a record that is kept, each field that is not, by kind and field.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

import regex

from tawthiq.lexicon.exports import reason
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import NotCarried

CHARACTERS = "characters"
STAND_IN = "\N{REPLACEMENT CHARACTER}"
KINDS = ("places", "slots", "statements", "reports", "attributions", "grades", "decisions", "persons")
_UNWRITABLE = regex.compile("[\x00\ud800-\udfff]")
_Record = TypeVar("_Record")


class Losses:
    """Counts what a format leaves out, over all incidents that were written."""

    def __init__(self, format_name: str) -> None:
        self._format = format_name
        self._times: Counter[str] = Counter()
        self.incidents = 0
        self.claims = 0

    def take(self, whole: DisclosedIncident, written: DisclosedIncident, kept: DisclosedIncident) -> None:
        """Count one incident: as it was handed over, with its characters made writable, and as the format keeps it."""
        self.incidents += 1
        self.claims += len(kept.claims)
        if written is not whole:
            self._times[CHARACTERS] += unwritable(whole)
        if kept is not written:
            self._times += _missing(written, kept)

    def told(self) -> tuple[NotCarried, ...]:
        """What was left out, by name of the field."""
        return tuple(
            NotCarried(field, times, reason(self._format, field).en) for field, times in sorted(self._times.items())
        )


def writable(value: _Record) -> _Record:
    """The record with every character that no file can hold replaced by U+FFFD; the same object where there is none."""
    made: _Record = _writable(value)
    return made


def unwritable(value: Any) -> int:
    """How many characters of a record no file can hold."""
    if isinstance(value, str):
        return len(_UNWRITABLE.findall(value))
    if isinstance(value, tuple):
        return sum(unwritable(each) for each in value)
    return sum(unwritable(getattr(value, name)) for name in _names(value.__class__))


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNWRITABLE.sub(STAND_IN, value) if _UNWRITABLE.search(value) else value
    if isinstance(value, tuple):
        made = tuple(_writable(each) for each in value)
        return value if all(new is old for new, old in zip(made, value, strict=True)) else made
    changes = {
        name: new for name in _names(value.__class__) if (new := _writable(old := getattr(value, name))) is not old
    }
    return replace(value, **changes) if changes else value


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a record that may hold text."""
    if not is_dataclass(kind):
        return ()
    return tuple(field.name for field in fields(kind) if "str" in str(field.type) or "tuple" in str(field.type))


def _missing(whole: DisclosedIncident, kept: DisclosedIncident) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in _own_fields(DisclosedIncident):
        found[f"incidents.{name}"] += getattr(whole, name) != getattr(kept, name)
    for kind in KINDS:
        found.update(_of_kind(kind, getattr(whole, kind), getattr(kept, kind)))
    found.update(_of_kind("claims", whole.claims, kept.claims))
    return +found


def _of_kind(kind: str, whole: Sequence[Any], kept: Sequence[Any]) -> Iterator[str]:
    """The name of each loss. What is kept stands in the order of the whole, each as one of it or a part of one."""
    waiting = iter(kept)
    next_kept = next(waiting, None)
    for record in whole:
        if next_kept is not None and _is_part(next_kept, record):
            for name in _own_fields(record.__class__):
                if getattr(record, name) != getattr(next_kept, name):
                    yield f"{kind}.{name}"
            next_kept = next(waiting, None)
        else:
            yield kind


def _is_part(kept: Any, whole: Any) -> bool:
    return all(
        (value := getattr(kept, name)) == getattr(whole, name) or not value for name in _own_fields(whole.__class__)
    )


@cache
def _own_fields(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a record but for those that hold other records."""
    return tuple(field.name for field in fields(kind) if field.name not in KINDS and field.name != "claims")
