"""Every page of the desk, found as a person finds it: by following links from the first page on."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, get_resolver, resolve

_LINK = re.compile(r"""<a\s[^>]*?href=["']([^"']+)["']""")
MOST_PAGES = 400


def crawled(client: Client, *starts: str) -> dict[str, str]:
    """One address for each named route that links lead to, by name; whatever answers with an error fails.

    From the first page on, or from `starts`, whose addresses stand for their routes.
    """
    found: dict[str, str] = {}
    waiting, seen = deque((start, "") for start in starts or ("/",)), set(starts or ("/",))
    while waiting and len(seen) < MOST_PAGES:
        address, origin = waiting.popleft()
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{address}, linked from {origin}, answers {answer.status_code}"
        at = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        name = name_of(at)
        found.setdefault(name, at)
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            continue
        for link in _LINK.findall(answer.content.decode()):
            target = urldefrag(urljoin(at, unescape(link)))[0]
            if urlsplit(target).netloc or not target.startswith("/") or target.startswith("/static/"):
                continue
            if target not in seen and (_is_new(target, found, waiting)):
                seen.add(target)
                waiting.append((target, at))
    return found


def name_of(address: str) -> str:
    """The name of the route that an address belongs to; empty where there is none."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def named_routes() -> set[str]:
    """The names of all routes."""
    return {key for key in get_resolver().reverse_dict if isinstance(key, str)}


def _is_new(target: str, found: dict[str, str], waiting: "deque[tuple[str, str]]") -> bool:
    """Whether no page of the target's route was seen or waits; an address that leads nowhere is asked for, to fail."""
    name = name_of(target)
    return not name or (name not in found and all(name_of(each) != name for each, _ in waiting))
