"""Fixity on schedule: due by the setting, recorded also when something differs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive_checks import differing
from tawthiq.records.check import Check
from tawthiq.store import ArchiveFolder
from tawthiq.store.fixity import MOST_NAMES, Tally, check_if_due, is_due, last_check, record


def recorded(path: Path) -> list[dict[str, object]]:
    entries = ArchiveFolder.open(path).entries()
    return [entry.event.facts for entry in entries if entry.event and entry.event.kind == "fixity-checked"]


def test_a_new_archive_is_due_after_the_days_of_its_settings(tiny: Path) -> None:
    archive, now = ArchiveFolder.open(tiny), datetime.now(UTC)
    assert not is_due(archive, now)
    assert not is_due(archive, now + timedelta(days=29.9))
    assert is_due(archive, now + timedelta(days=30.1))


def test_a_clock_that_was_set_back_makes_it_due(tiny: Path) -> None:
    assert is_due(ArchiveFolder.open(tiny), datetime.now(UTC) - timedelta(days=1))


def test_what_is_due_is_done_recorded_and_due_no_more(tiny: Path) -> None:
    (tiny / "tawthiq.toml").write_text(
        (tiny / "tawthiq.toml").read_text().replace("fixity_days = 30.0", "fixity_days = 1e-9")
    )
    with ArchiveFolder.open(tiny) as archive:
        (told,) = check_if_due(archive)
    assert "0 do not" in told
    text = (tiny / "tawthiq.toml").read_text().replace("fixity_days = 1e-9", "fixity_days = 7")
    (tiny / "tawthiq.toml").write_text(text)
    with ArchiveFolder.open(tiny) as archive:
        assert check_if_due(archive) == []
        assert last_check(archive.entries())[1]
    (facts,) = recorded(tiny)
    assert facts["differing"] == 0
    assert str(facts["tool"]).startswith("tawthiq/")
    assert differing(tiny) == []


def test_what_differs_is_recorded_by_name(tiny: Path) -> None:
    file = next((tiny / "evidence").rglob("*.warc.gz"))
    file.write_bytes(b"changed")
    (tiny / "tawthiq.toml").write_text(
        (tiny / "tawthiq.toml").read_text().replace("fixity_days = 30.0", "fixity_days = 1e-9")
    )
    with ArchiveFolder.open(tiny) as archive:
        told = check_if_due(archive)
    assert file.name in "\n".join(told)
    (facts,) = recorded(tiny)
    assert facts["differing"] == 1
    assert facts["names"] == [file.relative_to(tiny).as_posix()]


@pytest.mark.parametrize("count", [0, 3, MOST_NAMES + 50])
def test_the_names_of_what_differs_are_bounded(tiny: Path, count: int) -> None:
    tally = Tally()
    list(tally.counting(Check(f"f\u202e{number}", holds=False, found="", proves="") for number in range(count)))
    with ArchiveFolder.open(tiny) as archive:
        record(archive, tally)
    (facts,) = recorded(tiny)
    assert facts["differing"] == count
    assert len(facts["names"]) == min(count, MOST_NAMES)  # type: ignore[arg-type]
    assert differing(tiny) == []
