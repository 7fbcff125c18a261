"""Every address asked as an attacker asks it: forms of other sites, hostile fields, what every answer must carry.

Addresses come from the pages themselves (tests/web/outsider_routes.py says how to ask each).
"""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings

import outsider_preparing  # noqa: F401  what people do in each area
from outsider_world import World, client, make_open_world, make_restricted_world
from served_archive import PASSWORD
from tawthiq.casework.domain import custody
from tawthiq.casework.models import FailedAttempts, User
from web.outsider_routes import ROUTES, Ask

pytestmark = pytest.mark.sqlite  # two archives are made, as files
LONG, DIGITS = "س" * 200_000, "9" * 40
HOSTILE = {
    "nulls": "a\x00b",
    "half a pair": "\ud800x",
    "a huge number": DIGITS,
    "eastern digits": "٩" * 25,
    "turned around": "\u202egnp.exe\u2066",
    "markup": "\"'><script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}",
    "long": LONG,
    "a path": "../../../../etc/passwd",
    "an address": "//evil.example/\\evil.example",
    "JSON": '{"$gt": ""}[[[[[[]]]]]]',
    "a format": "%s%n%(by)s{0.__class__}",
    "superscript": "²",
    "minus": "-1",
    "": "",
}
FIELDS = """
action act number to word reason seen digest status duplicate violation remarks reliability-0 value-killed-all
telling other pair out later subject back queue who name list query team group item act code words kind kinds
role incident anchor pseudonym sex age_group civilian risk consent_on ask_again seen protected-given
protected-birth protected-report protected-words value start end first last order place box all page title
source layer alone digits hijri show_media current password repeated answer recovery key session username next
language verdict keep out_of seen_act at members user keys undo text type words_from show effect carried
""".split()  # noqa: SIM905  a list of ninety names one below another is harder to read


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(ARCHIVE_FOLDER=None, PASSWORD_HASHERS=hashers), pytest.MonkeyPatch.context() as patch:
        patch.setattr(custody, "record", lambda *_args, **_facts: None)
        where = tmp_path_factory.mktemp("forged")
        made = make_restricted_world(make_open_world(where / "plain"), where / "restricted")
        folder = made.open()
        cache.clear()
        yield made
        made.close(folder)


def asked(world: World) -> dict[str, Ask]:
    """One way to ask each route, of something that is there."""
    return {name: fill(world.known)[0] for name, fill in ROUTES.items()}


def test_no_form_of_another_site_is_taken_at_any_address(world: World) -> None:
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    strict.force_login(User.objects.get(name="heron"))
    names = {name for name in ROUTES if name != "home"}
    assert len(names) > 100
    for name, ask in asked(world).items():
        for headers in ({}, {"origin": "https://evil.example"}, {"HX-Request": "true"}, {"origin": "null"}):
            answer = strict.post(ask.path, ask.sent or {}, headers=headers)
            takes_no_form = name.startswith("api-") and answer.status_code == 405  # nor any cookie: web.api.apart
            assert takes_no_form or answer.status_code in (403, 404), (name, answer.status_code)


@pytest.mark.parametrize("target", ["x", "queue", "9" * 40, "a\x00b", "²", "//evil.example", "/\\evil"])
def test_where_somebody_wants_to_go_is_an_address_of_ours_or_nothing(world: World, target: str) -> None:
    FailedAttempts.objects.all().delete()
    asking = client("heron")
    assert asking.get("/sign-in/", {"next": target}).headers["Location"] == "/"
    stranger = Client(SERVER_NAME="127.0.0.1")
    answer = stranger.post("/sign-in/", {"username": "heron", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"
    answer = stranger.post("/account/confirm/", {"current": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/account/"


def test_no_hostile_field_breaks_any_address(world: World) -> None:
    """Each field gets another of the hostile values."""
    values = list(HOSTILE.values())
    fields = {field: values[place * 5 % len(values)] for place, field in enumerate(FIELDS)}
    asking = client("heron")
    broken = []
    for name, ask in asked(world).items():
        if name == "sign-out":
            continue
        asking.raise_request_exception = False
        FailedAttempts.objects.all().delete()
        body = "&".join(f"{field}={quoted(value)}&{field}={quoted(value)}" for field, value in fields.items())
        answers = (
            asking.get(f"{ask.path.partition('?')[0]}?{body[:60_000]}"),
            asking.post(ask.path, body, content_type="application/x-www-form-urlencoded"),
        )
        broken += [(name, answer.status_code) for answer in answers if answer.status_code >= 500]
        if asking.get("/about/").status_code != 200:  # the form closed this session
            asking = client("heron")
    assert broken == []
    assert User.objects.filter(name="heron", is_active=True, role=User.Role.OWNER).exists()


def quoted(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass")[:3000])
