"""Attacks on cases: learning who graded or what was found by a side door, and rows of the database that other hands changed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Claim, EventCount, EventVictim, Incident
from tawthiq.casework.domain.cases import open_case, refresh
from tawthiq.casework.domain.publishing import publish
from tawthiq.casework.domain.verification import Barred, finish, withdraw
from tawthiq.casework.models import Assignment, Case, Notice, Publication, User, VerificationSheet
from tawthiq.casework.models import CaseContent as ContentRow
from tawthiq.custody.entry import digest_of
from tawthiq.records.errors import WrongUsage
from verified_desk import content_now, copied, make_verified_desk, whole_sheet


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("attacked") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        User.objects.make("kite", PASSWORD, User.Role.EDITOR)
        yield made


@pytest.fixture
def case(desk: Desk) -> Case:
    """The case of an incident that nothing makes sensitive."""
    EventCount.objects.filter(group="children").delete()
    EventVictim.objects.all().delete()
    Claim.objects.filter(group="children").delete()
    number = Incident.objects.order_by("-report_count").values_list("number", flat=True)[0]
    return open_case(desk.folder.path, number, "heron")


def client(desk: Desk, name: str) -> Client:
    made = desk.stranger("en")
    made.force_login(User.objects.get(name=name))
    return made


def give(desk: Desk, case: Case, *names: str) -> VerificationSheet:
    for name in names:
        now = content_now(case.incident)
        row = finish(desk.folder.path, case, whole_sheet(now), now.digest, name)
    return row


def published(desk: Desk, case: Case) -> Publication:
    give(desk, case, "tern", "gull")
    return publish(desk.folder.path, case, 0, "heron")


def take_back(desk: Desk, case: Case, name: str) -> None:
    withdraw(desk.folder.path, VerificationSheet.objects.filter(by=name, withdrawal=None).latest("pk"), "wrong", name)


def change(case: Case) -> None:
    """Something else is told of the incident by now."""
    claim = Claim.objects.filter(incident=case.incident, slot="killed").first()
    assert claim
    Claim.objects.filter(pk=claim.pk).update(minimum=41, maximum=41)
    refresh()


def log(desk: Desk, name: str) -> str:
    return client(desk, name).get("/audit/").content.decode().partition("<table")[2]


def shown(desk: Desk, case: Case, name: str = "wren") -> HttpResponse:
    if not User.objects.filter(name=name).exists():
        User.objects.make(name, PASSWORD, User.Role.PUBLIC)
    answer: HttpResponse = client(desk, name).get(f"/public/{case.incident}/")
    return answer


@pytest.mark.parametrize("address", ["/public/", "/public/{}/"])
def test_who_read_what_was_published_cannot_take_the_place_of_one_who_withdraws(
    desk: Desk, case: Case, address: str
) -> None:
    published(desk, case)
    assert client(desk, "crane").get(address.format(case.incident)).status_code == 200
    take_back(desk, case, "tern")
    with pytest.raises(Barred):
        give(desk, case, "crane")
    give(desk, case, "plover")


def test_the_log_does_not_say_whose_withdrawal_took_a_case_out_of_what_is_published(desk: Desk, case: Case) -> None:
    published(desk, case)
    take_back(desk, case, "tern")
    told = log(desk, "kite")
    assert "tern" not in told
    assert "gull" not in told


def test_no_notice_says_whose_withdrawal_took_a_case_out_of_what_is_published(desk: Desk, case: Case) -> None:
    Assignment.objects.create(
        subject=f"case:{case.incident}", kind="case", user=User.objects.get(name="kite"), by="heron", at=case.opened
    )
    published(desk, case)
    Notice.objects.all().delete()
    take_back(desk, case, "tern")
    assert set(Notice.objects.filter(kind=Notice.Kind.UNPUBLISHED).values_list("user__name", "by")) >= {("kite", "")}
    assert not Notice.objects.exclude(by="").exists()
    assert "tern" not in client(desk, "kite").get("/notices/").content.decode()


def test_the_log_tells_nobody_of_a_sheet_that_was_given_and_taken_back_about_a_changed_case(
    desk: Desk, case: Case
) -> None:
    give(desk, case, "tern", "gull")
    change(case)
    give(desk, case, "crane")
    take_back(desk, case, "crane")
    assert Case.objects.get().state == Case.State.VERIFIED
    assert "crane" not in log(desk, "kite")
    assert "tern" in log(desk, "kite"), "what was settled stays told"
    page = client(desk, "kite").get(f"/cases/{case.incident}/").content.decode()
    assert "crane" not in page


@pytest.mark.parametrize("name", ["kite", "plover"])
@pytest.mark.parametrize(
    "address",
    ["/cases/", "/cases/{}/", "/incidents/{}/", "/incidents/{}/timeline/", "/queue/", "/notices/", "/my-work/", "/start/",
     "/", "/cases/?state=second", "/queue/?queue=second&who=any", "/saved/", "/map/", "/timeline/"],
)  # fmt: skip
def test_no_page_names_who_gave_the_first_sheet(desk: Desk, case: Case, name: str, address: str) -> None:
    client(desk, "tern").post("/queue/act/", {"subject": f"case:{case.incident}", "act": "take"})
    give(desk, case, "tern")
    html = client(desk, name).get(address.format(case.incident)).content.decode()
    choices = re.compile(r"<option[^>]*>[^<]*</option>")
    assert re.search(r"\btern\b", choices.sub("", html)) is None


def forged(row: Publication) -> None:
    kept = {**row.content, "status": "does_not_hold", "people": 9}
    Publication.objects.filter(pk=row.pk).update(content=kept)


def test_what_is_published_and_was_rewritten_in_the_database_is_shown_to_nobody(desk: Desk, case: Case) -> None:
    row = published(desk, case)
    assert shown(desk, case).status_code == 200
    forged(row)
    assert shown(desk, case).status_code == 404
    assert "people who verified: 9" not in client(desk, "wren").get("/public/").content.decode()
    assert f"/public/{case.incident}/" not in client(desk, "wren").get("/public/").content.decode()


def test_a_proposal_that_other_hands_turned_into_a_publication_is_shown_to_nobody(desk: Desk, case: Case) -> None:
    row = published(desk, case)
    kept = {key: value for key, value in row.content.items() if key != "deed"}
    kept["deed"] = "proposed"
    Publication.objects.filter(pk=row.pk).update(content=kept, sha256=digest_of(kept))
    assert shown(desk, case).status_code == 404


def test_claims_that_were_rewritten_under_their_sheets_verify_nothing(desk: Desk, case: Case) -> None:
    published(desk, case)
    about = ContentRow.objects.get()
    text = json.dumps(about.content).replace('"minimum": 3', '"minimum": 300').replace('"maximum": 3', '"maximum": 300')
    assert text != json.dumps(about.content)
    ContentRow.objects.update(content=json.loads(text))
    assert shown(desk, case).status_code == 404
    assert client(desk, "kite").get(f"/cases/{case.incident}/").status_code == 200
    with pytest.raises(WrongUsage):
        publish(desk.folder.path, case, Publication.objects.latest("pk").pk, "heron")


def test_a_publication_with_a_sound_digest_but_of_a_case_that_nobody_verified_is_shown_to_nobody(
    desk: Desk, case: Case
) -> None:
    row = published(desk, case)
    VerificationSheet.objects.filter(by="tern").update(by="heron")
    assert shown(desk, case).status_code == 404
    kept = {**row.content, "about": "0" * 64}
    Publication.objects.filter(pk=row.pk).update(content=kept, sha256=digest_of(kept))
    assert shown(desk, case).status_code == 404


def test_a_case_marked_as_published_by_hand_after_it_was_taken_out_is_shown_to_nobody(desk: Desk, case: Case) -> None:
    published(desk, case)
    take_back(desk, case, "tern")
    Case.objects.update(published=True)
    assert shown(desk, case).status_code == 404
    Case.objects.update(published=True, state=Case.State.VERIFIED)
    Publication.objects.filter(deed=Publication.Deed.WITHDRAWN).delete()
    assert shown(desk, case).status_code == 404
