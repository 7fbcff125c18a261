"""Decisions about pages: only added, each logged with its digest, the last one in force."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from page.corrections import decided
from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.domain.page_corrections import decide, withdraw
from tawthiq.casework.models import PageCorrection, User
from tawthiq.casework.queries.corrections import InForce, decision_of, history, last_revision, rows_in_force
from tawthiq.casework.queries.corrections import decided as decided_captures
from tawthiq.casework.rules import may_decide_pages
from tawthiq.pipeline.correct_page import stamp_of
from tawthiq.records.correction import CorrectionKind
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.store import ArchiveFolder

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ArchiveFolder]:
    made = make_folder(tmp_path / "archive", {})
    open_database(made.database)
    yield made
    connection.close()
    made.close()


def logged(folder: ArchiveFolder) -> list[tuple[str, str, str]]:
    return [(entry.event.kind, entry.event.actor, entry.event.subject) for entry in folder.entries() if entry.event][1:]


def test_a_decision_is_kept_whole_and_logged_with_its_digest(folder: ArchiveFolder) -> None:
    row = decide(folder.path, decided(), 0)
    assert decision_of(PageCorrection.objects.get()) == decided()
    assert logged(folder) == [("page-corrected", "heron", "c-1")]
    event = list(folder.entries())[-1].event
    assert event is not None
    assert event.time == decided().at
    assert event.facts == {"revision": 1, "decision_sha256": row.sha256, "replaces": None}


def test_a_new_decision_supersedes_and_edits_nothing(folder: ArchiveFolder) -> None:
    first = decide(folder.path, decided(), 0)
    before = PageCorrection.objects.filter(pk=first.pk).values().get()
    second = decide(folder.path, replace(decided(), title=None, kind=CorrectionKind.CONFIRMED, by="crane"), 1)
    assert PageCorrection.objects.filter(pk=first.pk).values().get() == before
    assert [row.revision for row in history("c-1")] == [2, 1]
    assert [row.pk for row in rows_in_force()] == [second.pk]
    in_force = InForce().of("c-1")
    assert in_force is not None
    assert in_force.title is None
    assert logged(folder)[-1] == ("page-confirmed", "crane", "c-1")
    event = list(folder.entries())[-1].event
    assert event is not None
    assert event.facts["replaces"] == first.sha256


@pytest.mark.parametrize("seen", [0, 2, 99])
def test_whoever_has_not_seen_the_last_decision_saves_nothing(folder: ArchiveFolder, seen: int) -> None:
    decide(folder.path, decided(), 0)
    with pytest.raises(Overtaken):
        decide(folder.path, decided(title="late"), seen)
    assert PageCorrection.objects.count() == 1
    assert len(logged(folder)) == 1


def test_withdrawing_ends_what_is_in_force_and_can_be_followed(folder: ArchiveFolder) -> None:
    first = decide(folder.path, decided(), 0)
    row = withdraw(folder.path, "c-1", 1, "crane", NOW)
    assert row.content["withdraws"] == first.sha256
    assert InForce().of("c-1") is None
    assert InForce().stamps() == {"c-1": ""}
    assert not decided_captures().exists()
    assert logged(folder)[-1] == ("correction-withdrawn", "crane", "c-1")
    with pytest.raises(Overtaken):
        withdraw(folder.path, "c-1", 2, "crane", NOW)
    decide(folder.path, decided(), 2)
    assert last_revision("c-1") == 3
    assert list(decided_captures()) == ["c-1"]


def test_decisions_of_several_pages_do_not_touch_each_other(folder: ArchiveFolder) -> None:
    one = decide(folder.path, decided(), 0)
    two = decide(folder.path, decided(capture="c-2"), 0)
    assert InForce().stamps() == {"c-1": stamp_of(one.sha256), "c-2": stamp_of(two.sha256)}
    assert InForce().of("c-3") is None


@pytest.mark.parametrize("change", ["content", "text", "sha256"])
def test_a_row_changed_by_other_hands_is_not_believed(folder: ArchiveFolder, change: str) -> None:
    row = decide(folder.path, decided(), 0)
    changed = {"content": {**row.content, "title": "x"}, "text": row.text.replace("قصف", "حفل"), "sha256": "0" * 64}
    PageCorrection.objects.filter(pk=row.pk).update(**{change: changed[change]})
    with pytest.raises(EvidenceDiffers):
        InForce().of("c-1")


def test_a_busy_log_keeps_nobody_from_deciding_and_gets_the_entry_later(
    folder: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(custody, "WAIT_SECONDS", 0.05)
    with folder._lock.held():
        row = decide(folder.path, decided(), 0)
    assert logged(folder) == []
    custody.write_waiting(folder.path)
    assert logged(folder) == [("page-corrected", "heron", "c-1")]
    event = list(folder.entries())[-1].event
    assert event is not None
    assert event.facts["decision_sha256"] == row.sha256


@pytest.mark.parametrize("role", list(User.Role))
def test_everybody_but_readers_may_decide(folder: ArchiveFolder, role: User.Role) -> None:
    user = User(name="tern", role=role)
    assert may_decide_pages(user) is (role not in (User.Role.READER, User.Role.PUBLIC))
    user.is_active = False
    assert not may_decide_pages(user)
