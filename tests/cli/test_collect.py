"""`tawthiq collect` as a person runs it: lines, exit codes, Ctrl-C, kill -9, a full disk, hostile names."""

import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from channel_pages import channel_html
from local_servers import LocalServer, hang, response, serving
from tawthiq.records.capture import Capture
from tawthiq.store import ArchiveFolder
from tawthiq.store.verify import verify

PAGE = "<html><body>شهادة من سكان الحي</body></html>".encode()
COMMAND = [sys.executable, "-c", "from tawthiq.cli.main import main; main()"]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with ArchiveFolder.create(tmp_path / "archive", title="test", collector="tester") as made:
        return made.path


def start(archive: Path, *arguments: str, **options: object) -> "subprocess.Popen[bytes]":
    command = [*COMMAND, "--archive", str(archive), "collect", *arguments]
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options  # type: ignore[call-overload]
    )  # fmt: skip


def finish(process: "subprocess.Popen[bytes]", given: bytes = b"") -> tuple[int, list[list[str]], str]:
    out, err = process.communicate(given, timeout=60)
    return process.returncode, [line.split("\t") for line in out.decode().splitlines()], err.decode()


def collected(archive: Path, *arguments: str, given: bytes = b"") -> tuple[int, list[list[str]], str]:
    return finish(start(archive, *arguments), given)


def sound_captures(archive: Path) -> list[Capture]:
    """The captures of an archive of which every check holds."""
    with ArchiveFolder.open(archive) as folder:
        captures = list(folder.captures())
        assert all(folder.record(capture).payload for capture in captures)
    assert [check for check in verify(archive) if not check.holds] == []
    return captures


def pages(count: int, pause: float = 0.0) -> dict[str, object]:
    def slowly(body: bytes) -> object:
        def send(connection: object) -> None:
            time.sleep(pause)
            connection.sendall(response(body))  # type: ignore[attr-defined]

        return send

    bodies = {f"/{number}": PAGE + b"%d" % number for number in range(count)}
    return {path: slowly(body) if pause else response(body) for path, body in bodies.items()}


def serve(answers: dict[str, object]):  # type: ignore[no-untyped-def]
    return serving(answers)  # type: ignore[arg-type]


def urls(server: LocalServer, count: int) -> list[str]:
    return [server.url(f"/{number}") for number in range(count)]


