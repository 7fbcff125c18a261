"""The clock of this machine: what the system itself says of it, asked of the kernel with no program and no network.

Linux keeps the state in `struct timex` (adjtimex(2)): whether something keeps the clock right, and the bound of its error,
which grows by half a millisecond a second while nothing does. Elsewhere nothing is known, and that is what is recorded.
"""

import ctypes
import sys
from datetime import UTC, datetime
from pathlib import Path

from tawthiq.records.provenance import ClockState

# Items that are worked on side by side are logged a little out of the order of their times.
SIDE_BY_SIDE_SECONDS = 2.0
# systemd-timesyncd(8) makes this file once it has set the clock since the start of the machine.
TIMESYNC = Path("/run/systemd/timesync/synchronized")
_UNSYNCHRONIZED = 0x40
_MICROSECOND = 1e-6


class _Timex(ctypes.Structure):
    """The beginning of `struct timex`, with room for the rest of it."""

    _fields_ = (
        ("modes", ctypes.c_uint),
        ("offset", ctypes.c_long),
        ("frequency", ctypes.c_long),
        ("maxerror", ctypes.c_long),
        ("esterror", ctypes.c_long),
        ("status", ctypes.c_int),
        ("rest", ctypes.c_byte * 256),
    )


def clock_state(latest: datetime | None, now: datetime | None = None) -> ClockState:
    """The state of the clock. `latest` is the latest time that the log holds, None for none; `now` is for tests."""
    moment = now or datetime.now(UTC)
    behind = (latest - moment).total_seconds() if latest else 0.0
    synchronized, error = _told_by_kernel()
    return ClockState(moment, synchronized, error, behind if behind > SIDE_BY_SIDE_SECONDS else 0.0)


def _told_by_kernel() -> tuple[bool | None, float | None]:
    """Whether the clock is kept right, and the bound of its error in seconds; None where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return None, None
    state = _Timex()
    try:
        told = ctypes.CDLL(None).adjtimex(ctypes.byref(state))
    except (OSError, AttributeError):
        told = -1
    if told < 0:
        return (True if TIMESYNC.exists() else None), None
    kept_right = not state.status & _UNSYNCHRONIZED
    return kept_right, round(state.maxerror * _MICROSECOND, 6) if kept_right else None
