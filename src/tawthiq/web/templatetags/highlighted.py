"""Turns pieces of hostile text into safe HTML: every character of a page is escaped here."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tawthiq.archive.snippets import Snippet
from tawthiq.web.highlighting import Piece

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece]) -> SafeString:
    """The pieces one after another, nothing between them; `id` attributes are where fragments lead."""
    return mark_safe("".join(map(_piece, pieces)))  # noqa: S308  _piece escapes


def _piece(piece: Piece) -> str:
    text = escape(piece.text)
    if not piece.marks:
        return text
    kinds = " ".join(sorted({f"is-{mark.kind}" for mark in piece.marks}))
    marks = " ".join(mark.id for mark in piece.marks)
    innermost = min(piece.marks, key=lambda mark: len(mark.span))
    html = f'<mark class="{kinds}" data-marks="{marks}" data-record="{innermost.record}">{text}</mark>'
    for start in piece.starts:
        html = f'<span class="landing" id="{start}">{html}</span>'
    return html


@register.filter
def snippet(found: Snippet) -> SafeString:
    """A search snippet with the words that matched marked."""
    parts = (f"<mark>{escape(text)}</mark>" if matched else escape(text) for text, matched in found.parts)
    return mark_safe("".join(parts))  # noqa: S308  every part is escaped
