"""The authority: decisions as text and back, what they amount to, the laws of redirects, and what the checks refuse."""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexicon.authority_decisions import ADD_ACTOR, ADD_PLACE, OTHER_ACTOR, OTHER_PLACE, about, withdrawing
from tawthiq.lexicon.authority import AuthorityRefused, contract_code, contract_codes, in_force, lineage, resolve
from tawthiq.lexicon.authority_checks import Ground, remarks
from tawthiq.lexicon.authority_codes import code_from
from tawthiq.lexicon.authority_file import COLUMNS, Line, format_authority, identifier_of, parse_authority
from tawthiq.lexicon.authority_overlay import overlay
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.records.authority import Decision, EntryKind, Step, Wording
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import PlaceKind

WORDS = st.text(
    st.characters(blacklist_categories=("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp", "Zs")), min_size=1, max_size=12
).filter(lambda text: text not in ("-", "#") and text[0] not in "=+@")
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
DECISIONS = st.builds(
    Decision,
    step=st.sampled_from(Step),
    kind=st.sampled_from(EntryKind),
    code=st.just("") | WORDS,
    name_ar=st.just("") | st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    name_en=st.just("") | WORDS,
    sort=st.sampled_from(("", *(kind.value for kind in PlaceKind))),
    country=st.sampled_from(("", "SY", "IQ")),
    alias=st.just("") | WORDS,
    wording=st.sampled_from(("", *(wording.value for wording in Wording))),
    first=DAYS,
    last=DAYS,
    reason=st.just("") | WORDS,
    by=st.just("") | WORDS,
    at=st.none() | st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)


@settings(deadline=None)
@given(st.lists(DECISIONS, max_size=4), st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
def test_decisions_written_as_text_are_read_back_as_they_are(
    made: list[Decision], at: tuple[float, float] | None
) -> None:
    latitude, longitude = at or (None, None)
    placed = [replace(decision, latitude=latitude, longitude=longitude) for decision in made]
    read = [line.decision for line in parse_authority("own.tsv", format_authority(placed))]
    composed = [decision for decision in read if isinstance(decision, Decision)]
    assert len(composed) == len(placed)
    assert format_authority(composed) == format_authority(composed)
    again = [line.decision for line in parse_authority("own.tsv", format_authority(composed))]
    assert again == composed
    assert [identifier_of(each) for each in again if isinstance(each, Decision)] == list(map(identifier_of, composed))


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_text_at_all_breaks_the_reader_of_files(text: str) -> None:
    for body in (text, "\t".join(COLUMNS) + "\n" + text):
        try:
            lines = list(parse_authority("own.tsv", body))
        except UnreadableInput as error:
            lines = [Line(0, error)]
        assert all(isinstance(line.decision, Decision) or "own.tsv:" in line.decision.item for line in lines)


CODES = tuple(f"own.p{number}" for number in range(6))
MERGES = st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(CODES)), max_size=12)


@settings(max_examples=50, deadline=None)  # the first example loads the gazetteer
@given(MERGES)
def test_redirects_resolve_and_never_close_in_a_circle(pairs: list[tuple[str, str]]) -> None:
    """The law: whatever is merged into whatever, each code leads to one entry that is merged into none."""
    made = [replace(ADD_PLACE, code=code) for code in CODES]
    parents = {code: code for code in CODES}  # union by hand: who should stand for whom
    for code, target in pairs:
        merge = about(replace(ADD_PLACE, code=code), Step.MERGE, target=target)
        try:
            in_force([*made, merge])
        except AuthorityRefused:
            assert parents[code] != code or _root(parents, target) == code
            continue
        made.append(merge)
        parents[code] = target
    entries = in_force(made).entries
    found = with_overlay(gazetteer(), overlay(in_force(made)))
    for code in CODES:
        assert resolve(entries, code) == _root(parents, code)
        assert not entries[resolve(entries, code)].merged
        place = found.of_code(code)
        assert place is not None
        assert place.code == _root(parents, code)


def _root(parents: dict[str, str], code: str) -> str:
    while parents[code] != code:
        code = parents[code]
    return code


