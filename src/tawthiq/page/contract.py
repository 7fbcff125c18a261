"""page/1 as JSON values, both ways (docs/contracts.md). Offsets are code points of `text`."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from tawthiq.page.painting import is_partition
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.page import Comment, DateSource, Page, PageDate, Post, Sheet, SheetOrigin, Zone, ZoneKind
from tawthiq.records.span import Span

SCHEMA = "tawthiq/page/1"


def page_to_json(page: Page) -> dict[str, object]:
    """The JSON object of a page. Beyond the contract: `reason` of each zone, `encoding` and `notes`."""
    return {
        "schema": SCHEMA,
        "id": page.id,
        "language": page.language,
        "text": page.text,
        "zones": [
            {"kind": zone.kind.value, "start": zone.span.start, "end": zone.span.end, "reason": zone.reason}
            for zone in page.zones
        ],
        "title": page.title,
        "byline": page.byline,
        "agency": page.agency,
        "published": date_to_json(page.published),
        "published_metadata": date_to_json(page.published_metadata),
        "outlet": page.outlet,
        "body": page.body,
        "comments": [
            {"author": comment.author, "date": comment.date, "start": comment.span.start, "end": comment.span.end}
            for comment in page.comments
        ],
        "encoding": page.encoding,
        "notes": list(page.notes),
        "updated": date_to_json(page.updated),
        "updated_metadata": date_to_json(page.updated_metadata),
        "posts": [_post_to_json(post) for post in page.posts],
        "sheets": [_sheet_to_json(sheet) for sheet in page.sheets],
    }


def page_from_json(value: Mapping[str, Any]) -> Page:
    """The page that a page/1 object holds. Raises UnreadableInput when it breaks the contract."""
    item = str(value.get("id", "page"))
    if value.get("schema") != SCHEMA:
        raise _bad(item, f"the schema is {value.get('schema')!r}, not {SCHEMA!r}")
    try:
        page = _page(value)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _bad(item, f"a field is missing or wrong ({error})") from error
    parts: list[Comment | Post | Sheet] = [*page.comments, *page.posts, *page.sheets]
    if not is_partition(page.zones, len(page.text)) or any(part.span.end > len(page.text) for part in parts):
        raise _bad(item, "its zones do not cover its text")
    return page


def _page(value: Mapping[str, Any]) -> Page:
    return Page(
        id=str(value["id"]),
        language=str(value["language"]),
        text=str(value["text"]),
        zones=tuple(
            Zone(ZoneKind(z["kind"]), Span(z["start"], z["end"]), str(z.get("reason", ""))) for z in value["zones"]
        ),
        title=value["title"],
        byline=value["byline"],
        agency=value["agency"],
        published=date_from_json(value["published"]),
        published_metadata=date_from_json(value.get("published_metadata")),
        outlet=value["outlet"],
        comments=tuple(Comment(c["author"], c["date"], Span(c["start"], c["end"])) for c in value["comments"]),
        encoding=str(value.get("encoding", "utf-8")),
        notes=tuple(value.get("notes", ())),
        updated=date_from_json(value.get("updated")),
        updated_metadata=date_from_json(value.get("updated_metadata")),
        posts=tuple(_post_from_json(post) for post in value.get("posts", ())),
        sheets=tuple(_sheet_from_json(sheet) for sheet in value.get("sheets", ())),
    )


def _post_to_json(post: Post) -> dict[str, object]:
    return {
        "account": post.account,
        "handle": post.handle,
        "moment": post.moment,
        "published": date_to_json(post.published),
        "start": post.span.start,
        "end": post.span.end,
    }


def _post_from_json(value: Mapping[str, Any]) -> Post:
    return Post(
        account=value["account"],
        handle=value["handle"],
        moment=value["moment"],
        published=date_from_json(value["published"]),
        span=Span(value["start"], value["end"]),
    )


def _sheet_to_json(sheet: Sheet) -> dict[str, object]:
    return {
        "number": sheet.number,
        "label": sheet.label,
        "start": sheet.span.start,
        "end": sheet.span.end,
        "origin": sheet.origin.value,
        "confidence": sheet.confidence,
    }


def _sheet_from_json(value: Mapping[str, Any]) -> Sheet:
    return Sheet(
        number=int(value["number"]),
        label=value["label"],
        span=Span(value["start"], value["end"]),
        origin=SheetOrigin(value["origin"]),
        confidence=value["confidence"],
    )


def date_to_json(value: PageDate | None) -> dict[str, object] | None:
    """The JSON object of a date as page/1 has it; None for none."""
    if value is None:
        return None
    found: dict[str, object] = {"date": value.day.isoformat()}
    if value.clock:
        found["time"] = value.clock.isoformat()
    if value.zone:
        found["zone"] = value.zone
    return found | {"from": value.source.value, "text": value.text}


def date_from_json(value: Mapping[str, Any] | None) -> PageDate | None:
    """The date that such an object holds. Raises KeyError or ValueError where it breaks the contract."""
    if value is None:
        return None
    clock = time.fromisoformat(value["time"]) if value.get("time") else None
    return PageDate(
        date.fromisoformat(value["date"]), clock, value.get("zone"), DateSource(value["from"]), str(value["text"])
    )


def _bad(item: str, happened: str) -> UnreadableInput:
    return UnreadableInput(item=item, happened=happened, advice="write the page again with `tawthiq page`")
