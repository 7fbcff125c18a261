"""Statements: every stretch of content that a report attributes to a source other than its own voice."""

from tawthiq.reading.arabic_statements import arabic_frames
from tawthiq.reading.layout import lay_out
from tawthiq.reading.prepared import Prepared
from tawthiq.reading.speakers import Spoken, with_speakers
from tawthiq.records.span import Mention
from tawthiq.records.statement import Speaker, Statement


def statements(prepared: Prepared) -> tuple[Statement, ...]:
    """The statements of a document in text order. One without a named source keeps `speaker=None`."""
    layout = lay_out(prepared)
    frames = list(arabic_frames(layout))
    return tuple(_statement(layout.mention(*spoken.frame.cue), spoken) for spoken in with_speakers(layout, frames))


def _statement(cue: Mention, spoken: Spoken) -> Statement:
    speaker = Speaker(spoken.mention, None, spoken.implicit) if spoken.mention else None
    frame = spoken.frame
    return Statement(speaker, cue, frame.content, frame.kind, frame.stance, frame.rule)
