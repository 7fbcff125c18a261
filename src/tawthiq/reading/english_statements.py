"""Reported speech in English: from cues to frames (lexicon/data/en/reporting.tsv).

Owns the order of the English clause: "X said (that) ...", "..., X said", "..., said X", quotations before and behind the
verb, "according to X", participles ("adding that"), and verbs with an object ("denied bombing", "accused X of").
"""

from collections.abc import Iterator
from dataclasses import replace

from tawthiq.reading.cues import Cue, english_verbs, speech_words
from tawthiq.reading.english_according import SOURCE_PHRASES, according
from tawthiq.reading.english_content import behind_addressee, content_span, has_clause, is_adverbial_only, kind_of
from tawthiq.reading.english_continued import continued_frames
from tawthiq.reading.english_links import find_opener, is_noun
from tawthiq.reading.english_phrases import is_name_start, is_pronoun, is_quoted_adverb, name_before, name_end
from tawthiq.reading.frames import Content, Frame, Subject
from tawthiq.reading.layout import Layout
from tawthiq.reading.position import Position
from tawthiq.records.statement import QuoteKind, Stance

_FEWEST_BEFORE, _FEWEST_AROUND, _FEWEST_SAID = 3, 2, 5
_TELLS_DEED = frozenset({"report", "recall", "recount", "describe"})  # "reported hearing an explosion"
_LONGEST_HEADLINE, _HEADLINE_LINES = 26, 3
_HEADLINE_REACH = 1_000  # code points; no headline starts further down
_OPEN = Subject("", "")


def english_frames(layout: Layout) -> Iterator[Frame]:
    """Every report of speech in an English text, in text order."""
    claimed: set[int] = set()
    frames: list[Frame] = []
    for first, last in layout.sentences:
        if not _is_headline(layout, first, last):
            frames.extend(_sentence(layout, first, last, claimed))
    frames.extend(continued_frames(layout, frames, claimed))
    return iter(
        sorted(frames, key=lambda frame: frame.content.start if frame.continues else layout.starts[frame.cue[0]])
    )


def _is_headline(layout: Layout, first: int, last: int) -> bool:
    """Whether a sentence is the headline: one of the first lines, short, without a stop; the text says it again."""
    if layout.starts[first] > _HEADLINE_REACH:
        return False
    above = layout.text.count("\n", 0, layout.starts[first])
    whole = layout.starts_line(first) and (last >= len(layout.tokens) or layout.starts_line(last))
    end = last - 1 if layout.words[last - 1] == '"' else last
    short = last - first <= _LONGEST_HEADLINE and layout.words[end - 1] not in (".", "?", "!", ",")
    return whole and short and above <= _HEADLINE_LINES and last < len(layout.tokens)


def _sentence(layout: Layout, first: int, last: int, claimed: set[int]) -> Iterator[Frame]:
    floor = first
    for index in range(first, last):
        word = layout.words[index]
        if layout.within[index] >= 0 or not (word in SOURCE_PHRASES or word in english_verbs()):
            continue
        position = Position(layout, first, floor, index, last)
        found = according(position) if word in SOURCE_PHRASES else _cue(position, claimed)
        for frame in found:
            yield frame
            floor = max(floor, index + 1)
            if frame.content.start > layout.starts[index]:
                break
            if frame.speaker:
                floor = max(floor, frame.speaker[1])


def _cue(position: Position, claimed: set[int]) -> list[Frame]:
    cue = english_verbs().get(position.word)
    if cue is None or _is_negated(position) or is_noun(position, cue.tense):
        return []
    if cue.tense == "participle":
        return _participle(position, cue)
    name = name_before(position.layout, position.first, position.index)
    frames: list[Frame] = []
    before = _quotation_before(position, name, claimed) if cue.links & {"quote", "back"} else None
    if before is not None:
        frames.extend(_quoted_before(position, cue, name, before, claimed))
    forward = _forward(position, cue, name, claimed)
    if forward:
        frames.append(forward)
    if not frames and "back" in cue.links:
        backward = _backward(position, cue, name)
        if backward:
            frames.append(backward)
    return frames


def _is_negated(position: Position) -> bool:
    words = position.layout.words[max(position.first, position.index - 3) : position.index]
    opening = position.layout.words[position.first : position.index]
    nobody = opening[:1] and (opening[0] in speech_words("en", "no_one") or opening[:2] == ("no", "one"))
    if nobody and "," not in opening:
        return True
    return any(word in speech_words("en", "negation") or word.endswith("n't") for word in words)


