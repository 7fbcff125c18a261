"""Second factors: codes by the clock once each, recovery codes once each, secrets encrypted, keys counted."""

import base64
import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tawthiq.casework.domain import factors, recovery_codes, time_codes
from tawthiq.casework.domain.typed_codes import code_of
from tawthiq.casework.models import RecoveryCode, TimeCode, User

NOW = 1_763_800_000.0
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@pytest.fixture
def folder(bare_archive: Path) -> Path:
    return bare_archive


@pytest.fixture
def heron(folder: Path) -> User:
    return User.objects.make("heron", "several long words", User.Role.OWNER)


def code(secret: str, at: float) -> str:
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(at)).decode()


def confirmed(folder: Path, user: User) -> str:
    """A secret that counts, confirmed two steps before NOW."""
    time_codes.begin(folder, user)
    secret = time_codes.waiting_secret(folder, user)
    assert secret
    assert time_codes.confirm(folder, user, code(secret, NOW - 60), NOW - 60)
    return secret


def test_codes_are_those_of_the_specification() -> None:
    # RFC 6238 appendix B: the last six of its eight digits, for the key "12345678901234567890".
    generator = time_codes._generator(base64.b32encode(b"12345678901234567890").decode())
    assert [generator.generate(at) for at in (59, 1111111109, 20000000000)] == [b"287082", b"081804", b"353130"]


def test_a_secret_counts_only_once_a_code_was_typed(folder: Path, heron: User) -> None:
    time_codes.begin(folder, heron)
    secret = time_codes.waiting_secret(folder, heron) or ""
    assert not factors.has_any(heron)
    assert not time_codes.accept(folder, heron, code(secret, NOW), NOW)
    assert not time_codes.confirm(folder, heron, "000000" if code(secret, NOW) != "000000" else "111111", NOW)
    assert not factors.has_any(heron)
    assert time_codes.confirm(folder, heron, code(secret, NOW), NOW)
    assert factors.has_any(heron)
    assert time_codes.waiting_secret(folder, heron) is None


def test_setting_up_again_replaces_what_waits_and_never_what_counts(folder: Path, heron: User) -> None:
    time_codes.begin(folder, heron)
    first = time_codes.waiting_secret(folder, heron)
    time_codes.begin(folder, heron)
    second = time_codes.waiting_secret(folder, heron) or ""
    assert first != second
    assert time_codes.confirm(folder, heron, code(second, NOW), NOW)
    time_codes.begin(folder, heron)
    assert time_codes.waiting_secret(folder, heron) is None
    assert time_codes.accept(folder, heron, code(second, NOW + 30), NOW + 30)


def test_a_code_is_taken_once_and_no_older_one_after_it(folder: Path, heron: User) -> None:
    secret = confirmed(folder, heron)
    assert time_codes.accept(folder, heron, code(secret, NOW), NOW)
    assert not time_codes.accept(folder, heron, code(secret, NOW), NOW)
    assert not time_codes.accept(folder, heron, code(secret, NOW - 30), NOW)
    assert time_codes.accept(folder, heron, code(secret, NOW + 30), NOW)


def test_the_code_that_confirmed_does_not_sign_in(folder: Path, heron: User) -> None:
    secret = confirmed(folder, heron)
    assert not time_codes.accept(folder, heron, code(secret, NOW - 60), NOW - 60)


@pytest.mark.parametrize(("late", "taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_the_window_is_one_step_either_way(folder: Path, heron: User, late: int, taken: bool) -> None:
    time_codes.begin(folder, heron)
    secret = time_codes.waiting_secret(folder, heron) or ""
    assert time_codes.confirm(folder, heron, code(secret, NOW - 600), NOW - 600)
    assert time_codes.accept(folder, heron, code(secret, NOW + late), NOW) is taken


@pytest.mark.parametrize("written", ["{0}", " {0} ", "{1}", "{2}", "{3} {4}", "{3}-{4}"])
def test_codes_are_read_in_any_digits_and_grouping(folder: Path, heron: User, written: str) -> None:
    secret = confirmed(folder, heron)
    plain = code(secret, NOW)
    eastern, persian = plain.translate(EASTERN), plain.translate(PERSIAN)
    assert time_codes.accept(folder, heron, written.format(plain, eastern, persian, plain[:3], plain[3:]), NOW)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "\0" * 6, "\ud800", "x" * 10_000, "²³¹²³¹", "½"])
def test_anything_else_is_refused(folder: Path, heron: User, typed: str) -> None:
    confirmed(folder, heron)
    assert not time_codes.accept(folder, heron, typed, NOW)


@given(st.text())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_typed_code_becomes_small_letters_and_digits(typed: str) -> None:
    assert re.fullmatch("[a-z0-9]*", code_of(typed))


def test_the_secret_is_not_in_the_database(folder: Path, heron: User) -> None:
    secret = confirmed(folder, heron)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM casework_timecode")
        [(kept,)] = cursor.fetchall()
    assert secret not in kept
    assert kept.startswith("tawthiq1.")


def test_a_secret_moved_to_another_user_does_not_open(folder: Path, heron: User) -> None:
    secret = confirmed(folder, heron)
    crane = User.objects.make("crane", "several long words", User.Role.READER)
    TimeCode.objects.filter(user=heron).update(user=crane)
    with pytest.raises(Exception, match="not what was sealed"):
        time_codes.accept(folder, crane, code(secret, NOW), NOW)


def test_a_recovery_code_works_once_for_its_own_user(heron: User) -> None:
    codes = recovery_codes.renew(heron)
    crane = User.objects.make("crane", "several long words", User.Role.READER)
    assert len(set(codes)) == recovery_codes.left(heron) == 10
    assert not recovery_codes.use_up(crane, codes[0])
    assert recovery_codes.use_up(heron, codes[0].upper().replace("-", " "))
    assert not recovery_codes.use_up(heron, codes[0])
    assert recovery_codes.left(heron) == 9
    assert not any(part in str(list(RecoveryCode.objects.values_list())) for part in codes)


def test_new_recovery_codes_make_the_old_ones_worthless(heron: User) -> None:
    old = recovery_codes.renew(heron)
    recovery_codes.renew(heron)
    assert not any(recovery_codes.use_up(heron, each) for each in old)
    assert recovery_codes.left(heron) == 10


def test_recovery_codes_come_with_the_first_factor_and_go_with_the_last(folder: Path, heron: User) -> None:
    confirmed(folder, heron)
    assert len(factors.added(folder, heron, factors.CODES)) == 10
    assert factors.added(folder, heron, factors.KEY) == []
    assert factors.remove_codes(folder, heron)
    assert not RecoveryCode.objects.exists()
    assert not factors.remove_codes(folder, heron)
