"""Pages of Telegram channels: which messages they show, where older ones are, and what is no such page."""

import pytest

from channel_pages import channel_html
from tawthiq.capture.address import parse
from tawthiq.capture.channels import (
    ChannelPage,
    before_in,
    channel_name,
    channel_page,
    is_channel,
    newest_page,
    older_page,
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://t.me/s/sahl_net", True),
        ("http://t.me/s/sahl_net/?before=12", True),
        ("https://www.telegram.me/s/Sahl", True),
        ("https://t.me/sahl_net", False),
        ("https://t.me/s/", False),
        ("https://t.me.example/s/sahl_net", False),
        ("https://t.me/s/sahl_net/501", False),
    ],
)
def test_addresses_of_channels(given: str, expected: bool) -> None:
    assert is_channel(parse(given)) is expected


def test_pages_lead_to_older_ones() -> None:
    address = parse("https://t.me/s/sahl_net?before=40")
    assert (newest_page(address), channel_name(address)) == ("https://t.me/s/sahl_net", "sahl_net")
    assert older_page(address, 21) == "https://t.me/s/sahl_net?before=21"
    assert (before_in("https://t.me/s/x?before=21"), before_in("https://t.me/s/x")) == (21, None)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (channel_html("sahl_net", range(21, 41)), ChannelPage(21, 40, 21)),
        (channel_html("sahl_net", [1, 2, 5]), ChannelPage(1, 5, None)),
        (channel_html("sahl_net", [7, 9], linked=False), ChannelPage(7, 9, 7)),
        (channel_html("another", [7, 9]), ChannelPage(None, None, None)),
        (b"<html>no messages</html>", ChannelPage(None, None, None)),
        (b'<a data-post="sahl_net/5" href="?before=900">', ChannelPage(5, 5, 5)),
        (b"<a data-post=sahl_net/5><a data-post='sahl_net/99999999999999'>", ChannelPage(5, 5, 5)),
    ],
)
def test_messages_of_a_page(html: bytes, expected: ChannelPage) -> None:
    assert channel_page(html, "Sahl_Net") == expected
