"""The pages of maps, time lines, charts and layers without a script: what they show, to whom, and with how many queries."""

import json
import re
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from linked_incident import make_incident
from mapped_archive import BASE, DARAYYA, DUMA, NOWHERE, TOLD, add_incidents, dispute_place
from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Capture, Incident, IncidentPlace, Report
from tawthiq.casework.models import Group, ItemRestriction, MapLayerDecision, User
from tawthiq.web import wishes

PAGES = (
    "/map/",
    "/map/marks.json",
    "/map/?unplaced=on",
    "/timeline/",
    "/charts/",
    "/charts/acts.csv",
    "/charts/outlets.csv",
)
SQUARE = [[38.0, 35.0], [40.0, 35.0], [40.0, 37.0], [38.0, 37.0], [38.0, 35.0]]


def page(desk: Desk, address: str, language: str = "en", status: int = 200) -> str:
    answer = desk.client(language).get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def reader(desk: Desk, role: User.Role, name: str = "crane") -> Client:
    user = User.objects.make(name, PASSWORD, role)
    client = desk.stranger()
    client.force_login(user)
    return client


def test_the_map_shows_points_areas_and_what_cannot_be_shown(desk: Desk) -> None:
    add_incidents()
    shown = page(desk, "/map/")
    assert "<svg" in shown
    assert "Duma and others; places: 2; incidents: 4" in shown
    assert "somewhere in Raqqa (governorate): incidents: 1" in shown
    assert "somewhere in Syria (country)" in shown
    assert "url(#hatch)" in shown
    assert "Not on the map: 2" in shown  # Salhiya, and the incident of the desk, of which no claim names a place
    assert "says nothing about borders" in shown
    assert ' style="' not in shown


def test_every_line_of_the_table_leads_to_the_incident_and_to_the_characters(desk: Desk) -> None:
    add_incidents((DUMA,))
    shown = page(desk, "/map/")
    assert f'href="/incidents/{BASE}/"' in shown
    assert 'href="/reports/1/?at=0-8#at"' in shown


def test_what_is_not_on_the_map_is_listed_with_its_words(desk: Desk) -> None:
    add_incidents()
    shown = page(desk, "/map/?unplaced=on")
    assert f'href="/incidents/{BASE + TOLD.index(NOWHERE)}/"' in shown
    assert f'href="/incidents/{BASE}/"' not in shown


def test_disputed_places_are_joined_and_said_to_be_disputed(desk: Desk) -> None:
    add_incidents((DUMA,))
    assert "<polyline" not in page(desk, "/map/")
    dispute_place(BASE, DARAYYA)
    shown = page(desk, "/map/")
    assert shown.count("<polyline") == 1
    assert shown.count("sources contradict each other") >= 2


def test_filters_of_the_list_narrow_the_map_and_are_carried_between_the_views(desk: Desk) -> None:
    add_incidents()
    shown = page(desk, "/map/?act=shelling")
    assert "Darayya: incidents: 1" in shown
    assert "Duma" not in shown
    for view in ("/incidents/", "/map/", "/timeline/", "/charts/"):
        assert f'href="{view}?act=shelling"' in page(desk, f"{view}?act=shelling")


def test_a_part_of_the_world_and_one_place_can_be_asked_for(desk: Desk) -> None:
    add_incidents()
    marks = json.loads(page(desk, "/map/marks.json?box=36.0,33.3,36.3,33.5"))["marks"]
    assert [mark["name"] for mark in marks] == ["Darayya"]
    told = json.loads(page(desk, f"/map/marks.json?spot={IncidentPlace.objects.get(incident=BASE).code}"))
    assert len(told["incidents"]) == 3
    assert told["incidents"][0]["claim"] == "/reports/1/?at=0-8#at"


NONSENSE = (
    "box=1", "box=nan,nan,nan,nan", "box=1e999,2,3,4", "box=9,9,1,1", "box=%00", "spot=%00x", "spot=%F0%28", "page=-1",
    "page=99999999999999999999", "act=<script>", "first=2021-13-45", "last=0000-00-00", "by=eon", "first=9999-12-31",
    "unplaced=",
)  # fmt: skip


