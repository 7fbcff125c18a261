"""Tokens for programs: kept as digests, as good as the people behind them, counted and logged by the hour."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosed_desk import NAME, PERSON, incident_of, seal_person, tell_the_name
from served_archive import PASSWORD, Desk
from tawthiq.casework.domain import api_tokens, api_use, custody, team
from tawthiq.casework.domain.api_tokens import MOST_DAYS, Wanted
from tawthiq.casework.domain.identities import Identity, destroy, keep
from tawthiq.casework.domain.persons import Acting as OnFile
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import ApiToken, ApiUse, Group, ItemRestriction, Person, User
from tawthiq.casework.queries.disclosing import disclosed
from tawthiq.casework.queries.protected_known import protected_now
from tawthiq.records.disclosure import Profile, Protected
from tawthiq.records.errors import WrongUsage
from verified_desk import copied, make_verified_desk

NOW = datetime(2026, 11, 20, 10, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("tokens") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path, logged: list[tuple[str, dict[str, object]]]) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        yield made


@pytest.fixture
def logged(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, object]]]:
    """What goes into the custody log: kind, and all else that is told."""
    told: list[tuple[str, dict[str, object]]] = []

    def record(_folder: Path | None, kind: str, name: str, **rest: object) -> None:
        told.append((kind, {"name": name, **rest}))

    monkeypatch.setattr(custody, "record", record)
    return told


def user(name: str) -> User:
    return User.objects.get(name=name)


def made(desk: Desk, member: str, giver: str | None = "heron", **wanted: object) -> tuple[ApiToken, str]:
    acting = Acting(desk.folder.path, giver or "collector", user(giver) if giver else None)
    asked = Wanted(**{"profile": Profile.COURT, "purpose": "a partner's database", **wanted})
    return api_tokens.make(acting, user(member), asked)


def test_a_token_is_random_begins_alike_and_is_kept_as_its_digest_alone(desk: Desk) -> None:
    row, token = made(desk, "tern")
    _, other = made(desk, "tern")
    assert token != other
    assert token.startswith("twq_")
    assert len(token) == api_tokens.LENGTH
    assert row.token_sha256 == sha256(token.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM casework_apitoken")
        assert token not in str(cursor.fetchall())


def test_making_and_revoking_enter_the_log_by_digest_and_never_with_the_token(
    desk: Desk, logged: list[tuple[str, dict[str, object]]]
) -> None:
    row, token = made(desk, "tern")
    assert api_tokens.revoke(Acting(None, "heron", user("heron")), row.number)
    assert not api_tokens.revoke(Acting(None, "heron", user("heron")), row.number)
    assert [kind for kind, _ in logged] == [custody.TOKEN_MADE, custody.TOKEN_REVOKED]
    assert all(told["facts"]["token_sha256"] == row.token_sha256 for _, told in logged)  # type: ignore[index]
    assert token not in str(logged)
    assert api_tokens.find(token) is None


@pytest.mark.parametrize(
    "wanted", [{"days": 0}, {"days": MOST_DAYS + 1}, {"purpose": " "}, {"purpose": "a\nb"}, {"paths": ("evidence",)}]
)
def test_what_no_token_can_be_is_refused(desk: Desk, wanted: dict[str, object]) -> None:
    with pytest.raises(WrongUsage):
        made(desk, "tern", **wanted)
    assert not ApiToken.objects.exists()


def test_only_owners_and_editors_make_tokens_and_only_for_who_works_at_the_desk(desk: Desk) -> None:
    with pytest.raises(WrongUsage):
        made(desk, "tern", giver="gull")
    User.objects.make("rook", PASSWORD, User.Role.PUBLIC)
    with pytest.raises(WrongUsage):
        made(desk, "rook")
    User.objects.filter(name="gull").update(role=User.Role.EDITOR)
    assert api_tokens.find(made(desk, "tern", giver="gull")[1]) is not None


def test_a_token_is_over_after_its_days(desk: Desk) -> None:
    row, token = made(desk, "tern", days=2)
    assert api_tokens.find(token, row.made + timedelta(days=1, hours=23)) == row
    assert api_tokens.find(token, row.made + timedelta(days=2)) is None


@pytest.mark.parametrize("text", ["", "twq_", "twq_" + "a" * 43, "TWQ_" + "a" * 43, "\ud800" * 47, "twq_" + "ع" * 43])
def test_what_is_no_token_finds_nobody(desk: Desk, text: str) -> None:
    made(desk, "tern")
    assert api_tokens.find(text) is None


def test_a_token_opens_nothing_once_its_member_or_its_giver_is_gone(desk: Desk) -> None:
    acting = Acting(None, "heron", user("heron"))
    User.objects.filter(name="gull").update(role=User.Role.EDITOR)
    _, token = made(desk, "tern", giver="gull")
    team.deactivate(acting, user("tern"))
    assert api_tokens.find(token) is None
    team.reactivate(acting, user("tern"))
    assert api_tokens.find(token) is not None
    team.change_role(acting, user("gull"), User.Role.REVIEWER)
    assert api_tokens.find(token) is None


def test_a_token_sees_what_its_member_and_its_giver_may_both_see(desk: Desk) -> None:
    number = incident_of(desk)
    group = Group.objects.create(name="north")
    (document,) = (each.document for each in _court(desk, "tern", number)[0].reports[:1])
    ItemRestriction.objects.create(item=document, group=group)
    assert _court(desk, "tern", number) == []
    group.members.add(user("tern"))
    assert _court(desk, "tern", number) == []  # heron gave it and may not see the item
    assert _court(desk, "tern", number, giver=None) != []  # made where the archive lies
    group.members.add(user("heron"))
    assert _court(desk, "tern", number) != []
    group.members.remove(user("tern"))
    assert _court(desk, "tern", number) == []


def _court(desk: Desk, member: str, number: int, giver: str | None = "heron") -> list:  # type: ignore[type-arg]
    row, token = made(desk, member, giver)
    assert api_tokens.find(token) == row
    return list(disclosed(api_tokens.sight_behind(row), [number], Profile.COURT, Protected()))


def test_an_hour_of_reading_makes_one_entry_with_the_counts_of_the_hour_before(
    desk: Desk, logged: list[tuple[str, dict[str, object]]]
) -> None:
    row, _ = made(desk, "tern")
    logged.clear()
    for minute in (0, 1, 30):
        assert api_use.admit(None, row, NOW + timedelta(minutes=minute)).allowed
        api_use.handed_out(row, 2, 1)
    assert api_use.admit(None, row, NOW + timedelta(hours=3)).allowed
    assert [kind for kind, _ in logged] == [custody.API_READ] * 2
    first, second = (told["facts"] for _, told in logged)
    assert "before" not in first  # type: ignore[operator]
    assert second["before"] == {  # type: ignore[index]
        "hour": "2026-11-20T10:00:00+00:00", "requests": 3, "incidents": 6, "reports": 3,
    }  # fmt: skip
    assert {told["name"] for _, told in logged} == {"tern"}
    assert ApiToken.objects.get().used == NOW.date()


def test_too_many_requests_of_one_token_wait_for_the_next_minute_and_hinder_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api_use, "A_MINUTE", 2)
    row, _ = made(desk, "tern")
    other, _ = made(desk, "gull")
    told = [api_use.admit(None, row, NOW).allowed for _ in range(4)]
    assert told == [True, True, False, False]
    assert 30 <= api_use.admit(None, row, NOW).wait <= 31
    assert api_use.admit(None, other, NOW).allowed
    assert api_use.admit(None, row, NOW + timedelta(seconds=30)).allowed
    assert ApiUse.objects.get(key=str(row.number)).requests == 3


def test_whom_answers_must_not_name_is_known_anew_as_soon_as_a_file_changes(desk: Desk) -> None:
    folder = desk.folder.path
    assert protected_now(folder).persons == ()
    seal_person(desk)
    (person,) = protected_now(folder).persons
    assert NAME in person.strings
    acting = OnFile("heron", Person.objects.get(pk=PERSON).revision)
    keep(folder, PERSON, Identity(full="نرجس الغيم"), acting)
    assert protected_now(folder).persons[0].strings == ("نرجس الغيم",)
    User.objects.make("rook", PASSWORD, User.Role.READER)
    assert "rook" in protected_now(folder).members
    destroy(folder, PERSON, "asked for by the person", OnFile("heron", Person.objects.get(pk=PERSON).revision))
    assert protected_now(folder).persons == ()


def test_names_are_opened_once_and_then_known(desk: Desk) -> None:
    seal_person(desk)
    tell_the_name(desk)
    protected_now(desk.folder.path)
    with CaptureQueriesContext(connection) as told:
        assert protected_now(desk.folder.path).persons
    assert len(told) <= 7
    assert not any("content" in each["sql"] for each in told.captured_queries)
