"""`tawthiq places`: packs are added, listed, removed, fetched; `tawthiq read` uses them. Rows and texts are ours."""

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from local_servers import Answer, LocalServer, serving, then_close
from network_spy import spied
from pipeline.test_place_building import DUMP, dump, geonames
from proxy_servers import ProxyServer, proxying
from tawthiq.cli.main import tawthiq
from tawthiq.records.errors import ArchiveMissing, WrongUsage
from tawthiq.store import ArchiveFolder


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


@pytest.fixture
def behind_proxy(tmp_path: Path) -> Iterator[tuple[Path, ProxyServer]]:
    """A folder inside an archive whose settings name a proxy, and that proxy, which reaches a site with a dump."""
    ArchiveFolder.create(tmp_path / "archive", title="t", collector="c").close()
    with serving({"/SY.zip": served(DUMP)}) as server, proxying({"dumps.example": server.port}, "socks") as proxy:
        settings = tmp_path / "archive" / "tawthiq.toml"
        text = settings.read_text().replace('proxy = ""', f'proxy = "socks5h://127.0.0.1:{proxy.port}"')
        settings.write_text(text.replace('user_agent = ""', 'user_agent = "Reader/1"'))
        yield tmp_path / "archive", proxy
        assert all(b"User-Agent: Reader/1\r\n" in request for request in server.requests)


def test_inside_an_archive_its_proxy_carries_the_download(
    behind_proxy: tuple[Path, ProxyServer], packs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, proxy = behind_proxy
    monkeypatch.chdir(archive / "evidence")
    spy = spied(monkeypatch)
    done = run("places", "fetch", "SY", "--from", "http://dumps.example/")
    assert (done.return_value, set(spy.names), proxy.asked) == (0, {"127.0.0.1"}, [("dumps.example", 80)])
    assert "through the proxy" in done.stderr
    assert (packs / "sy.places").is_file()


def test_a_proxy_that_is_given_carries_the_download_and_is_never_gone_round(
    behind_proxy: tuple[Path, ProxyServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, proxy = behind_proxy
    spy = spied(monkeypatch)
    given = ("--archive", archive, "places", "fetch", "SY", "--from", "http://dumps.example/", "--proxy")
    through = run(*given, f"socks5h://127.0.0.1:{proxy.port}")
    proxy.close()
    down = run(*given, f"socks5h://127.0.0.1:{proxy.port}")
    assert (through.return_value, down.return_value, set(spy.names)) == (0, 3, {"127.0.0.1"})
    assert "proxy could not be reached" in down.stderr


@pytest.mark.parametrize(
    "given", [("--archive", "nowhere"), ("--proxy", "ftp://127.0.0.1:1"), ("--archive", "archive")]
)
def test_nothing_is_fetched_by_a_way_that_nobody_chose(
    tmp_path: Path, given: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "tawthiq.toml").write_text("[fetch\n")
    spy = spied(monkeypatch)
    way = (*given, "places", "fetch", "SY") if given[0] == "--archive" else ("places", "fetch", "SY", *given)
    assert isinstance(run(*way, "--from", "http://dumps.example/").exception, (ArchiveMissing, WrongUsage))
    assert (spy.names, spy.ports) == ([], [])


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", then_close(served(DUMP)[:-40])]
)
def test_what_did_not_come_whole_is_no_pack(packs: Path, answer: Answer) -> None:
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
