"""Statements: every stretch of content that a report attributes to a source other than its own voice."""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator

from tawthiq.reading.actors import actor_mentions
from tawthiq.reading.arabic_statements import arabic_frames
from tawthiq.reading.english_statements import english_frames
from tawthiq.reading.frames import Frame
from tawthiq.reading.labels import label_frames
from tawthiq.reading.layout import Layout, lay_out
from tawthiq.reading.prepared import Prepared
from tawthiq.reading.speakers import Spoken, with_speakers
from tawthiq.reading.stances import stance_of
from tawthiq.records.actor import ActorMention
from tawthiq.records.span import Mention
from tawthiq.records.statement import Speaker, Stance, Statement
from tawthiq.text.folding import fold

Grammar = Callable[[Layout], Iterator[Frame]]
_OWN_ACTS = ("object", "masdar", "count", "preposition", "companion")
_GRAMMARS: dict[str, Grammar] = {"ar": arabic_frames, "en": english_frames}


def statements(prepared: Prepared, parties: tuple[ActorMention, ...] | None = None) -> tuple[Statement, ...]:
    """The statements of a document in text order. One without a named source keeps `speaker=None`.

    `parties` are the document's actor mentions when they are known already. A language without a grammar has none.
    """
    grammar = _GRAMMARS.get(prepared.language)
    if grammar is None:
        return ()
    layout = lay_out(prepared)
    known = actor_mentions(prepared) if parties is None else parties
    spoken = with_speakers(layout, _in_order(layout, grammar, prepared.language), prepared.language)
    outlet = frozenset(map(_bare, fold(prepared.document.outlet or "").split()))
    told = (entry for entry in spoken if not _is_own_voice(entry, outlet))
    return tuple(_statement(layout, entry, known, prepared.language) for entry in told)


def _is_own_voice(spoken: Spoken, outlet: frozenset[str]) -> bool:
    """Whether the outlet reports its own count, condemnation or demand: "the Centre recorded" in the Centre's report."""
    frame, mention = spoken.frame, spoken.mention
    if mention is None or not outlet or frame.stance is Stance.DENIES or not frame.rule.endswith(_OWN_ACTS):
        return False
    return all(_bare(word) in outlet for word in fold(mention.text).split())


def _bare(word: str) -> str:
    """A folded word without article and particle."""
    return word.removeprefix("و").removeprefix("ال")


def _in_order(layout: Layout, grammar: Grammar, language: str) -> list[Frame]:
    """The frames of the grammar and of labels in text order; a label whose content a cue reports is none."""
    frames = list(grammar(layout))
    taken = {frame.content.start for frame in frames}
    labels = deque(label for label in label_frames(layout, language) if label.content.start not in taken)
    ordered: list[Frame] = []
    for frame in frames:
        while labels and labels[0].cue[0] < frame.cue[0]:
            ordered.append(labels.popleft())
        ordered.append(frame)
    return [*ordered, *labels]


def _statement(layout: Layout, spoken: Spoken, parties: tuple[ActorMention, ...], language: str) -> Statement:
    mention, frame = spoken.mention, spoken.frame
    speaker = Speaker(mention, _party(mention, parties), spoken.implicit) if mention else None
    stance = stance_of(layout, frame, language)
    return Statement(speaker, layout.mention(*frame.cue), frame.content, frame.kind, stance, frame.rule)


def _party(mention: Mention, parties: tuple[ActorMention, ...]) -> str | None:
    """The first party named inside the speaker's name."""
    at = bisect_left(parties, mention.span.start, key=lambda party: party.mention.span.end)
    for party in parties[at : at + 1]:
        if party.mention.span.overlaps(mention.span):
            return party.actor
    return None
