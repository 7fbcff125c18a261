"""Timestamps by authorities (RFC 3161): the request over a checkpoint, and what a reply to it proves.

A reply is sound when the authority granted it, its imprint is the SHA-256 of the data, it answers our nonce, and its
signature leads, at the time it states, to one of the given roots through a certificate made for timestamping (RFC 3161
sections 2.2 to 2.4). Certificates need to be valid at that time only, so that a token outlives them. Revocation is not
asked for: that would need the network. rfc3161-client reads and checks; it reads strictly, hence `set_order`.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from tawthiq.custody.set_order import sorted_reply
from tawthiq.custody.signing_certificate import names_certificate
from tawthiq.records.errors import TawthiqError, WrongUsage

QUERY_TYPE, REPLY_TYPE = "application/timestamp-query", "application/timestamp-reply"
LARGEST_REPLY = 1 << 18
_SHA256 = x509.ObjectIdentifier("2.16.840.1.101.3.4.2.1")
_GRANTED, _GRANTED_WITH_MODS = 0, 1
_STATUS = {2: "it was rejected", 3: "it is still waiting", 4: "a revocation is near", 5: "a certificate was revoked"}
_LONGEST_TOLD = 200
_OPENSSL = re.compile(r'(?:data: "Verify error: |reason: ")(?!certificate verify error)([^"]+)"')


class BadTimestamp(TawthiqError):
    """What an authority returned is no sound timestamp of the data; nothing rests on it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A request to be sent: its DER bytes, and the nonce that the reply must repeat."""

    data: bytes
    nonce: int


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a sound reply states: the time (UTC, whole seconds), its bound where it names one, and the authority's own marks.

    `policy` is an object identifier in dotted form, `signer` the name in the signing certificate (RFC 4514).
    """

    time: datetime
    accuracy_seconds: float | None
    serial: int
    policy: str
    signer: str


def query(data: bytes) -> Query:
    """A request for a timestamp of `data`: SHA-256, a random nonce, certificates wanted in the reply."""
    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.cert_request(cert_request=True).nonce(nonce=True).build()
    if request.nonce is None:
        raise _bad("timestamp request", "it has no nonce")
    return Query(request.as_bytes(), request.nonce)


def roots_in(pem: bytes, item: str) -> list[x509.Certificate]:
    """The certificates of a PEM file. Raises WrongUsage naming `item` when there are none."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise WrongUsage(
            item=item,
            happened="it holds no certificates in PEM (text that says BEGIN CERTIFICATE)",
            advice="put the root certificates of the authority there, as it publishes them",
        ) from error


def checked(reply: bytes, data: bytes, roots: list[x509.Certificate], nonce: int | None, item: str) -> Stamp:
    """What `reply` states, once it is seen to be a sound timestamp of `data`. Raises BadTimestamp naming `item`.

    `nonce` is that of the request; None where it is not known any more, as with a kept reply.
    """
    with _reading(item):
        return _stamp(reply, data, roots, nonce, item)


def _stamp(reply: bytes, data: bytes, roots: list[x509.Certificate], nonce: int | None, item: str) -> Stamp:
    """What `checked` gives, for bytes that the libraries can read."""
    response = _parsed(reply, item)
    stated = response.tst_info
    imprint = stated.message_imprint
    if imprint.hash_algorithm != _SHA256 or imprint.message != hashlib.sha256(data).digest():
        raise _bad(item, "it stamps something else: its imprint is not the SHA-256 of the checkpoint")
    if nonce is not None and stated.nonce != nonce:
        raise _bad(item, "it does not answer our request: its nonce is another one")
    builder = VerifierBuilder(roots=list(roots))
    try:
        builder.build().verify_message(response, data)
    except (VerificationError, ValueError) as error:
        advice = "check that the certificates set for it are the authority's own roots, then try again"
        raise _bad(item, f"its signature cannot be trusted ({_told(error)})", advice) from error
    signer = _signer(response)
    if signer is None or not names_certificate(reply, signer.public_bytes(Encoding.DER)):
        raise _bad(item, "it does not name the certificate that it was signed by")
    if stated.name is not None and stated.name not in _names(signer):
        raise _bad(item, "it names another authority than the certificate that signed it")
    return Stamp(
        time=stated.gen_time.astimezone(UTC),
        accuracy_seconds=_accuracy(response),
        serial=stated.serial_number,
        policy=stated.policy.dotted_string,
        signer=signer.subject.rfc4514_string(),
    )


@contextmanager
def _reading(item: str) -> Iterator[None]:
    """Turns what the libraries do over certificates that are damaged inside into BadTimestamp.

    rfc3161-client 1.0.9 unwraps an OpenSSL error there, which reaches Python as a panic beside all of its errors.
    """
    try:
        yield
    except (ValueError, TypeError, OverflowError) as error:
        raise _bad(item, f"it cannot be read ({_told(error)})") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _bad(item, "a certificate in it is damaged") from error


def _parsed(reply: bytes, item: str) -> TimeStampResponse:
    """The reply, granted and with a token in it that can be read."""
    if len(reply) > LARGEST_REPLY:
        raise _bad(item, f"it is larger than {LARGEST_REPLY:,} bytes")
    try:
        response = decode_timestamp_response(sorted_reply(reply))
        if response.status not in (_GRANTED, _GRANTED_WITH_MODS):
            words = "; ".join(response.status_string or [])[:_LONGEST_TOLD]
            told = _STATUS.get(response.status, f"status {response.status}")
            raise _bad(item, f"the authority refused: {told}{f' ({words})' if words else ''}")
        _ = response.tst_info, response.signed_data
    except (ValueError, TypeError, OverflowError) as error:
        raise _bad(item, f"it is no timestamp reply ({_told(error)})") from error
    return response


def _accuracy(response: TimeStampResponse) -> float | None:
    """The bound of the error of the stated time, in seconds."""
    stated = response.tst_info.accuracy
    if stated is None:
        return None
    return (stated.seconds or 0) + (stated.millis or 0) / 1e3 + (stated.micros or 0) / 1e6


def _signer(response: TimeStampResponse) -> x509.Certificate | None:
    """The certificate whose key signed."""
    signers = {(each.issuer, each.serial_number) for each in response.signed_data.signer_infos}
    held = [x509.load_der_x509_certificate(each) for each in response.signed_data.certificates]
    return next((each for each in held if (each.issuer, each.serial_number) in signers), None)


def _names(certificate: x509.Certificate) -> list[x509.GeneralName]:
    """The names that a certificate is for: its subject, and those besides (RFC 5280 section 4.2.1.6)."""
    names: list[x509.GeneralName] = [x509.DirectoryName(certificate.subject)]
    with suppress(x509.ExtensionNotFound, ValueError):
        names += certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return names


def _told(error: Exception) -> str:
    """What a library says of a fault: OpenSSL's own words where it has some, in short and in printable characters."""
    words = _OPENSSL.findall(str(error))
    text = (words[-1] if words else str(error))[:_LONGEST_TOLD]
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _bad(
    item: str, happened: str, advice: str = "try again later; if it goes on, ask or choose another"
) -> BadTimestamp:
    return BadTimestamp(item=item, happened=happened, advice=advice)
