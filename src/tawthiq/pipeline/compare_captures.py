"""A new capture of an address compared with the one before it: what a person is told, and what is logged of it.

Pages are compared as the program alone takes them apart, so that the comparison depends on evidence only. The event
(kind `compared`, subject the new capture) holds identifiers, digests and counts of words, never words: what changed can be
shown from the two captures at any time. Comparing never costs a capture: whatever fails becomes the reason why it was not.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tawthiq.page.aligning import tokens
from tawthiq.page.changes import changes
from tawthiq.pipeline.document_items import Recognizing
from tawthiq.pipeline.read_capture import Item, NotAPage, page_item
from tawthiq.pipeline.record_place import ordinal_in
from tawthiq.records.capture import Capture
from tawthiq.records.change import CaptureChange, How, PageChange, ServerChange
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEvent
from tawthiq.records.page import Page
from tawthiq.store import ArchiveFolder

COMPARED = "compared"
GONE = frozenset({404, 410, 451})
_WORDLESS = Recognizing(sheets=False)  # recognizing characters takes minutes; a comparison may wait for a person to ask


def compared_with(archive: ArchiveFolder, before: Capture, after: Capture) -> CaptureChange:
    """The comparison of two captures of one address in `archive`."""
    if before.sha256 == after.sha256:
        return change_of(before, after, None)
    pages = [_page(archive, capture) for capture in (before, after)]
    return change_of(before, after, pages)


def change_of(before: Capture, after: Capture, pages: Sequence[Page | NotAPage | TawthiqError] | None) -> CaptureChange:
    """The comparison, given the pages of both captures or why there is none; None where they need not be looked at."""
    page, reason = None, ""
    if pages and before.sha256 != after.sha256:
        old, new = pages
        if isinstance(old, Page) and isinstance(new, Page):
            page = changes(old, new)
        else:
            reason = next(_why(each) for each in pages if not isinstance(each, Page))
    same = before.sha256 == after.sha256
    return CaptureChange(
        before=before.id,
        after=after.id,
        digests=(before.sha256, after.sha256),
        how=How.BYTES if same else page.how if page else How.UNTOLD,
        server=_server(before, after),
        gone=after.status in GONE and before.status not in GONE,
        page=page,
        reason=reason,
    )


def log_comparison(archive: ArchiveFolder, before: Capture, after: Capture) -> tuple[str, ...]:
    """Compare, log the short result, and tell the person what changed. Never raises: the new capture is kept already."""
    told = f"compared with {before.id} of {before.collected.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    try:
        change = compared_with(archive, before, after)
        actor = archive.settings.collector
        archive.log([LogEvent(COMPARED, datetime.now(UTC), actor, after.id, facts_of(change))])
    except Exception as error:
        return (f"{told}: it could not be compared ({type(error).__name__}: {str(error)[:200]})",)
    return tuple(f"{told}: {words}" for words in in_words(change))


def facts_of(change: CaptureChange) -> dict[str, Any]:
    """The event's facts: no word of either page."""
    counted = {part: counts(change.page, part) for part in change.page.parts} if change.page else {}
    return {
        "before": change.before,
        "after": change.after,
        "sha256_before": change.digests[0],
        "sha256_after": change.digests[1],
        "how": change.how.value,
        "gone": change.gone,
        "server": [each.name for each in change.server],
        "words": {part: {"removed": removed, "added": added} for part, (removed, added) in counted.items()},
        "surroundings": bool(change.page and change.page.surroundings),
        "reason": change.reason,
    }


def counts(page: PageChange, part: str) -> tuple[int, int]:
    """How many words and marks of a part were removed, and how many added."""
    passages = [passage for passage in page.passages if passage.part == part]
    removed = sum(len(tokens(passage.removed)) for passage in passages)
    return removed, sum(len(tokens(passage.added)) for passage in passages)


def in_words(change: CaptureChange) -> list[str]:
    """What a person is told, in English, a remark each."""
    told = []
    facts = {each.name: each for each in change.server}
    if "status" in facts:
        before, after = facts["status"].before, facts["status"].after
        told.append(
            f"the page is gone: {after} (before: {before})" if change.gone else f"status {before} became {after}"
        )
    if "final" in facts:
        told.append(f"it is answered from {facts['final'].after} now (before: {facts['final'].before})")
    if "kind" in facts:
        told.append(
            "one was collected with a browser or another tool, the other not: some differences may come from that"
        )
    if change.how is How.BYTES:
        told.append("the same bytes")
    elif change.how is How.TEXT:
        told.append("the same text in other bytes")
    elif change.how is How.REPORT:
        told.append("the report is the same; what stands around it changed")
    elif change.page:
        told.append("changed: " + "; ".join(_part(change.page, part) for part in change.page.parts))
    elif not change.gone:
        told.append(f"other bytes; the text was not compared ({change.reason})")
    return told


def _part(page: PageChange, part: str) -> str:
    if part in page.too_long:
        return f"{part} (too long to be compared in detail)"
    removed, added = counts(page, part)
    return f"{part} (words removed: {removed}, added: {added})"


def _page(archive: ArchiveFolder, capture: Capture) -> Page | NotAPage | TawthiqError:
    try:
        item = Item(0, capture, archive.path, ordinal_in(archive, capture), recognize=_WORDLESS)
        return page_item(item)
    except TawthiqError as error:
        return error


def _why(page: Page | NotAPage | TawthiqError) -> str:
    if isinstance(page, NotAPage):
        return page.reason
    return page.happened if isinstance(page, TawthiqError) else ""


def _server(before: Capture, after: Capture) -> tuple[ServerChange, ...]:
    """What differs in the answers and how they were collected; an address that leads on to itself is no difference."""
    pairs = (
        ("status", str(before.status or ""), str(after.status or "")),
        ("final", before.final, after.final),
        ("content_type", _media_type(before), _media_type(after)),
        ("kind", before.kind.value, after.kind.value),
    )
    led_on = before.final != before.source or after.final != after.source
    return tuple(ServerChange(name, old, new) for name, old, new in pairs if old != new and (name != "final" or led_on))


def _media_type(capture: Capture) -> str:
    return (capture.content_type or "").partition(";")[0].strip().lower()
