"""The reasons behind one statement: cue row and pattern, how the speaker was found, quotation, stance."""

from tawthiq.reading.explaining_rows import party_rows
from tawthiq.reading.setting import Setting
from tawthiq.records.explanation import Reason
from tawthiq.records.span import Mention
from tawthiq.records.statement import QuoteKind, Speaker, Statement

QUOTED = {
    QuoteKind.DIRECT: "all of it stands in quotation marks, or speaks in the first person",
    QuoteKind.INDIRECT: "none of it stands in quotation marks",
    QuoteKind.MIXED: "part of it stands in quotation marks",
}


def statement_reasons(setting: Setting, statement: Statement) -> tuple[Reason, ...]:
    """The reasons, in the order of the statement's fields."""
    row, _, pattern = statement.rule.partition(" ")
    rows = (row,) if row else ()
    content = Mention.at(setting.marked.text, statement.content.start, statement.content.end)
    return (
        _speaker(setting, statement),
        Reason("cue", "", f"reporting word, pattern {pattern or 'of the table'}", statement.cue, rows),
        Reason("content", "", f"what the pattern {pattern or 'of the table'} leaves to the speaker", content),
        Reason("kind", statement.kind.value, QUOTED[statement.kind]),
        Reason("stance", statement.stance.value, "the stance of the cue's row", rows=rows),
    )


def _found(setting: Setting, statement: Statement, speaker: Speaker) -> str:
    """How the speaker was found: an antecedent is one named before, in the cue's own sentence or in an earlier one."""
    if not speaker.implicit:
        return "named beside the cue"
    cue = statement.cue or speaker.mention
    here = setting.sentence_at(cue.span.start) == setting.sentence_at(speaker.mention.span.start)
    return "whom the cue's sentence is about" if here else "the nearest earlier speaker that agrees with the cue"


def _speaker(setting: Setting, statement: Statement) -> Reason:
    speaker = statement.speaker
    if speaker is None:
        return Reason("speaker", "", "the cue names no one")
    how = _found(setting, statement, speaker)
    rows = party_rows(setting.marked, speaker.mention.span, speaker.actor) if speaker.actor else ()
    return Reason("speaker", speaker.actor or "", how, speaker.mention, rows)
