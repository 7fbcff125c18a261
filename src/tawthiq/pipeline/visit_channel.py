"""Visiting a public channel of Telegram page by page: the newest messages, then older ones that are not held yet.

What each kept page answers for is logged with it (`messages`: the lowest and highest number), so the next visit asks only
for what lies between the pages that are held, and goes on further back, until it has come to the first message.
"""

from collections.abc import Iterator
from dataclasses import replace

from tawthiq.capture.address import Address, parse
from tawthiq.capture.channels import ChannelPage, before_in, channel_name, channel_page, newest_page, older_page
from tawthiq.pipeline.collect_outcome import Outcome, State
from tawthiq.pipeline.payload import decoded
from tawthiq.pipeline.revisiting import Visit
from tawthiq.pipeline.visit_lists import Visiting
from tawthiq.records.capture import Exchange
from tawthiq.records.errors import TawthiqError
from tawthiq.store import ArchiveFolder, StoredRecord
from tawthiq.store.events import CAPTURED

MESSAGES = "messages"
Span = tuple[int, int]


def channel_outcomes(visiting: Visiting, given: str) -> Iterator[Outcome]:
    """What becomes of a channel's pages; at most `items` of them are asked for, the newest included."""
    address = parse(given)
    name = channel_name(address)
    visit = Visit({}, describe=lambda answer: _described(answer, name))
    newest = visiting.asked(newest_page(address), visit)
    page = _page(visiting, newest, name)
    if page.last is None and newest.state is not State.FAILED:
        note = "no messages are on it: the channel has none, or shows none without an account"
        newest = replace(newest, notes=(*newest.notes, note))
    yield newest
    held = _held(visiting.archive, address)
    before = _next(held, page.older)
    for _ in range(visiting.wish.items - 1):
        if before is None:
            return
        outcome = visiting.asked(older_page(address, before), visit)
        yield outcome
        page = _page(visiting, outcome, name)
        if page.first is None or page.first >= before:
            return
        held.append((page.first, before - 1))
        before = _next(held, page.older)


def _next(held: list[Span], before: int | None) -> int | None:
    """The number before which to ask next: past everything that is held already; None at the first message."""
    while before is not None and before > 1:
        lowest = min((first for first, last in held if first < before <= last + 1), default=before)
        if lowest == before:
            return before
        before = lowest
    return None


def _page(visiting: Visiting, outcome: Outcome, name: str | None) -> ChannelPage:
    """The messages of the page that an outcome is about; of one that failed, none."""
    if outcome.state is State.FAILED or not outcome.captures:
        return ChannelPage(None, None, None)
    try:
        return channel_page(visiting.payload(outcome.captures[0]), name)
    except TawthiqError:
        return ChannelPage(None, None, None)


def _described(answer: Exchange, name: str | None) -> dict[str, object]:
    """Which messages an answer holds, as it is logged with it."""
    try:
        page = channel_page(
            decoded(StoredRecord(None, answer.response_headers, answer.payload, answer.truncated)), name
        )
    except TawthiqError:
        return {}
    return {} if page.first is None else {MESSAGES: [page.first, page.last]}


def _held(archive: ArchiveFolder, address: Address) -> list[Span]:
    """The spans of messages that the kept pages of a channel answer for."""
    spans: list[Span] = []
    start = newest_page(address)
    for entry in archive.entries():
        if entry.event is None or entry.event.kind != CAPTURED:
            continue
        facts = entry.event.facts.get("facts")
        stated = facts.get(MESSAGES) if isinstance(facts, dict) else None
        url = str(facts.get("address", "")) if isinstance(facts, dict) else ""
        if not isinstance(stated, list) or len(stated) != 2 or url.partition("?")[0] != start:
            continue
        first, last = stated
        if isinstance(first, int) and isinstance(last, int) and first <= last:
            before = before_in(url)
            spans.append((first, last if before is None else max(last, before - 1)))
    return spans
