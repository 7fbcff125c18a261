"""Where a dispatch seems to come from: by credit, by the agency's own page, by time; kept open where signs disagree."""

from datetime import UTC, date, datetime

from tawthiq.linking.origins import with_origins
from tawthiq.records.copies import CopyFamily, CopyOrigin, OriginSign
from tawthiq.records.links import LinkInput
from tawthiq.records.reading import Document, Reading

STORY = "قتل ثلاثة مدنيين في قصف على سوق البلدة صباح اليوم، وفق ما قال مسعفون في المكان."


def report(identifier: str, text: str, *, outlet: str | None = None, day: int | None = None, hour: int | None = None):
    published = date(2016, 3, day) if day else None
    at = datetime(2016, 3, day, hour, tzinfo=UTC) if day and hour is not None else None
    document = Document(identifier, text, "ar", published, outlet)
    return LinkInput(document, Reading(identifier, "ar", published, (), ()), published_at=at)


def origin(*members: LinkInput) -> CopyOrigin | None:
    ids = tuple(sorted(member.document.id for member in members))
    return with_origins([CopyFamily(ids, (), 0.9)], {m.document.id: m for m in members})[0].origin


def test_the_agency_that_a_member_credits_is_the_origin_and_shown_with_its_characters() -> None:
    text = f"{STORY}\n(رويترز)"
    found = origin(report("a", text), report("b", STORY))
    assert found is not None
    assert (found.agency, found.document) == ("Reuters", None)
    credit = found.reasons[0].credit
    assert credit is not None
    assert text[credit.span.start : credit.span.end] == credit.text
    assert "رويترز" in credit.text


def test_the_agencys_own_page_is_the_original_though_another_was_dated_earlier() -> None:
    members = report("a", f"{STORY}\n(الأناضول)", day=4), report("b", STORY, outlet="Anadolu Agency", day=5)
    found = origin(*members)
    assert found is not None
    assert (found.agency, found.document) == ("Anadolu", "b")
    assert {reason.sign for reason in found.reasons} == {OriginSign.CREDITED, OriginSign.OWN_PAGE, OriginSign.FIRST}


def test_two_agencies_leave_the_agency_open() -> None:
    found = origin(report("a", f"{STORY}\n(رويترز)"), report("b", f"{STORY}\n(أ ف ب)"))
    assert found is not None
    assert found.agency is None
    assert {reason.agency for reason in found.reasons} == {"Reuters", "AFP"}


def test_the_first_by_the_hour_stands_out() -> None:
    found = origin(
        report("a", STORY, day=4, hour=15), report("b", STORY, day=4, hour=9), report("c", STORY, day=5, hour=1)
    )
    assert found is not None
    assert found.document == "b"


def test_one_day_for_the_first_two_keeps_the_original_open() -> None:
    assert origin(report("a", STORY, day=4), report("b", STORY, day=4), report("c", STORY, day=6)) is None


def test_a_member_without_a_date_keeps_the_original_open() -> None:
    assert origin(report("a", STORY, day=4), report("b", STORY)) is None


def test_the_order_of_members_makes_no_difference() -> None:
    members = [report("a", f"{STORY}\n(رويترز)", day=4), report("b", STORY, day=3), report("c", STORY, day=5)]
    assert origin(*members) == origin(*reversed(members))
