"""Antecedents: who goes on speaking."""

from tawthiq.reading.frames import Content, Frame, Subject
from tawthiq.reading.layout import Layout, lay_out
from tawthiq.reading.prepared import prepare
from tawthiq.reading.speakers import with_speakers
from tawthiq.records.reading import Document
from tawthiq.records.span import Span
from tawthiq.records.statement import QuoteKind, Stance

TEXT = "قالت الوزارة كذا وقال العقيد كذا وأضافت كذا وأضافوا كذا"


def _layout() -> Layout:
    return lay_out(prepare(Document(id="a", text=TEXT, language="ar", readable=(Span(0, len(TEXT)),))))


def _frame(cue: int, speaker: int | None, gender: str, number: str) -> Frame:
    content = Content(Span(0, 1), QuoteKind.INDIRECT)
    name = (speaker, speaker + 1) if speaker is not None else None
    return Frame.of((cue, cue + 1), name, content, Stance.ASSERTS, "test", subject=Subject(gender, number))


def test_gender_of_the_verb_chooses_among_earlier_speakers() -> None:
    frames = [_frame(0, 1, "f", "s"), _frame(3, 4, "m", "s"), _frame(6, None, "f", "s")]
    found = with_speakers(_layout(), frames, "ar")
    assert found[-1].mention is not None
    assert found[-1].mention.text == "الوزارة"
    assert found[-1].implicit


def test_nearest_speaker_is_taken_when_none_agrees() -> None:
    frames = [_frame(0, 1, "f", "s"), _frame(3, 4, "m", "s"), _frame(8, None, "m", "p")]
    found = with_speakers(_layout(), frames, "ar")
    assert found[-1].mention is not None
    assert found[-1].mention.text == "العقيد"


def test_report_without_any_earlier_speaker_is_left_out() -> None:
    assert with_speakers(_layout(), [_frame(6, None, "f", "s")], "ar") == []
