"""The custody log's entries taken in as rows, from where the last time ended; erased ones lose what they said.

An entry speaks of every item whose identifier stands anywhere in its subject or its facts, also inside of a path, and of the
incidents that were handed out: whoever may not see one of these must not see the entry.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction

from tawthiq.archive.models import LogAct, LogActItem
from tawthiq.records.log import LogEntry
from tawthiq.store import ArchiveFolder
from tawthiq.store.printing import printable

AT_ONCE = 500
MOST_ITEMS = 1024
_ITEM = re.compile(r"\d{8}T\d{12}Z-[0-9a-f]{8}")
_CASEWORK = re.compile(r"(?:case|incident|person|pair|report):[^\s\"]{1,100}")


def take_in_log(folder: ArchiveFolder) -> None:
    """Give every entry of the log its row. Two processes at once are no harm: whoever comes second leaves it."""
    _forget_erased(folder)
    last = LogAct.objects.order_by("-index").first()
    entries = folder.entries(last.index + 1 if last else 0)
    while batch := list(islice(entries, AT_ONCE)):
        try:
            with transaction.atomic():
                LogAct.objects.bulk_create([_row(entry) for entry in batch])
                LogActItem.objects.bulk_create([row for entry in batch for row in _items(entry)])
        except IntegrityError:
            return


def item_names(entry: LogEntry) -> list[str]:
    """What an entry speaks of, each once, in the order in which it stands there; `MOST_ITEMS` at most."""
    if entry.event is None:
        return []
    found: dict[str, None] = {}
    for text in (entry.event.subject, *_texts(entry.event.facts)):
        found.update(dict.fromkeys(_ITEM.findall(text)))
        found.update(dict.fromkeys(_CASEWORK.findall(text)))
    handed_out = entry.event.facts.get("incidents")
    if isinstance(handed_out, list):
        found.update({f"incident:{number}": None for number in handed_out if type(number) is int})
    return list(found)[:MOST_ITEMS]


def base_of(item: str) -> str:
    """The part of an item's identifier by which entries are found: several captures of one act of collecting share it."""
    match = _ITEM.search(item)
    return match[0] if match else item


def _texts(value: Any) -> Iterator[str]:
    """Every text in the facts of an event, keys left out."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting.extend(reversed(list(each.values())))
        elif isinstance(each, list):
            waiting.extend(reversed(each))


def _row(entry: LogEntry) -> LogAct:
    event, leaf = entry.event, entry.leaf.hex()
    if event is None:
        return LogAct(index=entry.index, kind="", leaf=leaf, erased=True)
    return LogAct(
        index=entry.index,
        kind=event.kind,
        actor=printable(event.actor),
        subject=printable(event.subject),
        at=event.time,
        leaf=leaf,
    )


def _items(entry: LogEntry) -> list[LogActItem]:
    return [
        LogActItem(key=entry.index * MOST_ITEMS + place, act_id=entry.index, item=name)
        for place, name in enumerate(item_names(entry))
    ]


def _forget_erased(folder: ArchiveFolder) -> None:
    """Take out of the rows what entries said that were erased since."""
    gone = [index for erasure in folder.erasures() for index in erasure.entries]
    for begin in range(0, len(gone), AT_ONCE):
        some = gone[begin : begin + AT_ONCE]
        with transaction.atomic():
            LogActItem.objects.filter(act__in=some).delete()
            LogAct.objects.filter(index__in=some, erased=False).update(
                kind="", actor="", subject="", at=None, erased=True
            )
