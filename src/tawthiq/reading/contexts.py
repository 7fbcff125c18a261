"""Words around a mention as features: what stands beside a party or a time tells much of what it is to an act."""

from functools import lru_cache

from tawthiq.reading.marked import Marked
from tawthiq.reading.vocabulary import Hit

_GLUED = (
    ("وال", ""),
    ("فال", ""),
    ("بال", "ب+"),
    ("وبال", "ب+"),
    ("كال", "ك+"),
    ("ولل", "ل+"),
    ("لل", "ل+"),
    ("ال", ""),
)
_SHORTEST = 2
DENIAL_REACH = 3
EDGE = "^"
NUMBER = "#"
MARK = "*"
_NAMED_MARKS = frozenset("،,.:؛;()[]\"'-–—؟?!/%…")


def beside(marked: Marked, first: int, last: int) -> dict[str, object]:
    """Features for the two words before token `first` and the word at token `last`, within the sentence."""
    return {
        f"left {word_at(marked, first - 1, first)}": True,
        f"left2 {word_at(marked, first - 2, first)}": True,
        f"right {word_at(marked, last, first)}": True,
    }


def word_at(marked: Marked, at: int, near: int) -> str:
    """The word at a token as a feature value; EDGE where the sentence of token `near` has ended."""
    if not 0 <= at < len(marked.tokens) or marked.sentence_of[at] != marked.sentence_of[near]:
        return EDGE
    token = marked.tokens[at]
    if token.kind == "word":
        return bare(token.folded)
    return NUMBER if token.kind == "number" else token.folded if token.folded in _NAMED_MARKS else MARK


def denials_before(marked: Marked, at: int) -> list[Hit]:
    """Words of denial that begin up to DENIAL_REACH tokens before a token ("لم", did not; "not", "no")."""
    cues = (marked.at("scope_cues", k) for k in range(max(at - DENIAL_REACH, 0), at))
    return [cue for cue in cues if cue is not None and cue.row["effect"] == "denied"]


@lru_cache(maxsize=1 << 15)
def bare(folded: str) -> str:
    """A folded word without conjunction and article; a preposition written onto the article is kept apart."""
    for glued, kept in _GLUED:
        if folded.startswith(glued) and len(folded) - len(glued) >= _SHORTEST:
            return kept + folded[len(glued) :]
    return folded
