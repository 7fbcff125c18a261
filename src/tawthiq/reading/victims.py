"""Who and what was harmed, as worded: the people counted."""

from collections.abc import Sequence

from tawthiq.reading.counts import CountFound
from tawthiq.reading.setting import Setting
from tawthiq.records.span import Mention

MOST = 6


def victims(found: Setting, counts: Sequence[CountFound]) -> tuple[Mention, ...]:
    """The mentions of people harmed: the counts' own phrases that name a group, each stretch once."""
    spans: dict[int, Mention] = {}
    for count in counts:
        mention = count.count.mention
        if any(letter.isalpha() for letter in found.marked.text[mention.span.start : mention.span.end]):
            spans.setdefault(mention.span.start, mention)
    return tuple(spans.values())[:MOST]
