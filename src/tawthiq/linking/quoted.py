"""Which body a report quotes: the name under which a value counts as that body's own, whoever prints it.

Two outlets that quote one monitor are one source of what it says. A party that speaks is one source however it is named
(its code); agencies and monitors are known by their forms (lexicon tables page_agencies and quoted_bodies); any other body
or named person by the telling words of its naming. "Residents", "a medical source" and their like name nobody in
particular: what they tell an outlet counts for the outlet.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from tawthiq.lexicon.folded import name_words
from tawthiq.lexicon.tables import load
from tawthiq.linking.phrases import Phrases
from tawthiq.text.folding import fold

UNNAMED = ("unknown", "other")  # codes that name no party
BODIES = frozenset({"body", "media", "name"})
PARTS_OF_NAMES = 2  # a person without a title is known by a name of at least so many words
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_ARTICLE_WITH_PREPOSITION = re.compile(r"^(?:و|ف)?(?:لل|بال|كال|وال|فال)(?=\w{3})")
Words = frozenset[str]


@cache
def _known() -> Phrases[str]:
    rows = [
        *load("quoted_bodies", ("name", "country", "forms")),
        *load("en/page_agencies", ("name", "country", "forms")),
    ]
    return Phrases((form, row["name"]) for row in rows for form in row.alternatives("forms") if form[0] != "~")


@cache
def _uses() -> dict[str, str]:
    rows = [*load("ar/source_nouns", ("word", "use")), *load("en/source_nouns", ("word", "use"))]
    found: dict[str, str] = {}
    for row in rows:
        for key in name_words(row["word"]):
            found.setdefault(key, row["use"])
    return found


@cache
def _generic() -> frozenset[str]:
    rows = [*load("ar/source_generic", ("word", "gloss")), *load("en/source_generic", ("word", "gloss"))]
    return frozenset(key for row in rows for key in name_words(row["word"]))


@lru_cache(maxsize=1 << 14)
def known_body(name: str) -> str | None:
    """The agency or monitor that a naming holds, by its name in the tables."""
    return _known().first(name)


def named_source(speaker: str, actor: str | None) -> str | Words | None:
    """Who is quoted: a key ("party CODE", "body NAME"), the telling words of a name, or None where nobody is named."""
    if actor and actor not in UNNAMED:
        return f"party {actor}"
    known = known_body(speaker)
    return f"body {known}" if known else _telling(speaker)


@lru_cache(maxsize=1 << 14)
def _telling(speaker: str) -> Words | None:
    words = [key for word in _WORD.findall(fold(speaker)) for key in name_words(_bare(word))]
    uses = _uses()
    head = next((place for place, word in enumerate(words) if uses.get(word) in BODIES), None)
    if head is not None:
        kept = [word for word in words[head:] if word not in _generic() and uses.get(word) != "person"]
        return frozenset(kept) if any(uses.get(word) not in BODIES for word in kept) else None
    if any(word in uses or word in _generic() for word in words):
        return None
    return frozenset(words) if len(words) >= PARTS_OF_NAMES else None


def _bare(word: str) -> str:
    """The word without a preposition and article written onto it: "للدفاع" (of the defence)."""
    return _ARTICLE_WITH_PREPOSITION.sub("", word)


def same_names(names: Iterable[Words]) -> dict[Words, str]:
    """One key for the namings of one body: a shorter naming belongs to the one longer naming that holds all its words."""
    ordered = sorted(set(names), key=lambda words: (-len(words), sorted(words)))
    keys: dict[Words, str] = {}
    for words in ordered:
        longer = {keys[other] for other in keys if words < other}
        keys[words] = longer.pop() if len(longer) == 1 else f"body {' '.join(sorted(words))}"
    return keys
