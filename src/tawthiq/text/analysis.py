"""Words as search sees them: an exact folded form and a stem, for texts and for queries alike.

Owns the analysis behind the search index. The exact form is the folded one (`folding`, which follows Lucene's
ArabicNormalizer),
so that spellings of one word find each other. The stem drops the Arabic conjunction, preposition and article written
onto the
word, as Lucene's ArabicStemmer does (Larkey's light10 prefixes), then what Snowball's Arabic or English stemmer
drops. Texts and
queries pass the same way; a query keeps its quoted phrases.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from tawthiq.records.span import Span
from tawthiq.text.folding import fold
from tawthiq.text.tokens import Token, tokens

_ARABIC = Stemmer.Stemmer("arabic")
_ENGLISH = Stemmer.Stemmer("english")
_PREFIXES = re.compile(r"^(?:[وف]?(?:[بكل]?ال|لل)|و(?=\w{4}))(?=\w{3})")
_QUOTED = re.compile(r'"([^"]*)"?|([^\s"]+)')
_MARK = "mark"


@dataclass(frozen=True, slots=True)
class Analysed:
    """One word of a text at `span`: its exact folded form and its stem."""

    span: Span
    exact: str
    stem: str


@dataclass(frozen=True, slots=True)
class QueryPart:
    """Words that a query asks for: one word, or a quoted phrase whose words must follow each other."""

    exact: tuple[str, ...]
    stems: tuple[str, ...]
    phrase: bool


def analyse(text: str) -> list[Analysed]:
    """The words and numbers of `text` in order, marks left out. Words that fold to nothing are left out too."""
    return [Analysed(Span(token.start, token.end), token.folded, stem(token.folded)) for token in _words(tokens(text))]


def analyse_query(words: str) -> tuple[QueryPart, ...]:
    """The parts of a query as typed: words, and phrases in quotation marks of any kind; an unclosed mark runs to the end."""
    parts: list[QueryPart] = []
    for phrase, word in _QUOTED.findall(fold(words)):
        forms = tuple(token.folded for token in _words(tokens(phrase or word)))
        if not forms:
            continue
        parts.append(QueryPart(forms, tuple(map(stem, forms)), phrase=bool(phrase) or len(forms) > 1))
    return tuple(parts)


@lru_cache(maxsize=1 << 16)
def stem(form: str) -> str:
    """The stem of a folded word; digits stay as they are."""
    if form[:1].isdigit():
        return form
    if "\u0600" <= form[:1] <= "\u06ff":
        stripped = _PREFIXES.sub("", form)
        return fold(_ARABIC.stemWord(stripped)) or stripped
    return str(_ENGLISH.stemWord(form)) or form


def _words(found: Iterable[Token]) -> Iterable[Token]:
    return (token for token in found if token.kind != _MARK and token.folded)
