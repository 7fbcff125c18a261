"""A security key in software: makes credentials and signs (WebAuthn level 2, sections 6.5 and 7), and can be told to cheat."""

import base64
import json
import os
import struct
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256

_PRESENT, _ATTESTED = 0x01, 0x40


@dataclass
class SoftKey:
    """One key at one host; `counter` grows with each answer."""

    origin: str = "http://localhost"
    host: str = "localhost"
    counter: int = 1
    identifier: bytes = field(default_factory=lambda: os.urandom(32))
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: str) -> str:
        """The browser's answer to options for a new key."""
        asked = json.loads(options)
        credential = bytes(16) + struct.pack(">H", len(self.identifier)) + self.identifier
        credential += cbor.encode(ES256.from_cryptography_key(self.private.public_key()))
        data = self._data(_PRESENT | _ATTESTED) + credential
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": client, "attestationObject": attestation})

    def get(self, options: str) -> str:
        """The browser's answer to options that ask for a key; the counter has grown."""
        self.counter += 1
        data, client = self._data(_PRESENT), self._client("webauthn.get", json.loads(options)["challenge"])
        signature = self.private.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": data, "signature": signature})

    def _data(self, flags: int) -> bytes:
        return sha256(self.host.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _client(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _answer(self, response: dict[str, bytes]) -> str:
        written: dict[str, Any] = {name: _text(value) for name, value in response.items()}
        identifier = _text(self.identifier)
        return json.dumps({"id": identifier, "rawId": identifier, "type": "public-key", "response": written})


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
