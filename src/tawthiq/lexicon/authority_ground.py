"""What decisions about the authority are checked against, and the checks that actors and places share."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tawthiq.lexicon.authority import refusal
from tawthiq.lexicon.authority_overlay import overlay, place_of
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.folded import name_key
from tawthiq.lexicon.gazetteer import Gazetteer
from tawthiq.records.authority import Authority, Decision, Overlay, PartyWording
from tawthiq.records.place import Place

_ARABIC, _LATIN = re.compile(r"[\u0620-\u064a\u066e-\u06d3]"), re.compile(r"[A-Za-z\u00c0-\u024f]")


@dataclass(frozen=True, eq=False)
class Ground:
    """What decisions are checked against: the authority that holds them already, and the gazetteer without anybody's.

    All new decisions are in it, so that those of one file are checked against each other, whatever their order.
    """

    authority: Authority
    plain: Gazetteer

    @cached_property
    def overlay(self) -> Overlay:
        """What the authority changes for readers."""
        return overlay(self.authority)

    @cached_property
    def known(self) -> Gazetteer:
        """The gazetteer with the authority laid over it."""
        return with_overlay(self.plain, self.overlay)

    @cached_property
    def wordings(self) -> Mapping[str, Sequence[PartyWording]]:
        """People's wordings of parties by the key of the name."""
        found: dict[str, list[PartyWording]] = {}
        for wording in self.overlay.wordings:
            found.setdefault(name_key(wording.text), []).append(wording)
        return found

    def place(self, code: str) -> Place | None:
        """The place of a code by itself, whatever it was merged into."""
        entry = self.authority.entries.get(code)
        return place_of(entry) if entry is not None and entry.own else self.plain.of_code(code)


def names_given(decision: Decision) -> Iterator[tuple[str, str]]:
    """The names that a decision gives, by their column."""
    for column in ("name_ar", "name_en", "alias"):
        if name := getattr(decision, column):
            yield column, name


def check_script(decision: Decision, column: str, name: str) -> None:
    """A neutral name stands in its own script, and any name has two letters at least."""
    wanted = {"name_ar": _ARABIC, "name_en": _LATIN}.get(column)
    if wanted is not None and not wanted.search(name):
        script = "Arabic" if column == "name_ar" else "Latin"
        raise refusal(
            decision, "“%(name)s” has no %(script)s letter", "give the name in %(script)s script",
            name=name, script=script,
        )  # fmt: skip
    if sum(letter.isalpha() for letter in name) < 2:
        raise refusal(decision, "“%(name)s” is no name", "give one of two letters or more", name=name)
