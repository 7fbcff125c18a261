"""Groups and restrictions in the pages: who may, marks, fields that nobody asked for, hostile words and paths."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from served_archive import INCIDENT, PASSWORD, Desk
from tawthiq.archive.models import Capture, Report
from tawthiq.casework.domain import custody
from tawthiq.casework.models import Group, ItemRestriction, LinkDecision, Notice, User
from tawthiq.web import viewing

SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'


class Tags(HTMLParser):
    """The tags and attributes of a page, and how many scripts come from a file."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.files = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.files += tag == "script" and any(name == "src" for name, _ in attrs)


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    viewing._known.clear()
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    yield
    viewing._known.clear()


def as_user(desk: Desk, name: str, role: str, language: str = "en") -> Client:
    User.objects.filter(name=name).exists() or User.objects.make(name, PASSWORD, User.Role(role))
    client = desk.stranger(language)
    client.force_login(User.objects.get(name=name))
    return client


def ward(*members: str, name: str = "Ward") -> Group:
    made = Group.objects.create(name=name)
    made.members.set(User.objects.filter(name__in=members))
    return made


def restrict(client: Client, number: int, *groups: Group) -> str:
    answer = client.post(f"/evidence/{number}/restrict/", {"action": "restrict", "group": [each.pk for each in groups]})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", ["/team/groups/", "/team/groups/1/", "/evidence/1/restrict/", "/evidence/3/restrict/"])
def test_every_page_opens_in_its_language(desk: Desk, path: str, language: str) -> None:
    restrict(desk.client(), 1, ward("heron"))
    answer = desk.client(language).get(path)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert html.count("<h1") == 1
    assert "style=" not in html


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [("editor", "/team/groups/", 403), ("reviewer", "/team/groups/1/", 403), ("editor", "/evidence/1/restrict/", 200),
     ("reviewer", "/evidence/1/restrict/", 403), ("public", "/evidence/1/restrict/", 404), ("public", "/team/groups/", 404)],
)  # fmt: skip
def test_owners_keep_groups_and_editors_restrict(desk: Desk, role: str, path: str, status: int) -> None:
    ward("heron")
    client = as_user(desk, "tern", role)
    assert client.get(path).status_code == client.post(path, {"action": "none"}).status_code or status == 200
    assert client.get(path).status_code == status


def test_owners_make_rename_and_fill_groups(desk: Desk) -> None:
    client = desk.client()
    made = client.post("/team/groups/", {"name": " Night  ward "})
    group = Group.objects.get()
    assert (made["Location"], group.name) == (f"/team/groups/{group.pk}/", "Night ward")
    heron = User.objects.get(name="heron").pk
    assert client.post(made["Location"], {"action": "members", "member": [heron, "9999", "x"]}).status_code == 302
    assert [user.name for user in group.members.all()] == ["heron"]
    assert client.post(made["Location"], {"action": "rename", "name": "Ward"}).status_code == 302
    refused = client.post("/team/groups/", {"name": "Ward"})
    assert refused.status_code == 422
    assert "Another group has this name" in refused.content.decode()
    emptied = client.post(made["Location"], {"action": "members"})
    assert emptied.status_code == 422
    assert "must stay in the group" in emptied.content.decode()


def test_a_restricted_item_is_marked_for_those_who_see_it_and_gone_for_others(desk: Desk) -> None:
    crane = as_user(desk, "crane", "owner")
    restrict(desk.client(), 1, ward("heron"))
    for path in ("/reports/", "/reports/1/", "/evidence/", "/evidence/1/", "/search/?words=الرقة"):
        assert '<span class="chip restricted">' in desk.client().get(path).content.decode(), path
        answer = crane.get(path)
        assert answer.status_code == 404 or "chip restricted" not in answer.content.decode(), path
    assert "شبكة الضفة" not in crane.get("/reports/").content.decode()
    assert crane.get(f"/incidents/{INCIDENT}/").status_code == 404
    assert not Notice.objects.exists()  # nobody else is in the group
    answer = desk.client().post("/evidence/1/restrict/", {"action": "lift"})
    assert answer.status_code == 302
    assert crane.get("/reports/1/").status_code == 200


def test_the_others_of_the_group_are_told(desk: Desk) -> None:
    as_user(desk, "crane", "owner")
    as_user(desk, "gull", "owner")
    restrict(desk.client(), 1, ward("heron", "crane"))
    desk.client().post("/evidence/1/restrict/", {"action": "lift"})
    told = Notice.objects.order_by("pk").values_list("user__name", "kind", "by")
    assert list(told) == [("crane", "restricted", "heron"), ("crane", "opened-up", "heron")]