def _quotation_before(position: Position, name: tuple[int, int] | None, claimed: set[int]) -> int | None:
    """The quotation that ends right before the name and the verb, or right before the verb ("...," said X)."""
    layout = position.layout
    for start in (name[0] if name else position.index, position.index):
        at = start - 1
        while at >= 0 and layout.words[at] in (",", "-", "–", "—") and layout.within[at] < 0:
            at -= 1
        if at >= 0 and layout.within[at] >= 0:
            number = layout.within[at]
            if is_quoted_adverb(layout, number):
                return None
            if name and _is_finished(position, number):
                return None
            if number not in claimed and layout.quoted_words(number) >= 1 and not layout.starts_line(start):
                return number
    return None


def _is_finished(position: Position, number: int) -> bool:
    """Whether the quotation ended its sentence and the verb has content of its own: '... front." The group reported the'."""
    layout = position.layout
    ended = layout.quotations[number].inner.of(layout.text)[-1:] in ".!?"
    start = behind_addressee(layout, position.index + 1, position.last)
    return ended and start + 1 < position.last and not is_adverbial_only(layout, start, position.last)


def _quoted_before(
    position: Position, cue: Cue, name: tuple[int, int] | None, number: int, claimed: set[int]
) -> list[Frame]:
    layout, index = position.layout, position.index
    quotation = layout.quotations[number]
    opening = layout.index_at(quotation.outer.start)
    speaker = name if name and layout.index_at(quotation.outer.end) <= name[0] else None
    if speaker is None:
        end = name_end(layout, index + 1, position.last)
        speaker = (index + 1, end) if end > index + 1 else None
    leading = max(position.floor, min(position.first, opening)) if opening >= position.first else opening
    whole = opening <= leading or layout.quoted_words(number) >= 8 or not _clause_words(layout, leading, opening)
    claimed.add(number)
    if whole:
        content = Content(quotation.inner, QuoteKind.DIRECT)
    else:
        content = Content(content_span(layout, leading, layout.index_at(quotation.outer.end)), QuoteKind.MIXED)
    return [_frame(position, cue, speaker, content, "quote before")]


def _clause_words(layout: Layout, first: int, last: int) -> int:
    return sum(layout.tokens[index].kind != "mark" for index in range(first, last)) >= 2


def _forward(position: Position, cue: Cue, name: tuple[int, int] | None, claimed: set[int]) -> Frame | None:
    """Content behind the verb: a quotation, a that-clause, a bare clause, or the object of verbs that take one."""
    layout, last = position.layout, position.last
    start = position.index + 1
    if _is_inverted(position):
        return None
    if "addressee" in cue.links:
        start = behind_addressee(layout, start, last)
    start, opener = find_opener(layout, cue, start, last)
    if opener == "" or start >= last:
        return None
    if start in layout.opens and "quote" in cue.links:
        return _quoted_forward(position, cue, name, start, claimed)
    relative = (
        name is not None and layout.words[name[0] - 1] in speech_words("en", "relative") and name[0] > position.first
    )
    if opener == "clause" and not relative and not _says_clause(position, cue, name, start):
        told = cue.stance is Stance.DENIES or (cue.lemma in _TELLS_DEED and start == position.index + 1)
        deed = layout.words[start].endswith("ing") and not told
        if "object" not in cue.links or deed or is_adverbial_only(layout, start, last):
            return None
        opener = "object"
    unnamed = name is None and opener not in ("quote", "that") and not _goes_on(position)
    if opener == "object" and cue.strength == "evidence" and name and is_pronoun(layout.words[name[0]]):
        unnamed = True
    what = opener == "naming" and name is not None and layout.words[name[0] - 1 : name[0]] == ("what",)
    end = content_span(layout, start, last)
    if unnamed or what or end.end <= end.start:
        return None
    if opener == "naming":
        cue = replace(cue, stance=Stance.ASSERTS)
    return _frame(position, cue, name, Content(end, kind_of(layout, end)), opener)


def _says_clause(position: Position, cue: Cue, name: tuple[int, int] | None, start: int) -> bool:
    """Whether a clause stands behind the verb; behind "X said" any phrase of some length that is no adverbial is one."""
    layout, last = position.layout, position.last
    if has_clause(layout, start, last):
        return True
    long = sum(layout.tokens[at].kind != "mark" for at in range(start, last)) >= _FEWEST_SAID
    long = long and not layout.words[start].endswith("ing")
    return long and name is not None and cue.lemma == "say" and not is_adverbial_only(layout, start, last)


def _goes_on(position: Position) -> bool:
    """Whether the speaker of an earlier verb of the sentence goes on: "put the toll at three and said it would climb"."""
    words, index = position.layout.words, position.index
    while index > position.floor and words[index - 1] in speech_words("en", "adverb"):
        index -= 1
    return position.floor > position.first and index > position.floor and words[index - 1] == "and"


def _is_inverted(position: Position) -> bool:
    """Whether only a name stands behind the verb: "..., said the mayor, one of many who ..."."""
    layout, start = position.layout, position.index + 1
    if layout.words[position.index - 1] != "," or start >= position.last or not is_name_start(layout, start):
        return False
    end = name_end(layout, start, position.last)
    return end > start + 1 and (end >= position.last or layout.words[end] in (",", "."))


