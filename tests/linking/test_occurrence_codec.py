from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linking.builders import at as placed
from linking.builders import counted, entry, event, report
from tawthiq.linking.details import Details
from tawthiq.linking.occurrence_codec import decoded, encoded
from tawthiq.linking.occurrences import Occurrence, ReportView, occurrences
from tawthiq.linking.packed_counts import PackedCounts, packed
from tawthiq.linking.place_names import PlaceView
from tawthiq.records.count import Group, Harm
from tawthiq.records.event import Act
from tawthiq.records.incident import EventReference

WORD = st.integers(0, 2**32 - 1)
WORDS = st.frozensets(WORD, max_size=6)
NAME = st.text(st.characters(exclude_categories=()), max_size=8)  # lone surrogates too: pages hold anything
DAY = st.none() | st.integers(1, date.max.toordinal())
DEGREES = st.none() | st.floats(-180, 180)
PLACE = st.builds(
    PlaceView,
    WORDS,
    st.frozensets(st.integers(2**32, 2**33 - 1), max_size=3),
    st.none() | NAME,
    st.none() | NAME,
    DEGREES,
    DEGREES,
    st.integers(0, 10**8),
    st.booleans(),
    NAME,
)
TOLLS = st.lists(st.tuples(st.integers(0, 10**9), st.none() | st.integers(0, 10**9)), max_size=3).map(tuple)


@st.composite
def told(draw: st.DrawFn) -> tuple[Occurrence, ...]:
    """Occurrences of one report, whatever a reader may ever give."""
    people = draw(st.frozensets(st.integers(0, 2**56 - 1), max_size=3))
    view = ReportView(
        draw(st.none() | NAME),
        draw(NAME),
        draw(DAY),
        draw(WORDS),
        draw(WORDS),
        draw(WORDS),
        people,
        draw(st.none() | WORD),
    )
    return tuple(
        Occurrence(
            reference=EventReference("the report", index),
            country=draw(st.none() | NAME),
            act=draw(st.sampled_from(Act)),
            first=draw(DAY),
            last=draw(DAY),
            dated=draw(st.booleans()),
            precise=draw(st.booleans()),
            places=tuple(draw(st.lists(PLACE, max_size=2))),
            actors=draw(st.frozensets(NAME, max_size=2)),
            tolls={Harm.KILLED: draw(TOLLS), Harm.INJURED: draw(TOLLS)},
            numbers=draw(
                st.frozensets(st.tuples(st.sampled_from(Harm), st.sampled_from(Group), st.integers(2, 99)), max_size=3)
            ),
            details=Details(
                draw(st.frozensets(NAME, max_size=2)),
                frozenset(),
                draw(st.frozensets(NAME, max_size=2)),
                draw(st.booleans()),
            ),
            words=draw(WORDS),
            told_in=view,
        )
        for index in sorted(draw(st.frozensets(st.integers(0, 50), max_size=3)))
    )


@given(told())
def test_what_is_remembered_of_a_report_is_what_was_told(found: tuple[Occurrence, ...]) -> None:
    family = found[0].family if found else None
    assert decoded(encoded(found), "the report", family) == found


def test_the_occurrences_of_a_report_come_back_with_places_and_tolls() -> None:
    text = "قصف قتل ثلاثة في بلدة الريحانة"
    told_of = event(
        text,
        "قصف",
        places=(placed(text, "الريحانة", entry("SY.r", 36.2, 36.9)),),
        counts=(counted(text, "ثلاثة", Harm.KILLED, 3, 3),),
    )
    found = occurrences(report("a", text, told_of), 7)
    assert found[0].places
    assert found[0].tolls[Harm.KILLED] == ((3, 3),)
    assert decoded(encoded(found), "a", 7) == found


@given(st.dictionaries(st.integers(0, 2**64 - 1), st.integers(1, 2**32 - 1)), st.integers(1, 3))
def test_packed_counts_are_the_counts(counts: dict[int, int], least: int) -> None:
    kept = {number: count for number, count in counts.items() if count >= least}
    found = PackedCounts(packed(counts, least))
    assert dict(found) == kept
    for number in {*counts, *(number + 1 for number in counts), 0}:
        assert found.get(number, 1) == kept.get(number, 1)
        assert (number in found) == (number in kept)
    with pytest.raises(KeyError):
        found[2**64]
