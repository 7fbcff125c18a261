"""Notices as the page shows them: a sentence that names who did what, and the page of the subject."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tawthiq.casework.models import Notice, User
from tawthiq.casework.queries.notices import notices
from tawthiq.casework.queries.queue_subjects import seen_of, subject_of
from tawthiq.casework.queries.visibility import Sight
from tawthiq.web.queue.rows import Row, rows_of
from tawthiq.web.queue.work import Item

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class NoticeShown:
    """One notice beside the row of its subject."""

    notice: Notice
    sentence: SafeString
    row: Row


def visible_notices(user: User, sight: Sight) -> list[Notice]:
    """A person's notices, those left out whose subject they may not see (any more); the unread ones first."""
    found = list(notices(user)[:MOST_SHOWN])
    seen = seen_of({row.subject for row in found}, user, sight)
    return [row for row in found if row.subject in seen]


def shown(rows: Iterable[Notice], user: User) -> list[NoticeShown]:
    """Some notices with their sentences; a constant number of queries."""
    found = [(row, Item(None, subject)) for row in rows if (subject := subject_of(row.subject))]
    about = rows_of([item for _, item in found], None, user)
    return [NoticeShown(row, _sentence(row), beside) for (row, _), beside in zip(found, about, strict=True)]


def _sentence(row: Notice) -> SafeString:
    """The sentence of a kind with the name in it; the sentence is ours, the name is not."""
    known = row.kind in Notice.Kind.values
    sentence = conditional_escape(Notice.Kind(row.kind).label if known else row.kind)
    return mark_safe(sentence % {"by": format_html("<bdi>{}</bdi>", row.by or _("Somebody"))})  # noqa: S308  both parts are escaped
