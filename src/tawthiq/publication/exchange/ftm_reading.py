"""Reading entities of FollowTheMoney (JSON Lines): a row for each Event, with what others point to it with.

Of entities as we write them also the act and the counts come back, which stand among the keywords there (docs/exchange.md).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tawthiq.publication.exchange.ftm_incident import PERPETRATOR
from tawthiq.records.exchange import ExchangeRead, ExchangeRow

_HARMS = ("killed", "injured", "detained", "abducted", "missing", "displaced")
_DAY = len("2026-01-02")
_SHOWN = 80
Properties = Mapping[str, list[str]]


def is_ftm(text: str) -> bool:
    """Whether the first line with something in it is an entity."""
    first = next((line for line in text.removeprefix("\ufeff").split("\n") if line.strip()), "")
    return _entity(first) is not None


def read_ftm(text: str) -> ExchangeRead:
    """The events among entities. A line that is no entity is named."""
    notes: list[str] = []
    entities: dict[str, tuple[str, Properties]] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        if line.strip():
            found = _entity(line)
            if found is None:
                notes.append(f"line {number} is no entity")
            else:
                entities[found[0]] = found[1:]
    around: dict[str, list[tuple[str, Properties]]] = defaultdict(list)
    for schema, properties in entities.values():
        for target in dict.fromkeys((*properties.get("object", ()), *properties.get("entity", ()))):
            around[target].append((schema, properties))
    rows = [_row(key, entities, around[key]) for key, (schema, _) in entities.items() if schema == "Event"]
    if not rows:
        notes.append("it holds no Event")
    return ExchangeRead(tuple(rows), tuple(notes))


def _row(key: str, entities: Mapping[str, tuple[str, Properties]], around: list[tuple[str, Properties]]) -> ExchangeRow:
    event = entities[key][1]

    def named(keys: Iterable[str], *props: str) -> str:
        found = (entities[each][1] for each in keys if each in entities)
        return _one(value for properties in found for prop in props for value in properties.get(prop, ())[:1])

    places = named(event.get("addressEntity", ()), "full", "name") or _one(event.get("location", ()))
    links = [p for schema, p in around if schema == "UnknownLink" and PERPETRATOR in p.get("role", ())]
    notes = [p for schema, p in around if schema == "Note"]
    parties = dict.fromkeys(subject for link in links for subject in link.get("subject", ()))
    return ExchangeRow(
        id=_one(event.get("recordId", ())[:1]) or key,
        act=_coded(event, "act"),
        first=(_one(event.get("startDate", ())) or _one(event.get("date", ())))[:_DAY],
        last=_one(event.get("endDate", ()))[:_DAY],
        place=places,
        country=_one(event.get("country", ())).upper(),
        party=named(parties, "name"),
        description=" — ".join((*event.get("name", ())[:1], *event.get("description", ()), *event.get("summary", ()))),
        speaker=named(event.get("proof", ()), "publisher"),
        link=named(event.get("proof", ()), "sourceUrl"),
        **{harm: _counts(notes, harm) for harm in _HARMS},
    )


def _counts(notes: Iterable[Properties], harm: str) -> str:
    """The bounds that claims on a harm to all give, each once."""
    told = []
    for note in notes:
        if _coded(note, "harm") == harm and _coded(note, "group") == "all":
            low, high = _coded(note, "minimum"), _coded(note, "maximum")
            told.append(f"at least {low}" if not high else high if low in ("", high) else f"{low}-{high}")
    return _one(told)


def _coded(properties: Properties, field: str) -> str:
    """The value of a keyword "field:value"."""
    found = (value.partition(":") for value in properties.get("keywords", ()))
    return next((value for name, _, value in found if name == field), "")


def _one(values: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _entity(line: str) -> tuple[str, str, Properties] | None:
    """The identifier, schema and properties of a line, None for anything else."""
    try:
        value: Any = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not isinstance(value.get("properties"), dict):
        return None
    key, schema, properties = value.get("id"), value.get("schema"), value["properties"]
    sound = all(
        isinstance(each, list) and all(isinstance(member, str) for member in each) for each in properties.values()
    )
    return (key, schema, properties) if isinstance(key, str) and isinstance(schema, str) and sound else None
