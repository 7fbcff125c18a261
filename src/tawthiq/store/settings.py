"""The archive's settings file, `tawthiq.toml`: read strictly, so that a mistyped key is named and never ignored."""

import json
import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tawthiq.records.errors import WrongUsage
from tawthiq.records.provenance import ExitClass, RobotsStance
from tawthiq.store.adapter_settings import AdapterSettings, all_adapters
from tawthiq.store.custody_settings import (
    AUTHORITY_KEYS,
    WITNESS_KEYS,
    Authority,
    Witness,
    all_authorities,
    all_witnesses,
)
from tawthiq.store.printing import is_printable


@dataclass(frozen=True, slots=True)
class Settings:
    """What a team chooses for one archive.

    `origin` names the log and its key and cannot change. `collector` is a pseudonym, never a name. `largest_item` is in
    bytes, times are in seconds; `redirects` is the longest chain followed. `pause_seconds` is the least time between two
    requests to one host, and may be 0. `proxy` is the address of a proxy (http://, socks5h://, or "tor" for the usual place
    of Tor on this machine), empty for none: proxies that the environment names are never used. `user_agent` is what every
    request says of its program, but for those of a browser; empty for this program's name. `exit` is the class of the
    way out ("own", "proxy", "vpn", "tor"; empty: told from `proxy`), `robots` the stance towards robots.txt ("obey", "note",
    "ignore"). `browser` is the path of a Chromium, empty for the one found; `page_seconds` is the longest that one visit
    may take, `behaviours` lets scripts scroll, open and dismiss. `fixity_days` and `timestamp_hours` say how often evidence
    is checked and the log stamped on schedule, `log_views` whether views of preserved material enter the log.
    `authorities` are the timestamp authorities, `witnesses` the teams that cosign.
    `second_opinion` asks another extractor about each page, where one is installed.
    `recognize` lets characters be recognized on sheets of documents that are pictures, where a program for it is installed,
    `recognize_pictures` on picture files as well.
    `database` is the address of a PostgreSQL database that holds readings and casework, without a password; empty for the file
    in the archive.
    `public_api` lets programs without a token read what is published through the API.
    `learn` lets people's decisions about links teach the weights by which links are proposed.
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
    user_agent: str = ""
    exit: str = ""
    robots: str = "note"
    browser: str = ""
    page_seconds: float = 90.0
    behaviours: bool = True
    fixity_days: float = 30.0
    timestamp_hours: float = 24.0
    log_views: bool = True
    learn: bool = True
    public_api: bool = False
    database: str = ""
    adapters: tuple[AdapterSettings, ...] = ()
    authorities: tuple[Authority, ...] = ()
    witnesses: tuple[Witness, ...] = ()


_DATABASE = re.compile(rb"^database[ \t]*=[ \t]*\"postgres[^\n]*\n?", re.MULTILINE)
_TABLES = {
    "archive": ("title", "collector", "origin"),
    "limits": ("largest_item",),
    "fetch": (
        "connect_seconds",
        "read_seconds",
        "total_seconds",
        "redirects",
        "pause_seconds",
        "proxy",
        "user_agent",
        "exit",
        "robots",
    ),
    "browser": ("browser", "page_seconds", "behaviours"),
    "custody": ("fixity_days", "timestamp_hours", "log_views"),
    "linking": ("learn",),
    "api": ("public_api",),
    "storage": ("database",),
    "page": ("second_opinion", "recognize", "recognize_pictures"),
}
_ADAPTER = tuple(field.name for field in fields(AdapterSettings) if field.name != "name")
_TEXT = {"title", "collector", "origin"}
_OPTIONAL_TEXT = {"proxy", "user_agent", "exit", "browser", "database"}
# Printable ASCII, as a header field goes over every wire (RFC 9110 section 5.5).
_SENT = {"user_agent"}
_LONGEST_SENT = 500
_ONE_OF = {"exit": ("", *ExitClass), "robots": tuple(RobotsStance)}
_MAY_BE_ZERO = {"pause_seconds"}
_WHOLE = {"largest_item", "redirects"}
_CHOICES = {"second_opinion", "recognize", "recognize_pictures", "behaviours", "log_views", "learn", "public_api"}


def settings_text(settings: Settings) -> str:
    """The settings as a TOML file, every key written out."""
    parts = []
    written: list[tuple[str, tuple[str, ...], object]] = [(table, names, settings) for table, names in _TABLES.items()]
    written += [(f"adapters.{adapter.name}", _ADAPTER, adapter) for adapter in settings.adapters]
    written += [(f"authorities.{each.name}", AUTHORITY_KEYS, each) for each in settings.authorities]
    written += [(f"witnesses.{each.name}", WITNESS_KEYS, each) for each in settings.witnesses]
    for table, names, holder in written:
        lines = [
            f"{name} = {_toml(getattr(holder, name))}"
            for name in names
            if name in _OPTIONAL_TEXT or getattr(holder, name) != ""
        ]
        parts.append("\n".join([f"[{table}]", *lines]))
    return "# Settings of a Tawthiq archive. Not evidence: change them freely, but leave `origin` as it is.\n\n" + (
        "\n\n".join(parts) + "\n"
    )


def without_database(text: bytes) -> bytes:
    """A settings file that names no database outside of the archive, all else as it was."""
    return _DATABASE.sub(b"", text)


def read_settings(path: Path) -> Settings:
    """The settings in a file. Raises WrongUsage naming the file and the key that is unknown, missing or of a wrong type."""
    try:
        tables = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise _wrong(path, f"it cannot be read as TOML ({error})") from error
    values: dict[str, Any] = {}
    try:
        values["adapters"] = all_adapters(tables.pop("adapters", {}))
        values["authorities"] = all_authorities(tables.pop("authorities", {}))
        values["witnesses"] = all_witnesses(tables.pop("witnesses", {}))
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
    if name in _ONE_OF:
        if value in _ONE_OF[name]:
            return value
        told = ", ".join(f'"{each}"' for each in _ONE_OF[name] if each)
        raise _wrong(path, f'"{key}" is none of {told}')
    if name in _SENT and not (isinstance(value, str) and _can_be_sent(value)):
        raise _wrong(path, f'"{key}" is not a line of at most {_LONGEST_SENT} ASCII characters')
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


def _can_be_sent(value: str) -> bool:
    return value.isascii() and value.isprintable() and value == value.strip() and len(value) <= _LONGEST_SENT


def _toml(value: object) -> str:
    """A TOML value; JSON's text and numbers are TOML's for printable text."""
    return json.dumps(value, ensure_ascii=False)


def _wrong(path: Path, happened: str) -> WrongUsage:
    return WrongUsage(
        item=str(path), happened=happened, advice="mend the settings file; docs/custody-format.md lists the keys"
    )
