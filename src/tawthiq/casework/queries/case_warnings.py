"""Why a case needs particular care: what `queries.warnings` finds of its incident, and the types of violations people set.

Computed, never typed, never switched off: who must be protected does not depend on who is right.
"""

from collections.abc import Collection, Iterable

from tawthiq.casework.queries.visibility import Sight
from tawthiq.casework.queries.warnings import Care, warnings_of
from tawthiq.lexicon.verification_terms import violation_types

_OF_TYPES = {"CHI": Care.CHILD, "SEX": Care.SEXUAL_VIOLENCE}


def case_warnings(incident: int, violations: Iterable[str], sight: Sight | None = None) -> tuple[str, ...]:
    """The warnings of a case. Without a sight everything counts, hidden person files too: for the gate of publication."""
    found = set(warnings_of([incident], sight, whole=sight is None).get(incident, frozenset()))
    found |= {_OF_TYPES[code] for code in violations if code in _OF_TYPES}
    return tuple(care.value for care in Care if care in found)


def is_sensitive(warnings: Collection[str], violations: Iterable[str]) -> bool:
    """Whether publishing asks for a second person and for no exact place."""
    types = violation_types()
    return bool(warnings) or any(types[code].sensitive for code in violations if code in types)
