"""Who speaks: named subjects as mentions, null subjects resolved to the nearest source that agrees.

The antecedent of "وأضافت" (and she added) or of a participle is the last speaker whose gender and number fit; it stays
marked `implicit`.
"""

from dataclasses import dataclass

from tawthiq.reading.arabic_phrases import head_word
from tawthiq.reading.cues import speech_words
from tawthiq.reading.frames import Frame, Subject
from tawthiq.reading.introduced import introduced
from tawthiq.reading.layout import Layout
from tawthiq.records.span import Mention

_LOOK_BACK = 6


@dataclass(frozen=True, slots=True)
class Cast:
    """One named speaker: the mention, and what agreement shows of it ("" where open)."""

    mention: Mention
    gender: str
    number: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """A frame with its speaker; `implicit` marks an antecedent."""

    frame: Frame
    mention: Mention | None
    implicit: bool


def with_speakers(layout: Layout, frames: list[Frame], language: str) -> list[Spoken]:
    """The frames, in text order, each with its speaker where one is named or can be found."""
    cast: list[Cast] = []
    found: list[Spoken] = []
    first_named = next((frame.speaker for frame in frames if frame.speaker and not frame.aside), None)
    for frame in frames:
        if frame.nameless:
            found.append(Spoken(frame, None, implicit=False))
            continue
        named = frame.speaker or frame.topic
        if named is not None:
            mention = layout.mention(*named)
            if frame.relayer is not None:
                relayer = layout.mention(*frame.relayer)
                cast.append(_cast(layout, frame.relayer, frame.subject, relayer, language))
            elif not frame.aside:
                cast.append(_cast(layout, named, frame.subject, mention, language))
            found.append(Spoken(frame, mention, implicit=frame.speaker is None))
            continue
        antecedent = _antecedent(cast, frame.subject) or _newcomer(layout, frame, first_named, language)
        if antecedent is not None:
            cast.append(antecedent)
            found.append(Spoken(frame, antecedent.mention, implicit=True))
    return found


def _newcomer(layout: Layout, frame: Frame, first_named: tuple[int, int] | None, language: str) -> Cast | None:
    """Who speaks before anyone was named as a source: the person introduced last, in an interview whoever is named first."""
    named = introduced(layout, frame.cue[0], frame.subject, language)
    if named is None and frame.answers:
        named = first_named
    return _cast(layout, named, frame.subject, layout.mention(*named), language) if named else None


def _cast(layout: Layout, named: tuple[int, int], subject: Subject, mention: Mention, language: str) -> Cast:
    """The speaker as a possible antecedent; English names tell neither gender nor number."""
    if language != "ar":
        return Cast(mention, "", "")
    head = head_word(layout, *named)
    plural = (
        head in speech_words("ar", "human_plural")
        or head.endswith(("ون", "يون"))
        or (head.startswith("ال") and head[2:] in speech_words("ar", "human_plural"))
    )
    gender = subject.gender or ("f" if head.endswith(("ه", "ات")) and not plural else "")
    return Cast(mention, "m" if plural else gender, "p" if plural else "s")


def _antecedent(cast: list[Cast], subject: Subject) -> Cast | None:
    recent = cast[: -_LOOK_BACK - 1 : -1]
    for member in recent:
        if _agrees(member, subject):
            return member
    return recent[0] if recent else None


def _agrees(member: Cast, subject: Subject) -> bool:
    gender = not subject.gender or not member.gender or subject.gender == member.gender
    number = not subject.number or not member.number or (subject.number == "p") == (member.number == "p")
    return gender and number
