"""A Telegram Desktop export (result.json), of one chat or a whole account, cut into stretches that are read as one page each.

Pure: takes blocks of bytes, holds no more of them than one part. A part is messages of one chat and one day, because what a
message says of days ("yesterday") is told from the day it was written on; a busy day is cut after MOST_MESSAGES messages or
MOST_BYTES bytes. Only the place of messages is decided here: reading a part is `telegram_json`. What breaks the form ends
the cutting with a reason; the parts before it stand.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

from tawthiq.page.json_source import TOKEN, BadJson, JsonText, JsonWord, text_of, values
from tawthiq.records.export import ExportCut, ExportPart
from tawthiq.records.span import Span

MOST_MESSAGES = 200
MOST_BYTES = 256 * 1024
LONGEST_MESSAGE = 1024 * 1024  # bytes; Telegram's own messages have at most 4,096 characters
LONGEST_TOKEN = 4 * 1024 * 1024
MOST_PARTS = 100_000
DEEPEST = 60
LOOKED_AT = 16 * 1024
_SPACE = re.compile(rb"[ \t\r\n,]*+")
_NESTED = re.compile(rb'[^"{}\[\]]*+(?:"(?:[^"\\]++|\\.)*+"|([{\[])|([}\]]))', re.DOTALL)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CHAT = re.compile(
    rb'"type"\s*:\s*"(?:\w+_(?:chat|group|supergroup|channel)|saved_messages|replies|verification_codes)"'
)
_ABOUT = re.compile(rb'\{\s*"about"\s*:\s*"')
_ACCOUNT = re.compile(
    rb'"(?:personal_information|profile_pictures|stories|(?:frequent_)?contacts|(?:web_)?sessions|other_data|(?:left_)?chats)"\s*:\s*[{\[]'
)


def looks_like_export(start: bytes) -> bool:
    """Whether a file that begins with `start` is a Telegram export in JSON, whatever its name."""
    head = start[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.startswith(b"{"):
        return False
    account = _ABOUT.match(head) and _ACCOUNT.search(head)
    return bool(account or (_CHAT.search(head) and b'"messages"' in head))


def cut_export(blocks: Iterable[bytes]) -> ExportCut:
    """The parts of an export whose bytes come in `blocks` of any size, in order."""
    cutter = _Cutter(blocks)
    parts: list[ExportPart] = []
    stopped = None
    try:
        for part in cutter.parts():
            if len(parts) == MOST_PARTS:
                raise BadJson(part.place.start, f"more than {MOST_PARTS:,} pages of messages")
            parts.append(part)
    except BadJson as error:
        stopped = str(error)
        if cutter.waiting:
            parts.append(cutter.closed())
    return ExportCut(tuple(parts), cutter.chats, stopped)


class _Bytes:
    """The bytes not done with yet, refilled from blocks; `base` is the place of the first of them in the file."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self.data = b""
        self.base = 0
        self.at = 0

    def refill(self, keep: int, most: int) -> bool:
        """Read one block more, forgetting what stands before `keep`; False at the end of the file. Raises BadJson."""
        if len(self.data) - self.at > most:
            raise BadJson(self.base + self.at, f"a value of more than {most:,} bytes")
        block = next(self._blocks, b"")
        if block and keep:
            self.data, self.base, self.at = self.data[keep:], self.base + keep, self.at - keep
        self.data += block
        return bool(block)


