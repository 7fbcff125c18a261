"""Where a text tells of somebody who is protected from its readers: one matcher for a run, made once of all names.

Three ways of looking, in one form of the text (redaction_words): words of names near each other (redaction_names); numbers and
birth days (redaction_numbers); and whole names, addresses and other kept words written without spaces or spread by hyphens,
by an Aho-Corasick automaton (Aho and Corasick 1975) over the squeezed text, Arabic also in visual (reversed) order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

import ahocorasick

from tawthiq.linking.people.sounds import is_arabic
from tawthiq.publication.redaction_names import MOST_WORDS, SEVERAL, NameIndex
from tawthiq.publication.redaction_numbers import NumberIndex, is_number, mail_addresses
from tawthiq.publication.redaction_sieve import Sieve
from tawthiq.publication.redaction_words import WORD, Origins, compared, own_words, squeezed
from tawthiq.records.disclosure import Profile, Protected

LEAST_WRITTEN = 8
"""Letters that words have at least together where they are found written as one."""
WITHHELD_AR, WITHHELD_EN = "اسم محجوب", "name withheld"
"""What stands where a name may be that of several protected people, or that of one who has no pseudonym of use."""
_KEPT = 4
_ASIDE = re.compile(r"\[([^\[\]]{1,80})\]")
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}|xn--", re.IGNORECASE)
_SPACES = re.compile(r"(\s+)")


@dataclass(frozen=True, slots=True)
class Hit:
    """Characters of a text that tell of somebody: code points, and what is written instead."""

    start: int
    end: int
    stand_in: str


class Matcher:
    """What must not leave in an output of one profile. Its representation shows nothing.

    Accounts of the team are a court's alone, as they stand in the log.
    """

    def __init__(self, profile: Profile, protected: Protected) -> None:
        people = protected.people(profile)
        members = () if profile is Profile.COURT else protected.members
        names = [[string for string in person.strings if not is_number(string)] for person in people]
        self._names = NameIndex(names, members)
        self._numbers = NumberIndex([person.strings for person in people])
        self._written = _Written(names, [person.strings for person in people])
        self._is_empty = not people and not members
        self._sieve = Sieve(self._names, self._numbers, self._written.keys())
        self._known_asides = {WITHHELD_AR, WITHHELD_EN}
        self._stand_ins = [""] * (len(people) + len(members))
        self._stand_ins = [
            "" if _tells_own(person.stand_in, own) or self._look(person.stand_in) else person.stand_in
            for person, own in zip(people, names, strict=True)
        ] + [""] * len(members)
        self._known_asides |= set(self._stand_ins)
        self._remembered = lru_cache(maxsize=4096)(self._look)

    def __repr__(self) -> str:
        return f"Matcher({len(self._stand_ins)} people)"

    def __bool__(self) -> bool:
        return not self._is_empty

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Where a text tells of somebody, in order, none within another. What stands in for a name is none."""
        if self._is_empty or not text:
            return ()
        return self._remembered(text) if len(text) < 2000 else self._look(text)

    def tells(self, text: str) -> bool:
        """Whether a text tells of anybody."""
        return bool(self.hits(text))

    def may_tell(self, form: str) -> bool:
        """Whether a text with this compared form is worth a closer look: never false where `tells` is true."""
        return not self._is_empty and self._sieve.holds(form)

    def tells_written(self, text: str) -> bool:
        """Whether one of the whole names, addresses or other kept words stands in a text: for bytes that are no text."""
        return not self._is_empty and any(True for _ in self._written.namings(text))

    def replaced(self, text: str) -> tuple[str, int]:
        """The text with what stands in for each name, and how often."""
        times = 0
        if _ESCAPED.search(text):
            parts = [self.replaced_address(part) for part in _SPACES.split(text)]
            text, times = "".join(part for part, _ in parts), sum(each for _, each in parts)
        found = self.hits(text)
        for hit in reversed(found):
            text = f"{text[: hit.start]}[{hit.stand_in}]{text[hit.end :]}"
        return text, times + len(found)

    def replaced_address(self, address: str) -> tuple[str, int]:
        """An address as it is, or its host alone where the rest of it tells of somebody, or nothing of it.

        Capitals say nothing in addresses: names at their end are in small letters, whatever stands before.
        """
        told = self.hits(unescaped(address)) or self.hits(unescaped(address).lower())
        if not told:
            return address, 0
        parts = urlsplit(address) if "://" in address else None
        host = (parts.hostname or "") if parts else ""
        stand_in = told[0].stand_in
        if parts is None or not host or self.hits(unescaped(host)):
            return f"[{stand_in}]", 1
        return f"{parts.scheme}://{host}/[{stand_in}]", 1

    def _look(self, text: str) -> tuple[Hit, ...]:
        text_seen = self._without_asides(text)
        form = compared(text_seen)
        if not self._sieve.holds(form):
            return ()
        origins: Origins | None = None
        capitals = _Capitals(text_seen)
        named = self._names.namings(form, capitals) if self._names else []
        found = [*named, *self._numbers.namings(form, named)] if self._numbers else named
        spans: list[tuple[int, int, int]] = []
        if found:
            origins = Origins.of(text_seen)
            spans = [(*origins.span(each.start, each.end), each.person) for each in found]
        spans += self._written.namings(text_seen)
        return tuple(self._hits(text, spans))

    def _hits(self, text: str, spans: list[tuple[int, int, int]]) -> Iterator[Hit]:
        merged: list[tuple[int, int, int]] = []
        for start, end, person in sorted(spans):
            if merged and start < merged[-1][1]:
                begun, until, before = merged.pop()
                same = person if before in (person, SEVERAL) else before if person == SEVERAL else SEVERAL
                merged.append((begun, max(until, end), same))
            else:
                merged.append((start, end, person))
        for start, end, person in merged:
            stand_in = self._stand_ins[person] if person != SEVERAL else ""
            neutral = WITHHELD_AR if is_arabic(compared(text[start:end])) else WITHHELD_EN
            yield Hit(start, end, stand_in or neutral)

    def _without_asides(self, text: str) -> str:
        """The text with what already stands in for names put out of sight, character for character."""
        if "[" not in text:
            return text
        return _ASIDE.sub(lambda each: "\ufffd" * len(each[0]) if each[1] in self._known_asides else each[0], text)


