# ruff: noqa: E501 (sample markup reads better unbroken)
from datetime import date

from tawthiq.page import anatomy
from tawthiq.records.page import DateSource, Page, ZoneKind

TEXT = "Witnesses in the town said that the shelling hit the market at noon and that people were hurt there."


def page(before: str = "", after: str = "", head: str = "") -> Page:
    source = f"<html><head>{head}</head><body><article><h1>Market shelled at noon</h1>{before}<p>{TEXT}</p><p>{TEXT}</p>{after}</article>"
    return anatomy(source.encode(), id="s")


def test_publication_and_update_are_read_beside_each_other() -> None:
    found = page("<div>Published: 12 March 2021 | Updated: 13 March 2021</div>")
    assert found.published is not None
    assert found.updated is not None
    assert (found.published.day, found.updated.day) == (date(2021, 3, 12), date(2021, 3, 13))
    assert [span.of(found.text).strip() for span in found.zones_of(ZoneKind.DATE)] == ["12 March 2021", "13 March 2021"]


def test_an_element_named_as_update_marks_its_date() -> None:
    found = page("<div class='date'>12 March 2021</div><div class='date-updated'>14 March 2021</div>")
    assert found.published is not None
    assert found.updated is not None
    assert (found.published.day, found.updated.day) == (date(2021, 3, 12), date(2021, 3, 14))


def test_a_relative_time_is_dated_by_its_element_alone() -> None:
    found = page("<time datetime='2021-03-12T10:00:00+03:00'>3 hours ago</time>")
    assert found.published is not None
    assert (found.published.day, found.published.source) == (date(2021, 3, 12), DateSource.METADATA)
    assert page("<span class='time'>3 hours ago</span>").published is None


def test_metadata_tells_of_the_update_where_the_page_shows_none() -> None:
    found = page(head="<meta property='article:modified_time' content='2021-03-15T10:00:00Z'>")
    assert found.published is None
    assert found.updated == found.updated_metadata
    assert found.updated is not None
    assert found.updated.day == date(2021, 3, 15)


def test_the_date_of_another_report_below_the_body_does_not_stand_against_the_metadata() -> None:
    head = "<meta property='article:published_time' content='2021-03-12T10:00:00Z'>"
    found = page(after="<div class='date'>3 May 2019</div>", head=head)
    assert found.published is not None
    assert found.published.day == date(2021, 3, 12)


def test_a_photo_credit_is_an_agency_zone_and_not_the_credit_of_the_report() -> None:
    found = page("<figure><img src='x'><figcaption>People flee the market (Reuters)</figcaption></figure>")
    assert found.agency is None
    assert [span.of(found.text).strip() for span in found.zones_of(ZoneKind.AGENCY)] == ["(Reuters)"]


def test_the_rights_to_a_picture_credit_no_report() -> None:
    found = page("<div>© REUTERS / James Field</div>")
    assert (found.agency, found.body) == (None, f"{TEXT}\n{TEXT}")
