"""The tables `[adapters.NAME]` of `tawthiq.toml`: which models may offer values, and where. None is there by default.

Nothing is ever sent to an address that stands in no such table. An address that is not this machine's own needs
`allow_remote = true`.
"""

import re
from dataclasses import dataclass, fields

from tawthiq.store.printing import is_printable

CHAT, TAGGER = "chat", "tagger"
NAME = re.compile(r"[a-z][a-z0-9_-]{0,15}")
LONGEST_MODEL = 200


@dataclass(frozen=True, slots=True)
class AdapterSettings:
    """One adapter.

    `kind` is "chat" (an OpenAI-compatible server at `address`) or "tagger" (a transformers model in the folder `model`).
    `seconds` is the longest that one answer may take, `characters` the most text sent in one request. `allow_remote`
    lets reports leave this machine.
    """

    name: str
    kind: str
    model: str
    address: str = ""
    allow_remote: bool = False
    seconds: float = 120.0
    characters: int = 6_000


class _WrongSetting(ValueError):
    """Why a table cannot be used; the text begins with its key."""


def adapter_settings(name: str, given: object) -> AdapterSettings:
    """The adapter of one table. Raises ValueError that names the key that is unknown, missing or out of range."""
    key = f"adapters.{name}"
    if not NAME.fullmatch(name):
        raise _WrongSetting(f'"{key}": a name is 1 to 16 small letters, digits, - and _, the first a letter')
    if not isinstance(given, dict):
        raise _WrongSetting(f'"{key}" is no table: write [adapters.{name}] and its keys below')
    known = [field.name for field in fields(AdapterSettings) if field.name != "name"]
    for unknown in [entry for entry in given if entry not in known]:
        raise _WrongSetting(f'there is no setting "{key}.{unknown}"')
    values = {entry: _checked(f"{key}.{entry}", entry, value) for entry, value in given.items()}
    missing = next((entry for entry in ("kind", "model") if entry not in values), None)
    missing = missing or ("address" if values["kind"] == CHAT and not values.get("address") else None)
    if missing:
        raise _WrongSetting(f'the setting "{key}.{missing}" is missing')
    return AdapterSettings(name=name, **values)  # type: ignore[arg-type]


def _checked(key: str, entry: str, value: object) -> object:
    """The value of a key, of its type and in its range."""
    if entry == "allow_remote":
        if isinstance(value, bool):
            return value
        raise _WrongSetting(f'"{key}" is neither true nor false')
    if entry in ("seconds", "characters"):
        whole = entry == "characters"
        kinds = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds) or not 0 < value <= 1_000_000:
            raise _WrongSetting(f'"{key}" is not a {"whole " if whole else ""}number above zero')
        return value
    if value == "" and entry == "address":
        return value
    if not isinstance(value, str) or not value.strip() or not is_printable(value) or len(value) > LONGEST_MODEL:
        raise _WrongSetting(f'"{key}" is not a line of text')
    if entry == "kind" and value not in (CHAT, TAGGER):
        raise _WrongSetting(f'"{key}" is "{value}"; there are "{CHAT}" and "{TAGGER}"')
    return value


def all_adapters(tables: object) -> tuple[AdapterSettings, ...]:
    """The adapters of the settings, in their order. Raises ValueError as `adapter_settings` does."""
    if not isinstance(tables, dict):
        raise _WrongSetting('"adapters" is no table: write [adapters.NAME] for each adapter')
    return tuple(adapter_settings(name, given) for name, given in tables.items())
