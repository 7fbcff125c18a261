"""The pages of tokens for programs: who may make one, that it is shown once, who may revoke it; what the API's page tells."""

import re
from collections.abc import Iterator

import pytest

from served_archive import PASSWORD, Desk
from tawthiq.casework.domain import api_tokens, custody
from tawthiq.casework.domain.team import Acting
from tawthiq.casework.models import ApiToken, User
from tawthiq.records.disclosure import Profile
from tawthiq.web.api.describing import description
from tawthiq.web.api.resources import RESOURCES

FORM = {"act": "make", "purpose": "قاعدة الشريك", "member": "heron", "profile": "partner", "days": "٣٠"}


@pytest.fixture
def people(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    for name, role in (("gull", User.Role.EDITOR), ("tern", User.Role.REVIEWER), ("rook", User.Role.PUBLIC)):
        User.objects.make(name, PASSWORD, role)
    return desk


def signed_in(desk: Desk, name: str, language: str = "en"):  # type: ignore[no-untyped-def]
    """Somebody who has just given their password."""
    client = desk.stranger(language)
    client.force_login(User.objects.get(name=name))
    client.post("/account/confirm/", {"current": PASSWORD})
    return client


def test_a_token_is_shown_once_and_opens_what_was_chosen(people: Desk) -> None:
    editor = signed_in(people, "gull")
    answer = editor.post("/team/tokens/", FORM | {"member": "tern", "paths": ["reports"]})
    (token,) = re.findall(r"twq_[\w-]{43}", answer.content.decode())
    row = api_tokens.find(token)
    assert row is not None
    assert (row.user.name, row.giver, row.profile, row.paths) == (
        "tern", User.objects.get(name="gull"), Profile.PARTNER.value, ["reports"],
    )  # fmt: skip
    assert (row.expires - row.made).days == 30
    listed = editor.get("/team/tokens/").content.decode()
    assert token not in listed
    assert row.hint in listed
    assert "قاعدة الشريك" in listed


@pytest.mark.parametrize(
    "wrong", [{"days": "366"}, {"days": "x"}, {"member": "rook"}, {"profile": "all"}, {"purpose": ""}]
)
def test_what_no_token_can_be_is_told_at_its_field(people: Desk, wrong: dict[str, str]) -> None:
    answer = signed_in(people, "gull").post("/team/tokens/", FORM | wrong)
    assert 'role="alert"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_only_owners_and_editors_make_tokens_and_everybody_at_the_desk_knows_of_their_own(people: Desk) -> None:
    reviewer = signed_in(people, "tern")
    assert 'value="make"' not in reviewer.get("/team/tokens/").content.decode()
    reviewer.post("/team/tokens/", FORM)
    assert not ApiToken.objects.exists()
    assert signed_in(people, "rook").get("/team/tokens/").status_code == 404
    for member in ("tern", "heron"):
        wanted = api_tokens.Wanted(Profile.COURT, f"of {member}")
        api_tokens.make(Acting(None, "heron"), User.objects.get(name=member), wanted)
    listed = reviewer.get("/team/tokens/").content.decode()
    assert "of tern" in listed
    assert "of heron" not in listed
    assert "of tern" in signed_in(people, "heron").get("/team/tokens/").content.decode()


def test_a_token_is_revoked_by_its_people_and_by_owners_alone(people: Desk) -> None:
    wanted = api_tokens.Wanted(Profile.COURT, "a test")
    row, token = api_tokens.make(Acting(None, "heron"), User.objects.get(name="heron"), wanted)
    sent = {"act": "revoke", "token": str(row.number)}
    assert signed_in(people, "gull").post("/team/tokens/", sent).status_code == 403
    assert api_tokens.find(token) is not None
    assert signed_in(people, "heron").post("/team/tokens/", sent).status_code == 302
    assert api_tokens.find(token) is None


def test_the_password_is_asked_for_again_before_tokens_are_shown(people: Desk) -> None:
    client = people.stranger("en")
    client.force_login(User.objects.get(name="gull"))
    for answer in (client.get("/team/tokens/"), client.post("/team/tokens/", FORM)):
        assert answer.headers["Location"].startswith("/account/confirm/")
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_for_who_writes_programs_tells_every_resource_parameter_and_field_to_anybody(
    desk: Desk, language: str
) -> None:
    html = desk.stranger(language).get("/help/api/").content.decode()
    for resource in RESOURCES:
        assert f"GET {resource.path}</code>" in html
        assert all(f">{each.name}</code>" in html for each in resource.parameters)
    schemas = description()["components"]["schemas"]
    names = {name for schema, told in schemas.items() if schema != "Problem" for name in told["properties"]}
    assert {name for name in names if f">{name}</code>" not in html} == set()
