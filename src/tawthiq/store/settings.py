"""The archive's settings file, `tawthiq.toml`: read strictly, so that a mistyped key is named and never ignored."""

import json
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tawthiq.records.errors import WrongUsage
from tawthiq.store.adapter_settings import AdapterSettings, all_adapters
from tawthiq.store.printing import is_printable


@dataclass(frozen=True, slots=True)
class Settings:
    """What a team chooses for one archive.

    `origin` names the log and its key and cannot change. `collector` is a pseudonym, never a name. `largest_item` is in
    bytes, times are in seconds; `redirects` is the longest chain followed. `pause_seconds` is the least time between two
    requests to one host, and may be 0. `proxy` is the http:// address of a proxy, empty for none: proxies that the
    environment names are never used. `second_opinion` asks another extractor about each page, where one is installed.
    `recognize` lets characters be recognized on sheets of documents that are pictures, where a program for it is installed,
    `recognize_pictures` on picture files as well.
    `adapters` are the models that may offer values; there are none unless they are named.
    """

    title: str
    collector: str
    origin: str
    largest_item: int = 4 << 30
    connect_seconds: float = 15.0
    read_seconds: float = 30.0
    total_seconds: float = 300.0
    redirects: int = 10
    pause_seconds: float = 1.0
    proxy: str = ""
    second_opinion: bool = True
    recognize: bool = True
    recognize_pictures: bool = False
    adapters: tuple[AdapterSettings, ...] = ()


_TABLES = {
    "archive": ("title", "collector", "origin"),
    "limits": ("largest_item",),
    "fetch": ("connect_seconds", "read_seconds", "total_seconds", "redirects", "pause_seconds", "proxy"),
    "page": ("second_opinion", "recognize", "recognize_pictures"),
}
_ADAPTER = tuple(field.name for field in fields(AdapterSettings) if field.name != "name")
_TEXT = {"title", "collector", "origin"}
_OPTIONAL_TEXT = {"proxy"}
_MAY_BE_ZERO = {"pause_seconds"}
_WHOLE = {"largest_item", "redirects"}
_CHOICES = {"second_opinion", "recognize", "recognize_pictures"}


def settings_text(settings: Settings) -> str:
    """The settings as a TOML file, every key written out."""
    parts = []
    written: list[tuple[str, tuple[str, ...], object]] = [(table, names, settings) for table, names in _TABLES.items()]
    written += [(f"adapters.{adapter.name}", _ADAPTER, adapter) for adapter in settings.adapters]
    for table, names, holder in written:
        lines = [
            f"{name} = {_toml(getattr(holder, name))}"
            for name in names
            if name == "proxy" or getattr(holder, name) != ""
        ]
        parts.append("\n".join([f"[{table}]", *lines]))
    return "# Settings of a Tawthiq archive. Not evidence: change them freely, but leave `origin` as it is.\n\n" + (
        "\n\n".join(parts) + "\n"
    )


def read_settings(path: Path) -> Settings:
    """The settings in a file. Raises WrongUsage naming the file and the key that is unknown, missing or of a wrong type."""
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise _wrong(path, f"it cannot be read as TOML ({error})") from error
    values: dict[str, Any] = {}
    try:
        values["adapters"] = all_adapters(tables.pop("adapters", {}))
    except ValueError as error:
        raise _wrong(path, str(error)) from error
    for table, content in tables.items():
        if table not in _TABLES or not isinstance(content, dict):
            raise _wrong(path, f'there is no setting "{table}"')
        for name, value in content.items():
            if name not in _TABLES[table]:
                raise _wrong(path, f'there is no setting "{table}.{name}"')
            values[name] = _checked(path, f"{table}.{name}", name, value)
    missing = [field.name for field in fields(Settings) if field.name in _TEXT and field.name not in values]
    if missing:
        raise _wrong(path, f'the setting "archive.{missing[0]}" is missing')
    return Settings(**values)


def _checked(path: Path, key: str, name: str, value: object) -> object:
    """The value of a setting, of its type and in its range."""
    if name in _TEXT | _OPTIONAL_TEXT:
        if isinstance(value, str) and (value or name in _OPTIONAL_TEXT) and is_printable(value):
            return value
        raise _wrong(path, f'"{key}" is not a line of text')
    if name in _CHOICES:
        if isinstance(value, bool):
            return value
        raise _wrong(path, f'"{key}" is neither true nor false')
    kinds = (int,) if name in _WHOLE else (int, float)
    if value == 0 and not isinstance(value, bool) and name in _MAY_BE_ZERO:
        return value
    if isinstance(value, bool) or not isinstance(value, kinds) or not value > 0:
        raise _wrong(path, f'"{key}" is not a {"whole " if name in _WHOLE else ""}number above zero')
    return value


def _toml(value: object) -> str:
    """A TOML value; JSON's text and numbers are TOML's for printable text."""
    return json.dumps(value, ensure_ascii=False)


def _wrong(path: Path, happened: str) -> WrongUsage:
    return WrongUsage(
        item=str(path), happened=happened, advice="mend the settings file; docs/custody-format.md lists the keys"
    )
