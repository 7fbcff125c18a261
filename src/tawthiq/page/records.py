"""What a reader's comment is when it is read off a page, and what signs one: a name, a moment, words around them.

Vocabulary: lexicon/data/{ar,en}/page_lines.tsv (says, signing_word, moment_filler). `named_records`, `tree_records` and
`line_records` find where comments stand.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from tawthiq.page.moments import moment
from tawthiq.page.wording import normal, phrases_of, words_of
from tawthiq.records.page import Comment
from tawthiq.records.span import Span

_SENTENCE_END = (".", "!", "؟", "?", "،", "…", ":", "؛")
_INITIAL = re.compile(r"(?:^|\s)[^\W\d_]\.$")
_EDGES = " \t-–—|·•(),،:[]#/«»\"'"
_NUMBERED = re.compile(r"^(?:\(?\d{1,5}\s*[.)\-–:]\s*|#\s?\d{1,5}\s*)(?=\D)")
LONGEST_NAME = 50
_MOST_WORDS = 5
_LONGEST_HEAD = 90


@dataclass(frozen=True, slots=True)
class Record:
    """One comment: the range of the whole record, and the comment read from it."""

    span: Span
    comment: Comment


@dataclass(frozen=True, slots=True)
class Signature:
    """What a line tells of who wrote and when: the name and the moment as displayed, each None where it tells none."""

    author: str | None
    when: str | None


def recorded(whole: Span, text: Span, signed: Signature) -> Record:
    """The record over `whole` whose text stands at `text`."""
    span = Span(min(whole.start, text.start), max(whole.end, text.end))
    return Record(span, Comment(signed.author, signed.when, text))


def is_name(words: str) -> bool:
    """Whether a line may be the name that signs a comment: short, few words, no sentence."""
    stripped = words.strip()
    return (
        2 <= len(stripped.rstrip(":")) <= LONGEST_NAME
        and len(stripped.split()) <= _MOST_WORDS
        and (not stripped.endswith(_SENTENCE_END) or stripped.endswith(":") or bool(_INITIAL.search(stripped)))
        and any(character.isalpha() for character in stripped)
    )


@lru_cache(maxsize=4096)
def signature(words: str) -> Signature | None:
    """Who and when by a line that is nothing but both: "name | moment", "posted by name on moment", "moment, name wrote:".

    The author is "" where the line is a moment alone; None where the line is more than a signature.
    """
    span = moment(words)
    if span is None:
        return None
    sides = [bare_name(side) for side in (words[: span[0]], words[span[1] :])]
    filled = [side for side in sides if any(character.isalnum() for character in side)]
    when = words[span[0] : span[1]]
    if not filled or not any(character.isalpha() for side in filled for character in side):
        return Signature("", when)
    name = next((side for side in filled if is_name(side)), None)
    if name is None or sum(map(len, filled)) > len(name) + 12:
        return None
    return Signature(name, when)


@lru_cache(maxsize=4096)
def speaker(words: str) -> Signature | None:
    """Who by a line that announces what somebody says ("name says:", "name يقول"), with the moment it tells, or None."""
    if len(words) > _LONGEST_HEAD:
        return None
    span = moment(words) or (len(words), len(words))
    when = words[span[0] : span[1]] or None
    for side in (words[: span[0]], words[span[1] :]):
        ending = _after_name(side)
        name = bare_name(ending) if ending else ""
        if name and is_name(name):
            return Signature(name, when)
    return None


def _after_name(side: str) -> str | None:
    """What stands before a closing "says", with other words of signing behind it; None when nobody says anything."""
    stripped = side.rstrip(_EDGES)
    if stripped.endswith(_SENTENCE_END):
        return None
    words = stripped.split()
    if not 2 <= len(words) <= _MOST_WORDS + 5:
        return None
    phrases = _saying()
    while len(words) > 1 and normal(words[-1]) in words_of("moment_filler") and normal(words[-1]) not in phrases:
        words.pop()
    for size in (3, 2, 1):
        if len(words) > size and normal(" ".join(words[-size:])) in phrases:
            return " ".join(words[:-size])
    return None


@cache
def _saying() -> frozenset[str]:
    return frozenset(phrases_of("says"))


def bare_name(words: str) -> str:
    """A signature without the words around its name: numbers of comments, "posted by", "wrote on", marks at the edges."""
    pieces = _NUMBERED.sub("", words.strip(_EDGES)).strip(_EDGES).split()
    skipped = words_of("moment_filler") | words_of("signing_word")
    while pieces and _is_skipped(pieces[-1], skipped):
        pieces.pop()
    while pieces and _is_skipped(pieces[0], skipped):
        pieces.pop(0)
    return " ".join(pieces).strip(_EDGES)


def _is_skipped(piece: str, skipped: frozenset[str]) -> bool:
    form = normal(piece)
    return not form or form in skipped


def name_of(words: str) -> str | None:
    """The author as displayed in an element or a line that names one, without "says" and marks at the edges."""
    stripped = words.strip()
    said = _after_name(stripped)
    cleaned = (said or stripped).strip(_EDGES)
    cleaned = _NUMBERED.sub("", cleaned).strip(_EDGES)
    return cleaned or None
