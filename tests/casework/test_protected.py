"""Whose names outputs are searched for: all that the archive holds sealed, and nothing where it cannot be opened."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosed_desk import NAME, NAME_LATIN, PERSON, PSEUDONYM, TELEPHONE, incident_of, seal_person
from served_archive import Desk
from tawthiq.archive.models import Claim, IncidentReport, ReaderComment, Report
from tawthiq.casework.domain.field_key import put, writing_keys
from tawthiq.casework.domain.field_key_cipher import FieldKeyLost
from tawthiq.casework.domain.identities import add_naming, destroy
from tawthiq.casework.domain.persons import Acting
from tawthiq.casework.models import Person, PersonProposal
from tawthiq.casework.queries.disclosing import disclosed
from tawthiq.casework.queries.protected import protected_in
from tawthiq.casework.queries.visibility import Sight
from tawthiq.publication.redaction import without_names
from tawthiq.records.disclosure import DisclosedIncident, Profile
from tawthiq.records.link_decision import EventAnchor
from tawthiq.store.layout import Layout
from verified_desk import content_now, copied, make_verified_desk


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("protected") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        yield made


def acting() -> Acting:
    return Acting("heron", Person.objects.get(pk=PERSON).revision)


def court(desk: Desk) -> DisclosedIncident:
    sight, protected = Sight(desk=True, person=None), protected_in(desk.folder.path)
    (found,) = disclosed(sight, [incident_of(desk)], Profile.COURT, protected)
    return found


def test_names_contact_and_the_characters_that_name_somebody_are_protected(desk: Desk) -> None:
    seal_person(desk)
    telling = content_now(incident_of(desk)).tellings[0]
    add_naming(desk.folder.path, PERSON, EventAnchor(telling.document, 0, 9, "ست الزنابق", ""), acting())
    (person,) = protected_in(desk.folder.path).persons
    assert person.stand_in == PSEUDONYM
    assert {NAME, NAME_LATIN, TELEPHONE, "ست الزنابق"} <= set(person.strings)


def test_nothing_is_left_of_a_destroyed_identity(desk: Desk) -> None:
    seal_person(desk)
    destroy(desk.folder.path, PERSON, "asked by the person herself", acting())
    assert protected_in(desk.folder.path).persons == ()


def test_people_of_victim_lists_are_protected_as_long_as_they_stand_sealed(desk: Desk) -> None:
    side = {"capture": "list-1", "line": 2, "values": {"name": ["ياقوت الزمردي", 2, "name"], "age": ["40", 2, "age"]}}
    with writing_keys(desk.folder.path) as keys:
        row = PersonProposal(key="k" * 64, first_capture="list-1", second_capture="list-2", probability=0.9)
        put(row, "sealed", json.dumps({"first": side, "second": side, "weight": 1, "reasons": []}), keys)
        row.save()
    protected = protected_in(desk.folder.path)
    assert [person.strings for person in protected.persons] == [("ياقوت الزمردي",)]
    assert without_names("قتلت ياقوت الزمردي", Profile.COURT, protected) == ("قتلت [اسم محجوب]", 1)


def test_without_the_key_nothing_can_be_handed_out(desk: Desk) -> None:
    seal_person(desk)
    Layout(desk.folder.path).field_key.unlink()
    with pytest.raises(FieldKeyLost) as told:
        protected_in(desk.folder.path)
    assert told.value.advice
    assert NAME not in str(told.value)


def test_a_page_that_names_somebody_in_a_comment_alone_stays_behind(desk: Desk) -> None:
    seal_person(desk)
    assert not court(desk).kept_back
    report = IncidentReport.objects.filter(incident=incident_of(desk)).order_by("number")[0].report
    Report.objects.filter(pk=report.pk).update(text=f"{report.text}\nزائر: سنبل النرجسي جارتنا")
    (withheld,) = court(desk).kept_back
    assert withheld.document == report.capture.identifier


@pytest.mark.parametrize("field", ["title", "byline", "publisher"])
def test_a_page_stays_behind_for_its_title_its_writer_or_its_outlet(desk: Desk, field: str) -> None:
    seal_person(desk)
    report = IncidentReport.objects.filter(incident=incident_of(desk)).order_by("number")[0].report
    Report.objects.filter(pk=report.pk).update(**{field: NAME_LATIN})
    assert [each.document for each in court(desk).kept_back] == [report.capture.identifier]


def test_words_of_readers_comments_are_not_quoted(desk: Desk) -> None:
    claim = Claim.objects.filter(incident=incident_of(desk)).order_by("key").first()
    assert claim is not None
    ReaderComment.objects.create(key=1, report=claim.report, start=0, end=10_000)
    quoted = [each for each in court(desk).claims if each.document == claim.report.capture.identifier]
    assert quoted
    assert not any(each.text or each.speaker for each in quoted)


def test_many_people_take_as_many_queries_as_one(desk: Desk) -> None:
    from tawthiq.casework.domain.identities import Identity, keep  # noqa: PLC0415

    def queries() -> int:
        with CaptureQueriesContext(connection) as told:
            protected_in(desk.folder.path)
        return len(told)

    person = seal_person(desk)
    one = queries()
    for number in (1, 2, 3):
        Person.objects.create(number=PERSON + number, opened_by="heron", opened=person.opened)
        keep(desk.folder.path, PERSON + number, Identity(full=f"ياقوت الزمردي {number}"), Acting("heron", 0))
    assert len(protected_in(desk.folder.path).persons) == 4
    assert queries() == one
