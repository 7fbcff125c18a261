"""Reports that repeat one dispatch."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tawthiq.records.span import Mention


@dataclass(frozen=True, slots=True)
class SharedPassage:
    """A passage that two reports have in common, as it stands in each."""

    first: str
    second: str
    in_first: Mention
    in_second: Mention


@dataclass(frozen=True, slots=True)
class CopyEdge:
    """Two documents that repeat one text, and the passages that show it.

    `containment` is the share (0 to 1) of the shorter text's word triples that stand in the other one.
    """

    first: str
    second: str
    containment: float
    passages: tuple[SharedPassage, ...]


class OriginSign(StrEnum):
    """What speaks for an origin: a credit to an agency, the agency's own page, or having been published first."""

    CREDITED = "credited"
    OWN_PAGE = "own_page"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class OriginReason:
    """One sign, the document that it was found in, and its characters or its time.

    `agency` is the agency's name (lexicon table page_agencies), for credits and own pages; `credit` the words of a credit;
    `day` the day of publication of the first, `at` its moment where pages give one.
    """

    sign: OriginSign
    document: str
    agency: str | None = None
    credit: Mention | None = None
    day: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CopyOrigin:
    """Where a family's dispatch seems to come from: proposed, for a person to judge.

    `agency` is the only agency that members credit, None where none or several are credited; `document` the member on the
    agency's own page or published before all others, None where none stands out. `reasons` keep every sign, also those
    that speak against one another.
    """

    agency: str | None
    document: str | None
    reasons: tuple[OriginReason, ...]


@dataclass(frozen=True, slots=True)
class CopyFamily:
    """Reports that repeat one dispatch; the whole family counts as one source.

    `ids` are document identifiers in order; `containment` the lowest containment of an edge that joined the family;
    `passages` those of all edges; `edges` keeps each pair that was found alike; `origin` is where the dispatch seems to come
    from, None where nothing tells.
    """

    ids: tuple[str, ...]
    passages: tuple[SharedPassage, ...]
    containment: float
    edges: tuple[CopyEdge, ...] = ()
    origin: CopyOrigin | None = None
