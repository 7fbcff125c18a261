"""What parties say about an incident: they claim responsibility, deny, accuse, promise an inquiry, condemn.

A statement is attached to an incident that its content tells an event of, or whose report tells of nothing else. Its kind is
known by the words of its cue and content (lexicon tables statement_signs), else by the stance of its verb. What a party merely
says is attached as such; words of anybody else without a sign are claims, or nothing, and are not listed here. An event that a
report tells as denied is attached as a denial; so is a claim of responsibility in a sentence that is read as no statement.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from tawthiq.lexicon.tables import load
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.phrases import Phrases
from tawthiq.linking.place_names import place_view
from tawthiq.linking.quoted import UNNAMED
from tawthiq.linking.relations import ACTS, PLACES
from tawthiq.records.claim import AttachedStatement, StatementKind
from tawthiq.records.event import Event, Modality, Scope
from tawthiq.records.links import LinkInput
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import Speaker, Stance, Statement
from tawthiq.text.sentences import sentences

OWN_PART = "own_part"
CUE_WORDS = (
    16  # characters of the text on either side of a cue that its phrase may reach: "rejected any responsibility"
)
STANCES = {Stance.DENIES: StatementKind.DENIES, Stance.ACCUSES: StatementKind.ACCUSES}
# Of several signs the first named here tells the kind: who denies an accusation denies, whatever else is said.
KINDS = (
    StatementKind.DENIES,
    StatementKind.CLAIMS_RESPONSIBILITY,
    StatementKind.PROMISES_INQUIRY,
    StatementKind.CONDEMNS,
    StatementKind.ACCUSES,
)
Signs = Phrases[str]


@cache
def _signs(*places: str) -> Signs:
    """The phrases that count at these places ("cue", "content", "text")."""
    columns = ("forms", "kind", "place", "gloss")
    rows = [*load("ar/statement_signs", columns), *load("en/statement_signs", columns)]
    return Phrases(
        (form, row["kind"])
        for row in rows
        if row["place"] in places and row["kind"] != OWN_PART
        for form in row.alternatives("forms")
    )


@cache
def _own_part() -> Signs:
    columns = ("forms", "kind", "place", "gloss")
    rows = [*load("ar/statement_signs", columns), *load("en/statement_signs", columns)]
    return Phrases((form, OWN_PART) for row in rows if row["kind"] == OWN_PART for form in row.alternatives("forms"))


@cache
def _kinship() -> frozenset[tuple[str, str]]:
    rows = load("act_kinship", ("act", "kindred"))
    return frozenset((row["act"], other) for row in rows for other in row.alternatives("kindred"))


def attached(members: Sequence[Occurrence], reports: Mapping[str, LinkInput]) -> tuple[AttachedStatement, ...]:
    """The statements about an incident, in the order of documents and texts; each at most once."""
    told: dict[str, list[Occurrence]] = {}
    for member in members:
        told.setdefault(member.reference.document, []).append(member)
    return tuple(said for document in sorted(told) for said in _of_report(told[document], reports[document]))


def _of_report(members: Sequence[Occurrence], report: LinkInput) -> list[AttachedStatement]:
    events = [report.reading.events[member.reference.event] for member in members]
    alone = len(events) == sum(map(_linkable, report.reading.events))
    found = []
    for number, statement in enumerate(report.reading.statements):
        about = alone or any(event.source == number or _told_in(event, statement) for event in events)
        said = _read(number, statement, report) if about else None
        if said:
            found.append(said)
    found += _denied(events, report, found, alone=alone)
    found += _responsibility(events, report)
    return sorted(found, key=lambda said: (said.mention.span, said.kind))


def _linkable(event: Event) -> bool:
    return event.scope is Scope.SINGLE and event.modality in (Modality.STATED, Modality.HEDGED)


def _told_in(event: Event, statement: Statement) -> bool:
    return statement.content.overlaps(event.trigger.span)


def _read(number: int, statement: Statement, report: LinkInput) -> AttachedStatement | None:
    """The statement with its kind; None where it only tells, and its speaker is no party."""
    text = report.document.text
    kind, sign = _kind(text, statement)
    speaker = statement.speaker
    actor = _party(speaker)
    if kind is StatementKind.SAYS and actor is None:
        return None
    content = statement.content
    return AttachedStatement(
        document=report.document.id,
        statement=number,
        kind=kind,
        speaker=speaker.mention.text if speaker else None,
        speaker_actor=actor,
        accused=_accused(kind, text, statement, actor, report.reading.events),
        mention=Mention(content, content.of(text)),
        told=report.reading.published or report.document.published,
        sign=sign,
    )


def _party(speaker: Speaker | None) -> str | None:
    return speaker.actor if speaker and speaker.actor not in UNNAMED else None


def _kind(text: str, statement: Statement) -> tuple[StatementKind, Mention | None]:
    """What the statement does, and the words that show it."""
    found: dict[StatementKind, Mention] = {}
    if statement.cue:
        span = statement.cue.span
        wide = Span(max(0, span.start - CUE_WORDS), min(len(text), span.end + CUE_WORDS))
        for mention, kind in _signs("cue", "either", "text").within(text, wide):
            if mention.span.overlaps(span):
                found.setdefault(StatementKind(kind), mention)
        by_stance = STANCES.get(statement.stance)
        if by_stance and not (by_stance is StatementKind.ACCUSES and StatementKind.CONDEMNS in found):
            found.setdefault(by_stance, statement.cue)
    for mention, kind in _signs("content", "either", "text").within(text, statement.content):
        found.setdefault(StatementKind(kind), mention)
    kind = next((kind for kind in KINDS if kind in found), StatementKind.SAYS)
    return kind, found.get(kind)


def _accused(
    kind: StatementKind, text: str, statement: Statement, actor: str | None, events: Sequence[Event]
) -> str | None:
    """Whom an accusation or denial is about: a party that what is said names as the doer, or the speaker's own."""
    if kind not in (StatementKind.DENIES, StatementKind.ACCUSES):
        return None
    around = Span(
        min(statement.content.start, statement.cue.span.start) if statement.cue else statement.content.start,
        statement.content.end,
    )
    named = [
        party.actor
        for event in events
        for party in event.by
        if around.contains(party.mention.span) and party.actor not in UNNAMED
    ]
    others = [party for party in named if party != actor]
    if kind is StatementKind.ACCUSES:
        return others[0] if others else None
    own = actor in named or bool(_own_part().within(text, around))
    return actor if actor and own else others[0] if others else None


