"""The memory of links: what may be linked against without reading all reports again, and taking reports out of it.

Whoever saves, drops or decides about a report says so here (`mark`, `forget`), within the same transaction; the next linking
looks at the reports that are marked. An erased report leaves the memory with its rows.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import xxhash

from tawthiq import __version__
from tawthiq.archive import link_memory_events as events
from tawthiq.archive.dropping import drop_memory
from tawthiq.archive.link_inputs import LinkInputs
from tawthiq.archive.link_memory_copies import forget_copies
from tawthiq.archive.link_memory_rows import chunks, select
from tawthiq.archive.link_memory_shingles import unindex
from tawthiq.archive.linking_rows import drop_families
from tawthiq.archive.models import CopyFamily, CopyMember, LinkStatistics, RememberedReport, Report, UnlinkedReport
from tawthiq.linking.occurrence_codec import FORM, decoded
from tawthiq.linking.packed_counts import PackedCounts, packed
from tawthiq.linking.scoring import Weights
from tawthiq.linking.statistics import Statistics

LINKER = f"tawthiq {__version__} form {FORM}"


@dataclass(frozen=True, slots=True)
class Memory:
    """What the last full run left: who made it and with which weights, the statistics, and how many reports came since."""

    stamp: str
    digest: str
    reports: int
    seen: int
    added: int

    @property
    def statistics(self) -> Statistics:
        """How common words and names were; counts are looked up in their packed form when they are asked for."""
        return Statistics(self.reports, *_counts(self.digest))


def stamp(weights: Weights) -> str:
    """Who links, and with which weights: a memory with another stamp is of no use."""
    told = "\n".join(f"{feature}\t{value}\t{weight!r}" for (feature, value), weight in sorted(weights.items()))
    return f"{LINKER} {xxhash.xxh3_64_hexdigest(told.encode())}"


def memory() -> Memory | None:
    """What there is; None where nothing was linked yet, or the memory was dropped."""
    rows = select(LinkStatistics, ("stamp", "digest", "reports", "seen", "added"), "key", [1])
    return next((Memory(*row) for row in rows), None)


@lru_cache(maxsize=1)
def _counts(_digest: str) -> tuple[PackedCounts, ...]:
    """The counts with this digest, as the archive holds them now; those asked for last stay at hand."""
    (row,) = select(LinkStatistics, ("words", "names", "people"), "key", [1])
    return tuple(PackedCounts(bytes(column)) for column in row)


def keep(made: str, statistics: Statistics, seen: int) -> None:
    """Keep the statistics of a full run; the memory is empty."""
    columns = packed(statistics.words, least=2), packed(statistics.names), packed(statistics.people, least=2)
    digest = xxhash.xxh3_128(b"".join(len(column).to_bytes(8, "big") + column for column in columns)).hexdigest()
    words, names, people = columns
    LinkStatistics.objects.create(
        stamp=made, reports=statistics.documents, seen=seen, words=words, names=names, people=people, digest=digest
    )


def mark(numbers: Iterable[int]) -> None:
    """Have the next linking look at these reports. The caller holds the transaction."""
    rows = [UnlinkedReport(number=number) for number in sorted(set(numbers))]
    UnlinkedReport.objects.bulk_create(rows, ignore_conflicts=True)


def mark_documents(documents: Collection[str]) -> None:
    """Have the next linking look at these documents, say because somebody decided about them."""
    for some in chunks(sorted(documents)):
        mark(Report.objects.filter(capture__identifier__in=some).values_list("pk", flat=True))


def part_families(documents: Collection[str]) -> None:
    """Drop the copy families of these documents, and have the next linking make them anew of whoever may be in one.

    For documents that may not be linked any more with all that they were linked with. The caller holds the transaction.
    """
    for some in chunks(sorted(documents)):
        families = set(
            CopyMember.objects.filter(report__capture__identifier__in=some).values_list("family_id", flat=True)
        )
        mark(report for (report,) in select(CopyMember, ["report_id"], "family_id", families))
        drop_families(families)


def forget(number: int) -> None:
    """Take a report out of the memory while its rows are still there, and mark all that it touched.

    The caller holds the transaction. A memory that another version made is dropped instead.
    """
    row = RememberedReport.objects.filter(pk=number).first()
    mark([number])
    if row is None:
        return
    known = memory()
    if known is None or not known.stamp.startswith(f"{LINKER} "):
        drop_memory()
        return
    inputs = LinkInputs()
    inputs.load_texts([number])
    told = decoded(bytes(row.form), row.document, None)
    touched = unindex(number, inputs.shingled(number)) | forget_copies(number)
    touched |= events.forget(number, told, known.statistics)
    CopyFamily.objects.filter(members__report=number).update(agency="", origin=None, reasons=[])
    mark(touched - {number})
