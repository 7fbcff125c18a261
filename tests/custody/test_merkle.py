"""RFC 6962 hashing against an oracle written straight from the text of the RFC, and against its known vectors."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.custody import merkle
from tawthiq.records.errors import TawthiqError

# Inputs of the Certificate Transparency reference tests, with the roots of the trees over the first 1..8 of them.
CT_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
CT_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def mth(data: list[bytes]) -> bytes:
    """MTH of section 2.1, recursively as the RFC states it, over entries."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def path(m: int, data: list[bytes]) -> list[bytes]:
    """PATH(m, D[n]) of section 2.1.1."""
    if len(data) == 1:
        return []
    k = 1
    while k * 2 < len(data):
        k *= 2
    return [*path(m, data[:k]), mth(data[k:])] if m < k else [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m: int, data: list[bytes], known: bool) -> list[bytes]:
    """SUBPROOF(m, D[n], b) of section 2.1.2."""
    if m == len(data):
        return [] if known else [mth(data)]
    k = 1
    while k * 2 < len(data):
        k *= 2
    if m <= k:
        return [*subproof(m, data[:k], known), mth(data[k:])]
    return [*subproof(m - k, data[k:], False), mth(data[:k])]


def entries_of(size: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(size)]


def hashed(entries: list[bytes]) -> list[bytes]:
    return [merkle.leaf_hash(entry) for entry in entries]


def test_roots_of_the_certificate_transparency_vectors() -> None:
    leaves = hashed([bytes.fromhex(value) for value in CT_LEAVES])
    assert [merkle.root(leaves[:size]).hex() for size in range(1, 9)] == CT_ROOTS


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", range(1, 40))
def test_root_and_proofs_equal_the_recursive_definition(size: int) -> None:
    entries = entries_of(size)
    leaves, root = hashed(entries), mth(entries)
    assert merkle.root(leaves) == root
    for index in range(size):
        proof = merkle.inclusion_proof(leaves, index)
        assert list(proof) == path(index, entries)
        assert merkle.proves_inclusion(leaves[index], index, size, proof, root)
    for old in range(1, size + 1):
        proof = merkle.consistency_proof(leaves, old)
        assert list(proof) == subproof(old, entries, True)
        assert merkle.proves_consistency(old, size, proof, mth(entries[:old]), root)


@given(st.integers(1, 300), st.data())
def test_no_other_leaf_index_size_or_path_passes(size: int, data: st.DataObject) -> None:
    leaves = hashed(entries_of(size))
    root = merkle.root(leaves)
    index = data.draw(st.integers(0, size - 1))
    proof = list(merkle.inclusion_proof(leaves, index))
    other = data.draw(st.integers(0, size - 1).filter(lambda each: each != index)) if size > 1 else size
    assert not merkle.proves_inclusion(leaves[index], other, size, proof, root)
    assert not merkle.proves_inclusion(merkle.leaf_hash(b"forged"), index, size, proof, root)
    assert not merkle.proves_inclusion(leaves[index], index, size, [*proof, root], root)
    assert not merkle.proves_inclusion(leaves[index], -1, size, proof, root)
    if proof:
        assert not merkle.proves_inclusion(leaves[index], index, size, proof[:-1], root)
        place = data.draw(st.integers(0, len(proof) - 1))
        proof[place] = bytes([proof[place][0] ^ 1]) + proof[place][1:]
        assert not merkle.proves_inclusion(leaves[index], index, size, proof, root)


@given(st.integers(2, 300), st.data())
def test_a_rewritten_past_has_no_consistency_proof(size: int, data: st.DataObject) -> None:
    leaves = hashed(entries_of(size))
    old = data.draw(st.integers(1, size - 1))
    proof = merkle.consistency_proof(leaves, old)
    forged = [merkle.leaf_hash(b"forged"), *leaves[1:old]]
    assert not merkle.proves_consistency(old, size, proof, merkle.root(forged), merkle.root(leaves))
    assert not merkle.proves_consistency(old, size, proof, merkle.root(leaves[:old]), merkle.root(leaves[:-1] + forged))
    assert not merkle.proves_consistency(
        old, size, (*proof, b"\x00" * 32), merkle.root(leaves[:old]), merkle.root(leaves)
    )
    assert not merkle.proves_consistency(size, old, proof, merkle.root(leaves), merkle.root(leaves[:old]))


def test_every_tree_extends_the_empty_one_and_itself() -> None:
    root = merkle.root(hashed(entries_of(5)))
    assert merkle.proves_consistency(0, 5, [], merkle.EMPTY_ROOT, root)
    assert merkle.proves_consistency(5, 5, [], root, root)
    assert not merkle.proves_consistency(5, 5, [root], root, root)
    assert not merkle.proves_consistency(3, 5, [], root, root)


@pytest.mark.parametrize("index", [-1, 3, 10**9])
def test_a_proof_for_no_entry_is_refused(index: int) -> None:
    with pytest.raises(TawthiqError):
        merkle.inclusion_proof(hashed(entries_of(3)), index)
    with pytest.raises(TawthiqError):
        merkle.consistency_proof(hashed(entries_of(3)), index + 1 if index == 3 else index)


@given(st.lists(st.binary(max_size=4), max_size=70), st.sets(st.integers(0, 80)))
def test_roots_at_several_sizes_are_those_of_the_trees_over_the_first_leaves(
    data: list[bytes], sizes: set[int]
) -> None:
    leaves = [merkle.leaf_hash(each) for each in data]
    due = {size: mth(data[:size]) for size in sizes if size <= len(data)}
    assert merkle.roots_at(leaves, sizes) == due
