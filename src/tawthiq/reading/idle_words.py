"""Where an act word tells no act: inside a phrase of the table act_blocks, or as part of an English compound.

"Ceasefire", "field of mines", "penalty kick" and "arms depot" hold act words and report nothing; "rebel-held" and
"famine-hit" say what a place is like. A word in the gap of a phrase ("removed three [killed] mines") is not part of it.
"""

from collections.abc import Callable

from tawthiq.reading.marked import Marked
from tawthiq.reading.vocabulary import Hit

HYPHEN = "-"
PARTICIPLES = ("ed", "held", "hit", "torn", "beaten", "struck")
PEOPLE = ("harm", "weakharm")  # "war-wounded" are people, and what befell them is told


def tells_nothing(marked: Marked) -> Callable[[Hit], bool]:
    """A test whether an act word (a hit of the act tables) tells no act where it stands."""
    furthest: dict[int, int] = {}
    for block in marked.of("act_blocks"):
        for at in range(block.first, block.last):
            if at not in block.inner:
                furthest[at] = max(furthest.get(at, 0), block.last)

    def idle(hit: Hit) -> bool:
        return furthest.get(hit.first, 0) >= hit.last or _in_compound(marked, hit)

    return idle


def _in_compound(marked: Marked, hit: Hit) -> bool:
    """Whether a single English act word is part of a compound that tells of something else.

    A participle closes it ("rebel-held", "war-damaged"), or a noun opens it ("bomb-making", "battle-hardened").
    """
    if marked.language != "en" or hit.last - hit.first != 1 or hit.row["strength"] in PEOPLE:
        return False
    word = marked.tokens[hit.first].folded
    if hit.table == "act_verbs" and word.endswith(PARTICIPLES):
        return _hyphen(marked, hit.first - 1)
    return not word.endswith("ing") and _hyphen(marked, hit.last)


def _hyphen(marked: Marked, at: int) -> bool:
    """Whether the token is a hyphen that joins two words without a space."""
    if not 0 < at < len(marked.tokens) - 1 or marked.tokens[at].text != HYPHEN:
        return False
    before, mark, behind = marked.tokens[at - 1 : at + 2]
    return before.end == mark.start and mark.end == behind.start
