"""What tests ask of an archive folder: its files, and what differs in it."""

from collections.abc import Callable
from pathlib import Path

from tawthiq.records.capture import Exchange
from tawthiq.records.check import Check
from tawthiq.store.verify import verify

MakeExchange = Callable[..., Exchange]


def differing(path: Path) -> list[Check]:
    """The checks of an archive that do not hold."""
    return [check for check in verify(path) if not check.holds]


def files_of(path: Path) -> list[Path]:
    """Every file in evidence/, log/ and keys/."""
    return sorted(file for name in ("evidence", "log", "keys") for file in (path / name).rglob("*") if file.is_file())
