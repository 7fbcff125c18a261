"""Pairs of persons in the pages: who may look, what is logged, what is never in an address or a title, how two decide."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Capture
from tawthiq.casework.domain import custody, persons_from_pairs
from tawthiq.casework.domain.field_key import writing_keys
from tawthiq.casework.domain.people import save_proposals
from tawthiq.casework.models import Person, PersonDecision, PersonProposal, User
from tawthiq.linking.people import read_person
from tawthiq.records.errors import StorageFailed
from tawthiq.records.person import (
    DistinctPersons,
    ListCell,
    PairReason,
    PersonPair,
    PersonProposals,
    PersonRecord,
    PersonValue,
)
from tawthiq.store import ArchiveFolder
from tawthiq.web import viewing
from tawthiq.web.templatetags.page_wording import likelihood

NAME, OTHER = "سامر الزيتون", "Samer al-Zaytoun"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    viewing._known.clear()
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    yield
    viewing._known.clear()


def record(capture: str, line: int, name: str) -> PersonRecord:
    at = ListCell(capture, line, "name")
    values = {"name": PersonValue(name, at), "age": PersonValue("34", at)}
    return read_person(f"{capture}:{line:04}", capture, values)


def propose(count: int) -> None:
    """So many pairs, each of two lines of the two first items."""
    first, second = Capture.objects.order_by("number").values_list("identifier", flat=True)[:2]
    records, pairs = {}, []
    for line in range(2, 2 + count):
        one, two = record(first, line, NAME), record(second, line, OTHER)
        records |= {one.identifier: one, two.identifier: two}
        reasons = (
            PairReason("given", "sounds_alike", 4.0, NAME, OTHER),
            PairReason("death", "otherwise", -5.0, "2016-01-01", "2017-01-01"),
        )
        pairs.append(PersonPair(one.identifier, two.identifier, 0.9, 3.2, reasons))
    found = PersonProposals(2 * count, tuple(pairs), (), DistinctPersons(1, 2, "made by hand"))
    with writing_keys(settings.ARCHIVE_FOLDER) as keys:
        save_proposals(found, records, keys)


def as_role(desk: Desk, role: str, name: str = "tern", language: str = "en"):  # type: ignore[no-untyped-def]
    User.objects.make(name, PASSWORD, User.Role(role))
    client = desk.stranger(language)
    client.force_login(User.objects.get(name=name))
    return client


def pair() -> PersonProposal:
    return PersonProposal.objects.get()


def send(client, verdict: str, seen: int) -> HttpResponse:  # type: ignore[no-untyped-def]
    answer: HttpResponse = client.post(f"/people/{pair().pk}/decide/", {"verdict": verdict, "seen": str(seen)})
    return answer


@pytest.mark.parametrize("role", ["reader", "documenter"])
def test_who_only_reads_or_documents_sees_no_pair_and_no_link_to_them(desk: Desk, role: str) -> None:
    propose(1)
    client = as_role(desk, role)
    number = pair().pk
    assert client.get("/people/").status_code == 403
    assert client.get(f"/people/{number}/").status_code == 403
    assert client.post(f"/people/{number}/decide/", {"verdict": "same", "seen": "0"}).status_code == 403
    assert PersonDecision.objects.count() == 0
    assert "/people/" not in client.get("/reports/").content.decode()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_queue_and_a_pair_open_in_both_languages_with_both_sides_and_reasons(desk: Desk, language: str) -> None:
    propose(1)
    client = as_role(desk, "reviewer", language=language)
    for address in ("/people/", f"/people/{pair().pk}/"):
        answer = client.get(address)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in html
        assert NAME in html
        assert OTHER in html
        assert html.count("<script") == html.count(" defer></script>") == 1  # htmx, which no form needs
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
        assert title
        assert NAME not in title[1]
        assert not any(NAME in found or "Samer" in found for found in re.findall(r'href="([^"]*)"', html))


def test_reasons_for_and_against_stand_apart(desk: Desk) -> None:
    propose(1)
    html = as_role(desk, "owner").get(f"/people/{pair().pk}/").content.decode()
    supporting, _, opposing = html.partition("What speaks against it")
    assert "may be the same in another spelling or script" in supporting
    assert "2017-01-01" in opposing
    assert "2017-01-01" not in supporting


def test_one_person_alone_makes_nobody_one_person_and_a_second_one_does(desk: Desk) -> None:
    propose(1)
    one, two = as_role(desk, "reviewer", "tern"), as_role(desk, "editor", "heron2")
    assert send(one, "same", 0).status_code == 302
    assert pair().state == "waiting"
    assert send(one, "same", 1).status_code == 302
    assert pair().state == "waiting"
    assert send(two, "same", 2).status_code == 302
    assert pair().state == "same"


def test_two_who_disagree_leave_the_pair_unsure(desk: Desk) -> None:
    propose(1)
    one, two = as_role(desk, "reviewer", "tern"), as_role(desk, "editor", "heron2")
    send(one, "same", 0)
    send(two, "different", 1)
    assert pair().state == "unsure"


def test_who_decides_upon_an_older_state_is_told_and_nothing_is_saved(desk: Desk) -> None:
    propose(1)
    one, two = as_role(desk, "reviewer", "tern"), as_role(desk, "editor", "heron2")
    send(one, "same", 0)
    answer = send(two, "same", 0)
    assert answer.status_code == 409
    assert "somebody else decided" in answer.content.decode()
    assert PersonDecision.objects.count() == 1
    assert send(two, "perhaps", 1).status_code == 422
    assert PersonDecision.objects.count() == 1


def test_the_log_holds_views_and_decisions_without_a_name_or_a_verdict(desk: Desk) -> None:
    propose(1)
    client = as_role(desk, "reviewer")
    client.get(f"/people/{pair().pk}/")
    send(client, "same", 0)
    with ArchiveFolder.open(desk.folder.path) as folder:
        events = [entry.event for entry in folder.entries() if entry.event]
    viewed = [event for event in events if event.kind == "viewed"]
    decided = [event for event in events if event.kind == "people-decided"]
    assert [event.facts for event in viewed] == [{"page": "people"}] * 2
    assert [event.facts for event in decided] == [{"decision_sha256": PersonDecision.objects.get().sha256}]
    for file in (desk.folder.path / "log").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert NAME.encode() not in data
            assert b"Zaytoun" not in data


def test_a_decision_that_was_changed_in_the_database_is_not_shown(desk: Desk) -> None:
    propose(1)
    client = as_role(desk, "reviewer")
    send(client, "unsure", 0)
    row = PersonDecision.objects.get()
    row.content["verdict"] = "same"
    row.save()
    assert "not what it was when the person saved it" in client.get(f"/people/{pair().pk}/").content.decode()


def test_a_pair_that_other_hands_changed_is_told_and_the_others_go_on(desk: Desk) -> None:
    propose(2)
    first, second = PersonProposal.objects.order_by("number")
    PersonProposal.objects.filter(pk=first.pk).update(sealed=second.sealed)
    client = as_role(desk, "reviewer")
    answer = client.get("/people/")
    html = answer.content.decode()
    assert answer.status_code == 200
    assert html.count("This pair does not open") == 1
    assert html.count('class="person-name"') == 2  # both sides of the other one
    assert client.get(f"/people/{first.pk}/").status_code == 503
    assert client.get(f"/people/{second.pk}/").status_code == 200


def test_the_queue_asks_as_many_questions_for_many_pairs_as_for_one(desk: Desk) -> None:
    client = as_role(desk, "owner")
    propose(1)
    client.get("/people/")  # views of the hour are looked up once
    asked = []
    for count in (1, 15):
        propose(count)
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/people/").status_code == 200
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_an_address_of_no_pair_and_an_odd_state_are_met(desk: Desk) -> None:
    propose(1)
    client = as_role(desk, "owner")
    assert client.get("/people/999/").status_code == 404
    assert "Pair" in client.get("/people/?state=' OR 1=1").content.decode()


@pytest.mark.parametrize(("chance", "shown"), [(0.9999997, "99%"), (1.0, "99%"), (0.736, "73%"), (0.0001, "1%")])
def test_no_probability_of_a_model_is_shown_as_certain(chance: float, shown: str) -> None:
    assert likelihood(chance) == shown


def test_a_pair_that_holds_becomes_a_person_file_by_a_persons_act_and_once_only(desk: Desk) -> None:
    propose(1)
    one, two = as_role(desk, "reviewer", "tern"), as_role(desk, "editor", "heron2")
    address = f"/people/{pair().pk}/person/"
    send(one, "same", 0)
    one.post(address)
    assert not Person.objects.exists()
    send(two, "same", 1)
    assert not Person.objects.exists()
    assert two.post(address).headers["Location"] == f"/persons/{Person.objects.get().number}/"
    two.post(address)
    found = Person.objects.get()
    assert {each.item for each in found.items.all()} == {pair().first_capture, pair().second_capture}
    assert f"/persons/{found.number}/" in one.get(f"/people/{pair().pk}/").content.decode()
    shown = two.post(f"/persons/{found.number}/reveal/", {"reason": "to compare both lists"}).content.decode()
    assert NAME in shown
    assert OTHER in shown
    assert "34" in shown
    assert as_role(desk, "documenter", "gull").post(address).status_code == 403


def test_a_file_from_a_pair_is_one_act_of_which_nothing_stays_when_it_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(1)
    PersonProposal.objects.update(state=PersonProposal.State.SAME)

    def broken(*_args: object, **_facts: object) -> None:
        raise StorageFailed(item="the disk", happened="it is full", advice="free some space")

    with monkeypatch.context() as patched:
        patched.setattr(persons_from_pairs, "put_identity", broken)
        with pytest.raises(StorageFailed):
            persons_from_pairs.open_from_pair(settings.ARCHIVE_FOLDER, pair(), "heron")
    assert not Person.objects.exists()
    person = persons_from_pairs.open_from_pair(settings.ARCHIVE_FOLDER, pair(), "heron")
    assert (person.revision, person.identity_state) == (1, Person.IdentityState.KEPT)
