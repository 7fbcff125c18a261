"""The law of links that grow: however reports come, change and go, the links are those of one run over what is there."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from linked_archive import all_links, all_memory, empty_archive, erase, put
from linking.builders import at, counted, entry, event, on
from tawthiq.archive import link_memory_incidents, link_memory_run
from tawthiq.archive.dropping import drop_readings
from tawthiq.archive.incident_numbers import PER_REPORT, places
from tawthiq.archive.link_inputs import link_inputs
from tawthiq.archive.link_memory import mark_documents, memory, stamp
from tawthiq.archive.link_memory_full import link_all
from tawthiq.archive.link_memory_run import relink
from tawthiq.archive.link_secret import link_secret
from tawthiq.archive.models import (
    CopyFamily,
    Incident,
    IncidentEvent,
    LinkStatistics,
    RememberedCopy,
    RememberedEvent,
    RememberedKey,
    RememberedReport,
    RememberedShingle,
    RememberedWord,
    StandingShingle,
    UnlinkedReport,
)
from tawthiq.archive.models.keys import ROWS_PER_REPORT
from tawthiq.linking import candidates
from tawthiq.linking.candidates import MOST_RARE
from tawthiq.linking.occurrence_codec import decoded
from tawthiq.linking.scoring import shipped_weights
from tawthiq.linking.victim_names import name_keys
from tawthiq.records.count import Harm
from tawthiq.records.errors import UnreadableCapture
from tawthiq.records.event import Act, Event
from tawthiq.records.incident import EventReference
from tawthiq.records.link_decision import Constraints
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Document, Reading
from tawthiq.records.span import Mention

PLACES = tuple(
    (name, entry(f"SY.{number}", 35.0 + number / 30, 37.0))
    for number, name in enumerate(("الريحانة", "السنديان", "البلوط"))
)
NUMBERS = {2: "اثنان", 3: "ثلاثة", 9: "تسعة"}
WORDS = [f"كلمة{chr(0x0627 + n // 26)}{chr(0x0628 + n % 26)}" for n in range(300)]
ACTS = ((Act.AIRSTRIKE, "غارة"), (Act.SHELLING, "قصف"))


def prose(seed: int, length: int) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def told(place: int, day: int, killed: int, act: int) -> tuple[str, Event]:
    """A sentence that tells of an occurrence, and its event."""
    (name, where), (kind, trigger) = PLACES[place], ACTS[act]
    when = date(2021, 5, 3) + timedelta(day)
    text = f"{trigger} في {name} يوم {when.isoformat()} قتل {NUMBERS[killed]}."
    return text, event(
        text,
        trigger,
        kind,
        when=on(text, when.isoformat(), when.isoformat()),
        places=(at(text, name, where),),
        counts=(counted(text, NUMBERS[killed], Harm.KILLED, killed, killed),),
    )


def a_report(number: int, seed: int) -> LinkInput:
    """One of a handful of reports that tell alike, copy each other, or tell of two occurrences at once."""
    rnd = random.Random(seed)
    sentence, first = told(rnd.randrange(3), rnd.randrange(3), rnd.choice((2, 3, 9)), rnd.randrange(2))
    events, text = [first], sentence
    if seed % 3 == 0:
        other, second = told(rnd.randrange(3), 5 + rnd.randrange(2), 2, 0)
        events.append(shifted(second, len(text) + 1))
        text = f"{text}\n{other}"
    dispatch = prose(rnd.randrange(3), 40)
    text = f"{text}\n{dispatch if seed % 2 else prose(100 + seed, 25)}\n{prose(200 + number, 12)}"
    document = Document(f"d{number:02}", text, "ar", date(2021, 5, 9), f"outlet {seed % 4}")
    return LinkInput(document, Reading(document.id, "ar", document.published, (), tuple(events)))


def shifted(one: Event, by: int) -> Event:
    """The event as it stands `by` characters further down."""

    def moved(mention: Mention) -> Mention:
        return Mention(mention.span.shifted(by), mention.text)

    assert one.when
    return replace(
        one,
        trigger=moved(one.trigger),
        when=replace(one.when, mention=moved(one.when.mention)),
        places=tuple(replace(place, mention=moved(place.mention)) for place in one.places),
        counts=tuple(replace(count, mention=moved(count.mention)) for count in one.counts),
    )


@pytest.fixture
def growing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive whose memory is never too old or too small."""
    monkeypatch.setattr(link_memory_run, "FEW", 0)
    monkeypatch.setattr(link_memory_run, "GROWTH", 10**6)
    empty_archive(tmp_path / "archive")


