"""While one request waits for the custody log, others go on, and what they did is logged together."""

from pathlib import Path

import pytest

from sample_archive import make_folder
from tawthiq.casework.domain import custody


def test_an_act_beside_another_that_waits_for_the_log_is_kept_and_logged_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_folder(tmp_path / "archive", {"1.html": b"<p>1</p>"})
    soon: list[Path] = []
    monkeypatch.setattr(custody, "_write_soon", soon.append)
    before = sum(1 for _ in folder.entries())
    with custody._logging:
        custody.record(folder.path, custody.CASE_OPENED, "heron", subject="case:1")
    assert soon == [folder.path]
    assert sum(1 for _ in folder.entries()) == before
    custody.record(folder.path, custody.CASE_OPENED, "crane", subject="case:2")
    told = [entry.event.subject for entry in folder.entries(before) if entry.event]
    assert told == ["case:1", "case:2"]
    folder.close()