def _denied(
    events: Sequence[Event], report: LinkInput, found: Sequence[AttachedStatement], *, alone: bool
) -> Iterator[AttachedStatement]:
    """Events of the report that are told as denied and may be this incident's, unless a denial is attached for them."""
    for event in report.reading.events:
        if event.modality is not Modality.DENIED or not (alone or any(_may_be_one(event, other) for other in events)):
            continue
        denials = [said.mention.span for said in found if said.kind is StatementKind.DENIES]
        if any(span.overlaps(event.trigger.span) for span in denials):
            continue
        statement = report.reading.statements[event.source] if event.source is not None else None
        speaker = statement.speaker if statement else None
        yield AttachedStatement(
            document=report.document.id,
            statement=event.source,
            kind=StatementKind.DENIES,
            speaker=speaker.mention.text if speaker else None,
            speaker_actor=_party(speaker),
            accused=next((party.actor for party in event.by if party.actor not in UNNAMED), None),
            mention=event.trigger,
            told=report.reading.published or report.document.published,
            sign=statement.cue if statement else None,
        )


def _may_be_one(denied: Event, event: Event) -> bool:
    """Whether the act denied can be the act told: of one kind, and at no other place."""
    acts = denied.act.value, event.act.value
    if not (ACTS.together(frozenset(acts[:1]), frozenset(acts[1:])) or acts in _kinship() or acts[::-1] in _kinship()):
        return False
    one, other = (tuple(map(place_view, told.places)) for told in (denied, event))
    return not (one and other) or PLACES.together(one, other)


def _responsibility(events: Sequence[Event], report: LinkInput) -> Iterator[AttachedStatement]:
    """Sentences by which a doer of these events takes responsibility, where no statement was read."""
    text = report.document.text
    read = [Span(_start(said), said.content.end) for said in report.reading.statements]
    for event in events:
        for party in event.by:
            span = party.mention.span
            line = Span(text.rfind("\n", 0, span.start) + 1, _line_end(text, span.end))
            sentence = next((s for s in sentences(text, line) if s.contains(span)), line)
            for sign, kind in _signs("text").within(text, sentence):
                if kind == StatementKind.CLAIMS_RESPONSIBILITY and not any(sign.span.overlaps(said) for said in read):
                    yield AttachedStatement(
                        document=report.document.id,
                        statement=None,
                        kind=StatementKind.CLAIMS_RESPONSIBILITY,
                        speaker=party.mention.text,
                        speaker_actor=None if party.actor in UNNAMED else party.actor,
                        accused=None,
                        mention=Mention(sentence, sentence.of(text)),
                        told=report.reading.published or report.document.published,
                        sign=sign,
                    )
                    read.append(sentence)


def _start(statement: Statement) -> int:
    starts = [statement.content.start, *([statement.cue.span.start] if statement.cue else [])]
    return min(starts)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
