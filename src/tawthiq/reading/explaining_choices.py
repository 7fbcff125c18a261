"""The scored choices asked once more: how sure each was, and which features counted most.

The only module of explanations that knows how drafts are grouped and which options a choice has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.reading import choice_agents, choice_counts, choice_places, choice_times, merging, scoping
from tawthiq.reading.choosing import Features, shares, weights
from tawthiq.reading.counts import CountFound
from tawthiq.reading.drafts import Draft, drafts
from tawthiq.reading.merging import EARLIER, clusters
from tawthiq.reading.occurrences import Occurrence
from tawthiq.reading.place_chains import Chain
from tawthiq.reading.setting import Setting
from tawthiq.records.actor import ActorMention
from tawthiq.records.explanation import Weighed
from tawthiq.records.period import When

MOST_FEATURES = 6


@dataclass(frozen=True, slots=True)
class Scored:
    """How probable an option was, and its features of most weight, the heaviest first."""

    share: float
    weighed: tuple[Weighed, ...]


@dataclass(frozen=True, slots=True)
class Tellings:
    """The drafts of one event, the one whose words are its trigger first, and the events told before it."""

    head: Draft
    group: list[Draft]
    earlier: list[list[Draft]]


@dataclass(frozen=True, slots=True)
class Material:
    """A document's material with its drafts grouped as they were read."""

    setting: Setting
    groups: list[list[Draft]]

    def tellings(self, start: int) -> Tellings | None:
        """The event whose trigger starts at a text offset; None when grammar made none there."""
        for index, group in enumerate(self.groups):
            head = next((draft for draft in group if draft.occurrence.start == start), None)
            if head is not None:
                return Tellings(head, group, self.groups[max(index - EARLIER, 0) : index])
        return None

    def draft_with(self, tellings: Tellings, wanted: Chain | When | ActorMention) -> Draft | None:
        """The telling that has a place, a time or a doer: of this event, else of a second mention that filled it."""
        everything = [tellings.head, *tellings.group, *(draft for group in self.groups for draft in group)]
        return next((d for d in everything if wanted in (d.chain, d.when) or wanted in d.agents), None)


def material(setting: Setting) -> Material:
    """The drafts of a document's material, grouped into events as `events` groups them."""
    return Material(setting, clusters(setting, drafts(setting)) if setting.occurrences else [])


def scored(name: str, language: str, options: Sequence[Features], at: int) -> Scored:
    """One option of a choice. Weights are those of the language."""
    table = weights(name, language)
    held = [Weighed(feature, table[feature]) for feature in options[at] if table.get(feature)]
    held.sort(key=lambda one: -abs(one.weight))
    return Scored(shares(name, language, options)[at], tuple(held[:MOST_FEATURES]))


def place_score(setting: Setting, occurrence: Occurrence, chain: Chain) -> Scored | None:
    """The choice of an occurrence's place; None when the chain was no option."""
    options = choice_places.candidates(setting, occurrence)
    if chain not in options:
        return None
    table = [choice_places.place_features(setting, occurrence, option) for option in options]
    return scored("place", setting.marked.language, [*table, choice_places.NONE], options.index(chain))


def time_score(setting: Setting, occurrence: Occurrence, when: When) -> Scored | None:
    """The choice of an occurrence's time; None when the time was no option."""
    options = choice_times.candidates(setting, occurrence)
    if when not in options:
        return None
    table = [choice_times.time_features(setting, occurrence, option) for option in options]
    none = choice_times.none_features(setting, occurrence)
    return scored("time", setting.marked.language, [*table, none], options.index(when))


def agent_score(setting: Setting, occurrence: Occurrence, actor: ActorMention) -> Scored:
    """The choice whether a party did it."""
    options = [choice_agents.agent_features(setting, occurrence, actor), choice_agents.NO]
    return scored("agent", setting.marked.language, options, 0)


def count_score(setting: Setting, occurrence: Occurrence, count: CountFound) -> Scored | None:
    """The choice of a count's occurrence; None when another rule gave it (a subset goes with its whole)."""
    options = choice_counts.candidates(setting, count)
    if count.count.part_of or occurrence not in options:
        return None
    table = [choice_counts.count_features(setting, count, option) for option in options]
    return scored(
        "count", setting.marked.language, [*table, choice_counts.none_features(count)], options.index(occurrence)
    )


def scope_score(setting: Setting, told: Tellings, scope: str) -> Scored:
    """The choice of an event's scope."""
    options = scoping.options(setting, told.group, told.earlier)
    return scored("scope", setting.marked.language, options, scoping.OUTCOMES.index(scope))


def again_score(setting: Setting, before: list[Draft], draft: Draft) -> Scored:
    """How a further telling stood to the event, against being a new one."""
    options = [merging.link_features(setting, before, draft), merging.new_features(setting, draft)]
    return scored("merge", setting.marked.language, options, 0)
