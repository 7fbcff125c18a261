"""The items of a package, checked: manifest against event, event against log, WARC file against event, replay against both."""

import base64
import gzip
import hashlib
import json
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast

from fastwarc.warc import ArchiveIterator

from tawthiq.custody import meaning
from tawthiq.custody.note import VerifierKey
from tawthiq.custody.proof import Proof, checked
from tawthiq.publication import contents, manifest
from tawthiq.publication.replay_index import INDEX_NAME, IndexWriter, WarcScan, line
from tawthiq.publication.zip_file import BLOCK, ZipReader
from tawthiq.records.check import Check
from tawthiq.records.errors import EvidenceDiffers, TawthiqError, UnreadableInput
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.store import events
from tawthiq.store.warc_reading import index_of

_ALGORITHMS = {"md5", "sha1", "sha256", "sha384", "sha512"}
LARGEST_PROOF = 32 << 20
LARGEST_INDEX_OF_INDEX = 64 << 20
LARGEST_PART_OF_INDEX = 16 << 20
_ITEM, _PART = meaning.PACKAGE_ITEM.proves.en, meaning.PACKAGE_PART.proves.en
_DERIVED, _WARC = meaning.PACKAGE_REPLAY.proves.en, meaning.PACKAGE_RECORDS.proves.en
_INDEX, _SECOND = f"{contents.INDEXES}{INDEX_NAME}", f"{contents.INDEXES}index.idx"


@dataclass(frozen=True, slots=True)
class _ReadWarc:
    """A WARC file as it was read: its digest, payload digests by place, and what replay finds in it."""

    member: str
    sha256: str
    payloads: Mapping[tuple[int, int], str]
    scan: WarcScan