def _quoted_forward(
    position: Position, cue: Cue, name: tuple[int, int] | None, start: int, claimed: set[int]
) -> Frame | None:
    layout = position.layout
    number = layout.opens[start]
    if number in claimed:
        return None
    behind = layout.after(number)
    quotation = layout.quotations[number]
    ends = (
        behind >= position.last
        or layout.words[behind] in (".", ",", ";", "!", "?")
        or layout.words[behind] in english_verbs()
    )
    if ends or layout.quoted_words(number) >= 10:
        claimed.add(number)
        return _frame(position, cue, name, Content(quotation.inner, QuoteKind.DIRECT), "quote")
    span = content_span(layout, start, position.last)
    return _frame(position, cue, name, Content(span, QuoteKind.MIXED), "quote")


def _backward(position: Position, cue: Cue, name: tuple[int, int] | None) -> Frame | None:
    """Content before: "..., X said" when only adverbials follow, "..., said X" when a name does."""
    layout, index = position.layout, position.index
    inverted = name_end(layout, index + 1, position.last)
    names_behind = inverted > index + 1 and is_name_start(layout, index + 1)
    comma_before = index > position.first and (
        layout.words[index - 1] in (",", "–", "—") or layout.within[index - 1] >= 0
    )
    if (
        cue.lemma in ("say", "report", "add")
        and names_behind
        and (comma_before or not is_adverbial_only(layout, index + 1, position.last))
    ):
        speaker, end = (index + 1, inverted), index
    elif name is not None:
        speaker, end = name, name[0]
    else:
        return None
    if (end > position.first and layout.words[end - 1] in speech_words("en", "relative")) or _goes_on(position):
        return None
    start = position.floor
    while start < end and (
        (layout.tokens[start].kind == "mark" and start not in layout.opens)
        or layout.words[start] in ("and", "but", "while")
    ):
        start += 1
    until = _parenthetical_end(position, end)
    fewest = _FEWEST_BEFORE if until == end else _FEWEST_AROUND
    if sum(layout.tokens[at].kind != "mark" for at in range(start, end)) < fewest:
        return None
    span = content_span(layout, start, until)
    return _frame(position, cue, speaker, Content(span, kind_of(layout, span)), "back")


def _parenthetical_end(position: Position, end: int) -> int:
    """Where content ends: with the sentence when the report is a parenthesis in it (", he said, and ..."), else at `end`."""
    layout = position.layout
    comma = end - 1 > position.first and layout.words[end - 1] == ","
    for behind in range(position.index + 1, min(position.last - 3, position.index + 4)):
        if layout.words[behind] == ",":
            participle = english_verbs().get(layout.words[behind + 1])
            reports = (participle is not None and participle.tense == "participle") or layout.words[
                behind + 1
            ].endswith("ing")
            turns = layout.words[behind + 1] in speech_words("en", "turn")
            return position.last if comma and not reports and not turns else end
    return end


def _participle(position: Position, cue: Cue) -> list[Frame]:
    """ "adding that ...": the speaker of the clause before goes on."""
    layout, index = position.layout, position.index
    if index == position.first or layout.words[index - 1] in speech_words("en", "no_participle"):
        return []
    if layout.words[index + 1 : index + 2] in (("by",), ("from",), ("to",), ("against",)):
        return []
    start, opener = find_opener(layout, cue, index + 1, position.last)
    if opener == "" or start >= position.last:
        return []
    if opener in ("clause", "object", "naming") and "participle" not in cue.links:
        return []
    if opener == "naming":
        cue = replace(cue, stance=Stance.ASSERTS)
    span = content_span(layout, start, position.last)
    if start in layout.opens and layout.after(layout.opens[start]) >= position.last - 1:
        quotation = layout.quotations[layout.opens[start]]
        return [_frame(position, cue, None, Content(quotation.inner, QuoteKind.DIRECT), "participle quote")]
    return [_frame(position, cue, None, Content(span, kind_of(layout, span)), "participle")] if len(span) else []


def _frame(position: Position, cue: Cue, name: tuple[int, int] | None, content: Content, pattern: str) -> Frame:
    subject = _OPEN
    if name and name[1] - name[0] == 1 and is_pronoun(position.layout.words[name[0]]):
        word = position.layout.words[name[0]]
        kind = next(kind for kind in "mfnp" if word in speech_words("en", f"pronoun_{kind}"))
        subject, name = Subject("" if kind in "np" else kind, "p" if kind == "p" else "s"), None
    rule = f"{cue.at} {pattern}"
    return Frame.of((position.index, position.index + 1), name, content, cue.stance, rule, subject=subject)
