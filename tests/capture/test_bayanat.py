"""A session with Bayanat: signing in, creating items, and every way in which the server may not go on."""

from collections.abc import Iterator

import pytest

from bayanat_server import CODE, PASSWORD, USER, BayanatServer, bayanat_server
from tawthiq.capture.bayanat import AnswerLost, Bayanat, ItemRefused
from tawthiq.capture.settings import FetchSettings
from tawthiq.records.errors import CaptureFailed, WrongUsage


@pytest.fixture
def server() -> Iterator[BayanatServer]:
    with bayanat_server() as running:
        yield running


def session(server: BayanatServer, code: str | None = None) -> Bayanat:
    made = Bayanat(f"{server.url}/admin/", FetchSettings())
    made.sign_in(USER, PASSWORD, lambda: code)
    return made


def test_an_item_is_created_under_the_number_that_the_server_gives(server: BayanatServer) -> None:
    assert session(server).create("bulletin", {"title": "قصف السوق"}) == 101
    assert server.created == [("bulletin", {"title": "قصف السوق"})]


def test_a_second_factor_is_asked_for_where_the_account_has_one(server: BayanatServer) -> None:
    server.second_factor = True
    assert session(server, f" {CODE} ").create("incident", {}) == 101
    for wrong in (None, "000000"):
        with pytest.raises(CaptureFailed):
            session(server, wrong)


def test_a_wrong_password_ends_it_before_anything_is_sent(server: BayanatServer) -> None:
    with pytest.raises(CaptureFailed, match="does not know this name and password") as caught:
        Bayanat(server.url, FetchSettings()).sign_in(USER, "wrong-secret", lambda: None)
    assert "wrong-secret" not in str(caught.value)
    assert server.created == []


@pytest.mark.parametrize("status", [400, 422, 413])
def test_an_item_that_is_refused_is_told_with_the_reason(server: BayanatServer, status: int) -> None:
    made = session(server)
    server.answers = [status]
    with pytest.raises(ItemRefused, match="title: field required"):
        made.create("bulletin", {})
    assert made.create("bulletin", {}) == 101


@pytest.mark.parametrize("status", [302, 401, 403, 429, 500, 503])
def test_a_server_that_will_not_go_on_ends_it(server: BayanatServer, status: int) -> None:
    made = session(server)
    server.answers = [status]
    with pytest.raises(CaptureFailed) as caught:
        made.create("bulletin", {})
    assert not isinstance(caught.value, AnswerLost)


def test_an_answer_that_never_comes_is_told_apart_from_a_refusal(server: BayanatServer) -> None:
    made = session(server)
    server.drop_after = 1
    with pytest.raises(AnswerLost):
        made.create("bulletin", {})


def test_a_password_does_not_leave_over_http_to_another_machine() -> None:
    with pytest.raises(WrongUsage, match="could be read on the way"):
        Bayanat("http://bayanat.example.org/", FetchSettings())
    assert Bayanat("https://bayanat.example.org/x", FetchSettings()).origin == "https://bayanat.example.org"
