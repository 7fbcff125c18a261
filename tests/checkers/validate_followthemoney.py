"""Run by the Python of .venv-checkers: FollowTheMoney's own library reads what we wrote in a folder, and tells what it found.

For each entity whether its schema, its properties and the form of every value hold; for the statements, whether the library's
reader takes them, its keys are ours, and entities rebuilt from them are the same.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from followthemoney import model
from followthemoney.dataset import Dataset
from followthemoney.exc import InvalidData
from followthemoney.statement import Statement, StatementEntity
from followthemoney.statement.serialize import read_path_statements


def main(folder: Path) -> dict[str, object]:
    wrong, entities = [], {}
    for line in (folder / "entities.ftm.json").read_bytes().split(b"\n"):
        if not line:
            continue
        data = json.loads(line)
        proxy = model.get_proxy(data)
        try:
            proxy.schema.validate(data)
        except InvalidData as error:
            wrong.append([data["id"], str(error.errors)[:300]])
        for name, values in data["properties"].items():
            prop = proxy.schema.get(name)
            if prop is None or prop.stub:
                wrong.append([data["id"], f"no property {name}"])
                continue
            wrong += [[data["id"], name, value[:50]] for value in values if not prop.type.validate(value)]
        if data["id"] in entities:
            wrong.append([data["id"], "twice"])
        entities[data["id"]] = data
    missing = [value for data in entities.values() for value in referred(data) if value not in entities]
    return {"wrong": wrong, "missing": missing, "entities": len(entities)} | statements(folder, entities)


def referred(data: dict[str, object]) -> Iterator[str]:
    schema = model.get(data["schema"])
    for name, values in data["properties"].items():
        if schema.get(name).type.name == "entity":
            yield from values


def statements(folder: Path, entities: dict[str, dict[str, object]]) -> dict[str, object]:
    read = list(read_path_statements(folder / "statements.csv", "csv"))
    keys = [
        s.id
        for s in read
        if s.prop != "id" and s.id != Statement.make_key(s.dataset, s.entity_id, s.prop, s.value, s.external, s.lang)
    ]
    grouped = defaultdict(list)
    for statement in read:
        grouped[statement.entity_id].append(statement)
    differing = []
    for identifier, data in entities.items():
        told = grouped.pop(identifier, [])
        dataset = Dataset({"name": told[0].dataset, "title": told[0].dataset})
        built = StatementEntity(dataset, {"id": identifier, "schema": data["schema"]})
        for statement in told:
            built.add_statement(statement)
        same = {name: sorted(values) for name, values in data["properties"].items()}
        if built.schema.name != data["schema"] or {n: sorted(v) for n, v in built.properties.items()} != same:
            differing.append(identifier)
        base = next(s for s in told if s.prop == "id")
        expected = next(s for s in built.statements if s.prop == "id")
        if (base.value, base.id) != (expected.value, expected.id):
            differing.append(f"{identifier}: id")
    origins = sum(bool(s.origin) for s in read)
    return {"statements": len(read), "keys": keys, "differing": differing, "left": list(grouped), "origins": origins}


print(json.dumps(main(Path(sys.argv[1]))))
