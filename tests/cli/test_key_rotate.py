"""`tawthiq key rotate`: protected fields change their key, with a sealed archive too, and what cannot is told."""

from pathlib import Path

import pytest
from django.db import connection

from command_line import run
from passphrase_checks import PASSPHRASE, cheap, lock_again
from tawthiq.archive.database import open_database, set_up_django
from tawthiq.store import ArchiveFolder
from tawthiq.store.layout import Layout

set_up_django()  # before models are imported

from tawthiq.casework.domain import field_key  # noqa: E402
from tawthiq.casework.domain.field_key import field_keys  # noqa: E402
from tawthiq.casework.domain.identities import Identity, keep, opened  # noqa: E402
from tawthiq.casework.domain.persons import Acting, Facts, open_file  # noqa: E402
from tawthiq.casework.models import Person, PersonIdentity  # noqa: E402

__all__ = ["cheap"]


def test_a_sealed_archive_changes_its_field_key_after_the_passphrase_and_its_backup_check_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    with ArchiveFolder.create(case, title="t", collector="c") as folder:
        open_database(folder.database)

    person = open_file(case, Facts(), (), "heron")
    keep(case, person.number, Identity(given="سلمى"), Acting("heron", 1))
    before = Layout(case).field_key.read_bytes()
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    assert run("--archive", str(case), "key", "protect") == 0
    lock_again()
    field_key._opened.clear()
    monkeypatch.delenv("TAWTHIQ_PASSPHRASE", raising=False)
    assert run("--archive", str(case), "key", "rotate") == 2
    assert Layout(case).field_key.read_bytes() == before
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", PASSPHRASE)
    assert run("--archive", str(case), "key", "rotate") == 0
    assert "1 protected fields" in capsys.readouterr().out
    assert Layout(case).field_key.read_bytes() != before
    assert opened(Person.objects.get(), field_keys(case)).identity.given == "سلمى"
    row = PersonIdentity.objects.get()
    PersonIdentity.objects.update(data_key=type(row.data_key)(row.data_key.ciphertext[:-3] + "AAA"))
    assert run("--archive", str(case), "key", "rotate") == 3
    assert f"person {person.number}: not what was sealed there" in capsys.readouterr().err
    connection.close()


def test_a_key_is_begun_anew_only_by_who_says_how_many_fields_are_lost_with_the_old_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    with ArchiveFolder.create(case, title="t", collector="c") as folder:
        open_database(folder.database)
    person = open_file(case, Facts(), (), "heron")
    keep(case, person.number, Identity(given="سلمى"), Acting("heron", 1))
    assert run("--archive", str(case), "key", "anew") == 2
    assert "tawthiq key rotate" in capsys.readouterr().err
    Layout(case).field_key.unlink()
    assert run("--archive", str(case), "key", "rotate") == 3
    assert "tawthiq key anew" in capsys.readouterr().err
    assert run("--archive", str(case), "key", "anew") == 2
    assert "--losing 2" in capsys.readouterr().err
    assert not Layout(case).field_key.exists()
    assert run("--archive", str(case), "key", "anew", "--losing", "2") == 0
    assert "2 protected fields stay closed" in capsys.readouterr().out
    assert Layout(case).field_key.exists()
    connection.close()
