"""Reading by the decisions of people: what is outdated is read again, everything else stays, nothing is half replaced."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest

from page.corrections import decided
from tawthiq.archive.database import open_database
from tawthiq.archive.models import Capture, Claim, CopyFamily, Incident, IncidentEvent, LinkedReport, Report, Zone
from tawthiq.archive.queries.incidents import reports_since_linking
from tawthiq.archive.rebuilding import link_archive, read_archive
from tawthiq.archive.replacing import drop_report
from tawthiq.archive.restoring_pages import page_of
from tawthiq.archive.search import Results
from tawthiq.custody.entry import digest_of
from tawthiq.page.correction_contract import correction_to_json
from tawthiq.pipeline.correct_page import UNFIT, stamp_of
from tawthiq.records.correction import PageCorrection
from tawthiq.records.errors import EvidenceDiffers, TawthiqError
from tawthiq.records.page import Zone as ZoneRecord
from tawthiq.records.page import ZoneKind
from tawthiq.records.span import Span
from tawthiq.store import ArchiveFolder


@dataclass
class Decisions:
    """Decisions in force, kept in memory."""

    held: dict[str, PageCorrection] = field(default_factory=dict)
    broken: bool = False
    once: tuple[str, ...] = ()

    def of(self, capture: str) -> PageCorrection | None:
        if self.broken and capture in self.held:
            raise EvidenceDiffers(item=capture, happened="the row was changed", advice="look")
        return self.held.get(capture)

    def stamps(self) -> Mapping[str, str]:
        in_force = {capture: stamp_of(digest_of(correction_to_json(each))) for capture, each in self.held.items()}
        return {**dict.fromkeys(self.once, ""), **in_force}


def all_other(report: Report) -> PageCorrection:
    """A decision by which nothing on the page is the report's but its title."""
    page = page_of(report)
    length = len(page.text)
    end = len(page.title or "")
    zones = (ZoneRecord(ZoneKind.TITLE, Span(0, end), ""), ZoneRecord(ZoneKind.OTHER, Span(end, length), ""))
    return decided(
        capture=page.id, payload_sha256=report.capture.sha256, text=page.text, zones=zones, comments=(),
        title=page.title, published=None, published_span=None,
    )  # fmt: skip


@pytest.fixture
def read(folder: ArchiveFolder) -> ArchiveFolder:
    read_archive(folder, workers=1)
    return folder


def zones(number: int) -> list[str]:
    return list(Zone.objects.filter(report=number).values_list("kind", flat=True))


def test_only_the_page_that_was_decided_about_is_read_again(read: ArchiveFolder) -> None:
    decisions = Decisions({page_of(Report.objects.get(pk=1)).id: all_other(Report.objects.get(pk=1))})
    assert read_archive(read, workers=1, corrections=decisions).read == 1
    assert zones(1) == ["title", "other"]
    assert "body" in zones(2)
    assert Report.objects.get(pk=1).statement_count == 0
    assert read_archive(read, workers=1, corrections=decisions).read == 0


def test_a_decision_that_ends_gives_the_page_back_to_the_program(read: ArchiveFolder) -> None:
    before = zones(1)
    decisions = Decisions({page_of(Report.objects.get(pk=1)).id: all_other(Report.objects.get(pk=1))})
    read_archive(read, workers=1, corrections=decisions)
    decisions.once = tuple(decisions.held)
    decisions.held.clear()
    assert read_archive(read, workers=1, corrections=decisions).read == 1
    assert zones(1) == before


def test_reading_without_decisions_at_hand_leaves_corrected_reports_alone(read: ArchiveFolder) -> None:
    decisions = Decisions({page_of(Report.objects.get(pk=1)).id: all_other(Report.objects.get(pk=1))})
    read_archive(read, workers=1, corrections=decisions)
    assert read_archive(read, workers=1).read == 0
    assert zones(1) == ["title", "other"]


