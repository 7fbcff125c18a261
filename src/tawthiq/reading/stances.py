"""What a speaker does by words that only assert: the opening of what was said may deny, doubt or threaten.

"قال إن الخبر عارٍ عن الصحة" denies, "said it would respond in kind" threatens. Vocabulary: speech_words.tsv, uses says_denies,
says_doubts, says_threatens; a row may hold two words. A verb with a stance of its own keeps it.
"""

from itertools import pairwise

from tawthiq.reading.cues import speech_words
from tawthiq.reading.frames import Frame
from tawthiq.reading.layout import Layout
from tawthiq.records.statement import Stance

_LONGEST_OPENING = 9  # words
_MARKS = frozenset("\"'«»“”()،,:")
_USES = (
    ("says_denies", Stance.DENIES),
    ("says_threatens", Stance.THREATENS),
    ("says_doubts", Stance.HEDGES),
)


def stance_of(layout: Layout, frame: Frame, language: str) -> Stance:
    """The frame's stance, or where it only asserts, the one that its first words show."""
    if frame.stance is not Stance.ASSERTS:
        return frame.stance
    first = layout.index_at(frame.content.start)
    last = min(layout.index_at(frame.content.end), first + _LONGEST_OPENING)
    words = [word for word in layout.words[first:last] if word not in _MARKS]
    opening = {*words, *map(" ".join, pairwise(words))}
    for use, stance in _USES:
        if not opening.isdisjoint(speech_words(language, use)):
            return stance
    return frame.stance
