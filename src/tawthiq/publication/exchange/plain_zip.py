"""ZIP files whose bytes follow from their parts alone: stored members, one fixed date, no names of users or systems.

Parts are stored, since what a compressor makes of the same bytes differs between its versions. PKWARE APPNOTE 6.3.10.
"""

import zipfile
from pathlib import Path
from types import TracebackType

_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX, _FILE = 3, 0o100644


class PlainZip:
    """A ZIP file being written; used as a context manager. Raises OSError."""

    def __init__(self, path: Path) -> None:
        self._file = zipfile.ZipFile(path, "w", zipfile.ZIP_STORED)

    def __enter__(self) -> "PlainZip":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, name: str, data: bytes) -> None:
        """One more part."""
        about = zipfile.ZipInfo(name, _DATE)
        about.create_system, about.external_attr = _UNIX, _FILE << 16
        self._file.writestr(about, data)
