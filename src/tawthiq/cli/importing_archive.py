"""`tawthiq import` over an archive: the file kept, the import saved and logged, its item read; linking is `tawthiq link`."""

import hashlib
from io import BytesIO
from pathlib import Path

from tawthiq.archive.database import open_database, storing_rows
from tawthiq.archive.one_run import one_run
from tawthiq.casework.in_force import authority_in_force, decisions_in_force, readings_in_force, tables_in_force
from tawthiq.cli.located import open_archive
from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.pipeline.table_capture import mapped
from tawthiq.pipeline.table_file import media_type
from tawthiq.records.capture import SourceKind
from tawthiq.records.errors import TawthiqError
from tawthiq.records.table import TableMapping
from tawthiq.store import ArchiveFolder
from tawthiq.store.place_packs import chosen, gazetteer_with, packs_folder


def import_in_archive(archive: Path | None, name: str, data: bytes, mapping: TableMapping) -> TawthiqError | None:
    """Let the rows of a table in; what went wrong with reading it, where something did. Raises as the pages do."""
    with open_archive(archive) as folder:
        open_database(folder.database)
        with one_run(folder.path, "tawthiq import"), storing_rows(folder.database):
            return _imported(folder, name, data, mapping)


def _imported(folder: ArchiveFolder, name: str, data: bytes, mapping: TableMapping) -> TawthiqError | None:
    from tawthiq.archive.captures import take_in  # noqa: PLC0415  models need the database opened above
    from tawthiq.archive.models import Capture  # noqa: PLC0415
    from tawthiq.archive.reading_run import read_one  # noqa: PLC0415
    from tawthiq.casework.domain import table_imports as domain  # noqa: PLC0415
    from tawthiq.casework.queries.table_imports import last_revision  # noqa: PLC0415

    packs = chosen(packs_folder(), ())
    known = with_overlay(gazetteer_with(packs), authority_in_force().now()[1])
    counts = domain.counts_of(mapped(name, data, mapping, known))
    take_in(folder)
    digest = hashlib.sha256(data).hexdigest()
    row = Capture.objects.filter(sha256=digest, kind=SourceKind.FILE.value).first()
    if row is None:
        kept = folder.keep_file(name, BytesIO(data), media_type(data), {})
        take_in(folder)
        row = Capture.objects.get(identifier=kept.id)
    new = domain.NewImport(row.identifier, row.sha256, mapping, counts)
    domain.import_table(folder.path, new, last_revision(row.identifier), folder.settings.collector)
    result = read_one(
        folder,
        row.pk,
        packs,
        decisions_in_force(),
        authorities=authority_in_force(),
        readings=readings_in_force(),
        tables=tables_in_force(),
    )
    return result if isinstance(result, TawthiqError) else None
