"""Readings with what people decided: laws, and what each kind of decision does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tawthiq.custody.entry import digest_of
from tawthiq.reading.contract import reading_to_json
from tawthiq.reading.correcting import Corrected, Fit, apply
from tawthiq.reading.correcting_anchors import anchored, found, snapped
from tawthiq.reading.correcting_selection import readings
from tawthiq.reading.correcting_values import target_of, values_of, values_of_statement
from tawthiq.reading.correction_contract import correction_from_json, correction_to_json
from tawthiq.records.actor import ActorMention
from tawthiq.records.count import Count, Group, Harm
from tawthiq.records.event import Act, Event, Modality, Scope
from tawthiq.records.period import Period, Precision, When
from tawthiq.records.place import Place, PlaceKind, PlaceMention
from tawthiq.records.reading import Document, Reading
from tawthiq.records.reading_correction import (
    STATEMENT_SLOTS,
    Judgement,
    Part,
    ReadingCorrection,
    Slot,
    Target,
    Value,
)
from tawthiq.records.span import Mention, Span
from tawthiq.records.statement import QuoteKind, Speaker, Stance, Statement

TEXT = (
    "😀 قُتِلَ خمسة مدنيين بينهم طفلان في قصفٍ على سوق سراقب بريف إدلب يوم السبت. وقال الدفاع المدني إن غارة أصابت ثلاثة "
    "عمال في بلدة كفرنبل يوم الأحد."
)
DAY = date(2019, 11, 2)
EPOCH = datetime(2026, 11, 1, tzinfo=UTC)
SARAQIB = Place("SY.saraqib", "سراقب", "Saraqib", PlaceKind.TOWN, "SY", 35.86, 36.8, "SY.ID", 32_000)
IDLIB = Place("SY.ID", "إدلب", "Idlib", PlaceKind.GOVERNORATE, "SY", 35.9, 36.6, "SY", 0)


def words(part: str) -> Mention:
    at = TEXT.index(part)
    return Mention.at(TEXT, at, at + len(part))


SHELLING = Event(
    act=Act.SHELLING,
    trigger=words("قصفٍ"),
    modality=Modality.STATED,
    scope=Scope.SINGLE,
    when=When(words("يوم السبت"), Period(DAY, DAY, Precision.DAY), "weekday"),
    places=(PlaceMention(words("سوق"), None, (), None), PlaceMention(words("إدلب"), IDLIB, (IDLIB,), None)),
    country="SY",
    by=(ActorMention(words("الدفاع المدني"), "other", hedged=False),),
    victims=(words("خمسة مدنيين"), words("طفلان")),
    counts=(
        Count(Harm.KILLED, Group.CIVILIANS, 5, 5, False, words("خمسة مدنيين")),
        Count(Harm.KILLED, Group.CHILDREN, 2, 2, True, words("طفلان")),
    ),
    source=None,
    rules=("acts:12",),
)
STRIKE = Event(
    act=Act.AIRSTRIKE,
    trigger=words("غارة"),
    modality=Modality.STATED,
    scope=Scope.SINGLE,
    when=None,
    places=(PlaceMention(words("كفرنبل"), None, (), None),),
    country="SY",
    by=(),
    victims=(words("ثلاثة عمال"),),
    counts=(Count(Harm.INJURED, Group.ALL, 3, 3, False, words("ثلاثة عمال")),),
    source=0,
    rules=("acts:3",),
)
SAID = Statement(
    Speaker(words("الدفاع المدني"), None, implicit=False),
    words("وقال"),
    words("غارة أصابت ثلاثة عمال في بلدة كفرنبل يوم الأحد").span,
    QuoteKind.INDIRECT,
    Stance.ASSERTS,
    "rule 4",
)
READING = Reading("c1", "ar", date(2019, 11, 3), (SAID,), (SHELLING, STRIKE))


def decision(
    judgement: Judgement,
    slot: Slot,
    target: Target,
    *,
    was: Value | None = None,
    given: Value | None = None,
    other: Target | None = None,
    parts: tuple[Part, ...] = (),
    after: int = 0,
    name: str = "",
) -> ReadingCorrection:
    made = ReadingCorrection(
        "", "c1", judgement, slot, target, was, given, other, parts, "t", "tawthiq", "", "heron",
        EPOCH + timedelta(seconds=after), name,
    )  # fmt: skip
    return replace(made, identifier=digest_of(correction_to_json(replace(made, at=EPOCH))))


def value(part: str, **fields: object) -> Value:
    return Value(anchored(TEXT, words(part).span), **fields)  # type: ignore[arg-type]


def of(event: Event, slot: Slot, part: str = "") -> Value:
    return next(each for at, each in values_of(TEXT, event) if at is slot and part in each.anchor.text)


SHELLED, STRUCK, TOLD = (target_of(TEXT, each) for each in (SHELLING, STRIKE, SAID))


def applied(*decisions: ReadingCorrection, reading: Reading = READING, text: str = TEXT) -> Corrected:
    return apply(text, reading, decisions)


def fits(found_: Corrected) -> list[Fit]:
    return [outcome.fit for outcome in found_.outcomes]


def spans(reading: Reading) -> list[Mention]:
    events = [value for event in reading.events for _, value in values_of(TEXT, event)]
    said = [value for statement in reading.statements for _, value in values_of_statement(TEXT, statement)]
    mentions = [Mention(each.anchor.span, each.anchor.text) for each in (*events, *said)]
    for event in reading.events:
        mentions += [event.trigger, *(event.victims), *(count.mention for count in event.counts)]
        mentions += [part.mention for part in (*event.places, *event.by)] + ([event.when.mention] if event.when else [])
    return mentions + [s.speaker.mention for s in reading.statements if s.speaker]


WORDS = [(0, 1)] + [(TEXT.index(w), TEXT.index(w) + len(w)) for w in dict.fromkeys(TEXT.rstrip(".").split()) if w]


@st.composite
def anchors(draw: st.DrawFn) -> Value:
    start, end = draw(st.sampled_from(WORDS))
    return Value(anchored(TEXT, Span(start, end)))


@st.composite
def given_values(draw: st.DrawFn, slot: Slot) -> Value:
    bare = draw(anchors())
    if slot in (Slot.ACT, Slot.EVENT):
        return replace(bare, code=draw(st.sampled_from([Act.ARREST, Act.CLASH, Act.SHELLING])).value)
    if slot is Slot.PLACE:
        return replace(bare, place=draw(st.sampled_from([SARAQIB, IDLIB, None])))
    if slot is Slot.BY:
        return replace(bare, code=draw(st.sampled_from(["russia", "unknown"])))
    if slot is Slot.COUNT:
        harm = draw(st.sampled_from([Harm.KILLED, Harm.INJURED])).value
        return replace(bare, code=harm, group="all", minimum=draw(st.integers(1, 9)))
    if slot is Slot.WHEN:
        return replace(bare, period=Period(DAY, DAY, Precision.DAY), reason="said")
    if slot is Slot.MODALITY:
        return replace(bare, code=draw(st.sampled_from(list(Modality))).value)
    return replace(bare, code=draw(st.sampled_from(list(Scope))).value) if slot is Slot.SCOPE else bare


EVENT_SLOTS = [s for s in Slot if s not in {Slot.EVENT, Slot.STATEMENT, *STATEMENT_SLOTS}]


@st.composite
def decisions(draw: st.DrawFn) -> ReadingCorrection:
    event = draw(st.sampled_from([SHELLING, STRIKE]))
    target, after = target_of(TEXT, event), draw(st.integers(0, 50))
    name = str(draw(st.integers(0, 10**6)))
    kind = draw(st.sampled_from(["value", "value", "value", "whole", "added", "split", "merged", "said"]))
    if kind == "whole":
        return decision(Judgement.REJECTED, Slot.EVENT, target, after=after, name=name)
    if kind == "added":
        new = draw(given_values(Slot.EVENT))
        return decision(Judgement.ADDED, Slot.EVENT, Target(new.anchor, new.code), given=new, after=after, name=name)
    if kind == "split":
        new = draw(given_values(Slot.EVENT))
        parts = tuple(
            Part(slot, each, stays=draw(st.booleans()))
            for slot, each in values_of(TEXT, event)
            if slot in (Slot.PLACE, Slot.COUNT, Slot.WHEN) and draw(st.booleans())
        )
        return decision(Judgement.SPLIT, Slot.EVENT, target, given=new, parts=parts, after=after, name=name)
    if kind == "merged":
        other = STRUCK if target == SHELLED else SHELLED
        return decision(Judgement.MERGED, Slot.EVENT, target, other=other, after=after, name=name)
    if kind == "said":
        was = next(iter(values_of_statement(TEXT, SAID)))[1]
        if draw(st.booleans()):
            return decision(Judgement.REJECTED, Slot.SPEAKER, TOLD, was=was, after=after, name=name)
        return decision(Judgement.CORRECTED, Slot.SPEAKER, TOLD, was=was, given=draw(anchors()), after=after, name=name)
    slot = draw(st.sampled_from(EVENT_SLOTS))
    there = [each for at, each in values_of(TEXT, event) if at is slot]
    was = draw(st.sampled_from(there)) if there else None
    judgement = draw(st.sampled_from([Judgement.CORRECTED, Judgement.REJECTED, Judgement.ADDED, Judgement.ACCEPTED]))
    given_ = draw(given_values(slot)) if judgement in (Judgement.CORRECTED, Judgement.ADDED) else None
    return decision(judgement, slot, target, was=was, given=given_, after=after, name=name)


LISTS = st.lists(decisions(), max_size=8)


@given(LISTS)
def test_applying_twice_is_applying_once(made: list[ReadingCorrection]) -> None:
    once = applied(*made).reading
    assert applied(*made, reading=once).reading == once


@given(LISTS)
def test_every_value_has_its_characters_in_the_text(made: list[ReadingCorrection]) -> None:
    for mention in spans(applied(*made).reading):
        assert mention.span.end <= len(TEXT)
        assert mention.span.of(TEXT) == mention.text


@given(LISTS)
def test_without_decisions_in_force_the_machine_s_reading_comes_back_byte_for_byte(
    made: list[ReadingCorrection],
) -> None:
    accepted = [each for each in made if not each.changes]
    assert applied(*accepted).reading is READING
    assert reading_to_json(applied().reading) == reading_to_json(READING)


@given(LISTS, st.randoms())
def test_the_order_in_which_decisions_are_handed_over_makes_no_difference(
    made: list[ReadingCorrection], random: object
) -> None:
    shuffled = list(made)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert applied(*shuffled).reading == applied(*made).reading


@given(st.data())
def test_independent_decisions_may_be_made_in_any_order(data: st.DataObject) -> None:
    slots = data.draw(st.lists(st.sampled_from(EVENT_SLOTS), unique=True, min_size=2, max_size=5))
    made = [
        decision(Judgement.CORRECTED, slot, target, given=data.draw(given_values(slot)), was=was, name=slot)
        for slot in slots
        for event, target in ((SHELLING, SHELLED), (STRIKE, STRUCK))
        for was in [next((each for at, each in values_of(TEXT, event) if at is slot), None)]
        if not (slot is Slot.VICTIM and Slot.COUNT in slots)
    ]
    order = data.draw(st.permutations(range(len(made))))
    moved = [replace(each, at=EPOCH + timedelta(seconds=at)) for each, at in zip(made, order, strict=True)]
    assert applied(*moved).reading == applied(*made).reading


@given(st.sampled_from([Slot.PLACE, Slot.BY, Slot.COUNT, Slot.VICTIM]), st.data())
def test_values_added_to_one_slot_stand_in_the_same_order_whoever_came_first(slot: Slot, data: st.DataObject) -> None:
    one, other = data.draw(given_values(slot)), data.draw(given_values(slot))
    made = [decision(Judgement.ADDED, slot, SHELLED, given=each, name=str(at)) for at, each in enumerate((one, other))]
    late = [replace(made[0], at=EPOCH + timedelta(seconds=1)), made[1]]
    assert applied(*late).reading == applied(made[0], replace(made[1], at=EPOCH + timedelta(seconds=1))).reading


@given(decisions())
def test_a_decision_is_written_and_read_again_the_same(made: ReadingCorrection) -> None:
    told = correction_from_json(correction_to_json(made))
    assert replace(told, identifier=made.identifier) == made


def test_a_corrected_place_takes_the_place_of_the_machine_s() -> None:
    made = decision(
        Judgement.CORRECTED, Slot.PLACE, SHELLED,
        was=of(SHELLING, Slot.PLACE, "سوق"), given=value("سراقب", place=SARAQIB, candidates=(SARAQIB,)),
    )  # fmt: skip
    event = applied(made).reading.events[0]
    assert [(place.mention.text, place.resolved) for place in event.places] == [("سراقب", SARAQIB), ("إدلب", IDLIB)]
    assert any(rule.startswith("desk:") for rule in event.rules)
    assert applied(made).reading.events[1] is not STRIKE
    assert applied(made).reading.events[1] == STRIKE


def test_a_rejected_count_takes_its_victims_with_it_and_the_other_stays() -> None:
    made = decision(Judgement.REJECTED, Slot.COUNT, SHELLED, was=of(SHELLING, Slot.COUNT, "طفلان"))
    event = applied(made).reading.events[0]
    assert [count.mention.text for count in event.counts] == ["خمسة مدنيين"]
    assert [victim.text for victim in event.victims] == ["خمسة مدنيين"]


def test_a_rejected_event_goes_and_a_rejected_statement_leaves_its_event_in_the_outlet_s_voice() -> None:
    gone = decision(Judgement.REJECTED, Slot.EVENT, SHELLED)
    unsaid = decision(Judgement.REJECTED, Slot.STATEMENT, TOLD, after=1)
    found_ = applied(gone, unsaid)
    assert [event.act for event in found_.reading.events] == [Act.AIRSTRIKE]
    assert found_.reading.events[0].source is None
    assert found_.reading.statements == ()


def test_later_decisions_still_name_an_event_whose_act_was_corrected() -> None:
    act = decision(
        Judgement.CORRECTED, Slot.ACT, SHELLED, was=of(SHELLING, Slot.ACT), given=value("غارة", code="airstrike")
    )
    scope = decision(
        Judgement.CORRECTED,
        Slot.SCOPE,
        SHELLED,
        was=of(SHELLING, Slot.SCOPE),
        given=value("غارة", code="cumulative"),
        after=1,
    )
    found_ = applied(act, scope)
    assert fits(found_) == [Fit.APPLIED, Fit.APPLIED]
    assert Scope.CUMULATIVE in {event.scope for event in found_.reading.events}
    assert SHELLED in found_.events


def test_an_event_split_gives_values_away_and_shares_others() -> None:
    parts = (Part(Slot.PLACE, of(SHELLING, Slot.PLACE, "سوق")), Part(Slot.WHEN, of(SHELLING, Slot.WHEN), stays=True))
    made = decision(Judgement.SPLIT, Slot.EVENT, SHELLED, given=value("قُتِلَ", code="shooting"), parts=parts)
    new, old, _ = applied(made).reading.events
    assert (new.act, [place.mention.text for place in new.places]) == (Act.SHOOTING, ["سوق"])
    assert [place.mention.text for place in old.places] == ["إدلب"]
    assert new.when == old.when


def test_two_tellings_merged_are_one_event_with_the_values_of_both() -> None:
    made = decision(Judgement.MERGED, Slot.EVENT, SHELLED, other=STRUCK)
    (event,) = applied(made).reading.events
    assert event.act is Act.SHELLING
    assert {count.mention.text for count in event.counts} == {"خمسة مدنيين", "طفلان", "ثلاثة عمال"}


def test_an_added_event_is_told_by_the_statement_around_it() -> None:
    new = value("أصابت", code="injury")
    made = decision(Judgement.ADDED, Slot.EVENT, Target(new.anchor, new.code), given=new)
    event = next(event for event in applied(made).reading.events if event.act is Act.INJURY)
    assert event.source == 0


def test_decisions_are_found_again_in_a_text_that_was_taken_anew() -> None:
    moved = "عنوان جديد للصفحة\n" + TEXT
    shift = len(moved) - len(TEXT)
    made = decision(Judgement.ADDED, Slot.PLACE, SHELLED, given=value("سراقب", place=SARAQIB))
    trigger = Mention(SHELLING.trigger.span.shifted(shift), SHELLING.trigger.text)
    there = Event(SHELLING.act, trigger, SHELLING.modality, SHELLING.scope, None, (), None, (), (), (), None, ())
    event = applied(made, reading=Reading("c1", "ar", None, (), (there,)), text=moved).reading.events[0]
    assert event.places[0].mention.span.of(moved) == "سراقب"


def test_what_is_not_found_is_unfit_and_changes_nothing() -> None:
    made = decision(Judgement.ADDED, Slot.PLACE, SHELLED, given=value("سراقب", place=SARAQIB))
    other = "نص آخر تماماً عن غارة في مكان آخر."
    found_ = applied(made, reading=Reading("c1", "ar", None, (), ()), text=other)
    assert fits(found_) == [Fit.UNFIT]
    assert found_.unfit == (made,)


def test_a_rejection_takes_nothing_out_on_a_likeness() -> None:
    wider = replace(SHELLING, trigger=words("قصفٍ على سوق"))
    gone = decision(Judgement.REJECTED, Slot.EVENT, SHELLED)
    assert fits(applied(gone, reading=replace(READING, events=(wider,)))) == [Fit.HOLDS]
    place = decision(Judgement.ADDED, Slot.PLACE, SHELLED, given=value("سراقب", place=SARAQIB))
    assert fits(applied(place, reading=replace(READING, events=(wider,)))) == [Fit.APPLIED]


def test_an_accepted_value_that_the_reader_reads_otherwise_now_is_told() -> None:
    made = decision(Judgement.ACCEPTED, Slot.COUNT, SHELLED, was=of(SHELLING, Slot.COUNT, "خمسة"))
    counts = (replace(SHELLING.counts[0], minimum=6, maximum=6), SHELLING.counts[1])
    assert fits(applied(made)) == [Fit.APPLIED]
    assert fits(applied(made, reading=replace(READING, events=(replace(SHELLING, counts=counts),)))) == [Fit.UNFIT]


@given(st.text(alphabet="اب \n\u064e\u0651😀👨\u200d👩\ufe0f", max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_a_selection_is_never_cut_inside_a_letter_and_its_marks(text: str, one: int, other: int) -> None:
    span = snapped(text, Span(min(one, other), max(one, other)))
    assert span.end <= len(text)
    chosen = span.of(text)
    assert chosen == chosen.strip()
    if chosen:
        assert text[span.end : span.end + 1] not in ("\u064e", "\u0651", "\u200d", "\ufe0f") or chosen.endswith("\n")
        assert snapped(text, span) == span


@given(st.text(min_size=1, max_size=30), st.data())
def test_an_anchor_is_found_where_it_was_made(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    assert found(anchored(text, span), text) == span


def read_in(part: str, slot: Slot) -> Sequence[Value]:
    document = Document("c1", TEXT, "ar", date(2019, 11, 3), readable=(Span(0, len(TEXT)),))
    return readings(document, words(part).span, slot)


def test_times_and_numbers_are_read_from_the_characters_and_never_invented() -> None:
    assert read_in("يوم السبت", Slot.WHEN)[0].period == Period(DAY, DAY, Precision.DAY)
    assert [(each.minimum, each.maximum) for each in read_in("ثلاثة عمال", Slot.COUNT)] == [(3, 3)]
    assert read_in("سوق", Slot.COUNT) == ()
    assert [each.period for each in read_in("سوق", Slot.WHEN)] == [None]


def test_a_place_is_looked_up_also_behind_a_written_together_particle_and_may_be_left_open() -> None:
    found_ = read_in("سراقب", Slot.PLACE)
    assert found_[0].place is not None
    assert found_[-1].place is None


def test_the_stance_of_a_statement_is_corrected_and_nothing_else_of_it() -> None:
    anchor = anchored(TEXT, SAID.content)
    was = Value(anchor, code=SAID.stance.value)
    assert (Slot.STANCE, was) in list(values_of_statement(TEXT, SAID))
    other = Stance.DENIES if SAID.stance is not Stance.DENIES else Stance.ASSERTS
    made = decision(Judgement.CORRECTED, Slot.STANCE, TOLD, was=was, given=Value(anchor, code=other.value))
    read = correction_from_json(correction_to_json(made), made.identifier)
    assert read.given == made.given
    found_ = applied(made)
    (statement,) = [each for each in found_.reading.statements if each.content == SAID.content]
    assert statement.stance is other
    assert (statement.kind, statement.speaker) == (SAID.kind, SAID.speaker)
