"""Protected fields: a ciphertext opens at its own place alone, a lost key is named, the key file is guarded."""

import stat
import tarfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.casework.domain import field_key
from tawthiq.casework.domain.field_key import field_keys, writing_keys
from tawthiq.casework.domain.field_key_cipher import FieldDiffers, FieldKey, FieldKeyLost, FieldKeys, Place
from tawthiq.casework.models.encrypted import EncryptedTextField, Sealed
from tawthiq.records.errors import ArchiveMissing, KeyLocked
from tawthiq.store import ArchiveFolder, unlocking
from tawthiq.store.layout import Layout
from tawthiq.store.snapshot import Snapshot
from tawthiq.store.verify import verify

PLACE = Place("persons", "483920", "identity")
KEYS = FieldKeys.fresh()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    archive = make_folder(tmp_path / "archive", {"note.txt": b"a"})
    open_database(archive.database)
    archive.close()
    field_key._opened.clear()
    path: Path = archive.path
    yield path
    connection.close()


@given(st.text())
def test_any_text_comes_back_and_its_ciphertext_is_another_each_time(text: str) -> None:
    one, other = KEYS.seal(text, PLACE), KEYS.seal(text, PLACE)
    assert KEYS.open(one, PLACE) == KEYS.open(other, PLACE) == text
    assert one != other


@given(st.text(max_size=40), st.text(max_size=40))
def test_short_texts_are_of_one_length_when_sealed(one: str, other: str) -> None:
    if max(len(one.encode("utf-8", "surrogatepass")), len(other.encode("utf-8", "surrogatepass"))) < 64:
        assert len(KEYS.seal(one, PLACE)) == len(KEYS.seal(other, PLACE))


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("persons", "483921", "identity"),
        Place("persons", "483920", "notes"),
        Place("pairs", "483920", "identity"),
        Place("persons4", "83920", "identity"),
    ],
)
def test_a_ciphertext_moved_to_another_row_column_or_table_does_not_open(elsewhere: Place) -> None:
    with pytest.raises(FieldDiffers):
        KEYS.open(KEYS.seal("سامر", PLACE), elsewhere)


@given(st.data())
def test_a_ciphertext_changed_or_cut_anywhere_does_not_open(data: st.DataObject) -> None:
    sealed = KEYS.seal("سامر الزيتون", PLACE)
    at = data.draw(st.integers(0, len(sealed) - 1))
    changed = data.draw(st.sampled_from([sealed[:at], sealed[:at] + "~" + sealed[at + 1 :], sealed + "A", sealed[1:]]))
    with pytest.raises((FieldDiffers, FieldKeyLost)):
        KEYS.open(changed, PLACE)


@given(st.text())
def test_what_is_no_ciphertext_is_told_and_nothing_breaks(text: str) -> None:
    with pytest.raises(FieldDiffers):
        KEYS.open(text, PLACE)


def test_another_key_tells_what_is_lost_and_what_is_not() -> None:
    with pytest.raises(FieldKeyLost) as told:
        FieldKeys.fresh().open(KEYS.seal("سامر", PLACE), PLACE)
    assert "cannot be read without it" in str(told.value)
    assert "all else of the archive is whole" in str(told.value)


def test_a_key_of_the_same_name_with_other_bytes_opens_nothing() -> None:
    other = FieldKeys([FieldKey(KEYS.current.name, bytes(32))])
    with pytest.raises(FieldDiffers):
        other.open(KEYS.seal("سامر", PLACE), PLACE)


def test_codes_of_words_are_equal_under_one_key_and_differ_under_another() -> None:
    assert KEYS.codes("سامر") == KEYS.codes("سامر")
    assert KEYS.codes("سامر") != KEYS.codes("سمير")
    assert KEYS.codes("سامر") != FieldKeys.fresh().codes("سامر")