def test_a_restriction_without_a_group_or_to_that_of_others_is_refused_in_words(desk: Desk) -> None:
    as_user(desk, "crane", "owner")
    others = ward("crane", name="Others")
    for groups, told in (([], "Choose at least one group"), ([others.pk], "You are not in that group")):
        answer = desk.client().post("/evidence/1/restrict/", {"action": "restrict", "group": groups})
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert not ItemRestriction.objects.exists()


@pytest.mark.parametrize("group", ["١", "-1", "1e9", "9" * 30, "\x00", "\ud800", "1 OR 1=1", ""])
def test_any_bytes_for_a_group_are_no_group(desk: Desk, group: str) -> None:
    ward("heron")
    answer = desk.client().post(
        "/evidence/1/restrict/", {"action": "restrict", "group": group.encode("utf-8", "replace")}
    )
    assert answer.status_code == 422
    assert desk.client().get(f"/team/groups/{'9' * 30}/").status_code == 404
    assert desk.client().get(f"/evidence/{'9' * 30}/restrict/").status_code == 404


def test_numbers_that_no_row_can_have_lead_nowhere(desk: Desk) -> None:
    restrict(desk.client(), 1, ward("heron"))
    for path in ("/reports/{}/", "/reports/{}/page/", "/incidents/{}/", "/evidence/{}/", "/people/{}/"):
        for number in (2**63 - 1, 2**63, 10**30):
            assert desk.client().get(path.format(number)).status_code == 404, path


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/1/restrict/",
        "/reports/1/page/confirm/",
        "/incidents/decide/",
        "/team/groups/",
        "/language/",
        "/people/1/decide/",
    ],
)
def test_fields_that_no_form_has_change_nothing(desk: Desk, path: str) -> None:
    """Mass assignment: who somebody is, which role and groups they have, and whose decision it is, is never sent."""
    client, group = as_user(desk, "crane", "reviewer"), ward("heron")
    sent = {
        "role": "owner", "is_active": "on", "by": "heron", "name": "heron", "user": "1", "groups": str(group.pk),
        "circles": str(group.pk), "group": str(group.pk), "member": str(User.objects.get(name="crane").pk), "state": "verified",
        "published": "on", "seen": "0", "sha256": "ab" * 32, "action": "confirm", "verdict": "same", "language": "en",
    }  # fmt: skip
    before = list(User.objects.values_list("name", "role", "is_active", "password"))
    client.post(path, sent)
    assert list(User.objects.values_list("name", "role", "is_active", "password")) == before
    assert [user.name for user in group.members.all()] == ["heron"]
    assert not ItemRestriction.objects.exists()
    assert not LinkDecision.objects.filter(by="heron").exists()


def test_hostile_words_of_pages_and_people_are_shown_as_words(desk: Desk) -> None:
    Report.objects.update(title=SCRIPT, publisher=SCRIPT, outlet=SCRIPT, byline=SCRIPT, agency=SCRIPT)
    Capture.objects.filter(pk=3).update(source=SCRIPT, state_reason=SCRIPT)
    restrict(desk.client(), 1, ward("heron", name=SCRIPT))
    for path in ("/reports/", "/reports/1/", "/reports/1/page/", "/evidence/", "/evidence/3/",
                 "/evidence/1/restrict/", "/statements/", f"/incidents/{INCIDENT}/", "/incidents/", "/incidents/queue/",
                 "/team/groups/", "/team/groups/1/", "/search/?words=الرقة", "/review/pages/"):  # fmt: skip
        found = Tags()
        found.feed(desk.client().get(path).content.decode())
        assert found.tags.count("script") == found.files, path
        assert "img" not in found.tags, path
        assert not [name for name in found.attributes if name.startswith("on")], path


@pytest.mark.parametrize(
    "path",
    ["/evidence/1/../../etc/passwd", "/evidence/1/payload/../../../keys/archive.key", "/evidence/1/parts/..%2f..%2fkeys",
     "/static/../../tawthiq.toml", "/static/%2e%2e/%2e%2e/keys/archive.key", "/static/..%5c..%5ckeys", "/charts/../../keys.csv",
     "/evidence/1/parts/-1", "/evidence/1%00/payload", "/boilerplate/..%2f..%2fkeys/"],
)  # fmt: skip
def test_no_address_leads_to_a_file_of_the_archive(desk: Desk, path: str) -> None:
    answer = desk.client().get(path)
    assert answer.status_code in (301, 404)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert b"root:" not in body
    assert (desk.folder.path / "keys" / "archive.pub").read_bytes() not in body


def test_lists_ask_as_often_for_two_restricted_rows_as_for_one(desk: Desk) -> None:
    client, group = desk.client(), ward("heron")
    counts = []
    for number in (1, 2):
        restrict(client, number, group)
        for path in ("/reports/", "/evidence/"):
            client.get(path)
            with CaptureQueriesContext(connection) as asked:
                client.get(path)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]
