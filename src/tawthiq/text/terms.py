"""A text as a row of terms: words and phrases of number and time, digits, marks, and everything else.

Owns the first of three passes (terms, then `items` in which number words have become numbers, then rules over items). A text
is folded once and cut once; each stretch is looked up in `vocabulary`, longest phrase first. Positions are those of the folded
text, and `Terms.span` leads back to the original.
"""

import re
from functools import lru_cache
from typing import NamedTuple

import regex

from tawthiq.records.span import Span
from tawthiq.text.folding import Folded, fold_with_map
from tawthiq.text.vocabulary import Entry, Openings, Phrase, phrases

_NUMBER = (
    r"(?<!\d[.,])(?:\d{1,3}(?:(?:,\d{3})+|(?:،\d{3})+)(?:[.,]\d+)?(?![.,،]?\d)"
    r"|\d+⁄\d+|\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?![.,]?\d)"
    r"|\d{1,3}\.\d{3}(?:\.\d{3})+(?![.,]?\d)"
    r"|\d+[.,]\d+(?![.,/]?\d))|\d+"
)
_LINES = "\n\r\v\f\x85\u2028\u2029"
_PIECE = re.compile(
    r" *+(?:(?!https?:/|www\.)(?:[a-z\u0621-\u064a]++(?![^\W\d_])|[^\W\d_]++)"
    rf"|{_NUMBER}|[^\s\w]|_|\w\S+|[{_LINES}])| ++|\s"
)
"""Every piece of a folded text in turn, with the spaces before it: nothing is left between two pieces, so that lengths give
places. Most is small letters of two scripts, which are tried first; an address begins with a letter too."""
_GLUED = {
    "و": "و", "ف": "ف", "ب": "ب", "ل": "ل", "ك": "ك", "ال": "ال", "لل": "لال", "بال": "بال", "وال": "وال", "عال": "عال",
    "هال": "هال", "ول": "ول", "وب": "وب", "فال": "فال", "كال": "كال", "ولل": "ولال", "وبال": "وبال", "فب": "فب", "عل": "ع",
}  # fmt: skip
_TRAILING = regex.compile(r"[\p{M}\u0640]*")
_ENDS_A_WORD = " .,،:\n"
"""What mostly follows a word, and the end of the text: no diacritics are to be looked for."""
_term = tuple.__new__
"""Builds a `Term` without the keyword handling of its constructor: there is one a word."""


class Term(NamedTuple):
    """A stretch `start`..`end` of the folded text.

    `kind` is "phrase" (it has an `entry`), "number" (digits), "word", "mark" or "line". `prefix` lists the clitics written onto
    it; for digits, letters glued before them.
    """

    start: int
    end: int
    kind: str
    text: str
    prefix: str
    entry: Entry | None


class Terms(NamedTuple):
    """The terms of a text with the way back to its characters."""

    text: str
    folded: Folded
    terms: tuple[Term, ...]

    def span(self, start: int, end: int) -> Span:
        """The original characters behind folded `start`..`end`, with the diacritics that end the last word."""
        span = self.folded.original(start, end)
        if self.text[span.end : span.end + 1] in _ENDS_A_WORD:
            return span
        trailing = _TRAILING.match(self.text, span.end)
        return Span(span.start, trailing.end()) if trailing else span


@lru_cache(maxsize=8)
def terms(text: str) -> Terms:
    """The terms of `text`; the last few texts are remembered, since numbers and times both ask."""
    folded = fold_with_map(text)
    words, starts = _pieces(folded.text)
    known = phrases().get
    found: list[Term] = []
    skip = 0
    for position, word in enumerate(words):
        if position < skip:
            continue
        openings = known(word)
        start = starts[position]
        phrase = _longest(words, position, openings) if openings is not None else None
        if phrase is not None:
            skip = position + 1 + len(phrase.rest)
            end = starts[skip - 1] + len(words[skip - 1])
            found.append(Term(start, end, "phrase", folded.text[start:end], phrase.prefix, phrase.entry))
        elif word in _GLUED and _digits_touch(words, starts, position):
            skip = position + 2
            end = starts[position + 1] + len(words[position + 1])
            found.append(Term(start, end, "number", words[position + 1], _GLUED[word], None))
        else:
            kind = "word" if word.isalpha() else _kind(word)
            found.append(_term(Term, (start, start + len(word), kind, word, "", None)))
    return Terms(text, folded, tuple(found))


def _pieces(text: str) -> tuple[list[str], list[int]]:
    """The words, numbers, marks and line ends of a folded text, and where each begins."""
    words: list[str] = []
    starts: list[int] = []
    at = 0
    for piece in _PIECE.findall(text):
        at += len(piece)
        word = piece.lstrip(" ")
        if word and (not word.isspace() or word in _LINES):
            words.append(word)
            starts.append(at - len(word))
    return words, starts


def _kind(word: str) -> str:
    """The kind of a piece that is not all letters."""
    if word[0] in "0123456789":
        return "number"
    if word in _LINES:
        return "line"
    if len(word) == 1 and (word == "_" or not word.isalnum()):
        return "mark"
    return "address" if word.startswith(("http", "www.")) else "word"


def _longest(words: list[str], position: int, openings: Openings) -> Phrase | None:
    """The longest phrase of those that begin with the word at `position`."""
    if openings.longer and position + 1 < len(words):
        for phrase in openings.longer.get(words[position + 1], ()):
            if tuple(words[position + 1 : position + 1 + len(phrase.rest)]) == phrase.rest:
                return phrase
    return openings.alone


def _digits_touch(words: list[str], starts: list[int], position: int) -> bool:
    following = position + 1
    if following >= len(words) or starts[following] != starts[position] + len(words[position]):
        return False
    return words[following][0] in "0123456789"
