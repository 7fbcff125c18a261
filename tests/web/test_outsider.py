"""Nobody sees or infers what they may not see: every route, asked of an archive with restricted things and of one without.

Whatever an outsider asks, the two archives answer with the same bytes, but for tokens that differ in any two answers. Routes
come from the addresses of the pages themselves: one that `outsider_routes.ROUTES` does not know how to ask fails here.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings
from django.urls import URLPattern, URLResolver, get_resolver

import outsider_preparing  # noqa: F401  what people do in each area
from outsider_world import SECRET, World, client, make_open_world, make_restricted_world
from tawthiq.archive.models import Capture
from tawthiq.casework.domain import api_tokens, custody, team
from tawthiq.casework.models import ItemRestriction, User
from tawthiq.casework.rules import may_work_at_desk
from tawthiq.records.disclosure import Profile
from web.outsider_routes import ROUTES, WORDS, Ask

OUTSIDERS = {"crane": None, "finch": 1, "tern": 1, "rook": 1, "": 1}
"""An owner and a reviewer outside the group, a reader of what is published, somebody deactivated, nobody signed in; and how
many of a route's questions each asks: the owner, who may do most, all of them."""
PARTIAL = {"HX-Request": "true"}
Answer = tuple[int, str, str, str]
Answers = dict[str, list[tuple[Ask, Answer]]]
_TOKENS = (
    re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*'),
    re.compile(r'(<meta name="csrf[^"]*" content=")[^"]*'),
)
_NUMBERS_OF_THE_LOG = {  # which have gaps where entries are hidden: docs/access.md says so; times are those of the test itself
    "/audit/": re.compile(r'(/audit/|datetime="|<code dir="ltr">|,|m\.|>)[-\d][^<"]*|[A-Z][a-z]+\. \d+, \d{4}[^<]*'),
    "/account/": re.compile(r'(datetime=")[^"]*|(\d+:\d+)[^<]*'),
}


