"""`tawthiq publish`: what gets onto a site and what never does, its log entry, publishing again, withdrawals."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import run
from disclosed_desk import (
    NAME,
    NAME_LATIN,
    PSEUDONYM,
    TELEPHONE,
    incident_of,
    publish_case,
    seal_person,
    tell_the_name,
)
from exported_archive import make_exported_archive
from served_archive import Desk
from tawthiq.archive.models import Report
from tawthiq.casework.domain.publishing import withdraw
from tawthiq.casework.models import Case, Group, ItemRestriction
from tawthiq.pipeline import handing_out
from tawthiq.publication.site.history import MANIFEST, read
from tawthiq.store import ArchiveFolder
from verified_desk import REVIEWERS, content_now, copied


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_exported_archive(tmp_path_factory.mktemp("publish") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(made.folder.path))
        yield made


def published(desk: Desk) -> int:
    """The case published, and the archive free for a command."""
    number = publish_case(desk)
    desk.folder.close()
    return number


def texts(path: Path) -> Iterator[tuple[Path, bytes]]:
    yield from ((each, each.read_bytes()) for each in sorted(path.rglob("*")) if each.is_file())


def exports(desk: Desk) -> list[dict[str, Any]]:
    with ArchiveFolder.open(desk.folder.path) as archive:
        return [dict(each.event.facts) for each in archive.entries() if each.event and each.event.kind == "exported"]


def test_a_published_case_gets_pages_and_the_log_keeps_the_digest_of_the_site(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number, site = published(desk), tmp_path / "site"
    assert run("publish", "--output", site) == 0
    sha256, count, path = capsys.readouterr().out.strip().split("\t")
    assert (count, path) == ("1", str(site))
    sums = (site / "SHA256SUMS").read_bytes()
    assert hashlib.sha256(sums).hexdigest() == sha256
    assert [(each["what"], each["profile"], each["incidents"], each["output_sha256"]) for each in exports(desk)] == [
        ("site", "public", [number], sha256)
    ]
    listed = dict(reversed(line.split("  ")) for line in sums.decode().splitlines())
    assert {name: hashlib.sha256(data).hexdigest() for each, data in texts(site)
            if (name := each.relative_to(site).as_posix()) != "SHA256SUMS"} == listed  # fmt: skip
    for language in ("ar", "en"):
        page = (site / language / "incident" / f"{number}.html").read_text(encoding="utf-8")
        assert 'class="positions several"' in page
    (line,) = (site / "data" / "incidents.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert told["incident"] == number
    assert any(claim["said_by"] for slot in told["slots"] for claim in slot["claims"])


def test_no_protected_string_no_member_and_no_word_of_a_report_is_on_it(desk: Desk, tmp_path: Path) -> None:
    seal_person(desk)
    number, site = published(desk), tmp_path / "site"
    tell_the_name(desk)
    words = {claim.text for claim in content_now(number).claims if len(claim.text) > 12}
    assert words
    assert run("publish", "--output", site) == 0
    kept = [NAME, NAME_LATIN, TELEPHONE, PSEUDONYM, str(desk.folder.path), str(tmp_path), *words]
    for path, data in texts(site):
        found = [each for each in kept if each.encode() in data]
        assert found == [], path
        if path.suffix == ".html" and "data" not in path.relative_to(site).parts:
            assert not re.search(rf"\b({'|'.join(REVIEWERS)}|heron)\b", data.decode()), path


def test_an_outlet_is_shown_without_a_sealed_name_and_a_title_that_bears_one_is_refused(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seal_person(desk)
    Report.objects.update(outlet=NAME)
    published(desk)
    assert run("publish", "--output", tmp_path / "site") == 0
    assert [path for path, data in texts(tmp_path / "site") if NAME.encode() in data] == []
    assert run("publish", "--output", tmp_path / "titled-site", "--title", NAME) != 0
    said = capsys.readouterr()
    assert NAME not in said.out + said.err
    assert not list(tmp_path.glob("titled*"))
    assert len(exports(desk)) == 1


def test_what_is_not_published_or_restricted_is_neither_shown_nor_counted(desk: Desk, tmp_path: Path) -> None:
    number = incident_of(desk)
    desk.folder.close()
    assert run("publish", "--output", tmp_path / "empty") == 0
    assert not list((tmp_path / "empty").rglob("incident/*"))
    publish_case(desk)
    desk.folder.close()
    group = Group.objects.create(name="north")
    ItemRestriction.objects.create(item=content_now(number).documents[0], group=group)
    assert run("publish", "--output", tmp_path / "restricted") == 0
    assert not list((tmp_path / "restricted").rglob("incident/*"))
    for path, data in texts(tmp_path / "restricted"):
        assert str(number).encode() not in data, path


def test_publishing_again_gives_the_same_bytes_and_a_withdrawn_case_is_gone(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number, site = published(desk), tmp_path / "site"
    assert run("publish", "--output", site) == 0
    first = dict(texts(site))
    assert run("publish", "--output", site) == 0
    assert dict(texts(site)) == first
    assert "No incident changed" in capsys.readouterr().err
    withdraw(desk.folder.path, Case.objects.get(incident=number), "somebody is in danger", "heron")
    assert run("publish", "--output", site) == 0
    assert "0 added, 0 changed, 1 withdrawn" in capsys.readouterr().err
    assert not list(site.rglob(f"{number}.html"))
    last = read((site / MANIFEST).read_bytes()).publications[0]
    assert (last.added, last.withdrawn) == ((), (number,))
    assert last.day is not None
    for path, data in texts(site):
        assert b"somebody is in danger" not in data, path
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "site"]


def test_a_folder_of_somebody_is_refused_before_anything_is_written(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published(desk)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "index.html").write_text("mine")
    assert run("publish", "--output", mine) == 2
    assert "no site that we published" in capsys.readouterr().err
    assert run("publish", "--output", desk.folder.path / "site") == 2
    assert [path.name for path in mine.iterdir()] == ["index.html"]
    assert exports(desk) == []


def test_what_breaks_off_leaves_the_old_site_whole(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    published(desk)
    site = tmp_path / "site"
    assert run("publish", "--output", site) == 0
    before = dict(texts(site))

    def stop(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(handing_out, "expect_no_leak", stop)
        assert run("publish", "--output", site, "--language", "en") == 130
    assert dict(texts(site)) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "site"]


def test_language_title_address_and_calendars_are_as_chosen(desk: Desk, tmp_path: Path) -> None:
    number, site = published(desk), tmp_path / "site"
    options = ("--language", "en", "--title", "River <Records>", "--calendars", "both")
    assert run("publish", "--output", site, *options, "--base-address", "https://records.example/a") == 0
    assert not (site / "ar").exists()
    page = (site / "en" / "incident" / f"{number}.html").read_text(encoding="utf-8")
    assert "River &lt;Records&gt;" in page
    assert " AH)" in page
    assert '<link rel="canonical" href="https://records.example/a/en/incident/' in page
    assert "https://records.example/a/index.html" in (site / "sitemap.xml").read_text()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "https://", "ftp://a.example", "https://a.example/?q=1", "https://u:p@a.example/",
        "https://[", 'https://a.example/"x', "https://مثال.example",
    ],
)  # fmt: skip
def test_an_address_that_no_site_can_stand_at_is_refused(
    tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("publish", "--output", tmp_path / "site", "--base-address", address) == 2
    assert "--base-address" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()
