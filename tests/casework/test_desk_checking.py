"""Rows of the desk that other hands changed, added or took away differ from the custody log, and are told."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from command_line import run
from either_database import settle
from served_archive import Desk
from tawthiq.archive.models import Capture, Claim, EventCount, EventVictim, Incident
from tawthiq.casework.desk_checking import differences
from tawthiq.casework.domain.cases import open_case
from tawthiq.casework.domain.groups import make_group, set_members
from tawthiq.casework.domain.identities import Identity, keep, shown
from tawthiq.casework.domain.persons import Acting, Facts, open_file
from tawthiq.casework.domain.publishing import publish
from tawthiq.casework.domain.qualifying import qualify
from tawthiq.casework.domain.restrictions import restrict
from tawthiq.casework.domain.verification import finish, withdraw
from tawthiq.casework.models import (
    Case,
    Group,
    ItemRestriction,
    PersonReveal,
    PersonRevision,
    Publication,
    Qualification,
    SheetWithdrawal,
    User,
    VerificationSheet,
)
from tawthiq.casework.queries.case_contents import content_of
from tawthiq.custody.entry import digest_of
from verified_desk import copied, make_verified_desk, whole_sheet


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """An archive in which everything that is compared was done once."""
    where = tmp_path_factory.mktemp("checked")
    with copied(make_verified_desk(where / "model"), where / "archive") as made:
        work(made)
        made.folder.log_waiting()
        settle()
        return made


@pytest.fixture
def desk(model: Desk, tmp_path: Path) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        yield made


def work(desk: Desk) -> None:
    """Everything that is compared, once."""
    path, heron = desk.folder.path, User.objects.get(name="heron")
    EventCount.objects.filter(group="children").delete()
    EventVictim.objects.all().delete()
    Claim.objects.filter(group="children").delete()
    number = Incident.objects.order_by("-report_count").values_list("number", flat=True)[0]
    case = open_case(path, number, "heron")
    content = content_of(case.incident)
    assert content is not None
    for name in ("crane", "tern", "gull"):
        sheet = finish(path, case, whole_sheet(content), content.digest, name)
        if name == "crane":
            withdraw(path, sheet, "the wrong line", name)
    publish(path, case, 0, "heron")
    qualify(path, case, (), "an opinion", "heron")
    group = make_group(path, "inner", "heron")
    set_members(path, group, [heron], "heron")
    outside = Capture.objects.exclude(identifier__in=content.documents).values_list("identifier", flat=True)[0]
    restrict(path, [outside], [group], heron)
    person = open_file(path, Facts(), (), "heron")
    keep(path, person.number, Identity(given="سامر"), Acting("heron", 1))
    shown(path, person.number, heron, "a court asks who told this")


def told(desk: Desk) -> list[str]:
    desk.folder.log_waiting()
    return [f"{error.item}: {error.happened}" for error in differences(desk.folder)]


def forge_sheet() -> None:
    """A sheet with a sound digest, in the name of somebody who gave none."""
    row = VerificationSheet.objects.get(by="tern")
    content = {**row.content, "by": "plover", "nonce": "00"}
    VerificationSheet.objects.create(
        about=row.about, turn=0, content=content, sha256=digest_of(content), by="plover", at=row.at
    )


def rewrite_sheet() -> None:
    row = VerificationSheet.objects.get(by="tern")
    VerificationSheet.objects.filter(pk=row.pk).update(content={**row.content, "remarks": "never said"})


def rewrite_opinion() -> None:
    row = Qualification.objects.get()
    Qualification.objects.update(content={**row.content, "words": "never said"})


def republish() -> None:
    row = Publication.objects.get()
    Publication.objects.update(content={**row.content, "people": 9})


def open_to_all() -> None:
    ItemRestriction.objects.all().delete()


def restrict_more() -> None:
    item = Capture.objects.exclude(identifier__in=ItemRestriction.objects.values("item")).first()
    assert item
    ItemRestriction.objects.create(item=item.identifier, group=Group.objects.get())


FORGED: dict[Callable[[], object], str] = {
    forge_sheet: "verification sheet",
    rewrite_sheet: "verification sheet",
    lambda: VerificationSheet.objects.filter(by="crane").update(by="plover"): "verification sheet",
    lambda: SheetWithdrawal.objects.all().delete(): "withdrawn sheet",
    republish: "publication",
    lambda: Publication.objects.all().delete(): "publication",
    rewrite_opinion: "opinion",
    lambda: Case.objects.update(state="rejected"): "case",
    lambda: Case.objects.update(published=False): "case",
    open_to_all: "restriction",
    restrict_more: "restriction",
    lambda: Group.objects.get().members.add(User.objects.get(name="tern")): "group",
    lambda: PersonRevision.objects.filter(revision=2).update(by="tern"): "person file",
    lambda: PersonRevision.objects.filter(revision=2).delete(): "person file",
    lambda: PersonReveal.objects.all().delete(): "shown identity",
    lambda: PersonReveal.objects.update(by="tern"): "shown identity",
}


def test_what_people_did_and_nobody_changed_is_no_difference(desk: Desk) -> None:
    assert told(desk) == []


@pytest.mark.parametrize("forge", FORGED, ids=[f"{place} {name}" for place, name in enumerate(FORGED.values())])
def test_what_other_hands_did_is_told_with_what_it_was_done_to(desk: Desk, forge: Callable[[], object]) -> None:
    forge()
    found = told(desk)
    assert found
    assert any(each.startswith(FORGED[forge]) for each in found), found


def test_verifying_with_decisions_names_what_differs_and_says_so_by_its_exit_code(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = desk.folder.path
    rewrite_opinion()
    assert run("verify", "-q", archive) == 0
    assert "opinion" not in capsys.readouterr().err
    assert run("verify", "-q", "--decisions", archive) == 1
    assert "opinion" in capsys.readouterr().err
