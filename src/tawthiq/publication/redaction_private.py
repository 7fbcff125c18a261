"""Names of private people in quoted words, found as far as the lexicon goes: a partner does not get them.

An Arabic name begins with a given name of ar/given_names.tsv or a kunya and goes on with given names and words that no table
holds; one given name alone is a name behind a word such as "the child" (ar/person_titles.tsv). A word that no table holds is
its beginning where a name stands right behind it: a rare given name must not stay beside what was taken out, though a rare verb
may go with it. A Latin name begins with a capital and sounds like such a given name. Names stay where a party's own name holds
them (actor_aliases), behind an office (office_words) and behind what names a body or a place (force_nouns, place_types,
place_generic). This finds names, not all names: docs/redaction.md says what it misses.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick

from tawthiq.lexicon.tables import load
from tawthiq.linking.people.names import sounds_of
from tawthiq.linking.people.sounds import is_arabic
from tawthiq.linking.people.vocabulary import links, titles
from tawthiq.publication.redaction_matcher import WITHHELD_AR, WITHHELD_EN
from tawthiq.publication.redaction_words import WORD, Origins, compared, latin_names, own_words, spellings_of
from tawthiq.text.given_names import doubtful_names, given_names

MOST_PARTS = 6
_BEFORE = 4
_JOINS = " \n\u00a0-_."
_LEAST_PART = 3


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    start: int
    end: int
    joined: bool
    capital: bool


@cache
def _latin_given() -> frozenset[str]:
    return frozenset(sound for name in given_names() for sound in sounds_of(name))


@cache
def _words_of(tables: tuple[tuple[str, str, tuple[str, ...]], ...]) -> frozenset[str]:
    cells = (row[column] for table, column, columns in tables for row in load(table, columns))
    return frozenset(key for cell in cells for word in cell.split("|") for key, _ in spellings_of(compared(word)))


def _offices() -> frozenset[str]:
    return _words_of(tuple((f"{language}/office_words", "word", ("word",)) for language in ("ar", "en")))


def _bodies() -> frozenset[str]:
    places = ("forms", "kind", "site", "gloss")
    return _words_of(
        tuple(
            (f"{language}/{table}", columns[0], columns)
            for language in ("ar", "en")
            for table, columns in (
                ("force_nouns", ("word", "use")),
                ("place_types", places),
                ("place_generic", ("word",)),
            )
        )
    )


@cache
def _parties() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for language in ("ar", "en"):
        for row in load(f"{language}/actor_aliases", ("alias", "actor", "country", "wording")):
            for alias in row.alternatives("alias"):
                form = compared(alias)
                automaton.add_word(form, len(form))
    automaton.make_automaton()
    return automaton


def without_private_names(text: str) -> tuple[str, int]:
    """The text with the names of private people that are found in it taken out, and how many there were."""
    spans = private_names(text)
    for start, end in reversed(spans):
        stand_in = WITHHELD_AR if is_arabic(compared(text[start:end])) else WITHHELD_EN
        text = f"{text[:start]}[{stand_in}]{text[end:]}"
    return text, len(spans)


@lru_cache(maxsize=1024)
def private_names(text: str) -> tuple[tuple[int, int], ...]:
    """Where the names of private people stand in a text, in code points."""
    form = compared(text)
    origins = Origins.of(text)
    words = _words(text, form, origins)
    kept: list[tuple[int, int]] | None = None
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        to = _name_end(words, at)
        if to > at:
            kept = list(_party_spans(form)) if kept is None else kept
            span = _begins(words[at]), words[to - 1].end
            known = any(start < span[1] and span[0] < end for start, end in kept)
            if not known and not _is_public(words, at):
                found.append(origins.span(*span))
        at = max(to, at + 1)
    return tuple(found)


def _words(text: str, form: str, origins: Origins) -> list[_Word]:
    found, behind = [], 0
    for each in WORD.finditer(form):
        joined = not form[behind : each.start()].strip(_JOINS)
        first = text[origins.span(each.start(), each.start() + 1)[0]]
        found.append(_Word(each[0], each.start(), each.end(), joined, first.isupper()))
        behind = each.end()
    return found


def _begins(word: _Word) -> int:
    """Where a name's first word begins: behind an "and" that is written onto it."""
    return word.start + 1 if word.form[0] == "و" and word.form not in _given() else word.start


@cache
def _given() -> frozenset[str]:
    return given_names() | doubtful_names()


