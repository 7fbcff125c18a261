"""Attacks on what is handed out: asking around what is withheld, names of everyday, people who may see less than others."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from disclosed_desk import NAME, incident_of, publish_case, seal_person
from served_archive import PASSWORD, Desk
from tawthiq.archive.log_acts import item_names
from tawthiq.archive.models import Incident, IncidentPlace, IncidentReport, LogAct
from tawthiq.casework.domain import api_tokens, custody
from tawthiq.casework.domain.api_tokens import Wanted
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import Group, ItemRestriction, User
from tawthiq.lexicon.gazetteer import gazetteer
from tawthiq.publication.redaction_places import coarse
from tawthiq.records.disclosure import Profile
from tawthiq.records.log import LogEntry, LogEvent
from tawthiq.records.place import Place, PlaceKind
from tawthiq.web.api import gathering
from verified_desk import copied, make_verified_desk


def program(profile: Profile, member: str = "heron", giver: str = "") -> Client:
    """A program with a token of a member; `giver` made it in the pages."""
    user = User.objects.get(name=member)
    acting = Acting(None, giver or "heron", User.objects.get(name=giver) if giver else None)
    token = api_tokens.make(acting, user, Wanted(profile, "a test"))[1]
    return Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})


def incidents(asking: Client, **query: str | int) -> Any:
    """What a program gets of the list of incidents."""
    return answered(asking, "/api/v1/incidents", query)


def answered(asking: Client, path: str, query: dict[str, str | int] | None = None) -> Any:
    """The answer's JSON."""
    answer = asking.get(path, query or {})
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("attacked") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    with copied(model, tmp_path / "archive") as made:
        yield made


def town_in_a_governorate() -> Place:
    """A place of which the gazetteer says in which governorate it lies."""
    towns = (place for place in gazetteer().by_code.values() if place.kind is PlaceKind.TOWN)
    return next(place for place in towns if (wide := coarse(place)) and wide.kind is PlaceKind.GOVERNORATE)


@pytest.mark.parametrize("limit", [1, 50])
def test_no_partner_finds_the_exact_place_of_a_sensitive_case_by_asking_for_it(desk: Desk, limit: int) -> None:
    number = incident_of(desk)
    asking = program(Profile.PARTNER)
    assert answered(asking, f"/api/v1/incidents/{number}")["sensitive"]
    nowhere = incidents(asking, place="Nowhere at all", limit=limit)
    place = IncidentPlace.objects.filter(incident=number)[0]
    for asked in (place.code, place.name, place.name[:3], place.name_en, place.name_en.lower()):
        assert incidents(asking, place=asked, limit=limit) == nowhere
    court = incidents(program(Profile.COURT), place=place.code, limit=limit)
    assert number in {each["number"] for each in court["incidents"]}


def test_a_partner_finds_a_sensitive_case_by_the_governorate_that_is_shown(desk: Desk) -> None:
    number, near = incident_of(desk), town_in_a_governorate()
    IncidentPlace.objects.filter(incident=number).update(code=near.code, name=near.name, name_en=near.name_en)
    asking = program(Profile.PARTNER)
    (shown,) = answered(asking, f"/api/v1/incidents/{number}")["places"]
    assert shown["kind"] == "governorate"
    for asked in (shown["code"], shown["name"]):
        assert number in {each["number"] for each in incidents(asking, place=asked)["incidents"]}


def test_no_token_spells_a_sealed_name_by_asking_for_places_called_after_it(desk: Desk) -> None:
    number = publish_case(desk)
    seal_person(desk)
    called = f"بيت {NAME}"
    Incident.objects.filter(pk=number).update(place=called)
    IncidentPlace.objects.filter(incident=number).update(code="", name=called, name_en=called)
    for profile in (Profile.COURT, Profile.PARTNER):
        asking = program(profile)
        for asked in (NAME, NAME.split()[0]):
            assert incidents(asking, place=asked) == {"incidents": [], "next": None}
        assert incidents(asking, place="بيت")["incidents"]


def test_pages_at_a_place_follow_each_other_and_miss_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = IncidentPlace.objects.filter(incident=incident_of(desk))[0]
    asking = program(Profile.COURT)
    whole = incidents(asking, place=place.code)["incidents"]
    monkeypatch.setattr(gathering, "MOST_LOOKED_AT", 2)
    found, cursor = [], "0"
    while cursor is not None:
        page = incidents(asking, place=place.code, limit=1, cursor=cursor)
        found += page["incidents"]
        cursor = page["next"]
    assert found == whole


def test_no_owner_outside_the_group_learns_which_hidden_incidents_were_handed_out(desk: Desk) -> None:
    number = incident_of(desk)
    User.objects.make("stork", PASSWORD, User.Role.OWNER)
    custody.record(
        desk.folder.path, "exported", "heron", subject=f"tawthiq-dossier-{number}-court", facts={"incidents": [number]}
    )
    seen = Client(SERVER_NAME="127.0.0.1")
    seen.force_login(User.objects.get(name="stork"))
    shown = f'href="/incidents/{number}/"'
    assert shown in seen.get("/audit/").content.decode()
    entry = LogAct.objects.get(kind="exported")
    assert str(number) in seen.get(f"/audit/{entry.index}/").content.decode()
    item = IncidentReport.objects.filter(incident=number)[0].report.capture.identifier
    ItemRestriction.objects.create(item=item, group=Group.objects.create(name="north"))
    assert str(number) not in seen.get("/audit/").content.decode()
    assert seen.get(f"/audit/{entry.index}/").status_code == 404


def test_an_entry_of_something_handed_out_speaks_of_its_incidents() -> None:
    event = LogEvent("exported", datetime(2026, 1, 1, tzinfo=UTC), "heron", "a.csv", {"incidents": [7, True, "x", 8]})
    entry = LogEntry(0, b"", None, event)
    assert item_names(entry) == ["incident:7", "incident:8"]
