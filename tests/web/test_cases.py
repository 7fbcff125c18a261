"""Cases in the pages: what each may see and do, both languages, drafts, faults, publication, who is outside."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Claim, EventCount, EventVictim, Incident
from tawthiq.casework.case_content import CaseContent
from tawthiq.casework.domain import custody
from tawthiq.casework.domain.cases import open_case, refresh
from tawthiq.casework.domain.verification import finish
from tawthiq.casework.models import (
    Assignment,
    Case,
    Group,
    ItemRestriction,
    Publication,
    SheetsSeen,
    User,
    VerificationSheet,
)
from tawthiq.casework.queries.case_contents import content_of
from tawthiq.web import viewing
from tawthiq.web.cases.form import fields_from
from verified_desk import copied, make_verified_desk, whole_sheet

SECRET = "what tern remarked"


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_verified_desk(tmp_path_factory.mktemp("verified") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(custody, "record", lambda *_args, **_facts: None)
    viewing._known.clear()
    with copied(model, tmp_path / "archive") as made:
        yield made
    viewing._known.clear()


@pytest.fixture
def case(desk: Desk) -> Case:
    return open_case(None, incident(), "heron")


def incident() -> int:
    return Incident.objects.order_by("-report_count").values_list("number", flat=True)[0]


def client(desk: Desk, name: str, language: str = "en") -> Client:
    made = desk.stranger(language)
    made.force_login(User.objects.get(name=name))
    return made


def content(case: Case) -> CaseContent:
    found = content_of(case.incident)
    assert found is not None
    return found


def typed(case: Case, **changes: object) -> dict[str, object]:
    """A whole sheet as its form sends it."""
    now = content(case)
    return {**fields_from(whole_sheet(now, **changes), now), "digest": now.digest, "action": "finish"}  # type: ignore[arg-type]


def send(desk: Desk, case: Case, name: str, path: str = "sheet", **fields: object) -> HttpResponse:
    answer: HttpResponse = client(desk, name).post(f"/cases/{case.incident}/{path}/", fields)
    return answer


def verify(case: Case, *names: str, **changes: object) -> None:
    for name in names:
        now = content(case)
        finish(None, case, whole_sheet(now, **changes), now.digest, name)  # type: ignore[arg-type]


def names(html: str, name: str) -> bool:
    """Whether a page names somebody, as a word of its own."""
    return re.search(rf"\b{name}\b", html) is not None


def without_token(answer: HttpResponse, number: str) -> str:
    """A page without what differs between any two: the token of its forms, and the number that was asked for."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.content.decode())
    return html.replace(number, "")


