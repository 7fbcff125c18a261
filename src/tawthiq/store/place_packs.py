"""Where place packs lie: a folder of the person, used by every archive on this machine.

The folder is `$TAWTHIQ_PLACES`, else `tawthiq/places` under `$XDG_DATA_HOME` (XDG Base Directory Specification), else where
the system keeps such data: `~/.local/share`, `~/Library/Application Support` on macOS, `%LOCALAPPDATA%` on Windows. A pack
is one file, NAME.places, put there whole or not at all; it is mapped into memory, never read into it.
"""

import fcntl
import hashlib
import mmap
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import IO

import regex

from tawthiq.lexicon.authority_places import with_overlay
from tawthiq.lexicon.gazetteer import Gazetteer, gazetteer, with_packs
from tawthiq.lexicon.place_pack import PackHeader, PlacePack
from tawthiq.records.authority import Overlay
from tawthiq.records.errors import UnreadableInput, WrongUsage
from tawthiq.store.files import make_folder, storing, sync, sync_folder
from tawthiq.store.locking import try_lock

VARIABLE = "TAWTHIQ_PLACES"
SUFFIX = ".places"
DRAFT = ".part"
NONE = "none"
_NAME = regex.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def packs_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """The folder of packs; it need not exist."""
    if environment.get(VARIABLE):
        return Path(environment[VARIABLE]).absolute()
    if environment.get("XDG_DATA_HOME"):
        base = Path(environment["XDG_DATA_HOME"])
    elif platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    elif platform == "win32" and environment.get("LOCALAPPDATA"):
        base = Path(environment["LOCALAPPDATA"])
    else:
        base = Path.home() / ".local" / "share"
    return base / "tawthiq" / "places"


def pack_name(text: str) -> str:
    """A pack's name from a file's name or what a person typed. Raises WrongUsage when it can be none."""
    name = Path(text).name.split(".")[0].lower()
    if not _NAME.fullmatch(name) or name == NONE:
        raise WrongUsage(
            item=text, happened="no pack can have this name", advice="give one of Latin letters and digits with --name"
        )
    return name


def installed(folder: Path) -> list[Path]:
    """The files of the packs in a folder, by name; none when there is no folder."""
    return sorted(path for path in folder.glob("*" + SUFFIX) if path.is_file()) if folder.is_dir() else []


def chosen(folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    """The packs that a person named: all that are installed when no name is given, none for the name "none".

    Raises WrongUsage for a name that no installed pack has.
    """
    at_hand = {path.stem: path for path in installed(folder)}
    if not names:
        return tuple(at_hand.values())
    if NONE in names:
        return ()
    for name in names:
        if name not in at_hand:
            raise WrongUsage(
                item=name, happened=f"no place pack of this name is in {folder}",
                advice=f"`tawthiq places list` shows what is installed ({', '.join(at_hand) or 'nothing'})",
            )  # fmt: skip
    return tuple(at_hand[name] for name in sorted(set(names)))


def put(folder: Path, name: str, write: Callable[[IO[bytes]], PackHeader]) -> PackHeader:
    """Install a pack: `write` fills the file, which then takes its name in one step. Replaces a pack of the same name."""
    make_folder(folder)
    _sweep(folder)
    target = folder / (name + SUFFIX)
    draft = folder / f"{name}.{os.getpid()}{DRAFT}"
    try:
        with storing(str(target)):
            with draft.open("wb") as stream:
                try_lock(stream.fileno(), fcntl.LOCK_EX)
                header = write(stream)
                sync(stream)
            draft.replace(target)
        sync_folder(folder)
    finally:
        draft.unlink(missing_ok=True)
    return header


def _sweep(folder: Path) -> None:
    """Remove drafts that no process holds any more: who wrote them was ended from outside."""
    for draft in folder.glob("*" + DRAFT):
        with suppress(OSError), draft.open("rb") as stream:
            if try_lock(stream.fileno(), fcntl.LOCK_EX):
                draft.unlink()


def remove(folder: Path, name: str) -> Path:
    """Remove an installed pack; the file that went. Raises WrongUsage when there is none of this name."""
    path = chosen(folder, [name])[0] if name != NONE else None
    if path is None:
        raise WrongUsage(item=name, happened="it is no pack", advice="`tawthiq places list` shows the packs")
    with storing(str(path)):
        path.unlink()
    return path


def open_pack(path: Path) -> PlacePack:
    """A pack, mapped into memory. Raises UnreadableInput when the file cannot be opened or is no pack."""
    try:
        with path.open("rb") as stream:
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            item=str(path), happened=f"the place pack cannot be opened ({error})",
            advice="remove it with `tawthiq places remove` and add its source again",
        ) from error  # fmt: skip
    return PlacePack(data, str(path))


@cache
def gazetteer_with(packs: tuple[Path, ...]) -> Gazetteer:
    """The gazetteer with these packs, opened once in each process that reads."""
    return with_packs([open_pack(path) for path in packs]) if packs else gazetteer()


@lru_cache(maxsize=4)
def known_with(packs: tuple[Path, ...], overlay: Overlay | None) -> Gazetteer:
    """The gazetteer with these packs and people's decisions over them, made once in each process that reads."""
    return with_overlay(gazetteer_with(packs), overlay)


def stamp(packs: Sequence[PlacePack]) -> str:
    """What a reading records of the packs it was made with: names and one digest, at most 40 characters; empty without.

    The digest is over the packs' own, so that the same stamp means the same packs in the same order.
    """
    if not packs:
        return ""
    names = "+".join(pack.header.name for pack in packs)
    both = "\n".join(f"{pack.header.name} {pack.header.digest}" for pack in packs)
    short = hashlib.sha256(both.encode()).hexdigest()[:12]
    return f"{names if len(names) <= 20 else f'{len(packs)} packs'}@{short}"
