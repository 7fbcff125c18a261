"""The API: what is open to which token, what is refused, and that no sealed name and no cookie leaves by it."""

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from disclosed_desk import NAME, NAME_LATIN, PSEUDONYM, TELEPHONE, incident_of, publish_case, seal_person, tell_the_name
from linked_desk import make_linked_desk
from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Capture, Incident, Report
from tawthiq.casework.domain import api_tokens, api_use, custody
from tawthiq.casework.domain.api_tokens import Wanted
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import (
    ApiToken,
    ApiUse,
    Case,
    Group,
    ItemRestriction,
    PersonRevision,
    Publication,
    User,
    VerificationSheet,
)
from tawthiq.casework.queries import protected_known
from tawthiq.records.disclosure import Profile
from tawthiq.records.errors import KeyLocked
from tawthiq.web.api import gathering
from tawthiq.web.api.answers import Counted, Statistics
from tawthiq.web.api.describing import description
from tawthiq.web.api.parameters import MOST
from tawthiq.web.api.problems import CONTENT_TYPE, problem
from tawthiq.web.api.resources import RESOURCES
from verified_desk import copied, make_verified_desk

CHECKERS = Path(__file__).resolve().parents[2] / ".venv-checkers" / "bin" / "python"
NEVER = 987_654
_VALIDATE = """
import json, sys, jsonschema_rs
description, answers = json.load(sys.stdin)
for name, answer in answers:
    schema = {"$schema": description["jsonSchemaDialect"], "$ref": "#/components/schemas/" + name, **description}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(answer)
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = make_verified_desk(tmp_path_factory.mktemp("api") / "archive")
    with copied(desk, tmp_path_factory.mktemp("told") / "archive") as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(custody, "_write_soon", lambda _folder: None)
        publish_case(made)
        seal_person(made)
        tell_the_name(made)
    return made


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A published case whose reports tell a sealed name."""
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    with copied(model, tmp_path / "archive") as made:
        yield made


