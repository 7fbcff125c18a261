"""Which records are compared at all: those that agree in one of a list of keys. Comparing all pairs of 200,000 records would
take 20 thousand million comparisons.

A key that more than `MOST_ALIKE` records share finds nobody and would cost the most; it is passed over, and narrower keys of
the list stand in for it. So the number of pairs grows with the number of records, not with its square. Up to
`ALL_PAIRS` records are simply all compared.
"""

from collections import Counter
from collections.abc import Sequence

from tawthiq.linking.people.rows import PersonRow

MOST_ALIKE = 300
ALL_PAIRS = 1000
KEYS: tuple[tuple[str, ...], ...] = (
    ("name_key",),
    ("identity",),
    ("residence",),
    ("rarest", "given"),
    ("rarest", "birth_first"),
    ("rarest", "birth_place"),
    ("rarest", "residence_start"),
    ("rarest", "occupation"),
    ("rarest", "death_first"),
    ("rarest", "place"),
    ("birth_written", "birth_place"),
    ("birth_written", "occupation"),
    ("birth_written", "given_skeleton"),
    ("birth_written", "last_skeleton"),
    ("last_skeleton", "birth_first"),
    ("last_skeleton", "birth_place"),
    ("given_skeleton", "last_skeleton"),
    ("given_skeleton", "birth_first", "birth_place"),
    ("given_skeleton", "residence_start"),
    ("given_skeleton", "birth_place", "occupation"),
    ("residence_start", "birth_first"),
    ("residence_start", "occupation"),
    ("given_skeleton", "death_first"),
    ("last_skeleton", "death_first"),
    ("given_skeleton", "place_sound"),
    ("last_skeleton", "place_sound"),
    ("kunya_sound", "death_first"),
    ("kunya_sound", "place_sound"),
    ("mother", "given_skeleton"),
    ("mother", "last_skeleton"),
    ("death_first", "place_sound"),
)
"""Columns of `rows.PersonRow` that make up each key, the surest first."""
_COLUMNS = tuple(dict.fromkeys(column for key in KEYS for column in key))


def block_columns(rows: Sequence[PersonRow]) -> list[list[str | None]]:
    """For each of `KEYS` that finds a pair the key of every row, None where it is missing or too common."""
    told = {name: values for name in _COLUMNS if any(values := [getattr(row, name) for row in rows])}
    columns = (_kept(_keys([told[name] for name in key])) for key in KEYS if told.keys() >= set(key))
    return [column for column in columns if any(column)]


def _keys(columns: Sequence[Sequence[object]]) -> list[str | None]:
    """The key of each row, None where a part of it is missing."""
    return [None if None in values else "\x1f".join(map(str, values)) for values in zip(*columns, strict=True)]


def _kept(keys: list[str | None]) -> list[str | None]:
    """Keys that between two and `MOST_ALIKE` records share."""
    shared = Counter(keys)
    return [key if key is not None and 1 < shared[key] <= MOST_ALIKE else None for key in keys]
