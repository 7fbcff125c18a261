"""Correcting a page through its form, as a browser without scripts sends it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.test import Client

from corrected_archive import INSULT, INSULTED, Corrected, copied, make_corrected, settle
from either_database import shown_in_pages
from tawthiq.archive.models import Capture, Report, SecondOpinion, Sheet
from tawthiq.archive.one_run import one_run
from tawthiq.archive.search import Results
from tawthiq.casework.models import PageCorrection
from tawthiq.records.errors import StorageFailed
from tawthiq.records.page import SheetOrigin

FORM = "/reports/1/page/correct/"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(make_corrected(tmp_path_factory.mktemp("corrected") / "archive"))


@pytest.fixture
def archive(model: Path, tmp_path: Path) -> Iterator[Corrected]:
    made = copied(model, tmp_path / "archive")
    with shown_in_pages(made.folder):
        yield made


class Form(HTMLParser):
    """The fields of the correction form as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self._select = self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") != "radio" or "checked" in given):
            self.fields[name] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.fields[self._select] = given["value"]
        elif tag == "span" and given.get("class") == "line-text":
            self._text = given["data-start"]

    def handle_data(self, data: str) -> None:
        if self._text:
            self.texts[self._text] = self.texts.get(self._text, "") + data

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._text = ""

    def select_of(self, words: str) -> str:
        """The name of the select of the line that holds these words."""
        start = next(start for start, text in self.texts.items() if words in text)
        return next(name for name in self.fields if name.startswith(f"kind-{start}-"))


def form(client: Client, address: str = FORM) -> Form:
    return Form(client.get(address).content.decode())


def send(client: Client, fields: dict[str, str], action: str, status: int = 200) -> Form:
    answer = client.post(FORM, {**fields, "action": action})
    assert answer.status_code == status, answer.content.decode()
    return Form(answer.content.decode())


def without_insults(client: Client) -> dict[str, str]:
    """The form filled so that both insults are readers' comments, one record each."""
    given = form(client)
    given.fields[given.select_of(INSULT)] = "comment"
    given.fields[given.select_of(INSULTED)] = "comment"
    given.fields["record-1-lines"] = "5"
    given.fields["record-2-lines"] = "٦"
    return given.fields


def test_saving_takes_effect_at_once_in_zones_comments_search_and_reading(archive: Corrected) -> None:
    assert INSULT in archive.body()
    client = archive.client()
    send(client, without_insults(client), "save", 302)
    assert INSULT not in archive.body()
    assert INSULTED not in archive.body()
    report = archive.report()
    comments = [report.text[row.start : row.end] for row in report.comments.all()]
    assert comments == [INSULT, INSULTED]
    assert "خيانة" not in archive.body()
    assert all(INSULTED not in statement.text for statement in report.statements.all())
    assert len(Results("الملعونة")) == 0
    assert len(Results("الملعونة", comments=True)) == 1
    assert " + correction " in report.reader
    zones = list(report.zones.all())
    assert [zone.start for zone in zones[1:]] == [zone.end for zone in zones[:-1]]
    assert (zones[0].start, zones[-1].end) == (0, len(report.text))


def test_the_decision_enters_the_custody_log_with_its_digest_and_not_its_words(archive: Corrected) -> None:
    client = archive.client("crane")
    send(client, {**without_insults(client), "note": "secret note"}, "save", 302)
    row = PageCorrection.objects.get()
    event = list(archive.folder.entries())[-1].event
    assert event is not None
    assert (event.kind, event.actor, event.subject) == ("page-corrected", "crane", archive.report().capture.identifier)
    assert event.facts == {"revision": 1, "decision_sha256": row.sha256, "replaces": None}
    assert row.content["note"] == "secret note"


def test_reading_everything_again_keeps_the_correction(archive: Corrected) -> None:
    client = archive.client()
    send(client, without_insults(client), "save", 302)
    before = archive.body()
    archive.read(again=True)
    assert archive.body() == before
    assert PageCorrection.objects.count() == 1