def test_one_line_an_item_and_the_summary_on_standard_error(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    with serve(pages(1)) as server:
        code, lines, err = collected(archive, server.url("/0"), str(tmp_path / "page.html"), "--reason", "case 7")
    captures = sound_captures(archive)
    assert code == 0
    assert lines == [[capture.id, capture.sha256, capture.source] for capture in captures]
    assert [line[2] for line in lines] == [server.url("/0"), "page.html"]
    assert err.strip() == "2 kept"


def test_reason_and_case_are_logged_with_the_item(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    collected(archive, str(tmp_path / "page.html"), "--reason", "a witness told us", "--case", "case 7")
    with ArchiveFolder.open(archive) as opened:
        kept = [
            entry.event.facts["facts"] for entry in opened.entries() if entry.event and entry.event.kind == "captured"
        ]
    assert [(facts["reason"], facts["case"]) for facts in kept] == [("a witness told us", "case 7")]


def test_failed_items_are_named_and_the_exit_code_says_some_failed(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    with serve({"/404": response(b"gone", status="404 Not Found")}) as server:
        code, lines, err = collected(archive, str(tmp_path / "empty.html"), server.url("/404"), "missing", "ftp://x/y")
    assert code == 3
    assert [line[2] for line in lines] == [server.url("/404")]
    assert "empty.html: the file holds no bytes" in err
    assert "missing: there is no such file" in err
    assert "ftp://x/y" in err
    assert "404 Not Found" in err
    assert err.splitlines()[-1] == "1 kept; 3 failed"


def test_second_run_prints_the_same_lines_and_asks_nobody(archive: Path) -> None:
    with serve(pages(2)) as server:
        _, first, _ = collected(archive, *urls(server, 2))
        code, second, err = collected(archive, "-", given="\n".join(urls(server, 2)).encode())
        assert sum(b"robots.txt" not in request for request in server.requests) == 2
        _, third, _ = collected(archive, "--again", server.url("/0"))
    assert (code, second, err.strip()) == (0, first, "2 already there")
    assert third[0][0] != first[0][0]
    assert third[0][1] == first[0][1]


def test_hostile_names_reach_neither_terminal_nor_columns(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    folder = os.fsencode(tmp_path / "given")
    for name in (b"\xe2\x80\xaegpj.html", b"tab\tand\nline.html", b"\x1b[31mred.html", b"\xff\xfe.html"):
        with open(folder + b"/" + name, "wb") as stream:  # noqa: PTH123 a name of bytes
            stream.write(PAGE + name)
    code, lines, err = collected(archive, str(tmp_path / "given"))
    shown = "".join("".join(line) for line in lines) + err
    assert code == 0
    assert [len(line) for line in lines] == [3] * 4
    assert not any(control in shown for control in "\x1b\u202e\udcff")
    assert len(sound_captures(archive)) == 4


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--proxy", "https://127.0.0.1:9"], "proxy"),
        (["--proxy", "nonsense"], "proxy"),
        (["--authorities", "no-such.pem"], "no-such.pem"),
    ],
)
def test_proxy_or_authorities_that_cannot_be_used_end_the_run_at_once(
    archive: Path, options: list[str], named: str
) -> None:
    code, lines, err = collected(archive, "http://127.0.0.1:9/", *options)
    assert (code, lines) == (2, [])
    assert named in err


def test_empty_folder_is_said_to_be_empty(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, lines, err = collected(archive, str(tmp_path / "empty"))
    assert (code, lines) == (0, [])
    assert "nothing to collect" in err


def test_without_an_archive_nothing_is_collected(tmp_path: Path) -> None:
    code, lines, err = collected(tmp_path / "none", "page.html")
    assert (code, lines) == (2, [])
    assert "tawthiq new" in err


def test_reader_who_goes_away_does_not_end_the_collecting(archive: Path) -> None:
    with serve(pages(20)) as server:
        process = start(archive, *urls(server, 20))
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(60) == 0
    assert len(sound_captures(archive)) == 20


def test_on_a_terminal_lines_stand_above_a_bar_with_rate_and_time_left(archive: Path, tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.html").write_bytes(PAGE + b"%d" % number)
    (tmp_path / "empty.html").touch()
    seen = bytearray()

    def reading(descriptor: int) -> bytes:
        came = os.read(descriptor, 65_536)
        seen.extend(came)
        return came

    files = [str(path) for path in sorted(tmp_path.glob("*.html"))]
    status = pty.spawn([*COMMAND, "--archive", str(archive), "collect", *files], reading, lambda _: b"")
    screen = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode()).replace("\r", "\n").splitlines()
    assert os.waitstatus_to_exitcode(status) == 3
    assert sum(line.endswith((" 0.html", " 1.html", " 2.html")) for line in screen) == 3
    assert any("4/4" in line and "/s" in line and "0:00:00" in line for line in screen)
    assert sum(line.startswith("failed: ") for line in screen) == 1


def test_interrupt_ends_cleanly_and_the_next_run_finishes(archive: Path) -> None:
    with serve({**pages(3), "/hangs": hang}) as server:
        process = start(archive, *urls(server, 3), server.url("/hangs"))
        assert process.stdout is not None
        for _ in range(3):
            process.stdout.readline()
        process.send_signal(signal.SIGINT)
        code, _, err = finish(process)
        assert code == 130
        assert "interrupted" in err
        assert "Traceback" not in err
        assert len(sound_captures(archive)) == 3
        code, lines, _ = collected(archive, *urls(server, 3))
    assert (code, len(lines)) == (0, 3)
    assert len(sound_captures(archive)) == 3


@pytest.mark.parametrize("after", [1, 4, 7])
def test_kill_at_any_moment_leaves_a_sound_archive_and_nothing_is_doubled(archive: Path, after: int) -> None:
    with serve(pages(10, pause=0.01)) as server:
        process = start(archive, *urls(server, 10))
        assert process.stdout is not None
        for _ in range(after):
            process.stdout.readline()
        process.kill()
        process.communicate()
        assert after <= len(sound_captures(archive)) < 10
        code, lines, _ = collected(archive, *urls(server, 10))
    captures = sound_captures(archive)
    assert code == 0
    assert len(lines) == 10
    assert sorted(capture.source for capture in captures) == sorted(urls(server, 10))


def test_file_size_that_the_system_refuses_is_named_and_the_archive_stays_sound(archive: Path, tmp_path: Path) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "1.html").write_bytes(PAGE)
    (given / "2.bin").write_bytes(os.urandom(400_000))
    (given / "3.html").write_bytes(PAGE + b"3")

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    code, lines, err = finish(start(archive, str(given), preexec_fn=limited))
    assert (code, [line[2] for line in lines]) == (3, ["1.html"])
    assert "2.bin" in err
    assert "1 further sources were not tried" in err
    assert len(sound_captures(archive)) == 1
    code, lines, _ = collected(archive, str(given))
    assert (code, len(lines)) == (0, 3)
    assert len(sound_captures(archive)) == 3


def small_disk(path: Path) -> bool:
    """Whether a disk of 600 kB could be mounted at `path` (needs the right to mount)."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    path.mkdir()
    return subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(path)], check=False).returncode == 0


def test_full_disk_is_named_and_the_archive_stays_sound(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    if not small_disk(disk):
        pytest.skip("no right to mount a small disk")
    try:
        with ArchiveFolder.create(disk / "archive", title="test", collector="tester") as made:
            archive = made.path
        given = tmp_path / "given"
        given.mkdir()
        for number in range(10):
            (given / f"{number}.bin").write_bytes(os.urandom(100_000))
        code, lines, err = collected(archive, str(given))
        assert code == 3
        assert 0 < len(lines) < 10
        assert f"{len(lines)}.bin: the disk refused: No space left on device" in err
        assert "Free some space" in err
        assert len(sound_captures(archive)) == len(lines)
        subprocess.run(["mount", "-o", "remount,size=8m", str(disk)], check=True)
        code, lines, _ = collected(archive, str(given))
        assert (code, len(lines)) == (0, 10)
        assert len(sound_captures(archive)) == 10
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_two_hundred_megabytes_of_noise_are_kept_in_bounded_memory(archive: Path, tmp_path: Path) -> None:
    noise = tmp_path / "noise.bin"
    with noise.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (150 * 1024 * 1024, 150 * 1024 * 1024))

    code, lines, err = finish(start(archive, str(noise), preexec_fn=limited))
    assert (code, len(lines)) == (0, 1), err


def test_channel_is_collected_with_its_older_pages_and_goes_on_from_there(archive: Path) -> None:
    name = "http://t.me/s/sahl_net"
    answers = {name: response(channel_html("sahl_net", range(21, 31)))}
    answers |= {f"{name}?before={at}": response(channel_html("sahl_net", range(at - 10, at))) for at in (11, 21)}
    with serving(answers) as proxy:
        way = ("--proxy", f"http://127.0.0.1:{proxy.port}", "--pause", "0")
        _, first, err = collected(archive, name, *way)
        _, second, told = collected(archive, name, *way)
    assert [row[2] for row in first] == [name, f"{name}?before=21", f"{name}?before=11"]
    assert err.strip() == "3 kept"
    assert ([row[2] for row in second], told.strip()) == ([name], "1 unchanged")


def test_page_that_was_meant_as_a_list_is_kept_and_told_of(archive: Path) -> None:
    with serving({"/news": response(PAGE), "/feed": response(b"<rss><channel></channel></rss>")}) as server:
        code, rows, err = collected(archive, server.url("/news"), "--listed", "3")
        _, _, again = collected(archive, server.url("/news"), "--listed", "3")
        _, _, empty = collected(archive, server.url("/feed"), "--listed", "3")
    assert (code, [row[2] for row in rows]) == (0, [server.url("/news")])
    assert "nothing was listed there, and the page alone is kept" in err
    assert "nothing was listed there, and the page alone is kept" in again
    assert "is no list" not in empty


def test_feed_is_collected_with_what_it_lists(archive: Path) -> None:
    feed = b"<rss><channel><item><link>/1</link></item><item><link>/2</link></item></channel></rss>"
    with serving({"/feed": response(feed), "/1": response(PAGE), "/2": response(PAGE)}) as server:
        code, rows, _ = collected(archive, server.url("/feed"), "--listed", "1")
    assert (code, [row[2] for row in rows]) == (0, [server.url("/feed"), server.url("/1")])
