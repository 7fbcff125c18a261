"""Attacks on identities: work that one takes oneself, undone releases, a log that cannot be written."""

import re

import pytest
from django.conf import settings
from django.test import Client

from served_archive import PASSWORD, Desk
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.identities import Identity, keep
from tawthiq.casework.domain.persons import Acting, Facts, open_file
from tawthiq.casework.models import Assignment, Person, PersonReveal, User
from tawthiq.records.errors import StorageFailed

GIVEN = "غسّان"
REASON = "a court asks who told this"


@pytest.fixture
def person(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    opened = open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron")
    return keep(settings.ARCHIVE_FOLDER, opened.number, Identity(given=GIVEN), Acting("heron", 1))


def reviewer(desk: Desk, name: str = "tern") -> Client:
    client = desk.stranger()
    client.force_login(User.objects.make(name, PASSWORD, User.Role.REVIEWER))
    return client


def is_shown(client: Client, person: Person) -> bool:
    answer = client.post(f"/persons/{person.number}/reveal/", {"reason": REASON})
    assert (answer.status_code == 200) == (GIVEN in answer.content.decode())
    return answer.status_code == 200


def find(client: Client, person: Person) -> bool:
    answer = client.post("/persons/find/", {"protected-name": GIVEN})
    return f"/persons/{person.number}/" in answer.content.decode()


def act(client: Client, person: Person, **sent: str) -> str:
    answer = client.post("/queue/act/", {"subject": f"person:{person.number}", **sent})
    found = re.search(r"undo=(\d+)", answer.get("Location", ""))
    return found[1] if found else ""


def test_a_reviewer_who_takes_a_file_as_work_is_not_shown_who_it_is(desk: Desk, person: Person) -> None:
    client = reviewer(desk)
    act(client, person, act="take")
    assert not is_shown(client, person)
    assert not find(client, person)
    assert not PersonReveal.objects.exists()


def test_reviewers_cannot_open_files_to_each_other(desk: Desk, person: Person) -> None:
    client, friend = reviewer(desk), reviewer(desk, "gull")
    act(client, person, act="give", to="gull")
    assert not is_shown(friend, person)
    assert not find(friend, person)


def test_what_an_owner_gave_opens_and_what_an_owner_took_back_is_not_brought_back_by_undoing(
    desk: Desk, person: Person
) -> None:
    client, owner = reviewer(desk), desk.client()
    act(owner, person, act="give", to="tern")
    assert find(client, person)
    assert is_shown(client, person)
    undo = act(client, person, act="release")
    act(owner, person, act="give", to="tern")
    act(owner, person, act="release")
    client.post("/queue/undo/", {"number": undo})
    assert Assignment.objects.filter(user__name="tern").exists(), "the attack reached its goal before the gate"
    assert not is_shown(client, person)
    assert not find(client, person)


def test_what_was_given_by_somebody_who_may_not_any_more_opens_nothing(desk: Desk, person: Person) -> None:
    client = reviewer(desk)
    User.objects.make("kite", PASSWORD, User.Role.EDITOR)
    editor = desk.stranger()
    editor.force_login(User.objects.get(name="kite"))
    act(editor, person, act="give", to="tern")
    assert is_shown(client, person)
    User.objects.filter(name="kite").update(role=User.Role.READER)
    assert not is_shown(client, person)


def test_nothing_is_shown_while_the_log_cannot_take_it(
    desk: Desk, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise StorageFailed(item="x", happened="no room", advice="free some space")

    client = desk.client()
    with monkeypatch.context() as patched:
        patched.setattr(custody, "put_down", refuse)
        answer = client.post(f"/persons/{person.number}/reveal/", {"reason": REASON})
        assert GIVEN not in answer.content.decode()
        assert answer.status_code == 503
        assert "log" in answer.content.decode()
    assert is_shown(client, person)
