"""Which lines of vocabulary tables stand behind a mention: words of one table in a stretch, and the wording of a party."""

from tawthiq.reading.actor_table import aliases_from
from tawthiq.reading.marked import Marked
from tawthiq.reading.vocabulary import Hit
from tawthiq.records.span import Span


def hits_in(marked: Marked, table: str, span: Span) -> list[Hit]:
    """The hits of a table that begin in a span."""
    first, last = marked.first_token_from(span.start), marked.first_token_from(span.end)
    return [hit for at in range(first, last) if (hit := marked.at(table, at)) is not None]


def party_rows(marked: Marked, span: Span, code: str) -> tuple[str, ...]:
    """The line of actor_aliases.tsv whose wording stands in the span and means the party, the longest one.

    None when a force and a nationality, or a name given before, told the party.
    """
    first, last = marked.first_token_from(span.start), marked.first_token_from(span.end)
    best: tuple[int, str] | None = None
    for at in range(first, last):
        for begun in aliases_from(marked.tokens[at].folded, marked.language):
            for alias in begun:
                width = len(alias.words)
                rest = tuple(token.folded for token in marked.tokens[at + 1 : at + width])
                if alias.actor == code and at + width <= last and rest == alias.words[1:]:
                    best = max(best or (0, ""), (width, alias.at))
    return (best[1],) if best else ()
