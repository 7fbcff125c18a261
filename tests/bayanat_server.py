"""A server on loopback that answers as the API of Bayanat does: session cookie, token of forms, items created under numbers."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

USER, PASSWORD, CODE = "ops", "a long password", "123456"


class BayanatServer(ThreadingHTTPServer):
    """`created` are the items with their kinds; `answers` are statuses to give to the next items instead of taking them."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.created: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[int] = []
        self.asked: list[str] = []
        self.second_factor = False
        self.drop_after: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: BayanatServer

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == "/csrf":
            begun = "" if self.headers["Cookie"] else "session=before; HttpOnly; Path=/"
            self._answer(200, {"csrf_token": "token-1"}, cookie=begun)
        else:
            self._answer(404, {})

    def do_POST(self) -> None:
        self.server.asked.append(self.path)
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.headers["X-CSRF-Token"] != "token-1":
            self._answer(400, {"message": "The CSRF token is missing."})
        elif self.path == "/login":
            self._login(data)
        elif self.path == "/tf-validate":
            fine = data.get("code") == CODE
            self._answer(200 if fine else 400, {}, cookie="session=inside; Path=/" if fine else "")
        elif "session=inside" not in (self.headers["Cookie"] or ""):
            self._answer(401, {"message": "You are not signed in."})
        else:
            self._create(data["item"])

    def _login(self, data: dict[str, str]) -> None:
        if (data["username"], data["password"]) != (USER, PASSWORD):
            self._answer(400, {"response": {"errors": ["Invalid"]}})
        elif self.server.second_factor:
            self._answer(200, {"response": {"tf_required": True}}, cookie="session=half; Path=/")
        else:
            self._answer(200, {"response": {"user": {}}}, cookie="session=inside; Path=/")

    def _create(self, item: dict[str, Any]) -> None:
        if self.server.answers and (status := self.server.answers.pop(0)) != 201:
            self._answer(status, {"message": "title: field required"})
            return
        self.server.created.append((self.path.split("/")[3], item))
        if self.server.drop_after == len(self.server.created):
            self.connection.close()
            return
        number = 100 + len(self.server.created)
        self._answer(201, {"message": "Created", "data": {"item": {"id": number}}})

    def _answer(self, status: int, data: dict[str, Any], cookie: str = "") -> None:
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def bayanat_server() -> Iterator[BayanatServer]:
    """The server, running."""
    server = BayanatServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
