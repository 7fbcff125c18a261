"""Place packs: found by halving, refused when damaged, joined with the embedded gazetteer."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.lexicon.gazetteer import gazetteer, with_packs
from tawthiq.lexicon.place_pack import PackHeader, PlacePack
from tawthiq.records.errors import UnreadableInput
from tawthiq.records.place import PlaceKind


def pack(places: list[tuple[str, ...]], names: dict[str, tuple[str, ...]], name: str = "xx") -> bytes:
    """The bytes of a pack with these places (all cells) and codes by key."""
    rows = b"".join(sorted("\t".join(place).encode() + b"\n" for place in places))
    keys = b"".join(sorted("\t".join((key, *codes)).encode() + b"\n" for key, codes in names.items()))
    digest = hashlib.sha256(rows + keys).hexdigest()
    return PackHeader(name, "made.tsv", len(places), len(names), len(rows), digest).line() + rows + keys


def place(code: str, name: str, kind: str = "village", parent: str = "sy.aleppo", at: str = "36.3") -> tuple[str, ...]:
    return (code, kind, "SY", parent, at, "37.1", "0", name, "-")


@given(st.dictionaries(st.text("ابتثجabc", min_size=1, max_size=6), st.just(("wof.1",)), max_size=30))
def test_every_name_and_only_those_are_found(names: dict[str, tuple[str, ...]]) -> None:
    held = PlacePack(pack([place("wof.1", "تل")], names), "a pack")
    for key, codes in names.items():
        assert held.codes_of(key) == codes
        assert held.begins(key)
        assert held.begins(key[:-1]) == (key[:-1] in names)
        assert (held.codes_of(key + "x") != ()) == (key + "x" in names)
    assert not held.begins("zz")


def test_a_place_is_found_by_its_code() -> None:
    held = PlacePack(pack([place(f"wof.{n}", f"قرية{n}") for n in range(40)], {}), "a pack")
    found = held.place("wof.17")
    assert found is not None
    assert (found.name, found.kind, found.parent) == ("قرية17", PlaceKind.VILLAGE, "sy.aleppo")
    assert held.place("wof.") is None
    assert held.place("wof.99") is None


def cut(data: bytes) -> bytes:
    return data[:-3]


def changed(data: bytes) -> bytes:
    return data.replace("تل".encode(), "بل".encode())


def emptied(data: bytes) -> bytes:
    return b""


def foreign(data: bytes) -> bytes:
    return b"x" * 9000


@pytest.mark.parametrize("spoil", [cut, changed, emptied, foreign])
def test_bytes_that_are_no_whole_pack_are_refused(spoil) -> None:
    with pytest.raises(UnreadableInput, match="a pack"):
        PlacePack(spoil(pack([place("wof.1", "تل")], {"تل": ("wof.1",)})), "a pack")


def test_a_pack_adds_names_but_vouches_for_none() -> None:
    known = with_packs([PlacePack(pack([place("wof.1", "لامكانهنا")], {"لامكانهنا": ("wof.1",)}), "a pack")])
    assert [found.code for found in known.named("لامكانهنا")] == ["wof.1"]
    assert "لامكانهنا" not in known.sure
    assert known.within(known.named("لامكانهنا")[0], known.by_code["sy.aleppo"])
    assert gazetteer().named("لامكانهنا") == ()


def test_a_place_that_both_hold_is_one() -> None:
    embedded = gazetteer().named("عفرين")
    again = (*place("wof.2", "عفرين", "city", at="36.51")[:5], "36.87", "0", "عفرين", "-")
    known = with_packs([PlacePack(pack([again], {"عفرين": ("wof.2",)}), "a pack")])
    assert known.named("عفرين") == embedded
