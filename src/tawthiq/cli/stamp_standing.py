"""How far an authority has stamped a log, in words: said by `tawthiq timestamp --status` and by the doctor."""

from datetime import datetime

from tawthiq.store.custody_settings import Authority
from tawthiq.store.timestamps import StampedLog


def standing_of(log: StampedLog, authority: Authority) -> str:
    """How far one authority has covered a log, in words."""
    last, covered = log.last(authority.name), log.covered(authority.name)
    if last is None:
        told = "has stamped nothing"
    elif last.time:
        told = f"entries below {covered} stamped at {moment_told(last.time)}"
    else:
        told = f"entries below {covered} stamped, kept at {moment_told(last.logged)} by this computer's clock"
    pending = len(log.pending(authority.name))
    told += f"; {pending} pending" if pending else ""
    waits = f"entries {covered} to {log.newest} wait" if log.waits(authority.name) else "nothing waits"
    own = " (own authority: no independent evidence)" if authority.own else ""
    return f"{told}; {waits}{own}"


def moment_told(time: datetime) -> str:
    """A time (UTC) as it is shown."""
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"
