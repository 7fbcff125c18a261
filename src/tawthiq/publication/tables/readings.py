"""Readings as lines of reading/1 (docs/contracts.md) without whoever is protected, with the contract's keys and no others.

Spans stay, for they say where the words stand in evidence; the words of a span that touches a name are replaced. A name is
looked for in the whole text of the report, so that a span which holds half of it does not give that half away.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from tawthiq.linking.people.sounds import is_arabic
from tawthiq.publication.redaction import without_names
from tawthiq.publication.redaction_matcher import WITHHELD_AR, WITHHELD_EN, Hit, matcher_of
from tawthiq.publication.redaction_private import private_names
from tawthiq.publication.redaction_words import compared
from tawthiq.reading.contract import reading_to_json
from tawthiq.records.disclosure import Profile, Protected
from tawthiq.records.event import Event
from tawthiq.records.reading import Reading
from tawthiq.records.span import Mention
from tawthiq.records.statement import Statement

NAME = "readings"
BEYOND_CONTRACT = {
    "statements": ("rule",),
    "events": ("rules",),
    "when": ("precision", "reason"),
    "by": ("actor_entry",),
    "places": ("code", "name_en"),
}
"""Keys that our readings have beside the contract, by the part that has them."""


class WithoutNames:
    """One report's words without whoever is protected; `times` counts the stretches that were replaced."""

    def __init__(self, text: str, profile: Profile, protected: Protected) -> None:
        self.times = 0
        self._profile, self._protected = profile, protected
        self._hits: Sequence[Hit] = sorted(_hits(text, profile, protected), key=lambda hit: (hit.start, hit.end))

    def reading(self, reading: Reading) -> Reading:
        """The reading with the words of its spans replaced where they touch a name."""
        return replace(
            reading,
            statements=tuple(self._statement(each) for each in reading.statements),
            events=tuple(self._event(each) for each in reading.events),
        )

    def _statement(self, statement: Statement) -> Statement:
        speaker = statement.speaker
        return replace(
            statement,
            speaker=replace(speaker, mention=self._mention(speaker.mention)) if speaker else None,
            cue=self._mention(statement.cue) if statement.cue else None,
        )

    def _event(self, event: Event) -> Event:
        return replace(
            event,
            trigger=self._mention(event.trigger),
            when=replace(event.when, mention=self._mention(event.when.mention)) if event.when else None,
            places=tuple(replace(each, mention=self._mention(each.mention)) for each in event.places),
            by=tuple(replace(each, mention=self._mention(each.mention)) for each in event.by),
            victims=tuple(self._mention(each) for each in event.victims),
            counts=tuple(replace(each, mention=self._mention(each.mention)) for each in event.counts),
        )

    def words(self, text: str, start: int, end: int) -> str:
        """The words that stand at `start` to `end` of the report, those of a name that reaches beyond them replaced as well."""
        touching = [hit for hit in self._hits if hit.start < end and start < hit.end]
        if touching:
            text = _replaced(text, start, touching)
        text, times = without_names(text, self._profile, self._protected)
        self.times += len(touching) + times
        return text

    def _mention(self, mention: Mention) -> Mention:
        text = self.words(mention.text, mention.span.start, mention.span.end)
        return mention if text == mention.text else replace(mention, text=text)


def _hits(text: str, profile: Profile, protected: Protected) -> Iterator[Hit]:
    """Where a report's text names somebody who is protected, or, for a partner, any private person."""
    found = matcher_of(profile, protected).hits(text)
    yield from found
    if profile is Profile.PARTNER:
        for start, end in private_names(text):
            if not any(hit.start < end and start < hit.end for hit in found):
                yield Hit(start, end, WITHHELD_AR if is_arabic(compared(text[start:end])) else WITHHELD_EN)


def _replaced(text: str, begin: int, touching: Sequence[Hit]) -> str:
    """The words of a span that begins at `begin`, with what stands in for the names that touch it."""
    for hit in reversed(touching):
        start, end = max(hit.start - begin, 0), max(hit.end - begin, 0)
        text = f"{text[:start]}[{hit.stand_in}]{text[end:]}"
    return text


def line(reading: Reading) -> str:
    """The reading as one line of JSON, ended."""
    return f"{json.dumps(_contract(reading_to_json(reading)), ensure_ascii=False, separators=(',', ':'))}\n"


def _contract(value: Any, part: str = "") -> Any:
    """A value without the keys that the contract does not name."""
    if isinstance(value, dict):
        apart = BEYOND_CONTRACT.get("places" if part == "candidates" else part, ())
        return {name: _contract(each, name) for name, each in value.items() if name not in apart}
    if isinstance(value, list):
        return [_contract(each, part) for each in value]
    return value
