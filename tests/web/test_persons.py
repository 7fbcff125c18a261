"""Person files in the pages: pseudonyms everywhere, identities only after a logged reason, outsiders learn nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html import unescape

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from crawled import name_of
from served_archive import INCIDENT, PASSWORD, Desk
from tawthiq.archive.models import Capture, Event, EventCount, EventVictim, Incident
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.identities import Identity
from tawthiq.casework.domain.identities import keep as keep_identity
from tawthiq.casework.domain.notices import tell
from tawthiq.casework.domain.person_roles import add_role
from tawthiq.casework.domain.persons import Acting, Facts, open_file
from tawthiq.casework.domain.protected_reasons import reasons_of
from tawthiq.casework.models import (
    Group,
    ItemRestriction,
    Notice,
    Person,
    PersonIdentity,
    PersonReveal,
    PersonRole,
    User,
)
from tawthiq.casework.queries.persons import earliest_telling, incident_seen
from tawthiq.casework.queries.visibility import sight_of
from tawthiq.casework.queries.warnings import Care, warnings_of
from tawthiq.store import ArchiveFolder
from tawthiq.web import viewing
from tawthiq.web.accounts import carrying
from web.account_desk import hidden, send, signed_in, token_of

GIVEN, FAMILY, PHONE = "غسّان", "الدردري", "0933-555-084"
WHO = Identity(given=GIVEN, family=FAMILY, family_latin="al-Dardari", contact=PHONE, notes="لا يتصل به نهاراً")
TELLING = (GIVEN, FAMILY, "Dardari", PHONE, "نهاراً")
REASON = "a court asks who told this"
PLAIN = {"seen": "0"}
ROLES = ("owner", "editor", "reviewer", "documenter", "reader", "public")
MAY_KEEP, MAY_REVEAL = ("owner", "editor", "reviewer", "documenter"), ("owner", "editor")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    viewing._known.clear()
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    yield
    viewing._known.clear()


def as_role(desk: Desk, role: str, name: str = "", language: str = "en") -> Client:
    user = User.objects.make(name or f"a-{role}", PASSWORD, User.Role(role))
    client = desk.stranger(language)
    client.force_login(user)
    return client


def file_with_identity(**facts: str) -> Person:
    person = open_file(settings.ARCHIVE_FOLDER, Facts(**facts), (), "heron")  # type: ignore[arg-type]
    return keep_identity(settings.ARCHIVE_FOLDER, person.number, WHO, Acting("heron", 1))


def with_role(person: Person, role: str = "witness") -> Person:
    looking = sight_of(User.objects.get(name="heron"))
    incident = incident_seen(looking, INCIDENT)
    assert incident
    anchor = earliest_telling(incident)
    assert anchor
    seen = Acting("heron", Person.objects.get(pk=person.pk).revision)
    return add_role(settings.ARCHIVE_FOLDER, person.number, role, seen, incident=INCIDENT, anchor=anchor)


def reached(client: Client) -> Iterator[tuple[str, HttpResponse]]:
    """One page of every route that links lead to, whatever it answers."""
    waiting, names = ["/", "/persons/"], set[str]()
    while waiting:
        address = waiting.pop()
        answer = client.get(address, follow=True)
        yield address, answer
        html = "" if answer.streaming else answer.content.decode("utf-8", "replace")
        for link in re.findall(r'<a\s[^>]*?href="(/[^"#]*)', html):
            if name_of(unescape(link)) not in names:
                names.add(name_of(unescape(link)))
                waiting.append(unescape(link))


def told(answer: HttpResponse) -> list[str]:
    text = answer.content.decode("utf-8", "replace") if not answer.streaming else ""
    return [secret for secret in TELLING if secret in text + str(answer.headers)]


def revision(person: Person) -> str:
    return str(Person.objects.get(pk=person.pk).revision)


@pytest.mark.parametrize("role", ["owner", "documenter", "reader"])
def test_no_page_of_the_desk_names_anybody_to_any_role(desk: Desk, role: str) -> None:
    with_role(file_with_identity(risk="high", risk_reason="threatened before"))
    names = set()
    for address, answer in reached(as_role(desk, role)):
        assert told(answer) == [], address
        names.add(name_of(address))
    assert ("person" in names) == (role in MAY_KEEP)
    assert len(names) > 5
    assert not PersonReveal.objects.exists()


@pytest.mark.parametrize("role", ROLES)
def test_only_roles_that_may_are_shown_an_identity_and_each_time_a_reason_is_kept(desk: Desk, role: str) -> None:
    person = file_with_identity()
    client = as_role(desk, role)
    asked = client.get(f"/persons/{person.number}/reveal/")
    answer = client.post(f"/persons/{person.number}/reveal/", {"reason": REASON})
    if role in MAY_REVEAL:
        assert asked.status_code == answer.status_code == 200
        assert told(asked) == []
        assert told(answer) == list(TELLING)
        assert answer.headers["Cache-Control"] == "no-store"
        assert [reason for _row, reason in reasons_of(desk.folder.path, PersonReveal.objects.all())] == [REASON]
        assert Notice.objects.filter(user__name="heron", kind="revealed").exists()
        title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.DOTALL)
        assert title
        assert not any(secret in title[1] for secret in TELLING)
    else:
        assert asked.status_code == answer.status_code
        assert asked.status_code in (403, 404)
        assert told(asked) == told(answer) == []
        assert not PersonReveal.objects.exists()


def test_without_a_reason_or_the_second_confirmation_nothing_is_shown(desk: Desk) -> None:
    person = file_with_identity(age_group="child")
    client = desk.client()
    address = f"/persons/{person.number}/reveal/"
    assert "A child is concerned" in client.get(address).content.decode()
    for sent in (
        {},
        {"reason": "   "},
        {"reason": "short"},
        {"reason": REASON},
        {"reason": "x" * 501, "confirmed": "on"},
    ):
        answer = client.post(address, sent)
        assert answer.status_code == 422
        assert told(answer) == []
    assert told(client.post(address, {"reason": REASON, "confirmed": "on"})) == list(TELLING)
    assert PersonReveal.objects.count() == 1


def test_what_was_shown_is_not_shown_again_by_asking_for_the_page(desk: Desk) -> None:
    person = file_with_identity()
    client = desk.client()
    client.post(f"/persons/{person.number}/reveal/", {"reason": REASON})
    for part in ("", "reveal/", "seen/", "edit/", "destroy/"):
        answer = client.get(f"/persons/{person.number}/{part}")
        assert answer.status_code == 200
        assert told(answer) == []
    assert REASON in client.get(f"/persons/{person.number}/seen/").content.decode()


def test_nothing_of_an_identity_reaches_logs_notices_or_the_database_in_the_clear(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    client = desk.client()
    person = open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron")
    sent = {
        "seen": "1",
        "protected-given": GIVEN,
        "protected-family": FAMILY,
        "protected-family_latin": "al-Dardari",
        "protected-contact": PHONE,
    }
    assert client.post(f"/persons/{person.number}/identity/", sent).status_code == 302
    client.post(f"/persons/{person.number}/reveal/", {"reason": REASON})
    client.post("/persons/find/", {"protected-name": GIVEN})
    client.post(f"/persons/{person.number}/identity/", {**sent, "seen": "7"})
    secrets = (GIVEN, FAMILY, "Dardari", PHONE)
    assert not any(secret in caplog.text for secret in secrets)
    connection.close()
    path = desk.folder.path
    files = [*path.glob("tawthiq.sqlite3*"), *(path / "log").rglob("*"), *path.glob(".waiting*")]
    for file in (file for file in files if file.is_file()):
        data = file.read_bytes()
        forms = [form for s in secrets for form in (s.encode(), s.encode("unicode-escape"), s.encode("utf-16-le"))]
        assert not any(form in data for form in forms), file


def test_an_outsider_meets_the_same_answers_for_a_hidden_file_as_for_none(desk: Desk) -> None:
    group = Group.objects.create(name="Raqqa")
    insider = User.objects.make("tern", PASSWORD, User.Role.EDITOR)
    group.members.add(insider)
    hidden = with_role(file_with_identity())
    hidden.groups.set([group])
    client = desk.client()
    absent = next(number for number in range(100_000, 100_010) if number != hidden.number)
    posts = {
        "roles/": {"role": "victim", "incident": str(INCIDENT)},
        "groups/": {},
        "identity/": {"protected-given": "x"},
        "naming/": {"protected-report": "1", "protected-words": "x"},
        "reveal/": {"reason": REASON},
        "destroy/": {"reason": REASON, "confirmed": "on"},
        "edit/": {},
        "roles/1/end/": {},
    }
    strip = lambda answer, number: answer.content.decode().replace(str(number), "N")  # noqa: E731
    for part in ("", "edit/", "identity/", "reveal/", "seen/", "destroy/"):
        one, other = client.get(f"/persons/{hidden.number}/{part}"), client.get(f"/persons/{absent}/{part}")
        assert one.status_code == other.status_code == 404
        assert re.sub(r'value="[^"]{20,}"', "", strip(one, hidden.number)) == re.sub(
            r'value="[^"]{20,}"', "", strip(other, absent)
        )
    for part, sent in posts.items():
        assert client.post(f"/persons/{hidden.number}/{part}", {**sent, "seen": revision(hidden)}).status_code == 404, (
            part
        )
    assert client.get(f"/persons/{hidden.number}/").status_code == 404
    for address in ("/persons/", f"/persons/?incident={INCIDENT}", "/persons/?role=witness", f"/incidents/{INCIDENT}/"):
        assert str(hidden.number) not in client.get(address).content.decode()
    assert str(hidden.number) not in client.post("/persons/find/", {"protected-name": GIVEN}).content.decode()
    inside = desk.stranger()
    inside.force_login(insider)
    assert inside.get(f"/persons/{hidden.number}/").status_code == 200
    assert f"/persons/{hidden.number}/" in inside.post("/persons/find/", {"protected-name": GIVEN}).content.decode()


def test_a_file_that_points_to_a_hidden_item_is_hidden_with_it(desk: Desk) -> None:
    person = with_role(file_with_identity())
    group = Group.objects.create(name="Raqqa")
    item = PersonRole.objects.get().item
    ItemRestriction.objects.create(item=item, group=group)
    assert desk.client().get(f"/persons/{person.number}/").status_code == 404


@pytest.mark.parametrize("number", ["0", "99999999999", "9223372036854775808", "123456"])
def test_numbers_that_are_no_file_answer_alike(desk: Desk, number: str) -> None:
    assert desk.client().get(f"/persons/{number}/").status_code == 404


def test_fields_that_no_form_has_change_nothing(desk: Desk) -> None:
    person = file_with_identity()
    sent = {
        "seen": revision(person),
        "pseudonym": "the baker",
        "opened_by": "gull",
        "number": "1",
        "identity_state": "none",
        "revision": "99",
        "bases": "{}",
        "groups": "1",
    }
    before = PersonIdentity.objects.get().content
    assert desk.client().post(f"/persons/{person.number}/edit/", sent).status_code == 302
    found = Person.objects.get()
    assert (found.pseudonym, found.opened_by, found.identity_state) == ("the baker", "heron", "kept")
    assert PersonIdentity.objects.get().content == before


def test_a_form_from_an_older_state_keeps_what_was_typed_and_saves_nothing(desk: Desk) -> None:
    person = file_with_identity()
    client = desk.client()
    for part, sent, typed in (
        ("edit/", {"pseudonym": "the baker"}, "the baker"),
        ("identity/", {"protected-given": "رامي"}, "رامي"),
        ("roles/", {"role": "victim", "incident": str(INCIDENT)}, ""),
        ("destroy/", {"reason": REASON, "confirmed": "on"}, REASON),
    ):
        answer = client.post(f"/persons/{person.number}/{part}", {**sent, "seen": "1"})
        assert answer.status_code == 409, part
        assert "somebody else changed this file" in answer.content.decode()
        assert typed in answer.content.decode()
    assert Person.objects.get().revision == 2
    assert told(client.post(f"/persons/{person.number}/reveal/", {"reason": REASON})) == list(TELLING)


def test_a_documenter_seals_an_identity_and_cannot_read_or_replace_it(desk: Desk) -> None:
    client = as_role(desk, "documenter")
    answer = client.post("/persons/new/", {"pseudonym": ""})
    number = Person.objects.get().number
    assert answer.headers["Location"] == f"/persons/{number}/"
    sent = {"seen": "1", "protected-given": GIVEN}
    assert client.post(f"/persons/{number}/identity/", sent).status_code == 302
    assert client.get(f"/persons/{number}/identity/").status_code == 403
    assert client.post(f"/persons/{number}/identity/", {**sent, "seen": "2"}).status_code == 403
    assert client.post(f"/persons/{number}/reveal/", {"reason": REASON}).status_code == 403
    assert client.post("/persons/find/", {"protected-name": GIVEN}).status_code == 403


def test_a_trait_points_to_characters_of_a_report_or_to_who_told_it(desk: Desk) -> None:
    person = open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron")
    client = desk.client()
    sent = {"seen": "1", "civilian": "civilian", "civilian_report": "١", "civilian_words": "خمسة مدنيين", "sex": "male"}
    assert client.post(f"/persons/{person.number}/edit/", sent).status_code == 302
    found = Person.objects.get()
    at = desk.arabic.text.index("خمسة مدنيين")
    assert found.bases["civilian"]["start"] == at
    assert "مدنيين" not in str(found.bases)
    assert found.bases["sex"]["by"] == "heron"
    html = client.get(f"/persons/{person.number}/").content.decode()
    assert f"/reports/1/?at={at}-{at + 11}#at" in html
    assert "told by <bdi>heron</bdi>" in html
    wrong = client.post(f"/persons/{person.number}/edit/", {**sent, "seen": "2", "civilian_words": "not there"})
    assert wrong.status_code == 422
    assert "do not stand in that report" in wrong.content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"risk": "high"},
        {"consent_keep": "given"},
        {"consent_keep": "given", "consent_by": "heron", "consent_how": "call", "consent_on": "2199-01-01"},
        {"consent_on": "31/31/31"},
        {"sex": "other"},
        {"sex": "male", "sex_words": "x"},
        {"sex": "male", "sex_words": "x", "sex_report": "99999999999999999999"},
        {"pseudonym": "\x00"},
        {"pseudonym": "x" * 65},
        {"public_name": "someone"},
        {"public_name": "someone", "public_name_report": "1"},
    ],
)
def test_half_a_form_is_answered_and_saves_nothing(desk: Desk, sent: dict[str, str]) -> None:
    person = open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron")
    assert desk.client().post(f"/persons/{person.number}/edit/", {**sent, "seen": "1"}).status_code == 422
    assert Person.objects.get().revision == 1


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"protected-given": "\x00"},
        {"protected-given": "x" * 201},
        {"protected-given": "س", "protected-birth_first": "soon"},
        {"protected-given": "س", "protected-birth_first": "2000", "protected-birth_last": "1990"},
        {"protected-given": "س", "protected-age_least": "٩٩٩"},
        {"protected-given": "س", "protected-age_least": "٣٠", "protected-age_most": "٢٠"},
    ],
)
def test_an_identity_that_cannot_be_is_answered_and_nothing_is_sealed(desk: Desk, sent: dict[str, str]) -> None:
    person = open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron")
    assert desk.client().post(f"/persons/{person.number}/identity/", {**sent, "seen": "1"}).status_code == 422
    assert not PersonIdentity.objects.exists()


def test_every_input_of_an_identity_is_left_out_of_typed_text_and_of_what_browsers_fill_in(desk: Desk) -> None:
    person = open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron")
    html = desk.client().get(f"/persons/{person.number}/identity/").content.decode()
    form = html[html.index('class="person-forms"') :]
    inputs = [tag for tag in re.findall(r"<(?:input|textarea)[^>]*>", form) if 'type="hidden"' not in tag]
    assert len(inputs) == 16
    for tag in inputs:
        assert 'name="protected-' in tag
        assert 'autocomplete="off"' in tag


def test_an_official_named_in_a_report_is_called_so_with_alleged_and_nobody_else_is(desk: Desk) -> None:
    person = with_role(open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron"), "alleged-perpetrator")
    client = desk.client()
    sent = {"seen": "2", "public_name": "متحدث باسم التحالف", "public_name_report": "1"}
    assert client.post(f"/persons/{person.number}/edit/", sent).status_code == 302
    html = client.get(f"/persons/{person.number}/").content.decode()
    assert "متحدث باسم التحالف" in html
    assert "alleged</span>" in html
    assert "an allegation of sources, not a finding" in html
    assert (
        client.post(f"/persons/{person.number}/edit/", {**sent, "seen": "3", "public_name": "nobody"}).status_code
        == 422
    )


def test_a_missing_key_is_a_page_and_the_file_itself_still_opens(desk: Desk) -> None:
    person = file_with_identity()
    (desk.folder.path / "keys/fields.key").unlink()
    client = desk.client()
    assert client.get(f"/persons/{person.number}/").status_code == 200
    answer = client.post(f"/persons/{person.number}/reveal/", {"reason": REASON})
    assert answer.status_code == 503
    assert "Put the keys folder of this archive back" in answer.content.decode()
    assert not PersonReveal.objects.exists()


def test_a_destroyed_identity_leaves_the_file_and_says_what_backups_hold(desk: Desk) -> None:
    person = file_with_identity()
    client = desk.client()
    html = client.get(f"/persons/{person.number}/destroy/").content.decode()
    assert "Not reached: backups and copies" in html
    sent = {"reason": "the person asked us to", "seen": "2"}
    assert client.post(f"/persons/{person.number}/destroy/", sent).status_code == 422
    assert client.post(f"/persons/{person.number}/destroy/", {**sent, "confirmed": "on"}).status_code == 302
    page = client.get(f"/persons/{person.number}/").content.decode()
    assert "identity destroyed" in page
    for part in ("reveal/", "identity/", "destroy/"):
        assert client.get(f"/persons/{person.number}/{part}").status_code == 404


def test_the_list_asks_as_many_questions_for_many_files_as_for_few(desk: Desk) -> None:
    client = desk.client()
    asked = []
    for count in (2, 10):
        for _ in range(count):
            with_role(open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron"))
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/persons/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_of_a_file_open_in_both_languages_with_one_heading(desk: Desk, language: str) -> None:
    person = with_role(file_with_identity(sex="female", age_group="child"), "victim")
    client = desk.client(language)
    for part in ("", "edit/", "reveal/", "seen/", "destroy/"):
        answer = client.get(f"/persons/{person.number}/{part}")
        assert answer.status_code == 200
        html = answer.content.decode()
        assert html.count("<h1") == 1
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in html


def test_each_reveal_is_an_entry_of_the_log_with_the_file_and_a_digest_alone(desk: Desk) -> None:
    person = file_with_identity()
    desk.client().post(f"/persons/{person.number}/reveal/", {"reason": REASON})
    with ArchiveFolder.open(desk.folder.path) as folder:
        events = [entry.event for entry in folder.entries() if entry.event and entry.event.kind == "person-revealed"]
    assert [(e.actor, e.subject, dict(e.facts)) for e in events] == [
        ("heron", f"person:{person.number}", {"reveal_sha256": PersonReveal.objects.get().sha256})
    ]
    assert Capture.objects.exists()


def test_a_first_role_is_said_in_the_act_that_opens_the_file(desk: Desk) -> None:
    client = as_role(desk, "documenter")
    sent = {"first-role": "witness", "first-incident": str(INCIDENT), "pseudonym": "Olive 3"}
    assert client.post(f"/persons/new/?incident={INCIDENT}", sent).status_code == 302
    person = Person.objects.get()
    assert person.revision == 1
    assert [role.role for role in person.roles.all()] == ["witness"]


def test_who_was_a_child_at_the_time_of_the_act_is_one_when_the_role_is_added_later(desk: Desk) -> None:
    now = Incident.objects.get(number=INCIDENT).first
    assert now is not None
    born = f"{now.year - 16}-05-01"
    grown = keep_identity(
        settings.ARCHIVE_FOLDER,
        open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron").number,
        Identity(given="سامر", birth_first=born, birth_last=born),
        Acting("heron", 1),
    )
    was_told = grown.age_group
    with_role(grown, "relative")
    assert Person.objects.get().age_group == "child"
    assert was_told == ("" if datetime.now(UTC).year - now.year > 2 else "child")
    assert PersonReveal.objects.count() == 0


def test_a_role_is_said_also_where_the_identity_cannot_be_asked_for_the_age(desk: Desk) -> None:
    person = file_with_identity()
    (desk.folder.path / "keys/fields.key").unlink()
    assert with_role(person, "witness").roles.count() == 1


def test_the_banner_of_a_child_is_for_victims_who_may_be_one(desk: Desk) -> None:
    assert warnings_of([INCIDENT]) == {INCIDENT: {Care.CHILD}}
    shown = {}
    for role, age in (("victim", ""), ("victim", "adult"), ("witness", ""), ("witness", "child")):
        person = with_role(open_file(settings.ARCHIVE_FOLDER, Facts(age_group=age), (), "heron"), role)
        shown[role, age] = "A child is concerned" in desk.client().get(f"/persons/{person.number}/").content.decode()
    assert shown == {
        ("victim", ""): True,
        ("victim", "adult"): False,
        ("witness", ""): False,
        ("witness", "child"): True,
    }


def test_documenters_are_told_of_files_that_they_may_see_and_find_them_in_the_menu(desk: Desk) -> None:
    client = as_role(desk, "documenter")
    name = User.objects.get(role="documenter").name
    group = Group.objects.create(name="the few")
    open_one = open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron")
    closed = open_file(settings.ARCHIVE_FOLDER, Facts(), (group,), "heron")
    assert tell([name], Notice.Kind.ASSIGNED, f"person:{open_one.number}", "heron") == 1
    assert tell([name], Notice.Kind.ASSIGNED, f"person:{closed.number}", "heron") == 0
    assert f"/persons/{open_one.number}/" in client.get("/notices/").content.decode()
    assert 'href="/persons/"' in client.get("/reports/").content.decode()
    assert client.get(f"/persons/{open_one.number}/").status_code == 200
    assert client.get(f"/persons/{open_one.number}/reveal/").status_code in (403, 404)


def test_a_hidden_file_of_a_child_warns_only_those_who_see_it_and_gates(desk: Desk) -> None:
    EventCount.objects.filter(group="children").delete()
    EventVictim.objects.all().delete()
    group = Group.objects.create(name="Raqqa")
    insider = User.objects.make("tern", PASSWORD, User.Role.EDITOR)
    group.members.add(insider)
    child = with_role(open_file(settings.ARCHIVE_FOLDER, Facts(age_group="child"), (group,), "tern"), "victim")
    outsider = User.objects.get(name="heron")
    assert warnings_of([INCIDENT]) == {}
    assert warnings_of([INCIDENT], sight_of(outsider)) == {}
    assert warnings_of([INCIDENT], sight_of(insider)) == warnings_of([INCIDENT], whole=True) == {INCIDENT: {Care.CHILD}}
    assert "A child is concerned" not in desk.client().get(f"/incidents/{INCIDENT}/").content.decode()
    inside = desk.stranger()
    inside.force_login(insider)
    html = inside.get(f"/incidents/{INCIDENT}/").content.decode()
    assert "A child is concerned" in html
    assert f"/persons/{child.number}/" in html


def test_warnings_come_from_what_was_read_in_a_constant_number_of_queries(desk: Desk) -> None:
    assert warnings_of([INCIDENT]) == {INCIDENT: {Care.CHILD}}
    Event.objects.filter(incidents__incident=INCIDENT).update(act="sexual_violence")
    assert warnings_of([INCIDENT]) == {INCIDENT: {Care.CHILD, Care.SEXUAL_VIOLENCE}}
    asked = []
    for numbers in ([INCIDENT], list(range(INCIDENT, INCIDENT + 300))):
        with CaptureQueriesContext(connection) as queries:
            warnings_of(numbers, sight_of(User.objects.get(name="heron")))
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_identity_typed_when_the_session_was_over_is_carried_nowhere(desk: Desk) -> None:
    person = open_file(settings.ARCHIVE_FOLDER, Facts(), (), "heron")
    client = signed_in(desk, enforce_csrf_checks=True)
    token = token_of(client.get("/about/").content.decode())
    Session.objects.all().delete()
    address = f"/persons/{person.number}/identity/"
    late = send(client, address, {"seen": "1", "protected-given": GIVEN, "protected-notes": "لا يتصل به نهاراً"}, token)
    carried = carrying.opened(hidden(late.content.decode(), "carried"))
    assert carried is not None
    assert carried.fields == (("seen", "1"),)
    assert told(late) == []