def routes(found: Any = None) -> Iterator[str]:
    """The names of all addresses; one without a name goes by its pattern."""
    for each in (found or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from routes(each)
        elif isinstance(each, URLPattern):
            yield each.name or str(each.pattern)


def answer(name: str, ask: Ask, asking: Client | None = None, **headers: str) -> Answer:
    """What somebody gets: status, where to go, headers that tell of content, and the body, tokens taken out."""
    asking = asking or client(name or None)
    given = (
        asking.get(ask.path, headers=headers) if ask.sent is None else asking.post(ask.path, ask.sent, headers=headers)
    )
    body = b"".join(given.streaming_content) if given.streaming else given.content
    told = body.decode("utf-8", "replace")
    for pattern in _TOKENS:
        told = pattern.sub(r"\1", told)
    for path, numbers in _NUMBERS_OF_THE_LOG.items():
        told = numbers.sub("", told) if ask.path.startswith(path) else told
    kept = "; ".join(given.headers.get(each, "") for each in ("Content-Type", "Content-Disposition", "HX-Redirect"))
    return given.status_code, given.headers.get("Location", ""), kept, told


def answers(world: World, known: dict[str, Any]) -> dict[tuple[str, str], list[tuple[Ask, Answer]]]:
    """What each outsider gets for each route, in one order for both archives."""
    folder = world.open()
    cache.clear()
    told = {}
    for name, most in OUTSIDERS.items():
        asking = client(name or None)
        for route, fill in ROUTES.items():
            own = None if route.startswith(("sign", "language")) else asking
            asked = fill(known)[:most]
            told[route, name] = [(ask, answer(name, ask, own)) for ask in asked]
            if route.startswith("api-") and (token := bearer(name)):
                program = Client(SERVER_NAME="127.0.0.1")
                told[route, name] += [(ask, answer(name, ask, program, **token)) for ask in fill(known)]
            if most is None:  # a part of a page, asked for in the background
                told[route, name] += [(ask, answer(name, ask, own, **PARTIAL)) for ask in asked[:1]]
    world.close(folder)
    return told


def bearer(name: str) -> dict[str, str]:
    """The header of a program with a court's token of somebody who works at the desk; nothing for others."""
    user = User.objects.filter(name=name).first()
    if user is None or not may_work_at_desk(user):
        return {}
    wanted = api_tokens.Wanted(Profile.COURT, "to be looked at")
    return {"Authorization": f"Bearer {api_tokens.make(team.Acting(None, 'heron'), user, wanted)[1]}"}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with override_settings(ARCHIVE_FOLDER=None, PASSWORD_HASHERS=hashers), pytest.MonkeyPatch.context() as patch:
        patch.setattr(custody, "_write_soon", lambda _folder: None)
        where = tmp_path_factory.mktemp("outsider")
        plain = make_open_world(where / "plain")
        yield plain, make_restricted_world(plain, where / "restricted")


@pytest.fixture(scope="module")
def compared(worlds: tuple[World, World]) -> tuple[Any, Any]:
    plain, restricted = worlds
    return answers(plain, restricted.known), answers(restricted, restricted.known)


@pytest.mark.parametrize("route", sorted(set(routes())))
def test_every_route_answers_outsiders_as_if_the_restricted_things_had_never_been(
    compared: tuple[Any, Any], route: str
) -> None:
    assert route in ROUTES, f"tests/web/outsider_routes.py does not say how to ask the route {route!r}: add its line"
    without, with_them = compared
    for name in OUTSIDERS:
        pairs = zip(without[route, name], with_them[route, name], strict=True)
        for (ask, expected), (_, got) in pairs:
            assert got == expected, f"{name or 'a stranger'} can tell at {ask}"
            asked_for_it = WORDS in ask.path or SECRET in str(ask.sent)  # and reads what they typed
            assert asked_for_it or SECRET not in got[3], f"{name or 'a stranger'} reads it at {ask}"
            assert got[0] < 500


def test_no_line_is_left_of_a_route_that_is_gone() -> None:
    assert set(ROUTES) <= set(routes())


def test_members_of_the_group_do_see_all_of_it(worlds: tuple[World, World]) -> None:
    """Else the test above would hold of an archive that shows nobody anything."""
    _plain, restricted = worlds
    folder, known = restricted.open(), restricted.known
    for route in (
        "report",
        "page-view",
        "page-corrections",
        "evidence-item",
        "incident",
        "people-pair",
        "item-restrict",
    ):
        ask = next(iter(ROUTES[route](known)))
        assert answer("heron", ask)[0] == 200, ask
    for path in (f"/evidence/{known['visit']}/parts/0", f"/evidence/{known['visit']}/pictures/1", "/statements/"):
        assert client("heron").get(path).status_code == 200
    for path in ("/reports/", "/evidence/", "/people/", "/incidents/decisions/"):
        assert SECRET in client("heron").get(path).content.decode(), path
    program = Client(SERVER_NAME="127.0.0.1")
    for number in known["incidents"]:
        assert answer("heron", Ask(f"/api/v1/incidents/{number}"), program, **bearer("heron"))[0] == 200
    restricted.close(folder)


def test_a_hidden_thing_answers_with_the_bytes_of_one_that_never_was(worlds: tuple[World, World]) -> None:
    folder, known = worlds[1].open(), worlds[1].known
    for name in ("crane", "finch", "tern"):
        hidden, never = (answer(name, Ask(f"/reports/{n}/", None)) for n in (known["copy"], 987_654))
        assert hidden[0] == never[0] == 404
        assert hidden[3].replace(str(known["copy"]), "N") == never[3].replace("987654", "N")
    worlds[1].close(folder)


def test_entries_of_the_log_about_hidden_things_answer_as_entries_that_never_were(worlds: tuple[World, World]) -> None:
    folder, known = worlds[1].open(), worlds[1].known
    assert known["entries"]
    for index in known["entries"]:
        never = answer("crane", Ask("/audit/987654/"))
        assert answer("crane", Ask(f"/audit/{index}/")) == (*never[:3], never[3].replace("987654", str(index))), index
    assert answer("heron", Ask(f"/audit/{known['entries'][-1]}/"))[0] == 200
    worlds[1].close(folder)


def test_nothing_that_outsiders_sent_changed_who_sees_what(
    compared: tuple[Any, Any], worlds: tuple[World, World]
) -> None:
    assert compared
    folder = worlds[1].open()
    items = set(ItemRestriction.objects.values_list("item", flat=True))
    assert items == set(worlds[1].known["items"])
    assert Capture.objects.filter(identifier__in=items).count() == len(items)
    assert User.objects.get(name="crane").circles.count() == 0
    worlds[1].close(folder)
