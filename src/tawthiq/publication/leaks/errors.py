"""What the last look at an output says when it finds something."""

from tawthiq.records.errors import TawthiqError

NOTHING_LEFT = "nothing was handed out; tell whoever keeps Tawthiq"


class LeakFound(TawthiqError):
    """An output tells of somebody who is protected from its readers. The message names the place, never the string."""


class UnreadablePart(TawthiqError):
    """A part of an output cannot be looked into, so nobody can say what it tells."""


def leak(place: str) -> LeakFound:
    """The error for a place."""
    return LeakFound(item=place, happened="it names somebody who is protected", advice=NOTHING_LEFT)


def unreadable(place: str, why: str) -> UnreadablePart:
    """The error for a part that cannot be looked into."""
    return UnreadablePart(item=place, happened=f"nobody can say whom it names: {why}", advice=NOTHING_LEFT)
