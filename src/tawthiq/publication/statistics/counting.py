"""Counting incidents in one pass: memory grows with the lines of the cuts, not with the incidents."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, field

from tawthiq.publication.statistics import cuts
from tawthiq.publication.statistics.tolling import Tolls, is_disputed
from tawthiq.records.disclosure import DisclosedIncident
from tawthiq.records.statistics import Statistics, StatisticsFilter, StatisticsRow, Tally

PROPOSED, PERSON = "proposed", "person"
ALL = ""
_Numbers = tuple[int, ...]  # the fields of a Tally, in their order


def count(incidents: Iterable[DisclosedIncident], wanted: StatisticsFilter | None = None) -> Statistics:
    """The numbers over all incidents that the filter wants. Incidents that people found not to hold are never counted.

    The order of the incidents makes no difference.
    """
    asked = wanted or StatisticsFilter()
    sums = _Sums()
    left_out: Counter[str] = Counter()
    straddling = 0
    for incident in incidents:
        why = cuts.refused(incident, asked)
        if why:
            left_out[why] += 1
            continue
        straddling += cuts.straddles(incident, asked)
        sums.take(incident)
    return Statistics(
        filter=asked,
        total=sums.total.tally(ALL),
        acts=sums.acts.rows(_by_number),
        actors=sums.actors.rows(_by_number),
        countries=sums.countries.rows(_by_number),
        governorates=sums.governorates.rows(_by_number),
        years=sums.years.rows(_by_code),
        months=sums.months.rows(_by_code),
        states=sums.states.rows(_by_number),
        tolls=sums.tolls.rows(),
        left_out=tuple(sorted(left_out.items())),
        straddling=straddling,
    )


def tally_of(incident: DisclosedIncident) -> Tally:
    """One incident as a tally of one."""
    published = incident.published is not None
    verified = published or incident.verified is not None
    decided = verified or incident.decided_by == PERSON or incident.state != PROPOSED
    sources, reports = max(1, incident.sources), max(1, len(incident.reports))
    return Tally(
        incidents=1,
        decided=int(decided),
        verified=int(verified),
        published=int(published),
        sources_1=int(sources == 1),
        sources_2=int(sources == 2),
        sources_3=int(sources >= 3),
        reports_1=int(reports == 1),
        reports_2=int(reports == 2),
        reports_3=int(reports >= 3),
        reports=reports,
        sources=sources,
        disputed=int(any(is_disputed(slot) for slot in incident.slots)),
    )


@dataclass(slots=True)
class _Cut:
    """The lines of one cut so far."""

    sums: dict[str, list[int]] = field(default_factory=dict)
    possible: Counter[str] = field(default_factory=Counter)
    attributed: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, numbers: _Numbers) -> None:
        line = self.sums.get(code)
        if line is None:
            line = self.sums[code] = [0] * len(numbers)
        for at, number in enumerate(numbers):
            line[at] += number

    def tally(self, code: str) -> Tally:
        """The sums of one line."""
        return Tally(*self.sums.get(code, ()))

    def rows(self, order: Callable[[StatisticsRow], object]) -> tuple[StatisticsRow, ...]:
        codes = self.sums.keys() | self.possible.keys() | self.attributed.keys()
        found = (StatisticsRow(code, self.tally(code), self.possible[code], self.attributed[code]) for code in codes)
        return tuple(sorted(found, key=order))  # type: ignore[arg-type]


@dataclass(slots=True)
class _Sums:
    """Everything counted so far."""

    total: _Cut = field(default_factory=_Cut)
    acts: _Cut = field(default_factory=_Cut)
    actors: _Cut = field(default_factory=_Cut)
    countries: _Cut = field(default_factory=_Cut)
    governorates: _Cut = field(default_factory=_Cut)
    years: _Cut = field(default_factory=_Cut)
    months: _Cut = field(default_factory=_Cut)
    states: _Cut = field(default_factory=_Cut)
    tolls: Tolls = field(default_factory=Tolls)

    def take(self, incident: DisclosedIncident) -> None:
        """Add one incident to every cut."""
        tally = tally_of(incident)
        one: _Numbers = astuple(tally)
        self.total.add(ALL, one)
        self.acts.add(incident.act, one)
        self.countries.add(cuts.country_of(incident), one)
        self.governorates.add(cuts.governorate_of(incident), one)
        self.states.add(incident.state, one)
        for party in cuts.parties_of(incident):
            self.actors.add(party, one)
        for party in {attribution.party for attribution in incident.attributions}:
            self.actors.attributed[party] += 1
        for cut, (code, possible) in ((self.years, cuts.year_of(incident)), (self.months, cuts.month_of(incident))):
            cut.add(code, one)
            cut.possible.update(possible)
        self.tolls.take(incident, is_verified=bool(tally.verified))


def _by_number(row: StatisticsRow) -> tuple[bool, int, str]:
    """The most first; what is not known after everything else."""
    return row.code.startswith("("), -row.tally.incidents, row.code


def _by_code(row: StatisticsRow) -> tuple[bool, str]:
    return row.code.startswith("("), row.code
