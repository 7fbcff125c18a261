"""Everything found in one document before events are put together: the material of every choice."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tawthiq.reading.choosing import Features
from tawthiq.reading.counts import CountFound, counts
from tawthiq.reading.marked import Marked, mark
from tawthiq.reading.nearby import BySentence, Covering, innermost, times_of_telling
from tawthiq.reading.occurrences import Occurrence, occurrences
from tawthiq.reading.place_chains import Chain, place_chains
from tawthiq.reading.place_resolution import document_country
from tawthiq.reading.prepared import Prepared
from tawthiq.reading.traits import Party, Time, chain_traits, party_traits, time_traits
from tawthiq.reading.triggers import triggers
from tawthiq.records.actor import ActorMention
from tawthiq.records.period import When
from tawthiq.records.place import PlaceMention
from tawthiq.records.span import Mention
from tawthiq.records.statement import Statement

LONGEST_TITLE = 30
FEW_ACTS = 4


@dataclass(frozen=True, slots=True)
class Setting:
    """A document's occurrences and what may belong to them."""

    marked: Marked
    occurrences: tuple[Occurrence, ...]
    chains: tuple[Chain, ...]
    counts: tuple[CountFound, ...]
    times: tuple[When, ...]
    actors: tuple[ActorMention, ...]
    statements: tuple[Statement, ...]
    country: str | None
    actor_sentences: tuple[int, ...]
    actors_by: BySentence
    times_by: BySentence
    chains_by: BySentence
    occurrences_by: BySentence
    statement_of: tuple[int, ...]
    act_tokens: tuple[int, ...]
    chain_tokens: tuple[int, ...]
    actor_tokens: tuple[int, ...]
    chain_traits: dict[int, Features]
    time_traits: dict[int, Time]
    party_traits: dict[int, Party]

    @property
    def few_acts(self) -> bool:
        """Whether the report names so few acts that what stands around one is mostly said of it."""
        return len(self.occurrences) <= FEW_ACTS

    def acts_between(self, left: int, right: int) -> int:
        """How many acts begin after token `left` and before token `right`."""
        return max(bisect_left(self.act_tokens, right) - bisect_right(self.act_tokens, left), 0)

    def chain_between(self, left: int, right: int) -> bool:
        """Whether a chain of places begins after token `left` and before token `right`."""
        return bisect_left(self.chain_tokens, right) > bisect_right(self.chain_tokens, left)

    def party_between(self, left: int, right: int) -> bool:
        """Whether a party is named between two tokens."""
        return bisect_left(self.actor_tokens, right) > bisect_right(self.actor_tokens, left)

    def sentence_at(self, offset: int) -> int:
        """The sentence of the token that begins at or after a text offset."""
        return self.marked.sentence_of[min(self.marked.first_token_from(offset), len(self.marked.tokens) - 1)]

    def is_title(self, sentence: int) -> bool:
        """Whether a sentence is the headline: the first, on a line of its own without a full stop, with text below it."""
        first, last = self.marked.sentence_bounds(0)
        if sentence != 0 or last >= len(self.marked.tokens) or last - first > LONGEST_TITLE:
            return False
        if self.marked.tokens[last - 1].text == ".":
            return False
        return self.marked.paragraph_of[last] != self.marked.paragraph_of[last - 1]

    def statement_at(self, offset: int) -> int | None:
        """The innermost statement whose content holds the token that starts at the offset."""
        token = self.marked.first_token_from(offset)
        found = self.statement_of[token] if token < len(self.statement_of) else -1
        return found if found >= 0 else None

    def statement_by_cue(self, start: int, end: int) -> int | None:
        """The first statement whose reporting word shares a character with a range of the text."""
        cues = ((number, statement.cue) for number, statement in enumerate(self.statements))
        return next((number for number, cue in cues if cue and cue.span.start < end and start < cue.span.end), None)


def setting(
    prepared: Prepared,
    statements: Sequence[Statement],
    actors: Sequence[ActorMention],
    places: Sequence[PlaceMention],
    times: Sequence[When],
) -> Setting:
    """Gather a document's material.

    Words inside names of places and times are no acts; places inside names of parties are no places.
    """
    marked = mark(prepared)
    named = [actor.mention.span for actor in actors]
    chains = place_chains(marked, places, named)
    blocked = [place.mention.span for chain in chains for place in chain.places]
    blocked += [when.mention.span for when in times]
    speakers = Covering(statement.speaker.mention.span for statement in statements if statement.speaker is not None)
    named_sources = Covering(
        statement.speaker.mention.span
        for statement in statements
        if statement.speaker is not None and not statement.speaker.implicit
    )
    found = [c for c in counts(marked) if c.harm_at < 0 or not named_sources.overlaps(c.count.mention.span)]
    counted = frozenset(marked.sentence_of[count.first] for count in found)
    told = tuple(occurrences(marked, triggers(marked, blocked), counted))
    actor_sentences = tuple(_sentence(marked, actor.mention) for actor in actors)
    country, telling = document_country(places), times_of_telling(statements, times)
    return Setting(
        marked=marked,
        occurrences=told,
        chains=tuple(chains),
        counts=tuple(found),
        times=tuple(times),
        actors=tuple(actors),
        statements=tuple(statements),
        country=country,
        actor_sentences=actor_sentences,
        actors_by=BySentence(actor_sentences, (marked.first_token_from(a.mention.span.start) for a in actors)),
        times_by=BySentence(
            (_sentence(marked, when.mention) for when in times),
            (marked.first_token_from(when.mention.span.start) for when in times),
        ),
        chains_by=BySentence((marked.sentence_of[chain.first] for chain in chains), (chain.first for chain in chains)),
        occurrences_by=BySentence((o.sentence for o in told), (o.trigger.first for o in told)),
        statement_of=innermost(statements, marked.starts),
        act_tokens=tuple(occurrence.trigger.first for occurrence in told),
        chain_tokens=tuple(chain.first for chain in chains),
        actor_tokens=tuple(sorted(marked.first_token_from(actor.mention.span.start) for actor in actors)),
        chain_traits=chain_traits(marked, chains, speakers, country),
        time_traits=time_traits(marked, times, telling),
        party_traits=party_traits(marked, actors, speakers),
    )


def _sentence(marked: Marked, mention: Mention) -> int:
    """The sentence in which a mention begins."""
    return marked.sentence_of[min(marked.first_token_from(mention.span.start), len(marked.tokens) - 1)]
