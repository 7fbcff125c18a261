"""Which texts a change of the authority can change the reading of: those in which a changed name stands.

Two sieves. A text's trace is what is left of it when everything is taken away by which writings of one name may differ, so
that the trace of a name stands in the trace of every text that names it: one search for all names at once. What passes is
looked up word by word, by the look-up with which texts are read, in a gazetteer and a table that hold the changed names
only. Both let too much through rather than too little; what holds no changed name reads as before, character for
character (tests/archive/test_authority.py holds this law).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import ahocorasick

from tawthiq.lexicon.authority_overlay import changed_wordings
from tawthiq.lexicon.authority_places import changed_keys
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.reading.actor_table import DECIDED, aliases_from
from tawthiq.reading.names import known_names
from tawthiq.reading.prepared import Prepared, prepare
from tawthiq.records.authority import Overlay, PartyWording
from tawthiq.records.place import Place, PlaceKind
from tawthiq.records.reading import Document
from tawthiq.text.folding import fold

_ARTICLES = re.compile(r"(?<![a-z])(?:al|el|ar|as|ash|at|az|an|ad|the)(?![a-z])")
_RUNS = re.compile(r"(.)\1+")
_LEFT_OUT = frozenset("اليوaeiouyhlـ")
"""Letters in which spellings of one name differ (lexicon.folded): articles, long vowels, romanised gutturals."""


class _Traces(dict[int, str | None]):
    """The trace of each code point, worked out when first met; the shape that `str.translate` asks for."""

    def __missing__(self, code: int) -> str | None:
        letter = chr(code)
        keep = letter.isalnum() and letter not in _LEFT_OUT
        self[code] = ("k" if letter == "q" else letter) if keep else None
        return self[code]


_TRACES = _Traces()


def trace(text: str) -> str:
    """What remains of a text, or of a name, whatever way it is written; empty for a name of left-out letters alone."""
    folded = fold(text)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    return _RUNS.sub(r"\1", _ARTICLES.sub("", folded).translate(_TRACES))


@dataclass(frozen=True, eq=False)
class ChangedNames:
    """Names that mean something else than before: `wordings` of parties as written, `keys` of places.

    `keys` None says that any text may read otherwise.
    """

    wordings: frozenset[str]
    keys: frozenset[str] | None

    def __bool__(self) -> bool:
        return bool(self.wordings) or self.keys is None or bool(self.keys)

    def may_stand_in(self, text: str) -> bool:
        """Whether one of the names may stand in the text: the first sieve."""
        if self.keys is None:
            return True
        if not self:
            return False
        automaton, everything = self._automaton
        return everything or next(automaton.iter(trace(text)), None) is not None

    @cached_property
    def _automaton(self) -> tuple[ahocorasick.Automaton, bool]:
        """The search for all traces at once; true beside it where one is empty, and so stands in every text."""
        automaton = ahocorasick.Automaton()
        traces = {trace(name) for name in (*self.wordings, *(self.keys or ()))}
        for name in sorted(traces - {""}):
            automaton.add_word(name, name)
        automaton.make_automaton()
        return automaton, "" in traces

    def stand_in(self, document: Document) -> bool:
        """Whether one of the names stands in what is read of the document: both sieves."""
        if self.keys is None:
            return True
        if not self.may_stand_in(document.text):
            return False
        prepared = prepare(document)
        return bool(known_names(self._places, prepared.tokens)) or self._names_party(prepared)

    @cached_property
    def _places(self) -> Gazetteer:
        """A gazetteer of the changed names only, written with the article or without."""
        nowhere = Place("-", "-", "-", PlaceKind.OTHER, "", None, None, None, 0)
        keys = self.keys or frozenset()
        begins = frozenset(key[:end] for key in keys for end in range(1, len(key) + 1))
        return Gazetteer(dict.fromkeys(keys, (nowhere,)), {}, begins, keys, keys, keys)

    @cached_property
    def _parties(self) -> Overlay:
        return Overlay(wordings=tuple(PartyWording(text, "other") for text in sorted(self.wordings)))

    def _names_party(self, prepared: Prepared) -> bool:
        """Whether the words of a changed wording may begin, and all stand, in the text."""
        folded = [token.folded for token in prepared.tokens]
        held = frozenset(folded)
        language = "ar" if prepared.language != "en" else "en"
        return any(
            alias.at == DECIDED and held.issuperset(alias.words[1:])
            for word in held
            for begun in aliases_from(word, language, self._parties)
            for alias in begun
        )


def changed_names(one: Gazetteer, other: Gazetteer) -> ChangedNames:
    """The names that mean something else by the other gazetteer; both are one gazetteer with different overlays."""
    before, after = one.overlay or Overlay(), other.overlay or Overlay()
    return ChangedNames(changed_wordings(before, after), changed_keys(one, other))
