"""The first owner's one-time link: once, for a day, and only while nobody is there."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sample_archive import empty_database
from tawthiq.casework.domain import first_owner
from tawthiq.casework.domain.session_secret import session_secret
from tawthiq.casework.models import OwnerLink, User

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _database(tmp_path: Path) -> None:
    empty_database(tmp_path)


def test_the_link_makes_one_owner_and_works_once() -> None:
    token = first_owner.make_link(NOW)
    assert token
    owner = first_owner.redeem(token, "heron", "several long words", NOW)
    assert owner is not None
    assert owner.role == User.Role.OWNER
    assert owner.check_password("several long words")
    assert first_owner.redeem(token, "crane", "several long words", NOW) is None
    assert User.objects.count() == 1


def test_the_token_is_not_in_the_database() -> None:
    token = first_owner.make_link(NOW)
    assert token
    assert token not in str(list(OwnerLink.objects.values_list()))


def test_the_link_expires_after_a_day() -> None:
    token = first_owner.make_link(NOW) or ""
    assert first_owner.is_valid(token, NOW + timedelta(hours=23))
    assert not first_owner.is_valid(token, NOW + timedelta(hours=25))
    assert first_owner.redeem(token, "heron", "several long words", NOW + timedelta(hours=25)) is None


def test_a_new_link_replaces_the_old_one() -> None:
    old, new = first_owner.make_link(NOW) or "", first_owner.make_link(NOW) or ""
    assert not first_owner.is_valid(old, NOW)
    assert first_owner.is_valid(new, NOW)


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 5000, "' OR 1=1"])
def test_any_other_token_opens_nothing(token: str) -> None:
    first_owner.make_link(NOW)
    assert not first_owner.is_valid(token, NOW)


def test_there_is_a_link_until_there_is_an_owner_whoever_else_there_is() -> None:
    token = first_owner.make_link(NOW)
    assert token is not None
    User.objects.make("stork", "several long words", User.Role.DOCUMENTER)
    again = first_owner.make_link(NOW)
    assert again is not None
    User.objects.make("heron", "several long words", User.Role.OWNER)
    assert first_owner.redeem(again, "crane", "several long words", NOW) is None
    assert first_owner.make_link(NOW) is None


def test_the_session_secret_is_made_once_and_differs_between_archives(tmp_path: Path) -> None:
    secret = session_secret()
    assert len(secret) > 60
    assert session_secret() == secret
    (tmp_path / "other").mkdir()
    empty_database(tmp_path / "other")
    assert session_secret() != secret
