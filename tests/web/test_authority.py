"""The pages of the authority: who may look and decide, what a form keeps and refuses, two people at once, hostile words."""

import ast
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lexicon.authority_decisions import ADD_ACTOR, ADD_PLACE, OTHER_ACTOR, about
from served_archive import Desk
from tawthiq.archive.models import EventActor, EventPlace
from tawthiq.casework.domain.authority import Deciding, decide
from tawthiq.casework.models import AuthorityDecision, User
from tawthiq.casework.queries.authority import authority_of
from tawthiq.lexicon import authority
from tawthiq.records.authority import Decision, Step
from tawthiq.web.authority.sentences import SENTENCES

WHY = {"reason": "own statements name it", "source": "own sample reports"}
ACTOR = {
    "kind": "actor", "name_ar": "درع الأرز الشرقي", "name_en": "Eastern Cedar Shield", "parent": "opposition",
    "wording": "name", **WHY,
}  # fmt: skip
PLACE = {
    "kind": "place", "name_ar": "تل الزنبق", "name_en": "Tell Zanbaq", "sort": "village", "country": "SY",
    "parent": "sy.idlib", "latitude": "٣٥٫٨١", "longitude": "36.55", **WHY,
}  # fmt: skip


def kept(desk: Desk, *made: Decision) -> list[AuthorityDecision]:
    return decide(desk.folder.path, made, Deciding("crane", at=datetime(2026, 11, 22, 9, tzinfo=UTC)))


def hidden(answer: Any, name: str) -> str:
    """What a form carries unseen."""
    found = re.search(f'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found is not None
    return found[1]


def listed(answer: Any) -> list[str]:
    return re.findall(r'<h2><a href="/authority/entry/([^"]+)/">', answer.content.decode())


def post(client: Client, step: str, **given: str) -> Any:
    return client.post(f"/authority/decide/{step}/", {"seen": "0", **given})


def test_an_actor_added_in_the_form_stands_in_the_list_with_who_and_why(desk: Desk) -> None:
    client = desk.client()
    answer = post(client, "add", **ACTOR, alias="رجال الدرع")
    assert answer.status_code == 302
    shown = client.get(answer["Location"]).content.decode()
    for words in ("Eastern Cedar Shield", "درع الأرز الشرقي", "own statements name it", "heron", "رجال الدرع"):
        assert words in shown
    assert "Eastern Cedar Shield" in client.get("/authority/").content.decode()
    kinds = [entry.event.kind for entry in desk.folder.entries() if entry.event]
    assert kinds[-1] == "authority-decided"


def test_a_place_is_added_with_eastern_digits_and_a_parent_by_name(desk: Desk) -> None:
    answer = post(desk.client("ar"), "add", **{**PLACE, "parent": "سرمين"})
    assert answer.status_code == 302
    entry = authority_of().entries["own.tell_zanbaq"]
    assert (entry.latitude, entry.country) == (35.81, "SY")
    assert entry.parent.startswith(("sy.", "gn."))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"latitude": "95"}, "not between"),
        ({"name_ar": "تل\u202eالزنبق"}, "U+202E"),
        ({"name_ar": "المدينة"}, "names no place"),
        ({"parent": "لا أحد يعرفها"}, "No place bears"),
        ({"latitude": "-33.4", "longitude": "151.2"}, "km from"),
        ({"reason": ""}, "required"),
    ],
)
def test_what_cannot_be_kept_is_told_and_what_was_typed_stays(desk: Desk, changed: dict[str, str], told: str) -> None:
    answer = post(desk.client(), "add", **{**PLACE, **changed})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert 'value="Tell Zanbaq"' in answer.content.decode()
    assert not AuthorityDecision.objects.exists()


