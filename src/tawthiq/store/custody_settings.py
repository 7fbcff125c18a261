"""The tables `[authorities.NAME]` and `[witnesses.NAME]` of `tawthiq.toml`: who stamps the log, and who cosigns it.

None is there by default: nothing of an archive reaches anybody, not even a digest, unless a team writes it down here.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from tawthiq.store.printing import is_printable

RFC_3161, OPEN_TIMESTAMPS = "rfc3161", "opentimestamps"
NAME = re.compile(r"[a-z][a-z0-9_-]{0,31}")
LONGEST = 1_000
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Authority:
    """A timestamp authority.

    `kind` is "rfc3161" or "opentimestamps"; `url` is where it answers; `certificates` names a PEM file of the roots that
    its tokens must lead to, relative to the archive, empty for OpenTimestamps. `own` says that the team itself
    runs it, so that its tokens are no independent evidence.
    """

    name: str
    url: str
    kind: str = RFC_3161
    certificates: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Witness:
    """Another team that cosigns: its verifier key (C2SP signed-note), and where its witness answers, if it is online."""

    name: str
    key: str
    url: str = ""


AUTHORITY_KEYS = tuple(field.name for field in fields(Authority) if field.name != "name")
WITNESS_KEYS = tuple(field.name for field in fields(Witness) if field.name != "name")


class _WrongSetting(ValueError):
    """Why a table cannot be used; the text begins with its key."""


def all_authorities(tables: object) -> tuple[Authority, ...]:
    """The authorities in their order. Raises ValueError that names the key that is unknown, missing or odd."""
    return _all("authorities", tables, AUTHORITY_KEYS, ("url",), lambda name, given: Authority(name=name, **given))


def all_witnesses(tables: object) -> tuple[Witness, ...]:
    """The witnesses in their order. Raises ValueError that names the key that is unknown, missing or odd."""
    return _all("witnesses", tables, WITNESS_KEYS, ("key",), lambda name, given: Witness(name=name, **given))


def _all(
    table: str,
    tables: object,
    known: tuple[str, ...],
    needed: tuple[str, ...],
    make: Callable[[str, Mapping[str, Any]], Made],
) -> tuple[Made, ...]:
    """Every named table below `table`, its keys checked."""
    if not isinstance(tables, dict):
        raise _WrongSetting(f'"{table}" is no table: write [{table}.NAME] for each')
    for name, given in tables.items():
        key = f"{table}.{name}"
        if not NAME.fullmatch(name):
            raise _WrongSetting(f'"{key}": a name is 1 to 32 small letters, digits, - and _, the first a letter')
        if not isinstance(given, dict):
            raise _WrongSetting(f'"{key}" is no table: write [{key}] and its keys below')
        for entry, value in given.items():
            if entry not in known:
                raise _WrongSetting(f'there is no setting "{key}.{entry}"')
            _expect_fit(f"{key}.{entry}", entry, value)
        missing = next((entry for entry in needed if not given.get(entry)), None)
        if missing:
            raise _WrongSetting(f'the setting "{key}.{missing}" is missing')
    return tuple(make(name, given) for name, given in tables.items())


def _expect_fit(key: str, entry: str, value: object) -> None:
    """Raises _WrongSetting for a value of another type or outside its range."""
    if entry == "own":
        if not isinstance(value, bool):
            raise _WrongSetting(f'"{key}" is neither true nor false')
        return
    if not isinstance(value, str) or not is_printable(value) or len(value) > LONGEST:
        raise _WrongSetting(f'"{key}" is not a line of text')
    if entry == "kind" and value not in (RFC_3161, OPEN_TIMESTAMPS):
        raise _WrongSetting(f'"{key}" is "{value}"; there are "{RFC_3161}" and "{OPEN_TIMESTAMPS}"')
