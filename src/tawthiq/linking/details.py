"""Details told near an event by which reports of one occurrence know each other: weapon, site, time of day, a rising toll.

The words stand in the lexicon tables "link_words". What is found serves comparison only and enters no record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tawthiq.lexicon.tables import load
from tawthiq.linking.place_names import without_article
from tawthiq.text.folding import fold

Phrase = tuple[str, ...]
_WRITTEN_ONTO = "وفبلك"  # and, so, in, for, as


@dataclass(frozen=True, slots=True)
class Details:
    """Codes of link_words.tsv near an event; `rising` says that the words update an earlier toll."""

    weapons: frozenset[str] = frozenset()
    sites: frozenset[str] = frozenset()
    hours: frozenset[str] = frozenset()
    rising: bool = False


def details(words: Sequence[str]) -> Details:
    """What folded words tell."""
    found: dict[str, set[str]] = {}
    for role, value in _found(words):
        found.setdefault(role, set()).add(value)
    return Details(
        frozenset(found.get("weapon", ())),
        frozenset(found.get("site", ())),
        frozenset(found.get("hour", ())),
        "rising" in found,
    )


@cache
def _phrases() -> dict[str, tuple[tuple[Phrase, str, str], ...]]:
    """Phrases with role and value by their first word, longer ones first."""
    rows = [
        row for language in ("ar", "en") for row in load(f"{language}/link_words", ("forms", "role", "value", "gloss"))
    ]
    told = {
        (tuple(without_article(word) for word in fold(form).split()), row["role"], row["value"])
        for row in rows
        for form in row.alternatives("forms")
    }
    by_first: dict[str, list[tuple[Phrase, str, str]]] = {}
    for entry in sorted(told, key=lambda entry: (-len(entry[0]), entry)):
        by_first.setdefault(entry[0][0], []).append(entry)
    return {first: tuple(entries) for first, entries in by_first.items()}


@lru_cache(maxsize=1 << 16)
def _begun_by(word: str) -> tuple[tuple[Phrase, str, str], ...]:
    """The phrases that a folded word may begin."""
    known, bare = _phrases(), without_article(word)
    return known.get(bare) or (known.get(bare[1:], ()) if bare[0] in _WRITTEN_ONTO else ())


def _found(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Every phrase that stands in the words, the longest at each place; words inside a found phrase begin no other."""
    behind = 0
    for at, entries in enumerate(map(_begun_by, words)):
        if not entries or at < behind:
            continue
        for phrase, role, value in entries:
            if phrase[1:] == tuple(map(without_article, words[at + 1 : at + len(phrase)])):
                yield role, value
                behind = at + len(phrase)
                break
