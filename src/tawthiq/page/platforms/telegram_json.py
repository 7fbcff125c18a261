"""One part of a Telegram Desktop export (result.json) as a page of posts, each character with its bytes in the export.

Pure. The text is what the messages say, in the order of the export: the chat's name, then for each message its number, who
wrote it, when, what it forwards or answers, its words with all formatting taken off, and what is attached. Zones are those
of other chats (`zones`): every message is its author's post and body; who and when are byline and date; numbers, remarks of
the service and attachments are other. A value of a kind that Telegram does not write is passed over, the rest is read.

Time: `date` is the wall clock of the computer that made the export. Its distance from UTC is told only where `date_unixtime`
stands beside it and both agree to a quarter of an hour (no zone is guessed).
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tawthiq.page.json_source import BadJson, JsonText, JsonValue, JsonWord, values
from tawthiq.page.metadata import iso_date
from tawthiq.page.painting import Canvas
from tawthiq.page.report import report_language
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.export import ExportPart
from tawthiq.records.page import DateSource, Page, PageDate, Post, ZoneKind
from tawthiq.records.pointer import Pointer
from tawthiq.records.span import Span

Piece = tuple[JsonText | JsonWord, ZoneKind, str]
_QUARTER = 15 * 60
_MOST_HOURS = 14
_LONGEST_PATH = 300
_ATTACHED = (
    "photo", "file", "thumbnail", "media_type", "sticker_emoji", "file_name", "mime_type", "title", "performer",
    "contact_vcard", "place_name", "address", "game_title", "game_description", "game_link", "via_bot",
)  # fmt: skip
_ATTACHED_INSIDE = {
    "poll": ("question", "answers"), "location_information": ("latitude", "longitude"), "answers": ("text",),
    "contact_information": ("first_name", "last_name", "phone_number"), "todo_list": ("title", "items"), "items": ("text",),
    "question": ("text",), "invoice_information": ("title", "description", "amount", "currency"),
}  # fmt: skip
_MEDIA = ("photo", "file", "thumbnail", "contact_vcard")
_REMARK = (
    "action", "title", "new_title", "members", "inviter", "information_text", "from", "to", "distance", "duration_seconds",
    "duration", "discard_reason", "message_id", "game_message_id", "score", "amount", "currency", "values", "period",
    "schedule_date", "emoticon", "reason_app_name", "reason_domain", "text",
)  # fmt: skip
_NUMBER = "the number of the message"
_WROTE = "the account that posted"
_MOMENT = "the moment of posting"
_EDITED = "when the message was edited"
_ORIGIN = "forwarded from"
_ANSWERED = "the number of the message that this one answers"
ATTACHED_REASON = "what is attached to a message"
"""The reason of zones that hold what is attached, names of files among it."""
_SIGNED = "who signed the message"
_BY = ((("from",), ("from_id",)), (("actor",), ("actor_id",)))  # of messages, of remarks of the service
_SERVICE = "a remark of the service between messages"


@dataclass(frozen=True, slots=True)
class TelegramPage:
    """A part taken apart: its page, the files that its messages name (`attached`), and the bytes of each character."""

    page: Page
    attached: tuple[str, ...]
    places: tuple[tuple[int, JsonText | JsonWord], ...]

    def pointers(self, span: Span) -> tuple[Pointer, ...]:
        """Where the characters of `span` stand in the preserved export; line ends between values come from nowhere.

        Raises ValueError when the span ends after the text.
        """
        if span.end > len(self.page.text):
            raise ValueError(f"span {span.start}..{span.end} ends after the text ({len(self.page.text)} code points)")
        found = []
        first = max(0, bisect_right(self.places, span.start, key=lambda place: place[0]) - 1)
        for start, value in self.places[first:]:
            if start >= span.end:
                break
            begin, end = max(span.start, start), min(span.end, start + len(value.text))
            if begin < end:
                place = _source(value, begin - start, end - start)
                found.append(Pointer(Span(begin, end), None, None, (), place, None))
        return tuple(found)


def _source(value: JsonText | JsonWord, start: int, end: int) -> Span:
    if isinstance(value, JsonText):
        return value.source(start, end)
    return Span(value.token.start + start, value.token.start + end)


def telegram_page(data: bytes, part: ExportPart, *, id: str) -> TelegramPage:  # noqa: A002 (the contract's name)
    """The page that `data`, the bytes of `part`, holds. Raises UnreadableCapture, naming `id`, when they are no JSON."""
    try:
        messages = values(data, part.place.start)
    except BadJson as error:
        raise UnreadableCapture(
            item=id,
            happened=f"its messages are no JSON ({error})",
            advice="the export stays in evidence as it is; look at it with other tools",
        ) from error
    writer = _Writer()
    if part.name and part.name_place:
        writer.name(part.name, part.name_place)
    for message in messages:
        if isinstance(message, dict):
            writer.message(message)
    return writer.page(part, id)


class _Writer:
    """The text in the making."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._length = 0
        self._places: list[tuple[int, JsonText | JsonWord]] = []
        self._paints: list[tuple[int, int, ZoneKind, str]] = []
        self._posts: list[Post] = []
        self._attached: list[str] = []
        self._odd = 0

    def name(self, name: str, place: Span) -> None:
        """The chat's name, above its messages. Its bytes lie outside the part; only the whole string is placed."""
        told = JsonText(name, place, (0,), ((place.start, place.end, False),))
        self._line((told, ZoneKind.BYLINE, "the account that the page shows"))

    def message(self, message: dict[str, JsonValue]) -> None:
        """One message, read as far as its values are of the kinds that Telegram writes."""
        if self._length:
            self._break()
        sort = _text(message, "type")
        author, number = (_one(message, *keys) for keys in _BY[sort == "service"])
        moment = _one(message, "date")
        origin = _one(message, "forwarded_from", "saved_from")
        for value, kind, reason in (
            (_one(message, "id"), ZoneKind.OTHER, _NUMBER),
            (author, ZoneKind.BYLINE, _WROTE),
            (number, ZoneKind.BYLINE, _WROTE),
            (_one(message, "author"), ZoneKind.BYLINE, _SIGNED),
            (moment, ZoneKind.DATE, _MOMENT),
            (_one(message, "edited"), ZoneKind.OTHER, _EDITED),
            (origin, ZoneKind.BYLINE, _ORIGIN),
            (_one(message, "reply_to_message_id"), ZoneKind.OTHER, _ANSWERED),
        ):
            if value is not None:
                self._line((value, kind, reason))
        if sort != "message":
            self._remark(message)
            return
        words = list(_flat(message.get("text")))
        self._odd += "text" in message and not words and message["text"] != [] and _text(message, "text") is None
        span = self._words(words, "words that the account forwarded" if origin else "the words of a message")
        if span:
            told = moment.text if moment else None
            published = _dated(told, _text(message, "date_unixtime"))
            self._posts.append(
                Post(author.text if author else None, number.text if number else None, told, published, span)
            )
        self._attachments(message)

    def _remark(self, message: dict[str, JsonValue]) -> None:
        """What the service says between messages, and messages of a sort that the export cannot hold ("unsupported")."""
        if _text(message, "type") != "service":
            self._inside(message, ("type",), _SERVICE)
        self._inside(message, _REMARK, _SERVICE)
        self._name_files(message)
        self._inside(message, ("photo",), ATTACHED_REASON)

    def _attachments(self, message: dict[str, JsonValue]) -> None:
        self._name_files(message)
        self._inside(message, (*_ATTACHED, *_ATTACHED_INSIDE), ATTACHED_REASON)

    def _name_files(self, message: dict[str, JsonValue]) -> None:
        for key in _MEDIA:
            path = message.get(key)
            if isinstance(path, JsonText) and is_file_path(path.text):
                self._attached.append(path.text)

    def _inside(self, values: dict[str, JsonValue], keys: tuple[str, ...], reason: str) -> None:
        """The values under `keys`, and under the keys that belong to those that are objects or lists of them."""
        for key in keys:
            value = values.get(key)
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, dict) and key in _ATTACHED_INSIDE:
                    self._inside(each, _ATTACHED_INSIDE[key], reason)
                elif isinstance(each, JsonText | JsonWord) and each.text not in ("", "null"):
                    self._line((each, ZoneKind.OTHER, reason))

    def _words(self, words: list[JsonText], reason: str) -> Span | None:
        """The words of a message on lines of their own; their range without white space at its edges."""
        if not any(value.text.strip() for value in words):
            return None
        start = self._length
        for value in words:
            self._add(value)
        text = "".join(value.text for value in words)
        begin = start + len(text) - len(text.lstrip())
        end = start + len(text.rstrip())
        self._paints.append((begin, end, ZoneKind.BODY, reason))
        self._break()
        return Span(begin, end)

    def _line(self, piece: Piece) -> None:
        value, kind, reason = piece
        if value.text:
            self._paints.append((self._length, self._length + len(value.text), kind, reason))
            self._add(value)
            self._break()

    def _add(self, value: JsonText | JsonWord) -> None:
        self._places.append((self._length, value))
        self._texts.append(value.text)
        self._length += len(value.text)

    def _break(self) -> None:
        self._texts.append("\n")
        self._length += 1

    def page(self, part: ExportPart, item: str) -> TelegramPage:
        """All of it as a page."""
        text = "".join(self._texts).rstrip("\n")
        canvas = Canvas(text)
        for paint in self._paints:
            canvas.paint(*paint)
        zones = canvas.zones()
        notes = [f"{part.messages} messages of a Telegram export, numbers {part.first} to {part.last}"]
        if self._odd:
            notes.append(f"{self._odd} messages have a text of a kind that Telegram does not write; it was not read")
        page = Page(
            id=item,
            language=report_language(text, zones),
            text=text,
            zones=zones,
            title=None,
            byline=None,
            agency=None,
            published=_day_of(self._posts),
            published_metadata=None,
            outlet=part.name,
            comments=(),
            encoding="utf-8",
            notes=tuple(notes),
            posts=tuple(self._posts),
        )
        return TelegramPage(page, tuple(dict.fromkeys(self._attached)), tuple(self._places))


