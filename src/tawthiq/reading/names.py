"""Names of places in a run of tokens: the longest name that the gazetteer knows, with the clitics before it told apart."""

from dataclasses import dataclass
from functools import lru_cache

from tawthiq.lexicon.folded import is_definite, name_words, word_key
from tawthiq.lexicon.gazetteer import LONGEST_NAME, Gazetteer
from tawthiq.reading.words import forms
from tawthiq.records.place import Place
from tawthiq.text.tokens import Token

JOINERS = frozenset("-_–'’")
ARTICLES = frozenset({"al", "el", "ar", "as", "ash", "at", "az", "an", "ad"})


@dataclass(frozen=True, slots=True)
class KnownName:
    """A gazetteer name at tokens up to `last` (exclusive); `clitics` were written onto its first word.

    `vouched` says that a curated table or the size of a place vouches for the bare name, `embedded` that a table which
    Tawthiq ships holds it; the name of a pack that a person added is neither.
    """

    last: int
    key: str
    clitics: str
    places: tuple[Place, ...]
    vouched: bool
    embedded: bool


def known_names(gazetteer: Gazetteer, tokens: tuple[Token, ...]) -> dict[int, KnownName]:
    """The gazetteer names in a text by their first token."""
    found: dict[int, KnownName] = {}
    for at, token in enumerate(tokens):
        if token.kind == "word" and (token.folded in ARTICLES or _beginnings(gazetteer, token.folded)):
            name = known_name(gazetteer, tokens, at)
            if name is not None:
                found[at] = name
    return found


def known_name(gazetteer: Gazetteer, tokens: tuple[Token, ...], at: int) -> KnownName | None:
    """The longest gazetteer name that begins at a token; the reading with fewer clitics wins among equals."""
    if tokens[at].folded in ARTICLES and at + 2 < len(tokens) and tokens[at + 1].text in JOINERS:
        return known_name(gazetteer, tokens, at + 2)
    best: KnownName | None = None
    for key, clitics, definite in _beginnings(gazetteer, tokens[at].folded) if tokens[at].kind == "word" else ():
        found = _longest(gazetteer, tokens, at, key)
        if found is None or (found[0] == at + 1 and not gazetteer.agrees(found[1], definite)):
            continue
        if best is None or found[0] > best.last:
            best = _known(gazetteer, found[0], found[1], clitics)
    return None if best is not None and _goes_on(tokens, best.last) else best


def _known(gazetteer: Gazetteer, last: int, key: str, clitics: str) -> KnownName:
    return KnownName(last, key, clitics, gazetteer.of_key(key), key in gazetteer.sure, key in gazetteer.by_key)


def _goes_on(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a Latin name goes on past its known part: "Bab al-Hawa" is not the city of Bab."""
    if end + 2 >= len(tokens) or tokens[end].folded not in ARTICLES or tokens[end + 1].text not in JOINERS:
        return False
    return tokens[end].start - tokens[end - 1].end == 1


@lru_cache(maxsize=1 << 15)
def _beginnings(gazetteer: Gazetteer, word: str) -> tuple[tuple[str, str, bool], ...]:
    """Those of a word's `_first_keys` with which some name begins; words recur, so the last ones are remembered."""
    return tuple(found for found in _first_keys(word) if gazetteer.begins(found[0]))


def _first_keys(word: str) -> tuple[tuple[str, str, bool], ...]:
    """(key, clitics, with the article) of a name's first word, given folded, under each analysis without a pronoun."""
    folded = word.removesuffix("'s")
    found = [(word_key(folded), "", is_definite(folded))]
    for form in forms(folded):
        if not form.pronoun and form.clitics and len(form.stem) >= 2 and "س" not in form.clitics:
            found.append((word_key("ال" + form.stem) if form.article else form.stem, form.clitics, form.article))
    return tuple(found)


def _longest(gazetteer: Gazetteer, tokens: tuple[Token, ...], at: int, key: str) -> tuple[int, str] | None:
    """(end, key) of the longest known name that goes on from its first word's key."""
    best = (at + 1, key) if gazetteer.holds(key) else None
    end, words, joined = at + 1, 1, key
    while end < len(tokens) and words < LONGEST_NAME:
        if tokens[end].text in JOINERS:
            end += 1
            continue
        if tokens[end].kind == "mark" or tokens[end].start - tokens[end - 1].end > 2:
            break
        parts = name_words(tokens[end].folded.removesuffix("'s"))
        if not parts:
            break
        article = tokens[end].folded.isascii() and parts[0] in ARTICLES
        if not article:
            joined += parts[0]
        if not gazetteer.begins(joined):
            break
        end, words = end + 1, words + 1
        if not article and gazetteer.holds(joined):
            best = (end, joined)
    return best
