"""What is remembered of each host: the hosts, and the lines that a host repeats with an example and where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Substr

from tawthiq.archive.models import BlockPage, Capture, KnownBlock, Report, ShownBlock
from tawthiq.archive.models.keys import ROWS_PER_REPORT
from tawthiq.page.blocks import leaves
from tawthiq.records.block import Leaves

FIRST_PAGES = 3
LEAST_PAGES = 3  # that show a line before it is known (archive.blocks)
Hidden = QuerySet[Capture, int]  # numbers of reports that are left out of all counts and examples
LONGEST_EXAMPLE = 1001  # characters: enough to tell by the rule where the line leaves the body


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """A line that a host repeats: `text` as it stands in the first of the `reports`, which are the first that show it.

    `pages` counts all reports that show it; `leaves` says where it leaves their body.
    """

    text: str
    pages: int
    leaves: Leaves
    reports: tuple[Report, ...]


def hosts(hidden: Hidden | None = None) -> QuerySet[Any, Any]:
    """Each host of which something is remembered, with its number of `blocks` and of `reports`; most blocks first."""
    pages = BlockPage.objects.filter(host=OuterRef("host"))
    if hidden is not None:
        pages = pages.exclude(report__in=hidden)
    reports = pages.order_by().values("host").annotate(number=Count("pk"))
    counted = _known(hidden).order_by().values("host").annotate(blocks=Count("block"))
    return counted.annotate(reports=Subquery(reports.values("number"))).order_by("-blocks", "host")


def blocks_of(host: str, hidden: Hidden | None = None) -> QuerySet[KnownBlock]:
    """The lines known on a host, those on most pages first; `repeated_lines` tells more of some of them."""
    return _known(hidden).filter(host=host).order_by("-pages" if hidden is None else "-seen", "block")


def _known(hidden: Hidden | None) -> QuerySet[KnownBlock]:
    """The known lines; with `hidden`, those that others show often enough, with the number of these as `seen`."""
    if hidden is None:
        return KnownBlock.objects.all()
    there = _shown(hidden).filter(block=OuterRef("block")).order_by().values("block")
    counted = Subquery(there.annotate(number=Count("pk")).values("number"), output_field=IntegerField())
    return KnownBlock.objects.annotate(seen=Coalesce(counted, 0)).filter(seen__gte=LEAST_PAGES)


def _shown(hidden: Hidden | None) -> QuerySet[ShownBlock]:
    """The places of lines in reports that are not hidden."""
    if hidden is None:
        return ShownBlock.objects.all()
    return ShownBlock.objects.annotate(report=F("key") / ROWS_PER_REPORT).exclude(report__in=hidden)


def repeated_lines(blocks: Sequence[KnownBlock], hidden: Hidden | None = None) -> list[RepeatedLine]:
    """The lines in the order given, in three queries whatever their number."""
    firsts = dict(_first_keys([one.block for one in blocks], hidden))
    examples = _examples([keys[0] for keys in firsts.values()])
    numbers = {key // ROWS_PER_REPORT for keys in firsts.values() for key in keys}
    reports = Report.objects.only("capture_id", "title", "publisher", "published").in_bulk(numbers)
    found = []
    for one in blocks:
        keys = firsts.get(one.block, ())
        text = examples.get(keys[0], "") if keys else ""
        shown = (reports.get(key // ROWS_PER_REPORT) for key in keys)
        found.append(
            RepeatedLine(
                text, getattr(one, "seen", one.pages), leaves(text), tuple(report for report in shown if report)
            )
        )
    return found


def _first_keys(blocks: list[int], hidden: Hidden | None) -> Iterator[tuple[int, tuple[int, ...]]]:
    """For each block the keys of the first places that show it."""
    shown = _shown(hidden).filter(block=OuterRef("block")).order_by("key").values("key")
    places = {f"at_{number}": Subquery(shown[number : number + 1]) for number in range(FIRST_PAGES)}
    for block, *keys in KnownBlock.objects.filter(pk__in=blocks).annotate(**places).values_list("block", *places):
        if keys[0] is not None:
            yield block, tuple(key for key in keys if key is not None)


class _Place(Func):
    """A number as PostgreSQL's SUBSTRING takes it, of 32 bits; our columns have 64."""

    template = "CAST(%(expressions)s AS integer)"
    output_field = IntegerField()


def _examples(keys: list[int]) -> dict[int, str]:
    """The words at each of the places."""
    words = Report.objects.filter(pk=OuterRef("report")).values(
        words=Substr("text", _Place(OuterRef("start") + 1), _Place(OuterRef("end") - OuterRef("start")))
    )
    places = ShownBlock.objects.filter(pk__in=keys).annotate(report=F("key") / ROWS_PER_REPORT)
    found = places.annotate(words=Subquery(words)).values_list("key", "words")
    return {key: (text or "")[:LONGEST_EXAMPLE] for key, text in found}
