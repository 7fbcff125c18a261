"""Given names of people in Arabic texts (table ar/given_names.tsv), in the form in which `text.folding` compares words."""

from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.text.folding import fold


@cache
def given_names() -> frozenset[str]:
    """Names that are no everyday word: each begins the name of a person wherever it stands as a noun."""
    return _of("no")


@cache
def doubtful_names() -> frozenset[str]:
    """Names that are everyday words too ("صباح", morning): one is a name only where another name follows."""
    return _of("yes")


def _of(word: str) -> frozenset[str]:
    rows = load("ar/given_names", ("names", "word"))
    return frozenset(fold(name) for row in rows if row["word"] == word for name in row.alternatives("names"))
