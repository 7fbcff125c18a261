"""What dossiers say, in Arabic and English: one table of texts by key (lexicon/data/dossier_texts.tsv), with the agreement of
number and noun that Arabic asks for (the six classes of Unicode CLDR for "ar", zero counted as hundreds).
"""

import re
from dataclasses import dataclass
from functools import cache

from tawthiq.lexicon.tables import load

COLUMNS = ("key", "en", "ar")
LANGUAGES = ("ar", "en")
_BRACES = re.compile(r"{(\w+)}")
_FEW, _MANY = (3, 10), (11, 99)


@dataclass(frozen=True, slots=True)
class DossierTexts:
    """The texts in one language, "ar" or "en"."""

    language: str

    def of(self, key: str) -> str:
        """The text with this key, its braces not filled. Raises KeyError for a key that the table lacks."""
        return _table()[key][LANGUAGES.index(self.language)]

    def filled(self, key: str, **values: object) -> str:
        """The text with its braces filled. Raises KeyError for a key or a value that is missing."""
        return _BRACES.sub(lambda found: str(values[found[1]]), self.of(key))

    def label(self, kind: str, code: str) -> str:
        """What a code of a kind is called; the code itself where the table has no label for it."""
        key = f"{kind}.{code}"
        return self.of(key) if key in _table() else code

    def counted(self, number: int, noun: str) -> str:
        """A number with its noun: "2 children", "طفلان" (two children)."""
        return self.filled(f"counted.{noun}.{number_class(number)}", number=f"{number:,}")


def number_class(number: int) -> str:
    """Which form a noun takes beside a number in Arabic."""
    last = number % 100
    if number in (1, 2):
        return "one" if number == 1 else "two"
    if _FEW[0] <= last <= _FEW[1]:
        return "few"
    return "many" if _MANY[0] <= last <= _MANY[1] else "other"


def dossier_keys() -> frozenset[str]:
    """Every key of the table."""
    return frozenset(_table())


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {row["key"]: (row["ar"], row["en"]) for row in load("dossier_texts", COLUMNS)}
