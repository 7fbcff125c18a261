"""A real timestamp authority on loopback for tests: `openssl ts -reply` behind a small HTTP server, its CA made on the spot.

    with timestamp_authority(tmp_path / "authority") as authority:
        authority.url            # http://127.0.0.1:PORT/, answers POSTed RFC 3161 queries
        authority.certificates   # PEM file of the root that its tokens lead to
        authority.requests       # the queries it was sent
        authority.answer = ...   # bytes, or a function of (query, honest reply) -> bytes, to misbehave
        authority.status = 503   # to refuse on the level of HTTP

The configuration has no `certs=` line: openssl writes two certificates in an order that strict DER readers refuse; ask for
that with `chain=True`, which has an intermediate and hands it over.
"""

import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_CONFIGURATION = """
[req]
distinguished_name = name
prompt = no
[name]
CN = %(name)s
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[leaf]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
%(usage)s
[tsa]
default_tsa = own
[own]
dir = .
serial = ./serial
crypto_device = builtin
signer_cert = ./leaf.pem
signer_key = ./leaf.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""
_STAMPING = "extendedKeyUsage = critical,timeStamping"


def openssl(folder: Path, *arguments: str) -> bytes:
    """What an openssl command prints, run in `folder`; its failure is the test's."""
    run = subprocess.run(["openssl", *arguments], cwd=folder, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def make_authority(folder: Path, *, name: str = "test authority", usage: str = _STAMPING, chain: bool = False) -> Path:
    """Keys and certificates of an authority in `folder`; the PEM file of its root.

    `usage` is the line of extended key usage of the signing certificate; `chain` puts an intermediate in between.
    """
    folder.mkdir(parents=True)
    settings = _CONFIGURATION % {"name": name, "usage": usage} + ("certs = ./above.pem\n" if chain else "")
    (folder / "authority.cnf").write_text(settings)
    (folder / "serial").write_text("01\n")
    _root(folder, "root", f"{name} root")
    above = "root"
    if chain:
        above = "above"
        _signed(folder, "above", f"{name} intermediate", by="root", extensions="root")
    _signed(folder, "leaf", name, by=above, extensions="leaf")
    return folder / "root.pem"


def reply(folder: Path, query: bytes) -> bytes:
    """The authority's reply to a query (both DER), as openssl writes it."""
    asked, answered = folder / f"{threading.get_ident()}.tsq", folder / f"{threading.get_ident()}.tsr"
    asked.write_bytes(query)
    arguments = ("ts", "-reply", "-queryfile", asked.name, "-config", "authority.cnf", "-section", "own")
    openssl(folder, *arguments, "-out", answered.name)
    return answered.read_bytes()


@dataclass
class TimestampAuthority:
    """What a test sees of a running authority, and how it makes it misbehave."""

    folder: Path
    certificates: Path
    url: str = ""
    requests: list[bytes] = field(default_factory=list)
    answer: bytes | Callable[[bytes, bytes], bytes] | None = None
    status: int = 200

    def settings(self, name: str = "test", *, own: bool = False) -> str:
        """The lines of tawthiq.toml that name this authority."""
        told = f'[authorities.{name}]\nurl = "{self.url}"\ncertificates = "{self.certificates}"\n'
        return f"\n{told}own = {str(own).lower()}\n"


@contextmanager
def timestamp_authority(
    folder: Path, *, name: str = "test authority", usage: str = _STAMPING, chain: bool = False
) -> Iterator[TimestampAuthority]:
    """An authority that answers on loopback while the block runs."""
    authority = TimestampAuthority(folder, make_authority(folder, name=name, usage=usage, chain=chain))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            authority.requests.append(query)
            given = authority.answer
            body = given if isinstance(given, bytes) else reply(folder, query)
            if callable(given):
                body = given(query, body)
            self.send_response(authority.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the name is the base class's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    authority.url = f"http://127.0.0.1:{server.server_port}/"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()


def _root(folder: Path, stem: str, name: str) -> None:
    _new_key(folder, stem)
    arguments = ("-x509", "-new", "-key", f"{stem}.key", "-days", "30", "-config", "authority.cnf")
    openssl(folder, "req", *arguments, "-subj", f"/CN={name}", "-extensions", "root", "-out", f"{stem}.pem")


def _signed(folder: Path, stem: str, name: str, *, by: str, extensions: str) -> None:
    """A certificate for a new key, signed by the one called `by`."""
    _new_key(folder, stem)
    request = ("-new", "-key", f"{stem}.key", "-config", "authority.cnf", "-subj", f"/CN={name}")
    openssl(folder, "req", *request, "-out", f"{stem}.csr")
    signing = ("-req", "-in", f"{stem}.csr", "-CA", f"{by}.pem", "-CAkey", f"{by}.key", "-CAcreateserial")
    kind = ("-days", "20", "-extfile", "authority.cnf", "-extensions", extensions)
    openssl(folder, "x509", *signing, *kind, "-out", f"{stem}.pem")


def _new_key(folder: Path, stem: str) -> None:
    openssl(folder, "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{stem}.key")
