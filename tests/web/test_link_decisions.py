"""Deciding about links in the pages: who may, what is saved, what is refused, what is shown, with how many queries."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from either_database import shown_in_pages
from linked_desk import LinkedDesk, copied, make_linked_desk, settle
from tawthiq.archive.models import Capture, Event
from tawthiq.archive.one_run import one_run
from tawthiq.archive.rebuilding import link_archive
from tawthiq.casework.domain import custody
from tawthiq.casework.models import LinkDecision
from tawthiq.casework.queries.link_decisions import all_in_force, constraints_for, last_act
from tawthiq.linking.scoring import LIMIT, shipped_weights
from tawthiq.web import viewing
from tawthiq.web.link_deciding import effect
from tawthiq.web.link_deciding.acts import incident_of
from tawthiq.web.link_deciding.reasons import balance, from_row
from tawthiq.web.link_reasons import SENTENCES

PAGES = ("queue/", "ONE/same/TWO/", "decisions/", "weights/", "ONE/")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle(make_linked_desk(tmp_path_factory.mktemp("linked") / "archive"))


@pytest.fixture
def linked(model: Path, tmp_path: Path) -> Iterator[LinkedDesk]:
    made = copied(model, tmp_path / "archive")
    with shown_in_pages(made.folder):
        yield made


def send(desk: LinkedDesk, action: str, name: str = "heron", **fields: object) -> HttpResponse:
    """A form about tellings, sent by somebody who has seen everything."""
    sent = {"action": action, "seen": str(last_act()), "reason": "read both", **fields}
    return desk.client(name).post("/incidents/decide/", sent)


def at(desk: LinkedDesk, path: str) -> str:
    """The address of a page; ONE, TWO and THREE stand for incidents."""
    for number, name in enumerate(("ONE", "TWO", "THREE"), start=1):
        path = path.replace(name, str(desk.number(number)))
    return f"/incidents/{path}"


def token(event: Event) -> str:
    """How forms name an event."""
    return f"{event.key}.{event.start}.{event.end}.{event.act}"


def kinds() -> list[str]:
    return [row.kind for row in LinkDecision.objects.order_by("number")]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens_in_its_language_and_needs_no_script(linked: LinkedDesk, path: str, language: str) -> None:
    answer = linked.client(language=language).get(at(linked, path))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in html
    assert html.count("<script") == html.count(" defer></script>") == 1  # htmx, which no form needs
    assert "style=" not in html


def test_the_queue_begins_with_the_disputed_incident_and_shows_two_sources_rather_than_copies(
    linked: LinkedDesk,
) -> None:
    html = linked.client().get("/incidents/queue/").content.decode()
    assert "Waiting: 2" in html
    assert re.findall(r'name="pair" value="([^"]+)"', html) == linked.tokens(1)[:2]
    assert "The same kind of act" in html
    assert "One large city, or a name that many reports give" in html
    assert "Mill hit" not in html


def test_the_queue_in_the_order_of_uncertainty_begins_with_the_most_even_odds(linked: LinkedDesk) -> None:
    html = linked.client().get("/incidents/queue/?order=uncertain").content.decode()
    assert re.findall(r'name="pair" value="([^"]+)"', html) == linked.tokens(3)


def test_what_is_put_off_comes_last_for_that_person(linked: LinkedDesk) -> None:
    client = linked.client()
    client.post("/incidents/queue/?order=consequential", {"later": "i-1"})
    assert re.findall(
        r'name="pair" value="([^"]+)"', client.get("/incidents/queue/").content.decode()
    ) == linked.tokens(3)
    client.post("/incidents/queue/", {"later": "i-3"})
    html = client.get("/incidents/queue/").content.decode()
    assert "put off earlier" in html
    assert "Waiting: 2" in html
    assert linked.tokens(1)[0] in linked.client("crane").get("/incidents/queue/").content.decode()


def test_a_judged_pair_is_not_asked_again_and_the_next_one_comes(linked: LinkedDesk) -> None:
    one, two, three = linked.tokens(1)
    answer = send(linked, "together", pair=[one, two], next="queue", order="consequential")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/incidents/queue/?decided=1")
    html = linked.client().get("/incidents/queue/").content.decode()
    assert re.findall(r'name="pair" value="([^"]+)"', html) == [one, three]
    send(linked, "together", pair=[one, three])
    html = linked.client().get("/incidents/queue/").content.decode()
    assert re.findall(r'name="pair" value="([^"]+)"', html) == linked.tokens(3)
    send(linked, "apart", pair=linked.tokens(3))
    assert "No link waits" in linked.client().get("/incidents/queue/").content.decode()


def test_copies_of_one_dispatch_are_no_evidence_for_one_another(linked: LinkedDesk) -> None:
    one, two, _ = linked.tokens(1)
    send(linked, "together", pair=[one, two])
    one, two, three = linked.tokens(1)
    send(linked, "apart", pair=linked.tokens(3))
    LinkDecision.objects.all().delete()
    Event.objects.filter(key=int(one.partition(".")[0])).update(scope="background")
    Event.objects.get(key=int(one.partition(".")[0])).incidents.all().delete()
    html = linked.client().get("/incidents/queue/").content.decode()
    assert re.findall(r'name="pair" value="([^"]+)"', html) == [two, three]
    assert "repeat one dispatch" in html
    assert "The same kind of act" not in html


def test_confirming_from_the_incident_page_holds_all_its_tellings(linked: LinkedDesk) -> None:
    html = linked.client().get(at(linked, "ONE/")).content.decode()
    assert re.findall(r'name="telling" value="([^"]+)"', html) == linked.tokens(1)
    answer = send(linked, "confirm", telling=linked.tokens(1))
    assert answer["Location"].startswith("/incidents/")
    assert "decided=1" in answer["Location"]
    assert kinds() == ["together", "together"]
    after = linked.client().get(at(linked, "ONE/")).content.decode()
    assert "decisions in force about these reports: 2" in after


def test_taking_marked_tellings_out_parts_them_from_the_rest(linked: LinkedDesk) -> None:
    one, two, three = linked.tokens(1)
    send(linked, "split", telling=[one, two, three], out=[one])
    assert kinds() == ["apart", "apart"]
    assert len(constraints_for().apart) == 2


def test_what_is_marked_but_was_not_shown_is_not_taken_out(linked: LinkedDesk) -> None:
    answer = send(linked, "split", telling=linked.tokens(1), out=linked.tokens(3))
    assert answer.status_code == 422
    assert kinds() == []


def test_two_incidents_are_merged_or_kept_apart_side_by_side(linked: LinkedDesk) -> None:
    html = linked.client().get(at(linked, "THREE/same/TWO/")).content.decode()
    assert re.findall(r'name="(?:telling|other)" value="([^"]+)"', html) == linked.tokens(3) + linked.tokens(2)
    send(linked, "merge", telling=linked.tokens(3), other=linked.tokens(2))
    assert kinds() == ["together", "together"]
    send(linked, "different", telling=linked.tokens(1), other=linked.tokens(2))
    assert kinds() == ["together", "together", "apart", "apart", "apart"]


def test_a_contradiction_is_shown_with_who_and_when_and_can_be_resolved(linked: LinkedDesk) -> None:
    send(linked, "confirm", name="crane", telling=linked.tokens(3))
    answer = send(linked, "apart", pair=linked.tokens(3))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "<bdi>crane</bdi>" in html
    assert kinds() == ["together"]
    withdraw = re.findall(r'name="withdraw" value="([0-9a-f]{64})"', html)
    fields = dict(re.findall(r'<input type="hidden" name="(action|seen|reason)" value="([^"]*)"', html))
    answer = linked.client().post("/incidents/decide/", {**fields, "pair": linked.tokens(3), "withdraw": withdraw})
    assert answer.status_code == 302
    assert kinds() == ["together", "withdrawn", "apart"]


def test_whoever_comes_second_is_shown_what_was_decided(linked: LinkedDesk) -> None:
    send(linked, "confirm", name="crane", telling=linked.tokens(3))
    answer = send(linked, "apart", pair=linked.tokens(3), seen="0")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else decided" in html
    assert "<bdi>crane</bdi>" in html
    assert kinds() == ["together"]


def test_a_report_read_anew_refuses_what_was_chosen_before(linked: LinkedDesk) -> None:
    tokens = linked.tokens(3)
    Event.objects.filter(key=int(tokens[0].partition(".")[0])).update(start=1, end=4)
    answer = send(linked, "together", pair=tokens)
    assert answer.status_code == 422
    assert kinds() == []


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        ("together", {}), ("confirm", {"telling": ["x", "y"]}), ("nonsense", {"pair": ["1.1.1.x"] * 2}), ("", {}),
        ("apart", {"pair": ["9" * 30 + ".1.2.x", "1"]}), ("split", {"telling": ["1.1.1.x"]}), ("merge", {"other": [""]}),
    ],
)  # fmt: skip
def test_nonsense_saves_nothing_and_breaks_nothing(linked: LinkedDesk, action: str, fields: dict[str, object]) -> None:
    assert send(linked, action, **fields).status_code in (403, 422)
    assert kinds() == []


def test_a_reader_may_look_and_decides_nothing(linked: LinkedDesk) -> None:
    for path in PAGES:
        html = linked.client("gull").get(at(linked, path)).content.decode()
        assert 'action="/incidents/decide/"' not in html
    assert send(linked, "together", name="gull", pair=linked.tokens(3)).status_code == 403
    taken = linked.client("gull").post("/incidents/decisions/withdraw/", {"withdraw": ["0" * 64]})
    assert taken.status_code == 403


def test_history_tells_who_when_why_and_withdraws(linked: LinkedDesk) -> None:
    send(linked, "confirm", name="crane", telling=linked.tokens(1))
    client = linked.client()
    html = client.get("/incidents/decisions/").content.decode()
    assert "<bdi>crane</bdi>" in html
    assert "read both" in html
    assert "in force" in html
    digests = re.findall(r'name="withdraw" value="([0-9a-f]{64})"', html)
    assert len(digests) == 2
    answer = client.post("/incidents/decisions/withdraw/", {"withdraw": digests, "seen": str(last_act())})
    assert answer.status_code == 302
    assert all_in_force().decisions == ()
    after = client.get("/incidents/decisions/").content.decode()
    assert "withdrawn since" in after
    assert "earlier decisions withdrawn: 2" in after
    late = client.post("/incidents/decisions/withdraw/", {"withdraw": digests, "seen": str(last_act())})
    assert late.status_code == 409


def test_decisions_that_fit_no_more_are_listed_to_be_mended(linked: LinkedDesk) -> None:
    tokens = linked.tokens(3)
    send(linked, "together", pair=tokens)
    assert "Every decision in force fits" in linked.client().get("/incidents/decisions/?show=unfit").content.decode()
    Event.objects.filter(key=int(tokens[0].partition(".")[0])).update(scope="background")
    html = linked.client().get("/incidents/decisions/?show=unfit").content.decode()
    assert "fits no more" in html
    assert "Mend them" in linked.client().get("/incidents/queue/").content.decode()


def test_decisions_of_one_incident_can_be_listed(linked: LinkedDesk) -> None:
    send(linked, "together", pair=linked.tokens(3))
    assert "<bdi>heron</bdi>" in linked.client("crane").get(at(linked, "decisions/?incident=THREE")).content.decode()
    assert '<li class="row act">' not in linked.client().get(at(linked, "decisions/?incident=ONE")).content.decode()
    assert linked.client().get("/incidents/decisions/?incident=nonsense").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_no_more_queries_for_more_decisions(linked: LinkedDesk, path: str) -> None:
    send(linked, "together", pair=linked.tokens(1)[:2])
    client = linked.client()
    client.get(at(linked, path))
    with CaptureQueriesContext(connection) as few:
        client.get(at(linked, path))
    send(linked, "different", telling=linked.tokens(1), other=[*linked.tokens(2), *linked.tokens(3)])
    with CaptureQueriesContext(connection) as many:
        client.get(at(linked, path))
    assert len(many) <= len(few) + 1  # the queue looks at one incident more


def test_a_decision_takes_effect_before_the_next_page(linked: LinkedDesk) -> None:
    link_archive(linked.folder)
    one, other = Event.objects.get(report=1), Event.objects.get(report=4)
    pair = [f"{event.key}.{event.start}.{event.end}.{event.act}" for event in (one, other)]

    def are_one() -> bool:
        return incident_of(one.key) == incident_of(other.key)

    first, second = ("apart", "together") if are_one() else ("together", "apart")
    answer = send(linked, first, pair=pair)
    assert "effect=done" in answer["Location"]
    assert are_one() is (first == "together")
    html = linked.client().get(answer["Location"]).content.decode()
    assert "follow your decision already" in html
    assert ("people decided" in html) is (first == "together")
    answer = send(linked, second, pair=pair, withdraw=[LinkDecision.objects.get().sha256])
    assert "effect=done" in answer["Location"]
    assert are_one() is (second == "together")


def test_reasons_are_those_of_the_pair_once_linking_remembers_it(linked: LinkedDesk) -> None:
    path = at(linked, "ONE/same/TWO/")
    assert "Linking has not compared these two yet" in linked.client().get(path).content.decode()
    link_archive(linked.folder)
    tokens = [f"{event.key}.{event.start}.{event.end}.{event.act}" for event in Event.objects.filter(report__in=(1, 4))]
    send(linked, "apart", pair=tokens)
    numbers = [incident_of(int(token.partition(".")[0])) for token in tokens]
    html = linked.client().get(f"/incidents/{numbers[0]}/same/{numbers[1]}/").content.decode()
    assert "The same kind of act" in html
    assert "By these weights the machine takes the chance" in html


def test_the_reasons_of_an_incident_are_those_between_sources_not_between_copies(linked: LinkedDesk) -> None:
    link_archive(linked.folder)
    first, second, third = (Event.objects.get(report=number) for number in (1, 2, 3))
    assert incident_of(second.key) == incident_of(third.key), "two copies"
    number = incident_of(second.key)
    html = linked.client().get(f"/incidents/{number}/").content.decode()
    others = Event.objects.filter(incidents__incident=number).exclude(key__in=(second.key, third.key))
    if others:
        send(
            linked, "split", telling=[token(each) for each in (second, third, *others)], out=[token(e) for e in others]
        )
        html = linked.client().get(f"/incidents/{incident_of(second.key)}/").content.decode()
    assert incident_of(first.key) != incident_of(second.key)
    assert "These reports repeat one dispatch" in html
    assert "The same kind of act" not in html


def test_while_another_run_links_a_decision_waits(linked: LinkedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    link_archive(linked.folder)
    monkeypatch.setattr(effect, "BUSY_SECONDS", 0.0)
    tokens = [f"{event.key}.{event.start}.{event.end}.{event.act}" for event in Event.objects.order_by("key")[:2]]
    with one_run(linked.folder.path, "another run"):
        answer = send(linked, "together", pair=tokens)
    assert "effect=later" in answer["Location"]
    assert kinds() == ["together"]


def test_whoever_sees_the_words_of_reports_here_is_logged(linked: LinkedDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(custody, "_write_soon", lambda _folder: None)
    viewing._known.clear()
    linked.client("crane").get("/incidents/queue/")
    linked.client("gull").get(at(linked, "THREE/same/TWO/"))
    send(linked, "together", pair=linked.tokens(3))
    linked.client("heron").get("/incidents/decisions/")
    linked.client("crane").get(at(linked, "TWO/"))
    custody.write_waiting(linked.folder.path)
    numbers = dict(Capture.objects.values_list("identifier", "number"))
    events = [entry.event for entry in linked.folder.entries() if entry.event and entry.event.kind == "viewed"]
    seen = {(event.actor, numbers[event.subject]) for event in events}
    assert seen == {
        ("crane", 1),
        ("crane", 2),
        ("crane", 4),
        ("gull", 4),
        ("gull", 5),
        ("gull", 6),
        ("heron", 5),
        ("heron", 6),
    }
    viewing._known.clear()


def test_incidents_that_are_not_there_are_not_found(linked: LinkedDesk) -> None:
    assert linked.client().get(at(linked, "ONE/same/99/")).status_code == 404
    assert linked.client().get(at(linked, "ONE/same/ONE/")).status_code == 404


def test_reasons_over_several_pairs_say_of_how_many_they_hold(linked: LinkedDesk) -> None:
    shipped = shipped_weights()
    rows = [["prior", -1.2, "4 pairs"], ["act", 0.1, "same in 3 of 4, different in 1 of 4"]]
    found = from_row(rows, 0.6)
    assert [(said.words, said.pairs) for said in found.favour] == [("The same kind of act", "3/4")]
    assert [said.pairs for said in found.against if said.pairs] == ["1/4"]
    assert found.favour[0].weight == pytest.approx(shipped["act", "same"] * 3 / 4)
    assert found.chance == 0.6


def test_a_copy_is_told_apart_from_the_reasons(linked: LinkedDesk) -> None:
    found = balance([("act", "same", 1.0), ("copy", "shared", 1.5), ("place", "far", -6.0), ("site", "x", 0.0)], 0.4)
    assert found.copy
    assert [said.weight for said in found.favour] == [1.0]
    assert [said.strength for said in found.against] == [10]


def test_every_value_of_the_table_of_weights_has_its_sentence() -> None:
    assert [feature for feature in shipped_weights() if feature != LIMIT and feature not in SENTENCES] == []
