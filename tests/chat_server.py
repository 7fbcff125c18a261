"""A chat-completions server on loopback for tests: an http.server thread that answers well, or as badly as it is told to."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Behaviour = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each POST to the server's behaviour and remembers it."""

    server: "ChatServer"
    body: dict[str, Any]

    def do_POST(self) -> None:
        self.body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers), self.body))
        self.server.behaviour(self)

    def log_message(self, *arguments: object) -> None:
        """Tests are quiet."""

    def send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


class ChatServer(ThreadingHTTPServer):
    """The server; `asked` holds path, headers and body of each request."""

    daemon_threads = True

    def __init__(self, behaviour: Behaviour) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of the tests."""


@contextmanager
def chat_server(behaviour: Behaviour) -> Iterator[ChatServer]:
    server = ChatServer(behaviour)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def completion(content: object, finish: str = "stop") -> bytes:
    """A chat completion whose message is `content`, given as text or as an object."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return json.dumps({"id": "c", "object": "chat.completion", "model": "m", "choices": [choice]}).encode()


def answering(content: object, **options: str) -> Behaviour:
    return lambda handler: handler.send(200, completion(content, **options))


def report(handler: Handler) -> str:
    """The report as the request holds it."""
    return str(json.loads(handler.body["messages"][1]["content"])["report"])