ANY = (
    ADD_ACTOR, OTHER_ACTOR, ADD_PLACE, OTHER_PLACE, about(ADD_ACTOR, Step.ALIAS, alias="قوات الدرع البعيد"),
    about(OTHER_ACTOR, Step.CORRECT, parent=ADD_ACTOR.code), about(ADD_ACTOR, Step.CORRECT, parent=OTHER_ACTOR.code),
    about(OTHER_ACTOR, Step.MERGE, target=ADD_ACTOR.code), about(ADD_PLACE, Step.END),
    about(ADD_PLACE, Step.CORRECT, parent=OTHER_PLACE.code), about(OTHER_PLACE, Step.CORRECT, parent=ADD_PLACE.code),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(ANY), max_size=10))
def test_every_sound_list_keeps_the_rules_of_actors_and_parents(made: list[Decision]) -> None:
    sound: list[Decision] = []
    for decision in made:
        try:
            in_force([*sound, decision])
        except AuthorityRefused:
            continue
        sound.append(decision)
    authority = in_force(sound)
    for code, entry in authority.entries.items():
        if entry.kind is EntryKind.ACTOR:
            assert contract_code(authority.entries, code) in contract_codes()
        assert len(set(lineage(authority.entries, code))) == len(lineage(authority.entries, code))
    assert {wording.actor for wording in overlay(authority).wordings} <= contract_codes()


@pytest.mark.parametrize("count", range(1, 6))
def test_taking_the_last_decision_back_gives_what_was_before(count: int) -> None:
    made = ANY[:count]
    last = identifier_of(made[-1])
    taken_back = in_force([*made, withdrawing(last)])
    assert overlay(taken_back) == overlay(in_force(made[:-1]))
    assert taken_back.withdrawn == {len(made)}


@pytest.mark.parametrize(
    ("made", "told"),
    [
        ((ADD_ACTOR, ADD_ACTOR), "given before"),
        ((ADD_ACTOR, withdrawing(identifier_of(ADD_ACTOR)), ADD_ACTOR), "given before"),
        ((replace(ADD_ACTOR, code="isis"),), "form of one's own"),
        ((replace(ADD_ACTOR, parent=""),), "counts under no party"),
        ((replace(ADD_ACTOR, parent="someone"),), "is no party"),
        ((replace(ADD_ACTOR, parent="own.nobody"),), "no entry own.nobody"),
        ((ADD_ACTOR, ADD_PLACE, about(ADD_ACTOR, Step.MERGE, target=ADD_PLACE.code)), "never one"),
        ((ADD_ACTOR, about(ADD_ACTOR, Step.MERGE, target=ADD_ACTOR.code)), "this entry itself"),
        ((ADD_ACTOR, about(ADD_ACTOR, Step.CORRECT)), "corrects nothing"),
        ((ADD_ACTOR, withdrawing("0123")), "withdraws no decision"),
        ((ADD_ACTOR, OTHER_ACTOR, about(OTHER_ACTOR, Step.MERGE, target=ADD_ACTOR.code),
          about(OTHER_ACTOR, Step.ALIAS, alias="x y")), "was merged into"),
        ((ADD_PLACE, about(ADD_PLACE, Step.ALIAS, alias="تل السوسن"), withdrawing(identifier_of(ADD_PLACE))), "no such entry"),
        ((about(replace(ADD_ACTOR, code="isis"), Step.END),), "does not end"),
        ((about(replace(ADD_ACTOR, code="isis"), Step.CORRECT, parent="sdf"),), "counts under itself"),
        ((replace(ADD_ACTOR, first=date(2015, 1, 1), last=date(2014, 1, 1)),), "ends before it begins"),
    ],
)  # fmt: skip
def test_a_list_that_breaks_a_rule_is_refused(made: tuple[Decision, ...], told: str) -> None:
    with pytest.raises(AuthorityRefused, match=told):
        in_force(made)


def test_the_same_decisions_in_another_order_change_readers_alike() -> None:
    one = overlay(in_force((ADD_ACTOR, ADD_PLACE, OTHER_ACTOR)))
    other = overlay(in_force((OTHER_ACTOR, ADD_PLACE, ADD_ACTOR)))
    assert one == other
    assert one.digest == other.digest
    assert one != overlay(in_force((ADD_ACTOR, ADD_PLACE)))


def test_names_of_an_ended_or_merged_actor_go_with_it() -> None:
    last = date(2016, 1, 1)
    ended = overlay(in_force((ADD_ACTOR, about(ADD_ACTOR, Step.END, last=last))))
    assert {wording.last for wording in ended.wordings} == {last}
    assert not overlay(in_force((ADD_ACTOR, about(ADD_ACTOR, Step.END)))).wordings
    merged = overlay(in_force((ADD_ACTOR, OTHER_ACTOR, about(OTHER_ACTOR, Step.MERGE, target=ADD_ACTOR.code))))
    assert {wording.entry for wording in merged.wordings} == {ADD_ACTOR.code}
    assert OTHER_ACTOR.name_ar in {wording.text for wording in merged.wordings}


