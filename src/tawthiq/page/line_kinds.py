"""What each line of a comment section is: a signature, a moment, an announcement, a name, a button, or text.

Vocabulary: lexicon/data/{ar,en}/page_lines.tsv. A kind is a proposal by the line alone; `line_records` and
`tree_records` decide by what stands around it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from tawthiq.page.records import Signature, is_name, name_of, signature, speaker
from tawthiq.page.tree import Line, Run, Tree
from tawthiq.page.wording import cues_of, is_counter, normal

FURNITURE = frozenset(
    {"comments_heading", "comment_form", "disclaimer", "reply", "share", "social_button", "social_count"}
)
"""Cues of lines inside a section that belong to no comment's text."""
_NOT_A_HEAD = frozenset(
    {
        "reply", "social_button", "social_count", "share", "updated_prefix", "related_colon", "views", "copyright",
        "related_heading", "comments_heading", "comment_form", "disclaimer", "caption_prefix", "source_prefix",
    }
)  # fmt: skip
_LONGEST_HEAD = 90
_LONGEST_PATH = 5
_SHORT = 60
_OFTEN = 3
_SENTENCE_END = (".", "!", "?", "؟", "…")
_MOST_LINKED = 4  # words of a link that may be a name and not a title


class Kind(Enum):
    """What a line of a comment section is."""

    SIGNED = auto()
    MOMENT = auto()
    SAID = auto()
    NAME = auto()
    BUTTON = auto()
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Classed:
    """A line with its kind and what it tells of author and moment."""

    line: Line
    kind: Kind
    signed: Signature | None


_MAY_REPEAT = (Kind.NAME, Kind.TEXT)


def class_of(tree: Tree, line: Line) -> Classed:
    """The kind of a line, by its words, links and cues."""
    words = tree.of(line)
    if len(words) > _LONGEST_HEAD:
        return Classed(line, Kind.TEXT, None)
    cues = cues_of(words)
    shown = _spaced(tree, line)
    signed = signature(shown)
    if signed is not None and signed.author == "":
        return Classed(line, Kind.MOMENT, signed)
    if all(_is_button(tree, run) for run in line.runs):
        return Classed(line, Kind.BUTTON, None)
    return _by_words(line, shown, cues, signed)


def _by_words(line: Line, shown: str, cues: frozenset[str], signed: Signature | None) -> Classed:
    """The kind of a line that is neither a moment nor buttons."""
    said = None if cues & _NOT_A_HEAD else speaker(shown)
    if said:
        return Classed(line, Kind.SAID if said.when is None else Kind.SIGNED, said)
    if cues & FURNITURE or is_count(shown) or shown[0].isdigit():
        return Classed(line, Kind.BUTTON, None)
    told = shown if signed is None else signed.author or ""
    title = line.linked > len(line) / 2 and len(told.split()) > _MOST_LINKED
    if title or cues & _NOT_A_HEAD or (signed is None and not is_name(shown)):
        return Classed(line, Kind.TEXT, None)
    return Classed(line, Kind.NAME if signed is None else Kind.SIGNED, signed)


def _spaced(tree: Tree, line: Line) -> str:
    """The words of a short line with a blank between its runs, as style sheets draw them, and without a number before them."""
    runs = [tree.of(run) for run in line.runs]
    if len(runs) > 1 and runs[0].strip("#.-) ").isdigit() and any(map(str.isalpha, runs[1])):
        runs.pop(0)
    return " ".join(runs)


def is_count(words: str) -> bool:
    """Whether a line is nothing but numbers, marks and words of counters."""
    return is_counter(words, bare=True) or not any(map(str.isalpha, words))


def _is_button(tree: Tree, run: Run) -> bool:
    """Whether one run of a line is a button by itself, as in "LikeReplyShare", where nothing stands between three of them."""
    words = tree.of(run)
    return tree.elements[run.element].tag == "button" or bool(cues_of(words) & FURNITURE) or is_count(words)


def classes_of(tree: Tree, lines: Sequence[Line]) -> list[Classed]:
    """The kinds of all lines of a section. A short line that stands there again and again with other numbers is a button."""
    classed = [class_of(tree, line) for line in lines]
    short = {
        n: normal(tree.of(c.line)) for n, c in enumerate(classed) if c.kind in _MAY_REPEAT and len(c.line) <= _SHORT
    }
    counted = Counter(short.values())
    for number, form in short.items():
        sentence = tree.of(classed[number].line).endswith(_SENTENCE_END)
        if counted[form] >= _OFTEN and not sentence and ("#" in form or classed[number].kind is Kind.TEXT):
            classed[number] = Classed(classed[number].line, Kind.BUTTON, None)
    return classed


def name_at(tree: Tree, item: Classed) -> str | None:
    """The name that a line tells."""
    return item.signed.author if item.signed and item.signed.author else name_of(_spaced(tree, item.line))


def path_of(tree: Tree, line: Line) -> tuple[str, ...]:
    """The tags around the beginning of a line, innermost first."""
    return tuple(tree.elements[index].tag for index in tree.ancestors(line.runs[0].element)[:_LONGEST_PATH])
