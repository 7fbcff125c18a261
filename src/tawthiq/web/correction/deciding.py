"""From a draft to a decision: what cannot be saved and why, and the record of what can."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tawthiq.archive.models import Capture
from tawthiq.page.correcting import Fit, apply
from tawthiq.page.differing import compare
from tawthiq.records.correction import Baseline, CorrectionKind, PageCorrection
from tawthiq.records.page import Comment, DateSource, Page, PageDate, ZoneKind
from tawthiq.records.span import Span
from tawthiq.web.correction import dates
from tawthiq.web.correction.draft import Draft

VALUES = ("title", "byline", "agency")
TEXT = "text"
"""What a baseline says of a program that gave another text than the one that was corrected."""


def faults(draft: Draft, page: Page, offered: Sequence[dates.Choice]) -> dict[str, str]:
    """Why the draft cannot be saved as it is, by field: every value must stand on the page, or in its metadata."""
    found = {}
    text = _squeezed(page.text)
    for name in VALUES:
        value = _squeezed(getattr(draft, name))
        if value and value not in text and value != _squeezed(getattr(page, name)):
            found[name] = _("These words do not stand on the page. Write them as they stand there, or leave it empty.")
    try:
        chosen_date(draft, page, offered)
    except dates.NotSaid as error:
        found["date"] = _date_fault(error)
    for comment in draft.comments:
        fault = "" if comment in page.comments else _comment_fault(comment, draft, page.text, text)
        if fault:
            found["comments"] = fault
    return found


def chosen_date(draft: Draft, page: Page, offered: Sequence[dates.Choice]) -> tuple[PageDate | None, Span | None]:
    """The date of publication that the draft chooses, with its characters. Raises dates.NotSaid."""
    if draft.date == dates.NONE:
        return None, None
    if draft.date == dates.WORDS:
        choice = dates.named(page.text, draft.date_words, draft.date_day)
        return choice.value, choice.span
    for choice in offered:
        if choice.key == draft.date:
            return choice.value, choice.span
    raise dates.NotSaid(dates.Why.UNKNOWN)


def decision(
    draft: Draft, page: Page, offered: Sequence[dates.Choice], program: Page | None, *, capture: Capture, by: str
) -> PageCorrection:
    """The decision that a draft without faults is; `program` is what the program alone makes of the bytes now.

    A draft that changes nothing of `page` confirms it. The baseline's reader is left for `with_baseline`.
    """
    published, span = chosen_date(draft, page, offered)
    if published and published.source is DateSource.METADATA and program and program.published_metadata:
        published = program.published_metadata  # rows keep its day and words, not its clock
    made = PageCorrection(
        capture=capture.identifier,
        payload_sha256=capture.sha256,
        text=page.text,
        kind=CorrectionKind.CORRECTED,
        zones=draft.zones,
        title=draft.title.strip() or None,
        byline=draft.byline.strip() or None,
        agency=draft.agency.strip() or None,
        published=published,
        published_span=span,
        comments=draft.comments,
        note=draft.note.strip(),
        by=by,
        at=datetime.now(UTC),
        baseline=Baseline("", 1.0, ()),
    )
    return replace(made, kind=CorrectionKind.CONFIRMED) if _changes_nothing(made, page) else made


def with_baseline(made: PageCorrection, program: Page | None, reader: str) -> PageCorrection:
    """The decision beside what the program alone, `reader`, says of the page."""
    if program is None:
        return replace(made, baseline=Baseline(reader, 0.0, (TEXT,)))
    applied = apply(program, made)
    if applied.fit is Fit.UNFIT:
        return replace(made, baseline=Baseline(reader, 0.0, (TEXT,)))
    compared = compare(applied.page, program)
    return replace(made, baseline=Baseline(reader, round(compared.body_f1, 4), compared.differs))


def _changes_nothing(made: PageCorrection, page: Page) -> bool:
    zones = [(zone.kind, zone.span) for zone in made.zones] == [(zone.kind, zone.span) for zone in page.zones]
    values = all(getattr(made, name) == (getattr(page, name) or None) for name in VALUES)
    shown = page.told_published
    day = (made.published and made.published.day) == (shown and shown.day)
    return zones and values and day and made.comments == page.comments


def _comment_fault(comment: Comment, draft: Draft, text: str, squeezed: str) -> str:
    for value in (comment.author, comment.date):
        if value and _squeezed(value) not in squeezed:
            return _(
                "“%(words)s” does not stand on the page: a comment’s author and date are written as they stand there."
            ) % {"words": value[:80]}
    inside = any(zone.kind is ZoneKind.COMMENT and zone.span.overlaps(comment.span) for zone in draft.zones)
    if inside:
        return ""
    return _("“%(words)s” is listed as a comment but its lines are not marked as readers’ comments.") % {
        "words": _squeezed(comment.span.of(text))[:80]
    }


def _date_fault(error: dates.NotSaid) -> str:
    if error.why is dates.Why.ABSENT:
        return _("These characters do not stand on the page.")
    if error.why is dates.Why.OTHER_DAY and error.day:
        return _("These characters say %(day)s.") % {"day": date_format(error.day)}
    if error.why is dates.Why.NO_DAY:
        return _("Which day do these characters say? Give it beside them.")
    return _("Choose a date that stands on the page, or say that the page does not tell.")


def _squeezed(words: str | None) -> str:
    return " ".join((words or "").split())