def test_withdrawing_gives_the_page_back_to_the_program_and_keeps_the_history(archive: Corrected) -> None:
    client = archive.client()
    send(client, without_insults(client), "save", 302)
    answer = client.post("/reports/1/page/withdraw/", {"seen": "1"}, follow=True)
    assert "found right" not in answer.content.decode()
    assert INSULT in archive.body()
    assert " + correction " not in archive.report().reader
    assert list(PageCorrection.objects.values_list("kind", "revision")) == [("corrected", 1), ("withdrawn", 2)]
    assert [entry.event.kind for entry in archive.folder.entries() if entry.event][-1] == "correction-withdrawn"


@pytest.mark.parametrize("seen", ["", "-1", "9" * 5000, "\u0661", "2"])
def test_nothing_is_withdrawn_by_who_has_not_seen_it(archive: Corrected, seen: str) -> None:
    client = archive.client()
    assert client.post("/reports/2/page/confirm/", {"seen": "0"}).status_code == 302
    assert client.post("/reports/2/page/withdraw/", {"seen": seen}).status_code == 302
    assert [row.kind for row in PageCorrection.objects.all()] == [PageCorrection.Kind.CONFIRMED]


def test_lines_are_marked_by_number_without_a_script(archive: Corrected) -> None:
    client = archive.client()
    given = form(client)
    marked = send(client, {**given.fields, "mark-from": "5", "mark-to": "6", "mark-kind": "comment"}, "mark")
    assert marked.fields[marked.select_of(INSULT)] == "comment"
    assert marked.fields[marked.select_of(INSULTED)] == "comment"
    assert INSULT in archive.body(), "nothing is saved yet"
    send(client, marked.fields, "save", 302)
    assert INSULT not in archive.body()


def test_words_within_a_line_are_marked_and_the_rest_of_the_line_stays(archive: Corrected) -> None:
    client = archive.client()
    given = form(client)
    asked = {"mark-from": "3", "mark-words": "قال ناشطون", "mark-kind": "caption"}
    marked = send(client, {**given.fields, **asked}, "mark")
    assert marked.fields[marked.select_of("قال ناشطون")] == "caption"
    assert marked.fields[marked.select_of("إن القصف الذي وقع")] == "body"


def test_selected_characters_become_one_comment(archive: Corrected) -> None:
    client = archive.client()
    given = form(client)
    start = archive.report().text.index(INSULT)
    asked = {"mark-start": str(start), "mark-end": str(start + len(INSULT))}
    marked = send(client, {**given.fields, **asked}, "record")
    assert marked.fields["record-1-lines"] == "5"
    assert marked.fields[marked.select_of(INSULT)] == "comment"


def test_what_is_not_on_the_page_is_not_saved(archive: Corrected) -> None:
    client = archive.client()
    given = form(client)
    answer = client.post(FORM, {**given.fields, "byline": "ليس في الصفحة", "action": "save"})
    assert answer.status_code == 422
    assert "do not stand on the page" in answer.content.decode()
    assert Form(answer.content.decode()).fields["byline"] == "ليس في الصفحة"
    assert not PageCorrection.objects.exists()


def test_a_comment_without_marked_lines_and_an_author_not_on_the_page_are_told(archive: Corrected) -> None:
    client = archive.client()
    given = form(client)
    unmarked = client.post(FORM, {**given.fields, "record-1-lines": "3", "action": "save"})
    assert "not marked" in unmarked.content.decode()
    fields = {**without_insults(client), "record-1-author": "شخص لم يكتب"}
    assert "author and date" in client.post(FORM, {**fields, "action": "save"}).content.decode()
    assert not PageCorrection.objects.exists()