def page(desk: Desk, case: Case, name: str, language: str = "en") -> str:
    answer = client(desk, name, language).get(f"/cases/{case.incident}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_pages_open_in_both_languages_and_need_no_script(desk: Desk, case: Case, language: str) -> None:
    for path in ("/cases/", f"/cases/{case.incident}/", "/public/", f"/incidents/{case.incident}/"):
        answer = client(desk, "tern", language).get(path)
        html = answer.content.decode()
        assert answer.status_code == 200, path
        assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in html
        assert html.count("<script") == html.count(" defer></script>") == 1
        assert "style=" not in html


def test_every_term_has_its_help_on_the_page_in_the_readers_language(desk: Desk, case: Case) -> None:
    assert "This is an honest answer, not a bad grade." in page(desk, case, "tern")
    assert "هذا جواب أمين" in page(desk, case, "tern", "ar")


def test_an_incident_offers_a_case_and_opening_it_twice_is_no_harm(desk: Desk) -> None:
    number = incident()
    assert "Nobody has opened a case" in client(desk, "tern").get(f"/cases/{number}/").content.decode()
    for _ in range(2):
        assert client(desk, "tern").post(f"/cases/{number}/open/").status_code == 302
    assert Case.objects.count() == 1
    assert f"/cases/{number}/" in client(desk, "tern").get(f"/incidents/{number}/").content.decode()


def test_two_people_verify_through_the_pages_and_see_each_other_only_then(desk: Desk, case: Case) -> None:
    answer = send(desk, case, "tern", **typed(case, remarks=SECRET))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/queue/")
    told = client(desk, "tern").get(answer["Location"]).content.decode()
    assert "Your decision is saved and logged." in told
    assert f'<a href="/cases/{case.incident}/">' in told
    for name in ("gull", "heron"):
        html = page(desk, case, name)
        assert SECRET not in html
        assert not names(html, "tern")
        assert VerificationSheet.objects.get().sha256 not in html
        assert "One person has finished" in html
    send(desk, case, "gull", **typed(case))
    html = page(desk, case, "gull")
    assert SECRET in html
    assert Case.objects.get().state == "verified"
    assert "verified" in client(desk, "gull").get("/cases/?state=verified").content.decode()


def test_whoever_reads_the_verification_is_remembered_in_case_it_is_opened_again(desk: Desk, case: Case) -> None:
    verify(case, "tern", "gull")
    page(desk, case, "crane")
    assert SheetsSeen.objects.get(by="crane").how == "shown"
    assert not SheetsSeen.objects.filter(by="plover").exists()


def test_looking_is_an_act_of_its_own_and_ends_ones_part(desk: Desk, case: Case) -> None:
    verify(case, "tern", remarks=SECRET)
    assert send(desk, case, "gull", "look").status_code == 302
    html = page(desk, case, "gull")
    assert SECRET in html
    assert 'id="sheet"' not in html
    assert send(desk, case, "gull", **typed(case)).status_code == 409


def test_an_unfinished_sheet_names_its_questions_and_keeps_what_was_typed(desk: Desk, case: Case) -> None:
    answer = send(desk, case, "tern", **{**typed(case, remarks="half a thought"), "status": ""})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#status"' in html
    assert "half a thought" in html
    assert "half a thought" in page(desk, case, "tern")
    assert "half a thought" not in page(desk, case, "gull")
    send(desk, case, "tern", action="drop")
    assert "half a thought" not in page(desk, case, "tern")


def test_a_draft_is_kept_in_a_line_for_htmx(desk: Desk, case: Case) -> None:
    sent = {"action": "draft", "remarks": "by and by", "digest": "x"}
    answer = client(desk, "tern").post(f"/cases/{case.incident}/sheet/", sent, headers={"HX-Request": "true"})
    assert 'id="kept"' in answer.content.decode()
    html = page(desk, case, "tern")
    assert "by and by" in html
    assert "The incident changed since you began" in html


def test_a_change_meanwhile_is_told_and_nothing_is_lost(desk: Desk, case: Case) -> None:
    fields = typed(case, remarks="half a thought")
    Claim.objects.filter(slot="killed", minimum=9).delete()
    answer = send(desk, case, "tern", **fields)
    assert answer.status_code == 409
    assert "half a thought" in answer.content.decode()
    assert not VerificationSheet.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"action": "finish"},
        {"action": "finish", "value-killed-all": "12", "digest": "\ud800"},
        {"action": "finish", "status": ["holds", "x"], "duplicate": "9" * 40, "remarks": "\0"},
        {"action": "draft", "remarks": "\0\ud800", "violation": ["x"] * 600},
    ],
)
def test_broken_forms_get_an_answer_and_save_no_sheet(desk: Desk, case: Case, fields: dict[str, object]) -> None:
    safe = {
        name: value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value
        for name, value in fields.items()
    }
    assert send(desk, case, "tern", **safe).status_code < 500
    assert not VerificationSheet.objects.exists()


def test_the_number_of_a_duplicate_is_read_in_eastern_digits(desk: Desk, case: Case) -> None:
    fields = {**typed(case), "status": "duplicate", "duplicate": "١٢٣", "violation": []}
    assert send(desk, case, "tern", **fields).status_code == 302
    assert VerificationSheet.objects.get().content["duplicate"] == 123


def test_a_sheet_is_taken_back_with_a_reason_and_begun_again_with_what_it_said(desk: Desk, case: Case) -> None:
    send(desk, case, "tern", **typed(case, remarks=SECRET))
    assert send(desk, case, "tern", "withdraw", reason=" ").status_code == 422
    assert send(desk, case, "gull", "withdraw", reason="theirs").status_code == 404
    assert send(desk, case, "tern", "withdraw", reason="wrong line").status_code == 302
    html = page(desk, case, "tern")
    assert SECRET in html
    assert "wrong line" in html
    assert "wrong line" not in page(desk, case, "gull")


def test_differences_are_marked_and_what_stays_open_is_said(desk: Desk, case: Case) -> None:
    verify(case, "tern")
    verify(case, "gull", violations=("KIL", "IND"))
    html = page(desk, case, "tern")
    assert html.count('class="differs"') == 1
    assert "stays open" in html
    assert "Two people have finished and differ" in page(desk, case, "crane")


def test_what_changed_since_the_verification_is_listed(desk: Desk, case: Case) -> None:
    verify(case, "tern", "gull")
    Claim.objects.filter(slot="killed", minimum=9).delete()
    assert "changed since it was verified" in client(desk, "tern").get("/cases/").content.decode()
    refresh()
    html = page(desk, case, "tern")
    assert "What changed since it was verified" in html
    assert 'class="is-gone"' in html
    assert 'id="sheet"' in html


@pytest.mark.parametrize("role", ["reader", "documenter"])
def test_who_may_not_verify_gets_no_form_and_is_refused(desk: Desk, case: Case, role: str) -> None:
    User.objects.make("wren", PASSWORD, User.Role(role))
    assert 'id="sheet"' not in page(desk, case, "wren")
    for path in ("sheet", "look", "qualify", "publish"):
        assert send(desk, case, "wren", path).status_code == 403


