"""A text as the words by which names are found in it, each with the characters of the text behind it.

The form in which words are compared is that of `text.folding` (hamza, ة, ى, tatweel, tashkeel, invisible and bidirectional
characters, presentation forms, eastern digits, case), with Latin letters bare of their marks and apostrophes closed up. Words
are joined as `linking.people.names` joins them: "عبد الرحمن" (Abd al-Rahman) and "أبو أحمد" (Abu Ahmad) are one word each,
articles and "son of" are none. What this program writes by itself (its tables and the templates of its files) is `own_words`.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import accumulate

from tawthiq.lexicon.tables import load
from tawthiq.linking.people.names import base_of
from tawthiq.linking.people.sounds import is_arabic
from tawthiq.linking.people.vocabulary import full_forms, links
from tawthiq.text.folding import fold_character

WORD = re.compile(r"[^\W\d_]+")
_REMEMBERED = 1 << 17
LONGEST_WORD = 48
"""Letters of a word that are compared; what is longer is no word of a name."""
LEAST_OF_SOUND = 3
"""Letters that a Latin word has at least where it is compared by its sound."""
_APOSTROPHES = frozenset("'`´ʿʾʼ‘’ʹ")
_LIKE_LATIN = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae"}
_SEPARATORS = frozenset("-_.,·•\"'،؛~\u2010\u2011\u2012\u2013\u2014\u2015")
_PREFIXES = "وفبلك"
_SECOND_PREFIXES = "بلك"
_KUNYA = {"ابو": "ابو", "ابا": "ابو", "ابي": "ابو", "ام": "ام"}
_TEXTS = (".tsv", ".html", ".txt", ".css", ".js", ".svg", ".md")


class _Letters(dict[int, str]):
    """Compared forms by code point, worked out when first met; the shape that `str.translate` asks for."""

    def __init__(self, *, squeeze: bool) -> None:
        super().__init__()
        self._squeeze = squeeze

    def __missing__(self, code: int) -> str:
        form = _bare(chr(code))
        if self._squeeze and (form.isspace() or form in _SEPARATORS):
            form = ""
        self[code] = form
        return form


def _bare(character: str) -> str:
    if 0xD800 <= ord(character) <= 0xDFFF:
        return "\ufffd"
    if character in _APOSTROPHES:
        return ""
    folded = "".join(_LIKE_LATIN.get(each, each) for each in fold_character(character))
    if folded.isascii():
        return folded.replace("'", "")
    parts = unicodedata.normalize("NFD", folded)
    return "".join(each for each in parts if unicodedata.category(each) != "Mn" and each not in _APOSTROPHES)


_COMPARED, _SQUEEZED = _Letters(squeeze=False), _Letters(squeeze=True)


def compared(text: str) -> str:
    """The form of a text in which words are compared."""
    return text.translate(_COMPARED)


def squeezed(text: str) -> str:
    """The same without the spaces, hyphens and stops that a name may be spread by: "سن بل", "sunbul_narjisi"."""
    return text.translate(_SQUEEZED)


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the characters of a compared (or squeezed) form stand in the text that it was made of."""

    ends: list[int]
    text: str

    @classmethod
    def of(cls, text: str, *, squeeze: bool = False) -> "Origins":
        """The map of one text."""
        table = _SQUEEZED if squeeze else _COMPARED
        return cls(list(accumulate(len(table[ord(each)]) for each in text)), text)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The characters of the text behind `start` to `end` of the form, with the marks that sit on the last of them."""
        first, last = bisect_right(self.ends, start), bisect_right(self.ends, end - 1) + 1
        while last < len(self.text) and unicodedata.category(self.text[last]) == "Mn":
            last += 1
        return first, last


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of a text as names are made of them: the spellings it may stand for, with what each leaves off at its front.

    `start` and `end` are of the compared form, `between` the compared characters that stand before it, after the last unit.
    """

    keys: tuple[tuple[str, int], ...]
    start: int
    end: int
    between: str
    conjunct: bool


