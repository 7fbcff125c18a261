"""The sheet of actors for Bayanat: headings are its own identifiers of fields, so that the mapping names each column once."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from tawthiq.lexicon.tables import load
from tawthiq.publication.exchange import terms as wording
from tawthiq.publication.exchange.carried import Tally
from tawthiq.publication.exchange.identifiers import Identifiers
from tawthiq.publication.exchange.workbook import writable
from tawthiq.records.disclosure import DisclosedIncident, DisclosedPerson

COLUMNS = ("originid", "name", "name_ar", "dtype", "sex", "age", "civilian", "description")
MAPPING: Mapping[str, Any] = {
    "name": "Tawthiq",
    "data": {
        "map": {column: [column] for column in COLUMNS if column != "description"}
        | {"description": [{"data": ["description"]}]},
        "vmap": {"originid": True},
    },
}
"""A saved mapping as Bayanat keeps it: a column for each field; rows whose originid is there are skipped."""


class Actors:
    """Collects persons and parties over all incidents; who comes again gets one row, with every role in its description."""

    def __init__(self, identifiers: Identifiers, tally: Tally) -> None:
        self._identifiers, self._tally = identifiers, tally
        self._named: dict[str, tuple[str, ...]] = {}
        self._told: dict[str, list[str]] = {}

    def take(self, incident: DisclosedIncident) -> None:
        """Take the persons of an incident, and the parties that people found named as responsible."""
        for number, person in enumerate(incident.persons):
            self._person(incident.number, number, person)
        for attribution in incident.attributions:
            names = tuple(wording.party(attribution.party, "", language) for language in ("en", "ar"))
            role = wording.term("role", "alleged-perpetrator", "en")
            told = f"{role}, incident {incident.number}: {attribution.degree}"
            self._add(self._identifiers.of("party", attribution.party, ""), (*names, "Entity", "", "", ""), told)

    def rows(self) -> list[tuple[str, ...]]:
        """The rows below the headings."""
        return [(origin, *cells, "\n".join(self._told[origin])) for origin, cells in self._named.items()]

    def _person(self, incident: int, number: int, person: DisclosedPerson) -> None:
        told = (person.sex, person.age_group, person.civilian)
        name = person.pseudonym
        if name and (not writable(name) or name != name.strip()):
            self._tally.miss("persons.pseudonym", "unwritable")
            name = name.strip()
        shown = name or f"Person {number + 1} of incident {incident}"
        origin = self._identifiers.of("person", person.pseudonym or f"{incident}-{number}", *told)
        options = [
            _options().get((field, code), code) for field, code in zip(("sex", "age", "civilian"), told, strict=True)
        ]
        words = ", ".join(code for code in (person.role, *told) if code)
        self._add(origin, (shown, shown, "Person", *options), f"incident {incident}: {words}")

    def _add(self, origin: str, cells: tuple[str, ...], told: str) -> None:
        self._named.setdefault(origin, cells)
        self._told.setdefault(origin, []).append(told)


@cache
def _options() -> Mapping[tuple[str, str], str]:
    return {(row["field"], row["code"]): row["option"] for row in load("bayanat_options", ("field", "code", "option"))}
