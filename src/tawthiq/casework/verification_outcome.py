"""What sheets amount to. Pure: takes what matters of each sheet, returns the state of the case and the fields one by
one.

Law: one sheet decides nothing. Two that agree in every field decide. Where they differ, a third is asked for, and
each field holds what two of the three say; a field in which all differ stays open. Nothing is averaged, and nobody's
sheet weighs more.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tawthiq.casework.verification_sheet import STATUS
from tawthiq.lexicon.verification_terms import Outcome, TermList, terms

NEEDED = 2
"""Different people who must find the same."""
MOST = 3
"""Sheets that count: two, and a third where they differ."""
OPEN, SECOND, DISAGREEMENT = "open", "second", "disagreement"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`state` is of casework.models.Case.State; `settled` holds what enough people said, `differing` the fields left
    open.

    A field that nobody's sheet holds is in neither; of one that some sheets leave out, leaving it out is what these
    say.
    """

    state: str
    settled: Mapping[str, str]
    differing: tuple[str, ...]


def verdict(sheets: Sequence[Mapping[str, str]]) -> Verdict:
    """What the fields of the sheets of different people amount to, in the order in which they were given."""
    if len(sheets) < NEEDED:
        return Verdict(SECOND if sheets else OPEN, {}, ())
    counted = sheets[:MOST]
    names = list(dict.fromkeys(name for sheet in counted for name in sheet))
    settled: dict[str, str] = {}
    differing: list[str] = []
    for name in names:
        said, times = Counter(sheet.get(name, "") for sheet in counted).most_common(1)[0]
        if times < NEEDED:
            differing.append(name)
        elif said:
            settled[name] = said
    unanimous_pair = len(counted) == NEEDED and not differing
    decided = (unanimous_pair or len(counted) == MOST) and STATUS in settled
    return Verdict(_state(settled[STATUS]) if decided else DISAGREEMENT, settled, tuple(differing))


def _state(status: str) -> str:
    term = terms(TermList.STATUS).get(status)
    return str((term.outcome if term and term.outcome else Outcome.UNDECIDED).value)
