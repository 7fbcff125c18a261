"""Public pages of Telegram channels, `https://t.me/s/NAME`: which messages a page shows and where older ones are.

A page shows about twenty messages, each with its number in `data-post`; older ones are asked for by `?before=NUMBER`.
Numbers of deleted messages are missing, so a page is told by the span that it answers for, not by counting. Only attributes
are looked for, in one pass and without a tree: hostile markup costs no more than its length.
"""

import re
from dataclasses import dataclass

from tawthiq.capture.address import Address

HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
PATH = re.compile(r"/s/([A-Za-z][A-Za-z0-9_]{2,63})/?(?:\?.*)?")
POST = re.compile(r"""data-post\s*=\s*["']?([A-Za-z][A-Za-z0-9_]{2,63})/([0-9]{1,12})["'\s>]""")
LINK = re.compile(r"""href\s*=\s*["']?[^"'\s<>]{0,300}[?&;]before=([0-9]{1,12})["'&\s>]""")
BEFORE = re.compile(r"[?&]before=([0-9]{1,12})(?:&|$)")


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """The messages of one page: the lowest and highest number, None on a page without any; and where older ones begin."""

    first: int | None
    last: int | None
    older: int | None


def is_channel(address: Address) -> bool:
    """Whether an address is a channel's public page on Telegram's own host."""
    return address.host.removeprefix("www.") in HOSTS and PATH.fullmatch(address.target) is not None


def newest_page(address: Address) -> str:
    """The address of the page with the newest messages."""
    return _without_query(address)


def older_page(address: Address, before: int) -> str:
    """The address of the page with the messages before number `before`."""
    return f"{_without_query(address)}?before={before}"


def before_in(url: str) -> int | None:
    """The number that an address asks for messages before."""
    match = BEFORE.search(url)
    return int(match[1]) if match else None


def channel_page(data: bytes, name: str | None = None) -> ChannelPage:
    """The messages on a page, of the channel `name` where it is given. Never raises for hostile markup."""
    text = data.decode("utf-8", "replace")
    posts = (post for post in POST.finditer(text) if name is None or post[1].lower() == name.lower())
    numbers = {int(post[2]) for post in posts}
    if not numbers:
        return ChannelPage(None, None, None)
    first = min(numbers)
    stated = [before for link in LINK.finditer(text) if 1 < (before := int(link[1])) <= first]
    return ChannelPage(first, max(numbers), max(stated, default=first if first > 1 else None))


def channel_name(address: Address) -> str | None:
    """The channel's name in an address of this shape, on whatever host."""
    match = PATH.fullmatch(address.target)
    return match[1] if match else None


def _without_query(address: Address) -> str:
    return address.url.partition("?")[0]
