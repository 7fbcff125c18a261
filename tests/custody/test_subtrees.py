"""Proofs out of kept subtrees are those that hashing the whole tree anew gives."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.custody import merkle
from tawthiq.custody.subtrees import Subtrees
from tawthiq.records.errors import UnreadableInput

LEAVES = [hashlib.sha256(bytes([number % 256, number // 256])).digest() for number in range(600)]


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 600), st.data())
def test_every_proof_over_every_smaller_tree_is_the_one_of_the_specification(count: int, data: st.DataObject) -> None:
    subtrees = Subtrees(LEAVES[:count])
    size = data.draw(st.integers(0, count))
    assert subtrees.root(size) == merkle.root(LEAVES[:size])
    if size:
        index = data.draw(st.integers(0, size - 1))
        assert subtrees.inclusion_proof(index, size) == merkle.inclusion_proof(LEAVES[:size], index)


@pytest.mark.parametrize(("index", "size"), [(5, 5), (0, 6), (-1, 3), (0, 0)])
def test_a_proof_that_cannot_be_is_refused(index: int, size: int) -> None:
    with pytest.raises(UnreadableInput, match="no entry"):
        Subtrees(LEAVES[:5]).inclusion_proof(index, size)
