"""What each report claims of an incident: every value of every slot, with its exact characters and who says so.

A value is claimed by the speaker of the innermost statement that holds its characters, else by the speaker who tells the
event, else by the outlet itself: an accusation by a party is a claim of that party. A time left open makes no claim of a day,
and what a denial holds claims nothing: whoever denies a strike names its doer and says the contrary.
How claims stand to each other is the matter of `slots`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain

from tawthiq.lexicon.tables import load
from tawthiq.linking.hours import Stretches, hour_of
from tawthiq.linking.occurrences import Occurrence
from tawthiq.linking.phrases import Phrases
from tawthiq.linking.place_names import PlaceView
from tawthiq.records.claim import Claim, Slot
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Event
from tawthiq.records.links import LinkInput
from tawthiq.records.period import Precision
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import Stance, Statement

MEANS_REACH = 40  # characters from an event's trigger to the words for its means, on its line


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, the group under which it stands, and what its slot compares: a place as linking sees it, stretches of an hour.

    A floor of the whole stands under `Group.ALL`, whoever it counts; claims of slots that count nobody under None.
    """

    claim: Claim
    group: Group | None = None
    place: PlaceView | None = None
    stretches: Stretches | None = None


def claims(members: Sequence[Occurrence], reports: Mapping[str, LinkInput], harm: Harm) -> tuple[Claim, ...]:
    """Every claim on the whole toll of one harm, in the order of documents and texts.

    Where an event gives no more than a subset ("among them 3 children"), that is a floor of the whole.
    """
    found: list[Claim] = []
    for member in members:
        teller = _Teller(member, reports[member.reference.document])
        counts = [
            count for count in teller.event.counts if count.harm is harm and not teller.denied(count.mention.span)
        ]
        whole = [count for count in counts if not count.part_of]
        found += [teller.count(count, floor=count.part_of) for count in whole or counts]
    return tuple(found)


def told_by(member: Occurrence, report: LinkInput, source: str) -> Iterator[Told]:
    """All claims that one event makes, in the order of slots; `source` is that of its document.

    A count of a group stands under its group; where the event gives no count of everybody, it also stands under the whole,
    as a floor of it.
    """
    teller = _Teller(member, report, source)
    told = chain(teller.days(), teller.hours(), teller.places(), teller.parties(), teller.acts(), _tolls(teller))
    yield from (one for one in told if not teller.denied(one.claim.mention.span))


def _tolls(teller: "_Teller") -> Iterator[Told]:
    """Every count under its group, and under the whole as a floor where the event gives no count of everybody."""
    for count in teller.event.counts:
        some_of_all = (
            count.part_of and count.group is Group.ALL
        )  # "three of them": no count of a group, and none of everybody
        yield Told(teller.count(count, floor=some_of_all), count.group)
    for harm in dict.fromkeys(count.harm for count in teller.event.counts):
        groups = [count for count in teller.event.counts if count.harm is harm]
        if not any(count.group is Group.ALL and not count.part_of for count in groups):
            yield from (
                Told(teller.count(count, floor=True), Group.ALL)
                for count in groups
                if count.minimum is not None and count.group is not Group.ALL
            )


class _Teller:
    """Makes the claims of one event."""

    def __init__(self, member: Occurrence, report: LinkInput, source: str = "") -> None:
        self.event: Event = report.reading.events[member.reference.event]
        self._number = member.reference.event
        self._views = member.places
        self._report, self._source = report, source
        told_in = report.reading.statements
        self._telling = told_in[self.event.source] if self.event.source is not None else None
        self._told = report.reading.published or report.document.published

    def days(self) -> Iterator[Told]:
        when = self.event.when
        if when and when.period:
            period = when.period
            yield Told(
                self._claim(Slot.WHEN, when.mention, first=period.first, last=period.last, precision=period.precision)
            )

    def hours(self) -> Iterator[Told]:
        hour = hour_of(self._report.document.text, self.event, self._report.reading)
        if hour:
            claim = self._claim(Slot.HOUR, hour.mention, code=hour.code)
            yield Told(claim, stretches=hour.stretches)

    def places(self) -> Iterator[Told]:
        for mention, view in zip(self.event.places, self._views, strict=True):
            code = mention.resolved.code if mention.resolved else None
            yield Told(self._claim(Slot.WHERE, mention.mention, code=code, shown=view.shown), place=view)

    def parties(self) -> Iterator[Told]:
        for party in self.event.by:
            yield Told(self._claim(Slot.WHO, party.mention, code=party.actor, hedged=party.hedged))

    def acts(self) -> Iterator[Told]:
        trigger = self.event.trigger
        yield Told(self._claim(Slot.HOW, trigger, code=self.event.act.value))
        for mention, act in _means(self._report.document.text, trigger.span):
            yield Told(self._claim(Slot.HOW, mention, code=act))

    def count(self, count: Count, *, floor: bool) -> Claim:
        """The claim of a count: of its group as told, or `floor`, of the whole, which is no smaller."""
        below_whole = floor and (count.part_of or count.group is not Group.ALL)
        return self._claim(
            Slot(count.harm.value),
            count.mention,
            harm=count.harm,
            minimum=count.minimum,
            maximum=None if below_whole else count.maximum,
            group=count.group,
            part_of=count.part_of,
        )

    def _claim(
        self,
        slot: Slot,
        mention: Mention,
        *,
        harm: Harm | None = None,
        minimum: int | None = None,
        maximum: int | None = None,
        group: Group = Group.ALL,
        part_of: bool = False,
        first: date | None = None,
        last: date | None = None,
        precision: Precision | None = None,
        code: str | None = None,
        shown: str = "",
        hedged: bool = False,
    ) -> Claim:
        speaker = said.speaker if (said := self._said(mention.span)) else None
        return Claim(
            harm=harm,
            minimum=minimum,
            maximum=maximum,
            document=self._report.document.id,
            speaker=speaker.mention.text if speaker else None,
            mention=mention,
            group=group,
            part_of=part_of,
            slot=slot,
            event=self._number,
            first=first,
            last=last,
            precision=precision,
            code=code,
            shown=shown or mention.text,
            speaker_actor=speaker.actor if speaker else None,
            hedged=hedged,
            told=self._told,
            told_at=self._report.published_at,
            source=self._source,
        )

    def denied(self, span: Span) -> bool:
        """Whether the innermost statement that holds the characters denies."""
        said = self._holding(span)
        return said is not None and said.stance is Stance.DENIES

    def _said(self, span: Span) -> Statement | None:
        """The innermost statement that holds the characters, else the one that tells the event."""
        return self._holding(span) or self._telling

    def _holding(self, span: Span) -> Statement | None:
        statements = self._report.reading.statements
        if not statements:
            return None
        holding = [said for said in statements if said.content.contains(span)]
        return min(holding, key=lambda said: len(said.content), default=None)


@cache
def _means_words() -> Phrases[str]:
    columns = ("forms", "act", "gloss")
    rows = [*load("ar/act_means", columns), *load("en/act_means", columns)]
    return Phrases((form, row["act"]) for row in rows for form in row.alternatives("forms"))


def _means(text: str, trigger: Span) -> list[tuple[Mention, str]]:
    """Words for the means of an act near its trigger on its line, outside the trigger itself."""
    low, high = max(0, trigger.start - MEANS_REACH), min(len(text), trigger.end + MEANS_REACH)
    low = max(low, text.rfind("\n", 0, trigger.start) + 1)
    end = text.find("\n", trigger.end, high)
    found = _means_words().within(text, Span(low, end if end >= 0 else high))
    return [(mention, act) for mention, act in found if not mention.span.overlaps(trigger)]
