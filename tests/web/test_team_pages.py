"""The team's pages and one's own: who may do what, what a form can set, what sessions survive."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from served_archive import PASSWORD, Desk
from tawthiq.casework.models import OpenSession, Preferences, TeamLink, User
from tawthiq.web.accounts import beginning
from web.account_desk import code, logged, person, signed_in, with_app

NEW = "another long phrase"
OTHERS = [role for role in User.Role.values if role != User.Role.OWNER]
MANAGING = ("/team/", "/team/1/")


def link_in(page: str) -> str:
    found = re.search(r"http://127\.0\.0\.1(/join/[\w-]+/)", page)
    assert found
    return found[1]


def test_an_owner_invites_and_the_invited_person_comes_in_with_that_role(desk: Desk) -> None:
    owner = signed_in(desk)
    link = link_in(owner.post("/team/", {"act": "invite", "role": "reviewer"}).content.decode())
    assert link not in owner.get("/team/").content.decode()
    client = desk.stranger()
    assert "Reviewer" in client.get(link).content.decode()
    answer = client.post(link, {"name": "كركي", "password": NEW, "repeated": NEW})
    assert answer["Location"] == "/"
    assert User.objects.get(name="كركي").role == "reviewer"
    assert client.get("/reports/").status_code == 200
    assert desk.stranger().get(link).status_code == 410
    assert desk.stranger().post(link, {"name": "x", "password": NEW, "repeated": NEW}).status_code == 410
    assert [kind for kind, *_ in logged(desk, "user-invited", "user-joined")] == ["user-invited", "user-joined"]


@pytest.mark.parametrize("extra", [{"role": "owner"}, {"is_active": "0", "role": "owner", "epoch": "9", "pk": "1"}])
def test_a_joining_person_sets_a_name_and_a_password_and_nothing_else(desk: Desk, extra: dict[str, str]) -> None:
    link = link_in(signed_in(desk).post("/team/", {"act": "invite", "role": "reader"}).content.decode())
    desk.stranger().post(link, {"name": "crane", "password": NEW, "repeated": NEW, **extra})
    made = User.objects.get(name="crane")
    assert (made.role, made.is_active, made.epoch) == ("reader", True, 0)


@pytest.mark.parametrize("name", ["heron", "", "x" * 65, "a\0b", "a\u202eb", "<script>"])
def test_a_bad_name_uses_no_link_up(desk: Desk, name: str) -> None:
    link = link_in(signed_in(desk).post("/team/", {"act": "invite", "role": "reader"}).content.decode())
    answer = desk.stranger().post(link, {"name": name, "password": NEW, "repeated": NEW})
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert TeamLink.objects.count() == 1


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("address", MANAGING)
def test_only_owners_see_the_team(desk: Desk, role: str, address: str) -> None:
    person("crane", role)
    client = signed_in(desk, "crane")
    expected = 404 if role == User.Role.PUBLIC else 403
    assert client.get(address).status_code == expected
    assert client.post(address, {"act": "role", "role": "owner"}).status_code == expected
    assert User.objects.get(name="crane").role == role


@pytest.mark.parametrize("fields", [{"act": "role", "role": "reader"}, {"act": "deactivate"}, {"act": "reset"}])
def test_an_owner_does_nothing_to_oneself(desk: Desk, fields: dict[str, str]) -> None:
    heron, client = User.objects.get(name="heron"), signed_in(desk)
    answer = client.post(f"/team/{heron.pk}/", fields)
    assert "another owner must do it" in answer.content.decode()
    heron.refresh_from_db()
    assert (heron.role, heron.is_active, heron.has_usable_password()) == ("owner", True, True)


def test_a_role_that_is_none_is_refused(desk: Desk) -> None:
    crane, client = person("crane"), signed_in(desk)
    for role in ("king", "", "OWNER", "\0"):
        client.post(f"/team/{crane.pk}/", {"act": "role", "role": role})
    client.post(f"/team/{crane.pk}/", {"act": "anything"})
    assert client.get("/team/99999999999999999999/").status_code in (404, 400)
    crane.refresh_from_db()
    assert crane.role == "reviewer"


def test_closing_an_account_ends_what_is_open_and_opening_it_lets_back_in(desk: Desk) -> None:
    crane = person("crane")
    theirs, owner = signed_in(desk, "crane"), signed_in(desk)
    owner.post(f"/team/{crane.pk}/", {"act": "deactivate"})
    assert theirs.get("/reports/").status_code == 302
    refused = desk.stranger().post("/sign-in/", {"username": "crane", "password": PASSWORD})
    assert "The name or the password is wrong" in refused.content.decode()
    owner.post(f"/team/{crane.pk}/", {"act": "reactivate"})
    signed_in(desk, "crane")


def test_a_reset_lets_somebody_back_in_who_lost_everything(desk: Desk) -> None:
    crane = person("crane")
    with_app(desk, crane)
    link = link_in(signed_in(desk).post(f"/team/{crane.pk}/", {"act": "reset"}).content.decode())
    assert desk.stranger().post("/sign-in/", {"username": "crane", "password": PASSWORD}).status_code == 200
    client = desk.stranger()
    client.post(link, {"password": NEW, "repeated": NEW, "name": "stork"})
    assert client.get("/reports/").status_code == 200
    assert not User.objects.filter(name="stork").exists()


def test_acts_that_change_who_comes_in_need_the_password_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(desk)
    now = beginning.time.time()
    monkeypatch.setattr(beginning.time, "time", lambda: now + 601)
    for address in ("/team/", "/account/factors/", "/account/factors/codes/", "/account/factors/key/"):
        assert client.get(address)["Location"].startswith("/account/confirm/?next=%2F"), address
        assert client.post(address, {"act": "invite", "role": "owner"}).status_code == 302
    assert not TeamLink.objects.exists()
    assert "wrong" in client.post("/account/confirm/", {"current": "x", "next": "/team/"}).content.decode()
    assert client.post("/account/confirm/", {"current": PASSWORD, "next": "/team/"})["Location"] == "/team/"
    assert client.get("/team/").status_code == 200
    away = client.post("/account/confirm/", {"current": PASSWORD, "next": "https://evil.example/"})
    assert away["Location"] == "/account/"


def test_the_password_again_is_not_guessed_at_for_long(desk: Desk) -> None:
    client = signed_in(desk)
    for _ in range(5):
        client.post("/account/confirm/", {"current": "wrong"})
    assert "Too many" in client.post("/account/confirm/", {"current": PASSWORD}).content.decode()


def test_a_new_password_ends_other_sessions_and_keeps_this_one(desk: Desk) -> None:
    one, other = signed_in(desk), signed_in(desk)
    before = one.cookies["tawthiq_session"].value
    wrong = one.post("/account/password/", {"current": "wrong", "password": NEW, "repeated": NEW})
    assert "The password is wrong" in wrong.content.decode()
    assert other.get("/reports/").status_code == 200
    one.post("/account/password/", {"current": PASSWORD, "password": NEW, "repeated": NEW})
    assert one.get("/reports/").status_code == 200
    assert one.cookies["tawthiq_session"].value != before
    assert other.get("/reports/").status_code == 302
    assert [kind for kind, *_ in logged(desk, "password-changed")] == ["password-changed"]


def test_a_new_factor_ends_other_sessions(desk: Desk) -> None:
    one, other = signed_in(desk), signed_in(desk)
    one.post("/account/factors/codes/")
    page = one.get("/account/factors/codes/").content.decode()
    secret = page.partition('<code class="secret" dir="ltr">')[2].partition("<")[0].replace(" ", "")
    assert "style=" not in page
    one.post("/account/factors/codes/", {"code": code(secret)})
    assert other.get("/reports/").status_code == 302
    assert one.get("/reports/").status_code == 200


def test_sessions_are_listed_and_ended_one_by_one_or_all(desk: Desk) -> None:
    crane = person("crane")
    theirs = signed_in(desk, "crane")
    one, other, third = (signed_in(desk) for _ in range(3))
    page = one.get("/account/sessions/").content.decode()
    assert page.count("End this session") == 2
    foreign = OpenSession.objects.get(user=crane)
    one.post("/account/sessions/", {"session": foreign.pk})
    assert theirs.get("/reports/").status_code == 200
    row = OpenSession.objects.get(session_key=other.cookies["tawthiq_session"].value)
    one.post("/account/sessions/", {"session": row.pk})
    assert other.get("/reports/").status_code == 302
    assert third.get("/reports/").status_code == 200
    for bad in ("", "x", "9" * 40, "٣", "\0"):
        assert one.post("/account/sessions/", {"session": bad}).status_code == 302
    one.post("/account/sessions/", {"act": "everywhere"})
    assert third.get("/reports/").status_code == 302
    assert one.get("/account/sessions/").content.decode().count("End this session") == 0


def test_sessions_that_ran_out_are_forgotten_when_somebody_signs_in(desk: Desk) -> None:
    signed_in(desk)
    past = datetime(2026, 1, 1, tzinfo=UTC)
    Session.objects.update(expire_date=past)
    OpenSession.objects.update(seen=past)
    signed_in(desk)
    assert (Session.objects.count(), OpenSession.objects.count()) == (1, 1)


def test_wishes_are_kept_and_a_form_sets_nothing_but_wishes(desk: Desk) -> None:
    person("crane")
    client = signed_in(desk, "crane")
    fields = {"digits": "eastern", "hijri": "on", "role": "owner", "user": "1", "guide_done": "on", "is_active": "0"}
    assert client.post("/account/", fields).status_code == 302
    kept = Preferences.objects.get()
    assert (kept.user.name, kept.digits, kept.hijri, kept.show_media, kept.guide_done) == (
        "crane", "eastern", True, False, False
    )  # fmt: skip
    assert User.objects.get(name="crane").role == "reviewer"
    assert "Select a valid choice" in client.post("/account/", {"digits": "roman"}).content.decode()


def test_the_public_sees_public_pages_and_its_own_account_alone(desk: Desk) -> None:
    person("crane", User.Role.PUBLIC)
    client = signed_in(desk, "crane")
    for address in (
        "/reports/", "/reports/1/", "/statements/", "/incidents/", "/search/?words=x", "/evidence/", "/evidence/1/payload",
        "/authority/", "/people/", "/review/pages/", "/boilerplate/", "/team/", "/incidents/queue/",
    ):  # fmt: skip
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address
    for address in ("/account/", "/account/factors/", "/account/sessions/", "/about/"):
        assert client.get(address).status_code == 200, address
    assert client.get("/").status_code == 302


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def test_the_team_takes_as_many_queries_for_twelve_as_for_two(desk: Desk) -> None:
    owner = signed_in(desk)
    counts = []
    for number in range(12):
        user = person(f"crane {number}".replace(" ", "-"))
        user.security_keys.create(
            name="k", host="localhost", credential=b"", credential_sha256=str(number), added=datetime.now(UTC).date()
        )
        if number in (1, 11):
            counts.append(_queries(owner, "/team/"))
    assert counts[0] == counts[1]


def test_the_day_of_the_last_sign_in_is_shown_and_not_the_hour(desk: Desk) -> None:
    crane = person("crane")
    crane.last_login = datetime(2026, 3, 4, 5, 17, tzinfo=UTC)
    crane.save()
    page = signed_in(desk).get("/team/").content.decode()
    assert "2026-03-04" in page
    assert "5:17" not in page


def test_forms_that_forge_a_sign_in_are_refused(desk: Desk) -> None:
    strict = desk.stranger(enforce_csrf_checks=True)
    for address in ("/sign-in/", "/sign-in/second/"):
        assert strict.post(address, {"username": "heron", "password": PASSWORD}).status_code == 403
    strict.get("/sign-in/")
    answer = strict.post(
        "/sign-in/", {"username": "heron", "password": PASSWORD}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert strict.get("/reports/").status_code == 302


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_of_accounts_has_one_heading_and_nothing_inline(desk: Desk, language: str) -> None:
    crane = person("crane")
    client = signed_in(desk, language=language)
    client.post("/team/", {"act": "invite", "role": "reader"})
    pages = [
        "/account/",
        "/account/password/",
        "/account/sessions/",
        "/account/confirm/",
        "/account/factors/",
        "/team/",
    ]
    pages += [f"/team/{crane.pk}/", f"/team/{User.objects.get(name='heron').pk}/", "/account/factors/key/"]
    for address in pages:
        html = client.get(address).content.decode()
        assert html.count("<h1") == 1, address
        assert not re.search(r"\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", html), address
