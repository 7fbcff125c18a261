"""`protected_in` for who asks often: opened again only when a person file changed, so that a name sealed a second ago counts.

What was opened stays in this process's memory, where the keys that open it lie as well (`domain.field_key`). It is bound to the
archive and to what every act on a person file changes: its revision. Names of the team are asked for each time.
"""

from dataclasses import replace
from pathlib import Path
from threading import Lock

from django.db.models import Count, Max, Sum

from tawthiq.casework.models import Person, PersonIdentity, PersonNaming, PersonProposal, PersonRevision, User
from tawthiq.casework.queries.protected import protected_in
from tawthiq.records.disclosure import Protected

_State = tuple[object, ...]
_known: dict[Path | None, tuple[_State, Protected]] = {}
_lock = Lock()


def protected_now(folder: Path | None) -> Protected:
    """All who are protected at this moment: some queries where nothing changed. Raises as `protected_in` does."""
    state = _state()
    with _lock:
        known = _known.get(folder)
        if known is None or known[0] != state:
            _known.clear()
            known = (state, protected_in(folder))
            if _state() == state:  # else a file changed while the names were opened: the next who asks opens them again
                _known[folder] = known
    return replace(known[1], members=tuple(User.objects.order_by("name").values_list("name", flat=True)))


def _state() -> _State:
    """What differs as soon as any person file does."""
    persons = Person.objects.aggregate(Count("number"), Sum("revision"))
    last = PersonRevision.objects.aggregate(Max("number"), Count("number"))
    namings = PersonNaming.objects.aggregate(Max("number"), Count("number"))
    kept = Person.objects.filter(identity_state=Person.IdentityState.KEPT).count()
    identities = PersonIdentity.objects.count()
    pairs = PersonProposal.objects.aggregate(Max("number"), Count("number"))
    return (*persons.values(), *last.values(), *namings.values(), *pairs.values(), kept, identities)
