"""The second step of signing in, and second factors of everybody."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import ScryptPasswordHasher

from served_archive import PASSWORD, Desk
from tawthiq.casework.domain import attempts, factors, recovery_codes
from tawthiq.casework.models import RecoveryCode, TimeCode, User
from tawthiq.records.errors import StorageFailed
from web.account_desk import code, logged, person, signed_in, with_app

IN = {"username": "heron", "password": PASSWORD}


@pytest.fixture
def heron(desk: Desk) -> User:
    return User.objects.get(name="heron")


def test_the_password_alone_opens_nothing_once_there_is_a_factor(desk: Desk, heron: User) -> None:
    secret, _ = with_app(desk, heron)
    client = desk.stranger()
    answer = client.post("/sign-in/", {**IN, "next": "/reports/2/"})
    assert answer["Location"] == "/sign-in/second/"
    assert SESSION_KEY not in client.session
    assert client.get("/reports/").status_code == 302
    assert "Code from the app" in client.get("/sign-in/second/").content.decode()
    answer = client.post("/sign-in/second/", {"code": code(secret)})
    assert answer["Location"] == "/reports/2/"
    assert client.get("/reports/").status_code == 200
    assert logged(desk, "signed-in") == [("signed-in", "heron", {"factor": "codes"})]


def test_a_code_works_once_across_sessions(desk: Desk, heron: User) -> None:
    secret, _ = with_app(desk, heron)
    now = code(secret)
    for expected in (302, 200):
        client = desk.stranger()
        client.post("/sign-in/", IN)
        answer = client.post("/sign-in/second/", {"code": now})
        assert answer.status_code == expected
    assert "used already" in answer.content.decode()
    assert client.get("/reports/").status_code == 302


def test_a_recovery_code_works_once_and_says_how_many_are_left(desk: Desk, heron: User) -> None:
    _, codes = with_app(desk, heron)
    for expected in ("Recovery codes left", "wrong or was used already"):
        client = desk.stranger()
        client.post("/sign-in/", IN)
        answer = client.post("/sign-in/second/", {"recovery": codes[3]})
        assert expected in answer.content.decode()
    assert recovery_codes.left(heron) == 9
    assert logged(desk, "recovery-code-used") == [("recovery-code-used", "heron", {})]


def test_the_second_step_needs_the_first(desk: Desk, heron: User) -> None:
    secret, _ = with_app(desk, heron)
    answer = desk.stranger().post("/sign-in/second/", {"code": code(secret)})
    assert answer["Location"] == "/sign-in/"
    assert TimeCode.objects.get().last_step == 0


def test_the_first_step_is_forgotten_when_the_password_changes_or_the_account_closes(desk: Desk, heron: User) -> None:
    secret, _ = with_app(desk, heron)
    one, other = desk.stranger(), desk.stranger()
    one.post("/sign-in/", IN)
    heron.set_password("quite another phrase")
    heron.save()
    assert one.post("/sign-in/second/", {"code": code(secret)})["Location"] == "/sign-in/"
    other.post("/sign-in/", {**IN, "password": "quite another phrase"})
    User.objects.update(is_active=False)
    assert other.post("/sign-in/second/", {"code": code(secret)})["Location"] == "/sign-in/"


@pytest.mark.parametrize(("field", "right"), [("code", 0), ("recovery", 1)])
def test_codes_are_not_guessed_at_for_long(desk: Desk, heron: User, field: str, right: int) -> None:
    secret, codes = with_app(desk, heron)
    for _ in range(attempts.FAILURES_OF_A_NAME + 2):
        client = desk.stranger()
        client.post("/sign-in/", IN)
        client.post("/sign-in/second/", {field: "no code at all"})
    answer = client.post("/sign-in/second/", {field: (code(secret), codes[0])[right]})
    assert "Too many failed attempts" in answer.content.decode()
    assert client.get("/reports/").status_code == 302
    assert len(logged(desk, "sign-in-blocked")) == 1


def test_a_session_gets_a_new_key_at_each_step(desk: Desk, heron: User) -> None:
    secret, _ = with_app(desk, heron)
    client = desk.stranger()
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    client.cookies["tawthiq_session"] = planted
    client.post("/sign-in/", IN)
    half = client.cookies["tawthiq_session"].value
    client.post("/sign-in/second/", {"code": code(secret)})
    assert len({planted, half, client.cookies["tawthiq_session"].value}) == 3
    for old in (planted, half):
        thief = desk.stranger()
        thief.cookies["tawthiq_session"] = old
        assert thief.get("/reports/").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_the_second_step_never_leads_to_another_site(desk: Desk, heron: User, target: str) -> None:
    secret, _ = with_app(desk, heron)
    client = desk.stranger()
    client.post("/sign-in/", {**IN, "next": target})
    assert client.post("/sign-in/second/", {"code": code(secret), "next": target})["Location"] == "/"


def test_without_the_field_key_a_recovery_code_still_opens(
    desk: Desk, heron: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret, codes = with_app(desk, heron)
    client = desk.stranger()
    client.post("/sign-in/", IN)

    def lost(_: object) -> None:
        raise StorageFailed(item="keys/fields.key", happened="it is gone", advice="put it back")

    monkeypatch.setattr("tawthiq.casework.domain.time_codes.field_keys", lost)
    assert "cannot be read" in client.post("/sign-in/second/", {"code": code(secret)}).content.decode()
    assert "Recovery codes left" in client.post("/sign-in/second/", {"recovery": codes[0]}).content.decode()


@pytest.mark.parametrize("name", ["heron", "nobody here", "x" * 64])
def test_wrong_names_and_wrong_passwords_are_answered_alike(desk: Desk, heron: User, name: str) -> None:
    with_app(desk, heron)
    person("closed").is_active = False
    answer = desk.stranger().post("/sign-in/", {"username": name, "password": "wrong"})
    html = answer.content.decode().replace(name, "")
    assert "The name or the password is wrong" in html
    assert "Second step" not in html


@pytest.mark.parametrize("name", ["heron", "nobody here", "closed", "invited"])
def test_each_name_costs_one_look_at_a_password(desk: Desk, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = person("closed")
    closed.is_active = False
    closed.save()
    invited = User(name="invited")
    invited.set_unusable_password()
    invited.save()
    looks: list[object] = []
    encode = ScryptPasswordHasher.encode

    def counted(self: ScryptPasswordHasher, *args: object, **options: object) -> str:
        looks.append(self)
        return encode(self, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counted)
    desk.stranger().post("/sign-in/", {"username": name, "password": "wrong"})
    assert len(looks) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"username": "x" * 100_000, "password": "p"}, {"username": "her\0on", "password": "p"},
        {"username": "heron", "password": "\0"}, {"username": "heron"}, {}, {"username": "heron", "password": "x" * 300_000},
        {"username": "heron", "password": PASSWORD, "carried": "\0"}, {"carried": "x" * 700_000},
    ],
)  # fmt: skip
def test_broken_forms_are_answered(desk: Desk, fields: dict[str, str]) -> None:
    assert desk.stranger().post("/sign-in/", fields).status_code in (200, 302)


@pytest.mark.parametrize("field", ["code", "recovery", "answer"])
@pytest.mark.parametrize("value", ["", "\0", "x" * 300_000, "[]", "{}", '{"rawId": 7}', "٣" * 64])
def test_broken_second_steps_are_answered(desk: Desk, heron: User, field: str, value: str) -> None:
    with_app(desk, heron)
    client = desk.stranger()
    client.post("/sign-in/", IN)
    assert client.post("/sign-in/second/", {field: value}).status_code == 200
    assert client.get("/reports/").status_code == 302


def test_who_has_no_factor_is_led_to_set_one_up_where_everybody_needs_one(desk: Desk, heron: User) -> None:
    factors.demand(desk.folder.path, demanded=True, by="heron")
    client = signed_in(desk)
    for address in ("/reports/", "/reports/1/", "/team/", "/account/", "/evidence/1/payload"):
        assert client.get(address)["Location"] == "/account/factors/", address
    assert client.post("/authority/decide/add/", {"name": "x"}).status_code == 302
    assert "The owners ask everybody" in client.get("/account/factors/").content.decode()
    client.post("/account/factors/codes/")
    html = client.get("/account/factors/codes/").content.decode()
    assert "<svg" in html
    secret = html.partition('<code class="secret" dir="ltr">')[2].partition("<")[0].replace(" ", "")
    shown = client.post("/account/factors/codes/", {"code": code(secret)}).content.decode()
    assert shown.count("<li><code>") == 10
    assert client.get("/reports/").status_code == 200


def test_who_had_a_factor_before_is_not_held_up(desk: Desk, heron: User) -> None:
    secret, _ = with_app(desk, heron)
    client = desk.stranger()
    client.post("/sign-in/", IN)
    client.post("/sign-in/second/", {"code": code(secret)})
    factors.demand(desk.folder.path, demanded=True, by="heron")
    assert client.get("/reports/").status_code == 200
    client.post("/account/factors/", {"act": "remove-codes"})
    assert client.get("/reports/")["Location"] == "/account/factors/"
    assert not RecoveryCode.objects.exists()
