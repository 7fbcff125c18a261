"""What every decision tells that comes too late: somebody else decided about the same thing in the meantime."""

from tawthiq.records.errors import TawthiqError


class Overtaken(TawthiqError):
    """Somebody else decided in the meantime; nothing was saved. `act` is the last of theirs, where acts are numbered."""

    act: int = 0
