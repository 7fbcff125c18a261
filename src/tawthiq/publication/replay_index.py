"""The index by which replay finds records: CDXJ 0.1.0, sorted, in gzip members of 1,024 lines with a second index over them.

`index.cdx.gz` and `index.idx` are as py-wacz writes them and as pywb and ReplayWeb.page read them. A line names an answer
(`response`, `resource`, `revisit`) by its key and time, and says in which file it lies, where, and its payload digest. What was
asked for with another method than GET has the method and the body in its key. Memory stays small: lines are sorted in runs.
"""

import hashlib
import heapq
import json
import tempfile
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote, unquote_plus

from fastwarc.warc import ArchiveIterator, WarcRecordType

from tawthiq.custody.entry import parsed_json
from tawthiq.publication.url_keys import url_key
from tawthiq.records.capture import Capture
from tawthiq.records.errors import UnreadableInput

INDEX_NAME = "index.cdx.gz"
LINES_A_MEMBER = 1024
LINES_A_RUN = 50_000
_LEVEL = 6
_ANSWERS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.revisit
_URI = "-._~:/?#[]@!$&'()*+,;=%"  # what WARC-Target-URI has unescaped
_LARGEST_BODY = 4096
_LARGEST_DESCRIPTION = 8 << 20
_BEGINNINGS = (b"\x1f\x8b", b"WARC/")


@dataclass(frozen=True, slots=True)
class Answer:
    """A record that replay can show: bytes `offset` and `length` of its file; `digest` as its WARC header states it."""

    url: str
    moment: str
    content_type: str
    status: int | None
    digest: str
    offset: int
    length: int
    query: str


def line(answer: Answer, name: str) -> str:
    """The line of the index for an answer in the WARC file `name`."""
    fields: dict[str, str] = {"url": answer.url, "mime": answer.content_type.partition(";")[0].strip() or "unk"}
    if answer.status is not None:
        fields["status"] = str(answer.status)
    fields |= {"digest": answer.digest, "length": str(answer.length), "offset": str(answer.offset), "filename": name}
    asked = answer.url
    if answer.query:
        method, _, body = answer.query.partition("&")
        fields |= {"method": method.partition("=")[2], "requestBody": body}
        asked += ("&" if "?" in asked else "?") + answer.query
    stamp = "".join(letter for letter in answer.moment[:19] if letter.isdigit())
    return f"{url_key(asked)} {stamp} {json.dumps(fields)}\n"


class WarcScan:
    """One reading of a WARC file of `length` bytes: its answers, and the metadata record that we wrote into it.

    `probe` is a second view of the same file. Damage ends the list; what stands before it is given.
    """

    def __init__(self, stream: BinaryIO, probe: BinaryIO, length: int) -> None:
        self._stream, self._probe, self._length = stream, probe, length
        self._moments: dict[str, str] = {}
        self.described: dict[str, Any] | None = None

    def answers(self) -> Iterator[Answer]:
        """The answers that can be addressed singly.

        A request belongs to the answer right beside it that one of the two names as concurrent.
        """
        for answer in self._paired():
            self._probe.seek(answer.offset)
            if answer.length > 0 and self._probe.read(5).startswith(_BEGINNINGS):
                self._moments.setdefault(answer.url, answer.moment)
                self._moments.setdefault(f"@{answer.offset}", f"{answer.moment} {answer.url}")
                yield answer

    def page_of(self, capture: Capture) -> tuple[str, str]:
        """Address and time under which replay shows a capture, once `answers` was read through."""
        return self.page_at(capture.final, capture.offset, capture.collected.strftime("%Y-%m-%dT%H:%M:%S.%fZ"))

    def page_at(self, final: str, offset: int, collected: str) -> tuple[str, str]:
        """Address and time of what was collected from `final`, whose record lies at `offset`."""
        for address in (final, quote(final, safe=_URI, errors="surrogatepass")):
            if address in self._moments:
                return address, self._moments[address]
        moment, _, url = self._moments.get(f"@{offset}", "").partition(" ")
        return (url, moment) if url else (final, collected)

    def _paired(self) -> Iterator[Answer]:
        """The answers with their lengths, and with what their requests add to their keys."""
        held: Answer | None = None
        held_names: set[str] = set()
        asked, asked_names = "", set[str]()
        for record in _records(self._stream):
            if held and not held.length:
                held = replace(held, length=record.stream_pos - held.offset)
            names = {record.record_id, record.headers.get("WARC-Concurrent-To") or ""} - {""}
            if record.record_type == WarcRecordType.request:
                asked, asked_names = _query(record), names
                if held and held_names & names:
                    held = replace(held, query=asked)
                continue
            if held:
                yield held
            held = None
            if record.record_type & _ANSWERS:
                held = _answer(record, record.stream_pos, asked if asked_names & names else "")
                held_names = names
            elif record.record_type == WarcRecordType.metadata:
                self.described = _description(record) or self.described
        if held:
            yield held if held.length else replace(held, length=self._length - held.offset)


