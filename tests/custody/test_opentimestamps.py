"""OpenTimestamps proofs: promised, attested in a block, held against a header; and everything that is none of it."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendar_server import HEIGHT, MINED, Calendar, block_header
from tawthiq.custody import opentimestamps
from tawthiq.custody.opentimestamps import commitment, proof, standing, upgraded
from tawthiq.custody.timestamps import BadTimestamp
from tawthiq.records.errors import UnreadableInput, WrongUsage

DIGEST = hashlib.sha256(b"checkpoint").digest()
NONCE = bytes(range(16))


def promised(calendar: Calendar) -> bytes:
    return proof(DIGEST, NONCE, calendar.submitted(commitment(DIGEST, NONCE)), "calendar")


def confirmed(calendar: Calendar) -> tuple[bytes, bytes]:
    """A proof with its block, and the block's header."""
    pending = promised(calendar)
    header = calendar.mine()
    answers = {each: calendar.timestamp(each) or b"" for each in standing(pending, DIGEST, "ots").pending}
    return upgraded(pending, DIGEST, answers, "calendar"), header


def test_the_calendar_does_not_learn_the_digest() -> None:
    calendar = Calendar()
    promised(calendar)
    assert calendar.requests == [hashlib.sha256(DIGEST + NONCE).digest()]


def test_a_promise_is_pending() -> None:
    stands = standing(promised(Calendar()), DIGEST, "ots")
    assert (len(stands.pending), stands.blocks) == (1, ())


def test_an_upgraded_proof_names_its_block_and_leads_to_the_root_in_its_header() -> None:
    data, header = confirmed(Calendar())
    stands = standing(data, DIGEST, "ots")
    assert stands.blocks == ((HEIGHT, opentimestamps.block_header(header, "header").merkle_root),)


def test_another_header_has_another_root() -> None:
    data, _ = confirmed(Calendar())
    other = opentimestamps.block_header(block_header(bytes(32)), "header")
    assert standing(data, DIGEST, "ots").blocks[0][1] != other.merkle_root


def test_a_header_reads_the_same_from_bytes_and_from_hexadecimal_digits() -> None:
    header = block_header(b"r" * 32)
    read = opentimestamps.block_header(header, "header")
    assert read == opentimestamps.block_header(header.hex().encode() + b"\n", "header")
    assert (read.merkle_root, int(read.time.timestamp())) == (b"r" * 32, MINED)
    assert bytes.fromhex(read.hash)[::-1] == hashlib.sha256(hashlib.sha256(header).digest()).digest()


def test_the_first_block_of_bitcoin_is_read_as_the_world_knows_it() -> None:
    root = "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
    header = bytes.fromhex("01000000" + "00" * 32 + root + "29ab5f49" + "ffff001d" + "1dac2b7c")
    read = opentimestamps.block_header(header, "header")
    assert read.hash == "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"
    assert read.time.isoformat() == "2009-01-03T18:15:05+00:00"


@pytest.mark.parametrize("given_header", [b"", b"x" * 79, b"zz" * 80, b"00" * 79, bytes(80), bytes(81)])
def test_what_is_no_header_is_named(given_header: bytes) -> None:
    with pytest.raises(UnreadableInput):
        opentimestamps.block_header(given_header, "header")


def test_a_header_with_one_changed_byte_misses_its_difficulty() -> None:
    root = "3ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a"
    header = bytearray.fromhex("01000000" + "00" * 32 + root + "29ab5f49" + "ffff001d" + "1dac2b7c")
    header[40] ^= 1
    with pytest.raises(UnreadableInput, match="difficulty"):
        opentimestamps.block_header(bytes(header), "header")


def test_a_proof_of_something_else_is_refused() -> None:
    with pytest.raises(BadTimestamp, match="something else"):
        standing(promised(Calendar()), hashlib.sha256(b"other").digest(), "ots")


def test_an_answer_for_another_commitment_is_refused() -> None:
    calendar = Calendar()
    pending = promised(calendar)
    calendar.mine()
    answer = calendar.timestamp(standing(pending, DIGEST, "ots").pending[0]) or b""
    with pytest.raises(BadTimestamp):
        upgraded(pending, DIGEST, {standing(pending, DIGEST, "ots").pending[0]: answer[:-1]}, "calendar")


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_bytes_that_are_no_answer_are_refused(answer: bytes) -> None:
    try:
        made = proof(DIGEST, NONCE, answer, "calendar")
    except BadTimestamp:
        return
    assert made.startswith(b"\x00OpenTimestamps")


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 10_000), value=st.integers(1, 255))
def test_a_damaged_proof_never_leads_to_the_root_by_another_way(at: int, value: int) -> None:
    data, header = confirmed(Calendar())
    damaged = bytearray(data)
    damaged[at % len(data)] ^= value
    try:
        stands = standing(bytes(damaged), DIGEST, "ots")
    except BadTimestamp:
        return
    root = opentimestamps.block_header(header, "header").merkle_root
    honest = standing(data, DIGEST, "ots")
    assert stands.blocks == honest.blocks or all(found != root or height != HEIGHT for height, found in stands.blocks)


def test_without_the_library_the_person_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opentimestamps, "find_spec", lambda name: None)
    with pytest.raises(WrongUsage, match=r"tawthiq\[opentimestamps\]"):
        standing(b"", DIGEST, "ots")
