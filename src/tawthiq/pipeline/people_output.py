"""Proposed pairs as lines of JSON: with the names as the lists hold them, or with keyed hashes in their place.

The hashes (HMAC with SHA-256, RFC 2104) are made with a key that is drawn anew for each run and kept nowhere: within one file
equal values have equal hashes, so that it can be counted, but nobody can try names against them afterwards.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tawthiq.records.person import ListCell, PersonPair, PersonProposals, PersonRecord

SCHEMA = "tawthiq/people/1"
_HASH_DIGITS = 20
_Shown = Callable[[str], str]


def pair_lines(
    found: PersonProposals, records: Mapping[str, PersonRecord], *, protected: bool = False
) -> Iterator[dict[str, Any]]:
    """One object a pair, in the order of the proposals (docs/people.md tells the fields)."""
    shown = _hashing() if protected else _as_it_stands
    for pair in found.pairs:
        yield {
            "schema": SCHEMA,
            "probability": pair.probability,
            "weight": pair.weight,
            "first": _record(records[pair.first], shown, protected=protected),
            "second": _record(records[pair.second], shown, protected=protected),
            "reasons": list(_reasons(pair, shown)),
            "decided": "proposed",
            "protected": protected,
        }


def _record(record: PersonRecord, shown: _Shown, *, protected: bool) -> dict[str, Any]:
    at = record.name.at
    place: dict[str, Any] = {"record": shown(record.identifier)}
    if isinstance(at, ListCell) and not protected:
        place = {"list": at.file, "line": at.line}
    return {**place, "values": {name: shown(value.text) for name, value in record.values().items()}}


def _reasons(pair: PersonPair, shown: _Shown) -> Iterator[dict[str, Any]]:
    for reason in pair.reasons:
        yield {
            "comparison": reason.comparison,
            "found": reason.found,
            "weight": reason.weight,
            "first": shown(reason.first) if reason.first is not None else None,
            "second": shown(reason.second) if reason.second is not None else None,
        }


def _as_it_stands(text: str) -> str:
    return text


def _hashing() -> _Shown:
    """Hashes of one run."""
    key = secrets.token_bytes(32)
    return lambda text: hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:_HASH_DIGITS]
