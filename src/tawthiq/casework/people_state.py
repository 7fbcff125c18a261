"""What holds of a pair of records, from what people said of it: the last word of each counts."""

from collections.abc import Iterable

from tawthiq.casework.models import PersonDecision, PersonProposal

PEOPLE_NEEDED = 2
"""Different people who must say "one person" before it holds."""
_State, _Verdict = PersonProposal.State, PersonDecision.Verdict


def state_of(decisions: Iterable[tuple[str, str]]) -> str:
    """The state after decisions, each a person and a verdict, in the order in which they were made.

    Whoever says otherwise than another makes the pair unsure, and one person alone never makes two records one.
    """
    last = dict(decisions)
    said = set(last.values())
    if {_Verdict.SAME, _Verdict.DIFFERENT} <= said:
        return _State.UNSURE
    if _Verdict.SAME in said:
        agreed = sum(verdict == _Verdict.SAME for verdict in last.values())
        return _State.SAME if agreed >= PEOPLE_NEEDED else _State.WAITING
    if _Verdict.DIFFERENT in said:
        return _State.DIFFERENT
    return _State.UNSURE if said else _State.WAITING