class _Cutter:
    """One walk over an export. `waiting` tells whether messages belong to a part that is not closed yet."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._in = _Bytes(blocks)
        self._start: int | None = None
        self._end = 0
        self._first = 0
        self._ids: list[str] = []
        self._day = ""
        self._about: dict[str, JsonText | JsonWord] = {}
        self.chats = 0

    @property
    def waiting(self) -> bool:
        """Whether a part is open."""
        return self._start is not None

    def parts(self) -> Iterator[ExportPart]:
        """Every part in order. Raises BadJson where the form is broken."""
        if self._token()[0] != b"{":
            self._broken("no object")
        yield from self._members(account=True)

    def _members(self, *, account: bool) -> Iterator[ExportPart]:
        """The members of an object whose brace is passed: a chat, or an account's whole export."""
        self._about = {}
        while (name := self._name()) is not None:
            if name == "messages" and self._opens(b"["):
                self.chats += 1
                yield from self._messages()
            elif account and name in ("chats", "left_chats") and self._opens(b"{"):
                while (inner := self._name()) is not None:
                    if inner == "list" and self._opens(b"["):
                        yield from self._listed()
                    else:
                        self._skip()
            elif name in ("name", "type", "id"):
                self._keep(name)
            else:
                self._skip()

    def _listed(self) -> Iterator[ExportPart]:
        """The chats of a list whose bracket is passed."""
        while not self._opens(b"]"):
            if self._opens(b"{"):
                yield from self._members(account=False)
            else:
                self._skip()
            self._comma()

    def _messages(self) -> Iterator[ExportPart]:
        """The parts of an array of messages whose bracket is passed."""
        while not self._opens(b"]"):
            first = self._next()
            is_message = self._in.data[first : first + 1] == b"{"
            self._skip(LONGEST_MESSAGE)
            if is_message:
                first = self._first
                raw = self._in.data[first : self._in.at]
                number, day = _told(raw)
                if self.waiting and self._full(day, first):
                    yield self.closed()
                if not self.waiting:
                    self._start, self._day = self._in.base + first, day
                self._day = self._day or day
                self._ids.append(number)
                self._end = self._in.base + self._in.at
            self._comma()
        if self.waiting:
            yield self.closed()

    def _full(self, day: str, end: int) -> bool:
        """Whether the open part takes no message of `day` more."""
        size = self._in.base + end - (self._start or 0)
        other = bool(day and self._day and day != self._day)
        return other or len(self._ids) >= MOST_MESSAGES or size >= MOST_BYTES

    def closed(self) -> ExportPart:
        """The open part, which is thereby closed."""
        start = self._start or 0
        held = self._in.data[start - self._in.base : self._end - self._in.base]
        name, chat, sort = (self._about.get(key) for key in ("name", "id", "type"))
        part = ExportPart(
            place=Span(start, self._end),
            sha256=hashlib.sha256(held).hexdigest(),
            chat=chat.text[:40] if chat else "",
            name=name.text[:300] if isinstance(name, JsonText) else None,
            name_place=name.token if isinstance(name, JsonText) else None,
            sort=sort.text[:40] if sort else "",
            day=self._day,
            first=self._ids[0],
            last=self._ids[-1],
            messages=len(self._ids),
        )
        self._start, self._day, self._ids = None, "", []
        return part

    def _keep_from(self) -> int:
        """The first byte in memory that is still needed."""
        needed = [self._in.at] + ([self._start - self._in.base] if self._start is not None else [])
        return min(needed)

    def _next(self) -> int:
        """The position of the next byte that is no white space and no comma."""
        while True:
            match = _SPACE.match(self._in.data, self._in.at)
            self._in.at = match.end() if match else self._in.at
            if self._in.at < len(self._in.data):
                return self._in.at
            if not self._in.refill(self._keep_from(), LONGEST_TOKEN):
                self._broken("the file ends")

    def _token(self) -> tuple[bytes, int, int]:
        """The next token and its range in memory, passed over."""
        while True:
            self._next()
            match = TOKEN.match(self._in.data, self._in.at)
            if match and match.end() < len(self._in.data):
                break
            if not self._in.refill(self._keep_from(), LONGEST_TOKEN):
                if match:
                    break
                self._broken("no value")
        first, last = match.span(match.lastgroup or 0)
        self._in.at = match.end()
        return self._in.data[first:last], first, last

    def _opens(self, mark: bytes) -> bool:
        """Pass over `mark` where it stands next."""
        at = self._next()
        if self._in.data[at : at + 1] != mark:
            return False
        self._in.at = at + 1
        return True

    def _comma(self) -> None:
        self._next()

    def _name(self) -> str | None:
        """The next member's name, with its colon passed; None at the end of the object."""
        if self._opens(b"}"):
            return None
        token, first, last = self._token()
        if not token.startswith(b'"') or self._token()[0] != b":":
            self._broken("no name and value")
        return text_of(token, 0, last - first).text

    def _keep(self, name: str) -> None:
        """Note a chat's name, type or number; values of other kinds are passed over."""
        at = self._next()
        if self._in.data[at : at + 1] in (b"{", b"["):
            self._skip()
            return
        token, first, _ = self._token()
        at = self._in.base + first
        if token.startswith(b'"'):
            self._about[name] = text_of(token, 0, len(token), at)
        elif token != b"null":
            self._about[name] = JsonWord(token.decode("ascii", "replace"), Span(at, at + len(token)))

    def _skip(self, most: int | None = None) -> None:
        """Pass over the next value, of at most `most` bytes where given; `_first` is then its beginning in memory."""
        self._first = self._next()
        if self._in.data[self._first : self._first + 1] not in (b"{", b"["):
            self._first = self._token()[1]
            return
        begin = self._in.base + self._first
        self._in.at += 1
        depth = 1
        while depth:
            match = _NESTED.match(self._in.data, self._in.at)
            if match:
                self._in.at = match.end()
                depth += bool(match[1]) - bool(match[2])
            elif not self._more(begin if most else None):
                self._broken("the file ends inside a value")
            if depth > DEEPEST:
                self._broken("nested too deep")
            if most and self._in.base + self._in.at - begin > most:
                raise BadJson(begin, f"a message of more than {most:,} bytes")
        self._first = begin - self._in.base

    def _more(self, begin: int | None) -> bool:
        """One block more, holding what the value from `begin` on, in bytes of the file, and the open part need."""
        keep = self._keep_from()
        if begin is not None:
            keep = min(keep, begin - self._in.base)
        return self._in.refill(keep, LONGEST_TOKEN)

    def _broken(self, reason: str) -> NoReturn:
        raise BadJson(self._in.base + self._in.at, reason)


def _told(raw: bytes) -> tuple[str, str]:
    """The number and the day of a message, each empty where it tells none."""
    try:
        message = json.loads(raw)
        number, moment = message.get("id"), message.get("date")
    except (ValueError, RecursionError):
        try:
            (value,) = values(raw)
        except ValueError:
            return "", ""
        told = value if isinstance(value, dict) else {}
        number, moment = (
            each.text if isinstance(each := told.get(key), JsonText | JsonWord) else "" for key in ("id", "date")
        )
    day = _DAY.match(moment) if isinstance(moment, str) else None
    return str(number)[:40] if isinstance(number, str | int) else "", day.group() if day else ""
