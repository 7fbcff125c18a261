"""The formats that incidents can be handed out in: one name each, the module that writes it, loaded when it is used.

A writer is a function `write(incidents, about, path) -> WrittenFile`: an iterator of records.disclosure.DisclosedIncident that
is gone through once, records.handing_out.AboutArchive, and the path to make (a file, or a folder where `suffix` is empty). The
same incidents give the same bytes. What the format has no place for is counted and told, never dropped in silence.
"""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.handing_out import AboutArchive, WrittenFile

Writer = Callable[[Iterator[DisclosedIncident], AboutArchive, Path], WrittenFile]


@dataclass(frozen=True, slots=True)
class Format:
    """A format by name. `suffix` ends the name of its file, empty for a folder; `module` of this room holds `write`."""

    name: str
    suffix: str
    module: str
    about: str

    def writer(self) -> Writer:
        """The function that writes it."""
        return cast("Writer", importlib.import_module(f"tawthiq.publication.{self.module}").write)


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "csv", "", "tables.csv_tables", "CSV: one row an incident, a claim, a report; columns described beside them"
        ),
        Format("parquet", "", "tables.parquet_tables", "Parquet: the same tables with their types"),
        Format("geojson", ".geojson", "tables.geojson", "GeoJSON: a point for each place that a report names"),
        Format(
            "acled-csv",
            ".csv",
            "tables.acled_csv",
            "CSV in the columns of ACLED, by mappings that a lawyer has to review",
        ),
        Format("atlos-csv", ".csv", "tables.atlos_csv", "CSV that Atlos imports"),
        Format("ftm", "", "exchange.ftm", "FollowTheMoney: entities, and statements with the characters that say so"),
        Format("uwazi", ".zip", "exchange.uwazi", "ZIP that Uwazi imports"),
        Format("bayanat", "", "exchange.bayanat", "Sheet of actors, bulletins and incidents for Bayanat"),
    )
}
