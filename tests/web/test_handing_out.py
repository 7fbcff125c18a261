"""Handing out in the pages: a look first, then a file made as the verbs make it, logged by name, with nobody's sealed name."""

import hashlib
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from disclosed_desk import NAME, NAME_LATIN, PSEUDONYM, TELEPHONE, incident_of, publish_case, seal_person, tell_the_name
from served_archive import PASSWORD, Desk
from tawthiq.archive.models import IncidentReport
from tawthiq.casework.domain import custody
from tawthiq.casework.models import Group, ItemRestriction, User
from tawthiq.pipeline.handing_out import SUMS
from tawthiq.publication.dossier.writing import HTML, write_dossier
from tawthiq.records.disclosure import Profile
from tawthiq.store import ArchiveFolder
from tawthiq.web.handing import asking, making
from tawthiq.web.handing.kinds import MOST_INCIDENTS, kinds
from verified_desk import copied, make_verified_desk

_TOKENS = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]*')


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = make_verified_desk(tmp_path_factory.mktemp("handing") / "archive")
    with copied(desk, tmp_path_factory.mktemp("told") / "archive") as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(custody, "_write_soon", lambda _folder: None)
        publish_case(made)
        seal_person(made)
        tell_the_name(made)
        User.objects.make("rook", PASSWORD, User.Role.EDITOR)
    return made


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A published case whose reports tell a sealed name; temporary folders are seen to."""
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    spool = tmp_path / "spool"
    spool.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(spool))
    with copied(model, tmp_path / "archive") as made:
        yield made
    assert list(spool.iterdir()) == []


def signed_in(name: str, language: str = "en") -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.cookies["tawthiq_language"] = language
    client.force_login(User.objects.get(name=name))
    return client


def asked(desk: Desk, kind: str, profile: Profile = Profile.COURT, **changes: str) -> dict[str, str]:
    return {"incidents": str(incident_of(desk)), "kind": kind, "profile": profile.value, "language": "en", **changes}


def bytes_of(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content.decode()
    return b"".join(answer.streaming_content)


def exports(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """Who handed out what, as the log has it."""
    with ArchiveFolder.open(desk.folder.path) as folder:
        events = [entry.event for entry in folder.entries() if entry.event and entry.event.kind == "exported"]
    return [(event.actor, dict(event.facts)) for event in events]


def test_only_owners_and_editors_hand_out_and_find_the_way_from_the_incident(desk: Desk) -> None:
    number = incident_of(desk)
    assert f'href="/hand-out/?incident={number}"' in signed_in("rook").get(f"/incidents/{number}/").content.decode()
    reviewer = signed_in("tern")
    assert "/hand-out/" not in reviewer.get(f"/incidents/{number}/").content.decode()
    assert reviewer.get("/hand-out/").status_code == 403
    assert reviewer.post("/hand-out/", asked(desk, "csv")).status_code == 403
    assert exports(desk) == []


def test_the_form_offers_everything_and_starts_with_the_profile_that_shows_least(desk: Desk) -> None:
    html = signed_in("rook").get(f"/hand-out/?incident={incident_of(desk)}").content.decode()
    for name in kinds():
        assert f'value="{name}"' in html
    assert html.count("checked") == 2
    assert (
        'value="public"' in html[: html.index("checked", html.index('name="profile"'))].rpartition("<input")[2] + html
    )
    assert f'value="{incident_of(desk)}"' in html


def test_a_look_says_what_leaves_and_leaves_no_trace(desk: Desk) -> None:
    before = exports(desk)
    html = signed_in("rook").get("/hand-out/", asked(desk, "geojson")).content.decode()
    assert "What leaves" in html
    assert "What this format cannot carry" in html
    assert "Make the file" in html
    for sealed in (NAME, NAME_LATIN, TELEPHONE):
        assert sealed not in html
    assert exports(desk) == before


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("kind", [name for name in kinds() if name not in ("dossier", "package", "parquet")])
def test_every_format_is_made_logged_by_name_and_names_nobody_who_is_protected(
    desk: Desk, kind: str, profile: Profile
) -> None:
    answer = signed_in("rook").post("/hand-out/", asked(desk, kind, profile))
    data = bytes_of(answer)
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="tawthiq-')
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert int(answer.headers["Content-Length"]) == len(data)
    parts = [data]
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts += [packed.read(name) for name in packed.namelist()]
    for sealed in (NAME, NAME_LATIN, TELEPHONE):
        assert not any(sealed.encode() in part for part in parts)
    ((actor, facts),) = exports(desk)
    assert (actor, facts["what"], facts["profile"]) == ("rook", kind, profile.value)
    assert facts["incidents"] == [incident_of(desk)]
    assert facts["output_sha256"] in {hashlib.sha256(part).hexdigest() for part in parts}


def test_the_log_keeps_the_digest_of_what_a_folder_holds(desk: Desk) -> None:
    data = bytes_of(signed_in("rook").post("/hand-out/", asked(desk, "csv")))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sums = next(name for name in packed.namelist() if name.endswith(SUMS))
        folder = sums.removesuffix(SUMS)
        assert hashlib.sha256(packed.read(sums)).hexdigest() == exports(desk)[0][1]["output_sha256"]
        for line in packed.read(sums).decode().splitlines():
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(packed.read(folder + name)).hexdigest() == digest


def test_a_dossier_comes_in_the_language_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "write_dossier", partial(write_dossier, formats=[HTML]))  # PDF has tests of its own
    data = bytes_of(signed_in("rook").post("/hand-out/", asked(desk, "dossier", language="ar")))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = {name.rpartition("/")[2]: name for name in packed.namelist()}
        html = packed.read(names["dossier.html"]).decode()
    assert 'dir="rtl"' in html
    assert NAME not in html
    assert PSEUDONYM in html
    assert exports(desk)[0][0] == "rook"


def test_preserved_pages_are_for_courts_alone(desk: Desk) -> None:
    for profile in (Profile.PARTNER, Profile.PUBLIC):
        refused = signed_in("rook").post("/hand-out/", asked(desk, "package", profile))
        assert refused.status_code == 400
        assert "courts alone" in refused.content.decode()
    assert exports(desk) == []


def test_what_somebody_does_not_see_is_as_if_it_had_never_been(desk: Desk) -> None:
    number = incident_of(desk)
    before = signed_in("heron").get("/hand-out/", asked(desk, "csv")).content.decode()
    assert "Nothing would leave." not in before
    item = IncidentReport.objects.filter(incident=number).values_list("report__capture__identifier", flat=True)[0]
    ItemRestriction.objects.create(item=item, group=Group.objects.create(name="north"))
    for profile in Profile:
        hidden, never = (
            _TOKENS.sub("", signed_in("heron").get("/hand-out/", question).content.decode())
            for question in (asked(desk, "csv", profile), asked(desk, "csv", profile, incidents="987654"))
        )
        assert "Nothing would leave." in hidden
        assert hidden.replace(str(number), "987654") == never
    answer = signed_in("heron").post("/hand-out/", asked(desk, "csv"))
    assert answer.status_code == 409
    assert exports(desk) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"incidents": "", "kind": "dossier"}, {"incidents": "x"}, {"incidents": "-1"}, {"incidents": "9" * 30},
        {"kind": "site"}, {"profile": "all"}, {"language": "fr"}, {"incidents": "1 2", "kind": "dossier"},
        {"incidents": " ".join(map(str, range(1, MOST_INCIDENTS + 2)))},
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_at_its_field_and_makes_nothing(desk: Desk, wrong: dict[str, str]) -> None:
    answer = signed_in("rook").post("/hand-out/", asked(desk, "csv") | wrong)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert exports(desk) == []


def test_numbers_are_taken_as_they_are_typed_in_arabic(desk: Desk) -> None:
    eastern = str(incident_of(desk)).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    data = bytes_of(signed_in("rook", "ar").post("/hand-out/", asked(desk, "geojson", incidents=f"{eastern}، 987654")))
    assert json.loads(data)["features"]
    assert exports(desk)[0][1]["incidents"] == [incident_of(desk)]


def test_all_incidents_leave_where_no_number_is_typed_up_to_as_many_as_a_page_makes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for profile in Profile:
        bytes_of(signed_in("rook").post("/hand-out/", asked(desk, "geojson", profile, incidents="")))
        assert exports(desk)[-1][1]["incidents"] == [incident_of(desk)]
    few = {**kinds(), "geojson": replace(kinds()["geojson"], most=0)}
    monkeypatch.setattr(asking, "kinds", lambda: few)
    answer = signed_in("rook").post("/hand-out/", asked(desk, "geojson", incidents=""))
    assert answer.status_code == 400
    assert "Too many for a page" in answer.content.decode()


def test_a_leak_stops_everything_and_the_page_does_not_repeat_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from tawthiq.publication.tables import geojson  # noqa: PLC0415  the writer that is made to leak

    def leaking(_incidents: object, _about: object, path: Path) -> None:
        path.write_text(json.dumps({"name": NAME}, ensure_ascii=False))

    monkeypatch.setattr(geojson, "write", leaking)
    answer = signed_in("rook").post("/hand-out/", asked(desk, "geojson"))
    assert answer.status_code == 409
    assert NAME not in answer.content.decode()
    assert "would have named somebody" in answer.content.decode()
    assert exports(desk) == []


def test_a_busy_archive_is_told_and_nothing_is_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "WAIT_SECONDS", 0.1)
    with ArchiveFolder.open(desk.folder.path) as held, held.exclusively():
        answer = signed_in("rook").post("/hand-out/", asked(desk, "csv"))
    assert answer.status_code == 409
    assert "busy" in answer.content.decode()