def _name_end(words: list[_Word], at: int) -> int:
    """The place behind the name that begins with a word; the word's own where none does."""
    first = words[at]
    bare = first.form[1:] if first.form[0] == "و" and first.form not in _given() else first.form
    if not is_arabic(first.form):
        return _latin_end(words, at)
    kunya = links().get(bare) in ("kunya", "servant") and at + 1 < len(words) and words[at + 1].joined
    if not kunya and bare not in _given():
        return _behind_rare(words, at)
    to, parts = (at + 2, 2) if kunya else (at + 1, 1)
    while to < len(words) and words[to].joined and parts < MOST_PARTS:
        use = links().get(words[to].form)
        if use in ("son", "kunya", "servant") and to + 1 < len(words) and words[to + 1].joined:
            to, parts = to + 2, parts + 1
        elif _is_part(words[to].form):
            to, parts = to + 1, parts + 1
        else:
            break
    sure = parts > 1 and (bare not in doubtful_names() or words[at + 1].form in _given() or parts > 2)
    return to if sure or _is_titled(words, at, bare) else at


def _behind_rare(words: list[_Word], at: int) -> int:
    """The place behind a name whose first word no table holds: one that stands before a name, or, behind a word for a person,
    before a given name or "son of". The word's own place where it is none.
    """
    if not _is_part(words[at].form) or at + 1 >= len(words) or not words[at + 1].joined:
        return at
    after = at + 1
    is_titled = at > 0 and words[at].joined and words[at - 1].form in titles()
    if is_titled and links().get(words[after].form) == "son" and after + 1 < len(words) and words[after + 1].joined:
        after += 1
    if not is_titled and words[at].form.startswith("ال"):
        return at
    if words[after].form not in (_given() if is_titled else given_names() - doubtful_names()):
        return at
    to = _name_end(words, after)
    if to > after:
        return to
    return after + 1 if is_titled else at


def _is_titled(words: list[_Word], at: int, bare: str) -> bool:
    """Whether a given name alone stands behind a word for a person: "the child Reem"."""
    return bare in _given() and at > 0 and words[at].joined and words[at - 1].form in titles()


def _is_part(form: str) -> bool:
    stripped = form.removeprefix("ال")
    if form in _given() or stripped in _given():
        return True
    known = own_words()
    return len(stripped) >= _LEAST_PART and form not in known and stripped not in known and form[0] != "و"


def _latin_end(words: list[_Word], at: int) -> int:
    if not _is_latin_given(words[at]):
        return _behind_rare_latin(words, at)
    to, parts = at + 1, 1
    while to < len(words) and words[to].joined and parts < MOST_PARTS:
        if links().get(words[to].form) in ("article", "son", "servant", "kunya") and to + 1 < len(words):
            to += 1
        elif words[to].capital and (words[to].form not in own_words() or _sounds_given(words[to].form)):
            to, parts = to + 1, parts + 1
        else:
            break
    return to if parts > 1 else at


def _behind_rare_latin(words: list[_Word], at: int) -> int:
    """The same for a Latin name: a word with a capital that no table holds, before a name or behind a word for a person."""
    if not _is_rare_latin(words[at]) or at + 1 >= len(words) or not words[at + 1].joined:
        return at
    to = _latin_end(words, at + 1) if _is_latin_given(words[at + 1]) else at
    if to > at + 1:
        return to
    is_titled = at > 0 and words[at].joined and words[at - 1].form in titles()
    known = _is_latin_given(words[at + 1])
    return at + 2 if is_titled and known else at


def _is_rare_latin(word: _Word) -> bool:
    known = titles(), links(), own_words()
    return word.capital and len(word.form) >= _LEAST_PART and not any(word.form in table for table in known)


def _is_latin_given(word: _Word) -> bool:
    if not word.capital or len(word.form) < _LEAST_PART or word.form in titles() or word.form in links():
        return False
    return word.form in latin_names() or (word.form not in own_words() and _sounds_given(word.form))


def _sounds_given(form: str) -> bool:
    return form in latin_names() or not _latin_given().isdisjoint(sounds_of(form))


def _is_public(words: list[_Word], at: int) -> bool:
    """Whether an office, or what names a body or a place, stands before a name, with nothing but spaces between."""
    joined = words[at].joined
    for back in range(1, _BEFORE + 1):
        if at - back < 0 or not joined:
            return False
        keys = {key for key, _ in spellings_of(words[at - back].form)}
        if not keys.isdisjoint(_offices()) or (back == 1 and not keys.isdisjoint(_bodies())):
            return True
        joined = words[at - back].joined
    return False


def _party_spans(form: str) -> Iterator[tuple[int, int]]:
    for end, length in _parties().iter(form):
        start = end + 1 - length
        whole = not form[start - 1 : start].isalpha() if start else True
        if whole and not re.match(r"[^\W\d_]", form[end + 1 : end + 2]):
            yield start, end + 1
