"""Open sessions of users: which there are, and ending them.

A session that is ended is gone from the database at once. Besides, each session carries a hash over the user's password and
epoch (`User.get_session_auth_hash`), so that none survives a new epoch even where the list has missed it.
"""

import re
from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from tawthiq.casework.models import OpenSession, User

EXACT_TO = timedelta(minutes=10)
_NOTED = "noted"
_LENGTH = 64
# What browsers call themselves (RFC 9110 section 10.1.5), the more particular ones first: each names others as well.
_BROWSERS = (
    ("Tor Browser", re.compile(r"TorBrowser")),
    ("Edge", re.compile(r"Edg")),
    ("Opera", re.compile(r"OPR")),
    ("Firefox", re.compile(r"Firefox|FxiOS")),
    ("Chromium", re.compile(r"Chrom|CriOS")),
    ("Safari", re.compile(r"Safari")),
)
_SYSTEMS = (
    ("Android", re.compile(r"Android")),
    ("iOS", re.compile(r"iPhone|iPad")),
    ("Windows", re.compile(r"Windows")),
    ("macOS", re.compile(r"Mac OS")),
    ("Linux", re.compile(r"Linux|X11")),
)


def begin(session: SessionBase, user: User, agent: str, now: datetime | None = None) -> None:
    """Put a session that has just begun on the user's list; those that ran out, anybody's, are forgotten.

    `agent` is what the browser says of itself.
    """
    moment = now or timezone.now()
    Session.objects.filter(expire_date__lte=moment).delete()
    OpenSession.objects.filter(seen__lte=moment - timedelta(seconds=settings.SESSION_COOKIE_AGE) - EXACT_TO).delete()
    if session.session_key is None:
        session.create()
    OpenSession.objects.update_or_create(
        session_key=session.session_key,
        defaults={"user": user, "browser": _browser(agent), "began": moment, "seen": moment},
    )
    session[_NOTED] = int(moment.timestamp())


def note(session: SessionBase, user: User, now: datetime | None = None) -> None:
    """Remember that a session on the list is in use; costs nothing but every ten minutes."""
    moment, last = now or timezone.now(), session.get(_NOTED)
    if isinstance(last, int) and moment.timestamp() - last >= EXACT_TO.total_seconds():
        OpenSession.objects.filter(user=user, session_key=session.session_key).update(seen=moment)
        session[_NOTED] = int(moment.timestamp())


def open_sessions(user: User, now: datetime | None = None) -> list[OpenSession]:
    """The user's sessions that can still be used, the last used one first; those that ran out leave the list."""
    rows = list(OpenSession.objects.filter(user=user))
    keys = [row.session_key for row in rows]
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=now or timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    OpenSession.objects.filter(user=user, session_key__in=[key for key in keys if key not in alive]).delete()
    return [row for row in rows if row.session_key in alive]


def end(user: User, number: int) -> bool:
    """End one of the user's sessions; False where there is no such one."""
    row = OpenSession.objects.filter(user=user, pk=number).first()
    if row is None:
        return False
    _forget([row.session_key])
    return True


def end_this(session: SessionBase) -> None:
    """Take a session that is being signed out from the list."""
    if session.session_key:
        OpenSession.objects.filter(session_key=session.session_key).delete()


def end_all(user: User) -> None:
    """End every session of the user."""
    User.objects.filter(pk=user.pk).update(epoch=F("epoch") + 1)
    user.refresh_from_db(fields=["epoch"])
    _forget(list(OpenSession.objects.filter(user=user).values_list("session_key", flat=True)))


def end_others(request: HttpRequest, user: User) -> None:
    """End every session of the user but the one that asks, which goes on under a new key."""
    end_all(user)
    update_session_auth_hash(request, user)
    begin(request.session, user, request.headers.get("User-Agent", ""))


def _forget(keys: list[str]) -> None:
    """Django's sessions and our list of them. The store is asked, since it may keep copies of its own."""
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store().delete(key)
    OpenSession.objects.filter(session_key__in=keys).delete()


def _browser(agent: str) -> str:
    """Roughly what program it is, such as "Firefox, Android"; empty where it says nothing known."""
    told = [next((name for name, pattern in table if pattern.search(agent)), "") for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, told))[:_LENGTH]
