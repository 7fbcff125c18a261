"""Our proofs are those of golang.org/x/mod/sumdb/tlog, an implementation that shares nothing with ours.

merkle_vectors.json was made by `tlogcheck vectors` (tools/go_verifier); a test makes it again. Entry N is the text "entry N".
"""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from oracles.conftest import ran
from tawthiq.custody import merkle
from tawthiq.custody.subtrees import Subtrees

FILE = Path(__file__).with_name("merkle_vectors.json")
VECTORS: dict[str, list[dict[str, Any]]] = json.loads(FILE.read_text())
LEAVES = [merkle.leaf_hash(f"entry {number}".encode()) for number in range(13)]


def hashes(texts: list[str] | None) -> tuple[bytes, ...]:
    return tuple(base64.b64decode(text) for text in texts or ())


def test_the_vectors_are_what_the_other_implementation_makes(tlogcheck: Path) -> None:
    assert ran(tlogcheck, "vectors").stdout == FILE.read_text()


@pytest.mark.parametrize("vector", VECTORS["inclusion"], ids=lambda each: f"{each['index']}-in-{each['size']}")
def test_inclusion(vector: dict[str, Any]) -> None:
    index, size, path = vector["index"], vector["size"], hashes(vector["path"])
    leaf, root = hashes([vector["leaf"], vector["root"]])
    assert (leaf, root) == (LEAVES[index], merkle.root(LEAVES[:size]))
    assert merkle.inclusion_proof(LEAVES[:size], index) == path
    assert Subtrees(LEAVES).inclusion_proof(index, size) == path
    assert merkle.proves_inclusion(leaf, index, size, path, root)
    for place in range(len(path)):
        wrong = [*path[:place], bytes([path[place][0] ^ 1]) + path[place][1:], *path[place + 1 :]]
        assert not merkle.proves_inclusion(leaf, index, size, wrong, root)
    assert not merkle.proves_inclusion(leaf, index, size, [*path, root], root)


@pytest.mark.parametrize("vector", VECTORS["consistency"], ids=lambda each: f"{each['old']}-to-{each['new']}")
def test_consistency(vector: dict[str, Any]) -> None:
    old, new, path = vector["old"], vector["new"], hashes(vector["path"])
    old_root, new_root = hashes([vector["old_root"], vector["new_root"]])
    assert merkle.consistency_proof(LEAVES[:new], old) == path
    assert merkle.proves_consistency(old, new, path, old_root, new_root)
    for place in range(len(path)):
        wrong = [*path[:place], bytes([path[place][0] ^ 1]) + path[place][1:], *path[place + 1 :]]
        assert not merkle.proves_consistency(old, new, wrong, old_root, new_root)
    assert not merkle.proves_consistency(old, new, [*path, new_root], old_root, new_root)