def test_who_is_outside_the_group_learns_nothing_of_the_case(desk: Desk, case: Case) -> None:
    verify(case, "tern", "gull")
    group = Group.objects.create(name="inner")
    group.members.add(User.objects.get(name="tern"))
    ItemRestriction.objects.create(item=content(case).documents[0], group=group)
    outside = client(desk, "gull")
    unknown = outside.get("/cases/999999999/")
    for path in ("", "open/", "sheet/", "withdraw/", "look/", "qualify/", "publish/"):
        answer = outside.post(f"/cases/{case.incident}/{path}") if path else outside.get(f"/cases/{case.incident}/")
        assert answer.status_code in (403, 404)
    hidden = outside.get(f"/cases/{case.incident}/")
    assert without_token(hidden, str(case.incident)) == without_token(unknown, "999999999")
    assert f"/cases/{case.incident}/" not in outside.get("/cases/").content.decode()
    assert client(desk, "tern").get(f"/cases/{case.incident}/").status_code == 200


def test_an_item_that_was_moved_elsewhere_since_still_hides_the_case(desk: Desk, case: Case) -> None:
    verify(case, "tern", "gull")
    item = content(case).documents[0]
    Incident.objects.all().delete()
    ItemRestriction.objects.create(item=item, group=Group.objects.create(name="inner"))
    assert client(desk, "gull").get(f"/cases/{case.incident}/").status_code == 404


def publish(desk: Desk, case: Case, name: str, **fields: object) -> HttpResponse:
    last = Publication.objects.last()
    return send(desk, case, name, "publish", action="publish", seen=str(last.pk if last else 0), **fields)


def test_a_sensitive_case_is_published_by_two_people_without_its_exact_place(desk: Desk, case: Case) -> None:
    User.objects.make("kite", PASSWORD, User.Role.EDITOR)
    verify(case, "tern", "gull", remarks=SECRET)
    assert "A victim may be a child" in page(desk, case, "tern")
    assert publish(desk, case, "heron").status_code == 302
    assert not Case.objects.get().published
    assert publish(desk, case, "heron").status_code == 409
    assert publish(desk, case, "kite").status_code == 302
    assert Case.objects.get().published
    User.objects.make("wren", PASSWORD, User.Role.PUBLIC)
    for language in ("en", "ar"):
        html = client(desk, "wren", language).get(f"/public/{case.incident}/").content.decode()
        assert [name for name in ("tern", "gull", "heron", "kite") if names(html, name)] == []
        assert [word for word in (SECRET, "السنديانة", "Sindiyana", "سكان", "الطيران الروسي") if word in html] == []
        assert "وكالة الضفة" in html
        assert 'class="dispute"' in html
        assert html.count("قناة الميناء") > 0
    kept = {each["party"]: each for each in Publication.objects.get(deed="published").content["attributions"]}
    assert [name for name, _day in kept["russia"]["denials"]] == ["قناة الميناء"]
    assert "قناة الميناء" not in [name for name, _day in kept["russia"]["sources"]]
    english = client(desk, "wren", "en").get(f"/public/{case.incident}/").content.decode()
    assert "It does not prove that what the reports say is true" in english


def plain(case: Case) -> None:
    """Take away what makes the case sensitive."""
    EventCount.objects.filter(group="children").delete()
    EventVictim.objects.all().delete()
    Claim.objects.filter(group="children").delete()


def test_another_case_is_published_at_once_with_its_place_and_taken_out_with_a_reason(desk: Desk, case: Case) -> None:
    plain(case)
    verify(case, "tern", "gull")
    publish(desk, case, "heron")
    html = client(desk, "tern").get(f"/public/{case.incident}/").content.decode()
    assert "السنديانة" in html or "Sindiyana" in html
    assert send(desk, case, "heron", "publish", action="withdraw", reason="").status_code == 409
    assert send(desk, case, "heron", "publish", action="withdraw", reason="asked for").status_code == 302
    assert client(desk, "tern").get(f"/public/{case.incident}/").status_code == 404


def test_a_case_that_is_verified_no_more_is_taken_out_by_itself(desk: Desk, case: Case) -> None:
    plain(case)
    verify(case, "tern", "gull")
    publish(desk, case, "heron")
    send(desk, case, "tern", "withdraw", reason="wrong line")
    assert client(desk, "gull").get(f"/public/{case.incident}/").status_code == 404
    assert publish(desk, case, "heron").status_code == 409


