"""A person's decision about a page as JSON values, both ways: the form whose digest the custody log keeps.

The text itself is kept beside it; the JSON holds its digest. Offsets are code points of the text.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tawthiq.page.contract import date_from_json, date_to_json
from tawthiq.page.painting import is_partition
from tawthiq.records.correction import Baseline, CorrectionKind, PageCorrection
from tawthiq.records.errors import EvidenceDiffers
from tawthiq.records.page import Comment, Zone, ZoneKind
from tawthiq.records.span import Span

SCHEMA = "tawthiq/page-correction/1"
REASONS = {CorrectionKind.CORRECTED: "a person's correction", CorrectionKind.CONFIRMED: "confirmed by a person"}
_TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def correction_to_json(correction: PageCorrection) -> dict[str, Any]:
    """The JSON object of a decision."""
    span = correction.published_span
    return {
        "schema": SCHEMA,
        "capture": correction.capture,
        "payload_sha256": correction.payload_sha256,
        "text_sha256": correction.text_sha256,
        "kind": correction.kind.value,
        "zones": [[zone.kind.value, zone.span.start, zone.span.end] for zone in correction.zones],
        "title": correction.title,
        "byline": correction.byline,
        "agency": correction.agency,
        "published": date_to_json(correction.published),
        "published_span": [span.start, span.end] if span else None,
        "comments": [
            {"author": comment.author, "date": comment.date, "start": comment.span.start, "end": comment.span.end}
            for comment in correction.comments
        ],
        "note": correction.note,
        "by": correction.by,
        "at": correction.at.astimezone(UTC).strftime(_TIME),
        "baseline": {
            "reader": correction.baseline.reader,
            "body_f1": correction.baseline.body_f1,
            "differs": list(correction.baseline.differs),
        },
    }


def correction_from_json(value: Mapping[str, Any], text: str) -> PageCorrection:
    """The decision that a JSON object and its text hold.

    Raises EvidenceDiffers when they do not belong together or break the form: such a row was changed by other hands.
    """
    item = f"the correction of {value.get('capture')}"
    try:
        correction = _correction(value, text)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _broken(item, f"it is not in its own form ({error})") from error
    if correction.text_sha256 != value["text_sha256"]:
        raise _broken(item, "its text is not the text that was corrected")
    if not is_partition(correction.zones, len(text)):
        raise _broken(item, "its zones do not cover its text")
    return correction


def _correction(value: Mapping[str, Any], text: str) -> PageCorrection:
    if value["schema"] != SCHEMA:
        raise ValueError(f"the schema is {value['schema']!r}, not {SCHEMA!r}")
    kind = CorrectionKind(value["kind"])
    span, baseline = value["published_span"], value["baseline"]
    return PageCorrection(
        capture=str(value["capture"]),
        payload_sha256=str(value["payload_sha256"]),
        text=text,
        kind=kind,
        zones=tuple(Zone(ZoneKind(name), Span(start, end), REASONS[kind]) for name, start, end in value["zones"]),
        title=value["title"],
        byline=value["byline"],
        agency=value["agency"],
        published=date_from_json(value["published"]),
        published_span=Span(*span) if span else None,
        comments=tuple(Comment(c["author"], c["date"], Span(c["start"], c["end"])) for c in value["comments"]),
        note=str(value["note"]),
        by=str(value["by"]),
        at=datetime.strptime(value["at"], _TIME).replace(tzinfo=UTC),
        baseline=Baseline(str(baseline["reader"]), float(baseline["body_f1"]), tuple(baseline["differs"])),
    )


def _broken(item: str, happened: str) -> EvidenceDiffers:
    return EvidenceDiffers(
        item=item,
        happened=happened,
        advice="restore the database from a backup, or withdraw this correction and make it again",
    )
