"""An archive with one of everything in it, so that links from the first page lead to every page: nobody real.

To what `outsider_world` has (reports, a browser's visit, a picture, a group, restricted items, work given, notices, a pair of
records, decisions about links and a page, an entry of the authority file) come a verified and published case, one with one
sheet, a person with a sealed identity, a saved search, a layer of the map and a value found right.
"""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import outsider_preparing  # noqa: F401  what people do in each area
from outsider_world import World, client, make_open_world, make_restricted_world

from django.conf import settings  # isort: skip  after outsider_world, which sets it up

from tawthiq.archive.models import Report
from tawthiq.casework.domain.cases import open_case
from tawthiq.casework.domain.identities import Identity, keep
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.domain.persons import Acting
from tawthiq.casework.domain.publishing import publish
from tawthiq.casework.domain.saved_searches import save
from tawthiq.casework.domain.verification import finish
from tawthiq.casework.models import Case, Notice, Person, User
from tawthiq.casework.queries.case_contents import content_of
from tawthiq.web.desk.opened import opened
from verified_desk import whole_sheet

OWNER = "heron"
LAYER = {
    "type": "Feature",
    "properties": {"name": "حقل"},
    "geometry": {"type": "Polygon", "coordinates": [[[38, 35], [39, 35], [39, 36], [38, 36], [38, 35]]]},
}


def make_whole_archive(path: Path) -> World:
    """The archive, settled; `known` says by what numbers the things in it go, and `OWNER` sees all of it."""
    world = make_restricted_world(make_open_world(path / "plain"), path / "whole")
    folder = world.open()
    known = world.known
    case = _case(known["open_incident"], {"gull": "holds", "finch": "holds"})
    publish(settings.ARCHIVE_FOLDER, case, 0, "gull")
    _case(known["incident"], {"ibis": "not_enough"})
    _person(known["person"])
    _own_things(known)
    world.close(folder)
    return world


def _case(incident: int, sheets: dict[str, str]) -> Case:
    case = Case.objects.filter(incident=incident).first() or open_case(settings.ARCHIVE_FOLDER, incident, OWNER)
    content = content_of(incident)
    assert content is not None
    for name, status in sheets.items():
        finish(settings.ARCHIVE_FOLDER, case, whole_sheet(content, status), content.digest, name)
    return Case.objects.get(pk=case.pk)


def _person(number: int) -> None:
    identity = Identity(full="سالم النجار", given="سالم", family="النجار")
    keep(settings.ARCHIVE_FOLDER, number, identity, Acting("ibis", Person.objects.get(number=number).revision))


def _own_things(known: dict[str, Any]) -> None:
    """What the owner saves, brings along, is told of and finds right."""
    owner = client(OWNER)
    save(User.objects.get(name=OWNER), "غارات الرقة", "reports", "act=airstrike", team=True)
    assert tell([OWNER], Notice.Kind.CORRECTED, f"report:{known['mill_item']}", "ibis") == 1
    file = BytesIO(json.dumps(LAYER).encode())
    file.name = "fields.geojson"
    sent: dict[str, Any] = {"title": "حقول", "source": "رسمناها بأنفسنا", "file": file}
    assert owner.post("/map/layers/", sent).status_code == 302
    there = opened(Report.objects.select_related("capture").prefetch_related("zones").get(pk=known["open_report"]))
    form = {"text": there.text_stamp, "reading": there.reading_stamp, "seen": there.act}
    value = next(token for token, named in there.values.items() if named.value is not None)
    answer = owner.post(f"/reports/{known['open_report']}/desk/decide/", form | {"action": "accept", "value": value})
    assert answer.status_code == 302, answer.status_code
