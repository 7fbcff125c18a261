"""What a statement grammar hands to the speaker stage: a cue, who may have spoken, and the content's bounds."""

from dataclasses import dataclass

from tawthiq.records.span import Span
from tawthiq.records.statement import QuoteKind, Stance


@dataclass(frozen=True, slots=True)
class Content:
    """What was said, and how it is quoted."""

    span: Span
    kind: QuoteKind


@dataclass(frozen=True, slots=True)
class Subject:
    """What a cue demands of its subject: `gender` "m", "f" or "", `number` "s", "d", "p" or "" where open."""

    gender: str
    number: str
    person: int = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """One report of speech, by token indexes.

    `cue` and `speaker` are half-open token ranges; `speaker` is None when the antecedent must be found, and `nameless`
    says that no one is named at all; `topic` is whom the cue's sentence is about, taken before earlier speakers.
    A frame that `answers` is an interviewee's: who speaks may be named further down only. An `aside` names someone in
    passing (ما تداولته صفحات): nobody goes on speaking for them. `relayer` passes on what `speaker` said, and goes on
    speaking itself.
    `content` is a span of the text. `rule` names table row and pattern.
    """

    cue: tuple[int, int]
    speaker: tuple[int, int] | None
    content: Span
    kind: QuoteKind
    stance: Stance
    subject: Subject
    rule: str
    nameless: bool = False
    continues: bool = False
    topic: tuple[int, int] | None = None
    aside: bool = False
    answers: bool = False
    relayer: tuple[int, int] | None = None

    @classmethod
    def of(
        cls,
        cue: tuple[int, int],
        speaker: tuple[int, int] | None,
        content: Content,
        stance: Stance,
        rule: str,
        *,
        subject: Subject | None = None,
    ) -> "Frame":
        """A frame of found content; without `subject` the cue demands nothing of who speaks."""
        return cls(cue, speaker, content.span, content.kind, stance, subject or Subject("", ""), rule)
