"""Fits the weights by which events get their places, times, doers and counts, are merged, and are told apart.

    python tools/fit_reading.py REPORTS.jsonl READINGS.jsonl

reads the sample reports of split "train" with their hand-made readings, and writes lexicon/data/weights_*.tsv. Conditional
logit by AdaGrad in a fixed order: same input, same weights. Each stage is fitted on what the stages before it produce.
Penalty and epochs were chosen by four-fold cross-validation on the train split, by fact F1. The lean to "single" is flat
there between 0 and 0.5; it is kept small, because a spurious event costs a reader more than a missed one.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp, sqrt
from pathlib import Path
from typing import Any

from tawthiq.lexicon import tables
from tawthiq.reading import _country as country_of
from tawthiq.reading import choice_agents, choice_counts, choice_places, choice_times, choosing, merging, scoping
from tawthiq.reading.actors import actor_mentions
from tawthiq.reading.contract import document_from_json
from tawthiq.reading.drafts import Draft, drafts
from tawthiq.reading.merging import EARLIER, again_told, candidates, clusters
from tawthiq.reading.places import place_mentions
from tawthiq.reading.prepared import prepare
from tawthiq.reading.setting import Setting, setting
from tawthiq.reading.statements import statements
from tawthiq.text.dates import times
from tawthiq.text.folding import fold

DATA = Path(__file__).resolve().parents[1] / "src/tawthiq/lexicon/data"
EPOCHS, RATE, PENALTY, FURTHEST = 15, 0.1, 0.1, 300
LEAN_TO_SINGLE = 0.2
Json = dict[str, Any]
Group = tuple[list[choosing.Features], set[int]]


@dataclass(frozen=True)
class Example:
    """One document's material, its gold events, and the gold event of each occurrence (None: none)."""

    setting: Setting
    gold: list[Json]
    owner: dict[int, int]


def examples(reports: Path, readings: Path) -> Iterator[Example]:
    """The documents of split "train"."""
    marked = {reading["id"]: reading for reading in map(json.loads, readings.read_text(encoding="utf-8").splitlines())}
    for line in map(json.loads, reports.read_text(encoding="utf-8").splitlines()):
        if line.get("split") != "train":
            continue
        prepared = prepare(document_from_json(line))
        places = place_mentions(prepared)
        parties = actor_mentions(prepared, country_of(prepared, places))
        text, language, published = prepared.document.text, prepared.language, prepared.document.published
        readable = prepared.readable
        whens = [
            when for when in times(text, language, published) if any(s.contains(when.mention.span) for s in readable)
        ]
        found = setting(prepared, statements(prepared, parties), parties, places, whens)
        gold = marked[line["id"]]["events"]
        yield Example(found, gold, owners(found, gold))


def owners(found: Setting, gold: list[Json]) -> dict[int, int]:
    """Occurrences aligned one to one with gold events: the same act or touching triggers, nearest first."""
    pairs = []
    for i, occurrence in enumerate(found.occurrences):
        for j, event in enumerate(gold):
            start, end = event["trigger"]["start"], event["trigger"]["end"]
            gap = max(occurrence.start - end, start - occurrence.end)
            if gap > FURTHEST or not (gap < 0 or occurrence.act == event["act"]):
                continue
            pairs.append((4 * (gap < 0) + 3 * (occurrence.act == event["act"]) + 1 - max(gap, 0) / 100, -i, -j))
    chosen: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if -i not in chosen and -j not in chosen.values():
            chosen[-i] = -j
    return chosen


def words(text: str) -> set[str]:
    """Folded words of a mention without article and one-letter prefixes, for comparing mentions."""
    found = set()
    for word in fold(text).split():
        bare = word.removeprefix("و").removeprefix("ب").removeprefix("ل")
        found.add(bare.removeprefix("ال").strip('.,،()"') if len(bare) > 3 else word)
    return {word for word in found if len(word) > 1}


def place_groups(example: Example) -> Iterator[Group]:
    """Which chain names the gold event's most specific place."""
    for i, j in example.owner.items():
        occurrence, gold = example.setting.occurrences[i], example.gold[j]
        options = choice_places.candidates(example.setting, occurrence)
        table = [choice_places.place_features(example.setting, occurrence, option) for option in options]
        wanted = words(gold["places"][0]["text"]) if gold["places"] else set()
        right = {k for k, option in enumerate(options) if words(option.places[0].mention.text) & wanted}
        if wanted and not right:
            continue
        yield [*table, choice_places.NONE], right or {len(table)}


def time_groups(example: Example) -> Iterator[Group]:
    """Which time dates the gold event."""
    for i, j in example.owner.items():
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


def agent_groups(example: Example) -> Iterator[Group]:
    """Whether a party did it."""
    for i, j in example.owner.items():
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


