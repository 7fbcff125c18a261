"""Finding vocabulary in a text: every phrase of every table of one language, in one pass over the tokens.

Tables give forms or, for Arabic verbs, stems from which person and number are generated. A phrase may hold "…" for up to
three words between its parts. Hits name their table row, so that each value can say why it stands.
"""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from tawthiq.lexicon.languages import tables_of
from tawthiq.lexicon.tables import Row, load
from tawthiq.reading.words import Form, forms, stems
from tawthiq.text.folding import fold
from tawthiq.text.tokens import Token

GAP = "…"
LONGEST_GAP = 3
_REMEMBERED = 1 << 15  # distinct words
_hit = tuple.__new__  # builds a `Hit` without the keyword handling of its constructor: there is one every other word
TABLES: dict[str, tuple[str, ...]] = {
    "act_nouns": ("forms", "act", "strength", "gloss"),
    "act_phrases": ("phrase", "act", "strength", "gloss"),
    "act_means": ("forms", "act", "gloss"),
    "act_blocks": ("forms", "gloss"),
    "casualty_heads": ("singular", "dual", "plural", "group", "harm", "alone", "gloss"),
    "casualty_harms": ("forms", "harm", "side", "gloss"),
    "casualty_cues": ("forms", "role", "value", "gloss"),
    "place_types": ("forms", "kind", "site", "gloss"),
    "place_cues": ("forms", "role", "gloss"),
    "place_compounds": ("forms", "gloss"),
    "place_blocks": ("forms", "gloss"),
    "agent_cues": ("forms", "side", "hedged", "gloss"),
    "scope_cues": ("forms", "effect", "reach", "gloss"),
    "clause_links": ("forms", "link", "gloss"),
}
_COLUMNS = {"act_phrases": ("phrase",), "casualty_heads": ("singular", "dual", "plural")}
ARABIC_VERBS = ("perfect", "imperfect", "extra", "act", "strength", "gloss")
ENGLISH_VERBS = ("forms", "act", "strength", "gloss")
_PERFECT_ENDINGS = ("", "ت", "وا", "و", "ا", "تا", "ن", "نا", "تم")
_IMPERFECT_ENDINGS = ("", "ون", "وا", "ان", "ن", "و")


class Hit(NamedTuple):
    """A phrase of `table` at tokens `first` up to but not including `last`; `form` analyses the first token.

    `inner` lists the tokens inside the phrase's gaps, `column` the cell of the row that held the phrase.
    """

    table: str
    row: Row
    first: int
    last: int
    form: Form
    inner: tuple[int, ...] = ()
    column: str = "forms"


class _Phrase(NamedTuple):
    """A phrase behind its first word: the words that must follow, and where it stands."""

    rest: tuple[str, ...]
    table: str
    row: Row
    column: str


class _Beginning(NamedTuple):
    """What a word may begin: by itself the first phrase of each table, and longer phrases with their second words."""

    alone: tuple[tuple[str, Row, Form, str], ...]
    longer: tuple[tuple[Form, _Phrase], ...]
    seconds: frozenset[str]