class IndexWriter:
    """Gathers the lines of many files and writes them sorted. `folder` is where runs that memory cannot hold lie, unnamed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: list[str] = []
        self._runs: list[Any] = []

    def add(self, lines: Iterable[str]) -> None:
        """Take in the lines of a file."""
        for each in lines:
            self._lines.append(each)
            if len(self._lines) >= LINES_A_RUN:
                self._spill()

    def write(self, out: BinaryIO) -> bytes:
        """Write the compressed index to `out` and return the second index over its members."""
        blocks = [_header()]
        offset = 0
        for block in _blocks(heapq.merge(sorted(self._lines), *self._runs)):
            data = _compressed("".join(block).encode())
            out.write(data)
            blocks.append(_block_line(block[0], offset, data))
            offset += len(data)
        for run in self._runs:
            run.close()
        return "".join(blocks).encode()

    def _spill(self) -> None:
        """Put the lines at hand aside as one sorted run."""
        run = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=self._folder)  # noqa: SIM115 - closed by `write`
        run.writelines(sorted(self._lines))
        run.seek(0)
        self._runs.append(run)
        self._lines = []


def _records(stream: BinaryIO) -> Iterator[Any]:
    """Every record of a file up to the first that cannot be read."""
    try:
        yield from ArchiveIterator(stream, parse_http=False)
    except (OSError, ValueError, RuntimeError):
        return


def _answer(record: Any, start: int, query: str) -> Answer:
    """What the index says of a record."""
    status, content_type = None, record.headers.get("Content-Type") or ""
    if record.is_http:
        record.parse_http(auto_decode="none")
        head = record.http_headers
        status = head.status_code if head is not None else None
        content_type = head.get("Content-Type", "") if head is not None else ""
    return Answer(
        url=record.headers.get("WARC-Target-URI") or "",
        moment=record.headers.get("WARC-Date") or "",
        content_type=content_type or "",
        status=status,
        digest=record.headers.get("WARC-Payload-Digest") or "-",
        offset=start,
        length=0,
        query=query,
    )


def _query(record: Any) -> str:
    """What a request adds to the key of its answer: nothing for GET, else its method and body, as pywb writes them."""
    try:
        record.parse_http(auto_decode="none")
        head = record.http_headers
        method = head.status_line.partition(" ")[0] if head is not None else "GET"
        if method == "GET":
            return ""
        body = record.reader.read(_LARGEST_BODY)
    except (OSError, ValueError, RuntimeError):
        return ""
    if (head.get("Content-Type") or "").startswith("application/x-www-form-urlencoded"):
        return f"__wb_method={method}&{unquote_plus(body.decode('utf-8', 'replace'))}"
    return f"__wb_method={method}&__wb_post_data={b64encode(body).decode()}" if body else f"__wb_method={method}"


def _description(record: Any) -> dict[str, Any] | None:
    """What a metadata record of ours says, None for any other."""
    if record.headers.get("Content-Type") != "application/json" or record.content_length > _LARGEST_DESCRIPTION:
        return None
    try:
        value = parsed_json(record.reader.read(), "metadata record")
    except (OSError, ValueError, RuntimeError, UnreadableInput):
        return None
    ours = isinstance(value, dict) and str(value.get("schema", "")).startswith("tawthiq/")
    return value if ours else None


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Lines in the groups that are compressed together, without repetitions."""
    block: list[str] = []
    last = ""
    for each in lines:
        if each == last:
            continue
        last = each
        block.append(each)
        if len(block) == LINES_A_MEMBER:
            yield block
            block = []
    if block:
        yield block


def _compressed(data: bytes) -> bytes:
    """One gzip member, without a date."""
    compressor = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS + 16)
    return compressor.compress(data) + compressor.flush()


def _header() -> str:
    return "!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": INDEX_NAME}) + "\n"


def _block_line(first: str, offset: int, data: bytes) -> str:
    """The line of the second index for one member of the first."""
    key, stamp, _ = first.split(" ", 2)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    fields = {"offset": offset, "length": len(data), "digest": digest, "filename": INDEX_NAME}
    return f"{key} {stamp} {json.dumps(fields)}\n"
