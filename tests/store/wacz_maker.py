"""WACZ packages as other tools make them, and ones that no tool should make."""

import gzip
import hashlib
import io
import json
import zipfile
from base64 import b64encode

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

URL = "http://elsewhere.example/0"


def warc(count: int = 2, body: bytes = b"<html><body><p>report", *, packed: bool = True) -> bytes:
    records = []
    for number in range(count):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body + b"%d" % number
        head = (
            f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0000000{number}-0000-4000-8000-000000000000>\r\n"
            f"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: http://elsewhere.example/{number}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        ).encode()
        record = head + block + b"\r\n\r\n"
        records.append(gzip.compress(record, mtime=0) if packed else record)
    return b"".join(records)


def signed(digest: str) -> dict[str, str]:
    key = ec.generate_private_key(ec.SECP384R1())
    r, s = decode_dss_signature(key.sign(digest.encode(), ec.ECDSA(SHA256())))
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {
        "hash": digest,
        "signature": b64encode(r.to_bytes(48, "big") + s.to_bytes(48, "big")).decode(),
        "publicKey": b64encode(public).decode(),
        "created": "2026-01-02T00:00:00Z",
        "software": "another tool 1.0",
    }


def wacz(
    data: bytes | None = None,
    *,
    name: str = "archive/data.warc.gz",
    pack: int = zipfile.ZIP_STORED,
    wrong: bool = False,
    sign: bool = False,
    more: dict[str, bytes] | None = None,
) -> bytes:
    pages = (
        b'{"format": "json-pages-1.0", "id": "pages"}\n'
        + json.dumps({"url": URL, "ts": "2026-01-01T00:00:00Z", "title": "خبر"}).encode()
    )
    files = {name: warc() if data is None else data, "pages/pages.jsonl": pages, **(more or {})}
    resources = [
        {
            "name": path.rsplit("/", 1)[-1],
            "path": path,
            "hash": f"sha256:{hashlib.sha256(held).hexdigest()}",
            "bytes": len(held),
        }
        for path, held in files.items()
    ]
    if wrong:
        resources[0]["hash"] = "sha256:" + "0" * 64
    package = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "software": "another tool 1.0",
        "resources": resources,
    }
    files["datapackage.json"] = json.dumps(package).encode()
    digest = f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}"
    if sign:
        stated = {"path": "datapackage.json", "hash": digest, "signedData": signed(digest)}
        files["datapackage-digest.json"] = json.dumps(stated).encode()
    return zipped(files, pack)


def zipped(files: dict[str, bytes], pack: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for path, held in files.items():
            package.writestr(zipfile.ZipInfo(path), held, pack)
    return out.getvalue()
