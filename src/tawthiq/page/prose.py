"""How much prose a line and an element hold: the measure by which a page's body is found.

A line weighs as many characters as read like sentences; an element weighs what its lines do, against all of its text.
Where the page's own JSON-LD holds the text of the report (schema.org `articleBody`), the lines that it repeats are
`vouched`: no name of an element takes them out of the body.
"""

import html
import re
from itertools import accumulate

from tawthiq.page.tree import Element, Line, Tree
from tawthiq.page.wording import cues_of

SENTENCE_END = (".", "!", "؟", "?", "…", '"', "”", "»", "。", "۔", "।", "！", "？", "」", ".)", "؛", ":")
PARAGRAPHS = frozenset({"p", "blockquote", "li", "dd", "q", "pre"})
FURNITURE_CUES = frozenset(
    (
        "ad", "disclaimer", "comment_form", "copyright", "about_sure", "about_opening", "share", "subscribe",
        "related_heading", "tags", "views", "comments_heading", "advert_contact", "social_button", "relative_time",
        "social_count", "menu_start",
    )
)  # fmt: skip
_ADDRESS = re.compile(r"^\S*(?:://|www\.)\S*$")
_SIGNING = frozenset({"byline_prefix", "date_prefix", "updated_prefix", "views", "caption_prefix", "caption_words"})
_NEVER_PROSE = frozenset({"disclaimer", "comment_form", "copyright", "about_sure"})
_NOT_LETTERS = re.compile(r"[\W_]+")
_TAGS = re.compile(r"<[^<>]{1,500}>")
_IDEOGRAPHS = ("\u3040", "\ud7af")  # kana, Han and Hangul, which say in one character what others say in several
_DENSE = 2
_SHORTEST_VOUCHED = 18
_LONGEST_VOUCHED = 80
_LEAST_CLAIM = 200
_LARGEST_CLAIM = 60_000  # characters of the metadata's text that are compared
_MOST_LINES = 4_000


class Masses:
    """Prefix sums of prose and of all text over lines, so that any element is weighed at once."""

    def __init__(self, tree: Tree, weights: list[int], counted: list[int]) -> None:
        self.tree = tree
        self.prose = [0, *accumulate(weights)]
        self.all = [0, *accumulate(counted)]

    def of(self, element: Element) -> tuple[int, int]:
        """Prose characters and all characters of the element."""
        first, last = element.first_line, element.last_line
        return self.prose[last] - self.prose[first], self.all[last] - self.all[first]

    def bounds(self, element: Element) -> tuple[int, int]:
        """The lines that begin inside the element, as indexes."""
        return element.first_line, element.last_line


def is_address(words: str) -> bool:
    """Whether a line is nothing but a web address."""
    return bool(_ADDRESS.match(words))


def prose_weight(tree: Tree, line: Line) -> int:
    """How many characters of a line count as prose: none for short, linked or furniture lines."""
    words = tree.of(line)
    length = len(line) * (_DENSE if _IDEOGRAPHS[0] <= words[len(words) // 2] <= _IDEOGRAPHS[1] else 1)
    if length < 25 or line.linked > len(line) / 2:
        return 0
    if is_address(words):
        return 0
    tag = tree.elements[line.element].tag if line.element >= 0 else ""
    if length < 70 and not words.endswith(SENTENCE_END) and tag not in PARAGRAPHS:
        return 0
    if length < 160 and not words.endswith(SENTENCE_END) and cues_of(words) & _SIGNING:
        return 0
    if cues_of(words) & (_NEVER_PROSE if length >= 70 else FURNITURE_CUES):
        return 0
    return length - line.linked


def letters_of(text: str) -> str:
    """`text` without white space, marks and case: the form in which what a page claims is compared with what it shows."""
    return _NOT_LETTERS.sub("", text).lower()


def vouched_lines(tree: Tree, claim: str | None, weights: list[int]) -> frozenset[int]:
    """The numbers of the prose lines that the report's text in the metadata (`claim`) repeats; none when little agrees."""
    if not claim or len(claim) < _LEAST_CLAIM:
        return frozenset()
    letters = letters_of(_TAGS.sub(" ", html.unescape(claim[:_LARGEST_CLAIM])))
    found, agreed = set(), 0
    for number, weight in enumerate(weights[:_MOST_LINES]):
        if weight:
            line = letters_of(tree.of(tree.lines[number]))
            if len(line) >= _SHORTEST_VOUCHED and line[:_LONGEST_VOUCHED] in letters:
                found.add(number)
                agreed += len(line)
    return frozenset(found) if agreed >= 0.4 * len(letters) else frozenset()
