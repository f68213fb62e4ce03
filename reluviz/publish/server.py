"""A preview of the kit on this machine alone, with ranges, which a browser needs to seek in a film."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterable
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound
from werkzeug.security import safe_join
from werkzeug.serving import BaseWSGIServer, ThreadedWSGIServer, WSGIRequestHandler
from werkzeug.utils import send_file
from werkzeug.wrappers import Request, Response

from reluviz.publish.film import PublishError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_HOST = "127.0.0.1"
_OWN_NAMES = re.compile(r"(127\.0\.0\.1|localhost)(:\d{1,5})?", re.IGNORECASE)
"""What a browser on this machine calls the server. A page elsewhere that has its own name point here does not."""
_AT_ONCE, _PATIENCE = 32, 10.0
"""Requests that are answered at once, and seconds that one may say or take nothing."""


class _Handler(WSGIRequestHandler):
    """Speaks HTTP/1.1, waits for nobody for long and does not print every request."""

    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def log(self, type: str, message: str, *args: object) -> None:
        """Says nothing."""


class _Server(ThreadedWSGIServer):
    """A thread a request, and no more than _AT_ONCE of them; who comes then is turned away."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._free = BoundedSemaphore(_AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answers in a thread where one is free."""
        if self._free.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answers, and frees the thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()


def preview(folder: Path, port: int) -> BaseWSGIServer:
    """A server of `folder` on loopback, not yet serving; port 0 takes a free one. `server.port` tells which.

    It gives regular files inside the folder, to GET and HEAD, and to nobody who asks for another host.
    Raises PublishError where there is no kit in the folder or the port is taken.
    """
    if not (folder / "index.html").is_file():
        raise PublishError(f"{folder}: no lecture kit here; `make` or `reluviz publish` makes one")

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            response = _answer(folder.resolve(), environ)
        except HTTPException as error:  # no such file, no such range
            return error(environ, start_response)
        return response(environ, start_response)

    try:
        listener = socket.create_server((_HOST, port))
    except OSError as error:
        raise PublishError(f"port {port}: {error.strerror or error}; --port takes another") from error
    with listener:  # the server keeps a duplicate of it
        port = listener.getsockname()[1]
        return _Server(_HOST, port, application, _Handler, fd=listener.fileno())


def _answer(root: Path, environ: WSGIEnvironment) -> Response:
    if not _OWN_NAMES.fullmatch(environ.get("HTTP_HOST", "")):
        raise BadRequest("This preview is for this machine alone.")
    request = Request(environ)
    if request.method not in ("GET", "HEAD"):
        raise MethodNotAllowed(["GET", "HEAD"])
    inside = safe_join(str(root), request.path.lstrip("/") or "index.html")
    try:
        path = Path(inside or root)
        if not path.is_file() or path.resolve(strict=True) != path:  # a link leads elsewhere
            raise NotFound
        response = send_file(path, environ, conditional=True)
    except (OSError, ValueError):  # names that no file can have; and what went away meanwhile
        raise NotFound from None
    response.headers.remove("Date")  # the server adds its own
    return response
