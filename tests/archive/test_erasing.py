"""Rewriting the database file after erasing: why it failed decides what a person is told to do."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError

from tawthiq.archive import erasing
from tawthiq.records.errors import ArchiveBusy, StorageFailed, TawthiqError


class Refusing:
    """A database whose every statement is refused, in SQLite's words."""

    vendor = "sqlite"

    def __init__(self, words: str) -> None:
        self._words = words

    @contextmanager
    def cursor(self) -> Iterator["Refusing"]:
        yield self

    def execute(self, _statement: str) -> None:
        raise OperationalError(self._words)


@pytest.mark.parametrize(
    ("words", "kind", "advice"),
    [
        ("database is locked", ArchiveBusy, "end `tawthiq serve`"),
        ("database table is locked", ArchiveBusy, "end `tawthiq serve`"),
        ("database or disk is full", StorageFailed, "free as much space"),
        ("disk I/O error", StorageFailed, "free as much space"),
    ],
)
def test_a_file_that_cannot_be_rewritten_tells_whether_others_or_the_disk_are_in_the_way(
    monkeypatch: pytest.MonkeyPatch, words: str, kind: type[TawthiqError], advice: str
) -> None:
    monkeypatch.setattr(erasing, "connection", Refusing(words))
    with pytest.raises(kind) as told:
        erasing.sweep()
    assert advice in told.value.advice