def test_a_remark_is_shown_before_anything_is_kept(desk: Desk) -> None:
    client = desk.client()
    far = {**PLACE, "name_ar": "الطبقة", "name_en": "Tabqa"}
    answer = post(client, "add", **far)
    assert answer.status_code == 422
    assert not AuthorityDecision.objects.exists()
    noticed = hidden(answer, "noticed")
    assert post(client, "add", **far, noticed=noticed).status_code == 302


def test_who_saves_second_is_told_of_the_first_and_loses_nothing(desk: Desk) -> None:
    client = desk.client()
    row = kept(desk, ADD_PLACE)[0]
    form = client.get(f"/authority/decide/correct/?code={ADD_PLACE.code}&kind=place")
    assert hidden(form, "seen") == str(row.revision)
    kept(desk, about(ADD_PLACE, Step.ALIAS, alias="تل السوسن"))
    given = {"code": ADD_PLACE.code, "kind": "place", "name_en": "Tall Zanbaq", **WHY}
    late = post(client, "correct", **given, seen=hidden(form, "seen"))
    assert late.status_code == 409
    assert 'value="Tall Zanbaq"' in late.content.decode()
    assert post(client, "correct", **given, seen=hidden(late, "seen")).status_code == 302
    assert [each.step for each in AuthorityDecision.objects.all()] == ["add", "alias", "correct"]


def test_entries_are_merged_ended_and_decisions_taken_back(desk: Desk) -> None:
    client = desk.client()
    rows = kept(desk, ADD_ACTOR, OTHER_ACTOR)
    given = {"code": OTHER_ACTOR.code, "kind": "actor", "seen": "2", **WHY}
    assert post(client, "merge", **given, target=ADD_ACTOR.code).status_code == 302
    assert authority_of().entries[OTHER_ACTOR.code].merged == ADD_ACTOR.code
    shown = client.get(f"/authority/entry/{OTHER_ACTOR.code}/").content.decode()
    assert "merged into" in shown
    merge = AuthorityDecision.objects.get(step="merge")
    back = f"/authority/decide/withdraw/?target_decision={merge.sha256}"
    assert client.get(back).status_code == 200
    assert post(client, "withdraw", target_decision=merge.sha256, reason="not the same", seen="3").status_code == 302
    assert not authority_of().entries[OTHER_ACTOR.code].merged
    refused = post(client, "withdraw", target_decision=rows[0].sha256, reason="x", seen="9")
    assert refused.status_code == 302


def test_a_word_is_said_to_be_no_place(desk: Desk) -> None:
    client = desk.client()
    answer = post(client, "not-place", kind="place", alias="الرقة", **WHY)
    assert answer.status_code == 302
    assert "is never a place" in client.get("/authority/").content.decode()
    assert client.get("/authority/entry/الرقة/").status_code == 200


@pytest.mark.parametrize("role", [User.Role.READER, User.Role.DOCUMENTER])
def test_who_may_not_decide_looks_only(desk: Desk, role: User.Role) -> None:
    kept(desk, ADD_PLACE)
    User.objects.filter(name="heron").update(role=role)
    client = desk.client()
    assert "decide/add" not in client.get("/authority/").content.decode()
    assert client.get("/authority/decide/add/?kind=place").status_code == 403
    assert post(client, "add", **ACTOR).status_code == 403
    assert AuthorityDecision.objects.count() == 1


def test_strangers_see_nothing(desk: Desk) -> None:
    kept(desk, ADD_PLACE)
    for address in ("/authority/", f"/authority/entry/{ADD_PLACE.code}/", "/authority/decide/add/?kind=place"):
        assert desk.stranger().get(address).status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "decide/burn/",
        "decide/alias/?kind=actor&code=nobody",
        "decide/withdraw/",
        "entry/own.nothing/",
        "decide/not-place/?kind=actor",
    ],
)
def test_what_is_not_there_is_not_found(desk: Desk, address: str) -> None:
    assert desk.client().get(f"/authority/{address}").status_code == 404


