"""The watch list, `watch.toml`: what people want watched. Their choice, not evidence; read strictly, replaced in one step.

A person may edit it by hand. It is changed here only while `.watch/lock` is held, so that two commands do not undo each
other's change. An unknown key, a wrong type or an address given twice is an error that names it.
"""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

from tawthiq.records.errors import WrongUsage
from tawthiq.records.watch import Watch, WatchKind
from tawthiq.store.files import make_folder, replace
from tawthiq.store.locking import Lock
from tawthiq.store.printing import is_printable

NAME = "watch.toml"
WORKING = ".watch"
SPAN = re.compile(r"([1-9][0-9]{0,5})([mhd])")
SECONDS = {"m": 60, "h": 3600, "d": 86_400}
SHORTEST, LONGEST = 60, 366 * 86_400
MOST_ITEMS = 50_000
USUAL_EVERY, USUAL_ITEMS = 6 * 3600, 50
KEYS = ("address", "every", "kind", "items", "browser", "reason")
HEAD = """# What this archive watches: people's choice, not evidence. Edit it, or use `tawthiq watch add` and `remove`.
# every = "30m", "6h" or "2d"; kind = "auto", "page", "feed", "sitemap" or "channel"; items = the most that one visit collects.
"""


class WatchList:
    """The watch list of the archive in a folder."""

    def __init__(self, archive: Path) -> None:
        self._path = archive / NAME
        self._working = archive / WORKING

    def read(self) -> tuple[Watch, ...]:
        """The list in its order; empty where there is none. Raises WrongUsage naming what cannot be read."""
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._wrong(f"it cannot be read ({error.strerror or error})") from error
        try:
            tables = tomllib.loads(data.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise self._wrong(f"it cannot be read as TOML ({error})") from error
        listed = tables.pop("watch", [])
        if tables or not isinstance(listed, list):
            raise self._wrong(f'there is no "{next(iter(tables), "watch")}": write [[watch]] for each address')
        watches = tuple(self._watch(number, given) for number, given in enumerate(listed, start=1))
        met: set[str] = set()
        for watch in watches:
            if watch.address in met:
                raise self._wrong(f"{watch.address} stands in it twice")
            met.add(watch.address)
        return watches

    def change(self, change: Callable[[tuple[Watch, ...]], tuple[Watch, ...]]) -> tuple[Watch, ...]:
        """Put what `change` makes of the list in its place. Raises WrongUsage, StorageFailed, ArchiveBusy."""
        make_folder(self._working)
        with Lock(self._working / "lock").held():
            watches = change(self.read())
            replace(self._path, watch_list_text(watches).encode("utf-8"), self._working)
        return watches

    def _watch(self, number: int, given: object) -> Watch:
        if not isinstance(given, dict):
            raise self._wrong("write [[watch]] for each address")
        at = f"entry {number}"
        unknown = next((key for key in given if key not in KEYS), None)
        if unknown:
            raise self._wrong(f'{at}: there is no "{unknown}"')
        address, reason = given.get("address"), given.get("reason", "")
        for key, value in (("address", address), ("reason", reason)):
            if not isinstance(value, str) or not is_printable(value) or (key == "address" and not value.strip()):
                raise self._wrong(f'{at}: "{key}" is not a line of text')
        kind, items, browser = given.get("kind", "auto"), given.get("items", USUAL_ITEMS), given.get("browser", False)
        if kind not in tuple(WatchKind):
            raise self._wrong(f'{at}: "kind" is none of {", ".join(WatchKind)}')
        if isinstance(items, bool) or not isinstance(items, int) or not 0 < items <= MOST_ITEMS:
            raise self._wrong(f'{at}: "items" is not a whole number from 1 to {MOST_ITEMS}')
        if not isinstance(browser, bool):
            raise self._wrong(f'{at}: "browser" is neither true nor false')
        try:
            every = span_seconds(given.get("every", span_text(USUAL_EVERY)))
        except ValueError as error:
            raise self._wrong(f'{at}: "every" {error}') from error
        return Watch(str(address).strip(), WatchKind(kind), every, items, browser, str(reason) or None)

    def _wrong(self, happened: str) -> WrongUsage:
        return WrongUsage(
            item=str(self._path), happened=happened, advice="mend the file; docs/custody-format.md tells what it holds"
        )


def watch_list_text(watches: tuple[Watch, ...]) -> str:
    """The list as TOML, every key written out; JSON's text and numbers are TOML's for printable text."""
    parts = [HEAD]
    for watch in watches:
        values = {
            "address": watch.address,
            "every": span_text(watch.every),
            "kind": watch.kind.value,
            "items": watch.items,
            "browser": watch.browser,
            "reason": watch.reason or "",
        }
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
        parts.append("\n".join(["[[watch]]", *lines, ""]))
    return "\n".join(parts)


def span_seconds(text: object) -> int:
    """The seconds that "30m", "6h" or "2d" spell. Raises ValueError saying what is wrong with anything else."""
    match = SPAN.fullmatch(text.strip()) if isinstance(text, str) else None
    seconds = int(match[1]) * SECONDS[match[2]] if match else 0
    if not SHORTEST <= seconds <= LONGEST:
        raise ValueError('is not a time such as "30m", "6h" or "2d", between a minute and a year')
    return seconds


def span_text(seconds: int) -> str:
    """Seconds in the largest unit that holds them whole."""
    unit = next((unit for unit in "dh" if seconds % SECONDS[unit] == 0), "m")
    return f"{seconds // SECONDS[unit]}{unit}"
