"""A site's folder replaced by the next publication: looked at first, swapped last, so that an interrupt leaves a whole site.

Of ours is a folder with a manifest of `publication.site.history`, of the same archive, in which every file stands in its list
of digests: what others put there (a page of their own, a .git folder) would be lost, so such a folder is refused. The site
that stood there is kept as .NAME.tawthiq-before until the new one has its name; `mend` brings it back after an interrupt.
"""

import os
import shutil
from pathlib import Path

from tawthiq.pipeline.handing_out import SUMS
from tawthiq.publication.site.history import LONGEST, MANIFEST, Manifest, NoManifest, read
from tawthiq.records.errors import WrongUsage
from tawthiq.store.files import move, storing, sync_folder

_FILE, _FOLDER = 0o644, 0o755
"""A site is for everybody: a web server runs as somebody else."""


def previous_site(output: Path, archive_name: str) -> Manifest | None:
    """The manifest of the site that stands at `output`; None where nothing does, or an empty folder.

    Raises WrongUsage for anything that is not a site of this archive, and for a site that others' files stand in.
    """
    mend(output)
    if not output.exists() and not output.is_symlink():
        return None
    if output.is_symlink() or not output.is_dir():
        raise _refused(output, "there is something that is no folder of a site")
    if not any(output.iterdir()):
        return None
    manifest = _manifest(output)
    if manifest.archive != archive_name:
        raise _refused(output, f"it is the site of another archive ({manifest.archive})")
    listed = _listed(output)
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if path.is_symlink() or (not path.is_dir() and name not in listed):
            raise WrongUsage(
                item=str(output),
                happened=f"{name} was not put there by us and would be lost",
                advice="move it out of the folder, or publish into a new one",
            )
    return manifest


def swap(part: Path, output: Path) -> None:
    """Bring a written site into its place; what stood there goes only when the new one has its name."""
    _open_to_all(part)
    before = _before(output)
    if not output.exists():
        move(part, output)
        return
    with storing(str(output)):
        output.rename(before)
        try:
            part.rename(output)
        except BaseException:
            before.rename(output)
            raise
        sync_folder(output.parent)
    shutil.rmtree(before, ignore_errors=True)


def mend(output: Path) -> None:
    """After an interrupt between two names: the old site back in its place, or gone where the new one stands."""
    before = _before(output)
    if not before.is_dir() or before.is_symlink() or not (before / MANIFEST).is_file():
        return
    if output.exists():
        shutil.rmtree(before, ignore_errors=True)
    else:
        move(before, output)


def _manifest(output: Path) -> Manifest:
    path = output / MANIFEST
    try:
        if path.is_symlink() or path.stat().st_size > LONGEST:
            raise NoManifest(MANIFEST)
        return read(path.read_bytes())
    except (OSError, NoManifest) as error:
        raise _refused(output, "it is no site that we published") from error


def _listed(output: Path) -> frozenset[str]:
    """The files that the site's own list of digests names, and the list."""
    try:
        lines = (output / SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(output, f"its {SUMS} cannot be read") from error
    return frozenset({SUMS, *(line.partition("  ")[2] for line in lines)})


def _open_to_all(part: Path) -> None:
    """Rights by which a web server may read the site, and nobody but its owner write it."""
    with storing(str(part)):
        part.chmod(_FOLDER)
        for folder, folders, names in os.walk(part):
            for name in folders:
                (Path(folder) / name).chmod(_FOLDER)
            for name in names:
                (Path(folder) / name).chmod(_FILE)


def _before(output: Path) -> Path:
    return output.with_name(f".{output.name}.tawthiq-before")


def _refused(output: Path, happened: str) -> WrongUsage:
    return WrongUsage(item=str(output), happened=happened, advice="name another folder")
