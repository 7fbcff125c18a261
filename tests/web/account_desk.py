"""Clients that sign in as people do, for tests of accounts."""

import base64
import re
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.test import Client

from served_archive import PASSWORD, Desk
from tawthiq.casework.domain import recovery_codes, time_codes
from tawthiq.casework.models import TimeCode, User
from tawthiq.store import ArchiveFolder


def person(name: str, role: str = User.Role.REVIEWER) -> User:
    return User.objects.make(name, PASSWORD, User.Role(role))


def signed_in(desk: Desk, name: str = "heron", language: str = "en", **options: bool) -> Client:
    """Somebody who came in by the sign-in page (Desk.client only gets a session)."""
    client = desk.stranger(language, **options)
    token = token_of(client.get("/sign-in/").content.decode())
    answer = send(client, "/sign-in/", {"username": name, "password": PASSWORD}, token)
    assert answer.status_code == 302, answer.content.decode()
    return client


def send(client: Client, address: str, fields: dict[str, object], token: str, **headers: str):
    """What a browser sends with a form of ours."""
    headers = {"origin": "http://127.0.0.1", **headers}
    return client.post(address, {**fields, "csrfmiddlewaretoken": token}, headers=headers)


def token_of(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)
    assert found
    return found[1]


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def code(secret: str, steps: int = 0) -> str:
    """The code that an app shows now, or `steps` of 30 seconds later."""
    return TOTP(base64.b32decode(secret), 6, SHA1(), 30).generate(int(time.time()) + 30 * steps).decode()


def with_app(desk: Desk, user: User) -> tuple[str, list[str]]:
    """Give a user an app and recovery codes: the secret and the codes. The codes of now and the next step are unused."""
    time_codes.begin(desk.folder.path, user)
    secret = time_codes.waiting_secret(desk.folder.path, user)
    assert secret
    TimeCode.objects.filter(user=user).update(confirmed="2026-11-22T08:00:00Z")
    return secret, recovery_codes.renew(user)


def logged(desk: Desk, *kinds: str) -> list[tuple[str, str, dict[str, object]]]:
    """Entries of the log of these kinds: kind, subject, facts."""
    with ArchiveFolder.open(desk.folder.path) as folder:
        events = [entry.event for entry in folder.entries() if entry.event]
    return [(e.kind, e.subject, e.facts) for e in events if e.kind in kinds]
