"""Analyses of one word: the stem with the clitics that Arabic writes onto it, listed and never chosen.

The surface form comes first; stripped forms follow and count only where the stem stands in a vocabulary, so that "بلدة"
(town) never turns into "ب" (in) and a rest. English words have their surface form only.
"""

from dataclasses import dataclass
from functools import lru_cache

_CONJUNCTIONS = ("", "و", "ف")
_PREPOSITIONS = ("", "ب", "ل", "ك", "س")
_PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "كم", "ني", "ه", "ك")
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Form:
    """One analysis: `clitics` are the letters before the article ("و", "ب", "وب"), `pronoun` what follows the stem."""

    stem: str
    clitics: str
    article: bool
    pronoun: str


@lru_cache(maxsize=65_536)
def forms(folded: str) -> tuple[Form, ...]:
    """The analyses of a folded word, the surface first; each stem with given clitics once."""
    found = {(folded, "", ""): Form(folded, "", False, "")}
    if not folded or not "\u0600" <= folded[0] <= "\u06ff":
        return tuple(found.values())
    for clitics, rest, article in _beginnings(folded):
        for stem, pronoun in _endings(rest):
            if len(stem) >= SHORTEST:
                found.setdefault((stem, clitics, pronoun), Form(stem, clitics, article, pronoun))
    return tuple(found.values())


@lru_cache(maxsize=65_536)
def stems(folded: str) -> frozenset[str]:
    """All stems of a folded word, the word itself included."""
    return frozenset(form.stem for form in forms(folded))


def _beginnings(folded: str) -> list[tuple[str, str, bool]]:
    """(clitics, rest, article) for each way to strip a conjunction, a preposition and the article."""
    found = []
    for conjunction in _CONJUNCTIONS:
        if not folded.startswith(conjunction):
            continue
        after = folded[len(conjunction) :]
        for preposition in _PREPOSITIONS:
            if not after.startswith(preposition):
                continue
            rest = after[len(preposition) :]
            found.append((conjunction + preposition, rest, False))
            if rest.startswith("ال") and len(rest) > 3:
                found.append((conjunction + preposition, rest[2:], True))
            if preposition == "ل" and rest.startswith("ل") and len(rest) > 2:
                found.append((conjunction + preposition, rest[1:], True))
    return found


def _endings(rest: str) -> list[tuple[str, str]]:
    """(stem, pronoun): the rest itself, and the rest without an object or possessive pronoun ("ت" may stand for "ة")."""
    found = [(rest, "")]
    for pronoun in _PRONOUNS:
        if rest.endswith(pronoun) and len(rest) - len(pronoun) >= 3:
            stem = rest[: -len(pronoun)]
            found.append((stem, pronoun))
            if stem.endswith("ت"):
                found.append((stem[:-1] + "ه", pronoun))
    return found
