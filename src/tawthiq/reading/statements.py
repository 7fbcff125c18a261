"""Statements: every stretch of content that a report attributes to a source other than its own voice."""

from bisect import bisect_left

from tawthiq.reading.actors import actor_mentions
from tawthiq.reading.arabic_statements import arabic_frames
from tawthiq.reading.english_statements import english_frames
from tawthiq.reading.layout import lay_out
from tawthiq.reading.prepared import Prepared
from tawthiq.reading.speakers import Spoken, with_speakers
from tawthiq.records.actor import ActorMention
from tawthiq.records.span import Mention
from tawthiq.records.statement import Speaker, Statement

_GRAMMARS = {"ar": arabic_frames, "en": english_frames}


def statements(prepared: Prepared, parties: tuple[ActorMention, ...] | None = None) -> tuple[Statement, ...]:
    """The statements of a document in text order. One without a named source keeps `speaker=None`.

    `parties` are the document's actor mentions when they are known already. A language without a grammar has none.
    """
    grammar = _GRAMMARS.get(prepared.language)
    if grammar is None:
        return ()
    layout = lay_out(prepared)
    known = actor_mentions(prepared) if parties is None else parties
    spoken = with_speakers(layout, list(grammar(layout)), prepared.language)
    return tuple(_statement(layout.mention(*entry.frame.cue), entry, known) for entry in spoken)


def _statement(cue: Mention, spoken: Spoken, parties: tuple[ActorMention, ...]) -> Statement:
    mention = spoken.mention
    speaker = Speaker(mention, _party(mention, parties), spoken.implicit) if mention else None
    frame = spoken.frame
    return Statement(speaker, cue, frame.content, frame.kind, frame.stance, frame.rule)


def _party(mention: Mention, parties: tuple[ActorMention, ...]) -> str | None:
    """The first party named inside the speaker's name."""
    at = bisect_left(parties, mention.span.start, key=lambda party: party.mention.span.end)
    for party in parties[at : at + 1]:
        if party.mention.span.overlaps(mention.span):
            return party.actor
    return None
