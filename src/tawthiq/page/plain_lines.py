"""Lines of a plain text, each with its wording cues and the zone it is given while a page is read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from tawthiq.page.moments import moment
from tawthiq.page.records import speaker
from tawthiq.page.wording import cues_of, is_counter, menu_share
from tawthiq.records.page import ZoneKind

SENTENCE_END = (".", "!", "؟", "?", "…", '"', "”", "»", ":", "؛", "،")
_LETTERS = regex.compile(r"[\p{L}--ـ]", regex.V1)
_INITIALS = regex.compile(r"^[(\[]?\s*(?:\p{L}{1,2}ـ?[.\s/]*){2,6}[)\]]?$")
_CRUMBS = re.compile(r"\S\s+[›»>]\s+\S")
_CHANNEL = re.compile(r"(?:t\.me/|@)[A-Za-z0-9_]{3,}")
_SEPARATOR = re.compile(r"\s+[|·•]\s+|\s{2,}|\s*\|\s*")
PROSE = 90
_ON_END = 2  # paragraphs without anything between them that readers seldom write
_HEAD = 3  # lines that sign a comment
_BEGUN = 400  # characters of prose above from which many signatures below are readers'
_MANY = 4
_ARTICLE = 600  # characters of prose above that make an article by themselves


@dataclass(slots=True)
class PlainLine:
    """One non-empty line without its outer white space. `kind` is None until a rule gives it a zone."""

    start: int
    end: int
    text: str
    cues: frozenset[str]
    kind: ZoneKind | None = None
    reason: str = ""
    parts: list[tuple[int, int, ZoneKind, str]] = field(default_factory=list)

    def give(self, kind: ZoneKind, reason: str) -> None:
        """Set the zone."""
        self.kind, self.reason = kind, reason

    @property
    def is_prose(self) -> bool:
        """Long enough for a sentence and not furniture by its wording."""
        if len(self.text) >= PROSE:
            return not self.cues & {"disclaimer", "about_sure", "copyright", "comment_form"}
        return len(self.text) >= 40 and self.text.endswith((".", "؟", "!", ".»", ".”", '."')) and not self.cues

    @property
    def is_mark(self) -> bool:
        """Nothing but marks, rules and emoji."""
        return not _LETTERS.search(self.text) and not any(character.isdigit() for character in self.text)

    @property
    def is_initials(self) -> bool:
        """The initials of a desk or editor ("(ر/م)", "R.A")."""
        return len(self.text) <= 14 and any(m in self.text for m in "./") and bool(_INITIALS.match(self.text))

    @property
    def is_menu(self) -> bool:
        """A row of sections of a site."""
        if len(self.text) > 110:
            return False
        crumbs = bool(_CRUMBS.search(self.text)) and len(self.text.split()) <= 9
        return crumbs or menu_share(self.text) >= 0.5 or ("menu_start" in self.cues and len(self.text) < 90)

    @property
    def names_channel(self) -> bool:
        """A short line that gives a channel's or account's address."""
        return len(self.text) <= 80 and bool(_CHANNEL.search(self.text)) and not self.text.endswith(".")

    @property
    def is_count(self) -> bool:
        """A counter of a social platform."""
        return len(self.text) <= 90 and is_counter(self.text, bare=True)


def report_follows(lines: Sequence[PlainLine], number: int) -> bool:
    """Whether paragraphs on end, more than the prose above, stand at or below a line: a report, not what readers say.

    What readers say is parted by signatures; one paragraph run with a moment above it is as a report is printed too.
    """
    above = sum(len(line.text) for line in lines[:number] if line.is_prose)
    signed, unsigned = [], 0
    runs = list(_runs(lines, number))
    if above >= _BEGUN and runs:
        parting = sum(_is_signature(line) for line in lines[number : runs[-1][1]])
        if parting >= max(_MANY, len(runs)):
            return False
    for first, last in runs:
        length = sum(len(line.text) for line in lines[first:last])
        if any(_is_signature(line) for line in lines[max(number, first - _HEAD) : first]):
            signed.append(length)
        else:
            unsigned += length
    alone = len(signed) == 1 and above < _ARTICLE
    return unsigned + (signed[0] if alone else 0) > above


def _runs(lines: Sequence[PlainLine], number: int) -> Iterator[tuple[int, int]]:
    """Where paragraphs on end begin and end, from line `number` on."""
    begin = number
    for at in range(number, len(lines) + 1):
        if at == len(lines) or not lines[at].is_prose:
            if at - begin >= _ON_END and any(len(line.text) >= PROSE for line in lines[begin:at]):
                yield begin, at
            begin = at + 1


def _is_signature(line: PlainLine) -> bool:
    return bool(moment(line.text) or speaker(line.text))


def lines_of(text: str) -> list[PlainLine]:
    """The non-empty lines of `text` with their cues; a line of several pieces has the cues that all pieces share."""
    lines = []
    position = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + len(raw) - len(raw.lstrip())
            lines.append(PlainLine(start, start + len(stripped), stripped, _line_cues(stripped)))
        position += len(raw) + 1
    return lines


def _line_cues(line: str) -> frozenset[str]:
    cues = cues_of(line)
    if cues or len(line) > 120:
        return cues
    pieces = [piece for piece in _SEPARATOR.split(line) if piece.strip()]
    if len(pieces) < 2:
        return cues
    each = [cues_of(piece) for piece in pieces]
    return each[0] if all(each) else frozenset()
