"""Names of actors as people decided them, for pages that show parties: asked for once in each request that shows one.

The answer is kept while the last decision stays the last one, so that a page costs one small question.
A row that is not what its digest says names nothing here; reading stops at it and says so.
"""

import logging
from collections.abc import Mapping
from functools import lru_cache
from threading import local

from django.core.signals import request_started
from django.db import DatabaseError, connection
from django.dispatch import receiver

from tawthiq.casework.models import AuthorityDecision
from tawthiq.casework.queries.authority import authority_of
from tawthiq.lexicon.authority import resolve
from tawthiq.records.authority import EntryKind
from tawthiq.records.errors import TawthiqError

Names = Mapping[str, tuple[str, str]]
_held = local()


def decided_names() -> Names:
    """The Arabic and English name of every actor that people added or renamed, by its code; merged ones by both codes."""
    found: Names | None = getattr(_held, "names", None)
    if found is None:
        found = _held.names = _asked()
    return found


def _asked() -> Names:
    try:
        last = AuthorityDecision.objects.order_by("-revision").values_list("revision", "sha256").first()
        if last is None:
            return {}
        return _by_decision(str(connection.settings_dict["NAME"]), *last)
    except DatabaseError as error:
        logging.getLogger("django").error("names of actors cannot be told: %s", error)
        return {}


@lru_cache(maxsize=4)
def _by_decision(_database: str, _revision: int, _sha256: str) -> Names:
    """The names that hold after one decision of one archive."""
    try:
        entries = authority_of().entries
    except TawthiqError as error:
        logging.getLogger("django").error("names of actors cannot be told: %s", error)
        return {}
    found = {}
    for code, entry in entries.items():
        final = entries.get(resolve(entries, code), entry)
        if entry.kind is EntryKind.ACTOR and (final.name_ar or final.name_en):
            found[code] = (final.name_ar, final.name_en)
    return found


@receiver(request_started)
def forget(**_given: object) -> None:
    """Another request, another authority."""
    _held.names = None
