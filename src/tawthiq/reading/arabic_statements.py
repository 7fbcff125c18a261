"""Reported speech in Arabic: from cues to frames (lexicon/data/ar/reporting.tsv, sources.tsv).

Owns the walk through a sentence and the order of the Arabic clause: verb first (قال X إن), noun first (X يؤكد أن),
participles (مضيفاً أن), source phrases before or behind what they carry (بحسب X), nested sources (نقل X عن Y أن) and
quotations that go on after a full stop.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tawthiq.reading.arabic_content import content_before, content_from, resume
from tawthiq.reading.arabic_cues import is_reporting, is_reporting_participle
from tawthiq.reading.arabic_links import Link, find_link
from tawthiq.reading.arabic_objects import object_frame
from tawthiq.reading.arabic_phrases import head_word, is_source_noun, name_end
from tawthiq.reading.arabic_relays import relayed_frame
from tawthiq.reading.arabic_sources import source_frame
from tawthiq.reading.arabic_subjects import find_subject, sentence_subject, subject_before, who_calls
from tawthiq.reading.cues import Cue, arabic_sources, arabic_verbs, speech_words
from tawthiq.reading.frames import Content, Frame, Subject
from tawthiq.reading.layout import Layout
from tawthiq.reading.position import Position
from tawthiq.records.statement import QuoteKind, Stance

_FEWEST_CONTINUED = 4
_FEWEST_BARE = 3


def arabic_frames(layout: Layout) -> Iterator[Frame]:
    """Every report of speech in an Arabic text, in text order."""
    reached = 0
    verbs, sources = arabic_verbs(), arabic_sources()
    cues = [index for index, word in enumerate(layout.words) if word in verbs or word in sources]
    for first, last in layout.sentences:
        for frame in _sentence(layout, cues, max(first, reached), last):
            yield frame
            if frame.kind is QuoteKind.DIRECT:
                reached = max(reached, layout.index_at(frame.content.end))


def _sentence(layout: Layout, cues: Sequence[int], first: int, last: int) -> Iterator[Frame]:
    """The reports of one sentence; `cues` are the document's tokens that may report speech, in ascending order."""
    index = floor = first
    said = 0
    told: Frame | None = None
    while (at := bisect_left(cues, index)) < len(cues) and (index := cues[at]) < last:
        free = layout.within[index] < 0 or _is_loose(layout, index)
        found = _found(Position(layout, first, floor, index, last), told) if free else None
        if found is None or (layout.starts[index] < said and not _stands_inside(layout, index, found[0])):
            index += 1
            continue
        frame, index = found
        said = max(said, frame.content.end)
        told = frame
        yield frame
        if frame.kind is QuoteKind.DIRECT:
            more = _continued(layout, frame)
            if more:
                yield more
                index = max(index, layout.index_at(more.content.end))
        floor = max(floor, index)
        if frame.content.start > layout.starts[frame.cue[0]]:
            floor = max(floor, layout.index_at(frame.content.end))


def _found(position: Position, told: Frame | None) -> tuple[Frame, int] | None:
    return _taken_up(position, told) or _at(position)


def _stands_inside(layout: Layout, index: int, frame: Frame) -> bool:
    """Whether a cue inside what another source says is a report of its own, not part of the tale."""
    cue = arabic_verbs().get(layout.words[index])
    if (
        cue is None
        or cue.particle
        or cue.tense == "participle"
        or cue.strength == "relayed"
        or cue.links & {"relay", "learn"}
    ):
        return True
    before = layout.words[index - 1]
    if before in speech_words("ar", "that_subject") and layout.words[index - 2] in ("الا", "غير", "بيد"):
        return True
    if frame.speaker and _contrasts(layout, frame.speaker[0]):
        return True
    named = frame.speaker is not None and is_source_noun(layout.words[frame.speaker[0]])
    return named and frame.rule.endswith(("that", "quote", "colon"))


def _contrasts(layout: Layout, index: int) -> bool:
    """Whether the name at `index` stands against what was said before it: "إلا أن الوزارة", "لكن الوزارة"."""
    before, second = layout.words[index - 1], layout.words[index - 2]
    return before in ("لكن", "ولكن", "فيما", "بينما") or (before == "ان" and second in ("الا", "غير", "بيد"))


def _is_loose(layout: Layout, index: int) -> bool:
    """Whether the quotation around a token was never closed, so that it may not be one."""
    return not layout.quotations[layout.within[index]].closed and index not in layout.opens


def _taken_up(position: Position, told: Frame | None) -> tuple[Frame, int] | None:
    """ "..., وهو ما نفاه X": another source on what was said just before, with the same content."""
    layout, index = position.layout, position.index
    cue = arabic_verbs().get(position.word)
    if cue is None or not cue.object or cue.particle or index - 2 < position.first:
        return None
    if layout.words[index - 1] != "ما" or layout.words[index - 2] not in speech_words("ar", "denied"):
        return None
    end = name_end(layout, index + 1, position.last)
    content = Content(told.content, told.kind) if told else content_before(layout, position.first, index - 2)
    if content is None or end <= index + 1:
        return None
    rule = f"{cue.at} taken up"
    return Frame.of((index, index + 1), (index + 1, end), content, cue.stance, rule), end


def _at(position: Position) -> tuple[Frame, int] | None:
    """The frame of the cue at the position, and where to go on; None when no cue stands there."""
    found = source_frame(position)
    if found:
        return found
    cue = arabic_verbs().get(position.word)
    if cue is None or (cue.object and cue.strength == "evidence") or not is_reporting(position, cue):
        return None
    return relayed_frame(position, cue) if cue.links & {"relay", "learn"} else _verb_frame(position, cue)


