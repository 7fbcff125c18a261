"""Typed text survives a session that is over, for its own person, and only for that one."""

import html
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from served_archive import PASSWORD, Desk
from tawthiq.casework.domain import factors, sessions
from tawthiq.casework.models import User
from tawthiq.web.accounts import carrying
from web.account_desk import code, hidden, person, send, signed_in, token_of, with_app

TEXT = "شهد الجيران أن القصف سبق صلاة الظهر <b>بدقائق</b>"
FIELDS = {"reason": TEXT, "pair": ["1", "2"], "act": "together", "empty": ""}
ADDRESS = "/incidents/decide/?from=queue"


def opened_page(client: Client) -> str:
    """The token of a page that is open in the browser while the session ends."""
    return token_of(client.get("/about/").content.decode())


def end(client: Client, how: str) -> None:
    if how == "expired":
        Session.objects.all().delete()
    elif how == "elsewhere":
        sessions.end_all(User.objects.get(name="heron"))
    else:
        client.post("/sign-out/", {"csrfmiddlewaretoken": opened_page(client)}, headers={"origin": "http://127.0.0.1"})


def again(client: Client, page: str, name: str = "heron"):
    """Sign in on the page that carries."""
    fields = {"username": name, "password": PASSWORD, "next": "", "carried": hidden(page, "carried")}
    return send(client, "/sign-in/", fields, token_of(page))


def carried_fields(page: str) -> list[tuple[str, str]]:
    return [
        (name, html.unescape(text))
        for name, text in re.findall(r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>', page, re.DOTALL)
    ]


@pytest.mark.parametrize("how", ["expired", "elsewhere", "signed out"])
def test_what_was_typed_is_there_after_signing_in_under_the_same_name(desk: Desk, how: str) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, how)
    late = send(client, ADDRESS, FIELDS, token)
    assert late.status_code == 403
    page = late.content.decode()
    assert "what you typed is not lost" in page
    assert "الجيران" not in page, "whoever sits there next must not read it in the page's source"
    shown = again(client, page).content.decode()
    assert f'action="{ADDRESS}"' in shown
    assert carried_fields(shown) == [("reason", TEXT), ("pair", "1"), ("pair", "2"), ("act", "together"), ("empty", "")]
    assert "<b>بدقائق" not in shown
    kept = {
        name: [value for other, value in carried_fields(shown) if other == name] for name, _ in carried_fields(shown)
    }
    sent = send(client, ADDRESS, kept, token_of(shown))
    assert sent.status_code not in (302, 403) or "/sign-in/" not in sent.get("Location", "")
    assert "out of date" not in sent.content.decode()


def test_another_name_does_not_see_it(desk: Desk) -> None:
    person("crane")
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "expired")
    page = send(client, ADDRESS, FIELDS, token).content.decode()
    shown = again(client, page, "crane").content.decode()
    assert "typed under another name" in shown
    assert "الجيران" not in shown
    assert client.get("/reports/").status_code == 200


def test_a_page_from_before_another_sign_in_of_the_same_person_is_sent_on(desk: Desk) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "signed out")
    send(
        client,
        "/sign-in/",
        {"username": "heron", "password": PASSWORD},
        token_of(client.get("/sign-in/").content.decode()),
    )
    late = send(client, ADDRESS, FIELDS, token)
    assert late.status_code == 403
    assert ("reason", TEXT) in carried_fields(late.content.decode())


def test_a_page_of_the_person_before_shows_nothing_to_the_next(desk: Desk) -> None:
    person("crane")
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "signed out")
    send(
        client,
        "/sign-in/",
        {"username": "crane", "password": PASSWORD},
        token_of(client.get("/sign-in/").content.decode()),
    )
    late = send(client, ADDRESS, FIELDS, token)
    assert late.status_code == 403
    assert "out of date" in late.content.decode()
    assert "الجيران" not in late.content.decode()


def test_it_goes_through_the_second_step_and_through_failures(desk: Desk) -> None:
    heron = User.objects.get(name="heron")
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    secret, _ = with_app(desk, heron)
    end(client, "expired")
    page = send(client, ADDRESS, FIELDS, token).content.decode()
    fields = {"username": "heron", "password": "wrong", "carried": hidden(page, "carried")}
    page = send(client, "/sign-in/", fields, token_of(page)).content.decode()
    page = again(client, page).content.decode()
    fields = {"code": "000 000", "carried": hidden(page, "carried")}
    page = send(client, "/sign-in/second/", fields, token_of(page)).content.decode()
    fields = {"code": code(secret), "carried": hidden(page, "carried")}
    shown = send(client, "/sign-in/second/", fields, token_of(page)).content.decode()
    assert ("reason", TEXT) in carried_fields(shown)


