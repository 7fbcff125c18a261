"""The team: links once, an owner stays, nobody changes their own role, and every act enters the log by names alone."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher

from tawthiq.casework.domain import factors, joining, recovery_codes, sessions, team
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import TeamLink, User
from tawthiq.records.errors import TawthiqError
from tawthiq.store import ArchiveFolder

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
GOOD = "several long words"


@pytest.fixture(autouse=True)
def _cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ScryptPasswordHasher, "work_factor", 2)


@pytest.fixture
def folder(bare_archive: Path) -> Path:
    return bare_archive


@pytest.fixture
def heron(folder: Path) -> Acting:
    user = User.objects.make("heron", GOOD, User.Role.OWNER)
    return Acting(folder, "heron", user)


def person(name: str, role: str = User.Role.READER) -> User:
    return User.objects.make(name, GOOD, User.Role(role))


def logged(folder: Path) -> list[tuple[str, str, str, dict[str, object]]]:
    with ArchiveFolder.open(folder) as archive:
        events = [entry.event for entry in archive.entries() if entry.event]
    kinds = ("user-", "role-", "invitation-", "password-", "team-", "factor-", "recovery-")
    return [(e.kind, e.actor, e.subject, e.facts) for e in events if e.kind.startswith(kinds)]


def test_an_invited_person_joins_once_with_the_role_of_the_link(heron: Acting) -> None:
    token = team.invite(heron, User.Role.REVIEWER)
    made = joining.redeem(heron.folder, token, "crane", GOOD)
    assert made is not None
    assert (made.name, made.role) == ("crane", "reviewer")
    assert joining.redeem(heron.folder, token, "stork", GOOD) is None
    assert token not in str(list(TeamLink.objects.values_list()))
    assert heron.folder
    assert logged(heron.folder) == [
        ("user-invited", "heron", "heron", {"role": "reviewer"}),
        ("user-joined", "crane", "crane", {"role": "reviewer", "invited_by": "heron"}),
    ]


def test_a_taken_name_uses_the_link_not_up(heron: Acting) -> None:
    token = team.invite(heron, User.Role.READER)
    with pytest.raises(joining.NameTaken):
        joining.redeem(heron.folder, token, "heron", GOOD)
    assert joining.redeem(heron.folder, token, "crane", GOOD) is not None
    assert User.objects.get(name="heron").role == User.Role.OWNER


def test_a_link_expires_and_can_be_withdrawn(heron: Acting) -> None:
    token = joining.make_link(User.Role.READER, "heron", now=NOW)
    assert joining.find_link(token, NOW + joining.VALID_FOR - timedelta(minutes=1))
    assert not joining.find_link(token, NOW + joining.VALID_FOR)
    TeamLink.objects.all().delete()
    other = team.invite(heron, User.Role.READER)
    [row] = joining.open_links()
    assert joining.withdraw(heron.folder, row.pk, "heron")
    assert not joining.withdraw(heron.folder, row.pk, "heron")
    assert joining.find_link(other) is None


@pytest.mark.parametrize("token", ["", "x", "\ud800", "\0", "a" * 5000, "' OR 1=1"])
def test_any_other_token_opens_nothing(heron: Acting, token: str) -> None:
    team.invite(heron, User.Role.READER)
    assert joining.find_link(token) is None
    assert joining.redeem(heron.folder, token, "crane", GOOD) is None


def test_links_cannot_pile_up_without_end(heron: Acting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "MOST_OPEN", 2)
    team.invite(heron, User.Role.READER)
    team.invite(heron, User.Role.READER)
    with pytest.raises(joining.TooManyLinks):
        team.invite(heron, User.Role.READER)


def test_roles_change_but_never_ones_own_and_never_that_of_the_last_owner(heron: Acting) -> None:
    crane = person("crane")
    team.change_role(heron, crane, User.Role.OWNER)
    assert heron.user
    with pytest.raises(team.OneselfOnly):
        team.change_role(heron, heron.user, User.Role.READER)
    owner = Acting(heron.folder, "crane", crane)
    team.change_role(owner, heron.user, User.Role.EDITOR)
    terminal = Acting(heron.folder, "collector-1")
    for act in (lambda: team.change_role(terminal, crane, "reader"), lambda: team.deactivate(terminal, crane)):
        with pytest.raises(team.LastOwner):
            act()
    crane.refresh_from_db()
    assert (crane.role, crane.is_active) == ("owner", True)
    assert heron.folder
    assert logged(heron.folder)[0] == ("role-changed", "heron", "crane", {"role": "owner", "before": "reader"})
    assert len(logged(heron.folder)) == 2


def test_owners_who_are_closed_or_never_came_do_not_count(heron: Acting) -> None:
    assert heron.user
    User.objects.filter(pk=person("crane", User.Role.OWNER).pk).update(is_active=False)
    team.add(heron, "stork", User.Role.OWNER)
    with pytest.raises(team.LastOwner):
        team.change_role(Acting(heron.folder, "collector-1"), heron.user, User.Role.EDITOR)


def test_a_closed_account_has_no_session_and_no_link_until_it_is_opened_again(heron: Acting) -> None:
    crane = person("crane")
    token = team.reset(heron, crane)
    before = User.objects.get(name="crane").get_session_auth_hash()
    team.deactivate(heron, crane)
    assert joining.find_link(token) is None
    assert User.objects.get(name="crane").get_session_auth_hash() != before
    team.reactivate(heron, crane)
    assert joining.find_link(token) is not None
    assert heron.folder
    kinds = [kind for kind, *_ in logged(heron.folder)]
    assert kinds == ["user-reset", "user-deactivated", "user-reactivated"]


def test_a_reset_takes_password_factors_and_sessions_and_the_link_sets_a_new_password(heron: Acting) -> None:
    crane = person("crane", User.Role.EDITOR)
    crane.last_login = NOW
    crane.save()
    recovery_codes.renew(crane)
    crane.security_keys.create(name="red", host="localhost", credential=b"x", credential_sha256="x", added=NOW.date())
    old = team.reset(heron, crane)
    token = team.reset(heron, crane)
    crane.refresh_from_db()
    assert not crane.check_password(GOOD)
    assert not factors.has_any(crane)
    assert recovery_codes.left(crane) == 0
    assert joining.redeem(heron.folder, old, "", "another long phrase") is None
    came = joining.redeem(heron.folder, token, "somebody else", "another long phrase")
    assert came is not None
    assert (came.name, came.role) == ("crane", "editor")
    assert came.check_password("another long phrase")
    assert heron.folder
    assert logged(heron.folder)[-1] == ("password-changed", "crane", "crane", {})


def test_an_added_user_has_no_password_until_the_link_is_used(heron: Acting) -> None:
    token = team.add(heron, "ｃｒａｎｅ", User.Role.DOCUMENTER)
    crane = User.objects.get(name="crane")
    assert not crane.has_usable_password()
    with pytest.raises(joining.NameTaken):
        team.add(heron, "crane", User.Role.OWNER)
    assert joining.redeem(heron.folder, token, "", GOOD) == crane
    assert heron.folder
    assert [kind for kind, *_ in logged(heron.folder)] == ["user-invited", "user-joined"]


def test_a_second_factor_can_be_asked_of_everybody(heron: Acting) -> None:
    assert not factors.is_demanded()
    for demanded in (True, True, False):
        factors.demand(heron.folder, demanded=demanded, by="heron")
        assert factors.is_demanded() is demanded
    assert heron.folder
    facts = [facts for _, _, _, facts in logged(heron.folder)]
    assert facts == [{"second_factor": True}, {"second_factor": False}]


def test_nothing_but_names_and_roles_enters_the_log(heron: Acting) -> None:
    token = team.invite(heron, User.Role.READER)
    joining.redeem(heron.folder, token, "crane", GOOD)
    team.reset(heron, User.objects.get(name="crane"))
    assert heron.folder
    told = str(logged(heron.folder))
    assert token not in told
    assert GOOD not in told


def test_errors_say_what_to_do(heron: Acting) -> None:
    assert heron.user
    with pytest.raises(TawthiqError, match="Ask another owner"):
        team.deactivate(heron, heron.user)


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox, Linux"),
        ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36", "Chromium, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iOS"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge, Windows"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_roughly(agent: str, told: str) -> None:
    assert sessions._browser(agent) == told
