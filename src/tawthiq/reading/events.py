"""Events: what a report tells of harm, violence, coercion, destruction or threat, one object for each occurrence.

The way there: triggers become occurrences, occurrences drafts with place, time, doers and counts (choices scored by named
features), drafts of one occurrence are merged, and each merged event is told apart as single, total, background or nothing.
A group that is no occurrence of its own but could retell an earlier one of its act fills what that one leaves open.
How documents are to be read is fixed by docs/contracts.md (reading/1).
"""

from collections.abc import Sequence
from dataclasses import replace

from tawthiq.reading.choice_agents import hedged
from tawthiq.reading.counts import CountFound
from tawthiq.reading.drafts import Draft, drafts
from tawthiq.reading.merging import EARLIER, again_told, clusters, may_be_toll
from tawthiq.reading.place_chains import Chain
from tawthiq.reading.place_context import places_of
from tawthiq.reading.scoping import modality, outcome, single_share
from tawthiq.reading.setting import Setting
from tawthiq.reading.triggers import HARM
from tawthiq.reading.victims import victims
from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count
from tawthiq.records.event import Act, Event, Scope
from tawthiq.records.place import PlaceMention
from tawthiq.records.span import Mention

NEARLY_CERTAIN = 0.7
LIKELY = 0.08
OPEN_ACTS = frozenset({Act.KILLING, Act.INJURY, Act.OTHER})


def events(found: Setting) -> tuple[Event, ...]:
    """The events that a document's material makes, in text order."""
    if not found.occurrences:
        return ()
    kept: list[tuple[list[Draft], list[Draft], Scope]] = []
    left: list[list[Draft]] = []
    groups = clusters(found, drafts(found))
    for index, group in enumerate(groups):
        scope = outcome(found, group, groups[max(index - EARLIER, 0) : index])
        if scope != "none":
            kept.append((group, [], Scope(scope)))
            continue
        again = next((k for k in reversed(kept[-EARLIER:]) if again_told(k[0], group[0])), None)
        if again is not None:
            again[1].extend(group)
        else:
            left.append(group)
    if not kept:
        kept = _likeliest(found, groups)
    for group in left if found.few_acts else ():
        _lend_toll(kept, group)
    told = [_event(found, group, again, scope) for group, again, scope in kept]
    return tuple(sorted(told, key=lambda event: event.trigger.span.start))


def _lend_toll(kept: list[tuple[list[Draft], list[Draft], Scope]], group: list[Draft]) -> None:
    """Give a toll that is told apart ("٣ شهداء", three martyrs) to the last event told before that it may be the toll of."""
    first = group[0].occurrence
    if first.trigger.strength not in HARM or not _counts(group):
        return
    before = [k for k in kept if k[2] is Scope.SINGLE and k[0][0].occurrence.start < first.start]
    fitting = [k for k in before if not _counts(k[0]) and may_be_toll(k[0], group[0])]
    if fitting:
        fitting[-1][1].extend(group)


def _likeliest(found: Setting, groups: list[list[Draft]]) -> list[tuple[list[Draft], list[Draft], Scope]]:
    """The likeliest telling of a report in which none is likely by itself: a report mostly tells something."""
    earlier = [groups[max(index - EARLIER, 0) : index] for index in range(len(groups))]
    chances = [single_share(found, group, before) for group, before in zip(groups, earlier, strict=True)]
    at = max(range(len(groups)), key=chances.__getitem__)
    return [(groups[at], [], Scope.SINGLE)] if chances[at] >= LIKELY else []


def _event(found: Setting, group: list[Draft], again: list[Draft], scope: Scope) -> Event:
    """The event of its tellings; what they leave open is filled from the second mentions `again`."""
    head = _head(group)
    chain = _chain(group) or _chain(again)
    places = places_of(found, chain)
    counts = _counts(group) or _counts(again)
    return Event(
        act=_act(group),
        trigger=Mention.at(found.marked.text, head.occurrence.start, head.occurrence.end),
        modality=modality(found, head, group),
        scope=scope,
        when=next((draft.when for draft in (head, *group, *again) if draft.when is not None), None),
        places=places,
        country=_country(found, places),
        by=_unharmed(_doers(found, group, again, scope), counts, head),
        victims=victims(found, counts),
        counts=tuple(count.count for count in counts),
        source=_source(found, head, [*group, *again]),
        rules=_rules(head, counts),
    )


