"""A preview of the kit on this machine alone, with ranges, which a browser needs to seek in a film."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.utils import send_from_directory
from werkzeug.wrappers import Request

from reluviz.publish.film import PublishError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

_HOST = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    """Speaks HTTP/1.1 and does not print every request."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        """Says nothing."""


def preview(folder: Path, port: int) -> BaseWSGIServer:
    """A server of `folder` on loopback, not yet serving; port 0 takes a free one. `server.port` tells which.

    Raises PublishError where there is no kit in the folder or the port is taken.
    """
    if not (folder / "index.html").is_file():
        raise PublishError(f"{folder}: no lecture kit here; `make` or `reluviz publish` makes one")
    root = folder.resolve()

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = Request(environ).path.lstrip("/") or "index.html"
        try:
            response = send_from_directory(root, path, environ)
        except HTTPException as error:  # no such file, no such range
            return error(environ, start_response)
        return response(environ, start_response)

    try:
        listener = socket.create_server((_HOST, port))
    except OSError as error:
        raise PublishError(f"port {port}: {error.strerror or error}; --port takes another") from error
    with listener:  # the server keeps a duplicate of it
        port = listener.getsockname()[1]
        return make_server(_HOST, port, application, threaded=True, request_handler=_Quiet, fd=listener.fileno())
