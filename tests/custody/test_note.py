"""Signed notes: the example of the specification, round trips, and hostile input."""

from contextlib import suppress

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.custody.checkpoint import Checkpoint, opened
from tawthiq.custody.note import Note, Signer, VerifierKey, decoded, encoded
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, UnreadableInput

# The example key and note of the documentation of Go's golang.org/x/mod/sumdb/note package: an independent vector.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


@pytest.fixture
def signer() -> Signer:
    return Signer("example.org/log", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def test_a_note_signed_by_another_implementation_is_accepted() -> None:
    key = VerifierKey.parse(GO_KEY, "key")
    note = Note.parse(GO_NOTE.encode(), "note")
    note.expect_signed_by(key, "note")
    assert str(key) == GO_KEY
    assert bytes(note) == GO_NOTE.encode()


def test_a_changed_text_is_refused() -> None:
    note = Note.parse(GO_NOTE.replace("answer", "question").encode(), "note")
    with pytest.raises(EvidenceDiffers, match="does not fit"):
        note.expect_signed_by(VerifierKey.parse(GO_KEY, "key"), "note")


def test_a_note_of_an_unknown_key_is_refused(signer: Signer) -> None:
    with pytest.raises(EvidenceDiffers, match="has not signed"):
        Note.parse(GO_NOTE.encode(), "note").expect_signed_by(signer.key, "note")


def test_a_checkpoint_comes_back_as_it_was_signed(signer: Signer) -> None:
    checkpoint = Checkpoint("example.org/log", 12, b"\x07" * 32)
    data = checkpoint.signed_by(signer)
    assert data.startswith(b"example.org/log\n12\n")
    assert opened(data, signer.key, "log/checkpoint") == checkpoint


def test_a_checkpoint_of_another_origin_is_refused(signer: Signer) -> None:
    data = Checkpoint("example.org/other", 12, b"\x07" * 32).signed_by(signer)
    with pytest.raises(EvidenceDiffers, match=r"example\.org/other"):
        opened(data, signer.key, "log/checkpoint")


def test_no_single_changed_byte_of_a_checkpoint_passes(signer: Signer) -> None:
    data = Checkpoint("example.org/log", 12, b"\x07" * 32).signed_by(signer)
    for place in range(len(data)):
        for flip in (0x01, 0x20, 0x80):
            changed = data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :]
            with pytest.raises(TawthiqError):
                opened(changed, signer.key, "log/checkpoint")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n1\n",
        "a\n01\nAA==\n",
        "a\n-1\nAA==\n",
        "a\n1\nAA==\n",
        "\n1\n" + "A" * 43 + "=\n",
        "a\n1\n" + "A" * 44,
    ],
)
def test_malformed_checkpoints_raise_our_errors(text: str) -> None:
    with pytest.raises(UnreadableInput):
        Checkpoint.parse(text, "log/checkpoint")


@given(st.binary(max_size=300))
def test_hostile_notes_raise_our_errors_only(data: bytes) -> None:
    with suppress(TawthiqError):
        assert bytes(Note.parse(data, "note")) == data


@given(st.text(max_size=80))
def test_hostile_keys_raise_our_errors_only(text: str) -> None:
    with pytest.raises(TawthiqError):
        VerifierKey.parse(text, "key")


@given(st.binary(max_size=80))
def test_base64_has_one_writing(data: bytes) -> None:
    assert decoded(encoded(data), "text") == data


def test_base64_with_stray_bits_is_refused() -> None:
    assert decoded("AA==", "text") == b"\x00"
    with pytest.raises(UnreadableInput):
        decoded("AB==", "text")


def test_a_signer_does_not_print_its_key(signer: Signer) -> None:
    assert repr(signer) == "Signer('example.org/log')"


@pytest.mark.parametrize("name", ["", "two words", "plus+sign", "line\nend"])
def test_names_that_would_break_a_note_are_refused(name: str) -> None:
    with pytest.raises(UnreadableInput):
        Signer(name, Ed25519PrivateKey.generate())
