"""Servers for tests, on this machine and at a port that is free."""

import http.server
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server says to one request."""

    body: bytes | str = ""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Reply: TypeAlias = Callable[[http.server.BaseHTTPRequestHandler], None]
"""An answer that does not keep to the rules: it writes by itself."""


@contextmanager
def answering(answers: Mapping[str, Answer | Reply | str], *, keep_alive: bool = False) -> Iterator[str]:
    """
    A server that gives these answers by the path of the request, and its base address, without a slash at the end.

    It begins a connection, and a thread, for each request, unless they are to be kept alive; then no answer is a `Reply`.
    """

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1" if keep_alive else "HTTP/1.0"

        def do_GET(self) -> None:
            found = answers.get(self.path, Answer("nothing here", 404))
            if not isinstance(found, str | Answer):
                found(self)
                return
            answer = Answer(found) if isinstance(found, str) else found
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            headers = {"Content-Type": answer.kind, "Content-Length": str(len(body)), **answer.headers}
            self.send_response(answer.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Who cuts the connection has seen enough."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


HANGS = "for (const ask = new XMLHttpRequest();;) { ask.open('GET', '/never', false); ask.send() }"
"""A script that holds up its page for ever and costs no processor time, where a server does not answer `/never`."""


def wait_for_ever(handler: http.server.BaseHTTPRequestHandler) -> None:
    """Begin an answer that does not come to its end."""
    handler.send_response(200)
    handler.send_header("Content-Type", "image/png")
    handler.end_headers()
    with suppress(OSError):
        while handler.connection.recv(1):
            pass
