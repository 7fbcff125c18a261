"""Which wordings of victims in reports are personal names, and not "five civilians" or "the driver".

Cautious on purpose: a wording counts only when it holds two to six words of a name, no digit, and either begins with a given
name that the lexicon knows (ar/given_names.tsv, person_frequencies.tsv), or is built as only names are (عبد, أبو, بن and their
romanisations). What is missed can still be compared when it stands in a list.
"""

import re
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.linking.people.names import name_words
from tawthiq.linking.people.vocabulary import links
from tawthiq.records.person import NamePart
from tawthiq.text.folding import fold
from tawthiq.text.given_names import given_names

FEWEST_WORDS, MOST_WORDS = 2, 6
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w+")
_BUILT = frozenset({"kunya", "servant", "son"})


def is_personal_name(text: str) -> bool:
    """Whether a wording is taken for the name of one person."""
    if _DIGIT.search(fold(text)):
        return False
    words = [word for word in name_words(text) if word.part is not NamePart.KUNYA]
    if not FEWEST_WORDS <= len(words) <= MOST_WORDS:
        return False
    built = any(links().get(token) in _BUILT for token in _WORD.findall(fold(text)))
    return words[0].form in _given_names() or built


@cache
def _given_names() -> frozenset[str]:
    rows = load("person_frequencies", ("name", "per_thousand"))
    known = (*(row["name"] for row in rows), *given_names())
    return frozenset(word.form for name in known for word in name_words(name))
