"""Incidents as they leave: whole, through one person's sight, without whom the profile protects."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosed_desk import NAME, PSEUDONYM, incident_of, publish_case, seal_person, tell_the_name
from linked_desk import make_linked_desk
from served_archive import Desk
from tawthiq.archive.models import Capture, Claim, Incident, IncidentReport, Report
from tawthiq.casework.models import Case, CaseItem, Group, ItemRestriction
from tawthiq.casework.queries.disclosing import disclosed
from tawthiq.casework.queries.protected import protected_in
from tawthiq.casework.queries.public_disclosing import public_disclosed
from tawthiq.casework.queries.visibility import Sight
from tawthiq.records.disclosure import DisclosedIncident, Profile, Protected, ProtectedPerson
from verified_desk import content_now, copied, make_verified_desk


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("disclosed") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        yield made


def nobody() -> Sight:
    """The sight of somebody who belongs to no group."""
    return Sight(desk=True, person=None)


def court(number: int, protected: Protected | None = None) -> DisclosedIncident:
    found = list(disclosed(nobody(), [number], Profile.COURT, protected or Protected()))
    assert len(found) == 1
    return found[0]


def test_every_claim_leaves_with_its_characters_its_document_and_its_source(desk: Desk) -> None:
    number = incident_of(desk)
    incident = court(number)
    assert [claim.key for claim in incident.claims] == [claim.key for claim in content_now(number).claims]
    texts = dict(Report.objects.values_list("capture__identifier", "text"))
    documents = {report.document for report in incident.reports}
    for claim in incident.claims:
        assert claim.document in documents
        assert claim.source in {report.source for report in incident.reports}
        assert claim.text in texts[claim.document] or claim.end <= len(texts[claim.document])
    assert incident.sources == len({report.source for report in incident.reports})


def test_what_people_settled_leaves_and_what_nobody_may_know_yet_does_not(desk: Desk) -> None:
    assert court(incident_of(desk)).state == "proposed"
    number = publish_case(desk)
    incident = court(number)
    assert (incident.state, incident.status) == ("verified", "holds")
    assert [each.deed for each in incident.decisions] == ["sheet-given", "sheet-given", "case-published"]
    assert {each.by for each in incident.grades} == {"tern", "gull"}


def test_a_sealed_name_is_replaced_wherever_it_stands(desk: Desk) -> None:
    seal_person(desk)
    tell_the_name(desk)
    protected = protected_in(desk.folder.path)
    incident = court(incident_of(desk), protected)
    assert NAME not in repr(incident)
    assert PSEUDONYM in repr(incident)
    assert incident.redactions
    assert NAME not in repr(protected)


def test_quoted_words_that_hold_a_part_of_a_sealed_name_do_not_give_it_away(desk: Desk) -> None:
    number = incident_of(desk)
    report = IncidentReport.objects.filter(incident=number).order_by("number")[0].report
    name = "محمد أحمد الخالدي"
    report.text = f"{report.text}\nقُتل {name}"
    report.save()
    at = report.text.rindex(name)
    rows = Claim.objects.filter(incident=number, report=report).order_by("key")
    claim = rows.first()
    assert claim is not None
    Claim.objects.filter(pk=claim.pk).update(text="قُتل محمد", start=at - 5, end=at + 4)
    protected = Protected((ProtectedPerson(PSEUDONYM, (name,)),))
    before = {each.key for each in court(number).claims}
    assert court(number, protected).redactions >= 1
    told = [each for each in court(number, protected).claims if each.start == at - 5]
    assert [each.text for each in told] == [f"قُتل [{PSEUDONYM}]"]
    assert told[0].redacted
    assert told[0].key not in before, "the archive's key is a digest of the words"


def test_a_restricted_item_keeps_its_incident_in(desk: Desk) -> None:
    number = incident_of(desk)
    group = Group.objects.create(name="north")
    ItemRestriction.objects.create(item=content_now(number).documents[0], group=group)
    assert list(disclosed(nobody(), [number], Profile.COURT, Protected())) == []


def test_everybody_gets_what_was_published_and_no_word_of_a_report(desk: Desk) -> None:
    assert list(public_disclosed(Protected())) == []
    number = publish_case(desk)
    (incident,) = public_disclosed(Protected())
    assert incident.number == number
    assert incident.claims
    assert not any(claim.text or claim.document or claim.speaker for claim in incident.claims)
    assert not any(report.title or report.address or report.document for report in incident.reports)


def test_many_incidents_take_as_many_queries_as_one(tmp_path: Path) -> None:
    make_linked_desk(tmp_path / "linked")
    numbers = list(Incident.objects.values_list("pk", flat=True))

    def queries(wanted: list[int]) -> int:
        with CaptureQueriesContext(connection) as told:
            list(disclosed(nobody(), wanted, Profile.COURT, Protected()))
        return len(told)

    assert len(numbers) > 1
    assert queries(numbers) == queries(numbers[:1])


def test_a_case_that_once_held_a_restricted_item_tells_nothing_of_itself(desk: Desk) -> None:
    number = publish_case(desk)
    case = Case.objects.get(incident=number)
    item = Capture.objects.exclude(identifier__in=content_now(number).documents).first()
    assert item is not None
    CaseItem.objects.create(case=case, item=item.identifier)
    ItemRestriction.objects.create(item=item.identifier, group=Group.objects.create(name="north"))
    incident = court(number)
    assert (incident.state, incident.decisions, incident.grades) == ("proposed", (), ())


def test_a_report_that_also_tells_of_a_sensitive_case_leaves_a_partner_no_way_to_its_place(desk: Desk) -> None:
    number = publish_case(desk)
    told = IncidentReport.objects.filter(incident=number).order_by("number").first()
    assert told is not None
    other = Incident.objects.create(
        number=77_000_001,
        identifier="also told",
        act="child_recruitment",
        independent_sources=1,
        report_count=1,
        linked="proposed",
        score=0.0,
    )
    IncidentReport.objects.create(number=77_000_001, incident=other, report=told.report)
    document = told.report.capture.identifier
    (partner,) = disclosed(nobody(), [number], Profile.PARTNER, Protected())
    short = {each.document: each for each in partner.reports}[document]
    assert (short.title, short.withheld) == ("", True)
    assert short.address.count("/") in (0, 3)
    assert {each.document: each for each in court(number).reports}[document].title == told.report.title
