"""Pairs of older versions lie in the clear: they are sealed at the start, wherever the last start was cut off."""

from pathlib import Path

import pytest
from django.db import connection

from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.casework.domain import people_sealing
from tawthiq.casework.domain.field_key import field_keys
from tawthiq.casework.domain.people import opened
from tawthiq.casework.domain.people_sealing import seal_pairs
from tawthiq.casework.models import PersonProposal

NAME = "سامر الزيتون"
CONTENT = {"first": {"values": {"name": [NAME]}}, "second": {"values": {"name": ["Samer al-Zaytoun"]}}, "reasons": []}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    archive = make_folder(tmp_path / "archive", {"note.txt": b"a"})
    open_database(archive.database)
    path: Path = archive.path
    archive.close()
    return path


def old_rows(count: int) -> None:
    PersonProposal.objects.bulk_create(
        PersonProposal(key=f"{n:064}", first_capture="a", second_capture="b", probability=0.9, content=CONTENT)
        for n in range(count)
    )


def bytes_of(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("tawthiq.sqlite3*"))


@pytest.mark.sqlite
def test_after_the_start_no_name_lies_in_the_database_or_its_journal_in_the_clear(folder: Path) -> None:
    old_rows(30)
    assert NAME in str(PersonProposal.objects.values_list("content", flat=True))
    assert b"Zaytoun" in bytes_of(folder)
    copy = folder / "tawthiq.sqlite3.before-upgrade"
    copy.write_bytes(b"Zaytoun")
    assert seal_pairs(folder) == 30
    assert not copy.exists()
    connection.close()
    data = bytes_of(folder)
    assert b"Zaytoun" not in data
    assert NAME.encode() not in data
    assert NAME.encode("unicode-escape") not in data
    assert [opened(row, field_keys(folder)) for row in PersonProposal.objects.all()] == [CONTENT] * 30
    assert seal_pairs(folder) == 0


@pytest.mark.parametrize("step", range(4))
def test_a_start_that_is_cut_off_anywhere_is_finished_by_the_next(
    folder: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_rows(3)
    monkeypatch.setattr(people_sealing, "_AT_ONCE", 1)
    real, calls = people_sealing.put, []

    def cut(*args: object) -> None:
        calls.append(1)
        if len(calls) > step:
            raise KeyboardInterrupt
        real(*args)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(people_sealing, "put", cut)
        patched.setattr(people_sealing, "_written_anew", lambda _folder: False)
        try:
            seal_pairs(folder)
        except KeyboardInterrupt:
            assert step < 3
    assert PersonProposal.objects.filter(content__isnull=False).count() == 3
    assert {opened(row, field_keys(folder))["reasons"] == [] for row in PersonProposal.objects.all()} == {True}
    assert seal_pairs(folder) == 3 - step
    assert not PersonProposal.objects.filter(content__isnull=False).exists()
    assert [opened(row, field_keys(folder)) for row in PersonProposal.objects.all()] == [CONTENT] * 3
