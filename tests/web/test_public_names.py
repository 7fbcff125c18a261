"""The pages of published cases: nobody who was sealed since is named in them, whatever is called after the person."""

from collections.abc import Iterator

import pytest

from disclosed_desk import NAME, incident_of, publish_case, seal_person
from served_archive import PASSWORD, Desk
from tawthiq.archive.models import Report
from tawthiq.casework.domain import custody
from tawthiq.casework.models import User
from tawthiq.casework.queries import public_names
from tawthiq.records.errors import KeyLocked
from verified_desk import copied, make_verified_desk

OUTLET, OTHER = f"صفحة {NAME}", "وكالة الضفة"
SEALED = ("سنبل", "النرجسي")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A case that was published with an outlet called after somebody, who is sealed afterwards."""
    made = make_verified_desk(tmp_path_factory.mktemp("public") / "archive")
    with copied(made, tmp_path_factory.mktemp("named") / "archive") as opened, pytest.MonkeyPatch.context() as patch:
        patch.setattr(custody, "_write_soon", lambda _folder: None)
        changed = Report.objects.filter(outlet="قناة الميناء").update(outlet=OUTLET)
        assert changed == 1
        publish_case(opened)
        User.objects.make("wren", PASSWORD, User.Role.PUBLIC)
        assert NAME in shown(opened)[0]
        seal_person(opened)
        yield opened


def shown(desk: Desk) -> list[str]:
    client = desk.stranger()
    client.force_login(User.objects.get(name="wren"))
    return [client.get(address).content.decode() for address in (f"/public/{incident_of(desk)}/", "/public/")]


def test_an_outlet_called_after_somebody_who_is_sealed_keeps_its_day_but_not_its_name(desk: Desk) -> None:
    page, listing = shown(desk)
    assert not any(sealed in html for sealed in SEALED for html in (page, listing))
    assert OTHER in page
    assert "<bdi>صفحة [" in page


def test_while_names_cannot_be_opened_none_is_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_folder: object) -> None:
        raise KeyLocked(item="key", happened="it is locked", advice="unlock it")

    monkeypatch.setattr(public_names, "protected_now", locked)
    page = shown(desk)[0]
    assert not any(name in page for name in (*SEALED, OTHER))
    assert "[اسم محجوب]" in page


@pytest.mark.parametrize("code", ["", "sy-nowhere"])
def test_a_place_that_no_gazetteer_has_may_be_called_after_somebody(code: str) -> None:
    kept: dict[str, list[object]] = {"slots": [], "attributions": [], "reports": []}
    place = {"code": code, "name": "بيت", "name_en": "House", "kind": "", "country": ""}
    told = public_names.content_for_everybody({**kept, "place": place}, lambda _name: "hidden")
    assert told["place"] == {**place, "name": "hidden", "name_en": "hidden"}
    assert public_names.content_for_everybody({**kept, "place": None}, str)["place"] is None
