"""Who documents what independently, as rows for estimation: copies once, quoted monitors for themselves, sight kept."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosed_desk import incident_of
from served_archive import Desk
from tawthiq.archive.models import Claim, CopyFamily, Incident, Report, ReportSource
from tawthiq.casework.models import Case, Group, ItemRestriction
from tawthiq.casework.queries.estimation_lists import Chosen, documented_incidents
from tawthiq.casework.queries.visibility import Sight
from verified_desk import copied, make_verified_desk

SIGHT, ALL = Sight(desk=True, person=None), Chosen()


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("estimation") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        yield made


def groups(desk: Desk, chosen: Chosen = ALL) -> set[str]:
    found = documented_incidents(Sight(desk=True, person=None), chosen).units.get(incident_of(desk))
    return set(found.groups) if found else set()


def test_copies_count_once_and_a_quoted_monitor_for_itself(desk: Desk) -> None:
    assert groups(desk) == {"وكالة الضفة", "SOHR", "إذاعة الجبل", "تنسيقية الحارة", "قناة الميناء"}


def test_a_dispatch_counts_for_the_agency_from_which_it_comes(desk: Desk) -> None:
    CopyFamily.objects.update(agency="وكالة بعيدة")
    assert "وكالة بعيدة" in groups(desk)
    assert not {"وكالة الضفة", "موقع الساحل"} & groups(desk)


def test_a_named_person_who_is_quoted_makes_no_list(desk: Desk) -> None:
    """A row is the outlet's, for the name of a speaker must not become the heading of a table."""
    Claim.objects.filter(source="body SOHR").update(source="body سنبل النرجسي")
    assert {"شبكة التل", "صحيفة النهر"} <= groups(desk)
    assert not any("سنبل" in group for group in groups(desk))


def test_a_platform_and_a_page_without_an_outlet_are_nobodys(desk: Desk) -> None:
    number = incident_of(desk)
    Claim.objects.filter(incident=number).delete()
    ReportSource.objects.filter(incident=number).update(source="platform t.me")
    found = documented_incidents(SIGHT, Chosen())
    assert number not in found.units
    assert found.nobodys >= 1


def test_one_outlet_spelled_in_two_ways_is_one_group(desk: Desk) -> None:
    number = incident_of(desk)
    Claim.objects.filter(incident=number).delete()
    rows = list(ReportSource.objects.filter(incident=number).order_by("key"))
    for row, source in zip(rows, ["outlet www.tal.example", "outlet Tal.example"] * 4, strict=False):
        ReportSource.objects.filter(pk=row.pk).update(source=source)
    assert len(groups(desk)) == 1


def test_an_incident_of_which_one_item_is_hidden_is_left_out_for_others(desk: Desk) -> None:
    hidden = Report.objects.get(pk=12).capture.identifier
    ItemRestriction.objects.create(item=hidden, group=Group.objects.create(name="قليلون"))
    assert groups(desk) == set()


def test_what_people_found_not_to_hold_is_not_counted_and_what_they_verified_is_decided(desk: Desk) -> None:
    number = incident_of(desk)
    case = Case.objects.create(
        incident=number, state=Case.State.VERIFIED, opened_by="heron", opened="2021-05-05T00:00Z"
    )
    assert documented_incidents(SIGHT, Chosen()).units[number].decided
    Case.objects.filter(pk=case.pk).update(state=Case.State.REJECTED)
    assert number not in documented_incidents(SIGHT, Chosen()).units


@pytest.mark.parametrize(
    ("chosen", "there"),
    [
        (Chosen(act="airstrike"), True),
        (Chosen(act="arrest"), False),
        (Chosen(place="السنديانة"), True),
        (Chosen(place="Sindiyana"), True),
        (Chosen(place="SY.sindiyana"), True),
        (Chosen(place="الغدير"), False),
        (Chosen(first=date(2021, 5, 4), last=date(2021, 5, 4)), True),
        (Chosen(first=date(2021, 5, 5)), False),
        (Chosen(last=date(2021, 5, 3)), False),
    ],
)
def test_incidents_are_chosen_by_act_place_and_period(model: Desk, tmp_path: Path, chosen: Chosen, there: bool) -> None:
    with copied(model, tmp_path / "archive") as desk:
        assert bool(groups(desk, chosen)) is there


def test_many_incidents_need_as_many_queries_as_one(desk: Desk) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as made:
            documented_incidents(Sight(desk=True, person=None), Chosen(place="السنديانة"))
        return len(made)

    before = queries()
    row = Incident.objects.get(pk=incident_of(desk))
    for number in range(50):
        row.pk, row.identifier = 5_000_000 + number, f"more-{number}"
        row.save(force_insert=True)
        ReportSource.objects.create(pk=90_000_000 + number, incident=row, report_id=14, source="family telling-10")
    assert queries() == before <= 10
