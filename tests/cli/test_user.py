"""`tawthiq user`: the team from the command line, for a machine at which nobody can sign in."""

from pathlib import Path

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher

from command_line import run
from sample_archive import make_folder
from tawthiq.archive.database import open_database, set_up_django

set_up_django()

from tawthiq.casework.domain import joining, recovery_codes  # noqa: E402
from tawthiq.casework.models import User  # noqa: E402
from tawthiq.cli import verb_user  # noqa: E402
from tawthiq.store import ArchiveFolder  # noqa: E402

GOOD = "several unrelated words"


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScryptPasswordHasher, "work_factor", 2)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with make_folder(tmp_path / "archive", {}) as folder:
        open_database(folder.database)
        return folder.path


def logged(archive: Path) -> list[tuple[str, str, str]]:
    with ArchiveFolder.open(archive) as folder:
        events = [entry.event for entry in folder.entries() if entry.event]
    return [(e.kind, e.actor, e.subject) for e in events if e.kind.startswith(("user-", "role-"))]


def test_somebody_is_added_by_a_link_and_comes_in(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run("--archive", archive, "user", "add", "كركي", "--role", "editor", "--address", "https://desk.example") == 0
    )
    link = capsys.readouterr().out.strip()
    assert link.startswith("https://desk.example/join/")
    token = link.rstrip("/").rpartition("/")[2]
    user = joining.redeem(archive, token, "", GOOD)
    assert user is not None
    assert (user.name, user.role) == ("كركي", "editor")
    assert logged(archive) == [("user-invited", "heron", "كركي"), ("user-joined", "كركي", "كركي")]


def test_a_password_is_asked_for_and_never_an_argument(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [GOOD, GOOD, "short", "short", GOOD, "another", None]
    monkeypatch.setattr(verb_user, "on_terminal", lambda _question: answers.pop(0))
    assert run("--archive", archive, "user", "add", "heron", "--role", "owner", "--password") == 0
    assert User.objects.get(name="heron").check_password(GOOD)
    for name in ("crane", "stork", "egret"):
        assert run("--archive", archive, "user", "add", name, "--role", "owner", "--password") == 2
    assert User.objects.count() == 1
    assert run("--archive", archive, "user", "add", "x", "--role", "owner", "--password", "typed") == 2
    assert GOOD not in capsys.readouterr().out


@pytest.mark.parametrize("name", ["", "a b", "x" * 65, "a\u202eb", "\x1b[31m", "a/b", "\udc80"])
def test_a_name_that_pages_would_not_take_is_refused(
    archive: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--archive", archive, "user", "add", name, "--role", "reader") == 2
    assert run("--archive", archive, "user", "reset", name) == 2
    assert "\x1b" not in capsys.readouterr().err
    assert not User.objects.exists()


def test_roles_change_accounts_close_and_the_last_owner_stays(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("heron", "crane"):
        User.objects.make(name, GOOD, User.Role.OWNER)
    assert run("--archive", archive, "user", "role", "crane", "--role", "reader") == 0
    assert run("--archive", archive, "user", "deactivate", "heron") == 2
    assert "no other active owner" in capsys.readouterr().err
    assert run("--archive", archive, "user", "role", "crane", "--role", "owner") == 0
    assert run("--archive", archive, "user", "deactivate", "heron") == 0
    assert not User.objects.get(name="heron").is_active
    assert run("--archive", archive, "user", "reactivate", "heron") == 0
    assert run("--archive", archive, "user", "role", "heron", "--role", "king") == 2
    assert run("--archive", archive, "user", "reset", "nobody") == 2
    assert "no such user" in capsys.readouterr().err
    kinds = [kind for kind, *_ in logged(archive)]
    assert kinds == ["role-changed", "role-changed", "user-deactivated", "user-reactivated"]


def test_the_only_owner_who_lost_everything_is_let_back_in(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    heron = User.objects.make("heron", GOOD, User.Role.OWNER)
    recovery_codes.renew(heron)
    heron.security_keys.create(name="k", host="localhost", credential=b"", credential_sha256="x", added="2026-11-22")
    assert run("--archive", archive, "user", "list") == 0
    assert capsys.readouterr().out == "heron\towner\tnever\tsecond factor\tactive\n"
    assert run("--archive", archive, "user", "reset", "heron") == 0
    token = capsys.readouterr().out.strip().rstrip("/").rpartition("/")[2]
    assert run("--archive", archive, "user", "list") == 0
    listed = capsys.readouterr()
    assert listed.out == "heron\towner\tnever\tpassword only\twaits for its link\n"
    assert "link for heron" in listed.err
    assert token not in listed.err
    assert joining.redeem(archive, token, "", "another long phrase") == heron
