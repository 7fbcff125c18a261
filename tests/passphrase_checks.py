"""Passphrases for tests: cheap to derive keys from, and nothing remembered from one test to the next."""

from collections.abc import Iterator

import pytest

from tawthiq.custody import age
from tawthiq.store import passphrases, unlocking

PASSPHRASE = "four random words ورقة"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small work factor, an environment without passphrases, and no keys in memory."""
    monkeypatch.setattr(age, "WORK_FACTOR", 2)
    for purpose in (passphrases.KEY, passphrases.NEW_KEY, passphrases.BACKUP):
        monkeypatch.delenv(purpose.variable, raising=False)
        monkeypatch.delenv(f"{purpose.variable}_FILE", raising=False)
    lock_again()
    yield
    lock_again()


def lock_again() -> None:
    """As a new process would begin."""
    passphrases.forget()
    unlocking.forget()
