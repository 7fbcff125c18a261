"""Where archives are, and making a new one: keys, the log's first entry, settings.

The settings come last, because a folder is an archive from the moment that it has them: whatever breaks the making off
leaves a whole archive or none.
"""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from tawthiq.records.errors import ArchiveMissing, WrongUsage
from tawthiq.store import events
from tawthiq.store.files import make_folder, replace, storing
from tawthiq.store.incoming import Run
from tawthiq.store.keys import new_signer, private_text, sealed_text, write_keys
from tawthiq.store.layout import Layout
from tawthiq.store.locking import Lock
from tawthiq.store.log import Log
from tawthiq.store.printing import printable
from tawthiq.store.settings import Settings, settings_text
from tawthiq.store.unlocking import remember


def around(start: Path) -> Path:
    """The archive folder that `start` is, or the nearest one above it. Raises ArchiveMissing."""
    for folder in (start.absolute(), *start.absolute().parents):
        if Layout(folder).settings.is_file():
            return folder
    raise ArchiveMissing(
        item=str(start),
        happened="neither this folder nor one above it is an archive",
        advice="name one with --archive, or make one with: tawthiq new FOLDER",
    )


def make_archive(path: Path, *, title: str, collector: str, passphrase: str | None) -> None:
    """Make an archive in the empty or new folder at the absolute `path`. Raises as `ArchiveFolder.create` does.

    The first entry of its log binds origin, public key and title, so that a key put in place later is noticed.
    """
    layout = Layout(path)
    with storing(str(path)):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise WrongUsage(item=str(path), happened="it is not an empty folder", advice="name a new folder")
        _expect_outside(path)
    signer = new_signer()
    settings = Settings(title=printable(title), collector=printable(collector), origin=signer.name)
    make_folder(layout.evidence)
    text = sealed_text(signer, passphrase) if passphrase else private_text(signer)
    write_keys(layout, signer, text)
    remember(layout, signer)
    lock = Lock(layout.lock)
    run = Run(layout, lock)
    log = Log(layout, run, lock)
    sealed = [events.key_sealed(signer.name, sha256(text).hexdigest(), collector)] if passphrase else []
    log.append([events.archive_created(settings, signer.key), *sealed])
    log.flush()
    replace(layout.settings, settings_text(settings).encode(), run.folder)
    run.close()


def _expect_outside(path: Path) -> None:
    """Raises WrongUsage for a folder inside an archive, which would hold files that its own log knows nothing of."""
    with suppress(ArchiveMissing):
        outer = around(path.parent.resolve())
        raise WrongUsage(
            item=str(path), happened=f"it lies inside the archive {outer}", advice="name a folder outside of it"
        )