def test_a_decision_in_pool_and_in_process_gives_the_same_rows(
    read: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions = Decisions({page_of(Report.objects.get(pk=1)).id: all_other(Report.objects.get(pk=1))})
    monkeypatch.setattr("tawthiq.pipeline.jobs.WORTH_A_POOL", 1)
    read_archive(read, again=True, workers=2, corrections=decisions)
    assert zones(1) == ["title", "other"]


def test_a_decision_that_does_not_fit_is_named_and_the_page_is_the_programs(read: ArchiveFolder) -> None:
    decision = all_other(Report.objects.get(pk=1))
    gone = replace(decision, text=decision.text.replace("قصف", "حفل", 1))
    read_archive(read, workers=1, corrections=Decisions({decision.capture: gone}))
    report = Report.objects.get(pk=1)
    assert report.reader.endswith(UNFIT)
    assert "body" in zones(1)
    assert any("does not fit" in note for note in report.notes)


def test_a_decision_about_other_bytes_is_not_applied(read: ArchiveFolder) -> None:
    decision = replace(all_other(Report.objects.get(pk=1)), payload_sha256="0" * 64)
    read_archive(read, workers=1, corrections=Decisions({decision.capture: decision}))
    assert Report.objects.get(pk=1).reader.endswith(UNFIT)
    assert "body" in zones(1)


def test_a_decision_that_cannot_be_trusted_fails_its_page_and_no_other(read: ArchiveFolder) -> None:
    decision = all_other(Report.objects.get(pk=1))
    summary = read_archive(
        read, again=True, workers=1, corrections=Decisions({decision.capture: decision}, broken=True)
    )
    assert [type(error) for error in summary.failed] == [EvidenceDiffers]
    assert isinstance(summary.failed[0], TawthiqError)
    assert Capture.objects.get(pk=1).state == "failed"
    assert Report.objects.filter(pk=2).exists()


def test_a_page_comes_back_when_the_decision_that_failed_it_is_withdrawn(read: ArchiveFolder) -> None:
    decision = all_other(Report.objects.get(pk=1))
    decisions = Decisions({decision.capture: decision}, broken=True)
    read_archive(read, workers=1, corrections=decisions)
    assert Capture.objects.get(pk=1).state == "failed"
    decisions.once = tuple(decisions.held)
    decisions.held.clear()
    read_archive(read, workers=1, corrections=decisions)
    assert "body" in zones(1)


def test_what_linking_said_of_a_replaced_report_goes_and_the_rest_is_out_of_date(read: ArchiveFolder) -> None:
    link_archive(read)
    assert reports_since_linking() == 0
    told = list(Incident.objects.filter(told_in__report=1).values_list("pk", flat=True))
    assert told
    drop_report(1)
    assert not Report.objects.filter(pk=1).exists()
    assert len(Results("ناشطون")) == 0
    assert not Claim.objects.filter(report=1).exists()
    assert not IncidentEvent.objects.filter(event__report=1).exists()
    assert not Incident.objects.filter(pk__in=told).exists()
    assert not CopyFamily.objects.exists()
    assert LinkedReport.objects.values_list("pk", flat=True).get() == 2
    assert Report.objects.filter(pk=2).exists()


def test_links_are_told_to_be_out_of_date_after_a_correction(read: ArchiveFolder) -> None:
    link_archive(read)
    decisions = Decisions({page_of(Report.objects.get(pk=1)).id: all_other(Report.objects.get(pk=1))})
    read_archive(read, workers=1, corrections=decisions)
    assert reports_since_linking() == 1
    decisions.once = tuple(decisions.held)
    decisions.held.clear()
    read_archive(read, workers=1, corrections=decisions)
    assert reports_since_linking() == 1
    link_archive(read)
    assert reports_since_linking() == 0


def test_dropping_a_report_that_is_not_there_changes_nothing(read: ArchiveFolder) -> None:
    link_archive(read)
    drop_report(99)
    assert reports_since_linking() == 0


def test_a_run_that_is_broken_off_leaves_the_old_report_or_the_new_one(
    read: ArchiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = zones(1)
    decisions = Decisions({page_of(Report.objects.get(pk=1)).id: all_other(Report.objects.get(pk=1))})
    monkeypatch.setattr("tawthiq.archive.saving.save_parts", _break_off)
    with pytest.raises(KeyboardInterrupt):
        read_archive(read, workers=1, corrections=decisions)
    open_database(read.database)
    assert zones(1) == before
    monkeypatch.undo()
    read_archive(read, workers=1, corrections=decisions)
    assert zones(1) == ["title", "other"]


def _break_off(*_given: object) -> None:
    raise KeyboardInterrupt
