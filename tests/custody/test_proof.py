"""tlog-proof files: round trips, what they prove, and hostile input."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.custody.checkpoint import Checkpoint
from tawthiq.custody.entry import salted_entry
from tawthiq.custody.merkle import inclusion_proof, leaf_hash, root
from tawthiq.custody.note import Signer
from tawthiq.custody.proof import Proof, checked, extra_of
from tawthiq.records.errors import TawthiqError
from tawthiq.records.log import LogEntry, LogEvent

SIGNER = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(bytes(32)))
SALTS = [bytes([number]) * 32 for number in range(20)]
EVENTS = [LogEvent("kind", datetime(2026, 1, 1, tzinfo=UTC), "c", f"item {n}", {"n": n}) for n in range(20)]
LEAVES = [leaf_hash(salted_entry(event, salt)) for event, salt in zip(EVENTS, SALTS, strict=True)]
HEAD = Checkpoint("example.org/log", 20, root(LEAVES)).signed_by(SIGNER)


def proof_of(index: int) -> Proof:
    entry = LogEntry(index, salted_entry(EVENTS[index], SALTS[index]), SALTS[index], EVENTS[index])
    return Proof(index, inclusion_proof(LEAVES, index), HEAD, extra_of(entry))


@pytest.mark.parametrize("index", range(20))
def test_a_proof_comes_back_as_written_and_holds(index: int) -> None:
    data = bytes(proof_of(index))
    assert Proof.parse(data, "proof") == proof_of(index)
    check = checked(data, SIGNER.key, "proof")
    assert check.holds
    assert check.found == f"entry {index} of 20"


def test_the_file_has_the_lines_of_the_specification() -> None:
    lines = bytes(proof_of(3)).decode().split("\n")
    assert lines[0] == "c2sp.org/tlog-proof@v1"
    assert lines[1].startswith("extra ")
    assert lines[2] == "index 3"
    assert lines[3 + len(proof_of(3).path)] == ""
    assert lines[4 + len(proof_of(3).path)] == "example.org/log"


def test_a_proof_of_another_event_does_not_hold() -> None:
    forged = LogEntry(3, b"", SALTS[3], LogEvent("kind", EVENTS[3].time, "c", "another item", {}))
    data = bytes(Proof(3, proof_of(3).path, HEAD, extra_of(forged)))
    assert not checked(data, SIGNER.key, "proof").holds


def test_a_proof_under_another_key_does_not_hold() -> None:
    other = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32))
    assert not checked(bytes(proof_of(3)), other.key, "proof").holds


def test_an_erased_event_leaves_a_proof_that_its_entry_is_in_the_log_and_says_nothing_else() -> None:
    entry = salted_entry(EVENTS[3], SALTS[3])
    left = Proof(3, proof_of(3).path, HEAD, extra_of(LogEntry(3, entry, None, None)))
    assert left.entry("proof") == (entry, None)
    assert b"item 3" not in (left.extra or b"")
    check = checked(bytes(left), SIGNER.key, "proof")
    assert (check.holds, check.found) == (True, "entry 3 of 20; its event was erased")
    moved = Proof(4, left.path, HEAD, left.extra)
    assert not checked(bytes(moved), SIGNER.key, "proof").holds


def test_a_proof_without_extra_line_is_a_proof_file_that_says_of_no_entry_that_it_holds() -> None:
    bare = Proof(3, proof_of(3).path, HEAD, None)
    assert Proof.parse(bytes(bare), "proof") == bare
    assert not checked(bytes(bare), SIGNER.key, "proof").holds


def test_no_single_changed_byte_of_a_proof_holds() -> None:
    data = bytes(proof_of(11))
    for place in range(len(data)):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        assert not checked(changed, SIGNER.key, "proof").holds


@given(st.binary(max_size=300))
def test_hostile_proofs_raise_our_errors_only(data: bytes) -> None:
    with pytest.raises(TawthiqError):
        Proof.parse(data, "proof")
