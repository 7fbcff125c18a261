"""Coming in and going out."""

import pytest

from served_archive import PASSWORD, Desk
from tawthiq.casework.domain import custody, first_owner
from tawthiq.casework.models import User
from tawthiq.store import ArchiveFolder
from tawthiq.store.locking import Lock

GOOD = {"name": "كركي", "password": "long unrelated words", "repeated": "long unrelated words"}


def test_the_one_time_link_makes_the_owner_and_signs_in(desk: Desk) -> None:
    User.objects.all().delete()
    link = f"/first-owner/{first_owner.make_link()}/"
    client = desk.stranger()
    assert client.get(link).status_code == 200
    answer = client.post(link, GOOD)
    assert answer.status_code == 302
    assert client.get("/reports/").status_code == 200
    assert User.objects.get().role == User.Role.OWNER
    assert desk.stranger().get(link).status_code == 410
    assert desk.stranger().post(link, GOOD).status_code == 410


@pytest.mark.parametrize(
    "bad",
    [
        {"repeated": "something else here"},
        {"password": "short", "repeated": "short"},
        {"password": "123456789012345", "repeated": "123456789012345"},
        {"name": ""},
        {"name": "x" * 65},
        {"name": "bad\u202ename"},
    ],
)
def test_a_bad_form_uses_nothing_up(desk: Desk, bad: dict[str, str]) -> None:
    User.objects.all().delete()
    link = f"/first-owner/{first_owner.make_link()}/"
    answer = desk.stranger().post(link, {**GOOD, **bad})
    assert answer.status_code == 200
    assert 'class="error"' in answer.content.decode()
    assert desk.stranger().post(link, GOOD).status_code == 302


def test_sign_in_goes_on_to_the_page_that_was_asked_for(desk: Desk) -> None:
    client = desk.stranger()
    asked = client.get("/reports/2/")
    answer = client.post(asked["Location"], {"username": "heron", "password": PASSWORD, "next": "/reports/2/"})
    assert answer["Location"] == "/reports/2/"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(desk: Desk, target: str) -> None:
    answer = desk.stranger().post("/sign-in/", {"username": "heron", "password": PASSWORD, "next": target})
    assert answer["Location"] == "/"


def test_too_many_failures_block_even_the_right_password(desk: Desk) -> None:
    client = desk.stranger()
    for _ in range(5):
        wrong = client.post("/sign-in/", {"username": "heron", "password": "wrong"})
        assert "is wrong" in wrong.content.decode()
    blocked = client.post("/sign-in/", {"username": "heron", "password": PASSWORD})
    assert "Too many failed attempts" in blocked.content.decode()
    assert client.get("/reports/").status_code == 302


def test_signing_out_needs_a_form_and_ends_the_session(desk: Desk) -> None:
    client = desk.client()
    assert client.get("/sign-out/").status_code == 405
    assert client.get("/reports/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/reports/").status_code == 302


def test_an_archive_without_users_says_how_its_owner_comes_in(desk: Desk) -> None:
    assert "has no owner yet" not in desk.stranger().get("/sign-in/").content.decode()
    User.objects.all().delete()
    assert "has no owner yet" in desk.stranger().get("/sign-in/").content.decode()


def test_cookies_are_kept_from_scripts_and_other_sites_and_work_without_tls(desk: Desk) -> None:
    client = desk.stranger()
    client.post("/sign-in/", {"username": "heron", "password": PASSWORD})
    cookie = client.cookies["tawthiq_session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["secure"]


def _logged(desk: Desk) -> list[tuple[str, str, dict[str, object]]]:
    with ArchiveFolder.open(desk.folder.path) as folder:
        events = [entry.event for entry in folder.entries() if entry.event]
    return [(e.kind, e.subject, e.facts) for e in events if e.kind.startswith(("owner-", "signed-"))]


def test_coming_in_and_going_out_enter_the_custody_log_with_the_name_alone(desk: Desk) -> None:
    client = desk.stranger()
    client.post("/sign-in/", {"username": "heron", "password": "wrong"})
    client.post("/sign-in/", {"username": "heron", "password": PASSWORD})
    client.post("/sign-out/")
    client.post("/sign-out/")
    User.objects.all().delete()
    desk.stranger().post(f"/first-owner/{first_owner.make_link()}/", GOOD)
    assert _logged(desk) == [("signed-in", "heron", {}), ("signed-out", "heron", {}), ("owner-made", "كركي", {})]


def test_a_busy_log_keeps_nobody_out_and_is_written_later(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custody, "WAIT_SECONDS", 0.05)
    client = desk.stranger()
    with Lock(desk.folder.path / ".lock").held():
        assert client.post("/sign-in/", {"username": "heron", "password": PASSWORD}).status_code == 302
    client.post("/sign-out/")
    assert [kind for kind, _, _ in _logged(desk)] == ["signed-in", "signed-out"]