class ItemChecks:
    """The checks of all items of one package, one after the other. `sha256s` are the digests of its members."""

    def __init__(self, package: ZipReader, key: VerifierKey, sha256s: Mapping[str, str]) -> None:
        self._package = package
        self._key = key
        self._sha256s = sha256s
        self._index = IndexWriter(Path(tempfile.gettempdir()))
        self._pages = hashlib.sha256(manifest.PAGES_HEAD.encode())
        self._last: _ReadWarc | None = None
        self._proven: set[str] = set()
        # The address and the moment of the first page, as replay knows them; None while there is none.
        self.main: tuple[str, str] | None = None

    def checks(self, stated: Mapping[str, Any]) -> Iterator[Check]:
        """The checks of one line of the manifest."""
        name = str(stated.get("id"))
        try:
            member = str(stated.get("member"))
            if self._last is None or self._last.member != member:
                yield from self._read(member)
            assert self._last is not None
            proofs = _listed_proofs(stated)
            event: LogEvent | None = None
            for proof in proofs:
                check, found = self._proof(proof)
                if proof.member not in self._proven:
                    self._proven.add(proof.member)
                    yield check
                if check.holds and proof.index == stated.get("log_index"):
                    event = found
            yield self._item(stated, self._last, event, proofs)
        except TawthiqError as error:
            yield Check(name, holds=False, found=f"{error.item}: {error.happened}", proves=_ITEM)

    def derived(self) -> Iterator[Check]:
        """Whether the index and the list of pages are those that the items make."""
        same = self._pages.hexdigest() == self._sha256s.get(contents.PAGES)
        found = "made of the items" if same else "it is not the one that the items make"
        yield Check(contents.PAGES, holds=same, found=found, proves=_DERIVED)
        with tempfile.TemporaryFile() as made:
            self._index.write(made)
            made.seek(0)
            yield self._index_check(made)
        yield self._second_check()

    def _read(self, member: str) -> Iterator[Check]:
        """Read a WARC file through: its payloads, its index, its own digests."""
        size = self._package.members[member].size if member in self._package.members else 0
        inside = index_of(self._stream(member), size)
        scan = WarcScan(self._stream(member), self._stream(member), size)
        self._index.add(line(each, member.removeprefix(contents.ARCHIVE)) for each in scan.answers())
        payloads = {(each.offset, each.ordinal): each.sha256 for each in inside.found}
        self._last = _ReadWarc(member, self._sha256s.get(member, ""), payloads, scan)
        yield _own_digests(self._stream(member), member)

    def _stream(self, member: str) -> BinaryIO:
        return cast(BinaryIO, self._package.window(member))

    def _proof(self, proof: contents.EntryProof) -> tuple[Check, LogEvent | None]:
        """A listed proof and the event that it carries."""
        data = self._package.read(proof.member, LARGEST_PROOF)
        check = checked(data, self._key, proof.member)
        event = None
        if check.holds:
            parsed = Proof.parse(data, proof.member)
            event = parsed.entry(proof.member)[1]
            size = parsed.head(self._key, proof.member).size
            if (parsed.index, size) != (proof.index, proof.size):
                found = f"it is of entry {parsed.index} of {size}, not of the one in its name"
                check = Check(check.name, holds=False, found=found, proves=check.proves)
            elif event is None:
                found = f"entry {parsed.index} of {size}; its event was not handed over"
                check = Check(check.name, holds=True, found=found, proves=check.proves)
            else:
                found = f"entry {parsed.index} of {size}, {event.time:%Y-%m-%d %H:%M:%S} UTC: {event.kind}, by {event.actor}"
                check = Check(check.name, holds=True, found=found, proves=check.proves)
        return check, event

    def _item(
        self,
        stated: Mapping[str, Any],
        warc: _ReadWarc,
        event: LogEvent | None,
        proofs: tuple[contents.EntryProof, ...],
    ) -> Check:
        """The item against its event: every data point, the file, the payload."""
        name, title = str(stated.get("id")), str(stated.get("title"))
        if all(each.index != stated.get("log_index") for each in proofs):
            return Check(name, holds=False, found="no proof of its own entry was handed over", proves=_ITEM)
        if event is None:
            found = (
                "its event was not handed over: whether this file is the one that was logged cannot be told from here"
            )
            page = warc.scan.page_at(
                str(stated.get("final")), _number(stated.get("offset")), str(stated.get("collected"))
            )
            self._page(name, page, title)
            return Check(name, holds=True, found=found, proves=meaning.PACKAGE_WITHHELD.proves.en)
        index = _number(stated.get("log_index"))
        capture = events.capture_of(LogEntry(index, b"", None, event))
        file = events.file_of(event)
        if capture is None or file is None:
            return Check(name, holds=False, found=f'its proof is of an event "{event.kind}"', proves=_ITEM)
        self._page(name, warc.scan.page_of(capture), title)
        ordinal = events.ordinal_of(LogEntry(index, b"", None, event))
        due = manifest.stated_of(contents.Item(capture, Path(), file.length, title, event, proofs), warc.scan.described)
        wrong = sorted(key for key in due.keys() | stated.keys() if due.get(key) != stated.get(key))
        if wrong:
            found = f"the manifest states another {', '.join(wrong)} than log and file do"
        elif warc.sha256 != capture.file_sha256:
            found = f"{warc.member} has SHA-256 {warc.sha256}; logged {capture.file_sha256}"
        elif warc.payloads.get((capture.offset, ordinal)) != capture.sha256:
            found = f"{warc.member} does not hold its payload where the log says"
        else:
            found = f"entry {index}, SHA-256 of the content {capture.sha256}, {capture.source}"
            return Check(name, holds=True, found=found, proves=_ITEM)
        return Check(name, holds=False, found=found, proves=_ITEM)

    def _page(self, name: str, page: tuple[str, str], title: str) -> None:
        """Add the line of an item to the list of pages."""
        self._pages.update(manifest.page_line(name, *page, title).encode())
        self.main = self.main or page

    def _index_check(self, made: BinaryIO) -> Check:
        """The lines of the index against those made of the WARC files; compressors may differ, lines may not."""
        same = True
        try:
            with gzip.GzipFile(fileobj=made) as ours, gzip.GzipFile(fileobj=self._stream(_INDEX)) as theirs:
                while same:
                    one, other = ours.read(1 << 16), theirs.read(1 << 16)
                    same = one == other
                    if not one or not other:
                        break
        except (OSError, EOFError, zlib.error, TawthiqError):
            same = False
        found = "made of the WARC files" if same else "it is not the one that the WARC files make"
        return Check(_INDEX, holds=same, found=found, proves=_DERIVED)

    def _second_check(self) -> Check:
        """The index of the index against the members it names."""
        try:
            lines = self._package.read(_SECOND, LARGEST_INDEX_OF_INDEX).decode().splitlines()
            data = self._package.window(_INDEX)
            at = 0
            for each in lines[1:]:
                key, stamp, text = each.split(" ", 2)
                fields = json.loads(text)
                data.seek(fields["offset"])
                _expect(0 < fields["length"] <= LARGEST_PART_OF_INDEX, _SECOND)
                block = data.read(fields["length"])
                first = zlib.decompressobj(zlib.MAX_WBITS + 16).decompress(block, 1 << 20)
                digest = f"sha256:{hashlib.sha256(block).hexdigest()}"
                _expect(fields["offset"] == at and first.startswith(f"{key} {stamp} ".encode()), _SECOND)
                _expect(fields == {**fields, "digest": digest, "filename": INDEX_NAME} and len(fields) == 4, _SECOND)
                at += fields["length"]
            _expect(at == self._package.members[_INDEX].size and len(lines) > 0, _SECOND)
        except (TawthiqError, ValueError, KeyError, TypeError, zlib.error):
            return Check(_SECOND, holds=False, found="it does not fit the index", proves=_DERIVED)
        return Check(_SECOND, holds=True, found=f"{len(lines) - 1} parts of the index", proves=_DERIVED)


