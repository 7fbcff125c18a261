"""Claims of incidents as rows: saved and deleted for the incidents given, and for no others."""

from dataclasses import replace
from datetime import date

from linked_incident import make_incident
from sample_archive import words
from served_archive import INCIDENT, Desk, links, make_desk
from tawthiq.archive.claim_rows import delete_claims, save_claims
from tawthiq.archive.dropping import drop_links
from tawthiq.archive.models import AttachedStatement, Claim, IncidentToll, Position, Report, ReportSource, Slot
from tawthiq.archive.models.keys import row_key
from tawthiq.records.claim import AttachedStatement as StatementRecord
from tawthiq.records.claim import StatementKind

TABLES = (Slot, Position, Claim, AttachedStatement, ReportSource)


def everything() -> list[list[dict]]:
    return [list(table.objects.order_by("key").values()) for table in TABLES]


def test_what_was_deleted_and_saved_again_is_the_same(tmp_path) -> None:
    desk = make_desk(tmp_path / "archive")
    (record,) = links(desk.arabic, desk.english).incidents
    before = everything()
    assert all(before[:3])
    IncidentToll.objects.all().delete()  # they lead to claims
    delete_claims([INCIDENT])
    assert not any(everything())
    save_claims([(INCIDENT, record)], dict(Report.objects.values_list("capture__identifier", "pk")))
    assert everything() == before
    desk.folder.close()


def test_keys_belong_to_the_incident_and_other_incidents_are_left_alone(tmp_path) -> None:
    desk: Desk = make_desk(tmp_path / "archive")
    number = make_incident(desk)
    keys = [key for table in TABLES for key in table.objects.filter(key__gte=0).values_list("key", flat=True)]
    assert keys
    assert all(row_key(number, 0) <= key < row_key(number + 1, 0) for key in keys)
    untouched = everything()
    delete_claims([number + 1, number - 1, 1])
    assert everything() == untouched
    drop_links()
    assert not any(everything())
    desk.folder.close()


def test_a_statement_keeps_its_sign_and_a_missing_party_stays_empty(tmp_path) -> None:
    desk = make_desk(tmp_path / "archive")
    text = desk.arabic.text
    said = StatementRecord(
        document=desk.arabic.id,
        statement=None,
        kind=StatementKind.DENIES,
        speaker="سكان",
        speaker_actor=None,
        accused="coalition",
        mention=words(text, "الطائرات ضربت"),
        told=date(2017, 6, 20),
        sign=words(text, "أعلن"),
    )
    (record,) = links(desk.arabic, desk.english).incidents
    IncidentToll.objects.all().delete()  # they lead to claims
    delete_claims([INCIDENT])
    save_claims([(INCIDENT, replace(record, statements=(said,)))], {desk.arabic.id: 1, desk.english.id: 2})
    row = AttachedStatement.objects.get()
    assert (row.statement, row.kind, row.speaker_actor, row.accused, row.sign_text) == (
        None,
        "denies",
        "",
        "coalition",
        "أعلن",
    )
    assert text[row.sign_start : row.sign_end] == "أعلن"
    desk.folder.close()