@pytest.mark.parametrize(
    ("choice", "published"),
    [
        ({"date": "none"}, None),
        ({"date": "words", "date-words": "15 شباط 2016"}, "absent"),
        ({"date": "words", "date-words": "الخامس عشر من آذار 2016"}, "2016-03-15"),
        ({"date": "words", "date-words": "الخامس عشر من آذار 2016", "date-day": "2016-03-16"}, "other"),
        ({"date": "words", "date-words": "يوم الاثنين", "date-day": "2016-03-14"}, "2016-03-14"),
    ],
)
def test_a_date_is_words_of_the_page_or_none(archive: Corrected, choice: dict[str, str], published: str | None) -> None:
    client = archive.client()
    answer = client.post(FORM, {**form(client).fields, "date-words": "", "date-day": "", **choice, "action": "save"})
    if published in ("absent", "other"):
        assert answer.status_code == 422
        return
    assert answer.status_code == 302
    found = archive.report().published
    assert (found.isoformat() if found else None) == published


def test_somebody_who_saved_in_between_is_named_and_nothing_is_lost(archive: Corrected) -> None:
    heron, crane = archive.client("heron"), archive.client("crane")
    fields = without_insults(heron)
    send(crane, {**form(crane).fields, "byline": ""}, "save", 302)
    answer = heron.post(FORM, {**fields, "note": "mine", "action": "save"})
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "crane decided about this page" in html
    kept = Form(html)
    assert kept.fields[kept.select_of(INSULT)] == "comment"
    assert "mine" in html
    assert kept.fields["seen"] == "1"
    send(heron, kept.fields, "save", 302)
    assert INSULT not in archive.body()
    assert PageCorrection.objects.count() == 2


def test_a_page_that_is_right_is_confirmed_with_one_button(archive: Corrected) -> None:
    client = archive.client()
    before = archive.body(2)
    assert client.post("/reports/2/page/confirm/", {"seen": "0"}).status_code == 302
    row = PageCorrection.objects.get()
    assert row.kind == "confirmed"
    assert row.content["baseline"]["differs"] == []
    assert archive.body(2) == before
    assert [entry.event.kind for entry in archive.folder.entries() if entry.event][-1] == "page-confirmed"


def test_the_second_opinions_body_is_taken_where_its_words_stand_on_the_page(archive: Corrected) -> None:
    report = archive.report()
    lines = report.text.split("\n")
    theirs = "\n".join([lines[0], lines[2].replace(" ", "  "), lines[3], "كلام ليس في الصفحة أبداً"])
    SecondOpinion.objects.update_or_create(report=report, defaults={"by": "other 1", "text": theirs, "agreement": 0.5})
    client = archive.client()
    given = form(client, FORM + "?from=opinion")
    assert given.fields[given.select_of(INSULT)] == "other"
    assert given.fields[given.select_of("قال ناشطون")] == "body"
    assert given.fields[given.select_of(lines[0])] == "title"
    assert INSULT in archive.body(), "nothing is saved yet"
    send(client, given.fields, "save", 302)
    assert archive.body() == "\n".join(lines[2:4])


def test_a_second_opinion_never_makes_a_comment_the_outlets_words(archive: Corrected) -> None:
    client = archive.client()
    send(client, without_insults(client), "save", 302)
    theirs = f"{INSULT}\n{INSULTED}"
    opinion = {"by": "other 1", "text": theirs, "agreement": 0.5}
    SecondOpinion.objects.update_or_create(report=archive.report(), defaults=opinion)
    given = form(client, FORM + "?from=opinion")
    assert given.fields[given.select_of(INSULT)] == "comment"