def test_shipped_places_can_be_corrected_merged_ended_and_named() -> None:
    town = next(place for place in gazetteer().named("سرمين"))
    other = next(place for place in gazetteer().named("الطبقة") if place.code.startswith("sy."))
    at = replace(ADD_PLACE, code=town.code)
    moved = with_overlay(gazetteer(), overlay(in_force((about(at, Step.CORRECT, latitude=36.0, longitude=36.9),))))
    assert {place.latitude for place in moved.named("سرمين") if place.code == town.code} == {36.0}
    merged = with_overlay(gazetteer(), overlay(in_force((about(at, Step.MERGE, target=other.code),))))
    assert {place.code for place in merged.named("سرمين")} == {other.code}
    ended = with_overlay(gazetteer(), overlay(in_force((about(at, Step.END),))))
    assert town.code not in {place.code for place in ended.named("سرمين")}
    never = with_overlay(gazetteer(), overlay(in_force((about(at, Step.NOT_PLACE, alias="سرمين"),))))
    assert town.code not in {place.code for place in never.named("سرمين")}
    named = with_overlay(gazetteer(), overlay(in_force((about(at, Step.ALIAS, alias="سرمين العتيقة"),))))
    assert {place.code for place in named.named("سرمين العتيقة")} == {town.code}
    assert gazetteer().named("سرمين") == (town, *gazetteer().named("سرمين")[1:])


def weighed(*made: Decision) -> tuple[str, ...]:
    """The remarks about the last decision."""
    return tuple(map(str, remarks(Ground(in_force(made), gazetteer()), made[-1])))


def test_a_wording_of_another_party_is_refused_unless_the_entry_counts_under_it() -> None:
    held = about(ADD_ACTOR, Step.ALIAS, alias="الجيش الحر")
    assert weighed(ADD_ACTOR, held) == ()
    elsewhere = replace(ADD_ACTOR, parent="unknown")
    with pytest.raises(AuthorityRefused, match="held by opposition"):
        weighed(elsewhere, held)
    with pytest.raises(AuthorityRefused, match=f"held by {ADD_ACTOR.code}"):
        weighed(ADD_ACTOR, OTHER_ACTOR, about(OTHER_ACTOR, Step.ALIAS, alias=ADD_ACTOR.name_ar))


def test_a_general_word_may_name_a_force_in_one_country_only() -> None:
    with pytest.raises(AuthorityRefused, match="names no party"):
        weighed(ADD_ACTOR, about(ADD_ACTOR, Step.ALIAS, alias="القوات"))
    assert weighed(ADD_ACTOR, about(ADD_ACTOR, Step.ALIAS, alias="القوات", country="IQ")) == ()


def test_loaded_wording_is_an_alias_and_never_a_neutral_name() -> None:
    with pytest.raises(AuthorityRefused, match="neutral name is due"):
        weighed(replace(ADD_ACTOR, name_ar="شبيحة الوادي"))
    remarked = weighed(replace(ADD_ACTOR, name_en="Terrorist valley group"))
    assert len(remarked) == 1
    assert "is it neutral" in remarked[0]
    assert weighed(ADD_ACTOR, about(ADD_ACTOR, Step.ALIAS, alias="مرتزقة الأرز البعيد", wording="loaded")) == ()


def test_a_homonym_far_off_is_remarked_with_who_bears_the_name() -> None:
    (told,) = weighed(replace(ADD_PLACE, name_ar="الطبقة", name_en="Tell Zanbaq"))
    assert "sy.tabqa" in told


def test_codes_are_made_of_english_names_and_never_twice() -> None:
    assert code_from("Tall al-Zanbaq (north)", ()) == "own.tall_al_zanbaq_north"
    assert code_from("Éméral’d", {"own.emerald"}) == "own.emerald_2"
    assert code_from("تل", ()) == "own.entry"


def test_an_overlay_goes_to_another_process_and_is_the_same_there() -> None:
    made = overlay(in_force((ADD_ACTOR, ADD_PLACE)))
    assert made.digest
    there = pickle.loads(pickle.dumps(made))
    assert there == made
    assert hash(there) == hash(made)
