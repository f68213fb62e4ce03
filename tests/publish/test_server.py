"""The preview: ranges, types, and nothing but the kit."""

import socket
import threading
from http.client import HTTPConnection

import pytest
from click.testing import CliRunner

from reluviz.cli import main
from reluviz.publish import PublishError
from reluviz.publish.server import preview


@pytest.fixture(scope="module")
def port(kit):
    server = preview(kit, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


def get(port, path, **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_a_range_of_a_film(port, kit):
    response, body = get(port, "/one-neuron.mp4", Range="bytes=1000-1999")
    whole = (kit / "one-neuron.mp4").read_bytes()
    assert (response.status, body) == (206, whole[1000:2000])
    assert response.headers["Content-Range"] == f"bytes 1000-1999/{len(whole)}"
    response, body = get(port, "/one-neuron.mp4", Range="bytes=-10")
    assert (response.status, body) == (206, whole[-10:])
    assert get(port, "/one-neuron.mp4", Range=f"bytes={len(whole)}-")[0].status == 416


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/html"), ("/my-own.mp4", "video/mp4"), ("/my-own.vtt", "text/vtt"), ("/my-own.jpg", "image/jpeg")],
)
def test_whole_files_and_their_types(port, kit, path, kind):
    response, body = get(port, path)
    assert response.status == 200 and response.headers["Content-Type"].split(";")[0] == kind
    assert response.headers["Accept-Ranges"] == "bytes"
    assert body == (kit / (path[1:] or "index.html")).read_bytes()


@pytest.mark.parametrize("path", ["/../x", "/..%2f..%2fetc/passwd", "//etc/passwd", "/nothing", "/clips", "/%00"])
def test_nothing_else(port, path):
    assert get(port, path)[0].status == 404


def test_only_this_machine_reaches_it(kit):
    server = preview(kit, 0)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()


def test_mistakes_are_one_line(kit, tmp_path):
    with pytest.raises(PublishError, match="no lecture kit here"):
        preview(tmp_path, 0)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = CliRunner().invoke(main, ["serve", str(kit), "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2 and result.stdout == ""
    assert result.stderr.splitlines()[-1].startswith("reluviz: port ") and "--port takes another" in result.stderr
    assert result.stderr.count("\n") == 1