class _Capitals:
    """Where capitals stand in a compared form, worked out when it is first asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._origins: Origins | None = None

    @property
    def are_used(self) -> bool:
        return self._text != self._text.lower()

    def stands_at(self, at: int) -> bool:
        if self._origins is None:
            self._origins = Origins.of(self._text)
        start, _ = self._origins.span(at, at + 1)
        return self._text[start : start + 1].isupper()


class _Written:
    """Whole names, addresses and other kept words, found in the squeezed text."""

    def __init__(self, names: list[list[str]], kept: list[tuple[str, ...]]) -> None:
        self._automaton = ahocorasick.Automaton()
        for person, strings in enumerate(names):
            for string in strings:
                for key in _keys(string):
                    self._add(key, person)
        for person, every in enumerate(kept):
            for string in every:
                for address in mail_addresses(string):
                    self._add_address(address, person)
        self._any = len(self._automaton) > 0
        if self._any:
            self._automaton.make_automaton()

    def keys(self) -> list[str]:
        """Everything that is looked for, squeezed."""
        return list(self._automaton.keys())

    def namings(self, text: str) -> list[tuple[int, int, int]]:
        """The stretches of the text itself, each with the person."""
        if not self._any:
            return []
        form = squeezed(text)
        ends = [(end, found) for end, found in self._automaton.iter(form)]
        if not ends:
            return []
        origins = Origins.of(text, squeeze=True)
        spans = [(*origins.span(end + 1 - length, end + 1), person) for end, (length, person) in ends]
        return [each for each in spans if _stands_free(text, each[0], each[1])]

    def _add_address(self, address: str, person: int) -> None:
        local, at, _ = address.partition("@")
        forms = [address, address.replace("@", "(at)"), address.replace("@", "[at]"), address.replace("@", " at ")]
        if at and len(squeezed(local)) >= LEAST_WRITTEN - 2 and compared(local) not in own_words():
            forms.append(local)
        for form in forms:
            self._add(squeezed(form), person)

    def _add(self, key: str, person: int) -> None:
        known = self._automaton.get(key, None)
        self._automaton.add_word(key, (len(key), person if known in (None, (len(key), person)) else SEVERAL))


def _keys(string: str) -> Iterator[str]:
    """A kept name written as one word: whole, its first word with its last in both orders, and reversed."""
    words = WORD.findall(compared(string))
    if len(words) > MOST_WORDS:
        yield squeezed(string)
        return
    if len(words) < 2:
        return
    bare = [word.removeprefix("ال") if len(word) > 4 else word for word in words]
    written = {"".join(words), words[0] + words[-1], words[-1] + words[0], words[0] + bare[-1], bare[-1] + words[0]}
    for each in sorted(written):
        if len(each) >= LEAST_WRITTEN:
            yield each
            if is_arabic(each):
                yield each[::-1]


def _stands_free(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins or ends where a word does."""
    before, after = text[start - 1 : start], text[end : end + 1]
    return not before.isalpha() or not after.isalpha()


def _tells_own(stand_in: str, names: list[str]) -> bool:
    """Whether a pseudonym holds a word of the person's own name."""
    own = {word.removeprefix("ال") for name in names for word in WORD.findall(compared(name))}
    return any(word.removeprefix("ال") in own for word in WORD.findall(compared(stand_in)))


def unescaped(address: str) -> str:
    """An address as people read it: percent-encoding undone (twice at most), and the host's punycode."""
    text = address
    for _ in range(2):
        text = unquote(text, errors="replace")
    return re.sub(r"xn--[a-z0-9-]+", lambda label: _of_punycode(label[0]), text, flags=re.IGNORECASE)


def _of_punycode(label: str) -> str:
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


_made: list[tuple[Profile, Protected, Matcher]] = []


def matcher_of(profile: Profile, protected: Protected) -> Matcher:
    """The matcher of a profile, made once for the same records of who is protected."""
    for each in tuple(_made):
        same = each[1].persons is protected.persons and each[1].members == protected.members
        if each[0] is profile and same:
            return each[2]
    made = Matcher(profile, protected)
    _made.append((profile, protected, made))
    del _made[:-_KEPT]
    return made
