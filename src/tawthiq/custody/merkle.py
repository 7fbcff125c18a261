"""Merkle tree hashing for the custody log (RFC 6962 section 2.1, verification as in RFC 9162 section 2.1).

It turns leaf hashes into roots and proofs and checks both, with SHA-256 throughout; it knows neither tiles nor files.
"""

import hashlib
from collections.abc import Iterable, Sequence

from tawthiq.records.errors import UnreadableInput

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry: SHA-256(0x00 || entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle tree hash of leaf hashes, MTH(D[n]) of section 2.1. Level by level, without recursion."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        parents = [node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
        level = parents + level[len(parents) * 2 :]
    return level[0]


def roots_at(leaves: Iterable[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The roots that a growing tree had at several of its sizes, in one pass; sizes it does not reach are left out."""
    wanted = set(sizes)
    found = {0: EMPTY_ROOT} if 0 in wanted else {}
    subtrees: list[bytes] = []
    for size, leaf in enumerate(leaves, start=1):
        subtrees.append(leaf)
        filled = size
        while not filled & 1:
            right = subtrees.pop()
            subtrees[-1] = node_hash(subtrees[-1], right)
            filled >>= 1
        if size in wanted:
            found[size] = joined(subtrees)
    return found


def joined(subtrees: Sequence[bytes]) -> bytes:
    """The root over complete subtrees of strictly falling size, left to right: the edge of a growing tree."""
    if not subtrees:
        return EMPTY_ROOT
    result = subtrees[-1]
    for subtree in reversed(subtrees[:-1]):
        result = node_hash(subtree, result)
    return result


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The audit path of leaf `index`, PATH(m, D[n]) of section 2.1.1, sibling of the leaf first.

    Raises UnreadableInput when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise _no_such_tree(f"entry {index} of a log of {len(leaves)}")
    path: list[bytes] = []
    low, high = 0, len(leaves)
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(root(leaves[middle:high]))
            high = middle
        else:
            path.append(root(leaves[low:middle]))
            low = middle
    return tuple(reversed(path))


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """The proof that the tree of `old_size` leaves is a prefix of this one, PROOF(m, D[n]) of section 2.1.2.

    Raises UnreadableInput when `old_size` is larger than the tree or not positive.
    """
    if not 0 < old_size <= len(leaves):
        raise _no_such_tree(f"a log of {old_size} inside a log of {len(leaves)}")
    path: list[bytes] = []
    low, high = 0, len(leaves)
    known = True  # the old tree's own root, which the verifier holds, is not repeated in the proof
    while old_size != high:
        middle = low + _split(high - low)
        if old_size <= middle:
            path.append(root(leaves[middle:high]))
            high = middle
        else:
            path.append(root(leaves[low:middle]))
            low, known = middle, False
    if not known:
        path.append(root(leaves[low:high]))
    return tuple(reversed(path))


def proves_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected_root: bytes) -> bool:
    """Whether `path` proves that the tree of `size` leaves under `expected_root` holds `leaf` at `index`.

    RFC 9162 section 2.1.3.2; false for every malformed proof.
    """
    if not 0 <= index < size:
        return False
    position, last, result = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            result = node_hash(sibling, result)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            result = node_hash(result, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and result == expected_root


def proves_consistency(old_size: int, new_size: int, path: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether `path` proves that the tree of `old_size` is a prefix of the tree of `new_size`.

    RFC 9162 section 2.1.4.2; false for every malformed proof. Every tree extends the empty one.
    """
    if not 0 <= old_size <= new_size:
        return False
    if old_size in (0, new_size):
        return not path and (old_root == (EMPTY_ROOT if old_size == 0 else new_root))
    hashes = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    if not hashes:
        return False
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and old == old_root and new == new_root


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (k of section 2.1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _no_such_tree(what: str) -> UnreadableInput:
    return UnreadableInput(
        item="Merkle proof", happened=f"there is no {what}", advice="ask for an entry and a size that the log has"
    )
