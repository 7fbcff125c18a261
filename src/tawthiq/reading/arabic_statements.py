"""Reported speech in Arabic: from cues to frames (lexicon/data/ar/reporting.tsv, sources.tsv).

Owns the walk through a sentence and the order of the Arabic clause: verb first (قال X إن), noun first (X يؤكد أن),
participles (مضيفاً أن), source phrases before or behind what they carry (بحسب X), nested sources (نقل X عن Y أن) and
quotations that go on after a full stop.
"""

from collections.abc import Iterator
from dataclasses import replace

from tawthiq.reading.arabic_content import content_from, resume
from tawthiq.reading.arabic_links import Link, find_link
from tawthiq.reading.arabic_objects import object_frame
from tawthiq.reading.arabic_phrases import head_word, is_source_noun
from tawthiq.reading.arabic_relays import relayed_frame
from tawthiq.reading.arabic_sources import source_frame
from tawthiq.reading.arabic_subjects import find_subject, sentence_subject
from tawthiq.reading.cues import Cue, arabic_verbs, speech_words
from tawthiq.reading.frames import Frame, Subject
from tawthiq.reading.layout import Layout
from tawthiq.reading.position import Position
from tawthiq.records.statement import QuoteKind, Stance

_FEWEST_CONTINUED = 4
_FARTHEST_PARTICIPLE_LINK = 7


def arabic_frames(layout: Layout) -> Iterator[Frame]:
    """Every report of speech in an Arabic text, in text order."""
    reached = 0
    for first, last in layout.sentences:
        for frame in _sentence(layout, max(first, reached), last):
            yield frame
            if frame.kind is QuoteKind.DIRECT:
                reached = max(reached, layout.index_at(frame.content.end))


def _sentence(layout: Layout, first: int, last: int) -> Iterator[Frame]:
    index = floor = first
    said = 0
    while index < last:
        free = layout.within[index] < 0 or _is_loose(layout, index)
        found = _at(Position(layout, first, floor, index, last)) if free else None
        if found is None or (layout.starts[index] < said and not _stands_inside(layout, index, found[0])):
            index += 1
            continue
        frame, index = found
        said = max(said, frame.content.end)
        yield frame
        if frame.kind is QuoteKind.DIRECT:
            more = _continued(layout, frame)
            if more:
                yield more
                index = max(index, layout.index_at(more.content.end))
        floor = max(floor, index)
        if frame.content.start > layout.starts[frame.cue[0]]:
            floor = max(floor, layout.index_at(frame.content.end))


def _stands_inside(layout: Layout, index: int, frame: Frame) -> bool:
    """Whether a cue inside what another source says is a report of its own, not part of the tale."""
    cue = arabic_verbs().get(layout.words[index])
    if cue is None or cue.particle or cue.tense == "participle" or cue.strength == "relayed" or "relay" in cue.links:
        return True
    before = layout.words[index - 1]
    if before in speech_words("ar", "that_subject") and layout.words[index - 2] in ("الا", "غير", "بيد"):
        return True
    named = frame.speaker is not None and is_source_noun(layout.words[frame.speaker[0]])
    return named and frame.rule.endswith(("that", "quote", "colon"))


def _is_loose(layout: Layout, index: int) -> bool:
    """Whether the quotation around a token was never closed, so that it may not be one."""
    return not layout.quotations[layout.within[index]].closed and index not in layout.opens


def _at(position: Position) -> tuple[Frame, int] | None:
    """The frame of the cue at the position, and where to go on; None when no cue stands there."""
    found = source_frame(position)
    if found:
        return found
    cue = arabic_verbs().get(position.word)
    if cue is None or cue.person == 1 or _is_negated(position) or _is_passive(position, cue):
        return None
    if _is_other_word(position, cue):
        return None
    return relayed_frame(position, cue) if "relay" in cue.links else _verb_frame(position, cue)


def _is_other_word(position: Position, cue: Cue) -> bool:
    """Whether the spelling shows another word: taa marbuta where a pronoun is due (إدانة), "بين" (between)."""
    text = position.layout.tokens[position.index].text
    if cue.object and text.endswith("ة"):
        return True
    following = position.layout.words[position.index + 1] if position.index + 1 < position.last else ""
    if cue.lemma == "ابلغ" and cue.tense == "imperfect" and not cue.object and following in ("من", "عدد", "طول"):
        return True
    return position.word == "بين" and following not in speech_words("ar", "that")


