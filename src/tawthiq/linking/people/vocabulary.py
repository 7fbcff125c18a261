"""The tables about names of persons, as the rest of this package asks for them; docs/lexicons.md tells how to add rows."""

from collections.abc import Mapping
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.records.person import Sex
from tawthiq.text.folding import fold

_LANGUAGES = ("ar", "en")
ANYWHERE = "anywhere"


@cache
def titles() -> Mapping[str, str]:
    """Folded titles and the side on which they may stand: "before" or "anywhere"."""
    rows = (row for language in _LANGUAGES for row in load(f"{language}/person_titles", ("title", "side")))
    return {fold(row["title"]): row["side"] for row in rows}


@cache
def links() -> Mapping[str, str]:
    """Folded words inside names that join others, and their use: kunya, servant, son, house, second or article."""
    rows = (row for language in _LANGUAGES for row in load(f"{language}/person_links", ("word", "use")))
    return {fold(row["word"]): row["use"] for row in rows}


@cache
def full_forms() -> Mapping[str, str]:
    """Folded short forms of given names and the folded form that they are compared by."""
    rows = (row for language in _LANGUAGES for row in load(f"{language}/person_short_forms", ("short", "full")))
    return {fold(row["short"]): fold(row["full"]) for row in rows}


@cache
def letter_sounds() -> tuple[tuple[str, str], ...]:
    """Letters and their class of consonants ("-" for none), the longest letters first."""
    rows = [(row["letters"], row["sound"]) for row in load("person_letters", ("letters", "sound"))]
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


@cache
def ages() -> Mapping[str, tuple[int, int]]:
    """Folded words for an age and its full years, both ends included."""
    rows = (row for language in _LANGUAGES for row in load(f"{language}/person_ages", ("word", "first", "last")))
    return {fold(row["word"]): (int(row["first"]), int(row["last"])) for row in rows}


@cache
def sexes() -> Mapping[str, Sex]:
    """Folded words for a person's sex."""
    return {fold(row["word"]): Sex(row["sex"]) for row in load("person_sexes", ("word", "sex"))}
