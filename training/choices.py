"""The choices of each stage with their right options, taken from examples; each stage sees what the stages before produce."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tawthiq.reading import choice_agents, choice_counts, choice_places, choice_times, merging, scoping
from tawthiq.reading.choosing import Features
from tawthiq.reading.drafts import Draft, drafts
from tawthiq.reading.merging import EARLIER, again_told, candidates, clusters
from tawthiq.text.folding import fold
from training.examples import Example


@dataclass(frozen=True)
class Choice:
    """The options of one choice in a language, and the numbers of the right ones."""

    language: str
    options: list[Features]
    right: frozenset[int]


Options = tuple[list[Features], set[int]]


def choices(name: str, example: Example) -> Iterator[Choice]:
    """The choices of one stage in one example."""
    for options, right in STAGES[name](example):
        yield Choice(example.setting.marked.language, options, frozenset(right))


def words(text: str) -> set[str]:
    """Folded words of a mention without article and one-letter prefixes, for comparing mentions."""
    found = set()
    for word in fold(text).split():
        bare = word.removeprefix("و").removeprefix("ب").removeprefix("ل")
        found.add(bare.removeprefix("ال").strip('.,،()"') if len(bare) > 3 else word)
    return {word for word in found if len(word) > 1}


def _tellings(example: Example) -> Iterator[tuple[int, int]]:
    """Occurrences with the marked event that each tells."""
    for i, j in enumerate(example.told):
        if j is not None:
            yield i, j


def place_choices(example: Example) -> Iterator[Options]:
    """Which chain names the gold event's most specific place."""
    for i, j in _tellings(example):
        occurrence, gold = example.setting.occurrences[i], example.gold[j]
        options = choice_places.candidates(example.setting, occurrence)
        table = [choice_places.place_features(example.setting, occurrence, option) for option in options]
        wanted = words(gold["places"][0]["text"]) if gold["places"] else set()
        right = {k for k, option in enumerate(options) if words(option.places[0].mention.text) & wanted}
        if wanted and not right:
            continue
        yield [*table, choice_places.NONE], right or {len(table)}


def time_choices(example: Example) -> Iterator[Options]:
    """Which time dates the gold event."""
    for i, j in _tellings(example):
        occurrence, when = example.setting.occurrences[i], example.gold[j].get("when") or {}
        options = choice_times.candidates(example.setting, occurrence)
        table = [choice_times.time_features(example.setting, occurrence, option) for option in options]
        wanted = (when.get("from"), when.get("to") or when.get("from"))
        right = {
            k for k, option in enumerate(options)
            if option.period and (option.period.first.isoformat(), option.period.last.isoformat()) == wanted
        }  # fmt: skip
        if wanted[0] and not right:
            continue
        yield [*table, choice_times.none_features(example.setting, occurrence)], right or {len(table)}


def agent_choices(example: Example) -> Iterator[Options]:
    """Whether a party did it."""
    for i, j in _tellings(example):
        occurrence, by = example.setting.occurrences[i], example.gold[j]["by"]
        codes = {entry["actor"] for entry in by}
        for actor in choice_agents.candidates(example.setting, occurrence):
            span = actor.mention.span
            touches = any(entry["start"] < span.end and span.start < entry["end"] for entry in by)
            elsewhere = example.setting.actor_sentences[example.setting.actors.index(actor)] != occurrence.sentence
            if actor.actor in codes and not touches and elsewhere:
                continue
            table = [choice_agents.agent_features(example.setting, occurrence, actor), choice_agents.NO]
            yield table, {0} if actor.actor in codes else {1}


def count_choices(example: Example) -> Iterator[Options]:
    """Which occurrence a count belongs to."""
    held = {i: {(c["kind"], c["min"], c["max"]) for c in example.gold[j]["counts"]} for i, j in _tellings(example)}
    everything = {(c["kind"], c["min"], c["max"]) for event in example.gold for c in event["counts"]}
    for count in example.setting.counts:
        value = (str(count.count.harm), count.count.minimum, count.count.maximum)
        options = choice_counts.candidates(example.setting, count)
        numbers = [example.setting.occurrences.index(option) for option in options]
        right = {k for k, number in enumerate(numbers) if value in held.get(number, ())}
        if count.count.part_of or (value in everything and not right):
            continue
        table = [choice_counts.count_features(example.setting, count, option) for option in options]
        yield [*table, choice_counts.none_features(count)], right or {len(table)}


def merge_choices(example: Example) -> Iterator[Options]:
    """Which earlier event a telling belongs to: that of the same marked event."""
    found = example.setting
    groups: list[list[Draft]] = []
    events: dict[int, int | None] = {}
    for i, draft in enumerate(drafts(found) if found.occurrences else []):
        options = candidates(groups, draft)
        golds = [events[id(group)] for group in options]
        mine = example.told[i]
        right = {k for k, gold in enumerate(golds) if gold == mine} if mine is not None else set()
        if mine is None and not example.labelled:
            right = {k for k, gold in enumerate(golds) if gold is not None and again_told(options[k], draft)}
        if options and (example.labelled or mine is not None or right):
            table = [merging.link_features(found, group, draft) for group in options]
            yield [*table, merging.new_features(found, draft)], right or {len(table)}
        if right:
            options[max(right)].append(draft)
        else:
            groups.append([draft])
            events[id(groups[-1])] = mine


def scope_choices(example: Example) -> Iterator[Options]:
    """Single, total, history, or no event: an event is told by the cluster that holds its chief telling."""
    found = example.setting
    chief = {found.occurrences[i].start: j for i, j in example.owner.items()}
    groups = clusters(found, drafts(found)) if found.occurrences else []
    for index, group in enumerate(groups):
        scopes = {example.gold[chief[d.occurrence.start]]["scope"] for d in group if d.occurrence.start in chief}
        label = next((name for name in scoping.OUTCOMES if name in scopes), "none")
        yield scoping.options(found, group, groups[max(index - EARLIER, 0) : index]), {scoping.OUTCOMES.index(label)}


STAGES: dict[str, Callable[[Example], Iterator[Options]]] = {
    "place": place_choices,
    "time": time_choices,
    "agent": agent_choices,
    "count": count_choices,
    "merge": merge_choices,
    "scope": scope_choices,
}
