"""Telling people of what others did, inside the application only."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from served_archive import INCIDENT, PASSWORD, make_desk
from tawthiq.archive.models import Capture
from tawthiq.casework.domain.notices import mark_read, mark_unread, tell
from tawthiq.casework.models import Group, ItemRestriction, Notice, User
from tawthiq.casework.queries.notices import notices, unread
from tawthiq.casework.queries.queue_subjects import subject_of
from tawthiq.casework.queries.visibility import sight_of
from tawthiq.records.errors import WrongUsage

KIND = Notice.Kind.ASSIGNED


@pytest.fixture
def people(tmp_path: Path) -> Iterator[dict[str, User]]:
    """A desk of two reports; an owner (heron), two documenters, one of them gone, and a reader of what is published."""
    desk = make_desk(tmp_path / "archive")
    for name, role in (("crane", "documenter"), ("gone", "documenter"), ("public", "public")):
        User.objects.make(name, PASSWORD, User.Role(role))
    User.objects.filter(name="gone").update(is_active=False)
    yield {user.name: user for user in User.objects.all()}
    connection.close()
    desk.folder.close()


def report(number: int = 1) -> str:
    return f"report:{Capture.objects.get(pk=number).identifier}"


def waiting(user: User) -> int:
    return unread(user, sight_of(user))


def test_others_who_are_active_and_at_the_desk_are_told(people: dict[str, User]) -> None:
    names = ["heron", "crane", "gone", "public", "nobody"]
    assert tell(names, KIND, report(), "heron") == 1
    assert [row.user.name for row in Notice.objects.all()] == ["crane"]
    assert waiting(people["crane"]) == 1
    assert waiting(people["heron"]) == 0


def test_one_unread_notice_per_kind_and_subject_is_renewed(people: dict[str, User]) -> None:
    tell(["crane"], KIND, report(), "heron")
    tell(["crane"], KIND, report(), "gone")
    assert [row.by for row in Notice.objects.all()] == ["gone"]
    tell(["crane"], Notice.Kind.CORRECTED, report(), "heron")
    tell(["crane"], KIND, f"incident:{INCIDENT}", "heron")
    assert waiting(people["crane"]) == 3


def test_what_was_read_is_told_again_and_reading_is_taken_back_once(people: dict[str, User]) -> None:
    tell(["crane"], KIND, report(), "heron")
    read = mark_read(people["crane"])
    assert len(read) == 1
    assert waiting(people["crane"]) == 0
    tell(["crane"], KIND, report(), "heron")
    assert mark_unread(people["crane"], read) == 0  # an unread one is there again
    assert waiting(people["crane"]) == 1
    assert Notice.objects.count() == 2


def test_the_unread_come_first(people: dict[str, User]) -> None:
    tell(["crane"], KIND, report(1), "heron")
    tell(["crane"], KIND, report(2), "heron")
    newest = Notice.objects.get(subject=report(2))
    mark_read(people["crane"], [newest.number])
    assert [row.subject for row in notices(people["crane"])] == [report(1), report(2)]


def test_nobody_marks_the_notices_of_others(people: dict[str, User]) -> None:
    tell(["crane"], KIND, report(), "heron")
    assert mark_read(people["heron"], [Notice.objects.get().number]) == []
    assert waiting(people["crane"]) == 1


def test_an_outsider_is_not_told_and_counts_nothing_that_was_hidden_since(people: dict[str, User]) -> None:
    tell(["crane"], KIND, report(2), "heron")
    group = Group.objects.create(name="the few")
    ItemRestriction.objects.create(item=report(1).partition(":")[2], group=group)
    for subject in (report(1), f"incident:{INCIDENT}"):
        assert tell(["crane"], KIND, subject, "heron") == 0
    assert waiting(people["crane"]) == 1
    ItemRestriction.objects.create(item=report(2).partition(":")[2], group=group)
    assert waiting(people["crane"]) == 0
    group.members.add(people["crane"])
    assert tell(["crane"], KIND, report(1), "heron") == 1


@pytest.mark.parametrize(
    "text",
    ["", "report", "report:", ":1", "case:x", "case:-1", "incident:١", "incident:" + "9" * 19, "user:1", "report:\x00",
     "report:" + "a" * 200, "report:\ud800"],
)  # fmt: skip
def test_what_names_no_subject_is_refused(text: str) -> None:
    assert subject_of(text) is None
    with pytest.raises(WrongUsage):
        tell(["crane"], KIND, text, "heron")


def test_a_kind_that_there_is_not_is_refused() -> None:
    with pytest.raises(WrongUsage):
        tell(["crane"], "shouted", "report:x", "heron")


def test_somebody_without_notices_costs_one_query(people: dict[str, User]) -> None:
    sight = sight_of(people["crane"])
    with CaptureQueriesContext(connection) as asked:
        assert unread(people["crane"], sight) == 0
    assert len(asked) == 1
