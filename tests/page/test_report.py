"""Which stretches of a page carry the outlet's report."""

from tawthiq.page.plain import plain_zones
from tawthiq.page.report import report_spans
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span


def test_an_agency_credit_does_not_cut_a_sentence_in_two() -> None:
    zones = [(ZoneKind.BODY, Span(0, 7)), (ZoneKind.AGENCY, Span(7, 16)), (ZoneKind.BODY, Span(16, 40))]
    assert report_spans(zones) == (Span(0, 40),)


def test_a_comment_between_stretches_of_body_stays_out() -> None:
    zones = [(ZoneKind.BODY, Span(0, 7)), (ZoneKind.COMMENT, Span(7, 16)), (ZoneKind.BODY, Span(16, 40))]
    assert report_spans(zones) == (Span(0, 7), Span(16, 40))


def test_a_credit_at_the_end_is_not_the_report() -> None:
    assert report_spans([(ZoneKind.BODY, Span(0, 7)), (ZoneKind.AGENCY, Span(7, 16))]) == (Span(0, 7),)


def test_zones_may_come_in_any_order() -> None:
    assert report_spans([(ZoneKind.BODY, Span(5, 9)), (ZoneKind.TITLE, Span(0, 4))]) == (Span(0, 4), Span(5, 9))


def test_a_dateline_with_a_credit_is_read_as_one_sentence() -> None:
    text = "Market struck in the north\n\nBEIRUT (Reuters) - Three people were killed on Monday when a shell hit a market.\n"
    assert any(
        "BEIRUT" in span.of(text) and "Monday" in span.of(text)
        for span in report_spans((z.kind, z.span) for z in plain_zones(text))
    )
