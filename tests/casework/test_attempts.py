"""Guessing passwords is slow: failures are counted for names and for addresses."""

from pathlib import Path

import pytest
from django.core.cache import cache

from sample_archive import empty_database
from tawthiq.casework.domain import attempts


@pytest.fixture(autouse=True)
def _fresh(tmp_path: Path) -> None:
    empty_database(tmp_path)
    cache.clear()


def test_a_name_is_blocked_after_five_failures_whatever_its_case() -> None:
    for number in range(attempts.FAILURES_OF_A_NAME):
        assert not attempts.is_blocked("Heron", "127.0.0.1")
        attempts.count_failure("heron", f"10.0.0.{number}")
    assert attempts.is_blocked("HERON", "127.0.0.1")
    assert not attempts.is_blocked("crane", "127.0.0.1")


def test_an_address_is_blocked_after_twenty_failures_of_any_name() -> None:
    for number in range(attempts.FAILURES_OF_AN_ADDRESS):
        attempts.count_failure(f"name {number}", "127.0.0.1")
    assert attempts.is_blocked("heron", "127.0.0.1")


def test_success_forgets_the_failures_of_the_name() -> None:
    for _ in range(attempts.FAILURES_OF_A_NAME - 1):
        attempts.count_failure("heron", "127.0.0.1")
    attempts.forget_failures("heron")
    attempts.count_failure("heron", "127.0.0.1")
    assert not attempts.is_blocked("heron", "127.0.0.1")
