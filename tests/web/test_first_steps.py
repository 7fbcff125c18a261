"""The guided start: steps follow from what a person may do, and are done when the rows say so."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from served_archive import PASSWORD, Desk
from tawthiq.casework.models import LinkDecision, User


def client_of(desk: Desk, role: User.Role, language: str = "en") -> Client:
    client = desk.stranger(language)
    client.force_login(User.objects.make(f"{role}-1", PASSWORD, role))
    return client


def page(client: Client) -> str:
    answer = client.get("/start/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_steps_are_done_when_they_are_done(desk: Desk) -> None:
    client = desk.client()
    before = page(client)
    assert "2 of 8 done" in before
    assert "/reports/1/desk/" in before
    LinkDecision.objects.create(
        act=1, place=0, deed="judged", kind="together", first_document="a", second_document="b", content={}, sha256="x",
        by="heron", at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    User.objects.make("stork", PASSWORD, User.Role.REVIEWER)
    assert "4 of 8 done" in page(client)


@pytest.mark.parametrize(
    ("role", "shown", "hidden"),
    [
        (User.Role.READER, ["See the reports", "Add a second factor"], ["Open the queue", "See the cases", "Open the team"]),
        (User.Role.DOCUMENTER, ["Open the queue", "Open a report at the desk"], ["See the cases", "Open the team"]),
        (User.Role.REVIEWER, ["Open the queue", "See the cases"], ["Open the team"]),
        (User.Role.OWNER, ["See the cases", "Open the team", "tawthiq backup"], []),
    ],
)  # fmt: skip
def test_nobody_is_led_to_what_they_may_not_do(
    desk: Desk, role: User.Role, shown: list[str], hidden: list[str]
) -> None:
    html = page(client_of(desk, role))
    assert [text for text in shown if text not in html] == []
    assert [text for text in hidden if text in html.partition("<main")[2]] == []


def test_a_person_begins_here_until_they_say_otherwise(desk: Desk) -> None:
    client = desk.client()
    assert client.get("/").headers["Location"] == "/start/"
    assert client.post("/start/", {"guide": "done"}).headers["Location"] == "/"
    assert client.get("/").headers["Location"] == "/queue/"
    client.post("/start/", {"guide": "again"})
    assert client.get("/").headers["Location"] == "/start/"


def test_a_reader_of_what_is_published_begins_there(desk: Desk) -> None:
    assert client_of(desk, User.Role.PUBLIC).get("/").headers["Location"] == "/public/"
