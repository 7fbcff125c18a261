"""The desk in the pages: who may, what is saved, what bad forms get, what is shown, with how many queries."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from desk_archive import COMMENT, DeskArchive, copied, make_desk_archive, settle
from either_database import shown_in_pages
from tawthiq.archive.models import Capture, Claim, Report, Statement
from tawthiq.archive.one_run import one_run
from tawthiq.archive.rebuilding import link_archive
from tawthiq.casework.domain.reading_corrections import Judged, decide, withdraw
from tawthiq.casework.models import Group, ItemRestriction, ReadingCorrection, ReportReview, User
from tawthiq.casework.queries.link_decisions import constraints_for
from tawthiq.casework.queries.reviewed import next_unreviewed, reviewed, unreviewed
from tawthiq.cli.main import tawthiq
from tawthiq.custody.entry import digest_of
from tawthiq.records.reading_correction import Judgement, Slot
from tawthiq.web.correction import effect
from tawthiq.web.desk.selection import words

PAGES = (
    "", "history/", "beside/", "?choose=e0.place.0", "?choose=new", "?choose=e0.count.new", "?split=e0",
    "?choose=s0.speaker.0",
)  # fmt: skip


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(make_desk_archive(tmp_path_factory.mktemp("desk") / "archive"))


@pytest.fixture
def archive(model: Path, tmp_path: Path) -> Iterator[DeskArchive]:
    made = copied(model, tmp_path / "archive")
    with shown_in_pages(made.folder):
        yield made


def send(
    archive: DeskArchive, path: str = "decide/", name: str = "heron", number: int = 1, **fields: object
) -> HttpResponse:
    return archive.client(name).post(f"/reports/{number}/desk/{path}", archive.form(number, **fields))


def texts(archive: DeskArchive, slot: str, number: int = 1) -> list[str]:
    """The words of all values of a slot."""
    found = archive.opened(number).values.values()
    return [named.value.anchor.text for named in found if named.slot == slot and named.value]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_page_opens_in_its_language_without_inline_script(archive: DeskArchive, language: str) -> None:
    for path in PAGES:
        answer = archive.client(language=language).get(f"/reports/1/desk/{path}")
        html = answer.content.decode()
        assert answer.status_code == 200, path
        assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
        assert html.count("<h1") == 1
        assert "style=" not in html
        assert not re.findall(r"<script(?![^>]*\bsrc=)", html)


def test_a_reading_that_is_too_long_for_the_desk_says_what_to_do(
    archive: DeskArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = archive.form(1, act="accept", value="e0.act")
    monkeypatch.setattr("tawthiq.web.views.desk.MOST_RECORDS", 0)
    assert "too long for the desk" in archive.client().get("/reports/1/desk/").content.decode()
    assert "too long for the desk" in archive.client().post("/reports/1/desk/decide/", fields).content.decode()
    assert not ReadingCorrection.objects.exists()


def test_readers_comments_are_folded_behind_a_warning_and_bear_no_offsets(archive: DeskArchive) -> None:
    html = archive.client().get("/reports/1/desk/").content.decode()
    folded = re.search(r'<details class="zone zone-comment">(.*?)</details>', html, re.DOTALL)
    assert folded is not None
    assert COMMENT in folded[1]
    assert "data-start" not in folded[1]


def test_a_corrected_place_is_in_the_report_its_claims_and_the_next_reading(archive: DeskArchive) -> None:
    token = archive.token("place", "سوقٍ")
    fields = {"action": "save", "value": token, "pick": "open", **archive.place("معرة النعمان")}
    answer = send(archive, **fields)
    assert answer.status_code == 302
    assert parse_qs(urlsplit(answer["Location"]).query)["effect"] == ["done"]
    assert "معرة النعمان" in texts(archive, "place")
    assert " + desk " in Report.objects.get(pk=1).reader
    link_archive(archive.folder, constraints=constraints_for, again=True)
    assert Claim.objects.filter(report=1, slot="where", text__contains="معرة").exists()
    archive.read(again=True)
    assert "معرة النعمان" in texts(archive, "place")
    assert not [text for text in texts(archive, "place") if "سوق" in text]


def test_a_corrected_stance_is_in_the_statement_that_follows(archive: DeskArchive) -> None:
    stances = [named for named in archive.opened(1).values.values() if named.slot == "stance"]
    assert Statement.objects.filter(report=1, stance="denies").count() == 0
    assert send(archive, action="save", value=stances[0].token, code="denies").status_code == 302
    assert Statement.objects.filter(report=1, stance="denies").count() == 1
    assert Statement.objects.filter(report=1).count() == len(stances)


def test_taking_everything_back_gives_the_machine_s_reading_again(archive: DeskArchive) -> None:
    before = archive.opened().settled.reading
    send(archive, action="reject", value=archive.token("place", "سوقٍ"))
    send(archive, action="reject", value="e0")
    assert archive.opened().settled.reading.events == ()
    for row in ReadingCorrection.objects.order_by("-act"):
        assert send(archive, "withdraw/", act=row.act).status_code == 302
    assert archive.opened().settled.reading == before
    assert Report.objects.get(pk=1).reader == Report.objects.get(pk=2).reader


def test_the_rest_is_accepted_the_report_marked_and_the_next_one_opened(archive: DeskArchive) -> None:
    assert send(archive, action="rest", done="1")["Location"] == "/reports/2/desk/?reviewed=1"
    assert {row.kind for row in ReadingCorrection.objects.all()} == {"accepted"}
    assert [report.pk for report in reviewed(Report.objects.all())] == [1]
    assert [report.pk for report in unreviewed(Report.objects.all())] == [2]
    assert next_unreviewed(Report.objects.all(), 1) == 2
    assert send(archive, action="rest", done="1", number=2)["Location"] == "/reports/2/desk/?finished=1"
    assert "No other report waits" in archive.client().get("/reports/2/desk/?finished=1").content.decode()
    assert "Undecided: 0 of" in archive.client().get("/reports/1/desk/").content.decode()
    assert send(archive, "withdraw/", review="back").status_code == 302
    assert [report.pk for report in unreviewed(Report.objects.all())] == [1]


def test_an_event_is_added_split_and_merged_by_words_with_numbers(archive: DeskArchive) -> None:
    listed = {word.text: word.number for word in words(archive.opened(2))}
    chosen = {"first": str(listed["shells"]), "last": ""}
    send(archive, number=2, action="save", value="new", code="explosive", **chosen)
    assert [event.act.value for event in archive.opened(2).settled.reading.events] == [
        "shelling",
        "explosive",
        "airstrike",
    ]
    token = archive.token("when", "Saturday", 2)
    parts = {f"part-{token}": "both"}
    landed = {"first": str(listed["market"]), "last": str(listed["full"])}
    send(archive, number=2, action="split", event="e0", code="destruction", **landed, **parts)
    events = archive.opened(2).settled.reading.events
    assert {event.act.value for event in events if event.when and "Saturday" in event.when.mention.text} == {
        "shelling", "destruction"
    }  # fmt: skip
    send(archive, number=2, action="merge", event="e0", other="e1")
    assert len(archive.opened(2).settled.reading.events) == len(events) - 1


def test_a_later_decision_must_be_taken_back_before_what_it_rests_on(archive: DeskArchive) -> None:
    send(archive, action="save", value="new", code="threat", **archive.place("تفاصيل"))
    added = next(
        t
        for t in archive.opened().values
        if t.endswith("act.0") and "تفاصيل" in archive.opened().values[t].value.anchor.text
    )  # type: ignore[union-attr]
    send(archive, action="accept", value=added)
    first, second = ReadingCorrection.objects.values_list("act", flat=True)
    assert send(archive, "withdraw/", act=first).status_code == 409
    assert send(archive, "withdraw/", act=second).status_code == 302
    assert send(archive, "withdraw/", act=first).status_code == 302


def test_the_history_shows_the_machine_s_version_beside_the_person_s(archive: DeskArchive) -> None:
    token = archive.token("count", "طفلان")
    fields = {"action": "save", "value": token, "pick": "5-5", "harm": "killed", "group": "all", "reason": "قرأت النص"}
    send(archive, **fields, **archive.place("خمسةُ مدنيين بينهم"))
    html = archive.client().get("/reports/1/desk/history/").content.decode()
    assert "طفلان" in html
    assert "خمسةُ مدنيين بينهم" in html
    assert "قرأت النص" in html
    assert "in force" in html


def test_somebody_who_decided_meanwhile_is_named_and_nothing_is_saved(archive: DeskArchive) -> None:
    form = archive.form(action="reject", value=archive.token("place"))
    send(archive, name="crane", action="accept", value=archive.token("when"))
    answer = archive.client().post("/reports/1/desk/decide/", form)
    assert answer.status_code == 409
    assert "crane decided about this report" in answer.content.decode()
    assert ReadingCorrection.objects.count() == 1


def test_a_page_that_was_read_anew_since_it_was_opened_saves_nothing(archive: DeskArchive) -> None:
    form = archive.form(action="reject", value=archive.token("place"))
    Report.objects.filter(pk=1).update(text="  " + archive.opened().text)
    answer = archive.client().post("/reports/1/desk/decide/", form)
    assert answer.status_code == 409
    assert "its text is another one now" in answer.content.decode()
    assert not ReadingCorrection.objects.exists()


BAD = (
    {"action": "save", "value": "e0.place.0", "start": "99999", "end": "100000", "pick": "open"},
    {"action": "save", "value": "e0.place.0", "start": "-5", "end": "3", "pick": "open"},
    {"action": "save", "value": "e0.place.0", "start": "1" * 400, "end": "3", "pick": "open"},
    {"action": "save", "value": "e0.place.0", "start": "30", "end": "36", "words": "other words", "pick": "open"},
    {"action": "save", "value": "e0.place.0", "first": "1", "last": "9999", "pick": "open"},
    {"action": "save", "value": "e0.place.0", "pick": "SY.nowhere"},
    {"action": "save", "value": "e0.count.0", "pick": "500-500", "harm": "killed", "group": "all"},
    {"action": "save", "value": "e0.count.0", "pick": "5-5", "harm": "martyred", "group": "all"},
    {"action": "save", "value": "e0.by.0", "code": "nobody|x"},
    {"action": "save", "value": "e0.act.0", "code": "\x00\ud800"},
    {"action": "save", "value": "e0.victim.new"},
    {"action": "save", "value": "e7.place.0", "pick": "open"},
    {"action": "save", "value": "e0.scope.0", "code": "whole"},
    {"action": "reject", "value": "e0.act.0"},
    {"action": "reject", "value": "new"},
    {"action": "accept", "value": "e0"},
    {"action": "accept"},
    {"action": "merge", "event": "e0", "other": "e0"},
    {"action": "merge", "event": "e0", "other": "s0"},
    {"action": "split", "event": "e0", "code": "threat"},
    {"action": "drop table", "value": ["e0"] * 500},
    {},
)  # fmt: skip


def test_bad_forms_are_told_and_save_nothing(archive: DeskArchive) -> None:
    for fields in BAD:
        _is_told(archive, fields)


def _is_told(archive: DeskArchive, fields: dict[str, object]) -> None:
    sent = {
        name: "".join(chr(min(ord(c), 0xD7FF)) for c in v) if isinstance(v, str) else v for name, v in fields.items()
    }
    assert send(archive, **sent).status_code == 422, fields
    assert not ReadingCorrection.objects.exists()


@pytest.mark.parametrize("part", [COMMENT, "التعليقات"])
def test_characters_outside_the_report_say_nothing(archive: DeskArchive, part: str) -> None:
    answer = send(archive, "read/", value="e0.place.new", **archive.place(part))
    assert answer.status_code == 422
    assert "no part of the report" in answer.content.decode()


def test_a_selection_drawn_backwards_and_through_a_vowel_sign_is_whole(archive: DeskArchive) -> None:
    text = archive.opened().text
    start = text.index("قُتِلَ")
    answer = send(archive, "read/", value="new", start=start + 5, end=start)  # the last vowel sign is left out
    assert '<q dir="auto">قُتِلَ</q>' in answer.content.decode()


def test_what_is_offered_is_read_from_the_characters(archive: DeskArchive) -> None:
    html = send(archive, "read/", value="e0.count.new", **archive.place("خمسةُ مدنيين")).content.decode()
    assert re.findall(r'name="pick" value="([^"]+)"', html) == ["5-5"]
    html = send(archive, "read/", value="e0.count.new", **archive.place("قوات النظام")).content.decode()
    assert "No number can be read" in html
    assert 'name="pick"' not in html


def test_who_only_reads_sees_the_desk_and_decides_nothing(archive: DeskArchive) -> None:
    html = archive.client("gull").get("/reports/1/desk/").content.decode()
    assert '<form method="post" action="/reports/1/desk' not in html
    for path in ("decide/", "read/", "withdraw/"):
        assert send(archive, path, name="gull", action="rest").status_code == 403
    assert not ReadingCorrection.objects.exists()


def test_a_hidden_report_answers_as_one_that_is_not_there(archive: DeskArchive) -> None:
    ItemRestriction.objects.create(item=Capture.objects.get(pk=1).identifier, group=Group.objects.create(name="others"))
    for path in ("", "history/", "beside/"):
        hidden, absent = (archive.client().get(f"/reports/{number}/desk/{path}") for number in (1, 999))
        assert (hidden.status_code, absent.status_code) == (404, 404)
    for path in ("decide/", "read/", "withdraw/"):
        assert archive.client().post(f"/reports/1/desk/{path}", {"action": "rest"}).status_code == 404
    assert send(archive, action="rest", done="1", number=2)["Location"] == "/reports/2/desk/?finished=1"
    for number in (1, 999):
        assert '/desk/">Back to it' not in archive.client().get(f"/reports/2/desk/?reviewed={number}").content.decode()


def test_a_decision_waits_for_a_run_that_is_at_work(archive: DeskArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effect, "BUSY_SECONDS", 0)
    with one_run(archive.folder.path, "tawthiq read"):
        answer = send(archive, action="reject", value=archive.token("place", "سوقٍ"))
    assert "effect=later" in answer["Location"]
    assert not [text for text in texts(archive, "place") if "سوق" in text]  # the desk shows what is decided already
    archive.read()
    assert " + desk " in Report.objects.get(pk=1).reader


def test_a_row_changed_by_other_hands_is_told_and_not_followed(archive: DeskArchive) -> None:
    send(archive, action="reject", value=archive.token("place", "سوقٍ"))
    ReadingCorrection.objects.update(by="crane")
    archive.read(again=True)
    assert [text for text in texts(archive, "place") if "سوق" in text]
    assert "other hands changed" in archive.client().get("/reports/1/desk/").content.decode()


def test_the_pages_need_as_many_queries_for_many_decisions_as_for_few(archive: DeskArchive) -> None:
    client, counts = archive.client(), {}
    for wanted in (4, 12):
        while ReadingCorrection.objects.count() < wanted:
            there = archive.opened()
            named = next(each for each in there.values.values() if each.slot is Slot.PLACE)
            judged = Judged(Judgement.ACCEPTED, Slot.PLACE, named.target, was=named.value)
            rows = decide(None, [judged], there.seen, "heron")
            if rows[0].act % 3 == 0:
                withdraw(None, there.report.capture.identifier, rows[0].act, rows[0].act, "heron")
        for path in ("", "history/", "beside/"):
            client.get(f"/reports/1/desk/{path}")  # what is asked for once in a process
            with CaptureQueriesContext(connection) as asked:
                assert client.get(f"/reports/1/desk/{path}").status_code == 200
            counts.setdefault(path, []).append(len(asked))
    assert {path: many for path, (_, many) in counts.items()} == {path: few for path, (few, _) in counts.items()}
    assert max(map(max, counts.values())) <= 30


def test_a_huge_form_is_refused(archive: DeskArchive) -> None:
    assert send(archive, action="accept", value=["e0"] * 3000).status_code == 400
    assert not ReadingCorrection.objects.exists()


def test_decisions_enter_the_custody_log_by_digest_alone(archive: DeskArchive) -> None:
    send(archive, action="reject", value=archive.token("place", "سوقٍ"), reason="كلام سري")
    row = ReadingCorrection.objects.get()
    (entry,) = [e.event for e in archive.folder.entries() if e.event and e.event.kind == "reading-decided"]
    assert entry.facts["decisions"] == [["rejected", row.sha256]]
    assert "سوق" not in str(entry.facts)
    assert "كلام" not in str(entry.facts)
    assert row.content["nonce"]
    assert digest_of(row.content) == row.sha256


def test_reviews_are_rows_that_name_who_and_what_was_seen(archive: DeskArchive) -> None:
    send(archive, action="rest", done="1")
    row = ReportReview.objects.get()
    assert (row.by, row.content["text_sha256"]) == ("heron", archive.opened().text_stamp)
    assert User.objects.filter(name=row.by).exists()


def test_the_command_line_prints_what_is_in_force_and_compares_it_with_the_log(archive: DeskArchive) -> None:
    send(archive, action="reject", value=archive.token("place", "سوقٍ"))
    send(archive, action="rest", done="1")
    count = ReadingCorrection.objects.count()
    command = ["--archive", str(archive.folder.path), "read", "--decisions"]
    done = CliRunner().invoke(tawthiq, command, standalone_mode=False)
    assert (done.return_value, done.stdout.count("\n")) == (0, count)
    ReportReview.objects.update(by="crane")
    ReadingCorrection.objects.order_by("-number")[0].delete()
    done = CliRunner().invoke(tawthiq, command, standalone_mode=False)
    assert done.return_value == 1
    assert "no row of it is there" in done.stderr
    assert "is not what it was" in done.stderr
