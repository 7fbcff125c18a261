"""Killed at any step of keeping an export or a package: all of its captures are there afterwards, or none."""

import signal
from io import BytesIO
from pathlib import Path

import pytest

from archive_checks import differing
from doomed import Doomed, forked, outcome
from page.telegram_exports import chat, message, written
from store.test_crash import new_archive
from store.wacz_maker import wacz
from tawthiq.page.platforms.telegram_cutting import cut_export
from tawthiq.store import ArchiveFolder

EXPORT = written(chat(message(1), message(2, day="2021-03-13")))


def keep(path: Path, kind: str, doomed: Doomed) -> None:
    with ArchiveFolder.open(path) as archive:
        doomed.arm()
        if kind == "export":
            archive.keep_export(
                "result.json", BytesIO(EXPORT), "application/json", {}, lambda stream: cut_export([stream.read()])
            )
        else:
            archive.keep_wacz("web.wacz", BytesIO(wacz()), {})


def killed(path: Path, kind: str, point: int) -> int:
    return outcome(forked(lambda: keep(path, kind, Doomed(point))))


@pytest.mark.parametrize(("kind", "whole"), [("export", 3), ("package", 2)])
def test_all_captures_of_a_file_are_there_or_none(tmp_path: Path, kind: str, whole: int) -> None:
    point, seen = 0, set()
    while True:
        point += 2
        archive = new_archive(tmp_path / str(point))
        ended = killed(archive.path, kind, point)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        with ArchiveFolder.open(archive.path) as again:
            captures = list(again.captures())
            for capture in captures:
                again.record(capture)
        seen.add(len(captures))
        assert differing(archive.path) == [], f"killed at step {point}"
    assert seen == {0, whole}
    assert point > 10
