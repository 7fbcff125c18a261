"""Every page without a number in its address asks as many questions of the database for twelve rows as for three."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crawled import crawled
from either_database import settle
from queue_archive import make_queue_archive
from tawthiq.archive.log_acts import take_in_log
from tawthiq.archive.models import Incident, Report
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.models import Assignment, Case, Group, Notice, SavedSearch, User
from tawthiq.store import ArchiveFolder

FEW, MANY = 3, 12
PASSWORD = "several unrelated words"
NOW = datetime(2024, 1, 1, tzinfo=UTC)
LISTS = {
    "reports", "evidence", "incidents", "cases", "statements", "queue", "notices", "my-work", "saved-searches", "audit",
    "persons", "people", "authority", "map", "timeline", "charts", "link-decisions",
}  # fmt: skip


def made(path: Path, rows: int) -> ArchiveFolder:
    """An archive with so many proposals, cases, notices, saved searches, groups, people and things to do."""
    folder = make_queue_archive(path, rows).folder
    owner = User.objects.make("heron", PASSWORD, User.Role.OWNER)
    numbers = list(Incident.objects.order_by("number").values_list("number", flat=True))
    states = list(Case.State)
    for at, number in enumerate(numbers):
        Case.objects.create(incident=number, state=states[at % 2], opened_by="heron", opened=NOW)
        subject = f"incident:{number}"
        Assignment.objects.create(subject=subject, kind="incident", user=owner, by="crane", at=NOW)
        tell(["heron"], Notice.Kind.values[0], subject, "crane")
        SavedSearch.objects.create(user=owner, name=f"search {number}", page="reports", query="", made=NOW)
        Group.objects.create(name=f"group {number}").members.set([owner])
        User.objects.make(f"person-{at}", PASSWORD, User.Role.REVIEWER)
        custody.record(folder.path, custody.CASE_OPENED, "heron", subject=f"case:{number}", later=True)
    folder.log_waiting()
    take_in_log(folder)
    assert Report.objects.count() == 2 * rows
    return folder


def pages_of(client: Client) -> dict[str, str]:
    """The pages whose address holds no number, by the names of their routes; groups and team first ask for a password."""
    found = {name: address.partition("?")[0] for name, address in crawled(client).items()}
    plain = {name: page for name, page in found.items() if not any(sign.isdigit() for sign in page)}
    return {name: page for name, page in plain.items() if client.get(page).status_code == 200}


def asked(client: Client, page: str) -> int:
    """How many questions a page takes that was opened before."""
    client.get(page)
    with CaptureQueriesContext(connection) as questions:
        client.get(page)
    return len(questions)


def test_no_page_asks_more_for_more_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    counts: list[dict[str, int]] = []
    pages: dict[str, str] = {}
    for rows in (FEW, MANY):
        folder = made(tmp_path / f"archive-{rows}", rows)
        monkeypatch.setattr(settings, "ARCHIVE_FOLDER", folder.path)
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(User.objects.get(name="heron"))
        pages = pages or pages_of(client)
        counts.append({name: asked(client, page) for name, page in pages.items()})
        settle()
        folder.close()
    few, many = counts
    assert few.keys() >= LISTS
    assert {name: (few[name], many[name]) for name in few if few[name] < many[name]} == {}