def units(form: str, start: int = 0, end: int | None = None) -> list[Unit]:
    """The units of a text in its compared form, or of a stretch of it."""
    found: list[Unit] = []
    words = list(WORD.finditer(form, start, len(form) if end is None else end))
    at, behind = 0, start
    gap, begun = "", -1
    while at < len(words):
        first = words[at]
        use, skip = _use(first[0])
        more = at + 1 < len(words) and _is_one_name(form[first.end() : words[at + 1].start()])
        gap += form[behind : first.start()]
        behind = first.end()
        if use in ("son", "article", "house") and more:
            begun = first.start() if use != "son" and begun < 0 else begun
            at += 1
            continue
        if use == "second" and found and not gap.strip():
            found[-1] = _with_second(found[-1], first)
        else:
            last, keys = at, spellings_of(first[0])
            if use in ("kunya", "servant") and more:
                last = _child(words, at)
                keys = ((compound(first[0][skip:], words[last][0]), skip),)
            begins = begun if begun >= 0 else first.start()
            found.append(Unit(keys, begins, words[last].end(), gap, first[0][0] == "و"))
            at, behind = last, words[last].end()
        gap, begun = "", -1
        at += 1
    return found


def _is_one_name(between: str) -> bool:
    return not between.strip(" \u00a0-_.")


def _child(words: list[re.Match[str]], at: int) -> int:
    """The place of the word that "father of" or "servant of" takes in: articles between are passed over."""
    at += 1
    while at + 1 < len(words) and links().get(words[at][0]) in ("article", "servant"):
        at += 1
    return at


def _with_second(unit: Unit, second: re.Match[str]) -> Unit:
    keys = tuple((base_of(f"{key}{second[0]}"), skip) for key, skip in unit.keys)
    return Unit(keys, unit.start, second.end(), unit.between, unit.conjunct)


@lru_cache(_REMEMBERED)
def _use(word: str) -> tuple[str | None, int]:
    """What a word does inside a name, and how many letters are written onto its front."""
    known = links()
    if word in known:
        return (known[word] if word != "ال" else "house"), 0
    if word[:1] in _PREFIXES and known.get(word[1:]) in ("kunya", "servant"):
        return known[word[1:]], 1
    return None, 0


@lru_cache(_REMEMBERED)
def compound(first: str, second: str) -> str:
    """Two words as one: a kunya is written in one way, whatever its case or script; "servant of" as its base."""
    if links().get(first) == "kunya":
        parent = _KUNYA.get(first) or ("ام" if "m" in first else "ابو")
        return f"{parent}:{_key(_stripped(second))}"
    return base_of(("عبد" if is_arabic(first) else "abd") + _stripped(second))


@lru_cache(_REMEMBERED)
def spellings_of(word: str) -> tuple[tuple[str, int], ...]:
    """What a word of a text may stand for: without its article, without what Arabic writes onto its front."""
    word = word[:LONGEST_WORD]
    found = [(_key(word), 0), (_key(_stripped(word)), 0)]
    if not is_arabic(word):
        if word[:2] in ("al", "el") and len(word) > 5:
            found.append((_key(word[2:]), 0))
        if word.endswith("s") and len(word) > 5:
            found.append((_key(word[:-1]), 0))
        return tuple(dict.fromkeys(found))
    for skip in (1, 2):
        prefixed = word[0] in _PREFIXES and (skip == 1 or word[1:2] in tuple(_SECOND_PREFIXES))
        if prefixed and len(word) > skip + 2:
            rest = word[skip:]
            found += [(_key(rest), skip), (_key(_stripped(rest)), skip)]
            if rest[0] == "ل" and word[skip - 1] == "ل":
                found.append((_key(rest[1:]), skip))
    return tuple(dict.fromkeys(found))


def name_key(word: str) -> str:
    """The spelling by which a word of a kept name is looked up."""
    return _key(_stripped(word))


def _key(word: str) -> str:
    return base_of(full_forms().get(word, word))


def _stripped(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


@cache
def own_words() -> frozenset[str]:
    """Words that stand in the tables and templates of this program, as keys: none of them gives anybody away by itself."""
    found: set[str] = set()
    for room, folder in (("tawthiq.lexicon", "data"), ("tawthiq.publication", "")):
        root = resources.files(room)
        for text in _texts(root / folder if folder else root):
            words = set(WORD.findall(compared(text)))
            found |= words | {_stripped(word) for word in words}
    return frozenset(found | {_key(word) for word in found})


@cache
def latin_names() -> frozenset[str]:
    """Names of persons as the tables write them in Latin letters, in their compared form."""
    rows = load("person_frequencies", ("name", "per_thousand"))
    shorts = load("en/person_short_forms", ("short", "full"))
    written = [row["name"] for row in rows] + [row[cell] for row in shorts for cell in ("short", "full")]
    return frozenset(compared(name) for name in written if not is_arabic(name))


def _texts(folder: Traversable) -> Iterator[str]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _texts(each)
        elif each.name.endswith(_TEXTS):
            yield each.read_bytes().decode("utf-8", "replace")
