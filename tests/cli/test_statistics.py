"""`tawthiq statistics`, as a person runs it: what is counted for whom, what the log says of it, what is refused."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from command_line import run
from disclosed_desk import NAME, publish_case, seal_person
from exported_archive import make_exported_archive
from served_archive import Desk
from tawthiq.archive.models import Incident
from tawthiq.store import ArchiveFolder
from verified_desk import copied

Told = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return make_exported_archive(tmp_path_factory.mktemp("statistics") / "archive")


@pytest.fixture
def desk(model: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    with copied(model, tmp_path / "archive") as made:
        monkeypatch.setenv("TAWTHIQ_ARCHIVE", str(made.folder.path))
        yield made


def numbers(folder: Path, name: str) -> list[dict[str, str]]:
    data = (folder / "tables" / f"{name}.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(data)))


def test_a_partner_gets_the_numbers_of_all_incidents_and_the_log_says_so(
    desk: Desk, tmp_path: Path, capsys: Told
) -> None:
    output = tmp_path / "numbers"
    assert run("statistics", "--output", output, "--profile", "partner") == 0
    assert f"{Incident.objects.count()} incidents counted, 0 left out" in capsys.readouterr().out
    assert numbers(output, "total")[0]["incidents"] == str(Incident.objects.count())
    kept = Incident.objects.values_list("report_count", "independent_sources")
    assert numbers(output, "total")[0]["reports"] == str(sum(reports for reports, _ in kept))
    assert numbers(output, "total")[0]["sources"] == str(sum(sources for _, sources in kept))
    killed = next(row for row in numbers(output, "tolls") if (row["harm"], row["group"]) == ("killed", "all"))
    assert (killed["whole_low"], killed["whole_high"]) == ("3", "7")
    with ArchiveFolder.open(desk.folder.path) as archive:
        facts = [entry.event.facts for entry in archive.entries() if entry.event and entry.event.kind == "exported"]
    assert [(each["what"], each["profile"]) for each in facts] == [("statistics", "partner")]


def test_everybody_gets_numbers_of_published_cases_only(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    assert run("statistics", "--output", tmp_path / "before") == 0
    publish_case(desk)
    assert run("statistics", "--output", tmp_path / "after", "--language", "ar") == 0
    assert capsys.readouterr().out.count("incidents counted") == 2
    assert numbers(tmp_path / "before", "total")[0]["incidents"] == "0"
    assert numbers(tmp_path / "after", "total")[0]["published"] == "1"


def test_same_state_gives_the_same_bytes_and_names_nobody(desk: Desk, tmp_path: Path) -> None:
    seal_person(desk)
    for name in ("one", "two"):
        assert run("statistics", "--output", tmp_path / name, "--profile", "court") == 0
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) > 30
    for path in files:
        data = (tmp_path / "one" / path).read_bytes()
        assert data == (tmp_path / "two" / path).read_bytes(), path
        assert NAME.encode() not in data


def test_filters_take_away_by_act_day_and_place_in_either_digits(desk: Desk, tmp_path: Path, capsys: Told) -> None:
    assert run("statistics", "--output", tmp_path / "a", "--profile", "court", "--act", "arrest") == 0
    assert run("statistics", "--output", tmp_path / "b", "--profile", "court", "--from", "٢٠١٧-٠٦-٢١") == 0
    assert (
        run("statistics", "--output", tmp_path / "c", "--profile", "court", "--place", "SY", "--to", "2017-06-20") == 0
    )
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines() if "counted" in line] == ["0", "0", "1"]
    assert numbers(tmp_path / "a", "left_out") == [{"reason": "act", "incidents": "2"}]
    assert "2017-06-21" in (tmp_path / "b" / "methods.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--from", "yesterday"), "no day"),
        (("--from", "2021-05-05", "--to", "2021-05-04"), "before --from"),
        (("--place", "لا مكان كهذا"), "no place"),
        (("--as", "nobody-of-ours", "--profile", "court"), "nobody of the team"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_leaves_nothing(
    desk: Desk, tmp_path: Path, capsys: Told, options: tuple[str, ...], told: str
) -> None:
    assert run("statistics", "--output", tmp_path / "out", *options) == 2
    assert told in capsys.readouterr().err
    assert not list(tmp_path.glob("out*"))


def test_place_that_is_taken_is_left_alone(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    assert run("statistics", "--output", tmp_path / "out", "--profile", "court") == 2
    assert (tmp_path / "out").read_text() == "mine"
