"""What a timestamp reply proves: every way in which it can fail to be ours, sound and trusted."""

import subprocess
from pathlib import Path

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st
from rfc3161_client import decode_timestamp_response

from forged_timestamps import granted_with_modifications, refusal, signed_by, signer, twin
from tawthiq.custody.set_order import sorted_reply
from tawthiq.custody.timestamps import BadTimestamp, Query, checked, query, roots_in
from tawthiq.records.errors import WrongUsage
from timestamp_authority import make_authority, openssl, reply

DATA = b"origin\n3\nroot\n"


class Made:
    """An authority, a query over DATA and its honest reply."""

    def __init__(self, folder: Path, *, chain: bool = False, name: str = "test authority") -> None:
        self.folder = folder
        self.roots = roots_in(make_authority(folder, chain=chain, name=name).read_bytes(), "roots")
        self.query: Query = query(DATA)
        self.reply = reply(folder, self.query.data)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("authority") / "a")


@pytest.fixture(scope="module")
def chained(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return Made(tmp_path_factory.mktemp("authority") / "b", chain=True)


def refused(made: Made, given: bytes, why: str, **changes: object) -> None:
    arguments = {"data": DATA, "roots": made.roots, "nonce": made.query.nonce, **changes}
    with pytest.raises(BadTimestamp, match=why):
        checked(given, item="reply", **arguments)  # type: ignore[arg-type]


def test_a_sound_reply_tells_time_serial_policy_and_signer(made: Made) -> None:
    stamp = checked(made.reply, DATA, made.roots, made.query.nonce, "reply")
    assert (stamp.policy, stamp.signer, stamp.accuracy_seconds) == ("1.2.3.4.1", "CN=test authority", 1.0)
    assert stamp.serial > 0
    assert stamp.time.utcoffset() is not None


def test_each_query_has_a_nonce_of_its_own_and_hides_the_data(made: Made) -> None:
    assert query(DATA).nonce != query(DATA).nonce
    assert DATA not in made.query.data


def test_openssl_reads_the_query_as_ours(made: Made) -> None:
    (made.folder / "query.tsq").write_bytes(made.query.data)
    told = openssl(made.folder, "ts", "-query", "-in", "query.tsq", "-text").decode()
    assert "Hash Algorithm: sha256" in told
    assert "Certificate required: yes" in told
    assert f"{made.query.nonce:X}" in told.replace("0x", "").upper()


def test_another_nonce_is_an_answer_to_somebody_else(made: Made) -> None:
    refused(made, made.reply, "nonce", nonce=made.query.nonce + 1)


def test_another_imprint_is_a_stamp_of_something_else(made: Made) -> None:
    refused(made, made.reply, "imprint", data=DATA + b"x")
    refused(made, reply(made.folder, query(b"other").data), "imprint")


def test_another_root_is_not_trusted_even_under_the_same_name(made: Made, tmp_path: Path) -> None:
    other = Made(tmp_path / "other")
    refused(made, made.reply, "signature .*local issuer", roots=other.roots)


def test_a_certificate_that_had_ended_when_it_signed_is_not_trusted(made: Made) -> None:
    refused(made, signed_by(made.folder, made.reply, signer(made.folder, "ended", ended=True)), "has expired")


def test_a_certificate_made_for_something_else_is_not_trusted(made: Made) -> None:
    bare = signer(made.folder, "bare", usage=())
    mail = signer(made.folder, "mail", usage=(ExtendedKeyUsageOID.EMAIL_PROTECTION,))
    soft = signer(made.folder, "soft", critical=False)
    for stem in (bare, mail, soft):
        refused(made, signed_by(made.folder, made.reply, stem), "signature")


def test_a_stamp_signed_anew_by_a_certificate_for_timestamping_is_sound(made: Made) -> None:
    forged = signed_by(made.folder, made.reply, signer(made.folder, "second"))
    assert checked(forged, DATA, made.roots, made.query.nonce, "reply").serial > 0


def test_a_stamp_that_names_no_certificate_of_its_own_is_refused(made: Made) -> None:
    stem = signer(made.folder, "unnamed")
    refused(made, signed_by(made.folder, made.reply, stem, naming=False), "does not name")


def test_a_stamp_in_the_name_of_another_authority_is_refused(made: Made) -> None:
    stem = signer(made.folder, "elsewhere", name="another authority")
    refused(made, signed_by(made.folder, made.reply, stem), "another authority")


def test_another_certificate_of_the_same_key_in_its_place_is_noticed(made: Made) -> None:
    stem = signer(made.folder, "named")
    honest = signed_by(made.folder, made.reply, stem)
    assert checked(honest, DATA, made.roots, made.query.nonce, "reply").serial > 0
    refused(made, signed_by(made.folder, made.reply, stem, shown=twin(made.folder, stem)), "does not name")


def verdicts(made: Made, given: bytes) -> tuple[bool, bool]:
    """Whether we, and whether openssl, take a reply for a sound timestamp of DATA."""
    (made.folder / "data").write_bytes(DATA)
    (made.folder / "given.tsr").write_bytes(given)
    arguments = ["ts", "-verify", "-data", "data", "-in", "given.tsr", "-CAfile", "root.pem"]
    run = subprocess.run(["openssl", *arguments], cwd=made.folder, capture_output=True, check=False)
    try:
        checked(given, DATA, made.roots, None, "reply")
    except BadTimestamp:
        return False, b"Verification: OK" in run.stdout
    return True, b"Verification: OK" in run.stdout


def test_openssl_comes_to_the_same_verdict_on_every_kind_of_reply(made: Made, chained: Made, tmp_path: Path) -> None:
    folder, honest = made.folder, made.reply
    stem = signer(folder, "judged")
    damaged = honest[:-3] + bytes([honest[-3] ^ 1]) + honest[-2:]
    sound = [honest, granted_with_modifications(honest), signed_by(folder, honest, stem)]
    unsound = [
        damaged,
        reply(folder, query(b"other").data),
        Made(tmp_path / "other").reply,
        signed_by(folder, honest, signer(folder, "judged-late", ended=True)),
        signed_by(folder, honest, signer(folder, "judged-bare", usage=())),
        signed_by(folder, honest, signer(folder, "judged-soft", critical=False)),
        signed_by(folder, honest, stem, naming=False),
        signed_by(folder, honest, signer(folder, "judged-elsewhere", name="another authority")),
        signed_by(folder, honest, stem, shown=twin(folder, stem)),
        refusal(2, "no"),
        b"",
    ]
    assert [verdicts(made, each) for each in sound] == [(True, True)] * len(sound)
    assert [verdicts(made, each) for each in unsound] == [(False, False)] * len(unsound)
    assert verdicts(chained, chained.reply) == (True, True)


@pytest.mark.parametrize("digest", ["sha1", "sha256", "sha512"])
def test_certificates_are_named_by_the_digest_that_the_authority_chose(tmp_path: Path, digest: str) -> None:
    make_authority(tmp_path / "a")
    settings = tmp_path / "a" / "authority.cnf"
    settings.write_text(settings.read_text().replace("ess_cert_id_alg = sha256", f"ess_cert_id_alg = {digest}"))
    asked = query(DATA)
    roots = roots_in((tmp_path / "a" / "root.pem").read_bytes(), "roots")
    assert checked(reply(tmp_path / "a", asked.data), DATA, roots, asked.nonce, "reply").signer == "CN=test authority"


@pytest.mark.parametrize("status", [2, 3, 4, 5])
def test_a_refusal_is_told_in_the_words_of_the_authority(made: Made, status: int) -> None:
    refused(made, refusal(status, "come back on Monday"), "come back on Monday")


@pytest.mark.parametrize("given", [b"", b"<html>no such page</html>", b"\x30", b"\x30\x80", b"\x30\x03\x30\x01\x02"])
def test_garbage_is_no_reply(made: Made, given: bytes) -> None:
    refused(made, given, "no timestamp reply")


def test_a_granted_status_without_a_token_is_no_reply(made: Made) -> None:
    refused(made, refusal(0, "granted"), "no timestamp reply")


def test_a_huge_reply_is_not_read(made: Made) -> None:
    refused(made, made.reply + bytes(1 << 20), "larger")


def test_granted_with_modifications_is_granted(made: Made) -> None:
    changed = granted_with_modifications(made.reply)
    assert checked(changed, DATA, made.roots, made.query.nonce, "reply").serial > 0


def test_a_token_with_its_chain_in_openssls_order_is_read_though_it_is_not_strict_der(chained: Made) -> None:
    with pytest.raises(ValueError, match="InvalidSetOrdering"):
        decode_timestamp_response(chained.reply)
    assert checked(chained.reply, DATA, chained.roots, chained.query.nonce, "reply").signer == "CN=test authority"


def test_sorting_moves_bytes_and_changes_none(chained: Made) -> None:
    ordered = sorted_reply(chained.reply)
    assert ordered != chained.reply
    assert sorted(ordered) == sorted(chained.reply)
    assert sorted_reply(ordered) == ordered


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_sorting_leaves_what_is_no_reply_as_it_is_or_of_its_length(data: bytes) -> None:
    assert len(sorted_reply(data)) == len(data)


@settings(max_examples=150, deadline=None)
@given(at=st.integers(0, 10_000), value=st.integers(1, 255), length=st.integers(0, 1))
def test_a_damaged_reply_states_another_truth_never(made: Made, at: int, value: int, length: int) -> None:
    data = bytearray(made.reply)
    data[at % len(data)] ^= value
    if length:
        del data[at % len(data) :]
    honest = checked(made.reply, DATA, made.roots, made.query.nonce, "reply")
    try:
        stamp = checked(bytes(data), DATA, made.roots, made.query.nonce, "reply")
    except BadTimestamp:
        return
    assert (stamp.time, stamp.serial, stamp.policy) == (honest.time, honest.serial, honest.policy)


def test_a_file_without_certificates_is_named() -> None:
    with pytest.raises(WrongUsage, match="own certificates"):
        roots_in(b"not PEM", "own certificates")
