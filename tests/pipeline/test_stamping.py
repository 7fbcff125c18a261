"""Having the log stamped: what is due, what comes of hostile and absent authorities, interrupts, and no end of stamps."""

import socket
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from archive_checks import differing
from calendar_server import HEIGHT, calendar
from forged_timestamps import refusal, signed_by, signer
from local_servers import drip, hang, redirect, response, serving, then_close
from stamping_archive import names, new_archive, set_up, stamped
from tawthiq.pipeline import stamping
from tawthiq.pipeline.stamp_outcome import StampState
from tawthiq.pipeline.stamping import stamp, stamp_if_due
from tawthiq.pipeline.stamping_duty import FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS, PENDING_WAIT_SECONDS, StampingDuty
from tawthiq.records.errors import WrongUsage
from tawthiq.records.log import LogEvent
from tawthiq.store import ArchiveFolder
from tawthiq.store.timestamps import stamped_log
from timestamp_authority import TimestampAuthority, make_authority, reply, timestamp_authority


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[TimestampAuthority]:
    with timestamp_authority(tmp_path / "authority") as running:
        yield running


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return new_archive(tmp_path / "archive")


def failure(path: Path) -> str:
    """What is said of the one authority, which must have failed and left nothing."""
    (outcome,) = stamped(path)
    assert outcome.state is StampState.FAILED
    assert names(path) == []
    assert differing(path) == []
    return str(outcome.error)


def test_a_stamp_is_kept_with_its_checkpoint_and_certificates(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings("north"))
    (outcome,) = stamped(path)
    assert (outcome.state, outcome.size) == (StampState.STAMPED, 2)
    assert names(path)[:2] == ["2-north.tsr", "2.checkpoint"]
    assert names(path)[2].startswith("north-")
    with ArchiveFolder.open(path) as archive:
        token = stamped_log(archive.entries()).tokens[0]
        event = next(
            entry.event for entry in archive.entries() if entry.event and entry.event.facts.get("holds") == "token"
        )
    assert (token.authority, token.own, token.host, token.time) == ("north", False, "127.0.0.1", outcome.time)
    assert {"gen_time", "serial", "policy", "imprint", "own", "host"} <= set(event.facts)
    assert differing(path) == []


def test_public_tools_verify_what_was_kept(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings("north"))
    stamped(path)
    arguments = ["-data", "2.checkpoint", "-in", "2-north.tsr", "-CAfile", names(path)[2]]
    run = subprocess.run(
        ["openssl", "ts", "-verify", *arguments], cwd=path / "log" / "timestamps", capture_output=True, check=False
    )
    assert b"Verification: OK" in run.stdout


def test_timestamps_themselves_need_none(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings())
    stamped(path)
    kept = names(path)
    assert [outcome.state for outcome in stamped(path)] == [StampState.COVERED]
    assert (names(path), len(authority.requests)) == (kept, 1)


def test_new_evidence_waits_for_a_stamp_of_its_own(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings())
    stamped(path)
    with ArchiveFolder.open(path) as archive:
        archive.keep_file("second.html", BytesIO(b"<p>second</p>"), "text/html", {})
        assert stamped_log(archive.entries()).waits("test")
    (outcome,) = stamped(path)
    assert (outcome.state, outcome.size) == (StampState.STAMPED, 6)
    assert differing(path) == []


def test_nothing_but_the_digest_reaches_the_authority(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings())
    stamped(path)
    (sent,) = authority.requests
    checkpoint = (path / "log" / "timestamps" / "2.checkpoint").read_bytes()
    assert len(sent) < 100
    assert checkpoint.split(b"\n")[0] not in sent


