"""Another field key: everything that is sealed is sealed anew, then the old key is destroyed. Interrupted, it goes on.

  1. a new key is written in front of the old one: from now on everything is sealed with it, and both open;
  2. every identity gets a new data key, name codes and ciphertext, one transaction a person;
  3. every other encrypted column of every model is sealed anew, some rows a transaction;
  4. while nobody holds `writing_keys`, once no row needs the old key any more, it is taken out of the file.
A row that other hands changed cannot be sealed anew: it is told, and the old key stays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Left

from tawthiq.casework.domain import custody
from tawthiq.casework.domain.field_key import field_keys, lock_of, put, reveal, write_ring, writing_keys
from tawthiq.casework.domain.field_key_cipher import FieldDiffers, FieldKey, FieldKeyLost, FieldKeys
from tawthiq.casework.domain.identities import sealed_anew
from tawthiq.casework.domain.people_sealing import empty_journal, forget_deleted
from tawthiq.casework.domain.sealed_columns import Column, columns
from tawthiq.casework.models import Person, PersonIdentity
from tawthiq.store.layout import Layout

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Rotation:
    """What a rotation did: how many fields were sealed anew, which could not be, and whether the old key is gone."""

    sealed: int
    failed: tuple[str, ...]
    done: bool


def rotate(folder: Path, by: str) -> Rotation:
    """Replace the field key of the archive at `folder`. Raises as `field_keys` does, and ArchiveBusy.

    The database of the archive is open. After an interruption the same call goes on with the key that was begun.
    """
    layout = Layout(folder)
    before = field_keys(folder)
    with lock_of(layout).held():
        before = field_keys(folder)
        if len(before.all) == 1:
            write_ring(layout, FieldKeys([FieldKey.fresh(), *before.all]))
    current = field_keys(folder).current
    forget_deleted()
    sealed, failed = 0, list[str]()
    for number in list(_old_identities(current)):
        sealed += _identity(folder, number, failed)
    for column in columns():
        sealed += _column(folder, column, current, failed)
    with lock_of(layout).held():
        done = not failed and not any(_old(column, current).exists() for column in columns())
        if done:
            write_ring(layout, FieldKeys([current]))
    empty_journal()
    if done:
        facts = {"key": current.name, "fields": sealed}
        custody.record(folder, custody.FIELD_KEY_ROTATED, by, subject="keys/fields.key", facts=facts)
    return Rotation(sealed, tuple(failed), done)


def _old_identities(current: FieldKey) -> Iterator[int]:
    yield from _old((PersonIdentity, "data_key"), current).order_by("pk").values_list("pk", flat=True)


def _old(column: Column, current: FieldKey) -> QuerySet[Any]:
    """The rows of which a column is sealed with another key than the current one."""
    model, name = column
    mark = f"tawthiq1.{current.name}."
    return model._default_manager.annotate(sealed_with=Left(name, len(mark))).exclude(sealed_with__in=("", mark))


def _identity(folder: Path, number: int, failed: list[str]) -> int:
    try:
        with writing_keys(folder) as keys, transaction.atomic():
            person = Person.objects.select_for_update().get(pk=number)
            if person.identity_state == Person.IdentityState.KEPT:
                sealed_anew(person, keys)
    except (FieldDiffers, FieldKeyLost):
        failed.append(f"person {number}")
        return 0
    return 1


def _column(folder: Path, column: Column, current: FieldKey, failed: list[str]) -> int:
    model, name = column
    sealed, last = 0, None
    while True:
        with writing_keys(folder) as keys, transaction.atomic():
            rows = _old(column, current).select_for_update().order_by("pk")
            some = list((rows if last is None else rows.filter(pk__gt=last))[:_AT_ONCE])
            for row in some:
                last = row.pk
                try:
                    put(row, name, reveal(row, name, keys), keys)
                except (FieldDiffers, FieldKeyLost):
                    if f"person {row.pk}" not in failed:
                        failed.append(f"{model._meta.db_table} {row.pk}")
                    continue
                row.save(update_fields=[name])
                sealed += 1
        if not some:
            return sealed
