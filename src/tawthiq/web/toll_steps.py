"""The time line of one toll: every number in the order in which it was told, as bars side by side."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tawthiq.archive.models import Claim, Report
from tawthiq.web.report_address import address_of

WIDTH = 100  # the longest bar of a time line
Told = tuple[Claim, str, str]  # a claim, its value in words, the letter of its position


@dataclass(frozen=True, slots=True)
class Step:
    """One number at one telling; `width` and `rest` are bars from 0 to `WIDTH`, `rest` what the teller leaves open above."""

    day: date | None
    label: str
    width: str
    rest: str
    claim: Claim
    report: Report
    times: int
    letter: str

    @property
    def address(self) -> str:
        """Where the claim's characters are shown."""
        return address_of(self.report, self.claim.start, self.claim.end)


def steps_of(told: Sequence[Told], reports: Mapping[int, Report]) -> Iterator[Step]:
    """The numbers of a toll in the order of telling, each with its position's letter, where it was told on several days."""
    counts = [each for each in told if each[0].minimum is not None]
    if len({claim.told for claim, _label, _letter in counts}) < 2:
        return
    highest = max(max(claim.minimum or 0, claim.maximum or 0) for claim, _label, _letter in counts) or 1
    groups: dict[tuple[date | None, str, str], list[Told]] = {}
    for each in sorted(counts, key=lambda entry: _moment(entry[0])):
        claim, label, _letter = each
        groups.setdefault((claim.told, label, claim.source), []).append(each)
    for (day, label, _source), same in groups.items():
        first, _, letter = same[0]
        low = WIDTH * (first.minimum or 0) // highest
        high = WIDTH if first.maximum is None else WIDTH * first.maximum // highest
        report = reports[first.report_id]
        rest = str(high - low) if high > low else ""
        yield Step(day, label, str(max(low, 1)), rest, first, report, len(same), letter)


def _moment(claim: Claim) -> tuple[date, str, int]:
    return claim.told or date.max, claim.told_at, claim.key