def test_it_is_kept_where_the_sign_in_page_itself_is_too_old(desk: Desk) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "expired")
    page = send(client, ADDRESS, FIELDS, token).content.decode()
    send(
        client,
        "/sign-in/",
        {"username": "heron", "password": PASSWORD},
        token_of(client.get("/sign-in/").content.decode()),
    )
    assert ("reason", TEXT) in carried_fields(again(client, page).content.decode())


def test_files_are_named_to_be_chosen_again(desk: Desk) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "expired")
    table = BytesIO(b"name,day\n")
    table.name = "list.csv"
    late = client.post(
        ADDRESS,
        {"title": TEXT, "table": table, "csrfmiddlewaretoken": token},
        headers={"origin": "http://127.0.0.1"},
    )
    shown = again(client, late.content.decode()).content.decode()
    assert 'enctype="multipart/form-data"' in shown
    assert re.search(r'<input type="file" [^>]*name="table"', shown)
    assert "name,day" not in shown


def test_passwords_are_never_carried(desk: Desk) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "expired")
    for address in ("/account/password/", "/account/confirm/", "/account/factors/"):
        assert send(client, address, {"current": PASSWORD}, token).status_code == 302
    page = send(client, ADDRESS, {**FIELDS, "password": PASSWORD, "old_passphrase": "x y"}, token).content.decode()
    shown = again(client, page).content.decode()
    assert [name for name, _ in carried_fields(shown)] == ["reason", "pair", "pair", "act", "empty"]


def test_nothing_of_it_is_on_disk(desk: Desk) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "expired")
    again(client, send(client, ADDRESS, {"reason": "wordofwitness"}, token).content.decode())
    files = [path for path in Path(desk.folder.path).rglob("*") if path.is_file()]
    assert not any(b"wordofwitness" in path.read_bytes() for path in files)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_what_another_site_sends_is_not_offered_to_be_sent_on(desk: Desk, origin: str) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    late = send(client, ADDRESS, FIELDS, opened_page(client), origin=origin, referer="")
    assert "Send it on" not in late.content.decode()
    forged = send(client, ADDRESS, FIELDS, "x" * 64, origin=origin)
    assert forged.status_code == 403
    assert "Send it on" not in forged.content.decode()


def test_a_form_with_a_token_of_nobody_is_refused_as_before(desk: Desk) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    for token in ("", "x", "a" * 64, "\0" * 64, "é" * 32):
        late = send(client, ADDRESS, FIELDS, token)
        assert late.status_code == 403
        assert "out of date" in late.content.decode()


def test_what_is_too_long_is_not_half_carried(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "expired")
    late = send(client, ADDRESS, {"reason": "x" * (carrying.MOST_TYPED + 1)}, token)
    assert late.status_code == 302
    fits = send(client, ADDRESS, {"reason": "x" * (carrying.MOST_TYPED - 100)}, token)
    assert len(carried_fields(again(client, fits.content.decode()).content.decode())[0][1]) == carrying.MOST_TYPED - 100


def test_htmx_is_told_to_show_it_as_a_whole_page(desk: Desk) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    end(client, "expired")
    late = send(client, ADDRESS, FIELDS, token, **{"HX-Request": "true"})
    assert (late.status_code, late.headers["HX-Retarget"]) == (200, "body")
    assert client.get("/reports/", headers={"HX-Request": "true"}).status_code == 403


def test_what_a_person_wrote_is_shown_once_and_what_pages_keep_is_not() -> None:
    fields = (
        ("draft", '{"a b": [1]}'),
        ("rows", "[1, 2]"),
        ("seen", "abc123"),
        ("note", "two words"),
        ("again", "two words"),
    )
    assert carrying.Carried("/", 1, (*fields, ("name", "كركي")), ()).typed == ["two words", "كركي"]


def test_the_sealed_text_is_bound_and_ages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = carrying.sealed(carrying.Carried("/a/", 1, (("x", "y"),), ("f",)))
    assert text
    assert carrying.opened(text) == carrying.Carried("/a/", 1, (("x", "y"),), ("f",))
    assert carrying.opened(text[:-8] + "AAAAAAA=") is None
    assert [carrying.opened(bad) for bad in ("", "x", "é", "\0", "A" * 40)] == [None] * 5
    now = carrying.time.time()
    monkeypatch.setattr(carrying.time, "time", lambda: now + 13 * 60 * 60)
    assert carrying.opened(text) is None


def test_a_demand_that_comes_while_somebody_types_loses_nothing(desk: Desk) -> None:
    client = signed_in(desk, enforce_csrf_checks=True)
    token = opened_page(client)
    factors.demand(desk.folder.path, demanded=True, by="heron")
    late = send(client, ADDRESS, FIELDS, token)
    assert late.status_code == 403
    page = late.content.decode()
    assert ("reason", TEXT) in carried_fields(page)
    assert reverse("account-factors") in page