def linked_at_once() -> tuple[object, object]:
    """The links and the memory of one run over all reports, with the statistics that the archive has."""
    known = memory()
    assert known is not None
    link_all(dict(link_inputs()), shipped_weights(), nobody, stamp(shipped_weights()), known.statistics)
    return all_links(), all_memory()


def nobody(_documents: object) -> Constraints:
    return Constraints()


SEEDS = st.integers(0, 23)  # enough that several tell of one occurrence and copy nothing from each other
PUT = st.tuples(st.just("put"), st.integers(1, 8), SEEDS)
ERASE = st.tuples(st.just("erase"), st.integers(1, 8), st.just(0))
LINKED = ("link", 0, 0)
LINK = st.just(LINKED)
STEPS = st.lists(st.one_of(PUT, PUT, PUT, ERASE, LINK), min_size=5, max_size=14)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.lists(SEEDS, min_size=2, max_size=5),
    steps=STEPS,
    slices=st.sampled_from((1, 2, 100)),
    rare=st.sampled_from((0, MOST_RARE)),
)
@example(start=[2, 20], steps=[("put", 5, 22)], slices=1, rare=0)
@example(start=[4, 0, 20, 18, 14], steps=[LINKED, ("put", 1, 0), ("erase", 4, 0), ("put", 1, 0)], slices=1, rare=0)
@pytest.mark.usefixtures("growing")
def test_links_are_the_same_however_reports_came_changed_and_went(
    monkeypatch: pytest.MonkeyPatch, start: list[int], steps: list[tuple[str, int, int]], slices: int, rare: int
) -> None:
    """Where no word counts as very rare, events meet by their keys alone; else nearly all words of so few reports do."""
    monkeypatch.setattr(link_memory_run, "AT_ONCE", slices)
    monkeypatch.setattr(candidates, "MOST_RARE", rare)
    drop_readings()
    for number, seed in enumerate(start, start=1):
        put(number, a_report(number, seed))
    assert relink().full
    for deed, number, seed in steps:
        if deed == "put":
            put(number, a_report(number, seed))
        elif deed == "erase":
            erase(number)
        else:
            assert not relink().full
    assert not relink().full
    grown = all_links(), all_memory()
    assert grown == linked_at_once()


def test_a_phrase_that_becomes_or_ceases_to_be_a_standing_one_is_weighed_again_in_all_that_hold_it(
    growing: None,
) -> None:
    phrase = prose(1, 60)

    def with_phrase(number: int) -> LinkInput:
        report = a_report(number, 2)
        text = f"{report.document.text}\n{prose(900 + number, 50)}\n{phrase}"
        return replace(report, document=replace(report.document, text=text))

    for number in range(1, 31):
        put(number, with_phrase(number))
    assert relink().families
    assert not StandingShingle.objects.exists()
    put(31, with_phrase(31))
    for gone in (0, 7):
        erase(gone)
        assert not relink().full
        grown = all_links(), all_memory()
        assert grown == linked_at_once()
    put(7, with_phrase(7))
    relink()
    assert StandingShingle.objects.exists()
    assert not CopyFamily.objects.exists()


def test_what_people_hold_together_or_apart_stays_so_when_a_report_is_added(growing: None) -> None:
    for number, seed in ((1, 1), (2, 1), (3, 4)):
        put(number, a_report(number, seed))
    same, other = EventReference("d01", 0), EventReference("d02", 0)
    relink(again=True)
    together = (
        IncidentEvent.objects.get(event__report=1).incident_id == IncidentEvent.objects.get(event__report=2).incident_id
    )
    assert together
    kept_apart = Constraints(apart=((same, other),))
    mark_documents(["d01", "d02"])
    put(4, a_report(4, 1))
    assert not relink(decided=lambda _documents: kept_apart).full
    assert (
        IncidentEvent.objects.get(event__report=1).incident_id != IncidentEvent.objects.get(event__report=2).incident_id
    )
    far = Constraints(together=((same, EventReference("d03", 0)),))
    mark_documents(["d03"])
    relink(decided=lambda _documents: far)
    assert (
        IncidentEvent.objects.get(event__report=1).incident_id == IncidentEvent.objects.get(event__report=3).incident_id
    )


def test_an_incident_keeps_its_number_as_it_grows_and_no_other_gets_it(growing: None) -> None:
    put(1, a_report(1, 1))
    put(2, a_report(2, 5))
    relink()
    numbers = {row.event.report_id: row.incident_id for row in IncidentEvent.objects.select_related("event")}
    put(3, a_report(3, 1))
    relink()
    assert IncidentEvent.objects.get(event__report=3).incident_id == numbers[1]
    erase(1)
    relink()
    left = IncidentEvent.objects.get(event__report=3).incident_id
    assert left not in numbers.values()
    relink(again=True)
    assert set(Incident.objects.values_list("number", flat=True)) == {numbers[2], left}


