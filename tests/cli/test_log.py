"""`tawthiq log`: the table, one item's chain, and a proof that others can check."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from command_line import run
from tawthiq.cli.chain_facts import fact_lines
from tawthiq.custody.note import VerifierKey
from tawthiq.custody.proof import checked
from tawthiq.records.capture import Capture, Exchange
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder


@pytest.fixture
def captures(tmp_path: Path) -> list[Capture]:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        return [archive.keep_file(f"{number}.html", BytesIO(b"text"), None, {}) for number in range(3)]


def test_the_log_has_a_line_an_entry(
    captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--archive", str(tmp_path / "case"), "log") == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1 + 4
    assert "archive-created" in lines[1]
    assert captures[2].id in lines[4]
    assert lines[4].endswith("\t2.html")


@pytest.mark.parametrize("by", ["id", "source", "path", "log_index"])
def test_an_item_is_shown_by_any_of_its_names(
    captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str], by: str
) -> None:
    assert run("--archive", str(tmp_path / "case"), "log", str(getattr(captures[1], by))) == 0
    said = capsys.readouterr().out
    assert captures[1].sha256 in said
    assert captures[1].id in said
    assert captures[0].id not in said


def test_a_proof_convinces_whoever_has_the_key(
    captures: list[Capture], tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert run("--archive", str(tmp_path / "case"), "log", "--proof", captures[1].id) == 0
    proof = capsysbinary.readouterr().out
    key = VerifierKey.parse((tmp_path / "case" / "keys" / "archive.pub").read_text("utf-8").strip(), "key")
    assert checked(proof, key, "proof").holds


def test_an_unknown_item_is_named(captures: list[Capture], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--archive", str(tmp_path / "case"), "log", "nobody") == 2
    assert "nobody" in capsys.readouterr().err
    assert run("--archive", str(tmp_path / "case"), "log", "--proof") == 2


TOKEN = {"holds": "token", "authority_kind": "rfc3161", "host": "127.0.0.1", "own": True}


@pytest.fixture
def story(captures: list[Capture], tmp_path: Path) -> Capture:
    """The second item, seen, decided about, stamped twice, checked and handed over."""
    item, now = captures[1], datetime(2026, 11, 22, 9, tzinfo=UTC)
    with ArchiveFolder.open(tmp_path / "case") as archive:
        archive.log(
            [
                LogEvent("viewed", now, "heron", item.id, {"page": "report"}),
                LogEvent("page-confirmed", now, "tern", item.id, {"revision": 1, "decision_sha256": "0" * 64}),
                LogEvent("exported", now, "c", "package 1", {"items": [captures[0].id, item.id]}),
                LogEvent("viewed", now, "heron", captures[0].id, {"page": "evidence"}),
                LogEvent(
                    "fixity-checked",
                    now + timedelta(days=30),
                    "c",
                    "9",
                    {"held": 9, "differing": 0, "names": [item.path]},
                ),
            ]
        )
        for size, authority in ((2, "early"), (9, "north"), (10, "north")):
            facts = {**TOKEN, "authority": authority, "gen_time": f"2026-11-22T10:{size:02}:00+00:00"}
            archive.keep_beside_log("timestamped", f"timestamps/{size}-{authority}.tsr", b"token", str(size), facts)
    return item


def chain(tmp_path: Path, item: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    capsys.readouterr()
    assert run("--archive", str(tmp_path / "case"), "log", item, *options) == 0
    return capsys.readouterr().out


def test_the_chain_of_an_item_names_everything_that_was_done_with_it_and_what_covers_it(
    story: Capture, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line for line in chain(tmp_path, story.id, capsys).splitlines() if not line.startswith(" ")]
    told = [line.split("UTC  ", 1)[1] for line in lines]
    assert [line.rpartition(", by ")[0] for line in told] == [
        "collected from 1.html",
        "seen in the pages (report)",
        "its page was found right (revision 1)",
        "handed over in a package",
        "all files were checked: 9 checks held, 0 did not",
        "covered by the stamp of north at 2026-11-22 10:09:00 UTC (log of 9 entries, the team's own: no independent evidence)",
    ]


CIRCUMSTANCES = {
    "tool": "tawthiq/4",
    "python": "3.11.2",
    "tools": "ab" * 32,
    "clock": {"synchronized": False, "error_seconds": 0.5, "behind_log_seconds": 90.0},
    "exit": "tor",
    "robots": "note",
    "robots_allowed": False,
    "robots_txt": "200",
    "reason": "asked by the office",
    "case": "c-7",
    "acts": [{"act": "scroll", "at": number} for number in range(60)],
    "hidden": "x" * 1_200,
    "nothing": None,
}


def test_what_a_legal_officer_asks_for_stands_on_a_line_each(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        item = archive.keep_file("1.html", BytesIO(b"text"), "text/html", CIRCUMSTANCES)
    lines = [line.strip() for line in chain(tmp_path, item.id, capsys).splitlines()]
    for told in (
        f"collected: {item.collected:%Y-%m-%d %H:%M:%S} UTC by this computer's clock",
        "way out: Tor",
        "robots.txt is: noted, and collected whatever it says",
        "robots.txt: forbids this address (asked for it: 200)",
        "clock: NOT synchronized, wrong by 0.5 s at most, says the system; 90.0 s behind the log: set back",
        f"programs and their digests: tawthiq log {'ab' * 32}",
        "reason: asked by the office",
        "case: c-7",
        f"SHA-256 of the content: {item.sha256}",
        'acts 50: {"act":"scroll","at":49}',
        "acts: 10 more; --json has them",
        f"hidden: {'x' * 1_000}... (200 more characters; --json has them)",
    ):
        assert told in lines
    assert not any(line.startswith("nothing") for line in lines)


def test_a_comparison_says_what_changed_and_no_empty_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        item = archive.keep_file("1.html", BytesIO(b"text"), "text/html", {})
        facts = {"before": "a", "after": item.id, "how": "changed", "gone": False, "server": ["status"], "reason": ""}
        words = {"body": {"removed": 3, "added": 10}}
        archive.log([LogEvent("compared", datetime.now(UTC), "c", item.id, {**facts, "words": words})])
    lines = [line.strip() for line in chain(tmp_path, item.id, capsys).splitlines()]
    for told in (
        "compared: the text changed",
        "changed: body (words removed: 3, added: 10)",
        "differs in the answer: status",
        "the page is gone: no",
    ):
        assert told in lines
    assert not any(line.startswith("reason") for line in lines)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.text(max_size=8), JSON))
@example({"collected": 5, "clock": {"synchronized": []}, "exit": [], "robots": {}, "how": [], "words": {"a": 1}})
@example({"clock": {"synchronized": [], "error_seconds": {}, "behind_log_seconds": []}, "facts": 3})
@example({"facts": {"path": "x"}, "path": "y", "offset": "1", "length": None, "server": [[]], "words": {"a": {}}})
def test_any_facts_at_all_are_told_without_failing_and_none_is_left_out(facts: dict[str, object]) -> None:
    told = "\n".join(fact_lines(LogEvent("captured", datetime.now(UTC), "c", "i", facts)))
    for value in facts.values():
        if isinstance(value, int | str) and not isinstance(value, bool):
            assert str(value) in told


def test_the_chain_for_machines_holds_the_same_entries(
    story: Capture, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    links = [json.loads(line) for line in chain(tmp_path, story.id, capsys, "--json").splitlines()]
    assert [link["part"] for link in links] == ["item"] * 4 + ["checked since", "covers it"]
    assert links[0]["event"]["facts"]["sha256"] == story.sha256
    assert (links[-1]["who"], links[-1]["when"]) == ("north", "2026-11-22T10:09:00+00:00")


def test_other_captures_of_an_address_stand_in_its_chain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = Exchange(
        url="http://news.example/1",
        method="GET",
        started=datetime.now(UTC),
        request_line="GET /1 HTTP/1.1",
        request_headers=(),
        status_line="HTTP/1.1 200 OK",
        response_headers=(),
        payload=b"text",
        server_address=None,
        tls=None,
        certificate=None,
    )
    with ArchiveFolder.create(tmp_path / "case", title="t", collector="c") as archive:
        first, second = (archive.keep_exchanges(page.url, [page], {}) for _ in range(2))
        files = [archive.keep_file("same.html", BytesIO(b"%d" % n), None, {}) for n in range(2)]
        archive.log([LogEvent("collect-failed", datetime.now(UTC), "c", page.url, {"happened": "no answer"})])
    said = chain(tmp_path, first.id, capsys)
    assert f"same address: collected from http://news.example/1 ({second.id})" in said
    assert "same address: collecting failed: no answer" in said
    assert files[1].id not in chain(tmp_path, files[0].id, capsys), "two files of one name are no address"


def test_the_chain_of_an_erased_item_tells_of_its_erasure_and_of_who_saw_it(
    story: Capture, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with ArchiveFolder.open(tmp_path / "case") as archive:
        archive.erase(story.id, reason="asked for", authorised_by="lead-2")
    said = chain(tmp_path, story.id, capsys)
    assert "1.html" not in said
    assert "its event was erased; 32 bytes of it stay proven" in said
    assert "ERASED: asked for (authorised by lead-2)" in said
    assert "seen in the pages (report), by heron" in said
    assert "covered by the stamp of north" in said


def test_the_table_shows_one_kind_or_what_came_since(
    story: Capture, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(tmp_path / "case")
    assert run("--archive", case, "log", "--kind", "viewed", "--kind", "exported", "--json") == 0
    kinds = [json.loads(line)["event"]["kind"] for line in capsys.readouterr().out.splitlines()]
    assert kinds == ["viewed", "exported", "viewed"]
    assert run("--archive", case, "log", "--since", "2026-12-20") == 0
    lines = capsys.readouterr().out.splitlines()[1:]
    assert any("fixity-checked" in line for line in lines)
    assert not any("exported" in line for line in lines)


def test_a_hand_over_is_written_down_with_to_whom_how_and_why(
    story: Capture, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = str(tmp_path / "case")
    assert run("--archive", case, "log", "--transferred", story.id, "--to", "office-4") == 2
    handed = ("--to", "office-4", "--how", "a sealed drive", "--reason", "their request 12")
    assert run("--archive", case, "log", "--transferred", "nobody", *handed) == 2
    assert run("--archive", case, "log", "--transferred", story.id, *handed) == 0
    assert "handed over to office-4, by a sealed drive: their request 12" in chain(tmp_path, story.id, capsys)