def count_groups(example: Example) -> Iterator[Group]:
    """Which occurrence a count belongs to."""
    held = {i: {(c["kind"], c["min"], c["max"]) for c in example.gold[j]["counts"]} for i, j in example.owner.items()}
    everything = {(c["kind"], c["min"], c["max"]) for event in example.gold for c in event["counts"]}
    for count in example.setting.counts:
        value = (str(count.count.harm), count.count.minimum, count.count.maximum)
        options = choice_counts.candidates(example.setting, count)
        numbers = [example.setting.occurrences.index(option) for option in options]
        right = {k for k, number in enumerate(numbers) if value in held.get(number, ())}
        if count.count.part_of or (value in everything and not right):
            continue
        table = [choice_counts.count_features(example.setting, count, option) for option in options]
        yield [*table, choice_counts.none_features(example.setting, count)], right or {len(table)}


def merge_groups(example: Example) -> Iterator[Group]:
    """Which earlier event a telling belongs to: that of the same gold event.

    A telling without a gold event goes with a kindred earlier one, where there is one.
    """
    found = example.setting
    gold_of = {found.occurrences[i].start: j for i, j in example.owner.items()}
    groups: list[list[Draft]] = []
    for draft in drafts(found):
        mine = gold_of.get(draft.occurrence.start)
        options = candidates(groups, draft)
        golds = [
            next((gold_of[d.occurrence.start] for d in group if d.occurrence.start in gold_of), None)
            for group in options
        ]
        table = [merging.link_features(found, group, draft) for group in options]
        if mine is not None:
            right = {k for k, gold in enumerate(golds) if gold is None and again_told(options[k], draft)} or {
                len(table)
            }
        else:
            alike = {k for k, gold in enumerate(golds) if gold is not None and again_told(options[k], draft)}
            right = alike or {len(table)}
        if table and (mine is not None or right != {len(table)}):
            yield [*table, merging.new_features(found, draft)], right
        at = min(right) if mine is not None else max(right)
        if at < len(options):
            options[at].append(draft)
        else:
            groups.append([draft])


def scope_groups(example: Example) -> Iterator[Group]:
    """Single, total, history, or no event."""
    found = example.setting
    gold_of = {found.occurrences[i].start: j for i, j in example.owner.items()}
    groups = clusters(found, drafts(found)) if found.occurrences else []
    for index, group in enumerate(groups):
        scopes = {example.gold[gold_of[d.occurrence.start]]["scope"] for d in group if d.occurrence.start in gold_of}
        label = next((name for name in scoping.OUTCOMES if name in scopes), "none")
        yield scoping.options(found, group, groups[max(index - EARLIER, 0) : index]), {scoping.OUTCOMES.index(label)}


def fit(groups: list[Group]) -> dict[str, float]:
    """Weights that make the right options likely (AdaGrad on the log-likelihood, L2 penalty)."""
    table: dict[str, float] = {}
    squares: dict[str, float] = {}
    for _ in range(EPOCHS):
        for options, right in groups:
            for name, slope in _gradient(table, options, right).items():
                step = slope - PENALTY * table.get(name, 0.0)
                squares[name] = squares.get(name, 1e-6) + step * step
                table[name] = table.get(name, 0.0) + RATE * step / sqrt(squares[name])
    return table


def _gradient(table: dict[str, float], options: list[choosing.Features], right: set[int]) -> dict[str, float]:
    scores = [choosing.score(table, option) for option in options]
    top = max(scores)
    raised = [exp(value - top) for value in scores]
    total, good = sum(raised), sum(raised[k] for k in right)
    slopes: dict[str, float] = {}
    for k, option in enumerate(options):
        share = (raised[k] / good if k in right and good else 0.0) - raised[k] / total
        if abs(share) > 1e-4:
            for name, value in option.items():
                slopes[name] = slopes.get(name, 0.0) + share * value
    return slopes


def adjust(name: str, table: dict[str, float]) -> None:
    """Set what is chosen by cross-validation and not fitted."""
    if name == "scope":
        table["single bias"] = table.get("single bias", 0.0) + LEAN_TO_SINGLE


def write(name: str, table: dict[str, float]) -> None:
    """Write one table of weights."""
    lines = [f"# Weights of the choice \"{name}\", fitted on the sample reports by tools/fit_reading.py; not edited by hand.",
             "feature\tweight"]  # fmt: skip
    lines += [f"{feature}\t{weight:.3f}" for feature, weight in sorted(table.items()) if abs(weight) >= 0.02]
    (DATA / f"weights_{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


STAGES = {"place": place_groups, "time": time_groups, "agent": agent_groups, "count": count_groups,
          "merge": merge_groups, "scope": scope_groups}  # fmt: skip


def main(arguments: Iterable[str]) -> None:
    """Fit every stage in order and write its table."""
    reports, readings = (Path(argument) for argument in arguments)
    data = list(examples(reports, readings))
    for name, groups_of in STAGES.items():
        tables.load.cache_clear()
        choosing.weights.cache_clear()
        groups = [group for example in data for group in groups_of(example)]
        table = fit(groups)
        adjust(name, table)
        write(name, table)
        right = sum(max(range(len(o)), key=lambda k: choosing.score(table, o[k])) in r for o, r in groups)
        print(f"{name}: {len(groups)} choices, {right / max(len(groups), 1):.3f} right on the data they were fitted on")


if __name__ == "__main__":
    main(sys.argv[1:])
