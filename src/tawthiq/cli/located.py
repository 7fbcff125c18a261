"""Which archive a command works on: `--archive DIR`, else TAWTHIQ_ARCHIVE, else this folder or the nearest one above.

click reads the option and the variable (cli.main) and hands over the path, or None when neither is given.
"""

from pathlib import Path

from tawthiq.store import ArchiveFolder


def open_archive(chosen: Path | None) -> ArchiveFolder:
    """The archive a verb is meant for, opened. `chosen` is `context.obj`.

    Raises ArchiveMissing where there is none: an archive that was named must be that very folder.
    """
    return ArchiveFolder.find(Path.cwd()) if chosen is None else ArchiveFolder.open(chosen)
