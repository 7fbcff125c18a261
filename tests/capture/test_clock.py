"""The clock's state: what the system tells, and a clock that was set back."""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tawthiq.capture import clock

NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)


def test_a_log_that_holds_a_later_time_tells_by_how_much_the_clock_was_set_back() -> None:
    assert clock.clock_state(NOW + timedelta(hours=1), NOW).behind_log_seconds == 3600


@pytest.mark.parametrize("latest", [None, NOW, NOW - timedelta(days=1), NOW + timedelta(seconds=1)])
def test_an_earlier_time_and_one_of_work_side_by_side_is_no_clock_set_back(latest: datetime | None) -> None:
    assert clock.clock_state(latest, NOW).behind_log_seconds == 0


def test_the_present_moment_is_taken_in_utc() -> None:
    before = datetime.now(UTC)
    state = clock.clock_state(None)
    assert before <= state.moment <= datetime.now(UTC)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel of Linux is asked")
def test_linux_tells_whether_the_clock_is_kept_right_and_bounds_the_error_only_then() -> None:
    state = clock.clock_state(None)
    assert state.synchronized in (True, False)
    assert (state.error_seconds is not None) == state.synchronized


def kernel(monkeypatch: pytest.MonkeyPatch, answer: int, status: int = 0, maxerror: int = 0) -> None:
    class Library:
        @staticmethod
        def adjtimex(pointer: object) -> int:
            state = pointer._obj  # type: ignore[attr-defined]
            state.status, state.maxerror = status, maxerror
            return answer

    monkeypatch.setattr(clock.ctypes, "CDLL", lambda name: Library)
    monkeypatch.setattr(clock.sys, "platform", "linux")


def test_a_clock_that_is_kept_right_has_the_kernels_bound_in_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    kernel(monkeypatch, 0, status=0x2001, maxerror=24_500)
    state = clock.clock_state(None)
    assert (state.synchronized, state.error_seconds) == (True, 0.0245)


def test_a_kernel_that_refuses_leaves_it_to_the_mark_of_timesyncd(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    kernel(monkeypatch, -1)
    monkeypatch.setattr(clock, "TIMESYNC", tmp_path / "synchronized")
    assert clock.clock_state(None).synchronized is None
    (tmp_path / "synchronized").touch()
    assert clock.clock_state(None).synchronized is True


def test_another_system_is_not_guessed_about(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.sys, "platform", "darwin")
    state = clock.clock_state(None)
    assert (state.synchronized, state.error_seconds) == (None, None)
