"""A proposed pair as pages show it: two sides with links to their sources, reasons for and reasons against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from tawthiq.archive.models import Capture
from tawthiq.casework.domain.field_key_cipher import FieldDiffers, FieldKeyLost, FieldKeys
from tawthiq.casework.domain.people import opened
from tawthiq.casework.models import PersonProposal
from tawthiq.web.people.wording import COMPARED, FIELDS, found_in_words


@dataclass(frozen=True, slots=True)
class ShownSide:
    """One record: its source, where it stands there, its values by name. `to` is None where the item is gone."""

    source: str
    line: int | None
    to: str | None
    name: str
    values: tuple[tuple[Promise | str, str], ...]


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One comparison: its name, what it found, both values, its weight in bits with its sign apart."""

    name: Promise | str
    found: Promise | str
    first: str | None
    second: str | None
    weight: float


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A pair with its sides and its reasons, the weightiest first. `damaged` and without sides where it does not open."""

    proposal: PersonProposal
    sides: tuple[ShownSide, ...]
    supporting: tuple[ShownReason, ...] = ()
    opposing: tuple[ShownReason, ...] = ()
    damaged: bool = False


def shown_pairs(rows: Sequence[PersonProposal], captures: Mapping[str, Capture], keys: FieldKeys) -> list[ShownPair]:
    """The pairs of a list; one that other hands changed, or whose key is lost, is shown as damaged among the others."""
    return [_of_list(row, captures, keys) for row in rows]


def shown_pair(proposal: PersonProposal, captures: Mapping[str, Capture], keys: FieldKeys) -> ShownPair:
    """The pair in words; `captures` holds the items by identifier (casework.queries.people.captures_of).

    Raises FieldKeyLost or FieldDiffers where it cannot be opened.
    """
    content = opened(proposal, keys)
    reasons = [
        ShownReason(COMPARED.get(name, name), found_in_words(found), first, second, weight)
        for name, found, weight, first, second in content["reasons"]
    ]
    return ShownPair(
        proposal,
        (_side(content["first"], captures), _side(content["second"], captures)),
        tuple(reason for reason in reasons if reason.weight > 0),
        tuple(reason for reason in reasons if reason.weight < 0),
    )


def _of_list(row: PersonProposal, captures: Mapping[str, Capture], keys: FieldKeys) -> ShownPair:
    try:
        return shown_pair(row, captures, keys)
    except (FieldDiffers, FieldKeyLost):
        return ShownPair(row, (), damaged=True)


def _side(side: Mapping[str, Any], captures: Mapping[str, Capture]) -> ShownSide:
    capture = captures.get(side["capture"])
    values = tuple((FIELDS.get(name, name), told[0]) for name, told in side["values"].items() if name != "name")
    return ShownSide(
        source=_source(capture) if capture else side["capture"],
        line=side.get("line"),
        to=_address(side, capture) if capture else None,
        name=side["values"]["name"][0],
        values=values,
    )


def _source(capture: Capture) -> str:
    report = getattr(capture, "report", None)
    return str(report.title or report.publisher) if report else capture.source


def _address(side: Mapping[str, Any], capture: Capture) -> str:
    """The page of the source: the characters of a report, or the item of evidence that the list is."""
    if "start" in side and getattr(capture, "report", None):
        return f"{reverse('report', args=[capture.pk])}?at={side['start']}-{side['end']}#at"
    return reverse("evidence-item", args=[capture.pk])
