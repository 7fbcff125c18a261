"""The queue: what waits for whom, one item after the other, and whose it is."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from either_database import shown_in_pages
from linked_desk import PASSWORD, LinkedDesk, copied, make_linked_desk, settle
from tawthiq.archive.models import Capture, Incident, Report
from tawthiq.casework.domain.cases import open_case
from tawthiq.casework.domain.verification import finish
from tawthiq.casework.models import (
    Assignment,
    Case,
    CaseContent,
    Group,
    ItemRestriction,
    LinkDecision,
    Notice,
    QueueClaim,
    SheetsSeen,
    User,
    VerificationSheet,
)
from tawthiq.casework.queries.case_contents import content_of
from tawthiq.web.cases.form import fields_from
from verified_desk import whole_sheet


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_linked_desk(tmp_path_factory.mktemp("queue") / "archive")
    User.objects.make("dove", PASSWORD, User.Role.DOCUMENTER)
    return settle(made)


@pytest.fixture
def desk(model: Path, tmp_path: Path) -> Iterator[LinkedDesk]:
    """Incidents 1 and 3 wait (1 is disputed); heron owns, crane edits, dove documents, gull reads."""
    made = copied(model, tmp_path / "archive")
    with shown_in_pages(made.folder):
        yield made


def text(response: HttpResponse) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def opened(client: Client, **asked: str) -> str:
    """Where the next item of the queue is worked on."""
    response = client.get("/queue/next/", asked)
    assert response.status_code == 302
    return str(response["Location"])


def give(client: Client, subject: str, act: str, **more: str) -> HttpResponse:
    sent = {"subject": subject, "act": act, "back": "/queue/", **more}
    return client.post("/queue/act/", sent)  # type: ignore[return-value]


def hide(desk: LinkedDesk, number: int) -> Group:
    group = Group.objects.create(name="the few")
    ItemRestriction.objects.create(item=Capture.objects.get(pk=number).identifier, group=group)
    return group


def page_counts(page: str) -> dict[str, str]:
    found = re.findall(
        r'\?queue=([a-z]+)(?:&amp;who=\w+)?"[^>]*><span>[^<]*</span><span class="count[^"]*">(\d+\+?)</span>', page
    )
    return dict(found)


def report(number: int) -> str:
    return f"report:{Capture.objects.get(pk=number).identifier}"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_kind_stands_with_its_count(desk: LinkedDesk, language: str) -> None:
    counts = page_counts(text(desk.client(language=language).get("/queue/?queue=proposals")))
    assert counts["proposals"] == "2"
    assert counts["contradictions"] == "1"
    assert counts["reports"] == "6"
    assert counts["second"] == "0"


def test_a_kind_is_shown_to_those_who_may_decide_about_it(desk: LinkedDesk) -> None:
    assert "pairs" in page_counts(text(desk.client("crane").get("/queue/")))
    documenter = page_counts(text(desk.client("dove").get("/queue/")))
    assert "proposals" in documenter
    assert not {"pairs", "second", "sensitive"} & set(documenter)
    assert page_counts(text(desk.client("gull").get("/queue/"))) == {}
    assert desk.client("gull").post("/queue/act/", {"subject": report(1), "act": "take"}).status_code == 403


def test_deciding_leads_on_to_the_next_item_of_the_same_kind(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    first = opened(client, queue="proposals")
    assert first.startswith(f"/queue/proposals/{desk.number(1)}/")
    page = text(client.get(first))
    sent = {
        "action": "confirm", "seen": re.findall(r'name="seen" value="(\d+)"', page)[0],
        "telling": re.findall(r'name="telling" value="([^"]+)"', page),
    }  # fmt: skip
    answer = client.post("/incidents/decide/", sent, headers={"referer": f"http://127.0.0.1{first}"})
    assert answer["Location"].startswith(f"/queue/proposals/{desk.number(3)}/")
    told = text(client.get(answer["Location"]))
    assert "Your decision is saved and logged." in told
    assert LinkDecision.objects.count() == 2
    foreign = client.post("/incidents/decide/", sent, headers={"referer": f"http://evil.example{first}"})
    assert "/queue/" not in foreign.headers.get("Location", "")


def test_two_people_never_get_the_same_item_at_once(desk: LinkedDesk) -> None:
    one, other = opened(desk.client("dove"), queue="proposals"), opened(desk.client("crane"), queue="proposals")
    assert one.partition("?")[0] != other.partition("?")[0]
    third = desk.client("heron")
    assert opened(third, queue="proposals").startswith("/queue/?")
    assert "dove is looking at it" in text(third.get("/queue/?queue=proposals"))
    QueueClaim.objects.filter(user__name="dove").update(until=datetime.now(UTC) - timedelta(seconds=1))
    assert opened(third, queue="proposals").partition("?")[0] == one.partition("?")[0]


def test_leaving_frees_the_item_at_once(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    first = opened(client, queue="proposals")
    client.post("/queue/leave/", {"queue": "proposals"})
    assert opened(desk.client("crane"), queue="proposals") == first


def test_what_is_put_off_comes_last_for_oneself_only(desk: LinkedDesk) -> None:
    client, first = desk.client("dove"), f"incident:{desk.number(1)}"
    opened(client, queue="proposals")
    answer = give(client, first, "later", queue="proposals")
    assert answer["Location"].startswith(f"/queue/proposals/{desk.number(3)}/")
    give(client, f"incident:{desk.number(3)}", "later", queue="proposals")
    assert opened(client, queue="proposals").startswith(f"/queue/proposals/{desk.number(1)}/")  # put off first
    client.post("/queue/leave/")
    assert opened(desk.client("crane"), queue="proposals").startswith(f"/queue/proposals/{desk.number(1)}/")


def test_given_work_waits_for_its_person_and_not_for_others(desk: LinkedDesk) -> None:
    heron, first = desk.client("heron"), f"incident:{desk.number(1)}"
    give(heron, first, "give", to="dove", word="you know the market")
    assert Assignment.objects.get().user.name == "dove"
    assert [row.kind for row in Notice.objects.filter(user__name="dove")] == ["assigned"]
    counts = {
        who: page_counts(text(heron.get("/queue/", {"queue": "proposals", "who": who})))["proposals"]
        for who in ("", "me", "nobody", "any")
    }
    assert counts == {"": "1", "me": "0", "nobody": "1", "any": "2"}
    mine = text(desk.client("dove").get("/queue/?queue=proposals&who=me"))
    assert page_counts(mine)["proposals"] == "1"
    assert "you know the market" in mine
    assert "you know the market" in text(desk.client("dove").get("/my-work/"))


@pytest.mark.parametrize("act", ["take", "give"])
def test_an_incident_that_is_given_stands_in_the_list_of_cases(desk: LinkedDesk, act: str) -> None:
    heron, number = desk.client("heron"), desk.number(1)
    give(heron, f"incident:{number}", act, to="dove", word="")
    assert [case.opened_by for case in Case.objects.filter(incident=number)] == ["heron"]
    assert f"/cases/{number}/" in text(heron.get("/cases/"))
    give(heron, f"incident:{number}", "give", to="crane")
    give(heron, f"incident:{number}", "release")
    assert Case.objects.count() == 1
    give(heron, f"incident:{desk.number(3)}", "release")
    assert Case.objects.count() == 1


def test_an_assignment_is_undone_once_and_by_whoever_made_it(desk: LinkedDesk) -> None:
    heron, first = desk.client("heron"), f"incident:{desk.number(1)}"
    give(desk.client("dove"), first, "take")
    answer = give(heron, first, "give", to="crane")
    number = re.findall(r"undo=(\d+)", answer["Location"])[0]
    assert "Undo" in text(heron.get(answer["Location"]))
    assert desk.client("dove").post("/queue/undo/", {"number": number}).status_code == 410
    assert heron.post("/queue/undo/", {"number": number}).status_code == 200
    assert Assignment.objects.get().user.name == "dove"
    assert heron.post("/queue/undo/", {"number": number}).status_code == 410


def test_undoing_leaves_what_others_changed_since(desk: LinkedDesk) -> None:
    heron, first = desk.client("heron"), f"incident:{desk.number(1)}"
    answer = give(heron, first, "give", to="crane")
    give(desk.client("crane"), first, "give", to="dove")
    done = heron.post("/queue/undo/", {"number": re.findall(r"undo=(\d+)", answer["Location"])[0]})
    assert "Others have changed it since" in text(done)
    assert Assignment.objects.get().user.name == "dove"


@pytest.mark.parametrize("to", ["gull", "nobody", "", "\x00", "d" * 300])
def test_work_is_given_to_people_of_the_desk_only(desk: LinkedDesk, to: str) -> None:
    answer = give(desk.client("heron"), f"incident:{desk.number(1)}", "give", to=to)
    assert answer.status_code in (302, 422)
    assert not Assignment.objects.exists()


def test_a_form_changes_nothing_that_it_does_not_name(desk: LinkedDesk) -> None:
    more = {"by": "heron", "user": "1", "number": "7", "at": "2001-01-01", "kind": "case", "is_active": "0"}
    give(desk.client("dove"), f"incident:{desk.number(1)}", "take", **more)
    row = Assignment.objects.get()
    assert (row.by, row.user.name, row.kind) == ("dove", "dove", "incident")
    assert row.at.year > 2001
    assert User.objects.filter(is_active=True).count() == User.objects.count()


def test_an_outsider_sees_counts_as_if_hidden_items_were_not_there(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    before = page_counts(text(client.get("/queue/")))
    group = hide(desk, 1)
    after = page_counts(text(client.get("/queue/")))
    assert (before["proposals"], after["proposals"]) == ("2", "1")
    assert (before["contradictions"], after["contradictions"]) == ("1", "0")
    assert (before["reports"], after["reports"]) == ("6", "5")
    assert client.get(f"/queue/proposals/{desk.number(1)}/").status_code == 404
    for subject in (report(1), f"incident:{desk.number(1)}"):
        assert give(client, subject, "take").status_code == 404
        assert client.get("/queue/give/", {"subject": subject}).status_code == 404
        asked = {"queue": "proposals", "item": f"proposals/{subject}"}
        assert "queue-bar" not in text(client.get("/about/", asked))
    assert not QueueClaim.objects.exists()
    group.members.add(User.objects.get(name="dove"))
    inside = page_counts(text(client.get("/queue/")))
    assert (inside["proposals"], inside["restricted"]) == ("2", "1")


def test_nobody_is_given_what_they_may_not_see(desk: LinkedDesk) -> None:
    hide(desk, 1).members.add(User.objects.get(name="heron"))
    answer = give(desk.client("heron"), report(1), "give", to="dove")
    assert answer.status_code == 422
    assert not Assignment.objects.exists()
    assert not Notice.objects.exists()


def test_a_case_waits_for_a_second_person_only_without_a_sheet_of_theirs(desk: LinkedDesk) -> None:
    number = desk.number(1)
    case = Case.objects.create(
        incident=number, state=Case.State.SECOND, opened_by="heron", opened=datetime.now(UTC), digest="d"
    )
    about = CaseContent.objects.create(case=case, digest="d", content={}, at=datetime.now(UTC))
    VerificationSheet.objects.create(about=about, turn=0, content={}, sha256="s", by="heron", at=datetime.now(UTC))
    assert page_counts(text(desk.client("heron").get("/queue/")))["second"] == "0"
    assert page_counts(text(desk.client("crane").get("/queue/")))["second"] == "1"
    assert page_counts(text(desk.client("crane").get("/queue/")))["contradictions"] == "0"  # it has a case
    SheetsSeen.objects.create(about=about, by="crane", how="opened", at=datetime.now(UTC))
    assert page_counts(text(desk.client("crane").get("/queue/")))["second"] == "0"


def test_who_verifies_from_the_queue_finds_the_next_case_at_once(desk: LinkedDesk) -> None:
    numbers = {desk.number(1), desk.number(3)}
    for number in numbers:
        _finished(open_case(None, number, "heron"), "heron")
    crane = desk.client("crane")
    for _ in range(2):
        address = opened(crane, queue="second")
        number = int(address.split("/")[2])
        numbers.remove(number)
        page = text(crane.get(address))
        action = re.findall(r'<form class="sheet" method="post" action="([^"]+)"', page)[0].replace("&amp;", "&")
        now = content_of(number)
        assert now is not None
        sent = {**fields_from(whole_sheet(now), now), "digest": now.digest}
        draft = crane.post(action, {**sent, "action": "draft"})
        assert draft["Location"].startswith(f"/cases/{number}/?queue=second")
        answer = crane.post(action, {**sent, "action": "finish"})
        expected = f"/cases/{next(iter(numbers))}/?queue=second" if numbers else "/queue/?queue=second"
        assert answer["Location"].startswith(expected)


def _finished(case: Case, name: str) -> None:
    now = content_of(case.incident)
    assert now is not None
    finish(None, case, whole_sheet(now), now.digest, name)


def test_who_looks_at_a_case_stays_unnamed(desk: LinkedDesk) -> None:
    Case.objects.create(incident=desk.number(1), state=Case.State.SECOND, opened_by="heron", opened=datetime.now(UTC))
    opened(desk.client("crane"), queue="second")
    page = text(desk.client("heron").get("/queue/?queue=second&who=any"))
    assert "somebody is looking at it" in page
    assert "crane" not in page


@pytest.mark.parametrize("kind", ["proposals", "reports", "contradictions"])
def test_a_list_takes_as_many_queries_for_two_rows_as_for_twelve(desk: LinkedDesk, kind: str) -> None:
    client = desk.client("dove")
    client.get("/queue/")
    few = _queries(client, kind)
    _more_of_it(desk)
    assert _queries(client, kind) == few


def _queries(client: Client, kind: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        text(client.get("/queue/", {"queue": kind}))
    return len(asked)


def _more_of_it(desk: LinkedDesk) -> None:
    incident = Incident.objects.get(number=desk.number(1))
    model = Report.objects.get(pk=1)
    for place in range(12):
        incident.pk, incident.identifier = 9_000_000 + place, f"more-{place}"
        incident.save(force_insert=True)
        capture = Capture.objects.get(pk=1)
        capture.pk, capture.identifier = 900 + place, f"more-{place}"
        capture.save(force_insert=True)
        model.pk = 900 + place
        model.save(force_insert=True)


@pytest.mark.parametrize(
    "asked",
    ["queue=nonsense", "queue=all&who=me", "who=%00", "page=99999", "page=-1", "queue=proposals&item=x", "undo=٣",
     "undo=99999999999999999999", "item=proposals/incident:99999999999999999999", "queue=%ff", "item=/", "done=1"],
)  # fmt: skip
def test_addresses_that_nobody_wrote_are_answered(desk: LinkedDesk, asked: str) -> None:
    client = desk.client("dove")
    assert client.get(f"/queue/?{asked}").status_code == 200
    assert client.get(f"/queue/next/?{asked}").status_code == 302
    assert client.get(f"/notices/?{asked}").status_code == 200
    assert client.get(f"/about/?{asked}").status_code == 200


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil", "/\\evil.example"]
)
def test_going_back_never_leaves_the_site(desk: LinkedDesk, back: str) -> None:
    answer = give(desk.client("dove"), f"incident:{desk.number(1)}", "take", back=back)
    assert answer["Location"].startswith("/queue/")


def test_notices_are_read_one_by_one_or_all_and_that_is_undone(desk: LinkedDesk) -> None:
    dove, heron = desk.client("dove"), desk.client("heron")
    for number in (1, 3):
        give(heron, f"incident:{desk.number(number)}", "give", to="dove")
    page = text(dove.get("/notices/"))
    assert page.count("<bdi>heron</bdi> gave this to you") == 2
    answer = dove.post("/notices/read/", {"number": str(Notice.objects.first().number)})  # type: ignore[union-attr]
    assert Notice.objects.filter(read=None).count() == 1
    dove.post("/notices/read/", {"number": "all"})
    assert not Notice.objects.filter(read=None).exists()
    dove.post("/queue/undo/", {"number": re.findall(r"undo=(\d+)", answer["Location"])[0]})
    assert Notice.objects.filter(read=None).count() == 1


def test_notices_about_what_was_hidden_since_are_gone_from_list_and_count(desk: LinkedDesk) -> None:
    give(desk.client("heron"), f"incident:{desk.number(1)}", "give", to="dove")
    dove = desk.client("dove")
    assert 'class="count">1<' in text(dove.get("/about/"))
    hide(desk, 1)
    assert 'class="count">1<' not in text(dove.get("/about/"))
    assert "gave this to you" not in text(dove.get("/notices/"))
    assert f"{desk.number(1)}" not in text(dove.get("/my-work/"))


def test_single_keys_can_be_switched_off(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    assert "keys.js" in text(client.get("/queue/"))
    client.post("/queue/keys/", {"keys": "off"})
    assert "keys.js" not in text(client.get("/queue/"))
    client.post("/queue/keys/", {"keys": "on"})
    assert "keys.js" in text(client.get("/queue/"))


def test_my_work_lists_what_was_looked_at_lately(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    client.get(f"/incidents/{desk.number(1)}/")
    client.get("/reports/4/")
    page = text(client.get("/my-work/"))
    assert "Mill hit near Raqqa" in page
    hide(desk, 4)
    assert "Mill hit near Raqqa" not in text(client.get("/my-work/"))
