"""The watch list: what people wrote comes back as it was meant, what cannot be meant is named, and nothing is lost."""

import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tawthiq.records.errors import WrongUsage
from tawthiq.records.watch import Watch, WatchKind, WatchState
from tawthiq.store.watch_list import LONGEST, SHORTEST, WatchList, span_seconds, span_text, watch_list_text
from tawthiq.store.watch_state import WatchStates

ONE = Watch("https://outlet.example/خبر", WatchKind.FEED, 7200, 10, True, 'case "7" \\ \u200c')


def put(path: Path, text: str) -> WatchList:
    (path / "watch.toml").write_text(text, encoding="utf-8")
    return WatchList(path)


def test_list_comes_back_as_it_was_written(tmp_path: Path) -> None:
    watched = WatchList(tmp_path)
    assert watched.read() == ()
    watched.change(lambda before: (*before, ONE))
    three = Watch("http://x.example/", WatchKind.PAGE, 86_400 * 2, 50, False, None)
    watched.change(lambda before: (*before, three))
    assert watched.read() == (ONE, three)
    assert 'every = "2h"' in (tmp_path / "watch.toml").read_text(encoding="utf-8")


def test_only_the_address_must_be_given_and_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    watched = put(tmp_path, '\ufeff# mine\n[[watch]]\naddress = " https://outlet.example/ "\n')
    assert watched.read() == (Watch("https://outlet.example/", WatchKind.AUTO, 6 * 3600, 50, False, None),)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[watch]\n", "TOML"),
        ("watch = 1\n", "watch"),
        ("watch = [1]\n", r"\[\[watch\]\]"),
        ("other = 1\n", "other"),
        ("[[watch]]\n", "address"),
        ('[[watch]]\naddress = ""\n', "address"),
        ("[[watch]]\naddress = 5\n", "address"),
        ('[[watch]]\naddress = "a\\u202eb"\n', "address"),
        ('[[watch]]\naddress = "a"\nadress = "b"\n', "adress"),
        ('[[watch]]\naddress = "a"\nevery = "6"\n', "every"),
        ('[[watch]]\naddress = "a"\nevery = "1s"\n', "every"),
        ('[[watch]]\naddress = "a"\nevery = "999999d"\n', "every"),
        ('[[watch]]\naddress = "a"\nkind = "blog"\n', "kind"),
        ('[[watch]]\naddress = "a"\nitems = 0\n', "items"),
        ('[[watch]]\naddress = "a"\nitems = true\n', "items"),
        ('[[watch]]\naddress = "a"\nbrowser = "yes"\n', "browser"),
        ('[[watch]]\naddress = "a"\nreason = 3\n', "reason"),
        ('[[watch]]\naddress = "a"\n[[watch]]\naddress = "a"\n', "twice"),
    ],
)
def test_what_cannot_be_meant_is_named(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(WrongUsage, match=named):
        put(tmp_path, text).read()


@given(st.binary(max_size=200))
def test_any_bytes_are_a_list_or_an_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("list")
    (folder / "watch.toml").write_bytes(data)
    with suppress(WrongUsage):
        WatchList(folder).read()


def test_change_that_fails_leaves_the_list_as_it_was(tmp_path: Path) -> None:
    watched = put(tmp_path, watch_list_text((ONE,)))

    def refuse(_watches: tuple[Watch, ...]) -> tuple[Watch, ...]:
        raise WrongUsage(item="x", happened="it is not watched", advice="none")

    with pytest.raises(WrongUsage):
        watched.change(refuse)
    assert watched.read() == (ONE,)


def test_changes_at_once_do_not_undo_each_other(tmp_path: Path) -> None:
    def add(number: int) -> None:
        one = Watch(f"http://{number}.example/", WatchKind.PAGE, 60, 1, False, None)
        WatchList(tmp_path).change(lambda watches: (*watches, one))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(WatchList(tmp_path).read()) == 8


@given(st.integers(SHORTEST // 60, LONGEST // 60).map(lambda minutes: minutes * 60))
def test_spans_are_spelt_and_read_back(seconds: int) -> None:
    if seconds <= 999_999 * 60:
        assert span_seconds(span_text(seconds)) == seconds


def test_states_come_back_and_unreadable_ones_are_none(tmp_path: Path) -> None:
    states, address = WatchStates(tmp_path), "https://outlet.example/خبر"
    state = WatchState(datetime(2026, 11, 22, tzinfo=UTC), None, 3, datetime(2026, 11, 23, tzinfo=UTC))
    assert states.read(address) is None
    with states.at_work(address):
        states.write(address, state)
    assert (states.read(address), states.read("https://outlet.example/")) == (state, None)
    (file,) = (tmp_path / ".watch").glob("*/state.json")
    whole = file.read_bytes()
    damaged = (
        b"",
        b"\xff",
        b"{}",
        b"[]",
        whole[:-9],
        whole.replace(b"3", b"-3"),
        whole.replace(b"outlet", b"other"),
        b"[" * 100_000,
    )
    for damage in damaged:
        file.write_bytes(damage)
        assert states.read(address) is None


def test_one_address_is_worked_on_by_one_at_a_time(tmp_path: Path) -> None:
    one, other = WatchStates(tmp_path), WatchStates(tmp_path)
    with one.at_work("a") as ours, other.at_work("a") as theirs, other.at_work("b") as another:
        assert (ours, theirs, another) == (True, False, True)
    with other.at_work("a") as theirs:
        assert theirs


def test_nothing_is_left_of_an_address_that_is_forgotten(tmp_path: Path) -> None:
    states = WatchStates(tmp_path)
    with states.at_work("a"):
        states.write("a", WatchState())
    states.forget("a")
    states.forget("never watched")
    assert (states.read("a"), list((tmp_path / ".watch").iterdir())) == (None, [])
