"""Decisions about readings as rows: what is in force, what is refused, what is logged, what an erasure takes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection

from sample_archive import empty_database
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.domain.reading_corrections import (
    BuiltUpon,
    Judged,
    Seen,
    decide,
    review,
    take_back_review,
    withdraw,
)
from tawthiq.casework.models import ReadingCorrection, ReportReview
from tawthiq.casework.queries.reading_corrections import ReadingsInForce, is_unchanged, kept, last_act
from tawthiq.casework.queries.reviewed import review_of
from tawthiq.records.errors import WrongUsage
from tawthiq.records.reading_correction import Judgement, Slot, Target, TextAnchor, Value

ANCHOR = TextAnchor(4, 9, "shell", "the ", " hit")
OTHER = TextAnchor(14, 18, "town", "hit ", "")
EVENT = Target(ANCHOR, "shelling")
PLACE = Value(OTHER)
ACCEPTED = Judged(Judgement.ACCEPTED, Slot.PLACE, EVENT, was=PLACE)
REJECTED = Judged(Judgement.REJECTED, Slot.PLACE, EVENT, was=PLACE)
ADDED = Judged(Judgement.ADDED, Slot.EVENT, Target(OTHER, "threat"), given=Value(OTHER, code="threat"))


@pytest.fixture(autouse=True)
def database(tmp_path: Path) -> Iterator[None]:
    empty_database(tmp_path)
    yield
    connection.close()


def seen(act: int = 0, capture: str = "c1") -> Seen:
    return Seen(capture, "text digest", "tawthiq 1", act)


def test_an_act_of_several_values_is_in_force_until_it_is_taken_back_whole() -> None:
    rows = decide(None, [ACCEPTED, REJECTED], seen(), "heron", reason="read twice")
    assert [(row.act, row.place, row.changes) for row in rows] == [(1, 0, False), (1, 1, True)]
    assert [decision.judgement for decision in kept("c1").decisions] == ["accepted", "rejected"]
    assert list(ReadingsInForce().of(["c1", "c2"])) == ["c1"]
    withdraw(None, "c1", 1, 1, "crane")
    assert kept("c1").decisions == ()
    assert ReadingsInForce().stamps() == {"c1": ""}
    assert ReadingCorrection.objects.count() == 4


def test_who_comes_second_is_told_and_acts_about_other_reports_disturb_nobody() -> None:
    decide(None, [ACCEPTED], seen(), "heron")
    decide(None, [ACCEPTED], seen(capture="c2"), "crane")
    with pytest.raises(Overtaken, match="heron decided"):
        decide(None, [REJECTED], seen(), "crane")
    with pytest.raises(Overtaken):
        review(None, seen(), "crane")
    decide(None, [REJECTED], seen(last_act("c1")), "crane")
    with pytest.raises(Overtaken):
        withdraw(None, "c1", 77, last_act("c1"), "crane")


def test_of_two_who_save_at_the_same_instant_one_is_told_and_nothing_is_lost() -> None:
    """One looks where acts stand while the other saves: whichever database, only one of them may be kept."""
    looking, saved = Event(), Event()
    told: list[str] = []

    def while_the_other_saves(execute: Any, sql: str, *rest: Any) -> Any:
        if "MAX(" in sql:
            looking.set()
            saved.wait(1)  # where writers wait for each other, the other one does until we are done
        return execute(sql, *rest)

    def slow() -> None:
        try:
            with connection.execute_wrapper(while_the_other_saves):
                decide(None, [REJECTED], seen(), "crane")
        except Overtaken:
            told.append("crane")
        finally:
            connection.close()

    def quick() -> None:
        looking.wait(20)
        try:
            decide(None, [ACCEPTED], seen(), "heron")
        except Overtaken:
            told.append("heron")
        finally:
            saved.set()
            connection.close()

    acts = [Thread(target=slow), Thread(target=quick)]
    for each in acts:
        each.start()
    for each in acts:
        each.join()
    rows = ReadingCorrection.objects.all()
    assert len(told) == 1
    assert {row.by for row in rows} | set(told) == {"heron", "crane"}
    assert [row.act for row in rows] == [1]


def test_many_who_save_at_the_same_instant_about_two_reports_lose_nothing() -> None:
    told: list[str] = []

    def save(name: str, capture: str) -> None:
        try:
            decide(None, [ACCEPTED, REJECTED], seen(capture=capture), name)
        except Overtaken:
            told.append(capture)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(save, [f"p{number}" for number in range(6)], ["c1", "c2"] * 3))
    assert sorted(told) == ["c1", "c1", "c2", "c2"]
    rows = ReadingCorrection.objects.order_by("act", "place").values_list("act", "place")
    assert list(rows) == [(1, 0), (1, 1), (2, 0), (2, 1)]


def test_what_later_decisions_rest_on_is_not_taken_back() -> None:
    decide(None, [ADDED], seen(), "heron")
    on_it = Judged(Judgement.ACCEPTED, Slot.ACT, ADDED.target, was=ADDED.given)
    decide(None, [on_it], seen(1), "crane")
    with pytest.raises(BuiltUpon, match="crane"):
        withdraw(None, "c1", 1, 2, "heron")
    withdraw(None, "c1", 2, 2, "crane")
    withdraw(None, "c1", 1, 3, "heron")


@pytest.mark.parametrize(
    "judged",
    [
        Judged(Judgement.CORRECTED, Slot.PLACE, EVENT, was=PLACE),
        Judged(Judgement.REJECTED, Slot.ACT, EVENT, was=PLACE),
        Judged(Judgement.ACCEPTED, Slot.EVENT, EVENT),
        Judged(Judgement.ACCEPTED, Slot.SPEAKER, EVENT, was=PLACE),
        Judged(Judgement.ADDED, Slot.SCOPE, EVENT, given=PLACE),
        Judged(Judgement.MERGED, Slot.EVENT, EVENT, other=EVENT),
    ],
)
def test_what_does_not_belong_together_is_refused(judged: Judged) -> None:
    with pytest.raises(WrongUsage):
        decide(None, [judged], seen(), "heron")
    with pytest.raises(WrongUsage):
        decide(None, [], seen(), "heron")
    assert not ReadingCorrection.objects.exists()


@pytest.mark.parametrize("change", [{"by": "crane"}, {"kind": "accepted"}, {"capture": "c9"}, {"changes": False}])
def test_a_row_that_other_hands_changed_is_not_believed(change: dict[str, object]) -> None:
    decide(None, [REJECTED], seen(), "heron")
    assert is_unchanged(ReadingCorrection.objects.get())
    ReadingCorrection.objects.update(**change)
    row = ReadingCorrection.objects.get()
    assert not is_unchanged(row)
    assert kept(row.capture).decisions == ()


def test_no_two_decisions_of_one_word_have_one_digest() -> None:
    decide(None, [REJECTED], seen(), "heron")
    decide(None, [REJECTED], seen(capture="c2"), "heron")
    assert len({row.sha256 for row in ReadingCorrection.objects.all()}) == 2


def test_a_review_stands_until_it_is_taken_back_and_may_be_given_again() -> None:
    review(None, seen(), "heron")
    review(None, seen(), "crane")
    found = review_of("c1")
    assert found is not None
    assert found.by == "crane"
    take_back_review(None, "c1", 0, "heron")
    assert review_of("c1") is None
    with pytest.raises(Overtaken):
        take_back_review(None, "c1", 0, "heron")
    assert ReportReview.objects.count() == 3
