"""Names of people in a text as keyed hashes, so that two reports which name the same dead can be seen to do so.

Linking needs to know that two names are alike, never what they are: what leaves this module are numbers, made with BLAKE2b
(RFC 7693) under the caller's secret. Arabic names begin with a given name of the lexicon (ar/given_names.tsv) or a kunya
(كنية, "father of ..."), or follow a word for a family or clan (ar/name_words.tsv); Latin names are those followed by an age.
One person's name is written long and short, so each given name is keyed with every later part of the name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b

from tawthiq.lexicon.tables import load
from tawthiq.records.span import Span
from tawthiq.text.folding import fold
from tawthiq.text.given_names import doubtful_names, given_names

MOST_PARTS = 5  # a personal name, its father's, grandfather's and family's
LIST_LINE = 7  # words at most on a line that holds nothing but a name
FAMILY = 5  # letters at least of a word with the article that may name a family
_KEY_BYTES = 7  # a key fits a signed 64-bit column
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[^\s\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069#_]")
_AGED = re.compile(r"((?:[A-Z][\w'’.-]+ +){1,3}(?:al-)?[A-Z][\w'’-]+) *[,(] *\d{1,2}(?! *(?::|[ap]\.?m|%))\b")


@dataclass(frozen=True, slots=True)
class _Token:
    form: str
    joined: bool  # nothing but white space stands between it and the token before


@dataclass(frozen=True, slots=True)
class _Names:
    given: frozenset[str]
    doubtful: frozenset[str]
    parts: dict[str, str]


@cache
def _names() -> _Names:
    parts = {fold(w): row["part"] for row in load("ar/name_words", ("word", "part")) for w in row.alternatives("word")}
    return _Names(given_names(), doubtful_names(), parts)


def name_keys(text: str, span: Span | None = None, secret: bytes = b"") -> frozenset[int]:
    """The keys of the names that stand in the text, or in a span of it: numbers below 2**56, the same under one secret.

    Two texts that name one person share at least one key if both give a given name and one further part of the name.
    """
    part = span.of(text) if span else text
    return frozenset(_key(name, secret) for name in {*_arabic(part), *_latin(part)})


def _key(name: str, secret: bytes) -> int:
    digest = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES, key=secret[:64]).digest()
    return int.from_bytes(digest, "big")


def _latin(text: str) -> Iterator[str]:
    for found in _AGED.finditer(text):
        words = [fold(word) for word in found[1].split()]
        yield f"{words[0]} {words[-1]}"
        yield f"family {words[-1]}"


def _arabic(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if not any(map(_may_begin, _WORD.findall(line))):
            continue
        tokens = _tokens(line)
        alone = 2 <= len(tokens) <= LIST_LINE
        at = 0
        while at < len(tokens):
            parts, after = _name_at(tokens, at, alone=alone and at == 0)
            yield from (f"{parts[0]} {part}" for part in parts[1:])
            at = max(after, at + 1)


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=1 << 16)
def _may_begin(word: str) -> bool:
    """Whether a name may begin with a word: most lines hold none, and need no closer look."""
    known, form = _names(), fold(word)
    forms = (form, form[1:]) if form[:1] == "و" else (form,)
    return any(each in known.parts or each in known.given or each in known.doubtful for each in forms)


def _tokens(line: str) -> list[_Token]:
    found, end = [], 0
    for word in _WORD.finditer(line):
        found.append(_Token(_folded(word[0]), not _BREAK.search(line, end, word.start())))
        end = word.end()
    return found


def _name_at(tokens: list[_Token], at: int, *, alone: bool) -> tuple[list[str], int]:
    """The parts of the name that begins at a token, and the index after it; no parts where none begins there."""
    known = _names()
    first, after = _first_part(tokens, at)
    if not first:
        return [], at + 1
    parts = [first]
    while len(parts) < MOST_PARTS and after < len(tokens) and tokens[after].joined:
        if known.parts.get(tokens[after].form) == "son":
            after += 1
            continue
        part, following = _later_part(tokens, after, alone=alone)
        if not part:
            break
        parts.append(part)
        after = following
    sure = len(parts) > 1 and (first not in known.doubtful or parts[1] in known.given)
    return (parts, after) if sure else ([], at + 1)


def _first_part(tokens: list[_Token], at: int) -> tuple[str, int]:
    """What a name may begin with: a given name, a kunya, a family's word; the conjunction "and" may be written onto it."""
    known = _names()
    form = tokens[at].form
    for begun in (form, form[1:] if form[:1] == "و" else ""):
        kind = known.parts.get(begun)
        if kind in ("servant", "kunya"):
            return _two_words(tokens, at, begun)
        if kind == "family":
            return kind, at + 1
        if begun in known.given or begun in known.doubtful:
            return begun, at + 1
    return "", at + 1


def _later_part(tokens: list[_Token], at: int, *, alone: bool) -> tuple[str, int]:
    known = _names()
    form = tokens[at].form
    kind = known.parts.get(form)
    if kind in ("servant", "kunya"):
        return _two_words(tokens, at, form)
    if form[:1] == "و" and form[1:] in known.given:  # "and" with the name of somebody else
        return "", at + 1
    article = form.startswith("ال") and len(form) >= FAMILY
    if form in known.given or form in known.doubtful or article or (alone and len(form) > 2):
        return form.removeprefix("ال") if article else form, at + 1
    return "", at + 1


def _two_words(tokens: list[_Token], at: int, first: str) -> tuple[str, int]:
    """A part of two words as one: "عبد الله" (Abd Allah) as it is often written together, "أبو أحمد" (father of Ahmad)."""
    if at + 1 < len(tokens) and tokens[at + 1].joined:
        return first + tokens[at + 1].form, at + 2
    return "", at + 1