def is_file_path(words: str) -> bool:
    """Whether a value names a file beside result.json ("photos/photo_1.jpg"), rather than saying that there is none."""
    return "/" in words and not words.startswith(("(", "/")) and len(words) < _LONGEST_PATH


def _one(message: dict[str, JsonValue], *keys: str) -> JsonText | JsonWord | None:
    """The first of the values that is text or a number; None where there is none, or it is null or empty."""
    for key in keys:
        value = message.get(key)
        if isinstance(value, JsonText | JsonWord) and value.text not in ("", "null"):
            return value
    return None


def _text(message: dict[str, JsonValue], key: str) -> str | None:
    value = message.get(key)
    return value.text if isinstance(value, JsonText | JsonWord) else None


def _flat(value: JsonValue | None) -> Iterator[JsonText]:
    """The strings of a text: a string, or a list of strings and of objects with a "text" (formatted stretches)."""
    for each in value if isinstance(value, list) else [value]:
        words = each.get("text") if isinstance(each, dict) else each
        if isinstance(words, JsonText):
            yield words


def _dated(moment: str | None, seconds: str | None) -> PageDate | None:
    """The moment as displayed, with its distance from UTC where the export proves it."""
    told = iso_date(moment) if moment else None
    if told is None:
        return None
    told = replace(told, source=DateSource.VISIBLE)
    if told.clock is None:
        return told
    if seconds is None or not seconds.isascii() or not seconds.isdigit() or len(seconds) > 11:
        return told
    wall = datetime.combine(told.day, told.clock, UTC)
    apart = int(wall.timestamp()) - int(seconds)
    if told.zone is not None or apart % _QUARTER or abs(apart) > _MOST_HOURS * 3600:
        return told
    minutes = abs(apart) // 60
    return replace(told, zone=f"{'-' if apart < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}")


def _day_of(posts: list[Post]) -> PageDate | None:
    """The one day on which all posts were written, told from the first; None where they tell several, or none."""
    dated = [post.published for post in posts if post.published]
    if not dated or len({one.day for one in dated}) > 1 or len(dated) < len(posts):
        return None
    return dated[0] if len(dated) == 1 else replace(dated[0], clock=None, zone=None, text=dated[0].day.isoformat())
