"""Places and tolls of incidents for maps and timelines: the narrowest place, bounds that lead to claims, no rest."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection

from linked_incident import make_incident
from served_archive import Desk, links, make_desk
from tawthiq.archive.dropping import drop_links
from tawthiq.archive.incident_summaries import delete_summaries, save_summaries
from tawthiq.archive.models import Claim, Incident, IncidentPlace, IncidentToll, Report, Slot
from tawthiq.archive.replacing import drop_report
from tawthiq.records.claim import Position
from tawthiq.records.count import Group


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = make_desk(tmp_path / "archive")
    yield made
    connection.close()
    made.folder.close()


def test_each_position_has_its_place_and_a_claim_that_says_so(desk: Desk) -> None:
    number = make_incident(desk)
    (place,) = IncidentPlace.objects.filter(incident=number)
    assert (place.code, place.kind, place.latitude, place.longitude) == ("SY.sindiyana", "town", 36.2, 37.1)
    assert place.claim.slot == "where"
    assert place.claim.text in place.claim.report.text
    assert place.claim.report.text[place.claim.start : place.claim.end] == place.claim.text


def test_the_bounds_of_a_toll_are_numbers_that_somebody_claims(desk: Desk) -> None:
    number = make_incident(desk)
    tolls = {toll.harm: toll for toll in IncidentToll.objects.filter(incident=number)}
    killed = tolls["killed"]
    assert (killed.minimum, killed.maximum) == (3, 9)
    assert killed.lowest.minimum == 3
    assert 9 in (killed.highest.minimum, killed.highest.maximum)
    whole = Claim.objects.filter(incident=number, slot="killed", position__slot__group="all", part_of=False)
    assert killed.minimum == min(claim.minimum for claim in whole if claim.minimum is not None)


def test_a_subset_of_the_harmed_does_not_lower_the_bound_of_the_whole(desk: Desk) -> None:
    number = make_incident(desk)
    assert Slot.objects.filter(incident=number, slot="killed", group="children").exists()
    assert IncidentToll.objects.get(incident=number, harm="killed").minimum > 2


def test_what_is_deleted_leaves_nothing_and_touches_no_other_incident(desk: Desk) -> None:
    number = make_incident(desk)
    delete_summaries([number - 1, number + 1])
    assert IncidentPlace.objects.filter(incident=number).exists()
    delete_summaries([number])
    assert not IncidentPlace.objects.filter(incident=number).exists()
    assert not IncidentToll.objects.filter(incident=number).exists()
    make_numbers = Incident.objects.count()
    drop_links()
    assert make_numbers
    assert not IncidentPlace.objects.exists()


def test_a_place_goes_when_the_report_that_says_so_goes(desk: Desk) -> None:
    number = make_incident(desk)
    place = IncidentPlace.objects.get(incident=number)
    drop_report(place.claim.report_id)
    assert not IncidentPlace.objects.filter(pk=place.pk).exists()


def test_some_of_those_whom_a_source_counts_are_no_lower_bound_of_the_toll(desk: Desk) -> None:
    (incident,) = links(desk.arabic, desk.english).incidents
    number = Incident.objects.get().number
    told, again = incident.killed
    civilians = replace(told, minimum=65, maximum=65, group=Group.CIVILIANS)
    children = replace(again, minimum=18, maximum=18, group=Group.CHILDREN, part_of=True)
    view = replace(incident.slots[0], positions=(Position((civilians, children), 2),), disputes=())
    delete_summaries([number])
    reports = dict(Report.objects.values_list("capture__identifier", "pk"))
    save_summaries([(number, replace(incident, slots=(view,)))], reports)
    toll = IncidentToll.objects.get(incident=number, harm="killed")
    assert (toll.minimum, toll.maximum) == (65, 65)
