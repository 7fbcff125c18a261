"""All vocabulary tables looked at once: what `tawthiq doctor` asks after someone has edited them.

Only the first mistake of a table is told. Whether a header is the one that its readers expect shows when they load it.
"""

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from tawthiq.lexicon.tables import COMMENT, load
from tawthiq.records.errors import BadLexicon


def table_names() -> list[str]:
    """Every table, such as "actors" and "ar/months", in alphabetical order."""
    data = resources.files("tawthiq.lexicon") / "data"
    return sorted(name for entry in data.iterdir() for name in _names(entry))


def _names(entry: Traversable) -> Iterator[str]:
    inner = [(f"{entry.name}/", part) for part in entry.iterdir()] if entry.is_dir() else [("", entry)]
    for folder, part in inner:
        if part.name.endswith(".tsv"):
            yield folder + part.name.removesuffix(".tsv")


def mistakes() -> Iterator[BadLexicon]:
    """The first mistake of each table that has one."""
    for name in table_names():
        try:
            load(name, _header(name))
        except BadLexicon as error:
            yield error


def _header(name: str) -> tuple[str, ...]:
    """The columns that a table says it has; none when it cannot be read, which `load` then tells."""
    data = (resources.files("tawthiq.lexicon") / "data" / f"{name}.tsv").read_bytes().decode("utf-8-sig", "replace")
    lines = (line for line in data.split("\n") if line.strip() and not COMMENT.match(line))
    return tuple(cell.strip(" \r") for cell in next(lines, "").split("\t"))
