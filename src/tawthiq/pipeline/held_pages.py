"""Pages of one list held back until it is known what their hosts repeat, then given in order (docs/adr/0007).

The rule is the archive's (`page.likeness`), over the list instead of the archive. What is held lies in a temporary database
on disk that goes away with the process, so that memory does not grow with the list.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from tawthiq.page.blocks import page_blocks
from tawthiq.page.likeness import SEEN_ON, looked_at, print_of, seen_on_three
from tawthiq.records.block import Block, PagePrint
from tawthiq.records.errors import StorageFailed
from tawthiq.records.page import Page
from tawthiq.records.span import Span

_PRINTS = 400
_TABLES = """
    PRAGMA journal_mode = OFF;
    CREATE TABLE held (number INTEGER PRIMARY KEY, host TEXT, address INTEGER, line BLOB, item TEXT);
    CREATE TABLE shown (number INTEGER, block INTEGER, start INTEGER, stop INTEGER);
    CREATE INDEX shown_by_block ON shown (block, number);
    CREATE INDEX shown_by_number ON shown (number);
"""
_REPEATED = """SELECT block, min(host), count(*) FROM shown JOIN held USING (number)
    GROUP BY block HAVING count(DISTINCT address) >= ? ORDER BY block"""
_FIRST = "SELECT number FROM shown WHERE block = ? ORDER BY number LIMIT ?"


@dataclass(frozen=True, slots=True)
class Released:
    """A page of the list: the line written of it, and, where its host repeats lines of its body, their digests.

    `item` is the list's own object, to take the page apart once more with `known`.
    """

    line: bytes
    item: Mapping[str, Any]
    known: frozenset[int]


class HeldPages:
    """The pages held back. Used as a context manager; raises StorageFailed when the disk refuses."""

    def __init__(self) -> None:
        self._count = 0
        self._print = lru_cache(_PRINTS)(self._loaded)

    def __enter__(self) -> Self:
        with _storing():
            self._database = sqlite3.connect("", isolation_level=None)
            self._database.executescript(_TABLES)
        return self

    def __exit__(self, *_error: object) -> None:
        self._database.close()

    def waits(self, page: Page, url: str | None, item: Mapping[str, Any], line: bytes) -> bool:
        """Hold the page with the line written of it, unless it has no host and none before it waits."""
        shown = page_blocks(page, url)
        if shown is None and not self._count:
            return False
        self._count += 1
        with _storing():
            row = (self._count, shown and shown.host, shown and shown.address, line, json.dumps(dict(item)))
            self._database.execute("INSERT INTO held VALUES (?, ?, ?, ?, ?)", row)
            blocks = shown.blocks if shown else ()
            rows = ((self._count, one.digest, one.span.start, one.span.end) for one in blocks)
            self._database.executemany("INSERT INTO shown VALUES (?, ?, ?, ?)", rows)
        return True

    def released(self) -> Iterator[Released]:
        """Every page held, in the order of the list."""
        with _storing():
            known = self._known()
            for number, host, line, item in self._database.execute(
                "SELECT number, host, line, item FROM held ORDER BY number"
            ):
                met = known.get(host, frozenset())
                if met and met.isdisjoint(block for block, _, _ in self._shown_by(number)):
                    met = frozenset()
                yield Released(line, json.loads(item), met)

    def _known(self) -> dict[str, frozenset[int]]:
        """The digests that each host repeats."""
        found: dict[str, set[int]] = {}
        answers: dict[tuple[int, ...], bool] = {}
        for block, host, pages in self._database.execute(_REPEATED, (SEEN_ON,)):
            numbers = tuple(number for (number,) in self._database.execute(_FIRST, (block, looked_at(pages))))
            if numbers not in answers:
                answers[numbers] = seen_on_three(self._print(number) for number in numbers)
            if answers[numbers]:
                found.setdefault(host, set()).add(block)
        return {host: frozenset(blocks) for host, blocks in found.items()}

    def _shown_by(self, number: int) -> Iterator[tuple[int, int, int]]:
        query = "SELECT block, start, stop FROM shown WHERE number = ? ORDER BY rowid"
        return iter(self._database.execute(query, (number,)))

    def _loaded(self, number: int) -> PagePrint:
        address, line = self._database.execute("SELECT address, line FROM held WHERE number = ?", (number,)).fetchone()
        page = json.loads(line)
        blocks = [Block(block, Span(start, stop)) for block, start, stop in self._shown_by(number)]
        return print_of(address, page["title"], page["text"], blocks)


@contextmanager
def _storing() -> Iterator[None]:
    """Turns what the database says of a full disk into StorageFailed."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageFailed(
            item="the folder for temporary files",
            happened=f"pages of the list cannot be held there ({error})",
            advice="free some space, or name another folder in TMPDIR, and run the command again",
        ) from error
