"""Whether pages of one host are different reports: what makes a line that they share the host's furniture.

The law: a line counts as seen on several pages only by pages that differ in address and in what is their own. One
dispatch republished or captured again shares all its lines and is one page; a later version of a report shares many
lines, and what it does not share tells the same story in nearly the same words. Calling two reports alike only delays
the memory until a third comes; calling two versions different would teach it sentences of evidence. So every doubt
says alike.
"""

import re
from collections.abc import Iterable
from itertools import islice

from tawthiq.records.block import Block, PagePrint
from tawthiq.text.analysis import stem
from tawthiq.text.folding import fold

SEEN_ON = 3
"""Pages that must show a block, any two of them different (issue 4)."""
_STEPS = (3, 4, 5, 6, 7, 8, 10, 12, 15, 19, 24, 30, 38, 48, 60, 75, 100)
OWN_WORDS = 6  # words beside the shared lines below which a page has no text of its own
COMPARED = 60  # distinct words of what is a page's own, title first, that tell its story
ALIKE = 0.4  # share of the shorter row of words that stands in the other: the same story
_WORD = re.compile(r"[^\W\d_]{3,}")


def print_of(address: int, title: str | None, text: str, blocks: Iterable[Block]) -> PagePrint:
    """The print of a page with these blocks."""
    return PagePrint(address, _words(title or ""), tuple((one.digest, _words(one.span.of(text))) for one in blocks))


def different(first: PagePrint, second: PagePrint) -> bool:
    """Whether two pages are different reports at different addresses."""
    if first.address == second.address:
        return False
    ours, theirs = _own(first, second), _own(second, first)
    if ours is None or theirs is None:
        return False
    return len(ours & theirs) < ALIKE * min(len(ours), len(theirs))


def looked_at(pages: int) -> int:
    """Among how many of the first of a block's `pages`, in the order of log or list, three that differ are sought.

    It grows in steps, so that a line of one much repeated page is not weighed anew with each repetition.
    """
    return max((step for step in _STEPS if step <= pages), default=0)


def seen_on_three(prints: Iterable[PagePrint]) -> bool:
    """Whether SEEN_ON of the pages differ from each other. The order of `prints` does not matter; they are drawn one by one."""
    known: list[PagePrint] = []
    unlike: list[int] = []  # a bit for each earlier page that differs
    for number, one in enumerate(prints):
        mine = sum(1 << earlier for earlier in range(number) if different(known[earlier], one))
        if any(mine >> earlier & 1 and mine & unlike[earlier] for earlier in range(number)):
            return True
        known.append(one)
        unlike.append(mine)
        for earlier in range(number):
            unlike[earlier] |= (mine >> earlier & 1) << number
    return False


def _own(page: PagePrint, other: PagePrint) -> set[str] | None:
    """The first words of the page's title and of its lines that the other has not; None when no text is its own."""
    shared = {digest for digest, _ in other.lines}
    lines = [words for digest, words in page.lines if digest not in shared]
    if sum(map(len, lines)) < OWN_WORDS:
        return None
    found = dict.fromkeys(page.title)
    for words in lines:
        found.update(dict.fromkeys(words))
        if len(found) >= COMPARED:
            break
    return set(list(found)[:COMPARED])


def _words(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in islice(_WORD.findall(fold(text)), COMPARED))