def _verb_frame(position: Position, cue: Cue) -> tuple[Frame, int] | None:
    link = find_link(position.layout, position.index + 1, position.last, cue)
    quoted = _quoted_before(position, cue)
    if quoted:
        return quoted
    subject = Subject("" if cue.tense == "participle" and cue.gender == "m" else cue.gender, cue.number, cue.person)
    if cue.tense == "participle" and not is_reporting_participle(position, cue, link):
        return None
    if link is None:
        return (
            object_frame(position, cue, subject)
            or _bare_frame(position, cue, subject)
            or _said_before(position, cue, subject)
        )
    return _linked_frame(position, cue, link, subject)


def _bare_frame(position: Position, cue: Cue, subject: Subject) -> tuple[Frame, int] | None:
    """ "وسكان يقولون البيت تسوى بالأرض": spoken Arabic leaves أنّ out; only behind a named source, and only with قال."""
    index = position.index
    name = subject_before(position) if cue.lemma == "قال" and cue.tense != "participle" else None
    if name is None or not is_source_noun(position.layout.words[name[0]]) or position.last - index - 1 < _FEWEST_BARE:
        return None
    content = content_from(position.layout, index + 1, position.last)
    rule = f"{cue.at} bare"
    return Frame.of((index, index + 1), name, content, cue.stance, rule, subject=subject), index + 1


def _said_before(position: Position, cue: Cue, subject: Subject) -> tuple[Frame, int] | None:
    """ "القصف مستمر منذ الصباح، يقول أبو علي، وهو مزارع": what was said stands before the comma, who spoke behind the verb."""
    layout, index = position.layout, position.index
    if cue.lemma != "قال" or cue.tense == "participle" or cue.particle or layout.words[index - 1] not in ("،", ","):
        return None
    end = name_end(layout, index + 1, position.last)
    ends = end >= position.last or layout.words[end] in ("،", ",", ".")
    content = content_before(layout, position.floor, index) if position.floor < index else None
    crowd = cue.number == "p" and end > index + 1 and not is_source_noun(layout.words[index + 1])
    if content is None or not ends or crowd or end <= index + 1:
        return None
    rule = f"{cue.at} said before"
    return Frame.of((index, index + 1), (index + 1, end), content, cue.stance, rule, subject=subject), end


def _linked_frame(position: Position, cue: Cue, link: Link, subject: Subject) -> tuple[Frame, int] | None:
    """The frame of a verb with an opener of content; None when it has no subject that can be one."""
    layout, index = position.layout, position.index
    if cue.strength == "relayed" and not cue.object:
        return None
    speaker = find_subject(position, cue, link.at)
    if speaker and cue.stance is Stance.CALLS and speaker[0] > index:
        speaker = who_calls(position, cue, speaker)
    if speaker is None and not _may_be_null(position, cue, link):
        return None
    if speaker and cue.strength == "evidence" and not is_source_noun(head_word(layout, *speaker)):
        return None
    start = _with_addressed(position, cue, link, speaker)
    content = content_from(layout, start, position.last, colon=link.pattern == "colon")
    rule = f"{cue.at} {link.pattern}"
    frame = Frame.of((index, index + 1), speaker, content, cue.stance, rule, subject=subject)
    frame = replace(frame, topic=_own_topic(position, cue), aside=cue.strength == "relayed")
    return frame, resume(layout, content, start)


def _quoted_before(position: Position, cue: Cue) -> tuple[Frame, int] | None:
    """ "«...»، تقول ممرضة في المشفى": a quotation, then the verb, then who spoke."""
    layout, index = position.layout, position.index
    at = index - 1
    while at > position.floor and layout.words[at] in ("،", ",", "-") and layout.within[at] < 0:
        at -= 1
    if (
        "quote" not in cue.links
        or cue.particle
        or cue.tense == "participle"
        or at < position.floor
        or layout.within[at] < 0
    ):
        return None
    number = layout.within[at]
    opening = layout.index_at(layout.quotations[number].outer.start)
    end = name_end(layout, index + 1, position.last)
    if opening < position.floor or layout.quoted_words(number) < _FEWEST_CONTINUED or end <= index + 1:
        return None
    content = Content(layout.quotations[number].inner, QuoteKind.DIRECT)
    return Frame.of((index, index + 1), (index + 1, end), content, cue.stance, f"{cue.at} quote before"), end


def _with_addressed(position: Position, cue: Cue, link: Link, speaker: tuple[int, int] | None) -> int:
    """Where content starts: a demand takes in whom it is made of ("السكان إلى مغادرة ...") when that is not the speaker."""
    if cue.stance is not Stance.CALLS or link.pattern != "preposition":
        return link.content
    behind = position.index + 1
    if speaker is None or speaker[1] <= position.index:
        return behind if position.layout.tokens[behind].kind == "word" and link.at - behind <= 12 else link.content
    return min(speaker[1], link.content) if link.at - speaker[1] <= 12 else link.content


def _own_topic(position: Position, cue: Cue) -> tuple[int, int] | None:
    """Whom a participle, or a second verb without a subject, belongs to when its sentence has no other speaker."""
    second = bool(cue.particle) and position.index > position.first
    own = (cue.tense == "participle" or second) and position.floor == position.first
    return sentence_subject(position) if own else None


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
