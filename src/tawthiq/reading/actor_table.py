"""The vocabulary by which parties are recognised, compiled for look-up by first word.

Tables: lexicon/data/{ar,en}/actor_aliases.tsv (names, parts, loaded wording), nationalities.tsv and force_nouns.tsv (composed
mentions such as "الطيران الروسي"), country_words.tsv (which country a report is about); codes from lexicon/data/actors.tsv.
Wordings that people decided about (records.authority.Overlay) come before those of the tables: the same words then mean
the people's own entry.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from tawthiq.lexicon.tables import load
from tawthiq.records.actor import Actor
from tawthiq.records.authority import Overlay
from tawthiq.records.errors import BadLexicon
from tawthiq.text.folding import fold
from tawthiq.text.tokens import tokens

_PARTICLES = ("و", "ف", "ب", "ل", "ك")
DECIDED = "authority"
"""What stands for the table row of a wording that people decided about."""
_ENDINGS = ("", "ه", "ين", "ون", "ان", "تين", "تان", "ا", "ات")


@dataclass(frozen=True, slots=True)
class Alias:
    """One wording for a party. `words` are comparison forms; `country` limits it to reports about one country.

    `cased` demands capitals in the text, for abbreviations that are words otherwise (IS, US). `at` is the table row, or
    says that people decided it; `entry` is their own entry, and `first` and `last` bound the days of publication.
    """

    words: tuple[str, ...]
    actor: str
    country: str | None
    wording: str
    cased: bool
    at: str
    entry: str = ""
    first: date | None = None
    last: date | None = None

    def holds_on(self, published: date | None) -> bool:
        """Whether the wording means the party in a report published that day; in one without a day it does."""
        if published is None:
            return True
        return (self.first is None or self.first <= published) and (self.last is None or published <= self.last)


@cache
def actors() -> dict[str, Actor]:
    """The canonical parties by code."""
    rows = load("actors", ("code", "name_ar", "name_en", "country"))
    return {row["code"]: Actor(row["code"], row["name_ar"], row["name_en"], row.optional("country")) for row in rows}


@lru_cache(maxsize=16)
def aliases(language: str, overlay: Overlay | None = None) -> dict[str, tuple[Alias, ...]]:
    """Wordings by their first word, longest first; of equals people's own come first, then those bound to a country.

    Raises BadLexicon when a row names a code that actors.tsv does not have.
    """
    found: dict[str, list[Alias]] = {}
    for alias in (*_decided(overlay), *_listed(language)):
        found.setdefault(alias.words[0], []).append(alias)
    return {
        first: tuple(sorted(rows, key=lambda alias: (-len(alias.words), alias.at != DECIDED, alias.country is None)))
        for first, rows in found.items()
    }


def _listed(language: str) -> Iterator[Alias]:
    """The wordings of the tables."""
    for row in load(f"{language}/actor_aliases", ("alias", "actor", "country", "wording")):
        if row["actor"] not in actors():
            raise BadLexicon(
                item=row.at, happened=f'"{row["actor"]}" is not a code of actors.tsv', advice="use a code listed there"
            )
        words = tuple(token.folded for token in tokens(row["alias"]))
        yield Alias(words, row["actor"], row.optional("country"), row["wording"], is_abbreviation(row["alias"]), row.at)


def _decided(overlay: Overlay | None) -> Iterator[Alias]:
    """The wordings that people decided about, whatever the language of the text that holds them."""
    for wording in overlay.wordings if overlay else ():
        words = tuple(token.folded for token in tokens(wording.text) if token.folded)
        if words:
            yield Alias(
                words, wording.actor, wording.country or None, "name", is_abbreviation(wording.text), DECIDED,
                wording.entry, wording.first, wording.last,
            )  # fmt: skip


def is_abbreviation(wording: str) -> bool:
    """Whether a wording is an abbreviation that texts write in capitals."""
    return wording.isupper() and len(wording) <= 5


@lru_cache(maxsize=65536)
def aliases_from(word: str, language: str, overlay: Overlay | None = None) -> tuple[tuple[Alias, ...], ...]:
    """The wordings that a folded word may begin, those under each of its bases apart."""
    bases = arabic_bases(word) if language == "ar" else (word,)
    table = aliases(language, overlay)
    return tuple(table[base] for base in bases if base in table)


@lru_cache(maxsize=65536)
def may_begin(word: str, language: str, overlay: Overlay | None = None) -> bool:
    """Whether a folded word may begin a wording or be a nationality: most words are neither."""
    if aliases_from(word, language, overlay):
        return True
    return (arabic_nationality(word) if language == "ar" else nationalities(language).get(word)) is not None


@cache
def nationalities(language: str) -> dict[str, str]:
    """Inflected nationality adjectives and the party they stand for beside a force."""
    found: dict[str, str] = {}
    for row in load(f"{language}/nationalities", ("adjective", "actor")):
        stem = fold(row["adjective"])
        endings = _ENDINGS if language == "ar" else ("",)
        for ending in endings:
            found.setdefault(stem + ending, row["actor"])
    return found


@cache
def force_nouns(language: str) -> dict[str, str]:
    """Nouns of forces and attacks and words of doubt, with their use."""
    return {fold(row["word"]): row["use"] for row in load(f"{language}/force_nouns", ("word", "use"))}


@cache
def country_words(language: str) -> dict[str, str]:
    """Words that show which country a report is about."""
    return {fold(row["word"]): row["use"] for row in load(f"{language}/country_words", ("word", "use"))}


@lru_cache(maxsize=65536)
def country_of(word: str, language: str) -> str | None:
    """The country that a folded word shows a report to be about."""
    table = country_words(language)
    bases = arabic_bases(word) if language == "ar" else (word,)
    return next((table[base] for base in bases if base in table), None)


@lru_cache(maxsize=65536)
def arabic_nationality(word: str) -> str | None:
    """The party that an Arabic adjective stands for beside a force, particles and article left out."""
    table = nationalities("ar")
    return next((table[base] for base in without_article(word) if base in table), None)


@lru_cache(maxsize=65536)
def arabic_bases(word: str) -> tuple[str, ...]:
    """The word itself, then what remains when prefixed particles are taken off; لل counts as ل and the article."""
    found = [word]
    rest = word
    for _ in range(2):
        if rest.startswith("لل") and len(rest) > 3:
            found.append("ال" + rest[2:])
        if rest[:1] not in _PARTICLES or len(rest) < 4:
            break
        rest = rest[1:]
        found.append(rest)
    return tuple(found)


@lru_cache(maxsize=65536)
def without_article(word: str) -> tuple[str, ...]:
    """The bases of a word, with and without the article."""
    return tuple(base[2:] if base.startswith("ال") and len(base) > 4 else base for base in arabic_bases(word))