def test_nothing_of_an_erased_report_is_remembered(growing: None) -> None:
    for number, seed in ((1, 1), (2, 1), (3, 4)):
        put(number, a_report(number, seed))
    relink()
    assert CopyFamily.objects.exists()
    erase(1)
    assert not RememberedReport.objects.filter(pk=1).exists()
    for model in (RememberedShingle, RememberedWord):
        assert not [key for key in model.objects.values_list("key", flat=True) if key % 2**27 == 1]
    for key in (
        *RememberedKey.objects.values_list("event", flat=True),
        *RememberedEvent.objects.values_list("key", flat=True),
    ):
        assert key // ROWS_PER_REPORT != 1
    assert not RememberedCopy.objects.filter(Q(first=1) | Q(second=1)).exists()


def test_names_of_people_are_hashed_under_a_secret_that_outlasts_rebuilds(growing: None) -> None:
    named = a_report(1, 1)
    text = f"{named.document.text}\nقتل أحمد محمود السالم في الغارة"
    with_name = replace(named, document=replace(named.document, text=text))
    bare = name_keys(text)
    assert bare
    put(1, with_name)
    relink()
    put(2, replace(with_name, document=replace(with_name.document, id="d02")))
    relink()
    first, second = (people_of(number) for number in (1, 2))
    assert first == second == name_keys(text, secret=link_secret())
    assert first.isdisjoint(bare)
    secret = link_secret()
    drop_readings()
    put(1, with_name)
    relink()
    assert (link_secret(), people_of(1)) == (secret, first)
    assert len(secret) == 32


def people_of(number: int) -> frozenset[int]:
    """The keys of the names of people that the memory holds of a report."""
    row = RememberedReport.objects.get(pk=number)
    return decoded(bytes(row.form), row.document, None)[0].people


def test_a_run_that_breaks_off_leaves_what_was_and_the_next_one_finishes(
    growing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        put(number, a_report(number, number))
    relink()
    put(4, a_report(4, 1))
    erase(2)
    before = all_links(), all_memory()

    def broken(*_given: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(link_memory_incidents, "move", broken)
        with pytest.raises(KeyboardInterrupt):
            relink()
    assert (all_links(), all_memory()) == before
    relink()
    grown = all_links(), all_memory()
    assert grown == linked_at_once()


def test_everything_is_linked_anew_when_asked_for_and_when_the_memory_will_not_do(
    growing: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(1, a_report(1, 1))
    assert relink().full == "nothing is remembered of an earlier run"
    assert relink().full == ""
    assert relink(again=True).full == "it was asked for"
    other = {**shipped_weights(), ("act", "same"): 0.5}
    assert relink(weights=other).full == "its weights are others now"
    assert relink(weights=other).full == ""
    LinkStatistics.objects.update(stamp=f"tawthiq 0.0 form 0 {'0' * 16}")
    assert relink().full == "another version linked it"
    monkeypatch.setattr(link_memory_run, "GROWTH", 0.1)
    put(2, a_report(2, 2))
    done = relink()
    assert (done.full, done.added) == ("1 reports came since words were counted in 1", 1)
    monkeypatch.setattr(link_memory_run, "FEW", 5)
    put(3, a_report(3, 3))
    assert relink().full == "so few reports are linked all at once"


def test_reports_that_came_without_being_marked_are_linked_too(growing: None) -> None:
    put(1, a_report(1, 1))
    relink()
    put(2, a_report(2, 5))
    UnlinkedReport.objects.all().delete()
    assert relink().added == 1
    assert Incident.objects.count() > 1


@given(st.lists(st.integers(0, 200_000), max_size=40))
def test_every_event_of_a_report_has_a_place_of_its_own(starts: list[int]) -> None:
    found = places(starts)
    assert len(set(found)) == len(starts)
    assert all(0 <= place < PER_REPORT for place in found)
    assert sorted(range(len(starts)), key=lambda i: found[i]) == sorted(
        range(len(starts)), key=lambda i: (starts[i], i)
    )


def test_the_place_of_an_event_is_where_it_begins_whatever_else_the_report_tells() -> None:
    assert places([700, 30])[1] == places([30])[0] == 30
    with pytest.raises(UnreadableCapture):
        places([500_000] * 10_001)
