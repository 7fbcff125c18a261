"""Files in which a service hands out many messages at once, cut into pages."""

from dataclasses import dataclass

from tawthiq.records.span import Span


@dataclass(frozen=True, slots=True)
class ExportPart:
    """A stretch of an exported chat that is read as one page: messages of one chat and one day.

    `place` are the bytes of the preserved payload from the first message's brace to past the last one's, `sha256` their
    digest. `chat` is the chat's number as exported, `name` and `name_place` its name and the bytes of that string with its
    quotes (None where the export names none), `sort` its type ("public_channel"). `day` is ISO 8601 as the messages give
    it, or empty; `first` and `last` are the numbers of its first and last message, `messages` how many there are.
    """

    place: Span
    sha256: str
    chat: str
    name: str | None
    name_place: Span | None
    sort: str
    day: str
    first: str
    last: str
    messages: int


@dataclass(frozen=True, slots=True)
class ExportCut:
    """How a file of exported chats falls into parts; `stopped` says where and why cutting ended early, or is None."""

    parts: tuple[ExportPart, ...]
    chats: int
    stopped: str | None
