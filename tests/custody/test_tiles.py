"""Tiles as C2SP tlog-tiles states them, and an edge that grows to the same bytes from any starting point."""

from collections import Counter
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.custody import merkle, tiles
from tawthiq.records.errors import TawthiqError


def grown(size: int, every: int) -> dict[str, bytes]:
    """The files of a log of `size` entries that is written out after every `every` entries."""
    files: dict[str, bytes] = {}
    edge = tiles.Edge()
    for number in range(size):
        edge.append(number.to_bytes(32))
        if (number + 1) % every == 0:
            files.update(edge.tiles())
            edge.settle()
    files.update(edge.tiles())
    return files


def test_tile_numbers_are_written_as_the_specification_shows() -> None:
    assert tiles.numbered(1234067) == "x001/x234/067"
    assert tiles.numbered(0) == "000"
    assert tiles.numbered(999) == "999"
    assert tiles.numbered(1000) == "x001/000"


def test_seventy_thousand_entries_make_the_tiles_of_the_specification() -> None:
    counts = Counter(path.split("/")[1] + ("p" if ".p/" in path else "") for path in tiles.tile_paths(70_000))
    assert counts == {"entries": 273, "entriesp": 1, "0": 273, "0p": 1, "1": 1, "1p": 1, "2p": 1}
    assert tiles.partial_paths(70_000) == [
        "tile/entries/273.p/112",
        "tile/0/273.p/112",
        "tile/1/001.p/17",
        "tile/2/000.p/1",
    ]


def test_a_log_of_256_has_one_full_tile_and_its_root_above() -> None:
    assert list(tiles.tile_paths(256)) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1500), st.integers(1, 700))
def test_the_edge_writes_every_required_tile_and_roots_like_the_whole_tree(size: int, every: int) -> None:
    files = grown(size, every)
    required = set(tiles.tile_paths(size))
    assert required <= set(files)
    leaves = [merkle.leaf_hash(number.to_bytes(32)) for number in range(size)]
    assert b"".join(files[path] for path in tiles.tile_paths(size) if path.startswith("tile/0/")) == b"".join(leaves)
    edge = tiles.Edge.at(size, lambda path: files[path])
    assert edge.size == size
    assert edge.root() == merkle.root(leaves)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 600), st.integers(1, 300))
def test_an_edge_taken_up_again_grows_like_one_that_never_stopped(size: int, more: int) -> None:
    files = grown(size, 100)
    edge = tiles.Edge.at(size, lambda path: files[path])
    for number in range(size, size + more):
        edge.append(number.to_bytes(32))
    files.update(edge.tiles())
    whole = grown(size + more, 10_000)
    assert all(files[path] == whole[path] for path in tiles.tile_paths(size + more))


def test_tiles_are_offered_again_until_they_are_settled() -> None:
    edge = tiles.Edge()
    for number in range(300):
        edge.append(number.to_bytes(32))
    assert edge.tiles() == edge.tiles()
    edge.settle()
    assert [path for path, _ in edge.tiles()] == ["tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/001.p/44"]


@given(st.lists(st.binary(max_size=100), max_size=20))
def test_a_bundle_gives_its_entries_back(entries: list[bytes]) -> None:
    assert tiles.unbundled(tiles.bundle(entries), "bundle") == entries


@given(st.binary(max_size=200))
def test_hostile_bundles_and_tiles_raise_our_errors_only(data: bytes) -> None:
    with suppress(TawthiqError):
        assert tiles.bundle(tiles.unbundled(data, "bundle")) == data
    with suppress(TawthiqError):
        assert b"".join(tiles.hashes_of(data, "tile")) == data


def test_an_entry_too_long_for_its_prefix_is_refused() -> None:
    assert len(tiles.bundle([b"x" * 65_535])) == 65_537
    with pytest.raises(TawthiqError):
        tiles.bundle([b"x" * 65_536])


def test_a_tile_of_another_width_than_its_path_says_is_refused() -> None:
    files = grown(5, 5)
    files["tile/0/000.p/5"] = files["tile/0/000.p/5"][:-32]
    with pytest.raises(TawthiqError, match=r"tile/0/000\.p/5"):
        tiles.Edge.at(5, lambda path: files[path])
