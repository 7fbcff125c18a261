"""Decisions about actors and places in an archive: only added, each logged with its digest, proven whole, one at a time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from lexicon.authority_decisions import ADD_ACTOR, ADD_PLACE, OTHER_ACTOR, about, withdrawing
from sample_archive import make_folder
from tawthiq.archive.database import open_database
from tawthiq.casework.domain.authority import Deciding, decide, sift, weigh
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import AuthorityDecision, User
from tawthiq.casework.queries.authority import AuthorityInForce, authority_of, decisions, history, last_revision
from tawthiq.casework.rules import may_decide_authority
from tawthiq.lexicon.authority import AuthorityRefused
from tawthiq.records.authority import Overlay, Step
from tawthiq.records.errors import EvidenceDiffers, WrongUsage
from tawthiq.store import ArchiveFolder

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HERON, CRANE = Deciding("heron", at=NOW), Deciding("crane", at=NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ArchiveFolder]:
    made = make_folder(tmp_path / "archive", {})
    open_database(made.database)
    yield made
    connection.close()
    made.close()


def test_a_decision_is_kept_whole_and_logged_with_its_digest(folder: ArchiveFolder) -> None:
    (row,) = decide(folder.path, [ADD_ACTOR], HERON)
    assert decisions() == (replace(ADD_ACTOR, by="heron", at=NOW),)
    event = list(folder.entries())[-1].event
    assert event is not None
    assert (event.kind, event.actor, event.subject) == ("authority-decided", "heron", ADD_ACTOR.code)
    assert event.facts == {"decisions": [[1, "add", ADD_ACTOR.code, row.sha256]], "after": None}


def test_a_withdrawal_is_a_row_of_its_own_and_edits_nothing(folder: ArchiveFolder) -> None:
    (first,) = decide(folder.path, [ADD_ACTOR], HERON)
    before = AuthorityDecision.objects.values().get()
    (back,) = decide(folder.path, [withdrawing(first.sha256)], CRANE)
    assert AuthorityDecision.objects.filter(pk=first.pk).values().get() == before
    assert (back.withdraws, back.entry) == (1, ADD_ACTOR.code)
    assert [row.revision for row in history(ADD_ACTOR.code)] == [2, 1]
    assert authority_of().entries == {}
    assert AuthorityInForce().now() == ("", Overlay())
    event = list(folder.entries())[-1].event
    assert event is not None
    assert event.kind == "authority-withdrawn"
    assert event.facts["after"] == first.sha256


def test_whoever_has_not_seen_the_last_decision_about_an_entry_saves_nothing(folder: ArchiveFolder) -> None:
    decide(folder.path, [ADD_ACTOR, OTHER_ACTOR], HERON)
    alias = about(ADD_ACTOR, Step.ALIAS, alias="قوات الدرع البعيد")
    decide(folder.path, [alias], replace(CRANE, seen=2))
    with pytest.raises(Overtaken, match="crane decided"):
        decide(folder.path, [about(ADD_ACTOR, Step.ALIAS, alias="رجال الدرع البعيد")], replace(HERON, seen=2))
    other = about(OTHER_ACTOR, Step.ALIAS, alias="رتل الوادي البعيد")
    assert decide(folder.path, [other], replace(HERON, seen=2))[0].revision == 4


def test_all_decisions_of_an_act_are_kept_or_none(folder: ArchiveFolder) -> None:
    with pytest.raises(AuthorityRefused):
        decide(folder.path, [ADD_ACTOR, replace(ADD_PLACE, latitude=-33.4, longitude=151.2)], HERON)
    assert last_revision() == 0
    assert len([entry for entry in folder.entries() if entry.event and entry.event.kind.startswith("authority")]) == 0
    with pytest.raises(WrongUsage):
        decide(folder.path, [], HERON)


@pytest.mark.parametrize("field", ["content", "by", "gone"])
def test_a_row_changed_by_other_hands_is_noticed(folder: ArchiveFolder, field: str) -> None:
    decide(folder.path, [ADD_ACTOR, ADD_PLACE], HERON)
    first = AuthorityDecision.objects.get(revision=1)
    if field == "gone":
        first.delete()
    else:
        value = {**first.content, "parent": "isis"} if field == "content" else "crane"
        AuthorityDecision.objects.filter(pk=first.pk).update(**{field: value})
    with pytest.raises(EvidenceDiffers):
        AuthorityInForce().now()


def test_an_old_stamp_tells_what_readers_were_given_then(folder: ArchiveFolder) -> None:
    decide(folder.path, [ADD_ACTOR], HERON)
    stamp, then = AuthorityInForce().now()
    decide(folder.path, [ADD_PLACE], HERON)
    assert AuthorityInForce().now() != (stamp, then)
    assert AuthorityInForce().stamped(stamp) == then
    assert AuthorityInForce().stamped("") == Overlay()
    for lost in ("9@0123456789ab", "1@0123456789ab", "x", "1@"):
        assert AuthorityInForce().stamped(lost) is None


def test_a_file_is_parted_into_what_can_be_kept_and_what_cannot(folder: ArchiveFolder) -> None:
    decide(folder.path, [ADD_ACTOR], HERON)
    lost = about(replace(ADD_PLACE, code="own.nowhere"), Step.ALIAS, alias="تل السوسن")
    found = sift([ADD_ACTOR, ADD_PLACE, lost, replace(ADD_PLACE, name_en="Another")], CRANE)
    assert found.held == (0,)
    assert found.sound == (1,)
    assert [place for place, _error in found.refused] == [2, 3]


def test_looking_keeps_nothing(folder: ArchiveFolder) -> None:
    assert weigh([ADD_PLACE], HERON).remarks == ((),)
    assert last_revision() == 0


@pytest.mark.parametrize("role", User.Role)
def test_owners_editors_and_reviewers_decide(folder: ArchiveFolder, role: User.Role) -> None:
    user = User.objects.make("heron", "several unrelated words", role)
    assert may_decide_authority(user) is (role in (User.Role.OWNER, User.Role.EDITOR, User.Role.REVIEWER))
    user.is_active = False
    assert not may_decide_authority(user)
    assert not may_decide_authority(AnonymousUser())