def test_what_is_restricted_is_not_published_and_leaves_what_is(desk: Desk, case: Case) -> None:
    plain(case)
    verify(case, "tern", "gull")
    publish(desk, case, "heron")
    group = Group.objects.create(name="inner")
    group.members.add(*User.objects.all())
    ItemRestriction.objects.create(item=content(case).documents[0], group=group)
    assert client(desk, "heron").get(f"/public/{case.incident}/").status_code == 404
    assert str(case.incident) not in client(desk, "heron").get("/public/").content.decode()
    assert publish(desk, case, "heron").status_code == 409


def test_an_opinion_stands_apart_and_changes_nothing(desk: Desk, case: Case) -> None:
    assert send(desk, case, "heron", "qualify", words="too early").status_code == 422
    verify(case, "tern", "gull")
    assert send(desk, case, "heron", "qualify", code=["no such"]).status_code == 422
    assert send(desk, case, "heron", "qualify", code=["icc:7(1)(a)"], words="an opinion of ours").status_code == 302
    html = page(desk, case, "gull")
    assert "an opinion of ours" in html
    assert "for a lawyer’s review" in html
    assert Case.objects.get().state == "verified"


@pytest.mark.parametrize(
    "query",
    [
        "state=open",
        "act=airstrike",
        "violation=KIL",
        "first=2021-05-01&last=2021-05-31",
        "place=السنديانة",
        "assigned=gull",
        "published=no",
        "changed=on",
        "first=x&state=y&violation=ZZ&place=%00",
    ],
)
def test_filters_in_the_address_narrow_the_list_or_are_not_understood(desk: Desk, case: Case, query: str) -> None:
    subject = f"case:{case.incident}"
    Assignment.objects.create(
        subject=subject, kind="case", user=User.objects.get(name="gull"), by="heron", at=case.opened
    )
    html = client(desk, "tern").get(f"/cases/?{query}").content.decode()
    expected = query not in ("violation=KIL", "changed=on")
    assert (f'/cases/{case.incident}/"' in html) == expected


@pytest.mark.parametrize("state", [Case.State.SECOND, Case.State.DISAGREEMENT])
@pytest.mark.parametrize("kind", ["case", "incident"])
def test_whose_case_it_is_stays_unknown_while_another_verifier_is_waited_for(
    desk: Desk, case: Case, state: str, kind: str
) -> None:
    subject, tern = f"{kind}:{case.incident}", User.objects.get(name="tern")
    word = "you know the market"
    Assignment.objects.create(subject=subject, kind=kind, user=tern, by="heron", word=word, at=case.opened)
    item = f"item=second/case:{case.incident}&queue=second" if kind == "case" else f"item=proposals/{subject}&queue=all"
    asked = ["/cases/", "/incidents/", "/queue/?queue=second&who=any", f"/cases/{case.incident}/?{item}"]

    def told(name: str) -> list[bool]:
        """For each list whether it says what goes with the work; a name stands in filters too."""
        pages = [client(desk, name).get(path).content.decode() for path in asked]
        narrowed = client(desk, name).get("/cases/?assigned=tern").content.decode()
        chips = [re.findall(r'class="[^"]*assigned[^"]*"|Given to:', html) != [] for html in pages]
        return [*chips, f'/cases/{case.incident}/"' in narrowed, word in "".join(pages)]

    assert any(told("gull"))
    Case.objects.update(state=state)
    assert not any(told("gull"))
    assert not any(told("heron"))
    assert any(told("tern"))
    Case.objects.update(state=Case.State.VERIFIED)
    assert any(told("gull"))


def test_a_case_of_somebody_else_waits_for_a_second_person_like_any_other(desk: Desk, case: Case) -> None:
    Assignment.objects.create(
        subject=f"case:{case.incident}", kind="case", user=User.objects.get(name="tern"), by="heron", at=case.opened
    )
    verify(case, "tern")
    for who in ("", "nobody", "any"):
        html = client(desk, "gull").get("/queue/", {"queue": "second", "who": who}).content.decode()
        assert f"/cases/{case.incident}/" in html, who
    assert f"/cases/{case.incident}/" not in client(desk, "gull").get("/queue/?queue=second&who=me").content.decode()


def test_the_list_takes_as_many_queries_for_twelve_cases_as_for_two(desk: Desk, case: Case) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client(desk, "tern").get("/cases/").status_code == 200
        return len(asked)

    for number in range(1, 12):
        if number == 1:
            Case.objects.create(incident=number, state="verified", opened_by="heron", opened=case.opened)
            few = queries()
            continue
        Case.objects.create(incident=number, state="verified", opened_by="heron", opened=case.opened)
    assert queries() == few


def test_every_form_field_has_a_label_and_every_label_its_field(desk: Desk, case: Case) -> None:
    html = page(desk, case, "tern")
    fields = set(re.findall(r'<(?:select|textarea)[^>]*id="([^"]+)"', html))
    assert fields <= set(re.findall(r'<label for="([^"]+)"', html))
