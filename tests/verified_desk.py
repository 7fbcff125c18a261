"""An archive whose incident people verify, and sheets that answer every question about it: nobody real."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copytree

from django.core.cache import cache
from django.db import connection
from django.test.utils import override_settings

from either_database import settle, unsynced
from linked_incident import make_incident
from served_archive import PASSWORD, Desk, make_desk
from tawthiq.archive.database import open_database
from tawthiq.casework.case_content import CaseContent, choices
from tawthiq.casework.models import User
from tawthiq.casework.queries.case_contents import content_of
from tawthiq.casework.sheet_checks import parties_of
from tawthiq.casework.verification_sheet import Attribution, Choice, Sheet, SourceGrade
from tawthiq.store import ArchiveFolder

REVIEWERS = ("tern", "gull", "crane", "plover")


def make_verified_desk(path: Path) -> Desk:
    """An archive to be copied: one incident that seven reports tell, an owner, four who may verify."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        desk = make_desk(path)
        make_incident(desk)
        make_reviewers()
    settle()
    desk.folder.close()
    return desk


@contextmanager
def copied(model: Desk, path: Path) -> Iterator[Desk]:
    """A copy of it, opened, and the one that pages serve."""
    copytree(model.folder.path, path)
    folder = ArchiveFolder.open(path)
    open_database(folder.database)
    unsynced()
    cache.clear()
    with override_settings(ARCHIVE_FOLDER=path, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield replace(model, folder=folder)
    connection.close()
    folder.close()


def make_reviewers(names: tuple[str, ...] = REVIEWERS) -> None:
    """Accounts that may verify."""
    for name in names:
        User.objects.make(name, PASSWORD, User.Role.REVIEWER)


def whole_sheet(content: CaseContent, status: str = "holds", **changes: object) -> Sheet:
    """A sheet that takes the first claim of every slot and answers everything else alike."""
    made = Sheet(
        sources=tuple(SourceGrade(source.key, "likely", "probable") for source in content.sources),
        status=status,
        duplicate=None,
        values=tuple((slot, Choice(claims[0].key)) for slot, claims in content.slots.items()),
        violations=("KIL",),
        attributions=tuple(Attribution(party, "one", "unknown", keys) for party, keys in parties_of(content).items()),
        remarks="",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def other_value(content: CaseContent, slot: str) -> tuple[tuple[str, Choice], ...]:
    """The values of `whole_sheet`, but for one slot, which takes the last of what is claimed."""
    last = list(choices(content.slots[slot]).values())[-1][0]
    return tuple((key, Choice((last if key == slot else said[0]).key)) for key, said in content.slots.items())


def content_now(incident: int) -> CaseContent:
    """What an incident holds now."""
    found = content_of(incident)
    assert found is not None
    return found