class Vocabulary:
    """All tables of one language, indexed by first word."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._index: dict[str, list[_Phrase]] = {}
        self._beginning = lru_cache(maxsize=_REMEMBERED)(self._phrases_of)
        for table, columns in TABLES.items():
            for row in load(f"{language}/{table}", columns):
                for column in _COLUMNS.get(table, ("forms",)):
                    self._add(table, row, row.alternatives(column), column)
                if table == "act_nouns" and language == "ar":
                    self._add(table, row, _duals(row.alternatives("forms")[0]), "dual")
        for row in load(f"{language}/act_verbs", ARABIC_VERBS if language == "ar" else ENGLISH_VERBS):
            self._add("act_verbs", row, _verb_forms(row) if language == "ar" else row.alternatives("forms"), "forms")

    def _add(self, table: str, row: Row, phrases: Iterable[str], column: str) -> None:
        for phrase in phrases:
            words = [word if word == GAP else fold(word) for word in phrase.replace("-", " ").split()]
            self._index.setdefault(words[0], []).append(_Phrase(tuple(words[1:]), table, row, column))

    def hits(self, tokens: tuple[Token, ...]) -> Iterator[Hit]:
        """Every phrase in the tokens, in text order; at one place the longest of each table."""
        for at, token in enumerate(tokens):
            beginning = self._beginning(token.folded)
            if beginning is None:
                continue
            longer = self._longer(tokens, at, beginning) if beginning.longer else {}
            for table, row, form, column in beginning.alone:
                if table not in longer:
                    yield _hit(Hit, (table, row, at, at + 1, form, (), column))
            yield from longer.values()

    def _longer(self, tokens: tuple[Token, ...], at: int, beginning: _Beginning) -> dict[str, Hit]:
        """The longest phrase of several words of each table, of those that begin at a token."""
        following = stems(tokens[at + 1].folded) if at + 1 < len(tokens) else frozenset()
        best: dict[str, Hit] = {}
        if beginning.seconds.isdisjoint(following) and GAP not in beginning.seconds:
            return best
        for form, (rest, table, row, column) in beginning.longer:
            if rest[0] not in following and rest[0] != GAP:
                continue
            held = best.get(table)
            if held is not None and held.last - held.first > len(rest):
                continue
            end = _match(tokens, at + 1, rest) if len(rest) > 1 else (at + 2, ())
            if end is not None and (held is None or end[0] > held.last):
                best[table] = Hit(table, row, at, end[0], form, end[1], column)
        return best

    def _phrases_of(self, folded: str) -> _Beginning | None:
        """The phrases that a word may begin, under each of its analyses; words recur, so the last ones are remembered."""
        candidates = [
            (form, phrase)
            for form in forms(folded)
            for phrase in self._index.get(form.stem, ())
            if phrase.table != "act_verbs" or not (form.article or "ب" in form.clitics or "ك" in form.clitics)
        ]
        if not candidates:
            return None
        alone: dict[str, tuple[str, Row, Form, str]] = {}
        for form, (rest, table, row, column) in candidates:
            if not rest:
                alone.setdefault(table, (table, row, form, column))
        longer = tuple(candidate for candidate in candidates if candidate[1].rest)
        seconds = frozenset(phrase.rest[0] for _, phrase in longer)
        return _Beginning(tuple(alone.values()), longer, seconds)


def _match(tokens: tuple[Token, ...], at: int, rest: tuple[str, ...]) -> tuple[int, tuple[int, ...]] | None:
    """Where the remaining words of a phrase end, and the tokens inside its gaps; None when they do not follow."""
    inner: list[int] = []
    position = 0
    while position < len(rest):
        word = rest[position]
        if word != GAP:
            if at >= len(tokens) or not _is(tokens[at], word):
                return None
            at += 1
            position += 1
            continue
        wanted = rest[position + 1]
        found = next((k for k in range(at, min(at + LONGEST_GAP + 1, len(tokens))) if _is(tokens[k], wanted)), None)
        if found is None or any(tokens[k].text in ".؛!؟\n" for k in range(at, found)):
            return None
        inner.extend(range(at, found))
        at = found + 1
        position += 2
    return at, tuple(inner)


def _is(token: Token, word: str) -> bool:
    return word in stems(token.folded)


def _duals(singular: str) -> list[str]:
    """The duals of an Arabic noun of one word, in both cases."""
    if " " in singular or singular.endswith(("ين", "ون")):
        return []
    stem = singular[:-1] + "ت" if singular.endswith("ة") else singular
    return [stem + "ان", stem + "ين"]


def _verb_forms(row: Row) -> list[str]:
    """The person and number forms of an Arabic verb from its stems (perfect, imperfect), and its irregular forms."""
    perfect, imperfect = row["perfect"], row["imperfect"]
    base = perfect.removesuffix("ى")
    found = [perfect, *(base + ending for ending in _PERFECT_ENDINGS if ending or base == perfect)]
    if imperfect != "-":
        found += [prefix + imperfect + ending for prefix in "يتن" for ending in _IMPERFECT_ENDINGS]
    return [*found, *row.alternatives("extra")]


@cache
def vocabulary(language: str) -> Vocabulary:
    """The vocabulary of a language; every language without tables of its own is read with the English ones."""
    return Vocabulary(tables_of(language))
