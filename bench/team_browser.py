"""A person's browser for benches: cookies, forms with their tokens, redirects; every request is timed. No script is run."""

import http.client
import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

MOST_REDIRECTS = 6
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Button:
    """A button of a form, with the key that presses it."""

    name: str
    value: str
    key: str


@dataclass(slots=True)
class Form:
    """A form: where it goes, what it holds, its buttons and the choices of its fields."""

    action: str
    post: bool
    fields: Pairs = field(default_factory=list)
    buttons: list[Button] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what it was for, its answer (0 where there was none), milliseconds, and where it went."""

    kind: str
    status: int
    milliseconds: float
    address: str


class _Forms(HTMLParser):
    """The forms of a page; fields outside of a form belong to the one that they name."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._named: dict[str, Form] = {}
        self._at: Form | None = None
        self._select: str = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a form, or a field into its form."""
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._at = Form(given.get("action", ""), given.get("method", "").lower() == "post")
            self.forms.append(self._at)
            self._named[given.get("id", "")] = self._at
            return
        form = self._named.get(given.get("form", ""), self._at) if "form" in given else self._at
        if form is None:
            return
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "button":
            form.buttons.append(Button(name, value, given.get("accesskey", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.choices.setdefault(self._select, []).append(value)
        elif tag == "textarea":
            form.fields.append((name, ""))
        elif tag == "input" and name:
            kind = given.get("type", "text")
            if kind in ("radio", "checkbox"):
                form.choices.setdefault(name, []).append(value)
            if kind not in ("radio", "checkbox") or "checked" in given:
                form.fields.append((name, value))

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a field of choices."""
        if tag == "form":
            self._at = None
        elif tag == "select":
            self._select = ""


class Browser:
    """Somebody's browser at a server on this machine that is known to people under another address."""

    def __init__(self, port: int, address: str) -> None:
        self._port, self._origin = port, address.rstrip("/")
        self._cookies: dict[str, str] = {}
        self.asked: list[Asked] = []
        self.at, self.status, self.text = "/", 0, ""

    def reach(self, port: int) -> None:
        """Ask the server at this port from now on."""
        self._port = port

    def get(self, kind: str, path: str) -> int:
        """Open a page; the status of what is shown at last."""
        return self._ask(kind, "GET", path, None)

    def submit(self, kind: str, form: Form, *pressed: tuple[str, str], without: tuple[str, ...] = ()) -> int:
        """Send a form with what it holds and what is pressed or typed, which takes the place of fields of the same name.

        The status of the answer to the form itself.
        """
        typed = {name for name, _ in pressed} | set(without)
        pairs = [(name, value) for name, value in form.fields if name and name not in typed] + list(pressed)
        target = urlsplit(urljoin(self._origin + self.at, form.action))
        path = target.path + (f"?{target.query}" if target.query else "")
        if not form.post:
            return self._ask(kind, "GET", f"{target.path}?{urlencode(pairs)}", None)
        return self._ask(kind, "POST", path, urlencode(pairs).encode())

    def forms(self) -> list[Form]:
        """The forms of the page that is shown."""
        parser = _Forms()
        parser.feed(self.text)
        return parser.forms

    def form(self, ending: str) -> Form | None:
        """The first form of the page that is sent to an address with this ending."""
        return next((each for each in self.forms() if urlsplit(each.action).path.endswith(ending)), None)

    def _ask(self, kind: str, method: str, path: str, body: bytes | None) -> int:
        first, asked = 0, method
        for _ in range(MOST_REDIRECTS):
            status, location = self._once(kind, method, path, body)
            first = first or status
            if status not in (301, 302, 303):
                self.at = path
                return first if asked == "POST" else status
            target = urlsplit(urljoin(self._origin + path, location))
            path, method, body, kind = target.path + (f"?{target.query}" if target.query else ""), "GET", None, "led on"
            self.at = path
        return first

    def _once(self, kind: str, method: str, path: str, body: bytes | None) -> tuple[int, str]:
        headers = {"Host": urlsplit(self._origin).netloc, "Referer": self._origin + self.at, "Origin": self._origin}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        started = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            self.text, self.status = answer.read().decode("utf-8", "replace"), answer.status
        except (OSError, http.client.HTTPException):
            self.asked.append(Asked(kind, 0, (time.perf_counter() - started) * 1000, path))
            self.text, self.status = "", 0
            return -1, ""
        finally:
            connection.close()
        self.asked.append(Asked(kind, answer.status, (time.perf_counter() - started) * 1000, path))
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self._cookies[cookie] = content
        return answer.status, answer.getheader("Location") or ""
