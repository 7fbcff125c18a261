"""Parties as entities of FollowTheMoney: bodies of states as PublicBody, all others as Organization (exchange_actors.tsv)."""

from collections.abc import Mapping
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.publication.exchange import terms
from tawthiq.publication.exchange.ftm_entities import Entity, fits
from tawthiq.publication.exchange.identifiers import Identifiers


class Parties:
    """Makes the entity of a party; the same party is the same entity. `until` dates what it states."""

    def __init__(self, ids: Identifiers, until: str) -> None:
        self._ids, self._until = ids, until

    def entity(self, code: str, shown: str = "") -> Entity:
        """The entity of a party by its code; one that no table knows is named as it was shown."""
        known = terms.is_party(code)
        name = terms.party(code, shown, "en")
        made = Entity(self._ids.of("party", code, "" if known else shown), _schemata().get(code, "Organization"))
        made.seen = self._until
        made.add("name", name if fits("name", name) else "unknown")
        if known:
            made.add("alias", terms.party(code, shown, "ar"), language="ara")
            made.add("country", terms.party_country(code).lower())
        made.code("code", code)
        return made


@cache
def _schemata() -> Mapping[str, str]:
    return {row["actor"]: row["schema"] for row in load("exchange_actors", ("actor", "schema"))}
