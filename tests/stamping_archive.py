"""Archives to be stamped in tests: made, given authorities, stamped, looked into."""

from io import BytesIO
from pathlib import Path

from tawthiq.pipeline.stamp_outcome import StampOutcome
from tawthiq.pipeline.stamping import stamp
from tawthiq.store import ArchiveFolder


def new_archive(path: Path) -> Path:
    """A closed archive of one capture, of two entries."""
    with ArchiveFolder.create(path, title="t", collector="c") as archive:
        archive.keep_file("page.html", BytesIO(b"<p>saved</p>"), "text/html", {})
    return archive.path


def set_up(path: Path, *tables: str) -> None:
    """Add tables to the settings of an archive."""
    settings = path / "tawthiq.toml"
    settings.write_text(settings.read_text("utf-8") + "".join(tables), "utf-8")


def stamped(path: Path, **options: bool) -> list[StampOutcome]:
    with ArchiveFolder.open(path) as archive:
        return list(stamp(archive, **options))


def names(path: Path) -> list[str]:
    folder = path / "log" / "timestamps"
    return sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
