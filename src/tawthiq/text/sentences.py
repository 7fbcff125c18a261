"""Sentences of a text as ranges: quote-aware, line by line.

Owns the cut into sentences. A newline always ends a sentence. So do . ! ? ؟ ۔ … with the closing quotation marks and brackets
behind them, except after abbreviations (lexicon/data/abbreviations.tsv), initials, inside decimals and after list numbers. A
stop inside a quotation that is open does not end the sentence, unless the quotation is the whole line. Quotation marks are
paired within their line only, and a mark without a partner is ignored: a broken quotation never swallows what follows.
"""

from functools import cache

import regex

from tawthiq.lexicon.tables import load
from tawthiq.records.span import Span
from tawthiq.text.folding import fold

_LINE = regex.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_STOP = regex.compile(
    r"(?P<stop>[.!?؟۔…]+)(?P<closers>[\p{Cf}\"”’»›)\]}'*_]*)(?=\s|$|(?<=[!?؟۔…\"”»)\p{Cf}])[\p{L}«“(\[])"
)
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}\p{Cf}\u0640.]*$")
_LIST_NUMBER = regex.compile(r"\s*[\p{Ps}]?(?:\p{Nd}{1,3}|\p{L})$")
_MARKS = regex.compile(r"[«»“”„\"‹›]")
_OPENS = {"«": "»", "“": "”", "„": "”", "‹": "›", "”": "“"}
_BEFORE_OPENING = regex.compile(r"(?:^|[\s(\[:،,\-–—ـ]|(?<!\p{L})[وفبلك]{1,2})\p{Cf}*$")


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(fold(row["form"]) for row in load("abbreviations", ("form", "language", "gloss")))


def sentences(text: str, within: Span | None = None) -> list[Span]:
    """The sentences of `text` (or of the part `within`) in order, white space around each left out."""
    start, end = (within.start, min(within.end, len(text))) if within else (0, len(text))
    found: list[Span] = []
    for line in _LINE.finditer(text, start, max(start, end)):
        found.extend(_of_line(line.group(), line.start()))
    return found


def _of_line(line: str, offset: int) -> list[Span]:
    quoted = _quotations(line) if _MARKS.search(line) else []
    found: list[Span] = []
    begin = 0
    for match in _STOP.finditer(line):
        if _ends(line, match, quoted, begin):
            _add(found, line, begin, match.end(), offset)
            begin = match.end()
    _add(found, line, begin, len(line), offset)
    return found


def _add(found: list[Span], line: str, begin: int, end: int, offset: int) -> None:
    piece = line[begin:end]
    lead = len(piece) - len(piece.lstrip())
    size = len(piece.strip())
    if size:
        found.append(Span(offset + begin + lead, offset + begin + lead + size))


def _ends(line: str, match: "regex.Match[str]", quoted: list[tuple[int, int]], begin: int) -> bool:
    """Whether the stop ends its sentence."""
    stop, closers = match.group("stop"), match.group("closers")
    at = match.start()
    following = line[match.end() :].lstrip()
    for opening, closing in quoted:
        if opening < at < closing:
            if closing >= match.end():
                return False
            # The quotation closes here: "Stop!" he said goes on, and so does a question put into a longer sentence.
            return stop.startswith((".", "۔")) and not following[:1].islower()
    if stop != ".":
        return not (stop in ("…", "...", "..") and following[:1].islower())
    return bool(closers) or not following or not _abbreviates(line, at, begin)


def _abbreviates(line: str, at: int, begin: int) -> bool:
    """Whether the full stop at `at` belongs to the word or number before it."""
    if _LIST_NUMBER.fullmatch(line[begin:at]):
        return True
    before = _WORD_BEFORE.search(line, max(0, at - 24), at)
    word = fold(before.group()).strip(".") if before else ""
    return word in _abbreviations() or _is_initial(word, line[begin:at])


def _is_initial(word: str, before: str) -> bool:
    """Whether `word` is one letter, or letters with stops between ("U.S"), that stands for a longer word."""
    if "." in word:
        return all(len(part) == 1 for part in word.split("."))
    return len(word) == 1 and word.isalpha() and before.rstrip()[-1:].isalpha()


def _quotations(line: str) -> list[tuple[int, int]]:
    """Positions of paired quotation marks of one line; none where the quotation is the line itself."""
    pairs: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    for match in _MARKS.finditer(line):
        mark, at = match.group(), match.start()
        if opened and _closes(opened[1], mark) and not (mark == '"' and _looks_opening(line, at)):
            pairs.append((opened[0], at))
            opened = None
        elif mark == '"' or mark in _OPENS:
            opened = (at, mark)
    return [pair for pair in pairs if not _is_whole_line(line, *pair)]


def _closes(opening: str, mark: str) -> bool:
    return mark == opening if opening == '"' else _OPENS.get(opening) == mark


def _looks_opening(line: str, at: int) -> bool:
    """Whether a straight mark stands where an opening one would: after a space or a clitic, before a letter."""
    following = line[at + 1 : at + 2]
    return bool(following) and not following.isspace() and bool(_BEFORE_OPENING.search(line, max(0, at - 4), at))


def _is_whole_line(line: str, opening: int, closing: int) -> bool:
    return not line[:opening].strip() and not line[closing + 1 :].strip(" .!?؟،…\t")
