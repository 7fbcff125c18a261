"""Talking to the API of a Bayanat server: signing in with a name and a password, and creating bulletins and incidents.

As its own pages do (sjacorg/bayanat enferno, August 2026): GET /csrf, POST /login, POST /tf-validate where the account asks for
a second factor, POST /admin/api/bulletin/ and /admin/api/incident/ with `{"item": {...}}`. Its session is a cookie, kept in
memory and nowhere else. No redirect is followed; a password leaves only over HTTPS, or to this machine itself.
"""

import json
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from typing import Any, Literal
from urllib.parse import urlsplit

from tawthiq.capture.address import parse
from tawthiq.capture.names import shown
from tawthiq.capture.settings import FetchSettings
from tawthiq.capture.timestamp_authorities import exchanged
from tawthiq.capture.wire import Head
from tawthiq.records.errors import CaptureFailed, TawthiqError, WrongUsage

Kind = Literal["bulletin", "incident"]
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
_MADE = frozenset({200, 201})
_OF_THE_ITEM = frozenset({400, 409, 413, 417, 422})
_MOVED = range(300, 400)


class ItemRefused(TawthiqError):
    """The server refused one item, with its reason; others may still be taken."""


class AnswerLost(CaptureFailed):
    """An item was on its way, and no answer came that says whether the server took it."""


class Bayanat:
    """A session with one server. Every call raises CaptureFailed where the server cannot be reached or will not go on."""

    def __init__(self, url: str, settings: FetchSettings) -> None:
        parts = urlsplit(parse(url).url)
        if parts.scheme != "https" and parts.hostname not in _HERE:
            raise WrongUsage(
                item=shown(url, 200),
                happened="over http the password and all that is sent could be read on the way",
                advice="give its https address",
            )
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self._settings, self._cookies, self._token = settings, dict[str, str](), ""

    def sign_in(self, user: str, password: str, code: Callable[[], str | None]) -> None:
        """Begin the session; `code` is asked for the second factor where the account has one."""
        self._renew()
        head, answer = self._post("/login", {"username": user, "password": password, "csrf_token": self._token})
        told = answer.get("response") if isinstance(answer.get("response"), dict) else {}
        if head.status in _MADE and isinstance(told, dict) and told.get("tf_required"):
            self._second(code)
        elif head.status not in _MADE:
            raise self._failed("it does not know this name and password", "check both; nothing was sent")
        self._renew()

    def create(self, kind: Kind, item: dict[str, Any]) -> int:
        """Create a bulletin or an incident; the number that it has there. Raises ItemRefused and AnswerLost as well."""
        try:
            head, answer = self._post(f"/admin/api/{kind}/", {"item": item})
        except CaptureFailed as error:
            advice = "look there whether it came before sending it again"
            raise AnswerLost(item=error.item, happened=error.happened, advice=advice) from error
        if head.status in _OF_THE_ITEM:
            raise ItemRefused(
                item=kind, happened=f"it was refused ({_reason(head, answer)})", advice="look at the item"
            )
        if head.status not in _MADE:
            raise self._failed(f"it answered {_reason(head, answer)}", _advice(head))
        data = answer.get("data")
        made = data.get("item") if isinstance(data, dict) else None
        number = made.get("id") if isinstance(made, dict) else None
        if type(number) is not int:
            told = "it took an item and did not say under which number"
            raise AnswerLost(item=self.origin, happened=told, advice="look there before sending it again")
        return number

    def _second(self, code: Callable[[], str | None]) -> None:
        given = code()
        if not given:
            raise self._failed("the account asks for a second factor", "run it at a terminal and type the code")
        self._renew()
        head, _ = self._post("/tf-validate", {"code": given.strip(), "csrf_token": self._token})
        if head.status not in _MADE:
            raise self._failed("it did not take the code", "wait for the next one and try again")

    def _renew(self) -> None:
        """Ask for the token that its forms carry."""
        head, answer = self._ask("GET", "/csrf", b"", ())
        token = answer.get("csrf_token")
        if head.status not in _MADE or not isinstance(token, str):
            raise self._failed("it does not answer as Bayanat does", "check the address")
        self._token = token

    def _post(self, path: str, data: dict[str, Any]) -> tuple[Head, dict[str, Any]]:
        fields = (
            ("Content-Type", "application/json"),
            ("X-CSRF-Token", self._token),
            ("X-CSRFToken", self._token),
            ("Referer", f"{self.origin}/"),
        )
        return self._ask("POST", path, json.dumps(data).encode(), fields)

    def _ask(
        self, method: str, path: str, body: bytes, fields: tuple[tuple[str, str], ...]
    ) -> tuple[Head, dict[str, Any]]:
        cookie = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = (("Accept", "application/json"), *fields, *((("Cookie", cookie),) if cookie else ()))
        safe = tuple((name, value.encode("latin-1", "ignore").decode("latin-1")) for name, value in headers)
        head, told = exchanged(self.origin + path, method, body, safe, self._settings)
        self._remember(head)
        try:
            answer = json.loads(told)
        except (ValueError, RecursionError):
            answer = {}
        return head, answer if isinstance(answer, dict) else {}

    def _remember(self, head: Head) -> None:
        for line in head.values("set-cookie"):
            try:
                self._cookies |= {name: each.coded_value for name, each in SimpleCookie(line).items()}
            except CookieError:
                continue

    def _failed(self, happened: str, advice: str) -> CaptureFailed:
        return CaptureFailed(item=self.origin, happened=happened, advice=advice)


def _reason(head: Head, answer: dict[str, Any]) -> str:
    """The status with what the server says of it; never what was sent."""
    message = answer.get("message")
    told = f": {shown(message, 200)}" if isinstance(message, str) else ""
    return f"{head.status}{told}"


def _advice(head: Head) -> str:
    if head.status in (401, 403) or head.status in _MOVED:
        return "the account may not create items there, or the session ended; sign in again"
    return "try again later: what was sent is remembered, and nothing is sent twice"
