"""Writing an evidence package: a WACZ 1.1.1 file, streamed, its bytes decided by its contents alone.

The file is written as `NAME.part` and has reached the disk whole before it is given back; the caller renames it. WARC files
go in byte for byte, and each is held against the digest in the log on the way: damaged evidence is not handed on.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tawthiq.publication import contents, manifest
from tawthiq.publication.contents import About, Attachment, Item
from tawthiq.publication.explanation import MOST_TOLD, Told, commands, explanation
from tawthiq.publication.replay_index import IndexWriter, WarcScan, line
from tawthiq.publication.zip_file import BLOCK, Packed, ZipWriter
from tawthiq.records.errors import EvidenceDiffers, StorageFailed

WACZ_VERSION = "1.1.1"
_IN_MEMORY = 8 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """A package on disk under its `.part` name: its SHA-256 in hexadecimal, its length in bytes, its members."""

    part: Path
    sha256: str
    length: int
    members: tuple[Packed, ...]


def write_package(output: Path, about: About, items: Iterable[Item], attached: Sequence[Attachment]) -> Written:
    """Write everything to `output` with `.part` behind its name; whatever stood there is replaced.

    Items that share a WARC file must follow each other.

    Raises StorageFailed, EvidenceDiffers for a WARC file that is not the one that was logged.
    """
    part = output.with_name(f"{output.name}.part")
    with _storing(output.name), removing_if_broken_off(part):
        with part.open("wb+") as out:
            members = _Package(out, output.parent, about).write(items, attached)
            out.flush()
            os.fsync(out.fileno())
        with part.open("rb", buffering=0) as done:
            sha256 = hashlib.file_digest(done, "sha256").hexdigest()
            return Written(part, sha256, done.tell(), tuple(members))


class _Package:
    """One package in the making."""

    def __init__(self, out: BinaryIO, folder: Path, about: About) -> None:
        self._zip = ZipWriter(out)
        self._folder = folder
        self._about = about
        self._members: list[Packed] = []
        self._index = IndexWriter(folder)
        self._last: tuple[str, WarcScan] | None = None
        self._proofs: set[str] = set()
        self._told: list[Told] = []
        self._count = 0
        self._main: tuple[str, str] | None = None

    def write(self, items: Iterable[Item], attached: Sequence[Attachment]) -> list[Packed]:
        """Write every member in order."""
        with self._spool() as stated, self._spool() as pages:
            pages.write(manifest.PAGES_HEAD.encode())
            stated.writelines(manifest.lines(manifest.head(self._about, attached), self._each(items, pages)))
            self._add_index()
            self._add_spool(contents.PAGES, pages)
            for each in attached:
                self._add(each.member, each.data)
            self._add_spool(contents.MANIFEST, stated)
        self._add(contents.CHECKPOINT, self._about.checkpoint)
        self._add(contents.PUBLIC_KEY, f"{self._about.verifier_key}\n".encode())
        self._add(contents.EXPLANATION, explanation(self._about, self._told, self._count).encode())
        self._add(contents.COMMANDS, commands().encode())
        about = self._about
        created = manifest.moment_text(about.created)
        listing = datapackage(about.title, created, about.software, self._main, self._members)
        self._add(contents.DATAPACKAGE, listing)
        self._add(contents.DIGEST, digest_of(listing))
        self._zip.finish()
        return self._members

    def _each(self, items: Iterable[Item], pages: BinaryIO) -> Iterator[dict[str, Any]]:
        """Write the WARC file and the proofs of each item, its page, and give what the manifest says of it."""
        for item in items:
            scan = self._warc(item)
            for proof in item.proofs:
                if proof.member not in self._proofs:
                    self._proofs.add(proof.member)
                    self._add(proof.member, proof.data)
            url, moment = scan.page_of(item.capture)
            pages.write(manifest.page_line(item.capture.id, url, moment, item.title).encode())
            self._main = self._main or (url, moment)
            self._count += 1
            stated = manifest.stated_of(item, scan.described)
            if len(self._told) < MOST_TOLD:
                self._told.append(Told.stated(stated))
            yield stated

    def _warc(self, item: Item) -> WarcScan:
        """Write the item's WARC file, once for all items in it, which follow each other; what was learnt of it."""
        name = manifest.warc_member(item.capture.path)
        if self._last is None or self._last[0] != name:
            with item.file.open("rb") as stream:
                packed = self._zip.add(name, item.file_length, iter(lambda: stream.read(BLOCK), b""))
            if packed.sha256 != item.capture.file_sha256:
                raise EvidenceDiffers(
                    item=item.capture.id,
                    happened="its file is not the one that was logged, and is not handed on",
                    advice="run tawthiq verify; restore the file from a backup",
                )
            self._members.append(packed)
            with item.file.open("rb") as stream, item.file.open("rb") as probe:
                scan = WarcScan(stream, probe, item.file_length)
                self._index.add(line(answer, name.removeprefix(contents.ARCHIVE)) for answer in scan.answers())
            self._last = name, scan
        return self._last[1]

    def _add_index(self) -> None:
        with self._spool() as spool:
            second = self._index.write(spool)
            self._add_spool(f"{contents.INDEXES}index.cdx.gz", spool)
        self._add(f"{contents.INDEXES}index.idx", second)

    def _add(self, name: str, data: bytes) -> None:
        self._members.append(self._zip.add(name, len(data), [data]))

    def _add_spool(self, name: str, spool: BinaryIO) -> None:
        """Write a member out of a file in the making."""
        size = spool.tell()
        spool.seek(0)
        self._members.append(self._zip.add(name, size, iter(lambda: spool.read(BLOCK), b"")))

    @contextmanager
    def _spool(self) -> Iterator[BinaryIO]:
        """A file without a name, in memory while it is small."""
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY, dir=str(self._folder)) as spool:
            yield spool  # type: ignore[misc]


def datapackage(
    title: str, created: str, software: str, main: tuple[str, str] | None, members: Sequence[Packed]
) -> bytes:
    """datapackage.json (WACZ 1.1.1, Frictionless Data Package); `main` is the address and the moment of the first page."""
    resources = [
        {
            "name": each.name.replace("/", "-").lower(),
            "path": each.name,
            "hash": f"sha256:{each.sha256}",
            "bytes": each.size,
        }
        for each in members
    ]
    stated: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": title,
        "description": "Evidence with proofs of custody. Open tawthiq/explanation.html in a browser.",
        "created": created,
        "software": software,
    }
    if main:
        stated |= {"mainPageUrl": main[0], "mainPageDate": main[1]}
    return (json.dumps({**stated, "resources": resources}, ensure_ascii=False, indent=1) + "\n").encode()


def digest_of(listing: bytes) -> bytes:
    """datapackage-digest.json for the bytes of a datapackage.json."""
    stated = {"path": contents.DATAPACKAGE, "hash": f"sha256:{hashlib.sha256(listing).hexdigest()}"}
    return (json.dumps(stated) + "\n").encode()


@contextmanager
def removing_if_broken_off(part: Path) -> Iterator[None]:
    """Leaves no half package lying about, whatever breaks its writing off, short of a kill."""
    try:
        yield
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


@contextmanager
def _storing(item: str) -> Iterator[None]:
    """Turns what the operating system says into StorageFailed."""
    try:
        yield
    except OSError as error:
        raise StorageFailed(
            item=item,
            happened=f"the package cannot be written: {error.strerror or error}",
            advice="free some space, or name another place; then run the command again",
        ) from error
