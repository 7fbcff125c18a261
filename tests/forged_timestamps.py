"""Replies that an authority would never give, made with real keys: stamps signed by other certificates, other statuses."""

import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from timestamp_authority import openssl

DAY = datetime.timedelta(days=1)
STAMPING = (ExtendedKeyUsageOID.TIME_STAMPING,)


def der(tag: int, content: bytes) -> bytes:
    """One value of DER."""
    length = len(content)
    if length < 0x80:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, 0x80 | len(size)]) + size + content


def refusal(status: int, words: str) -> bytes:
    """A TimeStampResp without a token."""
    return der(0x30, der(0x30, der(0x02, bytes([status])) + der(0x30, der(0x0C, words.encode()))))


def granted_with_modifications(reply: bytes) -> bytes:
    """The same reply under status 1; its status must be the bare 0 that openssl writes."""
    changed = reply.replace(bytes.fromhex("30030201 00".replace(" ", "")), bytes.fromhex("3003020101"), 1)
    assert changed != reply
    return changed


def signer(
    folder: Path,
    stem: str,
    *,
    name: str = "test authority",
    usage: tuple[x509.ObjectIdentifier, ...] = STAMPING,
    critical: bool = True,
    ended: bool = False,
) -> str:
    """A certificate of the authority in `folder` for a new key; returns the stem of its files.

    `name` is whom it is for; `usage` and `critical` are its extended key usage; `ended` makes it valid no more.
    """
    root = x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())
    secret = serialization.load_pem_private_key((folder / "root.key").read_bytes(), None)
    assert isinstance(secret, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - 9 * DAY)
        .not_valid_after(now - DAY if ended else now + DAY)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage(list(usage)), critical=critical)
    pem = serialization.Encoding.PEM
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / f"{stem}.pem").write_bytes(builder.sign(secret, hashes.SHA256()).public_bytes(pem))
    (folder / f"{stem}.key").write_bytes(key.private_bytes(pem, *plain))
    return stem


def twin(folder: Path, stem: str) -> str:
    """Another certificate for the key of `stem`, with its issuer and serial number; returns the stem of its file."""
    root = x509.load_pem_x509_certificate((folder / "root.pem").read_bytes())
    first = x509.load_pem_x509_certificate((folder / f"{stem}.pem").read_bytes())
    secret = serialization.load_pem_private_key((folder / "root.key").read_bytes(), None)
    assert isinstance(secret, ec.EllipticCurvePrivateKey)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody else")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(root.subject).serial_number(first.serial_number)
    builder = builder.public_key(first.public_key()).not_valid_before(first.not_valid_before_utc)
    builder = builder.not_valid_after(first.not_valid_after_utc)
    builder = builder.add_extension(x509.ExtendedKeyUsage(list(STAMPING)), critical=True)
    pem = builder.sign(secret, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    (folder / f"{stem}-twin.pem").write_bytes(pem)
    return f"{stem}-twin"


def signed_by(folder: Path, reply: bytes, stem: str, *, naming: bool = True, shown: str | None = None) -> bytes:
    """The stamp in `reply`, signed anew by the certificate called `stem`.

    `naming` lets it name that certificate in its signed attributes; `shown` puts another one in its place.
    """
    (folder / "honest.tsr").write_bytes(reply)
    openssl(folder, "ts", "-reply", "-in", "honest.tsr", "-token_out", "-out", "honest.p7")
    openssl(folder, "cms", "-verify", "-noverify", "-in", "honest.p7", "-inform", "DER", "-binary", "-out", "stamp.der")
    kind = ("-econtent_type", "1.2.840.113549.1.9.16.1.4", "-nodetach", "-binary", "-md", "sha256")
    keys = ("-signer", f"{stem}.pem", "-inkey", f"{stem}.key", *(("-cades",) if naming else ()))
    instead = ("-nocerts", "-certfile", f"{shown}.pem") if shown else ()
    openssl(folder, "cms", "-sign", "-in", "stamp.der", *kind, *keys, *instead, "-outform", "DER", "-out", "forged.p7")
    return der(0x30, der(0x30, der(0x02, b"\0")) + (folder / "forged.p7").read_bytes())