def test_one_authority_that_fails_does_not_stop_the_others_and_is_asked_again(
    path: Path, authority: TimestampAuthority, tmp_path: Path
) -> None:
    with timestamp_authority(tmp_path / "second") as second:
        set_up(path, authority.settings("first"), second.settings("second"))
        authority.status = 503
        assert [outcome.state for outcome in stamped(path)] == [StampState.FAILED, StampState.STAMPED]
        authority.status = 200
        assert [outcome.state for outcome in stamped(path)] == [StampState.STAMPED, StampState.COVERED]
    assert [name for name in names(path) if name.endswith("checkpoint")] == ["2.checkpoint"]
    assert differing(path) == []


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"<html>garbage</html>", "no timestamp reply"),
        (b"", "no timestamp reply"),
        (bytes(1 << 20), "larger than"),
        (refusal(2, "not today"), "not today"),
    ],
    ids=["garbage", "empty", "huge", "refused"],
)
def test_a_bad_answer_is_named_and_nothing_is_kept(
    path: Path, authority: TimestampAuthority, answer: bytes, why: str
) -> None:
    set_up(path, authority.settings())
    authority.answer = answer
    assert why in failure(path)


def test_an_answer_to_another_request_is_named(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings())
    first: list[bytes] = []

    def replay(query: bytes, honest: bytes) -> bytes:
        first.append(honest)
        return first[0]

    authority.answer = replay
    stamped(path)
    assert names(path)
    with ArchiveFolder.open(path) as archive:
        archive.keep_file("second.html", BytesIO(b"<p>second</p>"), "text/html", {})
    (outcome,) = stamped(path)
    assert outcome.state is StampState.FAILED


def test_a_stamp_without_the_usage_for_timestamping_is_named(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings())
    stem = signer(authority.folder, "bare", usage=())
    authority.answer = lambda query, honest: signed_by(authority.folder, honest, stem)
    assert "signature" in failure(path)


def test_a_stamp_under_another_root_is_named(path: Path, authority: TimestampAuthority, tmp_path: Path) -> None:
    set_up(path, authority.settings())
    make_authority(tmp_path / "other")
    authority.answer = lambda query, honest: reply(tmp_path / "other", query)
    assert "signature" in failure(path)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (redirect("http://elsewhere.example/"), "points elsewhere"),
        (response(b"no", status="403 Forbidden"), "403"),
        (then_close(response(b"x", length=100)), "broke off"),
        (then_close(b""), "connection broke"),
        (then_close(b"SSH-2.0-OpenSSH\r\n"), "status line"),
        (hang, "in time"),
        (drip(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"), "slowly"),
    ],
    ids=["redirect", "forbidden", "short", "closed", "no-http", "hanging", "slow"],
)
def test_a_misbehaving_server_is_named_within_its_time(
    path: Path, tmp_path: Path, answer: bytes | Callable[[socket.socket], None], why: str
) -> None:
    certificates = make_authority(tmp_path / "authority")
    with serving({"/": answer}) as server:
        set_up(path, f'\n[authorities.test]\nurl = "{server.url()}"\ncertificates = "{certificates}"\n')
        with ArchiveFolder.open(path) as archive:
            fetching = replace(stamping.fetch_settings(archive), read_timeout=0.3, total_timeout=0.6)
            (outcome,) = stamp(archive, fetching=fetching)
    assert outcome.state is StampState.FAILED
    assert why in str(outcome.error)
    assert differing(path) == []


def test_being_offline_is_an_outcome_and_leaves_no_trace_in_the_log(path: Path, tmp_path: Path) -> None:
    certificates = make_authority(tmp_path / "authority")
    set_up(path, f'\n[authorities.test]\nurl = "http://127.0.0.1:9/"\ncertificates = "{certificates}"\n')
    before = (path / "log" / "checkpoint").read_bytes()
    assert "could not be reached" in failure(path)
    assert (path / "log" / "checkpoint").read_bytes() == before


def test_with_a_proxy_that_does_not_answer_the_authority_is_not_asked_directly(
    path: Path, authority: TimestampAuthority
) -> None:
    settings = path / "tawthiq.toml"
    settings.write_text(settings.read_text("utf-8").replace('proxy = ""', 'proxy = "http://127.0.0.1:9"'), "utf-8")
    set_up(path, authority.settings())
    assert "proxy" in failure(path)
    assert authority.requests == []


