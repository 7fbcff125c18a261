"""Which database holds an archive's readings and casework: the SQLite file in its folder, or a PostgreSQL database.

`TAWTHIQ_DATABASE` says so for one command; without it the setting `storage.database`, which holds no password; without both
it is the file. An address follows libpq's connection URIs (PostgreSQL documentation, 34.1.1.2): the socket form is
`postgresql:///name?host=/folder`. Pure but for the environment and the settings file; nothing is imported from psycopg.
"""

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from tawthiq.records.errors import WrongUsage
from tawthiq.store.layout import Layout
from tawthiq.store.settings import read_settings

VARIABLE = "TAWTHIQ_DATABASE"
SQLITE = "sqlite"
SCHEMES = ("postgresql", "postgres")
OPTIONS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "connect_timeout"})
_ADVICE = (
    "write postgresql://USER:PASSWORD@HOST:PORT/NAME, or postgresql:///NAME?host=/FOLDER for a socket; "
    f"options that may follow: host, {', '.join(sorted(OPTIONS))}"
)


@dataclass(frozen=True, slots=True)
class PostgresAddress:
    """Where a PostgreSQL database is and who asks. Empty values are left to libpq (its environment, ~/.pgpass).

    `host` is a name, an address, or the folder of a socket. `password` is in no text that this class gives.
    """

    name: str
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = field(default="", repr=False)
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """The address without its password, as settings and messages hold it."""
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        in_query = "/" in self.host
        place = "" if in_query else f"[{self.host}]" if ":" in self.host else self.host
        port = f":{self.port}" if self.port else ""
        options = [*((("host", self.host),) if in_query else ()), *self.options]
        query = f"?{urlencode(options, safe='/')}" if options else ""
        return f"postgresql://{user}{place}{port}/{quote(self.name, safe='')}{query}"


def parsed(text: str) -> PostgresAddress:
    """The address that a person wrote. Raises WrongUsage, which repeats nothing of it: it may hold a password."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        options = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise _wrong("the address of the database cannot be read") from error
    if parts.scheme not in SCHEMES:
        raise _wrong("the address of the database does not begin with postgresql://")
    unknown = sorted({name for name, _ in options} - OPTIONS - {"host"})
    if unknown:
        raise _wrong(f"the address of the database has an unknown option, {unknown[0]!a}")
    name = unquote(parts.path.removeprefix("/"))
    values = [name, unquote(parts.hostname or ""), unquote(parts.username or ""), unquote(parts.password or "")]
    values += [value for pair in options for value in pair]
    if not name or "/" in name or any("\0" in value for value in values):
        raise _wrong("the address of the database names no database")
    given = dict(options)
    host = given.pop("host", "") or values[1]
    return PostgresAddress(name, host, str(port or ""), values[2], values[3], tuple(sorted(given.items())))


_taken: list[str] = []


def take_out() -> None:
    """Keep what the environment says for this process alone: no program that it starts inherits a password."""
    _taken[:] = [os.environ.pop(VARIABLE, "")]


def chosen() -> PostgresAddress | str:
    """What the environment says: an address, "sqlite" for the file, or "" when it says nothing. Raises WrongUsage."""
    text = (os.environ.get(VARIABLE) or "".join(_taken)).strip()
    return text if text in ("", SQLITE) else parsed(text)


def located(folder: Path) -> PostgresAddress | None:
    """The PostgreSQL database of the archive at `folder`; None for its SQLite file. Raises WrongUsage.

    A password in the environment is used with the archive's own setting as well, when both name one database.
    """
    said = chosen()
    if isinstance(said, PostgresAddress):
        return said
    if said == SQLITE:
        return None
    return written(folder)


def written(folder: Path) -> PostgresAddress | None:
    """The database that the archive's settings name; None for its SQLite file. Raises WrongUsage."""
    settings = Layout(folder).settings
    if not settings.is_file():
        return None
    text = read_settings(settings).database
    return replace(parsed(text), password="") if text else None


def has_database(folder: Path) -> bool:
    """Whether the archive at `folder` has a database already: its file is there, or one in PostgreSQL is named."""
    return located(folder) is not None or Layout(folder).database.exists()


def _wrong(happened: str) -> WrongUsage:
    return WrongUsage(item=VARIABLE, happened=happened, advice=_ADVICE)
