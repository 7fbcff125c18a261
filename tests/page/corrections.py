"""Pages and decisions made by hand for the tests of corrections: our own wording, nobody real."""

from datetime import UTC, date, datetime
from typing import Any

from tawthiq.records.correction import Baseline, CorrectionKind, PageCorrection
from tawthiq.records.page import Comment, DateSource, Page, PageDate, Zone, ZoneKind
from tawthiq.records.span import Span

PARTS = (
    (ZoneKind.NAVIGATION, "الرئيسية | أخبار\n"),
    (ZoneKind.TITLE, "قصف على سوق البلدة\n"),
    (ZoneKind.DATE, "15 آذار 2016\n"),
    (ZoneKind.BODY, "قال ناشطون إن القصف أدى إلى مقتل أربعة مدنيين في السوق يوم الاثنين."),
    (ZoneKind.AD, "\nاشترك في نشرتنا\n"),
    (ZoneKind.BODY, "ولم تعلن أي جهة مسؤوليتها حتى مساء اليوم نفسه."),
    (ZoneKind.COMMENT, "\nزائر\nكلام كراهية لا يعاد نشره\n"),
    (ZoneKind.RELATED, "اقرأ أيضا خبر آخر"),
)
METADATA = PageDate(date(2016, 3, 15), None, "+03:00", DateSource.METADATA, "2016-03-15T10:00:00+03:00")
SHOWN = PageDate(date(2016, 3, 15), None, None, DateSource.VISIBLE, "15 آذار 2016")


def zones_of(parts: tuple[tuple[ZoneKind, str], ...], reason: str = "rule") -> tuple[Zone, ...]:
    zones, at = [], 0
    for kind, text in parts:
        zones.append(Zone(kind, Span(at, at + len(text)), reason))
        at += len(text)
    return tuple(zones)


def span_of(text: str, part: str) -> Span:
    """Where `part` stands first; nowhere is the beginning."""
    at = max(0, text.find(part))
    return Span(at, at + len(part))


def page_of(parts: tuple[tuple[ZoneKind, str], ...] = PARTS, **facts: Any) -> Page:
    usual: dict[str, Any] = {
        "id": "c-1", "language": "ar", "title": "قصف على سوق البلدة", "byline": None, "agency": None, "published": SHOWN,
        "published_metadata": METADATA, "outlet": None, "comments": (), "encoding": "utf-8", "notes": (),
    }  # fmt: skip
    return Page(text="".join(text for _, text in parts), zones=zones_of(parts), **{**usual, **facts})


def decided(parts: tuple[tuple[ZoneKind, str], ...] = PARTS, **facts: Any) -> PageCorrection:
    text = "".join(part for _, part in parts)
    usual: dict[str, Any] = {
        "capture": "c-1", "payload_sha256": "ab" * 32, "text": text, "kind": CorrectionKind.CORRECTED,
        "zones": zones_of(parts, "a person's correction"), "title": "قصف على سوق البلدة", "byline": None, "agency": None,
        "published": SHOWN, "published_span": span_of(text, "15 آذار 2016"),
        "comments": (Comment("زائر", None, span_of(text, "كلام كراهية لا يعاد نشره")),), "note": "", "by": "heron",
        "at": datetime(2026, 11, 22, 8, 0, tzinfo=UTC), "baseline": Baseline("tawthiq 0.1.0", 0.5, ("body", "zones")),
    }  # fmt: skip
    return PageCorrection(**{**usual, **facts})