def program(profile: Profile = Profile.COURT, member: str = "heron", **wanted: Any) -> Client:
    """A program with a token of a member, made where the archive lies."""
    user = User.objects.get(name=member)
    token = api_tokens.make(Acting(None, "heron"), user, Wanted(profile, "a test", **wanted))[1]
    return Client(SERVER_NAME="127.0.0.1", headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"})


def told(answer: HttpResponse, status: int = 200) -> Any:
    """The answer's JSON."""
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


def refused(answer: HttpResponse, status: int) -> Any:
    """What a refusal says."""
    assert answer.headers["Content-Type"] == CONTENT_TYPE
    found = told(answer, status)
    assert found["status"] == status
    return found


def test_a_court_reads_every_claim_with_its_characters_and_no_sealed_name(desk: Desk) -> None:
    number = incident_of(desk)
    incident = told(program().get(f"/api/v1/incidents/{number}"))
    claims = [claim for slot in incident["slots"] for claim in slot["claims"]]
    texts = dict(Report.objects.values_list("capture__identifier", "text"))
    assert claims
    assert all(claim["end"] <= len(texts[claim["document"]]) for claim in claims)
    assert PSEUDONYM in json.dumps(incident, ensure_ascii=False)
    assert incident["redactions"]


@pytest.mark.parametrize("profile", list(Profile))
def test_no_answer_holds_a_sealed_name(desk: Desk, profile: Profile) -> None:
    asking = program(profile)
    for path in ("incidents", f"incidents/{incident_of(desk)}", "reports", "statistics"):
        answer = asking.get(f"/api/v1/{path}")
        for sealed in (NAME, NAME_LATIN, TELEPHONE):
            assert sealed not in answer.content.decode()
        assert sealed not in str(answer.headers)


def test_a_name_sealed_a_second_ago_is_replaced_in_the_next_answer(model: Desk, tmp_path: Path) -> None:
    plain = make_verified_desk(tmp_path / "plain")
    with copied(plain, tmp_path / "archive") as desk:
        tell_the_name(desk)
        asking, path = program(), f"/api/v1/incidents/{incident_of(desk)}"
        before = asking.get(path)
        assert NAME in before.content.decode()
        seal_person(desk)
        after = asking.get(path, headers={"If-None-Match": before.headers["ETag"]})
        assert NAME not in after.content.decode()
        assert PSEUDONYM in after.content.decode()


def test_everybody_gets_what_was_published_and_no_word_of_a_report(desk: Desk) -> None:
    asking = program(Profile.PUBLIC)
    (entry,) = told(asking.get("/api/v1/incidents"))["incidents"]
    incident = told(asking.get(f"/api/v1/incidents/{entry['number']}"))
    assert incident["statements"] == incident["persons"] == incident["decisions"] == []
    assert not any(claim["text"] or claim["document"] for slot in incident["slots"] for claim in slot["claims"])
    refused(asking.get("/api/v1/reports"), 403)
    for query in ("act=shelling", "state=proposed", "first=2030-01-01", "last=1999-01-01", "place=nowhere"):
        assert told(asking.get(f"/api/v1/incidents?{query}"))["incidents"] == [], query
    assert told(asking.get(f"/api/v1/incidents?act={entry['act']}&state=verified"))["incidents"] == [entry]


def test_without_a_token_nothing_is_told_unless_the_team_says_so(desk: Desk) -> None:
    stranger, number = Client(SERVER_NAME="127.0.0.1", headers={"Accept-Language": "en"}), incident_of(desk)
    for path in ("incidents", f"incidents/{number}", f"incidents/{NEVER}", "reports", "statistics"):
        answer = stranger.get(f"/api/v1/{path}")
        refused(answer, 401)
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    settings = desk.folder.path / "tawthiq.toml"
    settings.write_text(settings.read_text().replace("public_api = false", "public_api = true"))
    assert [each["number"] for each in told(stranger.get("/api/v1/incidents"))["incidents"]] == [number]
    refused(stranger.get("/api/v1/reports"), 403)
    refused(stranger.get("/api/v1/incidents", headers={"Authorization": "Bearer twq_none"}), 401)
    assert ApiUse.objects.get(key="").incidents == 1


def test_all_that_is_no_token_in_force_gets_the_same_bytes(desk: Desk) -> None:
    asking = program()
    row = ApiToken.objects.get()
    headers = [
        "Bearer",
        "Bearer ",
        "Bearer twq_" + "a" * 43,
        "Basic dHdxXzp4",
        "twq_" + "a" * 43,
        "Bearer \u00e9",
        "\x00",
    ]
    answers = {asking.get("/api/v1/incidents", headers={"Authorization": each}).content for each in headers}
    ApiToken.objects.update(expires=row.made)
    answers.add(asking.get("/api/v1/incidents").content)
    ApiToken.objects.update(expires=row.expires)
    assert asking.get("/api/v1/incidents").status_code == 200
    User.objects.filter(name="heron").update(is_active=False)
    answers.add(asking.get("/api/v1/incidents").content)
    assert len(answers) == 1


def test_a_token_is_taken_from_the_header_alone_and_no_session_opens_anything(desk: Desk) -> None:
    asking = program()
    token = asking.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    signed_in = desk.client("en")
    for path in ("incidents", f"incidents?access_token={token}", f"incidents?token={token}"):
        answer = signed_in.get(f"/api/v1/{path}", headers={"Accept-Language": "en"})
        refused(answer, 401)
        assert token not in answer.content.decode()
        assert not answer.cookies
    assert (
        asking.get("/api/v1/incidents", headers={"Cookie": "tawthiq_session=x; tawthiq_csrf=y"}).cookies.output() == ""
    )


def test_losing_the_group_closes_what_a_token_saw_with_the_answer_for_what_never_was(desk: Desk) -> None:
    number, group = incident_of(desk), Group.objects.create(name="north")
    group.members.add(User.objects.get(name="tern"))
    document = told(program().get(f"/api/v1/incidents/{number}"))["reports"][0]["document"]
    ItemRestriction.objects.create(item=document, group=group)
    inside, outside = program(member="tern"), program(member="gull")
    assert inside.get(f"/api/v1/incidents/{number}").status_code == 200
    never = outside.get(f"/api/v1/incidents/{NEVER}")
    assert outside.get(f"/api/v1/incidents/{number}").content == never.content
    for path in ("incidents", "reports", f"reports?incident={number}"):
        assert set(map(str, told(outside.get(f"/api/v1/{path}")).values())) == {"[]", "None"}
    assert told(outside.get("/api/v1/statistics"))["incidents"] == 0
    group.members.clear()
    assert inside.get(f"/api/v1/incidents/{number}").content == never.content


def test_a_token_opens_the_resources_it_was_made_for(desk: Desk) -> None:
    asking = program(paths=("statistics",))
    assert asking.get("/api/v1/statistics").status_code == 200
    refused(asking.get("/api/v1/incidents"), 403)
    refused(asking.get(f"/api/v1/incidents/{incident_of(desk)}"), 403)


def test_persons_go_along_only_where_the_member_may_see_their_files(desk: Desk) -> None:
    path = f"/api/v1/incidents/{incident_of(desk)}"
    User.objects.make("rook", PASSWORD, User.Role.READER)
    assert told(program().get(path))["persons"]
    assert told(program(member="rook").get(path))["persons"] == []


@pytest.mark.parametrize(
    "query",
    [
        "acts=airstrike", "act=", "act=nothing", "act=airstrike&act=airstrike", "limit=0", f"limit={MOST + 1}", "limit=٥",
        "limit=05", "limit=1%0A", "limit=-1", "limit=1.0", "first=2017", "first=2017-13-01", "first=20170101", "cursor=x",
        "cursor=", "state=done", "place=", "place=%00", f"place={'x' * 101}", "changed_since=yesterday", "%00=1",
        "incident=1", "callback=x",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_refused_and_never_widens_a_query(desk: Desk, query: str) -> None:
    refused(program().get(f"/api/v1/incidents?{query}"), 400)


def test_filters_narrow_and_pages_go_on_where_the_last_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings  # noqa: PLC0415  set up by the desk

    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    desk = make_linked_desk(tmp_path / "linked")
    monkeypatch.setattr(settings, "ARCHIVE_FOLDER", desk.folder.path)
    asking = program()
    rows = {row.number: row for row in Incident.objects.all()}
    assert len(rows) > 2
    every = told(asking.get("/api/v1/incidents"))["incidents"]
    assert [each["number"] for each in every] == sorted(rows)
    found, at = [], "?limit=1"
    while at:
        page = told(asking.get(f"/api/v1/incidents{at}"))
        assert len(page["incidents"]) == 1
        found += page["incidents"]
        at = f"?limit=1&cursor={page['next']}" if page["next"] else ""
    assert found == every
    for act in {row.act for row in rows.values()}:
        numbers = [each["number"] for each in told(asking.get(f"/api/v1/incidents?act={act}"))["incidents"]]
        assert numbers == [number for number in sorted(rows) if rows[number].act == act]
    last = max(row.last for row in rows.values() if row.last)
    late = told(asking.get(f"/api/v1/incidents?first={last}"))["incidents"]
    assert [each["number"] for each in late] == [n for n in sorted(rows) if rows[n].last and rows[n].last >= last]
    later = datetime.now(UTC).date() + timedelta(days=2)
    assert told(asking.get(f"/api/v1/incidents?changed_since={later}"))["incidents"] == []
    assert told(asking.get("/api/v1/incidents?changed_since=2000-01-01"))["incidents"] == every
    reports = told(asking.get("/api/v1/reports"))["reports"]
    first = told(asking.get("/api/v1/reports?limit=1"))
    assert first["reports"] == reports[:1]
    assert told(asking.get(f"/api/v1/reports?cursor={first['next']}"))["reports"] == reports[1:]
    assert told(asking.get("/api/v1/statistics"))["incidents"] == len(rows)
    _queries_are_constant(asking, sorted(rows))
    desk.folder.close()


def _queries_are_constant(asking: Client, numbers: list[int]) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert told(asking.get(path))
        return len(seen)

    assert queries("/api/v1/incidents?limit=1") == queries(f"/api/v1/incidents?limit={len(numbers)}")
    assert queries("/api/v1/reports?limit=1") == queries("/api/v1/reports?limit=50")


def test_a_decision_makes_an_incident_changed(desk: Desk) -> None:
    long_ago = "2001-01-01T00:00:00Z"
    Capture.objects.update(logged=long_ago)
    Case.objects.update(opened=long_ago)
    for model in (Publication, VerificationSheet, PersonRevision):
        model.objects.update(at=long_ago)
    asking = program()
    assert told(asking.get("/api/v1/incidents?changed_since=2020-01-01"))["incidents"] == []
    for model in (Publication, VerificationSheet, PersonRevision):
        model.objects.update(at="2022-01-01T00:00:00Z")
        assert told(asking.get("/api/v1/incidents?changed_since=2020-01-01"))["incidents"], model
        model.objects.update(at=long_ago)


def test_only_reading_methods_are_taken(desk: Desk) -> None:
    asking = program()
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete", "trace"):
        for who in (asking, strict):
            answer = getattr(who, method)("/api/v1/incidents")
            refused(answer, 405)
            assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    options = strict.options("/api/v1/incidents", headers={"Origin": "https://elsewhere.example"})
    assert (options.status_code, options.headers["Allow"], options.content) == (204, "GET, HEAD, OPTIONS", b"")
    assert not any(name.lower().startswith("access-control") for name in options.headers)
    whole, head = asking.get("/api/v1/incidents"), asking.head("/api/v1/incidents")
    assert head.content == b""
    assert {name: head.headers[name] for name in ("ETag", "Content-Length", "Content-Type")} == {
        name: whole.headers[name] for name in ("ETag", "Content-Length", "Content-Type")
    }


def test_what_did_not_change_is_not_sent_again_and_nobody_between_keeps_it(desk: Desk) -> None:
    asking = program()
    first = asking.get("/api/v1/incidents")
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert first.headers["Vary"] == "Authorization, Accept-Language"
    tag = first.headers["ETag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = asking.get("/api/v1/incidents", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert asking.get("/api/v1/incidents", headers={"If-None-Match": '"other"'}).status_code == 200
    other = program(Profile.PUBLIC).get("/api/v1/incidents", headers={"If-None-Match": tag})
    assert other.status_code == 200


def test_a_name_that_redaction_missed_stops_the_answer(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def leaking(*_asked: object) -> Statistics:
        return Statistics(1, (Counted(f"x {NAME}", 1),), (), ())

    monkeypatch.setattr(gathering, "statistics", leaking)
    for profile in Profile:
        answer = program(profile).get("/api/v1/statistics")
        refused(answer, 500)
        assert NAME not in answer.content.decode()


def test_too_many_requests_are_told_when_to_come_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api_use, "A_MINUTE", 1)
    asking = program()
    asking.get("/api/v1/statistics")
    answer = asking.get("/api/v1/statistics")
    refused(answer, 429)
    assert 1 <= int(answer.headers["Retry-After"]) <= 61


def test_locked_keys_close_the_api_since_nobody_can_tell_whom_an_answer_names(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_folder: Path) -> None:
        raise KeyLocked(item="keys", happened="they are locked", advice="unlock them")

    monkeypatch.setattr(protected_known, "_known", {})
    monkeypatch.setattr(protected_known, "protected_in", locked)
    answer = program().get("/api/v1/incidents")
    refused(answer, 503)
    assert "Retry-After" in answer.headers


@pytest.mark.parametrize("language", ["ar", "en"])
def test_refusals_speak_the_language_that_is_asked_for(desk: Desk, language: str) -> None:
    asking = Client(SERVER_NAME="127.0.0.1", headers={"Accept-Language": f"{language}, en;q=0.5"})
    other = "en" if language == "ar" else "ar"
    for path, status in (
        ("/api/v1/incidents", 401),
        ("/api/v1/none", 404),
        ("/api/", 404),
        ("/api/v1/incidents/x", 404),
    ):
        answer = asking.get(path, headers={"Cookie": f"tawthiq_language={other}"})
        with override(language):
            assert refused(answer, status)["title"] == json.loads(problem(status).content)["title"]


@pytest.mark.parametrize(
    "path", ["/api/%00", "/api/v1/%ff", "/api/v1/incidents/" + "9" * 30, "/api/v1/incidents/", "/api/%0a"]
)
def test_an_address_that_leads_nowhere_is_a_problem_and_no_page(desk: Desk, path: str) -> None:
    refused(program().get(path), 404)


def test_another_host_is_refused_as_a_problem(desk: Desk) -> None:
    refused(Client(SERVER_NAME="desk.elsewhere.example").get("/api/v1/incidents"), 400)


def test_every_answer_is_what_the_description_says(desk: Desk) -> None:
    if not CHECKERS.exists():
        pytest.skip("others' checkers are not installed: make checkers")
    number, answers = incident_of(desk), []
    for profile in Profile:
        asking = program(profile)
        for resource in RESOURCES:
            answer = asking.get(resource.path.replace("{number}", str(number)))
            name = resource.answer.__name__ if answer.status_code == 200 else "Problem"
            answers.append((name, json.loads(answer.content)))
    assert {name for name, _ in answers} == {"Problem", *(resource.answer.__name__ for resource in RESOURCES)}
    assert told(program().get("/api/v1/openapi.json")) == description()
    assert _validated(answers) == ""
    answers[0][1]["surplus"] = 1
    assert "surplus" in _validated(answers)


def _validated(answers: list[tuple[str, Any]]) -> str:
    """What a validator that is not ours has to say of answers."""
    given = json.dumps([description(), answers])
    ran = subprocess.run([CHECKERS, "-c", _VALIDATE], input=given, capture_output=True, text=True, check=False)
    return ran.stderr


def test_the_description_names_every_field_and_parameter_and_nothing_of_the_archive(desk: Desk) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    found = told(stranger.get("/api/v1/openapi.json"))
    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]) == {resource.path for resource in RESOURCES}
    assert all("description" in schema for schema in found["components"]["schemas"].values())
    assert not re.search(r"[\u0600-\u06ff]", json.dumps(found, ensure_ascii=False))
    refused(stranger.get("/api/v1/openapi.json?x=1"), 400)
    used = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(found)))
    assert used == set(found["components"]["schemas"])
