"""How far an authority has stamped a log, in words: said by `tawthiq timestamp --status` and by the doctor."""

from datetime import datetime

from tawthiq.store.custody_settings import Authority
from tawthiq.store.timestamps import StampedLog


def standing_of(log: StampedLog, authority: Authority) -> str:
    """How far one authority has covered a log, in words."""
    last, covered, sent = log.last_stamp(authority.name), log.covered(authority.name), log.sent(authority.name)
    if last is None:
        told = "has stamped nothing"
    elif last.time:
        told = f"entries below {covered} stamped at {moment_told(last.time)}"
    else:
        told = f"entries below {covered} in block {', '.join(map(str, last.blocks))} of Bitcoin"
    if sent > covered:
        told += f"; entries {covered} to {sent - 1} promised only, in no block yet: that proves nothing about the time"
    nothing = "nothing else waits" if sent > covered else "nothing waits"
    waits = f"entries {sent} to {log.newest} wait" if log.waits(authority.name) else nothing
    own = " (own authority: no independent evidence)" if authority.own else ""
    return f"{told}; {waits}{own}"


def moment_told(time: datetime) -> str:
    """A time (UTC) as it is shown."""
    return f"{time:%Y-%m-%d %H:%M:%S} UTC"
