"""Which archive a command works on: `--archive DIR`, else TAWTHIQ_ARCHIVE, else this folder or the nearest one above.

click reads the option and the variable (cli.main) and hands over the path, or None when neither is given.
"""

from pathlib import Path

from tawthiq.cli.asking import on_terminal
from tawthiq.records.errors import ArchiveMissing
from tawthiq.store import ArchiveFolder, passphrases
from tawthiq.store.layout import Layout
from tawthiq.store.settings import Settings, read_settings


def locate(chosen: Path | None) -> Path:
    """The folder of the archive a verb is meant for. An archive that was named must be that very folder.

    Raises ArchiveMissing when none is named and none is around; whether a named one exists is for its user to see.
    """
    return ArchiveFolder.around(Path.cwd()) if chosen is None else chosen.absolute()


def settings_at_hand(chosen: Path | None) -> Settings | None:
    """What a team set for the archive a person names or stands in; None where none is named and none is around.

    Nothing of the archive is opened. Raises ArchiveMissing for a named one that is not there, WrongUsage for broken settings.
    """
    try:
        folder = locate(chosen)
    except ArchiveMissing:
        return None
    file = Layout(folder).settings
    if not file.is_file():
        raise ArchiveMissing(item=str(folder), happened="there is no archive", advice="check its name")
    return read_settings(file)


def open_archive(chosen: Path | None) -> ArchiveFolder:
    """The archive a verb is meant for, opened. `chosen` is `context.obj`. Raises as `ArchiveFolder.open` does.

    Should signing need a passphrase that the environment does not give, the person at the terminal is asked for it.
    """
    passphrases.ask_with(on_terminal)
    return ArchiveFolder.open(locate(chosen))
