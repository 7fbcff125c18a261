"""How well records of persons are linked: Splink's collections with known duplicates, where ../shared is at hand.

Figures are over all pairs of records of one person, whether they were ever compared or not. "pair" counts proposals at even
odds, "group" the pairs within the groups by which persons are counted.
"""

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from eval.check import CORPUS, shared_folder
from tawthiq.linking.people import propose, read_person
from tawthiq.records.person import ListCell, PersonProposals, PersonRecord, PersonValue

Persons = Mapping[str, str]
_HISTORICAL = {
    "name": "full_name", "birth": "dob", "birth_place": "birth_place", "residence": "postcode_fake",
    "occupation": "occupation", "sex": "gender",
}  # fmt: skip


def record(identifier: str, file: str, line: int, told: Mapping[str, str | None]) -> PersonRecord:
    """One record as a list of that file would give it."""
    values = {name: PersonValue(text, ListCell(file, line, name)) for name, text in told.items() if text}
    return read_person(identifier, file, {"name": PersonValue("", ListCell(file, line, "name")), **values})


def historical_50k(shared: Path) -> tuple[list[PersonRecord], Persons]:
    """50,578 records with errors of 5,156 persons, and whose each is."""
    import duckdb  # noqa: PLC0415

    file = shared / "linking" / "historical_figures_with_errors_50k.parquet"
    columns = ", ".join(_HISTORICAL.values())
    with duckdb.connect() as connection:
        rows = connection.sql(f"select unique_id, cluster, {columns} from '{file}' order by unique_id").fetchall()
    made = [
        record(row[0], "historical", line, dict(zip(_HISTORICAL, row[2:], strict=True)))
        for line, row in enumerate(rows, start=2)
    ]
    return made, {row[0]: row[1] for row in rows}


def fake_1000(shared: Path) -> tuple[list[PersonRecord], Persons]:
    """1,000 made-up records of 251 persons, and whose each is."""
    with (shared / "linking" / "fake_1000.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    made = [
        record(
            row["unique_id"],
            "fake",
            line,
            {
                "name": f"{row['first_name']} {row['surname']}".strip(),
                "birth": row["dob"],
                "residence": row["city"],
                "identity": row["email"],
            },
        )
        for line, row in enumerate(rows, start=2)
    ]
    return made, {row["unique_id"]: row["cluster"] for row in rows}


def scored(found: PersonProposals, persons: Persons) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of the pairs and of the groups."""
    true = sum(_pairs(count) for count in Counter(persons.values()).values())
    right = sum(persons[pair.first] == persons[pair.second] for pair in found.pairs)
    grouped = sum(_pairs(len(group)) for group in found.groups)
    kept = sum(_pairs(n) for group in found.groups for n in Counter(persons[each] for each in group).values())
    return {"pair": _figures(right, len(found.pairs), true), "group": _figures(kept, grouped, true)}


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _figures(right: int, found: int, true: int) -> tuple[float, float, float]:
    return right / found if found else 1.0, right / true, 2 * right / (found + true)


def figures(corpus: Path, shared: Path | None) -> dict[str, float]:
    """Every figure; none where ../shared is absent."""
    if shared is None:
        return {}
    measured: dict[str, float] = {}
    for name, load in (("fake_1000", fake_1000), ("historical_50k", historical_50k)):
        records, persons = load(shared)
        for what, (precision, recall, f1) in scored(propose(records), persons).items():
            measured[f"people {name} {what} P"] = precision
            measured[f"people {name} {what} R"] = recall
            measured[f"people {name} {what} F1"] = f1
    return measured


if __name__ == "__main__":
    for name, value in figures(CORPUS, shared_folder()).items():
        print(f"{name:50} {value:.3f}")