def test_nonsense_in_the_address_narrows_nothing_and_breaks_nothing(desk: Desk) -> None:
    add_incidents((DUMA,))
    client = desk.client()
    for address, query in product(("/map/", "/map/marks.json", "/timeline/", "/charts/"), NONSENSE):
        assert client.get(f"{address}?{query}").status_code == 200, query


def test_hostile_names_of_places_are_words_and_no_markup(desk: Desk) -> None:
    add_incidents((DUMA,))
    IncidentPlace.objects.update(name="<script>alert(1)</script>", name_en='"><img src=x onerror=alert(1)>')
    for language in ("ar", "en"):
        for address in ("/map/", f"/incidents/{BASE}/"):
            shown = page(desk, address, language)
            assert "<script>alert" not in shown
            assert "<img src=x" not in shown


def told(client: Client, address: str) -> bytes:
    """A page without what differs each time: the token of its forms."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", client.get(address).content)


def test_what_is_outside_ones_sight_is_not_drawn_counted_or_offered(desk: Desk) -> None:
    client = reader(desk, User.Role.REVIEWER)
    Incident.objects.all().delete()
    empty = {address: told(client, address) for address in PAGES}
    add_incidents((DUMA, NOWHERE))
    assert all(told(client, address) != empty[address] for address in PAGES)
    group = Group.objects.create(name="others")
    ItemRestriction.objects.create(item=Capture.objects.get(pk=1).identifier, group=group)
    assert [address for address in PAGES if told(client, address) != empty[address]] == []
    assert client.get(f"/incidents/{BASE}/timeline/").status_code == 404


def test_who_reads_published_cases_only_sees_no_incident(desk: Desk) -> None:
    add_incidents((DUMA,))
    client = reader(desk, User.Role.PUBLIC)
    for address in (*PAGES, "/map/layers/", "/map/layer.geojson"):
        shown = told(client, address).decode()
        assert "Duma" not in shown
        assert str(BASE) not in shown
    assert client.get(f"/incidents/{BASE}/timeline/").status_code != 200


def test_strangers_are_asked_to_sign_in(desk: Desk) -> None:
    assert {desk.stranger().get(address).status_code for address in (*PAGES, "/map/layers/")} == {302}


def test_queries_do_not_grow_with_the_incidents(desk: Desk) -> None:
    client = desk.client()
    counts = []
    for base, times in ((BASE, 1), (BASE + 50_000, 4)):
        add_incidents(TOLD * times, base)
        counts.append([queries(client, address) for address in ("/map/", "/map/marks.json", "/timeline/", "/charts/")])
    assert counts[0] == counts[1]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_the_time_line_counts_a_month_as_possible_on_its_days(desk: Desk) -> None:
    Incident.objects.all().delete()
    add_incidents((TOLD[4],))
    shown = page(desk, "/timeline/?by=day")
    assert "0–1" in shown
    assert "Not an estimate" in shown
    assert "0–12" in shown
    assert "5–12" in page(desk, "/timeline/?by=month")


def test_incidents_without_a_day_are_told_beside_the_time_line(desk: Desk) -> None:
    add_incidents((DUMA, NOWHERE))
    assert "Not on the time line, since no source tells their day: 1" in page(desk, "/timeline/")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_time_line_of_an_incident_tells_every_toll_with_its_characters(desk: Desk, language: str) -> None:
    number = make_incident(desk)
    shown = page(desk, f"/incidents/{number}/timeline/", language)
    assert shown.count('class="reach-low"') >= 7
    assert "سبعة أشخاص" in shown
    assert "?at=" in shown
    assert 'class="stretch is-when"' in shown
    assert desk.client().get("/incidents/1/timeline/").status_code == 404


def test_the_incidents_page_shows_where_it_was(desk: Desk) -> None:
    number = make_incident(desk)
    shown = page(desk, f"/incidents/{number}/")
    assert "Where, on a map" in shown
    assert f'href="/incidents/{number}/timeline/"' in shown
    assert "<svg" in shown


def test_charts_have_tables_and_their_csv_holds_the_same(desk: Desk) -> None:
    add_incidents()
    shown = page(desk, "/charts/?act=shelling")
    assert "By act" in shown
    table = page(desk, "/charts/acts.csv?act=shelling")
    assert table.splitlines()[1] == "Shelling,1"
    assert desk.client().get("/charts/none.csv").status_code == 404


def test_an_outlet_named_like_a_formula_is_harmless_in_the_file(desk: Desk) -> None:
    desk.client()
    add_incidents((DUMA,))
    Report.objects.filter(pk=1).update(publisher='=HYPERLINK("http://x.example","y")')
    assert "\"'=HYPERLINK(" in page(desk, "/charts/outlets.csv")


def sent(data: bytes, **fields: object) -> dict[str, object]:
    file = BytesIO(data)
    file.name = "../../../etc/passwd"
    return {"title": "Governorates", "source": "made by hand", "file": file, **fields}


def layer(**properties: object) -> bytes:
    geometry = {"type": "Polygon", "coordinates": [SQUARE]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": geometry}).encode()


def test_an_owner_brings_a_layer_along_chooses_it_and_goes_back(desk: Desk) -> None:
    add_incidents((DUMA,))
    client = desk.client()
    before = sorted(path.name for path in desk.folder.path.iterdir())
    assert client.post("/map/layers/", sent(layer(name="حقل", informant="Samer"))).status_code == 302
    row = MapLayerDecision.objects.get()
    assert sorted(path.name for path in desk.folder.path.iterdir() if path.name[0] != ".") == sorted(
        {*(name for name in before if name[0] != "."), "layers"}
    )
    kept = desk.folder.path / "layers" / f"{row.sha256}.geojson"
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
    assert b"Samer" not in kept.read_bytes()
    assert client.get("/map/layer.geojson").status_code == 404
    assert client.post("/map/layers/choose/", {"layer": row.sha256, "alone": "on"}).status_code == 302
    assert json.loads(client.get("/map/layer.geojson").content)["features"][0]["properties"] == {"name": "حقل"}
    assert "Governorates" in page(desk, "/map/")
    kept.write_bytes(layer(name="forged"))
    assert "missing or changed" in page(desk, "/map/layers/")
    client.post("/map/layers/choose/", {})
    assert "Governorates" not in page(desk, "/map/")
    logged = (desk.folder.path / "log").rglob("*.jsonl")
    assert "layer-chosen" in "".join(path.read_text("utf-8") for path in logged)


def test_only_layers_of_the_list_can_be_chosen(desk: Desk) -> None:
    client = desk.client()
    for digest in ("../tawthiq", "0" * 64, "/etc/passwd", "http://127.0.0.1/x", "x", "A" * 64, "\x00"):
        assert client.post("/map/layers/choose/", {"layer": digest}).status_code == 400
    assert not MapLayerDecision.objects.exists()


def test_what_is_no_layer_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    client = desk.client()
    for data in (b"", b"<html>", b"{}", b'{"type":"Point","coordinates":[1,2]}'):
        assert client.post("/map/layers/", sent(data)).status_code == 400
    assert not MapLayerDecision.objects.exists()
    assert not (desk.folder.path / "layers").exists()


def test_nobody_but_owners_changes_the_map(desk: Desk) -> None:
    for role in set(User.Role) - {User.Role.OWNER}:
        client = reader(desk, role, f"somebody-{role}")
        assert client.post("/map/layers/", sent(layer(name="x"))).status_code in (403, 404)
        assert client.post("/map/layers/choose/", {}).status_code in (403, 404)
    assert not MapLayerDecision.objects.exists()


def test_media_are_covered_unless_asked_for_or_wished(desk: Desk) -> None:
    given = {"source": "/p", "words": "a picture", "name": "m1"}
    factory = RequestFactory()
    assert "<img" not in render_to_string("media/_blurred.html", given, factory.get("/x"))
    assert "<img" not in render_to_string("media/_blurred.html", given, factory.get("/x?media=m2"))
    assert '<img src="/p"' in render_to_string("media/_blurred.html", given, factory.get("/x?media=m1"))
    token = wishes._current.set(wishes.Wishes(show_media=True))
    try:
        assert '<img src="/p"' in render_to_string("media/_blurred.html", given, factory.get("/x"))
    finally:
        wishes._current.reset(token)


def test_no_page_plays_anything_by_itself() -> None:
    templates = Path(__file__).resolve().parents[2] / "src" / "tawthiq" / "web" / "templates"
    texts = [path.read_text("utf-8") for path in templates.rglob("*.html")]
    assert [text for text in texts if "autoplay" in text] == []
    assert [text for text in texts if "visit-picture" in text and "<img" in text] == []
