"""Decisions about links: only added, logged with their digests, never overruled in silence, found again in new readings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sample_archive import make_folder, page, words
from tawthiq.archive.captures import take_in
from tawthiq.archive.database import open_database
from tawthiq.archive.models import Capture
from tawthiq.archive.replacing import drop_report
from tawthiq.archive.restoring import read_reports
from tawthiq.archive.saving import save_report
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.erasing import forget_erased
from tawthiq.casework.domain.link_decisions import Contradicted, Deciding, confirm, judge, merge, split, withdraw
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.models import LinkDecision, User
from tawthiq.casework.queries.link_decisions import (
    all_in_force,
    constraints_for,
    history,
    in_force_about,
    is_unchanged,
    last_act,
)
from tawthiq.casework.rules import may_decide_links, may_set_learning
from tawthiq.linking.anchoring import anchor
from tawthiq.pipeline.read_capture import ReadCapture
from tawthiq.records.errors import WrongUsage
from tawthiq.records.event import Act, Modality, Scope
from tawthiq.records.event import Event as EventRecord
from tawthiq.records.incident import EventReference
from tawthiq.records.link_decision import EventAnchor, LinkVerdict
from tawthiq.records.page import ZoneKind
from tawthiq.records.reading import Reading
from tawthiq.store import ArchiveFolder

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
NAMES = "abcd"
TOLD = "Residents of the town said that an air strike hit the market and a second strike hit the mill."


def save(capture: Capture, before: str = "", triggers: tuple[str, ...] = ("air strike", "second strike")) -> None:
    """A report that tells two strikes, read with the triggers given."""
    text = f"{before}{TOLD} ({capture.identifier})\n"
    shown = page(capture.identifier, ((ZoneKind.BODY, text),), language="en")
    events = tuple(
        EventRecord(
            Act.AIRSTRIKE, words(text, each), Modality.STATED, Scope.SINGLE, None, (), None, (), (), (), None, ()
        )
        for each in triggers
    )
    save_report(capture, ReadCapture(shown, Reading(shown.id, "en", None, (), events)))


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[ArchiveFolder]:
    made = make_folder(tmp_path / "archive", {f"{name}.html": name.encode() for name in NAMES})
    open_database(made.database)
    take_in(made)
    for capture in Capture.objects.all():
        save(capture)
    yield made
    connection.close()
    made.close()


def documents() -> list[str]:
    return list(Capture.objects.order_by("number").values_list("identifier", flat=True))


def telling(number: int, event: int = 0) -> EventAnchor:
    ((_, found),) = read_reports([(number, number + 1)])
    return anchor(found.document, found.reading.events[event])


def by(name: str = "heron", **more: object) -> Deciding:
    return replace(Deciding(name, last_act(), "read both", at=NOW), **more)  # type: ignore[arg-type]


def pairs(found: tuple[tuple[EventReference, EventReference], ...]) -> set[tuple[int, int, int, int]]:
    number = {identifier: at for at, identifier in enumerate(documents(), start=1)}
    return {(number[one.document], one.event, number[other.document], other.event) for one, other in found}


def logged(folder: ArchiveFolder) -> list[dict[str, object]]:
    events = [entry.event for entry in folder.entries()]
    return [dict(event.facts) for event in events if event is not None and event.kind == custody.LINKS_DECIDED]


def test_confirming_holds_all_tellings_together_and_is_logged_by_digest_only(folder: ArchiveFolder) -> None:
    rows = confirm(folder.path, [telling(1), telling(2), telling(3)], by())
    assert [(row.act, row.place, row.kind, row.deed) for row in rows] == [
        (1, 0, "together", "confirmed"),
        (1, 1, "together", "confirmed"),
    ]
    assert pairs(constraints_for().together) == {(1, 0, 2, 0), (2, 0, 3, 0)}
    (facts,) = logged(folder)
    assert [each[3] for each in facts["decisions"]] == [row.sha256 for row in rows]  # type: ignore[attr-defined]
    assert "market" not in str(facts)
    assert "read both" not in str(facts)


def test_taking_tellings_out_keeps_each_apart_from_all_that_stay(folder: ArchiveFolder) -> None:
    split(folder.path, [telling(1), telling(2)], [telling(3), telling(4)], by(), out_is_one=True)
    found = constraints_for()
    assert pairs(found.together) == {(1, 0, 2, 0)}
    assert pairs(found.apart) == {(1, 0, 3, 0), (1, 0, 4, 0), (2, 0, 3, 0), (2, 0, 4, 0)}


def test_two_events_of_one_report_can_be_kept_apart(folder: ArchiveFolder) -> None:
    judge(folder.path, LinkVerdict.APART, telling(1), telling(1, 1), by())
    assert pairs(constraints_for().apart) == {(1, 0, 1, 1)}


def test_merging_holds_the_tellings_of_both_incidents(folder: ArchiveFolder) -> None:
    merge(folder.path, [telling(1), telling(2)], [telling(3)], by())
    assert pairs(constraints_for().together) == {(1, 0, 2, 0), (2, 0, 3, 0)}


def test_a_split_against_decisions_in_force_names_them_and_saves_nothing(folder: ArchiveFolder) -> None:
    confirm(folder.path, [telling(1), telling(2), telling(3)], by("crane"))
    with pytest.raises(Contradicted) as refused:
        split(folder.path, [telling(1)], [telling(3)], by())
    assert "crane said together on 2026-11-22" in str(refused.value)
    assert {each.verdict for each in refused.value.earlier} == {LinkVerdict.TOGETHER}
    assert len(refused.value.earlier) == 2
    assert LinkDecision.objects.count() == 2
    assert len(logged(folder)) == 1


def test_only_what_stands_against_a_split_is_named(folder: ArchiveFolder) -> None:
    confirm(folder.path, [telling(1), telling(2), telling(3), telling(4)], by())
    with pytest.raises(Contradicted) as refused:
        split(folder.path, [telling(4)], [telling(1), telling(2), telling(3)], by("crane"))
    first, last, *_ = documents()[2:]
    assert [(each.first.document, each.second.document) for each in refused.value.earlier] == [(first, last)]


def test_a_merge_against_a_split_names_the_split(folder: ArchiveFolder) -> None:
    judge(folder.path, LinkVerdict.APART, telling(1), telling(3), by("crane"))
    judge(folder.path, LinkVerdict.TOGETHER, telling(1), telling(2), by())
    with pytest.raises(Contradicted) as refused:
        judge(folder.path, LinkVerdict.TOGETHER, telling(2), telling(3), by())
    assert [(each.by, each.verdict) for each in refused.value.earlier] == [("crane", LinkVerdict.APART)]


def test_what_stands_against_a_decision_can_be_withdrawn_in_the_same_act(folder: ArchiveFolder) -> None:
    confirm(folder.path, [telling(1), telling(2), telling(3)], by("crane"))
    with pytest.raises(Contradicted) as refused:
        split(folder.path, [telling(1)], [telling(2), telling(3)], by())
    against = tuple(each.identifier for each in refused.value.earlier)
    rows = split(folder.path, [telling(1)], [telling(2), telling(3)], by(withdrawing=against))
    assert [row.kind for row in rows] == ["withdrawn", "apart", "apart"]
    found = constraints_for()
    assert pairs(found.together) == {(2, 0, 3, 0)}
    assert pairs(found.apart) == {(1, 0, 2, 0), (1, 0, 3, 0)}
    assert LinkDecision.objects.count() == 5


def test_withdrawing_adds_a_row_and_can_be_followed_by_another_decision(folder: ArchiveFolder) -> None:
    (row,) = judge(folder.path, LinkVerdict.TOGETHER, telling(1), telling(2), by())
    before = LinkDecision.objects.filter(pk=row.pk).values().get()
    (gone,) = withdraw(folder.path, [row.sha256], by("crane"))
    assert LinkDecision.objects.filter(pk=row.pk).values().get() == before
    assert gone.withdraws == row.sha256
    assert all_in_force().decisions == ()
    with pytest.raises(Overtaken):
        withdraw(folder.path, [row.sha256], by("crane"))
    judge(folder.path, LinkVerdict.APART, telling(1), telling(2), by())
    assert pairs(constraints_for().apart) == {(1, 0, 2, 0)}
    assert [each.deed for each in history()] == ["judged", "withdrawn", "judged"]


def test_whoever_has_not_seen_a_decision_about_the_same_reports_saves_nothing(folder: ArchiveFolder) -> None:
    unaware = by("late")
    judge(folder.path, LinkVerdict.TOGETHER, telling(1), telling(2), by("crane"))
    with pytest.raises(Overtaken) as refused:
        judge(folder.path, LinkVerdict.APART, telling(2), telling(3), unaware)
    assert "crane" in str(refused.value)
    judge(folder.path, LinkVerdict.APART, telling(3), telling(4), unaware)
    assert LinkDecision.objects.count() == 2


@pytest.mark.parametrize(("out", "rest"), [((), (1,)), ((1,), ())])
def test_a_split_takes_something_out_and_leaves_something(
    folder: ArchiveFolder, out: tuple[int, ...], rest: tuple[int, ...]
) -> None:
    with pytest.raises(WrongUsage):
        split(folder.path, [telling(each) for each in out], [telling(each) for each in rest], by())


def test_one_telling_is_nothing_to_confirm(folder: ArchiveFolder) -> None:
    with pytest.raises(WrongUsage):
        confirm(folder.path, [telling(1)], by())


def test_a_telling_that_is_not_in_the_reading_any_more_cannot_be_decided_about(folder: ArchiveFolder) -> None:
    stale = telling(1, 1)
    drop_report(1)
    save(Capture.objects.get(pk=1), triggers=("air strike",))
    with pytest.raises(WrongUsage):
        judge(folder.path, LinkVerdict.TOGETHER, stale, telling(2), by())


def test_decisions_outlive_another_text_and_another_reading(folder: ArchiveFolder) -> None:
    judge(folder.path, LinkVerdict.TOGETHER, telling(1, 1), telling(2, 1), by())
    drop_report(1)
    save(Capture.objects.get(pk=1), before="Breaking. ", triggers=("second strike",))
    found = constraints_for()
    assert pairs(found.together) == {(1, 0, 2, 1)}
    assert found.unfit == ()


def test_a_decision_whose_telling_is_gone_is_unfit_and_comes_back_with_it(folder: ArchiveFolder) -> None:
    judge(folder.path, LinkVerdict.TOGETHER, telling(1, 1), telling(2), by())
    drop_report(1)
    save(Capture.objects.get(pk=1), triggers=("air strike",))
    found = constraints_for()
    assert found.together == ()
    assert [each.by for each in found.unfit] == ["heron"]
    drop_report(1)
    save(Capture.objects.get(pk=1))
    assert pairs(constraints_for().together) == {(1, 1, 2, 0)}


def test_decisions_about_documents_reach_through_others_and_no_further(folder: ArchiveFolder) -> None:
    confirm(folder.path, [telling(1), telling(2), telling(3)], by())
    judge(folder.path, LinkVerdict.APART, telling(4), telling(4, 1), by())
    first = documents()[0]
    assert len(in_force_about([first]).decisions) == 2
    assert pairs(constraints_for([first]).together) == {(1, 0, 2, 0), (2, 0, 3, 0)}
    assert constraints_for([first]).apart == ()
    assert in_force_about(["nothing"]).decisions == ()


def test_all_constraints_take_the_same_number_of_queries_however_many_decisions(folder: ArchiveFolder) -> None:
    judge(folder.path, LinkVerdict.APART, telling(1), telling(2), by())
    with CaptureQueriesContext(connection) as few:
        constraints_for()
    confirm(folder.path, [telling(2), telling(3), telling(4)], by())
    with CaptureQueriesContext(connection) as many:
        constraints_for()
    assert len(many) == len(few)


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"kind": "apart"},
        {"first_document": "other"},
        {"content": {"schema": "x"}},
        {"by": "somebody else"},
        {"at": datetime(2020, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_row_changed_by_other_hands_is_not_followed(folder: ArchiveFolder, change: dict[str, object]) -> None:
    (row,) = judge(folder.path, LinkVerdict.TOGETHER, telling(1), telling(2), by())
    assert is_unchanged(row)
    LinkDecision.objects.filter(pk=row.pk).update(**change)
    assert all_in_force().decisions == ()
    assert [each.pk for each in all_in_force().changed] == [row.pk]


def test_a_forged_withdrawal_takes_nothing_back(folder: ArchiveFolder) -> None:
    one, two = judge(folder.path, LinkVerdict.APART, telling(1), telling(2), by()), telling(3)
    (other,) = judge(folder.path, LinkVerdict.APART, telling(1), two, by())
    (gone,) = withdraw(folder.path, [other.sha256], by())
    LinkDecision.objects.filter(pk=gone.pk).update(withdraws=one[0].sha256)
    assert len(all_in_force().decisions) == 2


def test_decisions_that_a_new_reading_makes_impossible_do_not_stand_in_the_way_of_others(folder: ArchiveFolder) -> None:
    judge(folder.path, LinkVerdict.APART, telling(1), telling(1, 1), by())
    drop_report(1)
    save(Capture.objects.get(pk=1), triggers=("air strike hit the market and a second strike",))
    assert len(constraints_for().unfit) == 1
    judge(folder.path, LinkVerdict.TOGETHER, telling(1), telling(2), by())
    assert pairs(constraints_for().together) == {(1, 0, 2, 0)}


def test_erasing_an_item_takes_the_words_of_decisions_with_it(folder: ArchiveFolder) -> None:
    judge(folder.path, LinkVerdict.TOGETHER, telling(1), telling(2), by())
    judge(folder.path, LinkVerdict.TOGETHER, telling(3), telling(4), by())
    kept = tuple(documents()[2:])
    folder.erase(documents()[0], reason="asked for", authorised_by="lead-2")
    forget_erased(folder)
    assert [(row.first_document, row.second_document) for row in LinkDecision.objects.all()] == [kept]


@pytest.mark.parametrize("role", list(User.Role))
def test_everybody_but_readers_may_decide_and_owners_may_stop_learning(folder: ArchiveFolder, role: User.Role) -> None:
    user = User(name="tern", role=role)
    assert may_decide_links(user) is (role not in (User.Role.READER, User.Role.PUBLIC))
    assert may_set_learning(user) is (role is User.Role.OWNER)
    user.is_active = False
    assert not may_decide_links(user)
    assert not may_set_learning(user)
