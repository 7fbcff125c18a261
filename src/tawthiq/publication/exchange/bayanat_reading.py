"""Reading Bayanat's JSON: `{"bulletins": [...]}` as it exports it, and as we write it.

Its export writes items in batches of 250 with no comma between two batches (enferno/tasks/exports.py, August 2026), so that a
file of more is no JSON: items are decoded one by one here, and a comma that is missing is supplied and told. An item that
cannot be read is named, and reading goes on with the next one.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tawthiq.records.exchange import ExchangeRead, ExchangeRow

KINDS = ("bulletins", "incidents")
_HEAD = re.compile(r'\ufeff?\s*\{\s*"(bulletins|incidents|actors)"\s*:\s*\[')
_ITEM = re.compile(r'[\]}"\s]\s*,?\s*(\{\s*")')
_BETWEEN = re.compile(r"[\s,]*")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK_END = re.compile(r"(?i)<br\s*/?>|</p>|</div>|</li>")
_DAY = len("2026-01-02")
Item = dict[str, Any]


def is_bayanat(text: str) -> bool:
    """Whether a text begins as an export of Bayanat does."""
    return _HEAD.match(text) is not None


def read_bayanat(text: str) -> ExchangeRead:
    """The bulletins or incidents of an export, a row for each event, or one for an item without events."""
    head = _HEAD.match(text)
    if head is None or head[1] not in KINDS:
        told = "it holds actors, which are no occurrences" if head else "it is no export of bulletins or incidents"
        return ExchangeRead((), (told,))
    notes: list[str] = []
    rows = [row for item in _items(text, head.end(), notes) for row in _rows(item)]
    return ExchangeRead(tuple(rows), tuple(notes))


def _items(text: str, at: int, notes: list[str]) -> Iterator[Item]:
    """The items from `at` on; what is wrong goes to `notes`."""
    decoder, number, missing = json.JSONDecoder(), 0, 0
    while True:
        gap = _BETWEEN.match(text, at)
        start = gap.end() if gap else at
        if start >= len(text):
            notes.append(f"the file breaks off after item {number}")
            break
        if text[start] == "]":
            break
        missing += number > 0 and "," not in text[at:start]
        number += 1
        try:
            value, at = decoder.raw_decode(text, start)
        except (ValueError, RecursionError) as error:
            notes.append(f"item {number} cannot be read ({str(error)[:80]})")
            following = _next(decoder, text, start + 1)
            if following is None:
                break
            at = following
            continue
        if isinstance(value, dict):
            yield value["item"] if isinstance(value.get("item"), dict) else value
        else:
            notes.append(f"item {number} is no record")
    if missing:
        notes.append(f"{missing} commas between items were missing and were supplied")


def _next(decoder: json.JSONDecoder, text: str, at: int) -> int | None:
    """Where the next whole item begins: an object that tells of events, as items do and parts of them do not."""
    for found in _ITEM.finditer(text, at):
        try:
            value, _ = decoder.raw_decode(text, found.start(1))
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and "events" in value and "title" in value:
            return found.start(1)
    return None


def _rows(item: Item) -> Iterator[ExchangeRow]:
    events = [each for each in _list(item, "events") if isinstance(each, Mapping)]
    for number, event in enumerate(events or [{}], start=1):
        identifier = _text(item, "originid") or _text(item, "id")
        kind = event.get("eventtype")
        places = [
            *_titles([event.get("location")]),
            *_titles(_list(item, "locations")),
            *_titles(_list(item, "geoLocations")),
        ]
        link = _text(item, "source_link")
        yield ExchangeRow(
            id=f"{identifier}/{number}" if len(events) > 1 else identifier,
            act=(_text(kind, "title") if isinstance(kind, Mapping) else "") or _text(event, "title"),
            first=_text(event, "from_date")[:_DAY],
            last=_text(event, "to_date")[:_DAY],
            place="; ".join(dict.fromkeys(places)),
            description=" — ".join(part for part in (_text(item, "title"), _plain(_text(item, "description"))) if part),
            speaker="; ".join(dict.fromkeys(_titles(_list(item, "sources")))),
            link="" if link == "NA" else link,
        )


def _titles(records: Sequence[Any]) -> list[str]:
    return [name for each in records if isinstance(each, Mapping) and (name := _text(each, "title"))]


def _list(item: Mapping[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _plain(markup: str) -> str:
    """Words of a description without its markup, on one line."""
    return " ".join(html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", markup))).split())
