"""Tables as evidence: a file that is sent is kept and logged before anything is read of it; bytes are compared when read."""

import hashlib
import mimetypes
import time
from io import BytesIO
from pathlib import PurePosixPath

from django.db import IntegrityError

from tawthiq.archive.captures import capture_of, take_in
from tawthiq.archive.models import Capture
from tawthiq.archive.one_run import one_run
from tawthiq.casework.queries.visibility import Sight
from tawthiq.pipeline.table_file import LARGEST, TABLE_TYPES, read_table
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import ArchiveBusy, EvidenceDiffers
from tawthiq.records.table import Table
from tawthiq.store.keeping import base_name
from tawthiq.web.charts.legible import legible
from tawthiq.web.custody import open_archive

BUSY_SECONDS = 5.0
_PAUSE = 0.1
_LONGEST_NAME = 150
_TYPES = mimetypes.MimeTypes(()).types_map[True]


def keep(name: str, data: bytes, by: str, seen: Sight) -> Capture | None:
    """The item of these bytes: the one that is there and may be seen, else kept now. None while another run lists items."""
    digest = hashlib.sha256(data).hexdigest()
    there = seen.captures(Capture.objects.filter(sha256=digest, kind=SourceKind.FILE.value)).first()
    if there is not None:
        return there
    shown = base_name(legible(name))[-_LONGEST_NAME:] or "table"
    with open_archive() as folder:
        kept = folder.keep_file(shown, BytesIO(data), _type_of(shown, data), {"given_by": by})
        patience = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                with one_run(folder.path, "a table in the pages"):
                    take_in(folder)
                return Capture.objects.get(identifier=kept.id)
            except (ArchiveBusy, IntegrityError):
                if time.monotonic() > patience:
                    return None
                time.sleep(_PAUSE)


def _type_of(name: str, data: bytes) -> str:
    """The media type by the name's ending; files of cells without one are told by their first bytes."""
    ending = PurePosixPath(name.lower()).suffix
    if ending in TABLE_TYPES:
        return TABLE_TYPES[ending]
    return _TYPES.get(ending, TABLE_TYPES[".xlsx"] if data.startswith(b"PK\x03\x04") else "text/csv")


def table_of(row: Capture) -> Table:
    """The cells of a preserved table. Raises EvidenceDiffers for other bytes than were logged, UnreadableInput for no table."""
    return read_table(row.source, bytes_of(row))


def bytes_of(row: Capture) -> bytes:
    """The preserved bytes, once their digest is what the log says; nothing of an item that is too large."""
    if row.length > LARGEST * 2:
        return b""
    with open_archive() as folder:
        data = folder.record(capture_of(row)).payload
    if hashlib.sha256(data).hexdigest() != row.sha256:
        raise EvidenceDiffers(
            item=row.path,
            happened="the preserved bytes are not those that the log recorded",
            advice="run `tawthiq verify` and keep the folder as it is",
        )
    return data
