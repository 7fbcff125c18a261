"""Drafts of events: one occurrence each with the place, time, doers and counts that were chosen for it."""

from bisect import bisect_left
from dataclasses import dataclass

from tawthiq.reading import choice_agents, choice_counts, choice_places, choice_times
from tawthiq.reading.choosing import best, shares
from tawthiq.reading.counts import CountFound
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.place_chains import Chain
from tawthiq.reading.setting import Setting
from tawthiq.records.actor import ActorMention
from tawthiq.records.period import When

LATEST = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """An occurrence with its slots; `place_share` is how sure the choice of place is.

    `agent_shares` says how sure each of `agents` is, `doers` are the codes of its parties, `tolls` the harms and minima of
    its whole counts.
    """

    occurrence: Occurrence
    chain: Chain | None
    place_share: float
    when: When | None
    agents: tuple[ActorMention, ...]
    counts: tuple[CountFound, ...]
    agent_shares: tuple[float, ...]
    doers: frozenset[str]
    tolls: frozenset[tuple[str, int | None]]


def drafts(setting: Setting) -> list[Draft]:
    """The drafts of a document in text order."""
    counted: dict[int, list[CountFound]] = {}
    left: list[CountFound] = []
    for count in setting.counts:
        chosen = _owner(setting, count, counted)
        if chosen is not None:
            counted.setdefault(bisect_left(setting.act_tokens, chosen.trigger.first), []).append(count)
        else:
            left.append(count)
    for count in left if setting.few_acts else ():
        _lend(setting, count, counted)
    return [_draft(setting, occurrence, tuple(counted.get(i, ()))) for i, occurrence in enumerate(setting.occurrences)]


def _lend(setting: Setting, count: CountFound, counted: dict[int, list[CountFound]]) -> None:
    """Give a toll that no act is near enough to own to the last violent act before it that has none of its harm."""
    if count.count.part_of or count.count.harm not in choice_counts.DEADLY:
        return
    before = bisect_left(setting.act_tokens, count.first)
    for at in reversed(range(before)):
        held = {other.count.harm for other in counted.get(at, ())}
        act = setting.occurrences[at].act
        if act in choice_counts.VIOLENT or act in choice_counts.FITTING[count.count.harm]:
            if count.count.harm not in held:
                counted.setdefault(at, []).append(count)
            return


def _owner(setting: Setting, count: CountFound, counted: dict[int, list[CountFound]]) -> Occurrence | None:
    """The occurrence of a count; a subset goes with the count that it is part of."""
    if count.count.part_of:
        for index in list(counted)[-LATEST:]:
            if setting.marked.sentence_of[counted[index][-1].first] == setting.marked.sentence_of[count.first]:
                return setting.occurrences[index]
    options = choice_counts.candidates(setting, count)
    table = [choice_counts.count_features(setting, count, option) for option in options]
    at = best("count", setting.marked.language, [*table, choice_counts.none_features(count)])
    return options[at] if at < len(options) else None


def _draft(setting: Setting, occurrence: Occurrence, counts: tuple[CountFound, ...]) -> Draft:
    chain, share = _place(setting, occurrence)
    chosen = _agents(setting, occurrence)
    agents = tuple(actor for _, actor in chosen)
    doers = frozenset(actor.party for actor in agents)
    tolls = frozenset((str(c.count.harm), c.count.minimum) for c in counts if not c.count.part_of)
    shares_of = tuple(chance for chance, _ in chosen)
    return Draft(occurrence, chain, share, _time(setting, occurrence), agents, counts, shares_of, doers, tolls)


def _place(setting: Setting, occurrence: Occurrence) -> tuple[Chain | None, float]:
    options = choice_places.candidates(setting, occurrence)
    table = [choice_places.place_features(setting, occurrence, option) for option in options]
    chances = shares("place", setting.marked.language, [*table, choice_places.NONE])
    at = chances.index(max(chances))
    return (options[at], chances[at]) if at < len(options) else (None, 0.0)


def _time(setting: Setting, occurrence: Occurrence) -> When | None:
    options = choice_times.candidates(setting, occurrence)
    table = [choice_times.time_features(setting, occurrence, option) for option in options]
    at = best("time", setting.marked.language, [*table, choice_times.none_features(setting, occurrence)])
    return options[at] if at < len(options) else None


def _agents(setting: Setting, occurrence: Occurrence) -> list[tuple[float, ActorMention]]:
    """The parties said to have done it, each with how sure the choice is; the surest mention of each party."""
    found: dict[str, tuple[float, ActorMention]] = {}
    rivals = choice_agents.candidates(setting, occurrence)
    for actor in rivals:
        options = [choice_agents.agent_features(setting, occurrence, actor, rivals), choice_agents.NO]
        chance = shares("agent", setting.marked.language, options)[0]
        if chance >= 0.5 and (actor.party not in found or chance > found[actor.party][0]):
            found[actor.party] = (chance, actor)
    return sorted(found.values(), key=lambda item: item[1].mention.span.start)
