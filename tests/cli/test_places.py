"""`tawthiq places`: packs are added, listed, removed, fetched; `tawthiq read` uses them. Rows and texts are ours."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from local_servers import LocalServer
from pipeline.test_place_building import DUMP, dump, geonames
from tawthiq.cli.main import tawthiq
from tawthiq.records.errors import WrongUsage


@pytest.fixture(autouse=True)
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TAWTHIQ_PLACES", str(tmp_path / "packs"))
    return tmp_path / "packs"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(tawthiq, [str(argument) for argument in arguments], standalone_mode=False)


def served(lines: list[str]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("SY.txt", "\n".join(lines))
    body = packed.getvalue()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def test_a_dump_is_added_listed_and_removed(tmp_path: Path, packs: Path) -> None:
    assert run("places", "add", dump(tmp_path, DUMP)).return_value == 0
    assert run("places", "list").stdout.startswith("sy\t4 places\t")
    assert run("places", "remove", "sy").return_value == 0
    assert run("places", "list").stdout == ""


def test_a_bad_line_is_named_and_the_exit_code_says_so(tmp_path: Path) -> None:
    done = run("places", "add", dump(tmp_path, [*DUMP, "bad"]))
    assert done.return_value == 3
    assert "SY.txt:7" in done.stderr
    assert run("places", "list").stdout.startswith("sy\t4 places")


def test_a_file_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    assert isinstance(run("places", "add", tmp_path / "SY.txt").exception, WrongUsage)


def test_a_country_is_fetched_from_the_address_given(packs: Path) -> None:
    server = LocalServer({"/dump/SY.zip": served(DUMP)})
    done = run("places", "fetch", "sy", "--from", server.url("/dump/"))
    server.close()
    assert done.return_value == 0
    assert (packs / "sy.places").is_file()


@pytest.mark.parametrize("answer", [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", served(DUMP)[:-40]])
def test_what_did_not_come_whole_is_no_pack(packs: Path, answer: bytes) -> None:
    server = LocalServer({"/SY.zip": answer})
    done = run("places", "fetch", "SY", "--from", server.url("/"))
    server.close()
    assert done.return_value == 3
    assert "SY.zip" in done.stderr
    assert not packs.exists() or not list(packs.iterdir())


def test_offline_the_error_says_what_could_not_be_reached() -> None:
    server = LocalServer({})
    server.close()
    done = run("places", "fetch", "SY", "--from", server.url("/"))
    assert done.return_value == 3
    assert "could not be reached" in done.stderr


def read(tmp_path: Path, *options: str) -> dict[str, object]:
    document = tmp_path / "doc.jsonl"
    text = "قتل ثلاثة مدنيين في قصف مدفعي على قرية قلمارة بريف حلب الشمالي."
    document.write_text(json.dumps({"id": "d", "text": text, "language": "ar"}) + "\n", encoding="utf-8")
    done = run("read", "--input", document, "--output", tmp_path / "out.jsonl", *options)
    assert done.exception is None, done.exception
    reading = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    return reading["events"][0]["places"][0]


def test_reading_uses_what_is_installed_unless_told_not_to(tmp_path: Path) -> None:
    plain = read(tmp_path)
    run("places", "add", dump(tmp_path, [geonames(3, "قلمارة", admin="09")]))
    assert "latitude" not in plain or plain["latitude"] is None
    assert read(tmp_path)["latitude"] == 36.2
    assert read(tmp_path, "--places", "sy")["latitude"] == 36.2
    assert read(tmp_path, "--places", "none") == plain


def test_a_pack_that_is_not_installed_is_wrong_usage(tmp_path: Path) -> None:
    assert isinstance(run("read", "--input", tmp_path / "x", "--places", "ye").exception, WrongUsage)


def test_linking_reads_with_what_is_installed_too(tmp_path: Path) -> None:
    run("places", "add", dump(tmp_path, [geonames(3, "قلمارة", admin="09")]))
    document = tmp_path / "doc.jsonl"
    text = "قتل ثلاثة مدنيين في قصف مدفعي على قرية قلمارة بريف حلب الشمالي يوم 3 أيار 2016."
    lines = [json.dumps({"id": name, "text": text, "language": "ar", "published": "2016-05-04"}) for name in "ab"]
    document.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = {}
    for choice in ("sy", "none"):
        done = run("link", "--input", document, "--output", tmp_path / "links.json", "--places", choice)
        assert done.exception is None, done.exception
        links = json.loads((tmp_path / "links.json").read_text(encoding="utf-8"))
        found[choice] = [incident["latitude"] for incident in links["incidents"]]
    assert found["sy"] == [36.2]
    assert found["none"] == [None]
