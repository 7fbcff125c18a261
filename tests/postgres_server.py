"""A PostgreSQL server of the tests' own: started on first need, on a socket only, gone with the process that started it.

The programs are looked for on the PATH and where Debian keeps them. PostgreSQL refuses to run as root: as root the server
runs as `postgres` or `nobody`. Nothing is synced to disk; nothing outlives the tests, even those that were killed.
"""

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

_PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
_MEMORY = Path("/dev/shm")
_ROOM = 4 << 30
_WITH_STRATEGIES = 150_000
# Input ends with the process that started it, however that ended; then the server goes, and its files.
_UNTIL_WE_END = '"$0" -D "$1" -k "$2" & read -r end; kill -QUIT $!; wait; rm -rf "$2"'
_CONFIGURATION = """
listen_addresses = ''
fsync = off
synchronous_commit = off
full_page_writes = off
shared_buffers = 64MB
max_connections = 80
max_wal_size = 2GB
autovacuum = off
wal_level = minimal
max_wal_senders = 0
jit = off
"""


class NoPostgres(Exception):
    """PostgreSQL is not at hand, and why."""


@cache
def programs() -> Path:
    """The folder of initdb and postgres. Raises NoPostgres."""
    for folder in [*_PLACES, *(Path(each) for each in os.environ.get("PATH", "").split(os.pathsep))]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return (folder / "initdb").resolve().parent
    raise NoPostgres("PostgreSQL's programs initdb and postgres are not installed")


@cache
def server() -> Path:
    """The folder of the socket of a running server, whose owner is `tawthiq`. Raises NoPostgres."""
    folder = Path(tempfile.mkdtemp(prefix="tawthiq-pg-", dir=_roomy_memory()))
    user = _user()
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    data, become = folder / "data", _becoming(user)
    made = subprocess.run(
        [programs() / "initdb", "-D", data, "-U", "tawthiq", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        **become,
    )
    if made.returncode:
        raise NoPostgres(f"initdb failed: {made.stderr.strip()}")
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write(_CONFIGURATION)
    process = subprocess.Popen(
        ["/bin/sh", "-c", _UNTIL_WE_END, programs() / "postgres", data, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "messages").open("wb"),
        cwd=folder,
        **become,
    )
    atexit.register(_stop, os.getpid(), process, folder)
    _wait_for(folder, process)
    return folder


def execute(statement: str) -> None:
    """One statement outside any transaction, such as CREATE DATABASE."""
    with psycopg.connect(host=str(server()), user="tawthiq", dbname="postgres", autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]


def address(name: str) -> str:
    """The address of a database of this server."""
    return f"postgresql://tawthiq@/{name}?host={server()}"


def make_database(name: str, template: str = "template0") -> None:
    """A new database, empty or a copy of another that nobody is connected to; files are copied, seven times as fast."""
    strategy = " STRATEGY file_copy" if _version() >= _WITH_STRATEGIES else ""
    execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{strategy}')


@cache
def _version() -> int:
    with psycopg.connect(host=str(server()), user="tawthiq", dbname="postgres") as connection:
        return connection.info.server_version


def drop_database(name: str) -> None:
    """Drop a database, whoever is still connected to it."""
    execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _roomy_memory() -> Path | None:
    """Where files lie in memory, so that making a database writes hundreds of files to no disk; None where it is small."""
    with suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
            return _MEMORY
    return None


def _user() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no other user")


def _becoming(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """How the child becomes the server: without root, and out of reach of the terminal's signals."""
    others = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    return {"start_new_session": True, **others}


def _wait_for(folder: Path, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            psycopg.connect(host=str(folder), user="tawthiq", dbname="postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    raise NoPostgres(f"PostgreSQL did not start: {(folder / 'messages').read_text(errors='replace')[-500:]}")


def _stop(owner: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    if os.getpid() != owner:
        return
    process.communicate(timeout=30)
    shutil.rmtree(folder, ignore_errors=True)
