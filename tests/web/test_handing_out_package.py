"""Evidence packages in the pages: the preserved files themselves, without those that name somebody who is protected."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings

import served_archive
from served_archive import INCIDENT, PAYLOADS, Desk, make_desk
from tawthiq.archive.models import Report
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.identities import Identity, keep
from tawthiq.casework.domain.persons import Acting
from tawthiq.casework.models import Person, User
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


def sent(desk: Desk):  # type: ignore[no-untyped-def]
    """The answer to the form, in English."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["tawthiq_language"] = "en"
    client.force_login(User.objects.get(name="heron"))
    asked = {"incidents": str(INCIDENT), "kind": "package", "profile": "court", "language": "en"}
    return client.post("/hand-out/", asked)


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


def test_a_page_that_names_somebody_stays_behind(desk: Desk) -> None:
    seal(desk)
    Report.objects.filter(pk=1).update(title=f"مقتل {NAME}")
    with zipfile.ZipFile(io.BytesIO(b"".join(sent(desk).streaming_content))) as packed:
        inner = next(packed.read(name) for name in packed.namelist() if name.endswith(".wacz"))
    with zipfile.ZipFile(io.BytesIO(inner)) as package:
        assert len([name for name in package.namelist() if name.startswith("archive/")]) == 1


def test_a_name_in_a_preserved_file_alone_stops_everything_before_the_log_says_anything(desk: Desk) -> None:
    seal(desk)
    answer = sent(desk)
    assert answer.status_code == 409
    assert NAME not in answer.content.decode()
    assert "would have named somebody" in answer.content.decode()
    with desk.folder.open(desk.folder.path) as folder:
        assert [entry.event.kind for entry in folder.entries() if entry.event and entry.event.kind == "exported"] == []
