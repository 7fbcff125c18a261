"""Incidents as FollowTheMoney 4.11: entities (JSON Lines) and statements (CSV) whose origin names the characters that say so.

| our record | entity |
|---|---|
| incident | Event; topic crime.war only where people verified a violation that article 8 of the Rome Statute is mapped to |
| report | Article, or Document for what is no text; Documentation ties it to the Event |
| place | Address |
| party | PublicBody or Organization; UnknownLink with role "alleged perpetrator", also for what people found |
| person | Person under the pseudonym; UnknownLink with the role |
| claim, statement, slot, grade, decision | Note; Mention of who speaks |

Acts, counts, hedges and how claims stand have no property there: they are keywords "field:value" (docs/exchange.md).
"""

import csv
from collections.abc import Iterator
from pathlib import Path

from tawthiq.publication.exchange.carried import Tally
from tawthiq.publication.exchange.ftm_entities import Entity
from tawthiq.publication.exchange.ftm_incident import Incidents
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import AboutArchive, WrittenFile

ENTITIES, STATEMENTS = "entities.ftm.json", "statements.csv"
COLUMNS = (
    "canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin", "lang", "original_value",
    "external", "first_seen", "last_seen", "id",
)  # fmt: skip

# Of which records of ours the values of an entity are, by the kind that its identifier names.
_PARTS = {
    "report": "reports.", "documentation": "reports.", "place": "places.", "claim": "claims.", "statement": "statements.",
    "attribution": "attributions.", "involvement": "persons.", "slot": "slots.", "grade": "grades.", "decision": "decisions.",
}  # fmt: skip


def write(incidents: Iterator[DisclosedIncident], about: AboutArchive, path: Path) -> WrittenFile:
    """Write the folder `path` with entities and statements. Raises OSError."""
    tally, making = Tally("ftm"), Incidents(about)
    path.mkdir()
    with (
        (path / ENTITIES).open("wb") as entities,
        (path / STATEMENTS).open("w", encoding="utf-8", newline="") as statements,
    ):
        rows = csv.writer(statements, dialect=csv.unix_dialect)
        rows.writerow(COLUMNS)
        for incident in incidents:
            tally.take(incident)
            made = list(making.entities(incident))
            entities.write(b"".join(entity.line() for entity in made))
            rows.writerows(row for entity in made for row in entity.statements(making.dataset))
            for entity in made:
                _missed(tally, entity)
    return tally.written()


def _missed(tally: Tally, entity: Entity) -> None:
    part = _PARTS.get(entity.identifier.split("-")[2], "")
    for name in entity.too_long:
        tally.miss(f"{part}{name}", "too-long")
