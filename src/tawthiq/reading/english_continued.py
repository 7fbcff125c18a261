"""Quotations that go on without a cue of their own, behind a quotation whose source is known."""

from collections.abc import Iterator
from dataclasses import replace

from tawthiq.reading.frames import Content, Frame
from tawthiq.reading.layout import Layout
from tawthiq.records.statement import QuoteKind

_FEWEST_QUOTED = 3
_FARTHEST, _FARTHEST_NEXT_LINE = 160, 60  # code points behind the last words of the source before


def continued_frames(layout: Layout, frames: list[Frame], claimed: set[int]) -> Iterator[Frame]:
    """Quotations without a cue of their own that follow a direct quotation closely: the source goes on.

    `claimed` are the numbers of quotations that a cue reports already.
    """
    direct = [frame for frame in frames if frame.kind is QuoteKind.DIRECT]
    for number, quotation in enumerate(layout.quotations):
        if number in claimed or not _stands_alone(layout, number):
            continue
        if any(frame.content.start <= quotation.inner.start < frame.content.end for frame in frames):
            continue
        before = [frame for frame in direct if frame.content.end < quotation.outer.start]
        if before and _is_near(layout, before[-1], number):
            yield replace(
                Frame.of(before[-1].cue, None, Content(quotation.inner, QuoteKind.DIRECT), before[-1].stance,
                         f"{before[-1].rule} continued"),
                continues=True,
            )  # fmt: skip


def _stands_alone(layout: Layout, number: int) -> bool:
    """Whether the quotation is a sentence of its own, not words inside another one."""
    if layout.quoted_words(number) < _FEWEST_QUOTED:
        return False
    quotation = layout.quotations[number]
    first, behind = layout.index_at(quotation.outer.start), layout.after(number)
    opens = first == 0 or layout.starts_line(first) or layout.within[first - 1] >= 0
    opens = opens or layout.words[first - 1] in (".", ",", "?", "!")
    stopped = quotation.inner.of(layout.text).endswith((".", "!", "?", ","))
    return opens and (stopped or behind >= len(layout.words) or layout.words[behind] in (".", ","))


def _is_near(layout: Layout, before: Frame, number: int) -> bool:
    """Whether the quotation stands close behind the frame's last words."""
    start = layout.quotations[number].outer.start
    gap = start - max(before.content.end, layout.tokens[before.cue[1] - 1].end)
    farthest = _FARTHEST_NEXT_LINE if layout.starts_line(layout.index_at(start)) else _FARTHEST
    return gap <= farthest