def _source(found: Setting, head: Draft, tellings: list[Draft]) -> int | None:
    """The statement that carries the event.

    A headline tells in short what a source is quoted for below; a threat may stand in the reporting word itself.
    """
    at = found.statement_at(head.occurrence.start)
    if at is None and head.occurrence.trigger.act is Act.THREAT:
        at = found.statement_by_cue(head.occurrence.start, head.occurrence.end)
    if at is None and found.is_title(head.occurrence.sentence):
        ordered = sorted(tellings, key=lambda draft: draft.occurrence.start)
        below = next((draft for draft in ordered if not found.is_title(draft.occurrence.sentence)), head)
        at = found.statement_at(below.occurrence.start)
    return at


def _head(group: list[Draft]) -> Draft:
    """The fullest telling: a means before a bare toll, with counts, with a sure place, the earliest."""
    return max(group, key=_fullness)


def _fullness(draft: Draft) -> tuple[bool, bool, bool, bool, int]:
    trigger = draft.occurrence.trigger
    means = trigger.strength == "means"
    return trigger.act not in OPEN_ACTS, means, bool(draft.counts), draft.chain is not None, -draft.occurrence.start


def _chain(group: list[Draft]) -> Chain | None:
    """The place of the tellings: a narrower one before a wide one, then the surest choice."""
    chains = [
        (draft.chain.width // 3, -draft.place_share, draft.occurrence.start, draft.chain)
        for draft in group
        if draft.chain
    ]
    return min(chains, key=lambda item: item[:3])[3] if chains else None


def _act(group: list[Draft]) -> Act:
    """The act of the fullest telling."""
    return _head(group).occurrence.trigger.act


def _counts(group: list[Draft]) -> list[CountFound]:
    """The counts of all tellings, the same value once."""
    found: list[CountFound] = []
    seen: set[tuple[object, ...]] = set()
    for draft in group:
        for count in draft.counts:
            key = _value(count.count)
            if key not in seen:
                seen.add(key)
                found.append(count)
    return found


def _value(count: Count) -> tuple[object, ...]:
    return count.harm, count.minimum, count.maximum, count.part_of


def _doers(found: Setting, group: list[Draft], again: list[Draft], scope: Scope) -> tuple[ActorMention, ...]:
    """The doers of the event; a total has only those named beside it, never the doer of the act told before."""
    if scope is not Scope.CUMULATIVE:
        return _agents(found, group) or _agents(found, again)
    sentences = {draft.occurrence.sentence for draft in group}
    return tuple(actor for actor in _agents(found, group) if found.sentence_at(actor.mention.span.start) in sentences)


def _unharmed(doers: tuple[ActorMention, ...], counts: Sequence[CountFound], head: Draft) -> tuple[ActorMention, ...]:
    """The doers whose words are not those of a count of the harmed, a clash aside: its parties have losses too."""
    if head.occurrence.trigger.act is Act.CLASH:
        return doers
    spans = [count.count.mention.span for count in counts]
    return tuple(doer for doer in doers if not any(span.overlaps(doer.mention.span) for span in spans))


def _agents(found: Setting, group: list[Draft]) -> tuple[ActorMention, ...]:
    """The doers that the tellings are surest of: two of a clash, else one, and any more that are nearly certain."""
    surest: dict[str, tuple[float, ActorMention]] = {}
    for draft in group:
        for share, actor in zip(draft.agent_shares, draft.agents, strict=True):
            if actor.party not in surest or share > surest[actor.party][0]:
                surest[actor.party] = (share, actor)
    sides = 2 if any(draft.occurrence.act == Act.CLASH for draft in group) else 1
    ranked = sorted(surest.values(), key=lambda item: -item[0])
    kept = [actor for rank, (share, actor) in enumerate(ranked) if rank < sides or share >= NEARLY_CERTAIN]
    kept.sort(key=lambda actor: actor.mention.span.start)
    return tuple(replace(actor, hedged=hedged(found, actor)) for actor in kept)


def _country(found: Setting, places: Sequence[PlaceMention]) -> str | None:
    """The country of the event's places where they leave one, else the document's."""
    for place in places:
        countries = {candidate.country for candidate in place.candidates}
        if len(countries) == 1:
            return next(iter(countries))
    return found.country


def _rules(head: Draft, counts: Sequence[CountFound]) -> tuple[str, ...]:
    trigger = head.occurrence.trigger
    found = [f"trigger:{trigger.row.at}", f"act:{trigger.settled}"]
    if head.chain is not None:
        found.append(f"place:{head.place_share:.2f}")
    if head.when is not None:
        found.append(f"time:{head.when.reason}")
    return (*found, *(count.rule for count in counts))
