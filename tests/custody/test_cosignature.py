"""Cosignatures: the layout that the specification gives, round trips, other keys, hostile lines."""

from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.custody.checkpoint import Checkpoint
from tawthiq.custody.cosignature import CosignerKey, cosigned, cosigned_at, cosigned_by
from tawthiq.custody.note import Note, Signature, Signer
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, UnreadableInput

LOG = Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
WITNESS = Signer("example.org/witness", Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64))))
KEY = CosignerKey.of(WITNESS)
TEXT = Checkpoint(LOG.name, 12, b"\x07" * 32).text
NOON = datetime(2026, 11, 22, 12, 0, 0, tzinfo=UTC)


def note(*signatures: Signature, text: str = TEXT) -> Note:
    return Note(text, (*LOG.signed(text).signatures, *signatures))


def test_a_cosignature_is_what_the_specification_lays_down() -> None:
    signature = cosigned(WITNESS, TEXT, NOON)
    seconds = int(NOON.timestamp())
    assert signature.value[:8] == seconds.to_bytes(8, "big")
    signed = b"cosignature/v1\ntime %d\nexample.org/log\n12\n%s\n" % (seconds, TEXT.split("\n")[2].encode())
    Ed25519PublicKey.from_public_bytes(KEY.public).verify(signature.value[8:], signed)
    assert str(KEY).split("+")[1] == signature.key_id.hex()
    assert signature.key_id != WITNESS.key.id


@given(
    st.integers(10**5, 253_402_300_000).map(lambda seconds: datetime.fromtimestamp(seconds + 0.5, UTC)),
    st.integers(0, 2**40),
    st.binary(min_size=32, max_size=32),
)
def test_a_cosignature_tells_its_time_to_the_second(time: datetime, size: int, root: bytes) -> None:
    text = Checkpoint(LOG.name, size, root).text
    whole = Note.parse(bytes(note(cosigned(WITNESS, text, time), text=text)), "note")
    whole.expect_signed_by(LOG.key, "note")
    assert cosigned_at(whole, KEY, "note") == time.replace(microsecond=0)


@given(st.data())
def test_no_changed_bit_of_a_cosignature_passes(data: st.DataObject) -> None:
    signature = cosigned(WITNESS, TEXT, NOON)
    place = data.draw(st.integers(0, len(signature.value) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    value = signature.value[:place] + bytes([signature.value[place] ^ bit]) + signature.value[place + 1 :]
    with pytest.raises(EvidenceDiffers):
        cosigned_at(note(Signature(signature.name, signature.key_id, value)), KEY, "note")


def test_a_cosignature_of_another_head_or_another_team_is_refused() -> None:
    other = Checkpoint(LOG.name, 13, b"\x07" * 32).text
    with pytest.raises(EvidenceDiffers, match="does not fit"):
        cosigned_at(note(cosigned(WITNESS, TEXT, NOON), text=other), KEY, "note")
    assert not cosigned_by(note(), KEY)
    with pytest.raises(EvidenceDiffers, match="has not cosigned"):
        cosigned_at(note(), KEY, "note")


def test_the_signature_of_a_log_is_no_cosignature() -> None:
    own = CosignerKey.of(LOG)
    with pytest.raises(EvidenceDiffers, match="has not cosigned"):
        cosigned_at(note(), own, "note")
    forged = Signature(own.name, own.id, (5).to_bytes(8) + LOG.private.sign(TEXT.encode()))
    with pytest.raises(EvidenceDiffers, match="does not fit"):
        cosigned_at(note(forged), own, "note")


def test_a_time_beyond_all_calendars_is_refused() -> None:
    seconds = 2**62
    value = WITNESS.private.sign(b"cosignature/v1\ntime %d\n" % seconds + TEXT.encode())
    with pytest.raises(EvidenceDiffers, match="no time"):
        cosigned_at(note(Signature(KEY.name, KEY.id, seconds.to_bytes(8) + value)), KEY, "note")


def test_a_key_comes_back_as_it_is_written_and_a_logs_key_is_told_apart() -> None:
    assert CosignerKey.parse(str(KEY), "key") == KEY
    with pytest.raises(UnreadableInput, match="0x04"):
        CosignerKey.parse(str(WITNESS.key), "key")


@given(st.text())
def test_hostile_keys_are_refused(text: str) -> None:
    with pytest.raises(TawthiqError):
        CosignerKey.parse(text, "key")
