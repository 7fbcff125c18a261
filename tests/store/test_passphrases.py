"""Where passphrases come from, and what is said when none does: never the passphrase itself."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from passphrase_checks import cheap
from tawthiq.records.errors import KeyLocked, WrongPassphrase, WrongUsage
from tawthiq.store.passphrases import BACKUP, KEY, ask_with, chosen, is_given, is_short, opened_with, provided

__all__ = ["cheap"]


@pytest.fixture
def named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], Path]:
    """Has the environment name a file of this content, which only its owner may read."""

    def write(content: bytes) -> Path:
        file = tmp_path / "secret"
        file.write_bytes(content)
        file.chmod(0o600)
        monkeypatch.setenv("TAWTHIQ_PASSPHRASE_FILE", str(file))
        return file

    return write


def accept(right: str) -> Callable[[str], str]:
    def attempt(passphrase: str) -> str:
        if passphrase != right:
            raise WrongPassphrase(item="it", happened="no", advice="again")
        return "opened"

    return attempt


@pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
def test_a_file_holds_the_passphrase_and_perhaps_the_end_of_a_line(named: Callable[[bytes], Path], end: bytes) -> None:
    named(" كلمات four ".encode() + end)
    assert provided(KEY) == " كلمات four "


@pytest.mark.parametrize("content", [b"", b"\n", b"\xff\xfe secret", b"sec\x00ret"])
def test_a_file_without_a_usable_passphrase_is_refused_without_telling_what_it_holds(
    named: Callable[[bytes], Path], content: bytes
) -> None:
    named(content)
    with pytest.raises(WrongUsage) as told:
        provided(KEY)
    assert "TAWTHIQ_PASSPHRASE_FILE" in str(told.value)
    assert "ret" not in str(told.value).replace("secret file", "")


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_that_others_may_read_is_refused(named: Callable[[bytes], Path], mode: int) -> None:
    named(b"four random words").chmod(mode)
    with pytest.raises(WrongUsage, match="others may read"):
        provided(KEY)


def test_a_file_that_is_not_there_is_named_by_its_variable(named: Callable[[bytes], Path], tmp_path: Path) -> None:
    named(b"x").unlink()
    with pytest.raises(WrongUsage, match="TAWTHIQ_PASSPHRASE_FILE"):
        provided(KEY)


def test_the_variable_goes_before_the_file_and_is_taken_once(
    named: Callable[[bytes], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    named(b"of the file")
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", "of the variable")
    assert is_given(KEY)
    assert provided(KEY) == provided(KEY) == "of the variable"
    assert "TAWTHIQ_PASSPHRASE" not in os.environ
    assert is_given(KEY)
    assert not is_given(BACKUP)


def test_what_is_provided_is_tried_once_and_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWTHIQ_PASSPHRASE", "wrong")
    ask_with(lambda _: pytest.fail("asked"))
    with pytest.raises(WrongPassphrase):
        opened_with(KEY, accept("right"))


def test_a_person_has_three_attempts() -> None:
    answers = iter(["a", "b", "right"])
    ask_with(lambda _: next(answers))
    assert opened_with(KEY, accept("right")) == "opened"
    answers = iter(["a", "b", "c", "right"])
    with pytest.raises(WrongPassphrase):
        opened_with(KEY, accept("right"))
    assert next(answers) == "right"


def test_an_input_that_ends_is_nobody_to_ask() -> None:
    ask_with(lambda _: None)
    with pytest.raises(KeyLocked, match="TAWTHIQ_PASSPHRASE"):
        opened_with(KEY, accept("right"))
    with pytest.raises(WrongUsage, match="TAWTHIQ_BACKUP_PASSPHRASE"):
        chosen(BACKUP)


def test_a_new_passphrase_is_given_twice_alike_and_never_empty() -> None:
    answers = iter(["one", "two", "", "right words", "right words"])
    ask_with(lambda _: next(answers))
    assert chosen(KEY) == "right words"
    answers = iter(["one", "two"] * 3)
    with pytest.raises(WrongUsage, match="twice alike"):
        chosen(KEY)


def test_only_length_is_judged() -> None:
    assert is_short("a" * 15)
    assert not is_short("a" * 16)
