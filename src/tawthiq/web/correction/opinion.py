"""A draft that begins from a second opinion: its lines become the body where they stand on the page, word for word.

The other program rewrites what it keeps, so its text is only looked for, never taken. What we hold for the title, a byline,
a date or a reader's comment stays that: no opinion of a program makes a comment the outlet's words.
"""

from dataclasses import replace

from tawthiq.page.aligning import aligned, tokens
from tawthiq.records.page import Page, ZoneKind
from tawthiq.records.span import Span
from tawthiq.web.correction.draft import Draft, zoned
from tawthiq.web.correction.lines import segments

MOST_OF_IT = 0.8  # of a line's words stand in the other body: the line is body
LITTLE_OF_IT = 0.2  # of them do: it is not
_KEPT = frozenset(
    {ZoneKind.TITLE, ZoneKind.BYLINE, ZoneKind.DATE, ZoneKind.AGENCY, ZoneKind.COMMENT, ZoneKind.COMMENT_FORM}
)


def from_opinion(draft: Draft, page: Page, lines: list[Span], text: str) -> Draft:
    """The draft with the body that `text` has, as far as its words stand on the page."""
    words = tokens(page.text)
    places = aligned([span.of(text) for span in tokens(text)], [span.of(page.text) for span in words])
    found = {place for place in places if place is not None}
    pieces = []
    word = 0
    for part in segments(page.text, lines, draft.zones, 1, len(lines)):
        inside = []
        while word < len(words) and words[word].start < part.span.end:
            if words[word].end > part.span.start:
                inside.append(word in found)
            word += 1
        kind = ZoneKind(part.kind)
        share = sum(inside) / len(inside) if inside else 0
        if kind is ZoneKind.BODY and share <= LITTLE_OF_IT:
            kind = ZoneKind.OTHER
        elif kind not in _KEPT and share >= MOST_OF_IT:
            kind = ZoneKind.BODY
        pieces.append((kind, part.span.start, part.span.end))
    return replace(draft, zones=zoned(page.text, pieces))