def test_an_authority_is_reached_through_the_proxy_that_also_looks_its_name_up(
    path: Path, authority: TimestampAuthority
) -> None:
    settings = path / "tawthiq.toml"
    proxied = settings.read_text("utf-8").replace('proxy = ""', f'proxy = "{authority.url}"')
    settings.write_text(proxied, "utf-8")
    set_up(path, f'\n[authorities.far]\nurl = "http://tsa.invalid/"\ncertificates = "{authority.certificates}"\n')
    assert [outcome.state for outcome in stamped(path)] == [StampState.STAMPED]


def test_without_certificates_nothing_is_asked(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, f'\n[authorities.test]\nurl = "{authority.url}"\n')
    assert "authorities.test.certificates" in failure(path)
    assert authority.requests == []


def test_the_teams_own_authority_is_told_apart(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings(own=True))
    (outcome,) = stamped(path)
    assert outcome.own
    with ArchiveFolder.open(path) as archive:
        assert stamped_log(archive.entries()).tokens[0].own


def test_a_clock_far_from_the_authoritys_is_told_and_recorded(
    path: Path, authority: TimestampAuthority, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ahead(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + timedelta(hours=3)

    set_up(path, authority.settings())
    monkeypatch.setattr(stamping, "datetime", Ahead)
    (outcome,) = stamped(path)
    assert "behind this computer's" in outcome.notes[0]
    with ArchiveFolder.open(path) as archive:
        facts = [entry.event.facts for entry in archive.entries() if entry.event and entry.event.facts.get("serial")]
    assert -10_802 < facts[0]["ahead_of_our_clock_seconds"] < -10_790


def test_on_schedule_an_authority_is_asked_once_in_its_hours(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings())
    with ArchiveFolder.open(path) as archive:
        assert [outcome.state for outcome in stamp_if_due(archive)] == [StampState.STAMPED]
        archive.keep_file("second.html", BytesIO(b"<p>second</p>"), "text/html", {})
        assert stamp_if_due(archive) == []
        assert [outcome.state for outcome in stamp(archive)] == [StampState.STAMPED]


def test_an_authority_whose_last_token_is_old_is_due(path: Path, authority: TimestampAuthority) -> None:
    settings = path / "tawthiq.toml"
    settings.write_text(settings.read_text("utf-8").replace("timestamp_hours = 24.0", "timestamp_hours = 0.0000001"))
    set_up(path, authority.settings())
    with ArchiveFolder.open(path) as archive:
        stamp_if_due(archive)
        archive.keep_file("second.html", BytesIO(b"<p>second</p>"), "text/html", {})
        assert [outcome.state for outcome in stamp_if_due(archive)] == [StampState.STAMPED]


def test_the_duty_of_a_scheduled_run_tells_in_lines_what_it_did(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings("north"), authority.settings("ours", own=True))
    with ArchiveFolder.open(path) as archive:
        duty = StampingDuty()
        north, ours = duty(archive)
        assert duty(archive) == []
    assert north.startswith("north: stamped, entries below 2, 20")
    assert ours.endswith("own authority, no independent evidence")


def test_a_lasting_run_has_patience_with_an_authority_that_fails(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings("north"))
    authority.status = 503
    clock = [0.0]
    duty = StampingDuty(lambda: clock[0])
    asked = []
    with ArchiveFolder.open(path) as archive:
        for minute in range(24 * 60):
            clock[0] = minute * 60.0
            if duty(archive):
                asked.append(minute)
        assert asked[:4] == [0, 5, 15, 35]
        assert len(asked) < 15
        assert max(later - before for before, later in pairwise(asked)) * 60 == LONGEST_WAIT_SECONDS
        authority.status = 200
        clock[0] += LONGEST_WAIT_SECONDS
        (line,) = duty(archive)
        assert line.startswith("north: stamped")
    assert FIRST_WAIT_SECONDS == 300


def test_a_lasting_run_does_not_ask_a_calendar_every_minute(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamping, "PENDING_FOR", timedelta(0))
    clock = [0.0]
    duty = StampingDuty(lambda: clock[0])
    with calendar() as server:
        set_up(path, server.settings())
        with ArchiveFolder.open(path) as archive:
            assert len(duty(archive)) == 2
            assert duty(archive) == []
            clock[0] += PENDING_WAIT_SECONDS
            server.mine()
            assert "confirmed" in duty(archive)[0]
            clock[0] += PENDING_WAIT_SECONDS
            assert duty(archive) == []


def test_without_authorities_nothing_is_due(path: Path) -> None:
    with ArchiveFolder.open(path) as archive:
        assert stamp_if_due(archive) == []


def test_a_calendars_promise_is_kept_and_later_completed_in_a_file_of_its_own(path: Path) -> None:
    with calendar() as server:
        set_up(path, server.settings())
        assert [outcome.state for outcome in stamped(path)] == [StampState.PENDING]
        promised = (path / "log" / "timestamps" / "2-calendar.ots").read_bytes()
        assert [outcome.state for outcome in stamped(path)] == [StampState.PENDING]
        assert [outcome.state for outcome in stamped(path, if_due=True)] == [StampState.PROMISED]
        server.mine()
        (confirmed,) = stamped(path)
        assert confirmed.state is StampState.CONFIRMED
        assert str(HEIGHT) in confirmed.notes[0]
        assert [outcome.state for outcome in stamped(path)] == [StampState.COVERED]
    assert (path / "log" / "timestamps" / "2-calendar.ots").read_bytes() == promised
    assert names(path) == ["2-calendar-2.ots", "2-calendar.ots", "2.checkpoint"]
    assert differing(path) == []


def test_a_calendar_is_not_asked_again_at_once_on_schedule(path: Path) -> None:
    with calendar() as server:
        set_up(path, server.settings())
        with ArchiveFolder.open(path) as archive:
            assert [outcome.state for outcome in stamp_if_due(archive)] == [StampState.PENDING]
            server.mine()
            assert stamp_if_due(archive) == []


@pytest.mark.parametrize("garbage", [b"", b"garbage", bytes(5_000)])
def test_a_calendar_that_answers_garbage_is_named(path: Path, garbage: bytes) -> None:
    with calendar() as server:
        set_up(path, server.settings())
        server.garbage = garbage
        (outcome,) = stamped(path)
        assert outcome.state is StampState.FAILED
        server.garbage = None
        assert [outcome.state for outcome in stamped(path)] == [StampState.PENDING]
        server.garbage = garbage
        assert [outcome.state for outcome in stamped(path)] == [StampState.FAILED]
    assert names(path) == ["2-calendar.ots", "2.checkpoint"]


def test_a_checkpoint_kept_before_a_crash_is_used_by_the_next_run(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings("north"))
    with ArchiveFolder.open(path) as archive:
        data = (path / "log" / "checkpoint").read_bytes()
        archive.keep_beside_log("timestamped", "timestamps/2.checkpoint", data, "2", {"holds": "checkpoint"})
    (outcome,) = stamped(path)
    assert (outcome.state, outcome.size) == (StampState.STAMPED, 2)


def test_a_changed_checkpoint_file_is_not_stamped(path: Path, authority: TimestampAuthority) -> None:
    set_up(path, authority.settings("north"))
    with ArchiveFolder.open(path) as archive:
        archive.log([LogEvent("note", datetime.now(UTC), "c", "x", {})])
        archive.flush()
        kept = (path / "log" / "checkpoint").read_bytes()
        archive.keep_beside_log("timestamped", "timestamps/3.checkpoint", kept, "3", {"holds": "checkpoint"})
    (path / "log" / "timestamps" / "3.checkpoint").write_bytes(kept.replace(b"\n3\n", b"\n4\n"))
    with pytest.raises(Exception, match="does not fit") as raised:
        stamped(path)
    assert not isinstance(raised.value, WrongUsage)
    assert authority.requests == []
