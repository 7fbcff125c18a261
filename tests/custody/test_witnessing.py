"""Witnessing: extensions are cosigned, and no log ever gets two histories past one witness."""

import hashlib
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.custody.checkpoint import Checkpoint
from tawthiq.custody.merkle import consistency_proof, root
from tawthiq.custody.note import Signer
from tawthiq.custody.witnessing import LogRewritten, Request, UnknownSize, judged, status_of
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, UnreadableInput

LOG = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
LEAVES = [hashlib.sha256(b"%d" % number).digest() for number in range(70)]


def head(leaves: list[bytes]) -> Checkpoint:
    return Checkpoint(LOG.name, len(leaves), root(leaves))


def request(leaves: list[bytes], old: int, *, signer: Signer = LOG) -> Request:
    proof = consistency_proof(leaves, old) if old else ()
    return Request(old, proof, head(leaves).signed_by(signer))


@given(st.integers(0, 60), st.integers(0, 60))
def test_every_extension_is_accepted_and_comes_back_from_its_bytes(old: int, more: int) -> None:
    new = min(old + more, len(LEAVES))
    asked = request(LEAVES[:new], old)
    assert Request.parse(bytes(asked), "file") == asked
    assert asked.origin == LOG.name
    known = head(LEAVES[:old]) if old else None
    assert judged(asked, LOG.key, known, "file") == head(LEAVES[:new])


@given(st.integers(1, 60), st.integers(0, 9), st.data())
def test_a_rewritten_log_is_never_accepted(old: int, more: int, data: st.DataObject) -> None:
    rewritten = list(LEAVES[: old + more])
    rewritten[data.draw(st.integers(0, old - 1))] = b"\x00" * 32
    with pytest.raises(LogRewritten, match="REWRITTEN"):
        judged(request(rewritten, old), LOG.key, head(LEAVES[:old]), "file")


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 69), st.integers(0, 69)), max_size=12), st.integers())
def test_whatever_is_asked_in_whatever_order_one_witness_signs_one_history(
    asks: list[tuple[bool, int, int]], seed: int
) -> None:
    other = list(LEAVES)
    other[Random(seed).randrange(3)] = b"\x01" * 32
    known, signed = None, []
    for truly, size, old in asks:
        leaves = (LEAVES if truly else other)[:size]
        try:
            known = judged(request(leaves, min(old, size)), LOG.key, known, "file")
        except TawthiqError:
            continue
        signed.append(known)
    for each in signed:
        assert each.size <= signed[-1].size
        assert each.root in {root(LEAVES[: each.size]), root(other[: each.size])}
    # All but the first entries are alike, so heads of three and more entries tell the two histories apart.
    told_apart = [each for each in signed if each.size > 2]
    assert len({each.root == root(LEAVES[: each.size]) for each in told_apart}) <= 1


def test_another_beginning_is_a_conflict_that_names_the_size() -> None:
    with pytest.raises(UnknownSize, match="seen 30 of") as told:
        judged(request(LEAVES, 20), LOG.key, head(LEAVES[:30]), "file")
    assert status_of(told.value) == 409
    with pytest.raises(UnknownSize, match="seen 0 of"):
        judged(request(LEAVES, 20), LOG.key, None, "file")


def test_a_proof_for_the_first_head_is_refused() -> None:
    with pytest.raises(LogRewritten):
        judged(Request(0, (LEAVES[0],), head(LEAVES).signed_by(LOG)), LOG.key, None, "file")


def test_an_empty_log_has_the_empty_root() -> None:
    assert judged(request([], 0), LOG.key, None, "file").size == 0
    wrong = Checkpoint(LOG.name, 0, b"\x00" * 32).signed_by(LOG)
    with pytest.raises(LogRewritten):
        judged(Request(0, (), wrong), LOG.key, None, "file")


def test_a_head_that_another_key_signed_is_refused() -> None:
    forger = Signer(LOG.name, Ed25519PrivateKey.generate())
    with pytest.raises(EvidenceDiffers) as told:
        judged(request(LEAVES, 0, signer=forger), LOG.key, None, "file")
    assert status_of(told.value) == 403


def test_a_request_that_begins_beyond_its_head_is_malformed() -> None:
    with pytest.raises(UnreadableInput) as told:
        judged(Request(71, (), head(LEAVES).signed_by(LOG)), LOG.key, None, "file")
    assert status_of(told.value) == 400


@given(st.one_of(st.binary(max_size=300), st.binary(max_size=100).map(lambda data: b"old 1\n" + data + b"\n\nx")))
def test_hostile_bytes_are_refused_by_name(data: bytes) -> None:
    try:
        parsed = Request.parse(data, "file")
    except UnreadableInput as error:
        told = error.item
    else:
        told = "file" if bytes(parsed) == data else "read otherwise than written"
    assert told == "file"


def test_more_hashes_than_the_specification_allows_are_refused() -> None:
    line = b"A" * 43 + b"=\n"
    with pytest.raises(UnreadableInput):
        Request.parse(b"old 1\n" + line * 64 + b"\n", "file")
