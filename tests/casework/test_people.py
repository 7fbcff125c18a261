"""Proposals about persons: kept around decisions, logged by digest, gone with erased items."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample_archive import empty_database
from tawthiq.casework.domain.field_key_cipher import FieldKeys
from tawthiq.casework.domain.overtaken import Overtaken
from tawthiq.casework.domain.people import forget, judge, opened, save_proposals
from tawthiq.casework.models import PersonDecision, PersonProposal
from tawthiq.casework.people_state import state_of
from tawthiq.casework.queries.people import history
from tawthiq.custody.entry import digest_of
from tawthiq.linking.people import read_person
from tawthiq.records.person import (
    DistinctPersons,
    ListCell,
    PersonPair,
    PersonProposals,
    PersonRecord,
    PersonValue,
    TextPassage,
)
from tawthiq.records.span import Span

KEYS = FieldKeys.fresh()


@pytest.fixture(autouse=True)
def _database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    if "verdicts" not in request.fixturenames:
        empty_database(tmp_path_factory.mktemp("people"))


def record(capture: str, line: int) -> PersonRecord:
    value = PersonValue("سامر الزيتون", ListCell(capture, line, "الاسم"))
    return read_person(f"{capture}:{line}", capture, {"name": value})


def save(*lines: int, probability: float = 0.9) -> tuple[int, int]:
    records = {r.identifier: r for line in lines for r in (record("a", line), record("b", line))}
    pairs = tuple(PersonPair(f"a:{line}", f"b:{line}", probability, 3.0, ()) for line in lines)
    return save_proposals(PersonProposals(len(records), pairs, (), DistinctPersons(1, 2, "by hand")), records, KEYS)


def test_proposing_again_replaces_what_nobody_decided_about() -> None:
    assert save(1, 2) == (2, 2)
    kept = next(row for row in PersonProposal.objects.all() if opened(row, KEYS)["first"]["line"] == 2)
    judge(None, kept, "different", 0, "heron")
    assert save(3, probability=0.7) == (1, 1)
    assert {opened(row, KEYS)["first"]["line"]: row.state for row in PersonProposal.objects.all()} == {
        2: "different",
        3: "waiting",
    }
    assert save(2, 3, probability=0.6) == (2, 0)
    assert PersonProposal.objects.get(pk=kept.pk).probability == 0.6
    assert PersonProposal.objects.get(pk=kept.pk).state == "different"


def test_a_decision_upon_an_older_state_is_refused() -> None:
    save(1)
    pair = PersonProposal.objects.get()
    judge(None, pair, "same", 0, "heron")
    with pytest.raises(Overtaken):
        judge(None, pair, "same", 0, "tern")
    assert PersonDecision.objects.count() == 1


def test_equal_decisions_have_different_digests_so_that_the_log_cannot_be_searched_for_them() -> None:
    save(1)
    pair = PersonProposal.objects.get()
    first, second = judge(None, pair, "same", 0, "heron"), judge(None, pair, "same", 1, "heron")
    assert first.sha256 != second.sha256
    assert digest_of(first.content) == first.sha256


def test_erased_items_take_their_pairs_and_decisions_along() -> None:
    save(1)
    judge(None, PersonProposal.objects.get(), "same", 0, "heron")
    assert forget(["b"]) == 1
    assert PersonProposal.objects.count() == PersonDecision.objects.count() == 0


def test_a_verdict_changed_by_other_hands_is_not_counted_and_shown_as_changed() -> None:
    save(1)
    pair = PersonProposal.objects.get()
    first = judge(None, pair, "different", 0, "heron")
    PersonDecision.objects.filter(pk=first.pk).update(verdict="same", by="gull")
    judge(None, pair, "same", 1, "tern")
    assert PersonProposal.objects.get().state == "waiting"
    assert [sound for _, sound in history(pair)] == [True, False]


def test_a_decision_does_not_pass_to_somebody_else_who_stands_at_the_same_characters_after_reading_anew() -> None:
    def proposed(name: str) -> None:
        values = [
            PersonValue(name, TextPassage("r", Span(5, 12))),
            PersonValue("سامر الزيتون", ListCell("b", 1, "الاسم")),
        ]
        records = {
            identifier: read_person(identifier, source, {"name": value})
            for identifier, source, value in zip(("r:5", "b:1"), ("r", "b"), values, strict=True)
        }
        pair = PersonPair("r:5", "b:1", 0.9, 3.0, ())
        save_proposals(PersonProposals(2, (pair,), (), DistinctPersons(1, 2, "by hand")), records, KEYS)

    proposed("سامر ز")
    judge(None, PersonProposal.objects.get(), "same", 0, "heron")
    proposed("ريم قا")
    told = {"ريم قا" in str(opened(row, KEYS)): row.decisions.count() for row in PersonProposal.objects.all()}
    assert told == {False: 1, True: 0}


@given(verdicts=st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["same", "different", "unsure"]))))
def test_one_person_never_holds_unless_two_people_say_so_last_and_nobody_otherwise(
    verdicts: list[tuple[str, str]],
) -> None:
    last = dict(verdicts)
    agreed = [name for name, verdict in last.items() if verdict == "same"]
    assert (state_of(verdicts) == "same") == (len(agreed) >= 2 and "different" not in last.values())
