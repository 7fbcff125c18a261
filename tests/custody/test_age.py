"""Files locked with a passphrase: opened by pyrage and by the age tool, and the other way round; hostile files refused."""

import os
import pty
import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tawthiq.custody import age
from tawthiq.records.errors import TawthiqError, UnreadableInput, WrongPassphrase

QUICK = 4
CHUNK = 1 << 16


def sealed(data: bytes, passphrase: str = "عبارة سر", work_factor: int = QUICK) -> bytes:
    return b"".join(age.sealed([data], passphrase, os.urandom(age.RANDOM_BYTES), work_factor))


def opened(data: bytes, passphrase: str = "عبارة سر") -> bytes:
    return b"".join(age.opened(BytesIO(data).read, passphrase, "file"))


@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
@settings(max_examples=30, deadline=None)
def test_what_is_sealed_comes_back_with_its_passphrase_only(data: bytes, passphrase: str) -> None:
    assert opened(sealed(data, passphrase), passphrase) == data
    with pytest.raises(WrongPassphrase):
        opened(sealed(data, passphrase), passphrase + "x")


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5])
def test_pyrage_opens_what_is_sealed_at_every_edge_of_a_chunk(length: int) -> None:
    data = os.urandom(length)
    blocks = [data[at : at + 10_007] for at in range(0, length, 10_007)]
    ours = b"".join(age.sealed(blocks, "pass", os.urandom(age.RANDOM_BYTES), QUICK))
    assert pyrage.passphrase.decrypt(ours, "pass") == data
    assert opened(ours, "pass") == data


def test_what_pyrage_seals_is_opened() -> None:
    assert opened(pyrage.passphrase.encrypt(b"secret", "pass"), "pass") == b"secret"


def test_the_age_tool_opens_an_armored_file(tmp_path: Path) -> None:
    if shutil.which("age") is None:
        pytest.skip("age is not installed")
    file = tmp_path / "secret.age"
    file.write_bytes(age.armored(sealed(b"the text", "pass")))
    ours, theirs = pty.openpty()
    tool = subprocess.Popen(
        ["setsid", "--ctty", "age", "-d", "-o", str(tmp_path / "plain"), str(file)],
        stdin=theirs,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.write(ours, b"pass\n")
    assert tool.wait(20) == 0
    os.close(ours)
    os.close(theirs)
    assert (tmp_path / "plain").read_bytes() == b"the text"


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_a_changed_bit_is_never_opened(data: st.DataObject) -> None:
    whole = sealed(b"a text of some length", "pass")
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([whole[place] ^ 1 << data.draw(st.integers(0, 7))]) + whole[place + 1 :]
    with pytest.raises(TawthiqError):
        opened(changed, "pass")


@pytest.mark.parametrize("keep", [0, 10, 60, 150, 170, CHUNK, 2 * CHUNK, 2 * CHUNK + 250])
def test_a_cut_file_is_refused(keep: int) -> None:
    with pytest.raises(UnreadableInput):
        opened(sealed(bytes(2 * CHUNK + 100), "pass")[:keep], "pass")


def test_a_file_with_more_behind_its_end_is_refused() -> None:
    with pytest.raises(UnreadableInput, match="changed or cut"):
        opened(sealed(b"text", "pass") + b"more", "pass")


def test_a_file_that_would_exhaust_the_machine_is_refused() -> None:
    with pytest.raises(UnreadableInput, match=r"2\^60"):
        opened(sealed(b"text", "pass").replace(b" 4\n", b" 60\n", 1), "pass")


def test_a_file_for_recipients_is_told_apart() -> None:
    theirs = pyrage.encrypt(b"text", [pyrage.x25519.Identity.generate().to_public()])
    assert age.is_sealed(theirs)
    assert not age.asks_for_passphrase(theirs)
    assert age.asks_for_passphrase(sealed(b"text"))
    with pytest.raises(UnreadableInput, match="passphrase alone"):
        opened(theirs, "pass")


@given(st.binary(max_size=200))
def test_armor_comes_back(data: bytes) -> None:
    assert age.dearmored(age.armored(data), "file") == data


@pytest.mark.parametrize("change", [lambda text: text[:-1], lambda text: text + b"\n", lambda text: b" " + text])
def test_armor_has_one_writing(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(UnreadableInput):
        age.dearmored(change(age.armored(b"data")), "file")


@given(st.binary(max_size=300))
def test_hostile_bytes_are_refused_by_name(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"^file: "):
        opened(age.VERSION + data)
    with pytest.raises(UnreadableInput, match=r"^file: "):
        age.dearmored(data, "file")