def test_neither_keys_nor_sealed_values_show_anything_of_themselves() -> None:
    sealed = Sealed(KEYS.seal("سامر", PLACE))
    shown = f"{sealed} {sealed!r} {[sealed]} {KEYS!r} {KEYS.current!r}"
    assert "سامر" not in shown
    assert sealed.ciphertext not in repr(sealed)
    assert KEYS.current.secret.hex() not in shown
    assert repr(KEYS.current.secret) not in shown


@pytest.mark.parametrize("value", ["سامر", b"x", 7])
def test_plain_text_cannot_be_saved_into_an_encrypted_column(value: object) -> None:
    with pytest.raises(TypeError):
        EncryptedTextField(bound_to="number").get_prep_value(value)


def test_the_key_is_made_once_for_its_owner_alone_and_is_the_same_when_opened_again(folder: Path) -> None:
    sealed = field_keys(folder).seal("سامر", PLACE)
    file = Layout(folder).field_key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert field_keys(folder).current.secret not in file.read_bytes()
    field_key._opened.clear()
    assert field_keys(folder).open(sealed, PLACE) == "سامر"


def test_several_who_need_the_first_key_at_once_get_the_same(folder: Path) -> None:
    found: list[str] = []

    def ask() -> None:
        found.append(field_keys(folder).current.name)
        connection.close()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_verification_knows_the_key_file_and_asks_for_nothing(folder: Path) -> None:
    with writing_keys(folder):
        pass
    assert [check for check in verify(folder) if not check.holds] == []


def test_a_damaged_key_file_and_one_of_another_archive_are_told(folder: Path, tmp_path: Path) -> None:
    field_keys(folder)
    file = Layout(folder).field_key
    whole = file.read_bytes()
    for data in (b"", whole[:-1], whole[:40], whole.replace(b"/1", b"/2"), whole[:-10] + b"AAAAAAAAA\n"):
        file.write_bytes(data)
        with pytest.raises(FieldKeyLost):
            field_keys(folder)
    other = make_folder(tmp_path / "other", {"note.txt": b"b"})
    other.close()
    field_keys(other.path)
    file.write_bytes(Layout(other.path).field_key.read_bytes())
    with pytest.raises(FieldKeyLost, match="another archive"):
        field_keys(folder)


def test_without_the_signing_key_or_without_a_folder_it_is_told_what_is_missing(folder: Path) -> None:
    field_keys(folder)
    field_key._opened.clear()
    Layout(folder).private_key.unlink()
    with pytest.raises(FieldKeyLost, match=r"archive\.key"):
        field_keys(folder)
    with pytest.raises(ArchiveMissing):
        field_keys(None)


def test_a_sealed_archive_opens_its_field_key_only_after_the_passphrase(folder: Path) -> None:
    sealed = field_keys(folder).seal("سامر", PLACE)
    with ArchiveFolder.open(folder) as archive:
        archive.seal_key("several unrelated words")
    assert field_keys(folder).open(sealed, PLACE) == "سامر"  # unlocked in this process
    unlocking.forget()
    field_key._opened.clear()
    with pytest.raises(KeyLocked):
        field_keys(folder)


@pytest.mark.parametrize("with_key", [True, False])
def test_a_backup_holds_the_wrapped_key_for_its_owner_alone_and_no_lock(
    folder: Path, tmp_path: Path, with_key: bool
) -> None:
    field_keys(folder)
    working = tmp_path / "working"
    working.mkdir()
    with ArchiveFolder.open(folder) as archive, Snapshot(archive, working, with_key=with_key) as snapshot:
        data = BytesIO(b"".join(snapshot))
    with tarfile.open(fileobj=data) as tar:
        members = {member.name.removeprefix("tawthiq-archive/"): member for member in tar.getmembers()}
    assert stat.S_IMODE(members["keys/fields.key"].mode) == 0o600
    assert ("keys/archive.key" in members) is with_key
    assert not any(name.startswith(".fields") for name in members)
