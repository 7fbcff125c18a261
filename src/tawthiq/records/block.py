"""Lines that an outlet repeats from page to page, as the memory of its host knows them (docs/adr/0007)."""

from dataclasses import dataclass
from enum import StrEnum

from tawthiq.records.span import Span


class Leaves(StrEnum):
    """Where a line that its host repeats leaves the body: `anywhere`, at the `edges` only, or `never`."""

    ANYWHERE = "anywhere"
    EDGES = "edges"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a page's body at `span` of its text.

    `digest` is a signed 64-bit number made of the host and the line's wording: equal lines of one host have the same.
    """

    digest: int
    span: Span


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """What one page teaches the memory of `host`: the blocks of its body as the program takes it apart, each wording once.

    `address` is a signed 64-bit digest of the page's address; `title` the title the program found, empty for none.
    """

    host: str
    address: int
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PagePrint:
    """What tells two pages of one host apart.

    `address` is as in PageBlocks, `title` the words of the title, `lines` the digest and
    the words of each block of its body, in reading order.
    """

    address: int
    title: tuple[str, ...]
    lines: tuple[tuple[int, tuple[str, ...]], ...]
