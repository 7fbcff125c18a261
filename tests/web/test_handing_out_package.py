"""Evidence packages in the pages: the preserved files themselves, without those that name somebody who is protected."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

import served_archive
from served_archive import INCIDENT, PAYLOADS, Desk, make_desk
from tawthiq.archive.models import Capture, Report
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.identities import Identity, keep
from tawthiq.casework.domain.persons import Acting
from tawthiq.casework.models import Group, ItemRestriction, Person, User
from tawthiq.pipeline.package_checks import package_checks

NAME = "سنبل عبد الغيم النرجسي"
"""An invented name."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Two reports of one incident; the preserved page of the first tells a name that is sealed in a file."""
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    monkeypatch.setattr(served_archive, "PAYLOADS", {**PAYLOADS, "arabic.html": f"<h1>مقتل {NAME}</h1>".encode()})
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(ARCHIVE_FOLDER=tmp_path / "archive", PASSWORD_HASHERS=hashers):
        made = make_desk(tmp_path / "archive")
        made.folder.close()
        yield made


def seal(desk: Desk) -> None:
    Person.objects.create(number=300_552, pseudonym="وردة", opened_by="heron", opened=datetime.now(UTC))
    keep(desk.folder.path, 300_552, Identity(full=NAME), Acting("heron", 0))


ASKED = {"incidents": str(INCIDENT), "kind": "package", "profile": "court", "language": "en"}


def signed_in() -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["tawthiq_language"] = "en"
    client.force_login(User.objects.get(name="heron"))
    return client


def sent(desk: Desk):  # type: ignore[no-untyped-def]
    """The answer to the form, in English."""
    return signed_in().post("/hand-out/", ASKED)


def looked(desk: Desk) -> str:
    """The look before it."""
    return signed_in().get("/hand-out/", ASKED).content.decode()


def test_a_package_holds_every_page_where_nobody_is_protected_and_verifies(desk: Desk, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(sent(desk).streaming_content))) as packed:
        packed.extractall(tmp_path / "machine")
    (package,) = (tmp_path / "machine").rglob("*.wacz")
    (proof,) = (tmp_path / "machine").rglob("*.tlog-proof")
    assert proof.name == f"{package.name}.tlog-proof"
    with zipfile.ZipFile(package) as inner:
        records = [name for name in inner.namelist() if name.startswith("archive/")]
    assert len(records) == 2
    assert all(check.holds for check in package_checks(package, None))


def pages_in(desk: Desk) -> int:
    """How many preserved files the package holds."""
    with zipfile.ZipFile(io.BytesIO(b"".join(sent(desk).streaming_content))) as packed:
        inner = next(packed.read(name) for name in packed.namelist() if name.endswith(".wacz"))
    assert NAME.encode() not in inner or not Person.objects.exists()
    with zipfile.ZipFile(io.BytesIO(inner)) as package:
        return len([name for name in package.namelist() if name.startswith("archive/")])


def test_a_page_that_names_somebody_stays_behind(desk: Desk) -> None:
    seal(desk)
    Report.objects.filter(pk=1).update(title=f"مقتل {NAME}")
    assert pages_in(desk) == 1


def test_a_page_that_names_somebody_in_its_preserved_bytes_alone_stays_behind_and_is_counted(desk: Desk) -> None:
    seal(desk)
    assert pages_in(desk) == 1
    assert re.search(r"whole pages kept back</dt><dd>1<", looked(desk))


def test_a_page_whose_file_holds_one_that_the_member_does_not_see_stays_behind(desk: Desk) -> None:
    group = Group.objects.create(name="north")
    hidden = Capture.objects.exclude(report__pk__in=(1, 2)).get()
    ItemRestriction.objects.create(item=hidden.identifier, group=group)
    assert pages_in(desk) == 2
    Capture.objects.filter(pk=hidden.pk).update(path=Report.objects.get(pk=1).capture.path)
    assert pages_in(desk) == 1


def test_where_every_page_stays_behind_the_log_says_nothing(desk: Desk) -> None:
    seal(desk)
    Report.objects.update(title=f"مقتل {NAME}")
    answer = sent(desk)
    assert answer.status_code == 409
    assert NAME not in answer.content.decode()
    assert "every page stays behind" in answer.content.decode()
    with desk.folder.open(desk.folder.path) as folder:
        assert [entry.event.kind for entry in folder.entries() if entry.event and entry.event.kind == "exported"] == []
