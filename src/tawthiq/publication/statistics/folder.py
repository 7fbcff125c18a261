"""The folder of statistics: `index.html`, `methods.html`, `figures/NAME-LANGUAGE.svg`, `tables/NAME.csv`.

The same numbers give the same bytes; files name no clock, no machine and no path.
"""

from pathlib import Path

from tawthiq.publication.statistics.figures import figures
from tawthiq.publication.statistics.methods import methods
from tawthiq.publication.statistics.page import page
from tawthiq.publication.statistics.tables import csv_files
from tawthiq.records.handing_out import AboutArchive
from tawthiq.records.statistics import Statistics


def write(found: Statistics, about: AboutArchive, languages: tuple[str, ...], path: Path) -> None:
    """Make the folder. `languages` are "ar" and "en" or one of them, in the order in which the pages show them."""
    (path / "figures").mkdir(parents=True)
    (path / "tables").mkdir()
    (path / "index.html").write_bytes(page(found, about, languages))
    (path / "methods.html").write_bytes(methods(found, about, languages))
    for language in languages:
        for name, drawn in figures(found, language):
            (path / "figures" / f"{name}-{language}.svg").write_bytes(drawn.encode("utf-8", "replace"))
    for name, data in csv_files(found):
        (path / "tables" / name).write_bytes(data)