def test_hostile_words_are_shown_as_words(desk: Desk) -> None:
    kept(desk, replace(ADD_PLACE, reason="<script>alert(1)</script>", name_en='Tell "Zanbaq" <b>'))
    for address in ("/authority/", f"/authority/entry/{ADD_PLACE.code}/"):
        page = desk.client().get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>" not in page
    filled = desk.client().get("/authority/decide/add/?kind=place&alias=%22%3E%3Cscript%3Ealert(1)")
    assert "<script>alert" not in filled.content.decode()


def test_the_list_asks_a_constant_number_of_questions(desk: Desk) -> None:
    client = desk.client()
    kept(desk, ADD_PLACE)
    client.get("/authority/")
    with CaptureQueriesContext(connection) as few:
        client.get("/authority/")
    kept(desk, *(
        replace(ADD_PLACE, code=f"own.p{n}", name_ar=f"تل الزنبق {name}", name_en=f"Tell Zanbaq {n}x", longitude=36.0 + n / 50)
        for n, name in enumerate(("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس"))
    ))  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        client.get("/authority/")
    assert len(many) == len(few) + 1  # the decisions, which are new, are read once


def test_the_list_is_narrowed_by_words_kind_and_state(desk: Desk) -> None:
    kept(desk, ADD_PLACE, ADD_ACTOR, OTHER_ACTOR, about(OTHER_ACTOR, Step.END))
    client = desk.client()
    assert listed(client.get("/authority/?kind_of=actor&state=force")) == [ADD_ACTOR.code]
    assert listed(client.get("/authority/?words=الزنبق")) == [ADD_PLACE.code]
    assert len(listed(client.get("/authority/?kind_of=nonsense"))) == 3


def test_a_row_changed_by_other_hands_stops_the_pages(desk: Desk) -> None:
    kept(desk, ADD_PLACE)
    row = AuthorityDecision.objects.get()
    AuthorityDecision.objects.update(content={**row.content, "name_en": "Elsewhere"})
    answer = desk.client().get("/authority/")
    assert answer.status_code == 500
    assert "not what it was" in answer.content.decode()
    assert desk.client().get("/reports/").status_code == 200


def test_a_report_leads_to_the_form_for_what_nobody_knows_and_never_with_a_victims_words(desk: Desk) -> None:
    number = EventPlace.objects.filter(code="").first().event.report_id  # type: ignore[union-attr]
    page = desk.client().get(f"/reports/{number}/").content.decode()
    links = [part.split('"')[0] for part in page.split('href="/authority/decide/add/')[1:]]
    assert any("kind=place" in link for link in links)
    from urllib.parse import unquote  # noqa: PLC0415

    assert not any("طفلان" in unquote(link) or "مدنيين" in unquote(link) for link in links)
    User.objects.filter(name="heron").update(role=User.Role.READER)
    assert "/authority/decide/" not in desk.client().get(f"/reports/{number}/").content.decode()


def test_readings_and_filters_show_a_renamed_party(desk: Desk) -> None:
    party = EventActor.objects.first()
    code = party.actor if party else "coalition"
    renamed = Decision(Step.CORRECT, ADD_ACTOR.kind, code=code, name_en="A party renamed by people", **WHY)
    kept(desk, renamed)
    assert "A party renamed by people" in desk.client().get("/reports/").content.decode()


def test_every_sentence_that_a_form_can_say_can_be_translated() -> None:
    """What lexicon.authority and its checks say stands among the sentences of the pages, whole."""
    source = Path(authority.__file__).parent
    said = set()
    for name in (
        "authority",
        "authority_checks",
        "authority_actor_checks",
        "authority_place_checks",
        "authority_ground",
    ):
        tree = ast.parse((source / f"{name}.py").read_text(encoding="utf-8"))
        said |= {
            part.value
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("refusal", "_refuse_unless", "told")
            for part in call.args
            if isinstance(part, ast.Constant) and isinstance(part.value, str)
        }
    assert len(said) > 60
    assert said - set(SENTENCES) == set()
