"""Published tables of ../shared/mse, read as a person would hand them over; their counts stay there."""

from pathlib import Path

from tawthiq.estimation.table_file import Asked, read_table
from tawthiq.records.estimate import OverlapTable

FREQUENCIES = {
    "HIV": "freq",
    "lesbian": "freq",
    "hare": None,
    "UKdat_5": "count",
    "Ned_5": "frequency",
    "NewOrl_5": "n",
    "spina": "y",
    "ScotPWID": "y",
}


def published(shared: Path, name: str) -> OverlapTable:
    """The table, its strata added up."""
    data = (shared / "mse" / f"{name}.csv").read_bytes()
    (only,), _ = read_table(name, data, Asked(FREQUENCIES[name]))
    return only.table


def made(counts: dict[str, int], lists: tuple[str, ...] = ("A", "B", "C")) -> OverlapTable:
    """A table from patterns such as "110"."""
    cells = sorted((tuple(map(int, pattern)), count) for pattern, count in counts.items() if count)
    return OverlapTable(lists, tuple(cells))


SOUND = {"100": 120, "010": 90, "001": 60, "110": 40, "101": 25, "011": 20, "111": 10}
"""Three lists of our own that overlap well."""
