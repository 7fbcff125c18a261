"""The tokens of a document with what stands around each: its sentence, its line, the quotation it lies in.

One pass over the prepared document, so that the statement grammars ask by token index and never search the text.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from tawthiq.reading.datelines import behind_dateline
from tawthiq.reading.prepared import Prepared
from tawthiq.reading.quotations import Quotation, quotations
from tawthiq.records.span import Mention, Span
from tawthiq.text.folding import fold
from tawthiq.text.tokens import Token

# Tokens; a longer "sentence" is noise or a list, and is read in pieces so that time grows with length only.
LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Layout:
    """A document by token index.

    `sentences` are half-open ranges of token indexes; a dateline before a sentence is no part of it. `quotations` are in
    text order; `within[i]` is the index of the quotation that token i lies in (its marks included) or -1; `opens` maps the
    first token of a quotation to its index.
    """

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    sentences: tuple[tuple[int, int], ...]
    quotations: tuple[Quotation, ...]
    within: tuple[int, ...]
    opens: dict[int, int]
    starts: tuple[int, ...]

    def after(self, quotation: int) -> int:
        """Index of the first token behind a quotation and its marks."""
        return bisect_left(self.starts, self.quotations[quotation].outer.end)

    def quoted_words(self, quotation: int) -> int:
        """How many words stand in a quotation."""
        inner = self.quotations[quotation].inner
        first, last = bisect_left(self.starts, inner.start), bisect_left(self.starts, inner.end)
        return sum(self.tokens[index].kind != "mark" for index in range(first, last))

    def span(self, first: int, last: int) -> Span:
        """The range of tokens `first` up to but not including `last`."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def mention(self, first: int, last: int) -> Mention:
        """The characters of tokens `first` up to but not including `last`."""
        span = self.span(first, last)
        return Mention(span, span.of(self.text))

    def index_at(self, offset: int) -> int:
        """Index of the first token that starts at or behind `offset`."""
        return bisect_left(self.starts, offset)

    def starts_line(self, index: int) -> bool:
        """Whether the token is the first of its line."""
        return index == 0 or "\n" in self.text[self.tokens[index - 1].end : self.tokens[index].start]

    def starts_paragraph(self, index: int) -> bool:
        """Whether an empty line stands before the token."""
        return index == 0 or self.text.count("\n", self.tokens[index - 1].end, self.tokens[index].start) > 1

    def starts_sentence(self, index: int) -> bool:
        """Whether a sentence starts at the token: behind a stop, a newline or a dateline."""
        at = bisect_left(self.sentences, (index, index))
        return at < len(self.sentences) and self.sentences[at][0] == index

    def is_clock(self, index: int) -> bool:
        """Whether the colon at the token stands in a time of day or a ratio: a figure on either side, no space."""
        if not 0 < index < len(self.tokens) - 1:
            return False
        before, mark, behind = self.tokens[index - 1 : index + 2]
        figures = before.text[-1:].isdigit() and behind.text[:1].isdigit()
        return figures and before.end == mark.start and mark.end == behind.start

    def line_end(self, index: int) -> int:
        """Index behind the last token of the line that token `index` stands in."""
        at = self.text.find("\n", self.tokens[index].start)
        return len(self.tokens) if at < 0 else bisect_left(self.starts, at)


def lay_out(prepared: Prepared) -> Layout:
    """The layout of a prepared document."""
    text, tokens = prepared.document.text, prepared.tokens
    starts = tuple([token.start for token in tokens])
    words = tuple([token.folded for token in tokens])
    outlet = frozenset(fold(prepared.document.outlet or "").split())
    found = quotations(text, prepared.readable)
    within = [-1] * len(tokens)
    opens: dict[int, int] = {}
    for number, quotation in enumerate(found):
        first = bisect_left(starts, quotation.outer.start)
        for index in range(first, bisect_left(starts, quotation.outer.end)):
            within[index] = number
        opens[first] = number
    ranges: list[tuple[int, int]] = []
    for sentence in prepared.sentences:
        first, last = bisect_left(starts, sentence.start), bisect_right(starts, sentence.end - 1)
        if first < last and (first == 0 or "\n" in text[tokens[first - 1].end : tokens[first].start]):
            first = behind_dateline(words, tokens, first, last, outlet)
        ranges.extend((at, min(last, at + LONGEST_SENTENCE)) for at in range(first, last, LONGEST_SENTENCE))
    return Layout(
        text=text,
        tokens=tokens,
        words=words,
        sentences=tuple(ranges),
        quotations=found,
        within=tuple(within),
        opens=opens,
        starts=starts,
    )
