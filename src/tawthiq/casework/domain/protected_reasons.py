"""Reasons that can name a person: why somebody was shown an identity, what may happen to a person. Sealed under the field key.

A reason of a reveal lies in the sealed canonical JSON of which the row and the custody log keep the digest; one that does not
have it is not believed. Whoever sees a file sees its reason of risk; those of reveals are for who may be shown the identity.
"""

import json
from collections.abc import Iterable
from pathlib import Path

from tawthiq.casework.domain.field_key import field_keys, reveal
from tawthiq.casework.domain.field_key_cipher import FieldDiffers, FieldKeyLost, FieldKeys
from tawthiq.casework.models import Person, PersonReveal
from tawthiq.custody.entry import is_digest_of
from tawthiq.records.errors import ArchiveMissing, KeyLocked

_CLOSED = (ArchiveMissing, FieldDiffers, FieldKeyLost, KeyLocked)


def reasons_of(folder: Path | None, rows: Iterable[PersonReveal]) -> list[tuple[PersonReveal, str | None]]:
    """Rows of reveals with the reasons that were given; None for one that does not open, or is not what it was."""
    shown = list(rows)
    keys = _keys(folder) if shown else None
    return [(row, _reason(row, keys) if keys else None) for row in shown]


def risk_reason(folder: Path | None, person: Person) -> str | None:
    """Why a person is at risk; empty where nobody said, None where it does not open."""
    if not person.risk_reason:
        return ""
    keys = _keys(folder)
    try:
        return reveal(person, "risk_reason", keys) if keys else None
    except (FieldDiffers, FieldKeyLost):
        return None


def _keys(folder: Path | None) -> FieldKeys | None:
    try:
        return field_keys(folder)
    except _CLOSED:
        return None


def _reason(row: PersonReveal, keys: FieldKeys) -> str | None:
    try:
        content = json.loads(reveal(row, "content", keys))
    except (FieldDiffers, FieldKeyLost):
        return None
    same = (content.get("person"), content.get("by")) == (row.person_id, row.by) and is_digest_of(content, row.sha256)
    return str(content["reason"]) if same else None
