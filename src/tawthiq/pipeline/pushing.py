"""Sending what was handed out to a Bayanat server, item by item, so that nothing is sent twice.

The custody log is the memory: each item that a server took is an entry "transferred" with the server, the item's origin and the
number that it has there. An item whose answer never came is logged so, and is sent again only where a person says so.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from tawthiq.capture.bayanat import AnswerLost, ItemRefused, Kind
from tawthiq.publication.exchange.bayanat import BULLETINS, INCIDENTS
from tawthiq.records.log import LogEvent
from tawthiq.records.pushing import PushedItem, PushResult, Sent
from tawthiq.store import ArchiveFolder
from tawthiq.store.custody_events import TRANSFERRED

HOW = "bayanat"


class Server(Protocol):
    """The part of capture.bayanat.Bayanat that sending needs."""

    origin: str

    def create(self, kind: Kind, item: dict[str, Any]) -> int:
        """Create an item; its number there."""


def items_in(folder: Path) -> Iterator[PushedItem]:
    """The items of a folder that publication.exchange.bayanat wrote: bulletins first, then the incidents that point to them."""
    for item in json.loads((folder / BULLETINS).read_bytes())["bulletins"]:
        yield PushedItem("bulletin", item["originid"], item)
    for each in json.loads((folder / INCIDENTS).read_bytes())["incidents"]:
        yield PushedItem("incident", each["key"], each["item"], tuple(each["bulletins"]))


def sent_to(archive: ArchiveFolder, origin: str) -> dict[str, Sent]:
    """What the log says was sent to a server, by the origin of the item; the last entry of each counts."""
    found: dict[str, Sent] = {}
    for entry in archive.entries_with([TRANSFERRED.encode()]):
        event = entry.event
        if (
            event is None
            or event.kind != TRANSFERRED
            or event.facts.get("how") != HOW
            or event.facts.get("to") != origin
        ):
            continue
        number = event.facts.get("number")
        found[event.subject] = Sent(number if type(number) is int else None, str(event.facts.get("sha256", "")))
    return found


def push(
    archive: ArchiveFolder, server: Server, items: Iterable[PushedItem], by: str, *, unsure: bool = False
) -> PushResult:
    """Send the items that the server does not have yet; `unsure` also those whose answer never came.

    Raises CaptureFailed where the server cannot be reached or will not go on: what it took until then is in the log.
    """
    run = _Run(archive, server, by, sent_to(archive, server.origin))
    try:
        for each in items:
            run.take(each, unsure=unsure)
    finally:
        archive.flush()
    return run.result


@dataclass(slots=True)
class _Run:
    """One run against one server: what it has is `known`, and grows."""

    archive: ArchiveFolder
    server: Server
    by: str
    known: dict[str, Sent]
    result: PushResult = field(default_factory=PushResult)

    def take(self, each: PushedItem, *, unsure: bool) -> None:
        """Send an item, or say why not."""
        before = self.known.get(each.origin)
        if before and before.number is not None:
            self.result.there += 1
            self.result.changed += [each.origin] if before.sha256 != _digest(each) else []
        elif before and not unsure:
            self.result.unsure.append(each.origin)
        else:
            self._send(each)

    def _send(self, each: PushedItem) -> None:
        kind: Kind = "bulletin" if each.kind == "bulletin" else "incident"
        try:
            sent = Sent(self.server.create(kind, _tied(each, self.known)), _digest(each))
        except ItemRefused as error:
            self.result.refused.append((each.origin, error.happened))
            return
        except AnswerLost:
            self._log(each, Sent(None, _digest(each)))
            raise
        self._log(each, sent)
        self.known[each.origin] = sent
        self.result.sent += 1

    def _log(self, each: PushedItem, sent: Sent) -> None:
        told: dict[str, object] = {"to": self.server.origin, "how": HOW, "reason": ""}
        told |= {"kind": each.kind, "number": sent.number, "sha256": sent.sha256}
        self.archive.log([LogEvent(TRANSFERRED, datetime.now(UTC), self.by, each.origin, told)])


def _tied(each: PushedItem, known: Mapping[str, Sent]) -> dict[str, Any]:
    """An incident with the numbers of its bulletins there; `check_br` says there that they are given."""
    numbers = [sent.number for origin in each.ties if (sent := known.get(origin)) and sent.number is not None]
    if not numbers:
        return each.item
    return each.item | {"check_br": True, "bulletin_relations": [{"bulletin": {"id": number}} for number in numbers]}


def _digest(each: PushedItem) -> str:
    return hashlib.sha256(json.dumps(each.item, sort_keys=True).encode()).hexdigest()
