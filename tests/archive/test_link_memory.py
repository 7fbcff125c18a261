"""The law of links that grow: however reports come, change and go, the links are those of one run over what is there."""

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linked_archive import all_links, all_memory, empty_archive, erase, put
from linking.builders import at, counted, entry, event, on
from tawthiq.archive import link_memory_run
from tawthiq.archive.dropping import drop_readings
from tawthiq.archive.link_inputs import link_inputs
from tawthiq.archive.link_memory import memory, stamp
from tawthiq.archive.link_memory_full import link_all
from tawthiq.archive.link_memory_run import relink
from tawthiq.linking.scoring import shipped_weights
from tawthiq.records.count import Harm
from tawthiq.records.event import Act, Event
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


PUT = st.tuples(st.just("put"), st.integers(1, 8), st.integers(0, 11))
ERASE = st.tuples(st.just("erase"), st.integers(1, 8), st.just(0))
LINK = st.tuples(st.just("link"), st.just(0), st.just(0))
STEPS = st.lists(st.one_of(PUT, PUT, PUT, ERASE, LINK), min_size=1, max_size=14)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.lists(st.integers(0, 11), min_size=1, max_size=5), steps=STEPS, slices=st.sampled_from((1, 2, 100)))
@pytest.mark.usefixtures("growing")
def test_links_are_the_same_however_reports_came_changed_and_went(
    monkeypatch: pytest.MonkeyPatch, start: list[int], steps: list[tuple[str, int, int]], slices: int
) -> None:
    monkeypatch.setattr(link_memory_run, "AT_ONCE", slices)
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
