"""Explanations for a terminal: a line a value, its rule and table rows, below it what was weighed.

Quoted words stand between first-strong isolates (Unicode UAX 9, FSI and PDI), so that Arabic and English, figures and rows
keep their places on one line; letters that steer a terminal or turn its direction are shown as escapes.
"""

from collections.abc import Iterator

from tawthiq.capture.names import shown
from tawthiq.lexicon.tables import wording
from tawthiq.records.explanation import Explanation, Reason

FSI, PDI = "\u2068", "\u2069"
LONGEST_QUOTE, LONGEST_ROW = 80, 60
_WIDTH = 11


def explained_lines(explanation: Explanation) -> Iterator[str]:
    """The lines of one reading's explanation."""
    yield f"{isolated(explanation.id)}: {len(explanation.statements)} statements, {len(explanation.events)} events"
    for kind, entries in (("statement", explanation.statements), ("event", explanation.events)):
        for number, reasons in enumerate(entries):
            yield f"{kind} {number}"
            for reason in reasons:
                yield from _lines(reason)


def isolated(text: str, limit: int = LONGEST_QUOTE) -> str:
    """A text of unknown direction, cut, harmless, and kept apart from what stands beside it."""
    return f"{FSI}{shown(' '.join(text.split()), limit)}{PDI}"


def _lines(reason: Reason) -> Iterator[str]:
    quoted = ""
    if reason.mention:
        span = reason.mention.span
        quoted = f"{isolated(reason.mention.text)} [{span.start}..{span.end}] "
    value = f"{isolated(reason.value)} " if reason.value else ""
    sure = f" ({reason.share:.0%})" if reason.share is not None else ""
    yield f"  {reason.about:<{_WIDTH}}{quoted}{value}- {shown(reason.rule)}{sure}"
    indent = " " * (_WIDTH + 2)
    for row in reason.rows:
        line = wording(row)
        yield f"{indent}{row}" + (f": {isolated(' · '.join(line), LONGEST_ROW)}" if line else "")
    if reason.weighed:
        weighed = (f"{isolated(one.feature)} {one.weight:+.2f}" for one in reason.weighed)
        yield f"{indent}weighed: {', '.join(weighed)}"
