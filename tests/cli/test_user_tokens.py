"""`tawthiq user token`: made once, listed by their beginnings, revoked; none of it shows a token twice."""

from pathlib import Path

import pytest

from command_line import run
from sample_archive import make_folder
from tawthiq.archive.database import open_database, set_up_django

set_up_django()

from tawthiq.casework.domain import api_tokens  # noqa: E402
from tawthiq.casework.models import ApiToken, User  # noqa: E402
from tawthiq.cli import user_tokens  # noqa: E402
from tawthiq.store import ArchiveFolder  # noqa: E402


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with make_folder(tmp_path / "archive", {}) as folder:
        open_database(folder.database)
        user = User(name="heron", role=User.Role.OWNER)
        user.set_unusable_password()
        user.save()
        return folder.path


def made(archive: Path, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    usual = ("--profile", "court", "--for", "the prosecutor's case system")
    assert run("--archive", archive, "user", "token", "new", "heron", *usual, *options) == 0
    return capsys.readouterr().out.strip()


def test_a_token_is_printed_once_and_opens_what_it_was_made_for(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    token = made(archive, capsys, "--only", "reports", "--days", "7")
    row = api_tokens.find(token)
    assert row is not None
    assert (row.user.name, row.profile, row.paths, (row.expires - row.made).days) == ("heron", "court", ["reports"], 7)
    assert run("--archive", archive, "user", "token", "list") == 0
    told = capsys.readouterr().out
    assert token not in told
    assert told.startswith(f"{row.number}\t{token[:10]}\theron\tcourt\treports\t")
    assert told.endswith("\tnever\tthe prosecutor's case system\topen\n")


def test_a_revoked_token_opens_nothing_and_both_acts_are_logged(
    archive: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    token = made(archive, capsys)
    number = str(ApiToken.objects.get().number)
    assert run("--archive", archive, "user", "token", "revoke", number) == 0
    assert api_tokens.find(token) is None
    assert run("--archive", archive, "user", "token", "revoke", number) == 2
    assert run("--archive", archive, "user", "token", "list") == 0
    assert capsys.readouterr().out.endswith("\trevoked\n")
    with ArchiveFolder.open(archive) as folder:
        events = [entry.event for entry in folder.entries() if entry.event and entry.event.kind.startswith("token-")]
    assert [(each.kind, each.subject) for each in events] == [
        ("token-made", f"token:{number}"),
        ("token-revoked", f"token:{number}"),
    ]
    assert token not in str(events)


@pytest.mark.parametrize(
    "options",
    [
        ("--days", "366"),
        ("--days", "0"),
        ("--only", "evidence"),
        ("--for", ""),
        ("--for", "a\nb"),
        ("--profile", "all"),
    ],
)
def test_what_no_token_can_be_is_refused(archive: Path, options: tuple[str, str]) -> None:
    usual = {"--profile": "court", "--for": "x"} | {options[0]: options[1]}
    given = [part for pair in usual.items() for part in pair]
    assert run("--archive", archive, "user", "token", "new", "heron", *given) == 2
    assert not ApiToken.objects.exists()


def test_nobody_of_the_team_is_no_member_of_a_token(archive: Path) -> None:
    assert run("--archive", archive, "user", "token", "new", "none", "--profile", "court", "--for", "x") == 2


def test_what_help_says_is_what_holds() -> None:
    assert user_tokens.RESOURCES == api_tokens.RESOURCES
    assert (user_tokens.USUAL_DAYS, user_tokens.MOST_DAYS) == (api_tokens.USUAL_DAYS, api_tokens.MOST_DAYS)
