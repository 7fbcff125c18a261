"""The index of shingles as rows: which reports hold each, which are standing phrases, how many telling ones a report has.

A shingle that more reports hold than `MOST_DOCUMENTS` is a standing phrase and tells nothing; it becomes one, and ceases to be
one, with the reports that come and go. Whoever holds it is then to be compared again. The caller holds the transaction.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import F

from tawthiq.archive.link_memory_rows import in_ranges, put, select, take_out
from tawthiq.archive.models import RememberedReport, RememberedShingle, StandingShingle
from tawthiq.linking.copies import Shingled
from tawthiq.linking.sampled_index import MOST_DOCUMENTS, SAMPLED, kept_of
from tawthiq.records.errors import UnreadableCapture

REPORTS = 2**27  # a shingle takes 36 bits (linking.shingles), so that both fit a signed number of 64


@dataclass(frozen=True, slots=True)
class Size:
    """How many shingles a report has; how many tell something and are in the index, and in that of any long report."""

    shingles: int
    whole: int
    sampled: int


def posting(number: int, report: int) -> int:
    """The key of a shingle or word in a report. Raises UnreadableCapture for the 134-millionth report."""
    if report >= REPORTS:
        raise UnreadableCapture(
            item=f"report {report}", happened="linking remembers no so many reports", advice="begin another archive"
        )
    return number * REPORTS + report


def holders(shingles: Collection[int]) -> dict[int, list[int]]:
    """The numbers of the reports that are indexed by each of the shingles."""
    found: dict[int, list[int]] = defaultdict(list)
    ranges = ((shingle, shingle * REPORTS, shingle * REPORTS + REPORTS - 1) for shingle in sorted(shingles))
    for shingle, key in in_ranges(RememberedShingle, "key", "key", ranges):
        found[shingle].append(key - shingle * REPORTS)
    return found


def standing_among(shingles: Iterable[int]) -> frozenset[int]:
    """Those of the shingles that are standing phrases."""
    return frozenset(shingle for (shingle,) in select(StandingShingle, ["shingle"], "shingle", shingles))


def index(new: Mapping[int, Shingled]) -> tuple[dict[int, Size], set[int]]:
    """Put new reports into the index; their sizes, and the numbers of others that hold what became a standing phrase by it."""
    kept = {number: kept_of(shingled.shingles) for number, shingled in new.items()}
    standing = standing_among(shingle for found in kept.values() for shingle in found)
    counted = Counter(shingle for found in kept.values() for shingle in found)
    before = holders([shingle for shingle in counted if shingle not in standing])
    risen = {
        shingle
        for shingle, count in counted.items()
        if shingle not in standing and count + len(before.get(shingle, ())) > MOST_DOCUMENTS
    }
    put(
        RememberedShingle,
        ((key,) for key in sorted(posting(s, number) for number, found in kept.items() for s in found)),
    )
    put(StandingShingle, ((shingle,) for shingle in sorted(risen)))
    touched = _weigh({shingle: before.get(shingle, []) for shingle in risen}, -1)
    silent = standing | risen
    return {number: size_of(new[number], found, silent) for number, found in kept.items()}, touched


def size_of(shingled: Shingled, kept: Collection[int], standing: Collection[int]) -> Size:
    """The size of a report that is indexed by `kept`."""
    telling = [shingle for shingle in kept if shingle not in standing]
    return Size(len(shingled.shingles), len(telling), sum(not shingle % SAMPLED for shingle in telling))


def unindex(number: int, shingled: Shingled) -> set[int]:
    """Take a report out of the index; the numbers of others that hold what is no standing phrase any more."""
    kept = kept_of(shingled.shingles)
    take_out(RememberedShingle, ("key",), ((posting(shingle, number),) for shingle in kept))
    standing = standing_among(kept)
    fallen = {shingle: left for shingle in standing if len(left := _first_holders(shingle)) <= MOST_DOCUMENTS}
    take_out(StandingShingle, ("shingle",), ((shingle,) for shingle in fallen))
    return _weigh(fallen, 1)


def _first_holders(shingle: int) -> list[int]:
    """The reports that hold a standing phrase, or so many of them that it is one."""
    keys = RememberedShingle.objects.filter(pk__gte=shingle * REPORTS, pk__lt=(shingle + 1) * REPORTS)
    found = keys.order_by("pk").values_list("pk", flat=True)[: MOST_DOCUMENTS + 1]
    return [key % REPORTS for key in found]


def _weigh(changed: Mapping[int, list[int]], by: int) -> set[int]:
    """Count that shingles tell something (1) or nothing (-1) from now on, in all that hold them; these."""
    whole = Counter(number for found in changed.values() for number in found)
    sampled = Counter(number for shingle, found in changed.items() if not shingle % SAMPLED for number in found)
    for number, count in sorted(whole.items()):
        RememberedReport.objects.filter(pk=number).update(
            whole=F("whole") + by * count, sampled=F("sampled") + by * sampled[number]
        )
    return set(whole)
