"""A prepared document with its vocabulary found and its tokens placed in sentences and clauses.

A clause ends at a sentence's end, at a connective of the table clause_links, and at commas and semicolons that are
followed by one or by a verb-like conjunction. Offsets of tokens are into the document's text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tawthiq.reading.prepared import Prepared
from tawthiq.reading.vocabulary import TABLES, Hit, vocabulary
from tawthiq.text.tokens import Token

BREAKS = frozenset("،؛,;:.!?؟()[]")


@dataclass(frozen=True, slots=True)
class Marked:
    """Tokens with, for each, its sentence and clause number; and hits by table and first token."""

    prepared: Prepared
    tokens: tuple[Token, ...]
    sentence_of: tuple[int, ...]
    clause_of: tuple[int, ...]
    paragraph_of: tuple[int, ...]
    links: dict[int, str]
    by_table: dict[str, dict[int, Hit]]
    starts: tuple[int, ...]

    @property
    def text(self) -> str:
        """The document's text."""
        return self.prepared.document.text

    @property
    def language(self) -> str:
        """The language whose tables were used: "ar" or "en"."""
        return "ar" if self.prepared.language == "ar" else "en"

    def at(self, table: str, token: int) -> Hit | None:
        """The hit of a table that begins at a token."""
        return self.by_table[table].get(token)

    def of(self, table: str) -> list[Hit]:
        """All hits of a table in text order."""
        return list(self.by_table[table].values())

    def first_token_from(self, offset: int) -> int:
        """The number of the first token that begins at or after a text offset."""
        return bisect_right(self.starts, offset - 1)

    def sentence_bounds(self, sentence: int) -> tuple[int, int]:
        """The tokens (first, last exclusive) of a sentence."""
        return bisect_right(self.sentence_of, sentence - 1), bisect_right(self.sentence_of, sentence)


@lru_cache(maxsize=2)
def mark(prepared: Prepared) -> Marked:
    """The prepared document with vocabulary, sentences and clauses (the last two are kept: several readers ask)."""
    words = vocabulary(prepared.language)
    tokens = prepared.tokens
    by_table: dict[str, dict[int, Hit]] = {table: {} for table in (*TABLES, "act_verbs")}
    for hit in words.hits(tokens):
        by_table[hit.table][hit.first] = hit
    offsets = tuple([token.start for token in tokens])
    sentence_of = _reached([bisect_left(offsets, span.start) for span in prepared.sentences[1:]], len(tokens))
    paragraphs = _reached(_below_newlines(prepared.document.text, offsets), len(tokens))
    clauses, links = _clauses(tokens, sentence_of, by_table["clause_links"])
    return Marked(prepared, tokens, sentence_of, clauses, paragraphs, links, by_table, offsets)


def _reached(borders: Iterable[int], count: int) -> tuple[int, ...]:
    """For each of `count` tokens, how many of the borders (token numbers in ascending order) lie at or before it."""
    numbers: list[int] = []
    for number, border in enumerate((*borders, count)):
        numbers += [number] * (border - len(numbers))
    return tuple(numbers)


def _below_newlines(text: str, offsets: tuple[int, ...]) -> Iterator[int]:
    """The tokens before which, and behind the token before them, a line ends."""
    newline = text.find("\n")
    while newline >= 0:
        token = bisect_left(offsets, newline)
        if token >= len(offsets):
            return
        yield token
        newline = text.find("\n", offsets[token])


def _clauses(
    tokens: tuple[Token, ...], sentence_of: tuple[int, ...], connectives: dict[int, Hit]
) -> tuple[tuple[int, ...], dict[int, str]]:
    """The clause number of each token, and the kind of link by which each clause hangs on the one before."""
    numbers: list[int] = []
    links: dict[int, str] = {}
    current = sentence_before = -1
    broken = False
    for at, (token, sentence) in enumerate(zip(tokens, sentence_of, strict=True)):
        connective = connectives.get(at)
        if connective is not None or sentence != sentence_before or (broken and token.kind == "word"):
            current += 1
            links[current] = connective.row["link"] if connective else "start" if at == 0 else "plain"
        numbers.append(current)
        sentence_before, broken = sentence, token.text in BREAKS
    return tuple(numbers), links
