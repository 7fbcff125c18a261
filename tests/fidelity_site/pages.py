"""The pages of the fidelity site: one article in our own wording that uses every way in which pages ask for more."""

import gzip
import io
import struct
import wave
import zlib
from collections.abc import Callable
from pathlib import Path

import brotli
import zstandard

from fidelity_site.serving import Answer, Asked, Headers, Site

HTML, TEXT, SCRIPT = "text/html; charset=utf-8", "text/plain; charset=utf-8", "text/javascript; charset=utf-8"
PARAGRAPH = "<p>قال شهود من الحي القديم إن سيارة إسعاف وصلت بعد نصف ساعة، ولم يصب أحد بحسب البلدية.</p>"
ETAG = '"one"'

HERE = Path(__file__).parent


def _file(name: str) -> bytes:
    return (HERE / name).read_bytes()


def picture(colour: int, size: int = 8) -> bytes:
    """A small PNG (ISO/IEC 15948) of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([colour, 128, 255 - colour]) * size for _ in range(size))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def tone() -> bytes:
    """A second of silence as WAVE."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(bytes(16000))
    return out.getvalue()


LARGE = bytes(range(256)) * 4096 * 12
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "br": brotli.compress,
    "deflate": zlib.compress,
    "zstd": lambda data: zstandard.ZstdCompressor().compress(data),
    "identity": lambda data: data,
    "other": lambda data: data[::-1],
}
FIXED: dict[str, tuple[str, bytes]] = {
    "/image.png": ("image/png", picture(10)),
    "/lazy.png": ("image/png", picture(20)),
    "/back.png": ("image/png", picture(30)),
    "/broken.png": ("image/png", picture(40)[:60]),
    "/arabic.html": (
        "text/html; charset=windows-1256",
        f"<!doctype html><title>قديم</title>{PARAGRAPH}".encode("cp1256", "replace"),
    ),
    "/marked.html": (HTML, b"\xef\xbb\xbf<!doctype html>\r\n<title>m</title>\r\nstray \xff\xfe byte"),
    "/worker.js": (SCRIPT, _file("worker.js")),
    "/imported.js": (SCRIPT, b"const imported = 1;"),
    "/served/sw.js": (SCRIPT, _file("sw.js")),
    "/served/inner.html": (HTML, _file("inner.html")),
    "/prefetched.txt": (TEXT, b"ahead of time"),
    "/from-worker.txt": (TEXT, b"asked by a worker"),
    "/served/kept.txt": (TEXT, b"kept by the service worker"),
    "/served/through.txt": (TEXT, b"through the service worker"),
    "/target.txt": (TEXT, b"where redirects lead"),
    "/head.txt": (TEXT, b"a head only"),
    "/clip.bin": ("application/octet-stream", bytes(range(256))),
    "/large.bin": ("application/octet-stream", LARGE),
    "/bounce.html": (HTML, b"<!doctype html><script>location.replace('/bounced.html')</script>"),
    "/bounced.html": (HTML, b"<!doctype html><title>bounced</title>"),
    "/facts.json": ("application/json", b'{"kept": "from the page, not from us"}'),
    "/closed.txt": (TEXT, b"not for other origins"),
    "/form": (HTML, b"<!doctype html><title>thanks</title>"),
    "/beacon": (TEXT, b"noted"),
    "/redirected": (TEXT, b""),
}
REDIRECTS = {
    "/start": (301, "/second", b""),
    "/second": (302, "/article", b""),
    "/told.txt": (302, "/target.txt", b"look elsewhere"),
}


def route(site: Site, asked: Asked) -> Answer:
    """The answer to a request."""
    path = asked.path
    if path in REDIRECTS:
        status, location, body = REDIRECTS[path]
        return Answer(status, [("location", location), ("content-type", TEXT)], body)
    if path in FIXED:
        kind, body = FIXED[path]
        return _ranged(asked, kind, body)
    return _made(site, asked) or Answer(404, [("content-type", TEXT)], b"nothing under " + path.encode())


def _ranged(asked: Asked, kind: str, body: bytes) -> Answer:
    wanted = asked.header("range")
    headers: Headers = [("content-type", kind), ("accept-ranges", "bytes")]
    if not wanted:
        return Answer(200, headers, body)
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    start, end = int(first), min(int(last or len(body) - 1), len(body) - 1)
    return Answer(206, [*headers, ("content-range", f"bytes {start}-{end}/{len(body)}")], body[start : end + 1])


def _made(site: Site, asked: Asked) -> Answer | None:
    path = asked.path
    if path == "/article":
        text = _file("article.html").decode().replace("PARAGRAPHS", PARAGRAPH * 40).replace("SECOND", site.second)
        cookies: Headers = [("set-cookie", "one=1; Path=/; Secure"), ("set-cookie", "two=2; Path=/; HttpOnly")]
        return Answer(200, [("content-type", HTML), *cookies], text.encode())
    if path == "/app.js":
        return _coded("br", _file("app.js").replace(b"SECOND", repr(site.second).encode()), SCRIPT)
    if path == "/style.css":
        return _coded("gzip", _file("style.css"), "text/css")
    if path == "/frame.html":
        return Answer(
            200,
            [("content-type", HTML)],
            b"<!doctype html><title>f</title><img src=/image.png><link rel=stylesheet href=/style.css>",
        )
    if path == "/tone.wav":
        return _ranged(asked, "audio/wav", tone())
    if path.startswith("/coded-"):
        return _coded(path.removeprefix("/coded-"), (PARAGRAPH * 20).encode(), TEXT)
    if path == "/echo":
        return Answer(200, [("content-type", "application/octet-stream")], b"got " + asked.body)
    if path == "/again":
        return Answer(307, [("location", "/echo")])
    if path == "/empty":
        return Answer(204)
    return _conditional(asked)


def _conditional(asked: Asked) -> Answer | None:
    path = asked.path
    if path in ("/same.txt", "/asked.txt"):
        kept: Headers = [("etag", ETAG), ("cache-control", "no-cache"), ("content-type", TEXT)]
        return Answer(304, kept) if asked.header("if-none-match") == ETAG else Answer(200, kept, b"the same again")
    if path == "/across":
        allowed = [("access-control-allow-origin", "*"), ("access-control-allow-headers", "content-type, x-own")]
        return Answer(200, [*allowed, ("content-type", TEXT)], b"" if asked.method == "OPTIONS" else b"from afar")
    if path in ("/chunked.txt", "/chunked-gzip.txt"):
        answer = _coded("gzip" if "gzip" in path else "identity", (PARAGRAPH * 30).encode(), TEXT)
        return Answer(
            200, [*answer.headers, ("access-control-allow-origin", "*")], answer.body, answer.encoded, chunked=True
        )
    return None


def _coded(name: str, body: bytes, kind: str) -> Answer:
    told: Headers = [] if name == "identity" else [("content-encoding", name)]
    return Answer(200, [("content-type", kind), *told], body, ENCODERS[name](body))
