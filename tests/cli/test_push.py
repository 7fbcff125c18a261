"""`tawthiq push bayanat`: nothing leaves without a yes, nothing twice, nobody protected, all of it in the log."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bayanat_server import PASSWORD, USER, BayanatServer, bayanat_server
from command_line import run
from disclosed_desk import NAME, PSEUDONYM, incident_of, seal_person
from exported_archive import make_exported_archive
from served_archive import Desk
from tawthiq.store import ArchiveFolder
from tawthiq.store.custody_events import EXPORTED, TRANSFERRED
from verified_desk import copied


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_exported_archive(tmp_path_factory.mktemp("pushed") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(made.folder.path))
        monkeypatch.setenv("TAWTHIQ_BAYANAT_USER", USER)
        monkeypatch.setenv("TAWTHIQ_BAYANAT_PASSWORD", PASSWORD)
        yield made


@pytest.fixture
def server() -> Iterator[BayanatServer]:
    with bayanat_server() as running:
        yield running


def pushed(server: BayanatServer, *options: str) -> int:
    return run("push", "bayanat", server.url, "--profile", "partner", *options)


def logged(desk: Desk, kind: str) -> list[dict[str, object]]:
    with ArchiveFolder.open(desk.folder.path) as folder:
        return [dict(entry.event.facts) for entry in folder.entries() if entry.event and entry.event.kind == kind]


def test_what_was_sent_is_in_the_log_and_is_not_sent_again(
    desk: Desk, server: BayanatServer, capsys: pytest.CaptureFixture[str]
) -> None:
    number = incident_of(desk)
    assert pushed(server, "--incident", str(number), "--yes") == 0
    told = capsys.readouterr()
    assert f"incident {number}:" in told.err
    kinds = [kind for kind, _ in server.created]
    assert kinds == ["bulletin"] * 4 + ["incident"]
    tied = server.created[-1][1]
    assert tied["bulletin_relations"] == [{"bulletin": {"id": each}} for each in range(101, 105)]
    assert "5 sent, 0 there already, 0 refused" in told.out
    transfers = logged(desk, TRANSFERRED)
    assert [each["number"] for each in transfers] == list(range(101, 106))
    assert {each["to"] for each in transfers} == {server.url}
    assert logged(desk, EXPORTED)[-1]["what"] == "push to bayanat"
    assert pushed(server, "--incident", str(number), "--yes") == 0
    assert "0 sent, 5 there already, 0 refused" in capsys.readouterr().out
    assert run("verify") == 0
    assert len(server.created) == 5


def test_nothing_leaves_where_nobody_says_yes(desk: Desk, server: BayanatServer) -> None:
    assert pushed(server, "--incident", str(incident_of(desk))) == 2
    assert server.asked == []
    assert logged(desk, TRANSFERRED) == []


def test_an_interrupted_run_goes_on_where_it_was(
    desk: Desk, server: BayanatServer, capsys: pytest.CaptureFixture[str]
) -> None:
    number = str(incident_of(desk))
    server.answers = [201, 201, 422, 503]
    assert pushed(server, "--incident", number, "--yes") == 3
    assert len(server.created) == 2
    assert pushed(server, "--incident", number, "--yes") == 0
    assert "3 sent, 2 there already" in capsys.readouterr().out
    assert len({item.get("originid", "incident") for _, item in server.created}) == len(server.created) == 5


def test_what_had_no_answer_is_sent_again_only_when_a_person_says_so(
    desk: Desk, server: BayanatServer, capsys: pytest.CaptureFixture[str]
) -> None:
    number = str(incident_of(desk))
    server.drop_after = 3
    assert pushed(server, "--incident", number, "--yes") == 3
    server.drop_after = None
    assert pushed(server, "--incident", number, "--yes") == 3
    assert "no answer came when it was sent" in capsys.readouterr().err
    assert len(server.created) == 5
    assert pushed(server, "--incident", number, "--yes", "--again-unsure") == 0
    assert len(server.created) == 6


def test_a_protected_name_never_leaves(desk: Desk, server: BayanatServer) -> None:
    seal_person(desk)
    assert pushed(server, "--incident", str(incident_of(desk)), "--yes") == 0
    sent = json.dumps(server.created, ensure_ascii=False)
    assert NAME not in sent
    assert PSEUDONYM in sent


def test_a_wrong_password_sends_nothing(desk: Desk, server: BayanatServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAWTHIQ_BAYANAT_PASSWORD", "wrong")
    assert pushed(server, "--incident", str(incident_of(desk)), "--yes") == 3
    assert server.created == []