def test_while_another_run_is_at_work_the_decision_is_kept_for_the_next_reading(
    archive: Corrected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawthiq.web.correction.effect.BUSY_SECONDS", 0)
    client = archive.client()
    with one_run(archive.folder.path, "test"):
        answer = client.post(FORM, {**without_insults(client), "action": "save"}, follow=True)
    assert "takes effect with the next" in answer.content.decode()
    assert INSULT in archive.body()
    archive.read()
    assert INSULT not in archive.body()


def test_a_long_page_is_shown_in_parts_and_marked_across_them(
    archive: Corrected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawthiq.web.correction.forms.WINDOW", 3)
    monkeypatch.setattr("tawthiq.web.views.corrections.WINDOW", 3)
    client = archive.client()
    given = form(client)
    assert len(given.texts) == 3
    second = send(client, {**given.fields, "mark-from": "5", "mark-to": "6", "mark-kind": "comment"}, "lines-4")
    assert any(INSULT in text for text in second.texts.values())
    marked = send(client, {**second.fields, "mark-from": "5", "mark-to": "6", "mark-kind": "comment"}, "mark")
    assert marked.fields[marked.select_of(INSULT)] == "comment"
    back = send(client, marked.fields, "lines-1")
    send(client, back.fields, "save", 302)
    assert INSULT not in archive.body()


def test_readers_and_strangers_decide_nothing(archive: Corrected) -> None:
    reader = archive.client("gull")
    assert reader.get(FORM).status_code == 403
    for address in (FORM, "/reports/1/page/confirm/", "/reports/1/page/withdraw/"):
        assert reader.post(address, {"seen": "0"}).status_code == 403
    assert reader.get("/reports/1/page/corrections/").status_code == 200
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert stranger.get(FORM).status_code == 302
    assert not PageCorrection.objects.exists()


def test_a_form_without_its_token_changes_nothing(archive: Corrected) -> None:
    client = archive.client()
    fields = without_insults(client)
    strict = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(FORM, {**fields, "action": "save", "csrfmiddlewaretoken": ""}).status_code == 403
    assert not PageCorrection.objects.exists()


@pytest.mark.parametrize(
    "hostile",
    [
        {"draft": "[1,2"},
        {"draft": '{"text":1,"zones":"zz99","comments":{}}'},
        {"kind-0-99999999": "body"},
        {"kind-5-2": "body"},
        {"mark-from": "-3", "mark-to": "99999999999999"},
        {"mark-start": "٣", "mark-end": "99999999999"},
        {"mark-start": "²", "mark-end": "³"},
        {"record-1-lines": "9-2"},
        {"first": "99999999", "last": "x"},
        {"date": "3-4"},
        {"seen": "-1"},
        {"date": "words", "date-words": "2016", "date-day": "yesterday"},
    ],
)
@pytest.mark.parametrize("action", ["mark", "record", "save", "lines-77777777", "nothing"])
def test_broken_forms_are_answered_and_never_saved_wrong(
    archive: Corrected, hostile: dict[str, str], action: str
) -> None:
    client = archive.client()
    answer = client.post(FORM, {**form(client).fields, **hostile, "action": action})
    assert answer.status_code in (200, 302, 409, 422)
    for row in PageCorrection.objects.all():
        zones = row.content["zones"]
        assert [end for _, _, end in zones[:-1]] == [start for _, start, _ in zones[1:]]
        assert zones[-1][2] == len(row.text)


def test_a_scan_is_left_to_the_next_reading_and_its_characters_are_not_recognized_again(
    archive: Corrected, monkeypatch: pytest.MonkeyPatch
) -> None:
    Sheet.objects.create(
        key=1, report_id=1, number=1, start=0, end=10, origin=SheetOrigin.RECOGNIZED.value, confidence=0.8
    )
    monkeypatch.setattr("tawthiq.web.correction.effect.page_item", _never)
    monkeypatch.setattr("tawthiq.web.correction.effect.read_one", _never)
    client = archive.client()
    answer = client.post(FORM, {**without_insults(client), "action": "save"}, follow=True)
    assert "takes effect with the next" in answer.content.decode()
    assert "zones" in PageCorrection.objects.get().content["baseline"]["differs"]


def test_a_decision_is_kept_though_the_evidence_cannot_be_opened_now(
    archive: Corrected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawthiq.web.correction.effect.open_archive", _closed)
    client = archive.client()
    answer = client.post(FORM, {**without_insults(client), "action": "save"}, follow=True)
    assert "could not be read anew" in answer.content.decode()
    assert PageCorrection.objects.get().content["baseline"]["differs"] == ["text"]
    archive.read()
    assert INSULT not in archive.body()


def test_a_date_whose_words_stand_nowhere_whole_is_kept_by_whoever_confirms_the_page(archive: Corrected) -> None:
    report = archive.report()
    Report.objects.filter(pk=1).update(published_text="آذار الخامس عشر")
    assert archive.client().post("/reports/1/page/confirm/", {"seen": "0"}).status_code == 302
    content = PageCorrection.objects.get().content
    assert report.published
    assert content["published"]["date"] == report.published.isoformat()
    assert content["published_span"] is None


def test_a_draft_too_large_for_a_form_is_refused_with_advice(
    archive: Corrected, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tawthiq.web.correction.forms.LARGEST_DRAFT", 50)
    answer = archive.client().get(FORM)
    assert answer.status_code == 422
    assert "too many parts" in answer.content.decode()


def test_comments_that_are_not_shown_are_kept(archive: Corrected, monkeypatch: pytest.MonkeyPatch) -> None:
    client = archive.client()
    monkeypatch.setattr("tawthiq.web.correction.desk.MOST_ROWS", 1)
    send(client, send(client, without_insults(client), "show").fields, "save", 302)
    assert archive.report().comments.count() == 2


@pytest.mark.parametrize("changed", [{"note": "of other hands"}, {"baseline": {"differs": 5}}, {"note": "\ud800"}])
def test_a_decision_changed_by_other_hands_is_found_from_its_evidence_and_withdrawn(
    archive: Corrected, changed: dict[str, object]
) -> None:
    client = archive.client()
    assert "/reports/2/page/corrections/" not in client.get("/evidence/2/").content.decode()
    client.post("/reports/2/page/confirm/", {"seen": "0"})
    row = PageCorrection.objects.get()
    PageCorrection.objects.update(content={**row.content, **changed})
    archive.read(again=True)
    assert Capture.objects.get(pk=2).state == Capture.State.FAILED
    assert not Report.objects.filter(pk=2).exists()
    assert 'href="/reports/2/page/corrections/"' in client.get("/evidence/2/").content.decode()
    shown = client.get("/reports/2/page/corrections/").content.decode()
    assert "withdraw this correction" in shown
    assert "This decision is not what it was" in shown
    assert "of other hands" not in shown
    assert "/reports/2/page/correct/" not in shown
    asked = Form(shown).fields
    withdrawn = client.post("/reports/2/page/withdraw/", {"seen": asked["seen"]}, follow=True)
    assert "It is read with the next" in withdrawn.content.decode()
    archive.read()
    assert archive.report(2).text
    assert client.get("/reports/2/page/corrections/").status_code == 200


def test_a_reader_withdraws_nothing_where_no_report_stands(archive: Corrected) -> None:
    archive.client().post("/reports/2/page/confirm/", {"seen": "0"})
    Report.objects.filter(pk=2).delete()
    reader = archive.client("gull")
    assert "page/withdraw" not in reader.get("/reports/2/page/corrections/").content.decode()
    assert reader.post("/reports/2/page/withdraw/", {"seen": "1"}).status_code == 403
    assert PageCorrection.objects.count() == 1


def test_there_are_no_decisions_where_there_is_no_evidence(archive: Corrected) -> None:
    client = archive.client()
    assert client.get("/reports/99/page/corrections/").status_code == 404
    assert client.post("/reports/99/page/withdraw/", {"seen": "1"}).status_code == 404


def _never(*_given: object, **_named: object) -> None:
    raise AssertionError("this was not to be called")


def _closed() -> None:
    raise StorageFailed(item="evidence", happened="the disk failed", advice="look at the disk")
