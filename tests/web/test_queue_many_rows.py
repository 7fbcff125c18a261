"""Acts on many rows, saved searches, and lists narrowed by what people did."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from either_database import shown_in_pages
from linked_desk import PASSWORD, LinkedDesk, copied, make_linked_desk, settle
from tawthiq.archive.models import Capture, Report
from tawthiq.casework.domain import bulk
from tawthiq.casework.models import Assignment, Case, Group, ItemRestriction, ReportReview, SavedSearch, User
from tawthiq.records.errors import WrongUsage
from tawthiq.store import ArchiveFolder


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = make_linked_desk(tmp_path_factory.mktemp("rows") / "archive")
    User.objects.make("dove", PASSWORD, User.Role.DOCUMENTER)
    return settle(made)


@pytest.fixture
def desk(model: Path, tmp_path: Path) -> Iterator[LinkedDesk]:
    made = copied(model, tmp_path / "archive")
    with shown_in_pages(made.folder):
        yield made


def text(response: HttpResponse) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def titles(client: Client, page: str, **asked: str) -> list[str]:
    found = re.findall(r'<li class="row[^"]*">\s*<h2><a href="([^"]+)"', text(client.get(f"/{page}/", asked)))
    return [address.strip("/") for address in found]


def hide(number: int) -> Group:
    group = Group.objects.create(name="the few")
    ItemRestriction.objects.create(item=Capture.objects.get(pk=number).identifier, group=group)
    return group


def planned(client: Client, page: str, act: str, **more: object) -> str:
    return text(client.post(f"/bulk/{page}/", {"act": act, **more}))


def happens_to(page: str) -> int:
    return int(re.findall(r"<dd><strong>(\d+)</strong></dd>", page)[0])


def entries(desk: LinkedDesk, kind: str) -> list[dict[str, object]]:
    with ArchiveFolder.open(desk.folder.path) as folder:
        folder.log_waiting()
        return [dict(each.event.facts) for each in folder.entries() if each.event and each.event.kind == kind]


def test_a_plan_says_to_how_many_and_changes_nothing(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    assert happens_to(planned(client, "reports", "review", number=["1", "2", "٣", "x", "999"])) == 3
    assert happens_to(planned(client, "reports", "review", all="1", query="language=en")) == 1
    assert not ReportReview.objects.exists()


def test_marking_many_is_one_entry_that_names_every_digest_and_is_undone(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    answer = client.post("/bulk/reports/do/", {"act": "review", "number": "1 2 3"})
    assert ReportReview.objects.count() == 3
    rows = {digest for entry in entries(desk, "bulk-done") for _, digest in entry["rows"]}  # type: ignore[attr-defined]
    assert rows == set(ReportReview.objects.values_list("sha256", flat=True))
    assert "marked as looked at already" in planned(client, "reports", "review", number="1 4")
    number = re.findall(r"undo=(\d+)", answer["Location"])[0]
    ReportReview.objects.filter(capture=Capture.objects.get(pk=3).identifier).update(sha256="changed since")
    assert "Put back as it was: 2" in text(client.post("/queue/undo/", {"number": number}))
    assert len(titles(client, "reports", reviewed="yes")) == 1
    assert len(entries(desk, "bulk-undone")) == 1


def test_either_all_or_none(desk: LinkedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, made = bulk.reading_corrections.review, []

    def failing(*asked: object, **more: object) -> object:
        if len(made) == 2:
            raise WrongUsage(item="a report", happened="it cannot be done", advice="none")
        made.append(asked)
        return kept(*asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(bulk.reading_corrections, "review", failing)
    answer = desk.client("dove").post("/bulk/reports/do/", {"act": "review", "number": "1 2 3"})
    assert answer.status_code == 422
    assert len(made) == 2
    assert not ReportReview.objects.exists()
    assert entries(desk, "bulk-done") == []


def test_many_are_given_at_once_and_rows_say_so(desk: LinkedDesk) -> None:
    heron = desk.client("heron")
    answer = heron.post("/bulk/reports/do/", {"act": "assign", "number": "1 4", "to": "dove", "word": "both please"})
    assert Assignment.objects.filter(user__name="dove", word="both please").count() == 2
    assert text(heron.get("/reports/")).count("chip assigned") == 2
    assert len(titles(desk.client("dove"), "reports", assigned="me")) == 2
    assert len(titles(heron, "reports", assigned="nobody")) == 4
    heron.post("/queue/undo/", {"number": re.findall(r"undo=(\d+)", answer["Location"])[0]})
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("to", ["\x00", "gull", "nobody at all", "d" * 200])
def test_many_are_given_to_people_of_the_desk_only(desk: LinkedDesk, to: str) -> None:
    heron = desk.client("heron")
    sent = {"act": "assign", "number": "1 2", "to": to, "word": "a\x00word"}
    assert "<dt>It happens to<" not in planned(heron, "reports", **sent)
    assert heron.post("/bulk/reports/do/", sent).status_code == 422
    assert not Assignment.objects.exists()
    heron.post("/bulk/reports/do/", {**sent, "to": "dove"})
    assert set(Assignment.objects.values_list("word", flat=True)) == {"a word"}


def test_cases_are_opened_once(desk: LinkedDesk) -> None:
    client, numbers = desk.client("crane"), f"{desk.number(1)} {desk.number(3)}"
    client.post("/bulk/incidents/do/", {"act": "open", "number": numbers})
    assert sorted(Case.objects.values_list("incident", flat=True)) == sorted(map(int, numbers.split()))
    page = planned(client, "incidents", "open", number=numbers)
    assert happens_to(page) == 0
    assert "have a case already" in page


def test_what_is_restricted_at_once_is_gone_for_others_and_undone(desk: LinkedDesk) -> None:
    heron = desk.client("heron")
    group = Group.objects.create(name="the few")
    group.members.add(User.objects.get(name="heron"))
    sent = {"act": "restrict", "number": "1 2", "group": str(group.pk)}
    assert happens_to(planned(heron, "reports", "restrict", number="1 2", group=str(group.pk))) == 2
    answer = heron.post("/bulk/reports/do/", sent)
    assert len(titles(desk.client("dove"), "reports")) == 4
    assert len(titles(heron, "reports", restricted="yes")) == 2
    heron.post("/queue/undo/", {"number": re.findall(r"undo=(\d+)", answer["Location"])[0]})
    assert len(titles(desk.client("dove"), "reports")) == 6


@pytest.mark.parametrize(
    ("name", "page", "act"),
    [("dove", "reports", "restrict"), ("gull", "reports", "review"), ("gull", "incidents", "open"),
     ("dove", "reports", "open"), ("dove", "incidents", "restrict"), ("dove", "reports", ""), ("dove", "reports", "x")],
)  # fmt: skip
def test_acts_that_are_not_ones_own_are_refused(desk: LinkedDesk, name: str, page: str, act: str) -> None:
    sent = {"act": act, "number": "1", "group": "1", "to": "dove"}
    assert desk.client(name).post(f"/bulk/{page}/", sent).status_code == 403
    assert desk.client(name).post(f"/bulk/{page}/do/", sent).status_code == 403


def test_an_outsider_learns_nothing_from_naming_hidden_rows(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    hide(1)
    hidden, missing = (planned(client, "reports", "review", number=each) for each in ("1", "999"))
    assert _bare(hidden) == _bare(missing)
    client.post("/bulk/reports/do/", {"act": "review", "number": "1 2"})
    assert list(ReportReview.objects.values_list("capture", flat=True)) == [Capture.objects.get(pk=2).identifier]
    assert happens_to(planned(client, "reports", "assign", all="1", to="crane")) == 5


def _bare(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_lists_are_narrowed_by_several_filters_at_once(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    assert len(titles(client, "reports", place="الرقة", language="ar")) == 5
    assert titles(client, "reports", place="Nowhere") == []
    assert len(titles(client, "reports", first="٢٠١٧-٠٦-٢٠", last="20/06/2017", reviewed="no")) == 6
    assert titles(client, "reports", first="٢٠١٧-٠٦-٢١") == []
    assert len(titles(client, "incidents", first="2017-06-19", last="٢٠١٧-٠٦-١٩", case="none")) == 3
    assert len(titles(client, "incidents", place="الر", act="airstrike", assigned="nobody")) == 3
    assert titles(client, "incidents", last="2017-06-18") == []
    Case.objects.create(incident=desk.number(1), opened_by="dove", opened=datetime.now(UTC))
    assert len(titles(client, "incidents", case="open")) == 1
    assert len(titles(client, "incidents", case="none")) == 2


@pytest.mark.parametrize("page", ["reports", "incidents"])
def test_filters_that_nobody_wrote_narrow_nothing_and_break_nothing(desk: LinkedDesk, page: str) -> None:
    client = desk.client("dove")
    for value in ("\x00", "٩" * 40, "no", "%", "9999-99-99", "-", "\udcff".encode("utf-8", "surrogateescape")):
        asked = dict.fromkeys(
            ("place", "first", "last", "reviewed", "restricted", "assigned", "case", "standing"), value
        )
        assert client.get(f"/{page}/", asked).status_code == 200


def saved(client: Client, name: str, page: str, query: str, **more: str) -> SavedSearch:
    client.post("/saved/new/", {"name": name, "list": page, "query": query, **more})
    return SavedSearch.objects.order_by("-number")[0]


def _another_report(like: int, number: int) -> None:
    capture, report = Capture.objects.get(pk=like), Report.objects.get(pk=like)
    capture.pk, capture.identifier = number, f"later-{number}"
    capture.save(force_insert=True)
    report.pk = number
    report.save(force_insert=True)


def test_a_saved_search_counts_what_came_since_it_was_opened(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    search = saved(client, "من الرقة", "reports", "language=ar&page=3&words=")
    assert search.query == "language=ar"
    assert "nothing new" in text(client.get("/saved/"))
    _another_report(1, 50)
    _another_report(4, 51)  # in English: it does not fit
    assert "new since you opened it: 1" in text(client.get("/saved/"))
    hide(50)
    assert "nothing new" in text(client.get("/saved/"))
    assert client.get(f"/saved/{search.pk}/")["Location"] == "/reports/?language=ar"


def test_the_team_finds_what_is_shared_and_changes_nothing(desk: LinkedDesk) -> None:
    mine = saved(desk.client("dove"), "mine", "reports", "")
    shared = saved(desk.client("dove"), "shared", "incidents", "act=airstrike", team="on")
    crane = desk.client("crane")
    page = text(crane.get("/saved/"))
    assert "shared" in page
    assert "mine" not in re.sub(r"<nav.*?</nav>", "", page, flags=re.DOTALL)
    assert crane.get(f"/saved/{mine.pk}/").status_code == 404
    assert crane.get(f"/saved/{shared.pk}/").status_code == 302
    for number in (mine.pk, shared.pk):
        assert crane.post(f"/saved/{number}/change/", {"act": "remove"}).status_code == 404
        assert crane.post(f"/saved/{number}/change/", {"name": "theirs"}).status_code == 404


def test_removing_and_renaming_are_undone(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    search = saved(client, "first name", "reports", "language=ar")
    answer = client.post(f"/saved/{search.pk}/change/", {"name": "second name", "team": "on"})
    client.post("/queue/undo/", {"number": re.findall(r"undo=(\d+)", answer["Location"])[0]})
    search.refresh_from_db()
    assert (search.name, search.team) == ("first name", False)
    answer = client.post(f"/saved/{search.pk}/change/", {"act": "remove"})
    assert client.get(f"/saved/{search.pk}/").status_code == 404
    client.post("/queue/undo/", {"number": re.findall(r"undo=(\d+)", answer["Location"])[0]})
    assert client.get(f"/saved/{search.pk}/").status_code == 302


@pytest.mark.parametrize("page", ["people", "nowhere", "", "admin"])
def test_only_lists_that_one_may_open_are_saved(desk: LinkedDesk, page: str) -> None:
    answer = desk.client("dove").post("/saved/new/", {"name": "x", "list": page, "query": ""})
    assert answer.status_code == 404
    assert not SavedSearch.objects.exists()


def test_every_list_can_be_saved_and_counted(desk: LinkedDesk) -> None:
    client = desk.client("heron")
    for page in ("reports", "incidents", "statements", "cases", "search", "people", "evidence"):
        saved(client, f"all {page}", page, "words=غارة" if page == "search" else "")
    assert text(client.get("/saved/")).count("nothing new") == 7


def test_lists_take_as_many_queries_for_six_rows_as_for_one(desk: LinkedDesk) -> None:
    client = desk.client("dove")
    saved(client, "one", "reports", "")
    client.get("/reports/")
    for page, few, many in (
        ("reports", {"language": "en"}, {}),
        ("incidents", {"place": "الرقة", "several": "on"}, {}),
    ):
        with CaptureQueriesContext(connection) as first:
            client.get(f"/{page}/", few)
        with CaptureQueriesContext(connection) as second:
            client.get(f"/{page}/", many)
        assert len(second) <= len(first)