def _is_passive(position: Position, cue: Cue) -> bool:
    """Whether the verb names no one who speaks: "يُذكر أن" (it is recalled that), "يُعتقد أنها" (it is thought to be)."""
    if cue.tense != "imperfect" or cue.gender != "m" or cue.number != "s" or position.index + 1 >= position.last:
        return False
    following = position.layout.words[position.index + 1]
    that = following in speech_words("ar", "that") or following in speech_words("ar", "that_subject")
    return (that or following == "الي") and cue.lemma in speech_words("ar", "often_passive")


def _is_negated(position: Position) -> bool:
    before = position.layout.words[position.index - 1] if position.index > position.first else ""
    return before in speech_words("ar", "negation")


def _verb_frame(position: Position, cue: Cue) -> tuple[Frame, int] | None:
    layout, index = position.layout, position.index
    link = find_link(layout, index + 1, position.last, cue)
    subject = Subject("" if cue.tense == "participle" and cue.gender == "m" else cue.gender, cue.number, cue.person)
    if cue.tense == "participle" and not _is_reporting_participle(position, cue, link):
        return None
    if link is None:
        return object_frame(position, cue, subject)
    if cue.strength == "relayed" and not cue.object:
        return None
    speaker = find_subject(position, cue, link.at)
    if speaker is None and not _may_be_null(position, cue, link):
        return None
    if speaker and cue.strength == "evidence" and not is_source_noun(head_word(layout, *speaker)):
        return None
    start = _with_addressed(position, cue, link, speaker)
    content = content_from(layout, start, position.last, colon=link.pattern == "colon")
    frame = Frame.of((index, index + 1), speaker, content, cue.stance, f"{cue.at} {link.pattern}", subject=subject)
    return replace(frame, topic=_own_topic(position, cue)), resume(layout, content, start)


def _with_addressed(position: Position, cue: Cue, link: Link, speaker: tuple[int, int] | None) -> int:
    """Where content starts: a demand takes in whom it is made of ("السكان إلى مغادرة ...") when that is not the speaker."""
    if cue.stance is not Stance.CALLS or link.pattern != "preposition":
        return link.content
    behind = position.index + 1
    if speaker is None or speaker[1] <= position.index:
        return behind if position.layout.tokens[behind].kind == "word" and link.at - behind <= 12 else link.content
    return min(speaker[1], link.content) if link.at - speaker[1] <= 12 else link.content


def _own_topic(position: Position, cue: Cue) -> tuple[int, int] | None:
    """Whom a participle belongs to when its sentence has no other speaker."""
    return sentence_subject(position) if cue.tense == "participle" and position.floor == position.first else None


def _is_reporting_participle(position: Position, cue: Cue, link: Link | None) -> bool:
    """Whether a participle reports (مشيراً إلى) rather than names someone (متحدث, طالبة): accusative, its link near."""
    bare = position.layout.tokens[position.index].text.rstrip("\u064b")
    if cue.gender == "m" and cue.number == "s" and not bare.endswith("ا"):
        return False
    if cue.gender == "" and not bare.endswith("القول"):
        return False
    if link is None:
        return bool(cue.links & {"object", "blame", "described"})
    near = link.at - position.index - 1
    after_comma = position.layout.words[position.index - 1] in ("،", ",") or bool(cue.particle)
    return near == 0 or (
        near <= _FARTHEST_PARTICIPLE_LINK and (after_comma or link.pattern in ("that", "quote", "colon"))
    )


def _may_be_null(position: Position, cue: Cue, link: Link) -> bool:
    """Whether the cue may stand without a named subject: speech verbs with a clear opener."""
    if cue.person == 1 or cue.strength != "speech" or cue.object:
        return False
    if cue.tense == "participle" or link.pattern in ("that", "quote", "colon") or cue.particle:
        return True
    return position.index == position.first or position.layout.words[position.index - 1] == "كما"


def _continued(layout: Layout, frame: Frame) -> Frame | None:
    """A further quotation behind a direct one with only a full stop between: the same source goes on."""
    at = layout.index_at(frame.content.end)
    while at < len(layout.tokens) and layout.tokens[at].kind == "mark" and at not in layout.opens:
        if layout.starts_line(at):
            return None
        at += 1
    if at not in layout.opens or layout.starts_line(at):
        return None
    number = layout.opens[at]
    behind = layout.after(number)
    stands_alone = behind >= len(layout.tokens) or layout.tokens[behind].kind == "mark" or layout.starts_line(behind)
    if layout.quoted_words(number) < _FEWEST_CONTINUED or not stands_alone:
        return None
    content = layout.quotations[number].inner
    return Frame(
        cue=frame.cue, speaker=None, content=content, kind=QuoteKind.DIRECT, stance=frame.stance,
        subject=Subject("", ""), rule=f"{frame.rule} continued", continues=True,
    )  # fmt: skip
