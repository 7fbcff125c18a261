"""A personal name as written, cut into the words by which it is compared, in Arabic and in Latin letters.

The parts are those of Arabic usage: kunya (أبو, أم: father or mother of), given name, father's, grandfather's, family. A word
that is written in pieces ("عبد الرحمن", "Abd al-Rahman", "صلاح الدين") is one word here; articles, "son of" and titles are
left off (lexicon/data/*/person_links.tsv, person_titles.tsv). In Arabic script the second of three words is the father's name
and the third of four the grandfather's; in Latin script that is so only where "bin" says it, for middle names look the same.
Nothing is lost by it: the record keeps the name as it was written.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tawthiq.linking.people.sounds import is_arabic, skeleton, spellings
from tawthiq.linking.people.vocabulary import ANYWHERE, full_forms, links, titles
from tawthiq.records.person import NamePart, NameWord
from tawthiq.text.folding import fold

MOST_WORDS = 24
"""Words of a name that are compared; whatever is longer is no name."""
_LONGEST = 400
_HOUSE = "ال"  # آل, the house of, folded: also the article written apart
_WITH_THEIR_ARTICLE = frozenset({"الله"})
_NOT_LETTERS = re.compile(r"[^\w()\"\s]|_")
_APOSTROPHES = re.compile(r"['`´ʿʾ‘’]")
_ASIDE = re.compile(r"[(\"]([^()\"]*)[)\"]")
_SERVANT = re.compile(r"abd(?:[aeiou]{1,2}(?:l|([rsndzt])(?=\1)))?([a-z]{2,})")
_SECOND = re.compile(r"([a-z]{3,}?)(?:[aeou]{1,2}[ld])?d(?:i|ee|ie)ne?")
_ARABIC_SECOND = re.compile(r"(?<=\S{3})ال(دين|اسلام|حق|زهراء)$")
_ARABIC_SERVANT = re.compile(r"عبد(?:ال)?(\S{2,})")


@lru_cache(maxsize=1 << 16)
def name_words(name: str) -> tuple[NameWord, ...]:
    """The words of a name, each with its part, in the order of the parts as written; empty where there is no letter."""
    text = _plain(name)
    asides = [_tokens(aside) for aside in _ASIDE.findall(text)]
    main = _untitled(_tokens(_ASIDE.sub(" ", text)))
    joined = list(_joined(main)) or [word for aside in asides for word in _joined(_untitled(aside))]
    kunyas = [word for word, use in joined if use == "kunya"]
    if len(joined) > 1 and joined[0][1] != "kunya":
        # Only a first word, or one in brackets, is a kunya: elsewhere أبو begins the name of a family.
        kunyas = []
    elif kunyas:
        kunyas = kunyas[:1]
        joined = joined[1:]
    kunyas += [word for aside in asides for word, use in _joined(aside) if use == "kunya" and word not in kunyas]
    parts = _parts(joined[:MOST_WORDS])
    return (*(_word(NamePart.KUNYA, form) for form in kunyas), *(_word(part, form) for form, part in parts))


def words_as(part: NamePart, text: str) -> tuple[NameWord, ...]:
    """The words of a column that holds one part of names only, such as the father's name."""
    return tuple(_word(part, form) for form, _ in list(_joined(_untitled(_tokens(_plain(text)))))[:MOST_WORDS])


@lru_cache(maxsize=1 << 16)
def comparable(text: str) -> str:
    """Any other value (a place, a trade) folded, without marks, with single spaces."""
    return " ".join(_tokens(_plain(text)))


def base_of(form: str) -> str:
    """What a word's sound is taken of: without the article inside "عبدال..." and its romanisations."""
    if is_arabic(form):
        servant = _ARABIC_SERVANT.fullmatch(form)
        return f"عبد{servant[1]}" if servant else _ARABIC_SECOND.sub(r"\1", form)
    servant = _SERVANT.fullmatch(form)
    if servant:
        return f"abd{servant[2]}"
    second = _SECOND.fullmatch(form)
    return f"{second[1]}din" if second else form


def sounds_of(form: str) -> tuple[str, ...]:
    """The spellings (`sounds.spellings`) by which a word is compared across scripts."""
    return spellings(base_of(form))


def _word(part: NamePart, form: str) -> NameWord:
    full = full_forms().get(form, form)
    return NameWord(part, full, skeleton(base_of(full)))


def _plain(name: str) -> str:
    """Folded, Latin letters without their marks, apostrophes closed up, other marks as spaces."""
    folded = fold(name[:_LONGEST])
    bare = folded
    if not folded.isascii():
        bare = "".join(c for c in unicodedata.normalize("NFD", folded) if unicodedata.category(c) != "Mn")
    return _NOT_LETTERS.sub(" ", _APOSTROPHES.sub("", bare))


def _tokens(text: str) -> list[str]:
    return [token for token in text.replace("(", " ").replace(")", " ").replace('"', " ").split() if token]


def _untitled(tokens: Sequence[str]) -> list[str]:
    """The tokens without titles, unless nothing else is there."""
    known = titles()
    kept = [token for token in tokens if known.get(token) != ANYWHERE]
    start = 0
    while start < len(kept) and kept[start] in known:
        start += 1
    return kept[start:] or list(tokens)


def _joined(tokens: Sequence[str]) -> Iterator[tuple[str, str | None]]:
    """Words made of tokens, with the use that matters later: "kunya", or "son" before the father's name."""
    known = links()
    words: list[tuple[str, str | None]] = []
    marked: str | None = None
    at = 0
    while at < len(tokens):
        token = tokens[at]
        use, more = known.get(token), at + 1 < len(tokens)
        if use in ("son", "house") and words and more:
            marked = "son" if use == "son" else marked
        elif use == "article" and more and (token.endswith("l") or tokens[at + 1].startswith(token[1:])):
            pass
        elif use in ("kunya", "servant") and more:
            at = _next(tokens, at)
            first = "abd" if use == "servant" and not is_arabic(token) else token
            words.append((_compound(first, tokens[at]), "kunya" if use == "kunya" else marked))
            marked = None
        elif use == "second" and words:
            words[-1] = (words[-1][0] + token, words[-1][1])
        elif token == _HOUSE and more:
            pass
        else:
            words.append((_without_article(token), marked))
            marked = None
        at += 1
    yield from words


def _next(tokens: Sequence[str], at: int) -> int:
    """The place of the token that a compound takes in: articles between are passed over."""
    at += 1
    while at + 1 < len(tokens) and links().get(tokens[at]) in ("article", "servant"):
        at += 1
    return at


def _compound(first: str, second: str) -> str:
    """Two tokens as one word, in the spelling of those who write them together."""
    if is_arabic(first) and first.startswith("عب"):
        return first + second
    return first + _without_article(second)


def _without_article(token: str) -> str:
    return token[2:] if token.startswith("ال") and len(token) > 4 and token not in _WITH_THEIR_ARTICLE else token


def _parts(words: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, NamePart]]:
    """Each word with its part, by its place and its script."""
    last = len(words) - 1
    for at, (form, use) in enumerate(words):
        by_place = is_arabic(form)
        if at == 0:
            yield form, NamePart.GIVEN
        elif use == "son" and (at == 1 or last > at or not by_place):
            yield form, NamePart.FATHER if at == 1 else NamePart.GRANDFATHER
        elif at == last:
            yield form, NamePart.FAMILY
        elif by_place and at == 1:
            yield form, NamePart.FATHER
        elif by_place and at == 2 and last > 2:
            yield form, NamePart.GRANDFATHER
        else:
            yield form, NamePart.OTHER
