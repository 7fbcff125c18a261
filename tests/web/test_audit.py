"""The page of who did what: narrowed, within one's sight, silent about who verifies, for owners and editors only."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Capture, Incident, LogAct
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.assignments import assign
from tawthiq.casework.models import Case, Group, ItemRestriction, User
from tawthiq.casework.models.verification import CaseContent, VerificationSheet
from tawthiq.web.audit.wording import group_of, kind_name

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def listed(desk: Desk, query: str = "", name: str = "heron") -> str:
    client = desk.stranger("en")
    client.force_login(User.objects.get(name=name))
    answer = client.get(f"/audit/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_entries_are_listed_with_who_what_and_what_they_are_about(desk: Desk) -> None:
    custody.record(desk.folder.path, custody.SIGNED_IN, "heron")
    html = listed(desk)
    assert "signed in" in html
    assert "evidence kept" in html
    assert 'href="/evidence/1/"' in html
    narrowed = listed(desk, "?what=signed-in")
    assert 'href="/evidence/1/"' not in narrowed
    assert "signed in" in narrowed
    item = Capture.objects.get(number=2).identifier
    assert 'href="/evidence/2/"' in listed(desk, f"?item={item}")
    assert 'href="/evidence/1/"' not in listed(desk, f"?item={item}")
    assert "No entry fits" in listed(desk, "?first=2001-01-01&last=2001-01-02")


def test_nonsense_in_the_address_narrows_nothing_and_breaks_nothing(desk: Desk) -> None:
    assert "evidence kept" in listed(desk, "?what=%00&who=%ff&first=yesterday&page=99999999999999999999&item=%ed%a0%80")


def test_an_entry_is_shown_with_its_leaf_and_what_it_commits_to(desk: Desk) -> None:
    listed(desk)
    act = LogAct.objects.get(items__item=Capture.objects.get(number=1).identifier[:31], kind="captured")
    html = desk.client().get(f"/audit/{act.index}/").content.decode()
    assert act.leaf in html
    assert desk.client().get("/audit/99999/").status_code == 404


@pytest.mark.parametrize("role", [role for role in User.Role if role not in (User.Role.OWNER, User.Role.EDITOR)])
def test_other_roles_audit_nothing(desk: Desk, role: User.Role) -> None:
    client = desk.stranger("en")
    client.force_login(User.objects.make("stork", "several unrelated words", role))
    assert client.get("/audit/").status_code in (403, 404)
    assert client.get("/audit/0/").status_code in (403, 404)


def test_entries_about_restricted_items_are_for_those_who_see_them(desk: Desk) -> None:
    User.objects.make("stork", "several unrelated words", User.Role.OWNER)
    item = Capture.objects.get(number=1).identifier
    custody.record(desk.folder.path, "viewed", "heron", subject=item, facts={"page": "report"})
    group = Group.objects.create(name="inner")
    group.members.add(User.objects.get(name="heron"))
    ItemRestriction.objects.create(item=item, group=group)
    assert 'href="/evidence/1/"' in listed(desk)
    outside = listed(desk, name="stork")
    assert 'href="/evidence/1/"' not in outside
    assert item[:31] not in outside
    assert "looked at" not in outside.partition("<table")[2]
    assert item[:31] not in listed(desk, f"?item={item}", "stork").partition("<table")[2]
    index = LogAct.objects.get(kind="viewed").index
    client = desk.stranger("en")
    client.force_login(User.objects.get(name="stork"))
    assert client.get(f"/audit/{index}/").status_code == 404


def test_nobody_learns_here_who_gave_a_sheet_before_the_case_is_settled(desk: Desk) -> None:
    User.objects.make("stork", "several unrelated words", User.Role.EDITOR)
    case = Case.objects.create(incident=1, opened_by="heron", opened=NOW)
    about = CaseContent.objects.create(case=case, digest="d", content={}, at=NOW)
    VerificationSheet.objects.create(about=about, turn=0, content={}, sha256="ab" * 32, by="heron", at=NOW)
    custody.record(desk.folder.path, custody.SHEET_GIVEN, "heron", subject="ab" * 32)
    told = "a verification sheet was given"
    rows = "<table"
    assert told in listed(desk).partition(rows)[2]
    assert told not in listed(desk, name="stork").partition(rows)[2]
    assert told not in listed(desk, "?who=heron", "stork").partition(rows)[2]
    Case.objects.update(state=Case.State.VERIFIED)
    assert told not in listed(desk, name="stork").partition(rows)[2], (
        "verified before it changed, and given one sheet since"
    )
    VerificationSheet.objects.create(about=about, turn=0, content={}, sha256="cd" * 32, by="tern", at=NOW)
    assert told in listed(desk, name="stork").partition(rows)[2]


def test_every_kind_of_act_has_a_name_and_a_group() -> None:
    kinds = {value for name, value in vars(custody).items() if name.isupper() and isinstance(value, str)}
    assert kinds
    assert {kind for kind in kinds if kind_name(kind) == kind or not group_of(kind)} == set()


def test_the_list_asks_as_many_questions_for_many_entries_as_for_few(desk: Desk) -> None:
    def queries() -> int:
        listed(desk)
        with CaptureQueriesContext(connection) as found:
            listed(desk)
        return len(found)

    few = queries()
    for number in range(12):
        custody.record(desk.folder.path, "viewed", f"n{number}", subject=Capture.objects.get(number=1).identifier)
    assert queries() == few


def test_nobody_learns_from_the_log_whose_a_case_is_that_waits_for_another_verifier(desk: Desk) -> None:
    incident = Incident.objects.order_by("number").values_list("number", flat=True)[0]
    case = Case.objects.create(incident=incident, state=Case.State.OPEN, opened_by="heron", opened=NOW)
    crane, eider = (User.objects.make(name, PASSWORD, User.Role.EDITOR) for name in ("crane", "eider"))
    assign(desk.folder.path, [f"incident:{case.incident}"], crane.name, crane)
    custody.write_waiting(desk.folder.path)
    listed_as = "?what=assigned"
    assert "<bdi>crane</bdi>" in listed(desk, listed_as, eider.name)
    Case.objects.update(state=Case.State.SECOND)
    assert "<bdi>crane</bdi>" not in listed(desk, listed_as, eider.name)
    act = LogAct.objects.get(kind="assigned")
    client = desk.stranger("en")
    client.force_login(eider)
    assert client.get(f"/audit/{act.index}/").status_code == 404
    assert "<bdi>crane</bdi>" in listed(desk, listed_as, crane.name)
