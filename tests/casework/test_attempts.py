"""Guessing is slow: attempts are counted for names and for addresses, in the database."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sample_archive import empty_database
from tawthiq.casework.domain import attempts
from tawthiq.casework.domain.attempts import Guess
from tawthiq.casework.models import FailedAttempts

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HERE = "127.0.0.1"


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path) -> None:
    empty_database(tmp_path)


@pytest.mark.parametrize("guess", list(Guess))
def test_a_name_is_blocked_after_five_failures_however_it_is_written(guess: Guess) -> None:
    for number in range(attempts.FAILURES_OF_A_NAME):
        assert attempts.admit(guess, "heron", f"10.0.0.{number}", NOW)
    for name in ("HERON", "ｈｅｒｏｎ", "heron"):
        assert not attempts.admit(guess, name, HERE, NOW)
    assert attempts.admit(guess, "crane", HERE, NOW)


def test_an_address_is_blocked_after_twenty_failures_of_any_name() -> None:
    for number in range(attempts.FAILURES_OF_AN_ADDRESS):
        assert attempts.admit(Guess.PASSWORD, f"name {number}", HERE, NOW)
    assert not attempts.admit(Guess.PASSWORD, "heron", HERE, NOW)
    assert attempts.admit(Guess.PASSWORD, "heron", "10.0.0.1", NOW)


def test_success_forgets_the_failures_of_the_name_and_counts_nothing_for_the_address() -> None:
    for _ in range(3 * attempts.FAILURES_OF_AN_ADDRESS):
        assert attempts.admit(Guess.PASSWORD, "heron", HERE, NOW)
        attempts.succeeded(Guess.PASSWORD, "heron", HERE)


def test_one_right_password_does_not_clear_an_address_that_tries_others() -> None:
    for number in range(attempts.FAILURES_OF_AN_ADDRESS - 1):
        attempts.admit(Guess.PASSWORD, f"name {number}", HERE, NOW)
    assert attempts.admit(Guess.PASSWORD, "own", HERE, NOW)
    attempts.succeeded(Guess.PASSWORD, "own", HERE)
    assert attempts.admit(Guess.PASSWORD, "heron", HERE, NOW)
    assert not attempts.admit(Guess.PASSWORD, "crane", HERE, NOW)


def test_failed_passwords_leave_codes_alone() -> None:
    for _ in range(attempts.FAILURES_OF_A_NAME + 1):
        attempts.admit(Guess.PASSWORD, "heron", HERE, NOW)
    assert attempts.admit(Guess.CODE, "heron", HERE, NOW)


def test_the_window_ends_and_trying_while_blocked_does_not_make_it_longer() -> None:
    for _ in range(attempts.FAILURES_OF_A_NAME + 9):
        attempts.admit(Guess.CODE, "heron", HERE, NOW)
    assert not attempts.admit(Guess.CODE, "heron", HERE, NOW + attempts.WINDOW * 0.99)
    assert attempts.admit(Guess.CODE, "heron", HERE, NOW + attempts.WINDOW)


def test_the_first_refusal_is_told_apart_from_those_after_it() -> None:
    told = []
    for _ in range(attempts.FAILURES_OF_A_NAME + 3):
        attempts.admit(Guess.CODE, "heron", HERE, NOW)
        told.append(attempts.has_just_been_blocked(Guess.CODE, "heron"))
    assert told == [False] * 5 + [True, False, False]


@pytest.mark.parametrize("name", ["", "\0", "\ud800", "x" * 100_000, "كركي"])
def test_any_name_is_counted_and_none_is_kept(name: str) -> None:
    assert attempts.admit(Guess.PASSWORD, name, HERE, NOW)
    assert all(len(row.key) == 64 and row.key.isalnum() for row in FailedAttempts.objects.all())
