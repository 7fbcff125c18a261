"""What a new decision is checked for before it is kept: its names, whose they are already, its coordinates, its reason.

These checks look at the tables and packs at hand; `authority` holds the rules that need none of them. Refused is what
would make readings wrong in silence: a name that is no name, a wording that means another party, a place that is there
already, coordinates in another part of the world. What only may be wrong is a remark, which the person sees.
"""

from tawthiq.lexicon.authority import refusal
from tawthiq.lexicon.authority_actor_checks import actor_remarks
from tawthiq.lexicon.authority_ground import Ground
from tawthiq.lexicon.authority_place_checks import place_remarks
from tawthiq.records.authority import Decision, EntryKind, Step, Told

_WORKING = frozenset({Step.ADD, Step.ALIAS, Step.CORRECT, Step.MERGE, Step.NOT_PLACE})

__all__ = ["Ground", "remarks"]


def remarks(ground: Ground, decision: Decision) -> tuple[Told, ...]:
    """What a person should know of a decision that can be kept. Raises AuthorityRefused, with the reason, for another."""
    if not decision.reason:
        raise refusal(decision, "it does not say why", "give a reason, with its source")
    if decision.step in _WORKING and not decision.source:
        raise refusal(decision, "its reason names no source", "say where it can be read: a report, a map, a page")
    if decision.step is Step.WITHDRAW:
        return ()
    if decision.kind is EntryKind.ACTOR:
        return tuple(actor_remarks(ground, decision))
    return tuple(place_remarks(ground, decision))
