"""The law of compartments: what others see of links is what it would be if the restricted reports were not there."""

from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.test_link_memory import SEEDS, a_report
from linked_archive import all_links, all_memory, empty_archive, erase, put
from tawthiq.archive import link_memory_run
from tawthiq.archive.dropping import drop_readings
from tawthiq.archive.link_inputs import link_inputs
from tawthiq.archive.link_memory import mark_documents, memory, part_families, stamp
from tawthiq.archive.link_memory_full import link_all
from tawthiq.archive.link_memory_run import relink
from tawthiq.archive.linking_rows import drop_families, drop_incidents
from tawthiq.archive.models import CopyMember, IncidentReport
from tawthiq.linking.scoring import shipped_weights
from tawthiq.linking.statistics import Statistics
from tawthiq.records.link_decision import Constraints

REPORTS = 8
OPEN, RED, BLUE, BOTH = "", "1", "2", "1 2"


@pytest.fixture
def growing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive whose memory is never too old or too small."""
    monkeypatch.setattr(link_memory_run, "FEW", 0)
    monkeypatch.setattr(link_memory_run, "GROWTH", 10**6)
    empty_archive(tmp_path / "archive")


class Restricted:
    """Who may see which report, as linking asks for it."""

    def __init__(self, *groups: str) -> None:
        self.groups = {number: name for number, name in enumerate(groups, start=1) if name}

    def __call__(self, _documents: Collection[str] | None) -> Constraints:
        return Constraints(compartments={f"d{number:02}": name for number, name in self.groups.items() if name})

    def compartment(self, number: int) -> str:
        return self.groups.get(number, OPEN)


def statistics() -> Statistics:
    known = memory()
    assert known is not None
    return known.statistics


def link_at_once(restricted: Restricted) -> None:
    """One run over all reports, with the statistics that the archive has."""
    link_all(dict(link_inputs()), shipped_weights(), restricted, stamp(shipped_weights()), statistics())


def crossings(restricted: Restricted) -> list[set[str]]:
    """The compartments of each incident and family."""
    found: dict[tuple[str, int], set[str]] = {}
    for kind, rows in (
        ("incident", IncidentReport.objects.values_list("incident", "report")),
        ("family", CopyMember.objects.values_list("family", "report")),
    ):
        for of, report in rows:
            found.setdefault((kind, of), set()).add(restricted.compartment(report))
    return list(found.values())


def drop_what_tells_of(numbers: Collection[int]) -> None:
    drop_incidents(set(IncidentReport.objects.filter(report__in=numbers).values_list("incident", flat=True)))
    drop_families(set(CopyMember.objects.filter(report__in=numbers).values_list("family", flat=True)))


GROUPS = st.lists(st.sampled_from((OPEN, OPEN, RED, BLUE, BOTH)), min_size=REPORTS, max_size=REPORTS)
TOLD = st.lists(SEEDS, min_size=REPORTS, max_size=REPORTS)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds=TOLD, groups=GROUPS)
@example(seeds=[1] * REPORTS, groups=[RED, OPEN, OPEN, BOTH, OPEN, BLUE, RED, OPEN])
@pytest.mark.usefixtures("growing")
def test_others_have_the_links_that_they_would_have_without_the_restricted_reports(
    seeds: list[int], groups: list[str]
) -> None:
    restricted = Restricted(*groups)
    drop_readings()
    for number, seed in enumerate(seeds, start=1):
        put(number, a_report(number, seed))
    relink(again=True)
    link_at_once(restricted)
    assert all(len(found) == 1 for found in crossings(restricted))
    drop_what_tells_of(restricted.groups)
    seen = all_links()
    known = statistics()
    for number in restricted.groups:
        erase(number)
    link_all(dict(link_inputs()), shipped_weights(), restricted, stamp(shipped_weights()), known)
    assert seen == all_links()


CHANGES = st.lists(st.tuples(st.integers(1, REPORTS), st.sampled_from((OPEN, RED, BLUE, BOTH))), min_size=2, max_size=6)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds=TOLD, groups=GROUPS, changes=CHANGES, slices=st.sampled_from((1, 100)))
@example(seeds=[1] * REPORTS, groups=[OPEN] * REPORTS, changes=[(1, RED), (4, RED), (1, OPEN)], slices=1)
@pytest.mark.usefixtures("growing")
def test_restricting_and_lifting_step_by_step_ends_where_one_run_over_everything_does(
    monkeypatch: pytest.MonkeyPatch, seeds: list[int], groups: list[str], changes: list[tuple[int, str]], slices: int
) -> None:
    monkeypatch.setattr(link_memory_run, "AT_ONCE", slices)
    restricted = Restricted(*groups)
    drop_readings()
    for number, seed in enumerate(seeds, start=1):
        put(number, a_report(number, seed))
    relink(decided=restricted, again=True)
    for number, name in changes:
        restricted.groups[number] = name
        part_families([f"d{number:02}"])
        assert not CopyMember.objects.filter(report=number).exists()
        mark_documents([f"d{number:02}"])
        assert not relink(decided=restricted).full
        assert all(len(found) == 1 for found in crossings(restricted))
    grown = all_links(), all_memory()
    link_at_once(restricted)
    assert grown == (all_links(), all_memory())


def test_without_compartments_the_same_reports_are_linked(growing: None) -> None:
    """Else the two laws above would hold of an archive in which nothing is linked at all."""
    for number in range(1, 4):
        put(number, a_report(number, 1))
    relink(again=True)
    assert IncidentReport.objects.values("incident").distinct().count() < IncidentReport.objects.count()
    assert CopyMember.objects.count() == 3
