"""Every view of protected material enters the custody log: who, what and when, and nothing that was seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive_checks import differing
from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Capture
from tawthiq.casework.domain import custody
from tawthiq.casework.models import User
from tawthiq.store import ArchiveFolder
from tawthiq.web import viewing


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody has seen anything yet, and no thread logs in the background."""
    viewing._known.clear()
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    yield
    viewing._known.clear()


def views(desk: Desk) -> list[tuple[str, int, str]]:
    """Who saw which item (by its number) on what page, as the log tells."""
    numbers = dict(Capture.objects.values_list("identifier", "number"))
    with ArchiveFolder.open(desk.folder.path) as folder:
        events = [entry.event for entry in folder.entries() if entry.event and entry.event.kind == "viewed"]
    return [(event.actor, numbers[event.subject], event.facts["page"]) for event in events]


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("/reports/1/", "report"),
        ("/reports/1/page/", "page"),
        ("/evidence/1/", "evidence"),
        ("/evidence/1/payload", "payload"),
    ],
)
def test_a_view_of_an_item_enters_the_log_with_the_name_alone(desk: Desk, address: str, page: str) -> None:
    assert desk.client().get(address).status_code == 200
    assert views(desk) == [("heron", 1, page)]
    assert differing(desk.folder.path) == []


def test_a_person_an_item_and_an_hour_make_one_entry_and_a_download_one_more(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk.client()
    for address in ("/reports/1/", "/reports/1/page/", "/reports/1/", "/evidence/1/payload", "/evidence/1/payload"):
        client.get(address)
    assert views(desk) == [("heron", 1, "report"), ("heron", 1, "payload")]
    client.get("/reports/2/")
    User.objects.make("tern", PASSWORD, User.Role.READER)
    other = desk.stranger()
    other.force_login(User.objects.get(name="tern"))
    other.get("/reports/1/")
    assert views(desk)[2:] == [("heron", 2, "report"), ("tern", 1, "report")]
    later = viewing.datetime.now(viewing.UTC).replace(year=2031)

    class Later:
        @staticmethod
        def now(_zone: object) -> object:
            return later

    monkeypatch.setattr(viewing, "datetime", Later)
    client.get("/reports/1/")
    assert views(desk)[4:] == [("heron", 1, "report")]


def test_lists_refusals_strangers_and_what_is_not_there_are_no_views(desk: Desk) -> None:
    for address in ("/reports/", "/evidence/", "/search/?q=x", "/about/", "/reports/99/", "/evidence/99/payload"):
        desk.client().get(address)
    assert desk.stranger().get("/reports/1/").status_code == 302
    assert views(desk) == []


def test_a_team_that_does_not_want_it_logs_no_views(desk: Desk) -> None:
    settings = desk.folder.path / "tawthiq.toml"
    settings.write_text(settings.read_text().replace("log_views = true", "log_views = false"))
    assert "log_views = false" in settings.read_text()
    desk.client().get("/reports/1/")
    assert views(desk) == []


def test_a_page_neither_waits_for_a_busy_log_nor_breaks_on_a_full_disk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = desk.client()
    with desk.folder._lock.held():
        assert client.get("/reports/1/").status_code == 200

    def refuse(*_: object) -> None:
        raise custody.StorageFailed(item="x", happened="no room", advice="free some space")

    with monkeypatch.context() as patched:
        patched.setattr(custody, "put_down", refuse)
        assert client.get("/reports/2/").status_code == 200
        patched.setattr(viewing, "read_settings", lambda _path: 1 / 0)
        assert client.get("/evidence/3/").status_code == 200
    custody.write_waiting(desk.folder.path)
    assert views(desk) == [("heron", 1, "report"), ("heron", 2, "report")]


def test_a_server_that_is_killed_before_it_logged_a_view_loses_none(desk: Desk) -> None:
    desk.client().get("/reports/1/")
    waiting: Path = desk.folder.path / ".waiting.jsonl"
    assert b'"viewed"' in waiting.read_bytes()
    assert views(desk) == [("heron", 1, "report")]
    assert not waiting.exists()
