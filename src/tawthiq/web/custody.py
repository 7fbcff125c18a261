"""The archive folder behind the pages: where preserved bytes are read from."""

from django.conf import settings

from tawthiq.records.errors import ArchiveMissing
from tawthiq.store import ArchiveFolder


def open_archive() -> ArchiveFolder:
    """The archive that these pages serve. Raises ArchiveMissing when none was given."""
    if settings.ARCHIVE_FOLDER is None:
        raise ArchiveMissing(
            item="these pages", happened="they were started without an archive", advice="start them with: tawthiq serve"
        )
    return ArchiveFolder.open(settings.ARCHIVE_FOLDER)
