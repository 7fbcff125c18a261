"""Verifying: two independent people decide, a third where they differ, withdrawals reopen, changes ask for it anew."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Claim, Incident
from tawthiq.casework.case_content import choices, content_from_json, content_to_json
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.case_erasing import forget_cases
from tawthiq.casework.domain.cases import NotAllowed, open_case, refresh
from tawthiq.casework.domain.verification import (
    Barred,
    Overtaken,
    draft_of,
    finish,
    keep_draft,
    look,
    note_shown,
    withdraw,
)
from tawthiq.casework.models import (
    Assignment,
    Case,
    CaseViolation,
    Notice,
    SheetDraft,
    SheetsSeen,
    User,
    VerificationSheet,
)
from tawthiq.casework.models import CaseContent as ContentRow
from tawthiq.casework.queries.case_contents import contents_of
from tawthiq.casework.queries.verification_secrecy import round_about, sheets_known_to
from tawthiq.casework.sheet_checks import Incomplete
from tawthiq.casework.verification_sheet import Choice, sheet_from_json, sheet_to_json
from tawthiq.records.errors import WrongUsage
from verified_desk import content_now, copied, make_verified_desk, other_value, whole_sheet


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("verified") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        yield made


@pytest.fixture
def case(desk: Desk) -> Case:
    incident = Incident.objects.order_by("-report_count").values_list("number", flat=True)[0]
    return open_case(None, incident, "heron")


def give(case: Case, name: str, **changes: object) -> VerificationSheet:
    now = content_now(case.incident)
    return finish(None, case, whole_sheet(now, **changes), now.digest, name)  # type: ignore[arg-type]


def state(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def test_a_case_opened_twice_is_one_case_and_an_unknown_incident_has_none(case: Case) -> None:
    assert open_case(None, case.incident, "tern").pk == case.pk
    with pytest.raises(WrongUsage):
        open_case(None, 1, "tern")


def test_what_is_kept_of_an_incident_and_of_a_sheet_reads_back_as_it_was(case: Case) -> None:
    now = content_now(case.incident)
    assert content_from_json(content_to_json(now)) == now
    sheet = whole_sheet(now)
    assert sheet_from_json(sheet_to_json(sheet)) == sheet


def test_one_person_alone_verifies_nothing_and_two_who_agree_do(case: Case) -> None:
    give(case, "tern")
    assert state(case) == "second"
    give(case, "gull")
    assert state(case) == "verified"
    assert list(CaseViolation.objects.values_list("code", flat=True)) == ["KIL"]


def test_claims_of_other_sources_that_say_the_same_agree(case: Case) -> None:
    now = content_now(case.incident)
    slot, said = next(
        (slot, said) for slot, claims in now.slots.items() for said in choices(claims).values() if len(said) > 1
    )
    give(case, "tern")
    values = tuple((key, Choice(said[-1].key if key == slot else claims[0].key)) for key, claims in now.slots.items())
    differs = now.slots[slot][0].value != said[-1].value
    give(case, "gull", values=values)
    assert state(case) == ("disagreement" if differs else "verified")


def test_one_person_never_counts_twice(case: Case) -> None:
    give(case, "tern")
    with pytest.raises(Barred):
        give(case, "tern")
    assert state(case) == "second"
    assert VerificationSheet.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "becomes"), [("does_not_hold", "rejected"), ("not_enough", "undecided"), ("holds_in_part", "verified")]
)
def test_what_two_people_find_decides_what_becomes_of_the_case(case: Case, status: str, becomes: str) -> None:
    give(case, "tern", status=status)
    give(case, "gull", status=status)
    assert state(case) == becomes


def test_a_third_person_decides_field_by_field_and_what_still_differs_stays_open(case: Case) -> None:
    now = content_now(case.incident)
    give(case, "tern")
    give(case, "gull", values=other_value(now, "killed-all"), violations=("KIL", "IND"))
    assert state(case) == "disagreement"
    opened = tuple(
        (slot, Choice() if slot == "killed-all" else Choice(said[0].key)) for slot, said in now.slots.items()
    )
    give(case, "crane", values=opened, violations=("KIL", "IND"))
    assert state(case) == "verified"
    found = round_about(ContentRow.objects.get()).verdict
    assert found.differing == ("value:killed-all",)
    assert found.settled["violation:IND"] == "yes"
    with pytest.raises(Barred):
        give(case, "plover")


def test_grades_and_remarks_may_differ(case: Case) -> None:
    now = content_now(case.incident)
    give(case, "tern", remarks="read twice")
    graded = tuple(replace(grade, reliability="low") for grade in whole_sheet(now).sources)
    give(case, "gull", sources=graded)
    assert state(case) == "verified"


def test_nobody_knows_of_a_sheet_before_they_have_finished_their_own(case: Case) -> None:
    first = give(case, "tern")
    found = round_about(first.about)
    assert sheets_known_to(found, "gull") == sheets_known_to(found, "heron") == ()
    assert [given.row.pk for given in sheets_known_to(found, "tern")] == [first.pk]
    give(case, "gull", status="not_enough")
    found = round_about(first.about)
    assert len(sheets_known_to(found, "gull")) == len(sheets_known_to(found, "tern")) == 2
    assert sheets_known_to(found, "crane") == ()


def test_who_opened_a_finished_sheet_can_give_none(case: Case) -> None:
    first = give(case, "tern")
    look(None, first.about, "gull")
    assert len(sheets_known_to(round_about(first.about), "gull")) == 1
    with pytest.raises(Barred):
        give(case, "gull")
    give(case, "crane")
    assert state(case) == "verified"


def test_a_withdrawal_reopens_and_who_saw_the_other_sheet_cannot_give_a_new_one(case: Case) -> None:
    first = give(case, "tern")
    give(case, "gull")
    withdraw(None, first, "wrong line", "tern")
    assert state(case) == "second"
    with pytest.raises(Barred):
        give(case, "tern")
    give(case, "crane")
    assert state(case) == "verified"


def test_who_was_shown_the_result_cannot_take_the_place_of_one_who_withdraws(case: Case) -> None:
    first = give(case, "tern")
    give(case, "gull")
    note_shown(round_about(first.about), "crane")
    withdraw(None, first, "wrong line", "tern")
    with pytest.raises(Barred):
        give(case, "crane")
    give(case, "plover")
    assert state(case) == "verified"


def test_a_person_who_saw_nothing_may_withdraw_and_give_anew(case: Case) -> None:
    first = give(case, "tern", status="not_enough")
    withdraw(None, first, "second thoughts", "tern")
    assert state(case) == "open"
    second = give(case, "tern")
    assert second.turn == 1
    give(case, "gull")
    assert state(case) == "verified"


def test_only_its_author_withdraws_a_sheet_once_and_with_a_reason(case: Case) -> None:
    first = give(case, "tern")
    with pytest.raises(NotAllowed):
        withdraw(None, first, "no", "gull")
    with pytest.raises(WrongUsage):
        withdraw(None, first, "  ", "tern")
    withdraw(None, first, "wrong line", "tern")
    with pytest.raises(WrongUsage):
        withdraw(None, first, "again", "tern")


def test_closed_accounts_and_those_who_may_not_verify_give_nothing(case: Case) -> None:
    User.objects.filter(name="gull").update(is_active=False)
    User.objects.make("wren", PASSWORD, User.Role.DOCUMENTER)
    for name in ("gull", "wren", "nobody"):
        with pytest.raises(NotAllowed):
            give(case, name)
        with pytest.raises(NotAllowed):
            keep_draft(case, name, {}, "")
    assert VerificationSheet.objects.count() == 0


def test_what_somebody_gave_before_their_account_was_closed_counts(case: Case) -> None:
    give(case, "tern")
    User.objects.filter(name="tern").update(is_active=False)
    give(case, "gull")
    assert state(case) == "verified"


def test_a_changed_row_counts_for_nothing(case: Case) -> None:
    first = give(case, "tern")
    VerificationSheet.objects.filter(pk=first.pk).update(by="plover")
    give(case, "gull")
    assert state(case) == "second"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({"status": ""}, "status"),
        ({"status": "duplicate"}, "duplicate"),
        ({"violations": ()}, "violation"),
        ({"violations": ("WPN",)}, "violation"),
        ({"violations": ("ZZZ",)}, "violation"),
        ({"values": ()}, "value:killed-all"),
        ({"sources": ()}, "reliability:0"),
        ({"attributions": ()}, "attribution:russia"),
        ({"values": (("killed-all", Choice("no such claim")),)}, "value:killed-all"),
        ({"remarks": "x" * 20_001}, "remarks"),
    ],
)
def test_a_sheet_that_leaves_a_question_is_refused_with_its_name(
    case: Case, changes: dict[str, object], missing: str
) -> None:
    with pytest.raises(Incomplete) as told:
        give(case, "tern", **changes)
    assert missing in told.value.missing
    assert not ContentRow.objects.exists()


def test_a_range_spans_claims_and_no_number_can_be_typed(case: Case) -> None:
    now = content_now(case.incident)
    low, *_, high = (said[0] for said in choices(now.slots["killed-all"]).values())
    spanned = tuple(
        (key, Choice(low.key, high.key) if key == "killed-all" else Choice(said[0].key))
        for key, said in now.slots.items()
    )
    give(case, "tern", values=spanned)
    back = tuple((key, Choice(high.key, low.key) if key == "killed-all" else choice) for key, choice in spanned)
    give(case, "gull", values=back)
    assert state(case) == "verified"
    assert round_about(ContentRow.objects.get()).verdict.settled["value:killed-all"] == "3..9"


def test_an_incident_that_changed_meanwhile_is_told_and_the_draft_stays(case: Case) -> None:
    seen = content_now(case.incident)
    keep_draft(case, "tern", {"remarks": ["half a thought"]}, seen.digest)
    Claim.objects.filter(slot="killed").first().delete()  # type: ignore[union-attr]
    with pytest.raises(Overtaken):
        finish(None, case, whole_sheet(content_now(case.incident)), seen.digest, "tern")
    kept = draft_of(case, "tern")
    assert kept is not None
    assert kept.fields["remarks"] == ["half a thought"]
    assert draft_of(case, "gull") is None


def test_a_change_after_verification_asks_for_it_anew_and_keeps_the_old_one(case: Case) -> None:
    give(case, "tern")
    give(case, "gull")
    assert refresh() == 0
    Claim.objects.filter(slot="killed", minimum=9).delete()
    assert refresh([case.incident]) == 1
    now = Case.objects.get(pk=case.pk)
    assert (now.state, now.changed) == ("verified", True)
    assert set(Notice.objects.filter(kind="unfit").values_list("user__name", flat=True)) == {"tern", "gull"}
    give(case, "tern")
    assert state(case) == "second"
    give(case, "crane")
    now = Case.objects.get(pk=case.pk)
    assert (now.state, now.changed) == ("verified", False)
    assert ContentRow.objects.count() == 2


def test_a_page_taken_anew_with_the_same_words_further_down_is_no_change(case: Case) -> None:
    before = content_now(case.incident).digest
    for row in Claim.objects.all():
        Claim.objects.filter(pk=row.pk).update(start=row.start + 40, end=row.end + 40)
    assert content_now(case.incident).digest == before
    Claim.objects.filter(slot="killed", minimum=9).update(speaker="somebody else")
    assert content_now(case.incident).digest != before


def test_what_many_incidents_hold_takes_as_many_queries_as_what_one_holds(desk: Desk, case: Case) -> None:
    with CaptureQueriesContext(connection) as one:
        contents_of([case.incident])
    with CaptureQueriesContext(connection) as many:
        contents_of([case.incident, *range(1, 100)])
    assert len(one) == len(many)


def test_acts_enter_the_log_by_digest_and_tell_neither_case_nor_grade(desk: Desk, case: Case) -> None:
    now = content_now(case.incident)
    row = finish(desk.folder.path, case, whole_sheet(now, remarks="a secret remark"), now.digest, "tern")
    entries = [
        entry.event for entry in desk.folder.entries() if entry.event and entry.event.kind == custody.SHEET_GIVEN
    ]
    assert [event.subject for event in entries] == [row.sha256]
    assert str(case.incident) not in str(entries)
    assert "secret" not in str(entries)
    again = finish(desk.folder.path, case, whole_sheet(now, remarks="a secret remark"), now.digest, "gull")
    assert again.sha256 != row.sha256


def test_erased_items_take_sheets_drafts_and_the_verification_along(case: Case) -> None:
    give(case, "tern")
    give(case, "gull")
    keep_draft(case, "crane", {"remarks": ["x"]}, "")
    item = content_now(case.incident).documents[0]
    assert forget_cases(item) == 2
    assert state(case) == "open"
    assert [rows.objects.count() for rows in (SheetDraft, ContentRow, SheetsSeen)] == [0, 0, 0]


def test_no_notice_names_who_gave_a_sheet_before_it_is_known(desk: Desk, case: Case) -> None:
    at = case.opened
    Assignment.objects.create(
        subject=f"case:{case.incident}", kind="case", user=User.objects.get(name="gull"), by="heron", at=at
    )
    give(case, "tern")
    notice = Notice.objects.get()
    assert (notice.user.name, notice.kind, notice.by) == ("gull", "second", "")