def _own_digests(stream: BinaryIO, member: str) -> Check:
    """The block and payload digests that stand in a WARC file's own headers."""
    wrong, sound, without = [], 0, 0
    try:
        for number, record in enumerate(ArchiveIterator(stream, parse_http=False)):
            fits = _fits_its_digest(record)
            sound, without = sound + (fits is True), without + (fits is None)
            if fits is False:
                wrong.append(str(number))
    except (OSError, ValueError, RuntimeError) as error:
        return Check(f"{member} records", holds=False, found=f"it cannot be read to its end ({error})", proves=_WARC)
    told = f"{sound} records fit, {without} state no digest"
    found = f"{told}; wrong: record {', '.join(wrong)}" if wrong else told
    return Check(f"{member} records", holds=not wrong, found=found, proves=_WARC)


def _fits_its_digest(record: Any) -> bool | None:
    """Whether a record's block has the digest that its header states; None where it states none that is known here.

    FastWARC would do it, but holds the block in memory for that.
    """
    algorithm, _, stated = (record.headers.get("WARC-Block-Digest") or "").partition(":")
    name = algorithm.lower().replace("-", "")
    if name not in _ALGORITHMS:
        return None
    found = hashlib.new(name, usedforsecurity=False)
    while block := record.reader.read(BLOCK):
        found.update(block)
    return stated.lower() in (found.hexdigest(), base64.b32encode(found.digest()).decode().lower())


def _listed_proofs(stated: Mapping[str, Any]) -> tuple[contents.EntryProof, ...]:
    """The proofs that a line of the manifest names. Raises UnreadableInput."""
    try:
        found = tuple(
            contents.EntryProof(_number(each["index"]), str(each["kind"]), _number(each["size"]), b"")
            for each in stated["proofs"]
        )
    except (KeyError, TypeError) as error:
        raise UnreadableInput(
            item=contents.MANIFEST, happened=f"an item lists no proofs ({error})", advice="ask for the package again"
        ) from error
    if not found:
        raise UnreadableInput(
            item=contents.MANIFEST, happened="an item lists no proofs", advice="ask for the package again"
        )
    return found


def _number(value: object) -> int:
    return value if type(value) is int else -1


def _expect(holds: object, item: str) -> None:
    if not holds:
        raise EvidenceDiffers(item=item, happened="it does not fit", advice="ask for the package again")
