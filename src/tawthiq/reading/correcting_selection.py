"""What selected characters say: every reading of them that our own readers find, for a person to choose from.

Nothing here is typed: a time is read by text.dates, a number by text.numbers and the grammar of counts, a place is looked up
in the gazetteer, a party in the table of actors. Where the characters say nothing of the kind, there is no value.
"""

from collections.abc import Iterable, Iterator

from tawthiq.lexicon.gazetteer import Gazetteer, gazetteer
from tawthiq.reading.actors import actor_mentions
from tawthiq.reading.correcting_anchors import anchored
from tawthiq.reading.correcting_values import count_value, party_value, place_value
from tawthiq.reading.counts import counts
from tawthiq.reading.marked import mark
from tawthiq.reading.place_resolution import MOST_CANDIDATES
from tawthiq.reading.places import place_mentions
from tawthiq.reading.prepared import prepare
from tawthiq.reading.proposals import CLITICS
from tawthiq.reading.quantities import LARGEST
from tawthiq.records.period import When
from tawthiq.records.place import Place
from tawthiq.records.reading import Document
from tawthiq.records.reading_correction import Slot, TextAnchor, Value
from tawthiq.records.span import Span
from tawthiq.text.dates import anchor, times
from tawthiq.text.numbers import Number, numbers

LONGEST = 300  # code points of one value; no name, act or count is longer
LEFT_OPEN = "left open by a person"
_NO_PEOPLE = ("ordinal", "percent")
_MOST_CLITICS = 2


def readings(document: Document, span: Span, slot: Slot, known: Gazetteer | None = None) -> tuple[Value, ...]:
    """The values of `slot` that the characters at `span` may stand for, the likeliest first; none where they say none.

    Counts come without harm and group where no word tells them, parties only as far as the characters name one: a person
    chooses the rest from the lists. Other slots hold codes that people choose, and have no readings.
    """
    told = anchored(document.text, span)
    if slot is Slot.WHEN:
        return _times(document, told)
    if slot is Slot.COUNT:
        return _counts(document, told)
    if slot is Slot.PLACE:
        return _places(document, told, known or gazetteer())
    if slot in (Slot.BY, Slot.SPEAKER):
        return _parties(document, told, known)
    return ()


def _times(document: Document, told: TextAnchor) -> tuple[Value, ...]:
    """Times inside the characters, read where they stand and by themselves; the last reading leaves them open."""
    language = document.language or "ar"
    base = anchor(document.text, document.published).day
    here = _inside(times(document.text, language, document.published), told.span)
    wide = _inside(times(document.text, language, document.published, general=True), told.span)
    alone = [*times(told.text, language, base), *times(told.text, language, base, general=True)]
    found = {
        when.period: Value(told, period=when.period, reason=when.reason)
        for when in reversed([*here, *alone, *wide])
        if when.period is not None
    }
    why = next((when.reason for when in [*here, *alone] if when.period is None), LEFT_OPEN)
    return (*reversed(found.values()), Value(told, reason=why))


def _inside(found: Iterable[When], span: Span) -> list[When]:
    return [when for when in found if span.contains(when.mention.span)]


def _counts(document: Document, told: TextAnchor) -> tuple[Value, ...]:
    """Numbers of people inside the characters, with what the grammar of counts says of them where it counts them too."""
    span = told.span
    prepared = prepare(document)
    counted = [
        count_value(document.text, found.count)
        for found in counts(mark(prepared))
        if found.count.mention.span.overlaps(span)
    ]
    language = document.language or "ar"
    numbered = [*numbers(document.text, language, span), *numbers(told.text, language)]
    plain = [Value(told, minimum=low, maximum=high) for low, high in _bounds(numbered)]
    known = {(value.minimum, value.maximum) for value in plain}
    kept = [value for value in counted if (value.minimum, value.maximum) in known or span.contains(value.anchor.span)]
    fuller = [_moved(value, told) for value in kept]
    taken = {(value.minimum, value.maximum) for value in fuller}
    return (*fuller, *(value for value in plain if (value.minimum, value.maximum) not in taken))


def _bounds(found: Iterable[Number]) -> Iterator[tuple[int | None, int | None]]:
    """Different bounds of whole numbers that may count people."""
    seen = set()
    for number in found:
        low = int(number.minimum) if number.minimum == int(number.minimum) else None
        high = None if number.maximum is None or number.maximum != int(number.maximum) else int(number.maximum)
        low = None if low == 0 and high else low
        fits = number.kind not in _NO_PEOPLE and max(low or 0, high or 0) <= LARGEST
        if fits and (low, high) != (None, None) and (low, high) not in seen:
            seen.add((low, high))
            yield low, high


def _moved(value: Value, told: TextAnchor) -> Value:
    """A count with the characters that the person selected."""
    return Value(
        told,
        code=value.code,
        group=value.group,
        minimum=value.minimum,
        maximum=value.maximum,
        part_of=value.part_of,
    )


def _places(document: Document, told: TextAnchor, known: Gazetteer) -> tuple[Value, ...]:
    """Every entry that bears the name, the one that reading chose here first; the last reading leaves the name open."""
    read = [place for place in place_mentions(prepare(document), known) if place.mention.span.overlaps(told.span)]
    entries: dict[str, Place] = {}
    for place in read:
        for entry in (place.resolved, *place.candidates):
            if entry is not None:
                entries.setdefault(entry.code, entry)
    for name in _names(told.text):
        for entry in known.named(name)[:MOST_CANDIDATES]:
            entries.setdefault(entry.code, entry)
    candidates = tuple(entries.values())
    worded = next((place_value(document.text, place).worded for place in read), None)
    chosen = [Value(told, place=entry, candidates=candidates, worded=worded) for entry in candidates]
    return (*chosen, Value(told, candidates=candidates, worded=worded))


def _names(words: str) -> Iterator[str]:
    """The words as they stand, and without the particles that Arabic writes together with a name."""
    yield words
    for cut in range(1, _MOST_CLITICS + 1):
        if set(words[:cut]) <= CLITICS and len(words) > cut + 1:
            yield words[cut:]
            if words[cut - 1] == "ل":  # "للرقة" (to Raqqa): the article has lost its first letter
                yield "ا" + words[cut - 1 :]


def _parties(document: Document, told: TextAnchor, known: Gazetteer | None) -> tuple[Value, ...]:
    """The parties that are named inside the characters."""
    overlay = known.overlay if known else None
    found: dict[tuple[str, str], Value] = {}
    for party in actor_mentions(prepare(document), overlay=overlay):
        if party.mention.span.overlaps(told.span):
            value = party_value(document.text, party)
            found.setdefault(
                (value.code, value.entry), Value(told, code=value.code, entry=value.entry, hedged=value.hedged)
            )
    return tuple(found.values())
