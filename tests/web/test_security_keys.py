"""Security keys as second factors: what a key at its own host may do, and nothing else."""

import html
import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from served_archive import PASSWORD, Desk
from soft_security_key import SoftKey
from tawthiq.casework.domain import security_keys
from tawthiq.casework.domain.security_keys import BadAnswer, CopiedKey, Party
from tawthiq.casework.models import SecurityKey, User
from web.account_desk import logged, person, signed_in

HERE = Party("localhost", ("http://localhost",))
IN = {"username": "heron", "password": PASSWORD}


@pytest.fixture
def heron(desk: Desk) -> User:
    return User.objects.get(name="heron")


@pytest.fixture
def settings_of_a_team(monkeypatch: pytest.MonkeyPatch) -> None:
    """What `tawthiq serve --team` sets for pages at https://desk.example."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["desk.example", "localhost"])
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        monkeypatch.setattr(settings, name, True)


def with_key(user: User, **facts: object) -> SoftKey:
    key = replace(SoftKey(), **facts)
    options, state = security_keys.creation(user, HERE)
    security_keys.register(user, HERE, state, key.create(options), "red one")
    return key


def answer(user: User, key: SoftKey, party: Party = HERE) -> SecurityKey:
    asked = security_keys.question(user, party)
    assert asked
    return security_keys.accept(user, party, asked[1], key.get(asked[0]))


def test_a_key_answers_again_and_again(heron: User) -> None:
    key = with_key(heron)
    assert [answer(heron, key).name for _ in range(3)] == ["red one"] * 3
    assert SecurityKey.objects.get().uses == 4


def test_a_passkey_that_does_not_count_is_taken(heron: User) -> None:
    key = with_key(heron, counter=0)
    for _ in range(2):
        key.counter = -1
        answer(heron, key)


@pytest.mark.parametrize("behind", [1, 2, 3])
def test_a_copied_key_is_found_by_its_counter_and_kept_out(heron: User, behind: int) -> None:
    key = with_key(heron)
    for _ in range(4):
        answer(heron, key)
    key.counter -= behind
    with pytest.raises(CopiedKey):
        answer(heron, key)
    assert SecurityKey.objects.get().suspected
    assert security_keys.question(heron, HERE) is None


def test_an_answer_serves_once(heron: User) -> None:
    key = with_key(heron)
    asked = security_keys.question(heron, HERE)
    assert asked
    sent = key.get(asked[0])
    security_keys.accept(heron, HERE, asked[1], sent)
    with pytest.raises(CopiedKey):
        security_keys.accept(heron, HERE, asked[1], sent)


@pytest.mark.parametrize(
    "cheat",
    [
        {"origin": "http://localhost.evil.example"}, {"origin": "https://localhost"}, {"origin": "http://localhost:8001"},
        {"host": "evil.example"}, {"private": SoftKey().private}, {"identifier": b"another"},
    ],
)  # fmt: skip
def test_another_page_or_another_key_gets_nothing(heron: User, cheat: dict[str, object]) -> None:
    key = with_key(heron)
    with pytest.raises(BadAnswer):
        answer(heron, replace(key, **cheat))


def test_an_answer_to_another_question_is_refused(heron: User) -> None:
    key = with_key(heron)
    first, second = security_keys.question(heron, HERE), security_keys.question(heron, HERE)
    assert first
    assert second
    with pytest.raises(BadAnswer):
        security_keys.accept(heron, HERE, second[1], key.get(first[0]))


def test_a_key_of_somebody_else_is_refused(heron: User) -> None:
    with_key(heron)
    theirs = with_key(person("crane"))
    with pytest.raises(BadAnswer):
        answer(heron, theirs)


def test_a_key_is_added_once_and_only_at_its_page(heron: User) -> None:
    key = with_key(heron)
    for cheat in (key, SoftKey(origin="http://evil.example"), SoftKey(host="evil.example")):
        options, state = security_keys.creation(heron, HERE)
        with pytest.raises(BadAnswer):
            security_keys.register(heron, HERE, state, cheat.create(options), "again")
    assert SecurityKey.objects.count() == 1


def at_localhost(desk: Desk) -> Client:
    client = desk.stranger()
    client.defaults["SERVER_NAME"] = "localhost"
    return client


def options_of(page: str) -> str:
    found = re.search(r'data-options="([^"]*)"', page)
    assert found, page
    return html.unescape(found[1])


def test_a_key_is_added_named_used_and_removed_in_pages(desk: Desk, heron: User) -> None:
    client = at_localhost(desk)
    client.post("/sign-in/", IN)
    key = SoftKey()
    options = options_of(client.get("/account/factors/key/").content.decode())
    shown = client.post("/account/factors/key/", {"name": "الأحمر", "answer": key.create(options)}).content.decode()
    assert shown.count("<li><code>") == 10
    again = at_localhost(desk)
    again.post("/sign-in/", IN)
    options = options_of(again.get("/sign-in/second/").content.decode())
    assert again.post("/sign-in/second/", {"answer": key.get(options)})["Location"] == "/"
    assert "الأحمر" in again.get("/account/factors/").content.decode()
    again.post("/account/factors/", {"act": "remove-key", "key": SecurityKey.objects.get().pk})
    assert not SecurityKey.objects.exists()
    assert [facts["factor"] for _, _, facts in logged(desk, "factor-added", "factor-removed")] == ["security key"] * 2


def test_a_copied_key_is_told_and_logged(desk: Desk, heron: User) -> None:
    key = with_key(heron)
    answer(heron, key)
    key.counter -= 2
    client = at_localhost(desk)
    client.post("/sign-in/", IN)
    options = options_of(client.get("/sign-in/second/").content.decode())
    refused = client.post("/sign-in/second/", {"answer": key.get(options)}).content.decode()
    assert "had been copied" in refused
    assert client.get("/reports/").status_code == 302
    assert logged(desk, "factor-suspected") == [("factor-suspected", "heron", {})]
    assert client.post("/sign-in/", IN)["Location"] == "/sign-in/second/", (
        "a suspected key still asks for a second step"
    )


def test_under_a_number_the_pages_lead_to_localhost(desk: Desk, heron: User) -> None:
    with_key(heron)
    client = desk.stranger()
    client.post("/sign-in/", IN, headers={"host": "127.0.0.1:8123"})
    page = client.get("/sign-in/second/", headers={"host": "127.0.0.1:8123"}).content.decode()
    assert "data-options" not in page
    assert 'href="http://localhost:8123/sign-in/"' in page
    SecurityKey.objects.all().delete()
    client = signed_in(desk)
    page = client.get("/account/factors/", headers={"host": "127.0.0.1:8123"}).content.decode()
    assert 'href="http://localhost:8123/account/factors/"' in page
    assert "never under an address of digits" in client.get("/account/factors/key/").content.decode()


def test_a_key_works_at_the_teams_encrypted_address_with_secure_cookies(
    desk: Desk, heron: User, settings_of_a_team: None
) -> None:
    key, secure = SoftKey(origin="https://desk.example", host="desk.example"), {"secure": True}
    client = desk.stranger()
    client.defaults["SERVER_NAME"] = "desk.example"
    client.post("/sign-in/", IN, **secure)
    assert client.cookies["tawthiq_session"]["secure"]
    options = options_of(client.get("/account/factors/key/", **secure).content.decode())
    client.post("/account/factors/key/", {"name": "red", "answer": key.create(options)}, **secure)
    again = desk.stranger()
    again.defaults["SERVER_NAME"] = "desk.example"
    again.post("/sign-in/", IN, **secure)
    options = options_of(again.get("/sign-in/second/", **secure).content.decode())
    assert again.post("/sign-in/second/", {"answer": key.get(options)}, **secure)["Location"] == "/"
    plain = at_localhost(desk)
    plain.post("/sign-in/", IN)
    # The test client sends secure cookies over plain HTTP, as no browser would.
    assert "answers only at the address desk.example" in plain.get("/sign-in/second/").content.decode()


def test_keys_of_others_cannot_be_removed(desk: Desk) -> None:
    crane = person("crane")
    with_key(crane)
    signed_in(desk).post("/account/factors/", {"act": "remove-key", "key": SecurityKey.objects.get().pk})
    assert SecurityKey.objects.count() == 1
