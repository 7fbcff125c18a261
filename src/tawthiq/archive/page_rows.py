"""From records to rows: the parts of a page beside its zones (readers' comments, posts, sheets)."""

from tawthiq.archive.models import Post, ReaderComment, Sheet
from tawthiq.archive.models.keys import row_key
from tawthiq.records.page import Page
from tawthiq.records.page import Post as PostRecord


def save_parts(number: int, page: Page) -> None:
    """The rows of report `number`'s comments, posts and sheets. The caller holds the transaction."""
    ReaderComment.objects.bulk_create(
        ReaderComment(
            key=row_key(number, order),
            report_id=number,
            author=comment.author or "",
            date=comment.date or "",
            start=comment.span.start,
            end=comment.span.end,
        )
        for order, comment in enumerate(page.comments)
    )
    Post.objects.bulk_create(_post(number, order, post) for order, post in enumerate(page.posts))
    Sheet.objects.bulk_create(
        Sheet(
            key=row_key(number, order),
            report_id=number,
            number=sheet.number,
            label=sheet.label or "",
            start=sheet.span.start,
            end=sheet.span.end,
            origin=sheet.origin.value,
            confidence=sheet.confidence,
        )
        for order, sheet in enumerate(page.sheets)
    )


def _post(number: int, order: int, post: PostRecord) -> Post:
    row = Post(
        key=row_key(number, order),
        report_id=number,
        account=post.account or "",
        handle=post.handle or "",
        moment=post.moment or "",
        start=post.span.start,
        end=post.span.end,
    )
    if post.published:
        row.published = post.published.day
        row.published_time = post.published.clock
        row.published_zone = post.published.zone or ""
        row.published_source = post.published.source.value
        row.published_text = post.published.text
    return row
