"""To whom security keys answer when a page is asked for under the address that the browser shows (WebAuthn level 2).

A browser offers keys on encrypted pages and on localhost only, and never under a number instead of a name.
"""

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from tawthiq.casework.domain.security_keys import Party

_LOCAL = "localhost"


def party_of(request: HttpRequest) -> Party | None:
    """The host and its origins; None where browsers offer no keys under this address."""
    host = urlsplit(f"//{request.get_host()}").hostname or ""
    if _is_number(host) or not (request.is_secure() or host == _LOCAL):
        return None
    trusted = [origin for origin in settings.CSRF_TRUSTED_ORIGINS if urlsplit(origin).hostname == host]
    return Party(host, (f"{request.scheme}://{request.get_host()}", *trusted))


def address_for_keys(request: HttpRequest, path: str) -> str | None:
    """The same page at localhost, where the pages are open under 127.0.0.1; None anywhere else."""
    at = urlsplit(f"//{request.get_host()}")
    if not _is_number(at.hostname or "") or not ipaddress.ip_address(at.hostname or "").is_loopback:
        return None
    return f"{request.scheme}://{_LOCAL}{f':{at.port}' if at.port else ''}{path}"


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
