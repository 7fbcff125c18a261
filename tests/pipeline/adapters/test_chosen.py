"""Which adapter a run uses, what is refused before it starts, and what a person is told of what leaves the machine."""

import socket
from pathlib import Path

import pytest

from chat_server import answering, chat_server
from tawthiq.pipeline.adapters import chosen, wire
from tawthiq.pipeline.adapters.chosen import chosen_adapter, leaves_the_machine
from tawthiq.records.errors import AdapterUnavailable
from tawthiq.records.reading import Document
from tawthiq.records.span import Span
from tawthiq.store.adapter_settings import AdapterSettings

FILE = Path("tawthiq.toml")
DOCUMENT = Document("d", "قصف على السوق.", language="ar", readable=(Span(0, 14),))


def held(address: str, *, allow_remote: bool = False) -> tuple[AdapterSettings, ...]:
    return (AdapterSettings("local", "chat", "m", address, allow_remote=allow_remote, seconds=5.0),)


def test_a_name_that_no_table_has_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(AdapterUnavailable, match=r'no adapter "other" \(there: local\)'):
        chosen_adapter("other", held("http://127.0.0.1:1/v1"), FILE)


def test_a_model_on_this_machine_sends_nothing_away_even_where_it_might() -> None:
    with chat_server(answering({})) as server:
        assert leaves_the_machine(chosen_adapter("local", held(server.address), FILE)) is None
        assert leaves_the_machine(chosen_adapter("local", held(server.address, allow_remote=True), FILE)) is None
        assert server.asked == []


def test_another_machine_is_told_of_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    with chat_server(answering({})) as server:
        for module in (wire, chosen):
            monkeypatch.setattr(module, "is_loopback", lambda _host: False)
        with pytest.raises(AdapterUnavailable, match="not this machine"):
            chosen_adapter("local", held(server.address), FILE)
        adapter = chosen_adapter("local", held(server.address, allow_remote=True), FILE)
        warning = leaves_the_machine(adapter)
        assert server.asked == []
        assert adapter.propose(DOCUMENT) == []
        assert len(server.asked) == 1
    assert warning is not None
    assert f"127.0.0.1:{server.server_address[1]}" in warning
    assert "unencrypted" in warning


def test_a_local_name_that_leads_elsewhere_gets_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    with chat_server(answering({})) as server:
        monkeypatch.setattr(wire, "is_loopback", lambda host: host == "localhost")
        with pytest.raises(AdapterUnavailable, match="leads to another machine"):
            chosen_adapter("local", held(server.address.replace("127.0.0.1", "localhost")), FILE)
        assert server.asked == []


def test_a_local_name_that_leads_elsewhere_is_not_even_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "is_loopback", lambda host: host == "localhost")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        with pytest.raises(AdapterUnavailable, match="leads to another machine"):
            chosen_adapter("local", held(f"https://localhost:{listener.getsockname()[1]}/v1"), FILE)
        with pytest.raises(TimeoutError):
            listener.accept()


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("localhost", True), ("127.0.0.1", True), ("127.8.8.8", True), ("[::1]", True), ("::ffff:127.0.0.1", True),
     ("10.0.0.1", False), ("0.0.0.0", False), ("localhost.example", False), ("::ffff:10.0.0.1", False), ("", False)],
)  # fmt: skip
def test_loopback_is_told_by_the_number_or_the_one_name(host: str, loopback: bool) -> None:
    assert wire.is_loopback(host) is loopback
